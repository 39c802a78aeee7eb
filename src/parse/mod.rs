//! Thin safe wrappers around third-party parsers. [`Parsed`] parses lazily and once, whoever asks first.

pub(crate) mod arm64;
pub(crate) mod built;
pub(crate) mod dotnet;
pub mod elf;
pub(crate) mod fields;
pub(crate) mod finder;
pub mod invisible;
pub(crate) mod java_class;
pub mod lexis;
pub(crate) mod lnk;
pub mod macho;
pub mod markers;
pub(crate) mod marshal;
pub mod native;
pub mod outline;
pub(crate) mod parts;
pub mod pe;
pub(crate) mod pickle;
pub mod script;
pub(crate) mod settings;
pub mod shape;
pub(crate) mod trial;
pub(crate) mod wasm;
pub(crate) mod xml;

use std::cell::OnceCell;
use std::ops::Range;

use crate::model::view::STRETCH;
use crate::model::{Artifact, ByteView, FileKind, Gap, Span};
use elf::Elf;
use invisible::Invisible;
use lexis::Lexis;
use macho::MachO;
use native::Image;
use pe::Pe;

/// Bytes of an executable's file header.
const HEAD: u64 = 64;

/// One artifact with everything that can be read out of it, parsed on demand.
pub struct Parsed<'a> {
    artifact: &'a Artifact,
    line_starts: OnceCell<Vec<u32>>,
    elf: OnceCell<Result<Elf<'a>, Gap>>,
    pe: OnceCell<Result<Pe<'a>, Gap>>,
    macho: OnceCell<Result<Vec<MachO<'a>>, Gap>>,
    images: OnceCell<Vec<Image<'a>>>,
    built: OnceCell<(Vec<built::Built>, bool)>,
    made: OnceCell<Vec<trial::Made>>,
    markers: OnceCell<markers::Markers>,
    lexis: OnceCell<Lexis>,
    invisibles: OnceCell<Vec<Invisible>>,
    accounted: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Parsed<'a> {
    /// Wraps an artifact; parses nothing yet.
    #[must_use]
    pub fn new(artifact: &'a Artifact) -> Self {
        Self {
            artifact,
            line_starts: OnceCell::new(),
            elf: OnceCell::new(),
            pe: OnceCell::new(),
            macho: OnceCell::new(),
            images: OnceCell::new(),
            built: OnceCell::new(),
            made: OnceCell::new(),
            markers: OnceCell::new(),
            lexis: OnceCell::new(),
            invisibles: OnceCell::new(),
            accounted: OnceCell::new(),
        }
    }

    /// The artifact.
    #[must_use]
    pub fn artifact(&self) -> &'a Artifact {
        self.artifact
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        &self.artifact.view
    }

    /// Gives the pages of a large mapped file back: what was gone over so far is not needed for now, and only what the next
    /// look touches is in memory, beside the children that are at work.
    pub(crate) fn release_pages(&self) {
        if self.bytes().len() >= STRETCH {
            self.view().release_pages();
        }
    }

    /// Its bytes, to be sliced for children.
    #[must_use]
    pub fn view(&self) -> &'a ByteView {
        &self.artifact.view
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.artifact.identity.kind
    }

    /// The last component of its name.
    #[must_use]
    pub fn base_name(&self) -> &'a str {
        self.artifact.base_name()
    }

    /// The ELF file, or why it cannot be read as one; `None` when it is of another kind.
    pub fn elf(&self) -> Option<&Result<Elf<'a>, Gap>> {
        (self.kind() == FileKind::Elf).then(|| self.elf.get_or_init(|| Elf::parse(self.bytes())))
    }

    /// The PE image, or why it cannot be read as one; `None` when it is of another kind.
    pub fn pe(&self) -> Option<&Result<Pe<'a>, Gap>> {
        (self.kind() == FileKind::Pe).then(|| self.pe.get_or_init(|| Pe::parse(self.bytes())))
    }

    /// The Mach-O images (one, or one for each architecture of a fat file), or why they cannot be read; `None` when
    /// it is of another kind.
    pub fn macho(&self) -> Option<&Result<Vec<MachO<'a>>, Gap>> {
        let applies = matches!(self.kind(), FileKind::MachO | FileKind::MachOFat);
        applies.then(|| self.macho.get_or_init(|| macho::parse(self.bytes())))
    }

    /// What ELF, PE and Mach-O have in common: an image for each architecture, none when nothing could be parsed.
    pub fn images(&self) -> &[Image<'a>] {
        self.images.get_or_init(|| native::images(self))
    }

    /// What code of this file puts together in memory out of constants, and whether there is more than is kept.
    pub(crate) fn built(&self) -> (&[built::Built], bool) {
        let (pieces, cut) = self.built.get_or_init(|| {
            let mut all = (Vec::new(), false);
            for image in self.images() {
                let (pieces, cut) = built::built(image, self.bytes());
                all.0.extend(pieces);
                all.1 |= cut;
            }
            all
        });
        (pieces, *cut)
    }

    /// Texts that code of this file makes out of bytes which are none.
    pub(crate) fn made(&self) -> &[trial::Made] {
        self.made.get_or_init(|| self.images().first().map(|image| trial::made(self, image)).unwrap_or_default())
    }

    /// File signatures and marks of runtimes anywhere in the bytes, found in one pass.
    pub fn markers(&self) -> &markers::Markers {
        self.markers.get_or_init(|| markers::find(self.view()))
    }

    /// Which bytes of a script are code, comment or string.
    #[must_use]
    pub fn lexis(&self) -> &Lexis {
        self.lexis.get_or_init(|| Lexis::build(self.bytes(), self.kind()))
    }

    /// The invisible and reordering characters of a text, in order; none for pure ASCII.
    #[must_use]
    pub fn invisibles(&self) -> &[Invisible] {
        self.invisibles.get_or_init(|| invisible::find(self.text()))
    }

    /// Says which ranges are looked at in children and not as bytes of this file. Said once, between unwrapping and
    /// analysing. A payload is no part of its host's headers and code: a table that claims them is not followed, or a
    /// forged one would take a program out of its own examination.
    pub fn account(&self, mut ranges: Vec<Range<usize>>) {
        ranges.retain(|r| r.start < r.end);
        if self.kind().is_executable() && !ranges.is_empty() {
            let code = self.images().iter().flat_map(|i| &i.regions).filter(|r| r.execute && r.len > 0);
            // By place in the file alone: what overlaps is one part, so that the parts are in order of their ends too.
            let rows = code.map(|c| (c.offset, c.len, c.offset));
            let (code, _) = parts::parts(rows, self.bytes().len() as u64);
            ranges.retain(|r| {
                let (start, end) = (r.start as u64, r.end as u64);
                let after = code.partition_point(|c| c.offset.saturating_add(c.len) <= start);
                start >= HEAD && code.get(after).is_none_or(|c| c.offset >= end)
            });
        }
        ranges.sort_unstable_by_key(|r| r.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        // The first word stands; nobody says it twice.
        let _ = self.accounted.set(merged);
    }

    fn accounted(&self) -> &[Range<usize>] {
        self.accounted.get().map_or(&[], Vec::as_slice)
    }

    /// Whether the byte at `offset` is looked at in a child.
    #[must_use]
    pub fn accounts_for(&self, offset: u64) -> bool {
        let ranges = self.accounted();
        let after = ranges.partition_point(|r| r.start as u64 <= offset);
        after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|r| offset < r.end as u64)
    }

    /// The parts of the file that are its own: everything that is not looked at in children, in order.
    #[must_use]
    pub fn own_parts(&self) -> Vec<Range<usize>> {
        let mut own = Vec::new();
        let mut at = 0;
        for range in self.accounted() {
            if range.start > at {
                own.push(at..range.start);
            }
            at = range.end;
        }
        if at < self.bytes().len() {
            own.push(at..self.bytes().len());
        }
        own
    }

    /// The bytes before a payload that reaches to the end of the file and is looked at in children: what a shell reads of
    /// a self-extracting script. All bytes of any other file.
    #[must_use]
    pub fn text(&self) -> &'a [u8] {
        let bytes = self.bytes();
        let tail = self.accounted().last().filter(|r| r.end >= bytes.len());
        tail.and_then(|r| bytes.get(..r.start)).unwrap_or(bytes)
    }

    /// Completes a span with line and column when the artifact is text of less than 4 GiB.
    #[must_use]
    pub fn place(&self, mut span: Span) -> Span {
        if !self.kind().is_text() || self.bytes().len() >= u32::MAX as usize {
            return span;
        }
        let starts = self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.bytes()).map(|at| at as u32 + 1)).collect()
        });
        let line = starts.partition_point(|s| u64::from(*s) <= span.offset);
        let start = line.checked_sub(1).and_then(|i| starts.get(i)).copied().unwrap_or(0);
        span.line = u32::try_from(line).ok();
        span.column = u32::try_from(span.offset - u64::from(start) + 1).ok();
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;
    use crate::model::{ContentId, Identity};

    fn artifact(kind: FileKind, bytes: Vec<u8>) -> Artifact {
        let identity = Identity { kind, claimed: None };
        Artifact { id: ContentId([0; 32]), view: ByteView::from_vec(bytes), identity, name: String::new(), depth: 0 }
    }

    #[test]
    fn a_payload_cannot_claim_the_head_and_code_of_its_host() {
        let mut elf = ElfBuilder::program();
        elf.overlay = vec![7; 500];
        let bytes = elf.build();
        let (size, overlay) = (bytes.len(), bytes.len() - 500);
        let host = artifact(FileKind::Elf, bytes);
        let code = usize::try_from(ElfBuilder::CODE).unwrap();
        for claim in [0..size, 10..200, code..code + 8, code - 100..size] {
            let file = Parsed::new(&host);
            file.account(std::iter::once(claim).collect());
            assert_eq!(file.own_parts(), [std::ops::Range { start: 0, end: size }]);
        }
        let file = Parsed::new(&host);
        file.account(std::iter::once(overlay..size).collect());
        assert_eq!(file.own_parts(), [std::ops::Range { start: 0, end: overlay }]);
    }

    #[test]
    fn what_children_account_for_is_not_the_files_own() {
        let artifact = artifact(FileKind::Png, vec![0; 100]);
        let file = Parsed::new(&artifact);
        assert_eq!(file.own_parts(), [std::ops::Range { start: 0, end: 100 }]);
        file.account(vec![50..60, 10..20, 15..30, 90..100, 5..5]);
        assert_eq!(file.own_parts(), [0..10, 30..50, 60..90]);
        assert_eq!(file.text().len(), 90);
        let inside = [10, 29, 50, 99].map(|at| file.accounts_for(at));
        assert_eq!(inside, [true; 4]);
        let outside = [0, 9, 30, 49, 60, 100, u64::MAX].map(|at| file.accounts_for(at));
        assert_eq!(outside, [false; 7]);
    }
}
