//! Operands of Ruby.

use super::interpolate::Close;
use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    pub(super) fn ruby_term(&mut self) -> Option<Id> {
        let start = self.c.at;
        let next = self.c.ahead(1);
        let node = match self.c.peek() {
            b'\'' => {
                self.c.at += 1;
                self.literal('\'', '\'')
            }
            b'"' => {
                self.c.at += 1;
                self.string(Close::quote('"'))
            }
            b'`' => {
                self.c.at += 1;
                let text = self.string(Close::quote('`'));
                self.b.helper("`", &[text], self.since(start))
            }
            b'/' => {
                self.c.at += 1;
                self.ruby_pattern('/', '/', start)
            }
            b'%' => self.ruby_percent()?,
            b'<' if self.c.looking("<<") => self.ruby_here()?,
            b':' if matches!(next, b'"' | b'\'') => {
                self.c.at += 2;
                if next == b'"' { self.string(Close::quote('"')) } else { self.literal('\'', '\'') }
            }
            b':' if next == b':' => {
                self.c.at += 2;
                let name = self.identifier();
                self.b.name(name, self.since(start))
            }
            b':' => self.ruby_symbol()?,
            b'?' => self.ruby_character()?,
            b'0'..=b'9' => self.number(),
            b'(' => {
                self.c.at += 1;
                let no_do = std::mem::replace(&mut self.no_do, false);
                let node = self.embedded(")");
                self.no_do = no_do;
                node
            }
            b'[' => {
                self.c.at += 1;
                let ids = self.ruby_args(b']');
                self.b.list(&ids, self.since(start))
            }
            b'{' => self.ruby_hash(),
            b'-' if next == b'>' => self.ruby_lambda(),
            b'.' if self.c.looking("..") => {
                // A range without a beginning.
                let dots = self.c.take(|b| b == b'.').len();
                let low = self.nil(start);
                let high = self.expression_above(7);
                return Some(self.b.helper(if dots > 2 { "..." } else { ".." }, &[low, high], self.since(start)));
            }
            b'@' | b'$' => self.ruby_sigil(),
            _ => return self.ruby_word(),
        };
        // Texts side by side are one.
        let node = self.ruby_adjacent(node, start);
        Some(self.ruby_postfix(node, start))
    }

    fn ruby_adjacent(&mut self, mut node: Id, start: usize) -> Id {
        let is_text = |r: &Self, id: Id| matches!(r.b.tree.get(id), Node::Str(_) | Node::Template(_));
        if !is_text(self, node) || !matches!(self.c.behind(), b'"' | b'\'') {
            return node;
        }
        let mut all = vec![node];
        loop {
            let end = self.c.at;
            self.skip_blank();
            match self.c.peek() {
                b'"' => {
                    self.c.at += 1;
                    all.push(self.string(Close::quote('"')));
                }
                b'\'' => {
                    self.c.at += 1;
                    all.push(self.literal('\'', '\''));
                }
                _ => {
                    self.c.at = end;
                    break;
                }
            }
        }
        if all.len() > 1 {
            node = self.b.template(&all, self.since(start));
        }
        node
    }

    /// `@x`, `@@x`, `$x`; these keep their signs.
    fn ruby_sigil(&mut self) -> Id {
        let start = self.c.at;
        let signs = self.c.take(|b| b == b'@').len();
        if signs == 0 {
            self.c.at += 1;
        }
        if self.identifier().is_empty() && signs == 0 {
            if self.c.peek() == b'-' {
                self.c.at += 1;
            }
            self.c.bump();
        }
        let name = self.c.slice(start..self.c.at);
        self.b.name(name, self.since(start))
    }

    fn ruby_symbol(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut ahead = self.c.clone();
        ahead.at += 1;
        let from = ahead.at;
        ahead.take(|b| b == b'@' || b == b'$');
        let named = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
        if named.is_empty() {
            ahead.take(|b| {
                matches!(
                    b,
                    b'+' | b'-'
                        | b'*'
                        | b'/'
                        | b'%'
                        | b'='
                        | b'<'
                        | b'>'
                        | b'!'
                        | b'~'
                        | b'^'
                        | b'&'
                        | b'|'
                        | b'['
                        | b']'
                        | b'`'
                )
            });
            ahead.eat("@");
        } else if matches!(ahead.peek(), b'?' | b'!') && ahead.ahead(1) != b'='
            || (ahead.peek() == b'=' && !matches!(ahead.ahead(1), b'=' | b'~' | b'>'))
        {
            ahead.at += 1;
        }
        if ahead.at == from {
            return None;
        }
        self.c.at = ahead.at;
        let text = self.c.slice(from..ahead.at);
        Some(self.b.str(text, self.since(start)))
    }

    /// `?a`.
    fn ruby_character(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut ahead = self.c.clone();
        ahead.at += 1;
        if ahead.peek() == b'\\' {
            self.c.at += 2;
            let mut text = super::strings::Text::at(start);
            self.escape(&mut text);
            return Some(self.text_node(&text.bytes, self.since(start)));
        }
        let letter = ahead.bump();
        if letter.is_empty() || letter.trim().is_empty() || ahead.peek().is_ascii_alphanumeric() || ahead.peek() == b'_'
        {
            return None;
        }
        self.c.at = ahead.at;
        Some(self.b.str(letter, self.since(start)))
    }

    fn ruby_pattern(&mut self, open: char, close: char, start: usize) -> Id {
        let pattern = self.string(Close { open, close, raw: true });
        self.c.take(|b| b.is_ascii_alphabetic());
        match self.b.tree.get(pattern) {
            Node::Str(sym) => self.b.add(Node::Regex(sym), self.since(start)),
            _ => pattern,
        }
    }

    /// `%w( … )` and its kin.
    fn ruby_percent(&mut self) -> Option<Id> {
        let start = self.c.at;
        let letter = self.c.ahead(1);
        let (kind, skip) = if letter.is_ascii_alphabetic() { (letter, 2) } else { (b'Q', 1) };
        let sign = self.c.ahead(skip);
        if !b"qQwWiIrxs".contains(&kind)
            || !sign.is_ascii_punctuation()
            || (skip == 1 && !matches!(sign, b'(' | b'[' | b'{' | b'<' | b'|' | b'!' | b'/'))
        {
            return None;
        }
        self.c.at += skip;
        let open = self.c.bump().chars().next()?;
        let close = match open {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            other => other,
        };
        Some(match kind {
            b'q' | b's' => self.literal(open, close),
            b'Q' => self.string(Close { open, close, raw: false }),
            b'x' => {
                let text = self.string(Close { open, close, raw: false });
                self.b.helper("`", &[text], self.since(start))
            }
            b'r' => self.ruby_pattern(open, close, start),
            _ => {
                let words = self.literal(open, close);
                let words: Vec<String> =
                    self.b.literal(words).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
                let span = self.since(start);
                let ids: Vec<Id> = words.iter().map(|w| self.b.str(w, span)).collect();
                self.b.list(&ids, span)
            }
        })
    }

    /// `<<~X`, `<<-X`, `<<X`, with or without quotes.
    fn ruby_here(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut ahead = self.c.clone();
        ahead.at += 2;
        let squiggly = ahead.eat("~");
        let indented = squiggly || ahead.eat("-");
        let quote = ahead.peek();
        let delimiter = if matches!(quote, b'"' | b'\'' | b'`') {
            ahead.at += 1;
            let end = ahead.find_in_line(quote)?;
            let delimiter = ahead.slice(ahead.at..end);
            ahead.at = end + 1;
            delimiter
        } else {
            ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        // `x <<y` with a small letter shifts.
        if delimiter.is_empty()
            || !(indented
                || delimiter.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
                || matches!(quote, b'"' | b'\''))
        {
            return None;
        }
        self.c.at = ahead.at;
        let text = self.here_document(delimiter, quote == b'\'', indented, squiggly);
        Some(if quote == b'`' { self.b.helper("`", &[text], self.since(start)) } else { text })
    }

    /// `{ a: 1, "b" => 2 }`.
    fn ruby_hash(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let args = self.ruby_args(b'}');
        let mut all = Vec::new();
        for arg in args {
            match self.b.tree.get(arg) {
                Node::Keyword(name, value) => {
                    let key = self.b.add(Node::Str(name), self.span_of(arg));
                    all.extend([key, value]);
                }
                Node::Dict(many) => all.extend(self.b.ids(many)),
                Node::Spread(_) => all.extend([arg, Id::NONE]),
                _ => {
                    let spread = self.b.add(Node::Spread(arg), self.span_of(arg));
                    all.extend([spread, Id::NONE]);
                }
            }
        }
        let many = self.b.tree.many(&all);
        self.b.add(Node::Dict(many), self.since(start))
    }
}
