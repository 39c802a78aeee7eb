//! Expressions.

use ruff_python_ast::{
    ArgOrKeyword, Arguments, BoolOp, CmpOp, Comprehension, Expr, ExprCompare, ExprContext, ExprIf, ExprNumberLiteral,
    ExprSubscript, Number, Operator, UnaryOp,
};
use ruff_text_size::Ranged as _;

use super::legacy::Mark;
use super::lower::Lower;
use super::range;
use crate::parse::script::{Id, Many, Node, Op};

impl<'a> Lower<'a> {
    /// Lowers an expression.
    pub(super) fn expression(&mut self, e: &'a Expr) -> Id {
        if !self.enter(e.start().to_u32()) {
            return self.opaque(&[], range(e));
        }
        // Calls, members, elements and operations hang on their left, as deep as a script is long.
        let base = self.chain.len();
        let mut at = e;
        loop {
            let left = match at {
                Expr::Call(call) if self.bare != Some(call.range()) => &call.func,
                Expr::Attribute(member) => &member.value,
                Expr::Subscript(element) => &element.value,
                Expr::BinOp(operation) => &operation.left,
                _ => break,
            };
            self.chain.push(at);
            at = left;
        }
        let mut id = self.operand(at);
        while self.chain.len() > base {
            let Some(link) = self.chain.pop() else { break };
            id = self.link(id, link);
        }
        self.leave();
        id
    }

    /// One link of a chain, with what it hangs on.
    fn link(&mut self, left: Id, link: &'a Expr) -> Id {
        let at = range(link);
        match link {
            Expr::Call(call) => {
                let arguments = self.arguments(&call.arguments);
                self.put(Node::Call(left, arguments), at)
            }
            Expr::Attribute(member) => {
                let sym = self.tree.sym(member.attr.as_str());
                self.put(Node::Member(left, sym), at)
            }
            Expr::Subscript(element) => self.subscript(left, element),
            Expr::BinOp(operation) => {
                let right = self.expression(&operation.right);
                self.binary(operation.op, left, right, at)
            }
            _ => left,
        }
    }

    pub(super) fn binary(&mut self, operator: Operator, left: Id, right: Id, at: (u32, u32)) -> Id {
        let op = match operator {
            Operator::Add => Op::Add,
            Operator::Sub => Op::Sub,
            Operator::Mult => Op::Mul,
            Operator::Div => Op::Div,
            Operator::Mod => Op::Mod,
            Operator::Pow => Op::Pow,
            Operator::LShift => Op::Shl,
            Operator::RShift => Op::Shr,
            Operator::BitOr => Op::BitOr,
            Operator::BitXor => Op::BitXor,
            Operator::BitAnd => Op::BitAnd,
            Operator::FloorDiv => Op::FloorDiv,
            Operator::MatMult => return self.opaque(&[left, right], at),
        };
        self.put(Node::Binary(op, left, right), at)
    }

    fn subscript(&mut self, object: Id, element: &'a ExprSubscript) -> Id {
        let at = range(element);
        if let Expr::Slice(slice) = &*element.slice {
            let parts = [&slice.lower, &slice.upper, &slice.step].map(|part| self.maybe(part.as_deref()));
            let parts = self.tree.many(&parts);
            return self.put(Node::Slice(object, parts), at);
        }
        let index = self.expression(&element.slice);
        self.put(Node::Index(object, index), at)
    }

    /// Lowers what may be missing.
    pub(super) fn maybe(&mut self, e: Option<&'a Expr>) -> Id {
        e.map_or(Id::NONE, |e| self.expression(e))
    }

    /// Arguments, in the order in which they are worked out.
    fn arguments(&mut self, arguments: &'a Arguments) -> Many {
        let base = self.ids.len();
        self.push_arguments(arguments);
        self.list_from(base)
    }

    pub(super) fn push_arguments(&mut self, arguments: &'a Arguments) {
        for argument in arguments.iter_source_order() {
            let id = match argument {
                ArgOrKeyword::Arg(e) => self.expression(e),
                ArgOrKeyword::Keyword(keyword) => {
                    let value = self.expression(&keyword.value);
                    let node = match &keyword.arg {
                        Some(name) => Node::Keyword(self.tree.sym(name.as_str()), value),
                        None => Node::Spread(value),
                    };
                    self.put(node, range(keyword))
                }
            };
            self.ids.push(id);
        }
    }

