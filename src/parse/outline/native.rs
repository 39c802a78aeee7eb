//! Functions of native programs: where tables that the program cannot do without say that they begin, printed without what
//! depends on where they stand.
//!
//! Tables: ELF symbols and `.eh_frame_hdr` (LSB, Exception Frames), the exception directory of PE, `LC_FUNCTION_STARTS` of
//! Mach-O, Go's `pclntab` (<https://go.dev/s/go12symtab>, Go 1.18 and later). Instructions: Intel SDM volume 2 by
//! iced-x86's decoder; Arm ARM C6.2.

use std::collections::BTreeMap;

use iced_x86::{Decoder, DecoderOptions, Instruction, OpKind};

use super::{FUNCTIONS_MAX, Function, IMPORTS_MAX, Outline, kept, print};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::fields::Fields;
use crate::parse::macho::MachO;
use crate::parse::native::{Image, Machine};
use crate::parse::parts::{Part, Places, parts};
use crate::parse::pe::Pe;

/// Beginnings of functions by address: the length where it is known, and the name.
type Starts<'a> = BTreeMap<u64, (u64, &'a [u8])>;

/// Numbers below this are part of what an instruction does, others may be addresses.
const SMALL: u64 = 0x1_0000;
/// Longest name of a symbol, in bytes.
const SYMBOL_MAX: u64 = 1024;

/// The functions of all images in a file.
pub(super) fn outline(file: &Parsed<'_>) -> Outline {
    let mut out = Outline::default();
    let mut imports = std::collections::BTreeSet::new();
    for (i, image) in file.images().iter().enumerate() {
        for import in &image.imports {
            if !import.name.is_empty() && imports.len() < IMPORTS_MAX {
                imports.insert(kept(import.name));
            }
        }
        let mut starts = Starts::new();
        if let Some(Ok(elf)) = file.elf() {
            out.resolvers = elf.resolvers().len() as u64;
            of_elf(elf, file.bytes(), &mut starts);
        } else if let Some(Ok(pe)) = file.pe() {
            of_pe(pe, file.bytes(), image.machine, &mut starts);
        } else if let Some(Ok(all)) = file.macho()
            && let Some(mach) = all.get(i)
        {
            of_macho(mach, file.bytes(), &mut starts);
        }
        add(image, file.bytes(), &starts, &mut out);
    }
    out.imports = imports.into_iter().collect();
    if out.functions.is_empty() && out.missing.is_none() {
        out.missing = Some("it has no table of its functions");
    }
    out
}

/// Prints the functions of one image.
fn add(image: &Image<'_>, bytes: &[u8], starts: &Starts<'_>, out: &mut Outline) {
    let fields = Fields::new(bytes, true);
    let (parts, cut) = image.parts(fields.len(), |r| r.execute);
    out.code = parts.iter().fold(out.code, |n, p| n.saturating_add(p.len));
    if cut {
        out.missing = Some("its tables name more code than is read");
    }
    let places = Places::new(parts);
    let mut rows = starts.iter().peekable();
    while let Some((start, (len, name))) = rows.next() {
        if out.functions.len() >= FUNCTIONS_MAX {
            out.missing = Some("it has more functions than are kept");
            return;
        }
        // From one beginning to the next, so that all functions together are no longer than the code.
        let Some((offset, room)) = places.at(*start) else { continue };
        let next = rows.peek().map_or(u64::MAX, |(next, _)| next.saturating_sub(*start));
        let len = if *len == 0 { next } else { (*len).min(next) }.min(room);
        let code = trimmed(fields.available(offset, len));
        if code.is_empty() {
            continue;
        }
        let folded = match image.machine {
            Machine::X64 => x86(64, code, *start),
            Machine::X86 => x86(32, code, *start),
            Machine::Arm64 => arm64(code),
            Machine::Other => code.to_vec(),
        };
        out.functions.push(Function {
            name: kept(name),
            at: *start,
            span: (offset, offset.saturating_add(code.len() as u64)),
            bytes: code.len() as u64,
            exact: print(&[code]),
            folded: print(&[&folded]),
            does: Vec::new(),
        });
    }
}

/// Code without what fills the room to the next function.
fn trimmed(code: &[u8]) -> &[u8] {
    let end = code.iter().rposition(|b| !matches!(b, 0 | 0x90 | 0xcc)).map_or(0, |i| i + 1);
    code.get(..end).unwrap_or_default()
}

