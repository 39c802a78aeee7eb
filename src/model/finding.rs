//! What was seen: a finding is a rule, a place and evidence. Severity (how bad if true) and confidence
//! (how sure) are two axes; a verdict is computed later, from chains.

use std::fmt;

use super::{Rule, Stages, artifact::ContentId};

/// How bad it is if it is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A capability, as honest software has it.
    Info,
    /// A weak sign.
    Low,
    /// A suspicious sign that honest packages sometimes have.
    Medium,
    /// Few honest readings: somebody should look.
    High,
    /// No honest reading, when certain.
    Critical,
}

impl Severity {
    /// All, from the least to the worst.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word in reports and rule metadata.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }

    /// One level worse; used for what an approved version did not have.
    #[must_use]
    pub fn raised(self) -> Self {
        match self {
            Self::Info => Self::Low,
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Critical => Self::Critical,
        }
    }

    /// One level less bad; used by the brakes (comments, tests, documentation).
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Info | Self::Low => Self::Info,
            Self::Medium => Self::Low,
            Self::High => Self::Medium,
            Self::Critical => Self::High,
        }
    }
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Worth a glance.
    Hint,
    /// More likely than not.
    Likely,
    /// The bytes leave no doubt.
    Certain,
}

impl Confidence {
    /// All, from the least sure.
    pub const ALL: [Self; 3] = [Self::Hint, Self::Likely, Self::Certain];

    /// The word in reports and rule metadata.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }

    /// The confidence a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }
}

/// A range of an artifact's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub offset: u64,
    /// Length in bytes.
    pub len: u64,
    /// Line, counted from 1, when the artifact is text.
    pub line: Option<u32>,
    /// Column in bytes, counted from 1, when the artifact is text.
    pub column: Option<u32>,
}

impl Span {
    /// A span without line and column.
    #[must_use]
    pub fn bytes(offset: u64, len: u64) -> Self {
        Self { offset, len, line: None, column: None }
    }
}

/// One thing that can be shown for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where it stands, or `None` when it is about the artifact as a whole.
    pub span: Option<Span>,
    /// The bytes around it as printable text, bounded, with every invisible character escaped.
    pub snippet: String,
    /// The marked part of `snippet`, in bytes of it.
    pub mark: (u32, u32),
    /// What the evidence shows, when the snippet does not speak for itself ("decodes to https://…").
    pub note: String,
}

/// Longest text kept of one snippet, in bytes.
const SNIPPET_MAX: usize = 160;

impl Evidence {
    /// Evidence about the artifact as a whole.
    #[must_use]
    pub fn note(note: impl Into<String>) -> Self {
        Self { span: None, snippet: String::new(), mark: (0, 0), note: note.into() }
    }

    /// Evidence at a range of `bytes`, with a snippet of the line around it (or of the bytes, when there are no lines).
    #[must_use]
    pub fn at(bytes: &[u8], offset: usize, len: usize) -> Self {
        let offset = offset.min(bytes.len());
        let end = offset.saturating_add(len).min(bytes.len());
        let is_break = |b: &u8| matches!(*b, b'\n' | b'\r' | 0);
        let before = bytes.get(offset.saturating_sub(48)..offset).unwrap_or_default();
        let lead = before.iter().rposition(is_break).map_or(before.len(), |p| before.len() - p - 1);
        let shown_end = end.min(offset.saturating_add(SNIPPET_MAX));
        let after = bytes.get(shown_end..bytes.len().min(shown_end.saturating_add(48))).unwrap_or_default();
        let trail = after.iter().position(is_break).unwrap_or(after.len());
        let mut snippet = printable(bytes.get(offset - lead..offset).unwrap_or_default());
        let mark_start = snippet.len();
        snippet.push_str(&printable(bytes.get(offset..shown_end).unwrap_or_default()));
        if shown_end < end {
            snippet.push('…');
        }
        let mark_end = snippet.len();
        if shown_end == end {
            snippet.push_str(&printable(after.get(..trail).unwrap_or_default()));
        }
        Self {
            span: Some(Span::bytes(offset as u64, (end - offset) as u64)),
            snippet,
            mark: (mark_start as u32, mark_end as u32),
            note: String::new(),
        }
    }

    /// The same evidence with a note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Bytes as text for a person: UTF-8 where it is valid, everything invisible or broken escaped.
#[must_use]
pub fn printable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\t' => out.push(' '),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                c if is_invisible(c) => out.push_str(&format!("<U+{:04X}>", c as u32)),
                c => out.push(c),
            }
        }
        for b in chunk.invalid() {
            out.push_str(&format!("\\x{b:02x}"));
        }
    }
    out
}

/// Characters that a terminal, an editor or a browser does not draw, or that reorder what it draws.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE01EF)
}

/// What a finding is, without where it was: rule, technique and normalised evidence. Equal in two versions
/// of a package when the same thing was seen in both, wherever it moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 8]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// Something that a rule saw in one artifact. Built only through [`Rule::finding`], which asks for evidence.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad, after the brakes.
    pub severity: Severity,
    /// How sure, after the brakes.
    pub confidence: Confidence,
    /// The stages of an attack that this stands for.
    pub stages: Stages,
    /// What was seen, in words; the rule's own words unless the heuristic knows more.
    pub message: String,
    /// Never empty.
    pub evidence: Vec<Evidence>,
    /// Why severity was lowered ("in a comment"), if it was.
    pub brake: Option<&'static str>,
    /// The function that does it, when it only runs if somebody calls that function.
    pub within: Option<Box<str>>,
}

impl Finding {
    /// The fingerprint over rule, technique and normalised evidence.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        use sha2::Digest as _;
        let mut hash = sha2::Sha256::new();
        hash.update(self.rule.id.as_bytes());
        hash.update([0]);
        hash.update(self.rule.technique.id.as_bytes());
        for e in &self.evidence {
            hash.update([0]);
            let marked = e.snippet.get(e.mark.0 as usize..e.mark.1 as usize).unwrap_or_default();
            for word in marked.split_whitespace().chain(e.note.split_whitespace()) {
                hash.update(word.as_bytes());
            }
        }
        let digest = ContentId(hash.finalize().into());
        let mut short = [0; 8];
        short.copy_from_slice(digest.0.split_at(8).0);
        Fingerprint(short)
    }

    /// Lowers severity by one level and says why; a second brake changes nothing, unless the first only says that somebody
    /// should look and has lowered nothing.
    pub fn demote(&mut self, why: &'static str) {
        if self.brake.is_none() || self.severity >= self.rule.severity {
            self.severity = self.severity.lowered();
            self.brake = Some(why);
        }
    }

    /// The first offset the evidence names.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.evidence.iter().find_map(|e| e.span).map(|s| s.offset)
    }

    /// The same finding in other words.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }
}
