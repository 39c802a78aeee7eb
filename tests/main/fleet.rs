//! What is installed on machines, from a first pass over one to an answer about all of them.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::support::{BAD, Folder, GOOD, Run, call};

/// File systems keep times in steps, and what has changed just now is not remembered (`source::installed::stamp`).
const SETTLED: Duration = Duration::from_millis(4500);

/// A system with a package of npm, two distributions of Python, one of which acts, and settings of an agent.
fn system() -> Folder {
    let folder = Folder::new();
    folder.put("usr/lib/node_modules/tool/package.json", r#"{"name":"tool","version":"1.0.0","main":"index.js"}"#);
    folder.put("usr/lib/node_modules/tool/index.js", "module.exports = (a, b) => a + b;\n");
    let site = "home/ann/.local/lib/python3.12/site-packages";
    for (name, code) in [("good", GOOD), ("bad", BAD)] {
        folder.put(&format!("{site}/{name}/__init__.py"), code);
        folder.put(
            &format!("{site}/{name}-1.0.dist-info/METADATA"),
            format!("Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"),
        );
        folder.put(
            &format!("{site}/{name}-1.0.dist-info/RECORD"),
            format!("{name}/__init__.py,,\n{name}-1.0.dist-info/METADATA,,\n{name}-1.0.dist-info/RECORD,,\n"),
        );
    }
    folder.put("home/ann/.claude/settings.json", "{}");
    folder
}

fn installed(system: &Folder, at: &Folder, snapshot: &str, more: &[&str]) -> Run {
    let mut arguments: Vec<OsString> =
        ["installed", "--format", "ndjson", "--name", "laptop", "--sysroot"].map(Into::into).into();
    arguments.push(system.path().into());
    arguments.extend(["--state".into(), at.path().join("state.db").into()]);
    arguments.extend(["--snapshot".into(), at.path().join(snapshot).into()]);
    arguments.extend(more.iter().map(Into::into));
    call(arguments)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdicts(run: &Run) -> Vec<(String, String)> {
    let mut all: Vec<_> = lines(&run.stdout)
        .into_iter()
        .filter(|r| r["record"] == "artifact")
        .map(|r| {
            let path = r["path"].as_str().unwrap();
            let name = Path::new(path).file_name().unwrap().to_str().unwrap().to_owned();
            (name, r["verdict"].as_str().unwrap().to_owned())
        })
        .collect();
    all.sort();
    all
}

fn fleet(at: &Folder, arguments: &[&str]) -> Run {
    let mut all: Vec<OsString> = vec!["fleet".into(), "--db".into(), at.path().join("fleet.db").into()];
    all.extend(arguments.iter().map(Into::into));
    call(all)
}

#[test]
fn what_did_not_change_is_not_read_again_and_says_the_same() {
    let (system, at) = (system(), Folder::new());
    std::thread::sleep(SETTLED);
    let first = installed(&system, &at, "1.ndjson", &[]);
    assert_eq!(first.code, 1, "{}", first.stderr);
    assert!(first.stderr.contains("0 as before, 4 examined"), "{}", first.stderr);
    let said = verdicts(&first);
    let expected =
        [(".claude", "pass"), ("bad-1.0.dist-info", "block"), ("good-1.0.dist-info", "pass"), ("tool", "pass")];
    assert_eq!(said, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));

    let second = installed(&system, &at, "2.ndjson.gz", &[]);
    assert!(second.stderr.contains("4 as before, 0 examined"), "{}", second.stderr);
    assert_eq!((second.code, verdicts(&second)), (first.code, said.clone()));
    let without_times = |run: &Run| -> Vec<Value> {
        let mut all: Vec<Value> = lines(&run.stdout).into_iter().filter(|r| r["record"] == "artifact").collect();
        all.iter_mut().for_each(|r| r["seconds"] = Value::Null);
        all.sort_by_key(|r| r["path"].as_str().unwrap().to_owned());
        all
    };
    assert_eq!(without_times(&first), without_times(&second), "a record that is remembered is the whole record");

    // What is written over is read again, whatever its time of modification says.
    let path = system.path().join("usr/lib/node_modules/tool/index.js");
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    std::fs::write(&path, "module.exports = (a, b) => a - b;\n").unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    if cfg!(unix) {
        let third = installed(&system, &at, "3.ndjson", &[]);
        assert!(third.stderr.contains("3 as before, 1 examined"), "{}", third.stderr);
    }
    // Another limit is another circumstance.
    let other = installed(&system, &at, "4.ndjson", &["--max-depth", "15"]);
    assert!(other.stderr.contains("0 as before, 4 examined"), "{}", other.stderr);
}

#[test]
fn a_fleet_says_who_has_it_and_who_cannot_be_answered_for() {
    let (system, at) = (system(), Folder::new());
    let run = installed(&system, &at, "1.ndjson.gz", &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let snapshot = at.path().join("1.ndjson.gz");
    let snapshot = snapshot.to_str().unwrap();
    let taken = fleet(&at, &["take", snapshot]);
    assert_eq!(taken.code, 0, "{}", taken.stderr);
    assert!(taken.stdout.contains("laptop: 4 items, 4 new, 0 gone"), "{}", taken.stdout);
    assert!(fleet(&at, &["take", snapshot]).stdout.contains("taken before"));

    let who = fleet(&at, &["who-has", "pypi:bad==1.0", "--format", "ndjson"]);
    assert_eq!(who.code, 1);
    let records = lines(&who.stdout);
    let [holding, answer] = records.as_slice() else { panic!("{}", who.stdout) };
    assert_eq!(
        (&holding["name"], &holding["state"], &holding["verdict"]),
        (&"laptop".into(), &"has".into(), &"block".into())
    );
    assert_eq!((&answer["record"], &answer["has"], &answer["fresh"]), (&"answer".into(), &1.into(), &1.into()));
    for question in ["host:collector.invalid", "verdict:block", "pypi:bad", "rule:decode-exec-py-literal"] {
        let who = fleet(&at, &["who-has", question]);
        assert_eq!(who.code, 1, "{question}: {}{}", who.stdout, who.stderr);
        assert!(who.stdout.contains("bad@1.0"), "{question}: {}", who.stdout);
    }
    // Nobody has it, and everybody was asked.
    assert_eq!(fleet(&at, &["who-has", "pypi:bad==2.0"]).code, 0);
    // Somebody is to report and does not.
    assert_eq!(fleet(&at, &["expect", "desktop"]).code, 0);
    let who = fleet(&at, &["who-has", "pypi:bad==2.0"]);
    assert_eq!(who.code, 4, "{}", who.stdout);
    assert!(who.stdout.contains("1 never"), "{}", who.stdout);
    assert_eq!(fleet(&at, &["status"]).code, 4);
    assert_eq!(fleet(&at, &["forget", "desktop"]).code, 0);
    // The package is removed, and nobody forgets that it was there.
    std::fs::remove_dir_all(system.path().join("home/ann/.local")).unwrap();
    assert_eq!(installed(&system, &at, "2.ndjson", &[]).code, 0);
    assert_eq!(fleet(&at, &["take", at.path().join("2.ndjson").to_str().unwrap()]).code, 0);
    let who = fleet(&at, &["who-has", "pypi:bad"]);
    assert_eq!(who.code, 3, "{}", who.stdout);
    assert!(who.stdout.contains("had laptop"), "{}", who.stdout);
    let log = fleet(&at, &["log"]).stdout;
    assert_eq!(log.lines().count(), 8, "{log}");
    assert!(log.lines().last().unwrap().contains("has 0 had 1 of 1 (1 fresh, 0 of them in part): pypi:bad"), "{log}");
}

#[test]
fn what_cannot_be_taken_says_so() {
    let at = Folder::new();
    assert_eq!(fleet(&at, &["who-has", "npm:a"]).code, 2, "there is no database");
    at.put("in/a.ndjson", "hello\n");
    at.put("in/.b.ndjson", "half\n");
    let taken = fleet(&at, &["take", at.path().join("in").to_str().unwrap()]);
    assert_eq!(taken.code, 7);
    assert!(taken.stderr.contains("a.ndjson") && !taken.stderr.contains(".b.ndjson"), "{}", taken.stderr);
    assert_eq!(fleet(&at, &["who-has", "npm:a"]).code, 5, "no machine is known");
    assert_eq!(fleet(&at, &["who-has", "left-pad"]).code, 2);
    assert_eq!(fleet(&at, &["who-has"]).code, 2);
}

#[test]
fn places_are_listed_without_a_look_into_them() {
    let system = system();
    let run = call(["installed".into(), "--list".into(), "--sysroot".into(), OsString::from(system.path())]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let words: Vec<&str> = run.stdout.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert_eq!(words, ["npm", "python", "agent"]);
    let empty = Folder::new();
    let run = call(["installed".into(), "--list".into(), "--sysroot".into(), OsString::from(empty.path())]);
    assert_eq!(run.code, 5);
}

#[test]
fn a_new_machine_can_say_that_it_works() {
    let run = call(["selftest"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("8 of 8 as they must be"), "{}", run.stdout);
    // Where nothing may be opened, not everything is as it must be.
    let run = call(["selftest", "--quiet", "--max-depth", "0"]);
    assert_eq!(run.code, 7, "{}", run.stdout);
    let home = Folder::new();
    let doctor = |arguments: &[&str]| {
        let mut command = crate::support::peephole();
        for name in [
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "PEEPHOLE_POLICY",
            "PEEPHOLE_LEDGER",
        ] {
            command.env_remove(name);
        }
        crate::support::run(command.env("HOME", home.path()).arg("doctor").args(arguments))
    };
    let run = doctor(&["--no-policy"]);
    assert!(run.stdout.contains("ok    rules") && run.stdout.contains("nothing was seen yet"), "{}", run.stdout);
    home.put(".local/state/peephole/installed.db", "this is none");
    let run = doctor(&["--no-policy"]);
    assert_eq!(run.code, 4);
    assert!(run.stdout.contains("WRONG memory"), "{}", run.stdout);
}

#[test]
fn who_vets_a_name_is_told_who_has_it() {
    let (system, at) = (system(), Folder::new());
    installed(&system, &at, "1.ndjson", &[]);
    assert_eq!(fleet(&at, &["take", at.path().join("1.ndjson").to_str().unwrap()]).code, 0);
    let database = at.path().join("fleet.db");
    let target = system.path().join("usr/lib/node_modules/tool");
    let run = call([
        "vet".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
        "--fleet".as_ref(),
        database.as_os_str(),
        target.as_os_str(),
    ]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let notes = report["subjects"][0]["notes"].to_string();
    assert!(notes.contains("fleet: 1.0.0 on 1; 0 had it"), "{notes}");
}
