//! A reader of what people write where JSON is asked for: JSON with comments and trailing commas (editors), JSON5, and the
//! Python literals of gyp. It reads what it can and never fails on the rest.

use serde_json::{Map, Value};

/// Deepest nesting.
const DEPTH: u32 = 64;

/// A document; strict JSON first, since it is what most are.
pub(super) fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().or_else(|| loose(text))
}

/// A document of the looser kind.
pub(super) fn loose(text: &str) -> Option<Value> {
    let mut reader = Reader { bytes: text.as_bytes(), text, at: 0 };
    reader.value(DEPTH)
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

    /// Over blanks and comments.
    fn skip(&mut self) {
        loop {
            match self.peek() {
                Some(b) if b.is_ascii_whitespace() => self.at += 1,
                Some(b'#') => self.line(),
                Some(b'/') if self.starts("//") => self.line(),
                Some(b'/') if self.starts("/*") => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    self.at = memchr::memmem::find(rest, b"*/").map_or(self.bytes.len(), |end| self.at + end + 2);
                }
                _ => return,
            }
        }
    }

    fn line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |end| self.at + end + 1);
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip();
        let left = depth.checked_sub(1)?;
        match self.peek()? {
            b'{' => self.object(left),
            b'[' | b'(' => self.list(left),
            b'"' | b'\'' => {
                let mut whole = self.string()?;
                loop {
                    self.skip();
                    // Python joins strings that stand behind one another.
                    match self.peek() {
                        Some(b'"' | b'\'') => whole.push_str(&self.string()?),
                        _ => return Some(Value::String(whole)),
                    }
                }
            }
            _ => Some(self.word()),
        }
    }

    fn object(&mut self, depth: u32) -> Option<Value> {
        self.at += 1;
        let mut members = Map::new();
        loop {
            self.skip();
            match self.peek() {
                None => return Some(Value::Object(members)),
                Some(b'}') => {
                    self.at += 1;
                    return Some(Value::Object(members));
                }
                Some(b',') => self.at += 1,
                Some(b'"' | b'\'') => {
                    let key = self.string()?;
                    self.member(key, depth, &mut members)?;
                }
                Some(_) => {
                    let key = match self.word() {
                        Value::String(key) => key,
                        other => other.to_string(),
                    };
                    self.member(key, depth, &mut members)?;
                }
            }
        }
    }

    fn member(&mut self, key: String, depth: u32, members: &mut Map<String, Value>) -> Option<()> {
        self.skip();
        if self.peek() == Some(b':') {
            self.at += 1;
            members.insert(key, self.value(depth)?);
        }
        Some(())
    }

    fn list(&mut self, depth: u32) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => return Some(Value::Array(items)),
                Some(b']' | b')') => {
                    self.at += 1;
                    return Some(Value::Array(items));
                }
                Some(b',' | b':' | b'}') => self.at += 1,
                Some(_) => items.push(self.value(depth)?),
            }
        }
    }

    /// A quoted string, with the escapes that JSON and Python share.
    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let triple = if quote == b'"' { "\"\"\"" } else { "'''" };
        let end = if self.starts(triple) { triple } else { triple.get(..1)? };
        self.at += end.len();
        let mut out = String::new();
        while !self.starts(end) {
            let rest = self.text.get(self.at..)?;
            let Some(c) = rest.chars().next() else { return Some(out) };
            self.at += c.len_utf8();
            if c != '\\' {
                out.push(c);
                continue;
            }
            let Some(escaped) = self.text.get(self.at..).and_then(|r| r.chars().next()) else { return Some(out) };
            self.at += escaped.len_utf8();
            match escaped {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                '\n' => {}
                'u' | 'x' => {
                    let digits = if escaped == 'u' { 4 } else { 2 };
                    let code = self.text.get(self.at..self.at + digits).and_then(|h| u32::from_str_radix(h, 16).ok());
                    if let Some(code) = code {
                        self.at += digits;
                        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                    }
                }
                other => out.push(other),
            }
        }
        self.at += end.len();
        Some(out)
    }

    /// A bare word: a number, a constant, a name. Always goes on.
    fn word(&mut self) -> Value {
        let start = self.at;
        while let Some(b) = self.peek() {
            if b.is_ascii_whitespace()
                || matches!(b, b',' | b':' | b'}' | b']' | b')' | b'{' | b'[' | b'(' | b'"' | b'\'')
            {
                break;
            }
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
        let word = String::from_utf8_lossy(self.bytes.get(start..self.at).unwrap_or_default());
        match word.as_ref() {
            "true" | "True" => Value::Bool(true),
            "false" | "False" => Value::Bool(false),
            "null" | "None" => Value::Null,
            word => Value::String(word.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn comments_commas_and_python_are_read() {
        let text = "// a\n{ 'a': ['b' 'c', \"d\\n\",], /* x */ b: True, # y\n 'e': {} , }";
        assert_eq!(loose(text), Some(json!({"a": ["bc", "d\n"], "b": true, "e": {}})));
        assert_eq!(loose("'''a\nb'''"), Some(json!("a\nb")));
    }

    #[test]
    fn every_text_ends() {
        for text in ["", "{", "{'a", "[1,,", "{:}", "}", "'\\", "\u{e9}'\\u00", "{a:{b:", &"{a:".repeat(5000)] {
            loose(text);
        }
    }
}
