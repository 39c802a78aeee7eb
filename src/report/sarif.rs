//! `--format sarif`: SARIF 2.1.0 as GitHub's code scanning takes it. One run, compact, the worst first, cut off below
//! GitHub's limits with a notification that says so.
//!
//! A path inside an archive is no file of the repository: the result stands at the file on disk, and the inner path in
//! the message, in `logicalLocations` and in `relatedLocations`.
//!
//! References: SARIF 2.1.0 <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>, GitHub's subset
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.

mod model;
#[cfg(test)]
mod tests;
mod uri;

use std::collections::HashMap;
use std::io::{self, Write};

use model::{
    ArtifactLocation, Component, Descriptor, Help, Invocation, Location, Log, LogicalLocation, Notification,
    PhysicalLocation, Region, Related, ResultProperties, RuleProperties, RunProperties, SarifResult, SarifRun, Text,
    Tool,
};

use super::json::escape;
use super::place::{Place, position, way};
use super::text::{Marked, clean, clip, count};
use super::{Run, Summary};
use crate::assess::{Assessment, Reported, Verdict};
use crate::model::{Confidence, Evidence, Rule, Severity};

/// Results that GitHub takes of one run.
const RESULTS: usize = 25_000;
/// Rules that GitHub takes of one run.
const RULES: usize = 25_000;
/// Notifications about gaps; the rest is counted in one more.
const NOTIFICATIONS: usize = 1_000;
/// Further places of one result.
const RELATED: usize = 10;
/// Characters of a text field.
const TEXT: usize = 1_000;

/// Writes the log. `base` is what relative paths are relative to (the checkout), as an absolute path.
///
/// # Errors
/// What the output said.
pub fn write(
    out: &mut dyn Write,
    run: &Run,
    rules: &[&Rule],
    assessments: &[Assessment],
    summary: &Summary,
    base: Option<&str>,
) -> io::Result<()> {
    escape::to_writer(&mut *out, &log(run, rules, assessments, summary, base))?;
    out.write_all(b"\n")
}

fn log(run: &Run, rules: &[&Rule], assessments: &[Assessment], summary: &Summary, base: Option<&str>) -> Log {
    let mut all: Vec<(&Assessment, &Reported)> = assessments
        .iter()
        .flat_map(|a| a.findings.iter().map(move |f| (a, f)))
        .filter(|(_, f)| f.severity >= Severity::Low)
        .collect();
    all.sort_by(|(a, f), (b, g)| {
        (g.severity, g.confidence)
            .cmp(&(f.severity, f.confidence))
            .then_with(|| (&a.path, &f.locator, &f.rule).cmp(&(&b.path, &g.locator, &g.rule)))
    });
    let cut = all.len().saturating_sub(RESULTS);
    all.truncate(RESULTS);

    let mut table = Rules::new(rules);
    let mut seen: HashMap<(String, &str), u64> = HashMap::new();
    let results = all
        .into_iter()
        .map(|(a, f)| {
            let index = table.index(f);
            let place = Place::of(a, f);
            let uri = uri::of(&place.file, base);
            // Equal findings in one file are told apart by their order, as GitHub's own action does.
            let nth = seen.entry((uri.clone(), &f.fingerprint)).or_default();
            *nth += 1;
            let hash = format!("{}:{nth}", clean(&f.fingerprint));
            result(a, f, &place, uri, index, hash)
        })
        .collect();

    let mut notifications = Vec::new();
    if cut > 0 {
        notifications.push(Notification {
            level: "warning",
            message: text(&format!(
                "{} left out: only the worst {RESULTS} are listed; --format json has all",
                count(cut as u64, "result", "results")
            )),
            locations: Vec::new(),
        });
    }
    notifications.extend(gaps(assessments, base));
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool {
                driver: Component {
                    name: "Peephole",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
                    rules: table.descriptors,
                },
            },
            invocations: [Invocation {
                execution_successful: summary.complete,
                tool_execution_notifications: notifications,
            }],
            results,
            properties: RunProperties {
                ruleset: run.ruleset.clone(),
                feed: run.feed.as_ref().map(|f| f.date.clone()),
                artifacts: summary.artifacts,
                gaps: summary.gaps,
                verdicts: Verdict::ALL.iter().map(|v| (v.word(), summary.of(*v))).collect(),
            },
        }],
    }
}

