//! JSX: what it makes depends on a library; only the expressions inside are looked at.

use oxc_ast::ast::{
    JSXAttributeItem, JSXAttributeValue, JSXChild, JSXElement, JSXElementName, JSXExpression, JSXExpressionContainer,
    JSXFragment, JSXMemberExpressionObject,
};

use super::lower::Lower;
use crate::parse::script::{Id, Node};

impl<'a> Lower<'a, '_> {
    pub(super) fn element(&mut self, element: &'a JSXElement<'a>) -> Id {
        self.deeper(element.span, |me| {
            let mark = me.mark();
            me.element_name(&element.opening_element.name);
            for attribute in &element.opening_element.attributes {
                match attribute {
                    JSXAttributeItem::SpreadAttribute(x) => {
                        let value = me.expression(&x.argument);
                        me.push(value);
                    }
                    JSXAttributeItem::Attribute(x) => {
                        if let Some(value) = &x.value {
                            me.attribute(value);
                        }
                    }
                }
            }
            me.children(&element.children);
            let many = me.many(mark);
            me.node(Node::Opaque(many), element.span)
        })
    }

    pub(super) fn fragment(&mut self, fragment: &'a JSXFragment<'a>) -> Id {
        self.deeper(fragment.span, |me| {
            let mark = me.mark();
            me.children(&fragment.children);
            let many = me.many(mark);
            me.node(Node::Opaque(many), fragment.span)
        })
    }

    /// A component is a value; the name of an HTML element is none. Of `a.b.c` the variable counts.
    fn element_name(&mut self, name: &'a JSXElementName<'a>) {
        let id = match name {
            JSXElementName::IdentifierReference(x) => self.identifier(&x.name, x.span),
            JSXElementName::ThisExpression(x) => self.name("this", x.span),
            JSXElementName::MemberExpression(x) => {
                let mut object = &x.object;
                loop {
                    match object {
                        JSXMemberExpressionObject::MemberExpression(x) => object = &x.object,
                        JSXMemberExpressionObject::IdentifierReference(x) => break self.identifier(&x.name, x.span),
                        JSXMemberExpressionObject::ThisExpression(x) => break self.name("this", x.span),
                    }
                }
            }
            JSXElementName::Identifier(_) | JSXElementName::NamespacedName(_) => return,
        };
        self.push(id);
    }

    fn attribute(&mut self, value: &'a JSXAttributeValue<'a>) {
        let id = match value {
            JSXAttributeValue::StringLiteral(x) => self.string(x),
            JSXAttributeValue::ExpressionContainer(x) => return self.container(x),
            JSXAttributeValue::Element(x) => self.element(x),
            JSXAttributeValue::Fragment(x) => self.fragment(x),
        };
        self.push(id);
    }

    fn children(&mut self, children: &'a [JSXChild<'a>]) {
        for child in children {
            let id = match child {
                JSXChild::Text(_) => continue,
                JSXChild::Element(x) => self.element(x),
                JSXChild::Fragment(x) => self.fragment(x),
                JSXChild::ExpressionContainer(x) => {
                    self.container(x);
                    continue;
                }
                JSXChild::Spread(x) => self.expression(&x.expression),
            };
            self.push(id);
        }
    }

    fn container(&mut self, container: &'a JSXExpressionContainer<'a>) {
        if let JSXExpression::EmptyExpression(_) = &container.expression {
            return;
        }
        if let Some(value) = container.expression.as_expression() {
            let value = self.expression(value);
            self.push(value);
        }
    }
}
