//! Flows that end in somebody's loss: files held to ransom, a tree that is infected, addresses that are exchanged, secrets
//! that are told on the side.

use super::{Flow, HOLE, addresses, flow, shown, words};
use crate::analyze::script::event::{Act, Event, When};
use crate::analyze::script::machine::Outcome;
use crate::analyze::script::value::Labels;
use crate::analyze::script::words::takes_keys;
use crate::model::Severity;
use crate::rule;

rule! {
    /// A script goes through a tree of files, encrypts what each holds, writes it back or beside it, and tells what it has
    /// done in a note, deletes what it read, or gives the files other names. Known uses: ransomware in Python, Node.js and
    /// PowerShell, in packages since 2021. Honest look-alikes: programs that encrypt a folder for its owner, which are told
    /// which one and leave no note; backups, which write elsewhere.
    pub(crate) RANSOM = "flow-ransom" in "impact/ransom";
    severity: High, confidence: Likely,
    title: "The files of a tree are encrypted in place",
    reference: "https://attack.mitre.org/techniques/T1486/",
}

rule! {
    /// A script goes through everything below a home, or through a tree whose name it hides, and writes the same few
    /// bytes over each file that it finds. Known uses: node-ipc (npm, March 2022), wipers of scripts. Honest look-alikes:
    /// programs that change files write back what they have read.
    pub(crate) OVERWRITES = "flow-overwrites" in "impact/wiper";
    severity: High, confidence: Likely,
    title: "The files of a tree are written over with a constant",
    reference: "https://attack.mitre.org/techniques/T1485/",
}

rule! {
    /// A script writes its own text over, or beside, every file of a folder that it goes through. Known uses: viruses of
    /// scripts, worms that put themselves into the projects of a developer. Honest look-alikes: installers of hooks that
    /// copy themselves, into one place each.
    pub(crate) INFECTS = "flow-infects" in "persist/self-propagate";
    severity: High, confidence: Likely,
    title: "It writes itself into the files of a folder",
    reference: "https://attack.mitre.org/techniques/T1080/",
}

rule! {
    /// A script replaces the functions by which a page or program speaks to the network or to a wallet, holds addresses of
    /// wallets, and looks for those of others in what passes. Who pays, pays to the addresses that it holds. Known uses:
    /// chalk, debug and sixteen other packages (npm, September 2025). Honest look-alikes: guards of wallets, which compare
    /// with lists of others' addresses and warn.
    pub(crate) SWAPS = "flow-swaps-addresses" in "exec/monkeypatch-hook";
    severity: High, confidence: Likely,
    title: "Addresses of wallets are exchanged in what passes through replaced functions",
    reference: "https://attack.mitre.org/techniques/T1565/002/",
}

rule! {
    /// A password or secret key that a caller hands over to be used is sent to an address that stands in the code, nothing
    /// is done with the answer, and errors are swallowed: whoever uses the library is not to notice. Known uses: copies of
    /// SDKs of clouds (PyPI, 2024). Honest look-alikes: a login asks for an answer; telemetry tells no secrets.
    pub(crate) SECRET_TOLD = "flow-secret-told" in "cred/env-secrets";
    severity: High, confidence: Likely,
    title: "A secret of the caller, or what it asks a model, is sent to a fixed address, and nobody waits for the answer",
    reference: "https://attack.mitre.org/techniques/T1041/",
}

rule! {
    /// When it is loaded, a script starts an interpreter of its own language that does nothing but import a module, and does
    /// not wait for it: what the import does happens out of sight of the program. Known uses: packages that keep their payload
    /// in another one (2021 to 2023). Honest look-alikes: checks whether a module is there, which wait for the answer.
    pub(crate) IMPORTS_UNSEEN = "flow-imports-unseen" in "exec/import-time";
    severity: High, confidence: Likely,
    title: "A process of its own is started that only imports a module",
    reference: "https://attack.mitre.org/techniques/T1059/006/",
}

