//! Words and signs of Go, Rust, Java, C# and R: all are cut into them the same way, but for what a line feed and a quote mean.

use crate::parse::script::Language;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// Text between quotes, with what stands in front of it (`b"…"`, `r#"…"#`).
    Text,
    /// One character between quotes.
    Char,
    /// `'a` of Rust.
    Lifetime,
    Sign(u8),
    /// The end of a statement of Go that nobody wrote.
    LineEnd,
    End,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Most tokens of one file; what comes behind them is not read.
const MAX_TOKENS: usize = 6_000_000;

/// Longest run of `#` in front of a raw string of Rust.
const MAX_HASHES: usize = 255;

/// The tokens of a text, for each opening bracket the place of the one that closes it, and whether all were read.
pub(super) fn tokens(text: &str, language: Language) -> (Vec<Token>, Vec<u32>, bool) {
    let mut out: Vec<Token> = Vec::new();
    let bytes = text.as_bytes();
    // A mark of the order of bytes is no word.
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut whole = true;
    // Brackets of R in which a line goes on.
    let mut open: Vec<u8> = Vec::new();
    while let Some(byte) = bytes.get(at).copied() {
        if out.len() >= MAX_TOKENS {
            whole = false;
            break;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        if language == Language::R {
            let len = match byte {
                b'#' => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
                b'\n' => {
                    if open.last().is_none_or(|b| *b == b'{') && out.last().is_some_and(|l| ends_line_of_r(*l, text)) {
                        push(&mut out, Kind::LineEnd, at, at);
                    }
                    1
                }
                b if b.is_ascii_whitespace() => 1,
                _ => {
                    let (kind, len) = token_of_r(rest);
                    match kind {
                        Kind::Sign(b'(' | b'[' | b'{') => open.push(byte),
                        Kind::Sign(b')' | b']' | b'}') => drop(open.pop()),
                        _ => {}
                    }
                    let end = (at + len.max(1)).min(bytes.len());
                    push(&mut out, kind, at, end);
                    len.max(1)
                }
            };
            at += len.max(1);
            continue;
        }
        if byte == b'\n' {
            if language == Language::Go && out.last().is_some_and(|last| ends_statement(*last, text)) {
                push(&mut out, Kind::LineEnd, at, at);
            }
            at += 1;
            continue;
        }
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if rest.starts_with(b"//") {
            at = memchr::memchr(b'\n', rest).map_or(bytes.len(), |p| at + p);
            continue;
        }
        if rest.starts_with(b"/*") {
            let len = comment(rest, language == Language::Rust);
            let breaks = memchr::memchr(b'\n', rest.get(..len).unwrap_or_default()).is_some();
            if breaks && language == Language::Go && out.last().is_some_and(|last| ends_statement(*last, text)) {
                push(&mut out, Kind::LineEnd, at, at);
            }
            at += len;
            continue;
        }
        // Lines to the compiler of C#.
        if byte == b'#' && language == Language::CSharp {
            at = memchr::memchr(b'\n', rest).map_or(bytes.len(), |p| at + p);
            continue;
        }
        let (kind, len) = match language {
            Language::Go => token_of_go(rest),
            Language::Java | Language::CSharp => token_of_curly(rest),
            _ => token_of_rust(rest),
        };
        let end = (at + len.max(1)).min(bytes.len());
        push(&mut out, kind, at, end);
        at = end;
    }
    if language == Language::Go {
        push(&mut out, Kind::LineEnd, bytes.len(), bytes.len());
    }
    let partners = partners(&out);
    (out, partners, whole)
}

fn push(out: &mut Vec<Token>, kind: Kind, start: usize, end: usize) {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    out.push(Token { kind, start: small(start), end: small(end) });
}

/// Whether a line feed behind this token ends a statement of Go.
fn ends_statement(last: Token, text: &str) -> bool {
    match last.kind {
        Kind::Word => {
            let word = text.get(last.start as usize..last.end as usize).unwrap_or_default();
            !matches!(
                word,
                "if" | "for"
                    | "func"
                    | "var"
                    | "const"
                    | "type"
                    | "import"
                    | "package"
                    | "case"
                    | "switch"
                    | "select"
                    | "go"
                    | "defer"
                    | "else"
                    | "range"
                    | "struct"
                    | "interface"
                    | "map"
                    | "chan"
                    | "goto"
                    | "default"
            )
        }
        Kind::Number | Kind::Text | Kind::Char => true,
        Kind::Sign(b')' | b']' | b'}') => true,
        Kind::Sign(sign @ (b'+' | b'-')) => {
            let before = (last.start as usize).checked_sub(1).and_then(|i| text.as_bytes().get(i));
            before == Some(&sign)
        }
        _ => false,
    }
}

/// Length of a comment; those of Rust nest.
fn comment(rest: &[u8], nests: bool) -> usize {
    let mut deep = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let here = rest.get(at..).unwrap_or_default();
        if here.starts_with(b"/*") && (nests || deep == 0) {
            deep += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            deep -= 1;
            at += 2;
            if deep == 0 {
                return at;
            }
        } else {
            at += 1 + memchr::memchr2(b'/', b'*', here.get(1..).unwrap_or_default()).unwrap_or(here.len());
        }
    }
    rest.len()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn word(rest: &[u8]) -> usize {
    rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len())
}

