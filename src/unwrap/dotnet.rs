//! .NET single-file bundles: a host program (ELF, PE or Mach-O) with assemblies, native libraries and settings behind
//! it.
//!
//! The host holds a 32-byte signature; the eight bytes before it are the file offset of the bundle's header, 0 in a
//! host without a bundle. The header (little-endian) names its version, the number of files and, from version 2 on,
//! where the two settings files lie; then one row for each file: offset, size, from version 6 on the compressed size
//! (0 for none, else raw deflate), a type, and its path.
//!
//! Source of the format: `Microsoft.NET.HostModel/Bundle` of dotnet/runtime; versions 1 (.NET Core 3), 2 (.NET 5) and
//! 6 (.NET 6 and later).

use std::ops::Range;

use flate2::{Decompress, FlushDecompress, Status};

use super::entry_name::{self, Names, Twin, shown};
use super::stream::{self, CHUNK, Progress, Pushed};
use super::tally::Tallies;
use super::{Entries, Input, Produced, Wrapper};
use crate::limits::Budget;
use crate::model::{ByteView, Component, Fact, FactKind, FileKind, Gap, GapReason, Rule};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::rule;

rule! {
    /// The rows of a .NET single-file bundle contradict each other: two files share bytes, a path stands twice, or the
    /// header names other bytes for the settings files than their rows do. The publisher of .NET writes each file once,
    /// one behind the other, so somebody else wrote or changed this table, and readers of it may disagree about what is
    /// in the bundle. Honest look-alikes: none is known.
    pub(super) CONTRADICTION = "dotnet-bundle-contradiction" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "The file table of a .NET bundle contradicts itself",
    reference: "https://learn.microsoft.com/en-us/dotnet/core/deploying/single-file/overview",
}

/// The rules of this file.
pub(super) const RULES: &[&Rule] = &[&CONTRADICTION];

/// Opens them.
pub(super) struct DotNetBundle;

impl Wrapper for DotNetBundle {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let fields = Fields::new(input.view, true);
        let marks = input.file.markers().of(Marker::DotNet);
        let header = marks.map(|at| at as u64).find_map(|at| Some((at, Header::at(&fields, at)?)));
        let Some((mark, header)) = header else { return Ok(()) };
        out.wrapped(".NET", mark);
        let mut tallies = Tallies::default();
        let result = Bundle { fields, header, tallies: &mut tallies }.emit(input.view, out);
        tallies.into_findings(&mut out.findings);
        result
    }
}

/// The header before its rows.
struct Header {
    at: u64,
    major: u32,
    minor: u32,
    count: u64,
    /// Places of `*.deps.json` and `*.runtimeconfig.json`, (0, 0) when there is none.
    settings: [(u64, u64); 2],
    rows: u64,
}

impl Header {
    /// The header that the eight bytes before the signature point to, when there is one.
    fn at(fields: &Fields<'_>, mark: u64) -> Option<Self> {
        let at = fields.u64(mark.checked_sub(8)?)?;
        let (major, minor) = (fields.u32(at)?, fields.u32(at.checked_add(4)?)?);
        if at == 0 || !(1..=20).contains(&major) || minor > 20 {
            return None;
        }
        let count = u64::from(fields.u32(at.checked_add(8)?)?);
        let (_, mut rows) = text(fields, at.checked_add(12)?)?;
        let mut settings = [(0, 0); 2];
        if major >= 2 {
            for (i, place) in settings.iter_mut().enumerate() {
                let row = rows.checked_add(16 * i as u64)?;
                *place = (fields.u64(row)?, fields.u64(row.checked_add(8)?)?);
            }
            rows = rows.checked_add(40)?;
        }
        Some(Self { at, major, minor, count, settings, rows })
    }
}

/// A text with its length before it, seven bits to a byte; and where it ends. Paths of .NET are shorter than 4 KiB.
fn text<'a>(fields: &Fields<'a>, mut at: u64) -> Option<(&'a [u8], u64)> {
    let mut len = 0u64;
    for shift in [0, 7] {
        let byte = fields.u8(at)?;
        at = at.checked_add(1)?;
        len |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let bytes = fields.range(at, len)?;
            return Some((bytes, at.checked_add(len)?));
        }
    }
    None
}

/// One row.
struct Row<'a> {
    at: u64,
    range: Range<u64>,
    size: u64,
    packed: bool,
    kind: u8,
    path: &'a [u8],
    end: u64,
}

struct Bundle<'a, 't> {
    fields: Fields<'a>,
    header: Header,
    tallies: &'t mut Tallies,
}

/// Rows of this type are the settings files, in the order of the header.
const SETTINGS: [u8; 2] = [3, 4];

