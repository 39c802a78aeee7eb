//! A place in a text. It only goes forward; a reader that never goes back is a reader in linear time.

use std::ops::Range;

/// A place in a text and the end of what may be seen from there.
#[derive(Debug, Clone)]
pub(in crate::parse::script) struct Cursor<'t> {
    text: &'t str,
    /// Where the next byte is read. Always between two characters.
    pub(in crate::parse::script) at: usize,
    /// Where the view ends; the text may go on behind it.
    pub(in crate::parse::script) end: usize,
}

impl<'t> Cursor<'t> {
    pub(in crate::parse::script) fn new(text: &'t str) -> Self {
        Self { text, at: 0, end: text.len() }
    }

    /// Whether something is left.
    pub(in crate::parse::script) fn more(&self) -> bool {
        self.at < self.end
    }

    /// The next byte, or 0 at the end. A NUL in the text looks the same, so loops ask [`Self::more`].
    pub(in crate::parse::script) fn peek(&self) -> u8 {
        self.ahead(0)
    }

    /// The byte so many behind the next one, or 0.
    pub(in crate::parse::script) fn ahead(&self, by: usize) -> u8 {
        let at = self.at.saturating_add(by);
        if at < self.end { self.text.as_bytes().get(at).copied().unwrap_or(0) } else { 0 }
    }

    /// The byte before the next one, or 0.
    pub(in crate::parse::script) fn behind(&self) -> u8 {
        self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at)).copied().unwrap_or(0)
    }

    /// What is left of the view.
    pub(in crate::parse::script) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..self.end).unwrap_or_default()
    }

    /// Whether these bytes come next.
    pub(in crate::parse::script) fn looking(&self, what: &str) -> bool {
        self.rest().starts_with(what.as_bytes())
    }

    /// Whether these letters come next, in upper or lower case.
    pub(in crate::parse::script) fn looking_folded(&self, what: &str) -> bool {
        self.rest().get(..what.len()).is_some_and(|r| r.eq_ignore_ascii_case(what.as_bytes()))
    }

    /// Goes behind these bytes when they come next.
    pub(in crate::parse::script) fn eat(&mut self, what: &str) -> bool {
        let there = self.looking(what);
        if there {
            self.at += what.len();
        }
        there
    }

    /// A part of the text; empty when it would cut a character.
    pub(in crate::parse::script) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Takes bytes as long as they please. They must be ASCII or all of what is not ASCII.
    pub(in crate::parse::script) fn take(&mut self, pleases: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.rest();
        let len = rest.iter().position(|b| !pleases(*b)).unwrap_or(rest.len());
        let start = self.at;
        self.at += len;
        self.slice(start..self.at)
    }

    /// Takes one character.
    pub(in crate::parse::script) fn bump(&mut self) -> &'t str {
        let start = self.at;
        let len = self.slice(start..self.end).chars().next().map_or(1, char::len_utf8);
        self.at = start.saturating_add(len).min(self.end.max(start));
        self.slice(start..self.at)
    }

    /// Where this byte comes next.
    pub(in crate::parse::script) fn find(&self, byte: u8) -> Option<usize> {
        memchr::memchr(byte, self.rest()).map(|p| self.at + p)
    }

    /// Where this byte comes next on the same line.
    pub(in crate::parse::script) fn find_in_line(&self, byte: u8) -> Option<usize> {
        let found = memchr::memchr2(byte, b'\n', self.rest())?;
        (self.rest().get(found) == Some(&byte)).then_some(self.at + found)
    }

    /// Goes behind what is not understood: to the next of these bytes or to the end of the line.
    pub(in crate::parse::script) fn skip_rest(&mut self, byte: u8) {
        self.at = memchr::memchr2(byte, b'\n', self.rest()).map_or(self.end, |p| self.at + p);
    }

    /// Where these bytes come next.
    pub(in crate::parse::script) fn find_text(&self, what: &str) -> Option<usize> {
        memchr::memmem::find(self.rest(), what.as_bytes()).map(|p| self.at + p)
    }

    /// Where the line ends: at its line feed or at the end of the view.
    pub(in crate::parse::script) fn line_end(&self) -> usize {
        self.find(b'\n').unwrap_or(self.end)
    }
}

/// Whether a name of a variable may begin with it.
pub(in crate::parse::script) fn is_name_start(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_'
}

/// Whether it may stand in a name of a variable.
pub(in crate::parse::script) fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}
