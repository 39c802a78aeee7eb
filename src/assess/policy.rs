//! What an organisation lets in: from which severity something blocks, what needs a person, what a tool may do, which
//! hosts it may name, what of it need not be examined, and what somebody has looked at and accepted.
//!
//! A policy comes from who runs Peephole, never from what is scanned. It can weaken a verdict only by name: by a
//! suppression or an accepted gap with a reason, an owner and an end, and both stay in the report.

mod apply;
mod file;
mod pattern;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use sha2::Digest as _;

use crate::model::{Capability, ContentId, Date, Error, Severity};
use crate::source::user::{self, Kept};

use super::{Reported, Verdict};

pub use apply::known_problems;
pub use pattern::{Pattern, glob};

/// A policy that was read.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its own name.
    pub name: String,
    /// The preset that it starts from.
    pub preset: Preset,
    /// SHA-256 of the file in hex; of a preset, of its name.
    pub digest: String,
    /// Where it was read.
    pub path: Option<PathBuf>,
    /// The least severity that blocks when it is certain; `None` blocks nothing.
    pub block: Option<Severity>,
    /// The least severity that needs a person when it is at least likely; `None` asks nobody.
    pub review: Option<Severity>,
    /// What gaps come to.
    pub gaps: Verdict,
    /// What archives come to of which the registry promises no digest, or only a SHA-1.
    pub unchecked: Verdict,
    /// What single tools may do.
    pub tools: Vec<Tool>,
    /// Gaps that somebody has accepted.
    pub accepted: Vec<AcceptedGap>,
    /// Findings that somebody has accepted.
    pub suppressions: Vec<Suppression>,
    /// How long an approval may hold.
    pub approval_days: Option<i64>,
    /// Who may decide; anybody when empty.
    pub deciders: Vec<String>,
    /// How many people must approve what has critical findings.
    pub approvers_of_critical: usize,
    /// How old, in days, a feed of known malware may be.
    pub feed_days: Option<i64>,
}

/// Where a policy starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Whatever is medium needs a person, whatever was not examined is blocked.
    Strict,
    /// What Peephole does without a policy.
    Standard,
    /// Nothing is blocked: what would be needs a person.
    Observe,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Standard, Self::Observe];

    /// The word in a policy.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Standard => "standard",
            Self::Observe => "observe",
        }
    }

    /// The preset that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }
}

/// What tools of a pattern may do.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Which.
    pub pattern: Pattern,
    /// Capabilities that it may have; all when `None`.
    pub allow: Option<Vec<Capability>>,
    /// Capabilities that need a person.
    pub deny: Vec<Capability>,
    /// Hosts that it may name, with `*`; all when `None`.
    pub hosts: Option<Vec<String>>,
}

/// A gap that somebody has accepted.
#[derive(Debug, Clone)]
pub struct AcceptedGap {
    /// The archive's SHA-256, when it is bound to bytes.
    pub sha256: Option<String>,
    /// In which packages.
    pub pattern: Pattern,
    /// The word of its reason; any when empty.
    pub gap: String,
    /// Its locator, with `*`.
    pub path: String,
    /// Why, by whom, until when.
    pub note: Note,
}

/// A finding that somebody has accepted.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rule's id.
    pub rule: String,
    /// The archive's SHA-256, when it is bound to bytes.
    pub sha256: Option<String>,
    /// The packages, when it is bound to names.
    pub pattern: Option<Pattern>,
    /// The finding's fingerprint, when it is bound to one.
    pub fingerprint: Option<String>,
    /// The locator, with `*`.
    pub path: Option<String>,
    /// Why, by whom, until when.
    pub note: Note,
}

/// Why something is accepted, by whom and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// When.
    pub created: Date,
    /// The last day on which it holds.
    pub expires: Date,
    /// The ticket.
    pub ticket: String,
}

impl Note {
    /// Whether it does not hold any more.
    #[must_use]
    pub fn expired(&self, today: Date) -> bool {
        today > self.expires
    }
}

/// A finding that does not count, because somebody has accepted it. It stays in every report.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Reported,
    /// Why, by whom, until when.
    pub note: Note,
}

impl Policy {
    /// A preset as it is.
    #[must_use]
    pub fn preset(preset: Preset) -> Self {
        let (block, review, gaps, unchecked) = match preset {
            Preset::Strict => (Some(Severity::Critical), Some(Severity::Medium), Verdict::Block, Verdict::Review),
            Preset::Standard => (Some(Severity::Critical), Some(Severity::High), Verdict::Incomplete, Verdict::Pass),
            Preset::Observe => (None, Some(Severity::High), Verdict::Incomplete, Verdict::Pass),
        };
        Self {
            name: preset.word().to_owned(),
            preset,
            digest: ContentId(sha2::Sha256::digest(preset.word()).into()).to_string(),
            path: None,
            block,
            review,
            gaps,
            unchecked,
            tools: Vec::new(),
            accepted: Vec::new(),
            suppressions: Vec::new(),
            approval_days: (preset == Preset::Strict).then_some(90),
            deciders: Vec::new(),
            approvers_of_critical: if preset == Preset::Strict { 2 } else { 1 },
            feed_days: None,
        }
    }

    /// Reads a policy from a file.
    ///
    /// # Errors
    /// [`Error::Input`] when it cannot be read, [`Error::Usage`] when it says what is unknown.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Input { path: path.to_owned(), source })?;
        let mut policy = file::parse(&text).map_err(|why| Error::Usage(format!("{}: {why}", path.display())))?;
        policy.path = Some(path.to_owned());
        Ok(policy)
    }

    /// A policy from its text.
    ///
    /// # Errors
    /// What is unknown or missing in it.
    pub fn parse(text: &str) -> Result<Self, String> {
        file::parse(text)
    }

    /// The policy that is in force: the file that was named, that of `PEEPHOLE_POLICY`, the user's, the machine's, or
    /// none. The folder that is scanned, and the working folder, are never asked.
    ///
    /// # Errors
    /// As [`Policy::read`]; also when the policy lies within what is scanned.
    pub fn find(named: Option<&str>, scanned: &[PathBuf]) -> Result<Option<Self>, Error> {
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        if let Some(preset) = named.and_then(Preset::from_word) {
            return Ok(Some(Self::preset(preset)));
        }
        let path = match named.map(PathBuf::from).or_else(|| set("PEEPHOLE_POLICY")) {
            Some(path) => Some(path),
            None => Self::usual_places().into_iter().find(|p| p.is_file()),
        };
        let Some(path) = path else { return Ok(None) };
        let real = |p: &Path| std::fs::canonicalize(p).unwrap_or_else(|_| p.to_owned());
        let own = real(&path);
        if scanned.iter().any(|s| own.starts_with(real(s))) {
            return Err(Error::Usage(format!("{}: a policy within what is scanned is not obeyed", path.display())));
        }
        Self::read(&path).map(Some)
    }

    /// Where a policy is looked for when none is named.
    #[must_use]
    pub fn usual_places() -> Vec<PathBuf> {
        Self::of_user().into_iter().chain([PathBuf::from("/etc/peephole/policy.toml")]).collect()
    }

    /// The user's policy.
    #[must_use]
    pub fn of_user() -> Option<PathBuf> {
        Some(user::folder(Kept::Config)?.join("policy.toml"))
    }
}
