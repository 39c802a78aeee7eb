//! Section and segment tables that contradict themselves or each other.
//!
//! Compilers and linkers write these tables in a few well-known shapes. Packers, infectors and hand-made loaders do
//! not: they drop the section table, move the entry point into a section that is written at run time, or name memory
//! that has no bytes in the file. Known uses: `ConnectBack` stubs of 300 bytes, UPX and its variants, ELF infectors.
//! Honest look-alikes: Go and UPX-packed tools, `AppImage`, `sstrip`, demoscene programs, debug-information files.
//!
//! References: gABI chapter 4; <https://learn.microsoft.com/en-us/windows/win32/debug/pe-format#section-table-section-headers>.

use std::collections::HashSet;

use goblin::elf::header::{ET_DYN, ET_EXEC};
use goblin::elf::program_header::{PF_W, PF_X, PT_LOAD};

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::native::Image;
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// An ELF program or library without a section table. The kernel and the loader do not need one, but every linker
    /// writes one, and debuggers and scanners look at it first, so packers and hand-made loaders leave it out.
    /// Known uses: UPX, `ConnectBack` stubs, most packed ELF malware. Honest look-alikes: `sstrip`-ed firmware and
    /// tools that are packed for size.
    pub(super) NO_SECTIONS = "elf-no-section-table" in "bin/section-odd";
    severity: Low, confidence: Certain,
    title: "The program has no section table",
    reference: "https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html",
}

rule! {
    /// Section names that are not text, or stand twice in a linked file. Linkers write names like `.text`; packers and
    /// protectors write random bytes to break the tools that read them. Honest look-alikes: section names cut at
    /// eight bytes in PE files, old linkers.
    pub(super) ODD_NAMES = "native-odd-section-names" in "bin/section-odd";
    severity: Low, confidence: Likely,
    title: "Section names are not text or stand twice",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// A part that is executed has no bytes in the file and space in memory: code is written there when the program
    /// runs. This is how unpackers work. Honest look-alikes: UPX-packed tools, a few JIT runtimes.
    pub(super) VIRTUAL_CODE = "native-virtual-only-code" in "bin/section-odd";
    severity: Low, confidence: Likely,
    title: "Executable memory has no bytes in the file",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// The first instruction lies in memory that can be written, that is not executable, or outside of everything
    /// that is loaded. Linkers put the entry point into `.text`; unpackers and infectors put it where they appended
    /// their code. Known uses: virus infection of ELF and PE, MPRESS, `ASPack`, `PECompact`. Honest look-alikes:
    /// packed commercial programs, boot loaders.
    pub(super) ODD_ENTRY = "native-entry-outside-code" in "bin/section-odd";
    severity: Medium, confidence: Likely,
    title: "The entry point is not in ordinary code",
    reference: "https://attack.mitre.org/techniques/T1027/002/",
}

