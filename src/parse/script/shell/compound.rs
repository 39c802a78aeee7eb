//! Compound commands and functions.

use super::redirect::Redirects;
use super::{Id, Node, Op, Reader};
use crate::parse::script::{Func, Param};

impl Reader<'_, '_> {
    /// Reads a compound command with its redirections, if one comes next.
    pub(super) fn compound(&mut self, input: Option<Id>) -> Option<Id> {
        let start = self.c.at;
        let word = if self.c.peek() == b'(' { "(" } else { self.reserved() };
        let plain = matches!(word, "(" | "{" | "[[" | "if" | "while" | "until" | "for" | "select" | "case");
        if !plain && word != "function" {
            return None;
        }
        if word == "function" {
            return Some(self.named_function());
        }
        let fed = self.fed;
        self.fed |= input.is_some();
        let made = match word {
            "(" => self.parentheses(),
            "{" => {
                self.c.at += 1;
                let body = self.body();
                self.expect("}");
                body
            }
            "[[" => self.double_brackets(),
            "if" => self.if_command(),
            "while" | "until" => self.while_command(word == "until"),
            "for" | "select" => self.for_command(word),
            _ => self.case_command(),
        };
        self.fed = fed;
        let mut redirects = Redirects::default();
        loop {
            self.skip_blank();
            if !self.redirect(&mut redirects) {
                break;
            }
        }
        let flow = self.flow(&redirects, input, false);
        let mut made = made;
        if let Some(input) = flow.input {
            let span = self.b.over(input, made);
            let stdin = self.b.name("/dev/stdin", (span.0, span.0));
            let feed = self.b.add(Node::Declare(stdin, input), span);
            made = self.b.block(&[feed, made], (start.min(span.0), self.c.at));
        }
        Some(self.written(made, &flow))
    }

    /// `( … )` or `(( … ))`.
    fn parentheses(&mut self) -> Id {
        if self.c.looking("((")
            && let Some(end) = self.arithmetic_end(2)
        {
            self.c.at += 2;
            return self.arithmetic_to(end);
        }
        self.c.at += 1;
        let body = self.body();
        self.expect_sign(")");
        body
    }

    fn if_command(&mut self) -> Id {
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        let mut word = "if";
        let mut start = self.c.at;
        // Each `elif` is nested in the one before, so they are joined from the last.
        while matches!(word, "if" | "elif") {
            self.c.at += word.len();
            let test = self.condition();
            self.expect("then");
            let body = self.body();
            parts.push((start, test, body));
            self.skip_lines();
            start = self.c.at;
            word = self.reserved();
        }
        if word == "else" {
            self.c.at += word.len();
            other = self.body();
        }
        self.expect("fi");
        let end = self.c.at;
        for (start, test, body) in parts.into_iter().rev() {
            other = self.b.add(Node::If(test, body, other), (start, end));
        }
        other
    }

    fn while_command(&mut self, until: bool) -> Id {
        let start = self.c.at;
        self.c.at += 5;
        let mut test = self.condition();
        if until {
            test = self.b.unary(Op::Not, test, start);
        }
        let body = self.do_group();
        self.b.add(Node::While(test, body, Id::NONE), (start, self.c.at))
    }

    /// `do … done`, or the braces that some shells take instead.
    fn do_group(&mut self) -> Id {
        self.skip_lines();
        if self.c.peek() == b';' {
            self.c.at += 1;
            self.skip_lines();
        }
        if self.reserved() == "{" {
            self.c.at += 1;
            let body = self.body();
            self.expect("}");
            return body;
        }
        if !self.expect("do") {
            return self.b.block(&[], (self.c.at, self.c.at));
        }
        let body = self.body();
        self.expect("done");
        body
    }

    fn for_command(&mut self, word: &str) -> Id {
        let start = self.c.at;
        self.c.at += word.len();
        self.skip_blank();
        if self.c.looking("((") {
            return self.for_arithmetic(start);
        }
        let at = self.c.at;
        let name = self.identifier();
        let target = self.variable(name, (at, self.c.at));
        if name.is_empty() {
            self.b.problem(at, "a loop over words without a variable");
        }
        self.skip_lines();
        let over = if self.reserved() == "in" {
            self.c.at += 2;
            self.for_words()
        } else {
            self.variable("@", (at, self.c.at))
        };
        let body = self.do_group();
        self.b.add(Node::For(target, over, body), (start, self.c.at))
    }

    fn for_words(&mut self) -> Id {
        let start = self.c.at;
        let mut words = Vec::new();
        loop {
            self.skip_blank();
            if !self.words(&mut words) {
                break;
            }
        }
        let ids: Vec<Id> = words.iter().map(|w| self.spread(w)).collect();
        match ids.as_slice() {
            [one] => match self.b.tree.get(*one) {
                Node::Spread(inner) => inner,
                Node::Name(sym) if self.b.tree.str(sym) == "@" => *one,
                _ => self.b.list(&ids, (start, self.c.at)),
            },
            _ => self.b.list(&ids, (start, self.c.at)),
        }
    }

