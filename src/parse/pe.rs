//! PE/COFF images: headers, sections, imports, exports, TLS callbacks, resources, certificates.
//!
//! goblin gives the structures' constants; the tables are walked here, because `goblin::pe::PE::parse` follows every
//! import, relocation and unwind table without a bound and copies section names of any length. One broken directory
//! does not lose the others: it becomes an oddity, and what came before it is kept.
//!
//! Specification: <https://learn.microsoft.com/en-us/windows/win32/debug/pe-format>.

use goblin::pe::characteristic::IMAGE_FILE_DLL;
use goblin::pe::section_table::{IMAGE_SCN_MEM_EXECUTE, IMAGE_SCN_MEM_WRITE};

use super::fields::Fields;
use super::native::{Image, Import, Machine, Region};
use crate::model::{Gap, GapReason};

/// Longest name that is read, in bytes.
const NAME_MAX: u64 = 512;
/// Most libraries, functions, exports and resources that are read.
const LIBRARIES_MAX: u64 = 4096;
const FUNCTIONS_MAX: usize = 1 << 18;
const SYMBOLS_MAX: u64 = 1 << 20;
const EXPORTS_MAX: u64 = 1 << 17;
const RESOURCES_MAX: usize = 1 << 14;

/// Data directories by their place in the optional header.
pub mod directory {
    /// Exported functions.
    pub const EXPORT: usize = 0;
    /// Imported functions.
    pub const IMPORT: usize = 1;
    /// Resource tree.
    pub const RESOURCE: usize = 2;
    /// Attribute certificates; the only directory whose address is a file offset.
    pub const CERTIFICATE: usize = 4;
    /// Thread-local storage with its callbacks.
    pub const TLS: usize = 9;
    /// Imports that are resolved at the first call.
    pub const DELAY_IMPORT: usize = 13;
    /// Header of managed code.
    pub const CLR: usize = 14;
}

/// A section header.
#[derive(Debug, Clone)]
pub struct PeSection<'a> {
    /// Up to 8 bytes, without trailing NULs.
    pub name: &'a [u8],
    /// Address relative to the image base.
    pub address: u32,
    /// Bytes in memory.
    pub memory: u32,
    /// First byte in the file, as written.
    pub offset: u32,
    /// Bytes in the file.
    pub len: u32,
    /// `IMAGE_SCN_*`.
    pub flags: u32,
}

impl PeSection<'_> {
    /// Whether it may be executed.
    #[must_use]
    pub fn executes(&self) -> bool {
        self.flags & IMAGE_SCN_MEM_EXECUTE != 0
    }

    /// Whether it may be written.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.flags & IMAGE_SCN_MEM_WRITE != 0
    }
}

/// An exported name.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The name.
    pub name: &'a [u8],
    /// Where calls are passed on to (`KERNEL32.Sleep`), when they are.
    pub forward: Option<&'a [u8]>,
    /// Relative address of what it names.
    pub address: u32,
}

/// A leaf of the resource tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// The type's number (`RT_RCDATA` is 10), or `None` for a type with a name.
    pub kind: Option<u32>,
    /// First byte in the file.
    pub offset: u64,
    /// Length in bytes, inside the file.
    pub len: u64,
}

/// A PE image.
#[derive(Debug)]
pub struct Pe<'a> {
    /// `IMAGE_FILE_MACHINE_*`.
    pub machine: u16,
    /// Whether it is PE32+.
    pub wide: bool,
    /// Whether it is a DLL.
    pub is_dll: bool,
    /// Address of the entry point relative to the image base; 0 for none.
    pub entry: u32,
    /// Address that the image prefers.
    pub image_base: u64,
    /// Bytes of all headers.
    pub headers: u32,
    /// Address (file offset for certificates) and size of each data directory.
    pub directories: Vec<(u32, u32)>,
    /// Sections, in the table's order.
    pub sections: Vec<PeSection<'a>>,
    /// Imported functions, delayed ones too.
    pub imports: Vec<Import<'a>>,
    /// Words that hold addresses of imported functions: relative address and name.
    pub slots: Vec<(u32, &'a [u8])>,
    /// Imported libraries.
    pub libraries: Vec<&'a [u8]>,
    /// The library's own name for itself.
    pub export_name: &'a [u8],
    /// Exported names.
    pub exports: Vec<Export<'a>>,
    /// Addresses of functions that run before the entry point and in every thread.
    pub tls_callbacks: Vec<u64>,
    /// Leaves of the resource tree.
    pub resources: Vec<Resource>,
    /// Contradictions that were met while parsing: where, and what.
    pub oddities: Vec<(u64, String)>,
    symbols_end: u64,
    symbol_names: Option<(u64, u64)>,
    /// Where COFF symbols lie, and how many there are.
    symbols: (u64, u64),
    by_address: Vec<usize>,
    sector: u32,
    fields: Fields<'a>,
}

