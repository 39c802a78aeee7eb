use sha2::{Digest as _, Sha256};

use super::super::testing::{hex, open, open_with, survive};
use super::*;
use crate::analyze::native::testing::{PeBuilder, noise};
use crate::limits::Limits;
use crate::model::GapReason;

/// A program of 17,328 bytes without libraries, as UPX 3.96 packs it (`--nrv2e`).
fn packed() -> Vec<u8> {
    hex(&include_str!("packed.hex").replace('\n', ""))
}

/// SHA-256 of the program before it was packed.
const ORIGINAL: &str = "61c47d2967a9b6f06448c66d7c9a90226fbbd003f7e2a0104d89dfc8920a74a4";

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn a_packed_program_comes_out_as_it_was() {
    let bytes = packed();
    let seen = open(&Upx, FileKind::Elf, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    assert_eq!(seen.names(), ["unpacked"]);
    assert_eq!(sha256(seen.content("unpacked")), ORIGINAL);
    assert!(!seen.accounted.is_empty());
    assert!(matches!(&seen.facts[0].kind, crate::model::FactKind::Has(Capability::Native, name) if &**name == "UPX"));
}

#[test]
fn a_program_whose_marks_were_removed_still_comes_out() {
    let mut bytes = packed();
    // The magic behind the program headers, and the pack header at the end.
    while let Some(at) = memchr::memmem::find(&bytes, b"UPX!") {
        bytes[at..at + 4].copy_from_slice(b"YTS\x99");
    }
    let seen = open(&Upx, FileKind::Elf, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert_eq!(sha256(seen.content("unpacked")), ORIGINAL);
}

#[test]
fn a_program_whose_sizes_were_wiped_still_comes_out() {
    let mut bytes = packed();
    // File size and block size of p_info.
    bytes[0xf8..0x100].fill(0);
    let seen = open(&Upx, FileKind::Elf, &bytes);
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    assert_eq!(sha256(seen.content("unpacked")), ORIGINAL);
}

#[test]
fn what_is_broken_is_a_gap() {
    let whole = packed();
    // In the first segment's block.
    let mut bytes = whole.clone();
    bytes[0x400..0x440].fill(0xff);
    let seen = open(&Upx, FileKind::Elf, &bytes);
    let gap = seen.gaps.first().cloned().or_else(|| seen.result.clone().err()).unwrap();
    assert_eq!(gap.reason, GapReason::Malformed, "{gap}");
    assert!(gap.detail.starts_with("packed with UPX"), "{gap}");
    // A byte changed in a stored block: only the checksum knows.
    let mut bytes = whole.clone();
    bytes[0xc5d + 12 + 5] ^= 1;
    let seen = open(&Upx, FileKind::Elf, &bytes);
    assert!(seen.gaps[0].detail.contains("checksum"), "{:?}", seen.gaps);
    // Methods and filters that nobody knows.
    for (at, word) in [(0x188 + 8, "method 17"), (0x188 + 9, "filter 0x11")] {
        let mut bytes = whole.clone();
        bytes[at] = 17;
        let seen = open(&Upx, FileKind::Elf, &bytes);
        let unknown = word == "method 17";
        assert_eq!(seen.gaps.iter().any(|g| g.detail.contains(word)), unknown, "{:?}", seen.gaps);
        assert!(!seen.gaps.is_empty());
    }
    // Cut off in the second block.
    let seen = open(&Upx, FileKind::Elf, &whole[..0xc00]);
    assert!(seen.result.is_err() || !seen.gaps.is_empty());
}

#[test]
fn limits_hold() {
    let limits = Limits { entry: 8000, ..Limits::default() };
    let seen = open_with(&Upx, FileKind::Elf, "x", &packed(), limits, &[]);
    assert_eq!(seen.gaps[0].reason, GapReason::Limit);
    assert!(seen.content("unpacked").len() <= 8000);
    survive(&Upx, FileKind::Elf, &packed());
}

#[test]
fn what_is_not_packed_is_left_alone() {
    use crate::analyze::native::testing::ElfBuilder;
    for (kind, bytes) in [(FileKind::Elf, ElfBuilder::program().build()), (FileKind::Pe, PeBuilder::program().build())]
    {
        let seen = open(&Upx, kind, &bytes);
        assert!(seen.result.is_ok() && seen.children.is_empty() && seen.facts.is_empty());
    }
}

#[test]
fn checksums_join() {
    let bytes = noise(20_000);
    let mut sum = Adler::new();
    for part in [&bytes[..1], &bytes[1..9000], &bytes[9000..]] {
        sum.append(&Adler::of(part), part.len() as u64);
    }
    assert_eq!(sum.value(), Adler::of(&bytes).value());
    assert_eq!(Adler::of(b"Wikipedia").value(), 0x11e6_0398);
}

/// A PE as UPX packs it, the image packed with deflate.
fn packed_pe() -> (Vec<u8>, Vec<u8>) {
    let mut original = PeBuilder::program();
    original.imports = vec![];
    let original = original.build();
    let header_at = u32::from_le_bytes(original[0x3c..0x40].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_le_bytes(original[header_at + 6..header_at + 8].try_into().unwrap()));
    let optional = usize::from(u16::from_le_bytes(original[header_at + 20..header_at + 22].try_into().unwrap()));
    let table = header_at + 24 + optional;
    let word = |at: usize| u32::from_le_bytes(original[at..at + 4].try_into().unwrap());
    let lowest = word(table + 12);
    let mut image = Vec::new();
    for index in 0..count {
        let row = table + 40 * index;
        image.resize((word(row + 12) - lowest) as usize, 0);
        image.extend(&original[word(row + 20) as usize..][..word(row + 16) as usize]);
    }
    // The imports: one library with a name and a number.
    let list_at = image.len() as u32;
    [40u32, 0x80].iter().for_each(|w| image.extend(w.to_le_bytes()));
    image.extend(b"\x01ExitProcess\0\xff\x07\0\0");
    image.extend([0; 4]);
    let extra_at = image.len() as u32;
    let mut head = original[header_at..table + 40 * count].to_vec();
    // Its import directory stands somewhere in the image.
    head[24 + 112 + 8..24 + 112 + 12].copy_from_slice(&0x1800u32.to_le_bytes());
    image.extend(&head);
    [list_at, 0].iter().for_each(|w| image.extend(w.to_le_bytes()));
    image.extend(extra_at.to_le_bytes());
    let data = deflated(&image);

    let mut pe = PeBuilder::program();
    pe.sections[0] = (*b"UPX0\0\0\0\0", Vec::new(), 0xe000_0080);
    pe.sections[1] = (*b"UPX1\0\0\0\0", data.clone(), 0xe000_0040);
    pe.imports = vec![("KERNEL32.DLL", vec!["LoadLibraryA"])];
    let mut bytes = pe.build();
    let start = memchr::memmem::find(&bytes, &data).unwrap();
    let mut header = b"UPX!\x0d\x24\x0f\x08".to_vec();
    header.extend(Adler::of(&image).value().to_le_bytes());
    [0, image.len() as u32, data.len() as u32, original.len() as u32]
        .iter()
        .for_each(|w| header.extend(w.to_le_bytes()));
    header.extend([0; 4]);
    bytes[start - 32..start].copy_from_slice(&header);
    (bytes, original)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_packed_pe_has_its_headers_sections_and_imports_again() {
    let (bytes, original) = packed_pe();
    let seen = open(&Upx, FileKind::Pe, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    let program = seen.content("unpacked");
    crate::analyze::native::testing::parsed(FileKind::Pe, "x", program, |file| {
        let pe = file.pe().unwrap().as_ref().unwrap();
        assert_eq!(pe.oddities, []);
        let names: Vec<&[u8]> = pe.sections.iter().map(|s| s.name).collect();
        assert!(names.starts_with(&[b".text", b".data"]) && names.last() == Some(&&b".imports"[..]), "{names:?}");
        let text = &pe.sections[0];
        assert_eq!(
            program[text.offset as usize..][..text.len as usize],
            original[text.offset as usize..][..text.len as usize]
        );
        let imports: Vec<&[u8]> = pe.imports.iter().map(|i| i.name).collect();
        assert_eq!(imports, [&b"ExitProcess"[..], b""]);
    });
}

#[test]
fn a_pe_that_is_broken_gives_its_image_or_a_gap() {
    let (bytes, _) = packed_pe();
    survive(&Upx, FileKind::Pe, &bytes);
    let at = memchr::memmem::find(&bytes, b"UPX!").unwrap();
    let mut other = bytes.clone();
    other[at + 8] ^= 1;
    assert!(open(&Upx, FileKind::Pe, &other).gaps[0].detail.contains("checksum"));
    let mut other = bytes.clone();
    other[at..at + 4].copy_from_slice(b"\0\0\0\0");
    assert!(open(&Upx, FileKind::Pe, &other).broken().detail.contains("header is missing"));
}

#[test]
fn mach_o_is_a_gap() {
    let gap = not_unpacked(Gap::new(GapReason::Unsupported, "x"));
    assert!(gap.detail.starts_with("packed with UPX and the packed program could not be unpacked (x)"));
}

/// Unpacks the file that `PEEPHOLE_UPX` names and writes it beside it, to be compared with what was packed:
/// `PEEPHOLE_UPX=FILE cargo test --lib upx::tests::calibrate -- --ignored`.
#[test]
#[ignore = "a calibration aid: needs real files"]
fn calibrate() {
    for path in std::env::var("PEEPHOLE_UPX").unwrap().split(' ') {
        let bytes = std::fs::read(path).unwrap();
        let kind = crate::identify::identify(path, &bytes).kind;
        let limits = Limits { seconds: 6000, ..Limits::default() };
        let seen = open_with(&Upx, kind, path, &bytes, limits, &[]);
        let unpacked = seen.children.first().map(|(_, c)| c.clone()).unwrap_or_default();
        std::fs::write(format!("{path}.unpacked"), &unpacked).unwrap();
        let said: Vec<String> = seen.gaps.iter().chain(seen.result.as_ref().err()).map(ToString::to_string).collect();
        let line = format!("{path}: {} bytes, sha256 {}, gaps {said:?}", unpacked.len(), sha256(&unpacked));
        std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes()).unwrap();
    }
}
