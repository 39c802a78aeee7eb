//! Executables made by vercel/yao `pkg`.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Pkg;

impl Wrapper for Pkg {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        // Filled in: decimals padded with blanks. Unfilled: `// PAYLOAD_POSITION //`.
        let filled = |at: &u64| fields.u8(*at + 24).is_some_and(|b| b.is_ascii_digit());
        let Some(at) = marks.of(Marker::Pkg).map(|at| at as u64).find(filled) else { return Ok(()) };
        out.wrapped("pkg", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "pkg single-file executable: its embedded program is not opened by this version",
        ))
    }
}
