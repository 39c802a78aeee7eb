//! Brotli (RFC 7932). It has no magic number, so only a name with `.br` leads here.

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::stream::{self, CHUNK, Decoded, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::limits::Meter;
use crate::model::{FileKind, Gap};

/// Opens Brotli streams. Windows are at most 16 MiB: the large-window extension stays off.
pub(super) struct Brotli;

impl Wrapper for Brotli {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Brotli]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut meter = out.budget().meter();
        let decoded = decode(input.view, &mut meter, &mut vec![0; CHUNK]);
        stream::finish("brotli", input, out, meter, decoded)
    }
}

/// Decodes one stream from the start of `input`; `buffer` is scratch space.
pub(super) fn decode(input: &[u8], meter: &mut Meter<'_>, buffer: &mut [u8]) -> Decoded {
    let mut state = BrotliState::new(StandardAlloc::default(), StandardAlloc::default(), StandardAlloc::default());
    let mut total = 0;
    stream::pump(input, meter, buffer, stream::everything, |part, last, buffer| {
        let (mut in_left, mut consumed) = (part.len(), 0);
        let (mut out_left, mut produced) = (buffer.len(), 0);
        let result = BrotliDecompressStream(
            &mut in_left,
            &mut consumed,
            part,
            &mut out_left,
            &mut produced,
            buffer,
            &mut total,
            &mut state,
        );
        let state = match result {
            BrotliResult::ResultSuccess => Ok(Progress::End),
            BrotliResult::ResultFailure => Err(Gap::malformed("not a Brotli stream from here")),
            // The decoder takes in its last bytes before it says that it wants more.
            BrotliResult::NeedsMoreInput if last && produced == 0 => Err(stream::ends_early(input.len())),
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => Ok(Progress::More),
        };
        Pushed { consumed, produced, state }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;

    /// "ukyQ" metablocks by hand: an uncompressed metablock and the empty last one.
    fn stored(text: &[u8]) -> Vec<u8> {
        // WBITS = 16 (one bit 0), ISLAST = 0, MNIBBLES = 0 (4 nibbles), MLEN-1 (16 bits), ISUNCOMPRESSED = 1, padding.
        let mut bits = 0u64;
        let mut at = 0;
        let mut put = |value: u64, n: u32| {
            bits |= value << at;
            at += n;
        };
        put(0, 1);
        put(0, 1);
        put(0, 2);
        put(text.len() as u64 - 1, 16);
        put(1, 1);
        let mut bytes = bits.to_le_bytes()[..3].to_vec();
        bytes.extend(text);
        bytes.push(3);
        bytes
    }

    #[test]
    fn a_stream() {
        let seen = open_named(&Brotli, FileKind::Brotli, "x.js.br", &stored(b"console.log(1)"));
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children, [("x.js".to_owned(), b"console.log(1)".to_vec())]);
    }

    #[test]
    fn cut_and_garbage() {
        let whole = stored(b"console.log(1)");
        let seen = open(&Brotli, FileKind::Brotli, &whole[..10]);
        assert!(seen.broken().detail.contains("not over"));
        assert_eq!(seen.children[0].1, b"console");
        assert!(open(&Brotli, FileKind::Brotli, &[0xff; 100]).result.is_err());
        assert!(open(&Brotli, FileKind::Brotli, b"").result.is_err());
        let mut more = whole;
        more.extend(b"more");
        assert_eq!(open(&Brotli, FileKind::Brotli, &more).names(), ["x", "trailing"]);
    }
}
