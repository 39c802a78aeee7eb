//! `--format markdown`: a report for a pull request or a ticket, in GitHub's Markdown. Whatever comes from a scanned
//! file stands in a code span or a fenced block, where neither Markdown nor HTML nor links nor mentions are read.

pub(super) mod escape;
mod subject;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::io::{self, Write};

use escape::{cell, fence, span};

use super::place::{Place, position, way};
use super::text::{Marked, clean, clip, components, count, human_bytes};
use super::{Run, Summary};
use crate::assess::{Assessment, Reported, Verdict};
use crate::model::Severity;

pub use subject::subjects;

/// Rows of an artifact's table of findings.
const FINDINGS: usize = 50;
/// Findings whose evidence is shown.
const EVIDENCE: usize = 10;
/// Gaps listed of one artifact.
const GAPS: usize = 20;
/// Values shown of one capability.
const VALUES: usize = 5;
/// Characters of one value.
const VALUE: usize = 200;
/// Bytes of the whole report: a comment on GitHub has at most 65,536 characters.
const REPORT: usize = 60_000;

/// Writes the report: the summary, then what does not pass, the worst first. What has no room is named by number.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, run: &Run, assessments: &[Assessment], summary: &Summary) -> io::Result<()> {
    out.write_all(report(run, assessments, summary).as_bytes())
}

fn report(run: &Run, assessments: &[Assessment], summary: &Summary) -> String {
    let mut text = head(summary);
    let mut listed: Vec<&Assessment> = assessments.iter().filter(|a| a.verdict != Verdict::Pass).collect();
    listed.sort_by(|a, b| (order(a.verdict), &a.path).cmp(&(order(b.verdict), &b.path)));
    let mut left_out = 0_u64;
    for a in listed {
        let section = artifact(a);
        if left_out > 0 || text.len().saturating_add(section.len()) > REPORT {
            left_out += 1;
        } else {
            text.push_str(&section);
        }
    }
    if left_out > 0 {
        let more = count(left_out, "more artifact", "more artifacts");
        line(&mut text, &format!("> [!WARNING]\n> {more} had no room in this report; `--format json` has all.\n"));
    }
    line(
        &mut text,
        &format!("Peephole {}, rules {}", env!("CARGO_PKG_VERSION"), span(&clip(&clean(&run.ruleset), 16))),
    );
    if let Some(feed) = &run.feed {
        line(&mut text, &format!("\n{}", clean(&feed.words())));
    }
    text
}

/// Worst first.
fn order(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Block => 0,
        Verdict::Review => 1,
        Verdict::Incomplete => 2,
        Verdict::Pass => 3,
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn head(s: &Summary) -> String {
    let mut text = String::from("# Peephole report\n\n");
    if !s.complete {
        line(&mut text, "> [!CAUTION]\n> The run ended early: this is not all.\n");
    }
    line(&mut text, "| block | review | incomplete | pass | files | bytes | not examined | seconds |");
    line(&mut text, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let of = |v| s.of(v);
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} | {} | {:.1} |\n",
        of(Verdict::Block),
        of(Verdict::Review),
        of(Verdict::Incomplete),
        of(Verdict::Pass),
        s.files,
        human_bytes(s.bytes),
        s.gaps,
        s.seconds
    );
    text
}

fn artifact(a: &Assessment) -> String {
    let mut text = format!("## {}: {}\n\n", a.verdict.word(), span(&clip(&clean(&a.path), 2 * VALUE)));
    let mut about = Vec::new();
    about.extend(a.purl.as_deref().map(|p| span(&clip(&clean(p), VALUE))));
    about.push(span(&clip(&clean(&a.kind), VALUE)));
    about.extend(a.sha256.as_deref().map(|s| format!("sha256 {}", span(&clip(&clean(s), 64)))));
    about.push(format!("{}, {}", count(a.files, "file", "files"), human_bytes(a.bytes)));
    if a.scripts.met > 0 {
        about.push(format!("{} of {} followed as code", a.scripts.followed, count(a.scripts.met, "script", "scripts")));
    }
    line(&mut text, &format!("{}\n", about.join(" · ")));
    for reason in &a.reasons {
        line(&mut text, &format!("- {}", span(&clip(&clean(reason), 2 * VALUE))));
    }
    if !a.reasons.is_empty() {
        text.push('\n');
    }
    findings(&mut text, a);
    gaps(&mut text, a);
    capabilities(&mut text, a);
    if let Some(components) = components(a.components.iter().map(|c| &c.component)) {
        line(&mut text, &format!("components: {}\n", span(&clip(&components, VALUE))));
    }
    text
}

