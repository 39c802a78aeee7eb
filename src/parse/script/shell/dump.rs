//! Shows a tree in few characters, for the tests of all readers made by hand.

use crate::parse::script::{Id, Many, Node, Tree};

/// The whole script, one statement a line.
pub(in crate::parse::script) fn script(tree: &Tree) -> String {
    match tree.get(tree.root) {
        Node::Block(many) => tree.list(many).iter().map(|id| node(tree, *id, 0)).collect::<Vec<_>>().join("\n"),
        _ => "no block".to_owned(),
    }
}

fn many(tree: &Tree, ids: Many, depth: u32) -> String {
    tree.list(ids).iter().map(|id| node(tree, *id, depth)).collect::<Vec<_>>().join(" ")
}

fn tagged(tag: &str, rest: &str) -> String {
    if rest.is_empty() { format!("({tag})") } else { format!("({tag} {rest})") }
}

/// One node.
pub(in crate::parse::script) fn node(tree: &Tree, id: Id, depth: u32) -> String {
    if !id.is_some() {
        return "_".to_owned();
    }
    if depth > 120 {
        return "…".to_owned();
    }
    let d = depth + 1;
    let n = |id: Id| node(tree, id, d);
    let s = |sym| tree.str(sym);
    match tree.get(id) {
        Node::Nil => "nil".to_owned(),
        Node::Bool(b) => b.to_string(),
        Node::Num(x) => x.to_string(),
        Node::Str(t) => format!("{:?}", s(t)),
        Node::Bytes(t) => format!("b{:?}", tree.text(t)),
        Node::Regex(t) => format!("/{}/", s(t)),
        Node::Name(t) => s(t).to_owned(),
        Node::Member(o, m) => format!("{}.{}", n(o), s(m)),
        Node::Index(o, i) => format!("{}[{}]", n(o), n(i)),
        Node::Slice(o, i) => format!("{}[{}]", n(o), many(tree, i, d).replace(' ', ":")),
        Node::Call(f, args) => {
            let args = many(tree, args, d);
            format!("{}({})", n(f), args)
        }
        Node::New(f, args) => format!("new {}({})", n(f), many(tree, args, d)),
        Node::Keyword(k, v) => format!("{}={}", s(k), n(v)),
        Node::Spread(x) => format!("*{}", n(x)),
        Node::Binary(op, a, b) => format!("({op:?} {} {})", n(a), n(b)),
        Node::Unary(op, a) => format!("({op:?} {})", n(a)),
        Node::Cond(a, b, c) => format!("({} ? {} : {})", n(a), n(b), n(c)),
        Node::List(l) => format!("[{}]", many(tree, l, d)),
        Node::Dict(l) => format!("#{{{}}}", many(tree, l, d)),
        Node::Template(l) => format!("<{}>", many(tree, l, d)),
        Node::Func(f) => match tree.function(f) {
            Some(f) => {
                let params: Vec<_> = f
                    .params
                    .iter()
                    .map(|p| {
                        let default = if p.default.is_some() { format!("={}", n(p.default)) } else { String::new() };
                        format!("{}{}{default}", if p.rest { "*" } else { "" }, n(p.target))
                    })
                    .collect();
                let arrow = if f.is_expression { "=>" } else { "" };
                let outer: String = f.outer.iter().map(|o| format!(" ^{}", s(*o))).collect();
                format!("(func {}({}){arrow}{outer} {})", s(f.name), params.join(" "), n(f.body))
            }
            None => "func?".to_owned(),
        },
        Node::Class(name, bases, body) => format!("(class {} [{}] {})", s(name), many(tree, bases, d), n(body)),
        Node::Assign(a, b) => format!("(= {} {})", n(a), n(b)),
        Node::Declare(a, b) => format!("(let {} {})", n(a), n(b)),
        Node::Seq(l) => tagged("seq", &many(tree, l, d)),
        Node::Block(l) => {
            let all: Vec<_> = tree.list(l).iter().map(|id| n(*id)).collect();
            format!("{{{}}}", all.join("; "))
        }
        Node::Return(x) => tagged("return", &n(x)),
        Node::Throw(x) => tagged("throw", &n(x)),
        Node::If(a, b, c) => format!("(if {} {} {})", n(a), n(b), n(c)),
        Node::For(a, b, c) => format!("(for {} {} {})", n(a), n(b), n(c)),
        Node::While(a, b, c) => format!("(while {} {} {})", n(a), n(b), n(c)),
        Node::DoWhile(a, b) => format!("(do {} {})", n(a), n(b)),
        Node::Try(a, b, c) => format!("(try {} {} {})", n(a), n(b), n(c)),
        Node::Switch(a, l) => format!("(switch {} {})", n(a), many(tree, l, d)),
        Node::Case(a, b) => format!("(case {} {})", n(a), n(b)),
        Node::Labelled(a, b) => format!("({}: {})", s(a), n(b)),
        Node::BreakTo(a) => format!("(break {})", s(a)),
        Node::ContinueTo(a) => format!("(continue {})", s(a)),
        Node::Break => "break".to_owned(),
        Node::Continue => "continue".to_owned(),
        Node::Import(a, b, c) => format!("(import {:?} {:?} {:?})", s(a), s(b), s(c)),
        Node::Comp(e, l) => format!("(comp {} {})", n(e), many(tree, l, d)),
        Node::Clause(a, b, c) => format!("(clause {} {} {})", n(a), n(b), n(c)),
        Node::Await(x) => tagged("await", &n(x)),
        Node::Enter(x) => tagged("enter", &n(x)),
        Node::Yield(x) => tagged("yield", &n(x)),
        Node::Opaque(l) => tagged("?", &many(tree, l, d)),
    }
}
