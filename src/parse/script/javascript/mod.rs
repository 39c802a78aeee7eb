//! Reads JavaScript and TypeScript, with or without JSX, into the tree that all script languages share.
//!
//! Oxc parses; what it gives is walked once and dropped. Nobody tells which dialect a file is in, so plain JavaScript is
//! tried first and the others when that fails. Oxc recurses on the input's depth and, where arrow functions and type
//! arguments are in doubt, parses the same text again and again; [`nesting`] looks at the text beforehand and says what
//! stack and how many passes it will take, and what takes too much is not given to it. Large scripts, and those that do
//! not or must not be parsed as a whole, are read statement by statement ([`pieces`]).

mod class;
mod expression;
mod function;
mod helpers;
mod literal;
mod lower;
mod markup;
mod module;
mod nesting;
mod parse;
mod pattern;
mod pieces;
mod resumed;
mod scope;
mod statement;
#[cfg(test)]
mod tests;

use oxc_span::SourceType;

use super::{Id, Language, Node, Tree};
use nesting::Outline;
use parse::{Parsing, Text};
use pieces::Pieces;

/// Scripts from this length on are read in pieces from the start, so that only a part of Oxc's tree is in memory at once.
const LARGE: usize = 1 << 20;

/// What a text is parsed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// JavaScript, a module when it says so.
    Plain,
    /// TypeScript.
    Typed,
    /// JavaScript with JSX.
    Markup,
    /// TypeScript with JSX.
    TypedMarkup,
    /// JavaScript that is no module: `await` is a name.
    Script,
    /// JavaScript that is a module: `await` is none.
    Module,
}

/// In the order in which they are tried.
const DIALECTS: [Dialect; 5] = [Dialect::Plain, Dialect::Typed, Dialect::Markup, Dialect::TypedMarkup, Dialect::Script];

impl Dialect {
    fn source_type(self) -> SourceType {
        match self {
            Self::Plain => SourceType::unambiguous(),
            Self::Typed => SourceType::ts(),
            Self::Markup => SourceType::unambiguous().with_jsx(true),
            Self::TypedMarkup => SourceType::tsx(),
            Self::Script => SourceType::script(),
            Self::Module => SourceType::mjs(),
        }
    }

    /// Whether `<` may open something.
    fn has_angles(self) -> bool {
        matches!(self, Self::Typed | Self::Markup | Self::TypedMarkup)
    }

    /// Whether type arguments are guessed at.
    fn is_typed(self) -> bool {
        matches!(self, Self::Typed | Self::TypedMarkup)
    }
}

/// Why a text was not read.
#[derive(Debug)]
struct Failure {
    /// Where, in bytes from the text's beginning; what stands before it may be well formed.
    at: u32,
    /// In words.
    why: String,
    /// Whether it was not even tried, because of what stands anywhere in the text.
    refused: bool,
}

/// Reads a script. What could not be read is told in [`Tree::problems`].
#[must_use]
pub(super) fn read(text: &str) -> Tree {
    let mut tree = Tree::new(Language::JavaScript);
    let Ok(len) = u32::try_from(text.len()) else {
        tree.problems.push((0, "scripts of more than 4 GiB are not read".into()));
        return tree;
    };
    // Behind a byte order mark Oxc would not know a `#!` line.
    let (base, body) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (3, rest),
        None => (0, text),
    };
    let mut statements = Vec::new();
    let mut parsing = Parsing::default();
    if body.len() >= LARGE {
        // A piece may come from an asynchronous function without saying so.
        let dialects = [&[Dialect::Module][..], &DIALECTS].concat();
        Pieces::new(&mut tree, &mut parsing, dialects, body.len()).read(body, base, None, &mut statements);
    } else if let Err((dialect, failure)) = whole(&mut tree, &mut parsing, body, base, &mut statements) {
        // The dialect is known when the text was parsed up to somewhere.
        let (dialects, known) =
            if failure.refused { (DIALECTS.to_vec(), None) } else { (vec![dialect], Some(failure)) };
        Pieces::new(&mut tree, &mut parsing, dialects, body.len()).read(body, base, known, &mut statements);
    }
    let all = tree.many(&statements);
    tree.root = tree.node(Node::Block(all), 0, len);
    tree.problems.sort_by_key(|(at, _)| *at);
    tree
}

/// Reads the whole text in the first dialect that fits; otherwise the dialect that came furthest, and what stopped it.
fn whole(
    tree: &mut Tree,
    parsing: &mut Parsing,
    body: &str,
    base: u32,
    out: &mut Vec<Id>,
) -> Result<(), (Dialect, Failure)> {
    let needs = nesting::survey(body, Outline::No).needs;
    let mut furthest: Option<(Dialect, Failure)> = None;
    for dialect in DIALECTS {
        let done = needs
            .allows(dialect, body.len())
            .and_then(|stack| parsing.parse(tree, Text::new(body, base), dialect, stack, out));
        let Err(failure) = done else { return Ok(()) };
        if furthest.as_ref().is_none_or(|(_, best)| failure.at > best.at) {
            furthest = Some((dialect, failure));
        }
    }
    Err(furthest.unwrap_or((Dialect::Plain, Failure { at: 0, why: "not read".into(), refused: true })))
}
