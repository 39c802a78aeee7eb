//! Text that is kept for a whole run and seldom read again: packed, and unpacked by whoever asks for it.

use std::borrow::Cow;

use lz4_flex::block::{compress, decompress};

/// Texts shorter than this are kept as they are.
const SHORTEST: usize = 1024;

/// A text, packed as an LZ4 block where that makes it shorter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedText {
    bytes: Box<[u8]>,
    /// Length of the text in bytes.
    len: usize,
}

impl PackedText {
    /// Length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Length in bytes as it is kept.
    #[must_use]
    pub fn packed_len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The text.
    #[must_use]
    pub fn read(&self) -> Cow<'_, str> {
        if self.bytes.len() == self.len {
            return String::from_utf8_lossy(&self.bytes);
        }
        let bytes = decompress(&self.bytes, self.len).unwrap_or_default();
        debug_assert_eq!(bytes.len(), self.len, "nobody but `from` makes one");
        Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
    }
}

impl From<&str> for PackedText {
    fn from(text: &str) -> Self {
        let plain = text.as_bytes();
        let packed = if plain.len() < SHORTEST { None } else { Some(compress(plain)) };
        let shorter = packed.filter(|packed| packed.len() < plain.len());
        Self { bytes: shorter.map_or_else(|| plain.into(), Vec::into_boxed_slice), len: plain.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        let mut noise = 1u32;
        let mut letter = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b' ' + (noise >> 24) as u8 % 95)
        };
        let random: String = (0..5000).map(|_| letter()).collect();
        for text in ["", "a", &"x".repeat(SHORTEST), &"import os\n".repeat(3000), &random, &"größer ".repeat(400)] {
            let packed = PackedText::from(text);
            assert_eq!((packed.read().as_ref(), packed.len(), packed.is_empty()), (text, text.len(), text.is_empty()));
            assert!(packed.bytes.len() <= text.len());
        }
        assert!(PackedText::from("import os\n".repeat(3000).as_str()).bytes.len() < 300);
    }
}
