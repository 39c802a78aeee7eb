//! For people: what does not pass, worst first, with its evidence drawn as a compiler draws it; then what the run came
//! to. Everything can be read without colour.

mod finding;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Write};

use super::Summary;
use super::text::{clean, clip, clip_middle, components, count, human_bytes, wrap};
use crate::assess::{Assessment, Verdict};
use crate::model::Severity;

pub use subject::subjects;

/// Findings drawn of one artifact.
const FINDINGS: usize = 40;
/// Findings drawn of one rule in one artifact.
const PER_RULE: usize = 5;
/// Gaps listed of one artifact.
const GAPS: usize = 12;
/// Characters of a path or a locator: more than a line, so that it can be copied, but no flood.
const PATH: usize = 240;
/// Columns when nobody knows.
const WIDTH: usize = 100;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub colour: bool,
    /// Columns; 0 when unknown.
    pub width: usize,
    /// Whether artifacts that pass get a line of their own.
    pub show_passes: bool,
}

impl Style {
    fn columns(&self) -> usize {
        if self.width == 0 { WIDTH } else { self.width.clamp(40, 240) }
    }

    pub(super) fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

const BOLD: &str = "1";
const DIM: &str = "2";

/// The colour of a verdict.
fn tint(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "1;32",
        Verdict::Review => "1;33",
        Verdict::Block => "1;31",
        Verdict::Incomplete => "1;35",
    }
}

/// What is worst comes first: block, review, incomplete, pass.
fn order(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Block => 0,
        Verdict::Review => 1,
        Verdict::Incomplete => 2,
        Verdict::Pass => 3,
    }
}

/// Writes all artifacts, the worst first, those of one verdict by path.
///
/// # Errors
/// What the output said.
pub fn artifacts(out: &mut dyn Write, assessments: &[Assessment], style: &Style) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| (order(a.verdict), &a.path).cmp(&(order(b.verdict), &b.path)));
    sorted.into_iter().try_for_each(|a| artifact(out, a, style))
}

/// Writes one artifact; one that passes only where the style asks for it, in one line.
///
/// # Errors
/// What the output said.
pub fn artifact(out: &mut dyn Write, a: &Assessment, style: &Style) -> io::Result<()> {
    if a.verdict == Verdict::Pass && !style.show_passes {
        return Ok(());
    }
    let width = style.columns();
    let word = a.verdict.word().to_uppercase();
    let path = clip_middle(&clean(&a.path), PATH);
    writeln!(out, "{} {}", style.paint(tint(a.verdict), &word), style.paint(BOLD, &path))?;
    if a.verdict == Verdict::Pass {
        return Ok(());
    }
    let mut about: Vec<String> = Vec::new();
    about.extend(a.purl.as_deref().map(clean));
    if !a.kind.is_empty() {
        about.push(clean(&a.kind));
    }
    about.extend(a.sha256.as_deref().map(|s| format!("sha256 {}", clean(s).chars().take(12).collect::<String>())));
    about.push(format!("{}, {}", count(a.files, "file", "files"), human_bytes(a.bytes)));
    if a.scripts.met > 0 {
        about.push(format!("{} of {} followed as code", a.scripts.followed, count(a.scripts.met, "script", "scripts")));
    }
    writeln!(out, "  {}", style.paint(DIM, &clip(&about.join(" · "), width.saturating_sub(2))))?;
    for reason in &a.reasons {
        for (i, line) in wrap(&clean(reason), width.saturating_sub(4), 3).iter().enumerate() {
            writeln!(out, "  {} {line}", if i == 0 { "-" } else { " " })?;
        }
    }
    writeln!(out)?;
    findings(out, a, style)?;
    gaps(out, a, width)?;
    capabilities(out, a, width)?;
    if let Some(components) = components(a.components.iter().map(|c| &c.component)) {
        writeln!(out, "  components: {}", clip(&components, width.saturating_sub(14)))?;
    }
    writeln!(out)
}

