//! Words of Perl: functions with and without parentheses, declarations, quotes.

use super::dialect::{ASSIGN, NAMED};
use super::{Id, Node, Reader, Span};

/// Functions that take one operand, which binds more tightly than comparisons.
const UNARY: [&str; 48] = [
    "abs",
    "alarm",
    "caller",
    "chdir",
    "chomp",
    "chop",
    "chr",
    "chroot",
    "close",
    "closedir",
    "cos",
    "defined",
    "delete",
    "each",
    "exists",
    "exit",
    "exp",
    "fc",
    "fileno",
    "getc",
    "hex",
    "int",
    "keys",
    "lc",
    "lcfirst",
    "length",
    "localtime",
    "log",
    "lstat",
    "oct",
    "ord",
    "pop",
    "quotemeta",
    "rand",
    "readdir",
    "readline",
    "readlink",
    "ref",
    "rmdir",
    "scalar",
    "shift",
    "sin",
    "sleep",
    "sqrt",
    "srand",
    "stat",
    "uc",
    "ucfirst",
];

/// Functions that take all that follows.
const LIST: [&str; 68] = [
    "accept",
    "atan2",
    "bind",
    "binmode",
    "bless",
    "carp",
    "chmod",
    "chown",
    "cluck",
    "confess",
    "connect",
    "croak",
    "crypt",
    "die",
    "encode_base64",
    "decode_base64",
    "exec",
    "fcntl",
    "flock",
    "fork",
    "glob",
    "grep",
    "index",
    "ioctl",
    "join",
    "kill",
    "link",
    "listen",
    "map",
    "mkdir",
    "open",
    "opendir",
    "pack",
    "pipe",
    "print",
    "printf",
    "push",
    "read",
    "recv",
    "rename",
    "require",
    "reverse",
    "rindex",
    "say",
    "seek",
    "select",
    "send",
    "setsockopt",
    "shutdown",
    "socket",
    "sort",
    "splice",
    "split",
    "sprintf",
    "substr",
    "symlink",
    "syscall",
    "sysopen",
    "sysread",
    "system",
    "syswrite",
    "unlink",
    "unpack",
    "unshift",
    "utime",
    "vec",
    "waitpid",
    "warn",
];

impl Reader<'_, '_> {
    /// An operand that begins with a word.
    pub(super) fn perl_word(&mut self) -> Option<Id> {
        let start = self.c.at;
        let word = self.word();
        let len = word.len();
        // In front of `=>` and as a key every word is text.
        if len > 0 && self.arrow_follows(len) {
            self.c.at += len;
            return Some(self.b.str(word, self.since(start)));
        }
        if matches!(word, "q" | "qq" | "qw" | "qx" | "m" | "qr" | "s" | "tr" | "y") && self.perl_quotes(len) {
            return Some(self.perl_quote(word));
        }
        match word {
            "my" | "our" | "local" | "state" => {
                self.c.at += len;
                return Some(self.perl_declared(start));
            }
            "sub" => {
                self.c.at += len;
                return Some(self.perl_sub("", start));
            }
            "do" => {
                self.c.at += len;
                self.skip_space();
                if self.c.peek() == b'{' {
                    return Some(self.perl_called_block(start, "do"));
                }
                let file = self.operation(NAMED);
                return Some(self.b.helper("do", file.as_slice(), self.since(start)));
            }
            "eval" => {
                self.c.at += len;
                self.skip_space();
                if self.c.peek() == b'{' {
                    return Some(self.perl_called_block(start, "eval"));
                }
                let code = if self.perl_operand_ends() {
                    self.b.name("_", (start, start))
                } else {
                    self.expression_above(NAMED)
                };
                return Some(self.b.helper("eval", &[code], self.since(start)));
            }
            "return" => {
                self.c.at += len;
                self.skip_space();
                let ends = self.perl_operand_ends() || self.perl_modifier();
                let value = if ends { None } else { self.perl_list(2) };
                return Some(self.b.add(Node::Return(value.unwrap_or(Id::NONE)), self.since(start)));
            }
            "last" | "next" | "redo" => {
                self.c.at += len;
                self.skip_space();
                let label = self.word();
                if !self.perl_modifier() && !self.perl_operand_ends() {
                    self.c.at += label.len();
                }
                return Some(self.b.add(if word == "last" { Node::Break } else { Node::Continue }, self.since(start)));
            }
            "not" => {
                self.c.at += len;
                let inner = self.expression_above(3);
                return Some(self.b.unary(super::Op::Not, inner, start));
            }
            "if" | "unless" | "while" | "until" | "for" | "foreach" | "and" | "or" | "xor" | "x" | "eq" | "ne"
            | "cmp" | "lt" | "gt" | "le" | "ge" => return None,
            "__PACKAGE__" | "__FILE__" | "__LINE__" => {
                self.c.at += len;
                return Some(self.b.name(word, self.since(start)));
            }
            "new" if self.c.ahead(len) == b' ' && self.c.ahead(len + 1).is_ascii_uppercase() => {
                self.c.at += len + 1;
                let at = self.c.at;
                let class = self.perl_path().to_owned();
                let class = self.perl_named_path(&class, self.since(at));
                let new = self.b.member(class, "new", self.since(start));
                let args = self.perl_arguments();
                return Some(self.b.call(new, &args, self.since(start)));
            }
            _ => {}
        }
        let path = self.perl_path().to_owned();
        if path.is_empty() {
            return None;
        }
        let name =
            path.strip_prefix("CORE::").map_or(path.as_str(), |p| p.strip_prefix("GLOBAL::").unwrap_or(p)).to_owned();
        Some(self.perl_named_call(&name, start))
    }

