//! In which versions something is there. Behaviour comes and goes, so halving alone lies: changes that are found are
//! narrowed down to neighbours, then the longest stretches that nobody looked into are looked into, as often as is allowed,
//! and what was not looked at is said.

use std::collections::BTreeMap;

/// What is known at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// What was looked at: whether it is there, or `None` when that could not be found out.
    pub seen: BTreeMap<usize, Option<bool>>,
}

/// Versions that follow one another, by position, of which the same is known or believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first version.
    pub first: usize,
    /// The last version.
    pub last: usize,
    /// Whether it is there.
    pub there: bool,
    /// Versions within that were not looked at.
    pub not_looked_at: usize,
}

/// Looks at `probes` of `n` versions at most.
#[must_use]
pub fn search(n: usize, probes: usize, mut probe: impl FnMut(usize) -> Option<bool>) -> Timeline {
    let mut timeline = Timeline::default();
    let mut left = probes;
    let mut look = |at: usize, timeline: &mut Timeline, left: &mut usize| {
        if *left > 0 && at < n && !timeline.seen.contains_key(&at) {
            *left = left.saturating_sub(1);
            timeline.seen.insert(at, probe(at));
        }
    };
    look(0, &mut timeline, &mut left);
    look(n.saturating_sub(1), &mut timeline, &mut left);
    while left > 0 {
        let Some(next) = timeline.next() else { break };
        look(next, &mut timeline, &mut left);
    }
    timeline
}

impl Timeline {
    /// Pairs of neighbours among what is known.
    fn pairs(&self) -> impl Iterator<Item = ((usize, bool), (usize, bool))> {
        let known: Vec<(usize, bool)> = self.seen.iter().filter_map(|(at, there)| Some((*at, (*there)?))).collect();
        let next: Vec<(usize, bool)> = known.iter().skip(1).copied().collect();
        known.into_iter().zip(next)
    }

    /// The version to look at next: within a change first, then in the middle of the longest stretch.
    fn next(&self) -> Option<usize> {
        let inside = |a: usize, b: usize| {
            let middle = a.saturating_add(b.saturating_sub(a) / 2);
            // The nearest one to the middle that was not tried yet (one that failed is no answer).
            (a.saturating_add(1)..b).filter(|at| !self.seen.contains_key(at)).min_by_key(|at| at.abs_diff(middle))
        };
        let change = self.pairs().filter(|((_, a), (_, b))| a != b).find_map(|((a, _), (b, _))| inside(a, b));
        change.or_else(|| {
            self.pairs()
                .filter_map(|((a, _), (b, _))| Some((b.saturating_sub(a), inside(a, b)?)))
                .max_by_key(|(len, _)| *len)
                .map(|(_, at)| at)
        })
    }

    /// Stretches in which the same is known; versions that were not looked at belong to the stretch around them.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        let mut last = None;
        for (at, there) in self.seen.iter().filter_map(|(at, there)| Some((*at, (*there)?))) {
            let between = last.map_or(0, |l: usize| at.saturating_sub(l).saturating_sub(1));
            match found.last_mut() {
                Some(stretch) if stretch.there == there => {
                    stretch.last = at;
                    stretch.not_looked_at = stretch.not_looked_at.saturating_add(between);
                }
                _ => found.push(Stretch { first: at, last: at, there, not_looked_at: 0 }),
            }
            last = Some(at);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(n: usize, probes: usize, there: impl Fn(usize) -> Option<bool>) -> (Vec<(usize, usize, bool)>, usize) {
        let timeline = search(n, probes, &there);
        (timeline.stretches().iter().map(|s| (s.first, s.last, s.there)).collect(), timeline.seen.len())
    }

    #[test]
    fn a_change_is_narrowed_down_to_neighbours() {
        let (stretches, looks) = run(1000, 12, |at| Some(at >= 617));
        assert_eq!(stretches, [(0, 616, false), (617, 999, true)]);
        assert!(looks <= 12);
    }

    #[test]
    fn what_comes_and_goes_is_found() {
        let (stretches, _) = run(100, 30, |at| Some((40..60).contains(&at)));
        assert_eq!(stretches, [(0, 39, false), (40, 59, true), (60, 99, false)]);
    }

    #[test]
    fn versions_that_fail_are_no_answer() {
        let (stretches, _) = run(20, 40, |at| (at != 10 && at != 9).then_some(at > 9));
        assert_eq!(stretches, [(0, 8, false), (11, 19, true)]);
    }

    #[test]
    fn ends_are_ends() {
        assert_eq!(run(0, 10, |_| Some(true)).0, []);
        assert_eq!(run(1, 10, |_| Some(true)).0, [(0, 0, true)]);
        assert_eq!(run(5, 2, |_| Some(true)).0, [(0, 4, true)]);
        assert_eq!(search(5, 2, |_| Some(true)).stretches()[0].not_looked_at, 3);
        assert_eq!(run(3, 10, |_| None).0, []);
    }
}
