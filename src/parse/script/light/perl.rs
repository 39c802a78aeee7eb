//! Statements of Perl.

use super::{Id, Node, Op, Reader, Scope};
use crate::parse::script::{Param, Sym};

impl Reader<'_, '_> {
    pub(super) fn perl_statement(&mut self) -> Option<Id> {
        let start = self.c.at;
        if self.c.peek() == b'{' {
            return Some(self.braces());
        }
        let word = self.word();
        let len = word.len();
        let made = match word {
            "if" | "unless" => self.perl_if(),
            "while" | "until" => {
                self.c.at += len;
                self.skip_space();
                let test = if self.follows(0, b"(") && self.empty_parens() { Id::NONE } else { self.condition() };
                let test = if word == "until" { self.b.unary(Op::Not, test, start) } else { test };
                let mut body = self.braces();
                self.skip_space();
                if self.eat_word("continue") {
                    let more = self.braces();
                    body = self.b.block(&[body, more], self.since(start));
                }
                self.b.add(Node::While(test, body, Id::NONE), self.since(start))
            }
            "for" | "foreach" => self.perl_for(len),
            "sub" if !self.follows(len, b"{(") => {
                self.c.at += len;
                self.skip_space();
                let name = self.perl_path().to_owned();
                self.perl_sub(&name, start)
            }
            "package" => {
                self.c.at += len;
                self.skip_space();
                self.perl_path();
                self.skip_space();
                self.c.take(|b| b.is_ascii_digit() || b == b'.' || b == b'v' || b == b'_');
                self.skip_space();
                if self.c.peek() == b'{' {
                    return Some(self.braces());
                }
                return None;
            }
            "use" | "no" => self.perl_use(len),
            "BEGIN" | "END" | "INIT" | "CHECK" | "UNITCHECK" if self.follows(len, b"{") => {
                self.c.at += len;
                self.braces()
            }
            "format" if self.follows(len, b"=") || self.c.ahead(len) == b' ' && self.is_format(len) => {
                // A picture of a page, up to a line with a dot.
                self.c.at = self.c.find_text("\n.\n").map_or(self.c.end, |p| p + 2);
                self.b.opaque(&[], self.since(start))
            }
            _ => {
                // The label of a loop.
                if len > 0 && self.follows(len, b":") {
                    let mut ahead = self.c.clone();
                    ahead.at += len;
                    ahead.take(|b| b.is_ascii_whitespace());
                    if ahead.ahead(1).is_ascii_whitespace() {
                        self.c.at = ahead.at + 1;
                        self.skip_space();
                        return if self.c.more() && !self.closes() { self.statement() } else { None };
                    }
                }
                let node = self.perl_list(0)?;
                self.perl_modified(node)
            }
        };
        Some(made)
    }

    fn is_format(&self, len: usize) -> bool {
        let mut ahead = self.c.clone();
        ahead.at += len;
        ahead.end = ahead.end.min(ahead.at + 80);
        let line = ahead.slice(ahead.at..ahead.line_end());
        line.trim_end().ends_with('=')
            && line.trim().trim_end_matches('=').trim().bytes().all(super::super::shell::cursor::is_name)
    }

    fn empty_parens(&mut self) -> bool {
        let mut ahead = self.c.clone();
        ahead.eat("(");
        ahead.take(|b| b.is_ascii_whitespace());
        let empty = ahead.eat(")");
        if empty {
            self.c.at = ahead.at;
        }
        empty
    }

