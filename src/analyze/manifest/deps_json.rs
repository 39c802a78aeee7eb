//! `*.deps.json` of .NET programs: every package that was built in, with its own version.
//!
//! Reference: <https://github.com/dotnet/cli/blob/main/Documentation/specs/runtime-configuration-file.md>.

use serde_json::Value;

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Component, Fact, FactKind, FileKind, Gap, Rule};
use crate::parse::Parsed;

/// Reads them.
pub(super) struct DepsJsonReader;

/// Most libraries that are told.
const LIBRARIES_MAX: usize = 10_000;

impl Heuristic for DepsJsonReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Json
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !file.base_name().ends_with(".deps.json") {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let text = file.bytes().strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes());
        let manifest: Value = match serde_json::from_slice(text) {
            Ok(manifest) => manifest,
            Err(error) => {
                out.gaps.push(Gap::malformed(format!("the list of .NET packages cannot be read as JSON: {error}")));
                return;
            }
        };
        let libraries = manifest.get("libraries").and_then(Value::as_object);
        for (key, library) in libraries.into_iter().flatten().take(LIBRARIES_MAX) {
            let Some((name, version)) = key.split_once('/') else { continue };
            let kind = library.get("type").and_then(Value::as_str).unwrap_or_default();
            // The runtime itself is a package too, under a name with a prefix.
            let name = name.strip_prefix("runtimepack.").unwrap_or(name);
            let sound = |text: &str| {
                !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
            };
            let package = matches!(kind, "package" | "runtimepack") && sound(name) && sound(version);
            let component = Component {
                purl: package.then(|| format!("pkg:nuget/{name}@{version}")),
                name: name.to_owned(),
                version: Some(version.to_owned()),
                source: "dotnet-deps".into(),
            };
            out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::look;

    #[test]
    fn packages_are_components() {
        let text = r#"{"libraries":{"app/1.0.0":{"type":"project"},"Newtonsoft.Json/13.0.3":{"type":"package"},
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.11":{"type":"runtimepack"},"odd":{}}}"#;
        let notes = look(&DepsJsonReader, FileKind::Json, "a/app.deps.json", text);
        let mut told: Vec<_> = notes
            .facts
            .iter()
            .filter_map(|f| match &f.kind {
                FactKind::Component(c) => Some(c.purl.clone().unwrap_or_else(|| c.name.clone())),
                _ => None,
            })
            .collect();
        told.sort();
        let expected =
            ["app", "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.11", "pkg:nuget/Newtonsoft.Json@13.0.3"];
        assert_eq!(told, expected);
        assert!(look(&DepsJsonReader, FileKind::Json, "a/package.json", text).facts.is_empty());
        assert_eq!(look(&DepsJsonReader, FileKind::Json, "a/app.deps.json", "{").gaps.len(), 1);
    }
}
