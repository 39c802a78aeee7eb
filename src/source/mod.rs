//! Where roots come from: files, folders, lists of paths, standard input. A root is what gets one verdict: every
//! archive, executable or loose file on disk, and every folder that is one installed or unpacked package.

mod folder;
pub mod installed;
pub mod registry;
mod stdin;
pub mod user;

use std::path::{Path, PathBuf};

use crate::model::{Error, Gap, GapReason};

pub use stdin::read_stdin;

/// What gets one verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A regular file, with its length when it was listed.
    File {
        /// The path as it was reached.
        path: PathBuf,
        /// Length in bytes.
        len: u64,
    },
    /// A folder that is one package, with its files (sorted; relative to `path`).
    Package {
        /// The folder, or for an installed Python distribution its `.dist-info` folder.
        path: PathBuf,
        /// The folder that the members' paths are relative to.
        base: PathBuf,
        /// The files.
        members: Vec<PathBuf>,
        /// What below the folder could not be listed.
        gaps: Vec<Gap>,
    },
    /// Something that could not be reached; it stands in the report with its gap.
    Unreachable {
        /// The path as it was reached.
        path: PathBuf,
        /// Why.
        gap: Gap,
    },
}

impl Root {
    /// The path as it was reached on disk.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::File { path, .. } | Self::Package { path, .. } | Self::Unreachable { path, .. } => path,
        }
    }

    fn unreadable(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::Unreachable { path: path.to_owned(), gap: Gap::new(GapReason::Unreadable, why.to_string()) }
    }
}

/// How to walk.
#[derive(Debug, Clone, Copy, Default)]
pub struct WalkOptions {
    /// Follow symbolic links. Off by default: what they point to is scanned where it is.
    pub follow_links: bool,
}

/// Lists the roots below `path` and hands each to `sink` as it is found.
///
/// # Errors
/// [`Error::Input`] when `path` itself does not exist or cannot be looked at.
pub fn roots(path: &Path, options: WalkOptions, sink: &mut dyn FnMut(Root)) -> Result<(), Error> {
    let input = |source| Error::Input { path: path.to_owned(), source };
    // The path that a person names is followed even when it is a link: naming it is asking for it.
    let meta = std::fs::metadata(path).map_err(input)?;
    if meta.is_dir() {
        folder::walk(path, options, sink);
    } else if meta.is_file() {
        sink(Root::File { path: path.to_owned(), len: meta.len() });
    } else {
        sink(Root::unreadable(path, "not a regular file (device, socket or pipe): not opened"));
    }
    Ok(())
}
