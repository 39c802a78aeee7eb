//! Whether an executable is packed with UPX, and whether its marks were changed afterwards.

use goblin::elf::program_header::PT_LOAD;

use crate::model::FileKind;
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// How a file is packed with UPX.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// As UPX writes it; where its mark stands.
    Plain(u64),
    /// With its marks changed; where, and what was changed.
    Altered(u64, String),
}

impl Mark {
    /// Where it stands.
    pub(super) fn offset(&self) -> u64 {
        match self {
            Self::Plain(at) | Self::Altered(at, _) => *at,
        }
    }
}

/// Whether a file is packed with UPX, and in what form.
pub(crate) fn find(file: &Parsed<'_>) -> Option<Mark> {
    if let Some(Ok(elf)) = file.elf() {
        return in_elf(file, elf);
    }
    let images = file.images();
    let mut regions = images.iter().flat_map(|i| &i.regions);
    let named = images.iter().any(|i| {
        let starts = |name: &[u8]| i.regions.iter().any(|r| r.name.starts_with(name));
        starts(b"UPX0") && starts(b"UPX1") || starts(b"upxTEXT")
    });
    // The PE unpacker's header stands just before the first section's data.
    let mark = file.markers().of(Marker::Upx).find(|at| *at < 0x1000).map(|at| at as u64);
    match (named, mark) {
        (true, Some(at)) => Some(Mark::Plain(at)),
        (true, None) if file.kind() == FileKind::Pe => {
            Some(Mark::Altered(0, "sections UPX0 and UPX1 without the UPX! header".to_owned()))
        }
        (true, None) => file.markers().of(Marker::Upx).next().map(|at| Mark::Plain(at as u64)),
        (false, Some(at)) if regions.any(|r| r.execute && r.write && r.len == 0) => {
            Some(Mark::Altered(at, "UPX! header with renamed sections".to_owned()))
        }
        (false, _) => None,
    }
}

/// UPX puts `l_info` (checksum, magic, size, version, format), `p_info` (id, file size, block size) and the first
/// `b_info` (unpacked size, packed size, method) behind the program headers.
fn in_elf(file: &Parsed<'_>, elf: &Elf<'_>) -> Option<Mark> {
    if !elf.sections.is_empty() || elf.segments.len() > 32 {
        return None;
    }
    let little = elf.header.e_ident.get(5) == Some(&1);
    let fields = Fields::new(file.bytes(), little);
    let at = elf.header.e_phoff.checked_add(u64::from(elf.header.e_phentsize) * u64::from(elf.header.e_phnum))?;
    // Shared libraries carry the headers further on; the pack header at the end tells where.
    let marks = file.markers();
    let near = marks.of(Marker::Upx).find(|place| (*place as u64).abs_diff(at) < 0x400);
    let told = || {
        let place = u64::from(fields.u32(fields.len().checked_sub(4)?)?).checked_sub(8)?;
        let trailer = fields.range(fields.len().checked_sub(36)?, 4)? == b"UPX!";
        (trailer && fields.range(place, 4)? == b"UPX!").then_some(place)
    };
    if let Some(place) = near.map(|at| at as u64).or_else(told) {
        return Some(Mark::Plain(place));
    }
    if elf.segments.len() > 8 {
        return None;
    }
    let (whole, block) = (fields.u32(at.checked_add(16)?)?, fields.u32(at.checked_add(20)?)?);
    let (unpacked, packed) = (fields.u32(at.checked_add(24)?)?, fields.u32(at.checked_add(28)?)?);
    let method = fields.u8(at.checked_add(32)?)?;
    let size = fields.len();
    let loaded = elf.segments.iter().filter(|s| s.p_type == PT_LOAD).count();
    // The first block is the program's own header and segment table; of old versions the blocks are as long as the file.
    let (header, row) = if elf.wide { (64, 56) } else { (52, 32) };
    let is_table = unpacked.checked_sub(header).is_some_and(|rows| rows % row == 0);
    let plausible = (block == whole || block < whole && is_table)
        && u64::from(whole) > size / 2
        && unpacked != 0
        && unpacked <= block
        && packed != 0
        && packed <= unpacked
        && u64::from(packed) < size
        && (2..=15).contains(&method)
        && loaded >= 2;
    if plausible {
        return Some(Mark::Altered(at, "UPX's block headers without the UPX! magic".to_owned()));
    }
    // The sizes are often overwritten with zeros together with the magic; the trailer or the stub's text remains.
    if !(2..=3).contains(&loaded) {
        return None;
    }
    if let Some(mark) = marks.of(Marker::Upx).next() {
        return Some(Mark::Altered(mark as u64, "UPX! not where UPX writes it".to_owned()));
    }
    let stub = file.view().places_of(b"This file is packed with the UPX executable packer").next()?;
    Some(Mark::Altered(stub as u64, "UPX's text without the UPX! magic".to_owned()))
}
