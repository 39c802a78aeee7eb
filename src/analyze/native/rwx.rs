//! Memory that can be written and executed at once, as the headers ask for it.
//!
//! Every system can give a program memory that is either written or executed. A file that asks for both is going to
//! write code: an unpacker, an infector, a raw shellcode wrapper. Honest look-alikes: old JIT compilers, GRUB modules,
//! old Fortran and assembler objects (executable stack), UPX.
//!
//! References: <https://man7.org/linux/man-pages/man5/elf.5.html> (`PT_GNU_STACK`), ATT&CK T1055.

use goblin::elf::program_header::{PF_W, PF_X, PT_GNU_STACK, PT_LOAD};
use goblin::mach::constants::{VM_PROT_EXECUTE, VM_PROT_WRITE};

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine};
use crate::rule;

rule! {
    /// A segment or section is loaded writable and executable. Linkers separate the two since twenty years; what needs
    /// both writes code at run time. Known uses: unpackers, shellcode wrappers, viruses. Honest look-alikes: UPX,
    /// old JIT runtimes, GRUB modules, protected commercial programs.
    pub(super) RWX = "native-rwx-segment" in "bin/rwx";
    severity: Medium, confidence: Likely,
    title: "Memory that is writable and executable is asked for",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// The program asks for an executable stack. Compilers ask for it when one assembler file forgot to say that it
    /// does not need it, so this is mostly an accident that makes exploits easier. Honest look-alikes: old assembler
    /// and Fortran objects, nested functions in C, Lisp and Ada runtimes.
    pub(super) STACK = "elf-executable-stack" in "bin/rwx";
    severity: Low, confidence: Likely,
    title: "The stack is executable",
    reference: "https://man7.org/linux/man-pages/man5/elf.5.html",
}

