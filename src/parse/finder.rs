//! Looks for many words at once, letters as they are, in one pass.
//!
//! An automaton for some hundred words follows every byte; for few words it looks at vectors of bytes, and is several times
//! as fast. This stands between: four neighbouring bytes are looked up in a table, and only where a word may begin is anything
//! compared. Files are searched for far more words than they hold.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::ByteView;

/// Entries of the table, as a power of two: 64 KiB. Whole bytes, though one bit would do: taking a bit out costs more than
/// the look on processors of which nothing is known.
const BITS: u32 = 16;
const SLOTS: usize = 1 << BITS;
/// Shortest word.
const SHORTEST: usize = 3;

/// A search for a few words, letters as they are: of matches of which none reaches into another it finds each with vector
/// instructions, as long as there are not more than 64 words.
pub(crate) fn few<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
}

/// Words to look for.
pub(crate) struct Finder {
    table: Box<[u8; SLOTS]>,
    /// Slots of first bytes, in order, and the word that begins with them.
    places: Vec<(u32, u32)>,
    words: Vec<Box<[u8]>>,
    /// Bytes of the longest word.
    longest: usize,
    /// Whether a word begins with zeros, of which native files are full.
    zeros: bool,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Its first byte, and the byte behind it.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Its number among the words.
    pub(crate) word: usize,
}

fn slot(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)
}

impl Finder {
    /// A search for words of at least three bytes. Of two that begin at one place, the one that comes first here is found.
    pub(crate) fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<Box<[u8]>> = words.into_iter().map(|w| Box::from(w.as_ref())).collect();
        let mut places = Vec::new();
        for (number, word) in (0u32..).zip(&words) {
            debug_assert!(word.len() >= SHORTEST, "{word:?}");
            match word.get(..SHORTEST).zip(word.get(SHORTEST)) {
                Some((&[a, b, c], d)) => places.push((slot(u32::from_le_bytes([a, b, c, *d])), number)),
                _ => {
                    let Some(&[a, b, c]) = word.get(..SHORTEST) else { continue };
                    places.extend((0..=255).map(|d| (slot(u32::from_le_bytes([a, b, c, d])), number)));
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        let mut table = Box::new([0; SLOTS]);
        for (slot, _) in &places {
            table.get_mut(*slot as usize).into_iter().for_each(|entry| *entry = 1);
        }
        let zeros = words.iter().any(|w| w.iter().take(4).all(|b| *b == 0));
        let longest = words.iter().map(|w| w.len()).max().unwrap_or(0);
        Self { table, places, words, longest, zeros }
    }

    /// The words in `bytes`, from left to right, none within another.
    pub(crate) fn find_iter<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Hit> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let hit = self.next(bytes, from)?;
            from = hit.end;
            Some(hit)
        })
    }

    /// The words in a part of a view, with their places in the view, as [`Finder::find_iter`] finds them in these bytes; what
    /// is behind need not stay in memory.
    pub(crate) fn find_over<'a>(&'a self, view: &'a ByteView, range: Range<usize>) -> impl Iterator<Item = Hit> + 'a {
        let bytes = view.get(..range.end.min(view.len())).unwrap_or_default();
        let mut from = range.start;
        let mut stretches = view.stretches(range);
        let mut part = 0..0_usize;
        std::iter::from_fn(move || {
            loop {
                // A word that begins in this part may reach into the next one.
                let until = part.end.saturating_add(self.longest).min(bytes.len());
                let hit = if from < part.end { self.next(bytes.get(..until)?, from) } else { None };
                if let Some(hit) = hit.filter(|hit| hit.start < part.end) {
                    from = hit.end;
                    return Some(hit);
                }
                part = stretches.next()?;
                from = from.max(part.start);
            }
        })
    }

    /// 0 when no word begins so.
    fn may_begin(&self, key: u32) -> u8 {
        self.table.get(slot(key) as usize).copied().unwrap_or(0)
    }

    fn next(&self, bytes: &[u8], from: usize) -> Option<Hit> {
        let mut at = from;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let eight = u64::from_le_bytes(*eight);
            if eight != 0 || self.zeros {
                let keys = [eight, eight >> 8, eight >> 16, eight >> 24].map(|key| key as u32);
                let [a, b, c, d] = keys.map(|key| self.may_begin(key));
                if a | b | c | d != 0 {
                    let all = keys.into_iter().zip([a, b, c, d]).enumerate();
                    let hit =
                        all.filter(|(_, (_, may))| *may != 0).find_map(|(i, (key, _))| self.begins(bytes, at + i, key));
                    if hit.is_some() {
                        return hit;
                    }
                }
            }
            at += 4;
        }
        (at..bytes.len()).find_map(|at| {
            let mut four = [0u8; 4];
            four.iter_mut().zip(bytes.get(at..).unwrap_or_default()).for_each(|(to, from)| *to = *from);
            let key = u32::from_le_bytes(four);
            if self.may_begin(key) != 0 { self.begins(bytes, at, key) } else { None }
        })
    }

    /// The word that begins at a place.
    #[inline(never)]
    fn begins(&self, bytes: &[u8], at: usize, key: u32) -> Option<Hit> {
        let slot = slot(key);
        let first = self.places.partition_point(|(s, _)| *s < slot);
        let rest = bytes.get(at..)?;
        let mut here = self.places.get(first..)?.iter().take_while(|(s, _)| *s == slot);
        here.find_map(|(_, number)| {
            let word = self.words.get(*number as usize)?;
            rest.starts_with(word).then(|| Hit { start: at, end: at + word.len(), word: *number as usize })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_an_automaton_finds() {
        let words: [&[u8]; 9] =
            [b"abc", b"abcd", b"bcda", b"a\0b\0c\0", b"\0\0\0\0x", b"\xff\xff\xff", b"cab", b"ddddd", b"dddd"];
        let finder = Finder::new(words);
        let automaton = few(words).unwrap();
        let mut state = 7u32;
        let mut found = 0;
        for len in 0..600 {
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                    b"abcd\0\xff\0x"[(state >> 16) as usize % 8]
                })
                .collect();
            let ours: Vec<(usize, usize, usize)> = finder.find_iter(&bytes).map(|h| (h.start, h.end, h.word)).collect();
            let theirs: Vec<(usize, usize, usize)> =
                automaton.find_iter(&bytes).map(|h| (h.start(), h.end(), h.pattern().as_usize())).collect();
            assert_eq!(ours, theirs);
            found += ours.len();
            let view = ByteView::from_vec(bytes);
            let over: Vec<(usize, usize, usize)> =
                finder.find_over(&view, 0..usize::MAX).map(|h| (h.start, h.end, h.word)).collect();
            assert_eq!(over, ours);
        }
        assert!(found > 1000, "{found}");
    }
}
