//! `peephole tree`: what it shows of archives that are built here, in every format, and its exit codes.

use std::ffi::OsString;
use std::path::Path;

use serde_json::Value;

use crate::support::{BAD, Folder, GOOD, Run, gzip_of, noise, peephole, run, tar_of, zip_of};

fn tree<S: Into<OsString>>(arguments: impl IntoIterator<Item = S>) -> Run {
    let mut command = peephole();
    command.env("LC_ALL", "C.UTF-8").env_remove("TERM").env_remove("SOURCE_DATE_EPOCH").arg("tree");
    run(command.args(arguments.into_iter().map(Into::into)))
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}\n{}", run.stdout, run.stderr))
}

/// A tarball with code that hides code, and a zip in it.
fn nested() -> Vec<u8> {
    let inner = zip_of([("notes.txt", "nothing to see\n"), ("good.py", GOOD)]);
    let package = r#"{"name":"inert","version":"1.0.0"}"#;
    let entries: [(&str, &[u8]); 3] = [
        ("package/setup.py", BAD.as_bytes()),
        ("package/inner.zip", &inner),
        ("package/package.json", package.as_bytes()),
    ];
    gzip_of(&tar_of(entries))
}

/// A zip that ends before its directory.
fn torn() -> Vec<u8> {
    let hex: String = noise(4000, 5).iter().map(|b| format!("{b:02x}")).collect();
    let mut zip = zip_of([("good.py", GOOD), ("more.bin", &hex)]);
    zip.truncate(3000);
    zip
}

fn in_folder(folder: &Folder, arguments: &[&str]) -> Run {
    let mut command = peephole();
    command.env("LC_ALL", "C.UTF-8").env_remove("TERM").env_remove("SOURCE_DATE_EPOCH");
    run(command.current_dir(folder.path()).arg("tree").args(arguments))
}

#[test]
fn a_nested_archive_is_drawn() {
    let folder = Folder::new();
    folder.put("tool.tgz", nested());
    let said = in_folder(&folder, &["tool.tgz"]);
    assert_eq!(said.code, 0, "findings do not change the code: {}", said.stdout);
    assert!(said.stdout.starts_with("tool.tgz  gzip  "), "{}", said.stdout);
    for wanted in [
        "  pkg:npm/inert@1.0.0\n",
        "└─ tool.tar  gzip  tar  ",
        "   ├─ package/inner.zip  zip  ",
        "   │  ├─ good.py  python  32 bytes  ",
        "   │  └─ notes.txt  text  15 bytes  ",
        "   └─ package/setup.py  python  ",
        "\n      └─ base64@",
        "exit code 0: everything was opened\n",
    ] {
        assert!(said.stdout.contains(wanted), "{wanted:?} is missing in\n{}", said.stdout);
    }
    let order: Vec<usize> =
        ["inner.zip", "good.py", "notes.txt", "package.json", "setup.py"].map(|n| said.stdout.find(n).unwrap()).into();
    assert!(order.is_sorted(), "{}", said.stdout);
    assert!(!said.stdout.contains('\u{1b}'), "no colour in a pipe");
    let ascii = in_folder(&folder, &["--ascii", "tool.tgz"]);
    assert!(ascii.stdout.is_ascii() && ascii.stdout.contains("   |- package/inner.zip  zip  "), "{}", ascii.stdout);
    let mut command = peephole();
    command.env("LC_ALL", "C").current_dir(folder.path()).args(["tree", "tool.tgz"]);
    assert_eq!(run(&mut command).stdout, ascii.stdout, "a locale without more than ASCII");
    let shallow = in_folder(&folder, &["--depth", "1", "tool.tgz"]);
    assert!(shallow.stdout.contains("   └─ … ") && shallow.stdout.contains(": --depth 2\n"), "{}", shallow.stdout);
    assert!(!shallow.stdout.contains("good.py"));
}

#[test]
fn what_is_not_opened_stands_in_its_place_and_in_the_code() {
    let folder = Folder::new();
    folder.put("a/torn.zip", torn());
    folder.put("a/ok.tgz", nested());
    let said = in_folder(&folder, &["a"]);
    assert_eq!(said.code, 4, "{}", said.stdout);
    let at = said.stdout.find("a/torn.zip  zip  ").unwrap();
    let rest = &said.stdout[at..];
    assert!(rest.lines().next().unwrap().contains("NOT COMPLETE: "), "{rest}");
    assert!(rest.contains("─ ! ") && rest.contains("malformed: "), "{rest}");
    assert!(said.stdout.ends_with("exit code 4: something was not opened\n"), "{}", said.stdout);
    assert_eq!(in_folder(&folder, &["--allow-incomplete", "a"]).code, 0);
    for format in ["json", "spdx", "cyclonedx"] {
        let said = in_folder(&folder, &["--format", format, "a"]);
        assert_eq!(said.code, 4, "{format}");
        assert!(said.stdout.contains("malformed"), "{format} says it too");
    }
    let document = json(&in_folder(&folder, &["--format", "json", "a"]));
    let complete: Vec<&Value> = document["trees"].as_array().unwrap().iter().map(|t| &t["complete"]).collect();
    assert_eq!(complete, [&Value::Bool(true), &Value::Bool(false)]);
}

