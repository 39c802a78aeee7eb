//! Files of Go: imports, functions, and variables of packages.

use super::go_type::Type;
use super::{Id, Kind, Node, Param, Reader};

/// What a file of Go declares, in the order in which it comes to life.
#[derive(Default)]
struct Parts {
    imports: Vec<Id>,
    functions: Vec<Id>,
    variables: Vec<Id>,
    /// Functions that run when the package is loaded.
    begins: Vec<Id>,
    has_main: bool,
}

/// Name of a package by the last part of its path: versions are none.
fn names_of(path: &str) -> Vec<String> {
    let mut parts = path.rsplit('/');
    let mut last = parts.next().unwrap_or_default();
    let is_version =
        |part: &str| part.strip_prefix('v').is_some_and(|v| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()));
    if is_version(last) {
        last = parts.next().unwrap_or(last);
    }
    let last = match last.rsplit_once(".v") {
        Some((stem, version)) if version.bytes().all(|b| b.is_ascii_digit()) => stem,
        _ => last,
    };
    let mut names = vec![last.to_owned()];
    let short = last.strip_prefix("go-").unwrap_or(last);
    let short = short.strip_suffix("-go").or_else(|| short.strip_suffix(".go")).unwrap_or(short);
    if short != last {
        names.push(short.to_owned());
    }
    names
}

