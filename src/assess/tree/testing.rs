//! Made-up contents for the tests of the tree and of its formats.

use std::sync::Arc;

use super::Tree;
use crate::analyze::{Analysis, Edge};
use crate::model::{Component, ContentId, Evidence, Fact, FactKind, FileKind, Gap, GapReason, Step};
use crate::package::Package;
use crate::rule;

rule! {
    /// Only for tests.
    SEEN = "test-seen" in "bin/packed";
    severity: High, confidence: Likely,
    title: "Something was seen",
    reference: "https://example.invalid/",
}

/// A content; `seed` makes its digests.
pub(crate) fn content(kind: FileKind, seed: u8, bytes: u64, children: Vec<Edge>) -> Analysis {
    Analysis {
        id: ContentId([seed; 32]),
        sha1: Some([seed; 20]),
        shape: None,
        outline: None,
        kind,
        bytes,
        findings: Vec::new(),
        facts: Vec::new(),
        gaps: Vec::new(),
        members: 1,
        cut_off: false,
        children,
    }
}

fn edge(name: &str, step: Step, analysis: Analysis) -> Edge {
    Edge { name: name.to_owned(), step, claimed: None, analysis: Arc::new(analysis) }
}

/// An entry of a container.
pub(crate) fn member(format: &'static str, name: &str, analysis: Analysis) -> Edge {
    edge(name, Step::Member { format, name: name.to_owned() }, analysis)
}

/// The content of a compressed stream.
pub(crate) fn stream(name: &str, analysis: Analysis) -> Edge {
    edge(name, Step::Stream { format: "gzip" }, analysis)
}

/// What an encoded text says.
pub(crate) fn decoded(offset: u64, analysis: Analysis) -> Edge {
    edge(&format!("base64@{offset}.txt"), Step::Decoded { recipe: "base64".to_owned(), offset }, analysis)
}

/// A component that the Go toolchain tells of.
pub(crate) fn component(name: &str) -> Component {
    Component {
        purl: Some(format!("pkg:golang/example.invalid/{name}@v1.0.0")),
        name: format!("example.invalid/{name}"),
        version: Some("v1.0.0".to_owned()),
        source: "go-buildinfo".into(),
    }
}

/// A gzip around a zip: `tests/z.py` with two encoded texts, `a.txt` that ends early, a program with components, and an
/// entry that did not open.
pub(crate) fn sample() -> Analysis {
    named("tests/z.py", "locked.bin")
}

/// The same with names of one's choice.
pub(crate) fn named(code: &str, locked: &str) -> Analysis {
    let texts = vec![
        decoded(900, content(FileKind::Text, 1, 4, vec![])),
        decoded(20, content(FileKind::Text, 2, 5_000, vec![])),
    ];
    let mut script = content(FileKind::Python, 3, 30, texts);
    script.findings = vec![SEEN.finding(Evidence::note("seen"))];
    let mut program = content(FileKind::Elf, 4, 2_000_000, vec![]);
    program.facts = ["m", "n"].map(|n| Fact::whole(FactKind::Component(Box::new(component(n))))).into_iter().collect();
    program.facts.push(Fact::whole(FactKind::Component(Box::new(component("m")))));
    program.gaps = vec![Gap::new(GapReason::Unsupported, "bytecode only, no source")];
    let mut picture = member("zip", "a.txt", content(FileKind::Png, 5, 10, vec![]));
    picture.claimed = Some(FileKind::Text);
    let entries = vec![member("zip", code, script), picture, member("zip", "bin/tool", program)];
    let mut zip = content(FileKind::Zip, 6, 1_500, entries);
    zip.gaps = vec![
        Gap::new(GapReason::Encrypted, "no password opens it").at(locked),
        Gap::malformed("ends early").at("a.txt"),
        Gap::malformed("the directory lies"),
        Gap::malformed("the directory lies"),
    ];
    content(FileKind::Gzip, 7, 1_400, vec![stream("x.zip", zip)])
}

/// The tree of made-up contents.
pub(crate) fn tree(path: &str, root: &Analysis) -> Tree {
    Tree::of(path, &Package::of(crate::model::artifact::base_name(path), root), &[], &[])
}
