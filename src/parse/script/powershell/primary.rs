//! Operands: variables, literals, types, what is in parentheses; and what may follow them directly.

use super::{Id, Node, Op, Reader};

impl Reader<'_, '_> {
    /// An operand with its members, elements and calls.
    pub(super) fn primary(&mut self) -> Option<Id> {
        let start = self.c.at;
        let node = match self.c.peek() {
            b'$' if self.c.ahead(1) == b'(' => self.subexpression(),
            b'$' if self.is_variable() => self.variable().0,
            b'(' => self.parentheses(),
            b'{' => self.script_block(),
            b'@' => match self.c.ahead(1) {
                b'(' => self.array(),
                b'{' => self.hashtable(),
                _ if self.is_here_string() => self.here_string(),
                b if b.is_ascii_alphanumeric() || b == b'_' => {
                    let (all, _) = self.variable();
                    self.b.add(Node::Spread(all), self.since(start))
                }
                _ => return None,
            },
            b'[' => {
                let name = self.type_name();
                self.b.name(name, self.since(start))
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.c.ahead(1).is_ascii_digit() => self.number(),
            _ if self.quote().is_some() => self.string(),
            _ => return None,
        };
        Some(self.postfix(node, start))
    }

    /// Members, elements and calls behind an operand.
    pub(super) fn postfix(&mut self, mut node: Id, start: usize) -> Id {
        loop {
            node = match (self.c.peek(), self.c.ahead(1)) {
                (b'.', b'.') => return node,
                (b'.', next) if !next.is_ascii_whitespace() || self.opens(1, b'$') => {
                    self.c.at += 1;
                    match self.selected(node, start) {
                        Some(node) => node,
                        None => return node,
                    }
                }
                (b':', b':') => {
                    self.c.at += 2;
                    self.skip_lines();
                    match self.selected(node, start) {
                        Some(node) => node,
                        None => return node,
                    }
                }
                (b'[', _) => {
                    self.c.at += 1;
                    self.skip_lines();
                    let index = self.expression(true);
                    self.skip_lines();
                    self.expect("]");
                    self.b.add(Node::Index(node, index), self.since(start))
                }
                (sign @ (b'+' | b'-'), next) if sign == next && self.is_place(node) => {
                    self.c.at += 2;
                    let (op, back) = if sign == b'+' { (Op::Add, Op::Sub) } else { (Op::Sub, Op::Add) };
                    let step = self.step(node, op);
                    let one = self.b.num(1.0, (self.c.at, self.c.at));
                    // As a value it is what it was before.
                    return if self.at_end_of_statement() { step } else { self.b.binary(back, step, one) };
                }
                _ => return node,
            };
            if self.b.tree.is_full() {
                return node;
            }
        }
    }

    fn at_end_of_statement(&mut self) -> bool {
        let at = self.c.at;
        self.skip_blank();
        let end = self.at_end();
        self.c.at = at;
        end
    }

    pub(super) fn is_place(&self, node: Id) -> bool {
        matches!(self.b.tree.get(node), Node::Name(_) | Node::Member(..) | Node::Index(..))
    }

    /// A variable and one more or less.
    pub(super) fn step(&mut self, place: Id, op: Op) -> Id {
        let one = self.b.num(1.0, (self.c.at, self.c.at));
        let value = self.b.binary(op, place, one);
        self.set(place, value, false)
    }

    /// The member behind `.` or `::`, and its call.
    fn selected(&mut self, object: Id, start: usize) -> Option<Id> {
        let mut creates = false;
        let member = if self.quote().is_some() {
            let name = self.string();
            match self.b.literal(name).map(str::to_ascii_lowercase) {
                Some(name) => self.b.member(object, name, self.since(start)),
                None => self.b.add(Node::Index(object, name), self.since(start)),
            }
        } else {
            match self.c.peek() {
                b'$' => {
                    let name = if self.c.ahead(1) == b'(' { self.subexpression() } else { self.variable().0 };
                    self.b.add(Node::Index(object, name), self.since(start))
                }
                b'(' => {
                    let name = self.parentheses();
                    match self.b.literal(name).map(str::to_ascii_lowercase) {
                        Some(name) => self.b.member(object, name, self.since(start)),
                        None => self.b.add(Node::Index(object, name), self.since(start)),
                    }
                }
                _ => {
                    let mut name = self.name().to_ascii_lowercase();
                    // Backticks in a name say nothing.
                    while self.c.peek() == b'`' && self.c.ahead(1).is_ascii_alphanumeric() {
                        self.c.at += 1;
                        name.push_str(&self.name().to_ascii_lowercase());
                    }
                    if name.is_empty() {
                        self.b.problem(self.c.at, "a member without a name");
                        return None;
                    }
                    creates = name == "new";
                    self.b.member(object, name, self.since(start))
                }
            }
        };
        if self.c.peek() == b'(' {
            let args = self.arguments();
            if creates && matches!(self.b.tree.get(object), Node::Name(_)) {
                let many = self.b.tree.many(&args);
                return Some(self.b.add(Node::New(object, many), self.since(start)));
            }
            return Some(self.b.call(member, &args, self.since(start)));
        }
        Some(member)
    }

    /// `( a, b )` of a method.
    pub(super) fn arguments(&mut self) -> Vec<Id> {
        let start = self.c.at;
        let mut args = Vec::new();
        self.c.at += 1;
        if !self.b.enter(start) {
            args.push(self.give_up());
            return args;
        }
        loop {
            self.skip_lines();
            if !self.c.more() || self.c.peek() == b')' {
                break;
            }
            let at = self.c.at;
            let arg = self.expression(false);
            args.push(arg);
            self.skip_lines();
            if !self.c.eat(",") {
                break;
            }
            if self.c.at == at {
                break;
            }
        }
        self.expect(")");
        self.b.leave();
        args
    }

    /// `( … )`.
    pub(super) fn parentheses(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 1;
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.expect(")");
        self.b.leave();
        match ids.as_slice() {
            [one] => self.as_value(*one),
            _ => self.b.seq(&ids, self.since(start)),
        }
    }

    /// `$( … )`: what the statements put out.
    pub(super) fn subexpression(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 2;
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.expect(")");
        self.b.leave();
        let span = self.since(start);
        match ids.as_slice() {
            [] => self.b.str("", span),
            [one] => self.as_value(*one),
            [before @ .., _]
                if before.iter().any(|id| self.has_value(*id)) && ids.iter().all(|id| self.has_value(*id)) =>
            {
                self.b.list(&ids, span)
            }
            _ => self.b.seq(&ids, span),
        }
    }

    /// `@( … )`.
    fn array(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 2;
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.expect(")");
        self.b.leave();
        let span = self.since(start);
        if let [one] = ids.as_slice() {
            let one = self.as_value(*one);
            return match self.b.tree.get(one) {
                Node::Str(_) | Node::Num(_) | Node::Bool(_) | Node::Template(_) | Node::Dict(_) | Node::Func(_) => {
                    self.b.list(&[one], span)
                }
                _ => one,
            };
        }
        if ids.iter().all(|id| self.has_value(*id)) { self.b.list(&ids, span) } else { self.b.seq(&ids, span) }
    }

    /// `@{ a = 1; 'b' = 2 }`.
    fn hashtable(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        self.c.at += 2;
        let mut ids = Vec::new();
        loop {
            self.skip_separators();
            if !self.c.more() || self.c.peek() == b'}' {
                break;
            }
            let at = self.c.at;
            let key = match self.operand() {
                Some(key) => key,
                None => {
                    let word = self
                        .c
                        .take(|b| !matches!(b, b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'}' | b';'))
                        .to_ascii_lowercase();
                    self.b.str(word, self.since(at))
                }
            };
            self.skip_lines();
            if !self.expect("=") {
                if self.c.at == at {
                    self.c.bump();
                }
                // The rest of the line is no entry.
                self.c.at = self.c.line_end();
                continue;
            }
            self.skip_lines();
            let value = match self.statement() {
                Some(value) => self.as_value(value),
                None => self.b.add(Node::Nil, self.since(at)),
            };
            ids.extend([key, value]);
        }
        self.expect("}");
        self.b.leave();
        let many = self.b.tree.many(&ids);
        self.b.add(Node::Dict(many), self.since(start))
    }

    /// The name in `[ … ]`, in lower case and without blanks.
    pub(super) fn type_name(&mut self) -> String {
        let start = self.c.at;
        let mut open = 0_u32;
        let mut name = String::new();
        while self.c.more() {
            let b = self.c.peek();
            match b {
                b'[' => open += 1,
                b']' => open = open.saturating_sub(1),
                b' ' | b'\t' | b'\r' | b'\n' | b'`' => {
                    self.c.at += 1;
                    continue;
                }
                b if b.is_ascii_alphanumeric()
                    || matches!(b, b'.' | b'_' | b',' | b'+' | b'=' | b'-' | b'*' | b'&')
                    || b >= 0x80 => {}
                _ => break,
            }
            name.push_str(self.c.bump());
            if open == 0 {
                break;
            }
        }
        if open > 0 {
            self.b.problem(start, "the name of a type is never closed");
        }
        let inner = name.strip_prefix('[').unwrap_or(&name);
        inner.strip_suffix(']').unwrap_or(inner).to_ascii_lowercase()
    }

    fn number(&mut self) -> Id {
        let start = self.c.at;
        let mut n;
        if matches!((self.c.peek(), self.c.ahead(1)), (b'0', b'x' | b'X')) {
            self.c.at += 2;
            let digits = self.c.take(|b| b.is_ascii_hexdigit());
            n = digits.bytes().fold(0.0, |n, b| n * 16.0 + f64::from(char::from(b).to_digit(16).unwrap_or(0)));
        } else {
            self.c.take(|b| b.is_ascii_digit());
            if self.c.peek() == b'.' && self.c.ahead(1).is_ascii_digit() {
                self.c.at += 1;
                self.c.take(|b| b.is_ascii_digit());
            }
            let signed = usize::from(matches!(self.c.ahead(1), b'+' | b'-'));
            if matches!(self.c.peek(), b'e' | b'E') && self.c.ahead(1 + signed).is_ascii_digit() {
                self.c.at += 1 + signed;
                self.c.take(|b| b.is_ascii_digit());
            }
            n = self.c.slice(start..self.c.at).parse().unwrap_or(0.0);
        }
        let suffix = self.c.take(|b| b.is_ascii_alphabetic()).to_ascii_lowercase();
        let suffix = suffix.trim_start_matches(['l', 'd', 'u', 'y', 's', 'n']);
        let powers = ["kb", "mb", "gb", "tb", "pb"];
        if let Some(power) = powers.iter().position(|p| *p == suffix) {
            n *= 1024_f64.powi(i32::try_from(power).unwrap_or(0) + 1);
        }
        self.b.num(n, self.since(start))
    }
}
