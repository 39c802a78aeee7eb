//! The command line as others use it: arguments, formats, exit codes.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use peephole::engine::{Engine, Settings};
use peephole::model::RuleOrigin;
use serde_json::Value;

use crate::support::{
    BAD, Folder, GOOD, Run, accuses, call, gaps, gzip_of, noise, peephole, program, records_of, rules, run, scan,
    tar_of, unhex, zip_of,
};

/// [`BAD`] as `setup.py`, encrypted by Info-ZIP with the password `opensesame`.
const ENCRYPTED: &str = "\
    504b030414000b0008005619775dfd36257edc000000f80000000800000073657475702e7079e51fc5bdc13a8e49c4f14b9f2a37b616a8106a8e8c\
    744c7c558689d7b6540386aeccc0389b798ffbb5ede705409da2128fb34facf5dd5d7f5987832a15d21938ded8b6f673028b319040d4e54deffc81\
    b217fe97675fcd13ac702939a8fb9fc124e1583867899dd717fe47df2019bd31f905fd7fe680a60813bad5ff1baaa5f2f706be5999034c50430274\
    83fc5535c8e152df0f95169189c4b6003ce8ffc06d72293d429d4f1369242a14ee125a01833d94e0220c15a6b5043901af34972407ac47dbb20300\
    96b54fbfe1af5dc26d319f8acf7f8eaab1b73345782a504b0708fd36257edc000000f8000000504b01021e0314000b0008005619775dfd36257edc\
    000000f8000000080000000000000001000000a4810000000073657475702e7079504b0506000000000100010036000000120100000000";

/// The artifact records without what differs from run to run, sorted by path.
fn comparable(run: &Run) -> Vec<Value> {
    let mut artifacts: Vec<Value> = run.artifacts().into_iter().cloned().collect();
    for artifact in &mut artifacts {
        artifact["seconds"] = Value::Null;
    }
    artifacts.sort_by_key(|a| a["path"].as_str().unwrap().to_owned());
    artifacts
}

#[test]
fn a_vendored_record_is_not_the_wheels_own() {
    let own = "tool/__init__.py,,\ntool/_vendor/other-2.dist-info/RECORD,,\ntool-1.dist-info/METADATA,,\ntool-1.dist-info/RECORD,,\n";
    let metadata = "Metadata-Version: 2.1\nName: tool\nVersion: 1\n";
    let wheel = |own: &str| {
        zip_of([
            ("tool/__init__.py", GOOD),
            ("tool/_vendor/other-2.dist-info/RECORD", "other/__init__.py,,\n"),
            ("tool-1.dist-info/METADATA", metadata),
            ("tool-1.dist-info/RECORD", own),
        ])
    };
    let folder = Folder::new();
    folder.put("tool-1-py3-none-any.whl", wheel(own));
    folder.put("less-1-py3-none-any.whl", wheel("tool-1.dist-info/RECORD,,\n"));
    let run = scan([folder.path()]);
    assert!(!rules(run.artifact("tool-1-py3-none-any.whl")).iter().any(|r| r.starts_with("wheel-record")));
    assert!(rules(run.artifact("less-1-py3-none-any.whl")).contains(&"wheel-record-unlisted"));
}

