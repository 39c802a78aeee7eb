//! 7z archives, by the crate `sevenz-rust2` behind our own checks: before it is asked, the packed header is sized up
//! here, since the decoder would unpack a header of any size into memory; and every coder's dictionary is bounded.

use std::io::{Cursor, Read};

use sevenz_rust2::{Archive, ArchiveEntry, Block, BlockDecoder, EncoderMethod, Error, Password};

use super::stream::{self, DICTIONARY_MAX};
use super::{Entries, Input, Wrapper};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, FileKind, Gap, GapReason};

/// Opens 7z archives.
pub(super) struct SevenZip;

/// Largest header that is unpacked. The decoder makes up to 112 bytes of table out of each of its bytes; a header of
/// 30,000 files takes about 3 MiB.
const HEADER_MAX: u64 = 4 << 20;
/// How much of an entry is decoded to see whether a password opens it.
const PROBE_MAX: u64 = 16 << 20;

impl Wrapper for SevenZip {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::SevenZip]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let (end, encrypted) = check_header(bytes)?;
        let (archive, mut password) = read(bytes, encrypted, input.passwords)?;
        for index in 0..archive.blocks.len() {
            out.budget().check_time()?;
            block(bytes, &archive, index, &mut password, input.passwords, out)?;
        }
        for entry in archive.files.iter().filter(|e| !e.has_stream && !e.is_directory && !e.is_anti_item) {
            out.member("7z", &entry.name, ByteView::from_vec(Vec::new()))?;
        }
        stream::trailing(input, out, end)
    }
}

/// Reads the tables, with the first password that opens them.
fn read(bytes: &[u8], encrypted: bool, passwords: &[String]) -> Result<(Archive, Password), Gap> {
    let attempt = |password: Password| match Archive::read(&mut Cursor::new(bytes), &password) {
        Ok(archive) => Ok((archive, password)),
        Err(e) => Err(explain(&e)),
    };
    if !encrypted {
        return attempt(Password::empty());
    }
    let opened = passwords.iter().find_map(|p| attempt(Password::new(p)).ok());
    opened.ok_or_else(|| refused("its table of contents", passwords))
}

fn refused(what: &str, passwords: &[String]) -> Gap {
    Gap::new(GapReason::Encrypted, format!("{what} is encrypted; none of {} passwords opens it", passwords.len()))
}

/// Decodes one block (7-Zip's "folder"): one or more files in one compressed stream.
fn block(
    bytes: &[u8],
    archive: &Archive,
    index: usize,
    password: &mut Password,
    passwords: &[String],
    out: &mut Entries<'_>,
) -> Result<(), Gap> {
    let Some(block) = archive.blocks.get(index) else { return Ok(()) };
    let mut source = Cursor::new(bytes);
    let budget = out.budget();
    let decoder = BlockDecoder::new(1, index, archive, password, &mut source);
    let mut entries = decoder.entries().iter().filter(|e| e.has_stream);
    let first = entries.next().map(|e| e.name.clone()).unwrap_or_default();
    let files = decoder.entries().iter().filter(|e| e.has_stream).count();
    let whole =
        |gap: Gap| Gap { detail: format!("block {index} with {files} files: {}", gap.detail), ..gap }.at(&first);
    if let Err(gap) = check_coders(block) {
        out.gaps.push(whole(gap));
        return Ok(());
    }
    if block.coders.iter().any(|c| c.encoder_method_id() == EncoderMethod::ID_AES256_SHA256) {
        let candidates = [password.clone()].into_iter().chain(passwords.iter().map(|p| Password::new(p)));
        let fits = |p: &Password| !p.is_empty() && opens(bytes, archive, index, p, budget);
        let Some(found) = candidates.into_iter().find(fits) else {
            out.gaps.push(whole(refused("it", passwords)));
            return Ok(());
        };
        *password = found;
    }
    let mut done = 0usize;
    let mut stop = None;
    let mut broken = false;
    let result = BlockDecoder::new(1, index, archive, password, &mut source).for_each_entries(&mut |entry, reader| {
        if !entry.has_stream {
            return Ok(true);
        }
        done += 1;
        let mut meter = budget.meter();
        let state = copy(entry, reader, &mut meter);
        let some = state.is_ok() || !meter.bytes().is_empty();
        if some && let Err(gap) = out.member("7z", &entry.name, meter.finish()) {
            stop = Some(gap);
            return Ok(false);
        }
        let Err((gap, goes_on)) = state else { return Ok(true) };
        out.gaps.push(gap.at(&entry.name));
        broken = !goes_on;
        Ok(goes_on)
    });
    if let Some(gap) = stop {
        return Err(gap);
    }
    match result {
        Err(e) if !broken => out.gaps.push(whole(explain(&e))),
        _ if files > done => {
            let detail = format!("{} files behind the break in block {index} were not decoded", files - done);
            out.gaps.push(Gap::malformed(detail).at(first));
        }
        _ => {}
    }
    Ok(())
}

