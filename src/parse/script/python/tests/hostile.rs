//! Input that was made to break a reader. Everything runs on the stack of a worker thread.

use super::shown;
use crate::parse::script::python::read;
use crate::parse::script::tree::{Node, Tree};

/// Reads on a stack of 2 MiB and within a bounded time; gives the tree's size and its problems.
fn survive(what: &str, text: String) -> (usize, Vec<(u32, String)>) {
    let worker = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let tree = read(&text);
        (tree.len(), tree.problems)
    });
    let (len, problems) = worker.expect("a thread").join().expect(what);
    (len, problems)
}

#[test]
fn brackets() {
    for open in ["[", "(", "{", "f(", "a[", "{a:", "(a,", "f'{", "f\"{f'{", "lambda:(", "[*", "f(**"] {
        let (_, problems) = survive(open, open.repeat(if open == "[" { 1_000_000 } else { 100_000 }));
        assert!(!problems.is_empty(), "{open}");
    }
    let (_, problems) = survive("closed", format!("{}{}\nx = 1\n", "(".repeat(100_000), ")".repeat(100_000)));
    assert!(problems[0].1.contains("nested too deeply"), "{problems:?}");
    let (_, problems) = survive("fewer", format!("{}{}", "[".repeat(200), "]".repeat(200)));
    assert_eq!(problems, []);
    for close in [")", "]", "}", "f'}", "'{'"] {
        survive(close, close.repeat(50_000));
    }
}

#[test]
fn chains_are_read_to_their_end() {
    let long = |link: &str, n: usize| format!("x = a{}", link.repeat(n));
    for (link, n) in [("+b", 100_000), (".b().c()", 50_000), ("[0]", 100_000), (".b", 100_000), ("(1)", 100_000)] {
        let (len, problems) = survive(link, long(link, n));
        assert_eq!(problems, [], "{link}");
        assert!(len > n, "{link}: {len}");
    }
    for link in [" and b", " or b", " < b", " if b else c", ", b", "\n+b", " and b or c", " = b", "\\\n+b"] {
        survive(link, long(link, 50_000));
    }
    let (len, problems) = survive("chr", format!("x = {}''\n", "chr(97)+".repeat(100_000)));
    assert_eq!((problems, len > 300_000), (vec![], true));
    let (_, problems) = survive("too long", format!("{}\ny = 1\n", long("+b", 1_000_000)));
    assert!(problems[0].1.contains("nested too deeply"), "{problems:?}");
    let (len, problems) = survive("strings", format!("x = ({})", "'a' ".repeat(200_000)));
    assert_eq!((problems, len < 10), (vec![], true));
    let (len, problems) = survive("a list", format!("x = [{}]", "lambda a, b: -a if a else b, ".repeat(50_000)));
    assert_eq!((problems, len > 400_000), (vec![], true));
}

