//! Compiled code: ELF, PE, Mach-O, Java classes, Python bytecode, and pickles, which are programs too.

use super::read::{at, be16, be32, le16, le32, le64};
use crate::model::FileKind;

/// ELF. Linux loads files whose class, byte order and version fields are nonsense, so only room for them is asked.
pub(super) fn elf(bytes: &[u8]) -> Option<FileKind> {
    (bytes.starts_with(b"\x7fELF") && bytes.len() >= 20).then_some(FileKind::Elf)
}

/// PE by the offset in its DOS header. A DOS header whose PE header lies behind the end of the file is a PE that was
/// cut off; the parser says so.
pub(super) fn pe(bytes: &[u8]) -> Option<FileKind> {
    if !bytes.starts_with(b"MZ") {
        return None;
    }
    let offset = usize::try_from(le32(bytes, 0x3c)?).ok()?;
    match bytes.get(offset..) {
        Some(header) if header.starts_with(b"PE\0\0") => Some(FileKind::Pe),
        Some(header) if header.len() >= 4 => None,
        _ => {
            let (last_page, pages, paragraphs) = (le16(bytes, 2)?, le16(bytes, 4)?, le16(bytes, 8)?);
            let plausible = last_page <= 512 && (1..=2048).contains(&pages) && (2..=64).contains(&paragraphs);
            (plausible && offset < 1 << 20).then_some(FileKind::Pe)
        }
    }
}

/// CPU types of Mach-O, without the 64-bit flag.
fn is_cpu(kind: u32) -> bool {
    matches!(kind & 0x00ff_ffff, 1..=18)
}

/// A thin Mach-O in either byte order.
pub(super) fn macho(bytes: &[u8]) -> Option<FileKind> {
    let magic = be32(bytes, 0)?;
    let word = |at: usize| match magic {
        0xfeed_face | 0xfeed_facf => be32(bytes, at),
        0xcefa_edfe | 0xcffa_edfe => le32(bytes, at),
        _ => None,
    };
    let (cpu, file_type, commands) = (word(4)?, word(12)?, word(16)?);
    (is_cpu(cpu) && (1..=16).contains(&file_type) && commands < 1 << 20).then_some(FileKind::MachO)
}

/// `CA FE BA BE` begins fat Mach-O files and Java classes. A class has its version where the other counts
/// architectures, and a constant's tag where the other has zero bytes of a CPU type.
pub(super) fn fat_or_class(bytes: &[u8]) -> Option<FileKind> {
    let magic = be32(bytes, 0)?;
    let count = be32(bytes, 4)?;
    let cpu = be32(bytes, 8);
    match magic {
        0xcafe_babf => (cpu.is_some_and(is_cpu) || count < 45).then_some(FileKind::MachOFat),
        0xcafe_babe => {
            let major = count & 0xffff;
            let tag = bytes.get(10).copied().unwrap_or(0);
            let class = major >= 45 && be16(bytes, 8)? > 0 && matches!(tag, 1 | 3..=12 | 15..=20);
            if class {
                Some(FileKind::JavaClass)
            } else if cpu.is_some_and(is_cpu) || count < 45 {
                Some(FileKind::MachOFat)
            } else {
                Some(FileKind::JavaClass)
            }
        }
        _ => None,
    }
}

/// Python bytecode by the magic words of CPython 1.5 to 3.x and of PyPy 3, followed by `\r\n`.
pub(super) fn pyc(bytes: &[u8]) -> Option<FileKind> {
    if !at(bytes, 2, b"\r\n") || bytes.len() < 12 {
        return None;
    }
    // A capture of packets begins with what might be a magic word; behind its length stands the order of its bytes.
    if at(bytes, 0, b"\n\r\r\n") && (at(bytes, 8, b"\x1a\x2b\x3c\x4d") || at(bytes, 8, b"\x4d\x3c\x2b\x1a")) {
        return None;
    }
    let word = le16(bytes, 0)?;
    let flags_or_date = le32(bytes, 4)?;
    let known = match word {
        // From 3.7 on the second word is flags.
        3390..=3999 => flags_or_date <= 3,
        3000..=3389 => true,
        20121 | 50428 | 50823 | 60202 | 60717 | 62011..=62311 => true,
        48..=480 => flags_or_date <= 3,
        _ => false,
    };
    known.then_some(FileKind::Pyc)
}

/// A pickle of protocol 2 to 5: the protocol opcode, then an opcode that can follow it.
pub(super) fn pickle(bytes: &[u8]) -> Option<FileKind> {
    let [_, protocol, next, ..] = bytes.first_chunk::<3>()?;
    if !(2..=5).contains(protocol) || bytes.len() < 4 {
        return None;
    }
    // The first of several pickles in a file of PyTorch before its zip format.
    if bytes.starts_with(b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e") {
        return Some(FileKind::Pickle);
    }
    let framed = *next == 0x95 && le64(bytes, 3)? <= bytes.len() as u64;
    let opcode = matches!(next, b'(' | b')' | b'.' | b'0'..=b'2' | b'B' | b'C' | b'F' | b'G' | b'I'..=b'N' | b'P'..=b'X'
        | b']' | b'c' | b'}' | b'i' | 0x81..=0x8f | 0x93..=0x98);
    // A hand-made pickle may have anything behind its STOP, but it has one.
    let stops = bytes.last() == Some(&b'.') || memchr::memchr(b'.', bytes.get(..4096).unwrap_or(bytes)).is_some();
    (framed || (opcode && stops)).then_some(FileKind::Pickle)
}

/// Under a name of pickles, one of protocol 0 or 1: an instruction that can be first, and STOP at the end.
pub(super) fn named_pickle(bytes: &[u8]) -> bool {
    matches!(
        bytes.first(),
        Some(b'(' | b'c' | b'i' | b']' | b'}' | b')' | b'I' | b'L' | b'F' | b'S' | b'V' | b'N' | b'K' | b'X' | b'U')
    ) && bytes.trim_ascii_end().last() == Some(&b'.')
}

/// A pickle of protocol 0 that begins by importing what attacks import: `cos\nsystem\n…`.
pub(super) fn text_pickle(bytes: &[u8]) -> Option<FileKind> {
    let head = bytes.get(1..64).or(bytes.get(1..))?;
    let mut lines = head.splitn(3, |b| *b == b'\n');
    let (module, function, rest) = (lines.next()?, lines.next()?, lines.next()?);
    let is_name = |s: &[u8]| !s.is_empty() && s.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let call = matches!(rest.first(), Some(b'(' | b'p' | b'q' | b'S' | b'V' | b'X'));
    (is_name(module) && is_name(function) && call && bytes.trim_ascii_end().last() == Some(&b'.'))
        .then_some(FileKind::Pickle)
}
