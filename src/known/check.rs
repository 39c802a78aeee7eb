//! Compares a package, and what it brings along or asks for, with a feed.

use std::collections::HashSet;

use super::{Feed, parts_of};
use crate::model::{Capability, FactKind, Rule, Severity};
use crate::package::{Package, Placed, Role, is_of_editor, noted};
use crate::rule;

rule! {
    /// The package, or one that lies in it, stands in the feed of known bad packages with this version. Others have looked
    /// at it and reported it; the record's id leads to what they saw.
    ///
    /// Honest look-alikes: none; lists have errors, and a record that was withdrawn does not count.
    pub(crate) PACKAGE = "known-bad-package" in "pkg/known-bad";
    severity: Critical, confidence: Certain,
    title: "A package that is reported as malicious",
    reference: "https://github.com/ossf/malicious-packages",
}

rule! {
    /// The package asks for another one that stands in the feed of known bad packages: in every version, or in the one
    /// that is asked for.
    pub(crate) DEPENDENCY = "known-bad-dependency" in "pkg/known-bad";
    severity: Critical, confidence: Certain,
    title: "A dependency that is reported as malicious",
    reference: "https://github.com/ossf/malicious-packages",
}

rule! {
    /// A content of the package is, byte for byte, one that stands in a list of known bad contents.
    pub(crate) CONTENT = "known-bad-content" in "pkg/known-bad";
    severity: Critical, confidence: Certain,
    title: "A content that is reported as malicious",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// The package names a host that stands in a list of hosts that malicious code contacts.
    ///
    /// Honest look-alikes: block lists and the rules of other scanners, which hold many of them.
    pub(crate) HOST = "known-bad-host" in "pkg/known-bad";
    severity: High, confidence: Likely,
    title: "A host that malicious code is reported to contact",
    reference: "https://attack.mitre.org/techniques/T1071/",
}

/// The rules of this room.
pub(crate) const RULES: &[&Rule] = &[&PACKAGE, &DEPENDENCY, &CONTENT, &HOST];

/// Most findings of one rule in one package.
const MOST: usize = 50;
/// A file that names so many known hosts is a list of them.
const IS_A_LIST: usize = 20;

