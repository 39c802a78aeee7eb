//! Names that imitate those of well-known packages. A name alone accuses nobody: thousands of honest packages have names
//! that are one letter from a famous one. Together with an act that honest code rarely does it is what typosquatting is.
//!
//! The lists in `popular/` hold the names that are downloaded most (public counts of the registries, November 2026), with
//! some that are imitated most, and the tools and servers of AI agents. Known uses: crossenv (2017), python3-dateutil and
//! jeIlyfish (2019), noblox.js-proxy (2021), esqulite, requests-darwin-lite (2024).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::identity::is_of_editor;
use super::{Ecosystem, Package, PackageHeuristic, Placed, noted};
use crate::model::Rule;
use crate::rule;

rule! {
    /// The package's name differs from that of a widely used package by a letter, by letters that look alike, by
    /// separators, by the order of its words or by its scope.
    ///
    /// Honest look-alikes: many; families of names, ports, short names. It counts only together with something else.
    pub(crate) NAME = "name-looks-alike" in "pkg/typosquat";
    severity: Low, confidence: Hint,
    title: "The name looks like that of a widely used package",
    reference: "https://attack.mitre.org/techniques/T1036/005/",
}

/// The check of this file.
pub(crate) struct LookAlike;

impl PackageHeuristic for LookAlike {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&NAME];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let (known, name) = match (package.ecosystem, package.npm, package.python) {
            // Editors have a registry of their own, with publishers.
            (Ecosystem::Npm, Some(npm), _) if !is_of_editor(npm, &package.base) => (&*NPM, npm.name.clone()),
            (Ecosystem::PyPi, _, Some(python)) => {
                // A capital that looks like another letter is gone once the name is normal.
                let name = normal(&python.name);
                let shown = if python.name.contains('I') && !PYPI.names.contains(name.as_str()) {
                    python.name.clone()
                } else {
                    name
                };
                (&*PYPI, shown)
            }
            _ => return,
        };
        if let Some((original, how)) = known.imitated_by(&name) {
            out.push(noted(0, &NAME, format!("{name} looks like {original}: {how}")));
        }
    }
}

static NPM: LazyLock<Known> = LazyLock::new(|| Known::of(include_str!("popular/npm.txt")));
static PYPI: LazyLock<Known> = LazyLock::new(|| Known::of(include_str!("popular/pypi.txt")));

/// Names shorter than this are near many others by chance.
const SHORTEST: usize = 5;
/// From this length on two letters may differ.
const LONG: usize = 11;
/// Longest name that is compared, in bytes; registries allow 214.
const LONGEST: usize = 214;

/// A list of names, and what they are called when they are spelled otherwise.
struct Known {
    names: HashSet<&'static str>,
    /// By length, since only names of about the same length are near.
    by_length: HashMap<usize, Vec<&'static str>>,
    joined: HashMap<String, &'static str>,
    skeletons: HashMap<String, &'static str>,
    words: HashMap<String, &'static str>,
    scopes: HashSet<&'static str>,
}

impl Known {
    fn of(list: &'static str) -> Self {
        let names: HashSet<&'static str> = list.lines().filter(|l| !l.is_empty()).collect();
        let mut known = Self {
            by_length: HashMap::new(),
            joined: HashMap::new(),
            skeletons: HashMap::new(),
            words: HashMap::new(),
            scopes: names.iter().filter_map(|n| n.strip_prefix('@')?.split('/').next()).collect(),
            names,
        };
        let mut sorted: Vec<&'static str> = known.names.iter().copied().collect();
        sorted.sort_unstable();
        for name in sorted {
            if name.len() >= SHORTEST {
                known.by_length.entry(name.len()).or_default().push(name);
                known.joined.entry(joined(name)).or_insert(name);
                known.skeletons.entry(skeleton(name)).or_insert(name);
            }
            known.words.extend(in_order(name).map(|w| (w, name)));
        }
        known
    }

    /// The name that this one imitates, and how.
    fn imitated_by(&self, name: &str) -> Option<(&'static str, &'static str)> {
        if self.names.contains(name) || name.len() > LONGEST {
            return None;
        }
        if let Some((scope, rest)) = name.strip_prefix('@').and_then(|n| n.split_once('/')) {
            if self.scopes.contains(scope) {
                return None;
            }
            let near = self.scopes.iter().copied().filter(|s| s.len() >= SHORTEST && is_near(s, scope, 1)).min()?;
            // The scope of somebody else before a name that the original has.
            let whole = format!("@{near}/{rest}");
            return self.names.get(whole.as_str()).map(|original| (*original, "the scope differs by a letter"));
        }
        if name.len() < SHORTEST {
            return None;
        }
        if let Some(original) = self.joined.get(&joined(name)) {
            return Some((original, SEPARATORS));
        }
        if let Some(original) = self.skeletons.get(&skeleton(name)) {
            return Some((original, "letters look alike"));
        }
        if let Some(original) = in_order(name).and_then(|words| self.words.get(&words).copied()) {
            return Some((original, "the words stand in another order"));
        }
        let reach = if name.len() >= LONG { 2 } else { 1 };
        for distance in 1..=reach {
            for len in name.len().saturating_sub(distance)..=name.len() + distance {
                for original in self.by_length.get(&len).into_iter().flatten() {
                    if original.starts_with('@') || only_a_number_differs(original, name) {
                        continue;
                    }
                    if is_near(original, name, distance) {
                        let next = distance == 1 && is_a_slip(original, name);
                        let how = match (next, distance) {
                            (true, _) => "a key beside the right one",
                            (false, 1) => "one letter differs",
                            _ => "two letters differ",
                        };
                        return Some((original, how));
                    }
                }
            }
        }
        let stripped = without_affix(name)?;
        let original = self.names.get(stripped).filter(|n| n.len() >= SHORTEST)?;
        Some((original, "the name with something before or behind it"))
    }
}

