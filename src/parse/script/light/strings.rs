//! Strings: escapes, long brackets, here-documents.

use super::{Id, Language, Reader, Span};

/// Text in the making. Escapes may make bytes of it that are no UTF-8.
#[derive(Default)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) from: usize,
}

impl Text {
    pub(super) fn at(from: usize) -> Self {
        Self { bytes: Vec::new(), from }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn char(&mut self, code: u32) {
        let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(c.encode_utf8(&mut [0; 4]));
    }
}

impl<'t> Reader<'t, '_> {
    /// Text as a node: [`super::Node::Str`], or [`super::Node::Bytes`] when it is no UTF-8.
    pub(super) fn text_node(&mut self, bytes: &[u8], span: Span) -> Id {
        if std::str::from_utf8(bytes).is_ok() {
            return self.b.str(bytes, span);
        }
        let sym = self.b.tree.sym(bytes);
        self.b.add(super::Node::Bytes(sym), span)
    }

    /// Pieces as one value.
    pub(super) fn joined(&mut self, pieces: &[Id], start: usize) -> Id {
        match pieces {
            [one] if matches!(self.b.tree.get(*one), super::Node::Str(_) | super::Node::Bytes(_)) => *one,
            _ => self.b.template(pieces, self.since(start)),
        }
    }

    /// Text in which only the closing sign and the backslash are escaped. Behind the opening sign.
    pub(super) fn literal(&mut self, open: char, close: char) -> Id {
        let start = self.c.at;
        let mut text = String::new();
        let mut nested = 0_u32;
        let mut buffer = [0; 4];
        let first = *close.encode_utf8(&mut buffer).as_bytes().first().unwrap_or(&0);
        let opening = *open.encode_utf8(&mut buffer).as_bytes().first().unwrap_or(&0);
        loop {
            text.push_str(self.c.take(|b| b != b'\\' && b != first && b != opening));
            if !self.c.more() {
                self.b.problem(start, "a string is never closed");
                break;
            }
            let next = self.c.bump();
            if next == "\\" {
                let escaped = self.c.bump();
                if !(escaped == "\\" || escaped.starts_with(close) || escaped.starts_with(open)) {
                    text.push('\\');
                }
                text.push_str(escaped);
                continue;
            }
            if next.starts_with(close) {
                if nested == 0 {
                    break;
                }
                nested -= 1;
            } else if next.starts_with(open) {
                nested += 1;
            }
            text.push_str(next);
        }
        let end = self.c.at;
        self.b.str(text, (start, end))
    }

