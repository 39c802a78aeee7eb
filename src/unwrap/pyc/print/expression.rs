//! Expressions and constants, with a list of what is still to be written instead of recursion.

use super::super::expression::{Ex, Kind, Link, Node};
use super::super::opcodes::{Brackets, OPERATORS, PREFIXES};
use super::{Printer, Task, WAITING, WIDTH, plain, shown, tightness};
use crate::parse::marshal::{Group, Id, Object};

/// Whether a text can stand before the `=` of an argument.
fn is_identifier(name: &[u8]) -> bool {
    name.first().is_some_and(|b| !b.is_ascii_digit())
        && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())
}

impl<'a> Printer<'a, '_, '_, '_> {
    pub(super) fn word(&mut self, name: &[u8]) {
        self.text.name(name);
    }

    pub(super) fn name(&mut self, id: Id) {
        match self.marshal.text(id) {
            Some(name) => self.word(name),
            None => self.text.push("..."),
        }
    }

    pub(super) fn target(&mut self, target: Ex) {
        match self.tree.node(target) {
            // Without brackets, and so on one line.
            Node::Display(Brackets::Tuple, first, last) if first != last => {
                self.tasks(Task::Arguments(first, u32::MAX, Id::MISSING, 0));
            }
            _ => self.expression(target, 0),
        }
    }

    pub(super) fn expression(&mut self, ex: Ex, tight: u8) {
        self.tasks(Task::Ex(ex, tight));
    }

    pub(super) fn tasks(&mut self, first: Task) {
        let mut stack = vec![first];
        while let Some(task) = stack.pop() {
            if self.text.is_full() {
                self.text.cut = true;
                return;
            }
            if stack.len() > WAITING {
                self.text.push("...");
                continue;
            }
            match task {
                Task::Ex(ex, tight) => self.node(ex, tight, &mut stack),
                Task::Str(text) => self.text.push(text),
                Task::Name(id) => self.name(id),
                Task::Object(id) => self.object(id, &mut stack),
                Task::Comma if self.text.column() > WIDTH => self.text.push(",\n    "),
                Task::Comma => self.text.push(", "),
                Task::Links(link, brackets) => {
                    let Some(item) = self.tree.link(link) else { continue };
                    if item.next != 0 {
                        stack.extend([Task::Links(item.next, brackets), Task::Comma]);
                    }
                    if brackets == Brackets::Dict && item.second != Ex::NULL {
                        stack.extend([Task::Ex(item.second, 0), Task::Str(": ")]);
                    }
                    stack.push(match self.inner_dict(item.value) {
                        Some(first) if brackets == Brackets::Dict => Task::Links(first, brackets),
                        _ => Task::Ex(item.value, 0),
                    });
                }
                Task::Keywords(link) => {
                    let Some(item) = self.tree.link(link) else { continue };
                    if item.next != 0 {
                        stack.extend([Task::Keywords(item.next), Task::Comma]);
                    }
                    match self.tree.node(item.value) {
                        // `**more` among them.
                        _ if item.second == Ex::NULL => stack.push(Task::Ex(item.value, 0)),
                        Node::Word(word) => stack.extend([Task::Ex(item.second, 0), Task::Str("="), Task::Str(word)]),
                        Node::Object(id) if self.marshal.text(id).is_some_and(is_identifier) => {
                            stack.extend([Task::Ex(item.second, 0), Task::Str("="), Task::Name(id)]);
                        }
                        _ => stack.extend([
                            Task::Str("}"),
                            Task::Ex(item.second, 0),
                            Task::Str(": "),
                            Task::Ex(item.value, 0),
                            Task::Str("**{"),
                        ]),
                    }
                }
                Task::Items(group, index) => self.items(group, index, &mut stack),
                Task::Arguments(link, unnamed, names, index) => {
                    let Some(item) = self.tree.link(link) else { continue };
                    if item.next != 0 {
                        stack.extend([
                            Task::Arguments(item.next, unnamed, names, index.saturating_add(1)),
                            Task::Str(", "),
                        ]);
                    }
                    stack.push(Task::Ex(item.value, 0));
                    if let Some(at) = index.checked_sub(unnamed) {
                        stack.extend([Task::Str("="), Task::Name(self.marshal.item(names, at as usize))]);
                    }
                }
                Task::Pieces(link) => {
                    let Some(item) = self.tree.link(link) else { continue };
                    stack.extend([Task::Pieces(item.next), Task::Piece(item.value)]);
                }
                Task::Piece(ex) => self.piece(ex, &mut stack),
                Task::Lambda(at, end) => {
                    if at >= end {
                        continue;
                    }
                    stack.push(Task::Lambda(at + 1, end));
                    if at + 1 < end {
                        stack.push(Task::Str(", "));
                    }
                    let kind = self.tree.statements.get(at).map(|s| s.kind);
                    stack.push(Task::Ex(kind.map_or(Ex::UNKNOWN, shown), 0));
                }
                Task::Comprehended(link) => {
                    let Some(item) = self.tree.link(link) else { continue };
                    stack.push(Task::Comprehended(item.next));
                    stack.extend(match item.second {
                        Ex::NULL => [Task::Ex(item.value, 2), Task::Str(" if "), Task::Str(""), Task::Str("")],
                        over => [Task::Ex(over, 2), Task::Str(" in "), Task::Ex(item.value, 0), Task::Str(" for ")],
                    });
                }
                Task::Clauses(at, end, iterator) => self.clauses(at, end, iterator, &mut stack),
            }
        }
    }

    pub(super) fn node(&mut self, ex: Ex, tight: u8, stack: &mut Vec<Task>) {
        self.see(ex);
        let node = self.tree.node(ex);
        let own = match node {
            Node::Binary(operator, ..) => tightness(operator),
            Node::Prefix(2, _) => 3,
            Node::Prefix(..) => 11,
            Node::Await(_) => 13,
            Node::Either(..) => 1,
            Node::Function { code, .. } if self.code_name(code as usize) == b"<lambda>" => 1,
            Node::Int(_) => 14,
            Node::Object(id) if matches!(self.marshal.object(id), Object::Int(_) | Object::Long { .. }) => 14,
            _ => 15,
        };
        if own < tight {
            self.text.push("(");
            stack.push(Task::Str(")"));
        }
        match node {
            Node::Unknown | Node::Item => self.text.push("..."),
            Node::Silent | Node::Null => self.text.push("None"),
            Node::BuildClass => self.text.push("__build_class__"),
            Node::Object(id) => stack.push(Task::Object(id)),
            Node::Int(value) => self.text.push(&value.to_string()),
            Node::Word(word) => self.text.push(word),
            Node::Name(id) => self.name(id),
            Node::Attr(object, name) => stack.extend([Task::Name(name), Task::Str("."), Task::Ex(object, 15)]),
            Node::Special(object, _) | Node::Next(object) => stack.push(Task::Ex(object, tight)),
            Node::Entered(object) => {
                stack.extend([Task::Str(".__enter__()"), Task::Ex(object, 15)]);
            }
            Node::Call { callee, arguments, names } => self.call(callee, arguments, names, stack),
            Node::Star(value) | Node::DoubleStar(value) => {
                let single = matches!(node, Node::Star(_));
                match self.tree.node(value) {
                    Node::Display(brackets, first, _) if single == (brackets != Brackets::Dict) && first != 0 => {
                        stack.push(if single { Task::Links(first, brackets) } else { Task::Keywords(first) });
                    }
                    Node::Object(id) if single && !self.marshal.items(id).is_empty() => stack.push(Task::Items(id, 0)),
                    _ => stack.extend([Task::Ex(value, 5), Task::Str(if single { "*" } else { "**" })]),
                }
            }
            Node::Prefix(which, value) => {
                self.text.push(PREFIXES.get(usize::from(which)).copied().unwrap_or("-"));
                stack.push(Task::Ex(value, own));
            }
            Node::Binary(operator, left, right) => {
                let word = OPERATORS.get(usize::from(plain(operator))).copied().unwrap_or("+");
                stack.extend([
                    Task::Ex(right, own + 1),
                    Task::Str(" "),
                    Task::Str(word),
                    Task::Str(" "),
                    Task::Ex(left, own),
                ]);
            }
            Node::Either(a, b) => stack.extend([Task::Ex(b, 2), Task::Str(" or "), Task::Ex(a, 2)]),
            Node::Index(object, index) => {
                // Slices stand in no brackets of their own.
                let index = match self.tree.node(index) {
                    Node::Display(Brackets::Tuple, first, last) if first != last => Task::Links(first, Brackets::Tuple),
                    _ => Task::Ex(index, 0),
                };
                stack.extend([Task::Str("]"), index, Task::Str("["), Task::Ex(object, 15)]);
            }
            Node::Slice(start, end, step) => {
                if step != Ex::NULL && !self.is_none(step) {
                    stack.extend([Task::Ex(step, 1), Task::Str(":")]);
                }
                if end != Ex::NULL && !self.is_none(end) {
                    stack.push(Task::Ex(end, 1));
                }
                stack.push(Task::Str(":"));
                if start != Ex::NULL && !self.is_none(start) {
                    stack.push(Task::Ex(start, 1));
                }
            }
            Node::Display(brackets, first, last) => {
                let (open, close) = match brackets {
                    Brackets::Tuple if first != 0 && first == last => ("(", ",)"),
                    Brackets::Tuple => ("(", ")"),
                    Brackets::List => ("[", "]"),
                    Brackets::Set | Brackets::Dict => ("{", "}"),
                };
                self.text.push(open);
                stack.extend([Task::Str(close), Task::Links(first, brackets)]);
            }
            Node::Comprehension(brackets, given, clauses) => {
                let (open, close) = if brackets == Brackets::List { ("[", "]") } else { ("{", "}") };
                self.text.push(open);
                stack.extend([Task::Str(close), Task::Comprehended(clauses), Task::Links(given, brackets)]);
            }
            Node::Format(..) => {
                self.text.push("f\"");
                stack.extend([Task::Str("\""), Task::Piece(ex)]);
            }
            Node::Pieces(first) => {
                self.text.push("f\"");
                stack.extend([Task::Str("\""), Task::Pieces(first)]);
            }
            Node::Function { code, .. } => self.function(code as usize, Ex::NULL, stack),
            Node::Import { module, .. } => {
                self.text.push("__import__('");
                self.name(module);
                self.text.push("')");
            }
            Node::From(module, name) => stack.extend([Task::Name(name), Task::Str("."), Task::Ex(module, 15)]),
            Node::Await(value) => stack.extend([Task::Ex(value, 14), Task::Str("await ")]),
            Node::Yield(value) => stack.extend([Task::Str(")"), Task::Ex(value, 1), Task::Str("(yield ")]),
            Node::YieldFrom(value) => stack.extend([Task::Str(")"), Task::Ex(value, 1), Task::Str("(yield from ")]),
        }
    }

    /// The first element of a dict that another takes in.
    fn inner_dict(&self, value: Ex) -> Option<Link> {
        let Node::DoubleStar(inner) = self.tree.node(value) else { return None };
        match self.tree.node(inner) {
            Node::Display(Brackets::Dict, first, _) if first != 0 => Some(first),
            _ => None,
        }
    }

    pub(super) fn call(&mut self, callee: Ex, arguments: Link, names: Id, stack: &mut Vec<Task>) {
        if let Node::Function { code, .. } = self.tree.node(callee)
            && self.is_inline(code as usize)
            && self.code_name(code as usize) != b"<lambda>"
            && let Some(first) = self.tree.link(arguments)
        {
            return self.function(code as usize, first.value, stack);
        }
        let mut unnamed = u32::MAX;
        let named = self.marshal.items(names).len();
        if named > 0 {
            let (mut count, mut link) = (0usize, arguments);
            while let Some(item) = self.tree.link(link) {
                count += 1;
                link = item.next;
            }
            unnamed = u32::try_from(count.saturating_sub(named)).unwrap_or(u32::MAX);
        }
        stack.extend([
            Task::Str(")"),
            Task::Arguments(arguments, unnamed, names, 0),
            Task::Str("("),
            Task::Ex(callee, 15),
        ]);
    }

    /// A function inside an expression: a lambda or a comprehension with what it does, any other by its name.
    pub(super) fn function(&mut self, code: usize, iterator: Ex, stack: &mut Vec<Task>) {
        let name = self.code_name(code);
        let (start, end) = self.body(code).statements;
        if name == b"<lambda>" && !self.body(code).unread {
            if !self.mark(code) {
                return self.text.push("...");
            }
            self.text.push("lambda");
            if self.code(code).is_some_and(|c| c.arguments > 0 || c.keyword_only > 0 || c.flags & 12 != 0) {
                self.text.push(" ");
                self.arguments(code, Ex::NULL);
            }
            let single = end - start == 1;
            if single {
                stack.extend([Task::Lambda(start, end), Task::Str(": ")]);
            } else {
                stack.extend([Task::Str(")"), Task::Lambda(start, end), Task::Str(": (")]);
            }
            return;
        }
        if !name.starts_with(b"<") || self.body(code).unread {
            return self.word(name);
        }
        if !self.mark(code) {
            return self.text.push("...");
        }
        let (open, close) = match name {
            b"<listcomp>" => ("[", "]"),
            b"<setcomp>" | b"<dictcomp>" => ("{", "}"),
            _ => ("(", ")"),
        };
        self.text.push(open);
        stack.extend([Task::Str(close), Task::Clauses(start, end, iterator)]);
        // What it gives comes first.
        let kinds = self.tree.statements.get(start..end).unwrap_or_default().iter().rev().map(|s| s.kind);
        let given = kinds.take(8).find_map(|kind| match kind {
            Kind::Return(value) => match self.tree.node(value) {
                Node::Display(brackets, first, _) if first != 0 => Some(Task::Links(first, brackets)),
                _ => None,
            },
            Kind::Expression(value) => match self.tree.node(value) {
                Node::Yield(value) => Some(Task::Ex(value, 1)),
                _ => None,
            },
            _ => None,
        });
        stack.push(given.unwrap_or(Task::Str("...")));
    }

    pub(super) fn clauses(&mut self, at: usize, end: usize, iterator: Ex, stack: &mut Vec<Task>) {
        let Some(statement) = self.tree.statements.get(at).filter(|_| at < end) else { return };
        let mut left = iterator;
        let mut tasks = Vec::new();
        match statement.kind {
            Kind::For(target, over) => {
                let over = if iterator == Ex::NULL { over } else { iterator };
                left = Ex::NULL;
                tasks = vec![Task::Ex(over, 2), Task::Str(" in "), Task::Ex(target, 0), Task::Str(" for ")];
            }
            Kind::Return(_) => {}
            Kind::Expression(value) if matches!(self.tree.node(value), Node::Yield(_)) => {}
            kind => {
                let value = shown(kind);
                if value != Ex::UNKNOWN {
                    tasks = vec![Task::Ex(value, 2), Task::Str(" if ")];
                }
            }
        }
        stack.push(Task::Clauses(at + 1, end, left));
        stack.extend(tasks);
    }

    pub(super) fn piece(&mut self, ex: Ex, stack: &mut Vec<Task>) {
        match self.tree.node(ex) {
            Node::Object(id) if matches!(self.marshal.object(id), Object::Text(_)) => {
                let text = self.marshal.text(id).unwrap_or_default();
                self.text.inside(text, '"', |out, c| {
                    let double = match c {
                        '{' => "{{",
                        '}' => "}}",
                        _ => return false,
                    };
                    out.push(double);
                    true
                });
            }
            Node::Pieces(first) => stack.push(Task::Pieces(first)),
            Node::Format(value, conversion, format) => {
                self.text.push("{");
                stack.push(Task::Str("}"));
                if format != Ex::NULL {
                    stack.extend([Task::Piece(format), Task::Str(":")]);
                }
                stack.push(Task::Str(match conversion {
                    b's' => "!s",
                    b'r' => "!r",
                    b'a' => "!a",
                    _ => "",
                }));
                stack.push(Task::Ex(value, 2));
            }
            _ => stack.extend([Task::Str("}"), Task::Ex(ex, 2), Task::Str("{")]),
        }
    }

    pub(super) fn object(&mut self, id: Id, stack: &mut Vec<Task>) {
        match self.marshal.object(id) {
            Object::Missing | Object::Ellipsis | Object::Code(_) => self.text.push("..."),
            Object::None => self.text.push("None"),
            Object::False => self.text.push("False"),
            Object::True => self.text.push("True"),
            Object::StopIteration => self.text.push("StopIteration"),
            Object::Int(value) => self.text.push(&value.to_string()),
            Object::Long { negative, digits } => self.text.long(negative, digits),
            Object::Float(value) => self.text.float(value),
            Object::Complex(real, imaginary) => self.text.push(&format!("complex({real:?}, {imaginary:?})")),
            // What a program of Python 2 decodes is bytes, whatever it is written as there.
            Object::Text(text) if self.two && std::str::from_utf8(text).is_err() => self.text.bytes(text),
            Object::Text(text) => self.text.text(text),
            Object::Bytes(bytes) => match self.constant_text(id) {
                Some(text) => self.text.text(text),
                None => self.text.bytes(bytes),
            },
            Object::Group(group, _, len) => {
                let (open, close) = match group {
                    Group::Tuple if len == 1 => ("(", ",)"),
                    Group::Tuple => ("(", ")"),
                    Group::List => ("[", "]"),
                    Group::Set | Group::FrozenSet if len == 0 => ("frozenset(", ")"),
                    Group::Set | Group::FrozenSet | Group::Dict => ("{", "}"),
                    Group::Slice => ("slice(", ")"),
                };
                self.text.push(open);
                stack.extend([Task::Str(close), Task::Items(id, 0)]);
            }
        }
    }

    pub(super) fn items(&mut self, group: Id, index: u32, stack: &mut Vec<Task>) {
        let items = self.marshal.items(group);
        let Some(item) = items.get(index as usize) else { return };
        let is_dict = matches!(self.marshal.object(group), Object::Group(Group::Dict, ..));
        if (index as usize) + 1 < items.len() {
            stack.push(Task::Items(group, index + 1));
            stack.push(if is_dict && index.is_multiple_of(2) { Task::Str(": ") } else { Task::Comma });
        }
        stack.push(Task::Object(*item));
    }
}
