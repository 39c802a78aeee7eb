//! Files of Java and C#: types and their members.
//!
//! All types of a file share one space of names, for a file has one subject: a method `f` of a type `T` is a function `f`
//! and goes by `T.f` as well (by `f/2` where several of one name take different numbers of arguments), a field `x` is a
//! variable `this.x`. Members are looked for first, so that a name in a body is known to be a field when it is read.
//!
//! What runs by itself is called at the end: initialisers of types, what frameworks start (a bean, a mod, a plug-in), and
//! under the usual question `main`.

use std::collections::{HashMap, HashSet};

use super::{Id, Kind, Language, Node, Param, Reader, UNSAFE};

/// Names of a file of Java or C#.
#[derive(Default)]
pub(super) struct Names {
    types: HashSet<String>,
    fields: HashSet<String>,
    /// Methods, and how many have the name.
    methods: HashMap<String, usize>,
    /// Variables of the functions that are being read, in the order of their declaration, and how many have each name.
    locals: Vec<String>,
    known: HashMap<String, usize>,
}

/// What a member is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A variable; the place is that of its value, or of what stands there instead.
    Field,
    /// A method; the place is that of its parameters.
    Method,
    /// What makes an object of a type; the place is that of its parameters.
    Maker,
    /// Code that runs with the type.
    Beginning,
}

/// A member of a type and where it stands, in tokens.
struct Member {
    of: usize,
    name: String,
    sort: Sort,
    at: usize,
    /// The type of a field.
    typed: String,
    /// Whether something starts it that nobody here calls.
    starts: bool,
}

/// A type.
struct Type {
    name: String,
    bases: Vec<String>,
    starts: bool,
}

/// What a file holds.
#[derive(Default)]
struct Found {
    types: Vec<Type>,
    members: Vec<Member>,
    /// Statements that stand in no type.
    top: Vec<usize>,
}

/// Words that stand before a declaration and say nothing of a value.
const MODIFIERS: &[&str] = &[
    "public",
    "private",
    "protected",
    "internal",
    "static",
    "final",
    "abstract",
    "sealed",
    "partial",
    "readonly",
    "virtual",
    "override",
    "async",
    "extern",
    "volatile",
    "transient",
    "synchronized",
    "native",
    "strictfp",
    "new",
    "const",
    "required",
    "file",
    "event",
    "fixed",
    "ref",
    "non",
    "default",
    "implicit",
    "explicit",
    "scoped",
    "out",
    "in",
    "params",
    "this",
    UNSAFE,
];
/// Marks of types that a framework makes, and of methods that it calls, when a program begins.
const STARTED_TYPES: &[&str] =
    &["Mod", "Configuration", "AutoConfiguration", "Component", "SpringBootApplication", "Startup", "WebListener"];
const STARTED_METHODS: &[&str] = &[
    "Bean",
    "PostConstruct",
    "Startup",
    "ModuleInitializer",
    "InitializeOnLoadMethod",
    "RuntimeInitializeOnLoadMethod",
];
/// What is called of types that are made of others, by the name of those.
const STARTED_BY: &[(&str, &[&str])] = &[
    ("ModInitializer", &["onInitialize"]),
    ("ClientModInitializer", &["onInitializeClient"]),
    ("JavaPlugin", &["onEnable", "onLoad"]),
    ("BundleActivator", &["start"]),
    ("ServletContextListener", &["contextInitialized"]),
    ("ApplicationRunner", &["run"]),
    ("CommandLineRunner", &["run"]),
    ("Plugin", &["apply"]),
    ("IHostedService", &["StartAsync"]),
    ("BackgroundService", &["ExecuteAsync"]),
    ("Task", &["Execute"]),
];
/// Types of which nothing is to be known.
const PLAIN: &[&str] = &[
    "String",
    "Object",
    "Integer",
    "Long",
    "Boolean",
    "Byte",
    "Character",
    "Double",
    "Float",
    "Short",
    "List",
    "Map",
    "Set",
    "Dictionary",
    "Func",
    "Action",
    "Runnable",
    "Callable",
    "Supplier",
    "Function",
    "Consumer",
    "Optional",
    "Task",
    "T",
];
/// Most tokens of one type.
const LONGEST_TYPE: usize = 256;

impl Names {
    fn add_local(&mut self, name: &str) {
        *self.known.entry(name.to_owned()).or_default() += 1;
        self.locals.push(name.to_owned());
    }

