//! Expressions of Rust.

use super::{Id, Kind, Node, Op, Param, Reader, SETTING, UNSAFE};
use crate::parse::script::tree::PAIRS;

/// Operators between two operands, the longer before the shorter, and how tightly they bind.
const OPERATORS: &[(&str, u8, Op)] = &[
    ("&&", 4, Op::And),
    ("||", 3, Op::Or),
    ("==", 5, Op::Eq),
    ("!=", 5, Op::Ne),
    ("<=", 5, Op::Le),
    (">=", 5, Op::Ge),
    ("<<", 9, Op::Shl),
    (">>", 9, Op::Shr),
    ("<", 5, Op::Lt),
    (">", 5, Op::Gt),
    ("|", 6, Op::BitOr),
    ("^", 7, Op::BitXor),
    ("&", 8, Op::BitAnd),
    ("+", 10, Op::Add),
    ("-", 10, Op::Sub),
    ("*", 11, Op::Mul),
    ("/", 11, Op::FloorDiv),
    ("%", 11, Op::Mod),
];
/// Methods that give what they are called on, as far as its value goes.
const SAME: &[&str] = &[
    "unwrap",
    "expect",
    "unwrap_or_default",
    "clone",
    "to_string",
    "to_owned",
    "as_str",
    "as_ref",
    "as_mut",
    "iter",
    "into_iter",
    "iter_mut",
    "cloned",
    "copied",
    "ok",
    "to_vec",
    "as_slice",
    "by_ref",
    "map_err",
    "context",
    "with_context",
    "as_path",
    "to_path_buf",
    "as_os_str",
    "to_string_lossy",
    "into_owned",
    "into_string",
    "into",
    "as_deref",
    "borrow",
    "borrow_mut",
    "to_str",
    "display",
    "into_boxed_str",
    "into_boxed_slice",
    "peekable",
    "fuse",
    "try_into",
    "as_mut_slice",
    "lock",
    "into_inner",
];
/// Functions that give what they are given.
const SAME_OF: &[&str] = &[
    "Some",
    "Ok",
    "Box.new",
    "Rc.new",
    "Arc.new",
    "String.from",
    "PathBuf.from",
    "Path.new",
    "OsString.from",
    "OsStr.new",
    "Cow.Borrowed",
    "Cow.Owned",
    "Mutex.new",
    "RefCell.new",
    "std.path.PathBuf.from",
    "std.path.Path.new",
    "Vec.from",
    "Cow.from",
    "Cursor.new",
    "std.io.Cursor.new",
    "BufReader.new",
    "std.io.BufReader.new",
    "black_box",
    "std.hint.black_box",
];

