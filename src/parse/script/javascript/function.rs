//! Functions.

use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingPattern, FormalParameter, FormalParameters, Function,
    FunctionBody, PropertyKey,
};
use oxc_span::Span;

use super::lower::Lower;
use crate::parse::script::{Func, Id, Node, Param, Sym};

/// Where a function stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Directly in a class.
    Class,
    /// Anywhere else.
    Elsewhere,
}

impl<'a> Lower<'a, '_> {
    /// A function with its own name or the one of the property it stands in. A function without a body is only a type.
    pub(super) fn function(
        &mut self,
        function: &'a Function<'a>,
        name: Option<Sym>,
        place: Place,
        mut decorators: Vec<Id>,
    ) -> Option<Id> {
        let body = function.body.as_ref()?;
        let name = match (&function.id, name) {
            (_, Some(name)) => name,
            (Some(id), None) => self.sym(&id.name),
            (None, None) => Sym::EMPTY,
        };
        self.open_function(&function.params, &body.statements);
        let params = self.params(&function.params, &mut decorators);
        let body = self.body(body, &function.params, function.generator);
        self.close_function();
        let func = self.tree.func(Func {
            name,
            params,
            body,
            is_expression: false,
            is_method: place == Place::Class,
            decorators,
            outer: Vec::new(),
        });
        Some(self.node(Node::Func(func), function.span))
    }

    /// An arrow function; `value` is its body when that is an expression.
    pub(super) fn arrow(&mut self, arrow: &'a ArrowFunctionExpression<'a>, value: Id) -> Id {
        let mut decorators = Vec::new();
        // The scope of a body that is an expression was begun before it.
        if let ArrowFunctionBody::FunctionBody(body) = &arrow.body {
            self.open_function(&arrow.params, &body.statements);
        }
        let params = self.params(&arrow.params, &mut decorators);
        let (body, is_expression) = match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => (self.body(body, &arrow.params, false), false),
            _ => (value, true),
        };
        self.close_function();
        let func = self.tree.func(Func {
            name: Sym::EMPTY,
            params,
            body,
            is_expression,
            is_method: false,
            decorators,
            outer: Vec::new(),
        });
        self.node(Node::Func(func), arrow.span)
    }

    /// The parameters. Their decorators go to the function's.
    fn params(&mut self, params: &'a FormalParameters<'a>, decorators: &mut Vec<Id>) -> Vec<Param> {
        let mut out = Vec::with_capacity(params.items.len() + usize::from(params.rest.is_some()));
        for item in &params.items {
            for decorator in &item.decorators {
                decorators.push(self.expression(&decorator.expression));
            }
            let target = self.binding(&item.pattern);
            let default = match &item.initializer {
                Some(default) => self.expression(default),
                None => Id::NONE,
            };
            out.push(Param { target, default, rest: false, keywords: false });
        }
        if let Some(rest) = &params.rest {
            for decorator in &rest.decorators {
                decorators.push(self.expression(&decorator.expression));
            }
            let target = self.binding(&rest.rest.argument);
            out.push(Param { target, default: Id::NONE, rest: true, keywords: false });
        }
        out
    }

    fn body(&mut self, body: &'a FunctionBody<'a>, params: &'a FormalParameters<'a>, generator: bool) -> Id {
        let mark = self.mark();
        let vars = self.vars.len();
        for item in &params.items {
            self.parameter_property(item);
        }
        self.directives(&body.directives);
        for statement in &body.statements {
            self.statement(statement);
        }
        // What stands in a generator reads differently outside of it: `yield` is a name there.
        if !generator {
            self.grafted(body.span.start);
        }
        if self.vars.len() > vars {
            let names: Vec<Sym> = params
                .items
                .iter()
                .filter_map(|item| match &item.pattern {
                    BindingPattern::BindingIdentifier(x) => Some(self.sym(&x.name)),
                    _ => None,
                })
                .collect();
            self.hoist(mark, vars, &names);
        }
        self.block(mark, body.span)
    }

    /// `constructor(private key: string)` also sets `this.key`.
    fn parameter_property(&mut self, item: &'a FormalParameter<'a>) {
        if item.accessibility.is_none() && !item.readonly && !item.r#override {
            return;
        }
        if let BindingPattern::BindingIdentifier(x) = &item.pattern {
            let this = self.name("this", item.span);
            let name = self.sym(&x.name);
            let target = self.node(Node::Member(this, name), item.span);
            let value = self.identifier(&x.name, x.span);
            let set = self.node(Node::Assign(target, value), item.span);
            self.push(set);
        }
    }

    /// The name of a property, when it is written down.
    pub(super) fn key_name(&mut self, key: &PropertyKey<'_>) -> Option<Sym> {
        Some(match key {
            PropertyKey::StaticIdentifier(x) => self.sym(&x.name),
            PropertyKey::PrivateIdentifier(x) => self.private(&x.name),
            PropertyKey::StringLiteral(x) => self.string_sym(x),
            PropertyKey::NumericLiteral(x) => self.tree.sym(x.value.to_string()),
            _ => return None,
        })
    }

    /// The name under which a setter is kept.
    pub(super) fn setter(&mut self, name: Sym) -> Sym {
        let name = format!("set {}", self.tree.str(name));
        self.tree.sym(name)
    }

    /// The name under which a getter is kept: what asks for the member calls it.
    pub(super) fn getter(&mut self, name: Sym) -> Sym {
        let name = format!("get {}", self.tree.str(name));
        self.tree.sym(name)
    }

    /// Adds decorators as something that is looked at.
    pub(super) fn decorators(&mut self, decorators: &[Id], span: Span) {
        if !decorators.is_empty() {
            let opaque = self.opaque(decorators, span);
            self.push(opaque);
        }
    }
}
