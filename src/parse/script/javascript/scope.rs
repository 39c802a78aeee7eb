//! Names of blocks. The tree knows variables of functions only, so a `let`, `const`, class or caught error of a block
//! that hides a name from around it gets a name of its own: minifiers give the same letter to a module and to the
//! variable of a loop beside it.

use oxc_ast::ast::{
    BindingPattern, ForStatementInit, ForStatementLeft, FormalParameters, Statement, VariableDeclaration,
    VariableDeclarationKind,
};

use super::lower::Lower;
use crate::parse::script::Sym;
use crate::parse::script::tree::QuickMap;

/// What the names around the current place mean.
#[derive(Default)]
pub(super) struct Scopes {
    /// How often a name is declared in the scopes around the place.
    declared: QuickMap<Sym, u32>,
    /// What a name is called in the tree, the innermost last; names that are called what they are may be missing.
    meaning: QuickMap<Sym, Vec<Sym>>,
    /// The names of the open scopes, one scope behind the other, and whether a meaning was given.
    entries: Vec<(Sym, bool)>,
    /// Where each open scope begins in `entries`.
    marks: Vec<usize>,
    /// Where the innermost function's scope begins in `marks`.
    functions: Vec<usize>,
    renamed: u32,
}

impl Scopes {
    fn meaning(&self, name: Sym) -> Sym {
        self.meaning.get(&name).and_then(|all| all.last()).copied().unwrap_or(name)
    }

    fn declare(&mut self, name: Sym, called: Option<Sym>) {
        if let Some(called) = called {
            self.meaning.entry(name).or_default().push(called);
        }
        *self.declared.entry(name).or_default() += 1;
        self.entries.push((name, called.is_some()));
    }

    fn close(&mut self) {
        let mark = self.marks.pop().unwrap_or(0);
        for (name, has_meaning) in self.entries.drain(mark.min(self.entries.len())..) {
            if has_meaning && let Some(all) = self.meaning.get_mut(&name) {
                all.pop();
            }
            if let Some(count) = self.declared.get_mut(&name) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

impl<'a> Lower<'a, '_> {
    /// What a name that stands in the script is called in the tree.
    pub(super) fn called(&mut self, name: &str) -> Sym {
        let name = self.sym(name);
        self.scopes.meaning(name)
    }

    /// Begins the scope of a function: its parameters and what stands directly in its body.
    pub(super) fn open_function(&mut self, params: &'a FormalParameters<'a>, body: &'a [Statement<'a>]) {
        let mut names = Vec::new();
        for item in &params.items {
            bound(&item.pattern, &mut names);
        }
        if let Some(rest) = &params.rest {
            bound(&rest.rest.argument, &mut names);
        }
        of_block(body, true, &mut names);
        self.scopes.functions.push(self.scopes.marks.len());
        self.scopes.marks.push(self.scopes.entries.len());
        for name in names {
            let name = self.sym(name);
            // A function has variables of its own; only a name of its own around it has to be undone.
            let hidden = self.scopes.meaning(name) != name;
            self.scopes.declare(name, hidden.then_some(name));
        }
    }

    /// Ends the scope of a function.
    pub(super) fn close_function(&mut self) {
        self.scopes.close();
        self.scopes.functions.pop();
    }

    /// Begins the scope of the script itself.
    pub(super) fn open_script(&mut self, body: &'a [Statement<'a>]) {
        let mut names = Vec::new();
        of_block(body, true, &mut names);
        self.scopes.marks.push(self.scopes.entries.len());
        for name in names {
            let name = self.sym(name);
            self.scopes.declare(name, None);
        }
    }

    /// Begins the scope of a block with these names.
    fn open_names(&mut self, names: Vec<&str>) {
        self.scopes.marks.push(self.scopes.entries.len());
        for name in names {
            let name = self.sym(name);
            let hides = self.scopes.declared.get(&name).is_some_and(|count| *count > 0);
            let called = hides.then(|| {
                self.scopes.renamed += 1;
                let own = format!("{}~{}", self.tree.str(name), self.scopes.renamed);
                self.tree.sym(own)
            });
            self.scopes.declare(name, called);
        }
    }

