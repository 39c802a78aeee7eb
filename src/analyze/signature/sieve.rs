//! Which rule sets must run over a file at all: one pass for a few thousand literals, before YARA-X looks.
//!
//! YARA-X's own search costs some 10 ns a byte with our rules, because it follows every four bytes that any pattern
//! begins with, and hardly any file holds what a rule as a whole needs. So the build works out for each rule which
//! literals must be there ([`super::plan`]), and this pass, of about 1 ns a byte, finds those that are. Only sets with
//! a rule that can still match run.
//!
//! The pass: four neighbouring bytes of each literal, its rarest, are its key. At every offset of the file the four
//! bytes are looked up in a bitmap ([`super::table`]); a hit is looked up exactly, and then the literal is compared.
//! Letters are compared without case. For exclusive-or patterns the same is done with the differences of neighbouring
//! bytes, which a constant key leaves as they are.
//!
//! Of seven bytes that are looked for, four begin at a multiple of four wherever they stand. Where most literals are long
//! enough and hardly any three bytes of a file are letters, in native files, each of these has four keys, one for each
//! place, and one look in four bytes is enough; the others are looked for by three bytes.

use std::collections::HashMap;

use super::plan::{Literal, Need, RuleNeed, rarity};
use super::table::{Place, Table, Wanted};
use crate::model::ByteView;

/// Sets the bit that makes an upper-case letter a lower-case one; other bytes may fall together, which costs a
/// comparison and never a match.
const FOLD_WIDE: u64 = 0x2020_2020_2020_2020;
/// Bits of the bitmaps, as a power of two: 16 KiB each.
const BITS: u32 = 17;
const WORDS: usize = 1 << (BITS - 6);
/// Neighbouring slots whose places are found together, as a power of two.
const TOGETHER: u32 = 5;
/// Of so many bytes four neighbours begin at a multiple of four, wherever they stand.
const ALIGNED: usize = 7;

/// Looks for the literals of some rules.
pub(super) struct Sieve {
    /// Keys at every offset, the three bytes of literals that are no longer among them.
    every: Table,
    /// Four keys of each literal that is long enough, looked for at multiples of four.
    long: Keys,
    /// Four keys of differences of each exclusive-or pattern, looked for there too.
    xored: Keys,
    /// Keys of differences of those that are too short for that, at every offset.
    xored_short: Keys,
    literals: Vec<Literal>,
    rules: Vec<RuleNeed>,
    /// For each literal the rules that cannot match without it or one of its like.
    waiting: Vec<Vec<u32>>,
    /// Rules that wait for no literal.
    always: Vec<u32>,
    /// Whether a key can stand among zeros, of which native files are full.
    zeros: bool,
}

/// Keys and what they belong to.
struct Keys {
    bitmap: Box<[u64; WORDS]>,
    /// The same keys under another hash: a key that is in the first by chance is hardly in both.
    again: Box<[u64; WORDS]>,
    /// The places by slot.
    places: Vec<Place>,
    /// Where the places of so many neighbouring slots begin ([`TOGETHER`]): a table of all slots would not stay in a cache.
    starts: Vec<u32>,
    /// Whether there are none.
    none: bool,
}

fn slot(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)
}

fn second_slot(key: u32) -> u32 {
    (key ^ key >> 15).wrapping_mul(0x85eb_ca6b) >> (32 - BITS)
}

fn is_set(bitmap: &[u64; WORDS], at: u32) -> bool {
    bitmap.get((at >> 6) as usize).is_some_and(|word| word >> (at & 63) & 1 == 1)
}

fn set(bitmap: &mut [u64; WORDS], at: u32, on: bool) {
    if let Some(word) = bitmap.get_mut((at >> 6) as usize) {
        let bit = 1 << (at & 63);
        *word = if on { *word | bit } else { *word & !bit };
    }
}

