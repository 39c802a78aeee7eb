//! Characters that change the direction of text (U+202A–202E, U+2066–2069) in code.
//!
//! An editor shows such a line in another order than the compiler reads it, so that a comment seems to end, a string
//! seems to hold, or a check seems to stand where none is ("Trojan Source", CVE-2021-42574). Honest uses: prose and
//! translations in right-to-left scripts, tests of text layout; there the controls are closed on their line and
//! surround letters of those scripts. Reference: <https://trojansource.codes/trojan-source.pdf>.

use super::evidence;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::invisible::{Class, Invisible};
use crate::parse::lexis::Region;
use crate::rule;

rule! {
    /// Direction controls stand in a script on a line that they leave open, or override the order of text in which
    /// there is no right-to-left letter at all. What an editor shows is not what is executed (CVE-2021-42574).
    /// Honest look-alikes: tests of text layout, tables of Unicode characters, and documentation strings that show such
    /// a line; a line in the middle of one holds nothing that could be executed.
    pub(crate) REORDERS_CODE = "bidi-reorders-code" in "trojan-source/bidi";
    severity: High, confidence: Likely,
    title: "Direction controls reorder a line of code",
    reference: "https://trojansource.codes/trojan-source.pdf",
}

rule! {
    /// Direction controls stand in prose, translations or data, or are closed around right-to-left text. That is what
    /// they are made for; listed because a reviewer cannot see them.
    pub(crate) IN_TEXT = "bidi-in-text" in "trojan-source/bidi";
    severity: Info, confidence: Certain,
    title: "Text holds direction controls",
    reference: "https://www.unicode.org/reports/tr9/",
}

/// Finds direction controls.
pub struct Bidi;

/// Lines longer than this are read by machines, and how much of one stands around a character, in bytes.
const LONG_LINE: usize = 4096;
const NEAR: usize = 48;
/// Most findings of one file.
const MAX_FINDINGS: usize = 5;

impl Heuristic for Bidi {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&REORDERS_CODE, &IN_TEXT] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let controls: Vec<Invisible> = file.invisibles().iter().filter(|i| i.class == Class::Bidi).copied().collect();
        let Some(first) = controls.first() else { return };
        let mut told = 0_usize;
        if file.kind().is_script() {
            let mut rest = controls.as_slice();
            while let Some(one) = rest.first() {
                let line = line_around(file.bytes(), one.offset);
                let (on_line, later) = rest.split_at(rest.iter().take_while(|c| c.offset < line.end).count().max(1));
                rest = later;
                let text = file.bytes().get(line.clone()).unwrap_or_default();
                if told < MAX_FINDINGS && reorders(text, line.start, on_line) && !is_within_docstring(file, &line, text)
                {
                    let end = on_line.last().map_or(one.end(), Invisible::end);
                    let names: Vec<&str> = on_line.iter().take(12).map(|c| abbreviation(c.char)).collect();
                    let shown = evidence(file, one.offset, end.saturating_sub(one.offset));
                    out.findings.push(REORDERS_CODE.finding(shown.with_note(names.join(" "))));
                    told += 1;
                }
            }
        }
        if told == 0 {
            let shown = evidence(file, first.offset, 3).with_note(format!("{} direction controls", controls.len()));
            out.findings.push(IN_TEXT.finding(shown));
        }
    }
}

/// The range of the line around `at`, without its end.
fn line_around(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let before = bytes.get(..at).unwrap_or_default();
    let after = bytes.get(at..).unwrap_or_default();
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |p| p + 1);
    start..memchr::memchr2(b'\n', b'\r', after).map_or(bytes.len(), |p| at + p)
}

/// Whether a line lies in the middle of a documentation string and shows nothing that could be taken for its end: letters
/// change places within their line only, so nothing that is executed is moved.
fn is_within_docstring(file: &Parsed<'_>, line: &std::ops::Range<usize>, text: &[u8]) -> bool {
    let at = line.start as u64;
    let Some((start, end)) = file.lexis().run_at(at) else { return false };
    let opening = usize::try_from(start).ok().and_then(|s| file.bytes().get(s..line.start)).unwrap_or_default();
    let quote = opening.iter().find(|b| matches!(b, b'"' | b'\'')).copied().unwrap_or(b'"');
    file.lexis().region_at(at) == Region::Docstring
        && start < at
        && end > line.end as u64
        && text.iter().filter(|b| **b == quote).count() < 3
}

