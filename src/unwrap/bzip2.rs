//! bzip2, with any number of streams one after the other.

use bzip2::{Decompress, Status};

use super::stream::{self, CHUNK, Decoded, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens bzip2 streams.
pub(super) struct Bzip2;

impl Wrapper for Bzip2 {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Bzip2]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut meter = out.budget().meter();
        let mut buffer = vec![0; CHUNK];
        let mut at = 0;
        let state = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if at > 0 && !rest.starts_with(b"BZh") {
                break Ok(());
            }
            let mut decoder = Decompress::new(false);
            let decoded = stream::pump(rest, &mut meter, &mut buffer, stream::everything, |part, _, buffer| {
                let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
                let state = match decoder.decompress(part, buffer) {
                    Ok(Status::StreamEnd) => Ok(Progress::End),
                    Ok(Status::MemNeeded) => Err(Gap::malformed("the decoder got no memory")),
                    Ok(_) => Ok(Progress::More),
                    Err(e) => Err(Gap::malformed(e.to_string())),
                };
                Pushed {
                    consumed: usize::try_from(decoder.total_in() - before_in).unwrap_or(0),
                    produced: usize::try_from(decoder.total_out() - before_out).unwrap_or(0),
                    state,
                }
            });
            at = at.saturating_add(decoded.used);
            if let Err(gap) = decoded.state {
                break Err(gap);
            }
        };
        stream::finish("bzip2", input, out, meter, Decoded { used: at, state })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;
    use std::io::Write as _;

    fn bz(data: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn streams_join() {
        let mut bytes = bz(b"one ");
        bytes.extend(bz(b"two"));
        bytes.extend(b"tail");
        let seen = open_named(&Bzip2, FileKind::Bzip2, "x.tbz2", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["x.tar", "trailing"]);
        assert_eq!(seen.children[0].1, b"one two");
    }

    #[test]
    fn whole_blocks_before_a_break_are_kept() {
        let data: Vec<u8> = (0..400_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let whole = bz(&data);
        let seen = open(&Bzip2, FileKind::Bzip2, &whole[..whole.len() - 100]);
        assert!(seen.broken().detail.contains("not over"));
        assert!(seen.children[0].1.len() >= 90_000 && data.starts_with(&seen.children[0].1));
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        let whole = bz(&b"hello world ".repeat(50));
        for len in 0..whole.len() {
            assert!(open(&Bzip2, FileKind::Bzip2, &whole[..len]).result.is_err());
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            drop(open(&Bzip2, FileKind::Bzip2, &bytes));
        }
    }
}
