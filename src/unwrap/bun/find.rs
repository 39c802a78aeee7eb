//! Where the payload of a Bun executable lies, and what its head says.
//!
//! A payload is the data that all pointers count from, the offsets (24 or 32 bytes, by Bun's age) and a trailer. It
//! stands in a section of its own (`.bun`, `__BUN,__bun`) behind a length of 8 bytes (4 in older Mach-O and PE files),
//! or, in older ELF files, at the end of the file before the file's own length. The runtime holds the trailer too, and
//! so does every Bun executable that is embedded in this one, so only a trailer with sensible offsets counts.

use super::table::{self, Pointer};
use crate::model::{Gap, GapReason};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::parse::native::Region;

pub(super) const TRAILER: &[u8] = b"\n---- Bun! ----\n";

/// Most trailers of one file whose offsets are followed; an executable has one for each architecture.
const TRIES: usize = 256;

/// One payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payload {
    /// First byte of the data; all pointers count from here.
    pub(super) start: u64,
    /// End of the data, which is where the offsets begin.
    pub(super) end: u64,
    /// First byte of the length before it, if there is one.
    pub(super) whole_start: u64,
    /// End of the trailer, or of the file's length behind it.
    pub(super) whole_end: u64,
    /// The module table.
    pub(super) table: Pointer,
    /// Bytes of one record of the table.
    pub(super) record: u64,
    /// Index of the module that runs first.
    pub(super) entry: u32,
    /// Arguments for the runtime.
    pub(super) argv: Pointer,
    /// Switches, 0 before Bun had any.
    pub(super) flags: u32,
    /// The length that the offsets give, when it is another than that of the data.
    pub(super) other_count: Option<u64>,
}

/// All payloads of a file.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Each that is not inside another, the one that the runtime would take first.
    pub(super) payloads: Vec<Payload>,
    /// Why there may be one that was not understood.
    pub(super) gap: Option<Gap>,
}

/// Looks for all payloads.
pub(super) fn payloads(file: &Parsed<'_>) -> Found {
    let mut found = Found::default();
    let marks: Vec<u64> = file.markers().of(Marker::Bun).map(|at| at as u64).collect();
    if marks.is_empty() {
        return found;
    }
    let fields = Fields::new(file.bytes(), true);
    let regions = file.images().iter().flat_map(|i| &i.regions);
    let mut damaged = Vec::new();
    for region in regions.filter(|r| matches!(r.name, b".bun" | b"__bun")) {
        match in_section(&fields, region) {
            Ok(Some(payload)) if !found.payloads.contains(&payload) => found.payloads.push(payload),
            Ok(_) => {}
            Err(gap) => damaged.push((region.offset..region.offset.saturating_add(region.len), gap)),
        }
    }
    let mut tries = 0;
    for at in marks.into_iter().rev() {
        if found.payloads.iter().any(|p| (p.whole_start..p.whole_end).contains(&at)) {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            let detail = format!("more than {TRIES} trailers of Bun executables: the others were not followed");
            found.gap = Some(Gap::new(GapReason::Limit, detail));
            break;
        }
        if let Some(payload) = before_trailer(&fields, at, None) {
            found.payloads.push(payload);
        }
    }
    let rescued =
        |range: &std::ops::Range<u64>| found.payloads.iter().any(|p| p.start < range.end && range.start < p.end);
    if let Some((_, gap)) = damaged.into_iter().find(|(range, _)| !rescued(range)) {
        found.gap = Some(gap);
    }
    if found.payloads.is_empty() && found.gap.is_none() {
        found.gap = cut_off(file);
    }
    found
}

/// Whether a runtime's payload was there and is not whole: the headers promise more than the file has, or a module's
/// name follows what they account for.
fn cut_off(file: &Parsed<'_>) -> Option<Gap> {
    let (bytes, end) = (file.bytes(), file.images().iter().map(|i| i.end).max()?);
    let behind = usize::try_from(end).ok().and_then(|end| bytes.get(end..));
    let what = match behind {
        None => format!("the file ends {} bytes before its headers say", end.saturating_sub(bytes.len() as u64)),
        Some(behind) => {
            let at = table::ROOTS.iter().find_map(|root| memchr::memmem::find(behind, root))?;
            format!("a module's name stands {at} bytes behind the runtime, but no module table")
        }
    };
    Some(Gap::malformed(format!("Bun runtime whose program is cut off or damaged: {what}")))
}

/// A payload in a section: `None` for the runtime alone, whose section is empty.
fn in_section(fields: &Fields<'_>, region: &Region<'_>) -> Result<Option<Payload>, Gap> {
    let mut said = 0;
    for width in [8u64, 4] {
        let Some(len) = fields.word(region.offset, width == 8) else { continue };
        said = said.max(len);
        let Some(start) = region.offset.checked_add(width) else { continue };
        let Some(trailer) = start.checked_add(len).and_then(|end| end.checked_sub(TRAILER.len() as u64)) else {
            continue;
        };
        if let Some(mut payload) = before_trailer(fields, trailer, Some(start)) {
            payload.whole_start = region.offset;
            return Ok(Some(payload));
        }
    }
    // The section of the runtime alone holds nothing, or an address that is filled in later.
    if said == 0 || region.len <= 16 {
        return Ok(None);
    }
    let room = fields.len().saturating_sub(region.offset).min(region.len);
    Err(Gap::malformed(format!(
        "Bun single-file executable: its section says {said} bytes, {room} are there, and no module table was found in them"
    )))
}

/// The payload whose trailer stands at `trailer`, if there is a sensible one. Without a section, its start follows
/// from its length.
fn before_trailer(fields: &Fields<'_>, trailer: u64, start: Option<u64>) -> Option<Payload> {
    if trailer < 24 || fields.range(trailer, TRAILER.len() as u64)? != TRAILER {
        return None;
    }
    let heads = [32u64, 24];
    // Offsets that tell the data's true length come before those that do not, whatever their size.
    let exact =
        heads.iter().find_map(|head| with_head(fields, trailer, start, *head).filter(|p| p.other_count.is_none()));
    exact.or_else(|| heads.iter().find_map(|head| with_head(fields, trailer, start, *head)))
}

fn with_head(fields: &Fields<'_>, trailer: u64, start: Option<u64>, head: u64) -> Option<Payload> {
    let end = trailer.checked_sub(head)?;
    let count = fields.u64(end)?;
    let start = match start {
        Some(start) => start,
        None => end.checked_sub(count)?,
    };
    let len = end.checked_sub(start)?;
    let table = Pointer::read(fields, end + 8)?;
    let data = fields.inner(fields.range(start, len)?);
    let rows = data.range(table.at, table.len)?;
    let record = table::record_size(&data, rows)?;
    let (argv, flags) = match head {
        32 => (Pointer::read(fields, end + 20)?, fields.u32(end + 28)?),
        _ => (Pointer::default(), 0),
    };
    let mut whole_end = trailer + TRAILER.len() as u64;
    // What is appended to a file ends with the length of all of it.
    if fields.u64(whole_end) == Some(fields.len()) {
        whole_end += 8;
    }
    // A length may stand before a section's data also when the section's own header is gone.
    let stands_before = |at: u64| fields.u64(at) == Some(len + head + TRAILER.len() as u64);
    let whole_start = start.checked_sub(8).filter(|at| stands_before(*at)).unwrap_or(start);
    Some(Payload {
        start,
        end,
        whole_start,
        whole_end,
        table,
        record,
        entry: fields.u32(end + 16)?,
        argv,
        flags,
        other_count: (count != len).then_some(count),
    })
}
