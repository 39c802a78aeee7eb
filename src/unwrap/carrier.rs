//! Where single-file runtimes put their program into an executable: a note of an ELF file, a resource of a PE file, a
//! section of its own in a Mach-O file. And a reader for what they wrote there.
//!
//! Layouts: ELF gABI "Note Section" (`postject` and `libsui` append a `PT_NOTE` segment), PE `RT_RCDATA`, Mach-O
//! `LC_SEGMENT_64`.

use std::ops::Range;

use super::{Entries, entry_name};
use crate::model::{ByteView, Gap, GapReason};
use crate::parse::Parsed;
use crate::parse::fields::Fields;

/// Most notes that are read of one file; Fedora's annotated binaries have some thousands.
const NOTES_MAX: usize = 1 << 16;
/// Longest name that is shown, in bytes.
pub(super) const NAME_MAX: usize = 4096;
/// Most objects (or lists) and values of one JSON table: some hundred thousand files with their hashes.
const OBJECTS_MAX: usize = 1 << 20;
const VALUES_MAX: usize = 1 << 23;
/// Most payloads of one file: one for each architecture of a universal program.
const PLACES_MAX: usize = 8;
const PT_NOTE: u32 = 4;
const RT_RCDATA: u32 = 10;

/// One note of an ELF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note<'a> {
    /// Its name with the NUL that ends it.
    pub(super) name: &'a [u8],
    /// Its type.
    pub(super) kind: u32,
    /// First byte of its content.
    pub(super) start: u64,
    /// Promised length of its content in bytes; may reach beyond the file.
    pub(super) len: u64,
}

/// The fields of a file in the byte order that it names; little-endian unless it is a big-endian ELF file.
pub(super) fn fields<'a>(file: &Parsed<'a>) -> Fields<'a> {
    let big = matches!(file.elf(), Some(Ok(elf)) if elf.header.e_ident.get(5) == Some(&2));
    Fields::new(file.bytes(), !big)
}

/// The notes in the `PT_NOTE` segments of an ELF file.
pub(super) fn elf_notes<'a>(file: &Parsed<'a>) -> Vec<Note<'a>> {
    let Some(Ok(elf)) = file.elf() else { return Vec::new() };
    let fields = fields(file);
    let mut notes = Vec::new();
    for segment in elf.segments.iter().filter(|s| s.p_type == PT_NOTE) {
        let align = if segment.p_align == 8 { 8u64 } else { 4 };
        let pad = |n: u64| n.checked_next_multiple_of(align);
        let mut at = segment.p_offset;
        let end = segment.p_offset.saturating_add(segment.p_filesz);
        while at < end && notes.len() < NOTES_MAX {
            let head = (fields.u32(at), fields.u32(at.saturating_add(4)), fields.u32(at.saturating_add(8)));
            let (Some(name_len), Some(len), Some(kind)) = head else { break };
            let name_at = at.saturating_add(12);
            let Some(name) = fields.range(name_at, u64::from(name_len)) else { break };
            // The header is 12 bytes: padding counts from its start.
            let Some(start) = pad(12 + u64::from(name_len)).and_then(|n| at.checked_add(n)) else { break };
            notes.push(Note { name, kind, start, len: u64::from(len) });
            let Some(next) = pad(u64::from(len)).and_then(|n| start.checked_add(n)) else { break };
            at = next;
        }
    }
    notes
}

/// The places of a PE file's raw-data resources.
pub(super) fn raw_resources(file: &Parsed<'_>) -> Vec<(u64, u64)> {
    let Some(Ok(pe)) = file.pe() else { return Vec::new() };
    pe.resources.iter().filter(|r| r.kind == Some(RT_RCDATA)).map(|r| (r.offset, r.len)).collect()
}

