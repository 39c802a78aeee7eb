//! The pieces of one encoded text that is broken over lines or over several string literals.
//!
//! Recognised breaks: a line break (also as `\` + line break and as the escape `\n`), and everything between the end of
//! a literal and the beginning of the next one that only joins them: blanks, `+`, `.`, `,`, `&`, `_`, brackets, prefixes.

/// Character classes of encoded text.
pub(super) mod class {
    /// Base64 with either alphabet.
    pub(in super::super) const BASE64: u8 = 1;
    /// Hexadecimal digits.
    pub(in super::super) const HEX: u8 = 2;
    /// Base32 (RFC 4648).
    pub(in super::super) const BASE32: u8 = 4;
    /// Base85 as in Python's `b85encode` and Ascii85 together.
    pub(in super::super) const BASE85: u8 = 8;
    /// What stands in a list of numbers.
    pub(in super::super) const NUMBERS: u8 = 16;

    /// The classes of every byte.
    pub(in super::super) static TABLE: [u8; 256] = table();

    #[allow(clippy::indexing_slicing, reason = "an index that comes from a byte is inside 256 entries")]
    const fn table() -> [u8; 256] {
        let mut table = [0; 256];
        let mut b = 0_usize;
        while b < 256 {
            let c = b as u8;
            let mut set = 0;
            if c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'-' | b'_') {
                set |= BASE64;
            }
            if c.is_ascii_hexdigit() {
                set |= HEX;
            }
            if c.is_ascii_uppercase() || matches!(c, b'2'..=b'7') {
                set |= BASE32;
            }
            if c.is_ascii_graphic() && !matches!(c, b'"' | b'\'' | b'\\') {
                set |= BASE85;
            }
            if c.is_ascii_hexdigit() || matches!(c, b',' | b' ' | b'\t' | b'\n' | b'\r' | b'x' | b'X' | b'|' | b';') {
                set |= NUMBERS;
            }
            table[b] = set;
            b += 1;
        }
        table
    }

    /// Whether a byte is of one of the classes in `mask`.
    pub(in super::super) fn is(b: u8, mask: u8) -> bool {
        TABLE.get(usize::from(b)).is_some_and(|set| set & mask != 0)
    }
}

/// Longest text between two pieces.
const MAX_JOINER: usize = 160;

/// Whether a literal is the name of a coding or of a type, which stand behind what is coded: `Buffer.from("…", "base64")`,
/// `a = "…", "undefined" != typeof Buffer`.
fn is_coding(text: &[u8]) -> bool {
    let names: [&[u8]; 15] = [
        b"base64",
        b"base64url",
        b"hex",
        b"utf8",
        b"utf-8",
        b"ascii",
        b"binary",
        b"latin1",
        b"ucs2",
        b"utf16le",
        b"gzip",
        b"zlib",
        b"undefined",
        b"function",
        b"object",
    ];
    names.iter().any(|name| text.eq_ignore_ascii_case(name))
}

/// Walks over the pieces from the first byte of the first one. `end` is the end of the last piece so far.
pub(super) struct Pieces<'a> {
    bytes: &'a [u8],
    mask: u8,
    at: usize,
    /// Where the last piece ended, with its padding.
    pub(super) end: usize,
    last: usize,
    /// Where the first piece began.
    start: usize,
}

/// A line of encoded text that is no word, in bytes.
const LINE: usize = 60;

impl<'a> Pieces<'a> {
    /// The pieces of the class `mask` that begin at `at`.
    pub(super) fn new(bytes: &'a [u8], at: usize, mask: u8) -> Self {
        Self { bytes, mask, at, end: at, last: 0, start: at }
    }

    fn run(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        rest.iter().position(|b| !class::is(*b, self.mask)).unwrap_or(rest.len())
    }

