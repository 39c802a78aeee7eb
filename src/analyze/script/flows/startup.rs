//! Files that start what is written to them: where they lie, and what may be written there without starting anything.

use super::super::event::TEXT_KEPT;
use super::{Act, Event, HOLE, Labels, Outcome};

/// Places that start what is written to them.
const START_PLACES: &[&str] = &[
    ".bashrc",
    ".bash_profile",
    ".zshrc",
    ".profile",
    ".zprofile",
    "config.fish",
    "/etc/profile",
    "launchagents",
    "launchdaemons",
    "/etc/cron",
    "/var/spool/cron",
    "systemd/system",
    "systemd/user",
    "/etc/rc.local",
    "/etc/ld.so.preload",
    "init.d/",
    "start menu/programs/startup",
    "programs\\startup",
    "programs/startup",
    "currentversion\\run",
    "autostart/",
    "site-packages/usercustomize.py",
    "site-packages/sitecustomize.py",
];

/// Whether what is written at a path (lower case, `/` between folders) starts by itself later.
pub(super) fn is_start_place(path: &str) -> bool {
    // The way of a value that is not known is no path, and nobody reads a folder that was made a moment ago.
    !path.contains("()")
        && !path.starts_with("/tmp/temporary-folder/")
        && START_PLACES.iter().any(|place| {
            let place = place.replace('\\', "/");
            if place.starts_with('.') {
                path.ends_with(&format!("/{place}")) || path == place
            } else {
                path.contains(&place)
            }
        })
}

/// Whether a path leads into a tree that is being put together to become a package.
pub(super) fn is_staged(path: &str) -> bool {
    const STAGES: &[&str] =
        &["build", "buildroot", "dist", "stage", "staging", "destdir", "pkgroot", "payload", "debian"];
    let folders = ["/library/launch", "/etc/", "/lib/systemd/", "/usr/lib/systemd/"];
    folders.iter().filter_map(|f| path.find(f)).min().is_some_and(|at| {
        let before = path.get(..at).unwrap_or_default();
        !path.contains("..")
            && !before.starts_with(['/', '~'])
            && !before.starts_with("%home%")
            && before.split('/').any(|part| STAGES.contains(&part))
    })
}

/// Whether lines for a shell's start-up file only make it more comfortable: other names for commands, a prompt, a folder to
/// begin in, names that are completed, the start-up file of somebody's own.
pub(super) fn is_comfort(text: &str) -> bool {
    // Of a text that was cut nobody knows the end.
    text.len() + char::MAX.len_utf8() <= TEXT_KEPT
        && text.lines().map(str::trim).all(|line| {
            let quiet = !line.contains("$(") && !line.contains('`');
            line.starts_with('#')
                || line.starts_with("alias ") && !line.contains(['$', '`', ';', '|', '&']) && has_no_path(line)
                || line.strip_prefix("export ").is_some_and(|set| quiet && is_harmless_setting(set))
                || quiet && line.split(';').flat_map(|part| part.split("&&")).all(|part| is_comfortable(part.trim()))
        })
}

/// Whether one command of a start-up file is of those.
fn is_comfortable(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let is_plain =
        |w: &str| w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'_' | b'.' | b'/' | b'~'));
    match words.next() {
        Some("autoload" | "cd") => words.all(is_plain),
        Some("compinit" | "bashcompinit") => words.next().is_none(),
        Some("[" | "test") => words.all(|w| w == "]" || is_plain(w)),
        Some("." | "source") => {
            let file = words.next().unwrap_or_default();
            words.next().is_none()
                && file.strip_prefix("~/").is_some_and(|f| START_PLACES.contains(&f) && f.starts_with('.'))
        }
        first => first.is_none(),
    }
}

/// Whether `NAME=value` sets what no program takes code, a path or an address from.
fn is_harmless_setting(set: &str) -> bool {
    const HARMLESS: &[&str] =
        &["PS1", "PS2", "TERM", "LANG", "CLICOLOR", "LSCOLORS", "LS_COLORS", "HISTSIZE", "HISTCONTROL"];
    let Some((name, value)) = set.split_once('=') else { return false };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let is_one_word = match quote {
        Some(quote) => value.len() >= 2 && value.ends_with(quote) && value.matches(quote).count() == 2,
        None => !value.contains(|c: char| c.is_whitespace() || matches!(c, ';' | '|' | '&')),
    };
    is_one_word
        && (HARMLESS.contains(&name) || name.starts_with("LC_") || matches!(value, "0" | "1" | "true" | "false"))
}

/// Whether no word leads to a file; the scope of a package (`npx @scope/tool`) does not.
fn has_no_path(line: &str) -> bool {
    line.split([' ', '=', '"', '\'']).all(|w| !w.contains('/') || w.starts_with('@') && !w.contains(".."))
}

/// Whether lines for a start-up file only make the programs of one folder findable, as installers do for their own.
pub(super) fn only_extends_path(text: &str) -> bool {
    let extends = |line: &str| {
        let value = line
            .strip_prefix("export PATH=")
            .or_else(|| line.strip_prefix("set -gx PATH "))
            .or_else(|| line.strip_prefix("fish_add_path "));
        value.is_some_and(|v| {
            let v = v.trim_matches('"').replace("${PATH}", "").replace("$PATH", "").replace("$HOME", "");
            !v.contains(['$', '`', ';', '|', '&', '\n'])
        })
    };
    let mut any = false;
    text.len() + char::MAX.len_utf8() <= TEXT_KEPT
        && text.lines().map(str::trim).all(|line| {
            let is = extends(line);
            any |= is;
            is || is_comfort(line)
        })
        && any
}

/// Whether a start-up file is written back as it was read, with lines of comfort before or behind it.
pub(super) fn adds_comfort(event: &Event, outcome: &Outcome) -> bool {
    let mut reads = outcome.events.iter().filter(|e| e.act == Act::Read).peekable();
    event.data.any(Labels::FILE)
        && !event.data.any(Labels::FOREIGN.with(Labels::CONCEALED).with(Labels::OWN_FILE))
        && event.text.as_deref().is_some_and(|t| t.matches(HOLE).count() == 1 && is_comfort(&t.replace(HOLE, "\n")))
        && reads.peek().is_some()
        && reads.all(|read| read.subject.is_some() && read.subject == event.subject)
}
