//! What only Python before 3.6 does: statements with instructions of their own in Python 2, names of arguments on the
//! stack, conditions that stay there, and variables in which compilers keep what they need.

use super::super::expression::{Ex, Kind, Link, Node, Statement};
use super::super::opcodes::{Brackets, Op, Test};
use super::{Block, Simulator, UNPACKED};
use crate::parse::marshal::{Id, Object};

/// Most instructions that a `with` is left with.
const LEAVING: usize = 4;

impl Simulator<'_, '_> {
    pub(super) fn olds(&mut self, op: Op, argument: u32) {
        match op {
            Op::Repr => {
                let value = self.pop();
                let callee = self.tree.add(Node::Word("repr"));
                self.call(callee, vec![value], Id::MISSING);
            }
            Op::Print => {
                let value = self.pop();
                self.print(value, Ex::NULL);
            }
            Op::PrintTo => {
                let (stream, value) = (self.pop(), self.pop());
                self.print(value, stream);
            }
            Op::PrintLine if !self.goes_on() => self.print(Ex::NULL, Ex::NULL),
            Op::PrintLine => self.printing = None,
            Op::PrintLineTo => {
                let stream = self.pop();
                if self.goes_on() {
                    self.printing = None;
                } else {
                    self.print(Ex::NULL, stream);
                }
            }
            Op::Exec => self.exec(),
            Op::SliceOf(which) => {
                let target = self.sliced(which);
                self.add(target);
            }
            Op::StoreSliceOf(which) => {
                let target = self.sliced(which);
                self.store(target);
            }
            Op::DeleteSliceOf(which) => {
                let target = self.sliced(which);
                let target = self.tree.add(target);
                self.emit(Kind::Delete(target));
            }
            Op::MakeClass => self.make_class(),
            Op::CallNamed(more) => self.call_named(argument, more),
            _ => self.make_function_old(op, argument),
        }
    }

    /// Whether nothing came between the last `print` and now.
    fn goes_on(&self) -> bool {
        self.printing.is_some_and(|(at, _)| at.checked_add(1) == Some(self.tree.statements.len()))
    }

    /// `print` of one value, which goes on where another was printed just before.
    fn print(&mut self, value: Ex, stream: Ex) {
        let link = if value == Ex::NULL { 0 } else { self.tree.chain(value, Ex::UNKNOWN) };
        if stream == Ex::NULL
            && link != 0
            && self.goes_on()
            && let Some((_, last)) = self.printing.as_mut().filter(|(_, last)| *last != 0)
        {
            let before = std::mem::replace(last, link);
            self.tree.join(before, link);
            return;
        }
        let at = self.tree.statements.len();
        let mut first = link;
        if stream != Ex::NULL && !self.is_nothing(stream) {
            let key = self.tree.add(Node::Word("file"));
            let named = self.named(vec![(key, stream)]);
            let named = self.tree.chain(named, Ex::UNKNOWN);
            self.tree.join(first, named);
            first = if first == 0 { named } else { first };
        }
        let callee = self.tree.add(Node::Word("print"));
        let call = self.tree.add(Node::Call { callee, arguments: first, names: Id::MISSING });
        self.emit(Kind::Expression(call));
        // What goes to a stream has that behind it, and gets no more.
        self.printing = (value != Ex::NULL).then_some((at, if stream == Ex::NULL { link } else { 0 }));
    }

    fn is_nothing(&self, value: Ex) -> bool {
        matches!(self.tree.node(value), Node::Object(id) if self.marshal.object(id) == Object::None)
    }

    /// Arguments by their names.
    fn named(&mut self, pairs: Vec<(Ex, Ex)>) -> Ex {
        let (first, last) = self.tree.list(pairs);
        let dict = self.tree.add(Node::Display(Brackets::Dict, first, last));
        self.tree.add(Node::DoubleStar(dict))
    }

