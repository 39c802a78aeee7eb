use super::super::carrier::testing::{elf_around, elf_with_note, mach_with_section, note};
use super::super::testing::{Seen, open, survive};
use super::*;
use crate::analyze::native::testing::{ElfBuilder, PeBuilder};
use crate::model::GapReason;

fn long(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes()[..], bytes].concat()
}

fn short(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat()
}

fn u32s(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

const SETTINGS: &[u8] = br#"{"argv":["--port","80"],"permissions":{"allow_all":true,"allow_net":[],"allow_run":null,"allow_env":["HOME"]},"v8_flags":["--jitless"],"unsafely_ignore_certificate_errors":[],"env_vars_from_env_file":{"TOKEN":"secret"},"entrypoint_key":"src/main.ts"}"#;
const TREE: &[u8] = br#"[{"Dir":{"n":"src","e":[{"File":{"n":"main.ts","o":[0,9],"m":[9,5],"s":[14,2],"c":[16,3]}},{"Symlink":{"n":"l","p":["src","main.ts"]}}]}},{"File":{"n":"copy.ts","o":[0,9],"u":true}}]"#;
const CONTENTS: &[u8] = b"let a: 1;a();;{}xyz!";

fn snapshot() -> Vec<u8> {
    let ids = [short(b"chalk@5.3.0"), short(b"@std/fs@1.0.2_chalk@5.3.0")].concat();
    [u32s(&[2]), ids, u32s(&[1]), short(b"chalk@5"), u32s(&[0]), u32s(&[0, 0])].concat()
}

/// A module as it lies in the store of 2.2.
fn module(id: u32, source: &[u8], flags: u8, more: &[&[u8]]) -> Vec<u8> {
    let more: Vec<u8> = more.iter().flat_map(|m| short(m)).collect();
    [&u32s(&[id])[..], &[4], &short(source), &[flags], &more].concat()
}

fn by_id() -> Vec<u8> {
    let specifiers = [short(b"https://x.invalid/mod"), u32s(&[7]), short(b"https://x.invalid/b.js"), u32s(&[8])];
    [
        u32s(&[2]),
        specifiers.concat(),
        u32s(&[1, 8, 7]),
        u32s(&[2]),
        module(7, b"type A = 1;", 1 | 2 | 4 | 8, &[b";", b"{\"version\":3}", b"\0\0"]),
        module(8, b"b();", 8, &[]),
    ]
    .concat()
}

fn by_offset() -> Vec<u8> {
    let entries = [&[4u8][..], &short(b"type A = 1;"), &[1], &short(b";"), &[0], &short(b"b();"), &[0]].concat();
    let specifiers = [
        short(b"https://x.invalid/mod"),
        0u64.to_le_bytes().to_vec(),
        short(b"https://x.invalid/b.js"),
        22u64.to_le_bytes().to_vec(),
    ];
    let redirect = [short(b"https://x.invalid/"), short(b"https://x.invalid/mod")];
    [u32s(&[2, 1]), specifiers.concat(), redirect.concat(), long(&entries)].concat()
}

fn data(modules: &[u8], maps: &[u8]) -> Vec<u8> {
    [MAGIC, &long(SETTINGS), &long(&snapshot()), modules, &long(TREE), &long(CONTENTS), maps, MAGIC].concat()
}

/// An ELF file with libsui's note around this section.
fn elf(data: &[u8]) -> Vec<u8> {
    elf_with_note(b"SUI\0", SUI_NOTE, &[&[8, 0], MAGIC, data].concat())
}

fn facts(seen: &Seen) -> Vec<String> {
    let value = |f: &Fact| match &f.kind {
        FactKind::Has(capability, value) => format!("{} {value}", capability.word()),
        FactKind::Component(c) => c.purl.clone().unwrap(),
        other => format!("{other:?}"),
    };
    seen.facts.iter().map(value).collect()
}

const FILES: [&str; 4] = ["src/main.ts", "src/main.ts.transpiled.js", "src/main.ts.map", "copy.ts"];

fn check_whole(seen: &Seen, modules: &[&str]) {
    assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
    let names = [&["metadata.json", "npm-snapshot"], modules, &FILES[..], &["unclaimed"]].concat();
    assert_eq!(seen.names(), names);
    assert_eq!(seen.content("src/main.ts"), b"let a: 1;");
    assert_eq!(seen.content("src/main.ts.transpiled.js"), b"a();;");
    assert_eq!(seen.content("https://x.invalid/mod.js"), b"type A = 1;");
    assert_eq!(seen.content("https://x.invalid/b.js"), b"b();");
    assert_eq!(seen.content("unclaimed"), b"!");
}

const BY_ID: [&str; 4] = [
    "https://x.invalid/mod.js",
    "https://x.invalid/mod.js.transpiled.js",
    "https://x.invalid/mod.js.map",
    "https://x.invalid/b.js",
];
const BY_OFFSET: [&str; 3] =
    ["https://x.invalid/mod.js", "https://x.invalid/mod.js.transpiled.js", "https://x.invalid/b.js"];

#[test]
fn every_generation_of_the_section() {
    check_whole(&open(&Deno, FileKind::Elf, &elf(&data(&by_id(), b""))), &BY_ID);
    check_whole(&open(&Deno, FileKind::Elf, &elf(&data(&by_offset(), b""))), &BY_OFFSET);
    check_whole(&open(&Deno, FileKind::Elf, &elf(&data(&long(&by_offset()), b""))), &BY_OFFSET);
    let maps = [u32s(&[1]), short(b"https://x.invalid/mod"), short(b"{}")].concat();
    let seen = open(&Deno, FileKind::Elf, &elf(&data(&by_offset(), &maps)));
    check_whole(&seen, &[&BY_OFFSET[..], &["https://x.invalid/mod.map"]].concat());
}

#[test]
fn settings_and_packages_are_facts() {
    let seen = open(&Deno, FileKind::Elf, &elf(&data(&by_id(), b"")));
    let mut facts = facts(&seen);
    facts.sort_unstable();
    assert_eq!(
        facts,
        [
            "environment TOKEN",
            "native Deno",
            "native deno V8 flag --jitless",
            "native deno argument --port",
            "native deno argument 80",
            "native deno ignores certificate errors",
            "native deno permission allow_all",
            "native deno permission allow_env=HOME",
            "native deno permission allow_net",
            "pkg:npm/%40std/fs@1.0.2",
            "pkg:npm/chalk@5.3.0",
        ]
    );
}

#[test]
fn every_place_of_the_section() {
    let data = data(&by_id(), b"");
    let mut pe = PeBuilder::program();
    pe.resources = vec![(3, b"icon".to_vec()), (10, data.clone())];
    check_whole(&open(&Deno, FileKind::Pe, &pe.build()), &BY_ID);
    check_whole(&open(&Deno, FileKind::MachO, &mach_with_section("__SUI", "d3n0l4nd", &data)), &BY_ID);
    let len = data.len() as u32;
    for trailer in [&[len + 8][..], &[0x2a7, len + 12], &[0x2a7, len + 16, 0]] {
        let end = [&data[..], &u32s(&[SUI_TRAILER]), &u32s(trailer)].concat();
        check_whole(&open(&Deno, FileKind::Elf, &[ElfBuilder::program().build(), end].concat()), &BY_ID);
    }
}

fn positions(numbers: &[usize]) -> Vec<u8> {
    [MAGIC.to_vec(), numbers.iter().flat_map(|n| (*n as u64).to_be_bytes()).collect()].concat()
}

/// An eszip with one module, one redirect and one package.
fn eszip(version: &[u8; 8], checksum: usize) -> Vec<u8> {
    let short = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes()[..], bytes].concat();
    let sum = vec![0xcc; checksum];
    let numbers = |n: [u32; 4]| n.map(u32::to_be_bytes).concat();
    let header = [
        &short(b"file:///main.ts")[..],
        &[0],
        &numbers([0, 4, 0, 2]),
        &[0],
        &short(b"file:///a"),
        &[1],
        &short(b"file:///main.ts"),
        &short(b"npm:chalk"),
        &[2, 0, 0, 0, 1],
    ]
    .concat();
    let header = if version == b"ESZIP_V2" { header[..header.len() - 18].to_vec() } else { header };
    let options = if version >= b"ESZIP2.2" && version != b"ESZIP_V2" {
        [&short(&[0, 1, 1, checksum as u8]), &sum[..]].concat()
    } else {
        Vec::new()
    };
    let npm = if version == b"ESZIP_V2" { Vec::new() } else { [&short(b"snap"), &sum[..]].concat() };
    let source = short(&[b"m();", &sum[..]].concat());
    let map = short(&[b"{}", &sum[..]].concat());
    [&version[..], &options, &short(&header), &sum, &npm, &source, &map].concat()
}

