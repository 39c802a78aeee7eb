use super::*;
use crate::parse::script::shell::dump;

/// Statements, then problems.
fn dumped(language: Language, text: &str) -> String {
    let tree = read(language, text);
    let mut out = dump::script(&tree);
    for (at, what) in &tree.problems {
        out.push_str(&format!("\n! {at} {what}"));
    }
    out
}

/// Every beginning of a text is read to its end.
fn survives(language: Language, text: &str) {
    for end in 0..text.len() {
        if let Some(part) = text.get(..end) {
            read(language, part);
        }
        if let Some(part) = text.get(end..) {
            read(language, part);
        }
    }
}

const GO: &str = "package a\nimport (\n\tb64 \"encoding/base64\"\n\t\"os/exec\"\n)\nvar key = []byte{1, 2, 0x41}\nvar t = T{A: 1, B: []string{\"x\"}}\n\
    func (c *Client) Do(r *http.Request, n ...int) (string, error) {\n\tfor i, x := range key {\n\t\tkey[i] ^= x & 7\n\t}\n\
    \tif v, err := f(); err != nil {\n\t\treturn \"\", err\n\t} else if v == 2 {\n\t\tgo g()\n\t}\n\
    \tswitch n := c.kind.(type) {\n\tcase int, *T:\n\t\tbreak\n\tdefault:\n\t}\n\tswitch x {\n\tcase 1, 2: h()\n\tdefault: k()\n\t}\n\
    \tselect {\n\tcase m := <-ch:\n\t\tuse(m)\n\tdefault:\n\t}\n\
    \ts := func(a, b int) string { return string(key[1:]) + `raw` }\n\tdefer s(1, 2)\n\tm := map[string]func(int) int{\"a\": nil}\n\treturn fmt.Sprintf(\"%d\", x<<2|1), nil\n}\n\
    func init() {\n\texec.Command(\"sh\", append(args, \"-c\")...).Run()\n}\nfunc main() {\n\tfor i := 0; i < 3; i++ {\n\t}\n}\n";

#[test]
fn go_is_read_into_the_tree() {
    let cases = [
        (
            "package a\nimport x \"net/http\"\nfunc init() { x.Get(\"u\") }\n",
            "(import \"net/http\" \"\" \"x\")\n(func () {x.Get(\"u\")})()",
        ),
        ("package a\nvar a, b = 1, \"s\"\n", "(let a 1)\n(let b \"s\")"),
        ("package a\nvar a = f(b)\nvar b = 2\n", "(let b 2)\n(let a f(b))"),
        ("package a\nfunc main() {}\n", "(func main() {})\n(if (Eq __name__ \"__main__\") {main()} _)"),
        ("package a\nfunc (t *T) M(x int) { x++ }\n", "(func T.M(t x) {(= x (Add x 1))})\n(let .M T.M)"),
        ("package a\nvar a = string([]byte{104, 105})\n", "(let a {text}([104 105]))"),
        ("package a\nvar a = &T{X: 1, Y: []S{{1}, {2}}}\n", "(let a #{\"X\" 1 \"Y\" [[1] [2]]})"),
        ("package a\nfunc f() { v, err := g(); _ = v }\n", "(func f() {(let v {first}(g())[0]); v})"),
    ];
    for (text, expected) in cases {
        let told = dumped(Language::Go, text);
        assert_eq!(told, expected, "{text}");
    }
    assert!(!dumped(Language::Go, GO).contains("\n! "), "{}", dumped(Language::Go, GO));
}

#[test]
fn broken_files_are_read_to_their_end() {
    survives(Language::Go, GO);
    for deep in ["(", "[", "{", "f(", "!", "-", "[]", "if x {", "func() {", "T{", "map[", "x := "] {
        read(Language::Go, &format!("package a\nfunc f() {{ x = {} }}", deep.repeat(20_000)));
        read(Language::Go, &deep.repeat(20_000));
    }
}

