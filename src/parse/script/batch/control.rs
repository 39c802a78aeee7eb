//! Parentheses, `if` and `for`.

use super::expand::Until;
use super::{Id, Node, Op, Reader};

/// Furthest that the end of a command in quotes is looked for.
const MAX_COMMAND: usize = 8192;

impl Reader<'_, '_> {
    /// `( … )`.
    pub(super) fn parentheses(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        self.parens += 1;
        let mut ids = Vec::new();
        self.statements(&mut ids);
        self.parens -= 1;
        if !self.c.eat(")") {
            self.b.problem(start, "a parenthesis is never closed");
        }
        self.b.block(&ids, self.since(start))
    }

    /// What a condition or loop applies to: a block, or the rest of the line. Whether it was a block.
    fn body(&mut self) -> (Id, bool) {
        self.skip_blank();
        if self.c.peek() == b'(' {
            let start = self.c.at;
            if !self.b.enter(start) {
                return (self.give_up(), false);
            }
            let body = self.parentheses();
            self.b.leave();
            return (body, true);
        }
        (self.line(), false)
    }

    pub(super) fn if_command(&mut self, start: usize) -> Id {
        let mut parts = Vec::new();
        let mut other = Id::NONE;
        let mut from = start;
        loop {
            let test = self.test();
            let (body, is_block) = self.body();
            parts.push((from, test, body));
            let end = self.c.at;
            self.skip_blank();
            if !is_block || !self.keyword("else") {
                self.c.at = end;
                break;
            }
            self.skip_blank();
            from = self.c.at;
            if !self.keyword("if") {
                other = self.body().0;
                break;
            }
        }
        let end = self.c.at;
        // Each `else if` is nested in the one before, so they are joined from the last.
        for (start, test, body) in parts.into_iter().rev() {
            other = self.b.add(Node::If(test, body, other), (start, end));
        }
        other
    }

    /// Goes behind a word, if it comes next.
    fn keyword(&mut self, word: &str) -> bool {
        let there = self.c.looking_folded(word)
            && !(self.c.ahead(word.len()).is_ascii_alphanumeric() || self.c.ahead(word.len()) == b'_');
        if there {
            self.c.at += word.len();
        }
        there
    }

    fn test(&mut self) -> Id {
        let start = self.c.at;
        let mut nots = 0_u32;
        loop {
            self.skip_blank();
            if self.keyword("/i") {
                continue;
            }
            if !self.keyword("not") {
                break;
            }
            nots += 1;
        }
        let test = self.comparison();
        if nots % 2 == 1 { self.b.unary(Op::Not, test, start) } else { test }
    }

    fn comparison(&mut self) -> Id {
        let start = self.c.at;
        if self.keyword("exist") {
            self.skip_blank();
            let file = self.word(Until::Blank);
            let callee = self.b.str("exist", (start, start));
            return self.b.call(callee, file.as_slice(), self.since(start));
        }
        if self.keyword("defined") {
            self.skip_blank();
            let at = self.c.at;
            let name = self.word(Until::Blank).unwrap_or_else(|| self.b.str("", (at, at)));
            let text = self.b.literal(name).map(str::to_ascii_lowercase);
            let span = self.since(at);
            let name = match text {
                Some(text) => self.b.name(text, span),
                None => self.b.helper("indirect", &[name], span),
            };
            let nil = self.b.add(Node::Nil, span);
            return self.b.binary(Op::Ne, name, nil);
        }
        for word in ["errorlevel", "cmdextversion"] {
            if self.keyword(word) {
                let name = self.b.name(word, self.since(start));
                self.skip_blank();
                let at = self.c.at;
                let level = self.word(Until::Blank).unwrap_or_else(|| self.b.str("", (at, at)));
                let level = self.number_of(level);
                return self.b.binary(Op::Ge, name, level);
            }
        }
        let left = self.word(Until::Equals).unwrap_or_else(|| self.b.str("", (start, start)));
        self.skip_blank();
        let (op, numbers) = if self.c.peek() == b'=' {
            self.c.take(|b| b == b'=');
            (Op::Eq, false)
        } else {
            let ops =
                [("equ", Op::Eq), ("neq", Op::Ne), ("lss", Op::Lt), ("leq", Op::Le), ("gtr", Op::Gt), ("geq", Op::Ge)];
            match ops.into_iter().find(|(word, _)| self.keyword(word)) {
                Some((_, op)) => (op, true),
                None => {
                    self.b.problem(start, "a condition that is not understood");
                    return self.b.opaque(&[left], self.since(start));
                }
            }
        };
        self.skip_blank();
        let at = self.c.at;
        let right = self.word(Until::Blank).unwrap_or_else(|| self.b.str("", (at, at)));
        let (left, right) = if numbers { (self.number_of(left), self.number_of(right)) } else { (left, right) };
        self.b.binary(op, left, right)
    }

