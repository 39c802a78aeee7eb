//! What a script gives to the network: who is told, what, and who has asked for it.

use super::{
    Act, Event, Flow, HOLE, Labels, MIXTURE, Outcome, Severity, When, addresses, flow, forwarded, impact, planted,
    rules, shown, words,
};

/// Who and where the user is; the operating system alone tells neither.
const WHO: Labels =
    Labels::HOSTNAME.with(Labels::USER).with(Labels::DIRECTORY).with(Labels::ADDRESS).with(Labels::PROCESSES);
/// What tells nothing of where a value is from.
const NEW_TO_MIX: Labels = Labels::LISTED.with(Labels::ENCRYPTED).with(Labels::TOLD_SECRET).with(Labels::CHOSEN);
/// Stores that only their own program reads.
pub(super) const STORES: Labels = Labels::BROWSER.with(Labels::WALLET).with(Labels::MESSENGER);
/// What a page has not put away for itself.
const BEYOND_THE_PAGE: Labels = Labels::WALLET.with(Labels::MESSENGER).with(Labels::COOKIES).with(Labels::CONCEALED);
/// What may go with a key without being made of it.
const BESIDE_A_KEY: Labels = Labels::KEY_MATERIAL
    .with(Labels::PARAMETER)
    .with(Labels::TOLD_SECRET)
    .with(Labels::CONCEALED)
    .with(Labels::HOOKED)
    .with(Labels::BUILT)
    .with(Labels::TIME)
    .with(Labels::RANDOM)
    .with(Labels::PLATFORM)
    .with(Labels::ANSWER);

/// Whether something is told in the address of a picture, or by what asks for no answer.
fn is_picture(event: &Event) -> bool {
    event.by.ends_with("Image().src")
        || event.by.ends_with("HTMLImageElement().src")
        || event.by.ends_with("sendBeacon")
}

/// Whether a request that is already open is given its body: what is known of it is also what it is answered.
fn is_written_to(event: &Event) -> bool {
    event.by.ends_with("().write") || event.by.ends_with("().end")
}

/// Whether a caller says where to: the host is no part of the script, and nothing happens before somebody calls.
fn is_told_where(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default();
    // A request that is written to has its own answer about it.
    let foreign = if is_written_to(event) { Labels::FOREIGN.without(Labels::DOWNLOADED) } else { Labels::FOREIGN };
    event.when == When::Called
        && event.of.any(Labels::PARAMETER)
        && !event.of.any(Labels::CONCEALED.with(foreign))
        && addresses::host(subject).is_none_or(|host| !host.contains('.'))
}

/// Whether somebody who calls has a variable of the environment say where to, and nothing else does.
fn is_variable_of_the_user(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default();
    let name = subject.strip_prefix('%').and_then(|rest| rest.split_once('%')).map_or("", |(name, _)| name);
    event.when == When::Called
        && event.of.any(Labels::ENV)
        && !event.of.any(Labels::CONCEALED.with(Labels::FOREIGN).with(Labels::OUTPUT).with(Labels::OWN_FILE))
        && !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && !subject.contains("://")
}

/// Whether the user's settings say where to: all that is known of the address is that it stands in a file, a variable of
/// the environment or on the command line, which the script neither brought nor had from anybody.
fn is_set_where(event: &Event) -> bool {
    let origins = Labels::CONCEALED
        .with(Labels::FOREIGN)
        .with(Labels::OUTPUT)
        .with(Labels::OWN_FILE)
        .with(Labels::WRITTEN)
        .with(Labels::LISTED);
    let subject = event.subject.as_deref().unwrap_or_default();
    event.of.any(Labels::FILE.with(Labels::ENV).with(Labels::ARGUMENTS))
        && !event.of.any(origins)
        && addresses::host(subject).is_none()
        && !subject.contains(|c: char| c.is_ascii_alphabetic())
}

/// Whether something is told on the side to a host that stands in the script: who presents what they have wants an answer,
/// and hears of it when there is none.
pub(super) fn is_told_aside(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default();
    event.act == Act::Send
        && event.dropped
        && event.silent
        && addresses::host(subject).is_some_and(|h| h.contains('.'))
        && !addresses::is_local(subject)
        && !addresses::is_registry(subject)
        && !addresses::is_vendor(subject)
}