/// The places of a section in every image of a Mach-O file.
pub(super) fn mach_sections(file: &Parsed<'_>, segment: &[u8], section: &[u8]) -> Vec<(u64, u64)> {
    let Some(Ok(images)) = file.macho() else { return Vec::new() };
    let mut places = Vec::new();
    for image in images {
        let sections = image.segments.iter().filter(|s| s.name == segment).flat_map(|s| &s.sections);
        for found in sections.filter(|s| s.name == section) {
            places.push((image.start.saturating_add(found.offset), found.len));
        }
    }
    places
}

/// Reads numbers and byte strings one after the other, and never beyond the end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    fields: Fields<'a>,
    at: u64,
    end: u64,
}

impl<'a> Reader<'a> {
    /// Reads `fields` from `at` up to `end`, or to where they end.
    pub(super) fn new(fields: Fields<'a>, at: u64, end: u64) -> Self {
        Self { fields, at, end: end.min(fields.len()) }
    }

    /// Where the next byte is read.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> u64 {
        self.end.saturating_sub(self.at)
    }

    fn take<T>(&mut self, len: u64, read: impl FnOnce(&Fields<'a>, u64) -> Option<T>) -> Option<T> {
        if len > self.left() {
            return None;
        }
        let value = read(&self.fields, self.at)?;
        self.at = self.at.saturating_add(len);
        Some(value)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take(1, |f, at| f.u8(at))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take(4, |f, at| f.u32(at))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take(8, |f, at| f.u64(at))
    }

    /// `len` bytes.
    pub(super) fn bytes(&mut self, len: u64) -> Option<&'a [u8]> {
        self.take(len, |f, at| f.range(at, len))
    }

    /// The place of `len` bytes in the file.
    pub(super) fn range(&mut self, len: u64) -> Option<Range<usize>> {
        self.take(len, |_, at| range(at, len))
    }

    /// A `u32` length and the place of so many bytes.
    pub(super) fn short(&mut self) -> Option<Range<usize>> {
        let len = self.u32()?;
        self.range(u64::from(len))
    }

    /// A `u64` length and the place of so many bytes.
    pub(super) fn long(&mut self) -> Option<Range<usize>> {
        let len = self.u64()?;
        self.range(len)
    }
}

/// `len` bytes at `at` as a range of indices.
pub(super) fn range(at: u64, len: u64) -> Option<Range<usize>> {
    Some(usize::try_from(at).ok()?..usize::try_from(at.checked_add(len)?).ok()?)
}

/// The name of a module of JavaScript: its own, or with `.js` when its ending does not say so.
pub(super) fn script_name(name: String) -> String {
    const ENDINGS: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
    let known = name.rsplit_once('.').is_some_and(|(_, end)| ENDINGS.contains(&end));
    if known { name } else { name + ".js" }
}

/// A name out of a bundle, as text and of bounded length: tables may name one long text from many entries.
pub(super) fn shown(raw: &[u8]) -> String {
    match raw.get(..NAME_MAX) {
        Some(start) if raw.len() > NAME_MAX => entry_name::shown(start) + "\u{2026}",
        _ => entry_name::shown(raw),
    }
}

/// A folder's path and a name in it, of bounded length.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.len() >= NAME_MAX {
        return folder.to_owned();
    }
    let mut path = String::with_capacity(folder.len().saturating_add(name.len()).min(NAME_MAX).saturating_add(4));
    path.push_str(folder);
    if !folder.is_empty() {
        path.push('/');
    }
    let room = NAME_MAX.saturating_sub(path.len());
    path.push_str(name.get(..name.floor_char_boundary(room)).unwrap_or_default());
    if name.len() > room {
        path.push('\u{2026}');
    }
    path
}

/// Reads a table in JSON.
///
/// # Errors
/// `Limit` when it would take much more memory than it has bytes, `Malformed` with the parser's words.
pub(super) fn json<T: serde::de::DeserializeOwned>(text: &[u8]) -> Result<T, Gap> {
    sane(text)?;
    serde_json::from_slice(text).map_err(|e| Gap::malformed(e.to_string()))
}

