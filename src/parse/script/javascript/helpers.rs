//! What compilers write for older engines, read as what it stands for: functions that TypeScript, Babel and SWC put into
//! each file or take from a library (`__read`, `_toConsumableArray`, `tslib.__assign`), texts that are joined by `concat`, and
//! loops over iterators that are asked step by step.

use oxc_span::Span;

use super::lower::Lower;
use crate::parse::script::{Func, Id, Many, Node, Op, Sym};

/// The name of what a loop is at; no script can have such a name.
const ITEM: &str = "{item}";

impl Lower<'_, '_> {
    /// A call of a helper, as what it stands for; `None` for other calls.
    pub(super) fn helped(&mut self, callee: Id, arguments: Many, span: Span) -> Option<Id> {
        let iterated = self.iterator_of(callee);
        let name = self.helper(callee);
        let arguments = self.tree.list(arguments);
        let first = arguments.first().copied();
        if let Some(iterated) = iterated {
            return Some(self.iterator(iterated, "next", span));
        }
        let name = name?;
        match self.tree.str(name).trim_end_matches(|c: char| c.is_ascii_digit()) {
            // A module stands for its default, too.
            "__importDefault"
            | "__importStar"
            | "_interopRequireDefault"
            | "_interopRequireWildcard"
            | "_interop_require_default"
            | "_interop_require_wildcard" => first,
            "__read" | "_sliced_to_array" | "_slicedToArray" | "_to_array" | "_toArray" => first,
            "__spread" | "__spreadArray" | "__spreadArrays" | "_to_consumable_array" | "_toConsumableArray" => {
                // The last of `__spreadArray(a, b, true)` says how holes are copied.
                let all: Vec<Id> = arguments.to_vec();
                let all: Vec<Id> = all.into_iter().filter(|id| !matches!(self.tree.get(*id), Node::Bool(_))).collect();
                let spread: Vec<Id> = all.into_iter().map(|id| self.node(Node::Spread(id), span)).collect();
                let many = self.tree.many(&spread);
                Some(self.node(Node::List(many), span))
            }
            "__assign" | "_objectSpread" | "_object_spread" | "_object_spread_props" | "_extends" => {
                // `_extends(Class, Base)` makes a class.
                let all: Vec<Id> = arguments.to_vec();
                first.filter(|id| matches!(self.tree.get(self.stands_for(*id)), Node::Dict(_)))?;
                let mut parts = Vec::new();
                for id in all {
                    match self.tree.get(self.stands_for(id)) {
                        Node::Dict(many) => parts.extend_from_slice(self.tree.list(many)),
                        Node::Spread(_) => return None,
                        _ => parts.extend([self.node(Node::Spread(id), span), Id::NONE]),
                    }
                }
                let many = self.tree.many(&parts);
                Some(self.node(Node::Dict(many), span))
            }
            "__values" | "_ts_values" => Some(self.iterator(first?, "next", span)),
            "_createForOfIteratorHelper"
            | "_createForOfIteratorHelperLoose"
            | "_create_for_of_iterator_helper"
            | "_create_for_of_iterator_helper_loose" => Some(self.iterator(first?, "n", span)),
            _ => None,
        }
    }

    /// What a call of a helper was read as: the last of both.
    pub(super) fn stands_for(&self, id: Id) -> Id {
        match self.tree.get(id) {
            Node::Seq(both) => self.tree.list(both).last().copied().unwrap_or(id),
            _ => id,
        }
    }

    /// The name of a function that compilers write: its own, or that of the library that it is the only one of.
    fn helper(&self, callee: Id) -> Option<Sym> {
        let name = match self.tree.get(callee) {
            Node::Name(name) => name,
            Node::Member(object, name) if matches!(self.tree.str(name), "default" | "_") => match self.tree.get(object)
            {
                Node::Name(name) => name,
                _ => return None,
            },
            Node::Member(_, name) => name,
            Node::Seq(many) => return self.helper(*self.tree.list(many).last()?),
            _ => return None,
        };
        self.tree.text(name).starts_with(b"_").then_some(name)
    }

