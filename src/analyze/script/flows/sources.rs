//! Where what is fetched comes from: a place that stands in the script, or those who make languages and installers.

use super::addresses;
use crate::analyze::script::event::{Act, Event};
use crate::analyze::script::machine::{MAX_FILLED, Outcome};
use crate::analyze::script::value::{HOLE, Labels};

/// Whether an act asks a place that stands in the script.
pub(super) fn is_fixed_fetch(event: &Event) -> bool {
    // What a page asks for without a scheme lies beside it: `fetch("codec.wasm")` names no host.
    let of_page = event.by.starts_with("fetch") || event.by.starts_with("XMLHttpRequest");
    let is_beside = |s: &str| of_page && !s.contains("//") && !s.starts_with("/\\");
    // Text that stands under a name is got like any other.
    let asks_for_text = ["TXT", "Txt", "txt"].iter().any(|kind| event.by.contains(kind))
        || event.subject.as_deref().is_some_and(|s| s.split_whitespace().any(|word| word.eq_ignore_ascii_case("txt")));
    if event.act == Act::Lookup && asks_for_text {
        return true;
    }
    matches!(event.act, Act::Fetch | Act::Send | Act::Connect)
        && event.subject.as_deref().is_some_and(|s| {
            !is_beside(s) && addresses::host(s.trim_start_matches(['/', '\\'])).is_some_and(|h| h.contains('.'))
        })
}

/// Whether all that an act may have asked for belongs to those who make languages, or is an installer that its makers
/// publish: what the same command asks, or else everything that is asked.
pub(super) fn only_installers(outcome: &Outcome, act: &Event) -> bool {
    let is_theirs = |address: &str| addresses::is_vendor(address) || addresses::is_installer(address);
    // What is in the file that is started, when it is known where all of it is from.
    let command = act.subject.as_deref().unwrap_or_default();
    let mut into = outcome.filled.iter().filter(|(file, _)| file.len() > 4 && command.contains(&**file)).peekable();
    if outcome.filled.len() < MAX_FILLED && into.peek().is_some() && into.all(|(_, from)| is_theirs(from)) {
        return true;
    }
    // One whose address is not known may be anywhere.
    let asks = |e: &&Event| matches!(e.act, Act::Fetch | Act::Send | Act::Connect);
    let is_of_it = |e: &&Event| e.at == act.at || is_piped_into(e, act, outcome);
    let of_command = outcome.events.iter().any(|e| asks(&e) && is_of_it(&e));
    // A bundle holds many programs, and most of them ask something.
    let is_near = |e: &&Event| e.at.0.abs_diff(act.at.0) <= NEAR;
    let any_near = outcome.events.iter().any(|e| asks(&e) && is_near(&e));
    let sources =
        outcome.events.iter().filter(asks).filter(|e| if of_command { is_of_it(e) } else { !any_near || is_near(e) });
    let sources: Vec<&Event> = sources.collect();
    // What the makers answer says where the rest is.
    let is_said = |e: &&Event| {
        e.subject.as_deref().is_none_or(|s| s == HOLE)
            && e.of.any(Labels::DOWNLOADED)
            && !e.of.any(Labels::CONCEALED.with(Labels::REMOTE))
    };
    let (said, known): (Vec<&Event>, Vec<&Event>) = sources.iter().partition(|e| is_said(e));
    let is_published = |e: &&Event| e.subject.as_deref().is_some_and(addresses::is_installer);
    !known.is_empty()
        && known.iter().all(|e| e.subject.as_deref().is_some_and(is_theirs))
        && (said.is_empty() || known.iter().all(is_published))
}

/// Whether an act is what a shell right behind it is fed with, or stands within its words: `curl … | sh`, `sh -c "$(curl …)"`.
fn is_piped_into(asks: &Event, act: &Event, outcome: &Outcome) -> bool {
    const BETWEEN: u32 = 16;
    let is_shell = matches!(&*act.by, "sh" | "bash" | "zsh" | "dash" | "ash" | "ksh" | "sudo");
    let before = outcome.piped.contains(&asks.at) && act.at.0.checked_sub(asks.at.1).is_some_and(|gap| gap <= BETWEEN);
    is_shell && (before || act.at.0 <= asks.at.0 && asks.at.1 <= act.at.1)
}

/// Whether anything that the script asks stands in it, or has to be decoded.
pub(super) fn has_fixed_source(outcome: &Outcome) -> bool {
    outcome.events.iter().any(|e| is_fixed_fetch(e) || (e.act == Act::Listen) || e.of.any(Labels::CONCEALED))
}

/// Bytes around an act in which its source is looked for: a bundle holds many programs, and most of them ask something.
const NEAR: u32 = 128 << 10;
/// Bytes around an act that one program has, at most.
const FAR: u32 = 1 << 20;
/// Sources of one script, of which none need be near.
const FEW: usize = 4;

/// Whether anything near an act asks a place that stands in the script, or has to be decoded.
pub(super) fn has_fixed_source_near(outcome: &Outcome, act: &Event) -> bool {
    // What stands in a file of the package stands in the package.
    let stands_beside = |e: &Event| {
        matches!(e.act, Act::Fetch | Act::Send)
            && e.of.any(Labels::OWN_FILE)
            && e.of.without(Labels::OWN_FILE.with(Labels::FILE).with(Labels::BUILT)).is_empty()
    };
    let is_source = |e: &&Event| {
        is_fixed_fetch(e)
            || matches!(e.act, Act::Listen | Act::Lookup)
            || e.of.any(Labels::CONCEALED)
            || stands_beside(e)
    };
    let mut sources = outcome.events.iter().filter(is_source);
    let is_within = |e: &Event, bytes: u32| e.at.0.abs_diff(act.at.0) <= bytes;
    // Of a few, any may be the one, wherever it stands; in a bundle, where it stands in what one program has.
    let is_few = sources.clone().take(FEW + 1).count() <= FEW;
    let reach = match (is_few, outcome.length > FAR) {
        (true, false) => u32::MAX,
        (true, true) => FAR,
        (false, _) => NEAR,
    };
    act.of.any(Labels::CONCEALED) || sources.any(|e| is_within(e, reach))
}

