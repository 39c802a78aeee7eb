use super::super::squashfs::AppImage;
use super::super::testing::{open, survive};
use super::*;

/// A record: place, length, flags, name, what Rock Ridge adds.
fn record(extent: u32, len: u32, flags: u8, name: &[u8], extra: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0];
    bytes.extend(extent.to_le_bytes());
    bytes.extend(extent.to_be_bytes());
    bytes.extend(len.to_le_bytes());
    bytes.extend(len.to_be_bytes());
    bytes.extend([0; 7]);
    bytes.extend([flags, 0, 0, 1, 0, 0, 1, name.len() as u8]);
    bytes.extend(name);
    if name.len().is_multiple_of(2) {
        bytes.push(0);
    }
    bytes.extend(extra);
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes[0] = bytes.len() as u8;
    bytes
}

fn descriptor(kind: u8, escape: &[u8], root: u32) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend(b"CD001\x01");
    bytes.resize(88, 0);
    bytes.extend(escape);
    bytes.resize(156, 0);
    bytes.extend(record(root, 2048, 2, &[0], &[]));
    bytes.resize(2048, 0);
    bytes
}

fn named(name: &[u8]) -> Vec<u8> {
    [&b"NM"[..], &[name.len() as u8 + 5, 1, 0], name].concat()
}

/// Sectors: 16 to 18 descriptors, 19 root, 20 a folder, 21 and 22 files, 23 Joliet's root, 24 a file of its own.
fn image() -> Vec<u8> {
    let mut bytes = vec![0; 16 * 2048];
    bytes.extend(descriptor(1, b"", 19));
    bytes.extend(descriptor(2, b"%/E", 23));
    bytes.extend(descriptor(255, b"", 0));
    let mut sector = |records: &[Vec<u8>]| {
        let start = bytes.len();
        bytes.extend(records.concat());
        bytes.resize(start + 2048, 0);
    };
    let own = [record(19, 2048, 2, &[0], &[]), record(19, 2048, 2, &[1], &[])];
    let link = [&b"SL\x06\x01\0\0"[..], &named(b"link")].concat();
    sector(&[
        own.concat(),
        record(20, 2048, 2, b"DEEP", &named(b"deep folder")),
        record(21, 11, 0, b"RUN.;1", &named(b"run.sh")),
        record(0, 0, 0, b"LINK.;1", &link),
    ]);
    sector(&[own.concat(), record(22, 5, 0, b"PLAIN.TXT;1", b"")]);
    sector(&[b"echo hello\n".to_vec()]);
    sector(&[b"plain".to_vec()]);
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    sector(&[own.concat(), record(21, 11, 0, &wide("run.sh"), b""), record(24, 6, 0, &wide("only.js"), b"")]);
    sector(&[b"alert()".to_vec()]);
    bytes
}

#[test]
fn every_tree_is_walked_and_a_file_is_given_once() {
    let bytes = image();
    let seen = open(&Iso, FileKind::Iso, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty() && seen.findings.is_empty(), "{:?}", seen.gaps);
    assert_eq!(seen.names(), ["run.sh", "deep folder/PLAIN.TXT", "only.js"]);
    assert_eq!(seen.content("run.sh"), b"echo hello\n");
    assert_eq!(seen.content("deep folder/PLAIN.TXT"), b"plain");
    assert_eq!(crate::identify::identify("x", &bytes).kind, FileKind::Iso);
}

#[test]
fn the_first_kind_of_app_image_is_one() {
    let mut bytes = image();
    bytes[..4].copy_from_slice(b"\x7fELF");
    bytes[8..11].copy_from_slice(b"AI\x01");
    let seen = open(&AppImage, FileKind::Elf, &bytes);
    assert_eq!(seen.names(), ["run.sh", "deep folder/PLAIN.TXT", "only.js"]);
}

#[test]
fn lies_are_gaps() {
    let whole = image();
    let place = |name: &[u8]| memchr::memmem::find(&whole, name).unwrap() - 33;
    // A file beyond the end, a folder that holds itself, a folder longer than the image.
    let mut bytes = whole.clone();
    bytes[place(b"PLAIN.TXT;1") + 10] = 0xff;
    bytes[place(b"PLAIN.TXT;1") + 12] = 0xff;
    let seen = open(&Iso, FileKind::Iso, &bytes);
    assert!(seen.gaps[0].detail.contains("cut off") && seen.gaps[0].entry == "deep folder/PLAIN.TXT");
    let mut bytes = whole.clone();
    bytes[place(b"DEEP") + 2] = 19;
    assert!(open(&Iso, FileKind::Iso, &bytes).gaps[0].detail.contains("in itself"));
    let mut bytes = whole.clone();
    bytes[place(b"DEEP") + 13] = 0x7f;
    assert!(open(&Iso, FileKind::Iso, &bytes).broken().detail.contains("longer than the image"));
    assert!(open(&Iso, FileKind::Iso, b"").result.is_err());
    survive(&Iso, FileKind::Iso, &whole);
}
