//! Self-extracting shell scripts.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Makeself;

impl Wrapper for Makeself {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Shell]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
