//! Expressions of Java and C#.

use super::{Id, Kind, Language, Node, Op, Param, Reader, SETTING, token};

/// Operators with two sides, from those that bind least on.
const LEVELS: &[&[(&str, Op)]] = &[
    &[("||", Op::Or)],
    &[("&&", Op::And)],
    &[("|", Op::BitOr)],
    &[("^", Op::BitXor)],
    &[("&", Op::BitAnd)],
    &[("==", Op::Eq), ("!=", Op::Ne)],
    &[("<=", Op::Le), (">=", Op::Ge), ("<", Op::Lt), (">", Op::Gt)],
    &[(">>>", Op::UShr), ("<<", Op::Shl), (">>", Op::Shr)],
    &[("+", Op::Add), ("-", Op::Sub)],
    &[("*", Op::Mul), ("/", Op::Div), ("%", Op::Mod)],
];
/// Namespaces that stand before names of the libraries.
const SPACES: &[&str] = &[
    "System",
    "IO",
    "Net",
    "Http",
    "Diagnostics",
    "Text",
    "Reflection",
    "Threading",
    "Tasks",
    "Security",
    "Cryptography",
    "Sockets",
    "Microsoft",
    "Win32",
    "Collections",
    "Generic",
    "Linq",
    "Runtime",
    "InteropServices",
    "Compression",
    "Json",
];
/// Types that hold keys and values.
const TABLES: &[&str] =
    &["Dictionary", "HashMap", "LinkedHashMap", "TreeMap", "Hashtable", "NameValueCollection", "SortedDictionary"];
/// Types that hold what is put into them one by one.
const LISTS: &[&str] = &["ArrayList", "LinkedList", "List", "HashSet", "Stack", "Queue", "Vector", "ArrayDeque"];

