//! ELF, as the kernel and the dynamic loader see it, over goblin's decoders of single structures.
//!
//! `goblin::elf::Elf::parse` reads every string of every symbol table at once and adds offsets without checks, so
//! only its header, segment, section, symbol and relocation decoders are used, each on a table whose place and count
//! were compared with the file first. Symbols of the static table are read for relocatable objects only: a 300 MB
//! executable costs what its dynamic part costs.
//!
//! Specification: System V ABI (gABI) chapters 4 and 5, <https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html>.

mod regions;
mod slots;

use goblin::container::{Container, Ctx, Endian};
use goblin::elf::header::{self, Header};
use goblin::elf::program_header::{PT_DYNAMIC, PT_INTERP, PT_LOAD};
use goblin::elf::section_header::{SHT_NOBITS, SHT_NULL, SHT_SYMTAB};
use goblin::elf::{ProgramHeader, RelocSection, SectionHeader, Symtab, dynamic};

use super::fields::Fields;
use super::native::{Image, Import, Machine};
use crate::model::Gap;

/// Longest name that is read, in bytes. C++ names of a few kilobytes exist; nothing is compared beyond this.
const NAME_MAX: u64 = 4096;
/// Most symbols that are kept of one table.
const SYMBOLS_MAX: u64 = 1 << 21;

/// A section with its name.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// The name; empty when the string table does not reach it.
    pub name: &'a [u8],
    /// The table's row.
    pub header: SectionHeader,
}

/// A dynamic symbol (of a relocatable object: a symbol that is not local).
#[derive(Debug, Clone, Copy)]
pub struct Symbol<'a> {
    /// The name.
    pub name: &'a [u8],
    /// `STT_*`.
    pub kind: u8,
    /// Whether it is defined here.
    pub defined: bool,
    /// Its address.
    pub value: u64,
    /// Its length in bytes, 0 when unknown.
    pub size: u64,
}

/// An ELF file.
#[derive(Debug)]
pub struct Elf<'a> {
    /// The header.
    pub header: Header,
    /// Whether it is a 64-bit file.
    pub wide: bool,
    /// Segments.
    pub segments: Vec<ProgramHeader>,
    /// Sections, without the null section at index 0.
    pub sections: Vec<Section<'a>>,
    /// The dynamic section: tag and value, up to `DT_NULL`.
    pub dynamic: Vec<(u64, u64)>,
    /// Symbols that the dynamic loader sees.
    pub symbols: Vec<Symbol<'a>>,
    /// `DT_NEEDED`.
    pub needed: Vec<&'a [u8]>,
    /// `PT_INTERP`, without its NUL.
    pub interpreter: Option<&'a [u8]>,
    /// Relocations that call a resolver when the library is loaded (`R_*_IRELATIVE`).
    pub irelative: u64,
    /// Of an object file: names of functions that look like an assembler's labels (`.L…`).
    pub local_labels: Vec<&'a [u8]>,
    /// Contradictions that were met while parsing: where, and what.
    pub oddities: Vec<(u64, String)>,
    fields: Fields<'a>,
}

