//! Text of scanned files in reports for people: escaped once more where it is written, whoever built it, so that no
//! control sequence, line break or reordering mark of a target ever reaches a terminal or a page.

use std::collections::BTreeMap;

use crate::model::finding::{is_invisible, printable};
use crate::model::{Component, Evidence};

/// The text with everything invisible escaped. What is already printable stays as it is.
pub(super) fn clean(text: &str) -> String {
    printable(text.as_bytes())
}

/// At most `width` characters; what is left out shows as `…`. Expects clean text.
pub(super) fn clip(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        None => text.to_owned(),
        Some(_) if width == 0 => String::new(),
        Some(_) => text.chars().take(width - 1).chain(['…']).collect(),
    }
}

/// At most `width` characters of a path, with its beginning and its end. Expects clean text.
pub(super) fn clip_middle(text: &str, width: usize) -> String {
    let n = text.chars().count();
    if n <= width {
        return text.to_owned();
    }
    let tail = width / 2;
    let head = width.saturating_sub(tail + 1);
    text.chars().take(head).chain(['…']).chain(text.chars().skip(n - tail)).collect()
}

/// Lines of at most `width` characters, broken at blanks where there are some, at most `lines` of them.
pub(super) fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let width = width.max(16);
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if out.len() + 1 >= lines {
            out.push(clip(rest, width));
            break;
        }
        let Some((limit, _)) = rest.char_indices().nth(width) else {
            out.push(rest.to_owned());
            break;
        };
        let head = rest.get(..limit).unwrap_or(rest);
        // A blank in the last half of the line is worth breaking at; a long word is cut.
        let cut = head.rfind(' ').filter(|at| *at > limit / 2).unwrap_or(limit);
        let (line, more) = rest.split_at_checked(cut).unwrap_or((rest, ""));
        out.push(line.trim_end().to_owned());
        rest = more.trim_start();
    }
    out
}

/// Bytes for a person: `1.4 MB`, in powers of ten.
pub(super) fn human_bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return count(bytes, "byte", "bytes");
    }
    let mut value = bytes as f64;
    let mut unit = "";
    for next in UNITS {
        value /= 1000.0;
        unit = next;
        if value < 999.95 {
            break;
        }
    }
    format!("{value:.1} {unit}")
}

/// A number and its noun.
pub(super) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many components there are and where that is said: `189 (go-buildinfo)`, `12 (bun 2, node 10)`. `None` when
/// there are none. Clean.
pub(super) fn components<'a>(all: impl IntoIterator<Item = &'a Component>) -> Option<String> {
    let mut sources: BTreeMap<&str, u64> = BTreeMap::new();
    for component in all {
        *sources.entry(&component.source).or_default() += 1;
    }
    let sum: u64 = sources.values().sum();
    let one = sources.len() == 1;
    let words: Vec<String> = sources
        .iter()
        .map(|(source, n)| {
            let source = clip(&clean(source), 40);
            if one { source } else { format!("{source} {n}") }
        })
        .collect();
    (sum > 0).then(|| format!("{sum} ({})", words.join(", ")))
}

/// A snippet and its marked part, both clean: the marks move when escaping makes the text longer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// One printable line.
    pub(super) text: String,
    /// First and last-plus-one byte of the mark in `text`, at character boundaries.
    pub(super) mark: (usize, usize),
}

impl Marked {
    /// The snippet of a piece of evidence, or `None` when it has none. A mark that points outside is no mark.
    pub(super) fn of(evidence: &Evidence) -> Option<Self> {
        let snippet = evidence.snippet.as_str();
        if snippet.is_empty() {
            return None;
        }
        let (start, end) = (evidence.mark.0 as usize, evidence.mark.1 as usize);
        let parts = snippet
            .split_at_checked(start)
            .and_then(|(lead, rest)| Some((lead, rest.split_at_checked(end.checked_sub(start)?)?)));
        Some(match parts {
            Some((lead, (marked, trail))) => {
                let mut text = clean(lead);
                let from = text.len();
                text.push_str(&clean(marked));
                let to = text.len();
                text.push_str(&clean(trail));
                Self { text, mark: (from, to) }
            }
            None => Self { text: clean(snippet), mark: (0, 0) },
        })
    }
}

/// Whether nothing in the text can move a cursor, start a line or turn the direction of writing.
#[cfg(test)]
pub(super) fn is_clean(text: &str) -> bool {
    !text.chars().any(is_invisible)
}

/// Text for a JSON string: what a terminal would obey and serde_json leaves as it is.
pub(super) fn needs_json_escape(c: char) -> bool {
    !c.is_ascii() && is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clip("äöüß", 4), "äöüß");
        assert_eq!(clip("äöüßx", 4), "äöü…");
        assert_eq!(clip("abc", 0), "");
        assert_eq!(clip_middle("äbcdefgh", 5), "äb…gh");
        assert_eq!(clip_middle("äbcde", 5), "äbcde");
    }

    #[test]
    fn wrapping_breaks_at_blanks_and_cuts_long_words() {
        let lines = wrap("one two three four five six seven eight", 16, 9);
        assert!(lines.iter().all(|l| l.chars().count() <= 16), "{lines:?}");
        assert_eq!(lines.join(" "), "one two three four five six seven eight");
        let cut = wrap(&"é".repeat(100), 20, 3);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…'));
        assert!(wrap("", 20, 3).is_empty());
    }

    #[test]
    fn bytes_are_human() {
        assert_eq!(human_bytes(1), "1 byte");
        assert_eq!(human_bytes(999), "999 bytes");
        assert_eq!(human_bytes(1_500), "1.5 kB");
        assert_eq!(human_bytes(999_999), "1.0 MB");
        assert_eq!(human_bytes(u64::MAX), "18446.7 PB");
    }

    #[test]
    fn components_are_counted_by_source() {
        let of = |source: &str| Component {
            purl: None,
            name: "n".to_owned(),
            version: None,
            source: source.to_owned().into(),
        };
        assert_eq!(components(&[]), None);
        assert_eq!(components(&[of("bun"), of("bun")]).unwrap(), "2 (bun)");
        assert_eq!(components(&[of("node"), of("bun"), of("node")]).unwrap(), "3 (bun 1, node 2)");
        assert!(is_clean(&components(&[of("\u{1b}[2J")]).unwrap()));
    }

    #[test]
    fn a_mark_moves_with_the_escapes_before_it() {
        let e = Evidence { span: None, snippet: "a\u{202e}b EVIL c".into(), mark: (6, 10), note: String::new() };
        let m = Marked::of(&e).unwrap();
        assert_eq!(m.text, "a<U+202E>b EVIL c");
        assert_eq!(&m.text[m.mark.0..m.mark.1], "EVIL");
    }

    #[test]
    fn a_lying_mark_is_no_mark() {
        for mark in [(9, 2), (0, 99), (1, 2), (u32::MAX, u32::MAX)] {
            let e = Evidence { span: None, snippet: "é\u{1b}[2J".into(), mark, note: String::new() };
            let m = Marked::of(&e).unwrap();
            assert_eq!((m.text.as_str(), m.mark), ("é<U+001B>[2J", (0, 0)), "{mark:?}");
        }
    }
}