impl<'a> Pe<'a> {
    /// Parses the headers and the directories that heuristics need.
    ///
    /// # Errors
    /// `Malformed` when the headers cannot be read, `Unsupported` for programs of DOS and 16-bit Windows.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Gap> {
        let fields = Fields::new(bytes, true);
        let size = fields.len();
        let cut = |what: &str| Gap::malformed(format!("the {what} lies outside the file of {size} bytes"));
        let at = u64::from(fields.u32(0x3c).ok_or_else(|| cut("DOS header"))?);
        match fields.range(at, 4) {
            Some(b"PE\0\0") => {}
            Some([b'N', b'E', ..] | [b'L', b'E' | b'X', ..]) => {
                return Err(Gap::new(GapReason::Unsupported, "a 16-bit program (NE, LE or LX), not looked into"));
            }
            _ => {
                let why = format!("begins with MZ and has no PE header at {at}: a DOS program or a broken file");
                return Err(Gap::malformed(why));
            }
        }
        let coff = at.saturating_add(4);
        let optional = coff.saturating_add(20);
        let header = fields.range(coff, 20).ok_or_else(|| cut("COFF header"))?;
        let header = Fields::new(header, true);
        let machine = header.u16(0).unwrap_or(0);
        let section_count = u64::from(header.u16(2).unwrap_or(0));
        let symbols = (u64::from(header.u32(8).unwrap_or(0)), u64::from(header.u32(12).unwrap_or(0)));
        let optional_size = u64::from(header.u16(16).unwrap_or(0));
        let characteristics = header.u16(18).unwrap_or(0);
        let magic = fields.u16(optional).ok_or_else(|| cut("optional header"))?;
        let wide = match magic {
            0x10b => false,
            0x20b => true,
            other => return Err(Gap::malformed(format!("optional header magic {other:#x} is neither PE32 nor PE32+"))),
        };
        let mut pe = Self {
            machine,
            wide,
            is_dll: characteristics & IMAGE_FILE_DLL != 0,
            entry: fields.u32(optional.saturating_add(16)).unwrap_or(0),
            image_base: if wide { fields.u64(optional + 24) } else { fields.u32(optional + 28).map(u64::from) }
                .unwrap_or(0),
            headers: fields.u32(optional + 60).unwrap_or(0),
            directories: Vec::new(),
            sections: Vec::new(),
            imports: Vec::new(),
            slots: Vec::new(),
            libraries: Vec::new(),
            export_name: &[],
            exports: Vec::new(),
            tls_callbacks: Vec::new(),
            resources: Vec::new(),
            oddities: Vec::new(),
            symbols_end: 0,
            symbol_names: None,
            symbols: (0, 0),
            by_address: Vec::new(),
            // The loader rounds places of data down to a sector, unless the file is aligned more finely.
            sector: if fields.u32(optional + 36).unwrap_or(0) < 0x200 { 0 } else { 0x1ff },
            fields,
        };
        let directories_at = optional + if wide { 112 } else { 96 };
        let said = u64::from(fields.u32(directories_at - 4).unwrap_or(0));
        for i in 0..said.min(16) {
            let row = directories_at + i * 8;
            let (Some(address), Some(len)) = (fields.u32(row), fields.u32(row + 4)) else { break };
            pe.directories.push((address, len));
        }
        pe.read_sections(optional.saturating_add(optional_size), section_count);
        if symbols.0 != 0 && symbols.0 < size {
            let strings = symbols.0.saturating_add(symbols.1 * 18);
            let length = u64::from(fields.u32(strings).unwrap_or(0));
            pe.symbols_end = strings.saturating_add(length);
            pe.symbol_names = Some((strings, length));
            pe.symbols = symbols;
        }
        pe.read_imports();
        pe.read_delay_imports();
        pe.read_exports();
        pe.read_tls();
        pe.read_resources();
        Ok(pe)
    }

    /// Address and size of a directory that is there.
    #[must_use]
    pub fn directory(&self, index: usize) -> Option<(u32, u32)> {
        self.directories.get(index).copied().filter(|(address, len)| *address != 0 && *len != 0)
    }

    fn read_sections(&mut self, at: u64, count: u64) {
        for i in 0..count {
            let Some(row) = self.fields.range(at.saturating_add(i * 40), 40) else {
                let odd = format!("the section table names {count} sections, and {i} of them lie in the file");
                self.oddities.push((at, odd));
                break;
            };
            let name = row.get(..8).unwrap_or_default();
            let name = name.get(..memchr::memchr(0, name).unwrap_or(8)).unwrap_or_default();
            let row = Fields::new(row, true);
            let word = |at| row.u32(at).unwrap_or(0);
            self.sections.push(PeSection {
                name,
                memory: word(8),
                address: word(12),
                len: word(16),
                offset: word(20),
                flags: word(36),
            });
        }
        let mut order: Vec<usize> = (0..self.sections.len()).collect();
        order.sort_by_key(|i| self.sections.get(*i).map_or(0, |s| s.address));
        self.by_address = order;
    }

    /// The section that is mapped at a relative address.
    #[must_use]
    pub fn section_at(&self, address: u32) -> Option<(usize, &PeSection<'a>)> {
        let start = |i: &usize| self.sections.get(*i).map_or(u32::MAX, |s| s.address);
        let before = self.by_address.partition_point(|i| start(i) <= address);
        let index = *self.by_address.get(before.checked_sub(1)?)?;
        let section = self.sections.get(index)?;
        (address - section.address < section.memory.max(section.len)).then_some((index, section))
    }

    /// Where the byte at a relative address lies in the file.
    #[must_use]
    pub fn offset_of(&self, address: u32) -> Option<u64> {
        if let Some((_, section)) = self.section_at(address) {
            let delta = address - section.address;
            return (delta < section.len).then(|| u64::from(section.offset & !self.sector) + u64::from(delta));
        }
        (address < self.headers).then_some(u64::from(address))
    }

    fn text_at(&self, address: u32) -> Option<&'a [u8]> {
        self.fields.text(self.offset_of(address)?, NAME_MAX)
    }

    fn read_imports(&mut self) {
        let Some((address, _)) = self.directory(directory::IMPORT) else { return };
        let Some(at) = self.offset_of(address) else {
            self.oddities.push((0, format!("the import directory at {address:#x} is not in any section's data")));
            return;
        };
        for i in 0..LIBRARIES_MAX {
            let row = at + i * 20;
            let read = |delta| self.fields.u32(row + delta).unwrap_or(0);
            let (lookup, name, table) = (read(0), read(12), read(16));
            if name == 0 || table == 0 {
                break;
            }
            self.read_functions(name, if lookup == 0 { table } else { lookup }, table);
        }
    }

    fn read_delay_imports(&mut self) {
        let Some(at) = self.directory(directory::DELAY_IMPORT).and_then(|(a, _)| self.offset_of(a)) else { return };
        for i in 0..LIBRARIES_MAX {
            let row = at + i * 32;
            let read = |delta| self.fields.u32(row + delta).unwrap_or(0);
            let (by_rva, name, table, lookup) = (read(0) & 1 != 0, read(4), read(12), read(16));
            if name == 0 || !by_rva {
                break;
            }
            self.read_functions(name, lookup, table);
        }
    }

    /// The functions of one library: their names are read at `lookup`, their addresses are written to `table`.
    fn read_functions(&mut self, name: u32, lookup: u32, table: u32) {
        let Some(library) = self.text_at(name) else { return };
        self.libraries.push(library);
        let Some(at) = self.offset_of(lookup) else { return };
        let (size, by_number) = if self.wide { (8, 1 << 63) } else { (4, 1 << 31) };
        let mut row = at;
        let mut slot = table;
        while let Some(entry) = self.fields.word(row, self.wide).filter(|e| *e != 0) {
            if self.imports.len() >= FUNCTIONS_MAX {
                self.oddities.push((row, format!("more than {FUNCTIONS_MAX} imported functions")));
                break;
            }
            let name = if entry & by_number != 0 {
                Some(&b""[..])
            } else {
                // Two bytes of hint come first.
                self.offset_of((entry & 0x7fff_ffff) as u32).and_then(|at| self.fields.text(at + 2, NAME_MAX))
            };
            let Some(name) = name else { break };
            self.imports.push(Import { library, name });
            if !name.is_empty() {
                self.slots.push((slot, name));
            }
            row += size;
            slot = slot.saturating_add(if self.wide { 8 } else { 4 });
        }
    }

    fn read_exports(&mut self) {
        let Some((address, len)) = self.directory(directory::EXPORT) else { return };
        let Some(table) = self.offset_of(address).and_then(|at| self.fields.range(at, 40)) else { return };
        let table = Fields::new(table, true);
        let word = |at| table.u32(at).unwrap_or(0);
        self.export_name = self.text_at(word(12)).unwrap_or_default();
        let places = (self.offset_of(word(28)), self.offset_of(word(32)), self.offset_of(word(36)));
        let (Some(functions), Some(names), Some(ordinals)) = places else { return };
        for i in 0..u64::from(word(24)).min(EXPORTS_MAX) {
            let name = self.fields.u32(names + i * 4).and_then(|a| self.text_at(a));
            let ordinal = self.fields.u16(ordinals + i * 2);
            let (Some(name), Some(ordinal)) = (name, ordinal) else { break };
            let function = self.fields.u32(functions + u64::from(ordinal) * 4).unwrap_or(0);
            // An address inside the export directory itself is the text of a forwarder.
            let forward = (function.wrapping_sub(address) < len).then(|| self.text_at(function)).flatten();
            self.exports.push(Export { name, forward, address: function });
        }
    }

    fn read_tls(&mut self) {
        let Some((address, _)) = self.directory(directory::TLS) else { return };
        let Some(at) = self.offset_of(address) else { return };
        let word: u64 = if self.wide { 8 } else { 4 };
        let list = self.fields.word(at + 3 * word, self.wide).unwrap_or(0);
        let list = list.checked_sub(self.image_base).and_then(|a| self.offset_of(u32::try_from(a).ok()?));
        let Some(list) = list else { return };
        for i in 0..64 {
            match self.fields.word(list + i * word, self.wide) {
                Some(callback) if callback != 0 => self.tls_callbacks.push(callback),
                _ => break,
            }
        }
    }

    fn read_resources(&mut self) {
        let Some((address, _)) = self.directory(directory::RESOURCE) else { return };
        let Some(root) = self.offset_of(address) else { return };
        // Three levels: type, name, language. Deeper ones do not exist for Windows.
        let mut open: Vec<(u64, u8, Option<u32>)> = vec![(root, 0, None)];
        let mut seen = 0;
        while let Some((table, level, kind)) = open.pop() {
            let count = |delta| u64::from(self.fields.u16(table + delta).unwrap_or(0));
            for i in 0..count(12) + count(14) {
                seen += 1;
                if seen > RESOURCES_MAX {
                    self.oddities.push((table, format!("more than {RESOURCES_MAX} resources")));
                    return;
                }
                let row = table + 16 + i * 8;
                let (Some(id), Some(next)) = (self.fields.u32(row), self.fields.u32(row + 4)) else { break };
                let kind = if level == 0 { (id & 0x8000_0000 == 0).then_some(id) } else { kind };
                let place = root + u64::from(next & 0x7fff_ffff);
                if next & 0x8000_0000 != 0 {
                    if level < 2 {
                        open.push((place, level + 1, kind));
                    }
                    continue;
                }
                let (Some(data), Some(len)) = (self.fields.u32(place), self.fields.u32(place + 4)) else { continue };
                let Some(offset) = self.offset_of(data) else { continue };
                let len = self.fields.available(offset, u64::from(len)).len() as u64;
                self.resources.push(Resource { kind, offset, len });
            }
        }
    }

    /// Functions that have names: exports that lead nowhere else, and COFF symbols, by relative address.
    #[must_use]
    pub(super) fn named_functions(&self) -> Vec<(u64, &'a [u8])> {
        // A row: eight bytes of name, or four zeros and a place among the strings; value, section, type, class, rows of
        // more that follow.
        const ROW: u64 = 18;
        const FUNCTION: u16 = 0x20;
        let exports = self.exports.iter().filter(|e| e.forward.is_none() && e.address != 0);
        let mut found: Vec<(u64, &'a [u8])> = exports.map(|e| (u64::from(e.address), e.name)).collect();
        let (first, count) = self.symbols;
        let strings = self.symbol_names.map_or(0, |(at, _)| at);
        let mut i = 0;
        while i < count.min(SYMBOLS_MAX) {
            let at = first.saturating_add(i * ROW);
            let (Some(section), Some(kind), Some(more)) =
                (self.fields.u16(at + 12), self.fields.u16(at + 14), self.fields.u8(at + 17))
            else {
                break;
            };
            i += 1 + u64::from(more);
            let section = usize::from(section).checked_sub(1).and_then(|n| self.sections.get(n));
            let (Some(section), FUNCTION) = (section, kind) else { continue };
            let name = match self.fields.u32(at) {
                Some(0) => self
                    .fields
                    .u32(at + 4)
                    .and_then(|n| self.fields.text(strings.saturating_add(u64::from(n)), NAME_MAX)),
                _ => self.fields.range(at, 8).map(|n| n.split(|b| *b == 0).next().unwrap_or_default()),
            };
            let address = u64::from(section.address).saturating_add(self.fields.u32(at + 8).unwrap_or(0).into());
            found.extend(name.filter(|n| !n.is_empty()).map(|name| (address, name)));
        }
        found
    }

    /// Where the names of COFF symbols lie, and their length.
    #[must_use]
    pub fn symbol_names(&self) -> Option<(u64, u64)> {
        self.symbol_names
    }

    /// The certificate table: file offset and size, as the directory says.
    #[must_use]
    pub fn certificates(&self) -> Option<(u64, u64)> {
        self.directory(directory::CERTIFICATE).map(|(at, len)| (u64::from(at), u64::from(len)))
    }

    /// The end of the last section's data, of the headers and of the COFF symbols: where an overlay begins.
    #[must_use]
    pub fn end(&self) -> u64 {
        let sections = self.sections.iter().filter(|s| s.len != 0 && s.offset != 0);
        let sections = sections.map(|s| u64::from(s.offset & !self.sector) + u64::from(s.len));
        sections.chain([u64::from(self.headers), self.symbols_end]).max().unwrap_or(0)
    }

    pub(super) fn image(&self) -> Image<'a> {
        let region = |s: &PeSection<'a>| Region {
            name: s.name,
            offset: u64::from(s.offset & !self.sector),
            len: u64::from(if s.memory == 0 { s.len } else { s.len.min(s.memory) }),
            address: u64::from(s.address),
            memory: u64::from(s.memory),
            write: s.writes(),
            execute: s.executes(),
        };
        Image {
            start: 0,
            regions: self.sections.iter().map(region).collect(),
            imports: self.imports.clone(),
            exports: self.exports.iter().map(|e| e.name.into()).collect(),
            libraries: self.libraries.clone(),
            end: self.end(),
            library: self.is_dll,
            machine: match self.machine {
                0x8664 => Machine::X64,
                0x14c => Machine::X86,
                0xaa64 => Machine::Arm64,
                _ => Machine::Other,
            },
            base: self.image_base,
            got: None,
            slots: self.slots.iter().map(|(at, name)| (u64::from(*at), *name)).collect(),
            stubs: Vec::new(),
            initial: Vec::new(),
        }
    }
}
