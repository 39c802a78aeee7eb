//! What made a binary (Go, Rust), and single-file wrappers that carry another program: Bun, Node SEA, pkg, nexe,
//! Deno, `PyInstaller`, Nuitka, .NET single file, UPX, NSIS, Inno Setup.
//!
//! A wrapper is honest in itself. But its program is what runs, and as long as it is not opened here, the report must
//! say that it was not examined: a recognised wrapper is a gap. Marks that the runtime itself contains (Node's fuse
//! switched off, Bun's trailer in the runtime's strings) do not count; each mark is validated.
//!
//! Layouts: Bun `src/StandaloneModuleGraph.zig`, Node `src/node_sea.cc`, vercel/pkg `lib/producer.ts`, `PyInstaller`
//! `bootloader/src/pyi_archive.h`, .NET `docs/design/features/bundler.md`, Go `debug/buildinfo`.

use super::packed::{Upx, upx};
use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::rule;

rule! {
    /// The file is a single-file executable: a runtime with a program in it (Bun, Node SEA, pkg, nexe, Deno,
    /// `PyInstaller`, Nuitka, .NET) or an installer (NSIS, Inno Setup). The program inside is what matters and is not
    /// visible from outside. Known uses: many command-line tools ship this way; so do stealers written in Python.
    /// This is a fact and no accusation.
    pub(super) BUNDLE = "native-single-file-bundle" in "bin/sea-bundle";
    severity: Info, confidence: Certain,
    title: "A program is wrapped in a single-file executable",
    reference: "https://nodejs.org/api/single-executable-applications.html",
}

/// Names runtimes and wrappers.
pub(super) struct Bundles;

impl Heuristic for Bundles {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&BUNDLE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some((version, at)) = go(file) {
            out.facts.push(Fact::has(Capability::Native, version, at));
        }
        if let Some(at) = file.markers().of(Marker::Rust).find(|at| is_rustc(file, *at)) {
            out.facts.push(Fact::has(Capability::Native, "Rust", at as u64));
        }
        if let Some((wrapper, at)) = wrapper(file) {
            out.facts.push(Fact::has(Capability::Native, wrapper.name(), at));
            let note = format!("{} {}", wrapper.name(), wrapper.noun());
            out.findings.push(BUNDLE.finding(placed(at, 0, note.clone())));
            out.gaps.push(Gap::new(GapReason::Unsupported, format!("{note}: {}", wrapper.unread())));
        }
        if let Some(Upx::Plain(_) | Upx::Altered(..)) = upx(file) {
            let why = "packed with UPX: the packed program is not opened by this version; the raw bytes were scanned";
            out.gaps.push(Gap::new(GapReason::Unsupported, why));
        }
    }
}

/// A wrapper that is recognised and not opened yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapper {
    Bun,
    NodeSea,
    Pkg,
    Nexe,
    Deno,
    PyInstaller,
    Nuitka,
    DotNet,
    Nsis,
    Inno,
}

impl Wrapper {
    fn name(self) -> &'static str {
        match self {
            Self::Bun => "Bun",
            Self::NodeSea => "Node SEA",
            Self::Pkg => "pkg",
            Self::Nexe => "nexe",
            Self::Deno => "Deno",
            Self::PyInstaller => "PyInstaller",
            Self::Nuitka => "Nuitka",
            Self::DotNet => ".NET",
            Self::Nsis => "NSIS",
            Self::Inno => "Inno Setup",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Nsis | Self::Inno => "installer",
            Self::Nuitka => "compiled Python program",
            _ => "single-file executable",
        }
    }

    fn unread(self) -> &'static str {
        match self {
            Self::Nsis | Self::Inno => "its files are not opened by this version; the raw bytes were scanned",
            Self::Nuitka => "its constants are not decoded by this version; the raw bytes were scanned",
            _ => "its embedded program is not opened by this version; the raw bytes were scanned",
        }
    }
}