/// Whether a value is a small number, positive or negative in 32 or 64 bits, and so hardly an address.
fn is_small(value: u64) -> bool {
    let negative = |top: u64| (top - SMALL..=top).contains(&value);
    value < SMALL || negative(u64::MAX) || negative(u32::MAX.into())
}

/// What x86 code does, instruction by instruction, without addresses.
fn x86(bits: u32, code: &[u8], start: u64) -> Vec<u8> {
    let end = start.saturating_add(code.len() as u64);
    let mut out = Vec::with_capacity(code.len());
    let mut decoder = Decoder::with_ip(bits, code, start, DecoderOptions::NONE);
    let mut instruction = Instruction::default();
    while decoder.can_decode() {
        decoder.decode_out(&mut instruction);
        // No-operations only align.
        if instruction.mnemonic() == iced_x86::Mnemonic::Nop {
            continue;
        }
        out.extend((instruction.code() as u16).to_le_bytes());
        for i in 0..instruction.op_count() {
            match instruction.op_kind(i) {
                OpKind::Register => out.push(instruction.op_register(i) as u8),
                OpKind::NearBranch16 | OpKind::NearBranch32 | OpKind::NearBranch64 => {
                    let target = instruction.near_branch_target();
                    // A jump inside of the function is a part of its structure.
                    if (start..end).contains(&target) {
                        out.push(1);
                    } else {
                        out.push(2);
                    }
                }
                OpKind::Memory => {
                    let at = [instruction.memory_base() as u8, instruction.memory_index() as u8];
                    out.extend(at);
                    out.push(u8::try_from(instruction.memory_index_scale()).unwrap_or(0));
                    let shift = instruction.memory_displacement64();
                    if is_small(shift) && !instruction.is_ip_rel_memory_operand() {
                        out.extend(shift.to_le_bytes());
                    }
                }
                // Immediate values; what is left are the fixed operands of string instructions, and far branches.
                kind => match instruction.try_immediate(i) {
                    Ok(value) if is_small(value) => out.extend(value.to_le_bytes()),
                    Ok(_) => out.push(3),
                    Err(_) => out.push(kind as u8),
                },
            }
        }
    }
    out
}

/// What `AArch64` code does, without the distances in branches and in what makes addresses.
fn arm64(code: &[u8]) -> Vec<u8> {
    let (words, rest) = code.as_chunks::<4>();
    let mut out = Vec::with_capacity(code.len());
    // The register that holds the page of an address: the part within it comes with the next use.
    let mut page = None;
    for word in words {
        let word = u32::from_le_bytes(*word);
        let kept = if word & 0x7c00_0000 == 0x1400_0000 {
            word & 0xfc00_0000
        } else if word & 0xff00_0000 == 0x5400_0000
            || word & 0x7e00_0000 == 0x3400_0000
            || word & 0x3b00_0000 == 0x1800_0000
        {
            word & 0xff00_001f
        } else if word & 0x7e00_0000 == 0x3600_0000 {
            word & 0xfff8_001f
        } else if word & 0x1f00_0000 == 0x1000_0000 {
            page = Some(word & 31);
            word & 0x9f00_001f
        } else if page == Some(word >> 5 & 31)
            && (word & 0x7f80_0000 == 0x1100_0000 || word & 0x3b00_0000 == 0x3900_0000)
        {
            word & 0xffc0_03ff
        } else {
            word
        };
        out.extend(kept.to_le_bytes());
    }
    out.extend_from_slice(rest);
    out
}

/// Symbols of functions, then what is unwound, then what Go lists.
fn of_elf<'a>(elf: &Elf<'a>, bytes: &'a [u8], starts: &mut Starts<'a>) {
    let little = elf.header.e_ident.get(5) == Some(&1);
    let fields = Fields::new(bytes, little);
    for symbol in elf.symbols.iter().filter(|s| s.defined) {
        function(symbol.kind, symbol.value, symbol.size, symbol.name, starts);
    }
    symbols_of_elf(elf, fields, &mut |kind, value, size, name| function(kind, value, size, name, starts));
    unwound(elf, fields, starts);
    go_of_elf(elf, fields, starts);
}

