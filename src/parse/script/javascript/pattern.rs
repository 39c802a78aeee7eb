//! What values are bound or assigned to: names, members, and patterns that take values apart.
//!
//! A pattern is a [`Node::List`] or [`Node::Dict`] of targets. A default is [`Node::Assign`] of target and default in the
//! target's place, the rest is [`Node::Spread`].

use oxc_ast::ast::{
    ArrayAssignmentTarget, ArrayPattern, AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty,
    BindingPattern, Expression, IdentifierReference, MemberExpression, ObjectAssignmentTarget, ObjectPattern,
    SimpleAssignmentTarget, match_member_expression, match_simple_assignment_target,
};
use oxc_span::{GetSpan, Span};

use super::lower::Lower;
use crate::parse::script::{Id, Node};

impl<'a> Lower<'a, '_> {
    /// What a declaration or parameter binds.
    pub(super) fn binding(&mut self, pattern: &'a BindingPattern<'a>) -> Id {
        if let BindingPattern::BindingIdentifier(x) = pattern {
            return self.identifier(&x.name, x.span);
        }
        if !self.enter(pattern.span()) {
            return self.opaque(&[], pattern.span());
        }
        let id = match pattern {
            BindingPattern::BindingIdentifier(x) => self.identifier(&x.name, x.span),
            BindingPattern::ObjectPattern(x) => self.object_binding(x),
            BindingPattern::ArrayPattern(x) => self.array_binding(x),
            BindingPattern::AssignmentPattern(x) => {
                let target = self.binding(&x.left);
                self.or_default(target, &x.right, x.span)
            }
        };
        self.leave();
        id
    }

    fn object_binding(&mut self, pattern: &'a ObjectPattern<'a>) -> Id {
        let mark = self.mark();
        for property in &pattern.properties {
            let key = self.key(&property.key);
            self.push(key);
            let target = self.binding(&property.value);
            self.push(target);
        }
        if let Some(rest) = &pattern.rest {
            let target = self.binding(&rest.argument);
            self.rest_of_object(target, rest.span);
        }
        let many = self.many(mark);
        self.node(Node::Dict(many), pattern.span)
    }

    fn array_binding(&mut self, pattern: &'a ArrayPattern<'a>) -> Id {
        let mark = self.mark();
        for element in &pattern.elements {
            let target = match element {
                Some(element) => self.binding(element),
                None => self.node(Node::Nil, pattern.span),
            };
            self.push(target);
        }
        if let Some(rest) = &pattern.rest {
            let target = self.binding(&rest.argument);
            let rest = self.node(Node::Spread(target), rest.span);
            self.push(rest);
        }
        let many = self.many(mark);
        self.node(Node::List(many), pattern.span)
    }

    /// What an assignment sets.
    pub(super) fn target(&mut self, target: &'a AssignmentTarget<'a>) -> Id {
        match target {
            AssignmentTarget::ArrayAssignmentTarget(x) => self.deeper(x.span, |me| me.array_target(x)),
            AssignmentTarget::ObjectAssignmentTarget(x) => self.deeper(x.span, |me| me.object_target(x)),
            match_simple_assignment_target!(AssignmentTarget) => match target.as_simple_assignment_target() {
                Some(simple) => self.simple_target(simple),
                None => self.opaque(&[], target.span()),
            },
        }
    }

    /// A target that is no pattern.
    pub(super) fn simple_target(&mut self, target: &'a SimpleAssignmentTarget<'a>) -> Id {
        match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(x) => self.reference(x),
            SimpleAssignmentTarget::TSAsExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSSatisfiesExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSNonNullExpression(x) => self.expression(&x.expression),
            SimpleAssignmentTarget::TSTypeAssertion(x) => self.expression(&x.expression),
            match_member_expression!(SimpleAssignmentTarget) => match target.as_member_expression() {
                Some(member) => self.member_target(member),
                None => self.opaque(&[], target.span()),
            },
        }
    }

    fn member_target(&mut self, member: &'a MemberExpression<'a>) -> Id {
        let object = self.expression(member.object());
        match member {
            MemberExpression::ComputedMemberExpression(x) => {
                let index = self.expression(&x.expression);
                self.node(Node::Index(object, index), x.span)
            }
            MemberExpression::StaticMemberExpression(x) => {
                let name = self.sym(&x.property.name);
                self.node(Node::Member(object, name), x.span)
            }
            MemberExpression::PrivateFieldExpression(x) => {
                let name = self.private(&x.field.name);
                self.node(Node::Member(object, name), x.span)
            }
        }
    }

    fn array_target(&mut self, pattern: &'a ArrayAssignmentTarget<'a>) -> Id {
        let mark = self.mark();
        for element in &pattern.elements {
            let target = match element {
                Some(element) => self.target_or_default(element),
                None => self.node(Node::Nil, pattern.span),
            };
            self.push(target);
        }
        if let Some(rest) = &pattern.rest {
            let target = self.target(&rest.target);
            let rest = self.node(Node::Spread(target), rest.span);
            self.push(rest);
        }
        let many = self.many(mark);
        self.node(Node::List(many), pattern.span)
    }

    fn object_target(&mut self, pattern: &'a ObjectAssignmentTarget<'a>) -> Id {
        let mark = self.mark();
        for property in &pattern.properties {
            match property {
                AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(x) => {
                    let key = self.text(&x.binding.name, x.binding.span);
                    self.push(key);
                    let mut target = self.reference(&x.binding);
                    if let Some(default) = &x.init {
                        target = self.or_default(target, default, x.span);
                    }
                    self.push(target);
                }
                AssignmentTargetProperty::AssignmentTargetPropertyProperty(x) => {
                    let key = self.key(&x.name);
                    self.push(key);
                    let target = self.target_or_default(&x.binding);
                    self.push(target);
                }
            }
        }
        if let Some(rest) = &pattern.rest {
            let target = self.target(&rest.target);
            self.rest_of_object(target, rest.span);
        }
        let many = self.many(mark);
        self.node(Node::Dict(many), pattern.span)
    }

    fn target_or_default(&mut self, target: &'a AssignmentTargetMaybeDefault<'a>) -> Id {
        match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(x) => {
                let target = self.target(&x.binding);
                self.or_default(target, &x.init, x.span)
            }
            _ => match target.as_assignment_target() {
                Some(target) => self.target(target),
                None => self.opaque(&[], target.span()),
            },
        }
    }

    fn reference(&mut self, reference: &IdentifierReference<'_>) -> Id {
        self.identifier(&reference.name, reference.span)
    }

    fn or_default(&mut self, target: Id, default: &'a Expression<'a>, span: Span) -> Id {
        let default = self.expression(default);
        self.node(Node::Assign(target, default), span)
    }

    fn rest_of_object(&mut self, target: Id, span: Span) {
        let rest = self.node(Node::Spread(target), span);
        self.push(rest);
        self.push(Id::NONE);
    }

    /// One level down, or nothing known when that is too deep.
    pub(super) fn deeper(&mut self, span: Span, read: impl FnOnce(&mut Self) -> Id) -> Id {
        if !self.enter(span) {
            return self.opaque(&[], span);
        }
        let id = read(self);
        self.leave();
        id
    }
}
