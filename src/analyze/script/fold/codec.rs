//! Decoders: base16 to base85, URL and HTML escapes, compressions, rotations.

use std::io::Read as _;
use std::rc::Rc;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::analyze::script::value::{Known, Labels, Value};

/// Most bytes that a compressed text unfolds to here; larger ones are left to the unwrappers.
const MAX_UNPACKED: u64 = 16 << 20;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

const SWAPPED: GeneralPurpose = GeneralPurpose::new(&LOWER_FIRST, LENIENT);
const LOWER_FIRST: alphabet::Alphabet =
    match alphabet::Alphabet::new("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/") {
        Ok(alphabet) => alphabet,
        Err(_) => alphabet::STANDARD,
    };

/// Whether text that was made of numbers, letter by letter, says something: alphabets and tables of letters are made so as
/// well, and go up letter by letter.
#[must_use]
pub(crate) fn is_of_numbers(text: &str) -> bool {
    const SHORTEST: usize = 8;
    const LETTERS: usize = 6;
    let bytes = text.as_bytes();
    if bytes.len() < SHORTEST || text.chars().any(|c| c.is_control() && !c.is_whitespace() || c == '\u{fffd}') {
        return false;
    }
    let rises = bytes.windows(2).filter(|w| matches!(w, [a, b] if a.checked_add(1) == Some(*b))).count();
    let letters: std::collections::BTreeSet<&u8> = bytes.iter().take(256).collect();
    letters.len() >= LETTERS && rises * 2 < bytes.len()
}

/// Base64 with the usual alphabet or the one with small letters first.
pub(crate) fn base64_of(text: &[u8], swapped: bool) -> Option<Vec<u8>> {
    if swapped { SWAPPED.decode(text).ok() } else { BASE64.decode(text).ok() }
}

/// Decodes a known text. The result is text when `text` and bytes otherwise; `None` when nothing is known or it is no
/// such encoding.
#[must_use]
pub(crate) fn decode(coding: &str, value: &Value) -> Option<Value> {
    let bytes = value.as_bytes()?;
    let labels = value.labels.with(Labels::DECODED);
    let decoded = match coding {
        "base64" => base64(bytes)?,
        "hex" => hex(bytes)?,
        "base32" => base32(bytes)?,
        "base85" => {
            base85(bytes, *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~")?
        }
        "ascii85" => ascii85(bytes)?,
        "url" => url(bytes),
        "uu" => uu(bytes),
        "quoted-printable" => quoted_printable(bytes),
        "reverse" => {
            let text = std::str::from_utf8(bytes).ok()?;
            return Some(Value::str(text.chars().rev().collect::<String>(), labels));
        }
        "rot13" => bytes.iter().map(|b| rot13(*b)).collect(),
        "zlib" => unpack(flate2::read::ZlibDecoder::new(bytes))?,
        "deflate" => unpack(flate2::read::DeflateDecoder::new(bytes))?,
        "gzip" => unpack(flate2::read::MultiGzDecoder::new(bytes))?,
        "bzip2" => unpack(bzip2::read::MultiBzDecoder::new(bytes))?,
        "lzma" => {
            if bytes.starts_with(b"\xfd7zXZ") {
                unpack(lzma_rust2::XzReader::new(bytes, true))?
            } else {
                unpack(lzma_rust2::LzmaReader::new_mem_limit(bytes, 64 << 10, None).ok()?)?
            }
        }
        "brotli" => unpack(brotli_decompressor::Decompressor::new(bytes, 4096))?,
        "utf16-base64" => {
            let raw = base64(bytes)?;
            let units: Vec<u16> = raw.as_chunks::<2>().0.iter().map(|p| u16::from_le_bytes(*p)).collect();
            return Some(Value::str(String::from_utf16_lossy(&units), labels));
        }
        _ => return None,
    };
    Some(match value.known {
        Known::Str(_) if matches!(coding, "url" | "rot13") => {
            Value::str(String::from_utf8_lossy(&decoded).into_owned(), labels)
        }
        _ if matches!(coding, "base64" | "hex") && matches!(value.known, Known::Str(_)) => {
            // In a shell what is decoded is text again.
            match String::from_utf8(decoded) {
                Ok(text) => Value::str(text, labels),
                Err(e) => Value::bytes(e.into_bytes(), labels),
            }
        }
        _ => Value::bytes(decoded, labels),
    })
}

/// The same, always as bytes.
#[must_use]
pub(crate) fn decode_bytes(coding: &str, value: &Value) -> Option<Value> {
    let decoded = decode(coding, value)?;
    Some(match decoded.known {
        Known::Str(text) => Value { known: Known::Bytes(Rc::from(text.as_bytes())), labels: decoded.labels },
        _ => decoded,
    })
}

fn unpack(mut reader: impl std::io::Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    reader.by_ref().take(MAX_UNPACKED).read_to_end(&mut out).ok()?;
    Some(out)
}

/// Base64 with the standard or the URL alphabet, with or without padding, white space left out.
#[must_use]
pub(crate) fn base64(bytes: &[u8]) -> Option<Vec<u8>> {
    let clean: Vec<u8> = bytes.iter().copied().filter(|b| b.is_ascii_alphanumeric() || b"+/-_=".contains(b)).collect();
    if clean.iter().any(|b| b"-_".contains(b)) { BASE64_URL.decode(&clean).ok() } else { BASE64.decode(&clean).ok() }
}

/// Hexadecimal digits, white space left out.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = bytes
        .iter()
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

fn base32(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for b in bytes.iter().filter(|b| !b.is_ascii_whitespace() && **b != b'=') {
        let value = match b.to_ascii_uppercase() {
            c @ b'A'..=b'Z' => c - b'A',
            c @ b'2'..=b'7' => c - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap_or(0));
        }
    }
    Some(out)
}

