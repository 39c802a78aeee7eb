//! Arithmetic: `$(( … ))`, `(( … ))`, `for (( … ))`, subscripts. Also cmd.exe's `set /a`.

use super::cursor::is_name;
use super::word::Pieces;
use super::{Id, Node, Op, Reader};

/// Operators with two operands and how tightly they bind.
const OPERATORS: [(&str, u8, Op); 18] = [
    ("||", 1, Op::Or),
    ("&&", 2, Op::And),
    ("==", 6, Op::Eq),
    ("!=", 6, Op::Ne),
    ("<<", 8, Op::Shl),
    (">>", 8, Op::Shr),
    ("<=", 7, Op::Le),
    (">=", 7, Op::Ge),
    ("**", 11, Op::Pow),
    ("|", 3, Op::BitOr),
    ("^", 4, Op::BitXor),
    ("&", 5, Op::BitAnd),
    ("<", 7, Op::Lt),
    (">", 7, Op::Gt),
    ("+", 9, Op::Add),
    ("-", 9, Op::Sub),
    ("*", 10, Op::Mul),
    ("/", 10, Op::FloorDiv),
];

impl Reader<'_, '_> {
    /// Where the `))` of an arithmetic expression stands, whose text begins so many bytes ahead; nothing when it is a
    /// subshell in a substitution. When there is no strength left to look, it is
    /// taken for one too.
    pub(super) fn arithmetic_end(&mut self, skip: usize) -> Option<usize> {
        let from = self.c.at + skip;
        let rest = self.c.slice(from..self.c.end).as_bytes();
        let mut open = 2_u32;
        let mut i = 0;
        while let Some(b) = rest.get(i) {
            if i >= self.fuel {
                self.fuel = 0;
                return None;
            }
            match b {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 1 {
                        self.fuel -= i;
                        return (rest.get(i + 1) == Some(&b')')).then_some(from + i);
                    }
                }
                b'\\' => i += 1,
                b'\'' | b'"' => {
                    let inside = rest.get(i + 1..).unwrap_or_default();
                    i += memchr::memchr(*b, inside).map_or(0, |p| p + 1);
                }
                _ => {}
            }
            i += 1;
        }
        self.fuel -= i.min(self.fuel);
        None
    }

    /// Arithmetic up to a `))`, which is stepped over.
    pub(super) fn arithmetic_to(&mut self, end: usize) -> Id {
        let outer = self.c.end;
        self.c.end = end.max(self.c.at);
        let node = self.arithmetic();
        if self.c.more() {
            self.b.problem(self.c.at, "arithmetic that is not understood");
        }
        self.c.at = (self.c.end + 2).min(outer);
        self.c.end = outer;
        node
    }

    /// Expressions with commas between them. Stops in front of what does not belong to it.
    pub(in crate::parse::script) fn arithmetic(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        loop {
            ids.extend(self.assignment_or_value());
            self.blank();
            if !self.c.eat(",") {
                break;
            }
        }
        if ids.is_empty() { self.b.num(0.0, (start, self.c.at)) } else { self.b.seq(&ids, (start, self.c.at)) }
    }

    fn blank(&mut self) {
        self.c.take(|b| b.is_ascii_whitespace());
    }

    fn assignment_or_value(&mut self) -> Option<Id> {
        if !self.b.enter(self.c.at) {
            return Some(self.give_up());
        }
        let made = self.assignment_inside();
        self.b.leave();
        made
    }

    fn assignment_inside(&mut self) -> Option<Id> {
        let left = self.operation(0)?;
        self.blank();
        let is_place = matches!(self.b.tree.get(left), Node::Name(_) | Node::Index(..));
        if is_place {
            let (op, len) = match (self.c.peek(), self.c.ahead(1), self.c.ahead(2)) {
                (b'=', b, _) if b != b'=' => (None, 1),
                (b'+', b'=', _) => (Some(Op::Add), 2),
                (b'-', b'=', _) => (Some(Op::Sub), 2),
                (b'*', b'=', _) => (Some(Op::Mul), 2),
                (b'/', b'=', _) => (Some(Op::FloorDiv), 2),
                (b'%', b'=', _) => (Some(Op::Mod), 2),
                (b'&', b'=', _) => (Some(Op::BitAnd), 2),
                (b'|', b'=', _) => (Some(Op::BitOr), 2),
                (b'^', b'=', _) => (Some(Op::BitXor), 2),
                (b'<', b'<', b'=') => (Some(Op::Shl), 3),
                (b'>', b'>', b'=') => (Some(Op::Shr), 3),
                _ => (None, 0),
            };
            if len > 0 {
                self.c.at += len;
                let value = self.assignment_or_value()?;
                let value = op.map_or(value, |op| self.b.binary(op, left, value));
                return Some(self.set(left, value, false));
            }
        }
        if self.c.peek() == b'?' {
            self.c.at += 1;
            let then = self.assignment_or_value()?;
            self.blank();
            self.expect_sign(":");
            let other = self.assignment_or_value()?;
            let span = self.b.over(left, other);
            return Some(self.b.add(Node::Cond(left, then, other), span));
        }
        Some(left)
    }

    /// Operators that bind more tightly than `above`.
    fn operation(&mut self, above: u8) -> Option<Id> {
        let mut left = self.operand()?;
        loop {
            self.blank();
            let rest = self.c.rest();
            let found = OPERATORS.iter().find(|(sign, ..)| rest.starts_with(sign.as_bytes()));
            let (sign, tight, op) = match found {
                Some(found) => *found,
                None if rest.starts_with(b"%") => ("%", 10, Op::Mod),
                None => return Some(left),
            };
            // In a file of commands the per cent sign is written twice.
            let doubled = self.folds && rest.starts_with(b"%%");
            let assigns =
                rest.get(sign.len()) == Some(&b'=') && !matches!(sign, "==" | "!=" | "<=" | ">=" | "&&" | "||");
            if tight <= above || assigns {
                return Some(left);
            }
            self.c.at += sign.len() + usize::from(doubled);
            // Powers are taken from the right.
            let right = if op == Op::Pow {
                if !self.b.enter(self.c.at) {
                    return Some(left);
                }
                let right = self.operation(tight - 1);
                self.b.leave();
                right
            } else {
                self.operation(tight)
            };
            match right {
                Some(right) => left = self.b.binary(op, left, right),
                None => {
                    self.b.problem(self.c.at, "an operand is missing");
                    return Some(left);
                }
            }
        }
    }

    fn operand(&mut self) -> Option<Id> {
        let mut before = Vec::new();
        loop {
            self.blank();
            let (op, len) = match (self.c.peek(), self.c.ahead(1)) {
                (b'+', b'+') | (b'-', b'-') => (None, 2),
                (b'!', _) => (Some(Op::Not), 1),
                (b'~', _) => (Some(Op::Invert), 1),
                (b'-', _) => (Some(Op::Neg), 1),
                (b'+', _) => (Some(Op::Plus), 1),
                _ => break,
            };
            before.push((op, self.c.peek(), self.c.at));
            self.c.at += len;
        }
        let mut node = self.primary()?;
        if matches!(self.b.tree.get(node), Node::Name(_) | Node::Index(..))
            && (self.c.looking("++") || self.c.looking("--"))
        {
            // As a value it is what it was before.
            let (op, back) = if self.c.peek() == b'+' { (Op::Add, Op::Sub) } else { (Op::Sub, Op::Add) };
            self.c.at += 2;
            node = self.step(node, op);
            let one = self.b.num(1.0, (self.c.at, self.c.at));
            node = self.b.binary(back, node, one);
        }
        for (op, sign, at) in before.into_iter().rev() {
            node = match op {
                Some(op) => self.b.unary(op, node, at),
                None => self.step(node, if sign == b'+' { Op::Add } else { Op::Sub }),
            };
        }
        Some(node)
    }

    /// A variable and one more or less.
    fn step(&mut self, place: Id, op: Op) -> Id {
        let one = self.b.num(1.0, (self.c.at, self.c.at));
        let value = self.b.binary(op, place, one);
        self.set(place, value, false)
    }

    fn primary(&mut self) -> Option<Id> {
        let start = self.c.at;
        match self.c.peek() {
            b'(' => {
                self.c.at += 1;
                if !self.b.enter(start) {
                    return Some(self.give_up());
                }
                let node = self.arithmetic();
                self.b.leave();
                self.blank();
                self.expect_sign(")");
                Some(node)
            }
            b'0'..=b'9' => Some(self.number()),
            b'$' => {
                let mut p = Pieces::default();
                self.dollar(&mut p, true);
                // `$x$y`, `16#$x`: digits put together.
                while matches!(self.c.peek(), b'$') {
                    self.dollar(&mut p, true);
                }
                Some(self.value(p, start))
            }
            b'`' => Some(self.backquote(false)),
            b'"' => {
                self.c.at += 1;
                let mut p = Pieces::default();
                self.quoted(&mut p, true, false);
                Some(self.value(p, start))
            }
            b'\'' => {
                self.c.at += 1;
                let end = self.c.find(b'\'').unwrap_or(self.c.end);
                let text = self.c.slice(start + 1..end);
                self.c.at = (end + 1).min(self.c.end);
                Some(self.b.str(text, (start, self.c.at)))
            }
            _ => {
                let name = self.identifier();
                if name.is_empty() {
                    return None;
                }
                let span = (start, self.c.at);
                let variable =
                    if self.folds { self.b.name(name.to_ascii_lowercase(), span) } else { self.variable(name, span) };
                if self.c.peek() != b'[' {
                    return Some(variable);
                }
                let index = self.subscript(name);
                Some(self.b.add(Node::Index(variable, index), (start, self.c.at)))
            }
        }
    }

    fn number(&mut self) -> Id {
        let start = self.c.at;
        let digits = self.c.take(|b| is_name(b) || b == b'#' || b == b'@');
        let (base, digits) = match digits.split_once('#') {
            Some((base, digits)) => (base.parse::<u32>().unwrap_or(10), digits),
            None => match digits.as_bytes() {
                [b'0', b'x' | b'X', ..] => (16, digits.get(2..).unwrap_or_default()),
                [b'0', _, ..] => (8, digits),
                _ => (10, digits),
            },
        };
        let mut n = 0.0_f64;
        for b in digits.bytes() {
            let digit = match b {
                b'0'..=b'9' => b - b'0',
                b'a'..=b'z' => b - b'a' + 10,
                b'A'..=b'Z' if base <= 36 => b - b'A' + 10,
                b'A'..=b'Z' => b - b'A' + 36,
                b'@' => 62,
                _ => 63,
            };
            n = n * f64::from(base) + f64::from(digit);
        }
        self.b.num(n, (start, self.c.at))
    }
}
