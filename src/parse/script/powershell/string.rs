//! Strings, here-strings, and what stands in them.

use super::{Id, Node, Reader};

impl Reader<'_, '_> {
    /// A string of any kind, which comes next.
    pub(super) fn string(&mut self) -> Id {
        let start = self.c.at;
        let mut pieces = Vec::new();
        self.string_pieces(&mut pieces);
        self.joined(&pieces, start)
    }

    /// Pieces as one value. Pieces of plain text are put together.
    pub(super) fn joined(&mut self, pieces: &[Id], start: usize) -> Id {
        let span = self.since(start);
        if let [one] = pieces
            && self.b.literal(*one).is_some()
        {
            return *one;
        }
        let mut out: Vec<Id> = Vec::with_capacity(pieces.len());
        let mut text = String::new();
        let mut from = 0;
        for piece in pieces {
            if let Some(t) = self.b.literal(*piece) {
                if text.is_empty() {
                    from = self.b.tree.span(*piece).0 as usize;
                }
                text.push_str(t);
                continue;
            }
            if !text.is_empty() {
                let end = self.b.tree.span(*piece).0 as usize;
                out.push(self.b.str(std::mem::take(&mut text), (from, end)));
            }
            out.push(*piece);
        }
        if !text.is_empty() {
            let span = if out.is_empty() { span } else { (from, span.1) };
            out.push(self.b.str(text, span));
        }
        self.b.template(&out, span)
    }

    /// A string between quotes, in pieces.
    pub(super) fn string_pieces(&mut self, out: &mut Vec<Id>) {
        let start = self.c.at;
        let Some((double, len)) = self.quote() else { return };
        self.c.at += len;
        if double {
            if !self.b.enter(start) {
                let id = self.give_up();
                out.push(id);
                return;
            }
            self.expandable(out, true);
            self.b.leave();
            return;
        }
        let mut text = String::new();
        loop {
            text.push_str(self.c.take(|b| b != b'\'' && b != 0xe2));
            match self.quote() {
                Some((false, len)) => {
                    self.c.at += len;
                    // A quote written twice is one of the text.
                    match self.quote() {
                        Some((false, len)) => {
                            text.push('\'');
                            self.c.at += len;
                        }
                        _ => break,
                    }
                }
                _ if !self.c.more() => {
                    self.b.problem(start, "a single quote is never closed");
                    break;
                }
                _ => text.push_str(self.c.bump()),
            }
        }
        out.push(self.b.str(text, self.since(start)));
    }

    /// Text with variables in it, up to its closing quote or to the end of the view.
    fn expandable(&mut self, out: &mut Vec<Id>, closes: bool) {
        let start = self.c.at;
        let mut text = String::new();
        let mut from = start;
        loop {
            let run = self.c.take(|b| !matches!(b, b'"' | b'$' | b'`' | 0xe2));
            text.push_str(run);
            if !self.c.more() {
                if closes {
                    self.b.problem(start, "a double quote is never closed");
                }
                break;
            }
            match self.c.peek() {
                b'$' if self.is_variable() || self.c.ahead(1) == b'(' => {
                    if !text.is_empty() {
                        out.push(self.b.str(std::mem::take(&mut text), (from, self.c.at)));
                    }
                    let piece = if self.c.ahead(1) == b'(' { self.subexpression() } else { self.variable().0 };
                    out.push(piece);
                    from = self.c.at;
                }
                b'`' => {
                    self.c.at += 1;
                    self.escape(&mut text);
                }
                _ => match self.quote() {
                    Some((true, len)) if closes => {
                        self.c.at += len;
                        match self.quote() {
                            Some((true, len)) => {
                                text.push('"');
                                self.c.at += len;
                            }
                            _ => break,
                        }
                    }
                    _ => text.push_str(self.c.bump()),
                },
            }
        }
        if !text.is_empty() || out.is_empty() {
            out.push(self.b.str(text, (from, self.c.at)));
        }
    }

