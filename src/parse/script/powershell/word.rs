//! Words of commands: arguments, names of parameters, bare words.

use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    /// The words behind `--%`, up to the end of the line or a bar.
    pub(super) fn verbatim(&mut self, args: &mut Vec<Id>) {
        loop {
            self.c.take(|b| matches!(b, b' ' | b'\t' | b'\r'));
            if !self.c.more() || matches!(self.c.peek(), b'\n' | b'|') {
                return;
            }
            let start = self.c.at;
            let word = self.c.take(|b| !b.is_ascii_whitespace() && b != b'|');
            args.push(self.b.str(word, self.since(start)));
            if self.c.at == start {
                self.c.bump();
            }
        }
    }

    /// An argument, or a parameter's name with its value.
    pub(super) fn parameter(&mut self, args: &mut Vec<Id>, lowers: bool) {
        let start = self.c.at;
        let dash = self.dash();
        if dash == 0 || !(self.c.ahead(dash).is_ascii_alphabetic() || self.c.ahead(dash) == b'_') {
            let arg = self.argument();
            args.push(arg);
            return;
        }
        self.c.at += dash;
        let mut text = String::from("-");
        while self.c.more() {
            match self.c.peek() {
                b':' | b' ' | b'\t' | b'\r' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'{' | b'}' | b',' | b'$' => {
                    break;
                }
                b'`' if self.c.ahead(1) == b'\n' || self.c.ahead(1) == b'\r' => break,
                b'`' => self.c.at += 1,
                _ if self.quote().is_some() => break,
                _ => text.push_str(self.c.bump()),
            }
        }
        if lowers {
            text.make_ascii_lowercase();
        }
        let name = self.b.str(text, self.since(start));
        if self.c.peek() == b':' {
            self.c.at += 1;
            args.push(name);
            self.skip_blank();
            if !self.at_end() {
                let value = self.argument();
                args.push(value);
            }
        } else if !self.at_end() && !self.c.peek().is_ascii_whitespace() && !matches!(self.c.peek(), b'`' | b'{' | b'(')
        {
            // `-o"file"`: one word of several pieces.
            let mut pieces = vec![name];
            match self.word() {
                Some(rest) => pieces.push(rest),
                None => {
                    args.push(name);
                    return;
                }
            }
            let word = self.joined(&pieces, start);
            args.push(word);
        } else {
            args.push(name);
        }
    }

    /// An argument; with commas behind it, a list.
    pub(super) fn argument(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        while let Some(one) = self.single_argument() {
            ids.push(one);
            let at = self.c.at;
            self.skip_blank();
            if self.c.peek() != b',' {
                self.c.at = at;
                break;
            }
            self.c.at += 1;
            self.skip_lines();
        }
        match ids.as_slice() {
            [] => self.b.opaque(&[], self.since(start)),
            [one] => *one,
            _ => self.b.list(&ids, self.since(start)),
        }
    }

    pub(super) fn single_argument(&mut self) -> Option<Id> {
        let start = self.c.at;
        let value = match self.c.peek() {
            b'$' if self.is_variable() || self.c.ahead(1) == b'(' => true,
            b'(' | b'{' => true,
            b'@' => {
                matches!(self.c.ahead(1), b'(' | b'{' | b'_')
                    || self.c.ahead(1).is_ascii_alphabetic()
                    || self.is_here_string()
            }
            _ => self.quote().is_some(),
        };
        if !value {
            return self.word();
        }
        let node = self.primary()?;
        // `$dir\file` is one word.
        if self.at_end()
            || matches!(self.c.peek(), b' ' | b'\t' | b'\r' | b',' | b'`' | b'<' | b'>' | b'{' | b'(' | b'@' | b'[')
        {
            return Some(node);
        }
        let mut pieces = match self.b.tree.get(node) {
            Node::Template(many) => self.b.ids(many),
            _ => vec![node],
        };
        match self.word() {
            Some(rest) => pieces.push(rest),
            None => return Some(node),
        }
        Some(self.joined(&pieces, start))
    }

    /// A bare word, which may have quotes and variables in it.
    pub(super) fn word(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut from = start;
        while self.c.more() {
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'{' | b'}' | b',' | b'<' | b'>' => {
                    break;
                }
                b'`' if matches!(self.c.ahead(1), b'\r' | b'\n' | 0) => break,
                b'`' => {
                    self.c.at += 1;
                    text.push_str(self.c.bump());
                }
                b'$' if self.is_variable() || self.c.ahead(1) == b'(' => {
                    if !text.is_empty() {
                        pieces.push(self.b.str(std::mem::take(&mut text), (from, self.c.at)));
                    }
                    let piece = if self.c.ahead(1) == b'(' { self.subexpression() } else { self.variable().0 };
                    pieces.push(piece);
                    from = self.c.at;
                }
                _ if self.quote().is_some() => {
                    if !text.is_empty() {
                        pieces.push(self.b.str(std::mem::take(&mut text), (from, self.c.at)));
                    }
                    self.string_pieces(&mut pieces);
                    from = self.c.at;
                }
                _ => text.push_str(self.c.bump()),
            }
        }
        if self.c.at == start {
            return None;
        }
        if !text.is_empty() {
            pieces.push(self.b.str(text, (from, self.c.at)));
        }
        Some(self.joined(&pieces, start))
    }
}
