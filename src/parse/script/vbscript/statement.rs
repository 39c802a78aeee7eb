//! Statements of VBScript.

use super::token::Token;
use super::{Func, Id, Node, Op, Param, Reader, WITH, result_of};

/// Words that may stand before a definition.
const BEFORE: &[&str] = &["public", "private", "friend", "static", "default"];

impl Reader<'_, '_> {
    /// Statements up to one that begins with such words, which is left.
    pub(super) fn statements(&mut self, until: &[&[&str]], out: &mut Vec<Id>) {
        loop {
            while self.peek() == Some(&Token::End) {
                self.next();
            }
            if self.peek().is_none() || self.b.tree.is_full() || self.stands(until) || self.closes() {
                return;
            }
            let at = self.at;
            self.statement(out);
            if self.at == at {
                self.next();
            }
        }
    }

    fn stands(&self, until: &[&[&str]]) -> bool {
        until.iter().any(|words| {
            words
                .iter()
                .enumerate()
                .all(|(i, word)| matches!(self.tokens.get(self.at + i), Some((Token::Word(w), _)) if w == word))
        })
    }

    /// Whether something ends here that a statement around has begun.
    fn closes(&self) -> bool {
        let next = |word: &str| matches!(self.tokens.get(self.at + 1), Some((Token::Word(w), _)) if w == word);
        let Some(Token::Word(word)) = self.peek() else { return false };
        match word.as_str() {
            "end" => ["if", "sub", "function", "class", "with", "select", "property"].iter().any(|w| next(w)),
            "next" | "loop" | "wend" | "else" | "elseif" | "case" => true,
            _ => false,
        }
    }

    /// Statements as one block, and the words that ended it eaten.
    fn body(&mut self, until: &[&[&str]]) -> Id {
        let start = self.place();
        let mut out = Vec::new();
        if self.b.enter(start) {
            self.statements(until, &mut out);
            self.b.leave();
        } else {
            self.skip_statement();
        }
        let span = (start, self.place().max(start));
        self.b.block(&out, span)
    }

    fn eat_words(&mut self, words: &[&str]) {
        for word in words {
            self.eat_word(word);
        }
    }

    fn statement(&mut self, out: &mut Vec<Id>) {
        while BEFORE.iter().any(|word| self.is_word(word)) {
            self.next();
        }
        let start = self.place();
        let Some(Token::Word(word)) = self.peek().cloned() else {
            return self.expression_statement(out);
        };
        match word.as_str() {
            "option" | "on" | "attribute" | "imports" | "declare" | "type" | "enum" | "goto" => self.skip_statement(),
            "dim" | "redim" | "const" => {
                self.next();
                self.eat_word("preserve");
                self.declarations(out);
            }
            "sub" | "function" | "property" => self.function(out),
            "class" => {
                self.next();
                let name = self.word();
                let body = self.body(&[&["end", "class"]]);
                self.eat_words(&["end", "class"]);
                let name = self.b.tree.sym(name);
                let bases = self.b.tree.many(&[]);
                let class = self.b.add(Node::Class(name, bases, body), (start, self.end()));
                out.push(class);
            }
            "if" => {
                let made = self.branch();
                out.push(made);
            }
            "for" => self.counted(out),
            "do" => self.repeated(out),
            "while" => {
                self.next();
                let test = self.expression();
                let body = self.body(&[&["wend"], &["end", "while"]]);
                if !self.eat_word("wend") {
                    self.eat_words(&["end", "while"]);
                }
                out.push(self.b.add(Node::While(test, body, Id::NONE), (start, self.end())));
            }
            "select" => self.choice(out),
            "with" => {
                self.next();
                let about = self.expression();
                let target = self.b.name(WITH, (start, self.end()));
                out.push(self.b.add(Node::Declare(target, about), (start, self.end())));
                let body = self.body(&[&["end", "with"]]);
                self.eat_words(&["end", "with"]);
                out.push(body);
            }
            "exit" => {
                self.next();
                let what = self.word();
                let node = match what.as_str() {
                    "for" | "do" | "while" => Node::Break,
                    _ => Node::Return(self.given_back()),
                };
                out.push(self.b.add(node, (start, self.end())));
            }
            "set" | "let" => {
                self.next();
                self.expression_statement(out);
            }
            "call" => {
                self.next();
                let value = self.reference(true);
                let value = match self.b.tree.get(value) {
                    Node::Call(..) => value,
                    _ => self.b.call(value, &[], (start, self.end())),
                };
                out.push(value);
            }
            "end" | "stop" => {
                self.next();
                self.skip_statement();
            }
            _ => self.expression_statement(out),
        }
    }

