//! Executables made by nexe.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Nexe;

impl Wrapper for Nexe {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks
            .of(Marker::Nexe)
            .next_back()
            .map(|at| at as u64)
            .filter(|at| *at > fields.len().saturating_sub(16_000))
        else {
            return Ok(());
        };
        out.wrapped("nexe", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "nexe single-file executable: its embedded program is not opened by this version",
        ))
    }
}