/// Draws the findings that matter, and counts the rest.
fn findings(out: &mut dyn Write, a: &Assessment, style: &Style) -> io::Result<()> {
    let mut drawn = 0_usize;
    let mut per_rule: HashMap<&str, usize> = HashMap::new();
    let mut left_out = 0_u64;
    for f in a.findings.iter().filter(|f| f.severity >= Severity::Medium) {
        let of_rule = per_rule.entry(&f.rule).or_default();
        if drawn >= FINDINGS || *of_rule >= PER_RULE {
            left_out += 1;
            continue;
        }
        *of_rule += 1;
        drawn += 1;
        writeln!(out, "{}", finding::draw(a, f, style))?;
        writeln!(out)?;
    }
    if left_out > 0 {
        writeln!(
            out,
            "  … and {} like these (--format json has all)",
            count(left_out, "more finding", "more findings")
        )?;
    }
    let of = |s: Severity| a.findings.iter().filter(|f| f.severity == s).count() as u64;
    let (low, info) = (of(Severity::Low), of(Severity::Info));
    let unlisted = a.omitted.values().fold(0_u64, |sum, n| sum.saturating_add(*n));
    if low + info + unlisted > 0 {
        let more = if unlisted > 0 { format!(" and {unlisted} more of their kind") } else { String::new() };
        writeln!(out, "  not shown: {low} low, {info} info{more} (--format json)")?;
    }
    Ok(())
}

fn gaps(out: &mut dyn Write, a: &Assessment, width: usize) -> io::Result<()> {
    for gap in a.gaps.iter().take(GAPS) {
        let line = format!("not examined: {}: {}: {}", clean(&gap.locator), gap.reason.word(), clean(&gap.detail));
        for (i, line) in wrap(&line, width.saturating_sub(4), 3).iter().enumerate() {
            writeln!(out, "  {}{line}", if i == 0 { "" } else { "  " })?;
        }
    }
    let more = a.gaps.len().saturating_sub(GAPS) as u64;
    if more > 0 {
        writeln!(out, "  … and {} not examined", count(more, "more place", "more places"))?;
    }
    Ok(())
}

fn capabilities(out: &mut dyn Write, a: &Assessment, width: usize) -> io::Result<()> {
    let words: Vec<String> = a.capabilities.iter().map(|(c, s)| format!("{} {}", c.word(), s.count)).collect();
    if words.is_empty() {
        return Ok(());
    }
    for (i, line) in wrap(&words.join(", "), width.saturating_sub(15), 3).iter().enumerate() {
        writeln!(out, "  {}{line}", if i == 0 { "can:  " } else { "      " })?;
    }
    Ok(())
}

/// Writes which feed of known bad was asked.
///
/// # Errors
/// What the output said.
pub fn feed(out: &mut dyn Write, feed: &super::FeedUsed) -> io::Result<()> {
    writeln!(out, "{}", clean(&feed.words()))
}

/// Writes the last lines. `exit` is the code that the process will end with, and what it means.
///
/// # Errors
/// What the output said.
pub fn summary(out: &mut dyn Write, s: &Summary, style: &Style, exit: (u8, &str)) -> io::Result<()> {
    if !s.complete {
        writeln!(out, "The run ended early: what follows is not all.")?;
    }
    for verdict in [Verdict::Block, Verdict::Review, Verdict::Incomplete, Verdict::Pass] {
        let n = s.of(verdict);
        let line = format!("{n:>9}  {}", verdict.word());
        writeln!(out, "{}", if n > 0 { style.paint(tint(verdict), &line) } else { style.paint(DIM, &line) })?;
    }
    let speed = if s.seconds > 0.0 { s.bytes as f64 / 1e6 / s.seconds } else { 0.0 };
    writeln!(
        out,
        "{} in {} examined, {} in {:.1} s ({speed:.0} MB/s)",
        count(s.files, "file", "files"),
        count(s.artifacts, "artifact", "artifacts"),
        human_bytes(s.bytes),
        s.seconds,
    )?;
    if s.gaps > 0 {
        writeln!(
            out,
            "{} in {} not examined",
            count(s.gaps, "place", "places"),
            count(s.artifacts_with_gaps, "artifact", "artifacts"),
        )?;
    }
    writeln!(out, "exit code {}: {}", exit.0, clean(exit.1))
}
