//! Decides. Findings, chains and gaps of one root become a verdict with reasons; nothing before this room knows what
//! blocks and what does not.

pub mod bisect;
pub mod compare;
pub mod policy;
mod release;
pub(crate) mod tree;
mod verdict;
mod vetted;

use std::collections::BTreeMap;

use crate::model::{Capability, Component, Confidence, Evidence, GapReason, Severity};

pub use tree::{Inside, Tree, TreeNode};
pub use verdict::{Verdict, assess};
pub use vetted::{Part, PartState, Vetted};

/// What is known about one root at the end: the record that every report format is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The path as it was reached on disk; `-` for standard input.
    pub path: String,
    /// The package URL, when the root is a package with a name.
    pub purl: Option<String>,
    /// SHA-256 of the bytes in hex; of a folder, of its sorted list of digests and paths. Absent when it was not read.
    pub sha256: Option<String>,
    /// The kind's word.
    pub kind: String,
    /// The decision.
    pub verdict: Verdict,
    /// Why, the weightiest first.
    pub reasons: Vec<String>,
    /// What was seen, the worst first.
    pub findings: Vec<Reported>,
    /// How many further findings each rule had that are not listed (capabilities only).
    pub omitted: BTreeMap<String, u64>,
    /// What was seen and does not count, because somebody has accepted it.
    pub suppressed: Vec<policy::Suppressed>,
    /// What was not examined.
    pub gaps: Vec<ReportedGap>,
    /// What it can do.
    pub capabilities: BTreeMap<Capability, CapabilitySummary>,
    /// What of known name is built into it, sorted, each once.
    pub components: Vec<ReportedComponent>,
    /// Hosts that code which runs at install names, where that code uses the network: what it fetches is not here.
    pub downloads: Vec<Download>,
    /// Whether nothing stronger than a SHA-1 holds the bytes: the registry's promise, and what a lockfile pins.
    pub unchecked: bool,
    /// Whether its package URL is that of the registry that it came from, and not what it says of itself.
    pub named: bool,
    /// Bytes examined: the root's own and everything unwrapped from it.
    pub bytes: u64,
    /// Contents examined, at every place.
    pub files: u64,
    /// How closely its scripts were looked at.
    pub scripts: Scripts,
    /// Wall-clock seconds from reading the root to its verdict.
    pub seconds: f64,
    /// Everything that was found inside, where it was asked for.
    pub tree: Option<Box<Tree>>,
}

/// How closely the scripts of an artifact were looked at. Signatures and the heuristics of text see all of them; a glance
/// decides which can act on the world outside at all, and those are followed as code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scripts {
    /// All that were met, at every place.
    pub met: u64,
    /// Those that were followed as code.
    pub followed: u64,
}

/// A finding with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// The rule's id.
    pub rule: String,
    /// The technique's id.
    pub technique: String,
    /// How bad, after the brakes.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What was seen.
    pub message: String,
    /// `tool.tgz!/package/x.js#base64@120`.
    pub locator: String,
    /// The steps from the root to the content, in words.
    pub recipe: Vec<String>,
    /// What can be shown.
    pub evidence: Vec<Evidence>,
    /// Equal in two versions when the same thing was seen.
    pub fingerprint: String,
    /// Why severity was lowered, if it was.
    pub brake: Option<String>,
}

/// A gap with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedGap {
    /// The class of the reason.
    pub reason: GapReason,
    /// Where.
    pub locator: String,
    /// What happened.
    pub detail: String,
}

/// Something that is fetched when the package is installed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Download {
    /// From where.
    pub host: String,
    /// The content that says so.
    pub locator: String,
}

/// A component with the place where it was met first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedComponent {
    /// What it is.
    pub component: Component,
    /// The content that holds it.
    pub locator: String,
}

/// The distinct values of one capability.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapabilitySummary {
    /// Occurrences in all.
    pub count: u64,
    /// Distinct values with their counts and first places, the most frequent first.
    pub items: Vec<CapabilityItem>,
    /// Whether there were more than are listed.
    pub truncated: bool,
}

/// One value of a capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityItem {
    /// The value: a host, a variable's name, a program.
    pub value: String,
    /// Occurrences.
    pub count: u64,
    /// Where it was met first.
    pub first: String,
}

impl Assessment {
    /// The verdict and its reasons anew, after findings or gaps changed.
    pub fn decide_again(&mut self) {
        (self.verdict, self.reasons) = verdict::decide(&self.findings, &self.gaps);
    }

    /// Takes the name that its registry has for it. What calls itself otherwise is not what it seems.
    pub fn take_name(&mut self, purl: &str, locator: &str) {
        let own = self.purl.replace(purl.to_owned());
        if let Some(own) = own.filter(|own| !self.named && is_other(own, purl)) {
            let why = format!("calls itself {own}, and its registry calls it {purl}");
            self.add_gap(locator, crate::model::Gap::new(GapReason::Malformed, why));
        }
        self.named = true;
    }

    /// Adds a gap that showed only after the verdict; a pass becomes incomplete.
    pub fn add_gap(&mut self, locator: &str, gap: crate::model::Gap) {
        if self.verdict == Verdict::Pass {
            self.verdict = Verdict::Incomplete;
        }
        self.reasons.push(format!("not examined: {locator}: {gap}"));
        if let Some(tree) = &mut self.tree {
            tree.add_gap(gap.clone());
        }
        self.gaps.push(ReportedGap { reason: gap.reason, locator: locator.to_owned(), detail: gap.detail });
    }
}

/// Whether two package URLs of one ecosystem have different names.
fn is_other(own: &str, purl: &str) -> bool {
    let name = |p: &str| {
        let p = p.split(['?', '#']).next().unwrap_or(p);
        let p = p.rsplit_once('@').map_or(p, |(name, _)| name);
        let (kind, name) = p.strip_prefix("pkg:").and_then(|p| p.split_once('/')).unwrap_or(("", p));
        let name = if kind == "pypi" { crate::model::purl::normal_python(name) } else { name.to_ascii_lowercase() };
        (kind.to_owned(), name)
    };
    let ((own_kind, own), (kind, name)) = (name(own), name(purl));
    own_kind == kind && own != name
}

/// An assessment for a root of which nothing could be examined.
#[must_use]
pub fn unexamined(path: &str, gap: crate::model::Gap, seconds: f64) -> Assessment {
    Assessment {
        path: path.to_owned(),
        purl: None,
        sha256: None,
        kind: String::new(),
        verdict: Verdict::Incomplete,
        reasons: vec![format!("not examined: {path}: {gap}")],
        findings: Vec::new(),
        suppressed: Vec::new(),
        omitted: BTreeMap::new(),
        gaps: vec![ReportedGap { reason: gap.reason, locator: path.to_owned(), detail: gap.detail }],
        capabilities: BTreeMap::new(),
        components: Vec::new(),
        downloads: Vec::new(),
        unchecked: false,
        named: false,
        bytes: 0,
        files: 0,
        scripts: Scripts::default(),
        seconds,
        tree: None,
    }
}
