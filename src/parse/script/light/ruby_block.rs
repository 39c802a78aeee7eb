//! Functions, blocks and classes of Ruby.

use super::{Id, Node, Reader, Scope};
use crate::parse::script::Param;

impl<'t> Reader<'t, '_> {
    /// `def name(params) … end`.
    pub(super) fn ruby_def(&mut self, start: usize) -> Id {
        self.skip_blank();
        let at = self.c.at;
        self.identifier();
        // `def self.name`, `def object.name`.
        let mut of_object = false;
        if self.c.at == at {
            self.c.take(|b| b == b'@' || b == b'$');
            self.identifier();
        }
        if self.c.peek() == b'.' {
            of_object = true;
            self.c.at += 1;
            self.identifier();
        }
        self.c.take(|b| matches!(b, b'?' | b'!'));
        // A setter; with a blank in front of the sign it is a body of one expression.
        if self.c.at > at && self.c.peek() == b'=' && !matches!(self.c.ahead(1), b'=' | b'~') {
            self.c.at += 1;
        }
        if self.c.at == at || self.c.behind() == b'.' {
            // An operator.
            self.c.take(|b| {
                matches!(
                    b,
                    b'+' | b'-'
                        | b'*'
                        | b'/'
                        | b'%'
                        | b'='
                        | b'<'
                        | b'>'
                        | b'!'
                        | b'~'
                        | b'^'
                        | b'&'
                        | b'|'
                        | b'['
                        | b']'
                        | b'@'
                        | b'`'
                )
            });
        }
        let name = self.c.slice(at..self.c.at);
        let name = if of_object { name.rsplit('.').next().unwrap_or(name) } else { name };
        let outer_locals = std::mem::take(&mut self.locals);
        let made = self.in_function(Scope::Function, |r| {
            r.skip_blank();
            let params = if r.c.peek() == b'(' {
                r.c.at += 1;
                let params = r.ruby_params(b')');
                r.expect(")");
                params
            } else if matches!(r.c.peek(), b'\n' | b';' | b'=') {
                Vec::new()
            } else {
                r.ruby_params(b'\n')
            };
            r.skip_blank();
            if r.c.peek() == b'=' && r.c.ahead(1) != b'=' {
                // A body of one expression.
                r.c.at += 1;
                r.skip_space();
                let body = r.expression();
                return r.make_func(name, params, body, true, start);
            }
            let body = r.ruby_guarded(start);
            let body = r.b.returning(body, true);
            r.make_func(name, params, body, false, start)
        });
        self.locals = outer_locals;
        made
    }

    /// Parameters up to a closing sign, which is left.
    pub(super) fn ruby_params(&mut self, close: u8) -> Vec<Param> {
        let mut params = Vec::new();
        loop {
            if close == b'\n' {
                self.skip_blank()
            } else {
                self.skip_space()
            }
            if !self.c.more() || self.c.peek() == close || self.c.peek() == b';' && close == b'|' {
                // Variables of the block stand behind a semicolon.
                if self.c.peek() == b';' && close == b'|' {
                    self.c.take(|b| b != b'|' && b != b'\n');
                }
                return params;
            }
            let at = self.c.at;
            if self.c.eat("...") {
                let target = self.b.name("...", self.since(at));
                params.push(Param { target, default: Id::NONE, rest: true, keywords: false });
                continue;
            }
            let stars = self.c.take(|b| b == b'*').len();
            let block = self.c.eat("&");
            let name_at = self.c.at;
            let target = if self.c.peek() == b'(' {
                self.c.at += 1;
                let inner = if self.b.enter(at) {
                    let inner = self.ruby_params(b')');
                    self.b.leave();
                    inner
                } else {
                    self.give_up();
                    return params;
                };
                self.expect(")");
                let ids: Vec<Id> = inner.iter().map(|p| p.target).collect();
                self.b.list(&ids, self.since(at))
            } else {
                let name = self.identifier();
                self.locals.insert(name);
                self.b.name(name, self.since(name_at))
            };
            let mut default = Id::NONE;
            if self.c.peek() == b':' {
                self.c.at += 1;
                self.skip_blank();
                if !matches!(self.c.peek(), b',' | b'\n' | b'|' | b')') {
                    default = self.ruby_default(close);
                }
            } else {
                let end = self.c.at;
                self.skip_blank();
                if self.c.peek() == b'=' {
                    self.c.at += 1;
                    default = self.ruby_default(close);
                } else {
                    self.c.at = end;
                }
            }
            let default = if block { self.nil(at) } else { default };
            if self.c.at > name_at || stars > 0 {
                params.push(Param { target, default, rest: stars == 1, keywords: stars > 1 });
            }
            self.skip_blank();
            if !self.c.eat(",") {
                if self.c.at == at || self.c.peek() != close {
                    if close == b')' {
                        self.skip_space();
                    }
                    if self.c.peek() == b';' && close == b'|' {
                        continue;
                    }
                }
                return params;
            }
        }
    }

    /// A bar closes the parameters of a block, so it is no operator there.
    fn ruby_default(&mut self, close: u8) -> Id {
        let above = if close == b'|' { 13 } else { super::dialect::ASSIGN - 1 };
        self.expression_above(above)
    }

    /// `{ |x| … }` or `do |x| … end`, if one comes next.
    pub(super) fn ruby_block(&mut self) -> Option<Id> {
        let end = self.c.at;
        self.skip_blank();
        let braces = self.c.peek() == b'{';
        if !braces && (self.no_do || self.word() != "do") {
            self.c.at = end;
            return None;
        }
        let start = self.c.at;
        if !self.b.enter(start) {
            return Some(self.give_up());
        }
        self.c.at += if braces { 1 } else { 2 };
        let made = self.in_function(Scope::Block, |r| r.ruby_block_inside(braces, start));
        self.b.leave();
        Some(made)
    }

    fn ruby_block_inside(&mut self, braces: bool, start: usize) -> Id {
        self.skip_space();
        let mut params = Vec::new();
        if self.c.peek() == b'|' {
            self.c.at += 1;
            params = self.ruby_params(b'|');
            self.expect("|");
        }
        let body = if braces {
            let at = self.c.at;
            let mut ids = Vec::new();
            self.statements(&mut ids);
            self.expect("}");
            self.b.block(&ids, self.since(at))
        } else {
            self.ruby_guarded(start)
        };
        let body = self.b.returning(body, true);
        self.make_func("", params, body, false, start)
    }

    /// `->(x) { … }`.
    pub(super) fn ruby_lambda(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 2;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let made = self.in_function(Scope::Block, |r| {
            r.skip_blank();
            let params = if r.c.peek() == b'(' {
                r.c.at += 1;
                let params = r.ruby_params(b')');
                r.expect(")");
                params
            } else if r.c.peek() == b'{' || r.word() == "do" {
                Vec::new()
            } else {
                r.ruby_params(b'{')
            };
            r.skip_blank();
            let braces = r.c.eat("{");
            let at = r.c.at;
            let body = if braces {
                let mut ids = Vec::new();
                r.statements(&mut ids);
                r.expect("}");
                r.b.block(&ids, r.since(at))
            } else {
                r.expect_word("do");
                r.ruby_guarded(at)
            };
            let body = r.b.returning(body, true);
            r.make_func("", params, body, false, start)
        });
        self.b.leave();
        made
    }

    /// `class Name < Base … end`, `module Name … end`, `class << self … end`.
    pub(super) fn ruby_class(&mut self, start: usize) -> Id {
        self.skip_blank();
        if self.c.eat("<<") {
            self.skip_blank();
            self.operand();
            let body = self.ruby_members(start);
            return self.ruby_made_class("", &[], body, start);
        }
        let at = self.c.at;
        self.c.take(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b':' || b >= 0x80);
        let name = self.c.slice(at..self.c.at).rsplit(':').next().unwrap_or_default().to_owned();
        self.skip_blank();
        let mut bases = Vec::new();
        if self.c.peek() == b'<' {
            self.c.at += 1;
            self.skip_blank();
            bases.extend(self.operation(12));
        }
        let body = self.ruby_members(start);
        self.ruby_made_class(&name, &bases, body, start)
    }

    fn ruby_made_class(&mut self, name: &str, bases: &[Id], body: Id, start: usize) -> Id {
        let (name, bases) = (self.b.tree.sym(name), self.b.tree.many(bases));
        self.b.add(Node::Class(name, bases, body), self.since(start))
    }

    fn ruby_members(&mut self, start: usize) -> Id {
        let outer_locals = std::mem::take(&mut self.locals);
        let body = self.in_function(Scope::Top, |r| r.ruby_guarded(start));
        self.locals = outer_locals;
        let Node::Block(many) = self.b.tree.get(body) else { return body };
        let ids: Vec<Id> = self.b.ids(many).into_iter().map(|id| self.as_method(id)).collect();
        self.b.block(&ids, self.span_of(body))
    }
}
