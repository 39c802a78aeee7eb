//! What was seen in a script, as findings, facts and children.

use super::covert::Choice;
use super::event::{Act, Event, Made};
use super::flows::{self, Flow};
use super::machine::Outcome;
use super::value::{HOLE, Labels};
use crate::analyze::Notes;
use crate::model::{
    ByteView, Capability, Evidence, Fact, FactKind, Finding, PythonMetadata, Rule, Severity, Stage, Stages, Step,
};
use crate::parse::Parsed;
use crate::parse::script::Language;
use crate::unwrap::{Child, Content};

/// Most findings of one rule in one file.
const MAX_OF_A_RULE: usize = 4;
/// Most acts that are shown with a finding.
const MAX_SHOWN: usize = 6;
/// Bytes that are searched for values which stand in the script anyway.
const MAX_LOOKED: usize = 256 << 20;
/// Most capabilities that only show when the script is followed, and their longest value in bytes.
const MAX_CAPABILITIES: usize = 200;
const MAX_VALUE: usize = 200;

/// Tells what was not read or not followed to its end. The signatures have looked at all of it, so it is no gap.
pub(super) fn in_part(file: &Parsed<'_>, unread: Option<(u32, String)>, cut_off: bool, out: &mut Notes) {
    if let Some((offset, what)) = unread {
        let evidence = placed(file, (offset, offset), format!("not read as code from here: {what}"));
        out.findings.push(flows::READ_IN_PART.finding(evidence));
    }
    if cut_off {
        let evidence = Evidence::note("more steps, or more depth, than a script is followed for");
        out.findings.push(flows::CUT_OFF.finding(evidence));
    }
}

