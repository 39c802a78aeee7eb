//! Mach-O images and fat files, by their load commands.
//!
//! goblin gives the constants; the commands are walked here, because `goblin::mach::MachO::parse` adds addresses
//! from the file without checks and decodes the binding programs, which are unbounded.
//!
//! Specification: `mach-o/loader.h` and `mach-o/fat.h` of Apple's open-source XNU,
//! <https://github.com/apple-oss-distributions/xnu/tree/main/EXTERNAL_HEADERS/mach-o>.

mod fixups;

use std::borrow::Cow;
use std::collections::BTreeMap;

use goblin::mach::constants::{S_MOD_INIT_FUNC_POINTERS, SECTION_TYPE, VM_PROT_EXECUTE, VM_PROT_WRITE};
use goblin::mach::load_command as lc;

use super::fields::Fields;
use super::native::{INITIAL_MAX, Image, Import, Machine, Region};
use super::parts::Places;
use crate::model::{Gap, GapReason};

/// Longest name that is read, in bytes.
const NAME_MAX: u64 = 4096;
/// Most architectures of a fat file, load commands and symbols that are read.
const SLICES_MAX: u64 = 64;
const COMMANDS_MAX: u64 = 1 << 14;
const SYMBOLS_MAX: u64 = 1 << 20;
/// Most stubs of one image.
const STUBS_MAX: usize = 1 << 16;
/// `S_SYMBOL_STUBS`.
const S_SYMBOL_STUBS: u32 = 0x8;
/// `S_INIT_FUNC_OFFSETS`, which goblin does not name.
const S_INIT_FUNC_OFFSETS: u32 = 0x16;
/// `S_INTERPOSING`.
const S_INTERPOSING: u32 = 0xd;
/// Most functions of others that an image is believed to stand in for: tracers of memory have some dozens.
const INTERPOSED_MAX: u64 = 1 << 12;

/// A section.
#[derive(Debug, Clone)]
pub struct MachSection<'a> {
    /// Section name, without trailing NULs.
    pub name: &'a [u8],
    /// Name of its segment.
    pub segment: &'a [u8],
    /// Address in memory.
    pub address: u64,
    /// Length in bytes.
    pub len: u64,
    /// First byte, counted from the image's start; 0 for what is only in memory.
    pub offset: u64,
    /// Type and attributes.
    pub flags: u32,
    /// `reserved1` and `reserved2`: for stubs, the first row in the indirect symbol table and a stub's length.
    pub reserved: (u32, u32),
}

impl MachSection<'_> {
    /// Whether dyld reads pairs of functions from it, the one to call instead of the other.
    fn interposes(&self) -> bool {
        self.flags & SECTION_TYPE == S_INTERPOSING || self.name == b"__interpose"
    }
}

/// A segment.
#[derive(Debug, Clone)]
pub struct MachSegment<'a> {
    /// Name, without trailing NULs.
    pub name: &'a [u8],
    /// Address and length in memory.
    pub memory: (u64, u64),
    /// First byte (counted from the image's start) and length in the file.
    pub file: (u64, u64),
    /// Protection at the start, `VM_PROT_*`.
    pub protection: u32,
    /// Its sections.
    pub sections: Vec<MachSection<'a>>,
}

/// How a library is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// The program does not start without it.
    Required,
    /// It may be missing.
    Weak,
    /// Its symbols are offered as one's own.
    Reexported,
}

