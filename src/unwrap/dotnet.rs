//! .NET single-file bundles.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct DotNetBundle;

impl Wrapper for DotNetBundle {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::DotNet).map(|at| at as u64).find(|at| is_dotnet(&fields, *at)) else {
            return Ok(());
        };
        out.wrapped(".NET", at);
        Err(Gap::new(
            GapReason::Unsupported,
            ".NET single-file executable: its embedded program is not opened by this version",
        ))
    }
}

/// The signature is preceded by the file offset of the bundle's header; 0 in a host without a bundle.
fn is_dotnet(fields: &Fields<'_>, at: u64) -> bool {
    let header = at.checked_sub(8).and_then(|p| fields.u64(p)).unwrap_or(0);
    let version = fields.u32(header).unwrap_or(0);
    header != 0 && header < fields.len() && (1..=20).contains(&version)
}
