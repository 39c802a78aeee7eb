//! `ar` archives: Debian packages and static libraries, with System V/GNU and BSD names.
//!
//! A member is a 60-byte header (name, date, owner, group, mode, size, `` `\n ``) and its bytes, padded to an even
//! length. Long names stand in a member `//` (GNU) or before the content (BSD, `#1/len`).

use super::{Entries, Input, Wrapper, stream};
use crate::model::{FileKind, Gap, GapReason};

/// Opens `ar` archives.
pub(super) struct Ar;

const HEADER: usize = 60;

impl Wrapper for Ar {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Ar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let thin = bytes.starts_with(b"!<thin>\n");
        if !thin && !bytes.starts_with(b"!<arch>\n") {
            return Err(Gap::malformed("does not begin with !<arch>"));
        }
        let mut long_names: &[u8] = &[];
        let mut outside = 0u64;
        let mut at = 8usize;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            // Some writers pad the last member with a line break even when its length is even.
            if rest.iter().all(|b| *b == b'\n' || *b == 0) {
                break;
            }
            let Some(header) = Header::parse(rest) else {
                if at == 8 {
                    return Err(Gap::malformed("no member header at byte 8"));
                }
                let gap = Gap::malformed(format!("no member header at byte {at}"));
                stream::trailing(input, out, at)?;
                return Err(gap);
            };
            let start = at + HEADER;
            let special = matches!(header.name, b"/" | b"//" | b"/SYM64/");
            if thin && !special {
                outside += 1;
                at = start;
                continue;
            }
            let end = start.saturating_add(header.size);
            let Some(content) = bytes.get(start..end) else {
                let name = header.text(long_names);
                let present = bytes.len() - start.min(bytes.len());
                if let Some(view) = input.view.slice(start..bytes.len()) {
                    out.member("ar", &name, view)?;
                }
                let detail = format!("cut off: {} bytes promised, {present} present", header.size);
                return Err(Gap::malformed(detail).at(name));
            };
            at = end + (end & 1);
            if header.name == b"//" {
                long_names = content;
            } else if !special {
                let (name, skip) = header.long_name(content).unwrap_or_else(|| (header.text(long_names), 0));
                if name.starts_with("__.SYMDEF") {
                    continue;
                }
                if let Some(view) = input.view.slice(start + skip..end) {
                    out.member("ar", &name, view)?;
                }
            }
        }
        if outside > 0 {
            let detail = format!("a thin archive: its {outside} members are files outside of it");
            return Err(Gap::new(GapReason::Unsupported, detail));
        }
        Ok(())
    }
}

struct Header<'a> {
    name: &'a [u8],
    size: usize,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let header = bytes.first_chunk::<HEADER>()?;
        if header.get(58..) != Some(b"`\n") {
            return None;
        }
        let name = bytes.get(..16)?.trim_ascii_end();
        let digits = std::str::from_utf8(header.get(48..58)?).ok()?.trim();
        Some(Self { name, size: digits.parse().ok()? })
    }

    /// The name as the header gives it, or from the table of long names.
    fn text(&self, long_names: &[u8]) -> String {
        let from_table = || {
            let at: usize = std::str::from_utf8(self.name.strip_prefix(b"/")?).ok()?.parse().ok()?;
            let rest = long_names.get(at..)?;
            let end = rest.iter().position(|b| matches!(*b, b'\n' | 0)).unwrap_or(rest.len());
            rest.get(..end)
        };
        let name = from_table().unwrap_or(self.name);
        readable(name.strip_suffix(b"/").unwrap_or(name))
    }

    /// A BSD long name, which stands before the content, and its length.
    fn long_name(&self, content: &[u8]) -> Option<(String, usize)> {
        let len: usize = std::str::from_utf8(self.name.strip_prefix(b"#1/")?).ok()?.parse().ok()?;
        let name = content.get(..len)?;
        let end = name.iter().position(|b| *b == 0).unwrap_or(name.len());
        Some((readable(name.get(..end)?), len))
    }
}

/// A name as UTF-8 with every other byte escaped (`\xff`), so that nothing is lost. Shared by the old formats.
pub(super) fn readable(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;

    fn member(name: &str, size: usize, content: &[u8]) -> Vec<u8> {
        let mut bytes = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", 0, 0, 0, 100_644).into_bytes();
        bytes.extend(content);
        if bytes.len() % 2 == 1 {
            bytes.push(b'\n');
        }
        bytes
    }

    fn archive(members: &[Vec<u8>]) -> Vec<u8> {
        [b"!<arch>\n".to_vec(), members.concat()].concat()
    }

    #[test]
    fn debian_members_are_slices() {
        let bytes = archive(&[
            member("debian-binary", 4, b"2.0\n"),
            member("control.tar.xz", 3, b"xz1"),
            member("data.tar.zst", 3, b"zst"),
        ]);
        let seen = open(&Ar, FileKind::Ar, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["debian-binary", "control.tar.xz", "data.tar.zst"]);
        assert_eq!(seen.content("control.tar.xz"), b"xz1");
    }

    #[test]
    fn gnu_and_bsd_names() {
        let bytes = archive(&[
            member("/", 4, b"\0\0\0\0"),
            member("//", 45, b"a_very_long_member_name.o/\nanother_long_one/\n"),
            member("/0", 2, b"AA"),
            member("/27", 2, b"BB"),
            member("short.o/", 2, b"CC"),
            member("#1/8", 10, b"bsd.o\0\0\0DD"),
            member("#1/12", 14, b"__.SYMDEF\0\0\0EE"),
        ]);
        let seen = open(&Ar, FileKind::Ar, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["a_very_long_member_name.o", "another_long_one", "short.o", "bsd.o"]);
        assert_eq!(seen.content("bsd.o"), b"DD");
    }

    #[test]
    fn lies_are_gaps() {
        let seen = open(&Ar, FileKind::Ar, &archive(&[member("a", 999, b"abc")]));
        let gap = seen.broken();
        assert_eq!((gap.entry.as_str(), gap.reason), ("a", GapReason::Malformed));
        assert!(gap.detail.contains("999 bytes promised, 4 present"), "{gap}");
        assert_eq!(seen.content("a"), b"abc\n");
        let mut bytes = archive(&[member("a", 4, b"abcd")]);
        bytes.extend(b"and then something else that is no header at all, but long enough");
        let seen = open(&Ar, FileKind::Ar, &bytes);
        assert!(seen.broken().detail.contains("no member header at byte 72"));
        assert_eq!(seen.names(), ["a", "trailing"]);
        assert!(open(&Ar, FileKind::Ar, b"!<arch>\nx").result.is_err());
        assert!(open(&Ar, FileKind::Ar, &archive(&[member("a", 0, b"")])).result.is_ok());
        let huge = archive(&[format!("{:<16}{:<32}{}`\n", "x", 0, "9999999999").into_bytes()]);
        assert!(open(&Ar, FileKind::Ar, &huge).result.is_err());
    }

    #[test]
    fn thin_archives_are_gaps() {
        let bytes = [b"!<thin>\n".to_vec(), member("//", 6, b"x/y.o/"), member("/0", 100, b"")].concat();
        let gap = open(&Ar, FileKind::Ar, &bytes).result.unwrap_err();
        assert_eq!(gap.reason, GapReason::Unsupported);
        assert!(gap.detail.contains("1 members"), "{gap}");
    }
}
