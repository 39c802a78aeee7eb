//! Blanks, comments, and the signs that may be spelled in several ways.

use super::Reader;

impl<'t> Reader<'t, '_> {
    /// Steps over blanks, comments, and line ends that are escaped.
    pub(super) fn skip_blank(&mut self) {
        loop {
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.c.at += 1,
                b'`' if self.c.ahead(1) == b'\n' => self.c.at += 2,
                b'`' if self.c.ahead(1) == b'\r' && self.c.ahead(2) == b'\n' => self.c.at += 3,
                b'#' => self.c.at = self.c.line_end(),
                b'<' if self.c.ahead(1) == b'#' => {
                    self.c.at += 2;
                    self.c.at = match self.c.find_text("#>") {
                        Some(end) => end + 2,
                        None => {
                            self.b.problem(self.c.at, "a comment is never closed");
                            self.c.end
                        }
                    };
                }
                // A blank that does not break.
                0xc2 if self.c.ahead(1) == 0xa0 => self.c.at += 2,
                _ => return,
            }
        }
    }

    /// Steps over blanks and line ends.
    pub(super) fn skip_lines(&mut self) {
        loop {
            self.skip_blank();
            if self.c.peek() != b'\n' {
                return;
            }
            self.c.at += 1;
        }
    }

    /// Steps over blanks, line ends and semicolons.
    pub(super) fn skip_separators(&mut self) {
        loop {
            self.skip_blank();
            if !matches!(self.c.peek(), b'\n' | b';') {
                return;
            }
            self.c.at += 1;
        }
    }

    /// The length of a dash of any kind that comes next, or 0.
    pub(super) fn dash(&self) -> usize {
        match (self.c.peek(), self.c.ahead(1), self.c.ahead(2)) {
            (b'-', _, _) => 1,
            (0xe2, 0x80, 0x93..=0x95) => 3,
            _ => 0,
        }
    }

    /// The quote of any kind that comes next: whether it is a double one, and its length.
    pub(super) fn quote(&self) -> Option<(bool, usize)> {
        match (self.c.peek(), self.c.ahead(1), self.c.ahead(2)) {
            (b'"', _, _) => Some((true, 1)),
            (b'\'', _, _) => Some((false, 1)),
            (0xe2, 0x80, 0x98..=0x9b) => Some((false, 3)),
            (0xe2, 0x80, 0x9c..=0x9e) => Some((true, 3)),
            _ => None,
        }
    }

    /// The keyword-like word that comes next, in lower case, when nothing follows that makes it part of another word.
    pub(super) fn keyword(&self) -> String {
        let rest = self.c.rest();
        let len = rest.iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
        let behind = rest.get(len).copied().unwrap_or(b' ');
        let ends = !(behind.is_ascii_alphanumeric()
            || matches!(behind, b'_' | b'-' | b'.' | b'\\' | b'/' | b':' | b'=' | b'`' | b'+' | b'*')
            || behind >= 0x80);
        if len == 0 || !ends { String::new() } else { self.c.slice(self.c.at..self.c.at + len).to_ascii_lowercase() }
    }

    /// The word of an operator behind a dash, in lower case, and the length of all.
    pub(super) fn dashed(&self) -> Option<(String, usize)> {
        let dash = self.dash();
        if dash == 0 {
            return None;
        }
        let rest = self.c.rest().get(dash..).unwrap_or_default();
        let len = rest.iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
        let behind = rest.get(len).copied().unwrap_or(b' ');
        if len == 0 || behind.is_ascii_alphanumeric() || behind == b'_' {
            return None;
        }
        let start = self.c.at + dash;
        Some((self.c.slice(start..start + len).to_ascii_lowercase(), dash + len))
    }

    /// Whether a sign comes next that blanks may stand in front of: `(` behind `foreach`.
    pub(super) fn opens(&self, skip: usize, sign: u8) -> bool {
        let rest = self.c.rest().get(skip..).unwrap_or_default();
        let blanks = rest.iter().take(256).take_while(|b| b.is_ascii_whitespace()).count();
        rest.get(blanks) == Some(&sign)
    }

    /// Whether `[Name(` comes next, which is no type.
    pub(super) fn is_attribute(&self) -> bool {
        let rest = self.c.rest();
        let name = rest.iter().skip(1).take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'.').count();
        self.c.peek() == b'[' && name > 0 && rest.get(name + 1) == Some(&b'(')
    }

    /// Whether a statement or argument list ends here.
    pub(super) fn at_end(&self) -> bool {
        !self.c.more() || matches!(self.c.peek(), b'\n' | b';' | b'}' | b')' | b'|' | b'&')
    }

    /// A name made of letters, digits and what other alphabets have.
    pub(super) fn name(&mut self) -> &'t str {
        let dashes = |r: &Self| r.dash() > 0 || r.quote().is_some();
        let start = self.c.at;
        loop {
            let b = self.c.peek();
            if b.is_ascii_alphanumeric() || b == b'_' {
                self.c.at += 1;
            } else if b >= 0x80 && !dashes(self) && !(b == 0xc2 && self.c.ahead(1) == 0xa0) {
                self.c.bump();
            } else {
                break;
            }
        }
        self.c.slice(start..self.c.at)
    }
}
