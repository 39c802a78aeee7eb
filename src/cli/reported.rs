//! Reads what `scan` and `vet` wrote with `--format json`, for commands that go on from a report.

use std::path::Path;

use sha2::Digest as _;

use crate::model::{ContentId, Error};
use crate::report::json::v1::{ArtifactRecord, Document, FindingRecord};

/// A report and the digest of its bytes.
pub(super) struct Report {
    pub(super) document: Document,
    pub(super) digest: String,
}

/// A finding and the artifact that it is in.
pub(super) struct Place<'r> {
    pub(super) artifact: &'r ArtifactRecord,
    pub(super) finding: &'r FindingRecord,
}

/// Reads a report.
pub(super) fn read_report(path: &Path) -> Result<Report, Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::Input { path: path.to_owned(), source })?;
    let document: Document = serde_json::from_slice(&bytes)
        .map_err(|e| Error::Usage(format!("{} is no report of --format json: {e}", path.display())))?;
    if document.summary.status != "complete" {
        return Err(Error::Usage(format!("{}: the run ended early, so nothing can be decided on it", path.display())));
    }
    Ok(Report { document, digest: ContentId(sha2::Sha256::digest(&bytes).into()).to_string() })
}

impl Report {
    /// The finding of a number, from 1 through all artifacts, or of a fingerprint.
    pub(super) fn finding(&self, which: &str) -> Result<Place<'_>, Error> {
        let all = self.document.artifacts.iter().flat_map(|a| a.findings.iter().map(move |f| (a, f)));
        let number = which.parse::<usize>().ok().filter(|n| *n > 0 && which.len() < 10);
        let found = all.enumerate().find(|(at, (_, f))| match number {
            Some(n) => at.saturating_add(1) == n,
            None => f.fingerprint == which,
        });
        match found {
            Some((_, (artifact, finding))) => Ok(Place { artifact, finding }),
            None => Err(Error::Usage(format!("the report has no finding {which}"))),
        }
    }
}