    /// Begins the scope of a block.
    pub(super) fn open_block(&mut self, body: &'a [Statement<'a>]) {
        let mut names = Vec::new();
        of_block(body, false, &mut names);
        self.open_names(names);
    }

    /// Begins the scope of the cases of a `switch`.
    pub(super) fn open_cases(&mut self, cases: impl Iterator<Item = &'a [Statement<'a>]>) {
        let mut names = Vec::new();
        for case in cases {
            of_block(case, false, &mut names);
        }
        self.open_names(names);
    }

    /// Begins the scope of a handler: the error that it catches.
    pub(super) fn open_handler(&mut self, caught: Option<&'a BindingPattern<'a>>, body: &'a [Statement<'a>]) {
        let mut names = Vec::new();
        if let Some(caught) = caught {
            bound(caught, &mut names);
        }
        of_block(body, false, &mut names);
        self.open_names(names);
    }

    /// Begins the scope of a classic loop.
    pub(super) fn open_for(&mut self, init: Option<&'a ForStatementInit<'a>>) {
        let mut names = Vec::new();
        if let Some(ForStatementInit::VariableDeclaration(x)) = init {
            of_variables(x, &mut names);
        }
        self.open_names(names);
    }

    /// Begins the scope of a loop over something.
    pub(super) fn open_loop(&mut self, left: &'a ForStatementLeft<'a>) {
        let mut names = Vec::new();
        if let ForStatementLeft::VariableDeclaration(x) = left {
            of_variables(x, &mut names);
        }
        self.open_names(names);
    }

    /// Ends the scope of a block, a handler or a loop.
    pub(super) fn close_block(&mut self) {
        self.scopes.close();
    }

    /// Notes the variables of a `var`: they are the function's, whatever a block around the function calls the name.
    pub(super) fn note_var(&mut self, variables: &'a VariableDeclaration<'a>) {
        if variables.kind != VariableDeclarationKind::Var || self.scopes.meaning.is_empty() {
            return;
        }
        let mut names = Vec::new();
        for variable in &variables.declarations {
            bound(&variable.id, &mut names);
        }
        let own = self.scopes.functions.last().and_then(|m| self.scopes.marks.get(*m)).copied().unwrap_or(0);
        for name in names {
            let name = self.sym(name);
            if self.scopes.meaning(name) == name {
                continue;
            }
            let is_own = self.scopes.entries.get(own..).unwrap_or_default().iter().any(|(n, _)| *n == name);
            if !is_own {
                self.scopes.declare(name, Some(name));
            }
        }
    }
}

/// The names that a pattern binds.
fn bound<'a>(pattern: &'a BindingPattern<'a>, out: &mut Vec<&'a str>) {
    let mut left = vec![pattern];
    while let Some(pattern) = left.pop() {
        match pattern {
            BindingPattern::BindingIdentifier(x) => out.push(x.name.as_str()),
            BindingPattern::ObjectPattern(x) => {
                left.extend(x.properties.iter().map(|p| &p.value));
                left.extend(x.rest.iter().map(|r| &r.argument));
            }
            BindingPattern::ArrayPattern(x) => {
                left.extend(x.elements.iter().flatten());
                left.extend(x.rest.iter().map(|r| &r.argument));
            }
            BindingPattern::AssignmentPattern(x) => left.push(&x.left),
        }
    }
}

/// The names of `let` and `const`.
fn of_variables<'a>(variables: &'a VariableDeclaration<'a>, out: &mut Vec<&'a str>) {
    if variables.kind != VariableDeclarationKind::Var && !variables.declare {
        for variable in &variables.declarations {
            bound(&variable.id, out);
        }
    }
}

/// The names that belong to a block, or to a function when it is its body.
fn of_block<'a>(body: &'a [Statement<'a>], is_body: bool, out: &mut Vec<&'a str>) {
    for statement in body {
        match statement {
            Statement::VariableDeclaration(x) if is_body && x.kind == VariableDeclarationKind::Var => {
                for variable in &x.declarations {
                    bound(&variable.id, out);
                }
            }
            Statement::VariableDeclaration(x) => of_variables(x, out),
            Statement::ClassDeclaration(x) => out.extend(x.id.iter().map(|id| id.name.as_str())),
            // Functions of a block can be called outside of it.
            Statement::FunctionDeclaration(x) if is_body => out.extend(x.id.iter().map(|id| id.name.as_str())),
            Statement::ImportDeclaration(x) => {
                for specifier in x.specifiers.iter().flatten() {
                    out.push(specifier.local().name.as_str());
                }
            }
            _ => {}
        }
    }
}
