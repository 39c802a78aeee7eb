//! Statements.

use ruff_python_ast::{
    CmpOp, ExceptHandler, ExceptHandlerExceptHandler, Expr, ExprTuple, Identifier, Operator, Stmt, StmtAssign, StmtFor,
    StmtIf, StmtTry, StmtWhile, StmtWith,
};
use ruff_text_size::Ranged as _;

use super::definition::is_quiet;
use super::legacy::Mark;
use super::lower::Lower;
use super::range;
use crate::parse::script::{Id, Node};

impl<'a> Lower<'a> {
    /// Lowers statements, each into any number of nodes that are collected.
    pub(super) fn statements(&mut self, body: &'a [Stmt]) {
        for statement in body {
            if !self.enter(statement.start().to_u32()) {
                let id = self.opaque(&[], range(statement));
                self.ids.push(id);
                return;
            }
            self.statement(statement);
            self.leave();
        }
    }

    /// Lowers statements into a block; `otherwise` is where it stands when it is empty.
    pub(super) fn block(&mut self, body: &'a [Stmt], otherwise: (u32, u32)) -> Id {
        let base = self.ids.len();
        self.statements(body);
        self.block_from(base, Self::span_of(body, otherwise))
    }

    /// Makes a block of what was collected since `base`.
    pub(super) fn block_from(&mut self, base: usize, at: (u32, u32)) -> Id {
        let list = self.list_from(base);
        self.put(Node::Block(list), at)
    }