rule! {
    /// A script reads its own file and executes a part of it: the part is no code as it stands there, or it would run by
    /// itself. Known uses: encoders of PHP that hide web shells, droppers that carry their payload behind themselves. Honest
    /// look-alikes: commercial encoders, self-extracting installers.
    pub(crate) OWN_BYTES = "flow-executes-own-bytes" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "It executes what it takes out of its own file",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// By itself, and only at some date, code deletes the sources or the history of the project that it is used in. Known
    /// uses: packages that broke those that depend on them from a day on (npm, 2023 to 2025). Honest look-alikes: what makes
    /// a copy of a template takes its history away, at once; caches are deleted by their age.
    pub(crate) WIPES_PROJECT = "flow-wipes-project" in "impact/wiper";
    severity: High, confidence: Likely,
    title: "Deletes the project that it is used in, at some date",
    reference: "https://attack.mitre.org/techniques/T1485/",
}

rule! {
    /// The key of a cloud or of a registry of packages, as it lies in the environment of developers and of builds, is sent to
    /// a fixed address that belongs to somebody else. Known uses: harvesters in libraries since 2021. Honest look-alikes:
    /// clients of other services that take the same variables, which are told where to.
    pub(crate) CLOUD_KEY_SENT = "flow-cloud-key-sent" in "cred/env-secrets";
    severity: High, confidence: Likely,
    title: "The key of a cloud or registry goes to somebody else",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// The key of a service, as it lies in the environment of those who use that service, goes to a fixed address of
    /// somebody else, nothing is done with the answer, and nobody is to notice: errors are swallowed, it happens by itself,
    /// or the same key goes to its own service as well. Known uses: wrappers of language models and bots (PyPI and npm, 2024
    /// to 2026). Honest look-alikes: servers that speak another's protocol, which answer; reports of coverage, which are
    /// waited for.
    pub(crate) SERVICE_KEY_SENT = "flow-service-key-sent" in "cred/env-secrets";
    severity: High, confidence: Likely,
    title: "The key of a service goes to somebody else, and nobody waits for the answer",
    reference: "https://attack.mitre.org/techniques/T1552/001/",
}

rule! {
    /// Code makes the package manager or the version control of its user ask a fixed address of somebody else: from then on
    /// whoever has that address decides what is installed, and sees who asks. Known uses: planted `.npmrc`, `pip.conf` and
    /// `insteadOf` (2025, 2026). Honest look-alikes: log-ins to a company's registry, whose address they are told.
    pub(crate) REDIRECTS = "flow-redirects-packages" in "cred/git-hook-or-helper";
    severity: Medium, confidence: Likely,
    title: "Package manager or version control is pointed at somebody else's address",
    reference: "https://attack.mitre.org/techniques/T1195/001/",
}

rule! {
    /// A loop without an end runs when a module is loaded, or where the user is decides that it does: nothing leaves it, waits
    /// in it or ends the program. Known uses: colors (npm, January 2022) and other protests. Honest look-alikes: servers wait,
    /// generators yield, benchmarks stop.
    pub(super) HANGS = "flow-hangs" in "impact/sabotage";
    severity: High, confidence: Likely,
    title: "Whoever loads it hangs in a loop without an end",
    reference: "https://attack.mitre.org/techniques/T1499/",
}

rule! {
    /// A module that is loaded ends the program that uses it, by chance: whoever looks for the fault does not see it again.
    /// Known uses: protests and sabotage in libraries of JavaScript (2022 to 2024). Honest look-alikes: tools that try how
    /// others bear failures, which people start for that.
    pub(super) LEAVES = "flow-leaves-by-chance" in "impact/sabotage";
    severity: High, confidence: Likely,
    title: "Whoever loads it is ended by chance",
    reference: "https://attack.mitre.org/techniques/T1489/",
}

