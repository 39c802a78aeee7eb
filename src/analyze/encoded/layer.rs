//! Single decoders. Each reads one input and writes to one output that decides itself when it is full.

use std::io::{self, Read, Write};

/// One step of a recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// Base64 with either alphabet; what is not of it is read over.
    Base64,
    /// Hexadecimal digits.
    Hex,
    /// Base32 of RFC 4648.
    Base32,
    /// Base85 of Python's `b85encode`.
    Base85,
    /// Ascii85 of Python's `a85encode` and Adobe.
    Ascii85,
    /// Decimal or `0x` numbers, one for each byte or character.
    Numbers,
    /// `\xNN` escapes.
    HexEscapes,
    /// `\uNNNN` escapes.
    UnicodeEscapes,
    /// `%NN` escapes.
    Percent,
    /// The bytes in reverse order.
    Reversed,
    /// Letters turned by thirteen.
    Rot13,
    /// Every byte xor-ed with one.
    Xor(u8),
    /// UTF-16 little-endian to UTF-8.
    Utf16,
    /// zlib.
    Zlib,
    /// gzip.
    Gzip,
    /// Deflate without a header.
    Deflate,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// LZMA alone.
    Lzma,
}

impl Layer {
    /// The word in recipes.
    pub(super) fn word(self) -> String {
        match self {
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Base32 => "base32",
            Self::Base85 => "base85",
            Self::Ascii85 => "ascii85",
            Self::Numbers => "numbers",
            Self::HexEscapes => "hex-escapes",
            Self::UnicodeEscapes => "unicode-escapes",
            Self::Percent => "percent",
            Self::Reversed => "reversed",
            Self::Rot13 => "rot13",
            Self::Xor(key) => return format!("xor-0x{key:02x}"),
            Self::Utf16 => "utf16",
            Self::Zlib => "zlib",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lzma => "lzma",
        }
        .to_owned()
    }

    /// Whether it is an encoding that somebody chose (UTF-16 only is how PowerShell takes its text).
    pub(super) fn conceals(self) -> bool {
        self != Self::Utf16
    }

    /// Whether it writes bytes in letters.
    pub(super) fn spells(self) -> bool {
        matches!(self, Self::Base64 | Self::Hex | Self::Base32 | Self::Base85 | Self::Ascii85)
    }

    /// Whether it makes bytes fewer.
    pub(super) fn compresses(self) -> bool {
        matches!(self, Self::Zlib | Self::Gzip | Self::Deflate | Self::Bzip2 | Self::Xz | Self::Lzma)
    }

    /// Decodes `input` into `out`.
    ///
    /// # Errors
    /// What the decoder or the output said; what was written before stands.
    pub(super) fn apply(self, input: &[u8], out: &mut dyn Write) -> io::Result<()> {
        let mut out = Chunked { out, held: Vec::with_capacity(input.len().min(CHUNK)) };
        match self {
            Self::Base64 => bits(input, 6, base64_value, &mut out)?,
            Self::Base32 => bits(input, 5, base32_value, &mut out)?,
            Self::Hex => bits(input, 4, hex_value, &mut out)?,
            Self::Base85 => base85(input, base85_value, &mut out)?,
            Self::Ascii85 => base85(input, |b| b.checked_sub(b'!').filter(|v| *v < 85), &mut out)?,
            Self::Numbers => numbers(input, &mut out)?,
            Self::HexEscapes => escapes(input, b'\\', b"xX", 2, &mut out)?,
            Self::UnicodeEscapes => escapes(input, b'\\', b"uU", 4, &mut out)?,
            Self::Percent => escapes(input, b'%', b"", 2, &mut out)?,
            Self::Reversed => input.iter().rev().try_for_each(|b| out.push(*b))?,
            Self::Rot13 => input.iter().try_for_each(|b| out.push(rot13(*b)))?,
            Self::Xor(key) => input.iter().try_for_each(|b| out.push(b ^ key))?,
            Self::Utf16 => {
                let units = input.chunks_exact(2).map(|p| u16::from_le_bytes([byte(p, 0), byte(p, 1)]));
                for c in char::decode_utf16(units) {
                    out.extend(c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]).as_bytes())?;
                }
            }
            Self::Zlib => out.copy(&mut flate2::bufread::ZlibDecoder::new(input))?,
            Self::Gzip => out.copy(&mut flate2::bufread::MultiGzDecoder::new(input))?,
            Self::Deflate if !may_be_deflate(input) => return Err(io::Error::other("no deflate stream")),
            Self::Deflate => out.copy(&mut flate2::bufread::DeflateDecoder::new(input))?,
            Self::Bzip2 => out.copy(&mut bzip2::read::MultiBzDecoder::new(input))?,
            Self::Xz => out.copy(&mut lzma_rust2::XzReader::new_mem_limit(input, true, MEMORY_KIB))?,
            Self::Lzma => out.copy(&mut lzma_rust2::LzmaReader::new_mem_limit(input, MEMORY_KIB, None)?)?,
        }
        out.flush()
    }
}

