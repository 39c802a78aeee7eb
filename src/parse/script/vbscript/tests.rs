use super::super::shell::dump;
use super::read;

#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = read(text);
    assert!(tree.problems.is_empty(), "{:?}", tree.problems);
    assert_eq!(dump::script(&tree), expected, "{text}");
}

#[test]
fn calls_and_assignments() {
    check(
        "Set x = CreateObject(\"WScript.Shell\")\nx.Run \"calc\", 0, False",
        "(= x createobject(\"WScript.Shell\"))\nx.run(\"calc\" 0 false)",
    );
    check("a = \"say \"\"hi\"\"\" & Chr(&H41) & _\n b ' remark", "(= a <\"say \\\"hi\\\"\" chr(65) b>)");
    check(
        "Rem nothing\nDim a(3), b: a(0) = 1: b = a(0) + 2 * 3",
        "(let a [])\n(let b nil)\n(= a[0] 1)\n(= b (Add a(0) (Mul 2 3)))",
    );
    check("Call f(1)\ng\nWScript.Sleep 5", "f(1)\ng()\nwscript.sleep(5)");
}

#[test]
fn functions_give_back_what_has_their_name() {
    check("Function d(ByVal s)\nd = s & d(1)\nEnd Function", "(func d(s) {(= d result <s d(1)>); (return d result)})");
    check("Sub go()\nExit Sub\nEnd Sub", "(func go() {(return go result)})");
}

#[test]
fn branches_and_loops() {
    check("If a Then b Else c", "(if a {b()} {c()})");
    check("If a Then\nb\nElseIf c Then\nd\nElse\ne\nEnd If\nf", "(if a {b()} (if c {d()} {e()}))\nf()");
    check("For i = 1 To 3: x = x & i: Next", "(let i 1)\n(while (Le i 3) {(= x <x i>)} (let i (Add i 1)))");
    check("For Each f In fs.Files\nf.Delete\nNext", "(for f fs.files {f.delete()})");
    check("Do Until a = 1\nb\nLoop", "(while (Not (Eq a 1)) {b()} _)");
    check(
        "With CreateObject(\"x\")\n.Open \"GET\", u, False\n.Send\nz = .ResponseText\nEnd With",
        "(let with createobject(\"x\"))\n{with.open(\"GET\" u false); with.send(); (= z with.responsetext)}",
    );
    check(
        "Select Case x\nCase 1, 2\na\nCase Else\nb\nEnd Select",
        "(switch x (case 1 {{a()}; break}) (case 2 {{a()}; break}) (case _ {{b()}; break}))",
    );
}

#[test]
fn broken_scripts_end() {
    for text in [
        "If",
        "For Each",
        "Function",
        "x = (",
        "x = \"",
        "End If",
        "Next\nLoop",
        "With\n.",
        "a(b(c(",
        "Select Case",
        "Do\nDo\nDo",
        "If a Then If b Then c",
        "& & &",
        "Dim",
        "x = &H",
    ] {
        let _ = read(text);
    }
    let deep = format!("x = {}1", "(".repeat(5000));
    assert!(!read(&deep).problems.is_empty());
}
