//! The language as it is today.

use super::{clean, shown};
use crate::parse::script::python::read;
use crate::parse::script::tree::{Node, Tree};

#[test]
fn nothing_is_an_empty_block() {
    assert_eq!(clean(""), "");
    assert_eq!(clean("# only a comment\n"), "");
    assert_eq!(clean("\u{feff}"), "");
    assert_eq!(clean("pass"), "");
}

#[test]
fn expressions() {
    assert_eq!(clean("1 + 2 * 3"), "(+ 1 (* 2 3))");
    assert_eq!(clean("a - b - c"), "(- (- a b) c)");
    assert_eq!(clean("a < b <= c"), "(and (< a b) (<= b c))");
    assert_eq!(clean("a is not None and b not in c or d"), "(or (and (!= a nil) (not-in b c)) d)");
    assert_eq!(clean("x if t else y if u else z"), "(cond t x (cond u y z))");
    assert_eq!(clean("not -x ** ~y"), "(not (neg (** x (~ y))))");
    assert_eq!(clean("os.system('id').x[1]"), "(at (os.system \"id\").x 1)");
    assert_eq!(clean("f(a, *b, k=c, **d)"), "(f a *b k=c *d)");
    assert_eq!(
        clean("a[1:], a[:2], a[::-1], a[1:2, 3]"),
        "[(slice a 1 _ _) (slice a _ 2 _) (slice a _ _ (neg 1)) (at a [(? 1 2) 3])]"
    );
    assert_eq!(clean("[1, (2,), {3}, {'a': 1, **b}]"), "[1 [2] [3] {\"a\" 1 *b _}]");
    assert_eq!(clean("a @ b"), "(? a b)");
    assert_eq!(clean("(a := 1) + a"), "(+ (let a 1) a)");
    assert_eq!(clean("..."), "nil");
    assert_eq!(clean("lambda a, b=1, *c, d, **e: a"), "(lambda [a b=1 *c d **e] a)");
    assert_eq!(clean("[x for x in y if x if z]"), "(comp x (each x y (and x z)))");
    assert_eq!(clean("{k: v for k, v in d for e in f}"), "(comp (case k v) (each [k v] d _) (each e f _))");
    assert_eq!(clean("sum(x async for x in y)"), "(sum (comp x (each x y _)))");
}

#[test]
fn numbers() {
    assert_eq!(clean("0xff, 0o17, 0b11, 1_000, 1.5e3, 2j"), "[255 15 3 1000 1500 (?)]");
    assert_eq!(clean("18446744073709551616"), "18446744073709552000");
    assert_eq!(clean("0x1_0000000000000000_0"), "295147905179352830000");
}

