//! Containers that are recognised and not opened by this version: a gap, so that nobody takes silence for clean.

use super::{Entries, Input, Wrapper};
use crate::identify::packed;
use crate::model::{FileKind, Gap, GapReason};

/// Reports what is not opened.
pub(super) struct Unsupported;

impl Wrapper for Unsupported {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Rar, FileKind::Packed]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        if input.kind == FileKind::Packed {
            let what = packed(input.view).unwrap_or("a format that is not known");
            let detail = format!("{what}, which is not opened by this version; the raw bytes were scanned");
            return Err(Gap::new(GapReason::Unsupported, detail));
        }
        Err(unopened("RAR archives", input))
    }
}

/// The gap for a kind that is not opened.
pub(super) fn unopened(what: &str, input: &Input<'_, '_>) -> Gap {
    let detail = format!("{what} are not opened by this version; {} bytes were not looked into", input.view.len());
    Gap::new(GapReason::Unsupported, detail)
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;

    #[test]
    fn each_kind_is_a_gap() {
        for kind in Unsupported.kinds() {
            let gap = open(&Unsupported, *kind, &[b"LRZI".as_slice(), &[0; 60]].concat()).result.unwrap_err();
            assert_eq!(gap.reason, GapReason::Unsupported);
            let said = if *kind == FileKind::Rar { "64 bytes" } else { "an lrzip stream" };
            assert!(gap.detail.contains(said), "{gap}");
        }
    }
}
