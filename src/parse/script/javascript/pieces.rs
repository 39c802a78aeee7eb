//! Reads a script statement by statement: a large one, of which only a part is to be in memory as Oxc's tree, or one
//! that cannot be parsed as a whole because a part was cut off, a template engine's marks stand in it, or one place is
//! nested beyond all bounds.
//!
//! Where statements begin at the top is guessed from brackets and lines. As many of them as possible are parsed at once.
//! Where that fails, the statements before the failure are parsed for themselves and the one that fails is told as a
//! problem; the statements inside of its braces are then read in the same way, for the error may be deep in a function
//! that is the whole script. Large functions are emptied before the statement around them is parsed, and filled again.

use super::lower::tell;
use super::nesting::{self, Needs, Outline, Piece, Survey};
use super::parse::{Graft, Parsing, Text};
use super::{Dialect, Failure};
use crate::parse::script::{Id, Language, Node, Tree};

/// How much is parsed at once, when it can be helped, in bytes.
const GROUP: usize = 1 << 19;
/// The least function that is read for itself.
const HOLE: usize = 1 << 12;
/// Most statements that may fail; what is left then is not read.
const MAX_FAILURES: usize = 400;
/// How many times its own length is parsed of a script, at most; every failure parses up to the error.
const MAX_WORK: usize = 24;
/// How many braces in each other are opened in search of statements.
const MAX_LEVELS: usize = 12;
/// How often a beginning of the statements is shortened before they are given up.
const MAX_CUTS: usize = 4;

/// The state of such a reading.
pub(super) struct Pieces<'t> {
    tree: &'t mut Tree,
    parsing: &'t mut Parsing,
    /// What it may be, the likeliest first.
    dialects: Vec<Dialect>,
    failures: usize,
    /// Bytes that may still be parsed.
    work: usize,
    /// How many braces may still be opened inside of the current ones.
    levels: usize,
}

/// A part of a script.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    /// Where it begins in the script.
    base: u32,
}

impl<'a> Part<'a> {
    /// A part of the part.
    fn cut(self, start: usize, end: usize) -> Self {
        Self { text: self.text.get(start..end).unwrap_or_default(), base: self.place(start) }
    }

    /// The byte of the script.
    fn place(self, at: usize) -> u32 {
        self.base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// Where a piece ends: where the next one begins.
    fn end(self, next: Option<&Piece>) -> usize {
        next.map_or(self.text.len(), |piece| piece.start)
    }
}

/// A statement with empty functions.
struct Shell {
    text: String,
    /// As [`Text::with_gaps`] wants them.
    gaps: Vec<(u32, u32)>,
    /// One for each function, in order.
    grafts: Vec<Graft>,
}

impl Shell {
    /// Takes the `holes` out of a statement; they do not touch. Nothing when that leaves more than half of it.
    fn new(part: Part<'_>, (start, end): (usize, usize), holes: &[(usize, usize)]) -> Option<Self> {
        let mut shell = Self { text: String::new(), gaps: Vec::new(), grafts: Vec::new() };
        let (mut from, mut missing) = (start, 0);
        for (inner, close) in holes {
            shell.text.push_str(part.text.get(from..*inner)?);
            missing += close - inner;
            let gap = u32::try_from(shell.text.len()).ok()?;
            shell.gaps.push((gap, u32::try_from(missing).ok()?));
            shell.grafts.push(Graft { at: gap.checked_sub(1)?, statements: Vec::new(), done: false });
            from = *close;
        }
        shell.text.push_str(part.text.get(from..end)?);
        (missing >= (end - start) / 2).then_some(shell)
    }
}

impl<'t> Pieces<'t> {
    /// Reads a script of `len` bytes.
    pub(super) fn new(tree: &'t mut Tree, parsing: &'t mut Parsing, dialects: Vec<Dialect>, len: usize) -> Self {
        let work = len.saturating_mul(MAX_WORK);
        Self { tree, parsing, dialects, failures: MAX_FAILURES, work, levels: MAX_LEVELS }
    }

