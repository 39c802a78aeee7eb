//! POSIX shell and bash, read by hand into the tree.
//!
//! The reader goes once through the text, from left to right. A command is a [`Node::Call`] of the text that names it,
//! with words as arguments; what flows into it is its last argument, named `stdin`. Variables are global there, so a
//! plain assignment declares at the top and assigns in functions. What is not one of the tree's ideas is a call of a
//! name that no script can spell as a command's name, which is always text: `redirect`, `expand`, `indirect`, `len`,
//! `keys`, `words` (a text split at blanks), `lines`, `glob` (a pattern), `=~`, `<(` and `>(`. What a compound command
//! is fed with is the variable `/dev/stdin`.
//!
//! Reference: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html> and the manual of bash.

mod arith;
mod assign;
mod brace;
pub(super) mod build;
mod command;
mod compound;
mod cond;
pub(super) mod cursor;
#[cfg(test)]
pub(super) mod dump;
mod expand;
mod heredoc;
mod redirect;
#[cfg(test)]
pub(super) mod survive;
#[cfg(test)]
mod tests;
mod word;

use std::collections::HashSet;

use super::{Id, Language, Node, Op, Tree};
use build::Build;
use cursor::Cursor;

/// Reads a script.
pub(super) fn read(text: &str) -> Tree {
    let mut build = Build::new(Language::Shell);
    let mut out = Vec::new();
    let mut reader = Reader::new(text, &mut build);
    reader.c.eat("\u{feff}");
    reader.script(&mut out);
    build.finish(&out, text.len())
}

/// Words that close something or go on with it.
const CLOSERS: [&str; 8] = ["then", "else", "elif", "fi", "do", "done", "esac", "}"];

/// Words that open something.
const OPENERS: [&str; 13] =
    ["if", "while", "until", "for", "case", "select", "function", "{", "[[", "!", "time", "coproc", "in"];

/// A reader at a place of a script.
pub(super) struct Reader<'t, 'b> {
    pub(super) c: Cursor<'t>,
    pub(super) b: &'b mut Build,
    /// The line feed behind which bodies of here-documents stand, and where they end.
    bodies: Option<(usize, usize)>,
    /// How many bytes may still be looked at before their turn. Keeps looking ahead linear.
    fuel: usize,
    /// How many functions are open.
    functions: u32,
    /// The highest positional parameter that the innermost function uses, and whether it uses all of them at once.
    used: (u32, bool),
    /// Whether commands here stand in a compound command with an input of its own.
    fed: bool,
    /// Files that `exec` or the command at hand opened, by number.
    files: Vec<(u32, Id)>,
    /// Arrays with text for keys.
    maps: HashSet<&'t str>,
    /// Names are lowered (cmd.exe does arithmetic with the same signs).
    pub(super) folds: bool,
}

impl<'t, 'b> Reader<'t, 'b> {
    pub(super) fn new(text: &'t str, build: &'b mut Build) -> Self {
        Self {
            c: Cursor::new(text),
            b: build,
            bodies: None,
            fuel: text.len().saturating_mul(8).saturating_add(4096),
            functions: 0,
            used: (0, false),
            fed: false,
            files: Vec::new(),
            maps: HashSet::new(),
            folds: false,
        }
    }

    /// A whole text. What closes nothing is told and stepped over.
    fn script(&mut self, out: &mut Vec<Id>) {
        loop {
            self.commands(out);
            if !self.c.more() || self.b.tree.is_full() {
                return;
            }
            self.b.problem(self.c.at, "something is closed here that was not opened");
            let word = self.reserved();
            self.c.at += word.len();
            if word.is_empty() {
                self.c.bump();
            }
        }
    }

    /// Commands up to something that closes, which is left.
    fn commands(&mut self, out: &mut Vec<Id>) {
        loop {
            self.skip_lines();
            if !self.c.more() || self.closes() || self.b.tree.is_full() {
                return;
            }
            let before = self.c.at;
            let mut made = self.and_or();
            self.skip_blank();
            match self.c.peek() {
                b'&' => {
                    self.c.at += 1;
                    made = made.map(|id| self.in_background(id, 0));
                }
                b';' if !self.closes() => self.c.at += 1,
                _ => {}
            }
            if let Some(id) = made {
                out.push(self.statement(id));
            }
            if self.c.at == before {
                self.b.problem(before, "a sign that fits nowhere");
                self.c.bump();
            }
        }
    }

