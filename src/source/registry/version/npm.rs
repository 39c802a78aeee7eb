//! npm's version ranges (<https://github.com/npm/node-semver>): `^1.2`, `~1`, `1.x`, `>=1 <2 || 3.0.0 - 3.4`.

use semver::{Prerelease, Version};

/// Comparators that are believed in one range.
const COMPARATORS: usize = 256;

/// Versions from (inclusive) to (exclusive, or inclusive).
#[derive(Debug, Clone, Default)]
struct Span {
    from: Option<(Version, bool)>,
    to: Option<(Version, bool)>,
}

/// A range: one of several spans.
#[derive(Debug, Clone)]
pub(in super::super) struct Range(Vec<Span>);

/// A version, also with the `v` or `=` before it that npm forgives.
pub(in super::super) fn version(text: &str) -> Option<Version> {
    Version::parse(text.trim().trim_start_matches(['v', '='])).ok()
}

impl Range {
    /// Reads a range; `None` when it is none (a tag, an address).
    pub(in super::super) fn parse(text: &str) -> Option<Self> {
        let mut spans = Vec::new();
        for part in text.split("||").take(COMPARATORS) {
            spans.push(span(part)?);
        }
        Some(Self(spans))
    }

    /// Whether a version is in it. A pre-release only when the range names one of the same release.
    pub(in super::super) fn holds(&self, v: &Version) -> bool {
        self.0.iter().any(|s| s.holds(v))
    }
}

impl Span {
    fn holds(&self, v: &Version) -> bool {
        let above = self.from.as_ref().is_none_or(|(f, inclusive)| v > f || (*inclusive && v == f));
        let below = self.to.as_ref().is_none_or(|(t, inclusive)| v < t || (*inclusive && v == t));
        let same_release = |edge: &Option<(Version, bool)>| {
            edge.as_ref()
                .is_some_and(|(e, _)| !e.pre.is_empty() && (e.major, e.minor, e.patch) == (v.major, v.minor, v.patch))
        };
        above && below && (v.pre.is_empty() || same_release(&self.from) || same_release(&self.to))
    }

    fn narrow(&mut self, other: Self) {
        if let Some(from) = other.from
            && self.from.as_ref().is_none_or(|(f, _)| from.0 >= *f)
        {
            self.from = Some(from);
        }
        if let Some(to) = other.to
            && self.to.as_ref().is_none_or(|(t, _)| to.0 <= *t)
        {
            self.to = Some(to);
        }
    }
}

/// Numbers of a version that may be cut short: `1`, `1.2`, `1.x`, `1.2.3-beta`.
struct Partial {
    numbers: [Option<u64>; 3],
    pre: Prerelease,
}

impl Partial {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['v', '=']).split('+').next()?;
        let (release, pre) = match text.split_once('-') {
            Some((release, pre)) => (release, Prerelease::new(pre).ok()?),
            None => (text, Prerelease::EMPTY),
        };
        let mut numbers = [None; 3];
        let mut parts = release.split('.');
        for (slot, part) in numbers.iter_mut().zip(parts.by_ref()) {
            *slot = match part {
                "x" | "X" | "*" | "" => break,
                digits => Some(digits.parse().ok()?),
            };
        }
        (release.split('.').count() <= 3).then_some(Self { numbers, pre })
    }

    fn lowest(&self) -> Version {
        let [major, minor, patch] = self.numbers.map(|n| n.unwrap_or(0));
        Version { pre: self.pre.clone(), ..Version::new(major, minor, patch) }
    }

    /// The first version after everything that these numbers may mean, `keep` of them kept; `None` for `*`.
    fn after(&self, keep: usize) -> Option<Version> {
        let [major, minor, patch] = self.numbers.map(|n| n.unwrap_or(0));
        let known = self.numbers.iter().take_while(|n| n.is_some()).count().min(keep);
        let next = match known {
            0 => return None,
            1 => Version::new(major.checked_add(1)?, 0, 0),
            2 => Version::new(major, minor.checked_add(1)?, 0),
            _ => Version::new(major, minor, patch.checked_add(1)?),
        };
        // Pre-releases of what comes after are after it, too.
        Prerelease::new("0").ok().map(|pre| Version { pre, ..next })
    }

    fn is_full(&self) -> bool {
        self.numbers.iter().all(Option::is_some)
    }
}

