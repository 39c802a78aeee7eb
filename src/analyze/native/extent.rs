//! Whether a file really begins at a place inside another one, and how far it reaches.

use goblin::elf::program_header::PT_LOAD;

use flate2::{Decompress, FlushDecompress, Status};

use crate::model::FileKind;
use crate::parse::elf::Elf;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::parse::pe::Pe;

/// Bytes of a gzip stream that are inflated to find its end; longer ones reach to the end of the file.
const INFLATE_MAX: u64 = 16 << 20;

/// A file inside a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inner {
    /// First byte.
    pub(super) offset: u64,
    /// Length in bytes, inside the file.
    pub(super) len: u64,
    /// What it is.
    pub(super) kind: FileKind,
}

/// Measures files inside one file, with a bound on what all attempts together may cost.
pub(super) struct Ruler<'a> {
    bytes: &'a [u8],
    /// Places of zip end records, in order.
    zip_ends: Vec<usize>,
    /// Bytes of tables and streams that may still be read.
    work: u64,
}

impl<'a> Ruler<'a> {
    /// A ruler over `bytes`, whose zip end records stand at `zip_ends`.
    pub(super) fn new(bytes: &'a [u8], zip_ends: Vec<usize>) -> Self {
        Self { bytes, zip_ends, work: (64u64 << 20).saturating_add(bytes.len() as u64) }
    }

    /// Whether the attempts so far cost all that they may.
    pub(super) fn is_spent(&self) -> bool {
        self.work == 0
    }

    /// The file that a marker at `at` belongs to, when its header holds.
    pub(super) fn inner(&mut self, marker: Marker, at: usize) -> Option<Inner> {
        let bytes = self.bytes;
        let work = &mut self.work;
        let (offset, len, kind) = match marker {
            Marker::Elf => elf(bytes, at, work)?,
            Marker::Pe => pe(bytes, at, work)?,
            Marker::MachO => macho(bytes, at, work)?,
            Marker::Zip => zip(bytes, at, &self.zip_ends)?,
            Marker::SevenZip => seven_zip(bytes, at)?,
            Marker::Gzip => gzip(bytes, at, work)?,
            Marker::Xz => xz(bytes, at)?,
            _ => return None,
        };
        let room = (bytes.len() as u64).checked_sub(offset)?;
        Some(Inner { offset, len: len.min(room), kind })
    }
}

/// Counts rows of tables as work.
fn spend(work: &mut u64, rows: usize) {
    *work = work.saturating_sub(64 * rows as u64);
}

type Place = (u64, u64, FileKind);

/// Little-endian x86, ARM, MIPS, RISC-V, eBPF and big-endian ones: a whole header with sane numbers.
fn elf(bytes: &[u8], at: usize, work: &mut u64) -> Option<Place> {
    let body = bytes.get(at..)?;
    let &[_, _, _, _, class, data, version, ..] = body else { return None };
    if !(matches!(class, 1 | 2) && matches!(data, 1 | 2) && version == 1) {
        return None;
    }
    let fields = Fields::new(body, data == 1);
    let (kind, header) = (fields.u16(16)?, fields.u16(if class == 2 { 52 } else { 40 })?);
    if !(1..=3).contains(&kind) || header != (if class == 2 { 64 } else { 52 }) {
        return None;
    }
    // Only now the tables are read, within what is left of the outer file. Linkers and tools hold headers without the
    // file as literals; a file has all of what its tables name.
    let elf = Elf::parse(body).ok()?;
    spend(work, elf.segments.len() + elf.sections.len() + elf.symbols.len() + elf.dynamic.len() + 1);
    let end = elf.end();
    let loaded = elf.segments.iter().any(|s| s.p_type == PT_LOAD && s.p_filesz != 0 && s.p_offset < end);
    let named = elf.sections.iter().filter(|s| s.name.starts_with(b".")).count() >= 2;
    let whole = end <= body.len() as u64 && elf.oddities.is_empty() && elf.header.e_version == 1 && (loaded || named);
    whole.then_some((at as u64, end, FileKind::Elf))
}