    /// `exec code in globals, locals`, as the function that it became.
    fn exec(&mut self) {
        let (locals, globals, code) = (self.pop(), self.pop(), self.pop());
        let mut arguments = vec![code];
        if self.is_nothing(globals) {
            // `exec(code, globals)` is a tuple to Python 2, which takes it apart.
            if let Node::Display(Brackets::Tuple, first, _) = self.tree.node(code) {
                let parts = self.linked(first, 4);
                if (2..=3).contains(&parts.len()) {
                    arguments = parts;
                }
            }
        } else {
            arguments.push(globals);
            if locals != globals {
                arguments.push(locals);
            }
        }
        let callee = self.tree.add(Node::Word("exec"));
        let (arguments, _) = self.tree.list(arguments.into_iter().map(|a| (a, Ex::UNKNOWN)));
        let call = self.tree.add(Node::Call { callee, arguments, names: Id::MISSING });
        self.emit(Kind::Expression(call));
    }

    /// The values of a display, as far as steps are left for them, and not more than `most`.
    fn linked(&mut self, first: Link, most: usize) -> Vec<Ex> {
        let (mut values, mut link) = (Vec::new(), first);
        while let Some(item) = self.tree.link(link).filter(|_| self.fuel > 0 && values.len() < most) {
            self.fuel -= 1;
            values.push(item.value);
            link = item.next;
        }
        values
    }

    /// `x[:]`, `x[a:]`, `x[:b]`, `x[a:b]`.
    fn sliced(&mut self, which: u8) -> Node {
        let end = if which & 2 != 0 { self.pop() } else { Ex::NULL };
        let start = if which & 1 != 0 { self.pop() } else { Ex::NULL };
        let object = self.pop();
        let slice = self.tree.add(Node::Slice(start, end, Ex::NULL));
        Node::Index(object, slice)
    }

    /// The body of a class was called as a function, and its names are given to the class.
    fn make_class(&mut self) {
        let (body, bases, name) = (self.pop(), self.pop(), self.pop());
        let mut arguments = vec![name];
        match self.tree.node(bases) {
            Node::Display(Brackets::Tuple, first, _) => arguments.extend(self.linked(first, UNPACKED as usize)),
            Node::Object(id) if self.marshal.items(id).is_empty() => {}
            _ => arguments.push(self.tree.add(Node::Star(bases))),
        }
        let all = |s: &mut Self, first| {
            let values = std::iter::once(first).chain(arguments).map(|a| (a, Ex::UNKNOWN));
            s.tree.list(values).0
        };
        match self.tree.node(body) {
            Node::Call { callee, .. } if matches!(self.tree.node(callee), Node::Function { .. }) => {
                // In the same place, so that the body is not called once more.
                let arguments = all(self, callee);
                self.tree.replace(body, Node::Call { callee: Ex::BUILD_CLASS, arguments, names: Id::MISSING });
                self.push(body);
            }
            _ => {
                let arguments = all(self, body);
                self.add(Node::Call { callee: Ex::BUILD_CLASS, arguments, names: Id::MISSING });
            }
        }
    }

    /// Calls: how many arguments have no names, and above that how many have them.
    fn call_named(&mut self, argument: u32, more: u8) {
        let (count, named) = (argument & 255, argument >> 8 & 255);
        let keywords = if more & 2 != 0 { self.pop() } else { Ex::NULL };
        let mut rest = Ex::NULL;
        // From 3.5 on those with names stand above `*args`.
        if more & 1 != 0 && self.version < 5 {
            rest = self.pop();
        }
        let pairs = self.pop_many(named.saturating_mul(2));
        if more & 1 != 0 && self.version >= 5 {
            rest = self.pop();
        }
        let mut arguments = self.pop_many(count);
        let callee = self.pop();
        if arguments.is_empty()
            && named == 0
            && more == 0
            && let Node::Attr(manager, name) = self.tree.node(callee)
            && self.is_dunder(name, b"__enter__")
            && matches!(self.op_at(self.after), Op::Pop | Op::SetupTry | Op::StoreFast | Op::StoreName)
        {
            // A `with` of before 2.7 and 3.2.
            return self.add(Node::Entered(manager));
        }
        if rest != Ex::NULL {
            arguments.push(self.tree.add(Node::Star(rest)));
        }
        if named > 0 {
            let pairs = pairs.chunks(2).filter_map(|p| Some((*p.first()?, *p.last()?))).collect();
            arguments.push(self.named(pairs));
        }
        if keywords != Ex::NULL {
            arguments.push(self.tree.add(Node::DoubleStar(keywords)));
        }
        self.call(callee, arguments, Id::MISSING);
    }

