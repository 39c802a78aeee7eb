//! Flows: what one script takes from where and gives to what, judged.

mod addresses;
mod forwarded;
mod harmless;
mod impact;
mod installed;
mod planted;
mod rules;
mod sent;
mod sources;
mod started;
mod startup;

pub(super) use addresses::{host, is_metadata, is_model, is_registry};
pub(crate) use addresses::{is_local, is_shared, is_vendor, registered};
pub(super) use forwarded::SYSTEM_MESSAGE;
pub(super) use impact::SWAPS;
pub(super) use rules::{
    ALIKE_CHOICE, HIDDEN_LIST, HIDDEN_LOADER, HIDES_CALLS, KEY_SENT, MAIL_COPIED, PACKED, STARTS_UNSEEN,
};
pub(crate) use rules::{CUT_OFF, READ_IN_PART};

use harmless::{is_inert, is_plain_library};
use sent::{STORES, beacon, is_told_aside, send};
use sources::{has_fixed_source, has_fixed_source_near, is_fixed_fetch, only_installers, only_obeys_its_machine};
use started::{is_own_program, mines, run, starts_a_shell};
use startup::{
    adds_comfort, is_asked_for, is_comfort, is_odd, is_part_of_itself, is_place_of_services, is_staged, is_start_place,
    is_taken_back, is_welcome,
};

use super::event::{Act, Event, TEXT_KEPT, When};
use super::machine::Outcome;
use super::value::{HOLE, Labels};
use crate::model::{Confidence, Evidence, Finding, Rule, Severity, Stage, Stages};

/// The rules of flows.
pub(crate) const RULES: &[&Rule] = &[
    &rules::DOWNLOAD_RUN,
    &rules::REMOTE_CODE,
    &rules::REMOTE_COMMAND,
    &rules::REVERSE_SHELL,
    &rules::HIDDEN_CODE,
    &rules::DECODED_CODE,
    &rules::DECODED_COMMAND,
    &rules::HIDDEN_ADDRESS,
    &rules::STORES_SENT,
    &rules::CREDENTIALS_SENT,
    &rules::ENVIRONMENT_SENT,
    &rules::IDENTITY_SENT,
    &rules::IDENTITY_HINT,
    &rules::DNS,
    &rules::SPIED_SENT,
    &rules::CLIPPER,
    &rules::PERSISTS,
    &rules::KEY_PLANTED,
    &rules::INJECTS,
    &rules::WIPES,
    &rules::DROPS,
    &rules::INSTALLS_OTHER,
    &rules::CALLS_HOME,
    &rules::HIDDEN_SHELL,
    &rules::BEACON,
    &rules::MAKES_RUNNABLE,
    &rules::LIBRARY_RUN,
    &rules::OUTPUT_SENT,
    &rules::CARRIER,
    &rules::CARRIED_PROGRAM,
    &rules::DATA_RUN,
    &rules::PATCHED,
    &rules::STARTS_UNSEEN,
    &rules::EXTENSION,
    &rules::FILES_SENT,
    &rules::KEY_SENT,
    &rules::MAIL_COPIED,
    &impact::RANSOM,
    &impact::OVERWRITES,
    &impact::INFECTS,
    &impact::SWAPS,
    &impact::SECRET_TOLD,
    &impact::IMPORTS_UNSEEN,
    &impact::OWN_BYTES,
    &impact::CLOUD_KEY_SENT,
    &impact::WIPES_PROJECT,
    &impact::HANGS,
    &impact::LEAVES,
    &impact::SERVICE_KEY_SENT,
    &impact::REDIRECTS,
    &planted::TASK_PLANTED,
    &planted::INPUT_FORWARDED,
    &planted::WORKFLOW_PUSHED,
    &planted::AGENT_SETTINGS,
    &forwarded::TUNNEL,
    &forwarded::GIT_ELSEWHERE,
    &forwarded::FIXED_PASSWORD,
    &forwarded::REQUEST_TOLD,
    &forwarded::KEY_BY_PLACE,
    &forwarded::SYSTEM_HIDDEN,
    &planted::AGENT_SETTINGS_UNASKED,
    &planted::GIT_REDIRECTED,
    &rules::HIDES_CALLS,
    &rules::READ_IN_PART,
    &rules::CUT_OFF,
    &rules::PACKED,
    &rules::HIDDEN_LOADER,
    &rules::ALIKE_CHOICE,
    &rules::HIDDEN_LIST,
];

/// A flow that was seen.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    /// The rule that it meets.
    pub(crate) rule: &'static Rule,
    /// The act that it ends in.
    pub(crate) event: &'a Event,
    /// Acts that belong to it.
    pub(crate) with: Vec<&'a Event>,
    /// What it weighs here, when that differs from the rule.
    pub(crate) severity: Option<Severity>,
    /// What was seen, in words.
    pub(crate) note: String,
    /// Whether there is no honest reading, whoever calls it.
    pub(crate) certain: bool,
    /// Why it is no part of a chain by itself.
    pub(crate) brake: Option<&'static str>,
}

