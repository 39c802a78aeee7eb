//! Who gets in, and where traffic goes, other than those who use a machine think: through it, or through somebody else's.

use super::{Act, Event, Flow, HOLE, Labels, Outcome, addresses, flow, shown};
use crate::rule;

rule! {
    /// A program connects to a host that stands in it, does what that says where to connect next, and carries what one side
    /// sends to the other: whoever owns the host goes through the machine, and into the network that it stands in.
    /// Known uses: proxies sold as residential addresses, back doors with SOCKS. Honest look-alikes: agents of tunnels, which
    /// are told by their users which host to serve.
    pub(super) TUNNEL = "flow-tunnel" in "net/tunnel-proxy";
    severity: High, confidence: Likely,
    title: "Lets a fixed host reach others through this machine",
    reference: "https://attack.mitre.org/techniques/T1090/",
}

rule! {
    /// Git is told for all repositories of a user that addresses of one host mean another one: what is cloned comes from
    /// there, and what is pushed goes there, with the log-ins for it. Honest look-alikes: mirrors and proxies that somebody
    /// sets up on purpose; another protocol for the same host, which does not count.
    pub(super) GIT_ELSEWHERE = "flow-git-elsewhere" in "cred/git-hook-or-helper";
    severity: High, confidence: Likely,
    title: "Git is redirected to another host for all repositories",
    reference: "https://attack.mitre.org/techniques/T1557/",
}

rule! {
    /// The digest of a password that somebody gives is compared with one that stands in the script: whoever knows the password
    /// to it is let in, under any account. Honest look-alikes: tools of one user, whose author wrote their own password
    /// into them.
    pub(super) FIXED_PASSWORD = "flow-fixed-password" in "covert/backdoor-account";
    severity: High, confidence: Likely,
    title: "A password is compared with a digest that stands in the code",
    reference: "https://attack.mitre.org/techniques/T1078/001/",
}

rule! {
    /// What visitors of a site send to its server (log-ins, orders, forms) goes on to a bot or web hook whose key stands in the
    /// code: whoever wrote the package reads along. Known uses: middleware with a second reader, copies of form handlers.
    /// Honest look-alikes: contact forms that notify their own author, published with their key by mistake.
    pub(super) REQUEST_TOLD = "flow-request-told" in "net/exfil-service";
    severity: High, confidence: Likely,
    title: "What a request says goes to a bot or web hook whose key stands in the code",
    reference: "https://attack.mitre.org/techniques/T1567/",
}

rule! {
    /// Before what its user says, a language model is told something that had to be decoded, and only in some surroundings: in
    /// a place, a language, behind a proxy, at a company. What it answers there is not what it answers elsewhere, and who reads
    /// the code does not see why. Known uses: re-creations of clients that refuse or answer worse for some countries. Honest
    /// look-alikes: models are told the language of their user, in words that stand there.
    pub(super) SYSTEM_HIDDEN = "flow-system-message-hidden" in "covert/locale-timezone-gate";
    severity: High, confidence: Likely,
    title: "A model is told something decoded, in some surroundings only",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

rule! {
    /// The key of a service goes to one address or another, and what decides is the time zone or language of whoever uses it.
    /// Known uses: clients of models that lead some users through a host of their own maker. Honest look-alikes: clients that
    /// take the nearest of several regions of one service, which mostly have their user say which.
    pub(super) KEY_BY_PLACE = "flow-key-routed-by-place" in "covert/locale-timezone-gate";
    severity: High, confidence: Likely,
    title: "Where a key is sent to is chosen by the time zone or language",
    reference: "https://attack.mitre.org/techniques/T1480/",
}

/// A key that goes where the surroundings say.
pub(super) fn key_by_place(event: &Event) -> Option<Flow<'_>> {
    let keys = Labels::SERVICE_KEY.with(Labels::CLOUD_KEY).with(Labels::ENV_SECRET).with(Labels::KEY_MATERIAL);
    let places = Labels::TIME_ZONE.with(Labels::LOCALE);
    let is = event.act == Act::Send
        && event.data.any(keys)
        && event.of.any(places)
        && event.of.any(Labels::CHOSEN)
        && !crate::analyze::script::covert::is_mixture(event.of);
    is.then(|| {
        let note =
            format!("{} go to {}, by {}", super::words(event.data), shown(event), super::words(event.of.only(places)));
        let mut found = flow(&KEY_BY_PLACE, event, note);
        found.brake = Some(CALLED);
        found
    })
}

