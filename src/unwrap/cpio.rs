//! cpio in its four dialects: newc (`070701`), newc with checksums (`070702`), portable octal (`070707`) and the old
//! binary one in both byte orders. RPM payloads and initramfs images are cpio. Files are slices, nothing is copied.

use super::ar::readable;
use super::{Entries, Input, Wrapper, stream};
use crate::model::{FileKind, Gap};

/// Opens cpio archives.
pub(super) struct Cpio;

/// File type bits of a mode.
const TYPE: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;
const REGULAR: u32 = 0o100_000;
/// How an entry of RPM's stripped dialect begins: the mark, then the file's index in eight hexadecimal digits.
const STRIPPED: &[u8] = b"07070X";

impl Wrapper for Cpio {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Cpio]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut at = 0usize;
        if bytes.starts_with(STRIPPED) {
            at = stripped(input, out)?;
        }
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(header) = Header::parse(rest) else {
                let what = if rest.is_empty() { "ends without its TRAILER!!! entry" } else { "no entry header" };
                if at > 0 {
                    stream::trailing(input, out, at)?;
                }
                return Err(Gap::malformed(format!("{what} at byte {at}")));
            };
            let name_start = at.saturating_add(header.len);
            let name_end = name_start.saturating_add(header.name_len);
            let Some(raw_name) = bytes.get(name_start..name_end) else {
                return Err(Gap::malformed(format!("the name of the entry at byte {at} is cut off")));
            };
            let name = raw_name.split(|b| *b == 0).next().unwrap_or_default();
            let start = at.saturating_add(header.padded(header.len.saturating_add(header.name_len)));
            let end = start.saturating_add(header.size);
            if name == b"TRAILER!!!" {
                // What follows may be another archive, as in an initramfs.
                let after = bytes.get(end..).unwrap_or_default();
                let padding = after.iter().take_while(|b| **b == 0).count();
                let next = end.saturating_add(padding);
                if after.get(padding..).is_some_and(|a| Header::parse(a).is_some()) {
                    at = next;
                    continue;
                }
                return stream::trailing(input, out, next.min(bytes.len()));
            }
            let name = readable(name);
            let Some(content) = bytes.get(start..end) else {
                let present = bytes.len().saturating_sub(start);
                if let Some(view) = input.view.slice(start.min(bytes.len())..bytes.len()) {
                    out.member("cpio", &name, view)?;
                }
                let detail = format!("cut off: {} bytes promised, {present} present", header.size);
                return Err(Gap::malformed(detail).at(name));
            };
            let wanted = match header.mode & TYPE {
                SYMLINK => false,
                REGULAR => true,
                _ => header.size > 0,
            };
            if wanted && let Some(view) = input.view.slice(start..end) {
                let sum = || content.iter().fold(0u32, |sum, b| sum.wrapping_add(u32::from(*b)));
                if header.sum.is_some_and(|said| said != sum()) {
                    out.gaps.push(Gap::malformed("the checksum of the content differs").at(name.clone()));
                }
                out.member("cpio", &name, view)?;
            }
            at = at.saturating_add(header.padded(start - at)).saturating_add(header.padded(header.size));
        }
    }
}

