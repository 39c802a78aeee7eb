//! What compilers write for older engines, read as what it stands for: functions that TypeScript, Babel and SWC put into
//! each file or take from a library (`__read`, `_toConsumableArray`, `tslib.__assign`), texts that are joined by `concat`, and
//! loops over iterators that are asked step by step.

use oxc_span::Span;

use super::lower::Lower;
use crate::parse::script::tree::STEPS;
use crate::parse::script::{Func, Id, Many, Node, Op, Sym};

/// The name of what a loop is at; no script can have such a name.
const ITEM: &str = "{item}";

/// Most helpers within each other that are looked through, and statements before a loop in which its iterator is made.
const MOST_WITHIN: usize = 8;
const MOST_BEFORE: usize = 64;

impl Lower<'_, '_> {
    /// A call of a helper beside what it stands for; `None` for other calls. Names are anybody's: whatever a function is
    /// called, it is called, and handed what it was handed. What is looked at twice is worked out once.
    pub(super) fn helped(&mut self, callee: Id, given: Many, span: Span) -> Option<Id> {
        let (over, helper) = (self.iterator_of(callee), self.helper(callee));
        if over.is_none() && helper.is_none() {
            return None;
        }
        let originals = self.tree.list(given).to_vec();
        if originals.iter().any(|id| matches!(self.tree.get(*id), Node::Spread(_))) {
            return None;
        }
        let mut all = Vec::with_capacity(originals.len() + 2);
        let arguments: Vec<Id> = originals.iter().map(|id| self.held(*id, &mut all)).collect();
        let made = match over {
            // `x[Symbol.iterator]()`.
            Some(over) => self.iterator(over, "next", span),
            None => self.stands_for(helper?, &originals, &arguments, span)?,
        };
        let arguments = self.tree.many(&arguments);
        all.extend([self.node(Node::Call(callee, arguments), span), made]);
        let all = self.tree.many(&all);
        Some(self.node(Node::Seq(all), span))
    }

    /// What a call of a helper stands for.
    fn stands_for(&mut self, helper: Helper, originals: &[Id], arguments: &[Id], span: Span) -> Option<Id> {
        let first = *arguments.first()?;
        match helper {
            Helper::Same => Some(first),
            Helper::Spread => {
                // The last of `__spreadArray(a, b, true)` says how holes are copied.
                let lists = arguments.iter().filter(|id| !matches!(self.tree.get(**id), Node::Bool(_)));
                let lists: Vec<Id> = lists.copied().collect();
                let spread: Vec<Id> = lists.into_iter().map(|id| self.node(Node::Spread(id), span)).collect();
                let many = self.tree.many(&spread);
                Some(self.node(Node::List(many), span))
            }
            Helper::Assign => {
                // `_extends(Class, Base)` makes a class.
                let target = self.innermost(*originals.first()?);
                if !matches!(self.tree.get(target), Node::Dict(_)) {
                    return None;
                }
                let parts: Vec<Id> =
                    arguments.iter().flat_map(|id| [self.node(Node::Spread(*id), span), Id::NONE]).collect();
                let many = self.tree.many(&parts);
                Some(self.node(Node::Dict(many), span))
            }
            Helper::Values(step) => Some(self.iterator(first, step, span)),
        }
    }

    /// A name for what an expression comes to, so that it is gone through once; what is only a name or a constant is its own.
    fn held(&mut self, id: Id, before: &mut Vec<Id>) -> Id {
        match self.tree.get(id) {
            Node::Name(_) | Node::Str(_) | Node::Num(_) | Node::Bool(_) | Node::Nil | Node::Func(_) => id,
            _ => {
                let (start, end) = self.tree.span(id);
                let name = self.tree.sym(format!("{{held {}}}", self.tree.len()));
                let target = self.tree.node(Node::Name(name), start, end);
                before.push(self.tree.node(Node::Declare(target, id), start, end));
                self.tree.node(Node::Name(name), start, end)
            }
        }
    }

    /// What an expression comes to, as far as that stands in it: the last of several, what a helper stands for.
    pub(super) fn innermost(&self, mut id: Id) -> Id {
        for _ in 0..MOST_WITHIN {
            id = match self.tree.get(id) {
                Node::Seq(all) => self.tree.list(all).last().copied().unwrap_or(id),
                _ => return id,
            };
        }
        id
    }

    /// What a function does that compilers write, by its name: its own, or that of the library that it is the only one of.
    fn helper(&self, callee: Id) -> Option<Helper> {
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
        helper_of(self.tree.str(name))
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
        self.iterated.push((made, over));
        made
    }