    /// Expressions as a list.
    pub(super) fn list(&mut self, list: impl IntoIterator<Item = &'a Expr>) -> Many {
        let base = self.ids.len();
        for e in list {
            let id = self.expression(e);
            self.ids.push(id);
        }
        self.list_from(base)
    }

    /// What does not hang on anything.
    fn operand(&mut self, e: &'a Expr) -> Id {
        let at = range(e);
        let node = match e {
            // A name that the parser misses.
            Expr::Name(name) if name.ctx == ExprContext::Invalid => return self.opaque(&[], at),
            Expr::Name(name) => Node::Name(self.tree.sym(name.id.as_str())),
            Expr::StringLiteral(text) => return self.string(text),
            Expr::BytesLiteral(bytes) => return self.bytes(bytes),
            Expr::FString(text) => return self.formatted(text),
            Expr::TString(text) => return self.template(text),
            Expr::NumberLiteral(number) => match value(number) {
                Some(value) => Node::Num(value),
                None => return self.opaque(&[], at),
            },
            Expr::BooleanLiteral(truth) => Node::Bool(truth.value),
            Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => Node::Nil,
            Expr::List(list) => {
                let list = Node::List(self.list(&list.elts));
                if self.mark(at.0) == Some(Mark::Repr) {
                    return self.backticks(list, at);
                }
                list
            }
            Expr::Tuple(list) => Node::List(self.list(&list.elts)),
            Expr::Set(list) => Node::List(self.list(&list.elts)),
            Expr::Dict(dict) => {
                let base = self.ids.len();
                for item in &dict.items {
                    let (key, value) = match &item.key {
                        Some(key) => (self.expression(key), self.expression(&item.value)),
                        None => {
                            let value = self.expression(&item.value);
                            (self.put(Node::Spread(value), range(&item.value)), Id::NONE)
                        }
                    };
                    self.ids.extend([key, value]);
                }
                Node::Dict(self.list_from(base))
            }
            Expr::Starred(starred) => Node::Spread(self.expression(&starred.value)),
            Expr::Await(awaited) => Node::Await(self.expression(&awaited.value)),
            Expr::Yield(yielded) => Node::Yield(self.maybe(yielded.value.as_deref())),
            Expr::YieldFrom(yielded) => {
                let value = self.expression(&yielded.value);
                Node::Yield(self.put(Node::Spread(value), range(&*yielded.value)))
            }
            Expr::UnaryOp(operation) => {
                let operand = self.expression(&operation.operand);
                let op = match operation.op {
                    UnaryOp::Invert => Op::Invert,
                    UnaryOp::Not => Op::Not,
                    UnaryOp::UAdd => Op::Plus,
                    UnaryOp::USub => Op::Neg,
                };
                Node::Unary(op, operand)
            }
            Expr::BoolOp(operation) => {
                let op = if operation.op == BoolOp::And { Op::And } else { Op::Or };
                return self.fold(op, &operation.values, at);
            }
            Expr::Compare(comparison) => return self.comparison(comparison),
            Expr::If(choice) => return self.choice(choice),
            Expr::Named(named) => {
                let value = self.expression(&named.value);
                return self.bind(&named.target, value, at);
            }
            Expr::Lambda(lambda) => return self.lambda(lambda),
            Expr::ListComp(c) => return self.comprehension(None, &c.elt, &c.generators, at),
            Expr::SetComp(c) => return self.comprehension(None, &c.elt, &c.generators, at),
            Expr::Generator(c) => return self.comprehension(None, &c.elt, &c.generators, at),
            Expr::DictComp(c) => match c.key.as_deref() {
                Some(key) => return self.comprehension(Some(key), &c.value, &c.generators, at),
                None => {
                    let id = self.comprehension(None, &c.value, &c.generators, at);
                    return self.opaque(&[id], at);
                }
            },
            // A slice that stands in a tuple of indexes.
            Expr::Slice(slice) => {
                let parts = [&slice.lower, &slice.upper, &slice.step].into_iter().filter_map(|part| part.as_deref());
                Node::Opaque(self.list(parts))
            }
            // The call of an `exec` statement: its brackets belong to its operand.
            Expr::Call(call) => {
                self.bare = None;
                match &*call.arguments.args {
                    [one] => return self.expression(one),
                    several => Node::List(self.list(several)),
                }
            }
            Expr::Attribute(_) | Expr::Subscript(_) | Expr::BinOp(_) | Expr::IpyEscapeCommand(_) => {
                return self.opaque(&[], at);
            }
        };
        self.put(node, at)
    }

