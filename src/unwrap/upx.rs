//! Executables packed with UPX: the program is unpacked in memory and given as one child.
//!
//! ELF: behind the unpacker's program headers stand `l_info` (checksum, `UPX!`, length of the unpacker, version,
//! format), `p_info` (id, size of the program, block size) and blocks, each behind a `b_info` (unpacked size, packed
//! size, method, filter and its parameter): the program's own headers, what it maps, and behind the unpacker's code what
//! lies between the mapped parts. The file ends in a pack header. PE: the pack header stands before the data, which is
//! one block: the memory image of the sections, with the original headers and imports behind it.
//!
//! Facts about the format are from the files that UPX 3.96 and 4.2 write and from its published header structures.

mod block;
mod elf;
mod filter;
mod imports;
mod initialiser;
pub(crate) mod mark;
mod nrv;
mod pe;

use super::{Entries, Input, Wrapper};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason};

/// Opens them.
pub(super) struct Upx;

impl Wrapper for Upx {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Some(mark) = mark::find(input.file) else { return Ok(()) };
        out.facts.push(Fact::has(Capability::Native, "UPX", mark.offset()));
        let result = match input.kind {
            FileKind::Elf => elf::open(input, &mark, out),
            FileKind::Pe => pe::open(input, &mark, out),
            _ => Err(Gap::new(GapReason::Unsupported, "Mach-O files are not unpacked by this version")),
        };
        result.map_err(not_unpacked)
    }
}

/// Says about a gap that it is about the packed program.
fn not_unpacked(mut gap: Gap) -> Gap {
    if matches!(gap.reason, GapReason::Malformed | GapReason::Unsupported) {
        gap.detail = format!(
            "packed with UPX and the packed program could not be unpacked ({}); the raw bytes were scanned",
            gap.detail
        );
    }
    gap
}

/// What contradicts the format.
fn broken(detail: impl Into<String>) -> Gap {
    Gap::malformed(detail)
}

/// The checksum that the pack header has for what was packed. The parts are joined in the order they were packed in.
struct Adler {
    a: u64,
    b: u64,
}

impl Adler {
    const MODULO: u64 = 65_521;

    fn new() -> Self {
        Self { a: 1, b: 0 }
    }

    fn of(bytes: &[u8]) -> Self {
        let mut sum = Self::new();
        for part in bytes.chunks(4096) {
            for byte in part {
                sum.a += u64::from(*byte);
                sum.b += sum.a;
            }
            sum.a %= Self::MODULO;
            sum.b %= Self::MODULO;
        }
        sum
    }

    /// Appends a part of `len` bytes.
    fn append(&mut self, part: &Self, len: u64) {
        let len = len % Self::MODULO;
        // The part was summed from 1; here it follows `a`.
        let before = (self.a + Self::MODULO - 1) % Self::MODULO;
        self.b = (self.b + part.b + len * before) % Self::MODULO;
        self.a = (before + part.a) % Self::MODULO;
    }

    fn value(&self) -> u32 {
        (self.b << 16 | self.a) as u32
    }
}

#[cfg(test)]
mod tests;
