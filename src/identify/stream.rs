//! Compressed streams, and what their content is called.

use flate2::{Decompress, FlushDecompress};

use super::read::{array, at, le32, le64};
use crate::model::FileKind;

/// gzip: deflate is the only method there ever was.
pub(super) fn gzip(bytes: &[u8]) -> Option<FileKind> {
    bytes.starts_with(&[0x1f, 0x8b, 8]).then_some(FileKind::Gzip)
}

/// `.Z`: 9 to 16 bits.
pub(super) fn compress(bytes: &[u8]) -> Option<FileKind> {
    let [0x1f, 0x9d, flags] = array(bytes, 0)? else { return None };
    ((9..=16).contains(&(flags & 0x1f)) && flags & 0x60 == 0).then_some(FileKind::Compress)
}

/// bzip2: a level, then the mark of a block or of the end.
pub(super) fn bzip2(bytes: &[u8]) -> Option<FileKind> {
    let level = bytes.starts_with(b"BZh") && matches!(bytes.get(3)?, b'1'..=b'9');
    (level && (at(bytes, 4, b"1AY&SY") || at(bytes, 4, b"\x17\x72\x45\x38\x50\x90"))).then_some(FileKind::Bzip2)
}

/// lzip: version 0 or 1 and a dictionary size that the format allows.
pub(super) fn lzip(bytes: &[u8]) -> Option<FileKind> {
    let [b'L', b'Z', b'I', b'P', version, coded] = array(bytes, 0)? else { return None };
    (version <= 1 && (12..=29).contains(&(coded & 0x1f))).then_some(FileKind::Lzip)
}

/// A Zstandard frame.
pub(super) fn zstd(bytes: &[u8]) -> Option<FileKind> {
    // Bit 3 of the frame header descriptor is reserved.
    (bytes.starts_with(b"\x28\xb5\x2f\xfd") && bytes.get(4)? & 8 == 0).then_some(FileKind::Zstd)
}

/// An LZ4 frame, or the legacy one.
pub(super) fn lz4(bytes: &[u8]) -> Option<FileKind> {
    let frame = bytes.starts_with(b"\x04\x22\x4d\x18") && bytes.get(4)? >> 6 == 1;
    (frame || bytes.starts_with(b"\x02\x21\x4c\x18")).then_some(FileKind::Lz4)
}

/// Skippable frames, which Zstandard and LZ4 share: what follows them decides, and Zstandard when nothing does.
pub(super) fn skippable(bytes: &[u8]) -> Option<FileKind> {
    let mut from = 0usize;
    for _ in 0..16 {
        if le32(bytes, from).is_none_or(|m| m & 0xffff_fff0 != 0x184d_2a50) {
            break;
        }
        from = from.checked_add(8)?.checked_add(le32(bytes, from + 4)? as usize)?;
    }
    let rest = bytes.get(from..).filter(|_| from > 0)?;
    zstd(rest).or_else(|| lz4(rest)).or_else(|| rest.is_empty().then_some(FileKind::Zstd))
}

/// `.lzma` has no magic number: properties 0x5d (nobody writes others), a dictionary of a usual size, a length that
/// is unknown or believable, and the zero byte with which every range coder begins.
pub(super) fn lzma(bytes: &[u8]) -> Option<FileKind> {
    (bytes.first() == Some(&0x5d) && lzma_header(bytes)).then_some(FileKind::Lzma)
}

/// The same with any properties, for files that are called so.
pub(super) fn named_lzma(bytes: &[u8]) -> Option<FileKind> {
    (bytes.first().is_some_and(|p| *p < 225) && lzma_header(bytes)).then_some(FileKind::Lzma)
}

fn lzma_header(bytes: &[u8]) -> bool {
    let (Some(dictionary), Some(length)) = (le32(bytes, 1), le64(bytes, 5)) else { return false };
    let usual = dictionary == u32::MAX
        || (dictionary >= 4096 && (dictionary.count_ones() == 1 || (dictionary / 3 * 2).count_ones() == 1));
    usual && (length == u64::MAX || length < 1 << 38) && bytes.get(13) == Some(&0)
}

/// zlib: a header whose check bits are right, then a trial with the first bytes.
pub(super) fn zlib(bytes: &[u8]) -> Option<FileKind> {
    let [method, flags] = array(bytes, 0)?;
    let header = method & 0x0f == 8 && method >> 4 <= 7 && u16::from_be_bytes([method, flags]).is_multiple_of(31);
    if !header || flags & 0x20 != 0 || bytes.len() < 8 {
        return None;
    }
    let mut inflate = Decompress::new(true);
    let mut output = [0; 1024];
    let sample = bytes.get(..1024).unwrap_or(bytes);
    let result = inflate.decompress(sample, &mut output, FlushDecompress::None);
    // Random bytes survive a few symbols; a kilobyte of output or input they do not.
    let enough = inflate.total_out() >= 64 || sample.len() == bytes.len();
    (result.is_ok() && enough).then_some(FileKind::Zlib)
}

/// What the content of a compressed stream is called: `x.tar.gz` becomes `x.tar`, `x.tgz` too, `a.js.gz` becomes
/// `a.js`. A name that does not end like the format stays as it is.
#[must_use]
pub fn stripped_name(name: &str, kind: FileKind) -> String {
    let endings: &[(&str, &str)] = match kind {
        FileKind::Gzip => &[
            (".tgz", ".tar"),
            (".taz", ".tar"),
            (".crate", ".tar"),
            (".apk", ".tar"),
            (".ipk", ".tar"),
            (".svgz", ".svg"),
            (".emz", ".emf"),
            (".cpgz", ".cpio"),
            (".gz", ""),
            (".gzip", ""),
            (".z", ""),
        ],
        FileKind::Zlib => &[(".zlib", ""), (".zz", ""), (".z", "")],
        FileKind::Xz => &[(".txz", ".tar"), (".xz", "")],
        FileKind::Lzma => &[(".tlz", ".tar"), (".lzma", "")],
        FileKind::Lzip => &[(".tlz", ".tar"), (".lz", "")],
        FileKind::Zstd => &[(".tzst", ".tar"), (".tzstd", ".tar"), (".zst", ""), (".zstd", "")],
        FileKind::Bzip2 => &[(".tbz2", ".tar"), (".tbz", ".tar"), (".tb2", ".tar"), (".bz2", ""), (".bz", "")],
        FileKind::Brotli => &[(".tbr", ".tar"), (".br", ""), (".brotli", "")],
        FileKind::Lz4 => &[(".tlz4", ".tar"), (".lz4", "")],
        FileKind::Compress => &[(".taz", ".tar"), (".z", "")],
        _ => &[],
    };
    for (ending, instead) in endings {
        if let Some((stem, tail)) = name.len().checked_sub(ending.len()).and_then(|at| name.split_at_checked(at))
            && !stem.is_empty()
            && !stem.ends_with('/')
            && tail.eq_ignore_ascii_case(ending)
        {
            return format!("{stem}{instead}");
        }
    }
    name.to_owned()
}