    /// What a backtick makes of what stands behind it.
    pub(super) fn escape(&mut self, text: &mut String) {
        let letter = self.c.bump();
        match letter {
            "0" => text.push('\0'),
            "a" => text.push('\u{7}'),
            "b" => text.push('\u{8}'),
            "e" => text.push('\u{1b}'),
            "f" => text.push('\u{c}'),
            "n" => text.push('\n'),
            "r" => text.push('\r'),
            "t" => text.push('\t'),
            "v" => text.push('\u{b}'),
            "u" if self.c.peek() == b'{' => {
                self.c.at += 1;
                let digits = self.c.take(|b| b.is_ascii_hexdigit());
                let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
                self.c.eat("}");
            }
            other => text.push_str(other),
        }
    }

    /// Whether a here-string begins: `@'` or `@"` at the end of a line.
    pub(super) fn is_here_string(&self) -> bool {
        if self.c.peek() != b'@' {
            return false;
        }
        let mut ahead = self.c.clone();
        ahead.at += 1;
        let quote = match (ahead.peek(), ahead.ahead(1), ahead.ahead(2)) {
            (b'"' | b'\'', _, _) => 1,
            (0xe2, 0x80, 0x98..=0x9e) => 3,
            _ => return false,
        };
        ahead.at += quote;
        let blanks = ahead.rest().iter().take(64).take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        ahead.ahead(blanks) == b'\n'
    }

    pub(super) fn here_string(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let double = self.quote().is_some_and(|q| q.0);
        // The body begins behind the line feed, and the one before the closing quote does not belong to it.
        let line = self.c.line_end();
        self.c.at = line;
        let (end, behind) = match self.c.find_text(if double { "\n\"@" } else { "\n'@" }) {
            Some(end) => (end, end + 3),
            None => {
                self.b.problem(start, "a here-string never ends");
                (self.c.end, self.c.end)
            }
        };
        let from = (line + 1).min(end);
        let mut pieces = Vec::new();
        if double {
            let outer = self.c.end;
            (self.c.at, self.c.end) = (from, end);
            if self.b.enter(start) {
                self.expandable(&mut pieces, false);
                self.b.leave();
            }
            self.c.end = outer;
        } else {
            let text = self.c.slice(from..end);
            let text = text.strip_suffix('\r').unwrap_or(text);
            pieces.push(self.b.str(text, (from, end)));
        }
        self.c.at = behind;
        self.joined(&pieces, start)
    }

    /// Whether `$` begins a variable here.
    pub(super) fn is_variable(&self) -> bool {
        let next = self.c.ahead(1);
        if next < 0x80 {
            return next.is_ascii_alphanumeric() || matches!(next, b'_' | b'{' | b'?' | b'$' | b'^');
        }
        let quote_or_blank = (next == 0xe2 && self.c.ahead(2) == 0x80) || (next == 0xc2 && self.c.ahead(2) == 0xa0);
        !quote_or_blank
    }

    /// A variable; whether its scope says that it is not the function's own.
    pub(super) fn variable(&mut self) -> (Id, bool) {
        let start = self.c.at;
        self.c.at += 1;
        let mut name = String::new();
        match self.c.peek() {
            b'{' => {
                self.c.at += 1;
                loop {
                    name.push_str(self.c.take(|b| b != b'}' && b != b'`'));
                    if self.c.peek() != b'`' {
                        break;
                    }
                    self.c.at += 1;
                    name.push_str(self.c.bump());
                }
                self.expect("}");
            }
            b'?' | b'$' | b'^' => name.push_str(self.c.bump()),
            _ => {
                name.push_str(self.name());
                let next = self.c.ahead(1);
                if self.c.peek() == b':' && (next.is_ascii_alphanumeric() || next == b'_') && !name.is_empty() {
                    self.c.at += 1;
                    name.push(':');
                    name.push_str(self.name());
                }
            }
        }
        let span = self.since(start);
        let lower = name.to_ascii_lowercase();
        let node = match lower.as_str() {
            "true" | "false" => Node::Bool(lower == "true"),
            "null" => Node::Nil,
            _ => match lower.split_once(':') {
                Some(("env", name)) => {
                    let env = self.b.name("env", span);
                    return (self.b.member(env, name.to_ascii_uppercase(), span), true);
                }
                Some((scope @ ("global" | "script" | "local" | "private" | "using" | "variable"), name)) => {
                    let outer = matches!(scope, "global" | "script" | "using");
                    return (self.b.name(name, span), outer);
                }
                _ => return (self.b.name(lower, span), false),
            },
        };
        (self.b.add(node, span), false)
    }
}
