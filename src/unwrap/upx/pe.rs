//! PE: expands the memory image of the sections and puts the original headers before it.
//!
//! Behind the image stands what UPX keeps of the original: the PE header and the section table; then, when it has
//! imports, where their list stands. The list has for each library where its name stands in the packed file's import
//! directory, where its address table stands, and its functions. The import directory is rebuilt in a section of its
//! own, addresses are relocated again. The directories of exports and resources are not rebuilt: the packed file still
//! has them, where the loader looks for them.

use std::io::Write as _;

use super::block::{Block, unknown_filter};
use super::imports::{Directory, Function, Library};
use super::mark::Mark;
use super::{Adler, broken, filter};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;
use crate::parse::pe::{Pe, directory};
use crate::unwrap::{Entries, Input, Produced};

/// Most imported functions that are put back.
const IMPORTS_MAX: usize = 1 << 16;
/// The data directory of relocations.
const RELOCATIONS: usize = 5;
/// Length of the pack header.
const HEADER: u64 = 32;
/// Length of a row of the section table.
const ROW: u64 = 40;

/// Opens a packed PE file.
pub(super) fn open(input: &Input<'_, '_>, mark: &Mark, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(Ok(pe)) = input.file.pe() else { return Err(broken("its PE header cannot be read")) };
    let plan = Plan::of(input.view, pe, mark)?;
    let block = plan.block;
    out.account(usize::try_from(block.at).unwrap_or(0)..usize::try_from(block.end()).unwrap_or(0));
    let view = input.view.clone();
    out.deferred("upx", "unpacked", move |budget| plan.carry_out(&view, budget))
}

struct Plan {
    block: Block,
    /// Checksum of the image.
    adler: u32,
    /// Length of the DOS header and its program, which UPX leaves as they are.
    dos: u64,
    wide: bool,
    /// The packed file's import directory, where the names of libraries stand, in the file.
    names: Option<u64>,
}

impl Plan {
    fn of(bytes: &[u8], pe: &Pe<'_>, mark: &Mark) -> Result<Self, Gap> {
        let file = Fields::new(bytes, true);
        let at = mark.offset();
        if file.range(at, 4) != Some(b"UPX!") {
            return Err(broken("the UPX! header is missing"));
        }
        let word = |offset: u64| file.u32(at.saturating_add(offset));
        let byte = |offset: u64| file.u8(at.saturating_add(offset));
        let all = (byte(6), word(8), word(16), word(20), byte(28), byte(29));
        let (Some(method), Some(adler), Some(unpacked), Some(packed), Some(filter), Some(mark)) = all else {
            return Err(broken("the UPX! header is cut off"));
        };
        let (packed, unpacked) = (u64::from(packed), u64::from(unpacked));
        let block = Block { at: at.saturating_add(HEADER), packed, unpacked, method, filter, mark };
        if packed == 0 || packed > unpacked || block.end() > file.len() {
            return Err(broken(format!("{packed} packed and {unpacked} unpacked bytes are said to be there")));
        }
        let dos = file.u32(0x3c).map(u64::from).filter(|dos| *dos < at);
        let dos = dos.ok_or_else(|| broken("the UPX! header stands before the PE header"))?;
        let names = pe.directory(directory::IMPORT).and_then(|(address, _)| pe.offset_of(address));
        Ok(Self { block, adler, dos, wide: pe.wide, names })
    }

    fn carry_out(self, file: &ByteView, budget: &Budget) -> Produced {
        let mut image = budget.meter();
        if let Err(gap) = self.block.expand(file, &mut image) {
            return Produced::partial(image.finish(), super::not_unpacked(gap));
        }
        let mut gap = None;
        if Adler::of(image.bytes()).value() != self.adler {
            gap = Some(Gap::malformed("the checksum of the unpacked program differs"));
        }
        let mut program = budget.meter();
        let result = Original::of(image.bytes(), self.wide).map_or_else(
            || Err(broken("the original headers were not found behind the unpacked sections")),
            |original| {
                if !self.undo_filter(&original, &mut image) {
                    gap = Some(unknown_filter(self.block.filter));
                }
                // A list that is broken leaves the rest of the addresses as they are.
                let _ = original.relocate(image.bytes_mut());
                original.write(&self, file, image.bytes(), &mut program)
            },
        );
        match result {
            Ok(()) => Produced { view: program.finish(), gap, findings: Vec::new() },
            // The image alone, as it would stand in memory.
            Err(why) => {
                drop(program);
                Produced::partial(image.finish(), super::not_unpacked(why))
            }
        }
    }

