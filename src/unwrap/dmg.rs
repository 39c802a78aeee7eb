//! Apple disk images (UDIF): each partition is decoded to a raw image.
//!
//! The last 512 bytes (`koly`) say where a property list stands; it holds for each partition a table (`mish`) of runs of
//! sectors that are stored, zeros, or packed with zlib, bzip2 or xz (LZFSE and ADC are not decoded). The file systems
//! inside (HFS+, APFS) are not read: the decoded image is looked at as raw bytes, and a gap says so.
//!
//! Format: as the tools that make and read it document it, <http://newosxbook.com/DMG.html>.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Decompress;

use super::stream::CHUNK;
use super::{Entries, Input, Produced, Wrapper};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::xml::{self, Token, Tokens};

/// Opens them.
pub(super) struct Dmg;

const SECTOR: u64 = 512;
/// Bytes of a run's line in the table.
const LINE: u64 = 40;
/// Most partitions.
const PARTITIONS_MAX: usize = 128;

impl Wrapper for Dmg {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Dmg]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let fields = Fields::new(input.view, false);
        let at = fields.len().saturating_sub(512);
        if fields.range(at, 4) != Some(b"koly") {
            return Err(Gap::malformed("no koly trailer"));
        }
        let long = |offset: u64| fields.u64(at.saturating_add(offset)).unwrap_or(0);
        let (fork, list, len) = (long(24), long(216), long(224));
        let list = fields.range(list, len).filter(|l| !l.is_empty());
        let list =
            list.ok_or_else(|| Gap::new(GapReason::Unsupported, "an image without a property list is not opened"))?;
        let tables = tables(list);
        if tables.is_empty() {
            return Err(Gap::malformed("no table of a partition in its property list"));
        }
        for (index, (name, table)) in tables.into_iter().enumerate() {
            let Some(partition) = Partition::read(&table, fork) else {
                out.gaps.push(Gap::malformed("the table of the partition is broken").at(name));
                continue;
            };
            // Where the partition map and padding are, nothing else is.
            if partition.runs.iter().all(|r| matches!(r.kind, Kind::Zero)) {
                continue;
            }
            for run in partition.runs.iter().filter(|r| !matches!(r.kind, Kind::Zero)) {
                let (start, end) = (usize::try_from(run.at), usize::try_from(run.at.saturating_add(run.packed)));
                if let (Ok(start), Ok(end)) = (start, end) {
                    out.account(start..end.min(input.view.len()));
                }
            }
            let view = input.view.clone();
            out.deferred("dmg", &format!("{index}.{name}"), move |budget| partition.produce(&view, budget))?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zero,
    Raw,
    Zlib,
    Bzip2,
    Xz,
    Other(u32),
}

struct Run {
    kind: Kind,
    /// First sector in the partition.
    sector: u64,
    sectors: u64,
    at: u64,
    packed: u64,
}

struct Partition {
    runs: Vec<Run>,
}

impl Partition {
    fn read(table: &[u8], fork: u64) -> Option<Self> {
        let fields = Fields::new(table, false);
        if fields.range(0, 4)? != b"mish" {
            return None;
        }
        let base = fork.checked_add(fields.u64(24)?)?;
        let count = u64::from(fields.u32(200)?).min(fields.len() / LINE);
        let mut runs = Vec::new();
        for index in 0..count {
            let at = 204 + index * LINE;
            let kind = match fields.u32(at)? {
                0 | 2 => Kind::Zero,
                1 => Kind::Raw,
                0x8000_0005 => Kind::Zlib,
                0x8000_0006 => Kind::Bzip2,
                0x8000_0008 => Kind::Xz,
                // A comment; the end.
                0x7fff_fffe => continue,
                0xffff_ffff => break,
                other => Kind::Other(other),
            };
            runs.push(Run {
                kind,
                sector: fields.u64(at + 8)?,
                sectors: fields.u64(at + 16)?,
                at: base.checked_add(fields.u64(at + 24)?)?,
                packed: fields.u64(at + 32)?,
            });
        }
        runs.sort_by_key(|r| r.sector);
        Some(Self { runs })
    }