impl<'a> Elf<'a> {
    /// Parses what the loader and the linker would use.
    ///
    /// # Errors
    /// `Malformed` when there is no usable header; everything behind it that is broken becomes an oddity.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Gap> {
        let mut oddities = Vec::new();
        let header = read_header(bytes, &mut oddities)?;
        let wide = header.e_ident.get(header::EI_CLASS) == Some(&header::ELFCLASS64);
        let little = header.e_ident.get(header::EI_DATA) == Some(&header::ELFDATA2LSB);
        let mut elf = Self {
            header,
            wide,
            segments: Vec::new(),
            sections: Vec::new(),
            dynamic: Vec::new(),
            symbols: Vec::new(),
            needed: Vec::new(),
            interpreter: None,
            irelative: 0,
            local_labels: Vec::new(),
            oddities,
            fields: Fields::new(bytes, little),
        };
        let ctx = Ctx {
            container: if wide { Container::Big } else { Container::Little },
            le: if little { Endian::Little } else { Endian::Big },
        };
        elf.read_segments(bytes, ctx);
        elf.read_sections(bytes, ctx);
        elf.read_dynamic(bytes, ctx);
        if elf.header.e_type == header::ET_REL {
            elf.read_object_symbols(bytes, ctx);
        }
        Ok(elf)
    }

    /// How many rows of `size` bytes at `at` lie inside the file, out of `count`; fewer are noted.
    fn rows(&mut self, what: &str, at: u64, size: u64, count: u64) -> usize {
        let fit = self.fields.len().saturating_sub(at) / size.max(1);
        if count > fit {
            self.oddities.push((
                at,
                format!("the {what} table names {count} entries at offset {at}, and {fit} of them lie in the file"),
            ));
        }
        usize::try_from(count.min(fit)).unwrap_or(0)
    }

    fn read_segments(&mut self, bytes: &'a [u8], ctx: Ctx) {
        let size = if self.wide { 56 } else { 32 };
        if self.header.e_phnum == 0 {
            return;
        }
        if u64::from(self.header.e_phentsize) != size {
            let odd = format!("segment headers are said to have {} bytes, not {size}", self.header.e_phentsize);
            self.oddities.push((0, odd));
        }
        let at = self.header.e_phoff;
        let count = self.rows("segment", at, size, u64::from(self.header.e_phnum));
        self.segments = ProgramHeader::parse(bytes, at as usize, count, ctx).unwrap_or_default();
        let interp = self.segments.iter().find(|s| s.p_type == PT_INTERP);
        self.interpreter = interp.and_then(|s| self.fields.text(s.p_offset, s.p_filesz.min(NAME_MAX)));
    }

    fn read_sections(&mut self, bytes: &'a [u8], ctx: Ctx) {
        let size: u64 = if self.wide { 64 } else { 40 };
        let at = self.header.e_shoff;
        if at == 0 {
            return;
        }
        // gABI: more than SHN_LORESERVE sections, and a name table beyond that, are told by the null section.
        let extended = self.fields.word(at.saturating_add(if self.wide { 32 } else { 20 }), self.wide).unwrap_or(0);
        let said = match u64::from(self.header.e_shnum) {
            0 => extended,
            n => n,
        };
        let count = self.rows("section", at, size, said);
        if count == 0 {
            return;
        }
        let rows = SectionHeader::parse(bytes, at as usize, count, ctx).unwrap_or_default();
        let names_at = match self.header.e_shstrndx {
            0xffff => rows.first().map_or(0, |s| s.sh_link as usize),
            n => usize::from(n),
        };
        let names = rows.get(names_at).filter(|s| s.sh_type != SHT_NOBITS);
        let names = names.map_or(&[][..], |s| self.fields.available(s.sh_offset, s.sh_size));
        let names = Fields::new(names, true);
        let named = |header: SectionHeader| Section {
            name: names.text(header.sh_name as u64, NAME_MAX).unwrap_or_default(),
            header,
        };
        self.sections = rows.into_iter().skip(1).map(named).collect();
    }

    fn read_dynamic(&mut self, bytes: &'a [u8], ctx: Ctx) {
        let Some(segment) = self.segments.iter().find(|s| s.p_type == PT_DYNAMIC) else { return };
        let (at, len) = (segment.p_offset, segment.p_filesz.min(self.fields.len()));
        let word: u64 = if self.wide { 8 } else { 4 };
        for row in 0..len / (2 * word) {
            let place = at.saturating_add(row.saturating_mul(2 * word));
            let (Some(tag), Some(value)) =
                (self.fields.word(place, self.wide), self.fields.word(place.saturating_add(word), self.wide))
            else {
                self.oddities.push((place, "the dynamic section ends outside the file".to_owned()));
                break;
            };
            if tag == dynamic::DT_NULL {
                break;
            }
            self.dynamic.push((tag, value));
        }
        let (irelative, most) = self.relocations(bytes, ctx);
        self.irelative = irelative;
        let names = self.tag(dynamic::DT_STRTAB).and_then(|a| self.offset_of(a));
        let names =
            names.map_or(&[][..], |at| self.fields.available(at, self.tag(dynamic::DT_STRSZ).unwrap_or(u64::MAX)));
        let names = Fields::new(names, true);
        let needed = self.dynamic.iter().filter(|(t, _)| *t == dynamic::DT_NEEDED);
        self.needed = needed.filter_map(|(_, v)| names.text(*v, NAME_MAX)).collect();
        if let Some(at) = self.tag(dynamic::DT_SYMTAB).and_then(|a| self.offset_of(a)) {
            let count = self.hash_count().max(most);
            self.symbols = self.symbol_table(bytes, ctx, at, count, names);
        }
    }

    /// Symbols of an object file: everything that is not local, as the linker sees it.
    fn read_object_symbols(&mut self, bytes: &'a [u8], ctx: Ctx) {
        let Some(table) = self.sections.iter().find(|s| s.header.sh_type == SHT_SYMTAB) else { return };
        let (at, size, link) = (table.header.sh_offset, table.header.sh_size, table.header.sh_link as usize);
        // `sections` begins with index 1.
        let names = link
            .checked_sub(1)
            .and_then(|i| self.sections.get(i))
            .map_or(&[][..], |s| self.fields.available(s.header.sh_offset, s.header.sh_size));
        let row = if self.wide { 24 } else { 16 };
        let names = Fields::new(names, true);
        self.symbols = self.symbol_table(bytes, ctx, at, size / row, names);
        let count = usize::try_from((size / row).min(self.fields.len().saturating_sub(at) / row).min(SYMBOLS_MAX));
        let table = Symtab::parse(bytes, at as usize, count.unwrap_or(0), ctx).unwrap_or_default();
        // STT_FUNC only: LLVM keeps labels of constants (`.Lanon`, `.L.str`) as objects.
        let labels = table.iter().filter(|s| s.st_type() == 2 && s.st_shndx != 0);
        let labels = labels.filter_map(|s| names.text(s.st_name as u64, NAME_MAX).filter(|n| n.starts_with(b".L")));
        self.local_labels = labels.collect();
    }

    fn symbol_table(&mut self, bytes: &'a [u8], ctx: Ctx, at: u64, count: u64, names: Fields<'a>) -> Vec<Symbol<'a>> {
        let row = if self.wide { 24 } else { 16 };
        let count = self.rows("symbol", at, row, count.min(SYMBOLS_MAX));
        let table = Symtab::parse(bytes, at as usize, count, ctx).unwrap_or_default();
        let kept = table.iter().skip(1).filter(|s| s.st_bind() != 0).filter_map(|s| {
            let name = names.text(s.st_name as u64, NAME_MAX).filter(|n| !n.is_empty())?;
            Some(Symbol { name, kind: s.st_type(), defined: s.st_shndx != 0, value: s.st_value, size: s.st_size })
        });
        kept.collect()
    }

    /// The number of `R_*_IRELATIVE` relocations, and one more than the highest symbol that any relocation names.
    fn relocations(&self, bytes: &'a [u8], ctx: Ctx) -> (u64, u64) {
        let irelative = self.irelative_type();
        let plt_is_rela = self.tag(dynamic::DT_PLTREL) == Some(dynamic::DT_RELA);
        let tables = [
            (dynamic::DT_RELA, dynamic::DT_RELASZ, true),
            (dynamic::DT_REL, dynamic::DT_RELSZ, false),
            (dynamic::DT_JMPREL, dynamic::DT_PLTRELSZ, plt_is_rela),
        ];
        let (mut resolved, mut most) = (0, 0);
        for (place, size, is_rela) in tables {
            let at = self.tag(place).and_then(|a| self.offset_of(a));
            let (Some(at), Some(size)) = (at, self.tag(size)) else { continue };
            let size = self.fields.available(at, size).len();
            let Ok(table) = RelocSection::parse(bytes, at as usize, size, is_rela, ctx) else { continue };
            for reloc in &table {
                resolved += u64::from(reloc.r_type == irelative);
                most = most.max(reloc.r_sym as u64);
            }
        }
        (resolved, if most == 0 { 0 } else { most.saturating_add(1) })
    }

    /// How many dynamic symbols the hash tables account for.
    fn hash_count(&self) -> u64 {
        if let Some(at) = self.tag(dynamic::DT_HASH).and_then(|a| self.offset_of(a))
            && let Some(chains) = self.fields.u32(at.saturating_add(4))
        {
            return u64::from(chains);
        }
        self.gnu_hash_count().unwrap_or_else(|| {
            // Without any hash table: strings usually follow the symbols.
            let (symbols, names) = (self.tag(dynamic::DT_SYMTAB), self.tag(dynamic::DT_STRTAB));
            let row = if self.wide { 24 } else { 16 };
            symbols.zip(names).map_or(0, |(s, n)| n.saturating_sub(s) / row)
        })
    }

    /// The count behind `DT_GNU_HASH`: the last chain that a bucket names, followed to its end.
    /// <https://sourceware.org/legacy-ml/binutils/2006-10/msg00377.html>
    fn gnu_hash_count(&self) -> Option<u64> {
        let at = self.offset_of(self.tag(dynamic::DT_GNU_HASH)?)?;
        let (buckets, first) = (u64::from(self.fields.u32(at)?), u64::from(self.fields.u32(at.checked_add(4)?)?));
        let bloom = u64::from(self.fields.u32(at.checked_add(8)?)?).checked_mul(if self.wide { 8 } else { 4 })?;
        let table = at.checked_add(16)?.checked_add(bloom)?;
        let rows = self.fields.inner(self.fields.range(table, buckets.checked_mul(4)?)?);
        let last = (0..buckets).filter_map(|i| rows.u32(i * 4)).max().map_or(0, u64::from);
        if last < first {
            return Some(first);
        }
        let chains = table.checked_add(buckets.checked_mul(4)?)?;
        let mut index = last;
        loop {
            let hash = self.fields.u32(chains.checked_add((index - first).checked_mul(4)?)?)?;
            index += 1;
            if hash & 1 != 0 {
                return Some(index);
            }
        }
    }

    /// The value of the first dynamic entry with this tag.
    #[must_use]
    pub fn tag(&self, tag: u64) -> Option<u64> {
        self.dynamic.iter().find(|(t, _)| *t == tag).map(|(_, v)| *v)
    }

    /// The texts of all dynamic entries with this tag.
    #[must_use]
    pub fn tag_texts(&self, tag: u64) -> Vec<&'a [u8]> {
        let Some(at) = self.tag(dynamic::DT_STRTAB).and_then(|a| self.offset_of(a)) else { return Vec::new() };
        let texts = self.dynamic.iter().filter(|(t, _)| *t == tag);
        texts.filter_map(|(_, v)| self.fields.text(at.checked_add(*v)?, NAME_MAX)).collect()
    }

    /// The segment that is loaded at an address.
    #[must_use]
    pub fn segment_at(&self, address: u64) -> Option<&ProgramHeader> {
        let inside = |s: &&ProgramHeader| s.p_type == PT_LOAD && address.wrapping_sub(s.p_vaddr) < s.p_memsz;
        self.segments.iter().find(inside)
    }

    /// Where the byte at an address lies in the file.
    #[must_use]
    pub fn offset_of(&self, address: u64) -> Option<u64> {
        let segment = self.segment_at(address)?;
        let delta = address.checked_sub(segment.p_vaddr)?;
        if delta >= segment.p_filesz { None } else { segment.p_offset.checked_add(delta) }
    }

    /// The addresses in an array of pointers at an address (`.init_array`), as far as the file holds them.
    #[must_use]
    pub fn pointers(&self, address: u64, bytes: u64) -> Vec<u64> {
        let Some(at) = self.offset_of(address) else { return Vec::new() };
        let word: u64 = if self.wide { 8 } else { 4 };
        let count = self.fields.available(at, bytes.min(1 << 20)).len() as u64 / word;
        (0..count).filter_map(|i| self.fields.word(at.checked_add(i * word)?, self.wide)).collect()
    }

    /// Whether it is a shared library: position-independent, not marked as a program, and no loader is asked for.
    #[must_use]
    pub fn is_library(&self) -> bool {
        let pie = self.tag(dynamic::DT_FLAGS_1).is_some_and(|f| f & dynamic::DF_1_PIE != 0);
        self.header.e_type == header::ET_DYN && !pie && self.interpreter.is_none()
    }

    /// Whether it is loaded and run, as opposed to a relocatable object or a core dump.
    #[must_use]
    pub fn is_loadable(&self) -> bool {
        matches!(self.header.e_type, header::ET_EXEC | header::ET_DYN)
    }

    /// The end of the last byte that a table names.
    #[must_use]
    pub fn end(&self) -> u64 {
        let table = |at: u64, size: u16, count: u16| at.saturating_add(u64::from(size) * u64::from(count));
        let header = &self.header;
        let segments = self.segments.iter().filter(|s| s.p_filesz != 0);
        let segments = segments.map(|s| s.p_offset.saturating_add(s.p_filesz));
        let sections = self.sections.iter().filter(|s| !matches!(s.header.sh_type, SHT_NOBITS | SHT_NULL));
        let sections = sections.map(|s| s.header.sh_offset.saturating_add(s.header.sh_size));
        let tables = [
            u64::from(header.e_ehsize),
            table(header.e_phoff, header.e_phentsize, header.e_phnum),
            table(header.e_shoff, header.e_shentsize, header.e_shnum),
        ];
        segments.chain(sections).chain(tables).max().unwrap_or(0)
    }

    pub(super) fn image(&self) -> Image<'a> {
        let (exports, imports): (Vec<&Symbol<'a>>, Vec<_>) = self.symbols.iter().partition(|s| s.defined);
        Image {
            start: 0,
            regions: self.regions(),
            imports: imports.into_iter().map(|s| Import { library: b"", name: s.name }).collect(),
            exports: exports.into_iter().map(|s| s.name.into()).collect(),
            libraries: self.needed.clone(),
            end: self.end(),
            library: self.is_library(),
            machine: match self.header.e_machine {
                header::EM_X86_64 => Machine::X64,
                header::EM_386 => Machine::X86,
                header::EM_AARCH64 => Machine::Arm64,
                _ => Machine::Other,
            },
            base: 0,
            got: self.tag(dynamic::DT_PLTGOT),
            slots: self.slots(),
            stubs: Vec::new(),
            initial: self.initial(),
        }
    }
}

