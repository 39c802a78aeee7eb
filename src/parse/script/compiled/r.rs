//! R: everything is an expression. Packages of functions say nothing (`httr::POST` is `POST`), braces in the middle of an
//! expression are a function that is called there, and pipes give the first argument.
//!
//! What stands at the top of a file runs when the file does; `.onLoad` and its kin run when the package is loaded.

use super::{Id, Kind, Node, Op, Param, Reader};

/// Operators with two sides, from those that bind least on.
const LEVELS: &[&[(&str, Op)]] = &[
    &[("||", Op::Or), ("|", Op::Or)],
    &[("&&", Op::And), ("&", Op::And)],
    &[("==", Op::Eq), ("!=", Op::Ne), ("<=", Op::Le), (">=", Op::Ge), ("<", Op::Lt), (">", Op::Gt)],
    &[("+", Op::Add), ("-", Op::Sub)],
    &[("*", Op::Mul), ("/", Op::Div)],
];
/// Functions that R calls when a package is loaded or a session begins.
const BEGINS: &[&str] = &[".onLoad", ".onAttach", ".First.lib", ".First"];

impl Reader<'_> {
    /// A file.
    pub(super) fn r_file(&mut self, out: &mut Vec<Id>) {
        let mut ids = Vec::new();
        self.r_statements(&mut ids);
        let mut run = Vec::new();
        let mut begins = Vec::new();
        for id in ids {
            match self.b.tree.get(id) {
                Node::Declare(target, _) => {
                    if let Node::Name(sym) = self.b.tree.get(target)
                        && let Some(name) = BEGINS.iter().find(|name| **name == self.b.tree.str(sym))
                    {
                        begins.push(*name);
                    }
                    out.push(id);
                }
                _ => run.push(id),
            }
        }
        let at = self.text.len();
        if !run.is_empty() {
            let (question, answer) = (self.b.name("__name__", (at, at)), self.b.str("__main__", (at, at)));
            let test = self.b.binary(Op::Eq, question, answer);
            let block = self.b.block(&run, (0, at));
            out.push(self.b.add(Node::If(test, block, Id::NONE), (0, at)));
        }
        for name in begins {
            out.push(self.b.helper(name, &[], (at, at)));
        }
    }

    fn r_lines(&mut self) {
        while self.kind() == Kind::LineEnd || self.looking(";") {
            self.at += 1;
        }
    }

    /// Statements up to a brace that closes.
    fn r_statements(&mut self, out: &mut Vec<Id>) {
        loop {
            self.r_lines();
            if !self.more() || self.looking("}") || self.b.tree.is_full() {
                return;
            }
            let before = self.at;
            out.push(self.r_statement());
            if !matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';' | b'}')) && self.more() {
                self.b.problem(self.place(), "a sign that fits nowhere");
                self.skip_statement();
                if self.at == before || !self.looking("}") && self.closes() {
                    self.at += 1;
                }
            }
        }
    }

    fn r_block(&mut self) -> Id {
        let start = self.place();
        let mut ids = Vec::new();
        if self.expect("{") {
            self.r_statements(&mut ids);
            self.expect("}");
        }
        let span = self.since(start);
        self.b.block(&ids, span)
    }

    /// A statement, which may be a block.
    fn r_statement(&mut self) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let made = self.r_statement_inside();
        self.b.leave();
        made
    }

    fn r_statement_inside(&mut self) -> Id {
        let start = self.place();
        if self.looking("{") {
            return self.r_block();
        }
        match self.word() {
            "if" => self.r_if(true),
            "for" => {
                self.at += 1;
                let end = self.partner();
                self.expect("(");
                let at = self.place();
                let name = self.name().to_owned();
                let target = self.b.name(&name, (at, at + name.len()));
                self.eat_word("in");
                let over = self.r_expression();
                self.at = (end + 1).min(self.tokens.len());
                self.r_ends();
                let body = self.r_statement();
                let span = self.since(start);
                self.b.add(Node::For(target, over, body), span)
            }
            "while" => {
                self.at += 1;
                let test = self.r_head();
                let body = self.r_statement();
                let span = self.since(start);
                self.b.add(Node::While(test, body, Id::NONE), span)
            }
            "repeat" => {
                self.at += 1;
                self.r_ends();
                let body = self.r_statement();
                let span = self.since(start);
                self.b.add(Node::While(Id::NONE, body, Id::NONE), span)
            }
            "break" | "next" => {
                let node = if self.word() == "break" { Node::Break } else { Node::Continue };
                self.at += 1;
                let span = self.since(start);
                self.b.add(node, span)
            }
            "return" if self.looking_at(1, "(") => {
                self.at += 1;
                let args = self.r_arguments();
                let span = self.since(start);
                let value = args.first().copied().unwrap_or(Id::NONE);
                self.b.add(Node::Return(value), span)
            }
            _ => self.r_expression(),
        }
    }

    /// Line ends before what a head belongs to.
    fn r_ends(&mut self) {
        while self.kind() == Kind::LineEnd {
            self.at += 1;
        }
    }

    fn r_head(&mut self) -> Id {
        let end = self.partner();
        self.expect("(");
        let made = self.r_expression();
        self.at = self.at.max((end + 1).min(self.tokens.len()));
        self.r_ends();
        made
    }

    /// A branch, as a statement or as a value.
    fn r_if(&mut self, is_statement: bool) -> Id {
        let mut parts: Vec<(usize, Id, Id)> = Vec::new();
        let mut last = Id::NONE;
        let branch = |r: &mut Self| if is_statement { r.r_statement() } else { r.r_expression() };
        loop {
            let start = self.place();
            self.at += 1;
            let test = self.r_head();
            let then = branch(self);
            parts.push((start, test, then));
            let before = self.at;
            self.r_ends();
            if !self.eat_word("else") {
                self.at = before;
                break;
            }
            self.r_ends();
            if self.word() == "if" {
                continue;
            }
            last = branch(self);
            break;
        }
        for (start, test, then) in parts.into_iter().rev() {
            let span = self.since(start);
            last = if is_statement {
                self.b.add(Node::If(test, then, last), span)
            } else {
                let other = if last.is_some() { last } else { self.b.add(Node::Nil, span) };
                self.b.add(Node::Cond(test, then, other), span)
            };
        }
        last
    }

    fn r_expression(&mut self) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let made = self.r_assignment();
        self.b.leave();
        made
    }

    fn r_assignment(&mut self) -> Id {
        let left = self.r_level(0);
        for sign in ["<<-", "<-", ":=", "="] {
            if self.looking(sign) && !(sign == "=" && self.looking("==")) {
                self.at += sign.len();
                self.r_ends();
                let value = self.r_expression();
                return self.r_set(left, value);
            }
        }
        for sign in ["->>", "->"] {
            if self.eat(sign) {
                let target = self.r_level(0);
                return self.r_set(target, left);
            }
        }
        if self.eat("~") {
            let other = self.r_level(0);
            let span = self.b.over(left, other);
            return self.b.opaque(&[left, other], span);
        }
        left
    }

    fn r_set(&mut self, target: Id, value: Id) -> Id {
        // A function is called what it is kept as.
        if let (Node::Name(sym), Node::Func(func)) = (self.b.tree.get(target), self.b.tree.get(value))
            && let Some(mut func) = self.b.tree.function(func).map(|f| super::Func::clone(f))
        {
            func.name = sym;
            let span = self.span_of(value);
            let named = self.b.func(func, span);
            return self.declare(target, named);
        }
        match self.b.tree.get(target) {
            Node::Name(_) => self.declare(target, value),
            Node::Str(sym) => {
                let name = self.b.tree.str(sym).to_owned();
                let span = self.span_of(target);
                let target = self.b.name(name, span);
                self.declare(target, value)
            }
            _ => self.assign(target, value),
        }
    }

    fn r_level(&mut self, level: usize) -> Id {
        let Some(operators) = LEVELS.get(level) else { return self.r_special() };
        let mut left = self.r_level(level + 1);
        loop {
            let other = self.looking("<-") || self.looking("<<-") || self.looking("->") || self.looking("|>");
            let found = operators.iter().find(|(sign, _)| self.looking(sign)).filter(|_| !other);
            let Some((sign, op)) = found else { return left };
            if self.b.tree.is_full() {
                return left;
            }
            self.at += sign.len();
            self.r_ends();
            let right = self.r_level(level + 1);
            left = self.b.binary(*op, left, right);
        }
    }

    /// `%any%`, pipes and ranges.
    fn r_special(&mut self) -> Id {
        let start = self.place();
        let mut left = self.r_unary();
        loop {
            if self.b.tree.is_full() {
                return left;
            }
            if self.eat("|>") || self.looking("%>%") && self.eat("%>%") {
                self.r_ends();
                let right = self.r_unary();
                let span = self.since(start);
                left = match self.b.tree.get(right) {
                    Node::Call(callee, args) => {
                        let mut all = vec![left];
                        all.extend(self.b.ids(args));
                        self.b.call(callee, &all, span)
                    }
                    _ => self.b.call(right, &[left], span),
                };
            } else if self.looking("%") {
                self.at += 1;
                while self.more() && !self.looking("%") && self.kind() != Kind::LineEnd {
                    self.at += 1;
                }
                self.eat("%");
                self.r_ends();
                let right = self.r_unary();
                let span = self.since(start);
                left = self.b.opaque(&[left, right], span);
            } else if self.looking(":") && !self.looking("::") && !self.looking(":=") {
                self.at += 1;
                let right = self.r_unary();
                let span = self.since(start);
                left = self.b.opaque(&[left, right], span);
            } else {
                return left;
            }
        }
    }

    fn r_unary(&mut self) -> Id {
        let start = self.place();
        let op = match self.kind() {
            Kind::Sign(b'-') => Op::Neg,
            Kind::Sign(b'!') => Op::Not,
            Kind::Sign(b'+') => Op::Plus,
            Kind::Sign(b'~' | b'?') => {
                self.at += 1;
                let inner = self.r_expression();
                let span = self.since(start);
                return self.b.opaque(&[inner], span);
            }
            _ => return self.r_postfix(),
        };
        self.at += 1;
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let inner = self.r_unary();
        self.b.leave();
        self.b.unary(op, inner, start)
    }

    fn r_postfix(&mut self) -> Id {
        let start = self.place();
        let mut made = self.r_operand();
        loop {
            if self.b.tree.is_full() {
                return made;
            }
            match self.kind() {
                Kind::Sign(b':') if self.looking("::") => {
                    self.at += if self.looking(":::") { 3 } else { 2 };
                    made = self.r_operand();
                }
                Kind::Sign(b'$' | b'@') => {
                    self.at += 1;
                    let span = self.since(start);
                    if self.kind() == Kind::Text {
                        let key = self.quoted();
                        made = self.b.add(Node::Index(made, key), span);
                    } else {
                        let name = self.name().to_owned();
                        made = self.b.member(made, name, span);
                    }
                }
                Kind::Sign(b'(') => made = self.r_call(made, start),
                Kind::Sign(b'[') => {
                    let end = self.partner();
                    let is_double = self.looking("[[");
                    self.at += if is_double { 2 } else { 1 };
                    let index = if self.closes() || self.looking(",") { Id::NONE } else { self.r_expression() };
                    let one = self.looking("]");
                    self.at = (end + 1).min(self.tokens.len());
                    let span = self.since(start);
                    // They are counted from 1.
                    made = match self.b.tree.get(index) {
                        Node::Num(n) if one && n >= 1.0 => {
                            let index = self.b.num(n - 1.0, span);
                            self.b.add(Node::Index(made, index), span)
                        }
                        Node::Str(_) if one => self.b.add(Node::Index(made, index), span),
                        _ if index.is_some() => self.b.opaque(&[made, index], span),
                        _ => made,
                    };
                }
                Kind::Sign(b'^') => {
                    self.at += 1;
                    let right = self.r_unary();
                    made = self.b.binary(Op::Pow, made, right);
                }
                _ => return made,
            }
        }
    }

    fn r_arguments(&mut self) -> Vec<Id> {
        let mut args = Vec::new();
        let end = self.partner();
        self.at += 1;
        while self.at < end && self.more() && !self.b.tree.is_full() {
            self.r_ends();
            let before = self.at;
            if self.eat(",") {
                continue;
            }
            let start = self.place();
            let is_named =
                matches!(self.kind(), Kind::Word | Kind::Text) && self.looking_at(1, "=") && !self.looking_at(1, "==");
            if is_named {
                let name = self.slice(self.token(0)).trim_matches(['"', '\'', '`']).to_owned();
                self.at += 2;
                self.r_ends();
                let value = if self.looking(",") || self.closes() {
                    let span = self.since(start);
                    self.b.add(Node::Nil, span)
                } else {
                    self.r_expression()
                };
                let span = self.since(start);
                args.push(self.b.keyword(&name, value, span));
            } else {
                args.push(self.r_expression());
            }
            self.r_ends();
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        if self.at < end {
            self.b.problem(self.place(), "a sign that fits nowhere");
        }
        self.at = (end + 1).min(self.tokens.len());
        args
    }

    fn r_call(&mut self, callee: Id, start: usize) -> Id {
        let args = self.r_arguments();
        let span = self.since(start);
        let name = match self.b.tree.get(callee) {
            Node::Name(sym) => self.b.tree.str(sym).to_owned(),
            _ => String::new(),
        };
        match (name.as_str(), args.as_slice()) {
            ("c" | "list" | "data.frame", args) if !args.is_empty() => {
                let named = args.iter().all(|arg| matches!(self.b.tree.get(*arg), Node::Keyword(..)));
                let mut ids = Vec::new();
                for arg in args {
                    match self.b.tree.get(*arg) {
                        Node::Keyword(key, value) => {
                            if named {
                                let key = self.b.tree.str(key).to_owned();
                                ids.push(self.b.str(key, span));
                            }
                            ids.push(value);
                        }
                        _ => ids.push(*arg),
                    }
                }
                if named {
                    let many = self.b.tree.many(&ids);
                    return self.b.add(Node::Dict(many), span);
                }
                self.b.list(&ids, span)
            }
            (
                "invisible" | "force" | "suppressWarnings" | "suppressMessages" | "local" | "identity" | "I" | "return",
                [one, ..],
            ) if !matches!(self.b.tree.get(*one), Node::Keyword(..)) => *one,
            _ => self.b.call(callee, &args, span),
        }
    }

    fn r_operand(&mut self) -> Id {
        let start = self.place();
        match self.kind() {
            Kind::Number => self.number(),
            Kind::Text => {
                let text = self.slice(self.token(0));
                if text.starts_with('`') {
                    self.at += 1;
                    let span = self.since(start);
                    return self.b.name(text.trim_matches('`'), span);
                }
                if text.starts_with(['r', 'R']) {
                    // `r"(…)"`.
                    self.at += 1;
                    let span = self.since(start);
                    let inner = text.get(1..).unwrap_or_default().trim_matches(['"', '\'', '-']);
                    let inner = inner.get(1..inner.len().saturating_sub(1)).unwrap_or_default();
                    return self.b.str(inner, span);
                }
                self.quoted()
            }
            Kind::Sign(b'(') => {
                let end = self.partner();
                self.at += 1;
                let made = self.r_expression();
                self.at = self.at.max((end + 1).min(self.tokens.len()));
                made
            }
            Kind::Sign(b'{') => {
                let body = self.r_block();
                let body = self.b.returning(body, true);
                let made = self.function("", Vec::new(), body, false, start);
                let span = self.since(start);
                self.b.call(made, &[], span)
            }
            Kind::Sign(b'\\') if self.looking_at(1, "(") => self.r_function(start),
            Kind::Word => {
                let word = self.word();
                let span = (start, start + word.len());
                match word {
                    "function" => return self.r_function(start),
                    "if" => return self.r_if(false),
                    "for" | "while" | "repeat" => {
                        let round = self.r_statement();
                        return self.b.opaque(&[round], span);
                    }
                    _ => {}
                }
                self.at += 1;
                match word {
                    "TRUE" | "T" => self.b.add(Node::Bool(true), span),
                    "FALSE" | "F" => self.b.add(Node::Bool(false), span),
                    "NULL" | "NA" => self.b.add(Node::Nil, span),
                    _ => self.b.name(word, span),
                }
            }
            _ => {
                self.b.problem(start, "an expression is missing");
                if !self.closes() && !self.looking(",") && self.kind() != Kind::LineEnd && self.more() {
                    self.at += 1;
                }
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
        }
    }

    /// `function(a, b = 1) …` or `\(a) …`.
    fn r_function(&mut self, start: usize) -> Id {
        self.at += 1;
        let end = self.partner();
        let mut params = Vec::new();
        if self.looking("(") {
            self.at += 1;
            while self.at < end && self.more() {
                self.r_ends();
                let before = self.at;
                let at = self.place();
                let name = self.name().to_owned();
                let target = self.b.name(&name, (at, at + name.len()));
                let default = if self.eat("=") { self.r_expression() } else { Id::NONE };
                if !name.is_empty() {
                    params.push(Param { target, default, rest: name == "...", keywords: false });
                }
                self.r_ends();
                if !self.eat(",") || self.at == before {
                    break;
                }
            }
            self.at = (end + 1).min(self.tokens.len());
        }
        self.r_ends();
        let body = self.r_statement();
        let body = self.b.returning(body, true);
        let span = self.since(start);
        let body = if matches!(self.b.tree.get(body), Node::Block(_)) { body } else { self.b.block(&[body], span) };
        self.function("", params, body, false, start)
    }
}
