//! What a registry promises about bytes: npm's subresource integrity and the digests of a simple index.

use std::fmt;
use std::io::{self, Read};

use base64::Engine as _;
use sha1::Digest as _;

/// A digest algorithm, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// SHA-1: the only one that npm had before 2017; it does not resist who makes two files of one digest.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// As registries write it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Sha1, Self::Sha256, Self::Sha512].into_iter().find(|a| a.word() == word)
    }
}

/// A digest: `sha512:…` in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest {
    /// How it is made.
    pub algorithm: Algorithm,
    /// In lower-case hex.
    pub hex: String,
}

impl Digest {
    /// A digest in hex, when it has the right length.
    #[must_use]
    pub fn of_hex(algorithm: &str, hex: &str) -> Option<Self> {
        let algorithm = Algorithm::from_word(&algorithm.to_ascii_lowercase())?;
        let good = hex.len() == algorithm.len() * 2 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        good.then(|| Self { algorithm, hex: hex.to_ascii_lowercase() })
    }

    /// The strongest digest of `sha512-BASE64 sha1-BASE64?option` (<https://www.w3.org/TR/SRI/>). Of several that are
    /// equally strong, any would do for an installer, so nothing is promised.
    #[must_use]
    pub fn of_integrity(text: &str) -> Option<Self> {
        let all: Vec<Self> = text
            .split_ascii_whitespace()
            .filter_map(|part| {
                let (word, value) = part.split_once('-')?;
                let algorithm = Algorithm::from_word(word)?;
                let value = value.split('?').next()?;
                let bytes = base64::engine::general_purpose::STANDARD.decode(value).ok()?;
                (bytes.len() == algorithm.len()).then(|| Self { algorithm, hex: hex(&bytes) })
            })
            .collect();
        let best = all.iter().max_by_key(|d| d.algorithm)?;
        all.iter().all(|d| d == best || d.algorithm != best.algorithm).then(|| best.clone())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.word(), self.hex)
    }
}

/// Bytes in lower-case hex.
#[must_use]
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        for nibble in [b >> 4, b & 15] {
            out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        out
    })
}

/// The SHA-256 of a text in hex: a name for a file.
pub(super) fn key(text: &str) -> String {
    hex(&sha2::Sha256::digest(text.as_bytes()))
}

/// What bytes really have.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) sha256: String,
    pub(super) bytes: u64,
    asked: Option<Digest>,
}

impl Measured {
    /// Reads everything once.
    pub(super) fn of(reader: &mut impl Read, asked: Option<Algorithm>) -> io::Result<Self> {
        let mut sha256 = sha2::Sha256::new();
        let mut sha512 = sha2::Sha512::new();
        let mut sha1 = sha1::Sha1::new();
        let mut bytes = 0_u64;
        let mut buffer = vec![0; 256 << 10];
        loop {
            let n = reader.read(&mut buffer)?;
            let Some(read) = buffer.get(..n).filter(|r| !r.is_empty()) else { break };
            sha256.update(read);
            match asked {
                Some(Algorithm::Sha512) => sha512.update(read),
                Some(Algorithm::Sha1) => sha1.update(read),
                Some(Algorithm::Sha256) | None => {}
            }
            bytes = bytes.saturating_add(n as u64);
        }
        let sha256 = hex(&sha256.finalize());
        let asked = asked.map(|algorithm| Digest {
            algorithm,
            hex: match algorithm {
                Algorithm::Sha1 => hex(&sha1.finalize()),
                Algorithm::Sha256 => sha256.clone(),
                Algorithm::Sha512 => hex(&sha512.finalize()),
            },
        });
        Ok(Self { sha256, bytes, asked })
    }

    /// The digest of the algorithm that was asked for.
    pub(super) fn asked(&self) -> Option<&Digest> {
        self.asked.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_digest_counts() {
        let text = "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= \
                    sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==?x";
        let digest = Digest::of_integrity(text).unwrap();
        assert_eq!(digest.algorithm, Algorithm::Sha512);
        let measured = Measured::of(&mut [].as_slice(), Some(Algorithm::Sha512)).unwrap();
        assert_eq!(measured.asked(), Some(&digest), "the digest of nothing");
        assert_eq!(Digest::of_integrity("md5-AAAA sha512-AAAA"), None);
        let other = text.replace("sha512-z4", "sha512-a4");
        assert_eq!(Digest::of_integrity(&format!("{other} {text}")), None, "either would be taken");
        assert_eq!(Digest::of_integrity(&format!("{text} {text}")), Some(digest));
        assert_eq!(Digest::of_hex("sha256", "00"), None);
    }
}
