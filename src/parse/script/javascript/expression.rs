//! Expressions.
//!
//! One child of most expressions is its spine: the left operand, the callee, the object, the operand, the last branch,
//! the assigned value, the body of an arrow function. Spines are walked down and up again by loops, so that their length
//! does not matter; all other children are entered.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, ArrowFunctionBody, ArrowFunctionExpression,
    AssignmentExpression, AwaitExpression, BinaryExpression, CallExpression, ChainElement, ComputedMemberExpression,
    ConditionalExpression, Expression, ImportExpression, LogicalExpression, NewExpression, ObjectExpression,
    ObjectPropertyKind, PrivateFieldExpression, PropertyKey, PropertyKind, RegExpFlags, StaticMemberExpression,
    TaggedTemplateExpression, UnaryExpression, UpdateExpression, YieldExpression,
};
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::{AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator, UpdateOperator};

use super::function::Place;
use super::lower::Lower;
use crate::parse::script::{Id, Many, Node, Op};

/// An expression whose spine is walked.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Binary(&'a BinaryExpression<'a>),
    Logical(&'a LogicalExpression<'a>),
    Unary(&'a UnaryExpression<'a>),
    Await(&'a AwaitExpression<'a>),
    Yield(&'a YieldExpression<'a>),
    Call(&'a CallExpression<'a>),
    New(&'a NewExpression<'a>),
    Member(&'a StaticMemberExpression<'a>),
    Index(&'a ComputedMemberExpression<'a>),
    Private(&'a PrivateFieldExpression<'a>),
    Tagged(&'a TaggedTemplateExpression<'a>),
    Cond(&'a ConditionalExpression<'a>),
    Assign(&'a AssignmentExpression<'a>),
    Arrow(&'a ArrowFunctionExpression<'a>),
}

/// The step of an expression and its spine; no step where the expression says nothing itself (types, parentheses).
fn spine<'a>(expression: &'a Expression<'a>) -> Option<(Option<Step<'a>>, &'a Expression<'a>)> {
    Some(match expression {
        Expression::BinaryExpression(x) => (Some(Step::Binary(x)), &x.left),
        Expression::LogicalExpression(x) => (Some(Step::Logical(x)), &x.left),
        Expression::UnaryExpression(x) => (Some(Step::Unary(x)), &x.argument),
        Expression::AwaitExpression(x) => (Some(Step::Await(x)), &x.argument),
        Expression::YieldExpression(x) => (Some(Step::Yield(x)), x.argument.as_ref()?),
        Expression::CallExpression(x) => (Some(Step::Call(x)), &x.callee),
        Expression::NewExpression(x) => (Some(Step::New(x)), &x.callee),
        Expression::StaticMemberExpression(x) => (Some(Step::Member(x)), &x.object),
        Expression::ComputedMemberExpression(x) => (Some(Step::Index(x)), &x.object),
        Expression::PrivateFieldExpression(x) => (Some(Step::Private(x)), &x.object),
        Expression::TaggedTemplateExpression(x) => (Some(Step::Tagged(x)), &x.tag),
        Expression::ConditionalExpression(x) => (Some(Step::Cond(x)), &x.alternate),
        Expression::AssignmentExpression(x) => (Some(Step::Assign(x)), &x.right),
        Expression::ArrowFunctionExpression(x) => match &x.body {
            ArrowFunctionBody::FunctionBody(_) => return None,
            body => (Some(Step::Arrow(x)), body.as_expression()?),
        },
        Expression::ChainExpression(x) => match &x.expression {
            ChainElement::CallExpression(x) => (Some(Step::Call(x)), &x.callee),
            ChainElement::TSNonNullExpression(x) => (None, &x.expression),
            ChainElement::StaticMemberExpression(x) => (Some(Step::Member(x)), &x.object),
            ChainElement::ComputedMemberExpression(x) => (Some(Step::Index(x)), &x.object),
            ChainElement::PrivateFieldExpression(x) => (Some(Step::Private(x)), &x.object),
        },
        Expression::ParenthesizedExpression(x) => (None, &x.expression),
        Expression::TSAsExpression(x) => (None, &x.expression),
        Expression::TSSatisfiesExpression(x) => (None, &x.expression),
        Expression::TSTypeAssertion(x) => (None, &x.expression),
        Expression::TSNonNullExpression(x) => (None, &x.expression),
        Expression::TSInstantiationExpression(x) => (None, &x.expression),
        _ => return None,
    })
}

