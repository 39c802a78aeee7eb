//! Texts of a file as their reader has them: strings of code put together, constants in their places, cut into paragraphs
//! and sentences.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine as _;
use regex::Regex;

use crate::model::FileKind;
use crate::parse::Parsed;
use crate::parse::lexis::{Lexis, Region};

/// Longest paragraph, and most lines of a list that are joined to one text.
const PARAGRAPH: usize = 1600;
const MOST_LINES: usize = 200;

/// The texts of a file of code or settings, put together, with constants in their places.
pub(super) fn texts_of(file: &Parsed<'_>, text: &str) -> String {
    let filled = with_constants(text, file.kind() == FileKind::Python);
    // Bytes that are no UTF-8 would have moved the places.
    let is_whole = text.len() == file.bytes().len();
    match filled {
        _ if !is_whole => joined(&filled),
        Cow::Borrowed(text) => joined(&words_of(file.lexis(), text)),
        Cow::Owned(filled) => joined(&words_of(&Lexis::build(filled.as_bytes(), file.kind()), &filled)),
    }
}

/// Strings and docstrings of a script in their places. A model is given texts; of the code between them no more is left than
/// puts texts together, and a bracket, which no order goes beyond. Where the code cannot be told from its strings for
/// certain, everything stays.
fn words_of<'t>(lexis: &Lexis, text: &'t str) -> Cow<'t, str> {
    let known = lexis.known().min(text.len());
    if known == 0 {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    let mut at = 0;
    // Lines of a list that is joined are one text: the places of the commas between them, and whether the joining stands
    // before the list (`"\n".join([…])`).
    let mut seams: Vec<usize> = Vec::new();
    let mut is_joined = false;
    let texts = lexis.runs().filter(|(_, region)| *region != Region::Comment).map(|(run, _)| run);
    for run in texts.chain(std::iter::once(known..text.len())) {
        let start = run.start.max(at);
        // A run that begins or ends within a character is none of this text.
        let (Some(code), Some(run)) = (text.get(at..start), text.get(start..run.end.max(start))) else {
            return Cow::Borrowed(text);
        };
        let is_seam = code.trim() == "," && code.contains('\n');
        if !is_seam {
            if code.contains("].join(") && seams.len() < MOST_LINES {
                for seam in &seams {
                    words.replace_range(*seam..seam + 1, " ");
                }
            }
            seams.clear();
            is_joined = code.trim_end().ends_with(".join([") || code.trim_end().ends_with(".join((");
        } else if !is_joined {
            seams.push(words.len() + code.find(',').unwrap_or(0));
        }
        let mut is_first = !(is_seam && is_joined);
        for c in code.chars() {
            if c.is_ascii_whitespace() || matches!(c, '+' | '.' | '\\') {
                words.push(c);
            } else {
                words.push(if is_first { '(' } else { ' ' });
                // Places stay what they are.
                words.extend(std::iter::repeat_n(' ', c.len_utf8() - 1));
                is_first = false;
            }
        }
        words.push_str(run);
        at = start + run.len();
    }
    Cow::Owned(words)
}

/// Texts with what the constants of the same file stand for in the places of their names (`${files.join(" and ")}`).
fn with_constants(code: &str, is_python: bool) -> Cow<'_, str> {
    const MOST_CONSTANTS: usize = 64;
    static CONSTANT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?m)^[ \t]*(?:(?:export|const|let|var|final|static) +){0,3}([A-Za-z_$][A-Za-z0-9_$]{0,40}) *= *([\[(]?[ \t\n]*["'][^\]\n;]{1,400})"#,
        )
        .ok()
    });
    static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"\$?\{ *([A-Za-z_$][A-Za-z0-9_$]{0,40})(?:\.join\([^)\n]{0,20}\)|\[\d{1,2}\])? *\}"#).ok()
    });
    let (Some(constant), Some(place)) = (CONSTANT.as_ref(), PLACE.as_ref()) else { return Cow::Borrowed(code) };
    // Brackets without a sign are texts in Python alone.
    let is_place = |found: &regex::Captures<'_>| found.get(0).is_some_and(|m| is_python != m.as_str().starts_with('$'));
    if !place.captures_iter(code).any(|found| is_place(&found)) {
        return Cow::Borrowed(code);
    }
    let known: std::collections::HashMap<&str, &str> = constant
        .captures_iter(code)
        .take(MOST_CONSTANTS)
        .filter_map(|c| Some((c.get(1)?.as_str(), c.get(2)?.as_str())))
        .collect();
    // What is put in is short, and so often only as there are places in the text: no more than it holds bytes.
    let mut left = code.len().min(1 << 16);
    place.replace_all(code, |found: &regex::Captures<'_>| {
        let whole = found.get(0).map_or("", |m| m.as_str());
        let value = found.get(1).filter(|_| is_place(found)).and_then(|name| known.get(name.as_str()));
        match value.filter(|v| v.len() <= left) {
            Some(value) => {
                left -= value.len();
                value.replace(['"', '\'', '[', ']', '(', '`', '\\', '#'], " ")
            }
            None => whole.to_owned(),
        }
    })
}