impl Reader<'_> {
    /// A file.
    pub(super) fn go_file(&mut self, out: &mut Vec<Id>) {
        let mut parts = Parts::default();
        while self.more() && !self.b.tree.is_full() {
            let start = self.place();
            match self.word() {
                "import" => {
                    self.at += 1;
                    if self.looking("(") {
                        let end = self.partner();
                        self.at += 1;
                        while self.at < end && self.more() {
                            self.go_import(&mut parts.imports);
                        }
                        self.eat(")");
                    } else {
                        self.go_import(&mut parts.imports);
                    }
                }
                "func" => self.go_top_function(&mut parts, start),
                "var" | "const" => self.go_variables(&mut parts.variables, true),
                "package" | "type" => self.skip_statement(),
                _ => {
                    if !matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';')) {
                        self.b.problem(start, "no declaration");
                        self.skip_statement();
                        if self.closes() {
                            self.at += 1;
                        }
                    } else {
                        self.at += 1;
                    }
                }
            }
        }
        let Parts { imports, functions, variables, begins, has_main } = parts;
        out.extend(imports.into_iter().chain(functions));
        out.extend(self.in_order(variables));
        out.extend(begins);
        if has_main {
            out.push(self.call_main());
        }
    }

    /// Variables of a package get their values in the order in which they need each other.
    fn in_order(&self, variables: Vec<Id>) -> Vec<Id> {
        use std::collections::HashMap;
        let target = |id: Id| match self.b.tree.get(id) {
            Node::Declare(target, _) => match self.b.tree.get(target) {
                Node::Name(sym) => Some(sym),
                _ => None,
            },
            _ => None,
        };
        let at: HashMap<_, usize> =
            variables.iter().enumerate().filter_map(|(i, id)| Some((target(*id)?, i))).collect();
        let mut places: Vec<(u32, u32, usize)> =
            variables.iter().enumerate().map(|(i, id)| (self.b.tree.span(*id).0, self.b.tree.span(*id).1, i)).collect();
        places.sort_unstable();
        let mut needs: Vec<Vec<usize>> = vec![Vec::new(); variables.len()];
        for token in self.tokens.iter().filter(|t| t.kind == Kind::Word) {
            let behind = places.partition_point(|p| p.0 <= token.start);
            let Some((_, end, i)) = behind.checked_sub(1).and_then(|p| places.get(p)) else { continue };
            if token.start < *end
                && let Some(sym) = self.b.tree.known(self.slice(*token))
                && let Some(needed) = at.get(&sym)
                && needed > i
                && let Some(list) = needs.get_mut(*i)
            {
                list.push(*needed);
            }
        }
        let mut done = vec![false; variables.len()];
        let mut out = Vec::with_capacity(variables.len());
        for i in 0..variables.len() {
            let mut stack = vec![(i, 0)];
            while let Some((one, next)) = stack.pop() {
                if done.get(one).copied().unwrap_or(true) && next == 0 {
                    continue;
                }
                if let Some(flag) = done.get_mut(one) {
                    *flag = true;
                }
                match needs.get(one).and_then(|list| list.get(next)) {
                    Some(needed) => {
                        stack.push((one, next + 1));
                        stack.push((*needed, 0));
                    }
                    None => out.extend(variables.get(one).copied()),
                }
            }
        }
        out
    }

    fn go_import(&mut self, out: &mut Vec<Id>) {
        let start = self.place();
        let mut alias = self.word().to_owned();
        if !alias.is_empty() {
            self.at += 1;
        } else if self.eat(".") {
            ".".clone_into(&mut alias);
        }
        if self.kind() != Kind::Text {
            self.at += 1;
            return;
        }
        let path = self.quoted();
        let path = self.b.literal(path).unwrap_or_default().to_owned();
        let names = match alias.as_str() {
            "_" => return,
            "." => {
                self.dot.get_or_insert(path);
                return;
            }
            "" => names_of(&path),
            _ => vec![alias],
        };
        let span = self.since(start);
        for name in names {
            let (module, name) = (self.b.tree.sym(&path), self.b.tree.sym(name));
            out.push(self.b.add(Node::Import(module, super::super::Sym::EMPTY, name), span));
        }
    }

    fn go_top_function(&mut self, parts: &mut Parts, start: usize) {
        self.at += 1;
        let mut params = Vec::new();
        let mut typed = Vec::new();
        let mut of = String::new();
        if self.looking("(") {
            // The receiver's type is the last word in the brackets, but for its own parameters.
            let end = self.partner();
            let words = self.tokens.get(self.at + 1..end).unwrap_or_default();
            let words = words.split(|t| t.kind == Kind::Sign(b'[')).next().unwrap_or_default();
            of = words.iter().rev().find(|t| t.kind == Kind::Word).map_or("", |t| self.slice(*t)).to_owned();
            self.go_params(&mut params, &mut typed);
            if params.is_empty() {
                let span = self.since(start);
                let target = self.b.name("_", span);
                params.push(Param { target, default: Id::NONE, rest: false, keywords: false });
            }
            typed.clear();
        }
        let name = self.name();
        if self.looking("[") {
            self.skip_brackets();
        }
        let is_method = !of.is_empty();
        let whole = if is_method { format!("{of}.{name}") } else { name.to_owned() };
        let begins = name == "init" && !is_method;
        let made = self.go_function_from(if begins { "" } else { &whole }, params, typed, start);
        if begins {
            let span = self.since(start);
            parts.begins.push(self.b.call(made, &[], span));
            return;
        }
        parts.has_main |= name == "main" && !is_method;
        if is_method {
            let made = self.as_method(made);
            parts.functions.push(made);
            let span = self.since(start);
            parts.functions.push(self.method_by_name(&of, name, span));
        } else {
            parts.functions.push(made);
        }
    }

    /// A function from its parameters on.
    pub(super) fn go_function_from(
        &mut self,
        name: &str,
        mut params: Vec<Param>,
        mut typed: Vec<Id>,
        start: usize,
    ) -> Id {
        if self.looking("(") {
            self.go_params(&mut params, &mut typed);
        }
        self.go_results();
        let leaves = std::mem::replace(&mut self.leaves, false);
        let plain = std::mem::replace(&mut self.plain, false);
        // One without a body is written in another language.
        let body = if self.looking("{") {
            self.go_block()
        } else {
            let span = self.since(start);
            self.b.block(&[], span)
        };
        self.plain = plain;
        self.leaves = leaves;
        let body = if typed.is_empty() {
            body
        } else {
            let span = self.since(start);
            typed.push(body);
            self.b.block(&typed, span)
        };
        self.function(name, params, body, false, start)
    }

    /// Parameters: names and types, several names with one type, or types alone.
    fn go_params(&mut self, out: &mut Vec<Param>, typed: &mut Vec<Id>) {
        let end = self.partner().min(self.tokens.len());
        self.at += 1;
        let mut waiting: Vec<(usize, &str)> = Vec::new();
        while self.at < end && self.more() {
            let start = self.place();
            let before = self.at;
            let name = self.word();
            if name.is_empty() || self.looking_at(1, ".") && !self.looking_at(1, "...") {
                // A type without a name.
                if self.go_type().is_none() && self.at == before {
                    self.at += 1;
                }
                let span = self.since(start);
                let target = self.b.name("_", span);
                out.push(Param { target, default: Id::NONE, rest: false, keywords: false });
                self.eat(",");
                while self.kind() == Kind::LineEnd {
                    self.at += 1;
                }
                continue;
            }
            self.at += 1;
            waiting.push((start, name));
            if self.eat(",") || self.at >= end {
                while self.kind() == Kind::LineEnd && self.at < end {
                    self.at += 1;
                }
                if self.at < end {
                    continue;
                }
            } else {
                let rest = self.looking("...");
                let before = self.at;
                let of = self.go_type();
                if of.is_none() && self.at == before {
                    self.at += 1;
                }
                for (at, name) in std::mem::take(&mut waiting) {
                    let span = (at, at + name.len());
                    let target = self.b.name(name, span);
                    out.push(Param { target, default: Id::NONE, rest, keywords: false });
                    if let Some(Type::Of(path)) = of {
                        let given = self.b.name(name, span);
                        let value = self.b.helper("{typed}", &[given, path], span);
                        let target = self.b.name(name, span);
                        typed.push(self.declare(target, value));
                    }
                }
                self.eat(",");
                while self.kind() == Kind::LineEnd && self.at < end {
                    self.at += 1;
                }
            }
        }
        for (at, name) in waiting {
            let target = self.b.name(name, (at, at + name.len()));
            out.push(Param { target, default: Id::NONE, rest: false, keywords: false });
        }
        self.at = end;
        self.eat(")");
    }

    /// `var` and `const`, alone or several in brackets.
    pub(super) fn go_variables(&mut self, out: &mut Vec<Id>, is_top: bool) {
        let is_constant = self.word() == "const";
        self.at += 1;
        if !self.looking("(") {
            self.go_variable(out, is_top, &[]);
            return;
        }
        let end = self.partner();
        self.at += 1;
        let mut before: Vec<Id> = Vec::new();
        while self.at < end && self.more() {
            if matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';')) {
                self.at += 1;
                continue;
            }
            let place = self.at;
            let values = self.go_variable(out, is_top, if is_constant { &before } else { &[] });
            if !values.is_empty() {
                before = values;
            }
            if self.at == place {
                self.at += 1;
            }
        }
        self.at = end;
        self.eat(")");
    }

    /// One line of them; the values that stand there.
    fn go_variable(&mut self, out: &mut Vec<Id>, is_top: bool, before: &[Id]) -> Vec<Id> {
        let start = self.place();
        let mut targets = Vec::new();
        loop {
            let at = self.place();
            let name = self.name();
            if name.is_empty() {
                self.b.problem(at, "a name is missing");
                self.skip_statement();
                return Vec::new();
            }
            targets.push(self.b.name(name, (at, at + name.len())));
            if !self.eat(",") {
                break;
            }
        }
        let of = if self.looking("=") { None } else { self.go_type() };
        if self.eat("=") {
            let values = self.go_list();
            let set = self.go_set(&targets, &values, true, start);
            match self.b.tree.get(set) {
                Node::Seq(many) => out.extend(self.b.ids(many)),
                _ => out.push(set),
            }
            return values;
        }
        for (i, target) in targets.into_iter().enumerate() {
            let value = match (of, before.get(i)) {
                (None, Some(value)) => *value,
                (Some(of), _) => self.go_zero(of, !is_top, start),
                (None, None) => {
                    let span = self.since(start);
                    self.b.opaque(&[], span)
                }
            };
            let set = self.declare(target, value);
            out.push(set);
        }
        Vec::new()
    }
}
