//! Version 1 of the JSON records (`schema/peephole-v1.json`). Fields are added, never renamed or taken away, while the
//! version stays. Also the wire form between the supervisor and its workers, so it reads what it writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::subject::SubjectRecord;
use crate::assess::policy::{Note, Suppressed};
use crate::assess::{
    Assessment, CapabilityItem, CapabilitySummary, Download, Reported, ReportedComponent, ReportedGap, Scripts, Verdict,
};
use crate::model::{Capability, Component, Confidence, Date, Evidence, GapReason, Severity, Span};
use crate::report::compare::ComparisonRecord;
use crate::report::{Run, Summary};

/// The value of `schema` in every record.
pub const SCHEMA: &str = "peephole/1";

/// One record: a line of NDJSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// First: what the run is.
    Run(RunRecord),
    /// One for each root.
    Artifact(Box<ArtifactRecord>),
    /// One for each name that was vetted, after its artifacts.
    Subject(Box<SubjectRecord>),
    /// Last: what the run came to.
    Summary(SummaryRecord),
}

/// What the run is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunRecord {
    /// `peephole/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The tool and its version.
    pub tool: ToolRecord,
    /// Digest of rules and version: equal ids and limits give equal findings for equal content.
    pub ruleset: String,
    /// The limits in force.
    pub limits: BTreeMap<String, u64>,
    /// The arguments as they were given.
    pub arguments: Vec<String>,
    /// The policy by which verdicts were reached, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyRecord>,
    /// The feed of what is known to be bad, when the run was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<FeedRecord>,
}

/// A feed of what is known to be bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FeedRecord {
    /// The day it is of, as `2026-11-26`.
    pub date: String,
    /// How many reports of malice it holds.
    pub records: u64,
}

/// The tool that wrote the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ToolRecord {
    /// `peephole`.
    pub name: String,
    /// Semantic version.
    pub version: String,
}

/// One root: an archive, package, executable or loose file with everything nested inside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArtifactRecord {
    /// `peephole/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The path as it was reached on disk; `-` for standard input.
    pub path: String,
    /// Package URL, when the root is a package with a name.
    pub purl: Option<String>,
    /// SHA-256 of the bytes in hex (of a package folder: of its sorted file digests). Null when it was not read.
    pub sha256: Option<String>,
    /// What it is.
    pub kind: String,
    /// `pass`, `review`, `block` or `incomplete`.
    #[cfg_attr(test, schemars(with = "super::schema::VerdictWord"))]
    pub verdict: String,
    /// Why, the weightiest first.
    pub reasons: Vec<String>,
    /// What was seen, the worst first.
    pub findings: Vec<FindingRecord>,
    /// Further findings of a rule that are not listed (capabilities only), by rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub omitted: BTreeMap<String, u64>,
    /// What was seen and does not count, because somebody has accepted it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<SuppressedRecord>,
    /// What was not examined.
    pub gaps: Vec<GapRecord>,
    /// What it can do, by capability word.
    pub capabilities: BTreeMap<String, CapabilityRecord>,
    /// What of known name is built into it: modules, crates, interpreters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ComponentRecord>,
    /// What code that runs at install fetches, as far as it names hosts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub downloads: Vec<DownloadRecord>,
    /// Bytes examined, unwrapped ones included.
    pub bytes: u64,
    /// Contents examined, at every place.
    pub files: u64,
    /// How closely the scripts among them were looked at.
    #[serde(default)]
    pub scripts: ScriptsRecord,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// How closely scripts were looked at: signatures see all of them, those that can act are followed as code.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScriptsRecord {
    /// All that were met, at every place.
    pub met: u64,
    /// Those that were followed as code.
    pub followed: u64,
}