fn base85(bytes: &[u8], alphabet: [u8; 85]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for group in bytes.chunks(5) {
        let mut value = 0u32;
        for i in 0..5 {
            let digit = match group.get(i) {
                Some(b) => alphabet.iter().position(|a| a == b)?,
                None => 84,
            };
            value = value.checked_mul(85)?.checked_add(u32::try_from(digit).ok()?)?;
        }
        let missing = 5 - group.len();
        out.extend_from_slice(value.to_be_bytes().get(..4 - missing.min(3))?);
    }
    Some(out)
}

fn ascii85(bytes: &[u8]) -> Option<Vec<u8>> {
    let text: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    let text = text.strip_prefix(b"<~").unwrap_or(&text);
    let text = text.strip_suffix(b"~>").unwrap_or(text);
    let mut plain = Vec::new();
    for b in text {
        if *b == b'z' { plain.extend_from_slice(b"!!!!!") } else { plain.push(*b) }
    }
    let mut alphabet = [0; 85];
    for (slot, code) in alphabet.iter_mut().zip(b'!'..) {
        *slot = code;
    }
    base85(&plain, alphabet)
}

/// One line of uuencoded text: its length, and six bits in each letter.
fn uu(bytes: &[u8]) -> Vec<u8> {
    let six = |b: &u8| b.wrapping_sub(b' ') & 63;
    let length = bytes.first().map_or(0, |b| usize::from(six(b)));
    let mut out = Vec::with_capacity(48);
    for group in bytes.get(1..).unwrap_or_default().trim_ascii_end().chunks(4) {
        let bits = (0..4).fold(0u32, |bits, i| bits << 6 | group.get(i).map_or(0, |b| u32::from(six(b))));
        out.extend_from_slice(bits.to_be_bytes().get(1..).unwrap_or_default());
    }
    out.resize(length, 0);
    out
}

/// Quoted-printable text (RFC 2045, 6.7).
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'=', [b'\r', b'\n', tail @ ..] | [b'\n', tail @ ..]) => rest = tail,
            (b'=', [a, b, tail @ ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                let digit = |d: u8| char::from(d).to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0);
                out.push(digit(*a) << 4 | digit(*b));
                rest = tail;
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// Percent escapes.
#[must_use]
pub(crate) fn url(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%'
            && let Some([a, b]) = tail.first_chunk::<2>()
            && let (Some(a), Some(b)) = (char::from(*a).to_digit(16), char::from(*b).to_digit(16))
        {
            out.push(u8::try_from(a << 4 | b).unwrap_or(0));
            rest = tail.get(2..).unwrap_or_default();
            continue;
        }
        // `unescape` knows %uXXXX too.
        if *first == b'%'
            && let Some(digits) = tail.get(..5).filter(|d| d.first() == Some(&b'u'))
            && let Some(code) =
                digits.get(1..).and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u32::from_str_radix(d, 16).ok())
        {
            let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            rest = tail.get(5..).unwrap_or_default();
            continue;
        }
        out.push(*first);
        rest = tail;
    }
    out
}

