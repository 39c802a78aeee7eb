//! Archives that are cut off, damaged or made to deceive.

use super::*;
use crate::unwrap::noise::Noise;

#[test]
fn a_cut_off_download_gives_what_is_there() {
    let entries: Vec<_> = (0..10).map(|i| deflated(format!("f{i}").as_bytes(), &[b'a' + i; 500])).collect();
    let built = build(b"", &entries);
    let outcome = open(built.bytes[..built.directory - 3].to_vec());
    assert_eq!(outcome.files.len(), 10);
    assert_eq!(outcome.content("f8"), [b'i'; 500]);
    let error = outcome.error.unwrap();
    assert_eq!(error.reason, GapReason::Malformed);
    assert!(error.detail.contains("10 entries were recovered"), "{error}");
    assert_eq!(outcome.gaps.len(), 1, "the last entry is cut");
}

#[test]
fn streamed_entries_are_recovered_too() {
    let flag = |e: Entry| Entry { flags: header::DESCRIBED, ..e };
    let built = build(b"", &[flag(deflated(b"a", b"first")), flag(stored(b"b", b"second")), deflated(b"c", b"third")]);
    let outcome = open(built.bytes[..built.directory + 10].to_vec());
    assert_eq!(outcome.names(), ["a", "b", "c"]);
    assert_eq!(outcome.content("b"), b"second");
    assert!(outcome.gaps.is_empty() && outcome.rules.is_empty(), "{outcome:?}");
    assert!(outcome.error.is_some());
}

#[test]
fn bytes_that_are_no_archive_end_in_a_gap() {
    for bytes in
        [&b""[..], b"PK", b"PK\x03\x04", b"PK\x05\x06", b"PK\x03\x04garbage that is longer than a header is......"]
    {
        let outcome = open(bytes.to_vec());
        assert_eq!(outcome.error.as_ref().map(|e| e.reason), Some(GapReason::Malformed), "{outcome:?}");
        assert!(outcome.bytes.iter().all(|b| b.1.len() < bytes.len()), "not the same file again");
    }
    let lost = [b"text ", &header::END[..], &[9; 18]].concat();
    let outcome = open(lost);
    assert!(outcome.error.is_some());
    assert_eq!(outcome.bytes.iter().map(|b| b.1.len()).collect::<Vec<_>>(), [5, 18]);
    open(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()).assert_clean();
}

#[test]
fn headers_that_contradict_each_other_are_reported_and_both_are_read() {
    let outcome = open(zip(&[Entry { local_name: b"setup.py".to_vec(), ..stored(b"readme.txt", b"import os") }]));
    assert_eq!(outcome.rules, ["zip-header-contradiction"]);
    assert_eq!(outcome.names(), ["readme.txt", "setup.py"]);

    let outcome = open(zip(&[Entry { local_method: 0, ..deflated(b"a", b"deflated") }]));
    assert_eq!(outcome.rules, ["zip-header-contradiction"]);
    assert_eq!(outcome.files[0].1, b"deflated");
    assert_ne!(outcome.files[1].1, b"deflated");

    let outcome = open(zip(&[Entry { local_packed: 3, ..stored(b"a", b"evil code") }]));
    assert_eq!(outcome.rules, ["zip-header-contradiction"]);
    assert_eq!(outcome.files[1].1, b"evi");
}

#[test]
fn honest_differences_between_headers_are_let_through() {
    let cp437 = Entry { local_name: b"gr\x81n.txt".to_vec(), ..stored("gr\u{fc}n.txt".as_bytes(), b"x") };
    let zero = Entry { local_packed: 0, ..stored(b"z", b"xyz") };
    let outcome = open(zip(&[cp437, zero]));
    assert_eq!(outcome.rules, ["zip-header-difference"]);
    assert_eq!(outcome.files.len(), 2);
}

