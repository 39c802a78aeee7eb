//! Unpacks one entry, on the thread that analyses it: decryption, decompression through the budget's meter, and the
//! comparison with the promised checksum and size.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use super::checks;
use super::crypto::{self, Encryption, Opened};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Evidence, Gap, GapReason};
use crate::unwrap::{Produced, tally::at_offset};

/// What the entries of one archive share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Passwords to try, in order.
    passwords: Vec<String>,
    /// The one that worked last; it is tried first.
    worked: AtomicUsize,
    told_password: AtomicBool,
    mismatches: AtomicU32,
}

/// Entries of one archive whose mismatches are reported one by one; damaged archives have thousands.
const MISMATCHES_SHOWN: u32 = 16;

impl Shared {
    pub(super) fn new(passwords: &[String]) -> Arc<Self> {
        Arc::new(Self { passwords: passwords.to_vec(), ..Self::default() })
    }

    fn passwords(&self) -> impl Iterator<Item = (usize, &str)> {
        let first = self.worked.load(Ordering::Relaxed);
        let all = self.passwords.iter().map(String::as_str).enumerate();
        all.clone().skip(first).take(1).chain(all.filter(move |(i, _)| *i != first))
    }
}

/// One entry to unpack.
pub(super) struct Job {
    /// The packed bytes, as they stand in the archive.
    pub(super) data: ByteView,
    /// Where they stand.
    pub(super) offset: u64,
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) encryption: Encryption,
    /// General-purpose flags, for what LZMA needs of them.
    pub(super) flags: u16,
    /// The promised checksum, when there is one.
    pub(super) crc: Option<u32>,
    /// The promised size, when there is one.
    pub(super) size: Option<u64>,
    /// Why the packed bytes are not all there, if they are not.
    pub(super) cut: Option<Gap>,
    pub(super) shared: Arc<Shared>,
}

impl Job {
    /// Unpacks.
    pub(super) fn run(self, budget: &Budget) -> Produced {
        if let Err(gap) = budget.check_time() {
            return Produced::partial(empty(), gap);
        }
        match self.encryption {
            Encryption::None => self.plain(budget),
            Encryption::Traditional { .. } | Encryption::Aes(_) => self.with_passwords(budget),
            Encryption::Unknown(how) => {
                Produced::partial(empty(), Gap::new(GapReason::Encrypted, format!("encrypted by {how}")))
            }
        }
    }

    fn plain(self, budget: &Budget) -> Produced {
        if self.method == 0 {
            let view = self.data.clone();
            return self.judge(view, None, 0);
        }
        let mut meter = budget.meter();
        meter.expect(self.size.unwrap_or(0).min((self.data.len() as u64).saturating_mul(8)));
        let mut data = Packed { view: &self.data, at: 0, released: 0 };
        let expanded = self.expand(&mut data, &mut meter);
        let data = data.rest();
        self.data.release_pages();
        match expanded {
            Err(gap) if gap.reason == GapReason::Unsupported => {
                // What cannot be unpacked is at least looked at as it stands.
                let raw = self.data.clone();
                Produced::partial(raw, gap)
            }
            Err(gap) => Produced::partial(meter.finish(), gap),
            Ok(()) => {
                let slack = if data.iter().all(|b| *b == 0) { 0 } else { data.len() };
                self.judge(meter.finish(), None, slack)
            }
        }
    }