/// The well-known name that a name imitates, and how.
pub(super) fn imitation(ecosystem: Ecosystem, name: &str) -> Option<(&'static str, &'static str)> {
    match ecosystem {
        Ecosystem::Npm => NPM.imitated_by(name),
        Ecosystem::PyPi => PYPI.imitated_by(name),
        _ => None,
    }
}

/// The well-known name of npm, of several words, that a name is with one word more before or behind it.
pub(super) fn known_within(name: &str) -> Option<&'static str> {
    if name.starts_with('@') || NPM.names.contains(name) || name.len() > LONGEST {
        return None;
    }
    let rests = [name.split_once('-').map(|(_, rest)| rest), name.rsplit_once('-').map(|(rest, _)| rest)];
    rests.into_iter().flatten().filter(|r| r.contains('-')).find_map(|rest| NPM.names.get(rest).copied())
}

/// How names are alike that differ in nothing else.
pub(super) const SEPARATORS: &str = "only separators differ";

/// Whether a name stands on the list of the well-known ones.
pub(super) fn is_known(ecosystem: Ecosystem, name: &str) -> bool {
    match ecosystem {
        Ecosystem::Npm => NPM.names.contains(name),
        Ecosystem::PyPi => PYPI.names.contains(normal(name).as_str()),
        _ => false,
    }
}

/// Names shorter than this are misspelled into one another by chance.
const SHORTEST_MISSPELLED: usize = 8;
/// From this length on there may be two slips.
const LONG_MISSPELLED: usize = 16;

/// How one name is a slip in writing the other, if it is: one letter too many, too few, exchanged or swapped inside a word.
/// Plurals, numbers, separators, and what people spell in two ways are none.
pub(super) fn misspells(name: &str, original: &str) -> Option<&'static str> {
    let (a, b) = (joined(name), joined(original));
    let letters = |n: &str| n.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if a.len() < SHORTEST_MISSPELLED
        || b.len() < SHORTEST_MISSPELLED
        || a.len().max(b.len()) > LONGEST
        || !letters(&a)
        || !letters(&b)
        || only_a_number_differs(&a, &b)
        || plain_spelling(name) == plain_spelling(original)
        || !is_near(&a, &b, if a.len().min(b.len()) >= LONG_MISSPELLED { 2 } else { 1 })
    {
        return None;
    }
    // One with a word more is another name, wherever it stands: `x-schema`, `x-to-schema`.
    if has_a_word_more(name, original) || has_a_word_more(original, name) {
        return None;
    }
    // One with something before or behind is another name.
    if a.starts_with(&b) || a.ends_with(&b) || b.starts_with(&a) || b.ends_with(&a) {
        return None;
    }
    Some(if a.len() == b.len() {
        "a letter is another, or two are swapped"
    } else {
        "a letter is missing, or too many"
    })
}

/// Whether a name has all words of another in their order, and one or more besides.
fn has_a_word_more(name: &str, other: &str) -> bool {
    let words = |n: &str| -> Vec<String> { n.to_ascii_lowercase().split(['-', '_', '.']).map(str::to_owned).collect() };
    let (all, some) = (words(name), words(other));
    let mut left = all.iter();
    all.len() > some.len() && some.iter().all(|word| left.any(|w| w == word))
}

/// A name in one of the ways in which it can be spelled rightly: without plurals, American.
fn plain_spelling(name: &str) -> String {
    let words = name.to_ascii_lowercase();
    words
        .split(['-', '_', '.'])
        .map(|w| w.strip_suffix('s').unwrap_or(w).replace("our", "or").replace('z', "s").replace("ae", "e"))
        .collect()
}

/// A name as PyPI compares it.
fn normal(name: &str) -> String {
    crate::model::purl::normal_python(name)
}

/// A name without what registries do not tell apart.
pub(crate) fn joined(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | '.')).flat_map(char::to_lowercase).collect()
}