#[test]
fn duplicates_are_weighed_by_their_content() {
    let rules = |a: Entry, b: Entry| open(zip(&[a, b])).rules;
    assert_eq!(rules(stored(b"a.py", b"x"), stored(b"a.py", b"x")), ["zip-duplicate-same"]);
    assert_eq!(rules(stored(b"a.py", b"x"), stored(b"./a.py", b"y")), ["zip-duplicate-differs"]);
    assert_eq!(rules(stored(b"LICENSE", b"x"), stored(b"LICENSE", b"y")), ["zip-duplicate-prose"]);
    assert_eq!(rules(stored(b"a.py", b"x"), stored(b"A.py", b"y")), ["zip-name-case"]);
}

#[test]
fn overlapping_entries_are_reported() {
    let outcome = open(zip(&[stored(b"a", b"x"), Entry { offset: Some(0), ..stored(b"b", b"x") }]));
    assert!(outcome.rules.contains(&"zip-overlap"), "{outcome:?}");
    assert!(outcome.rules.contains(&"zip-entry-unlisted"));
    assert!(!outcome.rules.contains(&"zip-overlap-bomb"));
}

#[test]
fn a_bomb_of_overlapping_entries_is_certain_and_ends() {
    let kernel = deflated(b"k", &vec![0; 1 << 20]);
    let mut entries = vec![kernel.clone()];
    entries.extend((0..200).map(|i| Entry {
        name: format!("{i}").into_bytes(),
        data: kernel.data.clone(),
        offset: Some(0),
        ..kernel.clone()
    }));
    let mut built = build(b"", &entries[..1]);
    let mut directory = built.bytes[built.directory..built.end].to_vec();
    for e in &entries[1..] {
        let single = build(b"", std::slice::from_ref(e));
        directory.extend(&single.bytes[single.directory..single.end]);
    }
    let start = built.directory as u32;
    built.bytes.truncate(built.directory);
    built.bytes.extend(&directory);
    built.bytes.extend(header::END);
    put16(&mut built.bytes, &[0, 0, 201, 201]);
    put32(&mut built.bytes, &[directory.len() as u32, start]);
    put16(&mut built.bytes, &[0]);
    let limits = Limits { unwrapped: 20 << 20, ..Limits::default() };
    let outcome = open_as(built.bytes, FileKind::Zip, &[], limits);
    assert!(outcome.rules.contains(&"zip-overlap-bomb"), "{:?}", outcome.rules);
    assert!(outcome.gaps.iter().any(|g| g.0 == GapReason::Limit));
}

#[test]
fn a_range_that_is_listed_by_the_thousand_is_a_limit() {
    let long = stored(b"long", &vec![b'x'; 1 << 20]);
    let mut entries = vec![long.clone()];
    entries.extend((0..1000).map(|i| Entry {
        name: format!("{i}").into_bytes(),
        offset: Some(0),
        crc: long.crc,
        size: long.size,
        ..stored(b"x", b"")
    }));
    let mut built = build(b"", &entries);
    for at in memchr::memmem::find_iter(&built.bytes.clone(), header::CENTRAL) {
        built.bytes[at + 20..at + 24].copy_from_slice(&long.size.to_le_bytes());
    }
    let outcome = open(built.bytes);
    assert!(outcome.files.len() < 40, "{}", outcome.files.len());
    assert_eq!(outcome.error.unwrap().reason, GapReason::Limit);
    assert!(outcome.rules.contains(&"zip-overlap"));
}

#[test]
fn entries_that_point_nowhere_are_gaps() {
    let outcome = open(zip(&[stored(b"a", b"x"), Entry { offset: Some(1 << 30), ..stored(b"b", b"x") }]));
    assert!(outcome.rules.contains(&"zip-entry-outside"));
    assert!(outcome.gaps.iter().any(|g| g.0 == GapReason::Malformed && g.1.starts_with("b: ")), "{outcome:?}");
    assert_eq!(outcome.names(), ["a", "b"], "b is found by its local header");
}

#[test]
fn unlisted_entries_and_hidden_bytes_are_emitted() {
    let outcome = open(zip(&[
        stored(b"a", b"x"),
        Entry { is_listed: false, after: b"hidden payload".to_vec(), ..stored(b"evil.py", b"import os") },
        stored(b"c", b"z"),
    ]));
    assert_eq!(outcome.rules, ["zip-entry-unlisted", "zip-hidden-bytes"]);
    assert_eq!(outcome.content("evil.py"), b"import os");
    assert_eq!(outcome.bytes, [("gap".to_owned(), b"hidden payload".to_vec())]);
}