/// Rotation by 13 letters.
#[must_use]
pub(crate) fn rot13(b: u8) -> u8 {
    match b {
        b'a'..=b'z' => (b - b'a' + 13) % 26 + b'a',
        b'A'..=b'Z' => (b - b'A' + 13) % 26 + b'A',
        _ => b,
    }
}

/// Backslash escapes of shells and of `unicode_escape`.
#[must_use]
pub(crate) fn unescape(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(b) = bytes.get(i) {
        i += 1;
        if *b != b'\\' {
            out.push(*b);
            continue;
        }
        let Some(next) = bytes.get(i) else {
            out.push(b'\\');
            break;
        };
        i += 1;
        let number = |from: usize, most: usize, radix: u32| -> (u32, usize) {
            let mut value = 0u32;
            let mut used = 0;
            while used < most
                && let Some(digit) = bytes.get(from + used).and_then(|b| char::from(*b).to_digit(radix))
            {
                value = value.wrapping_mul(radix).wrapping_add(digit);
                used += 1;
            }
            (value, used)
        };
        match next {
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'r' => out.push(b'\r'),
            b'e' => out.push(0x1b),
            b'x' => {
                let (value, used) = number(i, 2, 16);
                i += used;
                out.push(u8::try_from(value).unwrap_or(b'?'));
            }
            b'u' | b'U' => {
                let (value, used) = number(i, if *next == b'u' { 4 } else { 8 }, 16);
                i += used;
                let c = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            b'0'..=b'7' => {
                let (value, used) = number(i - 1, 3, 8);
                i += used.max(1) - 1;
                out.push(u8::try_from(value & 0xff).unwrap_or(b'?'));
            }
            other => out.push(*other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `tr SET1 SET2`, with ranges.
#[must_use]
pub(crate) fn translate(value: &Value, from: Option<&str>, to: Option<&str>) -> Option<Value> {
    let text = value.as_str()?;
    let (from, to) = (expand_set(from?), expand_set(to?));
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let changed: String = text
        .chars()
        .map(|c| match from.iter().position(|f| *f == c) {
            Some(at) => to.get(at).or_else(|| to.last()).copied().unwrap_or(c),
            None => c,
        })
        .collect();
    Some(Value::str(changed, value.labels.with(Labels::DECODED)))
}

fn expand_set(set: &str) -> Vec<char> {
    let chars: Vec<char> = set.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(c) = chars.get(i) {
        match (chars.get(i + 1), chars.get(i + 2)) {
            (Some('-'), Some(end)) if end >= c && out.len() < 4096 => {
                out.extend((*c..=*end).take(512));
                i += 3;
            }
            _ => {
                out.push(*c);
                i += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: &str) -> Value {
        Value::str(t, Labels::NONE)
    }

    #[test]
    fn decoders_undo_what_encoders_do() {
        assert_eq!(base64(b"aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64(b"aGVs\nbG8").as_deref(), Some(&b"hello"[..]));
        assert_eq!(hex(b"68 65").as_deref(), Some(&b"he"[..]));
        assert_eq!(hex(b"686"), None);
        assert_eq!(base32(b"NBSWY3DP").as_deref(), Some(&b"hello"[..]));
        assert_eq!(
            decode_bytes("base85", &text("Xk~0{Zv")).and_then(|v| v.as_bytes().map(<[u8]>::to_vec)),
            Some(b"hello".to_vec())
        );
        assert_eq!(ascii85(b"<~BOu!rDZ~>").as_deref(), Some(&b"hello"[..]));
        assert_eq!(url(b"%68i%u0041%"), b"hiA%");
        assert_eq!(unescape("\\x68\\u0069\\101\\n"), "hiA\n");
        assert_eq!(
            translate(&text("uryyb"), Some("a-z"), Some("n-za-m")).and_then(|v| v.as_str().map(str::to_owned)),
            Some("hello".to_owned())
        );
        assert_eq!(
            decode("utf16-base64", &text("aABpAA==")).and_then(|v| v.as_str().map(str::to_owned)),
            Some("hi".to_owned())
        );
    }

    #[test]
    fn lines_of_uuencode_and_quoted_printable_text() {
        // As `binascii.b2a_uu(b"import os; x")` and `quopri.encodestring` write them.
        assert_eq!(uu(b",:6UP;W)T(&]S.R!X\n"), b"import os; x");
        assert_eq!(uu(b""), b"");
        assert_eq!(uu(b"M"), [0; 45]);
        assert_eq!(quoted_printable(b"a=3Db=\r\nc=\nd=zz="), b"a=bcd=zz=");
    }
}
