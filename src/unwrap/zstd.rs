//! Zstandard (RFC 8878), with any number of frames. Skippable frames are looked at as files of their own, since a
//! decoder throws their content away.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::stream::{self, DICTIONARY_MAX, Decoded};
use super::{Entries, Input, Wrapper};
use crate::limits::Meter;
use crate::model::{FileKind, Gap, GapReason};

/// Opens Zstandard streams.
pub(super) struct Zstd;

const MAGIC: u32 = 0xFD2F_B528;
/// Blocks decoded between two looks at the budget; a block is at most 128 KiB.
const BLOCKS: usize = 4;

impl Wrapper for Zstd {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Zstd]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut meter = out.budget().meter();
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(DICTIONARY_MAX);
        let mut at = 0usize;
        let state = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let magic = rest.first_chunk().map(|m| u32::from_le_bytes(*m));
            if let Some((len, body)) = skippable(rest) {
                if body > rest.len() {
                    break Err(stream::located(Gap::malformed("a skippable frame is cut off"), at));
                }
                if let Some(view) = input.view.slice(at.saturating_add(8)..at.saturating_add(body))
                    && len > 0
                {
                    out.bytes("skippable frame".to_owned(), at.saturating_add(8) as u64, view)?;
                }
                at = at.saturating_add(body);
                continue;
            }
            if at > 0 && magic != Some(MAGIC) {
                break Ok(());
            }
            let mut source = rest;
            let result = frame(&mut decoder, &mut source, &mut meter);
            at = bytes.len().saturating_sub(source.len());
            if let Err(gap) = result {
                break Err(stream::located(gap, at));
            }
            if let Err(gap) = out.budget().check_time() {
                break Err(gap);
            }
        };
        stream::finish("zstd", input, out, meter, Decoded { used: at, state })
    }
}

/// Content length and whole length of a skippable frame (also used by lz4).
pub(super) fn skippable(bytes: &[u8]) -> Option<(usize, usize)> {
    let ([m0, m1, m2, m3, l0, l1, l2, l3], _) = bytes.split_first_chunk::<8>()?;
    if u32::from_le_bytes([*m0, *m1, *m2, *m3]) & 0xFFFF_FFF0 != 0x184D_2A50 {
        return None;
    }
    let len = usize::try_from(u32::from_le_bytes([*l0, *l1, *l2, *l3])).ok()?;
    Some((len, len.checked_add(8)?))
}

/// Decodes the first frame of bytes that may go on with something else: how many bytes it takes, and whether it is
/// whole.
pub(super) fn first_frame(bytes: &[u8], meter: &mut Meter<'_>) -> (usize, Result<(), Gap>) {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(DICTIONARY_MAX);
    let mut source = bytes;
    let result = frame(&mut decoder, &mut source, meter);
    (bytes.len().saturating_sub(source.len()), result)
}

/// Decodes one frame from the start of `source`, which is left behind it.
pub(super) fn frame(decoder: &mut FrameDecoder, source: &mut &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    decoder.reset(&mut *source).map_err(|e| explain(&e))?;
    let start = meter.bytes().len();
    let claimed = decoder.content_size();
    while !decoder.is_finished() {
        let step = decoder.decode_blocks(&mut *source, BlockDecodingStrategy::UptoBlocks(BLOCKS));
        if let Err(e) = step {
            // The decoder keeps back a window of what it made until the frame is over. An empty last block (with
            // room for a checksum) makes it over.
            let _ = decoder.decode_blocks(&[1u8, 0, 0, 0, 0, 0, 0][..], BlockDecodingStrategy::UptoBlocks(1));
            collect(decoder, meter)?;
            return Err(explain(&e));
        }
        collect(decoder, meter)?;
    }
    collect(decoder, meter)?;
    let made = meter.bytes().len().saturating_sub(start) as u64;
    if claimed != 0 && claimed != made {
        return Err(Gap::malformed(format!("the frame has {made} bytes, its header says {claimed}")));
    }
    match (decoder.get_checksum_from_data(), decoder.get_calculated_checksum()) {
        (Some(said), Some(is)) if said != is => Err(Gap::malformed("the checksum of the content differs")),
        _ => Ok(()),
    }
}

