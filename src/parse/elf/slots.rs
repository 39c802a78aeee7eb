//! What the dynamic loader fills in: which word in memory holds the address of which imported function, and which
//! functions it calls to find out (IFUNC resolvers).
//!
//! Specification: System V ABI (gABI) chapter 5, and the processors' supplements for the relocation types.

use goblin::elf::{dynamic, header};

use super::{Elf, NAME_MAX};

/// Most relocations that are read of one table.
const RELOCATIONS_MAX: u64 = 1 << 20;
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
        for reloc in self.relocation_rows() {
            if reloc.symbol == 0 {
                continue;
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
        found.extend(self.relocation_rows().into_iter().filter(|r| r.kind == wanted).map(|r| r.addend));
        found.sort_unstable();
        found.dedup();
        found
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

    fn relocation_rows(&self) -> Vec<Relocation> {
        let plt_is_rela = self.tag(dynamic::DT_PLTREL) == Some(dynamic::DT_RELA);
        let tables = [
            (dynamic::DT_RELA, dynamic::DT_RELASZ, true),
            (dynamic::DT_REL, dynamic::DT_RELSZ, false),
            (dynamic::DT_JMPREL, dynamic::DT_PLTRELSZ, plt_is_rela),
        ];
        let word: u64 = if self.wide { 8 } else { 4 };
        let mut rows = Vec::new();
        for (place, size, with_addend) in tables {
            let at = self.tag(place).and_then(|a| self.offset_of(a));
            let (Some(at), Some(size)) = (at, self.tag(size)) else { continue };
            let width = if with_addend { 3 * word } else { 2 * word };
            let count = (self.fields.available(at, size).len() as u64 / width).min(RELOCATIONS_MAX);
            for i in 0..count {
                let row = at.saturating_add(i * width);
                let read = |n: u64| self.fields.word(row.saturating_add(n * word), self.wide);
                let (Some(place), Some(info)) = (read(0), read(1)) else { break };
                let (symbol, kind) = if self.wide {
                    (info >> 32, u32::try_from(info & 0xffff_ffff).unwrap_or(0))
                } else {
                    (info >> 8, u32::try_from(info & 0xff).unwrap_or(0))
                };
                let addend = if with_addend { read(2).unwrap_or(0) } else { 0 };
                rows.push(Relocation { place, kind, symbol, addend });
            }
        }
        rows
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
}
