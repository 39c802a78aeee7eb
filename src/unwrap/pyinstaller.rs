//! Programs packed by PyInstaller.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct PyInstaller;

impl Wrapper for PyInstaller {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::PyInstaller).rev().map(|at| at as u64).find(|at| is_pyinstaller(&fields, *at))
        else {
            return Ok(());
        };
        out.wrapped("PyInstaller", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "PyInstaller single-file executable: its embedded program is not opened by this version",
        ))
    }
}

/// The cookie is big-endian: length of the archive up to the cookie's end, place and length of the table of contents.
fn is_pyinstaller(fields: &Fields<'_>, at: u64) -> bool {
    let big = Fields::new(fields.available(at, 88), false);
    let word = |i| u64::from(big.u32(i).unwrap_or(0));
    let (archive, table, rows) = (word(8), word(12), word(16));
    archive >= 24 && archive <= at.saturating_add(88) && table + rows <= archive && rows != 0
}
