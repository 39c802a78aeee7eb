//! Pictures, sound, films and fonts.

use super::read::{at, be16, be32, le16, le32};
use crate::model::FileKind;

/// JPEG: start of image, then a marker.
pub(super) fn jpeg(bytes: &[u8]) -> Option<FileKind> {
    (bytes.starts_with(&[0xff, 0xd8, 0xff]) && *bytes.get(3)? >= 0xc0).then_some(FileKind::Jpeg)
}

/// WebP and WAV.
pub(super) fn riff(bytes: &[u8]) -> Option<FileKind> {
    if !bytes.starts_with(b"RIFF") && !bytes.starts_with(b"RF64") {
        return None;
    }
    match bytes.get(8..12)? {
        b"WEBP" => Some(FileKind::Webp),
        b"WAVE" => Some(FileKind::Wav),
        _ => None,
    }
}

/// BMP: a header size that exists and pixels that begin behind it.
pub(super) fn bitmap(bytes: &[u8]) -> Option<FileKind> {
    let known = matches!(le32(bytes, 14)?, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124);
    (bytes.starts_with(b"BM") && known && (26..1 << 20).contains(&le32(bytes, 10)?)).then_some(FileKind::Bmp)
}

/// ICO and CUR: a few pictures whose first entry points behind the table.
pub(super) fn icon(bytes: &[u8]) -> Option<FileKind> {
    let known = bytes.starts_with(b"\0\0\x01\0") || bytes.starts_with(b"\0\0\x02\0");
    let count = le16(bytes, 4)?;
    let first = le32(bytes, 18)?;
    let sane = (1..=256).contains(&count) && bytes.get(9) == Some(&0);
    (known && sane && first >= 6 + 16 * u32::from(count) && (first as usize) < bytes.len()).then_some(FileKind::Ico)
}

/// TIFF and BigTIFF in either byte order.
pub(super) fn tiff(bytes: &[u8]) -> Option<FileKind> {
    let known: [&[u8]; 4] = [b"II*\0", b"MM\0*", b"II+\0\x08\0", b"MM\0+\0\x08"];
    known.iter().any(|magic| bytes.starts_with(magic)).then_some(FileKind::Tiff)
}

/// MP3: an ID3 tag, or two frames one behind the other.
pub(super) fn mp3(bytes: &[u8]) -> Option<FileKind> {
    if bytes.starts_with(b"ID3") {
        let sane = matches!(bytes.get(3)?, 2..=4) && bytes.get(6..10)?.iter().all(|b| *b < 0x80);
        return sane.then_some(FileKind::Mp3);
    }
    let len = mp3_frame(be32(bytes, 0)?)?;
    let next = be32(bytes, len)?;
    mp3_frame(next).map(|_| FileKind::Mp3)
}

/// Length of a layer III frame by its header, in bytes.
fn mp3_frame(header: u32) -> Option<usize> {
    const FIRST: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const SECOND: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let (version, layer) = (header >> 19 & 3, header >> 17 & 3);
    if header >> 21 != 0x7ff || version == 1 || layer != 1 {
        return None;
    }
    let first = version == 3;
    let rate = *if first { &FIRST } else { &SECOND }.get((header >> 12 & 15) as usize)? * 1000;
    let frequency =
        [44_100u32, 48_000, 32_000].get((header >> 10 & 3) as usize)? >> [2, 2, 1, 0].get(version as usize)?;
    let padding = header >> 9 & 1;
    let len = if first { 144 } else { 72 } * rate / frequency.max(1) + padding;
    (rate > 0).then_some(len as usize)
}

/// The MP4 family (MOV, HEIC, AVIF, M4A) by its first box.
pub(super) fn mp4(bytes: &[u8]) -> Option<FileKind> {
    let size = be32(bytes, 0)?;
    let brand = bytes.get(8..12)?;
    let sane = (8..=4096).contains(&size) && brand.iter().all(|b| (0x20..0x7f).contains(b));
    (at(bytes, 4, b"ftyp") && sane).then_some(FileKind::Mp4)
}

/// TrueType outlines: version 1.0 and a believable table directory.
pub(super) fn true_type(bytes: &[u8]) -> Option<FileKind> {
    let tables = be16(bytes, 4)?;
    let tag = bytes.get(12..16)?;
    let sane = (1..=64).contains(&tables) && tag.iter().all(|b| (0x20..0x7f).contains(b));
    (bytes.starts_with(&[0, 1, 0, 0]) && sane).then_some(FileKind::Font)
}

/// OpenType with PostScript outlines, Apple's TrueType, collections, WOFF and WOFF 2.
pub(super) fn font(bytes: &[u8]) -> Option<FileKind> {
    match bytes.first_chunk::<4>()? {
        b"OTTO" | b"true" => (1..=64).contains(&be16(bytes, 4)?).then_some(FileKind::Font),
        b"ttcf" => (bytes.get(4) == Some(&0)).then_some(FileKind::Font),
        // The length of the whole file stands behind the flavour.
        b"wOFF" | b"wOF2" => {
            (bytes.get(8) == Some(&0) || be32(bytes, 8)? as usize == bytes.len()).then_some(FileKind::Font)
        }
        _ => None,
    }
}

/// Embedded OpenType of old Internet Explorers.
pub(super) fn embedded_open_type(bytes: &[u8]) -> Option<FileKind> {
    (at(bytes, 34, b"LP") && le32(bytes, 0)? as usize == bytes.len()).then_some(FileKind::Font)
}
