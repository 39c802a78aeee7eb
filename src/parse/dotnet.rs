//! Metadata of managed assemblies: what they refer to, what they call, what they carry.
//!
//! A managed PE has a CLI header (data directory 14) that points to the metadata: a root with a list of streams, heaps
//! for names (`#Strings`), literals (`#US`) and signatures (`#Blob`), and tables (`#~`) whose row widths follow from the
//! number of rows of the tables that they point to. Nothing is copied; a cell is read when it is asked for.
//!
//! Specification: ECMA-335, partition II, chapters 22 to 25.

use std::ops::Range;

use super::fields::Fields;
use super::pe::{Pe, directory};
use crate::model::Gap;

/// Longest name that is read, in bytes.
const NAME_MAX: u64 = 1024;
/// Most columns of a table.
const CELLS_MAX: usize = 9;
/// Most streams that are listed.
const STREAMS_MAX: u64 = 64;

/// What a column holds.
#[derive(Clone, Copy)]
enum Column {
    Two,
    Four,
    Text,
    Guid,
    Blob,
    /// A row of one table.
    Row(u8),
    /// A row of one of several tables: how many low bits tell which, and the tables. `NONE` stands for an unused tag.
    Coded(u32, &'static [u8]),
}

const NONE: u8 = 0xff;

use Column::{Blob, Coded, Four, Guid, Row, Text, Two};

const TYPE: Column = Coded(2, &[0x02, 0x01, 0x1b]);
const CONSTANT: Column = Coded(2, &[0x04, 0x08, 0x17]);
const ATTRIBUTED: Column = Coded(
    5,
    &[
        0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20, 0x23, 0x26, 0x27,
        0x28, 0x2a, 0x2c, 0x2b,
    ],
);
const MARSHALLED: Column = Coded(1, &[0x04, 0x08]);
const SECURED: Column = Coded(2, &[0x02, 0x06, 0x20]);
const MEMBER_PARENT: Column = Coded(3, &[0x02, 0x01, 0x1a, 0x06, 0x1b]);
const SEMANTIC: Column = Coded(1, &[0x14, 0x17]);
const METHOD: Column = Coded(1, &[0x06, 0x0a]);
const FORWARDED: Column = Coded(1, &[0x04, 0x06]);
const IMPLEMENTATION: Column = Coded(2, &[0x26, 0x23, 0x27]);
const ATTRIBUTE: Column = Coded(3, &[NONE, NONE, 0x06, 0x0a, NONE]);
const SCOPE: Column = Coded(2, &[0x00, 0x1a, 0x23, 0x01]);
const GENERIC: Column = Coded(1, &[0x02, 0x06]);

/// The columns of every table, by the table's number.
const TABLES: [&[Column]; 0x2d] = [
    &[Two, Text, Guid, Guid, Guid],                      // 00 Module
    &[SCOPE, Text, Text],                                // 01 TypeRef
    &[Four, Text, Text, TYPE, Row(0x04), Row(0x06)],     // 02 TypeDef
    &[Row(0x04)],                                        // 03 FieldPtr
    &[Two, Text, Blob],                                  // 04 Field
    &[Row(0x06)],                                        // 05 MethodPtr
    &[Four, Two, Two, Text, Blob, Row(0x08)],            // 06 MethodDef
    &[Row(0x08)],                                        // 07 ParamPtr
    &[Two, Two, Text],                                   // 08 Param
    &[Row(0x02), TYPE],                                  // 09 InterfaceImpl
    &[MEMBER_PARENT, Text, Blob],                        // 0a MemberRef
    &[Two, CONSTANT, Blob],                              // 0b Constant
    &[ATTRIBUTED, ATTRIBUTE, Blob],                      // 0c CustomAttribute
    &[MARSHALLED, Blob],                                 // 0d FieldMarshal
    &[Two, SECURED, Blob],                               // 0e DeclSecurity
    &[Two, Four, Row(0x02)],                             // 0f ClassLayout
    &[Four, Row(0x04)],                                  // 10 FieldLayout
    &[Blob],                                             // 11 StandAloneSig
    &[Row(0x02), Row(0x14)],                             // 12 EventMap
    &[Row(0x14)],                                        // 13 EventPtr
    &[Two, Text, TYPE],                                  // 14 Event
    &[Row(0x02), Row(0x17)],                             // 15 PropertyMap
    &[Row(0x17)],                                        // 16 PropertyPtr
    &[Two, Text, Blob],                                  // 17 Property
    &[Two, Row(0x06), SEMANTIC],                         // 18 MethodSemantics
    &[Row(0x02), METHOD, METHOD],                        // 19 MethodImpl
    &[Text],                                             // 1a ModuleRef
    &[Blob],                                             // 1b TypeSpec
    &[Two, FORWARDED, Text, Row(0x1a)],                  // 1c ImplMap
    &[Four, Row(0x04)],                                  // 1d FieldRVA
    &[Four, Four],                                       // 1e ENCLog
    &[Four],                                             // 1f ENCMap
    &[Four, Two, Two, Two, Two, Four, Blob, Text, Text], // 20 Assembly
    &[Four],                                             // 21 AssemblyProcessor
    &[Four, Four, Four],                                 // 22 AssemblyOS
    &[Two, Two, Two, Two, Four, Blob, Text, Text, Blob], // 23 AssemblyRef
    &[Four, Row(0x23)],                                  // 24 AssemblyRefProcessor
    &[Four, Four, Four, Row(0x23)],                      // 25 AssemblyRefOS
    &[Four, Text, Blob],                                 // 26 File
    &[Four, Four, Text, Text, IMPLEMENTATION],           // 27 ExportedType
    &[Four, Four, Text, IMPLEMENTATION],                 // 28 ManifestResource
    &[Row(0x02), Row(0x02)],                             // 29 NestedClass
    &[Two, Two, GENERIC, Text],                          // 2a GenericParam
    &[METHOD, Blob],                                     // 2b MethodSpec
    &[Row(0x2a), TYPE],                                  // 2c GenericParamConstraint
];

/// The tables that are asked for by name.
pub(crate) mod table {
    pub(crate) const TYPE_REF: usize = 0x01;
    pub(crate) const METHOD_DEF: usize = 0x06;
    pub(crate) const MEMBER_REF: usize = 0x0a;
    pub(crate) const CUSTOM_ATTRIBUTE: usize = 0x0c;
    pub(crate) const IMPL_MAP: usize = 0x1c;
    pub(crate) const ASSEMBLY: usize = 0x20;
    pub(crate) const ASSEMBLY_REF: usize = 0x23;
    pub(crate) const MANIFEST_RESOURCE: usize = 0x28;
}

/// Where a table lies and how its rows are cut.
#[derive(Debug, Clone, Copy, Default)]
struct Layout {
    /// First byte, in the table stream.
    start: u64,
    rows: u32,
    /// Bytes of one row.
    width: u64,
    /// Where each cell begins in a row, and its bytes.
    cells: [(u8, u8); CELLS_MAX],
}

/// A row of another table, counted from 1; 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The table's number.
    pub(crate) table: usize,
    /// The row.
    pub(crate) row: u32,
}

