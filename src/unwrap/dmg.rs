//! Apple disk images.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Dmg;

impl Wrapper for Dmg {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Dmg]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Err(super::unsupported::unopened("Apple disk images", input))
    }
}
