//! Containers that are recognised and not opened by this version: a gap, so that nobody takes silence for clean.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};

/// Reports what is not opened.
pub(super) struct Unsupported;

impl Wrapper for Unsupported {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Rar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, _: &mut Entries<'_>) -> Result<(), Gap> {
        let what = match input.kind {
            FileKind::Rar => "RAR archives",
            other => other.word(),
        };
        Err(unopened(what, input))
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
            let gap = open(&Unsupported, *kind, b"Rar!").result.unwrap_err();
            assert_eq!(gap.reason, GapReason::Unsupported);
            assert!(gap.detail.contains("4 bytes"), "{gap}");
        }
    }
}