/// Copies an entry. A read that fails gives nothing of what it had made, so reads begin small, and the last byte is
/// read by itself: a wrong checksum is reported in place of it. An error says whether the next entry can be read.
fn copy(entry: &ArchiveEntry, reader: &mut dyn Read, meter: &mut Meter<'_>) -> Result<(), (Gap, bool)> {
    let last = entry.size.saturating_sub(1);
    let mut buffer = [0; 16 << 10];
    loop {
        let made = meter.bytes().len();
        let left = usize::try_from(last.saturating_sub(made as u64)).unwrap_or(usize::MAX).max(1);
        let room = left.min((made / 8).clamp(1, buffer.len()));
        let read = match reader.read(buffer.get_mut(..room).unwrap_or_default()) {
            Ok(0) if made as u64 == entry.size => return Ok(()),
            Ok(0) => return Err((Gap::malformed(format!("ends after {made} of {} bytes", entry.size)), false)),
            Ok(read) => read,
            Err(e) => return Err((Gap::malformed(e.to_string()), is_checksum(&e))),
        };
        if let Err(e) = std::io::Write::write_all(meter, buffer.get(..read).unwrap_or_default()) {
            return Err((meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())), false));
        }
    }
}

fn is_checksum(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|e| e.downcast_ref::<Error>());
    matches!(inner, Some(Error::ChecksumVerificationFailed))
}

/// Whether a password decodes the first entry of a block.
fn opens(bytes: &[u8], archive: &Archive, index: usize, password: &Password, budget: &Budget) -> bool {
    let mut good = false;
    let mut source = Cursor::new(bytes);
    let decoder = BlockDecoder::new(1, index, archive, password, &mut source);
    let result = decoder.for_each_entries(&mut |entry, reader| {
        if !entry.has_stream || entry.size == 0 {
            return Ok(true);
        }
        let mut left = entry.size.min(PROBE_MAX);
        let mut buffer = [0; 16 << 10];
        while left > 0 && budget.check_time().is_ok() {
            match reader.read(&mut buffer)? {
                0 => return Ok(false),
                read => left = left.saturating_sub(read as u64),
            }
        }
        good = left == 0;
        Ok(false)
    });
    good && result.is_ok()
}

fn explain(error: &Error) -> Gap {
    match error {
        Error::UnsupportedCompressionMethod(method) => {
            Gap::new(GapReason::Unsupported, format!("compression method {method}"))
        }
        Error::Unsupported(what) => Gap::new(GapReason::Unsupported, what.to_string()),
        Error::PasswordRequired => Gap::new(GapReason::Encrypted, "needs a password"),
        Error::MaxMemLimited { actaul_kb, .. } => Gap::new(GapReason::Limit, format!("needs {actaul_kb} KiB")),
        other => Gap::malformed(other.to_string()),
    }
}

fn check_coders(block: &Block) -> Result<(), Gap> {
    block.coders.iter().try_for_each(|c| check_coder(c.encoder_method_id(), c.properties()))
}

/// Bounds the memory that a coder's properties ask for.
fn check_coder(method: &[u8], properties: &[u8]) -> Result<(), Gap> {
    let word = || properties.get(1..).and_then(<[u8]>::first_chunk).map_or(0, |w| u64::from(u32::from_le_bytes(*w)));
    let wanted = match method {
        EncoderMethod::ID_LZMA | EncoderMethod::ID_PPMD => word(),
        EncoderMethod::ID_LZMA2 => {
            let code = u64::from(properties.first().copied().unwrap_or(0) & 0x3f).min(40);
            (2 | (code & 1)) << (code / 2 + 11)
        }
        _ => 0,
    };
    if wanted > DICTIONARY_MAX {
        let detail = format!("asks for a dictionary of {wanted} bytes, more than {DICTIONARY_MAX}");
        return Err(Gap::new(GapReason::Limit, detail));
    }
    Ok(())
}