/// A folder with a bit of everything.
fn mixed() -> Folder {
    let folder = Folder::new();
    folder.put("setup.py", BAD);
    folder.put("good.py", GOOD);
    folder.put("notes.txt", "nothing to see\n");
    folder.put("bad.zip", zip_of([("p/setup.py", BAD), ("p/good.py", GOOD)]));
    folder.put("bad.tgz", gzip_of(&tar_of([("p/setup.py", BAD), ("p/data.txt", "x")])));
    folder.put("cut.zip", &zip_of([("p/setup.py", BAD), ("p/more.bin", &hex(&noise(4000, 5)))])[..3000]);
    folder.put("nested.zip", zip_of([("inner.zip", zip_of([("setup.py", BAD)])), ("a.gz", gzip_of(GOOD.as_bytes()))]));
    folder.put("pkg/package.json", r#"{"name":"inert","version":"1.0.0","scripts":{"postinstall":"node index.js"}}"#);
    folder.put("pkg/index.js", "module.exports = 1;\n");
    folder
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn arguments(list: &[&str], folder: &Folder) -> Vec<OsString> {
    list.iter().map(OsString::from).chain([folder.path().into()]).collect()
}

#[test]
fn standard_input_is_one_artifact() {
    let mut command = peephole();
    command.args(["scan", "--format", "ndjson", "-"]).write_stdin(zip_of([("p/setup.py", BAD)]));
    let run = records_of(run(&mut command));
    let artifact = run.artifact("-");
    assert_eq!((&artifact["path"], &artifact["kind"]), (&"-".into(), &"zip".into()));
    assert!(accuses(artifact, "p/setup.py"));
    assert_eq!(run.code, 1);
}

#[test]
fn standard_input_and_paths_go_together() {
    let folder = mixed();
    let mut command = peephole();
    command.args(["scan", "--format", "ndjson", "-"]).arg(folder.at("good.py")).write_stdin(GOOD);
    let run = records_of(run(&mut command));
    assert_eq!((run.artifacts().len(), run.code), (2, 0), "{}", run.stdout);
}

#[test]
fn paths_come_from_a_list_too() {
    let folder = mixed();
    let lines = format!("{}\r\n\n{}\n", folder.at("setup.py").display(), folder.at("good.py").display());
    let list = folder.put("list", &lines);
    let from_file = scan([OsString::from("--files-from"), list.into_os_string()]);
    assert_eq!(from_file.artifacts().len(), 2);
    assert_eq!(from_file.code, 1);

    let mut command = peephole();
    command.args(["scan", "--format", "ndjson", "--files-from", "-"]).write_stdin(lines);
    let from_stdin = records_of(run(&mut command));
    assert_eq!(comparable(&from_stdin), comparable(&from_file));

    assert_eq!(call(["scan", "--files-from", "/nonexistent/list"]).code, 2);
}

#[test]
fn several_arguments_are_one_run() {
    let folder = mixed();
    let run = scan([folder.at("good.py"), folder.at("bad.zip"), folder.at("pkg")]);
    assert_eq!(run.artifacts().len(), 3);
    assert_eq!(run.code, 1);
    assert_eq!(run.artifact("pkg")["purl"], "pkg:npm/inert@1.0.0");
    assert_eq!(run.artifact("good.py")["verdict"], "pass");
}

#[test]
fn a_path_that_does_not_exist_is_incomplete() {
    let folder = mixed();
    let run = scan([folder.at("absent.zip"), folder.at("good.py")]);
    let absent = run.artifact("absent.zip");
    assert_eq!((&absent["verdict"], gaps(absent)), (&"incomplete".into(), vec!["unreadable"]));
    assert_eq!(absent["sha256"], Value::Null);
    assert_eq!(run.code, 4);
    assert_eq!(scan([folder.at("absent.zip"), folder.at("setup.py")]).code, 1, "block wins over incomplete");
    assert_eq!(call(["scan"]).code, 2, "nothing to scan");
    assert_eq!(call(["scan", "--no-such-option"]).code, 2);
    assert_eq!(call(["--help"]).code, 0);
}

#[test]
fn rules_of_ones_own_are_added() {
    let folder = Folder::new();
    folder.put(
        "rules/deep/own.yar",
        "rule own_word { meta: severity = \"high\" confidence = \"certain\" description = \"The word was said\" \
         strings: $a = \"xyzzy-plugh\" condition: $a }\n\
         rule bare { strings: $a = \"plover-egg\" condition: $a }\n",
    );
    folder.put("in/a.py", "word = 'xyzzy-plugh'\n");
    folder.put("in/b.zip", zip_of([("b.txt", "plover-egg\n")]));
    let with = |isolate: &str| {
        scan([
            OsString::from("--rules"),
            folder.at("rules").into(),
            "--isolate".into(),
            isolate.into(),
            folder.at("in").into(),
        ])
    };
    for isolate in ["never", "always"] {
        let run = with(isolate);
        let found =
            run.artifact("a.py")["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "own_word").unwrap();
        assert_eq!(
            (&found["severity"], &found["confidence"], &found["message"], &found["technique"]),
            (&"high".into(), &"certain".into(), &"The word was said".into(), &"user/rule".into())
        );
        assert!(rules(run.artifact("b.zip")).contains(&"bare"), "{isolate}");
        assert_eq!(run.code, 3, "a high and certain rule asks for a person");
    }
    let plain = scan([folder.at("in")]);
    assert_eq!(plain.code, 0);
    assert_ne!(plain.records[0]["ruleset"], with("never").records[0]["ruleset"], "other rules, another rule set");
}

#[test]
fn precompiled_rules_are_refused() {
    let folder = Folder::new();
    let mut compiler = yara_x::Compiler::new();
    compiler.add_source("rule always { condition: true }").unwrap();
    folder.put("rules/own.yar", compiler.build().serialize().unwrap());
    folder.put("in/a.py", GOOD);
    for arguments in [
        vec!["scan".into(), "--rules".into(), folder.at("rules").into_os_string(), folder.at("in").into_os_string()],
        vec!["rules".into(), "check".into(), folder.at("rules").into_os_string()],
    ] {
        let run = call(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains("own.yar"), "{}", run.stderr);
    }
}

#[test]
fn rules_are_checked() {
    let folder = Folder::new();
    folder.put("good/a.yar", "rule a { condition: filesize > 3 }");
    folder.put("broken/a.yar", "rule a { condition: filsize > 3 }");
    let good = call(["rules".into(), "check".into(), folder.at("good").into_os_string()]);
    assert_eq!(good.code, 0);
    assert!(good.stdout.contains("1 rules compile"), "{}", good.stdout);
    let broken = call(["rules".into(), "check".into(), folder.at("broken").into_os_string()]);
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.contains("filsize"), "{}", broken.stderr);
}

#[test]
fn encrypted_archives_need_their_password() {
    let folder = Folder::new();
    let path = folder.put("locked.zip", unhex(ENCRYPTED));
    let without = scan([&path]);
    assert_eq!(gaps(without.artifact("locked.zip")), ["encrypted"]);
    assert_eq!(without.code, 4);
    for isolate in ["never", "always"] {
        let run = scan([
            "--isolate".into(),
            isolate.into(),
            "--password".into(),
            "wrong".into(),
            "--password".into(),
            OsString::from("opensesame"),
            path.clone().into(),
        ]);
        assert!(accuses(run.artifact("locked.zip"), "setup.py"), "{}", run.stdout);
        assert_eq!(gaps(run.artifact("locked.zip")), [""; 0]);
    }
}

#[test]
fn isolation_changes_nothing_in_the_records() {
    let folder = mixed();
    let never = scan(arguments(&["--isolate", "never"], &folder));
    let always = scan(arguments(&["--isolate", "always"], &folder));
    let auto = scan(arguments(&[], &folder));
    assert_eq!(never.artifacts().len(), 8, "{}", never.stdout);
    assert_eq!(comparable(&always), comparable(&never));
    assert_eq!(comparable(&auto), comparable(&never));
    assert_eq!((always.code, auto.code), (never.code, never.code));
}

#[test]
fn the_number_of_threads_changes_nothing_in_the_records() {
    let folder = mixed();
    let one = scan(arguments(&["--jobs", "1", "--isolate", "never"], &folder));
    for jobs in ["2", "4"] {
        let more = scan(arguments(&["--jobs", jobs, "--isolate", "never"], &folder));
        assert_eq!(comparable(&more), comparable(&one), "--jobs {jobs}");
    }
}

#[test]
fn exit_codes_can_be_waived_and_formats_do_not_change_them() {
    let folder = mixed();
    assert_eq!(scan(arguments(&["--exit-zero"], &folder)).code, 0);
    for format in ["terminal", "json", "ndjson"] {
        assert_eq!(
            call(["scan".into(), "--format".into(), format.into(), folder.path().as_os_str().to_owned()]).code,
            1
        );
    }
    let cut = Folder::new();
    cut.put("cut.zip", &zip_of([("good.py", GOOD), ("more.bin", &hex(&noise(4000, 5)))])[..3000]);
    assert_eq!(scan(arguments(&[], &cut)).code, 4);
    let allowed = scan(arguments(&["--allow-incomplete"], &cut));
    let expected = if allowed.artifacts()[0]["verdict"] == "review" { 3 } else { 0 };
    assert_eq!(allowed.code, expected, "{}", allowed.stdout);
    assert_eq!(gaps(allowed.artifact("cut.zip")), ["malformed"], "it still stands in the report");
}

#[test]
fn json_is_one_document_and_the_default_without_a_terminal() {
    let folder = mixed();
    let output = folder.at("report.json");
    let mut command = peephole();
    command.args(["scan", "--output"]).arg(&output).arg(folder.at("pkg")).arg(folder.at("setup.py"));
    let run = run(&mut command);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    let document: Value = serde_json::from_slice(&std::fs::read(output).unwrap()).unwrap();
    assert_eq!(document["artifacts"].as_array().unwrap().len(), 2);
    assert_eq!(document["summary"]["status"], "complete");
    assert_eq!(document["run"]["tool"]["name"], "peephole");
}

#[test]
fn the_same_content_is_analysed_once() {
    let folder = Folder::new();
    for name in ["a.py", "b.py", "deep/c.py"] {
        folder.put(name, BAD);
    }
    folder.put("d.zip", zip_of([("x/a.py", BAD), ("y/b.py", BAD)]));
    let engine = Engine::new(Settings { jobs: 1, ..Settings::default() }).unwrap();
    let found = engine.scan(folder.path()).unwrap();
    assert_eq!(found.len(), 4);
    let first = engine.analysed();
    // The file, what is decoded from it (and again from that), and the archive.
    assert!(first <= 4, "{first} analyses");
    assert!(found.iter().all(|a| a.findings.iter().any(|f| f.technique == "exec/decode-exec")));
    engine.scan(folder.path()).unwrap();
    assert_eq!(engine.analysed(), first, "nothing is new in a second run");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_asked_and_pipes_never_opened() {
    let folder = Folder::new();
    let elsewhere = Folder::new();
    elsewhere.put("setup.py", BAD);
    folder.put("good.py", GOOD);
    std::os::unix::fs::symlink(elsewhere.at("setup.py"), folder.at("link.py")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), folder.at("linked")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.at("loop")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.at("pipe")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.at("socket")).unwrap();

    let plain = scan(arguments(&[], &folder));
    assert_eq!((plain.artifacts().len(), plain.code), (1, 0), "{}", plain.stdout);
    let followed = scan(arguments(&["--follow-links"], &folder));
    assert_eq!(followed.code, 1);
    assert!(accuses(followed.artifact("link.py"), ""));
    assert!(accuses(followed.artifact("linked/setup.py"), ""));
    let named = scan([folder.at("link.py")]);
    assert_eq!(named.code, 1, "naming a link is asking for it");
    let pipe = scan([folder.at("pipe")]);
    assert_eq!((gaps(pipe.artifact("pipe")), pipe.code), (vec!["unreadable"], 4));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    for i in 0..300 {
        folder.put(&format!("f{i}.py"), format!("{BAD}# {i}\n"));
    }
    for format in ["ndjson", "json", "terminal"] {
        let mut child = std::process::Command::new(program())
            .args(["scan", "--format", format])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        if format == "ndjson" {
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        } else {
            drop(child.stdout.take());
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
    let listed = std::process::Command::new("sh")
        .args(["-c", "\"$0\" rules list | head -1 >/dev/null"])
        .arg(program())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&listed.stderr), "");
}

#[test]
fn every_rule_and_technique_is_explained() {
    let listed = call(["rules", "list", "--json"]);
    assert_eq!(listed.code, 0);
    let rules: Vec<Value> = listed.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(rules.len() > 300, "{} rules", rules.len());
    let mut seen = std::collections::BTreeSet::new();
    for rule in &rules {
        for key in ["id", "technique", "attack", "severity", "confidence", "origin", "title", "reference"] {
            assert!(rule[key].is_string(), "{key} of {rule}");
        }
        assert!(seen.insert(rule["id"].as_str().unwrap()), "{} stands twice", rule["id"]);
    }
    let techniques: std::collections::BTreeSet<&str> = rules.iter().map(|r| r["technique"].as_str().unwrap()).collect();
    // The library has something to say about every rule; the command is asked about a part of them, since each call
    // takes up all the rule sets.
    for rule in peephole::engine::rules() {
        assert!(seen.contains(rule.id), "{} is not listed", rule.id);
        assert!(!rule.title.is_empty() && !rule.technique.title.is_empty(), "{}", rule.id);
        if rule.origin != RuleOrigin::Signature {
            assert!(rule.explanation.len() > 60, "{} says little", rule.id);
        }
    }
    for id in seen.iter().copied().step_by(60).chain(techniques.into_iter().step_by(40)) {
        let said = call(["explain", id]);
        assert_eq!(said.code, 0, "{id}: {}", said.stderr);
        assert!(said.stdout.starts_with(&format!("{id}: ")), "{id}: {}", said.stdout);
    }
    let filtered = call(["rules", "list", "chain-"]);
    assert!(filtered.stdout.lines().count() >= 5, "{}", filtered.stdout);
    let unknown = call(["explain", "no-such-rule"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("no-such-rule"));
}

#[test]
fn the_worker_answers_every_job() {
    let folder = mixed();
    let job = |id: u32, name: &str| format!("{{\"id\":{id},\"path\":{:?}}}\n", folder.at(name).to_str().unwrap());
    let mut command = peephole();
    command.args(["worker", "--jobs", "1"]).write_stdin(job(1, "bad.zip") + &job(2, "absent") + &job(3, "pkg"));
    let run = run(&mut command);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lines: Vec<Value> = run.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let words: Vec<&str> = lines.iter().map(|l| l.as_object().unwrap().keys().next().unwrap().as_str()).collect();
    assert_eq!(words, ["ready", "report", "done", "failed", "report", "done"]);
    assert_eq!(lines[1]["report"]["artifact"]["verdict"], "block");
    assert_eq!(lines[3]["failed"]["id"], 2);
}
