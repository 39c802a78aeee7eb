//! Statements of PHP, and the text around it.

use super::{Id, Node, Op, Reader};
use crate::parse::script::Sym;
use crate::parse::script::tree::PAIRS;

impl Reader<'_, '_> {
    /// Text outside of PHP, up to where it begins. `<?=` is left as an `echo`.
    pub(super) fn php_text(&mut self) {
        loop {
            let Some(at) = self.c.find_text("<?") else {
                self.c.at = self.c.end;
                return;
            };
            self.c.at = at + 2;
            if self.c.looking_folded("php") {
                self.c.at += 3;
                return;
            }
            if self.c.peek() == b'=' {
                // The statement sees the sign and knows it for an `echo`.
                return;
            }
            // `<?xml` is none; `<?` alone is.
            if !self.c.peek().is_ascii_alphabetic() {
                return;
            }
        }
    }

    pub(super) fn php_statement(&mut self) -> Option<Id> {
        let start = self.c.at;
        if self.c.peek() == b'=' && start > 0 && self.c.behind() == b'?' {
            self.c.at += 1;
            return Some(self.php_echo(start));
        }
        if self.c.peek() == b'{' {
            return Some(self.braces());
        }
        if self.c.peek() == b'@' {
            // Whatever goes wrong there, nobody hears of it.
            let node = self.operation(0)?;
            self.php_end();
            let body = self.b.block(&[node], self.since(start));
            let nothing = self.b.block(&[], (start, start));
            return Some(self.b.add(Node::Try(body, nothing, Id::NONE), self.since(start)));
        }
        let word = self.word().to_ascii_lowercase();
        let len = word.len();
        let made = match word.as_str() {
            "if" => self.php_if(),
            "while" => {
                self.c.at += len;
                let test = self.condition();
                let body = self.php_body(&["endwhile"]);
                self.b.add(Node::While(test, body, Id::NONE), self.since(start))
            }
            "do" => {
                self.c.at += len;
                let body = self.php_body(&[]);
                self.skip_space();
                self.expect_word("while");
                let test = self.condition();
                self.b.add(Node::DoWhile(body, test), self.since(start))
            }
            "for" if self.follows(len, b"(") => self.php_for(),
            "foreach" => self.php_foreach(),
            "switch" => self.php_switch(),
            "function" if !self.follows(len, b"(") => self.php_function(),
            "abstract" | "final" | "readonly" if !self.follows(len, b"(=") => {
                self.c.at += len;
                return self.php_statement_behind();
            }
            "class" | "trait" | "interface" | "enum" if !self.follows(len, b"(=:-;,)") => self.php_class(len),
            "return" => {
                self.c.at += len;
                self.skip_space();
                let value = if self.php_ends() { Id::NONE } else { self.expression() };
                self.b.add(Node::Return(value), self.since(start))
            }
            "break" | "continue" => {
                self.c.at += len;
                self.skip_space();
                self.c.take(|b| b.is_ascii_digit());
                self.b.add(if word == "break" { Node::Break } else { Node::Continue }, self.since(start))
            }
            "echo" => {
                self.c.at += len;
                self.php_echo(start)
            }
            "try" => self.php_try(),
            "global" | "static" if word == "global" || self.follows(len, b"$") => {
                return self.php_outer(len, word == "global");
            }
            "namespace" if !self.follows(len, b"\\(") => {
                self.c.at += len;
                self.skip_space();
                self.c.take(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'\\') || b >= 0x80);
                return None;
            }
            "use" => self.php_use(),
            "const" => {
                self.c.at += len;
                self.skip_space();
                return Some(self.php_constants());
            }
            "declare" if self.follows(len, b"(") => {
                self.c.at += len;
                self.condition();
                return None;
            }
            "goto" if !self.follows(len, b"(") => {
                self.c.skip_rest(b';');
                self.b.opaque(&[], self.since(start))
            }
            "__halt_compiler" => {
                self.c.at = self.c.end;
                return None;
            }
            _ => {
                // A label of `goto`.
                if len > 0 && self.c.ahead(len) == b':' && self.c.ahead(len + 1) != b':' {
                    self.c.at += len + 1;
                    return None;
                }
                let node = self.operation(0)?;
                self.php_end();
                node
            }
        };
        Some(made)
    }

    /// A statement behind a word that says nothing about it.
    fn php_statement_behind(&mut self) -> Option<Id> {
        self.skip_space();
        if self.c.more() { self.statement() } else { None }
    }

    /// Whether a statement ends here.
    pub(super) fn php_ends(&self) -> bool {
        !self.c.more() || matches!(self.c.peek(), b';' | b'}' | b')' | b']' | b',') || self.c.looking("?>")
    }

    pub(super) fn php_end(&mut self) {
        self.skip_space();
        if !self.c.eat(";") && !self.php_ends() && self.c.more() {
            self.b.problem(self.c.at, "a statement that is not understood");
            // Up to where the next one may begin.
            self.c.skip_rest(b';');
        }
    }

    fn php_echo(&mut self, start: usize) -> Id {
        let mut args = Vec::new();
        loop {
            self.skip_space();
            if self.php_ends() {
                break;
            }
            let arg = self.expression();
            args.push(arg);
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.php_end();
        self.b.helper("echo", &args, self.since(start))
    }

    /// A body: one statement, or several behind `:` up to one of these words, which is stepped over.
    fn php_body(&mut self, ends: &[&str]) -> Id {
        self.skip_space();
        let start = self.c.at;
        if self.c.peek() == b'{' {
            return self.braces();
        }
        let mut ids = Vec::new();
        if self.c.peek() == b':' && !ends.is_empty() {
            self.c.at += 1;
            self.statements(&mut ids);
            for end in ends {
                if self.eat_word(end) {
                    break;
                }
            }
        } else if self.c.peek() == b';' {
            self.c.at += 1;
        } else if let Some(id) = self.statement() {
            ids.push(self.plain_statement(id));
        }
        self.b.block(&ids, self.since(start))
    }

    fn php_if(&mut self) -> Id {
        let mut start = self.c.at;
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        self.c.at += 2;
        loop {
            let test = self.condition();
            self.skip_space();
            // Behind `:` the branches end with `endif`.
            let colon = self.c.peek() == b':';
            let body = self.php_body(&["endif"]);
            parts.push((start, test, body));
            let end = self.c.at;
            if colon {
                self.skip_space();
            } else {
                self.skip_separators_before_else();
            }
            start = self.c.at;
            if self.eat_word("elseif") {
                continue;
            }
            if self.eat_word("else") {
                self.skip_space();
                if self.word().eq_ignore_ascii_case("if") {
                    self.c.at += 2;
                    continue;
                }
                other = self.php_body(&["endif"]);
            } else {
                self.c.at = end;
            }
            break;
        }
        self.branches(parts, other)
    }

    fn skip_separators_before_else(&mut self) {
        self.skip_space();
        if self.c.looking("?>") {
            let mut ahead = self.c.clone();
            // Only white space may stand between a brace and its `else`.
            ahead.at += 2;
            ahead.take(|b| b.is_ascii_whitespace());
            if ahead.looking("<?php") {
                ahead.at += 5;
                ahead.take(|b| b.is_ascii_whitespace());
                if ahead.looking_folded("else") {
                    self.c.at = ahead.at;
                }
            }
        }
    }

    /// Expressions with commas between them, as one.
    fn php_list(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        loop {
            self.skip_space();
            if self.php_ends() {
                break;
            }
            let id = self.expression();
            ids.push(self.plain_statement(id));
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        if ids.is_empty() { Id::NONE } else { self.b.seq(&ids, self.since(start)) }
    }

    fn php_for(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        self.skip_space();
        self.expect("(");
        let init = self.php_list();
        self.skip_space();
        self.expect(";");
        let test = self.php_list();
        self.skip_space();
        self.expect(";");
        let update = self.php_list();
        self.skip_space();
        self.expect(")");
        let body = self.php_body(&["endfor"]);
        self.loop_of(init, test, body, update, start)
    }

    fn php_foreach(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 7;
        self.skip_space();
        self.expect("(");
        let mut over = self.expression();
        self.skip_space();
        self.expect_word("as");
        let mut target = self.expression_above(super::dialect::ASSIGN);
        self.skip_space();
        if self.c.eat("=>") {
            let value = self.expression_above(super::dialect::ASSIGN);
            let span = self.b.over(target, value);
            target = self.b.list(&[target, value], span);
            over = self.b.helper(PAIRS, &[over], span);
        }
        self.skip_space();
        self.expect(")");
        let body = self.php_body(&["endforeach"]);
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    fn php_switch(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 6;
        let value = self.condition();
        self.skip_space();
        let colon = self.c.eat(":");
        if !colon {
            self.expect("{");
        }
        let mut cases = Vec::new();
        loop {
            self.skip_separators();
            let at = self.c.at;
            let test = if self.eat_word("case") {
                self.expression()
            } else if self.eat_word("default") {
                Id::NONE
            } else {
                break;
            };
            self.skip_space();
            if !self.c.eat(":") {
                self.c.eat(";");
            }
            let body_at = self.c.at;
            let mut ids = Vec::new();
            self.statements(&mut ids);
            let body = self.b.block(&ids, self.since(body_at));
            cases.push(self.b.add(Node::Case(test, body), self.since(at)));
        }
        if colon {
            self.eat_word("endswitch");
        } else {
            self.expect("}");
        }
        let many = self.b.tree.many(&cases);
        self.b.add(Node::Switch(value, many), self.since(start))
    }

    fn php_try(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        let body = self.braces();
        let mut handlers = Vec::new();
        let mut last = Id::NONE;
        loop {
            let end = self.c.at;
            self.skip_space();
            let at = self.c.at;
            if self.eat_word("catch") {
                self.skip_space();
                self.c.eat("(");
                self.c.take(|b| !matches!(b, b'$' | b')' | b'{' | b';'));
                if self.c.eat("$") {
                    let name = self.identifier();
                    let name = self.b.name(name, self.since(at));
                    let unknown = self.b.opaque(&[], self.since(at));
                    handlers.push(self.b.add(Node::Declare(name, unknown), self.since(at)));
                    self.skip_space();
                }
                self.expect(")");
                handlers.push(self.braces());
            } else if self.eat_word("finally") {
                last = self.braces();
            } else {
                self.c.at = end;
                break;
            }
        }
        let handlers = self.b.block(&handlers, self.since(start));
        self.b.add(Node::Try(body, handlers, last), self.since(start))
    }

    fn php_use(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 3;
        self.skip_space();
        // Groups may go over several lines.
        let text = self.c.take(|b| !matches!(b, b';' | b'(' | b'$' | b'\'' | b'"' | b'='));
        let end = self.c.at;
        let text = text.strip_prefix("function ").or_else(|| text.strip_prefix("const ")).unwrap_or(text);
        let mut ids = Vec::new();
        let (prefix, names) = match text.split_once('{') {
            Some((prefix, names)) => (prefix.trim(), names.trim_end_matches('}')),
            None => ("", text),
        };
        for name in names.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let (name, alias) = name.split_once(" as ").unwrap_or((name, ""));
            let module = format!("{prefix}{}", name.trim());
            let module = self.b.tree.sym(module.trim_start_matches('\\'));
            let last = name.trim().rsplit('\\').next().unwrap_or_default();
            let alias = self.b.tree.sym(if alias.is_empty() { last } else { alias.trim() });
            ids.push(self.b.add(Node::Import(module, Sym::EMPTY, alias), (start, end)));
        }
        self.b.seq(&ids, (start, end))
    }

    /// `!`, for arms of `match`.
    pub(super) fn either(&mut self, left: Option<Id>, right: Id) -> Id {
        match left {
            Some(left) => self.b.binary(Op::Or, left, right),
            None => right,
        }
    }
}
