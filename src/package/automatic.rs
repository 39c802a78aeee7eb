//! Commands that configurations have run, and the files that they start: both get the role of what runs at install,
//! whatever file they stand in.

use std::collections::HashMap;

use super::role::{reached, resolve};
use super::{Package, Role};
use crate::model::FactKind;
use crate::model::artifact::{AUTOMATIC, ON_BUILD};

/// Commands run when their configuration has them run, and with them the files that they name.
pub(super) fn assign(package: &mut Package<'_>) {
    let mut hosts: HashMap<&str, Role> = HashMap::new();
    for member in &package.members {
        hosts.entry(member.path.as_str()).or_insert(member.role);
    }
    let mut roles: Vec<(usize, Role)> = Vec::new();
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for (i, member) in package.members.iter().enumerate() {
        if let Some((host, name)) = member.path.rsplit_once('#') {
            let role = match hosts.get(host) {
                Some(aside @ (Role::Test | Role::RuleData)) => *aside,
                _ if name.starts_with(AUTOMATIC) => Role::Install,
                // Nobody builds a package's image or runs its pipeline by installing it.
                _ if package.ecosystem.is_registry() => Role::Test,
                Some(Role::Document) => Role::Document,
                _ => Role::Body,
            };
            if name.starts_with(AUTOMATIC) || name.starts_with(ON_BUILD) {
                roles.push((i, role));
            }
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
            for word in words_of(command) {
                from.extend(bases.iter().find_map(|base| resolve(base, word, &index)).filter(|at| *at != host));
            }
        }
        for i in reached(&package.members, from, &index) {
            let runs = package.members.get(i).is_some_and(|m| m.analysis.kind.is_script() || m.claimed.is_some());
            roles.extend(runs.then_some((i, Role::Install)));
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
    fn variables_before_paths_are_left_out() {
        let words: Vec<&str> =
            words_of("bash ${CLAUDE_PLUGIN_ROOT}/scripts/s.sh && node -e \"require('./a')\"").collect();
        assert_eq!(words, ["bash", "scripts/s.sh", "node", "-e", "require", "./a"]);
    }
}
