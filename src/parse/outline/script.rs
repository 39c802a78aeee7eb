//! Functions of scripts, by their trees.

use std::collections::HashMap;

use super::{FUNCTIONS_MAX, Function, Outline, Print, kept, print};
use crate::parse::script::{self, FuncId, Id, Language, Many, Node, Sym, Tree};

/// How often nodes are visited, in numbers of all nodes: `x += 1` has `x` twice.
const VISITS: usize = 4;

/// The functions of a script; what stands outside of all is the first.
pub(super) fn outline(language: Language, bytes: &[u8]) -> Outline {
    let text = String::from_utf8_lossy(bytes);
    let tree = script::read(language, &text);
    let mut walk = Walk {
        tree: &tree,
        text: text.as_bytes(),
        own: own_names(&tree),
        open: vec![Task { name: Box::from(""), func: None, span: (0, u32::try_from(text.len()).unwrap_or(u32::MAX)) }],
        seen: vec![false; tree.functions().count()],
        visits: tree.len().saturating_mul(VISITS),
        print: Vec::new(),
    };
    let mut found = Vec::new();
    let mut cut = tree.is_full();
    while let Some(task) = walk.open.pop() {
        if found.len() >= FUNCTIONS_MAX || walk.visits == 0 {
            cut = true;
            break;
        }
        found.push(walk.function(task));
    }
    found.sort_by_key(|f| f.span.0);
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let functions = found
        .into_iter()
        .map(|f| Function { at: lines.of(usize::try_from(f.span.0).unwrap_or(usize::MAX)), ..f })
        .collect();
    let missing = if cut {
        Some("it is larger than is read function by function")
    } else if tree.problems.is_empty() {
        None
    } else {
        Some("not all of it could be read")
    };
    Outline { functions, code: bytes.len() as u64, missing, ..Outline::default() }
}

/// Counts lines, for places that come in order.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> u64 {
        let passed = self.text.get(self.at..place).unwrap_or_default();
        self.line = self.line.saturating_add(memchr::memchr_iter(b'\n', passed).count() as u64);
        self.at = self.at.max(place);
        self.line
    }
}

/// Names that the script itself gives to something. All others mean something from outside (`fetch`, `exec`) and are
/// part of what a function does.
fn own_names(tree: &Tree) -> Vec<bool> {
    let mut own = Vec::new();
    let mut open: Vec<Id> = Vec::new();
    let mut give = |sym: Sym| {
        let at = Tree::index_of_sym(sym);
        if own.len() <= at {
            own.resize(at.saturating_add(1), false);
        }
        if let Some(slot) = own.get_mut(at) {
            *slot = true;
        }
    };
    let assigns = tree.language != Language::JavaScript;
    for node in tree.nodes() {
        match node {
            Node::Declare(target, _) | Node::For(target, _, _) | Node::Clause(target, _, _) => open.push(target),
            Node::Assign(target, _) if assigns => open.push(target),
            Node::Class(name, _, _) | Node::Import(_, _, name) => give(name),
            Node::Func(id) => {
                if let Some(func) = tree.function(id) {
                    give(func.name);
                    open.extend(func.params.iter().map(|p| p.target));
                }
            }
            _ => {}
        }
        // Patterns are small; what is no pattern gives no names.
        let mut left = 256;
        while let Some(id) = open.pop() {
            left -= 1;
            if left == 0 {
                open.clear();
                break;
            }
            match tree.get(id) {
                Node::Name(sym) => give(sym),
                Node::List(many) | Node::Dict(many) => open.extend(tree.list(many)),
                Node::Spread(inner) | Node::Assign(inner, _) | Node::Declare(inner, _) => open.push(inner),
                _ => {}
            }
        }
    }
    own
}

/// A function that is still to be printed.
struct Task {
    name: Box<str>,
    /// `None` is what stands outside of all functions.
    func: Option<FuncId>,
    span: (u32, u32),
}

struct Walk<'t> {
    tree: &'t Tree,
    text: &'t [u8],
    own: Vec<bool>,
    open: Vec<Task>,
    seen: Vec<bool>,
    visits: usize,
    print: Vec<u8>,
}

