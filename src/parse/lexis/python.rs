//! Python: `#` comments, strings with every prefix, f-strings with nested fields (PEP 701), docstrings.
//!
//! Reference: <https://docs.python.org/3/reference/lexical_analysis.html>. The reading of f-strings is that of 3.12;
//! where an older interpreter reads otherwise it raises a syntax error.

use super::{Lexis, MAX_DEPTH, Region, is_word, line_end};

/// What the scanner is inside of.
enum Frame {
    /// The text of an f-string.
    Text { quote: u8, triple: bool, raw: bool, start: usize },
    /// A replacement field of it: code, with so many open brackets.
    Field { brackets: u32 },
    /// The format specification of a field.
    Spec { triple: bool },
}

/// Fills the map and gives the offset up to which it is certain.
pub(super) fn scan(bytes: &[u8], map: &mut Lexis) -> usize {
    if !ascii_compatible(bytes) {
        return 0;
    }
    Scanner { bytes, map, at: 0, frames: Vec::new(), brackets: 0, fresh: true }.run()
}

/// Whether the source encoding keeps ASCII bytes what they are (PEP 263): in UTF-7 a comment can hold line breaks.
fn ascii_compatible(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    bytes.split(|b| *b == b'\n' || *b == b'\r').take(3).all(|line| {
        let Some(at) = memchr::memmem::find(line, b"coding") else { return true };
        let rest = line.get(at + 6..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"=")) else { return true };
        let name: String = rest
            .trim_ascii_start()
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            .map(|b| if *b == b'_' { '-' } else { char::from(b.to_ascii_lowercase()) })
            .collect();
        memchr::memchr(b'#', line.get(..at).unwrap_or_default()).is_none()
            || [
                "utf-8",
                "utf8",
                "ascii",
                "us-ascii",
                "latin",
                "iso-8859",
                "iso8859",
                "cp125",
                "windows-125",
                "euc-",
                "koi8",
            ]
            .iter()
            .any(|known| name.starts_with(known))
    })
}

struct Scanner<'a, 'm> {
    bytes: &'a [u8],
    map: &'m mut Lexis,
    at: usize,
    frames: Vec<Frame>,
    /// Open brackets outside f-strings.
    brackets: u32,
    /// Whether nothing but blanks stood on the logical line so far.
    fresh: bool,
}

