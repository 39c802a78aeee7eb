//! Where encoded text stands in a file.
//!
//! Ordinary source must cost next to nothing. A run of at least *n* bytes of one class covers one of every *n* offsets,
//! so only these are looked at and the run is walked where one of them is of the class. Escapes are found by their
//! first byte, calls of decoders by one search for all their names.

use std::sync::OnceLock;

use memchr::memmem;

use super::layer::{Layer, words_of_list};
use super::pieces::{Pieces, class};
use crate::model::ByteView;
use crate::parse::finder::Finder;

/// An encoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// First byte.
    pub(super) start: usize,
    /// Behind the last byte.
    pub(super) end: usize,
    /// How it is encoded.
    pub(super) coding: Layer,
}

/// What the decoders' names in a file say.
#[derive(Debug, Clone, Default)]
pub(super) struct Signs {
    /// Something is decoded from text.
    pub(super) decodes: bool,
    /// Base85 or Ascii85 is decoded.
    pub(super) base85: bool,
    /// Something is reversed.
    pub(super) reverses: bool,
    /// ROT13 is spoken of.
    pub(super) rot13: bool,
    /// Streams without headers are inflated.
    pub(super) deflate: bool,
    /// Xor is spoken of (the operator is looked for only when it matters).
    pub(super) xor: bool,
    /// Offsets behind `fromCharCode(` and before `chr(`.
    pub(super) characters: Vec<usize>,
}

const DECODE: &[&str] = &[
    "b64decode",
    "atob(",
    "Buffer.from(",
    "FromBase64String",
    "fromhex(",
    "unhexlify(",
    "b32decode",
    "b16decode",
    "base64_decode",
    "decodestring(",
    "base64 -d",
    "base64 --decode",
    "decode('base64",
    "decode(\"base64",
    "Base64.decode",
    "'base64'",
    "\"base64\"",
];
const OTHER: &[(&str, u8)] = &[
    ("b85decode", 1),
    ("a85decode", 1),
    ("ascii85", 1),
    ("base85", 1),
    ("[::-1]", 2),
    (".reverse()", 2),
    ("strrev", 2),
    ("reversed(", 2),
    ("::Reverse(", 2),
    ("rot13", 3),
    ("rot_13", 3),
    ("inflateRaw", 4),
    ("wbits", 4),
    ("DeflateStream", 4),
    ("fromCharCode(", 5),
    ("fromCharCode,", 5),
    ("chr(", 6),
    ("Chr(", 6),
    ("xor", 7),
    ("XOR", 7),
    ("-15)", 4),
];

/// Reads the signs of a file in one pass.
pub(super) fn signs(bytes: &[u8]) -> Signs {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    let words = || DECODE.iter().copied().chain(OTHER.iter().map(|(w, _)| *w));
    let finder = FINDER.get_or_init(|| Finder::new(words()));
    let mut signs = Signs::default();
    for hit in finder.find_iter(bytes) {
        let Some((_, sign)) = hit.word.checked_sub(DECODE.len()).and_then(|i| OTHER.get(i)) else {
            signs.decodes = true;
            continue;
        };
        match sign {
            1 => (signs.base85, signs.decodes) = (true, true),
            2 => signs.reverses = true,
            3 => signs.rot13 = true,
            4 => signs.deflate = true,
            5 if signs.characters.len() < MAX_CHARACTERS => signs.characters.push(hit.end),
            6 if signs.characters.len() < MAX_CHARACTERS => signs.characters.push(hit.start),
            7 => signs.xor = true,
            _ => {}
        }
    }
    signs
}

/// Most calls that build text from character codes that are looked at.
const MAX_CHARACTERS: usize = 10_000;
/// Shortest encoded text anywhere.
const MIN_TOTAL: usize = 64;
/// Shortest piece of it.
const MIN_PIECE: usize = 32;
/// Shortest encoded literal in a file that decodes something.
const MIN_DECODED: usize = 12;
/// Shortest piece of an encoded text in native code.
const MIN_NATIVE: usize = 64;
/// Fewest numbers of a list.
const MIN_NUMBERS: usize = 16;
/// Fewest escapes of a run.
const MIN_ESCAPES: usize = 10;

