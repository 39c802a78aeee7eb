use super::super::testing::{Seen, open, survive};
use super::*;

const ELF: &[u8] =
    b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0\0\x10\0\0\0\0\0\0\x40\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\x40\0\x38\0\0\0\x40\0\0\0\0\0";
const SCRIPT: &[u8] = b"#!/bin/sh\necho 'this is a script behind a picture'\n";

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &[0; 4]].concat()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), head, chunks.concat(), chunk(b"IDAT", &[9; 20]), chunk(b"IEND", b"")].concat()
}

fn jpeg() -> Vec<u8> {
    let thumbnail = b"\xff\xd8\xff\xd9";
    let exif = [&b"\xff\xe1\0\x0cExif\0\0"[..], thumbnail].concat();
    [b"\xff\xd8", &exif[..], b"\xff\xfe\0\x06note", b"\xff\xda\0\x04\0\0", b"data\xff\0more\xff\xd0end", b"\xff\xd9"]
        .concat()
}

fn gif() -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0".to_vec();
    bytes.extend([0; 6]);
    bytes.extend(b"!\xf9\x04\0\0\0\0\0");
    bytes.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;");
    bytes
}

fn riff(kind: &[u8], chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
    let body: Vec<u8> = chunks
        .iter()
        .flat_map(|(name, data)| {
            let mut chunk = [name, &(data.len() as u32).to_le_bytes()[..], data].concat();
            chunk.resize(chunk.len().next_multiple_of(2), 0);
            chunk
        })
        .collect();
    [b"RIFF", &(body.len() as u32 + 4).to_le_bytes()[..], kind, &body].concat()
}

fn mp4() -> Vec<u8> {
    let boxed = |kind: &[u8], data: &[u8]| [&(data.len() as u32 + 8).to_be_bytes()[..], kind, data].concat();
    [boxed(b"ftyp", b"isom\0\0\x02\0isom"), boxed(b"mdat", &[7; 40]), boxed(b"moov", &[0; 30])].concat()
}

fn sqlite() -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..16].copy_from_slice(b"SQLite format 3\0");
    bytes[16..18].copy_from_slice(&512u16.to_be_bytes());
    bytes[28..32].copy_from_slice(&2u32.to_be_bytes());
    bytes[24..28].copy_from_slice(&[0, 0, 0, 5]);
    bytes[92..96].copy_from_slice(&[0, 0, 0, 5]);
    bytes
}

fn icon() -> Vec<u8> {
    let mut bytes = b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0".to_vec();
    bytes.extend(40u32.to_le_bytes());
    bytes.extend(22u32.to_le_bytes());
    bytes.extend([3; 40]);
    bytes
}

fn bitmap() -> Vec<u8> {
    let mut bytes = b"BM".to_vec();
    for word in [54 + 8u32, 0, 54, 40, 2, 1, 1 | 24 << 16, 0, 0, 0, 0, 0, 0] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend([1; 8]);
    bytes
}

fn ogg() -> Vec<u8> {
    let mut page = b"OggS\0\x02".to_vec();
    page.resize(26, 1);
    page.extend([2, 10, 5]);
    page.extend([8; 15]);
    page.repeat(2)
}

fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n2 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\r\n".to_vec()
}

fn all() -> Vec<(FileKind, Vec<u8>)> {
    vec![
        (FileKind::Png, png(&[])),
        (FileKind::Jpeg, jpeg()),
        (FileKind::Gif, gif()),
        (FileKind::Webp, riff(b"WEBP", &[(b"VP8L", &[1; 33])])),
        (FileKind::Wav, riff(b"WAVE", &[(b"fmt ", &[0; 16]), (b"data", &[1; 40])])),
        (FileKind::Mp4, mp4()),
        (FileKind::Sqlite, sqlite()),
        (FileKind::Ico, icon()),
        (FileKind::Bmp, bitmap()),
        (FileKind::Ogg, ogg()),
        (FileKind::Pdf, pdf()),
    ]
}

