//! Classes.

use oxc_ast::ast::{Class, ClassElement, Decorator, Expression, MethodDefinition, MethodDefinitionKind, PropertyKey};
use oxc_span::Span;

use super::function::Place;
use super::lower::Lower;
use crate::parse::script::{Id, Node, Sym};

impl<'a> Lower<'a, '_> {
    /// A class. Its decorators are looked at beforehand.
    pub(super) fn class(&mut self, class: &'a Class<'a>) -> Id {
        self.deeper(class.span, |me| me.class_here(class))
    }

    fn class_here(&mut self, class: &'a Class<'a>) -> Id {
        let name = match &class.id {
            Some(id) => self.called(&id.name),
            None => Sym::EMPTY,
        };
        let decorators = self.decorator_values(&class.decorators);
        let bases = match &class.heritage {
            Some(heritage) => {
                let base = self.expression(&heritage.expression);
                self.tree.many(&[base])
            }
            None => self.tree.many(&[]),
        };
        let mark = self.mark();
        for element in &class.body.body {
            self.class_element(element);
        }
        let body = self.block(mark, class.body.span);
        let id = self.node(Node::Class(name, bases, body), class.span);
        if decorators.is_empty() {
            return id;
        }
        let mark = self.mark();
        self.decorators(&decorators, class.span);
        self.push(id);
        let both = self.many(mark);
        self.node(Node::Seq(both), class.span)
    }

    fn class_element(&mut self, element: &'a ClassElement<'a>) {
        match element {
            ClassElement::StaticBlock(x) => {
                let mark = self.mark();
                for statement in &x.body {
                    self.statement(statement);
                }
                let block = self.block(mark, x.span);
                self.push(block);
            }
            ClassElement::MethodDefinition(x) => self.method(x),
            ClassElement::PropertyDefinition(x) if x.declare => {}
            ClassElement::PropertyDefinition(x) => {
                let decorators = self.decorator_values(&x.decorators);
                self.decorators(&decorators, x.span);
                self.field(&x.key, x.value.as_ref(), x.span);
            }
            ClassElement::AccessorProperty(x) => {
                let decorators = self.decorator_values(&x.decorators);
                self.decorators(&decorators, x.span);
                self.field(&x.key, x.value.as_ref(), x.span);
            }
            ClassElement::TSIndexSignature(_) => {}
        }
    }

    fn method(&mut self, method: &'a MethodDefinition<'a>) {
        let decorators = self.decorator_values(&method.decorators);
        let name = self.key_name(&method.key);
        let name = match (method.kind, name) {
            (MethodDefinitionKind::Set, Some(name)) => Some(self.setter(name)),
            (MethodDefinitionKind::Get, Some(name)) => Some(self.getter(name)),
            (_, name) => name,
        };
        let Some(func) = self.function(&method.value, name, Place::Class, decorators) else { return };
        if name.is_some() {
            self.push(func);
        } else {
            self.computed(&method.key, func, method.span);
        }
    }

    fn field(&mut self, key: &'a PropertyKey<'a>, value: Option<&'a Expression<'a>>, span: Span) {
        let value = match value {
            Some(value) => self.expression(value),
            None => self.node(Node::Nil, span),
        };
        match self.key_name(key) {
            Some(name) => {
                let target = self.node(Node::Name(name), span);
                let field = self.node(Node::Declare(target, value), span);
                self.push(field);
            }
            None => self.computed(key, value, span),
        }
    }

    /// A member whose name is computed has none here; it is set as an element.
    fn computed(&mut self, key: &'a PropertyKey<'a>, value: Id, span: Span) {
        let this = self.name("this", span);
        let key = self.key(key);
        let target = self.node(Node::Index(this, key), span);
        let set = self.node(Node::Assign(target, value), span);
        self.push(set);
    }

    fn decorator_values(&mut self, decorators: &'a [Decorator<'a>]) -> Vec<Id> {
        decorators.iter().map(|d| self.expression(&d.expression)).collect()
    }
}
