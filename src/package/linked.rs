//! Scripts that only make sense together: one file has the constants, another makes names and addresses of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Package, PackageHeuristic, Placed};
use crate::analyze::script::follow_again;
use crate::model::Rule;
use crate::model::fact::{Constants, FactKind, Literal};

/// Most scripts of one package that are followed again.
const MAX_SCRIPTS: usize = 32;
/// Most modules at the top of one package.
const MAX_MODULES: usize = 64;
/// Most constants of one package.
const MAX_CONSTANTS: usize = 4096;

/// Follows scripts again with the constants of their package.
pub(super) struct Linked;

impl PackageHeuristic for Linked {
    fn rules(&self) -> &'static [&'static Rule] {
        // Those of the flows of single scripts, which are listed there.
        &[]
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let unfinished = || {
            package.members.iter().enumerate().filter(|(_, m)| !m.decoded).flat_map(|(i, m)| {
                m.facts().filter_map(move |fact| match fact {
                    FactKind::Unfinished(script) => Some((i, script)),
                    _ => None,
                })
            })
        };
        if unfinished().next().is_none() {
            return;
        }
        let constants = constants(package);
        if constants.is_empty() {
            return;
        }
        let own = modules(package);
        for (i, script) in unfinished().take(MAX_SCRIPTS) {
            let known: Vec<&str> = package
                .members
                .get(i)
                .map(|m| m.analysis.findings.iter().map(|f| f.rule.id).collect())
                .unwrap_or_default();
            for finding in follow_again(script, &constants, &own) {
                if !known.contains(&finding.rule.id) {
                    out.push(Placed { member: i, finding });
                }
            }
        }
    }
}

/// The modules at the top of a distribution of Python, by the folders in which its files lie.
fn modules(package: &Package<'_>) -> Rc<[Box<str>]> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for member in package.members.iter().filter(|m| !m.decoded && m.path.ends_with(".py")) {
        let Some(path) = member.path.strip_prefix(package.base.as_str()) else { continue };
        let path = path.strip_prefix("src/").unwrap_or(path);
        found.extend(path.split_once('/').map(|(top, _)| top).filter(|_| found.len() < MAX_MODULES));
    }
    found.into_iter().map(Box::from).collect()
}

/// The constants of a package by name. A name that two files give different values says nothing.
fn constants(package: &Package<'_>) -> Constants {
    let mut all: BTreeMap<Box<str>, Option<Literal>> = BTreeMap::new();
    for fact in package.members.iter().filter(|m| !m.decoded).flat_map(|m| m.facts()) {
        if let FactKind::Constant(name, value) = fact {
            all.entry(name.clone())
                .and_modify(|known| {
                    if known.as_ref() != Some(value) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some((**value).clone()));
        }
    }
    Constants::new(all.into_iter().filter_map(|(name, value)| Some((name, value?))).take(MAX_CONSTANTS).collect())
}
