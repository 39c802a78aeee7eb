//! What every part of the language becomes.

use super::{Node, read, tell};

#[test]
fn literals() {
    assert_eq!(
        tell("f(null, true, 0x10, 1_000.5, 0b11, 017, 10n, undefined)"),
        "f(nil, true, 16, 1000.5, 3, 15, 10, undefined)"
    );
    assert_eq!(
        tell(
            r#"f('a\x41\u0042\u{43}\n\101', "\
")"#
        ),
        r#"f("aABC\nA", "")"#
    );
    assert_eq!(tell(r"f('\ud83d\ude00', '\ud800x', '\ufffd')"), "f(\"😀\", \"\u{fffd}x\", \"\u{fffd}\")");
    assert_eq!(tell("f(/a[/]b/gi, `x`, `a${b}c${d}`, ``)"), r#"f(/(?i)a[/]b/, "x", (text "a" b "c" d), "")"#);
    assert_eq!(
        tell("[1,,...a]; ({a, 'b': 1, 2: c, [d]: e, ...f})"),
        r#"(list 1 nil ...a) (dict "a" a "b" 1 2 c d e ...f _)"#
    );
    assert_eq!(tell(r"f`a${b}\u`; String.raw`\x${c}`"), r#"f((list "a" "\\u"), b) (text "\\x" c)"#);
}

#[test]
fn operators() {
    assert_eq!(tell("a+b-c*d/e%f**g"), "(- (+ a b) (% (/ (* c d) e) (** f g)))");
    assert_eq!(
        tell("a&&b||c; a??b; a==b; a===b; a!=b; a!==b"),
        "(|| (&& a b) c) (?? a b) (== a b) (== a b) (!= a b) (!= a b)"
    );
    assert_eq!(
        tell("a<b; a<=b; a>b; a>=b; a in b; a instanceof b"),
        "(< a b) (<= a b) (> a b) (>= a b) (in a b) (opaque a b)"
    );
    assert_eq!(tell("a&b; a|b; a^b; a<<b; a>>b; a>>>b"), "(& a b) (| a b) (^ a b) (<< a b) (>> a b) (>>> a b)");
    assert_eq!(
        tell("!a; -a; +a; ~a; typeof a; void 0; delete a.b"),
        "(! a) (neg a) (plus a) (~ a) (typeof a) (void 0) (opaque a.b)"
    );
    assert_eq!(tell("a?b:c?d:e"), "(? a b (? c d e))");
    assert_eq!(tell("x=(a,b,c)"), "(set x (seq a b c))");
    assert_eq!(tell("a.b['c'][0](1,...d).e?.f?.[g]?.(h)"), r#"a.b["c"][0](1, ...d).e.f[g](h)"#);
    assert_eq!(tell("new A; new A.B(1); new (f())(2)"), "new A() new A.B(1) new f()(2)");
    assert_eq!(
        tell("this.a; new.target; import.meta.url; import('x')"),
        r#"this.a new.target import.meta.url import("x")"#
    );
}

#[test]
fn assignments() {
    assert_eq!(tell("a=b=c.d; a.b=1; a[0]=2"), "(set a (set b c.d)) (set a.b 1) (set a[0] 2)");
    assert_eq!(tell("a+=1; a.b**=2; a[i]>>>=3"), "(set a (+ a 1)) (set a.b (** a.b 2)) (set a[i] (>>> a[i] 3))");
    assert_eq!(tell("a||=b; a&&=b; a??=b"), "(set a (|| a b)) (set a (&& a b)) (set a (?? a b))");
    assert_eq!(
        tell("i++; --i; f(i++, ++i, i--); x=(i++,j--)"),
        "(set i (+ i 1)) (set i (- i 1)) f((- (set i (+ i 1)) 1), (set i (+ i 1)), (+ (set i (- i 1)) 1)) (set x (seq (set i (+ i 1)) (+ (set j (- j 1)) 1)))"
    );
    assert_eq!(tell("var a, b=1; let c, d=2; const e=3"), "(let b 1) (let c nil) (let d 2) (let e 3)");
    assert_eq!(
        tell("const {a, b: {c = 1}, [k]: d, ...e} = f; let [g,, h = 2, ...i] = j"),
        r#"(let (dict "a" a "b" (dict "c" (set c 1)) k d ...e _) f) (let (list g nil (set h 2) ...i) j)"#
    );
    assert_eq!(
        tell("[a, b.c] = [b.c, a]; ({a, b: c[0] = 1, ...d} = e)"),
        r#"(set (list a b.c) (list b.c a)) (set (dict "a" a "b" (set c[0] 1) ...d _) e)"#
    );
}

#[test]
fn functions() {
    assert_eq!(
        tell("function f(a, b=1, {c}, ...d){'use strict'; return a}"),
        r#"(fn f(a b=1 (dict "c" c) ...d) {"use strict" (return a)})"#
    );
    assert_eq!(
        tell("x = function(){}; y = function z(){}; (a => a)(1); (async () => {await a})()"),
        "(set x (fn () {})) (set y (fn z() {})) (=> (a) a)(1) (fn () {(await a)})()"
    );
    assert_eq!(tell("a => b => c => a+b+c"), "(=> (a) (=> (b) (=> (c) (+ (+ a b) c))))");
    assert_eq!(tell("function* g(){ yield; yield a; yield* b }"), "(fn g() {(yield _) (yield a) (yield b)})");
    assert_eq!(
        tell("x = {m(a){return a}, get p(){return 1}, set p(v){}, async *q(){}, [k](){}}"),
        r#"(set x (dict "m" (fn m(a) {(return a)}) "get p" (fn get p() {(return 1)}) "set p" (fn set p(v) {}) "q" (fn q() {}) k (fn () {})))"#
    );
}

#[test]
fn classes() {
    assert_eq!(
        tell(
            "class A extends B { constructor(){ super(1) } static s = 1; #p = 2; q; get g(){return this.#p} set g(v){} static { f() } [k](){} 'x y'(){} has(o){ return #p in o } }"
        ),
        r##"(class A(B) {(fn constructor() {super(1)}) (let s 1) (let #p 2) (let q nil) (fn get g() {(return this.#p)}) (fn set g(v) {}) {f()} (set this[k] (fn () {})) (fn x y() {}) (fn has(o) {(return (in "#p" o))})})"##
    );
    assert_eq!(tell("x = class {}"), "(set x (class () {}))");
    assert_eq!(
        tell("@d(1) class A { @e m(){} @f g = 1 }"),
        "(seq (opaque d(1)) (class A() {(fn m() @e {}) (opaque f) (let g 1)}))"
    );
    let tree = read("class A { m(){} }");
    assert!(tree.functions().all(|id| tree.function(id).unwrap().is_method));
}

#[test]
fn statements() {
    assert_eq!(tell("if(a)b;else if(c){d}else e"), "(if a b (if c {d} e))");
    assert_eq!(
        tell("for(let i=0,n=1;i<n;i++)f(i); for(;;){break}"),
        "{(let i 0) (let n 1) (while (< i n) f(i) (set i (+ i 1)))} {(while _ {break} _)}"
    );
    assert_eq!(
        tell("for(const k in o)f(k); for(const [a,b] of c){continue} for(x.y of z);"),
        "(for k keys(o) f(k)) (for (list a b) c {continue}) (for x.y z {})"
    );
    assert_eq!(tell("while(a)b; do c; while(d)"), "(while a b _) (do c d)");
    assert_eq!(
        tell("switch(a){case 1: case 2: b; break; default: c}"),
        "(switch a (of (case 1 {}) (case 2 {b break}) (case _ {c})))"
    );
    assert_eq!(
        tell("try{a}catch({message:e}){b}finally{c} try{d}catch{f}"),
        r#"(try {a} {(let (dict "message" e) {caught}) b} {c}) (try {d} {f} _)"#
    );
    assert_eq!(
        tell("x: y: for(;;){continue x} throw a; debugger;;"),
        "(x: (y: {(while _ {(continue x)} _)})) (throw a)"
    );
    assert_eq!(tell("with(a) b(); return 5"), "{(opaque a) b()} (return 5)");
    assert_eq!(tell(""), "");
    assert_eq!(tell("#!/usr/bin/env node\nf() // c\n/* d */"), "f()");
    assert_eq!(tell("\u{feff}#!/usr/bin/env node\nf()"), "f()");
    assert_eq!(tell("<!-- old\nf()\n--> old"), "f()");
}

#[test]
fn modules() {
    assert_eq!(
        tell(
            "import d, {a as b, c} from 'm'; import * as ns from 'n'; import 'o'; import {} from 'p'; import {'x y' as z} from 'q'"
        ),
        r#"(import "m" "default" "d") (import "m" "a" "b") (import "m" "c" "c") (import "n" "" "ns") (import "o" "" "") (import "p" "" "") (import "q" "x y" "z")"#
    );
    assert_eq!(
        tell(
            "export const a = 1; export {a as b}; export * from 'm'; export * as n from 'm'; export {c as d} from 'm'"
        ),
        r#"(let a 1) (set exports.b a) (import "m" "*" "") (import "m" "" "") (import "m" "c" "module exports") (set exports.d module exports)"#
    );
    assert_eq!(tell("export default function f(){}"), "(fn f() {}) (set exports.default f)");
    assert_eq!(tell("export default class {}"), "(set exports.default (class () {}))");
    assert_eq!(tell("export default a + b"), "(set exports.default (+ a b))");
    assert_eq!(tell("export function f(){} export class G {}"), "(fn f() {}) (class G() {})");
    assert_eq!(tell("const x = await fetch(u)"), "(let x (await fetch(u)))");
    assert_eq!(tell("const x = await (fetch(u))"), "(let x (await fetch(u)))");
}

#[test]
fn types_are_dropped() {
    assert_eq!(tell("let a: string = b as any; c!.d; e satisfies F; <T>g; f<string>(x)"), "(let a b) c.d e g f(x)");
    assert_eq!(
        tell(
            "interface A {} type B = C; declare const d: E; declare function f(): void; abstract class G { abstract m(): void; declare x: T; y: T }"
        ),
        "(class G() {(let y nil)})"
    );
    assert_eq!(tell("function f(a: A): void; function f(this: X, a: B, b?: C): void { g(a) }"), "(fn f(a b) {g(a)})");
    assert_eq!(
        tell("enum E { A, B = 5, C, D = f(), 'x' }"),
        r#"(let E (dict "A" 0 "B" 5 "C" 6 "D" f() "x" (opaque)))"#
    );
    assert_eq!(tell("namespace N.M { export const a: T = 1 }"), "{(let a 1)}");
    assert_eq!(
        tell(
            "import type {A} from 'm'; import {type B, c} from 'n'; import x = require('y'); import z = N.M; export = c"
        ),
        r#"(import "n" "c" "c") (import "y" "" "x") (let z N.M) (set module.exports c)"#
    );
    assert_eq!(
        tell("class A { constructor(private a: B, readonly c = 1, d: E){ f() } }"),
        "(class A() {(fn constructor(a c=1 d) {(set this.a a) (set this.c c) f()})})"
    );
    assert_eq!(tell("const f = <T,>(a: T): a is U => a"), "(let f (=> (a) a))");
}

#[test]
fn markup() {
    assert_eq!(
        tell("x = <A.B c='d' e={f} {...g}>text {h} <i j={k}/> {/* l */}</A.B>"),
        r#"(set x (opaque A "d" f g h (opaque k)))"#
    );
    assert_eq!(
        tell("const C = (p: P) => <><D/>{p.map((q: Q) => <E key={q}/>)}</>"),
        "(let C (=> (p) (opaque (opaque D) p.map((=> (q) (opaque E q))))))"
    );
}

#[test]
fn spans_are_bytes_of_the_text() {
    let text = "\u{feff}let ä = 'ö';\nf(ä.b, `c${d}`)";
    let tree = read(text);
    let Node::Block(all) = tree.get(tree.root) else { panic!() };
    let at = |id| {
        let (start, end) = tree.span(id);
        &text[start as usize..end as usize]
    };
    assert_eq!(at(tree.root), text);
    let [declare, call] = tree.list(all) else { panic!() };
    assert_eq!(at(*declare), "ä = 'ö'");
    let Node::Declare(target, value) = tree.get(*declare) else { panic!() };
    assert_eq!((at(target), at(value)), ("ä", "'ö'"));
    let Node::Call(callee, arguments) = tree.get(*call) else { panic!() };
    assert_eq!((at(*call), at(callee)), ("f(ä.b, `c${d}`)", "f"));
    assert_eq!(tree.list(arguments).iter().map(|id| at(*id)).collect::<Vec<_>>(), ["ä.b", "`c${d}`"]);
}

#[test]
fn names_of_blocks_are_told_from_those_around_them() {
    // A loop's own variable beside the module of the same name.
    assert_eq!(tell("const t = a; for (const t of t) f(t); g(t)"), "(let t a) (for t~1 t f(t~1)) g(t)");
    assert_eq!(tell("let t; { let t = 1; f(t) } f(t)"), "(let t nil) {(let t~1 1) f(t~1)} f(t)");
    assert_eq!(
        tell("function f(e) { try { g(e) } catch (e) { h(e) } k(e) }"),
        "(fn f(e) {(try {g(e)} {(let e~1 {caught}) h(e~1)} _) k(e)})"
    );
    // A function has variables of its own; what it calls so is its own again.
    assert_eq!(
        tell("let t; { let t; (t => t)(t); (function () { var t; t = 1 })() }"),
        "(let t nil) {(let t~1 nil) (=> (t) t)(t~1) (fn () {(let t nil) (set t 1)})()}"
    );
    // Blocks beside each other, and `var`, hide nothing.
    assert_eq!(tell("{ let t = 1 } { let t = 2 } { var v = 3 } v"), "{(let t 1)} {(let t 2)} {(let v 3)} v");
    assert_eq!(
        tell("let i; for (let i = 0; i < 2; i++) f(i); switch (i) { case 1: let i; g(i) }"),
        "(let i nil) {(let i~1 0) (while (< i~1 2) f(i~1) (set i~1 (+ i~1 1)))} (switch i (of (case 1 {(let i~2 nil) g(i~2)})))"
    );
}
