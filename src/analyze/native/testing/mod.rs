//! Writers of tiny executables for tests, and a way to run one heuristic on bytes.

mod elf;
mod macho;
mod pe;

pub(crate) use elf::ElfBuilder;
pub(crate) use macho::MachBuilder;
pub(crate) use pe::PeBuilder;

use crate::analyze::{Heuristic, Notes};
use crate::model::{Artifact, ByteView, ContentId, FileKind, Identity};
use crate::parse::Parsed;
use crate::parse::native::{Image, Machine, Region};

/// An artifact made of bytes.
pub(crate) fn artifact(kind: FileKind, name: &str, view: ByteView) -> Artifact {
    Artifact {
        id: ContentId([0; 32]),
        view,
        identity: Identity { kind, claimed: None },
        name: name.to_owned(),
        depth: 0,
    }
}

/// Parses bytes as a kind and hands them on.
pub(crate) fn parsed<T>(kind: FileKind, name: &str, bytes: &[u8], then: impl FnOnce(&Parsed<'_>) -> T) -> T {
    let artifact = artifact(kind, name, ByteView::from_vec(bytes.to_vec()));
    then(&Parsed::new(&artifact))
}

/// What one heuristic notes about bytes.
pub(crate) fn check(heuristic: &dyn Heuristic, kind: FileKind, name: &str, bytes: &[u8]) -> Notes {
    assert!(heuristic.applies(kind));
    parsed(kind, name, bytes, |file| {
        let mut notes = Notes::default();
        heuristic.check(file, &mut notes);
        for finding in &notes.findings {
            assert!(!finding.evidence.is_empty());
            assert!(heuristic.rules().iter().any(|r| r.id == finding.rule.id), "{} is not listed", finding.rule.id);
        }
        notes
    })
}

/// The rules that fired, in order.
pub(crate) fn ids(notes: &Notes) -> Vec<&'static str> {
    notes.findings.iter().map(|f| f.rule.id).collect()
}

/// An image of nothing but so many bytes of code, from the file's beginning on.
pub(crate) fn code_of(machine: Machine, len: u64) -> Image<'static> {
    let region = Region { name: b".text", offset: 0, len, address: 0x1000, memory: len, write: false, execute: true };
    Image { regions: vec![region], machine, ..Image::default() }
}

/// Bytes without pattern.
pub(crate) fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(len).collect()
}
