//! TOML as far as configurations of agents use it: tables, arrays of tables, strings of all four kinds, arrays, inline
//! tables. What cannot be read is left out.
//!
//! Reference: <https://toml.io/en/v1.0.0>.

use serde_json::{Map, Value};

/// Deepest nesting of values, and of tables.
const DEPTH: u32 = 32;
const TABLES: usize = 16;
/// Longest name of a table that is told from others, in bytes.
const KEY: usize = 128;

/// A document as one object.
pub(crate) fn read(text: &str) -> Value {
    let mut root = Map::new();
    let mut table: Vec<String> = Vec::new();
    let mut reader = Reader { bytes: text.as_bytes(), text, at: 0 };
    loop {
        reader.skip(true);
        match reader.peek() {
            None => return Value::Object(root),
            Some(b'[') => {
                let many = reader.bytes.get(reader.at + 1) == Some(&b'[');
                reader.at += if many { 2 } else { 1 };
                table = reader.keys();
                table.iter_mut().for_each(|key| key.truncate(key.floor_char_boundary(KEY)));
                table.truncate(TABLES);
                if many {
                    // Each table of an array has a name of its own, so that none is lost.
                    let count = reader.at.to_string();
                    table.push(count);
                }
                reader.line();
            }
            Some(_) => {
                let keys = reader.keys();
                reader.skip(false);
                if reader.peek() != Some(b'=') || keys.is_empty() {
                    reader.line();
                    continue;
                }
                reader.at += 1;
                if let Some(value) = reader.value(DEPTH) {
                    let path: Vec<String> = table.iter().cloned().chain(keys).collect();
                    insert(&mut root, &path, value);
                }
                reader.line();
            }
        }
    }
}

/// Puts a value at a path of tables; where something else stands on the way, it stays.
fn insert(root: &mut Map<String, Value>, path: &[String], value: Value) {
    let Some((last, way)) = path.split_last() else { return };
    if way.len() > TABLES {
        return;
    }
    let mut at = root;
    for key in way {
        let next = at.entry(key.clone()).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(next) = next else { return };
        at = next;
    }
    at.insert(last.clone(), value);
}

struct Reader<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts(&self, what: &str) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    fn line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |end| self.at + end + 1);
    }

    fn skip(&mut self, lines: bool) {
        while let Some(b) = self.peek() {
            match b {
                b' ' | b'\t' => self.at += 1,
                b'\n' | b'\r' if lines => self.at += 1,
                b'#' if lines => self.line(),
                _ => return,
            }
        }
    }

    /// Keys with dots between them, up to `=`, `]` or the end of the line.
    fn keys(&mut self) -> Vec<String> {
        let mut keys = Vec::new();
        loop {
            self.skip(false);
            match self.peek() {
                Some(b'"' | b'\'') => match self.string() {
                    Some(key) => keys.push(key),
                    None => return keys,
                },
                Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-') => {
                    let start = self.at;
                    while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
                        self.at += 1;
                    }
                    keys.push(self.text.get(start..self.at).unwrap_or_default().to_owned());
                }
                Some(b'.') => self.at += 1,
                _ => return keys,
            }
            if keys.len() > TABLES {
                return keys;
            }
        }
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip(true);
        let left = depth.checked_sub(1)?;
        match self.peek()? {
            b'"' | b'\'' => self.string().map(Value::String),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip(true);
                    match self.peek()? {
                        b']' => {
                            self.at += 1;
                            return Some(Value::Array(items));
                        }
                        b',' => self.at += 1,
                        _ => items.push(self.value(left)?),
                    }
                }
            }
            b'{' => {
                self.at += 1;
                let mut members = Map::new();
                loop {
                    self.skip(true);
                    match self.peek()? {
                        b'}' => {
                            self.at += 1;
                            return Some(Value::Object(members));
                        }
                        b',' => self.at += 1,
                        _ => {
                            let keys = self.keys();
                            self.skip(false);
                            if self.peek()? != b'=' || keys.is_empty() {
                                return None;
                            }
                            self.at += 1;
                            let value = self.value(left)?;
                            insert(&mut members, &keys, value);
                        }
                    }
                }
            }
            _ => {
                let start = self.at;
                while self.peek().is_some_and(|b| !matches!(b, b',' | b']' | b'}' | b'\n' | b'#')) {
                    self.at += 1;
                }
                if self.at == start {
                    return None;
                }
                Some(match self.text.get(start..self.at)?.trim() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    other => Value::String(other.to_owned()),
                })
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let (triple, one) = if quote == b'"' { ("\"\"\"", "\"") } else { ("'''", "'") };
        let end = if self.starts(triple) { triple } else { one };
        self.at += end.len();
        let mut out = String::new();
        while !self.starts(end) {
            let c = self.text.get(self.at..)?.chars().next()?;
            self.at += c.len_utf8();
            if c == '\\' && quote == b'"' {
                let escaped = self.text.get(self.at..)?.chars().next()?;
                self.at += escaped.len_utf8();
                match escaped {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    '\n' => {}
                    other => out.push(other),
                }
            } else {
                out.push(c);
            }
        }
        self.at += end.len();
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn configurations_of_agents_are_read() {
        let text = "notify = [\"bash\", # c\n '-c', \"a \\\"b\\\"\"]\n[mcp_servers.x]\ncommand = 'npx'\nenv = { A = \"1\", b.c = true }\n\
                    [model_providers.\"y.z\"]\nbase_url = \"\"\"\nu\"\"\"\n";
        assert_eq!(
            read(text),
            json!({"notify": ["bash", "-c", "a \"b\""],
                   "mcp_servers": {"x": {"command": "npx", "env": {"A": "1", "b": {"c": true}}}},
                   "model_providers": {"y.z": {"base_url": "\nu"}}})
        );
    }

    #[test]
    fn every_text_ends() {
        for text in [
            "",
            "[",
            "[[a",
            "a =",
            "a = [",
            "a = {b",
            "= 1",
            "a = \"\\",
            "\u{e9} = 1",
            &"a = [".repeat(9),
            "a.b.c = '''",
        ] {
            read(text);
        }
    }
}
