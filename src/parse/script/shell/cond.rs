//! Tests: `[ … ]`, `test …`, `[[ … ]]`.

use super::build::Span;
use super::word::{Pieces, Word};
use super::{Id, Node, Op, Reader};

/// Comparisons, and whether they are of numbers.
const COMPARISONS: [(&str, Op, bool); 11] = [
    ("==", Op::Eq, false),
    ("!=", Op::Ne, false),
    ("=", Op::Eq, false),
    ("<", Op::Lt, false),
    (">", Op::Gt, false),
    ("-eq", Op::Eq, true),
    ("-ne", Op::Ne, true),
    ("-lt", Op::Lt, true),
    ("-le", Op::Le, true),
    ("-gt", Op::Gt, true),
    ("-ge", Op::Ge, true),
];

impl Reader<'_, '_> {
    /// A `[` or `test` whose words were read.
    pub(super) fn test_command(&mut self, words: &[Word], span: Span) -> Id {
        let mut rest = words.get(1..).unwrap_or_default();
        if words.first().is_some_and(|w| self.b.literal(w.node) == Some("[")) {
            match rest.split_last() {
                Some((last, before)) if self.b.literal(last.node) == Some("]") => rest = before,
                _ => self.b.problem(span.0, "`]` is missing"),
            }
        }
        if rest.len() < 4 {
            return self.single(rest, span);
        }
        let mut made = None;
        for part in self.split(rest, "-o") {
            let mut both = None;
            for part in self.split(part, "-a") {
                let next = self.single(part, span);
                both = Some(self.joined_by(Op::And, both, next, span));
            }
            if let Some(next) = both {
                made = Some(self.joined_by(Op::Or, made, next, span));
            }
        }
        made.unwrap_or_else(|| self.single(rest, span))
    }

