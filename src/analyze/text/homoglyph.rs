//! Letters of one script that imitate those of another, in names of code and in host names.
//!
//! `ѕсоре` in Cyrillic letters and `scope` are two names that nobody can tell apart; one file that uses both does not
//! do what it shows (CVE-2021-42694). Python moreover reads `𝐞𝐱𝐞𝐜` as `exec` (PEP 3131 normalises names), which hides
//! a call from every search. Honest look-alikes: code written in Cyrillic, Greek or CJK throughout, Greek letters in
//! mathematics. Reference: <https://www.unicode.org/reports/tr39/>.

use std::collections::{HashMap, HashSet};

use super::evidence;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::lexis::Region;
use crate::rule;

rule! {
    /// Two names that look the same and are written in different scripts both stand in the code of one file. Which of
    /// them is meant cannot be seen (CVE-2021-42694). Honest look-alikes: none that is known; tests of such checks.
    pub(crate) TWINS = "homoglyph-twins" in "trojan-source/homoglyph";
    severity: High, confidence: Likely,
    title: "Two names that look the same are different",
    reference: "https://trojansource.codes/trojan-source.pdf",
}

rule! {
    /// A name mixes Latin letters with letters of another script that look Latin. Often a slip of a keyboard layout.
    pub(crate) MIXED = "homoglyph-identifier" in "trojan-source/homoglyph";
    severity: Low, confidence: Likely,
    title: "A name mixes look-alike letters of two scripts",
    reference: "https://www.unicode.org/reports/tr39/",
}

rule! {
    /// A sensitive name of Python is written in mathematical or full-width letters, which Python reads as plain ones.
    /// It hides the call from people who search for it. There is no honest reading; jokes and puzzles are the mildest.
    pub(crate) STYLED = "homoglyph-styled-builtin" in "trojan-source/homoglyph";
    severity: High, confidence: Certain,
    title: "A sensitive Python name is written in styled letters",
    reference: "https://peps.python.org/pep-3131/",
}

rule! {
    /// A host name in a URL mixes Latin letters with look-alike letters of another script.
    pub(crate) HOST = "homoglyph-host" in "trojan-source/homoglyph";
    severity: High, confidence: Likely,
    title: "A host name mixes look-alike letters of two scripts",
    reference: "https://www.unicode.org/reports/tr39/",
}

/// Finds imitated letters.
pub struct Homoglyph;

/// Most names of one file that are looked at closely.
const MAX_NAMES: usize = 2000;
/// Most findings of one rule and file.
const MAX_EACH: usize = 3;
/// Names that matter when they are disguised.
const SENSITIVE: &[&str] = &[
    "exec",
    "eval",
    "compile",
    "open",
    "getattr",
    "setattr",
    "globals",
    "locals",
    "vars",
    "system",
    "popen",
    "subprocess",
    "os",
    "sys",
    "import",
    "importlib",
    "base64",
    "b64decode",
    "requests",
    "urllib",
    "socket",
    "marshal",
    "zlib",
    "ctypes",
    "builtins",
    "__import__",
    "__builtins__",
    "bytes",
    "chr",
    "ord",
];

/// A name with other than ASCII letters, and where it stands first.
struct Name {
    text: String,
    offset: usize,
}

impl Heuristic for Homoglyph {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&TWINS, &MIXED, &STYLED, &HOST] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Python | FileKind::JavaScript | FileKind::TypeScript | FileKind::Shell)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.text().is_ascii() {
            return;
        }
        let names = foreign_names(file.text());
        let mut styled = 0_usize;
        let mut suspects: Vec<(String, &Name)> = Vec::new();
        let mut hosts = 0_usize;
        for name in &names {
            let region = file.lexis().region_at(name.offset as u64);
            if region.is_inert() {
                continue;
            }
            let imitation = imitates(&name.text);
            if imitation && hosts < MAX_EACH && in_host(file.text(), name.offset) {
                hosts += 1;
                out.findings.push(HOST.finding(spelled(file, name)));
            }
            if region != Region::Code {
                continue;
            }
            if file.kind() == FileKind::Python && styled < MAX_EACH {
                let plain: String = name.text.chars().map(plain_letter).collect();
                if plain != name.text && SENSITIVE.contains(&plain.as_str()) {
                    styled += 1;
                    out.findings
                        .push(STYLED.finding(spelled(file, name).with_note(format!("Python reads it as {plain}"))));
                }
            }
            let skeleton: String = unicode_security::skeleton(&name.text).collect();
            if name.text.chars().count() >= 3 && skeleton.is_ascii() && is_foreign(&name.text) {
                suspects.push((skeleton, name));
            }
        }
        if suspects.is_empty() {
            return;
        }
        let twins = ascii_twins(file, &suspects);
        let mut mixed = None;
        let mut told = 0_usize;
        for (skeleton, name) in &suspects {
            if let Some(twin) = twins.get(skeleton.as_str()) {
                if told < MAX_EACH {
                    told += 1;
                    let mut finding = TWINS
                        .finding(spelled(file, name))
                        .saying(format!("The code uses \"{}\" and its look-alike \"{twin}\"", name.text));
                    if !file.lexis().is_known(name.offset as u64) {
                        finding.demote("may stand in a string");
                    }
                    out.findings.push(finding);
                }
            } else if imitates(&name.text) {
                mixed.get_or_insert(*name);
            }
        }
        if let (0, Some(name)) = (told, mixed) {
            out.findings.push(MIXED.finding(spelled(file, name)));
        }
    }
}