fn collect(decoder: &mut FrameDecoder, meter: &mut Meter<'_>) -> Result<(), Gap> {
    match decoder.collect_to_writer(&mut *meter) {
        Ok(_) => Ok(()),
        Err(e) => Err(meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string()))),
    }
}

fn explain(error: &FrameDecoderError) -> Gap {
    match error {
        FrameDecoderError::WindowSizeTooBig { requested, .. } => {
            Gap::new(GapReason::Limit, format!("asks for a window of {requested} bytes, more than {DICTIONARY_MAX}"))
        }
        FrameDecoderError::DictNotProvided { dict_id } => {
            Gap::new(GapReason::Unsupported, format!("needs dictionary {dict_id}, which is not in the file"))
        }
        FrameDecoderError::ReadFrameHeaderError(
            ReadFrameHeaderError::MagicNumberReadError(_)
            | ReadFrameHeaderError::FrameDescriptorReadError(_)
            | ReadFrameHeaderError::WindowDescriptorReadError(_)
            | ReadFrameHeaderError::DictionaryIdReadError(_)
            | ReadFrameHeaderError::FrameContentSizeReadError(_),
        ) => Gap::malformed("the frame header is cut off"),
        other => Gap::malformed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named, open_with};
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn zstd(data: &[u8]) -> Vec<u8> {
        compress_to_vec(data, CompressionLevel::Fastest)
    }

    fn noise(len: u32) -> Vec<u8> {
        (0..len).map(|i| (i.wrapping_mul(2_654_435_761) >> 15) as u8 & 0x3f).collect()
    }

    #[test]
    fn frames_join_and_skippable_ones_are_seen() {
        let mut bytes = vec![0x5a, 0x2a, 0x4d, 0x18, 6, 0, 0, 0];
        bytes.extend(b"hidden");
        bytes.extend(zstd(b"one "));
        bytes.extend(zstd(b"two"));
        bytes.extend(b"tail");
        let seen = open_named(&Zstd, FileKind::Zstd, "x.tar.zst", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["skippable frame", "x.tar", "trailing"]);
        assert_eq!(seen.content("skippable frame"), b"hidden");
        assert_eq!(seen.content("x.tar"), b"one two");
    }

    #[test]
    fn what_came_before_a_break_is_kept() {
        let data = noise(600_000);
        let whole = zstd(&data);
        let seen = open(&Zstd, FileKind::Zstd, &whole[..whole.len() - 9]);
        assert_eq!(seen.broken().reason, GapReason::Malformed);
        let got = &seen.children[0].1;
        assert!(got.len() > 400_000 && data.starts_with(got), "{}", got.len());
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        let whole = zstd(&noise(300));
        for len in 0..whole.len() {
            assert!(open(&Zstd, FileKind::Zstd, &whole[..len]).result.is_err(), "{len}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x81;
            drop(open(&Zstd, FileKind::Zstd, &bytes));
        }
    }

    #[test]
    fn windows_and_bombs_are_limited() {
        // Frame header without single segment: a window descriptor for 2 GiB.
        let gap = open(&Zstd, FileKind::Zstd, &[0x28, 0xb5, 0x2f, 0xfd, 0, 21 << 3, 1, 0, 0]).result.unwrap_err();
        assert_eq!(gap.reason, GapReason::Limit, "{gap}");
        // RLE blocks of 128 KiB, 4 bytes each.
        let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3];
        for _ in 0..64 {
            let header = (128 << 10 << 3) | (1 << 1);
            bomb.extend(&u32::to_le_bytes(header)[..3]);
            bomb.push(b'A');
        }
        bomb.extend([1, 0, 0]);
        let seen = open(&Zstd, FileKind::Zstd, &bomb);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[0].1.len(), 8 << 20);
        let limits = crate::limits::Limits { entry: 1 << 20, ..Default::default() };
        let seen = open_with(&Zstd, FileKind::Zstd, "x", &bomb, limits, &[]);
        assert_eq!(seen.broken().reason, GapReason::Limit);
        let limits = crate::limits::Limits { unwrapped: 1 << 20, ..Default::default() };
        assert_eq!(
            open_with(&Zstd, FileKind::Zstd, "x", &bomb, limits, &[]).result.unwrap_err().reason,
            GapReason::Limit
        );
    }
}
