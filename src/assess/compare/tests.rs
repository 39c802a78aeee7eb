use super::*;
use crate::assess::tree::testing::{content, member, tree};
use crate::assess::{CapabilitySummary, Tree};
use crate::model::{Evidence, FileKind};

/// One version of a package, with these files.
fn version(version: &str, files: &[(&str, u8)]) -> Assessment {
    let children =
        files.iter().map(|(n, seed)| member("tar", n, content(FileKind::JavaScript, *seed, 10, Vec::new()))).collect();
    let root = content(FileKind::Tar, 200, 10, children);
    let path = format!("store/tool-{version}.tgz");
    let tree: Tree = tree(&path, &root);
    let mut a = crate::assess::unexamined(&path, crate::model::Gap::malformed("x"), 0.0);
    a.gaps.clear();
    a.purl = Some(format!("pkg:npm/tool@{version}"));
    a.tree = Some(Box::new(tree));
    a.decide_again();
    a
}

fn finding(fingerprint: &str, severity: Severity, locator: &str) -> Reported {
    Reported {
        rule: "r".to_owned(),
        technique: "t".to_owned(),
        severity,
        confidence: Confidence::Certain,
        message: "m".to_owned(),
        locator: locator.to_owned(),
        recipe: Vec::new(),
        evidence: vec![Evidence::note(format!("evidence of {fingerprint}"))],
        fingerprint: fingerprint.to_owned(),
        brake: None,
    }
}

fn paths(list: &[Entry]) -> Vec<&str> {
    list.iter().map(|e| e.path.as_str()).collect()
}

#[test]
fn contents_come_go_move_and_change() {
    let old =
        version("1.0.0", &[("package/a.js", 1), ("package/b.js", 2), ("package/c.js", 3), ("package/x-1.0.0.js", 9)]);
    let new = version(
        "1.1.0",
        &[
            ("package/a.js", 1),
            ("package/b.js", 7),
            ("package/d.js", 3),
            ("package/e.js", 8),
            ("package/x-1.1.0.js", 9),
        ],
    );
    let c = compare(("1", &[&old]), ("2", &[&new])).contents;
    assert_eq!(c.same, 2, "the version in a path is no difference");
    assert_eq!(paths(&c.changed), ["pkg:npm/tool!/package/b.js"]);
    assert_eq!(paths(&c.moved), ["pkg:npm/tool!/package/d.js"]);
    assert_eq!(c.moved[0].from.as_deref(), Some("pkg:npm/tool!/package/c.js"));
    assert_eq!(paths(&c.added), ["pkg:npm/tool!/package/e.js"]);
    assert!(c.removed.is_empty());
}

#[test]
fn findings_are_matched_by_fingerprint() {
    let (mut old, mut new) = (version("1.0.0", &[]), version("1.1.0", &[]));
    let at = |v: &str, file: &str| format!("tool-{v}.tgz!/package/{file}");
    old.findings = vec![
        finding("same", Severity::Medium, &at("1.0.0", "a.js")),
        finding("moved", Severity::Medium, &at("1.0.0", "a.js")),
        finding("gone", Severity::Medium, &at("1.0.0", "a.js")),
    ];
    new.findings = vec![
        finding("same", Severity::Medium, &at("1.1.0", "a.js")),
        finding("moved", Severity::Medium, &at("1.1.0", "b.js")),
        finding("new", Severity::Medium, &at("1.1.0", "a.js")),
        finding("capability", Severity::Info, &at("1.1.0", "a.js")),
    ];
    let c = compare(("1", &[&old]), ("2", &[&new]));
    assert_eq!(c.new_findings.iter().map(|f| f.fingerprint.as_str()).collect::<Vec<_>>(), ["new"]);
    assert_eq!(c.gone_findings[0].fingerprint, "gone");
    assert_eq!(c.moved_findings[0].1.fingerprint, "moved");
    assert_eq!(c.same_findings, 1);

    // What has another fingerprint because a minifier gave another name is not new, once for each that there was.
    let given = |name: &str, place: &str| Reported {
        evidence: vec![Evidence::note(format!("{name}.post(process.env)"))],
        ..finding(&format!("fp-{name}-{place}"), Severity::Medium, place)
    };
    let (mut before, mut after) = (version("1.0.0", &[]), version("1.1.0", &[]));
    before.findings = vec![given("a", "chunk-1.js")];
    after.findings = vec![given("Zq", "chunk-2.js"), given("Zr", "chunk-3.js")];
    let c = compare(("1", &[&before]), ("2", &[&after]));
    assert_eq!((c.moved_findings.len(), c.new_findings.len(), c.gone_findings.len()), (1, 1, 0));
    let known = Known::between(&[&before], &[&after]);
    assert_eq!(after.findings.iter().filter(|f| known.has(f)).count(), 1);

    let known = Known::between(&[&old], &[&new]);
    raise(&mut new, &known);
    let severity = |name: &str| new.findings.iter().find(|f| f.fingerprint == name).map(|f| f.severity);
    assert_eq!(severity("new"), Some(Severity::High));
    assert_eq!(severity("same"), Some(Severity::Medium));
    assert_eq!(new.verdict, Verdict::Review, "what is new decides");
}