#[test]
fn strings() {
    assert_eq!(clean(r#""a" 'b' """c""" r"\n" u'd'"#), r#""abc\\nd""#);
    assert_eq!(clean(r"'\x41\101\u00e9\N{BULLET}\n\'\ud800'"), "\"AAé•\\n'\u{fffd}\"");
    assert_eq!(clean(r"b'\x00\xff' b'a' rb'\x'"), r#"b"\x00\xffa\\x""#);
    assert_eq!(
        clean(r#"f"a{x}b{y!r}" 'c' f"{z:>{w}}{{}}""#),
        r#"(template "a" x "b" (repr y) "c" (format z (template ">" w)) "{}")"#
    );
    assert_eq!(clean("f'{x = }' f'{y!s:4}'"), r#"(template "x = " (repr x) (format (str y) "4"))"#);
    assert_eq!(clean("f'plain'"), "\"plain\"");
    assert_eq!(clean("f'{f\"{x}\"}'"), "(template (template x))");
    assert_eq!(clean("t'a{x}'"), "(template \"a\" x)");
    assert_eq!(clean("'%s' % x"), "(% \"%s\" x)");
}

#[test]
fn assignments() {
    assert_eq!(clean("a = b = 1"), "(let a (let b 1))");
    assert_eq!(clean("a.b = c[d] = e"), "(set a.b (set (at c d) e))");
    assert_eq!(clean("a, *b = c"), "(let [a *b] c)");
    assert_eq!(clean("[a.x, b[0]] = c"), "(set [a.x (at b 0)] c)");
    assert_eq!(clean("a += 1; a.b <<= 2"), "(let a (+ a 1)) (set a.b (<< a.b 2))");
    assert_eq!(clean("a: int = 1\nb: str\nc.d: List[int]"), "(let a 1)");
    assert_eq!(clean("a: exec('x')"), "(? (exec \"x\"))");
    assert_eq!(clean("del a, b[0]"), "(? a (at b 0))");
    assert_eq!(clean("type X = int\nglobal g\ng = 1"), "(let g 1)");
}

#[test]
fn control_flow() {
    assert_eq!(clean("if a: b\nelif c: d\nelse: e"), "(if a (do b) (if c (do d) (do e)))");
    assert_eq!(clean("if a: b"), "(if a (do b) _)");
    assert_eq!(clean("for i, j in x:\n break\nelse:\n y"), "(do (for [i j] x (do break)) (do y))");
    assert_eq!(clean("while a: continue"), "(while a (do continue) _)");
    assert_eq!(clean("with a as b, c: d"), "(do (let b (enter a)) (? (enter c)) d)");
    assert_eq!(
        clean("async def f():\n async with a as (b, c):\n  await d"),
        "(def f [] (do (do (let [b c] (enter a)) (await d))))"
    );
    assert_eq!(
        clean("try:\n a\nexcept E as e:\n b\nexcept (F, G):\n c\nelse:\n d\nfinally:\n g"),
        "(try (do a d) (do (do (let e (?)) b) (do c)) (do g))"
    );
    assert_eq!(clean("try: a\nexcept* E: b"), "(try (do a) (do (do b)) _)");
    assert_eq!(clean("try: a\nexcept f(): pass"), "(try (do a) (do (do (? (f)))) _)");
    assert_eq!(clean("assert a, b\nraise c from d"), "(? a b) (throw c)");
    assert_eq!(clean("raise c from d()"), "(throw (? c (d)))");
    assert_eq!(
        clean("def f():\n raise\n return\n yield\n yield a\n yield from b"),
        "(def f [] (do (throw _) (return _) (yield _) (yield a) (yield *b)))"
    );
}

#[test]
fn matching() {
    assert_eq!(
        clean("match x:\n case 1 | 'a': b\n case None: c\n case y: d\n case _: e"),
        "(switch x (case 1 (do b)) (case \"a\" (do b)) (case nil (do c)) (case _ (do (let y x) d)) (case _ (do e)))"
    );
    assert_eq!(
        clean("match f():\n case [1, *r] if r: a\n case {'k': v, **w}: b\n case C(p, q=r) as t: c\n case m.n: d"),
        concat!(
            "(do (let match subject (f)) (switch match subject ",
            "(case (? (? 1)) (do (let r (? match subject)) (if r (do a) _))) ",
            "(case (? \"k\") (do (let v (? match subject)) (let w (? match subject)) b)) ",
            "(case (? C) (do (let t match subject) (let p (? match subject)) (let r (? match subject)) c)) ",
            "(case m.n (do d))))"
        )
    );
    assert_eq!(clean("match = 1\nmatch(x)\ncase = match[1]"), "(let match 1) (match x) (let case (at match 1))");
}

#[test]
fn functions_and_scopes() {
    assert_eq!(
        clean("@d\n@e(1)\ndef f(a: int, /, b=2, *, c) -> None:\n 'doc'\n return a"),
        "(def f @d @(e 1) [a b=2 c] (do \"doc\" (return a)))"
    );
    assert_eq!(
        clean("def f():\n global g, h\n g = 1\n x = 2\n h += 1\n g, y = 3\n (g := 4)\n for g in z: pass"),
        "(def f [] ^g ^h (do (set g 1) (let x 2) (set h (+ h 1)) (let [g y] 3) (set g 4) (for g z (do))))"
    );
    assert_eq!(
        clean("def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2\n x = 3"),
        "(def f [] (do (let x 1) (def g [] ^x (do (set x 2))) (let x 3)))"
    );
    assert_eq!(clean("def f(x: exec('a')) -> b(): pass"), "(? (exec \"a\")) (? (b)) (def f [x] (do))");
}

#[test]
fn classes() {
    assert_eq!(
        clean("class A(B, metaclass=M):\n x = 1\n y: int\n def m(self): self.z = 2\n if x:\n  def n(self): pass"),
        concat!(
            "(class A [B metaclass=M] (do (let x 1) (method m [self] (do (set self.z 2))) ",
            "(if x (do (method n [self] (do))) _)))"
        )
    );
    assert_eq!(clean("@d\n@e(1)\nclass A: pass"), "(class A [] (do)) (let A ((e 1) A)) (let A (d A))");
    assert_eq!(
        clean("class A:\n def f(self):\n  def g(): pass"),
        "(class A [] (do (method f [self] (do (def g [] (do))))))"
    );
}

#[test]
fn imports() {
    assert_eq!(clean("import os, sys as s"), r#"(import "os" "" "os") (import "sys" "" "s")"#);
    assert_eq!(clean("import a.b.c"), r#"(import "a" "" "a") (import "a.b.c" "" "")"#);
    assert_eq!(clean("import a.b as c"), r#"(import "a.b" "" "c")"#);
    assert_eq!(clean("from x import y as z, w"), r#"(import "x" "y" "z") (import "x" "w" "w")"#);
    assert_eq!(clean("from x import *"), r#"(import "x" "*" "")"#);
    assert_eq!(clean("from . import a"), r#"(import "." "a" "a")"#);
    assert_eq!(clean("from ..x.y import z"), r#"(import "..x.y" "z" "z")"#);
}

#[test]
fn line_ends_and_blanks() {
    assert_eq!(clean("a\rb\r\nc\n\x0cd\nif e:\r\tf\r\tg"), "a b c d (if e (do f g) _)");
    assert_eq!(clean("\u{feff}import os\n"), r#"(import "os" "" "os")"#);
    assert_eq!(clean("x = \\\n 1"), "(let x 1)");
}

#[test]
fn a_null_byte_is_told_and_read_over() {
    let tree = read("import os\0\nos.system('a\0b')\n");
    assert_eq!(tree.problems, [(9, "a null byte, which Python does not take".to_owned())]);
    assert_eq!(shown(&tree), r#"(import "os" "" "os") (os.system "a b")"#);
}

#[test]
fn errors_lose_only_what_is_wrong() {
    let tree = read("import os\nx = = 3\nos.system('id')\ndef f(:\n  return 1\ny = 2\n");
    assert!(!tree.problems.is_empty());
    let shown = shown(&tree);
    assert!(shown.contains(r#"(import "os" "" "os")"#), "{shown}");
    assert!(shown.contains(r#"(os.system "id")"#), "{shown}");
    assert!(shown.contains("(let y 2)"), "{shown}");
    assert!(tree.problems.iter().any(|(at, _)| *at == 14), "{:?}", tree.problems);
}

#[test]
fn what_only_a_rule_forbids_is_no_problem() {
    assert_eq!(clean("f(a=1, b)"), "(f a=1 b)");
    assert_eq!(clean("f() = 1"), "(set (f) 1)");
}

#[test]
fn spans_are_bytes_of_the_script() {
    let text = "é = 1\nos.system('é' + x)\n";
    let tree = read(text);
    let at = |wanted: &str| -> Vec<&str> {
        ids(&tree).filter(|(_, node)| format!("{node:?}").starts_with(wanted)).map(|(span, _)| &text[span]).collect()
    };
    assert_eq!(at("Call"), ["os.system('é' + x)"]);
    assert_eq!(at("Member"), ["os.system"]);
    assert_eq!(at("Binary"), ["'é' + x"]);
    assert_eq!(at("Str"), ["'é'"]);
    assert_eq!(at("Declare"), ["é = 1"]);
}

/// Every node below the root with its place.
fn ids(tree: &Tree) -> impl Iterator<Item = (std::ops::Range<usize>, Node)> {
    let mut found = Vec::new();
    let mut open = vec![tree.root];
    while let Some(id) = open.pop() {
        let node = tree.get(id);
        let (start, end) = tree.span(id);
        found.push((start as usize..end as usize, node));
        match node {
            Node::Block(list) => open.extend(tree.list(list)),
            Node::Call(f, list) => open.extend(tree.list(list).iter().chain([&f])),
            Node::Member(object, _) => open.push(object),
            Node::Binary(_, a, b) | Node::Declare(a, b) => open.extend([a, b]),
            _ => {}
        }
    }
    found.into_iter()
}
