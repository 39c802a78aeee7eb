//! Functions that compilers cut into the states of a machine, put together again.
//!
//! For engines without generators, TypeScript and SWC write an `async` function as one that is called again and again with
//! what it waited for (`__generator(this, function (_a) { switch (_a.label) { case 0: return [4, fetch(u)]; case 1: r =
//! _a.sent(); … } })`), and Babel does the same with its regenerator (`switch (_context.next) { case 0: _context.next = 2;
//! return fetch(u); case 2: r = _context.sent; … }`). Names say nothing once they were made short; the shape stays: one
//! parameter, and a `switch` on a member of it. Read state by state nothing that was waited for would reach what is done
//! with it, so the states become one body in their order: what is waited for is waited for there, a jump ahead over some of
//! it is a condition on that part, and a jump back is left out, so that loops are gone through once.

use oxc_span::Span;

use super::lower::Lower;
use crate::parse::script::{Func, FuncId, Id, Many, Node, Op, Sym, Tree};

/// The name of what was waited for last; no script can have such a name.
const AWAITED: &str = "{awaited}";

/// Most statements of one such function that are put in order, and how deep they may lie in each other.
const MAX_STATEMENTS: usize = 20_000;
const MAX_NESTING: u32 = 32;

/// Calls that were put together, and the functions that do nothing but return one.
#[derive(Debug, Default)]
pub(super) struct Resumed {
    calls: Vec<Id>,
    funcs: Vec<FuncId>,
}

/// Who wrote a machine of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// What is returned is a list: what to do, and with what.
    Listed,
    /// What is returned is what is waited for, and where it goes on stands in a member.
    Set,
}

/// The states of one function in their order.
struct States {
    /// The name of its parameter.
    state: Sym,
    style: Style,
    /// Statements of all cases, one behind the other.
    statements: Vec<Id>,
    /// Where each case begins in them, by its number.
    begins: Vec<(f64, usize)>,
    awaited: Sym,
}

impl Lower<'_, '_> {
    /// A call that makes a machine of states go, beside a call of the function that it was made of; `None` for other calls.
    /// The shape is anybody's, too: whoever is called is called, and handed that function, which takes the state from whom
    /// ever calls it.
    pub(super) fn resumed(&mut self, callee: Id, given: Many, span: Span) -> Option<Id> {
        if !self.tree.list(given).iter().any(|id| matches!(self.tree.get(self.innermost(*id)), Node::Func(_))) {
            return None;
        }
        let mut given = self.tree.list(given).to_vec();
        let [first, last] = [*given.first()?, *given.last()?].map(|id| self.innermost(id));
        let made = if self.returns_resumed(last) && given.len() != 2 {
            // `mark(function () { return wrap(…) })` is that function, and `__awaiter(this, void 0, void 0, function () {…})` a
            // call of it.
            if given.len() == 1 { last } else { self.call_of(last, span) }
        } else if self.returns_resumed(first) && given.len() <= 2 {
            first
        } else {
            // `__generator(this, function (_a) {…})`, `wrap(function (_context) {…}, _callee)`.
            let is_this = matches!(self.tree.get(first), Node::Name(name) if self.tree.str(name) == "this");
            let place = if is_this && given.len() == 2 { 1 } else { 0 };
            let func = self.put_together(self.innermost(*given.get(place)?), place == 1)?;
            *given.get_mut(place)? = func;
            let call = self.call_of(func, span);
            self.resumed.calls.push(call);
            call
        };
        let given = self.tree.many(&given);
        let both = [self.node(Node::Call(callee, given), span), made];
        let both = self.tree.many(&both);
        Some(self.node(Node::Seq(both), span))
    }

    fn call_of(&mut self, func: Id, span: Span) -> Id {
        let none = self.tree.many(&[]);
        self.node(Node::Call(func, none), span)
    }

    /// Whether something is a function that does nothing at its end but return a call that was put together.
    fn returns_resumed(&mut self, id: Id) -> bool {
        let Node::Func(func) = self.tree.get(id) else { return false };
        if self.resumed.funcs.last() == Some(&func) {
            return true;
        }
        let Some(function) = self.tree.function(func) else { return false };
        let returned = match self.tree.get(function.body) {
            Node::Block(all) => match self.tree.list(all).last().map(|last| self.tree.get(*last)) {
                Some(Node::Return(value)) => value,
                _ => return false,
            },
            _ if function.is_expression => function.body,
            _ => return false,
        };
        let is = self.resumed.calls.binary_search(&self.innermost(returned)).is_ok();
        if is {
            self.resumed.funcs.push(func);
        }
        is
    }

