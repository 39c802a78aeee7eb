//! Compiled Python that stands in a text without the header of a file: what reads back `.pyc` files reads it when it is given
//! one. Known uses: functions of layers in models (Keras), loaders that `marshal.loads` what they decode.

use std::io::Write as _;

use crate::limits::Budget;
use crate::model::ByteView;
use crate::parse::marshal::{self, Layout};

/// Longest code that is read to find out which Python wrote it, in bytes.
const LONGEST: usize = 4 << 20;
/// Instructions that tell 3.11 from later ones: it prepares a call by one of its own.
const PRECALL: u8 = 166;

/// The code behind the header of a file; `None` when no layout of code fits.
pub(super) fn as_file(code: &ByteView, budget: &Budget) -> Option<ByteView> {
    if code.len() > LONGEST {
        return None;
    }
    let fits = |layout| marshal::read(code, layout).broken.is_none();
    // The last magic numbers of versions that share a layout: CPython, `Lib/importlib/_bootstrap_external.py`.
    let (magic, len): (u16, usize) = if fits(Layout::LocalsPlus) {
        let is_older = code.iter().step_by(2).chain(code.iter().skip(1).step_by(2)).any(|b| *b == PRECALL);
        (if is_older { 3495 } else { 3531 }, 16)
    } else if fits(Layout::PositionalOnly) {
        (3425, 16)
    } else if fits(Layout::Three) {
        (3394, 16)
    } else if fits(Layout::Two) {
        (62211, 8)
    } else {
        return None;
    };
    let mut header = magic.to_le_bytes().to_vec();
    header.extend(b"\r\n");
    header.resize(len, 0);
    let mut meter = budget.meter();
    meter.write_all(&header).ok()?;
    meter.write_all(code).ok()?;
    Some(meter.finish())
}
