//! Operands of Perl: variables, literals, and what may follow them.

use super::interpolate::Close;
use super::{Id, Node, Op, Reader};

impl Reader<'_, '_> {
    pub(super) fn perl_term(&mut self) -> Option<Id> {
        let start = self.c.at;
        let next = self.c.ahead(1);
        let node = match self.c.peek() {
            b'$' => self.perl_variable(),
            b'@' => self.perl_variable(),
            b'%' if next.is_ascii_alphabetic() || matches!(next, b'_' | b'$' | b'{' | b':' | b'+' | b'-') => {
                self.perl_variable()
            }
            b'&' if next != b'&' => self.perl_ampersand(),
            b'*' if next.is_ascii_alphabetic() || matches!(next, b'_' | b'{' | b'$' | b':') => self.perl_variable(),
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
            b'/' => {
                self.c.at += 1;
                self.perl_match('/', '/', start)
            }
            b'<' => self.perl_angle()?,
            b'0'..=b'9' => self.number(),
            b'.' if next.is_ascii_digit() => self.number(),
            b'(' => self.perl_parens(),
            b'[' => {
                let list = self.perl_bracketed("]");
                let ids = self.perl_elements(list);
                self.b.list(&ids, self.since(start))
            }
            b'{' => self.perl_hash(),
            b'-' => self.perl_file_test(),
            _ => self.perl_word()?,
        };
        Some(self.perl_postfix(node, start))
    }

    /// `( … )`: one is itself, several are a list, nothing is the empty list.
    fn perl_parens(&mut self) -> Id {
        let start = self.c.at;
        let list = self.perl_bracketed(")");
        let node = match list {
            Some(node) => node,
            None => self.b.list(&[], self.since(start)),
        };
        self.skip_space();
        // `my ($x) = …` and `($x) = …` take the first of a list.
        let assigns = self.c.peek() == b'=' && !matches!(self.c.ahead(1), b'=' | b'~' | b'>');
        if assigns && !matches!(self.b.tree.get(node), Node::List(_)) {
            return self.b.list(&[node], self.since(start));
        }
        node
    }

    pub(super) fn perl_bracketed(&mut self, close: &str) -> Option<Id> {
        self.c.at += 1;
        self.skip_space();
        while self.perl_comma() {
            self.skip_space();
        }
        let list = self.perl_list(0);
        self.skip_space();
        self.expect(close);
        list
    }

    /// What a list is made of.
    pub(super) fn perl_elements(&self, list: Option<Id>) -> Vec<Id> {
        match list.map(|id| (id, self.b.tree.get(id))) {
            Some((_, Node::List(many))) => self.b.ids(many),
            Some((id, _)) => vec![id],
            None => Vec::new(),
        }
    }

    /// `{ a => 1 }` as a value.
    fn perl_hash(&mut self) -> Id {
        let start = self.c.at;
        let list = self.perl_bracketed("}");
        let ids = self.perl_elements(list);
        let mut all = Vec::with_capacity(ids.len() + 1);
        let mut ids = ids.into_iter();
        while let Some(key) = ids.next() {
            // Another map that is taken in.
            let (at, _) = self.span_of(key);
            let is_map = self.c.slice(at..at + 1) == "%";
            let is_pair = !is_map && !matches!(self.b.tree.get(key), Node::Spread(_)) && ids.len() > 0;
            if is_pair {
                all.extend([key, ids.next().unwrap_or(Id::NONE)]);
            } else {
                let spread = self.b.add(Node::Spread(key), self.span_of(key));
                all.extend([spread, Id::NONE]);
            }
        }
        let many = self.b.tree.many(&all);
        self.b.add(Node::Dict(many), self.since(start))
    }

    /// A variable with its sigil, which says how it is looked at and not what it is.
    pub(super) fn perl_variable(&mut self) -> Id {
        let start = self.c.at;
        let sigil = self.c.peek();
        self.c.at += 1;
        if sigil == b'$' && self.c.peek() == b'#' {
            // The last index of a list.
            if matches!(self.c.ahead(1), b'{' | b'$') {
                self.c.at += 1;
                let list = self.perl_named(start, b'@');
                return self.last_index(list, start);
            }
            if self.c.ahead(1).is_ascii_alphabetic() || self.c.ahead(1) == b'_' {
                self.c.at += 1;
                let name = self.perl_path().to_owned();
                let name = if name == "_" { "@_".to_owned() } else { name };
                let list = self.b.name(name, self.since(start));
                return self.last_index(list, start);
            }
        }
        self.perl_named(start, sigil)
    }

    pub(super) fn last_index(&mut self, list: Id, start: usize) -> Id {
        let len = self.b.helper("len", &[list], self.since(start));
        let one = self.b.num(1.0, self.since(start));
        self.b.binary(Op::Sub, len, one)
    }

