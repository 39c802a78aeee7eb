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

#[track_caller]
fn check(language: Language, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(dumped(language, text), *expected, "{text}");
    }
}

#[test]
fn php_strings_and_variables() {
    check(
        Language::Php,
        &[
            ("", ""),
            ("<b>no</b>", ""),
            ("<p><?= $x ?></p><?php a(); ?> z <?php b();", "echo(x)\na()\nb()"),
            (r#"<?php "a$x[0] $y->z {$a['b']} ${q}\n\x41\u{42}\$";"#, r#"<"a" x[0] " " y.z " " a["b"] " " q "\nAB$">"#),
            (r"<?php 'a\'b\n' . 1 . chr(65);", r#"(Add (Add "a'b\\n" "1") chr(65))"#),
            (
                "<?php $x = <<<E\n  hi $x\n  E . 'y'; $t = <<<'F'\nraw $x\nF;\n",
                "(let x (Add <\"hi \" x> \"y\"))\n(let t \"raw $x\")",
            ),
            (
                "<?php $$n = 1; ${'a'} = 2; $x[] = 3; $x['k'] .= 'v';",
                "(= indirect(n) 1)\n(let a 2)\nx.push(3)\n(= x[\"k\"] (Add x[\"k\"] \"v\"))",
            ),
            ("<?php # a ?><?php // b\n/* c */ d();", "d()"),
        ],
    );
}

#[test]
fn php_calls_and_statements() {
    check(
        Language::Php,
        &[
            ("<?php @EvAl(\\BASE64_Decode($_POST['x']));", r#"(try {eval(base64_decode(_POST["x"]))} {} _)"#),
            (
                "<?php $f = 'sys' . 'tem'; $f('id'); `ls $x`;",
                "(let f (Add \"sys\" \"tem\"))\nf(\"id\")\n`(<\"ls \" x>)",
            ),
            (
                "<?php include __DIR__ . '/x.php'; require_once('y');",
                "include((Add __DIR__ \"/x.php\"))\nrequire_once(\"y\")",
            ),
            (
                "<?php function F($a, &$b = 1, ...$c) { global $g; $g = $l = 2; return $l ?: $b; }",
                "(func f(a b=1 *c) ^g {(= g (let l 2)); (return (Or l b))})",
            ),
            (
                "<?php $f = function($x) use (&$y) { $y = $x; }; $g = fn($x) => $x + 1;",
                "(let f (func (x) ^y {(= y x)}))\n(let g (func (x)=> (Add x 1)))",
            ),
            ("<?php if ($a) b(); elseif ($c): d(); else: e(); endif;", "(if a {b()} (if c {d()} {e()}))"),
            (
                "<?php for ($i = 0; $i < 3; $i++) { $o .= chr(ord($s[$i]) ^ 5); }",
                "{(let i 0); (while (Lt i 3) {(let o (Add o chr((BitXor ord(s[i]) 5))))} (let i (Add i 1)))}",
            ),
            (
                "<?php foreach ($a as $k => $v) { b(); } foreach ([1, 2] as $q): c(); endforeach;",
                "(for [k v] {pairs}(a) {b()})\n(for q [1 2] {c()})",
            ),
            (
                "<?php switch ($x) { case 1: a(); break; default: b(); }",
                "(switch x (case 1 {a(); break}) (case _ {b()}))",
            ),
            (
                "<?php class A extends B { const C = 1; public ?int $p = 2; static function m(int $a): string { return $this->p . self::C; } }",
                "(class A [B] {(let C 1); (let p 2); (func m(a) {(return (Add this.p self.C))})})",
            ),
            (
                "<?php $o = new A(1); $o->m()->n['k']; A::m(...$x); ['a' => 1, 2]; (int)$x;",
                "(let o new A(1))\no.m().n[\"k\"]\nA.m(*x)\n#{\"a\" 1 1 2}\n(int)(x)",
            ),
            (
                "<?php try { a(); } catch (\\E $e) { exit; } finally { b(); }",
                "(try {a()} {(let e (?)); {exit()}} {b()})",
            ),
            (
                "<?php match($x) { 1, 2 => 'a', default => 'b' }; f(n: 5); a() or die('x');",
                "((Or (Eq x 1) (Eq x 2)) ? \"a\" : \"b\")\nf(n=5)\n(Or a() die(\"x\"))",
            ),
            (
                "<?php namespace A\\B; use C\\{D, E as F}; '1' + 2;",
                "(seq (import \"C\\\\D\" \"\" \"D\") (import \"C\\\\E\" \"\" \"F\"))\n(Add (Plus \"1\") 2)",
            ),
        ],
    );
}

#[test]
fn perl() {
    check(
        Language::Perl,
        &[
            (
                r#"my $x = "a$b->{c}[0] @y @{[1]} \x41 $h{k} e\@f";"#,
                r#"(let x <"a" b["c"][0] " " y " " [1] " A " h["k"] " e@f">)"#,
            ),
            (
                "my ($i, $p) = @_; my %h = (a => 1, b => [2]); $h{a} = $i x 3;",
                "(let [i p] @_)\n(let h #{\"a\" 1 \"b\" [2]})\n(= h[\"a\"] (Mul i 3))",
            ),
            (
                "sub f { my $q = shift; return $q . 'x' if $z; $_[0] } f(1); &f; &$c(2);",
                "(func f(*@_) {(let q shift(@_)); (if z {(return (Add q \"x\"))} _); (return @_[0])})\nf(1)\nf(@_)\nc(2)",
            ),
            (
                "system('ls', $x); exec \"sh\"; `id`; qx{ls $x}; eval $code; print STDERR 'a', 1;",
                "system(\"ls\" x)\nexec(\"sh\")\n`(\"id\")\n`(<\"ls \" x>)\neval(code)\nprint(\"a\" 1 file=STDERR)",
            ),
            (
                "open(my $fh, '<', 'f') or die \"x: $!\"; while (my $l = <$fh>) { chomp $l; }",
                "(Or open(fh \"<\" \"f\") die(<\"x: \" !>))\n(while (let l <>(fh)) {chomp(l)} _)",
            ),
            (
                "foreach my $e (@a) { push @b, $e if $e =~ /^x(\\d+)$/i; } for (my $j = 0; $j < 3; $j++) { a() }",
                "(for e a {(if =~(e /^x(\\d+)$/) {push(b e)} _)})\n{(let j 0); (while (Lt j 3) {a()} (= j (Add j 1)))}",
            ),
            (
                "(my $t = $x) =~ s/a/b/g; $t =~ tr/a-z/A-Z/; my $u = $t =~ s/x/y/r; s{(.)}{chr(ord($1))}e;",
                "(seq (let t x) (= t s///(t /a/ \"b\" \"g\")))\n(= t tr///(t \"a-z\" \"A-Z\" \"\"))\n(let u s///(t /x/ \"y\" \"r\"))\ns///(_ /(.)/ (func ()=> chr(ord(1))) \"e\")",
            ),
            (
                "join(',', map { $_ * 2 } grep { $_ } @a); map { chr } split /,/, '65'; map chr($_), @x;",
                "join(\",\" map((func () {(return (Mul _ 2))}) grep((func () {(return _)}) a)))\nmap((func () {(return chr())}) split(/,/ \"65\"))\nmap((func ()=> chr(_)) x)",
            ),
            ("print <<\"A\", <<'B';\nhi $x\nA\nraw $x\nB\nz();", "print(<\"hi \" x \"\\n\"> \"raw $x\\n\")\nz()"),
            (
                "unless ($x) { a() } elsif ($y) { b() } do { $i++ } while ($i < 5); next unless $y;",
                "(if (Not x) {a()} (if y {b()} _))\n(do {(func () {(return (= i (Add i 1)))})()} (Lt i 5))\n(if (Not y) {continue} _)",
            ),
            (
                "my $s = IO::Socket::INET->new(PeerAddr => 'h.invalid'); $s->send(1)->{k}[0]; -e $f && unlink $f;",
                "(let s IO.Socket.INET.new(\"PeerAddr\" \"h.invalid\"))\ns.send(1)[\"k\"][0]\n(And -e(f) unlink(f))",
            ),
            (
                "use MIME::Base64 qw(decode_base64);\n=pod\n\n)))\n\n=cut\neval(decode_base64('eA=='));\n__END__\n)))",
                "(seq (import \"MIME::Base64\" \"\" \"\") (import \"MIME::Base64\" \"decode_base64\" \"decode_base64\"))\neval(decode_base64(\"eA==\"))",
            ),
            (
                "$x = $ENV{PATH} // 'x'; @a[0, 1]; $#a; $$r{k}; sort { $a <=> $b } @l; eval { a() };",
                "(= x (Coalesce ENV[\"PATH\"] \"x\"))\na[[0 1]]\n(Sub len(a) 1)\nr[\"k\"]\nsort((func () {(return <=>(a b))}) l)\n(try (func () {(return a())})() {} _)",
            ),
        ],
    );
}

#[test]
fn ruby() {
    check(
        Language::Ruby,
        &[
            (
                r#"x = "a#{b + "c"} \x41" 'd'; y = %w[a b]; z = :s; `id`; %x{ls #{x}}"#,
                "(let x <<\"a\" (Add b \"c\") \" A\"> \"d\">)\n(let y [\"a\" \"b\"])\n(let z \"s\")\n`(\"id\")\n`(<\"ls \" x>)",
            ),
            (
                "def f(a, b = 1, *c, k: 2, **o, &d)\n @v = a; w = 2\n a.reverse\nend",
                "(func f(a b=1 *c k=2 o d=nil) {(= @v a); (let w 2); (return a.reverse())})",
            ),
            (
                "[1, 2].each { |i| puts i }\n[104].map do |c| c.chr end.join",
                "[1 2].each((func (i) {(return puts(i))}))\n[104].map((func (c) {(return c.chr())})).join()",
            ),
            (
                "eval(Base64.decode64(\"eA==\")) if ENV['X']\nsystem \"curl\", \"http://x.invalid\"\nputs\"a\"",
                "(if ENV[\"X\"] {eval(Base64.decode64(\"eA==\"))} _)\nsystem(\"curl\" \"http://x.invalid\")\nputs(\"a\")",
            ),
            (
                "class A < B::C\n attr_reader :x\n def self.m(q) = q + 1\n def v=(x)\n end\nend",
                "(class A [B.C] {attr_reader(\"x\"); (func m(q)=> (Add q 1)); (func v=(x) {})})",
            ),
            (
                "begin\n a\nrescue E, F => e\n b e.message\nensure\n c\nend",
                "(try {a} {(let e (?)); {b(e.message())}} {c})",
            ),
            (
                "case x when 1, 2 then a else b end\ncase\nwhen y then c\nend",
                "(switch x (case 1 {}) (case 2 {a; break}) (case _ {b}))\n(if y {c} _)",
            ),
            (
                "while i < 5 do i += 1 end\nuntil x; break; end\nfor a, b in h do c end",
                "(while (Lt i 5) {(let i (Add i 1))} _)\n(while (Not x) {break} _)\n(for [a b] h {c})",
            ),
            (
                "if a then b elsif c; d else e end\nt = c ? :a : 2\nx = if y then 1 end",
                "(if a {b} (if c {d} {e}))\n(let t (c ? \"a\" : 2))\n(let x (if y {1} _))",
            ),
            (
                "a, b = 1, 2\nh = { a: 1, \"b\" => 2 }\nf.b = 5\nx[0..3]; x[1, 2]; x << 'y'",
                "(let [a b] [1 2])\n(let h #{\"a\" 1 \"b\" 2})\n(= f.b 5)\nx[..(0 3)]\nx[1:3:_]\n(Shl x \"y\")",
            ),
            ("u = <<~E.strip\n  hi #{x}\n    there\nE\nz", "(let u <\"hi \" x \"\\n  there\\n\">.strip())\nz"),
            (
                "l = ->(q) { q * 2 }; l.(3)\nfoo\n  .bar(1)\n  .baz { 2 }",
                "(let l (func (q) {(return (Mul q 2))}))\nl(3)\nfoo.bar(1).baz((func () {(return 2)}))",
            ),
            (
                "=begin\n)))\n=end\nNet::HTTP.get(URI(\"http://x.invalid\")) rescue nil\nA.new(1)\n__END__\n)))",
                "(try Net.HTTP.get(URI(\"http://x.invalid\")) {nil} _)\nA.new(1)",
            ),
            (
                "Process.spawn({'A' => 'b'}, 'sh', out: '/dev/null')\nsend(:eval, 'x')\nx if y and not z",
                "Process.spawn(#{\"A\" \"b\"} \"sh\" out=\"/dev/null\")\nsend(\"eval\" \"x\")\n(if (And y (Not z)) {x} _)",
            ),
        ],
    );
}

#[test]
fn lua() {
    check(
        Language::Lua,
        &[
            (
                "#!/usr/bin/lua\n-- c\n--[[ d\n]] local x, y = 'a\\65\\x42' .. 5, [==[raw]]]==]",
                "(let [x y] [(Add \"aAB\" \"5\") \"raw]]\"])",
            ),
            (
                "function f(a, ...) local z = a + 1; return load(z)(), 2 end",
                "(func f(a *...) {(let z (Add a 1)); (return [load(z)() 2])})",
            ),
            (
                "M.g = function() return #t end function M.a:b(c) self.x = c end",
                "(= M.g (func () {(return len(t))}))\n(= M.a.b (func (self c) {(= self.x c)}))",
            ),
            (
                "for i = 1, 3 do x = x .. string.char(i) end for i = 3, 1, -1 do a() end",
                "{(let i 1); (while (Le i 3) {(= x (Add x string.char(i)))} (= i (Add i 1)))}\n{(let i 3); (while (Ge i 1) {a()} (= i (Add i -1)))}",
            ),
            (
                "for k, v in pairs({a = 1, [2] = 3, 4}) do print(k, v) end",
                "(for [k v] {pairs}(#{\"a\" 1 2 3 1 4}) {print(k v)})",
            ),
            (
                "if x == y then os.execute('id') elseif not z then io.popen'ls':read('*a') else return end",
                "(if (Eq x y) {os.execute(\"id\")} (if (Not z) {io.popen(\"ls\").read(\"*a\")} {(return _)}))",
            ),
            (
                "while true do break end repeat x = x - 1 until x <= 0",
                "(while true {break} _)\n(do {(= x (Sub x 1))} (Not (Le x 0)))",
            ),
            (
                "f({1}, {2}); a.b['c'], d = 1, 2; require 'x'.y()",
                "f([1] [2])\n(= [a.b[\"c\"] d] [1 2])\nrequire(\"x\").y()",
            ),
        ],
    );
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    check(
        Language::Php,
        &[
            ("<?php } a();", "a()\n! 6 something is closed here that was not opened"),
            ("<?php 'a", "\"a\"\n! 7 a string is never closed"),
        ],
    );
    check(
        Language::Lua,
        &[
            ("end a()", "a()\n! 0 something is closed here that was not opened"),
            ("if a then b()", "(if a {b()} _)\n! 13 `end` is missing"),
        ],
    );
    check(Language::Ruby, &[("def a\n b", "(func a() {(return b)})\n! 8 `end` is missing")]);
    check(Language::Perl, &[("if ($a) { b();", "(if a {b()} _)\n! 14 `}` is missing")]);
}

#[test]
fn a_long_chain_is_read_and_depth_is_bounded() {
    let chain = format!("<?php $x = {};", vec!["'a'"; 50_000].join("."));
    let tree = read(Language::Php, &chain);
    assert!(tree.problems.is_empty());
    assert!(tree.len() > 100_000);
    for (language, open) in
        [(Language::Php, "("), (Language::Perl, "["), (Language::Ruby, "->{"), (Language::Lua, "f(")]
    {
        let text = format!("<?php {}", open.repeat(20_000));
        let tree = read(language, &text);
        assert!(tree.problems.iter().any(|p| p.1 == "nested too deeply"), "{language:?}");
    }
}
