#!/usr/bin/env python3
"""Scans inputs of 1 MB that are made to be slow: long runs and near-matches, under one ending for each set of rules.

    benches/hostile.py [--bin target/release/peephole] [--bytes 1000000] [--show 15]

Prints the slowest. No input of 1 MB may take more than a second (exit code 1 when one does). Start-up is in the figure. A process
that ends before its report counts as well: what it was given would be looked at by nobody.
"""
import argparse, json, os, pathlib, random, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENDS = "py js ts sh ps1 rb json ipynb md html txt bin".split()
WORDS = """' " ` \\ / ( [ { } ] ) < > , ; : = + * # @ $ % & | ! ? ~ ^ _ - . \\n \\t \\0 \\r\\n \\\\x41 \\\\u0041 %41 &#65; 0x41, 65, A a 0 f = == AAAA
eval( exec( require( import( atob( Function( fromCharCode( powershell\\x20 -enc\\x20 curl\\x20 wget\\x20 bash\\x20-c\\x20 base64.b64decode( os.environ
process.env child_process subprocess.Popen( socket.socket( http:// https://a. 127.0.0.1: .onion /etc/passwd ~/.ssh/ Login\\x20Data PRIVATE\\x20KEY
\u2019 \u202e \u200b \ufe0f \U000e0041 \u0430 \ufeff /* */ // <!-- --> <script> ''' \"\"\" ${ `${ => function( =>{ if( for(;;) lambda: def\\x20a():\\n class\\x20A: \\x20\\x20
var\\x20a='b'; "+" '+' a.b. a[0] _0x1a2b( _0x1a2b['push'] \\\\ \\\\\\n " +\\n" %s {0} import\\x20os\\n from\\x20a\\x20import\\x20b\\n echo\\x20a| a&&b $(a $((1)) IEX( [char]65+ ^e^x^e A= AA=="""


def unescape(word):
    for a, b in (("\\n", "\n"), ("\\t", "\t"), ("\\0", "\0"), ("\\r", "\r"), ("\\x20", " "), ("\\\\", "\\")):
        word = word.replace(a, b)
    return word


def inputs(size):
    words = [unescape(w) for w in WORDS.split()] + [" "]
    for word in words:
        data = word.encode()
        yield repr(word), data * (size // len(data))
    # Opened and never closed, and near-matches with a tail that a pattern must give up on.
    for head in ("eval(", "exec(base64.b64decode('", "powershell -enc ", "require('child_process').exec(", "String.fromCharCode(", "\"", "/*", "<!--"):
        for tail in ("A", "a ", "0,", "'", "(", "\\x41", "\u2019"):
            unit = (head + tail * 40).encode()
            yield repr(head + tail) + "*", unit * (size // len(unit))
            yield repr(head) + " once, then " + repr(tail), head.encode() + tail.encode() * ((size - len(head)) // len(tail.encode()))
    rnd = random.Random(1)
    yield "hex", bytes(rnd.choice(b"0123456789abcdef") for _ in range(size))
    yield "base64", bytes(rnd.choice(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") for _ in range(size))
    yield "words", " ".join(rnd.choice(words) for _ in range(size // 6)).encode()[:size]
    yield "short strings", b"".join(b"'%d'," % rnd.randrange(999) for _ in range(size // 5))[:size]
    yield "noise", rnd.randbytes(size)
    for magic in (b"\x7fELF\2\1\1" + b"\0" * 9 + b"\3\0\x3e\0\1\0\0\0", b"MZ" + b"\0" * 58 + b"\x40\0\0\0PE\0\0\x64\x86\xff\xff", b"\xcf\xfa\xed\xfe\7\0\0\1\3\0\0\0\2\0\0\0\xff\xff\0\0", b"\xca\xfe\xba\xbe\0\0\0\xff"):
        yield "magic " + repr(magic[:4]) + " and ff", magic + b"\xff" * (size - len(magic))
        yield "magic " + repr(magic[:4]) + " and 00", magic + b"\0" * (size - len(magic))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--bin", default=str(ROOT / "target/release/peephole"))
    a.add_argument("--bytes", type=int, default=1_000_000)
    a.add_argument("--show", type=int, default=15)
    a.add_argument("--ends", default=" ".join(ENDS))
    o = a.parse_args()
    takes, broken, ended = [], [], []
    with tempfile.TemporaryDirectory() as work:
        for what, data in inputs(o.bytes):
            paths = []
            for i, end in enumerate(o.ends.split()):
                path = os.path.join(work, f"x.{end}")
                # One differing byte at the end: the same content would be analysed once.
                pathlib.Path(path).write_bytes(data[:-2] + b"\n" + bytes([65 + i % 26]))
                paths.append(path)
            run = subprocess.run([o.bin, "scan", "--quiet", "--jobs", "1", "--isolate", "never", "--format", "ndjson", *paths], stdout=subprocess.PIPE)
            if run.returncode not in (0, 1, 3, 4):
                print(f"ended: exit {run.returncode} {what[:90]}", file=sys.stderr, flush=True)
                ended.append(what)
            for line in run.stdout.splitlines():
                r = json.loads(line)
                if r["record"] == "artifact":
                    if r["seconds"] > o.bytes / 1e6:
                        print(f"slow: {r['seconds']:.2f} s {os.path.basename(r['path'])} {what[:90]}", file=sys.stderr, flush=True)
                    takes.append((r["seconds"], os.path.splitext(r["path"])[1], what, r["kind"]))
                    broken += [(what, r["path"], g) for g in r["gaps"] if g["reason"] in ("crash", "timeout")]
    takes.sort(reverse=True)
    print(f"{len(takes)} inputs of {o.bytes} bytes; the slowest:")
    for seconds, end, what, kind in takes[: o.show]:
        print(f"{seconds:8.3f} s  {end:7} {kind:12} {what[:90]}")
    for what, path, gap in broken[:20]:
        print(f"{gap['reason']}: {what} {os.path.basename(path)}: {gap['detail']}")
    sys.exit(1 if broken or ended or takes[0][0] > o.bytes / 1e6 else 0)


main()