/// Looks at the start header and, when the table of contents is packed, at what it unpacks to. Gives the end of the
/// archive and whether the table is encrypted.
fn check_header(bytes: &[u8]) -> Result<(usize, bool), Gap> {
    let cut = || Gap::malformed("the start header is cut off");
    let head = bytes.first_chunk::<32>().ok_or_else(cut)?;
    let number = |at: usize| head.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |n| u64::from_le_bytes(*n));
    let (offset, size) = (number(12), number(20));
    if size == 0 {
        // An archive without entries, unless the header was never filled in.
        if head.get(8..).is_some_and(|rest| rest.iter().all(|b| *b == 0)) {
            return Err(Gap::malformed("the start header is empty: the archive was never finished"));
        }
        return Ok((32, false));
    }
    let range = usize::try_from(offset).ok().and_then(|o| o.checked_add(32)).and_then(|start| {
        let end = start.checked_add(usize::try_from(size).ok()?)?;
        Some((start, end))
    });
    let (header, end) = range.and_then(|(s, e)| Some((bytes.get(s..e)?, e))).ok_or_else(|| {
        let end = offset.saturating_add(32).saturating_add(size);
        Gap::malformed(format!("the table of contents would end at byte {end} of {}", bytes.len()))
    })?;
    if size > HEADER_MAX {
        return Err(Gap::new(GapReason::Limit, format!("a table of contents of {size} bytes")));
    }
    let (first, rest) = header.split_first().ok_or_else(cut)?;
    if *first != 0x17 {
        return Ok((end, false));
    }
    let encrypted =
        packed_header(rest).ok_or_else(|| Gap::malformed("cannot read how the table of contents is packed"))??;
    Ok((end, encrypted))
}

/// Reads the stream description of a packed header (7zFormat.txt, "Encoded Header"): bounds what it unpacks to and
/// says whether it is encrypted. `None` when it cannot be read.
fn packed_header(mut at: &[u8]) -> Option<Result<bool, Gap>> {
    let at = &mut at;
    (byte(at)? == 0x06).then_some(())?;
    number(at)?;
    let streams = number(at)?;
    (streams <= 32).then_some(())?;
    loop {
        match byte(at)? {
            0x00 => break,
            0x09 => (0..streams).try_for_each(|_| number(at).map(drop))?,
            0x0a => digests(at, streams)?,
            _ => return None,
        }
    }
    ((byte(at)?, byte(at)?, number(at)?, byte(at)?) == (0x07, 0x0b, 1, 0)).then_some(())?;
    let coders = number(at)?;
    (1..=8).contains(&coders).then_some(())?;
    let (mut inputs, mut outputs, mut encrypted) = (0u64, 0u64, false);
    for _ in 0..coders {
        let flags = byte(at)?;
        let method = take(at, usize::from(flags & 0xf))?;
        let (ins, outs) = if flags & 0x10 != 0 { (number(at)?, number(at)?) } else { (1, 1) };
        (ins <= 32 && outs <= 32).then_some(())?;
        (inputs, outputs) = (inputs + ins, outputs + outs);
        let mut properties: &[u8] = &[];
        if flags & 0x20 != 0 {
            let len = usize::try_from(number(at)?).ok()?;
            properties = take(at, len)?;
        }
        encrypted |= method == EncoderMethod::ID_AES256_SHA256;
        if let Err(gap) = check_coder(method, properties) {
            return Some(Err(gap));
        }
    }
    let pairs = outputs.checked_sub(1)?;
    (0..pairs * 2).try_for_each(|_| number(at).map(drop))?;
    let packed = inputs.checked_sub(pairs)?;
    if packed > 1 {
        (0..packed).try_for_each(|_| number(at).map(drop))?;
    }
    (byte(at)? == 0x0c).then_some(())?;
    for _ in 0..outputs {
        let size = number(at)?;
        if size > HEADER_MAX {
            let detail = format!("a table of contents that unpacks to {size} bytes, more than {HEADER_MAX}");
            return Some(Err(Gap::new(GapReason::Limit, detail)));
        }
    }
    Some(Ok(encrypted))
}