    /// Undoes the filter over the code. Whether it is known.
    fn undo_filter(&self, original: &Original, image: &mut Meter<'_>) -> bool {
        let start = original.code_at.saturating_sub(original.lowest);
        let range = usize::try_from(start).ok().zip(usize::try_from(start.saturating_add(original.code_len)).ok());
        let Some(code) = range.and_then(|(from, to)| image.bytes_mut().get_mut(from..to)) else {
            return self.block.filter == 0;
        };
        filter::undo(self.block.filter, self.block.mark, u32::try_from(start).unwrap_or(0), code)
    }
}

/// The original headers, as numbers.
struct Original {
    /// Where they stand in the image.
    header_at: u64,
    /// Where the section table stands in the image.
    table_at: u64,
    sections: Vec<Section>,
    /// Relative address of the image's first byte.
    lowest: u64,
    code_at: u64,
    code_len: u64,
    file_alignment: u64,
    section_alignment: u64,
    /// First data directory, behind the header's beginning.
    directories: u64,
    wide: bool,
}

#[derive(Clone, Copy)]
struct Section {
    memory: u64,
    address: u64,
    len: u64,
    offset: u64,
}

impl Original {
    fn of(image: &[u8], wide: bool) -> Option<Self> {
        let fields = Fields::new(image, true);
        let header_at = u64::from(fields.u32(fields.len().checked_sub(4)?)?);
        if fields.range(header_at, 4)? != b"PE\0\0" {
            return None;
        }
        let word = |offset: u64| fields.u32(header_at.checked_add(offset)?).map(u64::from);
        let count = u64::from(fields.u16(header_at.checked_add(6)?)?);
        let optional = u64::from(fields.u16(header_at.checked_add(20)?)?);
        if fields.u16(header_at.checked_add(24)?)? != if wide { 0x20b } else { 0x10b } || count > 96 {
            return None;
        }
        let table_at = header_at.checked_add(24)?.checked_add(optional)?;
        let mut sections = Vec::new();
        for index in 0..count {
            let row = table_at.checked_add(index * ROW)?;
            let word = |offset: u64| fields.u32(row.checked_add(offset)?).map(u64::from);
            sections.push(Section { memory: word(8)?, address: word(12)?, len: word(16)?, offset: word(20)? });
        }
        Some(Self {
            header_at,
            table_at,
            lowest: sections.first()?.address,
            sections,
            code_at: word(24 + 20)?,
            code_len: word(24 + 4)?,
            file_alignment: word(24 + 36)?.clamp(1, 0x1_0000),
            section_alignment: word(24 + 32)?.clamp(1, 0x100_0000),
            directories: if wide { 24 + 112 } else { 24 + 96 },
            wide,
        })
    }