/// The DOS header lies up to 1 kB before `PE\0\0` and names the distance.
fn pe(bytes: &[u8], at: usize, work: &mut u64) -> Option<Place> {
    let before = bytes.get(at.saturating_sub(1024)..at)?;
    let lead = at - before.len();
    let start = memchr::memmem::rfind_iter(before, b"MZ").map(|p| lead + p).find(|start| {
        let distance = Fields::new(bytes, true).u32(*start as u64 + 0x3c);
        distance == u32::try_from(at - start).ok()
    })?;
    let pe = Pe::parse(bytes.get(start..)?).ok()?;
    spend(work, pe.sections.len() + pe.imports.len() + pe.exports.len() + pe.resources.len() + 1);
    let certificates = pe.certificates().map_or(0, |(at, len)| at.saturating_add(len));
    let end = pe.end().max(certificates);
    (!pe.sections.is_empty() && end <= (bytes.len() - start) as u64).then_some((start as u64, end, FileKind::Pe))
}

/// Known processor, known file type, and load commands that fit.
fn macho(bytes: &[u8], at: usize, work: &mut u64) -> Option<Place> {
    let body = bytes.get(at..)?;
    let fields = Fields::new(body, true);
    let (cpu, kind, count, size) = (fields.u32(4)?, fields.u32(12)?, fields.u32(16)?, fields.u32(20)?);
    let known = matches!(cpu, 7 | 12 | 0x0100_0007 | 0x0100_000c | 0x0200_000c);
    if !known || !(1..=12).contains(&kind) || count == 0 || count > 4096 || u64::from(size) < u64::from(count) * 8 {
        return None;
    }
    let image = crate::parse::macho::parse_one(body).ok()?;
    spend(work, count as usize + image.imports.len() + image.exports.len());
    let end = image.segments.iter().map(|s| s.file.0.saturating_add(s.file.1)).max()?;
    (end != 0 && end <= body.len() as u64).then_some((at as u64, end, FileKind::MachO))
}

/// From the first local header to the end record behind it.
fn zip(bytes: &[u8], at: usize, ends: &[usize]) -> Option<Place> {
    let body = bytes.get(at..)?;
    let fields = Fields::new(body, true);
    let (version, method, name) = (fields.u16(4)?, fields.u16(8)?, fields.u16(26)?);
    let known = matches!(method, 0 | 8 | 9 | 12 | 14 | 93 | 95 | 98 | 99);
    let text = fields.range(30, u64::from(name))?;
    if version & 0xff > 63 || !known || name == 0 || text.iter().any(|b| *b < 0x20) {
        return None;
    }
    // The end record names the size and place of the directory; they must meet.
    let next = ends.partition_point(|e| *e <= at);
    let end = ends.iter().skip(next).take(64).find_map(|end| {
        let end = end.checked_sub(at)?;
        let record = Fields::new(body.get(end..)?, true);
        let (size, comment) = (u64::from(record.u32(12)?), u64::from(record.u16(20)?));
        let directory = (end as u64).checked_sub(size)?;
        let starts = size == 0 || Fields::new(body, true).range(directory, 4) == Some(&b"PK\x01\x02"[..]);
        starts.then_some(end as u64 + 22 + comment)
    })?;
    Some((at as u64, end, FileKind::Zip))
}

/// Version 0, and a start header whose checksum holds; it names where the last header ends.
fn seven_zip(bytes: &[u8], at: usize) -> Option<Place> {
    let fields = Fields::new(bytes.get(at..)?, true);
    let mut crc = flate2::Crc::new();
    crc.update(fields.range(12, 20)?);
    if fields.u8(6)? != 0 || fields.u32(8)? != crc.sum() {
        return None;
    }
    let end = 32u64.checked_add(fields.u64(12)?)?.checked_add(fields.u64(20)?)?;
    Some((at as u64, end, FileKind::SevenZip))
}

/// A head without reserved flags, and data that inflates.
fn gzip(bytes: &[u8], at: usize, work: &mut u64) -> Option<Place> {
    let body = bytes.get(at..)?;
    let fields = Fields::new(body, true);
    let (flags, extra_flags, system) = (fields.u8(3)?, fields.u8(8)?, fields.u8(9)?);
    if flags & 0xe0 != 0 || !matches!(extra_flags, 0 | 2 | 4) || !(system <= 13 || system == 255) {
        return None;
    }
    let mut data = 10u64;
    if flags & 4 != 0 {
        data += 2 + u64::from(fields.u16(data)?);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            data += fields.text(data, 1 << 12)?.len() as u64 + 1;
        }
    }
    data += if flags & 2 != 0 { 2 } else { 0 };
    let packed = fields.available(data, INFLATE_MAX);
    let mut inflate = Decompress::new(false);
    let mut scratch = vec![0; 1 << 16];
    *work = work.saturating_sub(scratch.len() as u64 / 16);
    // A few bytes of noise can inflate by chance; a hundred do not.
    loop {
        let (before, made) = (inflate.total_in(), inflate.total_out());
        let input = packed.get(usize::try_from(before).ok()?..)?;
        let status = inflate.decompress(input, &mut scratch, FlushDecompress::None).ok()?;
        *work = work.saturating_sub((inflate.total_in() - before) + (inflate.total_out() - made));
        if status == Status::StreamEnd {
            let end = data + inflate.total_in();
            let same = fields.u32(end + 4) == Some(inflate.total_out() as u32);
            return same.then_some((at as u64, end + 8, FileKind::Gzip));
        }
        if (inflate.total_in(), inflate.total_out()) == (before, made) || *work == 0 {
            let believable = inflate.total_out() > 4096;
            return believable.then_some((at as u64, u64::MAX, FileKind::Gzip));
        }
    }
}

