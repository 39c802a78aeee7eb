//! Two versions of one thing: what the new one can do that the old one could not, what was seen in it that was not seen
//! before, and which contents came, went and changed. In this order, since a new host says more than a thousand changed
//! lines. What cannot be compared is said, and is never "unchanged".

mod contents;
mod functions;
mod known;
mod paired;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Assessment, CapabilityItem, Reported, Verdict};
use crate::model::{Capability, Confidence, Severity};

pub use contents::{Contents, Entry};
pub use functions::{FunctionChange, Functions};
pub use known::Known;

/// One side of a comparison.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// What was typed.
    pub asked: String,
    /// The package URLs and digests of its archives.
    pub archives: Vec<(String, String)>,
    /// Contents examined.
    pub files: u64,
    /// Bytes examined.
    pub bytes: u64,
    /// Places that were not examined.
    pub gaps: u64,
}

/// Values of one capability that came or went.
#[derive(Debug, Clone, PartialEq)]
pub struct CapabilityChange {
    /// Which.
    pub capability: Capability,
    /// Values that only the new version has.
    pub added: Vec<CapabilityItem>,
    /// Values that only the old version had.
    pub removed: Vec<String>,
}

/// Components that came, went or have another version.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ComponentChanges {
    /// Name and version.
    pub added: Vec<(String, String)>,
    /// Name and version.
    pub removed: Vec<(String, String)>,
    /// Name, old versions, new versions.
    pub changed: Vec<(String, String, String)>,
}

/// Everything that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The version from before.
    pub old: Side,
    /// The version of now.
    pub new: Side,
    /// By capability, those with changes only.
    pub capabilities: Vec<CapabilityChange>,
    /// Findings of low severity and above that only the new version has, the worst first.
    pub new_findings: Vec<Reported>,
    /// Findings that only the old version had.
    pub gone_findings: Vec<Reported>,
    /// Findings that both have, at another place: the place in the old version, and the finding.
    pub moved_findings: Vec<(String, Reported)>,
    /// Findings whose rule the old version met in the same content, with other evidence: the place in the old version, and
    /// the finding.
    pub restated_findings: Vec<(String, Reported)>,
    /// Findings that both have at the same place.
    pub same_findings: u64,
    /// Contents.
    pub contents: Contents,
    /// Components.
    pub components: ComponentChanges,
    /// What cannot be compared, and why.
    pub not_compared: Vec<String>,
}

impl Comparison {
    /// Whether the new version does nothing that the old one did not.
    #[must_use]
    pub fn nothing_new(&self) -> bool {
        self.new_findings.is_empty()
            && self.restated_findings.is_empty()
            && self.capabilities.iter().all(|c| c.added.is_empty())
    }
}

/// Compares all archives of two versions. Trees must be there for their contents to be compared.
#[must_use]
pub fn compare((old_name, old): (&str, &[&Assessment]), (new_name, new): (&str, &[&Assessment])) -> Comparison {
    let mut not_compared = Vec::new();
    let capabilities = capabilities(old, new, &mut not_compared);
    let contents = contents::compare(old, new, &mut not_compared);
    let (mut new_findings, mut gone_findings, moved_findings, same_findings) = findings(old, new);
    let restated_findings = restated(&contents, (old, &mut gone_findings), (new, &mut new_findings));
    for (side, all) in [("old", old), ("new", new)] {
        let gaps: Vec<_> = all.iter().flat_map(|a| &a.gaps).collect();
        if let Some(first) = gaps.first() {
            let more = if gaps.len() > 1 { format!(" (and {} more)", gaps.len() - 1) } else { String::new() };
            not_compared.push(format!(
                "in the {side} version not examined: {}: {}: {}{more}",
                first.locator,
                first.reason.word(),
                first.detail
            ));
        }
    }
    Comparison {
        old: side(old_name, old),
        new: side(new_name, new),
        capabilities,
        new_findings,
        gone_findings,
        moved_findings,
        restated_findings,
        same_findings,
        contents,
        components: components(old, new),
        not_compared,
    }
}