    fn produce(&self, file: &ByteView, budget: &Budget) -> Produced {
        let mut meter = budget.meter();
        let mut lost = 0u64;
        let mut other = None;
        for run in &self.runs {
            match run.expand(file, &mut meter) {
                Ok(()) => {}
                Err(gap) if gap.reason == GapReason::Limit || gap.reason == GapReason::Timeout => {
                    return Produced::partial(meter.finish(), gap);
                }
                Err(gap) => {
                    lost += 1;
                    other.get_or_insert(gap);
                }
            }
        }
        let gap = match other {
            Some(gap) => {
                let detail = format!("{lost} of {} runs of sectors were not decoded: {}", self.runs.len(), gap.detail);
                Some(Gap { detail, ..gap })
            }
            None => file_system(meter.bytes()).map(|name| {
                let detail = format!("files inside {name} are not listed; the decoded image was scanned as raw bytes");
                Gap::new(GapReason::Unsupported, detail)
            }),
        };
        Produced { view: meter.finish(), gap, findings: Vec::new() }
    }
}

/// The file system of an image, when it is one that is not opened.
fn file_system(image: &[u8]) -> Option<&'static str> {
    let at = |offset: usize, mark: &[u8]| image.get(offset..).is_some_and(|b| b.starts_with(mark));
    if at(1024, b"H+") || at(1024, b"HX") {
        Some("HFS+")
    } else if at(32, b"NXSB") {
        Some("APFS")
    } else if at(1024, b"BD") {
        Some("HFS")
    } else {
        None
    }
}

impl Run {
    fn expand(&self, file: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let len = self.sectors.saturating_mul(SECTOR);
        let bytes = || {
            let bytes = Fields::new(file, true).range(self.at, self.packed);
            bytes.ok_or_else(|| Gap::malformed(format!("the run at {} is cut off", self.at)))
        };
        match self.kind {
            // Zeros hold nothing to be looked at, so a few stand for all of them.
            Kind::Zero => put(&vec![0; usize::try_from(len.min(4096)).unwrap_or(0)], meter),
            Kind::Raw => put(bytes()?, meter),
            Kind::Zlib => inflate(bytes()?, meter),
            Kind::Bzip2 => meter.fill(&mut bzip2::read::BzDecoder::new(bytes()?)),
            Kind::Xz => super::xar::unxz(bytes()?, meter).state,
            Kind::Other(kind) => {
                let what = match kind {
                    0x8000_0004 => "ADC".to_owned(),
                    0x8000_0007 => "LZFSE".to_owned(),
                    other => format!("method {other:#x}"),
                };
                Err(Gap::new(
                    GapReason::Unsupported,
                    format!("packed with {what}, which is not decoded by this version"),
                ))
            }
        }
    }
}

