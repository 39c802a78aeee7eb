//! From values that are stored or thrown away to statements.

use super::super::expression::{Ex, Kind, Node, Statement};
use super::super::opcodes::{Brackets, Op};
use super::{Block, Simulator, UNPACKED, Unpacking};
use crate::parse::marshal::{Id, Object};

impl Simulator<'_, '_> {
    pub(super) fn store(&mut self, target: Node) {
        let value = self.pop();
        self.assign(target, value);
    }

    pub(super) fn assign(&mut self, target: Node, value: Ex) {
        if value == Ex::SILENT || value == Ex::NULL {
            return;
        }
        if value == Ex::ITEM
            && let Some(mut unpacking) = self.unpacking.take()
        {
            let target = self.tree.add(target);
            let link = self.tree.chain(target, Ex::UNKNOWN);
            self.tree.join(unpacking.last, link);
            unpacking.last = link;
            if unpacking.first == 0 {
                unpacking.first = link;
            }
            unpacking.left = unpacking.left.saturating_sub(1);
            if unpacking.left == 0 {
                let all = Node::Display(Brackets::Tuple, unpacking.first, unpacking.last);
                self.assign(all, unpacking.value);
            } else {
                self.unpacking = Some(unpacking);
            }
            return;
        }
        if value == Ex::UNKNOWN
            && let Node::Name(_) = target
        {
            // The exception gets its name; elsewhere it is what handlers put back.
            let target = self.tree.add(target);
            if let Some(Statement { kind: Kind::Except(_, name), .. }) = self.tree.statements.last_mut()
                && *name == Ex::NULL
            {
                *name = target;
            }
            return;
        }
        if self.old && self.keeps(target, value) {
            return;
        }
        match (self.tree.node(value), target) {
            (Node::Import { from, .. }, Node::Name(name)) if self.is_none(from) => {
                self.emit(Kind::Import(value, name));
            }
            (Node::Attr(..), Node::Name(name)) if self.import_below(value).is_some() => {
                // `import a.b as c`, up to 3.6.
                if let Some(module) = self.import_below(value) {
                    self.emit(Kind::Import(module, name));
                }
            }
            (Node::From(module, what), Node::Name(name)) => self.import_from(module, what, name),
            (Node::Entered(manager), _) => {
                let target = self.tree.add(target);
                self.emit_with(manager, target);
            }
            (Node::Next(iterator), _) => {
                let target = self.tree.add(target);
                self.emit_for(target, iterator);
            }
            (Node::Await(inner), _) if matches!(self.tree.node(inner), Node::Next(_) | Node::Entered(_)) => {
                self.assign(target, inner);
            }
            _ => {
                let target = self.tree.add(target);
                self.emit(Kind::Assign(target, value));
            }
        }
    }

