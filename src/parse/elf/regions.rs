//! What of the file is mapped: by the sections where they tell the truth, by the segments where they do not.
//!
//! Sections are the finer table, and the one that the kernel never reads: an author can write into it what he likes,
//! or a single row. So what the segments load and no section of the same address accounts for is a region too.
//!
//! Specification: System V ABI (gABI) chapters 4 and 5.

use goblin::elf::ProgramHeader;
use goblin::elf::program_header::{PF_W, PF_X, PT_LOAD};
use goblin::elf::section_header::{SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_NOBITS};

use super::{Elf, Section};
use crate::parse::native::Region;
use crate::parse::parts::parts;

/// Least bytes of a segment outside all sections that are told: less is what alignment leaves.
const LEAST: u64 = 64;
/// More segments than the kernel reads (64 KiB of 32-byte rows).
const SEGMENTS_MAX: usize = 2048;

impl<'a> Elf<'a> {
    pub(super) fn regions(&self) -> Vec<Region<'a>> {
        let has = |flags: u64, bit: u32| flags & u64::from(bit) != 0;
        let allocated = self.sections.iter().filter(|s| has(s.header.sh_flags, SHF_ALLOC));
        let from_section = |s: &Section<'a>| Region {
            name: s.name,
            offset: s.header.sh_offset,
            len: if s.header.sh_type == SHT_NOBITS { 0 } else { s.header.sh_size },
            address: s.header.sh_addr,
            memory: s.header.sh_size,
            write: has(s.header.sh_flags, SHF_WRITE),
            execute: has(s.header.sh_flags, SHF_EXECINSTR),
        };
        let mut regions: Vec<_> = allocated.map(from_section).collect();
        let loaded = self.segments.iter().filter(|s| s.p_type == PT_LOAD);
        if regions.is_empty() {
            let from_segment = |s: &ProgramHeader| Region {
                name: b"",
                offset: s.p_offset,
                len: s.p_filesz,
                address: s.p_vaddr,
                memory: s.p_memsz,
                write: s.p_flags & PF_W != 0,
                execute: s.p_flags & PF_X != 0,
            };
            return loaded.map(from_segment).collect();
        }
        let rest = self.untold(&regions, loaded.take(SEGMENTS_MAX));
        regions.extend(rest);
        regions
    }

    /// What segments load and no section of the same distance between file and memory accounts for.
    fn untold<'s>(&self, told: &[Region<'a>], loaded: impl Iterator<Item = &'s ProgramHeader>) -> Vec<Region<'a>> {
        let rows = told.iter().filter(|r| r.len > 0).map(|r| (r.offset, r.len, r.address));
        let (mut told, _) = parts(rows, self.fields.len());
        told.sort_by_key(|p| (p.address.wrapping_sub(p.offset), p.offset));
        // The headers are loaded with what follows them, and no section holds them.
        let row = if self.wide { 56 } else { 32 };
        let head = self.header.e_phoff.saturating_add(u64::from(self.header.e_phnum).saturating_mul(row));
        let head = if self.header.e_phoff <= 64 { head } else { 64 };
        let mut segments: Vec<&ProgramHeader> = loaded.collect();
        let kind = |s: &ProgramHeader| (s.p_vaddr.wrapping_sub(s.p_offset), s.p_flags & (PF_W | PF_X));
        segments.sort_by_key(|s| (kind(s), s.p_offset));
        let mut found = Vec::new();
        let mut done: Option<((u64, u32), u64)> = None;
        for segment in segments {
            let own = kind(segment);
            let covered = done.filter(|(k, _)| *k == own).map_or(0, |(_, end)| end);
            let end = segment.p_offset.saturating_add(segment.p_filesz).min(self.fields.len());
            let mut at = segment.p_offset.max(covered).max(head);
            done = Some((own, end.max(covered)));
            let first = told
                .partition_point(|p| (p.address.wrapping_sub(p.offset), p.offset.saturating_add(p.len)) <= (own.0, at));
            let mut cover: Vec<(u64, u64)> = told
                .get(first..)
                .unwrap_or_default()
                .iter()
                .take_while(|p| p.address.wrapping_sub(p.offset) == own.0 && p.offset < end)
                .map(|p| (p.offset, p.offset.saturating_add(p.len)))
                .collect();
            cover.push((end, end));
            for (start, next) in cover {
                let len = start.min(end).saturating_sub(at);
                let bytes = self.fields.available(at, len);
                // Padding is one byte over and over.
                if len >= LEAST && bytes.iter().any(|b| Some(b) != bytes.first()) {
                    found.push(Region {
                        name: b"",
                        offset: at,
                        len,
                        address: at.wrapping_add(own.0),
                        memory: len,
                        write: segment.p_flags & PF_W != 0,
                        execute: segment.p_flags & PF_X != 0,
                    });
                }
                at = at.max(next);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, noise};

    #[test]
    fn sections_that_tell_the_truth_are_all_there_is() {
        let mut elf = ElfBuilder::program();
        elf.code = noise(600);
        let bytes = elf.build();
        let elf = Elf::parse(&bytes).unwrap();
        assert_eq!(elf.regions().iter().map(|r| r.name).collect::<Vec<_>>(), [&b".text"[..], b".data"]);
    }

    #[test]
    fn one_section_does_not_replace_what_is_loaded() {
        let mut elf = ElfBuilder::program();
        elf.code = noise(600);
        let mut bytes = elf.build();
        // `.text` is only said to hold the first 16 bytes of the code, and elsewhere in memory.
        let text = u64::from_le_bytes(bytes[40..48].try_into().unwrap()) as usize + 64;
        bytes[text + 16..text + 24].copy_from_slice(&0x9000u64.to_le_bytes());
        bytes[text + 32..text + 40].copy_from_slice(&16u64.to_le_bytes());
        let elf = Elf::parse(&bytes).unwrap();
        let code = elf.regions().into_iter().find(|r| r.name.is_empty()).unwrap();
        assert_eq!((code.offset, code.len, code.address), (ElfBuilder::CODE, 600, ElfBuilder::CODE));
        assert!(code.execute && !code.write);
    }

    #[test]
    fn overlapping_segments_are_told_once() {
        let mut elf = ElfBuilder::program();
        elf.code = noise(600);
        let bytes = elf.build();
        let mut elf = Elf::parse(&bytes).unwrap();
        elf.sections.retain(|s| s.name == b".data");
        let code = elf.segments.iter().find(|s| s.p_flags & PF_X != 0).cloned().unwrap();
        elf.segments.extend(std::iter::repeat_n(code, 5000));
        assert_eq!(elf.regions().iter().filter(|r| r.execute).count(), 1);
    }
}
