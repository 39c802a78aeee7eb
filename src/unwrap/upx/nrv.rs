//! The NRV2B, NRV2D and NRV2E codes: LZ77 with bits for lengths and high parts of distances, and bytes for literals and
//! low parts, mixed in one stream. Bits come from little-endian units of 8, 16 or 32, highest first; a unit is fetched
//! where the bytes stand when its first bit is asked for.

use std::io::Write as _;

use super::super::stream::CHUNK;
use crate::limits::Meter;
use crate::model::Gap;

/// Which of the three codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    B,
    D,
    E,
}

/// The highest value that the prefix of a distance has: the end mark.
const PREFIX_MAX: u32 = 0x0100_0002;

/// Decodes `packed` behind what the meter holds, up to `unpacked` bytes.
///
/// # Errors
/// A limit, or `Malformed`; what was decoded before stays in the meter.
pub(super) fn expand(code: Code, unit: usize, packed: &[u8], unpacked: u64, meter: &mut Meter<'_>) -> Result<(), Gap> {
    let mut bits = Bits { bytes: packed, at: 0, unit, word: 0, left: 0 };
    let base = meter.bytes().len();
    let mut sink = Sink { meter, base, fresh: Vec::with_capacity(CHUNK), room: unpacked };
    let state = run(code, &mut bits, &mut sink);
    sink.flush()?;
    state
}

fn run(code: Code, bits: &mut Bits<'_>, sink: &mut Sink<'_, '_>) -> Result<(), Gap> {
    // The newest distance, which may be meant again.
    let mut last = 1u32;
    loop {
        while bits.bit()? == 1 {
            let byte = bits.byte()?;
            sink.literal(byte)?;
        }
        let mut prefix = 1u32;
        loop {
            prefix = bits.append(prefix)?;
            if bits.bit()? == 1 {
                break;
            }
            if code != Code::B {
                prefix = bits.append(prefix - 1)?;
            }
        }
        let mut low = 0;
        let distance = if prefix == 2 {
            if code != Code::B {
                low = bits.bit()?;
            }
            last
        } else {
            let byte = u32::from(bits.byte()?);
            let high = prefix.checked_sub(3).ok_or_else(|| Gap::malformed("a distance has no such prefix"))?;
            let value = high.wrapping_shl(8) | byte;
            if value == u32::MAX {
                return Ok(());
            }
            let value = if code == Code::B {
                value
            } else {
                low = !value & 1;
                value >> 1
            };
            last = value.saturating_add(1);
            last
        };
        let length = match code {
            Code::B => {
                low = bits.bit()?;
                short_length(bits, low)?.saturating_add(u32::from(distance > 0xd00))
            }
            Code::D => short_length(bits, low)?.saturating_add(u32::from(distance > 0x500)),
            Code::E => {
                let length = if low == 1 {
                    1 + bits.bit()?
                } else if bits.bit()? == 1 {
                    3 + bits.bit()?
                } else {
                    bits.gamma()?.saturating_add(3)
                };
                length.saturating_add(u32::from(distance > 0x500))
            }
        };
        sink.copy(distance, length.saturating_add(1))?;
    }
}

/// Two bits, or a longer code when both are 0.
fn short_length(bits: &mut Bits<'_>, first: u32) -> Result<u32, Gap> {
    match 2 * first + bits.bit()? {
        0 => Ok(bits.gamma()?.saturating_add(2)),
        n => Ok(n),
    }
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Bytes of a unit.
    unit: usize,
    word: u32,
    /// Bits of the unit that are left.
    left: u32,
}

impl Bits<'_> {
    fn byte(&mut self) -> Result<u8, Gap> {
        let byte = self.bytes.get(self.at).copied();
        self.at = self.at.saturating_add(1);
        byte.ok_or_else(|| super::super::stream::ends_early(self.bytes.len()))
    }

    fn bit(&mut self) -> Result<u32, Gap> {
        if self.left == 0 {
            self.word = 0;
            for place in 0..self.unit {
                self.word |= u32::from(self.byte()?) << (8 * place);
            }
            self.left = 8 * self.unit as u32;
        }
        self.left -= 1;
        Ok(self.word >> self.left & 1)
    }

    /// A bit put behind those of `value`.
    fn append(&mut self, value: u32) -> Result<u32, Gap> {
        if value > PREFIX_MAX {
            return Err(Gap::malformed("a distance or length is too large"));
        }
        Ok(2 * value + self.bit()?)
    }

    /// A number whose bits are each followed by a bit that says whether it is over.
    fn gamma(&mut self) -> Result<u32, Gap> {
        let mut value = 1;
        loop {
            value = self.append(value)?;
            if self.bit()? == 1 {
                return Ok(value);
            }
        }
    }
}