    /// Whether a statement returns a list that says that the function is left.
    fn leaves_listed(&self, id: Id) -> bool {
        match self.tree.get(id) {
            Node::Return(value) => listed(self.tree, self.innermost(value)).is_some_and(|(what, _)| what == 2.0),
            _ => false,
        }
    }

    /// The function that a machine of states was made of.
    fn put_together(&mut self, machine: Id, is_of_typescript: bool) -> Option<Id> {
        let Node::Func(func) = self.tree.get(machine) else { return None };
        let function = self.tree.function(func)?.clone();
        let [param] = function.params.as_slice() else { return None };
        let Node::Name(state) = self.tree.get(param.target) else { return None };
        let Node::Block(all) = self.tree.get(function.body) else { return None };
        let all = self.tree.list(all).to_vec();
        let mut states = States {
            state,
            style: Style::Listed,
            statements: Vec::new(),
            begins: Vec::new(),
            awaited: self.tree.sym(AWAITED),
        };
        match all.iter().position(|id| switch_of(self.tree, *id, state).is_some()) {
            Some(at) => {
                let (cases, next) = all.get(at).and_then(|id| switch_of(self.tree, *id, state))?;
                states.statements.extend_from_slice(all.get(..at)?);
                for case in self.tree.list(cases) {
                    let Node::Case(test, body) = self.tree.get(*case) else { return None };
                    match self.tree.get(test) {
                        Node::Num(number) => states.begins.push((number, states.statements.len())),
                        Node::Str(end) if self.tree.str(end) == "end" => {}
                        _ => return None,
                    }
                    match self.tree.get(body) {
                        Node::Block(many) => states.statements.extend_from_slice(self.tree.list(many)),
                        _ if body.is_some() => states.statements.push(body),
                        _ => {}
                    }
                }
                let mut all = states.statements.iter();
                // Members keep their names when everything else is made short.
                states.style = match self.tree.str(next) {
                    "label" if all.any(|id| returns_listed(self.tree, *id)) => Style::Listed,
                    "next" | "n" if all.any(|id| states.goes_on(self.tree, *id, next)) => Style::Set,
                    _ => return None,
                };
            }
            // One state, which has no `switch`.
            None if is_of_typescript && all.last().is_some_and(|last| self.leaves_listed(*last)) => {
                states.statements = all;
            }
            None => return None,
        }
        if states.statements.len() > MAX_STATEMENTS {
            return None;
        }
        let (start, end) = self.tree.span(function.body);
        let mut out = states.declare(self.tree, (start, end)).to_vec();
        states.block(self.tree, 0, states.statements.len(), 0, &mut out);
        let many = self.tree.many(&out);
        let body = self.tree.node(Node::Block(many), start, end);
        let func = self.tree.func(Func {
            name: function.name,
            params: function.params.clone(),
            body,
            is_expression: false,
            is_method: false,
            decorators: Vec::new(),
            outer: Vec::new(),
        });
        Some(self.tree.node(Node::Func(func), start, end))
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy)]
struct Where {
    /// Whether nothing stands behind it that a jump could reach.
    is_last: bool,
    /// Whether it stands in a loop of its own state, which `break` leaves.
    in_loop: bool,
    depth: u32,
}