/// A Mach-O image for one architecture.
#[derive(Debug)]
pub struct MachO<'a> {
    /// Where it begins in the file.
    pub start: u64,
    /// Its length in bytes.
    pub len: u64,
    /// `CPU_TYPE_*`.
    pub cpu: u32,
    /// `MH_*` file type.
    pub file_type: u32,
    /// Segments.
    pub segments: Vec<MachSegment<'a>>,
    /// Libraries that are loaded.
    pub libraries: Vec<(Load, &'a [u8])>,
    /// Folders that `@rpath` stands for.
    pub rpaths: Vec<&'a [u8]>,
    /// Environment settings for the loader inside the file (`LC_DYLD_ENVIRONMENT`).
    pub environment: Vec<&'a [u8]>,
    /// The loader that is asked for.
    pub loader: Option<&'a [u8]>,
    /// The entry point's place, counted from the start of `__TEXT`.
    pub entry: Option<u64>,
    /// Where the code signature lies: offset counted from the image's start, and length.
    pub signature: Option<(u64, u64)>,
    /// Where the list of functions' beginnings lies: offset counted from the image's start, and length.
    pub function_starts: Option<(u64, u64)>,
    /// Whether a part of the code is encrypted (`LC_ENCRYPTION_INFO` with a non-zero id).
    pub encrypted: bool,
    /// Undefined external symbols, without the leading `_`.
    pub imports: Vec<&'a [u8]>,
    /// Defined external symbols and the names of the export trie, without the leading `_`.
    pub exports: Vec<Cow<'a, [u8]>>,
    /// Words that hold addresses of imported functions once dyld has run.
    pub slots: Vec<(u64, &'a [u8])>,
    /// Words for initialisers and for functions that stand in for others, which chained fixups fill in, and the addresses
    /// that they hold then.
    pub pointers: Vec<(u64, u64)>,
    /// Contradictions that were met while parsing: where, and what.
    pub oddities: Vec<(u64, String)>,
    /// What of it was not read.
    pub gaps: Vec<Gap>,
    /// Pieces of code that only jump to an imported function: address and name, without the leading `_`.
    pub stubs: Vec<(u64, &'a [u8])>,
    symbols_end: u64,
    symbol_table: Option<(u64, u64, u64, u64)>,
    indirect: Option<(u64, u64)>,
    bytes: &'a [u8],
    little: bool,
    wide: bool,
    /// What of the image lies where in memory.
    mapped: Places,
    /// Where fixups, binding programs and the export trie lie, counted from the image's start, and their lengths.
    chained: Option<(u64, u64)>,
    programs: Vec<(u64, u64)>,
    trie: Option<(u64, u64)>,
}

/// The images of a thin or fat file. A slice of a fat file that is no Mach-O (static libraries can be fat) is left out.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<MachO<'_>>, Gap> {
    let fields = Fields::new(bytes, false);
    let wide = match fields.u32(0) {
        Some(0xcafe_babe) => false,
        Some(0xcafe_babf) => true,
        _ => return MachO::parse(bytes, 0, bytes.len() as u64).map(|m| vec![m]),
    };
    let count = u64::from(fields.u32(4).unwrap_or(0));
    let row = if wide { 32 } else { 20 };
    if count == 0 || count > SLICES_MAX || count.saturating_mul(row) > fields.len() {
        return Err(Gap::malformed(format!("a fat header names {count} architectures in {} bytes", fields.len())));
    }
    let mut images: Vec<MachO<'_>> = Vec::new();
    let mut overlapping = 0u64;
    for i in 0..count {
        let at = 8 + i * row;
        let place = if wide {
            fields.u64(at + 8).zip(fields.u64(at + 16))
        } else {
            fields.u32(at + 8).zip(fields.u32(at + 12)).map(|(o, l)| (u64::from(o), u64::from(l)))
        };
        let Some((offset, len)) = place else { break };
        let Some(slice) = fields.range(offset, len) else {
            return Err(Gap::malformed(format!(
                "architecture {i} of a fat file lies at {offset}+{len}, outside its {} bytes",
                fields.len()
            )));
        };
        if slice.starts_with(b"!<arch>\n") {
            continue;
        }
        // Architectures do not share bytes, and a system that checks its files starts none that do. Read as often as
        // they are named, a few bytes of header would multiply the work.
        if images.iter().any(|m| offset < m.start.saturating_add(m.len) && m.start < offset.saturating_add(len)) {
            overlapping += 1;
            continue;
        }
        images.push(MachO::parse(slice, offset, len)?);
    }
    if overlapping > 0
        && let Some(first) = images.first_mut()
    {
        let detail = format!("{overlapping} architectures of a fat file lie over others and were not read");
        first.gaps.push(Gap::malformed(detail));
    }
    Ok(images)
}

/// One image that is embedded in another file and begins with `bytes`.
pub(crate) fn parse_one(bytes: &[u8]) -> Result<MachO<'_>, Gap> {
    MachO::parse(bytes, 0, bytes.len() as u64)
}

