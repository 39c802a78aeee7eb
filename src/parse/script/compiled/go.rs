//! Statements of Go.

use super::{Id, Kind, Node, Op, Reader, SETTING};
use crate::parse::script::tree::PAIRS;

impl Reader<'_> {
    /// `{ … }`.
    pub(super) fn go_block(&mut self) -> Id {
        let start = self.place();
        let mut ids = Vec::new();
        if self.expect("{") {
            let plain = std::mem::replace(&mut self.plain, false);
            self.go_statements(&mut ids);
            self.plain = plain;
            self.expect("}");
        }
        let span = self.since(start);
        self.b.block(&ids, span)
    }

    /// Statements up to something that closes, or to the next case.
    fn go_statements(&mut self, out: &mut Vec<Id>) {
        loop {
            while self.eat(";") || self.kind() == Kind::LineEnd {
                self.at += usize::from(self.kind() == Kind::LineEnd);
            }
            let case = self.word() == "case" || self.word() == "default" && self.looking_at(1, ":");
            if self.closes() || case || self.b.tree.is_full() {
                return;
            }
            let before = self.at;
            if let Some(id) = self.go_statement() {
                out.push(id);
            }
            if !matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';' | b'}')) && self.more() {
                if self.at == before {
                    self.at += 1;
                }
                self.b.problem(self.place(), "a sign that fits nowhere");
                self.skip_statement();
                if self.at == before {
                    self.at += 1;
                }
            }
        }
    }

    fn go_statement(&mut self) -> Option<Id> {
        if !self.b.enter(self.place()) {
            return Some(self.give_up());
        }
        let made = self.go_statement_inside();
        self.b.leave();
        made
    }

    fn go_statement_inside(&mut self) -> Option<Id> {
        let start = self.place();
        match self.word() {
            "var" | "const" => {
                let mut ids = Vec::new();
                self.go_variables(&mut ids, false);
                let span = self.since(start);
                Some(self.b.block(&ids, span))
            }
            "type" => {
                self.at += 1;
                self.skip_statement();
                None
            }
            "if" => Some(self.go_if()),
            "for" => Some(self.go_for()),
            "switch" => Some(self.go_switch()),
            "select" => Some(self.go_select()),
            "return" => {
                self.at += 1;
                let value = if matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';' | b'}')) {
                    Id::NONE
                } else {
                    let values = self.go_list();
                    match values.as_slice() {
                        [one] => *one,
                        _ => {
                            let span = self.since(start);
                            self.b.helper("{results}", &values, span)
                        }
                    }
                };
                let span = self.since(start);
                Some(self.b.add(Node::Return(value), span))
            }
            "go" | "defer" => {
                self.at += 1;
                Some(self.go_expression())
            }
            word @ ("break" | "continue" | "goto" | "fallthrough") => {
                self.at += 1;
                let label = self.name();
                let span = self.since(start);
                let sym = self.b.tree.sym(label);
                match (word, label) {
                    ("break", "") if self.leaves => None,
                    ("break", "") => Some(self.b.add(Node::Break, span)),
                    ("continue", "") => Some(self.b.add(Node::Continue, span)),
                    ("break", _) => Some(self.b.add(Node::BreakTo(sym), span)),
                    ("continue", _) => Some(self.b.add(Node::ContinueTo(sym), span)),
                    _ => None,
                }
            }
            "" if self.looking("{") => Some(self.go_block()),
            label if !label.is_empty() && self.looking_at(1, ":") && !self.looking_at(1, ":=") => {
                self.at += 2;
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                let sym = self.b.tree.sym(label);
                let body = self.go_statement()?;
                let span = self.since(start);
                Some(self.b.add(Node::Labelled(sym, body), span))
            }
            _ => self.go_simple(),
        }
    }

    /// A statement that may stand in the head of another.
    pub(super) fn go_simple(&mut self) -> Option<Id> {
        let start = self.place();
        let targets = self.go_list();
        self.go_simple_from(targets, start)
    }

    /// The same from behind what stands first.
    fn go_simple_from(&mut self, targets: Vec<Id>, start: usize) -> Option<Id> {
        let first = targets.first().copied()?;
        if self.eat(":=") || self.looking("=") && !self.looking("==") && self.eat("=") {
            let is_new = self.tokens.get(self.at.wrapping_sub(2)).is_some_and(|t| t.kind == Kind::Sign(b':'));
            if self.word() == "range" {
                // Only `for` has it; what is gone through is still looked at.
                self.at += 1;
            }
            let values = self.go_list();
            return Some(self.go_set(&targets, &values, is_new, start));
        }
        for (sign, op) in SETTING {
            if self.eat(sign) {
                let mut right = self.go_expression();
                if *sign == "&^=" {
                    right = self.b.unary(Op::Invert, right, start);
                }
                let value = self.b.binary(*op, first, right);
                return Some(self.assign(first, value));
            }
        }
        for (sign, op) in [("++", Op::Add), ("--", Op::Sub)] {
            if self.eat(sign) {
                let span = self.since(start);
                let one = self.b.num(1.0, span);
                let value = self.b.binary(op, first, one);
                return Some(self.assign(first, value));
            }
        }
        if self.eat("<-") {
            // What is sent is what is received.
            let value = self.go_expression();
            return Some(self.assign(first, value));
        }
        let span = self.since(start);
        Some(if targets.len() == 1 { first } else { self.b.opaque(&targets, span) })
    }

    /// Several targets and values. One call for several gives its results in turn.
    pub(super) fn go_set(&mut self, targets: &[Id], values: &[Id], is_new: bool, start: usize) -> Id {
        let span = self.since(start);
        let set = |r: &mut Self, target: Id, value: Id| {
            let is_name = matches!(r.b.tree.get(target), Node::Name(sym) if r.b.tree.str(sym) == "_");
            if is_name {
                value
            } else if is_new && matches!(r.b.tree.get(target), Node::Name(_) | Node::List(_)) {
                r.declare(target, value)
            } else {
                r.assign(target, value)
            }
        };
        match (targets, values) {
            ([target], [value]) => set(self, *target, *value),
            (targets, [value]) => {
                let all = self.b.helper("{first}", &[*value], span);
                let kept: Vec<Id> = targets.iter().map(|t| if self.is_no_value(*t) { Id::NONE } else { *t }).collect();
                // Whether it went well says nothing of what it was about.
                if let [first, rest @ ..] = kept.as_slice()
                    && first.is_some()
                    && rest.iter().all(|t| !t.is_some())
                {
                    let zero = self.b.num(0.0, span);
                    let one = self.b.add(Node::Index(all, zero), span);
                    return set(self, *first, one);
                }
                let list = self.b.list(&kept, span);
                set(self, list, all)
            }
            (targets, values) if targets.len() == values.len() => {
                // All are worked out before any is set: `a, b = b, a`.
                let is_plain = values.iter().all(|v| {
                    matches!(self.b.tree.get(*v), Node::Num(_) | Node::Str(_) | Node::Bytes(_) | Node::Bool(_))
                });
                if is_new || is_plain {
                    let ids: Vec<Id> = targets.iter().zip(values).map(|(t, v)| set(self, *t, *v)).collect();
                    return self.b.seq(&ids, span);
                }
                let (targets, values) = (self.b.list(targets, span), self.b.list(values, span));
                set(self, targets, values)
            }
            (targets, values) => {
                let all: Vec<Id> = targets.iter().chain(values).copied().collect();
                self.b.opaque(&all, span)
            }
        }
    }

    /// Whether a target only takes whether something went well.
    fn is_no_value(&self, target: Id) -> bool {
        match self.b.tree.get(target) {
            Node::Name(sym) => {
                let name = self.b.tree.str(sym);
                matches!(name, "_" | "ok" | "found") || name.starts_with("err") || name.ends_with("Err")
            }
            _ => false,
        }
    }

    /// The head of `if` or `switch`: what is done first, and what is asked.
    fn go_head(&mut self) -> (Option<Id>, Option<Id>) {
        let plain = std::mem::replace(&mut self.plain, true);
        let mut first = None;
        let mut asked = None;
        if !self.looking("{") {
            if !self.looking(";") {
                asked = self.go_simple();
            }
            if self.eat(";") {
                first = asked.take();
                if !self.looking("{") {
                    asked = self.go_simple();
                }
            }
        }
        self.plain = plain;
        (first, asked)
    }

    fn go_if(&mut self) -> Id {
        // A chain of branches may be as long as the file: by a loop.
        let mut parts: Vec<(usize, Option<Id>, Id, Id)> = Vec::new();
        let mut last = Id::NONE;
        loop {
            let start = self.place();
            self.at += 1;
            let (first, asked) = self.go_head();
            let span = self.since(start);
            let test = asked.unwrap_or_else(|| self.b.opaque(&[], span));
            let then = self.go_block();
            parts.push((start, first, test, then));
            if !self.eat_word("else") {
                break;
            }
            if self.word() == "if" {
                continue;
            }
            last = self.go_block();
            break;
        }
        for (start, first, test, then) in parts.into_iter().rev() {
            let span = self.since(start);
            let test = match first {
                Some(first) => self.b.seq(&[first, test], span),
                None => test,
            };
            last = self.b.add(Node::If(test, then, last), span);
        }
        last
    }

    fn go_for(&mut self) -> Id {
        let start = self.place();
        self.at += 1;
        let leaves = std::mem::replace(&mut self.leaves, false);
        let plain = std::mem::replace(&mut self.plain, true);
        let made = self.go_for_inside(start, plain);
        self.plain = plain;
        self.leaves = leaves;
        made
    }

    fn go_for_inside(&mut self, start: usize, plain: bool) -> Id {
        let body_of = |r: &mut Self| {
            r.plain = plain;
            r.go_block()
        };
        if self.looking("{") {
            let body = body_of(self);
            let span = self.since(start);
            return self.b.add(Node::While(Id::NONE, body, Id::NONE), span);
        }
        if self.word() == "range" {
            self.at += 1;
            let over = self.go_expression();
            let body = body_of(self);
            let span = self.since(start);
            let target = self.b.name("_", span);
            return self.b.add(Node::For(target, over, body), span);
        }
        let mut init = None;
        if !self.looking(";") {
            let from = self.place();
            let targets = self.go_list();
            if (self.looking(":=") && self.word_at(2) == "range")
                || (self.looking("=") && !self.looking("==") && self.word_at(1) == "range")
            {
                self.at += if self.looking(":=") { 3 } else { 2 };
                let over = self.go_expression();
                let body = body_of(self);
                let span = self.since(start);
                let pairs = self.b.helper(PAIRS, &[over], span);
                let kept: Vec<Id> = targets
                    .iter()
                    .map(|t| match self.b.tree.get(*t) {
                        Node::Name(sym) if self.b.tree.str(sym) == "_" => Id::NONE,
                        _ => *t,
                    })
                    .collect();
                let target = self.b.list(&kept, span);
                return self.b.add(Node::For(target, pairs, body), span);
            }
            init = self.go_simple_from(targets, from);
        }
        if self.looking("{") {
            let body = body_of(self);
            let span = self.since(start);
            let test = init.unwrap_or(Id::NONE);
            return self.b.add(Node::While(test, body, Id::NONE), span);
        }
        self.expect(";");
        let test = if self.looking(";") || self.looking("{") { Id::NONE } else { self.go_expression() };
        if !self.looking("{") {
            self.expect(";");
        }
        let update = if self.looking("{") { None } else { self.go_simple() };
        let body = body_of(self);
        let span = self.since(start);
        let round = self.b.add(Node::While(test, body, update.unwrap_or(Id::NONE)), span);
        match init {
            Some(init) => self.b.block(&[init, round], span),
            None => round,
        }
    }

    /// `switch` as a chain of branches.
    fn go_switch(&mut self) -> Id {
        let start = self.place();
        self.at += 1;
        let (first, asked) = self.go_head();
        let span = self.since(start);
        let mut before: Vec<Id> = first.into_iter().collect();
        // `switch x := y.(type)` asks about a type, of which nothing is known.
        let is_of_types = asked.is_some_and(|id| self.asks_for_type(id));
        let value = asked.map(|asked| {
            let temporary = self.temporary();
            let name = self.b.name(&temporary, span);
            let kept = self.declare(name, asked);
            before.push(kept);
            self.b.name(&temporary, span)
        });
        let mut cases: Vec<(usize, Option<Id>, Id)> = Vec::new();
        let leaves = std::mem::replace(&mut self.leaves, true);
        let plain = std::mem::replace(&mut self.plain, false);
        if self.expect("{") {
            while self.more() && !self.looking("}") {
                self.go_case(value, is_of_types, &mut cases);
            }
            self.expect("}");
        }
        self.plain = plain;
        self.leaves = leaves;
        let mut last = cases.iter().position(|c| c.1.is_none()).map_or(Id::NONE, |i| cases.remove(i).2);
        for (from, test, body) in cases.into_iter().rev() {
            let span = self.since(from);
            let test = test.unwrap_or_else(|| self.b.opaque(&[], span));
            last = self.b.add(Node::If(test, body, last), span);
        }
        before.push(last);
        let span = self.since(start);
        self.b.block(&before, span)
    }

    fn asks_for_type(&self, id: Id) -> bool {
        let inner = match self.b.tree.get(id) {
            Node::Declare(_, value) | Node::Assign(_, value) => value,
            _ => id,
        };
        matches!(self.b.tree.get(inner), Node::Opaque(_))
    }

    fn go_case(&mut self, value: Option<Id>, is_of_types: bool, cases: &mut Vec<(usize, Option<Id>, Id)>) {
        while matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';')) {
            self.at += 1;
        }
        let from = self.place();
        let test = if self.eat_word("case") {
            let mut test: Option<Id> = None;
            if is_of_types {
                while self.more() && !self.looking(":") && !self.closes() {
                    if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                }
                let span = self.since(from);
                test = Some(self.b.opaque(&[], span));
            } else {
                for one in self.go_list() {
                    let one = value.map_or(one, |value| self.b.binary(Op::Eq, value, one));
                    test = Some(test.map_or(one, |before| self.b.binary(Op::Or, before, one)));
                }
            }
            test
        } else if self.eat_word("default") {
            None
        } else {
            if !self.looking("}") {
                self.b.problem(from, "no case");
                self.at += 1;
            }
            return;
        };
        self.expect(":");
        let mut ids = Vec::new();
        self.go_statements(&mut ids);
        let span = self.since(from);
        let body = self.b.block(&ids, span);
        cases.push((from, test, body));
    }

    /// `select`: any of its cases may come about.
    fn go_select(&mut self) -> Id {
        let start = self.place();
        self.at += 1;
        let leaves = std::mem::replace(&mut self.leaves, true);
        let plain = std::mem::replace(&mut self.plain, false);
        let mut ids = Vec::new();
        if self.expect("{") {
            while self.more() && !self.looking("}") {
                while matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';')) {
                    self.at += 1;
                }
                let from = self.place();
                let mut body = Vec::new();
                if self.eat_word("case") {
                    body.extend(self.go_simple());
                } else if !self.eat_word("default") {
                    if !self.looking("}") {
                        self.at += 1;
                    }
                    continue;
                }
                self.expect(":");
                self.go_statements(&mut body);
                let span = self.since(from);
                let test = self.b.opaque(&[], span);
                let then = self.b.block(&body, span);
                ids.push(self.b.add(Node::If(test, then, Id::NONE), span));
            }
            self.expect("}");
        }
        self.plain = plain;
        self.leaves = leaves;
        let span = self.since(start);
        self.b.block(&ids, span)
    }
}
