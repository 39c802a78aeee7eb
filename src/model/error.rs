//! What ends a run. Everything that concerns one file only is a [`Gap`](super::Gap) instead.

use std::path::PathBuf;

/// The run cannot go on: a bad argument, unreadable rules, a broken output.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An argument that cannot be obeyed.
    #[error("{0}")]
    Usage(String),
    /// An input named on the command line does not exist or cannot be opened.
    #[error("{path}: {source}", path = path.display())]
    Input {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// User rules that do not compile, or sample folders that cannot be read.
    #[error("rules: {0}")]
    Rules(String),
    /// What was named does not exist, so there is nothing to examine.
    #[error("{0}")]
    Missing(String),
    /// A registry or a file that decides cannot be reached, or is too old.
    #[error("{0}")]
    Unavailable(String),
    /// Bytes, a record or a signature are not what was promised.
    #[error("integrity: {0}")]
    Integrity(String),
    /// Standard output or a report file could not be written.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
    /// Something that must hold does not; a defect in Peephole itself.
    #[error("internal: {0}")]
    Internal(String),
}
