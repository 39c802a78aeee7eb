//! Understands scripts: what they do, not which words they hold.
//!
//! A script is read into a tree ([`crate::parse::script`]), gone through without being run ([`machine`]), and what it
//! would do to the world outside is judged ([`flows`]). What it decodes comes back as children.

mod covert;
mod event;
mod flows;
mod fold;
mod glance;
mod heap;
mod machine;
mod paths;
#[cfg(test)]
mod tests;
mod value;
mod words;

use event::{Made, When};
use flows::Flow;
use machine::{Machine, Outcome, Reach};
use value::Labels;

use crate::analyze::{Heuristic, Notes};
use crate::model::{
    ByteView, Capability, Confidence, Evidence, Fact, FactKind, FileKind, Finding, Gap, GapReason, Rule, Severity,
    Stage, Stages, Step,
};
use crate::parse::Parsed;
use crate::parse::script::{Language, read};
use crate::unwrap::{Child, Content};

/// The heuristics of this folder.
pub const HEURISTICS: &[&dyn Heuristic] = &[&Scripts];

/// Goes through scripts.
pub struct Scripts;

/// Longest script in bytes that is read; a longer one is told as a gap when a glance says that it is worth reading.
const MAX_SCRIPT: usize = 24 << 20;
/// Steps that every script may take, and those for each byte beyond.
const FUEL: u64 = 2_000_000;
const FUEL_OF_A_BYTE: u64 = 4;
/// Most findings of one rule in one file.
const MAX_OF_A_RULE: usize = 4;

impl Heuristic for Scripts {
    fn rules(&self) -> &'static [&'static Rule] {
        flows::RULES
    }

    fn applies(&self, kind: FileKind) -> bool {
        Language::of(kind).is_some()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(language) = Language::of(file.kind()) else { return };
        let bytes = file.text();
        if !glance::is_worth_reading(bytes, language) {
            return;
        }
        if bytes.len() > MAX_SCRIPT {
            out.gaps
                .push(Gap::new(GapReason::Limit, format!("a script of {} bytes was not read as code", bytes.len())));
            return;
        }
        let tree = read(language, &text_of(bytes));
        let unread = tree.problems.first().cloned();
        let fuel = FUEL + bytes.len() as u64 * FUEL_OF_A_BYTE;
        let outcome = Machine::new(tree, Reach { fuel }).run();
        tell(file, &outcome, out);
        in_part(file, unread, outcome.cut_off, out);
    }
}

/// Tells what was not read or not followed to its end. The signatures have looked at all of it, so it is no gap.
fn in_part(file: &Parsed<'_>, unread: Option<(u32, String)>, cut_off: bool, out: &mut Notes) {
    if let Some((offset, what)) = unread {
        let mut evidence = Evidence::at(file.bytes(), offset as usize, 1);
        evidence.span = evidence.span.map(|s| file.place(s));
        out.findings
            .push(flows::READ_IN_PART.finding(evidence.with_note(format!("not read as code from here: {what}"))));
    }
    if cut_off {
        let evidence = Evidence::note("more steps than a script is followed for");
        out.findings.push(flows::READ_IN_PART.finding(evidence));
    }
}

/// Bytes as text of the same length: what is no UTF-8 becomes a question mark, so that places stay true.
fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            let mut clean = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                clean.push_str(chunk.valid());
                clean.extend(std::iter::repeat_n('?', chunk.invalid().len()));
            }
            clean.into()
        }
    }
}

