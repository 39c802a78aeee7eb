//! OLE compound files: MSI packages, old Office documents.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Ole;

impl Wrapper for Ole {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Ole]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Err(super::unsupported::unopened("OLE compound files (MSI, old Office documents)", input))
    }
}
