//! Orders of versions: semantic versions (npm, crates, Go, NuGet), PEP 440 (Python), and a plain one for the rest that
//! compares runs of digits as numbers.
//!
//! References: <https://semver.org/>, <https://packaging.python.org/en/latest/specifications/version-specifiers/>.

use std::cmp::Ordering;

/// Compares two versions as the ecosystem does.
#[must_use]
pub(super) fn compare(ecosystem: &str, a: &str, b: &str) -> Ordering {
    match ecosystem {
        "pypi" => match (Pep440::of(a), Pep440::of(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => plain(a, b),
        },
        "npm" | "crates.io" | "go" | "nuget" | "vscode" | "openvsx" | "hex" | "pub" | "packagist" | "swifturl" => {
            semver(a, b)
        }
        _ => plain(a, b),
    }
}

/// A number that may be longer than any integer: digits without zeros before them.
fn number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn semver(a: &str, b: &str) -> Ordering {
    let split = |v: &'_ str| -> (String, String) {
        let v = v.trim().trim_start_matches(['v', 'V', '=']);
        let v = v.split('+').next().unwrap_or(v);
        match v.split_once('-') {
            Some((core, pre)) => (core.to_owned(), pre.to_owned()),
            None => (v.to_owned(), String::new()),
        }
    };
    let ((core_a, pre_a), (core_b, pre_b)) = (split(a), split(b));
    let (mut parts_a, mut parts_b) = (core_a.split('.'), core_b.split('.'));
    loop {
        let (x, y) = match (parts_a.next(), parts_b.next()) {
            (None, None) => break,
            (x, y) => (x.unwrap_or("0"), y.unwrap_or("0")),
        };
        let order = if is_number(x) && is_number(y) { number(x, y) } else { x.cmp(y) };
        if order != Ordering::Equal {
            return order;
        }
    }
    match (pre_a.is_empty(), pre_b.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut parts_a, mut parts_b) = (pre_a.split('.'), pre_b.split('.'));
    loop {
        let order = match (parts_a.next(), parts_b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) => match (is_number(x), is_number(y)) {
                (true, true) => number(x, y),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => x.cmp(y),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Runs of digits as numbers, runs of letters as text; a version that goes on with letters is older (`1.0rc1` < `1.0`).
fn plain(a: &str, b: &str) -> Ordering {
    let (parts_a, parts_b) = (runs(a), runs(b));
    let (mut x, mut y) = (parts_a.iter(), parts_b.iter());
    loop {
        let order = match (x.next(), y.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(rest)) => {
                if is_number(rest) {
                    number("0", rest)
                } else {
                    Ordering::Greater
                }
            }
            (Some(rest), None) => {
                if is_number(rest) {
                    number(rest, "0")
                } else {
                    Ordering::Less
                }
            }
            (Some(x), Some(y)) => match (is_number(x), is_number(y)) {
                (true, true) => number(x, y),
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => x.cmp(y),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn runs(version: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = version.trim();
    while let Some(first) = rest.chars().next() {
        let len = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        };
        runs.push(rest.get(..len).unwrap_or_default());
        rest = rest.get(len..).unwrap_or_default();
    }
    runs
}

/// A version of PEP 440, as the parts that are compared one after another.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pep440 {
    epoch: u64,
    release: Vec<u64>,
    /// (kind, number): -1 for a release under development alone, 0 to 2 for a, b and rc, 3 for none.
    pre: (i8, u64),
    /// None before all.
    post: Option<u64>,
    /// None is after all, so it is the highest number.
    dev: u64,
    local: Vec<(bool, u64, String)>,
}

impl Pep440 {
    fn of(text: &str) -> Option<Self> {
        let lower = text.trim().to_ascii_lowercase();
        let lower = lower.strip_prefix('v').unwrap_or(&lower);
        let (public, local) = lower.split_once('+').unwrap_or((lower, ""));
        let (epoch, public) = match public.split_once('!') {
            Some((epoch, rest)) => (epoch.parse().ok()?, rest),
            None => (0, public),
        };
        let mut rest = public;
        let mut release = Vec::new();
        while let Some((value, after)) = digits(rest) {
            release.push(value?);
            rest = after;
            match rest.strip_prefix('.').filter(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
                Some(next) => rest = next,
                None => break,
            }
        }
        if release.is_empty() {
            return None;
        }
        while release.len() > 1 && release.last() == Some(&0) {
            release.pop();
        }
        let (mut pre, mut post, mut dev) = (None, None, None);
        while !rest.is_empty() {
            // `1.0-1` is a release after 1.0.
            if let Some(after) = rest.strip_prefix('-')
                && let Some((value, after)) = digits(after)
                && post.is_none()
            {
                post = Some(value?);
                rest = after;
                continue;
            }
            rest = rest.trim_start_matches(['.', '-', '_']);
            let len = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let word = rest.get(..len)?;
            rest = rest.get(len..)?;
            let number = digits(rest.trim_start_matches(['.', '-', '_']));
            let value = match number {
                Some((value, after)) => {
                    rest = after;
                    value?
                }
                None => 0,
            };
            match word {
                "a" | "alpha" if pre.is_none() => pre = Some((0, value)),
                "b" | "beta" if pre.is_none() => pre = Some((1, value)),
                "rc" | "c" | "pre" | "preview" if pre.is_none() => pre = Some((2, value)),
                "post" | "rev" | "r" if post.is_none() => post = Some(value),
                "dev" if dev.is_none() => dev = Some(value),
                _ => return None,
            }
        }
        let pre = pre.unwrap_or(if post.is_none() && dev.is_some() { (-1, 0) } else { (3, 0) });
        let local = local.split(['.', '-', '_']).filter(|p| !p.is_empty()).map(|p| match p.parse::<u64>() {
            Ok(value) => (true, value, String::new()),
            Err(_) => (false, 0, p.to_owned()),
        });
        Some(Self { epoch, release, pre, post, dev: dev.unwrap_or(u64::MAX), local: local.collect() })
    }
}

/// A number at the beginning of a text and the rest; the number is `None` when it does not fit.
fn digits(text: &str) -> Option<(Option<u64>, &str)> {
    let len = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (len > 0).then(|| (text.get(..len).and_then(|d| d.parse().ok()), text.get(len..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each version is older than the next.
    fn rising(ecosystem: &str, versions: &[&str]) {
        for (i, a) in versions.iter().enumerate() {
            for (j, b) in versions.iter().enumerate() {
                assert_eq!(compare(ecosystem, a, b), i.cmp(&j), "{ecosystem} {a} {b}");
            }
        }
    }

    #[test]
    fn versions_rise_as_their_ecosystems_say() {
        rising(
            "npm",
            &[
                "0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.10.0",
                "18446744073709551616.0.0",
            ],
        );
        rising(
            "pypi",
            &[
                "1.dev0",
                "1.0a1.dev1",
                "1.0a1",
                "1.0b2",
                "1.0rc1",
                "1.0",
                "1.0+local.1",
                "1.0.post1",
                "1.1",
                "1.10",
                "2024.1",
                "1!0.1",
            ],
        );
        rising("rubygems", &["1.0.a", "1.0.rc1", "1.0", "1.0.1", "1.10"]);
    }

    #[test]
    fn spellings_of_one_version_are_equal() {
        for (ecosystem, a, b) in [
            ("pypi", "1.0", "1.0.0"),
            ("pypi", "1.0-rc.1", "1.0RC1"),
            ("pypi", "v1.0-1", "1.0.post1"),
            ("npm", "v1.2", "1.2.0+build"),
            ("maven", "1.0", "1.0.0"),
        ] {
            assert_eq!(compare(ecosystem, a, b), Ordering::Equal, "{a} {b}");
        }
    }

    #[test]
    fn every_text_is_compared() {
        for a in ["", "-", "1..2", "99999999999999999999999", "\u{e9}.1", "1.0a1b2", "+", "!"] {
            for ecosystem in ["pypi", "npm", "maven"] {
                let _ = compare(ecosystem, a, "1.0");
                assert_eq!(compare(ecosystem, a, a), Ordering::Equal);
            }
        }
    }
}
