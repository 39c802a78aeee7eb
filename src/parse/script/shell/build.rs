//! What every reader made by hand needs: nodes with spans, a bound on its depth, and a list of what it could not read.

use crate::parse::script::{Func, Id, Language, Many, Node, Op, Tree};

/// A part of the text, in bytes.
pub(in crate::parse::script) type Span = (usize, usize);

/// Deepest nesting; what lies deeper is told as a problem.
const MAX_DEPTH: u32 = 200;

/// Most problems that are told of one script.
const MAX_PROBLEMS: usize = 64;

/// A tree in the making.
pub(in crate::parse::script) struct Build {
    pub(in crate::parse::script) tree: Tree,
    depth: u32,
    /// When set, the text that is read stands in no place of its own (it was unescaped); this is where it came from.
    pub(in crate::parse::script) place: Option<Span>,
}

impl Build {
    pub(in crate::parse::script) fn new(language: Language) -> Self {
        Self { tree: Tree::new(language), depth: 0, place: None }
    }

    /// The finished tree.
    pub(in crate::parse::script) fn finish(mut self, statements: &[Id], len: usize) -> Tree {
        self.tree.root = self.block(statements, (0, len));
        if self.tree.is_full() {
            self.problem(0, "the script has too many parts");
        }
        self.tree
    }

    /// Tells what was not read.
    pub(in crate::parse::script) fn problem(&mut self, at: usize, what: &str) {
        let at = self.place.map_or(at, |p| p.0);
        if self.tree.problems.len() < MAX_PROBLEMS {
            self.tree.problems.push((small(at), what.to_owned()));
        }
    }

    /// Goes one level deeper, if that is still allowed. Each `true` needs a [`Self::leave`].
    pub(in crate::parse::script) fn enter(&mut self, at: usize) -> bool {
        if self.depth >= MAX_DEPTH {
            self.problem(at, "nested too deeply");
            return false;
        }
        self.depth += 1;
        !self.tree.is_full() || {
            self.depth -= 1;
            false
        }
    }

    pub(in crate::parse::script) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(in crate::parse::script) fn add(&mut self, node: Node, span: Span) -> Id {
        let (start, end) = self.place.unwrap_or(span);
        self.tree.node(node, small(start.min(end)), small(end))
    }

    /// What two nodes cover, in whatever order they stand.
    pub(in crate::parse::script) fn over(&self, one: Id, other: Id) -> Span {
        let (a, b) = (self.tree.span(one), self.tree.span(other));
        (a.0.min(b.0) as usize, a.1.max(b.1) as usize)
    }

    pub(in crate::parse::script) fn str(&mut self, text: impl AsRef<[u8]>, span: Span) -> Id {
        let sym = self.tree.sym(text);
        self.add(Node::Str(sym), span)
    }

    pub(in crate::parse::script) fn name(&mut self, text: impl AsRef<[u8]>, span: Span) -> Id {
        let sym = self.tree.sym(text);
        self.add(Node::Name(sym), span)
    }

    pub(in crate::parse::script) fn num(&mut self, n: f64, span: Span) -> Id {
        self.add(Node::Num(n), span)
    }

    pub(in crate::parse::script) fn member(&mut self, object: Id, name: impl AsRef<[u8]>, span: Span) -> Id {
        let sym = self.tree.sym(name);
        self.add(Node::Member(object, sym), span)
    }

    pub(in crate::parse::script) fn call(&mut self, callee: Id, args: &[Id], span: Span) -> Id {
        let args = self.tree.many(args);
        self.add(Node::Call(callee, args), span)
    }

    /// A call of one of the reader's own helpers, such as `redirect`.
    pub(in crate::parse::script) fn helper(&mut self, name: &str, args: &[Id], span: Span) -> Id {
        let callee = self.name(name, (span.0, span.0));
        self.call(callee, args, span)
    }

    pub(in crate::parse::script) fn keyword(&mut self, name: &str, value: Id, span: Span) -> Id {
        let sym = self.tree.sym(name);
        self.add(Node::Keyword(sym, value), span)
    }

