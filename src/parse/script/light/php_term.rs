//! Operands of PHP, and what may follow them.

use super::interpolate::Close;
use super::{Id, Node, Op, Reader, Scope};

/// Types that a value may be cast to.
const CASTS: [&str; 12] =
    ["int", "integer", "float", "double", "string", "bool", "boolean", "array", "object", "binary", "unset", "real"];

impl<'t> Reader<'t, '_> {
    /// `(int)` and its kin: the name of the call, and the length.
    pub(super) fn php_cast(&self) -> Option<(String, usize)> {
        let rest = self.c.rest().get(1..)?;
        let blanks = |r: &[u8]| r.iter().take(16).take_while(|b| matches!(b, b' ' | b'\t')).count();
        let before = blanks(rest);
        let word = rest.get(before..)?;
        let len = word.iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
        let after = blanks(word.get(len..)?);
        if word.get(len + after) != Some(&b')') {
            return None;
        }
        let start = self.c.at + 1 + before;
        let name = self.c.slice(start..start + len).to_ascii_lowercase();
        CASTS.contains(&name.as_str()).then(|| (format!("({name})"), before + len + after + 2))
    }

    /// A name with the namespaces in front of it, without the first backslash.
    pub(super) fn php_path(&mut self) -> &'t str {
        let root = self.c.peek() == b'\\';
        if root && !(self.c.ahead(1).is_ascii_alphabetic() || self.c.ahead(1) == b'_' || self.c.ahead(1) >= 0x80) {
            return "";
        }
        let start = self.c.at + usize::from(root);
        self.c.at = start;
        loop {
            if self.identifier().is_empty() || self.c.peek() != b'\\' {
                break;
            }
            self.c.at += 1;
        }
        self.c.slice(start..self.c.at)
    }

    pub(super) fn php_term(&mut self) -> Option<Id> {
        let start = self.c.at;
        let node = match self.c.peek() {
            b'$' => self.php_variable(),
            b'\'' => {
                self.c.at += 1;
                self.literal('\'', '\'')
            }
            b'"' => {
                self.c.at += 1;
                self.string(Close::quote('"'))
            }
            b'`' => {
                self.c.at += 1;
                let text = self.string(Close::quote('`'));
                self.b.helper("`", &[text], self.since(start))
            }
            b'<' if self.c.looking("<<<") => self.php_here()?,
            b'0'..=b'9' => self.number(),
            b'.' if self.c.ahead(1).is_ascii_digit() => self.number(),
            b'(' => {
                self.c.at += 1;
                self.skip_space();
                let node = self.expression();
                self.skip_space();
                self.expect(")");
                node
            }
            b'[' => self.php_array("]"),
            b'{' => return None,
            _ => self.php_word()?,
        };
        Some(self.php_postfix(node, start))
    }

    /// `$x`, `$$x`, `${ … }`.
    pub(super) fn php_variable(&mut self) -> Id {
        let start = self.c.at;
        let dollars = self.c.take(|b| b == b'$').len();
        let mut node = if self.c.peek() == b'{' {
            self.c.at += 1;
            let name = self.embedded("}");
            match self.b.literal(name).map(str::to_owned) {
                Some(name) => self.b.name(name, self.since(start)),
                None => self.b.helper("indirect", &[name], self.since(start)),
            }
        } else {
            let name = self.identifier();
            if name.is_empty() {
                self.b.problem(start, "a variable without a name");
            }
            self.b.name(name, self.since(start))
        };
        // Each further sign takes what the variable says for a name. More than a few say nothing new.
        for _ in 1..dollars.min(8) {
            node = self.b.helper("indirect", &[node], self.since(start));
        }
        node
    }

    /// `[ … ]` and `array( … )`: a list, or a map when it has keys.
    fn php_array(&mut self, close: &str) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let mut ids = Vec::new();
        let mut pairs: Vec<(Id, Id)> = Vec::new();
        let mut keyed = false;
        loop {
            self.skip_space();
            if self.c.peek() == b',' {
                // A place of a pattern that is left out.
                self.c.at += 1;
                let nil = self.nil(start);
                ids.push(nil);
                continue;
            }
            if !self.c.more() || self.c.looking(close) {
                break;
            }
            let value = self.expression();
            self.skip_space();
            if self.c.eat("=>") {
                keyed = true;
                let inner = self.expression();
                pairs.push((value, inner));
            } else {
                pairs.push((Id::NONE, value));
                ids.push(value);
            }
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.expect(close);
        let span = self.since(start);
        if !keyed {
            return self.b.list(&ids, span);
        }
        let mut all = Vec::with_capacity(pairs.len() * 2);
        for (i, (key, value)) in pairs.into_iter().enumerate() {
            if key.is_some() {
                all.extend([key, value]);
            } else if matches!(self.b.tree.get(value), Node::Spread(_)) {
                all.extend([value, Id::NONE]);
            } else {
                let key = self.b.num(f64::from(u32::try_from(i).unwrap_or(0)), span);
                all.extend([key, value]);
            }
        }
        let many = self.b.tree.many(&all);
        self.b.add(Node::Dict(many), span)
    }

    /// `<<<X` and `<<<'X'`.
    fn php_here(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut ahead = self.c.clone();
        ahead.at += 3;
        ahead.take(|b| b == b' ' || b == b'\t');
        let quote = ahead.peek();
        let quoted = matches!(quote, b'\'' | b'"');
        ahead.at += usize::from(quoted);
        let label = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
        ahead.at += usize::from(quoted);
        if label.is_empty() || !matches!(ahead.peek(), b'\n' | b'\r') {
            return None;
        }
        let from = (ahead.line_end() + 1).min(self.c.end);
        // The label may have blanks in front of it, and the statement goes on behind it.
        let mut at = from;
        let (mut end, mut behind, mut drops) = (self.c.end, self.c.end, 0);
        while at < self.c.end {
            let line = self.c.slice(at..self.c.end);
            let blanks = super::strings::blanks(line, usize::MAX);
            let tail = line.get(blanks..).and_then(|t| t.strip_prefix(label));
            if tail.is_some_and(|t| !t.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
                (end, behind, drops) = (at.max(from + 1) - 1, at + blanks + label.len(), blanks);
                break;
            }
            at = memchr::memchr(b'\n', line.as_bytes()).map_or(self.c.end, |p| at + p + 1);
        }
        if behind == self.c.end && end == self.c.end {
            self.b.problem(start, "a here-document never ends");
        }
        let outer = self.c.end;
        (self.c.at, self.c.end) = (from, end.max(from));
        let mut pieces = Vec::new();
        if quote == b'\'' {
            let text: String = self
                .c
                .slice(from..self.c.end)
                .split_inclusive('\n')
                .map(|l| l.get(super::strings::blanks(l, drops)..).unwrap_or_default())
                .collect();
            pieces.push(self.b.str(text, (from, end)));
        } else if self.b.enter(from) {
            self.interpolated(&mut pieces, None, drops);
            self.b.leave();
        }
        (self.c.at, self.c.end) = (behind, outer);
        Some(self.joined(&pieces, start))
    }

    /// An operand that begins with a word.
    fn php_word(&mut self) -> Option<Id> {
        let start = self.c.at;
        let path = self.php_path();
        if path.is_empty() {
            return None;
        }
        let word = path.to_ascii_lowercase();
        let node = match word.as_str() {
            "true" | "false" => self.b.add(Node::Bool(word == "true"), self.since(start)),
            "null" => self.nil(start),
            "array" if self.follows(0, b"(") => {
                self.skip_space();
                self.php_array(")")
            }
            "list" if self.follows(0, b"(") => {
                self.skip_space();
                self.php_array(")")
            }
            "new" => self.php_new(start),
            "clone" => return self.operation(18),
            "function" | "fn" => self.php_closure(&word, start),
            "static" if matches!(self.next_word().as_str(), "function" | "fn") => {
                self.skip_space();
                let word = self.next_word();
                self.c.at += word.len();
                self.php_closure(&word, start)
            }
            "match" if self.follows(0, b"(") => self.php_match(start),
            "include" | "include_once" | "require" | "require_once" | "print" | "eval" => {
                let arg = self.expression_above(super::dialect::ASSIGN - 1);
                self.b.helper(&word, &[arg], self.since(start))
            }
            "exit" | "die" => {
                self.skip_space();
                let args = if self.c.peek() == b'(' { self.php_args() } else { Vec::new() };
                self.b.helper(&word, &args, self.since(start))
            }
            "throw" => {
                let value = self.expression_above(0);
                self.b.add(Node::Throw(value), self.since(start))
            }
            "return" | "break" | "continue" => return None,
            "yield" => {
                self.skip_space();
                self.eat_word("from");
                self.skip_space();
                let mut value = if self.php_ends() { self.nil(start) } else { self.expression() };
                self.skip_space();
                if self.c.eat("=>") {
                    value = self.expression();
                }
                self.b.add(Node::Yield(value), self.since(start))
            }
            // Names of functions are the same in any case, those of constants and classes are kept.
            _ if self.follows(0, b"(") => self.b.name(word, self.since(start)),
            _ => {
                // A named argument.
                let end = self.c.at;
                self.skip_space();
                if self.c.peek() == b':'
                    && self.c.ahead(1) != b':'
                    && self.c.ahead(1).is_ascii_whitespace()
                    && self.named_argument(start)
                {
                    self.c.at += 1;
                    let value = self.expression();
                    return Some(self.b.keyword(path, value, self.since(start)));
                }
                self.c.at = end;
                self.b.name(path, self.since(start))
            }
        };
        Some(node)
    }

    /// Whether the word at this place is the first of an argument.
    fn named_argument(&self, start: usize) -> bool {
        let before = self.c.slice(start.saturating_sub(64)..start);
        before.trim_end().ends_with(['(', ','])
    }

    fn next_word(&self) -> String {
        let mut ahead = self.c.clone();
        ahead.take(|b| b.is_ascii_whitespace());
        ahead.take(|b| b.is_ascii_alphabetic()).to_ascii_lowercase()
    }

    fn php_new(&mut self, start: usize) -> Id {
        self.skip_space();
        let at = self.c.at;
        if self.eat_word("class") {
            self.skip_space();
            let args = if self.c.peek() == b'(' { self.php_args() } else { Vec::new() };
            let class = self.php_class_behind("", at);
            let many = self.b.tree.many(&args);
            return self.b.add(Node::New(class, many), self.since(start));
        }
        let mut class = match self.c.peek() {
            b'$' => self.php_variable(),
            b'(' => self.condition(),
            _ => {
                let path = self.php_path();
                self.b.name(path, self.since(at))
            }
        };
        // `new $this->class(…)`.
        loop {
            if self.c.looking("->") || self.c.looking("::") {
                self.c.at += 2;
                self.c.eat("$");
                let name = self.identifier();
                class = self.b.member(class, name, self.since(at));
            } else if self.c.peek() == b'[' {
                self.c.at += 1;
                let index = self.expression();
                self.expect("]");
                class = self.b.add(Node::Index(class, index), self.since(at));
            } else {
                break;
            }
        }
        let end = self.c.at;
        self.skip_space();
        let args = if self.c.peek() == b'(' {
            self.php_args()
        } else {
            self.c.at = end;
            Vec::new()
        };
        let many = self.b.tree.many(&args);
        self.b.add(Node::New(class, many), self.since(start))
    }

    fn php_closure(&mut self, word: &str, start: usize) -> Id {
        self.skip_space();
        self.c.eat("&");
        if word == "function" {
            return self.php_callable("", start);
        }
        self.in_function(Scope::Function, |r| {
            let params = r.php_params();
            r.php_type();
            r.skip_space();
            r.expect("=>");
            let body = r.expression();
            r.make_func("", params, body, true, start)
        })
    }

    /// `match (x) { a, b => c, default => d }`.
    fn php_match(&mut self, start: usize) -> Id {
        let subject = self.condition();
        self.skip_space();
        self.expect("{");
        let mut arms = Vec::new();
        let mut other = self.nil(start);
        loop {
            self.skip_space();
            if !self.c.more() || self.c.peek() == b'}' {
                break;
            }
            let before = self.c.at;
            let mut test = None;
            let is_default = self.eat_word("default");
            loop {
                if is_default {
                    break;
                }
                self.skip_space();
                if self.c.looking("=>") || !self.c.more() {
                    break;
                }
                let value = self.expression();
                let equal = self.b.binary(Op::Eq, subject, value);
                test = Some(self.either(test, equal));
                self.skip_space();
                if !self.c.eat(",") {
                    break;
                }
            }
            self.skip_space();
            self.expect("=>");
            let value = self.expression();
            match test {
                Some(test) => arms.push((test, value)),
                None => other = value,
            }
            self.skip_space();
            if !self.c.eat(",") && self.c.at == before {
                break;
            }
        }
        self.expect("}");
        let end = self.c.at;
        for (test, value) in arms.into_iter().rev() {
            other = self.b.add(Node::Cond(test, value, other), (start, end));
        }
        other
    }
}