/// Hands every candidate to `visit` until it says `false`.
pub(super) fn candidates(view: &ByteView, script: bool, signs: &Signs, visit: &mut dyn FnMut(Candidate) -> bool) {
    let bytes: &[u8] = view;
    let (piece, total) = if signs.decodes && script { (MIN_DECODED, MIN_DECODED) } else { (MIN_PIECE, MIN_TOTAL) };
    let mut lists = Vec::new();
    let go = blobs(view, class::BASE64, piece, total, visit)
        && (!signs.base85 || blobs(view, class::BASE85, 20, 20, visit))
        && number_lists(bytes, &mut |c| {
            lists.push(c.start);
            visit(c)
        });
    if go && script {
        let _ = characters(bytes, &signs.characters, &lists, visit) && escapes(bytes, visit);
    }
}

/// Hands long base64 and hexadecimal texts among the bytes of native code to `visit` until it says `false`.
pub(super) fn native_candidates(view: &ByteView, visit: &mut dyn FnMut(Candidate) -> bool) {
    let _ = blobs(view, class::BASE64, MIN_NATIVE, 2 * MIN_NATIVE, visit);
}

/// The run of one class around `at`, not reaching before `floor`.
fn run_around(bytes: &[u8], at: usize, floor: usize, mask: u8) -> (usize, usize) {
    let before = bytes.get(floor..at).unwrap_or_default();
    let start = at - before.iter().rev().take_while(|b| class::is(**b, mask)).count();
    let after = bytes.get(at..).unwrap_or_default();
    (start, at + after.iter().take_while(|b| class::is(**b, mask)).count())
}

fn blobs(view: &ByteView, mask: u8, piece: usize, total: usize, visit: &mut dyn FnMut(Candidate) -> bool) -> bool {
    let bytes: &[u8] = view;
    let (mut floor, mut behind) = (0_usize, 0_usize);
    let mut at = piece.saturating_sub(1);
    while let Some(b) = bytes.get(at) {
        view.leave(&mut behind, at);
        if !class::is(*b, mask) {
            at += piece;
            continue;
        }
        let (start, end) = run_around(bytes, at, floor, mask);
        if end - start < piece {
            at = end + piece;
            continue;
        }
        let mut pieces = Pieces::new(bytes, start, mask);
        let len: usize = pieces.by_ref().map(<[u8]>::len).sum();
        let end = pieces.end.max(end);
        // Padding in front is padding at the end of a reversed text.
        let padding = bytes.get(start.saturating_sub(2)..start).unwrap_or_default();
        let padding = padding.iter().rev().take_while(|b| **b == b'=').count();
        let reversed = bytes.get(start.saturating_sub(padding + 1)).is_some_and(|b| matches!(b, b'"' | b'\'' | b'`'));
        let start = if padding > 0 && reversed { start - padding } else { start };
        let coding = if mask == class::BASE85 { Layer::Base85 } else { coding_of(bytes, start, end) };
        if len >= total && !visit(Candidate { start, end, coding }) {
            return false;
        }
        floor = end;
        at = end + piece - 1;
    }
    true
}

/// Which of the encodings that share the alphabet of base64 a text is in.
fn coding_of(bytes: &[u8], start: usize, end: usize) -> Layer {
    let text = bytes.get(start..end.min(start + 512)).unwrap_or_default();
    let all = |mask: u8| text.iter().filter(|b| class::is(**b, class::BASE64)).all(|b| class::is(*b, mask));
    if all(class::HEX) {
        Layer::Hex
    } else if all(class::BASE32) {
        Layer::Base32
    } else {
        Layer::Base64
    }
}

/// The end of a list whose lines end in escapes: one that stands in the text of a text, as in a source map.
fn end_over_lines(bytes: &[u8], mut end: usize) -> usize {
    while let Some([b'\\', b'n' | b'r' | b't', next, ..]) = bytes.get(end..)
        && (class::is(*next, class::NUMBERS) || *next == b'\\')
    {
        (_, end) = run_around(bytes, end + 2, end + 2, class::NUMBERS);
    }
    end
}

