//! Compressed entries of bundles: one stream each, decoded by the thread that analyses the entry.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::FrameDecoder;

use super::stream::{CHUNK, DICTIONARY_MAX};
use super::{Produced, brotli, zstd};
use crate::limits::{Budget, Meter};
use crate::model::Gap;

/// How an entry is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codec {
    Gzip,
    Brotli,
    Zstd,
}

impl Codec {
    /// Decodes all of `packed` into the meter.
    ///
    /// # Errors
    /// The decoder's words or a limit; `Malformed` when bytes follow the stream. What was decoded stays in the meter.
    pub(super) fn decode(self, packed: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let mut rest = packed;
        match self {
            // Bytes behind the last member are an error of the decoder.
            Self::Gzip => meter.fill(&mut MultiGzDecoder::new(&mut rest))?,
            Self::Brotli => {
                let decoded = brotli::decode(packed, meter, &mut vec![0; CHUNK]);
                decoded.state?;
                rest = packed.get(decoded.used..).unwrap_or_default();
            }
            Self::Zstd => {
                let mut decoder = FrameDecoder::new();
                decoder.set_max_window_size(DICTIONARY_MAX);
                zstd::frame(&mut decoder, &mut rest, meter)?;
            }
        }
        if rest.is_empty() {
            return Ok(());
        }
        Err(Gap::malformed(format!("{} of its {} packed bytes follow the end of the stream", rest.len(), packed.len())))
    }

    /// What `packed` decodes to, for a child that is decoded later.
    pub(super) fn produce(self, budget: &Budget, packed: &[u8]) -> Produced {
        let mut meter = budget.meter();
        match self.decode(packed, &mut meter) {
            Ok(()) => Produced::whole(meter.finish()),
            Err(gap) => Produced::partial(meter.finish(), gap),
        }
    }
}
