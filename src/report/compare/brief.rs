//! What of a comparison a reviewer reads first. A program of a hundred megabytes differs in thousands of places, most of
//! which say nothing: builds for two machines differ in the same way, bundlers rename every file, minifiers every function.
//! Here what says the same is told once, what does something comes first, and the rest is counted. The JSON has all of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::assess::Reported;
use crate::assess::compare::{Entry, FunctionChange, Functions};
use crate::model::{Capability, ContentId, Severity};
use crate::parse::outline::without_digest;
use crate::report::text::count;

/// Findings that say the same in several places: one of them, and how many more places there are. The worst first.
pub(crate) fn once<'a>(findings: impl IntoIterator<Item = &'a Reported>) -> Vec<(&'a Reported, u64)> {
    let mut order: Vec<(&Reported, u64)> = Vec::new();
    let mut known: HashMap<(&str, &str, Severity), usize> = HashMap::new();
    for f in findings.into_iter().filter(|f| f.severity >= Severity::Medium) {
        let next = order.len();
        match known.entry((&f.rule, &f.fingerprint, f.severity)) {
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(next);
                order.push((f, 0));
            }
            std::collections::hash_map::Entry::Occupied(known) => {
                if let Some((_, more)) = order.get_mut(*known.get()) {
                    *more = more.saturating_add(1);
                }
            }
        }
    }
    order.sort_by_key(|(f, _)| std::cmp::Reverse((f.severity, f.confidence)));
    order
}

/// One line about the findings of low severity, by rule.
pub(crate) fn low(findings: &[Reported]) -> Option<String> {
    let mut rules: BTreeMap<&str, u64> = BTreeMap::new();
    for f in findings.iter().filter(|f| f.severity < Severity::Medium) {
        let times = rules.entry(&f.rule).or_default();
        *times = times.saturating_add(1);
    }
    let named: Vec<String> =
        rules.iter().map(|(rule, n)| if *n > 1 { format!("{rule} ({n} times)") } else { (*rule).to_owned() }).collect();
    (!named.is_empty()).then(|| format!("of low severity: {}", named.join(", ")))
}

/// Lists up to this length are told in full.
const FEW: usize = 12;

/// Contents that are told, each with the number of others that differ in the same way, and how many are not told.
pub(crate) struct Told<'a> {
    pub(crate) entries: Vec<(&'a Entry, u64)>,
    /// Programs in which no function does anything that has a name, and what was decoded from others.
    pub(crate) quiet: u64,
    /// Files that a bundler named after their content, which came or went with every build.
    pub(crate) renamed: u64,
}

/// Chooses.
pub(crate) fn told(entries: &[Entry]) -> Told<'_> {
    let mut chosen: Vec<(&Entry, u64)> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    let bundles = bundles(entries);
    let paths: BTreeSet<&str> = entries.iter().map(|e| e.path.as_str()).collect();
    let (mut quiet, mut renamed) = (0_u64, 0_u64);
    let is_long = entries.len() > FEW;
    for entry in entries {
        // What is decoded from a content stands behind `#`.
        let owner = entry.path.split('#').next().unwrap_or_default();
        if owner.len() < entry.path.len() && paths.contains(owner) {
            quiet = quiet.saturating_add(1);
            continue;
        }
        let is_one_sided = entry.old.is_none() != entry.new.is_none();
        if is_long && entry.kind.is_script() && is_one_sided && family(owner).is_some_and(|f| bundles.contains(&f)) {
            renamed = renamed.saturating_add(1);
            continue;
        }
        if is_long && entry.kind.is_script() && entry.functions.as_ref().is_some_and(|f| news(f).is_empty()) {
            quiet = quiet.saturating_add(1);
            continue;
        }
        // Builds for two machines name and order the same functions in other ways.
        let same = match &entry.functions {
            Some(f) if !news(f).is_empty() => Same::News(news(f)),
            _ => Same::Bytes(entry.old, entry.new),
        };
        match known.get(&same).and_then(|i: &usize| chosen.get_mut(*i)) {
            Some((_, more)) => *more = more.saturating_add(1),
            None => {
                known.insert(same, chosen.len());
                chosen.push((entry, 0));
            }
        }
    }
    let weight = |e: &Entry| e.functions.as_ref().map_or(0, |f| news(f).len());
    chosen.sort_by_cached_key(|(e, _)| std::cmp::Reverse((weight(e), e.bytes)));
    Told { entries: chosen, quiet, renamed }
}

impl Told<'_> {
    /// Lines about what is only counted.
    pub(crate) fn counted(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.renamed > 0 {
            let many = count(self.renamed, "script", "scripts");
            lines.push(format!("{many} with a digest for a name: what they can do that was not there stands above"));
        }
        if self.quiet > 0 {
            let many = count(self.quiet, "other", "others");
            lines.push(format!("{many} in which no function does anything new that has a name"));
        }
        lines
    }
}

