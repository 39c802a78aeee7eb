//! Compiled Python (`.pyc`).

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Pyc;

impl Wrapper for Pyc {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pyc]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