impl Keys {
    fn new(mut places: Vec<Place>) -> Self {
        places.sort_by_key(|p| (slot(p.key()), p.literal));
        let (mut bitmap, mut again) = (Box::new([0; WORDS]), Box::new([0; WORDS]));
        let mut starts = vec![0u32; (1 << (BITS - TOGETHER)) + 1];
        for place in &places {
            set(&mut bitmap, slot(place.key()), true);
            set(&mut again, second_slot(place.key()), true);
            if let Some(after) = starts.get_mut((slot(place.key()) >> TOGETHER) as usize + 1) {
                *after += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let none = places.is_empty();
        Self { bitmap, again, places, starts, none }
    }

    /// Whether a key may be one of these, of which `wanted` has those that are still to be found.
    #[inline]
    fn may_be(&self, wanted: &[u64; WORDS], key: u32) -> bool {
        is_set(wanted, slot(key)) && is_set(&self.again, second_slot(key))
    }

    fn of_slot(&self, wanted: u32) -> impl Iterator<Item = &Place> {
        let at = (wanted >> TOGETHER) as usize;
        let start = self.starts.get(at).copied().unwrap_or(0) as usize;
        let end = self.starts.get(at + 1).copied().unwrap_or(0) as usize;
        self.places.get(start..end).unwrap_or_default().iter().filter(move |place| slot(place.key()) == wanted)
    }
}

/// A set of literals by number.
struct Present(Vec<u64>);

impl Present {
    fn has(&self, literal: u32) -> bool {
        self.0.get((literal >> 6) as usize).is_some_and(|word| word >> (literal & 63) & 1 == 1)
    }

    fn set(&mut self, literal: u32) {
        if let Some(word) = self.0.get_mut((literal >> 6) as usize) {
            *word |= 1 << (literal & 63);
        }
    }

    fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(i, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(i * 64 + bit)
            })
        })
    }
}

impl Sieve {
    /// A sieve for `rules`, whose literals are numbered by `all`; whether for native files.
    pub(super) fn new(rules: &[&RuleNeed], all: &[Literal], native: bool) -> Self {
        let mut numbering = Numbering { all, numbers: HashMap::new(), literals: Vec::new() };
        let rules: Vec<RuleNeed> =
            rules.iter().map(|rule| RuleNeed { set: rule.set, need: numbering.own(&rule.need) }).collect();
        let literals = numbering.literals;
        let (mut every, mut long) = (Vec::new(), Vec::new());
        let (mut xored, mut xored_short) = (Vec::new(), Vec::new());
        for (number, literal) in (0u32..).zip(&literals) {
            let key = literal.key as usize;
            let four = |len: usize| key.min(len - ALIGNED)..=key.min(len - ALIGNED) + 3;
            if literal.xor {
                let differences = differences(&literal.bytes);
                if differences.len() >= ALIGNED {
                    let keys = four(differences.len());
                    xored.extend(keys.filter_map(|key| Place::new(number, &differences, key, 8, 0)));
                } else {
                    xored_short.extend(Place::new(number, &differences, key, 8, 0));
                }
            } else if native && literal.bytes.len() >= ALIGNED {
                let keys = four(literal.bytes.len());
                long.extend(keys.filter_map(|key| Place::new(number, &literal.bytes, key, 8, FOLD_WIDE)));
            } else if literal.bytes.len() > Literal::SHORTEST {
                every.extend(Place::new(number, &literal.bytes, key, 8, FOLD_WIDE));
            } else {
                let padded: Vec<u8> = literal.bytes.iter().copied().chain([0]).collect();
                every.extend(Place::new(number, &padded, 0, Literal::SHORTEST, FOLD_WIDE));
            }
        }
        let mut waiting = vec![Vec::new(); literals.len()];
        let mut always = Vec::new();
        for (at, rule) in (0u32..).zip(&rules) {
            match trigger(&rule.need, &literals) {
                Some((list, _)) => {
                    list.iter().filter_map(|l| waiting.get_mut(*l as usize).map(|w: &mut Vec<u32>| w.push(at))).count();
                }
                None => always.push(at),
            }
        }
        let zeros = xored.iter().chain(&xored_short).any(|place| place.key() == 0)
            || every.iter().chain(&long).any(|place| {
                let key = literals.get(place.literal as usize).and_then(|l| l.bytes.get(usize::from(place.offset)..));
                key.is_some_and(|key| key.iter().take(4).all(|b| *b == 0))
            });
        let [long, xored, xored_short] = [long, xored, xored_short].map(Keys::new);
        Self { every: Table::new(every), long, xored, xored_short, literals, rules, waiting, always, zeros }
    }