/// The wrapper that a file is, and where its mark stands.
pub(super) fn wrapper(file: &Parsed<'_>) -> Option<(Wrapper, u64)> {
    let marks = file.markers();
    let fields = Fields::new(file.bytes(), true);
    let size = fields.len();
    let first = |marker, wrapper| marks.of(marker).next().map(|at| (wrapper, at as u64));
    let mut named = file.images().iter().flat_map(|i| &i.regions);
    if let Some(at) = marks.of(Marker::Bun).rev().map(|at| at as u64).find(|at| is_bun(&fields, *at)) {
        return Some((Wrapper::Bun, at));
    }
    if let Some(region) = named.find(|r| r.len > 64 && (r.name == b".bun" || r.name == b"__bun")) {
        return Some((Wrapper::Bun, region.offset));
    }
    if let Some(found) = first(Marker::NodeSea, Wrapper::NodeSea) {
        return Some(found);
    }
    // Filled in: decimals padded with blanks. Unfilled: `// PAYLOAD_POSITION //`.
    let filled = |at: &usize| fields.u8(*at as u64 + 24).is_some_and(|b| b.is_ascii_digit());
    if let Some(at) = marks.of(Marker::Pkg).find(filled) {
        return Some((Wrapper::Pkg, at as u64));
    }
    if let Some(at) = marks.of(Marker::Nexe).next_back().filter(|at| *at as u64 > size.saturating_sub(16_000)) {
        return Some((Wrapper::Nexe, at as u64));
    }
    if let Some(at) = marks.of(Marker::Deno).map(|at| at as u64).find(|at| is_deno(&fields, *at)) {
        return Some((Wrapper::Deno, at));
    }
    if let Some(at) = marks.of(Marker::PyInstaller).rev().map(|at| at as u64).find(|at| is_pyinstaller(&fields, *at)) {
        return Some((Wrapper::PyInstaller, at));
    }
    if let Some(at) = marks.of(Marker::DotNet).map(|at| at as u64).find(|at| is_dotnet(&fields, *at)) {
        return Some((Wrapper::DotNet, at));
    }
    if let Some(at) = marks.of(Marker::Nuitka).map(|at| at as u64).find(|at| is_nuitka(&fields, *at)) {
        return Some((Wrapper::Nuitka, at));
    }
    let end = file.images().first().map_or(size, |i| i.end);
    if let Some(at) = marks.of(Marker::Nsis).map(|at| at as u64).find(|at| *at >= end) {
        return Some((Wrapper::Nsis, at));
    }
    first(Marker::Inno, Wrapper::Inno).filter(|_| file.kind() == FileKind::Pe)
}

/// Bun's trailer follows its offsets: `u64 byte_count`, then module table and entry point; 32 bytes (24 before 1.3).
fn is_bun(fields: &Fields<'_>, at: u64) -> bool {
    [32, 24].into_iter().any(|head| {
        let Some(offsets) = at.checked_sub(head) else { return false };
        let (count, table) = (fields.u64(offsets).unwrap_or(0), fields.u32(offsets + 8).unwrap_or(u32::MAX));
        let rows = u64::from(fields.u32(offsets + 12).unwrap_or(0));
        let inside = count != 0 && count <= offsets && u64::from(table) + rows <= count;
        inside && rows != 0 && (rows % 52 == 0 || rows % 36 == 0)
    })
}

/// The payload itself begins with the magic again, or the magic is the name of a note or of a resource.
fn is_deno(fields: &Fields<'_>, at: u64) -> bool {
    // libsui's note: name "SUI\0", type 0x5355_4901, u16 length of the name, name.
    let note = at.checked_sub(10).is_some_and(|n| fields.range(n, 4) == Some(&b"SUI\0"[..]));
    let again = (8..64).any(|d| fields.range(at + d, 8) == Some(&b"d3n0l4nd"[..]));
    note || again || at + 24 == fields.len()
}

/// The cookie is big-endian: length of the archive up to the cookie's end, place and length of the table of contents.
fn is_pyinstaller(fields: &Fields<'_>, at: u64) -> bool {
    let big = Fields::new(fields.available(at, 88), false);
    let word = |i| u64::from(big.u32(i).unwrap_or(0));
    let (archive, table, rows) = (word(8), word(12), word(16));
    archive >= 24 && archive <= at.saturating_add(88) && table + rows <= archive && rows != 0
}

/// The signature is preceded by the file offset of the bundle's header; 0 in a host without a bundle.
fn is_dotnet(fields: &Fields<'_>, at: u64) -> bool {
    let header = at.checked_sub(8).and_then(|p| fields.u64(p)).unwrap_or(0);
    let version = fields.u32(header).unwrap_or(0);
    header != 0 && header < fields.len() && (1..=20).contains(&version)
}

/// The blob's head: CRC-32 and size of what follows, and the first entry is called `.bytecode`.
fn is_nuitka(fields: &Fields<'_>, at: u64) -> bool {
    let Some(head) = at.checked_sub(8) else { return false };
    let (sum, size) = (fields.u32(head).unwrap_or(0), u64::from(fields.u32(head + 4).unwrap_or(0)));
    let Some(blob) = fields.range(at, size).filter(|_| size > 10) else { return false };
    let mut crc = flate2::Crc::new();
    crc.update(blob);
    crc.sum() == sum
}

/// The Go version, from the build information or, without it, from the section names that only Go writes.
fn go(file: &Parsed<'_>) -> Option<(String, u64)> {
    let fields = Fields::new(file.bytes(), true);
    for at in file.markers().of(Marker::GoBuild).map(|at| at as u64) {
        // The flag says that the version stands inline, with its length before it.
        if fields.u8(at + 15).unwrap_or(0) & 2 == 0 {
            continue;
        }
        let len = u64::from(fields.u8(at + 32).unwrap_or(0));
        let version = fields.range(at + 33, len).unwrap_or_default();
        if version.starts_with(b"go1.") && version.iter().all(|b| (0x20..0x7f).contains(b)) {
            return Some((format!("Go {}", String::from_utf8_lossy(version.get(2..).unwrap_or_default())), at));
        }
    }
    let mut regions = file.images().iter().flat_map(|i| &i.regions);
    let region = regions.find(|r| matches!(r.name, b".gopclntab" | b"__gopclntab" | b".go.buildinfo"))?;
    Some(("Go".to_owned(), region.offset))
}

