//! What begins with `$`, and backquotes.

use super::build::{Build, Span};
use super::cursor::is_name;
use super::word::{Pieces, Until};
use super::{Id, Node, Op, Reader};

impl<'t> Reader<'t, '_> {
    /// `$…` at the cursor.
    pub(super) fn dollar(&mut self, p: &mut Pieces, quoted: bool) {
        let at = self.c.at;
        let node = match self.c.ahead(1) {
            b'(' => self.substitution(),
            b'{' => self.parameter(quoted),
            b'\'' if !quoted => return self.ansi(p),
            b'"' if !quoted => {
                // A text to be translated; the word's own loop reads the quotes.
                self.c.at += 1;
                return;
            }
            b => {
                self.c.at += 1;
                let name = match b {
                    b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-' => self.c.bump(),
                    _ => self.identifier(),
                };
                if name.is_empty() {
                    return p.text("$", at);
                }
                self.variable(name, (at, self.c.at))
            }
        };
        self.expansion(p, node, at, quoted);
    }

    /// A variable. Positional ones are noted for the function around.
    pub(super) fn variable(&mut self, name: &str, span: Span) -> Id {
        match name.parse::<u32>() {
            Ok(n) if n > 0 => self.used.0 = self.used.0.max(n.min(64)),
            _ => self.used.1 |= matches!(name, "@" | "*"),
        }
        // Both are all arguments; what tells them apart is how they are joined.
        self.b.name(if name == "*" { "@" } else { name }, span)
    }

    /// `$( … )` or `$(( … ))`.
    pub(super) fn substitution(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let node = if self.c.looking("$((")
            && let Some(end) = self.arithmetic_end(3)
        {
            self.c.at += 3;
            self.arithmetic_to(end)
        } else {
            self.c.at += 2;
            let mut ids = Vec::new();
            self.commands(&mut ids);
            self.expect_sign(")");
            self.output(&ids, (start, self.c.at))
        };
        self.b.leave();
        node
    }

    /// What commands print: one command is itself.
    pub(super) fn output(&mut self, ids: &[Id], span: Span) -> Id {
        let (last, before) = match ids {
            [] => return self.b.str("", span),
            [one] => return *one,
            [before @ .., last] => (*last, before),
        };
        // What hangs on another command prints as well as one that does not.
        let prints = |b: &Build, id: Id| matches!(b.tree.get(id), Node::Call(..) | Node::Binary(Op::And | Op::Or, ..));
        if !before.iter().any(|id| prints(self.b, *id)) {
            return self.b.seq(ids, span);
        }
        // What prints nothing is done between the others all the same.
        let silent = self.b.str("", span);
        let parts: Vec<Id> = before
            .iter()
            .map(|id| if prints(self.b, *id) { *id } else { self.b.seq(&[*id, silent], span) })
            .chain([last])
            .collect();
        self.b.template(&parts, span)
    }

    /// `<( … )` and `>( … )`: a file that a command fills or reads.
    pub(super) fn process(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let name = if self.c.peek() == b'<' { "<(" } else { ">(" };
        self.c.at += 2;
        let mut ids = Vec::new();
        self.commands(&mut ids);
        self.expect_sign(")");
        let span = (start, self.c.at);
        let made = self.output(&ids, span);
        self.b.leave();
        self.b.helper(name, &[made], span)
    }

    /// Backquotes. Escapes in them are undone before the commands are read; where there are none, the commands are
    /// read in their place.
    pub(super) fn backquote(&mut self, in_quotes: bool) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 1;
        let from = self.c.at;
        let mut escapes = false;
        let mut end = from;
        let rest = self.c.rest();
        loop {
            match memchr::memchr2(b'`', b'\\', rest.get(end - from..).unwrap_or_default()) {
                Some(p) if rest.get(end - from + p) == Some(&b'`') => {
                    end += p;
                    break;
                }
                Some(p) => {
                    let next = rest.get(end - from + p + 1).copied().unwrap_or(0);
                    escapes |= matches!(next, b'`' | b'\\' | b'$') || (in_quotes && next == b'"');
                    // The escaped one may be a character of several bytes; its other bytes are none of the two.
                    end = (end + p + 2).min(self.c.end);
                }
                None => {
                    self.b.problem(start, "a backquote is never closed");
                    end = self.c.end;
                    break;
                }
            }
        }
        let span = (start, (end + 1).min(self.c.end));
        let node = if escapes {
            let text = unescaped(self.c.slice(from..end), in_quotes);
            let outer = self.b.place;
            self.b.place = outer.or(Some(span));
            let mut inner = Reader::new(&text, self.b);
            inner.functions = self.functions;
            inner.fed = self.fed;
            let mut ids = Vec::new();
            inner.script(&mut ids);
            let used = inner.used;
            self.used = (self.used.0.max(used.0), self.used.1 | used.1);
            let node = self.output(&ids, span);
            self.b.place = outer;
            node
        } else {
            let outer = (self.c.end, self.bodies.take());
            self.c.end = end;
            let mut ids = Vec::new();
            self.script(&mut ids);
            (self.c.end, self.bodies) = outer;
            self.output(&ids, span)
        };
        self.c.at = span.1;
        self.b.leave();
        node
    }

    /// `${ … }`.
    fn parameter(&mut self, quoted: bool) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 2;
        let node = self.parameter_inside(start, quoted);
        // What could not be read up to here is text of some other shell.
        if self.c.peek() != b'}' {
            let rest = self.brace_word(Until::Brace(quoted));
            self.b.problem(start, "an expansion that bash does not know");
            let node = self.b.opaque(&[node, rest], (start, self.c.at));
            self.c.eat("}");
            self.b.leave();
            return node;
        }
        self.c.at += 1;
        self.b.leave();
        node
    }

    fn parameter_inside(&mut self, start: usize, quoted: bool) -> Id {
        let next = self.c.ahead(1);
        if self.c.peek() == b'#' && (is_name(next) || matches!(next, b'@' | b'*')) {
            self.c.at += 1;
            let (variable, _) = self.subject(start);
            return self.b.helper("len", &[variable], (start, self.c.at));
        }
        if self.c.peek() == b'!' && is_name(next) {
            self.c.at += 1;
            let (variable, all) = self.subject(start);
            let span = (start, self.c.at);
            if all {
                return self.b.helper("keys", &[variable], span);
            }
            if matches!(self.c.peek(), b'@' | b'*') && self.c.ahead(1) == b'}' {
                self.c.at += 1;
                return self.b.opaque(&[variable], span);
            }
            let variable = self.b.helper("indirect", &[variable], span);
            return self.operator(variable, start, quoted, false);
        }
        let (variable, all) = self.subject(start);
        let node = self.operator(variable, start, quoted, all);
        if all && node == variable {
            // The elements one by one.
            return self.b.add(Node::Spread(variable), (start, self.c.at));
        }
        node
    }

    /// A variable with its index; whether it is all of an array.
    fn subject(&mut self, start: usize) -> (Id, bool) {
        let at = self.c.at;
        let name = match self.c.peek() {
            b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-' => self.c.bump(),
            b'0'..=b'9' => self.c.take(|b| b.is_ascii_digit()),
            _ => self.identifier(),
        };
        if name.is_empty() {
            return (self.b.add(Node::Nil, (start, at)), false);
        }
        let variable = self.variable(name, (at, self.c.at));
        if self.c.peek() != b'[' {
            return (variable, false);
        }
        if matches!(self.c.ahead(1), b'@' | b'*') && self.c.ahead(2) == b']' {
            self.c.at += 3;
            return (variable, true);
        }
        let index = self.subscript(name);
        (self.b.add(Node::Index(variable, index), (start, self.c.at)), false)
    }

    /// `[ … ]`: text for a map, else arithmetic.
    pub(super) fn subscript(&mut self, array: &str) -> Id {
        self.c.at += 1;
        let start = self.c.at;
        let is_map = self.maps.contains(array) || matches!(self.c.peek(), b'"' | b'\'');
        let index = if is_map {
            let mut p = Pieces::default();
            self.pieces(&mut p, Until::Bracket);
            self.value(p, start)
        } else {
            self.arithmetic()
        };
        self.expect_sign("]");
        index
    }

    /// What stands behind the variable.
    fn operator(&mut self, variable: Id, start: usize, quoted: bool, all: bool) -> Id {
        let sign = match (self.c.peek(), self.c.ahead(1)) {
            (b'}', _) => return variable,
            (b':', b'-' | b'=' | b'?' | b'+')
            | (b'#', b'#')
            | (b'%', b'%')
            | (b'/', b'/' | b'#' | b'%')
            | (b'^', b'^')
            | (b',', b',') => 2,
            (b':', _) => {
                self.c.at += 1;
                return self.slice_of(variable, start);
            }
            (b'-' | b'=' | b'?' | b'+' | b'#' | b'%' | b'/' | b'^' | b',' | b'@', _) => 1,
            _ => return variable,
        };
        let sign = self.c.slice(self.c.at..self.c.at + sign);
        self.c.at += sign.len();
        let word = self.brace_word(match sign {
            s if s.starts_with('/') => Until::Slash,
            s if s.ends_with(['-', '=', '?', '+']) => Until::Brace(quoted),
            _ => Until::Brace(false),
        });
        let span = (start, self.c.at);
        match sign {
            ":-" | "-" => self.b.add(Node::Binary(Op::Coalesce, variable, word), span),
            ":=" | "=" => {
                let value = self.b.add(Node::Binary(Op::Coalesce, variable, word), span);
                self.b.add(Node::Assign(variable, value), span)
            }
            ":+" | "+" => {
                let empty = self.b.str("", span);
                self.b.add(Node::Cond(variable, word, empty), span)
            }
            _ => {
                let replacement = if self.c.peek() == b'/' && sign.starts_with('/') {
                    self.c.at += 1;
                    self.brace_word(Until::Brace(false))
                } else {
                    self.b.str("", span)
                };
                let span = (start, self.c.at);
                let sign = self.b.str(sign, span);
                let subject = if all { self.b.add(Node::Spread(variable), span) } else { variable };
                self.b.helper("expand", &[subject, sign, word, replacement], span)
            }
        }
    }

    fn brace_word(&mut self, until: Until) -> Id {
        let start = self.c.at;
        let mut p = Pieces::default();
        self.pieces(&mut p, until);
        self.value(p, start)
    }

    /// `${x:low}` and `${x:low:length}`.
    fn slice_of(&mut self, variable: Id, start: usize) -> Id {
        let mut low = self.arithmetic();
        // Arguments are counted from 1.
        if matches!(self.b.tree.get(variable), Node::Name(sym) if self.b.tree.str(sym) == "@")
            && let Node::Num(n) = self.b.tree.get(low)
            && n >= 1.0
        {
            low = self.b.num(n - 1.0, (start, self.c.at));
        }
        let mut high = Id::NONE;
        if self.c.eat(":") {
            let length = self.arithmetic();
            high = match (self.b.tree.get(low), self.b.tree.get(length)) {
                (_, Node::Num(n)) if n < 0.0 => length,
                (Node::Num(a), Node::Num(n)) if a < 0.0 && a + n >= 0.0 => Id::NONE,
                (Node::Num(a), Node::Num(n)) => self.b.num(a + n, (start, self.c.at)),
                _ => self.b.binary(Op::Add, low, length),
            };
        }
        let many = self.b.tree.many(&[low, high, Id::NONE]);
        self.b.add(Node::Slice(variable, many), (start, self.c.at))
    }
}

fn unescaped(text: &str, in_quotes: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = |n: &char| matches!(n, '`' | '\\' | '$') || (in_quotes && *n == '"');
        match (c, chars.peek().copied()) {
            ('\\', Some(next)) if escapes(&next) => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}
