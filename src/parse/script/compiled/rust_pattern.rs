//! Patterns of Rust: which variables they make, and what they ask.

use super::{Id, Kind, Node, Op, Reader};

/// A pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// The variables, or [`Id::NONE`].
    pub(super) target: Id,
    /// Values of which one has to fit.
    pub(super) tests: Vec<Id>,
    /// Whether it fits everything.
    pub(super) is_any: bool,
}

impl Pattern {
    fn of(target: Id, is_any: bool) -> Self {
        Self { target, tests: Vec::new(), is_any }
    }
}

impl Reader<'_> {
    pub(super) fn rust_pattern(&mut self) -> Pattern {
        if !self.b.enter(self.place()) {
            self.give_up();
            return Pattern::of(Id::NONE, false);
        }
        self.eat("|");
        let mut made = self.rust_pattern_inside();
        while self.looking("|") && !self.looking("||") {
            self.at += 1;
            let other = self.rust_pattern_inside();
            let both_ask = !made.tests.is_empty() && !other.tests.is_empty();
            made.is_any |= other.is_any;
            if both_ask {
                made.tests.extend(other.tests);
            } else {
                made.tests.clear();
            }
        }
        self.b.leave();
        made
    }

    fn rust_pattern_inside(&mut self) -> Pattern {
        let start = self.place();
        while matches!(self.word(), "mut" | "ref" | "box") || self.looking("&") || self.kind() == Kind::Lifetime {
            self.at += 1;
        }
        let made = match self.kind() {
            Kind::Number | Kind::Text | Kind::Char | Kind::Sign(b'-') => {
                let minus = self.eat("-");
                let value = match self.kind() {
                    Kind::Number => self.number(),
                    Kind::Text | Kind::Char => self.quoted(),
                    _ => return Pattern::of(Id::NONE, false),
                };
                let value = if minus { self.b.unary(Op::Neg, value, start) } else { value };
                Pattern { target: Id::NONE, tests: vec![value], is_any: false }
            }
            Kind::Sign(b'(' | b'[') => {
                let parts = self.rust_patterns();
                let is_any = parts.iter().all(|p| p.is_any);
                let span = self.since(start);
                match parts.as_slice() {
                    [one] => one.clone(),
                    _ => {
                        let targets: Vec<Id> = parts.iter().map(|p| p.target).collect();
                        Pattern::of(self.b.list(&targets, span), is_any)
                    }
                }
            }
            Kind::Word => self.rust_pattern_of_name(start),
            _ if self.looking("..") => {
                self.at += if self.looking("..=") { 3 } else { 2 };
                Pattern::of(Id::NONE, true)
            }
            _ => return Pattern::of(Id::NONE, false),
        };
        if self.looking("..") {
            // A range: who knows.
            self.at += if self.looking("..=") { 3 } else { 2 };
            if matches!(self.kind(), Kind::Number | Kind::Char | Kind::Word) && !matches!(self.word(), "if" | "in") {
                self.at += 1;
            }
            return Pattern::of(Id::NONE, false);
        }
        made
    }

    /// Patterns in brackets.
    fn rust_patterns(&mut self) -> Vec<Pattern> {
        let end = self.partner();
        self.at += 1;
        let mut parts = Vec::new();
        while self.at < end && self.more() {
            let before = self.at;
            parts.push(self.rust_pattern());
            self.eat(",");
            self.at = self.at.max(before + 1);
        }
        self.at = end.min(self.tokens.len());
        if self.more() {
            self.at += 1;
        }
        parts
    }

    fn rust_pattern_of_name(&mut self, start: usize) -> Pattern {
        let first = self.name();
        match first {
            "_" => return Pattern::of(Id::NONE, true),
            "true" | "false" => {
                let span = self.since(start);
                let value = self.b.add(Node::Bool(first == "true"), span);
                return Pattern { target: Id::NONE, tests: vec![value], is_any: false };
            }
            _ => {}
        }
        let mut last = first;
        let mut is_path = false;
        loop {
            if self.looking("::") {
                self.at += 2;
                is_path = true;
                if self.looking("<") {
                    self.rust_generics();
                } else {
                    last = self.name();
                }
            } else {
                break;
            }
        }
        if self.looking("(") {
            let parts = self.rust_patterns();
            // What went wrong is none of what it was about.
            if last == "Err" {
                return Pattern::of(Id::NONE, false);
            }
            let target = match parts.as_slice() {
                [one] => one.target,
                _ => {
                    let targets: Vec<Id> = parts.iter().map(|p| p.target).collect();
                    let span = self.since(start);
                    self.b.list(&targets, span)
                }
            };
            return Pattern::of(target, false);
        }
        if self.looking("{") && first.starts_with(|c: char| c.is_ascii_uppercase()) {
            let end = self.partner();
            self.at += 1;
            let mut pairs = Vec::new();
            while self.at < end && self.more() {
                let before = self.at;
                while matches!(self.word(), "mut" | "ref") {
                    self.at += 1;
                }
                let at = self.place();
                let field = self.name();
                if !field.is_empty() {
                    let span = (at, at + field.len());
                    let key = self.b.str(field, span);
                    let target = if self.eat(":") { self.rust_pattern().target } else { self.b.name(field, span) };
                    if target.is_some() {
                        pairs.extend([key, target]);
                    }
                }
                self.eat(",");
                self.at = self.at.max(before + 1);
            }
            self.at = end;
            self.eat("}");
            let span = self.since(start);
            let many = self.b.tree.many(&pairs);
            return Pattern::of(self.b.add(Node::Dict(many), span), false);
        }
        let is_constant = is_path || first.starts_with(|c: char| c.is_ascii_uppercase());
        if is_constant {
            return Pattern::of(Id::NONE, false);
        }
        let target = self.b.name(first, (start, start + first.len()));
        if self.eat("@") {
            let inner = self.rust_pattern();
            return Pattern { target, ..inner };
        }
        Pattern::of(target, true)
    }
}