const OLD_TREE: &[u8] = br#"{"name":"root","entries":[{"Dir":{"name":"node_modules","entries":[{"File":{"name":"x.js","offset":0,"len":4}}]}}]}"#;

#[test]
fn positions_at_the_start_of_the_section() {
    for (version, checksum) in [(b"ESZIP_V2", 32), (b"ESZIP2.1", 32), (b"ESZIP2.2", 8), (b"ESZIP2.3", 0)] {
        let zip = eszip(version, checksum);
        let (metadata, tree) = (zip.len(), zip.len() + SETTINGS.len());
        let head = positions(&[0, metadata, tree, tree + OLD_TREE.len()]);
        let seen = open(&Deno, FileKind::Elf, &elf(&[&head, &zip, SETTINGS, OLD_TREE, b"x();"].concat()));
        assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
        assert_eq!(seen.names(), ["metadata.json", "file:///main.ts", "file:///main.ts.map", "node_modules/x.js"]);
        assert_eq!((seen.content("file:///main.ts"), seen.content("node_modules/x.js")), (&b"m();"[..], &b"x();"[..]));
        assert_eq!(seen.findings.len(), 1, "{:?}", seen.findings);
    }
    let (snapshot, remote) = (snapshot(), by_offset());
    let starts = [SETTINGS.len(), SETTINGS.len() + snapshot.len(), SETTINGS.len() + snapshot.len() + remote.len()];
    let head = positions(&[0, starts[0], starts[1], starts[2], starts[2] + OLD_TREE.len()]);
    let whole = [&head, SETTINGS, &snapshot, &remote, OLD_TREE, b"x();"].concat();
    let seen = open(&Deno, FileKind::Elf, &elf(&whole));
    assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
    assert_eq!(seen.names(), [&["metadata.json", "npm-snapshot"], &BY_OFFSET[..], &["node_modules/x.js"]].concat());
}