const CHUNK: usize = 16 << 10;
/// Largest dictionary of LZMA.
const MEMORY_KIB: u32 = 64 << 10;

/// An output that hands on whole chunks.
struct Chunked<'a> {
    out: &'a mut dyn Write,
    held: Vec<u8>,
}

impl Chunked<'_> {
    fn push(&mut self, b: u8) -> io::Result<()> {
        if self.held.len() >= CHUNK {
            self.flush()?;
        }
        self.held.push(b);
        Ok(())
    }

    fn extend(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.iter().try_for_each(|b| self.push(*b))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }

    fn copy(&mut self, reader: &mut dyn Read) -> io::Result<()> {
        io::copy(reader, &mut self.out).map(|_| ())
    }
}

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

fn rot13(b: u8) -> u8 {
    match b {
        b'a'..=b'z' => (b - b'a' + 13) % 26 + b'a',
        b'A'..=b'Z' => (b - b'A' + 13) % 26 + b'A',
        _ => b,
    }
}

fn base64_value(b: u8) -> Option<u8> {
    Some(match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

fn base32_value(b: u8) -> Option<u8> {
    match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'2'..=b'7' => Some(b - b'2' + 26),
        _ => None,
    }
}

fn hex_value(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

fn base85_value(b: u8) -> Option<u8> {
    const ALPHABET: &[u8; 85] =
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    ALPHABET.iter().position(|a| *a == b).and_then(|p| u8::try_from(p).ok())
}

/// Whether bytes begin as a deflate stream may (RFC 1951): with a block of a known type whose lengths agree. Setting up a
/// decoder costs far more than this look at what is noise nearly always.
fn may_be_deflate(input: &[u8]) -> bool {
    let head = input.get(..16).map_or_else(
        || input.iter().rev().fold(0_u128, |bits, b| bits << 8 | u128::from(*b)),
        |head| head.first_chunk::<16>().map_or(0, |h| u128::from_le_bytes(*h)),
    );
    let field = |at: u32, width: u32| (head >> at & ((1 << width) - 1)) as u32;
    match field(1, 2) {
        // As it stands: the length, and its complement.
        0 => field(8, 16) == !field(24, 16) & 0xffff,
        // With the fixed code.
        1 => true,
        // With codes of its own: how long they are is written in a code that is complete.
        2 => {
            let room: u32 = (0..field(13, 4) + 4).map(|i| field(17 + 3 * i, 3)).map(|n| (1 << (7 - n)) & 0x7f).sum();
            field(3, 5) <= 29 && field(8, 5) <= 29 && room == 1 << 7
        }
        _ => false,
    }
}

/// Digits of `width` bits to bytes; other bytes are read over, a rest of less than a byte is dropped.
fn bits(input: &[u8], width: u32, value: impl Fn(u8) -> Option<u8>, out: &mut Chunked<'_>) -> io::Result<()> {
    let (mut held, mut count) = (0_u32, 0_u32);
    for digit in input.iter().filter_map(|b| value(*b)) {
        held = (held << width | u32::from(digit)) & 0xffff;
        count += width;
        if count >= 8 {
            count -= 8;
            out.push((held >> count & 0xff) as u8)?;
        }
    }
    Ok(())
}

/// Groups of five digits to four bytes; `z` is four zeros where it is no digit.
fn base85(input: &[u8], value: impl Fn(u8) -> Option<u8>, out: &mut Chunked<'_>) -> io::Result<()> {
    let (mut group, mut count) = (0_u64, 0_usize);
    for b in input {
        let Some(digit) = value(*b) else {
            if *b == b'z' && count == 0 {
                out.extend(&[0; 4])?;
            }
            continue;
        };
        group = group * 85 + u64::from(digit);
        count += 1;
        if count == 5 {
            let word = u32::try_from(group).map_err(|_| io::Error::other("a group of base85 overflows"))?;
            out.extend(&word.to_be_bytes())?;
            (group, count) = (0, 0);
        }
    }
    if count > 1 {
        let keep = count - 1;
        while count < 5 {
            group = group * 85 + 84;
            count += 1;
        }
        let word = u32::try_from(group).unwrap_or(u32::MAX).to_be_bytes();
        out.extend(word.get(..keep).unwrap_or_default())?;
    }
    Ok(())
}

/// The words of a list of numbers. In the text of a text (a source map) lines end with two letters, of which one would stick
/// to the number behind it.
pub(super) fn words_of_list(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut before = 0_u8;
    input
        .split_inclusive(|b| !b.is_ascii_alphanumeric())
        .map(move |part| {
            let escaped = std::mem::replace(&mut before, part.last().copied().unwrap_or_default()) == b'\\';
            let word = part.strip_suffix(&[before]).filter(|_| !before.is_ascii_alphanumeric()).unwrap_or(part);
            match word {
                [b'n' | b'r' | b't', rest @ ..] if escaped => rest,
                _ => word,
            }
        })
        .filter(|w| !w.is_empty())
}

/// Numbers up to 0x10FFFF: all up to 255 are bytes, a larger one is a character.
fn numbers(input: &[u8], out: &mut Chunked<'_>) -> io::Result<()> {
    for word in words_of_list(input) {
        let Ok(text) = std::str::from_utf8(word) else { continue };
        let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => text.parse(),
        };
        match number {
            Ok(n @ 0..=255) => out.push(n as u8)?,
            Ok(n) => match char::from_u32(n) {
                Some(c) => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes())?,
                None => return Err(io::Error::other("a number is no character")),
            },
            // `chr`, `String`, `fromCharCode` between the numbers.
            Err(_) => {}
        }
    }
    Ok(())
}