    /// Where the next piece begins when the text behind `self.end` joins it to this one.
    fn joined(&self) -> Option<usize> {
        let rest = self.bytes.get(self.end..)?;
        let rest = rest.get(..MAX_JOINER).unwrap_or(rest);
        match *rest.first()? {
            quote @ (b'"' | b'\'' | b'`') => self.next_literal(rest, quote),
            b'\n' | b'\r' | b'\\' => {
                let skip = match rest {
                    [b'\\', b'r', b'\\', b'n', ..] => 4,
                    [b'\\', b'n' | b'r', ..] => 2,
                    [b'\\', b'\n' | b'\r', ..] | [b'\n' | b'\r', ..] => 1,
                    _ => return None,
                };
                let blanks = rest.get(skip..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
                let start = self.end + skip + blanks;
                // A whole line of the class, not longer than the one before; the first one shares its line with what
                // introduces it (`data:font/woff;base64,`).
                let len = self.run(start);
                let stop = self.bytes.get(start + len);
                let whole =
                    matches!(stop, None | Some(b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'\\' | b'=' | b'-' | b'<'));
                let first = self.end == self.start + self.last;
                let fits = len <= self.last || first && len >= LINE;
                (len > 0 && fits && self.last >= 32 && whole).then_some(start)
            }
            _ => None,
        }
    }

    fn next_literal(&self, rest: &[u8], quote: u8) -> Option<usize> {
        let mut joins = false;
        for (i, b) in rest.iter().enumerate().skip(1) {
            match b {
                b'"' | b'\'' | b'`' => {
                    // Two quotes in a row close an empty or triple literal.
                    let start = self.end + i + 1;
                    let next = self.bytes.get(start..start + self.run(start)).unwrap_or_default();
                    return (joins && *b == quote && !next.is_empty() && !is_coding(next)).then_some(start);
                }
                b'+' | b'.' | b',' | b'&' | b'\n' | b'\r' | b'\\' | b' ' | b'\t' => joins = true,
                b'(' | b')' | b'_' | b'b' | b'B' | b'r' | b'u' => {}
                _ => return None,
            }
        }
        None
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let len = self.run(self.at);
        if len == 0 {
            return None;
        }
        let piece = self.bytes.get(self.at..self.at + len)?;
        self.end = self.at + len;
        self.last = len;
        let padding = self.bytes.get(self.end..)?.iter().take(6).take_while(|b| **b == b'=').count();
        self.end += padding;
        // Padding ends the text.
        self.at = if padding > 0 { self.bytes.len() } else { self.joined().unwrap_or(self.bytes.len()) };
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let parts: Vec<&[u8]> = Pieces::new(text.as_bytes(), 0, class::BASE64).collect();
        String::from_utf8(parts.concat()).unwrap()
    }

    #[test]
    fn literals_and_lines_are_joined() {
        assert_eq!(all("abc' + 'def' +\n  'ghi==' + 'no'"), "abcdefghi");
        assert_eq!(all("abc'\n   b'def')"), "abcdef");
        assert_eq!(all(""), "");
        assert_eq!(all("AGFzbQEA\", \"base64\")"), "AGFzbQEA");
        let line = "a".repeat(40);
        assert_eq!(all(&format!("{line}\n  {line}\nabc=\n")), format!("{line}{line}abc"));
        assert_eq!(all(&format!("{line}\\n{line}\\nabc\"")), format!("{line}{line}abc"));
        let long = "b".repeat(76);
        assert_eq!(all(&format!("{line}\\\n{long}\\\n{long}\\\nabc`")), format!("{line}{long}{long}abc"));
        assert_eq!(all(&format!("{line}\n{long}\n{long}b\n")), format!("{line}{long}"), "only behind the first");
    }

    #[test]
    fn code_is_not_joined() {
        assert_eq!(all("abc' : 'def'"), "abc");
        assert_eq!(all("abc'''\n'def'"), "abc");
        assert_eq!(all("abc\ndef ghi"), "abc");
        assert_eq!(all(""), "");
    }
}
