//! One parse of one text.

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::GetSpan as _;

use super::lower::{Lower, Recent};
use super::{Dialect, Failure};
use crate::parse::script::{Id, Tree};

/// A text and where it stands in the script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t> {
    text: &'t str,
    place: Place<'t>,
}

/// Where a text stands in the script, in bytes. Parts may have been taken out of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'t> {
    base: u32,
    /// Behind which bytes of the text something is missing, in order, and how much up to there.
    gaps: &'t [(u32, u32)],
}

impl<'t> Text<'t> {
    /// A text that begins at byte `base` of the script.
    pub(super) fn new(text: &'t str, base: u32) -> Self {
        Self { text, place: Place { base, gaps: &[] } }
    }

    /// The same with parts taken out.
    pub(super) fn with_gaps(self, gaps: &'t [(u32, u32)]) -> Self {
        Self { place: Place { gaps, ..self.place }, ..self }
    }
}

impl Place<'_> {
    /// The byte of the script for one of the text.
    pub(super) fn of(self, at: u32) -> u32 {
        let before = self.gaps.partition_point(|(gap, _)| *gap < at);
        let missing = before.checked_sub(1).and_then(|i| self.gaps.get(i)).map_or(0, |(_, missing)| *missing);
        self.base.saturating_add(at).saturating_add(missing)
    }
}

/// Statements that were read beforehand and stand in the body of a function, which the text shows empty.
#[derive(Debug)]
pub(super) struct Graft {
    /// Where the function's body begins in the text.
    pub(super) at: u32,
    pub(super) statements: Vec<Id>,
    /// Whether there is such a function.
    pub(super) done: bool,
}

/// What parses use one behind the other.
#[derive(Default)]
pub(super) struct Parsing {
    allocator: Allocator,
    recent: Recent,
}

impl Parsing {
    /// Parses a text on a stack of at least `stack` bytes and adds its statements to `out`. Nothing is added when it
    /// fails.
    pub(super) fn parse(
        &mut self,
        tree: &mut Tree,
        text: Text<'_>,
        dialect: Dialect,
        stack: usize,
        out: &mut Vec<Id>,
    ) -> Result<(), Failure> {
        self.parse_around(tree, text, dialect, stack, &mut [], out)
    }

    /// The same with something to put into functions.
    pub(super) fn parse_around(
        &mut self,
        tree: &mut Tree,
        text: Text<'_>,
        dialect: Dialect,
        stack: usize,
        grafts: &mut [Graft],
        out: &mut Vec<Id>,
    ) -> Result<(), Failure> {
        self.allocator.reset();
        let (allocator, recent) = (&self.allocator, &mut self.recent);
        stacker::maybe_grow(stack, stack, || {
            let options = ParseOptions {
                allow_return_outside_function: true,
                preserve_parens: false,
                enable_ident_hashes: false,
                ..ParseOptions::default()
            };
            let parsed = Parser::new(allocator, text.text, dialect.source_type()).with_options(options).parse();
            if parsed.panicked || (!parsed.diagnostics.is_empty() && swallowed(text.text, &parsed.program)) {
                let at = parsed.diagnostics.iter().filter_map(|d| d.labels.first()).map(|l| l.offset()).max();
                let why = parsed.diagnostics.iter().last().map_or_else(String::new, |d| d.message.to_string());
                let at = at.unwrap_or(0);
                return Err(Failure { at, why, refused: false });
            }
            Lower::new(tree, text.place, recent, grafts).program(&parsed.program, out);
            Ok(())
        })
    }

    /// Forgets what it knows of a tree, before another one is built.
    pub(super) fn forget(&mut self) {
        self.recent = Recent::default();
    }
}

/// Whether something stands behind the last statement. Where Oxc's lexer does not know on, it takes the rest of the text
/// away; between two statements that does not count as fatal.
fn swallowed(text: &str, program: &Program<'_>) -> bool {
    let ends = [
        program.hashbang.as_ref().map(|line| line.span.end),
        program.directives.last().map(|directive| directive.span.end),
        program.body.last().map(|statement| statement.span().end),
        program.comments.last().map(|comment| comment.span.end),
    ];
    let end = ends.into_iter().flatten().max().unwrap_or(0);
    text.get(end as usize..).is_none_or(|rest| !rest.trim().is_empty())
}
