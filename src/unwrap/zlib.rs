//! zlib streams (RFC 1950).

use flate2::{Decompress, FlushDecompress, Status};

use super::stream::{self, CHUNK, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens zlib streams.
pub(super) struct Zlib;

impl Wrapper for Zlib {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Zlib]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut meter = out.budget().meter();
        let mut inflate = Decompress::new(true);
        let decoded =
            stream::pump(input.view, &mut meter, &mut vec![0; CHUNK], stream::everything, |part, _, buffer| {
                let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
                let state = match inflate.decompress(part, buffer, FlushDecompress::None) {
                    Ok(Status::StreamEnd) => Ok(Progress::End),
                    Ok(Status::Ok | Status::BufError) => Ok(Progress::More),
                    Err(e) if e.needs_dictionary().is_some() => Err(Gap::malformed("needs a preset dictionary")),
                    Err(e) => Err(Gap::malformed(e.to_string())),
                };
                Pushed {
                    consumed: usize::try_from(inflate.total_in() - before_in).unwrap_or(0),
                    produced: usize::try_from(inflate.total_out() - before_out).unwrap_or(0),
                    state,
                }
            });
        stream::finish("zlib", input, out, meter, decoded)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;
    use std::io::Write as _;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_stream_and_what_follows_it() {
        let mut bytes = zlib(b"print(1)");
        bytes.extend(b"more");
        let seen = open_named(&Zlib, FileKind::Zlib, "x.py.zlib", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["x.py", "trailing"]);
        assert_eq!(seen.children[0].1, b"print(1)");
    }

    #[test]
    fn a_broken_stream_gives_what_it_can() {
        let whole = zlib(&b"abcdefgh".repeat(5000));
        let seen = open(&Zlib, FileKind::Zlib, &whole[..whole.len() - 6]);
        assert!(seen.result.is_err());
        assert!(seen.children[0].1.len() > 30_000);
    }
}