impl Walk<'_> {
    fn function(&mut self, task: Task) -> Function {
        self.print.clear();
        let mut names: HashMap<Sym, u32> = HashMap::new();
        let mut inside: Vec<(u32, u32)> = Vec::new();
        // What is printed next is last.
        let mut next: Vec<(Id, Sym)> = Vec::new();
        match task.func.and_then(|id| self.tree.function(id)) {
            Some(func) => {
                next.push((func.body, Sym::EMPTY));
                for param in func.params.iter().rev() {
                    next.extend([(param.default, Sym::EMPTY), (param.target, Sym::EMPTY)]);
                }
                self.print.extend([u8::from(func.is_expression), u8::try_from(func.params.len()).unwrap_or(u8::MAX)]);
            }
            None => next.push((self.tree.root, Sym::EMPTY)),
        }
        while let Some((id, hint)) = next.pop() {
            if self.visits == 0 {
                break;
            }
            self.visits -= 1;
            if !id.is_some() {
                self.print.push(0xff);
                continue;
            }
            let start = next.len();
            self.node(id, hint, &mut names, &mut next, &mut inside);
            next.get_mut(start..).unwrap_or_default().reverse();
        }
        let (bytes, exact) = self.exact(task.span, &mut inside);
        let folded = print(&[&self.print]);
        let name = if task.func.is_none() { Box::from("(outside of functions)") } else { task.name };
        let span = (task.span.0.into(), task.span.1.into());
        Function { name, at: 0, span, bytes, exact, folded, does: Vec::new() }
    }

    /// The print of the bytes of a function without those of functions inside of it.
    fn exact(&self, span: (u32, u32), inside: &mut [(u32, u32)]) -> (u64, Print) {
        inside.sort_unstable();
        let mut parts: Vec<&[u8]> = Vec::new();
        let (mut at, end) = span;
        for (from, to) in inside.iter().chain([&(end, end)]) {
            if let Some(part) = self.text.get(at as usize..(*from).min(end) as usize) {
                parts.push(part);
            }
            at = at.max(*to);
        }
        (parts.iter().fold(0, |n, p| n + p.len() as u64), print(&parts))
    }

    fn later(&mut self, id: Id, func: FuncId, hint: Sym, inside: &mut Vec<(u32, u32)>) {
        let span = self.tree.span(id);
        inside.push(span);
        let seen = self.seen.get_mut(Tree::index(func)).map(|s| std::mem::replace(s, true));
        if seen == Some(false) {
            let own = self.tree.function(func).map_or(Sym::EMPTY, |f| f.name);
            let name = if own == Sym::EMPTY { hint } else { own };
            self.open.push(Task { name: kept(self.tree.text(name)), func: Some(func), span });
        }
    }

    fn name(&mut self, sym: Sym, names: &mut HashMap<Sym, u32>) {
        if self.own.get(Tree::index_of_sym(sym)) == Some(&true) {
            let fresh = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let number = *names.entry(sym).or_insert(fresh);
            self.print.push(1);
            self.print.extend(number.to_le_bytes());
        } else {
            self.print.push(2);
            self.text(sym);
        }
    }

    fn text(&mut self, sym: Sym) {
        let text = self.tree.text(sym);
        self.print.extend((text.len() as u64).to_le_bytes());
        self.print.extend_from_slice(text);
    }

    fn tag(&mut self, tag: u8, many: Many) {
        self.print.push(tag);
        self.print.extend((many.len() as u64).to_le_bytes());
    }

    /// Prints one node and says what is printed next, in order.
    fn node(
        &mut self,
        id: Id,
        hint: Sym,
        names: &mut HashMap<Sym, u32>,
        next: &mut Vec<(Id, Sym)>,
        inside: &mut Vec<(u32, u32)>,
    ) {
        let tree = self.tree;
        let none = Sym::EMPTY;
        let plain = |id: Id| (id, none);
        let all = |next: &mut Vec<(Id, Sym)>, many: Many| next.extend(tree.list(many).iter().map(|id| plain(*id)));
        // What an assigned function is called: by its variable, member or key.
        let called = |target: Id| match tree.get(target) {
            Node::Name(sym) | Node::Member(_, sym) => sym,
            _ => none,
        };
        match tree.get(id) {
            Node::Nil => self.print.push(10),
            Node::Bool(value) => self.print.extend([11, u8::from(value)]),
            Node::Num(value) => {
                self.print.push(12);
                self.print.extend(value.to_bits().to_le_bytes());
            }
            Node::Str(sym) => {
                self.print.push(13);
                let text = tree.str(sym);
                let path =
                    if text.starts_with(['.', '/']) && text.len() < 256 { super::without_digest(text) } else { None };
                match path {
                    Some(folded) => self.print.extend_from_slice(folded.as_bytes()),
                    None => self.text(sym),
                }
            }
            Node::Bytes(sym) => {
                self.print.push(14);
                self.text(sym);
            }
            Node::Regex(sym) => {
                self.print.push(15);
                self.text(sym);
            }
            Node::Name(sym) => self.name(sym, names),
            Node::Member(object, sym) => {
                self.print.push(17);
                self.text(sym);
                next.push(plain(object));
            }
            Node::Index(a, b) => {
                self.print.push(18);
                next.extend([plain(a), plain(b)]);
            }
            Node::Slice(a, many) => {
                self.tag(19, many);
                next.push(plain(a));
                all(next, many);
            }
            Node::Call(a, many) => {
                self.tag(20, many);
                next.push(plain(a));
                all(next, many);
            }
            Node::New(a, many) => {
                self.tag(21, many);
                next.push(plain(a));
                all(next, many);
            }
            Node::Keyword(sym, value) => {
                self.print.push(22);
                self.text(sym);
                next.push((value, sym));
            }
            Node::Spread(a) => {
                self.print.push(23);
                next.push(plain(a));
            }
            Node::Binary(op, a, b) => {
                self.print.extend([24, op as u8]);
                next.extend([plain(a), plain(b)]);
            }
            Node::Unary(op, a) => {
                self.print.extend([25, op as u8]);
                next.push(plain(a));
            }
            Node::Cond(a, b, c) => {
                self.print.push(26);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::List(many) => {
                self.tag(27, many);
                all(next, many);
            }
            Node::Dict(many) => {
                self.tag(28, many);
                for pair in tree.list(many).chunks(2) {
                    let key = pair.first().map_or(none, |key| match tree.get(*key) {
                        Node::Str(sym) | Node::Name(sym) => sym,
                        _ => none,
                    });
                    next.extend(pair.iter().enumerate().map(|(i, id)| (*id, if i == 1 { key } else { none })));
                }
            }
            Node::Template(many) => {
                self.tag(29, many);
                all(next, many);
            }
            Node::Func(func) => {
                let params = tree.function(func).map_or(0, |f| f.params.len());
                self.print.extend([30, u8::try_from(params).unwrap_or(u8::MAX)]);
                if let Some(f) = tree.function(func) {
                    next.extend(f.decorators.iter().map(|d| plain(*d)));
                }
                self.later(id, func, hint, inside);
            }
            Node::Class(name, bases, body) => {
                self.tag(31, bases);
                self.name(name, names);
                all(next, bases);
                next.push(plain(body));
            }
            Node::Assign(target, value) => {
                self.print.push(32);
                next.extend([plain(target), (value, called(target))]);
            }
            Node::Declare(target, value) => {
                self.print.push(33);
                next.extend([plain(target), (value, called(target))]);
            }
            Node::Seq(many) => {
                self.tag(34, many);
                all(next, many);
            }
            Node::Block(many) => {
                self.tag(35, many);
                all(next, many);
            }
            Node::Return(a) => {
                self.print.push(36);
                next.push(plain(a));
            }
            Node::Throw(a) => {
                self.print.push(37);
                next.push(plain(a));
            }
            Node::If(a, b, c) => {
                self.print.push(38);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::For(a, b, c) => {
                self.print.push(39);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::While(a, b, c) => {
                self.print.push(40);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::DoWhile(a, b) => {
                self.print.push(41);
                next.extend([plain(a), plain(b)]);
            }
            Node::Try(a, b, c) => {
                self.print.push(42);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::Switch(a, many) => {
                self.tag(43, many);
                next.push(plain(a));
                all(next, many);
            }
            Node::Case(a, b) => {
                self.print.push(44);
                next.extend([plain(a), plain(b)]);
            }
            Node::Break => self.print.push(45),
            Node::Continue => self.print.push(46),
            Node::Labelled(_, body) => {
                self.print.push(47);
                next.push(plain(body));
            }
            Node::BreakTo(_) => self.print.push(48),
            Node::ContinueTo(_) => self.print.push(49),
            Node::Import(module, member, name) => {
                self.print.push(50);
                // The file is compared itself, under whatever name.
                match super::without_digest(tree.str(module)) {
                    Some(folded) => self.print.extend_from_slice(folded.as_bytes()),
                    None => self.text(module),
                }
                self.text(member);
                self.name(name, names);
            }
            Node::Comp(a, many) => {
                self.tag(51, many);
                next.push(plain(a));
                all(next, many);
            }
            Node::Clause(a, b, c) => {
                self.print.push(52);
                next.extend([plain(a), plain(b), plain(c)]);
            }
            Node::Await(a) => {
                self.print.push(53);
                next.push(plain(a));
            }
            Node::Yield(a) => {
                self.print.push(54);
                next.push(plain(a));
            }
            Node::Opaque(many) => {
                self.tag(55, many);
                all(next, many);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn js(text: &str) -> Outline {
        outline(Language::JavaScript, text.as_bytes())
    }

    fn named<'o>(o: &'o Outline, name: &str) -> &'o Function {
        o.functions.iter().find(|f| &*f.name == name).unwrap_or_else(|| panic!("{name} in {o:?}"))
    }

    #[test]
    fn formatting_and_own_names_are_folded() {
        let a = js(
            "function send(data, host) {\n  const body = JSON.stringify(data);\n  return fetch(host, { body });\n}\n",
        );
        let b = js("function q(r,s){const t=JSON.stringify(r);return fetch(s,{body:t})}");
        let (a, b) = (named(&a, "send"), named(&b, "q"));
        assert_eq!(a.folded, b.folded);
        assert_ne!(a.exact, b.exact);
        // Names from outside, constants and structure are not.
        for other in [
            "function q(r,s){const t=JSON.stringify(r);return axios(s,{body:t})}",
            "function q(r,s){const t=JSON.stringify(r);return fetch(s,{data:t})}",
            "function q(r,s){const t=JSON.stringify(s);return fetch(s,{body:t})}",
            "function q(r,s){const t=JSON.stringify(r);if(t)return fetch(s,{body:t})}",
        ] {
            assert_ne!(named(&js(other), "q").folded, b.folded, "{other}");
        }
    }

    #[test]
    fn a_function_is_printed_without_those_inside() {
        let a = js("function outer() { const inner = () => 1; return inner(); }");
        let b = js("function outer() { const inner = () => 2; return inner(); }");
        assert_eq!(named(&a, "outer").folded, named(&b, "outer").folded);
        assert_eq!(named(&a, "outer").exact, named(&b, "outer").exact);
        assert_ne!(named(&a, "inner").folded, named(&b, "inner").folded);
        assert_eq!(a.functions.len(), 3);
        assert_eq!(&*a.functions[0].name, "(outside of functions)");
    }

    #[test]
    fn functions_are_called_by_what_holds_them() {
        let o = js(
            "exports.run = function () { go() };\nconst t = {\n key: () => 1,\n method() { return 2 } };\nclass A { m() { return 3 } }",
        );
        assert_eq!(named(&o, "run").at, 1);
        assert_eq!(named(&o, "key").at, 3);
        named(&o, "method");
        named(&o, "m");
        let o = outline(Language::Python, b"import os\n\ndef f(a):\n    return os.getenv(a)\n\ng = lambda x: x\n");
        assert_eq!(named(&o, "f").at, 3);
        named(&o, "g");
    }

    #[test]
    fn shared_nodes_cost_no_more_than_their_number() {
        let mut text = "x".to_owned();
        for _ in 0..200 {
            text = format!("a[{text} += 1]");
        }
        let o = js(&format!("{text} += 1"));
        assert!(o.missing.is_some() || o.functions.len() == 1);
    }
}
