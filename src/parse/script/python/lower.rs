//! The state of lowering, and what all of it shares: adding nodes, lists and names, scopes, and the bound on recursion.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use ruff_python_ast::{Expr, ModModule};
use ruff_text_size::TextRange;

use super::legacy::{Legacy, Mark};
use super::range;
use crate::parse::script::tree::Quick;
use crate::parse::script::{Id, Many, Node, Sym, Tree};

/// Most levels of recursion: blocks, brackets, prefixes inside each other. Python takes 100 blocks and 200 brackets.
pub(super) const MAX_DEPTH: u32 = 250;

/// What a scope says about names.
#[derive(Default)]
pub(super) struct Scope {
    /// Whether it is a class.
    pub(super) is_class: bool,
    /// Whether it is a class whose annotated names become fields in their order.
    pub(super) is_record: bool,
    /// Names of `global` and `nonlocal`.
    pub(super) outer: HashSet<Sym, BuildHasherDefault<Quick>>,
    /// The same in the order they were said.
    pub(super) order: Vec<Sym>,
}

/// Lowers one script.
pub(super) struct Lower<'a> {
    pub(super) tree: Tree,
    /// The script as it is.
    pub(super) origin: &'a str,
    /// The script as it was parsed.
    pub(super) legacy: &'a Legacy,
    /// Nodes of lists that are being collected, the innermost last.
    pub(super) ids: Vec<Id>,
    /// Links of chains that are being lowered.
    pub(super) chain: Vec<&'a Expr>,
    /// The scopes inside the module.
    pub(super) scopes: Vec<Scope>,
    /// The call of an `exec` statement whose brackets are those of its operand: see [`Lower::exec_statement`].
    pub(super) bare: Option<TextRange>,
    depth: u32,
    is_deep: bool,
    is_full: bool,
}

impl<'a> Lower<'a> {
    pub(super) fn new(tree: Tree, origin: &'a str, legacy: &'a Legacy) -> Self {
        Self {
            tree,
            origin,
            legacy,
            ids: Vec::new(),
            chain: Vec::new(),
            scopes: Vec::new(),
            bare: None,
            depth: 0,
            is_deep: false,
            is_full: false,
        }
    }

    /// Lowers the whole script.
    pub(super) fn module(mut self, module: &'a ModModule) -> Tree {
        let base = self.ids.len();
        self.statements(&module.body);
        let list = self.list_from(base);
        let end = u32::try_from(self.origin.len()).unwrap_or(u32::MAX);
        self.tree.root = self.tree.node(Node::Block(list), 0, end);
        self.tree
    }

    /// Adds a node that stands where some syntax stands.
    pub(super) fn put(&mut self, node: Node, at: (u32, u32)) -> Id {
        let map = &self.legacy.map;
        self.tree.node(node, map.origin(at.0), map.origin(at.1))
    }

    /// Makes a list of what was collected since `base`, the length of [`Lower::ids`] at its beginning.
    pub(super) fn list_from(&mut self, base: usize) -> Many {
        let many = self.tree.many(self.ids.get(base..).unwrap_or_default());
        self.ids.truncate(base);
        many
    }

    /// Something whose value is not known, of parts that are.
    pub(super) fn opaque(&mut self, parts: &[Id], at: (u32, u32)) -> Id {
        let parts = self.tree.many(parts);
        self.put(Node::Opaque(parts), at)
    }

    pub(super) fn name(&mut self, name: &str, at: (u32, u32)) -> Id {
        let sym = self.tree.sym(name);
        self.put(Node::Name(sym), at)
    }

    /// Text as a value.
    pub(super) fn text(&mut self, text: &str, at: (u32, u32)) -> Id {
        let sym = self.tree.sym(text);
        self.put(Node::Str(sym), at)
    }

    /// A call of a builtin.
    pub(super) fn call(&mut self, function: &str, arguments: &[Id], at: (u32, u32)) -> Id {
        let function = self.name(function, at);
        let arguments = self.tree.many(arguments);
        self.put(Node::Call(function, arguments), at)
    }

    /// What the rewriting says about a place of the parsed script.
    pub(super) fn mark(&self, at: u32) -> Option<Mark> {
        let marks = &self.legacy.marks;
        if marks.is_empty() {
            return None;
        }
        let found = marks.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        marks.get(found).map(|(_, mark)| *mark)
    }

    /// Goes one level deeper; `false` when that is too deep or the tree is full, which is told once.
    pub(super) fn enter(&mut self, at: u32) -> bool {
        if self.tree.is_full() {
            if !self.is_full {
                self.is_full = true;
                self.tree
                    .problems
                    .push((self.legacy.map.origin(at), "the rest of the script, which is too large".into()));
            }
            return false;
        }
        if self.depth >= MAX_DEPTH {
            if !self.is_deep {
                self.is_deep = true;
                self.tree.problems.push((self.legacy.map.origin(at), "what is nested too deeply".into()));
            }
            return false;
        }
        self.depth += 1;
        true
    }

    /// Comes back from a level.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether a name means a variable of an outer scope.
    pub(super) fn is_outer(&mut self, name: &str) -> bool {
        let Some(scope) = self.scopes.last() else { return false };
        if scope.outer.is_empty() {
            return false;
        }
        let sym = self.tree.sym(name);
        self.scopes.last().is_some_and(|scope| scope.outer.contains(&sym))
    }

    /// Sets a variable by name.
    pub(super) fn set(&mut self, name: &str, name_at: (u32, u32), value: Id, at: (u32, u32)) -> Id {
        let target = self.name(name, name_at);
        let node = if self.is_outer(name) { Node::Assign(target, value) } else { Node::Declare(target, value) };
        self.put(node, at)
    }

    /// Sets what stands on the left of an assignment.
    pub(super) fn bind(&mut self, target: &'a Expr, value: Id, at: (u32, u32)) -> Id {
        let id = self.expression(target);
        let node = if self.declares(target, 8) { Node::Declare(id, value) } else { Node::Assign(id, value) };
        self.put(node, at)
    }

    /// Whether a target makes a variable of its own scope.
    fn declares(&mut self, target: &Expr, levels: u32) -> bool {
        match target {
            Expr::Name(name) => !self.is_outer(name.id.as_str()),
            Expr::Attribute(_) | Expr::Subscript(_) => false,
            Expr::Starred(starred) if levels > 0 => self.declares(&starred.value, levels - 1),
            Expr::List(list) if levels > 0 => list.elts.iter().any(|e| self.declares(e, levels - 1)),
            Expr::Tuple(tuple) if levels > 0 => tuple.elts.iter().any(|e| self.declares(e, levels - 1)),
            // Patterns deeper than that make something; what is no target makes nothing.
            _ => matches!(target, Expr::Starred(_) | Expr::List(_) | Expr::Tuple(_)),
        }
    }

    /// The place from one piece of syntax to another.
    pub(super) fn span_of<T: ruff_text_size::Ranged>(list: &[T], otherwise: (u32, u32)) -> (u32, u32) {
        match (list.first(), list.last()) {
            (Some(first), Some(last)) => (range(first).0, range(last).1),
            _ => otherwise,
        }
    }
}
