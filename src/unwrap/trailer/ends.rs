//! Where other files end: by a length in the header, or by a walk over parts that tell their own.
//!
//! References: "Multimedia Programming Interface and Data Specifications 1.0" (RIFF); RFC 3533 (Ogg); ISO 14496-12
//! (boxes); <https://www.sqlite.org/fileformat.html>; WOFF File Format 1.0; ISO 32000-1 7.5 (PDF).

use super::Extent;
use crate::parse::fields::Fields;

/// What lies inside the file, as an end.
fn inside(end: u64, bytes: &[u8]) -> Option<usize> {
    usize::try_from(end).ok().filter(|end| *end <= bytes.len())
}

/// RIFF: the length stands in the header; each chunk in it has its own.
pub(super) fn riff(bytes: &[u8]) -> Extent {
    let fields = Fields::new(bytes, true);
    let size = u64::from(fields.u32(4).unwrap_or(0));
    // Recorders that could not seek back leave 0 or all ones.
    if !bytes.starts_with(b"RIFF") || !(4..0xffff_ff00).contains(&size) {
        return Extent::default();
    }
    let end = 8 + size;
    let mut extent = Extent::to(inside(end + (end & 1), bytes).or(inside(end, bytes)));
    let mut at = 12u64;
    while at.saturating_add(8) <= end {
        let (Some(kind), Some(len)) = (fields.range(at, 4), fields.u32(at + 4)) else { break };
        let (start, len) = (at + 8, u64::from(len));
        let known = matches!(kind, b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"fmt " | b"data");
        if !known && let (Some(from), Some(to)) = (inside(start, bytes), inside(start.saturating_add(len), bytes)) {
            extent.part("private-chunk", from..to);
        }
        at = start.saturating_add(len).saturating_add(len & 1);
    }
    extent
}

/// BMP: the length of the file, if it is more than the headers.
pub(super) fn bitmap(bytes: &[u8]) -> Option<usize> {
    let fields = Fields::new(bytes, true);
    let (size, pixels, header) = (fields.u32(2)?, fields.u32(10)?, fields.u32(14)?);
    let (width, height, depth) = (fields.u32(18)?, fields.u32(22)?, fields.u16(28)?);
    let compression = fields.u32(30)?;
    // The length is often wrong; that of plain pixels can be reckoned.
    let row = (u64::from(width).checked_mul(u64::from(depth))?.checked_add(31)? / 32) * 4;
    let height = u64::from(height.cast_signed().unsigned_abs());
    let reckoned = u64::from(pixels).checked_add(row.checked_mul(height)?)?;
    let plain = header >= 40 && matches!(compression, 0 | 3) && matches!(depth, 1 | 4 | 8 | 16 | 24 | 32);
    if plain { inside(reckoned.max(u64::from(size)), bytes).or_else(|| inside(reckoned, bytes)) } else { None }
}

/// ICO and CUR: the end of the last picture.
pub(super) fn icon(bytes: &[u8]) -> Option<usize> {
    let fields = Fields::new(bytes, true);
    let count = u64::from(fields.u16(4)?);
    let ends = (0..count).map(|i| {
        let entry = 6 + 16 * i;
        Some(u64::from(fields.u32(entry + 12)?) + u64::from(fields.u32(entry + 8)?))
    });
    let end = ends.collect::<Option<Vec<u64>>>()?.into_iter().max()?;
    inside(end, bytes)
}

/// Ogg: pages, each with a table of its segments' lengths.
pub(super) fn ogg(bytes: &[u8]) -> Option<usize> {
    let mut at = 0usize;
    while let Some(page) = bytes.get(at..).filter(|p| p.starts_with(b"OggS")) {
        let count = usize::from(*page.get(26)?);
        let table = page.get(27..27 + count)?;
        at = at + 27 + count + table.iter().map(|len| usize::from(*len)).sum::<usize>();
        if at > bytes.len() {
            return None;
        }
    }
    Some(at)
}

/// The MP4 family: boxes, each with its length (which may have 64 bits, or reach to the end).
pub(super) fn mp4(bytes: &[u8]) -> Extent {
    let fields = Fields::new(bytes, false);
    let mut extent = Extent::default();
    let mut at = 0u64;
    while let (Some(short), Some(kind)) = (fields.u32(at), fields.range(at.saturating_add(4), 4)) {
        let known = kind.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_' | 0xa9));
        let (head, len) = match short {
            0 if known => return extent,
            1 => (16, fields.u64(at.saturating_add(8)).unwrap_or(0)),
            short => (8, u64::from(short)),
        };
        let end = at.saturating_add(len);
        if !known || len < head || end > fields.len() {
            break;
        }
        if matches!(kind, b"free" | b"skip" | b"uuid")
            && let (Some(from), Some(to)) = (inside(at + head, bytes), inside(end, bytes))
        {
            extent.part("free-box", from..to);
        }
        at = end;
    }
    // A first box that does not fit is a broken file.
    extent.end = if at == 0 { None } else { inside(at, bytes) };
    extent
}

/// WOFF and WOFF 2 tell their length; other fonts end with the last table of their directory.
pub(super) fn font(bytes: &[u8]) -> Option<usize> {
    let fields = Fields::new(bytes, false);
    if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
        return inside(u64::from(fields.u32(8)?), bytes).filter(|end| *end > 44);
    }
    if bytes.starts_with(b"ttcf") {
        return None;
    }
    let tables = u64::from(fields.u16(4)?);
    let ends = (0..tables).map(|i| {
        let row = 12 + 16 * i;
        Some(u64::from(fields.u32(row + 8)?) + u64::from(fields.u32(row + 12)?))
    });
    let end = ends.collect::<Option<Vec<u64>>>()?.into_iter().max()?;
    inside(end.next_multiple_of(4), bytes).or(inside(end, bytes))
}

/// SQLite: as many pages as the header says, when it was written last by something that keeps that number.
pub(super) fn sqlite(bytes: &[u8]) -> Option<usize> {
    let fields = Fields::new(bytes, false);
    let size = match u64::from(fields.u16(16)?) {
        1 => 65_536,
        size => size,
    };
    let pages = u64::from(fields.u32(28)?);
    let is_valid = fields.u32(24)? == fields.u32(92)? && size.is_power_of_two() && size >= 512 && pages > 0;
    if is_valid { inside(size * pages, bytes) } else { None }
}

/// PDF: behind the last `%%EOF` and its line end. A PDF that was changed has several.
pub(super) fn pdf(bytes: &[u8]) -> Option<usize> {
    let mark = b"%%EOF";
    let at = memchr::memmem::rfind(bytes, mark)? + mark.len();
    let line_end = bytes.get(at..)?.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    Some(at + line_end)
}
