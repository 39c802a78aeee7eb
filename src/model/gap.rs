//! What was not examined, and why. A gap is never silence: it stands in the report and in the verdict.

use std::fmt;

/// Why something was not examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapReason {
    /// The system refused: no permission, an I/O error, a file that shrank while it was read.
    Unreadable,
    /// A container or binary whose bytes contradict its own format.
    Malformed,
    /// Encrypted, and none of the passwords opens it.
    Encrypted,
    /// A format that is recognised and not opened by this version.
    Unsupported,
    /// One of the limits (depth, entries, bytes, ratio, memory) ended the examination.
    Limit,
    /// The time limit ended the examination.
    Timeout,
    /// A part of Peephole failed on this input; the failure was contained.
    Crash,
}

impl GapReason {
    /// The word that stands in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Malformed => "malformed",
            Self::Encrypted => "encrypted",
            Self::Unsupported => "unsupported",
            Self::Limit => "limit",
            Self::Timeout => "timeout",
            Self::Crash => "crash",
        }
    }

    /// The reason a report's word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unreadable, Self::Malformed, Self::Encrypted, Self::Unsupported, Self::Limit, Self::Timeout, Self::Crash]
            .into_iter()
            .find(|r| r.word() == word)
    }
}

/// Something in scope that was not examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The class of the reason.
    pub reason: GapReason,
    /// The entry inside the artifact that the gap is about (`a/b.js`), or empty for the artifact itself.
    pub entry: String,
    /// What happened, in words for a person: "ends 312 bytes before its central directory".
    pub detail: String,
}

impl Gap {
    /// A gap about the artifact itself.
    #[must_use]
    pub fn new(reason: GapReason, detail: impl Into<String>) -> Self {
        Self { reason, entry: String::new(), detail: detail.into() }
    }

    /// Shorthand for [`GapReason::Malformed`].
    #[must_use]
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(GapReason::Malformed, detail)
    }

    /// The same gap about one entry of the artifact.
    #[must_use]
    pub fn at(mut self, entry: impl Into<String>) -> Self {
        self.entry = entry.into();
        self
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason.word(), self.detail)
    }
}
