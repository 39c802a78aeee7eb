//! Light readers of PHP, Ruby, Perl and Lua, made by hand: one reader of expressions over a table of operators for each
//! language, and what is its own beside it. They are after assignments, calls with their arguments, texts that are put
//! together, branches, loops and the bodies of functions; what they do not know is told and stepped over.
//!
//! Sigils are dropped: `$x`, `@x` and `%x` are the name `x` (but `@_` of Perl, and `@x` and `$x` of Ruby, keep
//! theirs). Names of functions of PHP are lowered, for case means nothing there. `A::b` of Perl and Ruby is a member,
//! and `A.new` of Ruby and `A->new` of Perl are calls of it; `$x[] = y` of PHP is `x.push(y)`; the file that Perl's
//! `print` writes to is an argument named `file`. Names that stand for what is not one of the tree's ideas: `` ` ``
//! (runs a text), `indirect` (a variable by its name), `=~`, `s///`, `tr///`, `..`, `...`, `<=>`, `<>` (a line of a
//! file), `{pairs}` (of a map or list), `len`, casts such as `(int)`, tests of files such as `-e`.

#[cfg(test)]
mod broken;
mod dialect;
mod expr;
mod interpolate;
mod lua;
mod lua_term;
mod perl;
mod perl_args;
mod perl_call;
mod perl_member;
mod perl_quote;
mod perl_term;
mod php;
mod php_class;
mod php_function;
mod php_member;
mod php_term;
mod ruby;
mod ruby_args;
mod ruby_block;
mod ruby_call;
mod ruby_term;
mod space;
mod strings;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::shell::build::{Build, Span};
use super::shell::cursor::Cursor;
use super::{Func, Id, Language, Node, Op, Param, Sym, Tree};
use dialect::Operator;

/// Reads a script.
pub(super) fn read(language: Language, text: &str) -> Tree {
    let mut build = Build::new(language);
    let mut reader = Reader {
        c: Cursor::new(text),
        b: &mut build,
        language,
        operators: dialect::operators(language),
        scope: Scope::Top,
        outer: Vec::new(),
        bodies: None,
        locals: HashSet::new(),
        no_do: false,
        in_replacement: false,
    };
    reader.c.eat("\u{feff}");
    let mut out = Vec::new();
    match language {
        Language::Php => reader.php_text(),
        Language::Lua if reader.c.peek() == b'#' => reader.c.at = reader.c.line_end(),
        _ => {}
    }
    reader.script(&mut out);
    build.finish(&out, text.len())
}

/// Whose variables are set by a plain assignment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Top,
    Function,
    /// A block of Ruby sees the variables around it.
    Block,
}

/// A reader at a place of a script.
struct Reader<'t, 'b> {
    c: Cursor<'t>,
    b: &'b mut Build,
    language: Language,
    operators: &'static [Operator],
    scope: Scope,
    /// Variables of the function at hand that are not its own.
    outer: Vec<Sym>,
    /// The line feed behind which bodies of here-documents stand, and where they end.
    bodies: Option<(usize, usize)>,
    /// Names that were assigned to (Ruby: what is none may be a call without parentheses).
    locals: HashSet<&'t str>,
    /// Whether `do` belongs to a loop around, not to a call (Ruby).
    no_do: bool,
    /// Whether the replacement of a substitution is read as code (Perl).
    in_replacement: bool,
}