/// Functions of the table that linkers keep for debuggers.
fn symbols_of_elf<'a>(elf: &Elf<'a>, fields: Fields<'a>, each: &mut dyn FnMut(u8, u64, u64, &'a [u8])) {
    const SHT_SYMTAB: u32 = 2;
    // Any number of sections may name the same rows.
    let mut left = FUNCTIONS_MAX as u64 * 4;
    for section in elf.sections.iter().filter(|s| s.header.sh_type == SHT_SYMTAB) {
        let link = (section.header.sh_link as usize).checked_sub(1);
        let Some(names) = link.and_then(|i| elf.sections.get(i)) else { continue };
        let names = fields.inner(fields.available(names.header.sh_offset, names.header.sh_size));
        let rows = fields.inner(fields.available(section.header.sh_offset, section.header.sh_size));
        let row = if elf.wide { 24 } else { 16 };
        let count = (rows.len() / row).min(left);
        left -= count;
        for at in (0..count).map(|i| i * row) {
            let (info, section, value) = if elf.wide { (4, 6, 8) } else { (12, 14, 4) };
            let size = if elf.wide { 16 } else { 8 };
            let Some((name, info)) = rows.u32(at).zip(rows.u8(at + info)) else { break };
            let place = rows.word(at + value, elf.wide).zip(rows.word(at + size, elf.wide));
            let (Some((value, size)), Some(1..)) = (place, rows.u16(at + section)) else { continue };
            let name = names.text(u64::from(name), SYMBOL_MAX).unwrap_or_default();
            each(info & 15, value, size, name);
        }
    }
}

fn go_of_elf<'a>(elf: &Elf<'a>, fields: Fields<'a>, starts: &mut Starts<'a>) {
    let little = elf.header.e_ident.get(5) == Some(&1);
    if let Some(table) = elf.sections.iter().find(|s| s.name.ends_with(b".gopclntab")) {
        let text = elf.sections.iter().find(|s| s.name == b".text").map_or(0, |s| s.header.sh_addr);
        go(Fields::new(fields.available(table.header.sh_offset, table.header.sh_size), little), text, starts);
    }
}

/// The functions that an ELF program keeps the names of, by address, under each of their names; none of other formats.
pub(in crate::parse) fn symbol_functions<'a>(file: &Parsed<'a>) -> (Vec<(u64, &'a [u8])>, bool) {
    let (mut found, mut cut) = (Vec::new(), false);
    if let Some(Ok(elf)) = file.elf() {
        let little = elf.header.e_ident.get(5) == Some(&1);
        // Linkers fold functions that do the same into one, which keeps all names.
        symbols_of_elf(elf, Fields::new(file.bytes(), little), &mut |kind, value, _, name| {
            if matches!(kind, 2 | 10) && value != 0 && !name.is_empty() {
                cut |= found.len() >= FUNCTIONS_MAX;
                if found.len() < FUNCTIONS_MAX {
                    found.push((value, name));
                }
            }
        });
    }
    (found, cut)
}

/// The functions of a program in Go by address and name; none of other programs, nor of several in one file.
pub(in crate::parse) fn go_functions<'a>(file: &Parsed<'a>) -> Vec<(u64, &'a [u8])> {
    let mut starts = Starts::new();
    let bytes = file.bytes();
    if let Some(Ok(elf)) = file.elf() {
        let little = elf.header.e_ident.get(5) == Some(&1);
        go_of_elf(elf, Fields::new(bytes, little), &mut starts);
    } else if let Some(Ok(pe)) = file.pe() {
        let data = pe.sections.iter().filter(|s| !s.executes()).map(|s| (s.offset.into(), s.len.into()));
        go_inside(data, bytes, &mut starts, pe.image_base);
    } else if let Some(Ok(slices)) = file.macho()
        && let [mach] = slices.as_slice()
    {
        go_of_macho(mach, bytes, &mut starts);
    }
    starts.into_iter().map(|(at, (_, name))| (at, name)).collect()
}

fn go_of_macho<'a>(mach: &MachO<'a>, bytes: &'a [u8], starts: &mut Starts<'a>) {
    let tables = mach.segments.iter().flat_map(|s| &s.sections).filter(|s| s.name == b"__gopclntab");
    go_inside(tables.map(|s| (mach.start.saturating_add(s.offset), s.len)), bytes, starts, 0);
}

/// Takes down one symbol when it is a function's (`STT_FUNC`, `STT_GNU_IFUNC`).
fn function<'a>(kind: u8, value: u64, size: u64, name: &'a [u8], starts: &mut Starts<'a>) {
    if !matches!(kind, 2 | 10) || value == 0 {
        return;
    }
    let known = starts.entry(value).or_insert((size, name));
    // Of several names the first in the alphabet, whatever order the linker chose.
    if known.1.is_empty() || (!name.is_empty() && name < known.1) {
        known.1 = name;
    }
    known.0 = known.0.max(size);
}

