//! Zip files made byte by byte, so that every lie can be told, and the ones that real packers write.

mod hostile;

use std::io::{Cursor, Write as _};

use super::*;
use crate::limits::Budget;
use crate::limits::{Limits, MemoryPool};
use crate::model::{GapReason, Step};
use crate::unwrap::Child;
use crate::unwrap::Content as ChildContent;

/// One entry as both headers tell it.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    local_name: Vec<u8>,
    data: Vec<u8>,
    method: u16,
    local_method: u16,
    flags: u16,
    crc: u32,
    size: u32,
    local_packed: u32,
    attributes: u32,
    extra: Vec<u8>,
    /// Bytes written before and after the entry.
    before: Vec<u8>,
    after: Vec<u8>,
    is_listed: bool,
    /// Overrides where the central header points to.
    offset: Option<u32>,
}

fn crc(bytes: &[u8]) -> u32 {
    rawzip::crc32(bytes)
}

fn stored(name: &[u8], data: &[u8]) -> Entry {
    Entry {
        name: name.to_vec(),
        local_name: name.to_vec(),
        data: data.to_vec(),
        method: 0,
        local_method: 0,
        flags: 0,
        crc: crc(data),
        size: data.len() as u32,
        local_packed: data.len() as u32,
        attributes: 0,
        extra: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
        is_listed: true,
        offset: None,
    }
}

fn deflated(name: &[u8], data: &[u8]) -> Entry {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    let packed = encoder.finish().unwrap();
    Entry {
        local_packed: packed.len() as u32,
        data: packed,
        method: 8,
        local_method: 8,
        crc: crc(data),
        size: data.len() as u32,
        ..stored(name, b"")
    }
}