#[test]
fn usage_and_nothing_to_open_have_their_codes() {
    let folder = Folder::new();
    std::fs::create_dir(folder.at("empty")).unwrap();
    assert_eq!(in_folder(&folder, &[]).code, 2);
    assert_eq!(in_folder(&folder, &["--format", "xml", "empty"]).code, 2);
    assert_eq!(in_folder(&folder, &["empty"]).code, 5);
    let gone = in_folder(&folder, &["gone.zip"]);
    assert_eq!(gone.code, 4);
    assert!(
        gone.stdout.starts_with("gone.zip  NOT COMPLETE: 1 place not opened\n└─ ! unreadable: "),
        "{}",
        gone.stdout
    );
    let mut command = peephole();
    command.env("SOURCE_DATE_EPOCH", "soon").current_dir(folder.path()).args(["tree", "--format", "spdx", "empty"]);
    assert_eq!(run(&mut command).code, 2);
}

#[test]
fn standard_input_and_files_go_together() {
    let folder = Folder::new();
    folder.put("good.py", GOOD);
    let mut command = peephole();
    command.current_dir(folder.path()).args(["tree", "--format", "json", "-", "good.py"]).write_stdin(nested());
    let said = run(&mut command);
    assert_eq!(said.code, 0, "{}", said.stdout);
    let document = json(&said);
    let paths: Vec<&str> = document["trees"].as_array().unwrap().iter().map(|t| t["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["-", "good.py"]);
    assert_eq!(document["summary"]["artifacts"], 2);
}

#[test]
fn json_has_every_content_with_its_digest_and_recipe_and_keeps_the_schema() {
    let folder = Folder::new();
    let bytes = nested();
    folder.put("tool.tgz", &bytes);
    let said = in_folder(&folder, &["--format", "json", "tool.tgz"]);
    let document = json(&said);
    let schema: Value = serde_json::from_str(include_str!("../../schema/peephole-v1.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let tree = &document["trees"][0];
    let nodes = tree["nodes"].as_array().unwrap();
    let node = |name: &str| nodes.iter().find(|n| n["name"] == name).unwrap();
    let good = node("good.py");
    assert_eq!(good["sha256"], sha256(GOOD.as_bytes()));
    assert_eq!(tree["sha256"], sha256(&bytes));
    assert_eq!(good["bytes"], GOOD.len());
    assert_eq!(good["locator"], "tool.tgz!/package/inner.zip!/good.py");
    assert_eq!(good["recipe"], serde_json::json!(["gzip", "tar member package/inner.zip", "zip member good.py"]));
    let setup = node("package/setup.py");
    let hidden = nodes.iter().find(|n| n["parent"] == setup["index"]).unwrap();
    assert_eq!((&hidden["step"]["how"], &hidden["step"]["format"]), (&"decoded".into(), &"base64".into()));
    assert!(setup["findings"].as_object().unwrap().keys().any(|k| k == "high" || k == "critical"), "{setup}");
    // The scan of the same file counts the same contents.
    let scanned = crate::support::scan([folder.at("tool.tgz")]);
    assert_eq!(scanned.artifact("tool.tgz")["files"], nodes.len());
    let found: Vec<&Value> = scanned.artifact("tool.tgz")["findings"].as_array().unwrap().iter().collect();
    let counted = |word: &str| -> u64 { nodes.iter().filter_map(|n| n["findings"][word].as_u64()).sum() };
    for word in ["medium", "high", "critical"] {
        assert_eq!(found.iter().filter(|f| f["severity"] == word).count() as u64, counted(word), "{word}");
    }
    // Nothing depends on how many threads looked.
    let one = json(&in_folder(&folder, &["--format", "json", "--jobs", "1", "tool.tgz"]));
    assert_eq!(one["trees"], document["trees"]);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn inventories_are_the_same_each_time() {
    let folder = Folder::new();
    folder.put("tool.tgz", nested());
    folder.put("torn.zip", torn());
    let write = |format: &str, epoch: &str, paths: &[&str]| {
        let mut command = peephole();
        command.env("SOURCE_DATE_EPOCH", epoch).current_dir(folder.path());
        json(&run(command.args(["tree", "--format", format]).args(paths)))
    };
    for format in ["spdx", "cyclonedx"] {
        let one = write(format, "1700000000", &["tool.tgz", "torn.zip"]);
        assert_eq!(one, write(format, "1700000000", &["torn.zip", "tool.tgz"]), "{format}");
    }
    let spdx = write("spdx", "1700000000", &["tool.tgz"]);
    assert_eq!(spdx["creationInfo"]["created"], "2023-11-14T22:13:20Z");
    assert_eq!((&spdx["name"], &spdx["packages"][0]["versionInfo"]), (&"inert".into(), &"1.0.0".into()));
    let good =
        spdx["files"].as_array().unwrap().iter().find(|f| f["fileName"] == "./package/inner.zip!/good.py").unwrap();
    assert_eq!(good["checksums"][1]["checksumValue"], sha256(GOOD.as_bytes()));
    assert_eq!(good["checksums"][0]["algorithm"], "SHA1");
    let bom = write("cyclonedx", "", &["tool.tgz"]);
    assert_eq!(bom["metadata"]["timestamp"], Value::Null);
    assert_eq!(bom["metadata"]["component"]["purl"], "pkg:npm/inert@1.0.0");
    let good =
        bom["components"].as_array().unwrap().iter().find(|c| c["name"] == "package/inner.zip!/good.py").unwrap();
    assert_eq!(good["hashes"][0]["content"], sha256(GOOD.as_bytes()));
}

#[test]
fn hostile_names_reach_no_terminal() {
    let evil = "a\u{1b}[2J\u{202e}gpj.py";
    let folder = Folder::new();
    folder.put("evil.zip", zip_of([(evil, GOOD), ("line\nexit code 0: fine", GOOD)]));
    let said = in_folder(&folder, &["evil.zip"]);
    let strange = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(!said.stdout.contains(strange), "{:?}", said.stdout);
    assert!(said.stdout.contains("a\\x1b[2J<U+202E>gpj.py"), "{}", said.stdout);
    assert_eq!(said.stdout.lines().filter(|l| l.starts_with("exit code")).count(), 1, "{}", said.stdout);
    for format in ["json", "spdx", "cyclonedx"] {
        let said = in_folder(&folder, &["--format", format, "evil.zip"]);
        assert!(!said.stdout.contains(strange), "{format}");
        json(&said);
    }
}

#[test]
fn passwords_limits_and_output_are_those_of_a_scan() {
    let folder = Folder::new();
    folder.put("deep.zip", zip_of([("in.zip", zip_of([("good.py", GOOD)]))]));
    let limited = in_folder(&folder, &["--max-depth", "1", "--output", "out.json", "--format", "json", "deep.zip"]);
    assert_eq!((limited.code, limited.stdout.as_str()), (4, ""));
    let document: Value = serde_json::from_slice(&std::fs::read(folder.at("out.json")).unwrap()).unwrap();
    assert_eq!(document["run"]["limits"]["depth"], 1);
    assert_eq!(document["trees"][0]["gaps"][0]["reason"], "limit");
    let hidden = in_folder(&folder, &["--password", "secret", "--format", "json", "deep.zip"]);
    assert!(!hidden.stdout.contains("secret"));
    assert!(Path::new(&folder.at("deep.zip")).exists());
}

#[test]
fn a_folder_that_is_a_package_is_one_tree() {
    let folder = Folder::new();
    folder.put("pkg/package.json", r#"{"name":"inert","version":"2.0.0"}"#);
    folder.put("pkg/lib/index.js", "module.exports = 1;\n");
    let said = in_folder(&folder, &["pkg"]);
    assert!(said.stdout.starts_with("pkg  folder  "), "{}", said.stdout);
    assert!(said.stdout.contains("├─ lib/index.js  javascript  20 bytes  "), "{}", said.stdout);
    let spdx = json(&in_folder(&folder, &["--format", "spdx", "pkg"]));
    assert_eq!(spdx["packages"][0]["checksums"], Value::Null, "a folder has no checksum");
    assert_eq!(spdx["files"].as_array().unwrap().len(), 2);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    for i in 0..100 {
        folder.put(&format!("f{i}.py"), format!("{GOOD}# {i}\n"));
    }
    let said = tree([OsString::from("--format"), "json".into(), folder.path().into()]);
    assert_eq!(said.code, 0);
    let mut child = std::process::Command::new(crate::support::program())
        .args(["tree", "--format", "json"])
        .arg(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
