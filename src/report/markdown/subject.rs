//! What was vetted, as a table before the findings.

use std::io::{self, Write};

use super::escape::{cell, span};
use super::line;
use crate::assess::{PartState, Vetted};
use crate::report::text::{clean, clip, count, human_bytes};

/// Rows of one table.
const ROWS: usize = 100;
/// Characters of one value.
const VALUE: usize = 200;

/// Writes one section for each subject.
///
/// # Errors
/// What the output said.
pub fn subjects(out: &mut dyn Write, subjects: &[Vetted]) -> io::Result<()> {
    subjects.iter().try_for_each(|s| out.write_all(section(s).as_bytes()))
}

fn section(s: &Vetted) -> String {
    let mut text = String::new();
    let name = clip(&clean(s.purl.as_deref().unwrap_or(&s.asked)), VALUE);
    line(&mut text, &format!("## {}: {}\n", s.verdict.word(), span(&name)));
    for reason in &s.reasons {
        line(&mut text, &format!("- {}", span(&clip(&clean(reason), 2 * VALUE))));
    }
    line(&mut text, "\n| verdict | why | archive | size | sha256 |\n| --- | --- | --- | ---: | --- |");
    for part in s.parts.iter().take(ROWS) {
        let verdict = match (part.verdict, part.state) {
            (_, PartState::LeftOut) => "left out",
            (_, PartState::Failed) => "not there",
            (Some(verdict), _) => verdict.word(),
            (None, _) => "",
        };
        let digest: String = part.sha256.as_deref().map(clean).unwrap_or_default().chars().take(16).collect();
        line(
            &mut text,
            &format!(
                "| {verdict} | {} | {} | {} | {} |",
                part.why.word(),
                cell(&clip(&clean(part.name()), VALUE)),
                human_bytes(part.bytes),
                cell(&digest)
            ),
        );
    }
    text.push('\n');
    for missing in s.missing.iter().take(ROWS) {
        line(&mut text, &format!("- not fetched: {}", span(&clip(&clean(missing), VALUE))));
    }
    if s.not_followed > 0 {
        let many = count(s.not_followed, "dependency was", "dependencies were");
        line(&mut text, &format!("- {many} not asked for (`--deps`)"));
    }
    text.push('\n');
    text
}
