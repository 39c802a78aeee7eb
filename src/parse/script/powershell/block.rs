//! Functions, script blocks and their parameters.

use super::{Id, Inside, Node, Reader};
use crate::parse::script::{Func, Param};

impl Reader<'_, '_> {
    /// `function name { … }`.
    pub(super) fn function(&mut self, word: usize) -> Id {
        let start = self.c.at;
        self.c.at += word;
        self.skip_lines();
        let name = self.function_name();
        self.skip_lines();
        let mut params = Vec::new();
        if self.c.peek() == b'(' {
            params = self.params();
        }
        self.skip_lines();
        let outer = std::mem::replace(&mut self.inside, Inside::Function);
        let made = self.braced(&name, params, start);
        self.inside = outer;
        made
    }

    /// The name without the scope in front of it, lowered.
    pub(super) fn function_name(&mut self) -> String {
        let mut name = String::new();
        while self.c.more()
            && !matches!(
                self.c.peek(),
                b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')' | b'{' | b'}' | b';' | b'|' | b',' | b'$'
            )
        {
            if self.c.peek() == b'`' {
                self.c.at += 1;
            }
            name.push_str(self.c.bump());
        }
        let name = name.to_ascii_lowercase();
        match name.split_once(':') {
            Some(("global" | "script" | "local" | "private", name)) => name.to_owned(),
            _ => name,
        }
    }

    /// `{ … }` as a value.
    pub(super) fn script_block(&mut self) -> Id {
        let start = self.c.at;
        if !self.b.enter(start) {
            return self.give_up();
        }
        let outer = std::mem::replace(&mut self.inside, Inside::Block);
        let made = self.braced("", Vec::new(), start);
        self.inside = outer;
        self.b.leave();
        made
    }

    /// The braces of a function or script block, which may begin with `param( … )`.
    pub(super) fn braced(&mut self, name: &str, mut params: Vec<Param>, start: usize) -> Id {
        let at = self.c.at;
        let mut ids = Vec::new();
        if self.expect("{") {
            self.skip_separators();
            if self.is_attribute() {
                self.attributes();
            }
            if self.keyword() == "param" && self.opens(5, b'(') {
                self.c.at += 5;
                self.skip_lines();
                params.extend(self.params());
            }
            self.statements(&mut ids);
            self.expect("}");
        }
        // What a loop says in passing is part of what comes out.
        let ids: Vec<Id> = ids.into_iter().map(|id| self.loop_handing_out(id)).collect();
        let body = self.b.block(&ids, (at, self.c.at));
        let body = self.b.returning(body, false);
        let name = self.b.tree.sym(name);
        let func = Func {
            name,
            params,
            body,
            is_expression: false,
            is_method: false,
            decorators: Vec::new(),
            outer: Vec::new(),
        };
        self.b.func(func, self.since(start))
    }

    /// A loop whose rounds hand out what their last statement is.
    fn loop_handing_out(&mut self, id: Id) -> Id {
        let (start, end) = self.b.tree.span(id);
        let span = (start as usize, end as usize);
        match self.b.tree.get(id) {
            Node::For(target, over, body) => {
                let body = self.handing_out(body, 0);
                self.b.add(Node::For(target, over, body), span)
            }
            Node::While(test, body, behind) => {
                let body = self.handing_out(body, 0);
                self.b.add(Node::While(test, body, behind), span)
            }
            Node::Block(many) => {
                let ids: Vec<Id> = self.b.ids(many).into_iter().map(|id| self.plain_loop(id)).collect();
                self.b.block(&ids, span)
            }
            _ => id,
        }
    }

    /// The loop of a block that only begins one: `for (start; test; next)`.
    fn plain_loop(&mut self, id: Id) -> Id {
        match self.b.tree.get(id) {
            Node::For(..) | Node::While(..) => self.loop_handing_out(id),
            _ => id,
        }
    }

    fn handing_out(&mut self, id: Id, deep: u32) -> Id {
        const DEEPEST: u32 = 8;
        if !id.is_some() || deep > DEEPEST {
            return id;
        }
        let (start, end) = self.b.tree.span(id);
        let span = (start as usize, end as usize);
        match self.b.tree.get(id) {
            Node::Block(many) => {
                let mut ids = self.b.ids(many);
                if let Some(last) = ids.last_mut() {
                    *last = self.handing_out(*last, deep + 1);
                }
                self.b.block(&ids, span)
            }
            Node::If(test, then, other) => {
                let (then, other) = (self.handing_out(then, deep + 1), self.handing_out(other, deep + 1));
                self.b.add(Node::If(test, then, other), span)
            }
            Node::Member(..)
            | Node::Index(..)
            | Node::Call(..)
            | Node::Binary(..)
            | Node::Template(_)
            | Node::Name(_)
            | Node::Dict(_)
            | Node::List(_) => self.b.add(Node::Yield(id), span),
            _ => id,
        }
    }