#[test]
fn an_unlisted_twin_is_a_duplicate_that_differs() {
    let twin = Entry { is_listed: false, ..stored(b"a.py", b"evil") };
    assert_eq!(open(zip(&[stored(b"a.py", b"good"), twin])).rules, ["zip-duplicate-differs", "zip-entry-unlisted"]);
}

#[test]
fn zeros_between_entries_are_nothing() {
    let padded = Entry { before: vec![0; 4096], ..stored(b"a", b"x") };
    open(zip(&[stored(b"b", b"y"), padded])).assert_clean();
}

#[test]
fn data_after_the_end_is_emitted() {
    let mut bytes = zip(&[stored(b"a", b"x")]);
    bytes.extend(b"and more");
    let outcome = open(bytes);
    assert_eq!(outcome.rules, ["zip-trailing-data"]);
    assert_eq!(outcome.bytes, [("gap".to_owned(), b"and more".to_vec())]);
    assert_eq!(outcome.content("a"), b"x");
}

#[test]
fn joined_archives_are_both_emitted() {
    let first = zip(&[stored(b"evil.py", b"import os")]);
    let mut bytes = first.clone();
    bytes.extend(zip(&[stored(b"good.py", b"pass"), stored(b"more.py", b"pass")]));
    let outcome = open(bytes);
    assert_eq!(outcome.rules, ["zip-second-directory"]);
    assert_eq!(outcome.content("good.py"), b"pass");
    assert_eq!(outcome.bytes, [("archive".to_owned(), first)]);
}

#[test]
fn an_end_record_that_can_be_followed_in_two_ways_is_followed_in_both() {
    // Counted back from the end there is one directory, where the offset points there is another.
    let one = build(b"", &[stored(b"one.py", b"1111")]);
    let two = build(b"", &[stored(b"two.py", b"2222")]);
    let mut bytes = one.bytes[..one.end].to_vec();
    let base = bytes.len();
    bytes.extend(&two.bytes);
    // The second archive's end record has offset 38 + 4, which is also where the first one's directory begins.
    assert_eq!(one.directory, two.directory);
    assert_eq!(base, one.end);
    let outcome = open(bytes);
    assert!(outcome.rules.contains(&"zip-second-directory"), "{outcome:?}");
    assert_eq!(outcome.names(), ["two.py", "one.py"]);
}

#[test]
fn archives_and_signatures_inside_entries_are_no_second_directory() {
    let inner = zip(&[stored(b"inner.py", b"pass")]);
    let outcome = open(zip(&[stored(b"inner.zip", &inner), stored(b"test.py", b"x = b'PK\x05\x06'\0\0\0")]));
    outcome.assert_clean();
    assert_eq!(outcome.content("inner.zip"), inner);
}

#[test]
fn an_end_record_without_directory_after_the_archive_does_not_hide_it() {
    let mut bytes = zip(&[stored(b"a", b"x")]);
    bytes.extend(header::END);
    bytes.extend([0; 18]);
    let outcome = open(bytes);
    assert_eq!(outcome.content("a"), b"x");
    assert_eq!(outcome.rules, ["zip-second-directory"]);
}

#[test]
fn doubtful_names_are_kept_and_reported() {
    let outcome = open(zip(&[stored(b"../../.bashrc", b"x"), stored(b"a.py\0.txt", b"y"), stored(b"C:\\w", b"z")]));
    assert_eq!(outcome.names(), ["../../.bashrc", "a.py\\x00.txt", "C:\\w"]);
    assert_eq!(outcome.rules, ["entry-name-control", "entry-path-drive", "entry-path-escape"]);
}

#[test]
fn links_are_facts_and_their_content_is_still_examined() {
    let link = |name: &[u8], target: &[u8]| Entry { attributes: 0o120_777 << 16, ..deflated(name, target) };
    let outcome = open(zip(&[link(b"a/in", b"../b"), link(b"a/out", b"../../b")]));
    assert_eq!(outcome.rules, ["entry-link", "entry-link-escape"]);
    assert_eq!(outcome.content("a/out"), b"../../b");
}

