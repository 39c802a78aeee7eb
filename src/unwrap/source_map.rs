//! Original sources inside source maps.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct SourceMap;

impl Wrapper for SourceMap {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::SourceMap, FileKind::JavaScript]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