    pub(super) fn mark(&self) -> usize {
        self.locals.len()
    }

    /// Forgets what was declared since.
    pub(super) fn forget(&mut self, mark: usize) {
        while self.locals.len() > mark {
            let Some(name) = self.locals.pop() else { return };
            if let Some(count) = self.known.get_mut(&name) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn is_local(&self, name: &str) -> bool {
        self.known.get(name).is_some_and(|count| *count > 0)
    }

    /// Whether something of the file has the name.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.is_local(name) || self.is_field(name)
    }

    pub(super) fn is_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    pub(super) fn is_field(&self, name: &str) -> bool {
        self.fields.contains(name)
    }
}

impl<'t> Reader<'t> {
    /// A file.
    pub(super) fn curly_file(&mut self, out: &mut Vec<Id>) {
        let mut found = Found::default();
        self.find_types(&mut found, self.tokens.len());
        for kind in &found.types {
            self.names.types.insert(kind.name.clone());
        }
        for member in &found.members {
            match member.sort {
                Sort::Field => {
                    self.names.fields.insert(member.name.clone());
                }
                Sort::Method => *self.names.methods.entry(member.name.clone()).or_default() += 1,
                _ => {}
            }
        }
        let mut begins = Vec::new();
        let mut fields = Vec::new();
        let mut main = None;
        for member in &found.members {
            if self.b.tree.is_full() {
                break;
            }
            let Some(of) = found.types.get(member.of) else { continue };
            self.at = member.at;
            match member.sort {
                Sort::Field => self.curly_field(member, &mut fields),
                Sort::Beginning => begins.push(self.curly_beginning()),
                Sort::Method | Sort::Maker => {
                    let called = self.curly_method(member, of, out);
                    let by_base = || {
                        STARTED_BY
                            .iter()
                            .any(|(base, names)| of.bases.iter().any(|b| b == base) && names.contains(&&*member.name))
                    };
                    if member.sort == Sort::Maker && of.starts || member.starts || by_base() {
                        let span = self.since(self.place());
                        let begun = self.b.helper(&called, &[], span);
                        // What a framework asks for may be a function that it starts.
                        begins.push(if member.starts { self.b.call(begun, &[], span) } else { begun });
                    }
                    if matches!(&*member.name, "main" | "Main" | "premain" | "agentmain") && member.sort == Sort::Method
                    {
                        main = Some(called);
                    }
                }
            }
        }
        out.extend(fields);
        out.extend(begins);
        for at in found.top {
            self.at = at;
            while self.more() && !self.begins_type() && !self.b.tree.is_full() {
                let before = self.at;
                out.extend(self.curly_statement());
                self.at += usize::from(self.at == before);
            }
        }
        if let Some(main) = main {
            let at = self.text.len();
            let (question, answer) = (self.b.name("__name__", (at, at)), self.b.str("__main__", (at, at)));
            let test = self.b.binary(super::Op::Eq, question, answer);
            let call = self.b.helper(&main, &[], (at, at));
            let block = self.b.block(&[call], (at, at));
            out.push(self.b.add(Node::If(test, block, Id::NONE), (at, at)));
        }
    }

    /// Whether the declaration of a type begins here, behind its modifiers.
    fn begins_type(&self) -> bool {
        match self.word() {
            "class" | "interface" | "enum" | "struct" | "namespace" => !self.word_at(1).is_empty(),
            "record" => !self.word_at(1).is_empty() && !matches!(self.word_at(1), "is" | "instanceof"),
            "public" | "internal" | "sealed" | "abstract" | "partial" | "static" => {
                matches!(
                    self.word_at(1),
                    "class" | "interface" | "enum" | "struct" | "record" | "partial" | "static" | "abstract" | "sealed"
                )
            }
            _ => false,
        }
    }

    /// Types and their members up to a place.
    fn find_types(&mut self, found: &mut Found, end: usize) {
        while self.at < end && self.more() {
            let before = self.at;
            match self.word() {
                "package" | "import" => self.skip_statement(),
                "delegate" if self.b.tree.language == Language::CSharp => self.skip_statement(),
                "using" if self.word_at(1) != "var" && !self.looking_at(1, "(") => self.skip_statement(),
                "namespace" => {
                    self.at += 1;
                    while !self.name().is_empty() || self.eat(".") {}
                    self.eat("{");
                }
                _ => {
                    let marks = self.marks();
                    // Marks of the whole program stand before its namespaces.
                    if self.at != before && matches!(self.word(), "namespace" | "using" | "delegate") {
                        continue;
                    }
                    if !self.find_type(found, &marks) && self.at < end && self.more() {
                        self.at = before;
                        if self.b.tree.language == Language::CSharp && !self.closes() && !self.looking(";") {
                            found.top.push(self.at);
                            self.skip_to_type(end);
                        } else if self.is_open() {
                            self.skip_brackets();
                        }
                    }
                }
            }
            if self.at == before {
                self.at += 1;
            }
        }
    }

