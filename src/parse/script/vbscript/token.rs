//! Words, numbers, texts and signs of VBScript. Case means nothing: words are lowered.

use super::super::shell::build::Span;

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// A word, lowered; one in brackets loses them.
    Word(String),
    /// A number.
    Num(f64),
    /// A text, its doubled quotes made single.
    Text(String),
    /// An operator, a bracket, a comma, a point.
    Sign(&'t str),
    /// A point behind a blank: of what `With` names.
    Inner,
    /// The end of a statement.
    End,
}

/// Signs of two letters, which come first.
const PAIRS: &[&str] = &["<>", "<=", ">=", "=<", "=>"];

/// Every part of a text with its place.
pub(super) fn tokens(text: &str) -> Vec<(Token<'_>, Span)> {
    let bytes = text.as_bytes();
    let mut out: Vec<(Token<'_>, Span)> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let start = at;
        let token = match byte {
            b'\n' | b':' => {
                at += 1;
                Token::End
            }
            b'\'' => {
                at = line_end(bytes, at);
                continue;
            }
            // A line that goes on in the next one.
            b'_' if is_continued(bytes, at) => {
                at = line_end(bytes, at) + 1;
                continue;
            }
            b'"' => {
                let (text, end) = quoted(text, at);
                at = end;
                Token::Text(text)
            }
            b'#' => match date_end(bytes, at) {
                Some(end) => {
                    at = end;
                    Token::Text(text.get(start + 1..end - 1).unwrap_or_default().to_owned())
                }
                None => {
                    at += 1;
                    continue;
                }
            },
            b'&' if matches!(bytes.get(at + 1), Some(b'h' | b'H' | b'o' | b'O'))
                && digits(bytes, at + 2).1 > at + 2 =>
            {
                let (value, end) = digits(bytes, at + 2);
                let radix = if matches!(bytes.get(at + 1), Some(b'h' | b'H')) { 16 } else { 8 };
                let value = i64::from_str_radix(value, radix).unwrap_or(0);
                at = end + usize::from(bytes.get(end) == Some(&b'&'));
                // Four digits are a number with a sign.
                let value = if radix == 16 && value > 0x7fff && value <= 0xffff && bytes.get(end) != Some(&b'&') {
                    value - 0x1_0000
                } else {
                    value
                };
                #[allow(clippy::cast_precision_loss)]
                Token::Num(value as f64)
            }
            b'0'..=b'9' => {
                while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || *b == b'.') {
                    at += 1;
                }
                Token::Num(text.get(start..at).and_then(|n| n.parse().ok()).unwrap_or(0.0))
            }
            b'[' => {
                let end = memchr::memchr(b']', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |n| at + n);
                at = end + 1;
                Token::Word(text.get(start + 1..end).unwrap_or_default().to_lowercase())
            }
            b'.' => {
                at += 1;
                let is_behind = start > 0
                    && bytes.get(start - 1).is_some_and(|b| is_word(*b) || matches!(b, b')' | b']' | b'"' | b'.'));
                if is_behind { Token::Sign(".") } else { Token::Inner }
            }
            _ if is_word(byte) => {
                while bytes.get(at).copied().is_some_and(is_word) {
                    at += 1;
                }
                let word = text.get(start..at).unwrap_or_default().to_lowercase();
                // Of Visual Basic, functions that yield text and nothing else: `Mid$`.
                at += usize::from(bytes.get(at) == Some(&b'$'));
                let begins = matches!(out.last(), None | Some((Token::End, _)));
                if word == "rem" && begins {
                    at = line_end(bytes, at);
                    continue;
                }
                Token::Word(word)
            }
            _ if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                let pair = text.get(at..at + 2).and_then(|two| PAIRS.iter().find(|p| **p == two));
                let length = if pair.is_some() {
                    2
                } else {
                    text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
                };
                at += length;
                Token::Sign(text.get(start..at).unwrap_or_default())
            }
        };
        out.push((token, (start, at)));
    }
    out
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(bytes.len(), |n| at + n)
}

/// Whether only blanks stand between an underscore of its own and the end of the line.
fn is_continued(bytes: &[u8], at: usize) -> bool {
    let alone = at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace);
    alone && bytes.get(at + 1..line_end(bytes, at)).is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
}

/// The text of a literal, and where it ends. A line's end closes it.
fn quoted(text: &str, at: usize) -> (String, usize) {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut from = at + 1;
    loop {
        let end = memchr::memchr2(b'"', b'\n', bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |n| from + n);
        out.push_str(text.get(from..end).unwrap_or_default());
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'"'), Some(b'"')) => {
                out.push('"');
                from = end + 2;
            }
            (Some(b'"'), _) => return (out, end + 1),
            _ => return (out, end),
        }
    }
}

/// The end of a date between two signs.
fn date_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 1..(at + 32).min(bytes.len()))?;
    let end = rest.iter().position(|b| *b == b'#')?;
    rest.get(..end)?.iter().all(|b| b.is_ascii_alphanumeric() || b"/:- ,.".contains(b)).then_some(at + end + 2)
}

fn digits(bytes: &[u8], at: usize) -> (&str, usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let count = rest.iter().take(15).take_while(|b| b.is_ascii_hexdigit()).count();
    (std::str::from_utf8(rest.get(..count).unwrap_or_default()).unwrap_or_default(), at + count)
}
