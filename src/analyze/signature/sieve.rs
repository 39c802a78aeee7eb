//! Which rule sets must run over a file at all: one pass for a few thousand literals, before YARA-X looks.
//!
//! YARA-X's own search costs some 10 ns a byte with our rules, because it follows every four bytes that any pattern
//! begins with, and hardly any file holds what a rule as a whole needs. So the build works out for each rule which
//! literals must be there ([`super::plan`]), and this pass, of about 1 ns a byte, finds those that are. Only sets with
//! a rule that can still match run.
//!
//! The pass: four neighbouring bytes of each literal, its rarest, are its key. At every offset of the file the four
//! bytes are looked up in a bitmap that fits into the first-level cache; a hit is looked up exactly, and then the
//! literal is compared. Letters are compared without case. For exclusive-or patterns the same is done with the
//! differences of neighbouring bytes, which a constant key leaves as they are.

use std::collections::HashMap;

use super::plan::{Literal, Need, RuleNeed, rarity};

/// Sets the bit that makes an upper-case letter a lower-case one; other bytes may fall together, which costs a
/// comparison and never a match.
const FOLD: u32 = 0x2020_2020;
const BITS: u32 = 17;

/// Looks for the literals of some rules.
pub(super) struct Sieve {
    plain: Keys,
    /// Keys of differences, when there are exclusive-or patterns.
    xored: Option<Keys>,
    literals: Vec<Literal>,
    rules: Vec<RuleNeed>,
}

/// Keys and what they belong to.
#[derive(Default)]
struct Keys {
    bitmap: Vec<u64>,
    places: HashMap<u32, Vec<(u32, u32)>, Hashing>,
}

/// The keys are hashed by one multiplication; they come from rule texts, not from scanned files.
type Hashing = std::hash::BuildHasherDefault<KeyHash>;

#[derive(Default)]
struct KeyHash(u64);

impl std::hash::Hasher for KeyHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}

fn slot(key: u32) -> u32 {
    key.wrapping_mul(0x9e37_79b1) >> (32 - BITS)
}

impl Keys {
    fn add(&mut self, key: u32, literal: usize, offset: usize) {
        if self.bitmap.is_empty() {
            self.bitmap = vec![0; 1 << (BITS - 6)];
        }
        let at = slot(key);
        if let Some(word) = self.bitmap.get_mut((at >> 6) as usize) {
            *word |= 1 << (at & 63);
        }
        let place = (u32::try_from(literal).unwrap_or(u32::MAX), u32::try_from(offset).unwrap_or(0));
        self.places.entry(key).or_default().push(place);
    }

    #[inline]
    fn may(&self, key: u32) -> bool {
        let at = slot(key);
        self.bitmap.get((at >> 6) as usize).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }
}

/// A set of literals by number.
pub(super) struct Present(Vec<u64>);

impl Present {
    fn has(&self, literal: u32) -> bool {
        self.0.get((literal >> 6) as usize).is_some_and(|word| word >> (literal & 63) & 1 == 1)
    }

    fn set(&mut self, literal: u32) {
        if let Some(word) = self.0.get_mut((literal >> 6) as usize) {
            *word |= 1 << (literal & 63);
        }
    }
}

impl Sieve {
    /// A sieve for `rules`, whose literals are numbered by `all`.
    pub(super) fn new(rules: &[&RuleNeed], all: &[Literal]) -> Self {
        let mut sieve = Self { plain: Keys::default(), xored: None, literals: Vec::new(), rules: Vec::new() };
        let mut numbers = HashMap::new();
        for rule in rules {
            let need = sieve.own(&rule.need, all, &mut numbers);
            sieve.rules.push(RuleNeed { need, ..(*rule).clone() });
        }
        for (number, literal) in sieve.literals.iter().enumerate() {
            let bytes = &literal.bytes;
            if literal.xor {
                let offset = best_window(&differences(bytes)).unwrap_or(0);
                let differences = differences(bytes);
                if let Some(key) = window(&differences, offset) {
                    sieve.xored.get_or_insert_default().add(key, number, offset);
                }
            } else if let Some(offset) = best_window(bytes) {
                if let Some(key) = window(bytes, offset) {
                    sieve.plain.add(key | FOLD, number, offset);
                }
            } else {
                // Three bytes: whatever comes behind them.
                for next in (0..=u8::MAX).filter(|b| b & 0x20 != 0) {
                    let longer: Vec<u8> = bytes.iter().copied().chain([next]).collect();
                    if let Some(key) = window(&longer, 0) {
                        sieve.plain.add(key | FOLD, number, 0);
                    }
                }
            }
        }
        sieve
    }

    /// The same need with this sieve's numbers for its literals.
    fn own(&mut self, need: &Need, all: &[Literal], numbers: &mut HashMap<u32, u32>) -> Need {
        match need {
            Need::Nothing => Need::Nothing,
            Need::Any(list) => {
                let known: Option<Vec<u32>> = list.iter().map(|n| self.number(*n, all, numbers)).collect();
                known.map_or(Need::Nothing, Need::Any)
            }
            Need::AtLeast(n, list) => Need::AtLeast(*n, list.iter().map(|need| self.own(need, all, numbers)).collect()),
        }
    }

    fn number(&mut self, number: u32, all: &[Literal], numbers: &mut HashMap<u32, u32>) -> Option<u32> {
        if let Some(own) = numbers.get(&number) {
            return Some(*own);
        }
        let literal = all.get(number as usize)?;
        let shortest = if literal.xor { Literal::SHORTEST_XOR } else { Literal::SHORTEST };
        if literal.bytes.len() < shortest {
            return None;
        }
        let own = u32::try_from(self.literals.len()).ok()?;
        self.literals.push(literal.clone());
        numbers.insert(number, own);
        Some(own)
    }