    /// `for ((a; b; c))`.
    fn for_arithmetic(&mut self, start: usize) -> Id {
        let end = self.arithmetic_end(2).unwrap_or_else(|| self.c.line_end());
        self.c.at += 2;
        let outer = self.c.end;
        self.c.end = end.max(self.c.at);
        let mut parts = [Id::NONE; 3];
        for (i, part) in parts.iter_mut().enumerate() {
            self.c.take(|b| b.is_ascii_whitespace());
            if !matches!(self.c.peek(), b';' | 0) {
                *part = self.arithmetic();
            }
            self.c.take(|b| b.is_ascii_whitespace());
            if i < 2 {
                self.expect_sign(";");
            }
        }
        if self.c.more() {
            self.b.problem(self.c.at, "arithmetic that is not understood");
        }
        self.c.at = self.c.end;
        self.c.end = outer;
        self.expect_sign("))");
        let body = self.do_group();
        let span = (start, self.c.at);
        let [init, test, mut update] = parts;
        if update.is_some() {
            update = self.statement(update);
        }
        let round = self.b.add(Node::While(test, body, update), span);
        if init.is_some() { self.b.block(&[init, round], span) } else { round }
    }

    fn case_command(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 4;
        self.skip_blank();
        let subject = match self.word() {
            Some(word) => word.node,
            None => self.b.str("", (start, self.c.at)),
        };
        self.expect("in");
        let mut cases = Vec::new();
        loop {
            self.skip_lines();
            if !self.c.more() || self.reserved() == "esac" {
                break;
            }
            let before = self.c.at;
            self.case_item(&mut cases);
            if self.c.at == before {
                break;
            }
        }
        self.expect("esac");
        let many = self.b.tree.many(&cases);
        self.b.add(Node::Switch(subject, many), (start, self.c.at))
    }

    /// `a | b) … ;;`: as many cases; all but the last run on into the next.
    fn case_item(&mut self, cases: &mut Vec<Id>) {
        let start = self.c.at;
        self.c.eat("(");
        let mut tests = Vec::new();
        loop {
            self.skip_blank();
            let Some(word) = self.word() else { break };
            let span = self.b.over(word.node, word.node);
            tests.push(match self.b.literal(word.node) {
                Some("*") if word.glob => Id::NONE,
                _ if word.glob => self.b.helper("glob", &[word.node], span),
                _ => word.node,
            });
            self.skip_blank();
            if !self.c.eat("|") {
                break;
            }
        }
        self.expect_sign(")");
        let at = self.c.at;
        let mut ids = Vec::new();
        self.commands(&mut ids);
        let falls = self.c.looking(";&");
        let goes_on = self.c.looking(";;&");
        if !falls {
            ids.push(self.b.add(Node::Break, (self.c.at, self.c.at)));
        }
        let ended = (goes_on && self.c.eat(";;&")) || self.c.eat(";;");
        if !ended {
            self.c.eat(";&");
        }
        let span = (start, self.c.at);
        let body = self.b.block(&ids, (at, self.c.at));
        let last = tests.pop().unwrap_or(Id::NONE);
        for test in tests {
            let empty = self.b.block(&[], (start, at));
            cases.push(self.b.add(Node::Case(test, empty), span));
        }
        cases.push(self.b.add(Node::Case(last, body), span));
    }

    /// Whether `()` follows a word, which then names a function.
    pub(super) fn function_head(&mut self, word: Id) -> Option<String> {
        let mut ahead = self.c.clone();
        ahead.take(|b| b == b' ' || b == b'\t');
        if !ahead.eat("(") {
            return None;
        }
        ahead.take(|b| b == b' ' || b == b'\t');
        if !ahead.eat(")") {
            return None;
        }
        self.c.at = ahead.at;
        self.b.literal(word).map(str::to_owned)
    }

    /// `function name`, with or without `()`.
    fn named_function(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 8;
        self.skip_blank();
        let name = self.c.take(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b'{' | b';')).to_owned();
        let at = self.c.at;
        self.c.take(|b| b == b' ' || b == b'\t');
        if self.c.eat("(") {
            self.c.take(|b| b == b' ' || b == b'\t');
            if !self.c.eat(")") {
                // The body is a subshell.
                self.c.at = at;
            }
        }
        self.function(&name, start)
    }

    /// The body of a function, and the function. Its parameters are the positional ones that it uses.
    pub(super) fn function(&mut self, name: &str, start: usize) -> Id {
        self.skip_lines();
        let used = std::mem::take(&mut self.used);
        self.functions += 1;
        let body = match self.command(None) {
            Some(body) => body,
            None => {
                self.b.problem(self.c.at, "a function without a body");
                self.b.block(&[], (start, self.c.at))
            }
        };
        self.functions -= 1;
        let (highest, all) = std::mem::replace(&mut self.used, used);
        let mut params = Vec::new();
        let mut param = |reader: &mut Self, name: &str, rest| {
            let target = reader.b.name(name, (start, start));
            params.push(Param { target, default: Id::NONE, rest, keywords: false });
        };
        for i in 1..=highest {
            param(self, &i.to_string(), false);
        }
        if all {
            param(self, "@", true);
        }
        let name = self.b.tree.sym(name);
        let func = Func {
            name,
            params,
            body,
            is_expression: false,
            is_method: false,
            decorators: Vec::new(),
            outer: Vec::new(),
        };
        self.b.func(func, (start, self.c.at))
    }
}