/// `/rustc/` and the commit of the compiler.
fn is_rustc(file: &Parsed<'_>, at: usize) -> bool {
    let commit = file.bytes().get(at.saturating_add(7)..at.saturating_add(48)).unwrap_or_default();
    commit.len() == 41 && commit.ends_with(b"/") && commit.iter().take(40).all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, PeBuilder, check, ids};

    fn with_data(data: Vec<u8>) -> Vec<u8> {
        let mut elf = ElfBuilder::program();
        elf.data = data;
        elf.build()
    }

    fn gap(bytes: &[u8]) -> String {
        let notes = check(&Bundles, FileKind::Elf, "tool", bytes);
        assert_eq!(ids(&notes), ["native-single-file-bundle"]);
        assert_eq!(notes.gaps[0].reason, GapReason::Unsupported);
        notes.gaps[0].detail.clone()
    }

    #[test]
    fn marks_of_the_runtime_alone_do_not_count() {
        let mut data = b"NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:0\0NODE_SEA_BLOB".to_vec();
        data.extend(
            b"\n---- Bun! ----\nMEI\x0c\x0b\x0a\x0b\x0e var PAYLOAD_POSITION = '// PAYLOAD_POSITION //' d3n0l4nd",
        );
        let notes = check(&Bundles, FileKind::Elf, "node", &with_data(data));
        assert!(notes.findings.is_empty() && notes.gaps.is_empty(), "{:?}", notes.gaps);
    }

    #[test]
    fn bun_is_a_gap() {
        let mut elf = ElfBuilder::program();
        let mut payload = vec![b' '; 100];
        payload.extend([7u8; 52]);
        for word in [152u64, 100 | 52 << 32, 0, 0] {
            payload.extend(word.to_le_bytes());
        }
        payload.extend(b"\n---- Bun! ----\n");
        elf.overlay = payload;
        let text = gap(&elf.build());
        assert!(text.starts_with("Bun single-file executable: its embedded program is not opened"), "{text}");
    }

    #[test]
    fn node_and_pkg_are_gaps() {
        let fuse = b"NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1".to_vec();
        assert!(gap(&with_data(fuse)).contains("Node SEA"));
        assert!(gap(&with_data(b"var PAYLOAD_POSITION = '46205192              ' | 0;".to_vec())).contains("pkg"));
    }

    #[test]
    fn pyinstaller_and_dotnet_are_gaps() {
        let mut elf = ElfBuilder::program();
        elf.overlay = vec![0; 40];
        elf.overlay.extend(b"MEI\x0c\x0b\x0a\x0b\x0e");
        [128u32, 10, 20, 310].iter().for_each(|v| elf.overlay.extend(v.to_be_bytes()));
        elf.overlay.extend([0; 64]);
        assert!(gap(&elf.build()).contains("PyInstaller"));
        // The header of the outer file has a 1 at 0x14.
        let mut data = 0x14u64.to_le_bytes().to_vec();
        data.extend(PATTERN_DOTNET);
        assert!(gap(&with_data(data.clone())).contains(".NET"));
        data[..8].fill(0);
        assert!(check(&Bundles, FileKind::Elf, "x", &with_data(data)).findings.is_empty());
    }

    const PATTERN_DOTNET: &[u8] = b"\x8b\x12\x02\xb9\x6a\x61\x20\x38\x72\x7b\x93\x02\x14\xd7\xa0\x32\
          \x13\xf5\xb9\xe6\xef\xae\x33\x18\xee\x3b\x2d\xce\x24\xb3\x6a\xae";

    #[test]
    fn a_nuitka_blob_needs_its_checksum() {
        let blob = b".bytecode\0 and so on";
        let mut crc = flate2::Crc::new();
        crc.update(blob);
        let mut data = crc.sum().to_le_bytes().to_vec();
        data.extend((blob.len() as u32).to_le_bytes());
        data.extend(blob);
        assert!(gap(&with_data(data.clone())).contains("Nuitka"));
        data[0] ^= 1;
        assert!(check(&Bundles, FileKind::Elf, "x", &with_data(data)).findings.is_empty());
    }

    #[test]
    fn installers_are_gaps() {
        let mut pe = PeBuilder::program();
        pe.overlay = b"\0\0\0\0\xef\xbe\xad\xdeNullsoftInst".to_vec();
        let notes = check(&Bundles, FileKind::Pe, "setup.exe", &pe.build());
        assert!(notes.gaps[0].detail.starts_with("NSIS installer"));
    }

    #[test]
    fn go_and_rust_are_facts() {
        let mut data = b"\xff Go buildinf:\x08\x02".to_vec();
        data.resize(32, 0);
        data.extend(b"\x08go1.26.9");
        data.extend(format!("/rustc/{}/library/core", "a".repeat(40)).bytes());
        let notes = check(&Bundles, FileKind::Elf, "x", &with_data(data));
        let names: Vec<_> = notes.facts.iter().map(|f| format!("{:?}", f.kind)).collect();
        assert_eq!(names.len(), 2);
        assert!(names[0].contains("Go 1.26.9") && names[1].contains("Rust"));
    }
}