    fn with_passwords(self, budget: &Budget) -> Produced {
        let shared = Arc::clone(&self.shared);
        let data = self.data.clone();
        let mut too_short = false;
        for (i, password) in shared.passwords() {
            if let Err(gap) = budget.check_time() {
                return Produced::partial(empty(), gap);
            }
            let opened = match self.encryption {
                Encryption::Aes(field) => crypto::aes(&data, field, password),
                Encryption::Traditional { checks } => crypto::traditional(&data, checks, password),
                Encryption::None | Encryption::Unknown(_) => Opened::WrongPassword,
            };
            let (packed, proven) = match opened {
                Opened::Reader { packed, proven } => (packed, proven),
                Opened::WrongPassword => continue,
                Opened::TooShort => {
                    too_short = true;
                    continue;
                }
            };
            let mut meter = budget.meter();
            let expanded = self.expand(&mut BufReader::new(packed), &mut meter);
            // A wrong password that slipped through gives noise, which the checksum tells.
            let is_right = proven || self.crc.is_none_or(|crc| crc == crc_of(meter.bytes()));
            match expanded {
                Err(gap) if proven || matches!(gap.reason, GapReason::Limit | GapReason::Timeout) => {
                    return Produced::partial(meter.finish(), gap);
                }
                Ok(()) if is_right => {
                    shared.worked.store(i, Ordering::Relaxed);
                    return self.judge(meter.finish(), Some(password), 0);
                }
                _ => {}
            }
        }
        if let Some(view) = self.not_encrypted(budget) {
            let note = format!("{}: unpacks without a password", self.name);
            let finding = checks::FALSE_ENCRYPTION.finding(at_offset(self.offset, self.data.len() as u64, note));
            return Produced { view, gap: None, findings: vec![finding] };
        }
        let detail = if too_short {
            format!("{} encrypted bytes are too few to hold an entry", self.data.len())
        } else {
            format!("encrypted, and none of {} passwords opens it", shared.passwords.len())
        };
        Produced::partial(empty(), Gap::new(GapReason::Encrypted, detail))
    }

    /// The content, when the entry only pretends to be encrypted.
    fn not_encrypted(&self, budget: &Budget) -> Option<ByteView> {
        let crc = self.crc.filter(|crc| *crc != 0)?;
        let mut meter = budget.meter();
        if self.method == 0 {
            return (crc_of(&self.data) == crc).then(|| self.data.clone());
        }
        self.expand(&mut &*self.data, &mut meter).ok()?;
        (crc_of(meter.bytes()) == crc).then(|| meter.finish())
    }

    /// Writes the unpacked content of `reader` to the meter.
    fn expand(&self, reader: &mut impl BufRead, meter: &mut Meter<'_>) -> Result<(), Gap> {
        match self.method {
            0 => meter.fill(reader),
            8 => inflate(reader, meter),
            12 => meter.fill(&mut bzip2::bufread::BzDecoder::new(reader)),
            14 => self.lzma(reader, meter),
            20 | 93 => match ruzstd::decoding::StreamingDecoder::new(reader) {
                Ok(mut decoder) => meter.fill(&mut decoder),
                Err(e) => Err(Gap::malformed(format!("zstd: {e}"))),
            },
            95 => meter.fill(&mut lzma_rust2::XzReader::new_mem_limit(reader, true, LZMA_KIB)),
            other => {
                let name = rawzip::CompressionMethod::new(other).name().unwrap_or("unknown");
                Err(Gap::new(GapReason::Unsupported, format!("compression method {other} ({name})")))
            }
        }
    }

    /// APPNOTE 5.8: two bytes version, two bytes length of the properties, the properties, the stream.
    fn lzma(&self, reader: &mut impl Read, meter: &mut Meter<'_>) -> Result<(), Gap> {
        let bad = |e: &dyn std::fmt::Display| Gap::malformed(format!("lzma: {e}"));
        let mut head = [0; 9];
        reader.read_exact(&mut head).map_err(|e| bad(&e))?;
        let [_, _, 5, 0, properties, dict @ ..] = head else {
            return Err(Gap::malformed("lzma: the properties are not 5 bytes long"));
        };
        let ends_by_mark = self.flags & 2 != 0;
        let size = if ends_by_mark { u64::MAX } else { self.size.unwrap_or(u64::MAX) };
        // A dictionary larger than the content is never used; so a lie about it costs no memory.
        let needed = self.size.unwrap_or(u64::MAX).max(4096).try_into().unwrap_or(u32::MAX);
        let dict = u32::from_le_bytes(dict).min(needed).min(LZMA_KIB << 10);
        let decoder = lzma_rust2::LzmaReader::new_with_props(reader, size, properties, dict, None);
        meter.fill(&mut decoder.map_err(|e| bad(&e))?)
    }

