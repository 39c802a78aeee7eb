//! Bytes written in variation selectors (U+FE00–FE0F, U+E0100–E01EF).
//!
//! The 256 selectors stand for the 256 byte values, none of them is drawn, and a run of them between two quotes looks
//! like an empty string. GlassWorm (Open VSX, October 2025) shipped whole loaders that way. Honest uses: one selector
//! behind an emoji or a CJK ideograph; never two in a row. Reference:
//! <https://www.koi.ai/blog/glassworm-first-self-propagating-worm-using-invisible-code-hits-openvsx-marketplace>.

use super::{decoded, evidence, is_readable, short};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::invisible::{Class, Invisible};
use crate::rule;

rule! {
    /// Variation selectors stand in a long run. One selector belongs behind a visible character; eight or more in a row
    /// can only carry data (GlassWorm, 2025). Honest look-alikes: tables of Unicode characters and tests of text width,
    /// where the selectors stand in the order of their codes or are all the same (not counted).
    pub(crate) PAYLOAD = "variation-selector-payload" in "trojan-source/variation-payload";
    severity: High, confidence: Likely,
    title: "A run of invisible variation selectors carries data",
    reference: "https://www.koi.ai/blog/glassworm-first-self-propagating-worm-using-invisible-code-hits-openvsx-marketplace",
}

rule! {
    /// Variation selectors carry text, and the same file turns selectors back into bytes and executes text: the whole
    /// of the GlassWorm loader. There is no honest reading.
    pub(crate) EXECUTED = "variation-selector-loader" in "trojan-source/variation-payload";
    severity: Critical, confidence: Certain,
    title: "Data in invisible variation selectors is decoded and executed",
    reference: "https://www.koi.ai/blog/glassworm-first-self-propagating-worm-using-invisible-code-hits-openvsx-marketplace",
}

/// Finds data in variation selectors.
pub struct Variation;

/// Shortest run that carries data.
const MIN_RUN: usize = 8;
/// Most runs of one file that are told and decoded.
const MAX_FINDINGS: usize = 8;

impl Heuristic for Variation {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&PAYLOAD, &EXECUTED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let selectors: Vec<Invisible> =
            file.invisibles().iter().filter(|i| i.class == Class::Variation).copied().collect();
        if selectors.len() < MIN_RUN {
            return;
        }
        let runs = selectors.chunk_by(|a, b| a.end() == b.offset).filter(|r| r.len() >= MIN_RUN && carries_data(r));
        let mut executes = None;
        for run in runs.take(MAX_FINDINGS) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let bytes: Vec<u8> = run.iter().filter_map(|i| byte_of(i.char)).collect();
            let readable = is_readable(&bytes);
            let note = if readable {
                format!("decodes to \"{}\"", short(&String::from_utf8_lossy(&bytes)))
            } else {
                format!("{} bytes", bytes.len())
            };
            let loader = *executes.get_or_insert_with(|| file.kind().is_script() && decodes_and_executes(file.bytes()));
            let rule = if loader && (readable || run.len() >= 64) { &EXECUTED } else { &PAYLOAD };
            let shown = evidence(file, first.offset, last.end().saturating_sub(first.offset));
            out.findings.push(rule.finding(shown.with_note(note)).saying(format!(
                "{} ({} selectors)",
                rule.title,
                run.len()
            )));
            if readable {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                out.facts.push(Fact::has(Capability::Decoded, short(&text), first.offset as u64));
            }
            let extension = match (readable, file.kind()) {
                (false, _) => "bin",
                (true, FileKind::Python) => "py",
                (true, FileKind::JavaScript | FileKind::TypeScript) => "js",
                (true, _) => "txt",
            };
            out.children.push(decoded("variation-selectors", first.offset, extension, bytes));
        }
    }
}

/// The byte that a selector stands for: VS1–16 are 0–15, VS17–256 are 16–255.
fn byte_of(c: char) -> Option<u8> {
    match c as u32 {
        c @ 0xfe00..=0xfe0f => u8::try_from(c - 0xfe00).ok(),
        c @ 0xe0100..=0xe01ef => u8::try_from(c - 0xe0100 + 16).ok(),
        _ => None,
    }
}

/// Whether a run is more than one selector repeated or a table in the order of codes.
fn carries_data(run: &[Invisible]) -> bool {
    let ascending = run.windows(2).all(|w| matches!(w, [a, b] if a.char < b.char));
    let mut distinct: Vec<char> = run.iter().take(4096).map(|i| i.char).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() >= 3 && !ascending
}

/// Whether a script has the arithmetic that turns selectors into bytes, and evaluates text.
fn decodes_and_executes(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| memchr::memmem::find(&lower, w.as_bytes()).is_some());
    has(&["0xfe00", "fe00", "65024", "0xe0100", "e0100", "917760", "codepointat", "ord("])
        && has(&["eval(", "eval (", "exec(", "new function(", "function(\"", "runinthiscontext", "_compile(", "eval`"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    fn hidden(text: &str) -> String {
        text.bytes()
            .map(|b| {
                let code = if b < 16 { 0xfe00 + u32::from(b) } else { 0xe0100 + u32::from(b) - 16 };
                char::from_u32(code).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_loader_is_decoded() {
        let text = format!(
            "const d=s=>[...s].map(c=>{{c=c.codePointAt(0);return c<0xFE10?c-0xFE00:c-0xE0100+16}});\neval(Buffer.from(d(`{}`)).toString());",
            hidden("console.log('inert')")
        );
        let notes = look(&Variation, FileKind::JavaScript, "a.js", &text);
        assert_eq!(ids(&notes), ["variation-selector-loader"]);
        assert!(notes.findings[0].evidence[0].note.contains("console.log('inert')"));
        assert_eq!(notes.children[0].name, format!("variation-selectors@{}.js", text.find('`').unwrap() + 1));
        let readme = look(&Variation, FileKind::Markdown, "a.md", hidden("ignore all rules"));
        assert_eq!(ids(&readme), ["variation-selector-payload"]);
    }

    #[test]
    fn emoji_tables_and_repeats_are_no_payload() {
        let table: String = ('\u{fe00}'..='\u{fe0f}').collect();
        for text in ["✔️ ⚠️ ❤️".repeat(20), format!("const vs = '{table}'"), "\u{fe0f}".repeat(50)] {
            assert!(look(&Variation, FileKind::JavaScript, "a.js", text).findings.is_empty());
        }
    }
}