/// Opens RPM's stripped dialect (RPM 6, and packages with files over 4 GiB): entries have neither names nor sizes, which
/// stand in the package's header, but an index that grows by itself. A file ends where the next one begins. Its padding
/// (up to three NULs) cannot be told from its end and stays. Where the entries end.
fn stripped(input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<usize, Gap> {
    const LEN: usize = 16;
    let bytes: &[u8] = input.view;
    let index = |at: usize| {
        let digits = bytes.get(at..)?.strip_prefix(STRIPPED)?.get(..8)?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let cut = || Gap::malformed("no index in the first entry");
    // A file may be a cpio archive itself, which ends in the same way.
    let last = memchr::memmem::rfind(bytes, STRIPPED).unwrap_or_default();
    let mut at = 0usize;
    let mut now = index(0).ok_or_else(cut)?;
    loop {
        let start = at.saturating_add(LEN).min(bytes.len());
        let rest = bytes.get(start..).unwrap_or_default();
        let is_next = |found: usize| {
            let next = start + found;
            let is_trailer = |b| Header::parse(b).is_some_and(|h| h.size == 0 && h.name_len == 11);
            let over = next > last && bytes.get(next..).is_some_and(is_trailer);
            (found.is_multiple_of(4) && (over || index(next).is_some_and(|i| i > now))).then_some(next)
        };
        let end = memchr::memmem::find_iter(rest, b"07070").find_map(is_next);
        let stop = end.unwrap_or(bytes.len());
        if let Some(view) = input.view.slice(start..stop).filter(|v| !v.is_empty()) {
            out.member("cpio", &format!("file-{now}"), view)?;
        }
        let Some(end) = end else { return Err(Gap::malformed("ends without its TRAILER!!! entry")) };
        let Some(next) = index(end) else { return Ok(end) };
        (at, now) = (end, next);
    }
}

struct Header {
    len: usize,
    name_len: usize,
    size: usize,
    mode: u32,
    /// Sum of all bytes, when the dialect has one.
    sum: Option<u32>,
    /// To what multiple name and content are padded.
    align: usize,
}

impl Header {
    fn padded(&self, len: usize) -> usize {
        len.checked_next_multiple_of(self.align).unwrap_or(usize::MAX)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        match bytes.first_chunk::<6>()? {
            b"070701" => Self::newc(bytes, false),
            b"070702" => Self::newc(bytes, true),
            b"070707" => Self::octal(bytes),
            [0xc7, 0x71, ..] => Self::binary(bytes, u16::from_le_bytes),
            [0x71, 0xc7, ..] => Self::binary(bytes, u16::from_be_bytes),
            _ => None,
        }
    }

    fn newc(bytes: &[u8], summed: bool) -> Option<Self> {
        let field = |index: usize| {
            let digits = bytes.get(6 + index * 8..14 + index * 8)?;
            u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        Some(Self {
            len: 110,
            name_len: usize::try_from(field(11)?).ok()?,
            size: usize::try_from(field(6)?).ok()?,
            mode: field(1)?,
            sum: if summed { Some(field(12)?) } else { None },
            align: 4,
        })
    }

    fn octal(bytes: &[u8]) -> Option<Self> {
        let field = |start: usize, len: usize| {
            u64::from_str_radix(std::str::from_utf8(bytes.get(start..start + len)?).ok()?, 8).ok()
        };
        Some(Self {
            len: 76,
            name_len: usize::try_from(field(59, 6)?).ok()?,
            size: usize::try_from(field(65, 11)?).ok()?,
            mode: u32::try_from(field(18, 6)?).ok()?,
            sum: None,
            align: 1,
        })
    }

    fn binary(bytes: &[u8], order: fn([u8; 2]) -> u16) -> Option<Self> {
        let field = |index: usize| bytes.get(index * 2..)?.first_chunk().map(|b| order(*b));
        // Numbers of 32 bits have their high half first, whatever the byte order.
        let size = usize::from(field(11)?) << 16 | usize::from(field(12)?);
        Some(Self { len: 26, name_len: usize::from(field(10)?), size, mode: u32::from(field(3)?), sum: None, align: 2 })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;

    fn padded(mut bytes: Vec<u8>, align: usize) -> Vec<u8> {
        bytes.resize(bytes.len().next_multiple_of(align), 0);
        bytes
    }

    fn newc(magic: &str, name: &str, mode: u32, content: &[u8], sum: u32) -> Vec<u8> {
        let fields = [1, mode, 0, 0, 1, 0, content.len() as u32, 0, 0, 0, 0, name.len() as u32 + 1, sum];
        let mut bytes = magic.as_bytes().to_vec();
        bytes.extend(fields.iter().flat_map(|f| format!("{f:08x}").into_bytes()));
        bytes.extend(name.as_bytes());
        bytes.push(0);
        let mut bytes = padded(bytes, 4);
        bytes.extend(padded(content.to_vec(), 4));
        bytes
    }

    fn odc(name: &str, content: &[u8]) -> Vec<u8> {
        let mut bytes = format!(
            "070707{:06o}{:06o}{:06o}{:06o}{:06o}{:06o}{:06o}{:011o}{:06o}{:011o}",
            0,
            0,
            0o100_644,
            0,
            0,
            1,
            0,
            0,
            name.len() + 1,
            content.len()
        )
        .into_bytes();
        bytes.extend(name.as_bytes());
        bytes.push(0);
        bytes.extend(content);
        bytes
    }

    fn old(name: &str, content: &[u8], order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let fields = [0o070_707, 0, 0, 0o100_644, 0, 0, 1, 0, 0, 0, name.len() as u16 + 1, 0, content.len() as u16];
        let mut bytes: Vec<u8> = fields.iter().flat_map(|f| order(*f)).collect();
        bytes.extend(name.as_bytes());
        bytes.push(0);
        let mut bytes = padded(bytes, 2);
        bytes.extend(padded(content.to_vec(), 2));
        bytes
    }

    #[test]
    fn the_stripped_dialect_of_rpm() {
        let entry = |index: u32, content: &[u8]| {
            [padded(format!("07070X{index:08x}").into_bytes(), 4), padded(content.to_vec(), 4)].concat()
        };
        // A file that holds what looks like an entry with an older index, or one that is not at its place.
        let odd = b"text 07070X00000009 07070X00000000";
        let bytes = [entry(0, b"#!/bin/sh\n"), entry(1, b""), entry(2, odd), newc("070701", "TRAILER!!!", 0, b"", 0)];
        let seen = open(&Cpio, FileKind::Cpio, &bytes.concat());
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["file-0", "file-2"]);
        assert!(seen.content("file-0").starts_with(b"#!/bin/sh\n"));
        assert!(seen.content("file-2").starts_with(odd));
        let inner = newc("070701", "TRAILER!!!", 0, b"", 0);
        let held = [entry(0, &inner), entry(1, b"#!/bin/sh\n"), inner].concat();
        assert_eq!(open(&Cpio, FileKind::Cpio, &held).names(), ["file-0", "file-1"], "an archive in a file");
        assert!(open(&Cpio, FileKind::Cpio, &bytes[..3].concat()).result.is_err());
        assert!(open(&Cpio, FileKind::Cpio, b"07070Xzz").result.is_err());
    }

    #[test]
    fn all_dialects() {
        let files = [("etc/x.conf", &b"a=1"[..]), ("bin/tool", b"#!/bin/sh\n")];
        let joined = |make: &dyn Fn(&str, &[u8]) -> Vec<u8>| {
            files.iter().map(|(n, c)| make(n, c)).chain([make("TRAILER!!!", b"")]).collect::<Vec<_>>().concat()
        };
        for bytes in [
            joined(&|n, c| newc("070701", n, 0o100_755, c, 0)),
            joined(&|n, c| newc("070702", n, 0o100_755, c, c.iter().map(|b| u32::from(*b)).sum())),
            joined(&odc),
            joined(&|n, c| old(n, c, u16::to_le_bytes)),
            joined(&|n, c| old(n, c, u16::to_be_bytes)),
        ] {
            let mut bytes = bytes;
            bytes.extend([0; 300]);
            let seen = open(&Cpio, FileKind::Cpio, &bytes);
            assert_eq!(seen.result, Ok(()));
            assert_eq!(seen.gaps, []);
            assert_eq!(seen.names(), ["etc/x.conf", "bin/tool"]);
            assert_eq!(seen.content("bin/tool"), b"#!/bin/sh\n");
        }
    }

    #[test]
    fn a_second_archive_and_other_bytes_after_the_trailer() {
        let one = [newc("070701", "a", REGULAR, b"1", 0), newc("070701", "TRAILER!!!", 0, b"", 0)].concat();
        let bytes = [one.clone(), vec![0; 512], one, b"\x1f\x8bmore".to_vec()].concat();
        let seen = open(&Cpio, FileKind::Cpio, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["a", "a", "trailing"]);
        assert_eq!(seen.findings.len(), 1);
    }

    #[test]
    fn lies_are_gaps() {
        let bytes = [newc("070702", "a", REGULAR, b"abc", 7), newc("070701", "b", REGULAR, b"xyz", 0)].concat();
        let seen = open(&Cpio, FileKind::Cpio, &bytes);
        assert!(seen.broken().detail.contains("TRAILER"));
        assert_eq!(seen.gaps[0].entry, "a");
        let seen = open(&Cpio, FileKind::Cpio, &bytes[..bytes.len() - 3]);
        let gap = seen.broken();
        assert_eq!((gap.entry.as_str(), seen.content("b")), ("b", &b"x"[..]));
        let mut huge = newc("070701", "a", REGULAR, b"abc", 0);
        huge[94..102].copy_from_slice(b"ffffffff");
        assert!(open(&Cpio, FileKind::Cpio, &huge).result.is_err());
        for len in 0..bytes.len() {
            assert!(open(&Cpio, FileKind::Cpio, &bytes[..len]).result.is_err());
        }
    }

    #[test]
    fn symbolic_links_hold_no_file() {
        let bytes = [newc("070701", "l", SYMLINK, b"/etc/x", 0), newc("070701", "TRAILER!!!", 0, b"", 0)].concat();
        assert!(open(&Cpio, FileKind::Cpio, &bytes).children.is_empty());
    }
}
