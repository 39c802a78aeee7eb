//! What a program's code sees of memory while it is tried out: the file as it would be loaded, and over it what was
//! written. Any address may be read and written, on so many pages; what nobody put there is zero.

use std::collections::HashMap;

use crate::parse::fields::Fields;
use crate::parse::parts::{Part, Places};

/// Bytes of one page, and most pages that are written to.
const PAGE: u64 = 4096;
const PAGES_MAX: usize = 512;
/// Pages that are found without a look into the list.
const RECENT: usize = 32;
/// Most writes that are remembered until somebody looks at them.
const WRITTEN_MAX: usize = 1 << 13;

/// The file's bytes by address, the words that the loader fills, and what was written.
pub(super) struct Memory<'i> {
    file: Fields<'i>,
    places: Places,
    /// Ranges of pages on which something of the file lies, in order.
    mapped: Vec<(u64, u64)>,
    /// What is added to addresses of regions to get those that code uses.
    base: u64,
    /// Words that the loader fills with addresses, in order.
    filled: Vec<(u64, u64)>,
    /// What was read or written, page by page, and where each page stands in that list.
    pages: Vec<Box<Page>>,
    numbers: HashMap<u64, usize>,
    /// The pages that were used last, by their number.
    recent: [(u64, usize); RECENT],
    /// Places and lengths of what was written since somebody last looked.
    pub(super) written: Vec<(u64, u8)>,
    /// Bytes that were gone through for functions outside since somebody last asked.
    pub(super) copied: usize,
    /// Whether something that was read since somebody last asked had been noted when it was written.
    pub(super) was_noted: bool,
}

/// A page, and a bit for each of its bytes that was noted, with room behind them.
struct Page {
    bytes: [u8; PAGE as usize],
    noted: [u64; PAGE as usize / 64 + 1],
}

impl Page {
    /// The bits of up to sixteen bytes: the word they begin in, and how they lie in it and the next one.
    fn bits(inside: usize, len: usize) -> (usize, u128) {
        (inside / 64, ((1_u128 << len.min(16)) - 1) << (inside % 64))
    }

    fn is_noted(&self, inside: usize, len: usize) -> bool {
        let (word, bits) = Self::bits(inside, len);
        let of = |i: usize| u128::from(self.noted.get(i).copied().unwrap_or(0));
        (of(word) | of(word + 1) << 64) & bits != 0
    }

    fn note(&mut self, inside: usize, len: usize, is_noted: bool) {
        let (word, bits) = Self::bits(inside, len);
        for (i, bits) in [(word, bits as u64), (word + 1, (bits >> 64) as u64)] {
            if let Some(of) = self.noted.get_mut(i) {
                *of = *of & !bits | if is_noted { bits } else { 0 };
            }
        }
    }
}

impl<'i> Memory<'i> {
    /// Memory of a file whose `parts` lie at their addresses plus `base`; `filled` are words with addresses, in any order.
    pub(super) fn new(file: Fields<'i>, parts: Vec<Part>, base: u64, mut filled: Vec<(u64, u64)>) -> Self {
        filled.sort_unstable();
        filled.dedup_by_key(|(at, _)| *at);
        let pages = |part: &Part| {
            let first = part.address.wrapping_add(base);
            (first / PAGE, first.saturating_add(part.len) / PAGE)
        };
        let mut mapped: Vec<(u64, u64)> = parts.iter().map(pages).collect();
        mapped.sort_unstable();
        Self {
            file,
            places: Places::new(parts),
            mapped,
            base,
            filled,
            pages: Vec::new(),
            numbers: HashMap::new(),
            recent: [(u64::MAX, 0); RECENT],
            written: Vec::new(),
            copied: 0,
            was_noted: false,
        }
    }

    /// Whether something of the file lies on a page. Parts do not overlap by more than a page.
    fn is_mapped(&self, page: u64) -> bool {
        let behind = self.mapped.partition_point(|(first, _)| *first <= page);
        self.mapped.get(..behind).unwrap_or_default().iter().rev().take(4).any(|(_, last)| page <= *last)
    }

    /// Forgets what was written.
    pub(super) fn clear(&mut self) {
        self.pages.clear();
        self.numbers.clear();
        self.recent = [(u64::MAX, 0); RECENT];
        self.written.clear();
    }

    /// Whether an address lies in what the file holds.
    pub(super) fn holds(&self, address: u64) -> bool {
        self.places.at(address.wrapping_sub(self.base)).is_some()
    }

