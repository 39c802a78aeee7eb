//! One packed block: how it is described and how it is expanded.

use std::io::Write as _;

use flate2::Decompress;
use lzma_rust2::LzmaReader;

use super::super::stream::{CHUNK, DICTIONARY_MAX};
use super::nrv::{self, Code};
use super::{broken, filter};
use crate::limits::Meter;
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;

/// Where a block lies and how it was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// First packed byte, in the file.
    pub(super) at: u64,
    /// Packed bytes; as many as unpacked ones when they are only stored.
    pub(super) packed: u64,
    /// Unpacked bytes.
    pub(super) unpacked: u64,
    /// The method's number.
    pub(super) method: u8,
    /// The filter's number, 0 for none.
    pub(super) filter: u8,
    /// The filter's parameter.
    pub(super) mark: u8,
}

/// Bytes of a block's header in ELF: unpacked and packed size, method, filter, filter's parameter, one that is unused.
pub(super) const HEADER: u64 = 12;

impl Block {
    /// The block whose header stands at `at`, when it can be one.
    pub(super) fn read(file: Fields<'_>, at: u64) -> Option<Self> {
        let (unpacked, packed) = (u64::from(file.u32(at)?), u64::from(file.u32(at.checked_add(4)?)?));
        let block = Self {
            at: at.checked_add(HEADER)?,
            packed,
            unpacked,
            method: file.u8(at.checked_add(8)?)?,
            filter: file.u8(at.checked_add(9)?)?,
            mark: file.u8(at.checked_add(10)?)?,
        };
        let known = packed == unpacked || matches!(block.method, 2..=17);
        (packed > 0 && packed <= unpacked && known && block.end() <= file.len()).then_some(block)
    }

    /// The first byte behind it.
    pub(super) fn end(&self) -> u64 {
        self.at.saturating_add(self.packed)
    }

    /// Expands it behind what the meter holds; the filter is left as it is.
    ///
    /// # Errors
    /// A limit, an unknown method, broken bytes. What was expanded before stays in the meter.
    pub(super) fn expand(&self, file: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let bytes = Fields::new(file, true).range(self.at, self.packed);
        let bytes = bytes.ok_or_else(|| broken(format!("the block at {} is cut off", self.at)))?;
        let start = meter.bytes().len();
        let result = if self.packed == self.unpacked { store(bytes, meter) } else { self.decode(bytes, meter) };
        result.map_err(|mut gap| {
            gap.detail = format!("the block at {}: {}", self.at, gap.detail);
            gap
        })?;
        let made = meter.bytes().len().saturating_sub(start) as u64;
        if made != self.unpacked {
            return Err(broken(format!("the block at {} has {made} bytes, not {}", self.at, self.unpacked)));
        }
        Ok(())
    }

    /// As [`Block::expand`], and undoes the filter.
    pub(super) fn restore(&self, file: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let start = meter.bytes().len();
        self.expand(file, meter)?;
        let fresh = meter.bytes_mut().get_mut(start..).unwrap_or_default();
        if self.packed != self.unpacked && !filter::undo(self.filter, self.mark, 0, fresh) {
            return Err(unknown_filter(self.filter));
        }
        Ok(())
    }

    fn decode(&self, bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let nrv = |code, meter: &mut Meter<'_>| {
            let unit = match self.method % 3 {
                2 => 4,
                0 => 1,
                _ => 2,
            };
            nrv::expand(code, unit, bytes, self.unpacked, meter)
        };
        match self.method {
            2..=4 => nrv(Code::B, meter),
            5..=7 => nrv(Code::D, meter),
            8..=10 => nrv(Code::E, meter),
            14 => lzma(bytes, self.unpacked, meter),
            15 => inflate(bytes, meter),
            other => Err(Gap::new(GapReason::Unsupported, format!("method {other} is not known"))),
        }
    }
}

/// The gap for a filter that cannot be undone.
pub(super) fn unknown_filter(id: u8) -> Gap {
    let detail = format!("filter {id:#04x} is not known: addresses in the code are not what they were");
    Gap::new(GapReason::Unsupported, detail)
}

fn store(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    meter.write_all(bytes).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

/// LZMA behind two bytes: position bits (and the sum of the others), then literal position and context bits.
fn lzma(bytes: &[u8], unpacked: u64, meter: &mut Meter<'_>) -> Result<(), Gap> {
    let Some(([first, second], body)) = bytes.split_first_chunk::<2>() else {
        return Err(Gap::malformed("the LZMA header is cut off"));
    };
    let (pb, lp, lc) = (first & 7, second >> 4, second & 15);
    if pb > 4 || lp > 4 || lc > 8 {
        return Err(Gap::malformed("the LZMA header is broken"));
    }
    // The whole output is the dictionary.
    let dictionary = u32::try_from(unpacked.min(DICTIONARY_MAX)).unwrap_or(u32::MAX);
    let reader = LzmaReader::new(body, unpacked, lc.into(), lp.into(), pb.into(), dictionary, None);
    let mut reader = reader.map_err(|e| super::super::xz::gap(&e))?;
    meter.fill(&mut reader)
}

fn inflate(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    super::super::gzip::inflate_raw(&mut Decompress::new(false), bytes, meter, &mut vec![0; CHUNK]).state
}
