//! Microsoft cabinets (MS-CAB): stored, MSZIP and LZX folders.
//!
//! Headers and tables are read here. A folder is one compressed stream over all its files, so it is decoded once and
//! its files are slices of the result. The decoder (crate `cab`) only reads a file by its name and starts over for
//! each; it is therefore given a cabinet of our own making around the folder's data blocks, with one file that is
//! the whole folder. Two files of one name are both seen, and no offset from the file reaches the decoder unchecked.

use std::io::{self, Read, Seek, SeekFrom};

use super::ar::readable;
use super::{Entries, Input, Wrapper, stream};
use crate::model::{ByteView, FileKind, Gap, GapReason};

/// Opens cabinets.
pub(super) struct Cab;

impl Wrapper for Cab {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Cab]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let cabinet = Cabinet::parse(bytes)?;
        let mut end = cabinet.files_end;
        for (index, folder) in cabinet.folders.iter().enumerate() {
            let (blocks, total, after, cut) = blocks(bytes, folder, cabinet.block_reserve);
            end = end.max(after);
            let mut meter = out.budget().meter();
            let mut state = decode(bytes, folder, cabinet.block_reserve, blocks, total, after, &mut meter);
            if let (Ok(()), Some(gap)) = (&state, cut) {
                state = Err(gap);
            }
            let view = meter.finish();
            if let Err(mut gap) = state {
                gap.detail = format!("folder {index}: {}", gap.detail);
                out.gaps.push(gap);
            }
            for file in cabinet.files.iter().filter(|f| usize::from(f.folder) == index) {
                file.emit(&view, out)?;
            }
        }
        for file in cabinet.files.iter().filter(|f| usize::from(f.folder) >= cabinet.folders.len()) {
            let detail = match file.folder {
                0xfffd..=0xffff => "begins or goes on in another cabinet".to_owned(),
                other => format!("lies in folder {other} of {}", cabinet.folders.len()),
            };
            out.gaps.push(Gap::malformed(detail).at(file.name.clone()));
        }
        stream::trailing(input, out, end.min(bytes.len()))
    }
}

struct Folder {
    data: usize,
    blocks: u16,
    method: u16,
}

struct File {
    name: String,
    size: usize,
    offset: usize,
    folder: u16,
}

impl File {
    /// Emits the file's part of its decoded folder.
    fn emit(&self, folder: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
        let end = self.offset.saturating_add(self.size);
        let there = self.offset.min(folder.len())..end.min(folder.len());
        let missing = self.size - there.len().min(self.size);
        if missing > 0 {
            let detail = format!("cut off: {missing} of {} bytes are not in its folder", self.size);
            out.gaps.push(Gap::malformed(detail).at(self.name.clone()));
        }
        match folder.slice(there) {
            Some(view) if missing < self.size || self.size == 0 => out.member("cab", &self.name, view),
            _ => Ok(()),
        }
    }
}

struct Cabinet {
    folders: Vec<Folder>,
    files: Vec<File>,
    block_reserve: usize,
    files_end: usize,
}

impl Cabinet {
    fn parse(bytes: &[u8]) -> Result<Self, Gap> {
        let cut = || Gap::malformed("the cabinet's header is cut off");
        let half = |at: usize| bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b));
        let word = |at: usize| bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b) as usize);
        let (folder_count, file_count) = (half(26).ok_or_else(cut)?, half(28).ok_or_else(cut)?);
        let flags = half(30).ok_or_else(cut)?;
        let mut at = 36usize;
        let (mut folder_reserve, mut block_reserve) = (0, 0);
        if flags & 4 != 0 {
            let [low, high, folder, block] = bytes.get(at..).and_then(<[u8]>::first_chunk).ok_or_else(cut)?;
            (folder_reserve, block_reserve) = (usize::from(*folder), usize::from(*block));
            at += 4 + usize::from(u16::from_le_bytes([*low, *high]));
        }
        // Names of the previous and the next cabinet and disk.
        for _ in 0..2 * (flags & 1) + (flags & 2) {
            let rest = bytes.get(at..).ok_or_else(cut)?;
            at += memchr::memchr(0, rest).ok_or_else(cut)? + 1;
        }
        let mut folders = Vec::new();
        for _ in 0..folder_count {
            let (data, blocks, method) = (word(at), half(at + 4), half(at + 6));
            let (Some(data), Some(blocks), Some(method)) = (data, blocks, method) else { return Err(cut()) };
            folders.push(Folder { data, blocks, method });
            at += 8 + folder_reserve;
        }
        let mut files = Vec::new();
        let mut at = word(16).ok_or_else(cut)?;
        for index in 0..file_count {
            let fields = (word(at), word(at.saturating_add(4)), half(at.saturating_add(8)));
            let name = bytes.get(at.saturating_add(16)..).and_then(|n| n.get(..memchr::memchr(0, n)?));
            let ((Some(size), Some(offset), Some(folder)), Some(name)) = (fields, name) else {
                return Err(Gap::malformed(format!("file {index} of {file_count} is cut off")));
            };
            files.push(File { name: readable(name), size, offset, folder });
            at = at.saturating_add(17).saturating_add(name.len());
        }
        Ok(Self { folders, files, block_reserve, files_end: at })
    }
}