/// Escapes of `digits` hexadecimal digits behind `mark` and one of `letters`; the bytes between them stand for themselves.
fn escapes(input: &[u8], mark: u8, letters: &[u8], digits: usize, out: &mut Chunked<'_>) -> io::Result<()> {
    let lead = 1 + usize::from(!letters.is_empty());
    let mut at = 0_usize;
    while let Some(b) = input.get(at).copied() {
        let body = input.get(at + lead..at + lead + digits).unwrap_or_default();
        let escaped = b == mark
            && body.len() == digits
            && (letters.is_empty() || input.get(at + 1).is_some_and(|l| letters.contains(l)))
            && body.iter().all(u8::is_ascii_hexdigit);
        if escaped {
            let code = body.iter().filter_map(|d| hex_value(*d)).fold(0_u32, |sum, d| sum << 4 | u32::from(d));
            if digits == 2 {
                out.push((code & 0xff) as u8)?;
            } else {
                out.extend(char::from_u32(code).unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]).as_bytes())?;
            }
            at += lead + digits;
        } else {
            out.push(b)?;
            at += 1;
        }
    }
    Ok(())
}

/// An output that takes so many bytes and then no more.
pub(super) struct Preview {
    bytes: Vec<u8>,
    limit: usize,
}

impl Preview {
    /// The first `limit` bytes that `layer` makes of `input`, and whether that is all of it without an error.
    pub(super) fn of(layer: Layer, input: &[u8], limit: usize) -> (Vec<u8>, bool) {
        let mut preview = Self { bytes: Vec::new(), limit };
        let done = layer.apply(input, &mut preview).is_ok();
        (preview.bytes, done)
    }
}