/// By what two entries say the same.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    Bytes(Option<ContentId>, Option<ContentId>),
    News(BTreeSet<Does<'a>>),
}

/// What a function is seen to do: a host that it names, a variable that it reads.
pub(crate) type Does<'a> = (Capability, &'a str);

/// What the functions of a program do that those they take the place of did not.
pub(crate) fn news(f: &Functions) -> BTreeSet<Does<'_>> {
    let gone = does(&f.removed);
    does(&f.added).into_iter().chain(does(&f.changed)).filter(|d| !gone.contains(d)).collect()
}

fn does(list: &[FunctionChange]) -> BTreeSet<Does<'_>> {
    list.iter().flat_map(|c| &c.does).map(|(capability, value)| (*capability, value.as_str())).collect()
}

/// A path without the last part of its name: folder, first part, ending.
fn family(path: &str) -> Option<(&str, &str)> {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let at = stem.rfind(['-', '.']).filter(|at| stem.get(*at..).is_some_and(|part| !part.contains('/')))?;
    Some((stem.get(..at)?, ending))
}

/// Families of names whose last part is a digest: most of them have a digit in it.
fn bundles(entries: &[Entry]) -> BTreeSet<(&str, &str)> {
    let mut all: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
    for entry in entries.iter().filter(|e| !e.path.contains('#')) {
        let Some(family) = family(&entry.path) else { continue };
        let (with, of) = all.entry(family).or_default();
        *with = with.saturating_add(u64::from(without_digest(&entry.path).is_some()));
        *of = of.saturating_add(1);
    }
    all.into_iter().filter(|(_, (with, of))| with.saturating_mul(2) > *of).map(|(family, _)| family).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    fn entry(path: &str, old: u8, new: u8, does: Option<bool>) -> Entry {
        let change = |does: bool| FunctionChange {
            name: "f".to_owned(),
            at: 1,
            old_bytes: None,
            new_bytes: Some(9),
            does: if does { vec![(Capability::Hosts, "h.invalid".to_owned())] } else { Vec::new() },
        };
        let id = |n: u8| (n > 0).then_some(ContentId([n; 32]));
        Entry {
            path: path.to_owned(),
            kind: FileKind::JavaScript,
            bytes: 10,
            old: id(old),
            new: id(new),
            from: None,
            functions: does.map(|d| Box::new(Functions { changed: vec![change(d)], ..Functions::default() })),
        }
    }

    #[test]
    fn a_long_list_tells_what_does_something_and_counts_the_rest() {
        let mut all: Vec<Entry> =
            (1..=FEW).map(|i| entry(&format!("quiet{i}.js"), 1, 100 + i as u8, Some(false))).collect();
        assert_eq!(told(&all).entries.len(), FEW, "a short one tells everything");
        all.push(entry("acts.js", 2, 3, Some(true)));
        all.push(entry("musl/acts.js", 2, 3, Some(true)));
        all.push(entry("acts.js#base64@9", 4, 5, None));
        all.push(entry("chunk-a1b2c3d4.js", 0, 6, None));
        all.push(entry("chunk-abcdefgh.js", 8, 0, None));
        all.push(entry("chunk-a1b2c3d5.js", 9, 0, None));
        all.push(entry("new.js", 0, 7, None));
        let mut replaced = entry("replaced.js", 10, 11, Some(true));
        if let Some(f) = replaced.functions.as_mut() {
            f.removed = f.changed.clone();
        }
        all.push(replaced);
        let told = told(&all);
        let shown: Vec<(&str, u64)> = told.entries.iter().map(|(e, more)| (e.path.as_str(), *more)).collect();
        assert_eq!(shown, [("acts.js", 1), ("new.js", 0)]);
        assert_eq!((told.quiet, told.renamed), (FEW as u64 + 2, 3));
        assert_eq!(told.counted().len(), 2);
    }

    #[test]
    fn what_stands_in_several_places_is_told_once() {
        let a = crate::report::testing::hostile();
        let mut findings = vec![a.findings[0].clone(), a.findings[0].clone()];
        findings[1].locator.push('x');
        for f in &mut findings {
            f.severity = Severity::High;
        }
        let other = Reported { fingerprint: "other".to_owned(), ..findings[0].clone() };
        let minor = Reported { severity: Severity::Low, ..other.clone() };
        findings.extend([other, minor]);
        assert_eq!(once(&findings).iter().map(|(_, more)| *more).collect::<Vec<_>>(), [1, 0]);
        assert!(low(&findings).is_some_and(|l| l.contains(&findings[0].rule)));
        assert_eq!(low(&[]), None);
    }
}
