//! Statements of Ruby.

use super::{Id, Node, Op, Reader};

impl<'t> Reader<'t, '_> {
    /// A statement with what stands behind it: `if`, `while`, `rescue` and so on.
    pub(super) fn ruby_statement(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut node = self.ruby_values()?;
        for _ in 0..8 {
            let end = self.c.at;
            self.skip_blank();
            let word = self.word();
            if !matches!(word, "if" | "unless" | "while" | "until" | "rescue") {
                self.c.at = end;
                break;
            }
            self.c.at += word.len();
            self.skip_space();
            let test = self.expression();
            let span = self.since(start);
            let plain = self.plain_statement(node);
            let body = self.b.block(&[plain], self.span_of(node));
            node = match word {
                "if" => self.b.add(Node::If(test, body, Id::NONE), span),
                "unless" => {
                    let test = self.b.unary(Op::Not, test, start);
                    self.b.add(Node::If(test, body, Id::NONE), span)
                }
                "rescue" => {
                    let handler = self.b.block(&[test], self.span_of(test));
                    self.b.add(Node::Try(node, handler, Id::NONE), span)
                }
                _ => {
                    let test = if word == "until" { self.b.unary(Op::Not, test, start) } else { test };
                    // `begin … end while x` runs once at least.
                    if matches!(self.b.tree.get(node), Node::Block(_) | Node::Try(..)) {
                        self.b.add(Node::DoWhile(node, test), span)
                    } else {
                        self.b.add(Node::While(test, body, Id::NONE), span)
                    }
                }
            };
        }
        self.skip_blank();
        if self.c.more()
            && !matches!(self.c.peek(), b'\n' | b';' | b'}' | b')' | b']')
            && !self.closes()
            && self.word() != "do"
        {
            self.b.problem(self.c.at, "a statement that is not understood");
            self.c.skip_rest(b';');
        }
        Some(node)
    }

    /// An expression; with commas behind it, a list of targets (`a, b = …`) or of values (`a = 1, 2`).
    fn ruby_values(&mut self) -> Option<Id> {
        let start = self.c.at;
        let first = self.operation(0)?;
        let end = self.c.at;
        self.skip_blank();
        if self.c.peek() != b',' {
            self.c.at = end;
            return Some(first);
        }
        let mut ids = vec![first];
        while self.c.eat(",") {
            self.skip_space();
            if self.c.peek() == b'=' {
                break;
            }
            // What is left goes nowhere.
            if self.c.peek() == b'*' && self.follows(1, b"=,") {
                self.c.at += 1;
                self.skip_blank();
                continue;
            }
            let id = self.expression_above(super::dialect::ASSIGN);
            ids.push(id);
            self.skip_blank();
        }
        if self.c.peek() == b'=' && !matches!(self.c.ahead(1), b'=' | b'~' | b'>') {
            self.c.at += 1;
            self.skip_space();
            for id in &ids {
                if matches!(self.b.tree.get(*id), Node::Name(_)) {
                    let (start, end) = self.span_of(*id);
                    self.locals.insert(self.c.slice(start..end));
                }
            }
            let target = self.b.list(&ids, self.since(start));
            let mut values = vec![self.expression_above(super::dialect::ASSIGN - 1)];
            self.skip_blank();
            while self.c.eat(",") {
                self.skip_space();
                let value = self.expression_above(super::dialect::ASSIGN);
                values.push(value);
                self.skip_blank();
            }
            let value = match values.as_slice() {
                [one] => *one,
                _ => self.b.list(&values, self.since(start)),
            };
            return Some(self.set(target, value));
        }
        // `a = 1, 2` sets a list.
        match self.b.tree.get(first) {
            Node::Declare(target, value) | Node::Assign(target, value) => {
                if let Some(first) = ids.first_mut() {
                    *first = value;
                }
                let value = self.b.list(&ids, self.since(start));
                Some(self.set(target, value))
            }
            _ => Some(self.b.list(&ids, self.since(start))),
        }
    }

    /// Statements up to `end` or a word that goes on, which is left.
    pub(super) fn ruby_body(&mut self) -> Id {
        let start = self.c.at;
        let no_do = std::mem::replace(&mut self.no_do, false);
        let mut ids = Vec::new();
        loop {
            self.statements(&mut ids);
            // `then` and `in` close nothing here.
            if matches!(self.word(), "then" | "in") && self.c.more() {
                let before = self.c.at;
                self.identifier();
                if self.c.at > before {
                    continue;
                }
            }
            break;
        }
        self.no_do = no_do;
        self.b.block(&ids, self.since(start))
    }

    /// The test of `if`, `while` and their kin: `do` behind it is not a block of its calls.
    fn ruby_test(&mut self) -> Id {
        let no_do = std::mem::replace(&mut self.no_do, true);
        self.skip_blank();
        let test = self.expression();
        self.no_do = no_do;
        self.skip_blank();
        if !self.eat_word("then") {
            self.eat_word("do");
        }
        test
    }

    pub(super) fn ruby_if(&mut self, start: usize, unless: bool) -> Id {
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        let mut from = start;
        let mut unless = unless;
        loop {
            let test = self.ruby_test();
            let test = if std::mem::take(&mut unless) { self.b.unary(Op::Not, test, from) } else { test };
            self.skip_separators();
            self.eat_word("then");
            let body = self.ruby_body();
            parts.push((from, test, body));
            from = self.c.at;
            if self.eat_word("elsif") {
                continue;
            }
            if self.eat_word("else") {
                other = self.ruby_body();
            }
            break;
        }
        self.expect_word("end");
        self.branches(parts, other)
    }

    pub(super) fn ruby_while(&mut self, start: usize, until: bool) -> Id {
        let test = self.ruby_test();
        let test = if until { self.b.unary(Op::Not, test, start) } else { test };
        let body = self.ruby_body();
        self.expect_word("end");
        self.b.add(Node::While(test, body, Id::NONE), self.since(start))
    }

    pub(super) fn ruby_for(&mut self, start: usize) -> Id {
        let mut targets = Vec::new();
        loop {
            self.skip_blank();
            let at = self.c.at;
            let name = self.identifier();
            if name.is_empty() {
                break;
            }
            self.locals.insert(name);
            targets.push(self.b.name(name, self.since(at)));
            self.skip_blank();
            if !self.c.eat(",") {
                break;
            }
        }
        let target = match targets.as_slice() {
            [one] => *one,
            _ => self.b.list(&targets, self.since(start)),
        };
        self.skip_blank();
        self.expect_word("in");
        let over = self.ruby_test();
        let body = self.ruby_body();
        self.expect_word("end");
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    /// `case x when a, b then … else … end`.
    pub(super) fn ruby_case(&mut self, start: usize) -> Id {
        self.skip_blank();
        let subject = if matches!(self.c.peek(), b'\n' | b';') { None } else { Some(self.expression()) };
        self.skip_separators();
        let mut cases = Vec::new();
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        loop {
            self.skip_separators();
            let at = self.c.at;
            let pattern = self.word() == "in";
            if !pattern && !self.eat_word("when") {
                break;
            }
            if pattern {
                self.c.at += 2;
            }
            let mut tests = Vec::new();
            if pattern {
                // Patterns are a language of their own.
                while self.c.more()
                    && !matches!(self.c.peek(), b'\n' | b';')
                    && !(self.c.behind() == b' ' && self.word() == "then")
                {
                    self.c.bump();
                }
                tests.push(self.b.opaque(&[], self.since(at)));
            } else {
                loop {
                    self.skip_space();
                    let test = self.expression();
                    tests.push(test);
                    self.skip_blank();
                    if !self.c.eat(",") {
                        break;
                    }
                }
            }
            self.skip_separators();
            self.eat_word("then");
            let body = self.ruby_body();
            if subject.is_none() {
                let mut test = None;
                for next in tests {
                    test = Some(self.either(test, next));
                }
                let test = test.unwrap_or(Id::NONE);
                parts.push((at, test, body));
                continue;
            }
            let mut ids = match self.b.tree.get(body) {
                Node::Block(ids) => self.b.ids(ids),
                _ => Vec::new(),
            };
            ids.push(self.b.add(Node::Break, (self.c.at, self.c.at)));
            let body = self.b.block(&ids, self.span_of(body));
            let last = tests.pop().unwrap_or(Id::NONE);
            for test in tests {
                let empty = self.b.block(&[], (at, at));
                cases.push(self.b.add(Node::Case(test, empty), self.since(at)));
            }
            cases.push(self.b.add(Node::Case(last, body), self.since(at)));
        }
        if self.eat_word("else") {
            other = self.ruby_body();
        }
        self.expect_word("end");
        let Some(subject) = subject else { return self.branches(parts, other) };
        if other.is_some() {
            cases.push(self.b.add(Node::Case(Id::NONE, other), self.since(start)));
        }
        let many = self.b.tree.many(&cases);
        self.b.add(Node::Switch(subject, many), self.since(start))
    }

    /// Statements with `rescue`, `else` and `ensure` behind them, up to `end`.
    pub(super) fn ruby_guarded(&mut self, start: usize) -> Id {
        let mut body = self.ruby_body();
        let mut handlers = Vec::new();
        let mut last = Id::NONE;
        let mut guarded = false;
        loop {
            let at = self.c.at;
            if self.eat_word("rescue") {
                guarded = true;
                self.ruby_rescued(&mut handlers, at);
                let handler = self.ruby_body();
                handlers.push(handler);
            } else if self.eat_word("else") {
                let more = self.ruby_body();
                body = self.b.block(&[body, more], self.since(start));
            } else if self.eat_word("ensure") {
                guarded = true;
                last = self.ruby_body();
            } else {
                break;
            }
        }
        self.expect_word("end");
        if !guarded {
            return body;
        }
        let handlers = self.b.block(&handlers, self.since(start));
        self.b.add(Node::Try(body, handlers, last), self.since(start))
    }

    /// `A, B => e` behind `rescue`.
    fn ruby_rescued(&mut self, handlers: &mut Vec<Id>, at: usize) {
        self.skip_blank();
        while !matches!(self.c.peek(), b'\n' | b';' | 0) && self.word() != "then" && !self.c.looking("=>") {
            let before = self.c.at;
            self.operation(super::dialect::TERNARY);
            self.skip_blank();
            self.c.eat(",");
            self.skip_space_after_comma();
            if self.c.at == before {
                return;
            }
        }
        if self.c.eat("=>") {
            self.skip_blank();
            let name_at = self.c.at;
            self.c.take(|b| b == b'@');
            self.identifier();
            let name = self.c.slice(name_at..self.c.at);
            self.locals.insert(name);
            let target = self.b.name(name, self.since(name_at));
            let unknown = self.b.opaque(&[], self.since(at));
            handlers.push(self.b.add(Node::Declare(target, unknown), self.since(at)));
        }
        self.skip_blank();
        self.eat_word("then");
    }

    fn skip_space_after_comma(&mut self) {
        if self.c.behind() == b',' {
            self.skip_space();
        } else {
            self.skip_blank();
        }
    }
}