const RUST: &str = "#![allow(x)]\nuse std::{fs, process::Command as C};\nstatic K: [u8; 2] = *b\"ab\";\nmod m { pub fn f<'a, T: Fn(&'a str) -> u8>(x: T) -> Option<u8> { None } }\n\
    struct S<T> { a: T }\nimpl<T> S<T> where T: Copy { fn go(&self, n: usize) -> Result<String, Box<dyn Error>> {\n let v = vec![0u8; 4]; let s = S { a: 1, ..d };\n\
    match self.a { 1 | 2 => return Ok(String::new()), x if x > 3 => {} Some(S { a, .. }) => f(a)?, _ => {} }\n let Some(q) = g() else { return Err(e) };\n\
    if let Ok(t) = fs::read(p) && t.len() > 2 { h(t)?; } else if a == b { } for (i, c) in x.iter().enumerate() { k[i] ^= c; }\n while i < 3 { i += 1; }\n\
    let z = if a { 1 } else { 2 } as u8; let w = r#\"raw \"q\" \"#; let f = move |a: u8, (b, c)| -> u8 { a + b }; loop { break; }\n Ok(format!(\"{w} {}\", z)) } }\n\
    fn main() { println!(\"cargo:x\"); m::f::<u8>(|x| x as u8); }\n";

#[test]
fn rust_is_read_into_the_tree() {
    let cases = [
        ("const A: u8 = 1;", "(let A 1)"),
        (
            "use std::process::{Command, Stdio as S};",
            "(import \"std.process\" \"Command\" \"Command\")\n(import \"std.process\" \"Stdio\" \"S\")",
        ),
        ("fn f() -> u8 { g(1) }", "(func f() {(return g(1))})"),
        ("fn f() { a::b(\"x\").c(2)?; }", "(func f() {a.b(\"x\").c(2)})"),
        ("fn f() { let s = format!(\"{x}-{}\", y); }", "(func f() {(let s <x \"-\" y>)})"),
    ];
    for (text, expected) in cases {
        assert_eq!(dumped(Language::Rust, text), expected, "{text}");
    }
    assert!(!dumped(Language::Rust, RUST).contains("\n! "), "{}", dumped(Language::Rust, RUST));
}

#[test]
fn broken_files_of_rust_are_read_to_their_end() {
    survives(Language::Rust, RUST);
    for deep in [
        "(",
        "[",
        "{",
        "f(",
        "!",
        "-",
        "x!(",
        "if x {",
        "|a| ",
        "T{a:",
        "match x {_=>",
        "mod a {",
        "use a::{",
        "<",
        "#[",
        "let x = ",
    ] {
        read(Language::Rust, &format!("fn f() {{ x = {} }}", deep.repeat(20_000)));
        read(Language::Rust, &deep.repeat(20_000));
    }
}

const JAVA: &str = "package a;\nimport b.*;\n@M(x = {1, 2}) public class A<T> extends B<T> implements C, D<E<F>> {\n  static final Map<String, List<Integer>> M = new HashMap<>();\n\
    int a = 1, b; byte[] c = {1, (byte) 0x80, 'x'};\n  enum K { A(1) { void f() {} }, B; int v; }\n  record R(int x, String... y) {}\n  static { go(); }\n\
    public <U> A(U u, final int... n) throws E, F { super(u); this.a = n[0]; }\n  @Override int f(int a) { label: for (int i = 0, j = 1; i < a; i++, --j) { if (i > 2) continue label; else break; }\n\
    for (var x : M.entrySet()) do { a += x.getKey().length(); } while (a < 9);\n  switch (a) { case 1: case 2: g(); break; default: h(); }\n  int r = switch (a) { case 1, 2 -> 3; default -> { yield 4; } };\n\
    try (var i = open(); var o = i.x()) { i.y(); } catch (E | F e) { throw e; } finally { z(); }\n  synchronized (this) { a >>>= 2; }\n  Runnable q = () -> {}; Function<A, B> w = (A x) -> x.y; Supplier<A> s = A::new;\n\
    if (o instanceof A p && p.a > 1) return (int) p.a + (a < b ? 1 : -1);\n  String t = \"\"\"\n  x \\\"y\n  \"\"\"; Object o = new Object() { int z; public String toString() { return \"\"; } };\n  return List.<A>of(a).get(0)[1].f++; }\n}\n";