    fn statement(&mut self, statement: &'a Stmt) {
        let at = range(statement);
        let node = match statement {
            Stmt::Expr(e) => {
                let id = self.value_statement(&e.value);
                self.ids.push(id);
                return;
            }
            Stmt::Assign(assign) => return self.assign(assign),
            Stmt::FunctionDef(function) => return self.function(function),
            Stmt::ClassDef(class) => return self.class(class),
            Stmt::Import(import) => return self.import(import),
            Stmt::ImportFrom(import) => return self.import_from(import),
            Stmt::Global(global) => return self.outer(&global.names),
            Stmt::Nonlocal(nonlocal) => return self.outer(&nonlocal.names),
            Stmt::Pass(_) | Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => return,
            Stmt::For(each) => return self.for_each(each),
            Stmt::While(each) => return self.while_true(each),
            Stmt::With(with) => return self.with(with),
            Stmt::Match(choice) => return self.match_cases(choice),
            Stmt::If(choice) => return self.if_else(choice),
            Stmt::Try(tried) => return self.tried(tried),
            Stmt::AugAssign(change) => {
                let target = self.expression(&change.target);
                let value = self.expression(&change.value);
                let value = self.binary(change.op, target, value, at);
                match &*change.target {
                    Expr::Name(name) if !self.is_outer(name.id.as_str()) => Node::Declare(target, value),
                    _ => Node::Assign(target, value),
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = assign.value.as_deref() {
                    let value = self.expression(value);
                    let id = self.bind(&assign.target, value, at);
                    self.ids.push(id);
                } else if assign.target.is_name_expr() && self.scopes.last().is_some_and(|scope| scope.is_record) {
                    let value = self.opaque(&[], at);
                    let id = self.bind(&assign.target, value, at);
                    self.ids.push(id);
                } else if !is_quiet(&assign.target, 24) {
                    let target = self.expression(&assign.target);
                    let id = self.opaque(&[target], at);
                    self.ids.push(id);
                }
                return self.annotation(Some(&assign.annotation));
            }
            Stmt::Return(returned) => Node::Return(self.maybe(returned.value.as_deref())),
            Stmt::Raise(raised) => {
                let mut value = self.maybe(raised.exc.as_deref());
                if let Some(cause) = raised.cause.as_deref()
                    && !is_quiet(cause, 24)
                {
                    let cause = self.expression(cause);
                    value = self.opaque(&[value, cause], at);
                }
                Node::Throw(value)
            }
            Stmt::Delete(deleted) => Node::Opaque(self.list(&deleted.targets)),
            Stmt::Assert(assertion) => {
                Node::Opaque(self.list([&assertion.test].into_iter().chain(&assertion.msg).map(|e| &**e)))
            }
            Stmt::Break(_) => Node::Break,
            Stmt::Continue(_) => Node::Continue,
        };
        let id = self.put(node, at);
        self.ids.push(id);
    }

    /// `a = b = value`
    fn assign(&mut self, assign: &'a StmtAssign) {
        let end = range(assign).1;
        let mut id = self.expression(&assign.value);
        for target in assign.targets.iter().rev() {
            id = self.bind(target, id, (range(target).0, end));
        }
        self.ids.push(id);
    }

    /// `global` and `nonlocal`; the module has no outer scope.
    fn outer(&mut self, names: &[Identifier]) {
        for name in names {
            let sym = self.tree.sym(name.as_str());
            if let Some(scope) = self.scopes.last_mut()
                && scope.outer.insert(sym)
            {
                scope.order.push(sym);
            }
        }
    }

    fn for_each(&mut self, each: &'a StmtFor) {
        let iterable = self.expression(&each.iter);
        let target = self.expression(&each.target);
        let body = self.block(&each.body, range(each));
        let node = Node::For(target, iterable, body);
        self.repeated(node, range(each), &each.orelse);
    }

    fn while_true(&mut self, each: &'a StmtWhile) {
        let test = self.expression(&each.test);
        let body = self.block(&each.body, range(each));
        self.repeated(Node::While(test, body, Id::NONE), range(each), &each.orelse);
    }

    /// A loop, and the `else` behind it.
    fn repeated(&mut self, node: Node, at: (u32, u32), otherwise: &'a [Stmt]) {
        let end = otherwise.first().map_or(at.1, |first| range(first).0);
        let id = self.put(node, (at.0, end));
        if otherwise.is_empty() {
            self.ids.push(id);
            return;
        }
        let base = self.ids.len();
        let otherwise = self.block(otherwise, at);
        self.ids.extend([id, otherwise]);
        let id = self.block_from(base, at);
        self.ids.push(id);
    }

    /// `if`, and each `elif` as the `else` of the one before.
    fn if_else(&mut self, choice: &'a StmtIf) {
        let at = range(choice);
        let base = self.ids.len();
        let mut starts = vec![at.0];
        let test = self.expression(&choice.test);
        let then = self.block(&choice.body, at);
        self.ids.extend([test, then]);
        let mut otherwise = Id::NONE;
        for clause in &choice.elif_else_clauses {
            match &clause.test {
                Some(test) => {
                    let test = self.expression(test);
                    let then = self.block(&clause.body, range(clause));
                    self.ids.extend([test, then]);
                    starts.push(range(clause).0);
                }
                // There may be several when the script is wrong; none is lost.
                None => {
                    let block = self.block(&clause.body, range(clause));
                    otherwise = if otherwise.is_some() {
                        let both = self.tree.many(&[otherwise, block]);
                        self.put(Node::Block(both), range(clause))
                    } else {
                        block
                    };
                }
            }
        }
        while self.ids.len() > base {
            let (Some(then), Some(test)) = (self.ids.pop(), self.ids.pop()) else { break };
            otherwise = self.put(Node::If(test, then, otherwise), (starts.pop().unwrap_or(at.0), at.1));
        }
        self.ids.push(otherwise);
    }

    fn with(&mut self, with: &'a StmtWith) {
        let base = self.ids.len();
        for item in &with.items {
            let value = self.expression(&item.context_expr);
            let value = if is_own(&item.context_expr) { self.put(Node::Enter(value), range(item)) } else { value };
            let id = match item.optional_vars.as_deref() {
                Some(target) => self.bind(target, value, range(item)),
                None => self.opaque(&[value], range(item)),
            };
            self.ids.push(id);
        }
        self.statements(&with.body);
        let id = self.block_from(base, range(with));
        self.ids.push(id);
    }

    fn tried(&mut self, tried: &'a StmtTry) {
        let at = range(tried);
        let base = self.ids.len();
        self.statements(&tried.body);
        self.statements(&tried.orelse);
        let body = self.block_from(base, Self::span_of(&tried.body, at));
        for handler in &tried.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            self.handler(handler);
        }
        let handlers = self.block_from(base, Self::span_of(&tried.handlers, (at.1, at.1)));
        // What has no handler at all passes every error on.
        let handlers = if tried.handlers.is_empty() { Id::NONE } else { handlers };
        let finally = if tried.finalbody.is_empty() { Id::NONE } else { self.block(&tried.finalbody, (at.1, at.1)) };
        let id = self.put(Node::Try(body, handlers, finally), at);
        self.ids.push(id);
    }

    fn handler(&mut self, handler: &'a ExceptHandlerExceptHandler) {
        let base = self.ids.len();
        if let Some(kind) = handler.type_.as_deref()
            && !is_quiet(kind, 24)
        {
            let id = self.expression(kind);
            let id = self.opaque(&[id], range(kind));
            self.ids.push(id);
        }
        let caught = match (&handler.name, handler.type_.as_deref()) {
            (Some(name), _) => Some((name.as_str(), range(name))),
            // `except E, e` of Python 2, which since 3.14 is two types. Types are capital.
            (None, Some(Expr::Tuple(ExprTuple { elts, parenthesized: false, .. }))) => match elts.as_slice() {
                [_, Expr::Name(name)] if !name.id.as_str().starts_with(char::is_uppercase) => {
                    Some((name.id.as_str(), range(name)))
                }
                _ => None,
            },
            _ => None,
        };
        if let Some((name, at)) = caught {
            let value = self.opaque(&[], at);
            let id = self.set(name, at, value, at);
            self.ids.push(id);
        }
        self.statements(&handler.body);
        let id = self.block_from(base, range(handler));
        self.ids.push(id);
    }