    fn is_dunder(&self, name: Id, wanted: &[u8]) -> bool {
        self.marshal.text(name) == Some(wanted)
    }

    fn make_function_old(&mut self, op: Op, argument: u32) {
        if self.version >= 3 {
            // The qualified name.
            self.pop();
        }
        let code = self.pop();
        let code = match self.tree.node(code) {
            Node::Object(id) => match self.marshal.object(id) {
                Object::Code(code) => Some(code),
                _ => None,
            },
            _ => None,
        };
        let inner = code.and_then(|code| self.marshal.codes.get(code as usize).copied());
        match op {
            Op::MakeClosureOld => {
                self.pop();
            }
            Op::MakeClosureLoose => {
                let free = inner.map_or(0, |code| self.marshal.items(code.free).len());
                self.pop_many(u32::try_from(free).unwrap_or(u32::MAX));
            }
            _ => {}
        }
        let (mut count, mut named) = (argument, 0);
        if !self.two {
            self.pop_many(argument >> 16 & 0x7fff);
            (count, named) = (argument & 255, (argument >> 8 & 255).saturating_mul(2));
        }
        let mut values = self.pop_many(count.saturating_add(named));
        // Those with names stand first in some versions and last in others: they begin with a name.
        if named > 0 {
            self.fuel = self.fuel.saturating_sub(u64::from(named));
            let is_name = |value: &Ex| match (self.tree.node(*value), inner) {
                (Node::Object(id), Some(code)) => {
                    let name = self.marshal.text(id);
                    let (skip, take) = (code.arguments as usize, code.keyword_only as usize);
                    let names = self.marshal.items(code.locals).iter().skip(skip).take(take);
                    name.is_some() && names.take(named as usize).any(|n| self.marshal.text(*n) == name)
                }
                _ => false,
            };
            let keep = count as usize;
            if values.first().is_some_and(is_name) {
                values.drain(..values.len().saturating_sub(keep));
            } else {
                values.truncate(keep);
            }
        }
        let mut defaults = Ex::NULL;
        if !values.is_empty() {
            let (first, last) = self.tree.list(values.into_iter().map(|v| (v, Ex::UNKNOWN)));
            defaults = self.tree.add(Node::Display(Brackets::Tuple, first, last));
        }
        match code {
            Some(code) => self.add(Node::Function { code, defaults }),
            None => self.push(Ex::UNKNOWN),
        }
    }

    /// `raise kind, value, traceback`.
    pub(super) fn raise_old(&mut self, argument: u32) {
        let values = self.pop_many(argument.min(3));
        let mut what = values.first().copied().unwrap_or(Ex::NULL);
        if let Some(value) = values.get(1).copied().filter(|v| !self.is_nothing(*v)) {
            let arguments = self.tree.chain(value, Ex::UNKNOWN);
            what = self.tree.add(Node::Call { callee: what, arguments, names: Id::MISSING });
        }
        if let Some(traceback) = values.get(2).copied() {
            self.expression(traceback);
        }
        self.emit(Kind::Raise(what, Ex::NULL));
        self.leave();
    }

    /// Names that no source has (`_[1]`) are of the compiler: what it keeps there is no variable.
    pub(super) fn keeps(&mut self, target: Node, value: Ex) -> bool {
        let Node::Name(name) = target else { return self.stores_pair(target, value) };
        let own = self.marshal.text(name).is_some_and(|n| n.starts_with(b"_["));
        let kept = own
            && match self.tree.node(value) {
                Node::Display(_, 0, _) | Node::Entered(_) => true,
                Node::Attr(_, name) => self.is_dunder(name, b"__exit__"),
                _ => false,
            };
        if kept {
            self.kept.insert(name, value);
        }
        kept
    }

    /// Pushes what is kept under a name, if anything is.
    pub(super) fn kept(&mut self, name: Id) -> bool {
        let value = self.kept.get(&name).copied();
        value.inspect(|value| self.push(*value)).is_some()
    }

