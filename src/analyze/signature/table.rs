//! The keys of some thousand literals: whether one may begin at a place, and which literals it belongs to.
//!
//! Three bytes choose an entry of a table and the fourth one of its eight bits, so that one look tells both of keys of four
//! bytes and of literals that have only three, whose entries are full. Some ten thousand keys fill one or two of a hundred
//! bits. Bits are taken out by a second table: shifting by a number that is not known beforehand is slow on processors of
//! which nothing is known.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// The bytes that choose a word.
const THREE: u32 = 0x00ff_ffff;
/// Entries of a table, as a power of two: 64 KiB.
const BITS: u32 = 16;
const ENTRIES: usize = 1 << BITS;
/// Bytes of the second look, where the literal has so many from its key on, and words of it: 32 KiB, and 8 KiB for the
/// others.
const MORE: u8 = 6;
const AGAIN: usize = 1 << 12;
const AGAIN_SHORT: usize = 1 << 10;
/// The bit of every fourth byte. Bit 5 says nothing, it is set in all of them; neighbours in the alphabet differ.
static BIT: [u8; 256] = bits();
/// Places of which all are compared.
const FEW: usize = 12;
/// Working copies of the table that are kept, one for each thread that searches at the same time.
const SPARE: usize = 64;

/// Where a key belongs. There are many, and they are looked up in no order: they are kept small.
pub(super) struct Place {
    /// Up to eight bytes of the literal from the key on, little-endian; the first four are the key.
    value: u64,
    pub(super) literal: u32,
    /// Of the key in the literal.
    pub(super) offset: u8,
    /// How many bytes of the value count.
    len: u8,
}

impl Place {
    /// The place of the bytes at `offset` of a literal, of which no more than `most` count; `fold` is what is set in all bytes
    /// before they are compared. `None` when there are fewer than four.
    pub(super) fn new(literal: u32, bytes: &[u8], offset: usize, most: usize, fold: u64) -> Option<Self> {
        let rest = bytes.get(offset..).filter(|rest| rest.len() >= 4)?;
        let mut eight = [0u8; 8];
        eight.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let len = u8::try_from(rest.len().min(most).min(8)).ok()?;
        let value = (u64::from_le_bytes(eight) | fold) & mask(len);
        Some(Self { value, literal, offset: u8::try_from(offset).ok()?, len })
    }

    pub(super) fn key(&self) -> u32 {
        self.value as u32
    }

    /// Whether these eight bytes, in which is set what is set in all, may be the literal's.
    pub(super) fn fits(&self, eight: u64) -> bool {
        eight & mask(self.len) == self.value
    }

    fn is_short(&self) -> bool {
        self.len == 3
    }
}

/// The first bytes of eight.
fn mask(len: u8) -> u64 {
    u64::MAX >> (64 - 8 * u32::from(len.clamp(1, 8)))
}

/// Keys, letters in lower case, and what they belong to.
pub(super) struct Table {
    entries: Box<[u8; ENTRIES]>,
    /// What follows from a key on, under another hash: what is an entry's by chance is hardly one of these, nor what only
    /// begins as a literal does.
    again: Box<[u64; AGAIN]>,
    /// Keys of literals that are too short for that.
    again_short: Box<[u64; AGAIN_SHORT]>,
    /// By entry, then by key.
    places: Vec<Place>,
    /// Where the places of an entry begin.
    starts: Vec<u16>,
    spare: Mutex<Vec<Wanted>>,
}

/// The keys of a table that still have literals to be found.
pub(super) struct Wanted {
    entries: Box<[u8; ENTRIES]>,
    /// Entries that are no more what they are in the table.
    changed: Vec<u32>,
}

#[allow(clippy::indexing_slicing, reason = "the loop ends at the length of the table")]
const fn bits() -> [u8; 256] {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bits[byte] = 1 << (byte & 7);
        byte += 1;
    }
    bits
}

