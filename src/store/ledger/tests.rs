use super::export::{Target, export};
use super::*;
use crate::store::attest::{self, Key, PublicKey};

fn entry(decision: Decision, who: &str, version: &str, digit: char, expires: Option<&str>) -> Entry {
    Entry {
        schema: "peephole-ledger/1".to_owned(),
        seq: 0,
        prev: String::new(),
        time: "2026-11-26T10:00:00Z".to_owned(),
        decision,
        purl: Some(format!("pkg:npm/%40s/tool@{version}")),
        subjects: vec![Subject { name: format!("pkg:npm/%40s/tool@{version}"), sha256: digit.to_string().repeat(64) }],
        verdict: "review".to_owned(),
        complete: true,
        findings: Vec::new(),
        gaps: Vec::new(),
        who: who.to_owned(),
        reason: "looked at".to_owned(),
        expires: expires.map(str::to_owned),
        ticket: String::new(),
        approvers: 1,
        report: "0".repeat(64),
        policy: None,
        ruleset: "r".to_owned(),
        attestation: None,
        digest: String::new(),
    }
}

fn today() -> Date {
    Date::parse("2026-11-26").unwrap()
}

fn written(entries: Vec<Entry>) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sub/ledger.jsonl");
    entries.into_iter().for_each(|e| drop(Ledger::append(&path, e).unwrap()));
    (dir, path)
}

#[test]
fn a_change_anywhere_shows() {
    let entries = ["1.0.0", "1.1.0", "1.2.0"].map(|v| entry(Decision::Approve, "ana", v, '1', None)).to_vec();
    let (_dir, path) = written(entries);
    let text = std::fs::read_to_string(&path).unwrap();
    let ledger = Ledger::parse(&text).unwrap();
    assert_eq!(ledger.entries().len(), 3);
    let lines: Vec<&str> = text.lines().collect();
    let joined = |lines: &[&str]| lines.iter().map(|l| format!("{l}\n")).collect::<String>();
    for (what, changed) in [
        ("a word", text.replacen("looked at", "looked aT", 1)),
        ("the last line", joined(&[lines[0], lines[1], &lines[2].replace("1.2.0", "1.3.0")])),
        ("a line taken out", joined(&[lines[0], lines[2]])),
        ("lines swapped", joined(&[lines[1], lines[0], lines[2]])),
        ("the first line taken out", joined(&lines[1..])),
        ("half a line", text[..text.len() - 10].to_owned()),
        ("no JSON", format!("{text}x\n")),
    ] {
        assert!(Ledger::parse(&changed).is_err(), "{what}");
    }
    let cut = Ledger::parse(&joined(&lines[..2])).unwrap();
    assert_ne!(cut.head(), ledger.head(), "what is cut off at the end shows by the head");
    std::fs::write(&path, text.replacen("looked at", "looked aT", 1)).unwrap();
    assert!(matches!(Ledger::append(&path, entry(Decision::Block, "b", "2", '2', None)), Err(Error::Integrity(_))));
}

#[test]
fn what_stands_is_the_newest_of_each_and_a_block_of_anybody() {
    let (_dir, path) = written(vec![
        entry(Decision::Approve, "ana", "1.0.0", '1', Some("2026-12-31")),
        entry(Decision::Approve, "ana", "1.1.0", '2', Some("2026-11-25")),
        entry(Decision::Approve, "ana", "1.2.0", '3', None),
        entry(Decision::Block, "ben", "1.2.0", '3', None),
    ]);
    let ledger = Ledger::read(&path).unwrap();
    let stands = |digit: char| ledger.standing(&digit.to_string().repeat(64), today()).map(|e| e.decision);
    assert_eq!(stands('1'), Some(Decision::Approve));
    assert_eq!(stands('2'), None, "expired");
    assert_eq!(stands('3'), Some(Decision::Block));
    assert_eq!(stands('4'), None);
    let approved = ledger.approved("pkg:npm/%40s/tool", today()).unwrap();
    assert_eq!(approved.purl.as_deref(), Some("pkg:npm/%40s/tool@1.0.0"));
    assert!(ledger.approved("pkg:npm/other", today()).is_none());
}

#[test]
fn two_people_where_two_are_needed() {
    let two = |who: &str| Entry { approvers: 2, ..entry(Decision::Approve, who, "1.0.0", '1', None) };
    let stands = |entries: Vec<Entry>| {
        let (_dir, path) = written(entries);
        Ledger::read(&path).unwrap().standing(&"1".repeat(64), today()).is_some()
    };
    assert!(!stands(vec![two("ana")]));
    assert!(!stands(vec![two("ana"), two("ana")]), "one person twice is one person");
    assert!(stands(vec![two("ana"), two("ben")]));
    // The newest approval may have been given under a laxer policy.
    let one = |who: &str| entry(Decision::Approve, who, "1.0.0", '1', None);
    assert!(!stands(vec![two("ana"), Entry { who: "ana".to_owned(), ..two("ben") }]));
    assert!(stands(vec![two("ana"), one("ben")]));
    let three = Entry { approvers: 3, ..two("ana") };
    assert!(!stands(vec![three, one("ben")]), "the most careful of them counts");
}

