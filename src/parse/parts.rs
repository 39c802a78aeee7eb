//! Parts of a file that a table names, read once each.
//!
//! Tables are written by whoever made the file: ten thousand rows of a few bytes may each name the whole file. What is
//! asked of every row would then cost the file's length times the number of rows. Here rows that overlap become one,
//! and what is left is bounded by the file's length.

use crate::model::ByteView;

/// A part of a file and where it stands in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// First byte in the file.
    pub(crate) offset: u64,
    /// Bytes; never 0, never beyond the file.
    pub(crate) len: u64,
    /// Address of the first byte.
    pub(crate) address: u64,
}

impl Part {
    /// Its bytes, as far as the file has them.
    pub(crate) fn of(&self, file: &ByteView) -> ByteView {
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
        let range = place(self.offset)..place(self.offset.saturating_add(self.len));
        file.slice(range).unwrap_or_else(|| ByteView::from_vec(Vec::new()))
    }
}

/// Most bytes of all parts, in lengths of the file. More than one length is needed when the same bytes are mapped at
/// several addresses, which honest files do with a page here and there.
const LENGTHS: u64 = 4;

/// The parts that rows (offset, length, address) name, in the order of offsets, and whether some were left out. Rows of
/// one distance between offset and address that overlap are one part.
pub(crate) fn parts(rows: impl IntoIterator<Item = (u64, u64, u64)>, file: u64) -> (Vec<Part>, bool) {
    let inside = |(offset, len, address): (u64, u64, u64)| {
        let len = len.min(file.checked_sub(offset)?);
        (len > 0).then_some(Part { offset, len, address })
    };
    let mut rows: Vec<Part> = rows.into_iter().filter_map(inside).collect();
    let distance = |p: &Part| p.address.wrapping_sub(p.offset);
    rows.sort_unstable_by_key(|p| (distance(p), p.offset));
    let mut parts: Vec<Part> = Vec::new();
    for row in rows {
        match parts.last_mut() {
            Some(last) if distance(last) == distance(&row) && row.offset < last.offset.saturating_add(last.len) => {
                last.len = last.len.max((row.offset - last.offset).saturating_add(row.len));
            }
            _ => parts.push(row),
        }
    }
    parts.sort_unstable_by_key(|p| (p.offset, p.address));
    let all = parts.len();
    let mut left = file.saturating_mul(LENGTHS);
    parts.retain(|p| {
        let fits = p.len <= left;
        if fits {
            left -= p.len;
        }
        fits
    });
    let cut = parts.len() < all;
    (parts, cut)
}

/// Finds parts by address: where several hold one, the one that begins first.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<Part>);

impl Places {
    /// An index of these parts.
    pub(crate) fn new(mut parts: Vec<Part>) -> Self {
        parts.sort_by_key(|p| p.address);
        let mut end = 0u64;
        parts.retain_mut(|p| {
            let skip = end.saturating_sub(p.address);
            if skip >= p.len {
                return false;
            }
            *p = Part { offset: p.offset + skip, len: p.len - skip, address: p.address.saturating_add(skip) };
            end = p.address.saturating_add(p.len);
            true
        });
        Self(parts)
    }

    /// The place in the file of the byte at an address, and how many bytes of its part there are from it on.
    pub(crate) fn at(&self, address: u64) -> Option<(u64, u64)> {
        let after = self.0.partition_point(|p| p.address <= address);
        let part = self.0.get(after.checked_sub(1)?)?;
        let skip = address.checked_sub(part.address)?;
        (skip < part.len).then(|| (part.offset + skip, part.len - skip))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_overlap_are_read_once() {
        let whole = std::iter::repeat_n((0, 1000, 0x1000), 8000);
        assert_eq!(parts(whole, 1000), (vec![Part { offset: 0, len: 1000, address: 0x1000 }], false));
        let steps = (0..900).map(|i| (i, u64::MAX, 0x1000 + i));
        assert_eq!(parts(steps, 1000), (vec![Part { offset: 0, len: 1000, address: 0x1000 }], false));
        // What only touches stays apart; what lies outside is nothing.
        assert_eq!(parts([(0, 10, 0), (10, 10, 10), (2000, 1, 2000), (5, 0, 5)], 1000).0.len(), 2);
    }

    #[test]
    fn one_range_at_many_addresses_is_bounded_and_told() {
        let (kept, cut) = parts((0..8000).map(|i| (0, 1000, i * 0x1_0000)), 1000);
        assert!(cut);
        assert_eq!(kept.iter().map(|p| p.len).sum::<u64>(), LENGTHS * 1000);
    }

    #[test]
    fn addresses_are_found_in_what_begins_first() {
        let part = |offset, len, address| Part { offset, len, address };
        let places =
            Places::new(vec![part(0, 10, 100), part(50, 10, 105), part(70, 2, 101), part(90, 10, u64::MAX - 2)]);
        assert_eq!(places.at(99), None);
        assert_eq!(places.at(101), Some((1, 9)));
        assert_eq!(places.at(112), Some((57, 3)));
        assert_eq!(places.at(115), None);
        assert_eq!(places.at(u64::MAX), Some((92, 8)));
    }
}
