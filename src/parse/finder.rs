//! Looks for many words at once, letters as they are, in one pass.
//!
//! An automaton for some hundred words follows every byte; for few words it looks at vectors of bytes, and is several times
//! as fast. This stands between: of every few bytes four neighbouring ones are looked up in a table, and only where they may
//! be part of a word is anything compared. Files are searched for far more words than they hold.

use std::ops::Range;

use aho_corasick::packed::{self, Searcher};
use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::model::ByteView;

/// Entries of the table, as a power of two: 64 KiB. Whole bytes, though one bit would do: taking a bit out costs more than
/// the look on processors of which nothing is known.
const BITS: u32 = 16;
const SLOTS: usize = 1 << BITS;
/// Bytes that are looked up together.
const KEY: usize = 4;
/// Shortest word that is looked up; shorter ones are searched for apart.
const SHORTEST: usize = 5;
/// Longest step from one look to the next.
const STEP_MAX: usize = 4;
/// Looks that are taken together.
const TOGETHER: usize = 4;

/// A search for a few words, letters as they are: of matches of which none reaches into another it finds each with vector
/// instructions, as long as there are not more than 64 words.
pub(crate) fn few<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
}

/// Words to look for.
pub(crate) struct Finder {
    /// For each slot whether four bytes of a word fall into it.
    table: Box<[u8; SLOTS]>,
    /// For each slot where its places begin, plus one.
    firsts: Box<[u16]>,
    /// By slot, and then by where the word begins, the first first.
    places: Vec<Place>,
    words: Vec<Box<[u8]>>,
    /// Bytes from one look to the next: however a word lies, one look falls into it whole.
    step: usize,
    /// The words that are too short for the table.
    short: Option<Short>,
    /// Bytes of the longest word.
    longest: usize,
}

/// A search for a handful of short words.
struct Short {
    /// By vector instructions, where the processor has them.
    vectors: Option<Searcher>,
    automaton: AhoCorasick,
    /// Their numbers among all words.
    numbers: Vec<usize>,
}

impl Short {
    fn new(numbers: Vec<usize>, words: &[&[u8]]) -> Option<Self> {
        let kind = packed::MatchKind::LeftmostFirst;
        let vectors = packed::Config::new().match_kind(kind).builder().extend(words).build();
        let automaton = few(words).filter(|_| !words.is_empty())?;
        Some(Self { vectors, automaton, numbers })
    }

    fn find(&self, bytes: &[u8], from: usize) -> Option<Hit> {
        let span = aho_corasick::Span::from(from.min(bytes.len())..bytes.len());
        let found = match &self.vectors {
            Some(search) => search.find_in(bytes, span)?,
            None => self.automaton.find(Input::new(bytes).span(span))?,
        };
        Some(Hit { start: found.start(), end: found.end(), word: *self.numbers.get(found.pattern().as_usize())? })
    }
}

/// Four bytes of a word.
#[derive(Clone, Copy)]
struct Place {
    key: u32,
    /// Bytes of the word before these.
    before: u8,
    word: u16,
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

/// The next words on the way through some bytes, as far as they are known.
#[derive(Default)]
struct Ahead {
    long: Sought,
    short: Sought,
}

/// What a search came to.
#[derive(Clone, Copy, Default)]
enum Sought {
    #[default]
    NotYet,
    Found(Hit),
    Nothing,
}

impl Sought {
    /// What comes at or behind `from`; searched for anew when what was found lies before it.
    fn at_or_behind(&mut self, from: usize, search: impl FnOnce() -> Option<Hit>) -> Option<Hit> {
        match *self {
            Self::Found(hit) if hit.start >= from => return Some(hit),
            Self::Nothing => return None,
            Self::NotYet | Self::Found(_) => {}
        }
        let hit = search();
        *self = hit.map_or(Self::Nothing, Self::Found);
        hit
    }
}

fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

impl Finder {
    /// A search for at most some thousand words of at least three bytes. Of two that begin at one place, the one that comes
    /// first here is found.
    pub(crate) fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<Box<[u8]>> = words.into_iter().map(|w| Box::from(w.as_ref())).collect();
        let long = || words.iter().map(|w| w.len()).filter(|len| *len >= SHORTEST);
        let step = long().min().map_or(STEP_MAX, |least| (least + 1 - KEY).min(STEP_MAX));
        let mut places = Vec::new();
        for (number, word) in (0u16..).zip(&words).filter(|(_, word)| word.len() >= SHORTEST) {
            let keys = (0u8..).zip(word.windows(KEY)).take(step);
            places.extend(keys.filter_map(|(before, key)| {
                Some(Place { key: u32::from_le_bytes(*key.first_chunk()?), before, word: number })
            }));
        }
        places.sort_unstable_by_key(|p| (slot(p.key), std::cmp::Reverse(p.before), p.word));
        let mut table = Box::new([0; SLOTS]);
        let mut firsts = vec![0; SLOTS].into_boxed_slice();
        for (number, place) in (1u16..).zip(&places) {
            table.get_mut(slot(place.key)).into_iter().for_each(|entry| *entry = 1);
            firsts.get_mut(slot(place.key)).into_iter().filter(|first| **first == 0).for_each(|first| *first = number);
        }
        debug_assert!(places.len() < usize::from(u16::MAX), "{} places", places.len());
        let (numbers, few_words): (Vec<usize>, Vec<&[u8]>) =
            words.iter().enumerate().filter(|(_, w)| w.len() < SHORTEST).map(|(n, w)| (n, &**w)).unzip();
        let short = Short::new(numbers, &few_words);
        let longest = words.iter().map(|w| w.len()).max().unwrap_or(0);
        Self { table, firsts, places, words, step, short, longest }
    }

