//! xz (<https://tukaani.org/xz/xz-file-format.txt>), with any number of streams and padding between them.

use lzma_rust2::{Action, Status, XzStream};

use super::stream::{self, CHUNK, DICTIONARY_MAX, Decoded, Progress, Pushed};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};

/// Opens xz streams.
pub(super) struct Xz;

const MAGIC: &[u8] = b"\xfd7zXZ\0";

impl Wrapper for Xz {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Xz]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let mut meter = out.budget().meter();
        let mut buffer = vec![0; CHUNK];
        let mut at = 0usize;
        let state = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if at > 0 {
                let padding = rest.iter().take_while(|b| **b == 0).count();
                if !rest.get(padding..).unwrap_or_default().starts_with(MAGIC) {
                    break Ok(());
                }
                at = at.saturating_add(padding);
            }
            let mut decoder = XzStream::new_mem_limit(false, kib(DICTIONARY_MAX));
            let rest = bytes.get(at..).unwrap_or_default();
            let decoded = stream::pump(rest, &mut meter, &mut buffer, stream::careful, |part, last, buffer| {
                let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
                let action = if last { Action::Finish } else { Action::Run };
                let state = decoder.process(part, buffer, action).map(|r| progress(r.status)).map_err(|e| gap(&e));
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
        stream::finish("xz", input, out, meter, Decoded { used: at, state })
    }
}

/// What the decoder's limits are counted in.
pub(super) fn kib(bytes: u64) -> u32 {
    u32::try_from(bytes >> 10).unwrap_or(u32::MAX - 1)
}

pub(super) fn progress(status: Status) -> Progress {
    match status {
        Status::Ok => Progress::More,
        Status::StreamEnd => Progress::End,
    }
}

/// The gap for an error of the LZMA family's decoders.
pub(super) fn gap(error: &std::io::Error) -> Gap {
    match error.kind() {
        std::io::ErrorKind::OutOfMemory => {
            Gap::new(GapReason::Limit, format!("asks for a dictionary of more than {DICTIONARY_MAX} bytes"))
        }
        std::io::ErrorKind::Unsupported => Gap::new(GapReason::Unsupported, error.to_string()),
        _ => Gap::malformed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_named};
    use super::*;

    /// `b"hello xz " * 3`, as Python's `lzma.compress` writes it.
    const HELLO: &str = "\
        fd377a585a000004e6d6b4460200210116000000742fe5a3e0001a000f5d00341949ee8de917d0b419289cf680000000d91d\
        ddff475cbd5700012b1bae8193dc1fb6f37d010000000004595a\
        ";
    /// `bytes(i * i % 251 for i in range(20000))` in one block.
    const LONG: &str = "\
        fd377a585a000004e6d6b4460200210116000000742fe5a3e04e1f01435d00000052b80fc25b88f01c5e854223c86ef96a7e\
        8ea73de2beae831d056901ce6505b3908b57bd5944e5330cf989665e210c6ee8f2a67d6a0430a40dba599311992d36f50c9f\
        f56ab5770cfc0acf6003c92f22474c387bb80094b3502ac59156610c010cab2935fd59c7822663b3a3b1f778a1c17e424f38\
        ce18ed23c35ead8f22b8b02a0b89633a46259231bd6e13b5f8275428aebf26945468bc706a55d0c271d9879586750b5ee105\
        31b950557335caefa2bfdbd44623dbdfd476b52c72cfc9e33034eef18ea2ce3b691aa820e59598e1c8c5d6a41b6551b28a3a\
        25e7da4b7f49b17ae2f92dccd12ff3ede22d8eefc7e75b7bc9c441a4d0cc2b875fbd961d02c25156984c99e4b7cc138faceb\
        5cac880923f323d1cbd2b40d2d42b390368c51fa5655d1a38e5f58f997b9ae1c8f1c9e5e8d81a2979cf839474e63bc082eca\
        1fee00000000126e39b2391706650001df02a09c0100974084fab1c467fb020000000004595a\
        ";

    fn hex(text: &str) -> Vec<u8> {
        super::super::testing::hex(text)
    }

    fn long() -> Vec<u8> {
        (0..20_000u32).map(|i| (i * i % 251) as u8).collect()
    }

    #[test]
    fn streams_and_padding_join() {
        let mut bytes = hex(HELLO);
        bytes.extend([0; 8]);
        bytes.extend(hex(HELLO));
        bytes.extend(b"tail");
        let seen = open_named(&Xz, FileKind::Xz, "x.txz", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["x.tar", "trailing"]);
        assert_eq!(seen.children[0].1, b"hello xz ".repeat(6));
    }

    #[test]
    fn what_came_before_a_break_is_kept() {
        let whole = hex(LONG);
        assert_eq!(open(&Xz, FileKind::Xz, &whole).children[0].1, long());
        let cut = whole.len() - 60;
        let seen = open(&Xz, FileKind::Xz, &whole[..cut]);
        assert_eq!(seen.broken().reason, GapReason::Malformed);
        assert!(long().starts_with(&seen.children[0].1) && seen.children[0].1.len() > 200);
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        let whole = hex(HELLO);
        for len in 0..whole.len() {
            assert!(open(&Xz, FileKind::Xz, &whole[..len]).result.is_err(), "{len}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x11;
            assert!(open(&Xz, FileKind::Xz, &bytes).result.is_err(), "{at}");
        }
    }

    #[test]
    fn a_huge_dictionary_is_a_limit() {
        let mut bytes = hex(HELLO);
        // Block header: size, flags, filter id 0x21, property size 1, dictionary size code; then its CRC-32.
        assert_eq!(&bytes[14..16], &[0x21, 1]);
        bytes[16] = 40;
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[12..20]);
        bytes[20..24].copy_from_slice(&crc.sum().to_le_bytes());
        let gap = open(&Xz, FileKind::Xz, &bytes).result.unwrap_err();
        assert_eq!(gap.reason, GapReason::Limit, "{gap}");
    }
}
