//! What the dynamic loader fills in: which word in memory holds the address of which imported function, and which
//! functions it calls to find out (IFUNC resolvers).
//!
//! Specification: System V ABI (gABI) chapter 5, and the processors' supplements for the relocation types.

use goblin::elf::section_header::{SHT_INIT_ARRAY, SHT_PREINIT_ARRAY};
use goblin::elf::{dynamic, header};

use super::{Elf, NAME_MAX};
use crate::parse::native::{INITIAL_MAX, SLOTS_MAX};

/// `STT_GNU_IFUNC`.
const IFUNC: u8 = 10;

/// One relocation: where, its type, the symbol's index, and what is added.
struct Relocation {
    place: u64,
    kind: u32,
    symbol: u64,
    addend: u64,
}

impl<'a> Elf<'a> {
    /// The words that hold addresses of imported functions, with the functions' names, in the order of relocations.
    #[must_use]
    pub fn slots(&self) -> Vec<(u64, &'a [u8])> {
        let names = self.tag(dynamic::DT_STRTAB).and_then(|a| self.offset_of(a));
        let symbols = self.tag(dynamic::DT_SYMTAB).and_then(|a| self.offset_of(a));
        let (Some(names), Some(symbols)) = (names, symbols) else { return Vec::new() };
        let row = if self.wide { 24 } else { 16 };
        let mut slots = Vec::new();
        // Most rows only move addresses and name no symbol: a bound on rows would be used up by them.
        for reloc in self.relocation_rows().filter(|r| r.symbol != 0) {
            if slots.len() >= SLOTS_MAX {
                break;
            }
            let at = reloc.symbol.checked_mul(row).and_then(|d| symbols.checked_add(d));
            let name = at.and_then(|at| self.fields.u32(at)).and_then(|n| names.checked_add(u64::from(n)));
            if let Some(name) = name.and_then(|at| self.fields.text(at, NAME_MAX)).filter(|n| !n.is_empty()) {
                slots.push((reloc.place, name));
            }
        }
        slots
    }

