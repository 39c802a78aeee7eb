//! Looks at one artifact: signatures ([`signature`]) and heuristics, one folder per format, one heuristic per file.
//! What they see goes into [`Notes`]; what they decode comes back as children through the engine.

#[cfg(test)]
mod calibration;
pub mod capability;
pub mod commands;
pub mod encoded;
pub mod managed;
pub mod manifest;
pub mod native;
pub mod script;
pub mod signature;
pub mod text;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::limits::Budget;
use crate::model::{ContentId, Fact, FileKind, Finding, Gap, Rule, Step};
use crate::parse::Parsed;
use crate::parse::outline::Outline;
use crate::unwrap::Child;

/// Where an analysis puts what it sees.
#[derive(Default)]
pub struct Notes {
    /// Accusations, with evidence.
    pub findings: Vec<Finding>,
    /// Neutral observations.
    pub facts: Vec<Fact>,
    /// What could not be examined.
    pub gaps: Vec<Gap>,
    /// What was decoded and must be looked at again.
    pub children: Vec<Child>,
}

/// Looks for one thing in one artifact.
pub trait Heuristic: Sync {
    /// The rules that it can report, for `rules list` and `explain`.
    fn rules(&self) -> &'static [&'static Rule];

    /// Whether it has anything to say about files of this kind.
    fn applies(&self, kind: FileKind) -> bool;

    /// Looks. Never panics on any input; bounded in time by the size of the file.
    fn check(&self, file: &Parsed<'_>, out: &mut Notes);
}

/// Everything that was seen in one content, without the places where the content was met: identical content in one
/// run shares one analysis.
#[derive(Debug)]
pub struct Analysis {
    /// SHA-256 of the content.
    pub id: ContentId,
    /// SHA-1 of the content, when the run was asked for it: some inventories demand it beside a digest that can be
    /// relied on.
    pub sha1: Option<[u8; 20]>,
    /// What is left of a text without its formatting (`parse::shape`), when the run was asked for trees.
    pub shape: Option<[u8; 8]>,
    /// Its functions (`parse::outline`), when the run was asked for them.
    pub outline: Option<Arc<Outline>>,
    /// What it is.
    pub kind: FileKind,
    /// Its length in bytes.
    pub bytes: u64,
    /// Findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Gaps.
    pub gaps: Vec<Gap>,
    /// What it holds.
    pub children: Vec<Edge>,
    /// How many contents it stands for: itself and everything inside it, counted at every place.
    pub members: u64,
    /// Whether a limit cut something off inside it, so that another root, with another budget, must look again.
    pub cut_off: bool,
}

impl Analysis {
    /// Bytes that it takes by itself, without what it holds, roughly.
    #[must_use]
    pub fn weight(&self) -> u64 {
        /// What an evidence or a child takes besides its texts, and a function of an outline.
        const EACH: usize = 64;
        let facts =
            self.facts.capacity() * size_of::<Fact>() + self.facts.iter().filter_map(|f| f.kind.heap()).sum::<usize>();
        // A record of a wheel or a manifest may be as long as anybody likes.
        let told = if self.facts.iter().any(|f| f.kind.heap().is_none()) { self.bytes } else { 0 };
        let evidence = |f: &Finding| {
            f.message.len() + f.evidence.iter().map(|e| EACH + e.snippet.len() + e.note.len()).sum::<usize>()
        };
        let findings =
            self.findings.capacity() * size_of::<Finding>() + self.findings.iter().map(evidence).sum::<usize>();
        let children = self.children.iter().map(|c| size_of::<Edge>() + EACH + 2 * c.name.len()).sum::<usize>();
        let outline = self.outline.as_ref().map_or(0, |o| 2 * EACH * o.functions.len());
        told.saturating_add((size_of::<Self>() + facts + findings + children + outline + EACH * self.gaps.len()) as u64)
    }
}

/// A child of an analysed content.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The child's name inside the parent.
    pub name: String,
    /// How it comes out of the parent.
    pub step: Step,
    /// The kind its name claims, when the content contradicts it.
    pub claimed: Option<FileKind>,
    /// What was seen in it.
    pub analysis: Arc<Analysis>,
}

/// The heuristics that look at one content, by group.
const GROUPS: &[&[&dyn Heuristic]] = &[
    manifest::HEURISTICS,
    commands::HEURISTICS,
    native::HEURISTICS,
    managed::HEURISTICS,
    text::HEURISTICS,
    encoded::HEURISTICS,
    capability::HEURISTICS,
    script::HEURISTICS,
];