    fn word(&mut self) -> String {
        match self.peek().cloned() {
            Some(Token::Word(word)) => {
                self.next();
                word
            }
            _ => String::new(),
        }
    }

    /// What a function gives back when it is left here.
    fn given_back(&mut self) -> Id {
        let place = self.place();
        match self.function.clone() {
            Some(function) => self.b.name(result_of(&function), (place, place)),
            None => Id::NONE,
        }
    }

    /// `Dim a, b(3)`, `Const c = 1`.
    fn declarations(&mut self, out: &mut Vec<Id>) {
        loop {
            let start = self.place();
            let name = self.word();
            if name.is_empty() {
                return self.skip_statement();
            }
            let target = self.b.name(name, (start, self.end()));
            let mut value = None;
            if self.eat("(") {
                self.arguments();
                self.eat(")");
                value = Some(self.b.list(&[], (start, self.end())));
            }
            if self.eat_word("as") {
                self.eat_word("new");
                self.word();
            }
            if self.eat("=") {
                value = Some(self.expression());
            }
            let span = (start, self.end());
            let value = value.unwrap_or_else(|| self.b.add(Node::Nil, span));
            out.push(self.b.add(Node::Declare(target, value), span));
            if !self.eat(",") {
                return self.skip_statement();
            }
        }
    }

    fn function(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        let kind = self.word();
        if kind == "property" {
            self.word();
        }
        let name = self.word();
        let mut params = Vec::new();
        if self.eat("(") {
            while !matches!(self.peek(), None | Some(Token::End | Token::Sign(")"))) {
                for word in ["optional", "byval", "byref", "paramarray"] {
                    self.eat_word(word);
                }
                let at = self.place();
                let param = self.word();
                if param.is_empty() {
                    break;
                }
                let target = self.b.name(param, (at, self.end()));
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
                while !matches!(self.peek(), None | Some(Token::End | Token::Sign(")" | ","))) {
                    self.next();
                }
                self.eat(",");
            }
            self.eat(")");
        }
        if self.eat_word("as") {
            self.skip_statement();
        }
        let around = self.function.replace(name.clone());
        let body_at = self.place();
        let mut body = Vec::new();
        if self.b.enter(body_at) {
            self.statements(&[&["end", "sub"], &["end", "function"], &["end", "property"]], &mut body);
            self.b.leave();
        }
        self.eat_words(&["end", &kind]);
        if kind != "sub" {
            let value = self.given_back();
            body.push(self.b.add(Node::Return(value), (body_at, self.end())));
        }
        self.function = around;
        let body = self.b.block(&body, (body_at, self.end().max(body_at)));
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
        out.push(self.b.func(func, (start, self.end())));
    }

    /// `If … Then …`, on one line or several.
    fn branch(&mut self) -> Id {
        let start = self.place();
        self.next();
        let test = self.expression();
        self.eat_word("then");
        if self.peek() == Some(&Token::End) && self.ends_line() {
            let then = self.body(&[]);
            let otherwise = if self.is_word("elseif") {
                let place = self.place();
                if self.b.enter(place) {
                    let inner = self.branch();
                    self.b.leave();
                    return self.b.add(Node::If(test, then, inner), (start, self.end()));
                }
                Id::NONE
            } else if self.eat_word("else") {
                if self.is_word("if") { self.body(&[&["end", "if"]]) } else { self.body(&[]) }
            } else {
                Id::NONE
            };
            self.eat_words(&["end", "if"]);
            return self.b.add(Node::If(test, then, otherwise), (start, self.end()));
        }
        let then = self.line();
        let otherwise = if self.eat_word("else") { self.line() } else { Id::NONE };
        if self.is_word("end") {
            self.eat_words(&["end", "if"]);
        }
        self.b.add(Node::If(test, then, otherwise), (start, self.end()))
    }

    /// Whether the end of a statement that comes next is that of its line.
    fn ends_line(&self) -> bool {
        let sign = |span: &(usize, usize)| self.text.as_bytes().get(span.0).copied();
        !matches!(self.tokens.get(self.at), Some((Token::End, span)) if sign(span) == Some(b':'))
    }

    /// The statements of one line.
    fn line(&mut self) -> Id {
        let start = self.place();
        let mut out = Vec::new();
        loop {
            if self.peek().is_none() || self.is_word("else") || self.is_word("end") && self.closes() {
                break;
            }
            if self.peek() == Some(&Token::End) {
                if self.ends_line() {
                    break;
                }
                self.next();
                continue;
            }
            let at = self.at;
            if self.b.enter(start) {
                self.statement(&mut out);
                self.b.leave();
            } else {
                self.skip_statement();
            }
            if self.at == at {
                self.next();
            }
        }
        self.b.block(&out, (start, self.end().max(start)))
    }

