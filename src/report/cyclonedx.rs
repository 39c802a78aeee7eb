//! `tree --format cyclonedx`: a CycloneDX 1.6 bill of materials in JSON. Contents are components of type `file`, what of
//! known name is built in is a `library` on which its root depends; what has gaps stands in an `incomplete` composition.
//! What CycloneDX has no field for is a property in the name space `peephole:`. The document is the same for the same
//! content; it has a time only when one is given.
//!
//! Reference: <https://cyclonedx.org/docs/1.6/json/>.

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::Serialize;

use super::inventory::{Identifier, Named, gap, paths, purl, short, time};
use super::json::escape;
use crate::assess::{Assessment, ReportedComponent, Tree, TreeNode};
use crate::model::FileKind;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom {
    #[serde(rename = "$schema")]
    schema: &'static str,
    bom_format: &'static str,
    spec_version: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    serial_number: String,
    version: u32,
    metadata: Metadata,
    components: Vec<Component>,
    dependencies: Vec<Dependency>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    compositions: Vec<Composition>,
}

#[derive(Serialize)]
struct Metadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
    tools: Tools,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<Component>,
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Tools {
    components: [Component; 1],
}

#[derive(Serialize, Default)]
struct Component {
    r#type: &'static str,
    #[serde(rename = "bom-ref", skip_serializing_if = "String::is_empty")]
    reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property>,
}

#[derive(Serialize)]
struct Hash {
    alg: &'static str,
    content: String,
}

#[derive(Serialize)]
struct Evidence {
    occurrences: [Occurrence; 1],
}

#[derive(Serialize)]
struct Occurrence {
    location: String,
}

#[derive(Serialize)]
struct Property {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Dependency {
    r#ref: String,
    #[serde(rename = "dependsOn", skip_serializing_if = "Vec::is_empty")]
    depends_on: Vec<String>,
}

#[derive(Serialize)]
struct Composition {
    aggregate: &'static str,
    assemblies: Vec<String>,
}

/// Writes the document. `created` is in seconds since 1970.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, assessments: &[Assessment], created: Option<u64>) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut bom = Bom::of(&sorted);
    let mut identifier = Identifier::new();
    escape::to_writer(&mut identifier, &bom)?;
    bom.serial_number = identifier.urn();
    bom.metadata.timestamp = created.map(time);
    escape::to_writer_pretty(&mut *out, &bom)?;
    out.write_all(b"\n")
}

fn property(name: &'static str, value: impl Into<String>) -> Property {
    Property { name, value: value.into() }
}

impl Bom {
    /// The document without its serial number and its time.
    fn of(roots: &[&Assessment]) -> Self {
        let gaps = roots.iter().fold(0_usize, |n, a| n.saturating_add(a.gaps.len()));
        let tool = Component {
            r#type: "application",
            name: "peephole".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            ..Component::default()
        };
        let mut bom = Self {
            schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
            bom_format: "CycloneDX",
            spec_version: "1.6",
            serial_number: String::new(),
            version: 1,
            metadata: Metadata {
                timestamp: None,
                tools: Tools { components: [tool] },
                component: None,
                properties: vec![
                    property("peephole:complete", if gaps == 0 { "true" } else { "false" }),
                    property("peephole:gaps", gaps.to_string()),
                ],
            },
            components: Vec::new(),
            dependencies: Vec::new(),
            compositions: Vec::new(),
        };
        let mut incomplete = Vec::new();
        for (at, a) in roots.iter().enumerate() {
            let number = at + 1;
            let own = root(number, a);
            // One root is what the document is about; several are parts of what has no name.
            if roots.len() == 1 {
                bom.metadata.component = Some(own);
            } else {
                bom.components.push(own);
            }
            bom.add(number, a, &mut incomplete);
        }
        if !incomplete.is_empty() {
            bom.compositions.push(Composition { aggregate: "incomplete", assemblies: incomplete });
        }
        bom
    }

    fn add(&mut self, number: usize, a: &Assessment, incomplete: &mut Vec<String>) {
        if a.tree.is_none() && !a.gaps.is_empty() {
            incomplete.push(reference(number, 0));
        }
        if let Some(tree) = &a.tree {
            let paths = paths(tree);
            for (at, (node, path)) in tree.nodes().iter().zip(&paths).enumerate() {
                if !node.gaps.is_empty() {
                    incomplete.push(reference(number, at));
                }
                if at > 0 {
                    self.components.push(file(number, at, node, path, tree));
                }
            }
        }
        let libraries: Vec<String> = (1..=a.components.len()).map(|at| format!("component-{number}-{at}")).collect();
        self.components.extend(a.components.iter().zip(&libraries).map(|(c, reference)| library(c, reference.clone())));
        self.dependencies.push(Dependency { r#ref: reference(number, 0), depends_on: libraries });
    }
}

/// The name under which a content is referred to.
fn reference(root: usize, node: usize) -> String {
    if node == 0 { format!("root-{root}") } else { format!("file-{root}-{node}") }
}

fn root(number: usize, a: &Assessment) -> Component {
    let named = Named::of(a);
    let node = a.tree.as_ref().and_then(|tree| tree.nodes().first());
    let mut properties = vec![property("peephole:path", a.path.clone())];
    match node {
        Some(node) => properties.extend(about(node)),
        None => properties
            .extend(a.gaps.iter().map(|g| property("peephole:gap", format!("{}: {}", g.reason.word(), g.detail)))),
    }
    let executable = node.is_some_and(|node| node.kind.is_executable());
    Component {
        r#type: if named.purl.is_some() {
            "library"
        } else if executable {
            "application"
        } else {
            "file"
        },
        reference: reference(number, 0),
        group: named.group,
        name: named.name,
        version: named.version,
        hashes: node.map(hashes).unwrap_or_default(),
        purl: named.purl,
        properties,
        ..Component::default()
    }
}

fn hashes(node: &TreeNode) -> Vec<Hash> {
    // A folder's digest is that of a list and no checksum of a file.
    if node.kind == FileKind::Folder {
        return Vec::new();
    }
    vec![Hash { alg: "SHA-256", content: node.id.to_string() }]
}

/// What is told of a content in properties.
fn about(node: &TreeNode) -> Vec<Property> {
    let mut all = vec![property("peephole:kind", node.kind.word()), property("peephole:bytes", node.bytes.to_string())];
    all.extend(node.claimed.map(|claimed| property("peephole:claimed-kind", claimed.word())));
    all.extend(node.gaps.iter().map(|g| property("peephole:gap", gap(g))));
    all
}

fn file(number: usize, at: usize, node: &TreeNode, path: &str, tree: &Tree) -> Component {
    let way: Vec<String> = tree.steps(at).into_iter().map(ToString::to_string).collect();
    let mut properties = about(node);
    properties.push(property("peephole:recipe", way.join(" → ")));
    properties.extend(node.parent.map(|p| property("peephole:inside", reference(number, p))));
    Component {
        r#type: "file",
        reference: reference(number, at),
        name: path.to_owned(),
        hashes: hashes(node),
        properties,
        ..Component::default()
    }
}

fn library(component: &ReportedComponent, reference: String) -> Component {
    let ReportedComponent { component, locator } = component;
    Component {
        r#type: "library",
        reference,
        name: component.name.clone(),
        version: component.version.as_deref().map(short),
        purl: purl(component.purl.as_deref()),
        evidence: Some(Evidence { occurrences: [Occurrence { location: locator.clone() }] }),
        properties: vec![property("peephole:source", component.source.clone())],
        ..Component::default()
    }
}
