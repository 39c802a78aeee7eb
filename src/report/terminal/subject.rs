//! What was vetted, drawn before its artifacts: the name, the verdict over all of it, and every archive behind it.

use std::io::{self, Write};

use super::{BOLD, DIM, PATH, Style, tint};
use crate::assess::{Part, PartState, Vetted};
use crate::report::text::{clean, clip, clip_middle, count, human_bytes, wrap};

/// Parts drawn of one subject.
const PARTS: usize = 60;
/// Lines of notes and of what is missing.
const LINES: usize = 12;

/// Draws all subjects.
///
/// # Errors
/// What the output said.
pub fn subjects(out: &mut dyn Write, subjects: &[Vetted], style: &Style) -> io::Result<()> {
    subjects.iter().try_for_each(|s| subject(out, s, style))
}

fn subject(out: &mut dyn Write, s: &Vetted, style: &Style) -> io::Result<()> {
    let width = style.columns();
    let word = s.verdict.word().to_uppercase();
    let name = clip_middle(&clean(s.purl.as_deref().unwrap_or(&s.asked)), PATH);
    writeln!(out, "{} {}", style.paint(tint(s.verdict), &word), style.paint(BOLD, &name))?;
    let here: Vec<&Part> = s.parts.iter().filter(|p| p.path.is_some()).collect();
    let bytes = here.iter().fold(0_u64, |sum, p| sum.saturating_add(p.bytes));
    let mut about = format!("{}, {}", count(here.len() as u64, "archive", "archives"), human_bytes(bytes));
    if s.not_followed > 0 {
        about.push_str(&format!("; {} not asked for (--deps)", count(s.not_followed, "dependency", "dependencies")));
    }
    writeln!(out, "  {}", style.paint(DIM, &about))?;
    for reason in &s.reasons {
        for (i, line) in wrap(&clean(reason), width.saturating_sub(4), 3).iter().enumerate() {
            writeln!(out, "  {} {line}", if i == 0 { "-" } else { " " })?;
        }
    }
    if s.parts.len() > 1 || here.len() != s.parts.len() {
        for part in s.parts.iter().take(PARTS) {
            writeln!(out, "    {}", clip(&row(part), width.max(100)))?;
        }
        let more = s.parts.len().saturating_sub(PARTS) as u64;
        if more > 0 {
            writeln!(out, "    … and {}", count(more, "more archive", "more archives"))?;
        }
    }
    for missing in s.missing.iter().take(LINES) {
        writeln!(out, "  not fetched: {}", clip(&clean(missing), width.max(100)))?;
    }
    for note in s.notes.iter().take(LINES) {
        writeln!(out, "  note: {}", clip(&clean(note), width.max(100)))?;
    }
    writeln!(out)
}

fn row(part: &Part) -> String {
    let verdict = match (part.verdict, part.state) {
        (_, PartState::LeftOut) => "left out",
        (_, PartState::Failed) => "not there",
        (Some(verdict), _) => verdict.word(),
        (None, _) => "",
    };
    let size = if part.path.is_some() { human_bytes(part.bytes) } else { String::new() };
    let mut row = format!("{verdict:<10} {size:>9}  {:<10} {}", part.why.word(), clean(part.name()));
    if let Some(alias) = &part.alias {
        row.push_str(&format!(" as {}", clean(alias)));
    }
    if !part.platform.is_empty() {
        row.push_str(&format!(" [{}]", clean(&part.platform)));
    }
    if let Some(words) = &part.deprecated {
        row.push_str(&format!(" deprecated: {}", clip(&clean(words), 60)));
    }
    if !part.detail.is_empty() {
        row.push_str(&format!(": {}", clean(&part.detail)));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_subject_is_drawn_clean() {
        let mut out = Vec::new();
        let style = Style { colour: false, width: 0, show_passes: false };
        subjects(&mut out, &[crate::report::testing::vetted()], &style).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(crate::report::text::is_clean), "{text:?}");
        assert!(text.starts_with("BLOCK"));
    }
}