fn ids(seen: &Seen) -> Vec<&'static str> {
    seen.findings.iter().map(|f| f.rule.id).collect()
}

#[test]
fn whole_files_have_nothing_behind_their_end() {
    for (kind, bytes) in all() {
        for padding in [&b""[..], &[0; 300], b"\n\n                     \n", b"short"] {
            let seen = open(&Trailer, kind, &[&bytes[..], padding].concat());
            assert_eq!(seen.result, Ok(()));
            assert!(seen.children.is_empty() && seen.findings.is_empty(), "{kind:?} {:?}", seen.names());
        }
    }
}

#[test]
fn what_follows_the_end_is_a_child() {
    for (kind, bytes) in all() {
        for (tail, finding) in
            [(ELF, true), (SCRIPT, true), (&b"\x01\x02 something else, of no known form\xfe\xff"[..], false)]
        {
            let seen = open(&Trailer, kind, &[&bytes[..], tail].concat());
            assert_eq!(seen.names(), ["trailing"], "{kind:?}");
            assert_eq!(seen.content("trailing"), tail, "{kind:?}");
            assert_eq!(ids(&seen).is_empty(), !finding, "{kind:?} {:?}", seen.findings);
        }
    }
}

#[test]
fn a_file_in_a_chunk_is_a_child() {
    let comment = [b"Comment\0", ELF].concat();
    let seen = open(
        &Trailer,
        FileKind::Png,
        &png(&[chunk(b"tEXt", &comment), chunk(b"tEXt", b"Title\0A picture of a house")]),
    );
    assert_eq!((seen.names(), ids(&seen)), (vec!["text-chunk"], vec!["media-hidden-file"]));
    assert_eq!(seen.content("text-chunk"), ELF);
    let seen = open(&Trailer, FileKind::Png, &png(&[chunk(b"prVt", SCRIPT)]));
    assert_eq!(seen.names(), ["private-chunk"]);
    let seen = open(&Trailer, FileKind::Wav, &riff(b"WAVE", &[(b"data", &[1; 40]), (b"junk", ELF)]));
    assert_eq!(seen.content("private-chunk"), ELF);
    // Prose that reads like code is no program.
    let seen =
        open(&Trailer, FileKind::Png, &png(&[chunk(b"tEXt", b"Software\0import os; def x(): return os.environ")]));
    assert!(seen.children.is_empty());
}

#[test]
fn an_appended_zip_is_opened_by_the_engine_and_only_reported_here() {
    let mut zip = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0x".to_vec();
    let directory = zip.len() as u32;
    zip.extend(
        b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0x",
    );
    let size = zip.len() as u32 - directory;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(size.to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0, 0]);
    let seen = open(&Trailer, FileKind::Gif, &[gif(), zip].concat());
    assert_eq!((ids(&seen), seen.children.len()), (vec!["media-appended-file"], 0));
}

#[test]
fn lengths_that_lie_give_nothing() {
    let mut bytes = [png(&[]), ELF.to_vec()].concat();
    bytes[8..12].copy_from_slice(&[0xff; 4]);
    assert!(open(&Trailer, FileKind::Png, &bytes).children.is_empty());
    let mut bytes = [riff(b"WEBP", &[]), ELF.to_vec()].concat();
    bytes[4..8].copy_from_slice(&[0xff; 4]);
    assert!(open(&Trailer, FileKind::Webp, &bytes).children.is_empty());
}

#[test]
fn broken_files_do_no_harm() {
    for (kind, bytes) in all() {
        survive(&Trailer, kind, &[&bytes[..], SCRIPT].concat());
    }
    survive(
        &Trailer,
        FileKind::Font,
        &[&b"\0\x01\0\0\0\x01\0\0\0\0\0\0head\0\0\0\0\0\0\0\x1c\0\0\0\x08"[..], &[1; 8], SCRIPT].concat(),
    );
}