#[test]
fn a_second_name_is_reported() {
    let unicode_path = |name: &[u8], other: &[u8]| {
        let mut extra = Vec::new();
        put16(&mut extra, &[0x7075, other.len() as u16 + 5]);
        extra.push(1);
        put32(&mut extra, &[crc(name)]);
        extra.extend(other);
        Entry { extra, ..stored(name, b"x") }
    };
    assert_eq!(open(zip(&[unicode_path(b"a.txt", b"a.py")])).rules, ["zip-second-name"]);
    open(zip(&[unicode_path(b"gr\x81n.txt", "gr\u{fc}n.txt".as_bytes())])).assert_clean();
}

#[test]
fn a_wrong_checksum_is_reported_and_the_content_examined() {
    let outcome =
        open(zip(&[Entry { crc: 1, ..deflated(b"a", b"content") }, Entry { size: 3, ..deflated(b"b", b"content") }]));
    assert_eq!(outcome.rules, ["zip-content-mismatch", "zip-content-mismatch"]);
    assert_eq!(outcome.content("a"), b"content");
    assert_eq!(outcome.content("b"), b"content");
}

#[test]
fn bytes_behind_the_compressed_stream_are_reported() {
    let mut entry = deflated(b"a", b"content");
    entry.data.extend(b"hidden");
    entry.local_packed += 6;
    let outcome = open(zip(&[entry]));
    assert_eq!(outcome.rules, ["zip-stream-slack"]);
    assert_eq!(outcome.gaps.len(), 1);
}

#[test]
fn counts_that_lie_are_reported_and_all_entries_emitted() {
    let built = build(b"", &[stored(b"a", b"x"), stored(b"b", b"y")]);
    let mut bytes = built.bytes;
    bytes[built.end + 10] = 1;
    let outcome = open(bytes.clone());
    assert_eq!(outcome.rules, ["zip-entry-count"]);
    assert_eq!(outcome.files.len(), 2);
    bytes[built.end + 10] = 2;
    bytes[built.directory + 48] = b'!';
    bytes[built.directory + 47] = b'!';
    let outcome = open(bytes);
    assert!(outcome.rules.contains(&"zip-entry-count"));
    assert!(outcome.error.is_some());
    assert_eq!(outcome.names(), ["a", "b"], "the second is found by its local header");
}

#[test]
fn absurd_ratios_are_reported() {
    let outcome = open(zip(&[deflated(b"zeros", &vec![0; 17 << 20])]));
    assert_eq!(outcome.rules, ["zip-ratio"]);
    assert_eq!(outcome.content("zeros").len(), 17 << 20);
}

#[test]
fn a_hundred_thousand_entries_are_quick() {
    let entries: Vec<_> = (0..100_000).map(|i| stored(format!("dir{}/file{i}.js", i % 100).as_bytes(), b"x")).collect();
    let bytes = zip(&entries);
    let outcome = open(bytes);
    outcome.assert_clean();
    assert_eq!(outcome.files.len(), 100_000);
}

#[test]
fn broken_archives_neither_panic_nor_hang() {
    let flag = |e: Entry| Entry { flags: header::DESCRIBED, ..e };
    let nested = zip(&[deflated(b"inner.py", b"pass")]);
    let seeds = [
        zip(&[
            stored(b"a/", b""),
            stored(b"a/b", b"text"),
            deflated(b"c", &[7; 300]),
            flag(deflated(b"d", b"described")),
        ]),
        build(b"#!/bin/sh\n", &[aes_entry(2, 1, b"secret", "infected"), stored(b"n.zip", &nested)]).bytes,
        unhex(ZIPCRYPTO),
        unhex(BZIP2),
        unhex(LZMA),
    ];
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let limits = Limits { unwrapped: 1 << 20, entries: 1000, ..Limits::default() };
    for i in 0..4000 {
        let mut bytes = seeds[i % seeds.len()].clone();
        noise.mutate(&mut bytes);
        let kind = if i % 17 == 0 { FileKind::Crx } else { FileKind::Zip };
        let _ = open_as(bytes, kind, &["infected"], limits.clone());
    }
}
