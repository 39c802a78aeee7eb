//! POSIX-like shells: `#` comments and quoted strings.
//!
//! Reference: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html>. Here-documents are code,
//! because they are often fed to an interpreter. A construct that cannot be followed (`case` inside a substitution,
//! an unclosed quote) ends the map.

use super::{Lexis, MAX_DEPTH, Region, is_word, line_end};

enum Frame {
    /// Between double quotes, since this offset (`usize::MAX` behind a substitution).
    Quotes { start: usize },
    /// `$( … )` or a subshell in it.
    Paren,
    /// `${ … }`.
    Brace,
    /// Between backquotes.
    Backquote,
}

/// Fills the map and gives the offset up to which it is certain.
pub(super) fn scan(bytes: &[u8], map: &mut Lexis) -> usize {
    let mut scanner = Scanner { bytes, map, at: 0, frames: Vec::new(), heredocs: Vec::new() };
    while scanner.at < bytes.len() && scanner.token() {}
    scanner.at.min(bytes.len())
}

struct Scanner<'a, 'm> {
    bytes: &'a [u8],
    map: &'m mut Lexis,
    at: usize,
    frames: Vec<Frame>,
    /// Delimiters of here-documents that begin on the next line.
    heredocs: Vec<Vec<u8>>,
}

impl Scanner<'_, '_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    fn enter(&mut self, frame: Frame, len: usize) -> bool {
        self.at += len;
        self.frames.push(frame);
        self.frames.len() < MAX_DEPTH
    }

    /// One token. `false` ends the map.
    fn token(&mut self) -> bool {
        let b = self.peek(0);
        if let Some(Frame::Quotes { start }) = self.frames.last() {
            let start = *start;
            return self.quoted(b, start);
        }
        match b {
            b'\\' => self.at += 2,
            b'\n' => {
                self.at += 1;
                return self.here_documents();
            }
            b'#' if self.comment_may_start() => {
                // Inside a substitution or an expansion `#` may be an operator.
                if !self.frames.is_empty() {
                    return false;
                }
                let end = line_end(self.bytes, self.at);
                let end = memchr::memchr(b'\n', self.bytes.get(end..).unwrap_or_default())
                    .map_or(self.bytes.len(), |p| end + p);
                let ok = self.map.push(self.at, end, Region::Comment);
                self.at = end;
                return ok;
            }
            b'\'' if matches!(self.frames.last(), Some(Frame::Brace)) => return false,
            b'\'' => {
                let ansi = self.at.checked_sub(1).and_then(|p| self.bytes.get(p)) == Some(&b'$');
                let Some(end) = self.single_end(ansi) else { return false };
                let ok = self.map.push(self.at, end, Region::String);
                self.at = end;
                return ok;
            }
            b'"' => return self.enter(Frame::Quotes { start: self.at }, 1),
            b'`' => return self.backquote(),
            b'$' if self.peek(1) == b'(' => return self.enter(Frame::Paren, 2),
            b'$' if self.peek(1) == b'{' => return self.enter(Frame::Brace, 2),
            b'$' if self.peek(1) == b'#' => self.at += 2,
            b'(' if !self.frames.is_empty() => return self.enter(Frame::Paren, 1),
            b')' if matches!(self.frames.last(), Some(Frame::Paren)) => {
                self.frames.pop();
                self.at += 1;
            }
            b'}' if matches!(self.frames.last(), Some(Frame::Brace)) => {
                self.frames.pop();
                self.at += 1;
            }
            b'<' if self.peek(1) == b'<' && self.peek(2) != b'<' => return self.here_start(),
            b'<' if self.peek(1) == b'<' => self.at += 3,
            _ if is_word(b) => {
                let start = self.at;
                while self.at < self.bytes.len() && is_word(self.peek(0)) && self.peek(0) != b'$' {
                    self.at += 1;
                }
                self.at = self.at.max(start + 1);
                // The patterns of `case` close a substitution for us and not for the shell.
                return self.frames.is_empty() || self.bytes.get(start..self.at) != Some(b"case");
            }
            _ => self.at += 1,
        }
        true
    }

    fn comment_may_start(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|p| self.bytes.get(p));
        matches!(before, None | Some(b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')'))
    }

    fn single_end(&self, ansi: bool) -> Option<usize> {
        let mut i = self.at.checked_add(1)?;
        loop {
            let rest = self.bytes.get(i..)?;
            i += if ansi { memchr::memchr2(b'\'', b'\\', rest)? } else { memchr::memchr(b'\'', rest)? };
            if self.bytes.get(i) == Some(&b'\\') {
                i += 2;
            } else {
                return Some(i + 1);
            }
        }
    }

    fn quoted(&mut self, b: u8, start: usize) -> bool {
        let cut = match b {
            b'\\' => {
                self.at += 2;
                return true;
            }
            b'"' => {
                self.at += 1;
                self.frames.pop();
                return start == usize::MAX || self.map.push(start, self.at, Region::String);
            }
            b'`' => 1,
            b'$' if matches!(self.peek(1), b'(' | b'{') => 2,
            _ => {
                let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
                let next = rest.iter().position(|b| matches!(b, b'\\' | b'"' | b'`' | b'$'));
                self.at = next.map_or(self.bytes.len(), |p| self.at + 1 + p);
                return true;
            }
        };
        if start != usize::MAX && !self.map.push(start, self.at, Region::String) {
            return false;
        }
        if let Some(Frame::Quotes { start }) = self.frames.last_mut() {
            *start = usize::MAX;
        }
        match (cut, self.peek(1)) {
            (1, _) => self.backquote(),
            (_, b'(') => self.enter(Frame::Paren, 2),
            _ => self.enter(Frame::Brace, 2),
        }
    }

    fn backquote(&mut self) -> bool {
        if matches!(self.frames.last(), Some(Frame::Backquote)) {
            self.frames.pop();
            self.at += 1;
            return true;
        }
        // A backquote further out would be closed by this one.
        !self.frames.iter().any(|f| matches!(f, Frame::Backquote)) && self.enter(Frame::Backquote, 1)
    }

    fn here_start(&mut self) -> bool {
        self.at += 2;
        if self.peek(0) == b'-' {
            self.at += 1;
        }
        while matches!(self.peek(0), b' ' | b'\t') {
            self.at += 1;
        }
        let mut delimiter = Vec::new();
        while let Some(b) = self.bytes.get(self.at) {
            match b {
                b'\'' | b'"' | b'\\' => {}
                b if is_word(*b) || matches!(b, b'-' | b'.' | b'!' | b'%' | b'+' | b':' | b'@' | b'/') => {
                    delimiter.push(*b)
                }
                _ => break,
            }
            self.at += 1;
            if delimiter.len() > 256 {
                return false;
            }
        }
        if delimiter.is_empty() || !self.frames.is_empty() || self.heredocs.len() >= 16 {
            return false;
        }
        self.heredocs.push(delimiter);
        true
    }

    /// Skips the bodies of here-documents, which stay code.
    fn here_documents(&mut self) -> bool {
        for delimiter in std::mem::take(&mut self.heredocs) {
            loop {
                if self.at >= self.bytes.len() {
                    return false;
                }
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                let line = rest.get(..len).unwrap_or_default();
                self.at = self.at.saturating_add(len).saturating_add(1).min(self.bytes.len());
                if line.trim_ascii() == delimiter {
                    break;
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    fn at(text: &str, needle: &str) -> Region {
        let offset = text.find(needle).unwrap();
        Lexis::build(text.as_bytes(), FileKind::Shell).region_at(offset as u64)
    }

    #[test]
    fn tells_comments_and_strings() {
        let text = "#!/bin/sh\n# first\nD=\"$(dirname \"$0\")\" # second\necho 'one' \"two $D\" $# ${#D} a#b # third\n";
        assert_eq!(at(text, "first"), Region::Comment);
        assert_eq!(at(text, "second"), Region::Comment);
        assert_eq!(at(text, "dirname"), Region::Code);
        assert_eq!(at(text, "one"), Region::String);
        assert_eq!(at(text, "two"), Region::String);
        assert_eq!(at(text, "#b"), Region::Code);
        assert_eq!(at(text, "third"), Region::Comment);
    }

    #[test]
    fn code_is_never_called_a_comment() {
        for text in [
            "x=\"$(echo \" # \")\"; evil",
            "sh <<E\n# a\nevil\nE\n",
            "x=\"`echo \\\"# \\\"` # \"; evil",
            "echo 'a\n# '; evil",
            "echo $'a\\' # '; evil",
            "x=$(case a in a) echo \" # \";; esac); evil",
            "echo \"open\n# evil",
            "echo $(( 16 # 2 )); evil",
            "# a\\\nevil",
        ] {
            assert!(!at(text, "evil").is_inert(), "{text}");
        }
    }
}
