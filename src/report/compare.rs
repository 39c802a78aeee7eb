//! A comparison of two versions: capabilities first, then findings, then contents, then components, then what could not
//! be compared. For people in a terminal, as Markdown, and as JSON.

mod json;
mod markdown;
mod terminal;
#[cfg(test)]
mod tests;

pub use json::{CompareDocument, ComparisonRecord, write as write_json};
pub use markdown::write as write_markdown;
pub use terminal::write as write_terminal;

use super::text::{clean, clip, human_bytes};
use crate::assess::compare::{Comparison, Entry, Side};
use crate::model::Capability;

/// What the words mean in a sentence: "3 new hosts".
pub(super) fn noun(capability: Capability) -> &'static str {
    match capability {
        Capability::Network => "uses of the network",
        Capability::Hosts => "hosts",
        Capability::Environment => "environment variables read",
        Capability::Files => "paths of files",
        Capability::Credentials => "stores of credentials",
        Capability::Spawns => "programs started",
        Capability::DynamicCode => "uses of dynamic code",
        Capability::Hooks => "things that run by themselves",
        Capability::Native => "native code",
        Capability::Telemetry => "telemetry services",
        Capability::SelfUpdate => "updaters",
        Capability::RemoteFlags => "remote switches",
        Capability::Wallets => "wallets and keys",
        Capability::Agents => "agents and their tools",
        Capability::Decoded => "values that were hidden by an encoding",
    }
}

/// One line about a side.
pub(super) fn about(side: &Side) -> String {
    format!(
        "{}: {} in {}, {}",
        clip(&clean(&side.asked), 120),
        super::text::count(side.files, "file", "files"),
        super::text::count(side.archives.len() as u64, "archive", "archives"),
        human_bytes(side.bytes)
    )
}

/// One line about a content.
pub(super) fn told(entry: &Entry) -> String {
    let mut text = format!("{} ({}, {})", clip(&clean(&entry.path), 160), entry.kind.word(), human_bytes(entry.bytes));
    if let Some(from) = &entry.from {
        text.push_str(&format!(", was {}", clip(&clean(from), 160)));
    }
    text
}

/// One sentence about the whole.
pub(super) fn gist(c: &Comparison) -> String {
    let new: Vec<String> = c
        .capabilities
        .iter()
        .filter(|c| !c.added.is_empty())
        .map(|c| format!("{} new {}", c.added.len(), noun(c.capability)))
        .collect();
    let findings = c.new_findings.len();
    match (new.is_empty(), findings) {
        (true, 0) => "The new version can do nothing that the old one could not, as far as was looked.".to_owned(),
        (true, n) => format!("No new capability; {}.", super::text::count(n as u64, "new finding", "new findings")),
        (false, 0) => format!("{}; no new finding.", new.join(", ")),
        (false, n) => format!("{}; {}.", new.join(", "), super::text::count(n as u64, "new finding", "new findings")),
    }
}
