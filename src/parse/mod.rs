//! Thin safe wrappers around third-party parsers. [`Parsed`] parses lazily and once, whoever asks first.

use std::cell::OnceCell;

use crate::model::{Artifact, ByteView, FileKind, Span};

/// One artifact with everything that can be read out of it, parsed on demand.
pub struct Parsed<'a> {
    artifact: &'a Artifact,
    line_starts: OnceCell<Vec<u32>>,
}

impl<'a> Parsed<'a> {
    /// Wraps an artifact; parses nothing yet.
    #[must_use]
    pub fn new(artifact: &'a Artifact) -> Self {
        Self { artifact, line_starts: OnceCell::new() }
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
