//! The words of a script, by a byte scanner of its own: what the two passes need that run before the parser, which
//! must agree with it about where strings, comments and brackets are and about nothing else.
//!
//! It never fails. An unclosed string ends with its line or with the file, as it does for the parser.

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A number.
    Number,
    /// A string without fields, prefix and quotes included.
    Text,
    /// An opening bracket, the start of an f-string, or the start of a field of one.
    Open,
    /// What closes an [`Kind::Open`].
    Close,
    /// `,`
    Comma,
    /// `;`
    Semi,
    /// `:`
    Colon,
    /// The end of a line, whether or not it ends a statement.
    Newline,
    /// Anything else that is not blank.
    Operator,
    /// The backtick of Python 2.
    Tick,
}

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the scanner is inside of; only f-strings need to be remembered.
enum Frame {
    /// The text of an f-string.
    Text { marks: Marks, raw: bool },
    /// A replacement field of it: code, with so many open brackets.
    Field { marks: Marks, brackets: u32 },
    /// The format specification of a field.
    Spec { marks: Marks },
}

/// The quotes of the f-string that something belongs to.
#[derive(Clone, Copy)]
struct Marks {
    quote: u8,
    triple: bool,
}

/// Gives one [`Token`] after the other.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    frames: Vec<Frame>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Self { bytes, at, frames: Vec::new() }
    }

    /// Whether the scanner stands in an f-string.
    pub(super) fn in_text(&self) -> bool {
        !self.frames.is_empty()
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    fn token(&mut self, kind: Kind, len: usize) -> Option<Token> {
        let start = self.at;
        self.at = self.at.saturating_add(len).min(self.bytes.len());
        Some(Token { kind, start, end: self.at })
    }

    /// One word of code; `None` for what is skipped.
    fn code(&mut self) -> Option<Token> {
        let b = self.peek(0);
        match b {
            b' ' | b'\t' | 0x0c => {
                while matches!(self.peek(0), b' ' | b'\t' | 0x0c) {
                    self.at += 1;
                }
                None
            }
            b'#' => {
                self.at = line_end(self.bytes, self.at);
                None
            }
            b'\n' => self.token(Kind::Newline, 1),
            b'\r' => self.token(Kind::Newline, if self.peek(1) == b'\n' { 2 } else { 1 }),
            b'\\' => {
                self.at += if self.peek(1) == b'\r' && self.peek(2) == b'\n' { 3 } else { 2 };
                None
            }
            b'"' | b'\'' => Some(self.string(self.at)),
            b'0'..=b'9' => Some(self.number()),
            b'.' if self.peek(1).is_ascii_digit() => Some(self.number()),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => Some(self.word()),
            b'(' | b'[' | b'{' => {
                if let Some(Frame::Field { brackets, .. }) = self.frames.last_mut() {
                    *brackets = brackets.saturating_add(1);
                }
                self.token(Kind::Open, 1)
            }
            b')' | b']' | b'}' => {
                match self.frames.last_mut() {
                    Some(Frame::Field { brackets: 0, .. }) if b == b'}' => {
                        self.frames.pop();
                    }
                    Some(Frame::Field { brackets, .. }) => *brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                self.token(Kind::Close, 1)
            }
            b',' => self.token(Kind::Comma, 1),
            b';' => self.token(Kind::Semi, 1),
            b'`' => self.token(Kind::Tick, 1),
            b':' => self.colon(),
            b'*' | b'/' | b'<' | b'>' if self.peek(1) == b => self.token(Kind::Operator, 2),
            b'<' if self.peek(1) == b'>' => self.token(Kind::Operator, 2),
            b'=' | b'!' | b'<' | b'>' if self.peek(1) == b'=' => self.token(Kind::Operator, 2),
            _ => self.token(Kind::Operator, 1),
        }
    }

    /// A colon: of a lambda, a slice, a statement; in a field of an f-string it begins the format.
    fn colon(&mut self) -> Option<Token> {
        if let Some(Frame::Field { brackets: 0, marks }) = self.frames.last() {
            let marks = *marks;
            self.frames.push(Frame::Spec { marks });
            return self.token(Kind::Colon, 1);
        }
        if self.peek(1) == b'=' {
            return self.token(Kind::Operator, 2);
        }
        self.token(Kind::Colon, 1)
    }

    fn word(&mut self) -> Token {
        let start = self.at;
        while is_word(self.peek(0)) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let quote = self.peek(0);
        if (quote == b'"' || quote == b'\'') && word.len() <= 2 && word.iter().all(|b| b"rRbBuUfFtT".contains(b)) {
            let has = |c: u8| word.iter().any(|b| b.to_ascii_lowercase() == c);
            if has(b'f') || has(b't') {
                let triple = self.peek(1) == quote && self.peek(2) == quote;
                self.at += if triple { 3 } else { 1 };
                self.frames.push(Frame::Text { marks: Marks { quote, triple }, raw: has(b'r') });
                return Token { kind: Kind::Open, start, end: self.at };
            }
            return self.string(start);
        }
        Token { kind: Kind::Word, start, end: self.at }
    }

    fn number(&mut self) -> Token {
        let start = self.at;
        let hex = self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X');
        loop {
            let b = self.peek(0);
            if matches!(b, b'e' | b'E') && !hex && matches!(self.peek(1), b'+' | b'-') {
                self.at += 2;
            } else if b == b'.' && (is_word(self.peek(1)) && !self.peek(1).is_ascii_digit()) && !self.is_exponent(1) {
                // A member of the number.
                return Token { kind: Kind::Number, start, end: self.at };
            } else if b == b'.' || b == b'_' || b.is_ascii_alphanumeric() {
                self.at += 1;
            } else {
                return Token { kind: Kind::Number, start, end: self.at };
            }
        }
    }

    /// Whether an exponent or the mark of a complex number stands so many bytes ahead.
    fn is_exponent(&self, ahead: usize) -> bool {
        match self.peek(ahead) {
            b'e' | b'E' => matches!(self.peek(ahead + 1), b'+' | b'-' | b'0'..=b'9'),
            b'j' | b'J' => !is_word(self.peek(ahead + 1)),
            _ => false,
        }
    }

    /// A string without fields; its quotes are at the present place, its prefix at `start`.
    fn string(&mut self, start: usize) -> Token {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        self.at = loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let found = if triple { memchr::memchr2(quote, b'\\', rest) } else { single_stop(rest, quote) };
            let Some(found) = found else { break self.bytes.len() };
            self.at += found;
            match self.peek(0) {
                // A backslash keeps a quote in the string, also in a raw one.
                b'\\' => self.at += if self.peek(1) == b'\r' && self.peek(2) == b'\n' { 3 } else { 2 },
                b'\n' | b'\r' => break self.at,
                _ if !triple => break self.at + 1,
                _ if self.peek(1) == quote && self.peek(2) == quote => break self.at + 3,
                _ => self.at += 1,
            }
        };
        self.at = self.at.min(self.bytes.len());
        Token { kind: Kind::Text, start, end: self.at }
    }

    /// The text of an f-string, up to its end or the next field.
    fn text(&mut self, marks: Marks, raw: bool) -> Option<Token> {
        let Marks { quote, triple } = marks;
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'\\' if !raw && self.peek(1) == b'N' && self.peek(2) == b'{' => {
                    let rest = self.bytes.get(self.at..line_end(self.bytes, self.at)).unwrap_or_default();
                    self.at += memchr::memchr(b'}', rest).map_or(3, |close| close + 1);
                }
                b'\\' => self.at += if matches!(self.peek(1), b'{' | b'}') { 1 } else { 2 },
                b'{' if self.peek(1) == b'{' => self.at += 2,
                b'{' => {
                    self.frames.push(Frame::Field { marks, brackets: 0 });
                    return self.token(Kind::Open, 1);
                }
                b'\n' | b'\r' if !triple => {
                    self.frames.pop();
                    return self.token(Kind::Close, 0);
                }
                _ if b == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                    self.frames.pop();
                    return self.token(Kind::Close, if triple { 3 } else { 1 });
                }
                _ => self.at += 1,
            }
        }
        None
    }

    /// A format specification, up to the end of its field or a field inside it.
    fn spec(&mut self, marks: Marks) -> Option<Token> {
        let Marks { quote, triple } = marks;
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'{' => {
                    self.frames.push(Frame::Field { marks, brackets: 0 });
                    return self.token(Kind::Open, 1);
                }
                b'}' => {
                    // Of the specification, and of the field that it belongs to.
                    self.frames.pop();
                    self.frames.pop();
                    return self.token(Kind::Close, 1);
                }
                _ if !triple && (b == quote || matches!(b, b'\n' | b'\r')) => {
                    // The field is not closed; its text is, at the next look.
                    self.frames.pop();
                    self.frames.pop();
                    return self.token(Kind::Close, 0);
                }
                _ => self.at += 1,
            }
        }
        None
    }
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while self.at < self.bytes.len() {
            let token = match self.frames.last() {
                Some(Frame::Text { marks, raw }) => {
                    let (marks, raw) = (*marks, *raw);
                    self.text(marks, raw)
                }
                Some(Frame::Spec { marks }) => {
                    let marks = *marks;
                    self.spec(marks)
                }
                _ => self.code(),
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

fn is_word(b: u8) -> bool {
    b == b'_' || b.is_ascii_alphanumeric() || b >= 0x80
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |n| from + n)
}

/// Where a string in single quotes stops to be plain: its quote, a backslash, or the end of the line.
fn single_stop(rest: &[u8], quote: u8) -> Option<usize> {
    let found = memchr::memchr3(quote, b'\\', b'\n', rest);
    let before = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
    memchr::memchr(b'\r', before).or(found)
}