/// Whether a text has no more objects and values than a table of files may have.
pub(super) fn sane(text: &[u8]) -> Result<(), Gap> {
    let count = |byte| memchr::memchr_iter(byte, text).count();
    if count(b'{') > OBJECTS_MAX || count(b',') > VALUES_MAX || count(b'[') > OBJECTS_MAX {
        let detail = format!("more than {OBJECTS_MAX} objects or {VALUES_MAX} values in one table");
        return Err(Gap::new(GapReason::Limit, detail));
    }
    Ok(())
}

/// The first of these places, each once, and a gap when there are more than a program can have.
pub(super) fn few(mut places: Vec<(u64, u64)>, out: &mut Entries<'_>) -> Vec<(u64, u64)> {
    places.sort_unstable();
    places.dedup();
    if places.len() > PLACES_MAX {
        let detail = format!("{} places of a payload: only the first {PLACES_MAX} were opened", places.len());
        out.gaps.push(Gap::new(GapReason::Limit, detail));
        places.truncate(PLACES_MAX);
    }
    places
}

/// The payload of a bundle that cannot be read: one child of raw bytes, and why.
pub(super) fn unread(
    format: &'static str,
    name: &str,
    view: &ByteView,
    range: Range<usize>,
    out: &mut Entries<'_>,
    why: Gap,
) -> Result<(), Gap> {
    let range = range.start.min(view.len())..range.end.min(view.len());
    if !range.is_empty() {
        out.part(format, name, view, range)?;
    }
    Err(why)
}

#[cfg(test)]
pub(super) mod testing {
    //! Executables with one note, or one section, for tests.

    /// A 64-bit ELF file whose only segment of weight is a note at its end.
    pub(in crate::unwrap) fn elf_with_note(name: &[u8], kind: u32, content: &[u8]) -> Vec<u8> {
        elf_around(&[note(name, kind, content)].concat(), b"")
    }

