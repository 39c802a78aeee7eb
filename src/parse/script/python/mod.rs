//! Python, 2 and 3. The parser is ruff's, which recovers from syntax errors: what it reports becomes a problem, and the
//! rest of the script is lowered all the same.
//!
//! Before it, one pass blanks out what is nested too deeply to be read ([`nesting`]). After it, a script with errors is
//! read once more as Python 2 ([`legacy`]), and the reading with fewer errors is kept. Lowering then walks the syntax
//! tree by recursion of a bounded depth, and along chains by loops.
//!
//! What a reader of the tree should know:
//!
//! - `with a as b` is [`Node::Declare`] of `b` with the value `a`: files, sockets and archives give themselves.
//! - A pattern on the left of an assignment is [`Node::Declare`] as soon as one name in it is the function's own; those
//!   in [`Func::outer`] are still the outer ones.
//! - In a `match`, cases do not fall through, and [`Node::Break`] in one leaves the loop around it.
//! - `yield from x` is [`Node::Yield`] of a [`Node::Spread`]; `**x` and `*x` are both [`Node::Spread`].
//! - Annotations are dropped unless they could do something (`x: exec(…)`); then they are [`Node::Opaque`].
//!
//! [`Node::Declare`]: super::Node::Declare
//! [`Node::Break`]: super::Node::Break
//! [`Node::Yield`]: super::Node::Yield
//! [`Node::Spread`]: super::Node::Spread
//! [`Node::Opaque`]: super::Node::Opaque
//! [`Func::outer`]: super::Func::outer

mod definition;
mod expression;
mod legacy;
mod lower;
mod nesting;
mod pattern;
mod scan;
mod statement;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ruff_python_ast::{ModModule, PySourceType};
use ruff_python_parser::{LexicalErrorType, ParseError, ParseErrorType, Parsed, parse_unchecked_source};

use self::legacy::Legacy;
use self::lower::{Lower, MAX_DEPTH};
use self::nesting::Part;
use super::{Language, Tree};

/// Most bytes of one script; what stands behind them is not read.
const MAX_BYTES: usize = 128 << 20;

/// Most problems that are kept.
const MAX_PROBLEMS: usize = 100;

/// Bytes of stack for what does not depend on the script. The parser sees to its own.
const STACK: usize = (256 << 10) * UNOPTIMISED;

/// Builds without optimisation take more stack for the same.
const UNOPTIMISED: usize = if cfg!(debug_assertions) { 4 } else { 1 };

/// Bytes of stack for each level of recursion while lowering.
const STACK_OF_LOWERING: usize = (6 << 10) * UNOPTIMISED;

/// Bytes of stack for each level of a syntax tree when it is dropped.
const STACK_OF_DROPPING: usize = 400 * UNOPTIMISED;

/// Deepest syntax tree that is lowered and dropped.
const MAX_LEVELS: usize = 1_000_000;

/// Reads a script.
#[must_use]
pub(super) fn read(text: &str) -> Tree {
    stacker::maybe_grow(STACK, 2 * STACK, || read_on_this_stack(text))
}

fn read_on_this_stack(text: &str) -> Tree {
    let mut tree = Tree::new(Language::Python);
    let mut end = text.len();
    if end > MAX_BYTES {
        end = text.floor_char_boundary(MAX_BYTES);
        tree.problems.push((place(end), format!("what stands behind byte {end}")));
    }
    let origin = text.get(..end).unwrap_or_default();
    let mut source = Cow::Borrowed(origin);
    if let Some(at) = memchr::memchr(0, origin.as_bytes()) {
        // Python refuses such a file, old ones drop the rest of the line; an editor shows it like any other.
        tree.problems.push((place(at), "a null byte, which Python does not take".to_owned()));
        source = Cow::Owned(origin.replace('\0', " "));
    }
    for Part { start, end, why } in nesting::too_much(&source) {
        tree.problems.push((place(start), format!("{} bytes that are {why}", end - start)));
        blank(source.to_mut(), start, end);
    }

    let first = Script::parse(Legacy { text: source.into_owned(), ..Legacy::default() });
    let errors = first.errors();
    let rewritten = if errors > 0 { legacy::rewrite(&first.legacy.text) } else { None };
    let script = match rewritten {
        None => first,
        Some(rewritten) => {
            // Two syntax trees at once would be the most memory that reading takes.
            let as_it_is = first.release();
            let second = Script::parse(rewritten);
            if second.errors() < errors {
                second
            } else {
                second.release();
                Script::parse(as_it_is)
            }
        }
    };
    script.lower(origin, tree)
}

