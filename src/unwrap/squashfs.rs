//! squashfs images, alone and behind an `AppImage` runtime.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Squashfs;

impl Wrapper for Squashfs {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Squashfs]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Err(super::unsupported::unopened("squashfs images", input))
    }
}

/// Opens them.
pub(super) struct AppImage;

impl Wrapper for AppImage {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Elf]
    }

    fn unwrap(&self, _: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        Ok(())
    }
}