impl Where {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

/// The cases of a `switch` on a member of the state, be it within `while (1)` or not, and the name of that member.
fn switch_of(tree: &Tree, id: Id, state: Sym) -> Option<(Many, Sym)> {
    let member = |id: Id| match tree.get(id) {
        Node::Member(object, name) if tree.get(object) == Node::Name(state) => Some(name),
        _ => None,
    };
    match tree.get(id) {
        Node::Switch(value, cases) => {
            let next = match tree.get(value) {
                Node::Assign(to, from) => member(to).and(member(from)),
                _ => member(value),
            };
            next.map(|next| (cases, next))
        }
        Node::While(_, body, _) => match tree.get(body) {
            Node::Block(many) => match tree.list(many) {
                [only] => switch_of(tree, *only, state),
                _ => None,
            },
            Node::Switch(..) => switch_of(tree, body, state),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a statement returns a list that begins with what to do.
fn returns_listed(tree: &Tree, id: Id) -> bool {
    let mut at = match tree.get(id) {
        Node::Return(value) => value,
        Node::If(_, then, _) => return returns_listed(tree, then),
        Node::Block(many) => return tree.list(many).last().is_some_and(|last| returns_listed(tree, *last)),
        _ => return false,
    };
    for _ in 0..MAX_NESTING {
        at = match tree.get(at) {
            Node::Seq(many) => tree.list(many).last().copied().unwrap_or(Id::NONE),
            Node::Cond(_, a, _) => a,
            _ => return listed(tree, at).is_some(),
        };
    }
    false
}

/// What a list says is to be done, and with what.
fn listed(tree: &Tree, id: Id) -> Option<(f64, Id)> {
    let Node::List(many) = tree.get(id) else { return None };
    match tree.list(many) {
        [what] => number(tree, *what).map(|n| (n, Id::NONE)),
        [what, with] => number(tree, *what).map(|n| (n, *with)),
        _ => None,
    }
}

fn number(tree: &Tree, id: Id) -> Option<f64> {
    match tree.get(id) {
        Node::Num(n) => Some(n),
        _ => None,
    }
}

impl States {
    fn node(tree: &mut Tree, node: Node, like: Id) -> Id {
        let (start, end) = tree.span(like);
        tree.node(node, start, end)
    }

    /// What stands before the states: the variable for what was waited for, and the state when nobody hands over one that is
    /// known, as far as it is asked for. TypeScript's has a function that gives what was waited for.
    fn declare(&self, tree: &mut Tree, (start, end): (u32, u32)) -> [Id; 2] {
        let mut node = |node: Node| tree.node(node, start, end);
        let (target, nil) = (node(Node::Name(self.awaited)), node(Node::Nil));
        let awaited = node(Node::Declare(target, nil));
        let [state, handed, spread] = [(); 3].map(|()| node(Node::Name(self.state)));
        let mut parts = vec![node(Node::Spread(spread)), Id::NONE];
        if self.style == Style::Listed {
            let body = node(Node::Name(self.awaited));
            let func = tree.func(Func {
                name: Sym::EMPTY,
                params: Vec::new(),
                body,
                is_expression: true,
                is_method: false,
                decorators: Vec::new(),
                outer: Vec::new(),
            });
            let key = tree.sym("sent");
            parts.extend([Node::Str(key), Node::Func(func)].map(|part| tree.node(part, start, end)));
        }
        let parts = tree.many(&parts);
        let made = tree.node(Node::Dict(parts), start, end);
        let either = tree.node(Node::Binary(Op::Or, handed, made), start, end);
        [awaited, tree.node(Node::Assign(state, either), start, end)]
    }

    /// The statements `from..to` in order.
    fn block(&self, tree: &mut Tree, from: usize, to: usize, depth: u32, out: &mut Vec<Id>) {
        let mut at = from;
        while at < to {
            let Some(id) = self.statements.get(at).copied() else { return };
            at += 1;
            // A jump ahead is a condition on what it leaves out.
            if let Node::If(test, then, other) = tree.get(id)
                && !other.is_some()
                && depth < MAX_NESTING
                && let Some(ahead) = self.jump(tree, then).filter(|ahead| (at..=to).contains(ahead))
            {
                let mut inner = Vec::new();
                self.block(tree, at, ahead, depth + 1, &mut inner);
                let test = match tree.get(test) {
                    Node::Unary(Op::Not, test) => test,
                    _ => Self::node(tree, Node::Unary(Op::Not, test), id),
                };
                let many = tree.many(&inner);
                let body = Self::node(tree, Node::Block(many), id);
                out.push(Self::node(tree, Node::If(test, body, Id::NONE), id));
                at = ahead;
                continue;
            }
            let here = Where { is_last: at == self.statements.len(), in_loop: false, depth };
            let made = self.statement(tree, id, here);
            out.extend(made);
        }
    }

    /// Where a branch goes that does nothing but go somewhere, as a place among the statements.
    fn jump(&self, tree: &Tree, id: Id) -> Option<usize> {
        let place = |n: f64| self.begins.iter().find(|(number, _)| *number == n).map(|(_, at)| *at);
        match (tree.get(id), self.style) {
            (Node::Return(value), Style::Listed) => {
                let (what, with) = listed(tree, value)?;
                (what == 3.0).then(|| number(tree, with)).flatten().and_then(place)
            }
            // `return _context.a(3, 4)`, `return _context.abrupt("break", 4)`.
            (Node::Return(value), Style::Set) => {
                let (_, arguments) = self.asked(tree, value)?;
                let [what, with] = arguments.as_slice() else { return None };
                let is_jump = number(tree, *what) == Some(3.0)
                    || matches!(tree.get(*what), Node::Str(s) if matches!(tree.str(s), "break" | "continue"));
                is_jump.then(|| number(tree, *with)).flatten().and_then(place)
            }
            // `{ _context.next = 4; break; }`
            (Node::Block(many), Style::Set) => match tree.list(many) {
                [set, leave] if tree.get(*leave) == Node::Break => self.next(tree, *set).and_then(|(n, _)| place(n)),
                [only] => self.jump(tree, *only),
                _ => None,
            },
            (Node::Block(many), Style::Listed) => match tree.list(many) {
                [only] => self.jump(tree, *only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number of the state that an assignment makes the next, and the member that it is kept in.
    fn next(&self, tree: &Tree, id: Id) -> Option<(f64, Sym)> {
        let Node::Assign(to, value) = tree.get(id) else { return None };
        match tree.get(to) {
            Node::Member(object, name) if tree.get(object) == Node::Name(self.state) => {
                Some((number(tree, value)?, name))
            }
            _ => None,
        }
    }

    /// Whether a statement says where a machine of Babel's goes on, or that it is at its end.
    fn goes_on(&self, tree: &Tree, id: Id, next: Sym) -> bool {
        match tree.get(id) {
            Node::Return(value) => match tree.get(value) {
                Node::Seq(many) => tree.list(many).first().is_some_and(|first| self.goes_on(tree, *first, next)),
                Node::Assign(..) => self.goes_on(tree, value, next),
                _ => self.asked(tree, value).is_some_and(|(name, arguments)| match tree.str(name) {
                    "abrupt" | "stop" => true,
                    "a" => arguments.first().is_some_and(|first| number(tree, *first).is_some()),
                    _ => false,
                }),
            },
            Node::If(_, then, _) => self.goes_on(tree, then, next),
            Node::Block(many) => tree.list(many).iter().any(|inner| self.goes_on(tree, *inner, next)),
            _ => self.next(tree, id).is_some_and(|(_, member)| member == next),
        }
    }

    /// The method of the state that is called, and with what.
    fn asked(&self, tree: &Tree, id: Id) -> Option<(Sym, Vec<Id>)> {
        let Node::Call(callee, arguments) = tree.get(id) else { return None };
        match tree.get(callee) {
            Node::Member(object, name) if tree.get(object) == Node::Name(self.state) => {
                Some((name, tree.list(arguments).to_vec()))
            }
            _ => None,
        }
    }

    /// One statement as it reads without states.
    fn statement(&self, tree: &mut Tree, id: Id, at: Where) -> Vec<Id> {
        if at.depth >= MAX_NESTING {
            return vec![id];
        }
        let made = match tree.get(id) {
            Node::Return(value) => return self.returned(tree, value, id, at.deeper()),
            // Leaves the `switch`.
            Node::Break if !at.in_loop => return Vec::new(),
            Node::Block(many) => {
                let inner = tree.list(many).to_vec();
                let count = inner.len();
                let all: Vec<Id> = inner
                    .into_iter()
                    .enumerate()
                    .flat_map(|(i, inner)| {
                        self.statement(tree, inner, Where { is_last: at.is_last && i + 1 == count, ..at.deeper() })
                    })
                    .collect();
                Node::Block(tree.many(&all))
            }
            Node::If(test, then, other) => {
                let [then, other] = [then, other].map(|branch| self.branch(tree, branch, at));
                Node::If(test, then, other)
            }
            Node::Try(body, handlers, finally) => {
                let [body, handlers, finally] = [body, handlers, finally].map(|part| self.branch(tree, part, at));
                Node::Try(body, handlers, finally)
            }
            Node::While(test, body, update) => {
                Node::While(test, self.branch(tree, body, Where { in_loop: true, ..at }), update)
            }
            Node::For(target, over, body) => {
                Node::For(target, over, self.branch(tree, body, Where { in_loop: true, ..at }))
            }
            _ => return vec![id],
        };
        vec![Self::node(tree, made, id)]
    }

    /// A part of a statement, which may be missing.
    fn branch(&self, tree: &mut Tree, id: Id, at: Where) -> Id {
        if !id.is_some() {
            return id;
        }
        let made = self.statement(tree, id, Where { is_last: true, ..at.deeper() });
        match made.as_slice() {
            [only] => *only,
            _ => {
                let many = tree.many(&made);
                Self::node(tree, Node::Block(many), id)
            }
        }
    }

    /// What it means that a state returns a value.
    fn returned(&self, tree: &mut Tree, value: Id, id: Id, at: Where) -> Vec<Id> {
        if !value.is_some() {
            return Vec::new();
        }
        match tree.get(value) {
            Node::Seq(many) if at.depth < MAX_NESTING => {
                let Some((last, before)) = tree.list(many).split_last().map(|(l, b)| (*l, b.to_vec())) else {
                    return Vec::new();
                };
                let mut all = before;
                all.extend(self.returned(tree, last, id, at.deeper()));
                return all;
            }
            Node::Cond(test, a, b) if at.depth < MAX_NESTING => {
                let both = [a, b].map(|value| {
                    let made = self.returned(tree, value, id, Where { is_last: true, ..at.deeper() });
                    let many = tree.many(&made);
                    Self::node(tree, Node::Block(many), id)
                });
                return vec![Self::node(tree, Node::If(test, both[0], both[1]), id)];
            }
            _ => {}
        }
        match self.style {
            Style::Listed => match listed(tree, value) {
                Some((4.0 | 5.0, with)) => self.awaits(tree, with, id),
                Some((2.0, with)) => Self::leaves(tree, with, id, at.is_last),
                Some(_) => Vec::new(),
                None => Self::leaves(tree, value, id, at.is_last),
            },
            Style::Set => match self.asked(tree, value) {
                Some((name, arguments)) => {
                    let first = arguments.first().copied().unwrap_or(Id::NONE);
                    let with = arguments.get(1).copied().unwrap_or(Id::NONE);
                    let is_return = number(tree, first) == Some(2.0)
                        || matches!(tree.get(first), Node::Str(s) if tree.str(s) == "return");
                    match tree.str(name) {
                        "delegateYield" | "d" => self.awaits(tree, first, id),
                        _ if is_return => Self::leaves(tree, with, id, at.is_last),
                        _ => Vec::new(),
                    }
                }
                None => self.awaits(tree, value, id),
            },
        }
    }

    /// Waits for a value, and keeps it where it is asked for.
    fn awaits(&self, tree: &mut Tree, value: Id, id: Id) -> Vec<Id> {
        if !value.is_some() {
            return Vec::new();
        }
        let mut value = Self::node(tree, Node::Await(value), value);
        if self.style == Style::Set {
            for member in ["sent", "v"] {
                let object = Self::node(tree, Node::Name(self.state), id);
                let member = tree.sym(member);
                let target = Self::node(tree, Node::Member(object, member), id);
                value = Self::node(tree, Node::Assign(target, value), id);
            }
            return vec![value];
        }
        let target = Self::node(tree, Node::Name(self.awaited), id);
        vec![Self::node(tree, Node::Assign(target, value), id)]
    }

    /// Leaves the function; what stands behind it may be reached by a jump.
    fn leaves(tree: &mut Tree, value: Id, id: Id, is_last: bool) -> Vec<Id> {
        let leave = Self::node(tree, Node::Return(value), id);
        if is_last {
            return vec![leave];
        }
        let none = tree.many(&[]);
        let maybe = Self::node(tree, Node::Opaque(none), id);
        vec![Self::node(tree, Node::If(maybe, leave, Id::NONE), id)]
    }
}
