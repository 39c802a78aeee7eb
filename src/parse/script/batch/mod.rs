//! Batch files of cmd.exe, read by hand into the tree.
//!
//! A command is a [`Node::Call`] of the text that names it, in lower case. `%x%` and `!x!` are variables with their
//! names lowered, `%%i` is one with its sign (`%i`), `%1` and `%*` are the arguments. `%x:a=b%` and `%~dp0` are calls
//! of the name `expand`, files that a command is written to calls of `redirect`, and what `for /f` runs through a call
//! of `lines`. Labels are not followed: their lines run on in the order in which they stand.
//!
//! Reference: <https://ss64.com/nt/syntax.html> and <https://stackoverflow.com/a/4095133>.

mod command;
mod control;
mod expand;
#[cfg(test)]
mod tests;

use super::shell::build::{Build, Span};
use super::shell::cursor::Cursor;
use super::{Id, Language, Node, Op, Tree};

/// Reads a script.
pub(super) fn read(text: &str) -> Tree {
    let mut build = Build::new(Language::Batch);
    let folded = text.to_ascii_lowercase();
    let delayed = folded.contains("enabledelayedexpansion") || folded.contains("/v:on") || folded.contains("/v ");
    let mut reader = Reader { c: Cursor::new(text), b: &mut build, delayed, parens: 0, loops: Vec::new() };
    reader.c.eat("\u{feff}");
    let mut out = Vec::new();
    reader.script(&mut out);
    build.finish(&out, text.len())
}

/// A reader at a place of a script.
struct Reader<'t, 'b> {
    c: Cursor<'t>,
    b: &'b mut Build,
    /// Whether `!x!` is a variable.
    delayed: bool,
    /// How many parentheses are open; only then does one close.
    parens: u32,
    /// Letters of the loops around.
    loops: Vec<char>,
}

impl Reader<'_, '_> {
    fn script(&mut self, out: &mut Vec<Id>) {
        loop {
            self.statements(out);
            if !self.c.more() || self.b.tree.is_full() {
                return;
            }
            // A parenthesis that closes nothing makes its line a remark.
            self.c.at = self.c.line_end();
        }
    }

    /// Commands up to a parenthesis that closes, which is left.
    fn statements(&mut self, out: &mut Vec<Id>) {
        loop {
            self.c.take(|b| b.is_ascii_whitespace() || b == b'&');
            if !self.c.more() || self.c.peek() == b')' || self.b.tree.is_full() {
                return;
            }
            let before = self.c.at;
            let made = self.chain();
            out.extend(made);
            if self.c.at == before {
                self.c.bump();
            }
        }
    }

    /// Commands up to the end of the line: what `if` and `do` without parentheses apply to.
    fn line(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        loop {
            self.skip_blank();
            let made = self.chain();
            ids.extend(made);
            self.skip_blank();
            if self.c.peek() != b'&' {
                break;
            }
            self.c.at += 1;
        }
        self.b.block(&ids, self.since(start))
    }

    /// Commands with `&&` and `||` between them.
    fn chain(&mut self) -> Option<Id> {
        let mut left = self.pipeline();
        loop {
            self.skip_blank();
            let op = match (self.c.peek(), self.c.ahead(1)) {
                (b'&', b'&') => Op::And,
                (b'|', b'|') => Op::Or,
                _ => return left,
            };
            self.c.at += 2;
            self.skip_blank();
            let right = self.pipeline();
            left = match (left, right) {
                (Some(left), Some(right)) => Some(self.b.binary(op, left, right)),
                (left, right) => left.or(right),
            };
        }
    }

    fn pipeline(&mut self) -> Option<Id> {
        let mut left = self.command(None);
        loop {
            self.skip_blank();
            if self.c.peek() != b'|' || self.c.ahead(1) == b'|' {
                return left;
            }
            self.c.at += 1;
            self.skip_blank();
            left = self.command(left).or(left);
            if self.b.tree.is_full() {
                return left;
            }
        }
    }

    /// Steps over blanks and what means the same between a command and its arguments.
    fn skip_blank(&mut self) {
        loop {
            self.c.take(|b| matches!(b, b' ' | b'\t' | b'\r' | 0x0b | 0x0c));
            // The line goes on.
            if self.c.looking("^\n") {
                self.c.at += 2;
            } else if self.c.looking("^\r\n") {
                self.c.at += 3;
            } else {
                return;
            }
        }
    }

    /// Whether a command ends here.
    fn at_end(&self) -> bool {
        !self.c.more() || matches!(self.c.peek(), b'\n' | b'&' | b'|') || (self.c.peek() == b')' && self.parens > 0)
    }

    /// What is nested too deeply goes to the end of its line.
    fn give_up(&mut self) -> Id {
        let start = self.c.at;
        self.c.at = self.c.line_end();
        self.b.opaque(&[], (start, self.c.at))
    }

    fn since(&self, start: usize) -> Span {
        (start, self.c.at)
    }

    fn declare(&mut self, target: Id, value: Id, span: Span) -> Id {
        let named = matches!(self.b.tree.get(target), Node::Name(_));
        self.b.add(if named { Node::Declare(target, value) } else { Node::Assign(target, value) }, span)
    }
}