    /// `name=true`.
    pub(in crate::parse::script) fn flag(&mut self, name: &str, span: Span) -> Id {
        let yes = self.add(Node::Bool(true), span);
        self.keyword(name, yes, span)
    }

    pub(in crate::parse::script) fn binary(&mut self, op: Op, a: Id, b: Id) -> Id {
        let span = self.over(a, b);
        self.add(Node::Binary(op, a, b), span)
    }

    pub(in crate::parse::script) fn unary(&mut self, op: Op, a: Id, start: usize) -> Id {
        let end = self.tree.span(a).1 as usize;
        if let (Op::Neg, Node::Num(n)) = (op, self.tree.get(a)) {
            return self.num(-n, (start, end));
        }
        self.add(Node::Unary(op, a), (start, end))
    }

    pub(in crate::parse::script) fn block(&mut self, ids: &[Id], span: Span) -> Id {
        let many = self.tree.many(ids);
        self.add(Node::Block(many), span)
    }

    pub(in crate::parse::script) fn list(&mut self, ids: &[Id], span: Span) -> Id {
        let many = self.tree.many(ids);
        self.add(Node::List(many), span)
    }

    pub(in crate::parse::script) fn opaque(&mut self, ids: &[Id], span: Span) -> Id {
        let many = self.tree.many(ids);
        self.add(Node::Opaque(many), span)
    }

    /// Several in order with the value of the last; one alone is itself.
    pub(in crate::parse::script) fn seq(&mut self, ids: &[Id], span: Span) -> Id {
        match ids {
            [] => self.add(Node::Nil, span),
            [one] => *one,
            _ => {
                let many = self.tree.many(ids);
                self.add(Node::Seq(many), span)
            }
        }
    }

    /// Pieces of text: none is the empty text, one piece of plain text is itself.
    pub(in crate::parse::script) fn template(&mut self, ids: &[Id], span: Span) -> Id {
        match ids {
            [] => self.str("", span),
            [one] if matches!(self.tree.get(*one), Node::Str(_)) => *one,
            _ => {
                let many = self.tree.many(ids);
                self.add(Node::Template(many), span)
            }
        }
    }

    pub(in crate::parse::script) fn func(&mut self, func: Func, span: Span) -> Id {
        let id = self.tree.func(func);
        self.add(Node::Func(id), span)
    }

    /// The text of a node that is plain text.
    pub(in crate::parse::script) fn literal(&self, id: Id) -> Option<&str> {
        match self.tree.get(id) {
            Node::Str(sym) => Some(self.tree.str(sym)),
            _ => None,
        }
    }

    pub(in crate::parse::script) fn ids(&self, many: Many) -> Vec<Id> {
        self.tree.list(many).to_vec()
    }

    /// Makes the last statement of a body what the body returns: there the value of the last statement is the
    /// function's. Only looks along the ends of branches. `assigns` says whether an assignment has a value there.
    pub(in crate::parse::script) fn returning(&mut self, id: Id, assigns: bool) -> Id {
        if !id.is_some() || !self.enter(0) {
            return id;
        }
        let (start, end) = self.tree.span(id);
        let span = (start as usize, end as usize);
        let made = match self.tree.get(id) {
            Node::Block(many) => {
                let mut ids = self.ids(many);
                match ids.last_mut() {
                    Some(last) => {
                        *last = self.returning(*last, assigns);
                        self.block(&ids, span)
                    }
                    None => id,
                }
            }
            Node::If(test, then, other) => {
                let (then, other) = (self.returning(then, assigns), self.returning(other, assigns));
                self.add(Node::If(test, then, other), span)
            }
            Node::Try(body, handlers, last) => {
                let body = self.returning(body, assigns);
                self.add(Node::Try(body, handlers, last), span)
            }
            Node::Declare(..) | Node::Assign(..) if !assigns => id,
            Node::Func(_)
            | Node::Class(..)
            | Node::Return(_)
            | Node::Throw(_)
            | Node::For(..)
            | Node::While(..)
            | Node::DoWhile(..)
            | Node::Switch(..)
            | Node::Case(..)
            | Node::Break
            | Node::Continue
            | Node::Import(..) => id,
            _ => self.add(Node::Return(id), span),
        };
        self.leave();
        made
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
