//! Where pictures end that consist of chunks: PNG, JPEG, GIF.
//!
//! References: PNG (third edition) 5.2; ITU-T T.81 annex B; the GIF89a specification.

use super::Extent;
use crate::parse::fields::Fields;

/// PNG: chunks of length, type, data and checksum, up to `IEND`.
pub(super) fn png(bytes: &[u8]) -> Extent {
    let fields = Fields::new(bytes, false);
    let mut extent = Extent::default();
    let mut at = 8u64;
    loop {
        let (Some(len), Some(kind)) = (fields.u32(at), fields.range(at.saturating_add(4), 4)) else { return extent };
        let (len, data) = (u64::from(len), at.saturating_add(8));
        let next = data.saturating_add(len).saturating_add(4);
        if next > fields.len() {
            return extent;
        }
        if kind == b"IEND" {
            extent.end = usize::try_from(next).ok();
            return extent;
        }
        // A small first letter: not needed to show the picture.
        if kind.first().is_some_and(u8::is_ascii_lowercase) {
            let name = match kind {
                b"tEXt" | b"iTXt" | b"zTXt" => "text-chunk",
                b"eXIf" => "exif-chunk",
                _ => "private-chunk",
            };
            if let (Ok(start), Ok(end)) = (usize::try_from(data), usize::try_from(data.saturating_add(len))) {
                extent.part(name, start..end);
            }
        }
        at = next;
    }
}

/// JPEG: segments with their length, then coded data in which 0xff is followed by 0 or a restart mark, up to EOI.
pub(super) fn jpeg(bytes: &[u8]) -> Extent {
    let fields = Fields::new(bytes, false);
    let mut extent = Extent::default();
    let mut at = 2usize;
    loop {
        // Fill bytes may come before a mark.
        let Some(filling) = bytes.get(at..).map(|b| b.iter().take_while(|b| **b == 0xff).count()) else {
            return extent;
        };
        if filling == 0 {
            return extent;
        }
        at = at.saturating_add(filling);
        let Some(mark) = bytes.get(at).copied() else { return extent };
        at += 1;
        match mark {
            0xd9 => {
                extent.end = Some(at);
                return extent;
            }
            0x01 | 0xd0..=0xd8 => continue,
            _ => {}
        }
        let Some(len) = fields.u16(at as u64).map(usize::from).filter(|len| *len >= 2) else { return extent };
        let data = at.saturating_add(2)..at.saturating_add(len);
        at = data.end;
        match mark {
            0xfe => extent.part("comment", data),
            0xe0..=0xef => extent.part("application-segment", data),
            0xda => match coded_data_end(bytes, at) {
                Some(next) => at = next,
                None => return extent,
            },
            _ => {}
        }
    }
}

/// The next mark that is no part of coded data.
fn coded_data_end(bytes: &[u8], from: usize) -> Option<usize> {
    let data = bytes.get(from..)?;
    let ends = |at: &usize| !matches!(data.get(at + 1), Some(0 | 0xff | 0xd0..=0xd7));
    memchr::memchr_iter(0xff, data).find(ends).map(|at| from + at)
}

/// GIF: header, colours, then blocks of sub-blocks up to `;`.
pub(super) fn gif(bytes: &[u8]) -> Extent {
    let mut extent = Extent::default();
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let Some(flags) = bytes.get(10).copied() else { return extent };
    let mut at = 13 + colours(flags);
    loop {
        let Some(kind) = bytes.get(at).copied() else { return extent };
        let label = bytes.get(at + 1).copied();
        let start = match kind {
            b';' => {
                extent.end = Some(at + 1);
                return extent;
            }
            b'!' => at + 2,
            b',' => match bytes.get(at + 9).copied() {
                // Then the size of codes, in a byte.
                Some(flags) => at + 10 + colours(flags) + 1,
                None => return extent,
            },
            _ => return extent,
        };
        let Some(end) = sub_blocks_end(bytes, start) else { return extent };
        if kind == b'!' && matches!(label, Some(0xfe | 0xff)) {
            // The first sub-block of an application's block is its name; data begin behind the first length.
            extent.part("comment", start.saturating_add(1).min(end)..end);
        }
        at = end;
    }
}

/// Where sub-blocks (a length, then as many bytes) end with an empty one.
fn sub_blocks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let len = usize::from(*bytes.get(at)?);
        at = at.checked_add(1 + len)?;
        if len == 0 {
            return Some(at);
        }
    }
}
