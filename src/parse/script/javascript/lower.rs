//! The walk over Oxc's tree: what its parts share.
//!
//! Chains of any length (`a + b + …`, `a.b().c()`, `a => b => …`, `a ? b : c ? …`, `else if`) are walked by loops; only
//! real nesting recurses, and no deeper than [`MAX_DEPTH`].

use oxc_ast::ast::Program;
use oxc_span::Span;

use super::expression::Step;
use super::parse::{Graft, Place};
use super::resumed::Resumed;
use super::scope::Scopes;
use crate::parse::script::{Id, Many, Node, Sym, Tree};

/// Most levels of statements and expressions in each other. Written code stays below 100; generated code comes to
/// some more.
const MAX_DEPTH: u32 = 250;
/// Most problems that are told one by one.
const MAX_PROBLEMS: usize = 200;

/// The state of a walk.
pub(super) struct Lower<'a, 't> {
    pub(super) tree: &'t mut Tree,
    /// Where the parsed text stands in the script.
    place: Place<'t>,
    recent: &'t mut Recent,
    /// In order of their places.
    grafts: &'t mut [Graft],
    depth: u32,
    /// Whether it was told that the tree is full.
    full: bool,
    /// Lists that are not complete yet, one behind the other.
    list: Vec<Id>,
    /// Variables of the functions around the place that are declared without a value, one function behind the other.
    pub(super) vars: Vec<(Sym, Span)>,
    /// What names mean here.
    pub(super) scopes: Scopes,
    /// Chains that are not built yet, one behind the other.
    pub(super) steps: Vec<Step<'a>>,
    /// Functions that compilers cut into states.
    pub(super) resumed: Resumed,
    /// Iterators that helpers make, in their order, and what they go through.
    pub(super) iterated: Vec<(Id, Id)>,
}

impl<'a, 't> Lower<'a, 't> {
    pub(super) fn new(tree: &'t mut Tree, place: Place<'t>, recent: &'t mut Recent, grafts: &'t mut [Graft]) -> Self {
        Self {
            tree,
            place,
            recent,
            grafts,
            depth: 0,
            full: false,
            list: Vec::new(),
            vars: Vec::new(),
            scopes: Scopes::default(),
            steps: Vec::new(),
            resumed: Resumed::default(),
            iterated: Vec::new(),
        }
    }

    /// Adds the statements of a program to `out`.
    pub(super) fn program(mut self, program: &'a Program<'a>, out: &mut Vec<Id>) {
        self.open_script(&program.body);
        self.directives(&program.directives);
        for statement in &program.body {
            self.statement(statement);
        }
        out.append(&mut self.list);
    }

    /// Adds a node.
    pub(super) fn node(&mut self, node: Node, span: Span) -> Id {
        self.tree.node(node, self.place.of(span.start), self.place.of(span.end))
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str, span: Span) -> Id {
        let sym = self.sym(text);
        self.node(Node::Str(sym), span)
    }

    /// Adds a name.
    pub(super) fn name(&mut self, name: &str, span: Span) -> Id {
        let sym = self.sym(name);
        self.node(Node::Name(sym), span)
    }

    /// Adds a name that stands in the script.
    pub(super) fn identifier(&mut self, name: &str, span: Span) -> Id {
        let sym = self.called(name);
        self.node(Node::Name(sym), span)
    }

    /// Keeps a string once.
    pub(super) fn sym(&mut self, text: &str) -> Sym {
        self.recent.sym(self.tree, text)
    }

    /// Adds a node of unknown value.
    pub(super) fn opaque(&mut self, children: &[Id], span: Span) -> Id {
        let children = self.tree.many(children);
        self.node(Node::Opaque(children), span)
    }

    /// The name of a private member as it is written.
    pub(super) fn private(&mut self, name: &str) -> Sym {
        self.tree.sym(format!("#{name}"))
    }

    /// Begins a list; [`Lower::many`] ends it.
    pub(super) fn mark(&self) -> usize {
        self.list.len()
    }

    /// What lists that are not complete yet hold, the statements before this one among them.
    pub(super) fn before(&self) -> &[Id] {
        &self.list
    }

    /// Adds to the innermost list.
    pub(super) fn push(&mut self, id: Id) {
        self.list.push(id);
    }