/// Whose keys [`Labels::CLOUD_KEY`] stands for, as their addresses say it.
const KEEPERS: &[&str] = &[
    "amazonaws",
    "aws.",
    "azure",
    "microsoft",
    "windows.net",
    "npmjs",
    "npm.",
    "pypi",
    "crates.io",
    "rubygems",
    "vault",
    "github",
    "gitlab",
    "google",
    "cloudflare",
    "registry",
    "artifact",
    "jfrog",
    "nexus",
    "yarnpkg",
    "ghcr.io",
    "actions",
    "verdaccio",
    "s3.",
];
/// Settings that say where packages and repositories come from, and what they say it with.
const SETTINGS: &[&str] = &[
    ".npmrc",
    ".yarnrc",
    ".yarnrc.yml",
    "pip.conf",
    "pip.ini",
    ".pypirc",
    ".gitconfig",
    "git/config",
    ".cargo/config.toml",
    "uv/uv.toml",
    ".bunfig.toml",
];
const SAY_WHERE: &[&str] = &["registry", "index-url", "index_url", "insteadof", "replace-with", "[source"];
const ORDERS: &[&str] = &[
    "npm config set registry",
    "yarn config set registry",
    "pip config set global.index-url",
    "pip config set global.extra-index-url",
    ".insteadof",
];

/// What a note says; two of them make one.
const NOTE: &[&str] = &[
    "your files",
    "been encrypted",
    "are encrypted",
    "decrypt",
    "bitcoin",
    "btc",
    "monero",
    "xmr",
    "ransom",
    "wallet",
    ".onion",
    "tor browser",
    "payment",
    "pay ",
    "recover",
    "restore",
];
/// By what the users of one country are told from others.
const WHEREABOUTS: Labels = Labels::LOCALE.with(Labels::TIME_ZONE);
/// Who says where: somebody who runs a program on purpose.
const TOLD: Labels = Labels::PARAMETER.with(Labels::ARGUMENTS);
/// Places that hold everything that is a user's, or everything.
const WHOLE: &[&str] =
    &["/home", "/users", "c:\\", "c:/", "d:\\", "d:/", "/root", "/mnt", "/media", "/var/www", "%userprofile%"];
/// How a script names its own file in [`Event::subject`].
const OWN: &str = "{own file}";

/// Files of a tree that are encrypted where they lie.
pub(super) fn ransom<'a>(outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let written = outcome
        .events
        .iter()
        .find(|e| e.act == Act::Write && e.of.any(Labels::LISTED) && e.data.any(Labels::ENCRYPTED));
    // What comes out of an archive is no file that was there before.
    let Some(written) = written.filter(|e| !e.by.contains(".extract")) else { return };
    let note = outcome.events.iter().find(|e| e.act == Act::Write && e.text.as_deref().is_some_and(is_note));
    let removes = outcome.events.iter().find(|e| {
        e.of.any(Labels::LISTED) && e.act == Act::Delete
            || e.act == Act::Write && e.by.contains("rename") && e.of.with(e.data).any(Labels::LISTED)
    });
    let told = written.of.any(TOLD);
    let subject = written.subject.as_deref().unwrap_or_default().to_ascii_lowercase();
    let whole = written.of.any(Labels::USER)
        || subject.starts_with('/') && subject.starts_with(&format!("/{HOLE}"))
        || WHOLE.iter().any(|place| subject.starts_with(place));
    // A program for its user's own files is told which; it has no reason to ask for something in return.
    if note.is_none() && (told || !whole || removes.is_none()) {
        return;
    }
    let mut found = flow(&RANSOM, written, format!("{} writes back what it has encrypted", shown(written)));
    found.certain = note.is_some() && !told && (whole || removes.is_some());
    found.with.extend(note.into_iter().chain(removes));
    flows.push(found);
}