/// How the making of a message for a model is called.
pub(in crate::analyze::script) const SYSTEM_MESSAGE: &str = "a message of the system";

/// What a model is told in some surroundings only.
pub(super) fn system_message(event: &Event) -> Option<Flow<'_>> {
    let told = event.text.as_deref().unwrap_or(HOLE);
    let note = format!("it is told \"{}\", under a condition on {}", super::one_line(told), super::words(event.given));
    Some(flow(&SYSTEM_HIDDEN, event, note))
}

/// Why what only a caller starts is for people to look at, and no chain by itself.
const CALLED: &str = "only when somebody calls it";

/// What a request says, in a message to a mailbox of one person.
pub(super) fn request_told(event: &Event) -> Option<Flow<'_>> {
    let address = event.subject.as_deref()?;
    // A bot is known by its path whatever host stands before its service.
    let is_inbox = addresses::is_inbox(address) || addresses::is_bot(address);
    let is_told = event.act == Act::Send && event.data.any(Labels::ASKED) && is_inbox;
    is_told.then(|| {
        let mut found = flow(&REQUEST_TOLD, event, format!("what a request says goes to {}", shown(event)));
        found.brake = Some(CALLED);
        found
    })
}

/// Files in which programs keep what they are let in with, by a part of their path, and the domains of those who let them in;
/// nobody else has a use for it.
const OWNED: &[(&str, &str)] = &[
    (".claude/.credentials", "anthropic.com claude.ai claude.com"),
    (".codex/auth.json", "openai.com chatgpt.com"),
    (".gemini/oauth_creds", "google.com googleapis.com"),
    (".qwen/oauth_creds", "qwen.ai aliyuncs.com aliyun.com"),
    (".config/github-copilot/", "github.com githubcopilot.com"),
    (".config/gh/hosts", "github.com"),
    (".aws/credentials", "amazonaws.com aws.amazon.com amazonaws.com.cn"),
    (".config/gcloud/", "google.com googleapis.com"),
    (".azure/", "azure.com azure.net windows.net microsoft.com microsoftonline.com"),
    ("kubernetes.io/serviceaccount", "kubernetes.default svc cluster.local"),
    (".ssh/id_", ""),
];

/// Folders that are a tool's own: what its makers have put there for themselves, sessions included.
const OWN_FOLDERS: &[(&str, &str)] = &[
    (".codex/", "openai.com chatgpt.com"),
    (".claude/", "anthropic.com claude.ai claude.com"),
    (".gemini/", "google.com googleapis.com"),
];

/// Whether the services of more than one cloud are asked for the keys of the machine: who runs in one asks that.
fn sweeps_clouds(outcome: &Outcome) -> bool {
    let asked = outcome.events.iter().filter(|e| e.act == Act::Fetch).filter_map(|e| e.subject.as_deref());
    let mut hosts: Vec<&str> = asked.filter(|a| addresses::is_metadata(a)).filter_map(addresses::host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts.len() > 1
}

/// Whether what lets somebody in at one place is sent to another, which stands in the script: clients present what they have to
/// whom it is for.
pub(super) fn shown_to_others(event: &Event, outcome: &Outcome) -> bool {
    let Some(host) = event.subject.as_deref().and_then(addresses::host).filter(|h| h.contains('.')) else {
        return false;
    };
    if event.act != Act::Send || !event.data.any(Labels::CREDENTIALS) || host.contains(HOLE) {
        return false;
    }
    let host = host.to_ascii_lowercase();
    let is_owner = |domains: &str| {
        let ends = |d: &str| host.strip_suffix(d).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        domains.split_whitespace().any(ends)
    };
    let reads = outcome.events.iter().filter(|e| e.act == Act::Read).filter_map(|e| e.subject.as_deref());
    let mut paths = reads.map(|path| path.replace('\\', "/"));
    paths.any(|path| OWNED.iter().any(|(part, domains)| path.contains(part) && !is_owner(domains)))
        || sweeps_clouds(outcome)
}

/// Whether a program only presents what it keeps itself to those who let it in: of all files with credentials that the script
/// reads, each is one that the receiver, whose host stands there, has given out.
pub(super) fn shown_to_its_owner(event: &Event, outcome: &Outcome) -> bool {
    let Some(host) = event.subject.as_deref().and_then(addresses::host).filter(|h| h.contains('.')) else {
        return false;
    };
    let host = host.to_ascii_lowercase();
    let owns = |path: &str| {
        let path = path.replace('\\', "/");
        let ends = |d: &str| host.strip_suffix(d).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let mut known = OWNED.iter().chain(OWN_FOLDERS);
        known.any(|(part, domains)| path.contains(part) && domains.split_whitespace().any(ends))
    };
    let is_secret = |e: &&Event| e.act == Act::Read && e.data.any(Labels::CREDENTIALS);
    let mut read = outcome.events.iter().filter(is_secret).peekable();
    read.peek().is_some() && read.all(|e| e.subject.as_deref().is_some_and(owns))
}

/// The brake of it.
pub(super) const SHOWN_TO_OTHERS: &str = CALLED;

/// A password that is compared with a digest that stands in the script.
pub(super) fn fixed_password(event: &Event) -> Option<Flow<'_>> {
    (event.act == Act::Admit).then(|| {
        flow(&FIXED_PASSWORD, event, "the digest of what is given is compared with one that stands here".to_owned())
    })
}

