//! Characters of Unicode that are not drawn or that reorder what is drawn, found once for every heuristic that asks.
//!
//! A file of pure ASCII costs one `is_ascii` pass; others are searched for the lead bytes of the classes.

use memchr::memmem;

/// What an invisible character is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Embeddings, overrides, isolates and their ends: U+202A–202E, U+2066–2069.
    Bidi,
    /// Zero-width characters and marks: U+200B–200F, U+2060–2064, U+FEFF, U+180E, U+00AD.
    ZeroWidth,
    /// Variation selectors: U+FE00–FE0F, U+E0100–E01EF.
    Variation,
    /// Tag characters: U+E0000–E007F.
    Tag,
}

/// One invisible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// Its first byte in the file.
    pub offset: usize,
    /// The character.
    pub char: char,
    /// Its class.
    pub class: Class,
}

impl Invisible {
    /// The offset behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.offset.saturating_add(self.char.len_utf8())
    }
}

/// Most characters that are listed for one file.
const MAX: usize = 1 << 20;

/// All invisible characters of `bytes` as UTF-8, in order, up to about a million.
#[must_use]
pub fn find(bytes: &[u8]) -> Vec<Invisible> {
    let mut found = Vec::new();
    if bytes.is_ascii() {
        return found;
    }
    for at in memchr::memchr3_iter(0xe2, 0xef, 0xf3, bytes) {
        if found.len() >= MAX {
            break;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let (char, class) = match *rest {
            [0xe2, 0x80, c @ 0xaa..=0xae, ..] => (0x2000 | u32::from(c & 0x3f), Class::Bidi),
            [0xe2, 0x80, c @ 0x8b..=0x8f, ..] => (0x2000 | u32::from(c & 0x3f), Class::ZeroWidth),
            [0xe2, 0x81, c @ 0xa6..=0xa9, ..] => (0x2040 | u32::from(c & 0x3f), Class::Bidi),
            [0xe2, 0x81, c @ 0xa0..=0xa4, ..] => (0x2040 | u32::from(c & 0x3f), Class::ZeroWidth),
            [0xef, 0xbb, 0xbf, ..] => (0xfeff, Class::ZeroWidth),
            [0xef, 0xb8, c @ 0x80..=0x8f, ..] => (0xfe00 | u32::from(c & 0x0f), Class::Variation),
            [0xf3, 0xa0, b @ 0x80..=0x81, c @ 0x80..=0xbf, ..] => {
                (0xe0000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f), Class::Tag)
            }
            [0xf3, 0xa0, b @ 0x84..=0x87, c @ 0x80..=0xbf, ..] => {
                let code = 0xe0000 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
                if code > 0xe01ef {
                    continue;
                }
                (code, Class::Variation)
            }
            _ => continue,
        };
        if let Some(char) = char::from_u32(char) {
            found.push(Invisible { offset: at, char, class });
        }
    }
    let before = found.len();
    for (needle, char) in [(b"\xc2\xad".as_slice(), '\u{ad}'), (b"\xe1\xa0\x8e".as_slice(), '\u{180e}')] {
        let room = MAX.saturating_mul(2).saturating_sub(found.len());
        let hits = memmem::find_iter(bytes, needle).take(room);
        found.extend(hits.map(|offset| Invisible { offset, char, class: Class::ZeroWidth }));
    }
    if found.len() > before {
        found.sort_by_key(|i| i.offset);
    }
    found
}

/// The character that ends right before `at`, or `None` at the start or behind invalid UTF-8.
#[must_use]
pub fn char_before(bytes: &[u8], at: usize) -> Option<char> {
    let start = at.saturating_sub(4);
    let window = bytes.get(start..at)?;
    (1..=window.len()).find_map(|n| {
        let tail = window.get(window.len().checked_sub(n)?..)?;
        let mut chars = std::str::from_utf8(tail).ok()?.chars();
        chars.next().filter(|_| chars.next().is_none())
    })
}

/// The character that begins at `at`.
#[must_use]
pub fn char_at(bytes: &[u8], at: usize) -> Option<char> {
    let end = at.saturating_add(4).min(bytes.len());
    bytes.get(at..end)?.utf8_chunks().next()?.valid().chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_class_in_order() {
        let text =
            "a\u{ad}b\u{202e}c\u{200b}d\u{2069}e\u{2060}f\u{fe0f}g\u{e0041}h\u{e0100}i\u{e01ef}j\u{180e}k\u{feff}日本";
        let found = find(text.as_bytes());
        let chars: Vec<char> = found.iter().map(|i| i.char).collect();
        let wanted = "\u{ad}\u{202e}\u{200b}\u{2069}\u{2060}\u{fe0f}\u{e0041}\u{e0100}\u{e01ef}\u{180e}\u{feff}";
        assert_eq!(chars, wanted.chars().collect::<Vec<_>>());
        for i in &found {
            assert!(text[i.offset..].starts_with(i.char));
        }
    }

    #[test]
    fn neighbours_are_whole_characters() {
        let bytes = "xé🏴\u{200b}y".as_bytes();
        let at = find(bytes)[0].offset;
        assert_eq!(char_before(bytes, at), Some('🏴'));
        assert_eq!(char_at(bytes, at + 3), Some('y'));
        assert_eq!(char_before(bytes, 0), None);
        assert_eq!(char_before(b"\xff\xff", 2), None);
        assert_eq!(char_at(b"\xf3\xa0", 0), None);
    }
}