/// An embedded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource<'a> {
    pub(crate) name: &'a [u8],
    /// Its bytes in the PE file, or what is wrong with its place.
    pub(crate) place: Result<Range<u64>, String>,
}

/// The metadata of one assembly or module.
#[derive(Debug)]
pub(crate) struct Metadata<'a> {
    /// Whether all code is managed, also where some of it was compiled ahead: no native code has an entry of its own.
    pub(crate) managed_only: bool,
    /// Version text of the root: `v4.0.30319`.
    pub(crate) version: &'a [u8],
    /// The file.
    file: Fields<'a>,
    /// The literals, with their place in the file.
    pub(crate) user_strings: Range<u64>,
    strings: &'a [u8],
    blobs: &'a [u8],
    tables: &'a [u8],
    layouts: [Layout; TABLES.len()],
    heap_sizes: u8,
    /// Where embedded files begin in the PE file, and how many bytes they may take; 0 for none.
    resources: (u64, u64),
    /// Contradictions that were met: where, and what.
    pub(crate) oddities: Vec<(u64, String)>,
}

impl<'a> Metadata<'a> {
    /// The metadata of a PE image; `None` when it is not managed.
    ///
    /// # Errors
    /// `Malformed` when there is a CLI header whose metadata cannot be read.
    pub(crate) fn of(pe: &Pe<'a>, bytes: &'a [u8]) -> Option<Result<Self, Gap>> {
        let (address, _) = pe.directory(directory::CLR)?;
        Some(Self::parse(pe, bytes, address))
    }