/// Code as a reader of its strings sees it: pieces that are put together are one, escapes are what they stand for.
fn joined(text: &str) -> String {
    static PIECES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("[\"'`]\\s*(\\+|\\.\\.|\\\\\n)?\\s*\n?\\s*[\"'`]").ok());
    let text = text.replace("\\n", "\n").replace("\\'", "’").replace("\\\"", "”").replace("\\`", "`");
    match PIECES.as_ref() {
        Some(pieces) => pieces
            .replace_all(&text, |found: &regex::Captures<'_>| {
                // Two strings that a comma does not part are one; an empty one is no seam.
                let whole = found.get(0).map_or("", |m| m.as_str());
                if whole.contains('+') || whole.contains('\n') { String::new() } else { whole.to_owned() }
            })
            .into_owned(),
        None => text,
    }
}

/// Paragraphs: parts between empty lines, headings and items, long ones cut.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let item = trimmed.starts_with("- ")
            || trimmed.starts_with("* ")
            || trimmed.starts_with('#')
            || trimmed.starts_with("```");
        let numbered = trimmed
            .split_once(['.', ')'])
            .is_some_and(|(n, _)| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()));
        let long = starts.last().is_some_and(|s| at - s > PARAGRAPH);
        if trimmed.is_empty() || item || numbered || long {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    let ends: Vec<usize> = starts.iter().skip(1).copied().collect();
    starts.into_iter().zip(ends).flat_map(move |(start, end)| {
        // A line without an end is cut as well.
        let mut parts = Vec::new();
        let mut from = start;
        while from < end {
            let to = text.floor_char_boundary((from + 2 * PARAGRAPH).min(end));
            let to = if to <= from { end } else { to };
            parts.push(text.get(from..to).unwrap_or_default());
            from = to;
        }
        parts
    })
}

/// Shortest encoded text that is read, and most of one paragraph.
const ENCODED: usize = 40;
const MOST_ENCODED: usize = 4;

/// What stands in BASE64 in a paragraph, where that is text for somebody to read.
pub(super) fn decoded_in(paragraph: &str) -> Option<String> {
    let is_of_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let runs = paragraph.split(|c: char| !is_of_it(c)).filter(|run| run.len() >= ENCODED).take(MOST_ENCODED);
    let plain: Vec<String> = runs
        .filter_map(|run| {
            let engine = base64::engine::general_purpose::STANDARD_NO_PAD;
            let text = String::from_utf8(engine.decode(run.trim_end_matches('=')).ok()?).ok()?;
            let is_text = text.chars().all(|c| !c.is_control() || c.is_whitespace());
            (is_text && text.split_whitespace().count() >= 3).then_some(text)
        })
        .collect();
    (!plain.is_empty()).then(|| plain.join("\n"))
}

/// Sentences; a dot inside of a path or an address ends none.
pub(super) fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[.!?;][\s\x22'`)]|[。！？；]|\n\s*\n").ok());
    let mut cuts = vec![0];
    cuts.extend(ENDS.as_ref().into_iter().flat_map(|e| e.find_iter(paragraph).map(|m| m.end())));
    cuts.push(paragraph.len());
    let ends: Vec<usize> = cuts.iter().skip(1).copied().collect();
    cuts.into_iter().zip(ends).map(|(start, end)| paragraph.get(start..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_strings_are_one_text() {
        assert!(joined("'For better '+'accuracy it\\'s'").contains("For better accuracy it’s"));
        assert!(joined("\"a\"\n    \"b\"").contains("ab"));
    }

    #[test]
    fn constants_stand_in_their_places() {
        let code = "const places = [\"~/.ssh/id_rsa\", \"~/.aws\"];\nexport const T = `Read ${places.join(' and ')} and ${other}`;\n";
        let text = with_constants(code, false);
        assert!(text.contains("Read   ~/.ssh/id_rsa ,  ~/.aws  and ${other}"), "{text}");
        // No more is put in than the text holds.
        let long = format!("a = \"{}\"\n{}", "x".repeat(300), "{a}".repeat(2000));
        assert!(with_constants(&long, true).len() <= 3 * long.len());
    }
}
