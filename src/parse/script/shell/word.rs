//! Words: quotes, escapes and the pieces between them.

use super::brace;
use super::build::Span;
use super::{Id, Node, Reader};

/// A word of a command.
pub(super) struct Word {
    pub(super) node: Id,
    /// Stands there as it is meant: no quotes, escapes or expansions.
    pub(super) plain: bool,
    /// Has a sign of a pattern outside quotes.
    pub(super) glob: bool,
    /// Is an expansion outside quotes, which is split at blanks.
    pub(super) split: bool,
}

/// A piece of a word.
#[derive(Clone)]
pub(super) enum Part {
    Text(String, Span),
    Node(Id),
    /// `{`, `,` and `}` outside quotes.
    Open(usize),
    Comma(usize),
    Close(usize),
}

/// The pieces of a word in the making.
#[derive(Default)]
pub(super) struct Pieces {
    parts: Vec<Part>,
    text: String,
    text_at: usize,
    /// Whether braces were opened, so that commas matter, and closed, so that there is something to expand.
    braces: bool,
    closed: bool,
    quoted: bool,
    glob: bool,
    split: bool,
}

impl Pieces {
    pub(super) fn text(&mut self, text: &str, at: usize) {
        if self.text.is_empty() {
            self.text_at = at;
        }
        self.text.push_str(text);
    }

    fn flush(&mut self, end: usize) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.parts.push(Part::Text(text, (self.text_at, end)));
        }
    }

    pub(super) fn node(&mut self, node: Id, at: usize) {
        self.flush(at);
        self.parts.push(Part::Node(node));
    }

    fn mark(&mut self, part: Part, at: usize) {
        self.flush(at);
        self.parts.push(part);
    }
}

/// Where pieces end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// A word of a command.
    Delimiter,
    /// `}`; the flag says that the expansion stands between double quotes, where single ones mean themselves.
    Brace(bool),
    /// `}` or `/`.
    Slash,
    /// `]`.
    Bracket,
}

