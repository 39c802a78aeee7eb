//! LZMA without xz around it: `.lzma` (13-byte header) and lzip (members with header and trailer, RFC draft
//! `diaz-lzip`).

use lzma_rust2::{Action, LzmaStream};

use super::stream::{self, CHUNK, DICTIONARY_MAX, Decoded, Pushed};
use super::xz::{gap, kib, progress};
use super::{Entries, Input, Wrapper};
use crate::limits::Meter;
use crate::model::{FileKind, Gap, GapReason};

/// Opens `.lzma` and `.lz`.
pub(super) struct Lzma;

impl Wrapper for Lzma {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Lzma, FileKind::Lzip]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut meter = out.budget().meter();
        if input.kind == FileKind::Lzip {
            let decoded = lzip(input.view, &mut meter);
            return stream::finish("lzip", input, out, meter, decoded);
        }
        let mut decoder = LzmaStream::new_mem_limit(kib(DICTIONARY_MAX), None);
        let decoded = drive(&mut decoder, input.view, &mut meter, &mut vec![0; CHUNK]);
        stream::finish("lzma", input, out, meter, decoded)
    }
}

fn drive(decoder: &mut LzmaStream, input: &[u8], meter: &mut Meter<'_>, buffer: &mut [u8]) -> Decoded {
    let mut decoded = stream::pump(input, meter, buffer, stream::careful, |part, last, buffer| {
        let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
        let action = if last { Action::Finish } else { Action::Run };
        let state = decoder.process(part, buffer, action).map(|r| progress(r.status)).map_err(|e| gap(&e));
        Pushed {
            consumed: usize::try_from(decoder.total_in() - before_in).unwrap_or(0),
            produced: usize::try_from(decoder.total_out() - before_out).unwrap_or(0),
            state,
        }
    });
    // The decoder reads ahead.
    decoded.used = decoded.used.saturating_sub(decoder.unused_input().len());
    decoded
}

fn lzip(bytes: &[u8], meter: &mut Meter<'_>) -> Decoded {
    let mut buffer = vec![0; CHUNK];
    let mut at = 0usize;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if at > 0 && !rest.starts_with(b"LZIP") {
            return Decoded { used: at, state: Ok(()) };
        }
        let dictionary = match header(rest) {
            Ok(dictionary) => dictionary,
            Err(gap) => return Decoded::broken(at, stream::located(gap, at)),
        };
        // lc = 3, lp = 0, pb = 2, and an end marker instead of a length: nothing else is lzip.
        let mut decoder = match LzmaStream::new(u64::MAX, 3, 0, 2, dictionary, None) {
            Ok(decoder) => decoder,
            Err(e) => return Decoded::broken(at, stream::located(gap(&e), at)),
        };
        let start = meter.bytes().len();
        let decoded = drive(&mut decoder, rest.get(6..).unwrap_or_default(), meter, &mut buffer);
        let end = at.saturating_add(6).saturating_add(decoded.used);
        if decoded.state.is_err() {
            return Decoded { used: end, state: decoded.state };
        }
        let made = meter.bytes().get(start..).unwrap_or_default();
        if let Err(gap) = trailer(bytes.get(end..).unwrap_or_default(), made, (end - at) as u64) {
            return Decoded::broken(end, stream::located(gap, end));
        }
        at = end.saturating_add(20);
    }
}

/// The dictionary size that a member's header asks for, in bytes.
fn header(bytes: &[u8]) -> Result<u32, Gap> {
    let Some([_, _, _, _, version, coded]) = bytes.first_chunk::<6>() else {
        return Err(Gap::malformed("the header is cut off"));
    };
    if *version != 1 {
        return Err(Gap::new(GapReason::Unsupported, format!("lzip version {version}, only 1 is known")));
    }
    let base = 1u32.checked_shl(u32::from(coded & 0x1f)).unwrap_or(0);
    let size = base.saturating_sub(base / 16 * u32::from(coded >> 5));
    if !(1 << 12..=1 << 29).contains(&size) {
        return Err(Gap::malformed(format!("a dictionary of {size} bytes, 4 KiB to 512 MiB are allowed")));
    }
    if u64::from(size) > DICTIONARY_MAX {
        let detail = format!("asks for a dictionary of {size} bytes, more than {DICTIONARY_MAX}");
        return Err(Gap::new(GapReason::Limit, detail));
    }
    Ok(size)
}