/// Files of a tree that all get the same content.
pub(super) fn overwrites<'a>(outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    const LITTLE: usize = 256;
    let from_elsewhere =
        |e: &Event| !e.data.without(Labels::OWN.with(Labels::LISTED).with(Labels::IMPLICIT)).is_empty();
    let written = outcome.events.iter().find(|e| {
        let subject = e.subject.as_deref().unwrap_or_default();
        // The file itself, and not one beside it or below a place of the program's own.
        let is_each = subject.ends_with(HOLE);
        let home = subject
            .strip_prefix("~/")
            .or_else(|| subject.strip_prefix("os.homedir()"))
            .is_some_and(|rest| rest.split('/').all(|part| part.is_empty() || part == HOLE));
        e.act == Act::Write
            && e.of.any(Labels::LISTED)
            && !e.of.any(TOLD)
            && !from_elsewhere(e)
            && e.text.as_deref().is_some_and(|t| t.len() <= LITTLE && !t.contains(HOLE))
            // Emptied when a day has come: a log that grew too old is deleted, or put aside.
            && (e.text.as_deref().is_some_and(|t| !t.is_empty())
                && (is_each && (home || e.given.any(WHEREABOUTS)) || e.data.any(Labels::CONCEALED))
                || is_each && e.given.any(Labels::TIME) && e.when >= When::Load)
            && !e.by.contains("copy")
            && !e.by.contains("rename")
            && !e.by.contains("append")
    });
    if let Some(written) = written {
        let mut found = flow(&OVERWRITES, written, format!("{} writes the same over every file", shown(written)));
        // Nobody cleans up for the users of one country, and makes sure that nothing is left.
        let deletes = outcome.events.iter().find(|e| e.act == Act::Delete && e.of.any(Labels::LISTED));
        if let Some(deletes) = deletes.filter(|_| written.given.any(WHEREABOUTS)) {
            found.certain = true;
            found.with.push(deletes);
        }
        flows.push(found);
    }
}

/// A loop that nothing ends.
pub(super) fn hangs(event: &Event) -> Flow<'_> {
    let somewhere = event.given.any(WHEREABOUTS);
    let note = if somewhere { "where the user is decides whether a loop ends" } else { "a loop that nothing ends" };
    let mut found = flow(&HANGS, event, note.to_owned());
    // Nobody has a reason to wait for a day, and to ask for a country then.
    found.certain = somewhere && event.given.any(Labels::TIME);
    // Scripts that are there to keep a machine busy are started for that.
    found.brake = (!somewhere).then_some("it takes nothing and tells nobody");
    found
}

/// A program that is ended by chance, by what it loads.
pub(super) fn leaves_by_chance(event: &Event) -> Option<Flow<'_>> {
    // Where much else is asked, nobody can say that chance decides.
    let chance = Labels::RANDOM.with(Labels::TIME).with(Labels::BUILT).with(Labels::MATCHED);
    let is = event.when == When::Load && event.given.any(Labels::RANDOM) && event.given.without(chance).is_empty();
    is.then(|| {
        let mut found = flow(&LEAVES, event, format!("{} under a condition on a random number", shown(event)));
        found.brake = Some("it takes nothing and tells nobody");
        found
    })
}

fn is_note(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    NOTE.iter().filter(|word| lower.contains(**word)).count() >= 2
}

/// A script that writes itself into the files that it finds.
pub(super) fn infects<'a>(outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let Some(read) = outcome.events.iter().find(|e| e.act == Act::Read && is_own_file(e)) else { return };
    let writes = outcome
        .events
        .iter()
        .find(|e| e.act == Act::Write && e.of.any(Labels::LISTED) && e.data.any(Labels::OWN_FILE) && !e.of.any(TOLD));
    if let Some(writes) = writes {
        let mut found = flow(&INFECTS, writes, format!("{} is given the script's own text", shown(writes)));
        found.with.push(read);
        flows.push(found);
    }
}

fn is_own_file(event: &Event) -> bool {
    event.subject.as_deref().is_some_and(|s| s.trim_end_matches(HOLE) == OWN)
}

