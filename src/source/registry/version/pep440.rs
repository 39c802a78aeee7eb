//! Versions of Python distributions and what a requirement says of them
//! (<https://packaging.python.org/en/latest/specifications/version-specifiers/>).

use std::cmp::Ordering;

/// A version, in the order that pip sorts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Version {
    epoch: u64,
    release: Vec<u64>,
    /// `a`, `b`, `rc` with their number.
    pre: Option<(u8, u64)>,
    post: Option<u64>,
    dev: Option<u64>,
    local: Vec<String>,
}

impl Version {
    /// Reads a version in any of the spellings that are forgiven.
    pub(in super::super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if text.len() > 200 {
            return None;
        }
        let text = text.strip_prefix('v').unwrap_or(&text);
        let (public, local) = text.split_once('+').unwrap_or((text, ""));
        let (epoch, rest) = match public.split_once('!') {
            Some((epoch, rest)) => (epoch.parse().ok()?, rest),
            None => (0, public),
        };
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (release, mut rest) = rest.split_at_checked(end)?;
        let release: Vec<u64> =
            release.trim_end_matches('.').split('.').map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let mut version = Self { epoch, release, pre: None, post: None, dev: None, local: Vec::new() };
        while !rest.is_empty() {
            rest = rest.trim_start_matches(['.', '-', '_']);
            let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let (word, tail) = rest.split_at_checked(letters)?;
            let tail = tail.trim_start_matches(['.', '-', '_']);
            let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let (number, tail) = tail.split_at_checked(digits)?;
            let number: u64 = if number.is_empty() { 0 } else { number.parse().ok()? };
            match word {
                "a" | "alpha" => version.pre = Some((0, number)),
                "b" | "beta" => version.pre = Some((1, number)),
                "rc" | "c" | "pre" | "preview" => version.pre = Some((2, number)),
                "post" | "rev" | "r" => version.post = Some(number),
                // `1.0-1` is a post-release.
                "" if digits > 0 => version.post = Some(number),
                "dev" => version.dev = Some(number),
                _ => return None,
            }
            rest = tail;
        }
        version.local = local.split(['.', '-', '_']).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        Some(version)
    }

    /// Whether it is a pre-release or a development release.
    pub(in super::super) fn is_pre(&self) -> bool {
        self.pre.is_some() || self.dev.is_some()
    }

    fn number(&self, at: usize) -> u64 {
        self.release.get(at).copied().unwrap_or(0)
    }

    fn release_order(&self, other: &Self) -> Ordering {
        let n = self.release.len().max(other.release.len());
        (0..n).map(|i| self.number(i).cmp(&other.number(i))).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
    }

    fn public_order(&self, other: &Self) -> Ordering {
        // A development release of a release stands before its pre-releases.
        let pre = |v: &Self| match (v.pre, v.post, v.dev) {
            (None, None, Some(_)) => (-1, 0, 0),
            (Some((kind, n)), ..) => (0, kind, n),
            (None, ..) => (1, 0, 0),
        };
        let post = |v: &Self| v.post.map_or(-1, i128::from);
        let dev = |v: &Self| v.dev.map_or(i128::MAX, i128::from);
        self.epoch
            .cmp(&other.epoch)
            .then_with(|| self.release_order(other))
            .then_with(|| pre(self).cmp(&pre(other)))
            .then_with(|| post(self).cmp(&post(other)))
            .then_with(|| dev(self).cmp(&dev(other)))
    }