    /// Adds the statements of a text that begins at byte `base` of the script. A failure that is `known` is not met again.
    pub(super) fn read(&mut self, text: &str, base: u32, known: Option<Failure>, out: &mut Vec<Id>) {
        let part = Part { text, base };
        let survey = nesting::survey(text, Outline::Yes);
        let mut known = known;
        let mut from = 0;
        while let Some(rest) = survey.pieces.get(from..)
            && let Some(first) = rest.first()
        {
            if self.failures == 0 || self.work == 0 || self.tree.is_full() {
                tell(self.tree, part.place(first.start), "too much went wrong; the rest was not read".into());
                return;
            }
            let failed = match known.take() {
                Some(failure) => failure,
                None => match self.group(part, &survey, rest, out) {
                    Ok(count) => {
                        from += count;
                        continue;
                    }
                    Err(failure) => failure,
                },
            };
            let good = self.before(part, rest, failed.at, out);
            if good > 0 {
                from += good;
                continue;
            }
            self.bad(part, &survey, (first.start, part.end(rest.get(1))), &failed, out);
            from += 1;
        }
    }

    /// Parses the next statements, as many as may be parsed at once; gives how many of the pieces were read.
    fn group(&mut self, part: Part<'_>, survey: &Survey, rest: &[Piece], out: &mut Vec<Id>) -> Result<usize, Failure> {
        let start = rest.first().map_or(0, |piece| piece.start);
        let (count, needs) = self.fitting(part, rest, GROUP);
        let end = part.end(rest.get(count));
        if count == 1 && end.saturating_sub(start) > GROUP && self.emptied(part, survey, (start, end), out) {
            return Ok(1);
        }
        let failure = match self.attempt(part.cut(start, end), needs, out) {
            Ok(()) => return Ok(count),
            Err(failure) => failure,
        };
        // Where statements begin is a guess. All that is left at once does not need it.
        if end < part.text.len() && !failure.refused {
            let (all, needs) = self.fitting(part, rest, usize::MAX);
            if all == rest.len() {
                self.attempt(part.cut(start, part.text.len()), needs, out)?;
                return Ok(all);
            }
        }
        Err(failure)
    }

    /// How many pieces may be parsed at once, up to about `most` bytes but at least one, and what that takes.
    fn fitting(&self, part: Part<'_>, pieces: &[Piece], most: usize) -> (usize, Needs) {
        let start = pieces.first().map_or(0, |piece| piece.start);
        let mut all = Needs::default();
        for (i, piece) in pieces.iter().enumerate() {
            let more = all.and(piece.needs);
            let len = part.end(pieces.get(i + 1)).saturating_sub(start);
            let fits = len <= most && self.dialects.iter().any(|dialect| more.allows(*dialect, len).is_ok());
            if !fits && i > 0 {
                return (i, all);
            }
            all = more;
        }
        (pieces.len(), all)
    }

    /// Parses the statements before `at`, which is counted from the first piece; gives how many were read.
    fn before(&mut self, part: Part<'_>, pieces: &[Piece], at: u32, out: &mut Vec<Id>) -> usize {
        let start = pieces.first().map_or(0, |piece| piece.start);
        let mut limit = start.saturating_add(at as usize);
        let mut most = pieces.partition_point(|piece| piece.start <= limit).saturating_sub(1);
        for cut in 0..MAX_CUTS {
            if most == 0 {
                return 0;
            }
            let (count, needs) = self.fitting(part, pieces.get(..most).unwrap_or_default(), usize::MAX);
            let end = part.end(pieces.get(count));
            match self.attempt(part.cut(start, end), needs, out) {
                Ok(()) => return count,
                Err(failure) => limit = limit.min(start.saturating_add(failure.at as usize)),
            }
            // Where statements begin is a guess; in the end the first one alone is tried.
            let shorter = pieces.partition_point(|piece| piece.start <= limit).saturating_sub(1).min(count - 1);
            most = if cut + 2 == MAX_CUTS { shorter.min(1) } else { shorter };
        }
        0
    }

    /// Tells of a statement that does not parse, and reads what stands in its braces.
    fn bad(
        &mut self,
        part: Part<'_>,
        survey: &Survey,
        (start, end): (usize, usize),
        failed: &Failure,
        out: &mut Vec<Id>,
    ) {
        self.failures = self.failures.saturating_sub(1);
        let at = (failed.at as usize).min(end.saturating_sub(start));
        tell(self.tree, part.place(start.saturating_add(at)), format!("not read: {}", failed.why));
        for (inner, close) in survey.braces_in(start, end) {
            let statements = self.inside(part.cut(inner, close));
            if !statements.is_empty() {
                let many = self.tree.many(&statements);
                out.push(self.tree.node(Node::Block(many), part.place(inner), part.place(close)));
            }
        }
    }