/// Whether the controls of one line, which begins at `start`, are left open at its end, or override text that has no right-to-left letter.
fn reorders(line: &[u8], start: usize, controls: &[Invisible]) -> bool {
    let mut open = Vec::new();
    let mut overrides = false;
    for control in controls {
        match control.char {
            '\u{202d}' | '\u{202e}' => {
                overrides = true;
                open.push(control.char);
            }
            '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}' => open.push(control.char),
            // PDF closes an embedding or override, and does not reach over an isolate.
            '\u{202c}' => {
                if matches!(open.last(), Some('\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}')) {
                    open.pop();
                }
            }
            // PDI closes the nearest isolate with everything opened inside it.
            _ => {
                if let Some(p) = open.iter().rposition(|c| matches!(c, '\u{2066}'..='\u{2068}')) {
                    open.truncate(p);
                }
            }
        }
    }
    // A class or list of the controls themselves stands in the order of their codes, one close behind the other.
    let listed = |w: &[Invisible]| matches!(w, [a, b] if a.char < b.char && b.offset.saturating_sub(a.end()) <= 6);
    if controls.len() >= 3 && controls.windows(2).all(listed) {
        return false;
    }
    // One control between quotes is an entry of a table: nothing of the line is moved by it.
    if controls.iter().all(|c| is_alone(line, start, c)) {
        return false;
    }
    // Code is written in ASCII; what is hardly any is text, or bytes that were taken for another encoding. On a line that
    // nobody reads as a whole, what stands around counts.
    let is_foreign = |part: &[u8]| part.iter().filter(|b| b.is_ascii()).count() * 3 < part.len();
    let around = |control: &Invisible| {
        let at = control.offset.saturating_sub(start);
        line.get(at.saturating_sub(NEAR)..at.saturating_add(NEAR).min(line.len())).unwrap_or_default()
    };
    // Half of a table of entities is letters of all the world.
    let is_mixed = |part: &[u8]| part.iter().filter(|b| b.is_ascii()).count() * 2 < part.len();
    let is_long = line.len() > LONG_LINE;
    if is_foreign(line) || is_long && controls.iter().all(|c| is_mixed(around(c))) {
        return false;
    }
    // Bundlers put the classes and pairs of many modules on one line, and what is open then closes in another module.
    if is_long && !overrides {
        return false;
    }
    (!open.is_empty() || overrides) && (!has_right_to_left(line) || (overrides && !open.is_empty()))
}

/// Whether a control is the whole content of a literal or class (`"\u202e"` written raw).
fn is_alone(line: &[u8], start: usize, control: &Invisible) -> bool {
    let edge = |b: Option<&u8>| matches!(b, Some(b'"' | b'\'' | b'`' | b'[' | b']' | b'-' | b'|' | b'/'));
    let at = control.offset.saturating_sub(start);
    let behind = control.end().saturating_sub(start);
    if edge(at.checked_sub(1).and_then(|p| line.get(p))) && edge(line.get(behind)) {
        return true;
    }
    // The first or last of a range in a class, whose other end is a character beyond ASCII too (`\u{2027}\u{202a}-\u{d7ff}`).
    let is_beyond = |at: Option<usize>| at.and_then(|p| line.get(p)).is_some_and(|b| *b >= 0x80);
    let begins = line.get(behind) == Some(&b'-') && is_beyond(behind.checked_add(1));
    let ends = at.checked_sub(1).and_then(|p| line.get(p)) == Some(&b'-') && is_beyond(at.checked_sub(2));
    begins || ends
}