/// Every heuristic that looks at one content.
pub fn heuristics() -> impl Iterator<Item = &'static dyn Heuristic> {
    GROUPS.iter().flat_map(|g| g.iter().copied())
}

/// Looks at one content with everything there is. A part that panics becomes a gap (made by `crash`), and the others
/// go on.
pub fn run(file: &Parsed<'_>, budget: &Budget, out: &mut Notes, crash: &mut dyn FnMut(&str, &(dyn Any + Send)) -> Gap) {
    let guarded = |what: &str,
                   out: &mut Notes,
                   crash: &mut dyn FnMut(&str, &(dyn Any + Send)) -> Gap,
                   part: &dyn Fn(&mut Notes)| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| part(out))) {
            out.gaps.push(crash(what, &*panic));
        }
        file.release_pages();
    };
    guarded("the signatures", out, crash, &|out| signature::check(file, budget.time_left(), out));
    for heuristic in heuristics().filter(|h| h.applies(file.kind())) {
        if let Err(gap) = budget.check_time() {
            out.gaps.push(gap);
            return;
        }
        let name = heuristic.rules().first().map_or("a heuristic", |r| r.id);
        guarded(name, out, crash, &|out| heuristic.check(file, out));
    }
    // What a glance found nothing in that could act counts as read.
    let read = out.gaps.is_empty()
        && !out.findings.iter().any(|f| [script::READ_IN_PART.id, script::CUT_OFF.id].contains(&f.rule.id));
    guarded("the lexical map", out, crash, &|out| {
        brake_comments(file, &mut out.findings, read);
        only_mentioned(file, out);
        native::brake_rules(file, &mut out.findings);
        brake_asked_for(&mut out.findings);
    });
}

/// Lowers what a signature reads of a task that is registered, where all such acts of the script were followed and it is known of
/// each that somebody asked for it and can see what it is.
fn brake_asked_for(findings: &mut [Finding]) {
    use crate::model::Severity;
    let followed: Vec<Severity> =
        findings.iter().filter(|f| f.rule.id == "flow-persists").map(|f| f.severity).collect();
    if followed.is_empty() || followed.iter().any(|s| *s > Severity::Medium) {
        return;
    }
    for finding in findings.iter_mut().filter(|f| f.rule.id == "windows-schtask-hidden") {
        finding.demote("asked for");
    }
}

/// Most hosts of a script that are looked for in its comments.
const MOST_MENTIONED: usize = 64;

/// Tells hosts that stand in comments and nowhere else, where it matters from whom a script may have had what it starts.
fn only_mentioned(file: &Parsed<'_>, out: &mut Notes) {
    use crate::model::{Capability, FactKind};
    use crate::parse::lexis::Region;
    if !file.kind().is_script() || !out.findings.iter().any(|f| f.rule.id == "flow-download-run") {
        return;
    }
    // Hosts are told in small letters, whatever they are written in.
    let text = file.bytes().to_ascii_lowercase();
    let is_only_mentioned = |host: &str| {
        let mut places = memchr::memmem::find_iter(&text, host.as_bytes()).peekable();
        places.peek().is_some() && places.all(|at| file.lexis().region_at(at as u64) == Region::Comment)
    };
    let hosts = out.facts.iter().filter_map(|fact| match &fact.kind {
        FactKind::Has(Capability::Hosts, host) => Some(host.clone()),
        _ => None,
    });
    let mentioned: Vec<Box<str>> = hosts.take(MOST_MENTIONED).filter(|host| is_only_mentioned(host)).collect();
    out.facts.extend(mentioned.into_iter().map(|host| Fact::whole(FactKind::OnlyMentioned(host))));
}

