//! Blanks, comments, line ends and words.

use super::{Language, Reader};

impl<'t> Reader<'t, '_> {
    /// Steps over blanks and comments up to the end of the line; of the whole gap where lines mean nothing.
    pub(super) fn gap(&mut self) {
        if self.language == Language::Ruby { self.skip_blank() } else { self.skip_space() }
    }

    /// Steps over blanks and comments, not over line feeds.
    pub(super) fn skip_blank(&mut self) {
        loop {
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.c.at += 1,
                b'\\' if self.c.ahead(1) == b'\n' && self.language == Language::Ruby => self.c.at += 2,
                b'\\' if self.c.looking("\\\r\n") && self.language == Language::Ruby => self.c.at += 3,
                b'#' if self.language == Language::Php && self.c.ahead(1) == b'[' => self.attribute(),
                b'#' if self.language == Language::Php => self.php_comment(),
                b'#' if self.language != Language::Lua => self.c.at = self.c.line_end(),
                b'/' if self.language == Language::Php && self.c.ahead(1) == b'/' => self.php_comment(),
                b'/' if self.language == Language::Php && self.c.ahead(1) == b'*' => self.skip_to("*/", 2),
                b'-' if self.language == Language::Lua && self.c.ahead(1) == b'-' => {
                    self.c.at += 2;
                    if self.c.peek() == b'[' && self.long_bracket().is_some() {
                        continue;
                    }
                    self.c.at = self.c.line_end();
                }
                b'?' if self.language == Language::Php && self.c.ahead(1) == b'>' => return,
                _ => return,
            }
        }
    }

    /// A comment of PHP ends with its line or in front of `?>`.
    fn php_comment(&mut self) {
        let end = self.c.line_end();
        let line = self.c.slice(self.c.at..end);
        self.c.at = line.find("?>").map_or(end, |p| self.c.at + p);
    }

    /// `#[ … ]` of PHP, on one line.
    fn attribute(&mut self) {
        let mut open = 0_u32;
        while self.c.more() && self.c.peek() != b'\n' {
            match self.c.peek() {
                b'[' => open += 1,
                b']' => open = open.saturating_sub(1),
                _ => {}
            }
            let closed = self.c.peek() == b']' && open == 0;
            self.c.bump();
            if closed {
                return;
            }
        }
    }

    /// Goes behind these bytes, or to the end. They are looked for so many bytes ahead.
    pub(super) fn skip_to(&mut self, what: &str, skip: usize) {
        let start = self.c.at;
        self.c.at = (start + skip).min(self.c.end);
        self.c.at = match self.c.find_text(what) {
            Some(end) => end + what.len(),
            None => {
                self.b.problem(start, "a comment is never closed");
                self.c.end
            }
        };
    }

    /// Steps over blanks, comments and line feeds.
    pub(super) fn skip_space(&mut self) {
        loop {
            self.skip_blank();
            if self.c.peek() != b'\n' {
                return;
            }
            self.line_feed();
        }
    }

    /// Steps over blanks, comments, line feeds and semicolons.
    pub(super) fn skip_separators(&mut self) {
        if self.c.at == 0 {
            self.pod();
        }
        loop {
            self.skip_blank();
            match self.c.peek() {
                b'\n' => self.line_feed(),
                b';' => self.c.at += 1,
                b'?' if self.language == Language::Php && self.c.ahead(1) == b'>' => {
                    self.c.at += 2;
                    self.php_text();
                }
                _ => return,
            }
        }
    }

    /// Steps over a line feed, bodies of here-documents and documentation behind it.
    pub(super) fn line_feed(&mut self) {
        match self.bodies {
            Some((line, end)) if line == self.c.at => {
                self.bodies = None;
                self.c.at = end.min(self.c.end);
            }
            _ => self.c.at += 1,
        }
        self.pod();
    }

    /// Documentation between `=pod` or `=begin` and its end, and what stands behind `__END__`.
    fn pod(&mut self) {
        let (pod, end) = match self.language {
            Language::Perl => (self.c.peek() == b'=' && self.c.ahead(1).is_ascii_alphabetic(), "\n=cut"),
            Language::Ruby => (self.c.looking("=begin"), "\n=end"),
            _ => return,
        };
        if pod {
            let start = self.c.at;
            match self.c.find_text(end) {
                Some(end) => {
                    self.c.at = end + 1;
                    self.c.at = self.c.line_end();
                }
                None => self.c.at = self.c.end,
            }
            if self.language == Language::Ruby && !self.c.more() {
                self.b.problem(start, "a comment is never closed");
            }
        } else if self.c.peek() == b'_'
            && (self.c.looking("__END__") || (self.language == Language::Perl && self.c.looking("__DATA__")))
        {
            let line = self.c.slice(self.c.at..self.c.line_end());
            if matches!(line.trim(), "__END__" | "__DATA__") {
                self.c.at = self.c.end;
            }
        }
    }

    /// A name, if one comes next. In PHP with the namespaces in front of it.
    pub(super) fn identifier(&mut self) -> &'t str {
        let start = self.c.at;
        loop {
            let b = self.c.peek();
            let fits = if self.c.at == start {
                b.is_ascii_alphabetic() || b == b'_'
            } else {
                b.is_ascii_alphanumeric() || b == b'_'
            };
            if fits {
                self.c.at += 1;
            } else if b >= 0x80 {
                self.c.bump();
            } else {
                break;
            }
        }
        self.c.slice(start..self.c.at)
    }

    /// The word that comes next, which is left. Only as long as words of a language are.
    pub(super) fn word(&self) -> &'t str {
        let rest = self.c.rest();
        if !rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_') {
            return "";
        }
        let len = rest.iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_' || **b >= 0x80).count();
        if len == 20 { "" } else { self.c.slice(self.c.at..self.c.at + len) }
    }

    /// Goes behind a word, if it comes next. In PHP in upper or lower case.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let next = self.word();
        let there = if self.language == Language::Php { next.eq_ignore_ascii_case(word) } else { next == word };
        if there {
            self.c.at += word.len();
        }
        there
    }

    /// Whether one of these signs comes so many bytes ahead, behind blanks.
    pub(super) fn follows(&self, skip: usize, signs: &[u8]) -> bool {
        let rest = self.c.rest().get(skip..).unwrap_or_default();
        let blanks = rest.iter().take(256).take_while(|b| b.is_ascii_whitespace()).count();
        rest.get(blanks).is_some_and(|b| signs.contains(b))
    }

    /// Whether `=>` comes so many bytes ahead, behind blanks.
    pub(super) fn arrow_follows(&self, skip: usize) -> bool {
        let rest = self.c.rest().get(skip..).unwrap_or_default();
        let blanks = rest.iter().take(256).take_while(|b| b.is_ascii_whitespace()).count();
        rest.get(blanks..).is_some_and(|r| r.starts_with(b"=>"))
    }
}