    /// The rule sets of which a rule can match these bytes, in order, each once.
    pub(super) fn sets(&self, bytes: &ByteView) -> Vec<u32> {
        let present = self.present(bytes);
        let mut rules = self.always.clone();
        rules.extend(present.all().filter_map(|literal| self.waiting.get(literal)).flatten());
        rules.sort_unstable();
        rules.dedup();
        let rules = rules.into_iter().filter_map(|at| self.rules.get(at as usize));
        let mut sets: Vec<u32> = rules.filter(|r| met(&r.need, bytes, &present)).map(|r| r.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    /// Whether any text that a rule asks for stands in these bytes.
    pub(super) fn touches(&self, bytes: &ByteView) -> bool {
        self.present(bytes).all().next().is_some()
    }

    fn present(&self, bytes: &ByteView) -> Present {
        let present = Present(vec![0; self.literals.len().div_ceil(64)]);
        let wanted_long = if self.long.none { None } else { Some(self.long.bitmap.clone()) };
        let mut search = Search { sieve: self, bytes, present, wanted: self.every.wanted(), wanted_long };
        search.run(bytes);
        self.every.give_back(search.wanted);
        search.present
    }
}

/// Gives a sieve's literals numbers of their own.
struct Numbering<'a> {
    all: &'a [Literal],
    numbers: HashMap<u32, u32>,
    literals: Vec<Literal>,
}

impl Numbering<'_> {
    /// The same need with the sieve's numbers.
    fn own(&mut self, need: &Need) -> Need {
        match need {
            Need::Nothing | Need::AtMost(_) | Need::Bytes(..) | Need::Run(..) => need.clone(),
            Need::Any(list) => {
                let known: Option<Vec<u32>> = list.iter().map(|n| self.number(*n)).collect();
                known.map_or(Need::Nothing, Need::Any)
            }
            Need::AtLeast(n, list) => Need::AtLeast(*n, list.iter().map(|need| self.own(need)).collect()),
        }
    }

    fn number(&mut self, number: u32) -> Option<u32> {
        if let Some(own) = self.numbers.get(&number) {
            return Some(*own);
        }
        let literal = self.all.get(number as usize)?;
        let shortest = if literal.xor { Literal::SHORTEST_XOR } else { Literal::SHORTEST };
        if literal.bytes.len() < shortest {
            return None;
        }
        let own = u32::try_from(self.literals.len()).ok()?;
        self.literals.push(literal.clone());
        self.numbers.insert(number, own);
        Some(own)
    }
}

/// Literals of which one must be there, the rarest choice, and how rare the commonest of them is.
fn trigger(need: &Need, literals: &[Literal]) -> Option<(Vec<u32>, u32)> {
    let rare = |list: &[u32]| list.iter().filter_map(|l| literals.get(*l as usize)).map(|l| rarity(&l.bytes)).min();
    match need {
        Need::Nothing | Need::AtMost(_) | Need::Bytes(..) | Need::Run(..) => None,
        Need::Any(list) => rare(list).map(|rare| (list.clone(), rare)),
        Need::AtLeast(n, list) if *n as usize == list.len() => {
            list.iter().filter_map(|need| trigger(need, literals)).max_by_key(|(_, rare)| *rare)
        }
        Need::AtLeast(_, list) => {
            let all = list.iter().map(|need| trigger(need, literals)).collect::<Option<Vec<_>>>()?;
            let rare = all.iter().map(|(_, rare)| *rare).min()?;
            Some((all.into_iter().flat_map(|(list, _)| list).collect(), rare))
        }
    }
}

/// One pass over one file.
struct Search<'a> {
    sieve: &'a Sieve,
    bytes: &'a [u8],
    present: Present,
    /// The keys that still have literals to be found: common words cost no more once they were met.
    wanted: Wanted,
    /// The same for those of long literals, where there are any.
    wanted_long: Option<Box<[u64; WORDS]>>,
}

