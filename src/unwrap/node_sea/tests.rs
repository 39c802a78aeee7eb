use super::super::carrier::testing::{elf_around, elf_with_note, mach_with_section};
use super::super::testing::{Seen, open, survive};
use super::*;
use crate::analyze::native::testing::{MachBuilder, PeBuilder};
use crate::model::FactKind;

const FUSE: &[u8] = b"NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1\0";

fn sized(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes()[..], bytes].concat()
}

fn counted(items: &[Vec<u8>]) -> Vec<u8> {
    [(items.len() as u64).to_le_bytes().to_vec(), items.concat()].concat()
}

/// A blob with these single bytes behind its flags.
fn blob(flags: u32, more: &[u8], parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = blob::MAGIC.to_le_bytes().to_vec();
    bytes.extend(flags.to_le_bytes());
    bytes.extend(more);
    bytes.extend(parts.concat());
    bytes
}

fn full(more: &[u8]) -> Vec<u8> {
    let assets = [sized(b"a.tgz"), sized(b"\x1f\x8b\x08"), sized(b"conf"), sized(b"{}")];
    let arguments = counted(&[sized(b"--expose-gc")]);
    let parts = [
        sized(b"/src/main"),
        sized(b"console.log(1)"),
        sized(b"\x01\x02"),
        [2u64.to_le_bytes().to_vec(), assets.concat()].concat(),
        arguments,
    ];
    blob(0x1d, more, &parts)
}

fn elf(blob: &[u8]) -> Vec<u8> {
    elf_around(&super::super::carrier::testing::note(NOTE, 0, blob), FUSE)
}

fn facts(seen: &Seen) -> Vec<&str> {
    seen.facts
        .iter()
        .filter_map(|f| match &f.kind {
            FactKind::Has(Capability::Native, value) => Some(&**value),
            _ => None,
        })
        .collect()
}

#[test]
fn every_header_is_read() {
    for more in [&[][..], &[2], &[1, 1]] {
        let bytes = elf(&full(more));
        let seen = open(&NodeSea, FileKind::Elf, &bytes);
        assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]), "{more:?}");
        assert_eq!(seen.names(), ["/src/main.js", "/src/main.v8-cache", "a.tgz", "conf"]);
        assert_eq!(seen.content("/src/main.js"), b"console.log(1)");
        assert_eq!(seen.content("a.tgz"), b"\x1f\x8b\x08");
        assert_eq!(seen.findings.iter().map(|f| f.rule.id).collect::<Vec<_>>(), ["native-single-file-bundle"]);
        assert!(facts(&seen).contains(&"node argument --expose-gc"));
        assert_eq!(seen.accounted.len(), 4);
        let words =
            ["node arguments are taken from NODE_OPTIONS too", "node arguments are taken from --node-options too"];
        assert_eq!(words.map(|w| facts(&seen).contains(&w)), [more == [1, 1], more == [2]]);
    }
}

#[test]
fn resources_and_sections_hold_it_too() {
    let mut pe = PeBuilder::program();
    pe.resources = vec![(10, b"other".to_vec()), (10, full(&[]))];
    let pe = [pe.build(), FUSE.to_vec()].concat();
    assert_eq!(open(&NodeSea, FileKind::Pe, &pe).names().len(), 4);
    let mach = [mach_with_section("NODE_SEA", "__NODE_SEA_BLOB", &full(&[1])), FUSE.to_vec()].concat();
    let seen = open(&NodeSea, FileKind::MachO, &mach);
    assert_eq!((seen.result, seen.children.len()), (Ok(()), 4));
    let fat = MachBuilder::fat(&[mach.clone(), mach]);
    assert_eq!(open(&NodeSea, FileKind::MachOFat, &fat).names().len(), 8);
}

#[test]
fn a_note_is_found_without_program_headers() {
    let mut bytes = elf(&full(&[]));
    bytes[56..58].fill(0);
    assert_eq!(open(&NodeSea, FileKind::Elf, &bytes).names().len(), 4);
}

#[test]
fn the_blob_is_opened_by_itself() {
    let seen = open(&NodeSea, FileKind::Data, &full(&[]));
    assert_eq!((seen.result.clone(), seen.names().len()), (Ok(()), 4));
    assert!(open(&NodeSea, FileKind::Data, b"any data").children.is_empty());
    // As long as it is cut, there is less in it, and never nothing said.
    let cut = open(&NodeSea, FileKind::Data, &full(&[])[..30]);
    assert!(cut.result.is_err());
}

#[test]
fn a_snapshot_is_a_gap() {
    let bytes = elf(&blob(2, &[], &[sized(b"snap.js"), sized(b"\xda\xda snapshot")]));
    let seen = open(&NodeSea, FileKind::Elf, &bytes);
    assert_eq!(seen.names(), ["snap.js.v8-snapshot"]);
    assert_eq!((seen.gaps[0].reason, seen.gaps[0].entry.as_str()), (GapReason::Unsupported, "snap.js"));
    assert!(seen.gaps[0].detail.starts_with("V8 snapshot, no source"));
}

#[test]
fn the_fuse_alone_is_a_gap_and_the_note_alone_is_nothing() {
    let seen = open(&NodeSea, FileKind::Elf, &elf_around(b"", FUSE));
    assert_eq!(seen.broken().reason, GapReason::Malformed);
    let seen = open(&NodeSea, FileKind::Elf, &elf_with_note(NOTE, 0, &full(&[])));
    assert!(seen.result.is_ok() && seen.children.is_empty() && seen.findings.is_empty());
}

#[test]
fn lies_are_gaps_and_what_is_there_is_kept() {
    let whole = full(&[]);
    let cut = open(&NodeSea, FileKind::Elf, &elf(&whole[..whole.len() - 40]));
    assert!(cut.broken().detail.contains("inside its"), "{}", cut.broken());
    assert_eq!(cut.content("/src/main.js"), b"console.log(1)");
    // The note promises more than there is.
    let mut short = elf(&whole);
    short.truncate(short.len() - 30);
    let seen = open(&NodeSea, FileKind::Elf, &short);
    assert!(seen.result.is_err());
    assert_eq!(seen.content("a.tgz"), b"\x1f\x8b\x08");
    // A count without end.
    let mut many = blob(8, &[], &[sized(b"a.js"), sized(b"1")]);
    many.extend(u64::MAX.to_le_bytes());
    assert!(open(&NodeSea, FileKind::Elf, &elf(&many)).result.is_err());
    // No header that makes sense: the blob is a child as it stands.
    let seen = open(&NodeSea, FileKind::Elf, &elf(&blob(1, &[], &[vec![0xff; 40]])));
    assert_eq!((seen.names(), seen.result.is_err()), (vec!["NODE_SEA_BLOB"], true));
}

#[test]
fn unknown_flags_and_trailing_bytes_are_seen() {
    let mut bytes = blob(0x41, &[], &[sized(b"a.js"), sized(b"1")]);
    bytes.extend(b"what is this?");
    let seen = open(&NodeSea, FileKind::Elf, &elf(&bytes));
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps[0].detail.contains("0x40"), "{}", seen.gaps[0]);
    assert_eq!(seen.content("trailing"), b"what is this?");
    assert_eq!(seen.findings[1].rule.id, "container-trailing-bytes");
}

#[test]
fn broken_ones_end() {
    survive(&NodeSea, FileKind::Elf, &elf(&full(&[2])));
}
