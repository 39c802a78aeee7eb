//! Lua.

use super::{Id, Node, Op, Reader, Scope};
use crate::parse::script::Param;
use crate::parse::script::tree::PAIRS;

impl Reader<'_, '_> {
    pub(super) fn lua_statement(&mut self) -> Option<Id> {
        let start = self.c.at;
        let word = self.word();
        let len = word.len();
        let made = match word {
            "if" => self.lua_if(),
            "while" => {
                self.c.at += len;
                let test = self.expression();
                let body = self.lua_do();
                self.b.add(Node::While(test, body, Id::NONE), self.since(start))
            }
            "do" => self.lua_do(),
            "repeat" => {
                self.c.at += len;
                let body = self.lua_block();
                self.expect_word("until");
                let test = self.expression();
                let test = self.b.unary(Op::Not, test, start);
                self.b.add(Node::DoWhile(body, test), self.since(start))
            }
            "for" => self.lua_for(),
            "function" if !self.follows(len, b"(") => self.lua_function(),
            "local" => self.lua_local(),
            "return" => {
                self.c.at += len;
                self.skip_space();
                let ends = !self.c.more() || self.c.peek() == b';' || self.closes();
                let value = if ends { Id::NONE } else { self.lua_values() };
                self.b.add(Node::Return(value), self.since(start))
            }
            "break" => {
                self.c.at += len;
                self.b.add(Node::Break, self.since(start))
            }
            "goto" if self.c.ahead(len).is_ascii_whitespace() => {
                self.c.at += len;
                self.skip_space();
                self.identifier();
                self.b.opaque(&[], self.since(start))
            }
            _ if self.c.looking("::") => {
                // A label.
                self.c.at += 2;
                self.identifier();
                self.c.eat("::");
                return None;
            }
            _ => return self.lua_assignment(),
        };
        Some(made)
    }

    fn lua_block(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.b.block(&ids, self.since(start))
    }

    /// `do … end`.
    fn lua_do(&mut self) -> Id {
        self.skip_space();
        self.expect_word("do");
        let body = self.lua_block();
        self.expect_word("end");
        body
    }

    fn lua_if(&mut self) -> Id {
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        let mut start = self.c.at;
        self.c.at += 2;
        loop {
            let test = self.expression();
            self.skip_space();
            self.expect_word("then");
            let body = self.lua_block();
            parts.push((start, test, body));
            start = self.c.at;
            if self.eat_word("elseif") {
                continue;
            }
            if self.eat_word("else") {
                other = self.lua_block();
            }
            break;
        }
        self.expect_word("end");
        self.branches(parts, other)
    }

