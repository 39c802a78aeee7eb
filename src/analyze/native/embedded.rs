//! Whole files inside an executable: other executables and archives in its data, resources or overlay.
//!
//! Each is validated by its own header, cut out, and looked at again as a child. Known uses: droppers that write a
//! second stage to disk or start it from memory. Honest look-alikes: installers, runtimes that carry helpers, eBPF
//! objects inside agents, distlib's launchers, Fedora's compressed symbol tables (`.gnu_debugdata`, xz).
//!
//! Reference: ATT&CK T1027.009.

use std::collections::HashSet;
use std::ops::Range;

use super::extent::{Inner, Ruler};
use super::resources::content;
use super::{emit, placed};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::rule;

rule! {
    /// Another executable stands whole inside this one. It is examined as a file of its own. Known uses: droppers.
    /// Honest look-alikes: installers, launchers, agents with eBPF objects.
    pub(super) EXECUTABLE = "native-embedded-executable" in "bin/embedded-exe";
    severity: Low, confidence: Certain,
    title: "An executable is embedded",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// Another executable stands whole inside this one, and this one imports what starts a program from memory
    /// (`memfd_create`, `fexecve`), writes into another process, or names `/etc/ld.so.preload`, the list of libraries
    /// that every program loads. Known uses: fileless loaders, the installer of the Medusa rootkit. Honest look-alikes:
    /// container runtimes and sandboxes that restart themselves from memory.
    pub(super) DROPPER = "native-embedded-executable-and-launcher" in "bin/embedded-exe";
    severity: Medium, confidence: Likely,
    title: "An executable is embedded beside the means to start it from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// An archive or compressed stream stands whole inside this executable. It is examined as a file of its own. Honest
    /// look-alikes: installers, compressed resources, symbol tables.
    pub(super) ARCHIVE = "native-embedded-archive" in "bin/embedded-exe";
    severity: Info, confidence: Certain,
    title: "An archive is embedded",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

/// Most children of one file, and most places that are validated (each may cost a header's parse).
const CHILDREN: usize = 512;
const TRIES: usize = 1 << 14;

/// Cuts files out.
pub(super) struct Embedded;

impl Heuristic for Embedded {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&EXECUTABLE, &DROPPER, &ARCHIVE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        // A module's data may hold files in the middle of a segment.
        kind.is_executable() || kind == FileKind::Wasm
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        // A file that could not be parsed is searched too: whatever it is, its contents count.
        let marks = file.markers();
        let taken = taken(file);
        let libraries = libraries(file);
        for library in &libraries {
            let len = library.end.saturating_sub(library.start);
            emit(file, out, library.start, len, "ar");
        }
        let mut ruler = Ruler::new(file.bytes(), marks.of(Marker::ZipEnd).collect());
        let mut found: Vec<Inner> = Vec::new();
        let (mut resume, mut tries) = (0u64, 0usize);
        for (at, marker) in &marks.places {
            if (*at as u64) >= resume && *marker == Marker::Zip && taken.contains(&(*at as u64)) {
                // The later entries of an archive that is a child already are no archives of their own.
                let inner = ruler.inner(*marker, *at).filter(|inner| inner.offset == *at as u64);
                resume = inner.map_or(resume, |inner| inner.offset.saturating_add(inner.len));
                continue;
            }
            if (*at as u64) < resume
                || !is_file(*marker)
                || taken.contains(&(*at as u64))
                || file.accounts_for(*at as u64)
                || libraries.iter().any(|library| library.contains(&(*at as u64)))
            {
                continue;
            }
            tries += 1;
            if tries > TRIES || found.len() >= CHILDREN || ruler.is_spent() {
                let why = format!(
                    "more than {CHILDREN} embedded files or {TRIES} signatures of such: the rest was only scanned as raw bytes"
                );
                out.gaps.push(Gap::new(GapReason::Limit, why));
                break;
            }
            let Some(inner) = ruler.inner(*marker, *at) else { continue };
            // The file itself, a slice of a fat file, or a resource or overlay that is a child already.
            if inner.offset == 0 || taken.contains(&inner.offset) || inner.len < 64 {
                continue;
            }
            resume = inner.offset.saturating_add(inner.len);
            found.push(inner);
        }
        for marker in marks.overflow.iter().filter(|m| is_file(**m)) {
            let why = format!("too many places look like {marker:?}: the later ones were only scanned as raw bytes");
            out.gaps.push(Gap::new(GapReason::Limit, why));
        }
        let executable = found.iter().any(|i| i.kind.is_executable());
        let launches = executable
            && file.images().iter().any(|i| {
                let memory = i.imported(&["memfd_create", "fexecve", "execveat", "NSCreateObjectFileImageFromMemory"]);
                let remote = i.imported(&["WriteProcessMemory", "NtUnmapViewOfSection", "SetThreadContext"]);
                let preload = file.view().holds(b"/etc/ld.so.preload");
                preload || memory.len() >= 2 || memory.contains(&"fexecve") || remote.len() >= 2
            });
        for group in [true, false] {
            let of_group = found.iter().filter(|i| i.kind.is_executable() == group);
            let mut evidence =
                of_group.map(|i| placed(i.offset, i.len, format!("{} of {} bytes", i.kind.word(), i.len)));
            let Some(first) = evidence.next() else { continue };
            let rule = match (group, launches) {
                (true, true) => &DROPPER,
                (true, false) => &EXECUTABLE,
                (false, _) => &ARCHIVE,
            };
            let mut finding = rule.finding(first);
            finding.evidence.extend(evidence.take(7));
            out.findings.push(finding);
        }
        for inner in &found {
            emit(file, out, inner.offset, inner.len, inner.kind.word());
        }
    }
}

