//! Addresses of wallets that a script holds, and patterns that find those of others.
//!
//! A script that replaces the functions by which a page speaks to the network, holds addresses of its own and looks for
//! addresses in what passes, exchanges them. Known uses: chalk, debug and sixteen others (npm, September 2025).

use std::collections::HashSet;

use crate::parse::script::{Node, Tree};

/// Longest text that is taken for an address, and most texts that are looked at.
const LONGEST: usize = 64;
const MOST: usize = 1 << 20;
/// Parts of patterns that match addresses: Ethereum, Bitcoin old and new, Tron, Litecoin, Solana.
const PATTERNS: &[&str] = &[
    "0x[a-fA-F0-9]{40}",
    "0x[0-9a-fA-F]{40}",
    "0x[A-Fa-f0-9]{40}",
    "0x[0-9a-f]{40}",
    "0x[\\da-f]{40}",
    "0x[a-f0-9]{40}",
    "bc1[",
    "bc1q",
    "(bc1|",
    "[13][a-km-zA-HJ-NP-Z1-9]",
    "[13][1-9A-HJ-NP-Za-km-z]",
    "1[a-km-zA-HJ-NP-Z1-9]",
    "T[a-zA-Z0-9]{33}",
    "T[A-Za-z1-9]{33}",
    "T[1-9A-HJ-NP-Za-km-z]{33}",
    "[LM][a-km-zA-HJ-NP-Z1-9]",
    "ltc1[",
    "[1-9A-HJ-NP-Za-km-z]{32,44}",
    "[1-9A-HJ-NP-Za-km-z]{43,44}",
];

/// Bytes around a replaced function in which the addresses and the pattern are looked for: a bundle of an application holds
/// libraries of all three kinds that know nothing of one another.
const NEAR: u32 = 64 << 10;
/// What carries no payments, whoever replaces its functions: files, memory, the language itself.
const NO_CLIENTS: &[&str] = &[
    "Uint8Array",
    "Buffer",
    "DataView",
    "fs",
    "process",
    "console",
    "Object",
    "Function",
    "Array",
    "Promise",
    "Map",
    "Set",
    "Symbol",
    "Reflect",
    "Error",
    "Math",
    "Date",
    "require",
    "module",
];

/// Whether what passes through a function may be a payment, by the object that it belongs to.
pub(super) fn may_carry(function: &str) -> bool {
    let object = function.split(['.', '(']).next().unwrap_or(function);
    !NO_CLIENTS.contains(&object)
}

/// What a script says of addresses of wallets near the functions that it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Wallets {
    /// Different addresses that stand there.
    pub(crate) own: usize,
    /// Whether a pattern that finds addresses stands there.
    pub(crate) looks_for: bool,
}

impl Wallets {
    /// Looks through the texts of a script and through those that had to be decoded, each with the place where it stands or
    /// is used; `outer` tells for the number of a node where the text stands that it is of, when that is executed, `hooks` are the places where functions are replaced.
    #[must_use]
    pub(crate) fn of<'t>(
        tree: &'t Tree,
        outer: impl Fn(usize) -> Option<u32>,
        decoded: impl Iterator<Item = (&'t str, u32)>,
        hooks: &[u32],
    ) -> Self {
        let mut own: HashSet<&str> = HashSet::new();
        let mut looks_for = false;
        let written = tree.placed().enumerate().filter_map(|(number, (node, at))| match node {
            Node::Str(text) | Node::Regex(text) => Some((tree.str(text), outer(number).unwrap_or(at))),
            _ => None,
        });
        let is_near = |at: u32| hooks.iter().any(|hook| hook.abs_diff(at) <= NEAR);
        for (text, at) in written.chain(decoded).take(MOST) {
            if !is_near(at) {
                continue;
            }
            if is_address(text) {
                own.insert(text);
            } else {
                // One that begins at the beginning says whether a text is an address, and finds none within others.
                looks_for = looks_for || finds_addresses(text);
            }
        }
        Self { own: own.len(), looks_for }
    }
}

/// Whether a text has what each of [`PATTERNS`] has, which costs less to look for than all of them.
fn may_hold_pattern(text: &str) -> bool {
    text.contains('[') || text.contains("bc1")
}

/// Whether a script holds the address of a wallet, and a pattern that tells whether some text is one.
#[must_use]
pub(crate) fn knows_both(tree: &Tree) -> bool {
    let (mut own, mut tells) = (false, false);
    for (node, _) in tree.placed().take(MOST) {
        let (Node::Str(text) | Node::Regex(text)) = node else { continue };
        let text = tree.str(text);
        own = own || is_address(text);
        tells = tells || text.len() < 4096 && may_hold_pattern(text) && PATTERNS.iter().any(|p| text.contains(p));
    }
    own && tells
}

