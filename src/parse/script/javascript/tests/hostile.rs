//! Depth, length, and text that was broken at random.

use super::super::nesting::{self, Outline};
use super::{Node, Tree, read};

/// Reads with a small stack; gives the tree.
fn survives(text: String) -> Tree {
    let name = text.chars().take(24).collect::<String>();
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || read(&text)).unwrap();
    thread.join().unwrap_or_else(|_| panic!("{name}"))
}

/// Reads and must read everything.
fn whole(text: String) -> Tree {
    let name = text.chars().take(24).collect::<String>();
    let tree = survives(text);
    assert_eq!(tree.problems, [], "{name}");
    tree
}

/// Reads and must tell that it did not read something, and still reads what stands beside it.
fn partly(text: &str) {
    let name = text.chars().take(24).collect::<String>();
    let tree = survives(format!("before();\n{text}\nafter();"));
    assert!(!tree.problems.is_empty(), "{name}");
    let told = super::statements(&tree);
    assert!(told.starts_with("before()"), "{name}: {}", told.chars().take(80).collect::<String>());
    assert!(told.ends_with("after()"), "{name}");
}

#[test]
fn long_chains_are_read() {
    let sum = whole(format!("x = 'a'{}", " + 'b'".repeat(100_000)));
    assert!(sum.len() > 200_000);
    whole(format!("x = a{}", " && b || c".repeat(50_000)));
    whole(format!("a{}", ".b().c()".repeat(50_000)));
    whole(format!("a{}", "?.b[0]".repeat(50_000)));
    whole(format!("a{}", "`b`".repeat(50_000)));
    whole(format!("if(a)b;{}", "else if(c)d;".repeat(20_000)));
    whole(format!("x = {}1", "a ? b : ".repeat(20_000)));
    whole(format!("x = {}1", "a => ".repeat(20_000)));
    whole(format!("{}1", "a = ".repeat(20_000)));
    whole(format!("x = {}1", "!".repeat(20_000)));
    whole(format!("{}f()", "a:".repeat(20_000)));
    whole(format!("x = [{}]", "1,".repeat(500_000)));
    whole(format!("switch(a){{{}}}", "case 1:".repeat(100_000)));
    whole("f();".repeat(200_000));
    whole("x = 1\n".repeat(200_000));
    whole(format!("/* @__PURE__ */ a{}", "+b".repeat(200_000)));
    whole(format!("/* @__PURE__ */ a{}", ".b".repeat(200_000)));
}

#[test]
fn deep_nesting_is_told() {
    for (open, inner, close) in [
        ("[", "1", "]"),
        ("(", "1", ")"),
        ("x={a:", "1", "}"),
        ("f(", "1", ")"),
        ("{", "f()", "}"),
        ("function f(){", "", "}"),
        ("(function(){", "", "})()"),
        ("a=>{", "", "}"),
        ("(a=(", "1", "))"),
        ("`${", "1", "}`"),
        ("class A{a(){", "", "}}"),
        ("if(a)", "b", ""),
        ("for(;;)", "b", ""),
        ("!", "a", ""),
        ("- ", "a", ""),
        ("a?", "b", ":c"),
        ("a?b:", "c", ""),
        ("a=>", "b", ""),
        ("a=", "b", ""),
        ("new ", "a", ""),
        ("await ", "a", ""),
        ("a**", "b", ""),
        ("class A extends ", "b", "{}"),
        ("<a>", "b", "</a>"),
        ("<a b={", "1", "}/>"),
        ("a<", "b", ">()"),
        ("a?.[", "b", "]"),
    ] {
        let n = 100_000;
        partly(&format!("{}{inner}{};", open.repeat(n), close.repeat(n)));
        // What oxc can do is beyond what the walk does.
        survives(format!("{}{inner}{};", open.repeat(1_000), close.repeat(1_000)));
        survives(open.repeat(n));
        survives(close.repeat(n));
    }
    for sign in ["+", "-", "++ ", "-- ", "@", "@a ", "#", "~", "...", "new ", "await "] {
        survives(sign.repeat(100_000));
        survives(format!("f();\nx = {}y;\ng();", sign.repeat(100_000)));
    }
    let tree = survives("[".repeat(1_000_000));
    assert!(!tree.problems.is_empty());
    survives(format!("let a:{}b", "c<".repeat(100_000)));
    survives(format!("let a:{}b", "keyof ".repeat(100_000)));
}