/// Executed text that a script takes out of its own file.
pub(super) fn own_bytes<'a>(event: &'a Event, outcome: &'a Outcome) -> Option<Flow<'a>> {
    if event.act != Act::Eval || !event.of.any(Labels::OWN_FILE) {
        return None;
    }
    let read = outcome.events.iter().find(|e| e.act == Act::Read && is_own_file(e))?;
    let mut found = flow(&OWN_BYTES, event, format!("{} executes {}", event.by, words(event.of)));
    found.with.push(read);
    Some(found)
}

/// Endings of files that hold anything but code.
const DATA_FILES: &[&str] = &[
    ".css", ".scss", ".less", ".svg", ".dat", ".data", ".bin", ".log", ".csv", ".tsv", ".xml", ".bak", ".tmp", ".db",
    ".map", ".lock", ".po", ".mo", ".pem", ".crt", ".plist", ".wasm", ".txt", ".md", ".rst", ".idx", ".pak", ".woff",
    ".woff2", ".ttf", ".otf", ".ico", ".cur", ".res",
];

/// Endings of files that hold tables, fonts and compiled code: nobody writes into them what an interpreter is to run.
const TABLES: &[&str] =
    &[".wasm", ".idx", ".mo", ".db", ".dat", ".bin", ".pak", ".woff", ".woff2", ".ttf", ".otf", ".ico", ".cur", ".res"];

/// Whether a path names such a file itself, whatever folder it is looked for in.
pub(super) fn names_a_table(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    !name.contains(HOLE) && TABLES.iter().any(|end| name.strip_suffix(end).is_some_and(|stem| !stem.is_empty()))
}

/// The reading of a data file whose text is executed.
pub(super) fn data_file<'a>(event: &Event, outcome: &'a Outcome) -> Option<&'a Event> {
    let is_data = |path: &str| {
        let lower = path.to_ascii_lowercase();
        // Builds execute what says their version, whatever it is called.
        DATA_FILES.iter().any(|end| lower.ends_with(end)) && !lower.contains("version")
    };
    if !event.of.any(Labels::FILE) {
        return None;
    }
    // What is read within the words of the act is what it executes; elsewhere anything that is read may be.
    let is_within = |e: &&Event| event.at.0 <= e.at.0 && e.at.1 <= event.at.1;
    let reads = || outcome.events.iter().filter(|e| e.act == Act::Read);
    let any_within = reads().any(|e| is_within(&e));
    let mut may_be = reads().filter(|e| !any_within || is_within(e));
    let first = may_be.next()?;
    // A helper that reads for many reads code for somebody.
    let is = |e: &Event| e.subject.as_deref().is_some_and(is_data) && e.others.iter().all(|other| is_data(other));
    (is(first) && may_be.all(is)).then_some(first)
}

/// Addresses of wallets that are exchanged in what passes.
pub(super) fn swaps<'a>(outcome: &'a Outcome, hooks: &'a [Event], flows: &mut Vec<Flow<'a>>) {
    let Some(hook) = hooks.first() else { return };
    if outcome.wallets.own == 0 || !outcome.wallets.looks_for {
        return;
    }
    let names: Vec<&str> = hooks.iter().take(8).map(|h| &*h.by).collect();
    let note = format!(
        "{} replaced; {} addresses of wallets stand here, and a pattern that finds others",
        names.join(", "),
        outcome.wallets.own
    );
    let mut found = flow(&SWAPS, hook, note);
    found.certain = outcome.wallets.own >= MANY;
    flows.push(found);
}

/// Addresses from which on they are nobody's example.
const MANY: usize = 3;

/// Why a secret that is told is for people to look at.
const TYPED: &str = "a person types it where the program asks for it";

