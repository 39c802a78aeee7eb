//! xar archives: macOS installer packages (`.pkg`).
//!
//! A header (size, version, lengths of the table of contents), the table as XML packed with zlib, and the heap with the
//! files' bytes. Payloads of installers are gzip or `pbzx` (xz in pieces) around cpio; both re-enter as children.
//!
//! Format: <https://github.com/mackyle/xar/wiki/xarformat>.

use flate2::Decompress;
use lzma_rust2::{Action, XzStream};

use super::stream::{self, CHUNK, DICTIONARY_MAX, Decoded, Pushed};
use super::{Entries, Input, Produced, Wrapper, xz};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::xml::{self, Token, Tokens};

/// Opens them.
pub(super) struct Xar;

/// Longest path that is followed, in bytes.
const PATH_MAX: usize = 4096;
/// Bytes of the longest checksum of a table (SHA-512).
const DIGEST_MAX: u64 = 64;

impl Wrapper for Xar {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Xar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let fields = Fields::new(input.view, false);
        let cut = || Gap::malformed("the header is cut off");
        let (start, len) = (u64::from(fields.u16(4).ok_or_else(cut)?), fields.u64(8).ok_or_else(cut)?);
        let heap = start.saturating_add(len);
        let packed = fields.range(start, len).ok_or_else(|| Gap::malformed("the table of contents is cut off"))?;
        let mut table = out.budget().meter();
        let read = inflate(packed, &mut table);
        let mut end = heap;
        // What could be read of the table is used.
        let (files, sums) = files(table.bytes());
        out.member("xar", "toc.xml", table.finish())?;
        for file in files {
            end = end.max(emit(input, heap, file, out)?);
        }
        for sum in sums {
            end = end.max(spare(input, heap, sum, out)?);
        }
        read?;
        stream::trailing(input, out, usize::try_from(end).unwrap_or(usize::MAX).min(input.view.len()))
    }
}

/// A file of the table.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    path: String,
    offset: Option<u64>,
    /// Packed bytes.
    len: Option<u64>,
    style: String,
}

/// Gives a file; where it ends.
fn emit(input: &Input<'_, '_>, heap: u64, file: Entry, out: &mut Entries<'_>) -> Result<u64, Gap> {
    let (Some(offset), Some(len)) = (file.offset, file.len) else { return Ok(0) };
    let name = file.path;
    let start = heap.saturating_add(offset);
    let end = start.saturating_add(len);
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok()).map(|(start, end)| start..end);
    let Some(view) = range.clone().and_then(|r| input.view.slice(r)) else {
        out.gaps.push(Gap::malformed(format!("bytes {start}..{end} are not there")).at(name));
        return Ok(0);
    };
    out.account(range.unwrap_or_default());
    match file.style.rsplit('/').next() {
        _ if view.starts_with(b"pbzx") => out.deferred("xar", &name, move |budget| produce(&view, budget, pbzx))?,
        // What they call gzip is zlib.
        Some("x-gzip") if !view.starts_with(b"\x1f\x8b") => {
            out.deferred("xar", &name, move |budget| produce(&view, budget, inflate))?;
        }
        // Stored, or a stream that is known by its magic.
        Some("octet-stream" | "x-gzip" | "x-bzip2" | "x-xz" | "x-lzma" | "") | None => {
            out.member("xar", &name, view)?
        }
        Some(other) => {
            let gap = Gap::new(GapReason::Unsupported, format!("packed with {other}, which is not known"));
            out.gaps.push(gap.at(name.clone()));
            out.member("xar", &name, view)?;
        }
    }
    Ok(end)
}

/// Accounts for the checksum of the table; whatever is no checksum by its length is given like a file. Where it ends.
fn spare(input: &Input<'_, '_>, heap: u64, sum: Entry, out: &mut Entries<'_>) -> Result<u64, Gap> {
    let (Some(offset), Some(len)) = (sum.offset, sum.len) else { return Ok(0) };
    if len > DIGEST_MAX {
        return emit(input, heap, sum, out);
    }
    let start = heap.saturating_add(offset);
    let range = usize::try_from(start).ok().zip(usize::try_from(start.saturating_add(len)).ok()).map(|(s, e)| s..e);
    let Some(range) = range.filter(|r| input.view.get(r.clone()).is_some()) else { return Ok(0) };
    out.account(range);
    Ok(start.saturating_add(len))
}

