#!/usr/bin/env python3
"""Compares Peephole with `yr` on the same rules and with plain reading, in turn, over the same loose files.

    benches/compare.py --tree FOLDER [--bin target/release/peephole] [--yr yr] [--runs 5] [--threads 2] [--one-set] PART...

PART is a folder below FOLDER (npm, site, bin; see tree.sh); without one, each of them and all together. The three are
run in turn, --runs times after one warm-up, so that a noisy machine is noisy for all; medians count. Peak memory is the
largest resident set of the processes that were waited for. `yr` gets one compiled rule set for each family of kinds and
each file meets only its family's set, as in Peephole; with --one-set it gets all rules at once and meets every file with
them, as anybody would run it. It opens no archive and decides nothing.
"""
import argparse, os, pathlib, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Which file stems a family's files meet (`stems_of` in src/analyze/signature/mod.rs); `yr` gets one set for each family.
SETS = {
    "python": ["python", "script", "any"],
    "javascript": ["javascript", "script", "any"],
    "shell": ["shell", "script", "any"],
    "other": ["script", "any"],
    "text": ["text", "any"],
    "native": ["native", "any"],
}
# Which set a file meets, by the end of its name; an ELF, PE or Mach-O magic comes first. Coarser than Peephole's
# recognition, and good enough for bytes per set.
ENDS = {
    ".py": "python", ".pyi": "python", ".pth": "python",
    ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".jsx": "javascript",
    ".ts": "javascript", ".mts": "javascript", ".cts": "javascript", ".tsx": "javascript",
    ".sh": "shell", ".bash": "shell", ".zsh": "shell", ".ps1": "shell", ".bat": "shell", ".cmd": "shell",
    ".pl": "other", ".pm": "other", ".rb": "other", ".php": "other", ".lua": "other", ".c": "other", ".h": "other",
}
# Peephole runs no signatures over these, and so neither does `yr` here.
WITHOUT = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".gz", ".zip",
           ".whl", ".tgz", ".xz", ".bz2", ".mp3", ".mp4", ".wasm.gz"}
NATIVE = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm")


def family(path):
    with open(path, "rb") as f:
        head = f.read(256)
    if head.startswith(NATIVE):
        return "native"
    end = os.path.splitext(path)[1].lower()
    if end in WITHOUT:
        return None
    if end in ENDS:
        return ENDS[end]
    if head.startswith(b"#!"):
        line = head.split(b"\n")[0]
        for word, name in ((b"python", "python"), (b"node", "javascript"), (b"sh", "shell"), (b"perl", "other"), (b"ruby", "other")):
            if word in line:
                return name
    return "native" if b"\0" in head else "text"


def compile_rules(yr, out, one_set):
    """One compiled file for each set, or one of all rules, each file of rules in its own namespace."""
    for name, stems in ({"every": None} if one_set else SETS).items():
        files = sorted(p for p in ROOT.glob("signatures/*/*/*.yar") if stems is None or p.stem in stems)
        arguments = ["_".join(p.with_suffix("").parts[-3:]).replace("-", "_") + f":{p}" for p in files]
        subprocess.run([yr, "compile", "-o", str(out / name), *arguments], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)


def measure(commands):
    """Wall-clock seconds and peak memory (MB) of commands that run one after the other."""
    start = time.perf_counter()
    peak = 0
    for command in commands:
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1, 3, 4):
            sys.exit(f"{' '.join(command[:6])}: exit {os.waitstatus_to_exitcode(status)}")
        peak = max(peak, usage.ru_maxrss // 1024)
    return time.perf_counter() - start, peak


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--tree", required=True, type=pathlib.Path)
    a.add_argument("--bin", default=str(ROOT / "target/release/peephole"))
    a.add_argument("--yr", default="yr")
    a.add_argument("--runs", type=int, default=5)
    a.add_argument("--threads", type=int, default=os.cpu_count())
    a.add_argument("--one-set", action="store_true")
    a.add_argument("parts", nargs="*")
    o = a.parse_args()
    which = lambda name: subprocess.run(["sh", "-c", 'command -v "$0"', name], capture_output=True, text=True).stdout.strip()
    yr, peephole, shell = which(o.yr), which(o.bin), which("sh")
    if not yr or not peephole:
        sys.exit(f"not found: {o.bin if yr else o.yr}")
    parts = [[p] for p in (o.parts or ["npm", "site", "bin"])]
    if not o.parts:
        parts.append(["npm", "site", "bin"])
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        compile_rules(yr, work, o.one_set)
        print(f"{'part':14} {'MB':>7} {'files':>7} | {'peephole s':>10} {'MB':>5} | {'yr s':>7} {'MB':>5} | {'read s':>7} | peephole/yr  MB/s per thread")
        for part in parts:
            folders = [o.tree / p for p in part]
            lists, size, count = {}, 0, 0
            for folder in folders:
                for top, _, names in os.walk(folder):
                    for name in names:
                        path = os.path.join(top, name)
                        if os.path.islink(path) or not os.path.isfile(path) or "\n" in path:
                            continue
                        size += os.path.getsize(path)
                        count += 1
                        kind = "every" if o.one_set else family(path)
                        if kind:
                            lists.setdefault(kind, []).append(path)
            everything = work / "all"
            everything.write_text("".join(f"{p}\0" for k in sorted(lists) for p in lists[k]))
            scans = []
            for kind, paths in sorted(lists.items()):
                listed = work / f"{kind}.list"
                listed.write_text("\n".join(paths) + "\n")
                scans.append([yr, "scan", "--threads", str(o.threads), "--disable-console-logs", "--fast-scan", "--compiled-rules", "--scan-list", str(work / kind), str(listed)])
            ours = [peephole, "scan", "--quiet", "--jobs", str(o.threads), "--format", "ndjson", *map(str, folders)]
            read = [shell, "-c", f"xargs -0 -P {o.threads} -n 200 sha256sum < {everything}"]
            takes = {"peephole": [], "yr": [], "read": []}
            for turn in range(o.runs + 1):
                for name, commands in (("peephole", [ours]), ("yr", scans), ("read", [read])):
                    result = measure(commands)
                    if turn:
                        takes[name].append(result)
            mid = {n: (statistics.median(s for s, _ in t), max(m for _, m in t)) for n, t in takes.items()}
            (ps, pm), (ys, ym), (rs, _) = mid["peephole"], mid["yr"], mid["read"]
            print(f"{'+'.join(part):14} {size / 1e6:7.0f} {count:7} | {ps:10.2f} {pm:5} | {ys:7.2f} {ym:5} | {rs:7.2f} | {ps / ys:11.2f}  {size / 1e6 / ps / o.threads:.0f}")


main()
