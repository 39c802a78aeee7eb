//! The magic numbers, sorted by first byte, so that an ordinary text file costs one jump.

use super::name::Name;
use super::read::{at, be32};
use super::text::Sample;
use super::{archive, media, native, stream};
use crate::model::{Family, FileKind};

/// The binary format that the bytes show, if they show one.
pub(super) fn kind(said: &Name<'_>, bytes: &[u8], sample: &Sample<'_>) -> Option<FileKind> {
    let found = by_first_byte(bytes).or_else(|| elsewhere(said, bytes, sample))?;
    // `GIF89a=1;alert()` is a script that begins like a picture: a program that stands in the file as text wins.
    if found.family() == Family::Media && found != FileKind::Pdf && sample.is_plain() {
        return None;
    }
    if found == FileKind::Pdf && said.kind.is_some_and(FileKind::is_script) && sample.is_plain() {
        return None;
    }
    // A disk image begins with its first compressed block; only its end says what it is.
    if matches!(found, FileKind::Bzip2 | FileKind::Zlib) && archive::is_dmg(bytes) {
        return Some(FileKind::Dmg);
    }
    Some(found)
}

fn by_first_byte(bytes: &[u8]) -> Option<FileKind> {
    let starts = |magic: &[u8], kind: FileKind| bytes.starts_with(magic).then_some(kind);
    match bytes.first()? {
        0x00 => starts(b"\0asm", FileKind::Wasm)
            .filter(|_| bytes.len() >= 8)
            .or_else(|| media::icon(bytes))
            .or_else(|| media::true_type(bytes))
            .or_else(|| media::mp4(bytes)),
        0x02 | 0x04 => stream::lz4(bytes).or_else(|| archive::asar(bytes)),
        0x1f => stream::gzip(bytes).or_else(|| stream::compress(bytes)),
        b'!' => starts(b"!<arch>\n", FileKind::Ar).or_else(|| starts(b"!<thin>\n", FileKind::Ar)),
        b'%' => starts(b"%PDF-", FileKind::Pdf),
        b'(' => stream::zstd(bytes),
        b'0' => archive::cpio(bytes),
        b'7' => starts(b"7z\xbc\xaf\x27\x1c", FileKind::SevenZip),
        b'B' => stream::bzip2(bytes).or_else(|| media::bitmap(bytes)),
        b'C' => archive::crx(bytes),
        b'G' => starts(b"GIF87a", FileKind::Gif).or_else(|| starts(b"GIF89a", FileKind::Gif)),
        b'I' => media::tiff(bytes).or_else(|| media::mp3(bytes)),
        b'L' => stream::lzip(bytes).or_else(|| starts(SHORTCUT, FileKind::Lnk)),
        b'M' => native::pe(bytes).or_else(|| archive::cab(bytes)).or_else(|| media::tiff(bytes)),
        b'O' => starts(b"OggS\0", FileKind::Ogg).or_else(|| media::font(bytes)),
        b'P' => archive::zip(bytes),
        b'R' => archive::rar(bytes).or_else(|| media::riff(bytes)),
        b'S' => starts(b"SQLite format 3\0", FileKind::Sqlite),
        b']' => stream::lzma(bytes),
        b'b' => starts(b"bplist0", FileKind::BinaryPlist),
        b'c' => native::text_pickle(bytes),
        b'h' | b's' => archive::squashfs(bytes),
        b't' | b'w' => media::font(bytes),
        b'x' => archive::xar(bytes),
        0x71 | 0xc7 => archive::cpio(bytes),
        0x7f => native::elf(bytes),
        0x80 => native::pickle(bytes),
        0x93 => starts(b"\x93NUMPY", FileKind::Npy),
        0x89 => starts(b"\x89PNG\r\n\x1a\n", FileKind::Png),
        0xca => native::fat_or_class(bytes),
        0xce | 0xcf | 0xfe => native::macho(bytes),
        0xd0 => starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Ole),
        0xed => starts(b"\xed\xab\xee\xdb", FileKind::Rpm),
        0xfd => starts(b"\xfd7zXZ\0", FileKind::Xz),
        0xff => media::jpeg(bytes).or_else(|| media::mp3(bytes)),
        _ => None,
    }
    .or_else(|| native::pyc(bytes))
    .or_else(|| stream::skippable(bytes))
}

/// How a shortcut of Windows begins: the size of its header and an identifier.
const SHORTCUT: &[u8] = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";

/// Formats whose mark does not stand at the start.
fn elsewhere(said: &Name<'_>, bytes: &[u8], sample: &Sample<'_>) -> Option<FileKind> {
    if let Some(zip) = archive::prefixed_zip(said, bytes) {
        return Some(zip);
    }
    if is_tar(said, bytes) {
        return Some(FileKind::Tar);
    }
    if sample.is_plain() {
        return None;
    }
    media::mp4(bytes)
        .or_else(|| at(bytes, 0x8001, b"CD001").then_some(FileKind::Iso))
        .or_else(|| media::embedded_open_type(bytes))
        .or_else(|| archive::is_dmg(bytes).then_some(FileKind::Dmg))
        .or_else(|| super::packed(bytes).map(|_| FileKind::Packed))
        .or_else(|| {
            let head = bytes.get(..1024).unwrap_or(bytes);
            (said.ext() == "pdf" && memchr::memmem::find(head, b"%PDF-").is_some()).then_some(FileKind::Pdf)
        })
}

fn is_tar(said: &Name<'_>, bytes: &[u8]) -> bool {
    if archive::is_tar(bytes) {
        return true;
    }
    // A damaged or empty archive, under a name that says so.
    said.kind == Some(FileKind::Tar)
        && (at(bytes, 257, b"ustar") || (bytes.len() >= 1024 && bytes.iter().take(1024).all(|b| *b == 0)))
}

/// What bytes that are neither a known format nor text may still be.
pub(super) fn fallback(said: &Name<'_>, bytes: &[u8]) -> Option<FileKind> {
    match said.kind {
        Some(FileKind::Brotli) => return Some(FileKind::Brotli),
        Some(FileKind::Pyc) if at(bytes, 2, b"\r\n") && bytes.len() >= 12 => return Some(FileKind::Pyc),
        Some(FileKind::Lzma) => return stream::named_lzma(bytes),
        Some(FileKind::Pickle) if bytes.last() == Some(&b'.') || matches!(bytes, [0x80, 2..=5, ..]) => {
            return Some(FileKind::Pickle);
        }
        _ => {}
    }
    // A UTF-16 or otherwise unclear file keeps what its mark says elsewhere; zlib needs a trial.
    stream::zlib(bytes).or_else(|| (be32(bytes, 0) == Some(0x0005_1607)).then_some(FileKind::Data))
}
