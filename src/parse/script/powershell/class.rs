//! Classes and enumerations.

use super::{Id, Inside, Node, Reader};
use crate::parse::script::Func;

impl Reader<'_, '_> {
    /// `class name : base { … }`.
    pub(super) fn class(&mut self, word: usize) -> Id {
        let start = self.c.at;
        self.c.at += word;
        self.skip_lines();
        let name = self.name().to_ascii_lowercase();
        self.skip_lines();
        let mut bases = Vec::new();
        if self.c.eat(":") {
            loop {
                self.skip_lines();
                let at = self.c.at;
                let base = self.c.take(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.').to_ascii_lowercase();
                if !base.is_empty() {
                    bases.push(self.b.name(base, self.since(at)));
                }
                self.skip_lines();
                if !self.c.eat(",") {
                    break;
                }
            }
        }
        self.skip_lines();
        let at = self.c.at;
        let mut ids = Vec::new();
        if self.expect("{") {
            loop {
                self.skip_separators();
                if !self.c.more() || self.c.peek() == b'}' || self.b.tree.is_full() {
                    break;
                }
                let before = self.c.at;
                let made = self.class_member();
                ids.extend(made);
                if self.c.at == before {
                    self.b.problem(before, "a sign that fits into no class");
                    self.c.bump();
                }
            }
            self.expect("}");
        }
        let body = self.b.block(&ids, (at, self.c.at));
        let (name, bases) = (self.b.tree.sym(name), self.b.tree.many(&bases));
        self.b.add(Node::Class(name, bases, body), self.since(start))
    }

    fn class_member(&mut self) -> Option<Id> {
        loop {
            self.attributes();
            let word = self.keyword();
            if !matches!(word.as_str(), "static" | "hidden") {
                break;
            }
            self.c.at += word.len();
            self.skip_lines();
        }
        let start = self.c.at;
        if self.c.peek() == b'$' {
            let (target, _) = self.variable();
            self.skip_blank();
            let value = if self.c.eat("=") {
                self.skip_lines();
                self.expression(true)
            } else {
                self.b.add(Node::Nil, self.since(start))
            };
            return Some(self.b.add(Node::Declare(target, value), self.since(start)));
        }
        let name = self.name().to_ascii_lowercase();
        if name.is_empty() {
            return None;
        }
        self.skip_lines();
        let params = self.params();
        self.skip_lines();
        let mut before = Vec::new();
        if self.c.eat(":") {
            // What a constructor hands to the one of its base.
            self.skip_lines();
            let at = self.c.at;
            let callee = self.name().to_ascii_lowercase();
            let callee = self.b.name(callee, self.since(at));
            if self.c.peek() == b'(' {
                let args = self.arguments();
                before.push(self.b.call(callee, &args, self.since(at)));
            }
            self.skip_lines();
        }
        let at = self.c.at;
        let outer = std::mem::replace(&mut self.inside, Inside::Function);
        if self.expect("{") {
            self.statements(&mut before);
            self.expect("}");
        }
        self.inside = outer;
        let body = self.b.block(&before, (at, self.c.at));
        let name = self.b.tree.sym(name);
        let func = Func {
            name,
            params,
            body,
            is_expression: false,
            is_method: true,
            decorators: Vec::new(),
            outer: Vec::new(),
        };
        Some(self.b.func(func, self.since(start)))
    }

    /// `enum name { A; B = 2 }`: nothing in it runs.
    pub(super) fn enumeration(&mut self, word: usize) -> Id {
        let start = self.c.at;
        self.c.at += word;
        self.skip_lines();
        self.name();
        self.c.at = self.c.find(b'{').unwrap_or(self.c.end);
        self.c.at = self.c.find(b'}').map_or(self.c.end, |end| end + 1);
        self.b.opaque(&[], self.since(start))
    }
}
