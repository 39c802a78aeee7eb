//! Findings as claims: under which condition, reads what, hides it how, does what. Then each with its evidence, raw beside
//! decoded, the way to it, and what honest thing it could be.

use std::collections::HashSet;

use super::Report;
use super::escape::Page;
use crate::assess::{Assessment, Reported};
use crate::model::{Severity, Span, Stage, Stages, Technique};
use crate::report::place::{Place, position};
use crate::report::text::{Marked, clean, clip, count};

/// Findings written out of one artifact.
const FINDINGS: usize = 120;
/// Pieces of evidence of one finding.
const EVIDENCE: usize = 8;
/// Findings named in one box of a strip.
const NAMED: usize = 6;
/// Characters of one text.
const TEXT: usize = 4000;

/// Writes all findings of medium severity and above; the rest is counted.
pub(super) fn claims(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"findings\"><h2>What was found</h2>\n");
    let mut number = 0_usize;
    let mut any = false;
    for a in report.assessments {
        let first = number;
        number = number.saturating_add(a.findings.len());
        let shown: Vec<(usize, &Reported)> =
            a.findings.iter().enumerate().filter(|(_, f)| f.severity >= Severity::Medium).collect();
        if shown.is_empty() {
            continue;
        }
        any = true;
        page.element("h3", "", a.purl.as_deref().unwrap_or(&a.path));
        strip(page, report, &shown);
        for (at, f) in shown.iter().take(FINDINGS) {
            claim(page, report, a, f, first.saturating_add(*at).saturating_add(1));
        }
        let more = shown.len().saturating_sub(FINDINGS) as u64;
        if more > 0 {
            page.element(
                "p",
                "dim",
                &format!("… and {} (--format json has all)", count(more, "more finding", "more findings")),
            );
        }
    }
    if !any {
        page.raw("<p>Nothing of medium severity or above.</p>");
    }
    let rest: u64 = report
        .assessments
        .iter()
        .map(|a| {
            let low = a.findings.iter().filter(|f| f.severity < Severity::Medium).count() as u64;
            a.omitted.values().fold(low, |sum, n| sum.saturating_add(*n))
        })
        .fold(0, u64::saturating_add);
    if rest > 0 {
        let what = count(rest, "finding", "findings");
        page.element(
            "p",
            "dim",
            &format!("{what} of low or info severity: what it can do is listed under capabilities."),
        );
    }
    page.raw("</section>\n");
}

/// The stages of a finding: those of its rule, else of its technique.
fn stages(report: &Report<'_>, f: &Reported) -> Stages {
    let rule = report.rules.iter().find(|r| r.id == f.rule);
    match rule {
        Some(rule) if !rule.stages.is_empty() => rule.stages,
        _ => Technique::find(&f.technique).map_or(Stages::NONE, |t| t.stages),
    }
}

/// Four boxes from the condition to the act.
fn strip(page: &mut Page, report: &Report<'_>, findings: &[(usize, &Reported)]) {
    page.raw("<ol class=\"strip\">");
    for (stage, title) in [
        (Stage::Trigger, "1. starts"),
        (Stage::Collect, "2. reads"),
        (Stage::Conceal, "3. hides"),
        (Stage::Act, "4. acts or sends"),
    ] {
        page.raw("<li><strong>");
        page.text(title);
        page.raw("</strong>");
        let mut seen = HashSet::new();
        let mut said: Vec<&str> = Vec::new();
        for (_, f) in findings {
            if stages(report, f).iter().any(|s| s == stage) && seen.insert(f.message.as_str()) {
                said.push(&f.message);
            }
        }
        if said.is_empty() {
            page.raw("<br><span class=\"dim\">nothing seen</span>");
        } else {
            page.raw("<ul>");
            for message in said.iter().take(NAMED) {
                page.element("li", "", &clip(message, 160));
            }
            let more = said.len().saturating_sub(NAMED);
            if more > 0 {
                page.element("li", "dim", &format!("… and {more} more"));
            }
            page.raw("</ul>");
        }
        page.raw("</li>");
    }
    page.raw("</ol>\n");
}

fn claim(page: &mut Page, report: &Report<'_>, a: &Assessment, f: &Reported, number: usize) {
    let word = f.severity.word();
    page.raw(&format!(
        "<article class=\"c-{word}\" id=\"f{number}\"><h3>#{number} <span class=\"{word}\">{word}</span> "
    ));
    page.text(&clip(&f.message, 400));
    page.raw("</h3>\n<p class=\"dim\">");
    let words: Vec<&str> = stages(report, f).iter().map(Stage::word).collect();
    page.text(&format!("{} · {} · {}", f.rule, f.technique, f.confidence.word()));
    if !words.is_empty() {
        page.text(&format!(" · {}", words.join(" + ")));
    }
    if let Some(brake) = &f.brake {
        page.text(&format!(" · lowered: {brake}"));
    }
    page.raw("</p>\n<p>at <code>");
    let place = Place::of(a, f);
    page.text(&clip(place.shown(f), 500));
    page.text(&position(f.evidence.first().and_then(|e| e.span)));
    page.raw("</code></p>\n");
    for e in f.evidence.iter().take(EVIDENCE) {
        let marked = Marked::of(e);
        if marked.is_none() && e.note.is_empty() {
            continue;
        }
        page.raw("<div class=\"pair\">");
        if let Some(Marked { text, mark }) = marked {
            page.raw("<div><span class=\"dim\">as it stands");
            page.text(&at(e.span));
            page.raw("</span><pre>");
            let (lead, rest) = text.split_at_checked(mark.0).unwrap_or((&text, ""));
            let (marked, trail) = rest.split_at_checked(mark.1.saturating_sub(mark.0)).unwrap_or((rest, ""));
            page.text(lead);
            page.raw("<mark>");
            page.text(marked);
            page.raw("</mark>");
            page.text(trail);
            page.raw("</pre></div>");
        }
        if !e.note.is_empty() {
            page.raw("<div><span class=\"dim\">what it is</span><pre>");
            page.text(&clip(&clean(&e.note), TEXT));
            page.raw("</pre></div>");
        }
        page.raw("</div>\n");
    }
    let more = f.evidence.len().saturating_sub(EVIDENCE) as u64;
    if more > 0 {
        page.element("p", "dim", &format!("… and {}", count(more, "more place", "more places")));
    }
    recipe(page, a, f);
    if let Some(rule) = report.rules.iter().find(|r| r.id == f.rule) {
        let text: String = rule.explanation.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        if !text.trim().is_empty() {
            page.raw("<details><summary>Why it matters, and what honest thing it could be</summary><p>");
            page.text(text.trim());
            page.raw("</p></details>\n");
        }
    }
    page.raw("</article>\n");
}

/// The way to the content, so that somebody can go it by hand.
fn recipe(page: &mut Page, a: &Assessment, f: &Reported) {
    if f.recipe.is_empty() {
        return;
    }
    page.raw("<details><summary>How to get there by hand</summary><ol>");
    page.raw("<li><code>");
    page.text(&clip(&a.path, 500));
    page.raw("</code>");
    if let Some(sha256) = &a.sha256 {
        page.text(&format!(" (sha256 {sha256})"));
    }
    page.raw("</li>");
    for step in &f.recipe {
        page.element("li", "", &clip(step, 500));
    }
    page.raw("</ol></details>\n");
}

fn at(span: Option<Span>) -> String {
    span.map_or_else(String::new, |s| format!(" (byte {}, {} long)", s.offset, s.len))
}