impl Flow<'_> {
    /// The flow as a finding, weighed.
    #[must_use]
    pub(super) fn finding(&self, evidence: Evidence) -> Finding {
        let mut finding = self.rule.finding(evidence);
        if let Some(severity) = self.severity {
            finding.severity = severity;
        }
        if self.certain {
            (finding.severity, finding.confidence) = (Severity::Critical, Confidence::Certain);
        }
        finding.stages = finding.stages.with(self.stages());
        if self.is_wanted() {
            finding.stages = finding.stages.without(Stages::of(Stage::Trigger));
        }
        finding.brake = self.brake;
        finding.within = self.event.within.as_deref().map(Into::into);
        if finding.severity > Severity::Medium && self.is_demonstration() {
            finding.severity = Severity::Medium;
        }
        finding
    }

    /// Whether the address is one that stands in documentation.
    fn is_demonstration(&self) -> bool {
        self.event.subject.as_deref().and_then(addresses::host).is_some_and(addresses::is_example)
    }

    /// Whether somebody was asked before, and the answer decides: then it does not run by itself. That holds for reports
    /// and for downloads, which people are asked about, and not for what nobody would agree to.
    fn is_consented(&self) -> bool {
        const ASKED_ABOUT: &[&str] =
            &[rules::ENVIRONMENT_SENT.id, rules::IDENTITY_SENT.id, rules::IDENTITY_HINT.id, rules::DOWNLOAD_RUN.id];
        self.event.given.any(Labels::ANSWER)
            && self.event.layer == 0
            && !self.event.of.with(self.event.data).any(Labels::CONCEALED)
            && ASKED_ABOUT.contains(&self.rule.id)
    }

    /// Whether somebody wanted it when it runs by itself: a program goes on behind a terminal as it was told on its command
    /// line, and a server gets a program when it is asked for what needs it; who opened a page brought what that keeps, and
    /// its parts tell a place with a name. Cookies, and what any page keeps, are another matter.
    fn is_wanted(&self) -> bool {
        let given = self.event.data.with(self.event.of);
        let others = Labels::COOKIES.with(Labels::WALLET).with(Labels::MESSENGER).with(Labels::CONCEALED);
        let subject = self.event.subject.as_deref();
        match self.rule.id {
            id if id == rules::STARTS_UNSEEN.id => self.event.given.any(Labels::ARGUMENTS),
            // A tool of an MCP server that gets the program which it needs, when it is called.
            id if id == rules::DOWNLOAD_RUN.id => {
                self.event.answers && !self.event.hidden && !given.any(Labels::CONCEALED)
            }
            id if id == rules::STORES_SENT.id => {
                given.any(Labels::PAGE) && !given.any(others) && subject.is_some_and(|s| !addresses::is_drop(s))
            }
            _ => false,
        }
    }

    /// Stages of an attack that the flow shows beyond those of its rule's technique.
    #[must_use]
    fn stages(&self) -> Stages {
        let mut stages = Stages::NONE;
        if self.event.when >= When::Load && !self.is_consented() && !self.is_wanted() {
            stages = stages.with(Stages::of(Stage::Trigger));
        }
        if self.event.layer > 0 && !self.event.quoted {
            stages = stages.with(Stages::of(Stage::Conceal));
        }
        if self.rule.id == rules::CALLS_HOME.id {
            stages = stages.with(Stages::of(Stage::Act));
        }
        stages
    }
}

/// What is collected from the machine that a program runs on.
const COLLECTED: Labels = Labels::SECRET
    .with(Labels::SPIED)
    .with(Labels::HOSTNAME)
    .with(Labels::USER)
    .with(Labels::COMPANY)
    .with(Labels::PROCESSES)
    .with(Labels::HOOKED)
    .with(Labels::TOLD_SECRET)
    .with(Labels::KEY_MATERIAL);

/// What is said of lines that fetch, decode or hide something, where they are started from then on.
pub(crate) const ODD_LINES: &str = ", with odd lines in it";

/// Letters from which words around executed text are a template.
const MIN_OWN_WORDS: usize = 8;
/// Kinds of origins of one value beyond which it is a mixture.
const MIXTURE: usize = 7;
const LINES: usize = 4;

