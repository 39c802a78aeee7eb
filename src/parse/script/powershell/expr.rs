//! Expressions: operators by how tightly they bind.

use super::{Id, Node, Op, Reader};

/// What an operator becomes.
#[derive(Clone, Copy)]
enum Kind {
    Op(Op),
    /// A call of this name.
    Call(&'static str),
    /// A call whose right side is a list of arguments.
    Spread(&'static str),
    /// The negation of a call.
    NotCall(&'static str),
    /// The right side is a member of the left.
    Contains(Op),
}

/// What stands in front of an operand.
enum Prefix {
    Op(Op),
    Call(&'static str),
    Cast(String),
    Step(Op),
    Comma,
}

/// An operator spelled with letters, and how tightly it binds. `c` and `i` in front of it say whether case matters.
fn lettered(word: &str) -> Option<(u8, Kind)> {
    Some(match word {
        "or" => (1, Kind::Op(Op::Or)),
        "and" => (1, Kind::Op(Op::And)),
        "xor" => (1, Kind::Op(Op::Ne)),
        "band" => (2, Kind::Op(Op::BitAnd)),
        "bor" => (2, Kind::Op(Op::BitOr)),
        "bxor" => (2, Kind::Op(Op::BitXor)),
        "shl" => (3, Kind::Op(Op::Shl)),
        "shr" => (3, Kind::Op(Op::Shr)),
        "join" => (3, Kind::Call("-join")),
        "is" => (3, Kind::Call("-is")),
        "isnot" => (3, Kind::NotCall("-is")),
        "as" => (3, Kind::Call("-as")),
        "f" => (6, Kind::Spread("-f")),
        _ => {
            let plain = |w: &str| {
                Some(match w {
                    "eq" => Kind::Op(Op::Eq),
                    "ne" => Kind::Op(Op::Ne),
                    "lt" => Kind::Op(Op::Lt),
                    "le" => Kind::Op(Op::Le),
                    "gt" => Kind::Op(Op::Gt),
                    "ge" => Kind::Op(Op::Ge),
                    "in" => Kind::Op(Op::In),
                    "notin" => Kind::Op(Op::NotIn),
                    "contains" => Kind::Contains(Op::In),
                    "notcontains" => Kind::Contains(Op::NotIn),
                    "like" => Kind::Call("-like"),
                    "notlike" => Kind::NotCall("-like"),
                    "match" => Kind::Call("-match"),
                    "notmatch" => Kind::NotCall("-match"),
                    "split" => Kind::Spread("-split"),
                    "replace" => Kind::Spread("-replace"),
                    _ => return None,
                })
            };
            (3, plain(word).or_else(|| plain(word.strip_prefix(['c', 'i'])?))?)
        }
    })
}

impl Reader<'_, '_> {
    /// An expression; what is none is told and unknown. `commas` says whether they make lists here.
    pub(super) fn expression(&mut self, commas: bool) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let made = self.ternary(commas);
        self.b.leave();
        made.unwrap_or_else(|| {
            self.b.problem(self.c.at, "an expression is missing");
            self.b.opaque(&[], (start, self.c.at))
        })
    }

    /// As [`Self::expression`], or nothing when none begins here.
    pub(super) fn ternary(&mut self, commas: bool) -> Option<Id> {
        let test = self.operation(0, commas)?;
        self.skip_blank();
        if self.c.peek() != b'?' || matches!(self.c.ahead(1), b'?' | b'.' | b'[') {
            return Some(test);
        }
        self.c.at += 1;
        self.skip_lines();
        let then = self.expression(commas);
        self.skip_lines();
        self.expect(":");
        self.skip_lines();
        let other = self.expression(commas);
        let span = self.b.over(test, other);
        Some(self.b.add(Node::Cond(test, then, other), span))
    }

    /// Operators that bind more tightly than `above`.
    fn operation(&mut self, above: u8, commas: bool) -> Option<Id> {
        let mut left = self.items(commas)?;
        loop {
            self.skip_blank();
            let Some((tight, kind, len)) = self.operator() else { return Some(left) };
            if tight <= above {
                return Some(left);
            }
            self.c.at += len;
            self.skip_lines();
            let right = match self.operation(tight, commas) {
                Some(right) => right,
                None => {
                    self.b.problem(self.c.at, "an operand is missing");
                    return Some(left);
                }
            };
            left = self.applied(kind, left, right);
            if self.b.tree.is_full() {
                return Some(left);
            }
        }
    }

    fn applied(&mut self, kind: Kind, left: Id, right: Id) -> Id {
        let span = self.b.over(left, right);
        match kind {
            Kind::Op(op) => self.b.binary(op, left, right),
            Kind::Contains(op) => self.b.add(Node::Binary(op, right, left), span),
            Kind::Call(name) => self.b.helper(name, &[left, right], span),
            Kind::NotCall(name) => {
                let call = self.b.helper(name, &[left, right], span);
                self.b.add(Node::Unary(Op::Not, call), span)
            }
            Kind::Spread(name) => {
                let mut args = vec![left];
                match self.b.tree.get(right) {
                    Node::List(many) => args.extend_from_slice(self.b.tree.list(many)),
                    _ => args.push(right),
                }
                self.b.helper(name, &args, span)
            }
        }
    }

    /// The operator that comes next: how tightly it binds, what it is, and its length.
    fn operator(&self) -> Option<(u8, Kind, usize)> {
        if let Some((word, len)) = self.dashed() {
            return lettered(&word).map(|(tight, kind)| (tight, kind, len));
        }
        let assigns = self.c.ahead(1) == b'=';
        Some(match (self.c.peek(), self.c.ahead(1)) {
            (b'?', b'?') if self.c.ahead(2) != b'=' => (3, Kind::Op(Op::Coalesce), 2),
            (b'.', b'.') => (7, Kind::Call(".."), 2),
            (b'+', _) if !assigns => (4, Kind::Op(Op::Add), 1),
            (b'*', _) if !assigns => (5, Kind::Op(Op::Mul), 1),
            (b'/', _) if !assigns => (5, Kind::Op(Op::Div), 1),
            (b'%', _) if !assigns => (5, Kind::Op(Op::Mod), 1),
            _ => {
                let dash = self.dash();
                if dash == 0 || self.c.ahead(dash) == b'=' {
                    return None;
                }
                (4, Kind::Op(Op::Sub), dash)
            }
        })
    }

    /// Operands with commas between them are a list.
    fn items(&mut self, commas: bool) -> Option<Id> {
        let first = self.operand()?;
        let start = self.c.at;
        self.skip_blank();
        if !commas || self.c.peek() != b',' {
            return Some(first);
        }
        let mut ids = vec![first];
        while self.c.eat(",") {
            self.skip_lines();
            let Some(next) = self.operand() else {
                self.b.problem(self.c.at, "an element is missing");
                break;
            };
            ids.push(next);
            self.skip_blank();
        }
        let start = self.b.tree.span(first).0.min(u32::try_from(start).unwrap_or(u32::MAX)) as usize;
        Some(self.b.list(&ids, self.since(start)))
    }

    /// An operand with what stands in front of it.
    pub(super) fn operand(&mut self) -> Option<Id> {
        let mut before = Vec::new();
        let mut node = loop {
            let at = self.c.at;
            let (prefix, len) = match (self.c.peek(), self.c.ahead(1)) {
                (b'!', _) => (Prefix::Op(Op::Not), 1),
                (b',', _) => (Prefix::Comma, 1),
                (b'+', b'+') => (Prefix::Step(Op::Add), 2),
                (b'-', b'-') => (Prefix::Step(Op::Sub), 2),
                (b'+', _) => (Prefix::Op(Op::Plus), 1),
                (b'[', _) => {
                    let name = self.type_name();
                    let end = self.c.at;
                    self.skip_blank();
                    if self.casts() {
                        (Prefix::Cast(name), 0)
                    } else {
                        self.c.at = end;
                        let node = self.b.name(name, self.since(at));
                        break self.postfix(node, at);
                    }
                }
                _ => match self.dashed() {
                    Some((word, len)) => match word.as_str() {
                        "not" => (Prefix::Op(Op::Not), len),
                        "bnot" => (Prefix::Op(Op::Invert), len),
                        "join" => (Prefix::Call("-join"), len),
                        "split" | "csplit" | "isplit" => (Prefix::Call("-split"), len),
                        _ => return None,
                    },
                    None => match self.dash() {
                        0 => match self.primary() {
                            Some(node) => break node,
                            None if before.is_empty() => return None,
                            None => {
                                self.b.problem(at, "an operand is missing");
                                break self.b.opaque(&[], (at, at));
                            }
                        },
                        dash => (Prefix::Op(Op::Neg), dash),
                    },
                },
            };
            self.c.at += len;
            self.skip_lines();
            before.push((prefix, at));
            if self.b.tree.is_full() {
                return None;
            }
        };
        for (prefix, at) in before.into_iter().rev() {
            let span = (at, self.b.tree.span(node).1 as usize);
            node = match prefix {
                Prefix::Op(op) => self.b.unary(op, node, at),
                Prefix::Call(name) => self.b.helper(name, &[node], span),
                // Nobody asks what comes of it.
                Prefix::Cast(name) if name.eq_ignore_ascii_case("void") => {
                    self.b.add(Node::Unary(Op::Void, node), span)
                }
                Prefix::Cast(name) => self.b.helper(&format!("[{name}]"), &[node], span),
                Prefix::Step(op) if self.is_place(node) => self.step(node, op),
                Prefix::Step(_) => node,
                Prefix::Comma => self.b.list(&[node], span),
            };
        }
        Some(node)
    }

    /// Whether what comes next is an operand, so that a type in front of it is a cast.
    fn casts(&self) -> bool {
        match self.c.peek() {
            b'$' | b'(' | b'@' | b'[' | b'{' | b'0'..=b'9' => true,
            b'.' => self.c.ahead(1).is_ascii_digit(),
            b'+' | b'-' => {
                let next = self.c.ahead(1);
                next.is_ascii_digit()
                    || matches!(next, b'$' | b'(') && !self.c.behind().is_ascii_whitespace()
                    || self.dashed().is_some_and(|(w, _)| matches!(w.as_str(), "join" | "split" | "not" | "bnot"))
            }
            b'!' => true,
            _ => self.quote().is_some(),
        }
    }
}