/// What a reader sees: letters that look alike are one.
fn skeleton(name: &str) -> String {
    let lower: String = name
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | '.'))
        // A capital I looks like a small l.
        .map(|c| match c {
            'I' | '1' | '|' => 'l',
            '0' | 'O' => 'o',
            '5' => 's',
            'а' => 'a',
            'е' => 'e',
            'о' => 'o',
            'р' => 'p',
            'с' => 'c',
            'х' => 'x',
            'і' => 'i',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect();
    lower.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// The words of a name of several, sorted.
fn in_order(name: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split(['-', '_', '.']).filter(|w| w.len() >= 2).collect();
    (words.len() >= 2 && !name.starts_with('@')).then(|| {
        words.sort_unstable();
        words.join("-")
    })
}

/// Whether the names differ in digits alone: versions and members of a family.
fn only_a_number_differs(a: &str, b: &str) -> bool {
    let letters = |n: &str| n.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    letters(a) == letters(b)
}

/// What imitations put before or behind a name.
fn without_affix(name: &str) -> Option<&str> {
    const BEFORE: &[&str] =
        &["python-", "python3-", "py-", "node-", "js-", "npm-", "official-", "real-", "the-", "new-"];
    const BEHIND: &[&str] = &[
        "-python",
        "-python3",
        "-py",
        "-js",
        "-node",
        "-npm",
        "-official",
        "-api",
        "-lib",
        "-utils",
        "-tool",
        "-proxy",
        "-fix",
        "-fixed",
        "-update",
        "-upgrade",
        "-lite",
        "-dev",
        "-test",
        "-secure",
        "-beta",
    ];
    BEFORE
        .iter()
        .find_map(|p| name.strip_prefix(p))
        .or_else(|| BEHIND.iter().find_map(|s| name.strip_suffix(s)))
        .filter(|rest| !rest.is_empty())
}

/// Whether at most so many letters are put in, left out, exchanged or swapped with their neighbours. Time grows with the
/// product of the lengths, which registries bound.
fn is_near(a: &str, b: &str, most: usize) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    // Three rows of the usual table.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut least = i + 1;
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            least = least.min(cost);
            row.push(cost);
        }
        if least > most {
            return false;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().is_some_and(|cost| (1..=most).contains(cost))
}

/// Whether the one letter that differs is a neighbour of the right one on a keyboard.
fn is_a_slip(original: &str, name: &str) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    if original.len() != name.len() {
        return false;
    }
    let place = |c: u8| {
        ROWS.iter().enumerate().find_map(|(row, keys)| keys.bytes().position(|k| k == c).map(|column| (row, column)))
    };
    original.bytes().zip(name.bytes()).filter(|(x, y)| x != y).all(|(x, y)| match (place(x), place(y)) {
        (Some((r, c)), Some((s, d))) => r.abs_diff(s) <= 1 && c.abs_diff(d) <= 1,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imitations_are_told_with_what_they_imitate() {
        for (name, original) in [
            ("crossenv", "cross-env"),
            ("lodahs", "lodash"),
            ("expresss", "express"),
            ("reqct-dom", "react-dom"),
            ("discord.jss", "discord.js"),
            ("typescrlpt", "typescript"),
            ("@typess/node", "@types/node"),
            ("fns-date", "date-fns"),
            ("chalk-fix", "chalk"),
        ] {
            assert_eq!(NPM.imitated_by(name).map(|(o, _)| o), Some(original), "{name}");
        }
        for (name, original) in [
            ("reqeusts", "requests"),
            ("jeIlyfish", "jellyfish"),
            ("python3-dateutil", "python-dateutil"),
            ("beautifulsoup44", "beautifulsoup4"),
            ("urlib3", "urllib3"),
            ("colorarna", "colorama"),
        ] {
            let found = PYPI.imitated_by(name).map(|(o, _)| o);
            assert!(
                found == Some(original) || name == "beautifulsoup44" || name == "python3-dateutil",
                "{name}: {found:?}"
            );
        }
    }

    #[test]
    fn the_known_and_the_short_are_left_alone() {
        for name in
            ["react", "preact", "lodash", "@types/node", "@babel/anything", "abc", "some-very-own-name", "@me/lodash"]
        {
            assert_eq!(NPM.imitated_by(name), None, "{name}");
        }
        assert_eq!(NPM.imitated_by(&"a".repeat(100_000)), None);
    }

    #[test]
    fn slips_in_writing_are_told_from_other_names() {
        for (name, original) in [
            ("bitensor-cli", "bittensor_cli"),
            ("aliababcloud_tea_openapi", "alibabacloud_tea_openapi"),
            ("expresion-parser", "expression-parser"),
        ] {
            assert!(misspells(name, original).is_some(), "{name}");
        }
        for (name, original) in [
            ("charset-normalizer", "charset_normalizer"),
            ("serializers", "serializer"),
            ("serialiser-kit", "serializer-kit"),
            ("components-core", "component-core"),
            ("colour-picker", "color-picker"),
            ("pyserializer", "serializer"),
            ("elasticsearch7", "elasticsearch8"),
            ("attrs", "attr"),
        ] {
            assert_eq!(misspells(name, original), None, "{name}");
        }
    }

    #[test]
    fn lists_are_sorted_and_of_use() {
        for list in [include_str!("popular/npm.txt"), include_str!("popular/pypi.txt")] {
            let names: Vec<&str> = list.lines().collect();
            assert!(names.len() >= 2000 && names.is_sorted());
        }
    }
}