impl Scanner<'_, '_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    fn run(mut self) -> usize {
        while self.at < self.bytes.len() {
            let going = match self.frames.last() {
                Some(Frame::Text { .. }) => self.text(),
                Some(Frame::Spec { .. }) => self.spec(),
                _ => self.code(),
            };
            if !going {
                break;
            }
        }
        self.at.min(self.bytes.len())
    }

    /// One token of code. `false` ends the map.
    fn code(&mut self) -> bool {
        let b = self.peek(0);
        match b {
            b'#' => {
                let end = line_end(self.bytes, self.at);
                if !self.map.push(self.at, end, Region::Comment) {
                    return false;
                }
                self.at = end;
            }
            b'\n' | b'\r' => {
                self.at += 1;
                if self.brackets == 0 && self.frames.is_empty() {
                    self.fresh = true;
                }
            }
            b' ' | b'\t' | 0x0c => self.at += 1,
            // A line break behind it does not end the statement.
            b'\\' => {
                self.at += if self.peek(1) == b'\r' && self.peek(2) == b'\n' { 3 } else { 2 };
                self.fresh = false;
            }
            b'"' | b'\'' => return self.string(b, self.at),
            b';' => {
                self.at += 1;
                self.fresh = self.brackets == 0 && self.frames.is_empty();
            }
            _ if is_word(b) => {
                let start = self.at;
                while self.at < self.bytes.len() && is_word(self.peek(0)) {
                    self.at += 1;
                }
                let prefix = self.bytes.get(start..self.at).unwrap_or_default();
                let quote = self.peek(0);
                if (quote == b'"' || quote == b'\'')
                    && prefix.len() <= 2
                    && prefix.iter().all(|b| b"rRbBuUfFtT".contains(b))
                {
                    let has = |c: u8| prefix.iter().any(|b| b.to_ascii_lowercase() == c);
                    if has(b'f') || has(b't') {
                        return self.formatted(quote, has(b'r'), start);
                    }
                    return self.string(quote, start);
                }
                self.fresh = false;
            }
            _ => {
                self.at += 1;
                self.fresh = false;
                return self.bracket(b);
            }
        }
        true
    }

    fn bracket(&mut self, b: u8) -> bool {
        let outer_triple = self.frames.iter().rev().find_map(|f| match f {
            Frame::Text { triple, .. } => Some(*triple),
            _ => None,
        });
        let Some(Frame::Field { brackets }) = self.frames.last_mut() else {
            match b {
                b'(' | b'[' | b'{' => self.brackets = self.brackets.saturating_add(1),
                b')' | b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
            return true;
        };
        match b {
            b'(' | b'[' | b'{' => *brackets = brackets.saturating_add(1),
            b'}' if *brackets == 0 => {
                self.frames.pop();
            }
            b')' | b']' | b'}' => *brackets = brackets.saturating_sub(1),
            b':' if *brackets == 0 => {
                self.frames.pop();
                self.frames.push(Frame::Spec { triple: outer_triple.unwrap_or(true) });
            }
            _ => {}
        }
        true
    }

    /// A string without fields; `start` is where its prefix begins.
    fn string(&mut self, quote: u8, start: usize) -> bool {
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        let Some(end) = string_end(self.bytes, self.at, quote, triple) else {
            // Not closed: an error to Python. A single-quoted one ends with its line, a triple one never.
            self.at = if triple { self.bytes.len() } else { line_end(self.bytes, self.at) };
            self.fresh = false;
            return true;
        };
        let alone = self.fresh && self.brackets == 0 && self.frames.is_empty() && statement_ends(self.bytes, end);
        self.at = end;
        self.fresh = false;
        self.map.push(start, end, if alone { Region::Docstring } else { Region::String })
    }

    fn formatted(&mut self, quote: u8, raw: bool, start: usize) -> bool {
        if self.frames.len() >= MAX_DEPTH {
            return false;
        }
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        self.fresh = false;
        self.frames.push(Frame::Text { quote, triple, raw, start });
        true
    }

    /// Text of an f-string, up to its end or the next field.
    fn text(&mut self) -> bool {
        let Some(Frame::Text { quote, triple, raw, start }) = self.frames.last_mut() else { return false };
        let (quote, triple, raw, from) = (*quote, *triple, *raw, *start);
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'\\' => {
                    if !raw && self.bytes.get(self.at + 1..self.at + 3) == Some(b"N{") {
                        let rest = self.bytes.get(self.at..line_end(self.bytes, self.at)).unwrap_or_default();
                        match memchr::memchr(b'}', rest) {
                            Some(close) => self.at += close + 1,
                            None => return false,
                        }
                    } else if self.bytes.get(self.at + 1) == Some(&b'{') {
                        self.at += 1;
                    } else {
                        self.at += 2;
                    }
                }
                b'{' if self.bytes.get(self.at + 1) == Some(&b'{') => self.at += 2,
                b'{' => {
                    let ok = self.map.push(from, self.at, Region::String);
                    self.at += 1;
                    if let Some(Frame::Text { start, .. }) = self.frames.last_mut() {
                        // The field is code; text goes on behind it (set again when it is left).
                        *start = usize::MAX;
                    }
                    self.frames.push(Frame::Field { brackets: 0 });
                    return ok && self.frames.len() < MAX_DEPTH;
                }
                b'\n' | b'\r' if !triple => {
                    self.frames.pop();
                    return true;
                }
                _ if b == quote && (!triple || self.bytes.get(self.at..self.at + 3) == Some(&[quote; 3])) => {
                    self.at += if triple { 3 } else { 1 };
                    self.frames.pop();
                    return from == usize::MAX || self.map.push(from, self.at, Region::String);
                }
                _ => self.at += 1,
            }
        }
        true
    }

    /// A format specification, up to the end of its field or a nested one.
    fn spec(&mut self) -> bool {
        let Some(Frame::Spec { triple }) = self.frames.last() else { return false };
        let triple = *triple;
        while let Some(b) = self.bytes.get(self.at).copied() {
            match b {
                b'}' => {
                    self.at += 1;
                    self.frames.pop();
                    return true;
                }
                b'{' => {
                    self.at += 1;
                    self.frames.push(Frame::Field { brackets: 0 });
                    return self.frames.len() < MAX_DEPTH;
                }
                // Broken code, or a reading of a newer Python: from here on nothing is certain.
                b'\n' | b'\r' if !triple => return false,
                b'\'' | b'"' | b'\\' => return false,
                _ => self.at += 1,
            }
        }
        true
    }
}

