//! `tree --format spdx`: an SPDX 2.3 document in JSON. Each root is a package that contains every content of it as a
//! file; components that are built in are packages of their own. What was not examined stands in the comments: SPDX has no
//! field for it. The document is the same for the same content, but for its time.
//!
//! Reference: <https://spdx.github.io/spdx-spec/v2.3/>.

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::Serialize;
use sha1::{Digest as _, Sha1};

use super::inventory::{Identifier, Named, gaps, hex, paths, purl, short, time};
use super::json::escape;
use crate::assess::{Assessment, ReportedComponent, Tree, TreeNode};
use crate::model::{Family, FileKind, Step};

const DOCUMENT: &str = "SPDXRef-DOCUMENT";
const NOTHING_SAID: &str = "NOASSERTION";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    spdx_version: &'static str,
    data_license: &'static str,
    #[serde(rename = "SPDXID")]
    id: &'static str,
    name: String,
    document_namespace: String,
    creation_info: Creation,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    packages: Vec<Package>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<File>,
    relationships: Vec<Relationship>,
}

#[derive(Serialize)]
struct Creation {
    created: String,
    creators: [String; 1],
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Package {
    #[serde(rename = "SPDXID")]
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_info: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package_file_name: Option<String>,
    download_location: &'static str,
    files_analyzed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    package_verification_code: Option<VerificationCode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checksums: Vec<Checksum>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_info: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary_package_purpose: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_refs: Vec<ExternalRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VerificationCode {
    package_verification_code_value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checksum {
    algorithm: &'static str,
    checksum_value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExternalRef {
    reference_category: &'static str,
    reference_type: &'static str,
    reference_locator: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(rename = "SPDXID")]
    id: String,
    file_name: String,
    file_types: [&'static str; 1],
    checksums: Vec<Checksum>,
    comment: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relationship {
    spdx_element_id: String,
    relationship_type: &'static str,
    related_spdx_element: String,
}

/// Writes the document. `created` is in seconds since 1970.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, assessments: &[Assessment], created: u64) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut document = Document::of(&sorted);
    let mut identifier = Identifier::new();
    escape::to_writer(&mut identifier, &document)?;
    document.document_namespace = identifier.urn();
    document.creation_info.created = time(created);
    escape::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

impl Document {
    /// The document without its name space and its time.
    fn of(roots: &[&Assessment]) -> Self {
        let names: Vec<String> = roots.iter().take(3).map(|a| Named::of(a).whole()).collect();
        let more = if roots.len() > names.len() { ", …" } else { "" };
        let name = if names.is_empty() { "nothing".to_owned() } else { format!("{}{more}", names.join(", ")) };
        let gaps = roots.iter().fold(0_usize, |n, a| n.saturating_add(a.gaps.len()));
        let mut document = Self {
            spdx_version: "SPDX-2.3",
            data_license: "CC0-1.0",
            id: DOCUMENT,
            name,
            document_namespace: String::new(),
            creation_info: Creation {
                created: String::new(),
                creators: [format!("Tool: peephole-{}", env!("CARGO_PKG_VERSION"))],
            },
            comment: (gaps > 0).then(|| {
                format!("Not complete: {gaps} places were not examined; see the comments of packages and files.")
            }),
            packages: Vec::new(),
            files: Vec::new(),
            relationships: Vec::new(),
        };
        for (at, root) in roots.iter().enumerate() {
            document.add(at + 1, root);
        }
        document
    }

    fn add(&mut self, number: usize, a: &Assessment) {
        let id = format!("SPDXRef-Root-{number}");
        self.relate(DOCUMENT, "DESCRIBES", &id);
        let first = self.files.len();
        if let Some(tree) = &a.tree {
            let paths = paths(tree);
            for (at, (node, path)) in tree.nodes().iter().zip(&paths).enumerate().skip(1) {
                let own = format!("SPDXRef-File-{number}-{at}");
                self.relate(&id, "CONTAINS", &own);
                if let Some(parent) = node.parent.filter(|p| *p > 0) {
                    let kind = match node.step {
                        Some(Step::Member { .. } | Step::Stream { .. }) => "EXPANDED_FROM_ARCHIVE",
                        Some(Step::Bytes { .. } | Step::Decoded { .. }) | None => "GENERATED_FROM",
                    };
                    self.relate(&own, kind, &format!("SPDXRef-File-{number}-{parent}"));
                }
                self.files.push(file(own, node, path, tree, at));
            }
        }
        let code = verification_code(self.files.get(first..).unwrap_or_default());
        self.packages.push(root(id.clone(), a, code));
        for (at, component) in a.components.iter().enumerate() {
            let own = format!("SPDXRef-Component-{number}-{}", at + 1);
            self.relate(&id, "CONTAINS", &own);
            self.packages.push(built_in(own, component));
        }
    }

    fn relate(&mut self, from: &str, kind: &'static str, to: &str) {
        self.relationships.push(Relationship {
            spdx_element_id: from.to_owned(),
            relationship_type: kind,
            related_spdx_element: to.to_owned(),
        });
    }
}

fn checksum(algorithm: &'static str, checksum_value: String) -> Checksum {
    Checksum { algorithm, checksum_value }
}

/// SHA-1, which SPDX demands, and SHA-256, which can be relied on.
fn checksums(node: &TreeNode) -> Vec<Checksum> {
    let sha1 = node.sha1.map(|sha1| checksum("SHA1", hex(&sha1)));
    sha1.into_iter().chain([checksum("SHA256", node.id.to_string())]).collect()
}

fn url(purl: String) -> ExternalRef {
    ExternalRef { reference_category: "PACKAGE-MANAGER", reference_type: "purl", reference_locator: purl }
}

/// The code that SPDX makes of the SHA-1 of all files of a package (7.9); `None` when it has none.
fn verification_code(files: &[File]) -> Option<VerificationCode> {
    let mut all: Vec<&str> = files
        .iter()
        .flat_map(|f| &f.checksums)
        .filter(|c| c.algorithm == "SHA1")
        .map(|c| c.checksum_value.as_str())
        .collect();
    if all.is_empty() || all.len() != files.len() {
        return None;
    }
    all.sort_unstable();
    let mut hash = Sha1::new();
    all.into_iter().for_each(|sha1| hash.update(sha1));
    let digest: [u8; 20] = hash.finalize().into();
    Some(VerificationCode { package_verification_code_value: hex(&digest) })
}

fn root(id: String, a: &Assessment, code: Option<VerificationCode>) -> Package {
    let named = Named::of(a);
    let node = a.tree.as_ref().and_then(|tree| tree.nodes().first());
    let own = match node {
        Some(node) => gaps(node.gaps.iter()),
        None => a.gaps.first().map(|g| format!("not examined: {}: {}", g.reason.word(), g.detail)),
    };
    let whole =
        (!a.gaps.is_empty()).then(|| format!("Not complete: {} places inside were not examined.", a.gaps.len()));
    let kind = node.map(|node| format!("{}, {} bytes.", node.kind.word(), node.bytes));
    let comment: Vec<String> = kind.into_iter().chain(whole).chain(own).collect();
    Package {
        id,
        name: named.whole(),
        version_info: named.version,
        package_file_name: Some(a.path.clone()),
        download_location: NOTHING_SAID,
        files_analyzed: code.is_some(),
        package_verification_code: code,
        // A folder's digest is that of a list and no checksum of a file.
        checksums: node.filter(|node| node.kind != FileKind::Folder).map(checksums).unwrap_or_default(),
        primary_package_purpose: node.map(|node| purpose(node.kind)),
        external_refs: named.purl.map(url).into_iter().collect(),
        comment: (!comment.is_empty()).then(|| comment.join(" ")),
        ..Package::default()
    }
}

fn purpose(kind: FileKind) -> &'static str {
    match kind.family() {
        Family::Container => "ARCHIVE",
        _ if kind.is_executable() => "APPLICATION",
        _ => "FILE",
    }
}

fn built_in(id: String, component: &ReportedComponent) -> Package {
    let ReportedComponent { component, locator } = component;
    Package {
        id,
        name: component.name.clone(),
        version_info: component.version.as_deref().map(short),
        download_location: NOTHING_SAID,
        source_info: Some(format!("built into {locator}, as told by {}", component.source)),
        external_refs: purl(component.purl.as_deref()).map(url).into_iter().collect(),
        ..Package::default()
    }
}

fn file(id: String, node: &TreeNode, path: &str, tree: &Tree, at: usize) -> File {
    let way: Vec<String> = tree.steps(at).into_iter().map(ToString::to_string).collect();
    let mut comment = format!("{}, {} bytes; reached by {}", node.kind.word(), node.bytes, way.join(" → "));
    if let Some(claimed) = node.claimed {
        comment.push_str(&format!("; named as {}", claimed.word()));
    }
    if let Some(gaps) = gaps(node.gaps.iter()) {
        comment.push_str(&format!("; {gaps}"));
    }
    File { id, file_name: format!("./{path}"), file_types: [file_type(node.kind)], checksums: checksums(node), comment }
}

fn file_type(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Markdown | FileKind::Html | FileKind::Pdf => "DOCUMENTATION",
        FileKind::Wav | FileKind::Mp3 | FileKind::Ogg => "AUDIO",
        FileKind::Mp4 => "VIDEO",
        FileKind::Font | FileKind::Data | FileKind::Empty => "OTHER",
        _ => match kind.family() {
            Family::Python | Family::JavaScript | Family::Shell | Family::Source => "SOURCE",
            Family::Text => "TEXT",
            Family::Native => "BINARY",
            Family::Container => "ARCHIVE",
            Family::Media => "IMAGE",
        },
    }
}
