use super::*;
use crate::assess::{Assessment, CapabilityItem, CapabilitySummary, Reported};
use crate::model::{Confidence, Evidence, Gap, GapReason};

fn subject(findings: &[(&str, Severity)]) -> Assessment {
    let mut a = crate::assess::unexamined("x.tgz", Gap::malformed("x"), 0.0);
    a.gaps.clear();
    a.purl = Some("pkg:npm/%40acme/tool@1.4.2".to_owned());
    a.named = true;
    a.sha256 = Some("ab".repeat(32));
    a.findings = findings
        .iter()
        .map(|(rule, severity)| Reported {
            rule: (*rule).to_owned(),
            technique: "t".to_owned(),
            severity: *severity,
            confidence: Confidence::Certain,
            message: "m".to_owned(),
            locator: "x.tgz!/package/a.js".to_owned(),
            recipe: Vec::new(),
            evidence: vec![Evidence::note("e")],
            fingerprint: format!("f-{rule}"),
            brake: None,
        })
        .collect();
    a.decide_again();
    a
}

fn applied(text: &str, mut a: Assessment) -> Assessment {
    Policy::parse(text).unwrap_or_else(|e| panic!("{e}: {text}")).apply(&mut a, Date::parse("2026-11-26").unwrap());
    a
}

const NOTE: &str = "reason='looked at by hand'\nowner='ana'\ncreated='2026-01-01'\n";

#[test]
fn presets_differ_in_what_they_let_in() {
    let verdict = |preset: &str, severity| applied(&format!("preset='{preset}'"), subject(&[("r", severity)])).verdict;
    for (severity, strict, standard, observe) in [
        (Severity::Critical, Verdict::Block, Verdict::Block, Verdict::Review),
        (Severity::High, Verdict::Review, Verdict::Review, Verdict::Review),
        (Severity::Medium, Verdict::Review, Verdict::Pass, Verdict::Pass),
        (Severity::Low, Verdict::Pass, Verdict::Pass, Verdict::Pass),
    ] {
        assert_eq!(
            (verdict("strict", severity), verdict("standard", severity), verdict("observe", severity)),
            (strict, standard, observe),
            "{severity:?}"
        );
    }
    for (preset, means) in
        [("strict", Verdict::Block), ("standard", Verdict::Incomplete), ("observe", Verdict::Incomplete)]
    {
        let mut a = subject(&[]);
        a.add_gap("x", Gap::new(GapReason::Encrypted, "no password opens it"));
        assert_eq!(applied(&format!("preset='{preset}'"), a).verdict, means, "{preset}");
    }
}

#[test]
fn the_standard_policy_decides_as_no_policy_does() {
    for severity in Severity::ALL {
        let a = subject(&[("r", severity)]);
        assert_eq!(applied("", a.clone()).verdict, a.verdict);
    }
}

#[test]
fn a_suppression_is_bound_and_stays_visible() {
    let suppress = |bound: &str, expires: &str| format!("[[suppress]]\nrule='r'\n{bound}\n{NOTE}expires='{expires}'\n");
    let case = |bound: &str| {
        applied(&suppress(bound, "2027-01-01"), subject(&[("r", Severity::Critical), ("s", Severity::Low)]))
    };
    let digest = "ab".repeat(32);
    for fits in [
        format!("sha256='{digest}'"),
        "purl='pkg:npm/%40acme/*'".to_owned(),
        "purl='pkg:npm/%40acme/tool'\nversions='>=1.4 <2'\nfingerprint='f-r'\npath='*/package/*.js'".to_owned(),
    ] {
        let a = case(&fits);
        assert_eq!((a.verdict, a.findings.len(), a.suppressed.len()), (Verdict::Pass, 1, 1), "{fits}");
    }
    for other in [
        format!("sha256='{}'", "cd".repeat(32)),
        "purl='pkg:npm/other'".to_owned(),
        "purl='pkg:npm/%40acme/tool'\nversions='^2'".to_owned(),
        format!("sha256='{digest}'\nfingerprint='other'"),
        format!("sha256='{digest}'\npath='*/lib/*'"),
    ] {
        assert_eq!(case(&other).verdict, Verdict::Block, "{other}");
    }
    let over = applied(&suppress(&format!("sha256='{digest}'"), "2026-11-25"), subject(&[("r", Severity::Critical)]));
    assert_eq!((over.verdict, over.suppressed.len()), (Verdict::Block, 0));
    assert!(over.reasons.iter().any(|r| r.contains("expired on 2026-11-25")), "{:?}", over.reasons);
}

#[test]
fn tools_have_capabilities_and_hosts_that_are_expected() {
    let mut a = subject(&[]);
    let items = ["api.acme.invalid", "other.invalid"]
        .map(|v| CapabilityItem { value: v.to_owned(), count: 1, first: "x".to_owned() })
        .to_vec();
    a.capabilities.insert(Capability::Hosts, CapabilitySummary { count: 2, items, truncated: false });
    let tool = |more: &str| applied(&format!("[[tool]]\npurl='pkg:npm/%40acme/*'\n{more}"), a.clone());
    assert_eq!(tool("allow=['hosts']").verdict, Verdict::Pass);
    assert_eq!(tool("allow=['network']").verdict, Verdict::Review);
    assert_eq!(tool("deny=['hosts']").verdict, Verdict::Review);
    assert_eq!(tool("hosts=['*.invalid']").verdict, Verdict::Pass);
    let review = tool("hosts=['*.acme.invalid']");
    assert!(review.reasons[0].contains("other.invalid"), "{:?}", review.reasons);
    assert_eq!(applied("[[tool]]\npurl='pkg:npm/x'\ndeny=['hosts']", a.clone()).verdict, Verdict::Pass);
}

