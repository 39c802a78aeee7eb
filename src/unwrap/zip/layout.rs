//! Accounts for every byte of an archive: which entries lie over one another, and what belongs to nothing.

use std::ops::Range;

use super::directory::{self, Directory};
use super::header::{END, LOCAL};
use super::{Archive, checks, recover};
use crate::model::{Gap, Rule};
use crate::unwrap::Entries;
use crate::unwrap::entry_name::shown;
use crate::unwrap::tally::Tallies;

/// The bytes of one entry, from its local header to the end of its data descriptor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) name: &'a [u8],
    /// The packed size as stated.
    pub(super) packed: u64,
}

/// What is accounted for.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    entries: Vec<Extent<'a>>,
    known: Vec<Range<usize>>,
}

/// Entries that lie over others from which an archive is a bomb, if they also promise more than the file can hold.
const BOMB_FROM: u64 = 16;

impl<'a> Layout<'a> {
    pub(super) fn entry(&mut self, extent: Extent<'a>) {
        self.entries.push(extent);
    }

    /// Notes bytes of the archive's own records.
    pub(super) fn known(&mut self, range: Range<usize>) {
        self.known.push(range);
    }

    /// Sorts the entries by their place and reports those that share bytes.
    pub(super) fn overlaps(&mut self, file: usize, tallies: &mut Tallies) {
        self.entries.sort_by_key(|e| (e.start, e.end));
        let mut overlapping = 0_u64;
        let mut before: Option<Extent<'a>> = None;
        for entry in &self.entries {
            if let Some(before) = before.filter(|b| entry.start < b.end) {
                // The same entry listed twice is a duplicate, and reported as such.
                if before.start != entry.start || before.name != entry.name {
                    overlapping += 1;
                    tallies.hit(&checks::OVERLAP, entry.start as u64, (entry.end - entry.start) as u64, || {
                        format!("{} begins inside {}", shown(entry.name), shown(before.name))
                    });
                }
            }
            if before.is_none_or(|b| entry.end > b.end) {
                before = Some(*entry);
            }
        }
        let promised = self.entries.iter().fold(0_u64, |sum, e| sum.saturating_add(e.packed));
        if overlapping >= BOMB_FROM && promised / 4 > file as u64 {
            tallies.hit(&checks::OVERLAP_BOMB, 0, file as u64, || {
                format!("{overlapping} entries lie over others and promise {promised} packed bytes in a file of {file}")
            });
        }
    }

    /// The ranges of `from..end` that belong to nothing.
    fn gaps(&self, from: usize, end: usize) -> Vec<Range<usize>> {
        let mut taken: Vec<Range<usize>> = self.entries.iter().map(|e| e.start..e.end).collect();
        taken.extend(self.known.iter().cloned());
        taken.sort_by_key(|r| r.start);
        let mut gaps = Vec::new();
        let mut at = from;
        for range in taken {
            if range.start > at {
                gaps.push(at..range.start);
            }
            at = at.max(range.end);
        }
        if at < end {
            gaps.push(at..end);
        }
        gaps
    }
}

/// Whether bytes are the start of a program that runs the archive.
fn is_program(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 8] = [
        b"#!",
        b"MZ",
        b"\x7fELF",
        b"\xcf\xfa\xed\xfe",
        b"\xce\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"\xfe\xed\xfa\xcf",
        b"\xfe\xed\xfa\xce",
    ];
    STARTS.iter().any(|s| bytes.starts_with(s))
}