/// One host from which something is fetched at install.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DownloadRecord {
    /// The host.
    pub host: String,
    /// The content that names it.
    pub locator: String,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingRecord {
    /// The rule's id, for `peephole explain`.
    pub rule: String,
    /// The technique's id in the catalogue.
    pub technique: String,
    /// `info`, `low`, `medium`, `high` or `critical`, after the brakes.
    #[cfg_attr(test, schemars(with = "super::schema::SeverityWord"))]
    pub severity: String,
    /// `hint`, `likely` or `certain`.
    #[cfg_attr(test, schemars(with = "super::schema::ConfidenceWord"))]
    pub confidence: String,
    /// What was seen.
    pub message: String,
    /// `tool.tgz!/package/x.js#base64@120`.
    pub locator: String,
    /// The steps from the root to the content, in words.
    pub recipe: Vec<String>,
    /// What can be shown; never empty.
    pub evidence: Vec<EvidenceRecord>,
    /// Equal in two versions of a package when the same thing was seen in both.
    pub fingerprint: String,
    /// Why severity was lowered, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brake: Option<String>,
}

/// A finding that somebody has accepted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SuppressedRecord {
    /// The finding.
    pub finding: FindingRecord,
    /// Why.
    pub reason: String,
    /// By whom.
    pub owner: String,
    /// When: a day.
    pub created: String,
    /// The last day on which it holds.
    pub expires: String,
    /// The ticket.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ticket: String,
}

/// The policy by which verdicts were reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PolicyRecord {
    /// Its name.
    pub name: String,
    /// The preset that it starts from.
    pub preset: String,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// One piece of evidence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceRecord {
    /// First byte in the content that the locator names; absent when it is about the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Line, from 1, when the content is text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column in bytes, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The text around it, printable, with invisible characters escaped.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub snippet: String,
    /// The marked part of `snippet`: first and last-plus-one byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<(u32, u32)>,
    /// What the evidence shows, when the snippet does not speak for itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One gap.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapRecord {
    /// `unreadable`, `malformed`, `encrypted`, `unsupported`, `limit`, `timeout` or `crash`.
    #[cfg_attr(test, schemars(with = "super::schema::GapWord"))]
    pub reason: String,
    /// Where.
    pub locator: String,
    /// What happened.
    pub detail: String,
}

/// One component.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ComponentRecord {
    /// Package URL, when name and ecosystem are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// Its name.
    pub name: String,
    /// Its version as written, when it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Where that is said: `go-buildinfo`, `cargo-auditable`, …
    pub source: String,
    /// The first content that holds it.
    pub locator: String,
}

/// One capability.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CapabilityRecord {
    /// Occurrences in all.
    pub count: u64,
    /// Distinct values, the most frequent first, at most 1,000.
    pub items: Vec<CapabilityItemRecord>,
    /// Whether there were more.
    pub truncated: bool,
}

/// One value of a capability.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CapabilityItemRecord {
    /// A host, a variable's name, a program.
    pub value: String,
    /// Occurrences.
    pub count: u64,
    /// Locator of the first one.
    pub first: String,
}

/// What the run came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SummaryRecord {
    /// `peephole/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// `complete`, or `partial` when the run ended early.
    #[cfg_attr(test, schemars(with = "super::schema::StatusWord"))]
    pub status: String,
    /// Roots.
    pub artifacts: u64,
    /// Contents examined.
    pub files: u64,
    /// Bytes examined.
    pub bytes: u64,
    /// Roots by verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// Gaps in all.
    pub gaps: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// `--format json`: the records of a run in one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Document {
    /// The run record.
    pub run: RunRecord,
    /// The artifact records, sorted by path.
    pub artifacts: Vec<ArtifactRecord>,
    /// What was vetted: names with everything that comes along (`vet` only).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectRecord>,
    /// What changed since an earlier version (`vet --against` only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Box<ComparisonRecord>>,
    /// The summary record.
    pub summary: SummaryRecord,
}

fn schema() -> String {
    SCHEMA.to_owned()
}