/// Judges what a script does.
#[must_use]
pub(crate) fn judge(outcome: &Outcome, is_setup: bool) -> Vec<Flow<'_>> {
    let mut flows: Vec<Flow<'_>> = Vec::new();
    for event in &outcome.events {
        judge_event(event, outcome, &mut flows);
        if is_setup {
            beacon(event, outcome, &mut flows);
        }
    }
    hidden_code(outcome, &mut flows);
    clipper(outcome, &mut flows);
    impact::ransom(outcome, &mut flows);
    impact::overwrites(outcome, &mut flows);
    impact::infects(outcome, &mut flows);
    impact::swaps(outcome, &outcome.hooks, &mut flows);
    for flow in &mut flows {
        flow.certain |= is_certain(flow, outcome);
        // Whoever could change the download could not change the package; what its maker puts there is still to be looked at.
        let is_checked = outcome.checks_download && flow.rule.id == rules::DOWNLOAD_RUN.id && !flow.certain;
        // Who checks what they install says that they install it.
        let is_seen = !flow.event.hidden && !flow.event.silent || started::by_installer_of_windows(flow.event);
        if is_checked && is_seen && !flow.event.of.with(flow.event.data).any(Labels::CONCEALED) {
            flow.brake = Some(CHECKED);
        }
    }
    flows
}

/// Why a download that is checked is for people to look at.
pub(crate) const CHECKED: &str = "the download is checked against a digest or a key";

/// Whether the flow ends, or begins, at a place that nobody uses for honest software: then it does not matter who calls
/// it.
fn is_certain(flow: &Flow<'_>, outcome: &Outcome) -> bool {
    // Of several places that a script asks nobody knows which one a download is from.
    let first = flow.with.iter().min_by_key(|e| e.at).filter(|_| flow.rule.id == rules::DOWNLOAD_RUN.id);
    let with = first.map_or(flow.with.as_slice(), std::slice::from_ref);
    let ends = |test: &dyn Fn(&str) -> bool| {
        std::iter::once(flow.event).chain(with.iter().copied()).any(|e| e.subject.as_deref().is_some_and(test))
    };
    let drop = |s: &str| addresses::is_drop(s);
    match flow.rule.id {
        // Nobody ships a program under a bare number, or as a file that does not show in its folder.
        "flow-download-run" => {
            ends(&addresses::is_public_ip)
                // Who has a download started by the host of scripts, unseen, has nothing to show.
                || flow.event.hidden && flow.event.by.starts_with("wscript.shell()") && flow.severity.is_none()
                // Nor has anybody a wallet in a program that others are to run.
                || flow.severity.is_none() && flow.event.subject.as_deref().is_some_and(mines)
                || ends(&|s| addresses::is_hidden_file(s) && !is_own_program(s)) && !only_installers(outcome, flow.event)
                || ends(&drop) && (ends(&addresses::is_program) || flow.event.hidden || flow.event.silent)
        }
        // Nobody keeps code of their own in a paste, from where it is taken whenever something is loaded or run.
        "flow-remote-code" => {
            ends(&addresses::is_public_ip)
                || ends(&drop) && flow.event.silent
                || flow.severity.is_none() && flow.event.when >= When::Main && ends(&addresses::is_paste)
        }
        "flow-calls-home" | "flow-output-sent" => {
            flow.event.subject.as_deref().is_some_and(addresses::is_own_collector)
        }
        // A messenger's store is read by its own program, which has no need to send it to a place of its own choice;
        // stores of different programs nobody needs.
        "flow-stores-sent" if flow.event.data.any(Labels::MESSENGER) || flow.event.data.count(STORES) >= 2 => {
            flow.event.subject.as_deref().is_some_and(|s| addresses::host(s).is_some_and(|h| h.contains('.')))
        }
        // Who signs with a key has no need to hand it to anybody.
        "flow-key-sent" if impact::key_is_hidden(flow) || flow.severity.is_none() && is_told_aside(flow.event) => true,
        "flow-key-sent" => flow.event.subject.as_deref().is_some_and(|s| {
            drop(s) || outcome.signs && addresses::host(s).is_some_and(|h| h.contains('.')) && !addresses::is_local(s)
        }),
        // Tools that open shells for their users are told where to.
        "flow-reverse-shell" => {
            let fixed = |s: &str| addresses::host(s).is_some_and(|h| h.contains('.')) && !addresses::is_local(s);
            let tied = |s: &str| &*flow.event.by == "a shell" && s.strip_prefix("/dev/tcp/").is_some_and(fixed);
            let is_tied = flow.event.subject.as_deref().is_some_and(tied);
            flow.severity.is_none() && is_tied
                || flow.severity.is_none() && flow.with.iter().any(|e| e.subject.as_deref().is_some_and(fixed))
        }
        // Who collects and hides where to hides from everybody. Where the whole program is hidden, so is all that it does.
        "flow-hidden-address" => {
            flow.severity.is_none()
                && flow.event.act == Act::Send
                && flow.event.silent
                && flow.event.data.any(COLLECTED)
                && !outcome.methods.are_hidden()
        }
        "flow-credentials-sent" | "flow-environment-sent"
            if flow.severity.is_none() && sent::takes_everything(flow.event) =>
        {
            true
        }
        // Nor is there a use for secrets in the name of somebody's domain.
        "flow-dns-exfiltration" => {
            let subject = flow.event.subject.as_deref().unwrap_or_default();
            flow.severity.is_none()
                && flow.event.of.any(Labels::ENV_ALL.with(Labels::CREDENTIALS))
                && subject.rsplit(HOLE).next().is_some_and(|domain| domain.matches('.').count() >= 2)
        }
        // What is collected is told on the side, to one host that stands there: nobody waits for an answer or hears of an error.
        "flow-credentials-sent" | "flow-environment-sent" if flow.severity.is_none() && is_told_aside(flow.event) => {
            true
        }
        // A command that had to be decoded and has a shell run what a bare address answers.
        "flow-decoded-command" => {
            let near = |e: &&Event| e.at == flow.event.at && e.layer > flow.event.layer;
            let fetches = |e: &Event| {
                e.act == Act::Fetch && e.subject.as_deref().is_some_and(|s| addresses::is_public_ip(s) || drop(s))
            };
            let runs = |e: &Event| e.act == Act::Run && matches!(&*e.by, "sh" | "bash" | "zsh" | "dash");
            let mut layers = outcome.events.iter().filter(near);
            layers.clone().any(fetches) && layers.any(runs)
        }
        "flow-secret-told" => ends(&drop),
        // The key has its own service, and somebody else is told of it on the side.
        "flow-service-key-sent" => flow.severity.is_none(),
        "flow-identity-sent" if flow.severity.is_some() => false,
        "flow-identity-sent" => flow.event.subject.as_deref().is_some_and(addresses::is_drop_for_anybody),
        "flow-stores-sent" | "flow-environment-sent" | "flow-spied-sent" => {
            flow.event.subject.as_deref().is_some_and(drop)
        }
        _ => false,
    }
}