/// A secret that is told on the side.
pub(super) fn secret_told(event: &Event) -> Option<Flow<'_>> {
    let subject = event.subject.as_deref().unwrap_or_default();
    let fixed = addresses::host(subject).is_some_and(|h| h.contains('.'));
    // What is told only of what has the name of a secret is one.
    let of_callers = Labels::PARAMETER.with(Labels::HOOKED).with(Labels::ASKED);
    let given = event.data.with(event.of);
    let is_named = event.given.any(Labels::NAMED_SECRET) && given.any(of_callers) || given.any(Labels::NAMED_SECRET);
    let is = (event.act == Act::Send && event.data.any(Labels::TOLD_SECRET)
        || matches!(event.act, Act::Send | Act::Fetch) && (is_named || event.of.any(Labels::TOLD_SECRET)))
        && event.dropped
        && event.silent
        && fixed
        && !addresses::is_local(subject)
        && !addresses::is_registry(subject);
    is.then(|| {
        let mut found = flow(&SECRET_TOLD, event, format!("{} go to {}", words(event.data), shown(event)));
        if given.any(Labels::ANSWER) {
            found.brake = Some(TYPED);
        }
        found
    })
}

/// A key that goes to somebody whose it is not.
pub(super) fn cloud_key(event: &Event, given: Labels) -> Option<Flow<'_>> {
    let subject = event.subject.as_deref().unwrap_or_default();
    let host = addresses::host(subject).filter(|h| h.contains('.'))?.to_ascii_lowercase();
    let foreign = !KEEPERS.iter().any(|k| host.contains(k)) && !addresses::is_registry(subject);
    (matches!(event.act, Act::Send | Act::Fetch) && given.any(Labels::CLOUD_KEY) && foreign)
        .then(|| flow(&CLOUD_KEY_SENT, event, format!("{} go to {}", words(given), shown(event))))
}

/// Whether what is deleted at some date is what somebody works on: its sources, or all that is known of their past.
pub(super) fn wipes_project(event: &Event) -> bool {
    let is_of_project = |subject: &str| {
        let target = subject.split_whitespace().last().unwrap_or_default().trim_matches('"').replace('\\', "/");
        ["/.git", "/src"]
            .iter()
            .any(|end| target.strip_suffix(end).is_some_and(|folder| folder == HOLE || folder == "."))
    };
    event.when >= When::Load
        && event.given.any(Labels::TIME)
        && event.of.any(Labels::DIRECTORY)
        && event.subject.iter().chain(&event.others).any(|subject| is_of_project(subject))
}

/// Whether something goes to a bot or a web hook of the user's own: its key stands in the address, and is one that the user
/// has set. Who steals leaves nothing in the environment of others.
pub(super) fn is_inbox_of_the_user(event: &Event) -> bool {
    let others = Labels::CONCEALED.with(Labels::FOREIGN).with(Labels::OUTPUT);
    event.subject.as_deref().is_some_and(addresses::is_inbox_of_others)
        && event.of.any(Labels::ENV)
        && !event.of.any(others)
}

/// The key of a service that goes to somebody else on the side.
pub(super) fn service_key<'a>(event: &'a Event, outcome: &Outcome) -> Option<Flow<'a>> {
    let carries = |e: &Event| e.data.with(e.of).any(Labels::SERVICE_KEY);
    // Where a service takes messages for anybody it takes no keys.
    let is_taken = |address: &str| {
        let label =
            addresses::host(address).and_then(addresses::registered).map(|(label, _)| label.to_ascii_lowercase());
        label.is_some_and(|label| takes_keys(&label)) && !addresses::is_drop(address)
    };
    let subject = event.subject.as_deref().unwrap_or_default();
    let runs_itself = matches!(event.when, When::Load | When::Install);
    // As a part of an address that is only asked, where clients that mean it have a header; and the model is asked elsewhere.
    let is_in_the_query = event.of.any(Labels::SERVICE_KEY)
        && !event.data.any(Labels::SERVICE_KEY)
        && subject.split_once('?').is_some_and(|(_, query)| query.contains('='))
        && outcome.events.iter().any(|e| e.act == Act::Prompt && e.at != event.at && e.data.any(Labels::SERVICE_KEY));
    let is = matches!(event.act, Act::Send | Act::Fetch)
        && carries(event)
        && !is_inbox_of_the_user(event)
        && (event.dropped && (runs_itself || event.silent) || is_in_the_query)
        && addresses::host(subject).is_some_and(|host| host.contains('.'))
        && !is_taken(subject)
        && !addresses::is_local(subject)
        && !addresses::is_registry(subject);
    if !is {
        return None;
    }
    let given = event.data.with(event.of);
    let mut found = flow(&SERVICE_KEY_SENT, event, format!("{} go to {}", words(given), shown(event)));
    let goes_home = |e: &Event| carries(e) && e.subject.as_deref().is_some_and(is_taken);
    if is_in_the_query {
        found.severity = Some(Severity::High);
    } else if !runs_itself && !outcome.events.iter().any(goes_home) {
        found.severity = Some(Severity::Medium);
    }
    Some(found)
}

