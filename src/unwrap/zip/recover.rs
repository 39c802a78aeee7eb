//! Finds entries by their local headers alone: in archives that are cut off or whose directory is broken, and in bytes
//! that no directory accounts for.

use std::ops::Range;

use super::header::{CENTRAL, DESCRIBED, DESCRIPTOR, END, LOCAL, Local, u32_at, u64_at};
use super::{Archive, Packed};
use crate::model::Gap;
use crate::unwrap::Entries;

/// An entry found by its local header.
pub(super) struct Found<'a> {
    /// Where its local header begins.
    pub(super) at: usize,
    pub(super) local: Local<'a>,
    /// Its packed bytes, as far as they are there.
    pub(super) data: Range<usize>,
    /// The first byte after the entry and its data descriptor.
    pub(super) end: usize,
    /// Checksum and unpacked size, when header or descriptor state them.
    pub(super) promise: Option<(u32, u64)>,
    /// How many packed bytes are missing at the end.
    pub(super) missing: u64,
}

/// The entries in `range`, in order. Every byte is looked at once.
pub(super) fn walk(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = Found<'_>> {
    let bytes = bytes.get(..range.end).unwrap_or(bytes);
    let mut from = range.start;
    std::iter::from_fn(move || {
        let found = next(bytes, from)?;
        from = found.end;
        Some(found)
    })
}

fn next(bytes: &[u8], mut from: usize) -> Option<Found<'_>> {
    loop {
        let at = from + memchr::memmem::find(bytes.get(from..)?, LOCAL)?;
        let Some(local) = Local::read(bytes, at).filter(Local::is_plausible) else {
            from = at + LOCAL.len();
            continue;
        };
        let common = local.common;
        let states_size = common.flags & DESCRIBED == 0 || !matches!(common.packed, 0 | 0xffff_ffff);
        if !states_size {
            return Some(described(bytes, at, local));
        }
        let left = (bytes.len() - local.data.min(bytes.len())) as u64;
        let there = common.packed.min(left);
        let end = local.data + usize::try_from(there).unwrap_or(0);
        return Some(Found {
            at,
            local,
            data: local.data..end,
            end: end + descriptor_after(bytes, end, common.packed),
            promise: (common.flags & DESCRIBED == 0 || common.crc != 0).then_some((common.crc, common.size)),
            missing: common.packed - there,
        });
    }
}

/// The length of the signed data descriptor that follows, if one with this packed size does.
fn descriptor_after(bytes: &[u8], at: usize, packed: u64) -> usize {
    let Some(rest) = bytes.get(at..).filter(|r| r.starts_with(DESCRIPTOR)) else { return 0 };
    if u64_at(rest, 8) == Some(packed) && rest.len() >= 24 {
        24
    } else if u32_at(rest, 8).map(u64::from) == Some(packed) && rest.len() >= 16 {
        16
    } else {
        0
    }
}

/// An entry whose size stands after it: it ends at the descriptor that states the right distance, or else where the
/// next header begins.
fn described<'a>(bytes: &'a [u8], at: usize, local: Local<'a>) -> Found<'a> {
    let start = local.data;
    let found = |end: usize, length: usize, promise, missing| Found {
        at,
        local,
        data: start..end,
        end: end + length,
        promise,
        missing,
    };
    let body = bytes.get(start..).unwrap_or_default();
    for distance in memchr::memmem::find_iter(body, b"PK") {
        let here = start + distance;
        let Some(rest) = bytes.get(here..) else { break };
        if rest.starts_with(DESCRIPTOR) {
            let crc = u32_at(rest, 4).unwrap_or(0);
            if let (Some(packed), Some(size)) = (u64_at(rest, 8), u64_at(rest, 16))
                && packed == distance as u64
            {
                return found(here, 24, Some((crc, size)), 0);
            }
            if let (Some(packed), Some(size)) = (u32_at(rest, 8), u32_at(rest, 12))
                && u64::from(packed) == distance as u64
            {
                return found(here, 16, Some((crc, u64::from(size))), 0);
            }
        }
        let is_header = rest.starts_with(CENTRAL) || Local::read(bytes, here).is_some_and(|l| l.is_plausible());
        if is_header {
            // A descriptor without signature stands right before.
            for (length, wide) in [(12, false), (20, true)] {
                let Some(end) = here.checked_sub(length).filter(|e| *e >= start) else { continue };
                let packed = if wide { u64_at(bytes, end + 4) } else { u32_at(bytes, end + 4).map(u64::from) };
                let size = if wide { u64_at(bytes, end + 12) } else { u32_at(bytes, end + 8).map(u64::from) };
                if let (Some(crc), Some(size), true) = (u32_at(bytes, end), size, packed == Some((end - start) as u64))
                {
                    return found(end, length, Some((crc, size)), 0);
                }
            }
            return found(here, 0, None, 0);
        }
    }
    found(bytes.len().max(start), 0, None, 1)
}

impl<'a> Archive<'a> {
    /// Emits an entry that only its local header tells of.
    pub(super) fn unlisted(&mut self, found: &Found<'a>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let common = found.local.common;
        self.name(&common, false, found.at as u64);
        if common.name.ends_with(b"/") && found.data.is_empty() {
            return Ok(());
        }
        let packed = Packed {
            common,
            data: found.data.start,
            crc: found.promise.map(|p| p.0),
            size: found.promise.map(|p| p.1),
            missing: found.missing,
        };
        self.emit(packed, found.data.end, out)
    }

    /// Without a directory: what the local headers tell.
    pub(super) fn recover(&mut self, from: usize, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        let (mut count, mut at) = (0_u64, from);
        for found in walk(bytes, from..bytes.len()) {
            out.budget().check_time()?;
            self.rest_of_recovery(at..found.at, out)?;
            at = found.end;
            count += 1;
            self.unlisted(&found, out)?;
        }
        self.rest_of_recovery(at..bytes.len(), out)?;
        Err(Gap::malformed(format!(
            "no central directory in {} bytes (cut off or damaged); {count} entries were recovered by their local headers",
            bytes.len()
        )))
    }

    fn rest_of_recovery(&mut self, range: Range<usize>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let rest = self.bytes.get(range.clone()).unwrap_or_default();
        if rest.iter().all(|b| *b == 0) {
            return Ok(());
        }
        // Without the marks by which it was taken for an archive, the whole file is not taken for the same one again.
        let mut start = if rest.starts_with(b"PK") { range.start + rest.len().min(4) } else { range.start };
        if let Some(at) = memchr::memmem::rfind(rest, END).map(|at| range.start + at).filter(|at| *at > start) {
            self.bytes_child("rest", start..at, out)?;
            start = at + END.len();
        }
        if start < range.end { self.bytes_child("rest", start..range.end, out) } else { Ok(()) }
    }
}