    fn starts_with(&self, other: &Self) -> bool {
        self.epoch == other.epoch && (0..other.release.len()).all(|i| self.number(i) == other.number(i))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.public_order(other).then_with(|| self.local.cmp(&other.local))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a requirement asks of a version: all of `>=1.2, <2`.
#[derive(Debug, Clone)]
pub(in super::super) struct Specifiers(Vec<(String, String)>);

impl Specifiers {
    /// Reads a list; a bare version means that one. `None` when it is no list.
    pub(in super::super) fn parse(text: &str) -> Option<Self> {
        let mut all = Vec::new();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()).take(64) {
            let at = part.find(|c: char| !matches!(c, '=' | '<' | '>' | '~' | '!')).unwrap_or(part.len());
            let (operator, version) = part.split_at_checked(at)?;
            let operator = if operator.is_empty() { "==" } else { operator };
            let version = version.trim();
            let plain = version.strip_suffix(".*").unwrap_or(version);
            if !matches!(operator, "==" | "!=" | "<=" | ">=" | "<" | ">" | "~=" | "===")
                || (operator != "===" && Version::parse(plain).is_none())
            {
                return None;
            }
            all.push((operator.to_owned(), version.to_owned()));
        }
        Some(Self(all))
    }

    /// The version that it pins, if it does.
    pub(in super::super) fn pinned(&self) -> Option<&str> {
        match self.0.as_slice() {
            [(operator, version)] if matches!(operator.as_str(), "==" | "===") && !version.ends_with(".*") => {
                Some(version)
            }
            _ => None,
        }
    }

    /// Whether a version is asked for.
    pub(in super::super) fn hold(&self, v: &Version, written: &str) -> bool {
        self.0.iter().all(|(operator, text)| {
            if operator == "===" {
                return text.eq_ignore_ascii_case(written);
            }
            let Some(other) = Version::parse(text.strip_suffix(".*").unwrap_or(text)) else { return false };
            let any = text.ends_with(".*");
            // A local label counts only where the requirement has one.
            let same = || if other.local.is_empty() { v.public_order(&other).is_eq() } else { *v == other };
            match operator.as_str() {
                "==" if any => v.starts_with(&other),
                "!=" if any => !v.starts_with(&other),
                "==" => same(),
                "!=" => !same(),
                "<=" => v.public_order(&other).is_le(),
                ">=" => v.public_order(&other).is_ge(),
                "<" => v.public_order(&other).is_lt() && (other.is_pre() || !(v.is_pre() && v.starts_with(&other))),
                ">" => v.public_order(&other).is_gt() && (other.post.is_some() || v.release_order(&other).is_ne()),
                "~=" => {
                    let mut stem = other.clone();
                    stem.release.pop();
                    v.public_order(&other).is_ge() && v.starts_with(&stem)
                }
                _ => false,
            }
        })
    }

    /// Whether it names a pre-release, so that pre-releases may be chosen.
    pub(in super::super) fn wants_pre(&self) -> bool {
        self.0.iter().any(|(_, v)| Version::parse(v).is_some_and(|v| v.is_pre()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_sort_as_pip_sorts_them() {
        let sorted = [
            "1.0.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0a2",
            "1.0b1",
            "1.0rc1",
            "1.0",
            "1.0+local",
            "1.0.post1.dev1",
            "1.0.post1",
            "1.0.1",
            "1.10",
            "2",
            "1!0.1",
        ];
        for pair in sorted.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|v| Version::parse(v).unwrap());
            assert!(a < b, "{pair:?}");
        }
        for (a, b) in [("1.0", "1.0.0"), ("v1.0-Alpha.1", "1a1"), ("1.0-1", "1.post1"), ("1.0c1", "1rc1")] {
            assert_eq!(Version::parse(a).unwrap().cmp(&Version::parse(b).unwrap()), Ordering::Equal, "{a} {b}");
        }
        for bad in ["", "x", "1.0x1", "1..0", "1.0-"] {
            assert!(bad == "1.0-" || Version::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn specifiers_hold_what_pip_says() {
        for (spec, inside, outside) in [
            (">=1.2,<2", &["1.2", "1.9.9"][..], &["1.1", "2.0", "2.0a1"][..]),
            ("==1.2.*", &["1.2", "1.2.5"], &["1.20"]),
            ("~=1.4.2", &["1.4.2", "1.4.9"], &["1.5", "1.4.1"]),
            ("~=1.4", &["1.9"], &["2.0"]),
            ("!=1.0", &["1.1"], &["1.0.0"]),
            ("==1.0", &["1.0.0", "1.0+cpu"], &["1.0.1"]),
            (">1.0", &["1.1"], &["1.0.post1", "1.0"]),
            ("1.5", &["1.5.0"], &["1.6"]),
        ] {
            let spec = Specifiers::parse(spec).unwrap();
            inside.iter().for_each(|v| assert!(spec.hold(&Version::parse(v).unwrap(), v), "{spec:?} {v}"));
            outside.iter().for_each(|v| assert!(!spec.hold(&Version::parse(v).unwrap(), v), "{spec:?} {v}"));
        }
        assert!(Specifiers::parse("@ https://x").is_none());
        assert_eq!(Specifiers::parse("==1.2").unwrap().pinned(), Some("1.2"));
    }
}