/// Compares a member's trailer (CRC-32, length, packed length) with what was made of `packed` bytes before it.
fn trailer(bytes: &[u8], made: &[u8], packed: u64) -> Result<(), Gap> {
    let Some((crc, lengths)) = bytes.first_chunk::<20>().and_then(|t| t.split_first_chunk::<4>()) else {
        return Err(Gap::malformed("the trailer is cut off"));
    };
    let mut sum = flate2::Crc::new();
    sum.update(made);
    if sum.sum() != u32::from_le_bytes(*crc) {
        return Err(Gap::malformed("the checksum of the content differs"));
    }
    let mut expected = (made.len() as u64).to_le_bytes().to_vec();
    expected.extend(packed.saturating_add(20).to_le_bytes());
    if lengths != expected {
        return Err(Gap::malformed("the lengths in the trailer differ"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hex, open, open_named};
    use super::*;

    /// `b"hello lzma " * 3`, as Python writes it with `FORMAT_ALONE`: length unknown, end marker.
    const ALONE: &str = "5d00008000ffffffffffffffff00341949ee8de9148a6aa5d6bc1b84c16783ffffd1c70000";

    /// The same content as lzip: the raw LZMA between header and trailer.
    fn lzip(content: &[u8]) -> Vec<u8> {
        let raw = &hex(ALONE)[13..];
        let mut bytes = b"LZIP\x01\x17".to_vec();
        bytes.extend(raw);
        let mut crc = flate2::Crc::new();
        crc.update(content);
        bytes.extend(crc.sum().to_le_bytes());
        bytes.extend((content.len() as u64).to_le_bytes());
        bytes.extend((bytes.len() as u64 + 8).to_le_bytes());
        bytes
    }

    #[test]
    fn a_lone_stream_and_what_follows() {
        let mut bytes = hex(ALONE);
        let seen = open_named(&Lzma, FileKind::Lzma, "x.tar.lzma", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children, [("x.tar".to_owned(), b"hello lzma ".repeat(3))]);
        bytes.extend(b"and a second payload that nobody unpacks");
        let seen = open(&Lzma, FileKind::Lzma, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[1].1, b"and a second payload that nobody unpacks");
    }

    #[test]
    fn lzip_members_join() {
        let content = b"hello lzma ".repeat(3);
        let mut bytes = lzip(&content);
        bytes.extend(lzip(&content));
        bytes.extend(b"tail");
        let seen = open_named(&Lzma, FileKind::Lzip, "x.tar.lz", &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["x.tar", "trailing"]);
        assert_eq!(seen.children[0].1, b"hello lzma ".repeat(6));
    }

    #[test]
    fn lzip_trailers_are_checked() {
        let content = b"hello lzma ".repeat(3);
        for (back, word) in [(20, "checksum"), (12, "lengths"), (3, "lengths")] {
            let mut bytes = lzip(&content);
            let at = bytes.len() - back;
            bytes[at] ^= 1;
            let seen = open(&Lzma, FileKind::Lzip, &bytes);
            assert!(seen.broken().detail.contains(word));
            assert_eq!(seen.children[0].1, content);
        }
    }

    #[test]
    fn huge_dictionaries_are_refused() {
        let mut bytes = hex(ALONE);
        bytes[1..5].copy_from_slice(&[0, 0, 0, 0x40]);
        assert_eq!(open(&Lzma, FileKind::Lzma, &bytes).result.unwrap_err().reason, GapReason::Limit);
        let gap = open(&Lzma, FileKind::Lzip, b"LZIP\x01\x1drest").result.unwrap_err();
        assert_eq!(gap.reason, GapReason::Limit);
        assert!(open(&Lzma, FileKind::Lzip, b"LZIP\x01\x01rest").result.is_err());
        assert!(open(&Lzma, FileKind::Lzip, b"LZIP\x00").result.is_err());
    }

    #[test]
    fn every_cut_and_every_flipped_byte_ends() {
        for (kind, whole) in [(FileKind::Lzma, hex(ALONE)), (FileKind::Lzip, lzip(&b"hello lzma ".repeat(3)))] {
            for len in 0..whole.len() {
                assert!(open(&Lzma, kind, &whole[..len]).result.is_err(), "{kind:?} {len}");
            }
            for at in 0..whole.len() {
                let mut bytes = whole.clone();
                bytes[at] ^= 0x21;
                drop(open(&Lzma, kind, &bytes));
            }
        }
    }
}
