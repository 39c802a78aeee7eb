//! Expressions over the operators of a language.

use super::dialect::{ASSIGN, Kind};
use super::{Id, Language, Node, Op, Reader};

/// What stands in front of an operand.
enum Prefix {
    Op(Op),
    Step(Op),
    Spread,
    Call(String),
    /// Says nothing about the value.
    Nothing,
}

impl<'t> Reader<'t, '_> {
    /// An expression; what is none is told and unknown.
    pub(super) fn expression(&mut self) -> Id {
        self.expression_above(0)
    }

    /// An expression of operators that bind more tightly than `above`.
    pub(super) fn expression_above(&mut self, above: u8) -> Id {
        let start = self.c.at;
        match self.operation(above) {
            Some(node) => node,
            None => {
                self.b.problem(self.c.at, "an expression is missing");
                self.b.opaque(&[], self.since(start))
            }
        }
    }

    pub(super) fn operation(&mut self, above: u8) -> Option<Id> {
        if !self.b.enter(self.c.at) {
            return Some(self.give_up());
        }
        let made = self.operation_inside(above);
        self.b.leave();
        made
    }

    fn operation_inside(&mut self, above: u8) -> Option<Id> {
        let mut left = self.operand()?;
        loop {
            let end = self.c.at;
            self.gap();
            let found = self.operator();
            let Some((kind, tight, len)) = found.filter(|f| f.1 > above || self.assigns_below(f.0, left)) else {
                // A line feed that ends a statement of Ruby is still to be seen.
                if self.language == Language::Ruby {
                    self.c.at = end;
                }
                return Some(left);
            };
            self.c.at += len;
            left = self.applied(kind, tight, left)?;
            if self.b.tree.is_full() {
                return Some(left);
            }
        }
    }

    /// An assignment takes the variable left of it, however tightly what stands before binds (`!$x = f()`).
    fn assigns_below(&self, kind: Kind, left: Id) -> bool {
        matches!(kind, Kind::Assign(_) | Kind::AssignConcat)
            && self.language != Language::Ruby
            && matches!(self.b.tree.get(left), Node::Name(_) | Node::Index(..) | Node::Member(..))
    }

    /// The operator that comes next: what it is, how tightly it binds, its length.
    fn operator(&self) -> Option<(Kind, u8, usize)> {
        let rest = self.c.rest();
        let first = *rest.first()?;
        if self.language == Language::Php && rest.starts_with(b"?>") {
            return None;
        }
        let found = self.operators.iter().find(|o| {
            let sign = o.sign.as_bytes();
            sign.first() == Some(&first) && rest.starts_with(sign) && {
                let last = sign.last().copied().unwrap_or(0);
                let next = rest.get(sign.len()).copied().unwrap_or(0);
                // `"a"x3` is a repetition all the same.
                !last.is_ascii_alphabetic()
                    || (!next.is_ascii_alphanumeric() && next != b'_' && !self.arrow_follows(sign.len()))
                    || (o.sign == "x" && next.is_ascii_digit())
            }
        })?;
        let next = rest.get(found.sign.len()).copied().unwrap_or(0);
        match found.sign {
            // `=>` and `=>`-like signs are none, and a line that begins with `=` is documentation.
            "=" if next == b'>' => None,
            "?" if self.language == Language::Php && next == b'-' => None,
            "&" if self.language == Language::Ruby && next == b'.' => None,
            _ => Some((found.kind, found.tight, found.sign.len())),
        }
    }

    fn applied(&mut self, kind: Kind, tight: u8, left: Id) -> Option<Id> {
        self.skip_space();
        let start = self.b.tree.span(left).0 as usize;
        match kind {
            Kind::Op(op) => {
                let right = self.right(tight)?;
                Some(self.operated(op, left, right))
            }
            Kind::Concat => {
                // From the left: a long chain of texts must not be a deep one.
                let right = self.right(tight)?;
                let (left, right) = (self.as_text(left), self.as_text(right));
                Some(self.b.binary(Op::Add, left, right))
            }
            Kind::Power => {
                let right = self.right(tight - 1)?;
                Some(self.b.binary(Op::Pow, left, right))
            }
            Kind::Call(name) => {
                // `1..` has no end.
                let open = name.starts_with("..")
                    && self.language == Language::Ruby
                    && matches!(self.c.peek(), b')' | b']' | b';' | b'\n' | 0);
                let right = if open { self.nil(self.c.at) } else { self.right(tight)? };
                let span = (start, self.c.at);
                if let Some(name) = name.strip_prefix('!') {
                    let call = self.b.helper(&format!("={name}"), &[left, right], span);
                    return Some(self.b.add(Node::Unary(Op::Not, call), span));
                }
                Some(self.b.helper(name, &[left, right], span))
            }
            Kind::Bind(negated) => {
                let node = self.perl_bound(left, tight)?;
                Some(if negated { self.b.unary(Op::Not, node, start) } else { node })
            }
            Kind::Ternary => {
                self.skip_space();
                if self.language == Language::Php && self.c.eat(":") {
                    // `a ?: b` is the first that is true.
                    let other = self.right(tight)?;
                    return Some(self.b.binary(Op::Or, left, other));
                }
                let then = self.right(0)?;
                self.skip_space();
                self.expect(":");
                self.skip_space();
                let other = self.right(tight - 1)?;
                Some(self.b.add(Node::Cond(left, then, other), (start, self.c.at)))
            }
            Kind::Assign(_) | Kind::AssignConcat => {
                self.note_local(left);
                let value = self.assigned()?;
                let value = match kind {
                    Kind::Assign(Some(op)) => self.b.binary(op, left, value),
                    Kind::AssignConcat => {
                        let value = self.as_text(value);
                        self.b.binary(Op::Add, left, value)
                    }
                    _ => value,
                };
                let value = if self.language == Language::Perl { self.perl_as_map(left, value) } else { value };
                // `!$x = f()` turns what is assigned.
                if let Node::Unary(op, inner) = self.b.tree.get(left)
                    && kind == Kind::Assign(None)
                {
                    let set = self.set(inner, value);
                    return Some(self.b.unary(op, set, start));
                }
                Some(self.set(left, value))
            }
        }
    }

    fn right(&mut self, above: u8) -> Option<Id> {
        let right = self.operation(above);
        if right.is_none() {
            self.b.problem(self.c.at, "an operand is missing");
            return Some(self.nil(self.c.at));
        }
        right
    }

    /// What stands behind `=`.
    fn assigned(&mut self) -> Option<Id> {
        if self.language == Language::Php && self.c.peek() == b'&' {
            self.c.at += 1;
            self.skip_space();
        }
        self.right(ASSIGN - 1)
    }

    /// Numbers count where others put texts together.
    fn operated(&mut self, op: Op, left: Id, right: Id) -> Id {
        if op == Op::Add && matches!(self.language, Language::Php | Language::Perl | Language::Lua) {
            let (left, right) = (self.as_number(left), self.as_number(right));
            return self.b.binary(op, left, right);
        }
        self.b.binary(op, left, right)
    }

    fn as_number(&mut self, id: Id) -> Id {
        let span = self.span_of(id);
        if matches!(self.b.tree.get(id), Node::Str(_)) { self.b.add(Node::Unary(Op::Plus, id), span) } else { id }
    }

    /// A number that is put together with texts.
    fn as_text(&mut self, id: Id) -> Id {
        let span = self.span_of(id);
        match self.b.tree.get(id) {
            Node::Num(n) => self.b.str(n.to_string(), span),
            _ => id,
        }
    }

    fn note_local(&mut self, target: Id) {
        if self.language != Language::Ruby || !matches!(self.b.tree.get(target), Node::Name(_)) {
            return;
        }
        let (start, end) = self.span_of(target);
        let name = self.c.slice(start..end);
        if !name.is_empty() {
            self.locals.insert(name);
        }
    }

    /// An operand with what stands in front of it.
    pub(super) fn operand(&mut self) -> Option<Id> {
        let mut before = Vec::new();
        let mut node = loop {
            self.skip_space();
            let at = self.c.at;
            let Some((prefix, len)) = self.prefix() else {
                match self.primary() {
                    Some(node) => break node,
                    None if before.is_empty() => return None,
                    None => {
                        self.b.problem(at, "an operand is missing");
                        break self.b.opaque(&[], (at, at));
                    }
                }
            };
            self.c.at += len;
            before.push((prefix, at));
            if self.b.tree.is_full() {
                return None;
            }
        };
        if matches!(self.language, Language::Php | Language::Perl) && self.is_variable(node) {
            let end = self.c.at;
            self.c.take(|b| b == b' ');
            let (op, back) = match (self.c.peek(), self.c.ahead(1)) {
                (b'+', b'+') => (Op::Add, Op::Sub),
                (b'-', b'-') => (Op::Sub, Op::Add),
                _ => (Op::Void, Op::Void),
            };
            if op != Op::Void {
                self.c.at += 2;
                let step = self.step(node, op);
                let one = self.b.num(1.0, (self.c.at, self.c.at));
                // As a value it is what it was before.
                node = self.b.binary(back, step, one);
            } else {
                self.c.at = end;
            }
        }
        if before.is_empty() {
            return Some(node);
        }
        // A power binds more tightly than what stands in front of it.
        let end = self.c.at;
        self.gap();
        match self.operator() {
            Some((Kind::Power, tight, len)) => {
                self.c.at += len;
                node = self.applied(Kind::Power, tight, node)?;
            }
            _ => self.c.at = end,
        }
        for (prefix, at) in before.into_iter().rev() {
            let span = (at, self.b.tree.span(node).1 as usize);
            node = match prefix {
                Prefix::Op(op) => self.b.unary(op, node, at),
                Prefix::Step(op) if self.is_variable(node) => self.step(node, op),
                Prefix::Spread => self.b.add(Node::Spread(node), span),
                Prefix::Call(name) => self.b.helper(&name, &[node], span),
                Prefix::Step(_) | Prefix::Nothing => node,
            };
        }
        Some(node)
    }

    fn is_variable(&self, node: Id) -> bool {
        matches!(self.b.tree.get(node), Node::Name(_) | Node::Member(..) | Node::Index(..))
    }

    fn step(&mut self, place: Id, op: Op) -> Id {
        let one = self.b.num(1.0, (self.c.at, self.c.at));
        let value = self.b.binary(op, place, one);
        self.set(place, value)
    }

    fn prefix(&mut self) -> Option<(Prefix, usize)> {
        let next = self.c.ahead(1);
        let steps = matches!(self.language, Language::Php | Language::Perl);
        Some(match self.c.peek() {
            b'+' if next == b'+' && steps => (Prefix::Step(Op::Add), 2),
            b'-' if next == b'-' && steps => (Prefix::Step(Op::Sub), 2),
            b'-' if self.language == Language::Ruby && next == b'>' => return None,
            b'-' if self.language == Language::Perl && next.is_ascii_alphabetic() => return None,
            b'-' => (Prefix::Op(Op::Neg), 1),
            b'+' if self.language != Language::Lua => (Prefix::Op(Op::Plus), 1),
            b'!' if self.language != Language::Lua => (Prefix::Op(Op::Not), 1),
            b'~' => (Prefix::Op(Op::Invert), 1),
            b'#' if self.language == Language::Lua => (Prefix::Call("len".to_owned()), 1),
            b'n' if self.language == Language::Lua && self.word() == "not" => (Prefix::Op(Op::Not), 3),
            b'\\' if self.language == Language::Perl => (Prefix::Nothing, 1),
            b'@' if self.language == Language::Php => (Prefix::Nothing, 1),
            b'&' if self.language == Language::Php && next != b'&' => (Prefix::Nothing, 1),
            b'.' if self.language == Language::Php && self.c.looking("...") => (Prefix::Spread, 3),
            b'*' if self.language == Language::Ruby => (Prefix::Spread, if next == b'*' { 2 } else { 1 }),
            b'&' if self.language == Language::Ruby && next != b'&' => (Prefix::Nothing, 1),
            b'(' if self.language == Language::Php => {
                let (name, len) = self.php_cast()?;
                (Prefix::Call(name), len)
            }
            _ => return None,
        })
    }

    fn primary(&mut self) -> Option<Id> {
        match self.language {
            Language::Php => self.php_term(),
            Language::Perl => self.perl_term(),
            Language::Ruby => self.ruby_term(),
            _ => self.lua_term(),
        }
    }

    /// A number in any of the usual spellings.
    pub(super) fn number(&mut self) -> Id {
        let start = self.c.at;
        let base = match (self.c.peek(), self.c.ahead(1).to_ascii_lowercase()) {
            (b'0', b'x') => 16,
            (b'0', b'b') if self.language != Language::Lua => 2,
            (b'0', b'o') => 8,
            _ => 10,
        };
        if base != 10 {
            self.c.at += 2;
            let digits = self.c.take(|b| b.is_ascii_alphanumeric() || b == b'_');
            let n = digits
                .bytes()
                .filter_map(|b| char::from(b).to_digit(base))
                .fold(0.0, |n, d| n * f64::from(base) + f64::from(d));
            return self.b.num(n, self.since(start));
        }
        let digits = |r: &mut Self| {
            r.c.take(|b| b.is_ascii_digit() || b == b'_');
        };
        digits(self);
        if self.c.peek() == b'.' && self.c.ahead(1).is_ascii_digit() {
            self.c.at += 1;
            digits(self);
        } else if self.c.peek() == b'.'
            && self.c.ahead(1) != b'.'
            && matches!(self.language, Language::Lua | Language::Php)
            && !self.follows(1, b"$'\"(")
            && !self.c.ahead(1).is_ascii_alphabetic()
            && self.c.ahead(1) != b'='
            && self.c.ahead(1) != b' '
        {
            self.c.at += 1;
        }
        let signed = usize::from(matches!(self.c.ahead(1), b'+' | b'-'));
        if matches!(self.c.peek(), b'e' | b'E') && self.c.ahead(1 + signed).is_ascii_digit() {
            self.c.at += 1 + signed;
            digits(self);
        }
        let text = self.c.slice(start..self.c.at).replace('_', "");
        if self.language == Language::Ruby {
            // Rational and imaginary numbers.
            self.c.take(|b| b == b'r' || b == b'i');
        }
        let n = match text.strip_prefix('0') {
            // A zero in front makes it octal.
            Some(octal)
                if !octal.is_empty() && self.language != Language::Lua && octal.bytes().all(|b| b.is_ascii_digit()) =>
            {
                octal.bytes().filter_map(|b| char::from(b).to_digit(8)).fold(0.0, |n, d| n * 8.0 + f64::from(d))
            }
            _ => text.parse().unwrap_or(0.0),
        };
        self.b.num(n, self.since(start))
    }
}