/// Walks a folder's data blocks: how many are whole, what they decode to, where they end, and why there are not more.
fn blocks(bytes: &[u8], folder: &Folder, reserve: usize) -> (u16, u32, usize, Option<Gap>) {
    let mut at = folder.data;
    let mut total = 0u32;
    for index in 0..folder.blocks {
        let head = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>);
        let sizes =
            head.map(|[_, _, _, _, p0, p1, u0, u1]| (u16::from_le_bytes([*p0, *p1]), u16::from_le_bytes([*u0, *u1])));
        let whole = sizes.and_then(|(packed, unpacked)| {
            let end = at.checked_add(8 + reserve + usize::from(packed))?;
            (end <= bytes.len() && unpacked > 0).then_some((end, unpacked))
        });
        let Some((end, unpacked)) = whole else {
            let what = if sizes.is_some_and(|s| s.1 == 0) { "goes on in another cabinet" } else { "is cut off" };
            let gap = Gap::malformed(format!("data block {index} of {} {what}", folder.blocks));
            return (index, total, at.min(bytes.len()), Some(gap));
        };
        total = total.saturating_add(u32::from(unpacked));
        at = end;
    }
    (folder.blocks, total, at, None)
}

/// Decodes a whole folder.
fn decode(
    bytes: &[u8],
    folder: &Folder,
    reserve: usize,
    blocks: u16,
    total: u32,
    end: usize,
    meter: &mut crate::limits::Meter<'_>,
) -> Result<(), Gap> {
    if folder.method & 0xf == 2 {
        return Err(Gap::new(GapReason::Unsupported, "Quantum compression"));
    }
    if blocks == 0 {
        return Ok(());
    }
    let data = bytes.get(folder.data..end).unwrap_or_default();
    let broken = |e: io::Error| Gap::malformed(e.to_string());
    let mut cabinet = cab::Cabinet::new(around(data, folder.method, reserve, blocks, total)).map_err(broken)?;
    let mut reader = cabinet.read_file("f").map_err(broken)?;
    meter.fill(&mut reader)?;
    let made = meter.bytes().len();
    if made != total as usize {
        return Err(Gap::malformed(format!("decodes to {made} bytes, its blocks promise {total}")));
    }
    Ok(())
}

/// A cabinet around data blocks: one folder with one file `f` that is all of it.
fn around(data: &[u8], method: u16, reserve: usize, blocks: u16, total: u32) -> Joined<'_> {
    let mut head = b"MSCF".to_vec();
    let data_at = 36u32 + 4 + 8 + 16 + 2;
    for word in [0, 0, 0, data_at - 18, 0] {
        head.extend(u32::to_le_bytes(word));
    }
    head.extend([3, 1]);
    for half in [1u16, 1, 4, 0, 0, 0] {
        head.extend(half.to_le_bytes());
    }
    head.extend([0, u8::try_from(reserve).unwrap_or(u8::MAX)]);
    head.extend(data_at.to_le_bytes());
    head.extend(blocks.to_le_bytes());
    head.extend(method.to_le_bytes());
    head.extend(total.to_le_bytes());
    head.extend([0; 12]);
    head.extend(b"f\0");
    Joined { head, tail: data, at: 0 }
}

/// Two pieces of memory, read as one file.
struct Joined<'a> {
    head: Vec<u8>,
    tail: &'a [u8],
    at: u64,
}

