//! The verdict: computed from findings, chains and gaps, never stored in a rule.

use std::collections::{BTreeMap, HashMap};

use super::{
    Assessment, CapabilityItem, CapabilitySummary, Download, Reported, ReportedComponent, ReportedGap, Scripts,
};
use crate::correlate::{Incident, Makers};
use crate::model::{Capability, Component, Confidence, FactKind, Finding, Gap, GapReason, Locator, Severity, Step};
use crate::package::{Member, Package, Placed, Role};
use crate::parse::script::Language;

/// What to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Examined completely, and nothing that needs a person.
    Pass,
    /// Somebody should look.
    Review,
    /// Do not let it in.
    Block,
    /// Nothing bad was seen, but not everything was examined.
    Incomplete,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Review, Self::Block, Self::Incomplete];

    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Review => "review",
            Self::Block => "block",
            Self::Incomplete => "incomplete",
        }
    }

    /// Which of two verdicts counts for both: the higher one.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Incomplete => 1,
            Self::Review => 2,
            Self::Block => 3,
        }
    }

    /// The verdict that a report's word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.word() == word)
    }
}

/// Findings of one rule that are listed when it is a mere capability.
const CAPABILITY_FINDINGS: usize = 8;
/// Distinct values listed of one capability.
const CAPABILITY_VALUES: usize = 1000;
/// Reasons listed.
const REASONS: usize = 12;

/// What the root is called in its own locators: its file name.
fn top(path: &str) -> String {
    crate::model::artifact::base_name(path).to_owned()
}

