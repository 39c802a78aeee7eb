//! Archives by crate `tar`, by GNU's formats, and made block by block to lie.

use std::io::Read as _;
use std::sync::Arc;

use super::*;
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{GapReason, Step};
use crate::unwrap::{Child, Content, noise::Noise};

#[derive(Debug, Default)]
struct Outcome {
    files: Vec<(String, Vec<u8>)>,
    bytes: Vec<(String, Vec<u8>)>,
    rules: Vec<&'static str>,
    gaps: Vec<Gap>,
    error: Option<Gap>,
}

impl Outcome {
    fn names(&self) -> Vec<&str> {
        self.files.iter().map(|f| f.0.as_str()).collect()
    }

    fn assert_clean(&self) {
        assert!(self.rules.is_empty() && self.gaps.is_empty() && self.error.is_none(), "{self:?}");
    }
}

fn open_within(bytes: Vec<u8>, limits: Limits) -> Outcome {
    let budget = Budget::new(Arc::new(limits.clone()), MemoryPool::new(limits.memory), bytes.len() as u64);
    let view = ByteView::from_vec(bytes);
    let mut outcome = Outcome::default();
    let (mut gaps, mut findings) = (Vec::new(), Vec::new());
    let mut sink = |child: Child| {
        let content = match child.content {
            Content::Ready(view) => view,
            Content::Deferred(decode) => {
                let produced = decode(&budget);
                gaps.extend(produced.gap);
                produced.view
            }
        };
        let list = if matches!(child.step, Step::Bytes { .. }) { &mut outcome.bytes } else { &mut outcome.files };
        list.push((child.name, content.to_vec()));
    };
    let mut out = Entries::new(&budget, &mut sink);
    let artifact = crate::unwrap::testing::artifact(FileKind::Tar, "x.tar", view.clone());
    let file = crate::parse::Parsed::new(&artifact);
    let input = Input { file: &file, view: &view, kind: FileKind::Tar, name: "x.tar", passwords: &[] };
    let error = Tar.unwrap(&input, &mut out).err();
    findings.append(&mut out.findings);
    let own = std::mem::take(&mut out.gaps);
    gaps.extend(own);
    outcome.error = error;
    outcome.gaps = gaps;
    outcome.rules = findings.iter().map(|f| f.rule.id).collect();
    outcome.rules.sort_unstable();
    outcome
}

fn open(bytes: Vec<u8>) -> Outcome {
    open_within(bytes, Limits::default())
}

/// A header with its checksum.
fn header(name: &str, kind: u8, size: u64) -> Vec<u8> {
    let mut block = vec![0; BLOCK];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..107].copy_from_slice(b"0000644");
    block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    sign(&mut block);
    block
}

fn sign(block: &mut [u8]) {
    block[148..156].copy_from_slice(b"        ");
    let sum: u32 = block[..BLOCK].iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn padded(data: &[u8]) -> Vec<u8> {
    let mut out = data.to_vec();
    out.resize(data.len().next_multiple_of(BLOCK), 0);
    out
}

fn file(name: &str, data: &[u8]) -> Vec<u8> {
    extended(name, b'0', data)
}

fn extended(name: &str, kind: u8, data: &[u8]) -> Vec<u8> {
    [header(name, kind, data.len() as u64), padded(data)].concat()
}

fn record(key: &str, value: &str) -> String {
    let body = key.len() + value.len() + 3;
    let len = (1..).find(|digits| (body + digits).to_string().len() == *digits).unwrap() + body;
    format!("{len} {key}={value}\n")
}

fn pax(records: &[(&str, &str)]) -> Vec<u8> {
    let text: String = records.iter().map(|(k, v)| record(k, v)).collect();
    extended("PaxHeader", b'x', text.as_bytes())
}

const END: [u8; 1024] = [0; 1024];

fn archive(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), END.to_vec()].concat()
}

#[test]
fn archives_of_the_tar_crate_open_alike() {
    let mut builder = ::tar::Builder::new(Vec::new());
    for i in 0..60_usize {
        let long = "folder/".repeat(i) + &format!("file{i}.txt");
        let data = vec![b'a' + (i % 26) as u8; i * 37];
        let mut header = match i % 3 {
            0 => ::tar::Header::new_gnu(),
            1 => ::tar::Header::new_ustar(),
            _ => ::tar::Header::new_old(),
        };
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        let name = if i % 3 == 0 { long } else { format!("{}/f{i}", "d".repeat(1 + i % 40)) };
        builder.append_data(&mut header, name, &data[..]).unwrap();
    }
    let bytes = builder.into_inner().unwrap();
    let outcome = open(bytes.clone());
    outcome.assert_clean();
    let mut archive = ::tar::Archive::new(&bytes[..]);
    let theirs: Vec<_> = archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut data = Vec::new();
            entry.read_to_end(&mut data).unwrap();
            (String::from_utf8(entry.path_bytes().into_owned()).unwrap(), data)
        })
        .collect();
    assert_eq!(outcome.files, theirs);
    assert_eq!(theirs.len(), 60);
}