/// Whether what was decoded is no text: a template with a name where the encoded text will stand decodes to noise.
fn is_noise(text: &str) -> bool {
    let odd = text.chars().filter(|c| *c == '\u{fffd}' || c.is_control() && !c.is_whitespace()).count();
    odd * 4 > text.chars().count()
}

/// Whether what was decoded is compiled code of Python, as `marshal` writes it: a mark, and how many arguments it takes.
fn is_compiled(text: &str) -> bool {
    ["c\0\0\0", "\u{fffd}\0\0\0"].iter().any(|mark| text.starts_with(mark))
}

fn words(labels: Labels) -> String {
    labels.words().collect::<Vec<_>>().join(", ")
}

/// The beginning of a text without line ends and other controls.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(160).collect()
}

fn shown(event: &Event) -> String {
    match &event.subject {
        Some(subject) => format!("{} \"{}\"", event.by, one_line(subject)),
        None => event.by.to_string(),
    }
}

fn flow<'a>(rule: &'static Rule, event: &'a Event, note: String) -> Flow<'a> {
    Flow { rule, event, with: Vec::new(), severity: None, note, certain: false, brake: None }
}

fn judge_event<'a>(event: &'a Event, outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let subject = event.subject.as_deref().unwrap_or_default();
    match event.act {
        Act::Eval => {
            if event.of.any(Labels::FOREIGN.with(Labels::ASKED)) {
                let source = outcome
                    .events
                    .iter()
                    .find(|e| matches!(e.act, Act::Fetch | Act::Send | Act::Connect) && e.at <= event.at);
                let mut found = flow(&rules::REMOTE_CODE, event, format!("{} executes {}", event.by, words(event.of)));
                // Loaders of compiled code and templates put words of their own around what they got, from wherever their
                // caller says. Where the address stands beside it, nobody else says so.
                let is_own_source = event.of.any(Labels::DOWNLOADED)
                    && source.is_some_and(|e| e.when >= When::Load)
                    && event.when >= When::Load
                    && has_fixed_source_near(outcome, event);
                let is_template =
                    subject.contains(HOLE) && subject.replace(HOLE, "").trim().len() >= MIN_OWN_WORDS && !is_own_source;
                // Whoever sends a request is a source by itself.
                // People read numbers and lists with it that a server sends, which is careless; code yields nothing.
                let reads_a_value = outcome.is_python
                    && &*event.by == "eval"
                    && !event.dropped
                    && matches!(event.when, When::Called | When::Main);
                if is_template
                    || only_obeys_its_machine(event, outcome)
                    || sources::only_asks_its_own_server(event, outcome)
                    || sources::is_told_where_beside(outcome, event)
                    || reads_a_value && !event.of.any(Labels::CONCEALED)
                    // A function of a shell that is handed lines by all others, of which nobody can say which was sent.
                    || outcome.is_of_shell && event.of.any(Labels::PARAMETER) && event.of.words().count() > LINES
                    || !(event.of.any(Labels::REMOTE.with(Labels::ASKED)) || has_fixed_source_near(outcome, event))
                    || only_installers(outcome, event)
                {
                    found.severity = Some(Severity::Medium);
                }
                found.with.extend(source);
                flows.push(found);
            } else if let Some(found) = impact::own_bytes(event, outcome) {
                flows.push(found);
            } else if let Some(read) = carrier(event, outcome) {
                let mut found =
                    flow(&rules::CARRIER, event, format!("{} executes what it takes out of {}", event.by, shown(read)));
                found.with.push(read);
                flows.push(found);
            } else if let Some(read) = impact::data_file(event, outcome) {
                let note = format!("{} executes what stands in {}", event.by, shown(read));
                let mut found = flow(&rules::DATA_RUN, event, note);
                // One whose name is worked out is none that the package brings.
                let file = read.subject.as_deref().unwrap_or_default();
                let is_any = file.rsplit('/').next().is_some_and(|name| name.starts_with(HOLE))
                    && !event.of.any(Labels::OWN_FILE.with(Labels::LISTED));
                let is_coded = event.of.any(Labels::CONCEALED);
                let is_left_to_others = event.when < When::Load && !is_coded
                    || is_any
                    || event.of.any(Labels::PARAMETER.with(Labels::ARGUMENTS));
                if is_left_to_others && !impact::names_a_table(file) {
                    found.severity = Some(Severity::Medium);
                }
                found.with.push(read);
                flows.push(found);
            } else if event.of.any(Labels::CONCEALED)
                && event.layer == 0
                && (!is_noise(subject) || is_compiled(subject))
            {
                let mut found =
                    flow(&rules::DECODED_CODE, event, format!("{} executes {}", shown(event), words(event.of)));
                // A key that somebody hands over keeps it from all who read the package.
                let is_unread = subject.replace(HOLE, "").trim().is_empty();
                // Of letters that were each worked out at least their number is known.
                let is_keyed = is_unread
                    && (event.of.any(Labels::PARAMETER.with(Labels::ENV))
                        || event.of.any(Labels::BUILT) && !subject.is_empty());
                if event.when >= When::Load || is_keyed {
                    found.severity = Some(Severity::High);
                }
                if is_plain_library(subject) && !reaches_out(outcome)
                    || is_inert(subject, outcome)
                    || sources::is_packed_page(event, outcome)
                {
                    found.severity = Some(Severity::Medium);
                }
                flows.push(found);
            }
        }
        Act::Run => {
            run(event, outcome, flows);
            flows.extend(planted::pushes(event, outcome));
            flows.extend(forwarded::git_elsewhere(event));
            flows.extend(planted::git_settings(event, outcome));
        }
        // A file that was written, or a program for .NET that only is in memory.
        Act::Load
            if event.of.any(Labels::DOWNLOADED.with(Labels::REMOTE))
                && (event.of.any(Labels::WRITTEN) || event.by.ends_with("assembly.load")) =>
        {
            let fetch = outcome.events.iter().find(|e| is_fixed_fetch(e));
            let mut found = flow(&rules::DOWNLOAD_RUN, event, format!("{} loads what was downloaded", shown(event)));
            if fetch.is_none() || only_installers(outcome, event) {
                found.severity = Some(Severity::Medium);
            }
            found.with.extend(fetch);
            flows.push(found);
        }
        // Whoever reads a page's script cannot see what it loads into it.
        Act::Load if event.by.ends_with("createElement(script).src") => {
            let mut found = flow(&rules::HIDDEN_ADDRESS, event, format!("{} had to be decoded", shown(event)));
            let is_known = addresses::host(subject).is_some_and(|h| h.contains('.'));
            if !is_known || addresses::is_local(subject) || outcome.methods.are_hidden() {
                found.severity = Some(Severity::Medium);
            }
            flows.push(found);
        }
        // Modules out of an archive that was packed in some way of its own: one that is as it is would be imported where it lies.
        Act::Load
            if &*event.by == "zipimport.zipimporter"
                && event.of.any(Labels::WRITTEN)
                && event.of.any(Labels::OWN_FILE)
                && event.when >= When::Load =>
        {
            let note = format!("{} imports from an archive that it makes of a file beside it", shown(event));
            flows.push(flow(&rules::DROPS, event, note));
        }
        Act::Load if event.of.any(Labels::WRITTEN) && carrier(event, outcome).is_some() => {
            let note = format!("{} loads what it takes out of a picture, sound or document", event.by);
            flows.push(flow(&rules::CARRIED_PROGRAM, event, note));
        }
        // Libraries are carried as they are, or packed; a key only hides them.
        Act::Load if event.of.any(Labels::WRITTEN) && event.of.any(Labels::CONCEALED) => {
            let mut found = flow(&rules::DROPS, event, format!("{} loads what was decoded into a file", shown(event)));
            if !event.of.any(Labels::DECRYPTED) {
                found.severity = Some(Severity::Medium);
            }
            flows.push(found);
        }
        // What a program is given to read matters when somebody else says it.
        Act::Redirect if event.by.ends_with("stdin.write") && !event.data.any(Labels::REMOTE) => {}
        // Daemons tie the standard streams to a file that a caller names, and may speak with somebody elsewhere.
        Act::Redirect
            if &*event.by == "os.dup2"
                && event.of.any(Labels::PARAMETER.with(Labels::FILE))
                && !event.of.any(Labels::REMOTE) => {}
        Act::Redirect => {
            let connects = outcome.events.iter().find(|e| matches!(e.act, Act::Connect | Act::Listen));
            let tied = subject.contains("/dev/tcp/") || matches!(&*event.by, "nc" | "ncat" | "netcat" | "socat");
            if tied || connects.is_some() {
                let mut found =
                    flow(&rules::REVERSE_SHELL, event, format!("{} ties the standard streams to it", shown(event)));
                // A file is tied by the same call, and no shell is there to obey.
                let may_be_a_file = matches!(&*event.by, "os.dup2" | "open");
                if may_be_a_file && !event.of.any(Labels::REMOTE) && !starts_a_shell(outcome) {
                    found.severity = Some(Severity::Medium);
                }
                found.with.extend(connects);
                flows.push(found);
            }
        }
        Act::Admit => flows.extend(forwarded::fixed_password(event)),
        Act::Read => flows.extend(startup::fetched_for_the_next_time(event, outcome)),
        Act::Prompt if &*event.by == SYSTEM_MESSAGE => flows.extend(forwarded::system_message(event)),
        Act::CopyMail => {
            let note = format!("{} hands a copy of each message to {subject}", event.by);
            flows.push(flow(&rules::MAIL_COPIED, event, note));
        }
        Act::Send | Act::Fetch | Act::Lookup | Act::Connect => {
            send(event, outcome, flows);
            flows.extend(forwarded::tunnel(event, outcome));
            flows.extend(planted::workflow_by_interface(event, event.data.with(event.of)));
        }
        Act::Write => {
            let lower = subject.to_ascii_lowercase().replace('\\', "/");
            // Every program of Node.js that is started from there loads it first.
            if lower.ends_with(".npmrc")
                && event.text.as_deref().is_some_and(|t| {
                    t.contains("node-options")
                        && ["--require", "--import", "-r ", "--loader"].iter().any(|o| t.contains(o))
                })
            {
                flows.push(flow(&rules::PERSISTS, event, format!("{} writes {}", shown(event), words(event.data))));
            } else if lower.contains("authorized_keys") && event.text.as_deref().is_some_and(|t| t.contains("ssh-")) {
                flows.push(flow(&rules::KEY_PLANTED, event, format!("{} writes a fixed key", shown(event))));
            } else if is_place_of_the_user(&lower) && event.text.as_deref().is_some_and(is_extension) {
                flows.push(flow(
                    &rules::EXTENSION,
                    event,
                    format!("{} writes the manifest of an extension", shown(event)),
                ));
            } else if let Some(found) = impact::redirects(event)
                .or_else(|| planted::agent_settings(&lower, event))
                .or_else(|| planted::task(&lower, event))
                .or_else(|| planted::git_hook(&lower, event))
            {
                flows.push(found);
            } else if is_start_place(&lower)
                && (!event.data.any(Labels::PARAMETER) || event.data.any(Labels::DOWNLOADED))
                && !startup::only_sets(&lower, event.text.as_deref())
                && !is_welcome(event, outcome)
                && !adds_comfort(event, outcome)
            {
                let mut note = format!("{} writes {}", shown(event), words(event.data));
                if event.text.as_deref().is_some_and(is_odd) {
                    note.push_str(ODD_LINES);
                }
                let mut found = flow(&rules::PERSISTS, event, note);
                // A function that somebody has to call, which puts something of the package's own before or behind what the
                // file holds, and nobody has seen what; or what takes lines out of the same file, as it was read.
                let foreign = Labels::FOREIGN.with(Labels::CONCEALED).with(Labels::OWN_FILE);
                if (event.when == When::Called || is_part_of_itself(event, outcome))
                    && event.text.as_deref().is_none_or(|t| {
                        let added = t.replacen(HOLE, "", 1);
                        is_comfort(&t.replace(HOLE, "")) || startup::is_plain(&added, &lower)
                    })
                    && event.data.any(Labels::FILE)
                    && !event.data.any(foreign)
                    || is_staged(&lower)
                    || startup::may_only_set(&lower, event.text.as_deref())
                        && !event.data.any(Labels::DOWNLOADED.with(Labels::CONCEALED))
                    || is_place_of_services(&lower)
                        && (is_asked_for(event)
                            || startup::is_named_for_it(event)
                            || startup::is_set_up_by_a_program(event, outcome))
                    || (is_place_of_services(&lower) || lower.contains("/autostart/")) && is_taken_back(event, outcome)
                    || event
                        .text
                        .as_deref()
                        .is_some_and(|t| startup::is_plain(t, &lower) && !startup::starts_a_download(t, outcome))
                {
                    found.severity = Some(Severity::Medium);
                }
                // Programs that set up a service of their own have a command for it, and it stands there in full.
                if event.when == When::Called
                    && is_place_of_services(&lower)
                    && is_asked_for(event)
                    && event.given.any(Labels::ARGUMENTS)
                    && event.text.as_deref().is_some_and(|t| !t.contains(HOLE) && t.len() < TEXT_KEPT - 4)
                {
                    found.severity = Some(Severity::Low);
                }
                flows.push(found);
            }
        }
        Act::Persist => {
            let lower = subject.to_ascii_lowercase();
            let sets_up = lower.contains("currentversion\\run")
                || matches!(&*event.by, "schtasks" | "crontab" | "register-scheduledtask")
                    && (lower.contains("/create") || lower.contains('-'));
            // What takes it away by the same means, or asks for it, sets nothing up; a key that is opened without more is read.
            let only_looks = lower.split(' ').take(3).any(|word| matches!(word, "delete" | "query"))
                || event.by.ends_with(".OpenKey") && lower.ends_with("\\run");
            if sets_up && !only_looks {
                let mut found = flow(&rules::PERSISTS, event, shown(event));
                // What a person was asked for goes into it.
                let of = event.of.with(event.data);
                let is_told = of.any(Labels::ANSWER) && !of.any(Labels::FOREIGN.with(Labels::CONCEALED));
                let is_asked_for = is_asked_for(event) || startup::is_added_by_a_program(event, outcome);
                if (is_asked_for || is_told) && event.subject.as_deref().is_none_or(|s| !is_odd(s)) {
                    // A library that does so for the program of its caller, and takes it away again, does what it is for.
                    let is_callers = event.of.any(Labels::PARAMETER) && startup::is_taken_away(event, outcome);
                    found.severity = Some(if is_callers { Severity::Low } else { Severity::Medium });
                }
                flows.push(found);
            }
        }
        Act::MakeRunnable => {
            let lower = subject.to_ascii_lowercase();
            // Caches of a project are as plain as what lies in its folder of packages.
            let lower = lower.replace("node_modules/.cache/", "").replace("node_modules/.bin/", "");
            let is_hidden = lower.split('/').any(|part| part.starts_with('.') && !matches!(part, "." | ".."));
            if event.when >= When::Load && (lower.contains("/tmp/") || lower.contains("temp") || is_hidden) {
                flows.push(flow(&rules::MAKES_RUNNABLE, event, shown(event)));
            }
        }
        Act::Inject
            if event.of.with(event.data).any(Labels::CONCEALED.with(Labels::FOREIGN))
                || event.when >= When::Load && event.of.with(event.data).any(Labels::OWN_FILE) =>
        {
            let note = format!("{} is given {}", event.by, words(event.of.with(event.data)));
            flows.push(flow(&rules::INJECTS, event, note));
        }
        Act::Delete => {
            let target =
                subject.split_whitespace().rfind(|w| !w.starts_with('-')).unwrap_or_default().trim_end_matches("/*");
            let recursive = event.by.contains("rmtree")
                || subject.contains("-r")
                || subject.contains("/s")
                || event.by.contains("rmSync");
            let home = matches!(target, "/" | "~" | "$HOME" | "%USERPROFILE%" | "%HOME%" | "C:\\" | "/home" | "~/");
            let all_of_home = matches!(target.strip_suffix(HOLE), Some("os.homedir()" | "pathlib.Path.home()"));
            // Who is asked over the network deletes what it runs in, all of it.
            let on_request = event.answers && matches!(target, "*" | "." | "./" | "./*" | "*.*");
            if recursive && (home || all_of_home || on_request) {
                flows.push(flow(&rules::WIPES, event, shown(event)));
            } else if impact::wipes_project(event) {
                flows.push(flow(&impact::WIPES_PROJECT, event, shown(event)));
            }
        }
        Act::Hang => flows.push(impact::hangs(event)),
        Act::Exit => flows.extend(impact::leaves_by_chance(event)),
        Act::Hide => {
            let fetches = outcome.events.iter().find(|e| matches!(e.act, Act::Fetch | Act::Eval) && e.at == event.at);
            if let Some(fetch) = fetches {
                let mut found = flow(&rules::HIDDEN_SHELL, event, shown(event));
                // One address, and nothing but what is done with its answer.
                let line = event.subject.as_deref().unwrap_or(HOLE);
                let address = line.split(['"', '\'', ' ']).find(|word| word.contains("://")).unwrap_or_default();
                if addresses::is_installer(address)
                    && line.matches("://").count() == 1
                    && line.matches('|').count() <= 1
                    && !line.contains(['\u{2026}', '$', '`', ';', '&', '(', '\n'])
                {
                    found.severity = Some(Severity::Medium);
                }
                found.with.push(fetch);
                flows.push(found);
            }
        }
        _ => {}
    }
}

