//! LZ4 frames (<https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md>), with any number of frames, skippable
//! frames between them, and the legacy frame of the Linux kernel. The blocks are walked first: the decoder takes a
//! frame that is cut off between two blocks for one that is over.

use lz4_flex::frame::FrameDecoder;

use super::stream::{self, CHUNK, Decoded, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens LZ4 frames.
pub(super) struct Lz4;

const MAGIC: u32 = 0x184D_2204;
const LEGACY: u32 = 0x184C_2102;
/// The largest packed block of a legacy frame: 8 MiB that do not compress.
const LEGACY_BLOCK_MAX: u32 = (8 << 20) + (8 << 20) / 255 + 16;

impl Wrapper for Lz4 {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Lz4]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut meter = out.budget().meter();
        let mut buffer = vec![0; CHUNK];
        let mut at = 0usize;
        let state = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if let Some((len, whole)) = super::zstd::skippable(rest) {
                if whole > rest.len() {
                    break Err(stream::located(Gap::malformed("a skippable frame is cut off"), at));
                }
                if let Some(view) = input.view.slice(at.saturating_add(8)..at.saturating_add(whole))
                    && len > 0
                {
                    out.bytes("skippable frame".to_owned(), at.saturating_add(8) as u64, view)?;
                }
                at = at.saturating_add(whole);
                continue;
            }
            let frame = match word(rest, 0) {
                Some(MAGIC) => walk(rest),
                Some(LEGACY) => walk_legacy(rest),
                _ if at > 0 => break Ok(()),
                _ => break Err(Gap::malformed("no frame begins here")),
            };
            let body = rest.get(..frame.used).unwrap_or(rest);
            let mut decoder = FrameDecoder::new(body);
            let mut decoded = stream::pump(body, &mut meter, &mut buffer, stream::everything, |_, _, buffer| {
                let read = std::io::Read::read(&mut decoder, buffer);
                let produced = *read.as_ref().unwrap_or(&0);
                let state = match read {
                    Ok(0) => Ok(Progress::End),
                    Ok(_) => Ok(Progress::More),
                    Err(e) => Err(Gap::malformed(e.to_string())),
                };
                Pushed { consumed: 0, produced, state }
            });
            if let (Ok(()), Err(gap)) = (&decoded.state, frame.state) {
                decoded.state = Err(gap);
            }
            at = at.saturating_add(frame.used);
            if let Err(gap) = decoded.state {
                break Err(stream::located(gap, at));
            }
        };
        stream::finish("lz4", input, out, meter, Decoded { used: at, state })
    }
}

/// The little-endian number at an offset.
fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map(|w| u32::from_le_bytes(*w))
}

/// Length of the frame at the start of `bytes`, and whether it is whole.
fn walk(bytes: &[u8]) -> Decoded {
    let Some(flags) = bytes.get(4).copied() else {
        return Decoded::broken(bytes.len(), Gap::malformed("the frame header is cut off"));
    };
    let has = |bit: u8| usize::from(flags & bit != 0);
    // Magic, flags, block descriptor, content size, dictionary id, header checksum.
    let mut at = 4 + 2 + 8 * has(8) + 4 * has(1) + 1;
    loop {
        let Some(size) = word(bytes, at) else {
            let detail = format!("the frame is cut off before its end mark, after {at} bytes");
            return Decoded::broken(bytes.len(), Gap::malformed(detail));
        };
        at += 4;
        if size == 0 {
            at += 4 * has(4);
            if at > bytes.len() {
                return Decoded::broken(bytes.len(), Gap::malformed("the checksum is cut off"));
            }
            return Decoded { used: at, state: Ok(()) };
        }
        at = at.saturating_add((size & 0x7fff_ffff) as usize).saturating_add(4 * has(16));
    }
}

/// As [`walk`], for a frame that ends where the file or another frame begins.
fn walk_legacy(bytes: &[u8]) -> Decoded {
    let mut at = 4usize;
    loop {
        match word(bytes, at) {
            None if at == bytes.len() => return Decoded { used: at, state: Ok(()) },
            Some(size) if size <= LEGACY_BLOCK_MAX => at = at.saturating_add(4).saturating_add(size as usize),
            Some(_) => return Decoded { used: at, state: Ok(()) },
            None => {
                let detail = format!("the frame is cut off after {} bytes", bytes.len());
                return Decoded::broken(bytes.len(), Gap::malformed(detail));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;
    use lz4_flex::frame::{BlockMode, BlockSize, FrameEncoder, FrameInfo};
    use std::io::Write as _;

    fn lz4(data: &[u8]) -> Vec<u8> {
        let info = FrameInfo::new()
            .block_size(BlockSize::Max64KB)
            .block_mode(BlockMode::Linked)
            .content_checksum(true)
            .block_checksums(true);
        let mut encoder = FrameEncoder::with_frame_info(info, Vec::new());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn frames_join_and_skippable_ones_are_seen() {
        let mut bytes = lz4(b"one ");
        bytes.extend([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, b'h', b'i']);
        bytes.extend(lz4(b"two"));
        bytes.extend(b"tail");
        let seen = open_named(&Lz4, FileKind::Lz4, "x.js.lz4", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["skippable frame", "x.js", "trailing"]);
        assert_eq!(seen.content("x.js"), b"one two");
    }

    #[test]
    fn a_frame_cut_between_blocks_is_not_whole() {
        let data: Vec<u8> = (0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 9) as u8).collect();
        let whole = lz4(&data);
        let first = 7 + 4 + (word(&whole, 7).unwrap() & 0x7fff_ffff) as usize + 4;
        let seen = open(&Lz4, FileKind::Lz4, &whole[..first]);
        assert!(seen.broken().detail.contains("end mark"));
        assert_eq!(seen.children[0].1, data[..64 << 10]);
        let seen = open(&Lz4, FileKind::Lz4, &whole);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[0].1, data);
    }

    #[test]
    fn the_legacy_frame() {
        let packed = lz4_flex::block::compress(b"vmlinux vmlinux vmlinux");
        let mut bytes = vec![0x02, 0x21, 0x4c, 0x18];
        bytes.extend((packed.len() as u32).to_le_bytes());
        bytes.extend(&packed);
        let seen = open(&Lz4, FileKind::Lz4, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[0].1, b"vmlinux vmlinux vmlinux");
        assert!(open(&Lz4, FileKind::Lz4, &bytes[..bytes.len() - 3]).result.is_err());
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        let whole = lz4(&b"hello lz4 ".repeat(30));
        for len in 0..whole.len() {
            assert!(open(&Lz4, FileKind::Lz4, &whole[..len]).result.is_err(), "{len}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x81;
            drop(open(&Lz4, FileKind::Lz4, &bytes));
        }
    }
}
