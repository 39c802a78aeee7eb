//! Snippets, each with its tree in brackets.

mod hostile;
mod lowering;
mod old;

use crate::parse::script::tree::{Id, Many, Node, Op, Tree};

/// Reads a snippet in which nothing is wrong.
fn clean(text: &str) -> String {
    let tree = super::read(text);
    assert_eq!(tree.problems, [], "{text}");
    shown(&tree)
}

/// Reads a snippet and shows its statements, one behind the other.
fn shown(tree: &Tree) -> String {
    let Node::Block(list) = tree.get(tree.root) else { panic!("the root is no block") };
    many(tree, list)
}

fn many(tree: &Tree, list: Many) -> String {
    let parts: Vec<String> = tree.list(list).iter().map(|id| show(tree, *id)).collect();
    parts.join(" ")
}

/// A node in brackets: `_` stands for none, `?` for what is not known.
fn show(tree: &Tree, id: Id) -> String {
    if !id.is_some() {
        return "_".to_owned();
    }
    let s = |id: Id| show(tree, id);
    let form = |head: &str, parts: &[String]| {
        let parts: Vec<&str> = std::iter::once(head).chain(parts.iter().map(String::as_str)).collect();
        format!("({})", parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" "))
    };
    match tree.get(id) {
        Node::Nil => "nil".to_owned(),
        Node::Bool(truth) => truth.to_string(),
        Node::Num(n) => n.to_string(),
        Node::Str(text) => format!("{:?}", tree.str(text)),
        Node::Bytes(bytes) => format!("b\"{}\"", tree.text(bytes).escape_ascii()),
        Node::Regex(text) => format!("/{}/", tree.str(text)),
        Node::Name(name) => tree.str(name).to_owned(),
        Node::Member(object, name) => format!("{}.{}", s(object), tree.str(name)),
        Node::Index(object, index) => form("at", &[s(object), s(index)]),
        Node::Slice(object, parts) => form("slice", &[s(object), many(tree, parts)]),
        Node::Call(function, arguments) => form(&s(function), &[many(tree, arguments)]),
        Node::New(class, arguments) => form("new", &[s(class), many(tree, arguments)]),
        Node::Keyword(name, value) => format!("{}={}", tree.str(name), s(value)),
        Node::Spread(x) => format!("*{}", s(x)),
        Node::Binary(op, a, b) => form(sign(op), &[s(a), s(b)]),
        Node::Unary(op, a) => form(sign(op), &[s(a)]),
        Node::Cond(test, a, b) => form("cond", &[s(test), s(a), s(b)]),
        Node::List(list) => format!("[{}]", many(tree, list)),
        Node::Dict(list) => format!("{{{}}}", many(tree, list)),
        Node::Template(list) => form("template", &[many(tree, list)]),
        Node::Func(func) => {
            let func = tree.function(func).expect("a function");
            let params: Vec<String> = func
                .params
                .iter()
                .map(|p| {
                    let mark = if p.rest {
                        "*"
                    } else if p.keywords {
                        "**"
                    } else {
                        ""
                    };
                    let default = if p.default.is_some() { format!("={}", s(p.default)) } else { String::new() };
                    format!("{mark}{}{default}", s(p.target))
                })
                .collect();
            let kind = if func.is_expression {
                "lambda"
            } else if func.is_method {
                "method"
            } else {
                "def"
            };
            let decorators: Vec<String> = func.decorators.iter().map(|id| format!("@{}", s(*id))).collect();
            let outer: Vec<String> = func.outer.iter().map(|name| format!("^{}", tree.str(*name))).collect();
            form(
                kind,
                &[
                    tree.str(func.name).to_owned(),
                    decorators.join(" "),
                    format!("[{}]", params.join(" ")),
                    outer.join(" "),
                    s(func.body),
                ],
            )
        }
        Node::Class(name, bases, body) => {
            form("class", &[tree.str(name).to_owned(), format!("[{}]", many(tree, bases)), s(body)])
        }
        Node::Assign(a, b) => form("set", &[s(a), s(b)]),
        Node::Declare(a, b) => form("let", &[s(a), s(b)]),
        Node::Seq(list) => form("seq", &[many(tree, list)]),
        Node::Block(list) => form("do", &[many(tree, list)]),
        Node::Return(x) => form("return", &[s(x)]),
        Node::Throw(x) => form("throw", &[s(x)]),
        Node::If(test, a, b) => form("if", &[s(test), s(a), s(b)]),
        Node::For(target, iterable, body) => form("for", &[s(target), s(iterable), s(body)]),
        Node::While(test, body, step) => form("while", &[s(test), s(body), s(step)]),
        Node::DoWhile(body, test) => form("repeat", &[s(body), s(test)]),
        Node::Try(body, handlers, finally) => form("try", &[s(body), s(handlers), s(finally)]),
        Node::Switch(value, cases) => form("switch", &[s(value), many(tree, cases)]),
        Node::Case(test, body) => form("case", &[s(test), s(body)]),
        Node::Labelled(..) | Node::BreakTo(_) | Node::ContinueTo(_) => unreachable!("Python has no labels"),
        Node::Break => "break".to_owned(),
        Node::Continue => "continue".to_owned(),
        Node::Import(module, member, name) => {
            format!("(import {:?} {:?} {:?})", tree.str(module), tree.str(member), tree.str(name))
        }
        Node::Comp(element, clauses) => form("comp", &[s(element), many(tree, clauses)]),
        Node::Clause(target, iterable, test) => form("each", &[s(target), s(iterable), s(test)]),
        Node::Await(x) => form("await", &[s(x)]),
        Node::Enter(x) => form("enter", &[s(x)]),
        Node::Yield(x) => form("yield", &[s(x)]),
        Node::Opaque(list) => form("?", &[many(tree, list)]),
        #[allow(unreachable_patterns, reason = "other languages may need nodes that Python has not")]
        other => format!("{other:?}"),
    }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Add => "+",
        Op::Sub => "-",
        Op::Mul => "*",
        Op::Div => "/",
        Op::FloorDiv => "//",
        Op::Mod => "%",
        Op::Pow => "**",
        Op::BitAnd => "&",
        Op::BitOr => "|",
        Op::BitXor => "^",
        Op::Shl => "<<",
        Op::Shr => ">>",
        Op::And => "and",
        Op::Or => "or",
        Op::Eq => "==",
        Op::Ne => "!=",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
        Op::In => "in",
        Op::NotIn => "not-in",
        Op::Not => "not",
        Op::Neg => "neg",
        Op::Plus => "pos",
        Op::Invert => "~",
        _ => "other",
    }
}
