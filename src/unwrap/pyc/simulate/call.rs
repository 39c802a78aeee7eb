//! Calls, functions, imports.

use super::super::expression::{Ex, Kind, Node};
use super::super::opcodes::Op;
use super::Simulator;
use crate::parse::marshal::{Id, Object};

impl Simulator<'_, '_> {
    pub(super) fn call(&mut self, callee: Ex, arguments: Vec<Ex>, names: Id) {
        if callee == Ex::SILENT {
            self.push(Ex::SILENT);
            return;
        }
        if let Node::Special(manager, which) = self.tree.node(callee) {
            // `__enter__` and `__aenter__` are even.
            if which.is_multiple_of(2) {
                self.enter(manager);
            } else {
                self.push(Ex::SILENT);
            }
            return;
        }
        let (arguments, _) = self.tree.list(arguments.into_iter().map(|a| (a, Ex::UNKNOWN)));
        self.add(Node::Call { callee, arguments, names });
    }

    /// `CALL` of 3.11 and later: two places below the arguments, one of them empty unless what is called gets a
    /// first argument.
    pub(super) fn call_two(&mut self, count: u32, names: Id) {
        let mut arguments = self.pop_many(count);
        let (upper, lower) = (self.pop(), self.pop());
        let callee = match (lower, upper) {
            (Ex::NULL, upper) => upper,
            (lower, Ex::NULL) => lower,
            (lower, upper) => {
                arguments.insert(0, upper);
                lower
            }
        };
        self.call(callee, arguments, names);
    }

    /// `f(*args, **kwargs)`.
    pub(super) fn call_extended(&mut self, has_keywords: bool) {
        let keywords = if has_keywords { self.pop() } else { Ex::NULL };
        let positional = self.pop();
        let mut callee = self.pop();
        if self.version >= 11 {
            let other = self.pop();
            if callee == Ex::NULL {
                callee = other;
            }
        }
        let mut arguments = vec![self.tree.add(Node::Star(positional))];
        if keywords != Ex::NULL {
            arguments.push(self.tree.add(Node::DoubleStar(keywords)));
        }
        self.call(callee, arguments, Id::MISSING);
    }

    pub(super) fn method(&mut self, object: Ex, name: Id) {
        let attribute = self.tree.add(Node::Attr(object, name));
        if self.version >= 13 {
            self.push(attribute);
            self.push(Ex::NULL);
        } else {
            self.push(Ex::NULL);
            self.push(attribute);
        }
    }

    pub(super) fn make_function(&mut self, flags: u32) {
        if self.version <= 10 {
            self.pop();
        }
        let code = self.pop();
        let mut defaults = Ex::NULL;
        if self.version <= 12 {
            for bit in [8, 4, 2, 1] {
                if flags & bit != 0 {
                    let value = self.pop();
                    if bit == 1 {
                        defaults = value;
                    }
                }
            }
        }
        let code = match self.tree.node(code) {
            Node::Object(id) => match self.marshal.object(id) {
                Object::Code(code) => Some(code),
                _ => None,
            },
            _ => None,
        };
        match code {
            Some(code) => self.add(Node::Function { code, defaults }),
            None => self.push(Ex::UNKNOWN),
        }
    }

    pub(super) fn names_of(&mut self, value: Ex) -> Id {
        if let Node::Object(id) = self.tree.node(value) { id } else { Id::MISSING }
    }

    pub(super) fn calls(&mut self, op: Op, argument: u32) {
        match op {
            Op::CallFunction | Op::CallFunctionKw => {
                let names = if op == Op::CallFunctionKw { self.pop() } else { Ex::NULL };
                let names = self.names_of(names);
                let arguments = self.pop_many(argument);
                let callee = self.pop();
                self.call(callee, arguments, names);
            }
            Op::CallMethod => {
                let arguments = self.pop_many(argument);
                let callee = self.pop();
                self.pop();
                self.call(callee, arguments, Id::MISSING);
            }
            Op::Call => {
                let names = std::mem::replace(&mut self.keywords, Id::MISSING);
                self.call_two(argument, names);
            }
            Op::CallKw => {
                let names = self.pop();
                let names = self.names_of(names);
                self.call_two(argument, names);
            }
            Op::CallEx => self.call_extended(self.version >= 14 || argument & 1 != 0),
            Op::KwNames => self.keywords = self.constant(argument),
            Op::Intrinsic if argument == 2 => {
                let module = self.pop();
                self.star(module);
                self.push(Ex::SILENT);
            }
            Op::IntrinsicTwo => {
                self.pop();
            }
            Op::MakeFunction => self.make_function(argument),
            Op::FunctionAttribute => {
                let function = self.pop();
                let value = self.pop();
                match self.tree.node(function) {
                    Node::Function { code, .. } if argument == 1 => {
                        self.add(Node::Function { code, defaults: value });
                    }
                    _ => self.push(function),
                }
            }
            Op::Len => {
                let value = self.peek(1);
                let callee = self.tree.add(Node::Word("len"));
                self.call(callee, vec![value], Id::MISSING);
            }
            _ => {}
        }
    }

    pub(super) fn star(&mut self, module: Ex) {
        let star = self.tree.add(Node::Word("*"));
        let link = self.tree.chain(star, star);
        self.emit(Kind::FromImport(module, link, link));
    }

    pub(super) fn imports(&mut self, op: Op, argument: u32) {
        match op {
            Op::ImportName | Op::ImportNameOnly => {
                let from = self.pop();
                let level = if op == Op::ImportName { self.pop() } else { Ex::NULL };
                let level = match self.tree.node(level) {
                    Node::Int(level) => level,
                    Node::Object(id) => self.marshal.int(id).and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
                    _ => 0,
                };
                let from = self.names_of(from);
                self.add(Node::Import { module: self.name(argument), from, level });
            }
            Op::ImportFrom => {
                let module = self.peek(1);
                let name = self.name(argument);
                // `import a.b.c as d` takes `b`, then `c` from it.
                let module = match self.tree.node(module) {
                    Node::From(outer, _) => outer,
                    _ => module,
                };
                self.add(Node::From(module, name));
            }
            _ => {
                let module = self.pop();
                self.star(module);
            }
        }
    }
}