impl<'t> Reader<'t, '_> {
    /// A whole text. What closes nothing is told and stepped over.
    fn script(&mut self, out: &mut Vec<Id>) {
        loop {
            self.statements(out);
            if !self.c.more() || self.b.tree.is_full() {
                return;
            }
            self.b.problem(self.c.at, "something is closed here that was not opened");
            if self.identifier().is_empty() {
                self.c.bump();
            }
        }
    }

    /// Statements up to something that closes, which is left.
    fn statements(&mut self, out: &mut Vec<Id>) {
        loop {
            self.skip_separators();
            if !self.c.more() || self.closes() || self.b.tree.is_full() {
                return;
            }
            let before = self.c.at;
            let made = self.statement();
            if let Some(id) = made {
                out.push(self.plain_statement(id));
            }
            if self.c.at == before {
                self.b.problem(before, "a sign that fits nowhere");
                self.c.bump();
            }
        }
    }

    /// Whether something is closed here.
    fn closes(&self) -> bool {
        if matches!(self.c.peek(), b'}' | b')' | b']') {
            return true;
        }
        match self.language {
            Language::Lua => matches!(self.word(), "end" | "else" | "elseif" | "until"),
            Language::Ruby => {
                matches!(self.word(), "end" | "else" | "elsif" | "when" | "in" | "rescue" | "ensure" | "then")
                    && self.c.behind() != b'.'
            }
            Language::Php => match self.word().to_ascii_lowercase().as_str() {
                "endif" | "endwhile" | "endfor" | "endforeach" | "endswitch" | "else" | "elseif" | "case" => true,
                "default" => self.follows(7, b":"),
                _ => false,
            },
            _ => false,
        }
    }

    fn statement(&mut self) -> Option<Id> {
        if !self.b.enter(self.c.at) {
            return Some(self.give_up());
        }
        let made = match self.language {
            Language::Php => self.php_statement(),
            Language::Perl => self.perl_statement(),
            Language::Ruby => self.ruby_statement(),
            _ => self.lua_statement(),
        };
        self.b.leave();
        made
    }

    /// What only leaves a loop or function behind `and` or `or` is a branch; what an increment was before does not
    /// matter in a statement.
    fn plain_statement(&mut self, id: Id) -> Id {
        let span = self.span_of(id);
        match self.b.tree.get(id) {
            Node::Binary(op @ (Op::And | Op::Or), test, leaves)
                if matches!(
                    self.b.tree.get(leaves),
                    Node::Break | Node::Continue | Node::Return(_) | Node::Throw(_)
                ) =>
            {
                let test = if op == Op::Or { self.b.unary(Op::Not, test, span.0) } else { test };
                let then = self.b.block(&[leaves], span);
                self.b.add(Node::If(test, then, Id::NONE), span)
            }
            Node::Binary(Op::Add | Op::Sub, inner, one)
                if matches!(self.b.tree.get(inner), Node::Assign(..) | Node::Declare(..))
                    && matches!(self.b.tree.get(one), Node::Num(_)) =>
            {
                inner
            }
            _ => id,
        }
    }

    /// `{ … }`.
    fn braces(&mut self) -> Id {
        self.skip_space();
        let start = self.c.at;
        let mut ids = Vec::new();
        if self.expect("{") {
            self.statements(&mut ids);
            self.expect("}");
        }
        self.b.block(&ids, self.since(start))
    }

    /// `( … )` with one expression in it.
    fn condition(&mut self) -> Id {
        self.skip_space();
        let start = self.c.at;
        if !self.expect("(") {
            return self.b.opaque(&[], self.since(start));
        }
        self.skip_space();
        let test = self.expression();
        self.skip_space();
        self.expect(")");
        test
    }

    /// What is nested too deeply goes to the end of its line.
    fn give_up(&mut self) -> Id {
        let start = self.c.at;
        self.c.at = self.c.line_end();
        self.b.opaque(&[], self.since(start))
    }

    /// Goes behind a sign or tells that it is missing.
    fn expect(&mut self, sign: &str) -> bool {
        let there = self.c.eat(sign);
        if !there {
            self.b.problem(self.c.at, &format!("`{sign}` is missing"));
        }
        there
    }

    /// Goes behind a word or tells that it is missing.
    fn expect_word(&mut self, word: &str) -> bool {
        let there = self.eat_word(word);
        if !there {
            self.b.problem(self.c.at, &format!("`{word}` is missing"));
        }
        there
    }

    fn since(&self, start: usize) -> Span {
        (start, self.c.at)
    }

    fn span_of(&self, id: Id) -> Span {
        self.b.over(id, id)
    }

    fn nil(&mut self, at: usize) -> Id {
        self.b.add(Node::Nil, (at, at))
    }

    /// Branches from the last to the first: each stands in the one before.
    fn branches(&mut self, parts: Vec<(usize, Id, Id)>, mut other: Id) -> Id {
        let end = self.c.at;
        for (start, test, body) in parts.into_iter().rev() {
            other = self.b.add(Node::If(test, body, other), (start, end));
        }
        other
    }

    /// `for (a; b; c)` as a loop.
    fn loop_of(&mut self, init: Id, test: Id, body: Id, update: Id, start: usize) -> Id {
        let update = if update.is_some() { self.plain_statement(update) } else { update };
        let round = self.b.add(Node::While(test, body, update), self.since(start));
        if init.is_some() { self.b.block(&[init, round], self.since(start)) } else { round }
    }

    fn make_func(&mut self, name: &str, params: Vec<Param>, body: Id, is_expression: bool, start: usize) -> Id {
        let name = self.b.tree.sym(name);
        let outer = std::mem::take(&mut self.outer);
        let func = Func { name, params, body, is_expression, is_method: false, decorators: Vec::new(), outer };
        self.b.func(func, self.since(start))
    }

    /// Says of a function that it stands in a class.
    fn as_method(&mut self, id: Id) -> Id {
        let Node::Func(func) = self.b.tree.get(id) else { return id };
        let Some(mut func) = self.b.tree.function(func).map(|f| Func::clone(f)) else { return id };
        func.is_method = true;
        let span = self.span_of(id);
        self.b.func(func, span)
    }

    /// Does something with the variables of a function of its own.
    fn in_function<T>(&mut self, scope: Scope, inner: impl FnOnce(&mut Self) -> T) -> T {
        let scope = std::mem::replace(&mut self.scope, scope);
        let outer = std::mem::take(&mut self.outer);
        let no_do = std::mem::replace(&mut self.no_do, false);
        let made = inner(self);
        self.scope = scope;
        self.outer = outer;
        self.no_do = no_do;
        made
    }

    /// Makes or sets a variable, a member or an element.
    fn set(&mut self, target: Id, value: Id) -> Id {
        let span = self.b.over(target, value);
        let own = match self.b.tree.get(target) {
            Node::Name(sym) => match self.language {
                Language::Php => self.scope == Scope::Top || !self.outer.contains(&sym),
                Language::Ruby => self.scope != Scope::Block && !self.b.tree.str(sym).starts_with(['@', '$']),
                _ => false,
            },
            Node::List(_) => {
                self.language == Language::Php || (self.language == Language::Ruby && self.scope != Scope::Block)
            }
            Node::Member(..) | Node::Index(..) | Node::Slice(..) | Node::Dict(_) => false,
            Node::Call(callee, args) => match self.b.tree.get(callee) {
                // A getter that turns out to be a setter.
                Node::Member(..) if args.is_empty() => return self.b.add(Node::Assign(callee, value), span),
                Node::Name(sym) if self.b.tree.str(sym) == "indirect" => false,
                _ => return self.b.opaque(&[target, value], span),
            },
            _ => return self.b.opaque(&[target, value], span),
        };
        self.b.add(if own { Node::Declare(target, value) } else { Node::Assign(target, value) }, span)
    }
}
