//! Arguments of Ruby, with and without parentheses.

use super::dialect::ASSIGN;
use super::{Id, Node, Reader};

/// Words that no argument begins with.
const WORDS: [&str; 15] = [
    "if", "unless", "while", "until", "rescue", "and", "or", "do", "then", "end", "in", "else", "elsif", "when",
    "ensure",
];

impl<'t> Reader<'t, '_> {
    /// Whether a word at this place is no word of the language.
    pub(super) fn begins_at(&self, at: usize) -> bool {
        let mut ahead = self.c.clone();
        ahead.at = at;
        let word = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_');
        !WORDS.contains(&word)
    }

    /// Arguments of a call, if there are any: in parentheses, or what can be nothing else behind a blank.
    pub(super) fn ruby_call_args(&mut self) -> Option<Vec<Id>> {
        if self.c.peek() == b'(' {
            self.c.at += 1;
            let no_do = std::mem::replace(&mut self.no_do, false);
            let args = self.ruby_args(b')');
            self.no_do = no_do;
            return Some(args);
        }
        let end = self.c.at;
        // `puts"text"` needs no blank.
        if matches!(self.c.peek(), b'"' | b'\'') {
            return Some(self.ruby_args(b'\n'));
        }
        if !matches!(self.c.peek(), b' ' | b'\t') {
            return None;
        }
        self.skip_blank();
        if !self.ruby_begins_argument() {
            self.c.at = end;
            return None;
        }
        Some(self.ruby_args(b'\n'))
    }

    /// Whether what comes next behind a blank is an argument and no operator.
    fn ruby_begins_argument(&self) -> bool {
        let (b, next) = (self.c.peek(), self.c.ahead(1));
        let tight = !next.is_ascii_whitespace() && next != b'=';
        match b {
            b'"' | b'\'' | b'`' | b'@' | b'$' | b'0'..=b'9' => true,
            b':' => next != b' ' && next != b'\n',
            b'-' => tight || next == b'>',
            b'*' | b'&' => tight && next != b'&' && !(b == b'&' && next == b'.'),
            b'[' | b'~' | b'(' => true,
            b'/' => tight,
            b'%' => {
                b"wWiIqQrxs".contains(&next) && self.c.ahead(2).is_ascii_punctuation()
                    || matches!(next, b'(' | b'[' | b'{')
            }
            b'!' => !matches!(next, b'=' | b'~'),
            b'<' => {
                next == b'<'
                    && (matches!(self.c.ahead(2), b'~' | b'-' | b'"' | b'\'') || self.c.ahead(2).is_ascii_uppercase())
            }
            b'?' => next.is_ascii_alphanumeric() && !self.c.ahead(2).is_ascii_alphanumeric(),
            b'.' => next == b'.' && self.c.ahead(2).is_ascii_digit(),
            _ if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => !WORDS.contains(&self.word()),
            _ => false,
        }
    }

    /// Arguments up to a closing sign, which is stepped over; those without parentheses end with their line.
    pub(super) fn ruby_args(&mut self, close: u8) -> Vec<Id> {
        let start = self.c.at;
        let bare = close == b'\n';
        let mut args = Vec::new();
        let mut pairs = Vec::new();
        loop {
            if bare {
                self.skip_blank()
            } else {
                self.skip_space()
            }
            if !self.c.more() || (!bare && self.c.peek() == close) {
                break;
            }
            let before = self.c.at;
            if let Some(arg) = self.ruby_argument(&mut pairs) {
                args.push(arg);
            }
            let end = self.c.at;
            if bare {
                self.skip_blank()
            } else {
                self.skip_space()
            }
            if !self.c.eat(",") {
                if bare {
                    self.c.at = end;
                }
                break;
            }
            self.skip_space();
            if self.c.at == before {
                break;
            }
        }
        if !pairs.is_empty() {
            let many = self.b.tree.many(&pairs);
            args.push(self.b.add(Node::Dict(many), self.since(start)));
        }
        if !bare {
            self.skip_space();
            let sign = match close {
                b')' => ")",
                b']' => "]",
                _ => "}",
            };
            self.expect(sign);
        }
        args
    }

    /// One argument; `key: value` is named, `key => value` goes to the pairs.
    fn ruby_argument(&mut self, pairs: &mut Vec<Id>) -> Option<Id> {
        let start = self.c.at;
        if let Some(key) = self.ruby_key() {
            self.skip_space();
            let value = if matches!(self.c.peek(), b',' | b')' | b'}' | b'\n') {
                self.b.name(key, self.since(start))
            } else {
                self.expression_above(ASSIGN - 1)
            };
            return Some(self.b.keyword(key, value, self.since(start)));
        }
        let value = self.expression_above(ASSIGN - 1);
        let end = self.c.at;
        self.skip_blank();
        if self.c.eat("=>") {
            self.skip_space();
            let other = self.expression_above(ASSIGN - 1);
            pairs.extend([value, other]);
            return None;
        }
        // `"key": value`.
        if self.c.at == end && self.c.peek() == b':' && self.c.ahead(1) != b':' && self.b.literal(value).is_some() {
            self.c.at += 1;
            self.skip_space();
            let other = self.expression_above(ASSIGN - 1);
            pairs.extend([value, other]);
            return None;
        }
        self.c.at = end;
        Some(value)
    }

    /// `key:` in front of a value.
    fn ruby_key(&mut self) -> Option<&'t str> {
        let mut ahead = self.c.clone();
        if !(ahead.peek().is_ascii_alphabetic() || ahead.peek() == b'_' || ahead.peek() >= 0x80) {
            return None;
        }
        let name = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
        let mark = usize::from(matches!(ahead.peek(), b'?' | b'!'));
        ahead.at += mark;
        if ahead.peek() != b':'
            || ahead.ahead(1) == b':'
            || !(ahead.ahead(1).is_ascii_whitespace()
                || matches!(
                    ahead.ahead(1),
                    b'"' | b'\'' | b'[' | b'{' | b',' | b')' | b'-' | b'@' | b'%' | b'0'..=b'9'
                ))
        {
            return None;
        }
        self.c.at = ahead.at + 1;
        Some(name)
    }
}