    /// What an iterator gives at a step.
    fn result(&mut self, value: Id, span: Span) -> Id {
        let parts = [self.text("value", span), value];
        let parts = self.tree.many(&parts);
        self.node(Node::Dict(parts), span)
    }

    /// What a `for` whose test asks an iterator whether it is done goes through, and the name that each step has in it:
    /// `for (a = __values(x), b = a.next(); !b.done; …)`, `for (…; !(b = a.next()).done; )`.
    pub(super) fn stepped(&self, test: Id) -> Option<(Id, Sym)> {
        let Node::Unary(Op::Not, asked) = self.tree.get(test) else { return None };
        let asked = match self.tree.get(asked) {
            Node::Assign(_, value) => value,
            _ => asked,
        };
        let Node::Member(step, done) = self.tree.get(asked) else { return None };
        if self.tree.str(done) != "done" {
            return None;
        }
        let (step, call) = match self.tree.get(step) {
            Node::Assign(step, call) => (self.name_of(step)?, call),
            _ => {
                let step = self.name_of(step)?;
                (step, self.last_set(step)?)
            }
        };
        let Node::Call(next, _) = self.tree.get(call) else { return None };
        let iterator = match self.tree.get(next) {
            Node::Member(iterator, _) => iterator,
            _ => next,
        };
        let made = self.innermost(self.last_set(self.name_of(iterator)?)?);
        let at = self.iterated.binary_search_by_key(&made, |(made, _)| *made).ok()?;
        self.iterated.get(at).map(|(_, over)| (*over, step))
    }

    fn name_of(&self, id: Id) -> Option<Sym> {
        match self.tree.get(id) {
            Node::Name(name) => Some(name),
            _ => None,
        }
    }

    /// What a variable was set to last, in the statements before this one.
    fn last_set(&self, name: Sym) -> Option<Id> {
        let set_in = |id: Id| match self.tree.get(id) {
            Node::Declare(target, value) | Node::Assign(target, value) => {
                (self.tree.get(target) == Node::Name(name)).then_some(value)
            }
            _ => None,
        };
        self.before().iter().rev().take(MOST_BEFORE).find_map(|id| match self.tree.get(*id) {
            Node::Seq(all) => self.tree.list(all).iter().rev().find_map(|id| set_in(*id)),
            _ => set_in(*id),
        })
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

    /// A loop over all of something, with each in the name of a step. The test is asked each time, as it stands there.
    pub(super) fn for_each_step(&mut self, over: Id, step: Sym, test: Id, body: Id, span: Span) -> Id {
        let item = self.name(ITEM, span);
        let result = self.result(item, span);
        let target = self.node(Node::Name(step), span);
        let set = self.node(Node::Assign(target, result), span);
        let all = self.tree.many(&[test, set, body]);
        let body = self.node(Node::Block(all), span);
        let target = self.name(ITEM, span);
        let (steps, over) = (self.name(STEPS, span), self.tree.many(&[over]));
        let over = self.node(Node::Call(steps, over), span);
        self.node(Node::For(target, over, body), span)
    }
}

/// What helpers do.
#[derive(Debug, Clone, Copy)]
enum Helper {
    /// Give what they are given: a module that stands for its default, too, a list that is taken apart.
    Same,
    /// Put lists together.
    Spread,
    /// Put what objects hold into a new one.
    Assign,
    /// Go through a list; the name of the function that gives the next.
    Values(&'static str),
}

fn helper_of(name: &str) -> Option<Helper> {
    if !name.starts_with('_') {
        return None;
    }
    Some(match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "__importDefault"
        | "__importStar"
        | "_interopRequireDefault"
        | "_interopRequireWildcard"
        | "_interop_require_default"
        | "_interop_require_wildcard"
        | "__read"
        | "_sliced_to_array"
        | "_slicedToArray"
        | "_to_array"
        | "_toArray" => Helper::Same,
        "__spread" | "__spreadArray" | "__spreadArrays" | "_to_consumable_array" | "_toConsumableArray" => {
            Helper::Spread
        }
        "__assign" | "_objectSpread" | "_object_spread" | "_object_spread_props" | "_extends" => Helper::Assign,
        "__values" | "_ts_values" => Helper::Values("next"),
        "_createForOfIteratorHelper"
        | "_createForOfIteratorHelperLoose"
        | "_create_for_of_iterator_helper"
        | "_create_for_of_iterator_helper_loose" => Helper::Values("n"),
        _ => return None,
    })
}