    /// `"a".concat(b, "c")`, which is what compilers make of `a${b}c`.
    pub(super) fn concatenated(&mut self, callee: Id, arguments: Many, span: Span) -> Option<Id> {
        let Node::Member(object, name) = self.tree.get(callee) else { return None };
        let before = match self.tree.get(object) {
            Node::Str(_) => vec![object],
            Node::Template(parts) => self.tree.list(parts).to_vec(),
            _ => return None,
        };
        let added = self.tree.list(arguments);
        if self.tree.str(name) != "concat" || added.iter().any(|id| matches!(self.tree.get(*id), Node::Spread(_))) {
            return None;
        }
        let parts: Vec<Id> = before.iter().chain(added).copied().collect();
        let parts = self.tree.many(&parts);
        Some(self.node(Node::Template(parts), span))
    }

    /// What `x[Symbol.iterator]` goes through.
    fn iterator_of(&self, callee: Id) -> Option<Id> {
        let Node::Index(object, index) = self.tree.get(callee) else { return None };
        let Node::Member(symbol, name) = self.tree.get(index) else { return None };
        let is = self.tree.str(name) == "iterator"
            && matches!(self.tree.get(symbol), Node::Name(name) if self.tree.str(name) == "Symbol");
        is.then_some(object)
    }

    /// What goes through something step by step, and gives its first.
    fn iterator(&mut self, over: Id, step: &str, span: Span) -> Id {
        let zero = self.node(Node::Num(0.0), span);
        let first = self.node(Node::Index(over, zero), span);
        let result = self.result(first, span);
        let func = self.tree.func(Func {
            name: Sym::EMPTY,
            params: Vec::new(),
            body: result,
            is_expression: true,
            is_method: false,
            decorators: Vec::new(),
            outer: Vec::new(),
        });
        let parts = [self.text(step, span), self.node(Node::Func(func), span)];
        let parts = self.tree.many(&parts);
        let made = self.node(Node::Dict(parts), span);
        self.iterated.push(over);
        made
    }

    /// What an iterator gives at a step.
    fn result(&mut self, value: Id, span: Span) -> Id {
        let parts = [self.text("value", span), value];
        let parts = self.tree.many(&parts);
        self.node(Node::Dict(parts), span)
    }

    /// What a `for` whose test asks an iterator whether it is done goes through, and the name that each step has in it.
    pub(super) fn stepped(&mut self, test: Id) -> Option<(Id, Sym)> {
        let Node::Unary(Op::Not, asked) = self.tree.get(test) else { return None };
        let asked = match self.tree.get(asked) {
            Node::Assign(_, value) => value,
            _ => asked,
        };
        let Node::Member(step, done) = self.tree.get(asked) else { return None };
        let step = match self.tree.get(step) {
            Node::Assign(step, _) => step,
            _ => step,
        };
        match self.tree.get(step) {
            Node::Name(step) if self.tree.str(done) == "done" => Some((self.iterated.pop()?, step)),
            _ => None,
        }
    }

    /// Whether what always runs behind a `try` only throws what was caught before, which is how loops over iterators end:
    /// `finally { if (e) throw e.error; }`. Nobody can say that it was caught.
    pub(super) fn only_throws_again(&self, finally: Id) -> bool {
        let Node::Block(many) = self.tree.get(finally) else { return false };
        let [only] = self.tree.list(many) else { return false };
        let Node::If(test, then, Id::NONE) = self.tree.get(*only) else { return false };
        let thrown = match self.tree.get(then) {
            Node::Block(many) => match self.tree.list(many) {
                [only] => *only,
                _ => return false,
            },
            _ => then,
        };
        let is_name = |id: Id| matches!(self.tree.get(id), Node::Name(_));
        match self.tree.get(thrown) {
            Node::Throw(value) => match self.tree.get(value) {
                Node::Member(object, _) => is_name(test) && is_name(object),
                _ => is_name(test) && is_name(value),
            },
            _ => false,
        }
    }

    /// A loop over all of something, with each in the name of a step.
    pub(super) fn for_each_step(&mut self, over: Id, step: Sym, test: Id, body: Id, span: Span) -> Id {
        let item = self.name(ITEM, span);
        let result = self.result(item, span);
        let target = self.node(Node::Name(step), span);
        let set = self.node(Node::Assign(target, result), span);
        let all = self.tree.many(&[test, set, body]);
        let body = self.node(Node::Block(all), span);
        let target = self.name(ITEM, span);
        self.node(Node::For(target, over, body), span)
    }
}
