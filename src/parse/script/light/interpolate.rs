//! Variables and expressions in strings.

use super::strings::Text;
use super::{Id, Language, Node, Reader};

/// What closes a string: the signs that open (they nest when they differ) and close it.
#[derive(Clone, Copy)]
pub(super) struct Close {
    pub(super) open: char,
    pub(super) close: char,
    /// Patterns keep their escapes.
    pub(super) raw: bool,
}

impl Close {
    pub(super) const fn quote(sign: char) -> Self {
        Self { open: sign, close: sign, raw: false }
    }
}

impl Reader<'_, '_> {
    /// Text with variables in it, behind its opening sign, up to the closing one or the end of the view. So many blanks
    /// are dropped at the beginning of each line.
    pub(super) fn interpolated(&mut self, out: &mut Vec<Id>, close: Option<Close>, drops: usize) {
        let start = self.c.at;
        let mut text = Text::at(start);
        let mut nested = 0_u32;
        let mut bytes = [0_u8; 2];
        if let Some(close) = close {
            let mut buffer = [0; 4];
            bytes =
                [close.open, close.close].map(|c| c.encode_utf8(&mut buffer).as_bytes().first().copied().unwrap_or(0));
        }
        if drops > 0 {
            self.drop_blanks(drops);
        }
        loop {
            let run = self.c.take(|b| !matches!(b, b'\\' | b'$' | b'@' | b'#' | b'{' | b'\n') && !bytes.contains(&b));
            text.push(run);
            if !self.c.more() {
                if close.is_some() {
                    self.b.problem(start, "a string is never closed");
                }
                break;
            }
            let at = self.c.at;
            let end = self.c.end;
            if let Some(close) = close {
                let rest = self.c.slice(at..end);
                if rest.starts_with(close.close) && (nested == 0 || close.open == close.close) {
                    self.c.bump();
                    break;
                }
                if close.open != close.close {
                    nested += u32::from(rest.starts_with(close.open));
                    nested -= u32::from(rest.starts_with(close.close));
                }
            }
            match self.c.peek() {
                b'\\' => {
                    self.c.at += 1;
                    if close.is_some_and(|c| c.raw) {
                        text.push("\\");
                        text.push(self.c.bump());
                    } else {
                        self.escape(&mut text);
                    }
                }
                b'\n' => {
                    text.push(self.c.bump());
                    if drops > 0 {
                        self.drop_blanks(drops);
                    }
                }
                _ => match self.inserted(close) {
                    Some(node) => {
                        if !text.bytes.is_empty() {
                            out.push(self.text_node(&text.bytes, (text.from, at)));
                        }
                        out.push(node);
                        text = Text::at(self.c.at);
                    }
                    None => text.push(self.c.bump()),
                },
            }
        }
        if !text.bytes.is_empty() || out.is_empty() {
            out.push(self.text_node(&text.bytes, (text.from, self.c.at)));
        }
    }

    fn drop_blanks(&mut self, most: usize) {
        let line = self.c.slice(self.c.at..self.c.end);
        self.c.at += super::strings::blanks(line, most);
    }

    /// A string with variables in it, behind its opening sign.
    pub(super) fn string(&mut self, close: Close) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let mut pieces = Vec::new();
        let outer = self.bodies.take();
        self.interpolated(&mut pieces, Some(close), 0);
        self.bodies = outer;
        self.b.leave();
        self.joined(&pieces, start)
    }

    /// What is inserted here, if something is.
    fn inserted(&mut self, close: Option<Close>) -> Option<Id> {
        let next = self.c.ahead(1);
        // In a pattern `$` is mostly its end.
        let raw = close.is_some_and(|c| c.raw);
        if close.is_some_and(|c| c.close == char::from(next)) {
            return None;
        }
        let named = next.is_ascii_alphabetic() || next == b'_';
        match (self.language, self.c.peek()) {
            (Language::Ruby, b'#') if next == b'{' => {
                let start = self.c.at;
                self.c.at += 2;
                let node = self.embedded("}");
                Some(if self.b.tree.is_full() { self.nil(start) } else { node })
            }
            (Language::Php, b'{') if next == b'$' => {
                self.c.at += 1;
                let node = self.embedded("}");
                Some(node)
            }
            (Language::Php, b'$') if next == b'{' => {
                let start = self.c.at;
                self.c.at += 2;
                let name = self.word();
                if !name.is_empty() && self.c.ahead(name.len()) == b'}' {
                    self.c.at += name.len() + 1;
                    return Some(self.b.name(name, self.since(start)));
                }
                let node = self.embedded("}");
                Some(self.b.helper("indirect", &[node], self.since(start)))
            }
            (Language::Php, b'$') if named || next >= 0x80 => Some(self.php_inserted()),
            (Language::Perl, b'$') => {
                let behind = self.c.ahead(2);
                let fits = match next {
                    b'{' | b'&' => true,
                    b'!' | b'@' | b'0' => !raw,
                    b'$' => behind.is_ascii_alphabetic() || matches!(behind, b'_' | b'{'),
                    b':' => behind == b':' && self.c.ahead(3).is_ascii_alphabetic(),
                    _ => named || next.is_ascii_digit(),
                };
                if !fits {
                    return None;
                }
                Some(self.perl_inserted())
            }
            (Language::Perl, b'@')
                if named || next == b'{' || (next == b'$' && self.c.ahead(2).is_ascii_alphabetic()) =>
            {
                Some(self.perl_inserted())
            }
            _ => None,
        }
    }

    /// Statements up to a closing sign, as a value.
    pub(super) fn embedded(&mut self, close: &str) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.expect(close);
        self.b.leave();
        self.b.seq(&ids, self.since(start))
    }

    /// `$x`, `$x[key]`, `$x->name` between double quotes of PHP.
    fn php_inserted(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let name = self.identifier();
        let variable = self.b.name(name, self.since(start));
        if self.c.peek() == b'[' {
            let key_at = self.c.at + 1;
            let mut ahead = self.c.clone();
            ahead.at += 1;
            let dollar = ahead.eat("$");
            let minus = ahead.eat("-");
            let key = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_');
            if key.is_empty() || !ahead.eat("]") {
                return variable;
            }
            let span = (key_at, ahead.at - 1);
            self.c.at = ahead.at;
            let index = match key.parse::<i32>() {
                _ if dollar => self.b.name(key, span),
                Ok(n) => self.b.num(f64::from(if minus { -n } else { n }), span),
                Err(_) => self.b.str(key, span),
            };
            return self.b.add(Node::Index(variable, index), self.since(start));
        }
        if self.c.looking("->") && (self.c.ahead(2).is_ascii_alphabetic() || self.c.ahead(2) == b'_') {
            self.c.at += 2;
            let name = self.identifier();
            return self.b.member(variable, name, self.since(start));
        }
        variable
    }
}