#[test]
fn positions_at_the_end_of_the_file() {
    let base = ElfBuilder::program().build();
    let at = base.len();
    let one = [&base[..], b"main();", &positions(&[at])].concat();
    let seen = open(&Deno, FileKind::Elf, &one);
    assert_eq!((seen.names(), &seen.result), (vec!["bundle.js"], &Ok(())));
    let two = [&base[..], b"main();", SETTINGS, &positions(&[at, at + 7])].concat();
    assert_eq!(open(&Deno, FileKind::Elf, &two).names(), ["metadata.json", "bundle.js"]);
    let zip = eszip(b"ESZIP2.1", 32);
    let (metadata, tree) = (at + zip.len(), at + zip.len() + SETTINGS.len());
    let four = [&base[..], &zip, SETTINGS, b"null", &positions(&[at, metadata, tree, tree + 4])].concat();
    let seen = open(&Deno, FileKind::Elf, &four);
    assert_eq!(seen.names(), ["metadata.json", "file:///main.ts", "file:///main.ts.map"]);
    let lying = [&base[..], b"main();", &positions(&[at + 99])].concat();
    assert_eq!(open(&Deno, FileKind::Elf, &lying).broken().reason, GapReason::Malformed);
}

#[test]
fn what_is_not_understood_is_one_child_and_a_gap() {
    // Modules of a layout to come.
    let seen = open(&Deno, FileKind::Elf, &elf(&data(b"\xff\xff\xff\xff what?", b"")));
    assert_eq!((seen.names(), seen.broken().reason), (vec!["metadata.json", "data"], GapReason::Unsupported));
    // No settings at the start.
    let seen = open(&Deno, FileKind::Elf, &elf(&[MAGIC, &[0xee; 60]].concat()));
    assert_eq!((seen.names(), seen.broken().reason), (vec!["data"], GapReason::Unsupported));
    let whole = elf(&data(&by_id(), b""));
    let seen = open(&Deno, FileKind::Elf, &whole[..whole.len() - 30]);
    assert_eq!((seen.names(), seen.broken().reason), (vec!["metadata.json", "data"], GapReason::Unsupported));
}

#[test]
fn files_outside_of_the_contents_are_gaps() {
    let tree = br#"[{"File":{"n":"a.ts","o":[0,9999]}},{"Dir":{"n":"..","e":[{"File":{"n":"b.ts","o":[0,4]}}]}}]"#;
    let data = [MAGIC, &long(b"{}"), &long(b""), &u32s(&[0, 0, 0]), &long(tree), &long(b"b();"), MAGIC].concat();
    let seen = open(&Deno, FileKind::Elf, &elf(&data));
    assert_eq!((seen.gaps.len(), seen.gaps[0].entry.as_str()), (1, "a.ts"));
    assert_eq!(seen.content("../b.ts"), b"b();");
    assert!(seen.findings.iter().any(|f| f.rule.id == "entry-path-escape"));
}

#[test]
fn the_runtime_alone_is_nothing() {
    let seen = open(&Deno, FileKind::Elf, &elf_around(&note(b"GNU\0", 3, &[1; 20]), b"d3n0l4nd in the text of denort"));
    assert!(seen.result.is_ok() && seen.children.is_empty() && seen.findings.is_empty());
}

#[test]
fn broken_ones_end() {
    survive(&Deno, FileKind::Elf, &elf(&data(&by_id(), b"")));
    survive(&Deno, FileKind::Elf, &elf(&data(&by_offset(), &u32s(&[0]))));
    let zip = eszip(b"ESZIP2.3", 8);
    let tail = positions(&[0, zip.len()]);
    survive(&Deno, FileKind::Elf, &[&zip, SETTINGS, &tail].concat());
}
