//! Functions of scripts, by their trees.

use std::collections::HashMap;

use super::{FUNCTIONS_MAX, Function, Outline, Print, kept, print};
use crate::parse::script::{self, FuncId, Id, Language, Node, Sym, Tree};

/// How often nodes are visited, in numbers of all nodes: `x += 1` has `x` twice.
const VISITS: usize = 4;
/// Longest text that is looked at as a path, in bytes.
const LONGEST_PATH: usize = 256;

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
        self.put(self.tree.text(sym));
    }

    fn put(&mut self, text: &[u8]) {
        self.print.extend((text.len() as u64).to_le_bytes());
        self.print.extend_from_slice(text);
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
        let node = tree.get(id);
        self.print.push(tag(node));
        self.words(node, names);
        let mut parts = Vec::new();
        match node {
            // Its own parts are printed by themselves.
            Node::Func(func) => {
                let function = tree.function(func);
                self.print.push(u8::try_from(function.map_or(0, |f| f.params.len())).unwrap_or(u8::MAX));
                parts.extend(function.iter().flat_map(|f| &f.decorators));
                self.later(id, func, hint, inside);
            }
            _ => tree.children(id, &mut parts),
        }
        self.print.extend((parts.len() as u64).to_le_bytes());
        // What an assigned function is called: by its variable, member, key or argument.
        let called = |target: Option<&Id>| match target.map(|t| tree.get(*t)) {
            Some(Node::Name(sym) | Node::Member(_, sym) | Node::Str(sym)) => sym,
            _ => Sym::EMPTY,
        };
        match node {
            Node::Keyword(sym, _) => next.extend(parts.into_iter().map(|part| (part, sym))),
            Node::Assign(..) | Node::Declare(..) | Node::Dict(_) => {
                for pair in parts.chunks(2) {
                    let name = called(pair.first());
                    next.extend(pair.iter().enumerate().map(|(i, id)| (*id, if i == 1 { name } else { Sym::EMPTY })));
                }
            }
            _ => next.extend(parts.into_iter().map(|part| (part, Sym::EMPTY))),
        }
    }

    /// What stands in a node beside its parts.
    fn words(&mut self, node: Node, names: &mut HashMap<Sym, u32>) {
        match node {
            Node::Bool(value) => self.print.push(u8::from(value)),
            Node::Num(value) => self.print.extend(value.to_bits().to_le_bytes()),
            Node::Str(sym) if self.tree.text(sym).starts_with(b".") || self.tree.text(sym).starts_with(b"/") => {
                self.path(sym);
            }
            Node::Str(sym) | Node::Bytes(sym) | Node::Regex(sym) | Node::Member(_, sym) | Node::Keyword(sym, _) => {
                self.text(sym);
            }
            Node::Name(sym) | Node::Class(sym, ..) => self.name(sym, names),
            Node::Binary(op, ..) | Node::Unary(op, _) => self.print.push(op as u8),
            Node::Import(module, member, name) => {
                self.path(module);
                self.text(member);
                self.name(name, names);
            }
            _ => {}
        }
    }

    /// A path without the digest that a bundler gave it: the file is compared itself, under whatever name.
    fn path(&mut self, sym: Sym) {
        let path = self.tree.str(sym);
        match if path.len() < LONGEST_PATH { super::without_digest(path) } else { None } {
            Some(folded) => self.put(folded.as_bytes()),
            None => self.text(sym),
        }
    }
}

/// A number for each kind of node. Prints are compared within one run only.
fn tag(node: Node) -> u8 {
    match node {
        Node::Nil => 10,
        Node::Bool(_) => 11,
        Node::Num(_) => 12,
        Node::Str(_) => 13,
        Node::Bytes(_) => 14,
        Node::Regex(_) => 15,
        Node::Name(_) => 16,
        Node::Member(..) => 17,
        Node::Index(..) => 18,
        Node::Slice(..) => 19,
        Node::Call(..) => 20,
        Node::New(..) => 21,
        Node::Keyword(..) => 22,
        Node::Spread(_) => 23,
        Node::Binary(..) => 24,
        Node::Unary(..) => 25,
        Node::Cond(..) => 26,
        Node::List(_) => 27,
        Node::Dict(_) => 28,
        Node::Template(_) => 29,
        Node::Func(_) => 30,
        Node::Class(..) => 31,
        Node::Assign(..) => 32,
        Node::Declare(..) => 33,
        Node::Seq(_) => 34,
        Node::Block(_) => 35,
        Node::Return(_) => 36,
        Node::Throw(_) => 37,
        Node::If(..) => 38,
        Node::For(..) => 39,
        Node::While(..) => 40,
        Node::DoWhile(..) => 41,
        Node::Try(..) => 42,
        Node::Switch(..) => 43,
        Node::Case(..) => 44,
        Node::Break => 45,
        Node::Continue => 46,
        Node::Labelled(..) => 47,
        Node::BreakTo(_) => 48,
        Node::ContinueTo(_) => 49,
        Node::Import(..) => 50,
        Node::Comp(..) => 51,
        Node::Clause(..) => 52,
        Node::Await(_) => 53,
        Node::Yield(_) => 54,
        Node::Opaque(_) => 55,
        Node::Enter(_) => 56,
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