fn put(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    meter.write_all(bytes).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

fn inflate(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    super::gzip::inflate_raw(&mut Decompress::new(true), bytes, meter, &mut vec![0; CHUNK]).state
}

/// Names and tables of the partitions: the dictionaries in the array of the key `blkx`.
fn tables(list: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut tables: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut inside, mut element, mut key) = (false, &b""[..], String::new());
    let (mut name, mut data) = (String::new(), Vec::new());
    for token in Tokens::new(list) {
        match token {
            Token::Open(tag, _) => element = tag,
            Token::Text(text) if element == b"key" => {
                key = xml::text(text);
                inside |= key == "blkx";
            }
            Token::Text(text) if inside && element == b"string" && key == "Name" => name = xml::text(text),
            Token::Text(text) if inside && element == b"data" && key == "Data" => {
                let digits: Vec<u8> = text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
                data = STANDARD.decode(digits).unwrap_or_default();
            }
            Token::Close(b"dict") if inside => {
                if !data.is_empty() && tables.len() < PARTITIONS_MAX {
                    let name = if name.is_empty() { "partition".to_owned() } else { std::mem::take(&mut name) };
                    tables.push((name.replace(['/', '\\'], "_"), std::mem::take(&mut data)));
                }
                element = b"";
            }
            Token::Close(b"array") if inside => break,
            Token::Text(_) | Token::Close(_) => {}
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(data: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    /// Runs: kind, sectors, bytes.
    fn image(runs: &[(u32, u64, Vec<u8>)]) -> Vec<u8> {
        let mut fork = Vec::new();
        let mut table = b"mish\0\0\0\x01".to_vec();
        table.resize(200, 0);
        table.extend((runs.len() as u32 + 1).to_be_bytes());
        let mut sector = 0u64;
        for (kind, sectors, bytes) in runs {
            table.extend(kind.to_be_bytes());
            table.extend([0; 4]);
            [sector, *sectors, fork.len() as u64, bytes.len() as u64]
                .iter()
                .for_each(|w| table.extend(w.to_be_bytes()));
            fork.extend(bytes);
            sector += sectors;
        }
        table.extend(u32::MAX.to_be_bytes());
        table.extend([0; 36]);
        let list = format!(
            "<?xml version=\"1.0\"?><plist><dict><key>resource-fork</key><dict><key>blkx</key><array><dict>\
             <key>Attributes</key><string>0x0050</string><key>Data</key><data>\n{}\n</data><key>Name</key>\
             <string>disk image (Apple_HFS : 4)</string></dict></array><key>plst</key><array><dict><key>Data</key>\
             <data>AAAA</data></dict></array></dict></dict></plist>",
            STANDARD.encode(&table)
        );
        let mut koly = b"koly\0\0\0\x04\0\0\x02\0".to_vec();
        koly.resize(216, 0);
        koly.extend((fork.len() as u64).to_be_bytes());
        koly.extend((list.len() as u64).to_be_bytes());
        koly.resize(512, 0);
        [fork, list.into_bytes(), koly].concat()
    }

    fn sample() -> Vec<u8> {
        let mut first = vec![0u8; 2048];
        first[1024..1026].copy_from_slice(b"H+");
        let xz = super::super::testing::hex(
            "fd377a585a000004e6d6b4460200210116000000742fe5a3e0001a000f5d00341949ee8de917d0b419289cf680000000d91d\
             ddff475cbd5700012b1bae8193dc1fb6f37d010000000004595a",
        );
        image(&[
            (0x8000_0005, 4, zlib(&first)),
            (0x8000_0006, 1, bzip2(&[b'b'; 512])),
            (1, 1, vec![b'r'; 512]),
            (0, 1 << 40, Vec::new()),
            (0x8000_0008, 1, xz),
        ])
    }

    #[test]
    fn runs_are_decoded_and_the_file_system_is_a_gap() {
        let bytes = sample();
        let seen = open(&Dmg, FileKind::Dmg, &bytes);
        assert_eq!(seen.result, Ok(()));
        let decoded = &seen.children[0].1;
        assert_eq!(seen.children[0].0, "0.disk image (Apple_HFS : 4)");
        assert_eq!(&decoded[2048..2560], [b'b'; 512]);
        assert_eq!(&decoded[2560..3072], [b'r'; 512]);
        assert_eq!(&decoded[3072 + 4096..], b"hello xz ".repeat(3));
        assert!(
            seen.gaps[0].detail.contains("HFS+") && seen.gaps[0].reason == GapReason::Unsupported,
            "{:?}",
            seen.gaps
        );
        assert_eq!(crate::identify::identify("x.dmg", &bytes).kind, FileKind::Dmg);
    }

    #[test]
    fn unknown_methods_and_lies_are_gaps() {
        let seen = open(&Dmg, FileKind::Dmg, &image(&[(0x8000_0007, 1, vec![1; 9]), (1, 1, vec![b'r'; 512])]));
        assert!(seen.gaps[0].detail.starts_with("1 of 2 runs") && seen.gaps[0].detail.contains("LZFSE"));
        assert_eq!(seen.children[0].1, [b'r'; 512]);
        assert!(open(&Dmg, FileKind::Dmg, b"koly").result.is_err());
        assert!(open(&Dmg, FileKind::Dmg, &[&b"koly"[..], &[0; 508]].concat()).result.is_err());
        survive(&Dmg, FileKind::Dmg, &sample());
    }
}
