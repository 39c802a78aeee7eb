//! Executables packed with UPX.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Upx;

impl Wrapper for Upx {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