fn is_file(marker: Marker) -> bool {
    use Marker as M;
    matches!(marker, M::Elf | M::Pe | M::MachO | M::Zip | M::SevenZip | M::Gzip | M::Xz)
}

/// Slices of a fat file that are static libraries (`libx.a` of an `xcframework`): each is a child whole, and its objects
/// are its members.
fn libraries(file: &Parsed<'_>) -> Vec<Range<u64>> {
    const SLICES: u32 = 32;
    if file.kind() != FileKind::MachOFat {
        return Vec::new();
    }
    let bytes = file.bytes();
    let fields = Fields::new(bytes, false);
    let wide = fields.u32(0) == Some(0xcafe_babf);
    let size: u64 = if wide { 32 } else { 20 };
    let slice = |i: u64| {
        let at = 8 + i * size;
        let (start, len) = if wide {
            (fields.u64(at + 8)?, fields.u64(at + 16)?)
        } else {
            (fields.u32(at + 8)?.into(), fields.u32(at + 12)?.into())
        };
        let end = start.checked_add(len).filter(|end| *end <= bytes.len() as u64)?;
        let is_library = bytes.get(usize::try_from(start).ok()?..)?.starts_with(b"!<arch>\n");
        is_library.then_some(start..end)
    };
    let count = u64::from(fields.u32(4).unwrap_or(0).min(SLICES));
    let mut found: Vec<Range<u64>> = Vec::new();
    for range in (0..count).filter_map(slice) {
        // Of slices that share bytes the first one has them; the rest is looked through as before.
        if found.iter().all(|f| range.end <= f.start || f.end <= range.start) {
            found.push(range);
        }
    }
    found
}

