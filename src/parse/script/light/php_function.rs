//! Functions of PHP, their parameters and variables.

use super::{Id, Node, Reader, Scope};
use crate::parse::script::Param;

impl<'t> Reader<'t, '_> {
    /// `global $a, $b` and `static $a = 1`: variables that are not the function's alone.
    pub(super) fn php_outer(&mut self, len: usize, global: bool) -> Option<Id> {
        let start = self.c.at;
        self.c.at += len;
        let mut ids = Vec::new();
        loop {
            self.skip_space();
            if !self.c.eat("$") {
                break;
            }
            let at = self.c.at;
            let name = self.identifier();
            let sym = self.b.tree.sym(name);
            if global {
                self.outer.push(sym);
            }
            self.skip_space();
            if self.c.peek() == b'=' {
                self.c.at += 1;
                let value = self.expression();
                let target = self.b.name(name, (at, at + name.len()));
                ids.push(self.b.add(Node::Declare(target, value), self.since(at)));
            }
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.php_end();
        (!ids.is_empty()).then(|| self.b.seq(&ids, (start, self.c.at)))
    }

    pub(super) fn php_function(&mut self) -> Id {
        let start = self.c.at;
        self.c.at += 8;
        self.skip_space();
        self.c.eat("&");
        self.skip_space();
        let name = self.identifier().to_ascii_lowercase();
        self.php_callable(&name, start)
    }

    /// Parameters and body of a function.
    pub(super) fn php_callable(&mut self, name: &str, start: usize) -> Id {
        self.in_function(Scope::Function, |r| {
            let mut kept = Vec::new();
            let params = r.php_params_and(&mut kept);
            r.skip_space();
            if r.eat_word("use") {
                r.skip_space();
                r.php_captured();
                r.skip_space();
            }
            r.php_type();
            r.skip_space();
            // Methods of interfaces have none.
            let body = if r.c.peek() == b'{' {
                r.braces()
            } else {
                r.c.eat(";");
                r.b.block(&[], r.since(start))
            };
            let body = if kept.is_empty() {
                body
            } else {
                kept.push(body);
                r.b.block(&kept, r.since(start))
            };
            r.make_func(name, params, body, false, start)
        })
    }

    /// `: ?type` behind parameters.
    pub(super) fn php_type(&mut self) {
        self.skip_space();
        if self.c.peek() == b':' && self.c.ahead(1) != b':' {
            self.c.at += 1;
            self.c.take(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'_' | b'\\' | b'?' | b'|' | b'&' | b' ' | b'(' | b')')
                    || b >= 0x80
            });
        }
    }

    /// `use ($a, &$b)` of a closure: references are not its own.
    fn php_captured(&mut self) {
        if !self.expect("(") {
            return;
        }
        loop {
            self.skip_space();
            let by_reference = self.c.eat("&");
            self.skip_space();
            if !self.c.eat("$") {
                break;
            }
            let name = self.identifier();
            if by_reference {
                let sym = self.b.tree.sym(name);
                self.outer.push(sym);
            }
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.expect(")");
    }

    pub(super) fn php_params(&mut self) -> Vec<Param> {
        self.php_params_and(&mut Vec::new())
    }

    /// The same, with what a constructor does with those that it makes members: `private string $x` sets `$this->x`.
    fn php_params_and(&mut self, kept: &mut Vec<Id>) -> Vec<Param> {
        let mut params = Vec::new();
        self.skip_space();
        if !self.expect("(") {
            return params;
        }
        loop {
            self.skip_space();
            // Types and words like `private` in front of the name.
            let ahead = self.c.at;
            self.c.take(|b| !matches!(b, b'$' | b')' | b'.' | b'{' | b';' | b'#'));
            let ahead = self.c.slice(ahead..self.c.at);
            let is_kept = ["private", "protected", "public", "readonly"]
                .iter()
                .any(|word| ahead.trim_start().to_ascii_lowercase().starts_with(word));
            if self.c.peek() == b'#' {
                self.skip_space();
                continue;
            }
            let rest = self.c.eat("...");
            let at = self.c.at;
            if !self.c.eat("$") {
                break;
            }
            let name = self.identifier();
            let target = self.b.name(name, self.since(at));
            self.skip_space();
            let mut default = Id::NONE;
            if self.c.peek() == b'=' {
                self.c.at += 1;
                default = self.expression();
            }
            if is_kept {
                let span = self.since(at);
                let (this, value) = (self.b.name("this", span), self.b.name(name, span));
                let sym = self.b.tree.sym(name);
                let member = self.b.add(Node::Member(this, sym), span);
                kept.push(self.b.add(Node::Assign(member, value), span));
            }
            params.push(Param { target, default, rest, keywords: false });
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.expect(")");
        params
    }

    /// `A = 1, B = 2` behind `const`.
    pub(super) fn php_constants(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        loop {
            self.skip_space();
            let at = self.c.at;
            let mut name = self.identifier();
            self.skip_space();
            // A type may stand in front of the name.
            if self.c.peek() != b'=' {
                let second = self.identifier();
                name = if second.is_empty() { name } else { second };
                self.skip_space();
            }
            if name.is_empty() || !self.c.eat("=") {
                break;
            }
            let target = self.b.name(name, (at, at + name.len()));
            let value = self.expression();
            ids.push(self.b.add(Node::Declare(target, value), self.since(at)));
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.php_end();
        self.b.seq(&ids, self.since(start))
    }
}