fn side(asked: &str, all: &[&Assessment]) -> Side {
    let sum = |of: &dyn Fn(&Assessment) -> u64| all.iter().fold(0_u64, |n, a| n.saturating_add(of(a)));
    Side {
        asked: asked.to_owned(),
        archives: all
            .iter()
            .map(|a| (a.purl.clone().unwrap_or_else(|| a.path.clone()), a.sha256.clone().unwrap_or_default()))
            .collect(),
        files: sum(&|a| a.files),
        bytes: sum(&|a| a.bytes),
        gaps: sum(&|a| a.gaps.len() as u64),
    }
}

fn capabilities(old: &[&Assessment], new: &[&Assessment], not_compared: &mut Vec<String>) -> Vec<CapabilityChange> {
    let values = |all: &[&Assessment], c: Capability| {
        let mut found: BTreeMap<String, CapabilityItem> = BTreeMap::new();
        for item in all.iter().filter_map(|a| a.capabilities.get(&c)).flat_map(|s| &s.items) {
            let known = found.entry(item.value.clone()).or_insert_with(|| CapabilityItem { count: 0, ..item.clone() });
            known.count = known.count.saturating_add(item.count);
        }
        found
    };
    let mut changes = Vec::new();
    for capability in Capability::ALL {
        if old.iter().chain(new).any(|a| a.capabilities.get(&capability).is_some_and(|s| s.truncated)) {
            not_compared.push(format!(
                "{}: more values than are listed of one version; what is beyond them is not compared",
                capability.word()
            ));
        }
        let (before, mut now) = (values(old, capability), values(new, capability));
        let removed: Vec<String> = before.keys().filter(|v| !now.contains_key(*v)).cloned().collect();
        now.retain(|v, _| !before.contains_key(v));
        if !removed.is_empty() || !now.is_empty() {
            changes.push(CapabilityChange { capability, added: now.into_values().collect(), removed });
        }
    }
    changes
}

type Findings = (Vec<Reported>, Vec<Reported>, Vec<(String, Reported)>, u64);

fn findings(old: &[&Assessment], new: &[&Assessment]) -> Findings {
    let weighty = |all: &[&Assessment]| -> Vec<(String, Reported)> {
        all.iter()
            .flat_map(|a| {
                let tidy = contents::Tidy::of(a);
                a.findings
                    .iter()
                    .filter(|f| f.severity > Severity::Info)
                    .map(move |f| (tidy.place(&f.locator), f.clone()))
            })
            .collect()
    };
    let (before, now) = (weighty(old), weighty(new));
    let mut places: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (place, f) in &before {
        places.entry(&f.fingerprint).or_default().insert(place);
    }
    let here: BTreeSet<&str> = now.iter().map(|(_, f)| f.fingerprint.as_str()).collect();
    let [old_list, new_list] = [&before, &now].map(|all| all.iter().map(|(_, f)| f).collect::<Vec<_>>());
    let alike = known::alike(&old_list, &new_list);
    let explained: BTreeSet<usize> = alike.values().copied().collect();
    let (mut fresh, mut moved, mut same) = (Vec::new(), Vec::new(), 0_u64);
    for (i, (place, f)) in now.iter().enumerate() {
        if let Some((was, _)) = alike.get(&i).and_then(|old| before.get(*old)) {
            moved.push((was.clone(), f.clone()));
            continue;
        }
        match places.get(f.fingerprint.as_str()) {
            None => fresh.push(f.clone()),
            Some(known) if known.contains(place.as_str()) => same = same.saturating_add(1),
            Some(known) => moved.push((known.first().map(|p| (*p).to_owned()).unwrap_or_default(), f.clone())),
        }
    }
    let gone = before
        .iter()
        .enumerate()
        .filter(|(i, (_, f))| !here.contains(f.fingerprint.as_str()) && !explained.contains(i));
    let gone = gone.map(|(_, (_, f))| f.clone()).collect();
    (fresh, gone, moved, same)
}

