//! Executables of every kind that Bun has made, built small, and what a hostile hand would make of them.

use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::super::testing::{Seen, open, open_with, survive};
use super::find::TRAILER;
use super::*;
use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder};
use crate::limits::Limits;

/// A module to be built: name, contents, encoding, loader, source map, bytecode.
#[derive(Clone, Default)]
struct Part {
    name: &'static str,
    contents: Vec<u8>,
    encoding: u8,
    loader: u8,
    map: Vec<u8>,
    bytecode: Vec<u8>,
}

impl Part {
    fn js(name: &'static str, contents: &[u8]) -> Self {
        Self { name, contents: contents.to_vec(), encoding: 1, loader: 1, ..Self::default() }
    }

    fn asset(name: &'static str, contents: &[u8]) -> Self {
        Self { name, contents: contents.to_vec(), loader: 5, ..Self::default() }
    }
}

/// Writes payloads.
struct Builder {
    parts: Vec<Part>,
    root: &'static str,
    record: usize,
    head: usize,
    argv: &'static str,
    flags: u32,
    /// Bytes that no record names.
    stray: Vec<u8>,
    /// Changes one pointer of one record: record, pointer, offset and length.
    pointers: Vec<(usize, usize, u32, u32)>,
    entry: u32,
}

impl Builder {
    fn new(parts: Vec<Part>) -> Self {
        let (root, argv) = ("/$bunfs/root/", "");
        Self { parts, root, record: 52, head: 32, argv, flags: 0, stray: vec![], pointers: vec![], entry: 0 }
    }

    fn old(parts: Vec<Part>) -> Self {
        Self { record: 36, head: 24, ..Self::new(parts) }
    }

    fn payload(&self) -> Vec<u8> {
        let mut data = self.stray.clone();
        let mut put = |bytes: &[u8], end: &[u8]| {
            let pointer = [data.len() as u32, bytes.len() as u32];
            data.extend_from_slice(bytes);
            data.extend_from_slice(end);
            if bytes.is_empty() { [0, 0] } else { pointer }
        };
        let mut records = Vec::new();
        for part in &self.parts {
            let name = if part.name.is_empty() { String::new() } else { format!("{}{}", self.root, part.name) };
            let mut row = vec![put(name.as_bytes(), b"\0"), put(&part.contents, b"\0"), put(&part.map, b"")];
            row.extend([put(&part.bytecode, b""), [0, 0], [0, 0]]);
            row[5] = if part.bytecode.is_empty() { [0, 0] } else { put(name.as_bytes(), b"\0") };
            records.push((row, [part.encoding, part.loader, 1, 0]));
        }
        for (record, pointer, at, len) in &self.pointers {
            records[*record].0[*pointer] = [*at, *len];
        }
        let mut table = Vec::new();
        for (row, tail) in &records {
            let pointers = row.iter().take((self.record - 4) / 8);
            pointers.flatten().for_each(|v| table.extend(v.to_le_bytes()));
            let [encoding, loader, ..] = *tail;
            match self.record {
                32 => table.extend([loader, encoding, 0, 0, 0, 0, 0, 0]),
                _ => table.extend(tail),
            }
        }
        let table = put(&table, b"");
        let argv = put(self.argv.as_bytes(), b"\0");
        let mut out = data.clone();
        out.extend((data.len() as u64).to_le_bytes());
        table.iter().chain([&self.entry]).for_each(|v| out.extend(v.to_le_bytes()));
        if self.head == 32 {
            argv.iter().chain([&self.flags]).for_each(|v| out.extend(v.to_le_bytes()));
        } else {
            out.extend([0; 4]);
        }
        out.extend(TRAILER);
        out
    }
}

/// A runtime, which holds the trailer itself and tells its version.
fn runtime() -> Vec<u8> {
    [&[0xc3; 16][..], TRAILER, b"/releases/bun-v1.3.14 /$bunfs/"].concat()
}

fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = memchr::memmem::find(&bytes, from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

fn with_length(payload: &[u8], width: usize) -> Vec<u8> {
    [&(payload.len() as u64).to_le_bytes()[..width], payload].concat()
}

fn in_elf(payload: &[u8]) -> Vec<u8> {
    let mut elf = ElfBuilder::program();
    elf.code = runtime();
    elf.data = with_length(payload, 8);
    replaced(elf.build(), b"\0.data\0", b"\0.bun\0\0")
}

fn behind_elf(payload: &[u8]) -> Vec<u8> {
    let mut elf = ElfBuilder::program();
    elf.code = runtime();
    elf.overlay = [&[0; 8][..], payload].concat();
    let mut bytes = elf.build();
    bytes.extend((bytes.len() as u64 + 8).to_le_bytes());
    bytes
}

fn in_pe(payload: &[u8], width: usize) -> Vec<u8> {
    let mut pe = PeBuilder::program();
    pe.sections[0].1.extend(runtime());
    pe.sections.push((*b".bun\0\0\0\0", with_length(payload, width), 0x4000_0040));
    pe.build()
}

fn in_macho(payload: &[u8], width: usize) -> Vec<u8> {
    let mut mach = MachBuilder::library();
    mach.data = with_length(payload, width);
    replaced(mach.build(), b"__data\0\0", b"__bun\0\0\0")
}

fn elf(builder: &Builder) -> Seen {
    open(&Bun, FileKind::Elf, &in_elf(&builder.payload()))
}

fn values(seen: &Seen) -> Vec<String> {
    let value = |f: &Fact| match &f.kind {
        FactKind::Has(Capability::Native, value) => Some(value.to_string()),
        _ => None,
    };
    seen.facts.iter().filter_map(value).collect()
}

fn ids(seen: &Seen) -> Vec<&str> {
    seen.findings.iter().map(|f| f.rule.id).collect()
}

/// Whether the payload (from the trailer's end back to its first module's contents) is accounted for.
fn accounted(seen: &Seen, at: usize) -> bool {
    seen.accounted.iter().any(|r| r.contains(&at))
}

const MAIN: &[u8] = b"// @bun\nconsole.log('main')";

fn simple() -> Vec<Part> {
    vec![
        Part::js("src/cli.js", MAIN),
        Part::js("tool", b"// @bun\nexport default 1"),
        Part::asset("lib-x1.node", b"\x7fELF rest"),
        Part::asset("data.zst", b"\x28\xb5\x2f\xfd12345"),
        Part::asset("old.js", b"\x28\xb5\x2f\xfd12345"),
    ]
}

const SIMPLE: [&str; 5] = ["src/cli.js", "tool.js", "lib-x1.node", "data.zst", "old.js.zst"];

#[test]
fn every_place_and_every_layout_is_opened() {
    let (new, old) = (Builder::new(simple()), Builder::old(simple()));
    let middle = Builder { record: 36, ..Builder::new(simple()) };
    let windows = Builder { root: "B:/~BUN/root/", ..Builder::new(simple()) };
    let oldest = Builder { record: 32, ..Builder::old(simple()) };
    let rare = Builder { record: 44, ..Builder::new(simple()) };
    for (what, kind, bytes) in [
        ("ELF section", FileKind::Elf, in_elf(&new.payload())),
        ("ELF section, argv without flags", FileKind::Elf, in_elf(&middle.payload())),
        ("ELF section, 44-byte records", FileKind::Elf, in_elf(&rare.payload())),
        ("ELF appended", FileKind::Elf, behind_elf(&old.payload())),
        ("ELF appended, oldest records", FileKind::Elf, behind_elf(&oldest.payload())),
        ("ELF appended, new records", FileKind::Elf, behind_elf(&new.payload())),
        ("PE", FileKind::Pe, in_pe(&windows.payload(), 8)),
        ("PE, short length", FileKind::Pe, in_pe(&old.payload(), 4)),
        ("Mach-O", FileKind::MachO, in_macho(&new.payload(), 8)),
        ("Mach-O, short length", FileKind::MachO, in_macho(&old.payload(), 4)),
    ] {
        let seen = open(&Bun, kind, &bytes);
        assert_eq!(seen.result, Ok(()), "{what}");
        assert!(seen.gaps.is_empty(), "{what}: {:?}", seen.gaps);
        assert_eq!(seen.names(), SIMPLE, "{what}");
        assert_eq!(seen.content("src/cli.js"), MAIN, "{what}");
        assert_eq!(ids(&seen), ["native-single-file-bundle"], "{what}");
        let place = memchr::memmem::find(&bytes, MAIN).unwrap();
        let trailer = memchr::memmem::rfind(&bytes, TRAILER).unwrap();
        let own = memchr::memmem::find(&bytes, TRAILER).unwrap();
        if own != trailer {
            assert!(!accounted(&seen, own), "{what}: the runtime stays the file's own");
        }
        assert!(accounted(&seen, place) && accounted(&seen, trailer + 15), "{what}");
    }
}

#[test]
fn a_fat_file_has_a_program_for_each_architecture() {
    let images = [in_macho(&Builder::new(simple()).payload(), 8), in_macho(&Builder::new(simple()).payload(), 8)];
    let seen = open(&Bun, FileKind::MachOFat, &MachBuilder::fat(&images));
    assert_eq!(seen.children.len(), 10);
    assert_eq!(seen.names()[5], "payload-2/src/cli.js");
    assert_eq!(ids(&seen), ["native-single-file-bundle"; 2]);
}

#[test]
fn a_runtime_without_a_program_is_nothing() {
    let mut elf = ElfBuilder::program();
    elf.code = runtime();
    elf.data = vec![0; 16];
    for bytes in [elf.build(), replaced(elf.build(), b"\0.data\0", b"\0.bun\0\0")] {
        let seen = open(&Bun, FileKind::Elf, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert!(seen.findings.is_empty() && seen.gaps.is_empty() && seen.facts.is_empty(), "{:?}", seen.gaps);
    }
}

#[test]
fn the_head_is_told() {
    let argv = "--use-system-ca --user-agent=x/1";
    let seen = elf(&Builder { argv, flags: 0x3bff, entry: 1, ..Builder::new(simple()) });
    assert_eq!(
        values(&seen),
        [
            "Bun",
            "bun exec-argv --use-system-ca",
            "bun exec-argv --user-agent=x/1",
            "bun: switches of unknown meaning 0x3800",
            "bun: starts tool",
        ]
    );
    let component = seen.facts.iter().find_map(|f| match &f.kind {
        FactKind::Component(c) => Some((c.name.as_str(), c.version.as_deref())),
        _ => None,
    });
    assert_eq!(component, Some(("bun", Some("1.3.14"))));
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn utf16_modules_become_utf8() {
    let wide = |text: &[u8]| Part { encoding: 2, ..Part::js("w.js", text) };
    let program = format!("// @bun\nlog('\u{1f980} gr\u{fc}n');{}", "x;".repeat(50_000));
    let seen = elf(&Builder::new(vec![wide(&utf16(&program))]));
    assert_eq!(seen.names(), ["w.js"]);
    assert_eq!(seen.content("w.js"), program.as_bytes());
    // Older versions meant what they said.
    let seen = elf(&Builder::new(vec![wide("log('gr\u{fc}n')".as_bytes())]));
    assert_eq!(seen.names(), ["w.js"]);
    assert_eq!(seen.content("w.js"), "log('gr\u{fc}n')".as_bytes());
    // What can be read both ways is read both ways.
    let seen = elf(&Builder::new(vec![wide(b"log('a\0b')!!")]));
    assert_eq!(seen.names(), ["w.js", "raw/w.js"]);
    assert_eq!(seen.content("raw/w.js"), b"log('a\0b')!!");
    let mut cut = utf16(&program);
    cut.pop();
    let seen = elf(&Builder::new(vec![wide(&cut)]));
    assert!(seen.gaps[0].detail.contains("middle of a character"), "{:?}", seen.gaps);
}

#[test]
fn bytecode_is_a_child_and_what_overlaps_is_one() {
    let part = |name, code: &[u8]| Part { bytecode: code.to_vec(), ..Part::js(name, MAIN) };
    let parts = vec![part("a.js", b"\x01\x02code a"), part("b.js", b"\x01\x02code b"), Part::js("c.js", MAIN)];
    let seen = elf(&Builder::new(parts.clone()));
    assert_eq!(seen.names(), ["a.js", "b.js", "c.js", "a.js.jsc", "b.js.jsc"]);
    assert_eq!(seen.content("b.js.jsc"), b"\x01\x02code b");
    // All run to the end of the last, as in Bun 1.4.
    let shared = [&b"\x07table"[..], &[9; 100]].concat();
    let pointers = (0..3).map(|i| (i as usize, 3, i * 20, 106 - i * 20)).collect();
    let parts = parts.into_iter().map(|p| Part { bytecode: vec![], ..p }).collect();
    let seen = elf(&Builder { stray: shared.clone(), pointers, ..Builder::new(parts) });
    assert_eq!(seen.names(), ["a.js", "b.js", "c.js", "bytecode-0.jsc"]);
    assert_eq!(seen.content("bytecode-0.jsc"), shared);
    assert_eq!(ids(&seen), ["native-single-file-bundle"]);
}

/// A source map as Bun writes it.
fn map(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut strings = Vec::new();
    let head = 8 + 16 * files.len();
    let mapping = b"\x00\x01mapping";
    let mut put = |bytes: &[u8]| {
        let pointer = [(head + mapping.len() + strings.len()) as u32, bytes.len() as u32];
        strings.extend_from_slice(bytes);
        pointer
    };
    let names: Vec<_> = files.iter().map(|(name, _)| put(name.as_bytes())).collect();
    let texts: Vec<_> = files.iter().map(|(_, text)| put(text)).collect();
    let numbers = [files.len() as u32, mapping.len() as u32];
    let mut out: Vec<u8> =
        numbers.iter().chain(names.iter().chain(&texts).flatten()).flat_map(|v| v.to_le_bytes()).collect();
    out.extend_from_slice(mapping);
    out.extend(strings);
    out
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

#[test]
fn original_sources_come_out_of_source_maps() {
    let text = "export const a: number = 1;\n".repeat(500);
    let packed = zstd(text.as_bytes());
    let one = map(&[("../../packages/x/src/a.ts", &packed), ("src/cli.ts", &zstd(b"import a")), ("gone.ts", b"")]);
    let two = map(&[("../../packages/x/src/a.ts", &packed), ("src/cli.ts", b"\x28\xb5\x2f\xfd\xff")]);
    let part = |name, map: Vec<u8>| Part { map, ..Part::js(name, MAIN) };
    let parts = vec![
        part("a.js", one),
        part("b.js", two),
        part("c.js", b"{\"version\":3}".to_vec()),
        part("d.js", zstd(b"{}")),
        part("e.js", vec![0xff; 8]),
    ];
    let seen = elf(&Builder::new(parts));
    let expected =
        ["sources/packages/x/src/a.ts", "sources/src/cli.ts", "sources/~2/src/cli.ts", "c.js.map", "d.js.map.zst"];
    assert_eq!(seen.names()[5..10], expected);
    assert_eq!(seen.content(expected[0]), text.as_bytes());
    assert_eq!(seen.content(expected[1]), b"import a");
    assert!(values(&seen).contains(&"bun: 3 original sources recovered".to_owned()), "{:?}", values(&seen));
    let gaps: Vec<_> = seen.gaps.iter().map(|g| (g.entry.as_str(), g.reason)).collect();
    assert_eq!(gaps, [("e.js", GapReason::Malformed), (expected[2], GapReason::Malformed)]);
}

#[test]
fn bytes_that_no_record_names_are_looked_at_too() {
    let stray = [&[0; 64][..], b"stray bytes"].concat();
    let seen = elf(&Builder { stray, ..Builder::new(simple()) });
    assert_eq!(seen.names()[5..], ["unnamed"]);
    assert_eq!(seen.content("unnamed"), b"stray bytes\0");
    let large = vec![7; 100_000];
    let seen = elf(&Builder { stray: large.clone(), ..Builder::new(simple()) });
    assert_eq!(seen.names()[5..], ["unnamed-0"]);
    assert_eq!(seen.content("unnamed-0"), large);
}

#[test]
fn contradictions_are_findings() {
    let inside = elf(&Builder { pointers: vec![(1, 1, 5, 30)], ..Builder::new(simple()) });
    let twice = elf(&Builder::new(vec![Part::js("a.js", MAIN), Part::js("a.js", b"other()")]));
    let nameless = elf(&Builder::new(vec![Part::js("a.js", MAIN), Part::js("", b"other()")]));
    assert_eq!(nameless.names(), ["a.js", "module-1.js"]);
    assert_eq!(nameless.content("module-1.js"), b"other()");
    let both =
        [behind_elf(&Builder::new(simple()).payload()), Builder::new(vec![Part::js("decoy.js", MAIN)]).payload()];
    let two = open(&Bun, FileKind::Elf, &both.concat());
    assert_eq!(two.children.len(), 6, "{:?}", two.names());
    for seen in [inside, twice, nameless, two] {
        assert!(ids(&seen).contains(&"bun-table-contradiction"), "{:?}", seen.names());
    }
}

#[test]
fn the_section_comes_before_what_is_appended() {
    let mut bytes = in_elf(&Builder::new(simple()).payload());
    bytes.extend(Builder::new(vec![Part::js("decoy.js", MAIN)]).payload());
    let seen = open(&Bun, FileKind::Elf, &bytes);
    assert_eq!(seen.names(), [&SIMPLE[..], &["payload-2/decoy.js"]].concat());
    assert!(ids(&seen).contains(&"bun-table-contradiction"));
}

#[test]
fn pointers_outside_are_gaps() {
    let seen = elf(&Builder { pointers: vec![(0, 1, 7, u32::MAX), (1, 3, u32::MAX, 1)], ..Builder::new(simple()) });
    let gaps: Vec<_> = seen.gaps.iter().map(|g| (g.entry.as_str(), g.reason)).collect();
    assert_eq!(gaps, [("src/cli.js", GapReason::Malformed), ("tool.js", GapReason::Malformed)]);
    assert!(ids(&seen).contains(&"bun-table-contradiction"));
    // Its bytes are looked at nevertheless.
    assert_eq!(seen.names(), [&SIMPLE[1..], &["unnamed"]].concat());
    assert!(memchr::memmem::find(seen.content("unnamed"), b"console.log('main')").is_some());
}

#[test]
fn many_names_for_the_same_bytes_cost_no_more_than_the_bytes() {
    let large = vec![b' '; 200_000];
    let mut parts = vec![Part::js("a.js", &large)];
    parts.extend((0..500).map(|_| Part::js("b.js", b"")));
    let pointers = (1..=500).map(|i| (i as usize, 1, 100 + i, 100_000)).collect();
    let seen = elf(&Builder { pointers, ..Builder::new(parts.clone()) });
    assert!(seen.children.iter().map(|(_, c)| c.len()).sum::<usize>() < 3_000_000);
    assert_eq!(seen.gaps[0].reason, GapReason::Limit);
    let pointers = (1..=500).map(|i| (i as usize, 1, 100, 100_000)).collect();
    let seen = elf(&Builder { pointers, ..Builder::new(parts) });
    assert!(seen.children.iter().map(|(_, c)| c.len()).sum::<usize>() < 3_000_000);
    assert!(ids(&seen).contains(&"bun-table-contradiction"));
}

#[test]
fn many_maps_in_one_place_end() {
    let blob = [&1000u32.to_le_bytes()[..], &[0; 4 + 16_000]].concat();
    let mut parts = vec![Part { map: blob, ..Part::js("a.js", MAIN) }];
    parts.extend((0..9000).map(|_| Part::js("b.js", b"")));
    let at = "/$bunfs/root/a.js\0".len() + MAIN.len() + 1;
    let pointers = (1..=9000).map(|i| (i as usize, 2, at as u32, 16_008)).collect();
    let seen = elf(&Builder { pointers, ..Builder::new(parts) });
    assert_eq!(seen.children.len(), 9002, "all modules and what no record names");
    assert_eq!(seen.gaps[0].reason, GapReason::Limit);
    assert!(seen.gaps.len() <= GAPS + 1 && seen.gaps[GAPS].detail.contains("more modules"));
}

#[test]
fn a_bomb_in_a_source_map_is_stopped() {
    let bomb = zstd(&vec![0; 4 << 20]);
    let part = Part { map: map(&[("a.ts", &bomb), ("b.ts", &bomb)]), ..Part::js("a.js", MAIN) };
    let limits = Limits { entry: 1 << 20, ..Limits::default() };
    let bytes = in_elf(&Builder::new(vec![part]).payload());
    let seen = open_with(&Bun, FileKind::Elf, "x", &bytes, limits, &[]);
    let gaps: Vec<_> = seen.gaps.iter().map(|g| (g.entry.as_str(), g.reason)).collect();
    assert_eq!(gaps, [("sources/a.ts", GapReason::Limit), ("sources/b.ts", GapReason::Limit)]);
}

#[test]
fn what_is_cut_off_is_a_gap() {
    let whole = in_elf(&Builder::new(simple()).payload());
    let cut = &whole[..memchr::memmem::rfind(&whole, TRAILER).unwrap()];
    let gap = open(&Bun, FileKind::Elf, cut).gaps.pop().unwrap();
    assert!(gap.detail.contains("bytes before its headers say"), "{gap}");
    let whole = behind_elf(&Builder::old(simple()).payload());
    let cut = &whole[..memchr::memmem::rfind(&whole, TRAILER).unwrap()];
    let gap = open(&Bun, FileKind::Elf, cut).gaps.pop().unwrap();
    assert!(gap.detail.contains("8 bytes behind the runtime"), "{gap}");
    // A length that is a lie, without a trailer that could be found.
    let payload = Builder::new(simple()).payload();
    let broken = in_pe(&payload[..payload.len() - 8], 8);
    let gap = open(&Bun, FileKind::Pe, &broken).gaps.pop().unwrap();
    assert!(gap.detail.contains("no module table"), "{gap}");
    // A lie that the trailer corrects.
    let mut lie = in_pe(&payload, 8);
    let at = memchr::memmem::find(&lie, &(payload.len() as u64).to_le_bytes()).unwrap();
    lie[at] ^= 1;
    let seen = open(&Bun, FileKind::Pe, &lie);
    assert!(seen.gaps.is_empty() && seen.names() == SIMPLE, "{:?}", seen.gaps);
}

#[test]
fn hostile_variants_are_survived() {
    let packed = zstd(b"export const a = 1;");
    let part = Part { map: map(&[("a.ts", &packed)]), bytecode: vec![3; 40], ..Part::js("a.js", MAIN) };
    let wide = Part { encoding: 2, ..Part::js("w.js", &utf16("let a = 1;")) };
    let payload =
        Builder { argv: "--smol", ..Builder::new(vec![part, wide, Part::asset("x.node", b"\x7fELF")]) }.payload();
    // Only the payload is broken most of the time.
    let mut small = vec![];
    small.extend(TRAILER);
    small.extend(&payload);
    survive(&Bun, FileKind::Elf, &small);
    survive(&Bun, FileKind::Pe, &in_pe(&payload, 8));
}