/// A stream header with its checksum, up to a stream footer with the same flags and its checksum.
/// <https://tukaani.org/xz/xz-file-format.txt>, 2.1.
fn xz(bytes: &[u8], at: usize) -> Option<Place> {
    let body = bytes.get(at..)?;
    let flags = body.get(6..8)?;
    let sum = |data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        crc.sum()
    };
    if Fields::new(body, true).u32(8)? != sum(flags) {
        return None;
    }
    let end = memchr::memmem::find_iter(body, b"YZ").find(|end| {
        // Checksum, size of the index, flags, magic; the stream is a multiple of four bytes.
        let Some(footer) = end.checked_sub(10).and_then(|f| body.get(f..*end)) else { return false };
        let (said, rest) = footer.split_at_checked(4).unwrap_or_default();
        (end + 2) % 4 == 0 && rest.ends_with(flags) && Fields::new(said, true).u32(0) == Some(sum(rest))
    });
    Some((at as u64, end.map_or(u64::MAX, |e| e as u64 + 2), FileKind::Xz))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder};

    fn surrounded(inside: &[u8]) -> (Vec<u8>, usize) {
        let mut bytes = vec![0xaa; 100];
        bytes.extend_from_slice(inside);
        bytes.extend([0xaa; 100]);
        (bytes, inside.len())
    }

    fn zip_ends(bytes: &[u8]) -> Vec<usize> {
        memchr::memmem::find_iter(bytes, b"PK\x05\x06").collect()
    }

    #[track_caller]
    fn exact(inside: &[u8], marker: Marker, marker_at: usize, kind: FileKind) {
        let (bytes, len) = surrounded(inside);
        let found = Ruler::new(&bytes, zip_ends(&bytes)).inner(marker, 100 + marker_at);
        assert_eq!(found, Some(Inner { offset: 100, len: len as u64, kind }));
        for cut in 0..60 {
            Ruler::new(&bytes[..100 + cut], vec![]).inner(marker, 100 + marker_at);
        }
    }

    #[test]
    fn every_format_is_measured() {
        let elf = ElfBuilder::program().build();
        exact(&elf, Marker::Elf, 0, FileKind::Elf);
        exact(&PeBuilder::program().build(), Marker::Pe, 0x40, FileKind::Pe);
        exact(&MachBuilder::library().build(), Marker::MachO, 0, FileKind::MachO);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&elf).unwrap();
        exact(&gz.finish().unwrap(), Marker::Gzip, 0, FileKind::Gzip);
        let mut local = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
        local.resize(26, 0);
        local.extend(b"\x01\0\0\0x");
        let directory = [&b"PK\x01\x02"[..], &[0; 43]].concat();
        let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0".to_vec();
        end.extend((directory.len() as u32).to_le_bytes());
        end.extend((local.len() as u32).to_le_bytes());
        end.extend([0, 0]);
        exact(&[local, directory, end].concat(), Marker::Zip, 0, FileKind::Zip);
    }

    #[test]
    fn a_literal_is_no_file() {
        let (bytes, _) =
            surrounded(b"\x7fELF\x02\x01\x01 and PE\0\0 and \x1f\x8b\x08\0\0\0\0\0\0\x03 and PK\x03\x04\x14\0");
        for (marker, text) in
            [(Marker::Elf, &b"\x7fELF"[..]), (Marker::Pe, b"PE\0\0"), (Marker::Gzip, b"\x1f\x8b"), (Marker::Zip, b"PK")]
        {
            let at = memchr::memmem::find(&bytes, text).unwrap();
            assert_eq!(Ruler::new(&bytes, vec![]).inner(marker, at), None, "{marker:?}");
        }
    }
}