/// The four keys that begin at the first four of eight bytes.
#[inline]
fn keys_of(eight: u64) -> [u32; 4] {
    [eight as u32, (eight >> 8) as u32, (eight >> 16) as u32, (eight >> 24) as u32]
}

impl Search<'_> {
    fn run(&mut self, view: &ByteView) {
        let bytes = self.bytes;
        let mut at = 0;
        for stretch in view.stretches(0..view.len()) {
            let until = bytes.get(..stretch.end).unwrap_or_default();
            while let Some(eight) = until.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                let eight = u64::from_le_bytes(*eight);
                if (eight != 0 || self.sieve.zeros) && self.may_hold(eight) {
                    self.four(eight, at);
                }
                at += 4;
            }
        }
        // The last ones, with zeros behind the end.
        for start in at..bytes.len() {
            self.four(self.eight(start), start);
        }
    }

    /// Whether any key may begin at one of four offsets, of which eight bytes are given.
    #[inline]
    fn may_hold(&self, eight: u64) -> bool {
        let sieve = self.sieve;
        let folded = eight | FOLD_WIDE;
        let differences = eight ^ eight >> 8;
        let keys = keys_of(folded);
        let any = |wanted: &[u64; WORDS], keys: [u32; 4]| {
            let [a, b, c, d] = keys.map(|key| is_set(wanted, slot(key)));
            a | b | c | d
        };
        let [a, b, c, d] = keys.map(|key| self.wanted.has(key));
        a | b | c | d != 0
            || self.wanted_long.as_ref().is_some_and(|wanted| sieve.long.may_be(wanted, folded as u32))
            || (!sieve.xored.none && sieve.xored.may_be(&sieve.xored.bitmap, differences as u32))
            || (!sieve.xored_short.none && any(&sieve.xored_short.bitmap, keys_of(differences)))
    }

    /// Eight bytes from an offset on, zeros behind the end.
    fn eight(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if let Some(eight) = rest.first_chunk::<8>() {
            return u64::from_le_bytes(*eight);
        }
        let mut eight = [0u8; 8];
        for (to, from) in eight.iter_mut().zip(rest) {
            *to = *from;
        }
        u64::from_le_bytes(eight)
    }

    /// The four offsets from `at` on, of which eight bytes are given.
    #[inline(never)]
    fn four(&mut self, eight: u64, at: usize) {
        let sieve = self.sieve;
        let folded = eight | FOLD_WIDE;
        // The first six bytes from each offset on; of the last one there are not as many here.
        let last = if self.wanted.has((folded >> 24) as u32) != 0 { self.eight(at + 3) | FOLD_WIDE } else { 0 };
        for (step, eight) in [folded, folded >> 8, folded >> 16, last].into_iter().enumerate() {
            let key = eight as u32;
            if self.wanted.has(key) != 0 && sieve.every.may_be(eight) {
                self.candidate(key, at + step);
            }
        }
        let key = folded as u32;
        if self.wanted_long.as_ref().is_some_and(|wanted| sieve.long.may_be(wanted, key)) && !self.long(key, at) {
            self.wanted_long.as_mut().into_iter().for_each(|wanted| set(wanted, slot(key), false));
        }
        if sieve.xored.none && sieve.xored_short.none {
            return;
        }
        let differences = eight ^ eight >> 8;
        if sieve.xored.may_be(&sieve.xored.bitmap, differences as u32) {
            self.under_a_key(&sieve.xored, differences as u32, at);
        }
        for (step, key) in keys_of(differences).into_iter().enumerate() {
            if sieve.xored_short.may_be(&sieve.xored_short.bitmap, key) {
                self.under_a_key(&sieve.xored_short, key, at + step);
            }
        }
    }

    /// Compares the literals of a key with what stands at its offset.
    #[inline(never)]
    fn candidate(&mut self, key: u32, at: usize) {
        let sieve = self.sieve;
        let mut found = false;
        let eight = self.eight(at) | FOLD_WIDE;
        for place in sieve.every.around(key) {
            if place.fits(eight) {
                found |= self.compare(place, at);
            }
        }
        if found {
            sieve.every.found(key, |literal| self.present.has(literal), &mut self.wanted);
        }
    }

    /// The same for long literals; whether any that share the key's bit are left.
    #[inline(never)]
    fn long(&mut self, key: u32, at: usize) -> bool {
        let sieve = self.sieve;
        let mut open = false;
        for place in sieve.long.of_slot(slot(key)) {
            if place.fits(self.eight(at) | FOLD_WIDE) {
                self.compare(place, at);
            }
            open |= !self.present.has(place.literal);
        }
        open
    }

    /// Whether a literal that was not met before stands around its key at `at`.
    fn compare(&mut self, place: &Place, at: usize) -> bool {
        let found = !self.present.has(place.literal)
            && self.stands(place, at, |there, literal| there.eq_ignore_ascii_case(literal));
        if found {
            self.present.set(place.literal);
        }
        found
    }

    /// The same for texts that a constant byte hides; a text as it stands is hidden by none.
    #[inline(never)]
    fn under_a_key(&mut self, keys: &Keys, key: u32, at: usize) {
        let same = |there: &[u8], literal: &[u8]| {
            let mut masks = there.iter().zip(literal).map(|(a, b)| a ^ b);
            let first = masks.next().filter(|mask| *mask != 0);
            first.is_some() && masks.all(|mask| Some(mask) == first)
        };
        for place in keys.of_slot(slot(key)).filter(|p| p.key() == key) {
            if !self.present.has(place.literal) && self.stands(place, at, same) {
                self.present.set(place.literal);
            }
        }
    }

    /// Whether a place's literal stands around its key at `at`.
    fn stands(&self, place: &Place, at: usize, same: impl Fn(&[u8], &[u8]) -> bool) -> bool {
        let Some(literal) = self.sieve.literals.get(place.literal as usize) else { return false };
        let there = at
            .checked_sub(usize::from(place.offset))
            .and_then(|start| self.bytes.get(start..start.saturating_add(literal.bytes.len())));
        there.is_some_and(|there| same(there, &literal.bytes))
    }
}