/// Whether a line holds letters of Hebrew, Arabic, Syriac, Thaana, N'Ko or their presentation forms.
fn has_right_to_left(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    text.chars().any(|c| matches!(c as u32, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff))
}

fn abbreviation(c: char) -> &'static str {
    match c {
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        _ => "PDI",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    #[test]
    fn trojan_source_lines_are_found() {
        let stretched = "if (level != \"user\u{202e} \u{2066}// Check if admin\u{2069} \u{2066}\") {\n";
        let notes = look(&Bidi, FileKind::JavaScript, "a.js", stretched);
        assert_eq!(ids(&notes), ["bidi-reorders-code"]);
        assert_eq!(notes.findings[0].evidence[0].note, "RLO LRI PDI LRI");
        assert_eq!(notes.findings[0].evidence[0].span.unwrap().line, Some(1));
        let comment = "/*\u{202e} } \u{2066}if (isAdmin)\u{2069} \u{2066} begin admins only */\n";
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "a.js", comment)), ["bidi-reorders-code"]);
        let early = "'''Subtract funds \u{2067}''' ;return\nx = 1";
        assert_eq!(ids(&look(&Bidi, FileKind::Python, "a.py", early)), ["bidi-reorders-code"]);
    }

    #[test]
    fn prose_translations_and_tables_are_facts() {
        let prose = "The name \u{2068}שלום\u{2069} is fine.";
        assert_eq!(ids(&look(&Bidi, FileKind::Markdown, "a.md", prose)), ["bidi-in-text"]);
        let string = "const s = \"\u{202b}مرحبا\u{202c}\";";
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "ar.js", string)), ["bidi-in-text"]);
        let class = "re = /[\0\u{ad}\u{202d}\u{202e}\u{2066}\u{2067}\u{2069}\\uFEFF]/";
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "re.js", class)), ["bidi-in-text"]);
        let range = "re = /([!-\\u{5b}\u{2027}\u{202a}-\u{d7ff}\u{f900}-\u{ffff}]\"+x)/";
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "math.js", range)), ["bidi-in-text"]);
        let bundle = format!(
            "n=`\u{2068}${{n}}\u{2069}`,r=e=>e.replace(/[\u{2066}\u{2067}\u{2068}]/g,''),l='\u{2066}'+e;{}",
            "f(1);".repeat(2000)
        );
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "bundle.js", bundle)), ["bidi-in-text"]);
        let table = "const all = ['\u{202a}', '\u{202e}', \"\u{2066}\"]; // é";
        assert_eq!(ids(&look(&Bidi, FileKind::JavaScript, "bidi.js", table)), ["bidi-in-text"]);
        assert!(look(&Bidi, FileKind::Python, "a.py", "x = 'é'").findings.is_empty());
    }

    #[test]
    fn documentation_shows_such_lines() {
        let line = "  if level != 'none\u{202e}\u{2066}': # check \u{2069}\u{2066}' and x != 'user\n\n";
        let shown = format!("r\"\"\"\nAn example:\n\n{line}\"\"\"\nx = 1\n");
        assert_eq!(ids(&look(&Bidi, FileKind::Python, "a.py", shown)), ["bidi-in-text"]);
        // The line ends the string, or seems to.
        let last = "\"\"\"\nSubtract funds \u{2067}\"\"\" ;return\nx = 1\n";
        assert_eq!(ids(&look(&Bidi, FileKind::Python, "a.py", last)), ["bidi-reorders-code"]);
        let seems = "'''\nSubtract \u{2067}' '' ;return\n'''\nx = 1\n";
        assert_eq!(ids(&look(&Bidi, FileKind::Python, "a.py", seems)), ["bidi-reorders-code"]);
    }

    #[test]
    fn many_lines_cost_few_findings() {
        let text = "x = 1 \u{202e} y\n".repeat(10_000);
        assert_eq!(look(&Bidi, FileKind::Python, "a.py", text).findings.len(), MAX_FINDINGS);
        let line = "\u{202e}x".repeat(200_000);
        assert_eq!(look(&Bidi, FileKind::Python, "a.py", line).findings.len(), 1);
    }
}