/// Whether a path (lower case, `/` between folders) leads to where programs of a user keep what is theirs.
fn is_place_of_the_user(path: &str) -> bool {
    ["appdata", "application support", "/.config", "/.local/", "programdata", "user data"]
        .iter()
        .any(|place| path.contains(place))
}

/// Whether a text is the manifest of a browser extension that runs something.
fn is_extension(text: &str) -> bool {
    text.contains("\"manifest_version\"") && (text.contains("\"background\"") || text.contains("\"content_scripts\""))
}

/// The picture, or the like, out of which a script takes the code that it executes.
fn carrier<'a>(event: &Event, outcome: &'a Outcome) -> Option<&'a Event> {
    let is = |e: &&Event| e.act == Act::Read && e.subject.as_deref().is_some_and(super::words::is_carrier);
    if event.of.any(Labels::CARRIER) { outcome.events.iter().find(is) } else { None }
}

/// Whether code that was decoded does more than work on files and start programs of the machine.
fn reaches_out(outcome: &Outcome) -> bool {
    const OUTWARD: &[&str] = &["://", "curl", "wget", "powershell", " -c ", " -e ", "certutil", "bitsadmin"];
    outcome.events.iter().filter(|e| e.layer > 0).any(|e| match e.act {
        Act::Read | Act::Load | Act::Exit | Act::Delete => false,
        Act::Write => {
            e.subject.as_deref().is_none_or(|s| is_start_place(&s.to_ascii_lowercase()) || addresses::is_program(s))
        }
        Act::Run => e.subject.as_deref().is_none_or(|s| OUTWARD.iter().any(|o| s.to_ascii_lowercase().contains(o))),
        _ => true,
    })
}

