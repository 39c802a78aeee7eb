//! The keys of some thousand literals: whether one may begin at a place, and which literals it belongs to.
//!
//! Three bytes choose a word of the bitmap and the fourth a bit of it, so that one look tells both of keys of four bytes and
//! of literals that have only three, whose words are full. Some ten thousand keys fill a bitmap of a million bits, which
//! stays in the second-level cache; one that has a tenth of the bits would say "perhaps" at every other word of a text.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// The bytes that choose a word.
const THREE: u32 = 0x00ff_ffff;
/// Words of a bitmap, as powers of two: the fewest, and the most (128 KiB).
const FEWEST: u32 = 6;
const MOST: u32 = 14;
/// Working copies of the bitmap that are kept, one for each thread that searches at the same time.
const SPARE: usize = 64;

/// Where a key belongs.
pub(super) struct Place {
    pub(super) key: u32,
    pub(super) literal: u32,
    /// Of the key in the literal.
    pub(super) offset: u32,
    /// Up to eight bytes of the literal from the key on, and which of them count.
    pub(super) value: u64,
    pub(super) mask: u64,
}

impl Place {
    /// What counts of a literal that has no more than three bytes.
    pub(super) const THREE: u64 = THREE as u64;

    fn is_short(&self) -> bool {
        self.mask == Self::THREE
    }
}

/// Keys, letters in lower case, and what they belong to.
pub(super) struct Table {
    words: Box<[u64]>,
    /// A hash is shifted so far to number a word.
    shift: u32,
    /// By word, then by key.
    places: Vec<Place>,
    /// Where the places of a word begin.
    starts: Vec<u32>,
    spare: Mutex<Vec<Wanted>>,
}

/// The keys of a table that still have literals to be found.
pub(super) struct Wanted {
    words: Box<[u64]>,
    shift: u32,
    /// Words that are no more what they are in the table.
    changed: Vec<u32>,
}

fn word_of(key: u32, shift: u32) -> usize {
    ((key & THREE).wrapping_mul(0x9e37_79b1) >> shift) as usize
}

/// The bit of a fourth byte. Bit 5 says nothing: it is set in all of them.
fn bit_of(key: u32) -> u32 {
    let byte = key >> 24;
    byte >> 1 & 0x20 | byte & 0x1f
}

impl Wanted {
    /// Whether a literal that is wanted may have its key here.
    #[inline]
    pub(super) fn has(&self, key: u32) -> bool {
        self.words.get(word_of(key, self.shift)).is_some_and(|word| word >> bit_of(key) & 1 == 1)
    }
}

impl Table {
    pub(super) fn new(mut places: Vec<Place>) -> Self {
        let bits = (places.len().max(1).ilog2() + 1).clamp(FEWEST, MOST);
        let shift = u32::BITS - bits;
        places.sort_by_key(|p| (word_of(p.key, shift), p.is_short(), p.key, p.literal));
        let mut starts = vec![0u32; (1 << bits) + 1];
        for place in &places {
            if let Some(after) = starts.get_mut(word_of(place.key, shift) + 1) {
                *after += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut table = Self { words: vec![0; 1 << bits].into(), shift, places, starts, spare: Mutex::default() };
        for at in 0..table.words.len() {
            let word = table.word(at, |_| false);
            table.words.get_mut(at).into_iter().for_each(|to| *to = word);
        }
        table
    }

    /// The bits of a word, but for literals that were met.
    fn word(&self, at: usize, met: impl Fn(u32) -> bool) -> u64 {
        let open = self.places.get(self.range(at)).unwrap_or_default().iter().filter(|place| !met(place.literal));
        open.fold(0, |word, place| word | if place.is_short() { u64::MAX } else { 1 << bit_of(place.key) })
    }

    fn range(&self, word: usize) -> Range<usize> {
        let start = self.starts.get(word).copied().unwrap_or(0) as usize;
        let end = self.starts.get(word + 1).copied().unwrap_or(0) as usize;
        start..end
    }

    /// The places of a key: those of four bytes, and those of its first three.
    pub(super) fn of(&self, key: u32) -> impl Iterator<Item = &Place> {
        let here = self.places.get(self.range(word_of(key, self.shift))).unwrap_or_default();
        let (long, short) = here.split_at(here.partition_point(|p| !p.is_short()));
        let first = long.partition_point(|p| p.key < key);
        let long = long.get(first..).unwrap_or_default().iter().take_while(move |p| p.key == key);
        long.chain(short.iter().filter(move |p| (p.key ^ key) & THREE == 0))
    }

    /// All keys. Give them back when the search is over.
    pub(super) fn wanted(&self) -> Wanted {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Wanted { words: self.words.clone(), shift: self.shift, changed: Vec::new() })
    }

    pub(super) fn give_back(&self, mut wanted: Wanted) {
        for at in wanted.changed.drain(..) {
            let from = self.words.get(at as usize).copied().unwrap_or(0);
            wanted.words.get_mut(at as usize).into_iter().for_each(|to| *to = from);
        }
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push(wanted);
        }
    }