rule! {
    /// Headers name tables or data that do not lie in the file, or name the same bytes in contradicting ways. Tools
    /// that trust the one and the system that trusts the other then see two different programs. Honest look-alikes:
    /// files that were cut by a broken download, linkers with defects.
    pub(super) DISAGREE = "native-tables-disagree" in "bin/section-odd";
    severity: Low, confidence: Likely,
    title: "Header tables contradict the file",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// The file ends before the data that its headers account for. What is missing cannot be seen by anybody. Honest
    /// look-alikes: interrupted downloads, split debug files, test data.
    pub(super) TRUNCATED = "native-truncated" in "bin/section-odd";
    severity: Low, confidence: Certain,
    title: "The file ends before its own data",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

rule! {
    /// A complete ELF program in less than a kilobyte. No compiler makes one: it is written by hand or by an exploit
    /// kit. Known uses: `ConnectBack` and download stubs of a few hundred bytes. Honest look-alikes: test data of
    /// ELF libraries, demoscene programs.
    pub(super) TINY = "elf-tiny" in "bin/section-odd";
    severity: Medium, confidence: Likely,
    title: "An ELF program of less than 1 kB",
    reference: "https://attack.mitre.org/techniques/T1587/001/",
}

rule! {
    /// An ELF program of less than a kilobyte whose only segment is readable, writable and executable at once, without
    /// any section: the shape in which exploit kits wrap raw shellcode (Metasploit's `elf` format and its copies).
    /// Honest look-alikes: none is known outside security tools' own test data.
    pub(super) SHELLCODE = "elf-shellcode-stub" in "bin/section-odd";
    severity: High, confidence: Likely,
    title: "Shellcode in a minimal ELF wrapper",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

/// Reads the tables against each other.
pub(super) struct Sections;

impl Heuristic for Sections {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&NO_SECTIONS, &ODD_NAMES, &VIRTUAL_CODE, &ODD_ENTRY, &DISAGREE, &TRUNCATED, &TINY, &SHELLCODE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let mut oddities: &[(u64, String)] = &[];
        if let Some(Ok(elf)) = file.elf() {
            check_elf(elf, file.bytes().len(), out);
            oddities = &elf.oddities;
        } else if let Some(Ok(pe)) = file.pe() {
            check_pe(pe, out);
            oddities = &pe.oddities;
        } else if let Some(Ok(images)) = file.macho() {
            oddities = images.iter().find(|i| !i.oddities.is_empty()).map_or(&[], |i| &i.oddities);
        }
        let mut evidence = oddities.iter().map(|(at, note)| placed(*at, 0, note.clone()));
        if let Some(first) = evidence.next() {
            let mut finding = DISAGREE.finding(first);
            finding.evidence.extend(evidence.take(4));
            out.findings.push(finding);
        }
        let size = file.bytes().len() as u64;
        if let Some(image) = file.images().iter().find(|i| i.end > size) {
            let note = format!("headers account for {} bytes, the file has {size}", image.end);
            out.findings.push(TRUNCATED.finding(placed(size, 0, note)));
        }
        for image in file.images() {
            check_names(file.kind(), image, out);
            check_virtual(image, out);
        }
    }
}

fn check_elf(elf: &Elf<'_>, size: usize, out: &mut Notes) {
    let program = matches!(elf.header.e_type, ET_EXEC | ET_DYN) && !elf.segments.is_empty();
    if !program {
        return;
    }
    let loaded: Vec<_> = elf.segments.iter().filter(|s| s.p_type == PT_LOAD).collect();
    if elf.sections.is_empty() {
        out.findings.push(NO_SECTIONS.finding(placed(0, 64, format!("{} segments, no section", elf.segments.len()))));
    }
    if size < 1024 && loaded.iter().any(|s| s.p_flags & PF_X != 0) {
        let rwx = PF_W | PF_X;
        let stub = elf.sections.is_empty() && loaded.len() == 1 && loaded.iter().all(|s| s.p_flags & rwx == rwx);
        let rule = if stub { &SHELLCODE } else { &TINY };
        out.findings.push(rule.finding(placed(0, size as u64, format!("{size} bytes in all"))));
    }
    let entry = elf.header.e_entry;
    if entry == 0 || elf.is_library() {
        return;
    }
    let why = match elf.segment_at(entry) {
        None => "lies outside of everything that is loaded",
        Some(s) if s.p_flags & PF_X == 0 => "lies in a segment that is not executable",
        // An only segment that is RWX is the business of the RWX rule.
        Some(s) if s.p_flags & PF_W != 0 && loaded.len() > 1 => "lies in a segment that can be written",
        Some(_) => return,
    };
    out.findings.push(ODD_ENTRY.finding(placed(24, 8, format!("entry point {entry:#x} {why}"))));
}

fn check_pe(pe: &Pe<'_>, out: &mut Notes) {
    if pe.entry == 0 {
        return;
    }
    let why = match pe.section_at(pe.entry) {
        None if pe.entry < pe.headers => "lies in the headers".to_owned(),
        None => "lies outside of every section".to_owned(),
        Some((_, s)) if !s.executes() => format!("lies in section {}, which is not executable", shown(s.name)),
        Some((_, s)) if s.writes() => format!("lies in section {}, which can be written", shown(s.name)),
        Some((i, s)) if i > 1 && i + 1 == pe.sections.len() && s.name != b".text" => {
            format!("lies in the last section, {}", shown(s.name))
        }
        Some(_) => return,
    };
    out.findings.push(ODD_ENTRY.finding(placed(0, 0, format!("entry point {:#x} {why}", pe.entry))));
}

fn check_names(kind: FileKind, image: &Image<'_>, out: &mut Notes) {
    // Mach-O names repeat by design: each segment has its own sections.
    if !matches!(kind, FileKind::Elf | FileKind::Pe) {
        return;
    }
    let mut seen = HashSet::new();
    for region in &image.regions {
        let odd = region.name.iter().any(|b| !(0x20..0x7f).contains(b));
        let twice =
            !region.name.is_empty() && !seen.insert(region.name) && image.imports.len() + image.exports.len() > 0;
        if odd || twice {
            let what = if odd { "is not text" } else { "stands twice" };
            let note = format!("the section name {} {what}", shown(region.name));
            out.findings.push(ODD_NAMES.finding(placed(region.offset, 0, note)));
            return;
        }
    }
}

fn check_virtual(image: &Image<'_>, out: &mut Notes) {
    // In a file of debug information nothing has bytes.
    if !image.regions.iter().any(|r| r.execute && r.len != 0) {
        return;
    }
    let unbacked = |r: &&crate::parse::native::Region<'_>| r.execute && r.len == 0 && r.memory >= 0x1000;
    if let Some(region) = image.regions.iter().find(unbacked) {
        let note = format!("{} has {} bytes in memory and none in the file", shown(region.name), region.memory);
        out.findings.push(VIRTUAL_CODE.finding(placed(region.offset, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, PeBuilder, check, ids};

    #[test]
    fn an_ordinary_program_has_nothing_odd() {
        assert!(check(&Sections, FileKind::Elf, "tool", &ElfBuilder::program().build()).findings.is_empty());
        assert!(check(&Sections, FileKind::Pe, "tool.exe", &PeBuilder::program().build()).findings.is_empty());
    }

    #[test]
    fn a_shellcode_stub_is_seen() {
        let stub = ElfBuilder::stub(7, &[0x90; 100]);
        assert_eq!(ids(&check(&Sections, FileKind::Elf, "x", &stub)), ["elf-no-section-table", "elf-shellcode-stub"]);
        let tiny = ElfBuilder::stub(5, &[0x90; 100]);
        assert_eq!(ids(&check(&Sections, FileKind::Elf, "x", &tiny)), ["elf-no-section-table", "elf-tiny"]);
    }

    #[test]
    fn an_entry_point_in_data_is_seen() {
        let mut elf = ElfBuilder::program();
        elf.entry = ElfBuilder::DATA + 8;
        assert_eq!(ids(&check(&Sections, FileKind::Elf, "x", &elf.build())), ["native-entry-outside-code"]);
        let mut pe = PeBuilder::program();
        pe.entry = 0x2000;
        assert_eq!(ids(&check(&Sections, FileKind::Pe, "x", &pe.build())), ["native-entry-outside-code"]);
    }

    #[test]
    fn a_cut_file_is_seen() {
        let whole = ElfBuilder::program().build();
        let cut = &whole[..whole.len() - 300];
        let seen = check(&Sections, FileKind::Elf, "x", cut);
        assert!(ids(&seen).contains(&"native-truncated"), "{:?}", ids(&seen));
    }

    #[test]
    fn names_that_are_no_text_are_seen() {
        let mut pe = PeBuilder::program();
        pe.sections[1].0 = *b"\x01\xff\xfe\0\0\0\0\0";
        assert_eq!(ids(&check(&Sections, FileKind::Pe, "x", &pe.build())), ["native-odd-section-names"]);
    }

    #[test]
    fn a_class_that_does_not_exist_hides_nothing() {
        let mut bytes = ElfBuilder::stub(7, &[0x90; 100]);
        bytes[4..6].copy_from_slice(&[0, 9]);
        let seen = check(&Sections, FileKind::Elf, "x", &bytes);
        assert_eq!(ids(&seen), ["elf-no-section-table", "elf-shellcode-stub", "native-tables-disagree"]);
    }

    #[test]
    fn lying_counts_do_no_harm() {
        let mut bytes = ElfBuilder::program().build();
        bytes[56..58].copy_from_slice(&[0xff, 0xff]);
        bytes[60..62].copy_from_slice(&[0xff, 0xff]);
        assert!(ids(&check(&Sections, FileKind::Elf, "x", &bytes)).contains(&"native-tables-disagree"));
        for at in (0..bytes.len().min(400)).step_by(3) {
            let mut broken = bytes.clone();
            broken[at] = 0xff;
            check(&Sections, FileKind::Elf, "x", &broken);
        }
    }
}
