use std::io::Cursor;

use super::*;
use crate::assess::Verdict;
use crate::report::json::snapshot::{EndRecord, ItemRecord, MachineRecord, PlaceRecord, Record};
use crate::report::json::v1::RunRecord;
use crate::report::testing::{full, run};

const DAY: u64 = 86_400;

fn item(purl: &str, digit: char, path: &str) -> Record {
    let mut made = ItemRecord::new("npm", &full(path, Verdict::Pass));
    made.purl = Some(purl.to_owned());
    made.sha256 = Some(digit.to_string().repeat(64));
    made.hosts = vec!["api.example.invalid".to_owned()];
    made.hooks = vec!["postinstall".to_owned()];
    made.rules = vec!["some-rule".to_owned()];
    Record::Item(Box::new(made))
}

fn snapshot(machine: &str, id: &str, day: u32, items: Vec<Record>, end: bool) -> String {
    let run = RunRecord::from(&run());
    let head = MachineRecord::new(
        &run,
        format!("key-{machine}"),
        machine.to_owned(),
        id.to_owned(),
        format!("2026-11-{day:02}T02:00:00Z"),
        vec!["system /".to_owned()],
    );
    let place = PlaceRecord { kind: "npm".to_owned(), path: "/lib".to_owned(), items: 1, unreadable: None };
    let count = items.len() as u64;
    let mut all = vec![Record::Machine(Box::new(head)), Record::Place(place)];
    all.extend(items);
    if end {
        all.push(Record::End(EndRecord::complete(count, 0, 1.0)));
    }
    all.iter().map(|r| serde_json::to_string(r).unwrap() + "\n").collect()
}

struct At {
    _top: tempfile::TempDir,
    fleet: Fleet,
}

fn new() -> At {
    let top = tempfile::tempdir().unwrap();
    let fleet = Fleet::open(&top.path().join("fleet.db"), true).unwrap();
    At { _top: top, fleet }
}

/// Noon of a day of November 2026.
fn noon(day: i64) -> u64 {
    let first = crate::model::Date::parse("2026-11-01").unwrap().0;
    u64::try_from((first + day - 1) * 86_400 + 43_200).unwrap()
}

impl At {
    fn take(&mut self, text: &str, day: i64) -> Result<Taken, Error> {
        self.fleet.take(&mut Cursor::new(text), noon(day))
    }

    fn ask(&self, question: &str) -> Vec<String> {
        let mut all = Vec::new();
        let question = Question::read(question).unwrap();
        self.fleet
            .ask(&question, &mut |h| {
                all.push(format!("{} {} {} {}", h.machine, h.state.word(), h.purl, h.path));
                Ok(())
            })
            .unwrap();
        all
    }
}

#[test]
fn who_has_a_thing_and_who_had_it() {
    let mut at = new();
    let (one, two) = (item("pkg:npm/%40a/b@1.0.0", '1', "/lib/b"), item("pkg:npm/%40a/b@1.1.0", '2', "/lib/b"));
    let taken = at.take(&snapshot("ann", "r1", 20, vec![one.clone()], true), 20).unwrap();
    assert_eq!(taken, Taken::Whole { machine: "ann".to_owned(), items: 1, new: 1, gone: 0 });
    at.take(&snapshot("bob", "r2", 20, vec![one.clone()], true), 20).unwrap();
    let taken = at.take(&snapshot("ann", "r3", 21, vec![two], true), 21).unwrap();
    assert_eq!(taken, Taken::Whole { machine: "ann".to_owned(), items: 1, new: 1, gone: 1 });
    let had = "ann had pkg:npm/%40a/b@1.0.0 /lib/b";
    assert_eq!(at.ask("npm:@a/b@1.0.0"), ["bob has pkg:npm/%40a/b@1.0.0 /lib/b", had]);
    assert_eq!(at.ask("pkg:npm/%40a/b@1.1.0"), ["ann has pkg:npm/%40a/b@1.1.0 /lib/b"]);
    assert_eq!(at.ask("npm:@a/b").len(), 3);
    assert_eq!(at.ask(&"1".repeat(64)).len(), 2);
    assert_eq!(at.ask("host:example.invalid").len(), 3);
    assert!(at.ask("host:ample.invalid").is_empty() && at.ask("npm:b").is_empty());
    assert_eq!(at.ask("rule:some-rule").len(), 3);
    // Back again, it is the same holding.
    at.take(&snapshot("ann", "r4", 22, vec![one], true), 22).unwrap();
    assert_eq!(at.ask("npm:@a/b@1.0.0").len(), 2);
    assert!(at.ask("npm:@a/b@1.0.0").iter().all(|line| line.contains(" has ")));
}

