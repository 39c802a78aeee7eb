//! JavaScript and TypeScript: comments, strings, template literals, and regular expressions as far as they can be
//! told from divisions.
//!
//! Reference: <https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar>. A `/` is a division behind a value and
//! begins a regular expression elsewhere; behind `)` the keyword before the matching `(` decides. Where that is not
//! enough (behind `}`, behind contextual keywords, in JSX) the map ends.

use super::{Lexis, MAX_DEPTH, Region, is_word};

/// What stood before a `/`.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A value: `/` divides.
    Value,
    /// An operator or the start: `/` begins a regular expression.
    Operator,
    /// Either.
    Doubt,
}

enum Frame {
    /// `(`, and whether it belongs to `if`, `while`, `for` or `with`.
    Paren { head: bool },
    /// `[`.
    Bracket,
    /// `{`.
    Brace,
    /// `${` inside a template.
    Substitution,
}

/// Fills the map and gives the offset up to which it is certain.
pub(super) fn scan(bytes: &[u8], map: &mut Lexis) -> usize {
    let mut scanner = Scanner { bytes, map, at: 0, frames: Vec::new(), before: Before::Operator, head: false };
    if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(b"#!") {
        let end = scanner.comment_end(0);
        if !scanner.map.push(0, end, Region::Comment) {
            return 0;
        }
        scanner.at = end;
    }
    while scanner.at < bytes.len() && scanner.token() {}
    scanner.at.min(bytes.len())
}

struct Scanner<'a, 'm> {
    bytes: &'a [u8],
    map: &'m mut Lexis,
    at: usize,
    frames: Vec<Frame>,
    before: Before,
    /// Whether the last token was a keyword whose parenthesis is not a value.
    head: bool,
}

