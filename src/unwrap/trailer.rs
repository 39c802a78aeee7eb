//! Bytes behind the end of pictures and documents.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Trailer;

impl Wrapper for Trailer {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Png, FileKind::Jpeg, FileKind::Gif, FileKind::Pdf]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
