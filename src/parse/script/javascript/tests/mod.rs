//! Tests. [`tell`] writes a tree as nested lists, so that expectations can be read.

mod broken;
mod compiled;
mod hostile;
mod language;
mod large;

use std::fmt::Write as _;

use super::read;
use crate::parse::script::{Func, Id, Node, Op, Tree};

/// The statements of a script that must be read without problems.
fn tell(text: &str) -> String {
    let tree = read(text);
    assert_eq!(tree.problems, [], "{text}");
    statements(&tree)
}

/// The statements of a script.
fn statements(tree: &Tree) -> String {
    let Node::Block(all) = tree.get(tree.root) else { panic!("the root is no block") };
    tree.list(all).iter().map(|id| node(tree, *id)).collect::<Vec<_>>().join(" ")
}

fn all(tree: &Tree, head: &str, ids: &[Id]) -> String {
    let mut out = format!("({head}");
    for id in ids {
        let _ = write!(out, " {}", node(tree, *id));
    }
    out.push(')');
    out
}

fn operator(op: Op) -> &'static str {
    match op {
        Op::Add => "+",
        Op::Sub => "-",
        Op::Mul => "*",
        Op::Div => "/",
        Op::Mod => "%",
        Op::Pow => "**",
        Op::BitAnd => "&",
        Op::BitOr => "|",
        Op::BitXor => "^",
        Op::Shl => "<<",
        Op::Shr => ">>",
        Op::UShr => ">>>",
        Op::And => "&&",
        Op::Or => "||",
        Op::Coalesce => "??",
        Op::Eq => "==",
        Op::Ne => "!=",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
        Op::In => "in",
        Op::Not => "!",
        Op::Neg => "neg",
        Op::Plus => "plus",
        Op::Invert => "~",
        Op::TypeOf => "typeof",
        Op::Void => "void",
        Op::FloorDiv | Op::NotIn => "not JavaScript",
    }
}

fn function(tree: &Tree, func: &Func) -> String {
    let mut out = String::from(if func.is_expression { "(=> " } else { "(fn " });
    out.push_str(tree.str(func.name));
    out.push('(');
    for (i, param) in func.params.iter().enumerate() {
        out.push_str(if i == 0 { "" } else { " " });
        out.push_str(if param.rest { "..." } else { "" });
        out.push_str(&node(tree, param.target));
        if param.default.is_some() {
            let _ = write!(out, "={}", node(tree, param.default));
        }
    }
    out.push(')');
    for decorator in &func.decorators {
        let _ = write!(out, " @{}", node(tree, *decorator));
    }
    let _ = write!(out, " {})", node(tree, func.body));
    out
}

fn node(tree: &Tree, id: Id) -> String {
    if !id.is_some() {
        return "_".into();
    }
    match tree.get(id) {
        Node::Nil => "nil".into(),
        Node::Bool(b) => b.to_string(),
        Node::Num(n) => n.to_string(),
        Node::Str(s) => format!("{:?}", tree.str(s)),
        Node::Bytes(s) => format!("b{:?}", tree.str(s)),
        Node::Regex(s) => format!("/{}/", tree.str(s)),
        Node::Name(s) => tree.str(s).into(),
        Node::Member(object, name) => format!("{}.{}", node(tree, object), tree.str(name)),
        Node::Index(object, index) => format!("{}[{}]", node(tree, object), node(tree, index)),
        Node::Call(callee, arguments) => {
            let arguments: Vec<_> = tree.list(arguments).iter().map(|id| node(tree, *id)).collect();
            format!("{}({})", node(tree, callee), arguments.join(", "))
        }
        Node::New(callee, arguments) => {
            let arguments: Vec<_> = tree.list(arguments).iter().map(|id| node(tree, *id)).collect();
            format!("new {}({})", node(tree, callee), arguments.join(", "))
        }
        Node::Spread(value) => format!("...{}", node(tree, value)),
        Node::Binary(op, a, b) => all(tree, operator(op), &[a, b]),
        Node::Unary(op, a) => all(tree, operator(op), &[a]),
        Node::Cond(a, b, c) => all(tree, "?", &[a, b, c]),
        Node::List(items) => all(tree, "list", tree.list(items)),
        Node::Dict(items) => all(tree, "dict", tree.list(items)),
        Node::Template(items) => all(tree, "text", tree.list(items)),
        Node::Func(func) => function(tree, tree.function(func).unwrap()),
        Node::Class(name, bases, body) => {
            let bases: Vec<_> = tree.list(bases).iter().map(|id| node(tree, *id)).collect();
            format!("(class {}({}) {})", tree.str(name), bases.join(" "), node(tree, body))
        }
        Node::Assign(a, b) => all(tree, "set", &[a, b]),
        Node::Declare(a, b) => all(tree, "let", &[a, b]),
        Node::Seq(items) => all(tree, "seq", tree.list(items)),
        Node::Block(items) => {
            let items: Vec<_> = tree.list(items).iter().map(|id| node(tree, *id)).collect();
            format!("{{{}}}", items.join(" "))
        }
        Node::Return(a) => all(tree, "return", &[a]),
        Node::Throw(a) => all(tree, "throw", &[a]),
        Node::If(a, b, c) => all(tree, "if", &[a, b, c]),
        Node::For(a, b, c) => all(tree, "for", &[a, b, c]),
        Node::While(a, b, c) => all(tree, "while", &[a, b, c]),
        Node::DoWhile(a, b) => all(tree, "do", &[a, b]),
        Node::Try(a, b, c) => all(tree, "try", &[a, b, c]),
        Node::Switch(value, cases) => format!("(switch {} {})", node(tree, value), all(tree, "of", tree.list(cases))),
        Node::Case(a, b) => all(tree, "case", &[a, b]),
        Node::Labelled(name, body) => format!("({}: {})", tree.str(name), node(tree, body)),
        Node::BreakTo(name) => format!("(break {})", tree.str(name)),
        Node::ContinueTo(name) => format!("(continue {})", tree.str(name)),
        Node::Break => "break".into(),
        Node::Continue => "continue".into(),
        Node::Import(a, b, c) => format!("(import {:?} {:?} {:?})", tree.str(a), tree.str(b), tree.str(c)),
        Node::Await(a) => all(tree, "await", &[a]),
        Node::Enter(a) => all(tree, "enter", &[a]),
        Node::Yield(a) => all(tree, "yield", &[a]),
        Node::Opaque(items) => all(tree, "opaque", tree.list(items)),
        Node::Slice(..) | Node::Keyword(..) | Node::Comp(..) | Node::Clause(..) => "not JavaScript".into(),
    }
}