    /// Goes over statements that stand in no type.
    fn skip_to_type(&mut self, end: usize) {
        while self.at < end && self.more() && !self.begins_type() {
            if self.is_open() {
                self.skip_brackets();
            } else {
                self.at += 1;
            }
        }
    }

    /// Goes behind modifiers, annotations and attributes, and gives the names of the latter.
    fn marks(&mut self) -> Vec<String> {
        let mut out = Vec::new();
        loop {
            if self.looking("@") && self.word_at(1) != "interface" {
                self.at += 1;
                let mut name = self.name();
                while self.eat(".") {
                    name = self.name();
                }
                out.push(name.to_owned());
                if self.looking("(") {
                    self.skip_brackets();
                }
            } else if self.looking("[") && self.b.tree.language == Language::CSharp {
                let end = self.partner();
                let mut at_start = true;
                self.at += 1;
                while self.at < end && self.more() {
                    if self.is_open() {
                        self.skip_brackets();
                        continue;
                    }
                    if at_start && !self.word().is_empty() {
                        out.push(self.word().to_owned());
                    }
                    at_start = self.looking(",") || self.looking(":") || self.looking(".");
                    self.at += 1;
                }
                self.at = (end + 1).min(self.tokens.len());
            } else if MODIFIERS.contains(&self.word()) && !self.looking_at(1, "(") && !self.looking_at(1, ".") {
                if self.word() == "static" {
                    out.push("static".to_owned());
                }
                self.at += 1;
                self.eat("-");
            } else {
                return out;
            }
        }
    }

    /// The declaration of a type and what is in it, if one stands here.
    fn find_type(&mut self, found: &mut Found, marks: &[String]) -> bool {
        let is_mark = self.looking("@") && self.word_at(1) == "interface";
        let is_type = is_mark
            || matches!(self.word(), "class" | "interface" | "enum" | "struct")
            || self.word() == "record" && !self.word_at(1).is_empty();
        if !is_type {
            return false;
        }
        self.at += 1 + usize::from(is_mark);
        if matches!(self.word(), "class" | "struct") {
            self.at += 1;
        }
        let is_enum = self.word_before() == "enum";
        let name = self.name().to_owned();
        let index = found.types.len();
        self.skip_generics();
        if self.looking("(") {
            // Components of a record.
            let end = self.partner();
            while self.at < end {
                self.at += 1;
                let name = self.word();
                if !name.is_empty() && (self.looking_at(1, ",") || self.looking_at(1, ")")) {
                    found.members.push(Member {
                        of: index,
                        name: name.to_owned(),
                        sort: Sort::Field,
                        at: self.at + 1,
                        typed: String::new(),
                        starts: false,
                    });
                }
            }
            self.at = end + 1;
        }
        let mut bases = Vec::new();
        while self.more() && !self.looking("{") && !self.looking(";") {
            if self.looking("(") || self.looking("[") {
                self.skip_brackets();
                continue;
            }
            if !self.word().is_empty() && !self.looking_at(1, ".") {
                bases.push(self.word().to_owned());
            }
            self.at += 1;
        }
        let starts = marks.iter().any(|mark| STARTED_TYPES.contains(&&**mark));
        found.types.push(Type { name, bases, starts });
        if !self.looking("{") {
            self.at += 1;
            return true;
        }
        let end = self.partner();
        self.at += 1;
        if self.b.enter(self.place()) {
            if is_enum {
                while self.at < end && !self.looking(";") {
                    if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                }
            }
            self.find_members(found, index, end);
            self.b.leave();
        }
        self.at = (end + 1).min(self.tokens.len());
        true
    }

