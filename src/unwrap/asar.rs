//! Electron asar archives.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Asar;

impl Wrapper for Asar {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Asar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Err(super::unsupported::unopened("Electron asar archives", input))
    }
}