/// Takes what is one finding with two wordings out of what came and went: the same rule in both versions of one content.
fn restated(
    contents: &Contents,
    (old, gone): (&[&Assessment], &mut Vec<Reported>),
    (new, fresh): (&[&Assessment], &mut Vec<Reported>),
) -> Vec<(String, Reported)> {
    let tidies = |all: &[&Assessment]| all.iter().map(|a| contents::Tidy::of(a)).collect::<Vec<_>>();
    let path = |tidies: &[contents::Tidy], f: &Reported| tidies.iter().find_map(|t| t.path_below(&f.locator));
    let (old, new) = (tidies(old), tidies(new));
    let was: HashMap<&str, &str> = [&contents.changed, &contents.reformatted]
        .into_iter()
        .flatten()
        .map(|e| (e.path.as_str(), e.from.as_deref().unwrap_or(&e.path)))
        .collect();
    // What is decoded from a content stands behind `#`, and is of that content.
    let owner = |path: &str| path.split('#').next().unwrap_or_default().to_owned();
    let mut waiting: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (i, f) in gone.iter().enumerate().rev() {
        if let Some(path) = path(&old, f) {
            waiting.entry((owner(&path), f.rule.clone())).or_default().push(i);
        }
    }
    let mut explained: BTreeSet<usize> = BTreeSet::new();
    let mut restated = Vec::new();
    fresh.retain(|f| {
        let Some(from) = path(&new, f).and_then(|p| was.get(owner(&p).as_str()).map(|from| owner(from))) else {
            return true;
        };
        let Some(at) = waiting.get_mut(&(from, f.rule.clone())).and_then(Vec::pop) else { return true };
        // Worse than before is new.
        let Some(before) = gone.get(at).filter(|g| g.severity >= f.severity) else { return true };
        restated.push((before.locator.clone(), f.clone()));
        explained.insert(at);
        false
    });
    let mut at = 0;
    gone.retain(|_| {
        at += 1;
        !explained.contains(&(at - 1))
    });
    restated
}

fn components(old: &[&Assessment], new: &[&Assessment]) -> ComponentChanges {
    let versions = |all: &[&Assessment]| {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for c in all.iter().flat_map(|a| &a.components) {
            let version = c.component.version.clone().unwrap_or_default();
            found.entry(c.component.name.clone()).or_default().insert(version);
        }
        found
    };
    let said = |versions: &BTreeSet<String>| versions.iter().cloned().collect::<Vec<_>>().join(", ");
    let (before, now) = (versions(old), versions(new));
    let mut changes = ComponentChanges::default();
    for (name, v) in &now {
        match before.get(name) {
            None => changes.added.push((name.clone(), said(v))),
            Some(b) if b != v => changes.changed.push((name.clone(), said(b), said(v))),
            Some(_) => {}
        }
    }
    changes.removed =
        before.iter().filter(|(name, _)| !now.contains_key(*name)).map(|(n, v)| (n.clone(), said(v))).collect();
    changes
}

/// Raises every finding of medium severity and above that the approved version did not have by one level, says so, and
/// decides again.
pub fn raise(assessment: &mut Assessment, known: &Known) {
    let mut raised = false;
    for f in &mut assessment.findings {
        if f.severity >= Severity::Medium && f.confidence > Confidence::Hint && !known.has(f) {
            f.severity = f.severity.raised();
            f.message.push_str(" (absent in the version that it is compared with)");
            raised = true;
        }
    }
    if raised {
        assessment.findings.sort_by_key(|f| std::cmp::Reverse((f.severity, f.confidence)));
        assessment.decide_again();
    }
}

/// What a comparison comes to when the new version is judged as `raise` left it.
#[must_use]
pub fn verdict(new: &[&Assessment]) -> Verdict {
    let has = |v: Verdict| new.iter().any(|a| a.verdict == v);
    [Verdict::Block, Verdict::Review, Verdict::Incomplete].into_iter().find(|v| has(*v)).unwrap_or(Verdict::Pass)
}