fn findings(text: &mut String, a: &Assessment) {
    let shown: Vec<&Reported> = a.findings.iter().filter(|f| f.severity >= Severity::Medium).collect();
    if !shown.is_empty() {
        line(text, "| severity | rule | where | what |\n| --- | --- | --- | --- |");
        for f in shown.iter().take(FINDINGS) {
            let place = Place::of(a, f);
            let at = format!("{}{}", place.shown(f), position(f.evidence.first().and_then(|e| e.span)));
            let lowered =
                f.brake.as_ref().map_or_else(String::new, |b| format!(" lowered: {}", cell(&clip(&clean(b), 80))));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {}{lowered} |",
                f.severity.word(),
                cell(&clip(&clean(&f.rule), 80)),
                cell(&clip(&clean(&at), VALUE)),
                cell(&clip(&clean(&f.message), VALUE)),
            );
        }
        text.push('\n');
        let more = shown.len().saturating_sub(FINDINGS) as u64;
        if more > 0 {
            line(text, &format!("… and {}\n", count(more, "more finding", "more findings")));
        }
        shown.iter().take(EVIDENCE).for_each(|f| evidence(text, f));
    }
    let less = (a.findings.len() - shown.len()) as u64;
    let unlisted = a.omitted.values().fold(less, |sum, n| sum.saturating_add(*n));
    if unlisted > 0 {
        line(text, &format!("{} of severity low or info not listed.\n", count(unlisted, "finding", "findings")));
    }
}

/// What was seen of one finding, with the way to it and what was decoded.
fn evidence(text: &mut String, f: &Reported) {
    let mut lines = Vec::new();
    for e in f.evidence.iter().take(3) {
        if let Some(marked) = Marked::of(e) {
            lines.push(clip(&marked.text, 2 * VALUE));
        }
        if !e.note.is_empty() {
            lines.push(format!("  = {}", clip(&clean(&e.note), 2 * VALUE)));
        }
    }
    if lines.is_empty() {
        return;
    }
    line(text, &format!("{}{}\n", span(&clip(&clean(&f.rule), 80)), position(f.evidence.first().and_then(|e| e.span))));
    if let Some(way) = way(f) {
        line(text, &format!("reached by {}\n", span(&clip(&clean(&way), 2 * VALUE))));
    }
    line(text, &fence(&lines));
    let more = f.evidence.len().saturating_sub(3) as u64;
    if more > 0 {
        line(text, &format!("… and {}\n", count(more, "more place", "more places")));
    }
}

fn gaps(text: &mut String, a: &Assessment) {
    if a.gaps.is_empty() {
        return;
    }
    line(text, "**Not examined**\n");
    for gap in a.gaps.iter().take(GAPS) {
        let (place, detail) = (clip(&clean(&gap.locator), VALUE), clip(&clean(&gap.detail), VALUE));
        line(text, &format!("- {}: {}: {}", span(&place), gap.reason.word(), span(&detail)));
    }
    let more = a.gaps.len().saturating_sub(GAPS) as u64;
    if more > 0 {
        line(text, &format!("- … and {}", count(more, "more place", "more places")));
    }
    text.push('\n');
}

fn capabilities(text: &mut String, a: &Assessment) {
    if a.capabilities.is_empty() {
        return;
    }
    line(text, "| capability | count | values |\n| --- | ---: | --- |");
    for (capability, summary) in &a.capabilities {
        let mut values: Vec<String> =
            summary.items.iter().take(VALUES).map(|i| cell(&clip(&clean(&i.value), 60))).collect();
        if summary.items.len() > VALUES || summary.truncated {
            values.push("…".to_owned());
        }
        line(text, &format!("| {} | {} | {} |", capability.word(), summary.count, values.join(", ")));
    }
    text.push('\n');
}
