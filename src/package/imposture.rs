//! A package whose own contents go by another name than the package does. Who copies a library under a name that is nearly
//! its own changes the name in one place and forgets it in others: the folder that is imported, the repository, the
//! heading. Unlike a list of well-known names this finds copies of libraries that nobody put on a list.
//!
//! Known uses: aliababcloud-tea-openapi (2023), bitensor-cli (2025).

use std::collections::BTreeSet;

use super::lookalike::{self, joined};
use super::repository::Repository;
use super::{Ecosystem, Package, PackageHeuristic, Placed, noted};
use crate::model::{Rule, Severity};
use crate::rule;

rule! {
    /// The name is a misspelling of the name that the package's own code or repository has. Somebody
    /// published a copy for those who mistype, whatever it does today.
    ///
    /// Honest look-alikes: forks that say so have a name that is further away; authors mistype their own names, of projects
    /// that nobody looks for.
    pub(crate) NAME = "name-misspells-its-own-contents" in "pkg/typosquat";
    severity: High, confidence: Likely,
    title: "The package's name is a misspelling of what it holds",
    reference: "https://attack.mitre.org/techniques/T1036/005/",
}

rule! {
    /// The package's name is that of a project with a word behind it that promises a later or better one, while its code is
    /// imported under the project's own name and its repository is the project's: it puts itself over what is installed of
    /// the original. Known uses: copies of libraries around wallets (PyPI, 2025), whole or with one call added.
    ///
    /// Honest look-alikes: forks that mend something have a repository of their own.
    pub(crate) PROMISE = "name-promises-another-version" in "pkg/typosquat";
    severity: High, confidence: Likely,
    title: "The package promises a later version of a project that it is not",
    reference: "https://attack.mitre.org/techniques/T1036/005/",
}

rule! {
    /// The distribution installs a folder to be imported under the name of a widely used project that it is not: whoever
    /// has both imports what was installed last, and `import requests` may be somebody else's code.
    ///
    /// Honest look-alikes: builds and forks of the project, whose names hold its name or parts of it.
    pub(crate) TAKES = "module-takes-a-known-name" in "pkg/module-shadow";
    severity: High, confidence: Likely,
    title: "What is imported has the name of another, widely used project",
    reference: "https://attack.mitre.org/techniques/T1574/",
}

/// Shortest name of a project that is not shared by chance.
const TAKEN: usize = 5;
/// Letters in a row that names of one family share.
const SHARED: usize = 4;

/// Words behind a name that promise more than the original.
const PROMISES: &[&str] = &[
    "upgrade", "upgraded", "update", "updated", "latest", "new", "fix", "fixed", "patch", "patched", "official", "real",
];
/// Shortest name of a project that is looked for in others.
const STEM: usize = 8;

/// Most modules and addresses that the name is compared with: nobody is misled by the thousandth.
const MOST: usize = 256;

/// The check of this file.
pub(crate) struct Imposture;

impl PackageHeuristic for Imposture {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&NAME, &PROMISE, &TAKES];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let (name, homes) = match (package.ecosystem, package.npm, package.python) {
            (Ecosystem::PyPi, _, Some(python)) => (python.name.as_str(), &python.homes),
            // A name with a scope tells whose it is.
            (Ecosystem::Npm, Some(npm), _) if !npm.name.starts_with('@') => (npm.name.as_str(), &npm.homes),
            _ => return,
        };
        // Who is well known is imitated, and imitates nobody.
        if lookalike::is_known(package.ecosystem, name) {
            return;
        }
        let repositories: Vec<&str> = homes.iter().filter_map(|h| Some(Repository::of(h)?.name)).take(MOST).collect();
        // The repository of the name itself is somebody's who stands by it.
        if repositories.iter().any(|r| joined(r) == joined(name)) {
            return;
        }
        let modules = if package.ecosystem == Ecosystem::PyPi { modules(package) } else { BTreeSet::new() };
        if let Some(other) = promised(name, &modules, &repositories) {
            let note = format!("the package is {name}; what it holds, and its repository, are {other}");
            out.push(noted(0, &PROMISE, note));
        }
        if let Some(taken) = modules.iter().find(|m| takes(package, name, m)) {
            out.push(noted(0, &TAKES, format!("the package is {name}; what it installs is imported as {taken}")));
        }
        let is_held = modules.iter().any(|m| joined(m) == joined(name));
        let found = modules
            .iter()
            .filter(|_| !is_held)
            .map(|m| ("the code that is imported", *m))
            .chain(repositories.iter().map(|r| ("its repository", *r)))
            .find_map(|(what, other)| lookalike::misspells(name, other).map(|how| (what, other, how)));
        if let Some((what, other, how)) = found {
            let mut found = noted(0, &NAME, format!("the package is {name}, {what} {other}: {how}"));
            // Who mistypes the name of something that nobody looks for misleads nobody.
            let is_library = modules.contains(other) && code(package) >= LIBRARY;
            if !lookalike::is_known(package.ecosystem, other) && !is_library {
                found.finding.severity = Severity::Medium;
            }
            out.push(found);
        }
    }
}

