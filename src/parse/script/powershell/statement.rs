//! Statements that begin with a word of the language.

use super::{Id, Node, Op, Reader};

impl Reader<'_, '_> {
    /// Reads a statement of any kind.
    pub(super) fn statement(&mut self) -> Option<Id> {
        if !self.b.enter(self.c.at) {
            return Some(self.give_up());
        }
        let made = self.statement_inside();
        self.b.leave();
        made
    }

    fn statement_inside(&mut self) -> Option<Id> {
        let start = self.c.at;
        if self.c.peek() == b':' && self.c.ahead(1).is_ascii_alphabetic() {
            // The name of a loop.
            self.c.at += 1;
            self.name();
            self.skip_lines();
        }
        if self.is_attribute() {
            self.attributes();
        }
        let word = self.keyword();
        let len = word.len();
        let made = match word.as_str() {
            "if" if self.opens(len, b'(') => self.if_statement(),
            "while" if self.opens(len, b'(') => {
                self.c.at += len;
                let test = self.condition();
                let body = self.block();
                self.b.add(Node::While(test, body, Id::NONE), self.since(start))
            }
            "do" if self.opens(len, b'{') => self.do_statement(),
            "for" if self.opens(len, b'(') => self.for_statement(),
            "foreach" if self.opens(len, b'(') || self.opens(len, b'-') => self.foreach_statement(),
            "switch" => self.switch_statement(),
            "function" | "filter" | "workflow" | "configuration" => return Some(self.function(len)),
            "param" if self.opens(len, b'(') => self.script_params(len),
            "begin" | "process" | "end" | "dynamicparam" | "clean" | "inlinescript" | "parallel" | "sequence"
                if self.opens(len, b'{') =>
            {
                self.c.at += len;
                self.block()
            }
            "return" => {
                self.c.at += len;
                self.skip_blank();
                let value = if self.at_end() { None } else { self.statement() };
                let value = value.map_or(Id::NONE, |v| self.as_value(v));
                self.b.add(Node::Return(value), self.since(start))
            }
            "throw" => {
                self.c.at += len;
                self.skip_blank();
                let value = if self.at_end() { None } else { self.statement() };
                self.b.add(Node::Throw(value.unwrap_or(Id::NONE)), self.since(start))
            }
            "break" | "continue" => {
                self.c.at += len;
                self.skip_blank();
                self.name();
                self.b.add(if word == "break" { Node::Break } else { Node::Continue }, self.since(start))
            }
            "try" if self.opens(len, b'{') => self.try_statement(),
            "trap" => {
                self.c.at += len;
                self.skip_lines();
                if self.c.peek() == b'[' {
                    self.type_name();
                }
                self.skip_lines();
                let block = self.script_block();
                self.b.opaque(&[block], self.since(start))
            }
            "class" => self.class(len),
            "enum" => self.enumeration(len),
            "using" => self.using(len),
            _ => return self.pipelines(),
        };
        Some(made)
    }

    /// `( … )` behind `if` and its kin.
    pub(super) fn condition(&mut self) -> Id {
        self.skip_lines();
        let start = self.c.at;
        if !self.expect("(") {
            return self.b.opaque(&[], self.since(start));
        }
        self.skip_lines();
        let test = self.statement();
        self.skip_lines();
        self.expect(")");
        test.unwrap_or_else(|| self.b.opaque(&[], (start, self.c.at)))
    }

    /// `{ … }` as a block of the statement it belongs to.
    pub(super) fn block(&mut self) -> Id {
        self.skip_lines();
        let start = self.c.at;
        let mut ids = Vec::new();
        if self.expect("{") {
            self.statements(&mut ids);
            self.expect("}");
        }
        self.b.block(&ids, self.since(start))
    }

    fn if_statement(&mut self) -> Id {
        let mut start = self.c.at;
        self.c.at += 2;
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        loop {
            let test = self.condition();
            let body = self.block();
            parts.push((start, test, body));
            // What does not go on with `else` ends before the line feed.
            let end = self.c.at;
            self.skip_lines();
            start = self.c.at;
            match self.keyword().as_str() {
                "elseif" => self.c.at += 6,
                "else" => {
                    self.c.at += 4;
                    other = self.block();
                    break;
                }
                _ => {
                    self.c.at = end;
                    break;
                }
            }
        }
        let end = self.c.at;
        // Each `elseif` is nested in the one before, so they are joined from the last.
        for (start, test, body) in parts.into_iter().rev() {
            other = self.b.add(Node::If(test, body, other), (start, end));
        }
        other
    }

    fn do_statement(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 2;
        let body = self.block();
        self.skip_lines();
        let word = self.keyword();
        if !matches!(word.as_str(), "while" | "until") {
            self.b.problem(self.c.at, "`while` is missing");
            return body;
        }
        self.c.at += word.len();
        let mut test = self.condition();
        if word == "until" {
            test = self.b.unary(Op::Not, test, start);
        }
        self.b.add(Node::DoWhile(body, test), self.since(start))
    }