    /// What stands behind a backslash between double quotes.
    pub(super) fn escape(&mut self, text: &mut Text) {
        let letter = self.c.bump();
        let b = letter.bytes().next().unwrap_or(b'\\');
        match (b, self.language) {
            (b'n', _) => text.push("\n"),
            (b't', _) => text.push("\t"),
            (b'r', _) => text.push("\r"),
            (b'v', Language::Php | Language::Ruby | Language::Lua) => text.push("\u{b}"),
            (b'f', _) => text.push("\u{c}"),
            (b'a', Language::Perl | Language::Ruby | Language::Lua) => text.push("\u{7}"),
            (b'b', Language::Perl | Language::Ruby | Language::Lua) => text.push("\u{8}"),
            (b'e', Language::Php | Language::Perl | Language::Ruby) => text.push("\u{1b}"),
            (b's', Language::Ruby) => text.push(" "),
            (b'z', Language::Lua) => {
                self.c.take(|b| b.is_ascii_whitespace());
            }
            (b'x', _) if self.c.peek() == b'{' => self.braced_escape(text),
            (b'x', Language::Perl) => {
                let code = self.code(16, 2).unwrap_or(0);
                text.bytes.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            (b'x', _) if self.c.peek().is_ascii_hexdigit() => {
                let code = self.code(16, 2).unwrap_or(0);
                text.bytes.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            (b'u', _) if self.c.peek() == b'{' && self.language != Language::Perl => self.braced_escape(text),
            (b'u', Language::Ruby) => {
                let code = self.code(16, 4).unwrap_or(0);
                text.char(code);
            }
            (b'N', Language::Perl) if self.c.looking("{U+") => {
                self.c.at += 3;
                let code = self.code(16, 8).unwrap_or(0);
                text.char(code);
                self.c.eat("}");
            }
            (b'0'..=b'9', Language::Lua) => {
                self.c.at -= 1;
                let code = self.code(10, 3).unwrap_or(0);
                text.bytes.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            (b'0'..=b'7', _) => {
                self.c.at -= 1;
                let code = self.code(8, 3).unwrap_or(0);
                text.bytes.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            (b'\n', Language::Ruby) => {}
            (b'c', Language::Perl | Language::Ruby) => {
                let control = self.c.bump().bytes().next().unwrap_or(0);
                text.bytes.push(control & 0x1f);
            }
            // Changes of case, which end with `\E`: the letters stay.
            (b'U' | b'L' | b'Q' | b'E' | b'l' | b'u', Language::Perl) => {}
            (b'\\' | b'"' | b'$', Language::Php) => text.push(letter),
            (_, Language::Php) => {
                text.push("\\");
                text.push(letter);
            }
            _ => text.push(letter),
        }
    }

    /// `{41}` behind `\x` or `\u`; Ruby takes several with blanks between them.
    fn braced_escape(&mut self, text: &mut Text) {
        self.c.at += 1;
        loop {
            self.c.take(|b| b == b' ');
            match self.code(16, 8) {
                Some(code) => text.char(code),
                None => break,
            }
        }
        self.c.eat("}");
    }

    fn code(&mut self, base: u32, most: usize) -> Option<u32> {
        let mut n = None;
        for _ in 0..most {
            let Some(digit) = char::from(self.c.peek()).to_digit(base) else { break };
            n = Some(n.unwrap_or(0_u32).wrapping_mul(base).wrapping_add(digit));
            self.c.at += 1;
        }
        n
    }

    /// `[[ … ]]` and `[==[ … ]==]` of Lua: the text. Nothing when none begins here.
    pub(super) fn long_bracket(&mut self) -> Option<&'t str> {
        let start = self.c.at;
        let level = self.c.rest().iter().skip(1).take_while(|b| **b == b'=').count();
        if self.c.peek() != b'[' || self.c.ahead(level + 1) != b'[' {
            return None;
        }
        self.c.at += level + 2;
        let from = self.c.at;
        let close = format!("]{}]", "=".repeat(level));
        let end = match self.c.find_text(&close) {
            Some(end) => {
                self.c.at = end + close.len();
                end
            }
            None => {
                self.b.problem(start, "a long bracket is never closed");
                self.c.at = self.c.end;
                self.c.end
            }
        };
        let text = self.c.slice(from..end);
        Some(text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")).unwrap_or(text))
    }

    /// A here-document of Perl or Ruby behind its delimiter; its body stands behind the line. `indented` delimiters may
    /// have blanks in front of them, and `squiggly` ones take blanks away from each line.
    pub(super) fn here_document(&mut self, delimiter: &str, plain: bool, indented: bool, squiggly: bool) -> Id {
        let line = match self.bodies {
            Some((line, _)) if line >= self.c.at => line,
            _ => {
                let line = self.c.line_end();
                self.bodies = Some((line, (line + 1).min(self.c.end)));
                line
            }
        };
        let from = self.bodies.map_or(line, |b| b.1);
        let (to, behind) = self.body_end(from, delimiter, indented || squiggly);
        let drops = if squiggly { indentation(self.c.slice(from..to)) } else { 0 };
        let outer = (self.c.at, self.c.end);
        (self.c.at, self.c.end) = (from, to);
        self.bodies = None;
        let mut pieces = Vec::new();
        if plain {
            let text: String = self
                .c
                .slice(from..to)
                .split_inclusive('\n')
                .map(|l| l.get(blanks(l, drops)..).unwrap_or_default())
                .collect();
            pieces.push(self.b.str(text, (from, to)));
        } else if self.b.enter(from) {
            self.interpolated(&mut pieces, None, drops);
            self.b.leave();
        }
        let node = self.joined(&pieces, from);
        (self.c.at, self.c.end) = outer;
        self.bodies = Some((line, behind));
        node
    }

    /// Where a body ends, and where the line of its delimiter does.
    pub(super) fn body_end(&mut self, from: usize, delimiter: &str, indented: bool) -> (usize, usize) {
        let mut at = from;
        while at < self.c.end {
            let rest = self.c.slice(at..self.c.end);
            let len = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest.get(..len).unwrap_or_default();
            let line = line.strip_suffix('\r').unwrap_or(line);
            let line = if indented { line.trim_start() } else { line };
            let behind = (at + len + 1).min(self.c.end);
            if line == delimiter {
                return (at, behind);
            }
            at = behind;
        }
        self.b.problem(from, "a here-document never ends");
        (self.c.end, self.c.end)
    }
}

/// The fewest blanks that a line with something on it begins with.
fn indentation(text: &str) -> usize {
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| blanks(l, usize::MAX)).min().unwrap_or(0)
}

/// How many blanks a line begins with, up to so many.
pub(super) fn blanks(line: &str, most: usize) -> usize {
    line.bytes().take(most).take_while(|b| matches!(b, b' ' | b'\t')).count()
}