    /// Headers, sections, imports.
    fn write(&self, plan: &Plan, file: &[u8], image: &[u8], out: &mut Meter<'_>) -> Result<(), Gap> {
        let (file, image) = (Fields::new(file, true), Fields::new(image, true));
        let lost = || broken("the original section table contradicts itself");
        let table_end = self.table_at.saturating_add(self.sections.len() as u64 * ROW);
        put(out, file.range(0, plan.dos).ok_or_else(lost)?)?;
        let head = image.range(self.header_at, table_end.saturating_sub(self.header_at)).ok_or_else(lost)?;
        let mut head = head.to_vec();
        let imports = self.imports(plan, file, image);
        let place = self.sections.iter().map(|s| s.address.saturating_add(s.memory.max(s.len))).max().unwrap_or(0);
        let place = place.next_multiple_of(self.section_alignment);
        let imports = imports.and_then(|list| Directory::of(&list, u32::try_from(place).ok()?, self.wide));
        let end = self.sections.iter().map(|s| s.offset.saturating_add(s.len)).max().unwrap_or(0);
        let end = end.next_multiple_of(self.file_alignment);
        let has_room = |head: &[u8]| {
            let first = self.sections.iter().filter(|s| s.len > 0).map(|s| s.offset).min().unwrap_or(u64::MAX);
            plan.dos.saturating_add(head.len() as u64).saturating_add(ROW) <= first
        };
        let added = imports.filter(|_| has_room(&head) && end < 1 << 31);
        // What these list is in the packed file, or undone.
        for index in [directory::EXPORT, directory::RESOURCE, RELOCATIONS] {
            self.point(&mut head, index, 0, 0);
        }
        if let Some(directory) = &added {
            let row = [place as u32, directory.bytes.len() as u32, end as u32];
            append_section(&mut head, row);
            self.point(&mut head, directory::IMPORT, place as u32, directory.table);
        }
        put(out, &head)?;
        let mut order = self.sections.clone();
        order.sort_by_key(|s| s.offset);
        for section in order.iter().filter(|s| s.len > 0 && s.offset > 0) {
            if out.bytes().len() as u64 > section.offset {
                return Err(broken("the original sections overlap"));
            }
            pad(out, section.offset)?;
            let from = section.address.checked_sub(self.lowest).ok_or_else(lost)?;
            put(out, image.available(from, section.len))?;
            pad(out, section.offset.saturating_add(section.len.min(image.len())))?;
        }
        if let Some(directory) = &added {
            pad(out, end)?;
            put(out, &directory.bytes)?;
        }
        Ok(())
    }

    /// Where the list of relocations stands in the image: behind what is said about imports, if there are any.
    fn relocations(&self, image: Fields<'_>) -> Option<u64> {
        let directory = |index: usize| {
            let at = self.header_at.checked_add(self.directories)?.checked_add(8 * index as u64)?;
            image.u32(at).filter(|address| *address != 0)
        };
        let stripped = image.u16(self.header_at.checked_add(22)?)? & 1 != 0;
        directory(RELOCATIONS).filter(|_| !stripped)?;
        let skip = if directory(directory::IMPORT).is_some() { 8 } else { 0 };
        let extra = self.table_at.checked_add(self.sections.len() as u64 * ROW)?;
        image.u32(extra.checked_add(skip)?).map(u64::from)
    }

    /// Puts addresses back, which are kept as offsets, highest byte first. Their places are told by distances: a byte
    /// below f0, or four bits and two bytes, or four bytes.
    fn relocate(&self, image: &mut [u8]) -> Option<()> {
        let fields = Fields::new(image, true);
        let mut at = self.relocations(fields)?;
        let head = self.header_at;
        let base =
            if self.wide { fields.u64(head.checked_add(48)?)? } else { fields.u32(head.checked_add(52)?)?.into() };
        let base = base.wrapping_add(self.lowest);
        let mut place = 0u64;
        loop {
            let fields = Fields::new(image, true);
            let first = fields.u8(at)?;
            at = at.checked_add(1)?;
            let distance = match first {
                0 => return Some(()),
                1..0xf0 => u64::from(first),
                _ => {
                    let short = u64::from(first & 0xf) << 16 | u64::from(fields.u16(at)?);
                    at = at.checked_add(2)?;
                    if short == 0 {
                        at = at.checked_add(4)?;
                        u64::from(fields.u32(at - 4)?)
                    } else {
                        short
                    }
                }
            };
            place = place.checked_add(distance)?;
            // Counted from four bytes before the beginning.
            let start = usize::try_from(place.checked_sub(4)?).ok()?;
            let field = image.get_mut(start..)?;
            if self.wide {
                let field = field.first_chunk_mut::<8>()?;
                *field = u64::from_be_bytes(*field).wrapping_add(base).to_le_bytes();
            } else {
                let field = field.first_chunk_mut::<4>()?;
                *field = u32::from_be_bytes(*field).wrapping_add(base as u32).to_le_bytes();
            }
        }
    }

