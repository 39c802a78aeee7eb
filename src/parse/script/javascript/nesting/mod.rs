//! What it will take to parse a text, told beforehand from its tokens.
//!
//! Oxc is a recursive descent parser without a limit of depth: twenty thousand brackets in each other end the process.
//! Behind `(` it tries an arrow function and behind `<`, in TypeScript, type arguments; when these turn out to be
//! something else the text is parsed anew, and what was tried inside of it too. So the stack and the number of passes
//! are estimated here, generously: strings, templates, comments and regular expressions are told apart as far as that is
//! possible without parsing, and a doubt costs only more stack. An estimate that is wrong because the text was written to
//! mislead is made up for by [`slack`], and in the end by the process that a script is read in.
//!
//! On the way the scan notes where statements begin and where braces stand, for [`super::pieces`].

mod scan;
mod token;

use super::{Dialect, Failure};
use scan::Scan;

/// Most stack that is given to a parse, in bytes.
const MAX_STACK: usize = if cfg!(debug_assertions) { 256 << 20 } else { 64 << 20 };
/// Stack for everything that does not depend on the depth, and for the walk over the parsed tree.
const BASE_STACK: usize = if cfg!(debug_assertions) { 16 << 20 } else { 4 << 20 };
/// Most stack against a wrong estimate.
const MAX_SLACK: usize = if cfg!(debug_assertions) { 128 << 20 } else { 32 << 20 };
/// Measured with Oxc 0.146: a bracket costs 1.6 KB, with operators of every precedence or a function 4.3 KB.
const BRACKET: usize = if cfg!(debug_assertions) { 16 << 10 } else { 4608 };
/// A prefix operator, `=>`, `?`, `if` and the like cost 0.1 to 1 KB.
const LINK: usize = if cfg!(debug_assertions) { 6 << 10 } else { 1280 };
/// An element or a type argument.
const ANGLE: usize = if cfg!(debug_assertions) { 6 << 10 } else { 1664 };
/// How many times its own length, and how many bytes on top of that, may be parsed of a text.
const MAX_PASSES: u64 = 8;
const FREE_PASSES: u64 = 4 << 20;
/// Longest number, in bytes: the time for a big integer grows with the square of its length.
const MAX_NUMBER: usize = 64 << 10;

/// What the scan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    /// The whole text only.
    No,
    /// Its statements, too.
    Yes,
}

/// What a text or a part of it takes to be parsed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Stack in bytes without regard to `<`.
    stack: usize,
    /// More stack when `<` opens something.
    angles: usize,
    /// Bytes that are parsed again, at most: arrow functions.
    again: u64,
    /// The same with type arguments.
    again_typed: u64,
    /// Whether there is a number that is too long.
    long_number: bool,
    /// Brackets and other things that cost stack, wherever they stand.
    raw: usize,
}

/// A statement at the top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    pub(super) needs: Needs,
}

/// What is known of a text.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// What the whole of it takes.
    pub(super) needs: Needs,
    /// Statements at the top, in order; the first begins at 0. A guess.
    pub(super) pieces: Vec<Piece>,
    /// The inside of the outermost braces, in order.
    braces: Vec<(usize, usize)>,
}

impl Needs {
    /// The stack for a parse of `len` bytes, or why they must not be parsed.
    pub(super) fn allows(&self, dialect: Dialect, len: usize) -> Result<usize, Failure> {
        let refused = |why: &str| Err(Failure { at: 0, why: why.to_owned(), refused: true });
        let stack = self.stack.saturating_add(if dialect.has_angles() { self.angles } else { 0 });
        if stack > MAX_STACK {
            return refused("nested too deeply");
        }
        let again = if dialect.is_typed() { self.again_typed } else { self.again };
        if again > MAX_PASSES.saturating_mul(len as u64).saturating_add(FREE_PASSES) {
            return refused("takes too long to read");
        }
        if self.long_number {
            return refused("a number is too long");
        }
        Ok(BASE_STACK.saturating_add(stack).saturating_add(slack(self.raw)))
    }

    /// What both take together, one behind the other.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            stack: self.stack.max(other.stack),
            angles: self.angles.max(other.angles),
            again: self.again.saturating_add(other.again),
            again_typed: self.again_typed.saturating_add(other.again_typed),
            long_number: self.long_number || other.long_number,
            raw: self.raw.saturating_add(other.raw),
        }
    }
}

/// The stack that all brackets of a small text take when they are in each other after all.
fn slack(raw: usize) -> usize {
    raw.saturating_mul(BRACKET).min(MAX_SLACK)
}

impl Survey {
    /// The inside of the outermost braces that begin between two places.
    pub(super) fn braces_in(&self, start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
        let skip = self.braces.partition_point(|(inner, _)| *inner < start);
        self.braces.iter().skip(skip).take_while(move |(inner, _)| *inner < end).copied()
    }
}

/// Looks at a text.
pub(super) fn survey(text: &str, outline: Outline) -> Survey {
    Scan::new(text, outline).run()
}