/// Bytes of scripts from which on what a package holds is a library that somebody may look for, whether it is widely known or
/// not.
const LIBRARY: u64 = 64 << 10;

/// Bytes of a package's scripts.
fn code(package: &Package<'_>) -> u64 {
    let scripts = package.members.iter().filter(|m| m.analysis.kind.is_script() && !m.decoded);
    scripts.fold(0, |sum, m| sum.saturating_add(m.analysis.bytes))
}

/// The project whose later version a name promises, when module and repository are that project's.
fn promised<'p>(name: &str, modules: &BTreeSet<&str>, repositories: &[&'p str]) -> Option<&'p str> {
    let (stem, word) = name.rsplit_once(['-', '_', '.'])?;
    let stem = joined(stem);
    if !PROMISES.contains(&word.to_ascii_lowercase().as_str()) || stem.len() < STEM {
        return None;
    }
    repositories.iter().copied().find(|repository| {
        let project = joined(repository);
        project.starts_with(&stem) && modules.iter().any(|m| joined(m) == project)
    })
}

/// Names of well-known projects that are first of all words for a folder.
const PLAIN_WORDS: &[&str] = &[
    "datasets",
    "evaluate",
    "models",
    "utils",
    "common",
    "tools",
    "config",
    "schemas",
    "metrics",
    "pipeline",
    "resources",
];

/// Whether a module at the top has the name of a well-known project of another family. Of a source distribution only
/// folders count: single files at its top are tools of its makers (`versioneer.py`).
fn takes(package: &Package<'_>, name: &str, module: &str) -> bool {
    if module.len() < TAKEN
        || PLAIN_WORDS.contains(&module)
        || !lookalike::is_known(Ecosystem::PyPi, module)
        || is_of_one_family(&joined(name), &joined(module))
    {
        return false;
    }
    let paths = || package.members.iter().filter_map(|m| m.path.strip_prefix(package.base.as_str()));
    package.is_wheel()
        || paths().any(|p| {
            p.strip_suffix("/__init__.py").is_some_and(|folder| folder.strip_prefix("src/").unwrap_or(folder) == module)
        })
}

/// Whether two joined names share enough letters in a row to be builds or parts of one project.
fn is_of_one_family(name: &str, module: &str) -> bool {
    module.as_bytes().windows(SHARED).any(|part| name.as_bytes().windows(SHARED).any(|other| other == part))
}

/// The modules at the top of a distribution: folders that are packages, and single files.
fn modules<'p>(package: &'p Package<'_>) -> BTreeSet<&'p str> {
    let mut found = BTreeSet::new();
    for member in package.members.iter().filter(|m| !m.decoded && !m.is_command) {
        let Some(path) = member.path.strip_prefix(package.base.as_str()) else { continue };
        let path = path.strip_prefix("src/").unwrap_or(path);
        let module = match path.split_once('/') {
            Some((folder, "__init__.py")) => folder,
            Some(_) => continue,
            None => match path.strip_suffix(".py") {
                Some(file) if !matches!(file, "setup" | "conftest" | "test" | "tests") => file,
                _ => continue,
            },
        };
        found.insert(module);
        if found.len() >= MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_of_a_project_share_a_part_of_its_name() {
        for (name, module, of_one) in [
            ("tensorflowcpu", "tensorflow", true),
            ("pycord", "discord", true),
            ("inertmathhelper", "requests", false),
            ("reqs", "requests", false),
            ("", "requests", false),
        ] {
            assert_eq!(is_of_one_family(name, module), of_one, "{name} {module}");
        }
    }

    #[test]
    fn names_that_promise_a_later_version_of_what_they_hold() {
        let modules = BTreeSet::from(["inert_paginator_tools"]);
        let of = |name: &str, repository: &str| promised(name, &modules, &[repository]).is_some();
        assert!(of("inert-paginator-upgrade", "inert-paginator-tools"));
        assert!(of("inert_paginator_tools_fixed", "inert-paginator-tools"));
        assert!(
            !of("inert-paginator-tools", "inert-paginator-tools")
                && !of("inert-paginator-cli", "inert-paginator-tools")
        );
        assert!(!of("inert-paginator-upgrade", "inert-paginator-upgrade") && !of("inert-new", "inert-paginator-tools"));
    }
}
