//! Compiled code of known shape: the sources under `tests/native` are compiled where this runs, scanned, and must say
//! what they promise at their head. None of them is ever started, and none could do anything: what they show stands
//! behind a condition that never holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::peephole;

/// One source, compiled in one way: what it promises. A line of `flags` for each way stands at its head.
struct Case {
    name: String,
    source: PathBuf,
    expect: String,
    flags: Vec<String>,
    compiler: &'static str,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native");
    let mut sources: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    sources.sort();
    let read = |source: PathBuf| {
        let text = std::fs::read_to_string(&source).unwrap();
        let said = |key: &str| -> Vec<String> {
            text.lines().take(6).filter_map(|l| l.strip_prefix(key)).map(|l| l.trim().to_owned()).collect()
        };
        let expect = said(" * expect:").pop().expect("a source says what it expects");
        let mut ways = said(" * flags:");
        ways.resize(ways.len().max(1), String::new());
        let stem = source.file_stem().unwrap().to_string_lossy().into_owned();
        let case = |(i, flags): (usize, String)| Case {
            name: if i == 0 { stem.clone() } else { format!("{stem}_{i}") },
            expect: expect.clone(),
            flags: flags.split_whitespace().map(str::to_owned).collect(),
            compiler: match source.extension().and_then(|e| e.to_str()) {
                Some("rs") => "rustc",
                Some("go") => "go",
                Some("cpp") => "g++",
                _ if said(" * for:").is_empty() => "gcc",
                _ => "x86_64-w64-mingw32-gcc",
            },
            source: source.clone(),
        };
        ways.into_iter().enumerate().map(case).collect::<Vec<_>>()
    };
    sources.into_iter().flat_map(read).collect()
}

/// Scans the programs in a folder: how many there are, and which do not say what is expected of their name, a rule or
/// `pass`.
fn told(room: &Path, expect: impl Fn(&str) -> String) -> (usize, Vec<String>) {
    let run = peephole().args(["scan", "--format", "ndjson"]).arg(room).output().unwrap();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in String::from_utf8(run.stdout).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let Some(path) = record["path"].as_str().filter(|_| record["record"] == "artifact") else { continue };
        let name = Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        let expected = expect(&name);
        let verdict = record["verdict"].as_str().unwrap();
        let findings = record["findings"].as_array().unwrap();
        let rules: Vec<&str> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
        let as_promised = match expected.as_str() {
            "pass" => verdict == "pass",
            rule => rules.contains(&rule),
        };
        seen += 1;
        if !as_promised {
            wrong.push(format!("{name}: expected {expected}, is {verdict} with {}", rules.join(" ")));
        }
    }
    (seen, wrong)
}

#[test]
fn compiled_shapes_are_told_apart() {
    // The shapes are those of x86-64.
    if std::env::consts::ARCH != "x86_64" {
        eprintln!("skipped: the sources are written for x86-64");
        return;
    }
    let cases = cases();
    assert!(cases.len() >= 60, "{} sources", cases.len());
    let room = tempfile::tempdir().unwrap();
    let cache = tempfile::tempdir().unwrap();
    let mut built: BTreeMap<String, &Case> = BTreeMap::new();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for case in &cases {
        let out = room.path().join(&case.name);
        let mut run = Command::new(case.compiler);
        match case.compiler {
            "rustc" => run.args(["--edition", "2024", "-O"]),
            "go" => {
                run.envs([("GO111MODULE", "off"), ("GOFLAGS", ""), ("CGO_ENABLED", "0"), ("GOTOOLCHAIN", "local")]);
                run.env("GOCACHE", cache.path()).args(["build", "-trimpath"])
            }
            _ => run.arg("-w"),
        };
        let run = run
            .arg("-o")
            .arg(&out)
            .args(case.flags.iter().filter(|_| case.compiler == "go"))
            .arg(&case.source)
            .args(case.flags.iter().filter(|_| case.compiler != "go"))
            .output();
        match run {
            Err(_) => drop(missing.insert(case.compiler)),
            // Another version of Go may refuse what this one takes.
            Ok(done) if case.compiler == "go" && !done.status.success() => {
                eprintln!("skipped: go does not compile {}: {}", case.name, String::from_utf8_lossy(&done.stderr));
            }
            Ok(done) => {
                assert!(done.status.success(), "{}: {}", case.name, String::from_utf8_lossy(&done.stderr));
                // mingw appends a suffix of its own.
                let suffixed = out.with_extension("exe");
                if suffixed.exists() {
                    std::fs::rename(suffixed, &out).unwrap();
                }
                built.insert(case.name.clone(), case);
            }
        }
    }
    // Where everything is checked before it is merged, nothing may be skipped for want of a compiler.
    let must = std::env::var_os("CI").is_some_and(|v| !v.is_empty() && v != "false");
    assert!(!(must && missing.contains("gcc")), "CI is set and no C compiler was found: nothing was checked");
    for compiler in &missing {
        eprintln!("skipped: {compiler} is not installed, its sources were not compiled");
    }
    if built.is_empty() {
        return;
    }
    let (seen, wrong) = told(room.path(), |name| built[name].expect.clone());
    assert_eq!(seen, built.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same shapes for other processors and systems, which no compiler of a Debian makes: `tests/stored/NAME.TARGET.hex` is
/// the program as hexadecimal digits of a zlib stream, made of `tests/native/NAME.c` (a line in `tests/stored/README.md` says
/// how). What it promises stands at the head of its source.
#[test]
fn stored_shapes_are_told_apart() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let room = tempfile::tempdir().unwrap();
    let mut stored = 0;
    for entry in std::fs::read_dir(tests.join("stored")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "hex") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        let value = |d: u8| char::from(d).to_digit(16).unwrap() as u8;
        let packed: Vec<u8> = digits.as_chunks::<2>().0.iter().map(|[a, b]| value(*a) << 4 | value(*b)).collect();
        let mut program = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&*packed), &mut program).unwrap();
        std::fs::write(room.path().join(path.file_stem().unwrap()), program).unwrap();
        stored += 1;
    }
    assert!(stored >= 40, "{stored} programs");
    let (seen, wrong) = told(room.path(), |name| {
        let source = format!("{}.c", name.split('.').next().unwrap());
        let source = ["stored", "native"].iter().map(|folder| tests.join(folder).join(&source)).find(|p| p.exists());
        let source = std::fs::read_to_string(source.expect(name)).unwrap();
        source.lines().find_map(|l| l.strip_prefix(" * expect:")).unwrap().trim().to_owned()
    });
    assert_eq!(seen, stored);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
