//! A comparison of two versions: capabilities first, then findings, then contents, then components, then what could not
//! be compared. For people in a terminal, as Markdown, and as JSON.

pub(super) mod brief;
mod json;
mod markdown;
mod terminal;
#[cfg(test)]
mod tests;

pub use json::{CompareDocument, ComparisonRecord, write as write_json};
pub use markdown::write as write_markdown;
pub use terminal::write as write_terminal;

use super::text::{clean, clip, human_bytes};
use crate::assess::compare::{Comparison, Entry, FunctionChange, Functions, Side};
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
    let path = clip(&clean(entry.shown()), 160);
    let mut text = format!("{path} ({}, {})", entry.kind.word(), human_bytes(entry.bytes));
    if let Some(from) = &entry.from {
        text.push_str(&format!(", was {}", clip(&clean(from), 160)));
    }
    text
}

/// Functions of each sort that are named in one content.
const NAMED: usize = 8;

/// Lines about the functions of a program that changed: how many of which sort, then those that do something else.
pub(super) fn functions(f: &Functions) -> Vec<String> {
    let sorts = [
        (f.same, "as before"),
        (f.renamed, "only renamed or formatted"),
        (f.moved, "known from elsewhere"),
        (f.changed.len() as u64, "changed"),
        (f.added.len() as u64, "new"),
        (f.removed.len() as u64, "gone"),
    ];
    let told: Vec<String> = sorts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let mut lines = Vec::new();
    if !told.is_empty() {
        lines.push(format!("functions: {}", told.join(", ")));
    }
    if f.native {
        lines.extend(growth(f.code));
        if f.resolvers.0 != f.resolvers.1 {
            lines.push(format!("IFUNC resolvers: {}, were {}", f.resolvers.1, f.resolvers.0));
        }
    }
    for (sign, list) in [("+", &f.new_imports), ("-", &f.gone_imports)] {
        if !list.is_empty() {
            let names: Vec<String> = list.iter().take(2 * NAMED).map(|n| clip(&clean(n), 80)).collect();
            let more = list.len().saturating_sub(names.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("{sign} imports {}{more}", names.join(", ")));
        }
    }
    let news = brief::news(f);
    let is_news = |c: &FunctionChange| c.does.iter().any(|(of, value)| news.contains(&(*of, value.as_str())));
    for (sign, list) in [("+", &f.added), ("~", &f.changed), ("-", &f.removed)] {
        let mut longest: Vec<&FunctionChange> = list.iter().collect();
        // What does something that can be named comes first, and of that what does most.
        longest.sort_by_key(|c| {
            let does = (is_news(c), c.does.len());
            (std::cmp::Reverse(does), std::cmp::Reverse(c.new_bytes.or(c.old_bytes)), c.at)
        });
        let shown = match list.len() {
            0..=NAMED => list.len(),
            // Of many, those of a minified script that do nothing new with a name say nothing.
            _ if !f.native => longest.iter().take(NAMED).filter(|c| is_news(c)).count(),
            _ => NAMED,
        };
        lines.extend(longest.iter().take(shown).map(|c| format!("{sign} {}", function(c, f.native))));
        match list.len().saturating_sub(shown) {
            0 => {}
            n if shown > 0 || f.native => lines.push(format!("{sign} … and {n} more")),
            // Their number stands in the first line.
            _ => {}
        }
    }
    lines
}

fn growth((old, new): (u64, u64)) -> Option<String> {
    if old == new {
        return None;
    }
    let percent = if old == 0 { 0.0 } else { (new as f64 - old as f64) / old as f64 * 100.0 };
    Some(format!("code: {new} bytes, were {old} ({percent:+.1} %)"))
}

fn function(c: &FunctionChange, native: bool) -> String {
    let name = if c.name.is_empty() { "(no name)".to_owned() } else { clip(&clean(&c.name), 100) };
    let at = if native { format!("at {:#x}", c.at) } else { format!("line {}", c.at) };
    let bytes = match (c.old_bytes, c.new_bytes) {
        (Some(old), Some(new)) if old != new => format!("{new} bytes, were {old}"),
        (_, Some(bytes)) | (Some(bytes), None) => format!("{bytes} bytes"),
        (None, None) => String::new(),
    };
    let mut text = format!("{name} ({at}, {bytes})");
    let mut last = None;
    for (capability, value) in c.does.iter().take(NAMED) {
        let lead = if last == Some(capability) { ", ".to_owned() } else { format!("; {}: ", noun(*capability)) };
        text.push_str(&format!("{lead}{}", clip(&clean(value), 60)));
        last = Some(capability);
    }
    if c.does.len() > NAMED {
        text.push_str(&format!(" and {} more", c.does.len() - NAMED));
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
