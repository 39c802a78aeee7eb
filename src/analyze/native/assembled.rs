//! Texts that code puts together in memory out of constants which are no text before a key is taken off them.
//!
//! Compilers put short texts together by instructions of their own accord; those are told as what they are, to every
//! rule. Bytes under a key are put together on purpose: there is no text in the file, not even under its key.
//! Known uses: stealers and loaders whose strings are macros (`skCrypter`, `xorstr`), implants. Honest look-alikes:
//! anti-cheat code and licence checks hide names of functions, not commands and paths of the system.
//!
//! References: ATT&CK T1027.013, T1140.

use std::collections::BTreeMap;

use super::hidden::{Allowance, Way, find};
use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// Instructions put a text together byte by byte, under a one-byte key: neither the text nor its coded form lies in
    /// the file. The text, once decoded, names commands, paths of the system or addresses. Known uses: stealers and
    /// loaders whose texts are macros. Honest look-alikes: anti-cheat code and licence checks.
    pub(super) ASSEMBLED = "native-assembled-hidden-text" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "Code assembles a text that is under a key",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

/// Shortest piece that can hide a word.
const SHORTEST: usize = 8;
/// Most texts that are told.
const TOLD_MAX: usize = 32;

/// Looks at what code puts together.
pub(super) struct Assembled;

impl Heuristic for Assembled {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&ASSEMBLED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let (pieces, cut) = file.built();
        if cut {
            let detail = "more texts put together by code than are looked at";
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        let mut left = Allowance::new();
        let mut told = Vec::new();
        for piece in pieces.iter().filter(|p| p.bytes.len() >= SHORTEST) {
            let mut hits: BTreeMap<(Way, u8), Vec<(usize, usize)>> = BTreeMap::new();
            find(&piece.bytes, 0, &mut left, &mut hits);
            let Some((way, key)) = hits.keys().next().copied() else { continue };
            // Under a key a text's end is the key itself; what is no text stands outside of it.
            let plain: Vec<u8> = piece.bytes.iter().map(|b| way.plain(*b, key)).collect();
            let text = plain.split(|b| !matches!(b, b' '..=b'~')).max_by_key(|t| t.len()).unwrap_or_default();
            if told.len() < TOLD_MAX {
                out.facts.push(Fact::has(Capability::Decoded, shown(text), piece.offset));
                let note = format!("{} {key:#04x}: {}", way.word(), shown(text));
                told.push(placed(piece.offset, 0, note));
            }
        }
        if left.cut() {
            let detail = "more texts under one-byte keys that code puts together than are looked at";
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        let mut told = told.into_iter();
        if let Some(first) = told.next() {
            let mut finding = ASSEMBLED.finding(first);
            finding.evidence.extend(told);
            out.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::hidden::HITS_MAX;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    fn program(text: &[u8], key: u8) -> Vec<u8> {
        let mut elf = ElfBuilder::program();
        // mov byte [rbp - n], imm8
        elf.code = text.iter().enumerate().flat_map(|(i, b)| [0xc6, 0x45, 0xa0 + i as u8, b ^ key]).collect();
        elf.build()
    }

    #[test]
    fn texts_under_a_key_are_decoded_and_plain_ones_are_nothing() {
        let notes = check(&Assembled, FileKind::Elf, "x", &program(b"/bin/bash -c id\0", 0x5a));
        assert_eq!(ids(&notes), ["native-assembled-hidden-text"]);
        assert!(notes.findings[0].evidence[0].note.ends_with("/bin/bash -c id"));
        assert!(check(&Assembled, FileKind::Elf, "x", &program(b"/bin/bash -c id\0", 0)).findings.is_empty());
        assert!(check(&Assembled, FileKind::Elf, "x", &program(b"a licence check\0", 0x5a)).findings.is_empty());
    }

    #[test]
    fn more_words_than_are_looked_at_are_told() {
        // One text after another, each at a place of its own and behind a return.
        let one: Vec<u8> =
            b"/bin/bash".iter().enumerate().flat_map(|(i, b)| [0xc6, 0x45, 0xa0 + i as u8, b ^ 0x5a]).collect();
        let code = [one, vec![0xc3]].concat().repeat(HITS_MAX + 1);
        let notes = check(&Assembled, FileKind::Elf, "x", &ElfBuilder::stub(5, &code));
        assert_eq!(notes.findings.len(), 1);
        assert_eq!(notes.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
    }
}