/// The header, with the class and byte order corrected when they lie: the kernel reads neither.
fn read_header(bytes: &[u8], oddities: &mut Vec<(u64, String)>) -> Result<Header, Gap> {
    if bytes.len() < 52 {
        return Err(Gap::malformed(format!("an ELF header needs at least 52 bytes, the file has {}", bytes.len())));
    }
    if let Ok(header) = goblin::elf::Elf::parse_header(bytes) {
        return Ok(header);
    }
    let mut head = [0; 64];
    head.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    let said = (head.get(4).copied().unwrap_or(0), head.get(5).copied().unwrap_or(0));
    for (class, size_at, size) in [(header::ELFCLASS64, 54, 56), (header::ELFCLASS32, 42, 32)] {
        let row = Fields::new(&head, true).u16(size_at);
        if row == Some(size) {
            if let Some(ident) = head.get_mut(4..6) {
                ident.copy_from_slice(&[class, header::ELFDATA2LSB]);
            }
            if let Ok(header) = goblin::elf::Elf::parse_header(&head) {
                oddities.push((4, format!("class {} and byte order {} in the header do not exist", said.0, said.1)));
                return Ok(header);
            }
        }
    }
    Err(Gap::malformed(format!("class {} and byte order {} in the ELF header do not exist", said.0, said.1)))
}
