//! The module table: one record for each embedded file.
//!
//! A record is a row of pointers (name, contents, source map, bytecode, and what later versions added) and four bytes
//! (encoding, loader, module format, side). Its size is not written anywhere: 52 bytes since Bun 1.3, 36 in 1.2. In 1.1
//! there is no bytecode, and eight bytes of which the first is the loader make it 32.

use crate::parse::fields::Fields;

/// How module names begin on Unix and on Windows.
pub(super) const ROOTS: [&[u8]; 3] = [b"/$bunfs/", b"B:/~BUN/", b"B:\\~BUN\\"];

/// Sizes that a record may have, besides those known to be used.
const KNOWN: [u64; 4] = [52, 36, 44, 32];
const POSSIBLE: std::ops::RangeInclusive<u64> = 28..=96;

/// Records that are looked at to tell their size, and the longest name that is believed.
const SAMPLE: u64 = 4096;
const NAME_MAX: u64 = 4096;

/// A range of the data: offset and length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Pointer {
    pub(super) at: u64,
    pub(super) len: u64,
}

impl Pointer {
    pub(super) fn read(fields: &Fields<'_>, at: u64) -> Option<Self> {
        let (offset, len) = (fields.u32(at)?, fields.u32(at.checked_add(4)?)?);
        Some(Self { at: u64::from(offset), len: u64::from(len) })
    }
}

/// How contents are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes as they are, or text in Latin-1.
    Plain,
    /// UTF-16 little-endian in what is called "utf8" in Bun's own source; really UTF-8 in versions that never wrote it.
    Wide,
}

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Module<'a> {
    /// Its name as stored; empty when it has none or none that could be one.
    pub(super) name: &'a [u8],
    pub(super) name_at: Pointer,
    pub(super) contents: Pointer,
    pub(super) source_map: Pointer,
    pub(super) bytecode: Pointer,
    /// The name that the bytecode was made for, when it is the module's own.
    pub(super) origin: Pointer,
    pub(super) encoding: Encoding,
    pub(super) loader: u8,
}

/// The ending that a script of this loader has; `None` for what Bun does not read as JavaScript.
pub(super) fn script_ending(loader: u8) -> Option<&'static str> {
    match loader {
        0 => Some(".jsx"),
        1 => Some(".js"),
        2 => Some(".ts"),
        3 => Some(".tsx"),
        _ => None,
    }
}

/// The size of the table's records: that by which the most names begin as names do. `None` when not one does.
pub(super) fn record_size(data: &Fields<'_>, rows: &[u8]) -> Option<u64> {
    let rows = data.inner(rows);
    let mut best: Option<(u64, u64)> = None;
    let others = POSSIBLE.step_by(4).filter(|s| !KNOWN.contains(s));
    for size in KNOWN.into_iter().chain(others) {
        let count = (rows.len() / size).min(SAMPLE);
        let named = (0..count).filter(|i| is_rooted(data, &rows, i * size)).count() as u64;
        if named > 0 && named == count && rows.len().is_multiple_of(size) {
            return Some(size);
        }
        if named > best.map_or(0, |(most, _)| most) {
            best = Some((named, size));
        }
    }
    best.map(|(_, size)| size)
}

fn is_rooted(data: &Fields<'_>, rows: &Fields<'_>, row: u64) -> bool {
    let Some(place) = Pointer::read(rows, row).filter(|p| p.len <= NAME_MAX) else { return false };
    let name = data.range(place.at, place.len).unwrap_or_default();
    ROOTS.iter().any(|root| name.starts_with(root)) && !name.iter().any(u8::is_ascii_control)
}

/// Reads the record at index `i`.
pub(super) fn module<'a>(data: &Fields<'a>, rows: &Fields<'a>, size: u64, i: u64) -> Option<Module<'a>> {
    let row = i.checked_mul(size)?;
    let pointers = size.checked_sub(4)? / 8;
    let pointer = |n: u64| if n < pointers { Pointer::read(rows, row + 8 * n) } else { Some(Pointer::default()) };
    let tail = row + 8 * pointers;
    let (encoding, loader) = if pointers < 4 { (0, rows.u8(tail)?) } else { (rows.u8(tail)?, rows.u8(tail + 1)?) };
    let name_at = pointer(0)?;
    let text = |place: Pointer| if place.len <= NAME_MAX { data.range(place.at, place.len) } else { None };
    let name = text(name_at).unwrap_or_default();
    let origin = pointer(5)?;
    Some(Module {
        name,
        name_at,
        origin: if text(origin) == Some(name) { origin } else { Pointer::default() },
        contents: pointer(1)?,
        source_map: pointer(2)?,
        bytecode: pointer(3)?,
        encoding: if encoding == 2 { Encoding::Wide } else { Encoding::Plain },
        loader,
    })
}

/// A module's name as people know it: without the virtual root.
pub(super) fn plain_name(name: &[u8]) -> &[u8] {
    let inner = ROOTS.iter().find_map(|root| name.strip_prefix(*root)).unwrap_or(name);
    let inner = inner.strip_prefix(b"root/").or_else(|| inner.strip_prefix(b"root\\")).unwrap_or(inner);
    let start = inner.iter().position(|b| !matches!(b, b'/' | b'\\')).unwrap_or(inner.len());
    inner.get(start..).unwrap_or_default()
}
