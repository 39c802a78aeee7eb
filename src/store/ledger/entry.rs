//! One decision.

use serde::{Deserialize, Serialize};

use crate::model::Date;
use crate::store::attest::Envelope;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It may be let in.
    Approve,
    /// Somebody has to look again.
    Review,
    /// It stays out.
    Block,
}

impl Decision {
    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Review => "review",
            Self::Block => "block",
        }
    }
}

/// One archive that was examined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Package URL, or the path.
    pub name: String,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// A finding that was there when it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFinding {
    /// The rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its severity.
    pub severity: String,
}

/// What a gap is known by: the first half of the SHA-256 of its reason, place and detail.
#[must_use]
pub fn gap_key(reason: &str, locator: &str, detail: &str) -> String {
    let mut key = super::digest(&format!("{reason}\0{locator}\0{detail}"));
    key.truncate(32);
    key
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `peephole-ledger/1`.
    pub schema: String,
    /// From 1.
    pub seq: u64,
    /// SHA-256 of the line before, as it stands without its line feed.
    pub prev: String,
    /// When: RFC 3339.
    pub time: String,
    /// What.
    pub decision: Decision,
    /// The package URL of what was decided on.
    pub purl: Option<String>,
    /// Everything that was examined for it.
    pub subjects: Vec<Subject>,
    /// What the report's verdict was.
    pub verdict: String,
    /// Whether everything was examined.
    pub complete: bool,
    /// Findings of medium severity and above that were open.
    pub findings: Vec<OpenFinding>,
    /// What was not examined, each as [`gap_key`] of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<String>,
    /// The ticket.
    pub ticket: String,
    /// How many people must approve before it counts.
    pub approvers: usize,
    /// SHA-256 of the report.
    pub report: String,
    /// The policy's name and SHA-256, when there was one.
    pub policy: Option<(String, String)>,
    /// The digest of rules and version.
    pub ruleset: String,
    /// The signed statement.
    pub attestation: Option<Envelope>,
    /// SHA-256 of this line with an empty text here.
    pub digest: String,
}

impl Entry {
    /// The entry as it stands in the file, without the line feed.
    #[must_use]
    pub(super) fn line(&self) -> String {
        // A struct of texts and numbers always becomes JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What `digest` must be.
    #[must_use]
    pub(super) fn own_digest(&self) -> String {
        super::digest(&Self { digest: String::new(), ..self.clone() }.line())
    }

    /// Whether it does not hold any more.
    #[must_use]
    pub fn expired(&self, today: Date) -> bool {
        self.expires.as_deref().is_some_and(|day| Date::parse(day).is_none_or(|day| today > day))
    }
}