fn byte(at: &mut &[u8]) -> Option<u8> {
    take(at, 1)?.first().copied()
}

fn take<'a>(at: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (head, rest) = at.split_at_checked(len)?;
    *at = rest;
    Some(head)
}

fn digests(at: &mut &[u8], count: u64) -> Option<()> {
    let mut defined = count;
    if byte(at)? == 0 {
        let bits = take(at, usize::try_from(count.div_ceil(8)).ok()?)?;
        defined = bits.iter().map(|b| u64::from(b.count_ones())).sum();
    }
    take(at, usize::try_from(defined).ok()?.checked_mul(4)?).map(drop)
}

/// A number in 7z's coding: the leading one bits of the first byte count the bytes that follow.
fn number(at: &mut &[u8]) -> Option<u64> {
    let first = byte(at)?;
    let extra = first.leading_ones();
    let mut value = 0u64;
    for index in 0..extra {
        value |= u64::from(byte(at)?) << (8 * index);
    }
    if extra < 7 {
        let high = u64::from(first) & (0x7f >> extra);
        value |= high << (8 * extra);
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hex, open, open_with};
    use super::*;

    /// `a.txt` ("hello"), `dir/b.js` ("console.log(1)\n" 20 times), the empty `empty`, the folder `dir`; LZMA2, plain header.
    const PLAIN: &str = "\
        377abcaf271c00041b094a9b2400000000000000a300000000000000e94f1f26e00130001c5d00341949ee8e0f256674a8fd\
        3828d151d2366d1f4db34a4aba5a140000000104060001092400070b010001212101160c813100080d030905812c0a0186a6\
        10363cd6865a00000000000005040e014019010011330061002e00740078007400000064006900720000006400690072002f\
        0062002e006a007300000065006d00700074007900000014220100005becdaef7add017019e6daef7add01c06becdaef7add\
        01906fecdaef7add0115120100208080811080ed4120808081208080810000\
        ";
    /// The same with its header packed.
    const PACKED: &str = "\
        377abcaf271c000418da7c03af0000000000000016000000000000003a1b30b9e00130001c5d00341949ee8e0f256674a8fd\
        3828d151d2366d1f4db34a4aba5a14000000e000a200835d0000813307ae0fd04b393c9f3f4741057bee1d0ee3b4517b8f98\
        1a53e5f238caf2a897c0ba2d34b3154be113cd5c9a2893cf0091b21bfbb80c1f43b14d5e2025a9a1990f53e0b0dcd6ccc37d\
        b682b6c09931f4302ee5ab447f41738fee6160aeaaef7b65ae175d0cfced918d4fee5169820b81648dcee38d77d280b5ca63\
        8ab514000000001706240109808b00070b010001212101180c80a30000\
        ";
    /// `secret.py` ("print(1)\n" 10 times), content and header encrypted with "infected".
    const LOCKED: &str = "\
        377abcaf271c0004c0fe6c7890000000000000002800000000000000d49b18a2032025438218fe3b4407bf70ee8d0e3034af\
        1f1ead489a293b098bf4041e7bf96ec7bbbdb0b3ac844a6107a059860b905e92fe697ec438f81a579b3599cd3fed40715927\
        6769b9a07b8b3dfcbb3fc10fe33911c3d3704bc78268f3cf1c0f0679d1d1b22f27ae06bbd37b0fdee72ec854d52c614719e9\
        af9fc87237a71b21ac1ee2c1d3828e339700e0f4a43c866d0a8e17062001097000070b0100012406f1070112530f651a1ed6\
        73a5cc4de6ed9653a77e25c90c6d0000\
        ";

    #[test]
    fn numbers() {
        let decode = |bytes: &[u8]| number(&mut &*bytes);
        assert_eq!(decode(&[0x7f]), Some(127));
        assert_eq!(decode(&[0x81, 0x02]), Some(0x102));
        assert_eq!(decode(&[0xc1, 2, 3]), Some(0x1_0302));
        assert_eq!(decode(&[0xff, 1, 2, 3, 4, 5, 6, 7, 8]), Some(0x0807_0605_0403_0201));
        assert_eq!(decode(&[0xff, 1]), None);
    }

    #[test]
    fn entries() {
        for archive in [PLAIN, PACKED] {
            let mut bytes = hex(archive);
            let seen = open(&SevenZip, FileKind::SevenZip, &bytes);
            assert_eq!((seen.result, seen.gaps), (Ok(()), vec![]));
            let mut names: Vec<_> = seen.children.iter().map(|(n, _)| n.as_str()).collect();
            names.sort_unstable();
            assert_eq!(names, ["a.txt", "dir/b.js", "empty"]);
            let js = seen.children.iter().find(|c| c.0 == "dir/b.js").unwrap();
            assert_eq!(js.1, b"console.log(1)\n".repeat(20));
            bytes.extend(b"MZ");
            assert!(open(&SevenZip, FileKind::SevenZip, &bytes).names().contains(&"trailing"));
        }
    }

    #[test]
    fn passwords() {
        let bytes = hex(LOCKED);
        let seen = open(&SevenZip, FileKind::SevenZip, &bytes);
        assert_eq!(seen.broken().reason, GapReason::Encrypted);
        let passwords = ["wrong".to_owned(), "infected".to_owned()];
        let seen = open_with(&SevenZip, FileKind::SevenZip, "x", &bytes, crate::limits::Limits::default(), &passwords);
        assert_eq!((seen.result, seen.gaps), (Ok(()), vec![]));
        assert_eq!(seen.children, [("secret.py".to_owned(), b"print(1)\n".repeat(10))]);
    }

    #[test]
    fn a_wrong_checksum_is_a_gap_and_the_bytes_are_kept() {
        let mut bytes = hex(PLAIN);
        // The content is one LZMA2 chunk of six bytes of header and 29 of code; break it near its end.
        bytes[32 + 6 + 20] ^= 0x04;
        let seen = open(&SevenZip, FileKind::SevenZip, &bytes);
        assert!(seen.gaps.iter().any(|g| g.entry == "dir/b.js" && g.reason == GapReason::Malformed), "{:?}", seen.gaps);
        assert_eq!(seen.content("a.txt"), b"hello", "{:?}", seen.children);
        assert!(seen.names().contains(&"dir/b.js"), "{:?} {:?}", seen.children, seen.gaps);
    }

    #[test]
    fn cut_and_flipped_archives_end() {
        for archive in [PLAIN, PACKED] {
            let whole = hex(archive);
            for len in 0..whole.len() {
                assert!(open(&SevenZip, FileKind::SevenZip, &whole[..len]).result.is_err());
            }
            for at in 0..whole.len() {
                let mut bytes = whole.clone();
                bytes[at] ^= 0x41;
                // The start header's checksum guards most; make it fit, so that the parsers see the change.
                if (12..32).contains(&at) {
                    let mut crc = flate2::Crc::new();
                    crc.update(&bytes[12..32]);
                    bytes[8..12].copy_from_slice(&crc.sum().to_le_bytes());
                }
                drop(open(&SevenZip, FileKind::SevenZip, &bytes));
            }
        }
    }

    #[test]
    fn bombs_are_limited() {
        let limits = crate::limits::Limits { entry: 100, ..Default::default() };
        let seen = open_with(&SevenZip, FileKind::SevenZip, "x", &hex(PLAIN), limits, &[]);
        assert!(seen.gaps.iter().any(|g| g.reason == GapReason::Limit && g.entry == "dir/b.js"), "{:?}", seen.gaps);
        assert_eq!(check_coder(EncoderMethod::ID_LZMA2, &[40]).unwrap_err().reason, GapReason::Limit);
        assert_eq!(check_coder(EncoderMethod::ID_LZMA, &[0x5d, 0, 0, 0, 0x40]).unwrap_err().reason, GapReason::Limit);
        assert_eq!(check_coder(EncoderMethod::ID_LZMA2, &[24]), Ok(()));
        // One packed stream, one LZMA coder, 2^40 bytes unpacked.
        let header =
            [6, 0, 1, 9, 10, 0, 7, 0x0b, 1, 0, 1, 0x23, 3, 1, 1, 5, 0x5d, 0, 0, 1, 0, 0x0c, 0xfc, 0, 0, 0, 0, 0, 1, 0];
        assert_eq!(packed_header(&header).unwrap().unwrap_err().reason, GapReason::Limit);
    }
}