    /// What stands behind a statement: `if`, `while`, `for` and so on.
    fn perl_modified(&mut self, mut node: Id) -> Id {
        let start = self.span_of(node).0;
        for _ in 0..4 {
            self.skip_space();
            let word = self.word();
            if !matches!(word, "if" | "unless" | "while" | "until" | "for" | "foreach") {
                break;
            }
            self.c.at += word.len();
            let test = match self.perl_list(0) {
                Some(test) => test,
                None => self.nil(self.c.at),
            };
            let span = self.since(start);
            let plain = self.plain_statement(node);
            let body = self.b.block(&[plain], self.span_of(node));
            node = match word {
                "if" => self.b.add(Node::If(test, body, Id::NONE), span),
                "unless" => {
                    let test = self.b.unary(Op::Not, test, start);
                    self.b.add(Node::If(test, body, Id::NONE), span)
                }
                "while" | "until" => {
                    let test = if word == "until" { self.b.unary(Op::Not, test, start) } else { test };
                    // `do { … } while` runs once at least.
                    if self.c.slice(start..start + 2) == "do" && matches!(self.b.tree.get(node), Node::Call(..)) {
                        self.b.add(Node::DoWhile(body, test), span)
                    } else {
                        self.b.add(Node::While(test, body, Id::NONE), span)
                    }
                }
                _ => {
                    let each = self.b.name("_", span);
                    self.b.add(Node::For(each, test, body), span)
                }
            };
        }
        if self.c.more() && !matches!(self.c.peek(), b';' | b'}' | b')' | b']') {
            self.b.problem(self.c.at, "a statement that is not understood");
            self.c.skip_rest(b';');
        }
        node
    }

    fn perl_if(&mut self) -> Id {
        let mut start = self.c.at;
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        let mut word = self.word();
        loop {
            self.c.at += word.len();
            let test = self.condition();
            let test = if word == "unless" { self.b.unary(Op::Not, test, start) } else { test };
            let body = self.braces();
            parts.push((start, test, body));
            let end = self.c.at;
            self.skip_space();
            start = self.c.at;
            word = self.word();
            if word == "elsif" {
                continue;
            }
            if word == "else" {
                self.c.at += 4;
                other = self.braces();
            } else {
                self.c.at = end;
            }
            break;
        }
        self.branches(parts, other)
    }