fn met(need: &Need, bytes: &[u8], present: &Present) -> bool {
    match need {
        Need::Nothing => true,
        Need::AtMost(most) => bytes.len() as u64 <= *most,
        Need::Bytes(at, wanted) => bytes.get(*at as usize..).is_some_and(|rest| rest.starts_with(wanted)),
        Need::Run(of, len) => has_run(bytes, of, *len as usize),
        Need::Any(list) => list.iter().any(|literal| present.has(*literal)),
        Need::AtLeast(n, list) => {
            let mut missing = *n as usize;
            for (i, need) in list.iter().enumerate() {
                if missing == 0 || missing > list.len() - i {
                    break;
                }
                missing -= usize::from(met(need, bytes, present));
            }
            missing == 0
        }
    }
}

/// Whether so many bytes in a row are of a few: one look in so many bytes, and around it where it is one of these.
fn has_run(bytes: &[u8], of: &[u8], len: usize) -> bool {
    let mut at = len.max(1) - 1;
    while let Some(here) = bytes.get(at) {
        if !of.contains(here) {
            at += len.max(1);
            continue;
        }
        let before = bytes.get(..at).unwrap_or_default().iter().rev().take_while(|b| of.contains(b)).take(len).count();
        let after = bytes.get(at..).unwrap_or_default().iter().take_while(|b| of.contains(b)).take(len).count();
        if before + after >= len {
            return true;
        }
        at += after + len.max(1) - 1;
    }
    false
}

