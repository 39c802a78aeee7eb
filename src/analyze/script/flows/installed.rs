//! What a command has a manager of packages install: by which name, from where, and for whom.

use super::{Event, HOLE, Labels, addresses};

/// Whether a command has a package manager install something from a place that has no name, which anybody may be at.
pub(super) fn installs_from_number(command: &str) -> bool {
    installs_a_name(command)
        && command.split([' ', '=', '"', '\'']).any(|word| word.contains("://") && addresses::is_public_ip(word))
}

/// Where makers keep those of their own packages that are too large for a registry.
pub(super) const OF_MAKERS: &[&str] =
    &["pypi.nvidia.com", "pypi.ngc.nvidia.com", "download.pytorch.org", "data.pyg.org", "wheels.vllm.ai"];

/// Whether a command has a package manager install something that it names, and not what the project asks for anyway.
pub(super) fn installs_a_name(command: &str) -> bool {
    ["pip install", "pip3 install", "npm install", "npm i "].iter().any(|manager| {
        // Each time: one that names nothing may stand before one that does.
        command.match_indices(manager).any(|(at, _)| {
            let rest = command.get(at + manager.len()..).unwrap_or_default();
            let rest = rest.split(['|', ';', '&', '\n']).next().unwrap_or_default();
            let mut words = rest.split_whitespace();
            if manager.starts_with("pip") {
                // The folder in which it is run is what is being worked on.
                let is_own = |w: &str| matches!(w, "." | "./") || w.starts_with(".[");
                let only_own = |w: &str| is_own(w) || matches!(w, "-e" | "--editable" | "-U" | "--upgrade" | "-q");
                return !(rest.split_whitespace().any(is_own) && words.all(only_own));
            }
            words.any(|w| !w.starts_with('-'))
        })
    })
}

/// Whether a command has a package manager install what goes by a name: what was downloaded is the version. Archives that
/// were written, paths, and what is nothing but downloaded, which may be an address, are another matter.
pub(super) fn installs_by_name(event: &Event, subject: &str) -> bool {
    const MANAGERS: &[&str] =
        &["npm", "npm.cmd", "pnpm", "yarn", "bun", "pip", "pip3", "brew", "apt", "apt-get", "dnf", "winget"];
    let line = subject.strip_prefix("sys.executable\u{2026} -m ").unwrap_or(subject);
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let does = words.next().unwrap_or_default();
    MANAGERS.contains(&first)
        && matches!(does, "install" | "i" | "add" | "update" | "upgrade" | "up")
        && !subject.contains(['|', ';', '&', '`', '$'])
        && !event.of.any(Labels::WRITTEN)
        && !words.any(|w| {
            w.contains('/') && !w.starts_with('@')
                || w.contains(HOLE) && !w.split(HOLE).next().is_some_and(|name| name.contains(['@', '=']))
                || w.starts_with("--index-url")
                || w.starts_with("--registry")
                || w == "-i"
        })
}

/// Why what the system's manager of packages installs is for people to look at.
pub(super) const FOR_THE_SYSTEM: &str =
    "somebody has to call for it, and the system's own manager of packages installs it";

/// Whether a line has the system's manager of packages install one, as an administrator: nobody does that unasked.
pub(super) fn installs_for_the_system(subject: &str) -> bool {
    let rest = subject.strip_prefix("sudo ").unwrap_or_default();
    let mut words = rest.split_whitespace();
    let (manager, does) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    !rest.contains([';', '|', '&', '`', '$', '<', '>', '\n'])
        && match manager {
            "dpkg" => matches!(does, "-i" | "--install"),
            "rpm" => does.starts_with("-i") || does.starts_with("-U"),
            "apt" | "apt-get" | "dnf" | "yum" | "zypper" => does == "install",
            "installer" => does == "-pkg",
            _ => false,
        }
}