#[test]
fn prefixes() {
    for prefix in [
        "not ",
        "-",
        "~",
        "- not ",
        "not in ",
        "not a + ",
        "await ",
        "-await ",
        "yield ",
        "yield a, ",
        "yield from ",
        "x = yield ",
        "a ** ",
        "*",
        "a, *",
        "**",
        "a := ",
        "a = ",
        "a: ",
        "a in ",
        "a if ",
        "a if b else ",
        "else if ",
        "lambda:",
        "lambda a=",
        "lambda a, b:",
        "lambda a=lambda:",
        "lambda *a, b=",
        "-lambda:",
        "not lambda a=",
        "*lambda a=",
        "f(lambda a=",
        "f(a=lambda b=",
        "a[lambda b=",
        "@lambda a=",
        "for lambda a=",
        "async ",
        "async def f(): ",
        "return ",
        "if a: ",
        "elif a: ",
        "else: ",
        "while a: ",
        "class A: ",
        "def f(): ",
        "def f(a=lambda b=",
        "try: ",
        "with a: ",
        "with (a: ",
        "with a as lambda b=",
        "match ",
        "match -",
        "match a: ",
        "case [",
        "case -",
        "case a | ",
        "@",
        "@a\n",
        "import ",
        "from ",
        "from . ",
        "from a import (",
        "print ",
        "print >>",
        "exec ",
        "`",
        "for a in ",
        "for (",
        "[a for ",
        "[a for b in c if ",
        "global a, ",
        "del ",
        "del (",
        "raise ",
        "assert lambda a=",
        "type A = ",
        "type A[T=",
        "def f[T",
        "def f[T: lambda a=",
        "class A[T: ",
        "def f(a, (",
        "lambda (",
        "f'{lambda a=",
        "f'{a:{",
        "(yield ",
        "(await ",
        "(a:=",
        "{**",
        "f(a=",
        "{a:{",
        "a.b[",
        "a(b)[",
        "'a' ",
        "0 ",
        "... ",
        "->",
        "!",
        "a!=",
    ] {
        let many = match prefix {
            "not " | "-" => 100_000,
            "lambda:" | "a if b else " => 50_000,
            _ => 10_000,
        };
        survive(prefix, format!("{prefix}{}x\n", prefix.repeat(many)));
    }
    for prefix in ["case [", "case {a: ", "case A(", "case A(b=", "case a | (", "case -", "case *", "case (a as "] {
        survive(prefix, format!("match a:\n case {}x\n", prefix.trim_start_matches("case ").repeat(10_000)));
    }
}

#[test]
fn many_clauses() {
    let mut text = "if a: b\n".to_owned();
    text.push_str(&"elif c: d\n".repeat(20_000));
    let (_, problems) = survive("elif", text);
    assert_eq!(problems, []);
    survive("else", format!("if a: b\n{}", "else: d\n".repeat(20_000)));
    survive("except", format!("try: a\n{}", "except E as e: d\n".repeat(20_000)));
    survive("case", format!("match a:\n{}", " case [b, {'c': d}]: e\n".repeat(20_000)));
    survive("pattern", format!("match a:\n case {}: b\n", "a | ".repeat(50_000)));
    survive("patterns", format!("match a:\n case {}: b\n", "[".repeat(50_000)));
    survive("as", format!("match a:\n case a{}: b\n", " as b".repeat(50_000)));
    survive("globals", format!("def f():\n{}", " global a\n a = 1\n".repeat(50_000)));
    survive("decorators", format!("{}class A: pass\n", "@a\n".repeat(50_000)));
}

#[test]
fn deep_blocks() {
    for head in ["if a:", "def f():", "class A:", "while a:", "try:", "with a:", "for a in b:", "match a:", "else:"] {
        let levels = if head == "if a:" { 5_000 } else { 1_000 };
        let text: String = (0..levels).map(|n| format!("{}{head}\n", " ".repeat(n))).collect();
        let (_, problems) = survive(head, text);
        assert!(!problems.is_empty(), "{head}");
    }
    let text: String = (0..100).map(|n| format!("{}if a:\n", " ".repeat(n))).collect();
    let (_, problems) = survive("a hundred", format!("{text}{}b\n", " ".repeat(100)));
    assert_eq!(problems, []);
    let up_and_down: String = (0..10_000).map(|n| format!("{}x\n", " ".repeat(n * 7919 % 90))).collect();
    survive("up and down", up_and_down);
}

#[test]
fn nested_templates() {
    let nested = |n: usize| format!("{}x{}", "f'{".repeat(n), "}'".repeat(n));
    let (_, problems) = survive("templates", nested(100));
    assert_eq!(problems, []);
    survive("more templates", nested(100_000));
    survive("specifications", format!("f'{}'", "{x:".repeat(100_000)));
    survive("closed specifications", format!("f'{}{}'", "{x:".repeat(100_000), "}".repeat(100_000)));
    survive("triple", "f'''{f\"\"\"{".repeat(50_000));
}