impl<'a> Lower<'a, '_> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, expression: &'a Expression<'a>) -> Id {
        if let Some(id) = self.leaf(expression) {
            return id;
        }
        if !self.enter(expression.span()) {
            return self.opaque(&[], expression.span());
        }
        let mark = self.steps.len();
        let mut at = expression;
        while let Some((step, next)) = spine(at) {
            if let Some(Step::Arrow(x)) = step {
                self.open_function(&x.params, &[]);
            }
            self.steps.extend(step);
            at = next;
        }
        let mut id = match self.leaf(at) {
            Some(id) => id,
            None => self.compound(at),
        };
        while self.steps.len() > mark
            && let Some(step) = self.steps.pop()
        {
            id = self.step(step, id);
        }
        self.leave();
        id
    }

    /// An expression whose value nobody wants: `i++` needs no old value.
    pub(super) fn effect(&mut self, expression: &'a Expression<'a>) -> Id {
        match expression {
            Expression::UpdateExpression(x) => self.update(x, false),
            Expression::SequenceExpression(x) => self.sequence(&x.expressions, x.span, false),
            _ => self.expression(expression),
        }
    }

    /// An expression without children.
    fn leaf(&mut self, expression: &'a Expression<'a>) -> Option<Id> {
        Some(match expression {
            Expression::Identifier(x) => self.identifier(&x.name, x.span),
            Expression::StringLiteral(x) => self.string(x),
            Expression::NumericLiteral(x) => self.number(x),
            Expression::BooleanLiteral(x) => self.node(Node::Bool(x.value), x.span),
            Expression::NullLiteral(x) => self.node(Node::Nil, x.span),
            Expression::BigIntLiteral(x) => self.bigint(x),
            Expression::RegExpLiteral(x) => {
                // The flags that change what is matched stand in the pattern, as other languages write them.
                let flags: String = [(RegExpFlags::I, 'i'), (RegExpFlags::M, 'm'), (RegExpFlags::S, 's')]
                    .into_iter()
                    .filter(|(flag, _)| x.regex.flags.contains(*flag))
                    .map(|(_, letter)| letter)
                    .collect();
                let text = x.regex.pattern.text.as_str();
                let pattern = match &*flags {
                    "" => self.tree.sym(text),
                    _ => self.tree.sym(format!("(?{flags}){text}")),
                };
                self.node(Node::Regex(pattern), x.span)
            }
            Expression::ThisExpression(x) => self.name("this", x.span),
            Expression::Super(x) => self.name("super", x.span),
            Expression::ImportMeta(x) => self.name("import.meta", x.span),
            Expression::NewTarget(x) => self.name("new.target", x.span),
            _ => return None,
        })
    }

    /// An expression without a spine.
    fn compound(&mut self, expression: &'a Expression<'a>) -> Id {
        match expression {
            Expression::TemplateLiteral(x) => self.template(x),
            Expression::ArrayExpression(x) => self.array(x),
            Expression::ObjectExpression(x) => self.object(x),
            Expression::SequenceExpression(x) => self.sequence(&x.expressions, x.span, true),
            Expression::UpdateExpression(x) => self.update(x, true),
            Expression::FunctionExpression(x) => {
                self.function(x, None, Place::Elsewhere, Vec::new()).unwrap_or(Id::NONE)
            }
            Expression::ArrowFunctionExpression(x) => self.arrow(x, Id::NONE),
            Expression::ClassExpression(x) => self.class(x),
            Expression::ImportExpression(x) => self.import_call(x),
            Expression::PrivateInExpression(x) => {
                let name = self.private(&x.left.name);
                let name = self.node(Node::Str(name), x.left.span);
                let object = self.expression(&x.right);
                self.node(Node::Binary(Op::In, name, object), x.span)
            }
            Expression::YieldExpression(x) => self.node(Node::Yield(Id::NONE), x.span),
            Expression::JSXElement(x) => self.element(x),
            Expression::JSXFragment(x) => self.fragment(x),
            Expression::V8IntrinsicExpression(x) => {
                let arguments = self.arguments(&x.arguments);
                self.node(Node::Opaque(arguments), x.span)
            }
            _ => self.opaque(&[], expression.span()),
        }
    }

    /// Builds an expression on its spine.
    fn step(&mut self, step: Step<'a>, id: Id) -> Id {
        match step {
            Step::Binary(x) => {
                let right = self.expression(&x.right);
                self.binary(x.operator, id, right, x.span)
            }
            Step::Logical(x) => {
                let right = self.expression(&x.right);
                self.node(Node::Binary(logical(x.operator), id, right), x.span)
            }
            Step::Unary(x) => {
                let op = match x.operator {
                    UnaryOperator::UnaryPlus => Op::Plus,
                    UnaryOperator::UnaryNegation => Op::Neg,
                    UnaryOperator::LogicalNot => Op::Not,
                    UnaryOperator::BitwiseNot => Op::Invert,
                    UnaryOperator::Typeof => Op::TypeOf,
                    UnaryOperator::Void => Op::Void,
                    UnaryOperator::Delete => return self.opaque(&[id], x.span),
                };
                self.node(Node::Unary(op, id), x.span)
            }
            Step::Await(x) => self.node(Node::Await(id), x.span),
            Step::Yield(x) => self.node(Node::Yield(id), x.span),
            Step::Call(x) => self.call(x, id),
            Step::New(x) => {
                let arguments = self.arguments(&x.arguments);
                self.node(Node::New(id, arguments), x.span)
            }
            Step::Member(x) => {
                let name = self.sym(&x.property.name);
                self.node(Node::Member(id, name), x.span)
            }
            Step::Index(x) => {
                let index = self.expression(&x.expression);
                self.node(Node::Index(id, index), x.span)
            }
            Step::Private(x) => {
                let name = self.private(&x.field.name);
                self.node(Node::Member(id, name), x.span)
            }
            Step::Tagged(x) => self.tagged(x, id),
            Step::Cond(x) => {
                let test = self.expression(&x.test);
                let consequent = self.expression(&x.consequent);
                self.node(Node::Cond(test, consequent, id), x.span)
            }
            Step::Assign(x) => self.assignment(x, id),
            Step::Arrow(x) => self.arrow(x, id),
        }
    }

    fn binary(&mut self, operator: BinaryOperator, left: Id, right: Id, span: Span) -> Id {
        let op = match operator {
            BinaryOperator::Equality | BinaryOperator::StrictEquality => Op::Eq,
            BinaryOperator::Inequality | BinaryOperator::StrictInequality => Op::Ne,
            BinaryOperator::LessThan => Op::Lt,
            BinaryOperator::LessEqualThan => Op::Le,
            BinaryOperator::GreaterThan => Op::Gt,
            BinaryOperator::GreaterEqualThan => Op::Ge,
            BinaryOperator::Addition => Op::Add,
            BinaryOperator::Subtraction => Op::Sub,
            BinaryOperator::Multiplication => Op::Mul,
            BinaryOperator::Division => Op::Div,
            BinaryOperator::Remainder => Op::Mod,
            BinaryOperator::Exponential => Op::Pow,
            BinaryOperator::ShiftLeft => Op::Shl,
            BinaryOperator::ShiftRight => Op::Shr,
            BinaryOperator::ShiftRightZeroFill => Op::UShr,
            BinaryOperator::BitwiseOR => Op::BitOr,
            BinaryOperator::BitwiseXOR => Op::BitXor,
            BinaryOperator::BitwiseAnd => Op::BitAnd,
            BinaryOperator::In => Op::In,
            BinaryOperator::Instanceof => return self.opaque(&[left, right], span),
        };
        self.node(Node::Binary(op, left, right), span)
    }

    fn call(&mut self, call: &'a CallExpression<'a>, callee: Id) -> Id {
        // Outside of modules `await (x)` reads as a call. No function has that name; asynchronous code that was cut out
        // of its function has such lines.
        if matches!(&call.callee, Expression::Identifier(name) if name.name == "await")
            && let [only] = call.arguments.as_slice()
            && let Some(value) = only.as_expression()
        {
            let value = self.expression(value);
            return self.node(Node::Await(value), call.span);
        }
        let arguments = self.arguments(&call.arguments);
        if let Some(made) = self.concatenated(callee, arguments, call.span) {
            return made;
        }
        if let Some(made) = self.helped(callee, arguments, call.span) {
            return made;
        }
        if let Some(made) = self.resumed(callee, arguments, call.span) {
            return made;
        }
        self.node(Node::Call(callee, arguments), call.span)
    }

    fn import_call(&mut self, import: &'a ImportExpression<'a>) -> Id {
        let callee = self.name("import", import.span);
        let mark = self.mark();
        let source = self.expression(&import.source);
        self.push(source);
        if let Some(options) = &import.options {
            let options = self.expression(options);
            self.push(options);
        }
        let arguments = self.many(mark);
        self.node(Node::Call(callee, arguments), import.span)
    }

    fn arguments(&mut self, arguments: &'a [Argument<'a>]) -> Many {
        let mark = self.mark();
        for argument in arguments {
            let value = match argument {
                Argument::SpreadElement(x) => self.spread(&x.argument, x.span),
                _ => match argument.as_expression() {
                    Some(value) => self.expression(value),
                    None => continue,
                },
            };
            self.push(value);
        }
        self.many(mark)
    }

    fn spread(&mut self, value: &'a Expression<'a>, span: Span) -> Id {
        let value = self.expression(value);
        self.node(Node::Spread(value), span)
    }

    fn array(&mut self, array: &'a ArrayExpression<'a>) -> Id {
        let mark = self.mark();
        for element in &array.elements {
            let value = match element {
                ArrayExpressionElement::SpreadElement(x) => self.spread(&x.argument, x.span),
                ArrayExpressionElement::Elision(x) => self.node(Node::Nil, x.span),
                _ => match element.as_expression() {
                    Some(value) => self.expression(value),
                    None => continue,
                },
            };
            self.push(value);
        }
        let many = self.many(mark);
        self.node(Node::List(many), array.span)
    }

    fn object(&mut self, object: &'a ObjectExpression<'a>) -> Id {
        let mark = self.mark();
        for property in &object.properties {
            match property {
                ObjectPropertyKind::SpreadProperty(x) => {
                    let value = self.spread(&x.argument, x.span);
                    self.push(value);
                    self.push(Id::NONE);
                }
                ObjectPropertyKind::ObjectProperty(x) => {
                    let name = self.key_name(&x.key);
                    // The setter stands beside the getter of the same name, not in its place.
                    let (key, name) = match (x.kind, name) {
                        (PropertyKind::Set, Some(name)) => {
                            let name = self.setter(name);
                            (self.node(Node::Str(name), x.key.span()), Some(name))
                        }
                        (PropertyKind::Get, Some(name)) => {
                            let name = self.getter(name);
                            (self.node(Node::Str(name), x.key.span()), Some(name))
                        }
                        _ => (self.key(&x.key), name),
                    };
                    self.push(key);
                    let value = match &x.value {
                        Expression::FunctionExpression(f) if x.method || x.kind != PropertyKind::Init => {
                            self.function(f, name, Place::Elsewhere, Vec::new()).unwrap_or(Id::NONE)
                        }
                        value => self.expression(value),
                    };
                    self.push(value);
                }
            }
        }
        let many = self.many(mark);
        self.node(Node::Dict(many), object.span)
    }

    /// The key of a property, as text where it is a name.
    pub(super) fn key(&mut self, key: &'a PropertyKey<'a>) -> Id {
        match key {
            PropertyKey::StaticIdentifier(x) => self.text(&x.name, x.span),
            PropertyKey::PrivateIdentifier(x) => {
                let name = self.private(&x.name);
                self.node(Node::Str(name), x.span)
            }
            _ => match key.as_expression() {
                Some(value) => self.expression(value),
                None => self.opaque(&[], key.span()),
            },
        }
    }

    pub(super) fn sequence(&mut self, expressions: &'a [Expression<'a>], span: Span, wanted: bool) -> Id {
        let mark = self.mark();
        let last = expressions.len().saturating_sub(1);
        for (i, expression) in expressions.iter().enumerate() {
            let value = if wanted && i == last { self.expression(expression) } else { self.effect(expression) };
            self.push(value);
        }
        let many = self.many(mark);
        self.node(Node::Seq(many), span)
    }

    /// `++i` assigns; `i++`, where its value is wanted, also takes the step back.
    fn update(&mut self, update: &'a UpdateExpression<'a>, wanted: bool) -> Id {
        let (op, back) = match update.operator {
            UpdateOperator::Increment => (Op::Add, Op::Sub),
            UpdateOperator::Decrement => (Op::Sub, Op::Add),
        };
        let target = self.simple_target(&update.argument);
        let one = self.node(Node::Num(1.0), update.span);
        let value = self.node(Node::Binary(op, target, one), update.span);
        let set = self.node(Node::Assign(target, value), update.span);
        if update.prefix || !wanted {
            return set;
        }
        self.node(Node::Binary(back, set, one), update.span)
    }

    fn assignment(&mut self, assignment: &'a AssignmentExpression<'a>, right: Id) -> Id {
        let target = self.target(&assignment.left);
        let span = assignment.span;
        let value = match assignment.operator {
            AssignmentOperator::Assign => right,
            operator => match (operator.to_logical_operator(), operator.to_binary_operator()) {
                (Some(operator), _) => self.node(Node::Binary(logical(operator), target, right), span),
                (None, Some(operator)) => self.binary(operator, target, right, span),
                (None, None) => right,
            },
        };
        self.node(Node::Assign(target, value), span)
    }
}

fn logical(operator: LogicalOperator) -> Op {
    match operator {
        LogicalOperator::And => Op::And,
        LogicalOperator::Or => Op::Or,
        LogicalOperator::Coalesce => Op::Coalesce,
    }
}