    /// Addresses of functions that the loader calls while it binds symbols, each once, in order.
    #[must_use]
    pub fn resolvers(&self) -> Vec<u64> {
        let mut found: Vec<u64> =
            self.symbols.iter().filter(|s| s.kind == IFUNC && s.defined).map(|s| s.value).collect();
        let wanted = self.irelative_type();
        found.extend(self.relocation_rows().filter(|r| r.kind == wanted).map(|r| r.addend));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Addresses of functions that run when the file is loaded: `DT_INIT` and the arrays of constructors, whose words the
    /// loader fills in when the file may lie anywhere.
    #[must_use]
    pub fn initial(&self) -> Vec<u64> {
        let mut found: Vec<u64> = self.tag(dynamic::DT_INIT).into_iter().collect();
        let mut ranges = Vec::new();
        for (place, size) in [
            (dynamic::DT_INIT_ARRAY, dynamic::DT_INIT_ARRAYSZ),
            (dynamic::DT_PREINIT_ARRAY, dynamic::DT_PREINIT_ARRAYSZ),
        ] {
            if let Some(at) = self.tag(place) {
                let len = self.tag(size).unwrap_or(0);
                found.extend(self.pointers(at, len));
                ranges.push(at..at.saturating_add(len));
            }
        }
        if ranges.is_empty() {
            // What is linked into one has no loader to tell; its own start finds the arrays by their sections' bounds.
            let arrays =
                self.sections.iter().filter(|s| matches!(s.header.sh_type, SHT_INIT_ARRAY | SHT_PREINIT_ARRAY));
            found.extend(arrays.flat_map(|s| self.pointers(s.header.sh_addr, s.header.sh_size)));
        } else {
            // As many rows as there are may name one word, and the last one counts: none is left out.
            let rows = self.relocation_rows().filter(|r| ranges.iter().any(|range| range.contains(&r.place)));
            found.extend(rows.map(|r| r.addend));
        }
        found.retain(|at| *at != 0 && *at != u64::MAX);
        found.sort_unstable();
        found.dedup();
        found.truncate(INITIAL_MAX);
        found
    }

    /// The words that the loader fills with addresses of the file itself, with those addresses. Where it may lie anywhere,
    /// tables of pointers are empty until then.
    pub fn relative(&self) -> impl Iterator<Item = (u64, u64)> {
        let wanted = match self.header.e_machine {
            header::EM_X86_64 => 8,
            header::EM_AARCH64 => 1027,
            _ => u32::MAX,
        };
        self.relocation_rows().filter(move |r| r.kind == wanted && r.symbol == 0).map(|r| (r.place, r.addend))
    }

    pub(super) fn irelative_type(&self) -> u32 {
        match self.header.e_machine {
            header::EM_X86_64 => 37,
            header::EM_386 => 42,
            header::EM_AARCH64 => 1032,
            header::EM_ARM => 160,
            header::EM_PPC64 => 248,
            header::EM_S390 => 61,
            header::EM_RISCV => 58,
            _ => u32::MAX,
        }
    }

    /// The rows of all tables, one after another: a large library has millions, and nobody needs them at once.
    fn relocation_rows(&self) -> impl Iterator<Item = Relocation> {
        let plt_is_rela = self.tag(dynamic::DT_PLTREL) == Some(dynamic::DT_RELA);
        let tables = [
            (dynamic::DT_RELA, dynamic::DT_RELASZ, true),
            (dynamic::DT_REL, dynamic::DT_RELSZ, false),
            (dynamic::DT_JMPREL, dynamic::DT_PLTRELSZ, plt_is_rela),
        ];
        let word: u64 = if self.wide { 8 } else { 4 };
        tables.into_iter().flat_map(move |(place, size, with_addend)| {
            let at = self.tag(place).and_then(|a| self.offset_of(a)).unwrap_or(u64::MAX);
            let width = if with_addend { 3 * word } else { 2 * word };
            let count = self.fields.available(at, self.tag(size).unwrap_or(0)).len() as u64 / width;
            (0..count).map_while(move |i| self.relocation(at.saturating_add(i * width), word, with_addend))
        })
    }

    fn relocation(&self, row: u64, word: u64, with_addend: bool) -> Option<Relocation> {
        let read = |n: u64| self.fields.word(row.saturating_add(n * word), self.wide);
        let (place, info) = (read(0)?, read(1)?);
        let (symbol, kind) = if self.wide {
            (info >> 32, u32::try_from(info & 0xffff_ffff).unwrap_or(0))
        } else {
            (info >> 8, u32::try_from(info & 0xff).unwrap_or(0))
        };
        let addend = if with_addend { read(2).unwrap_or(0) } else { 0 };
        Some(Relocation { place, kind, symbol, addend })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;

    #[test]
    fn slots_carry_names_and_resolvers_their_addresses() {
        let mut elf = ElfBuilder::library();
        elf.imports = vec!["dup2", "execve"];
        elf.calls = true;
        elf.irelative = 2;
        elf.ifuncs = vec!["crc"];
        let bytes = elf.build();
        let elf = Elf::parse(&bytes).unwrap();
        let names: Vec<&[u8]> = elf.slots().into_iter().map(|(_, n)| n).collect();
        assert_eq!(names, [&b"dup2"[..], b"execve"]);
        assert_eq!(elf.resolvers(), [ElfBuilder::CODE]);
    }

    #[test]
    fn rows_without_a_symbol_do_not_use_up_the_bound() {
        let mut elf = ElfBuilder::library();
        elf.imports = vec!["execve"];
        elf.calls = true;
        elf.irelative = (1 << 20) + 1;
        let bytes = elf.build();
        let elf = Elf::parse(&bytes).unwrap();
        assert_eq!(elf.slots(), [(ElfBuilder::SLOTS, &b"execve"[..])]);
    }
}
