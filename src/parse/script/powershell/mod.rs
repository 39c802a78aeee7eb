//! PowerShell, read by hand into the tree.
//!
//! A command is a [`Node::Call`] of the text that names it, in lower case; what is piped into it is its last argument,
//! named `stdin`. Names of variables, types, members and parameters are lowered, because case means nothing there. The
//! value of a function or script block is that of its last statement, which is made a [`Node::Return`]. What is not
//! one of the tree's ideas is a call of a name that no script can spell as a command's name, which is always text: the
//! operators (`-join`, `-split`, `-replace`, `-f`, `-like`, `-match`, `-is`, `-as`, `..`), casts (`[char]`), and
//! `redirect`.
//!
//! Reference: the language specification of PowerShell,
//! <https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-15>.

mod block;
mod class;
mod command;
mod expr;
mod primary;
mod statement;
mod string;
#[cfg(test)]
mod tests;
mod token;
mod word;

use super::shell::build::{Build, Span};
use super::shell::cursor::Cursor;
use super::{Id, Language, Node, Op, Tree};

/// Reads a script.
pub(super) fn read(text: &str) -> Tree {
    let mut build = Build::new(Language::PowerShell);
    let mut reader = Reader { c: Cursor::new(text), b: &mut build, inside: Inside::Top };
    reader.c.eat("\u{feff}");
    let mut out = Vec::new();
    reader.script(&mut out);
    build.finish(&out, text.len())
}

/// Whose variables are set by a plain assignment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Top,
    /// A function has its own.
    Function,
    /// A block mostly runs where it stands, or for each of several values.
    Block,
}

/// A reader at a place of a script.
struct Reader<'t, 'b> {
    c: Cursor<'t>,
    b: &'b mut Build,
    inside: Inside,
}

impl Reader<'_, '_> {
    /// A whole text. What closes nothing is told and stepped over.
    fn script(&mut self, out: &mut Vec<Id>) {
        loop {
            self.statements(out);
            if !self.c.more() || self.b.tree.is_full() {
                return;
            }
            self.b.problem(self.c.at, "something is closed here that was not opened");
            self.c.bump();
        }
    }

    /// Statements up to something that closes, which is left.
    fn statements(&mut self, out: &mut Vec<Id>) {
        loop {
            self.skip_separators();
            if !self.c.more() || matches!(self.c.peek(), b'}' | b')') || self.b.tree.is_full() {
                return;
            }
            let before = self.c.at;
            let made = self.statement();
            out.extend(made);
            self.skip_blank();
            if self.c.at == before {
                self.b.problem(before, "a sign that fits nowhere");
                self.c.bump();
            }
        }
    }

    /// What is nested too deeply goes to the end of its line.
    fn give_up(&mut self) -> Id {
        let start = self.c.at;
        self.c.at = self.c.line_end();
        self.b.opaque(&[], (start, self.c.at))
    }

    /// Goes behind a sign or tells that it is missing.
    fn expect(&mut self, sign: &str) -> bool {
        let there = self.c.eat(sign);
        if !there {
            self.b.problem(self.c.at, &format!("`{sign}` is missing"));
        }
        there
    }

    fn since(&self, start: usize) -> Span {
        (start, self.c.at)
    }

    fn span_of(&self, id: Id) -> Span {
        self.b.over(id, id)
    }

    /// Makes or sets a variable, a member or an element.
    fn set(&mut self, target: Id, value: Id, outer: bool) -> Id {
        let span = self.b.over(target, value);
        let named = matches!(self.b.tree.get(target), Node::Name(_) | Node::List(_));
        let own = named && !outer && self.inside != Inside::Block;
        self.b.add(if own { Node::Declare(target, value) } else { Node::Assign(target, value) }, span)
    }

    /// The text of a word in lower case, when it is plain text; else the word.
    fn lowered(&mut self, id: Id) -> Id {
        let span = self.span_of(id);
        match self.b.literal(id) {
            Some(text) if text.bytes().any(|b| b.is_ascii_uppercase()) => {
                let text = text.to_ascii_lowercase();
                self.b.str(text, span)
            }
            _ => id,
        }
    }
}
