//! Assignments: `x=…`, `x+=…`, `x[i]=…`, `x=( … )`.

use super::cursor::{is_name, is_name_start};
use super::word::{Pieces, Until, Word};
use super::{Id, Node, Op, Reader};

/// Furthest that the end of a subscript is looked for.
const MAX_SUBSCRIPT: usize = 256;

impl<'t> Reader<'t, '_> {
    /// Reads an assignment, if one comes next. `own` makes a variable of the function at hand.
    pub(super) fn assignment(&mut self, own: bool) -> Option<Id> {
        let rest = self.c.rest();
        if !rest.first().is_some_and(|b| is_name_start(*b)) {
            return None;
        }
        let len = rest.iter().take_while(|b| is_name(**b)).count();
        let behind = rest.get(len..).unwrap_or_default();
        let subscript = match behind {
            [b'=', ..] | [b'+', b'=', ..] => false,
            [b'[', ..] if is_subscript(behind) => true,
            _ => return None,
        };
        let start = self.c.at;
        let name = self.c.slice(start..start + len);
        self.c.at += len;
        let mut target = self.variable(name, (start, self.c.at));
        if subscript {
            let index = self.subscript(name);
            target = self.b.add(Node::Index(target, index), (start, self.c.at));
        }
        let adds = self.c.eat("+");
        self.c.eat("=");
        let value = if self.c.peek() == b'(' { self.array(name) } else { self.assigned() };
        let value = if adds { self.b.binary(Op::Add, target, value) } else { value };
        Some(self.set(target, value, own))
    }

    /// The value behind `=`, which may be empty.
    fn assigned(&mut self) -> Id {
        let start = self.c.at;
        let mut p = Pieces::default();
        self.pieces(&mut p, Until::Delimiter);
        self.value(p, start)
    }

    /// `( … )`: a list, or a map when its elements have keys.
    fn array(&mut self, name: &'t str) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let mut ids = Vec::new();
        let mut keyed = Vec::new();
        loop {
            self.skip_lines();
            let at = self.c.at;
            if matches!(self.c.peek(), b')' | 0) && (!self.c.more() || self.c.peek() == b')') {
                break;
            }
            if self.c.peek() == b'[' && is_subscript(self.c.rest()) {
                let key = self.subscript(name);
                self.c.eat("+");
                self.c.eat("=");
                let value = self.assigned();
                keyed.extend([key, value]);
                continue;
            }
            let mut words = Vec::new();
            self.words(&mut words);
            for word in words {
                let id = self.spread(&word);
                ids.push(id);
            }
            if self.c.at == at {
                self.b.problem(at, "a sign that fits into no array");
                self.c.bump();
            }
        }
        self.expect_sign(")");
        self.b.leave();
        let span = (start, self.c.at);
        if keyed.is_empty() {
            return self.b.list(&ids, span);
        }
        for (i, id) in ids.iter().enumerate() {
            let key = self.b.num(f64::from(u32::try_from(i).unwrap_or(0)), span);
            keyed.extend([key, *id]);
        }
        let many = self.b.tree.many(&keyed);
        self.b.add(Node::Dict(many), span)
    }

    /// A word of a list: expansions outside quotes are as many elements as they have words.
    pub(super) fn spread(&mut self, word: &Word) -> Id {
        if !word.split || matches!(self.b.tree.get(word.node), Node::Spread(_)) {
            return word.node;
        }
        let span = self.b.over(word.node, word.node);
        if matches!(self.b.tree.get(word.node), Node::Name(sym) if self.b.tree.str(sym) == "@") {
            return self.b.add(Node::Spread(word.node), span);
        }
        let words = self.b.helper("words", &[word.node], span);
        self.b.add(Node::Spread(words), span)
    }

    /// `export`, `local` and their kin: what a name without a value means there.
    pub(super) fn declared_bare(&mut self, word: &Word, own: bool) -> Option<Id> {
        let text = self.b.literal(word.node)?;
        if !own || self.functions == 0 || !text.bytes().all(is_name) || !text.bytes().next().is_some_and(is_name_start)
        {
            return None;
        }
        let text = text.to_owned();
        let span = self.b.over(word.node, word.node);
        let target = self.b.name(text, span);
        let empty = self.b.str("", span);
        Some(self.set(target, empty, true))
    }

    /// Remembers `declare -A name`.
    pub(super) fn note_map(&mut self) {
        let rest = self.c.rest();
        let len = rest.iter().take_while(|b| is_name(**b)).count();
        let name = self.c.slice(self.c.at..self.c.at + len);
        if !name.is_empty() {
            self.maps.insert(name);
        }
    }
}

/// Whether `[ … ]=` or `[ … ]+=` comes.
fn is_subscript(rest: &[u8]) -> bool {
    let head = rest.get(..rest.len().min(MAX_SUBSCRIPT)).unwrap_or_default();
    let mut open = 0_u32;
    let mut quote = 0_u8;
    for (i, b) in head.iter().enumerate() {
        match b {
            b if *b == quote => quote = 0,
            _ if quote != 0 => {}
            b'"' | b'\'' => quote = *b,
            b'[' => open += 1,
            b']' => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return matches!(rest.get(i + 1..), Some([b'=', ..] | [b'+', b'=', ..]));
                }
            }
            b'\n' => return false,
            _ => {}
        }
    }
    false
}
