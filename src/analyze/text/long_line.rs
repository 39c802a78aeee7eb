//! Lines that are far longer than anything a person writes, in a file that a person wrote.
//!
//! A quarter of the families of malicious PyPI packages have a line of more than 1,000 characters: data, or a mangled
//! program inside readable code. Alone it means little; bundles and generated files consist of such lines and are
//! told only as a fact. Reference: <https://attack.mitre.org/techniques/T1027/>.

use super::evidence;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// One to three lines of more than 1,000 characters stand in a script whose other lines are short. Data or a
    /// mangled program is often put into readable code that way; so are pictures, keys and tables.
    pub(crate) LONG_LINE = "long-line" in "obf/encoded-blob";
    severity: Low, confidence: Hint,
    title: "A very long line in a file with short lines",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// A script of more than one megabyte is written on a single line. Built files look like that; it cannot be
    /// reviewed by reading.
    pub(crate) SINGLE_LINE = "single-line-script" in "obf/js-mangle";
    severity: Info, confidence: Likely,
    title: "A large script on a single line",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

/// Finds lines that are too long.
pub struct LongLine;

const LONG: usize = 1000;
const SHORT: usize = 250;
const MANY_LINES: usize = 5000;

impl Heuristic for LongLine {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&LONG_LINE, &SINGLE_LINE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_script() && kind != FileKind::Notebook
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.text();
        if bytes.len() < LONG {
            return;
        }
        let mut first: Option<(usize, usize)> = None;
        let (mut lines, mut long, mut start) = (0_usize, 0_usize, 0_usize);
        let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
        for end in ends {
            let len = end - start;
            if len > 1 << 20 && lines == 0 && end + 2 >= bytes.len() {
                out.findings.push(SINGLE_LINE.finding(evidence(file, 0, 40).with_note(format!("{len} characters"))));
                return;
            }
            if len > LONG {
                long += 1;
                first.get_or_insert((start, len));
            } else if len > SHORT {
                return;
            }
            lines += 1;
            start = end + 1;
            if long > 3 || lines > MANY_LINES {
                return;
            }
        }
        if let Some((at, len)) = first.filter(|_| lines >= 5) {
            let indent = bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_whitespace()).count();
            out.findings
                .push(LONG_LINE.finding(evidence(file, at + indent, 80).with_note(format!("{len} characters"))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    #[test]
    fn one_long_line_among_short_ones() {
        let text = format!("import os\n\ndef f():\n    pass\nx = '{}'\n", "a".repeat(2000));
        assert_eq!(ids(&look(&LongLine, FileKind::Python, "a.py", text)), ["long-line"]);
        let built = format!("{}\n", "var a=1;".repeat(300)).repeat(10);
        assert!(look(&LongLine, FileKind::JavaScript, "a.js", built).findings.is_empty());
        let big = "var a=1;".repeat(200_000);
        assert_eq!(ids(&look(&LongLine, FileKind::JavaScript, "a.js", big)), ["single-line-script"]);
    }
}