impl<'t> Reader<'t, '_> {
    /// Reads a word; braces in it make several of it.
    pub(super) fn words(&mut self, out: &mut Vec<Word>) -> bool {
        let start = self.c.at;
        let mut p = Pieces::default();
        self.pieces(&mut p, Until::Delimiter);
        if self.c.at == start {
            return false;
        }
        p.flush(self.c.at);
        if p.closed
            && let Some(all) = brace::expand(&p.parts)
        {
            // Nothing at all is no word.
            for parts in all.into_iter().filter(|parts| !parts.is_empty()) {
                let node = self.joined(&parts, (start, self.c.at));
                out.push(Word { node, plain: false, glob: p.glob, split: p.split });
            }
            return true;
        }
        let word = self.made(p, start);
        out.push(word);
        true
    }

    /// Reads a word in which braces mean themselves.
    pub(super) fn word(&mut self) -> Option<Word> {
        let start = self.c.at;
        let mut p = Pieces::default();
        self.pieces(&mut p, Until::Delimiter);
        (self.c.at > start).then(|| self.made(p, start))
    }

    fn made(&mut self, mut p: Pieces, start: usize) -> Word {
        p.flush(self.c.at);
        let node = self.joined(&p.parts, (start, self.c.at));
        let literal = matches!(self.b.tree.get(node), Node::Str(_));
        Word { node, plain: literal && !p.quoted, glob: p.glob, split: p.split && p.parts.len() == 1 }
    }

    /// The value of pieces.
    pub(super) fn value(&mut self, mut p: Pieces, start: usize) -> Id {
        p.flush(self.c.at);
        self.joined(&p.parts, (start, self.c.at))
    }

    fn joined(&mut self, parts: &[Part], span: Span) -> Id {
        if let [Part::Node(id)] = parts {
            return *id;
        }
        let mut ids = Vec::with_capacity(parts.len());
        let mut text = String::new();
        let mut text_span = span;
        for part in parts {
            let (piece, at) = match part {
                Part::Text(piece, at) => (piece.as_str(), *at),
                Part::Open(at) => ("{", (*at, *at + 1)),
                Part::Comma(at) => (",", (*at, *at + 1)),
                Part::Close(at) => ("}", (*at, *at + 1)),
                Part::Node(id) => {
                    if !text.is_empty() {
                        ids.push(self.b.str(&text, text_span));
                        text.clear();
                    }
                    ids.push(*id);
                    continue;
                }
            };
            text_span = if text.is_empty() { at } else { (text_span.0, at.1) };
            text.push_str(piece);
        }
        if !text.is_empty() {
            let text_span = if ids.is_empty() { span } else { text_span };
            ids.push(self.b.str(&text, text_span));
        }
        self.b.template(&ids, span)
    }

    /// Reads pieces up to where they end.
    pub(super) fn pieces(&mut self, p: &mut Pieces, until: Until) {
        let in_word = until == Until::Delimiter;
        while self.c.more() {
            let at = self.c.at;
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b')' if in_word => return,
                b'<' | b'>' if in_word => {
                    if self.c.ahead(1) != b'(' {
                        return;
                    }
                    let node = self.process();
                    p.node(node, at);
                }
                b'(' if in_word => {
                    if p.text.is_empty() || !matches!(self.c.behind(), b'@' | b'!' | b'+' | b'?' | b'*') {
                        return;
                    }
                    p.glob = true;
                    self.alternatives(p);
                }
                b'}' if matches!(until, Until::Brace(_) | Until::Slash) => return,
                b']' if until == Until::Bracket => return,
                b'/' if until == Until::Slash => return,
                b'\\' => self.escaped(p),
                b'\'' if until != Until::Brace(true) => {
                    p.quoted = true;
                    self.c.at += 1;
                    let end = self.closing(b'\'', "a single quote is never closed");
                    p.text(self.c.slice(at + 1..end), at);
                    self.c.at = (end + 1).min(self.c.end);
                }
                b'"' => {
                    p.quoted = true;
                    self.c.at += 1;
                    self.quoted(p, true, false);
                }
                b'$' => self.dollar(p, until == Until::Brace(true)),
                b'`' => {
                    let node = self.backquote(false);
                    p.split = true;
                    p.node(node, at);
                }
                b'{' if in_word => {
                    p.braces = true;
                    self.c.at += 1;
                    p.mark(Part::Open(at), at);
                }
                b',' if in_word && p.braces => {
                    self.c.at += 1;
                    p.mark(Part::Comma(at), at);
                }
                b'}' if in_word && p.braces => {
                    p.closed = true;
                    self.c.at += 1;
                    p.mark(Part::Close(at), at);
                }
                b'*' | b'?' | b'[' => {
                    p.glob = true;
                    p.text(self.c.bump(), at);
                }
                _ => {
                    let first = self.c.bump();
                    p.text(first, at);
                    let run = self.c.take(|b| {
                        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':' | b'=') || !b.is_ascii()
                    });
                    p.text(run, at);
                }
            }
        }
    }

    /// A backslash outside quotes.
    fn escaped(&mut self, p: &mut Pieces) {
        let at = self.c.at;
        self.c.at += 1;
        match self.c.peek() {
            b'\n' => self.c.at += 1,
            b'\r' if self.c.ahead(1) == b'\n' => self.c.at += 2,
            _ if !self.c.more() => p.text("\\", at),
            _ => {
                p.quoted = true;
                p.text(self.c.bump(), at);
            }
        }
    }

    /// Where this sign closes something, or the end of the view.
    pub(super) fn closing(&mut self, sign: u8, otherwise: &str) -> usize {
        self.c.find(sign).unwrap_or_else(|| {
            self.b.problem(self.c.at, otherwise);
            self.c.end
        })
    }

    /// Text between double quotes, or of a here-document (then to the end of the view, and tabs may be dropped at
    /// the beginning of lines).
    pub(super) fn quoted(&mut self, p: &mut Pieces, closes: bool, drops_tabs: bool) {
        if drops_tabs {
            self.c.take(|b| b == b'\t');
        }
        while self.c.more() {
            let at = self.c.at;
            match self.c.peek() {
                b'"' if closes => {
                    self.c.at += 1;
                    return;
                }
                b'\\' => {
                    self.c.at += 1;
                    match self.c.peek() {
                        b'\n' => self.c.at += 1,
                        b'$' | b'`' | b'\\' => p.text(self.c.bump(), at),
                        b'"' if closes => p.text(self.c.bump(), at),
                        _ => p.text("\\", at),
                    }
                }
                b'$' => self.dollar(p, true),
                b'`' => {
                    let node = self.backquote(closes);
                    p.node(node, at);
                }
                b'\n' if drops_tabs => {
                    self.c.at += 1;
                    p.text("\n", at);
                    self.c.take(|b| b == b'\t');
                }
                b'\n' => {
                    self.c.at += 1;
                    p.text("\n", at);
                }
                _ => {
                    let first = self.c.bump();
                    p.text(first, at);
                    let run = self.c.take(|b| !matches!(b, b'"' | b'\\' | b'$' | b'`' | b'\n'));
                    p.text(run, at);
                }
            }
        }
        if closes {
            self.b.problem(self.c.at, "a double quote is never closed");
        }
    }

    /// `@( … | … )` and its kin: a pattern, kept as it stands.
    fn alternatives(&mut self, p: &mut Pieces) {
        let start = self.c.at;
        let mut open = 0_u32;
        while self.c.more() {
            match self.c.peek() {
                b'(' => open += 1,
                b')' => open = open.saturating_sub(1),
                b'\n' => break,
                b'\\' => self.c.at += 1,
                _ => {}
            }
            self.c.bump();
            if open == 0 {
                break;
            }
        }
        p.text(self.c.slice(start..self.c.at), start);
    }

    /// Marks that an expansion outside quotes was read.
    pub(super) fn expansion(&mut self, p: &mut Pieces, node: Id, at: usize, quoted: bool) {
        if !quoted {
            p.split = true;
        }
        p.node(node, at);
    }

    /// The text of `$'…'`, with its escapes decoded.
    pub(super) fn ansi(&mut self, p: &mut Pieces) {
        let start = self.c.at;
        self.c.at += 2;
        let mut out: Vec<u8> = Vec::new();
        while self.c.more() {
            let b = self.c.peek();
            if b == b'\'' {
                break;
            }
            if b != b'\\' {
                out.extend(self.c.take(|b| b != b'\'' && b != b'\\').bytes());
                continue;
            }
            self.c.at += 1;
            let letter = self.c.bump();
            let plain = match letter {
                "a" => 7,
                "b" => 8,
                "e" | "E" => 27,
                "f" => 12,
                "n" => b'\n',
                "r" => b'\r',
                "t" => b'\t',
                "v" => 11,
                "c" => self.c.bump().bytes().next().unwrap_or(0) & 0x1f,
                "x" => {
                    let digits = self.digits(16, 2);
                    u8::try_from(digits.unwrap_or(0)).unwrap_or(0)
                }
                "u" | "U" => {
                    let digits = self.digits(16, if letter == "u" { 4 } else { 8 }).unwrap_or(0);
                    let c = char::from_u32(digits).unwrap_or(char::REPLACEMENT_CHARACTER);
                    out.extend(c.encode_utf8(&mut [0; 4]).bytes());
                    continue;
                }
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" => {
                    self.c.at -= 1;
                    (self.digits(8, 3).unwrap_or(0) & 0xff).try_into().unwrap_or(0)
                }
                _ => {
                    if !matches!(letter, "\\" | "'" | "\"" | "?") {
                        out.push(b'\\');
                    }
                    out.extend(letter.bytes());
                    continue;
                }
            };
            out.push(plain);
        }
        if self.c.more() {
            self.c.at += 1;
        } else {
            self.b.problem(start, "a quote is never closed");
        }
        p.quoted = true;
        p.text(&String::from_utf8_lossy(&out), start);
    }

    /// A number in so many digits at most.
    fn digits(&mut self, base: u32, most: usize) -> Option<u32> {
        let mut n = None;
        for _ in 0..most {
            let Some(digit) = char::from(self.c.peek()).to_digit(base) else { break };
            n = Some(n.unwrap_or(0_u32).wrapping_mul(base).wrapping_add(digit));
            self.c.at += 1;
        }
        n
    }

    /// A name of a variable, if one comes next.
    pub(super) fn identifier(&mut self) -> &'t str {
        if !super::cursor::is_name_start(self.c.peek()) {
            return "";
        }
        self.c.take(super::cursor::is_name)
    }
}
