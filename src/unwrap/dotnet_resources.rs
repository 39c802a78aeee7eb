//! Files that managed code carries: the manifest resources of an assembly, and the byte values of `.resources` files,
//! which are containers of named values.
//!
//! Programs carry pictures, texts and settings that way; Costura and its kin carry other assemblies, deflated, which
//! are unpacked here too. Known uses: loaders keep their payload in a resource.
//!
//! Sources of the formats: ECMA-335 II.24.3.6 and II.22.24; `ResourceReader` of dotnet/runtime.

use super::dotnet::{Handed, inflate};
use super::entry_name::shown;
use super::{Entries, Input, Wrapper};
use crate::model::{ByteView, FileKind, Gap, GapReason};
use crate::parse::dotnet::Metadata;
use crate::parse::fields::Fields;

/// Opens them.
pub(super) struct DotNetResources;

impl Wrapper for DotNetResources {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pe, FileKind::Data]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        if input.view.starts_with(&MAGIC) {
            return container(input.view, out);
        }
        let Some(Ok(pe)) = input.file.pe() else { return Ok(()) };
        // Metadata that cannot be read is told by the heuristic that reads all of it.
        let Some(Ok(metadata)) = Metadata::of(pe, input.file.bytes()) else { return Ok(()) };
        let mut handed = Handed::of(input.view);
        for resource in metadata.resources() {
            let name = shown(resource.name);
            let range = match resource.place {
                Ok(range) => range,
                Err(why) => {
                    out.gaps.push(Gap::malformed(why).at(name));
                    continue;
                }
            };
            let (Ok(start), Ok(end)) = (usize::try_from(range.start), usize::try_from(range.end)) else { continue };
            handed.add(range.end - range.start)?;
            let woven = name.starts_with("costura.").then(|| name.strip_suffix(".compressed")).flatten();
            match (woven, input.view.slice(start..end)) {
                (Some(name), Some(packed)) => {
                    out.account(start..end);
                    out.deferred("dotnet-resource", name, move |budget| inflate(&packed, None, budget))?;
                }
                _ if start < end => out.part("dotnet-resource", &name, input.view, start..end)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The first four bytes of a `.resources` file, and the first of a resource set.
const MAGIC: [u8; 4] = [0xce, 0xca, 0xef, 0xbe];
/// Types of values that are files or parts of such.
const BYTES: u64 = 0x20;
const STREAM: u64 = 0x21;

/// A `.resources` file: a header that names its reader, type names, hashes and places of the names, then the names
/// (UTF-16, each with the place of its value), then the values.
fn container(view: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
    let fields = Fields::new(view, true);
    let broken = |what: &str| Gap::malformed(format!("a .resources file whose {what} cannot be read"));
    let skip = u64::from(fields.u32(8).ok_or_else(|| broken("header"))?);
    let mut at = 12u64.saturating_add(skip);
    let head = |at: u64| Some((fields.u32(at)?, fields.u32(at + 4)?, fields.u32(at + 8)?));
    let (version, count, types) = head(at).ok_or_else(|| broken("header"))?;
    if !matches!(version, 1 | 2) {
        let what = format!("a .resources file of version {version}, which is not opened by this version");
        return Err(Gap::new(GapReason::Unsupported, what));
    }
    at += 12;
    // Version 1 has its types in the list and no numbers for them; it went out of use with .NET 1.
    if version == 1 {
        return Err(Gap::new(GapReason::Unsupported, "a .resources file of version 1: its values were not cut out"));
    }
    for _ in 0..types {
        let (len, head) = number(&fields, at).ok_or_else(|| broken("list of types"))?;
        at = at.saturating_add(head).saturating_add(len);
    }
    at = at.next_multiple_of(8);
    let count = u64::from(count);
    let places = at.saturating_add(count.saturating_mul(4));
    let names = places.saturating_add(count.saturating_mul(4)).saturating_add(4);
    if names > fields.len() {
        return Err(broken("list of names"));
    }
    let values = u64::from(fields.u32(names - 4).unwrap_or(0));
    let (mut lost, mut handed) = (0u64, Handed::of(view));
    for i in 0..count {
        if i.is_multiple_of(1024) {
            out.budget().check_time()?;
        }
        let Some((name, start, len)) = entry(&fields, places + 4 * i, names, values) else {
            lost += 1;
            continue;
        };
        let (Ok(start), Ok(len)) = (usize::try_from(start), usize::try_from(len)) else { continue };
        // The raw values stay part of the container as well: they may overlap, and nothing says that they are apart.
        if let Some(part) = view.slice(start..start.saturating_add(len)).filter(|p| p.len() >= 16) {
            handed.add(part.len() as u64)?;
            out.member("dotnet-resource", &name, part)?;
        }
    }
    if lost > 0 {
        return Err(Gap::malformed(format!("{lost} of {count} values of a .resources file lie outside of it")));
    }
    Ok(())
}

/// The name of one entry and where its value's bytes are; no bytes for numbers and texts.
fn entry(fields: &Fields<'_>, place: u64, names: u64, values: u64) -> Option<(String, u64, u64)> {
    let at = names.checked_add(u64::from(fields.u32(place)?))?;
    let (len, head) = number(fields, at)?;
    let start = at.checked_add(head)?;
    let name = fields.range(start, len.min(1024))?;
    let units = name.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied().map(u16::from_le_bytes));
    let name: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    let value = values.checked_add(u64::from(fields.u32(start.checked_add(len)?)?))?;
    let (kind, head) = number(fields, value)?;
    let body = value.checked_add(head)?;
    let (start, len) = match kind {
        BYTES | STREAM => (body.checked_add(4)?, u64::from(fields.u32(body)?)),
        // Numbers, texts and serialised objects, which have no length, stay bytes of the container.
        _ => (body, 0),
    };
    fields.range(start, len)?;
    Some((shown(name.as_bytes()), start, len))
}

/// A number with seven bits to a byte, and its bytes.
fn number(fields: &Fields<'_>, at: u64) -> Option<(u64, u64)> {
    let mut value = 0u64;
    for i in 0..5 {
        let byte = fields.u8(at.checked_add(i)?)?;
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((value, i + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;
    use crate::parse::dotnet::testing::Assembly;
    use std::io::Write as _;

    fn string(out: &mut Vec<u8>, text: &str) {
        out.push(text.len() as u8);
        out.extend_from_slice(text.as_bytes());
    }

    /// A `.resources` file of version 2: byte values, and one text.
    fn resources(values: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut reader = Vec::new();
        string(&mut reader, "System.Resources.ResourceReader, mscorlib");
        string(&mut reader, "System.Resources.RuntimeResourceSet");
        [1, reader.len() as u32].iter().for_each(|v| out.extend(v.to_le_bytes()));
        out.extend(reader);
        let count = values.len() as u32 + 1;
        [2, count, 1].iter().for_each(|v| out.extend(v.to_le_bytes()));
        string(&mut out, "A.Type");
        out.resize(out.len().next_multiple_of(8), b'P');
        out.resize(out.len() + 4 * count as usize, 0x11);
        let (mut names, mut data) = (Vec::new(), Vec::new());
        let mut name = |out: &mut Vec<u8>, name: &str, data: &Vec<u8>| {
            out.extend((names.len() as u32).to_le_bytes());
            names.push(2 * name.len() as u8);
            names.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            names.extend((data.len() as u32).to_le_bytes());
        };
        name(&mut out, "words", &data);
        data.push(1);
        string(&mut data, "a text");
        for (key, value) in values {
            name(&mut out, key, &data);
            data.push(0x20);
            data.extend((value.len() as u32).to_le_bytes());
            data.extend_from_slice(value);
        }
        let section = out.len() + 4 + names.len();
        out.extend((section as u32).to_le_bytes());
        out.extend(names);
        out.extend(data);
        out
    }

    #[test]
    fn values_of_a_resource_file_are_children() {
        let bytes = resources(&[("payload", &[7; 100]), ("tiny", b"x")]);
        let seen = open(&DotNetResources, FileKind::Data, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["payload"]);
        assert_eq!(seen.content("payload"), [7; 100]);
        let cut = open(&DotNetResources, FileKind::Data, &bytes[..bytes.len() - 20]);
        assert!(cut.broken().detail.contains("2 of 3 values"), "{}", cut.broken());
        let mut old = bytes;
        let at = old.windows(4).position(|w| w == b"Type").unwrap() - 2 - 13;
        assert_eq!(old[at], 2);
        old[at] = 9;
        assert_eq!(open(&DotNetResources, FileKind::Data, &old).broken().reason, GapReason::Unsupported);
    }

    #[test]
    fn other_data_is_not_looked_into() {
        let seen = open(&DotNetResources, FileKind::Data, b"any data");
        assert!(seen.result.is_ok() && seen.children.is_empty());
    }

    #[test]
    fn resources_of_an_assembly_are_children() {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"MZ an assembly").unwrap();
        let woven = encoder.finish().unwrap();
        let assembly = Assembly {
            resources: vec![("a/b.js", b"eval(1)".to_vec()), ("costura.x.dll.compressed", woven)],
            ..Assembly::default()
        };
        let bytes = assembly.build();
        let seen = open(&DotNetResources, FileKind::Pe, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
        assert_eq!(seen.names(), ["a/b.js", "costura.x.dll"]);
        assert_eq!(seen.content("a/b.js"), b"eval(1)");
        assert_eq!(seen.content("costura.x.dll"), b"MZ an assembly");
        assert_eq!(seen.accounted.len(), 2);
        survive(&DotNetResources, FileKind::Pe, &bytes);
    }

    #[test]
    fn resources_outside_are_gaps() {
        let assembly = Assembly { resources: vec![("x", b"1234".to_vec())], ..Assembly::default() };
        let mut bytes = assembly.build();
        let at = memchr::memmem::find(&bytes, b"\x04\0\0\x001234").unwrap();
        bytes[at + 3] = 0x7f;
        let seen = open(&DotNetResources, FileKind::Pe, &bytes);
        assert_eq!(seen.gaps.len(), 1);
        assert_eq!(seen.gaps[0].entry, "x");
    }

    #[test]
    fn broken_resource_files_are_survived() {
        survive(&DotNetResources, FileKind::Data, &resources(&[("payload", &[7; 100]), ("other", &[8; 60])]));
    }
}
