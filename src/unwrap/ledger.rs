//! Who claims which bytes of a bundle: what two entries claim in part, and what none does.
//!
//! Known uses of the first: pairs of readings, bombs. Of the second: payloads that a loader finds by an offset of its
//! own and that no listing shows.

use std::ops::Range;

use super::Entries;
use super::tally::{Tallies, at_offset};
use crate::model::{ByteView, Gap, GapReason, Rule};
use crate::rule;

rule! {
    /// Two entries of a bundle (an Electron archive, the files inside a single-file executable) share a part of their
    /// bytes, and are not the same bytes altogether. Packers write entries one after the other, and at most let equal
    /// files share one place; so the table was written by hand, to show one reader something else than another.
    pub(super) OVERLAP = "bundle-entries-overlap" in "obf/mis-typed-container";
    severity: High, confidence: Certain,
    title: "Entries of the bundle overlap in part",
    reference: "https://www.bamsoftware.com/hacks/zipbomb/",
}
rule! {
    /// Bytes between or behind the entries of a bundle belong to none of them. A program can read them by their
    /// offset, and no listing of the bundle shows them. Honest look-alikes: packers that align entries with other bytes
    /// than zeros, files that were dropped from the table only. They are examined as a file of their own.
    pub(super) UNCLAIMED = "bundle-bytes-unclaimed" in "bin/overlay";
    severity: Low, confidence: Likely,
    title: "Bytes of the bundle belong to no entry",
    reference: "https://attack.mitre.org/techniques/T1027/001/",
}

/// The rules of this file.
pub(super) const RULES: &[&Rule] = &[&OVERLAP, &UNCLAIMED];

/// Most unclaimed pieces that become children of their own; the rest is one child.
const PIECES: usize = 64;
/// How many times its own size a bundle's entries may claim before it is a bomb.
const CLAIMED_MAX: u64 = 4;

/// The claims on one region of a file.
#[derive(Debug)]
pub(super) struct Ledger {
    region: Range<usize>,
    claims: Vec<Range<usize>>,
    total: u64,
}

impl Ledger {
    /// No claims on a region that lies inside the file.
    pub(super) fn new(region: Range<usize>) -> Self {
        Self { region, claims: Vec::new(), total: 0 }
    }

    /// Claims `len` bytes, `offset` bytes behind the region's start, and gives their place in the file.
    ///
    /// # Errors
    /// `Malformed` when they lie outside, `Limit` when the claims are many times as large as the region.
    pub(super) fn claim(&mut self, offset: u64, len: u64) -> Result<Range<usize>, Gap> {
        let size = self.region.len() as u64;
        if offset.checked_add(len).is_none_or(|end| end > size) {
            return Err(Gap::malformed(format!("{len} bytes at {offset} do not lie inside the {size} bytes of files")));
        }
        self.total = self.total.saturating_add(len);
        if self.total > size.saturating_mul(CLAIMED_MAX).saturating_add(64 << 20) {
            let detail = format!("the entries claim more than {CLAIMED_MAX} times the {size} bytes that there are");
            return Err(Gap::new(GapReason::Limit, detail));
        }
        let start = usize::try_from(offset).ok().and_then(|o| self.region.start.checked_add(o));
        let end = start.zip(usize::try_from(len).ok()).and_then(|(s, l)| s.checked_add(l));
        let (Some(start), Some(end)) = (start, end) else { return Err(Gap::malformed("an offset beyond memory")) };
        if start < end {
            self.claims.push(start..end);
        }
        Ok(start..end)
    }

