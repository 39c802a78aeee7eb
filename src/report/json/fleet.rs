//! Answers about a fleet, in JSON: one record a line, the last of them says of whom the answer speaks
//! (`schema/peephole-fleet-v1.json`).

use serde::{Deserialize, Serialize};

/// The value of `schema` in every record.
pub const SCHEMA: &str = "peephole-fleet/1";

/// One record: a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A thing at one path of one machine (`who-has`).
    Holding(Box<HoldingRecord>),
    /// A machine (`status`).
    Machine(Box<MachineRecord>),
    /// Last: of whom the answer speaks.
    Answer(AnswerRecord),
}

/// A thing at one path of one machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HoldingRecord {
    /// `peephole-fleet/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The question, as it was asked; of a feed, what it reports.
    pub question: String,
    /// What people call the machine.
    pub name: String,
    /// The word under which it reports.
    pub machine: String,
    /// `has` or `had`.
    pub state: String,
    /// The kind of the place.
    pub place: String,
    /// The path.
    pub path: String,
    /// Package URL; empty where there is none.
    pub purl: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The newest judgement.
    pub verdict: String,
    /// What of it runs by itself: whoever had it may have run it.
    pub hooks: Vec<String>,
    /// When it was met first there: `2026-11-30T02:13:00Z`.
    pub first: String,
    /// When it was met last.
    pub last: String,
}

/// A machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MachineRecord {
    /// `peephole-fleet/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// What people call it.
    pub name: String,
    /// The word under which it reports; null before it has.
    pub machine: Option<String>,
    /// `fresh`, `stale` or `silent`.
    pub state: String,
    /// `linux x86_64`.
    pub system: String,
    /// The tool's version.
    pub version: String,
    /// Digest of its rules.
    pub ruleset: String,
    /// When its last complete snapshot was begun.
    pub last: Option<String>,
    /// When it last sent half a one, if that was later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// Places that could not be looked at, and items that could not be read.
    pub unseen: u64,
    /// What it holds, by verdict.
    pub verdicts: std::collections::BTreeMap<String, u64>,
}

/// Of whom an answer speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerRecord {
    /// `peephole-fleet/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// Machines that have it.
    pub has: u64,
    /// Machines that had it, and have it no more.
    pub had: u64,
    /// Machines that are known or expected.
    pub machines: u64,
    /// Those that sent a complete snapshot of late.
    pub fresh: u64,
    /// Those whose last one is older.
    pub stale: u64,
    /// Those that sent none.
    pub silent: u64,
    /// Fresh ones of which something could not be looked at.
    pub partly: u64,
    /// Hours for which a snapshot is fresh.
    pub hours: u64,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_schema_file_is_what_the_structs_say() {
        let made = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut made = made.into_root_schema_for::<Record>();
        made.insert("title".to_owned(), json!("Peephole fleet answers, version 1"));
        super::super::schema::same_as_kept("peephole-fleet-v1.json", &made.to_value());
    }
}