    /// Bytes of the file as they were loaded, without what was written.
    fn loaded(&self, address: u64, out: &mut [u8]) {
        let mut done = 0;
        while done < out.len() {
            let at = address.wrapping_add(done as u64);
            let Some((offset, room)) = self.places.at(at.wrapping_sub(self.base)) else {
                // Regions need not begin with a page.
                done += 16;
                continue;
            };
            let rest = out.get_mut(done..).unwrap_or_default();
            let bytes = self.file.available(offset, room.min(rest.len() as u64));
            rest.iter_mut().zip(bytes).for_each(|(a, b)| *a = *b);
            done += usize::try_from(room).unwrap_or(usize::MAX).min(rest.len()).max(1);
        }
        let end = address.saturating_add(out.len() as u64);
        let first = self.filled.partition_point(|(at, _)| at.saturating_add(8) <= address);
        for (at, value) in self.filled.get(first..).unwrap_or_default().iter().take_while(|(at, _)| *at < end) {
            for (i, byte) in value.to_le_bytes().into_iter().enumerate() {
                let place = at.wrapping_add(i as u64).checked_sub(address).and_then(|p| usize::try_from(p).ok());
                if let Some(out) = place.and_then(|p| out.get_mut(p)) {
                    *out = byte;
                }
            }
        }
    }

    /// Up to sixteen bytes at an address.
    pub(super) fn read(&mut self, address: u64, len: usize) -> u128 {
        let mut bytes = [0u8; 16];
        let len = len.min(16);
        let inside = (address % PAGE) as usize;
        if inside + len > PAGE as usize {
            for (i, byte) in bytes.iter_mut().enumerate().take(len) {
                *byte = self.byte(address.wrapping_add(i as u64));
            }
        } else if let Some(page) = self.page(address / PAGE) {
            let from = page.bytes.get(inside..inside + len).unwrap_or_default();
            bytes.iter_mut().zip(from).for_each(|(a, b)| *a = *b);
            let is_noted = page.is_noted(inside, len);
            self.was_noted |= is_noted;
        }
        u128::from_le_bytes(bytes)
    }

    /// One byte.
    pub(super) fn byte(&mut self, address: u64) -> u8 {
        self.page(address / PAGE).and_then(|page| page.bytes.get((address % PAGE) as usize)).copied().unwrap_or(0)
    }

    /// Writes up to sixteen bytes. What lies on more pages than there may be is dropped.
    pub(super) fn write(&mut self, address: u64, len: usize, value: u128) {
        self.put(address, len, value, false);
    }

    /// Writes up to sixteen bytes that somebody may want to know of.
    pub(super) fn write_noted(&mut self, address: u64, len: usize, value: u128) {
        self.put(address, len, value, true);
        if self.written.len() < WRITTEN_MAX {
            self.written.push((address, len.min(16) as u8));
        }
    }

    fn put(&mut self, address: u64, len: usize, value: u128, is_noted: bool) {
        let bytes = value.to_le_bytes();
        let mut done = 0;
        while done < len.min(16) {
            let at = address.wrapping_add(done as u64);
            let inside = (at % PAGE) as usize;
            let many = (len.min(16) - done).min(PAGE as usize - inside);
            if let Some(page) = self.page(at / PAGE)
                && let (Some(to), Some(from)) =
                    (page.bytes.get_mut(inside..inside + many), bytes.get(done..done + many))
            {
                to.copy_from_slice(from);
                page.note(inside, many, is_noted);
            }
            done += many;
        }
    }

    /// Whether no more can be remembered.
    pub(super) fn is_full(&self) -> bool {
        self.written.len() >= WRITTEN_MAX
    }

    /// A page, as it was loaded or is by now; `None` when there are more than there may be.
    fn page(&mut self, number: u64) -> Option<&mut Page> {
        let recent = (number as usize) % RECENT;
        let index = match self.recent.get(recent) {
            Some((known, index)) if *known == number => *index,
            _ => {
                let index = match self.numbers.get(&number) {
                    Some(index) => *index,
                    None => self.load(number)?,
                };
                *self.recent.get_mut(recent)? = (number, index);
                index
            }
        };
        self.pages.get_mut(index).map(|page| &mut **page)
    }

    fn load(&mut self, number: u64) -> Option<usize> {
        let index = self.pages.len();
        if index >= PAGES_MAX {
            return None;
        }
        let mut page = Box::new(Page { bytes: [0; PAGE as usize], noted: [0; PAGE as usize / 64 + 1] });
        if self.is_mapped(number) {
            self.loaded(number.wrapping_mul(PAGE), &mut page.bytes);
        }
        self.pages.push(page);
        self.numbers.insert(number, index);
        Some(index)
    }
}
