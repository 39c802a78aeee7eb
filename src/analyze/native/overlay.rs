//! Bytes behind everything that an executable's headers account for.
//!
//! The loader ignores them, the program can read them: installers and single-file runtimes keep their payload there,
//! and so does malware. What is there is named and looked at again as a child. Honest look-alikes: NSIS, Inno Setup,
//! 7-Zip self-extractors, `PyInstaller`, Bun, pkg, `AppImage`, launch4j.
//!
//! References: ATT&CK T1027.001, T1027.009.

use super::entropy::sampled;
use super::{emit, placed};
use crate::analyze::{Heuristic, Notes};
use crate::identify::appended_zip;
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::rule;

rule! {
    /// Data of a recognised form (an archive, a picture, text, an executable) follows the executable. It is examined as
    /// a file of its own. Honest look-alikes: self-extracting archives, installers, single-file runtimes.
    pub(super) KNOWN = "native-overlay-recognised" in "bin/overlay";
    severity: Info, confidence: Certain,
    title: "A file is appended to the executable",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// Data of no recognised form follows the executable. Known uses: encrypted payloads and configurations of
    /// loaders. Honest look-alikes: signatures of other systems, licence data, installers of rare make.
    pub(super) UNKNOWN = "native-overlay-unknown" in "bin/overlay";
    severity: Low, confidence: Likely,
    title: "Unrecognised data is appended to the executable",
    reference: "https://attack.mitre.org/techniques/T1027/001/",
}

/// Fewer bytes are alignment or a checksum.
const NOTABLE: usize = 64;

/// Most pieces between the parts of a payload that are looked at one by one; the raw scan sees all of them.
const PIECES: usize = 64;

/// Measures what follows.
pub(super) struct Overlay;

impl Heuristic for Overlay {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&KNOWN, &UNKNOWN] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        // An image whose headers account for nothing has no end that anything could lie behind.
        let Some(end) = file.images().iter().map(|i| i.end).max().filter(|end| *end > 0) else { return };
        let size = file.bytes().len() as u64;
        let certificates = file.pe().and_then(|p| p.as_ref().ok()).and_then(|p| p.certificates());
        let (certificates, past) = certificates.map_or((size, size), |(at, len)| (at, at.saturating_add(len)));
        // Relocatable objects and kernel modules: a module's signature follows by design and is short.
        for (start, end) in [(end, certificates.min(size).max(end)), (past.max(end), size)] {
            if let Some(at) = (start < end).then(|| first_accounted(file, start, end)).flatten() {
                let note = format!("{} bytes: the payload of a single-file executable", end - at);
                out.findings.push(KNOWN.finding(placed(at, end - at, note)));
            }
            // What a payload leaves over is looked at like any overlay.
            let own = file.own_parts().into_iter().map(|p| ((p.start as u64).max(start), (p.end as u64).min(end)));
            for (start, end) in own.filter(|(start, end)| start < end).take(PIECES) {
                check_range(file, start, end, out);
            }
        }
    }
}

/// The first byte from `start` to `end` that is looked at in a child.
fn first_accounted(file: &Parsed<'_>, start: u64, end: u64) -> Option<u64> {
    if file.accounts_for(start) {
        return Some(start);
    }
    // Own parts and accounted ranges take turns.
    file.own_parts().into_iter().map(|p| p.end as u64).find(|at| *at > start && *at < end)
}

fn check_range(file: &Parsed<'_>, start: u64, end: u64, out: &mut Notes) {
    let data = Fields::new(file.bytes(), true).available(start, end.saturating_sub(start));
    let lead = data.iter().position(|b| *b != 0).unwrap_or(data.len());
    let (start, data) = (start.saturating_add(lead as u64), data.get(lead..).unwrap_or_default());
    if data.len() < NOTABLE {
        return;
    }
    let len = data.len() as u64;
    if let Some(what) = recognise(data) {
        out.findings.push(KNOWN.finding(placed(start, len, format!("{len} bytes: {what}"))));
    } else {
        let note = format!("{len} bytes with {:.1} bits per byte", sampled(data));
        out.findings.push(UNKNOWN.finding(placed(start, len, note)));
    }
    // The engine opens an archive at the end of any file as a whole, with offsets that count from the program's first byte.
    if data.starts_with(b"PK\x03\x04") && appended_zip(file.bytes()) {
        return;
    }
    emit(file, out, start, len, "overlay");
}