/// Seconds to the microsecond: more digits are noise.
fn rounded(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

impl From<&Run> for RunRecord {
    fn from(run: &Run) -> Self {
        Self {
            schema: schema(),
            tool: ToolRecord { name: "peephole".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            ruleset: run.ruleset.clone(),
            limits: run.limits.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
            arguments: run.arguments.clone(),
            policy: run.policy.as_ref().map(|p| PolicyRecord {
                name: p.name.clone(),
                preset: p.preset.clone(),
                sha256: p.digest.clone(),
            }),
            feed: run.feed.as_ref().map(|f| FeedRecord { date: f.date.clone(), records: f.records }),
        }
    }
}

impl From<&Summary> for SummaryRecord {
    fn from(summary: &Summary) -> Self {
        Self {
            schema: schema(),
            status: if summary.complete { "complete" } else { "partial" }.to_owned(),
            artifacts: summary.artifacts,
            files: summary.files,
            bytes: summary.bytes,
            verdicts: Verdict::ALL.iter().map(|v| (v.word().to_owned(), summary.of(*v))).collect(),
            gaps: summary.gaps,
            seconds: rounded(summary.seconds),
        }
    }
}

impl From<&Assessment> for ArtifactRecord {
    fn from(a: &Assessment) -> Self {
        Self {
            schema: schema(),
            path: a.path.clone(),
            purl: a.purl.clone(),
            sha256: a.sha256.clone(),
            kind: a.kind.clone(),
            verdict: a.verdict.word().to_owned(),
            reasons: a.reasons.clone(),
            findings: a.findings.iter().map(FindingRecord::from).collect(),
            omitted: a.omitted.clone(),
            suppressed: a.suppressed.iter().map(SuppressedRecord::from).collect(),
            gaps: a.gaps.iter().map(GapRecord::from).collect(),
            capabilities: Capability::ALL
                .into_iter()
                .map(|c| (c.word().to_owned(), a.capabilities.get(&c).map(CapabilityRecord::from).unwrap_or_default()))
                .collect(),
            components: a.components.iter().map(ComponentRecord::from).collect(),
            downloads: a
                .downloads
                .iter()
                .map(|d| DownloadRecord { host: d.host.clone(), locator: d.locator.clone() })
                .collect(),
            bytes: a.bytes,
            files: a.files,
            scripts: ScriptsRecord { met: a.scripts.met, followed: a.scripts.followed },
            seconds: rounded(a.seconds),
        }
    }
}

impl From<&ReportedGap> for GapRecord {
    fn from(g: &ReportedGap) -> Self {
        Self { reason: g.reason.word().to_owned(), locator: g.locator.clone(), detail: g.detail.clone() }
    }
}

impl From<&ReportedComponent> for ComponentRecord {
    fn from(c: &ReportedComponent) -> Self {
        Self {
            purl: c.component.purl.clone(),
            name: c.component.name.clone(),
            version: c.component.version.clone(),
            source: c.component.source.clone().into_owned(),
            locator: c.locator.clone(),
        }
    }
}

impl From<&Reported> for FindingRecord {
    fn from(f: &Reported) -> Self {
        Self {
            rule: f.rule.clone(),
            technique: f.technique.clone(),
            severity: f.severity.word().to_owned(),
            confidence: f.confidence.word().to_owned(),
            message: f.message.clone(),
            locator: f.locator.clone(),
            recipe: f.recipe.clone(),
            evidence: f.evidence.iter().map(EvidenceRecord::from).collect(),
            fingerprint: f.fingerprint.clone(),
            brake: f.brake.clone(),
        }
    }
}

impl From<&Suppressed> for SuppressedRecord {
    fn from(s: &Suppressed) -> Self {
        Self {
            finding: FindingRecord::from(&s.finding),
            reason: s.note.reason.clone(),
            owner: s.note.owner.clone(),
            created: s.note.created.to_string(),
            expires: s.note.expires.to_string(),
            ticket: s.note.ticket.clone(),
        }
    }
}

impl TryFrom<SuppressedRecord> for Suppressed {
    type Error = Unknown;

    fn try_from(r: SuppressedRecord) -> Result<Self, Unknown> {
        let day = |text: String| Date::parse(&text).ok_or(Unknown("day", text));
        let note = Note {
            reason: r.reason,
            owner: r.owner,
            created: day(r.created)?,
            expires: day(r.expires)?,
            ticket: r.ticket,
        };
        Ok(Self { finding: Reported::try_from(r.finding)?, note })
    }
}

impl From<&Evidence> for EvidenceRecord {
    fn from(e: &Evidence) -> Self {
        Self {
            offset: e.span.map(|s| s.offset),
            length: e.span.map(|s| s.len),
            line: e.span.and_then(|s| s.line),
            column: e.span.and_then(|s| s.column),
            snippet: e.snippet.clone(),
            mark: (!e.snippet.is_empty()).then_some(e.mark),
            note: e.note.clone(),
        }
    }
}

impl From<&CapabilitySummary> for CapabilityRecord {
    fn from(c: &CapabilitySummary) -> Self {
        Self {
            count: c.count,
            items: c
                .items
                .iter()
                .map(|i| CapabilityItemRecord { value: i.value.clone(), count: i.count, first: i.first.clone() })
                .collect(),
            truncated: c.truncated,
        }
    }
}

/// A record from a worker that does not say what the contract says.
#[derive(Debug, thiserror::Error)]
#[error("a worker's record has an unknown {0}: {1:?}")]
pub struct Unknown(&'static str, String);

impl TryFrom<ArtifactRecord> for Assessment {
    type Error = Unknown;

    fn try_from(r: ArtifactRecord) -> Result<Self, Unknown> {
        let verdict = Verdict::from_word(&r.verdict).ok_or(Unknown("verdict", r.verdict))?;
        let findings = r.findings.into_iter().map(Reported::try_from).collect::<Result<_, _>>()?;
        let suppressed = r.suppressed.into_iter().map(Suppressed::try_from).collect::<Result<_, _>>()?;
        let gaps = r
            .gaps
            .into_iter()
            .map(|g| {
                let reason = GapReason::from_word(&g.reason).ok_or(Unknown("gap reason", g.reason))?;
                Ok(ReportedGap { reason, locator: g.locator, detail: g.detail })
            })
            .collect::<Result<_, Unknown>>()?;
        let mut capabilities = BTreeMap::new();
        for (word, c) in r.capabilities {
            let capability = Capability::from_word(&word).ok_or(Unknown("capability", word))?;
            if c.count > 0 {
                let items = c
                    .items
                    .into_iter()
                    .map(|i| CapabilityItem { value: i.value, count: i.count, first: i.first })
                    .collect();
                capabilities.insert(capability, CapabilitySummary { count: c.count, items, truncated: c.truncated });
            }
        }
        Ok(Self {
            path: r.path,
            purl: r.purl,
            sha256: r.sha256,
            kind: r.kind,
            verdict,
            reasons: r.reasons,
            findings,
            omitted: r.omitted,
            suppressed,
            gaps,
            capabilities,
            components: r.components.into_iter().map(ReportedComponent::from).collect(),
            downloads: r.downloads.into_iter().map(|d| Download { host: d.host, locator: d.locator }).collect(),
            unchecked: false,
            named: false,
            bytes: r.bytes,
            files: r.files,
            scripts: Scripts { met: r.scripts.met, followed: r.scripts.followed },
            seconds: r.seconds,
            tree: None,
        })
    }
}

impl From<ComponentRecord> for ReportedComponent {
    fn from(c: ComponentRecord) -> Self {
        let component = Component { purl: c.purl, name: c.name, version: c.version, source: c.source.into() };
        Self { component, locator: c.locator }
    }
}

impl TryFrom<FindingRecord> for Reported {
    type Error = Unknown;

    fn try_from(f: FindingRecord) -> Result<Self, Unknown> {
        Ok(Self {
            severity: Severity::from_word(&f.severity).ok_or(Unknown("severity", f.severity))?,
            confidence: Confidence::from_word(&f.confidence).ok_or(Unknown("confidence", f.confidence))?,
            rule: f.rule,
            technique: f.technique,
            message: f.message,
            locator: f.locator,
            recipe: f.recipe,
            evidence: f.evidence.into_iter().map(Evidence::from).collect(),
            fingerprint: f.fingerprint,
            brake: f.brake,
        })
    }
}

impl From<EvidenceRecord> for Evidence {
    fn from(e: EvidenceRecord) -> Self {
        Self {
            span: e.offset.map(|offset| Span { offset, len: e.length.unwrap_or(0), line: e.line, column: e.column }),
            snippet: e.snippet,
            mark: e.mark.unwrap_or((0, 0)),
            note: e.note,
        }
    }
}
