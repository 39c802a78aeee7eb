//! A file that is ELF, PE or Mach-O by its first bytes and cannot be parsed as one. It is no finding: broken
//! binaries are test data as often as they are tricks. But it was not examined by any heuristic of this room, and
//! the report must say so.

use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;

/// Says what could not be parsed, once.
pub(super) struct Malformed;

impl Heuristic for Malformed {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let elf = file.elf().and_then(|r| r.as_ref().err());
        let pe = file.pe().and_then(|r| r.as_ref().err());
        let macho = file.macho().and_then(|r| r.as_ref().err());
        out.gaps.extend(elf.or(pe).or(macho).cloned());
        if let Some(Ok(images)) = file.macho() {
            out.gaps.extend(images.iter().flat_map(|i| i.gaps.iter().cloned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{check, parsed};
    use crate::model::GapReason;

    #[test]
    fn what_cannot_be_parsed_is_one_gap() {
        for (kind, bytes) in [
            (FileKind::Elf, &b"\x7fELF"[..]),
            (FileKind::Elf, b"\x7fELF\x09\x09\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            (FileKind::Pe, b"MZ"),
            (FileKind::MachO, b"\xcf\xfa\xed\xfe\0\0"),
            (FileKind::MachOFat, b"\xca\xfe\xba\xbe\xff\xff\xff\xff"),
        ] {
            let notes = check(&Malformed, kind, "x", bytes);
            assert_eq!(notes.gaps.len(), 1, "{kind:?}");
            assert_eq!(notes.gaps[0].reason, GapReason::Malformed, "{kind:?}");
        }
        let mut dos = vec![0; 0x100];
        dos[..2].copy_from_slice(b"MZ");
        dos[0x3c] = 0x80;
        dos[0x80..0x82].copy_from_slice(b"NE");
        assert_eq!(check(&Malformed, FileKind::Pe, "x", &dos).gaps[0].reason, GapReason::Unsupported);
        parsed(FileKind::Text, "x", b"", |file| assert!(file.elf().is_none() && file.pe().is_none()));
    }
}