/// The literal that a setup script has for `long_description`, which builders of packages copy from the README: prose, and
/// examples of how the package is used. `None` when more is done with it than handing it on.
fn description(file: &Parsed<'_>) -> Option<std::ops::Range<usize>> {
    use crate::parse::lexis::Region;
    const WORD: &[u8] = b"long_description";
    let bytes = file.bytes();
    let literals = file.lexis().runs().filter(|(_, region)| *region == Region::String);
    let mut found = literals.filter(|(run, _)| {
        let trimmed = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'\'' | b'"');
        let before = bytes.get(run.start.saturating_sub(64)..run.start).unwrap_or_default();
        let mut before =
            before.iter().rev().skip_while(|b| b.is_ascii_whitespace()).skip_while(|b| matches!(b, b'r' | b'u'));
        let joins = before.next().is_some_and(|b| matches!(b, b':' | b'='));
        let name: Vec<u8> = before.skip_while(|b| trimmed(b)).take(WORD.len()).copied().collect();
        let after = bytes.get(run.end..).unwrap_or_default().iter().find(|b| !b.is_ascii_whitespace());
        joins && name.iter().rev().eq(WORD) && after.is_none_or(|b| matches!(b, b',' | b')' | b'}'))
    });
    let (run, _) = found.next()?;
    found.next().is_none().then_some(run)
}

/// Whether a finding lies in the description of a distribution, apart from what every setup script says.
fn is_of_description(file: &Parsed<'_>, described: &std::ops::Range<usize>, finding: &Finding) -> bool {
    let mut within = false;
    finding.evidence.iter().filter_map(|e| e.span).all(|span| {
        let at = usize::try_from(span.offset).unwrap_or(usize::MAX);
        if described.contains(&at) {
            within = true;
            return true;
        }
        let end = at.saturating_add(usize::try_from(span.len).unwrap_or(0));
        let text = file.bytes().get(at..end).unwrap_or_default().trim_ascii();
        text.starts_with(b"setup") || [&b"setuptools"[..], b"distutils.core"].iter().any(|w| text.ends_with(w))
    }) && within
}

/// Whether what decodes stands in strings only, and in the very calls that were found a name stands where the encoded text will
/// be put: code that a packer writes. Whether the script executes it itself is followed.
fn is_in_template(file: &Parsed<'_>, finding: &Finding) -> bool {
    use crate::parse::lexis::Region;
    /// Bytes behind what was found in which further calls and the name stand.
    const BEHIND: usize = 96;
    static PLACE: std::sync::LazyLock<Option<regex::bytes::Regex>> = std::sync::LazyLock::new(|| {
        regex::bytes::Regex::new(
            r#"(?-u)^[\w.\s(]{1,160}\(\s?[bru]{0,2}["'\\]{0,4}(\{\w{0,30}(![rsa])?\}|%(\(\w{1,30}\))?[rs]|\$\{\w{1,30}\})"#,
        )
        .ok()
    });
    let bytes = file.bytes();
    let mut spans = finding.evidence.iter().filter_map(|e| e.span).peekable();
    spans.peek().is_some()
        && spans.all(|span| {
            let at = usize::try_from(span.offset).unwrap_or(usize::MAX);
            let end = at.saturating_add(usize::try_from(span.len).unwrap_or(0));
            let found = bytes.get(at..end.saturating_add(BEHIND).min(bytes.len()));
            file.lexis().region_at(span.offset) == Region::String
                && PLACE.as_ref().zip(found).is_some_and(|(place, found)| place.is_match(found))
        })
}

/// Lowers signatures that match only in comments and docstrings, where nothing runs. Text aimed at readers and payloads
/// that are kept in comments on purpose are what their rules look for there.
fn brake_comments(file: &Parsed<'_>, findings: &mut [Finding], read: bool) {
    use crate::model::{RuleOrigin, Severity};
    use crate::parse::lexis::Region;
    if !file.kind().is_script() {
        return;
    }
    let described = if file.base_name() == "setup.py" { description(file) } else { None };
    for finding in findings {
        let technique = finding.rule.technique;
        if !matches!(finding.rule.origin, RuleOrigin::Signature | RuleOrigin::User)
            || finding.severity < Severity::Low
            || matches!(technique.family(), "agent" | "trojan-source")
            || technique.id == "obf/comment-or-doc-payload"
        {
            continue;
        }
        if read && technique.id == "exec/decode-exec" && is_in_template(file, finding) {
            finding.demote("in a template of code");
            finding.severity = finding.severity.min(Severity::Low);
            continue;
        }
        let mut places = finding.evidence.iter().filter_map(|e| e.span).peekable();
        if places.peek().is_some() && described.as_ref().is_some_and(|d| is_of_description(file, d, finding)) {
            finding.demote("in the description of the distribution");
            continue;
        }
        if places.peek().is_some()
            && places.all(|s| matches!(file.lexis().region_at(s.offset), Region::Comment | Region::Docstring))
        {
            finding.demote("in a comment");
        }
    }
}