#[test]
fn a_snapshot_without_an_end_takes_nothing_away() {
    let mut at = new();
    let (one, two) = (item("pkg:npm/a@1.0.0", '1', "/lib/a"), item("pkg:npm/b@1.0.0", '2', "/lib/b"));
    at.take(&snapshot("ann", "r1", 20, vec![one], true), 20).unwrap();
    let half = snapshot("ann", "r2", 21, vec![two], false);
    assert_eq!(at.take(&half, 21).unwrap(), Taken::Partial { machine: "ann".to_owned(), items: 1 });
    assert_eq!(at.ask("npm:a"), ["ann has pkg:npm/a@1.0.0 /lib/a"]);
    assert_eq!(at.ask("npm:b"), ["ann has pkg:npm/b@1.0.0 /lib/b"]);
    // A line that breaks off is no line.
    let cut = snapshot("ann", "r3", 22, vec![item("pkg:npm/c@1.0.0", '3', "/lib/c")], true);
    let cut = &cut[..cut.len() - 20];
    assert!(matches!(at.take(cut, 22).unwrap(), Taken::Partial { .. }));
    let standing = at.fleet.standing(noon(21), DAY).unwrap();
    assert!(!standing.is_whole(), "{standing:?}");
}

#[test]
fn a_snapshot_counts_once_and_an_old_one_not_at_all() {
    let mut at = new();
    let one = snapshot("ann", "r1", 20, vec![item("pkg:npm/a@1.0.0", '1', "/lib/a")], true);
    at.take(&one, 20).unwrap();
    assert_eq!(at.take(&one, 21).unwrap(), Taken::Known);
    let older = snapshot("ann", "r0", 19, vec![], true);
    assert_eq!(at.take(&older, 21).unwrap(), Taken::Old);
    assert_eq!(at.ask("npm:a").len(), 1);
    // A clock that is ahead does not make the machine young for ever.
    let ahead = snapshot("bob", "r2", 30, vec![], true);
    at.take(&ahead, 20).unwrap();
    assert_eq!(at.fleet.standing(noon(25), DAY).unwrap().fresh, 0);
}

#[test]
fn machines_that_cannot_be_answered_for_are_counted() {
    let mut at = new();
    assert!(!at.fleet.standing(noon(20), DAY).unwrap().is_whole(), "nobody is no answer");
    assert_eq!(at.fleet.expect(["ann", "bob", "cyd"]).unwrap(), 3);
    assert_eq!(at.fleet.expect(["ann"]).unwrap(), 0);
    at.take(&snapshot("ann", "r1", 20, vec![], true), 20).unwrap();
    at.take(&snapshot("bob", "r2", 17, vec![], true), 20).unwrap();
    let standing = at.fleet.standing(noon(20), DAY).unwrap();
    assert_eq!(standing, Standing { machines: 3, fresh: 1, stale: 1, silent: 1, partly: 0 });
    let names: Vec<_> = at.fleet.machines().unwrap().into_iter().map(|m| (m.name, m.key.is_some())).collect();
    assert_eq!(names, [("ann".to_owned(), true), ("bob".to_owned(), true), ("cyd".to_owned(), false)]);
    assert_eq!(at.fleet.forget("bob").unwrap() + at.fleet.forget("cyd").unwrap(), 2);
    assert!(at.fleet.standing(noon(20), DAY).unwrap().is_whole());
    // What was not read is not known not to be the thing that is asked for.
    let mut unread = item("pkg:npm/a@1.0.0", '1', "/lib/a");
    if let Record::Item(item) = &mut unread {
        item.sha256 = None;
    }
    at.take(&snapshot("ann", "r3", 21, vec![unread], true), 21).unwrap();
    assert_eq!(at.fleet.standing(noon(21), DAY).unwrap().partly, 1);
}