impl Scanner<'_, '_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The end of a line comment: LF, CR, U+2028 or U+2029.
    fn comment_end(&self, from: usize) -> usize {
        let mut i = from;
        while let Some(p) = self.bytes.get(i..).and_then(|r| memchr::memchr3(b'\n', b'\r', 0xe2, r)) {
            i += p;
            let here = self.bytes.get(i..).unwrap_or_default();
            if !here.starts_with(b"\xe2") || here.starts_with(b"\xe2\x80\xa8") || here.starts_with(b"\xe2\x80\xa9") {
                return i;
            }
            i += 1;
        }
        self.bytes.len()
    }

    /// One token. `false` ends the map.
    fn token(&mut self) -> bool {
        let b = self.peek(0);
        let head = std::mem::take(&mut self.head);
        match b {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                self.at += 1;
                self.head = head;
            }
            b'/' if self.peek(1) == b'/' => {
                let end = self.comment_end(self.at);
                let ok = self.map.push(self.at, end, Region::Comment);
                self.at = end;
                self.head = head;
                return ok;
            }
            b'/' if self.peek(1) == b'*' => {
                let Some(p) = memchr::memmem::find(self.bytes.get(self.at + 2..).unwrap_or_default(), b"*/") else {
                    return false;
                };
                let end = self.at + 2 + p + 2;
                let ok = self.map.push(self.at, end, Region::Comment);
                self.at = end;
                self.head = head;
                return ok;
            }
            b'/' => return self.slash(),
            b'"' | b'\'' => return self.string(b),
            b'`' => {
                let start = self.at;
                self.at += 1;
                return self.template(start);
            }
            b'(' => return self.open(Frame::Paren { head }),
            b'[' => return self.open(Frame::Bracket),
            b'{' => return self.open(Frame::Brace),
            b')' | b']' | b'}' => return self.close(b),
            b'<' if self.rest().starts_with(b"<!--") => return false,
            b'-' if self.rest().starts_with(b"-->") => return false,
            // JSX, a type assertion or a generic arrow function.
            b'<' if self.before != Before::Value && (is_word(self.peek(1)) || self.peek(1) == b'>') => return false,
            b'+' | b'-' if self.peek(1) == b => {
                self.at += 2;
                self.before = Before::Doubt;
            }
            // Escaped identifiers (`\u0061`), private names, decorators.
            b'\\' => {
                self.at += 2;
                self.before = Before::Doubt;
            }
            _ if is_word(b) => self.word(),
            _ => {
                self.at += 1;
                self.before = Before::Operator;
            }
        }
        true
    }

    fn word(&mut self) {
        let start = self.at;
        while self.at < self.bytes.len() && is_word(self.peek(0)) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let property = start.checked_sub(1).and_then(|p| self.bytes.get(p)) == Some(&b'.');
        self.before = match word {
            _ if !word.is_ascii() => Before::Doubt,
            _ if property => Before::Value,
            b"return" | b"typeof" | b"case" | b"in" | b"instanceof" | b"new" | b"delete" | b"void" | b"throw"
            | b"else" | b"do" => Before::Operator,
            b"of" | b"yield" | b"await" | b"let" | b"async" | b"get" | b"set" | b"static" | b"finally" | b"try"
            | b"extends" | b"default" | b"export" | b"import" | b"const" | b"var" | b"as" | b"is" | b"satisfies" => {
                Before::Doubt
            }
            b"if" | b"while" | b"for" | b"with" => {
                self.head = true;
                Before::Doubt
            }
            _ => Before::Value,
        };
    }

    fn open(&mut self, frame: Frame) -> bool {
        self.at += 1;
        self.before = Before::Operator;
        self.frames.push(frame);
        self.frames.len() < MAX_DEPTH
    }

    fn close(&mut self, b: u8) -> bool {
        let frame = self.frames.pop();
        let at = self.at;
        self.at += 1;
        self.before = match (b, frame) {
            (b'}', Some(Frame::Substitution)) => return self.template(at),
            (b'}', Some(Frame::Brace)) => Before::Doubt,
            (b')', Some(Frame::Paren { head: true })) => Before::Operator,
            (b')', Some(Frame::Paren { head: false })) | (b']', Some(Frame::Bracket)) => Before::Value,
            // Brackets that do not match: this is not the JavaScript that it looks like.
            _ => return false,
        };
        true
    }

    fn slash(&mut self) -> bool {
        match self.before {
            Before::Value => {
                self.at += 1;
                self.before = Before::Operator;
                true
            }
            Before::Operator => self.regex(),
            Before::Doubt => false,
        }
    }

    /// A regular expression literal; it ends on its line or is none.
    fn regex(&mut self) -> bool {
        let mut i = self.at + 1;
        let mut class = false;
        while let Some(b) = self.bytes.get(i).copied() {
            match b {
                b'\n' | b'\r' => return false,
                0xe2 if self.bytes.get(i + 1) == Some(&0x80) && matches!(self.bytes.get(i + 2), Some(0xa8 | 0xa9)) => {
                    return false;
                }
                b'\\' => i += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    let ok = self.map.push(self.at, i + 1, Region::String);
                    self.at = i + 1;
                    while is_word(self.peek(0)) {
                        self.at += 1;
                    }
                    self.before = Before::Value;
                    return ok;
                }
                _ => {}
            }
            i += 1;
        }
        false
    }

    fn string(&mut self, quote: u8) -> bool {
        let mut i = self.at + 1;
        loop {
            let Some(p) = self.bytes.get(i..).and_then(|r| {
                let near = memchr::memchr3(quote, b'\\', b'\n', r)?;
                Some(memchr::memchr(b'\r', r.get(..near).unwrap_or_default()).unwrap_or(near))
            }) else {
                return false;
            };
            i += p;
            match self.bytes.get(i) {
                Some(b'\\') if self.bytes.get(i + 1..i + 3) == Some(b"\r\n") => i += 3,
                Some(b'\\') => i += 2,
                // A string does not cross lines: JSX text, or not JavaScript.
                Some(b'\n' | b'\r') => return false,
                _ => break,
            }
        }
        let ok = self.map.push(self.at, i + 1, Region::String);
        self.at = i + 1;
        self.before = Before::Value;
        ok
    }

    /// Text of a template that began (or goes on behind `}`) at `start`; `at` stands behind that byte.
    fn template(&mut self, start: usize) -> bool {
        loop {
            let Some(p) = memchr::memchr3(b'`', b'\\', b'$', self.rest()) else { return false };
            self.at += p;
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'$' if self.peek(1) == b'{' => {
                    self.at += 2;
                    let ok = self.map.push(start, self.at, Region::String);
                    self.frames.push(Frame::Substitution);
                    self.before = Before::Operator;
                    return ok && self.frames.len() < MAX_DEPTH;
                }
                b'$' => self.at += 1,
                _ => {
                    self.at += 1;
                    self.before = Before::Value;
                    return self.map.push(start, self.at, Region::String);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    fn at(text: &str, needle: &str) -> Region {
        let offset = text.find(needle).unwrap();
        Lexis::build(text.as_bytes(), FileKind::JavaScript).region_at(offset as u64)
    }

    #[test]
    fn tells_comments_strings_and_templates() {
        let text = "#!/usr/bin/env node\n/* block */ const a = 'str' // line\nlet t = `tpl ${ code('in') } more`;\nx = a / 2 // half\nif (a) /re\"x/.test(b) // after\n";
        assert_eq!(at(text, "env node"), Region::Comment);
        assert_eq!(at(text, "block"), Region::Comment);
        assert_eq!(at(text, "str"), Region::String);
        assert_eq!(at(text, "line"), Region::Comment);
        assert_eq!(at(text, "tpl"), Region::String);
        assert_eq!(at(text, "code("), Region::Code);
        assert_eq!(at(text, "more"), Region::String);
        assert_eq!(at(text, "half"), Region::Comment);
        assert_eq!(at(text, "re\"x"), Region::String);
        assert_eq!(at(text, "after"), Region::Comment);
    }

    #[test]
    fn code_is_never_called_a_comment() {
        for text in [
            "x = /[/*]/; evil() /*/ */",
            "x = /\\/*/; evil() //*/",
            "if (x) /'/.exec(y); evil() // '",
            "{}\n/'/*/.test(x); evil() /*'/ */",
            "let f = a => { return 1 } /1/*2; evil() //*/",
            "// note\u{2028}evil()",
            "// note\revil()",
            "<!-- /*\nevil() /* */",
            "x\n--> /*\nevil() /* */",
            "a++ /b/*1/ evil() //*/",
            "return\u{a0}/'/*/; evil() //'*/",
            "y = <p>it's /* </p>; evil() /* */",
            "/* never closed evil()",
            "`${`}` /* `}`; */ }`; evil()",
            "`a` // b\nevil()",
            "x = of /'/*/ ; evil() //'*/",
            "x = 'a\\\r\n'; evil() // '",
            ") /'/*/; evil() //'*/",
        ] {
            assert!(!at(text, "evil").is_inert(), "{text}");
        }
    }
}