    /// An expression on its own, which in Python 2 may be a `print` or `exec` statement.
    fn value_statement(&mut self, e: &'a Expr) -> Id {
        let at = range(e);
        let (first, rest) = match e {
            Expr::Tuple(tuple) if !tuple.parenthesized => match tuple.elts.split_first() {
                Some(split) => split,
                None => return self.expression(e),
            },
            _ => (e, [].as_slice()),
        };
        match self.mark(at.0) {
            Some(Mark::Print) => {
                let base = self.ids.len();
                for e in rest {
                    let id = self.expression(e);
                    self.ids.push(id);
                }
                return self.call_from("print", base, at);
            }
            Some(Mark::Exec) => {
                if let Some((code, rest)) = rest.split_first() {
                    return self.exec(code, rest, at);
                }
            }
            _ => {}
        }
        if let Expr::BinOp(operation) = first
            && operation.op == Operator::RShift
            && matches!(&*operation.left, Expr::Name(name) if name.id.as_str() == "print")
        {
            // `print >>file, x`
            let base = self.ids.len();
            let file = self.expression(&operation.right);
            for e in rest {
                let id = self.expression(e);
                self.ids.push(id);
            }
            let sym = self.tree.sym("file");
            let file = self.put(Node::Keyword(sym, file), range(&*operation.right));
            self.ids.push(file);
            return self.call_from("print", base, at);
        }
        match self.exec_statement(first, rest, at) {
            Some(id) => id,
            None => self.expression(e),
        }
    }

    /// `exec (code).more in names` and the like, where the brackets are the operand's and not those of a call.
    fn exec_statement(&mut self, first: &'a Expr, rest: &'a [Expr], at: (u32, u32)) -> Option<Id> {
        let code = code_and_names(first).0;
        let mut root = code;
        let call = loop {
            root = match root {
                Expr::Call(call) => match &*call.func {
                    Expr::Name(name) if name.id.as_str() == "exec" => break call,
                    other => other,
                },
                Expr::Attribute(member) => &member.value,
                Expr::Subscript(element) => &element.value,
                Expr::BinOp(operation) => &operation.left,
                _ => return None,
            };
        };
        let is_whole = call.range() == first.range();
        if is_whole || call.arguments.args.is_empty() || !call.arguments.keywords.is_empty() {
            return None;
        }
        self.bare = Some(call.range());
        let id = self.exec(first, rest, at);
        self.bare = None;
        Some(id)
    }

    /// A call of `exec` with `code in globals`, and locals.
    fn exec(&mut self, first: &'a Expr, rest: &'a [Expr], at: (u32, u32)) -> Id {
        let base = self.ids.len();
        let (code, names) = code_and_names(first);
        for e in [code].into_iter().chain(names).chain(rest) {
            let id = self.expression(e);
            self.ids.push(id);
        }
        self.call_from("exec", base, at)
    }

    /// A call of a builtin with the arguments that were collected since `base`.
    fn call_from(&mut self, function: &str, base: usize, at: (u32, u32)) -> Id {
        let arguments = self.list_from(base);
        let len = u32::try_from(function.len()).unwrap_or(0);
        let function = self.name(function, (at.0, at.0.saturating_add(len)));
        self.put(Node::Call(function, arguments), at)
    }
}

/// Whether a context may be one that the script makes itself: by a function or a class, or by a method of its own.
fn is_own(context: &Expr) -> bool {
    match context {
        Expr::Name(_) => true,
        Expr::Call(call) => match &*call.func {
            Expr::Name(name) => name.id != "open",
            Expr::Attribute(attribute) => matches!(&*attribute.value, Expr::Name(of) if of.id == "self"),
            _ => false,
        },
        _ => false,
    }
}

/// Splits `code in names`.
fn code_and_names(e: &Expr) -> (&Expr, Option<&Expr>) {
    match e {
        Expr::Compare(comparison) => match (&*comparison.ops, &*comparison.comparators) {
            ([CmpOp::In], [names]) => (&comparison.left, Some(names)),
            _ => (e, None),
        },
        _ => (e, None),
    }
}