/// Tells what was seen.
pub(super) fn tell(file: &Parsed<'_>, outcome: &Outcome, out: &mut Notes) {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    let harmless = harmless(file, outcome, out);
    for mut flow in flows::judge(outcome, super::is_setup(file)) {
        if harmless.contains(&flow.event.at) && matches!(flow.rule.id, "flow-decoded-code" | "flow-decoded-command") {
            flow.severity = Some(Severity::Medium);
        }
        match counts.iter_mut().find(|(id, _)| *id == flow.rule.id) {
            Some((_, count)) if *count >= MAX_OF_A_RULE => continue,
            Some((_, count)) => *count += 1,
            None => counts.push((flow.rule.id, 1)),
        }
        out.findings.push(finding(file, &flow));
    }
    if outcome.methods.are_hidden() && Language::of(file.kind()) == Some(Language::JavaScript) {
        let (computed, named) = (outcome.methods.computed, outcome.methods.named);
        let note = format!("{computed} calls of methods by computed names, {named} by names that stand there");
        out.findings.push(flows::HIDES_CALLS.finding(Evidence::note(note)));
    }
    if let Some(at) = outcome.packed {
        let note = "nearly all of the script is a text that is made a function of".to_owned();
        out.findings.push(flows::PACKED.finding(placed(file, (at, at), note)));
    }
    if let Some((_, at)) = outcome.decoded.iter().find(|(text, _)| loads_a_script(text)) {
        let note = "what is decoded here adds an element to a page that loads a script".to_owned();
        out.findings.push(flows::HIDDEN_LOADER.finding(placed(file, (*at, *at), note)));
    }
    if let Some((at, note)) = puts_a_script_into_pages(outcome, file.text()) {
        out.findings.push(flows::HIDDEN_LOADER.finding(placed(file, (at, at), note)));
    }
    if let Some(at) = outcome.hidden_wallet {
        let note = "the address of a wallet and a pattern that finds those of others are decoded here".to_owned();
        out.findings.push(flows::SWAPS.finding(placed(file, (at, at), note)));
    }
    for exchanged in &outcome.exchanged {
        let mut found = flows::SWAPS.finding(placed(file, (exchanged.at, exchanged.at), exchanged.note.to_owned()));
        if exchanged.hidden {
            (found.severity, found.confidence) = (Severity::Critical, crate::model::Confidence::Certain);
        }
        out.findings.push(found);
    }
    for choice in outcome.choices.iter().filter(|c| c.is_among_look_alikes()).take(MAX_OF_A_RULE) {
        out.findings.push(covert(file, &flows::ALIKE_CHOICE, choice, outcome));
    }
    // A comparison, and what is done under it, are one.
    let mut told = std::collections::HashSet::new();
    let hidden = outcome.choices.iter().filter(|c| c.is_by_hidden_list() && told.insert(c.at));
    for choice in hidden.take(MAX_OF_A_RULE) {
        let mut found = covert(file, &flows::HIDDEN_LIST, choice, outcome);
        // Where every name is decoded, a list is as hidden as all the rest.
        if outcome.methods.are_hidden() && !choice.given.any(Labels::DIGESTED) {
            found.severity = Severity::Medium;
        }
        out.findings.push(found);
    }
    let subjects = |act: Act| outcome.events.iter().filter(move |e| e.act == act).filter_map(|e| e.subject.as_deref());
    let started = subjects(Act::Run).flat_map(own_scripts);
    // Who reads a script of its own and executes what it read runs it by another name.
    let executes = |e: &Event| e.act == Act::Eval && e.of.any(Labels::FILE.with(Labels::OWN_FILE));
    let read = outcome.events.iter().any(executes).then(|| subjects(Act::Read).flat_map(own_scripts));
    let modules = outcome.events.iter().filter(|e| &*e.by == "runpy.run_module").filter_map(|e| e.subject.as_deref());
    let started = started.chain(read.into_iter().flatten()).chain(modules.map(Into::into)).take(MAX_STARTED);
    for module in outcome.loaded.iter().cloned().chain(started) {
        let fact = FactKind::Imports(module);
        if !out.facts.iter().any(|known| known.kind == fact) {
            out.facts.push(Fact::whole(fact));
        }
    }
    if let Some(declared) = outcome.declared.as_ref().filter(|_| super::is_setup(file)) {
        let project = PythonMetadata {
            name: declared.name.to_string(),
            version: declared.version.to_string(),
            requires: declared.requires.iter().map(ToString::to_string).collect(),
            folders_only: declared.folders_only,
            ..PythonMetadata::default()
        };
        out.facts.push(Fact::whole(FactKind::PythonProject(Box::new(project))));
    }
    out.facts.extend(outcome.calls.iter().map(|path| Fact::whole(FactKind::CallsAtLoad(path.clone()))));
    for (value, offset) in &outcome.decoded {
        out.facts.push(Fact::has(Capability::Decoded, value.clone(), u64::from(*offset)));
    }
    capabilities(file, outcome, out);
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

/// Places where code is executed that was decoded in full and only computes. What signatures found there is lowered.
fn harmless(file: &Parsed<'_>, outcome: &Outcome, out: &mut Notes) -> Vec<(u32, u32)> {
    let Some(language) = Language::of(file.kind()).filter(|l| matches!(l, Language::Php | Language::PowerShell)) else {
        return Vec::new();
    };
    let is_hidden = |e: &&Event| {
        matches!(e.act, Act::Eval | Act::Run)
            && e.layer == 0
            && e.of.any(Labels::CONCEALED)
            && !e.of.any(Labels::FOREIGN)
    };
    let computes = |e: &&Event| e.subject.as_deref().is_some_and(|code| super::pure::only_computes(language, code));
    let places: Vec<(u32, u32)> =
        outcome.events.iter().filter(is_hidden).take(MAX_HIDDEN).filter(computes).map(|e| e.at).collect();
    // Something else that was executed there may do more.
    let acts = |at: &(u32, u32)| outcome.events.iter().any(|e| e.at == *at && e.layer > 0);
    let places: Vec<(u32, u32)> = places.into_iter().filter(|at| !acts(at)).collect();
    for finding in out.findings.iter_mut().filter(|f| f.rule.technique.id == "exec/decode-exec") {
        let is_there = |e: &Evidence| {
            e.span.is_some_and(|s| {
                places.iter().any(|(from, to)| (u64::from(*from)..=u64::from(*to)).contains(&s.offset))
            })
        };
        if !finding.evidence.is_empty() && finding.evidence.iter().all(is_there) && finding.severity > Severity::Medium
        {
            finding.demote("what is decoded was read to its end, and only computes");
            finding.severity = Severity::Medium;
        }
    }
    places
}

/// Most pieces of decoded code that are read again.
const MAX_HIDDEN: usize = 16;

/// Where a script that had to be decoded by its address is put into pages that the file writes: `</head>` stands in it.
fn puts_a_script_into_pages(outcome: &Outcome, text: &[u8]) -> Option<(u32, String)> {
    let is_script = |decoded: &str| {
        let whole = decoded.split(['?', '#']).next().unwrap_or_default();
        decoded.len() < MAX_VALUE && flows::host(decoded).is_some_and(|h| h.contains('.')) && whole.ends_with(".js")
    };
    let (address, at) = outcome.decoded.iter().find(|(decoded, _)| is_script(decoded))?;
    let writes_pages = ["</head>", "</body>", "transformIndexHtml"]
        .iter()
        .any(|mark| memchr::memmem::find(text, mark.as_bytes()).is_some());
    writes_pages.then(|| (*at, format!("{address} had to be decoded, and pages are written here")))
}

/// Whether a text is code, or markup, that loads a script from an address.
fn loads_a_script(text: &str) -> bool {
    let adds = text.contains("createElement(\"script\")")
        || text.contains("createElement('script')")
        || text.contains("<script") && text.contains("src=");
    adds && text.contains("//") && (text.contains(".src") || text.contains("src="))
}

/// Most scripts of the package that one starts as programs of their own.
const MAX_STARTED: usize = 1024;

/// The words of a command that are scripts in the folder of the one that starts it, as relative paths.
fn own_scripts(command: &str) -> Vec<Box<str>> {
    let is_script = |word: &str| {
        word.starts_with("./")
            && !word.contains(HOLE)
            && [".js", ".cjs", ".mjs", ".ts", ".py", ".sh"].iter().any(|end| word.ends_with(end))
    };
    let command = command.replace("{own folder}", ".");
    let words = command.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    words.filter(|word| is_script(word)).map(Into::into).collect()
}

/// What the script can do by names that do not stand in it: those that do are found by themselves.
fn capabilities(file: &Parsed<'_>, outcome: &Outcome, out: &mut Notes) {
    let text = file.text();
    let mut told = 0;
    let mut left = MAX_LOOKED;
    let mut tell = |capability: Capability, value: &str, offset: u32| {
        let value = value.get(..value.floor_char_boundary(MAX_VALUE)).unwrap_or(value);
        if value.len() < 2 || value.contains(HOLE) || told >= MAX_CAPABILITIES || left < text.len() {
            return;
        }
        left -= text.len();
        if memchr::memmem::find(text, value.as_bytes()).is_some() {
            return;
        }
        let fact = Fact::has(capability, value, u64::from(offset));
        if !out.facts.contains(&fact) {
            told += 1;
            out.facts.push(fact);
        }
    };
    for event in &outcome.events {
        let subject = event.subject.as_deref().unwrap_or_default();
        match event.act {
            Act::Send | Act::Fetch | Act::Connect | Act::Lookup => {
                if let Some(host) = flows::host(subject).filter(|h| h.contains('.')) {
                    tell(Capability::Hosts, host, event.at.0);
                }
            }
            Act::Run => {
                let program = subject.split_whitespace().next().unwrap_or_default();
                tell(Capability::Spawns, program, event.at.0);
            }
            Act::Eval => tell(Capability::DynamicCode, &event.by, event.at.0),
            _ => {}
        }
    }
    for (labels, name, offset) in &outcome.sources {
        let capability = if labels.any(Labels::WALLET.with(Labels::KEY_MATERIAL)) {
            Capability::Wallets
        } else if labels.any(Labels::CREDENTIALS.with(Labels::BROWSER).with(Labels::MESSENGER)) {
            Capability::Credentials
        } else if labels.any(Labels::ENV.with(Labels::ENV_SECRET)) {
            Capability::Environment
        } else {
            continue;
        };
        tell(capability, name, *offset);
    }
}

/// Evidence at a place of the script.
fn placed(file: &Parsed<'_>, (start, end): (u32, u32), note: String) -> Evidence {
    let (start, end) = (start as usize, end as usize);
    let mut evidence = Evidence::at(file.bytes(), start, end.saturating_sub(start).max(1));
    evidence.span = evidence.span.map(|s| file.place(s));
    evidence.with_note(note)
}

/// An act with what it is about, on one line.
fn act(event: &Event) -> String {
    format!("{} {}", event.by, flows::one_line(event.subject.as_deref().unwrap_or_default()))
}

fn finding(file: &Parsed<'_>, flow: &Flow<'_>) -> Finding {
    // What the act is made to depend on tells whom it is meant for.
    let asked: Vec<&str> = flow.event.given.without(Labels::PARAMETER.with(Labels::FILE)).words().collect();
    let condition =
        if asked.is_empty() { String::new() } else { format!("; under a condition on {}", asked.join(", ")) };
    let mut finding = flow.finding(placed(file, flow.event.at, format!("{}{condition}", flow.note)));
    finding.evidence.extend(flow.with.iter().take(MAX_SHOWN).map(|event| placed(file, event.at, act(event))));
    finding
}

/// A choice that the surroundings make: the condition, what it chooses among, and where what it chose goes.
fn covert(file: &Parsed<'_>, rule: &'static Rule, choice: &Choice, outcome: &Outcome) -> Finding {
    let asked: Vec<&str> = choice.given.words().collect();
    let among: Vec<String> = choice.among.iter().map(|t| t.escape_unicode().to_string()).collect();
    let chooses = if among.is_empty() { String::new() } else { format!(", chooses between {}", among.join(" and ")) };
    let mut finding = rule.finding(placed(file, choice.at, format!("asks about {}{chooses}", asked.join(", "))));
    let told = choice.given.only(Labels::IMPLICIT);
    let leaves = |event: &&Event| {
        matches!(event.act, Act::Send | Act::Fetch | Act::Prompt | Act::Write) && event.data.with(event.of).any(told)
    };
    for event in outcome.events.iter().filter(leaves).take(MAX_SHOWN) {
        finding.stages = finding.stages.with(Stages::of(Stage::Act));
        finding.evidence.push(placed(file, event.at, format!("what depends on it goes to {}", act(event))));
    }
    finding
}

/// The same over several files of a package, where places are of different ones.
pub(super) fn covert_among(outcome: &Outcome, text: &str) -> Vec<Finding> {
    let tell = |rule: &'static Rule, choice: Option<&Choice>| {
        let asked: Vec<&str> = choice?.given.words().collect();
        Some(rule.finding(Evidence::note(format!("through files that it imports: asks about {}", asked.join(", ")))))
    };
    let first = |is: fn(&Choice) -> bool| outcome.choices.iter().find(|choice| is(choice));
    let alike = tell(&flows::ALIKE_CHOICE, first(Choice::is_among_look_alikes));
    let hidden = tell(&flows::HIDDEN_LIST, first(Choice::is_by_hidden_list_among));
    let loader = puts_a_script_into_pages(outcome, text.as_bytes()).map(|(_, note)| {
        flows::HIDDEN_LOADER.finding(Evidence::note(format!("through files that it imports: {note}")))
    });
    alike.into_iter().chain(hidden).chain(loader).collect()
}

/// A text that the script makes, as a child.
fn child(made: &Made) -> Option<Child> {
    let extension = match made.language {
        Some(Language::Python) => "py",
        Some(Language::JavaScript) => "js",
        Some(Language::Shell) => "sh",
        Some(Language::PowerShell) => "ps1",
        Some(Language::Batch) => "bat",
        Some(Language::VbScript) => "vbs",
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
