//! `--format html`: one file for who decides, and for who asks later why. No script, no network, nothing of the target that
//! a browser would obey: every text is escaped and every invisible character drawn, and the page's own policy forbids
//! everything but its one style sheet. It reads on paper, by keyboard and at 400 %.
//!
//! In the order of a reviewer's questions: what is recommended and how much was seen; what changed; what was found, as
//! claims (under which condition it reads what, hides it how, sends it where); the evidence, raw beside decoded; hosts;
//! what runs at install; what is inside; where it came from; what was accepted before; how to decide.

mod escape;
mod evidence;
mod inside;
mod sections;
mod style;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use escape::Page;

use super::{Run, Summary};
use crate::assess::compare::Comparison;
use crate::assess::{Assessment, Verdict, Vetted};
use crate::model::Rule;

/// Everything that a page is made of.
pub struct Report<'a> {
    /// What the run was.
    pub run: &'a Run,
    /// Every rule there is, for their explanations.
    pub rules: &'a [&'a Rule],
    /// What was examined.
    pub assessments: &'a [Assessment],
    /// What was vetted.
    pub subjects: &'a [Vetted],
    /// What changed since the version that it is compared with.
    pub comparison: Option<&'a Comparison>,
    /// What the run came to.
    pub summary: &'a Summary,
    /// When, in RFC 3339.
    pub time: String,
}

/// Writes the page.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    out.write_all(page(report).as_bytes())
}

/// The worst of all verdicts.
fn verdict(report: &Report<'_>) -> Verdict {
    let counted = Verdict::ALL.into_iter().filter(|v| report.summary.of(*v) > 0);
    let subjects = report.subjects.iter().map(|s| s.verdict);
    counted.chain(subjects).max_by_key(|v| v.rank()).unwrap_or(Verdict::Pass)
}

fn page(report: &Report<'_>) -> String {
    let mut page = Page::new();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'\">\n",
        style::digest()
    ));
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>Peephole: ");
    page.flat(&sections::name(report));
    page.raw("</title>\n<style>");
    page.raw(style::CSS);
    page.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n<main>\n");
    sections::decision(&mut page, report);
    sections::contents(&mut page, report);
    if let Some(comparison) = report.comparison {
        sections::changes(&mut page, comparison);
    }
    evidence::claims(&mut page, report);
    sections::endpoints(&mut page, report);
    sections::install(&mut page, report);
    inside::tree(&mut page, report);
    sections::origin(&mut page, report);
    sections::suppressed(&mut page, report);
    sections::gaps(&mut page, report);
    sections::capabilities(&mut page, report);
    sections::dispose(&mut page, report);
    page.raw("</main>\n<footer>");
    page.text(&format!(
        "Peephole {} · rules {} · {} · archives {}",
        env!("CARGO_PKG_VERSION"),
        report.run.ruleset.chars().take(16).collect::<String>(),
        report.time,
        sections::exhibit(report)
    ));
    page.raw("</footer>\n</body>\n</html>\n");
    page.finish()
}
