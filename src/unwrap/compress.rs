//! `compress` streams (`.Z`): LZW with codes that grow from 9 to at most 16 bits.
//!
//! Two bytes of magic, one with the largest code length and whether code 256 empties the table. Codes come lowest bit
//! first, in groups of eight codes of one length; when the length changes, the rest of a group is skipped.

use std::io::Write as _;

use super::stream::{self, CHUNK, Decoded};
use super::{Entries, Input, Wrapper};
use crate::limits::Meter;
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Compress;

impl Wrapper for Compress {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Compress]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut meter = out.budget().meter();
        let state = expand(input.view, &mut meter);
        // A stream has no end mark: all that follows belongs to it.
        stream::finish("compress", input, out, meter, Decoded { used: input.view.len(), state })
    }
}

/// The code that empties the table.
const CLEAR: usize = 256;

fn expand(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    let Some(([0x1f, 0x9d, flags], body)) = bytes.split_first_chunk::<3>() else {
        return Err(Gap::malformed("the header is cut off"));
    };
    let (most, clears) = (u32::from(flags & 0x1f), flags & 0x80 != 0);
    if !(9..=16).contains(&most) {
        return Err(Gap::malformed(format!("codes of {most} bits, 9 to 16 are allowed")));
    }
    let first = if clears { CLEAR + 1 } else { CLEAR };
    // A table's line: the code of all but the last byte, and that byte.
    let mut table: Vec<(u16, u8)> = vec![(0, 0); first];
    let mut codes = Codes { bytes: body, bit: 0, group: 0, width: 9 };
    let mut before: Option<usize> = None;
    let mut word = Vec::new();
    let mut fresh: Vec<u8> = Vec::with_capacity(CHUNK);
    let state = loop {
        // The length grows when the table has as many lines as codes of this length can name.
        if table.len() >= 1 << codes.width && codes.width < most {
            codes.align();
            codes.width += 1;
        }
        let Some(code) = codes.next() else { break Ok(()) };
        if clears && code == CLEAR {
            table.truncate(first);
            codes.align();
            codes.width = 9;
            before = None;
            continue;
        }
        word.clear();
        let known = code < CLEAR || (first..table.len()).contains(&code);
        let mut at = match before {
            _ if known => code,
            // The code that is about to be made: the word before and its own first byte.
            Some(before) if code == table.len() => before,
            _ => break Err(Gap::malformed(format!("code {code} is not in the table"))),
        };
        while let Some((rest, byte)) = table.get(at).filter(|_| at >= CLEAR).copied() {
            word.push(byte);
            at = usize::from(rest);
        }
        word.push(at as u8);
        if !known {
            word.insert(0, at as u8);
        }
        fresh.extend(word.iter().rev());
        if let Some(before) = before
            && table.len() < 1 << most
        {
            table.push((before as u16, at as u8));
        }
        before = Some(code);
        if fresh.len() >= CHUNK {
            if let Err(e) = meter.write_all(&fresh) {
                return Err(meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())));
            }
            fresh.clear();
        }
    };
    meter.write_all(&fresh).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))?;
    state
}

struct Codes<'a> {
    bytes: &'a [u8],
    /// The next bit.
    bit: usize,
    /// Where the codes of this length began.
    group: usize,
    width: u32,
}

impl Codes<'_> {
    fn next(&mut self) -> Option<usize> {
        let width = self.width as usize;
        let end = self.bit.checked_add(width)?;
        if end > self.bytes.len().saturating_mul(8) {
            return None;
        }
        let mut value = 0usize;
        for place in 0..3 {
            let byte = self.bytes.get(self.bit / 8 + place).copied().unwrap_or(0);
            value |= usize::from(byte) << (8 * place);
        }
        let code = value >> (self.bit % 8) & ((1 << width) - 1);
        self.bit = end;
        Some(code)
    }

    /// Skips the rest of a group of eight codes.
    fn align(&mut self) {
        let group = 8 * self.width as usize;
        let used = self.bit.saturating_sub(self.group);
        self.bit = self.group.saturating_add(used.next_multiple_of(group));
        self.group = self.bit;
    }
}

#[cfg(test)]
mod tests;
