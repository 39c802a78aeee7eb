//! Known bad, as others use it: a feed is built from records, given to a scan, and stands in every report.

use serde_json::json;

use crate::support::{Folder, call, rules, scan, zip_of};

/// A folder with records, a list and a feed of them.
fn feed() -> Folder {
    let folder = Folder::new();
    let record = json!({"id": "MAL-2026-7", "modified": "2026-11-20T10:00:00Z", "affected": [{
        "package": {"ecosystem": "PyPI", "name": "Bad.Tool"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.2"}, {"last_affected": "1.4"}]}]}]});
    folder.put("osv/MAL-2026-7.json", record.to_string());
    let withdrawn = json!({"id": "MAL-2026-8", "withdrawn": "2026-01-01T00:00:00Z", "affected": [{
        "package": {"ecosystem": "PyPI", "name": "good-tool"}}]});
    folder.put("osv/MAL-2026-8.json", withdrawn.to_string());
    folder.put("bad.txt", "npm:evil-helper every version is bad\nc2.known.invalid\n");
    let paths = [folder.path().join("osv"), folder.path().join("bad.txt")];
    let built = call([
        "feed".as_ref(),
        "build".as_ref(),
        "--output".as_ref(),
        folder.path().join("feed.bin").as_os_str(),
        paths[0].as_os_str(),
        paths[1].as_os_str(),
    ]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    folder
}

fn wheel(name: &str, version: &str) -> Vec<u8> {
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
    zip_of([("tool/__init__.py", "X = 1\n"), ("tool-1.dist-info/METADATA", metadata.as_str())])
}

#[test]
fn what_is_known_is_blocked_and_the_date_stands_in_the_report() {
    let feed = feed();
    let folder = Folder::new();
    folder.put("a.whl", wheel("bad_tool", "1.3"));
    folder.put("b.whl", wheel("bad-tool", "1.5"));
    folder.put("c.whl", wheel("good-tool", "1.0"));
    folder.put("d/package.json", r#"{"name":"app","version":"1.0.0","dependencies":{"evil-helper":"^2.0.0"}}"#);
    folder.put("e/package-lock.json", r#"{"packages":{"node_modules/evil-helper":{"version":"2.0.1"}}}"#);
    let at = feed.path().join("feed.bin");
    let arguments = ["--feed".as_ref(), at.as_os_str(), folder.path().as_os_str()];
    let run = scan(arguments);
    assert_eq!(run.code, 1);
    for (path, rule) in [
        ("a.whl", Some("known-bad-package")),
        ("b.whl", None),
        ("c.whl", None),
        ("d", Some("known-bad-dependency")),
        ("package-lock.json", Some("known-bad-package")),
    ] {
        let artifact = run.artifact(path);
        let found = rules(artifact).into_iter().find(|r| r.starts_with("known-bad"));
        assert_eq!(found, rule, "{path}");
        assert_eq!(artifact["verdict"] == "block", rule.is_some(), "{path}");
    }
    let message = run.artifact("a.whl")["reasons"][0].as_str().unwrap();
    assert!(message.contains("MAL-2026-7"), "{message}");
    assert_eq!(run.records[0]["feed"]["date"], "2026-11-20");
    assert_eq!(run.records[0]["feed"]["records"], 2);
}

#[test]
fn an_old_feed_changes_the_exit_code_and_a_broken_one_ends_the_run() {
    let feed = feed();
    let folder = Folder::new();
    folder.put("good.py", "X = 1\n");
    let at = feed.path().join("feed.bin");
    let with = |age: &str| {
        scan(["--feed".as_ref(), at.as_os_str(), "--max-feed-age".as_ref(), age.as_ref(), folder.path().as_os_str()])
            .code
    };
    assert_eq!(with("100000"), 0);
    assert_eq!(with("0"), 6);
    folder.put("no.bin", "not a feed");
    let broken = folder.path().join("no.bin");
    for arguments in [["--max-feed-age".as_ref(), "1".as_ref()], ["--feed".as_ref(), broken.as_os_str()]] {
        let [option, value] = arguments;
        assert_eq!(call(["scan".as_ref(), option, value, folder.path().as_os_str()]).code, 2);
    }
}

#[test]
fn a_feed_answers_for_package_urls() {
    let feed = feed();
    let at = feed.path().join("feed.bin");
    let ask = |purl: &str| call(["feed".as_ref(), "show".as_ref(), at.as_os_str(), purl.as_ref()]);
    let known = ask("pkg:pypi/bad-tool@1.4");
    assert_eq!((known.code, known.stdout.contains("MAL-2026-7")), (1, true));
    assert_eq!(ask("pkg:pypi/bad-tool@1.1").code, 0);
    assert_eq!(ask("pkg:npm/evil-helper").code, 1);
    assert_eq!(ask("nonsense").code, 2);
}