/// Not empty, printable, bounded, and no Markdown link: SARIF viewers make links of `[text](target)`.
fn plain(words: &str) -> String {
    let mut shown = clean(words);
    while shown.contains("](") {
        shown = shown.replace("](", "] (");
    }
    let shown = clip(&shown, TEXT);
    if shown.trim().is_empty() { "(nothing)".to_owned() } else { shown }
}

fn text(words: &str) -> Text {
    Text { text: plain(words) }
}

/// The descriptors, and where each rule stands in them.
struct Rules {
    descriptors: Vec<Descriptor>,
    index: HashMap<String, usize>,
}

impl Rules {
    fn new(rules: &[&Rule]) -> Self {
        let descriptors: Vec<Descriptor> = rules.iter().take(RULES).map(|r| descriptor(r)).collect();
        let index = rules.iter().take(RULES).enumerate().map(|(i, r)| (r.id.to_owned(), i)).collect();
        Self { descriptors, index }
    }

    /// The place of a finding's rule; one that is not in the list (a worker had other rules) is added.
    fn index(&mut self, f: &Reported) -> usize {
        if let Some(at) = self.index.get(&f.rule) {
            return *at;
        }
        let at = self.descriptors.len();
        self.descriptors.push(Descriptor {
            id: plain(&f.rule),
            name: clip(&plain(&f.rule), 255),
            short_description: text(&f.message),
            full_description: text(&f.message),
            help: Help { text: plain(&f.message), markdown: None },
            default_configuration: model::Configuration { level: level(f.severity) },
            properties: properties(f.severity, f.confidence, vec![plain(&f.technique)]),
        });
        self.index.insert(f.rule.clone(), at);
        at
    }
}

fn descriptor(rule: &Rule) -> Descriptor {
    // Doc comments keep the blank after `///`.
    let prose: String =
        rule.explanation.lines().map(|l| clean(l.strip_prefix(' ').unwrap_or(l)) + "\n").collect::<String>();
    let prose = prose.trim();
    let prose = if prose.is_empty() { rule.title } else { prose };
    let full = prose.split("\n\n").next().unwrap_or(prose).replace('\n', " ");
    let mut tags = vec![rule.technique.family().to_owned(), rule.technique.id.to_owned()];
    tags.extend(rule.technique.attack.split_whitespace().map(|id| format!("external/attack/{id}")));
    Descriptor {
        id: plain(rule.id),
        name: clip(&plain(rule.id), 255),
        short_description: text(rule.title),
        full_description: text(&full),
        help: Help {
            text: plain(&format!("{} See {} or: peephole explain {}", full, rule.reference, rule.id)),
            markdown: Some(format!(
                "{prose}\n\nReference: {}\n\n`peephole explain {}`",
                clean(rule.reference),
                rule.id
            )),
        },
        default_configuration: model::Configuration { level: level(rule.severity) },
        properties: properties(rule.severity, rule.confidence, tags),
    }
}

