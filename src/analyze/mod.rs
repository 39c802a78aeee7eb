//! Looks at one artifact: signatures ([`signature`]) and heuristics, one folder per format, one heuristic per file.
//! What they see goes into [`Notes`]; what they decode comes back as children through the engine.

use std::sync::Arc;

use crate::model::{ContentId, Fact, FileKind, Finding, Gap, Rule, Step};
use crate::parse::Parsed;
use crate::unwrap::Child;

/// Where an analysis puts what it sees.
#[derive(Default)]
pub struct Notes {
    /// Accusations, with evidence.
    pub findings: Vec<Finding>,
    /// Neutral observations.
    pub facts: Vec<Fact>,
    /// What could not be examined.
    pub gaps: Vec<Gap>,
    /// What was decoded and must be looked at again.
    pub children: Vec<Child>,
}

/// Looks for one thing in one artifact.
pub trait Heuristic: Sync {
    /// The rules that it can report, for `rules list` and `explain`.
    fn rules(&self) -> &'static [&'static Rule];

    /// Whether it has anything to say about files of this kind.
    fn applies(&self, kind: FileKind) -> bool;

    /// Looks. Never panics on any input; bounded in time by the size of the file.
    fn check(&self, file: &Parsed<'_>, out: &mut Notes);
}

/// Everything that was seen in one content, without the places where the content was met: identical content in one
/// run shares one analysis.
#[derive(Debug)]
pub struct Analysis {
    /// SHA-256 of the content.
    pub id: ContentId,
    /// What it is.
    pub kind: FileKind,
    /// Its length in bytes.
    pub bytes: u64,
    /// Findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Gaps.
    pub gaps: Vec<Gap>,
    /// What it holds.
    pub children: Vec<Edge>,
}

/// A child of an analysed content.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The child's name inside the parent.
    pub name: String,
    /// How it comes out of the parent.
    pub step: Step,
    /// The kind its name claims, when the content contradicts it.
    pub claimed: Option<FileKind>,
    /// What was seen in it.
    pub analysis: Arc<Analysis>,
}