    /// The name behind a sigil, or what is dereferenced.
    pub(super) fn perl_named(&mut self, start: usize, sigil: u8) -> Id {
        if self.c.peek() == b' ' && self.follows(0, b"{") {
            self.c.take(|b| b == b' ');
        }
        let next = self.c.peek();
        if next == b'{' {
            self.c.at += 1;
            self.skip_space();
            let word = self.word();
            let caret = self.c.peek() == b'^';
            let mut ahead = self.c.clone();
            ahead.at += word.len() + usize::from(caret);
            if caret {
                ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_');
            }
            ahead.take(|b| b == b' ');
            if (!word.is_empty() || caret) && ahead.eat("}") {
                let name = self.c.slice(self.c.at..ahead.at - 1).trim().to_owned();
                self.c.at = ahead.at;
                return self.b.name(name, self.since(start));
            }
            return self.embedded("}");
        }
        if next == b'$'
            && (self.c.ahead(1).is_ascii_alphabetic() || matches!(self.c.ahead(1), b'_' | b'{' | b'$' | b':'))
        {
            // A reference is looked through; many signs are one look.
            self.c.take(|b| b == b'$');
            return self.perl_named(start, b'$');
        }
        if next.is_ascii_alphabetic() || matches!(next, b'_' | b':') || next >= 0x80 {
            let colons = next == b':' && self.c.ahead(1) != b':';
            if colons {
                self.c.at += 1;
                return self.b.name(":", self.since(start));
            }
            let name = self.perl_path().to_owned();
            let name = name.strip_prefix("main::").or_else(|| name.strip_prefix("::")).unwrap_or(&name);
            // All arguments are not the value at hand; one of them is an element of all.
            let all = name == "_" && (sigil == b'@' || self.c.peek() == b'[');
            return self.b.name(if all { "@_" } else { name }, self.since(start));
        }
        if next.is_ascii_digit() {
            let digits = self.c.take(|b| b.is_ascii_digit());
            return self.b.name(digits, self.since(start));
        }
        if next == b'^' && self.c.ahead(1).is_ascii_uppercase() {
            self.c.at += 1;
        }
        let sign = self.c.bump();
        self.b.name(sign, self.since(start))
    }

    /// `&name(…)` and `&$code(…)`.
    fn perl_ampersand(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        match self.c.peek() {
            b'$' => {
                self.c.at += 1;
                self.perl_named(start, b'$')
            }
            b'{' => {
                self.c.at += 1;
                self.embedded("}")
            }
            _ => {
                let referred = self.c.slice(start.saturating_sub(1)..start) == "\\";
                let name = self.perl_path().to_owned();
                let callee = self.perl_named_path(&name, self.since(start));
                if referred || self.follows(0, b"(") || self.c.looking("->") {
                    return callee;
                }
                // Without parentheses it gets all that this function got.
                let all = self.b.name("@_", self.since(start));
                self.b.call(callee, &[all], self.since(start))
            }
        }
    }

    /// A list that goes into a map is its keys and values.
    pub(super) fn perl_as_map(&mut self, target: Id, value: Id) -> Id {
        let (start, _) = self.span_of(target);
        let Node::List(many) = self.b.tree.get(value) else { return value };
        let ids = self.b.ids(many);
        if self.c.slice(start..start + 1) != "%" || ids.len() % 2 == 1 {
            return value;
        }
        let many = self.b.tree.many(&ids);
        self.b.add(Node::Dict(many), self.span_of(value))
    }

    /// `<FH>`, `<$fh>`, `<>`, `<<"EOF"`.
    fn perl_angle(&mut self) -> Option<Id> {
        let start = self.c.at;
        if self.c.looking("<<") {
            return self.perl_here();
        }
        let mut ahead = self.c.clone();
        ahead.at += 1;
        let inside = ahead.take(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'_' | b'$' | b':' | b'*' | b'.' | b'/' | b'~' | b'-' | b'{' | b'}' | b',')
        });
        if !ahead.eat(">") {
            return None;
        }
        self.c.at = ahead.at;
        let name = inside.strip_prefix('$').unwrap_or(inside).to_owned();
        let named = name.bytes().all(super::super::shell::cursor::is_name);
        let file = if named { self.b.name(name, self.since(start)) } else { self.b.str(name, self.since(start)) };
        Some(self.b.helper("<>", &[file], self.since(start)))
    }

    /// `-e $file` and its kin, or a word with a dash in front of it.
    fn perl_file_test(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let behind = self.c.ahead(1);
        let single = !(behind.is_ascii_alphanumeric() || behind == b'_');
        if single && !self.arrow_follows(1) && b"rwxoRWXOezsfdlpSbctugkTBAMC".contains(&self.c.peek()) {
            let letter = self.c.bump().to_owned();
            self.skip_space();
            let ends = matches!(self.c.peek(), b')' | b';' | b'&' | b'|' | b'?' | b',' | b'}' | 0);
            let args = match (!ends).then(|| self.operation(super::dialect::NAMED)).flatten() {
                Some(arg) => vec![arg],
                None => Vec::new(),
            };
            return self.b.helper(&format!("-{letter}"), &args, self.since(start));
        }
        let word = self.word();
        if !word.is_empty() && (self.arrow_follows(word.len()) || self.c.ahead(word.len()) == b'}') {
            self.c.at += word.len();
            return self.b.str(format!("-{word}"), self.since(start));
        }
        // `-foo()` turns the sign.
        match self.operand() {
            Some(node) => self.b.unary(Op::Neg, node, start),
            None => self.b.opaque(&[], self.since(start)),
        }
    }
}
