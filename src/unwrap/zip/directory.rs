//! Where a zip file's central directory is. One file can have several answers: more than one end record, a Zip64
//! record that contradicts the plain one, and a start that is either written down or counted back from the end
//! record. Readers differ in which they take, so all that hold are returned, the commonest reading first.
//!
//! An end record counts only when the directory that it points to parses: its four signature bytes stand in many
//! honest files (Django's wheel has a test file with them) and mean nothing by themselves.

use std::ops::Range;

use super::header::{CENTRAL, Central, END, Local, u16_at, u32_at, u64_at};

/// End records that are tried, from the last backwards. Each costs a few reads.
const TRIED: usize = 4096;

/// One reading of where the directory is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directory {
    /// First central header.
    pub(super) start: usize,
    /// No central header begins at or after this.
    pub(super) limit: usize,
    /// Added to every offset in the archive: the length of what stands before it, or less than nothing where the offsets count
    /// what stood before it and is not here (a script in front of an egg, which is looked at by itself).
    pub(super) base: i64,
    /// How many entries the end record promises.
    pub(super) promised: u64,
    /// Whether the promise is a 16-bit number, which wraps in archives of old writers.
    pub(super) is_short: bool,
    /// The end record, where it begins.
    pub(super) end_record: usize,
    /// The archive's comment.
    pub(super) comment: Range<usize>,
}

impl Directory {
    /// The central headers, until something else comes.
    pub(super) fn headers<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = Central<'a>> {
        let limit = self.limit;
        let mut at = self.start;
        std::iter::from_fn(move || {
            let header = Central::read(bytes, at).filter(|h| h.end <= limit)?;
            at = header.end;
            Some(header)
        })
    }

    /// Whether one of the directory's first entries is where it says.
    fn holds(&self, bytes: &[u8]) -> bool {
        if self.start == self.limit {
            return self.promised == 0;
        }
        self.headers(bytes).take(16).any(|h| self.place(&h).is_some_and(|at| Local::read(bytes, at).is_some()))
    }

    /// Where the local header of an entry should stand in the file.
    pub(super) fn place(&self, header: &Central<'_>) -> Option<usize> {
        usize::try_from(header.offset.checked_add_signed(self.base)?).ok()
    }

    fn is_empty(&self) -> bool {
        self.start == self.limit
    }
}

/// Every reading of the last end record that has one, the commonest first: counted back from the end, Zip64 before
/// plain. Empty when no end record points to a directory.
pub(super) fn find(bytes: &[u8]) -> Vec<Directory> {
    let mut empty = Vec::new();
    for at in memchr::memmem::rfind_iter(bytes, END).take(TRIED) {
        let found = readings(bytes, at);
        if found.iter().any(|d| !d.is_empty()) {
            return found.into_iter().filter(|d| !d.is_empty()).collect();
        }
        if empty.is_empty() {
            empty = found;
        }
    }
    empty
}

/// Every reading of the end record at `at` that holds.
pub(super) fn readings(bytes: &[u8], at: usize) -> Vec<Directory> {
    let mut found = Vec::new();
    let _ = plain_and_zip64(bytes, at, &mut found);
    found
}

fn plain_and_zip64(bytes: &[u8], at: usize, found: &mut Vec<Directory>) -> Option<()> {
    let record = bytes.get(at..)?;
    let comment_len = usize::from(u16_at(record, 20)?);
    let comment = at + 22..at + 22 + comment_len;
    bytes.get(comment.clone())?;

    if let Some(zip64) = zip64_record(bytes, at) {
        let numbers = bytes.get(zip64..)?;
        let claim = Claim {
            entries: u64_at(numbers, 32)?,
            size: u64_at(numbers, 40)?,
            offset: u64_at(numbers, 48)?,
            is_short: false,
        };
        claim.readings(bytes, zip64, at, &comment, found);
    }
    let claim = Claim {
        entries: u64::from(u16_at(record, 10)?),
        size: u64::from(u32_at(record, 12)?),
        offset: u64::from(u32_at(record, 16)?),
        is_short: true,
    };
    // Between directory and end record a Zip64 record and locator may stand, of which this reading knows nothing.
    claim.readings(bytes, at, at, &comment, found);
    Some(())
}

/// Where the Zip64 end record stands, if the locator before the end record at `at` names one.
fn zip64_record(bytes: &[u8], at: usize) -> Option<usize> {
    let locator = at.checked_sub(20)?;
    if !bytes.get(locator..)?.starts_with(b"PK\x06\x07") {
        return None;
    }
    let named = usize::try_from(u64_at(bytes, locator + 8)?).ok();
    // With bytes before the archive the named offset is too small, and the record stands right before its locator.
    [named, locator.checked_sub(56)]
        .into_iter()
        .flatten()
        .find(|r| *r < locator && bytes.get(*r..).is_some_and(|b| b.starts_with(b"PK\x06\x06")))
}

/// What an end record says of its directory.
struct Claim {
    entries: u64,
    size: u64,
    offset: u64,
    is_short: bool,
}

impl Claim {
    /// Adds the readings that hold: the directory ends where the end record `tail` begins (then everything before it
    /// that the offsets do not know is a prefix), or begins where the offset says.
    fn readings(
        &self,
        bytes: &[u8],
        tail: usize,
        end_record: usize,
        comment: &Range<usize>,
        found: &mut Vec<Directory>,
    ) {
        let counted = usize::try_from(self.size).ok().and_then(|size| tail.checked_sub(size));
        let written = usize::try_from(self.offset).ok().filter(|o| *o <= tail);
        let signed = |n: u64| i64::try_from(n).ok();
        let base = counted.and_then(|c| signed(c as u64)?.checked_sub(signed(self.offset)?));
        let both = [counted.zip(base), written.zip(Some(0))];
        for (start, base) in both.into_iter().flatten() {
            let is_header = start == tail || bytes.get(start..).is_some_and(|b| b.starts_with(CENTRAL));
            if !is_header || found.iter().any(|d: &Directory| d.start == start && d.base == base) {
                continue;
            }
            let directory = Directory {
                start,
                limit: tail,
                base,
                promised: self.entries,
                is_short: self.is_short,
                end_record,
                comment: comment.clone(),
            };
            if directory.holds(bytes) {
                found.push(directory);
            }
        }
    }
}
