//! The identity of a rule, whoever runs it: a YARA signature, a heuristic in Rust, or a chain.

use super::{Confidence, Evidence, Finding, Severity, Stages, Technique};

/// Who runs a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleOrigin {
    /// A YARA-X signature of ours.
    Signature,
    /// A YARA-X signature that the user added with `--rules`.
    User,
    /// Rust code under `analyze/`, `unwrap/` or `package/`.
    Heuristic,
    /// A row of the chain table.
    Chain,
}

/// What a rule is called, what it is about and how much it weighs.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Unique kebab-case name, stable across releases.
    pub id: &'static str,
    /// The technique of the catalogue.
    pub technique: &'static Technique,
    /// How bad if true.
    pub severity: Severity,
    /// How sure when it fires.
    pub confidence: Confidence,
    /// One line: what was seen.
    pub title: &'static str,
    /// Prose for `peephole explain`: why it matters, known uses, honest look-alikes.
    pub explanation: &'static str,
    /// A specification, an ATT&CK page or an incident.
    pub reference: &'static str,
    /// Who runs it.
    pub origin: RuleOrigin,
    /// Stages that this rule stands for by itself; empty means those of its technique.
    pub stages: Stages,
}

impl Rule {
    /// A finding of this rule. There is none without evidence.
    #[must_use]
    pub fn finding(&'static self, first: Evidence) -> Finding {
        Finding {
            rule: self,
            severity: self.severity,
            confidence: self.confidence,
            stages: if self.stages.is_empty() { self.technique.stages } else { self.stages },
            message: self.title.to_owned(),
            evidence: vec![first],
            brake: None,
            within: None,
        }
    }
}

/// Declares a heuristic's rule as a `static`, in the order a reader wants to know it.
///
/// ```ignore
/// rule! {
///     /// What it finds, why it matters, known uses, honest look-alikes (becomes `peephole explain`).
///     pub(crate) PACKED_SECTION = "elf-packed-section" in "bin/packed";
///     severity: Low, confidence: Likely,
///     title: "A code section has the entropy of compressed data",
///     reference: "https://attack.mitre.org/techniques/T1027/002/",
/// }
/// ```
#[macro_export]
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $vis:vis $name:ident = $id:literal in $technique:literal;
     severity: $severity:ident, confidence: $confidence:ident, title: $title:literal, reference: $reference:literal $(,)?) => {
        $(#[doc = $doc])+
        $vis static $name: $crate::model::Rule = $crate::model::Rule {
            id: $id,
            technique: $crate::model::technique::known($technique),
            severity: $crate::model::Severity::$severity,
            confidence: $crate::model::Confidence::$confidence,
            title: $title,
            explanation: concat!($($doc, "\n"),+),
            reference: $reference,
            origin: $crate::model::RuleOrigin::Heuristic,
            stages: $crate::model::Stages::NONE,
        };
    };
}
