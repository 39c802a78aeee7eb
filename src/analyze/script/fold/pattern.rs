//! Regular expressions over known text. They are matched without going back, so time grows with the text alone; what
//! needs going back (back references, looking around) is not known.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// Most bytes of a compiled pattern.
const MAX_PATTERN: usize = 256 << 10;
/// Longest pattern in bytes, and most patterns.
const MAX_SOURCE: usize = 1024;
const MAX_PATTERNS: usize = 64;
/// Longest text that is searched, and longest text that a replacement makes, in bytes.
const MAX_TEXT: usize = 4 << 20;

/// Where a pattern matches, in bytes, and what its groups hold.
pub(crate) type Place = (std::ops::Range<usize>, Vec<Option<String>>);

/// Every pattern of one run.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    compiled: HashMap<Box<str>, Option<Regex>>,
}

impl Patterns {
    /// A pattern, when it is one that can be matched here.
    fn compile(&mut self, pattern: &str, text: &str) -> Option<&Regex> {
        if pattern.len() > MAX_SOURCE || text.len() > MAX_TEXT {
            return None;
        }
        if !self.compiled.contains_key(pattern) {
            if self.compiled.len() >= MAX_PATTERNS {
                return None;
            }
            let regex =
                RegexBuilder::new(&strict(pattern)).size_limit(MAX_PATTERN).dfa_size_limit(MAX_PATTERN).build().ok();
            self.compiled.insert(pattern.into(), regex);
        }
        self.compiled.get(pattern)?.as_ref()
    }

    /// Whether the text holds the pattern.
    pub(crate) fn is_match(&mut self, pattern: &str, text: &str) -> Option<bool> {
        Some(self.compile(pattern, text)?.is_match(text))
    }

    /// The text with every match replaced; `$1`, `\1` and the like name groups.
    pub(crate) fn replace(&mut self, pattern: &str, text: &str, by: &str) -> Option<String> {
        let regex = self.compile(pattern, text)?;
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for found in regex.captures_iter(text) {
            let whole = found.get(0)?;
            out.push_str(text.get(at..whole.start())?);
            let mut letters = by.chars().peekable();
            while let Some(c) = letters.next() {
                match letters.peek() {
                    Some('&') if c == '$' => {
                        letters.next();
                        out.push_str(whole.as_str());
                    }
                    Some('$') if c == '$' => {
                        letters.next();
                        out.push('$');
                    }
                    Some(digit) if matches!(c, '$' | '\\') && digit.is_ascii_digit() => {
                        let group = digit.to_digit(10).unwrap_or(0) as usize;
                        letters.next();
                        out.push_str(found.get(group).map_or("", |m| m.as_str()));
                    }
                    _ => out.push(c),
                }
            }
            at = whole.end();
            if out.len() > MAX_TEXT {
                return None;
            }
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }

    /// The matches: with `groups` those of the first match, otherwise all of them.
    pub(crate) fn matches(&mut self, pattern: &str, text: &str, groups: bool, most: usize) -> Option<Vec<String>> {
        let regex = self.compile(pattern, text)?;
        if groups {
            let Some(found) = regex.captures(text) else { return Some(Vec::new()) };
            return Some(found.iter().map(|m| m.map_or(String::new(), |m| m.as_str().to_owned())).collect());
        }
        let all: Vec<String> = regex.find_iter(text).take(most + 1).map(|m| m.as_str().to_owned()).collect();
        (all.len() <= most).then_some(all)
    }

    /// Every match with its place and its groups, the whole first.
    pub(crate) fn places(&mut self, pattern: &str, text: &str, most: usize) -> Option<Vec<Place>> {
        let regex = self.compile(pattern, text)?;
        let all: Vec<Place> = regex
            .captures_iter(text)
            .take(most + 1)
            .filter_map(|found| {
                let groups = found.iter().map(|m| m.map(|m| m.as_str().to_owned())).collect();
                Some((found.get(0)?.range(), groups))
            })
            .collect();
        (all.len() <= most).then_some(all)
    }

    /// The parts between matches.
    pub(crate) fn split(&mut self, pattern: &str, text: &str, most: usize) -> Option<Vec<String>> {
        let regex = self.compile(pattern, text)?;
        let all: Vec<String> = regex.split(text).take(most + 1).map(str::to_owned).collect();
        (all.len() <= most).then_some(all)
    }
}

/// What JavaScript and Python let through, in the words of a stricter syntax: `\/`, `[^]`, braces that count nothing.
fn strict(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or_default();
        let mut taken = c.len_utf8();
        match c {
            '\\' => {
                let next = tail.chars().next();
                taken += next.map_or(0, char::len_utf8);
                match next {
                    Some('/') => out.push('/'),
                    // Letters and digits are those of ASCII, which also keeps patterns small.
                    Some('w') if in_class => out.push_str("0-9A-Za-z_"),
                    Some('w') => out.push_str("[0-9A-Za-z_]"),
                    Some('d') if in_class => out.push_str("0-9"),
                    Some('d') => out.push_str("[0-9]"),
                    Some(next) => out.extend(['\\', next]),
                    None => out.push('\\'),
                }
            }
            '[' if !in_class && tail.starts_with("^]") => {
                taken += 2;
                out.push_str("[\\s\\S]");
            }
            '[' if in_class => out.push_str("\\["),
            '{' if !in_class && !counts(tail) => out.push_str("\\{"),
            '&' | '~' | '-' if in_class && tail.starts_with(c) => out.extend(['\\', c]),
            _ => {
                in_class = (in_class || c == '[') && c != ']';
                out.push(c);
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Whether what follows a brace is a count: `2}`, `2,}`, `2,5}`.
fn counts(tail: &str) -> bool {
    let Some((inside, _)) = tail.split_once('}') else { return false };
    inside.starts_with(|c: char| c.is_ascii_digit()) && inside.chars().all(|c| c.is_ascii_digit() || c == ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_in_both_ways() {
        assert_eq!(Patterns::default().replace("(\\w)(\\d)", "a1-b2", "$2\\1$&$$").as_deref(), Some("1aa1$-2bb2$"));
        assert_eq!(Patterns::default().replace("x", "abc", "y").as_deref(), Some("abc"));
    }

    #[test]
    fn the_laxer_syntax_of_scripts_is_read() {
        assert_eq!(Patterns::default().is_match("^{a\\/[^]b{2}$", "{a/xbb"), Some(true));
        assert_eq!(Patterns::default().is_match("[a[&&-]", "["), Some(true));
        assert_eq!(
            Patterns::default().is_match("\\w+ *\\(\\) *{\\w+ *['|\"].+['|\"];? *}", "f(){return'x';}"),
            Some(true)
        );
    }

    #[test]
    fn what_needs_going_back_is_not_known() {
        assert_eq!(Patterns::default().is_match("(a)\\1", "aa"), None);
        assert_eq!(Patterns::default().is_match("a(?=b)", "ab"), None);
        assert_eq!(Patterns::default().is_match("(((.+)+)+)+$", &"a".repeat(10_000)), Some(true));
    }

    #[test]
    fn matches_and_parts() {
        assert_eq!(Patterns::default().matches("..", "abcd", false, 8).unwrap(), ["ab", "cd"]);
        assert_eq!(Patterns::default().matches("(.)b", "ab", true, 8).unwrap(), ["ab", "a"]);
        assert_eq!(Patterns::default().split("[,;]", "a,b;c", 8).unwrap(), ["a", "b", "c"]);
        assert_eq!(Patterns::default().split(",", "a,b,c", 2), None);
    }
}
