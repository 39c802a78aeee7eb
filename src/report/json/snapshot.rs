//! A snapshot: what is installed on one machine, as it is handed to whoever keeps the fleet's records
//! (`schema/peephole-snapshot-v1.json`). One record a line: the machine, its places, its items, the end. A reader that does
//! not find the end has half a snapshot.
//!
//! It says which packages there are and what was seen in them, and nothing of what is in other files: no values of the
//! environment, no text of settings, no snippets.

use serde::{Deserialize, Serialize};

use super::v1::{FeedRecord, PolicyRecord, RunRecord, ToolRecord};
use crate::assess::Assessment;
use crate::model::{Capability, Severity};

/// The value of `schema` in the first and the last record.
pub const SCHEMA: &str = "peephole-snapshot/1";

/// Reasons of one item that are handed on.
const REASONS: usize = 4;
/// Rules of one item.
const RULES: usize = 32;
/// Hosts of one item.
const HOSTS: usize = 200;
/// Hooks of one item.
const HOOKS: usize = 16;
/// Characters of one hook.
const HOOK: usize = 60;

/// One record: a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// First: whose snapshot it is.
    Machine(Box<MachineRecord>),
    /// One for each place that is there.
    Place(PlaceRecord),
    /// One for each package, program or file in them.
    Item(Box<ItemRecord>),
    /// Last: what it came to.
    End(EndRecord),
}

/// Whose snapshot it is, and by which rules items were judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MachineRecord {
    /// `peephole-snapshot/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The machine: a word that stays the same from one snapshot to the next.
    pub machine: String,
    /// What people call it.
    pub name: String,
    /// `linux x86_64`, `macos aarch64`, `windows x86_64`.
    pub system: String,
    /// The snapshot: no two have the same.
    pub run: String,
    /// When it was begun, by the machine's clock: `2026-11-30T02:13:00Z`.
    pub started: String,
    /// The tool and its version.
    pub tool: ToolRecord,
    /// Digest of rules and version.
    pub ruleset: String,
    /// The policy by which verdicts were reached, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyRecord>,
    /// The feed of what is known to be bad, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<FeedRecord>,
    /// What was looked through: `system`, `home`, `projects`, each with its path behind a blank.
    pub scope: Vec<String>,
}

/// A place where managers put what people install.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlaceRecord {
    /// `npm`, `python`, `python-tool`, `program`, `editor`, `browser`, `agent` or `project`.
    pub kind: String,
    /// Where it is.
    pub path: String,
    /// How many items were met in it.
    pub items: u64,
    /// Why it could not be looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// A package, a program or a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ItemRecord {
    /// The kind of the place that it is in.
    pub place: String,
    /// Where it is.
    pub path: String,
    /// Package URL, when it has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// SHA-256 in hex: of a file its bytes, of a folder its sorted file digests. Absent when it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What it is.
    pub kind: String,
    /// `pass`, `review`, `block` or `incomplete`.
    #[cfg_attr(test, schemars(with = "super::schema::VerdictWord"))]
    pub verdict: String,
    /// Why, the weightiest first, at most four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Rules that found something of weight (`medium` or more), each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Hosts that it names, at most 200.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// When something of it runs by itself: `postinstall`, `line of a pth`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<String>,
    /// How many things in it were not examined.
    #[serde(default, skip_serializing_if = "is_none")]
    pub gaps: u64,
    /// Bytes examined.
    pub bytes: u64,
    /// Contents examined.
    pub files: u64,
}

/// What the snapshot came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndRecord {
    /// `peephole-snapshot/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// `complete`, or `partial` when it ended early.
    #[cfg_attr(test, schemars(with = "super::schema::StatusWord"))]
    pub status: String,
    /// Items.
    pub items: u64,
    /// Items that were as they were the last time, and not read again.
    pub unchanged: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
}

fn is_none(number: &u64) -> bool {
    *number == 0
}

impl MachineRecord {
    /// The first record of a snapshot.
    #[must_use]
    pub fn new(
        run: &RunRecord,
        machine: String,
        name: String,
        id: String,
        started: String,
        scope: Vec<String>,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            machine,
            name,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            run: id,
            started,
            tool: run.tool.clone(),
            ruleset: run.ruleset.clone(),
            policy: run.policy.clone(),
            feed: run.feed.clone(),
            scope,
        }
    }
}