    /// Digits as a number.
    fn number_of(&mut self, id: Id) -> Id {
        let n = self.b.literal(id).and_then(|t| t.trim().parse::<i32>().ok());
        let span = self.b.over(id, id);
        n.map_or(id, |n| self.b.num(f64::from(n), span))
    }

    pub(super) fn for_command(&mut self, start: usize) -> Id {
        let mut kind = 0_u8;
        let mut options = String::new();
        loop {
            self.skip_blank();
            if self.c.peek() == b'/' {
                self.c.at += 1;
                kind = self.c.bump().bytes().next().unwrap_or(0).to_ascii_lowercase();
                continue;
            }
            // Options, or the folder that `/r` begins with.
            if self.c.peek() == b'%' && self.c.ahead(1) == b'%' || !self.c.more() || self.at_end() {
                break;
            }
            let before = self.c.at;
            if let Some(word) = self.word(Until::Blank) {
                options = self.b.literal(word).unwrap_or_default().to_ascii_lowercase();
            }
            if self.c.at == before {
                break;
            }
        }
        if !self.c.eat("%%") {
            self.b.problem(start, "a loop without a variable");
            self.c.at = self.c.line_end();
            return self.b.opaque(&[], self.since(start));
        }
        let at = self.c.at - 2;
        let letter = self.c.bump().chars().next().unwrap_or('?');
        let target = self.b.name(format!("%{letter}"), self.since(at));
        self.skip_blank();
        self.keyword("in");
        self.skip_blank();
        let over = self.for_set(kind, &options);
        self.skip_blank();
        self.keyword("do");
        let letters = self.loops.len();
        self.loops.push(letter);
        // `tokens=1,2,3` sets the letters that follow.
        let more = if kind == b'f' { further(letter, &options) } else { Vec::new() };
        self.loops.extend(&more);
        let (mut body, _) = self.body();
        self.loops.truncate(letters);
        if !more.is_empty() {
            let span = self.b.over(body, body);
            let mut ids = Vec::new();
            for letter in more {
                let name = self.b.name(format!("%{letter}"), (at, at));
                let part = self.b.opaque(&[target], (at, at));
                ids.push(self.b.add(Node::Declare(name, part), (at, at)));
            }
            ids.push(body);
            body = self.b.block(&ids, span);
        }
        self.b.add(Node::For(target, over, body), self.since(start))
    }