/// The output: what was handed to the meter, and a piece that was not yet.
struct Sink<'m, 'b> {
    meter: &'m mut Meter<'b>,
    /// Where this output begins in the meter; distances do not reach before it.
    base: usize,
    fresh: Vec<u8>,
    /// Bytes that may still come.
    room: u64,
}

impl Sink<'_, '_> {
    fn take(&mut self, bytes: u64) -> Result<(), Gap> {
        self.room = self.room.checked_sub(bytes).ok_or_else(|| Gap::malformed("makes more than it says"))?;
        if self.fresh.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn literal(&mut self, byte: u8) -> Result<(), Gap> {
        self.take(1)?;
        self.fresh.push(byte);
        Ok(())
    }

    fn copy(&mut self, distance: u32, length: u32) -> Result<(), Gap> {
        self.take(u64::from(length))?;
        let (distance, mut length) = (distance as usize, length as usize);
        let outside = || Gap::malformed("a distance reaches before the beginning");
        while length > 0 {
            let held = self.fresh.len();
            let part = if let Some(start) = held.checked_sub(distance) {
                let part = length.min(distance);
                self.fresh.extend_from_within(start..start + part);
                part
            } else {
                let end = self.meter.bytes().len();
                let start = (end + held).checked_sub(distance).filter(|s| *s >= self.base).ok_or_else(outside)?;
                let part = length.min(end - start);
                self.fresh.extend_from_slice(self.meter.bytes().get(start..start + part).ok_or_else(outside)?);
                part
            };
            length -= part;
            if self.fresh.len() >= CHUNK {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Gap> {
        let written = self.meter.write_all(&self.fresh);
        self.fresh.clear();
        written.map_err(|e| self.meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::limits::{Budget, Limits, MemoryPool};

    /// Writes a stream as the decoder reads it.
    struct Writer {
        bytes: Vec<u8>,
        unit: usize,
        /// Where the unit stands that bits go to, and how many fit.
        at: usize,
        left: usize,
    }

    impl Writer {
        fn new(unit: usize) -> Self {
            Self { bytes: Vec::new(), unit, at: 0, left: 0 }
        }

        fn bit(&mut self, bit: u32) {
            if self.left == 0 {
                self.at = self.bytes.len();
                self.bytes.resize(self.at + self.unit, 0);
                self.left = 8 * self.unit;
            }
            self.left -= 1;
            self.bytes[self.at + self.left / 8] |= (bit as u8) << (self.left % 8);
        }

        fn literal(&mut self, byte: u8) {
            self.bit(1);
            self.bytes.push(byte);
        }

        /// A distance's prefix of NRV2B: each bit below the highest, and whether it is the last.
        fn prefix(&mut self, value: u32) {
            let bits = value.ilog2();
            for place in (0..bits).rev() {
                self.bit(value >> place & 1);
                self.bit(u32::from(place == 0));
            }
        }

        /// The end mark of NRV2B.
        fn end(&mut self) {
            self.bit(0);
            self.prefix(PREFIX_MAX);
            self.bytes.push(0xff);
        }
    }

    fn run(code: Code, unit: usize, packed: &[u8], room: u64) -> (Vec<u8>, Result<(), Gap>) {
        let limits = Limits::default();
        let pool = MemoryPool::new(limits.memory);
        let budget = Budget::new(Arc::new(limits), pool, 1000);
        let mut meter = budget.meter();
        let state = expand(code, unit, packed, room, &mut meter);
        (meter.bytes().to_vec(), state)
    }

    #[test]
    fn literals_and_the_end_mark_in_units_of_every_size() {
        let text = b"mixed bits and bytes, more than one unit of thirty-two bits of them";
        for unit in [1, 2, 4] {
            let mut writer = Writer::new(unit);
            text.iter().for_each(|b| writer.literal(*b));
            writer.end();
            let (made, state) = run(Code::B, unit, &writer.bytes, 100);
            assert_eq!((made.as_slice(), state), (&text[..], Ok(())));
            // Room for less.
            let (made, state) = run(Code::B, unit, &writer.bytes, 10);
            assert_eq!(made, text[..10]);
            assert!(state.unwrap_err().detail.contains("more than it says"));
            // Cut off.
            assert!(run(Code::B, unit, &writer.bytes[..20], 100).1.is_err());
        }
    }

    #[test]
    fn distances_do_not_reach_before_the_beginning() {
        for code in [Code::B, Code::D, Code::E] {
            for byte in 0..=255u8 {
                let (made, _) = run(code, 1, &[byte, byte ^ 0x55, 0, byte, 1, 2, 3, 0xff, 0, byte, 9, 9], 1 << 16);
                assert!(made.len() <= 1 << 16);
            }
        }
    }
}