/// Where functions begin as the table for unwinding of an ELF file says, or that of functions of a Mach-O file with one image, in
/// order; empty for others.
pub(super) fn told_starts(file: &Parsed<'_>) -> Vec<u64> {
    let mut starts = Starts::new();
    if let Some(Ok(elf)) = file.elf() {
        let little = elf.header.e_ident.get(5) == Some(&1);
        unwound(elf, Fields::new(file.bytes(), little), &mut starts);
    } else if let Some(Ok([mach])) = file.macho().map(|all| all.as_deref()) {
        function_starts(mach, file.bytes(), &mut starts);
    }
    starts.into_keys().collect()
}

/// Where functions begin as all tables say: symbols, the table for unwinding, the exception directory, `LC_FUNCTION_STARTS`.
pub(super) fn starts(file: &Parsed<'_>) -> Vec<u64> {
    let mut starts = Starts::new();
    if let Some(Ok(elf)) = file.elf() {
        of_elf(elf, file.bytes(), &mut starts);
    } else if let Some(Ok(pe)) = file.pe() {
        let machine = file.images().first().map_or(Machine::Other, |image| image.machine);
        of_pe(pe, file.bytes(), machine, &mut starts);
    } else if let Some(Ok([mach])) = file.macho().map(|all| all.as_deref()) {
        function_starts(mach, file.bytes(), &mut starts);
    }
    starts.into_keys().collect()
}

/// The search table of `.eh_frame_hdr`: pairs of distances from its own address, the first of each to a function.
fn unwound(elf: &Elf<'_>, fields: Fields<'_>, starts: &mut Starts<'_>) {
    const PT_GNU_EH_FRAME: u32 = 0x6474_e550;
    let Some(segment) = elf.segments.iter().find(|s| s.p_type == PT_GNU_EH_FRAME) else { return };
    let table = fields.inner(fields.available(segment.p_offset, segment.p_filesz));
    // Version 1, a pointer of four bytes, a count of four bytes, and distances of four signed bytes.
    let head = (table.u8(0), table.u8(1).map(|e| e & 15), table.u8(2), table.u8(3));
    if !matches!(head, (Some(1), Some(3 | 11), Some(3), Some(0x3b))) {
        return;
    }
    let count = u64::from(table.u32(8).unwrap_or(0)).min(table.len() / 8).min(FUNCTIONS_MAX as u64);
    for i in 0..count {
        let Some(distance) = table.u32(12 + i * 8) else { break };
        let start = segment.p_vaddr.wrapping_add_signed(i64::from(distance.cast_signed()));
        starts.entry(start).or_insert((0, b""));
    }
}

/// Go's table of functions, of version 1.18 and later.
fn go<'a>(table: Fields<'a>, text: u64, starts: &mut Starts<'a>) {
    let word: u64 = match (table.u32(0), table.u8(7)) {
        (Some(0xffff_fff0 | 0xffff_fff1), Some(size @ (4 | 8))) => size.into(),
        _ => return,
    };
    let value = |i: u64| table.word(8 + i * word, word == 8);
    let (Some(count), Some(start), Some(names), Some(rows)) = (value(0), value(2), value(3), value(7)) else { return };
    let text = if start == 0 { text } else { start };
    for i in 0..count.min(FUNCTIONS_MAX as u64) {
        let Some(at) = rows.checked_add(i * 8) else { break };
        let (Some(entry), Some(info)) = (table.u32(at), table.u32(at.saturating_add(4))) else { break };
        let name = rows.checked_add(u64::from(info)).and_then(|at| table.u32(at.saturating_add(4)));
        let name = name.and_then(|n| names.checked_add(u64::from(n))).and_then(|at| table.text(at, SYMBOL_MAX));
        starts.entry(text.wrapping_add(u64::from(entry))).or_insert((0, name.unwrap_or_default()));
    }
}

/// The exception directory: a row for every function that changes the stack.
fn of_pe<'a>(pe: &Pe<'a>, bytes: &'a [u8], machine: Machine, starts: &mut Starts<'a>) {
    const EXCEPTION: usize = 3;
    for (address, name) in pe.named_functions() {
        name_start(address, name, starts);
    }
    go_inside(
        pe.sections.iter().filter(|s| !s.executes()).map(|s| (s.offset.into(), s.len.into())),
        bytes,
        starts,
        pe.image_base,
    );
    let Some((address, size)) = pe.directory(EXCEPTION) else { return };
    let Some(offset) = pe.offset_of(address) else { return };
    let rows = Fields::new(bytes, true);
    let rows = rows.inner(rows.available(offset, size.into()));
    let row = match machine {
        Machine::X64 => 12,
        Machine::Arm64 => 8,
        Machine::X86 | Machine::Other => return,
    };
    for i in 0..(rows.len() / row).min(FUNCTIONS_MAX as u64) {
        let Some(start) = rows.u32(i * row) else { break };
        let end = if row == 12 { rows.u32(i * row + 4).unwrap_or(0) } else { 0 };
        let known = starts.entry(start.into()).or_insert((0, b""));
        known.0 = known.0.max(end.saturating_sub(start).into());
    }
}