#[test]
fn gaps_are_accepted_by_name_and_for_a_time() {
    let mut a = subject(&[]);
    a.add_gap("x.tgz!/data.zip", Gap::new(GapReason::Encrypted, "no password opens it"));
    let accept =
        |more: &str| format!("[[accept-gap]]\npurl='pkg:npm/%40acme/tool'\n{more}\n{NOTE}expires='2027-01-01'");
    assert_eq!(applied(&accept("gap='encrypted'\npath='*.zip'"), a.clone()).verdict, Verdict::Pass);
    assert_eq!(applied(&accept("gap='timeout'"), a.clone()).verdict, Verdict::Incomplete);
    assert_eq!(applied(&accept("path='*.exe'"), a.clone()).verdict, Verdict::Incomplete);
    let policy = Policy::parse(&accept("")).unwrap();
    assert!(!policy.leaves_open(&a, Date::parse("2026-12-31").unwrap()));
    assert!(policy.leaves_open(&a, Date::parse("2027-01-02").unwrap()));
}

#[test]
fn a_slip_of_the_pen_is_an_error() {
    for bad in [
        "presets='strict'",
        "preset='lax'",
        "[verdicts]\nblock='dire'",
        "[[tool]]\npurl='npm:x'",
        "[[tool]]\npurl='pkg:npm/x@1'",
        "[[tool]]\npurl='pkg:npm/x'\nallow=['fly']",
        "[[tool]]\npurl='pkg:npm/x'\nversions='nonsense'",
        "[[suppress]]\nrule='r'\npurl='*'\nreason='looked at by hand'\nowner='a'\ncreated='2026-01-01'\nexpires='2027-01-01'",
        "[[suppress]]\nrule='r'\npurl='pkg:npm/x'\nreason='ok'\nowner='a'\ncreated='2026-01-01'\nexpires='2027-01-01'",
        "[[suppress]]\nrule='r'\npurl='pkg:npm/x'\nreason='looked at by hand'\nowner='a'\ncreated='2026-01-01'",
        "[[suppress]]\nrule='r'\nsha256='xy'\nreason='looked at by hand'\nowner='a'\ncreated='2026-01-01'\nexpires='2027-01-01'",
        "[[accept-gap]]\npurl='pkg:npm/x'\ngap='boredom'\nreason='looked at by hand'\nowner='a'\ncreated='2026-01-01'\nexpires='2027-01-01'",
        "= =",
    ] {
        assert!(Policy::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn stars_stand_for_anything() {
    for (pattern, text, fits) in [
        ("a*c", "abc", true),
        ("a*c", "ac", true),
        ("*", "", true),
        ("a", "a", true),
        ("a", "ab", false),
        ("*b*", "abc", true),
        ("*.js", "x.json", false),
        ("a*b*c", "aXbXbc", true),
        ("aa*aa", "aaa", false),
    ] {
        assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
    }
}

#[test]
fn what_a_package_calls_itself_weakens_nothing() {
    let mut a = Assessment { named: false, ..subject(&[("r", Severity::Critical)]) };
    let suppress = |bound: &str| format!("[[suppress]]\nrule='r'\n{bound}\n{NOTE}expires='2027-01-01'");
    assert_eq!(applied(&suppress("purl='pkg:npm/%40acme/tool'"), a.clone()).verdict, Verdict::Block);
    let bound = format!("purl='pkg:npm/%40acme/tool'\nsha256='{}'", "ab".repeat(32));
    assert_eq!(applied(&suppress(&bound), a.clone()).verdict, Verdict::Pass);
    a.findings.clear();
    a.add_gap("x", Gap::new(GapReason::Encrypted, "no password opens it"));
    let accept = |bound: &str| format!("[[accept-gap]]\n{bound}\n{NOTE}expires='2027-01-01'");
    assert_eq!(applied(&accept("purl='pkg:npm/%40acme/tool'"), a.clone()).verdict, Verdict::Incomplete);
    assert_eq!(applied(&accept(&bound), a.clone()).verdict, Verdict::Pass);
    assert_eq!(applied(&accept("purl='*'"), a.clone()).verdict, Verdict::Pass);
    // What it calls itself may still make it weigh more.
    let items = vec![CapabilityItem { value: "h.invalid".to_owned(), count: 1, first: "x".to_owned() }];
    a.gaps.clear();
    a.capabilities.insert(Capability::Hosts, CapabilitySummary { count: 1, items, truncated: false });
    assert_eq!(applied("[[tool]]\npurl='pkg:npm/%40acme/*'\ndeny=['hosts']", a).verdict, Verdict::Review);
}