/// Executed text that acts once it is decoded.
fn hidden_code<'a>(outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let mut told: Vec<(u32, u32)> = Vec::new();
    for event in outcome.events.iter().filter(|e| e.act == Act::Eval && e.layer == 0 && e.of.any(Labels::CONCEALED)) {
        if told.contains(&event.at) {
            continue;
        }
        let acts: Vec<&Event> = outcome
            .events
            .iter()
            .filter(|e| {
                e.layer > 0
                    && e.at == event.at
                    && !(e.act == Act::Fetch && e.subject.as_deref().is_some_and(addresses::is_in_hand))
                    && matches!(
                        e.act,
                        Act::Send
                            | Act::Fetch
                            | Act::Run
                            | Act::Write
                            | Act::Delete
                            | Act::Persist
                            | Act::Connect
                            | Act::Spy
                            | Act::Inject
                            | Act::Lookup
                    )
            })
            .collect();
        if acts.is_empty() {
            continue;
        }
        told.push(event.at);
        let what: Vec<String> = acts.iter().take(4).map(|e| shown(e)).collect();
        let mut found = flow(&rules::HIDDEN_CODE, event, format!("decoded, it does: {}", what.join("; ")));
        if event.subject.as_deref().is_some_and(is_plain_library) && !reaches_out(outcome)
            || sources::is_packed_page(event, outcome)
        {
            found.severity = Some(Severity::Medium);
        }
        found.with = acts;
        flows.push(found);
    }
}