    fn split<'w>(&self, words: &'w [Word], between: &str) -> Vec<&'w [Word]> {
        words.split(|w| w.plain && self.b.literal(w.node) == Some(between)).collect()
    }

    fn joined_by(&mut self, op: Op, left: Option<Id>, right: Id, span: Span) -> Id {
        match left {
            Some(left) => self.b.add(Node::Binary(op, left, right), span),
            None => right,
        }
    }

    /// One test of up to three words, and `!` in front of it.
    fn single(&mut self, words: &[Word], span: Span) -> Id {
        let mut words = words;
        let mut nots = 0_u32;
        while let [first, rest @ ..] = words
            && !rest.is_empty()
            && self.b.literal(first.node) == Some("!")
            && first.plain
        {
            nots += 1;
            words = rest;
        }
        let node = match words {
            [] => self.b.add(Node::Bool(false), span),
            [value] => self.is_empty(value.node, Op::Ne, span),
            [flag, value] => self.flag_test(flag.node, value, span),
            [left, sign, right] => {
                let found = self.b.literal(sign.node).and_then(|s| COMPARISONS.iter().find(|c| c.0 == s));
                match found {
                    Some((_, op, numbers)) => self.compared(left.node, *op, right.node, *numbers, span),
                    None => self.other_test(words, span),
                }
            }
            _ => self.other_test(words, span),
        };
        if nots % 2 == 1 { self.b.add(Node::Unary(Op::Not, node), span) } else { node }
    }

    fn other_test(&mut self, words: &[Word], span: Span) -> Id {
        let ids: Vec<Id> = words.iter().map(|w| w.node).collect();
        let bracket = self.b.str("[", (span.0, span.0));
        self.b.call(bracket, &ids, span)
    }

    fn is_empty(&mut self, value: Id, op: Op, span: Span) -> Id {
        let empty = self.b.str("", span);
        self.b.add(Node::Binary(op, value, empty), span)
    }

    fn flag_test(&mut self, flag: Id, value: &Word, span: Span) -> Id {
        match self.b.literal(flag) {
            Some("-n") => self.is_empty(value.node, Op::Ne, span),
            Some("-z") => self.is_empty(value.node, Op::Eq, span),
            _ => {
                let bracket = self.b.str("[", (span.0, span.0));
                self.b.call(bracket, &[flag, value.node], span)
            }
        }
    }

    fn compared(&mut self, left: Id, op: Op, right: Id, numbers: bool, span: Span) -> Id {
        let (left, right) = if numbers { (self.number_of(left), self.number_of(right)) } else { (left, right) };
        self.b.add(Node::Binary(op, left, right), span)
    }

    /// Digits as a number.
    fn number_of(&mut self, id: Id) -> Id {
        let n = self.b.literal(id).and_then(|t| t.parse::<i32>().ok());
        let span = self.b.over(id, id);
        n.map_or(id, |n| self.b.num(f64::from(n), span))
    }

    /// `[[ … ]]`.
    pub(super) fn double_brackets(&mut self) -> Id {
        self.c.at += 2;
        let node = self.any_test();
        self.skip_lines();
        self.expect_sign("]]");
        node
    }

    fn any_test(&mut self) -> Id {
        let mut left = self.all_tests();
        loop {
            self.skip_lines();
            if !self.c.eat("||") {
                return left;
            }
            let right = self.all_tests();
            left = self.b.binary(Op::Or, left, right);
        }
    }

    fn all_tests(&mut self) -> Id {
        let mut left = self.one_test();
        loop {
            self.skip_lines();
            if !self.c.eat("&&") {
                return left;
            }
            let right = self.one_test();
            left = self.b.binary(Op::And, left, right);
        }
    }

    fn one_test(&mut self) -> Id {
        self.skip_lines();
        let start = self.c.at;
        let mut nots = 0_u32;
        while self.c.peek() == b'!' && self.c.ahead(1).is_ascii_whitespace() {
            nots += 1;
            self.c.at += 1;
            self.skip_lines();
        }
        let node = if self.c.peek() == b'(' {
            self.c.at += 1;
            if self.b.enter(start) {
                let node = self.any_test();
                self.b.leave();
                self.skip_lines();
                self.expect_sign(")");
                node
            } else {
                self.give_up()
            }
        } else {
            self.test_words(start)
        };
        if nots % 2 == 1 { self.b.unary(Op::Not, node, start) } else { node }
    }

    /// Whether another operand stands here.
    fn has_operand(&self) -> bool {
        self.c.more()
            && !matches!(self.c.peek(), b')' | b'&' | b'|' | b';')
            && !(self.c.looking("]]")
                && matches!(self.c.ahead(2), 0 | b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b')'))
    }

    fn test_words(&mut self, start: usize) -> Id {
        let left = match self.has_operand().then(|| self.word()).flatten() {
            Some(word) => word,
            None => {
                self.b.problem(start, "a test of nothing");
                return self.b.opaque(&[], (start, self.c.at));
            }
        };
        self.skip_lines();
        if left.plain
            && self.b.literal(left.node).is_some_and(|t| t.len() == 2 && t.starts_with('-'))
            && self.has_operand()
            && let Some(value) = self.word()
        {
            return self.flag_test(left.node, &value, (start, self.c.at));
        }
        let spaced = |r: &Self, sign: &str| {
            r.c.looking(sign) && (r.c.ahead(sign.len()).is_ascii_whitespace() || matches!(sign, "<" | ">"))
        };
        if spaced(self, "=~") {
            self.c.at += 2;
            self.skip_lines();
            let pattern = self.regex();
            return self.b.helper("=~", &[left.node, pattern], (start, self.c.at));
        }
        let Some((sign, op, numbers)) = COMPARISONS.iter().find(|c| spaced(self, c.0)) else {
            if self.has_operand() && self.c.peek() == b'-' {
                // `-nt`, `-ef` and others.
                let sign = self.word();
                self.skip_lines();
                let right = if self.has_operand() { self.word() } else { None };
                let words: Vec<Word> = [Some(left), sign, right].into_iter().flatten().collect();
                return self.other_test(&words, (start, self.c.at));
            }
            return self.is_empty(left.node, Op::Ne, (start, self.c.at));
        };
        self.c.at += sign.len();
        self.skip_lines();
        let right = match self.has_operand().then(|| self.word()).flatten() {
            Some(word) if word.glob && !numbers => self.b.helper("glob", &[word.node], (start, self.c.at)),
            Some(word) => word.node,
            None => self.b.str("", (self.c.at, self.c.at)),
        };
        self.compared(left.node, *op, right, *numbers, (start, self.c.at))
    }

    /// The pattern behind `=~`, in which parentheses and bars are signs of the pattern.
    fn regex(&mut self) -> Id {
        let start = self.c.at;
        let mut p = Pieces::default();
        let mut open = 0_u32;
        while self.c.more() {
            let at = self.c.at;
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | b'\n' if open == 0 => break,
                b'\n' => break,
                b')' if open == 0 => break,
                b'(' => {
                    open += 1;
                    p.text(self.c.bump(), at);
                }
                b')' => {
                    open -= 1;
                    p.text(self.c.bump(), at);
                }
                b'\\' => {
                    p.text(self.c.bump(), at);
                    p.text(self.c.bump(), at);
                }
                b'\'' => {
                    self.c.at += 1;
                    let end = self.closing(b'\'', "a single quote is never closed");
                    p.text(self.c.slice(at + 1..end), at);
                    self.c.at = (end + 1).min(self.c.end);
                }
                b'"' => {
                    self.c.at += 1;
                    self.quoted(&mut p, true, false);
                }
                b'$' => self.dollar(&mut p, true),
                b'`' => {
                    let node = self.backquote(false);
                    p.node(node, at);
                }
                _ => p.text(self.c.bump(), at),
            }
        }
        self.value(p, start)
    }
}