    fn parse(pe: &Pe<'a>, bytes: &'a [u8], address: u32) -> Result<Self, Gap> {
        let file = Fields::new(bytes, true);
        let lost = |what: &str| Gap::malformed(format!("the {what} of the managed code lies outside the file"));
        let header = pe.offset_of(address).ok_or_else(|| lost("CLI header"))?;
        let header = file.range(header, 72).map(|h| Fields::new(h, true)).ok_or_else(|| lost("CLI header"))?;
        let place = |at: u64| {
            let (address, len) = (header.u32(at).unwrap_or(0), header.u32(at + 4).unwrap_or(0));
            (address != 0 && len != 0).then(|| Some((pe.offset_of(address)?, u64::from(len)))).flatten()
        };
        let (start, len) = place(8).ok_or_else(|| lost("metadata"))?;
        let resources = place(24).unwrap_or((0, 0));
        let root = file.inner(file.available(start, len));
        if root.u32(0) != Some(0x424a_5342) {
            return Err(Gap::malformed(format!("no metadata root (BSJB) at {start}, where the CLI header says")));
        }
        let text_len = u64::from(root.u32(12).unwrap_or(0));
        let version = root.text(16, text_len.min(255)).unwrap_or_default();
        let streams_at = 16u64.saturating_add(text_len).saturating_add(2);
        let flags = header.u32(16).unwrap_or(0);
        let mut metadata = Self {
            // `ILONLY` or `IL_LIBRARY`, and no native entry point.
            managed_only: flags & 5 != 0 && flags & 0x10 == 0,
            version,
            file,
            user_strings: 0..0,
            strings: &[],
            blobs: &[],
            tables: &[],
            layouts: [Layout::default(); TABLES.len()],
            heap_sizes: 0,
            resources,
            oddities: Vec::new(),
        };
        metadata.read_streams(&root, start, streams_at);
        if metadata.tables.is_empty() {
            return Err(Gap::malformed("the metadata of the managed code has no table stream (#~)"));
        }
        metadata.read_tables()?;
        Ok(metadata)
    }

    fn read_streams(&mut self, root: &Fields<'a>, start: u64, at: u64) {
        let count = u64::from(root.u16(at).unwrap_or(0));
        let mut row = at.saturating_add(2);
        if count > STREAMS_MAX {
            self.oddities.push((start, format!("the metadata names {count} streams; {STREAMS_MAX} were read")));
        }
        for _ in 0..count.min(STREAMS_MAX) {
            let (Some(offset), Some(len), Some(name)) =
                (root.u32(row), root.u32(row.saturating_add(4)), root.text(row.saturating_add(8), 32))
            else {
                self.oddities.push((start, "the list of metadata streams breaks off".to_owned()));
                break;
            };
            row = row.saturating_add(8 + (name.len() as u64 + 1).next_multiple_of(4));
            let bytes = root.available(u64::from(offset), u64::from(len));
            if bytes.len() as u64 != u64::from(len) {
                let name = String::from_utf8_lossy(name);
                let why =
                    format!("the metadata stream {name} of {len} bytes ends {} behind it", len as usize - bytes.len());
                self.oddities.push((start, why));
            }
            // The runtime takes the last of several streams of one name.
            let twice = match name {
                b"#~" | b"#-" => !std::mem::replace(&mut self.tables, bytes).is_empty(),
                b"#Strings" => !std::mem::replace(&mut self.strings, bytes).is_empty(),
                b"#Blob" => !std::mem::replace(&mut self.blobs, bytes).is_empty(),
                b"#US" => {
                    let from = start.saturating_add(u64::from(offset));
                    let range = from..from.saturating_add(bytes.len() as u64);
                    !std::mem::replace(&mut self.user_strings, range).is_empty()
                }
                _ => false,
            };
            if twice {
                let name = String::from_utf8_lossy(name);
                self.oddities.push((start, format!("the metadata stream {name} stands twice")));
            }
        }
    }