/// Gives a beginning a name: of several the first in the alphabet, whatever order the linker chose.
fn name_start<'a>(address: u64, name: &'a [u8], starts: &mut Starts<'a>) {
    if starts.len() >= FUNCTIONS_MAX {
        return;
    }
    let known = starts.entry(address).or_insert((0, name));
    if known.1.is_empty() || (!name.is_empty() && name < known.1) {
        known.1 = name;
    }
}

/// Go's table of functions in data without a section of its own. Addresses in it are whole.
fn go_inside<'a>(data: impl Iterator<Item = (u64, u64)>, bytes: &'a [u8], starts: &mut Starts<'a>, image_base: u64) {
    /// Most places that look like the table's head and are read.
    const HEADS_MAX: usize = 16;
    let fields = Fields::new(bytes, true);
    let (data, _) = parts(data.map(|(offset, len)| (offset, len, offset)), fields.len());
    let mut left = HEADS_MAX;
    for data in data {
        let part = fields.available(data.offset, data.len);
        let heads = memchr::memmem::find_iter(part, b"\xff\xff\xff\0\0").filter_map(|at| at.checked_sub(1));
        let is_head = |at: &usize| matches!((part.get(*at), part.get(at + 7)), (Some(0xf0 | 0xf1), Some(4 | 8)));
        for at in heads.filter(is_head) {
            if left == 0 {
                return;
            }
            left -= 1;
            let mut own = Starts::new();
            go(Fields::new(part.get(at..).unwrap_or_default(), true), 0, &mut own);
            if own.len() > 1 {
                starts.extend(own.into_iter().map(|(at, row)| (at.wrapping_sub(image_base), row)));
                return;
            }
        }
    }
}

/// Distances from one function to the next, seven bits to a byte, from the beginning of `__TEXT`.
fn of_macho<'a>(mach: &MachO<'a>, bytes: &'a [u8], starts: &mut Starts<'a>) {
    function_starts(mach, bytes, starts);
    // Symbols name places of data too: only those where a function begins, or that lie in code, are functions.
    let code = mach.segments.iter().flat_map(|s| &s.sections).filter(|s| s.flags & 0x8000_0400 != 0);
    let code = Places::new(code.map(|s| Part { offset: 0, len: s.len, address: s.address }).collect());
    let listed = !starts.is_empty();
    for (address, name) in mach.named_places() {
        if starts.contains_key(&address) || (!listed && code.at(address).is_some()) {
            name_start(address, name, starts);
        }
    }
    go_of_macho(mach, bytes, starts);
}