    /// `[Attribute( … )]` and types in front of something that is declared.
    pub(super) fn attributes(&mut self) {
        self.demands();
    }

    /// The same, and whether one of them demands a value: `[Parameter(Mandatory)]`.
    fn demands(&mut self) -> bool {
        let start = self.c.at;
        while self.c.peek() == b'[' {
            let mut open = 0_u32;
            while self.c.more() {
                if self.quote().is_some() {
                    let mut unused = Vec::new();
                    self.string_pieces(&mut unused);
                    continue;
                }
                match self.c.peek() {
                    b'[' => open += 1,
                    b']' => open -= 1,
                    _ => {}
                }
                self.c.bump();
                if open == 0 {
                    break;
                }
            }
            self.skip_separators();
        }
        let said = self.c.slice(start..self.c.at).to_ascii_lowercase().replace([' ', '\t'], "");
        said.contains("mandatory") && !said.contains("mandatory=$false")
    }

    /// `( $a, [type] $b = 1 )`.
    pub(super) fn params(&mut self) -> Vec<Param> {
        self.demanded().into_iter().map(|(param, _)| param).collect()
    }

    /// The same, each with whether a value is demanded.
    fn demanded(&mut self) -> Vec<(Param, bool)> {
        let mut params = Vec::new();
        if !self.expect("(") {
            return params;
        }
        loop {
            self.skip_lines();
            let demands = self.demands();
            if self.c.peek() != b'$' {
                break;
            }
            let (target, _) = self.variable();
            self.skip_lines();
            let mut default = Id::NONE;
            if self.c.peek() == b'=' {
                self.c.at += 1;
                self.skip_lines();
                default = self.expression(false);
            }
            params.push((Param { target, default, rest: false, keywords: false }, demands));
            self.skip_lines();
            if !self.c.eat(",") {
                break;
            }
        }
        self.expect(")");
        params
    }

    /// `param( … )` of a script: what has a default is set to it, and what a script demands a person is asked for.
    pub(super) fn script_params(&mut self, word: usize) -> Id {
        let start = self.c.at;
        self.c.at += word;
        self.skip_lines();
        let mut ids = Vec::new();
        for (mut param, demands) in self.demanded() {
            if demands && !param.default.is_some() {
                let span = self.span_of(param.target);
                let callee = self.b.name("read-host", span);
                param.default = self.b.call(callee, &[], span);
            }
            if param.default.is_some() {
                let span = self.b.over(param.target, param.default);
                ids.push(self.b.add(Node::Declare(param.target, param.default), span));
            }
        }
        self.b.seq(&ids, self.since(start))
    }

    /// A statement where a value is asked for: loops and branches are what they put out.
    pub(super) fn as_value(&mut self, id: Id) -> Id {
        let span = self.span_of(id);
        match self.b.tree.get(id) {
            Node::For(target, over, body) => match self.only(body) {
                Some(element) => {
                    let clause = self.b.add(Node::Clause(target, over, Id::NONE), span);
                    let many = self.b.tree.many(&[clause]);
                    self.b.add(Node::Comp(element, many), span)
                }
                None => id,
            },
            Node::If(test, then, other) => {
                let Some(then) = self.only(then) else { return id };
                let other = match self.b.tree.get(other) {
                    _ if !other.is_some() => self.b.add(Node::Nil, span),
                    Node::Block(_) => match self.only(other) {
                        Some(other) => other,
                        None => return id,
                    },
                    _ => other,
                };
                self.b.add(Node::Cond(test, then, other), span)
            }
            _ => id,
        }
    }

    /// The only statement of a block, when it has a value.
    fn only(&self, block: Id) -> Option<Id> {
        let Node::Block(ids) = self.b.tree.get(block) else { return None };
        match self.b.tree.list(ids) {
            [one] if self.has_value(*one) => Some(*one),
            _ => None,
        }
    }

    /// Whether a statement puts something out.
    pub(super) fn has_value(&self, id: Id) -> bool {
        !matches!(
            self.b.tree.get(id),
            Node::Declare(..)
                | Node::Assign(..)
                | Node::Func(_)
                | Node::Class(..)
                | Node::Return(_)
                | Node::Throw(_)
                | Node::If(..)
                | Node::For(..)
                | Node::While(..)
                | Node::DoWhile(..)
                | Node::Try(..)
                | Node::Switch(..)
                | Node::Break
                | Node::Continue
                | Node::Import(..)
                | Node::Block(_)
        )
    }
}
