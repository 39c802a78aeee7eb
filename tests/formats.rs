//! Every format of `peephole scan`, as it comes out of the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::Path;

use serde_json::Value;

fn scan(dir: &Path, format: &str) -> (String, Option<i32>) {
    let output = assert_cmd::Command::cargo_bin("peephole")
        .unwrap()
        .current_dir(dir)
        .args(["scan", "in", "--isolate", "never", "--format", format])
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

/// A folder with a file that cannot be read through: its zip ends early.
fn broken() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("in")).unwrap();
    std::fs::write(dir.path().join("in/ok.js"), "console.log(1);\n").unwrap();
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    zip.extend([0; 40]);
    std::fs::write(dir.path().join("in/cut.zip"), zip).unwrap();
    dir
}

#[test]
fn the_exit_code_does_not_depend_on_the_format() {
    let dir = broken();
    let codes: Vec<Option<i32>> =
        ["terminal", "json", "ndjson", "sarif", "markdown"].iter().map(|f| scan(dir.path(), f).1).collect();
    assert!(codes.iter().all(|c| *c == codes[0]), "{codes:?}");
    assert_eq!(codes[0], Some(4));
}

#[test]
fn every_format_says_what_was_not_examined() {
    let dir = broken();
    let (text, _) = scan(dir.path(), "terminal");
    assert!(text.contains("INCOMPLETE in/cut.zip"), "{text}");
    assert!(text.contains("exit code 4: something was not examined"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
    let (text, _) = scan(dir.path(), "markdown");
    assert!(text.contains("## incomplete: `in/cut.zip`"), "{text}");
    let (text, _) = scan(dir.path(), "sarif");
    let log: Value = serde_json::from_str(&text).unwrap();
    let note = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "in/cut.zip");
    assert!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len() > 50);
}

#[test]
fn json_is_what_the_schema_says() {
    let dir = broken();
    let schema: Value = serde_json::from_str(include_str!("../schema/peephole-v1.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let document: Value = serde_json::from_str(&scan(dir.path(), "json").0).unwrap();
    let lines = scan(dir.path(), "ndjson").0;
    let records: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records[0]["record"], "run");
    assert_eq!(records[records.len() - 1]["status"], "complete");
    for value in records.iter().chain([&document]) {
        let errors: Vec<String> = validator.iter_errors(value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}