    /// Changes a data directory of the header.
    fn point(&self, head: &mut [u8], index: usize, address: u32, len: u32) {
        let at = usize::try_from(self.directories).unwrap_or(0).saturating_add(8 * index);
        let new = [address.to_le_bytes(), len.to_le_bytes()].concat();
        // The optional header may have fewer directories.
        let limit = usize::try_from(self.table_at.saturating_sub(self.header_at)).unwrap_or(0);
        if let Some(field) = head.get_mut(..limit).and_then(|h| h.get_mut(at..at.saturating_add(8))) {
            field.copy_from_slice(&new);
        }
    }

    /// The imports: library, address table, functions.
    fn imports<'a>(&self, plan: &Plan, file: Fields<'a>, image: Fields<'a>) -> Option<Vec<Library<'a>>> {
        let at = self.header_at.checked_add(self.directories)?.checked_add(8 * directory::IMPORT as u64)?;
        let extra = self.table_at.checked_add(self.sections.len() as u64 * ROW)?;
        if image.u32(at)? == 0 {
            return None;
        }
        let mut at = u64::from(image.u32(extra)?);
        let names = plan.names?;
        let mut list: Vec<Library<'a>> = Vec::new();
        let mut functions = 0usize;
        loop {
            let name = u64::from(image.u32(at)?);
            if name == 0 {
                return Some(list);
            }
            let name = file.text(names.checked_add(name)?, 256)?;
            let table = u64::from(image.u32(at.checked_add(4)?)?).checked_add(self.lowest)?;
            let mut library = Library { name, table: u32::try_from(table).ok()?, functions: Vec::new() };
            at = at.checked_add(8)?;
            loop {
                let next = at.checked_add(1)?;
                match image.u8(at)? {
                    0 => break,
                    1 => {
                        let name = image.text(next, 4096)?;
                        library.functions.push(Function::Named(name));
                        at = next.checked_add(name.len() as u64)?.checked_add(1)?;
                    }
                    0xff => {
                        library.functions.push(Function::Number(image.u16(next)?));
                        at = next.checked_add(2)?;
                    }
                    // By number too, kept in the packed file's own imports.
                    _ => {
                        let place = names.checked_add(u64::from(image.u32(next)?))?;
                        library.functions.push(Function::Number(file.u16(place)?));
                        at = next.checked_add(4)?;
                    }
                }
                functions += 1;
                if functions > IMPORTS_MAX {
                    return None;
                }
            }
            at = at.checked_add(1)?;
            list.push(library);
            if list.len() > 4096 {
                return None;
            }
        }
    }
}

/// Appends a row for a section of read-only data: address, length, place in the file.
fn append_section(head: &mut Vec<u8>, [address, len, offset]: [u32; 3]) {
    head.extend(b".imports");
    [len, address, len, offset, 0, 0, 0, 0x4000_0040].iter().for_each(|w| head.extend(w.to_le_bytes()));
    if let Some(count) = head.get_mut(6..8).and_then(|c| c.first_chunk_mut::<2>()) {
        *count = u16::from_le_bytes(*count).saturating_add(1).to_le_bytes();
    }
    let size = address.saturating_add(len).next_multiple_of(0x1000);
    if let Some(field) = head.get_mut(24 + 56..24 + 60) {
        field.copy_from_slice(&size.to_le_bytes());
    }
}

fn put(out: &mut Meter<'_>, bytes: &[u8]) -> Result<(), Gap> {
    out.write_all(bytes).map_err(|e| out.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

/// Zeros up to a place. Sections that overlap in the file follow one another.
fn pad(out: &mut Meter<'_>, to: u64) -> Result<(), Gap> {
    const PADDING_MAX: u64 = 1 << 20;
    let missing = to.saturating_sub(out.bytes().len() as u64);
    if missing > PADDING_MAX {
        return Err(broken(format!("{missing} bytes between two sections are missing")));
    }
    put(out, &vec![0; usize::try_from(missing).unwrap_or(0)])
}