    fn lua_for(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        let targets = self.lua_names();
        self.skip_space();
        if let ([target], true) = (targets.as_slice(), self.c.peek() == b'=') {
            self.c.at += 1;
            let target = *target;
            let from = self.expression();
            self.skip_space();
            self.expect(",");
            let to = self.expression();
            self.skip_space();
            let step = if self.c.eat(",") { self.expression() } else { self.b.num(1.0, (start, start)) };
            let body = self.lua_do();
            let span = self.since(start);
            let init = self.b.add(Node::Declare(target, from), span);
            let down = matches!(self.b.tree.get(step), Node::Num(n) if n < 0.0);
            let test = self.b.add(Node::Binary(if down { Op::Ge } else { Op::Le }, target, to), span);
            let next = self.b.add(Node::Binary(Op::Add, target, step), span);
            let update = self.b.add(Node::Assign(target, next), span);
            return self.loop_of(init, test, body, update, start);
        }
        self.expect_word("in");
        let mut over = self.lua_values();
        let target = match targets.as_slice() {
            [one] => *one,
            _ => self.b.list(&targets, self.since(start)),
        };
        // `pairs(t)` and `ipairs(t)` give keys and values.
        if let Node::Call(callee, args) = self.b.tree.get(over)
            && matches!(self.b.tree.get(callee), Node::Name(sym) if matches!(self.b.tree.str(sym), "pairs" | "ipairs"))
            && targets.len() == 2
        {
            let args = self.b.ids(args);
            over = self.b.helper(PAIRS, &args, self.since(start));
        }
        let body = self.lua_do();
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    fn lua_names(&mut self) -> Vec<Id> {
        let mut names = Vec::new();
        loop {
            self.skip_space();
            let at = self.c.at;
            let name = self.identifier();
            if name.is_empty() {
                return names;
            }
            names.push(self.b.name(name, self.since(at)));
            self.skip_space();
            // `<const>` and `<close>`.
            if self.c.peek() == b'<' {
                self.c.take(|b| b.is_ascii_alphabetic() || matches!(b, b'<' | b'>'));
                self.skip_space();
            }
            if !self.c.eat(",") {
                return names;
            }
        }
    }

    pub(super) fn lua_list(&mut self) -> Vec<Id> {
        let mut ids = Vec::new();
        loop {
            let id = self.expression();
            ids.push(id);
            let end = self.c.at;
            self.skip_space();
            if !self.c.eat(",") {
                self.c.at = end;
                return ids;
            }
        }
    }

    /// Values with commas between them: one is itself.
    fn lua_values(&mut self) -> Id {
        let start = self.c.at;
        let ids = self.lua_list();
        match ids.as_slice() {
            [one] => *one,
            _ => self.b.list(&ids, self.since(start)),
        }
    }

    fn lua_local(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 5;
        self.skip_space();
        if self.word() == "function" {
            return self.lua_function();
        }
        let names = self.lua_names();
        let target = match names.as_slice() {
            [one] => *one,
            _ => self.b.list(&names, self.since(start)),
        };
        self.skip_space();
        let value = if self.c.peek() == b'=' && self.c.ahead(1) != b'=' {
            self.c.at += 1;
            self.lua_values()
        } else {
            self.nil(start)
        };
        self.b.add(Node::Declare(target, value), self.since(start))
    }

    fn lua_function(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 8;
        self.skip_space();
        let at = self.c.at;
        let name = self.identifier();
        let mut place = self.b.name(name, self.since(at));
        let mut method = false;
        let mut nested = false;
        while matches!(self.c.peek(), b'.' | b':') {
            method = self.c.peek() == b':';
            nested = true;
            self.c.at += 1;
            let part = self.identifier();
            place = self.b.member(place, part, self.since(at));
        }
        if !nested {
            return self.lua_body(name, false, start);
        }
        let func = self.lua_body("", method, start);
        self.b.add(Node::Assign(place, func), self.since(start))
    }

    /// Parameters and body of a function.
    pub(super) fn lua_body(&mut self, name: &str, method: bool, start: usize) -> Id {
        self.in_function(Scope::Function, |r| {
            let mut params = Vec::new();
            if method {
                let target = r.b.name("self", (start, start));
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
            }
            r.skip_space();
            r.expect("(");
            for target in r.lua_names() {
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
            }
            if r.c.eat("...") {
                let target = r.b.name("...", r.since(start));
                params.push(Param { target, default: Id::NONE, rest: true, keywords: false });
            }
            r.skip_space();
            r.expect(")");
            let body = r.lua_block();
            r.expect_word("end");
            r.make_func(name, params, body, false, start)
        })
    }

    /// An assignment or a call.
    fn lua_assignment(&mut self) -> Option<Id> {
        let start = self.c.at;
        let first = self.operation(0)?;
        let mut targets = vec![first];
        loop {
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
            let target = self.expression();
            targets.push(target);
        }
        if self.c.peek() != b'=' || self.c.ahead(1) == b'=' {
            return Some(self.b.seq(&targets, self.since(start)));
        }
        self.c.at += 1;
        let value = self.lua_values();
        if let [target] = targets.as_slice() {
            return Some(self.set(*target, value));
        }
        let target = self.b.list(&targets, self.since(start));
        Some(self.b.add(Node::Assign(target, value), self.since(start)))
    }
}