    /// `a and b and c`.
    fn fold(&mut self, op: Op, values: &'a [Expr], at: (u32, u32)) -> Id {
        let mut folded = Id::NONE;
        for value in values {
            let id = self.expression(value);
            folded = if folded.is_some() { self.put(Node::Binary(op, folded, id), (at.0, range(value).1)) } else { id };
        }
        folded
    }

    /// `a < b < c` is `a < b and b < c`.
    fn comparison(&mut self, e: &'a ExprCompare) -> Id {
        let mut left = self.expression(&e.left);
        let mut left_at = range(&*e.left);
        let mut folded = Id::NONE;
        for (op, right) in e.ops.iter().zip(&e.comparators) {
            let op = match op {
                CmpOp::Eq | CmpOp::Is => Op::Eq,
                CmpOp::NotEq | CmpOp::IsNot => Op::Ne,
                CmpOp::Lt => Op::Lt,
                CmpOp::LtE => Op::Le,
                CmpOp::Gt => Op::Gt,
                CmpOp::GtE => Op::Ge,
                CmpOp::In => Op::In,
                CmpOp::NotIn => Op::NotIn,
            };
            let right_at = range(right);
            let right = self.expression(right);
            let one = self.put(Node::Binary(op, left, right), (left_at.0, right_at.1));
            folded = if folded.is_some() {
                self.put(Node::Binary(Op::And, folded, one), (range(e).0, right_at.1))
            } else {
                one
            };
            (left, left_at) = (right, right_at);
        }
        folded
    }

    /// `a if test else b`, where `b` may be another one, and so on.
    fn choice(&mut self, e: &'a ExprIf) -> Id {
        let base = self.ids.len();
        let mut starts = Vec::new();
        let mut last = e;
        let otherwise = loop {
            let then = self.expression(&last.body);
            let test = self.expression(&last.test);
            self.ids.extend([test, then]);
            starts.push(range(last).0);
            match &*last.orelse {
                Expr::If(next) => last = next,
                other => break other,
            }
        };
        let end = range(otherwise).1;
        let mut id = self.expression(otherwise);
        while self.ids.len() > base {
            let (Some(then), Some(test)) = (self.ids.pop(), self.ids.pop()) else { break };
            id = self.put(Node::Cond(test, then, id), (starts.pop().unwrap_or(0), end));
        }
        id
    }

    fn comprehension(
        &mut self,
        key: Option<&'a Expr>,
        element: &'a Expr,
        clauses: &'a [Comprehension],
        at: (u32, u32),
    ) -> Id {
        let base = self.ids.len();
        for clause in clauses {
            let iterable = self.expression(&clause.iter);
            let target = self.expression(&clause.target);
            let test = self.fold(Op::And, &clause.ifs, Self::span_of(&clause.ifs, range(clause)));
            let id = self.put(Node::Clause(target, iterable, test), range(clause));
            self.ids.push(id);
        }
        let clauses = self.list_from(base);
        let mut result = self.maybe(key);
        let value = self.expression(element);
        if result.is_some() {
            result = self.put(Node::Case(result, value), (at.0, range(element).1));
        } else {
            result = value;
        }
        self.put(Node::Comp(result, clauses), at)
    }

    /// Backticks of Python 2, which were rewritten as a list: `repr`.
    fn backticks(&mut self, list: Node, at: (u32, u32)) -> Id {
        let one = match list {
            Node::List(list) => match self.tree.list(list) {
                [one] => Some(*one),
                _ => None,
            },
            _ => None,
        };
        let operand = match one {
            Some(one) => one,
            None => self.put(list, at),
        };
        self.call("repr", &[operand], at)
    }
}

/// A number; `None` for a complex one.
fn value(number: &ExprNumberLiteral) -> Option<f64> {
    match &number.value {
        Number::Int(int) => Some(int.as_u64().map_or_else(|| large(&int.to_string()), |n| n as f64)),
        Number::Float(float) => Some(*float),
        Number::Complex { .. } => None,
    }
}

/// An integer of more than 64 bits, as it is written.
fn large(text: &str) -> f64 {
    let (digits, radix) = match text.get(..2) {
        Some("0x" | "0X") => (text.get(2..), 16),
        Some("0o" | "0O") => (text.get(2..), 8),
        Some("0b" | "0B") => (text.get(2..), 2),
        _ => return text.replace('_', "").parse().unwrap_or(f64::INFINITY),
    };
    let digits = digits.unwrap_or_default().chars().filter_map(|c| c.to_digit(radix));
    digits.fold(0.0, |n, digit| n.mul_add(f64::from(radix), f64::from(digit)))
}