    /// Compares what was unpacked with what was promised.
    fn judge(self, view: ByteView, password: Option<&str>, slack: usize) -> Produced {
        let mut produced = Produced { view, gap: self.cut, findings: Vec::new() };
        let mut report = |evidence: Evidence, rule: &'static crate::model::Rule| {
            if self.shared.mismatches.fetch_add(1, Ordering::Relaxed) < MISMATCHES_SHOWN {
                produced.findings.push(rule.finding(evidence));
            }
        };
        let at = |note: String| at_offset(self.offset, self.data.len() as u64, note);
        let len = produced.view.len() as u64;
        let size_differs = self.size.is_some_and(|size| size != len);
        if let Some(size) = self.size.filter(|_| size_differs && produced.gap.is_none()) {
            report(at(format!("{}: {len} bytes, where {size} are promised", self.name)), &checks::CONTENT);
        }
        if let Some(crc) = self.crc.filter(|_| produced.gap.is_none() && !size_differs) {
            let got = crc_of(&produced.view);
            if got != crc {
                report(at(format!("{}: checksum {got:08x}, where {crc:08x} is promised", self.name)), &checks::CONTENT);
            }
        }
        if slack > 0 {
            report(at(format!("{}: {slack} bytes follow its compressed stream", self.name)), &checks::SLACK);
            let detail = format!("{slack} bytes after the end of the compressed stream were not examined");
            produced.gap.get_or_insert_with(|| Gap::malformed(detail));
        }
        if let Some(password) = password
            && !self.shared.told_password.swap(true, Ordering::Relaxed)
        {
            let evidence = at(format!("the password is {}", crate::model::finding::printable(password.as_bytes())));
            produced.findings.push(checks::PASSWORD.finding(evidence));
        }
        produced
    }
}

/// Packed bytes that are read once: the pages of a mapped archive are given back as they are used up, or unpacking one
/// large entry would hold its packed form beside the unpacked one.
struct Packed<'a> {
    view: &'a ByteView,
    at: usize,
    released: usize,
}

impl<'a> Packed<'a> {
    /// Bytes that are handed out at one time, and after which pages are given back.
    const STEP: usize = 4 << 20;

    /// What was not read.
    fn rest(&self) -> &'a [u8] {
        self.view.get(self.at..).unwrap_or_default()
    }
}

impl BufRead for Packed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let rest = self.rest();
        Ok(rest.get(..Self::STEP).unwrap_or(rest))
    }

    fn consume(&mut self, n: usize) {
        self.at = self.at.saturating_add(n).min(self.view.len());
        if self.at - self.released >= Self::STEP {
            if let Some(used) = self.view.slice(self.released..self.at) {
                used.release_pages();
            }
            self.released = self.at;
        }
    }
}

impl Read for Packed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

/// Memory that a dictionary may take, in KiB: four times that of `xz -9`.
const LZMA_KIB: u32 = 256 << 10;

fn empty() -> ByteView {
    ByteView::from_vec(Vec::new())
}

fn crc_of(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    bytes.chunks(1 << 30).for_each(|chunk| crc.update(chunk));
    crc.sum()
}

/// Inflates, and tells a stream that ends from one that is cut off (flate2's readers do not).
fn inflate(reader: &mut impl BufRead, meter: &mut Meter<'_>) -> Result<(), Gap> {
    let mut state = flate2::Decompress::new(false);
    let mut out = [0; 32 << 10];
    loop {
        let input = reader.fill_buf().map_err(|e| Gap::malformed(format!("deflate: {e}")))?;
        let is_end = input.is_empty();
        let (before_in, before_out) = (state.total_in(), state.total_out());
        let status = state.decompress(input, &mut out, flate2::FlushDecompress::None);
        let consumed = usize::try_from(state.total_in() - before_in).unwrap_or(usize::MAX);
        let made = usize::try_from(state.total_out() - before_out).unwrap_or(usize::MAX);
        reader.consume(consumed);
        let written = io::Write::write_all(meter, out.get(..made).unwrap_or_default());
        if let Err(e) = written {
            return Err(meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())));
        }
        match status {
            Ok(flate2::Status::StreamEnd) => return Ok(()),
            Ok(_) if made > 0 || consumed > 0 => {}
            Ok(_) if is_end => {
                let made = state.total_out();
                return Err(Gap::malformed(format!("deflate: the stream is cut off after {made} unpacked bytes")));
            }
            Ok(_) => return Err(Gap::malformed("deflate: the stream makes no progress")),
            Err(e) => {
                let made = state.total_out();
                return Err(Gap::malformed(format!("deflate: {e} after {made} unpacked bytes")));
            }
        }
    }
}
