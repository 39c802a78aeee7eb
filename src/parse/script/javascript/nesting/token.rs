//! Words, operators, text and comments.

use super::MAX_NUMBER;
use super::scan::{Before, Scan, is_word};

impl Scan<'_> {
    pub(super) fn word(&mut self) {
        let start = self.at;
        self.word_end();
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        if self.before == Before::Dot {
            self.before = Before::Value;
            return;
        }
        self.before = match word {
            b"if" | b"for" | b"while" | b"with" => {
                self.nest();
                Before::Head
            }
            b"do" | b"else" => {
                self.nest();
                Before::Body
            }
            b"try" | b"finally" => Before::Body,
            b"case" | b"default" => {
                self.statement_over();
                Before::Operator
            }
            b"typeof" | b"void" | b"delete" | b"await" | b"yield" | b"new" | b"extends" | b"keyof" | b"infer"
            | b"unique" | b"readonly" | b"asserts" | b"async" => {
                self.link();
                Before::Operator
            }
            b"function" | b"class" => {
                self.link();
                Before::Value
            }
            b"return" | b"throw" | b"in" | b"of" | b"instanceof" | b"export" | b"import" | b"const" | b"let"
            | b"var" => Before::Operator,
            _ => Before::Value,
        };
    }

    fn word_end(&mut self) {
        let rest = self.rest();
        self.at += rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len());
    }

    pub(super) fn number(&mut self) {
        let start = self.at;
        self.word_end();
        if self.at.saturating_sub(start) > MAX_NUMBER {
            self.here.long_number = true;
        }
        // `1.` and `1.5`, but not `0x1.a`.
        if self.peek(0) == b'.' && !matches!(self.bytes.get(start + 1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B')) {
            self.at += 1;
            self.word_end();
        }
        self.before = Before::Value;
    }

    pub(super) fn operator(&mut self, b: u8) {
        let next = self.peek(1);
        let value = matches!(self.before, Before::Value | Before::Block);
        let last = self.at.checked_sub(1).and_then(|i| self.bytes.get(i)).copied().unwrap_or(0);
        self.at += 1;
        self.before = match b {
            b';' => Before::Start,
            b',' => {
                self.expression_over();
                Before::Operator
            }
            b'.' | b'#' => Before::Dot,
            // What is decorated may be decorated itself.
            b'@' => {
                self.link();
                Before::Dot
            }
            b'?' if next == b'.' && !self.peek(1).is_ascii_digit() => {
                self.at += 1;
                Before::Dot
            }
            b'?' if next == b'?' => {
                self.at += 1;
                Before::Operator
            }
            b'+' | b'-' if next == b => {
                self.at += 1;
                if value {
                    Before::Value
                } else {
                    // What is counted up may be counted up itself: `++ ++a` is an error that is seen at its end.
                    self.link();
                    Before::Operator
                }
            }
            b'=' | b'!' if next == b'=' && value => {
                while self.peek(0) == b'=' {
                    self.at += 1;
                }
                Before::Operator
            }
            // TypeScript's assertion that there is a value.
            b'!' if value && next != b'!' => Before::Value,
            b'=' | b'?' | b'!' | b'~' | b':' => {
                self.link();
                Before::Operator
            }
            b'+' | b'-' if !value => {
                self.link();
                Before::Operator
            }
            b'*' if next == b'*' => {
                self.at += 1;
                self.link();
                Before::Operator
            }
            b'&' | b'|' if next == b => {
                self.at += 1;
                self.close_angles();
                Before::Operator
            }
            b'<' => {
                self.less(value);
                Before::Operator
            }
            b'>' if last != b'=' => {
                if last == b'/' {
                    self.element_over();
                }
                self.close_angle();
                Before::Operator
            }
            _ => Before::Operator,
        };
    }

    /// `<`: less, an element, or type arguments.
    fn less(&mut self, value: bool) {
        match self.peek(0) {
            b'/' => self.element_over(),
            b'=' => self.at += 1,
            next => {
                if !value && (is_word(next) || next == b'>') {
                    self.element();
                }
                self.angle();
            }
        }
    }

    pub(super) fn slash(&mut self) {
        if self.before != Before::Value
            && let Some(end) = self.regex_end()
        {
            self.at = end;
            self.before = Before::Value;
            return;
        }
        self.at += 1;
        self.before = Before::Operator;
    }

    /// The end of the regular expression that begins here, when it ends on its line.
    fn regex_end(&mut self) -> Option<usize> {
        let rest = self.rest().get(1..self.patience.min(self.rest().len()))?;
        let mut class = false;
        let mut escaped = false;
        for (i, b) in rest.iter().enumerate() {
            match b {
                b'\n' | b'\r' => {
                    self.patience -= i;
                    return None;
                }
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => return Some(self.at + 1 + i + 1),
                _ => {}
            }
        }
        self.patience -= rest.len();
        None
    }

    /// A string; one that does not end on its line is an apostrophe.
    pub(super) fn string(&mut self, quote: u8) {
        self.before = Before::Value;
        let mut i = self.at + 1;
        loop {
            let rest = self.bytes.get(i..).unwrap_or_default();
            i += memchr::memchr3(quote, b'\\', b'\n', rest).unwrap_or(rest.len());
            match self.bytes.get(i) {
                Some(b'\\') if self.bytes.get(i + 1..i + 3) == Some(b"\r\n") => i += 3,
                Some(b'\\') => i += 2,
                Some(b'\n') | None => break,
                _ => {
                    self.at = i + 1;
                    return;
                }
            }
        }
        let vain = i.saturating_sub(self.at);
        self.at = if vain > self.patience { i.min(self.bytes.len()) } else { self.at + 1 };
        self.patience = self.patience.saturating_sub(vain);
    }

    /// The text of a template up to its end or the next `${`.
    pub(super) fn template(&mut self) {
        self.before = Before::Value;
        while let Some(p) = memchr::memchr3(b'`', b'\\', b'$', self.rest()) {
            self.at += p;
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'$' if self.peek(1) == b'{' => {
                    self.at += 1;
                    self.open(b'$');
                    return;
                }
                b'$' => self.at += 1,
                _ => {
                    self.at += 1;
                    return;
                }
            }
        }
        self.at = self.bytes.len();
    }

    pub(super) fn line_comment(&mut self) {
        self.at += memchr::memchr2(b'\n', b'\r', self.rest()).unwrap_or(self.rest().len());
    }

    pub(super) fn block_comment(&mut self) {
        let inside = self.rest().get(2..).unwrap_or_default();
        match memchr::memmem::find(inside, b"*/") {
            Some(p) => self.at += 2 + p + 2,
            None => {
                // What stands before it can be read without it.
                self.boundary();
                self.at = self.bytes.len();
            }
        }
    }
}
