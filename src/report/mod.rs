//! Writes assessments down. Each format is a pure function of the same records; none changes a verdict or an exit code.

pub mod compare;
pub mod cyclonedx;
pub mod document;
pub mod fleet;
pub mod html;
mod inventory;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod ndjson;
pub mod ocsf;
mod place;
pub mod sarif;
pub mod spdx;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
mod text;
pub mod transparency;
pub mod tree;

use crate::assess::Verdict;

/// Which policy it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyName {
    /// Its name.
    pub name: String,
    /// The preset that it starts from.
    pub preset: String,
    /// SHA-256 of the file in hex.
    pub digest: String,
}

impl From<&crate::assess::policy::Policy> for PolicyName {
    fn from(p: &crate::assess::policy::Policy) -> Self {
        Self { name: p.name.clone(), preset: p.preset.word().to_owned(), digest: p.digest.clone() }
    }
}

/// What a run was: stands first in machine-readable reports.
#[derive(Debug, Clone)]
pub struct Run {
    /// Digest of rules and version (see `analyze::signature::ruleset_digest`).
    pub ruleset: String,
    /// The arguments, as they were given.
    pub arguments: Vec<String>,
    /// The limits in force, as names and numbers.
    pub limits: Vec<(&'static str, u64)>,
    /// The policy by which verdicts were reached.
    pub policy: Option<PolicyName>,
    /// What is known to be bad, when the run was given a feed of it.
    pub feed: Option<FeedUsed>,
}

/// The feed that a run was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedUsed {
    /// The day it is of, as `2026-11-26`.
    pub date: String,
    /// How many reports of malice it holds.
    pub records: u64,
}

impl FeedUsed {
    /// The feed in words.
    #[must_use]
    pub fn words(&self) -> String {
        format!("known bad: {} records of {}", self.records, self.date)
    }
}

/// Days since 1970 as `2026-11-26`.
#[must_use]
pub fn day(days: u64) -> String {
    let mut time = inventory::time(days.saturating_mul(86_400));
    time.truncate(10);
    time
}

/// What a run came to: stands last. A reader discards a report without it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Whether every root was reported (`complete`) or the run ended early (`partial`).
    pub complete: bool,
    /// Roots.
    pub artifacts: u64,
    /// Contents examined, at every place.
    pub files: u64,
    /// Bytes examined, unwrapped ones included.
    pub bytes: u64,
    /// How many roots got each verdict: pass, review, block, incomplete.
    pub verdicts: [u64; 4],
    /// Gaps in all.
    pub gaps: u64,
    /// Roots that have gaps, whatever their verdict.
    pub artifacts_with_gaps: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
}

impl Summary {
    /// Counts one assessment.
    pub fn count(&mut self, assessment: &crate::assess::Assessment) {
        self.artifacts += 1;
        self.files += assessment.files;
        self.bytes += assessment.bytes;
        self.gaps += assessment.gaps.len() as u64;
        self.artifacts_with_gaps += u64::from(!assessment.gaps.is_empty());
        if let Some(at) = Verdict::ALL.iter().position(|v| *v == assessment.verdict)
            && let Some(count) = self.verdicts.get_mut(at)
        {
            *count += 1;
        }
    }

    /// How many roots got this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> u64 {
        Verdict::ALL.iter().position(|v| *v == verdict).and_then(|at| self.verdicts.get(at)).copied().unwrap_or(0)
    }
}