    fn perl_for(&mut self, len: usize) -> Id {
        let start = self.c.at;
        self.c.at += len;
        self.skip_space();
        if self.c.peek() == b'(' {
            self.c.at += 1;
            let first = self.perl_list(0);
            self.skip_space();
            if self.c.peek() == b';' {
                self.c.at += 1;
                let test = self.perl_list(0).unwrap_or(Id::NONE);
                self.skip_space();
                self.expect(";");
                let update = self.perl_list(0).unwrap_or(Id::NONE);
                self.skip_space();
                self.expect(")");
                let body = self.braces();
                return self.loop_of(first.unwrap_or(Id::NONE), test, body, update, start);
            }
            self.expect(")");
            let body = self.braces();
            let each = self.b.name("_", (start, start));
            let over = first.unwrap_or_else(|| self.b.list(&[], (start, start)));
            return self.b.add(Node::For(each, over, body), self.since(start));
        }
        if matches!(self.word(), "my" | "our" | "local" | "state") {
            self.identifier();
            self.skip_space();
        }
        let target = if self.c.peek() == b'$' { self.perl_variable() } else { self.b.opaque(&[], self.since(start)) };
        self.skip_space();
        let at = self.c.at;
        self.expect("(");
        let over = self.perl_list(0);
        let over = over.unwrap_or_else(|| self.b.list(&[], (at, at)));
        self.skip_space();
        self.expect(")");
        let body = self.braces();
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    /// `name`, `A::b` or `A'b`.
    pub(super) fn perl_path(&mut self) -> &str {
        let start = self.c.at;
        self.c.eat("::");
        loop {
            if self.identifier().is_empty() || !(self.c.looking("::") && self.c.ahead(2) != b':') {
                break;
            }
            self.c.at += 2;
        }
        self.c.slice(start..self.c.at)
    }

    /// Parameters and body of a function. All that it gets is `@_`.
    pub(super) fn perl_sub(&mut self, name: &str, start: usize) -> Id {
        self.in_function(Scope::Function, |r| {
            r.skip_space();
            let mut params = Vec::new();
            if r.c.peek() == b'(' {
                params = r.perl_signature();
            }
            r.skip_space();
            while r.c.peek() == b':' && r.c.ahead(1) != b':' {
                r.c.at += 1;
                r.skip_space();
                r.identifier();
                if r.c.peek() == b'(' {
                    r.c.take(|b| b != b')' && b != b'{');
                    r.c.eat(")");
                }
                r.skip_space();
            }
            if params.is_empty() {
                let target = r.b.name("@_", (start, start));
                params.push(Param { target, default: Id::NONE, rest: true, keywords: false });
            }
            if r.c.peek() != b'{' {
                // Only said to be somewhere.
                return r.b.opaque(&[], r.since(start));
            }
            let body = r.braces();
            let body = r.b.returning(body, true);
            r.make_func(name, params, body, false, start)
        })
    }

    /// `($x, $y = 1, @rest)`, or a prototype like `($;$)`, which says nothing.
    fn perl_signature(&mut self) -> Vec<Param> {
        self.c.at += 1;
        let mut params = Vec::new();
        let mut ahead = self.c.clone();
        let prototype = ahead
            .take(|b| matches!(b, b'$' | b'@' | b'%' | b'&' | b'*' | b';' | b'\\' | b'[' | b']' | b' ' | b'_' | b'+'));
        if ahead.peek() == b')' && !prototype.contains(',') {
            self.c.at = ahead.at + 1;
            return params;
        }
        loop {
            self.skip_space();
            let at = self.c.at;
            let sigil = self.c.peek();
            if !matches!(sigil, b'$' | b'@' | b'%') {
                break;
            }
            self.c.at += 1;
            let name = self.identifier();
            let target = self.b.name(name, self.since(at));
            self.skip_space();
            let mut default = Id::NONE;
            if self.c.peek() == b'=' {
                self.c.at += 1;
                default = self.expression_above(super::dialect::ASSIGN);
            }
            params.push(Param { target, default, rest: sigil != b'$', keywords: false });
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.skip_space();
        self.expect(")");
        params
    }

    /// `use Module qw(a b);`.
    fn perl_use(&mut self, len: usize) -> Id {
        let start = self.c.at;
        self.c.at += len;
        self.skip_space();
        let module = self.perl_path().to_owned();
        self.skip_space();
        if module.is_empty() || !self.c.more() {
            // `use 5.010;`.
            self.c.take(|b| b != b';' && b != b'\n');
            return self.b.opaque(&[], self.since(start));
        }
        // A version in front of the names.
        if self.c.peek().is_ascii_digit() {
            self.number();
            self.c.take(|b| b.is_ascii_digit() || b == b'.' || b == b'_');
        }
        let names = if self.c.peek() == b';' { None } else { self.perl_list(0) };
        let sym = self.b.tree.sym(&module);
        let none = Sym::EMPTY;
        let mut ids = vec![self.b.add(Node::Import(sym, none, none), self.since(start))];
        let listed = match names.map(|id| (id, self.b.tree.get(id))) {
            Some((_, Node::List(many))) => self.b.ids(many),
            Some((id, _)) => vec![id],
            None => Vec::new(),
        };
        for id in listed {
            match self.b.tree.get(id) {
                Node::Str(member) => ids.push(self.b.add(Node::Import(sym, member, member), self.since(start))),
                _ => ids.push(id),
            }
        }
        self.b.seq(&ids, self.since(start))
    }

    /// Expressions with commas between them, then `and`, `or` and their kin. One is itself.
    pub(super) fn perl_list(&mut self, above: u8) -> Option<Id> {
        let mut left = self.perl_commas(above)?;
        loop {
            self.skip_space();
            let op = match self.word() {
                "and" if above < 2 => Op::And,
                "or" if above < 1 => Op::Or,
                "xor" if above < 1 => Op::Ne,
                _ => return Some(left),
            };
            self.identifier();
            let Some(right) = self.perl_commas(2) else {
                self.b.problem(self.c.at, "an operand is missing");
                return Some(left);
            };
            left = self.b.binary(op, left, right);
        }
    }

    fn perl_commas(&mut self, above: u8) -> Option<Id> {
        let start = self.c.at;
        let first = self.operation(above)?;
        self.skip_space();
        if !self.perl_comma() {
            return Some(first);
        }
        let mut ids = vec![first];
        loop {
            self.skip_space();
            while self.perl_comma() {
                self.skip_space();
            }
            match self.operation(super::dialect::ASSIGN - 1) {
                Some(id) => ids.push(id),
                None => break,
            }
            self.skip_space();
            if !self.perl_comma() {
                break;
            }
        }
        Some(self.b.list(&ids, self.since(start)))
    }

    pub(super) fn perl_comma(&mut self) -> bool {
        self.c.eat(",") || self.c.eat("=>")
    }
}
