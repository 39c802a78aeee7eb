//! What stands in the ledger, in the words of those who enforce it: npm, pip, VS Code, osquery, Santa.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use super::{Decision, Ledger};
use crate::model::Date;

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// `overrides` of a package.json: the approved version of each package.
    Npm,
    /// A pip constraints file: the approved version of each distribution.
    Pip,
    /// VS Code's `extensions.allowed`: approved versions, everything else refused.
    VsCode,
    /// An osquery pack that looks for files with blocked digests.
    Osquery,
    /// Santa rules: blocked and approved digests.
    Santa,
    /// One line for each archive: SHA-256, decision, name.
    Hashes,
}

/// Writes it down.
#[must_use]
pub fn export(ledger: &Ledger, target: Target, today: Date) -> String {
    let holding = ledger.holding(today);
    let approved = |kind: &str| {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (subject, entry) in &holding {
            if entry.decision != Decision::Approve {
                continue;
            }
            let Some(rest) = subject.name.strip_prefix(&format!("pkg:{kind}/")) else { continue };
            let Some((name, version)) = rest.split(['?', '#']).next().and_then(|r| r.rsplit_once('@')) else {
                continue;
            };
            let versions = found.entry(name.replace("%40", "@")).or_default();
            let version = version.replace("%2B", "+");
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
        found
    };
    match target {
        Target::Npm => {
            let newest: BTreeMap<_, _> =
                approved("npm").into_iter().filter_map(|(n, v)| Some((n, v.last()?.clone()))).collect();
            format!("{:#}\n", json!({"overrides": newest}))
        }
        Target::Pip => approved("pypi").into_iter().fold(String::new(), |mut out, (name, versions)| {
            if let Some(version) = versions.last() {
                let _ = writeln!(out, "{name}=={version}");
            }
            out
        }),
        Target::VsCode => {
            let allowed: BTreeMap<String, Vec<String>> =
                approved("vscode-extension").into_iter().map(|(n, v)| (n.replace('/', "."), v)).collect();
            format!("{:#}\n", json!({"extensions.allowed": allowed}))
        }
        Target::Osquery => {
            let blocked: Vec<String> = holding
                .iter()
                .filter(|(_, e)| e.decision == Decision::Block)
                .map(|(s, _)| format!("'{}'", s.sha256))
                .collect();
            let list = if blocked.is_empty() { "''".to_owned() } else { blocked.join(",") };
            let query = format!(
                "SELECT f.path, h.sha256 FROM file f JOIN hash h USING (path) WHERE f.path LIKE '/home/%/%%' AND h.sha256 IN ({list});"
            );
            let description = "Files whose content was blocked";
            format!(
                "{:#}\n",
                json!({"queries": {"peephole_blocked": {"query": query, "interval": 86400, "description": description}}})
            )
        }
        Target::Santa => {
            let rules: Vec<_> = holding
                .iter()
                .filter(|(_, e)| e.decision != Decision::Review)
                .map(|(s, e)| {
                    let policy = if e.decision == Decision::Block { "BLOCKLIST" } else { "ALLOWLIST" };
                    json!({"rule_type": "BINARY", "policy": policy, "identifier": s.sha256, "custom_msg": e.reason})
                })
                .collect();
            format!("{:#}\n", json!({"rules": rules}))
        }
        Target::Hashes => holding.iter().fold(String::new(), |mut out, (s, e)| {
            let name: String = s.name.chars().filter(|c| !c.is_control()).collect();
            let _ = writeln!(out, "{} {} {name}", s.sha256, e.decision.word());
            out
        }),
    }
}
