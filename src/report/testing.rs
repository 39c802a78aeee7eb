//! Made-up assessments for the tests of every format.

use std::collections::BTreeMap;

use crate::assess::{
    Assessment, CapabilityItem, CapabilitySummary, Reported, ReportedComponent, ReportedGap, Scripts, Verdict,
};
use crate::model::{Capability, Component, Confidence, Evidence, GapReason, Severity, Span};
use crate::report::{Run, Summary};

/// What a hostile file would like to print: clear the screen, set the title, turn the text, end the cell, the
/// fence and the tag, make a link, call a person.
pub(super) const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}gpj\u{2066}\r\n|x\\|y|```` `` ` <img src=x onerror=alert(1)> [c](https://evil.example) @octocat #1 <!-- \u{0}\u{200b}\u{2028}";

/// A finding in a file inside an archive.
pub(super) fn finding(rule: &str, severity: Severity, confidence: Confidence) -> Reported {
    let snippet = "const run = eval(atob(\"ZXZpbA==\"));".to_owned();
    Reported {
        rule: rule.to_owned(),
        technique: "covert/encoded-code".to_owned(),
        severity,
        confidence,
        message: "Decoded text is run as code".to_owned(),
        locator: "tool.tgz!/package/x.js#base64@120".to_owned(),
        recipe: vec!["gzip".to_owned(), "tar member package/x.js".to_owned(), "base64 at 120".to_owned()],
        evidence: vec![Evidence {
            span: Some(Span { offset: 400, len: 22, line: Some(12), column: Some(13) }),
            snippet,
            mark: (12, 34),
            note: "decodes to https://evil.example/stage2".to_owned(),
        }],
        fingerprint: "00112233aabbccdd".to_owned(),
        brake: None,
    }
}

/// An assessment without anything in it.
pub(super) fn empty(path: &str, verdict: Verdict) -> Assessment {
    Assessment {
        path: path.to_owned(),
        purl: None,
        sha256: None,
        kind: "tar".to_owned(),
        verdict,
        reasons: Vec::new(),
        findings: Vec::new(),
        suppressed: Vec::new(),
        omitted: BTreeMap::new(),
        gaps: Vec::new(),
        capabilities: BTreeMap::new(),
        components: Vec::new(),
        downloads: Vec::new(),
        unchecked: false,
        named: false,
        bytes: 0,
        files: 1,
        scripts: Scripts::default(),
        seconds: 0.0,
        tree: None,
    }
}

/// Why something was accepted.
fn note(reason: &str, owner: &str) -> crate::assess::policy::Note {
    use crate::model::Date;
    let (created, expires) = (Date(20_000), Date(30_000));
    crate::assess::policy::Note {
        reason: reason.to_owned(),
        owner: owner.to_owned(),
        created,
        expires,
        ticket: "T-1".to_owned(),
    }
}

/// An assessment in which every field says something.
pub(crate) fn full(path: &str, verdict: Verdict) -> Assessment {
    let mut worst = finding("js-eval-decoded", Severity::Critical, Confidence::Certain);
    worst.evidence.extend((0..5).map(|i| Evidence::at(b"GET /a?b HTTP/1.1", i, 3)));
    let mut braked = finding("sh-fetch-run", Severity::Medium, Confidence::Likely);
    braked.brake = Some("in a test or example".to_owned());
    braked.evidence = vec![Evidence::note("three of four sections are packed")];
    let network = CapabilitySummary {
        count: 7,
        items: vec![CapabilityItem { value: "evil.example".into(), count: 7, first: "tool.tgz!/package/x.js".into() }],
        truncated: true,
    };
    Assessment {
        purl: Some("pkg:npm/%40scope/tool@1.2.3".to_owned()),
        sha256: Some("0123456789abcdef".repeat(4)),
        reasons: vec!["js-eval-decoded: Decoded text is run as code (tool.tgz!/package/x.js#base64@120)".to_owned()],
        findings: vec![
            worst,
            finding("js-env-sent", Severity::High, Confidence::Likely),
            braked,
            finding("uses-network", Severity::Low, Confidence::Certain),
            finding("uses-files", Severity::Info, Confidence::Certain),
        ],
        suppressed: vec![crate::assess::policy::Suppressed {
            finding: finding("js-known", Severity::High, Confidence::Likely),
            note: note("looked at: it only prints", "ana"),
        }],
        omitted: BTreeMap::from([("uses-files".to_owned(), 12)]),
        gaps: vec![ReportedGap {
            reason: GapReason::Encrypted,
            locator: "tool.tgz!/package/data.zip!/a.bin".to_owned(),
            detail: "encrypted, and no password opens it".to_owned(),
        }],
        capabilities: BTreeMap::from([(Capability::Hosts, network)]),
        components: vec![ReportedComponent {
            component: Component {
                purl: Some("pkg:golang/example.invalid/m@v1.0.0".to_owned()),
                name: "example.invalid/m".to_owned(),
                version: Some("v1.0.0".to_owned()),
                source: "go-buildinfo".into(),
            },
            locator: "tool.tgz!/bin/tool".to_owned(),
        }],
        downloads: vec![crate::assess::Download {
            host: "files.example.invalid".to_owned(),
            locator: "tool.tgz!/package/install.js".to_owned(),
        }],
        bytes: 1_500_000,
        files: 12,
        scripts: Scripts { met: 5, followed: 2 },
        seconds: 0.25,
        ..empty(path, verdict)
    }
}

/// An assessment in which every text comes from an attacker.
pub(super) fn hostile() -> Assessment {
    let h = || HOSTILE.to_owned();
    let mut a = full(&format!("dir/{HOSTILE}"), Verdict::Block);
    a.purl = Some(h());
    a.sha256 = Some(h());
    a.kind = h();
    a.reasons = vec![h()];
    a.omitted = BTreeMap::from([(h(), 3)]);
    for gap in &mut a.gaps {
        gap.locator = h();
        gap.detail = h();
    }
    for s in &mut a.suppressed {
        s.note = note(HOSTILE, HOSTILE);
        s.note.ticket = h();
        s.finding.rule = h();
        s.finding.message = h();
        s.finding.locator = h();
    }
    for d in &mut a.downloads {
        d.host = h();
        d.locator = h();
    }
    for c in &mut a.components {
        c.locator = h();
        c.component.name = h();
        c.component.version = Some(h());
        c.component.purl = Some(h());
        c.component.source = h().into();
    }
    for capability in a.capabilities.values_mut() {
        for item in &mut capability.items {
            item.value = h();
            item.first = h();
        }
    }
    for f in &mut a.findings {
        f.rule = h();
        f.technique = h();
        f.message = h();
        f.locator = format!("x!/{HOSTILE}");
        f.recipe = vec![h(), h()];
        f.brake = Some(h());
        f.fingerprint = h();
        for e in &mut f.evidence {
            e.snippet = format!("{HOSTILE}{HOSTILE}");
            e.mark = (HOSTILE.len() as u32, (HOSTILE.len() + 4) as u32);
            e.note = h();
        }
    }
    a
}

/// A run.
pub(crate) fn run() -> Run {
    Run {
        ruleset: "abc123".to_owned(),
        arguments: vec!["scan".to_owned(), "x".to_owned()],
        limits: vec![("depth", 8)],
        policy: None,
        feed: None,
    }
}

/// The summary of some assessments.
pub(super) fn summary(assessments: &[Assessment]) -> Summary {
    let mut s = Summary { complete: true, seconds: 0.5, ..Summary::default() };
    assessments.iter().for_each(|a| s.count(a));
    s
}

/// A subject in which every field says something, and comes from an attacker.
pub(super) fn vetted() -> crate::assess::Vetted {
    let h = || HOSTILE.to_owned();
    let mut vetted = crate::assess::Vetted::of_path(&h(), &[&hostile()]);
    vetted.judge(&[hostile()]);
    vetted.missing = vec![h()];
    vetted.notes = vec![h()];
    vetted.not_followed = 3;
    for part in &mut vetted.parts {
        part.alias = Some(h());
        part.from = Some(h());
        part.platform = h();
        part.registry = h();
        part.address = h();
        part.detail = h();
        part.deprecated = Some(h());
        part.promised = Some(h());
    }
    vetted
}

/// A comparison in which everything new comes from an attacker.
pub(super) fn comparison() -> crate::assess::compare::Comparison {
    let (old, new) = (empty("old", Verdict::Pass), hostile());
    crate::assess::compare::compare((HOSTILE, &[&old]), (HOSTILE, &[&new]))
}