#[test]
fn approvals_are_held_to_the_policy_of_today() {
    let mut critical = entry(Decision::Approve, "ana", "1.0.0", '1', Some("2026-12-20"));
    let (rule, fingerprint, severity) = ("r".to_owned(), "f".to_owned(), "critical".to_owned());
    critical.findings = vec![OpenFinding { rule, fingerprint, severity }];
    let (_dir, path) = written(vec![critical]);
    let ledger = Ledger::read(&path).unwrap();
    let stands = |policy: &str| {
        let policy = Policy::parse(policy).unwrap();
        ledger.standing_by(&"1".repeat(64), Some(&policy), today()).is_some()
    };
    assert!(stands(""));
    assert!(stands("[decisions]\nwho=['ana']\nmax-days=30"));
    assert!(!stands("[decisions]\nwho=['ben']"));
    assert!(!stands("[decisions]\nmax-days=10"));
    assert!(!stands("[decisions]\napprovers-of-critical=2"));
}

#[test]
fn a_signed_line_holds_its_place() {
    let key = Key::parse(&Key::generate().unwrap()).unwrap();
    let public = [key.public()];
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.jsonl");
    let sign = |e: &Entry| Some(key.sign(&attest::statement(e, "urn:test")));
    for decision in [Decision::Review, Decision::Block, Decision::Approve] {
        Ledger::append_signed(&path, entry(decision, "ana", "1.0.0", '1', None), &sign).unwrap();
    }
    let ledger = Ledger::read(&path).unwrap();
    assert!(ledger.entries().iter().all(|e| attest::verify(e, &public).is_ok()));
    // The block is dropped and the chain made anew: each line holds, and the signature does not.
    let other = dir.path().join("other.jsonl");
    for at in [0, 2] {
        let signed = ledger.entries()[at].clone();
        let kept = signed.attestation.clone();
        Ledger::append_signed(&other, signed, &|_| kept.clone()).unwrap();
    }
    let cut = Ledger::read(&other).unwrap();
    assert!(attest::verify(&cut.entries()[0], &public).is_ok());
    assert!(attest::verify(&cut.entries()[1], &public).is_err());
    let mut lax = ledger.entries()[2].clone();
    lax.approvers = 0;
    assert!(attest::verify(&lax, &public).is_err());
}

#[test]
fn signatures_are_checked_with_what_they_say() {
    let key = Key::parse(&Key::generate().unwrap()).unwrap();
    let public = PublicKey::parse(&key.public().pem()).unwrap();
    let mut signed = entry(Decision::Approve, "ana", "1.0.0", '1', None);
    signed.attestation = Some(key.sign(&attest::statement(&signed, "urn:test")));
    assert!(attest::verify(&signed, std::slice::from_ref(&public)).is_ok());
    let statement = public.verify(signed.attestation.as_ref().unwrap()).unwrap();
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["predicate"]["verificationResult"], "PASSED");
    let other = Key::parse(&Key::generate().unwrap()).unwrap().public();
    assert!(attest::verify(&signed, &[other]).is_err(), "another key");
    let mut changed = signed.clone();
    changed.reason = "other".to_owned();
    assert!(attest::verify(&changed, std::slice::from_ref(&public)).is_err(), "the entry says something else");
    let mut torn = signed.clone();
    torn.attestation.as_mut().unwrap().payload = "AAAA".to_owned();
    assert!(attest::verify(&torn, std::slice::from_ref(&public)).is_err());
    signed.attestation = None;
    assert!(attest::verify(&signed, &[public]).is_err());
    let review = entry(Decision::Review, "a", "1", '1', None);
    assert_eq!(attest::statement(&review, "urn:test")["predicateType"], "urn:peephole:review:v1");
}

#[test]
fn keys_of_openssl_are_read() {
    // The key pair of RFC 8410, section 10.
    let private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    assert_eq!(Key::parse(private).unwrap().public(), PublicKey::parse(public).unwrap());
    assert!(Key::parse("nonsense").is_err());
    assert!(PublicKey::parse(private).is_err());
}

#[test]
fn exports_say_what_stands() {
    let mut pip = entry(Decision::Approve, "ana", "1.0", '5', None);
    pip.subjects[0].name = "pkg:pypi/django@5.0?file_name=x.whl".to_owned();
    let mut code = entry(Decision::Approve, "ana", "1.0", '6', None);
    code.subjects[0].name = "pkg:vscode-extension/ms-python/python@2026.1.0".to_owned();
    let (_dir, path) = written(vec![
        entry(Decision::Approve, "ana", "1.0.0", '1', None),
        entry(Decision::Block, "ana", "1.1.0", '2', None),
        pip,
        code,
    ]);
    let ledger = Ledger::read(&path).unwrap();
    let of = |t| export(&ledger, t, today());
    assert!(of(Target::Npm).contains("\"@s/tool\": \"1.0.0\""), "{}", of(Target::Npm));
    assert_eq!(of(Target::Pip), "django==5.0\n");
    assert!(of(Target::VsCode).contains("\"ms-python.python\""));
    assert!(of(Target::Osquery).contains(&"2".repeat(64)) && !of(Target::Osquery).contains(&"1".repeat(64)));
    assert!(of(Target::Santa).contains("BLOCKLIST"));
    assert_eq!(of(Target::Hashes).lines().count(), 4);
}