    /// A command as a statement: what only leaves a loop behind `&&` or `||` is a branch, and what an increment was
    /// before does not matter.
    fn statement(&mut self, id: Id) -> Id {
        let (start, end) = self.b.tree.span(id);
        let span = (start as usize, end as usize);
        match self.b.tree.get(id) {
            Node::Binary(op @ (Op::And | Op::Or), test, leaves)
                if matches!(self.b.tree.get(leaves), Node::Break | Node::Continue | Node::Return(_)) =>
            {
                let test = if op == Op::Or { self.b.unary(Op::Not, test, span.0) } else { test };
                let then = self.b.block(&[leaves], span);
                self.b.add(Node::If(test, then, Id::NONE), span)
            }
            Node::Binary(Op::Add | Op::Sub, inner, one)
                if matches!(self.b.tree.get(inner), Node::Assign(..) | Node::Declare(..))
                    && matches!(self.b.tree.get(one), Node::Num(_)) =>
            {
                inner
            }
            _ => id,
        }
    }

    /// Commands with the value of the last: tests of `if` and `while`.
    fn condition(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        self.commands(&mut ids);
        self.b.seq(&ids, (start, self.c.at))
    }

    /// Commands as a block.
    fn body(&mut self) -> Id {
        let start = self.c.at;
        let mut ids = Vec::new();
        self.commands(&mut ids);
        self.b.block(&ids, (start, self.c.at))
    }

    fn and_or(&mut self) -> Option<Id> {
        let mut left = self.pipeline()?;
        loop {
            self.skip_blank();
            let op = match (self.c.peek(), self.c.ahead(1)) {
                (b'&', b'&') => Op::And,
                (b'|', b'|') => Op::Or,
                _ => return Some(left),
            };
            self.c.at += 2;
            self.skip_lines();
            match self.pipeline() {
                Some(right) => left = self.b.binary(op, left, right),
                None => {
                    self.b.problem(self.c.at, "a command is missing");
                    return Some(left);
                }
            }
        }
    }

    fn pipeline(&mut self) -> Option<Id> {
        let start = self.c.at;
        let mut nots = 0_u32;
        loop {
            self.skip_blank();
            match self.reserved() {
                "!" => {
                    nots += 1;
                    self.c.at += 1;
                }
                word @ ("time" | "coproc") => {
                    self.c.at += word.len();
                    self.skip_blank();
                    if word == "time" {
                        self.c.eat("-p ");
                    }
                }
                _ => break,
            }
        }
        let mut left = self.command(None)?;
        loop {
            self.skip_blank();
            if self.c.peek() != b'|' || self.c.ahead(1) == b'|' {
                break;
            }
            self.c.at += if self.c.ahead(1) == b'&' { 2 } else { 1 };
            self.skip_lines();
            if let Node::Block(ids) = self.b.tree.get(left) {
                let ids = self.b.ids(ids);
                left = self.output(&ids, (start, self.c.at));
            }
            match self.command(Some(left)) {
                Some(next) => left = next,
                None => {
                    self.b.problem(self.c.at, "a command is missing");
                    break;
                }
            }
        }
        Some(if nots % 2 == 1 { self.b.unary(Op::Not, left, start) } else { left })
    }

