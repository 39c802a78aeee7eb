//! Classes of PHP.

use super::{Id, Node, Reader};

/// Words in front of a member.
const MODIFIERS: [&str; 8] = ["public", "protected", "private", "static", "abstract", "final", "var", "readonly"];

impl Reader<'_, '_> {
    /// `class Name extends Base implements I { … }`; also traits, interfaces and enumerations.
    pub(super) fn php_class(&mut self, word: usize) -> Id {
        let start = self.c.at;
        self.c.at += word;
        self.skip_space();
        let name = self.identifier().to_owned();
        self.php_class_behind(&name, start)
    }

    /// What stands behind the name of a class.
    pub(super) fn php_class_behind(&mut self, name: &str, start: usize) -> Id {
        self.skip_space();
        let mut bases = Vec::new();
        loop {
            self.skip_space();
            let at = self.c.at;
            if self.c.peek() == b':' || self.c.peek() == b',' {
                self.c.at += 1;
                continue;
            }
            let base = self.php_path();
            if base.is_empty() {
                break;
            }
            if !matches!(base.to_ascii_lowercase().as_str(), "extends" | "implements") {
                bases.push(self.b.name(base, self.since(at)));
            }
        }
        let at = self.c.at;
        let mut ids = Vec::new();
        if self.expect("{") {
            loop {
                self.skip_separators();
                if !self.c.more() || self.c.peek() == b'}' || self.b.tree.is_full() {
                    break;
                }
                let before = self.c.at;
                let made = self.php_member();
                ids.extend(made);
                if self.c.at == before {
                    self.b.problem(before, "a sign that fits into no class");
                    self.c.bump();
                }
            }
            self.expect("}");
        }
        let body = self.b.block(&ids, self.since(at));
        let (name, bases) = (self.b.tree.sym(name), self.b.tree.many(&bases));
        self.b.add(Node::Class(name, bases, body), self.since(start))
    }

    fn php_member(&mut self) -> Option<Id> {
        loop {
            let word = self.word().to_ascii_lowercase();
            if !MODIFIERS.contains(&word.as_str()) {
                break;
            }
            self.c.at += word.len();
            self.skip_space();
        }
        let start = self.c.at;
        let word = self.word().to_ascii_lowercase();
        match word.as_str() {
            "function" => {
                self.c.at += word.len();
                self.skip_space();
                self.c.eat("&");
                self.skip_space();
                let name = self.identifier();
                let func = self.php_callable(name, start);
                return Some(self.as_method(func));
            }
            "use" => {
                // Traits; what they bring is not followed.
                self.c.take(|b| !matches!(b, b';' | b'{' | b'}'));
                if self.c.eat("{") {
                    self.c.take(|b| b != b'}');
                    self.c.eat("}");
                }
                return Some(self.b.opaque(&[], self.since(start)));
            }
            "const" => {
                self.c.at += word.len();
                return Some(self.php_constants());
            }
            "case" => {
                self.c.at += word.len();
                return Some(self.php_constants());
            }
            _ => {}
        }
        // A type in front of the name.
        self.c.take(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'_' | b'\\' | b'?' | b'|' | b'&' | b' ' | b'\t' | b'(' | b')')
                || b >= 0x80
        });
        self.skip_space();
        if !self.c.eat("$") {
            return None;
        }
        let mut ids = Vec::new();
        loop {
            let at = self.c.at;
            let name = self.identifier();
            let target = self.b.name(name, self.since(at));
            self.skip_space();
            let value = if self.c.eat("=") { self.expression() } else { self.nil(at) };
            ids.push(self.b.add(Node::Declare(target, value), self.since(at)));
            self.skip_space();
            if !self.c.eat(",") {
                break;
            }
            self.skip_space();
            self.c.eat("$");
        }
        self.skip_space();
        // Hooks of a property are methods without a name.
        if self.c.peek() == b'{' {
            ids.push(self.braces());
        }
        Some(self.b.seq(&ids, self.since(start)))
    }
}
