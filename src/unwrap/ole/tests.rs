use super::super::testing::{open, survive};
use super::*;
use crate::model::{Capability, FactKind};

/// Writes compound files of version 3. Streams go into the root's stream when they are short.
struct Writer {
    lines: Vec<Line>,
}

/// Name, 1 for a storage, 2 for a stream, children, content.
type Line = (Vec<u16>, u8, Vec<usize>, Vec<u8>);

const END: u32 = 0xffff_fffe;

impl Writer {
    fn new() -> Self {
        Self { lines: vec![("Root Entry".encode_utf16().collect(), 5, Vec::new(), Vec::new())] }
    }

    fn storage(&mut self, parent: usize, name: &str) -> usize {
        self.line(parent, name.encode_utf16().collect(), 1, Vec::new())
    }

    fn stream(&mut self, parent: usize, name: &str, content: &[u8]) {
        self.line(parent, name.encode_utf16().collect(), 2, content.to_vec());
    }

    /// A table of MSI, its name coded.
    fn table(&mut self, name: &str, content: &[u8]) {
        let digits = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
        let code = |b: &u8| digits.iter().position(|d| d == b).unwrap() as u16;
        let units = name.as_bytes().chunks(2).map(|pair| match pair {
            [a, b] => 0x3800 + code(a) + (code(b) << 6),
            one => 0x4800 + code(&one[0]),
        });
        self.line(0, std::iter::once(0x4840).chain(units).collect(), 2, content.to_vec());
    }

    fn line(&mut self, parent: usize, name: Vec<u16>, kind: u8, content: Vec<u8>) -> usize {
        let id = self.lines.len();
        self.lines.push((name, kind, Vec::new(), content));
        self.lines[parent].2.push(id);
        id
    }

    fn build(&self) -> Vec<u8> {
        // Sector 0 is the table, then directory, table of small sectors, small stream, long streams.
        let mut sectors: Vec<u8> = vec![0; 512];
        let mut next: Vec<u32> = vec![0xffff_fffd];
        let mut chain = |sectors: &mut Vec<u8>, bytes: &[u8]| {
            let start = next.len() as u32;
            sectors.extend(bytes);
            sectors.resize(sectors.len().next_multiple_of(512), 0);
            let end = (sectors.len() / 512) as u32;
            next.extend(start + 1..end);
            next.push(END);
            start
        };
        let (mut small, mut small_next) = (Vec::new(), Vec::<u32>::new());
        let mut starts = Vec::new();
        for (_, kind, _, content) in &self.lines {
            let is_small = *kind == 2 && content.len() < 4096;
            if is_small && !content.is_empty() {
                starts.push(small_next.len() as u32);
                small.extend(content);
                small.resize(small.len().next_multiple_of(64), 0);
                let end = (small.len() / 64) as u32;
                small_next.extend(small_next.len() as u32 + 1..end);
                small_next.push(END);
            } else if *kind == 2 && !content.is_empty() {
                starts.push(chain(&mut sectors, content));
            } else {
                starts.push(END);
            }
        }
        let small_start = chain(&mut sectors, &small);
        let numbers: Vec<u8> = small_next.iter().flat_map(|n| n.to_le_bytes()).collect();
        let small_table = chain(&mut sectors, &numbers);
        let mut directory = Vec::new();
        for (id, (name, kind, children, content)) in self.lines.iter().enumerate() {
            let mut line: Vec<u8> = name.iter().flat_map(|u| u.to_le_bytes()).collect();
            line.resize(64, 0);
            line.extend((name.len() as u16 * 2 + 2).to_le_bytes());
            line.extend([*kind, 1]);
            // Siblings hang on the right of one another.
            let right = self.lines.iter().find_map(|l| {
                let at = l.2.iter().position(|c| *c == id)?;
                l.2.get(at + 1)
            });
            let number = |id: Option<&usize>| id.map_or(u32::MAX, |id| *id as u32);
            [u32::MAX, number(right), number(children.first())].iter().for_each(|n| line.extend(n.to_le_bytes()));
            line.resize(116, 0);
            let (start, len) = if id == 0 { (small_start, small.len()) } else { (starts[id], content.len()) };
            line.extend(start.to_le_bytes());
            line.extend((len as u64).to_le_bytes());
            directory.extend(line);
        }
        let directory_start = chain(&mut sectors, &directory);
        assert!(next.len() <= 128);
        next.resize(128, u32::MAX);
        let table: Vec<u8> = next.iter().flat_map(|n| n.to_le_bytes()).collect();
        sectors[..512].copy_from_slice(&table);
        let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        header.resize(24, 0);
        [0x3eu16, 3, 0xfffe, 9, 6].iter().for_each(|n| header.extend(n.to_le_bytes()));
        header.resize(44, 0);
        [1, directory_start, 0, 4096, small_table, 1, END, 0].iter().for_each(|n: &u32| header.extend(n.to_le_bytes()));
        header.extend(0u32.to_le_bytes());
        header.resize(512, 0xff);
        [header, sectors].concat()
    }
}

/// A pool of texts, and the stream with their lengths.
fn pool(texts: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let mut lengths = vec![0, 0, 0, 0];
    texts.iter().for_each(|t| lengths.extend([t.len() as u8, 0, 1, 0]));
    (lengths, texts.concat().into_bytes())
}