impl ItemRecord {
    /// What of an assessment is handed on.
    #[must_use]
    pub fn new(place: &str, a: &Assessment) -> Self {
        let values = |capability: Capability, most: usize| -> Vec<String> {
            let items = a.capabilities.get(&capability).map(|c| c.items.as_slice()).unwrap_or_default();
            items.iter().take(most).map(|i| i.value.clone()).collect()
        };
        let mut rules: Vec<String> = Vec::new();
        for found in a.findings.iter().filter(|f| f.severity >= Severity::Medium) {
            if rules.len() < RULES && !rules.contains(&found.rule) {
                rules.push(found.rule.clone());
            }
        }
        Self {
            place: place.to_owned(),
            path: a.path.clone(),
            purl: a.purl.clone(),
            sha256: a.sha256.clone(),
            kind: a.kind.clone(),
            verdict: a.verdict.word().to_owned(),
            reasons: a.reasons.iter().take(REASONS).cloned().collect(),
            rules,
            hosts: values(Capability::Hosts, HOSTS),
            hooks: hooks(values(Capability::Hooks, HOOKS)),
            gaps: a.gaps.len() as u64,
            bytes: a.bytes,
            files: a.files,
        }
    }
}

/// When things run, without what is run: command lines carry keys and names of people.
fn hooks(values: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in values {
        let when = value.split([':', '=']).next().unwrap_or_default().trim();
        let when: String = when.chars().take(HOOK).collect();
        if !when.is_empty() && !out.contains(&when) {
            out.push(when);
        }
    }
    out
}

impl EndRecord {
    /// The last record of a snapshot that was finished.
    #[must_use]
    pub fn complete(items: u64, unchanged: u64, seconds: f64) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            status: "complete".to_owned(),
            items,
            unchanged,
            seconds: (seconds * 1e3).round() / 1e3,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::assess::Verdict;
    use crate::report::testing::{full, hostile, run};

    fn records() -> Vec<Record> {
        let run = RunRecord::from(&run());
        let text = |t: &str| t.to_owned();
        vec![
            Record::Machine(Box::new(MachineRecord::new(
                &run,
                text("m"),
                text("n"),
                text("r"),
                text("2026-11-30T02:13:00Z"),
                vec![text("system /")],
            ))),
            Record::Place(PlaceRecord { kind: text("npm"), path: text("/lib"), items: 2, unreadable: None }),
            Record::Place(PlaceRecord {
                kind: text("npm"),
                path: text("/x"),
                items: 0,
                unreadable: Some(text("closed")),
            }),
            Record::Item(Box::new(ItemRecord::new("npm", &full("/lib/a", Verdict::Block)))),
            Record::Item(Box::new(ItemRecord::new("npm", &hostile()))),
            Record::End(EndRecord::complete(2, 1, 0.123_456)),
        ]
    }

    #[test]
    fn the_schema_file_is_what_the_structs_say() {
        let made = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut made = made.into_root_schema_for::<Record>();
        made.insert("title".to_owned(), json!("Peephole snapshots, version 1"));
        let made = made.to_value();
        super::super::schema::same_as_kept("peephole-snapshot-v1.json", &made);
        let validator = jsonschema::draft202012::new(&made).unwrap();
        for record in records() {
            let line = serde_json::to_value(&record).unwrap();
            assert!(validator.is_valid(&line), "{line:#}");
            assert_eq!(serde_json::from_value::<Record>(line).unwrap(), record);
        }
    }

    #[test]
    fn of_a_hook_it_is_said_when_it_runs() {
        let given = ["postinstall: curl -H 'token: t' x", "postinstall: y", "console_scripts a = b:c", ""];
        assert_eq!(hooks(given.map(str::to_owned).to_vec()), ["postinstall", "console_scripts a"]);
    }

    #[test]
    fn an_item_says_what_was_seen_and_shows_nothing_of_it() {
        let a = full("/lib/a", Verdict::Block);
        let text = serde_json::to_string(&ItemRecord::new("npm", &a)).unwrap();
        assert!(text.contains(&a.findings[0].rule) && !text.contains("snippet") && !text.contains("evidence"));
    }
}
