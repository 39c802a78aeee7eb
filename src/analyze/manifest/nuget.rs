//! `NAME.nuspec`, the manifest at the top of a NuGet package: XML.
//!
//! Reference: <https://learn.microsoft.com/nuget/reference/nuspec>.

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Fact, FactKind, FileKind, PackageMetadata, PackageSystem, Rule};
use crate::parse::Parsed;
use crate::parse::xml::{self, Token, Tokens};

/// Reads it.
pub(super) struct NugetManifestReader;

impl Heuristic for NugetManifestReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Xml
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !file.base_name().to_ascii_lowercase().ends_with(".nuspec") {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let metadata = manifest(file.bytes());
        if !metadata.name.is_empty() && !metadata.version.is_empty() {
            out.facts.push(Fact::whole(FactKind::PackageMetadata(Box::new(metadata))));
        }
    }
}

/// `id` and `version` that stand directly in `metadata`; dependencies have others.
fn manifest(bytes: &[u8]) -> PackageMetadata {
    let mut metadata = PackageMetadata::of(PackageSystem::Nuget);
    let mut path: Vec<&[u8]> = Vec::new();
    for token in Tokens::new(bytes) {
        match token {
            // What nests deeper than any manifest is none.
            Token::Open(..) if path.len() > 64 => break,
            Token::Open(name, _) => path.push(name),
            Token::Close(_) => {
                path.pop();
            }
            Token::Text(text) => match path.as_slice() {
                [_, b"metadata", b"id"] => metadata.name = xml::text(text),
                [_, b"metadata", b"version"] => metadata.version = xml::text(text),
                _ => {}
            },
        }
    }
    metadata
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest() {
        let text = b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\">\n  \
            <metadata minClientVersion=\"2.12\">\n    <id>Inert.Json</id>\n    <version>13.0.3</version>\n    <dependencies>\
            <group targetFramework=\"net6.0\"><dependency id=\"Other\" version=\"1.0\" /></group></dependencies>\n  </metadata>\n</package>";
        let metadata = manifest(text);
        assert_eq!((&*metadata.name, &*metadata.version), ("Inert.Json", "13.0.3"));
        for cut in 0..text.len() {
            manifest(&text[..cut]);
        }
        assert!(manifest(&b"<a>".repeat(1 << 16)).name.is_empty());
    }
}
