use sha2::{Digest as _, Sha256};

use super::super::testing::{Seen, open, survive};
use super::*;
use crate::model::{ContentId, FactKind};

/// An archive with this table and these bytes.
fn asar(json: &str, data: &[u8]) -> Vec<u8> {
    let len = json.len() as u32;
    let padded = len.next_multiple_of(4);
    let mut bytes: Vec<u8> = [4, padded + 8, padded + 4, len].iter().flat_map(|w| w.to_le_bytes()).collect();
    bytes.extend(json.as_bytes());
    bytes.resize(16 + padded as usize, 0);
    bytes.extend(data);
    bytes
}

fn sha(bytes: &[u8]) -> String {
    ContentId(Sha256::digest(bytes).into()).to_string()
}

fn hashed(offset: usize, bytes: &[u8], block: usize) -> String {
    let blocks: Vec<_> =
        bytes.chunks(block).map(sha).chain(bytes.len().is_multiple_of(block).then(|| sha(b""))).collect();
    let hash = sha(bytes);
    let size = bytes.len();
    format!(
        r#"{{"size":{size},"offset":"{offset}","integrity":{{"algorithm":"SHA256","hash":"{hash}","blockSize":{block},"blocks":{blocks:?}}}}}"#
    )
}

fn rules(seen: &Seen) -> Vec<&'static str> {
    seen.findings.iter().map(|f| f.rule.id).collect()
}

#[test]
fn files_links_and_what_lies_outside() {
    let json = format!(
        r#"{{"files":{{"main.js":{},"lib":{{"files":{{"a.json":{{"size":2,"offset":"12"}},"l.js":{{"link":"main.js"}}}}}},"n.node":{{"size":9,"unpacked":true}},"void":{{"size":0,"offset":"0"}}}}}}"#,
        hashed(0, b"require('x')", 8)
    );
    let seen = open(&Asar, FileKind::Asar, &asar(&json, b"require('x'){}"));
    assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
    assert_eq!(seen.names(), ["lib/a.json", "main.js", "void"]);
    assert_eq!((seen.content("main.js"), seen.content("lib/a.json")), (&b"require('x')"[..], &b"{}"[..]));
    assert_eq!(rules(&seen), ["entry-link"]);
    let outside =
        FactKind::Has(Capability::Files, "1 files of the asar archive lie beside it, in its .unpacked folder".into());
    assert_eq!(seen.facts.iter().map(|f| &f.kind).collect::<Vec<_>>(), [&outside]);
}

#[test]
fn a_file_that_was_changed_in_place() {
    let json = format!(r#"{{"files":{{"a.js":{},"b.js":{}}}}}"#, hashed(0, b"good code", 4), hashed(9, b"other", 64));
    let seen = open(&Asar, FileKind::Asar, &asar(&json, b"good codeother"));
    assert!(seen.findings.is_empty());
    let seen = open(&Asar, FileKind::Asar, &asar(&json, b"evil codeother"));
    assert_eq!(rules(&seen), ["asar-content-changed"]);
    assert!(seen.findings[0].evidence[0].note.starts_with("a.js: the hash is"));
    // The hash of a block alone.
    let block = sha(b"good");
    let seen = open(&Asar, FileKind::Asar, &asar(&json.replace(&block, &sha(b"evil")), b"good codeother"));
    assert!(seen.findings[0].evidence[0].note.contains("block 0"), "{}", seen.findings[0].evidence[0].note);
    let seen = open(&Asar, FileKind::Asar, &asar(&json.replace("SHA256", "BLAKE9"), b"evil codeother"));
    assert_eq!(rules(&seen), ["asar-integrity-unchecked"]);
}

#[test]
fn lies_are_seen() {
    let json = r#"{"files":{"out":{"size":5,"offset":"3"},"odd":{"size":-1,"offset":"0"},"no":7,"b":{"size":3,"offset":"1"},"c":{"size":3,"offset":"0"}}}"#;
    assert!(open(&Asar, FileKind::Asar, &asar(json, b"abcdef")).broken().detail.contains("cannot be read"));
    let seen = open(&Asar, FileKind::Asar, &asar(&json.replace(r#""no":7,"#, ""), b"abcdef"));
    assert_eq!(seen.gaps.iter().map(|g| g.entry.as_str()).collect::<Vec<_>>(), ["odd", "out"]);
    assert_eq!(rules(&seen), ["bundle-entries-overlap", "bundle-bytes-unclaimed"]);
    assert_eq!(seen.content("unclaimed"), b"ef");
}

#[test]
fn names_that_leave_are_reported() {
    let json =
        r#"{"files":{"..":{"files":{"..":{"files":{"x.js":{"size":1,"offset":"0"}}}}},"l":{"link":"../../etc"}}}"#;
    let seen = open(&Asar, FileKind::Asar, &asar(json, b"1"));
    assert!(rules(&seen).contains(&"entry-path-escape") && rules(&seen).contains(&"entry-link-escape"));
    assert_eq!(seen.content("../../x.js"), b"1");
}

#[test]
fn cut_and_hostile_headers() {
    let whole = asar(r#"{"files":{"a":{"size":3,"offset":"0"}}}"#, b"abc");
    assert_eq!(open(&Asar, FileKind::Asar, &whole[..whole.len() - 1]).gaps[0].entry, "a");
    assert!(open(&Asar, FileKind::Asar, &whole[..30]).result.is_err());
    assert!(open(&Asar, FileKind::Asar, b"").result.is_err());
    let deep = format!("{{\"files\":{}", "{\"a\":{\"files\":".repeat(10_000));
    assert!(open(&Asar, FileKind::Asar, &asar(&deep, b"")).result.is_err());
    let mut far = whole;
    far[4..8].fill(0xff);
    assert!(open(&Asar, FileKind::Asar, &far).result.is_err());
}

#[test]
fn long_names_do_not_multiply() {
    let inner: Vec<_> = (0..2000).map(|i| format!(r#""{i}":{{"size":1,"offset":"{i}"}}"#)).collect();
    let json = format!(r#"{{"files":{{"{}":{{"files":{{{}}}}}}}}}"#, "n".repeat(1 << 20), inner.join(","));
    let seen = open(&Asar, FileKind::Asar, &asar(&json, &[7; 2000]));
    assert_eq!((&seen.result, seen.children.len()), (&Ok(()), 2000));
    assert!(seen.names().iter().all(|name| name.len() < 5000));
}

#[test]
fn broken_ones_end() {
    let json = format!(r#"{{"files":{{"a.js":{},"l":{{"link":"a.js"}}}}}}"#, hashed(0, b"good code", 4));
    survive(&Asar, FileKind::Asar, &asar(&json, b"good code"));
}