    /// The rule sets of which a rule can match these bytes, in order, each once.
    pub(super) fn sets(&self, bytes: &[u8]) -> Vec<u32> {
        let present = self.present(bytes);
        let size = bytes.len() as u64;
        let mut sets: Vec<u32> =
            self.rules.iter().filter(|r| size <= r.most_bytes && met(&r.need, &present)).map(|r| r.set).collect();
        sets.sort_unstable();
        sets.dedup();
        sets
    }

    fn present(&self, bytes: &[u8]) -> Present {
        let mut present = Present(vec![0; self.literals.len().div_ceil(64)]);
        self.search(bytes, &mut present);
        present
    }

    fn search(&self, bytes: &[u8], present: &mut Present) {
        let mut at = 0;
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            self.four(u64::from_le_bytes(*eight), at, bytes, present);
            at += 4;
        }
        // The last ones, with zeros behind the end.
        let rest = bytes.get(at..).unwrap_or_default();
        for start in 0..rest.len() {
            let mut eight = [0u8; 8];
            for (to, from) in eight.iter_mut().zip(rest.get(start..).unwrap_or_default()) {
                *to = *from;
            }
            self.four(u64::from_le_bytes(eight), at + start, bytes, present);
        }
    }

    /// The four offsets from `at` on, of which eight bytes are given.
    #[inline]
    fn four(&self, eight: u64, at: usize, bytes: &[u8], present: &mut Present) {
        let folded = eight | u64::from(FOLD) << 32 | u64::from(FOLD);
        let keys = [folded as u32, (folded >> 8) as u32, (folded >> 16) as u32, (folded >> 24) as u32];
        let hits = keys.map(|key| self.plain.may(key));
        if hits.iter().fold(false, |any, hit| any | hit) {
            for (step, key) in keys.into_iter().enumerate().filter(|(i, _)| hits.get(*i) == Some(&true)) {
                self.candidate(&self.plain, key, at + step, bytes, present);
            }
        }
        if let Some(xored) = &self.xored {
            let differences = eight ^ eight >> 8;
            let keys = [differences, differences >> 8, differences >> 16, differences >> 24].map(|d| d as u32);
            for (step, key) in keys.into_iter().enumerate() {
                if xored.may(key) {
                    self.candidate(xored, key, at + step, bytes, present);
                }
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn candidate(&self, keys: &Keys, key: u32, at: usize, bytes: &[u8], present: &mut Present) {
        for (number, offset) in keys.places.get(&key).into_iter().flatten() {
            if present.has(*number) {
                continue;
            }
            let Some(literal) = self.literals.get(*number as usize) else { continue };
            let Some(start) = at.checked_sub(*offset as usize) else { continue };
            let there = bytes.get(start..start.saturating_add(literal.bytes.len()));
            let same = there.is_some_and(|there| {
                if literal.xor {
                    let mask = there.iter().zip(&literal.bytes).map(|(a, b)| a ^ b).next().unwrap_or(0);
                    there.iter().zip(&literal.bytes).all(|(a, b)| a ^ b == mask)
                } else {
                    there.eq_ignore_ascii_case(&literal.bytes)
                }
            });
            if same {
                present.set(*number);
            }
        }
    }
}

fn met(need: &Need, present: &Present) -> bool {
    match need {
        Need::Nothing => true,
        Need::Any(list) => list.iter().any(|literal| present.has(*literal)),
        Need::AtLeast(n, list) => {
            let mut missing = *n;
            for need in list {
                if missing == 0 {
                    break;
                }
                if met(need, present) {
                    missing -= 1;
                }
            }
            missing == 0
        }
    }
}

/// What a constant key leaves of a text: each byte combined with its successor.
fn differences(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| a ^ b).collect()
}

/// Where the rarest four bytes stand, if there are four.
fn best_window(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).enumerate().max_by_key(|(_, w)| (rarity(w), w.iter().filter(|b| **b != 0).count())).map(|(i, _)| i)
}

fn window(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Literal {
        Literal { bytes: text.as_bytes().to_vec(), xor: false }
    }

    fn rule(set: u32, need: Need) -> RuleNeed {
        RuleNeed { set, most_bytes: 1000, need }
    }

    fn sets(rules: &[RuleNeed], literals: &[Literal], bytes: &[u8]) -> Vec<u32> {
        Sieve::new(&rules.iter().collect::<Vec<_>>(), literals).sets(bytes)
    }

    #[test]
    fn a_literal_is_found_at_every_offset_and_in_every_case() {
        let literals = [literal("discord.com/api"), literal("abc"), literal("eval")];
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
    }

    #[test]
    fn a_text_under_any_key_is_found() {
        let literals = [Literal { bytes: b"This program".to_vec(), xor: true }];
        let rules = [rule(7, Need::Any(vec![0]))];
        for key in 0..=255u8 {
            let hidden: Vec<u8> = b"..This program cannot".iter().map(|b| b ^ key).collect();
            assert_eq!(sets(&rules, &literals, &hidden), [7]);
        }
        assert!(sets(&rules, &literals, b"This Program").is_empty());
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
            RuleNeed { set: 3, most_bytes: 3, need: Need::Nothing },
        ];
        assert_eq!(sets(&rules, &literals, b"aaaa cccc"), [0, 1, 2]);
        assert_eq!(sets(&rules, &literals, b"bbbb cccc"), [0, 2]);
        assert_eq!(sets(&rules, &literals, b"none of it"), [2]);
        assert_eq!(sets(&rules, &literals, b"abc"), [2, 3]);
    }
}
