//! Contents that came and went and are one content under another name. Bundlers call what they write by a digest of it, so
//! that every build has other names.

use std::collections::HashMap;

use super::contents::{Contents, Entry};
use super::functions::telling;
use crate::parse::outline::{Outline, Print, without_digest};

/// A function that stands in more files than this says nothing about which file this is.
const COMMON: usize = 32;

/// Takes those out of what was added and removed, and puts them into what changed. The functions of a path are told by
/// `old` and `new`.
pub(super) fn pair<'a>(
    contents: &mut Contents,
    old: impl Fn(&str) -> Option<&'a Outline>,
    new: impl Fn(&str) -> Option<&'a Outline>,
) {
    let mut gone: Vec<Option<Entry>> = std::mem::take(&mut contents.removed).into_iter().map(Some).collect();
    let mut came: Vec<Option<Entry>> = std::mem::take(&mut contents.added).into_iter().map(Some).collect();
    let one = by_functions(&came, &gone, old, new);
    join(contents, &mut came, &mut gone, one);
    let two = by_path(&came, &gone);
    join(contents, &mut came, &mut gone, two);
    contents.added = came.into_iter().flatten().collect();
    contents.removed = gone.into_iter().flatten().collect();
}

/// Pairs (added, removed) whose paths differ in a digest only, each the only one of its path.
fn by_path(came: &[Option<Entry>], gone: &[Option<Entry>]) -> Vec<(usize, usize)> {
    let by_path = |list: &[Option<Entry>]| {
        let mut all: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, entry) in list.iter().enumerate() {
            if let Some(path) = entry.as_ref().and_then(|e| without_digest(&e.path)) {
                all.entry(path).or_default().push(i);
            }
        }
        all
    };
    let (came, gone) = (by_path(came), by_path(gone));
    let pairs = came.iter().filter_map(|(path, new)| Some((new, gone.get(path)?)));
    let mut pairs: Vec<_> =
        pairs.filter_map(|(new, old)| <[usize; 2]>::try_from([&new[..], &old[..]].concat()).ok()).collect();
    pairs.sort_unstable();
    pairs.into_iter().map(|[new, old]| (new, old)).collect()
}

/// Pairs (added, removed) of programs that share half of their functions, those that share most first.
fn by_functions<'a>(
    came: &[Option<Entry>],
    gone: &[Option<Entry>],
    old: impl Fn(&str) -> Option<&'a Outline>,
    new: impl Fn(&str) -> Option<&'a Outline>,
) -> Vec<(usize, usize)> {
    let mut holders: HashMap<Print, Vec<usize>> = HashMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    for (i, entry) in gone.iter().enumerate() {
        let prints = entry.as_ref().and_then(|e| old(&e.path)).map(telling).unwrap_or_default();
        sizes.push(prints.len());
        for print in prints {
            holders.entry(print).or_default().push(i);
        }
    }
    let mut rated: Vec<(usize, usize, usize)> = Vec::new();
    for (at, entry) in came.iter().enumerate() {
        let Some(entry) = entry else { continue };
        let prints = new(&entry.path).map(telling).unwrap_or_default();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for holder in prints.iter().filter_map(|p| holders.get(p)).filter(|h| h.len() <= COMMON).flatten() {
            let times = shared.entry(*holder).or_default();
            *times = times.saturating_add(1);
        }
        rated.extend(shared.into_iter().filter_map(|(holder, times)| {
            let is_kind = gone.get(holder)?.as_ref()?.kind == entry.kind;
            let all = prints.len().max(*sizes.get(holder)?);
            (is_kind && times.saturating_mul(2) >= all).then_some((times, at, holder))
        }));
    }
    rated.sort_unstable_by_key(|(times, at, holder)| (std::cmp::Reverse(*times), *at, *holder));
    rated.into_iter().map(|(_, at, holder)| (at, holder)).collect()
}

/// Joins pairs whose both sides are still there.
fn join(contents: &mut Contents, came: &mut [Option<Entry>], gone: &mut [Option<Entry>], pairs: Vec<(usize, usize)>) {
    for (at, holder) in pairs {
        if let (Some(new), Some(old)) = (came.get_mut(at), gone.get_mut(holder))
            && new.is_some()
            && let Some(old) = old.take()
            && let Some(new) = new.take()
        {
            contents.changed.push(Entry { old: old.old, from: Some(old.path), ..new });
        }
    }
}