    /// Says of a command that it runs in the background.
    fn in_background(&mut self, id: Id, depth: u32) -> Id {
        let (start, end) = self.b.tree.span(id);
        let span = (start as usize, end as usize);
        match self.b.tree.get(id) {
            Node::Call(callee, args) => {
                let mut args = self.b.ids(args);
                if depth == 0
                    && matches!(self.b.tree.get(callee), Node::Name(sym) if self.b.tree.str(sym) == "redirect")
                    && let Some(first) = args.first_mut()
                {
                    *first = self.in_background(*first, 1);
                    return self.b.call(callee, &args, span);
                }
                let flag = self.b.flag("background", span);
                // The input stays last.
                let fed = args.last().is_some_and(
                    |id| matches!(self.b.tree.get(*id), Node::Keyword(sym, _) if self.b.tree.str(sym) == "stdin"),
                );
                args.insert(args.len() - usize::from(fed), flag);
                self.b.call(callee, &args, span)
            }
            Node::Binary(op @ (Op::And | Op::Or), left, right) if depth < 4 => {
                let right = self.in_background(right, depth + 1);
                self.b.binary(op, left, right)
            }
            Node::Block(ids) | Node::Seq(ids) if depth < 4 => {
                let is_block = matches!(self.b.tree.get(id), Node::Block(_));
                let mut ids = self.b.ids(ids);
                if let Some(last) = ids.last_mut() {
                    *last = self.in_background(*last, depth + 1);
                }
                if is_block { self.b.block(&ids, span) } else { self.b.seq(&ids, span) }
            }
            _ => id,
        }
    }

    /// The reserved word that comes next, or "". Only asked for where a command may begin.
    fn reserved(&self) -> &'t str {
        let rest = self.c.rest();
        let delimits =
            |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')');
        let head = rest.get(..rest.len().min(10)).unwrap_or_default();
        let len = match head.iter().position(delimits) {
            Some(len) => len,
            None if rest.len() < 10 => rest.len(),
            None => return "",
        };
        let word = self.c.slice(self.c.at..self.c.at + len);
        if CLOSERS.contains(&word) || OPENERS.contains(&word) { word } else { "" }
    }

    /// Whether something is closed here.
    fn closes(&self) -> bool {
        match self.c.peek() {
            b')' => true,
            b';' => matches!(self.c.ahead(1), b';' | b'&'),
            b't' | b'e' | b'f' | b'd' | b'}' => CLOSERS.contains(&self.reserved()),
            _ => false,
        }
    }

    /// Goes behind a reserved word or tells that it is missing.
    fn expect(&mut self, word: &str) -> bool {
        self.skip_lines();
        let there = self.reserved() == word;
        if there {
            self.c.at += word.len();
        } else {
            self.b.problem(self.c.at, &format!("`{word}` is missing"));
        }
        there
    }

    /// Goes behind a sign or tells that it is missing.
    fn expect_sign(&mut self, sign: &str) {
        if !self.c.eat(sign) {
            self.b.problem(self.c.at, &format!("`{sign}` is missing"));
        }
    }

    /// Steps over blanks, a comment, and line ends that are escaped.
    fn skip_blank(&mut self) {
        loop {
            match self.c.peek() {
                b' ' | b'\t' | b'\r' => self.c.at += 1,
                b'\\' if self.c.ahead(1) == b'\n' => self.c.at += 2,
                b'\\' if self.c.ahead(1) == b'\r' && self.c.ahead(2) == b'\n' => self.c.at += 3,
                b'#' => self.c.at = self.c.line_end(),
                _ => return,
            }
        }
    }

    /// Steps over blanks and line ends.
    fn skip_lines(&mut self) {
        loop {
            self.skip_blank();
            if self.c.peek() != b'\n' {
                return;
            }
            self.line_feed();
        }
    }

    /// Steps over a line feed and the bodies of here-documents behind it.
    fn line_feed(&mut self) {
        match self.bodies {
            Some((line, end)) if line == self.c.at => {
                self.bodies = None;
                self.c.at = end.min(self.c.end);
            }
            _ => self.c.at += 1,
        }
    }

    /// What is nested too deeply goes to the end of its line.
    fn give_up(&mut self) -> Id {
        let start = self.c.at;
        self.c.at = self.c.line_end();
        self.b.opaque(&[], (start, self.c.at))
    }

    /// Makes or sets a variable: all are global but what a function calls its own.
    fn set(&mut self, target: Id, value: Id, own: bool) -> Id {
        let span = self.b.over(target, value);
        let named = matches!(self.b.tree.get(target), Node::Name(_));
        let node = if named && (own || self.functions == 0) {
            Node::Declare(target, value)
        } else {
            Node::Assign(target, value)
        };
        self.b.add(node, span)
    }
}
