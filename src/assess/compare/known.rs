//! Which findings of a new version the old one had. By fingerprint; and for what has another fingerprint only because a
//! minifier gave other names, by what is left without such names, each old finding once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::assess::{Assessment, Reported};

/// Names up to this length are given by minifiers, in characters.
const GIVEN: usize = 3;

/// Findings that were there before, by where they are and their fingerprint.
#[derive(Debug, Default)]
pub struct Known(BTreeSet<(String, String)>);

impl Known {
    /// What of the new version's findings the old version had.
    #[must_use]
    pub fn between(old: &[&Assessment], new: &[&Assessment]) -> Self {
        let before: Vec<&Reported> = old.iter().flat_map(|a| &a.findings).collect();
        let now: Vec<&Reported> = new.iter().flat_map(|a| &a.findings).collect();
        let exact: BTreeSet<&str> = before.iter().map(|f| f.fingerprint.as_str()).collect();
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        let alike = alike(&before, &now);
        for (i, f) in now.iter().enumerate() {
            if exact.contains(f.fingerprint.as_str()) || alike.contains_key(&i) {
                known.insert((f.locator.clone(), f.fingerprint.clone()));
            }
        }
        Self(known)
    }

    /// Whether a finding was there before.
    #[must_use]
    pub fn has(&self, f: &Reported) -> bool {
        self.0.contains(&(f.locator.clone(), f.fingerprint.clone()))
    }
}

/// For each of `now` that no fingerprint of `before` explains, the one of `before` that is alike, by index. Each is used
/// once.
pub(super) fn alike(before: &[&Reported], now: &[&Reported]) -> BTreeMap<usize, usize> {
    let exact = |list: &[&Reported]| list.iter().map(|f| f.fingerprint.clone()).collect::<BTreeSet<_>>();
    let (old, new) = (exact(before), exact(now));
    let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, f) in before.iter().enumerate().rev() {
        if !new.contains(&f.fingerprint) {
            waiting.entry(key(f)).or_default().push(i);
        }
    }
    let fresh = now.iter().enumerate().filter(|(_, f)| !old.contains(&f.fingerprint));
    fresh.filter_map(|(i, f)| Some((i, waiting.get_mut(&key(f)).and_then(Vec::pop)?))).collect()
}

/// A finding without the names that a minifier gives.
fn key(f: &Reported) -> String {
    let mut out = f.rule.clone();
    for e in &f.evidence {
        out.push('\0');
        let marked = e.snippet.get(e.mark.0 as usize..e.mark.1 as usize).unwrap_or_default();
        fold(marked, &mut out);
        out.push('\0');
        fold(&e.note, &mut out);
    }
    out
}

fn fold(text: &str, out: &mut String) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let len = if is_word(first) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(len);
        let is_given = is_word(first) && before != '.' && word.chars().count() <= GIVEN && !first.is_ascii_digit();
        if is_given {
            out.push('_');
        } else if !first.is_whitespace() {
            out.push_str(word);
        }
        before = first;
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_minifiers_are_folded_and_others_are_not() {
        let fold = |text: &str| {
            let mut out = String::new();
            fold(text, &mut out);
            out
        };
        assert_eq!(fold("aB.post(c, process.env)"), fold("x$.post(qq,process.env)"));
        assert_ne!(fold("a.get(c)"), fold("a.put(c)"), "a member's name is no given one");
        assert_ne!(fold("fetch(a)"), fold("axios(a)"));
        assert_ne!(fold("a[1]"), fold("a[2]"));
    }
}