    /// The words in `bytes`, from left to right, none within another.
    pub(crate) fn find_iter<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Hit> + 'a {
        let mut from = 0;
        let mut ahead = Ahead::default();
        std::iter::from_fn(move || {
            let hit = self.next(bytes, from, &mut ahead)?;
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
        let mut ahead = Ahead::default();
        std::iter::from_fn(move || {
            loop {
                // A word that begins in this part may reach into the next one.
                let until = part.end.saturating_add(self.longest).min(bytes.len());
                let hit = if from < part.end { self.next(bytes.get(..until)?, from, &mut ahead) } else { None };
                if let Some(hit) = hit.filter(|hit| hit.start < part.end) {
                    from = hit.end;
                    return Some(hit);
                }
                part = stretches.next()?;
                from = from.max(part.start);
                ahead = Ahead::default();
            }
        })
    }

    /// The first word that begins at or behind `from`.
    fn next(&self, bytes: &[u8], from: usize, ahead: &mut Ahead) -> Option<Hit> {
        let long = ahead.long.at_or_behind(from, || match self.step {
            2 => self.long::<2>(bytes, from),
            3 => self.long::<3>(bytes, from),
            _ => self.long::<STEP_MAX>(bytes, from),
        });
        let Some(search) = &self.short else { return long };
        let short = ahead.short.at_or_behind(from, || search.find(bytes, from));
        long.into_iter().chain(short).min_by_key(|hit| (hit.start, hit.word))
    }

    /// The first of the words of the table that begins at or behind `from`.
    fn long<const STEP: usize>(&self, bytes: &[u8], from: usize) -> Option<Hit> {
        let mut at = from.next_multiple_of(STEP);
        loop {
            at = self.candidate::<STEP>(bytes, at);
            let key = u32::from_le_bytes(*bytes.get(at..)?.first_chunk::<KEY>()?);
            if let Some(hit) = self.around(bytes, from, at, key) {
                return Some(hit);
            }
            at += STEP;
        }
    }

    /// The next place from `at` on whose four bytes may be part of a word; near the end every place is one.
    #[inline]
    fn candidate<const STEP: usize>(&self, bytes: &[u8], mut at: usize) -> usize {
        let may = |key: u32| self.table.get(slot(key)).copied().unwrap_or(0);
        while let Some(some) = bytes.get(at..).and_then(<[u8]>::first_chunk::<{ TOGETHER * STEP_MAX }>) {
            let key = |look: usize| {
                let four = some.get(look * STEP..).and_then(<[u8]>::first_chunk::<KEY>);
                four.map_or(0, |four| u32::from_le_bytes(*four))
            };
            let looks: [u8; TOGETHER] = std::array::from_fn(|look| may(key(look)));
            if looks != [0; TOGETHER] {
                return at + STEP * looks.iter().take_while(|may| **may == 0).count();
            }
            at += TOGETHER * STEP;
        }
        at
    }

    /// The first word that four bytes at a place are part of.
    #[inline(never)]
    fn around(&self, bytes: &[u8], from: usize, at: usize, key: u32) -> Option<Hit> {
        let slot_here = slot(key);
        let first = usize::from(*self.firsts.get(slot_here)?).checked_sub(1)?;
        let here = self.places.get(first..)?.iter().take_while(|p| slot(p.key) == slot_here);
        here.filter(|p| p.key == key).find_map(|place| {
            let start = at.checked_sub(usize::from(place.before)).filter(|start| *start >= from)?;
            let word = self.words.get(usize::from(place.word))?;
            let stands = bytes.get(start..)?.starts_with(word);
            stands.then(|| Hit { start, end: start + word.len(), word: usize::from(place.word) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_an_automaton_finds() {
        let short: [&[u8]; 9] =
            [b"abc", b"abcd", b"bcda", b"a\0b\0c\0", b"\0\0\0\0x", b"\xff\xff\xff", b"cab", b"ddddd", b"dddd"];
        let longer: [&[u8]; 4] = [b"abcabc", b"dabcda", b"\0\0\0\0\0\0", b"dada\xff\0"];
        let long: [&[u8]; 4] = [b"dadadad", b"dadadadad", b"abcdabc", b"abcdab\0"];
        let all = [&short[..], &longer, &long].concat();
        let found = [&short[..], &longer, &long, &all, &all[3..5]].map(agree);
        assert!(found[0] > 1000 && found[1..].iter().all(|n| *n > 20), "{found:?}");
    }

    /// That a search for these words finds what an automaton finds, and how often that is.
    fn agree(words: &[&[u8]]) -> usize {
        let finder = Finder::new(words);
        let automaton = few(words).unwrap();
        let mut state = 7u32;
        let mut found = 0;
        for len in 0..600 {
            let mut random = |n: usize| {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                (state >> 16) as usize % n
            };
            // Words, what begins as they do, and letters of them.
            let mut bytes = Vec::new();
            while bytes.len() < len {
                let word = words[random(words.len())];
                match random(4) {
                    0 => bytes.extend_from_slice(word),
                    1 => bytes.extend_from_slice(&word[..random(word.len())]),
                    _ => bytes.extend((0..random(9)).map(|_| b"abcd\0\xff\0x"[random(8)])),
                }
            }
            bytes.truncate(len);
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
        found
    }
}