#[test]
fn other_evidence_for_a_rule_in_one_content_is_no_second_finding() {
    let mut old = version("1.0.0", &[("package/a.js", 1), ("package/b.js", 2), ("package/same.js", 4)]);
    let mut new = version("1.1.0", &[("package/a.js", 11), ("package/b.js", 12), ("package/same.js", 4)]);
    let at = |v: &str, place: &str| format!("tool-{v}.tgz!/package/{place}");
    old.findings = vec![
        finding("worded", Severity::Medium, &at("1.0.0", "a.js")),
        finding("weaker", Severity::Low, &at("1.0.0", "b.js")),
        finding("elsewhere", Severity::High, &at("1.0.0", "same.js")),
    ];
    new.findings = vec![
        finding("reworded", Severity::Medium, &at("1.1.0", "a.js#base64@7")),
        finding("second", Severity::Medium, &at("1.1.0", "a.js")),
        finding("stronger", Severity::High, &at("1.1.0", "b.js")),
    ];
    let c = compare(("1", &[&old]), ("2", &[&new]));
    let names = |list: &[Reported]| list.iter().map(|f| f.fingerprint.clone()).collect::<Vec<_>>();
    assert_eq!(c.restated_findings.len(), 1);
    assert_eq!(c.restated_findings[0].0, at("1.0.0", "a.js"));
    assert_eq!(c.restated_findings[0].1.fingerprint, "reworded");
    assert_eq!(names(&c.new_findings), ["second", "stronger"], "each explains one, and none that is worse");
    assert_eq!(names(&c.gone_findings), ["weaker", "elsewhere"]);
    assert!(!c.nothing_new());
}

#[test]
fn capabilities_and_components_stand_first() {
    let (mut old, mut new) = (version("1.0.0", &[]), version("1.1.0", &[]));
    let hosts = |values: &[&str], truncated| CapabilitySummary {
        count: 1,
        items: values
            .iter()
            .map(|v| CapabilityItem { value: (*v).to_owned(), count: 1, first: "x".to_owned() })
            .collect(),
        truncated,
    };
    old.capabilities.insert(Capability::Hosts, hosts(&["a.invalid", "b.invalid"], false));
    new.capabilities.insert(Capability::Hosts, hosts(&["b.invalid", "c.invalid"], true));
    let c = compare(("1", &[&old]), ("2", &[&new]));
    assert_eq!(c.capabilities.len(), 1);
    assert_eq!(c.capabilities[0].added[0].value, "c.invalid");
    assert_eq!(c.capabilities[0].removed, ["a.invalid"]);
    assert!(c.not_compared.iter().any(|n| n.starts_with("hosts")), "{:?}", c.not_compared);
    assert!(!c.nothing_new());
    assert!(compare(("1", &[&old]), ("2", &[&old])).nothing_new());
}

#[test]
fn what_was_not_examined_is_not_unchanged() {
    let (old, mut new) = (version("1.0.0", &[]), version("1.1.0", &[]));
    new.add_gap("x", crate::model::Gap::malformed("ends early"));
    let c = compare(("1", &[&old]), ("2", &[&new]));
    assert!(c.not_compared.iter().any(|n| n.contains("ends early")));
}