    fn read_tables(&mut self) -> Result<(), Gap> {
        let stream = Fields::new(self.tables, true);
        let cut = || Gap::malformed("the metadata tables of the managed code break off in their header");
        self.heap_sizes = stream.u8(6).ok_or_else(cut)?;
        let valid = stream.u64(8).ok_or_else(cut)?;
        let mut at = 24u64;
        let mut rows = [0u32; 64];
        for (i, rows) in rows.iter_mut().enumerate() {
            if valid >> i & 1 != 0 {
                *rows = stream.u32(at).ok_or_else(cut)?;
                at += 4;
            }
        }
        if self.heap_sizes & 0x40 != 0 {
            at += 4;
        }
        let counts = rows;
        let mut missing = None;
        for (i, columns) in TABLES.iter().enumerate() {
            let rows = counts.get(i).copied().unwrap_or(0);
            let mut cells = [(0, 0); CELLS_MAX];
            let mut row_width = 0;
            for (cell, column) in cells.iter_mut().zip(columns.iter()) {
                *cell = (row_width, self.width(*column, &counts));
                row_width += cell.1;
            }
            let width = u64::from(row_width);
            // What is promised and not there is not read; tables behind it would be read askew.
            let room = stream.len().saturating_sub(at) / width.max(1);
            let there = u32::try_from(room).unwrap_or(u32::MAX).min(rows);
            if there < rows && missing.is_none() {
                missing = Some(format!("the metadata table {i:#04x} promises {rows} rows, {there} are there"));
            }
            if let Some(layout) = self.layouts.get_mut(i) {
                *layout = Layout { start: at, rows: there, width, cells };
            }
            at = at.saturating_add(width.saturating_mul(u64::from(rows)));
        }
        if let Some(why) = missing {
            self.oddities.push((0, why));
        }
        Ok(())
    }

    /// Bytes of a column.
    fn width(&self, column: Column, rows: &[u32; 64]) -> u8 {
        let heap = |bit: u8| if self.heap_sizes & bit != 0 { 4 } else { 2 };
        let count = |table: u8| rows.get(usize::from(table)).copied().unwrap_or(0);
        let index = |wide: bool| if wide { 4 } else { 2 };
        match column {
            Two => 2,
            Four => 4,
            Text => heap(1),
            Guid => heap(2),
            Blob => heap(4),
            Row(table) => index(count(table) > 0xffff),
            Coded(bits, tables) => index(tables.iter().any(|t| *t != NONE && count(*t) >= 1 << (16 - bits))),
        }
    }

    /// How many rows a table has, of those that are there.
    pub(crate) fn rows(&self, table: usize) -> u32 {
        self.layouts.get(table).map_or(0, |l| l.rows)
    }

    /// The number in a cell; rows count from 1.
    pub(crate) fn cell(&self, table: usize, row: u32, column: usize) -> Option<u32> {
        let layout = self.layouts.get(table)?;
        if row == 0 || row > layout.rows {
            return None;
        }
        let (before, width) = *layout.cells.get(column)?;
        let at = layout.start + layout.width * u64::from(row - 1) + u64::from(before);
        let stream = Fields::new(self.tables, true);
        match width {
            2 => stream.u16(at).map(u32::from),
            4 => stream.u32(at),
            _ => None,
        }
    }

    /// The row of another table that a cell points to.
    pub(crate) fn reference(&self, table: usize, row: u32, column: usize) -> Option<Reference> {
        let value = self.cell(table, row, column)?;
        match TABLES.get(table)?.get(column)? {
            Row(table) => Some(Reference { table: usize::from(*table), row: value }),
            Coded(bits, tables) => {
                let table = *tables.get((value & ((1 << bits) - 1)) as usize)?;
                (table != NONE).then_some(Reference { table: usize::from(table), row: value >> bits })
            }
            _ => None,
        }
    }