#[test]
fn what_is_no_snapshot_is_refused_and_changes_nothing() {
    let mut at = new();
    let good = snapshot("ann", "r1", 20, vec![item("pkg:npm/a@1.0.0", '1', "/lib/a")], true);
    let line = good.lines().next().unwrap().to_owned() + "\n";
    for bad in [
        "",
        "{}\n",
        "hello\n",
        &good.replace("peephole-snapshot/1", "peephole-snapshot/2"),
        &good.replace("2026-11-20T02:00:00Z", "soon"),
        &format!("{line}{line}"),
        &format!("{line}{{\"record\":\"item\"}}\n"),
        &format!("{line}{}\n", "x".repeat(2 << 20)),
    ] {
        assert!(matches!(at.take(bad, 20), Err(Error::Integrity(_))), "{}", &bad[..bad.len().min(80)]);
    }
    assert!(at.fleet.machines().unwrap().is_empty());
    assert!(matches!(at.take(&good, 20), Ok(Taken::Whole { .. })));
}

#[test]
fn questions_are_read() {
    let package = |name: &str, version: Option<&str>| {
        Ok(Question::Package { name: name.to_owned(), version: version.map(str::to_owned) })
    };
    assert_eq!(Question::read("npm:@a/b@1.0.0"), package("pkg:npm/%40a/b", Some("1.0.0")));
    assert_eq!(Question::read("pypi:Some_Name==1.2"), package("pkg:pypi/some-name", Some("1.2")));
    assert_eq!(Question::read("pypi:name"), package("pkg:pypi/name", None));
    assert_eq!(Question::read("pkg:cargo/ripgrep@14.1.0?arch=x"), package("pkg:cargo/ripgrep", Some("14.1.0")));
    assert_eq!(Question::read("verdict:block"), Ok(Question::Verdict(Verdict::Block)));
    assert_eq!(Question::read(&format!("sha256:{}", "0".repeat(64))), Ok(Question::Content([0; 32])));
    for bad in ["left-pad", "npm:a@^1.0", "verdict:fine", "host:", "pkg:", ""] {
        assert!(Question::read(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_a_feed_reports_is_found_by_name_content_and_host() {
    let mut at = new();
    let mut all = vec![item("pkg:npm/a@1.0.0", '1', "/lib/a"), item("pkg:npm/b@1.0.0", '2', "/lib/b")];
    all.push(item("pkg:npm/c@1.0.0", '3', "/lib/c"));
    if let Record::Item(item) = &mut all[2] {
        item.hosts = vec!["x.bad.invalid".to_owned()];
    }
    at.take(&snapshot("ann", "r1", 20, all, true), 20).unwrap();
    let mut builder = crate::known::Builder::default();
    builder.list("list", &format!("npm:a@1.0.0 one\n{} two\nbad.invalid three\nnpm:b@2.0.0 four\n", "2".repeat(64)));
    let mut bytes = Vec::new();
    builder.write(&mut bytes, "2026-11-20").unwrap();
    let feed = crate::known::Feed::of(crate::model::ByteView::from_vec(bytes)).unwrap();
    let mut found = Vec::new();
    at.fleet
        .ask_feed(&feed, &mut |h| {
            found.push(h.path);
            Ok(())
        })
        .unwrap();
    found.sort();
    assert_eq!(found, ["/lib/a", "/lib/b", "/lib/c"]);
}