    /// `for`: its body lies before the place where its iterator is exhausted.
    pub(super) fn emit_for(&mut self, target: Ex, iterator: Ex) {
        // The block was opened when the value was taken; the statement itself stands outside of it.
        let indent = u16::try_from(self.blocks.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.tree.state(Statement { indent, kind: Kind::For(target, iterator) });
    }

    pub(super) fn emit_with(&mut self, manager: Ex, target: Ex) {
        self.emit(Kind::With(manager, target));
        let end = std::mem::take(&mut self.with_end);
        if end > self.after {
            self.open(Block::Body(end));
        }
    }

    /// Enters a context manager.
    pub(super) fn enter(&mut self, manager: Ex) {
        self.with_end = self.withs.get(&self.after).copied().unwrap_or(0);
        self.add(Node::Entered(manager));
    }

    /// The import of a whole module that attributes are taken from.
    fn import_below(&self, mut value: Ex) -> Option<Ex> {
        for _ in 0..16 {
            match self.tree.node(value) {
                Node::Attr(object, _) => value = object,
                Node::Import { from, .. } if self.is_none(from) => return Some(value),
                _ => return None,
            }
        }
        None
    }

    pub(super) fn is_none(&self, id: Id) -> bool {
        matches!(self.marshal.object(id), Object::None | Object::Missing)
    }

    /// `from m import a`: names from one module that follow each other are one statement.
    pub(super) fn import_from(&mut self, module: Ex, what: Id, name: Id) {
        if let Node::Import { from, .. } = self.tree.node(module)
            && self.is_none(from)
        {
            // `import a.b as c` takes `b` from `a`.
            self.emit(Kind::Import(module, name));
            return;
        }
        let (what, name) = (self.tree.add(Node::Name(what)), self.tree.add(Node::Name(name)));
        let link = self.tree.chain(what, name);
        if let Some(Statement { kind: Kind::FromImport(before, _, last), .. }) = self.tree.statements.last_mut()
            && *before == module
        {
            let before = std::mem::replace(last, link);
            self.tree.join(before, link);
            return;
        }
        self.emit(Kind::FromImport(module, link, link));
    }

    /// Gives up waiting for targets.
    pub(super) fn flush(&mut self) {
        if let Some(unpacking) = self.unpacking.take() {
            self.expression(unpacking.value);
        }
    }

    pub(super) fn pop_statement(&mut self) {
        let value = self.pop();
        self.expression(value);
    }

    /// A value that nobody takes: a statement, if it does anything.
    pub(super) fn expression(&mut self, value: Ex) {
        if value == Ex::ITEM {
            // A value that is thrown away at once.
            return self.assign(Node::Word("_"), value);
        }
        match self.tree.node(value) {
            Node::Entered(manager) => self.emit_with(manager, Ex::SILENT),
            Node::Next(iterator) => self.emit_for(Ex::UNKNOWN, iterator),
            Node::Await(inner) if matches!(self.tree.node(inner), Node::Entered(_) | Node::Next(_)) => {
                self.expression(inner);
            }
            // Importing acts by itself; mostly the statements before took what they wanted from it.
            Node::Import { module, .. } => {
                let taken = match self.tree.statements.last().map(|s| s.kind) {
                    Some(Kind::Import(before, _) | Kind::FromImport(before, ..)) => before == value,
                    _ => false,
                };
                if !taken && !self.is_taken(value) {
                    self.emit(Kind::Import(value, module));
                }
            }
            Node::Call { .. }
            | Node::Await(_)
            | Node::Yield(_)
            | Node::YieldFrom(_)
            | Node::Binary(..)
            | Node::Index(..)
            | Node::Either(..)
            | Node::Attr(..)
            | Node::Function { .. } => self.emit(Kind::Expression(value)),
            Node::Display(_, first, _) if first != 0 => self.emit(Kind::Expression(value)),
            _ => {}
        }
    }

    /// Whether the value on top was taken out of a module that is popped only now (`import a.b as c`).
    pub(super) fn is_taken(&self, module: Ex) -> bool {
        matches!(self.tree.node(self.peek(1)), Node::From(outer, _) if outer == module)
    }

    pub(super) fn leave(&mut self) {
        self.dead = true;
        if self.popped_except {
            self.popped_except = false;
            if let Some(at) = self.blocks.iter().rposition(|b| *b == Block::Handler) {
                self.blocks.truncate(at);
            }
        }
    }

    pub(super) fn stores(&mut self, op: Op, argument: u32) {
        match op {
            Op::StoreName => self.store(Node::Name(self.name(argument))),
            Op::StoreFast => self.store(Node::Name(self.local(argument))),
            Op::StoreDeref => self.store(Node::Name(self.cell_name(argument))),
            Op::StoreFastTwo => {
                self.store(Node::Name(self.local(argument >> 4)));
                self.store(Node::Name(self.local(argument & 15)));
            }
            Op::StoreFastLoadFast => {
                self.store(Node::Name(self.local(argument >> 4)));
                self.add(Node::Name(self.local(argument & 15)));
            }
            Op::StoreAttr => {
                let object = self.pop();
                self.store(Node::Attr(object, self.name(argument)));
            }
            Op::StoreSubscript => {
                let (index, object) = (self.pop(), self.pop());
                self.store(Node::Index(object, index));
            }
            Op::StoreSlice => {
                let slice = self.slice();
                let object = self.pop();
                self.store(Node::Index(object, slice));
            }
            _ => {
                let count = if op == Op::Unpack { argument } else { (argument & 255) + 1 + (argument >> 8) };
                let count = count.min(UNPACKED);
                let value = self.pop();
                match &mut self.unpacking {
                    Some(outer) if value == Ex::ITEM => {
                        outer.left = outer.left.saturating_add(count).saturating_sub(1);
                    }
                    _ => {
                        self.flush();
                        self.unpacking = Some(Unpacking { value, left: count, first: 0, last: 0 });
                    }
                }
                for _ in 0..count {
                    if self.fuel == 0 {
                        break;
                    }
                    self.fuel -= 1;
                    self.push(Ex::ITEM);
                }
            }
        }
    }

    pub(super) fn deletes(&mut self, op: Op, argument: u32) {
        let own = match op {
            Op::DeleteName => self.name(argument),
            Op::DeleteFast => self.local(argument),
            _ => Id::MISSING,
        };
        if self.kept.remove(&own).is_some() {
            return;
        }
        let target = match op {
            Op::DeleteName => Node::Name(self.name(argument)),
            Op::DeleteFast => Node::Name(self.local(argument)),
            Op::DeleteDeref => Node::Name(self.cell_name(argument)),
            Op::DeleteAttr => {
                let object = self.pop();
                Node::Attr(object, self.name(argument))
            }
            _ => {
                let (index, object) = (self.pop(), self.pop());
                Node::Index(object, index)
            }
        };
        let target = self.tree.add(target);
        self.emit(Kind::Delete(target));
    }
}