/// The name of what the bytes are by their beginning.
fn recognise(data: &[u8]) -> Option<&'static str> {
    const FORMS: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a zip archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b";!@Install@!UTF-8!", "a 7z self-extractor's settings"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"MSCF", "a cabinet archive"),
        (b"\x1f\x8b\x08", "a gzip stream"),
        (b"\xfd7zXZ\0", "an xz stream"),
        (b"BZh", "a bzip2 stream"),
        (b"\x28\xb5\x2f\xfd", "a zstd stream"),
        (b"hsqs", "a squashfs image"),
        (b"\x7fELF", "an ELF file"),
        (b"MZ", "a PE file"),
        (b"\xcf\xfa\xed\xfe", "a Mach-O file"),
        (b"\xca\xfe\xba\xbe", "a fat Mach-O file or Java class"),
        (b"zlb\x1a", "an Inno Setup archive"),
        (b"idska32", "an Inno Setup archive"),
        (b"%PDF-", "a PDF document"),
        (b"\x89PNG", "a PNG picture"),
        (b"#!", "a script"),
        (b"~Module signature appended~", "a kernel module's signature"),
        (b"<?xml", "an XML document"),
        (b"{\"", "JSON text"),
    ];
    let known = FORMS.iter().find(|(start, _)| data.starts_with(start)).map(|(_, name)| *name);
    known
        .or_else(|| (data.len() < 1024 && memchr::memmem::find(data, b"UPX!").is_some()).then_some("UPX's own record"))
        .or_else(|| data.ends_with(b"~Module signature appended~\n").then_some("a kernel module's signature"))
        .or_else(|| memchr::memmem::find(data.get(..64).unwrap_or(data), b"NullsoftInst").map(|_| "NSIS data"))
        .or_else(|| {
            let head = data.get(..512).unwrap_or(data);
            let text = head.iter().all(|b| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e));
            text.then_some("text")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder, check, ids, noise};
    use crate::model::Step;
    use crate::unwrap::Content;

    #[test]
    fn nothing_behind_the_end_is_nothing() {
        for (kind, bytes) in [
            (FileKind::Elf, ElfBuilder::program().build()),
            (FileKind::Pe, PeBuilder::program().build()),
            (FileKind::MachO, MachBuilder::library().build()),
            (FileKind::MachOFat, MachBuilder::fat(&[MachBuilder::library().build(), MachBuilder::library().build()])),
        ] {
            let notes = check(&Overlay, kind, "x", &bytes);
            assert!(notes.findings.is_empty() && notes.children.is_empty(), "{kind:?} {:?}", notes.findings);
        }
    }

    #[test]
    fn an_appended_file_becomes_a_child() {
        let mut elf = ElfBuilder::program();
        let end = elf.build().len() as u64;
        elf.overlay = [&b"\0\0\0\0PK\x03\x04"[..], &[9; 100]].concat();
        let notes = check(&Overlay, FileKind::Elf, "x", &elf.build());
        assert_eq!(ids(&notes), ["native-overlay-recognised"]);
        assert_eq!(notes.children[0].step, Step::Bytes { offset: end + 4, len: 104 });
        let Content::Ready(view) = &notes.children[0].content else { panic!("not ready") };
        assert!(view.starts_with(b"PK\x03\x04"));
    }

    #[test]
    fn a_zip_with_a_program_before_it_is_opened_as_that() {
        // One stored file of one byte; offsets count from the first byte of the program.
        let zip = |base: u32| {
            let mut zip = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".to_vec();
            zip.extend_from_slice(&[0x83, 0x16, 0xdc, 0xe8, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
            zip.extend_from_slice(b"axPK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
            zip.extend_from_slice(&[
                0x83, 0x16, 0xdc, 0xe8, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            ]);
            zip.extend_from_slice(&base.to_le_bytes());
            zip.extend_from_slice(b"aPK\x05\x06\0\0\0\0\x01\0\x01\0");
            zip.extend_from_slice(&47u32.to_le_bytes());
            zip.extend_from_slice(&(base + 32).to_le_bytes());
            zip.extend_from_slice(b"\0\0");
            zip
        };
        let mut elf = ElfBuilder::program();
        let end = elf.build().len() as u32;
        for base in [end, 0] {
            elf.overlay = zip(base);
            let notes = check(&Overlay, FileKind::Elf, "x", &elf.build());
            assert_eq!(ids(&notes), ["native-overlay-recognised"], "{base}");
            assert!(notes.children.is_empty(), "{base}");
        }
        // Behind the archive something else ends the file: whoever looks at the end finds nothing.
        elf.overlay.extend_from_slice(&noise(70_000));
        assert_eq!(check(&Overlay, FileKind::Elf, "x", &elf.build()).children.len(), 1);
    }

    #[test]
    fn a_signature_is_no_overlay_and_what_lies_before_it_is() {
        let mut pe = PeBuilder::program();
        pe.certificate = PeBuilder::signature(500, b"");
        assert!(check(&Overlay, FileKind::Pe, "x", &pe.build()).findings.is_empty());
        pe.overlay = noise(5000);
        let notes = check(&Overlay, FileKind::Pe, "x", &pe.build());
        assert_eq!(ids(&notes), ["native-overlay-unknown"]);
        let Step::Bytes { len, .. } = notes.children[0].step else { panic!("not a range") };
        assert_eq!(len, 5000);
    }
}