#[test]
fn long_scripts_of_one_kind() {
    for line in [
        "x = 1\n",
        "\n",
        "\t\n",
        "\r",
        "#\n",
        "'",
        "'''",
        "\"\"\"\n",
        "\\",
        "\\\n",
        "(\n",
        "f(\n",
        "[\n#\n",
        "$",
        "?",
        "!",
        "é",
        "\u{200b}",
        "\0",
        "\x0c",
        "0",
        "0x",
        "1_",
        ";",
        ",",
        ":",
        "=",
        ".",
        "->",
        "{}\n",
        "(\ndef f(",
        "f'{\n",
        "f'{a!",
        "print x\n",
        " x\n",
        "  x\n x\n",
        "def f(\n",
        "with (\n",
        "with (a, b\n",
        "match (\n",
        "case\n",
        "x = '\n",
        "b'é'\n",
        "'\\x'\n",
    ] {
        survive(line, line.repeat(30_000));
    }
}

#[test]
fn cutting_leaves_the_rest() {
    let text = format!("a = 1\nb = [{}1{}, c]\nd = e\n", "(".repeat(1_000), ")".repeat(1_000));
    let tree = read(&text);
    assert!(tree.problems.iter().any(|(at, what)| *at > 6 && what.contains("nested too deeply")));
    let shown = shown(&tree);
    assert!(shown.starts_with("(let a 1) (let b [") && shown.ends_with("(let d e)"), "{shown}");
    let text = format!("a = {}b\nc = d\n", "not ".repeat(2_000));
    let tree = read(&text);
    assert!(shown_end(&tree).ends_with("(let c d)"));
}

fn shown_end(tree: &Tree) -> String {
    let Node::Block(list) = tree.get(tree.root) else { panic!() };
    super::show(tree, *tree.list(list).last().expect("a statement"))
}

const SNIPPETS: [&str; 6] = [
    "import os, base64\nexec(base64.b64decode('aW1wb3J0').decode())\nos.system(f'id {x!r:>{w}} {{}}')\n",
    "def f(a, *b, c=1, **d):\n    global g\n    g = [x for x in a if x]\n    return lambda y: y[1:2] + 3\n",
    "class A(B):\n  @d\n  async def m(self):\n    with open('f') as f, g():\n      await f.read()\n  x: int = 0xff\n",
    "try:\n\tprint 'a', `b`\nexcept E, e:\n\texec 'x' in ns\nelse:\n        y = 0777L <> ur'z'\nfinally: pass\n",
    "match x:\n  case [1, *r] if r: pass\n  case {'k': v, **w} | C(a, b=c): pass\nwhile not x: x -= 1\nelse: del x[0], y\n",
    "s = b'\\x00' rb'\\d'; t = '''a\n''' \"b\"; u = {1: 2, **k}, {3}; v = (w := -1 if a < b < c else ...)\n",
];

#[test]
fn mutations() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % n.max(1)
    };
    let pieces = [
        "(", ")", "[", "]", "{", "}", "'", "\"", "\"\"\"", "f'", ":", ",", "\n", "\n\t", "  ", "\\", "`", "=", "not ",
        "lambda ", "if ", "else", "*", "@", "0", "é", "\u{feff}", "\0", "\r", "print ", "exec ", "def f(", "yield ",
    ];
    for round in 0..2_000 {
        let mut text: Vec<char> = SNIPPETS[round % SNIPPETS.len()].chars().collect();
        for _ in 0..=random(6) {
            let at = random(text.len());
            match random(4) {
                0 => drop(text.drain(at..(at + random(8)).min(text.len()))),
                1 => drop(text.splice(at..at, pieces[random(pieces.len())].chars())),
                2 => text.truncate(at.max(1)),
                _ => {
                    let other = random(text.len());
                    text.swap(at, other);
                }
            }
            if text.is_empty() {
                text.push('x');
            }
        }
        let text: String = text.into_iter().collect();
        let tree = read(&text);
        let end = u32::try_from(text.len()).expect("a short text");
        assert!(tree.problems.iter().all(|(at, _)| *at <= end), "{text:?}");
        assert!(shown(&tree).len() < 100_000);
    }
}
