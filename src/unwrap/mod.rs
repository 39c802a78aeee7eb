//! One mechanism for everything that is hidden in something else: a container yields children, a child
//! re-enters at `identify` like any file. Only the engine sends children round again, under one budget.
//!
//! A wrapper is one unit struct in one file and one line in [`WRAPPERS`]. It never writes to disk, never believes
//! a length from a file before it is checked, and takes every output buffer from the [`Budget`].

mod apple_double;
mod ar;
mod asar;
mod brotli;
mod bun;
mod bzip2;
mod cab;
mod carrier;
mod codec;
mod compress;
mod cpio;
mod deno;
mod dmg;
mod dotnet;
mod dotnet_resources;
pub(crate) mod entry_name;
mod gzip;
mod installer;
mod iso;
mod ledger;
mod lz4;
mod lzma;
mod makeself;
mod nexe;
mod node_sea;
#[cfg(test)]
pub(crate) mod noise;
mod npy;
mod nuitka;
mod ole;
mod pkg;
mod program;
mod py2exe;
mod pyc;
mod pyinstaller;
mod rpm;
mod sevenz;
mod source_map;
mod squashfs;
mod stream;
pub(crate) mod tally;
pub mod tar;
#[cfg(test)]
mod testing;
mod trailer;
mod unsupported;
pub(crate) mod upx;
mod wasm;
mod xar;
mod xz;
pub mod zip;
mod zlib;
mod zstd;

use std::ops::Range;

use crate::limits::Budget;
use crate::model::{ByteView, Capability, Fact, FileKind, Finding, Gap, Rule, Step};
use crate::parse::Parsed;

/// Every wrapper. A container's kind is named by one of them; an executable, a script or a picture may be several
/// things at once, so every wrapper that names its kind looks for its own mark in it.
pub const WRAPPERS: &[&dyn Wrapper] = &[
    &zip::Zip,
    &tar::Tar,
    &gzip::Gzip,
    &xz::Xz,
    &lzma::Lzma,
    &zstd::Zstd,
    &bzip2::Bzip2,
    &brotli::Brotli,
    &lz4::Lz4,
    &zlib::Zlib,
    &ar::Ar,
    &rpm::Rpm,
    &cpio::Cpio,
    &sevenz::SevenZip,
    &cab::Cab,
    &asar::Asar,
    &squashfs::Squashfs,
    &ole::Ole,
    &dmg::Dmg,
    &iso::Iso,
    &xar::Xar,
    &compress::Compress,
    &unsupported::Unsupported,
    &bun::Bun,
    &node_sea::NodeSea,
    &pkg::Pkg,
    &nexe::Nexe,
    &deno::Deno,
    &pyinstaller::PyInstaller,
    &nuitka::Nuitka,
    &py2exe::Py2exe,
    &dotnet::DotNetBundle,
    &dotnet_resources::DotNetResources,
    &wasm::Wasm,
    &upx::Upx,
    &squashfs::AppImage,
    &makeself::Makeself,
    &pyc::Pyc,
    &npy::Npy,
    &apple_double::AppleDouble,
    &installer::Installer,
    &source_map::SourceMap,
    &trailer::Trailer,
];

/// The wrappers that look into a kind, in order.
pub fn wrappers_for(kind: FileKind) -> impl Iterator<Item = &'static dyn Wrapper> {
    WRAPPERS.iter().copied().filter(move |w| w.kinds().contains(&kind))
}

/// Rules that wrappers report, for `rules list` and `explain`.
const RULES: &[&[&Rule]] = &[
    &[&stream::TRAILING_BYTES, &program::WRAPPED],
    entry_name::RULES,
    zip::RULES,
    tar::RULES,
    bun::RULES,
    ledger::RULES,
    asar::RULES,
    dotnet::RULES,
    trailer::RULES,
];

/// Rules that wrappers report, for `rules list` and `explain`.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|r| r.iter().copied())
}

/// What a wrapper is asked to open.
pub struct Input<'a, 'p> {
    /// The artifact, parsed on demand: an executable's sections, the marks in it.
    pub file: &'a Parsed<'p>,
    /// Its bytes.
    pub view: &'a ByteView,
    /// What it is opened as: its own kind, or that of a container appended to it.
    pub kind: FileKind,
    /// The artifact's name, for formats that name their content after themselves.
    pub name: &'a str,
    /// Passwords to try on encrypted entries, in order.
    pub passwords: &'a [String],
}

/// How a child's bytes are had.
pub enum Content {
    /// They are there: a slice of the parent, or already decoded.
    Ready(ByteView),
    /// They are decoded by the thread that analyses the child, so that large archives unpack in parallel and only
    /// what is being looked at is held in memory.
    Deferred(Box<dyn FnOnce(&Budget) -> Produced + Send>),
}

/// What a deferred decoder made.
#[derive(Debug)]
pub struct Produced {
    /// What could be decoded; empty when nothing could.
    pub view: ByteView,
    /// Why it is not all of it, if it is not. The engine puts the entry's name to it.
    pub gap: Option<Gap>,
    /// Contradictions seen on the way ("the checksum of the content differs"). They belong to the parent.
    pub findings: Vec<Finding>,
}

impl Produced {
    /// Everything was decoded.
    #[must_use]
    pub fn whole(view: ByteView) -> Self {
        Self { view, gap: None, findings: Vec::new() }
    }