    /// A dict that is filled pair by pair before anybody has it.
    fn stores_pair(&mut self, target: Node, value: Ex) -> bool {
        match target {
            Node::Index(display, key) => match self.tree.node(display) {
                Node::Display(Brackets::Dict, ..) => self.gives(display, key, value),
                _ => false,
            },
            _ => false,
        }
    }

    /// A jump that keeps its condition, which is popped on both ways unless it is a value.
    pub(super) fn jump_keep(&mut self, test: Test, target: u32, after: u32) -> Option<u32> {
        let popped = self.op_at(after) == Op::Pop;
        if !popped || target < after || self.op_at(target) != Op::Pop {
            self.reaches(target, after, self.top);
            if !popped {
                return None;
            }
            self.pop();
            return after.checked_add(1);
        }
        let condition = self.pop();
        let state = self.cell(Ex::SILENT, self.top);
        if condition != Ex::SILENT {
            self.branch(condition, test, target.saturating_add(1), after);
        }
        self.reaches(target, after, state);
        after.checked_add(1)
    }

    /// The instruction that a comparison of exceptions jumps to may begin a clause that catches everything.
    pub(super) fn note_bare(&mut self, end: u32) {
        let Some(op) = self.instruction(self.after as usize).map(|(number, ..)| self.table.get(number).0) else {
            return;
        };
        let start = if matches!(op, Op::JumpIfKeep(_)) { end.saturating_add(1) } else { end };
        if self.op_at(start) == Op::Pop {
            self.bare.insert(start);
        }
    }

    /// Where the clause of a handler ends that has just compared the exception.
    pub(super) fn end_of_clause(&self) -> Option<u32> {
        let (number, argument, next) = self.instruction(self.after as usize)?;
        let next = u32::try_from(next).ok()?;
        let target = match self.table.get(number).0 {
            Op::JumpIfKeep(Test::False) => next.checked_add(argument)?,
            Op::JumpIf(Test::False, _) => argument,
            _ => return None,
        };
        (target > next).then_some(target)
    }

    /// A handler is through: what comes behind it comes from where the exception was caught, or from the body.
    pub(super) fn end_finally(&mut self, after: u32) {
        let value = self.pop();
        if let Some(depth) = self.depths.pop() {
            self.blocks.truncate(depth);
        }
        if value == Ex::UNKNOWN {
            for _ in 0..5 {
                if self.top == 0 || self.peek(1) != Ex::UNKNOWN {
                    break;
                }
                self.pop();
            }
            self.dead |= self.states.contains_key(&after);
        }
    }

    /// Whether a `with` is left at a place.
    pub(super) fn is_cleanup(&self, target: u32) -> bool {
        let mut at = target as usize;
        for _ in 0..LEAVING {
            let Some((number, _, next)) = self.instruction(at) else { return false };
            match self.table.get(number).0 {
                Op::WithCleanup => return true,
                Op::Fast | Op::Name | Op::DeleteFast | Op::DeleteName => at = next,
                _ => return false,
            }
        }
        false
    }

    /// The body of a `with` of before 2.7 and 3.2 begins, which was entered already.
    pub(super) fn begin_with(&mut self, target: u32) {
        self.cleanups.insert(target);
        self.reaches(target, self.after, self.top);
        match self.tree.statements.last() {
            Some(Statement { kind: Kind::With(_, Ex::SILENT), indent })
                if usize::from(*indent) == self.blocks.len() =>
            {
                self.open(Block::Body(target));
            }
            _ => self.with_end = target,
        }
    }

    /// A loop begins. Over an empty display it may be a comprehension, except where that is a function of its own.
    pub(super) fn begin_loop(&mut self) {
        let display = self.peek(2);
        let name = self.marshal.text(self.code.name).unwrap_or_default();
        if !matches!(name, b"<listcomp>" | b"<setcomp>" | b"<dictcomp>")
            && matches!(self.tree.node(display), Node::Display(_, 0, _))
            && !self.loops.iter().rev().take(8).any(|(own, ..)| *own == display)
        {
            self.loops.push((display, self.tree.statements.len(), self.blocks.len()));
        }
    }
}
