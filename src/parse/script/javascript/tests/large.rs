//! Scripts that are read in pieces because they are large.

use super::{Node, Tree, read};

/// The texts of all calls of `mark`, in order of the script; each span must show the call.
fn marks(text: &str, tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    let mut todo = vec![tree.root];
    while let Some(id) = todo.pop() {
        match tree.get(id) {
            Node::Block(many) | Node::List(many) | Node::Dict(many) | Node::Seq(many) => {
                todo.extend(tree.list(many).iter().rev());
            }
            Node::Func(func) => todo.push(tree.function(func).unwrap().body),
            Node::Assign(target, value) | Node::Declare(target, value) => todo.extend([value, target]),
            Node::Class(_, _, body) => todo.push(body),
            Node::Unary(_, value) | Node::Await(value) => todo.push(value),
            Node::Call(callee, arguments) => {
                let (start, end) = tree.span(id);
                let written = &text[start as usize..end as usize];
                match (tree.get(callee), tree.list(arguments)) {
                    (Node::Name(name), [argument]) if tree.str(name) == "mark" => {
                        let Node::Num(n) = tree.get(*argument) else { panic!() };
                        assert_eq!(written, format!("mark({n})"));
                        found.push(n.to_string());
                    }
                    (_, arguments) => {
                        todo.extend(arguments.iter().rev());
                        todo.push(callee);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// A script in which every piece is found where it is written.
fn found(text: &str, count: usize) {
    let tree = read(text);
    assert_eq!(tree.problems, []);
    let expected: Vec<_> = (0..count).map(|i| i.to_string()).collect();
    assert_eq!(marks(text, &tree), expected);
}

/// Functions with marks, one behind the other, of about 2 MB together.
fn functions(head: &str, tail: &str) -> (String, usize) {
    let filler = "'\u{e4} filler';".repeat(500);
    let count = 260;
    let text = (0..count).map(|i| format!("{}mark({i});{filler}{tail}", head.replace('#', &i.to_string())));
    (text.collect(), count)
}

#[test]
fn statements_of_a_large_script() {
    let (text, count) = functions("function f#(){", "}\n");
    found(&text, count);
    let (text, count) = functions("var f# = async () => {", "}\n");
    found(&text, count);
}

#[test]
fn a_large_script_in_one_function() {
    let (inner, count) = functions("function f#(){", "}");
    found(&format!("#!/usr/bin/env node\n(function(exports, require){{'use strict';{inner}}})();"), count);
    let (inner, count) = functions("var f# = function(){", "};");
    found(&format!("!function(a, b){{ b() }}(this, async () => {{{inner} await g }});"), count);
    let (inner, count) = functions("f# = function*(){", "yield [1] };");
    found(&format!("(()=>{{(()=>{{{inner}}})()}})()"), count);
}

#[test]
fn a_large_script_of_modules() {
    let (inner, count) = functions("#:function(e, t, n){", "},");
    found(&format!("(()=>{{var m={{{inner}}};n(1)}})();"), count);
    let (inner, count) = functions("(e, t, n) => {", "},");
    found(&format!("(self.w = []).push([[1], [{inner}]])"), count);
    let (inner, count) = functions("m#(a){", "}");
    found(&format!("class A extends B {{{inner}}}"), count);
}

#[test]
fn a_large_script_with_an_error() {
    let (text, count) = functions("function f#(){", "}\n");
    let text = text.replacen("function f100(){", "function f100(){ var 1 = 2; ", 1);
    let tree = read(&text);
    assert_eq!(tree.problems.len(), 2, "{:?}", tree.problems);
    assert_eq!(marks(&text, &tree).len(), count);
}

#[test]
fn a_large_script_with_types() {
    let (text, count) = functions("export function f#(a: string): void {", "}\n");
    found(&text, count);
}