impl Reader<'_> {
    pub(super) fn rust_expression(&mut self) -> Id {
        self.rust_above(0)
    }

    /// One in the head of something, where braces begin its block.
    fn rust_head(&mut self) -> Id {
        let plain = std::mem::replace(&mut self.plain, true);
        let made = self.rust_expression();
        self.plain = plain;
        made
    }

    fn rust_above(&mut self, above: u8) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let made = self.rust_above_inside(above);
        self.b.leave();
        made
    }

    fn rust_above_inside(&mut self, above: u8) -> Id {
        let start = self.place();
        if self.looking("..") {
            return self.rust_range(Id::NONE, start);
        }
        let mut left = self.rust_unary();
        loop {
            if self.b.tree.is_full() {
                return left;
            }
            if self.word() == "as" {
                self.at += 1;
                left = self.rust_cast(left, start);
                continue;
            }
            if above == 0 && self.looking("=") && !self.looking("==") && !self.looking("=>") {
                self.at += 1;
                let value = self.rust_above(0);
                return self.assign(left, value);
            }
            if let Some((sign, op)) = SETTING.iter().find(|(sign, _)| self.looking(sign)) {
                if above > 0 {
                    return left;
                }
                self.at += sign.len();
                let right = self.rust_above(0);
                let value = self.b.binary(*op, left, right);
                return self.assign(left, value);
            }
            if self.looking("..") {
                if above > 2 {
                    return left;
                }
                left = self.rust_range(left, start);
                continue;
            }
            let found = OPERATORS.iter().find(|(sign, ..)| self.looking(sign)).copied();
            let Some((sign, tight, op)) = found.filter(|f| f.1 > above) else { return left };
            self.at += sign.len();
            let right = self.rust_above(tight);
            let is_broken = |id: Id| matches!(self.b.tree.get(id), Node::Num(n) if n.fract() != 0.0);
            let op = if op == Op::FloorDiv && (is_broken(left) || is_broken(right)) { Op::Div } else { op };
            left = self.b.binary(op, left, right);
        }
    }

    fn rust_range(&mut self, from: Id, start: usize) -> Id {
        let is_closed = self.looking("..=");
        self.at += if is_closed { 3 } else { 2 };
        let ends = self.closes()
            || matches!(self.kind(), Kind::Sign(b';' | b','))
            || self.looking("=>")
            || self.plain && self.looking("{");
        let mut to = if ends { Id::NONE } else { self.rust_above(2) };
        let span = self.since(start);
        if is_closed && to.is_some() {
            let one = self.b.num(1.0, span);
            to = self.b.binary(Op::Add, to, one);
        }
        let all: Vec<Id> =
            [from, to].iter().map(|id| if id.is_some() { *id } else { self.b.add(Node::Nil, span) }).collect();
        self.b.helper("{range}", &all, span)
    }

    fn rust_cast(&mut self, value: Id, start: usize) -> Id {
        let of = self.word();
        // A type: a word, a path, a pointer.
        while self.looking("*") || self.looking("&") || matches!(self.word(), "mut" | "const" | "dyn") {
            self.at += 1;
        }
        if self.is_open() && !self.looking("{") {
            self.skip_brackets();
        } else {
            self.name();
            while self.eat("::") {
                self.name();
            }
        }
        let span = self.since(start);
        match of {
            "u8" | "i8" => self.b.helper("{u8}", &[value], span),
            "u16" => self.b.helper("{u16}", &[value], span),
            "u32" => self.b.helper("{u32}", &[value], span),
            "char" => self.b.helper("{text}", &[value], span),
            _ => value,
        }
    }

    fn rust_unary(&mut self) -> Id {
        let start = self.place();
        while self.looking("*") || self.looking("&") || self.word() == "mut" && self.at > 0 {
            self.at += 1;
        }
        let op = match self.kind() {
            Kind::Sign(b'-') => Op::Neg,
            Kind::Sign(b'!') => Op::Not,
            _ => {
                let made = self.rust_operand();
                return self.rust_rest(made, start);
            }
        };
        self.at += 1;
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let inner = self.rust_unary();
        self.b.leave();
        self.b.unary(op, inner, start)
    }

    /// What stands behind an operand: members, calls, elements, `?`.
    pub(super) fn rust_rest(&mut self, mut made: Id, start: usize) -> Id {
        loop {
            if self.b.tree.is_full() {
                return made;
            }
            match self.kind() {
                Kind::Sign(b'?') => self.at += 1,
                Kind::Sign(b'.') if !self.looking("..") => {
                    self.at += 1;
                    if self.kind() == Kind::Number {
                        let index = self.number();
                        let span = self.since(start);
                        made = self.b.add(Node::Index(made, index), span);
                        continue;
                    }
                    let name = self.name();
                    if name == "await" {
                        continue;
                    }
                    let mut of = "";
                    if self.looking("::") {
                        self.at += 2;
                        of = if self.word_at(1) == "String" { "String" } else { "" };
                        self.rust_generics();
                    }
                    made = if self.looking("(") {
                        let args = self.rust_arguments();
                        self.rust_method(made, name, of, &args, start)
                    } else {
                        let span = self.since(start);
                        self.b.member(made, name, span)
                    };
                }
                Kind::Sign(b'(') => {
                    let args = self.rust_arguments();
                    made = self.rust_called(made, &args, start);
                }
                Kind::Sign(b'[') => {
                    self.at += 1;
                    let plain = std::mem::replace(&mut self.plain, false);
                    let index = self.rust_expression();
                    self.plain = plain;
                    if !self.looking("]") {
                        self.skip_statement();
                    }
                    self.expect("]");
                    let span = self.since(start);
                    made = match self.range_of(index) {
                        Some((from, to)) => {
                            let parts = self.b.tree.many(&[from, to, Id::NONE]);
                            self.b.add(Node::Slice(made, parts), span)
                        }
                        None => self.b.add(Node::Index(made, index), span),
                    };
                }
                _ => return made,
            }
        }
    }

    fn range_of(&self, id: Id) -> Option<(Id, Id)> {
        let Node::Call(callee, many) = self.b.tree.get(id) else { return None };
        let is = matches!(self.b.tree.get(callee), Node::Name(sym) if self.b.tree.str(sym) == "{range}");
        let some = |id: Id| if matches!(self.b.tree.get(id), Node::Nil) { Id::NONE } else { id };
        match self.b.tree.list(many) {
            [from, to] if is => Some((some(*from), some(*to))),
            _ => None,
        }
    }

    fn rust_method(&mut self, of: Id, name: &str, turbofish: &str, args: &[Id], start: usize) -> Id {
        let span = self.since(start);
        match (name, args) {
            (name, _) if SAME.contains(&name) && args.len() <= 1 => of,
            ("collect", []) if turbofish == "String" => self.b.helper("{text}", &[of], span),
            ("collect" | "fuse", []) => of,
            ("as_bytes" | "bytes" | "into_bytes" | "to_bytes", []) => self.b.helper("{bytes}", &[of], span),
            ("chars", []) => self.b.helper("{chars}", &[of], span),
            ("concat", []) => self.b.helper("{text}", &[of], span),
            ("len", []) => self.b.helper("{len}", &[of], span),
            ("rev", []) => self.b.helper("{reversed}", &[of], span),
            ("enumerate", []) => self.b.helper(PAIRS, &[of], span),
            ("map" | "filter_map" | "and_then" | "for_each" | "flat_map" | "then", [by]) => {
                self.b.helper("{map}", &[of, *by], span)
            }
            ("join", [with]) => self.b.helper("{join}", &[of, *with], span),
            ("wrapping_add", [with]) => self.b.binary(Op::Add, of, *with),
            ("wrapping_sub", [with]) => self.b.binary(Op::Sub, of, *with),
            ("wrapping_mul", [with]) => self.b.binary(Op::Mul, of, *with),
            ("unwrap_or" | "or", [other]) => self.b.binary(Op::Coalesce, of, *other),
            ("unwrap_or_else" | "or_else", [other]) => {
                let other = self.b.call(*other, &[], span);
                self.b.binary(Op::Coalesce, of, other)
            }
            ("push" | "push_str" | "extend" | "extend_from_slice" | "append", [more])
                if matches!(self.b.tree.get(of), Node::Name(_)) =>
            {
                let value = if name.starts_with("push") {
                    self.b.helper("{push}", &[of, *more], span)
                } else {
                    let more = self.b.add(Node::Spread(*more), span);
                    self.b.helper("{append}", &[of, more], span)
                };
                self.assign(of, value)
            }
            ("read_to_string" | "read_to_end" | "read" | "read_exact" | "read_line", [buffer])
                if matches!(self.b.tree.get(*buffer), Node::Name(_)) =>
            {
                let callee = self.b.member(of, name, span);
                let call = self.b.call(callee, &[], span);
                self.assign(*buffer, call)
            }
            _ => {
                let callee = self.b.member(of, name, span);
                self.b.call(callee, args, span)
            }
        }
    }

    /// The words of a path, when it is nothing else.
    fn path_of(&self, id: Id) -> String {
        const DEEPEST: usize = 8;
        let mut parts = Vec::new();
        let mut at = id;
        for _ in 0..DEEPEST {
            match self.b.tree.get(at) {
                Node::Member(inner, name) => {
                    parts.push(self.b.tree.str(name));
                    at = inner;
                }
                Node::Name(name) => {
                    parts.push(self.b.tree.str(name));
                    parts.reverse();
                    return parts.join(".");
                }
                _ => break,
            }
        }
        String::new()
    }

    fn rust_called(&mut self, callee: Id, args: &[Id], start: usize) -> Id {
        let span = self.since(start);
        let path = self.path_of(callee);
        let last = path.rsplit('.').next().unwrap_or_default();
        match (path.as_str(), args) {
            (path, [one]) if SAME_OF.contains(&path) => *one,
            ("Err" | "drop" | "std.mem.drop" | "mem.drop", _) => self.b.opaque(args, span),
            ("String.new" | "String.with_capacity", _) => self.b.str("", span),
            ("Vec.new" | "Vec.with_capacity", _) => self.b.list(&[], span),
            ("HashMap.new" | "BTreeMap.new", _) => {
                let none = self.b.tree.many(&[]);
                self.b.add(Node::Dict(none), span)
            }
            ("char.from" | "char.from_u32", [one]) => self.b.helper("{text}", &[*one], span),
            ("u8.from", [one]) => self.b.helper("{u8}", &[*one], span),
            (_, [one]) if matches!(last, "from_utf8" | "from_utf8_lossy" | "from_utf8_unchecked") => {
                self.b.helper("{text}", &[*one], span)
            }
            _ => self.b.call(callee, args, span),
        }
    }

    fn rust_arguments(&mut self) -> Vec<Id> {
        let end = self.partner();
        self.at += 1;
        let args = self.rust_list(end);
        self.at = end.min(self.tokens.len());
        if self.more() {
            self.at += 1;
        }
        args
    }

    /// Expressions with commas between them, up to a place.
    fn rust_list(&mut self, end: usize) -> Vec<Id> {
        let mut args = Vec::new();
        let plain = std::mem::replace(&mut self.plain, false);
        while self.at < end && self.more() && !self.b.tree.is_full() {
            let before = self.at;
            args.push(self.rust_expression());
            if !self.eat(",") && self.at < end {
                self.b.problem(self.place(), "a comma is missing");
                while self.at < end && self.more() && !self.looking(",") {
                    if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                }
                self.eat(",");
            }
            self.at = self.at.max(before + 1);
        }
        self.plain = plain;
        args
    }

    fn rust_operand(&mut self) -> Id {
        let start = self.place();
        match self.kind() {
            Kind::Number => self.number(),
            Kind::Text | Kind::Char => self.quoted(),
            Kind::Sign(b'(') => {
                let end = self.partner();
                let args = self.rust_arguments();
                let span = self.since(start);
                let is_tuple = self.tokens.get(end.wrapping_sub(1)).is_some_and(|t| t.kind == Kind::Sign(b','));
                match args.as_slice() {
                    [one] if !is_tuple => *one,
                    [] => self.b.add(Node::Nil, span),
                    _ => self.b.list(&args, span),
                }
            }
            Kind::Sign(b'[') => self.rust_array(start),
            Kind::Sign(b'|') => self.rust_closure(start),
            Kind::Sign(b'<') => {
                // `<T as Trait>::f`.
                self.rust_generics();
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
            Kind::Lifetime if self.looking_at(1, ":") => {
                self.at += 2;
                self.rust_operand()
            }
            Kind::Sign(b'{') => self.rust_block_value(),
            Kind::Word => self.rust_word(start),
            _ => {
                self.b.problem(start, "an expression is missing");
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
        }
    }

    fn rust_block_value(&mut self) -> Id {
        let made = self.rust_block_like();
        self.as_value(made)
    }

    /// `[a, b]`, `[x; n]`.
    fn rust_array(&mut self, start: usize) -> Id {
        let end = self.partner();
        self.at += 1;
        let plain = std::mem::replace(&mut self.plain, false);
        let mut items = Vec::new();
        if self.at < end {
            items.push(self.rust_expression());
        }
        let made = if self.eat(";") {
            let count = self.rust_expression();
            let span = self.since(start);
            items.push(count);
            self.b.helper("{filled}", &items, span)
        } else {
            self.eat(",");
            items.extend(self.rust_list(end));
            let span = self.since(start);
            self.b.list(&items, span)
        };
        self.plain = plain;
        self.at = end.min(self.tokens.len());
        if self.more() {
            self.at += 1;
        }
        made
    }

    fn rust_closure(&mut self, start: usize) -> Id {
        let mut params = Vec::new();
        if self.eat("||") {
        } else if self.eat("|") {
            while self.more() && !self.looking("|") {
                let before = self.at;
                // A bar ends the parameters: no alternatives stand here.
                let target = self.rust_closure_param();
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
                if self.looking(":") {
                    while self.more() && !self.looking(",") && !self.looking("|") {
                        if self.looking("<") {
                            self.rust_generics()
                        } else if self.is_open() {
                            self.skip_brackets()
                        } else {
                            self.at += 1
                        }
                    }
                }
                self.eat(",");
                self.at = self.at.max(before + 1);
            }
            self.eat("|");
        }
        if self.eat("->") {
            while self.more() && !self.looking("{") && !self.closes() {
                self.at += 1;
            }
        }
        let is_block = self.looking("{");
        let body = if is_block { self.rust_body() } else { self.rust_expression() };
        self.function("", params, body, !is_block, start)
    }

    fn rust_closure_param(&mut self) -> Id {
        let bar = self
            .tokens
            .iter()
            .enumerate()
            .skip(self.at)
            .take(64)
            .find(|(_, t)| t.kind == Kind::Sign(b'|'))
            .map(|(i, _)| i);
        // The pattern must not take the bar for its own.
        let Some(bar) = bar else { return Id::NONE };
        let saved = self.tokens.get(bar).copied();
        if let Some(token) = self.tokens.get_mut(bar) {
            token.kind = Kind::Sign(b',');
        }
        let target = self.rust_pattern().target;
        if let (Some(token), Some(saved)) = (self.tokens.get_mut(bar), saved) {
            *token = saved;
        }
        target
    }

    fn rust_word(&mut self, start: usize) -> Id {
        if self.rust_is_block_like() {
            return self.rust_block_value();
        }
        match self.word() {
            word @ ("true" | "false") => {
                self.at += 1;
                let span = self.since(start);
                return self.b.add(Node::Bool(word == "true"), span);
            }
            "move" | "static" if self.looking_at(1, "|") => {
                self.at += 1;
                return self.rust_closure(start);
            }
            "None" => {
                self.at += 1;
                let span = self.since(start);
                return self.b.add(Node::Nil, span);
            }
            "return" => {
                self.at += 1;
                let ends = self.closes() || matches!(self.kind(), Kind::Sign(b';' | b','));
                let value = if ends { Id::NONE } else { self.rust_expression() };
                let span = self.since(start);
                return self.b.add(Node::Return(value), span);
            }
            word @ ("break" | "continue") => {
                self.at += 1;
                if self.kind() == Kind::Lifetime {
                    self.at += 1;
                }
                if word == "break" && !self.closes() && !matches!(self.kind(), Kind::Sign(b';' | b',')) {
                    self.rust_expression();
                }
                let span = self.since(start);
                return self.b.add(if word == "break" { Node::Break } else { Node::Continue }, span);
            }
            "let" => {
                // `if let A(x) = y && …`: the variable is made, and whether it fits is not known.
                self.at += 1;
                let pattern = self.rust_pattern();
                self.expect("=");
                let value = self.rust_above(4);
                let span = self.since(start);
                let set = if pattern.target.is_some() { self.declare(pattern.target, value) } else { value };
                let opaque = self.b.opaque(&[value], span);
                let question = match pattern.tests.as_slice() {
                    [one] => self.b.binary(Op::Eq, value, *one),
                    _ => opaque,
                };
                // Asked once: the value stands in what is opaque by its name.
                let question = if pattern.target.is_some() { self.b.opaque(&[set], span) } else { question };
                return question;
            }
            _ => {}
        }
        let first = self.name();
        if self.looking("!")
            && !self.looking("!=")
            && (self.looking_at(1, "(") || self.looking_at(1, "[") || self.looking_at(1, "{"))
        {
            self.at += 1;
            return self.rust_macro(first, start);
        }
        let span = self.since(start);
        let mut made = if first == "Self" && !self.of.is_empty() {
            let of = self.of.clone();
            self.b.name(of, span)
        } else {
            self.b.name(first, span)
        };
        let mut is_own = matches!(first, "crate" | "self" | "super");
        let mut last = first;
        while self.looking("::") {
            self.at += 2;
            if self.looking("<") {
                self.rust_generics();
                continue;
            }
            last = self.name();
            if self.looking("!") && self.looking_at(1, "(") {
                self.at += 1;
                return self.rust_macro(last, start);
            }
            let span = self.since(start);
            made = if is_own { self.b.name(last, span) } else { self.b.member(made, last, span) };
            is_own = last == "super";
        }
        if self.looking("{") && !self.plain && last.starts_with(|c: char| c.is_ascii_uppercase()) {
            return self.rust_struct(start);
        }
        made
    }

    fn rust_struct(&mut self, start: usize) -> Id {
        let end = self.partner();
        self.at += 1;
        let mut pairs = Vec::new();
        let plain = std::mem::replace(&mut self.plain, false);
        while self.at < end && self.more() && !self.b.tree.is_full() {
            let before = self.at;
            let at = self.place();
            if self.eat("..") {
                self.rust_expression();
            } else {
                let name = self.name();
                let span = (at, at + name.len());
                let key = self.b.str(name, span);
                let value = if self.eat(":") { self.rust_expression() } else { self.b.name(name, span) };
                pairs.extend([key, value]);
            }
            self.eat(",");
            self.at = self.at.max(before + 1);
        }
        self.plain = plain;
        self.at = end;
        self.eat("}");
        let span = self.since(start);
        let many = self.b.tree.many(&pairs);
        self.b.add(Node::Dict(many), span)
    }

    /// A macro from its bracket on.
    fn rust_macro(&mut self, name: &str, start: usize) -> Id {
        let end = self.partner();
        match name {
            "vec" | "array" => return self.rust_array(start),
            "format" | "println" | "print" | "eprintln" | "eprint" | "concat" | "env" | "option_env"
            | "include_str" | "include_bytes" | "write" | "writeln" | "dbg" | "stringify" | "panic" | "assert"
            | "assert_eq" | "matches" | "bail" | "ensure" | "info" | "warn" | "error" | "debug" | "trace"
            | "anyhow" | "format_args" => {}
            // What it makes of it nobody knows: it may well be what stands there.
            _ => {
                let problems = self.b.tree.problems.len();
                self.at += 1;
                let mut ids = Vec::new();
                if self.b.enter(start) {
                    while self.at < end && self.more() && !self.b.tree.is_full() {
                        let at = self.at;
                        let value = self.rust_expression();
                        ids.push(value);
                        if !self.eat(",") && !self.eat(";") && self.at < end {
                            self.at = self.at.max(at + 1);
                        }
                    }
                    self.b.leave();
                }
                self.b.tree.problems.truncate(problems);
                self.at = end.min(self.tokens.len());
                if self.more() {
                    self.at += 1;
                }
                let span = self.since(start);
                return self.b.opaque(&ids, span);
            }
        }
        let problems = self.b.tree.problems.len();
        let args = self.rust_arguments();
        self.b.tree.problems.truncate(problems);
        let span = self.since(start);
        match (name, args.as_slice()) {
            ("format" | "println" | "print" | "format_args", [format, rest @ ..]) => {
                self.rust_format(*format, rest, span)
            }
            ("write" | "writeln", [to, format, rest @ ..]) => {
                let text = self.rust_format(*format, rest, span);
                self.b.helper("{write}", &[*to, text], span)
            }
            ("concat", parts) => self.b.template(parts, span),
            ("dbg", [one]) => *one,
            ("env" | "option_env", [variable, ..]) => {
                let (std, variable) = (self.b.name("std", span), *variable);
                let env = self.b.member(std, "env", span);
                let var = self.b.member(env, "var", span);
                self.b.call(var, &[variable], span)
            }
            ("include_str" | "include_bytes", [file]) => self.b.helper(name, &[*file], span),
            ("panic" | "bail", args) => {
                let value = self.b.opaque(args, span);
                self.b.add(Node::Throw(value), span)
            }
            _ => self.b.opaque(&args, span),
        }
    }

    /// A format with what it is given in the place of its braces.
    fn rust_format(&mut self, format: Id, rest: &[Id], span: super::Span) -> Id {
        let Some(text) = self.b.literal(format).map(str::to_owned) else {
            let all: Vec<Id> = std::iter::once(format).chain(rest.iter().copied()).collect();
            return self.b.opaque(&all, span);
        };
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut next = 0;
        let mut left = text.as_str();
        while let Some(at) = left.find(['{', '}']) {
            plain.push_str(left.get(..at).unwrap_or_default());
            let tail = left.get(at..).unwrap_or_default();
            if tail.starts_with("{{") || tail.starts_with("}}") {
                plain.push_str(tail.get(..1).unwrap_or_default());
                left = tail.get(2..).unwrap_or_default();
                continue;
            }
            let end = tail.find('}').unwrap_or(tail.len());
            let inner = tail.get(1..end).unwrap_or_default();
            left = tail.get(end + 1..).unwrap_or_default();
            let name = inner.split(':').next().unwrap_or_default().trim();
            if !plain.is_empty() {
                let piece = self.b.str(&plain, span);
                pieces.push(piece);
                plain.clear();
            }
            let piece = if name.is_empty() {
                next += 1;
                rest.get(next - 1).copied()
            } else if let Ok(i) = name.parse::<usize>() {
                rest.get(i).copied()
            } else {
                // `name = value` behind the format, or a variable.
                let given = rest.iter().find_map(|arg| match self.b.tree.get(*arg) {
                    Node::Assign(target, value) => match self.b.tree.get(target) {
                        Node::Name(sym) if self.b.tree.str(sym) == name => Some(value),
                        _ => None,
                    },
                    _ => None,
                });
                Some(given.unwrap_or_else(|| self.b.name(name, span)))
            };
            pieces.extend(piece);
        }
        plain.push_str(left);
        if !plain.is_empty() || pieces.is_empty() {
            let piece = self.b.str(&plain, span);
            pieces.push(piece);
        }
        self.b.template(&pieces, span)
    }

    /// Whether a block, or what is made like one, begins here.
    pub(super) fn rust_is_block_like(&self) -> bool {
        matches!(self.word(), "if" | "match" | "loop" | "while" | "for")
            || self.looking("{")
            || matches!(self.word(), UNSAFE | "async" | "const")
                && (self.looking_at(1, "{") || self.word_at(1) == "move" && self.looking_at(2, "{"))
            || self.kind() == Kind::Lifetime && self.looking_at(1, ":")
    }

    pub(super) fn rust_block_like(&mut self) -> Id {
        let start = self.place();
        if !self.b.enter(start) {
            return self.give_up();
        }
        if self.kind() == Kind::Lifetime {
            self.at += 2;
        }
        while matches!(self.word(), UNSAFE | "async" | "const" | "move") {
            self.at += 1;
        }
        let made = match self.word() {
            "if" => self.rust_if(),
            "match" => self.rust_match(start),
            "loop" => {
                self.at += 1;
                let (body, _) = self.rust_block();
                let span = self.since(start);
                self.b.add(Node::While(Id::NONE, body, Id::NONE), span)
            }
            "while" => {
                self.at += 1;
                let test = self.rust_head();
                let (body, _) = self.rust_block();
                let span = self.since(start);
                self.b.add(Node::While(test, body, Id::NONE), span)
            }
            "for" => {
                self.at += 1;
                let target = self.rust_pattern().target;
                self.eat_word("in");
                let over = self.rust_head();
                let (body, _) = self.rust_block();
                let span = self.since(start);
                let target = if target.is_some() { target } else { self.b.name("_", span) };
                self.b.add(Node::For(target, over, body), span)
            }
            _ => self.rust_block().0,
        };
        self.b.leave();
        made
    }

    fn rust_if(&mut self) -> Id {
        let mut parts: Vec<(usize, Id, Id)> = Vec::new();
        let mut last = Id::NONE;
        loop {
            let start = self.place();
            self.at += 1;
            let test = self.rust_head();
            let (then, _) = self.rust_block();
            parts.push((start, test, then));
            if !self.eat_word("else") {
                break;
            }
            if self.word() == "if" {
                continue;
            }
            last = self.rust_block().0;
            break;
        }
        for (start, test, then) in parts.into_iter().rev() {
            let span = self.since(start);
            last = self.b.add(Node::If(test, then, last), span);
        }
        last
    }

    /// `match` as a chain of branches.
    fn rust_match(&mut self, start: usize) -> Id {
        self.at += 1;
        let value = self.rust_head();
        let temporary = self.temporary();
        let span = self.since(start);
        let name = self.b.name(&temporary, span);
        let kept = self.declare(name, value);
        let mut arms: Vec<(usize, Option<Id>, Id)> = Vec::new();
        let end = self.partner();
        if self.looking("{") {
            self.at += 1;
            let plain = std::mem::replace(&mut self.plain, false);
            while self.at < end && self.more() && !self.b.tree.is_full() {
                let before = self.at;
                let from = self.place();
                while self.looking("#[") {
                    self.at += 1;
                    self.skip_brackets();
                }
                let pattern = self.rust_pattern();
                let span = self.since(from);
                let mut test = None;
                if !pattern.is_any {
                    for one in &pattern.tests {
                        let asked = self.b.name(&temporary, span);
                        let one = self.b.binary(Op::Eq, asked, *one);
                        test = Some(test.map_or(one, |before| self.b.binary(Op::Or, before, one)));
                    }
                    if test.is_none() {
                        let asked = self.b.name(&temporary, span);
                        test = Some(self.b.opaque(&[asked], span));
                    }
                }
                let mut ids = Vec::new();
                if pattern.target.is_some() {
                    let asked = self.b.name(&temporary, span);
                    let set = self.declare(pattern.target, asked);
                    ids.push(set);
                }
                if self.eat_word("if") {
                    // What is asked may use what the pattern has made.
                    let asked = self.rust_expression();
                    let mut all = ids.clone();
                    all.push(asked);
                    let asked = self.b.seq(&all, span);
                    test = Some(test.map_or(asked, |before| self.b.binary(Op::And, before, asked)));
                }
                if !self.eat("=>") {
                    self.b.problem(self.place(), "`=>` is missing");
                    while self.at < end && self.more() && !self.looking("=>") && !self.looking(",") {
                        if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                    }
                    self.eat("=>");
                }
                let is_block = self.looking("{");
                let value = if is_block { self.rust_block_like() } else { self.rust_expression() };
                ids.push(value);
                let span = self.since(from);
                let body = self.b.block(&ids, span);
                arms.push((from, test, body));
                if !self.eat(",") && !is_block && self.at < end {
                    while self.at < end && self.more() && !self.looking(",") {
                        if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                    }
                    self.eat(",");
                }
                self.at = self.at.max(before + 1);
            }
            self.plain = plain;
            self.at = end;
            self.eat("}");
        }
        let mut last = Id::NONE;
        for (from, test, body) in arms.into_iter().rev() {
            let span = self.since(from);
            last = match test {
                Some(test) => self.b.add(Node::If(test, body, last), span),
                None => body,
            };
        }
        let span = self.since(start);
        self.b.block(&[kept, last], span)
    }

    /// A block or branch as what it yields.
    pub(super) fn as_value(&mut self, id: Id) -> Id {
        if !id.is_some() || !self.b.enter(0) {
            return id;
        }
        let span = self.span_of(id);
        let made = match self.b.tree.get(id) {
            Node::Block(many) => {
                let mut ids = self.b.ids(many);
                if let Some(last) = ids.last_mut() {
                    *last = self.as_value(*last);
                }
                self.b.seq(&ids, span)
            }
            Node::If(test, then, other) => {
                let (then, other) = (self.as_value(then), self.as_value(other));
                self.b.add(Node::Cond(test, then, other), span)
            }
            _ => id,
        };
        self.b.leave();
        made
    }
}