fn produce(view: &ByteView, budget: &Budget, decode: impl Fn(&[u8], &mut Meter<'_>) -> Result<(), Gap>) -> Produced {
    let mut meter = budget.meter();
    match decode(view, &mut meter) {
        Ok(()) => Produced::whole(meter.finish()),
        Err(gap) => Produced::partial(meter.finish(), gap),
    }
}

/// The files that a table of contents names, and what else of the heap it does: its checksum and signatures.
fn files(table: &[u8]) -> (Vec<Entry>, Vec<Entry>) {
    let mut files: Vec<Entry> = Vec::new();
    let mut sums: Vec<Entry> = Vec::new();
    // Open elements; of files, where they stand in `files`.
    let mut open: Vec<(&[u8], Option<usize>)> = Vec::new();
    for token in Tokens::new(table) {
        match token {
            Token::Open(name, attributes) => {
                let inside = open.iter().rev().find_map(|(_, file)| *file);
                let mut file = None;
                if name == b"file" {
                    let path = inside.and_then(|i| files.get(i)).map(|f| f.path.clone()).unwrap_or_default();
                    file = Some(files.len());
                    files.push(Entry { path, ..Entry::default() });
                }
                let of_data = open.last().is_some_and(|(name, _)| *name == b"data");
                if name == b"encoding"
                    && of_data
                    && let (Some(style), Some(file)) =
                        (xml::attribute(attributes, "style"), inside.and_then(|i| files.get_mut(i)))
                {
                    file.style = xml::text(style);
                }
                // Files in files are few in honest tables, and paths would grow.
                if open.len() > 128 || files.len() > 1 << 20 {
                    break;
                }
                if matches!(name, b"checksum" | b"signature" | b"x-signature") && inside.is_none() && sums.len() < 8 {
                    sums.push(Entry { path: String::from_utf8_lossy(name).into_owned(), ..Entry::default() });
                }
                open.push((name, file));
            }
            Token::Close(_) => {
                open.pop();
            }
            Token::Text(text) => {
                let mut up = open.iter().rev().map(|(name, _)| *name);
                let (element, parent) = (up.next().unwrap_or_default(), up.next().unwrap_or_default());
                let Some(file) = open.iter().rev().find_map(|(_, f)| *f).and_then(|i| files.get_mut(i)) else {
                    let number = || xml::text(text).parse().ok();
                    match (sums.last_mut(), parent, element) {
                        (Some(sum), b"checksum" | b"signature" | b"x-signature", b"offset") => sum.offset = number(),
                        (Some(sum), b"checksum" | b"signature" | b"x-signature", b"size") => sum.len = number(),
                        _ => {}
                    }
                    continue;
                };
                match (parent, element) {
                    (b"file", b"name") if file.path.len() < PATH_MAX => {
                        if !file.path.is_empty() {
                            file.path.push('/');
                        }
                        file.path.push_str(&xml::text(text));
                    }
                    (b"data", b"offset") => file.offset = xml::text(text).parse().ok(),
                    (b"data", b"length") => file.len = xml::text(text).parse().ok(),
                    _ => {}
                }
            }
        }
    }
    (files, sums)
}

fn inflate(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    super::gzip::inflate_raw(&mut Decompress::new(true), bytes, meter, &mut vec![0; CHUNK]).state
}

/// `pbzx`: a number, then pieces, each with two numbers (size unpacked and packed) and an xz stream, or stored when both
/// are the same.
fn pbzx(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    let fields = Fields::new(bytes, false);
    let mut at = 12u64;
    while at < fields.len() {
        let cut = || Gap::malformed(format!("the piece at {at} is cut off"));
        let len = fields.u64(at.saturating_add(8)).ok_or_else(cut)?;
        let start = at.saturating_add(16);
        let piece = fields.range(start, len).ok_or_else(cut)?;
        if piece.starts_with(b"\xfd7zXZ\0") {
            unxz(piece, meter).state?;
        } else {
            let written = std::io::Write::write_all(meter, piece);
            written.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))?;
        }
        at = start.saturating_add(len);
    }
    Ok(())
}