impl<'a> MachO<'a> {
    /// Parses one image. `bytes` begins with its header; `start` and `len` are its place in the file.
    fn parse(bytes: &'a [u8], start: u64, len: u64) -> Result<Self, Gap> {
        let (little, wide) = match bytes.first_chunk() {
            Some([0xce, 0xfa, 0xed, 0xfe]) => (true, false),
            Some([0xcf, 0xfa, 0xed, 0xfe]) => (true, true),
            Some([0xfe, 0xed, 0xfa, 0xce]) => (false, false),
            Some([0xfe, 0xed, 0xfa, 0xcf]) => (false, true),
            _ => return Err(Gap::malformed(format!("no Mach-O header at {start}"))),
        };
        let fields = Fields::new(bytes, little);
        let first: u64 = if wide { 32 } else { 28 };
        let header = fields.u32(4).zip(fields.u32(12)).zip(fields.u32(16).zip(fields.u32(20)));
        let ((cpu, file_type), (count, size)) =
            header.ok_or_else(|| Gap::malformed("the Mach-O header lies outside the file"))?;
        let mut image = Self {
            start,
            len,
            cpu,
            file_type,
            segments: Vec::new(),
            libraries: Vec::new(),
            rpaths: Vec::new(),
            environment: Vec::new(),
            loader: None,
            entry: None,
            signature: None,
            function_starts: None,
            encrypted: false,
            imports: Vec::new(),
            exports: Vec::new(),
            oddities: Vec::new(),
            gaps: Vec::new(),
            stubs: Vec::new(),
            symbols_end: 0,
            symbol_table: None,
            indirect: None,
            slots: Vec::new(),
            pointers: Vec::new(),
            bytes,
            little,
            wide,
            mapped: Places::default(),
            chained: None,
            programs: Vec::new(),
            trie: None,
        };
        let end = first + u64::from(size);
        if end > fields.len() {
            return Err(Gap::malformed(format!(
                "the load commands take {size} bytes and the image has {} in all",
                fields.len()
            )));
        }
        let mut at = first;
        for i in 0..u64::from(count) {
            let (Some(command), Some(length)) = (fields.u32(at), fields.u32(at + 4)) else { break };
            let length = u64::from(length);
            if i >= COMMANDS_MAX || length < 8 || at + length > end {
                let odd = format!("load command {i} of {count} has a length of {length} bytes");
                image.oddities.push((start + at, odd));
                break;
            }
            image.read_command(fields, Fields::new(fields.available(at, length), little), command, wide);
            at += length;
        }
        image.read_stubs(fields, wide);
        image.read_fixups(fields);
        Ok(image)
    }