fn clipper<'a>(outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let reads = outcome.events.iter().find(|e| e.act == Act::Spy && is_of_clipboard(&e.by));
    let sets = outcome.events.iter().find(|e| e.act == Act::SetClipboard);
    if let (Some(reads), Some(sets)) = (reads, sets) {
        let literal = sets.text.as_deref().is_some_and(looks_like_wallet) || outcome.exchanges_wallets;
        let mut found = flow(&rules::CLIPPER, sets, format!("{} sets what {} read", sets.by, reads.by));
        found.with.push(reads);
        if !literal {
            found.severity = Some(Severity::Low);
        }
        flows.push(found);
    }
}

/// Whether something reads the clipboard, by its name.
fn is_of_clipboard(by: &str) -> bool {
    by.to_ascii_lowercase().contains("clip") || matches!(by, "pbpaste" | "xsel" | "wl-paste")
}

/// Whether text has the form of an address of a cryptocurrency.
fn looks_like_wallet(text: &str) -> bool {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
    plain
        && ((text.len() == 42 && text.starts_with("0x"))
            || ((26..=62).contains(&text.len())
                && (text.starts_with("bc1")
                    || text.starts_with('1')
                    || text.starts_with('3')
                    || text.starts_with('T')
                    || text.starts_with('4'))))
}