    /// The name in a cell; empty when there is none.
    pub(crate) fn name(&self, table: usize, row: u32, column: usize) -> &'a [u8] {
        let at = u64::from(self.cell(table, row, column).unwrap_or(0));
        Fields::new(self.strings, true).text(at, NAME_MAX).unwrap_or_default()
    }

    /// The bytes in a cell; empty when there are none.
    pub(crate) fn blob(&self, table: usize, row: u32, column: usize) -> &'a [u8] {
        let at = u64::from(self.cell(table, row, column).unwrap_or(0));
        blob(&Fields::new(self.blobs, true), at).map_or(&[], |(_, bytes, _)| bytes)
    }

    /// The embedded files. Those in other files of the assembly are not told.
    pub(crate) fn resources(&self) -> impl Iterator<Item = Resource<'a>> + '_ {
        let (start, room) = self.resources;
        (1..=self.rows(table::MANIFEST_RESOURCE)).filter_map(move |row| {
            let elsewhere = self.reference(table::MANIFEST_RESOURCE, row, 3).is_none_or(|r| r.row != 0);
            if elsewhere {
                return None;
            }
            let offset = u64::from(self.cell(table::MANIFEST_RESOURCE, row, 0)?);
            let at = start.saturating_add(offset);
            let len = self.file.u32(at).map(u64::from).filter(|_| start != 0 && offset.saturating_add(4) <= room);
            let place = match len {
                Some(len) if len <= self.file.len().saturating_sub(at.saturating_add(4)) => Ok(at + 4..at + 4 + len),
                Some(len) => Err(format!("{len} bytes from {at} on are not there")),
                None => Err(format!("offset {offset} lies outside of the {room} bytes of resources")),
            };
            Some(Resource { name: self.name(table::MANIFEST_RESOURCE, row, 2), place })
        })
    }

    /// The literal of a token (`0x70……`), as UTF-16, little-endian.
    pub(crate) fn literal(&self, token: u32) -> Option<&'a [u8]> {
        let heap = self.file.range(self.user_strings.start, self.user_strings.end - self.user_strings.start)?;
        let (_, bytes, _) = blob(&Fields::new(heap, true), u64::from(token & 0x00ff_ffff))?;
        bytes.get(..bytes.len() & !1)
    }
}

/// The bytes at `at` in a heap whose items have their length before them (one, two or four bytes): where they begin, the
/// bytes, and where the next item begins.
fn blob<'a>(heap: &Fields<'a>, at: u64) -> Option<(u64, &'a [u8], u64)> {
    let first = u64::from(heap.u8(at)?);
    let byte = |i: u64| heap.u8(at + i).map(u64::from);
    let (len, head) = match first {
        0..=0x7f => (first, 1),
        0x80..=0xbf => ((first & 0x3f) << 8 | byte(1)?, 2),
        0xc0..=0xdf => ((first & 0x1f) << 24 | byte(1)? << 16 | byte(2)? << 8 | byte(3)?, 4),
        _ => return None,
    };
    let start = at + head;
    Some((start, heap.range(start, len)?, start + len))
}

/// The literals of a `#US` heap in their order, each as UTF-16, little-endian. Ends at the first broken one.
pub(crate) fn literals(heap: &[u8]) -> impl Iterator<Item = &[u8]> {
    let fields = Fields::new(heap, true);
    let mut at = 1;
    std::iter::from_fn(move || {
        loop {
            let (_, bytes, next) = blob(&fields, at)?;
            at = next;
            // One more byte tells whether there are characters that need care; padding has none.
            if bytes.len() > 1 {
                return bytes.get(..bytes.len() & !1);
            }
        }
    })
}

/// A text in a custom attribute's value, which stands behind the prolog `01 00`: the first argument of an attribute
/// that takes one text.
pub(crate) fn attribute_text(value: &[u8]) -> Option<&str> {
    let body = value.strip_prefix(&[1, 0])?;
    let (_, text, _) = blob(&Fields::new(body, true), 0)?;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
