//! Executables made by `deno compile`.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Deno;

impl Wrapper for Deno {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::Deno).map(|at| at as u64).find(|at| is_deno(&fields, *at)) else {
            return Ok(());
        };
        out.wrapped("Deno", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "Deno single-file executable: its embedded program is not opened by this version",
        ))
    }
}

/// The payload itself begins with the magic again, or the magic is the name of a note or of a resource.
fn is_deno(fields: &Fields<'_>, at: u64) -> bool {
    // libsui's note: name "SUI\0", type 0x5355_4901, u16 length of the name, name.
    let note = at.checked_sub(10).is_some_and(|n| fields.range(n, 4) == Some(&b"SUI\0"[..]));
    let again = (8..64).any(|d| fields.range(at + d, 8) == Some(&b"d3n0l4nd"[..]));
    note || again || at + 24 == fields.len()
}