fn function_starts(mach: &MachO<'_>, bytes: &[u8], starts: &mut Starts<'_>) {
    let Some((at, len)) = mach.function_starts else { return };
    let fields = Fields::new(bytes, true);
    let mut address = mach.segments.iter().find(|s| s.name == b"__TEXT").map_or(0, |s| s.memory.0);
    let (mut value, mut shift) = (0_u64, 0_u32);
    for byte in fields.available(mach.start.saturating_add(at), len) {
        value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift = shift.saturating_add(7);
        if byte & 0x80 == 0 {
            if value == 0 || starts.len() >= FUNCTIONS_MAX {
                break;
            }
            address = address.wrapping_add(value);
            starts.insert(address, (0, b""));
            (value, shift) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, parsed};
    use crate::model::FileKind;

    #[test]
    fn addresses_are_no_part_of_x86_code() {
        // call; lea rdi, [rip + x]; mov eax, 5; ret
        let code = |call: u8, lea: u8, value: u8| {
            [&[0xe8, call, 0x10, 0, 0, 0x48, 0x8d, 0x3d, lea, 1, 0, 0, 0xb8, value, 0, 0, 0, 0xc3][..]].concat()
        };
        let one = x86(64, &code(0, 0, 5), 0x1000);
        assert_eq!(one, x86(64, &code(7, 9, 5), 0x2000));
        assert_ne!(one, x86(64, &code(0, 0, 6), 0x1000), "a constant is");
        // String instructions have operands that are no values.
        assert!(!x86(64, &[0xf3, 0xa4, 0xc3], 0).is_empty());
        for seed in 0..64_u8 {
            let noise: Vec<u8> = (0..=255_u8).map(|i| i.wrapping_mul(37).wrapping_add(seed).rotate_left(3)).collect();
            x86(64, &noise, 0);
            x86(32, &noise, u64::MAX - 8);
            arm64(&noise);
        }
    }

    #[test]
    fn addresses_are_no_part_of_arm_code() {
        let code = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
        // adrp x0; add x0, x0, #x; bl; ret
        let one = arm64(&code(&[0x9000_0000, 0x9100_4000, 0x9400_0010, 0xd65f_03c0]));
        assert_eq!(one, arm64(&code(&[0xb000_0020, 0x9100_8000, 0x9400_0999, 0xd65f_03c0])));
        // add x1, x1, #x adds a constant.
        assert_ne!(arm64(&code(&[0x9100_4021])), arm64(&code(&[0x9100_8021])));
    }

    #[test]
    fn functions_of_an_elf_file_have_names_and_lengths() {
        let mut elf = ElfBuilder::library();
        elf.exports = vec!["run"];
        elf.imports = vec!["dlsym", "close"];
        elf.irelative = 1;
        elf.code = vec![0xb8, 5, 0, 0, 0, 0xc3, 0x90, 0x90];
        let bytes = elf.build();
        let outline = parsed(FileKind::Elf, "x.so", &bytes, outline);
        assert_eq!(outline.functions.len(), 1, "{outline:?}");
        assert_eq!((&*outline.functions[0].name, outline.functions[0].bytes), ("run", 6));
        assert_eq!(outline.functions[0].at, ElfBuilder::CODE);
        assert_eq!(outline.imports.iter().map(|i| &**i).collect::<Vec<_>>(), ["close", "dlsym"]);
        assert_eq!(outline.resolvers, 1);
        assert_eq!(outline.missing, None);
        elf.exports.clear();
        let bytes = elf.build();
        assert!(parsed(FileKind::Elf, "x.so", &bytes, super::outline).missing.is_some());
    }

    #[test]
    fn functions_of_pe_and_mach_o_have_names() {
        use crate::analyze::native::testing::{MachBuilder, PeBuilder};
        let mut pe = PeBuilder::program();
        pe.exports = vec![("run", None), ("passed_on", Some("kernel32.Sleep"))];
        let bytes = pe.build();
        let exports = parsed(FileKind::Pe, "x.dll", &bytes, |file| {
            let pe = file.pe().and_then(|pe| pe.as_ref().ok()).map(Pe::named_functions);
            pe.unwrap_or_default().iter().map(|(_, name)| name.to_vec()).collect::<Vec<_>>()
        });
        assert!(!exports.contains(&b"passed_on".to_vec()), "{exports:?}");
        let mut mach = MachBuilder::library();
        mach.exports = vec!["work"];
        let bytes = mach.build();
        let places = crate::parse::macho::parse_one(&bytes).unwrap().named_places();
        assert_eq!(places.iter().map(|(_, name)| *name).collect::<Vec<_>>(), [b"work"]);
    }

    #[test]
    fn functions_of_go_are_listed() {
        let mut table = 0xffff_fff1_u32.to_le_bytes().to_vec();
        table.extend([0, 0, 1, 8]);
        // Functions, files, beginning of the code, then where names, units, files, lines and rows stand.
        [2_u64, 0, 0x1000, 72, 0, 0, 0, 100].iter().for_each(|v| table.extend(v.to_le_bytes()));
        table.extend(b"main.main\0main.init\0");
        table.resize(100, 0);
        [0_u32, 20, 0x40, 28, 0x80].iter().for_each(|v| table.extend(v.to_le_bytes()));
        [0_u32, 0, 0x40, 10].iter().for_each(|v| table.extend(v.to_le_bytes()));
        let mut starts = Starts::new();
        go(Fields::new(&table, true), 0, &mut starts);
        let expected: Vec<(u64, &[u8])> = vec![(0x1000, b"main.main"), (0x1040, b"main.init")];
        assert_eq!(starts.iter().map(|(at, (_, name))| (*at, *name)).collect::<Vec<_>>(), expected);
        for len in 0..table.len() {
            go(Fields::new(&table[..len], true), 0, &mut Starts::new());
        }
    }
}
