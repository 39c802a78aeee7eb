//! Displays, slices, f-strings.

use super::super::expression::{Ex, Kind, Node};
use super::super::opcodes::{Brackets, Op};
use super::Simulator;
use crate::parse::marshal::Id;

/// Most clauses of a comprehension.
const CLAUSES: usize = 16;
/// Most loops inside one another that may be comprehensions.
const LOOPS: usize = 16;

impl Simulator<'_, '_> {
    /// Puts a value into a display. When a loop does it that goes on while the display waits on the stack, the display
    /// is a comprehension, and the loop is no statement.
    pub(super) fn gives(&mut self, display: Ex, value: Ex, second: Ex) -> bool {
        let Node::Display(brackets, first, _) = self.tree.node(display) else { return false };
        let before = self.loops.len().saturating_sub(LOOPS);
        let loops = self.loops.get(before..).filter(|_| first == 0).unwrap_or_default();
        let found = loops.iter().rposition(|(own, ..)| *own == display);
        if let Some((_, start, around)) = found.map(|at| self.loops.remove(before + at))
            && let Some(clauses) = self.clauses(start, around)
        {
            self.tree.statements.truncate(start);
            let given = self.tree.chain(value, second);
            let (clauses, _) = self.tree.list(clauses);
            self.tree.replace(display, Node::Comprehension(brackets, given, clauses));
            return true;
        }
        self.tree.append(display, value, second)
    }

    /// The statements from `start` on as clauses: all are loops or conditions, and the blocks that they opened inside
    /// of those `around` are open still, except for what chose between two values.
    fn clauses(&self, start: usize, around: usize) -> Option<Vec<(Ex, Ex)>> {
        let statements = self.tree.statements.get(start..).filter(|s| s.len() <= CLAUSES)?;
        let open = self.blocks.len().checked_sub(around).filter(|open| *open > 0)?;
        let mut clauses = Vec::new();
        for (at, statement) in statements.iter().enumerate() {
            clauses.push(match statement.kind {
                Kind::For(target, iterator) => (target, iterator),
                Kind::If(condition, false) if at > 0 => (condition, Ex::NULL),
                _ => return None,
            });
        }
        clauses.truncate(open);
        if clauses.is_empty() { None } else { Some(clauses) }
    }

    pub(super) fn build(&mut self, op: Op, argument: u32) {
        match op {
            Op::Build(Brackets::Dict) => {
                let values = self.pop_many(argument.saturating_mul(2));
                let pairs: Vec<_> = values.chunks_exact(2).filter_map(|p| Some((*p.first()?, *p.last()?))).collect();
                let (first, last) = self.tree.list(pairs);
                self.add(Node::Display(Brackets::Dict, first, last));
            }
            Op::Build(brackets) => {
                let values = self.pop_many(argument);
                let (first, last) = self.tree.list(values.into_iter().map(|v| (v, Ex::UNKNOWN)));
                self.add(Node::Display(brackets, first, last));
            }
            Op::BuildEmpty => self.add(Node::Display(Brackets::Dict, 0, 0)),
            Op::BuildUnpackCall => self.build(Op::BuildUnpack(Brackets::Dict), argument & 255),
            Op::BuildUnpack(brackets) => {
                let values = self.pop_many(argument);
                let mut stars = Vec::with_capacity(values.len());
                for value in values {
                    let star = if brackets == Brackets::Dict { Node::DoubleStar(value) } else { Node::Star(value) };
                    stars.push((self.tree.add(star), Ex::NULL));
                }
                let (first, last) = self.tree.list(stars);
                self.add(Node::Display(brackets, first, last));
            }
            Op::BuildConstKeyMap => {
                let keys = self.pop();
                let values = self.pop_many(argument);
                let keys = match self.tree.node(keys) {
                    Node::Object(id) => id,
                    _ => Id::MISSING,
                };
                let mut pairs = Vec::with_capacity(values.len());
                for (index, value) in values.into_iter().enumerate() {
                    pairs.push((self.tree.add(Node::Object(self.marshal.item(keys, index))), value));
                }
                let (first, last) = self.tree.list(pairs);
                self.add(Node::Display(Brackets::Dict, first, last));
            }
            Op::BuildSlice => {
                let step = if argument == 3 { self.pop() } else { Ex::NULL };
                let (end, start) = (self.pop(), self.pop());
                self.add(Node::Slice(start, end, step));
            }
            Op::BuildString => {
                let values = self.pop_many(argument);
                let (first, _) = self.tree.list(values.into_iter().map(|v| (v, Ex::UNKNOWN)));
                self.add(Node::Pieces(first));
            }
            Op::FormatValue => {
                let format = if argument & 4 != 0 { self.pop() } else { Ex::NULL };
                let conversion = [0, b's', b'r', b'a'].get((argument & 3) as usize).copied().unwrap_or(0);
                let value = self.pop();
                self.add(Node::Format(value, conversion, format));
            }
            Op::FormatSimple => {
                let value = self.pop();
                // A conversion before it made it a format already.
                if matches!(self.tree.node(value), Node::Format(..)) {
                    self.push(value);
                } else {
                    self.add(Node::Format(value, 0, Ex::NULL));
                }
            }
            Op::FormatSpec => {
                let (format, value) = (self.pop(), self.pop());
                self.add(Node::Format(value, 0, format));
            }
            Op::ConvertValue => {
                let value = self.pop();
                let conversion = [0, b's', b'r', b'a'].get(argument as usize).copied().unwrap_or(0);
                self.add(Node::Format(value, conversion, Ex::NULL));
            }
            Op::Append => {
                let value = self.pop();
                let display = self.peek(argument);
                if !self.gives(display, value, Ex::UNKNOWN) {
                    self.emit(Kind::Expression(value));
                }
            }
            Op::AppendTo => {
                let (value, display) = (self.pop(), self.pop());
                if !self.gives(display, value, Ex::UNKNOWN) {
                    self.emit(Kind::Expression(value));
                }
            }
            Op::StoreMap => {
                let (key, value) = (self.pop(), self.pop());
                let display = self.peek(1);
                if !self.tree.append(display, key, value) {
                    self.emit(Kind::Expression(key));
                    self.emit(Kind::Expression(value));
                }
            }
            Op::MapAdd => {
                let (upper, lower) = (self.pop(), self.pop());
                let (key, value) = if self.version >= 8 { (lower, upper) } else { (upper, lower) };
                let display = self.peek(argument);
                if !self.gives(display, key, value) {
                    self.emit(Kind::Expression(key));
                    self.emit(Kind::Expression(value));
                }
            }
            Op::Extend => {
                let value = self.pop();
                let display = self.peek(argument);
                let star = self.tree.add(Node::Star(value));
                self.tree.append(display, star, Ex::UNKNOWN);
            }
            _ => {
                let value = self.pop();
                let display = self.peek(argument);
                let star = self.tree.add(Node::DoubleStar(value));
                self.tree.append(display, star, Ex::NULL);
            }
        }
    }
}