/// A connection to where somebody at the end of another one says.
pub(super) fn tunnel<'a>(event: &'a Event, outcome: &'a Outcome) -> Option<Flow<'a>> {
    let fixed = |e: &Event| {
        let host = e.subject.as_deref().and_then(addresses::host);
        host.is_some_and(|h| h.contains('.') && !h.contains(HOLE))
            && !e.subject.as_deref().is_some_and(addresses::is_local)
    };
    if event.act != Act::Connect || !event.of.any(Labels::REMOTE) || fixed(event) {
        return None;
    }
    let hub = outcome.events.iter().find(|e| e.act == Act::Connect && e.at != event.at && fixed(e))?;
    let carries =
        outcome.events.iter().find(|e| e.act == Act::Send && e.data.any(Labels::REMOTE) && e.subject == hub.subject)?;
    let mut found = flow(&TUNNEL, event, format!("{} connects to where {} says", event.by, shown(hub)));
    found.with.extend([hub, carries]);
    Some(found)
}

/// A command that has git ask another host, for everything that its user does.
pub(super) fn git_elsewhere(event: &Event) -> Option<Flow<'_>> {
    let commands = event.subject.iter().chain(&event.others);
    let redirects = |command: &str| {
        let words: Vec<&str> = command.split_whitespace().map(|w| w.trim_matches(['"', '\''])).collect();
        let is_global = words.iter().any(|w| matches!(*w, "--global" | "--system"));
        let at =
            words.iter().position(|w| w.len() > 4 && w.get(..4).is_some_and(|u| u.eq_ignore_ascii_case("url.")))?;
        let key = words.get(at)?.get(4..)?;
        let lower = key.to_ascii_lowercase();
        let end = lower.strip_suffix(".insteadof").or_else(|| lower.strip_suffix(".pushinsteadof"))?.len();
        let (to, from) = (key.get(..end)?.trim_matches(['"', '\'']), *words.get(at + 1)?);
        (is_global && words.first().is_some_and(|w| w.ends_with("git"))).then(|| (owner(to), owner(from)))
    };
    let (command, to) = commands.filter_map(|c| Some((c, redirects(c)?))).find_map(|(command, (to, from))| {
        let (to, from) = (to?, from?);
        (to != from).then_some((command, to))
    })?;
    Some(flow(&GIT_ELSEWHERE, event, format!("{} \"{}\" leads to {to}", event.by, super::one_line(command))))
}

/// Who owns the host of an address of a repository; `None` where that is not known.
fn owner(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split(['/', ':']).next()?.to_ascii_lowercase();
    let is_known = host.contains('.') && !host.contains(HOLE) && !host.contains(['$', '%', '{']);
    is_known.then(|| addresses::registered(&host).map_or(host.clone(), |(_, domain)| domain.to_owned()))
}