fn entry_of(key: u32) -> usize {
    ((key & THREE).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

/// The word and the bit of so many bytes in a set of so many words.
fn again_of(eight: u64, len: u8, words: usize) -> (usize, u32) {
    let hash = (eight & mask(len)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let slot = (hash >> (u64::BITS - words.ilog2() - 6)) as u32;
    ((slot >> 6) as usize, slot & 63)
}

fn bit_of(key: u32) -> u8 {
    BIT.get((key >> 24) as usize).copied().unwrap_or(u8::MAX)
}

impl Wanted {
    /// Whether a literal that is wanted may have its key here: 0 when none has.
    #[inline]
    pub(super) fn has(&self, key: u32) -> u8 {
        self.entries.get(entry_of(key)).copied().unwrap_or(0) & bit_of(key)
    }
}

impl Table {
    pub(super) fn new(mut places: Vec<Place>) -> Self {
        // More than any set of rules has; those beyond would have to be found by other means.
        debug_assert!(places.len() <= usize::from(u16::MAX), "{}", places.len());
        places.sort_by_key(|p| (entry_of(p.key()), p.is_short(), p.key(), p.literal));
        let mut starts = vec![0u16; ENTRIES + 1];
        let mut again = Box::new([0; AGAIN]);
        let mut again_short = Box::new([0; AGAIN_SHORT]);
        for place in &places {
            if let Some(after) = starts.get_mut(entry_of(place.key()) + 1) {
                *after += 1;
            }
            let to = if place.len >= MORE {
                let (word, bit) = again_of(place.value, MORE, AGAIN);
                again.get_mut(word).map(|word: &mut u64| (word, bit))
            } else {
                let (word, bit) = again_of(place.value, 4, AGAIN_SHORT);
                again_short.get_mut(word).map(|word: &mut u64| (word, bit))
            };
            to.into_iter().for_each(|(word, bit)| *word |= 1 << bit);
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut table =
            Self { entries: Box::new([0; ENTRIES]), again, again_short, places, starts, spare: Mutex::default() };
        for at in 0..ENTRIES {
            let entry = table.entry(at, |_| false);
            table.entries.get_mut(at).into_iter().for_each(|to| *to = entry);
        }
        table
    }

    /// The bits of an entry, but for literals that were met.
    fn entry(&self, at: usize, met: impl Fn(u32) -> bool) -> u8 {
        let open = self.places.get(self.range(at)).unwrap_or_default().iter().filter(|place| !met(place.literal));
        open.fold(0, |entry, place| entry | if place.is_short() { u8::MAX } else { bit_of(place.key()) })
    }

    fn range(&self, entry: usize) -> Range<usize> {
        let start = |entry: usize| usize::from(self.starts.get(entry).copied().unwrap_or(0));
        start(entry)..start(entry + 1)
    }

    /// A second look at eight bytes that begin with a key whose bit is set, of which the first six count: whether they are
    /// those of a literal, or the entry is that of a literal of three bytes.
    pub(super) fn may_be(&self, eight: u64) -> bool {
        let is_set = |set: &[u64], len: u8| {
            let (word, bit) = again_of(eight, len, set.len());
            set.get(word).is_some_and(|word| word >> bit & 1 == 1)
        };
        is_set(&*self.again, MORE)
            || is_set(&*self.again_short, 4)
            || self.entries.get(entry_of(eight as u32)).is_some_and(|entry| *entry == u8::MAX)
    }

    /// The places that share a key's entry, those of the key among them: of few, comparing all costs less than choosing.
    pub(super) fn around(&self, key: u32) -> &[Place] {
        let here = self.places.get(self.range(entry_of(key))).unwrap_or_default();
        if here.len() <= FEW || here.last().is_some_and(Place::is_short) {
            return here;
        }
        let first = here.partition_point(|p| p.key() < key);
        let count = here.get(first..).unwrap_or_default().partition_point(|p| p.key() == key);
        here.get(first..first + count).unwrap_or_default()
    }

    /// All keys. Give them back when the search is over.
    pub(super) fn wanted(&self) -> Wanted {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Wanted { entries: self.entries.clone(), changed: Vec::new() })
    }

    pub(super) fn give_back(&self, mut wanted: Wanted) {
        for at in wanted.changed.drain(..) {
            let from = self.entries.get(at as usize).copied().unwrap_or(0);
            wanted.entries.get_mut(at as usize).into_iter().for_each(|to| *to = from);
        }
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push(wanted);
        }
    }

    /// Takes out a key of which a literal was found, unless others share its bit; `met` has all that were found.
    pub(super) fn found(&self, key: u32, met: impl Fn(u32) -> bool, wanted: &mut Wanted) {
        let at = entry_of(key);
        let entry = self.entry(at, met);
        if let (Some(to), Ok(at)) = (wanted.entries.get_mut(at), u32::try_from(at)) {
            *to = entry;
            wanted.changed.push(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(literal: u32, text: &str) -> Place {
        let folded: Vec<u8> = text.bytes().map(|b| b | 0x20).chain([0]).collect();
        Place::new(literal, &folded, 0, text.len(), 0).unwrap()
    }

    fn key(text: &str) -> u32 {
        place(0, text).key()
    }

    #[test]
    fn a_key_is_wanted_until_all_its_literals_are_found() {
        let table = Table::new(vec![place(0, "eval"), place(1, "eval"), place(2, "eva"), place(3, "evab")]);
        let mut wanted = table.wanted();
        let literals = |text: &str| table.around(key(text)).iter().map(|p| p.literal).collect::<Vec<_>>();
        assert_eq!(literals("EVAL"), [3, 0, 1, 2]);
        assert_eq!(literals("evax"), [3, 0, 1, 2]);
        assert!(literals("eve?").is_empty());
        let eight = |text: &[u8; 8]| u64::from_le_bytes(*text) | 0x2020_2020_2020_2020;
        assert!([b"EvAL(x) ", b"evab\0\0\0\0", b"evaxevax"].iter().all(|text| table.may_be(eight(text))));
        assert!(!table.may_be(eight(b"zzzzzzzz")));
        assert!(table.around(key("eval")).iter().filter(|p| p.fits(eight(b"eval(x) "))).count() == 3);
        let has = |wanted: &Wanted, text: &str| wanted.has(key(text)) != 0;
        assert!(has(&wanted, "evax") && !has(&wanted, "abcd"));
        table.found(key("evax"), |literal| literal == 2, &mut wanted);
        assert!(!has(&wanted, "evax") && has(&wanted, "eval") && has(&wanted, "evab"));
        table.found(key("eval"), |literal| literal == 2 || literal == 0, &mut wanted);
        assert!(has(&wanted, "eval"), "one of two is still wanted");
        table.found(key("eval"), |literal| literal < 3, &mut wanted);
        assert!(!has(&wanted, "eval") && has(&wanted, "evab"));
        table.give_back(wanted);
        assert!(has(&table.wanted(), "evax"), "the next search begins anew");
    }

    #[test]
    fn of_many_that_begin_alike_only_those_of_the_key_are_compared() {
        let ends: Vec<String> = ('a'..='z').map(|c| format!("htt{c}")).collect();
        let table = Table::new((0u32..).zip(&ends).map(|(i, text)| place(i, text)).collect());
        assert_eq!(table.around(key("httq")).iter().map(|p| p.literal).collect::<Vec<_>>(), [16]);
        assert!(table.around(key("htt1")).is_empty());
    }

    #[test]
    fn no_key_is_lost_among_many() {
        let texts: Vec<String> = (0..20_000u32).map(|i| format!("{:04x}", i * 3)).collect();
        let table = Table::new((0u32..).zip(&texts).map(|(i, text)| place(i, text)).collect());
        let wanted = table.wanted();
        for (i, text) in (0u32..).zip(&texts) {
            assert!(wanted.has(key(text)) != 0 && table.may_be(place(0, text).value | 0xff << 48), "{text}");
            assert!(table.around(key(text)).iter().any(|p| p.literal == i), "{text}");
        }
        assert!(table.around(key("zzzz")).is_empty());
        // What only begins as a long literal does is not looked at, but for a few.
        let long: Vec<String> = texts.iter().map(|text| format!("{text}ab")).collect();
        let table = Table::new((0u32..).zip(&long).map(|(i, text)| place(i, text)).collect());
        assert!(long.iter().all(|text| table.may_be(place(0, text).value)));
        let others = texts.iter().filter(|text| table.may_be(place(0, &format!("{text}xy")).value)).count();
        assert!(others < texts.len() / 5, "{others}");
        assert!(Table::new(Vec::new()).around(1).is_empty());
    }
}