#[test]
fn depth_inside_of_what_is_read_is_told() {
    let tree = survives(format!("f();x={}1{};g()", "[".repeat(400), "]".repeat(400)));
    assert!(tree.problems.iter().any(|(at, why)| *at > 200 && why.contains("too deeply")), "{:?}", tree.problems);
    assert!(super::statements(&tree).ends_with("g()"));
}

#[test]
fn one_deep_place_does_not_hide_the_rest() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tree = survives(format!("(function(){{ evil(); x = {deep}; worse() }})()"));
    assert!(!tree.problems.is_empty());
    let told = super::statements(&tree);
    assert!(told.contains("evil()") && told.contains("worse()"), "{}", told.chars().take(80).collect::<String>());
}

#[test]
fn guesses_do_not_explode() {
    for n in [10, 30, 100, 1_000, 5_000] {
        survives(format!("let x:y;{}x{}", "a<{[".repeat(n), "]:1}".repeat(n)));
        survives(format!("let x:y;{}x{}", "a<(b=".repeat(n), ")=>c".repeat(n)));
        survives(format!("{}1{}", "(a=(".repeat(n), "))".repeat(n)));
        survives(format!("{}1{}", "({a=(".repeat(n), ")})".repeat(n)));
        survives(format!("let x:y;{}1{}", "a?(b):c=>(".repeat(n), ")".repeat(n)));
        survives(format!("let x:y;{}", "a<".repeat(n)));
        survives(format!("let x:y;{}1{}", "async(a=(".repeat(n), "))".repeat(n)));
    }
    survives(format!("x = 0x{}n", "f".repeat(2_000_000)));
    survives(format!("x = {}", "1".repeat(5_000_000)));
}

#[test]
fn the_look_beforehand_takes_linear_time() {
    let n = 300_000;
    for piece in
        ["\"\\\"", "=/[", "'", "`${", "/*", "(", "}", "a<", "</", "/>", "(  ", "\\", "{", "=> {", "a\n", "a;", "x={a"]
    {
        let text = piece.repeat(n);
        let survey = nesting::survey(&text, Outline::Yes);
        assert!(!survey.pieces.is_empty());
    }
}

#[test]
fn everything_is_told_when_much_is_broken() {
    let tree = survives("var 1 = 2;\n".repeat(20_000));
    assert!(tree.problems.len() < 1_000);
    survives("a b c; { } ) ( ".repeat(20_000));
    survives("\u{0}\u{1}\u{fffd}<?php".repeat(20_000));
    survives(format!("{}}}", "function f(){ var 1 = 2; ".repeat(3_000)));
}

#[test]
fn broken_text_never_panics() {
    const SNIPPETS: &[&str] = &[
        "import a, {b as c} from 'd'; export default class E extends F { #g = `h${i}j`; static { k?.l } get m(){ return /n[/]o/g } }",
        "for (const {p, q: [r = 1]} of await s) { if (!t) continue; else if (u ?? v) break; } x = <Y z={1}>w {'a'}</Y>;",
        "let a: Array<Map<string, B>> = c as any; enum D { E = 1, F } namespace G { export const h = (i: J): K => <L>i! } @m() class N {}",
        "label: do { switch (x) { case 'y\\u{41}': return void 0; default: throw new Z(...a) } } while (i++ < 0x1f_ffn); // ö\n/* ü */ ({[`k`]: v, async *m(){ yield* n }})",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for round in 0..2_000 {
        let mut text: Vec<char> = SNIPPETS[round % SNIPPETS.len()].chars().collect();
        for _ in 0..=random(4) {
            let at = random(text.len());
            match random(5) {
                0 => drop(text.remove(at)),
                1 => {
                    text.insert(at, ['{', '}', '(', ')', '`', '/', '<', '\'', '\\', '\n', 'ö', '\u{2028}'][random(12)])
                }
                2 => text.truncate(at.max(1)),
                3 => text.swap(at, 0),
                _ => {
                    let copy = text[at..text.len().min(at + 9)].to_vec();
                    let to = random(text.len());
                    text.splice(to..to, copy);
                }
            }
            if text.is_empty() {
                break;
            }
        }
        let text: String = text.into_iter().collect();
        let tree = read(&text);
        assert!(matches!(tree.get(tree.root), Node::Block(_)));
        for (at, _) in &tree.problems {
            assert!(*at as usize <= text.len(), "{text}");
        }
    }
}