    /// Takes out a key of which a literal was found, unless others share its bit; `met` has all that were found.
    pub(super) fn found(&self, key: u32, met: impl Fn(u32) -> bool, wanted: &mut Wanted) {
        let at = word_of(key, self.shift);
        let word = self.word(at, met);
        if let (Some(to), Ok(at)) = (wanted.words.get_mut(at), u32::try_from(at)) {
            *to = word;
            wanted.changed.push(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(literal: u32, text: &str) -> Place {
        let mut eight = [0u8; 8];
        eight.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from | 0x20);
        let mask = if text.len() == 3 { Place::THREE } else { 0xffff_ffff };
        let value = u64::from_le_bytes(eight) & mask;
        Place { key: value as u32, literal, offset: 0, value, mask }
    }

    fn key(text: &str) -> u32 {
        place(0, text).key
    }

    #[test]
    fn a_key_is_wanted_until_all_its_literals_are_found() {
        let table = Table::new(vec![place(0, "eval"), place(1, "eval"), place(2, "eva"), place(3, "evad")]);
        let mut wanted = table.wanted();
        let literals = |text: &str| table.of(key(text)).map(|p| p.literal).collect::<Vec<_>>();
        assert_eq!(literals("EVAL"), [0, 1, 2]);
        assert_eq!(literals("evad"), [3, 2]);
        assert_eq!(literals("evax"), [2]);
        assert!(literals("eve?").is_empty());
        assert!(wanted.has(key("evax")) && !wanted.has(key("abcd")));
        table.found(key("evax"), |literal| literal == 2, &mut wanted);
        assert!(!wanted.has(key("evax")) && wanted.has(key("eval")) && wanted.has(key("evad")));
        table.found(key("eval"), |literal| literal == 2 || literal == 0, &mut wanted);
        assert!(wanted.has(key("eval")), "one of two is still wanted");
        table.found(key("eval"), |literal| literal < 3, &mut wanted);
        assert!(!wanted.has(key("eval")) && wanted.has(key("evad")));
        table.give_back(wanted);
        assert!(table.wanted().has(key("evax")), "the next search begins anew");
    }

    #[test]
    fn no_key_is_lost_among_many() {
        let texts: Vec<String> = (0..20_000u32).map(|i| format!("{:04x}", i * 3)).collect();
        let table = Table::new((0u32..).zip(&texts).map(|(i, text)| place(i, text)).collect());
        let wanted = table.wanted();
        for (i, text) in (0u32..).zip(&texts) {
            assert!(wanted.has(key(text)), "{text}");
            assert!(table.of(key(text)).any(|p| p.literal == i), "{text}");
        }
        assert_eq!(texts.iter().filter(|t| table.of(key(&t.replace('0', "z"))).count() > 0).count(), 
            texts.iter().filter(|t| !t.contains('0')).count());
        assert!(Table::new(Vec::new()).of(1).next().is_none());
    }
}
