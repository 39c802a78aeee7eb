//! Statements of Java and C#.

use super::{Id, Kind, Language, Node, Reader, UNSAFE};
use crate::parse::script::tree::CAUGHT;

impl Reader<'_> {
    /// `{ … }`.
    pub(super) fn curly_block(&mut self) -> Id {
        let start = self.place();
        let mark = self.names.mark();
        let mut ids = Vec::new();
        if self.expect("{") {
            self.curly_statements(&mut ids);
            self.expect("}");
        }
        self.names.forget(mark);
        let span = self.since(start);
        self.b.block(&ids, span)
    }

    /// Statements up to something that closes, or to the next case.
    fn curly_statements(&mut self, out: &mut Vec<Id>) {
        while !self.closes() && !self.is_case() && !self.b.tree.is_full() {
            let before = self.at;
            out.extend(self.curly_statement());
            self.at += usize::from(self.at == before);
        }
    }

    fn is_case(&self) -> bool {
        self.word() == "case" || self.word() == "default" && (self.looking_at(1, ":") || self.looking_at(1, "->"))
    }

    pub(super) fn curly_statement(&mut self) -> Option<Id> {
        if !self.b.enter(self.place()) {
            let made = self.give_up();
            self.eat(";");
            return Some(made);
        }
        let made = self.curly_statement_inside();
        self.b.leave();
        made
    }

    fn curly_statement_inside(&mut self) -> Option<Id> {
        let start = self.place();
        if self.eat(";") {
            return None;
        }
        if self.looking("{") {
            return Some(self.curly_block());
        }
        if self.looking("@") || self.looking("[") && self.b.tree.language == Language::CSharp && self.begins_attribute()
        {
            self.skip_mark();
        }
        if self.word() == "await" && matches!(self.word_at(1), "foreach" | "using") {
            self.at += 1;
        }
        match self.word() {
            "if" => Some(self.curly_if()),
            "for" | "foreach" => Some(self.curly_for()),
            "while" => {
                self.at += 1;
                let test = self.curly_head();
                let body = self.curly_body_of();
                let span = self.since(start);
                Some(self.b.add(Node::While(test, body, Id::NONE), span))
            }
            "do" => {
                self.at += 1;
                let body = self.curly_body_of();
                self.eat_word("while");
                let test = self.curly_head();
                self.eat(";");
                let span = self.since(start);
                Some(self.b.add(Node::DoWhile(body, test), span))
            }
            "switch" if self.looking_at(1, "(") => {
                self.at += 1;
                let value = self.curly_head();
                Some(self.curly_cases(value, start))
            }
            "try" => Some(self.curly_try()),
            "using" | "lock" | "synchronized" | "fixed" if self.looking_at(1, "(") => {
                self.at += 1;
                let mark = self.names.mark();
                let first = self.curly_resources();
                let body = self.curly_body_of();
                self.names.forget(mark);
                let span = self.since(start);
                let ids: Vec<Id> = first.into_iter().chain([body]).collect();
                Some(self.b.block(&ids, span))
            }
            "using" => {
                self.at += 1;
                self.curly_simple()
            }
            "assert" if self.b.tree.language == Language::Java => {
                self.at += 1;
                let asked = self.curly_expression();
                if self.eat(":") {
                    self.curly_expression();
                }
                self.eat(";");
                Some(asked)
            }
            word if (word == UNSAFE || matches!(word, "checked" | "unchecked")) && self.looking_at(1, "{") => {
                self.at += 1;
                Some(self.curly_block())
            }
            "return" => {
                self.at += 1;
                let value = if self.looking(";") || self.closes() { Id::NONE } else { self.curly_expression() };
                self.eat(";");
                let span = self.since(start);
                Some(self.b.add(Node::Return(value), span))
            }
            "throw" => {
                self.at += 1;
                let value = if self.looking(";") { Id::NONE } else { self.curly_expression() };
                self.eat(";");
                let span = self.since(start);
                Some(self.b.add(Node::Throw(value), span))
            }
            "yield" if !self.looking_at(1, "=") && !self.looking_at(1, ".") => {
                self.at += 1;
                let ends = self.eat_word("break");
                self.eat_word("return");
                let value = if ends || self.looking(";") { Id::NONE } else { self.curly_expression() };
                self.eat(";");
                let span = self.since(start);
                Some(self.b.add(if ends { Node::Return(Id::NONE) } else { Node::Yield(value) }, span))
            }
            word @ ("break" | "continue" | "goto") => {
                self.at += 1;
                let label = self.name();
                self.at += usize::from(word == "goto" && !self.looking(";"));
                self.eat(";");
                let span = self.since(start);
                let sym = self.b.tree.sym(label);
                match (word, label) {
                    ("break", "") => Some(self.b.add(Node::Break, span)),
                    ("continue", "") => Some(self.b.add(Node::Continue, span)),
                    ("break", _) => Some(self.b.add(Node::BreakTo(sym), span)),
                    ("continue", _) => Some(self.b.add(Node::ContinueTo(sym), span)),
                    _ => None,
                }
            }
            "class" | "interface" | "enum" | "struct" => {
                // A type within a function: only what is around it is followed.
                while self.more() && !self.looking("{") && !self.looking(";") {
                    self.at += 1;
                }
                if self.looking("{") {
                    self.skip_brackets()
                } else {
                    self.at += 1
                }
                None
            }
            label if !label.is_empty() && self.looking_at(1, ":") && !self.looking_at(1, "::") => {
                self.at += 2;
                let sym = self.b.tree.sym(label);
                let body = self.curly_statement()?;
                let span = self.since(start);
                Some(self.b.add(Node::Labelled(sym, body), span))
            }
            _ => self.curly_simple(),
        }
    }

    /// Whether the bracket here holds marks of what comes behind it.
    fn begins_attribute(&self) -> bool {
        let behind = self.tokens.get(self.partner() + 1);
        behind.is_some_and(|t| t.kind == Kind::Word)
    }

    fn skip_mark(&mut self) {
        if self.looking("[") {
            return self.skip_brackets();
        }
        self.at += 1;
        // A name of C# that is a word of the language.
        if self.b.tree.language == Language::CSharp {
            return;
        }
        self.name();
        while self.eat(".") {
            self.name();
        }
        if self.looking("(") {
            self.skip_brackets();
        }
    }

    /// A declaration or an expression up to its semicolon.
    fn curly_simple(&mut self) -> Option<Id> {
        let made = self.curly_declaration().or_else(|| Some(self.curly_expression()));
        if !self.eat(";") && !self.closes() && self.more() {
            self.b.problem(self.place(), "a sign that fits nowhere");
            self.skip_statement();
            self.eat(";");
        }
        made
    }

    /// `T a = x, b`, or a function within a function; nothing moves when none stands here.
    pub(super) fn curly_declaration(&mut self) -> Option<Id> {
        let before = self.at;
        let start = self.place();
        while matches!(self.word(), "final" | "const" | "static" | "async" | "ref" | "readonly" | "scoped")
            && (!self.word_at(1).is_empty() || self.looking_at(1, "("))
        {
            self.at += 1;
        }
        // `var (a, b) = x`.
        if self.word() == "var" && self.looking_at(1, "(") {
            self.at += 1;
            let targets = self.curly_targets();
            self.expect("=");
            let value = self.curly_expression();
            return Some(self.declare(targets, value));
        }
        let Some(kind) = self.skip_type().map(str::to_owned) else {
            self.at = before;
            return None;
        };
        let name = self.word().to_owned();
        let behind = self.at + 1;
        let is_function = self.looking_at(1, "(") || self.looking_at(1, "<");
        let is_one = !name.is_empty()
            && (is_function
                || self.looking_at(1, "=") && !self.looking_at(1, "==") && !self.looking_at(1, "=>")
                || self.looking_at(1, ";")
                || self.looking_at(1, ",")
                || self.looking_at(1, "[]")
                || self.looking_at(1, ":") && !self.looking_at(1, "::")
                || self.word_at(1) == "in");
        if !is_one || self.curly_joins(&name) {
            self.at = before;
            return None;
        }
        if is_function {
            self.at = behind;
            self.skip_generics();
            if self.looking("(") {
                return Some(self.curly_local_function(&name, start));
            }
            self.at = before;
            return None;
        }
        let mut ids = Vec::new();
        loop {
            let at = self.place();
            let name = self.name().to_owned();
            self.eat("[]");
            let span = self.since(at);
            let value = if self.looking("=") && !self.looking("==") {
                self.at += 1;
                self.curly_value()
            } else {
                let nothing = self.b.opaque(&[], span);
                self.of_type(nothing, &kind, span).unwrap_or(nothing)
            };
            self.local(&name);
            let target = self.b.name(&name, span);
            ids.push(self.declare(target, value));
            if !self.looking(",") || self.word_at(1).is_empty() {
                break;
            }
            self.at += 1;
        }
        let span = self.since(start);
        Some(self.b.seq(&ids, span))
    }

    /// Whether a word stands between two sides, and so is no name.
    pub(super) fn curly_joins(&self, word: &str) -> bool {
        word == "instanceof"
            || self.b.tree.language == Language::CSharp
                && matches!(word, "is" | "as" | "in" | "switch" | "with" | "and" | "or" | "when")
    }

    fn curly_local_function(&mut self, name: &str, start: usize) -> Id {
        self.local(name);
        let mark = self.names.mark();
        let (mut params, mut typed) = (Vec::new(), Vec::new());
        self.curly_params(&mut params, &mut typed);
        while self.more() && !self.looking("{") && !self.looking(";") && !self.looking("=>") {
            self.at += 1;
        }
        let (body, is_expression) = self.curly_body();
        self.names.forget(mark);
        self.function(name, params, body, is_expression, start)
    }

    /// `(a, b)` of what comes apart.
    fn curly_targets(&mut self) -> Id {
        let start = self.place();
        let end = self.partner();
        let mut ids = Vec::new();
        while self.at < end {
            self.at += 1;
            let word = self.word().to_owned();
            if !word.is_empty() && (self.looking_at(1, ",") || self.looking_at(1, ")")) {
                let at = self.place();
                self.local(&word);
                ids.push(self.b.name(&word, (at, at + word.len())));
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        let span = self.since(start);
        self.b.list(&ids, span)
    }

    /// What stands in brackets behind a word.
    fn curly_head(&mut self) -> Id {
        let end = self.partner();
        self.expect("(");
        let made = self.curly_expression();
        self.at = self.at.max((end + 1).min(self.tokens.len()));
        made
    }

    fn curly_body_of(&mut self) -> Id {
        let start = self.place();
        match self.curly_statement() {
            Some(id) => id,
            None => {
                let span = self.since(start);
                self.b.block(&[], span)
            }
        }
    }

    fn curly_if(&mut self) -> Id {
        // A chain of branches may be as long as the file: by a loop.
        let mut parts: Vec<(usize, Id, Id)> = Vec::new();
        let mut last = Id::NONE;
        loop {
            let start = self.place();
            self.at += 1;
            let test = self.curly_head();
            let then = self.curly_body_of();
            parts.push((start, test, then));
            if !self.eat_word("else") {
                break;
            }
            if self.word() == "if" {
                continue;
            }
            last = self.curly_body_of();
            break;
        }
        for (start, test, then) in parts.into_iter().rev() {
            let span = self.since(start);
            last = self.b.add(Node::If(test, then, last), span);
        }
        last
    }

    fn curly_for(&mut self) -> Id {
        let start = self.place();
        self.at += 1;
        let mark = self.names.mark();
        let end = self.partner();
        self.expect("(");
        let made = self.curly_for_inside(start, end);
        self.names.forget(mark);
        made
    }

    fn curly_for_inside(&mut self, start: usize, end: usize) -> Id {
        // `T x : over`, `T x in over`.
        let before = self.at;
        self.eat_word("final");
        let targets = if self.word() == "var" && self.looking_at(1, "(") {
            self.at += 1;
            Some(self.curly_targets())
        } else if self.skip_type().is_some() && !self.word().is_empty() {
            let at = self.place();
            let name = self.name().to_owned();
            let is_each = self.looking(":") || self.word() == "in";
            is_each.then(|| {
                self.local(&name);
                self.b.name(&name, (at, at + name.len()))
            })
        } else {
            None
        };
        if let Some(target) = targets
            && (self.eat(":") || self.eat_word("in"))
        {
            let over = self.curly_expression();
            self.at = (end + 1).min(self.tokens.len());
            let body = self.curly_body_of();
            let span = self.since(start);
            return self.b.add(Node::For(target, over, body), span);
        }
        self.at = before;
        let mut first = Vec::new();
        while !self.looking(";") && self.at < end && self.more() {
            let before = self.at;
            first.push(match self.curly_declaration() {
                Some(id) => id,
                None => self.curly_expression(),
            });
            if !self.eat(",") && !self.looking(";") || self.at == before {
                break;
            }
        }
        self.eat(";");
        let test = if self.looking(";") { Id::NONE } else { self.curly_expression() };
        self.eat(";");
        let mut updates = Vec::new();
        while self.at < end && self.more() {
            let before = self.at;
            updates.push(self.curly_expression());
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        let body = self.curly_body_of();
        let span = self.since(start);
        let update = if updates.is_empty() { Id::NONE } else { self.b.seq(&updates, span) };
        first.push(self.b.add(Node::While(test, body, update), span));
        self.b.block(&first, span)
    }

    /// `(T a = x; U b = y)` of `try` and `using`.
    fn curly_resources(&mut self) -> Vec<Id> {
        let end = self.partner();
        self.at += 1;
        let mut ids = Vec::new();
        while self.at < end && self.more() {
            let before = self.at;
            ids.push(match self.curly_declaration() {
                Some(id) => id,
                None => self.curly_expression(),
            });
            if !self.eat(";") || self.at == before {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        ids
    }

    fn curly_try(&mut self) -> Id {
        let start = self.place();
        self.at += 1;
        let mark = self.names.mark();
        let resources = if self.looking("(") { self.curly_resources() } else { Vec::new() };
        let mut body = self.curly_block();
        self.names.forget(mark);
        if !resources.is_empty() {
            let span = self.since(start);
            let ids: Vec<Id> = resources.into_iter().chain([body]).collect();
            body = self.b.block(&ids, span);
        }
        let at = self.place();
        let mut handlers = Vec::new();
        while self.eat_word("catch") {
            let mark = self.names.mark();
            if self.looking("(") {
                let end = self.partner();
                let name = end.checked_sub(1).and_then(|i| self.tokens.get(i)).copied();
                let several = end.saturating_sub(self.at) > 2;
                if let Some(token) = name.filter(|t| t.kind == Kind::Word && several) {
                    let span = (token.start as usize, token.end as usize);
                    let name = self.slice(token).to_owned();
                    self.local(&name);
                    let (target, value) = (self.b.name(&name, span), self.b.name(CAUGHT, span));
                    handlers.push(self.declare(target, value));
                }
                self.at = (end + 1).min(self.tokens.len());
            }
            if self.eat_word("when") && self.looking("(") {
                self.skip_brackets();
            }
            handlers.push(self.curly_block());
            self.names.forget(mark);
        }
        let span = self.since(at);
        let handlers = self.b.block(&handlers, span);
        let last = if self.eat_word("finally") { self.curly_block() } else { Id::NONE };
        let span = self.since(start);
        self.b.add(Node::Try(body, handlers, last), span)
    }

    /// The cases of `switch`, be it a statement or a value.
    pub(super) fn curly_cases(&mut self, value: Id, start: usize) -> Id {
        let end = self.partner();
        let mut cases = Vec::new();
        if self.expect("{") {
            while self.at < end && self.more() && !self.b.tree.is_full() {
                let before = self.at;
                self.curly_case(&mut cases);
                if self.at == before {
                    self.at += 1;
                }
            }
            self.at = (end + 1).min(self.tokens.len());
        }
        let span = self.since(start);
        let many = self.b.tree.many(&cases);
        self.b.add(Node::Switch(value, many), span)
    }

    fn curly_case(&mut self, cases: &mut Vec<Id>) {
        let start = self.place();
        let is_default = self.eat_word("default");
        let mut tests = Vec::new();
        if !is_default {
            if !self.eat_word("case") {
                return;
            }
            while !self.looking(":") && !self.looking("->") && !self.closes() {
                let before = self.at;
                tests.push(self.curly_ternary());
                // Conditions of a pattern.
                while !self.looking(",") && !self.looking(":") && !self.looking("->") && !self.closes() {
                    if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                }
                if !self.eat(",") || self.at == before {
                    break;
                }
            }
        }
        let is_arrow = self.eat("->");
        if !is_arrow {
            self.eat(":");
        }
        let mark = self.names.mark();
        let mut ids = Vec::new();
        if is_arrow {
            ids.extend(self.curly_statement());
            let span = self.since(start);
            ids.push(self.b.add(Node::Break, span));
        } else {
            self.curly_statements(&mut ids);
        }
        self.names.forget(mark);
        let span = self.since(start);
        let body = self.b.block(&ids, span);
        let nothing = self.b.block(&[], span);
        let last = tests.len().saturating_sub(1);
        if tests.is_empty() {
            cases.push(self.b.add(Node::Case(Id::NONE, body), span));
        }
        for (i, test) in tests.into_iter().enumerate() {
            cases.push(self.b.add(Node::Case(test, if i == last { body } else { nothing }), span));
        }
    }
}