impl<'a> Archive<'a> {
    /// Emits and reports the bytes that no entry and no record of the archive accounts for.
    pub(super) fn unaccounted(&mut self, main: &Directory, from: usize, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        for gap in self.layout.gaps(from, bytes.len()) {
            out.budget().check_time()?;
            let content = bytes.get(gap.clone()).unwrap_or_default();
            if content.iter().all(|b| *b == 0) {
                continue;
            }
            let is_first = gap.start == from;
            let is_last = gap.start >= main.comment.end;
            if self.holds_directory(&gap, main) {
                self.unclaimed(&checks::SECOND_DIRECTORY, "archive", gap, out)?;
            } else if is_first && is_program(content) {
                self.unclaimed(&checks::STUB, "stub", gap, out)?;
            } else if content.ends_with(b"APK Sig Block 42") {
                self.unclaimed(&checks::APK_SIGNATURE, "signature", gap, out)?;
            } else if gap.end <= main.limit && content.starts_with(b"PK\x05\x05") {
                // The central directory's own digital signature (APPNOTE 4.3.13).
                self.bytes_child("signature", gap, out)?;
            } else {
                self.leftovers(gap, if is_last { &checks::TRAILING } else { &checks::HIDDEN }, out)?;
            }
        }
        let comment = bytes.get(main.comment.clone()).unwrap_or_default();
        // A comment of up to a few lines is what a signature of the content would be of no use for.
        if comment.len() >= 64 {
            if self.holds_directory(&main.comment, main) {
                self.unclaimed(&checks::SECOND_DIRECTORY, "comment", main.comment.clone(), out)?;
            } else {
                self.bytes_child("comment", main.comment.clone(), out)?;
            }
        }
        let records = main.limit..main.end_record;
        if records.len() > 76 + 1024 {
            self.unclaimed(&checks::LARGE_FIELD, "zip64-record", records, out)?;
        }
        Ok(())
    }

    /// Whether an end record with a directory of its own stands in the range.
    fn holds_directory(&self, range: &Range<usize>, main: &Directory) -> bool {
        const TRIED: usize = 64;
        let until = self.bytes.get(..range.end).unwrap_or(self.bytes);
        let Some(content) = until.get(range.start..) else { return false };
        memchr::memmem::find_iter(content, END).take(TRIED).any(|at| {
            // Directories of entries that are listed were seen already, through the main end record.
            directory::readings(until, range.start + at).iter().any(|d| d.start != main.start)
        })
    }

    fn unclaimed(
        &mut self,
        rule: &'static Rule,
        what: &str,
        range: Range<usize>,
        out: &mut Entries<'_>,
    ) -> Result<(), Gap> {
        self.tallies.hit(rule, range.start as u64, range.len() as u64, || {
            let start = self.bytes.get(range.start..range.end.min(range.start + 24)).unwrap_or_default();
            format!("{} bytes: {}", range.len(), crate::model::finding::printable(start))
        });
        self.bytes_child(what, range, out)
    }

    /// Takes a gap apart: entries with a local header, and bytes between them.
    fn leftovers(&mut self, gap: Range<usize>, rule: &'static Rule, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        let mut at = gap.start;
        let mut rest = Vec::new();
        let content = bytes.get(gap.clone()).unwrap_or_default();
        if memchr::memmem::find(content, LOCAL).is_some() {
            for found in recover::walk(bytes, gap.clone()) {
                rest.push(at..found.at);
                at = found.end;
                let common = found.local.common;
                self.tallies
                    .hit(&checks::UNLISTED, found.at as u64, (found.end - found.at) as u64, || shown(common.name));
                if let Some((crc, size)) = found.promise {
                    self.duplicate(&super::Common { crc, size, ..common }, found.at as u64, true);
                }
                self.unlisted(&found, out)?;
            }
        }
        rest.push(at..gap.end);
        for range in rest {
            if bytes.get(range.clone()).is_some_and(|b| b.iter().any(|b| *b != 0)) {
                self.unclaimed(rule, "gap", range, out)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_lie_between_what_is_taken() {
        let mut layout = Layout::default();
        layout.entry(Extent { start: 10, end: 20, name: b"a", packed: 1 });
        layout.entry(Extent { start: 15, end: 18, name: b"b", packed: 1 });
        layout.known(30..40);
        assert_eq!(layout.gaps(0, 50), [0..10, 20..30, 40..50]);
        assert!(layout.gaps(10, 40).into_iter().eq(std::iter::once(20..30)));
    }

    #[test]
    fn nested_overlaps_are_counted_against_the_longest() {
        let mut layout = Layout::default();
        for (start, end) in [(0, 100), (10, 20), (30, 40), (100, 110)] {
            layout.entry(Extent { start, end, name: b"x", packed: 1 });
        }
        let mut tallies = Tallies::default();
        layout.overlaps(110, &mut tallies);
        let mut out = Vec::new();
        tallies.into_findings(&mut out);
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].evidence.len(), 2);
    }
}