fn spelled(file: &Parsed<'_>, name: &Name) -> crate::model::Evidence {
    let codes: Vec<String> =
        name.text.chars().filter(|c| !c.is_ascii()).take(8).map(|c| format!("U+{:04X} {c}", c as u32)).collect();
    evidence(file, name.offset, name.text.len()).with_note(codes.join(", "))
}

/// Distinct names that hold other than ASCII characters, in order of their first place.
fn foreign_names(bytes: &[u8]) -> Vec<Name> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'$' || b >= 0x80;
    let mut seen = HashSet::new();
    let mut names = Vec::new();
    let mut at = 0_usize;
    while let Some(p) = bytes.get(at..).and_then(|r| r.iter().position(|b| *b >= 0x80)) {
        let hit = at + p;
        let before = bytes.get(at..hit).unwrap_or_default();
        let start = hit - before.iter().rev().take_while(|b| word(**b)).count();
        let after = bytes.get(hit..).unwrap_or_default();
        let end = hit + after.iter().take_while(|b| word(**b)).count();
        at = end.max(hit + 1);
        let Ok(text) = std::str::from_utf8(bytes.get(start..end).unwrap_or_default()) else { continue };
        let (mut piece_at, mut rest) = (start, text);
        // Letters only: quotes and dashes outside ASCII are no part of a name.
        while let Some(len) =
            Some(rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len()))
        {
            let (piece, tail) = rest.split_at(len);
            if !piece.is_ascii() && piece.len() <= 256 && seen.insert(piece.to_owned()) {
                names.push(Name { text: piece.to_owned(), offset: piece_at });
            }
            let Some(skipped) = tail.chars().next() else { break };
            let skip = skipped.len_utf8();
            piece_at += len + skip;
            rest = tail.get(skip..).unwrap_or_default();
        }
        if names.len() >= MAX_NAMES {
            break;
        }
    }
    names
}

/// Whether a character belongs to a script whose letters look Latin.
fn looks_latin(c: char) -> bool {
    matches!(
        c,
        'а' | 'е'
            | 'о'
            | 'р'
            | 'с'
            | 'у'
            | 'х'
            | 'і'
            | 'ј'
            | 'ѕ'
            | 'һ'
            | 'ԁ'
            | 'ԛ'
            | 'ԝ'
            | 'ѵ'
            | 'ү'
            | 'ӏ'
            | 'А'
            | 'В'
            | 'Е'
            | 'К'
            | 'М'
            | 'Н'
            | 'О'
            | 'Р'
            | 'С'
            | 'Т'
            | 'У'
            | 'Х'
            | 'Ѕ'
            | 'І'
            | 'Ј'
            | 'Ԍ'
            | 'ο'
            | 'Α'
            | 'Β'
            | 'Ε'
            | 'Ζ'
            | 'Η'
            | 'Ι'
            | 'Κ'
            | 'Μ'
            | 'Ν'
            | 'Ο'
            | 'Ρ'
            | 'Τ'
            | 'Υ'
            | 'Χ'
            | 'ϲ'
            | 'ϳ'
            | 'օ'
            | 'ո'
            | 'ս'
            | 'ց'
            | 'հ'
            | 'Տ'
            | 'Օ'
            | 'Ꭺ'
            | 'Ꭼ'
            | 'Ꮃ'
            | 'Ꮪ'
            | 'Ꮯ'
            | 'Ꭲ'
            | 'ꓐ'
            | 'ɡ'
            | 'ɑ'
            | 'ı'
    )
}

/// Whether a name has ASCII letters and, besides them, only letters that look Latin.
fn imitates(name: &str) -> bool {
    name.chars().any(|c| c.is_ascii_alphabetic())
        && name.chars().filter(|c| !c.is_ascii()).all(looks_latin)
        && name.chars().any(looks_latin)
}