impl Write for Preview {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let room = self.limit.saturating_sub(self.bytes.len());
        if room == 0 && !data.is_empty() {
            return Err(io::Error::other("enough"));
        }
        let take = data.get(..room.min(data.len())).unwrap_or_default();
        self.bytes.extend_from_slice(take);
        Ok(take.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(layer: Layer, text: &str) -> String {
        String::from_utf8(Preview::of(layer, text.as_bytes(), 1000).0).unwrap()
    }

    #[test]
    fn text_encodings_decode() {
        assert_eq!(decode(Layer::Base64, "aGVsbG8gd29ybGQ="), "hello world");
        assert_eq!(decode(Layer::Hex, "68656c6C6f"), "hello");
        assert_eq!(decode(Layer::Base32, "NBSWY3DP"), "hello");
        assert_eq!(decode(Layer::Base85, "Xk~0{Zv"), "hello");
        assert_eq!(decode(Layer::Ascii85, "BOu!rDZ"), "hello");
        assert_eq!(decode(Layer::Numbers, "[104, 0x65,108 ,108,111]"), "hello");
        assert_eq!(decode(Layer::HexEscapes, "\\x68\\x65llo"), "hello");
        assert_eq!(decode(Layer::UnicodeEscapes, "\\u0068\\u0065llo"), "hello");
        assert_eq!(decode(Layer::Percent, "%68%65llo%"), "hello%");
        assert_eq!(decode(Layer::Rot13, "uryyb"), "hello");
        assert_eq!(decode(Layer::Reversed, "olleh"), "hello");
        assert_eq!(decode(Layer::Utf16, "h\0e\0l\0l\0o\0"), "hello");
    }

    #[test]
    fn deflate_streams_are_told_by_their_first_block() {
        let mut seed = 0x2545_f491_u32;
        let mut noise = |len: usize| -> Vec<u8> {
            let mut next = || {
                seed ^= seed << 13;
                seed ^= seed >> 17;
                seed ^= seed << 5;
                (seed >> 11) as u8
            };
            (0..len).map(|_| next()).collect()
        };
        for len in [0, 1, 5, 40, 3000, 70_000] {
            for content in [noise(len), vec![b'a'; len], "let answer = 42;\n".repeat(len / 17 + 1).into_bytes()] {
                for level in [0, 1, 6, 9] {
                    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
                    encoder.write_all(&content).unwrap();
                    let stream = encoder.finish().unwrap();
                    assert!(may_be_deflate(&stream), "{} bytes at level {level}", content.len());
                    assert_eq!(Preview::of(Layer::Deflate, &stream, 1 << 20), (content.clone(), true));
                }
            }
        }
        let mut refused = 0;
        for _ in 0..2000 {
            let bytes = noise(64);
            if !may_be_deflate(&bytes) {
                refused += 1;
                let mut out = Vec::new();
                assert!(flate2::bufread::DeflateDecoder::new(&*bytes).read_to_end(&mut out).is_err() && out.is_empty());
            }
        }
        assert!(refused > 1200, "{refused} of 2000");
    }

    #[test]
    fn hostile_input_ends() {
        for layer in [Layer::Zlib, Layer::Gzip, Layer::Deflate, Layer::Bzip2, Layer::Xz, Layer::Lzma, Layer::Base85] {
            let (bytes, _) = Preview::of(layer, &[0xff; 64], 100);
            assert!(bytes.len() <= 100);
        }
        let bomb = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&vec![0; 1 << 20]).unwrap();
            encoder.finish().unwrap()
        };
        assert_eq!(Preview::of(Layer::Zlib, &bomb, 4096).0.len(), 4096);
    }
}