impl Reader<'_> {
    /// What a variable gets: an expression, or braces with elements.
    pub(super) fn curly_value(&mut self) -> Id {
        let start = self.place();
        if self.looking("{") { self.curly_elements(start) } else { self.curly_expression() }
    }

    pub(super) fn curly_expression(&mut self) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let made = self.curly_assignment();
        self.b.leave();
        made
    }

    fn curly_assignment(&mut self) -> Id {
        let left = self.curly_ternary();
        if self.looking("=") && !self.looking("==") && !self.looking("=>") {
            self.at += 1;
            let value = self.curly_value();
            return self.assign(left, value);
        }
        if self.eat(">>>=") {
            let right = self.curly_expression();
            let value = self.b.binary(Op::UShr, left, right);
            return self.assign(left, value);
        }
        if self.eat("??=") {
            let value = self.curly_expression();
            let value = self.b.binary(Op::Coalesce, left, value);
            return self.assign(left, value);
        }
        for (sign, op) in SETTING.iter().filter(|(sign, _)| *sign != "&^=") {
            if self.eat(sign) {
                let right = self.curly_expression();
                let op = if *op == Op::FloorDiv { Op::Div } else { *op };
                let value = self.b.binary(op, left, right);
                return self.assign(left, value);
            }
        }
        left
    }

    pub(super) fn curly_ternary(&mut self) -> Id {
        let mut test = self.curly_level(0);
        while self.looking("??") && !self.looking("??=") {
            self.at += 2;
            let other = self.curly_level(0);
            test = self.b.binary(Op::Coalesce, test, other);
        }
        if !self.looking("?") || self.looking("?.") || self.looking("??") {
            return test;
        }
        self.at += 1;
        let one = self.curly_expression();
        self.eat(":");
        let other = self.curly_expression();
        let span = self.b.over(test, other);
        self.b.add(Node::Cond(test, one, other), span)
    }

    /// Operators of a level and those that bind closer.
    fn curly_level(&mut self, level: usize) -> Id {
        let Some(operators) = LEVELS.get(level) else { return self.curly_unary() };
        let mut left = self.curly_level(level + 1);
        loop {
            if level == 6 && self.curly_asks_type(&mut left) {
                continue;
            }
            // `a < b` and `a <= b`, but neither `a <<= b` nor `a >= b` where a longer sign begins so.
            let sets = self.looking(">>>=") || SETTING.iter().any(|(sign, _)| self.looking(sign));
            let found = operators.iter().find(|(sign, _)| self.looking(sign)).filter(|_| !sets);
            let longer = |sign: &str| {
                matches!(sign, "<" | ">") && (self.looking("<<") || self.looking(">>"))
                    || matches!(sign, "|" | "&") && (self.looking("||") || self.looking("&&"))
                    || sign == "-" && self.looking("->")
            };
            let Some((sign, op)) = found.filter(|(sign, _)| !longer(sign)) else { return left };
            if self.b.tree.is_full() {
                return left;
            }
            self.at += sign.len();
            let right = self.curly_level(level + 1);
            left = self.b.binary(*op, left, right);
        }
    }

    /// `x is T y`, `x as T`, `x instanceof T y`.
    fn curly_asks_type(&mut self, left: &mut Id) -> bool {
        let word = self.word();
        if !matches!(word, "is" | "as" | "instanceof") {
            return false;
        }
        let is_same = word == "as";
        self.at += 1;
        let span = self.span_of(*left);
        let mut named = None;
        loop {
            named = self.curly_pattern().or(named);
            if !self.eat_word("and") && !self.eat_word("or") {
                break;
            }
        }
        if let Some(name) = named {
            self.local(&name);
            let target = self.b.name(&name, span);
            let kept = self.declare(target, *left);
            *left = self.b.seq(&[kept, *left], span);
        }
        if !is_same {
            *left = self.b.opaque(&[*left], span);
        }
        true
    }

    /// A pattern, and the name that what fits it gets.
    fn curly_pattern(&mut self) -> Option<String> {
        while self.eat_word("not") || self.eat_word("final") {}
        match self.kind() {
            Kind::Word => {
                self.skip_type();
                if matches!(self.word(), "null" | "true" | "false") {
                    self.at += 1;
                }
            }
            Kind::Sign(b'{' | b'(' | b'[') => {}
            _ => {
                while matches!(self.kind(), Kind::Sign(b'<' | b'>' | b'=')) {
                    self.at += 1;
                }
                self.curly_level(7);
                return None;
            }
        }
        while matches!(self.kind(), Kind::Sign(b'{' | b'(' | b'[')) {
            self.skip_brackets();
        }
        let name = self.word().to_owned();
        if name.is_empty() || self.curly_joins(&name) {
            return None;
        }
        self.at += 1;
        Some(name)
    }

    fn curly_unary(&mut self) -> Id {
        let start = self.place();
        for sign in ["++", "--"] {
            if self.eat(sign) {
                let inner = self.curly_unary_deeper();
                return self.stepped(inner, sign, start);
            }
        }
        let op = match self.kind() {
            Kind::Sign(b'-') => Op::Neg,
            Kind::Sign(b'!') => Op::Not,
            Kind::Sign(b'~') => Op::Invert,
            Kind::Sign(b'+') => Op::Plus,
            Kind::Sign(b'&' | b'*' | b'^') => {
                self.at += 1;
                return self.curly_unary_deeper();
            }
            Kind::Sign(b'.') if self.eat("..") => return self.curly_unary_deeper(),
            Kind::Word if self.word() == "await" && !self.looking_at(1, "=") && !self.looking_at(1, ".") => {
                self.at += 1;
                let inner = self.curly_unary_deeper();
                let span = self.since(start);
                return self.b.add(Node::Await(inner), span);
            }
            Kind::Word if self.word() == "throw" => {
                self.at += 1;
                let inner = self.curly_unary_deeper();
                let span = self.since(start);
                return self.b.add(Node::Throw(inner), span);
            }
            Kind::Sign(b'(') => match self.curly_cast() {
                Some(kind) => {
                    let mut inner = self.curly_unary_deeper();
                    // A letter and a number are added as numbers where a letter or a number is wanted.
                    if matches!(kind.as_str(), "char" | "byte" | "int")
                        && let Node::Binary(Op::Add, a, b) = self.b.tree.get(inner)
                    {
                        let at = self.span_of(b).0;
                        let b = self.b.unary(Op::Neg, b, at);
                        inner = self.b.binary(Op::Sub, a, b);
                    }
                    let span = self.since(start);
                    return match kind.as_str() {
                        "char" => self.b.helper("{text}", &[inner], span),
                        "byte" => self.b.helper("{u8}", &[inner], span),
                        "ushort" | "short" => self.b.helper("{u16}", &[inner], span),
                        "int" | "uint" | "long" => self.b.helper("{whole}", &[inner], span),
                        _ => inner,
                    };
                }
                None => return self.curly_postfix(),
            },
            _ => return self.curly_postfix(),
        };
        self.at += 1;
        let inner = self.curly_unary_deeper();
        self.b.unary(op, inner, start)
    }

    fn curly_unary_deeper(&mut self) -> Id {
        if !self.b.enter(self.place()) {
            return self.give_up();
        }
        let made = self.curly_unary();
        self.b.leave();
        made
    }

    /// `x++` and `x--`.
    fn stepped(&mut self, inner: Id, sign: &str, start: usize) -> Id {
        let span = self.since(start);
        let one = self.b.num(1.0, span);
        let op = if sign == "++" { Op::Add } else { Op::Sub };
        let value = self.b.binary(op, inner, one);
        self.assign(inner, value)
    }

    /// Goes behind a type in brackets that says what something is taken for, and gives its name.
    fn curly_cast(&mut self) -> Option<String> {
        const PRIMITIVE: &[&str] = &[
            "byte", "sbyte", "char", "int", "uint", "long", "ulong", "short", "ushort", "float", "double", "string",
            "object", "bool", "boolean", "dynamic",
        ];
        let start = self.at;
        let end = self.partner();
        if end - start > 64 {
            return None;
        }
        self.at += 1;
        let kind = self.skip_type().map(str::to_owned);
        while self.eat("&") {
            self.skip_type();
        }
        let closes = self.at == end;
        self.at = start;
        let kind = kind.filter(|_| closes)?;
        let behind = self.tokens.get(end + 1).copied()?;
        let is_operand = match behind.kind {
            Kind::Word => !self.curly_joins(self.slice(behind)),
            Kind::Number | Kind::Text | Kind::Char => true,
            Kind::Sign(sign) => {
                matches!(sign, b'(' | b'!' | b'~') || PRIMITIVE.contains(&&*kind) && matches!(sign, b'-' | b'+')
            }
            _ => false,
        };
        let named =
            PRIMITIVE.contains(&&*kind) || kind.is_empty() || kind.starts_with(|c: char| c.is_ascii_uppercase());
        if !is_operand || !named || self.looking_at(end + 1 - start, "=>") || self.looking_at(end + 1 - start, "->") {
            return None;
        }
        self.at = end + 1;
        Some(kind)
    }

    fn curly_postfix(&mut self) -> Id {
        let start = self.place();
        let mut made = self.curly_operand();
        loop {
            if self.b.tree.is_full() {
                return made;
            }
            match self.kind() {
                Kind::Sign(b'.' | b'?')
                    if (self.looking(".") && !self.looking("..")) || self.looking("?.") || self.looking("?[") =>
                {
                    self.at += usize::from(self.looking("?"));
                    if self.eat(".") {
                        made = self.curly_member(made, start);
                    }
                }
                Kind::Sign(b'-')
                    if self.looking("->")
                        && self.b.tree.language == Language::CSharp
                        && !self.word_at(2).is_empty() =>
                {
                    self.at += 2;
                    made = self.curly_member(made, start);
                }
                Kind::Sign(b':') if self.looking("::") => {
                    self.at += 2;
                    let name = self.name();
                    let span = self.since(start);
                    made = if self.is_own_method(name) && !matches!(self.b.tree.get(made), Node::Call(..)) {
                        self.b.name(name, span)
                    } else if name == "new" {
                        self.b.opaque(&[made], span)
                    } else {
                        self.b.member(made, name, span)
                    };
                }
                Kind::Sign(b'(') => made = self.curly_call(made, start),
                Kind::Sign(b'[') => made = self.curly_index(made, start),
                Kind::Sign(b'<') => {
                    let before = self.at;
                    if !self.skip_generics() || !(self.looking("(") || self.looking("::") || self.looking(".")) {
                        self.at = before;
                        return made;
                    }
                }
                Kind::Sign(b'!') if !self.looking("!=") => self.at += 1,
                Kind::Sign(b'+') if self.eat("++") => made = self.stepped(made, "++", start),
                Kind::Sign(b'-') if self.eat("--") => made = self.stepped(made, "--", start),
                Kind::Word if self.word() == "switch" && self.looking_at(1, "{") => {
                    // A choice by patterns: each of its values may be it.
                    self.at += 1;
                    made = self.curly_choice(made, start);
                }
                Kind::Word if self.word() == "with" && self.looking_at(1, "{") => {
                    self.at += 1;
                    let at = self.place();
                    let changed = self.curly_elements(at);
                    let span = self.since(start);
                    made = self.b.opaque(&[made, changed], span);
                }
                _ => return made,
            }
        }
    }

    /// What stands in the brackets behind something: an element or a part.
    fn curly_index(&mut self, of: Id, start: usize) -> Id {
        self.at += 1;
        // `T[].class`.
        if self.eat("]") {
            return of;
        }
        let from_end = self.eat("^");
        let low = if self.looking("..") { Id::NONE } else { self.curly_ternary() };
        let is_part = self.eat("..");
        let high = if is_part && !self.closes() && !self.looking("^") { self.curly_ternary() } else { Id::NONE };
        while !self.closes() {
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
        self.eat("]");
        let span = self.since(start);
        if is_part {
            let many = self.b.tree.many(&[low, high, Id::NONE]);
            self.b.add(Node::Slice(of, many), span)
        } else if from_end {
            self.b.opaque(&[of, low], span)
        } else {
            self.b.add(Node::Index(of, low), span)
        }
    }

    fn curly_choice(&mut self, of: Id, start: usize) -> Id {
        let end = self.partner();
        self.at += 1;
        let mut ids = vec![of];
        while self.at < end && self.more() {
            while self.at < end && !self.looking("=>") {
                if self.is_open() { self.skip_brackets() } else { self.at += 1 }
            }
            if self.eat("=>") {
                ids.push(self.curly_expression());
            }
            if !self.eat(",") {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        let span = self.since(start);
        self.b.opaque(&ids, span)
    }

    /// What stands behind a point.
    fn curly_member(&mut self, of: Id, start: usize) -> Id {
        if self.looking("<") {
            self.skip_generics();
        }
        let word = self.name().to_owned();
        let span = self.since(start);
        let calls = self.looking("(");
        if let Node::Name(sym) = self.b.tree.get(of) {
            let left = self.b.tree.str(sym).to_owned();
            let is_own = matches!(left.as_str(), "this" | "base" | "super") || self.names.is_type(&left);
            if is_own && !calls && self.names.is_field(&word) {
                return self.b.name(format!("this.{word}"), span);
            }
            if matches!(left.as_str(), "this" | "base" | "super") && self.is_own_method(&word) {
                return self.b.name(word, span);
            }
            // Packages and namespaces say nothing.
            let is_package = match self.b.tree.language {
                Language::Java => {
                    matches!(left.as_str(), "java" | "javax" | "org" | "com" | "io" | "net" | "jakarta" | "kotlin")
                        || left == "{package}"
                }
                _ => SPACES.contains(&&*left) && !calls,
            };
            if is_package && self.b.tree.language == Language::Java && !self.names.is_known(&left) {
                let is_type = word.starts_with(|c: char| c.is_ascii_uppercase());
                return self.b.name(if is_type { word.as_str() } else { "{package}" }, span);
            }
            if is_package && self.b.tree.language == Language::CSharp && !self.names.is_known(&left) {
                return self.b.name(word, span);
            }
        }
        if !calls && matches!(word.as_str(), "length" | "Length" | "Count" | "LongLength") {
            return self.b.helper("{len}", &[of], span);
        }
        self.b.member(of, word, span)
    }

    fn curly_arguments(&mut self) -> Vec<Id> {
        let mut args = Vec::new();
        let end = self.partner();
        self.at += 1;
        while self.at < end && self.more() && !self.b.tree.is_full() {
            let before = self.at;
            // `name: value`, `out var x`.
            let named = (!self.word().is_empty() && self.looking_at(1, ":") && !self.looking_at(1, "::"))
                .then(|| self.word().to_owned());
            if named.is_some() {
                self.at += 2;
            }
            let start = self.place();
            let mut is_set = false;
            if matches!(self.word(), "out" | "ref" | "in") && !self.word_at(1).is_empty() {
                is_set = self.word() == "out";
                self.at += 1;
            }
            let value = if is_set && !self.word_at(1).is_empty() && self.skip_type().is_some() {
                let name = self.name().to_owned();
                self.local(&name);
                let span = self.since(start);
                self.b.name(&name, span)
            } else {
                self.curly_expression()
            };
            let span = self.since(start);
            args.push(match named {
                Some(name) => self.b.keyword(&name, value, span),
                None => value,
            });
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        if self.at < end {
            self.b.problem(self.place(), "a sign that fits nowhere");
        }
        self.at = (end + 1).min(self.tokens.len());
        args
    }

    fn curly_call(&mut self, callee: Id, start: usize) -> Id {
        let args = self.curly_arguments();
        let span = self.since(start);
        let callee = match self.b.tree.get(callee) {
            Node::Name(sym) => {
                let name = self.b.tree.str(sym).to_owned();
                if name == "nameof" {
                    return self.b.opaque(&args, span);
                }
                let own = self.curly_callee(&name, args.len());
                if own == name { callee } else { self.b.name(own, span) }
            }
            Node::Member(of, sym) => {
                let name = self.b.tree.str(sym);
                if args.is_empty() && matches!(name, "length" | "size") {
                    return self.b.helper("{len}", &[of], span);
                }
                callee
            }
            _ => callee,
        };
        let call = self.b.call(callee, &args, span);
        // What a call puts into what it is given is what it yields.
        let Node::Member(_, name) = self.b.tree.get(callee) else { return call };
        let filled = match (self.b.tree.str(name), args.as_slice()) {
            (
                "read" | "Read" | "readFully" | "ReadAsync" | "Receive" | "receive" | "transferTo" | "CopyTo"
                | "CopyToAsync",
                [only, ..],
            ) => *only,
            _ => return call,
        };
        match self.b.tree.get(filled) {
            Node::Name(_) if matches!(self.b.tree.str(name), "transferTo" | "CopyTo" | "CopyToAsync") => call,
            Node::Name(_) => self.assign(filled, call),
            _ => call,
        }
    }

    fn curly_operand(&mut self) -> Id {
        let start = self.place();
        match self.kind() {
            Kind::Number => self.number(),
            Kind::Text => self.curly_text(),
            Kind::Char => {
                let text = self.slice(self.token(0)).trim_matches('\'').to_owned();
                self.at += 1;
                let span = self.since(start);
                let bytes = if text.is_empty() { b"'".to_vec() } else { super::unescaped(&text) };
                self.b.str(&bytes, span)
            }
            Kind::Sign(b'(') => self.curly_brackets(),
            Kind::Sign(b'[') if self.b.tree.language == Language::CSharp => {
                self.at += 1;
                let mut ids = Vec::new();
                while !self.closes() && !self.b.tree.is_full() {
                    let before = self.at;
                    ids.push(self.curly_expression());
                    if !self.eat(",") || self.at == before {
                        break;
                    }
                }
                self.eat("]");
                let span = self.since(start);
                self.b.list(&ids, span)
            }
            Kind::Word => self.curly_word(),
            _ => {
                self.b.problem(start, "an expression is missing");
                if !self.closes() && !self.looking(";") && !self.looking(",") && self.more() {
                    self.at += 1;
                }
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
        }
    }

    /// `(x)`, `(a, b)`, or the parameters of a function.
    fn curly_brackets(&mut self) -> Id {
        let start = self.place();
        let end = self.partner();
        let behind = (end + 1).saturating_sub(self.at);
        if self.looking_at(behind, "->") || self.looking_at(behind, "=>") {
            let mark = self.names.mark();
            let (mut params, mut typed) = (Vec::new(), Vec::new());
            self.curly_params(&mut params, &mut typed);
            return self.curly_lambda(params, mark, start);
        }
        self.at += 1;
        let mut ids = Vec::new();
        while self.at < end && self.more() {
            let before = self.at;
            if !self.word().is_empty() && self.looking_at(1, ":") && !self.looking_at(1, "::") {
                self.at += 2;
            }
            // `(var a, T b) = x`.
            let at = self.at;
            if self.skip_type().is_some() && !self.word().is_empty() && !self.curly_joins(self.word()) {
                self.local(self.word());
            } else {
                self.at = at;
            }
            ids.push(self.curly_expression());
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        match ids.as_slice() {
            [one] => *one,
            _ => {
                let span = self.since(start);
                self.b.list(&ids, span)
            }
        }
    }

    /// A function from its arrow on.
    fn curly_lambda(&mut self, params: Vec<Param>, mark: usize, start: usize) -> Id {
        let (body, is_expression) = if self.looking("->{") || self.looking("=>{") || self.curly_arrow_block() {
            self.at += 2;
            (self.curly_block(), false)
        } else {
            self.curly_body()
        };
        self.names.forget(mark);
        self.function("", params, body, is_expression, start)
    }

    fn curly_arrow_block(&self) -> bool {
        (self.looking("->") || self.looking("=>")) && self.looking_at(2, "{")
    }

    fn curly_word(&mut self) -> Id {
        let start = self.place();
        let word = self.word();
        let mut word = word;
        while matches!(word, "async" | "static") && (self.looking_at(1, "(") || !self.word_at(1).is_empty()) {
            self.at += 1;
            if self.looking("(") {
                return self.curly_brackets();
            }
            word = self.word();
        }
        if self.looking_at(1, "->") || self.looking_at(1, "=>") {
            self.at += 1;
            let mark = self.names.mark();
            self.local(word);
            let target = self.b.name(word, (start, start + word.len()));
            let params = vec![Param { target, default: Id::NONE, rest: false, keywords: false }];
            return self.curly_lambda(params, mark, start);
        }
        self.at += 1;
        let span = self.since(start);
        match word {
            "true" | "false" => self.b.add(Node::Bool(word == "true"), span),
            "null" | "default" => {
                if word == "default" && self.looking("(") {
                    self.skip_brackets();
                }
                self.b.add(Node::Nil, span)
            }
            "new" => self.curly_new(start),
            "typeof" | "sizeof" | "stackalloc" if self.b.tree.language == Language::CSharp => {
                self.skip_type();
                if self.looking("(") || self.looking("[") {
                    self.skip_brackets();
                }
                let span = self.since(start);
                self.b.opaque(&[], span)
            }
            "checked" | "unchecked" if self.looking("(") => self.curly_brackets(),
            "delegate" if self.b.tree.language == Language::CSharp => {
                let mark = self.names.mark();
                let (mut params, mut typed) = (Vec::new(), Vec::new());
                if self.looking("(") {
                    self.curly_params(&mut params, &mut typed);
                }
                let body = self.curly_block();
                self.names.forget(mark);
                self.function("", params, body, false, start)
            }
            "switch" if self.looking("(") => {
                let value = self.curly_brackets();
                if self.looking("{") { self.curly_cases(value, start) } else { value }
            }
            "case" | "else" | "return" | "if" | "for" | "while" | "catch" | "finally" => {
                self.at -= 1;
                self.b.problem(start, "an expression is missing");
                self.skip_statement();
                self.b.opaque(&[], span)
            }
            _ => self.curly_name(word, span),
        }
    }

    /// `new T(…) { … }`, `new T[n]`, `new T[] { … }`, `new { … }`.
    fn curly_new(&mut self, start: usize) -> Id {
        if self.looking("{") {
            return self.curly_elements(start);
        }
        if self.looking("(") {
            let args = self.curly_arguments();
            let span = self.since(start);
            return self.b.opaque(&args, span);
        }
        if self.looking("[") {
            self.skip_brackets();
            return if self.looking("{") { self.curly_elements(start) } else { self.curly_nothing(start) };
        }
        let mut kind = String::new();
        while !self.word().is_empty() {
            self.name().clone_into(&mut kind);
            self.skip_generics();
            if !self.eat(".") {
                break;
            }
        }
        self.eat("?");
        if self.looking("[") {
            let mut size = Id::NONE;
            while self.looking("[") {
                let end = self.partner();
                self.at += 1;
                if self.at < end && !size.is_some() {
                    size = self.curly_expression();
                }
                self.at = (end + 1).min(self.tokens.len());
            }
            if self.looking("{") {
                return self.curly_elements(start);
            }
            let span = self.since(start);
            return self.b.helper("{zeros}", &[size], span);
        }
        let mut args = if self.looking("(") { self.curly_arguments() } else { Vec::new() };
        if self.looking("{") && self.b.tree.language == Language::Java {
            // A type of its own; what it does is what it is for.
            let body = self.curly_nameless();
            let span = self.since(start);
            if args.is_empty() {
                return body;
            }
            args.push(body);
            return self.b.opaque(&args, span);
        }
        let span = self.since(start);
        if self.looking("{") {
            if TABLES.contains(&&*kind) || LISTS.contains(&&*kind) {
                return self.curly_elements(start);
            }
            self.curly_settings(&mut args);
        }
        if args.is_empty() && TABLES.contains(&&*kind) {
            let many = self.b.tree.many(&[]);
            return self.b.add(Node::Dict(many), span);
        }
        if args.is_empty() && LISTS.contains(&&*kind) {
            return self.b.list(&[], span);
        }
        let name = if self.names.is_type(&kind) { format!("{kind}.new") } else { kind.clone() };
        let callee = self.b.name(name, span);
        let span = self.since(start);
        self.b.call(callee, &args, span)
    }

    fn curly_nothing(&mut self, start: usize) -> Id {
        let span = self.since(start);
        self.b.opaque(&[], span)
    }

    /// `{ A = x, B = { … } }` behind what is made: named arguments.
    fn curly_settings(&mut self, args: &mut Vec<Id>) {
        let end = self.partner();
        self.at += 1;
        while self.at < end && self.more() && !self.b.tree.is_full() {
            let before = self.at;
            let start = self.place();
            if !self.word().is_empty() && self.looking_at(1, "=") && !self.looking_at(1, "==") {
                let name = self.name().to_owned();
                self.at += 1;
                let value = self.curly_value();
                let span = self.since(start);
                args.push(self.b.keyword(&name, value, span));
            } else {
                args.push(self.curly_value());
            }
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
    }

    /// Elements in braces: values, names with values, pairs.
    fn curly_elements(&mut self, start: usize) -> Id {
        if !self.b.enter(self.place()) {
            self.skip_brackets();
            return self.curly_nothing(start);
        }
        let end = self.partner();
        self.at += 1;
        let mut values = Vec::new();
        let mut pairs = Vec::new();
        while self.at < end && self.more() && !self.b.tree.is_full() {
            let before = self.at;
            let at = self.place();
            if self.looking("[") && self.tokens.get(self.partner() + 1).is_some_and(|t| t.kind == Kind::Sign(b'=')) {
                self.at += 1;
                let key = self.curly_expression();
                self.eat("]");
                self.eat("=");
                pairs.extend([key, self.curly_value()]);
            } else if !self.word().is_empty() && self.looking_at(1, "=") && !self.looking_at(1, "==") {
                let word = self.name().to_owned();
                self.at += 1;
                let key = self.b.str(&word, (at, at + word.len()));
                pairs.extend([key, self.curly_value()]);
            } else if self.looking("{") {
                let inner = self.curly_elements(at);
                match self.b.tree.get(inner) {
                    Node::List(many) if self.b.tree.list(many).len() == 2 => {
                        let both = self.b.ids(many);
                        pairs.extend(both.iter().copied());
                        values.push(inner);
                    }
                    _ => values.push(inner),
                }
            } else {
                values.push(self.curly_expression());
            }
            if !self.eat(",") || self.at == before {
                break;
            }
        }
        self.at = (end + 1).min(self.tokens.len());
        self.b.leave();
        let span = self.since(start);
        let only_pairs = !pairs.is_empty() && values.len() * 2 == pairs.len();
        if !pairs.is_empty() && (values.is_empty() || only_pairs && self.is_keyed(&pairs)) {
            let many = self.b.tree.many(&pairs);
            return self.b.add(Node::Dict(many), span);
        }
        values.extend(if only_pairs { Vec::new() } else { pairs });
        self.b.list(&values, span)
    }

    /// Whether pairs have texts for keys.
    fn is_keyed(&self, pairs: &[Id]) -> bool {
        pairs.iter().step_by(2).all(|key| matches!(self.b.tree.get(*key), Node::Str(_)))
    }

    /// Text, with what is put into it.
    fn curly_text(&mut self) -> Id {
        let start = self.place();
        let text = self.slice(self.token(0));
        self.at += 1;
        let span = self.since(start);
        let prefix = text.find('"').unwrap_or(0);
        let (before, rest) = text.split_at(prefix);
        let (is_plain, is_filled) = (before.contains('@'), before.contains('$'));
        let quotes = rest.bytes().take_while(|b| *b == b'"').count();
        let (inner, is_block) = if quotes >= 3 && rest.len() >= 6 {
            let inner = rest.trim_matches('"');
            (inner, true)
        } else {
            let inner = rest.strip_prefix('"').unwrap_or_default();
            (inner.strip_suffix('"').unwrap_or(inner), false)
        };
        let is_raw = is_block && self.b.tree.language == Language::CSharp;
        let clean = |text: &str| -> Vec<u8> {
            match () {
                () if is_plain => text.replace("\"\"", "\"").into_bytes(),
                () if is_raw => text.as_bytes().to_vec(),
                () => super::unescaped(text),
            }
        };
        if !is_filled {
            let bytes = clean(inner);
            if std::str::from_utf8(&bytes).is_err() {
                let sym = self.b.tree.sym(&bytes);
                return self.b.add(Node::Bytes(sym), span);
            }
            return self.b.str(&bytes, span);
        }
        let mut parts = Vec::new();
        let mut rest = inner;
        while let Some(at) = rest.find('{') {
            let (text, behind) = rest.split_at(at);
            let mut text = text.replace("}}", "}");
            if behind.starts_with("{{") {
                text.push('{');
                let bytes = clean(&text);
                parts.push(self.b.str(&bytes, span));
                rest = behind.get(2..).unwrap_or_default();
                continue;
            }
            let bytes = clean(&text);
            parts.push(self.b.str(&bytes, span));
            let end = closing(behind);
            let code = behind.get(1..end).unwrap_or_default();
            parts.push(self.curly_inner(code, span));
            rest = behind.get(end + 1..).unwrap_or_default();
        }
        let bytes = clean(&rest.replace("}}", "}"));
        parts.push(self.b.str(&bytes, span));
        self.b.template(&parts, span)
    }

    /// An expression that stands in a text.
    fn curly_inner(&mut self, code: &str, span: super::Span) -> Id {
        if !self.b.enter(span.0) {
            return self.b.opaque(&[], span);
        }
        let language = self.b.tree.language;
        let (tokens, partners, _) = token::tokens(code, language);
        let place = self.b.place.or(Some(span));
        let build = std::mem::replace(&mut self.b, super::Build::new(language));
        let mut inner = Reader {
            text: code,
            tokens,
            partners,
            at: 0,
            b: build,
            plain: false,
            leaves: false,
            dot: None,
            of: String::new(),
            results: self.results,
            names: std::mem::take(&mut self.names),
        };
        let before = std::mem::replace(&mut inner.b.place, place);
        let made = inner.curly_expression();
        inner.b.place = before;
        self.names = std::mem::take(&mut inner.names);
        self.b = inner.b;
        self.b.leave();
        made
    }
}

/// Where the brace that opens a text is closed.
fn closing(text: &str) -> usize {
    let mut deep = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => deep += 1,
            b'}' => {
                deep -= 1;
                if deep == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}