    /// The list since `mark`.
    pub(super) fn many(&mut self, mark: usize) -> Many {
        let many = self.tree.many(self.list.get(mark..).unwrap_or_default());
        self.list.truncate(mark);
        many
    }

    /// Puts the variables that were declared without a value since `vars` in front of the statements since `mark`: they
    /// are the function's own from its start. Parameters and functions of the same name keep their value.
    pub(super) fn hoist(&mut self, mark: usize, vars: usize, params: &[Sym]) {
        let mut names = self.vars.split_off(vars.min(self.vars.len()));
        names.retain(|(name, _)| !params.contains(name));
        if names.is_empty() {
            return;
        }
        names.sort_unstable_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        let functions: Vec<Sym> = self
            .list
            .get(mark..)
            .unwrap_or_default()
            .iter()
            .filter_map(|id| match self.tree.get(*id) {
                Node::Func(func) => self.tree.function(func).map(|f| f.name),
                _ => None,
            })
            .collect();
        let declared: Vec<Id> = names
            .into_iter()
            .filter(|(name, _)| !functions.contains(name))
            .map(|(name, span)| {
                let (target, value) = (self.node(Node::Name(name), span), self.node(Node::Nil, span));
                self.node(Node::Declare(target, value), span)
            })
            .collect();
        self.list.splice(mark..mark, declared);
    }

    /// The statements since `mark` as a block.
    pub(super) fn block(&mut self, mark: usize, span: Span) -> Id {
        let many = self.many(mark);
        self.node(Node::Block(many), span)
    }

    /// The statements since `mark`: the only one, or a block.
    pub(super) fn one(&mut self, mark: usize, span: Span) -> Id {
        match self.list.get(mark..) {
            Some([only]) => {
                let only = *only;
                self.list.truncate(mark);
                only
            }
            _ => self.block(mark, span),
        }
    }

    /// Adds the statements that stand in the body of a function that begins at byte `at` of the text and were taken out
    /// of it.
    pub(super) fn grafted(&mut self, at: u32) {
        let i = self.grafts.partition_point(|graft| graft.at < at);
        if let Some(graft) = self.grafts.get_mut(i).filter(|graft| graft.at == at) {
            graft.done = true;
            self.list.append(&mut graft.statements);
        }
    }

    /// Goes one level down; `false` when that is too deep or the tree is full, which is told.
    pub(super) fn enter(&mut self, span: Span) -> bool {
        if self.tree.is_full() {
            if !std::mem::replace(&mut self.full, true) {
                self.problem(span, "the script has too many parts; the rest was not read");
            }
            return false;
        }
        if self.depth >= MAX_DEPTH {
            self.problem(span, "nested too deeply");
            return false;
        }
        self.depth += 1;
        true
    }

    /// Goes up again.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Tells what is not read.
    pub(super) fn problem(&mut self, span: Span, what: &str) {
        tell(self.tree, self.place.of(span.start), what.to_owned());
    }
}

/// Short names that were met before. Minified scripts repeat the same few thousand of them, and a look here costs less
/// than one into the tree's table.
pub(super) struct Recent {
    /// By a hash of the name: the name's bytes as a number, and what it is in the tree.
    names: Vec<(u64, Sym)>,
}

impl Default for Recent {
    fn default() -> Self {
        Self { names: vec![(0, Sym::EMPTY); 1 << Self::BITS] }
    }
}

impl Recent {
    const BITS: u32 = 12;

    fn sym(&mut self, tree: &mut Tree, text: &str) -> Sym {
        // Up to seven bytes and a mark of their end make a number that is different for every name.
        if text.len() > 7 {
            return tree.sym(text);
        }
        let key = text.bytes().fold(1_u64, |key, b| (key << 8) | u64::from(b));
        let at = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS);
        match self.names.get_mut(at as usize) {
            Some((kept, sym)) if *kept == key => *sym,
            Some(slot) => {
                *slot = (key, tree.sym(text));
                slot.1
            }
            None => tree.sym(text),
        }
    }
}

/// Adds a problem; behind many of them, only one more.
pub(super) fn tell(tree: &mut Tree, at: u32, what: String) {
    match tree.problems.len() {
        n if n < MAX_PROBLEMS => tree.problems.push((at, what)),
        MAX_PROBLEMS => tree.problems.push((at, "further places were not read".into())),
        _ => {}
    }
}
