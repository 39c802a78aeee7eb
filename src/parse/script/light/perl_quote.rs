//! Quotes of Perl that are words: `q`, `qq`, `qw`, `qx`, `m`, `qr`, `s`, `tr`, `y`; and here-documents.

use super::interpolate::Close;
use super::{Id, Node, Reader};

impl Reader<'_, '_> {
    /// The signs around a quote: behind its word, the one that opens it and the one that closes it.
    fn perl_delimiters(&mut self) -> (char, char) {
        let open = self.c.bump().chars().next().unwrap_or('/');
        let close = match open {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            other => other,
        };
        (open, close)
    }

    /// Whether a word that is a quote has its opening sign behind it. `skip` is its length.
    pub(super) fn perl_quotes(&self, skip: usize) -> bool {
        let sign = self.c.ahead(skip);
        if sign.is_ascii_whitespace() {
            let rest = self.c.rest().get(skip..).unwrap_or_default();
            let blanks = rest.iter().take(64).take_while(|b| b.is_ascii_whitespace()).count();
            let sign = rest.get(blanks).copied().unwrap_or(b',');
            // `y = 1` and `s, ` are other things.
            let other = sign.is_ascii_alphanumeric()
                || matches!(
                    sign,
                    b',' | b';'
                        | b')'
                        | b'='
                        | b'#'
                        | b'_'
                        | b'.'
                        | b'-'
                        | b'+'
                        | b'*'
                        | b'?'
                        | b'&'
                        | b'|'
                        | b'<'
                        | b'>'
                );
            return !other && !self.arrow_follows(skip);
        }
        !(sign.is_ascii_alphanumeric()
            || matches!(sign, b'_' | b';' | b')' | 0)
            || self.arrow_follows(skip)
            || (sign == b'=' && self.c.ahead(skip + 1) == b'~'))
    }

    /// A quote whose word comes next.
    pub(super) fn perl_quote(&mut self, word: &str) -> Id {
        let start = self.c.at;
        self.c.at += word.len();
        self.c.take(|b| b.is_ascii_whitespace());
        let (open, close) = self.perl_delimiters();
        match word {
            "q" => self.literal(open, close),
            "qq" => self.string(Close { open, close, raw: false }),
            "qx" => {
                let text = if open == '\'' {
                    self.literal(open, close)
                } else {
                    self.string(Close { open, close, raw: false })
                };
                self.b.helper("`", &[text], self.since(start))
            }
            "qw" => {
                let words = self.literal(open, close);
                let words: Vec<String> =
                    self.b.literal(words).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
                let span = self.since(start);
                let ids: Vec<Id> = words.iter().map(|w| self.b.str(w, span)).collect();
                self.b.list(&ids, span)
            }
            "s" => self.perl_substitution(open, close, start),
            "tr" | "y" => {
                let from = self.literal(open, close);
                let (open, close) = self.second(open, close);
                let to = self.literal(open, close);
                let flags = self.flags();
                let bound = self.b.name("_", (start, start));
                self.b.helper("tr///", &[bound, from, to, flags], self.since(start))
            }
            _ => self.perl_match(open, close, start),
        }
    }

    /// The signs around the second part: the same when they do not come in pairs.
    fn second(&mut self, open: char, close: char) -> (char, char) {
        if open == close {
            return (open, close);
        }
        self.skip_space();
        self.perl_delimiters()
    }

    fn flags(&mut self) -> Id {
        let start = self.c.at;
        let flags = self.c.take(|b| b.is_ascii_alphabetic());
        self.b.str(flags, self.since(start))
    }

    /// A pattern behind its opening sign.
    pub(super) fn perl_match(&mut self, open: char, close: char, start: usize) -> Id {
        let pattern = self.perl_pattern(open, close, start);
        self.c.take(|b| b.is_ascii_alphabetic());
        pattern
    }