/// Places that other heuristics made children of, or that are parts of the file itself.
fn taken(file: &Parsed<'_>) -> HashSet<u64> {
    let mut taken: HashSet<u64> = file.images().iter().map(|i| i.start).collect();
    if let Some(Ok(pe)) = file.pe() {
        let children = pe.resources.iter().filter(|r| content(file.bytes(), r).is_some());
        taken.extend(children.map(|r| r.offset));
    }
    // The overlay is a child from its first byte that is not zero.
    let ends = file.images().iter().map(|i| i.end);
    let past = file.pe().and_then(|p| p.as_ref().ok()).and_then(|p| p.certificates()).map(|(a, l)| a.saturating_add(l));
    for end in ends.chain(past) {
        let rest = usize::try_from(end).ok().and_then(|e| file.bytes().get(e..)).unwrap_or_default();
        taken.insert(end.saturating_add(rest.iter().position(|b| *b != 0).unwrap_or(0) as u64));
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, check, ids};

    #[test]
    fn an_executable_in_data_is_cut_out() {
        let inner = ElfBuilder::program().build();
        let mut outer = ElfBuilder::program();
        outer.data = [&[0x55; 128][..], &inner].concat();
        let notes = check(&Embedded, FileKind::Elf, "x", &outer.build());
        assert_eq!(ids(&notes), ["native-embedded-executable"]);
        let crate::unwrap::Content::Ready(view) = &notes.children[0].content else { panic!("not ready") };
        assert_eq!(&**view, &inner[..]);
        outer.imports = vec!["memfd_create", "fexecve"];
        let notes = check(&Embedded, FileKind::Elf, "x", &outer.build());
        assert_eq!(ids(&notes), ["native-embedded-executable-and-launcher"]);
    }

    #[test]
    fn slices_of_a_fat_file_and_overlays_are_not_cut_twice() {
        let image = MachBuilder::library().build();
        let fat = MachBuilder::fat(&[image.clone(), image]);
        assert!(check(&Embedded, FileKind::MachOFat, "x", &fat).children.is_empty());
        let mut elf = ElfBuilder::program();
        elf.overlay = ElfBuilder::library().build();
        assert!(check(&Embedded, FileKind::Elf, "x", &elf.build()).children.is_empty());
    }

    #[test]
    fn static_libraries_in_a_fat_file_are_children_whole() {
        let object = MachBuilder::library().build();
        let mut library = b"!<arch>\n".to_vec();
        library.extend(format!("{:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", "a.o", 0, 0, 0, 644, object.len()).bytes());
        library.extend(&object);
        library.resize(library.len().next_multiple_of(2), b'\n');
        let notes = check(&Embedded, FileKind::MachOFat, "x", &MachBuilder::fat(&[library.clone(), library.clone()]));
        assert_eq!(notes.children.len(), 2);
        for child in &notes.children {
            let crate::unwrap::Content::Ready(view) = &child.content else { panic!("not ready") };
            assert_eq!(&**view, &library[..]);
        }
        // A slice that says more than there is makes nothing of itself.
        let mut broken = MachBuilder::fat(&[library]);
        broken[20..24].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(!check(&Embedded, FileKind::MachOFat, "x", &broken).children.iter().any(|c| c.name.starts_with("ar@")));
    }

    #[test]
    fn a_flood_of_signatures_ends_in_a_gap() {
        let mut elf = ElfBuilder::program();
        elf.data = b"PK\x03\x04\x14\0\0\0\x08\0".repeat(TRIES + 10);
        let notes = check(&Embedded, FileKind::Elf, "x", &elf.build());
        assert!(notes.children.is_empty());
        assert_eq!(notes.gaps[0].reason, GapReason::Limit);
    }

    #[test]
    fn overlapping_headers_cost_no_more_than_the_file_is_worth() {
        // gzip heads, each before a stored block that covers the next ones.
        let mut elf = ElfBuilder::program();
        elf.data = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\xf0\xff\x0f\0".repeat(60_000);
        assert!(check(&Embedded, FileKind::Elf, "x", &elf.build()).children.len() <= 512);
        elf.data = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0x".repeat(30_000);
        elf.data.extend(b"PK\x05\x06".repeat(1000));
        assert!(check(&Embedded, FileKind::Elf, "x", &elf.build()).children.len() <= 512);
    }
}