/// Joins what was seen in one root and decides. `path` is the root as it was reached on disk.
#[must_use]
pub fn assess(
    path: &str,
    package: &Package<'_>,
    placed: Vec<Placed>,
    incidents: Vec<Incident>,
    seconds: f64,
) -> Assessment {
    let mut findings: Vec<Reported> = Vec::new();
    let mut omitted: BTreeMap<String, u64> = BTreeMap::new();
    let mut gaps = Vec::new();
    let mut facts: HashMap<(Capability, &str), (u64, usize)> = HashMap::new();
    let mut components: BTreeMap<&Component, usize> = BTreeMap::new();
    let mut per_rule: HashMap<(&'static str, Severity), usize> = HashMap::new();
    let mut bytes = 0_u64;
    let places = Places::new(path, package);
    let makers = Makers::of(package);

    for (index, member) in package.members.iter().enumerate() {
        bytes = bytes.saturating_add(member.analysis.bytes);
        for finding in &member.analysis.findings {
            let mut weighed = weigh(finding, member);
            makers.weigh(&mut weighed, member);
            if weighed.severity <= Severity::Low {
                let seen = per_rule.entry((finding.rule.id, weighed.severity)).or_default();
                *seen += 1;
                if *seen > CAPABILITY_FINDINGS {
                    *omitted.entry(finding.rule.id.to_owned()).or_default() += 1;
                    continue;
                }
            }
            findings.push(places.report(index, weighed));
        }
        // A text in source that looks like the beginning of an archive, and is none, is a text: it was looked at as one.
        let is_small = member.decoded && !member.is_command && member.analysis.bytes < SMALLEST;
        let is_guess = |gap: &Gap| (member.of_source || is_small) && gap.reason == GapReason::Malformed;
        for gap in member.analysis.gaps.iter().filter(|g| !is_guess(g)) {
            let locator = places.locator(index);
            gaps.push(ReportedGap {
                reason: gap.reason,
                locator: if gap.entry.is_empty() { locator } else { format!("{locator}!/{}", gap.entry) },
                detail: gap.detail.clone(),
            });
        }
        for fact in &member.analysis.facts {
            if let FactKind::Has(capability, value) = &fact.kind {
                let entry = facts.entry((*capability, value)).or_insert((0, index));
                entry.0 += u64::from(fact.count);
            }
            if let FactKind::Component(component) = &fact.kind {
                components.entry(component).or_insert(index);
            }
        }
    }
    for (index, fact) in &package.facts {
        if let FactKind::Has(capability, value) = &fact.kind {
            let entry = facts.entry((*capability, value)).or_insert((0, *index));
            entry.0 += u64::from(fact.count);
        }
    }
    for (index, gap) in &package.gaps {
        let locator = places.locator(*index);
        gaps.push(ReportedGap { reason: gap.reason, locator, detail: gap.detail.clone() });
    }
    for Placed { member, finding } in placed {
        let weighed = package.members.get(member).map_or_else(|| finding.clone(), |m| weigh(&finding, m));
        findings.push(places.report(member, weighed));
    }
    for incident in incidents {
        findings.push(places.report(incident.member, incident.finding));
    }
    findings.sort_by(|a, b| {
        (b.severity, b.confidence)
            .cmp(&(a.severity, a.confidence))
            .then_with(|| (&a.locator, &a.rule).cmp(&(&b.locator, &b.rule)))
    });
    gaps.sort_by(|a, b| (&a.locator, &a.detail).cmp(&(&b.locator, &b.detail)));
    gaps.dedup();

    let (verdict, reasons) = decide(&findings, &gaps);
    let root = package.members.first();
    Assessment {
        path: path.to_owned(),
        purl: package.purl(),
        sha256: root.map(|m| m.analysis.id.to_string()),
        kind: root.map_or_else(String::new, |m| m.analysis.kind.word().to_owned()),
        verdict,
        reasons,
        findings,
        suppressed: Vec::new(),
        omitted,
        gaps,
        capabilities: summarise(facts, &places),
        components: components
            .into_iter()
            .map(|(component, index)| ReportedComponent {
                component: component.clone(),
                locator: places.locator(index),
            })
            .collect(),
        downloads: downloads(package, &places),
        unchecked: false,
        named: false,
        bytes,
        files: package.members.len() as u64,
        scripts: scripts(package),
        seconds,
        tree: None,
    }
}

/// How closely the scripts of a package were looked at.
fn scripts(package: &Package<'_>) -> Scripts {
    let mut scripts = Scripts::default();
    for member in package.members.iter().filter(|m| Language::of(m.analysis.kind).is_some()) {
        scripts.met += 1;
        scripts.followed += u64::from(member.facts().any(|f| *f == FactKind::Followed));
    }
    scripts
}

/// Bytes below which decoded text that begins like an archive is the mark of a format, or the test of one: none of them holds
/// anything in so few.
const SMALLEST: u64 = 48;

/// Lowers what stands where honest packages keep such things: tests, prose, rule data. It is never dropped.
fn weigh(finding: &Finding, member: &Member<'_>) -> Finding {
    let mut weighed = finding.clone();
    if let Some(why) = brake(finding, member) {
        weighed.demote(why);
        // No package manager looks at a manifest of another name.
        if member.role == Role::Test
            && finding.rule.technique.id == "exec/install-hook-npm"
            && member.base_name() != "package.json"
        {
            weighed.severity = weighed.severity.min(Severity::Medium);
        }
    }
    weighed
}

/// What a finding weighs at a member, for those who only count.
pub(super) fn weight(finding: &Finding, member: &Member<'_>) -> Severity {
    match brake(finding, member) {
        Some(_) if finding.brake.is_none() => finding.severity.lowered(),
        _ => finding.severity,
    }
}

/// Flows that are no part of any test.
const LOADED_BY_TESTS: &[&str] =
    &["flow-credentials-sent", "flow-environment-sent", "flow-stores-sent", "flow-remote-code", "flow-reverse-shell"];

/// Why a finding weighs less at this member, if it does.
fn brake(finding: &Finding, member: &Member<'_>) -> Option<&'static str> {
    // Instructions to agents and text that lies stand in prose on purpose; a trigger in a test is what a test runs.
    let aimed_at_readers = matches!(finding.rule.technique.family(), "agent" | "trojan-source")
        && finding.rule.technique.id != "agent/model-file-exec";
    // What every run of tests loads is no test: that it carries secrets away, or runs what it is sent, has no place in one.
    let is_loaded = member.base_name() == "conftest.py"
        && LOADED_BY_TESTS.contains(&finding.rule.id)
        && finding.severity >= Severity::High;
    let aimed_at_tests = finding.rule.technique.id == "exec/test-or-ci-trigger" || is_loaded;
    // The file that people and agents open first is none that merely quotes.
    let quotes = || {
        !member.base_name().to_ascii_lowercase().starts_with("readme")
            && member.analysis.facts.iter().any(|f| f.kind == FactKind::TalksOfAttacks)
    };
    // What a package's own metadata says of the package quotes nobody.
    let of_itself = finding.rule.technique.id == "pkg/empty-or-placeholder"
        && member.facts().any(|f| matches!(f, FactKind::PythonMetadata(_)));
    match member.role {
        Role::Document if of_itself => None,
        Role::Document if aimed_at_readers && quotes() => Some("in a document about attacks"),
        Role::Test if !aimed_at_tests => Some("in a test or example"),
        Role::Document if !aimed_at_readers => Some("in documentation"),
        Role::RuleData => Some("in a list of rules or attacks"),
        Role::Install | Role::Entry | Role::Agent | Role::Body | Role::Test | Role::Document => None,
    }
}

/// The decision and its reasons: a critical and certain finding blocks; a high one that is at least likely asks for
/// a person; otherwise what was not examined makes it incomplete.
pub(super) fn decide(findings: &[Reported], gaps: &[ReportedGap]) -> (Verdict, Vec<String>) {
    let blocks = |f: &&Reported| f.severity == Severity::Critical && f.confidence == Confidence::Certain;
    let reviews = |f: &&Reported| f.severity >= Severity::High && f.confidence >= Confidence::Likely;
    let say = |f: &Reported| format!("{}: {} ({})", f.rule, f.message, f.locator);
    let mut reasons: Vec<String> = Vec::new();
    let mut verdict = Verdict::Pass;
    if findings.iter().any(|f| blocks(&f)) {
        verdict = Verdict::Block;
        reasons.extend(findings.iter().filter(blocks).map(say));
    } else if findings.iter().any(|f| reviews(&f)) {
        verdict = Verdict::Review;
        reasons.extend(findings.iter().filter(reviews).map(say));
    }
    reasons.dedup();
    reasons.truncate(REASONS);
    if let Some(first) = gaps.first() {
        if verdict == Verdict::Pass {
            verdict = Verdict::Incomplete;
        }
        let more = if gaps.len() > 1 { format!(" (and {} more)", gaps.len() - 1) } else { String::new() };
        reasons.push(format!("not examined: {}: {}: {}{more}", first.locator, first.reason.word(), first.detail));
    }
    (verdict, reasons)
}

/// Stands for the host when a script that runs at install uses the network and names none.
const COMPUTED: &str = "an address that is computed";
/// Hosts listed of what is fetched at install.
const DOWNLOADS: usize = 64;

/// Hosts in scripts that run at install and use the network, and in the commands of a manifest that do.
fn downloads(package: &Package<'_>, places: &Places<'_>) -> Vec<Download> {
    let mut found = std::collections::BTreeSet::new();
    for (index, member) in package.members.iter().enumerate() {
        let has = |wanted: Capability| {
            member.facts().filter_map(move |fact| match fact {
                FactKind::Has(capability, value) if *capability == wanted => Some(value),
                _ => None,
            })
        };
        if member.role == Role::Install && member.analysis.kind.is_script() && has(Capability::Network).next().is_some()
        {
            let mut hosts = has(Capability::Hosts).map(|h| h.to_string()).peekable();
            // What names nobody may speak with anybody.
            let computed = hosts.peek().is_none().then(|| COMPUTED.to_owned());
            let named = hosts.chain(computed);
            found.extend(named.map(|host| Download { host, locator: places.locator(index) }));
        }
        let hooks = has(Capability::Hooks)
            .filter(|hook| ["preinstall:", "install:", "postinstall:"].iter().any(|n| hook.starts_with(n)))
            .flat_map(|command| command.split("://").skip(1));
        let hosts = hooks.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && !".-".contains(c)).next());
        found.extend(
            hosts
                .flatten()
                .filter(|h| !h.is_empty())
                .map(|h| Download { host: h.to_owned(), locator: places.locator(index) }),
        );
    }
    found.into_iter().take(DOWNLOADS).collect()
}