fn properties(severity: Severity, confidence: Confidence, mut tags: Vec<String>) -> RuleProperties {
    tags.insert(0, "security".to_owned());
    // GitHub keeps ten.
    tags.truncate(10);
    RuleProperties {
        tags,
        precision: match confidence {
            Confidence::Certain => "very-high",
            Confidence::Likely => "high",
            Confidence::Hint => "low",
        },
        // Over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low; zero is not allowed.
        security_severity: match severity {
            Severity::Critical => "9.5",
            Severity::High => "8.0",
            Severity::Medium => "5.0",
            Severity::Low => "2.0",
            Severity::Info => "0.1",
        },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// Lines are the file's only where the content is the file; everything else stands at its beginning.
fn region(e: Option<&Evidence>, nested: bool) -> Region {
    let span = e.and_then(|e| e.span).filter(|_| !nested);
    let Some((line, column)) = span.and_then(|s| Some((s.line?, s.column.unwrap_or(1)))) else {
        return Region { start_line: 1, start_column: 1, end_line: 1, end_column: 2 };
    };
    let (line, column) = (line.max(1), column.max(1));
    // The mark is on one line; its escapes may be longer than what they stand for, never shorter.
    let marked = e.and_then(Marked::of).map_or(0, |m| m.mark.1.saturating_sub(m.mark.0));
    let len = span.map_or(1, |s| s.len).min(marked as u64).clamp(1, 1 << 16);
    let end_column = column.saturating_add(u32::try_from(len).unwrap_or(1));
    Region { start_line: line, start_column: column, end_line: line, end_column }
}

fn result(a: &Assessment, f: &Reported, place: &Place, uri: String, index: usize, hash: String) -> SarifResult {
    let first = f.evidence.first();
    let at = |e: Option<&Evidence>| PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri.clone() },
        region: region(e, place.nested),
    };
    let logical = || {
        place
            .nested
            .then(|| vec![LogicalLocation { fully_qualified_name: clip(&clean(&f.locator), TEXT), kind: "resource" }])
    };
    let mut said = f.message.clone();
    if place.nested {
        said.push_str(&format!(" — in {}{}", f.locator, position(first.and_then(|e| e.span))));
    }
    if let Some(note) = first.map(|e| e.note.as_str()).filter(|n| !n.is_empty()) {
        said.push_str(&format!(" — {note}"));
    }
    if let Some(brake) = &f.brake {
        said.push_str(&format!(" — lowered: {brake}"));
    }
    // The first place again when it is inside of something (its words say where), then the others.
    let related: Vec<Related> = f
        .evidence
        .iter()
        .skip(usize::from(!place.nested))
        .take(RELATED)
        .zip(1..)
        .map(|(e, id)| {
            let note = if e.note.is_empty() { String::new() } else { format!(" — {}", e.note) };
            Related {
                id,
                message: text(&format!("{}{}{note}", place.shown(f), position(e.span))),
                physical_location: at(Some(e)),
                logical_locations: logical(),
            }
        })
        .collect();
    SarifResult {
        rule_id: plain(&f.rule),
        rule_index: index,
        level: level(f.severity),
        message: text(&said),
        locations: [Location { physical_location: at(first), logical_locations: logical() }],
        related_locations: related,
        partial_fingerprints: model::Fingerprints { primary_location_line_hash: hash },
        properties: ResultProperties {
            severity: f.severity.word(),
            confidence: f.confidence.word(),
            verdict: a.verdict.word(),
            offset: first.and_then(|e| e.span).map(|s| s.offset),
            length: first.and_then(|e| e.span).map(|s| s.len),
            snippet: first.and_then(Marked::of).map(|m| clip(&m.text, 300)),
            way: way(f).map(|w| clip(&clean(&w), TEXT)),
            purl: a.purl.as_deref().map(|p| clip(&clean(p), TEXT)),
            sha256: a.sha256.as_deref().map(clean),
        },
    }
}

fn gaps(assessments: &[Assessment], base: Option<&str>) -> Vec<Notification> {
    let mut all: Vec<_> = assessments.iter().flat_map(|a| a.gaps.iter().map(move |g| (a, g))).collect();
    all.sort_by(|(a, g), (b, h)| (&a.path, &g.locator).cmp(&(&b.path, &h.locator)));
    let more = all.len().saturating_sub(NOTIFICATIONS) as u64;
    let listed = all.into_iter().take(NOTIFICATIONS).map(|(a, g)| Notification {
        level: "warning",
        message: text(&format!("not examined: {}: {}: {}", g.locator, g.reason.word(), g.detail)),
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri::of(&a.path, base) },
                region: region(None, true),
            },
            logical_locations: None,
        }],
    });
    let rest = (more > 0).then(|| Notification {
        level: "warning",
        message: text(&format!("{} not examined", count(more, "more place", "more places"))),
        locations: Vec::new(),
    });
    listed.chain(rest).collect()
}