    /// A note as it lies in a file.
    pub(in crate::unwrap) fn note(name: &[u8], kind: u32, content: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend((name.len() as u32).to_le_bytes());
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(name);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes.extend(content);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    /// A 64-bit ELF program with these notes, and `data` in its only loaded segment.
    pub(in crate::unwrap) fn elf_around(notes: &[u8], data: &[u8]) -> Vec<u8> {
        let notes_at = (0x1000 + data.len() as u64).next_multiple_of(4);
        let mut bytes = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
        bytes.extend([2, 0, 62, 0, 1, 0, 0, 0]);
        for word in [0x40_1000u64, 64, 0] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend([0, 0, 0, 0, 64, 0, 56, 0, 2, 0, 64, 0, 0, 0, 0, 0]);
        let mut segment = |kind: u32, flags: u32, offset: u64, len: u64, align: u64| {
            bytes.extend(kind.to_le_bytes());
            bytes.extend(flags.to_le_bytes());
            for word in [offset, 0x40_0000 + offset, 0x40_0000 + offset, len, len, align] {
                bytes.extend(word.to_le_bytes());
            }
        };
        segment(1, 5, 0, 0x1000 + data.len() as u64, 0x1000);
        segment(super::PT_NOTE, 4, notes_at, notes.len() as u64, 4);
        bytes.resize(0x1000, 0);
        bytes.extend(data);
        bytes.resize(notes_at as usize, 0);
        bytes.extend(notes);
        bytes
    }

    /// A 64-bit Mach-O program with one section of content.
    pub(in crate::unwrap) fn mach_with_section(segment: &str, section: &str, content: &[u8]) -> Vec<u8> {
        let name = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            bytes.resize(16, 0);
            bytes
        };
        let words = |bytes: &mut Vec<u8>, words: &[u64]| words.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        let halves = |bytes: &mut Vec<u8>, words: &[u32]| words.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        let (at, len) = (0x1000u64, content.len() as u64);
        let mut bytes = Vec::new();
        halves(&mut bytes, &[0xfeed_facf, 0x0100_000c, 0, 2, 1, 152, 0x85, 0]);
        halves(&mut bytes, &[0x19, 152]);
        bytes.extend(name(segment));
        words(&mut bytes, &[0x1_0000_0000, len, at, len]);
        halves(&mut bytes, &[1, 1, 1, 0]);
        bytes.extend(name(section));
        bytes.extend(name(segment));
        words(&mut bytes, &[0x1_0000_0000, len]);
        halves(&mut bytes, &[at as u32, 2, 0, 0, 0, 0, 0, 0]);
        bytes.resize(at as usize, 0);
        bytes.extend(content);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::artifact;
    use super::*;
    use crate::model::FileKind;

    #[test]
    fn notes_are_walked_one_after_the_other() {
        let notes = [testing::note(b"GNU\0", 3, &[7; 20]), testing::note(b"ODD\0\0", 9, b"abc")].concat();
        let bytes = testing::elf_around(&notes, b"xyz");
        let artifact = artifact(FileKind::Elf, "x", ByteView::from_vec(bytes.clone()));
        let file = Parsed::new(&artifact);
        let found = elf_notes(&file);
        assert_eq!(found.iter().map(|n| (n.name, n.kind)).collect::<Vec<_>>(), [(&b"GNU\0"[..], 3), (b"ODD\0\0", 9)]);
        let second = &found[1];
        assert_eq!(&bytes[second.start as usize..][..second.len as usize], b"abc");
    }

    #[test]
    fn a_note_that_lies_ends_the_walk() {
        let mut lying = testing::note(b"GNU\0", 3, &[7; 20]);
        lying[0..4].copy_from_slice(&u32::MAX.to_le_bytes());
        let view = ByteView::from_vec(testing::elf_around(&lying, b""));
        assert_eq!(elf_notes(&Parsed::new(&artifact(FileKind::Elf, "x", view))), []);
    }

    #[test]
    fn a_reader_stops_at_its_end() {
        let fields = Fields::new(b"\x02\0\0\0ab\x09\0\0\0c", true);
        let mut reader = Reader::new(fields, 0, u64::MAX);
        assert_eq!(reader.short(), Some(4..6));
        assert_eq!((reader.short(), reader.at(), reader.left()), (None, 10, 1));
        assert_eq!(Reader::new(fields, 0, 3).u32(), None);
        assert_eq!(Reader::new(fields, u64::MAX, 11).u8(), None);
    }

    #[test]
    fn names_are_bounded() {
        assert_eq!((join("", "a"), join("a", "b.js")), ("a".to_owned(), "a/b.js".to_owned()));
        let long = "\u{e9}".repeat(4000);
        let path = join(&join("a", &long), &long);
        assert!(path.len() < NAME_MAX + 8 && path.ends_with('\u{2026}'), "{}", path.len());
        assert_eq!(join(&path, "b"), path);
        assert!(shown(long.as_bytes()).len() < NAME_MAX + 16);
    }

    #[test]
    fn tables_that_grow_in_memory_are_refused() {
        assert_eq!(json::<Vec<u8>>(b"[1,2]"), Ok(vec![1, 2]));
        assert_eq!(json::<Vec<u8>>(b"[1,2").unwrap_err().reason, GapReason::Malformed);
        let many = format!("[{}0]", "0,".repeat(VALUES_MAX + 1));
        assert_eq!(json::<Vec<u8>>(many.as_bytes()).unwrap_err().reason, GapReason::Limit);
    }

    #[test]
    fn modules_end_like_scripts() {
        assert_eq!(script_name("a.mjs".to_owned()), "a.mjs");
        assert_eq!(script_name("https://x.invalid/a@1.0".to_owned()), "https://x.invalid/a@1.0.js");
    }
}
