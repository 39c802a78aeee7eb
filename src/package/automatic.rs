//! Commands that configurations have run, and the files that they start: both get the role of what runs at install,
//! whatever file they stand in.

use std::collections::{HashMap, HashSet};

use super::role::{only_handles, reached, resolve};
use super::{Member, Package, Role};
use crate::model::artifact::{AUTOMATIC, ON_BUILD, STARTED, base_name};
use crate::model::{FactKind, FileKind};

/// Programs that build by a file of instructions.
const BUILDERS: &[&str] = &[
    "make", "gmake", "cmake", "cmake-js", "ninja", "meson", "gradle", "gradlew", "just", "cargo", "go", "msbuild",
    "dotnet",
];

/// Whether a step of a build runs where images are built or pipelines run, and not where something is installed.
fn is_elsewhere(trigger: &str) -> bool {
    trigger.starts_with("step ")
        || ["RUN", "CMD", "ENTRYPOINT", "ONBUILD", "HEALTHCHECK"]
            .iter()
            .any(|verb| trigger.strip_prefix(verb).is_some_and(|rest| rest.starts_with('.')))
}

/// Commands run when their configuration has them run, and with them the files that they name.
pub(super) fn assign(package: &mut Package<'_>) {
    let mut hosts: HashMap<&str, Role> = HashMap::new();
    for member in &package.members {
        hosts.entry(member.path.as_str()).or_insert(member.role);
    }
    // An installation that starts a builder starts what the builder is told.
    let builds = package.members.iter().flat_map(Member::facts).any(|f| match f {
        FactKind::Starts(command) => words_of(command).any(|word| BUILDERS.contains(&base_name(word))),
        _ => false,
    });
    let is_checkout = package.members.first().is_none_or(|root| root.analysis.kind == FileKind::Folder);
    let mut roles: Vec<(usize, Role)> = Vec::new();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for (i, member) in package.members.iter().enumerate() {
        // What a file is called makes it no command.
        if let Some((host, name)) = member.path.rsplit_once('#').filter(|_| member.is_command) {
            let trigger = name.strip_prefix(ON_BUILD).unwrap_or_default();
            let role = match hosts.get(host) {
                Some(aside @ (Role::Test | Role::RuleData)) => *aside,
                _ if name.starts_with(AUTOMATIC) => Role::Install,
                Some(Role::Document) if name.starts_with(STARTED) => Role::Document,
                _ if name.starts_with(STARTED) => Role::Body,
                _ if builds && !is_elsewhere(trigger) => Role::Install,
                // Nobody builds a package's image or runs its pipeline by installing it, and no `make` is run for what was
                // published when nothing in it asks for that.
                _ if package.ecosystem.is_registry()
                    && (is_elsewhere(trigger) || !is_checkout && trigger.starts_with("target ")) =>
                {
                    Role::Test
                }
                Some(Role::Document) => Role::Document,
                _ => Role::Body,
            };
            roles.push((i, role));
        }
        if matches!(member.role, Role::Test | Role::RuleData) {
            continue;
        }
        starts.extend(member.facts().filter_map(|f| match f {
            FactKind::Starts(command) => Some((i, &**command)),
            _ => None,
        }));
    }
    if !starts.is_empty() {
        let index: HashMap<String, usize> =
            package.members.iter().enumerate().rev().map(|(i, m)| (m.path.clone(), i)).collect();
        let mut from: Vec<usize> = Vec::new();
        for (host, command) in starts {
            let path = package.members.get(host).map_or("", |m| m.path.as_str());
            let folder = path.rsplit_once('/').map_or("", |(f, _)| f);
            let outer = folder.rsplit_once('/').map_or("", |(f, _)| f);
            let bases = [format!("{folder}/"), format!("{outer}/"), package.base.clone()];
            let parts = command.split([';', '&', '|', '\n']).filter(|part| !only_handles(part));
            for word in parts.flat_map(words_of) {
                from.extend(bases.iter().find_map(|base| resolve(base, word, &index)).filter(|at| *at != host));
            }
        }
        let named: HashSet<usize> = from.iter().copied().collect();
        for i in reached(&package.members, from, &index) {
            let Some(member) = package.members.get_mut(i) else { continue };
            if member.analysis.kind.is_script() || member.claimed.is_some() {
                member.imported = member.role != Role::Install && !named.contains(&i);
                roles.push((i, Role::Install));
            }
        }
    }
    for (i, role) in roles {
        if let Some(member) = package.members.get_mut(i) {
            member.role = role;
        }
    }
}

/// The words of a command that may be paths, without variables before them (`${CLAUDE_PLUGIN_ROOT}/x`).
fn words_of(command: &str) -> impl Iterator<Item = &str> {
    command
        .split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '"' | '\'' | '(' | ')' | '=' | '`' | ','))
        .filter(|w| !w.is_empty())
        .map(|word| match word.strip_prefix('$').and_then(|rest| rest.split_once('/')) {
            Some((_, rest)) => rest,
            None => word,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipelines_and_images_are_elsewhere() {
        assert!(is_elsewhere("step run.sh") && is_elsewhere("RUN.sh"));
        assert!(!is_elsewhere("target all.sh") && !is_elsewhere("CMake command.sh") && !is_elsewhere("RUNNER x.sh"));
    }

    #[test]
    fn variables_before_paths_are_left_out() {
        let words: Vec<&str> =
            words_of("bash ${CLAUDE_PLUGIN_ROOT}/scripts/s.sh && node -e \"require('./a')\"").collect();
        assert_eq!(words, ["bash", "scripts/s.sh", "node", "-e", "require", "./a"]);
    }
}