    fn counted(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        self.next();
        if self.eat_word("each") {
            let target = self.reference(false);
            if self.eat_word("as") {
                self.word();
            }
            self.eat_word("in");
            let over = self.expression();
            let body = self.body(&[&["next"]]);
            self.end_of_loop("next");
            out.push(self.b.add(Node::For(target, over, body), (start, self.end())));
            return;
        }
        let target = self.reference(false);
        if self.eat_word("as") {
            self.word();
        }
        self.eat("=");
        let from = self.expression();
        self.eat_word("to");
        let to = self.expression();
        let step = if self.eat_word("step") { self.expression() } else { self.b.num(1.0, (start, start)) };
        let body = self.body(&[&["next"]]);
        self.end_of_loop("next");
        let span = (start, self.end());
        let down = matches!(self.b.tree.get(step), Node::Num(n) if n < 0.0);
        out.push(self.b.add(Node::Declare(target, from), span));
        let test = self.b.binary(if down { Op::Ge } else { Op::Le }, target, to);
        let sum = self.b.binary(Op::Add, target, step);
        let update = self.b.add(Node::Declare(target, sum), span);
        out.push(self.b.add(Node::While(test, body, update), span));
    }

    /// The word that ends a loop, and the variable that may stand behind it.
    fn end_of_loop(&mut self, word: &str) {
        if self.eat_word(word) {
            self.skip_statement();
        }
    }

    fn repeated(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        self.next();
        let before = self.condition();
        let body = self.body(&[&["loop"]]);
        self.eat_word("loop");
        let behind = self.condition();
        let span = (start, self.end());
        out.push(match (before, behind) {
            (Some(test), _) => self.b.add(Node::While(test, body, Id::NONE), span),
            (None, Some(test)) => self.b.add(Node::DoWhile(body, test), span),
            (None, None) => self.b.add(Node::While(Id::NONE, body, Id::NONE), span),
        });
    }

    /// `While x`, `Until x`.
    fn condition(&mut self) -> Option<Id> {
        if self.eat_word("while") {
            return Some(self.expression());
        }
        let at = self.place();
        if self.eat_word("until") {
            let test = self.expression();
            return Some(self.b.unary(Op::Not, test, at));
        }
        None
    }

    fn choice(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        self.next();
        self.eat_word("case");
        let value = self.expression();
        while self.peek() == Some(&Token::End) {
            self.next();
        }
        let mut cases = Vec::new();
        while self.eat_word("case") {
            let at = self.place();
            let tests = if self.eat_word("else") { vec![Id::NONE] } else { self.arguments() };
            let body = self.body(&[]);
            let leave = self.b.add(Node::Break, (at, at));
            let body = self.b.block(&[body, leave], (at, self.end()));
            for test in tests {
                cases.push(self.b.add(Node::Case(test, body), (at, self.end())));
            }
        }
        self.eat_words(&["end", "select"]);
        let cases = self.b.tree.many(&cases);
        out.push(self.b.add(Node::Switch(value, cases), (start, self.end())));
    }

    /// `x = y`, `f a, b`, `o.m a`.
    fn expression_statement(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        let target = self.reference(true);
        if self.eat("=") {
            let value = self.expression();
            let span = (start, self.end());
            // An element, not what a call gives.
            let node = match self.b.tree.get(target) {
                Node::Call(of, args) => match self.b.ids(args).first() {
                    Some(index) => {
                        let target = self.b.add(Node::Index(of, *index), span);
                        Node::Assign(target, value)
                    }
                    None => Node::Assign(of, value),
                },
                // A variable that nobody has declared is the function's own, unless it is known outside.
                _ => Node::Assign(target, value),
            };
            out.push(self.b.add(node, span));
            return self.skip_statement();
        }
        let value = if self.is_over() {
            match self.b.tree.get(target) {
                Node::Call(..) | Node::Opaque(_) => target,
                _ => self.b.call(target, &[], (start, self.end())),
            }
        } else {
            // What looked like a call with brackets is the first argument in brackets: `Run (a), 0`.
            let (callee, mut args) = match self.b.tree.get(target) {
                Node::Call(callee, args) => (callee, self.b.ids(args)),
                _ => (target, Vec::new()),
            };
            if !args.is_empty() {
                if let Some(Token::Sign(",")) = self.peek() {
                    self.next();
                } else if let (Some(first), Some(_)) = (args.first().copied(), self.peek()) {
                    // `f (a) & b`.
                    let rest = self.expression();
                    let joined = self.b.opaque(&[first, rest], (start, self.end()));
                    args = vec![joined];
                    self.eat(",");
                }
            }
            args.extend(self.arguments());
            self.b.call(callee, &args, (start, self.end()))
        };
        out.push(value);
        self.skip_statement();
    }
}