/// Length of a number. A point belongs to it when a digit comes behind.
fn number(rest: &[u8]) -> usize {
    let mut at = 0;
    let is_hex = rest.starts_with(b"0x") || rest.starts_with(b"0X");
    while let Some(byte) = rest.get(at) {
        let next = rest.get(at + 1).copied().unwrap_or(0);
        let signs = matches!(byte, b'+' | b'-')
            && !is_hex
            && at > 0
            && matches!(rest.get(at - 1), Some(b'e' | b'E'))
            && next.is_ascii_digit();
        if is_word(*byte) || *byte == b'.' && next.is_ascii_digit() || signs {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Length of what stands between quotes in which a backslash escapes; a missing quote ends at the end of the text, or of
/// the line where lines end it.
fn quoted(rest: &[u8], quote: u8, line: bool) -> usize {
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if line => return at,
            b if *b == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

fn token_of_go(rest: &[u8]) -> (Kind, usize) {
    match rest.first().copied().unwrap_or(0) {
        b'"' => (Kind::Text, quoted(rest, b'"', true)),
        b'`' => (Kind::Text, memchr::memchr(b'`', rest.get(1..).unwrap_or_default()).map_or(rest.len(), |p| p + 2)),
        b'\'' => (Kind::Char, quoted(rest, b'\'', true)),
        b if b.is_ascii_digit() => (Kind::Number, number(rest)),
        b if is_word(b) => (Kind::Word, word(rest)),
        b => (Kind::Sign(b), 1),
    }
}

/// Whether a line feed behind this token ends a statement of R: it does, but for a sign that wants another side.
fn ends_line_of_r(last: Token, text: &str) -> bool {
    match last.kind {
        Kind::LineEnd => false,
        Kind::Sign(b')' | b']' | b'}') => true,
        Kind::Sign(_) => false,
        Kind::Word => {
            let word = text.get(last.start as usize..last.end as usize).unwrap_or_default();
            !matches!(word, "else" | "function" | "repeat" | "in")
        }
        _ => true,
    }
}

fn token_of_r(rest: &[u8]) -> (Kind, usize) {
    let first = rest.first().copied().unwrap_or(0);
    let second = rest.get(1).copied().unwrap_or(0);
    match first {
        b'"' | b'\'' | b'`' => (Kind::Text, quoted(rest, first, false)),
        b'r' | b'R' if matches!(second, b'"' | b'\'') && matches!(rest.get(2), Some(b'(' | b'[' | b'{' | b'-')) => {
            let mut at = 2;
            while let Some(found) = rest.get(at..).and_then(|tail| memchr::memchr(second, tail)) {
                at += found;
                if at.checked_sub(1).and_then(|i| rest.get(i)).is_some_and(|b| matches!(b, b')' | b']' | b'}' | b'-')) {
                    return (Kind::Text, at + 1);
                }
                at += 1;
            }
            (Kind::Text, rest.len())
        }
        b if b.is_ascii_digit() || b == b'.' && second.is_ascii_digit() => (Kind::Number, number(rest).max(1)),
        b if is_word(b) || b == b'.' => {
            (Kind::Word, rest.iter().position(|b| !is_word(*b) && *b != b'.').unwrap_or(rest.len()).max(1))
        }
        b => (Kind::Sign(b), 1),
    }
}

/// Length of a text into which values are put, which may be texts themselves.
fn filled(rest: &[u8]) -> usize {
    let (mut at, mut deep) = (1, 0_usize);
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\n' => return at,
            b'\\' if deep == 0 => at += 1,
            b'{' if deep == 0 && rest.get(at + 1) == Some(&b'{') => at += 1,
            b'{' => deep += 1,
            b'}' => deep = deep.saturating_sub(1),
            b'"' if deep == 0 => return at + 1,
            b'"' => at += quoted(rest.get(at..).unwrap_or_default(), b'"', true).saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

fn token_of_curly(rest: &[u8]) -> (Kind, usize) {
    let first = rest.first().copied().unwrap_or(0);
    // What may stand before quotes in C#: `@` takes all as it is, `$` puts values in.
    let before = rest.iter().take(4).position(|b| !matches!(b, b'@' | b'$')).unwrap_or(0);
    let tail = rest.get(before..).unwrap_or_default();
    if tail.first() == Some(&b'"') {
        let quotes = tail.iter().take(MAX_HASHES).take_while(|b| **b == b'"').count();
        if quotes >= 3 {
            let mut at = quotes;
            while let Some(found) = memchr::memchr(b'"', tail.get(at..).unwrap_or_default()) {
                at += found;
                let run = tail.get(at..).unwrap_or_default().iter().take(quotes).take_while(|b| **b == b'"').count();
                if run >= quotes {
                    return (Kind::Text, before + at + run);
                }
                at += run;
            }
            return (Kind::Text, rest.len());
        }
        let is_plain = rest.get(..before).unwrap_or_default().contains(&b'@');
        if is_plain {
            let mut at = 1;
            while let Some(found) = memchr::memchr(b'"', tail.get(at..).unwrap_or_default()) {
                at += found + 1;
                if tail.get(at) != Some(&b'"') {
                    return (Kind::Text, before + at);
                }
                at += 1;
            }
            return (Kind::Text, rest.len());
        }
        if before > 0 {
            return (Kind::Text, before + filled(tail));
        }
        return (Kind::Text, quoted(tail, b'"', true));
    }
    match first {
        b'\'' => (Kind::Char, quoted(rest, b'\'', true)),
        b if b.is_ascii_digit() => (Kind::Number, number(rest)),
        b'.' if rest.get(1).is_some_and(u8::is_ascii_digit) => (Kind::Number, number(rest).max(1)),
        b if is_word(b) || b == b'$' => {
            let len = rest.iter().position(|b| !is_word(*b) && *b != b'$').unwrap_or(rest.len());
            (Kind::Word, len.max(1))
        }
        b => (Kind::Sign(b), 1),
    }
}

fn token_of_rust(rest: &[u8]) -> (Kind, usize) {
    let first = rest.first().copied().unwrap_or(0);
    if first.is_ascii_digit() {
        return (Kind::Number, number(rest));
    }
    // What may stand before quotes: b, c, r, br, cr.
    let before = rest.iter().take(2).position(|b| !matches!(b, b'b' | b'c' | b'r')).unwrap_or(2);
    for skipped in (0..=before).rev() {
        let prefix = rest.get(..skipped).unwrap_or_default();
        let tail = rest.get(skipped..).unwrap_or_default();
        match tail.first() {
            Some(b'"') if prefix.ends_with(b"r") => return (Kind::Text, skipped + raw(tail, 0)),
            Some(b'"') => return (Kind::Text, skipped + quoted(tail, b'"', false)),
            Some(b'\'') if prefix == b"b" => return (Kind::Char, skipped + quoted(tail, b'\'', true)),
            Some(b'#') if prefix.ends_with(b"r") => {
                let hashes = tail.iter().take(MAX_HASHES + 1).position(|b| *b != b'#').unwrap_or(0);
                if tail.get(hashes) == Some(&b'"') {
                    return (Kind::Text, skipped + hashes + raw(tail.get(hashes..).unwrap_or_default(), hashes));
                }
                if prefix == b"r" && tail.get(1).is_some_and(|b| is_word(*b)) {
                    return (Kind::Word, 2 + word(tail.get(1..).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    match first {
        b'\'' => {
            // A lifetime is a word with no quote behind it.
            let tail = rest.get(1..).unwrap_or_default();
            let len = word(tail);
            let is_char = tail.first() == Some(&b'\\') || len == 0 || tail.get(len) == Some(&b'\'');
            if is_char { (Kind::Char, quoted(rest, b'\'', true)) } else { (Kind::Lifetime, 1 + len) }
        }
        b if is_word(b) => (Kind::Word, word(rest)),
        b => (Kind::Sign(b), 1),
    }
}

/// Length of a raw string of Rust from its quote on.
fn raw(rest: &[u8], hashes: usize) -> usize {
    let mut at = 1;
    while let Some(found) = rest.get(at..).and_then(|tail| memchr::memchr(b'"', tail)) {
        at += found + 1;
        let behind = rest.get(at..).unwrap_or_default();
        if behind.iter().take(hashes).filter(|b| **b == b'#').count() == hashes {
            return at + hashes;
        }
    }
    rest.len()
}

/// For each opening bracket the place of its closing one; for all else, and what is never closed, the end.
fn partners(tokens: &[Token]) -> Vec<u32> {
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let mut out = vec![end; tokens.len()];
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut braces = 0_usize;
    for (i, token) in tokens.iter().enumerate() {
        let Kind::Sign(sign) = token.kind else { continue };
        match sign {
            b'(' => open.push((i, b')')),
            b'[' => open.push((i, b']')),
            b'{' => {
                open.push((i, b'}'));
                braces += 1;
            }
            // What closes something further out closes all that is in it; what closes nothing is none.
            b')' | b']' | b'}' if open.last().is_some_and(|o| o.1 == sign) || sign == b'}' && braces > 0 => {
                while let Some((from, closes)) = open.pop() {
                    braces -= usize::from(closes == b'}');
                    if let Some(partner) = out.get_mut(from) {
                        *partner = u32::try_from(i).unwrap_or(end);
                    }
                    if closes == sign {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    out
}