    /// Reports overlaps, and hands on what nobody claims.
    ///
    /// # Errors
    /// As [`Entries::member`].
    pub(super) fn settle(mut self, view: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut tallies = Tallies::default();
        self.claims.sort_unstable_by_key(|c| (c.start, c.end));
        self.claims.dedup();
        let mut free = Vec::new();
        let mut at = self.region.start;
        for claim in &self.claims {
            if claim.start < at {
                let shared = at.min(claim.end).saturating_sub(claim.start);
                tallies
                    .hit(&OVERLAP, claim.start as u64, shared as u64, || format!("{shared} bytes are in two entries"));
            } else if claim.start > at {
                free.push(at..claim.start);
            }
            at = at.max(claim.end);
        }
        if at < self.region.end {
            free.push(at..self.region.end);
        }
        tallies.into_findings(&mut out.findings);
        free.retain(|f| view.get(f.clone()).is_some_and(|bytes| bytes.iter().any(|b| *b != 0)));
        if let Some(rest) = free.get(PIECES..).filter(|rest| !rest.is_empty()) {
            let all = rest.first().map_or(0, |f| f.start)..rest.last().map_or(0, |f| f.end);
            free.truncate(PIECES);
            free.push(all);
        }
        let Some(first) = free.first() else { return Ok(()) };
        let bytes: usize = free.iter().map(ExactSizeIterator::len).sum();
        let mut finding =
            UNCLAIMED.finding(at_offset(first.start as u64, first.len() as u64, format!("{bytes} bytes")));
        finding.evidence.extend(
            free.iter()
                .skip(1)
                .take(7)
                .map(|f| at_offset(f.start as u64, f.len() as u64, format!("{} bytes", f.len()))),
        );
        out.findings.push(finding);
        for piece in free {
            let Some(part) = view.slice(piece.clone()) else { continue };
            out.account(piece.clone());
            out.bytes("unclaimed".to_owned(), piece.start as u64, part)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{Budget, Limits, MemoryPool};
    use std::sync::Arc;

    /// Rules that fired, and the pieces that nobody claims.
    fn settle(ledger: Ledger, bytes: &[u8]) -> (Vec<&'static str>, Vec<Vec<u8>>) {
        let budget = Budget::new(Arc::new(Limits::default()), MemoryPool::new(1 << 20), 100);
        let mut pieces = Vec::new();
        let mut sink = |child: super::super::Child| {
            if let super::super::Content::Ready(view) = child.content {
                pieces.push(view.to_vec());
            }
        };
        let mut out = Entries::new(&budget, &mut sink);
        ledger.settle(&ByteView::from_vec(bytes.to_vec()), &mut out).unwrap();
        let rules = out.findings.iter().map(|f| f.rule.id).collect();
        (rules, pieces)
    }

    #[test]
    fn claims_that_fill_the_region_are_quiet() {
        let mut ledger = Ledger::new(2..10);
        assert_eq!(ledger.claim(0, 4), Ok(2..6));
        assert_eq!(ledger.claim(4, 4), Ok(6..10));
        assert_eq!(ledger.claim(0, 4), Ok(2..6), "equal files may share a place");
        assert_eq!(ledger.claim(8, 0), Ok(10..10));
        assert_eq!(settle(ledger, &[1; 12]), (vec![], vec![]));
    }

    #[test]
    fn overlaps_and_holes_are_seen() {
        let mut ledger = Ledger::new(0..12);
        ledger.claim(0, 4).unwrap();
        ledger.claim(3, 4).unwrap();
        ledger.claim(9, 1).unwrap();
        let bytes = b"aaaabbb\0\0cde";
        let (rules, pieces) = settle(ledger, bytes);
        assert_eq!(rules, ["bundle-entries-overlap", "bundle-bytes-unclaimed"]);
        assert_eq!(pieces, [b"de".to_vec()]);
    }

    #[test]
    fn claims_outside_and_bombs_are_refused() {
        let mut ledger = Ledger::new(5..10);
        assert_eq!(ledger.claim(0, 6).unwrap_err().reason, GapReason::Malformed);
        assert_eq!(ledger.claim(u64::MAX, 2).unwrap_err().reason, GapReason::Malformed);
        let mut ledger = Ledger::new(0..64 << 20);
        let refused = (0..10).find_map(|i| ledger.claim(i, (64 << 20) - i).err()).unwrap();
        assert_eq!(refused.reason, GapReason::Limit);
    }

    #[test]
    fn many_holes_become_one_last_child() {
        let mut ledger = Ledger::new(0..400);
        (0..200).for_each(|i| drop(ledger.claim(i * 2, 1)));
        let (_, pieces) = settle(ledger, &[9; 400]);
        assert_eq!(pieces.len(), PIECES + 1);
        assert_eq!(pieces.last().unwrap().len(), 400 - 2 * PIECES - 1);
    }
}