impl Read for Joined<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = usize::try_from(self.at).unwrap_or(usize::MAX);
        let mut piece = match at.checked_sub(self.head.len()) {
            None => self.head.get(at..).unwrap_or_default(),
            Some(at) => self.tail.get(at..).unwrap_or_default(),
        };
        let read = piece.read(buffer)?;
        self.at = self.at.saturating_add(read as u64);
        Ok(read)
    }
}

impl Seek for Joined<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let len = self.head.len() as u64 + self.tail.len() as u64;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => len.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;
    use std::io::{Cursor, Write as _};

    fn cabinet(compression: cab::CompressionType, files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = cab::CabinetBuilder::new();
        let folder = builder.add_folder(compression);
        for (name, _) in files {
            folder.add_file(*name);
        }
        let mut writer = builder.build(Cursor::new(Vec::new())).unwrap();
        let mut contents = files.iter();
        while let Some(mut file) = writer.next_file().unwrap() {
            file.write_all(contents.next().unwrap().1).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_slices_of_their_folder() {
        let long = b"0123456789".repeat(9000);
        let files = [("a.txt", &b"hello"[..]), ("b\\c.ps1", &long), ("empty", b""), ("a.txt", b"second of its name")];
        for compression in [cab::CompressionType::None, cab::CompressionType::MsZip] {
            let seen = open(&Cab, FileKind::Cab, &cabinet(compression, &files));
            assert_eq!(seen.result, Ok(()));
            assert_eq!(seen.gaps, []);
            assert!(seen.findings.is_empty());
            let expected: Vec<_> = files.iter().map(|(n, c)| ((*n).to_owned(), c.to_vec())).collect();
            assert_eq!(seen.children, expected);
        }
    }

    #[test]
    fn an_lzx_folder() {
        // The example of the cab crate's own tests: two files made by makecab.
        let hex = "4d534346000000009700000000000000\
                   2c000000000000000301010002000000\
                   2d0500005b0000000100031\
                   30f0000000000000000002153\
                   0db2200068692e74787400100000000f0000\
                   00000021530bb22000627965\
                   2e747874005cef2ac734001f005b80808d0030\
                   f001100000000100000001000000\
                   48656c6c6f2c20776f726c64210d0a5365\
                   6520796f75206c61746572210d0a00";
        let seen = open(&Cab, FileKind::Cab, &super::super::testing::hex(hex));
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.gaps, []);
        assert_eq!(seen.content("hi.txt"), b"Hello, world!\r\n");
        assert_eq!(seen.content("bye.txt"), b"See you later!\r\n");
    }

    #[test]
    fn what_is_there_is_kept_and_the_rest_is_a_gap() {
        let long = b"0123456789".repeat(9000);
        let whole = cabinet(cab::CompressionType::None, &[("a", b"first"), ("b", &long), ("c", b"last")]);
        let seen = open(&Cab, FileKind::Cab, &whole[..whole.len() - 10]);
        assert_eq!(seen.content("a"), b"first");
        assert!(seen.content("b").len() > 60_000);
        assert_eq!(seen.gaps.iter().map(|g| g.entry.as_str()).collect::<Vec<_>>(), ["", "b", "c"]);
        assert!(seen.gaps[0].detail.contains("folder 0: data block 2 of 3 is cut off"), "{}", seen.gaps[0]);
        for len in (0..400).chain((400..whole.len()).step_by(1999)) {
            let seen = open(&Cab, FileKind::Cab, &whole[..len]);
            assert!(seen.result.is_err() || !seen.gaps.is_empty(), "{len}");
        }
    }

    #[test]
    fn every_flipped_byte_ends() {
        let whole = cabinet(cab::CompressionType::MsZip, &[("a", b"first"), ("b", &b"second ".repeat(20))]);
        for at in 0..whole.len() {
            for bit in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                drop(open(&Cab, FileKind::Cab, &bytes));
            }
        }
    }

    #[test]
    fn trailing_bytes_are_seen() {
        let mut bytes = cabinet(cab::CompressionType::None, &[("a", b"first")]);
        bytes.extend(b"MZ and more");
        let seen = open(&Cab, FileKind::Cab, &bytes);
        assert_eq!(seen.names(), ["a", "trailing"]);
        assert_eq!(seen.findings.len(), 1);
    }
}
