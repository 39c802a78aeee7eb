//! Files of Rust: items and statements.

use super::{Id, Kind, Node, Param, Reader, UNSAFE};

/// What a file of Rust declares, in the order in which it comes to life.
#[derive(Default)]
pub(super) struct Items {
    imports: Vec<Id>,
    functions: Vec<Id>,
    constants: Vec<Id>,
    begins: Vec<Id>,
    has_main: bool,
}

/// Words that may stand in front of `fn`.
const BEFORE: &[&str] = &["pub", UNSAFE, "async", "default", "extern"];

impl Reader<'_> {
    /// `NAME: Type = value` of a constant, if it has a value.
    fn rust_constant(&mut self) -> Option<Id> {
        let at = self.place();
        let name = self.name();
        let target = self.b.name(name, (at, at + name.len()));
        self.rust_type_until_equals();
        if !self.eat("=") {
            return None;
        }
        let value = self.rust_expression();
        Some(self.declare(target, value))
    }

    /// A file.
    pub(super) fn rust_file(&mut self, out: &mut Vec<Id>) {
        let mut items = Items::default();
        while self.more() && !self.b.tree.is_full() {
            let before = self.at;
            if !self.rust_item(&mut items, "", true) {
                self.b.problem(self.place(), "no item");
                if self.is_open() { self.skip_brackets() } else { self.at += 1 }
            }
            self.at = self.at.max(before + 1);
        }
        let Items { imports, functions, constants, begins, has_main } = items;
        out.extend(imports.into_iter().chain(functions).chain(constants).chain(begins));
        if has_main {
            out.push(self.call_main());
        }
    }

    /// Goes behind attributes and tells what they say in one text.
    fn rust_attributes(&mut self) -> String {
        let mut told = String::new();
        while self.looking("#[") || self.looking("#![") {
            self.at += if self.looking("#![") { 2 } else { 1 };
            let (start, end) = (self.place(), self.partner());
            self.skip_brackets();
            let text =
                self.text.get(start..self.tokens.get(end).map_or(start, |t| t.start as usize)).unwrap_or_default();
            if text.len() < 200 {
                told.push_str(text);
            }
        }
        told
    }

    /// An item, or `false` when none stands here.
    pub(super) fn rust_item(&mut self, items: &mut Items, module: &str, is_top: bool) -> bool {
        if !self.b.enter(self.place()) {
            self.give_up();
            return true;
        }
        let made = self.rust_item_inside(items, module, is_top);
        self.b.leave();
        made
    }

    fn rust_item_inside(&mut self, items: &mut Items, module: &str, is_top: bool) -> bool {
        let start = self.place();
        let attributes = self.rust_attributes();
        let from = self.at;
        while BEFORE.contains(&self.word()) {
            if self.word() == UNSAFE && self.looking_at(1, "{") {
                break;
            }
            self.at += 1;
            if self.looking("(") {
                self.skip_brackets();
            } else if self.kind() == Kind::Text {
                self.at += 1;
            }
        }
        match self.word() {
            "const" if self.word_at(1) == "fn" || self.word_at(1) == UNSAFE => {
                self.at += 1;
                self.eat_word(UNSAFE);
                self.rust_function(items, &attributes, module, start);
            }
            "fn" => self.rust_function(items, &attributes, module, start),
            "use" => {
                self.at += 1;
                self.eat("::");
                self.rust_use(&mut items.imports, String::new());
                self.rust_skip();
            }
            "const" | "static" => {
                self.at += 1;
                self.eat_word("mut");
                items.constants.extend(self.rust_constant());
                self.rust_skip();
            }
            "mod" => {
                self.at += 1;
                let name = self.name();
                if !self.eat(";") && self.looking("{") {
                    let end = self.partner();
                    self.at += 1;
                    // Tests are no part of what is built.
                    while self.at < end && self.more() && !attributes.contains("cfg(test)") {
                        let before = self.at;
                        if !self.rust_item(items, name, is_top) && self.at == before {
                            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
                        }
                    }
                    self.at = end;
                    self.eat("}");
                }
            }
            "impl" | "trait" => self.rust_impl(items),
            "struct" | "enum" | "union" | "type" => self.rust_skip_item(),
            "crate" => self.rust_skip_item(),
            "macro_rules" => self.rust_skip_item(),
            "lazy_static" | "thread_local" if self.looking_at(1, "!") => {
                self.at += 2;
                let end = self.partner();
                self.at += 1;
                while self.at < end && self.more() {
                    self.rust_attributes();
                    let before = self.at;
                    while matches!(self.word(), "pub" | "ref" | "static" | "const") {
                        if self.word() == "static" && self.word_at(1) == "ref" {
                            self.at += 1;
                        }
                        self.at += 1;
                    }
                    items.constants.extend(self.rust_constant());
                    self.eat(";");
                    self.at = self.at.max(before + 1);
                }
                self.at = end;
                self.at += 1;
            }
            // A block of functions of another language.
            "" if self.looking("{") && from < self.at => self.skip_brackets(),
            // A macro that stands for items.
            word if is_top && !word.is_empty() && self.looking_at(1, "!") => {
                let value = self.rust_expression();
                items.constants.push(value);
                self.eat(";");
            }
            _ => return is_top && (self.eat(";") || !attributes.is_empty()),
        }
        true
    }

    /// Goes to the `;` or `{ … }` that ends an item.
    fn rust_skip_item(&mut self) {
        while self.more() {
            if self.eat(";") {
                return;
            }
            if self.looking("{") {
                self.skip_brackets();
                return;
            }
            if matches!(self.kind(), Kind::Sign(b'}')) {
                return;
            }
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
    }

    /// Goes behind the `;` of a statement.
    fn rust_skip(&mut self) {
        if !self.looking(";") {
            self.skip_statement();
        }
        self.eat(";");
    }

    /// Goes behind `: T` to the `=` or `;` behind it; whether the type is that of text.
    pub(super) fn rust_type_until_equals(&mut self) -> bool {
        let mut is_text = false;
        while self.more() && !self.looking(";") && !self.closes() {
            if self.looking("=") && !self.looking("=>") && !self.looking("==") {
                break;
            }
            is_text |= self.word() == "String";
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
        is_text
    }

    fn rust_use(&mut self, out: &mut Vec<Id>, before: String) {
        const LONGEST: usize = 300;
        let start = self.place();
        let mut path = before;
        loop {
            if self.looking("{") {
                let end = self.partner();
                self.at += 1;
                if !self.b.enter(start) {
                    self.at = end;
                    self.eat("}");
                    return;
                }
                while self.at < end && self.more() {
                    let before = self.at;
                    self.rust_use(out, path.clone());
                    self.eat(",");
                    self.at = self.at.max(before + 1);
                }
                self.b.leave();
                self.at = end;
                self.eat("}");
                return;
            }
            let word = self.name();
            if word.is_empty() {
                self.eat("*");
                return;
            }
            if path.len() > LONGEST {
                return;
            }
            if word != "self" || path.is_empty() {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(word);
            }
            if !self.eat("::") {
                break;
            }
        }
        let alias = if self.eat_word("as") { self.name().to_owned() } else { String::new() };
        let last = path.rsplit('.').next().unwrap_or_default().to_owned();
        let alias = if alias.is_empty() { last.clone() } else { alias };
        // What is the crate's own goes by its last name.
        if ["crate", "self", "super"].iter().any(|own| path.split('.').next() == Some(own))
            || !path.contains('.') && alias == path
        {
            return;
        }
        let span = self.since(start);
        let (module, member) = path.rsplit_once('.').unwrap_or((&path, ""));
        let (module, member, alias) = (self.b.tree.sym(module), self.b.tree.sym(member), self.b.tree.sym(alias));
        out.push(self.b.add(Node::Import(module, member, alias), span));
    }

    /// Goes behind `< … >`, in which arrows are none of its brackets.
    pub(super) fn rust_generics(&mut self) {
        if !self.looking("<") {
            return;
        }
        let mut deep = 0_u32;
        while self.more() && !self.looking(";") && !self.looking("{") {
            match self.kind() {
                Kind::Sign(b'<') => deep += 1,
                Kind::Sign(b'>') => {
                    let is_arrow = self.at > 0 && {
                        let before = self.tokens.get(self.at - 1).map(|t| (t.kind, t.end));
                        before == Some((Kind::Sign(b'-'), self.token(0).start))
                    };
                    deep -= u32::from(!is_arrow);
                }
                _ if self.is_open() => {
                    self.skip_brackets();
                    continue;
                }
                Kind::Sign(b')' | b']' | b'}') => return,
                _ => {}
            }
            self.at += 1;
            if deep == 0 {
                return;
            }
        }
    }

    fn rust_function(&mut self, items: &mut Items, attributes: &str, module: &str, start: usize) {
        self.at += 1;
        let name = self.name();
        let (made, params) = self.rust_function_from(name, start);
        items.functions.push(made);
        let span = self.since(start);
        if !module.is_empty() {
            let (whole, own) = (self.b.name(format!("{module}.{name}"), span), self.b.name(name, span));
            let set = self.declare(whole, own);
            items.functions.push(set);
        }
        let runs = attributes.contains("ctor")
            || attributes.contains("link_section")
            || ["[proc_macro]", "[proc_macro_derive", "[proc_macro_attribute"].iter().any(|a| attributes.contains(a));
        if runs {
            let args: Vec<Id> = (0..params).map(|_| self.b.opaque(&[], span)).collect();
            items.begins.push(self.b.helper(name, &args, span));
        }
        items.has_main |= name == "main" && module.is_empty();
    }

    /// A function from behind its name on, and how many parameters it has.
    fn rust_function_from(&mut self, name: &str, start: usize) -> (Id, usize) {
        self.rust_generics();
        let mut params = Vec::new();
        if self.looking("(") {
            let end = self.partner();
            self.at += 1;
            while self.at < end && self.more() {
                let before = self.at;
                self.rust_attributes();
                let target = self.rust_pattern().target;
                let span = self.since(start);
                let target = if target.is_some() { target } else { self.b.name("_", span) };
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
                self.rust_skip_type(end);
                self.eat(",");
                self.at = self.at.max(before + 1);
            }
            self.at = end;
            self.eat(")");
        }
        while self.more() && !self.looking("{") && !self.looking(";") && !matches!(self.kind(), Kind::Sign(b'}')) {
            if self.is_open() { self.skip_brackets() } else { self.at += 1 }
        }
        let count = params.len();
        let plain = std::mem::replace(&mut self.plain, false);
        let body = if self.looking("{") {
            self.rust_body()
        } else {
            self.eat(";");
            let span = self.since(start);
            self.b.block(&[], span)
        };
        self.plain = plain;
        (self.function(name, params, body, false, start), count)
    }

    /// Goes to the comma behind a type.
    pub(super) fn rust_skip_type(&mut self, end: usize) {
        let mut deep = 0_i32;
        while self.at < end && self.more() && !(deep <= 0 && self.looking(",")) {
            match self.kind() {
                Kind::Sign(b'<') => deep += 1,
                Kind::Sign(b'>')
                    if !self.tokens.get(self.at.wrapping_sub(1)).is_some_and(|t| t.kind == Kind::Sign(b'-')) =>
                {
                    deep -= 1;
                }
                _ if self.is_open() => {
                    self.skip_brackets();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn rust_impl(&mut self, items: &mut Items) {
        let is_trait = self.word() == "trait";
        self.at += 1;
        self.rust_generics();
        let mut of = String::new();
        let mut waits = true;
        while self.more() && !self.looking("{") && !self.looking(";") && !matches!(self.kind(), Kind::Sign(b'}')) {
            match self.word() {
                "for" if !is_trait => of.clear(),
                "where" => waits = false,
                "" | "dyn" | "mut" => {}
                word if waits => {
                    word.clone_into(&mut of);
                    waits = !is_trait;
                }
                _ => {}
            }
            if self.looking("<") {
                self.rust_generics()
            } else if self.is_open() {
                self.skip_brackets()
            } else {
                self.at += 1
            }
        }
        if !self.looking("{") {
            return;
        }
        let end = self.partner();
        self.at += 1;
        let outer = std::mem::replace(&mut self.of, of.clone());
        while self.at < end && self.more() {
            let before = self.at;
            let start = self.place();
            self.rust_attributes();
            while BEFORE.contains(&self.word()) || self.word() == "const" && self.word_at(1) == "fn" {
                self.at += 1;
                if self.looking("(") {
                    self.skip_brackets();
                }
            }
            if self.eat_word("fn") {
                let name = self.name();
                let is_method = (1..5).any(|by| self.word_at(by) == "self") || self.looking("<");
                let (made, _) = self.rust_function_from(&format!("{of}.{name}"), start);
                items.functions.push(made);
                if is_method {
                    let span = self.since(start);
                    items.functions.push(self.method_by_name(&of, name, span));
                }
            } else if self.word() == "const" && self.token(1).kind == Kind::Word {
                self.at += 1;
                let name = self.name();
                self.rust_type_until_equals();
                let span = self.since(start);
                let target = self.b.name(format!("{of}.{name}"), span);
                if self.eat("=") {
                    let value = self.rust_expression();
                    let set = self.declare(target, value);
                    items.constants.push(set);
                }
                self.rust_skip();
            } else {
                self.rust_skip_item();
            }
            self.at = self.at.max(before + 1);
        }
        self.of = outer;
        self.at = end;
        self.eat("}");
    }

    /// The body of a function: what stands last without a semicolon is what it yields.
    pub(super) fn rust_body(&mut self) -> Id {
        let (body, yields) = self.rust_block();
        if yields { self.b.returning(body, false) } else { body }
    }

    /// `{ … }`, and whether it has a value.
    pub(super) fn rust_block(&mut self) -> (Id, bool) {
        let start = self.place();
        let mut ids = Vec::new();
        let mut yields = false;
        if self.expect("{") {
            let plain = std::mem::replace(&mut self.plain, false);
            while self.more() && !self.closes() && !self.b.tree.is_full() {
                let before = self.at;
                if self.eat(";") {
                    yields = false;
                    continue;
                }
                yields = self.rust_statement(&mut ids);
                if self.at == before {
                    self.b.problem(self.place(), "a sign that fits nowhere");
                    self.at += 1;
                }
            }
            self.plain = plain;
            self.expect("}");
        }
        let span = self.since(start);
        (self.b.block(&ids, span), yields)
    }

    /// A statement; whether it is an expression that no semicolon ends.
    fn rust_statement(&mut self, out: &mut Vec<Id>) -> bool {
        if !self.b.enter(self.place()) {
            let given_up = self.give_up();
            out.push(given_up);
            return false;
        }
        let made = self.rust_statement_inside(out);
        self.b.leave();
        made
    }

    fn rust_statement_inside(&mut self, out: &mut Vec<Id>) -> bool {
        let start = self.place();
        self.rust_attributes();
        if self.eat_word("let") {
            let pattern = self.rust_pattern();
            let is_text = self.looking(":") && self.rust_type_until_equals();
            let mut value = if self.eat("=") {
                self.rust_expression()
            } else {
                let span = self.since(start);
                self.b.opaque(&[], span)
            };
            if is_text {
                let span = self.since(start);
                value = self.b.helper("{collected}", &[value], span);
            }
            if pattern.target.is_some() {
                let set = self.declare(pattern.target, value);
                out.push(set);
            } else {
                out.push(value);
            }
            if self.eat_word("else") {
                // What stands there leaves: whether it does, nobody knows.
                let (body, _) = self.rust_block();
                let span = self.since(start);
                let test = self.b.opaque(&[], span);
                let leaves = self.b.add(Node::If(test, body, Id::NONE), span);
                out.push(leaves);
            }
            self.rust_skip();
            return false;
        }
        let is_item = matches!(
            self.word(),
            "fn" | "use" | "const" | "static" | "mod" | "impl" | "trait" | "struct" | "enum" | "type" | "macro_rules"
        ) || self.word() == "pub"
            || matches!(self.word(), UNSAFE | "async" | "extern") && matches!(self.word_at(1), "fn" | "extern")
            || self.word() == "extern";
        if is_item {
            let mut items = Items::default();
            if self.rust_item(&mut items, "", false) {
                let Items { imports, functions, constants, .. } = items;
                out.extend(imports.into_iter().chain(functions).chain(constants));
                return false;
            }
        }
        let is_block = self.rust_is_block_like();
        let made = if is_block {
            let made = self.rust_block_like();
            // `match x { … }.f()` goes on.
            if self.looking(".") && !self.looking("..") || self.looking("?") {
                let made = self.as_value(made);
                self.rust_rest(made, start)
            } else {
                made
            }
        } else {
            self.rust_expression()
        };
        out.push(made);
        if self.eat(";") {
            return false;
        }
        // A macro in braces needs none.
        let is_block = is_block || self.tokens.get(self.at.wrapping_sub(1)).is_some_and(|t| t.kind == Kind::Sign(b'}'));
        if !is_block && !self.closes() {
            self.b.problem(self.place(), "a semicolon is missing");
            self.rust_skip();
            return false;
        }
        true
    }
}
