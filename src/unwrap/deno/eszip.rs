//! eszip 2: the modules of a Deno program in one file. All numbers are big-endian.
//!
//! ```text
//! "ESZIP_V2" | "ESZIP2.1" | "ESZIP2.2" | "ESZIP2.3"
//! from 2.2: u32 n, n / 2 x (u8 option, u8 value): 0 checksum, 1 its size | checksum
//! u32 n, entries: u32 n, specifier, u8 kind: 0 module: u32 offset and length of the source, u32 offset and length of the
//!   source map, u8 type; 1 redirect: u32 n, target; 2 npm package: u32 id | checksum
//! from 2.1: u32 n, npm snapshot | checksum
//! u32 n, sources, each with its checksum behind it
//! u32 n, source maps, likewise
//! ```
//!
//! Checksums are SHA-256 (32 bytes) before 2.2. Source: denoland/eszip `src/v2.rs`.

use std::ops::Range;

use super::super::carrier::shown;
use super::super::carrier::{self, Reader};
use super::super::ledger::Ledger;
use super::super::{Entries, Input};
use super::FORMAT;
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;

/// Most modules that are read.
const MODULES_MAX: usize = 1 << 18;

/// A module: specifier, and offset and length of its source and its source map.
struct Module {
    specifier: Range<usize>,
    source: (u32, u32),
    source_map: (u32, u32),
    kind: u8,
}

struct Archive {
    modules: Vec<Module>,
    sources: Range<usize>,
    source_maps: Range<usize>,
    checksum: u64,
    end: usize,
}

/// Emits every module of the archive in a range of the file.
pub(super) fn open(input: &Input<'_, '_>, out: &mut Entries<'_>, range: Range<usize>) -> Result<(), Gap> {
    let fields = Fields::new(input.view, false);
    let Some(archive) = Archive::read(fields, &range) else {
        let why = Gap::malformed("the eszip in the Deno executable cannot be read: it was only scanned as raw bytes");
        return carrier::unread(FORMAT, "modules.eszip", input.view, range, out, why);
    };
    let mut sources = Ledger::new(archive.sources);
    let mut maps = Ledger::new(archive.source_maps);
    for module in &archive.modules {
        let specifier = shown(input.view.get(module.specifier.clone()).unwrap_or_default());
        let name = if module.kind == 0 { carrier::script_name(specifier) } else { specifier };
        for (ledger, (offset, len), name) in
            [(&mut sources, module.source, name.clone()), (&mut maps, module.source_map, format!("{name}.map"))]
        {
            if len == 0 {
                continue;
            }
            let (offset, len) = (u64::from(offset), u64::from(len));
            // The checksum behind it is no one else's.
            let claimed = ledger.claim(offset, len.saturating_add(archive.checksum));
            match claimed {
                Ok(claimed) => {
                    let end = claimed.start.saturating_add(usize::try_from(len).unwrap_or(0));
                    out.part(FORMAT, &name, input.view, claimed.start..end)?;
                }
                Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
                Err(gap) => out.gaps.push(gap.at(name)),
            }
        }
    }
    sources.settle(input.view, out)?;
    maps.settle(input.view, out)?;
    let rest = archive.end..range.end;
    if input.view.get(rest.clone()).is_some_and(|b| b.iter().any(|b| *b != 0)) {
        out.part(FORMAT, "rest", input.view, rest)?;
    }
    Ok(())
}

impl Archive {
    fn read(fields: Fields<'_>, range: &Range<usize>) -> Option<Self> {
        let mut reader = Reader::new(fields, range.start as u64, range.end as u64);
        let version = match reader.bytes(8)? {
            b"ESZIP_V2" => 0,
            b"ESZIP2.1" => 1,
            b"ESZIP2.2" => 2,
            b"ESZIP2.3" => 3,
            _ => return None,
        };
        let mut checksum = 32;
        if version >= 2 {
            let options = reader.short()?;
            let options = fields.range(options.start as u64, options.len() as u64)?;
            let size = options.chunks_exact(2).rfind(|pair| pair.first() == Some(&1));
            checksum = size.and_then(|pair| pair.last()).map_or(0, |size| u64::from(*size));
            reader.bytes(checksum)?;
        }
        let header = reader.short()?;
        reader.bytes(checksum)?;
        let modules = modules(Reader::new(fields, header.start as u64, header.end as u64))?;
        if version >= 1 {
            reader.short()?;
            reader.bytes(checksum)?;
        }
        let sources = reader.short()?;
        // Nothing follows in an archive that was cut behind its sources.
        let source_maps = reader.short().unwrap_or(sources.end..sources.end);
        let end = source_maps.end;
        Some(Self { modules, sources, source_maps, checksum, end })
    }
}

fn modules(mut reader: Reader<'_>) -> Option<Vec<Module>> {
    let mut modules = Vec::new();
    while reader.left() > 0 {
        let specifier = reader.short()?;
        match reader.u8()? {
            0 => {
                let (source, source_map) = ((reader.u32()?, reader.u32()?), (reader.u32()?, reader.u32()?));
                modules.push(Module { specifier, source, source_map, kind: reader.u8()? });
            }
            1 => {
                reader.short()?;
            }
            2 => {
                reader.u32()?;
            }
            _ => return None,
        }
        if modules.len() > MODULES_MAX {
            return None;
        }
    }
    Some(modules)
}
