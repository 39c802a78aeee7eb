//! The comparison in version 1 of the JSON contract.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::assess::Reported;
use crate::assess::compare::{Comparison, Entry, FunctionChange, Functions, Side};
use crate::report::Run;
use crate::report::json::escape;
use crate::report::json::v1::{CapabilityItemRecord, FindingRecord, RunRecord};

/// `compare --format json`.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CompareDocument {
    /// The run record.
    pub run: RunRecord,
    /// What differs.
    pub comparison: ComparisonRecord,
}

/// What differs between two versions.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComparisonRecord {
    /// The version from before.
    pub old: SideRecord,
    /// The version of now.
    pub new: SideRecord,
    /// By capability word, those with changes only.
    pub capabilities: BTreeMap<String, CapabilityChangeRecord>,
    /// Findings of low severity and above that only one version has.
    pub findings: FindingChangesRecord,
    /// Contents that differ.
    pub contents: ContentChangesRecord,
    /// Components that differ.
    pub components: ComponentChangesRecord,
    /// What cannot be compared, and why.
    pub not_compared: Vec<String>,
}

/// One side.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideRecord {
    /// What was typed.
    pub asked: String,
    /// Package URL (or path) and SHA-256 of each archive.
    pub archives: Vec<(String, String)>,
    /// Contents examined.
    pub files: u64,
    /// Bytes examined.
    pub bytes: u64,
    /// Places that were not examined.
    pub gaps: u64,
}

/// Values of one capability.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CapabilityChangeRecord {
    /// Only in the new version.
    pub added: Vec<CapabilityItemRecord>,
    /// Only in the old version.
    pub removed: Vec<String>,
}

/// Findings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingChangesRecord {
    /// Only in the new version.
    pub new: Vec<FindingRecord>,
    /// Only in the old version.
    pub gone: Vec<FindingRecord>,
    /// In both, at another place.
    pub moved: Vec<MovedRecord>,
    /// The same rule in both versions of one content, with other evidence. Since 2026-11-27.
    #[serde(default)]
    pub restated: Vec<MovedRecord>,
    /// In both, at the same place.
    pub same: u64,
}

/// A finding that moved, or has other evidence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MovedRecord {
    /// Its place in the old version.
    pub from: String,
    /// The finding in the new one.
    pub finding: FindingRecord,
}

impl From<&(String, Reported)> for MovedRecord {
    fn from((from, f): &(String, Reported)) -> Self {
        Self { from: from.clone(), finding: FindingRecord::from(f) }
    }
}

/// Contents.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContentChangesRecord {
    /// Only in the new version.
    pub added: Vec<ContentRecord>,
    /// Only in the old version.
    pub removed: Vec<ContentRecord>,
    /// Other bytes at the same path.
    pub changed: Vec<ContentRecord>,
    /// Only blanks and line breaks differ.
    pub reformatted: Vec<ContentRecord>,
    /// The same bytes at another path.
    pub moved: Vec<ContentRecord>,
    /// The same bytes at the same path.
    pub same: u64,
}

/// One content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContentRecord {
    /// The path, without the version.
    pub path: String,
    /// What it is.
    pub kind: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in the old version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_sha256: Option<String>,
    /// SHA-256 in the new version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_sha256: Option<String>,
    /// Where it was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What became of its functions, of a program that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functions: Option<FunctionsRecord>,
}

/// Functions of a program that changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FunctionsRecord {
    /// As before.
    pub same: u64,
    /// Only formatting, names that the file gives, or addresses differ.
    pub renamed: u64,
    /// Came from another file of the old version.
    pub moved: u64,
    /// Do something else.
    pub changed: Vec<FunctionRecord>,
    /// Only in the new version.
    pub added: Vec<FunctionRecord>,
    /// Only in the old version.
    pub removed: Vec<FunctionRecord>,
    /// Bytes of code before and now.
    pub code_bytes: (u64, u64),
    /// IFUNC resolvers before and now.
    pub resolvers: (u64, u64),
    /// Imported functions that are new.
    pub new_imports: Vec<String>,
    /// Imported functions that are gone.
    pub gone_imports: Vec<String>,
    /// Why not all functions were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

