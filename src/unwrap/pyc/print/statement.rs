//! Statements, one line each.

use super::super::expression::{Ex, Kind, Link, Node, Statement};
use super::super::opcodes::OPERATORS;
use super::{Printer, Task, plain};
use crate::parse::marshal::{Id, Object};

impl<'a> Printer<'a, '_, '_, '_> {
    pub(super) fn is_name(&self, ex: Ex, names: &[&[u8]]) -> bool {
        match self.tree.node(ex) {
            Node::Name(id) => self.marshal.text(id).is_some_and(|n| names.contains(&n)),
            _ => false,
        }
    }

    pub(super) fn is_none(&self, ex: Ex) -> bool {
        matches!(self.tree.node(ex), Node::Object(id) if self.marshal.object(id) == Object::None)
    }

    /// What a function or class statement is made of: decorators, code object, defaults, the class's call.
    pub(super) fn definition(&mut self, value: Ex) -> Option<(Vec<Ex>, usize, Ex, Option<Link>)> {
        let mut decorators = Vec::new();
        let mut value = value;
        let mut passed = Vec::new();
        let mut found = None;
        for _ in 0..64 {
            passed.push(value);
            match self.tree.node(value) {
                Node::Function { code, defaults } => {
                    let code = code as usize;
                    let shows = !self.is_inline(code) && self.printed.get(code) == Some(&false);
                    found = shows.then_some((decorators, code, defaults, None));
                    break;
                }
                Node::Call { callee: Ex::BUILD_CLASS, arguments, .. } => {
                    let first = self.tree.link(arguments)?;
                    let Node::Function { code, .. } = self.tree.node(first.value) else { return None };
                    let code = code as usize;
                    let bases = self.tree.link(first.next).map_or(0, |name| name.next);
                    let shows = self.printed.get(code) == Some(&false);
                    found = shows.then_some((decorators, code, Ex::NULL, Some(bases)));
                    break;
                }
                Node::Call { callee, arguments, names: Id::MISSING } => {
                    let first = self.tree.link(arguments).filter(|l| l.next == 0)?;
                    decorators.push(callee);
                    value = first.value;
                }
                _ => return None,
            }
        }
        if found.is_some() {
            passed.into_iter().for_each(|ex| self.see(ex));
        }
        found
    }

    /// Writes a statement; gives the code object whose statements follow, its indentation, and whether it is a class.
    pub(super) fn statement(
        &mut self,
        statement: Statement,
        base: usize,
        code: usize,
        is_class: bool,
        last: bool,
    ) -> Option<(usize, usize, bool)> {
        let indent = base + usize::from(statement.indent);
        match statement.kind {
            Kind::Assign(target, value) => {
                let own: [&[u8]; 6] = [
                    b"__module__",
                    b"__qualname__",
                    b"__firstlineno__",
                    b"__static_attributes__",
                    b"__classcell__",
                    b"__classdictcell__",
                ];
                if is_class && self.is_name(target, &own) {
                    return None;
                }
                if statement.indent == 0
                    && self.is_name(target, &[b"__doc__"])
                    && let Node::Object(id) = self.tree.node(value)
                    && let Some(text) = self.constant_text(id)
                {
                    self.docstring(text, indent);
                    return None;
                }
                if matches!(self.tree.node(target), Node::Name(_))
                    && let Some((decorators, inner, defaults, bases)) = self.definition(value)
                {
                    return self.defined(decorators, inner, defaults, bases, indent);
                }
                self.line(indent);
                self.target(target);
                match self.tree.node(value) {
                    Node::Binary(operator, _, right) if operator != plain(operator) => {
                        self.text.push(" ");
                        self.text.push(OPERATORS.get(usize::from(operator)).copied().unwrap_or("="));
                        self.text.push(" ");
                        self.expression(right, 0);
                    }
                    _ => {
                        self.text.push(" = ");
                        self.expression(value, 0);
                    }
                }
                self.end();
            }
            Kind::Expression(value) => {
                self.line(indent);
                self.expression(value, 0);
                self.end();
            }
            Kind::Import(value, name) => {
                self.line(indent);
                self.import(value, name);
                self.end();
            }
            Kind::FromImport(module, first, _) => {
                self.line(indent);
                self.import_from(module, first);
                self.end();
            }
            Kind::Return(value) => {
                let outer = base == 0 || is_class || self.is_inline(code);
                if self.is_none(value) && (outer || last && statement.indent == 0) {
                    return None;
                }
                // Up to 3.5 a class gives the cell that `super()` looks into.
                if is_class && self.is_name(value, &[b"__class__"]) {
                    return None;
                }
                self.line(indent);
                self.text.push("return");
                if !self.is_none(value) {
                    self.text.push(" ");
                    self.expression(value, 0);
                }
                self.end();
            }
            Kind::Raise(what, cause) => {
                self.line(indent);
                self.text.push("raise");
                for (word, value) in [(" ", what), (" from ", cause)] {
                    if value != Ex::NULL {
                        self.text.push(word);
                        self.expression(value, 0);
                    }
                }
                self.end();
            }
            Kind::Delete(target) => {
                self.line(indent);
                self.text.push("del ");
                self.expression(target, 0);
                self.end();
            }
            Kind::If(condition, elif) => {
                self.line(indent);
                self.text.push(if elif { "elif " } else { "if " });
                self.expression(condition, 0);
                self.opens(indent);
            }
            Kind::For(target, iterator) => {
                self.line(indent);
                self.text.push("for ");
                self.target(target);
                self.text.push(" in ");
                self.expression(iterator, 0);
                self.opens(indent);
            }
            Kind::With(manager, target) => {
                self.line(indent);
                self.text.push("with ");
                self.expression(manager, 0);
                if target != Ex::SILENT {
                    self.text.push(" as ");
                    self.target(target);
                }
                self.opens(indent);
            }
            Kind::Except(what, name) => {
                self.line(indent);
                self.text.push("except");
                if what != Ex::UNKNOWN {
                    self.text.push(" ");
                    self.expression(what, 0);
                }
                if name != Ex::NULL {
                    self.text.push(" as ");
                    self.expression(name, 0);
                }
                self.opens(indent);
            }
            Kind::Else | Kind::Try | Kind::Finally => {
                self.line(indent);
                self.text.push(match statement.kind {
                    Kind::Else => "else",
                    Kind::Try => "try",
                    _ => "finally",
                });
                self.opens(indent);
            }
        }
        None
    }

    pub(super) fn defined(
        &mut self,
        decorators: Vec<Ex>,
        code: usize,
        defaults: Ex,
        bases: Option<Link>,
        indent: usize,
    ) -> Option<(usize, usize, bool)> {
        self.mark(code);
        for decorator in decorators {
            self.line(indent);
            self.text.push("@");
            self.expression(decorator, 0);
            self.end();
        }
        let Some(bases) = bases else {
            self.define(code, defaults, indent);
            return Some((code, indent + 1, false));
        };
        self.line(indent);
        self.text.push("class ");
        self.word(self.code_name(code));
        if bases != 0 {
            self.text.push("(");
            self.tasks(Task::Arguments(bases, u32::MAX, Id::MISSING, 0));
            self.text.push(")");
        }
        self.opens(indent);
        Some((code, indent + 1, true))
    }

    pub(super) fn module(&mut self, value: Ex) {
        let Node::Import { module, level, .. } = self.tree.node(value) else {
            return self.text.push("...");
        };
        (0..level.min(64)).for_each(|_| self.text.push("."));
        if level == 0 || self.marshal.text(module) != Some(b"") {
            self.name(module);
        }
    }

    pub(super) fn import(&mut self, value: Ex, name: Id) {
        self.text.push("import ");
        self.module(value);
        let Node::Import { module, .. } = self.tree.node(value) else { return };
        let (whole, name) =
            (self.marshal.text(module).unwrap_or_default(), self.marshal.text(name).unwrap_or_default());
        let first = whole.split(|b| *b == b'.').next().unwrap_or_default();
        if name != first && name != whole {
            self.text.push(" as ");
            self.word(name);
        }
    }

    pub(super) fn import_from(&mut self, module: Ex, first: Link) {
        self.text.push("from ");
        self.module(module);
        self.text.push(" import ");
        let mut link = first;
        while let Some(item) = self.tree.link(link).filter(|_| !self.text.is_full()) {
            self.expression(item.value, 0);
            let text = |ex| match self.tree.node(ex) {
                Node::Name(id) => self.marshal.text(id).unwrap_or_default(),
                _ => b"*",
            };
            if text(item.value) != text(item.second) {
                self.text.push(" as ");
                self.expression(item.second, 0);
            }
            if item.next != 0 {
                self.text.push(", ");
            }
            link = item.next;
        }
    }
}