fn tell(file: &Parsed<'_>, outcome: &Outcome, out: &mut Notes) {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for flow in flows::judge(outcome, file.base_name() == "setup.py") {
        match counts.iter_mut().find(|(id, _)| *id == flow.rule.id) {
            Some((_, count)) if *count >= MAX_OF_A_RULE => continue,
            Some((_, count)) => *count += 1,
            None => counts.push((flow.rule.id, 1)),
        }
        out.findings.push(finding(file, &flow));
    }
    for choice in outcome.choices.iter().filter(|c| c.is_among_look_alikes()).take(MAX_OF_A_RULE) {
        let (start, end) = (choice.at.0 as usize, choice.at.1 as usize);
        let mut evidence = Evidence::at(file.bytes(), start, end.saturating_sub(start).max(1));
        evidence.span = evidence.span.map(|s| file.place(s));
        let asked: Vec<&str> = choice.given.words().collect();
        let among: Vec<String> = choice.among.iter().map(|t| t.escape_unicode().to_string()).collect();
        let note = format!("asks about {}, chooses between {}", asked.join(", "), among.join(" and "));
        out.findings.push(flows::ALIKE_CHOICE.finding(evidence.with_note(note)));
    }
    out.facts.extend(outcome.calls.iter().map(|path| Fact::whole(FactKind::CallsAtLoad(path.clone()))));
    for (value, offset) in &outcome.decoded {
        out.facts.push(Fact::has(Capability::Decoded, value.clone(), u64::from(*offset)));
    }
    for made in &outcome.made {
        // What stands encoded in one piece was found by its form already, with the exact recipe.
        let found = out.children.iter().any(|c| {
            matches!(c.step, Step::Decoded { offset, .. } if (u64::from(made.at.0)..=u64::from(made.at.1)).contains(&offset))
        });
        if let (false, Some(child)) = (found, child(made)) {
            out.children.push(child);
        }
    }
}

fn finding(file: &Parsed<'_>, flow: &Flow<'_>) -> Finding {
    let evidence = |at: (u32, u32), note: String| {
        let (start, end) = (at.0 as usize, at.1 as usize);
        let mut evidence = Evidence::at(file.bytes(), start, end.saturating_sub(start).max(1));
        evidence.span = evidence.span.map(|s| file.place(s));
        evidence.with_note(note)
    };
    // What the act is made to depend on tells whom it is meant for.
    let asked: Vec<&str> = flow.event.given.without(Labels::PARAMETER.with(Labels::FILE)).words().collect();
    let condition =
        if asked.is_empty() { String::new() } else { format!("; under a condition on {}", asked.join(", ")) };
    let mut finding = flow.rule.finding(evidence(flow.event.at, format!("{}{condition}", flow.note)));
    for event in flow.with.iter().take(6) {
        let what = event.subject.as_deref().unwrap_or_default();
        let what: String = what.chars().map(|c| if c.is_control() { ' ' } else { c }).take(160).collect();
        finding.evidence.push(evidence(event.at, format!("{} {what}", event.by)));
    }
    if let Some(severity) = flow.severity {
        finding.severity = severity;
    }
    if flow.certain {
        (finding.severity, finding.confidence) = (Severity::Critical, Confidence::Certain);
    }
    if flow.event.when >= When::Load {
        finding.stages = finding.stages.with(Stages::of(Stage::Trigger));
    }
    if flow.rule.id == "flow-calls-home" {
        finding.stages = finding.stages.with(Stages::of(Stage::Act));
    }
    finding.within = flow.event.within.as_deref().map(Into::into);
    if flow.event.layer > 0 {
        finding.stages = finding.stages.with(Stages::of(Stage::Conceal));
    }
    if finding.severity > Severity::Medium && is_demonstration(flow) {
        finding.severity = Severity::Medium;
    }
    finding
}

/// Whether the address is one that stands in documentation.
fn is_demonstration(flow: &Flow<'_>) -> bool {
    flow.event.subject.as_deref().is_some_and(|s| s.contains("example.com") || s.contains("example.org"))
}

/// A text that the script makes, as a child.
fn child(made: &Made) -> Option<Child> {
    let extension = match made.language {
        Some(Language::Python) => "py",
        Some(Language::JavaScript) => "js",
        Some(Language::Shell) => "sh",
        Some(Language::PowerShell) => "ps1",
        Some(Language::Batch) => "bat",
        _ => "bin",
    };
    if made.content.len() < 16 || !made.decoded {
        return None;
    }
    let offset = u64::from(made.at.0);
    Some(Child {
        name: format!("{}@{offset}.{extension}", made.recipe.split(',').next().unwrap_or("folded")),
        step: Step::Decoded { recipe: made.recipe.to_owned(), offset },
        content: Content::Ready(ByteView::from_vec(made.content.to_vec())),
    })
}
