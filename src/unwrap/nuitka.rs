//! Programs compiled by Nuitka.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Nuitka;

impl Wrapper for Nuitka {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::Nuitka).map(|at| at as u64).find(|at| is_nuitka(&fields, *at)) else {
            return Ok(());
        };
        out.wrapped("Nuitka", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "Nuitka single-file executable: its embedded program is not opened by this version",
        ))
    }
}

/// The blob's head: CRC-32 and size of what follows, and the first entry is called `.bytecode`.
fn is_nuitka(fields: &Fields<'_>, at: u64) -> bool {
    let Some(head) = at.checked_sub(8) else { return false };
    let (sum, size) = (fields.u32(head).unwrap_or(0), u64::from(fields.u32(head + 4).unwrap_or(0)));
    let Some(blob) = fields.range(at, size).filter(|_| size > 10) else { return false };
    let mut crc = flate2::Crc::new();
    crc.update(blob);
    crc.sum() == sum
}