fn number_lists(bytes: &[u8], visit: &mut dyn FnMut(Candidate) -> bool) -> bool {
    const STRIDE: usize = 2 * MIN_NUMBERS;
    let mut floor = 0_usize;
    let mut at = STRIDE - 1;
    while let Some(b) = bytes.get(at) {
        if !class::is(*b, class::NUMBERS) {
            at += STRIDE;
            continue;
        }
        let (start, end) = run_around(bytes, at, floor, class::NUMBERS);
        let end = end_over_lines(bytes, end);
        floor = end;
        at = end + STRIDE;
        let list = bytes.get(start..end).unwrap_or_default();
        if list.len() >= STRIDE
            && is_number_list(list, MIN_NUMBERS)
            && !visit(Candidate { start, end, coding: Layer::Numbers })
        {
            return false;
        }
    }
    true
}

/// Whether text begins with at least `min` numbers that can be bytes or characters.
fn is_number_list(list: &[u8], min: usize) -> bool {
    let numbers = words_of_list(list).take(min);
    let valid = numbers.filter(|w| match w {
        [b'0', b'x' | b'X', digits @ ..] => matches!(digits.len(), 1..=4) && digits.iter().all(u8::is_ascii_hexdigit),
        _ => w.len() <= 5 && w.iter().all(u8::is_ascii_digit),
    });
    valid.count() >= min && list.iter().any(|b| matches!(b, b',' | b'|' | b';' | b' '))
}

/// Calls that build text from codes: `fromCharCode(1, 2, …)`, `chr(1)+chr(2)+…`.
/// `seen` are the starts of lists that were handed on already.
fn characters(bytes: &[u8], calls: &[usize], seen: &[usize], visit: &mut dyn FnMut(Candidate) -> bool) -> bool {
    let mut floor = 0_usize;
    for &call in calls {
        if call < floor || seen.binary_search(&call).is_ok() {
            continue;
        }
        let rest = bytes.get(call..).unwrap_or_default();
        let mut numbers = 0_usize;
        let len = if matches!(rest.first(), Some(b'c' | b'C')) {
            let mut len = 0_usize;
            while let Some(link) = rest.get(len..).and_then(chain_link) {
                len += link;
                numbers += 1;
            }
            len
        } else {
            let end = rest.iter().position(|b| !class::is(*b, class::NUMBERS)).unwrap_or(rest.len());
            let list = rest.get(..end).unwrap_or_default();
            if is_number_list(list, 5) {
                numbers = MIN_NUMBERS;
            }
            end
        };
        floor = call + len;
        if numbers >= 5 && !visit(Candidate { start: call, end: call + len, coding: Layer::Numbers }) {
            return false;
        }
    }
    true
}

/// The length of one `chr(…)` and what joins it to the next.
fn chain_link(text: &[u8]) -> Option<usize> {
    let body = text.strip_prefix(b"chr(").or_else(|| text.strip_prefix(b"Chr("))?;
    let close = body.iter().take(12).position(|b| *b == b')')?;
    let joiner = body
        .get(close + 1..)?
        .iter()
        .take(40)
        .take_while(|b| matches!(b, b'+' | b'&' | b'.' | b',' | b' ' | b'\n' | b'\r' | b'\t' | b'\\'));
    Some(4 + close + 1 + joiner.count())
}

/// Runs of `\xNN`, `\uNNNN` and `%NN`, with at most three plain characters between two escapes.
fn escapes(bytes: &[u8], visit: &mut dyn FnMut(Candidate) -> bool) -> bool {
    let mut floor = 0_usize;
    for at in memchr::memchr2_iter(b'\\', b'%', bytes) {
        if at < floor {
            continue;
        }
        let Some((coding, len)) = escape_at(bytes, at) else { continue };
        let (mut end, mut count, mut probe) = (at + len, 1_usize, at + len);
        while probe <= end + 3 {
            match escape_at(bytes, probe) {
                Some((same, len)) if same == coding => {
                    end = probe + len;
                    probe = end;
                    count += 1;
                }
                _ if bytes
                    .get(probe)
                    .is_some_and(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'`' | b'\\')) =>
                {
                    probe += 1;
                }
                _ => break,
            }
        }
        floor = end;
        if count >= MIN_ESCAPES && !visit(Candidate { start: at, end, coding }) {
            return false;
        }
    }
    true
}