    fn perl_pattern(&mut self, open: char, close: char, start: usize) -> Id {
        let pattern =
            if open == '\'' { self.literal(open, close) } else { self.string(Close { open, close, raw: true }) };
        match self.b.tree.get(pattern) {
            Node::Str(sym) => self.b.add(Node::Regex(sym), self.since(start)),
            _ => pattern,
        }
    }

    fn perl_substitution(&mut self, open: char, close: char, start: usize) -> Id {
        let pattern = self.perl_pattern(open, close, start);
        let (open, close) = self.second(open, close);
        let from = self.c.at;
        let mut with =
            if open == '\'' { self.literal(open, close) } else { self.string(Close { open, close, raw: false }) };
        let to = self.c.at;
        let flags = self.flags();
        // The replacement is code; in a replacement that is code it stays text, so that none is read over and over.
        let is_code = self.b.literal(flags).is_some_and(|f| f.contains('e')) && !self.in_replacement;
        if is_code && self.b.enter(start) {
            self.in_replacement = true;
            let outer = (self.c.at, self.c.end);
            (self.c.at, self.c.end) = (from, to.saturating_sub(close.len_utf8()).max(from));
            let mut ids = Vec::new();
            self.statements(&mut ids);
            let body = self.b.seq(&ids, (from, to));
            with = self.make_func("", Vec::new(), body, true, from);
            (self.c.at, self.c.end) = outer;
            self.in_replacement = false;
            self.b.leave();
        }
        let bound = self.b.name("_", (start, start));
        self.b.helper("s///", &[bound, pattern, with, flags], self.since(start))
    }

    /// What stands behind `=~`: patterns are asked, `s` and `tr` set what they are bound to.
    pub(super) fn perl_bound(&mut self, left: Id, tight: u8) -> Option<Id> {
        let right = self.operation(tight)?;
        let span = self.b.over(left, right);
        if let Node::Call(callee, args) = self.b.tree.get(right)
            && matches!(self.b.tree.get(callee), Node::Name(sym) if matches!(self.b.tree.str(sym), "s///" | "tr///"))
        {
            let mut args = self.b.ids(args);
            if let Some(first) = args.first_mut() {
                // `my $x = $y` sets first what is then changed.
                *first = match self.b.tree.get(left) {
                    Node::Declare(target, _) | Node::Assign(target, _) => target,
                    _ => left,
                };
            }
            let stays = args.last().is_some_and(|f| self.b.literal(*f).is_some_and(|f| f.contains('r')));
            let call = self.b.call(callee, &args, span);
            if stays {
                return Some(call);
            }
            return Some(match self.b.tree.get(left) {
                Node::Declare(target, _) | Node::Assign(target, _) => {
                    let set = self.b.add(Node::Assign(target, call), span);
                    self.b.seq(&[left, set], span)
                }
                _ => self.set(left, call),
            });
        }
        Some(self.b.helper("=~", &[left, right], span))
    }

    /// `<<"X"`, `<<'X'`, `<<X`, `<<~X`.
    pub(super) fn perl_here(&mut self) -> Option<Id> {
        let mut ahead = self.c.clone();
        ahead.at += 2;
        let indented = ahead.eat("~");
        // A blank may stand in front of a quote, and of nothing else.
        let blanks = ahead.rest().iter().take(8).take_while(|b| **b == b' ').count();
        if matches!(ahead.ahead(blanks), b'"' | b'\'') {
            ahead.at += blanks;
        }
        let quote = ahead.peek();
        let delimiter = if matches!(quote, b'"' | b'\'') {
            ahead.at += 1;
            let end = ahead.find_in_line(quote)?;
            let delimiter = ahead.slice(ahead.at..end);
            ahead.at = end + 1;
            delimiter
        } else {
            ahead.eat("\\");
            ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if delimiter.is_empty() && !matches!(quote, b'"' | b'\'') {
            return None;
        }
        self.c.at = ahead.at;
        Some(self.here_document(delimiter, quote == b'\'' || quote == b'\\', indented, indented))
    }
}
