//! Older layouts, where positions say what lies where. All numbers are big-endian.
//!
//! ```text
//! at the end of the file, positions in the file:
//!   1.6             "d3n0l4nd" | bundle
//!   1.7 to 1.33.2   "d3n0l4nd" | bundle, settings
//!   1.33.3 to 1.45  "d3n0l4nd" | eszip, settings, file tree, contents
//! at the start of the data section, positions behind them:
//!   1.46 to 2.0     "d3n0l4nd" | eszip, settings, file tree, contents
//!   in between      "d3n0l4nd" | settings (0), npm snapshot, modules, file tree, contents
//! ```
//!
//! A part ends where the next begins; a bundle is a script or an eszip.

use std::ops::Range;

use super::super::{Entries, Input, carrier};
use super::{FORMAT, MAGIC, eszip, packages, section, settings, vfs};
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;

/// Looks for positions at the end of the file; there is nothing to do when there are none.
pub(super) fn open(input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let size = input.view.len();
    for count in [1usize, 2, 4] {
        let Some(at) = size.checked_sub(8 + 8 * count) else { continue };
        if input.view.get(at..).is_some_and(|tail| tail.starts_with(MAGIC)) {
            out.wrapped("Deno", at as u64);
            let Some(parts) = parts(input.view, at, count, 0, at) else {
                return Err(Gap::malformed("the positions at the end of the Deno executable contradict each other"));
            };
            return emit(input, out, &parts);
        }
    }
    Ok(())
}

/// Opens a data section whose positions begin at `at`.
pub(super) fn open_section(
    input: &Input<'_, '_>,
    out: &mut Entries<'_>,
    range: Range<usize>,
    at: usize,
) -> Result<(), Gap> {
    for count in [4usize, 5] {
        let base = at.saturating_add(8 * count);
        // Four positions begin with an eszip, five with the settings.
        let first = if count == 4 { b'E' } else { b'{' };
        if input.view.get(base) != Some(&first) {
            continue;
        }
        if let Some(parts) = parts(input.view, at.saturating_sub(8), count, base, range.end) {
            return emit(input, out, &parts);
        }
    }
    let why = Gap::new(
        GapReason::Unsupported,
        "the data of the Deno executable has a layout that is not known: it was only scanned as raw bytes",
    );
    carrier::unread(FORMAT, "data", input.view, range, out, why)
}

/// The parts between `count` positions that follow the magic at `at`; the last ends at `end`.
fn parts(bytes: &[u8], at: usize, count: usize, base: usize, end: usize) -> Option<Vec<Range<usize>>> {
    let fields = Fields::new(bytes, false);
    let mut ends = Vec::new();
    for i in 0..count {
        let position = fields.u64(at.checked_add(8 + 8 * i)? as u64)?;
        ends.push(base.checked_add(usize::try_from(position).ok()?)?);
    }
    ends.push(end);
    let pairs = ends.iter().zip(ends.iter().skip(1));
    pairs.map(|(from, to)| (from <= to && *to <= bytes.len()).then_some(*from..*to)).collect()
}

fn emit(input: &Input<'_, '_>, out: &mut Entries<'_>, parts: &[Range<usize>]) -> Result<(), Gap> {
    match parts {
        [bundle] => modules(input, out, bundle),
        [bundle, metadata] => {
            metadata_part(input, out, metadata)?;
            modules(input, out, bundle)
        }
        [bundle, metadata, tree, contents] => {
            metadata_part(input, out, metadata)?;
            let result = modules(input, out, bundle);
            vfs::open(input, out, tree.clone(), contents.clone())?;
            result
        }
        [metadata, snapshot, remote, tree, contents] => {
            metadata_part(input, out, metadata)?;
            packages(Fields::new(input.view, true), snapshot.clone(), out);
            out.part(FORMAT, "npm-snapshot", input.view, snapshot.clone())?;
            let known = section::emit_modules(input, out, remote.clone())?;
            vfs::open(input, out, tree.clone(), contents.clone())?;
            if known {
                return Ok(());
            }
            let why = Gap::malformed("the modules of the Deno executable cannot be told apart");
            carrier::unread(FORMAT, "modules", input.view, remote.clone(), out, why)
        }
        _ => Ok(()),
    }
}

fn metadata_part(input: &Input<'_, '_>, out: &mut Entries<'_>, range: &Range<usize>) -> Result<(), Gap> {
    settings(input.view.get(range.clone()).unwrap_or_default(), range.start as u64, out);
    out.part(FORMAT, "metadata.json", input.view, range.clone())
}

fn modules(input: &Input<'_, '_>, out: &mut Entries<'_>, range: &Range<usize>) -> Result<(), Gap> {
    if input.view.get(range.clone()).is_some_and(|b| b.starts_with(b"ESZIP")) {
        return eszip::open(input, out, range.clone());
    }
    out.part(FORMAT, "bundle.js", input.view, range.clone())
}
