//! Python 2.

use super::{clean, shown};
use crate::parse::script::python::read;
use crate::parse::script::tree::Node;

#[test]
fn print_statements() {
    assert_eq!(clean("print 'a'"), "(print \"a\")");
    assert_eq!(clean("print 'a', b,"), "(print \"a\" b)");
    assert_eq!(clean("print\"a\" % b"), "(print (% \"a\" b))");
    assert_eq!(clean("if x: print y; print z\nelse: print"), "(if x (do (print y) (print z)) (do print))");
    assert_eq!(clean("print >>f, 'x', y"), "(print \"x\" y file=f)");
    assert_eq!(clean("print >>sys.stderr"), "(print file=sys.stderr)");
    assert_eq!(clean("def f():\n\tprint x\n\treturn 1"), "(def f [] (do (print x) (return 1)))");
    // A call is left a call.
    assert_eq!(clean("print ('a')\nprint x"), "(print \"a\") (print x)");
}

#[test]
fn exec_statements() {
    assert_eq!(clean("exec 'code'"), "(exec \"code\")");
    assert_eq!(clean("exec x.y(1) in ns"), "(exec (x.y 1) ns)");
    assert_eq!(clean("exec code in g, l"), "(exec code g l)");
    assert_eq!(clean("exec('code')"), "(exec \"code\")");
    assert_eq!(clean("exec('code', g)"), "(exec \"code\" g)");
    assert_eq!(clean("exec(code) in g, l"), "(exec code g l)");
    assert_eq!(clean("exec ('aa' + b).decode('hex') in g"), "(exec ((+ \"aa\" b).decode \"hex\") g)");
    assert_eq!(clean("exec (a)[::-1]"), "(exec (slice a _ _ (neg 1)))");
    assert_eq!(clean("x.exec(1).y"), "(x.exec 1).y");
}

#[test]
fn handlers_and_raising() {
    assert_eq!(
        clean("try:\n  a\nexcept E, e:\n  print e\nexcept (F, G), e: pass"),
        "(try (do a) (do (do (let e (?)) (print e)) (do (let e (?)))) _)"
    );
    assert_eq!(clean("try: a\nexcept E, F: pass"), "(try (do a) (do (do)) _)");
    assert_eq!(clean("raise E, 'text'"), "(throw [E \"text\"])");
    assert_eq!(clean("raise E, 'text', t"), "(throw [E \"text\" t])");
}

#[test]
fn small_spellings() {
    assert_eq!(
        clean("x = 0777 + 10L + 0xFFl + .05 + 7L.a + 08.5"),
        "(let x (+ (+ (+ (+ (+ 511 10) 255) 0.05) 7.a) 8.5))"
    );
    assert_eq!(clean("if a <> b: c"), "(if (!= a b) (do c) _)");
    assert_eq!(clean("x = `a` + `b, c`"), "(let x (+ (repr a) (repr [b c])))");
    assert_eq!(clean("x = ur'\\d' + Ur\"y\""), "(let x (+ \"\\\\d\" \"y\"))");
    assert_eq!(clean("run(async=1)\nprint x"), "(run Async=1) (print x)");
}

#[test]
fn tuples_of_parameters() {
    assert_eq!(clean("def f(a, (b, (c, d)), e=1): print b"), "(def f [a [b [c d]] e=1] (do (print b)))");
    assert_eq!(clean("x = map(lambda (a, b): a ^ b, y)"), "(let x (map (lambda [[a b]] (^ a b)) y))");
    assert_eq!(clean("lambda (a, b), c: f((a, c), b)"), "(lambda [[a b] c] (f [a c] b))");
}

#[test]
fn tabs_reach_to_eight_columns() {
    let text = "if a:\n        b\n\tc\n        if d:\n\t    e\nf\n";
    assert_eq!(clean(text), "(if a (do b c (if d (do e) _)) _) f");
}

#[test]
fn escapes_that_are_none_stay() {
    let text = r"x = 'C:\users\x4' + f'\N{no such}{y}'";
    assert_eq!(clean(text), r#"(let x (+ "C:\\users\\x4" (template "\\N{no such}" y)))"#);
    assert_eq!(clean("x = b'\u{e9}\\x41'"), r#"(let x b"\xc3\xa9A")"#);
    assert_eq!(shown(&read("x = b'é\\x41' 'b'")), "(let x \"éAb\")");
}

#[test]
fn places_are_those_of_the_script() {
    let text = "x = 0777\nif a:\n        b\n\tprint 10L, zz\n";
    let tree = read(text);
    assert_eq!(tree.problems, []);
    assert_eq!(shown(&tree), "(let x 511) (if a (do b (print 10 zz)) _)");
    let Node::Block(list) = tree.get(tree.root) else { panic!() };
    let Node::If(_, then, _) = tree.get(tree.list(list)[1]) else { panic!() };
    let Node::Block(list) = tree.get(then) else { panic!() };
    let place = |id| {
        let (start, end) = tree.span(id);
        &text[start as usize..end as usize]
    };
    let print = tree.list(list)[1];
    assert_eq!(place(print), "print 10L, zz");
    let Node::Call(name, arguments) = tree.get(print) else { panic!() };
    assert_eq!(place(name), "print");
    assert_eq!(place(tree.list(arguments)[0]), "10");
    assert_eq!(place(tree.list(arguments)[1]), "zz");
}

#[test]
fn the_better_reading_is_kept() {
    // Not Python at all, in either version.
    let tree = read("<?php system('x'); ?>\nprint x\n");
    assert!(!tree.problems.is_empty());
    assert!(shown(&tree).contains("(print x)"), "{}", shown(&tree));
}