    /// Only a part, or nothing, was decoded.
    #[must_use]
    pub fn partial(view: ByteView, gap: Gap) -> Self {
        Self { view, gap: Some(gap), findings: Vec::new() }
    }
}

/// A child artifact on its way to the engine.
pub struct Child {
    /// Its name: the entry's path, or for a stream the parent's name without the compression's ending.
    pub name: String,
    /// How it comes out of its parent.
    pub step: Step,
    /// Its bytes.
    pub content: Content,
}

/// Where a wrapper puts what it finds. Children are taken by the engine as they come, so a wrapper holds none.
pub struct Entries<'a> {
    budget: &'a Budget,
    sink: &'a mut dyn FnMut(Child),
    /// Contradictions in the container itself.
    pub findings: Vec<Finding>,
    /// What could not be opened.
    pub gaps: Vec<Gap>,
    /// What the container says about itself and what is in it.
    pub facts: Vec<Fact>,
    /// Parts of the container that its children account for.
    accounted: Vec<Range<usize>>,
}

impl<'a> Entries<'a> {
    /// A collector that hands children to `sink`.
    pub fn new(budget: &'a Budget, sink: &'a mut dyn FnMut(Child)) -> Self {
        Self { budget, sink, findings: Vec::new(), gaps: Vec::new(), facts: Vec::new(), accounted: Vec::new() }
    }

    /// Says that a part of the container's bytes is looked at in its children and not once more as raw bytes. Only
    /// for what is emitted in full: whatever is neither accounted for nor a child stays the container's own.
    pub fn account(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.accounted.push(range);
        }
    }

    /// The parts that were accounted for, for the engine.
    pub fn take_accounted(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.accounted)
    }

    /// Says that the file carries a program or files of its own in a known wrapper ("Bun"), whose mark or payload
    /// begins at `offset`.
    pub fn wrapped(&mut self, wrapper: &'static str, offset: u64) {
        self.facts.push(Fact::has(Capability::Native, wrapper, offset));
        self.findings.push(program::wrapped(wrapper, offset));
    }

    /// A named entry that is a range of the container's bytes as they stand; it is accounted for.
    ///
    /// # Errors
    /// As [`Entries::member`]; [`GapReason::Malformed`](crate::model::GapReason) when the range lies outside.
    pub fn part(&mut self, format: &'static str, name: &str, view: &ByteView, range: Range<usize>) -> Result<(), Gap> {
        let Some(part) = view.slice(range.clone()) else {
            self.gaps.push(Gap::malformed(format!("bytes {}..{} are not there", range.start, range.end)).at(name));
            return Ok(());
        };
        self.account(range);
        self.member(format, name, part)
    }

    /// The root's budget: output buffers ([`Budget::meter`]), entry count, clock.
    #[must_use]
    pub fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// A named entry whose bytes are at hand.
    ///
    /// # Errors
    /// A limit (entries, time): the wrapper returns it, what was emitted stays.
    pub fn member(&mut self, format: &'static str, name: &str, view: ByteView) -> Result<(), Gap> {
        self.emit(name.to_owned(), Step::Member { format, name: name.to_owned() }, Content::Ready(view))
    }

    /// A named entry that is decoded later, on the thread that analyses it.
    ///
    /// # Errors
    /// As [`Entries::member`].
    pub fn deferred(
        &mut self,
        format: &'static str,
        name: &str,
        decode: impl FnOnce(&Budget) -> Produced + Send + 'static,
    ) -> Result<(), Gap> {
        self.emit(name.to_owned(), Step::Member { format, name: name.to_owned() }, Content::Deferred(Box::new(decode)))
    }

    /// The content of a compressed stream.
    ///
    /// # Errors
    /// As [`Entries::member`].
    pub fn stream(&mut self, format: &'static str, name: String, view: ByteView) -> Result<(), Gap> {
        self.emit(name, Step::Stream { format }, Content::Ready(view))
    }

    /// A range of the container's bytes that no entry accounts for.
    ///
    /// # Errors
    /// As [`Entries::member`].
    pub fn bytes(&mut self, name: String, offset: u64, view: ByteView) -> Result<(), Gap> {
        let len = view.len() as u64;
        self.emit(name, Step::Bytes { offset, len }, Content::Ready(view))
    }

    fn emit(&mut self, name: String, step: Step, content: Content) -> Result<(), Gap> {
        self.budget.admit_entry()?;
        (self.sink)(Child { name, step, content });
        Ok(())
    }
}

/// Opens one kind of container, or one way of putting files into something that is no container by nature.
pub trait Wrapper: Sync {
    /// The kinds that it looks into.
    fn kinds(&self) -> &'static [FileKind];

    /// Emits every child, every contradiction and every gap. A gap that ends the work is the error; gaps about
    /// single entries go to `out.gaps`. A wrapper of executables or scripts first looks for its own mark, cheaply, and
    /// gives nothing when it is not there.
    ///
    /// # Errors
    /// Why the rest of the container was not examined.
    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_container_has_one_wrapper() {
        // A folder is listed by `source`, not opened.
        for kind in FileKind::ALL.iter().filter(|k| k.is_container() && **k != FileKind::Folder) {
            assert_eq!(wrappers_for(*kind).count(), 1, "{kind:?}");
        }
    }
}
