//! Arguments of functions of Perl.

use super::{Id, Node, Reader};

impl<'t> Reader<'t, '_> {
    /// `shift` and `pop` without a list take from the arguments.
    pub(super) fn perl_made_call(&mut self, callee: Id, name: &str, mut args: Vec<Id>, start: usize) -> Id {
        if args.is_empty() && matches!(name, "shift" | "pop") {
            let inside = self.scope != super::Scope::Top;
            args.push(self.b.name(if inside { "@_" } else { "ARGV" }, (start, start)));
        }
        self.b.call(callee, &args, self.since(start))
    }

    /// Arguments with or without parentheses around them.
    pub(super) fn perl_arguments(&mut self) -> Vec<Id> {
        let end = self.c.at;
        self.skip_space();
        if self.c.peek() != b'(' {
            self.c.at = end;
            return Vec::new();
        }
        self.perl_call_arguments("", true)
    }

    pub(super) fn perl_call_arguments(&mut self, name: &str, parens: bool) -> Vec<Id> {
        if parens {
            self.c.at += 1;
            self.skip_space();
        }
        let mut args = Vec::new();
        let mut file = None;
        match name {
            "print" | "printf" | "say" => file = self.perl_handle(),
            "sort" if self.c.peek() == b'$' => {
                // What compares: a variable with no comma behind it.
                let compares = self.perl_handle();
                args.extend(compares);
            }
            "system" | "exec" if self.c.peek() == b'{' => {
                let block = self.braces();
                args.push(match self.b.tree.get(block) {
                    Node::Block(many) => match self.b.tree.list(many) {
                        [program] => *program,
                        _ => block,
                    },
                    _ => block,
                });
            }
            "push" | "die" | "return" | "bless" => {}
            _ if self.c.peek() == b'{'
                && !self.perl_is_map()
                && (matches!(name, "map" | "grep" | "sort") || !parens) =>
            {
                let start = self.c.at;
                let body = self.braces();
                let body = self.b.returning(body, true);
                args.push(self.make_func("", Vec::new(), body, false, start));
                self.skip_space();
                self.c.eat(",");
            }
            _ => {}
        }
        let list = if parens { self.perl_list(0) } else { self.perl_list(2) };
        args.extend(self.perl_elements(list));
        // `map expression, list` looks at each element.
        if matches!(name, "map" | "grep")
            && let Some(first) = args.first_mut()
            && !matches!(self.b.tree.get(*first), Node::Func(_))
        {
            let start = self.span_of(*first).0;
            *first = self.make_func("", Vec::new(), *first, true, start);
        }
        if let Some(file) = file {
            let span = self.span_of(file);
            args.push(self.b.keyword("file", file, span));
        }
        if parens {
            self.skip_space();
            self.expect(")");
        }
        args
    }

    /// Whether braces behind `map` are a map and not a block: `{ "a" => 1 }, list` is rare, so only what can be nothing
    /// else.
    fn perl_is_map(&self) -> bool {
        self.c.looking("{}") || self.c.looking("{ }")
    }

    /// What `print` is written to: `STDERR`, `$file`, `{ $file }` in front of its texts.
    fn perl_handle(&mut self) -> Option<Id> {
        let start = self.c.at;
        if self.c.peek() == b'{' {
            let block = self.braces();
            return Some(block);
        }
        let mut ahead = self.c.clone();
        let dollar = ahead.eat("$");
        let name = ahead.take(|b| b.is_ascii_alphanumeric() || b == b'_');
        let fits = if dollar {
            !name.is_empty()
        } else {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b.is_ascii_digit())
        };
        if !fits || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = ahead.at;
        ahead.take(|b| b == b' ' || b == b'\t');
        let next = ahead.peek();
        let operand = next.is_ascii_alphabetic()
            || matches!(next, b'"' | b'\'' | b'$' | b'@' | b'_')
            || (dollar && next == b'(' && ahead.at > end)
            || (next == b'<' && ahead.ahead(1) == b'<' && !ahead.ahead(2).is_ascii_whitespace());
        let word = ahead.take(|b| b.is_ascii_alphabetic());
        let operator = matches!(
            word,
            "x" | "eq"
                | "ne"
                | "if"
                | "unless"
                | "for"
                | "foreach"
                | "and"
                | "or"
                | "while"
                | "until"
                | "cmp"
                | "lt"
                | "gt"
                | "le"
                | "ge"
        );
        let alone = !dollar && matches!(name, "STDERR" | "STDOUT") && matches!(next, b';' | b')');
        if (ahead.at == end || !operand || operator) && !alone {
            return None;
        }
        self.c.at = end;
        let file = self.b.name(name, (start, end));
        self.skip_space();
        Some(file)
    }
}