    /// `my $x`, `my ($a, $b)`, with the value if there is one.
    fn perl_declared(&mut self, start: usize) -> Id {
        self.skip_space();
        // A class may stand in front of the variable.
        if self.c.peek().is_ascii_alphabetic() {
            self.perl_path();
            self.skip_space();
        }
        let Some(target) = self.perl_term() else {
            return self.b.opaque(&[], self.since(start));
        };
        self.skip_space();
        if self.c.looking(":shared") {
            self.c.at += 7;
            self.skip_space();
        }
        if self.c.peek() == b'=' && !matches!(self.c.ahead(1), b'=' | b'~' | b'>') {
            self.c.at += 1;
            let value = self.expression_above(ASSIGN - 1);
            let value = self.perl_as_map(target, value);
            return match self.b.tree.get(target) {
                Node::Name(_) | Node::List(_) => self.b.add(Node::Declare(target, value), self.since(start)),
                _ => self.set(target, value),
            };
        }
        if self.c.peek() == b';' && matches!(self.b.tree.get(target), Node::Name(_)) {
            let nil = self.nil(start);
            return self.b.add(Node::Declare(target, nil), self.since(start));
        }
        target
    }

    /// `do { … }` and `eval { … }`: a function that is called at once.
    fn perl_called_block(&mut self, start: usize, word: &str) -> Id {
        let body = self.braces();
        let body = self.b.returning(body, true);
        let func = self.make_func("", Vec::new(), body, false, start);
        let call = self.b.call(func, &[], self.since(start));
        if word == "do" {
            return call;
        }
        let none = self.b.block(&[], self.since(start));
        self.b.add(Node::Try(call, none, Id::NONE), self.since(start))
    }

    /// Whether no operand begins here.
    fn perl_operand_ends(&self) -> bool {
        !self.c.more()
            || matches!(self.c.peek(), b';' | b')' | b'}' | b']' | b',' | b':' | b'?' | b'=' | b'|' | b'>' | b'^')
            || (self.c.peek() == b'*' && matches!(self.c.ahead(1), b' ' | b'=' | b'*'))
            || (self.c.peek() == b'&' && self.c.ahead(1) == b'&')
            || (self.c.peek() == b'.' && !self.c.ahead(1).is_ascii_digit())
            || (self.c.peek() == b'!' && matches!(self.c.ahead(1), b'=' | b'~'))
            || (self.c.peek() == b'<' && matches!(self.c.ahead(1), b' ' | b'='))
            || (self.c.peek() == b'-' && self.c.ahead(1) == b'>')
            || (matches!(self.c.peek(), b'-' | b'+' | b'/' | b'%' | b'<') && self.c.ahead(1).is_ascii_whitespace())
            || matches!(self.word(), "and" | "or" | "xor" | "x" | "eq" | "ne" | "cmp" | "lt" | "gt" | "le" | "ge")
    }

    fn perl_modifier(&self) -> bool {
        matches!(self.word(), "if" | "unless" | "while" | "until" | "for" | "foreach")
    }

    /// `A::b` is a member of `A`.
    pub(super) fn perl_named_path(&mut self, path: &str, span: Span) -> Id {
        let path = path.strip_prefix("main::").or_else(|| path.strip_prefix("::")).unwrap_or(path);
        let mut parts = path.split("::");
        let first = parts.next().unwrap_or_default();
        let mut node = self.b.name(first, span);
        for part in parts.filter(|p| !p.is_empty()) {
            node = self.b.member(node, part, span);
        }
        node
    }

    /// A call of a function by its name, or the name.
    fn perl_named_call(&mut self, name: &str, start: usize) -> Id {
        let callee = self.perl_named_path(name, self.since(start));
        let end = self.c.at;
        self.skip_space();
        if self.c.peek() == b'(' {
            let args = self.perl_call_arguments(name, true);
            return self.perl_made_call(callee, name, args, start);
        }
        if self.c.looking("->") && matches!(name, "shift" | "pop") {
            return self.perl_made_call(callee, name, Vec::new(), start);
        }
        if self.c.looking("->") || self.c.looking("::") {
            // A class, whose method is called.
            if self.c.eat("::") {
                self.skip_space();
            } else {
                self.c.at = end;
            }
            return callee;
        }
        if UNARY.contains(&name) {
            // Behind these a slash divides or begins `//`.
            let ends = self.perl_operand_ends() || self.perl_modifier() || self.c.peek() == b'/';
            let arg = if ends { None } else { self.operation(NAMED) };
            if arg.is_none() {
                self.c.at = end;
            }
            return self.perl_made_call(callee, name, arg.into_iter().collect(), start);
        }
        let listed = LIST.contains(&name);
        let begins = match self.c.peek() {
            b'$' | b'@' | b'"' | b'\'' | b'\\' | b'`' => true,
            b'%' => self.c.ahead(1).is_ascii_alphabetic() || self.c.ahead(1) == b'$',
            // A function that is given a block, such as `any { … } @list`.
            b'{' => listed || self.c.at > end,
            b'[' | b'0'..=b'9' => listed || self.c.at > end,
            b'/' => listed,
            b if b.is_ascii_alphabetic() || b == b'_' => !self.perl_operand_ends(),
            _ => listed && !self.perl_operand_ends(),
        };
        if !begins || self.perl_modifier() || (self.c.at == end && !listed) {
            self.c.at = end;
            return if listed { self.perl_made_call(callee, name, Vec::new(), start) } else { callee };
        }
        let args = self.perl_call_arguments(name, false);
        self.perl_made_call(callee, name, args, start)
    }
}
