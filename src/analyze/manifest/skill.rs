//! `SKILL.md`: what a skill says of itself, where that can be held against what its scripts do.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyze::{Heuristic, Notes};
use crate::model::{Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;

/// Reads `SKILL.md`.
pub(super) struct SkillReader;

/// How much of a skill is its promise, in bytes: front matter and introduction.
const PROMISE: usize = 4000;

static CLAIM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(no|without|never (makes|uses|needs)( any)?|makes? no|does not (make|use|need)( any)?|doesn't (make|use|need)( any)?) (network|internet|external|outbound|remote)( \w+)?",
        r"|\b(never|does not|doesn't|nothing is|no data is|not) (sen(d|ds|t)|upload(s|ed)?|transmit(s|ted)?|leav(e|es)|shar(e|es|ed))\b|\boffline\b|\bread-only\b|\b(fully|entirely|purely|100%) local(ly)?\b|\blocal-only\b",
    ))
    .ok()
});

impl Heuristic for SkillReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Markdown
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !file.base_name().eq_ignore_ascii_case("SKILL.md") {
            return;
        }
        let bytes = file.bytes();
        let text = String::from_utf8_lossy(bytes.get(..PROMISE).unwrap_or(bytes));
        if let Some(claim) = CLAIM.as_ref().and_then(|c| c.find(&text)) {
            out.facts.push(Fact::whole(FactKind::Claims(claim.as_str().into())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_to_stay_are_told() {
        for text in
            ["Makes no network calls.", "read-only helper", "Nothing is sent anywhere", "fully local", "works offline"]
        {
            assert!(CLAIM.as_ref().unwrap().is_match(text), "{text}");
        }
        for text in ["Deploys to a network of servers", "Sends a message", "local files"] {
            assert!(!CLAIM.as_ref().unwrap().is_match(text), "{text}");
        }
    }
}
