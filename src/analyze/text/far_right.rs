//! Code that stands so far to the right that no editor shows it.
//!
//! A line looks finished, eighty or more blanks follow, and then the payload: 6 % of the families of malicious PyPI
//! packages do it. Honest look-alikes: tables, aligned comments, ASCII art, generated data; there is no call behind
//! their blanks. Reference: <https://attack.mitre.org/techniques/T1027/>.

use super::evidence;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::lexis::Region;
use crate::rule;

rule! {
    /// Behind a long run of blanks, out of sight, stands code that executes text which it decodes or fetches. Nobody
    /// lays out honest code like that.
    pub(crate) LOADER = "whitespace-push-loader" in "obf/whitespace-push";
    severity: Critical, confidence: Certain,
    title: "Code out of sight decodes or fetches text and executes it",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// Behind a long run of blanks, out of sight, stands code that executes, imports, starts a program or talks to
    /// the network. Honest look-alikes: code nested extremely deep by a generator.
    pub(crate) CALL = "whitespace-push-call" in "obf/whitespace-push";
    severity: High, confidence: Likely,
    title: "Code out of sight behind a run of blanks",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// Behind a long run of blanks stands more code, none of it of weight by itself. Honest look-alikes: aligned
    /// tables, generated code.
    pub(crate) PUSHED = "whitespace-push" in "obf/whitespace-push";
    severity: Low, confidence: Hint,
    title: "A statement follows a long run of blanks",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

/// Finds code behind long runs of blanks.
pub struct FarRight;

/// Shortest run of blanks that pushes code away.
const MIN_BLANKS: usize = 80;
/// How far behind the blanks code is read.
const REACH: usize = 4000;
/// Most findings of one file.
const MAX_FINDINGS: usize = 3;
/// Bytes of a line that nobody reads to its end.
const LONG_LINE: usize = 300;

const EXECUTE: &[&str] = &[
    "exec(",
    "eval(",
    "new Function(",
    "Function(",
    "__import__(",
    "execSync(",
    "os.system(",
    "subprocess",
    "child_process",
    "popen(",
    "Popen(",
    "spawn(",
    "Invoke-Expression",
    "iex ",
    "compile(",
    "runInThisContext",
];
const OBTAIN: &[&str] = &[
    "base64",
    "b64decode",
    "b85decode",
    "b32decode",
    "fromhex",
    "unhexlify",
    "atob(",
    "Buffer.from(",
    "fromCharCode",
    "decompress(",
    "Fernet(",
    "decrypt(",
    "marshal",
    "http://",
    "https://",
    "urlopen",
    "requests.",
    "urllib",
    "fetch(",
    "\\x",
    "DownloadString",
    "rot13",
    "[::-1]",
];
const OTHER: &[&str] = &["import ", "require(", "http", "socket", "global[", "global.", "process.", "_0x"];

impl Heuristic for FarRight {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&LOADER, &CALL, &PUSHED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_script() && kind != FileKind::Notebook
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.text();
        let mut weak = None;
        let mut told = 0_usize;
        for (start, code) in blank_runs(bytes) {
            if told >= MAX_FINDINGS {
                break;
            }
            let rest = bytes.get(code..bytes.len().min(code.saturating_add(REACH))).unwrap_or_default();
            let rest = rest.split(|b| *b == b'\n' || *b == b'\r').next().unwrap_or_default();
            let first = rest.first().copied().unwrap_or(b'\n');
            // A brace, a continuation or a comment sign behind blanks is layout.
            if !(first.is_ascii_alphanumeric()
                || matches!(first, b'_' | b';' | b'(' | b'[' | b'!' | b'$' | b'&' | b'|'))
            {
                continue;
            }
            if file.lexis().region_at(code as u64) != Region::Code
                || file.lexis().region_at(start as u64) != Region::Code
            {
                continue;
            }
            // Among lines that are all too long to be read, the indentation of one hides nothing.
            let before = bytes.get(start.saturating_sub(REACH)..start).unwrap_or_default();
            let begins = before.last().is_none_or(|b| matches!(b, b'\n' | b'\r'));
            let is_layout = begins
                && before.len() >= REACH / 2
                && memchr::memchr_iter(b'\n', before).count() * LONG_LINE <= before.len();
            let has = |words: &[&str]| words.iter().any(|w| memchr::memmem::find(rest, w.as_bytes()).is_some());
            let executes = has(EXECUTE);
            let shown =
                || evidence(file, code, rest.len().min(120)).with_note(format!("behind {} blanks", code - start));
            // How far to the right it stands; beyond 400 it makes no difference.
            let near = bytes.get(code.saturating_sub(400)..code).unwrap_or_default();
            let column = near.len() - memchr::memrchr2(b'\n', b'\r', near).map_or(0, |p| p + 1);
            if executes && has(OBTAIN) && column >= 150 {
                out.findings.push(LOADER.finding(shown()));
                told += 1;
            } else if !is_layout && (executes || (first == b';' && (has(OBTAIN) || has(OTHER)))) && column >= 120 {
                out.findings.push(CALL.finding(shown()));
                told += 1;
            } else if !is_layout && column >= 200 && weak.is_none() && rest.contains(&b'(') {
                weak = Some(shown());
            }
        }
        if let (0, Some(shown)) = (told, weak) {
            out.findings.push(PUSHED.finding(shown));
        }
    }
}