/// Whether the whole environment goes together with files of credentials to a host that stands in the script: each may be
/// presented somewhere, both nobody needs.
pub(super) fn takes_everything(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default();
    event.act == Act::Send
        && event.data.any(Labels::ENV_ALL)
        && event.data.any(Labels::CREDENTIALS)
        // Where much is mixed nobody knows what of it is sent.
        && event.data.words().count() < super::MIXTURE
        && !event.data.any(Labels::PARAMETER.with(Labels::ARGUMENTS))
        && !event.of.any(Labels::PARAMETER.with(Labels::ARGUMENTS).with(Labels::ENV))
        && addresses::host(subject).is_some_and(|h| h.contains('.'))
        && !addresses::is_local(subject)
        && !addresses::is_registry(subject)
        && !addresses::is_vendor(subject)
}

/// Whether an act asks nobody but who gave keys out whose one is, wherever else it may lead.
fn only_asks_whose(event: &Event) -> bool {
    event.subject.as_deref().is_some_and(addresses::asks_whose)
        && event.others.iter().all(|other| addresses::asks_whose(other))
}

/// Whether all that was started packs a folder that somebody names, for whom it is then carried away.
fn packs_what_is_named(event: &Event, outcome: &Outcome) -> bool {
    let packs = |e: &Event| {
        e.subject.as_deref().is_some_and(|c| ["tar ", "zip ", "git archive "].iter().any(|p| c.starts_with(p)))
    };
    let named = Labels::ARGUMENTS.with(Labels::PARAMETER);
    // What installs something says nothing of the machine.
    let says = |e: &&Event| {
        !e.subject.as_deref().is_some_and(|c| ["npm install ", "pip install "].iter().any(|p| c.starts_with(p)))
    };
    let mut runs = outcome.events.iter().filter(|e| e.act == Act::Run).filter(says).peekable();
    !event.silent && runs.peek().is_some() && runs.all(|e| packs(e) && e.of.any(named) && !e.of.any(Labels::SECRET))
}

/// Whether a name is looked up for its own sake: its first label is worked out, its domain stands in the script, nobody looks
/// at the answer and nobody is told when there is none.
fn tells_by_asking(event: &Event, name: &str) -> bool {
    let domain = name.rsplit(HOLE).next().unwrap_or_default();
    event.dropped
        && event.silent
        && name.starts_with(HOLE)
        && domain.starts_with('.')
        && domain.matches('.').count() >= 2
        && event.of.any(Labels::PARAMETER.with(Labels::BUILT))
        && !event.of.any(Labels::RANDOM.with(Labels::TIME))
        && !addresses::stays(name)
        && !addresses::is_list(name)
}

/// A fixed address that an installation contacts without using the answer.
pub(super) fn beacon<'a>(event: &'a Event, outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let subject = event.subject.as_deref().unwrap_or_default();
    let fixed = addresses::host(subject).is_some_and(|h| h.contains('.'));
    if !matches!(event.act, Act::Send | Act::Fetch | Act::Lookup)
        || event.when < When::Load
        || !fixed
        || addresses::is_local(subject)
        || addresses::is_registry(subject)
        || flows.iter().any(|f| std::ptr::eq(f.event, event) && f.rule.severity >= Severity::High)
    {
        return;
    }
    let used = outcome.uses_download || outcome.events.iter().any(|e| e.of.with(e.data).any(Labels::DOWNLOADED));
    if !used {
        flows.push(flow(
            &rules::BEACON,
            event,
            format!("{} at installation, and nothing is done with the answer", shown(event)),
        ));
    }
}