/// One function.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FunctionRecord {
    /// What it is called; may be empty.
    pub name: String,
    /// Its line, of scripts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Its address in memory, of native programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<u64>,
    /// Its length in the old version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_bytes: Option<u64>,
    /// Its length in the new version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_bytes: Option<u64>,
    /// What is seen in it and was not before, by capability word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub does: Vec<(String, String)>,
}

/// Components.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComponentChangesRecord {
    /// Name and version.
    pub added: Vec<(String, String)>,
    /// Name and version.
    pub removed: Vec<(String, String)>,
    /// Name, old versions, new versions.
    pub changed: Vec<(String, String, String)>,
}

impl From<&Side> for SideRecord {
    fn from(s: &Side) -> Self {
        Self { asked: s.asked.clone(), archives: s.archives.clone(), files: s.files, bytes: s.bytes, gaps: s.gaps }
    }
}

impl From<&Entry> for ContentRecord {
    fn from(e: &Entry) -> Self {
        Self {
            path: e.path.clone(),
            kind: e.kind.word().to_owned(),
            bytes: e.bytes,
            old_sha256: e.old.map(|d| d.to_string()),
            new_sha256: e.new.map(|d| d.to_string()),
            from: e.from.clone(),
            functions: e.functions.as_deref().map(FunctionsRecord::from),
        }
    }
}

impl From<&Functions> for FunctionsRecord {
    fn from(f: &Functions) -> Self {
        let record = |c: &FunctionChange| FunctionRecord {
            name: c.name.clone(),
            line: (!f.native).then_some(c.at),
            address: f.native.then_some(c.at),
            old_bytes: c.old_bytes,
            new_bytes: c.new_bytes,
            does: c.does.iter().map(|(capability, value)| (capability.word().to_owned(), value.clone())).collect(),
        };
        Self {
            same: f.same,
            renamed: f.renamed,
            moved: f.moved,
            changed: f.changed.iter().map(record).collect(),
            added: f.added.iter().map(record).collect(),
            removed: f.removed.iter().map(record).collect(),
            code_bytes: f.code,
            resolvers: f.resolvers,
            new_imports: f.new_imports.clone(),
            gone_imports: f.gone_imports.clone(),
            missing: f.missing.map(str::to_owned),
        }
    }
}

impl From<&Comparison> for ComparisonRecord {
    fn from(c: &Comparison) -> Self {
        let contents = |list: &[Entry]| list.iter().map(ContentRecord::from).collect();
        let capabilities = c.capabilities.iter().map(|change| {
            let added = change
                .added
                .iter()
                .map(|i| CapabilityItemRecord { value: i.value.clone(), count: i.count, first: i.first.clone() })
                .collect();
            let record = CapabilityChangeRecord { added, removed: change.removed.clone() };
            (change.capability.word().to_owned(), record)
        });
        Self {
            old: SideRecord::from(&c.old),
            new: SideRecord::from(&c.new),
            capabilities: capabilities.collect(),
            findings: FindingChangesRecord {
                new: c.new_findings.iter().map(FindingRecord::from).collect(),
                gone: c.gone_findings.iter().map(FindingRecord::from).collect(),
                moved: c.moved_findings.iter().map(MovedRecord::from).collect(),
                restated: c.restated_findings.iter().map(MovedRecord::from).collect(),
                same: c.same_findings,
            },
            contents: ContentChangesRecord {
                added: contents(&c.contents.added),
                removed: contents(&c.contents.removed),
                changed: contents(&c.contents.changed),
                reformatted: contents(&c.contents.reformatted),
                moved: contents(&c.contents.moved),
                same: c.contents.same,
            },
            components: ComponentChangesRecord {
                added: c.components.added.clone(),
                removed: c.components.removed.clone(),
                changed: c.components.changed.clone(),
            },
            not_compared: c.not_compared.clone(),
        }
    }
}

/// Writes the document.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, run: &Run, comparison: &Comparison) -> io::Result<()> {
    let document = CompareDocument { run: RunRecord::from(run), comparison: ComparisonRecord::from(comparison) };
    escape::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}