    /// `( … )` behind `in`.
    fn for_set(&mut self, kind: u8, options: &str) -> Id {
        let start = self.c.at;
        if !self.c.eat("(") {
            self.b.problem(start, "the words of a loop are missing");
            return self.b.list(&[], (start, start));
        }
        self.c.take(|b| b.is_ascii_whitespace());
        let back = options.contains("usebackq");
        let quote = if back { b'`' } else { b'\'' };
        if kind == b'f' && self.c.peek() == quote {
            return self.for_output(quote);
        }
        let is_text = kind == b'f' && self.c.peek() == if back { b'\'' } else { b'"' };
        let outer = std::mem::take(&mut self.parens);
        let mut words = Vec::new();
        loop {
            self.c.take(|b| b.is_ascii_whitespace() || matches!(b, b',' | b';'));
            if !self.c.more() || self.c.peek() == b')' {
                break;
            }
            let before = self.c.at;
            let word = self.word(Until::Paren);
            words.extend(word);
            if self.c.at == before {
                self.c.bump();
            }
        }
        self.parens = outer;
        if !self.c.eat(")") {
            self.b.problem(start, "a parenthesis is never closed");
        }
        let span = self.since(start);
        match kind {
            b'l' => {
                let numbers: Vec<Id> = words.iter().map(|id| self.number_of(*id)).collect();
                match numbers.as_slice() {
                    [from, step, to] if matches!(self.b.tree.get(*step), Node::Num(n) if n == 1.0) => {
                        self.b.helper("..", &[*from, *to], span)
                    }
                    [from, step, to] => self.b.helper("..", &[*from, *to, *step], span),
                    _ => self.b.opaque(&numbers, span),
                }
            }
            b'f' if !is_text => {
                let cat = self.b.str("cat", (start, start));
                let cat = self.b.call(cat, &words, span);
                self.b.helper("lines", &[cat], span)
            }
            _ => self.b.list(&words, span),
        }
    }

    /// `('command')`: its output, line by line. Carets in it were for the line that it stands on.
    fn for_output(&mut self, quote: u8) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let from = self.c.at;
        let rest = self.c.rest();
        let rest = rest.get(..rest.len().min(MAX_COMMAND)).unwrap_or_default();
        let mut end = rest.len();
        for p in memchr::memchr_iter(quote, rest) {
            let behind = rest.get(p + 1..).unwrap_or_default();
            let blanks = behind.iter().take(64).take_while(|b| b.is_ascii_whitespace()).count();
            if behind.get(blanks) == Some(&b')') {
                end = p;
                break;
            }
        }
        if end == rest.len() {
            self.b.problem(start, "a command in quotes is never closed");
            end = self.c.line_end() - from;
        }
        let inside = self.c.slice(from..from + end);
        let mut text = String::with_capacity(inside.len());
        let mut chars = inside.chars();
        let mut quoted = false;
        while let Some(c) = chars.next() {
            quoted ^= c == '"';
            if c == '^' && !quoted {
                text.extend(chars.next());
            } else {
                text.push(c);
            }
        }
        let span = (from, from + end);
        let mut ids = Vec::new();
        if self.b.enter(start) {
            let outer = self.b.place;
            self.b.place = outer.or(Some(span));
            let mut inner = Reader {
                c: super::Cursor::new(&text),
                b: self.b,
                delayed: self.delayed,
                parens: 0,
                loops: self.loops.clone(),
            };
            inner.script(&mut ids);
            self.b.place = outer;
            self.b.leave();
        }
        self.c.at = from + end;
        self.c.take(|b| b == quote || b.is_ascii_whitespace());
        self.c.eat(")");
        let command = self.b.seq(&ids, span);
        self.b.helper("lines", &[command], self.since(start))
    }
}

/// The letters that `tokens=` sets beside the first.
fn further(letter: char, options: &str) -> Vec<char> {
    let Some(tokens) = options.split_whitespace().find_map(|o| o.strip_prefix("tokens=")) else { return Vec::new() };
    let mut count = 0_u32;
    for part in tokens.split(',') {
        let part = match part.strip_suffix('*') {
            Some(part) => {
                count += 1;
                part
            }
            None => part,
        };
        match part.split_once('-') {
            Some((a, b)) => {
                let (a, b) = (a.parse::<u32>().unwrap_or(1), b.parse::<u32>().unwrap_or(1));
                count += b.saturating_sub(a).min(30) + 1;
            }
            None => count += u32::from(!part.is_empty()),
        }
        if count > 31 {
            break;
        }
    }
    (1..count.min(31)).filter_map(|i| char::from_u32(u32::from(letter) + i)).collect()
}