rule! {
    /// Ordinary code, which nobody can write, calls into a part of the file that is writable and executable, and points at
    /// that part as at data: it writes there what it then runs. Known uses: loaders that keep their machine code encrypted
    /// in a section of its own. Honest look-alikes: programs that change their own code for speed, of which hardly any are
    /// left; packers have no ordinary code.
    pub(super) ENTERED = "native-enters-written-code" in "bin/rwx";
    severity: High, confidence: Likely,
    title: "Calls code in a part that it writes",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

/// Reads the protection flags.
pub(super) struct Rwx;

/// More code than this is a large program, in which any four bytes may look like a distance.
const CODE_MAX: u64 = 4 << 20;

/// Calls from ordinary code into a part that is writable and executable, which the same code points at as data.
fn check_entered(file: &Parsed<'_>, image: &Image<'_>, out: &mut Notes) {
    if !matches!(image.machine, Machine::X64 | Machine::X86) {
        return;
    }
    let both: Vec<(u64, u64, u64)> = image
        .regions
        .iter()
        .filter(|r| r.write && r.execute && r.len > 0)
        .map(|r| (r.address, r.address.saturating_add(r.len), r.offset))
        .collect();
    let fields = Fields::new(file.bytes(), true);
    let parts = image.parts(fields.len(), |r| r.execute && !r.write).0;
    if both.is_empty() || parts.iter().fold(0_u64, |all, p| all.saturating_add(p.len)) > CODE_MAX {
        return;
    }
    let of = |target: u64| both.iter().find(|(start, end, _)| (*start..*end).contains(&target)).copied();
    let mut called: Option<(u64, u64, u64)> = None;
    let mut pointed = false;
    for part in parts {
        let code = fields.available(part.offset, part.len);
        for (at, byte) in code.iter().enumerate() {
            // call rel32; lea reg, [rip + n]
            let (from, is_call) = match byte {
                0xe8 => (at + 1, true),
                0x8d if code.get(at + 1).is_some_and(|m| m & 0xc7 == 5) => (at + 2, false),
                _ => continue,
            };
            let value = code.get(from..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
            let Some(value) = value else { continue };
            let end = part.address.saturating_add(from as u64 + 4);
            let Some(part) = of(end.wrapping_add_signed(i64::from(value))) else { continue };
            if is_call {
                called = called.or(Some((end - 5, part.0, part.2)));
            } else {
                pointed = true;
            }
        }
    }
    if let Some((at, part, offset)) = called.filter(|_| pointed) {
        let note = format!("code at {at:#x} calls into the writable part at {part:#x}, which other code points at");
        out.findings.push(ENTERED.finding(placed(offset, 0, note)));
    }
}

impl Heuristic for Rwx {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&RWX, &STACK, &ENTERED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            check_entered(file, image, out);
        }
        let mut both = None;
        if let Some(Ok(elf)) = file.elf() {
            let is_both = |flags: u32| flags & PF_W != 0 && flags & PF_X != 0;
            let loaded = elf.segments.iter().filter(|s| s.p_type == PT_LOAD && is_both(s.p_flags) && s.p_memsz != 0);
            both = loaded.map(|s| (s.p_offset, s.p_filesz, format!("segment at {:#x}", s.p_vaddr))).next();
            if elf.segments.iter().any(|s| s.p_type == PT_GNU_STACK && s.p_flags & PF_X != 0) {
                out.findings.push(STACK.finding(placed(elf.header.e_phoff, 0, "PT_GNU_STACK is executable")));
            }
        } else if let Some(Ok(pe)) = file.pe() {
            let section = pe.sections.iter().find(|s| s.writes() && s.executes());
            both = section.map(|s| (u64::from(s.offset), u64::from(s.len), format!("section {}", shown(s.name))));
        } else if let Some(Ok(images)) = file.macho() {
            let is_both = |p: u32| p & VM_PROT_WRITE != 0 && p & VM_PROT_EXECUTE != 0;
            let mut segments = images.iter().flat_map(|i| i.segments.iter().map(move |s| (i.start, s)));
            let segment = segments.find(|(_, s)| is_both(s.protection) && s.memory.1 != 0);
            both = segment
                .map(|(start, s)| (start.saturating_add(s.file.0), s.file.1, format!("segment {}", shown(s.name))));
        }
        if let Some((at, len, what)) = both {
            let note = format!("{what} is writable and executable");
            out.findings.push(RWX.finding(placed(at, len, note)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder, check, ids};

    #[test]
    fn separate_rights_are_silent() {
        assert!(check(&Rwx, FileKind::Elf, "x", &ElfBuilder::program().build()).findings.is_empty());
        assert!(check(&Rwx, FileKind::Pe, "x", &PeBuilder::program().build()).findings.is_empty());
        assert!(check(&Rwx, FileKind::MachO, "x", &MachBuilder::library().build()).findings.is_empty());
    }

    #[test]
    fn calls_into_a_part_that_is_written_are_seen() {
        // lea rdi, [rip + .data]; call .data; ret. With the rights apart the same is a mistake of somebody else.
        let mut pe = PeBuilder::program();
        let mut code = vec![0x48, 0x8d, 0x3d];
        code.extend((0x2010u32 - 0x1007).to_le_bytes());
        code.push(0xe8);
        code.extend((0x2010u32 - 0x100c).to_le_bytes());
        code.push(0xc3);
        code.resize(0x200, 0x90);
        pe.sections[0].1 = code;
        let run = |pe: &PeBuilder| ids(&check(&Rwx, FileKind::Pe, "x", &pe.build()));
        assert!(run(&pe).is_empty());
        pe.sections[1].2 |= 0x2000_0000;
        assert_eq!(run(&pe), ["native-enters-written-code", "native-rwx-segment"]);
        // Code that only points there keeps its variables there.
        pe.sections[0].1[7] = 0x90;
        assert_eq!(run(&pe), ["native-rwx-segment"]);
    }

    #[test]
    fn both_rights_are_seen_in_each_format() {
        let elf = ElfBuilder::stub(7, &[0x90; 64]);
        assert_eq!(ids(&check(&Rwx, FileKind::Elf, "x", &elf)), ["native-rwx-segment"]);
        let mut pe = PeBuilder::program();
        pe.sections[0].2 |= 0x8000_0000;
        assert_eq!(ids(&check(&Rwx, FileKind::Pe, "x", &pe.build())), ["native-rwx-segment"]);
        let mut mach = MachBuilder::library();
        mach.text_protection = 7;
        assert_eq!(ids(&check(&Rwx, FileKind::MachO, "x", &mach.build())), ["native-rwx-segment"]);
    }

    #[test]
    fn an_executable_stack_is_low() {
        let mut elf = ElfBuilder::program();
        elf.stack_flags = 7;
        assert_eq!(ids(&check(&Rwx, FileKind::Elf, "x", &elf.build())), ["elf-executable-stack"]);
    }
}
