//! Archives and file system images.

use memchr::memmem;

use super::name::Name;
use super::read::{at, be16, be32, le16, le32, le64};
use crate::model::FileKind;

/// A zip that begins at the first byte: a local header, an empty archive, or a spanning mark before a local header.
/// The local header's fields are not asked to make sense, since many readers look at the central directory only.
pub(super) fn zip(bytes: &[u8]) -> Option<FileKind> {
    let local = |from: usize| at(bytes, from, b"PK\x03\x04") && bytes.len() >= from + 30;
    let empty = bytes.starts_with(b"PK\x05\x06") && bytes.len() >= 22;
    let spanned = (bytes.starts_with(b"PK\x07\x08") || bytes.starts_with(b"PK00")) && local(4);
    (local(0) || empty || spanned).then_some(FileKind::Zip)
}

/// A zip with something before it, when its name says that it is a zip (`.pyz`, `.whl`, …) or its first line is an
/// interpreter's and the archive begins right behind it.
pub(super) fn prefixed_zip(said: &Name<'_>, bytes: &[u8]) -> Option<FileKind> {
    let behind_shebang = || {
        let line = bytes.get(..512).unwrap_or(bytes);
        bytes.starts_with(b"#!") && memchr::memchr(b'\n', line).is_some_and(|end| at(bytes, end + 1, b"PK\x03\x04"))
    };
    // A script is a zip only by the names that interpreters open as one; the rest is carved elsewhere.
    let named =
        said.kind == Some(FileKind::Zip) && matches!(said.ext(), "pyz" | "pyzw" | "pex" | "shiv" | "xpi" | "par");
    let plain_prefix = said.kind == Some(FileKind::Zip) && !bytes.starts_with(b"#!");
    ((named || plain_prefix || behind_shebang()) && directory(bytes).is_some()).then_some(FileKind::Zip)
}

/// Where the central directory of a zip at the end of `bytes` begins, when it has entries and stands where its end
/// record says it does, with or without a prefix.
fn directory(bytes: &[u8]) -> Option<usize> {
    const END: usize = 22;
    const TAIL: usize = 0xffff + END;
    let from = bytes.len().saturating_sub(TAIL);
    let tail = bytes.get(from..)?;
    for found in memmem::rfind_iter(tail, b"PK\x05\x06").take(16) {
        let end = from + found;
        let (Some(entries), Some(size)) = (le16(bytes, end + 10), le32(bytes, end + 12)) else { continue };
        let start = match size {
            u32::MAX => {
                // zip64: a locator before the end record, and the record it stands for right before that.
                let before = end.saturating_sub(4096);
                let record = memmem::rfind(bytes.get(before..end)?, b"PK\x06\x06");
                record
                    .map(|r| before + r)
                    .and_then(|r| Some((r, usize::try_from(le64(bytes, r + 40)?).ok()?)))
                    .and_then(|(r, s)| r.checked_sub(s))
            }
            size => end.checked_sub(size as usize),
        };
        if let Some(start) = start
            && entries > 0
            && at(bytes, start, b"PK\x01\x02")
        {
            return Some(start);
        }
    }
    None
}

/// Whether `bytes`, which are not a zip from their first byte, end in one.
#[must_use]
pub fn appended_zip(bytes: &[u8]) -> bool {
    zip(bytes).is_none() && directory(bytes).is_some()
}

/// Chrome extension: version 2 or 3 and a header that fits.
pub(super) fn crx(bytes: &[u8]) -> Option<FileKind> {
    let known = bytes.starts_with(b"Cr24") && matches!(le32(bytes, 4)?, 2 | 3);
    (known && (le32(bytes, 8)? as usize) < bytes.len()).then_some(FileKind::Crx)
}

/// Whether `bytes` begin with a tar header whose checksum is right, of whatever dialect.
#[must_use]
pub fn is_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.first_chunk::<512>() else { return false };
    let Some((field, flag)) = header.get(148..156).zip(header.get(156)) else { return false };
    // The checksum is octal in blanks or NULs; look at it first, it refuses nearly everything.
    let Some(digits) = field.trim_ascii().split(|b| matches!(b, 0 | b' ')).next().filter(|d| !d.is_empty()) else {
        return false;
    };
    let mut said = 0u32;
    for digit in digits {
        if !(b'0'..=b'7').contains(digit) {
            return false;
        }
        said = said * 8 + u32::from(digit - b'0');
    }
    if !(*flag == 0 || flag.is_ascii_alphanumeric()) || header.first() == Some(&0) && said == 256 {
        return false;
    }
    let blanks = 8 * u32::from(b' ');
    let field_sum: u32 = field.iter().map(|b| u32::from(*b)).sum();
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    // Old writers summed signed bytes.
    let signed: i32 = header.iter().map(|b| i32::from(b.cast_signed())).sum();
    let signed_field: i32 = field.iter().map(|b| i32::from(b.cast_signed())).sum();
    sum - field_sum + blanks == said || i64::from(signed - signed_field) + i64::from(blanks) == i64::from(said)
}