/// Settings of the user's that make others the source of packages.
pub(super) fn redirects(event: &Event) -> Option<Flow<'_>> {
    let subject = event.subject.as_deref()?;
    let lower = subject.to_ascii_lowercase().replace('\\', "/");
    let (text, says) = match event.act {
        Act::Write => {
            let text = event.text.as_deref()?;
            let low = text.to_ascii_lowercase();
            // Those of a project are the project's.
            let users = event.of.any(Labels::USER) || lower.starts_with(['~', '%']) || lower.starts_with("/etc/");
            (text, users && SETTINGS.iter().any(|s| lower.ends_with(s)) && SAY_WHERE.iter().any(|w| low.contains(w)))
        }
        Act::Run => (subject, ORDERS.iter().any(|o| lower.contains(o))),
        _ => return None,
    };
    let foreign = || {
        text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '[' | ']' | ',')).any(|word| {
            word.contains("://")
                && addresses::host(word).is_some_and(|h| h.contains('.'))
                && !addresses::is_registry(word)
                // One that is tried out on this machine.
                && !addresses::is_local(word)
                && !KEEPERS.iter().take(14).any(|k| word.contains(k))
        })
    };
    if !says || !foreign() {
        return None;
    }
    let mut found = flow(&REDIRECTS, event, shown(event));
    if event.when >= When::Load && event.when != When::Main {
        found.severity = Some(Severity::High);
    }
    Some(found)
}

/// An interpreter that is started to import something, by what is not waited for.
pub(super) fn imports_unseen(event: &Event) -> Option<Flow<'_>> {
    let subject = event.subject.as_deref().unwrap_or_default();
    if event.when < When::Load || event.when == When::Main || event.layer > 0 || !event.by.ends_with("Popen") {
        return None;
    }
    let (interpreter, code) = subject.split_once(" -c ")?;
    let first = interpreter.split_whitespace().next()?.trim_end_matches(HOLE).rsplit(['/', '\\']).next()?;
    let is_python = first.starts_with("python") || first == "sys.executable" || first == "py";
    let mut imports = 0usize;
    for statement in code.split([';', '\n']).map(str::trim).filter(|s| !s.is_empty()) {
        let is_import = statement.starts_with("import ") || statement.starts_with("from ");
        if !is_import && !statement.starts_with("warnings.") {
            return None;
        }
        imports += usize::from(is_import);
    }
    (is_python && imports > 0).then(|| flow(&IMPORTS_UNSEEN, event, shown(event)))
}

/// What is sent of a wallet's key when its address had to be decoded first: nobody else hides where it goes.
pub(super) fn key_is_hidden(flow: &Flow<'_>) -> bool {
    flow.rule.id == super::rules::KEY_SENT.id
        && flow.severity.unwrap_or(flow.rule.severity) >= Severity::High
        && flow.event.of.any(Labels::CONCEALED)
}
