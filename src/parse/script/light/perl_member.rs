//! What may follow an operand of Perl: elements, methods, calls.

use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    /// Elements, members and calls behind an operand.
    pub(super) fn perl_postfix(&mut self, mut node: Id, start: usize) -> Id {
        // Only variables are indexed without an arrow.
        let mut direct = matches!(self.c.slice(start..start + 1), "$" | "@" | "%" | "&" | "*")
            && !self.c.behind().is_ascii_whitespace();
        let mut listed = self.c.slice(start..start + 1) == "(" || self.c.slice(start..start + 2) == "qw";
        let sliced = self.c.slice(start..start + 1) == "@";
        loop {
            let end = self.c.at;
            if !direct {
                self.skip_space();
            }
            if direct && matches!(self.c.peek(), b' ' | b'\t' | b'\n') {
                self.skip_space();
                direct = false;
                // `$x {key}` and `$x [0]` are not written; a block or a list follows.
                if !self.c.looking("->") {
                    self.c.at = end;
                    return node;
                }
            }
            node = match (self.c.peek(), self.c.ahead(1)) {
                (b'-', b'>') => {
                    self.c.at += 2;
                    self.skip_space();
                    direct = true;
                    match self.c.peek() {
                        b'[' | b'{' | b'(' => node,
                        b'@' | b'%' => {
                            self.c.at += 1;
                            self.c.eat("*");
                            node
                        }
                        b'$' if self.c.ahead(1) == b'*' => {
                            self.c.at += 2;
                            node
                        }
                        b'$' if self.c.ahead(1) == b'#' => {
                            self.c.at += 2;
                            self.c.eat("*");
                            self.last_index(node, start)
                        }
                        _ => self.perl_method(node, start),
                    }
                }
                (b'[', _) if direct || listed => {
                    let index = self.perl_bracketed("]");
                    let index = index.unwrap_or(Id::NONE);
                    self.b.add(Node::Index(node, index), self.since(start))
                }
                (b'{', _) if direct => {
                    let key = self.perl_key();
                    self.b.add(Node::Index(node, key), self.since(start))
                }
                (b'(', _) if direct && !sliced => {
                    let list = self.perl_bracketed(")");
                    let args = self.perl_elements(list);
                    self.b.call(node, &args, self.since(start))
                }
                _ => {
                    self.c.at = end;
                    return node;
                }
            };
            listed = false;
            if self.b.tree.is_full() {
                return node;
            }
        }
    }

    /// `{ key }` behind a map; a bare word is text.
    fn perl_key(&mut self) -> Id {
        let start = self.c.at + 1;
        let mut ahead = self.c.clone();
        ahead.at += 1;
        ahead.take(|b| b == b' ');
        let at = ahead.at;
        ahead.eat("-");
        let word = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_');
        let end = ahead.at;
        ahead.take(|b| b == b' ');
        if !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()) && ahead.eat("}") {
            let word = self.c.slice(at..end);
            self.c.at = ahead.at;
            return self.b.str(word, (at, end));
        }
        match self.perl_bracketed("}") {
            Some(key) => key,
            None => self.b.opaque(&[], self.since(start)),
        }
    }

    /// The method behind `->`.
    fn perl_method(&mut self, object: Id, start: usize) -> Id {
        let member = if self.c.peek() == b'$' {
            self.c.at += 1;
            let at = self.c.at;
            let name = self.perl_named(at, b'$');
            self.b.add(Node::Index(object, name), self.since(start))
        } else {
            let name = self.perl_path().to_owned();
            if name.is_empty() {
                self.b.problem(self.c.at, "a method without a name");
                return object;
            }
            let name = name.strip_prefix("SUPER::").unwrap_or(&name);
            self.b.member(object, name, self.since(start))
        };
        if self.follows(0, b"(") {
            self.skip_space();
        }
        if self.c.peek() == b'(' {
            let list = self.perl_bracketed(")");
            let args = self.perl_elements(list);
            return self.b.call(member, &args, self.since(start));
        }
        self.b.call(member, &[], self.since(start))
    }

    /// A variable between double quotes, with elements that follow directly.
    pub(super) fn perl_inserted(&mut self) -> Id {
        let start = self.c.at;
        let mut node = self.perl_variable();
        loop {
            let arrow = self.c.looking("->") && matches!(self.c.ahead(2), b'[' | b'{');
            let at = if arrow { 2 } else { 0 };
            let (sign, next) = (self.c.ahead(at), self.c.ahead(at + 1));
            // `[` may also be a class of a pattern or plain text.
            let index = sign == b'['
                && (next == b'$' || next.is_ascii_digit() || (next == b'-' && self.c.ahead(at + 2).is_ascii_digit()));
            if !index
                && !(sign == b'{' && (next.is_ascii_alphabetic() || matches!(next, b'$' | b'\'' | b'"' | b'_' | b'-')))
            {
                return node;
            }
            self.c.at += at;
            if !self.b.enter(self.c.at) {
                return node;
            }
            let key = if sign == b'[' {
                let index = self.perl_bracketed("]");
                index.unwrap_or(Id::NONE)
            } else {
                self.perl_key()
            };
            self.b.leave();
            node = self.b.add(Node::Index(node, key), self.since(start));
        }
    }
}
