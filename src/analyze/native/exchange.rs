//! Tables that pair the beginning of an address of money with a whole address, in a program that reads the clipboard and
//! writes it.
//!
//! Whoever exchanges addresses has to know which kind one is of, and has one of his own for each kind: both stand in one row.
//! Known uses: clippers of Windows, alone or in a tool for the clipboard. Honest look-alikes: wallets know how addresses
//! begin and hold none; programs whose makers ask for a gift hold addresses, and do not look how others begin.
//!
//! References: ATT&CK T1565.002, T1115.

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Evidence, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine};
use crate::parse::parts::Places;
use crate::rule;

rule! {
    /// A program that reads and writes the clipboard holds a table in which the beginnings of addresses of money stand beside
    /// whole addresses that begin so: what is copied is exchanged for one of the program's own. Known uses: clippers. Honest
    /// look-alikes: none is known.
    pub(super) EXCHANGED = "native-clipboard-address-table" in "cred/clipboard-clipper";
    severity: Critical, confidence: Certain,
    title: "Pairs beginnings of addresses of money with addresses to put in their place",
    reference: "https://attack.mitre.org/techniques/T1565/002/",
}

/// Words of one row of a table, at most.
const ROW_WORDS: usize = 6;
/// Longest beginning, and lengths of whole addresses.
const BEGINNING_MAX: usize = 6;
const ADDRESS: std::ops::RangeInclusive<usize> = 25..=110;
/// Rows that make a table.
const ROWS_LEAST: usize = 2;
/// Most bytes of data that are looked through, and most rows that are kept.
const BYTES_MAX: u64 = 32 << 20;
const ROWS_MAX: usize = 16;

/// Looks at tables of programs that use the clipboard.
pub(super) struct Exchange;

impl Heuristic for Exchange {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&EXCHANGED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pe
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            let uses = image.imported(&["GetClipboardData", "SetClipboardData"]).len() == 2;
            if !uses {
                continue;
            }
            let rows = rows(file, image);
            if rows.len() >= ROWS_LEAST {
                let mut rows = rows.into_iter();
                if let Some(first) = rows.next() {
                    let mut finding = EXCHANGED.finding(first);
                    finding.evidence.extend(rows);
                    out.findings.push(finding);
                }
            }
        }
    }
}

/// Rows of a beginning and a whole address that begins so, each with other addresses than the rows before.
fn rows(file: &Parsed<'_>, image: &Image<'_>) -> Vec<Evidence> {
    let fields = Fields::new(file.bytes(), true);
    let (parts, _) = image.parts(fields.len(), |r| !r.execute);
    let places = Places::new(parts.clone());
    let width: u64 = if image.machine == Machine::X86 { 4 } else { 8 };
    // Where the text behind a word lies.
    let text = |at: u64| -> Option<&[u8]> {
        let to = fields.word(at, width == 8)?.wrapping_sub(image.base);
        let (offset, len) = places.at(to)?;
        let text = fields.text(offset, len.min(*ADDRESS.end() as u64 + 1))?;
        (!text.is_empty() && text.iter().all(u8::is_ascii_alphanumeric)).then_some(text)
    };
    let mut found: Vec<(&[u8], Evidence)> = Vec::new();
    let mut left = BYTES_MAX;
    for part in parts {
        let skip = part.address.wrapping_neg() & (width - 1);
        let len = part.len.saturating_sub(skip).min(left);
        left -= len;
        // The beginning that was seen last, and how many words ago.
        let mut last: Option<(&[u8], usize)> = None;
        for i in 0..len / width {
            let at = part.offset.saturating_add(skip).saturating_add(i * width);
            last = last.map(|(text, ago)| (text, ago + 1)).filter(|(_, ago)| *ago < ROW_WORDS);
            let Some(text) = text(at) else { continue };
            if text.len() <= BEGINNING_MAX {
                last = Some((text, 0));
            } else if ADDRESS.contains(&text.len())
                && text.iter().any(u8::is_ascii_digit)
                && let Some((beginning, _)) = last.take()
                && text.starts_with(beginning)
                && found.len() < ROWS_MAX
                && found.iter().all(|(other, _)| *other != text)
            {
                let note = format!("what begins with {} is exchanged for {}", shown(beginning), shown(text));
                found.push((text, placed(at, width, note)));
            }
        }
    }
    found.into_iter().map(|(_, evidence)| evidence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{PeBuilder, check, ids};

    /// A program of Windows with a table of these pairs.
    fn seen(pairs: &[(&str, &str)], imports: &[&'static str]) -> Vec<&'static str> {
        let mut pe = PeBuilder::program();
        pe.imports = vec![("user32.dll", imports.to_vec())];
        let data = 0x1_4000_2000;
        let mut texts: Vec<u8> = Vec::new();
        let mut words: Vec<u64> = Vec::new();
        let table = 16 * pairs.len() as u64;
        for (a, b) in pairs {
            for text in [a, b] {
                words.push(data + table + texts.len() as u64);
                texts.extend(text.bytes().chain([0]));
            }
        }
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).chain(texts).collect();
        pe.sections[1].1 = bytes;
        ids(&check(&Exchange, FileKind::Pe, "x.exe", &pe.build()))
    }

    const BOTH: &[&str] = &["GetClipboardData", "SetClipboardData"];
    const OWN: &[(&str, &str)] =
        &[("bc1q", "bc1qmadeupmadeupmadeup000000000000000000"), ("0x", "0xMadeUp000000000000000000000000000000000a")];

    #[test]
    fn beginnings_beside_addresses_are_a_table() {
        assert_eq!(seen(OWN, BOTH), ["native-clipboard-address-table"]);
        assert!(seen(OWN, &["GetClipboardData"]).is_empty());
        assert!(seen(&OWN[..1], BOTH).is_empty());
        // Currencies beside addresses to send a gift to.
        let gifts = [("BTC", OWN[0].1), ("ETH", OWN[1].1)];
        assert!(seen(&gifts, BOTH).is_empty());
    }
}
