//! Compiled Python (`.pyc`): read back into a listing that looks like source.
//!
//! The code object behind the header is unmarshalled; its instructions, and those of all functions and classes in it,
//! are run on expressions instead of values, once and in the order in which they stand ([`simulate`]); what comes out is
//! written as Python ([`print`]). Imports, assignments, calls and strings read as in the source, so that the rules for
//! source apply; what could not be told stands as `...`. It is a listing and no decompilation: conditions and loops are
//! indented where their jumps say so and nothing promises that it would run.
//!
//! What has instructions of its own (`PyPy`, versions that are not known) or was changed is listed with its names and
//! constants, and that is a gap.

mod expression;
mod literal;
mod opcodes;
mod print;
mod simulate;
#[cfg(test)]
mod tests;
mod version;

use super::{Content, Entries, Input, Wrapper, stream};
use crate::limits::Budget;
use crate::model::artifact::base_name;
use crate::model::{ByteView, FileKind, Gap, GapReason, Step};
use crate::parse::fields::Fields;
use crate::parse::marshal::{self, Layout, Marshal, Object};
use expression::Tree;
pub(super) use literal::Text;
use print::{Body, Printer};
pub(super) use version::Python;

/// Opens them.
pub(super) struct Pyc;

impl Wrapper for Pyc {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pyc]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let magic = Fields::new(bytes, true).u16(0).unwrap_or(0);
        let python = Python::of_magic(magic);
        let (start, marshal) = unmarshal(bytes, python);
        let (view, gap) = listing(&marshal, bytes.len(), python, out.budget());
        if !view.is_empty() {
            let step = Step::Decoded { recipe: "pyc-listing".to_owned(), offset: start as u64 };
            out.emit(listing_name(input.name), step, Content::Ready(view))?;
        }
        if python.is_none() {
            let detail =
                format!("no Python that is known has the magic number {magic}: listed with names and constants");
            out.gaps.push(Gap::new(GapReason::Unsupported, detail));
        }
        let end = start.saturating_add(marshal.used);
        if marshal.broken.is_none() && end < bytes.len() {
            stream::trailing(input, out, end)?;
        }
        gap.map_or(Ok(()), Err)
    }
}

/// `pkg/__pycache__/x.cpython-311.opt-1.pyc` is listed as `x.py`.
fn listing_name(name: &str) -> String {
    let base = base_name(name);
    let stem = base.strip_suffix(".pyc").or_else(|| base.strip_suffix(".pyo")).unwrap_or(base);
    let stem = [".cpython-", ".pypy", ".opt-"]
        .iter()
        .fold(stem, |stem, mark| stem.rfind(mark).filter(|at| *at > 0).and_then(|at| stem.get(..at)).unwrap_or(stem));
    format!("{stem}.py")
}

/// Reads the code object: where it begins, and what is in it. For a Python that is not known, the layout is found by
/// trying.
fn unmarshal(bytes: &[u8], python: Option<Python>) -> (usize, Marshal<'_>) {
    let at = |start: usize, layout| (start, marshal::read(bytes.get(start..).unwrap_or_default(), layout));
    if let Some(python) = python {
        let right = at(python.header_len(), python.layout());
        // pytest up to 6.1 wrote its rewritten tests with the header of Python 3.6, whatever wrote them.
        if right.1.broken.as_ref().is_some_and(|b| b.at == 0) && python.header_len() == 16 {
            let short = at(12, python.layout());
            if short.1.broken.is_none() {
                return short;
            }
        }
        return right;
    }
    let tries = [(16, Layout::LocalsPlus), (16, Layout::PositionalOnly), (12, Layout::Three), (8, Layout::Two)];
    let mut best = at(16, Layout::LocalsPlus);
    for (start, layout) in tries.into_iter().skip(1) {
        if best.1.broken.is_none() {
            break;
        }
        let other = at(start, layout);
        if other.1.broken.is_none() || other.1.used > best.1.used {
            best = other;
        }
    }
    best
}

/// Writes what a code object does, and says what of it could not be read.
fn listing(marshal: &Marshal<'_>, len: usize, python: Option<Python>, budget: &Budget) -> (ByteView, Option<Gap>) {
    let table = python.and_then(|python| opcodes::table(python).map(|table| (python, table)));
    let mut tree = Tree::new();
    let mut bodies = Vec::with_capacity(marshal.codes.len());
    let mut stopped = Vec::new();
    for (index, code) in marshal.codes.iter().enumerate() {
        let start = tree.statements.len();
        let state = table.map(|(python, table)| simulate::simulate(marshal, &mut tree, table, python, *code));
        let unread = !matches!(state, Some(Ok(())));
        if let Some(Err(why)) = state {
            stopped.push((index, why));
        }
        bodies.push(Body { statements: (start, tree.statements.len()), unread });
    }

    let mut meter = budget.meter();
    // Honest listings are about as long as their files; text that one instruction repeats ends here.
    let most = (len as u64).saturating_mul(16).saturating_add(1 << 16);
    let mut text = Text::new(&mut meter, most);
    let of = python.map_or_else(|| "an unknown Python".to_owned(), |p| p.to_string());
    text.raw(format!("# Listing of compiled code of {of}, in the order of its instructions\n").as_bytes());
    let two = matches!(python, Some(Python::Two(_)));
    let mut printer = Printer::new(marshal, &tree, &bodies, text, two);
    let module = |id| match marshal.object(id) {
        Object::Code(code) => Some(code as usize),
        _ => None,
    };
    // Packers put several modules into one list.
    let mut modules: Vec<usize> = marshal.items(marshal.root).iter().filter_map(|id| module(*id)).collect();
    modules.extend(module(marshal.root));
    printer.everything(&modules);
    let over = printer.text.is_over() || printer.text.cut_off;
    let limit = printer.text.finish();

    let gap = limit.or_else(|| {
        if let Some(broken) = &marshal.broken {
            let reason = if broken.limit { GapReason::Limit } else { GapReason::Malformed };
            let detail = format!("code object broken at byte {} behind the header: {}", broken.at, broken.what);
            return Some(Gap::new(reason, detail));
        }
        if marshal.codes.is_empty() {
            return Some(Gap::malformed("there is no code object behind the header"));
        }
        if let Some((index, why)) = stopped.first() {
            let name = marshal.codes.get(*index).and_then(|c| marshal.text(c.name)).unwrap_or_default();
            let name = String::from_utf8_lossy(name.get(..80).unwrap_or(name)).into_owned();
            let (reason, what) = match why.number {
                Some(number) => (GapReason::Unsupported, format!("{of} has no instruction {number}")),
                None => (GapReason::Limit, "too many instructions".to_owned()),
            };
            let detail = format!(
                "instructions of {} of {} code objects were not read to their end (first in {name} at byte {}: {what}): \
                 listed with names and constants",
                stopped.len(),
                bodies.len(),
                why.offset
            );
            return Some(Gap::new(reason, detail));
        }
        if over {
            return Some(Gap::new(GapReason::Limit, format!("the listing would be longer than {most} bytes")));
        }
        if table.is_none() && python.is_some() {
            let detail = format!("instructions of {of} are not read: listed with names and constants");
            return Some(Gap::new(GapReason::Unsupported, detail));
        }
        None
    });
    (meter.finish(), gap)
}