const SHARP: &str = "#nullable enable\nusing X = Y.Z;\nusing static System.Math;\n[assembly: A(\"x\")]\nnamespace N.M;\npublic sealed partial record class R(int A, string B) : Base<int>(A), I where T : new() {\n\
    public int P { get; set; } = 1; public string Q => $\"{A:x2} {(B ?? \"n\")} {{}}\"; string this[int i] { get => \"\"; }\n  public static R operator +(R a, R b) => a; ~R() { } event Action? E; delegate void D(int x);\n\
    private (int x, string? y) _t = (1, null); int? n; int[,] m = new int[2, 3]; readonly Dictionary<string, int> d = new() { [\"a\"] = 1, { \"b\", 2 } };\n\
    async Task<int> F<T>(this T x, out int y, int z = 3, params object[] r) where T : class {\n  await foreach (var (a, b) in Q()) { yield return a; }\n  if (x is not null and { Length: > 3 } s) { goto end; }\n\
    var v = x switch { 1 => \"a\", > 2 when y > 1 => \"b\", _ => throw new E() };\n  using var u = new U(); using (var w = new W { A = 1, B = { 2, 3 } }) lock (w) { }\n  int L(int q) => q * 2; Func<int, int> g = static q => q; var h = delegate (int i) { return i; };\n\
    foo?.Bar?[1]!.Baz<int>(named: 1, out var k, ref n); var a2 = arr[1..^2]; byte* p = stackalloc byte[4]; (var c, _) = t; x ??= @\"a\"\"b\";\n  for (;;) { break; } do { } while (false); end: return (List<int>)y as object == default ? [1, .. r] : new[] { 1 }; }\n}\n";

#[test]
fn java_and_c_sharp_are_read_and_hostile_ones_end() {
    for (language, text) in [
        (
            Language::Java,
            "class A { A(B delegate) { assert delegate != null : 1; delegate.go(String[].class, .5f); } }",
        ),
        (Language::CSharp, "\u{feff}using A;\ndelegate void D(int x);\nclass B { }\n"),
    ] {
        let tree = read(language, text);
        assert!(tree.problems.is_empty(), "{:?}", tree.problems);
    }
    for (language, text) in [(Language::Java, JAVA), (Language::CSharp, SHARP)] {
        survives(language, text);
        for bad in [
            "class A { int x = ((((((",
            "class A { void f() { a<b<c<d<e<",
            "class",
            "@",
            "class A { { $\"{{{\" ",
            "new new new",
            "[[[[[[",
        ] {
            read(language, &bad.repeat(400));
        }
    }
    let tree = read(Language::Java, JAVA);
    assert!(tree.problems.is_empty(), "{:?}", tree.problems.iter().map(|p| (p, JAVA.get(p.0 as usize..))).next());
    let tree = read(Language::CSharp, SHARP);
    assert!(tree.problems.is_empty(), "{:?}", tree.problems.iter().map(|p| (p, SHARP.get(p.0 as usize..))).next());
}

const OF_R: &str = "# a\nx <- c(a = 1L, 'b'); y = list(1, .5e3)\nf <- function(a, b = 2, ...) {\n  if (a > 1 && !b)\n    return(a) else if (is.na(b)) NULL\n  else {\n    z <<- a[[1]]$b@c[2, ] ^ 2\n  }\n\
  for (i in 1:10) { next }\n  while (TRUE) break\n  repeat { break }\n  a %in% b |> g(k = 1)\n}\ng <- \\(x) x + 1 -> h\npkg:::k(`odd name`, r\"(raw \\ \")\", function() NULL)\nm ~ n + o\n";

#[test]
fn r_is_read_and_hostile_ones_end() {
    survives(Language::R, OF_R);
    let tree = read(Language::R, OF_R);
    assert!(tree.problems.is_empty(), "{:?}", tree.problems.iter().map(|p| (p, OF_R.get(p.0 as usize..))).next());
    for bad in ["f(", "{", "function(", "if (a) ", "a$", "%", "- ", "r\"(", "x <- "] {
        read(Language::R, &bad.repeat(400));
    }
}