/// One xz stream.
pub(super) fn unxz(bytes: &[u8], meter: &mut Meter<'_>) -> Decoded {
    let mut decoder = XzStream::new_mem_limit(false, xz::kib(DICTIONARY_MAX));
    stream::pump(bytes, meter, &mut vec![0; CHUNK], stream::careful, |part, last, buffer| {
        let action = if last { Action::Finish } else { Action::Run };
        match decoder.process(part, buffer, action) {
            Ok(r) => {
                Pushed { consumed: r.bytes_consumed, produced: r.bytes_produced, state: Ok(xz::progress(r.status)) }
            }
            Err(e) => Pushed { consumed: 0, produced: 0, state: Err(xz::gap(&e)) },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;
    use std::io::Write as _;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn archive(toc: &str, heap: &[u8]) -> Vec<u8> {
        let packed = zlib(toc.as_bytes());
        let mut bytes = b"xar!\0\x1c\0\x01".to_vec();
        bytes.extend((packed.len() as u64).to_be_bytes());
        bytes.extend((toc.len() as u64).to_be_bytes());
        bytes.extend(1u32.to_be_bytes());
        [bytes, packed, heap.to_vec()].concat()
    }

    fn sample() -> Vec<u8> {
        let script = zlib(b"#!/bin/sh\necho hello\n");
        let pbzx = [&b"pbzx\0\0\0\0\x01\0\0\0"[..], &5u64.to_be_bytes(), &5u64.to_be_bytes(), b"cpio!"].concat();
        let toc = format!(
            "<?xml version=\"1.0\"?><xar><toc><checksum style=\"sha1\"><offset>0</offset><size>20</size></checksum>\
             <file id=\"1\"><name>Scripts</name><type>directory</type><file id=\"2\"><data><length>{}</length>\
             <encoding style=\"application/x-gzip\"/><offset>20</offset><size>21</size></data>\
             <name>pre&amp;install</name></file></file><file id=\"3\"><name>Payload</name><data><offset>{}</offset>\
             <encoding style=\"application/octet-stream\"/><length>{}</length></data></file></toc></xar>",
            script.len(),
            20 + script.len(),
            pbzx.len()
        );
        archive(&toc, &[&[0u8; 20][..], &script, &pbzx].concat())
    }

    #[test]
    fn files_have_their_paths_and_contents() {
        let seen = open(&Xar, FileKind::Xar, &sample());
        assert_eq!(seen.result, Ok(()));
        assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
        assert_eq!(seen.names(), ["toc.xml", "Scripts/pre&install", "Payload"]);
        assert_eq!(seen.content("Scripts/pre&install"), b"#!/bin/sh\necho hello\n");
        assert_eq!(seen.content("Payload"), b"cpio!");
    }

    /// libarchive writes the checksum behind the files.
    #[test]
    fn the_checksum_may_stand_last() {
        let toc = "<xar><toc><checksum style=\"sha1\"><size>20</size><offset>4</offset></checksum><signature style=\"RSA\">\
                   <offset>24</offset><size>80</size></signature><file><name>a</name><data><offset>0</offset>\
                   <length>4</length></data></file></toc></xar>";
        let seen = open(&Xar, FileKind::Xar, &archive(toc, &[&b"text"[..], &[0x78; 20], &[1; 80]].concat()));
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["toc.xml", "a", "signature"]);
        assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    }

    #[test]
    fn lies_are_gaps() {
        let toc = "<xar><toc><file><name>a</name><data><offset>9</offset><length>99</length></data></file></toc></xar>";
        let seen = open(&Xar, FileKind::Xar, &archive(toc, &[0; 20]));
        assert_eq!(seen.gaps[0].entry, "a");
        assert!(open(&Xar, FileKind::Xar, b"xar!\0\x1c\0\x01").result.is_err());
        let whole = sample();
        assert!(open(&Xar, FileKind::Xar, &whole[..40]).result.is_err());
        survive(&Xar, FileKind::Xar, &whole);
    }
}
