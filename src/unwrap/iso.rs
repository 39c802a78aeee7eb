//! ISO 9660 images, with the names of Rock Ridge and Joliet, alone and as the first kind of `AppImage`.
//!
//! Sectors of 2048 bytes; from the sixteenth on volume descriptors, each with the root of a tree of folders. Files are
//! whole runs of sectors. Every tree is walked: a file that stands in one of them only is seen too.
//!
//! Format: ECMA-119; Rock Ridge: IEEE P1282 (`NM`); Joliet: UCS-2 in a supplementary descriptor.

use std::collections::HashSet;

use super::ar::readable;
use super::entry_name::{Names, PATH_ROOTED};
use super::tally::Tallies;
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;

/// Opens them.
pub(super) struct Iso;

impl Wrapper for Iso {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Iso]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        list(input, out)
    }
}

const SECTOR: u64 = 2048;
/// Longest path that is followed, in bytes.
const PATH_MAX: usize = 16_384;

/// Gives the files of an image.
///
/// # Errors
/// When no tree can be read, or a limit.
pub(super) fn list(input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let fields = Fields::new(input.view, true);
    let mut tallies = Tallies::default();
    let mut given = HashSet::new();
    let mut trees = 0;
    let mut result = Ok(());
    for sector in 16..48u64 {
        let at = sector * SECTOR;
        if fields.range(at + 1, 5) != Some(b"CD001") {
            break;
        }
        let kind = fields.u8(at);
        let wide = kind == Some(2) && matches!(fields.range(at + 88, 3), Some(b"%/@" | b"%/C" | b"%/E"));
        if kind == Some(255) {
            break;
        }
        if let (Some(1 | 2), Some(extent), Some(len)) = (kind, fields.u32(at + 156 + 2), fields.u32(at + 156 + 10)) {
            trees += 1;
            let mut tree = Tree { fields, wide, read: 0, given: &mut given, tallies: &mut tallies };
            result = tree.walk(input, extent, len, out);
            if result.is_err() {
                break;
            }
        }
    }
    tallies.into_findings(&mut out.findings);
    result?;
    if trees == 0 {
        return Err(Gap::malformed("no volume descriptor at sector 16"));
    }
    // UDF keeps its own tree; a bridge disc has both.
    let udf = (16..64).any(|s| {
        fields.range(s * SECTOR + 1, 5) == Some(b"NSR02") || fields.range(s * SECTOR + 1, 5) == Some(b"NSR03")
    });
    if udf {
        let detail = "the image also has a UDF tree, which is not read by this version";
        return Err(Gap::new(GapReason::Unsupported, detail));
    }
    Ok(())
}

struct Tree<'a> {
    fields: Fields<'a>,
    /// Whether names are in UTF-16.
    wide: bool,
    /// Bytes of folders that were read.
    read: u64,
    /// Files that were given: place and length.
    given: &'a mut HashSet<(u32, u32)>,
    tallies: &'a mut Tallies,
}