fn escape_at(bytes: &[u8], at: usize) -> Option<(Layer, usize)> {
    let hex = |from: usize, len: usize| {
        bytes.get(at + from..at + from + len).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit))
    };
    match (bytes.get(at)?, bytes.get(at + 1)?) {
        (b'\\', b'x') if hex(2, 2) => Some((Layer::HexEscapes, 4)),
        (b'\\', b'u') if hex(2, 4) => Some((Layer::UnicodeEscapes, 6)),
        (b'%', _) if hex(1, 2) => Some((Layer::Percent, 3)),
        _ => None,
    }
}

/// Whether something executes what stands at `start`: a call shortly before it in the same line.
pub(super) fn is_executed(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = bytes.get(start.saturating_sub(200)..start).unwrap_or_default();
    let line = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let after = bytes.get(end..bytes.len().min(end.saturating_add(80))).unwrap_or_default();
    let after = after.split(|b| *b == b'\n').next().unwrap_or_default();
    let calls: &[&[u8]] = &[
        b"exec(",
        b"eval(",
        b"Function(",
        b"Invoke-Expression",
        b"iex ",
        b"IEX",
        b"-enc",
        b"-Enc",
        b"__import__('builtins').exec",
        b"runInThisContext(",
    ];
    let pipes: &[&[u8]] = &[b"| bash", b"|bash", b"| sh", b"|sh", b"|python", b"| python", b"| node"];
    calls.iter().any(|c| memmem::find(line, c).is_some()) || pipes.iter().any(|p| memmem::find(after, p).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(Layer, String)> {
        let mut found = Vec::new();
        candidates(&ByteView::from_vec(text.into()), true, &signs(text.as_bytes()), &mut |c| {
            found.push((c.coding, text[c.start..c.end].to_owned()));
            true
        });
        found
    }

    #[test]
    fn runs_of_every_encoding_are_found() {
        let b64 = "aGVs".repeat(20);
        assert_eq!(all(&format!("x = '{b64}=='")), [(Layer::Base64, format!("{b64}=="))]);
        let hex = "0a".repeat(40);
        assert_eq!(all(&format!("x = '{hex}'")), [(Layer::Hex, hex)]);
        let list = "104, 101, 108, ".repeat(10);
        assert_eq!(all(&format!("x = [{list}1]")), [(Layer::Numbers, format!("{list}1"))]);
        assert_eq!(
            all("String.fromCharCode(104,116,116,112,58)")[0],
            (Layer::Numbers, "104,116,116,112,58".to_owned())
        );
        assert_eq!(all("x = chr(104)+chr(116) + chr(0x74)+chr(112)+chr(58)")[0].0, Layer::Numbers);
        let escapes = "\\x68\\x65".repeat(8);
        assert_eq!(all(&format!("x = '{escapes}'")), [(Layer::HexEscapes, escapes)]);
        let split = format!("'{}' +\n '{}'", "aGVs".repeat(10), "REVG".repeat(10));
        assert_eq!(all(&split).len(), 1);
    }

    #[test]
    fn ordinary_code_has_none() {
        let code =
            "def function_with_a_name(argument, other):\n    return argument + other  # and a comment\n".repeat(50);
        assert_eq!(all(&code), []);
        assert_eq!(all(""), []);
    }

    #[test]
    fn short_literals_count_beside_a_decoder() {
        let text = "exec(base64.b64decode('cHJpbnQoMTIzNCk='))";
        assert_eq!(all(text), [(Layer::Base64, "cHJpbnQoMTIzNCk=".to_owned())]);
        assert!(is_executed(text.as_bytes(), text.find("cHJ").unwrap(), text.len() - 3));
    }
}
