//! Here-documents: their bodies stand behind the line, and are read as soon as their delimiter is seen.

use super::word::Pieces;
use super::{Id, Reader};

impl Reader<'_, '_> {
    /// Behind `<<`: the delimiter and the body.
    pub(super) fn here_document(&mut self) -> Id {
        let start = self.c.at;
        let drops_tabs = self.c.eat("-");
        self.c.take(|b| b == b' ' || b == b'\t');
        let (delimiter, literal) = self.delimiter();
        let line = match self.bodies {
            Some((line, _)) if line >= self.c.at => line,
            _ => {
                let line = self.end_of_command_line();
                self.bodies = Some((line, (line + 1).min(self.c.end)));
                line
            }
        };
        let from = self.bodies.map_or(line, |b| b.1);
        let (to, behind) = self.body_end(from, &delimiter, drops_tabs);
        let outer = (self.c.at, self.c.end);
        (self.c.at, self.c.end) = (from, to);
        let mut p = Pieces::default();
        if literal {
            self.literal_body(&mut p, drops_tabs);
        } else if self.b.enter(from) {
            self.bodies = None;
            self.quoted(&mut p, false, drops_tabs);
            self.b.leave();
        }
        let node = self.value(p, from);
        (self.c.at, self.c.end) = outer;
        self.bodies = Some((line, behind));
        if delimiter.is_empty() && self.c.at == start {
            self.b.problem(start, "a here-document without a delimiter");
        }
        node
    }

    fn literal_body(&mut self, p: &mut Pieces, drops_tabs: bool) {
        if !drops_tabs {
            let at = self.c.at;
            p.text(self.c.slice(at..self.c.end), at);
            self.c.at = self.c.end;
            return;
        }
        while self.c.more() {
            self.c.take(|b| b == b'\t');
            let at = self.c.at;
            let end = (self.c.line_end() + 1).min(self.c.end);
            p.text(self.c.slice(at..end), at);
            self.c.at = end;
        }
    }

    /// The delimiter without its quotes, and whether it had any.
    fn delimiter(&mut self) -> (String, bool) {
        let mut delimiter = String::new();
        let mut literal = false;
        while self.c.more() {
            match self.c.peek() {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
                quote @ (b'\'' | b'"') => {
                    literal = true;
                    self.c.at += 1;
                    let from = self.c.at;
                    self.c.skip_rest(quote);
                    delimiter.push_str(self.c.slice(from..self.c.at));
                    if self.c.peek() == quote {
                        self.c.at += 1;
                    }
                }
                b'\\' => {
                    literal = true;
                    self.c.at += 1;
                    delimiter.push_str(self.c.bump());
                }
                _ => delimiter.push_str(self.c.bump()),
            }
        }
        (delimiter, literal)
    }

    /// The line feed that ends the line at hand; those between quotes do not. Only as far as there is strength.
    fn end_of_command_line(&mut self) -> usize {
        let rest = self.c.rest();
        let mut quote = 0_u8;
        let mut i = 0;
        while let Some(b) = rest.get(i).copied() {
            if self.fuel == 0 {
                break;
            }
            self.fuel -= 1;
            match b {
                b'\n' if quote == 0 => return self.c.at + i,
                b'\\' if quote != b'\'' => i += 1,
                b'\'' | b'"' if quote == 0 => quote = b,
                b if b == quote => quote = 0,
                // An apostrophe of a comment opens nothing.
                b'#' if quote == 0 && i > 0 && matches!(rest.get(i - 1), Some(b' ' | b'\t' | b';')) => break,
                _ => {}
            }
            i += 1;
        }
        let ahead = if quote == 0 { i.min(rest.len()) } else { 0 };
        let tail = rest.get(ahead..).unwrap_or_default();
        memchr::memchr(b'\n', tail).map_or(self.c.end, |p| self.c.at + ahead + p)
    }

    /// Where the body ends, and where the line of its delimiter does.
    fn body_end(&mut self, from: usize, delimiter: &str, drops_tabs: bool) -> (usize, usize) {
        let mut at = from;
        while at < self.c.end {
            let rest = self.c.slice(at..self.c.end).as_bytes();
            let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let mut line = rest.get(..len).unwrap_or_default();
            if drops_tabs {
                line = line.trim_ascii_start();
            }
            let behind = (at + len + 1).min(self.c.end);
            if line.strip_suffix(b"\r").unwrap_or(line) == delimiter.as_bytes() {
                return (at, behind);
            }
            // The end of a substitution may follow the delimiter directly.
            if let Some(tail) = line.strip_prefix(delimiter.as_bytes())
                && !delimiter.is_empty()
                && tail.trim_ascii().first() == Some(&b')')
                && behind == self.c.end
            {
                return (at, at + delimiter.len());
            }
            at = behind;
        }
        self.b.problem(from, "a here-document never ends");
        (self.c.end, self.c.end)
    }
}