impl Tree<'_> {
    fn walk(&mut self, input: &Input<'_, '_>, extent: u32, len: u32, out: &mut Entries<'_>) -> Result<(), Gap> {
        let names = Names::<()>::new();
        let mut seen = HashSet::from([extent]);
        let mut todo = vec![(extent, len, Vec::<u8>::new())];
        while let Some((extent, len, path)) = todo.pop() {
            let start = u64::from(extent) * SECTOR;
            let end = start.saturating_add(u64::from(len));
            // Folders that overlap would be read without end.
            self.read = self.read.saturating_add(u64::from(len));
            if self.read > self.fields.len() {
                return Err(Gap::malformed("the folders together are longer than the image"));
            }
            out.budget().check_time()?;
            if end > self.fields.len() {
                out.gaps.push(Gap::malformed("the folder lies outside of the image").at(readable(&path)));
            }
            let mut at = start;
            while at < end.min(self.fields.len()) {
                let Some(record) = self.record(at) else {
                    // Records do not cross sectors; the rest of one is zeros.
                    at = (at / SECTOR + 1) * SECTOR;
                    continue;
                };
                let place = at;
                at = at.saturating_add(record.size);
                if record.own {
                    continue;
                }
                let name = if path.is_empty() { record.name } else { [&path, &b"/"[..], &record.name].concat() };
                let shown = readable(&name);
                names.check(&name, record.link, &PATH_ROOTED, place, self.tallies);
                if record.folder {
                    if name.len() > PATH_MAX || !seen.insert(record.extent) {
                        out.gaps.push(Gap::malformed("a folder stands in itself or in two places").at(shown));
                    } else {
                        todo.push((record.extent, record.len, name));
                    }
                    continue;
                }
                if record.packed {
                    let detail = "packed with zisofs, which is not opened by this version";
                    out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(shown.clone()));
                }
                if record.len == 0 || record.link || !self.given.insert((record.extent, record.len)) {
                    continue;
                }
                let start = u64::from(record.extent) * SECTOR;
                let whole = start.saturating_add(u64::from(record.len));
                let end = whole.min(self.fields.len());
                if end < whole {
                    let there = end.saturating_sub(start);
                    let detail = format!("cut off: {} bytes promised, {there} present", record.len);
                    out.gaps.push(Gap::malformed(detail).at(shown.clone()));
                }
                if let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end))
                    && start < end
                {
                    out.part("iso9660", &shown, input.view, start..end)?;
                }
            }
        }
        Ok(())
    }

    /// The record at a place.
    fn record(&self, at: u64) -> Option<Record> {
        let size = u64::from(self.fields.u8(at)?);
        if size < 34 || at % SECTOR + size > SECTOR {
            return None;
        }
        let record = self.fields.inner(self.fields.range(at, size)?);
        let name_len = u64::from(record.u8(32)?);
        let raw = record.range(33, name_len)?;
        let flags = record.u8(25)?;
        let mut found = Record {
            size,
            extent: record.u32(2)?.checked_add(u32::from(record.u8(1)?))?,
            len: record.u32(10)?,
            folder: flags & 2 != 0,
            own: matches!(raw, [0] | [1]),
            link: false,
            packed: false,
            name: if self.wide { utf16(raw) } else { raw.to_vec() },
        };
        // Versions are no part of a name.
        if let Some(cut) = found.name.windows(2).rposition(|w| w == b";1") {
            found.name.truncate(cut);
        }
        self.extend(record, 33 + name_len + (1 - name_len % 2), &mut found);
        Some(found)
    }

    /// What Rock Ridge says behind the name: another name, a link, packed content.
    fn extend(&self, record: Fields<'_>, start: u64, found: &mut Record) {
        let mut name = Vec::new();
        let (mut area, mut at, mut end) = (record, start, record.len());
        let mut more = None;
        // Areas go on elsewhere; a few times is enough for any name.
        for _ in 0..8 {
            while let (Some(mark), Some(size)) = (area.range(at, 2), area.u8(at.saturating_add(2)).map(u64::from)) {
                if size < 4 || at.saturating_add(size) > end {
                    break;
                }
                match mark {
                    b"NM" => name.extend_from_slice(area.range(at + 5, size.saturating_sub(5)).unwrap_or_default()),
                    b"SL" => found.link = true,
                    b"ZF" => found.packed = true,
                    b"CE" => more = area.u32(at + 4).zip(area.u32(at + 12)).zip(area.u32(at + 20)),
                    _ => {}
                }
                at = at.saturating_add(size);
            }
            let Some(((sector, offset), len)) = more.take() else { break };
            area = self.fields;
            at = u64::from(sector).saturating_mul(SECTOR).saturating_add(u64::from(offset));
            end = at.saturating_add(u64::from(len.min(2048)));
        }
        if !name.is_empty() {
            found.name = name;
        }
    }
}

struct Record {
    size: u64,
    extent: u32,
    len: u32,
    folder: bool,
    /// `.` or `..`.
    own: bool,
    link: bool,
    packed: bool,
    name: Vec<u8>,
}

fn utf16(raw: &[u8]) -> Vec<u8> {
    let units: Vec<u16> = raw.chunks_exact(2).filter_map(|c| c.first_chunk().map(|b| u16::from_be_bytes(*b))).collect();
    String::from_utf16_lossy(&units).into_bytes()
}

#[cfg(test)]
mod tests;