/// Compares.
#[must_use]
pub fn check(package: &Package<'_>, feed: &Feed) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut told: HashSet<(&'static str, String)> = HashSet::new();
    let mut tell = |member: usize, rule: &'static Rule, what: String, id: &str, found: &mut Vec<Placed>| {
        let seen = found.iter().filter(|p| p.finding.rule.id == rule.id).count();
        if seen < MOST && told.insert((rule.id, what.clone())) {
            let mut placed = noted(member, rule, format!("{what} is reported as {id} (feed of {})", feed.date));
            placed.finding.message = format!("{}: {what} is {id}", rule.title);
            found.push(placed);
        }
    };
    let mut packages: Vec<(usize, &'static Rule, &'static str, String, String)> = Vec::new();
    if let Some((ecosystem, name, version)) = package.purl().as_deref().and_then(parts_of) {
        packages.push((0, &PACKAGE, ecosystem, name, version));
    }
    for (i, member) in package.members.iter().enumerate() {
        if let Some(label) = feed.digest(&member.analysis.id.0) {
            let what = if member.path.is_empty() { package.name.clone() } else { member.path.clone() };
            tell(i, &CONTENT, format!("{what} ({})", member.analysis.id), label, &mut found);
        }
        let mut hosts = Vec::new();
        for fact in member.facts() {
            match fact {
                FactKind::Has(Capability::Hosts, host) => {
                    hosts.extend(feed.host(host).map(|label| (host, label)));
                }
                FactKind::NpmManifest(manifest) => {
                    let folder = member.path.strip_suffix("package.json").unwrap_or_default();
                    if !is_of_editor(manifest, folder) && !manifest.name.is_empty() {
                        packages.push((i, &PACKAGE, "npm", manifest.name.clone(), manifest.version.clone()));
                    } else if !manifest.name.is_empty() {
                        // The extension does not tell from which of the two registries it came.
                        let name = format!("{}/{}", manifest.publisher, manifest.name);
                        for ecosystem in ["vscode", "openvsx"] {
                            packages.push((i, &PACKAGE, ecosystem, name.clone(), manifest.version.clone()));
                        }
                    }
                    for (_, name, spec) in
                        manifest.dependencies.iter().filter(|(section, ..)| *section != "devDependencies")
                    {
                        let (name, spec) = alias(name, spec);
                        packages.push((i, &DEPENDENCY, "npm", name.to_owned(), pinned(spec)));
                    }
                }
                FactKind::PythonMetadata(metadata) => {
                    packages.push((i, &PACKAGE, "pypi", metadata.name.clone(), metadata.version.clone()));
                    for required in &metadata.requires {
                        let (name, version) = requirement(required);
                        packages.push((i, &DEPENDENCY, "pypi", name, version));
                    }
                }
                FactKind::Component(component) => {
                    if let Some((ecosystem, name, version)) = component.purl.as_deref().and_then(parts_of) {
                        packages.push((i, &PACKAGE, ecosystem, name, version));
                    }
                }
                _ => {}
            }
        }
        // A list of them is told as one thing, and weighs less, unless it stands in what runs.
        let runs = matches!(member.role, Role::Install | Role::Entry | Role::Agent);
        if hosts.len() < IS_A_LIST || runs {
            for (host, label) in hosts {
                tell(i, &HOST, host.to_string(), label, &mut found);
            }
        } else {
            let first = hosts.first().map_or_else(String::new, |(host, _)| host.to_string());
            let mut placed =
                noted(i, &HOST, format!("{} hosts of the feed of {}, among them {first}", hosts.len(), feed.date));
            placed.finding.severity = Severity::Medium;
            found.push(placed);
        }
    }
    for (member, rule, ecosystem, name, version) in packages {
        for hit in feed.package(ecosystem, &name, &version) {
            let what = if version.is_empty() {
                format!("{ecosystem} {name}")
            } else {
                format!("{ecosystem} {name} {version}")
            };
            tell(member, rule, what, &hit.id, &mut found);
        }
    }
    found
}

/// What `npm:other@1` stands for.
fn alias<'s>(name: &'s str, spec: &'s str) -> (&'s str, &'s str) {
    let Some(rest) = spec.strip_prefix("npm:") else { return (name, spec) };
    match rest.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => (rest.get(..at).unwrap_or(rest), rest.get(at + 1..).unwrap_or_default()),
        None => (rest, ""),
    }
}

/// The version that a specifier asks for, when it is one.
fn pinned(spec: &str) -> String {
    let spec = spec.trim().trim_start_matches(['=', 'v']).trim();
    let exact = spec.starts_with(|c: char| c.is_ascii_digit())
        && spec.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'))
        && !spec.split('.').any(|p| matches!(p, "x" | "X" | "*"));
    if exact { spec.to_owned() } else { String::new() }
}

/// Name and version of a requirement (`name[extra]==1.0; marker`).
fn requirement(text: &str) -> (String, String) {
    let text = text.split(';').next().unwrap_or_default();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let rest = rest.split(']').next_back().unwrap_or_default().trim_matches(['(', ')', ' ']);
    let version = rest.strip_prefix("==").map(str::trim).filter(|v| !v.contains([',', '*'])).unwrap_or_default();
    (name.to_owned(), version.trim_start_matches('=').trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_say_which_version() {
        assert_eq!(pinned("1.2.3"), "1.2.3");
        assert_eq!(pinned("=v1.2.3-rc.1"), "1.2.3-rc.1");
        for spec in ["^1.2.3", "1.x", ">=1 <2", "*", "latest", "git+https://h/x"] {
            assert_eq!(pinned(spec), "", "{spec}");
        }
        assert_eq!(alias("a", "npm:@s/b@1.0"), ("@s/b", "1.0"));
        assert_eq!(requirement("x[e]==1.0 ; python_version<'3'"), ("x".to_owned(), "1.0".to_owned()));
        assert_eq!(requirement("x (>=1)"), ("x".to_owned(), String::new()));
    }
}
