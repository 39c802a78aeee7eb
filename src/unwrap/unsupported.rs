//! Containers that are recognised and not opened by this version: a gap, so that nobody takes silence for clean.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};

/// Reports what is not opened.
pub(super) struct Unsupported;

impl Wrapper for Unsupported {
    fn kinds(&self) -> &'static [FileKind] {
        use FileKind::{Asar, Compress, Dmg, Iso, Ole, Rar, Squashfs, Xar};
        &[Rar, Asar, Squashfs, Ole, Dmg, Iso, Xar, Compress]
    }

    fn unwrap(&self, input: &Input<'_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        let what = match input.kind {
            FileKind::Rar => "RAR archives",
            FileKind::Asar => "Electron asar archives",
            FileKind::Squashfs => "squashfs images",
            FileKind::Ole => "OLE compound files (MSI, old Office documents)",
            FileKind::Dmg => "Apple disk images",
            FileKind::Iso => "ISO 9660 images",
            FileKind::Xar => "xar archives (macOS installers)",
            FileKind::Compress => "compress (.Z) streams",
            other => other.word(),
        };
        Err(Gap::new(
            GapReason::Unsupported,
            format!("{what} are not opened by this version; {} bytes were not looked into", input.view.len()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;

    #[test]
    fn each_kind_is_a_gap() {
        for kind in Unsupported.kinds() {
            let gap = open(&Unsupported, *kind, b"Rar!").result.unwrap_err();
            assert_eq!(gap.reason, GapReason::Unsupported);
            assert!(gap.detail.contains("4 bytes"), "{gap}");
        }
    }
}