impl<'a> Bundle<'a, '_> {
    fn emit(&mut self, view: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Header { at, major, minor, count, .. } = self.header;
        let version = format!("bundle {major}.{minor}");
        out.facts.push(Fact {
            kind: FactKind::Component(Box::new(Component {
                purl: None,
                name: ".NET single-file host".to_owned(),
                version: Some(version),
                source: "dotnet-bundle".into(),
            })),
            offset: at,
            count: 1,
        });
        let mut names = Names::new();
        let mut ranges: Vec<(Range<u64>, u64)> = Vec::new();
        let mut next = self.header.rows;
        let mut handed = Handed::of(view);
        for i in 0..count {
            let Some(row) = self.row(next) else {
                self.overlaps(ranges);
                return Err(Gap::malformed(format!(
                    "the .NET bundle's table at {at} promises {count} files and breaks off at file {i}; the rest was not opened"
                )));
            };
            next = row.end;
            let name = shown(row.path);
            names.check(row.path, false, &entry_name::PATH_ABSOLUTE, row.at, self.tallies);
            if matches!(names.add(row.path, ()), Twin::Same(())) {
                self.tallies.hit(&CONTRADICTION, row.at, 0, || format!("{name} stands twice"));
            }
            self.compare_settings(&row, &name);
            let span = usize::try_from(row.range.start).ok().zip(usize::try_from(row.range.end).ok());
            let Some((start, end)) = span.filter(|(_, end)| *end <= view.len()) else {
                let place = format!("bytes {}..{} are not there", row.range.start, row.range.end);
                out.gaps.push(Gap::malformed(place).at(name));
                continue;
            };
            if start == end {
                continue;
            }
            ranges.push((row.range.clone(), row.at));
            if let Err(gap) = handed.add(row.range.end - row.range.start) {
                self.overlaps(ranges);
                return Err(gap);
            }
            if !row.packed {
                out.part("dotnet-bundle", &name, view, start..end)?;
                continue;
            }
            let Some(packed) = view.slice(start..end) else { continue };
            out.account(start..end);
            let size = row.size;
            out.deferred("dotnet-bundle", &name, move |budget| inflate(&packed, Some(size), budget))?;
        }
        self.overlaps(ranges);
        Ok(())
    }

    fn row(&self, at: u64) -> Option<Row<'a>> {
        let (start, size) = (self.fields.u64(at)?, self.fields.u64(at.checked_add(8)?)?);
        let mut place = at.checked_add(16)?;
        let mut packed = 0;
        if self.header.major >= 6 {
            packed = self.fields.u64(place)?;
            place = place.checked_add(8)?;
        }
        let kind = self.fields.u8(place)?;
        let (path, end) = text(&self.fields, place.checked_add(1)?)?;
        // Offsets and sizes are signed in the format; what is negative there is beyond every file here.
        let len = if packed == 0 { size } else { packed };
        Some(Row { at, range: start..start.checked_add(len)?, size, packed: packed != 0, kind, path, end })
    }

    /// The host takes its settings from where the header says, other readers from the rows.
    fn compare_settings(&mut self, row: &Row<'_>, name: &str) {
        for (kind, (start, size)) in SETTINGS.into_iter().zip(self.header.settings) {
            if row.kind == kind && start != 0 && !row.packed && (start != row.range.start || size != row.size) {
                self.tallies.hit(&CONTRADICTION, row.at, 0, || {
                    let Range { start: other, end } = row.range;
                    format!(
                        "the header places {name} at {start}..{}, its row at {other}..{end}",
                        start.saturating_add(size)
                    )
                });
            }
        }
    }

    fn overlaps(&mut self, mut ranges: Vec<(Range<u64>, u64)>) {
        ranges.sort_unstable_by_key(|(range, _)| range.start);
        let mut end = 0;
        for (range, row) in ranges {
            if range.start < end {
                let Range { start, end: stop } = range;
                let note = || format!("bytes {start}..{stop} belong to two files");
                self.tallies.hit(&CONTRADICTION, row, 0, note);
            }
            end = end.max(range.end);
        }
    }
}

/// How many bytes of a container were handed out: rows that overlap must not multiply it without a bound.
pub(super) struct Handed {
    left: u64,
}

impl Handed {
    /// Honest containers hand out each byte once.
    const OFTEN: u64 = 16;

    pub(super) fn of(view: &ByteView) -> Self {
        Self { left: (view.len() as u64).saturating_mul(Self::OFTEN) }
    }

    /// Counts a child.
    pub(super) fn add(&mut self, bytes: u64) -> Result<(), Gap> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| {
            let why = format!("its children overlap so much that they are over {} times as large", Self::OFTEN);
            Gap::new(GapReason::Limit, why)
        })?;
        Ok(())
    }
}

/// Decodes raw deflate. `size` is what the table promises.
pub(super) fn inflate(packed: &ByteView, size: Option<u64>, budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    if let Some(size) = size {
        meter.expect(size);
    }
    let mut inflate = Decompress::new(false);
    let decoded = stream::pump(packed, &mut meter, &mut vec![0; CHUNK], stream::everything, |part, _, buffer| {
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let state = match inflate.decompress(part, buffer, FlushDecompress::None) {
            Ok(Status::StreamEnd) => Ok(Progress::End),
            Ok(Status::Ok | Status::BufError) => Ok(Progress::More),
            Err(e) => Err(Gap::malformed(e.to_string())),
        };
        Pushed {
            consumed: usize::try_from(inflate.total_in() - before_in).unwrap_or(0),
            produced: usize::try_from(inflate.total_out() - before_out).unwrap_or(0),
            state,
        }
    });
    let made = meter.bytes().len() as u64;
    let view = meter.finish();
    let gap = match (decoded.state, size) {
        (Err(gap), _) => Some(gap),
        (Ok(()), _) if decoded.used < packed.len() => {
            let rest = packed.len() - decoded.used;
            Some(Gap::malformed(format!("{rest} bytes follow the end of the deflate stream and were not looked at")))
        }
        (Ok(()), Some(size)) if size != made => {
            Some(Gap::malformed(format!("decompresses to {made} bytes, its table says {size}")))
        }
        _ => None,
    };
    match gap {
        Some(gap) => Produced::partial(view, gap),
        None => Produced::whole(view),
    }
}

#[cfg(test)]
mod tests;
