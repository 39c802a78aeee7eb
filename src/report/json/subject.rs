//! What was vetted, in version 1 of the JSON contract.

use serde::{Deserialize, Serialize};

use super::v1::SCHEMA;
use crate::assess::{Part, Vetted};

/// A name, file or folder that was vetted, with everything that comes along.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectRecord {
    /// `peephole/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// What was typed.
    pub asked: String,
    /// Package URL of what it means.
    pub purl: Option<String>,
    /// `pass`, `review`, `block` or `incomplete`, over all parts.
    #[cfg_attr(test, schemars(with = "super::schema::VerdictWord"))]
    pub verdict: String,
    /// Why, the weightiest first.
    pub reasons: Vec<String>,
    /// The archives that belong to it.
    pub parts: Vec<PartRecord>,
    /// What belongs to it and was not fetched.
    pub missing: Vec<String>,
    /// Dependencies that were not asked for (`--deps`).
    pub not_followed: u64,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// One archive.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PartRecord {
    /// Package URL.
    pub purl: Option<String>,
    /// The name under which it is installed, when that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// `asked`, `companion` or `dependency`.
    #[cfg_attr(test, schemars(with = "super::schema::WhyWord"))]
    pub why: String,
    /// Package URL of what brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// For which machines; empty means any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub platform: String,
    /// The registry that named it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub registry: String,
    /// Where the archive is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// `fetched`, `cached`, `given`, `leftout` or `failed`.
    #[cfg_attr(test, schemars(with = "super::schema::PartWord"))]
    pub state: String,
    /// Why it is not here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What the registry says against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The digest that the registry promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<String>,
    /// SHA-256 in hex.
    pub sha256: Option<String>,
    /// Length in bytes.
    pub bytes: u64,
    /// The `path` of its artifact record.
    pub path: Option<String>,
    /// The verdict over it.
    #[cfg_attr(test, schemars(with = "Option<super::schema::VerdictWord>"))]
    pub verdict: Option<String>,
}

impl From<&Vetted> for SubjectRecord {
    fn from(v: &Vetted) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            asked: v.asked.clone(),
            purl: v.purl.clone(),
            verdict: v.verdict.word().to_owned(),
            reasons: v.reasons.clone(),
            parts: v.parts.iter().map(PartRecord::from).collect(),
            missing: v.missing.clone(),
            not_followed: v.not_followed,
            notes: v.notes.clone(),
        }
    }
}

impl From<&Part> for PartRecord {
    fn from(p: &Part) -> Self {
        Self {
            purl: p.purl.clone(),
            alias: p.alias.clone(),
            why: p.why.word().to_owned(),
            from: p.from.clone(),
            platform: p.platform.clone(),
            registry: p.registry.clone(),
            address: p.address.clone(),
            state: p.state.word().to_owned(),
            detail: p.detail.clone(),
            deprecated: p.deprecated.clone(),
            promised: p.promised.clone(),
            sha256: p.sha256.clone(),
            bytes: p.bytes,
            path: p.path.clone(),
            verdict: p.verdict.map(|v| v.word().to_owned()),
        }
    }
}

/// The subjects of `fetch --format json`, in one document.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn std::io::Write, subjects: &[Vetted]) -> std::io::Result<()> {
    let records: Vec<SubjectRecord> = subjects.iter().map(SubjectRecord::from).collect();
    super::escape::to_writer_pretty(&mut *out, &records)?;
    out.write_all(b"\n")
}
