//! Windows installers that are recognised and not opened yet (NSIS, Inno Setup): a gap.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::markers::Marker;

/// Reports them.
pub(super) struct Installer;

impl Wrapper for Installer {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pe]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let end = input.file.images().first().map_or(input.view.len() as u64, |i| i.end);
        let nsis = marks.of(Marker::Nsis).map(|at| at as u64).find(|at| *at >= end).map(|at| ("NSIS", at));
        let inno = || marks.of(Marker::Inno).next().map(|at| ("Inno Setup", at as u64));
        let Some((name, at)) = nsis.or_else(inno) else { return Ok(()) };
        out.wrapped(name, at);
        let detail = format!("{name} installer: its files are not opened by this version; the raw bytes were scanned");
        Err(Gap::new(GapReason::Unsupported, detail))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;
    use crate::analyze::native::testing::PeBuilder;

    #[test]
    fn installers_are_gaps() {
        let mut pe = PeBuilder::program();
        pe.overlay = b"\0\0\0\0\xef\xbe\xad\xdeNullsoftInst".to_vec();
        let seen = open(&Installer, FileKind::Pe, &pe.build());
        assert!(seen.broken().detail.starts_with("NSIS installer"));
        assert_eq!(seen.findings[0].rule.id, "native-single-file-bundle");
    }
}
