use super::super::testing::{hex, open, survive};
use super::*;
use crate::analyze::native::testing::ElfBuilder;

/// Two files and a link, `usr/a.js` in a fragment and `big` of 9,000 bytes in blocks of 4 KiB, as mksquashfs 4.5 packs
/// them with gzip.
fn image() -> Vec<u8> {
    hex(&include_str!("image.hex").replace('\n', ""))
}

#[test]
fn files_come_out_with_their_paths() {
    let seen = open(&Squashfs, FileKind::Squashfs, &image());
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty() && seen.findings.is_empty(), "{:?}", seen.gaps);
    let mut names = seen.names();
    names.sort_unstable();
    assert_eq!(names, ["big", "empty", "usr/a.js", "zeros"]);
    assert_eq!(seen.content("usr/a.js"), b"console.log('in squashfs')\n");
    assert_eq!(seen.content("big"), b"012345678\n".repeat(900));
    assert_eq!(seen.content("zeros"), [0; 10_000]);
}

#[test]
fn an_app_image_is_a_program_with_an_image_behind_it() {
    let mut elf = ElfBuilder::program().build();
    elf[8..11].copy_from_slice(b"AI\x02");
    let at = elf.len();
    let bytes = [elf.clone(), image()].concat();
    let seen = open(&AppImage, FileKind::Elf, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert_eq!(seen.children, [("image.squashfs".to_owned(), image())]);
    assert_eq!(seen.accounted.first(), Some(&(at..bytes.len())));
    assert_eq!(seen.findings[0].evidence[0].note, "AppImage");
    // Without an image it is a lie; without the mark and the image it is a program.
    assert!(open(&AppImage, FileKind::Elf, &elf).result.is_err());
    let plain = open(&AppImage, FileKind::Elf, &ElfBuilder::program().build());
    assert!(plain.result.is_ok() && plain.findings.is_empty());
}

#[test]
fn what_is_not_opened_is_said() {
    let whole = image();
    for (at, bytes, word) in [
        (0, &b"sqsh"[..], "big-endian"),
        (20, &b"\x03\0"[..], "LZO"),
        (20, &b"\x09\0"[..], "compressor 9"),
        (28, &b"\x03\0"[..], "version 3.0"),
        (12, &b"\x01\0\0\0"[..], "blocks of 1 bytes"),
    ] {
        let mut broken = whole.clone();
        broken[at..at + bytes.len()].copy_from_slice(bytes);
        assert!(open(&Squashfs, FileKind::Squashfs, &broken).broken().detail.contains(word), "{word}");
    }
    for cut in [10, 95, 200, whole.len() / 2] {
        let seen = open(&Squashfs, FileKind::Squashfs, &whole[..cut]);
        assert!(seen.result.is_err() || !seen.gaps.is_empty(), "{cut}");
    }
}

#[test]
fn broken_blocks_are_gaps_of_their_files() {
    let mut bytes = image();
    // The first block of data stands behind the superblock.
    bytes[96..100].fill(0xff);
    let seen = open(&Squashfs, FileKind::Squashfs, &bytes);
    assert_eq!(seen.gaps.len(), 1, "{:?}", seen.gaps);
    assert_eq!(seen.content("usr/a.js"), b"console.log('in squashfs')\n");
    survive(&Squashfs, FileKind::Squashfs, &image());
}

/// Lists what is in the image that `PEEPHOLE_FILE` names, with digests:
/// `PEEPHOLE_FILE=x.snap cargo test --lib squashfs::tests::calibrate -- --ignored`.
#[test]
#[ignore = "a calibration aid: needs real files"]
fn calibrate() {
    use sha2::{Digest as _, Sha256};
    for path in std::env::var("PEEPHOLE_FILE").unwrap().split(' ') {
        let bytes = std::fs::read(path).unwrap();
        let kind = crate::identify::identify(path, &bytes).kind;
        let mut text = String::new();
        for wrapper in super::super::wrappers_for(kind) {
            let seen = open(wrapper, kind, &bytes);
            for (name, content) in &seen.children {
                let digest: String = Sha256::digest(content).iter().map(|b| format!("{b:02x}")).collect();
                text.push_str(&format!("{digest}  ./{name}\n"));
            }
            for gap in seen.gaps.iter().chain(seen.result.as_ref().err()) {
                text.push_str(&format!("gap {}: {gap}\n", gap.entry));
            }
            for fact in seen.facts.iter().take(20) {
                text.push_str(&format!("fact {:?}\n", fact.kind));
            }
        }
        std::fs::write(format!("{path}.listed"), text).unwrap();
    }
}
