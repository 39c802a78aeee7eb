//! Words of Ruby, calls with and without parentheses, and what may follow an operand.

use super::dialect::ASSIGN;
use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    /// An operand that begins with a word.
    pub(super) fn ruby_word(&mut self) -> Option<Id> {
        let start = self.c.at;
        let word = self.word();
        let len = word.len();
        let node = match word {
            // `module?` is a name.
            _ if self.c.ahead(len) == b'?' && word != "defined" && !self.c.ahead(len + 1).is_ascii_alphanumeric() => {
                self.ruby_named(start)?
            }
            "nil" => {
                self.c.at += len;
                self.nil(start)
            }
            "true" | "false" => {
                self.c.at += len;
                self.b.add(Node::Bool(word == "true"), self.since(start))
            }
            "self" | "__FILE__" | "__dir__" | "__method__" => {
                self.c.at += len;
                self.b.name(word, self.since(start))
            }
            "if" | "unless" => {
                self.c.at += len;
                self.ruby_if(start, word == "unless")
            }
            "while" | "until" => {
                self.c.at += len;
                self.ruby_while(start, word == "until")
            }
            "for" => {
                self.c.at += len;
                self.ruby_for(start)
            }
            "case" => {
                self.c.at += len;
                self.ruby_case(start)
            }
            "begin" => {
                self.c.at += len;
                self.ruby_guarded(start)
            }
            "def" => {
                self.c.at += len;
                self.ruby_def(start)
            }
            "class" | "module" => {
                self.c.at += len;
                self.ruby_class(start)
            }
            "return" | "break" | "next" => {
                self.c.at += len;
                let value = self.ruby_optional();
                return Some(match word {
                    "return" => self.b.add(Node::Return(value), self.since(start)),
                    // What a block goes on with is its value.
                    "next" if value.is_some() => self.b.add(Node::Return(value), self.since(start)),
                    "next" => self.b.add(Node::Continue, self.since(start)),
                    _ => self.b.add(Node::Break, self.since(start)),
                });
            }
            "redo" | "retry" => {
                self.c.at += len;
                return Some(self.b.opaque(&[], self.since(start)));
            }
            "yield" => {
                self.c.at += len;
                let args = self.ruby_call_args().unwrap_or_default();
                self.b.helper("yield", &args, self.since(start))
            }
            "not" => {
                self.c.at += len;
                let inner = self.expression_above(3);
                return Some(self.b.unary(super::Op::Not, inner, start));
            }
            "defined" if self.c.ahead(len) == b'?' => {
                self.c.at += len + 1;
                let inner = self.operand();
                return Some(self.b.helper("defined?", inner.as_slice(), self.since(start)));
            }
            "alias" | "undef" => {
                self.c.at = self.c.line_end();
                return Some(self.b.opaque(&[], self.since(start)));
            }
            "BEGIN" | "END" if self.follows(len, b"{") => {
                self.c.at += len;
                self.braces()
            }
            "end" | "then" | "do" | "else" | "elsif" | "when" | "in" | "rescue" | "ensure" | "and" | "or" => {
                return None;
            }
            _ => self.ruby_named(start)?,
        };
        Some(self.ruby_postfix(node, start))
    }

    fn ruby_optional(&mut self) -> Id {
        let start = self.c.at;
        self.skip_blank();
        if !self.c.more()
            || matches!(self.c.peek(), b'\n' | b';' | b'}' | b')')
            || matches!(self.word(), "if" | "unless" | "while" | "until" | "end" | "and" | "or" | "rescue")
        {
            return Id::NONE;
        }
        let first = self.expression_above(ASSIGN - 1);
        let mut ids = vec![first];
        self.skip_blank();
        while self.c.eat(",") {
            self.skip_space();
            let id = self.expression_above(ASSIGN - 1);
            ids.push(id);
            self.skip_blank();
        }
        match ids.as_slice() {
            [one] => *one,
            _ => self.b.list(&ids, self.since(start)),
        }
    }

    /// A variable, a constant, or a call of a function by its name.
    fn ruby_named(&mut self, start: usize) -> Option<Id> {
        let name = self.identifier();
        if name.is_empty() {
            return None;
        }
        if matches!(self.c.peek(), b'?' | b'!') && !matches!(self.c.ahead(1), b'=' | b'~') {
            self.c.at += 1;
        }
        let name = self.c.slice(start..self.c.at);
        let callee = self.b.name(name, self.since(start));
        // Behind a variable an argument must be one that can be nothing else.
        if self.locals.contains(name) && self.c.peek() != b'(' && !self.ruby_calls_all_the_same() {
            let block = if self.follows(0, b"{") { self.ruby_block() } else { None };
            return Some(match block {
                Some(block) => self.b.call(callee, &[block], self.since(start)),
                None => callee,
            });
        }
        let args = self.ruby_call_args();
        let block = self.ruby_block_of(name, args.is_some());
        Some(match (args, block) {
            (None, None) => callee,
            (args, block) => {
                let mut args = args.unwrap_or_default();
                args.extend(block);
                self.b.call(callee, &args, self.since(start))
            }
        })
    }

    /// Whether a text, a name or a symbol stands behind a blank.
    fn ruby_calls_all_the_same(&self) -> bool {
        if !matches!(self.c.peek(), b' ' | b'\t') {
            return false;
        }
        let mut ahead = self.c.clone();
        ahead.take(|b| b == b' ' || b == b'\t');
        let (b, next) = (ahead.peek(), ahead.ahead(1));
        let symbol = b == b':' && (next.is_ascii_alphabetic() || next == b'_');
        symbol
            || matches!(b, b'"' | b'\'' | b'@')
            || ((b.is_ascii_alphabetic() || b == b'_') && self.begins_at(ahead.at))
    }

    /// Constants without arguments take no braces.
    fn ruby_block_of(&mut self, name: &str, called: bool) -> Option<Id> {
        let constant = name.starts_with(|c: char| c.is_uppercase());
        if constant && !called && self.follows(0, b"{") {
            return None;
        }
        self.ruby_block()
    }

    /// Members, elements, calls and blocks behind an operand.
    pub(super) fn ruby_postfix(&mut self, mut node: Id, start: usize) -> Id {
        loop {
            let end = self.c.at;
            let (b, next) = (self.c.peek(), self.c.ahead(1));
            if b == b'[' {
                self.c.at += 1;
                let args = self.ruby_args(b']');
                node = self.ruby_element(node, &args, start);
            } else if b == b':' && next == b':' && (self.c.ahead(2).is_ascii_alphabetic() || self.c.ahead(2) == b'_') {
                self.c.at += 2;
                let constant = self.c.peek().is_ascii_uppercase();
                let name = self.ruby_member_name();
                let member = self.b.member(node, name, self.since(start));
                node = if constant && self.c.peek() != b'(' { member } else { self.ruby_called(member, start) };
            } else if self.ruby_dot() {
                if self.c.peek() == b'(' {
                    // `f.(x)` calls `f`.
                    let args = self.ruby_call_args().unwrap_or_default();
                    node = self.b.call(node, &args, self.since(start));
                    continue;
                }
                let name = self.ruby_member_name();
                if name.is_empty() {
                    self.b.problem(self.c.at, "a member without a name");
                    return node;
                }
                let member = self.b.member(node, name, self.since(start));
                node = self.ruby_called(member, start);
            } else {
                self.c.at = end;
                return node;
            }
            if self.b.tree.is_full() {
                return node;
            }
        }
    }

    /// Goes behind `.` or `&.`, which may stand at the beginning of the next line.
    fn ruby_dot(&mut self) -> bool {
        let mut ahead = self.c.clone();
        ahead.take(|b| b == b' ' || b == b'\t' || b == b'\r');
        if ahead.peek() == b'\n' && self.bodies.is_none() {
            ahead.take(|b| b.is_ascii_whitespace());
            // Comments may stand between the lines; only a few are looked behind.
            for _ in 0..4 {
                if ahead.peek() == b'#' {
                    ahead.at = ahead.line_end();
                    ahead.take(|b| b.is_ascii_whitespace());
                }
            }
        }
        let behind = if ahead.looking("&.") { 2 } else { 1 };
        let dot = ahead.peek() == b'.' || behind == 2;
        let name = ahead.ahead(behind);
        if !dot || !(name.is_ascii_alphabetic() || matches!(name, b'_' | b'(' | b'\n' | b' ' | b'`') || name >= 0x80) {
            return false;
        }
        self.c.at = ahead.at + behind;
        self.skip_space();
        true
    }

    fn ruby_member_name(&mut self) -> &'t str {
        let start = self.c.at;
        if self.c.peek() == b'`' {
            self.c.at += 1;
            return self.c.slice(start..self.c.at);
        }
        self.identifier();
        if matches!(self.c.peek(), b'?' | b'!') && !matches!(self.c.ahead(1), b'=' | b'~') {
            self.c.at += 1;
        }
        self.c.slice(start..self.c.at)
    }

    /// A member and the arguments behind it: without any it is called all the same.
    fn ruby_called(&mut self, member: Id, start: usize) -> Id {
        let args = self.ruby_call_args();
        let block = self.ruby_block();
        let mut args = args.unwrap_or_default();
        args.extend(block);
        self.b.call(member, &args, self.since(start))
    }

    /// `x[i]`, `x[i, n]`.
    fn ruby_element(&mut self, object: Id, args: &[Id], start: usize) -> Id {
        match args {
            [index] => self.b.add(Node::Index(object, *index), self.since(start)),
            [low, length] => {
                let high = match (self.b.tree.get(*low), self.b.tree.get(*length)) {
                    (Node::Num(a), Node::Num(n)) if a < 0.0 && a + n >= 0.0 => Id::NONE,
                    (Node::Num(a), Node::Num(n)) => self.b.num(a + n, self.since(start)),
                    _ => self.b.binary(super::Op::Add, *low, *length),
                };
                let many = self.b.tree.many(&[*low, high, Id::NONE]);
                self.b.add(Node::Slice(object, many), self.since(start))
            }
            _ => {
                let index = self.b.list(args, self.since(start));
                self.b.add(Node::Index(object, index), self.since(start))
            }
        }
    }
}
