//! Expressions of VBScript.

use super::token::Token;
use super::{Id, Node, Op, Reader};

/// Operators between two operands and how tightly they bind.
fn operator(token: &Token<'_>) -> Option<(u8, Op)> {
    Some(match token {
        Token::Word(word) => match word.as_str() {
            "imp" | "eqv" => (1, Op::Eq),
            "xor" => (2, Op::BitXor),
            "or" => (3, Op::Or),
            "and" => (4, Op::And),
            "is" => (6, Op::Eq),
            "mod" => (9, Op::Mod),
            _ => return None,
        },
        Token::Sign(sign) => match *sign {
            "=" => (6, Op::Eq),
            "<>" => (6, Op::Ne),
            "<" => (6, Op::Lt),
            ">" => (6, Op::Gt),
            "<=" | "=<" => (6, Op::Le),
            ">=" | "=>" => (6, Op::Ge),
            "&" => (7, Op::Coalesce),
            "+" => (8, Op::Add),
            "-" => (8, Op::Sub),
            "\\" => (10, Op::FloorDiv),
            "*" => (11, Op::Mul),
            "/" => (11, Op::Div),
            "^" => (13, Op::Pow),
            _ => return None,
        },
        _ => return None,
    })
}

impl Reader<'_, '_> {
    pub(super) fn expression(&mut self) -> Id {
        self.operation(0)
    }

    fn operation(&mut self, least: u8) -> Id {
        let at = self.place();
        if !self.b.enter(at) {
            self.skip_statement();
            return self.b.opaque(&[], (at, at));
        }
        let mut left = self.operand();
        while let Some((binds, op)) = self.peek().and_then(operator) {
            if binds <= least || self.b.tree.is_full() {
                break;
            }
            self.next();
            let right = self.operation(binds);
            left = match op {
                // Text beside text, whatever both are.
                Op::Coalesce => self.joined(left, right),
                op => self.b.binary(op, left, right),
            };
        }
        self.b.leave();
        left
    }

    /// `a & b & c` as pieces of one text.
    fn joined(&mut self, left: Id, right: Id) -> Id {
        let span = self.b.over(left, right);
        let mut pieces = match self.b.tree.get(left) {
            // Pieces are only added to where they were just made.
            Node::Template(many) => self.b.ids(many),
            _ => vec![left],
        };
        if pieces.len() > 64 {
            pieces = vec![left];
        }
        pieces.push(right);
        let many = self.b.tree.many(&pieces);
        self.b.add(Node::Template(many), span)
    }

    fn operand(&mut self) -> Id {
        let at = self.place();
        let Some(token) = self.peek().cloned() else { return self.b.opaque(&[], (at, at)) };
        match token {
            Token::Sign("-") => {
                self.next();
                let value = self.operation(12);
                self.b.unary(Op::Neg, value, at)
            }
            Token::Sign("+") => {
                self.next();
                self.operation(12)
            }
            Token::Word(word) if word == "not" => {
                self.next();
                let value = self.operation(5);
                self.b.unary(Op::Not, value, at)
            }
            Token::Word(word) if word == "new" => {
                self.next();
                let class = self.reference(true);
                let none = self.b.tree.many(&[]);
                let span = (at, self.place());
                match self.b.tree.get(class) {
                    Node::Call(..) => class,
                    _ => self.b.add(Node::New(class, none), span),
                }
            }
            Token::Num(value) => {
                self.next();
                self.b.num(value, (at, self.end()))
            }
            Token::Text(text) => {
                self.next();
                let text = self.b.str(text, (at, self.end()));
                self.behind(text, true)
            }
            Token::Sign("(") => {
                self.next();
                let value = self.expression();
                self.eat(")");
                self.behind(value, true)
            }
            Token::Word(_) | Token::Inner => self.reference(true),
            Token::End | Token::Sign(_) => {
                if !matches!(token, Token::End | Token::Sign(")" | ",")) {
                    self.next();
                }
                self.b.opaque(&[], (at, at))
            }
        }
    }

    /// A name with what stands behind it. `calls` says whether brackets are read, too.
    pub(super) fn reference(&mut self, calls: bool) -> Id {
        let at = self.place();
        let first = match self.peek().cloned() {
            Some(Token::Inner) => self.b.name(super::WITH, (at, at)),
            Some(Token::Word(word)) => {
                self.next();
                let span = (at, self.end());
                match word.as_str() {
                    "true" => self.b.add(Node::Bool(true), span),
                    "false" => self.b.add(Node::Bool(false), span),
                    "nothing" | "null" | "empty" => self.b.add(Node::Nil, span),
                    "vbcrlf" | "vbnewline" => self.b.str("\r\n", span),
                    "vblf" => self.b.str("\n", span),
                    "vbcr" => self.b.str("\r", span),
                    "vbtab" => self.b.str("\t", span),
                    "vbnullstring" => self.b.str("", span),
                    "me" => self.b.name("this", span),
                    _ if self.function.as_deref() == Some(word.as_str()) && self.peek() != Some(&Token::Sign("(")) => {
                        self.b.name(super::result_of(&word), span)
                    }
                    _ => self.b.name(word, span),
                }
            }
            _ => return self.b.opaque(&[], (at, at)),
        };
        self.behind(first, calls)
    }

    /// Members and brackets behind a value.
    pub(super) fn behind(&mut self, value: Id, calls: bool) -> Id {
        let mut value = value;
        loop {
            let start = self.b.tree.span(value).0 as usize;
            match self.peek() {
                Some(Token::Sign(".") | Token::Inner) => {
                    if self.peek() == Some(&Token::Inner)
                        && !matches!(self.b.tree.get(value), Node::Name(name) if self.b.tree.str(name) == super::WITH)
                    {
                        return value;
                    }
                    self.next();
                    let Some(Token::Word(name)) = self.peek().cloned() else { return value };
                    self.next();
                    value = self.b.member(value, name, (start, self.end()));
                }
                Some(Token::Sign("(")) if calls => {
                    self.next();
                    let args = self.arguments();
                    self.eat(")");
                    value = self.b.call(value, &args, (start, self.end()));
                }
                _ => return value,
            }
        }
    }

    /// Values between commas, up to a bracket that closes or the end of the statement.
    pub(super) fn arguments(&mut self) -> Vec<Id> {
        let mut out = Vec::new();
        if self.is_over() || self.peek() == Some(&Token::Sign(")")) {
            return out;
        }
        loop {
            let at = self.at;
            if self.peek() == Some(&Token::Sign(",")) {
                let place = self.place();
                out.push(self.b.add(Node::Nil, (place, place)));
            } else {
                let value = self.expression();
                // `name:=value` of its elder brother.
                out.push(value);
            }
            if !self.eat(",") || self.b.tree.is_full() {
                return out;
            }
            if self.at == at {
                return out;
            }
        }
    }
}