/// Whether what a bundle executes is fetched right before it from wherever a caller says, as the glue of compiled programs does
/// (`Module.load = (file) => evaluate(read(file))`): what else the bundle asks is asked by others.
pub(super) fn is_told_where_beside(outcome: &Outcome, act: &Event) -> bool {
    let asks = |e: &&Event| matches!(e.act, Act::Fetch | Act::Send | Act::Connect);
    let nearest = outcome.events.iter().filter(asks).min_by_key(|e| e.at.0.abs_diff(act.at.0));
    outcome.length > NEAR
        && act.of.any(Labels::PARAMETER)
        && !act.of.any(Labels::CONCEALED.with(Labels::REMOTE))
        && nearest.is_some_and(|e| {
            e.at.0.abs_diff(act.at.0) <= BESIDE
                && e.of.any(Labels::PARAMETER)
                && !e.of.any(Labels::CONCEALED)
                && e.others.is_empty()
                && e.subject.as_deref().is_none_or(|s| addresses::host(s).is_none())
        })
}

/// Bytes between what is asked and what is done with the answer, within one library.
const BESIDE: u32 = 2 << 10;

/// Whether whoever sends what an act is given is on this machine: a page or a program that is developed is told by its tools
/// what to do. All connections of the script are known, and none leaves.
pub(super) fn only_obeys_its_machine(act: &Event, outcome: &Outcome) -> bool {
    let mut connects = outcome.events.iter().filter(|e| matches!(e.act, Act::Connect | Act::Listen)).peekable();
    act.of.any(Labels::REMOTE)
        && !act.of.any(Labels::DOWNLOADED.with(Labels::ASKED).with(Labels::CONCEALED))
        && connects.peek().is_some()
        && connects.all(|e| e.subject.as_deref().is_some_and(addresses::is_local))
}

/// How scripts of a page ask.
const OF_PAGE: &[&str] = &["fetch", "XMLHttpRequest", "$.", "jQuery.", "WebSocket"];

/// Whether text that was packed to be short is a part of a page: what it does when it is unpacked is to ask what whoever uses
/// it has it ask. `eval(function(p,a,c,k,e,d){…})` made scripts of pages small before servers did.
pub(super) fn is_packed_page(act: &Event, outcome: &Outcome) -> bool {
    const LONG: usize = 1000;
    let is_one_of_those = |e: &Event| {
        matches!(e.act, Act::Fetch | Act::Send)
            && OF_PAGE.iter().any(|name| e.by.starts_with(name))
            && e.of.any(Labels::PARAMETER)
            && e.subject.as_deref().is_none_or(|s| s.is_empty() || s.starts_with(HOLE))
    };
    let is_harmless = |e: &Event| matches!(e.act, Act::Read | Act::Load | Act::Eval) && !e.of.any(Labels::FOREIGN);
    let mut done = outcome.events.iter().filter(|e| e.layer > 0);
    !outcome.is_python
        && act.layer == 0
        && act.of.any(Labels::DECODED)
        && !act.of.any(Labels::DECRYPTED.with(Labels::FOREIGN))
        && act.subject.as_deref().is_some_and(|code| code.len() >= LONG)
        && outcome.events.iter().any(|e| e.layer > 0 && is_one_of_those(e))
        && done.all(|e| is_one_of_those(e) || is_harmless(e))
}

/// Whether what the script asks for lies on the server that its page is from: `fetch("/api/rows")` of a browser, which
/// names no host. Who serves the page may put anything into it anyway. Addresses that other scripts hand to it are for
/// those to answer for.
pub(super) fn only_asks_its_own_server(act: &Event, outcome: &Outcome) -> bool {
    let asks = |e: &&Event| matches!(e.act, Act::Fetch | Act::Send | Act::Connect | Act::Listen | Act::Lookup);
    // Servers of pages that are being developed: `new WebSocket('ws://' + location.hostname + ':1234')`.
    let develops = |e: &Event, s: &str| {
        let host = s.split_once("://").map_or("", |(_, rest)| rest).split([':', '/']).next().unwrap_or_default();
        (&*e.by == "WebSocket" || e.by.starts_with("WebSocket().")) && host == HOLE
    };
    let is_own = |e: &Event| {
        e.subject
            .as_deref()
            .is_some_and(|s| s.starts_with('/') && !s.starts_with("//") && !s.starts_with("/\\") || develops(e, s))
    };
    // `io()` of socket.io means the server of the page.
    let is_handed = |e: &Event| {
        (e.of.any(Labels::PARAMETER) || &*e.by == "io")
            && e.subject.as_deref().is_none_or(|s| s.is_empty() || s.starts_with(HOLE))
    };
    let is_of_page = |e: &Event| {
        (&*e.by == "io" || OF_PAGE.iter().any(|name| e.by.starts_with(name))) && !e.of.any(Labels::CONCEALED)
    };
    // What listens on a connection asks nobody anew.
    let listens = |e: &Event| e.act == Act::Listen && e.by.starts_with("WebSocket");
    let asked = || outcome.events.iter().filter(asks).filter(|e| !listens(e));
    !act.of.any(Labels::CONCEALED)
        && asked().any(is_own)
        && asked().all(|e| is_of_page(e) && (is_own(e) || is_handed(e)))
}