fn summarise(
    facts: HashMap<(Capability, &str), (u64, usize)>,
    places: &Places<'_>,
) -> BTreeMap<Capability, CapabilitySummary> {
    let mut grouped: BTreeMap<Capability, Vec<(&str, u64, usize)>> = BTreeMap::new();
    for ((capability, value), (count, member)) in facts {
        grouped.entry(capability).or_default().push((value, count, member));
    }
    grouped
        .into_iter()
        .map(|(capability, mut values)| {
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            let summary = CapabilitySummary {
                count: values.iter().map(|v| v.1).sum(),
                truncated: values.len() > CAPABILITY_VALUES,
                items: values
                    .into_iter()
                    .take(CAPABILITY_VALUES)
                    .map(|(value, count, member)| CapabilityItem {
                        value: value.to_owned(),
                        count,
                        first: places.locator(member),
                    })
                    .collect(),
            };
            (capability, summary)
        })
        .collect()
}

/// The locator of what these steps lead to. A stream (gzip around tar) adds nothing to it.
pub(super) fn locator<'a>(top: &str, steps: impl IntoIterator<Item = &'a Step>) -> String {
    steps
        .into_iter()
        .filter(|s| !matches!(s, Step::Stream { .. }))
        .fold(Locator(top.to_owned()), |at, step| at.join(step))
        .0
}

/// Turns member indices into locators and recipes.
struct Places<'a> {
    top: String,
    package: &'a Package<'a>,
}

impl<'a> Places<'a> {
    fn new(path: &str, package: &'a Package<'a>) -> Self {
        Self { top: top(path), package }
    }

    /// The steps from the root to a member.
    fn steps(&self, member: usize) -> Vec<&'a Step> {
        let Some(root) = self.package.members.first() else { return Vec::new() };
        let Some(member) = self.package.members.get(member) else { return Vec::new() };
        let mut at = root.analysis;
        let mut steps = Vec::with_capacity(member.way.len());
        for i in &member.way {
            let Some(edge) = at.children.get(*i) else { break };
            steps.push(&edge.step);
            at = &edge.analysis;
        }
        steps
    }

    fn locator(&self, member: usize) -> String {
        locator(&self.top, self.steps(member))
    }

    fn report(&self, member: usize, finding: Finding) -> Reported {
        Reported {
            fingerprint: finding.fingerprint().to_string(),
            rule: finding.rule.id.to_owned(),
            technique: finding.rule.technique.id.to_owned(),
            severity: finding.severity,
            confidence: finding.confidence,
            locator: self.locator(member),
            recipe: self.steps(member).into_iter().map(ToString::to_string).collect(),
            message: finding.message,
            evidence: finding.evidence,
            brake: finding.brake.map(str::to_owned),
        }
    }
}
