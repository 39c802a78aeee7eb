//! `--format json`: the whole run in one document.

use std::io::{self, Write};

use super::compare::ComparisonRecord;
use super::json::escape;
use super::json::subject::SubjectRecord;
use super::json::v1::{ArtifactRecord, Document, RunRecord, SummaryRecord};
use super::{Run, Summary};
use crate::assess::compare::Comparison;
use crate::assess::{Assessment, Vetted};

/// Writes the document; artifacts are sorted by path, so that two runs can be compared line by line.
///
/// # Errors
/// What the output said.
pub fn write(
    out: &mut dyn Write,
    run: &Run,
    assessments: &[Assessment],
    subjects: &[Vetted],
    comparison: Option<&Comparison>,
    summary: &Summary,
) -> io::Result<()> {
    let mut artifacts: Vec<ArtifactRecord> = assessments.iter().map(ArtifactRecord::from).collect();
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    let subjects = subjects.iter().map(SubjectRecord::from).collect();
    let document = Document {
        run: RunRecord::from(run),
        artifacts,
        subjects,
        comparison: comparison.map(|c| Box::new(ComparisonRecord::from(c))),
        summary: SummaryRecord::from(summary),
    };
    escape::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}
