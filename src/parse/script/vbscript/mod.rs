//! VBScript, read by hand into the tree. Its elder brothers (VBA, Visual Basic) are read as far as they are alike.
//!
//! Words are lowered, for case means nothing. `a(i)` is a call, be it of a function or of a list; what a function gives
//! back is a variable of its own name, which is called `name result` here; `.x` inside of `With` is a member of the
//! name `with`. `&` is a template. Known uses: droppers that arrive by mail and in shortcuts, stages of loaders.

mod expression;
mod statement;
#[cfg(test)]
mod tests;
mod token;

use super::shell::build::Build;
use super::{Func, Id, Language, Node, Op, Param, Tree};
use token::Token;

/// The name of what `With` is about.
const WITH: &str = "with";

/// The variable in which a function keeps what it gives back.
fn result_of(function: &str) -> String {
    format!("{function} result")
}

/// Reads a script.
pub(super) fn read(text: &str) -> Tree {
    let mut build = Build::new(Language::VbScript);
    let tokens = token::tokens(text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, tokens: &tokens, at: 0, b: &mut build, function: None };
    let mut out = Vec::new();
    while reader.peek().is_some() && !reader.b.tree.is_full() {
        let at = reader.at;
        reader.statements(&[], &mut out);
        // What closes nothing is stepped over.
        if reader.at == at {
            reader.next();
        }
    }
    // What is defined further down is called further up.
    let is_function = |id: &Id| matches!(build.tree.get(*id), Node::Func(_) | Node::Class(..));
    let (mut first, rest): (Vec<Id>, Vec<Id>) = out.into_iter().partition(is_function);
    first.extend(rest);
    build.finish(&first, text.len())
}

/// A reader at a place of a script.
struct Reader<'t, 'b> {
    text: &'t str,
    tokens: &'t [(Token<'t>, (usize, usize))],
    at: usize,
    b: &'b mut Build,
    /// The function around.
    function: Option<String>,
}

impl<'t> Reader<'t, '_> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn next(&mut self) {
        self.at += 1;
    }

    /// Where the next part begins, and where the last one ended.
    fn place(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0, |(_, span)| span.0)
    }

    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |(_, span)| span.1)
    }

    /// Whether the next part is this word.
    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(w)) if w == word)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let is = self.is_word(word);
        self.at += usize::from(is);
        is
    }

    fn eat(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(is);
        is
    }

    /// Whether a statement ends here; on the line of an `If` another one may follow at once.
    fn is_over(&self) -> bool {
        matches!(self.peek(), None | Some(Token::End)) || self.is_word("else")
    }

    fn skip_statement(&mut self) {
        while !self.is_over() {
            self.next();
        }
    }
}
