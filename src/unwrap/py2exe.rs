//! Programs packed by py2exe and `cx_Freeze`.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Py2exe;

impl Wrapper for Py2exe {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pe]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
