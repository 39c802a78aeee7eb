//! Node single executable applications: a blob with the main script and its assets inside a `node` executable.
//!
//! The blob lies where `postject` put it: in an ELF note `NODE_SEA_BLOB`, in a PE resource of that name, in the section
//! `__NODE_SEA_BLOB` of the Mach-O segment `NODE_SEA`. The runtime looks for it when its fuse ends in `:1`; every `node`
//! holds the fuse with `:0` and the blob's name, so only both together count. Before it is put there, or beside a program that
//! is put together on the user's machine, the blob is a file of its own (`sea-prep.blob`).
//!
//! Layout: Node's `src/node_sea.cc`.

mod blob;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::blob::Blob;
use super::carrier::shown;
use super::{Entries, Input, Wrapper, carrier, stream};
use crate::model::{Capability, Evidence, Fact, FileKind, Gap, GapReason, Span};
use crate::parse::Parsed;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct NodeSea;

const FORMAT: &str = "node-sea";
const NOTE: &[u8] = b"NODE_SEA_BLOB\0";

impl Wrapper for NodeSea {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Elf, FileKind::Pe, FileKind::MachO, FileKind::MachOFat, FileKind::Data]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        if input.kind == FileKind::Data {
            let magic = carrier::fields(input.file).u32(0);
            return if magic == Some(blob::MAGIC) { open(input, out, 0..input.view.len()) } else { Ok(()) };
        }
        let Some(fuse) = input.file.markers().of(Marker::NodeSea).next() else { return Ok(()) };
        out.wrapped("Node SEA", fuse as u64);
        let places = carrier::few(find(input.file), out);
        if places.is_empty() {
            return Err(Gap::malformed(
                "the fuse of a Node single executable is on, but there is no NODE_SEA_BLOB in it",
            ));
        }
        let size = input.view.len();
        let mut first = Ok(());
        for (start, len) in places {
            let Some(range) = carrier::range(start, len).filter(|r| r.start <= size) else { continue };
            let result = open(input, out, range);
            if first.is_ok() {
                first = result;
            }
        }
        first
    }
}

/// Start and promised length of each blob: one, or one for each architecture of a fat Mach-O file.
fn find(file: &Parsed<'_>) -> Vec<(u64, u64)> {
    let mut places: Vec<_> =
        carrier::elf_notes(file).iter().filter(|n| n.name == NOTE).map(|n| (n.start, n.len)).collect();
    let fields = carrier::fields(file);
    // A resource is known by its content: its name stands in a table of its own.
    let resources = carrier::raw_resources(file).into_iter();
    places.extend(resources.filter(|(at, _)| fields.u32(*at) == Some(blob::MAGIC)));
    places.extend(carrier::mach_sections(file, b"NODE_SEA", b"__NODE_SEA_BLOB"));
    places.extend(carrier::mach_sections(file, b"__POSTJECT", b"__NODE_SEA_BLOB"));
    if !places.is_empty() {
        return places;
    }
    // Without usable program headers: the note's name behind a header that fits it. The name alone is in every node.
    for at in file.view().places_of(NOTE).map(|at| at as u64) {
        let Some(head) = at.checked_sub(12) else { continue };
        let (name, len, kind) = (fields.u32(head), fields.u32(head + 4), fields.u32(head + 8));
        let start = at.saturating_add(16);
        if name == Some(NOTE.len() as u32) && kind == Some(0) && fields.u32(start) == Some(blob::MAGIC) {
            places.extend(len.map(|len| (start, u64::from(len))));
        }
    }
    places
}

/// Emits what is in one blob.
fn open(input: &Input<'_, '_>, out: &mut Entries<'_>, range: Range<usize>) -> Result<(), Gap> {
    let (view, fields) = (input.view, carrier::fields(input.file));
    let there = range.start..range.end.min(view.len());
    let Some(blob) = Blob::parse(fields, there.clone()) else {
        let why = Gap::malformed(
            "the header of the single executable's blob cannot be read: it was only scanned as raw bytes",
        );
        return carrier::unread(FORMAT, "NODE_SEA_BLOB", view, there, out, why);
    };
    let at = there.start as u64;
    let text = |range: &Range<usize>| shown(view.get(range.clone()).unwrap_or_default());
    let unknown = blob.flags & !blob::KNOWN;
    if unknown != 0 {
        let detail =
            format!("bits {unknown:#x} of the blob's flags are not known: what they stand for is not looked at");
        out.gaps.push(Gap::new(GapReason::Unsupported, detail));
    }
    out.facts.extend(
        blob.arguments
            .iter()
            .map(|arg| Fact::has(Capability::Native, format!("node argument {}", text(arg)), arg.start as u64)),
    );
    if let Some(word) = blob.more_arguments() {
        out.facts.push(Fact::has(Capability::Native, word, at));
    }
    let path = text(&blob.path);
    let name = if path.is_empty() { "main".to_owned() } else { path };
    if blob.is_snapshot() {
        out.part(FORMAT, &format!("{name}.v8-snapshot"), view, blob.main.clone())?;
        let detail = "V8 snapshot, no source: its text constants were looked at, its logic was not";
        out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(name.clone()));
    } else {
        out.part(FORMAT, &carrier::script_name(name.clone()), view, blob.main.clone())?;
    }
    if let Some(cache) = blob.code_cache {
        // V8 runs it in place of the source, of which it only compares the length.
        out.facts.push(Fact::has(Capability::Native, "node single executable with V8 code cache", cache.start as u64));
        out.part(FORMAT, &format!("{name}.v8-cache"), view, cache)?;
    }
    let asset = |name: &str| blob.assets.iter().find(|(key, _)| text(key) == name).map(|(_, content)| content.clone());
    let pkg = asset("__pkg_manifest__").zip(asset("__pkg_archive__"));
    for (key, content) in &blob.assets {
        // The files of a program that pkg made, which are told apart below.
        if pkg.as_ref().is_none_or(|(_, archive)| archive != content) {
            out.part(FORMAT, &text(key), view, content.clone())?;
        }
    }
    if let Some((manifest, archive)) = pkg {
        super::pkg::sea::open(view, out, view.get(manifest).unwrap_or_default(), archive)?;
    }
    let rest = blob.end..there.end;
    if let Some(why) = blob.broken {
        return carrier::unread(FORMAT, "NODE_SEA_BLOB.rest", view, rest, out, why);
    }
    if range.end > there.end {
        let detail = format!("the blob is cut off: {} bytes promised, {} present", range.len(), there.len());
        return Err(Gap::malformed(detail));
    }
    let Some(behind) = view.slice(rest.clone()).filter(|b| b.iter().any(|b| *b != 0)) else { return Ok(()) };
    let mut evidence = Evidence::at(view, rest.start, rest.len());
    evidence.span = Some(Span::bytes(rest.start as u64, rest.len() as u64));
    evidence.note = format!("{} of the blob's {} bytes", rest.len(), range.len());
    out.findings.push(stream::TRAILING_BYTES.finding(evidence));
    out.account(rest.clone());
    out.bytes("trailing".to_owned(), rest.start as u64, behind)
}
