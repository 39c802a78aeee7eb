//! Expressions of Go.

use super::go_type::Type;
use super::{Id, Kind, Node, Op, Reader};

/// Operators between two operands, the longer before the shorter, and how tightly they bind.
const OPERATORS: &[(&str, u8, Op)] = &[
    ("&&", 2, Op::And),
    ("||", 1, Op::Or),
    ("==", 3, Op::Eq),
    ("!=", 3, Op::Ne),
    ("<=", 3, Op::Le),
    (">=", 3, Op::Ge),
    ("<<", 5, Op::Shl),
    (">>", 5, Op::Shr),
    ("<", 3, Op::Lt),
    (">", 3, Op::Gt),
    ("+", 4, Op::Add),
    ("-", 4, Op::Sub),
    ("|", 4, Op::BitOr),
    ("^", 4, Op::BitXor),
    ("*", 5, Op::Mul),
    ("/", 5, Op::FloorDiv),
    ("%", 5, Op::Mod),
    ("&", 5, Op::BitAnd),
];

impl Reader<'_> {
    /// Goes behind the comma that stands between elements, or to where the next one may begin; `before` is where this one did.
    fn go_comma(&mut self, closing: &str, before: usize) {
        while self.kind() == Kind::LineEnd {
            self.at += 1;
        }
        if self.eat(",") || self.looking(closing) {
            return;
        }
        self.b.problem(self.place(), "a comma is missing");
        while self.more() && !self.closes() && !self.looking(",") && self.kind() != Kind::LineEnd {
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
        self.eat(",");
        self.at = self.at.max(before + 1);
    }

    /// Several expressions with commas between them.
    pub(super) fn go_list(&mut self) -> Vec<Id> {
        let mut ids = vec![self.go_expression()];
        while self.eat(",") {
            if self.closes() || self.looking("=") || self.looking(":=") {
                break;
            }
            ids.push(self.go_expression());
            if self.b.tree.is_full() {
                break;
            }
        }
        ids
    }

    pub(super) fn go_expression(&mut self) -> Id {
        self.go_above(0)
    }

    /// An expression of operators that bind more tightly than `above`.
    fn go_above(&mut self, above: u8) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let start = self.place();
        let mut left = self.go_unary();
        loop {
            let found = OPERATORS.iter().find(|(sign, ..)| self.looking(sign)).copied();
            let Some((sign, tight, op)) = found.filter(|f| f.1 > above) else { break };
            // `x <- y`, `x += y`, `x &^ y`, `x++`.
            let next = self.token(sign.len());
            let is_joined = next.start == self.token(sign.len() - 1).end;
            if is_joined && next.kind == Kind::Sign(b'=') && tight >= 4
                || sign == "<" && self.looking("<-")
                || self.looking("++")
                || self.looking("--")
            {
                break;
            }
            let clears = sign == "&" && self.looking("&^");
            if clears && self.looking("&^=") {
                break;
            }
            self.at += sign.len() + usize::from(clears);
            let mut right = self.go_above(tight);
            if clears {
                right = self.b.unary(Op::Invert, right, start);
            }
            // Only whole numbers are divided without a rest.
            let is_broken = |id: Id| matches!(self.b.tree.get(id), Node::Num(n) if n.fract() != 0.0);
            let op = if op == Op::FloorDiv && (is_broken(left) || is_broken(right)) { Op::Div } else { op };
            left = self.b.binary(op, left, right);
            if self.b.tree.is_full() {
                break;
            }
        }
        self.b.leave();
        left
    }

    fn go_unary(&mut self) -> Id {
        let start = self.place();
        // Signs without a meaning for values are stepped over by a loop.
        while self.looking("*") || self.looking("&") && !self.looking("&&") || self.looking("+") || self.looking("<-") {
            self.at += if self.looking("<-") { 2 } else { 1 };
        }
        let op = match self.kind() {
            Kind::Sign(b'-') => Op::Neg,
            Kind::Sign(b'!') => Op::Not,
            Kind::Sign(b'^') => Op::Invert,
            _ => return self.go_postfix(),
        };
        self.at += 1;
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let inner = self.go_unary();
        self.b.leave();
        self.b.unary(op, inner, start)
    }

    fn go_postfix(&mut self) -> Id {
        let start = self.place();
        let (mut made, mut may_be_type) = self.go_operand();
        loop {
            if self.b.tree.is_full() {
                return made;
            }
            match self.kind() {
                Kind::Sign(b'.') if !self.looking("...") => {
                    self.at += 1;
                    // The next line may go on with it.
                    while self.kind() == Kind::LineEnd {
                        self.at += 1;
                    }
                    if self.looking("(") {
                        let asks = self.word_at(1) == "type";
                        self.skip_brackets();
                        if asks {
                            let span = self.since(start);
                            made = self.b.opaque(&[made], span);
                        }
                        may_be_type = false;
                        continue;
                    }
                    let name = self.name();
                    let span = self.since(start);
                    may_be_type &= matches!(self.b.tree.get(made), Node::Name(_));
                    made = self.b.member(made, name, span);
                }
                Kind::Sign(b'(') => {
                    made = self.go_call(made, start);
                    may_be_type = false;
                }
                Kind::Sign(b'[') => {
                    made = self.go_index(made, start);
                }
                Kind::Sign(b'{') if may_be_type && !self.plain && self.is_type_like(made) => {
                    made = match self.b.tree.get(made) {
                        Node::Member(..) => self.go_composite(Type::Of(made), start),
                        _ => self.go_composite(Type::Struct, start),
                    };
                    may_be_type = false;
                }
                _ => return made,
            }
        }
    }

    fn is_type_like(&self, id: Id) -> bool {
        matches!(self.b.tree.get(id), Node::Name(_) | Node::Member(..))
    }

    /// An operand, and whether it may be the name of a type.
    fn go_operand(&mut self) -> (Id, bool) {
        let start = self.place();
        let made = match self.kind() {
            Kind::Number => self.number(),
            Kind::Text | Kind::Char => self.quoted(),
            Kind::Sign(b'(') => {
                self.at += 1;
                let plain = std::mem::replace(&mut self.plain, false);
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                let inner = self.go_expression();
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                self.plain = plain;
                if !self.eat(")") {
                    self.b.problem(self.place(), "`)` is missing");
                }
                inner
            }
            Kind::Sign(b'[') => {
                let Some(of) = self.go_type() else { return (self.missing(start), false) };
                if self.looking("(") {
                    return (self.go_cast(of, start), false);
                }
                if self.looking("{") {
                    return (self.go_composite(of, start), false);
                }
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
            Kind::Word => match self.word() {
                "func" => {
                    self.at += 1;
                    self.go_function_from("", Vec::new(), Vec::new(), start)
                }
                "map" | "struct" | "chan" | "interface" => {
                    let Some(of) = self.go_type() else { return (self.missing(start), false) };
                    if self.looking("{") {
                        return (self.go_composite(of, start), false);
                    }
                    let span = self.since(start);
                    self.b.opaque(&[], span)
                }
                word @ ("true" | "false") => {
                    self.at += 1;
                    let span = self.since(start);
                    self.b.add(Node::Bool(word == "true"), span)
                }
                "nil" => {
                    self.at += 1;
                    let span = self.since(start);
                    self.b.add(Node::Nil, span)
                }
                "case" | "default" | "else" | "range" | "return" | "var" | "type" | "if" | "for" | "switch"
                | "select" | "go" | "defer" => self.missing(start),
                word => {
                    self.at += 1;
                    let span = self.since(start);
                    let name = match &self.dot {
                        // A name that begins with a capital letter, and that the file itself does not declare.
                        Some(path) if word.starts_with(|c: char| c.is_ascii_uppercase()) && !self.declares(word) => {
                            let package = path.clone();
                            let package = self.b.name(package, span);
                            self.b.member(package, word, span)
                        }
                        _ => self.b.name(word, span),
                    };
                    return (name, true);
                }
            },
            _ => self.missing(start),
        };
        (made, false)
    }

    /// Whether the file declares a name at its top; only asked where something was imported without a name.
    fn declares(&self, word: &str) -> bool {
        const MOST: usize = 4096;
        self.tokens.windows(2).take(MOST).any(|pair| match pair {
            [a, b] => {
                b.kind == Kind::Word
                    && self.slice(*b) == word
                    && matches!(self.slice(*a), "func" | "type" | "var" | "const")
            }
            _ => false,
        })
    }

    /// What should be an expression and is none.
    fn missing(&mut self, start: usize) -> Id {
        self.b.problem(start, "an expression is missing");
        let span = self.since(start);
        self.b.opaque(&[], span)
    }

    /// `[]byte(x)` and its kin.
    fn go_cast(&mut self, of: Type, start: usize) -> Id {
        let args = self.go_arguments();
        let span = self.since(start);
        match (of, args.as_slice()) {
            (Type::Bytes, [one]) => self.b.helper("{bytes}", &[*one], span),
            (Type::Runes, [one]) => self.b.helper("{runes}", &[*one], span),
            (_, [one]) => *one,
            _ => self.b.opaque(&args, span),
        }
    }

    /// What stands between brackets, with line feeds anywhere.
    fn go_arguments(&mut self) -> Vec<Id> {
        let mut args = Vec::new();
        let plain = std::mem::replace(&mut self.plain, false);
        if self.expect("(") {
            loop {
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                if self.closes() || self.b.tree.is_full() {
                    break;
                }
                let before = self.at;
                let start = self.place();
                // A type may stand where a value does: `make([]byte, 8)`, `new(T)`.
                let mut arg = self.go_expression();
                if self.eat("...") {
                    let span = self.since(start);
                    arg = self.b.add(Node::Spread(arg), span);
                }
                args.push(arg);
                self.go_comma(")", before);
            }
            self.expect(")");
        }
        self.plain = plain;
        args
    }

    fn go_call(&mut self, callee: Id, start: usize) -> Id {
        let name = match self.b.tree.get(callee) {
            Node::Name(sym) => self.b.tree.str(sym).to_owned(),
            _ => String::new(),
        };
        if matches!(name.as_str(), "make" | "new") {
            return self.go_make(&name, start);
        }
        let args = self.go_arguments();
        let span = self.since(start);
        match (name.as_str(), args.as_slice()) {
            ("byte" | "uint8", [one]) => self.b.helper("{u8}", &[*one], span),
            ("uint16", [one]) => self.b.helper("{u16}", &[*one], span),
            ("uint32", [one]) => self.b.helper("{u32}", &[*one], span),
            (
                "int" | "int8" | "int16" | "int32" | "int64" | "uint" | "uint64" | "rune" | "float32" | "float64"
                | "uintptr" | "any",
                [one],
            ) => *one,
            ("string", [one]) => self.b.helper("{text}", &[*one], span),
            ("append", [list, rest @ ..]) if !rest.is_empty() => {
                let args: Vec<Id> = std::iter::once(*list).chain(rest.iter().copied()).collect();
                self.b.helper("{append}", &args, span)
            }
            ("copy", [to, from]) => {
                let value = self.b.helper("{copied}", &[*to, *from], span);
                self.assign(*to, value)
            }
            ("len" | "cap", [one]) => self.b.helper("{len}", &[*one], span),
            ("panic", [one]) => self.b.add(Node::Throw(*one), span),
            _ => {
                let call = self.b.call(callee, &args, span);
                self.go_filled(callee, &args, call)
            }
        }
    }

    /// What a call puts into what it is given is what it yields.
    fn go_filled(&mut self, callee: Id, args: &[Id], call: Id) -> Id {
        let Node::Member(_, name) = self.b.tree.get(callee) else { return call };
        let filled = match (self.b.tree.str(name), args) {
            ("Unmarshal", [.., last]) => *last,
            ("Decode" | "Read" | "Bind" | "BindJSON" | "ShouldBindJSON" | "ReadJSON", [only]) => *only,
            ("ReadFull", [_, buffer]) | ("XORKeyStream" | "CryptBlocks" | "Encrypt", [buffer, _]) => *buffer,
            _ => return call,
        };
        match self.b.tree.get(filled) {
            Node::Name(_) => self.assign(filled, call),
            _ => call,
        }
    }

    /// `make(T, n)` and `new(T)`.
    fn go_make(&mut self, name: &str, start: usize) -> Id {
        let end = self.partner();
        self.at += 1;
        let of = self.go_type().unwrap_or(Type::Other);
        let mut size = Id::NONE;
        if name == "make" && self.eat(",") {
            size = self.go_expression();
        }
        if self.at <= end {
            self.at = end;
        }
        self.eat(")");
        if size.is_some() && matches!(of, Type::Bytes | Type::Runes | Type::List) {
            let span = self.since(start);
            return self.b.helper("{zeros}", &[size], span);
        }
        self.go_zero(of, true, start)
    }

    /// `x[i]`, `x[a:b]`; what stands there may also be types for a function.
    fn go_index(&mut self, of: Id, start: usize) -> Id {
        self.at += 1;
        let plain = std::mem::replace(&mut self.plain, false);
        let mut parts = Vec::new();
        let mut is_slice = false;
        loop {
            while self.kind() == Kind::LineEnd {
                self.at += 1;
            }
            if self.closes() {
                break;
            }
            if self.eat(":") {
                if parts.is_empty() {
                    parts.push(Id::NONE);
                }
                is_slice = true;
                if self.closes() || self.looking(":") {
                    parts.push(Id::NONE);
                }
                continue;
            }
            let before = self.at;
            parts.push(self.go_expression());
            if !self.looking(":") && !self.closes() && !self.eat(",") || self.at == before {
                self.skip_statement();
                break;
            }
        }
        self.plain = plain;
        self.expect("]");
        let span = self.since(start);
        match (is_slice, parts.as_slice()) {
            (true, [from, to, ..]) => {
                let many = self.b.tree.many(&[*from, *to, Id::NONE]);
                self.b.add(Node::Slice(of, many), span)
            }
            (false, [index]) => self.b.add(Node::Index(of, *index), span),
            _ => of,
        }
    }

    /// What stands in the braces behind a type.
    fn go_composite(&mut self, of: Type, start: usize) -> Id {
        if !self.b.enter(self.place()) {
            let span = self.since(start);
            self.skip_brackets();
            return self.b.opaque(&[], span);
        }
        let plain = std::mem::replace(&mut self.plain, false);
        let made = self.go_composite_inside(of, start);
        self.plain = plain;
        self.b.leave();
        made
    }

    fn go_composite_inside(&mut self, of: Type, start: usize) -> Id {
        self.at += 1;
        let mut items: Vec<(Id, Id)> = Vec::new();
        loop {
            while self.kind() == Kind::LineEnd {
                self.at += 1;
            }
            if self.closes() || self.b.tree.is_full() {
                break;
            }
            let before = self.at;
            let at = self.place();
            let word = self.word();
            let mut key = Id::NONE;
            let is_field = !matches!(of, Type::Map | Type::Bytes | Type::Runes | Type::List);
            let mut value = if !word.is_empty() && self.looking_at(1, ":") && is_field {
                self.at += 1;
                self.b.str(word, (at, at + word.len()))
            } else {
                self.go_element(at)
            };
            if self.eat(":") {
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                key = value;
                let at = self.place();
                value = self.go_element(at);
            }
            items.push((key, value));
            self.go_comma("}", before);
        }
        self.expect("}");
        let span = self.since(start);
        let is_keyed = items.iter().any(|(key, _)| key.is_some());
        match of {
            Type::Of(path) => {
                let args: Vec<Id> = items
                    .iter()
                    .map(|(key, value)| match self.b.literal(*key).map(str::to_owned) {
                        Some(name) => self.b.keyword(&name, *value, span),
                        None => *value,
                    })
                    .collect();
                self.b.call(path, &args, span)
            }
            Type::Bytes | Type::Runes | Type::List => {
                let values: Vec<Id> = items.iter().map(|i| i.1).collect();
                self.b.list(&values, span)
            }
            _ if is_keyed || items.is_empty() => {
                let pairs: Vec<Id> =
                    items.iter().filter(|(key, _)| key.is_some()).flat_map(|(key, value)| [*key, *value]).collect();
                let many = self.b.tree.many(&pairs);
                self.b.add(Node::Dict(many), span)
            }
            _ => {
                let values: Vec<Id> = items.iter().map(|i| i.1).collect();
                self.b.list(&values, span)
            }
        }
    }

    /// An element: an expression, or braces whose type was said further out.
    fn go_element(&mut self, start: usize) -> Id {
        if self.looking("{") { self.go_composite(Type::Other, start) } else { self.go_expression() }
    }
}