/// Whether some letter comes from a script with letters that look Latin.
fn is_foreign(name: &str) -> bool {
    name.chars().any(
        |c| matches!(c as u32, 0x370..=0x58f | 0x13a0..=0x13ff | 0x1d00..=0x1d7f | 0xa4d0..=0xa4ff | 0xff21..=0xff5a),
    )
}

/// The ASCII letter that Python's normalisation makes of a mathematical or full-width one.
fn plain_letter(c: char) -> char {
    let code = c as u32;
    let plain = match code {
        0x1d400..=0x1d6a3 => {
            let place = (code - 0x1d400) % 52;
            if place < 26 { 0x41 + place } else { 0x61 + place - 26 }
        }
        0x1d7ce..=0x1d7ff => 0x30 + (code - 0x1d7ce) % 10,
        0xff01..=0xff5e => code - 0xff01 + 0x21,
        0x24b6..=0x24cf => code - 0x24b6 + 0x41,
        0x24d0..=0x24e9 => code - 0x24d0 + 0x61,
        _ => match c {
            'ℎ' => u32::from('h'),
            'ℯ' => u32::from('e'),
            'ℴ' => u32::from('o'),
            'ℊ' => u32::from('g'),
            'ſ' => u32::from('s'),
            'ª' => u32::from('a'),
            'º' => u32::from('o'),
            _ => code,
        },
    };
    char::from_u32(plain).unwrap_or(c)
}

/// Whether the text before `at` is the beginning of a host name.
fn in_host(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(120)..at).unwrap_or_default();
    let Some(p) = memchr::memmem::rfind(before, b"://") else { return false };
    let host = before.get(p + 3..).unwrap_or_default();
    host.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'@' | b':') || *b >= 0x80)
}

/// ASCII names of the code whose skeleton equals that of a suspect.
fn ascii_twins<'s>(file: &Parsed<'_>, suspects: &'s [(String, &Name)]) -> HashMap<&'s str, String> {
    let mut twins = HashMap::new();
    let bytes = file.text();
    let wanted: HashSet<&str> = suspects.iter().map(|(s, _)| s.as_str()).collect();
    let mut seen: HashSet<&[u8]> = HashSet::new();
    let mut at = 0_usize;
    for word in bytes.split(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || *b == b'$' || *b >= 0x80)) {
        let here = at;
        at += word.len() + 1;
        if word.len() < 3 || word.len() > 256 || !word.is_ascii() || seen.contains(word) || seen.len() > 100_000 {
            continue;
        }
        if file.lexis().region_at(here as u64) != Region::Code {
            continue;
        }
        seen.insert(word);
        let Ok(text) = std::str::from_utf8(word) else { continue };
        let skeleton: String = unicode_security::skeleton(text).collect();
        if let Some(key) = wanted.get(skeleton.as_str()) {
            twins.entry(*key).or_insert_with(|| text.to_owned());
        }
    }
    twins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    #[test]
    fn twins_in_one_file_are_found() {
        let py = "isAdmin = False\nisАdmin = True\n";
        let notes = look(&Homoglyph, FileKind::Python, "a.py", py);
        assert_eq!(ids(&notes), ["homoglyph-twins"]);
        assert!(notes.findings[0].evidence[0].note.contains("U+0410"));
        let js = "const scope = 1; const ѕсоре = 2;";
        assert_eq!(ids(&look(&Homoglyph, FileKind::JavaScript, "a.js", js)), ["homoglyph-twins"]);
    }

    #[test]
    fn styled_builtins_and_hosts_are_found() {
        assert_eq!(ids(&look(&Homoglyph, FileKind::Python, "a.py", "𝐞𝐱𝐞𝐜(x)")), ["homoglyph-styled-builtin"]);
        assert_eq!(ids(&look(&Homoglyph, FileKind::Python, "a.py", "ｅｖａｌ(x)")), ["homoglyph-styled-builtin"]);
        let url = "get('https://gооgle.invalid/a')";
        assert_eq!(ids(&look(&Homoglyph, FileKind::Python, "a.py", url)), ["homoglyph-host"]);
        assert_eq!(ids(&look(&Homoglyph, FileKind::Python, "a.py", "pаssword = 1")), ["homoglyph-identifier"]);
    }

    #[test]
    fn other_languages_and_mathematics_are_quiet() {
        for text in [
            "Δx = 1; αmax = 2; μs = 3; σ_total = 4",
            "имя = 'Иван'; значение = 2",
            "变量 = 1; größe = 2; naïve = 3",
            "# о в комментарии scоpe\nscope = 1",
            "print('Текст о том, ехать')",
            "x = 'https://пример.invalid/'",
        ] {
            assert!(look(&Homoglyph, FileKind::Python, "a.py", text).findings.is_empty(), "{text}");
        }
    }
}
