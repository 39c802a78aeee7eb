//! Modules that are stored as UTF-16.

use std::io::Write as _;

use crate::limits::Budget;
use crate::model::{ByteView, Gap};
use crate::unwrap::Produced;
use crate::unwrap::stream::CHUNK;

/// What a module's bytes may be, when its record calls them "UTF-8", which newer versions use for UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Narrow,
    Wide,
    /// It could be read either way.
    Either,
}

/// Tells UTF-16 from UTF-8: a program in UTF-16 is full of NUL bytes, one in UTF-8 has none.
pub(super) fn guess(bytes: &[u8]) -> Text {
    let nuls = memchr::memchr_iter(0, bytes).count();
    if nuls == 0 {
        return if std::str::from_utf8(bytes).is_ok() { Text::Narrow } else { Text::Either };
    }
    let high = bytes.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    if high >= bytes.len() / 8 && high > nuls / 2 { Text::Wide } else { Text::Either }
}

/// The text as UTF-8. Halves of surrogate pairs become the replacement character.
pub(super) fn decode(wide: &ByteView, budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    meter.expect(wide.len() as u64 / 2);
    let mut text = String::with_capacity(CHUNK);
    let (units, rest) = wide.as_chunks::<2>();
    let mut state = Ok(());
    for c in char::decode_utf16(units.iter().map(|u| u16::from_le_bytes(*u))) {
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        if text.len() + 4 > CHUNK {
            state = meter.write_all(text.as_bytes());
            text.clear();
            if state.is_err() {
                break;
            }
        }
    }
    let state = state.and_then(|()| meter.write_all(text.as_bytes()));
    let gap = match state {
        Err(e) => Some(meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string()))),
        Ok(()) if !rest.is_empty() => Some(Gap::malformed("its UTF-16 text ends in the middle of a character")),
        Ok(()) => None,
    };
    Produced { view: meter.finish(), gap, findings: Vec::new() }
}
