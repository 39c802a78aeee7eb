//! `tree --format json`: the contents of every root as a list, parents before their children. A list, because readers
//! bound how deep JSON may nest and a tree has no bound but that of the run; `parent` and `depth` say the same.
//!
//! Part of version 1 of the contract, like [`super::v1`].

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::escape;
use super::v1::{ComponentRecord, GapRecord, RunRecord, SCHEMA, SummaryRecord};
use crate::assess::{Assessment, ReportedComponent, Tree, TreeNode};
use crate::model::{Severity, Step};
use crate::report::{Run, Summary};

/// What `tree --format json` writes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TreeDocument<'a> {
    /// The run record.
    pub run: RunRecord,
    /// One tree for each root, sorted by path.
    pub trees: Vec<TreeRecord<'a>>,
    /// The summary record.
    pub summary: SummaryRecord,
}

/// One root and everything inside it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TreeRecord<'a> {
    /// `peephole/1`.
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    pub schema: &'static str,
    /// The path as it was reached on disk; `-` for standard input.
    pub path: &'a str,
    /// Package URL, when the root is a package with a name.
    pub purl: Option<&'a str>,
    /// SHA-256 of the bytes in hex (of a package folder: of its sorted file digests). Null when it was not read.
    pub sha256: Option<&'a str>,
    /// Whether everything was opened. When it is false, `gaps` says what was not.
    pub complete: bool,
    /// Everything that was not opened, wherever it is; each stands at its node too.
    pub gaps: Vec<GapRecord>,
    /// Every content, the root first, parents before their children, the children of one by name. Empty when nothing
    /// could be read.
    #[cfg_attr(test, schemars(with = "Vec<NodeRecord>"))]
    pub nodes: Nodes<'a>,
}

/// The contents of one root, written one by one: there may be very many.
#[derive(Debug)]
pub struct Nodes<'a>(Option<&'a Tree>);

/// One content at one place.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NodeRecord {
    /// Its place in `nodes`, from 0.
    pub index: usize,
    /// The place of what holds it; null for the root.
    pub parent: Option<usize>,
    /// How many contents lie around it.
    pub depth: usize,
    /// Its name inside its parent.
    pub name: String,
    /// Where it is, as findings and gaps say it: `tool.tgz!/package/x.js#base64@120`.
    pub locator: String,
    /// The steps from the root to the content, in words.
    pub recipe: Vec<String>,
    /// The last of these steps; absent for the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepRecord>,
    /// What it is.
    pub kind: &'static str,
    /// The kind that its name claims, when the content contradicts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<&'static str>,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
    /// What it is there for: `install`, `entry`, `agent`, `body`, `test`, `document` or `rule-data`.
    pub role: &'static str,
    /// How many findings it has, by severity.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub findings: BTreeMap<&'static str, u64>,
    /// What of it was not opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<GapRecord>,
    /// What of known name is built into it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<ComponentRecord>,
    /// What lies inside it, at every depth; absent when nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inside: Option<InsideRecord>,
}

/// How a content comes out of its parent.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepRecord {
    /// `member` (an entry of a container), `stream` (all of it is one compressed stream), `bytes` (a range of it as it
    /// stands) or `decoded` (text or numbers in it that are an encoding).
    pub how: &'static str,
    /// The container's or the stream's format, or the decoders joined by `+`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Where it begins in the parent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// How many bytes of the parent it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
}

/// Sums over what lies inside a content.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct InsideRecord {
    /// Contents.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What was not opened, the content's own gaps among them.
    pub gaps: u64,
}

/// Writes the document.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, run: &Run, assessments: &[Assessment], summary: &Summary) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let document = TreeDocument {
        run: RunRecord::from(run),
        trees: sorted.into_iter().map(TreeRecord::from).collect(),
        summary: SummaryRecord::from(summary),
    };
    escape::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

impl<'a> From<&'a Assessment> for TreeRecord<'a> {
    fn from(a: &'a Assessment) -> Self {
        Self {
            schema: SCHEMA,
            path: &a.path,
            purl: a.purl.as_deref(),
            sha256: a.sha256.as_deref(),
            complete: a.gaps.is_empty(),
            gaps: a.gaps.iter().map(GapRecord::from).collect(),
            nodes: Nodes(a.tree.as_deref()),
        }
    }
}

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all = self.0.into_iter().flat_map(|tree| tree.nodes().iter().enumerate().map(move |(at, n)| (tree, at, n)));
        serializer.collect_seq(all.map(|(tree, at, node)| NodeRecord::of(tree, at, node)))
    }
}

impl NodeRecord {
    fn of(tree: &Tree, index: usize, node: &TreeNode) -> Self {
        let locator = tree.locator(index);
        let gaps = node.gaps.iter().map(|gap| GapRecord {
            reason: gap.reason.word().to_owned(),
            locator: if gap.entry.is_empty() { locator.clone() } else { format!("{locator}!/{}", gap.entry) },
            detail: gap.detail.clone(),
        });
        let components = node.components.iter().map(|component| {
            ComponentRecord::from(&ReportedComponent { component: component.clone(), locator: locator.clone() })
        });
        let inside = node.inside;
        Self {
            index,
            parent: node.parent,
            depth: node.depth,
            name: node.name.clone(),
            recipe: tree.steps(index).into_iter().map(ToString::to_string).collect(),
            step: node.step.as_ref().map(StepRecord::from),
            kind: node.kind.word(),
            claimed: node.claimed.map(|kind| kind.word()),
            bytes: node.bytes,
            sha256: node.id.to_string(),
            role: node.role.word(),
            findings: Severity::ALL.iter().map(|s| s.word()).zip(node.findings).filter(|(_, n)| *n > 0).collect(),
            gaps: gaps.collect(),
            components: components.collect(),
            inside: (inside.files > 0 || inside.gaps > 0).then_some(InsideRecord {
                files: inside.files,
                bytes: inside.bytes,
                gaps: inside.gaps,
            }),
            locator,
        }
    }
}

impl From<&Step> for StepRecord {
    fn from(step: &Step) -> Self {
        let (how, format, offset, length) = match step {
            Step::Member { format, .. } => ("member", Some((*format).to_owned()), None, None),
            Step::Stream { format } => ("stream", Some((*format).to_owned()), None, None),
            Step::Bytes { offset, len } => ("bytes", None, Some(*offset), Some(*len)),
            Step::Decoded { recipe, offset } => ("decoded", Some(recipe.clone()), Some(*offset), None),
        };
        Self { how, format, offset, length }
    }
}