fn put16(out: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|n| out.extend(n.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, numbers: &[u32]) {
    numbers.iter().for_each(|n| out.extend(n.to_le_bytes()));
}

/// Where the parts of a built archive begin.
struct Built {
    bytes: Vec<u8>,
    directory: usize,
    end: usize,
}

fn build(prefix: &[u8], entries: &[Entry]) -> Built {
    let mut out = prefix.to_vec();
    let mut directory = Vec::new();
    for e in entries {
        out.extend(&e.before);
        let at = out.len() - prefix.len();
        out.extend(header::LOCAL);
        put16(&mut out, &[20, e.flags, e.local_method, 0, 0x5821]);
        let described = e.flags & header::DESCRIBED != 0;
        put32(&mut out, &if described { [0, 0, 0] } else { [e.crc, e.local_packed, e.size] });
        put16(&mut out, &[e.local_name.len() as u16, e.extra.len() as u16]);
        out.extend(&e.local_name);
        out.extend(&e.extra);
        out.extend(&e.data);
        if described {
            out.extend(header::DESCRIPTOR);
            put32(&mut out, &[e.crc, e.data.len() as u32, e.size]);
        }
        out.extend(&e.after);
        if e.is_listed {
            directory.extend(header::CENTRAL);
            put16(&mut directory, &[0x0314, 20, e.flags, e.method, 0, 0x5821]);
            put32(&mut directory, &[e.crc, e.data.len() as u32, e.size]);
            put16(&mut directory, &[e.name.len() as u16, e.extra.len() as u16, 0, 0, 0]);
            put32(&mut directory, &[e.attributes, e.offset.unwrap_or(at as u32)]);
            directory.extend(&e.name);
            directory.extend(&e.extra);
        }
    }
    let start = out.len();
    out.extend(&directory);
    let end = out.len();
    let count = entries.iter().filter(|e| e.is_listed).count() as u16;
    out.extend(header::END);
    put16(&mut out, &[0, 0, count, count]);
    put32(&mut out, &[directory.len() as u32, (start - prefix.len()) as u32]);
    put16(&mut out, &[0]);
    Built { bytes: out, directory: start, end }
}

fn zip(entries: &[Entry]) -> Vec<u8> {
    build(b"", entries).bytes
}

/// What came out of an archive.
#[derive(Debug, Default)]
struct Outcome {
    files: Vec<(String, Vec<u8>)>,
    /// Names of `bytes` children, with their content.
    bytes: Vec<(String, Vec<u8>)>,
    rules: Vec<&'static str>,
    gaps: Vec<(GapReason, String)>,
    error: Option<Gap>,
}

impl Outcome {
    fn names(&self) -> Vec<&str> {
        self.files.iter().map(|f| f.0.as_str()).collect()
    }

    fn content(&self, name: &str) -> &[u8] {
        &self.files.iter().find(|f| f.0 == name).unwrap_or_else(|| panic!("{name} in {:?}", self.names())).1
    }

    fn assert_clean(&self) {
        assert!(self.rules.is_empty() && self.gaps.is_empty() && self.error.is_none(), "{self:?}");
    }
}

fn open_as(bytes: Vec<u8>, kind: FileKind, passwords: &[&str], limits: Limits) -> Outcome {
    let budget = Budget::new(Arc::new(limits.clone()), MemoryPool::new(limits.memory), bytes.len() as u64);
    let view = ByteView::from_vec(bytes);
    let passwords: Vec<String> = passwords.iter().map(|p| (*p).to_owned()).collect();
    let mut outcome = Outcome::default();
    let mut findings = Vec::new();
    let mut gaps = Vec::new();
    let mut sink = |child: Child| {
        let content = match child.content {
            ChildContent::Ready(view) => view,
            ChildContent::Deferred(decode) => {
                let produced = decode(&budget);
                findings.extend(produced.findings);
                gaps.extend(produced.gap.map(|g| (g.reason, g.detail)));
                produced.view
            }
        };
        match child.step {
            Step::Bytes { len, .. } => {
                assert_eq!(len, content.len() as u64);
                outcome.bytes.push((child.name, content.to_vec()));
            }
            _ => outcome.files.push((child.name, content.to_vec())),
        }
    };
    let mut out = Entries::new(&budget, &mut sink);
    let artifact = crate::unwrap::testing::artifact(kind, "x.zip", view.clone());
    let file = crate::parse::Parsed::new(&artifact);
    let input = Input { file: &file, view: &view, kind, name: "x.zip", passwords: &passwords };
    let error = Zip.unwrap(&input, &mut out).err();
    let (own, own_gaps) = (std::mem::take(&mut out.findings), std::mem::take(&mut out.gaps));
    findings.extend(own);
    gaps.extend(own_gaps.into_iter().map(|g| (g.reason, format!("{}: {}", g.entry, g.detail))));
    outcome.error = error;
    outcome.gaps = gaps;
    for finding in findings {
        assert!(!finding.evidence.is_empty());
        outcome.rules.push(finding.rule.id);
    }
    outcome.rules.sort_unstable();
    outcome
}

fn open(bytes: Vec<u8>) -> Outcome {
    open_as(bytes, FileKind::Zip, &["infected"], Limits::default())
}

#[test]
fn an_ordinary_archive_opens_without_a_word() {
    let outcome = open(zip(&[stored(b"a/", b""), stored(b"a/s.txt", b"stored"), deflated(b"a/d.txt", b"deflated")]));
    outcome.assert_clean();
    assert_eq!(outcome.names(), ["a/s.txt", "a/d.txt"]);
    assert_eq!(outcome.content("a/s.txt"), b"stored");
    assert_eq!(outcome.content("a/d.txt"), b"deflated");
}

#[test]
fn the_zip_crate_s_archives_open_alike() {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    let deflate = options.compression_method(::zip::CompressionMethod::Deflated);
    let mut expected = Vec::new();
    for i in 0..50_usize {
        let (name, data) = (format!("d{}/gr\u{fc}n{i}.txt", i % 7), vec![b'a' + (i % 26) as u8; i * i]);
        writer.start_file(&name, if i % 2 == 0 { deflate } else { options.large_file(i % 3 == 0) }).unwrap();
        writer.write_all(&data).unwrap();
        expected.push((name, data));
    }
    let bytes = writer.finish().unwrap().into_inner();
    let outcome = open(bytes.clone());
    outcome.assert_clean();
    assert_eq!(outcome.files, expected);
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let theirs = archive.entries().map(|e| shown(e.unwrap().file_path().as_bytes()));
    assert!(theirs.eq(expected.iter().map(|e| e.0.clone())));
}

#[test]
fn data_descriptors_are_accounted_for() {
    let flag = |e: Entry| Entry { flags: header::DESCRIBED, ..e };
    let outcome = open(zip(&[flag(stored(b"a", b"stored")), flag(deflated(b"b", b"deflated"))]));
    outcome.assert_clean();
    assert_eq!(outcome.content("b"), b"deflated");
}

#[test]
fn a_stub_before_the_archive_is_emitted() {
    let outcome = open(build(b"#!/usr/bin/env python3\n", &[deflated(b"__main__.py", b"print(1)")]).bytes);
    assert_eq!(outcome.rules, ["zip-stub"]);
    assert_eq!(outcome.bytes, [("stub".to_owned(), b"#!/usr/bin/env python3\n".to_vec())]);
    assert_eq!(outcome.content("__main__.py"), b"print(1)");
}

#[test]
fn offsets_may_count_a_script_that_is_looked_at_by_itself() {
    let mut built = build(b"", &[deflated(b"a.py", b"print(1)"), stored(b"b.py", b"print(2)")]);
    let mut shift = |at: usize| {
        let field = built.bytes.get_mut(at..at + 4).unwrap();
        let moved = u32::from_le_bytes(field.try_into().unwrap()) + 378;
        field.copy_from_slice(&moved.to_le_bytes());
    };
    let second = built.directory + 46 + 4;
    [built.directory + 42, second + 42, built.end + 16].into_iter().for_each(&mut shift);
    let outcome = open(built.bytes);
    outcome.assert_clean();
    assert_eq!((outcome.content("a.py"), outcome.content("b.py")), (&b"print(1)"[..], &b"print(2)"[..]));
}

#[test]
fn chrome_extensions_open() {
    let mut head = b"Cr24".to_vec();
    put32(&mut head, &[3, 5]);
    head.extend(b"proof");
    let outcome =
        open_as(build(&head, &[stored(b"manifest.json", b"{}")]).bytes, FileKind::Crx, &[], Limits::default());
    outcome.assert_clean();
    let mut head = b"Cr24".to_vec();
    put32(&mut head, &[2, 3, 2]);
    head.extend(b"keysg");
    let outcome =
        open_as(build(&head, &[stored(b"manifest.json", b"{}")]).bytes, FileKind::Crx, &[], Limits::default());
    outcome.assert_clean();
    assert_eq!(outcome.names(), ["manifest.json"]);
}

fn unhex(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Written by Python's zipfile: `hello` four times, bzip2 and LZMA.
const BZIP2: &str = "504b03042e0000000c00000021580088590b2f0000001800000005000000612e747874425a68393141592653596f4f10f3000005d100001040000244a00030c002a834710dad870f1772453850906f4f10f3504b01022e032e0000000c00000021580088590b2f00000018000000050000000000000000000000800100000000612e747874504b0506000000000100010033000000520000000000";
const LZMA: &str = "504b03043f0002000e00000021580088590b1c0000001800000005000000612e747874090405005d0000800000341949ee8de9560ac1b620b7ffffba340000504b01023f033f0002000e00000021580088590b1c00000018000000050000000000000000000000800100000000612e747874504b05060000000001000100330000003f0000000000";
/// Written by Info-ZIP with the password "infected".
const ZIPCRYPTO: &str = "504b0304140009000800580f775de3513d8d160000001700000005001c00612e7478745554090003d79d036bd79d036b75780b000104000000000400000000052fb0cfa544fd7432fd0c739170d289ed3d98b10829504b0708e3513d8d1600000017000000504b01021e03140009000800580f775de3513d8d1600000017000000050018000000000001000000a48100000000612e7478745554050003d79d036b75780b000104000000000400000000504b050600000000010001004b000000650000000000";

#[test]
fn bzip2_and_lzma_unpack() {
    for archive in [BZIP2, LZMA] {
        let outcome = open(unhex(archive));
        outcome.assert_clean();
        assert_eq!(outcome.content("a.txt"), b"hello hello hello hello\n");
    }
}

#[test]
fn a_method_that_is_not_known_is_a_gap_and_its_bytes_are_looked_at() {
    let outcome = open(zip(&[Entry { method: 98, local_method: 98, ..stored(b"a", b"packed") }]));
    assert_eq!(outcome.gaps.len(), 1);
    assert_eq!(outcome.gaps[0].0, GapReason::Unsupported);
    assert!(outcome.gaps[0].1.contains("98 (PPMD)"), "{outcome:?}");
    assert_eq!(outcome.content("a"), b"packed");
}

#[test]
fn zipcrypto_opens_with_the_customary_password() {
    let outcome = open(unhex(ZIPCRYPTO));
    assert_eq!(outcome.content("a.txt"), b"hello hello hello hello");
    assert_eq!(outcome.rules, ["zip-password-opened"]);
    assert!(outcome.gaps.is_empty());
    let outcome = open_as(unhex(ZIPCRYPTO), FileKind::Zip, &["a", "b"], Limits::default());
    assert_eq!(outcome.gaps[0].0, GapReason::Encrypted);
    assert!(outcome.content("a.txt").is_empty());
    let outcome = open_as(unhex(ZIPCRYPTO), FileKind::Zip, &["a", "infected"], Limits::default());
    assert_eq!(outcome.content("a.txt"), b"hello hello hello hello");
}

/// An AES entry, encrypted here with the same primitives that read it; the format's vectors are in the crates.
fn aes_entry(version: u16, strength: u8, plain: &[u8], password: &str) -> Entry {
    use aes::cipher::{KeyIvInit as _, StreamCipher as _};
    use hmac::{KeyInit as _, Mac as _};
    let key_len = 8 + 8 * usize::from(strength);
    let salt = vec![7; key_len / 2];
    let mut keys = vec![0; 2 * key_len + 2];
    pbkdf2::pbkdf2::<hmac::Hmac<sha1::Sha1>>(password.as_bytes(), &salt, 1000, &mut keys).unwrap();
    let mut content = plain.to_vec();
    let counter = 1_u128.to_le_bytes();
    match strength {
        1 => {
            ctr::Ctr128LE::<aes::Aes128>::new_from_slices(&keys[..16], &counter).unwrap().apply_keystream(&mut content)
        }
        2 => {
            ctr::Ctr128LE::<aes::Aes192>::new_from_slices(&keys[..24], &counter).unwrap().apply_keystream(&mut content)
        }
        _ => {
            ctr::Ctr128LE::<aes::Aes256>::new_from_slices(&keys[..32], &counter).unwrap().apply_keystream(&mut content)
        }
    }
    let mut proof = hmac::Hmac::<sha1::Sha1>::new_from_slice(&keys[key_len..2 * key_len]).unwrap();
    proof.update(&content);
    let mut data = salt;
    data.extend(&keys[2 * key_len..]);
    data.extend(&content);
    data.extend(&proof.finalize().into_bytes()[..10]);
    let mut extra = Vec::new();
    put16(&mut extra, &[0x9901, 7, version]);
    extra.extend([b'A', b'E', strength, 0, 0]);
    Entry {
        method: 99,
        local_method: 99,
        flags: header::ENCRYPTED,
        crc: if version == 1 { crc(plain) } else { 0 },
        size: plain.len() as u32,
        local_packed: data.len() as u32,
        extra,
        ..stored(b"a.txt", &data)
    }
}

#[test]
fn winzip_aes_opens_in_all_strengths() {
    for version in [1, 2] {
        for strength in [1, 2, 3] {
            let entry = aes_entry(version, strength, b"attack at dawn, or at least before noon", "infected");
            let outcome = open(zip(std::slice::from_ref(&entry)));
            assert_eq!(outcome.content("a.txt"), b"attack at dawn, or at least before noon");
            assert_eq!(outcome.rules, ["zip-password-opened"]);
            let outcome = open_as(zip(&[entry]), FileKind::Zip, &["other"], Limits::default());
            assert_eq!(outcome.gaps[0].0, GapReason::Encrypted);
        }
    }
}

#[test]
fn short_encrypted_entries_are_gaps() {
    let mut entry = aes_entry(2, 3, b"", "infected");
    entry.data.truncate(20);
    entry.local_packed = 20;
    let outcome = open(zip(&[entry, Entry { flags: 1, ..stored(b"b", b"short") }]));
    assert!(outcome.gaps.iter().all(|g| g.0 == GapReason::Encrypted), "{outcome:?}");
    assert!(outcome.rules.contains(&"zip-false-encryption"), "b is only marked as encrypted");
    assert_eq!(outcome.content("b"), b"short");
}