/// What a constant key leaves of a text: each byte combined with its successor.
fn differences(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| a ^ b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Literal {
        Literal { bytes: text.as_bytes().to_vec(), xor: false, key: 0 }
    }

    fn rule(set: u32, need: Need) -> RuleNeed {
        RuleNeed { set, need }
    }

    fn sets(rules: &[RuleNeed], literals: &[Literal], bytes: &[u8]) -> Vec<u32> {
        let rules = rules.iter().collect::<Vec<_>>();
        let [text, native] =
            [false, true].map(|native| Sieve::new(&rules, literals, native).sets(&ByteView::from_vec(bytes.to_vec())));
        assert_eq!(text, native);
        text
    }

    #[test]
    fn a_literal_is_found_at_every_offset_and_in_every_case() {
        let literals = [Literal { key: 7, ..literal("discord.com/api") }, literal("abc"), literal("eval")];
        let rules = [0, 1, 2].map(|i| rule(i, Need::Any(vec![i])));
        for lead in 0..20 {
            for trail in [0, 1, 2, 3, 4, 5, 11] {
                let around = |text: &[u8]| [&vec![b'.'; lead][..], text, &vec![0xff; trail][..]].concat();
                assert_eq!(sets(&rules, &literals, &around(b"Discord.COM/api")), [0], "{lead} {trail}");
                assert_eq!(sets(&rules, &literals, &around(b"aBc")), [1], "{lead} {trail}");
                assert_eq!(sets(&rules, &literals, &around(b"evaL")), [2], "{lead} {trail}");
                assert!(sets(&rules, &literals, &around(b"discord.com\x0fapi ab\x03 eva")).is_empty());
            }
        }
        assert!(sets(&rules, &literals, b"").is_empty());
        let among_zeros = [&[0; 1001][..], b"abc", &[0; 50]].concat();
        assert_eq!(sets(&rules, &literals, &among_zeros), [1]);
        let zeros = [Literal { key: 0, ..literal("\0\0\0\0\0x") }];
        assert_eq!(sets(&rules[..1], &zeros, b"abcd\0\0\0\0\0\0\0\0x"), [0]);
    }

    #[test]
    fn a_text_under_any_key_is_found() {
        let literals = [Literal { bytes: b"This program".to_vec(), xor: true, key: 3 }];
        let rules = [rule(7, Need::Any(vec![0]))];
        let under = |key: u8| -> Vec<u8> { b"..This program cannot".iter().map(|b| b ^ key).collect() };
        for key in 1..=255u8 {
            assert_eq!(sets(&rules, &literals, &under(key)), [7]);
        }
        assert!(sets(&rules, &literals, &under(0)).is_empty(), "nothing hides it");
        assert_eq!(sets(&rules, &literals, &[under(0), under(9)].concat()), [7]);
        assert!(sets(&rules, &literals, b"This Program").is_empty());
    }

    #[test]
    fn runs_are_found_wherever_they_begin() {
        for len in [1usize, 2, 5, 24] {
            for lead in 0..60 {
                let text = |n: usize| [&vec![b'.'; lead][..], &vec![b' '; n], b"x  y"].concat();
                assert!(has_run(&text(len), b" ", len), "{len} {lead}");
                assert!(has_run(&text(len + 3), b"\t ", len), "{len} {lead}");
                assert!(len < 3 || !has_run(&text(len - 1), b" ", len), "{len} {lead}");
            }
            assert!(!has_run(b"", b" ", len));
            let mixed: Vec<u8> = b" \t".iter().copied().cycle().take(len).collect();
            assert!(has_run(&mixed, b" \t", len) && !has_run(&mixed, b" \t", len + 1));
        }
    }

    #[test]
    fn needs_are_weighed() {
        let literals = ["aaaa", "bbbb", "cccc"].map(literal);
        let any = |i: u32| Need::Any(vec![i]);
        let rules = [
            rule(0, Need::AtLeast(2, vec![any(0), any(1), any(2)])),
            rule(1, Need::AtLeast(2, vec![any(0), Need::AtLeast(1, vec![any(1), any(2)])])),
            rule(2, Need::Nothing),
            rule(2, any(0)),
            rule(3, Need::AtMost(3)),
            rule(4, Need::Bytes(1, b"one".to_vec())),
            rule(5, Need::AtLeast(2, vec![any(2), Need::Run(vec![b'b'], 6)])),
        ];
        assert_eq!(sets(&rules, &literals, b"aaaa cccc"), [0, 1, 2]);
        assert_eq!(sets(&rules, &literals, b"bbbb cccc"), [0, 2]);
        assert_eq!(sets(&rules, &literals, b"bbbbbb cccc"), [0, 2, 5]);
        assert_eq!(sets(&rules, &literals, b"nothing of it"), [2]);
        assert_eq!(sets(&rules, &literals, b"done"), [2, 4]);
        assert_eq!(sets(&rules, &literals, b"abc"), [2, 3]);
    }
}