    fn for_statement(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        self.skip_lines();
        self.expect("(");
        let mut parts = [Id::NONE; 3];
        for (i, part) in parts.iter_mut().enumerate() {
            self.skip_lines();
            if !matches!(self.c.peek(), b';' | b')') && self.c.more() {
                let made = self.statement();
                *part = made.unwrap_or(Id::NONE);
            }
            self.skip_lines();
            if i < 2 {
                self.c.eat(";");
            }
        }
        self.expect(")");
        let body = self.block();
        let [init, test, update] = parts;
        let round = self.b.add(Node::While(test, body, update), self.since(start));
        if init.is_some() { self.b.block(&[init, round], self.since(start)) } else { round }
    }

    fn foreach_statement(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 7;
        self.skip_blank();
        while let Some((_, len)) = self.dashed() {
            self.c.at += len;
            self.skip_blank();
        }
        self.skip_lines();
        self.expect("(");
        self.skip_lines();
        let target = if self.c.peek() == b'$' { self.variable().0 } else { self.b.opaque(&[], self.since(start)) };
        self.skip_lines();
        if self.keyword() == "in" {
            self.c.at += 2;
        } else {
            self.b.problem(self.c.at, "`in` is missing");
        }
        self.skip_lines();
        let over = self.statement();
        let over = over.unwrap_or_else(|| self.b.list(&[], (start, start)));
        let over = self.as_value(over);
        self.skip_lines();
        self.expect(")");
        let body = self.block();
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    fn switch_statement(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 6;
        self.skip_blank();
        let mut patterns = false;
        let mut file = None;
        while let Some((word, len)) = self.dashed() {
            self.c.at += len;
            self.skip_blank();
            patterns |= matches!(word.as_str(), "regex" | "wildcard");
            if word == "file" {
                file = Some(self.argument());
                self.skip_blank();
            }
        }
        let value = match file {
            Some(file) => file,
            None => self.condition(),
        };
        self.skip_lines();
        self.expect("{");
        let mut cases = Vec::new();
        loop {
            self.skip_separators();
            if !self.c.more() || self.c.peek() == b'}' {
                break;
            }
            let at = self.c.at;
            let mut test = if self.keyword() == "default" {
                self.c.at += 7;
                Id::NONE
            } else {
                self.argument()
            };
            if self.c.at == at {
                break;
            }
            if patterns && test.is_some() || matches!(self.b.tree.get(test), Node::Func(_)) && test.is_some() {
                test = self.b.opaque(&[test], self.since(at));
            }
            let body = self.block();
            let mut ids = match self.b.tree.get(body) {
                Node::Block(ids) => self.b.ids(ids),
                _ => Vec::new(),
            };
            ids.push(self.b.add(Node::Break, (self.c.at, self.c.at)));
            let body = self.b.block(&ids, self.span_of(body));
            cases.push(self.b.add(Node::Case(test, body), self.since(at)));
        }
        self.expect("}");
        let many = self.b.tree.many(&cases);
        self.b.add(Node::Switch(value, many), self.since(start))
    }

    fn try_statement(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        let body = self.block();
        let mut handlers = Vec::new();
        let mut last = Id::NONE;
        let mut end = self.c.at;
        loop {
            self.skip_lines();
            let at = self.c.at;
            match self.keyword().as_str() {
                "catch" => {
                    self.c.at += 5;
                    self.skip_lines();
                    while self.c.peek() == b'[' {
                        self.type_name();
                        self.skip_lines();
                        self.c.eat(",");
                        self.skip_lines();
                    }
                    let caught = self.b.name("_", (at, at));
                    let unknown = self.b.opaque(&[], (at, at));
                    handlers.push(self.b.add(Node::Declare(caught, unknown), (at, at)));
                    let block = self.block();
                    match self.b.tree.get(block) {
                        Node::Block(ids) => handlers.extend(self.b.ids(ids)),
                        _ => handlers.push(block),
                    }
                }
                "finally" => {
                    self.c.at += 7;
                    last = self.block();
                }
                _ => break,
            }
            end = self.c.at;
        }
        self.c.at = end;
        let handlers = self.b.block(&handlers, (start, end));
        self.b.add(Node::Try(body, handlers, last), (start, end))
    }

    fn using(&mut self, len: usize) -> Id {
        let start = self.c.at;
        self.c.at += len;
        self.skip_blank();
        self.name();
        self.skip_blank();
        let at = self.c.at;
        let word = self.argument();
        match self.b.literal(word).map(str::to_owned) {
            Some(module) => {
                let module = self.b.tree.sym(module);
                let none = crate::parse::script::Sym::EMPTY;
                self.b.add(Node::Import(module, none, none), self.since(start))
            }
            None => self.b.opaque(&[word], (at, self.c.at)),
        }
    }
}