/// A parsed script.
struct Script {
    legacy: Legacy,
    /// `None` when the parser gave up.
    parsed: Option<Parsed<ModModule>>,
    depth: usize,
}

impl Script {
    fn parse(legacy: Legacy) -> Self {
        // The parser has assertions of its own about how it gets on.
        let parsed = catch_unwind(AssertUnwindSafe(|| parse_unchecked_source(&legacy.text, PySourceType::Python))).ok();
        let depth = parsed.as_ref().map_or(0, nesting::depth);
        Self { legacy, parsed, depth }
    }

    fn errors(&self) -> usize {
        self.parsed.as_ref().map_or(usize::MAX, |parsed| parsed.errors().iter().filter(|e| is_loss(e)).count())
    }

    /// Lowers it into the tree.
    fn lower(self, origin: &str, mut tree: Tree) -> Tree {
        let Self { legacy, parsed, depth } = self;
        let Some(parsed) = parsed else {
            tree.problems.push((0, "the script: the parser gave up".to_owned()));
            return tree;
        };
        let mut errors = parsed.errors().iter().filter(|e| is_loss(e));
        for error in errors.by_ref().take(MAX_PROBLEMS) {
            tree.problems.push((legacy.map.origin(error.location.start().to_u32()), error.error.to_string()));
        }
        let left = errors.count();
        if left > 0 {
            tree.problems.push((place(origin.len()), format!("{left} more syntax errors")));
        }
        if depth > MAX_LEVELS {
            tree.problems.push((0, "the script: it is nested too deeply".to_owned()));
            // Dropping it would need more stack than there is; this happens to no file that was not made for it.
            std::mem::forget(parsed);
            return tree;
        }
        let module = parsed.into_syntax();
        let mut tree = on_stack_of(depth, || {
            let tree = Lower::new(tree, origin, &legacy).module(&module);
            drop(module);
            tree
        });
        tree.problems.sort_by_key(|(at, _)| *at);
        tree
    }

    /// Drops the syntax tree.
    fn release(self) -> Legacy {
        let Self { legacy, parsed, depth } = self;
        if depth > MAX_LEVELS {
            std::mem::forget(parsed);
        } else {
            on_stack_of(depth, || drop(parsed));
        }
        legacy
    }
}

/// Runs something on a stack that is large enough for a tree of some depth.
fn on_stack_of<T>(depth: usize, run: impl FnOnce() -> T) -> T {
    let lowering = depth.saturating_add(8).min(MAX_DEPTH as usize).saturating_mul(STACK_OF_LOWERING);
    let bytes = STACK + lowering + depth.saturating_mul(STACK_OF_DROPPING);
    stacker::maybe_grow(bytes, bytes, run)
}

/// Whether a syntax error means that something is missing in the tree. The others are rules about what may stand
/// where, which an older Python did not have or an attacker does not mind; the parser keeps what stands there.
fn is_loss(error: &ParseError) -> bool {
    !matches!(
        error.error,
        ParseErrorType::UnparenthesizedTupleExpression
            | ParseErrorType::UnparenthesizedNamedExpression
            | ParseErrorType::UnparenthesizedGeneratorExpression
            | ParseErrorType::InvalidLambdaExpressionUsage
            | ParseErrorType::InvalidYieldExpressionUsage
            | ParseErrorType::InvalidStarredExpressionUsage
            | ParseErrorType::InvalidAssignmentTarget
            | ParseErrorType::InvalidNamedAssignmentTarget
            | ParseErrorType::InvalidAnnotatedAssignmentTarget
            | ParseErrorType::InvalidAugmentedAssignmentTarget
            | ParseErrorType::InvalidDeleteTarget
            | ParseErrorType::PositionalAfterKeywordArgument
            | ParseErrorType::PositionalAfterKeywordUnpacking
            | ParseErrorType::InvalidArgumentUnpackingOrder
            | ParseErrorType::NonDefaultParamAfterDefaultParam
            // These are of strings, which are then decoded here.
            | ParseErrorType::Lexical(
                LexicalErrorType::UnicodeError
                    | LexicalErrorType::MissingUnicodeLbrace
                    | LexicalErrorType::MissingUnicodeRbrace
                    | LexicalErrorType::InvalidByteLiteral
            )
    )
}

/// Overwrites a part with blanks.
fn blank(text: &mut String, start: usize, end: usize) {
    if text.get(start..end).is_some() {
        text.replace_range(start..end, &" ".repeat(end - start));
    }
}

/// A place in a script that is no longer than [`MAX_BYTES`].
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The bytes of something that was parsed.
fn range(node: &impl ruff_text_size::Ranged) -> (u32, u32) {
    (node.start().to_u32(), node.end().to_u32())
}