/// Where an address stands among texts that had to be decoded, if a pattern that finds others stands there, too: who replaces
/// the addresses of others by it hides both.
#[must_use]
pub(crate) fn hidden<'t>(decoded: impl Iterator<Item = (&'t str, u32)>) -> Option<u32> {
    let (mut own, mut looks_for) = (None, false);
    for (text, at) in decoded.take(MOST) {
        if is_address(text) {
            own = own.or(Some(at));
        } else {
            looks_for |= text.len() < 4096 && PATTERNS.iter().any(|p| text.contains(p));
        }
    }
    own.filter(|_| looks_for)
}

/// Whether the text of a script holds, in quotes, the address of a wallet and a pattern that knows addresses of others.
#[must_use]
pub fn knows_addresses(script: &str) -> bool {
    PATTERNS.iter().any(|p| script.contains(p)) && script.split(['"', '\'', '`']).any(is_address)
}

/// Whether a pattern finds addresses of wallets within other text.
#[must_use]
pub(crate) fn finds_addresses(pattern: &str) -> bool {
    pattern.len() < 4096
        && !pattern.starts_with('^')
        && may_hold_pattern(pattern)
        && PATTERNS.iter().any(|p| pattern.contains(p))
}

/// Whether a text is the address of a wallet, of a form that other things hardly have.
#[must_use]
pub(crate) fn is_address(text: &str) -> bool {
    if text.len() < 26 || text.len() > LONGEST || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b':') {
        return false;
    }
    let base58 = |t: &str| t.bytes().all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l'));
    let mixed = |t: &str| {
        t.bytes().any(|b| b.is_ascii_digit())
            && t.bytes().any(|b| b.is_ascii_lowercase())
            && t.bytes().any(|b| b.is_ascii_uppercase())
    };
    if let Some(hex) = text.strip_prefix("0x") {
        // The zero address, and those that are written to mean nobody, are no one's.
        let first = hex.bytes().next();
        return hex.len() == 40
            && hex.bytes().all(|b| b.is_ascii_hexdigit())
            && hex.bytes().any(|b| b.is_ascii_alphabetic())
            && hex.bytes().skip(1).any(|b| Some(b) != first);
    }
    if text.starts_with("bc1") || text.starts_with("ltc1") {
        // No word begins like a program of a witness and goes on for so long.
        let is_long = text.len() >= 38 && text.starts_with("bc1q");
        return text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && (is_long || text.bytes().filter(u8::is_ascii_digit).count() >= 4);
    }
    if text.starts_with("bitcoincash:q") {
        return true;
    }
    match text.bytes().next() {
        Some(b'1' | b'3' | b'L' | b'M') => (26..=35).contains(&text.len()) && base58(text) && mixed(text),
        Some(b'T') => text.len() == 34 && base58(text) && mixed(text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::script::{Language, read};

    #[test]
    fn every_pattern_has_what_texts_are_first_asked_for() {
        assert!(PATTERNS.iter().all(|p| may_hold_pattern(p)));
        assert!(!may_hold_pattern("an ordinary text"));
    }

    #[test]
    fn addresses_are_told_from_hashes_and_words() {
        for address in [
            "0xA11ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d2",
            "bc1q9x8w7v6u5t4s3r2q7p0n9m8w7k6j5h4g3f2yz",
            "1Qz7mN4kP2vXw9aB3cD5eF6gH8jKtRuYs2",
            "TQz7mN4kP2vXw9aB3cD5eF6gH8jKtRuYs2",
        ] {
            assert!(is_address(address), "{address}");
        }
        for other in [
            "0x0000000000000000000000000000000000000000",
            "0xffffffffffffffffffffffffffffffffffffffff",
            "d41d8cd98f00b204e9800998ecf8427e",
            "TheQuickBrownFoxJumpsOverTheLazyDog",
            "1111111111111111111111111111111111",
            "",
        ] {
            assert!(!is_address(other), "{other}");
        }
    }

    #[test]
    fn a_script_holds_addresses_and_looks_for_others() {
        let of = |script: &str| Wallets::of(&read(Language::JavaScript, script), |_| None, std::iter::empty(), &[0]);
        let script = "const a = ['0xA11ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d2']; t.match(/\\b0x[a-fA-F0-9]{40}\\b/g)";
        assert_eq!(of(script), Wallets { own: 1, looks_for: true });
        assert_eq!(of("const a = 'x'; t.match(/[0-9a-f]{40}/)"), Wallets::default());
        let far = format!("{}{script}", " ".repeat(1 << 17));
        assert_eq!(of(&far), Wallets::default(), "another part of a bundle");
        assert_eq!(of("/^0x[a-fA-F0-9]{40}$/.test(a)"), Wallets::default(), "whether it is one");
    }
}
