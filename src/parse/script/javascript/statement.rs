//! Statements.

use oxc_ast::ast::{
    BindingPattern, BlockStatement, ForInStatement, ForOfStatement, ForStatement, ForStatementInit, ForStatementLeft,
    IfStatement, LabeledStatement, Statement, SwitchStatement, TryStatement, VariableDeclaration,
    VariableDeclarationKind,
};
use oxc_span::{GetSpan, Span};

use super::function::Place;
use super::lower::Lower;
use crate::parse::script::{Id, Node};

/// Most labels of one statement.
const MAX_LABELS: usize = 8;

impl<'a> Lower<'a, '_> {
    /// Adds what a statement says to the innermost list: nothing, one node, or several.
    pub(super) fn statement(&mut self, statement: &'a Statement<'a>) {
        if !self.enter(statement.span()) {
            return;
        }
        if let Some(id) = self.single(statement) {
            self.push(id);
        }
        self.leave();
    }

    /// The node of a statement that is just one; others are added here.
    fn single(&mut self, statement: &'a Statement<'a>) -> Option<Id> {
        Some(match statement {
            Statement::ExpressionStatement(x) => self.effect(&x.expression),
            Statement::BlockStatement(x) => self.braces(x),
            Statement::BreakStatement(x) => {
                let node = match &x.label {
                    Some(label) => Node::BreakTo(self.tree.sym(label.name.as_str())),
                    None => Node::Break,
                };
                self.node(node, x.span)
            }
            Statement::ContinueStatement(x) => {
                let node = match &x.label {
                    Some(label) => Node::ContinueTo(self.tree.sym(label.name.as_str())),
                    None => Node::Continue,
                };
                self.node(node, x.span)
            }
            Statement::LabeledStatement(x) => self.labelled(x),
            Statement::ReturnStatement(x) => {
                let value = match &x.argument {
                    Some(value) => self.expression(value),
                    None => Id::NONE,
                };
                self.node(Node::Return(value), x.span)
            }
            Statement::ThrowStatement(x) => {
                let value = self.expression(&x.argument);
                self.node(Node::Throw(value), x.span)
            }
            Statement::IfStatement(x) => self.branches(x),
            Statement::SwitchStatement(x) => self.switch(x),
            Statement::TryStatement(x) => self.attempt(x),
            Statement::WhileStatement(x) => {
                let test = self.expression(&x.test);
                let body = self.inner(&x.body);
                self.node(Node::While(test, body, Id::NONE), x.span)
            }
            Statement::DoWhileStatement(x) => {
                let body = self.inner(&x.body);
                let test = self.expression(&x.test);
                self.node(Node::DoWhile(body, test), x.span)
            }
            Statement::ForStatement(x) => self.classic_for(x),
            Statement::ForInStatement(x) => self.for_in(x),
            Statement::ForOfStatement(x) => self.for_of(x),
            Statement::WithStatement(x) => {
                let mark = self.mark();
                let object = self.expression(&x.object);
                let object = self.opaque(&[object], x.object.span());
                self.push(object);
                self.statement(&x.body);
                self.block(mark, x.span)
            }
            Statement::DebuggerStatement(_) | Statement::EmptyStatement(_) => return None,
            Statement::VariableDeclaration(x) => {
                self.variables(x);
                return None;
            }
            Statement::FunctionDeclaration(x) => return self.function(x, None, Place::Elsewhere, Vec::new()),
            Statement::ClassDeclaration(x) if x.declare => return None,
            Statement::ClassDeclaration(x) => self.class(x),
            _ => {
                self.of_module(statement);
                return None;
            }
        })
    }

    /// A statement with all its labels, of which there may be thousands.
    fn labelled(&mut self, first: &'a LabeledStatement<'a>) -> Id {
        let mut labels = vec![first];
        let mut body = &first.body;
        while let Statement::LabeledStatement(x) = body {
            labels.push(x);
            body = &x.body;
        }
        let mut inner = self.inner(body);
        // The innermost few are kept: nobody writes more, and each is a level of depth.
        for x in labels.into_iter().rev().take(MAX_LABELS) {
            let label = self.tree.sym(x.label.name.as_str());
            inner = self.node(Node::Labelled(label, inner), x.span);
        }
        inner
    }

    fn braces(&mut self, block: &'a BlockStatement<'a>) -> Id {
        let mark = self.mark();
        self.open_block(&block.body);
        for statement in &block.body {
            self.statement(statement);
        }
        self.close_block();
        self.block(mark, block.span)
    }

    /// A statement in the place of a body.
    fn inner(&mut self, statement: &'a Statement<'a>) -> Id {
        let mark = self.mark();
        self.statement(statement);
        self.one(mark, statement.span())
    }

    /// `if` with all its `else if`, of which there may be thousands.
    fn branches(&mut self, first: &'a IfStatement<'a>) -> Id {
        let mut links = Vec::new();
        let mut at = first;
        let mut otherwise = loop {
            let test = self.expression(&at.test);
            let then = self.inner(&at.consequent);
            links.push((test, then, at.span));
            match &at.alternate {
                Some(Statement::IfStatement(next)) => at = next,
                Some(last) => break self.inner(last),
                None => break Id::NONE,
            }
        };
        for (test, then, span) in links.into_iter().rev() {
            otherwise = self.node(Node::If(test, then, otherwise), span);
        }
        otherwise
    }

    fn switch(&mut self, switch: &'a SwitchStatement<'a>) -> Id {
        let value = self.expression(&switch.discriminant);
        let mark = self.mark();
        self.open_cases(switch.cases.iter().map(|case| case.consequent.as_slice()));
        for case in &switch.cases {
            let test = match &case.test {
                Some(test) => self.expression(test),
                None => Id::NONE,
            };
            let inside = self.mark();
            for statement in &case.consequent {
                self.statement(statement);
            }
            let body = self.block(inside, case.span);
            let case = self.node(Node::Case(test, body), case.span);
            self.push(case);
        }
        self.close_block();
        let cases = self.many(mark);
        self.node(Node::Switch(value, cases), switch.span)
    }

    fn attempt(&mut self, attempt: &'a TryStatement<'a>) -> Id {
        let body = self.braces(&attempt.block);
        let mark = self.mark();
        let mut span = Span::empty(attempt.block.span.end);
        if let Some(handler) = &attempt.handler {
            span = handler.span;
            self.open_handler(handler.param.as_ref().map(|p| &p.pattern), &handler.body.body);
            if let Some(caught) = &handler.param {
                let target = self.binding(&caught.pattern);
                let name = self.sym(crate::parse::script::tree::CAUGHT);
                let value = self.node(Node::Name(name), caught.span);
                let caught = self.node(Node::Declare(target, value), caught.span);
                self.push(caught);
            }
            for statement in &handler.body.body {
                self.statement(statement);
            }
            self.close_block();
        }
        let handlers = self.block(mark, span);
        let finally = match &attempt.finalizer {
            Some(block) => self.braces(block),
            None => Id::NONE,
        };
        let finally = if self.only_throws_again(finally) { Id::NONE } else { finally };
        self.node(Node::Try(body, handlers, finally), attempt.span)
    }

    fn classic_for(&mut self, statement: &'a ForStatement<'a>) -> Id {
        let mark = self.mark();
        self.open_for(statement.init.as_ref());
        match &statement.init {
            Some(ForStatementInit::VariableDeclaration(x)) => self.variables(x),
            Some(init) => {
                if let Some(init) = init.as_expression() {
                    let init = self.effect(init);
                    self.push(init);
                }
            }
            None => {}
        }
        let test = match &statement.test {
            Some(test) => self.expression(test),
            None => Id::NONE,
        };
        let stepped = self.stepped(test);
        let body = self.inner(&statement.body);
        if let Some((over, step)) = stepped {
            let update = statement.update.as_ref().map(|update| self.effect(update));
            let turns = self.for_each_step(over, step, test, body, statement.span);
            self.push(turns);
            update.into_iter().for_each(|update| self.push(update));
            self.close_block();
            return self.block(mark, statement.span);
        }
        let update = match &statement.update {
            Some(update) => self.effect(update),
            None => Id::NONE,
        };
        let turns = self.node(Node::While(test, body, update), statement.span);
        self.push(turns);
        self.close_block();
        self.block(mark, statement.span)
    }

    fn for_in(&mut self, statement: &'a ForInStatement<'a>) -> Id {
        let object = self.expression(&statement.right);
        self.open_loop(&statement.left);
        let target = self.loop_target(&statement.left);
        let keys = self.name("keys", statement.right.span());
        let arguments = self.tree.many(&[object]);
        let keys = self.node(Node::Call(keys, arguments), statement.right.span());
        let body = self.inner(&statement.body);
        self.close_block();
        self.node(Node::For(target, keys, body), statement.span)
    }

    fn for_of(&mut self, statement: &'a ForOfStatement<'a>) -> Id {
        // What is gone through stands outside of the loop's own names.
        let values = self.expression(&statement.right);
        self.open_loop(&statement.left);
        let target = self.loop_target(&statement.left);
        let body = self.inner(&statement.body);
        self.close_block();
        self.node(Node::For(target, values, body), statement.span)
    }

    fn loop_target(&mut self, left: &'a ForStatementLeft<'a>) -> Id {
        match left {
            ForStatementLeft::VariableDeclaration(x) => match x.declarations.first() {
                Some(variable) => {
                    // Sloppy scripts may write `for (var i = f() in o)`; the value is evaluated once.
                    if let Some(init) = &variable.init {
                        let init = self.effect(init);
                        self.push(init);
                    }
                    self.binding(&variable.id)
                }
                None => self.opaque(&[], x.span),
            },
            _ => match left.as_assignment_target() {
                Some(target) => self.target(target),
                None => self.opaque(&[], left.span()),
            },
        }
    }

    /// Adds the declarations. A variable without a value is not set: `var` may stand behind an assignment; only `let`
    /// makes it new.
    pub(super) fn variables(&mut self, variables: &'a VariableDeclaration<'a>) {
        if variables.declare {
            return;
        }
        self.note_var(variables);
        for variable in &variables.declarations {
            let value = match &variable.init {
                Some(value) => self.expression(value),
                None if variables.kind == VariableDeclarationKind::Let => self.node(Node::Nil, variable.span),
                None => {
                    if let BindingPattern::BindingIdentifier(x) = &variable.id {
                        let name = self.sym(&x.name);
                        self.vars.push((name, variable.span));
                    }
                    continue;
                }
            };
            let target = self.binding(&variable.id);
            let declared = self.node(Node::Declare(target, value), variable.span);
            self.push(declared);
        }
    }
}
