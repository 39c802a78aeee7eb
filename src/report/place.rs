//! Where a finding is on disk: the file that a person can open, and whether the finding is about something inside it.

use crate::assess::{Assessment, Reported};
use crate::model::Span;

/// How a folder's file begins its recipe (see `engine::pipeline`).
const FOLDER: &str = "folder member ";

/// A file on disk and what is inside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The path of the file, as the root was reached.
    pub(super) file: String,
    /// Whether the content was unwrapped or decoded out of the file: then lines are not the file's lines.
    pub(super) nested: bool,
}

impl Place {
    /// The place of a finding.
    pub(super) fn of(a: &Assessment, f: &Reported) -> Self {
        match f.recipe.first().and_then(|step| step.strip_prefix(FOLDER)) {
            Some(name) => {
                let slash = if a.path.ends_with('/') || a.path.is_empty() { "" } else { "/" };
                Self { file: format!("{}{slash}{name}", a.path), nested: f.recipe.len() > 1 }
            }
            None => Self { file: a.path.clone(), nested: !f.recipe.is_empty() },
        }
    }

    /// What a person reads: the file itself when it can be opened there, the locator when it is inside of something.
    pub(super) fn shown<'a>(&'a self, f: &'a Reported) -> &'a str {
        if self.nested { &f.locator } else { &self.file }
    }
}

/// `:12:5` for text, ` (byte 344)` for the rest, nothing for the whole.
pub(super) fn position(span: Option<Span>) -> String {
    match span {
        Some(Span { line: Some(line), column, .. }) => match column {
            Some(column) => format!(":{line}:{column}"),
            None => format!(":{line}"),
        },
        Some(span) => format!(" (byte {})", span.offset),
        None => String::new(),
    }
}

/// The steps into the file, in words, when there are any beyond the folder.
pub(super) fn way(f: &Reported) -> Option<String> {
    let steps: Vec<&str> = f
        .recipe
        .iter()
        .enumerate()
        .filter(|(i, s)| *i > 0 || !s.starts_with(FOLDER))
        .map(|(_, s)| s.as_str())
        .collect();
    (!steps.is_empty()).then(|| steps.join(" → "))
}