    fn word_before(&self) -> &'t str {
        let before = self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).copied();
        before.filter(|t| t.kind == Kind::Word).map_or("", |t| self.slice(t))
    }

    fn find_members(&mut self, found: &mut Found, of: usize, end: usize) {
        while self.at < end && self.more() {
            let before = self.at;
            let marks = self.marks();
            if !self.find_type(found, &marks) {
                self.find_member(found, of, end, &marks);
            }
            if self.at == before {
                self.at += 1;
            }
        }
    }

    fn find_member(&mut self, found: &mut Found, of: usize, end: usize, marks: &[String]) {
        if self.eat(";") || self.eat("~") || self.eat("}") {
            return;
        }
        let add = |name: &str, sort: Sort, at: usize, typed: &str, found: &mut Found| {
            let starts = marks.iter().any(|mark| STARTED_METHODS.contains(&&**mark));
            found.members.push(Member { of, name: name.to_owned(), sort, at, typed: typed.to_owned(), starts });
        };
        if self.looking("{") {
            add("", Sort::Beginning, self.at, "", found);
            return self.skip_brackets();
        }
        self.skip_generics();
        let own = found.types.get(of).map(|t| t.name.clone()).unwrap_or_default();
        let (name, typed, sort) = if self.word() == own && self.looking_at(1, "(") {
            self.at += 1;
            // What makes the type itself ready (C#) runs with it.
            if marks.iter().any(|mark| mark == "static") {
                self.skip_brackets();
                add("", Sort::Beginning, self.at, "", found);
                return self.skip_brackets();
            }
            (own, String::new(), Sort::Maker)
        } else {
            let Some(typed) = self.skip_type() else { return self.skip_member(end) };
            if matches!(self.word(), "operator" | "this") {
                return self.skip_member(end);
            }
            let mut name = self.name();
            while self.eat(".") {
                name = self.name();
            }
            (name.to_owned(), typed.to_owned(), Sort::Method)
        };
        self.skip_generics();
        if self.looking("(") {
            add(&name, sort, self.at, "", found);
            self.skip_brackets();
            while self.at < end && !self.looking("{") && !self.looking(";") && !self.looking("=>") {
                if self.is_open() { self.skip_brackets() } else { self.at += 1 }
            }
            return self.skip_member(end);
        }
        if name.is_empty() {
            return self.skip_member(end);
        }
        add(&name, Sort::Field, self.at, &typed, found);
        // Further fields of the declaration get their values where the first does.
        while self.at < end && !self.looking(";") {
            if self.looking("{") && !self.follows_value() {
                // Accessors of a property.
                self.skip_brackets();
                if !self.looking("=") {
                    return;
                }
            } else if self.is_open() {
                self.skip_brackets();
            } else {
                if self.looking(",") && (self.looking_at(2, "=") || self.looking_at(2, ",") || self.looking_at(2, ";"))
                {
                    add(self.word_at(1), Sort::Field, self.tokens.len(), &typed, found);
                }
                self.at += 1;
            }
        }
    }

    /// Whether what stands here follows an equals sign or a bracket, and so is a value.
    fn follows_value(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|i| self.tokens.get(i));
        before.is_some_and(|t| matches!(t.kind, Kind::Sign(b'=' | b')' | b']' | b'>' | b',')))
    }

    /// Goes behind a member that ends with a block or a semicolon.
    fn skip_member(&mut self, end: usize) {
        while self.at < end && self.more() {
            if self.eat(";") {
                return;
            }
            if self.looking("{") {
                return self.skip_brackets();
            }
            if self.looking("=>") {
                return self.skip_statement();
            }
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
    }

    /// Goes behind `<…>`, if that can be parameters of a type.
    pub(super) fn skip_generics(&mut self) -> bool {
        if !self.looking("<") {
            return false;
        }
        let start = self.at;
        let mut deep = 0_usize;
        for _ in 0..LONGEST_TYPE {
            match self.kind() {
                Kind::Sign(b'<') => deep += 1,
                Kind::Sign(b'>') => {
                    deep -= 1;
                    if deep == 0 {
                        self.at += 1;
                        return true;
                    }
                }
                Kind::Sign(b'[') if self.looking_at(1, "]") || self.looking_at(1, ",") => {
                    self.skip_brackets();
                    continue;
                }
                Kind::Sign(b'(') => {
                    self.skip_brackets();
                    continue;
                }
                Kind::Word | Kind::Sign(b',' | b'.' | b'?' | b'&' | b'@') => {}
                _ => break,
            }
            self.at += 1;
        }
        self.at = start;
        false
    }

    /// Goes behind a type and gives its last name; nothing moves when none stands here. Of an array the name is empty.
    pub(super) fn skip_type(&mut self) -> Option<&'t str> {
        const NONE: &[&str] = &[
            "return",
            "throw",
            "new",
            "if",
            "else",
            "for",
            "foreach",
            "while",
            "do",
            "switch",
            "case",
            "try",
            "catch",
            "finally",
            "break",
            "continue",
            "await",
            "yield",
            "goto",
            "is",
            "as",
            "instanceof",
            "lock",
            "using",
            "typeof",
            "null",
            "true",
            "false",
            "delegate",
        ];
        let start = self.at;
        let mut name = (0, 0);
        if self.looking("(") && self.b.tree.language == Language::CSharp {
            // Several values in one.
            let end = self.partner();
            let has = self.tokens.get(start..end).unwrap_or_default().iter().any(|t| t.kind == Kind::Sign(b','));
            if !has || end - start > LONGEST_TYPE {
                return None;
            }
            self.skip_brackets();
        } else {
            loop {
                let word = self.word();
                if word.is_empty() || NONE.contains(&word) {
                    self.at = start;
                    return None;
                }
                let token = self.token(0);
                name = (token.start as usize, token.end as usize);
                self.at += 1;
                self.skip_generics();
                if self.looking(".") && !self.looking("...") && !self.word_at(1).is_empty() {
                    self.at += 1;
                    continue;
                }
                break;
            }
        }
        loop {
            if self.looking("[") && (self.looking_at(1, "]") || self.looking_at(1, ",")) {
                self.skip_brackets();
                name = (0, 0);
            } else if self.looking("...") {
                self.at += 3;
                name = (0, 0);
            } else if self.looking("?")
                && !self.looking("??")
                && !self.looking("?.")
                && (!self.word_at(1).is_empty() || self.looking_at(1, "[]") || self.looking_at(1, ">"))
                || self.looking("*") && self.b.tree.language == Language::CSharp && !self.word_at(1).is_empty()
            {
                self.at += 1;
            } else {
                break;
            }
        }
        Some(self.text.get(name.0..name.1).unwrap_or_default())
    }

    /// Says that a variable is declared here.
    pub(super) fn local(&mut self, name: &str) {
        self.names.add_local(name);
    }

    /// What a name stands for: a variable, or a field of the file's own.
    pub(super) fn curly_name(&mut self, word: &str, span: super::Span) -> Id {
        if self.names.is_field(word) && !self.names.is_local(word) {
            return self.b.name(format!("this.{word}"), span);
        }
        self.b.name(word, span)
    }

    /// What a function is called by, for so many arguments.
    pub(super) fn curly_callee(&self, name: &str, arguments: usize) -> String {
        match self.names.methods.get(name) {
            Some(many) if *many > 1 => format!("{name}/{arguments}"),
            _ => name.to_owned(),
        }
    }

    pub(super) fn is_own_method(&self, name: &str) -> bool {
        self.names.methods.contains_key(name)
    }

    /// Something of which no more is known than its type.
    pub(super) fn of_type(&mut self, given: Id, typed: &str, span: super::Span) -> Option<Id> {
        let is_telling = typed.starts_with(|c: char| c.is_ascii_uppercase())
            && !PLAIN.contains(&typed)
            && !self.names.is_type(typed);
        is_telling.then(|| {
            let typed = self.b.name(typed, span);
            self.b.helper("{typed}", &[given, typed], span)
        })
    }

    fn curly_field(&mut self, member: &Member, out: &mut Vec<Id>) {
        let start = self.place();
        let mut name = member.name.clone();
        if self.at >= self.tokens.len() {
            return;
        }
        if self.looking("{") {
            // Behind its accessors a property may have a value.
            self.skip_brackets();
        }
        loop {
            let span = self.since(start);
            let value = if self.eat("=>") || self.eat("=") {
                Some(self.curly_value())
            } else {
                let nothing = self.b.opaque(&[], span);
                self.of_type(nothing, &member.typed, span)
            };
            if let Some(value) = value {
                let target = self.b.name(format!("this.{name}"), span);
                out.push(self.declare(target, value));
            }
            if !self.looking(",") || self.word_at(1).is_empty() {
                return;
            }
            self.at += 1;
            self.name().clone_into(&mut name);
        }
    }

    fn curly_beginning(&mut self) -> Id {
        let start = self.place();
        let body = self.curly_block();
        let made = self.function("", Vec::new(), body, false, start);
        let span = self.since(start);
        self.b.call(made, &[], span)
    }

    /// A method or what makes an object; what it is called by.
    fn curly_method(&mut self, member: &Member, of: &Type, out: &mut Vec<Id>) -> String {
        let start = self.place();
        let mark = self.names.mark();
        let mut params = Vec::new();
        let mut typed = Vec::new();
        self.curly_params(&mut params, &mut typed);
        let count = params.len();
        let is_maker = member.sort == Sort::Maker;
        let name = if is_maker { format!("{}.new", of.name) } else { self.curly_callee(&member.name, count) };
        while self.more() && !self.looking("{") && !self.looking(";") && !self.looking("=>") {
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
        let (body, is_expression) = self.curly_body();
        self.names.forget(mark);
        let span = self.since(start);
        let body = if typed.is_empty() {
            body
        } else {
            let last = if is_expression { self.b.add(Node::Return(body), span) } else { body };
            typed.push(last);
            self.b.block(&typed, span)
        };
        let is_expression = is_expression && typed.is_empty();
        out.push(self.function(&name, params, body, is_expression, start));
        if !is_maker {
            for other in [format!("{}.{}", of.name, member.name), member.name.clone()] {
                if other != name {
                    let (target, value) = (self.b.name(other, span), self.b.name(&name, span));
                    out.push(self.declare(target, value));
                }
            }
        }
        name
    }

    /// `{ … }`, `=> …` or nothing, and whether it is an expression.
    pub(super) fn curly_body(&mut self) -> (Id, bool) {
        if self.looking("{") {
            return (self.curly_block(), false);
        }
        if self.eat("=>") || self.eat("->") {
            return (self.curly_expression(), true);
        }
        let span = self.since(self.place());
        (self.b.block(&[], span), false)
    }

    /// Parameters with or without types, in brackets.
    pub(super) fn curly_params(&mut self, out: &mut Vec<Param>, typed: &mut Vec<Id>) {
        let end = self.partner().min(self.tokens.len());
        self.at += 1;
        while self.at < end && self.more() {
            let before = self.at;
            self.marks();
            let start = self.place();
            let kind = self.skip_type().unwrap_or_default().to_owned();
            let rest = self
                .tokens
                .get(before..self.at)
                .unwrap_or_default()
                .iter()
                .rev()
                .take(3)
                .all(|t| t.kind == Kind::Sign(b'.'));
            let (name, kind) = match self.word() {
                "" => (kind, String::new()),
                _ => (self.name().to_owned(), kind),
            };
            while self.looking("[") {
                self.skip_brackets();
            }
            let default = if self.eat("=") { self.curly_expression() } else { Id::NONE };
            if !name.is_empty() {
                let span = self.since(start);
                let target = self.b.name(&name, span);
                out.push(Param { target, default, rest: rest && self.at > before + 3, keywords: false });
                self.local(&name);
                let given = self.b.name(&name, span);
                if let Some(value) = self.of_type(given, &kind, span) {
                    let target = self.b.name(&name, span);
                    typed.push(self.declare(target, value));
                }
            }
            while self.at < end && !self.looking(",") {
                if self.is_open() { self.skip_brackets() } else { self.at += 1 }
            }
            self.eat(",");
            if self.at == before {
                self.at += 1;
            }
        }
        self.at = end;
        self.eat(")");
    }

    /// The body of a type without a name (`new Runnable() { … }`): what its first method does.
    pub(super) fn curly_nameless(&mut self) -> Id {
        let start = self.place();
        let end = self.partner();
        let mut found = Found::default();
        found.types.push(Type { name: String::new(), bases: Vec::new(), starts: false });
        self.at += 1;
        self.find_members(&mut found, 0, end);
        let mut made = Vec::new();
        let mut first = None;
        for member in found.members.iter().filter(|m| m.sort == Sort::Method) {
            self.at = member.at;
            let mark = self.names.mark();
            let (mut params, mut typed) = (Vec::new(), Vec::new());
            self.curly_params(&mut params, &mut typed);
            while self.more() && !self.looking("{") && !self.looking(";") && !self.looking("=>") {
                if self.is_open() { self.skip_brackets() } else { self.at += 1 }
            }
            let (body, is_expression) = self.curly_body();
            self.names.forget(mark);
            let id = self.function("", params, body, is_expression, start);
            if first.is_none() { first = Some(id) } else { made.push(id) }
        }
        self.at = (end + 1).min(self.tokens.len());
        let span = self.since(start);
        made.push(first.unwrap_or_else(|| self.b.add(Node::Nil, span)));
        self.b.seq(&made, span)
    }
}
