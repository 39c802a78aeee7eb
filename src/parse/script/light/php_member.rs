//! What may follow an operand of PHP: members, elements, calls.

use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    /// `( … )` of a call.
    pub(super) fn php_args(&mut self) -> Vec<Id> {
        let mut args = Vec::new();
        self.c.at += 1;
        loop {
            self.skip_space();
            if !self.c.more() || self.c.peek() == b')' {
                break;
            }
            if self.c.looking("...)") {
                self.c.at += 3;
                break;
            }
            let arg = self.expression();
            args.push(arg);
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
        }
        self.expect(")");
        args
    }

    pub(super) fn php_postfix(&mut self, mut node: Id, start: usize) -> Id {
        loop {
            let end = self.c.at;
            self.skip_space();
            node = match (self.c.peek(), self.c.ahead(1), self.c.ahead(2)) {
                (b'-', b'>', _) | (b'?', b'-', b'>') => {
                    self.c.at += if self.c.peek() == b'?' { 3 } else { 2 };
                    self.php_selected(node, start, false)
                }
                (b':', b':', _) => {
                    self.c.at += 2;
                    self.php_selected(node, start, true)
                }
                (b'[', _, _) => {
                    self.c.at += 1;
                    self.skip_space();
                    let appends = self.c.peek() == b']';
                    let index = if appends { Id::NONE } else { self.expression() };
                    self.skip_space();
                    self.expect("]");
                    if appends {
                        return self.php_appended(node, start);
                    }
                    self.b.add(Node::Index(node, index), self.since(start))
                }
                (b'(', _, _) => {
                    let args = self.php_args();
                    self.b.call(node, &args, self.since(start))
                }
                (b'{', _, _)
                    if self.c.at == end
                        && matches!(self.b.tree.get(node), Node::Name(_))
                        && self.c.slice(start..start + 1) == "$"
                        && self.is_character() =>
                {
                    // `$x{0}` of old.
                    self.c.at += 1;
                    let index = self.expression();
                    self.skip_space();
                    self.expect("}");
                    self.b.add(Node::Index(node, index), self.since(start))
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

    /// Whether `{` is followed by a number or variable and `}`.
    fn is_character(&self) -> bool {
        let rest = self.c.rest();
        let len =
            rest.iter().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'$' | b'_')).count();
        len > 0 && rest.get(len + 1) == Some(&b'}') && matches!(rest.get(1), Some(b'$' | b'0'..=b'9'))
    }

    /// `$x[] = y` adds an element.
    fn php_appended(&mut self, list: Id, start: usize) -> Id {
        self.skip_space();
        if self.c.peek() != b'=' || self.c.ahead(1) == b'=' {
            return self.b.opaque(&[list], self.since(start));
        }
        self.c.at += 1;
        let value = self.expression_above(super::dialect::ASSIGN - 1);
        let push = self.b.member(list, "push", self.since(start));
        self.b.call(push, &[value], self.since(start))
    }

    /// The member behind `->` or `::`.
    fn php_selected(&mut self, object: Id, start: usize, is_static: bool) -> Id {
        self.skip_space();
        match self.c.peek() {
            b'$' => {
                let at = self.c.at;
                let name = self.php_variable();
                if is_static {
                    // A variable of the class.
                    let name = self.c.slice(at + 1..self.c.at);
                    return self.b.member(object, name, self.since(start));
                }
                self.b.add(Node::Index(object, name), self.since(start))
            }
            b'{' => {
                self.c.at += 1;
                let name = self.embedded("}");
                self.b.add(Node::Index(object, name), self.since(start))
            }
            _ => {
                let name = self.identifier();
                if name.is_empty() {
                    self.b.problem(self.c.at, "a member without a name");
                }
                self.b.member(object, name, self.since(start))
            }
        }
    }
}