    /// The statements inside of braces.
    fn inside(&mut self, part: Part<'_>) -> Vec<Id> {
        let mut statements = Vec::new();
        if self.levels > 0 {
            self.levels -= 1;
            self.read(part.text, part.base, None, &mut statements);
            self.levels += 1;
        }
        statements
    }

    /// Reads a large statement that is mostly functions: the inside of the functions for themselves, then the statement
    /// with the functions empty. `false` when it is something else.
    fn emptied(&mut self, part: Part<'_>, survey: &Survey, (start, end): (usize, usize), out: &mut Vec<Id>) -> bool {
        let Some((inner, close)) = survey.braces_in(start, end).max_by_key(|(inner, close)| close - inner) else {
            return false;
        };
        if self.levels == 0 {
            return false;
        }
        // One function that is the script; or an object, a class, a list of modules with many in it.
        if self.filled(part, (start, end), &[(inner, close)], out) {
            return true;
        }
        let within = part.cut(inner, close).text;
        let mut holes: Vec<_> = nesting::survey(within, Outline::Yes).braces_in(0, within.len()).collect();
        holes.retain(|(inner, close)| close - inner >= HOLE && *close < within.len());
        for (from, to) in &mut holes {
            *from += inner;
            *to += inner;
        }
        self.filled(part, (start, end), &holes, out)
    }

    /// Reads a statement around those of the `holes` that are bodies of functions.
    fn filled(
        &mut self,
        part: Part<'_>,
        (start, end): (usize, usize),
        holes: &[(usize, usize)],
        out: &mut Vec<Id>,
    ) -> bool {
        let mut holes = holes.to_vec();
        for dialect in self.dialects.clone() {
            // The first round finds out what is the body of a function, the second one is sure of it.
            for _ in 0..2 {
                let Some(mut shell) = Shell::new(part, (start, end), &holes) else { return false };
                let Ok(stack) = nesting::survey(&shell.text, Outline::No).needs.allows(dialect, shell.text.len())
                else {
                    break;
                };
                let mut scratch = Tree::new(Language::JavaScript);
                self.parsing.forget();
                let text = Text::new(&shell.text, part.place(start)).with_gaps(&shell.gaps);
                let grafts = &mut shell.grafts;
                let parsed = self.parsing.parse_around(&mut scratch, text, dialect, stack, grafts, &mut Vec::new());
                self.parsing.forget();
                if parsed.is_err() {
                    break;
                }
                let all = shell.grafts.iter().all(|graft| graft.done);
                if !all {
                    let mut done = shell.grafts.iter().map(|graft| graft.done);
                    holes.retain(|_| done.next().unwrap_or(false));
                    continue;
                }
                for (graft, (inner, close)) in shell.grafts.iter_mut().zip(&holes) {
                    graft.statements = self.inside(part.cut(*inner, *close));
                }
                let text = Text::new(&shell.text, part.place(start)).with_gaps(&shell.gaps);
                return self.parsing.parse_around(self.tree, text, dialect, stack, &mut shell.grafts, out).is_ok();
            }
        }
        false
    }

    /// Parses a part in the first dialect that fits.
    fn attempt(&mut self, part: Part<'_>, needs: Needs, out: &mut Vec<Id>) -> Result<(), Failure> {
        let len = part.text.len();
        let mut furthest: Option<Failure> = None;
        for dialect in self.dialects.clone() {
            let done = needs
                .allows(dialect, len)
                .and_then(|stack| self.parsing.parse(self.tree, Text::new(part.text, part.base), dialect, stack, out));
            let Err(failure) = done else {
                self.work = self.work.saturating_sub(len);
                // What has fitted is tried first from now on.
                self.dialects.sort_by_key(|d| *d != dialect);
                return Ok(());
            };
            self.work = self.work.saturating_sub(failure.at as usize);
            if furthest.as_ref().is_none_or(|best| failure.at > best.at) {
                furthest = Some(failure);
            }
        }
        Err(furthest.unwrap_or(Failure { at: 0, why: "not read".into(), refused: true }))
    }
}
