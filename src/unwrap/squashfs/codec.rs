//! The compressors of squashfs, each block by itself.

use std::io::Write as _;

use flate2::{Decompress, FlushDecompress, Status};
use lzma_rust2::{Action, LzmaStream, XzStream};
use ruzstd::decoding::FrameDecoder;

use super::super::stream::{self, CHUNK, DICTIONARY_MAX, Progress, Pushed};
use super::super::{xz, zstd};
use crate::limits::Meter;
use crate::model::{Gap, GapReason};

/// How the blocks of an image are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    Gzip,
    Lzma,
    Xz,
    Lz4,
    Zstd,
}

impl Codec {
    pub(super) fn of(id: u16) -> Result<Self, Gap> {
        match id {
            1 => Ok(Self::Gzip),
            2 => Ok(Self::Lzma),
            4 => Ok(Self::Xz),
            5 => Ok(Self::Lz4),
            6 => Ok(Self::Zstd),
            3 => Err(Gap::new(GapReason::Unsupported, "a squashfs image packed with LZO is not opened")),
            other => Err(Gap::malformed(format!("compressor {other} is not known"))),
        }
    }

    /// Unpacks one block of at most `most` bytes behind what the meter holds.
    pub(super) fn expand(self, bytes: &[u8], most: usize, meter: &mut Meter<'_>) -> Result<(), Gap> {
        let start = meter.bytes().len();
        match self {
            Self::Gzip => inflate(bytes, most, meter)?,
            Self::Lzma => {
                let mut decoder = LzmaStream::new_mem_limit(xz::kib(DICTIONARY_MAX), None);
                pump(bytes, most, meter, |part, action, buffer| {
                    decoder.process(part, buffer, action).map(|r| (r.bytes_consumed, r.bytes_produced, r.status))
                })?;
            }
            Self::Xz => {
                let mut decoder = XzStream::new_mem_limit(false, xz::kib(DICTIONARY_MAX));
                pump(bytes, most, meter, |part, action, buffer| {
                    decoder.process(part, buffer, action).map(|r| (r.bytes_consumed, r.bytes_produced, r.status))
                })?;
            }
            Self::Lz4 => {
                let mut block = vec![0; most];
                let made =
                    lz4_flex::block::decompress_into(bytes, &mut block).map_err(|e| Gap::malformed(e.to_string()))?;
                put(block.get(..made).unwrap_or_default(), meter)?;
            }
            Self::Zstd => {
                let mut decoder = FrameDecoder::new();
                decoder.set_max_window_size(DICTIONARY_MAX);
                zstd::frame(&mut decoder, &mut &*bytes, meter)?;
            }
        }
        if meter.bytes().len().saturating_sub(start) > most {
            return Err(Gap::malformed(format!("a block unpacks to more than {most} bytes")));
        }
        Ok(())
    }
}

/// Writes, and says which limit stopped it.
pub(super) fn put(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    meter.write_all(bytes).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

/// Stops a stream that makes more than a block.
struct Room(usize);

impl Room {
    fn take(&mut self, pushed: Pushed) -> Pushed {
        match self.0.checked_sub(pushed.produced) {
            Some(left) => {
                self.0 = left;
                pushed
            }
            None => Pushed { state: Err(Gap::malformed("a block unpacks to more than it may")), produced: 0, ..pushed },
        }
    }
}

fn pump(
    bytes: &[u8],
    most: usize,
    meter: &mut Meter<'_>,
    mut process: impl FnMut(&[u8], Action, &mut [u8]) -> std::io::Result<(usize, usize, lzma_rust2::Status)>,
) -> Result<(), Gap> {
    let mut room = Room(most);
    let decoded = stream::pump(bytes, meter, &mut vec![0; CHUNK], stream::everything, |part, last, buffer| {
        let action = if last { Action::Finish } else { Action::Run };
        room.take(match process(part, action, buffer) {
            Ok((consumed, produced, status)) => Pushed { consumed, produced, state: Ok(xz::progress(status)) },
            Err(e) => Pushed { consumed: 0, produced: 0, state: Err(xz::gap(&e)) },
        })
    });
    decoded.state
}

fn inflate(bytes: &[u8], most: usize, meter: &mut Meter<'_>) -> Result<(), Gap> {
    let mut room = Room(most);
    let mut inflate = Decompress::new(true);
    let decoded = stream::pump(bytes, meter, &mut vec![0; CHUNK], stream::everything, |part, _, buffer| {
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let state = match inflate.decompress(part, buffer, FlushDecompress::None) {
            Ok(Status::StreamEnd) => Ok(Progress::End),
            Ok(Status::Ok | Status::BufError) => Ok(Progress::More),
            Err(e) => Err(Gap::malformed(e.to_string())),
        };
        room.take(Pushed {
            consumed: usize::try_from(inflate.total_in() - before_in).unwrap_or(0),
            produced: usize::try_from(inflate.total_out() - before_out).unwrap_or(0),
            state,
        })
    });
    decoded.state
}
