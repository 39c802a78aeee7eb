//! Bun standalone executables (`bun build --compile`).

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Bun;

impl Wrapper for Bun {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::Bun).rev().map(|at| at as u64).find(|at| is_bun(&fields, *at)) else {
            return Ok(());
        };
        out.wrapped("Bun", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "Bun single-file executable: its embedded program is not opened by this version",
        ))
    }
}

/// Bun's trailer follows its offsets: `u64 byte_count`, then module table and entry point; 32 bytes (24 before 1.3).
fn is_bun(fields: &Fields<'_>, at: u64) -> bool {
    [32, 24].into_iter().any(|head| {
        let Some(offsets) = at.checked_sub(head) else { return false };
        let (count, table) = (fields.u64(offsets).unwrap_or(0), fields.u32(offsets + 8).unwrap_or(u32::MAX));
        let rows = u64::from(fields.u32(offsets + 12).unwrap_or(0));
        let inside = count != 0 && count <= offsets && u64::from(table) + rows <= count;
        inside && rows != 0 && (rows % 52 == 0 || rows % 36 == 0)
    })
}