/// cpio in its dialects, RPM's own too, with fields that are numbers and a name that fits.
pub(super) fn cpio(bytes: &[u8]) -> Option<FileKind> {
    let hex = |s: &[u8]| s.iter().all(u8::is_ascii_hexdigit);
    let octal = |s: &[u8]| s.iter().all(|b| (b'0'..=b'7').contains(b));
    let good = match bytes.first_chunk::<6>()? {
        b"070701" | b"070702" => bytes.get(6..110).is_some_and(hex),
        b"070707" => bytes.get(6..76).is_some_and(octal),
        // RPM's stripped dialect: an index, and padding.
        b"07070X" => bytes.get(6..14).is_some_and(hex) && at(bytes, 14, b"\0\0"),
        [first @ (0xc7 | 0x71), second, ..] => {
            let order = match (first, second) {
                (0xc7, 0x71) => le16,
                (0x71, 0xc7) => be16,
                _ => return None,
            };
            let name = usize::from(order(bytes, 20)?);
            let mode = order(bytes, 6)?;
            (2..=1024).contains(&name)
                && bytes.get(25 + name) == Some(&0)
                && matches!(mode >> 12, 1 | 2 | 4 | 6 | 8 | 10 | 12)
                || (name == 11 && at(bytes, 26, b"TRAILER!!!\0"))
        }
        _ => false,
    };
    good.then_some(FileKind::Cpio)
}

/// Cabinet: a version 1.x, of which only 1.1 to 1.3 exist.
pub(super) fn cab(bytes: &[u8]) -> Option<FileKind> {
    let version = bytes.get(24).is_some_and(|minor| *minor < 16) && bytes.get(25) == Some(&1);
    (bytes.starts_with(b"MSCF") && version).then_some(FileKind::Cab)
}

/// RAR 1.5 to 4 and RAR 5.
pub(super) fn rar(bytes: &[u8]) -> Option<FileKind> {
    (bytes.starts_with(b"Rar!\x1a\x07\0") || bytes.starts_with(b"Rar!\x1a\x07\x01\0")).then_some(FileKind::Rar)
}

/// Electron's asar: two nested pickles (Chromium's, not Python's) around a JSON text.
pub(super) fn asar(bytes: &[u8]) -> Option<FileKind> {
    let (four, outer, inner, json) = (le32(bytes, 0)?, le32(bytes, 4)?, le32(bytes, 8)?, le32(bytes, 12)?);
    let nested = four == 4
        && outer.checked_sub(inner) == Some(4)
        && inner.checked_sub(json).is_some_and(|d| (4..8).contains(&d));
    (nested && bytes.get(16) == Some(&b'{')).then_some(FileKind::Asar)
}

/// squashfs 4 in either byte order, and its older versions.
pub(super) fn squashfs(bytes: &[u8]) -> Option<FileKind> {
    let major = match bytes.first_chunk::<4>()? {
        b"hsqs" => le16(bytes, 28)?,
        b"sqsh" => be16(bytes, 28)?,
        _ => return None,
    };
    (1..=4).contains(&major).then_some(FileKind::Squashfs)
}

/// xar: header size and version.
pub(super) fn xar(bytes: &[u8]) -> Option<FileKind> {
    (bytes.starts_with(b"xar!") && be16(bytes, 4)? >= 28 && be16(bytes, 6)? == 1).then_some(FileKind::Xar)
}

/// Whether an Apple disk image's trailer (`koly`, version 4, 512 bytes) stands at the end.
pub(super) fn is_dmg(bytes: &[u8]) -> bool {
    let Some(start) = bytes.len().checked_sub(512) else { return false };
    at(bytes, start, b"koly") && be32(bytes, start + 4) == Some(4) && be32(bytes, start + 8) == Some(512)
}
