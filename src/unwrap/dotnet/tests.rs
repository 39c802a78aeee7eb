use super::super::testing::{Seen, open, survive};
use super::*;
use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder};
use std::io::Write as _;

const SIGNATURE: &[u8] = b"\x8b\x12\x02\xb9\x6a\x61\x20\x38\x72\x7b\x93\x02\x14\xd7\xa0\x32\
    \x13\xf5\xb9\xe6\xef\xae\x33\x18\xee\x3b\x2d\xce\x24\xb3\x6a\xae";

struct File {
    path: &'static str,
    kind: u8,
    bytes: Vec<u8>,
    deflate: bool,
}

fn file(path: &'static str, kind: u8, bytes: &[u8], deflate: bool) -> File {
    File { path, kind, bytes: bytes.to_vec(), deflate }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn string(out: &mut Vec<u8>, text: &str) {
    assert!(text.len() < 0x80);
    out.push(text.len() as u8);
    out.extend_from_slice(text.as_bytes());
}

/// A host with a bundle behind it, and where the rows begin.
fn bundle(host: &[u8], major: u32, files: &[File]) -> (Vec<u8>, usize) {
    let mark = memchr::memmem::find(host, SIGNATURE).unwrap();
    let mut out = host.to_vec();
    let mut rows = Vec::new();
    let mut settings = [(0u64, 0u64); 2];
    for file in files {
        let body = if file.deflate { deflated(&file.bytes) } else { file.bytes.clone() };
        let (at, size) = (out.len() as u64, file.bytes.len() as u64);
        out.extend_from_slice(&body);
        if let Some(i) = SETTINGS.iter().position(|k| *k == file.kind) {
            settings[i] = (at, size);
        }
        rows.extend(at.to_le_bytes());
        rows.extend(size.to_le_bytes());
        if major >= 6 {
            rows.extend((if file.deflate { body.len() as u64 } else { 0 }).to_le_bytes());
        }
        rows.push(file.kind);
        string(&mut rows, file.path);
    }
    let header = out.len() as u64;
    [major, 0, files.len() as u32].iter().for_each(|v| out.extend(v.to_le_bytes()));
    string(&mut out, "aZ09-_bundleid");
    if major >= 2 {
        let numbers = [settings[0].0, settings[0].1, settings[1].0, settings[1].1, 0];
        numbers.iter().for_each(|v| out.extend(v.to_le_bytes()));
    }
    let at = out.len();
    out.extend(rows);
    out[mark - 8..mark].copy_from_slice(&header.to_le_bytes());
    (out, at)
}

fn elf() -> Vec<u8> {
    let mut host = ElfBuilder::program();
    host.data = [&[0; 64][..], SIGNATURE, &[0; 64]].concat();
    host.build()
}

fn files(deflate: bool) -> Vec<File> {
    vec![
        file("app.dll", 1, b"MZ the program", deflate),
        file("lib/libnative.so", 2, b"\x7fELF native", false),
        file("app.deps.json", 3, b"{\"libraries\":{}}", false),
        file("app.runtimeconfig.json", 4, b"{}", false),
        file("empty.txt", 0, b"", false),
    ]
}

fn whole(seen: &Seen) {
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    assert_eq!(seen.names(), ["app.dll", "lib/libnative.so", "app.deps.json", "app.runtimeconfig.json"]);
    assert_eq!(seen.content("app.dll"), b"MZ the program");
    assert_eq!(seen.content("lib/libnative.so"), b"\x7fELF native");
    let rules: Vec<_> = seen.findings.iter().map(|f| f.rule.id).collect();
    assert_eq!(rules, ["native-single-file-bundle"]);
    assert_eq!(seen.accounted.len(), 4);
    let host = seen.facts.iter().any(|f| matches!(&f.kind, FactKind::Component(c) if c.source == "dotnet-bundle"));
    assert!(host, "{:?}", seen.facts);
}

#[test]
fn every_version_and_host_is_opened() {
    for (major, deflate) in [(1, false), (2, false), (6, false), (6, true)] {
        whole(&open(&DotNetBundle, FileKind::Elf, &bundle(&elf(), major, &files(deflate)).0));
    }
    let mut pe = PeBuilder::program();
    pe.overlay = [&[0; 16][..], SIGNATURE].concat();
    whole(&open(&DotNetBundle, FileKind::Pe, &bundle(&pe.build(), 6, &files(true)).0));
    let mut mach = MachBuilder::library().build();
    mach.extend([&[0; 16][..], SIGNATURE].concat());
    whole(&open(&DotNetBundle, FileKind::MachO, &bundle(&mach, 6, &files(true)).0));
}

#[test]
fn a_host_without_a_bundle_is_none() {
    let seen = open(&DotNetBundle, FileKind::Elf, &elf());
    assert!(seen.result.is_ok() && seen.children.is_empty() && seen.findings.is_empty());
}

#[test]
fn tables_that_break_off_keep_what_came_before() {
    let (bytes, rows) = bundle(&elf(), 6, &files(false));
    let seen = open(&DotNetBundle, FileKind::Elf, &bytes[..rows + 60]);
    assert_eq!(seen.broken().reason, GapReason::Malformed);
    assert_eq!(seen.names(), ["app.dll"]);
    // A count beyond all bounds ends at the last row that is there.
    let mut many = bytes;
    many[rows - 40 - 15 - 4..rows - 40 - 15].fill(0xff);
    let seen = open(&DotNetBundle, FileKind::Elf, &many);
    assert!(seen.broken().detail.contains("4294967295 files"), "{}", seen.broken());
    assert_eq!(seen.children.len(), 4);
}

#[test]
fn rows_that_lie_are_told() {
    let (mut bytes, rows) = bundle(&elf(), 6, &files(false));
    // The second file where the first is; the third nowhere.
    let first: [u8; 8] = bytes[rows..rows + 8].try_into().unwrap();
    let second = rows + 25 + 8;
    bytes[second..second + 8].copy_from_slice(&first);
    let third = second + 25 + 17;
    bytes[third..third + 8].fill(0x7f);
    let seen = open(&DotNetBundle, FileKind::Elf, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert_eq!(seen.gaps.len(), 1);
    assert_eq!(seen.gaps[0].entry, "app.deps.json");
    let odd = seen.findings.iter().find(|f| f.rule.id == CONTRADICTION.id).unwrap();
    let notes: Vec<_> = odd.evidence.iter().map(|e| e.note.as_str()).collect();
    assert!(notes.iter().any(|n| n.contains("belong to two files")), "{notes:?}");
    assert!(notes.iter().any(|n| n.contains("the header places app.deps.json")), "{notes:?}");
}

#[test]
fn doubtful_paths_are_told() {
    let files = [file("../../x", 0, b"1", false), file("a.dll", 1, b"2", false), file("a.dll", 1, b"3", false)];
    let seen = open(&DotNetBundle, FileKind::Elf, &bundle(&elf(), 2, &files).0);
    let rules: Vec<_> = seen.findings.iter().map(|f| f.rule.id).collect();
    assert_eq!(rules, ["native-single-file-bundle", "entry-path-escape", "dotnet-bundle-contradiction"]);
    assert_eq!(seen.children.len(), 3);
}

#[test]
fn streams_that_lie_about_their_size_are_gaps() {
    let mut liar = files(true);
    liar.truncate(1);
    let (mut bytes, rows) = bundle(&elf(), 6, &liar);
    bytes[rows + 8] = 3;
    let seen = open(&DotNetBundle, FileKind::Elf, &bytes);
    assert!(seen.gaps[0].detail.contains("its table says 3"), "{:?}", seen.gaps);
    assert_eq!(seen.content("app.dll"), b"MZ the program");
    // Not deflate at all.
    let start = usize::try_from(u64::from_le_bytes(bytes[rows..rows + 8].try_into().unwrap())).unwrap();
    bytes[start] = 0xff;
    let seen = open(&DotNetBundle, FileKind::Elf, &bytes);
    assert_eq!(seen.gaps[0].reason, GapReason::Malformed);
}

#[test]
fn broken_bundles_are_survived() {
    survive(&DotNetBundle, FileKind::Elf, &bundle(&elf(), 6, &files(true)).0);
}

/// Calibration: `PEEPHOLE_BUNDLE=FILE cargo test real_bundle -- --ignored --nocapture` asserts that a real bundle
/// opens without a gap and tells how many files are in it.
#[test]
#[ignore = "reads a file named by PEEPHOLE_BUNDLE"]
fn real_bundle() {
    let path = std::env::var("PEEPHOLE_BUNDLE").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let kind = crate::identify::identify("x", &bytes).kind;
    let seen = open(&DotNetBundle, kind, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    let accounted: usize = seen.accounted.iter().map(|r| r.len()).sum();
    let unpacked: usize = seen.children.iter().map(|(_, c)| c.len()).sum();
    let rules: Vec<_> = seen.findings.iter().map(|f| (f.rule.id, f.evidence.len())).collect();
    let count = seen.children.len();
    assert!(count > 0, "no bundle");
    let said = format!("{count} files, {unpacked} bytes, {accounted} of {} accounted, {rules:?}", bytes.len());
    std::io::Write::write_all(&mut std::io::stdout(), said.as_bytes()).unwrap();
}
