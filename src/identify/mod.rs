//! What a file is: its content first, then its name, and whether the two contradict each other.
//!
//! 1. [`magic`]: binary formats by magic number *and* the header fields behind it, since four bytes alone occur
//!    anywhere, and since a script can begin with the letters of a picture's magic.
//! 2. [`text`]: whether the bytes are text at all, in what encoding, and marks that leave no doubt (`#!`, `<?php`).
//! 3. [`name`]: what the extension or a well-known base name says.
//! 4. [`score`]: keywords, when text has no name that decides.
//! 5. [`claim`]: a name that claims what the bytes contradict.
//!
//! Called once for every file, so it looks at a bounded sample and allocates nothing on the usual paths.

mod archive;
mod claim;
mod magic;
mod media;
mod name;
mod native;
mod packed;
mod score;
mod stream;
mod text;

pub use archive::{appended_zip, is_tar};
pub use packed::packed;
pub use stream::stripped_name;

use crate::model::{FileKind, Identity};

/// What `bytes` are, called `name` (a path or a base name; it may be empty).
#[must_use]
pub fn identify(name: &str, bytes: &[u8]) -> Identity {
    if bytes.is_empty() {
        return Identity { kind: FileKind::Empty, claimed: None };
    }
    let said = name::Name::of(name);
    let kind = kind_of(&said, bytes);
    Identity { kind, claimed: claim::contradicted(&said, kind, bytes) }
}

fn kind_of(said: &name::Name<'_>, bytes: &[u8]) -> FileKind {
    let sample = text::Sample::of(bytes);
    if let Some(kind) = magic::kind(said, bytes, &sample) {
        return kind;
    }
    if matches!(said.kind, Some(FileKind::Pickle | FileKind::Npy)) && native::named_pickle(bytes) {
        return FileKind::Pickle;
    }
    if let Some(text) = sample.text(said.kind) {
        return text::kind(said, &text);
    }
    magic::fallback(said, bytes).unwrap_or(FileKind::Data)
}

/// Numbers at offsets, for headers: `None` outside of the bytes.
mod read {
    pub(super) fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
        bytes.get(at..)?.first_chunk().copied()
    }
    pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
        array(bytes, at).map(u16::from_le_bytes)
    }
    pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
        array(bytes, at).map(u16::from_be_bytes)
    }
    pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
        array(bytes, at).map(u32::from_le_bytes)
    }
    pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
        array(bytes, at).map(u32::from_be_bytes)
    }
    pub(super) fn le64(bytes: &[u8], at: usize) -> Option<u64> {
        array(bytes, at).map(u64::from_le_bytes)
    }
    /// Whether `part` stands at `at`.
    pub(super) fn at(bytes: &[u8], at: usize, part: &[u8]) -> bool {
        bytes.get(at..).is_some_and(|b| b.starts_with(part))
    }
}

#[cfg(test)]
mod tests;