    /// Names the stubs: each row of the indirect symbol table is the index of a stub's symbol.
    fn read_stubs(&mut self, file: Fields<'a>, wide: bool) {
        let (Some((at, count, names_at, names_len)), Some((indirect, rows))) = (self.symbol_table, self.indirect)
        else {
            return;
        };
        let names = file.inner(file.available(names_at, names_len));
        let rows = rows.min(file.len().saturating_sub(indirect) / 4);
        let size: u64 = if wide { 16 } else { 12 };
        let sections = self.segments.iter().flat_map(|s| &s.sections);
        let mut stubs = Vec::new();
        let mut cut = false;
        // The same rows may be asked for by any number of sections; each step counts, named or not.
        let mut left = STUBS_MAX;
        'all: for section in sections.filter(|s| s.flags & SECTION_TYPE == S_SYMBOL_STUBS && s.reserved.1 > 0) {
            let (first, length) = (u64::from(section.reserved.0), u64::from(section.reserved.1));
            for i in 0..section.len / length {
                let row = first.saturating_add(i);
                if row >= rows {
                    break;
                }
                if left == 0 {
                    cut = true;
                    break 'all;
                }
                left -= 1;
                let index = file.u32(indirect.saturating_add(row * 4)).map(u64::from).filter(|i| *i < count);
                let name = index.and_then(|i| file.u32(at.saturating_add(i * size)));
                let name = name.and_then(|n| names.text(u64::from(n), NAME_MAX)).filter(|n| !n.is_empty());
                let Some(name) = name else { continue };
                stubs.push((section.address.saturating_add(i * length), name.strip_prefix(b"_").unwrap_or(name)));
            }
        }
        self.stubs = stubs;
        if cut {
            let detail = format!("more than {STUBS_MAX} stubs of imported functions; the rest is not known by name");
            self.gaps.push(Gap::new(GapReason::Limit, detail));
        }
    }

    fn read_command(&mut self, file: Fields<'a>, row: Fields<'a>, command: u32, wide: bool) {
        // A text whose offset stands at byte 8 of the command.
        let text = || row.u32(8).and_then(|at| row.text(u64::from(at), NAME_MAX)).unwrap_or_default();
        let place = |at| row.u32(at).zip(row.u32(at + 4)).map(|(at, len)| (u64::from(at), u64::from(len)));
        match command {
            lc::LC_SEGMENT | lc::LC_SEGMENT_64 => self.read_segment(row, command == lc::LC_SEGMENT_64),
            lc::LC_LOAD_DYLIB | lc::LC_LAZY_LOAD_DYLIB | lc::LC_LOAD_UPWARD_DYLIB => {
                self.libraries.push((Load::Required, text()));
            }
            lc::LC_LOAD_WEAK_DYLIB => self.libraries.push((Load::Weak, text())),
            lc::LC_REEXPORT_DYLIB => self.libraries.push((Load::Reexported, text())),
            lc::LC_RPATH => self.rpaths.push(text()),
            lc::LC_DYLD_ENVIRONMENT => self.environment.push(text()),
            lc::LC_LOAD_DYLINKER => self.loader = Some(text()),
            lc::LC_MAIN => self.entry = row.u64(8),
            lc::LC_CODE_SIGNATURE => {
                self.signature = place(8);
            }
            lc::LC_FUNCTION_STARTS => {
                self.function_starts = place(8);
            }
            lc::LC_ENCRYPTION_INFO | lc::LC_ENCRYPTION_INFO_64 => self.encrypted |= row.u32(16).unwrap_or(0) != 0,
            lc::LC_SYMTAB => self.read_symbols(file, row, wide),
            lc::LC_DYLD_INFO | lc::LC_DYLD_INFO_ONLY => {
                // The binding programs: of all, weak, lazy; then the export trie.
                for at in [16, 24, 32] {
                    self.programs.extend(place(at).filter(|(_, len)| *len > 0));
                }
                self.trie = place(40).filter(|(_, len)| *len > 0).or(self.trie);
            }
            // LC_DYLD_EXPORTS_TRIE and LC_DYLD_CHAINED_FIXUPS, which goblin does not name.
            0x8000_0033 => self.trie = place(8).filter(|(_, len)| *len > 0).or(self.trie),
            0x8000_0034 => self.chained = place(8),
            lc::LC_DYSYMTAB => {
                self.indirect = place(56);
            }
            _ => {}
        }
    }

    fn read_segment(&mut self, row: Fields<'a>, wide: bool) {
        let name16 = |row: Fields<'a>, at| row.text(at, 16).unwrap_or_default();
        let word: u64 = if wide { 8 } else { 4 };
        let value = |i: u64| row.word(24 + i * word, wide).unwrap_or(0);
        let after = 24 + 4 * word;
        let count = u64::from(row.u32(after + 8).unwrap_or(0));
        let size: u64 = if wide { 80 } else { 68 };
        let first = after + 16;
        let mut sections = Vec::new();
        for i in 0..count {
            let Some(section) = row.range(first + i * size, size) else {
                let odd = format!("a segment names {count} sections, and {i} of them lie in its load command");
                self.oddities.push((self.start, odd));
                break;
            };
            // Only the byte order matters for what follows, and the row has it.
            let section = row.inner(section);
            sections.push(MachSection {
                name: name16(section, 0),
                segment: name16(section, 16),
                address: section.word(32, wide).unwrap_or(0),
                len: section.word(32 + word, wide).unwrap_or(0),
                offset: u64::from(section.u32(32 + 2 * word).unwrap_or(0)),
                flags: section.u32(32 + 2 * word + 16).unwrap_or(0),
                reserved: (section.u32(32 + 2 * word + 20).unwrap_or(0), section.u32(32 + 2 * word + 24).unwrap_or(0)),
            });
        }
        self.segments.push(MachSegment {
            name: name16(row, 8),
            memory: (value(0), value(1)),
            file: (value(2), value(3)),
            protection: row.u32(after + 4).unwrap_or(0),
            sections,
        });
    }

    fn read_symbols(&mut self, file: Fields<'a>, row: Fields<'a>, wide: bool) {
        let word = |at| u64::from(row.u32(at).unwrap_or(0));
        let (at, count, names_at, names_len) = (word(8), word(12), word(16), word(20));
        let size: u64 = if wide { 16 } else { 12 };
        self.symbol_table = Some((at, count, names_at, names_len));
        self.symbols_end = (at.saturating_add(count * size)).max(names_at.saturating_add(names_len));
        let fit = file.len().saturating_sub(at) / size;
        if count > fit {
            let odd = format!("the symbol table names {count} symbols, and {fit} of them lie in the file");
            self.oddities.push((self.start + at, odd));
        }
        let names = row.inner(file.available(names_at, names_len));
        if count.min(fit) > SYMBOLS_MAX {
            let detail = format!("more than {SYMBOLS_MAX} symbols; the rest was not read");
            self.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        for i in 0..count.min(fit).min(SYMBOLS_MAX) {
            let symbol = at + i * size;
            let (Some(name), Some(kind)) = (file.u32(symbol), file.u8(symbol + 4)) else { break };
            // Debugger entries (N_STAB) and symbols that are not external say nothing about linking.
            if kind & 0xe0 != 0 || kind & 1 == 0 {
                continue;
            }
            let Some(name) = names.text(u64::from(name), NAME_MAX).filter(|n| !n.is_empty()) else { continue };
            let name = name.strip_prefix(b"_").unwrap_or(name);
            if kind & 0x0e == 0 { self.imports.push(name) } else { self.exports.push(Cow::Borrowed(name)) }
        }
    }

    /// Where the names of symbols lie, counted from the image's start, and their length.
    #[must_use]
    pub fn symbol_names(&self) -> Option<(u64, u64)> {
        self.symbol_table.map(|(_, _, at, len)| (at, len))
    }

    /// Symbols of places in sections, local ones too, without the leading `_`: address and name.
    #[must_use]
    pub(super) fn named_places(&self) -> Vec<(u64, &'a [u8])> {
        let Some((at, count, names_at, names_len)) = self.symbol_table else { return Vec::new() };
        let file = Fields::new(self.bytes, self.little);
        let names = file.inner(file.available(names_at, names_len));
        let size: u64 = if self.wide { 16 } else { 12 };
        let count = count.min(file.len().saturating_sub(at) / size).min(SYMBOLS_MAX);
        let row = |i: u64| {
            let symbol = at.saturating_add(i * size);
            // Defined in a section (N_SECT), and no entry of a debugger.
            let kind = file.u8(symbol + 4).filter(|k| k & 0xe0 == 0 && k & 0x0e == 0x0e);
            let name = kind.and(file.u32(symbol)).and_then(|n| names.text(u64::from(n), NAME_MAX));
            let name = name.filter(|n| !n.is_empty())?;
            Some((file.word(symbol + 8, self.wide)?, name.strip_prefix(b"_").unwrap_or(name)))
        };
        (0..count).filter_map(row).collect()
    }

    /// Addresses of functions whose names, without the leading `_`, are asked for: exported ones, and those of the symbol
    /// table.
    #[must_use]
    pub fn named(&self, wanted: impl Fn(&[u8]) -> bool) -> Vec<u64> {
        let file = Fields::new(self.bytes, self.little);
        let exports =
            self.trie.map(|(at, len)| fixups::trie(file.inner(file.available(at, len))).0).unwrap_or_default();
        let base = self.first_address();
        let exports = exports.into_iter().filter(|(name, _)| wanted(name));
        let exports = exports.filter_map(|(_, place)| Some(base.saturating_add(place?)));
        let symbols = self.named_places().into_iter().filter(|(_, name)| wanted(name)).map(|(place, _)| place);
        exports.chain(symbols).collect()
    }

    /// How many functions run when the image is loaded.
    #[must_use]
    pub fn initialisers(&self) -> u64 {
        let sections = self.segments.iter().flat_map(|s| &s.sections);
        let wide = self.cpu & 0x0100_0000 != 0;
        let count = sections.map(|s| match s.flags & SECTION_TYPE {
            S_MOD_INIT_FUNC_POINTERS => s.len / if wide { 8 } else { 4 },
            S_INIT_FUNC_OFFSETS => s.len / 4,
            _ => 0,
        });
        count.fold(0, u64::saturating_add)
    }

    /// Addresses of functions that run when the image is loaded.
    #[must_use]
    pub fn initial(&self) -> Vec<u64> {
        let file = Fields::new(self.bytes, self.little);
        let base = self.first_address();
        let mut found = Vec::new();
        // Any number of sections may name the same words.
        let mut left = INITIAL_MAX as u64;
        let mut take = |len: u64, word: u64| {
            let count = (len / word).min(left);
            left -= count;
            (0..count).map(move |i| i * word)
        };
        for section in self.segments.iter().flat_map(|s| &s.sections) {
            match section.flags & SECTION_TYPE {
                S_MOD_INIT_FUNC_POINTERS => {
                    for skip in take(section.len, if self.wide { 8 } else { 4 }) {
                        found.extend(self.pointer_at(file, section.address.saturating_add(skip)));
                    }
                }
                S_INIT_FUNC_OFFSETS => {
                    for skip in take(section.len, 4) {
                        let at = self.place_of(section.address.saturating_add(skip));
                        found.extend(at.and_then(|at| file.u32(at)).map(|o| base.saturating_add(o.into())));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Where a word in memory points to: a chain says where its words point to, others hold addresses.
    fn pointer_at(&self, file: Fields<'a>, at: u64) -> Option<u64> {
        let chained = self.pointers.binary_search_by_key(&at, |(at, _)| *at).ok();
        let chained = chained.and_then(|i| self.pointers.get(i)).map(|(_, target)| *target);
        chained.or_else(|| self.place_of(at).and_then(|at| file.word(at, self.wide)))
    }

    /// Functions of other images that this one stands in for once it is loaded first (dyld's `__interpose`: pairs of what
    /// runs and what it runs instead of): the name of the other, without the leading `_`, and the address of its own.
    #[must_use]
    pub fn interposed(&self) -> Vec<(&'a [u8], u64)> {
        let file = Fields::new(self.bytes, self.little);
        let word: u64 = if self.wide { 8 } else { 4 };
        let sections: Vec<_> = self.segments.iter().flat_map(|s| &s.sections).filter(|s| s.interposes()).collect();
        if sections.is_empty() {
            return Vec::new();
        }
        let slots: BTreeMap<u64, &'a [u8]> = self.slots.iter().copied().collect();
        let mut found = Vec::new();
        // Any number of sections may name the same words.
        let mut left = INTERPOSED_MAX;
        for section in sections {
            let pairs = (section.len / (2 * word)).min(left);
            left -= pairs;
            for at in (0..pairs).map(|i| section.address.saturating_add(i * 2 * word)) {
                let name = slots.get(&at.saturating_add(word));
                found.extend(name.and_then(|name| Some((*name, self.pointer_at(file, at)?))));
            }
        }
        found
    }

    pub(super) fn image(&self) -> Image<'a> {
        let mut regions = Vec::new();
        for segment in &self.segments {
            let (write, execute) = (segment.protection & VM_PROT_WRITE != 0, segment.protection & VM_PROT_EXECUTE != 0);
            let section = |s: &MachSection<'a>| {
                // S_ZEROFILL and its kin have no bytes in the file.
                let in_memory_only = matches!(s.flags & SECTION_TYPE, 0x1 | 0xc | 0x12);
                // S_ATTR_PURE_INSTRUCTIONS and S_ATTR_SOME_INSTRUCTIONS: the rest of __TEXT is data.
                let code = s.flags & 0x8000_0400 != 0;
                Region {
                    name: s.name,
                    offset: self.start.saturating_add(s.offset),
                    len: if in_memory_only { 0 } else { s.len },
                    address: s.address,
                    memory: s.len,
                    write,
                    execute: execute && code,
                }
            };
            regions.extend(segment.sections.iter().map(section));
        }
        let segments = self.segments.iter().map(|s| s.file.0.saturating_add(s.file.1));
        let signature = self.signature.map_or(0, |(at, len)| at.saturating_add(len));
        let end = segments.chain([signature, self.symbols_end]).max().unwrap_or(0);
        Image {
            start: self.start,
            regions,
            imports: self.imports.iter().map(|name| Import { library: b"", name }).collect(),
            exports: self.exports.clone(),
            libraries: self.libraries.iter().map(|(_, name)| *name).collect(),
            end: self.start.saturating_add(end),
            // Extension modules are bundles.
            library: matches!(self.file_type, goblin::mach::header::MH_DYLIB | goblin::mach::header::MH_BUNDLE),
            machine: match self.cpu {
                0x0100_0007 => Machine::X64,
                7 => Machine::X86,
                0x0100_000c => Machine::Arm64,
                _ => Machine::Other,
            },
            base: 0,
            got: None,
            slots: self.slots.clone(),
            stubs: self.stubs.clone(),
            initial: self.initial(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::MachBuilder;

    fn put(bytes: &mut Vec<u8>, at: usize, words: &[u32]) {
        let words: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        bytes.resize(bytes.len().max(at + words.len()), 0);
        bytes[at..at + words.len()].copy_from_slice(&words);
    }

    /// An image whose sections are all stubs over one indirect table, which names the symbol 0 throughout.
    fn stubs(sections: u32, rows: u32, said: u32) -> Vec<u8> {
        let names = 32 + 24 + 80 + 72 + 80 * sections;
        let (table, indirect) = (names + 8, names + 24);
        let mut out = Vec::new();
        put(&mut out, 0, &[0xfeed_facf, 0x0100_0007, 3, 2, 3, names - 32, 0, 0]);
        put(&mut out, 32, &[2, 24, table, 1, names, 8]);
        put(&mut out, 56, &[0xb, 80]);
        put(&mut out, 56 + 56, &[indirect, said]);
        put(&mut out, 136, &[0x19, 72 + 80 * sections]);
        put(&mut out, 136 + 64, &[sections]);
        for i in 0..sections as usize {
            let at = 208 + 80 * i;
            put(&mut out, at + 40, &[0x1_0000]);
            put(&mut out, at + 64, &[8, 0, 1]);
        }
        put(&mut out, names as usize, &[u32::from_le_bytes(*b"_fn\0"), 0]);
        put(&mut out, table as usize, &[0, 1, 0, 0]);
        put(&mut out, indirect as usize, &vec![0; rows as usize]);
        out
    }

    #[test]
    fn stubs_are_bounded_for_the_whole_image_and_the_bound_is_told() {
        let bytes = stubs(2000, 1 << 16, 1 << 16);
        let image = parse_one(&bytes).unwrap();
        assert_eq!(image.stubs.len(), STUBS_MAX);
        assert_eq!(image.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
        let mut bytes = stubs(1, 0, 0);
        put(&mut bytes, 32 + 12, &[SYMBOLS_MAX as u32 + 1]);
        bytes.resize(16 * (SYMBOLS_MAX as usize + 1000), 0);
        let image = parse_one(&bytes).unwrap();
        assert_eq!(image.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
        // Rows beyond the file are none.
        let bytes = stubs(1, 10, u32::MAX);
        let image = parse_one(&bytes).unwrap();
        assert_eq!((image.stubs.len(), image.gaps.len()), (10, 0));
        assert_eq!(image.stubs[0].1, b"fn");
    }

    #[test]
    fn architectures_over_one_another_are_read_once_and_told() {
        let mut fat = MachBuilder::fat(&[MachBuilder::library().build(), MachBuilder::library().build()]);
        assert!(parse(&fat).unwrap().iter().all(|m| m.gaps.is_empty()));
        let first: Vec<u8> = fat[16..24].to_vec();
        fat[36..44].copy_from_slice(&first);
        let images = parse(&fat).unwrap();
        assert_eq!(images.len(), 1);
        assert_eq!(images[0].gaps[0].reason, GapReason::Malformed);
    }
}
