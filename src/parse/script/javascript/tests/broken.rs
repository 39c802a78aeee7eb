//! What is read of scripts with errors.

use super::{read, statements};

fn salvaged(text: &str) -> (String, Vec<u32>) {
    let tree = read(text);
    (statements(&tree), tree.problems.iter().map(|(at, _)| *at).collect())
}

#[test]
fn statements_around_an_error_are_read() {
    let (told, problems) = salvaged("a();\nvar 1 = 2;\nb();\n");
    assert_eq!(told, "a() b()");
    assert_eq!(problems, [9]);
    let (told, problems) = salvaged("a()\nb()\nfor(;;\nc()\n");
    assert_eq!(told, "a() b()");
    assert_eq!(problems.len(), 1);
    let (told, _) = salvaged("function f(){ g() }\nif (x) { y( } else { z() }\nh()");
    assert!(told.starts_with("(fn f() {g()})") && told.ends_with("h()") && told.contains("z()"), "{told}");
}

#[test]
fn an_error_deep_inside_leaves_the_rest_of_the_function() {
    let (told, problems) = salvaged("(function(){\n  a();\n  var 1 = 2;\n  b(function(){ c() });\n})();\nd()");
    assert!(told.contains("a()") && told.contains("b((fn () {c()}))") && told.ends_with("d()"), "{told}");
    assert_eq!(problems.len(), 2);
}

#[test]
fn a_script_that_was_cut_off_is_read_up_to_the_cut() {
    let (told, problems) = salvaged("a();\n!function(){ b(); c(function(){ d(); e('f");
    assert!(told.starts_with("a()") && told.contains("b()") && told.contains("d()"), "{told}");
    assert!(!problems.is_empty());
}

#[test]
fn what_an_open_comment_or_expression_swallows_is_told() {
    let (told, problems) = salvaged("a();\n/* b();\nc();");
    assert_eq!(told, "a()");
    assert!(!problems.is_empty());
    let (told, problems) = salvaged("a();\nb()\n3x;\nc();");
    assert_eq!(told, "a() b() c()");
    assert_eq!(problems.len(), 1);
    let (told, problems) = salvaged("a();\nx = /b\nc();");
    assert!(told.starts_with("a()") && told.ends_with("c()"), "{told}");
    assert!(!problems.is_empty());
}

#[test]
fn old_and_odd_scripts_are_read() {
    assert_eq!(salvaged("with (a) { b = 010 }"), ("{(opaque a) {(set b 8)}}".into(), vec![]));
    assert_eq!(
        salvaged("var await = 1, yield = 2; let = 3"),
        ("(let await 1) (let yield 2) (set let 3)".into(), vec![])
    );
    assert_eq!(salvaged("delete x; a = b\n++c"), ("(opaque x) (set a b) (set c (+ c 1))".into(), vec![]));
    assert_eq!(salvaged("return module.exports"), ("(return module.exports)".into(), vec![]));
}