pub(super) fn send<'a>(event: &'a Event, outcome: &'a Outcome, flows: &mut Vec<Flow<'a>>) {
    let subject = event.subject.as_deref().unwrap_or_default();
    if addresses::is_local(subject) {
        return;
    }
    let mut given = event.data.with(if event.act == Act::Connect { Labels::NONE } else { event.of });
    if event.act == Act::Lookup {
        given = event.of;
    }
    let to = if subject.is_empty() { "somewhere".to_owned() } else { shown(event) };
    // Who writes the host as it is hides nothing by what is decoded behind it; a drop is told apart by its path.
    let hidden = event.of.any(Labels::CONCEALED) && (!event.is_spelled || addresses::is_drop(subject));
    if event.act == Act::Lookup {
        if given.any(WHO.with(Labels::SECRET).with(Labels::DOTENV).with(Labels::OUTPUT))
            && subject.contains('.')
            && !addresses::stays(subject)
        {
            let mut found = flow(&rules::DNS, event, format!("{} go into the name: {to}", words(given)));
            // Who listens has a domain, and it stands in the script. And who is called for looks up what others know.
            // Unless nobody looks at what they get, and nobody is told when they get nothing.
            let is_asked = event.when == When::Called
                && !(event.dropped && event.silent)
                && !given.any(WHO.with(Labels::SECRET).with(Labels::DOTENV));
            // A list is asked about an address that some program told.
            let is_listed = addresses::is_list(subject) && !given.any(WHO.with(Labels::SECRET).with(Labels::DOTENV));
            if (subject.ends_with(HOLE) || is_asked || is_listed) && !hidden {
                found.severity = Some(Severity::Medium);
            }
            flows.push(found);
        } else if tells_by_asking(event, subject) {
            flows.push(flow(&rules::DNS, event, format!("nothing is done with the answer: {to}")));
        }
    } else if given.any(Labels::PAGE) && !given.any(BEYOND_THE_PAGE) && is_told_where(event) {
        // What a page keeps goes where its own caller says.
    } else if given.any(Labels::FIELD) && is_picture(event) && addresses::host(subject).is_some_and(|h| h.contains('.'))
    {
        // Nobody signs in through the address of a picture.
        flows.push(flow(&rules::SPIED_SENT, event, format!("{} go to {to}", words(given))));
    } else if given.any(STORES) && event.act == Act::Send {
        let mut found = flow(&rules::STORES_SENT, event, format!("{} go to {to}", words(given)));
        // A page's own storage that is sent to where the page came from, or where its caller says, is what pages do.
        let fixed = addresses::host(subject).is_some_and(|h| h.contains('.'));
        let is_of_page = outcome.in_page || given.any(Labels::PARAMETER.with(Labels::PAGE));
        if !fixed && is_of_page && !hidden {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if given.any(Labels::PAGE) && event.act == Act::Send {
        // Only as what the page is known by to whom it asks, or what opens no door.
        let mut found = flow(&rules::STORES_SENT, event, format!("{} go to {to}", words(given)));
        let is_nobodys = hidden || addresses::is_drop(subject) || addresses::is_public_ip(subject);
        found.severity = Some(if is_nobodys { Severity::High } else { Severity::Low });
        flows.push(found);
    } else if given.any(Labels::CREDENTIALS) && event.act == Act::Send {
        let mut found = flow(&rules::CREDENTIALS_SENT, event, format!("{} go to {to}", words(given)));
        // Clients present their credentials when they are called.
        // Of a script of a shell all of it is what somebody calls.
        // A hook of an agent is called by the agent.
        // A server of packages asks the one behind it, as whom its owner is known there.
        let is_called = event.when == When::Called
            || event.answers && addresses::is_registry(subject)
            || event.when == When::Main
                && (!outcome.is_of_shell || addresses::is_registry(subject))
                && !given.any(Labels::HANDED);
        // Nobody presents all that the environment holds beside files of credentials, whoever is called.
        let is_all = given.any(Labels::ENV_ALL) && !given.any(Labels::PARAMETER) && !addresses::is_vendor(subject);
        let is_called = is_called && !(is_all && given.without(NEW_TO_MIX).words().count() <= MIXTURE);
        // Who walks through folders for what is called like a secret, and sends it to a place that stands there, is no client.
        let picks = given.any(Labels::LISTED)
            && event.given.any(Labels::PICKED_FILE)
            && addresses::host(subject).is_some_and(|h| h.contains('.'));
        let is_owners = forwarded::shown_to_its_owner(event, outcome) || only_asks_whose(event);
        if is_owners && !hidden {
            found.severity = Some(Severity::Low);
        } else if picks {
            found.severity = None;
        } else if (is_called && !is_told_aside(event) || addresses::host(subject).is_none())
            && !addresses::is_drop(subject)
        {
            // Those of others, shown to somebody else, are for a person to look at.
            if forwarded::shown_to_others(event, outcome) {
                found.brake = Some(forwarded::SHOWN_TO_OTHERS);
            } else {
                found.severity = Some(Severity::Medium);
            }
            // What goes with them does not weigh less for that.
            flows.extend(identity(event, outcome, given, &to));
        }
        flows.push(found);
    } else if given.any(Labels::ENV_ALL) {
        let mut found = flow(&rules::ENVIRONMENT_SENT, event, format!("{} go to {to}", words(given)));
        if addresses::host(subject).is_none() {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if given.any(Labels::SPIED) && event.act == Act::Send {
        let mut found = flow(&rules::SPIED_SENT, event, format!("{} go to {to}", words(given)));
        // A page tells its own server what is typed into it.
        if outcome.in_page && addresses::host(subject).is_none_or(|h| !h.contains('.')) && !hidden {
            found.severity = Some(Severity::Low);
        } else if is_variable_of_the_user(event) {
            // Reports of faults have a picture of the screen with them, for whom the user names.
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if let Some(found) = planted::settings(event, given, &to) {
        flows.push(found);
    } else if let Some(found) = identity(event, outcome, given, &to) {
        flows.push(found);
        flows.extend(planted::input(event, given, &to));
    } else if let Some(found) = planted::input(event, given, &to) {
        flows.push(found);
    } else if given.any(Labels::KEY_MATERIAL)
        && event.act == Act::Send
        && given.without(BESIDE_A_KEY).is_empty()
        && !only_asks_whose(event)
    {
        let mut found = flow(&rules::KEY_SENT, event, format!("{} go to {to}", words(given)));
        // Agents and signers are handed keys by whoever calls them, at a place that nobody fixed.
        let is_mailbox = event.by.ends_with("sendMail") && subject.contains('@') && !subject.contains(HOLE);
        let is_nowhere = !is_mailbox && addresses::host(subject).is_none_or(|h| !h.contains('.'));
        if is_nowhere && event.when == When::Called && given.any(Labels::PARAMETER) && !hidden {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if given.any(Labels::FILE)
        && !given.any(Labels::OWN_FILE)
        && event.act == Act::Send
        && (addresses::is_inbox(subject)
            || given.any(Labels::DOCUMENTS) && given.any(Labels::LISTED) && addresses::host(subject).is_some())
    {
        let mut found = flow(&rules::FILES_SENT, event, format!("{} go to {to}", words(given)));
        // Who calls a function that carries files somewhere knows that it does.
        if event.when <= When::Main && !addresses::is_inbox(subject) {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if given.any(Labels::HOOKED) && addresses::host(subject).is_some_and(|h| h.contains('.')) {
        flows.push(flow(&rules::PATCHED, event, format!("{} go to {to}", words(given))));
    } else if given.any(Labels::OUTPUT) && event.act == Act::Send && addresses::host(subject).is_some() {
        let mut found = flow(&rules::OUTPUT_SENT, event, format!("{} go to {to}", words(given)));
        // Tools ask the host of a repository about what `git` told them; and an address that an option or a variable may
        // also fill in tells little.
        let may_be_told = Labels::ARGUMENTS.with(Labels::ENV).with(Labels::PARAMETER);
        if addresses::is_registry(subject) {
            found.severity = Some(Severity::Low);
        } else if packs_what_is_named(event, outcome)
            || !event.data.any(Labels::OUTPUT) && given.any(may_be_told)
            || addresses::is_service(subject) && !event.silent
        {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    } else if event.when >= When::Load && event.when != When::Main && is_throw_away(event) {
        flows.push(flow(&rules::BEACON, event, to.clone()));
    } else if given.any(Labels::HOSTNAME.with(Labels::USER))
        && !is_told_where(event)
        && !impact::is_inbox_of_the_user(event)
        && !is_set_where(event)
    {
        flows.push(flow(&rules::IDENTITY_HINT, event, format!("{} go to {to}", words(given))));
    }
    if hidden {
        let takes = |e: &Event| match e.act {
            Act::Eval | Act::Run => e.of.any(Labels::FOREIGN),
            Act::Write => e.data.any(Labels::DOWNLOADED) && e.subject.as_deref().is_some_and(addresses::is_program),
            _ => false,
        };
        // What a caller hands over is somebody's too.
        let weighty = given.any(Labels::SECRET.with(Labels::IDENTITY).with(Labels::SPIED).with(Labels::DOTENV))
            || event.act == Act::Send && event.data.any(Labels::PARAMETER)
            || addresses::is_public_ip(subject)
            || addresses::is_drop(subject)
            || outcome.events.iter().any(takes);
        let mut found = flow(&rules::HIDDEN_ADDRESS, event, format!("{to} had to be decoded"));
        // Of an address that a caller hands over, and of which nothing else is known, it may be anything that was decoded.
        let is_unread = !subject.contains(|c: char| c.is_alphanumeric());
        let is_handed = is_unread && event.of.any(Labels::PARAMETER) && event.when == When::Called;
        // A program that is protected against copying hides the names of those that it speaks with, too.
        // Of what so many things went into nobody can say that it was hidden.
        let is_mixture = is_unread && event.of.words().count() > MIXTURE;
        if !weighty || is_handed || is_mixture || addresses::is_service(subject) {
            found.severity = Some(Severity::Medium);
        }
        flows.push(found);
    }
    flows.extend(forwarded::request_told(event));
    flows.extend(forwarded::key_by_place(event));
    flows.extend(impact::secret_told(event));
    flows.extend(impact::cloud_key(event, given));
    flows.extend(impact::service_key(event, outcome));
    let fixed = addresses::host(subject).is_some_and(|h| h.contains('.'));
    if (event.when >= When::Load || addresses::is_own_collector(subject))
        && event.layer == 0
        && fixed
        && !event.answers
        && !planted::is_of_client(event)
        && matches!(event.act, Act::Send | Act::Fetch | Act::Connect | Act::Lookup)
    {
        let mut found = flow(&rules::CALLS_HOME, event, to);
        // A package manager is asked for a part of the package itself, or a language's makers for theirs.
        // What is asked for a file, and compares it with what it has to be, asks for the file.
        let is_asked = event.act == Act::Fetch || event.data.is_empty() && !given.any(WHO.with(Labels::SECRET));
        let is_checked = is_asked && outcome.checks_download && !event.silent;
        if event.when == When::Main
            || addresses::is_vendor(subject)
            || is_checked
            || impact::is_inbox_of_the_user(event)
        {
            found.severity = Some(Severity::Low);
        }
        flows.push(found);
    }
}

/// Who and where the user is, in an act of the network that is given so much.
fn identity<'a>(event: &'a Event, outcome: &Outcome, given: Labels, to: &str) -> Option<Flow<'a>> {
    let subject = event.subject.as_deref().unwrap_or_default();
    // A place that the user names, or a mailbox of which the user has the key. A variable that a script of a shell does not
    // set is one of the environment.
    let unset = Labels::CONCEALED.with(Labels::DOWNLOADED).with(Labels::OUTPUT).with(Labels::FILE);
    let is_unset = matches!(&*event.by, "curl" | "wget") && subject.is_empty() && !event.of.any(unset);
    let is_users = !event.of.any(Labels::CONCEALED)
        && (addresses::is_inbox_of_others(subject)
            || is_unset
            || addresses::host(subject).is_none() && event.of.any(Labels::ENV));
    let is_drop = addresses::is_drop_for_anybody(subject) && !is_users;
    if given.count(WHO) < 2 && !(given.any(WHO) && is_drop) {
        return None;
    }
    let mut found = flow(&rules::IDENTITY_SENT, event, format!("{} go to {to}", words(given)));
    // Home and working directory are part of most paths; that they reach an address that nobody fixed tells little.
    let tells_host = given.any(Labels::HOSTNAME.with(Labels::ADDRESS).with(Labels::PROCESSES));
    // Neither does what so many things went into, when somebody calls it or when it is paths that may tell, that nobody can
    // say which of them came out.
    let is_nowhere = addresses::host(subject).is_none();
    let is_mixture = (event.when == When::Called || !tells_host || is_nowhere)
        && !is_drop
        && (given.any(Labels::DOWNLOADED) || is_nowhere)
        && given.without(NEW_TO_MIX).words().count() > MIXTURE;
    // And where it goes to is the heart of it: what is not concealed and still not known was somebody else's to say.
    let in_its_name = !subject.is_empty() && event.of.any(WHO);
    let origins = if is_written_to(event) { unset.without(Labels::DOWNLOADED) } else { unset };
    // What stands in a file, and nowhere else, that the script neither brought nor wrote, is in the user's settings; unless
    // it may lie beside the script, or in a place that anybody may write to.
    const PLACES: &[&str] = &[HOLE, "~", "%HOME%", "%APPDATA%"];
    let is_elsewhere =
        |e: &Event| e.subject.as_deref().is_some_and(|s| PLACES.iter().any(|place| s.starts_with(place)));
    let is_set = event.of == Labels::FILE
        && !matches!(&*event.by, "curl" | "wget")
        && outcome.events.iter().filter(|e| e.act == Act::Read).all(is_elsewhere);
    // Who starts a program says where to.
    let is_said = event.of.any(Labels::ARGUMENTS) && !event.of.any(unset.without(Labels::FILE));
    let is_told = is_nowhere && (!event.of.any(origins) && !in_its_name || is_set || is_said);
    if is_mixture || is_users || event.answers && !is_drop || is_told || is_nowhere && event.when == When::Called {
        found.severity = Some(Severity::Medium);
    }
    Some(found)
}

/// Whether the address is one that proves that code runs somewhere, or that is given something and belongs to nobody.
fn is_throw_away(event: &Event) -> bool {
    let subject = event.subject.as_deref().unwrap_or_default();
    addresses::is_collector(subject)
        || addresses::is_public_ip(subject)
        || (event.act == Act::Send
            && addresses::is_drop_for_anybody(subject)
            && !addresses::is_inbox_of_others(subject))
}