/// The end (behind the closing quotes) of the string whose quotes begin at `at`.
fn string_end(bytes: &[u8], at: usize, quote: u8, triple: bool) -> Option<usize> {
    let mut i = at.checked_add(if triple { 3 } else { 1 })?;
    loop {
        let rest = bytes.get(i..)?;
        i += memchr::memchr3(quote, b'\\', if triple { quote } else { b'\n' }, rest)?;
        match bytes.get(i)? {
            b'\\' if bytes.get(i + 1) == Some(&b'\r') && bytes.get(i + 2) == Some(&b'\n') => i += 3,
            b'\\' => i += 2,
            b'\n' => return None,
            _ if !triple => {
                // A lone carriage return is a line break too.
                let body = bytes.get(at..i)?;
                let broken = memchr::memchr_iter(b'\r', body).any(|p| p == 0 || body.get(p - 1) != Some(&b'\\'));
                return (!broken).then_some(i + 1);
            }
            _ if bytes.get(i..i + 3) == Some(&[quote; 3]) => return Some(i + 3),
            _ => i += 1,
        }
    }
}

/// Whether a statement that ends at `at` is followed by nothing, a comment or another statement.
fn statement_ends(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    let next = rest.iter().find(|b| !matches!(b, b' ' | b'\t' | 0x0c));
    matches!(next, None | Some(b'\n' | b'\r' | b'#' | b';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    fn at(text: &str, needle: &str) -> Region {
        let offset = text.find(needle).unwrap();
        Lexis::build(text.as_bytes(), FileKind::Python).region_at(offset as u64)
    }

    #[test]
    fn tells_comments_strings_and_docstrings() {
        let text = "'''module doc'''\nimport os  # note\nx = 'text' + rb\"raw\\\"q\"\ndef f():\n    \"\"\"inner doc\"\"\"\n    return f'{x[\"key\"]} # tail' # real\n";
        assert_eq!(at(text, "module doc"), Region::Docstring);
        assert_eq!(at(text, "note"), Region::Comment);
        assert_eq!(at(text, "text"), Region::String);
        assert_eq!(at(text, "raw"), Region::String);
        assert_eq!(at(text, "inner doc"), Region::Docstring);
        assert_eq!(at(text, "x[\"key"), Region::Code);
        assert_ne!(at(text, "# tail"), Region::Comment);
        assert_eq!(at(text, "real"), Region::Comment);
    }

    #[test]
    fn code_is_never_called_a_comment() {
        for text in [
            "a = f\"{x[\"#\"]}\"; evil()",
            "a = f\"{'}' \"#\" }\"; evil()",
            "a = f'{x:#x}'; evil()",
            "a = f'{{#'; evil()",
            "a = f'''{\n# c '''\n}'''; evil()",
            "a = '\\'#'; evil()",
            "a = r'\\'; evil()\nb = '#'",
            "'''doc'''.join(evil())",
            "x = '''\n''' ; evil()",
            "# coding: utf-7\n# +AAo-evil()",
            "#!/usr/bin/python\n# vim: set fileencoding=rot13 :\n# evil()",
            "a = 'open\nevil() # '",
            "# c\revil()",
            "exec('''#''' or evil())",
        ] {
            assert!(!at(text, "evil").is_inert(), "{text}");
        }
    }

    #[test]
    fn a_string_that_is_used_is_no_docstring() {
        for text in
            ["(\n'''payload'''\n)", "x = \\\n'''payload'''", "f(\n  '''payload''')", "'''payload'''\\\n.strip()"]
        {
            assert_ne!(at(text, "payload"), Region::Docstring, "{text}");
        }
        assert_eq!(at("'''never closed payload", "payload"), Region::Code);
    }
}