fn columns(rows: &[[u16; 4]]) -> Vec<u8> {
    (0..4).flat_map(|c| rows.iter().flat_map(move |r| r[c].to_le_bytes())).collect()
}

fn package() -> Vec<u8> {
    let texts =
        ["CustomAction", "Action", "Type", "Source", "Target", "RunIt", "Folder", "cmd /c id", "Inline", "new X()"];
    let (lengths, data) = pool(&texts);
    let mut msi = Writer::new();
    msi.table("_StringPool", &lengths);
    msi.table("_StringData", &data);
    let number = |n: u16| n ^ 0x8000;
    let kinds = [0x2d48, 0x0502, 0x1d48, 0x1dff];
    let rows: Vec<[u16; 4]> = (0..4).map(|c| [1, number(c + 1), 2 + c, number(kinds[usize::from(c)])]).collect();
    msi.table("_Columns", &columns(&rows));
    msi.table("CustomAction", &columns(&[[6, number(34), 7, 8], [9, number(37), 0, 10]]));
    msi.stream(0, "\u{5}SummaryInformation", b"summary");
    msi.stream(0, "disk1.cab", &b"MSCF".repeat(1500));
    msi.build()
}

#[test]
fn streams_of_a_package_come_out_under_their_names() {
    let bytes = package();
    let seen = open(&Ole, FileKind::Ole, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    for name in ["!_StringPool", "!_Columns", "!CustomAction", "\\x05SummaryInformation", "disk1.cab"] {
        assert!(seen.names().contains(&name), "{name}: {:?}", seen.names());
    }
    assert_eq!(seen.content("disk1.cab"), b"MSCF".repeat(1500));
    assert_eq!(seen.content("\\x05SummaryInformation"), b"summary");
    // The long stream lies in one piece.
    assert_eq!(seen.accounted.len(), 1);
}

#[test]
fn custom_actions_are_told() {
    let seen = open(&Ole, FileKind::Ole, &package());
    let text = String::from_utf8_lossy(seen.content("CustomAction.txt")).into_owned();
    assert_eq!(
        text,
        "Action=RunIt\tType=34\tSource=Folder\tTarget=cmd /c id\nAction=Inline\tType=37\tSource=\tTarget=new X()\n"
    );
    assert_eq!(seen.content("CustomAction/Inline.js"), b"new X()");
    let hooks: Vec<&str> = seen
        .facts
        .iter()
        .filter_map(|f| match &f.kind {
            FactKind::Has(Capability::Hooks, value) => Some(&**value),
            _ => None,
        })
        .collect();
    assert_eq!(
        hooks,
        ["msi custom action RunIt: command Folder cmd /c id", "msi custom action Inline: JScript  new X()"]
    );
}

/// A document whose macro is packed with a copy: "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
/// of [MS-OVBA] 3.2.3.
fn document() -> Vec<u8> {
    let packed = super::super::testing::hex(
        "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f700671027004107273747576107778797a003c",
    );
    // dir, packed as literals: the module's name, and where its source begins.
    let mut plain = b"\x1a\x00\x07\x00\x00\x00Module1\x31\x00\x04\x00\x00\x00\x03\x00\x00\x00".to_vec();
    plain.splice(0..0, b"\x09\x00\x04\x00\x00\x00\x01\x00\x00\x00\x02\x00".iter().copied());
    let body: Vec<u8> =
        plain.chunks(8).flat_map(|c| std::iter::once(0).chain(c.iter().copied()).collect::<Vec<u8>>()).collect();
    let header = 0xb000 | (body.len() as u16 - 1);
    let dir = [&[1][..], &header.to_le_bytes(), &body].concat();
    let mut doc = Writer::new();
    let macros = doc.storage(0, "Macros");
    let vba = doc.storage(macros, "VBA");
    doc.stream(vba, "dir", &dir);
    doc.stream(vba, "Module1", &[&b"xyz"[..], &packed].concat());
    doc.stream(0, "WordDocument", &[7; 5000]);
    doc.build()
}

#[test]
fn macros_are_unpacked() {
    let bytes = document();
    let seen = open(&Ole, FileKind::Ole, &bytes);
    assert_eq!(seen.result, Ok(()));
    assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
    let source = seen.content("Macros/VBA/Module1.bas");
    assert_eq!(source, b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa");
    assert_eq!(seen.content("WordDocument"), [7; 5000]);
    survive(&Ole, FileKind::Ole, &bytes);
}

#[test]
fn broken_files_are_gaps() {
    let whole = package();
    survive(&Ole, FileKind::Ole, &whole);
    assert!(open(&Ole, FileKind::Ole, &whole[..100]).result.is_err());
    // The long stream has the lowest sectors: its chain runs in a circle, then ends early.
    for (successor, whole_again) in [(1u32, false), (END, false), (2, true)] {
        let mut bytes = whole.clone();
        bytes[512 + 4..512 + 8].copy_from_slice(&successor.to_le_bytes());
        let seen = open(&Ole, FileKind::Ole, &bytes);
        let said = seen.gaps.iter().any(|g| g.entry == "disk1.cab" && g.detail.contains("ends"));
        assert_eq!(said, !whole_again, "{successor}: {:?}", seen.gaps);
    }
    let mut bytes = whole;
    bytes[30] = 20;
    assert!(open(&Ole, FileKind::Ole, &bytes).broken().detail.contains("2^20"));
}
