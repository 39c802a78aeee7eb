//! Operands of Lua, and what may follow them.

use super::interpolate::Close;
use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    pub(super) fn lua_term(&mut self) -> Option<Id> {
        let start = self.c.at;
        let node = match self.c.peek() {
            b'"' | b'\'' => self.lua_string(),
            b'[' => {
                let text = self.long_bracket()?;
                self.b.str(text, self.since(start))
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.c.looking("...") => {
                self.c.at += 3;
                let all = self.b.name("...", self.since(start));
                self.b.add(Node::Spread(all), self.since(start))
            }
            b'.' if self.c.ahead(1).is_ascii_digit() => self.number(),
            b'{' => self.lua_table(),
            b'(' => {
                self.c.at += 1;
                let node = self.expression();
                self.skip_space();
                self.expect(")");
                node
            }
            _ => match self.word() {
                "nil" => {
                    self.c.at += 3;
                    self.nil(start)
                }
                word @ ("true" | "false") => {
                    self.c.at += word.len();
                    self.b.add(Node::Bool(word == "true"), self.since(start))
                }
                "function" => {
                    self.c.at += 8;
                    return Some(self.lua_body("", false, start));
                }
                "end" | "then" | "do" | "else" | "elseif" | "until" | "in" | "and" | "or" => return None,
                _ => {
                    let name = self.identifier();
                    if name.is_empty() {
                        return None;
                    }
                    self.b.name(name, self.since(start))
                }
            },
        };
        Some(self.lua_postfix(node, start))
    }

    fn lua_string(&mut self) -> Id {
        let quote = if self.c.bump() == "\"" { '"' } else { '\'' };
        self.string(Close::quote(quote))
    }

    /// `{ … }`: a list, or a map when it has keys.
    fn lua_table(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 1;
        let mut ids = Vec::new();
        let mut pairs = Vec::new();
        loop {
            self.skip_space();
            if !self.c.more() || self.c.peek() == b'}' {
                break;
            }
            let at = self.c.at;
            if self.c.peek() == b'[' && !matches!(self.c.ahead(1), b'[' | b'=') {
                self.c.at += 1;
                let key = self.expression();
                self.skip_space();
                self.expect("]");
                self.skip_space();
                self.expect("=");
                let value = self.expression();
                pairs.extend([key, value]);
            } else if let (name, true) = (self.word(), self.is_field()) {
                self.c.at += name.len();
                let key = self.b.str(name, self.since(at));
                self.skip_space();
                self.c.at += 1;
                let value = self.expression();
                pairs.extend([key, value]);
            } else {
                let value = self.expression();
                ids.push(value);
            }
            self.skip_space();
            if !self.c.eat(",") && !self.c.eat(";") {
                break;
            }
        }
        self.expect("}");
        let span = self.since(start);
        if pairs.is_empty() {
            return self.b.list(&ids, span);
        }
        // Elements without a key are counted from 1.
        for (i, id) in ids.iter().enumerate() {
            let key = self.b.num(f64::from(u32::try_from(i).unwrap_or(0)) + 1.0, span);
            pairs.extend([key, *id]);
        }
        let many = self.b.tree.many(&pairs);
        self.b.add(Node::Dict(many), span)
    }

    /// Whether `name =` comes next.
    fn is_field(&self) -> bool {
        let len = self.word().len();
        let mut ahead = self.c.clone();
        ahead.at += len;
        ahead.take(|b| b.is_ascii_whitespace());
        len > 0 && ahead.peek() == b'=' && ahead.ahead(1) != b'='
    }

    fn lua_postfix(&mut self, mut node: Id, start: usize) -> Id {
        loop {
            let end = self.c.at;
            self.skip_space();
            node = match (self.c.peek(), self.c.ahead(1)) {
                (mark @ (b'.' | b':'), next) if next != mark => {
                    self.c.at += 1;
                    self.skip_space();
                    let name = self.identifier();
                    if name.is_empty() {
                        self.b.problem(self.c.at, "a member without a name");
                        return node;
                    }
                    self.b.member(node, name, self.since(start))
                }
                (b'[', next) if !matches!(next, b'[' | b'=') => {
                    self.c.at += 1;
                    let index = self.expression();
                    self.skip_space();
                    self.expect("]");
                    self.b.add(Node::Index(node, index), self.since(start))
                }
                (b'(', _) => {
                    self.c.at += 1;
                    self.skip_space();
                    let mut args = Vec::new();
                    if self.c.peek() != b')' {
                        args = self.lua_list();
                    }
                    self.skip_space();
                    self.expect(")");
                    self.b.call(node, &args, self.since(start))
                }
                (b'"' | b'\'' | b'{', _) | (b'[', _) if self.callable(node) => {
                    let Some(arg) = self.lua_bare_argument() else {
                        self.c.at = end;
                        return node;
                    };
                    self.b.call(node, &[arg], self.since(start))
                }
                _ => {
                    self.c.at = end;
                    return node;
                }
            };
            if self.b.tree.is_full() {
                return node;
            }
        }
    }

    fn callable(&self, node: Id) -> bool {
        matches!(self.b.tree.get(node), Node::Name(_) | Node::Member(..) | Node::Index(..) | Node::Call(..))
    }

    /// `f"text"` and `f{ … }`.
    fn lua_bare_argument(&mut self) -> Option<Id> {
        let start = self.c.at;
        match self.c.peek() {
            b'{' => Some(self.lua_table()),
            b'[' => {
                let text = self.long_bracket()?;
                Some(self.b.str(text, self.since(start)))
            }
            _ => Some(self.lua_string()),
        }
    }
}