/// Runs of at least [`MIN_BLANKS`] blanks with something behind them on the line: start of the run, start of the rest.
fn blank_runs(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let blank = |b: u8| b == b' ' || b == b'\t';
    let mut at = MIN_BLANKS - 1;
    std::iter::from_fn(move || {
        // A run holds a multiple of its length: looking at every 80th byte finds all runs.
        loop {
            let b = *bytes.get(at)?;
            if !blank(b) {
                at += MIN_BLANKS;
                continue;
            }
            let before = bytes.get(..at)?.iter().rev().take_while(|b| blank(**b)).count();
            let after = bytes.get(at..)?.iter().take_while(|b| blank(**b)).count();
            let (start, end) = (at - before, at + after);
            at = end + MIN_BLANKS - 1;
            if end - start >= MIN_BLANKS && bytes.get(end).is_some_and(|b| !matches!(b, b'\n' | b'\r')) {
                return Some((start, end));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    #[test]
    fn pushed_payloads_are_found() {
        let pad = " ".repeat(300);
        let loader = format!("import os{pad};exec(__import__('base64').b64decode('cHJpbnQoMSk='))\n");
        let notes = look(&FarRight, FileKind::Python, "a.py", loader);
        assert_eq!(ids(&notes), ["whitespace-push-loader"]);
        assert_eq!(notes.findings[0].evidence[0].note, "behind 300 blanks");
        let call = format!("module.exports = x;{pad}require('child_process').execSync('true')");
        assert_eq!(ids(&look(&FarRight, FileKind::JavaScript, "a.js", call)), ["whitespace-push-call"]);
        let tabs = format!("x = 1{};import requests", "\t".repeat(200));
        assert_eq!(ids(&look(&FarRight, FileKind::Python, "a.py", tabs)), ["whitespace-push-call"]);
    }

    #[test]
    fn the_indentation_of_a_minified_line_is_layout() {
        let lines = |length: usize| format!("{};\n", "a=b+c;".repeat(length / 6)).repeat(6000 / length);
        let pushed = format!("{}c=a.length;compile(d)\n", " ".repeat(400));
        assert!(ids(&look(&FarRight, FileKind::JavaScript, "a.js", lines(500) + &pushed)).is_empty());
        assert_eq!(ids(&look(&FarRight, FileKind::JavaScript, "a.js", lines(60) + &pushed)), ["whitespace-push-call"]);
        let loader = lines(500) + &" ".repeat(400) + "eval(atob('YWxlcnQoMSk='))\n";
        assert_eq!(ids(&look(&FarRight, FileKind::JavaScript, "a.js", loader)), ["whitespace-push-loader"]);
        let behind = lines(500) + "a=b;" + &pushed;
        assert_eq!(ids(&look(&FarRight, FileKind::JavaScript, "a.js", behind)), ["whitespace-push-call"]);
    }

    #[test]
    fn layout_is_quiet() {
        let pad = " ".repeat(120);
        for text in [
            format!("x = 1{pad}# exec(base64) explained here"),
            format!("'''\nname{pad}eval(http) table\n'''"),
            format!("x = 1{pad}\n"),
            format!("f(a,\n{pad}b)"),
            format!("x = '{pad}exec(base64)'"),
        ] {
            assert!(look(&FarRight, FileKind::Python, "a.py", &text).findings.is_empty(), "{text}");
        }
    }

    #[test]
    fn many_runs_on_one_line_are_linear() {
        let text = format!("{}(x)", " ".repeat(90)).repeat(20_000);
        let notes = look(&FarRight, FileKind::Ruby, "a.rb", text);
        assert!(notes.findings.len() <= 1, "{}", notes.findings.len());
    }

    #[test]
    fn every_long_run_is_seen() {
        for lead in 0..200 {
            let text = format!("{}{}y", "x".repeat(lead), " ".repeat(80));
            assert_eq!(blank_runs(text.as_bytes()).collect::<Vec<_>>(), [(lead, lead + 80)]);
            let text = format!("{}{}y", "x".repeat(lead), " ".repeat(79));
            assert_eq!(blank_runs(text.as_bytes()).count(), 0);
        }
    }
}