fn span(text: &str) -> Option<Span> {
    let text = text.trim();
    if let Some((low, high)) = text.split_once(" - ") {
        let (low, high) = (Partial::parse(low.trim())?, Partial::parse(high.trim())?);
        let to = if high.is_full() { Some((high.lowest(), true)) } else { high.after(3).map(|v| (v, false)) };
        return Some(Span { from: Some((low.lowest(), true)), to });
    }
    // Blanks may stand between an operator and its version.
    let mut tight = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tight.is_empty() && !tight.ends_with(['<', '>', '=', '~', '^']) {
            tight.push(' ');
        }
        tight.push_str(word);
    }
    let mut all = Span::default();
    for word in tight.split(' ').filter(|w| !w.is_empty()).take(COMPARATORS) {
        all.narrow(comparator(word)?);
    }
    Some(all)
}

fn comparator(word: &str) -> Option<Span> {
    let at = word.find(|c: char| !matches!(c, '<' | '>' | '=' | '~' | '^')).unwrap_or(word.len());
    let (operator, rest) = word.split_at_checked(at)?;
    let v = Partial::parse(rest)?;
    let low = || Some((v.lowest(), true));
    let until = |keep: usize| v.after(keep).map(|v| (v, false));
    Some(match operator {
        "" | "=" if v.is_full() => Span { from: low(), to: low() },
        "" | "=" => Span { from: low(), to: until(3) },
        ">=" => Span { from: low(), to: None },
        ">" if v.is_full() => Span { from: Some((v.lowest(), false)), to: None },
        ">" => Span { from: v.after(3).map(|v| (v, true)), to: None },
        "<" => Span { from: None, to: Some((v.lowest(), false)) },
        "<=" if v.is_full() => Span { from: None, to: low() },
        "<=" => Span { from: None, to: until(3) },
        "~" | "~>" => Span { from: low(), to: until(2) },
        "^" => {
            let [major, minor, patch] = v.numbers;
            let keep = match (major, minor, patch) {
                (Some(0), Some(0), Some(_)) => 3,
                (Some(0), Some(_), _) => 2,
                _ => 1,
            };
            Span { from: low(), to: until(keep) }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(range: &str, v: &str) -> bool {
        Range::parse(range).unwrap_or_else(|| panic!("{range}")).holds(&version(v).unwrap())
    }

    #[test]
    fn ranges_hold_what_npm_says() {
        for (range, inside, outside) in [
            ("^1.2.3", &["1.2.3", "1.9.0"][..], &["1.2.2", "2.0.0", "1.3.0-beta", "2.0.0-0"][..]),
            ("^0.2.3", &["0.2.3", "0.2.9"], &["0.3.0", "0.2.2"]),
            ("^0.0.3", &["0.0.3"], &["0.0.4"]),
            ("^0.0", &["0.0.9"], &["0.1.0"]),
            ("~1.2", &["1.2.0", "1.2.9"], &["1.3.0"]),
            ("~1", &["1.9.9"], &["2.0.0"]),
            ("1.x", &["1.0.0", "1.9.9"], &["2.0.0"]),
            ("*", &["0.0.1", "9.9.9"], &["1.0.0-alpha"]),
            ("", &["3.0.0"], &[]),
            (">=1.2 <2 || 3.0.0 - 3.4", &["1.2.0", "3.4.9"], &["2.0.0", "3.5.0"]),
            (">= 1.0.0 < 1.5", &["1.4.9"], &["1.5.0"]),
            (">1.2", &["1.3.0"], &["1.2.9"]),
            ("1.2.3-beta.1", &["1.2.3-beta.1"], &["1.2.3"]),
            ("^1.2.3-beta.1", &["1.2.3-beta.2", "1.5.0"], &["1.4.0-beta.1"]),
            ("v1.2.3", &["1.2.3"], &["1.2.4"]),
        ] {
            inside.iter().for_each(|v| assert!(holds(range, v), "{range} holds {v}"));
            outside.iter().for_each(|v| assert!(!holds(range, v), "{range} does not hold {v}"));
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in
            ["latest", "next", "https://x/y.tgz", "git+ssh://x", "1.2.3.4", "file:../x", "99999999999999999999.0.0"]
        {
            assert!(Range::parse(text).is_none(), "{text}");
        }
    }
}