#[test]
fn pax_records_replace_name_and_link() {
    let outcome = open(archive(&[
        pax(&[("path", "gr\u{fc}n/and long.txt"), ("mtime", "1.5")]),
        file("short", b"one"),
        file("next", b"two"),
    ]));
    outcome.assert_clean();
    assert_eq!(outcome.names(), ["gr\u{fc}n/and long.txt", "next"]);
}

#[test]
fn old_and_binary_numbers_are_read() {
    let mut old = header("v7.txt", 0, 3);
    old[257..265].fill(0);
    sign(&mut old);
    let mut binary = header("b.txt", b'0', 0);
    binary[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
    sign(&mut binary);
    let outcome = open(archive(&[old, padded(b"abc"), binary, padded(b"abcd")]));
    outcome.assert_clean();
    assert_eq!(outcome.files[0].1, b"abc");
    assert_eq!(outcome.files[1].1, b"abcd");
}

#[test]
fn two_sizes_are_reported_and_both_readings_emitted() {
    let hidden = file("hidden.py", b"import os");
    let content = [padded(b"x"), hidden.clone()].concat();
    let mut outer = header("a.txt", b'0', 1);
    sign(&mut outer);
    let size = content.len().to_string();
    let outcome = open(archive(&[pax(&[("size", &size)]), outer, content.clone(), file("b", b"y")]));
    assert_eq!(outcome.rules, ["tar-size-contradiction"]);
    assert_eq!(outcome.names(), ["a.txt", "b"]);
    assert_eq!(outcome.bytes, [("other-reading".to_owned(), hidden.clone())]);

    let outcome = open(archive(&[pax(&[("size", "0")]), header("a.txt", b'0', 512), hidden]));
    assert_eq!(outcome.rules, ["tar-size-contradiction"]);
    assert_eq!(outcome.names(), ["a.txt", "hidden.py"]);
    assert_eq!(outcome.bytes[0].1.len(), 512);
    assert_eq!(open(archive(&[pax(&[("size", "1")]), file("a", b"x")])).rules, [""; 0]);
}

#[test]
fn readings_by_the_thousand_are_a_limit() {
    let parts: Vec<_> = (0..100).flat_map(|_| [pax(&[("size", "0")]), header("a", b'0', 1 << 20)]).collect();
    let outcome = open(archive(&parts));
    assert_eq!(outcome.bytes.len(), READINGS as usize);
    assert_eq!(outcome.error.unwrap().reason, GapReason::Limit);
}

#[test]
fn names_given_twice_are_reported() {
    let long = extended("././@LongLink", b'L', b"one.py\0");
    let outcome = open(archive(&[long.clone(), pax(&[("path", "two.py")]), file("x", b"")]));
    assert_eq!(outcome.rules, ["tar-value-twice"]);
    assert_eq!(outcome.names(), ["two.py"]);
    let outcome = open(archive(&[pax(&[("path", "one"), ("path", "two")]), file("x", b"")]));
    assert_eq!(outcome.rules, ["tar-value-twice"]);
    let outcome = open(archive(&[pax(&[("path", "one")]), pax(&[("path", "two")]), file("x", b"")]));
    assert_eq!(outcome.rules, ["tar-value-twice"]);
    open(archive(&[long, file("x", b"")])).assert_clean();
}

#[test]
fn links_with_a_size_that_hides_entries_are_reported() {
    let hidden = file("hidden.py", b"import os");
    let outcome = open(archive(&[header("l", b'2', hidden.len() as u64), hidden.clone(), file("b", b"y")]));
    assert!(outcome.rules.contains(&"tar-size-of-link"), "{outcome:?}");
    assert_eq!(outcome.names(), ["hidden.py", "b"]);
    // Some writers state a hard link's size without its content.
    let outcome = open(archive(&[header("l", b'1', 5000), file("b", b"y")]));
    assert_eq!(outcome.rules, ["entry-link"]);
    // And some store the content.
    let outcome = open(archive(&[extended("l", b'1', b"data"), file("b", b"y")]));
    assert_eq!(outcome.names(), ["b"]);
    assert_eq!(outcome.bytes, [("content".to_owned(), b"data".to_vec())]);
}

#[test]
fn special_entries_are_reported() {
    let mut setuid = header("su", b'0', 0);
    setuid[100..107].copy_from_slice(b"0004755");
    sign(&mut setuid);
    let mut out = header("out", b'2', 0);
    out[157..161].copy_from_slice(b"/etc");
    sign(&mut out);
    let outcome = open(archive(&[header("dev", b'3', 0), setuid, header("dir/", b'5', 0), out, file("out/x", b"y")]));
    assert_eq!(outcome.rules, ["entry-link-escape", "entry-write-through-link", "tar-setuid", "tar-special-file"]);
    assert_eq!(outcome.names(), ["su", "out/x"]);
}

#[test]
fn doubtful_names_are_kept_and_reported() {
    let outcome = open(archive(&[file("../x", b"1"), file("/etc/passwd", b"2"), file("a/../b", b"3")]));
    assert_eq!(outcome.rules, ["entry-path-escape", "entry-path-rooted"]);
    assert_eq!(outcome.names(), ["../x", "/etc/passwd", "a/../b"]);
}

#[test]
fn duplicates_are_compared() {
    assert_eq!(open(archive(&[file("a.py", b"x"), file("./a.py", b"y")])).rules, ["tar-duplicate-differs"]);
    assert_eq!(open(archive(&[file("a.py", b"x"), file("a.py", b"x")])).rules, ["tar-duplicate-same"]);
    assert_eq!(open(archive(&[file("a.py", b"x"), file("A.py", b"x")])).rules, ["tar-name-case"]);
}

#[test]
fn data_after_the_end_is_emitted() {
    let more = archive(&[file("hidden", b"x")]);
    let outcome = open([archive(&[file("a", b"y")]), more.clone()].concat());
    assert_eq!(outcome.rules, ["tar-after-end"]);
    assert_eq!(outcome.bytes, [("after-end".to_owned(), more)]);
    let outcome = open([archive(&[file("a", b"y")]), b"\0\0\0text".to_vec()].concat());
    assert_eq!(outcome.bytes, [("after-end".to_owned(), b"text".to_vec())]);
    open([archive(&[file("a", b"y")]), vec![0; 9000]].concat()).assert_clean();
}

#[test]
fn entries_after_a_lone_zero_block_are_read() {
    let outcome = open(archive(&[file("a", b"x"), vec![0; BLOCK], file("b", b"y")]));
    assert_eq!(outcome.rules, ["tar-lone-zero-block"]);
    assert_eq!(outcome.names(), ["a", "b"]);
}

#[test]
fn a_broken_header_is_a_gap_and_reading_goes_on() {
    let mut bad = file("bad", b"lost");
    bad[0] ^= 1;
    let outcome = open(archive(&[file("a", b"x"), bad.clone(), file("b", b"y")]));
    assert_eq!(outcome.names(), ["a", "b"]);
    assert_eq!(outcome.gaps.len(), 1);
    assert_eq!(outcome.gaps[0].reason, GapReason::Malformed);
    assert!(outcome.gaps[0].detail.contains("1024 bytes"), "{}", outcome.gaps[0]);
    assert_eq!(outcome.bytes[0].1, bad);
}

#[test]
fn a_cut_off_archive_gives_what_is_there() {
    let bytes = archive(&[file("a", b"x"), file("b", &[7; 5000])]);
    let outcome = open(bytes[..3000].to_vec());
    assert_eq!(outcome.names(), ["a", "b"]);
    assert_eq!(outcome.files[1].1, vec![7; 3000 - 1536]);
    let error = outcome.error.unwrap();
    assert_eq!((error.reason, error.entry.as_str()), (GapReason::Malformed, "b"));
    let outcome = open(bytes[..1300].to_vec());
    assert_eq!(outcome.names(), ["a"]);
    assert!(outcome.error.is_some());
    assert!(open(archive(&[file("a", b"x"), pax(&[("path", "b")])])).error.is_some());
    assert!(open(b"not a tar file".to_vec()).error.is_some());
    assert!(open(vec![1; 2000]).error.is_some());
    open(Vec::new()).assert_clean();
}

#[test]
fn sizes_that_lie_do_not_overflow() {
    let mut huge = header("huge", b'0', 0);
    huge[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    sign(&mut huge);
    let outcome = open([huge.clone(), b"rest".to_vec()].concat());
    assert_eq!(outcome.files, [("huge".to_owned(), b"rest".to_vec())]);
    assert!(outcome.error.is_some());
    huge[156] = b'x';
    sign(&mut huge);
    assert!(open(huge).error.is_some());
}

#[test]
fn padding_that_is_not_zero_is_noted() {
    let mut entry = file("a", b"x");
    entry[BLOCK + 100] = 1;
    assert_eq!(open(archive(&[entry])).rules, ["tar-padding"]);
}

fn sparse_header(pieces: &[(u64, u64)], stored: u64, real: u64) -> Vec<u8> {
    let mut block = header("sparse.bin", b'S', stored);
    block[257..265].copy_from_slice(b"ustar  \0");
    for (i, (offset, len)) in pieces.iter().enumerate() {
        let at = 386 + 24 * i;
        block[at..at + 11].copy_from_slice(format!("{offset:011o}").as_bytes());
        block[at + 12..at + 23].copy_from_slice(format!("{len:011o}").as_bytes());
    }
    block[483..494].copy_from_slice(format!("{real:011o}").as_bytes());
    sign(&mut block);
    block
}

#[test]
fn sparse_files_of_every_format_are_put_together() {
    let stored = b"headtail";
    let mut whole = vec![0; 10_000];
    whole[..4].copy_from_slice(b"head");
    whole[9000..9004].copy_from_slice(b"tail");
    let pieces = [(0, 4), (9000, 4), (10_000, 0)];
    let gnu = [sparse_header(&pieces, 8, 10_000), padded(stored)].concat();
    let repeated = [
        pax(&[
            ("GNU.sparse.size", "10000"),
            ("GNU.sparse.numblocks", "2"),
            ("GNU.sparse.offset", "0"),
            ("GNU.sparse.numbytes", "4"),
            ("GNU.sparse.offset", "9000"),
            ("GNU.sparse.numbytes", "4"),
        ]),
        file("sparse.bin", stored),
    ]
    .concat();
    let map = [
        pax(&[
            ("GNU.sparse.size", "10000"),
            ("GNU.sparse.name", "sparse.bin"),
            ("GNU.sparse.map", "0,4,9000,4"),
            ("path", "GNUSparseFile.0/sparse.bin"),
        ]),
        file("GNUSparseFile.0/sparse.bin", stored),
    ]
    .concat();
    let in_data = [padded(b"2\n0\n4\n9000\n4\n"), stored.to_vec()].concat();
    let newest = [
        pax(&[
            ("GNU.sparse.major", "1"),
            ("GNU.sparse.minor", "0"),
            ("GNU.sparse.name", "sparse.bin"),
            ("GNU.sparse.realsize", "10000"),
        ]),
        file("GNUSparseFile.0/sparse.bin", &in_data),
    ]
    .concat();
    for bytes in [gnu, repeated, map, newest] {
        let outcome = open(archive(&[bytes, file("after", b"x")]));
        outcome.assert_clean();
        assert_eq!(outcome.names(), ["sparse.bin", "after"]);
        assert!(outcome.files[0].1 == whole);
    }
}

#[test]
fn sparse_bombs_are_not_expanded() {
    let outcome = open(archive(&[sparse_header(&[(0, 4)], 4, 1 << 32), padded(b"data")]));
    assert_eq!(outcome.files[0].1, b"data");
    assert_eq!(outcome.gaps[0].reason, GapReason::Limit);
    let outcome = open(archive(&[sparse_header(&[(50, 4), (0, 4)], 8, 100), padded(b"datadata")]));
    assert_eq!(outcome.gaps[0].reason, GapReason::Malformed);
    assert_eq!(outcome.files[0].1, b"datadata");
}

#[test]
fn many_entries_are_quick_and_limited() {
    let one = file("f", b"");
    let bytes: Vec<u8> = (0..30_000)
        .flat_map(|i| {
            let mut h = one.clone();
            h[1..8].copy_from_slice(format!("{i:07}").as_bytes());
            sign(&mut h);
            h
        })
        .collect();
    let outcome = open(bytes.clone());
    outcome.assert_clean();
    assert_eq!(outcome.files.len(), 30_000);
    let outcome = open_within(bytes, Limits { entries: 10, ..Limits::default() });
    assert_eq!(outcome.files.len(), 10);
    assert_eq!(outcome.error.unwrap().reason, GapReason::Limit);
}

#[test]
fn broken_archives_neither_panic_nor_hang() {
    let seeds = [
        archive(&[
            pax(&[("path", "long name"), ("size", "5")]),
            file("a", b"12345"),
            extended("././@LongLink", b'L', b"a/long/name\0"),
            file("b", &[9; 700]),
            header("d/", b'5', 0),
            header("l", b'2', 0),
        ]),
        archive(&[sparse_header(&[(0, 4), (9000, 4)], 8, 10_000), padded(b"headtail")]),
        archive(&[
            pax(&[("GNU.sparse.major", "1"), ("GNU.sparse.realsize", "9000"), ("GNU.sparse.name", "s")]),
            file("s", &padded(b"2\n0\n4\n500\n4\n")),
        ]),
    ];
    let mut noise = Noise(0x2545_f491_4f6c_dd1d);
    let limits = Limits { unwrapped: 1 << 20, entries: 1000, ..Limits::default() };
    for i in 0..6000 {
        let mut bytes = seeds[i % seeds.len()].clone();
        noise.mutate(&mut bytes);
        if i % 2 == 0 {
            // With right checksums the lies are believed further.
            bytes.chunks_exact_mut(BLOCK).filter(|b| b[257..262] == *b"ustar").for_each(sign);
        }
        let _ = open_within(bytes, limits.clone());
    }
}
