//! Code that was decoded and that harms nobody, by what stands in it: literals, short functions, loops that count, libraries.

use super::{HOLE, Outcome};

/// Whether code is one text or number and nothing else: who hides the texts of a program has each of them read so.
pub(super) fn is_plain_literal(code: &str) -> bool {
    let code = code.trim();
    if !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-')) {
        return true;
    }
    // Formatted text has expressions in it.
    let code = code.strip_prefix(['b', 'B', 'u', 'U', 'r', 'R']).unwrap_or(code);
    ["\"\"\"", "'''", "\"", "'"].iter().any(|quote| {
        let inner = code.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner.is_some_and(|inner| {
            !inner.contains(quote) && !inner.ends_with('\\') && (quote.len() == 3 || !inner.contains('\n'))
        })
    })
}

/// Whether decoded code is short, known to its end, and calls nothing: generators of code write functions that only make
/// objects and give them back.
pub(super) fn is_inert(code: &str, outcome: &Outcome) -> bool {
    const SHORT: std::ops::Range<usize> = 16..150;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    // `return(`, `(function name(`: no call.
    let calls = |at: usize| {
        let before = code.get(..at).unwrap_or_default().trim_end();
        let outer = before.trim_end_matches(is_name);
        let word = before.strip_prefix(outer).unwrap_or_default();
        let is_plain = word.is_empty() && (outer.is_empty() || outer.ends_with('('));
        !(is_plain || matches!(word, "return" | "function") || outer.trim_end().ends_with("function"))
    };
    // What protection against debuggers runs to hold them up.
    let bare: String = code.chars().filter(|c| !c.is_whitespace() && *c != ';').collect();
    only_counts(code)
        || outcome.is_python && (is_plain_lambda(code) || is_plain_literal(code))
        || matches!(
            bare.as_str(),
            "debugger" | "while(true){}" | "for(){}" | "return(function(){}.constructor(\"returnthis\")())"
        )
        || SHORT.contains(&code.len())
            && !outcome.is_python
            && !code.contains(HOLE)
            && !code.contains(['`', '\\', '[', '='])
            && !code.match_indices('(').any(|(at, _)| calls(at))
            && ["import", "new ", "eval", "get ", "set "].iter().all(|word| !code.contains(word))
}

/// Whether Python is one short function that only asks what it is given: with no text, no attribute and no name that does
/// anything, nothing is hidden in it.
fn is_plain_lambda(code: &str) -> bool {
    const SHORT: usize = 400;
    const WORDS: &[&str] = &["lambda", "not", "or", "and", "if", "else", "in", "is", "None", "True", "False"];
    code.starts_with("lambda ")
        && code.len() < SHORT
        && !code.contains(HOLE)
        && !code.contains(['"', '\'', '.', '\\', '@', '{', '\n'])
        && code
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            // Names of one letter, perhaps with a number: parameters.
            .all(|word| WORDS.contains(&word) || word.trim_end_matches(|c: char| c.is_ascii_digit()).len() <= 1)
}

/// Whether code only counts: it has no text, no member but a length and the functions of `Math`, and calls nothing else. So
/// libraries of numbers write their loops.
fn only_counts(code: &str) -> bool {
    const LONGEST: usize = 4096;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let word_before = |at: usize| {
        let before = code.get(..at).unwrap_or_default().trim_end();
        before.strip_prefix(before.trim_end_matches(is_name)).unwrap_or_default()
    };
    let calls = |at: usize| {
        let word = word_before(at);
        let of_math = code.get(..at).unwrap_or_default().trim_end().trim_end_matches(is_name).ends_with("Math.");
        let before = code.get(..at).unwrap_or_default().trim_end();
        let is_group = before.is_empty()
            || before.ends_with(['(', '=', '+', '-', '*', '/', '%', '<', '>', '&', '|', '?', ':', ',', ';', '{', '}']);
        !(is_group || of_math || matches!(word, "Array" | "for" | "if" | "while" | "return"))
    };
    let names = |at: usize| {
        let after = code.get(at + 1..).unwrap_or_default();
        let word = after.get(..after.find(|c| !is_name(c)).unwrap_or(after.len())).unwrap_or_default();
        !(word == "length" || word_before(at) == "Math" || word.bytes().all(|b| b.is_ascii_digit()))
    };
    code.len() <= LONGEST
        && code.is_ascii()
        && code.contains("for")
        && !code.contains(['"', '\'', '`', '\\', '@', '#'])
        && !code.match_indices('(').any(|(at, _)| calls(at))
        && !code.match_indices('.').any(|(at, _)| names(at))
        && ["import", "new", "eval", "Function", "await", "yield", "=>"].iter().all(|word| !code.contains(word))
}

/// Letters from which on decoded code is a library that a tool carries with it to put it elsewhere (versioneer).
const LIBRARY: usize = 32 << 10;

/// Whether decoded code is long and written for readers: no long lines, every tenth a comment or empty.
pub(super) fn is_plain_library(code: &str) -> bool {
    if code.len() < LIBRARY {
        return false;
    }
    let airy = |line: &str| line.is_empty() || line.starts_with(['#', '*']) || line.starts_with("//");
    let lines = code.lines().count();
    code.lines().all(|line| line.len() <= 200) && code.lines().filter(|l| airy(l.trim())).count() * 10 > lines
}
