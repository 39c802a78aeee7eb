//! `package.json`: who runs what, and when. Key order and duplicate keys matter (two readers may disagree about a key
//! that stands twice), so it is read as a stream of top-level members and not only as a map.
//!
//! Reference: the npm documentation of `package.json`; "manifest confusion" (2023).

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Value;

use super::{LONGEST, MOST_PROMISES};
use crate::analyze::{Heuristic, Notes};
use crate::model::fact::LIFECYCLE;
use crate::model::{Capability, Evidence, Fact, FactKind, FileKind, Gap, GapReason, NpmManifest, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// A key stands twice at the top level of a `package.json`. Readers disagree about which of the two counts, so a
    /// registry, a scanner and npm itself can see three different packages.
    ///
    /// Honest look-alikes: merge accidents (usually `version` or `description`), which is why only the keys that run
    /// or fetch something weigh more.
    pub(crate) DUPLICATE_KEY = "npm-duplicate-key" in "pkg/manifest-mismatch";
    severity: Low, confidence: Certain,
    title: "A key stands twice in package.json",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json",
}

rule! {
    /// `scripts`, a dependency section, `bin` or `main` stands twice in a `package.json`: what is installed and run
    /// depends on the reader.
    pub(crate) DUPLICATE_ACTIVE_KEY = "npm-duplicate-active-key" in "pkg/manifest-mismatch";
    severity: High, confidence: Likely,
    title: "A key that decides what runs stands twice in package.json",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json",
}

rule! {
    /// The package runs a command when it is installed. A capability: thousands of honest packages build native code
    /// this way; what the command does decides.
    pub(crate) LIFECYCLE_SCRIPT = "npm-lifecycle-script" in "exec/install-hook-npm";
    severity: Info, confidence: Certain,
    title: "A lifecycle script runs at install",
    reference: "https://docs.npmjs.com/cli/using-npm/scripts",
}

/// Reads `package.json`.
pub(super) struct NpmManifestReader;

impl Heuristic for NpmManifestReader {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&DUPLICATE_KEY, &DUPLICATE_ACTIVE_KEY, &LIFECYCLE_SCRIPT];
        RULES
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Json
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.base_name() != "package.json" {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let text = file.bytes().strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes());
        let members = match top_level(text) {
            Ok(members) => members,
            Err(error) => {
                let detail = format!("package.json cannot be read as JSON: {error}");
                out.facts.push(Fact::whole(FactKind::UnreadManifest(detail.into())));
                return;
            }
        };
        let manifest = manifest(&members);
        let many = manifest.dependencies.len().max(manifest.files.as_ref().map_or(0, Vec::len));
        if many > MOST_PROMISES {
            let detail = format!("of {many} names only {MOST_PROMISES} are held against what is there");
            out.gaps.push(Gap::new(GapReason::Limit, detail));
        }
        for key in &manifest.duplicate_keys {
            let active = matches!(key.as_str(), "scripts" | "bin" | "main" | "exports" | "gypfile")
                || key.contains("ependencies");
            let rule = if active { &DUPLICATE_ACTIVE_KEY } else { &DUPLICATE_KEY };
            out.findings.push(rule.finding(Evidence::note(format!("key {key:?}"))));
        }
        for (name, command) in manifest.scripts.iter().filter(|(n, _)| LIFECYCLE.contains(&n.as_str())) {
            out.facts.push(Fact::has(Capability::Hooks, format!("{name}: {command}"), 0));
            if matches!(name.as_str(), "preinstall" | "install" | "postinstall") {
                let at = memchr::memmem::find(file.bytes(), format!("\"{name}\"").as_bytes()).unwrap_or(0);
                let mut evidence = Evidence::at(file.bytes(), at, name.len() + 2);
                evidence.span = evidence.span.map(|s| file.place(s));
                out.findings.push(LIFECYCLE_SCRIPT.finding(evidence.with_note(format!("{name}: {command}"))));
            }
        }
        out.facts.push(Fact::whole(FactKind::NpmManifest(Box::new(manifest))));
    }
}

/// The members of the top-level object in the order in which they stand, duplicates included.
fn top_level(text: &[u8]) -> Result<Vec<(String, Value)>, serde_json::Error> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, Value)>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    serde_json::Deserializer::from_slice(text).deserialize_map(Members)
}

/// The last of several members of one name counts, as in `JSON.parse`.
fn last<'a>(members: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    members.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v)
}

fn text_of(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn pairs(value: Option<&Value>) -> Vec<(String, String)> {
    let object = value.and_then(Value::as_object);
    object.into_iter().flatten().filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect()
}

fn manifest(members: &[(String, Value)]) -> NpmManifest {
    let name = text_of(last(members, "name"));
    let mut entries = Vec::new();
    for key in ["main", "module", "browser", "exports"] {
        if let Some(value) = last(members, key) {
            leaves(value, &mut entries);
        }
    }
    let types = ["types", "typings"].iter().map(|key| text_of(last(members, key))).filter(|t| !t.is_empty()).collect();
    let files = last(members, "files").and_then(Value::as_array);
    let files = files.map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    let bins = match last(members, "bin") {
        Some(Value::String(file)) => vec![(name.rsplit('/').next().unwrap_or(&name).to_owned(), file.clone())],
        value => pairs(value),
    };
    let mut dependencies = Vec::new();
    for section in ["dependencies", "optionalDependencies", "peerDependencies", "devDependencies"] {
        dependencies.extend(pairs(last(members, section)).into_iter().map(|(name, spec)| (section, name, spec)));
    }
    let mut homes = vec![text_of(last(members, "homepage"))];
    for key in ["repository", "bugs"] {
        match last(members, key) {
            Some(Value::String(url)) => homes.push(url.clone()),
            Some(value) => homes.push(text_of(value.get("url"))),
            None => {}
        }
    }
    homes.retain(|h| !h.is_empty());
    let mut seen = std::collections::HashSet::new();
    let mut duplicate_keys: Vec<String> =
        members.iter().filter(|(k, _)| !seen.insert(k)).map(|(k, _)| k.clone()).collect();
    duplicate_keys.dedup();
    let of_editor = last(members, "engines").is_some_and(|engines| engines.get("vscode").is_some());
    NpmManifest {
        publisher: if of_editor { text_of(last(members, "publisher")) } else { String::new() },
        version: text_of(last(members, "version")),
        description: text_of(last(members, "description")),
        homes,
        entries,
        types,
        files,
        bins,
        scripts: pairs(last(members, "scripts")),
        dependencies,
        gypfile: last(members, "gypfile").and_then(Value::as_bool),
        duplicate_keys,
        name,
    }
}

/// Every string inside a value; `exports` nests conditions as deep as its author likes, the JSON reader bounds it.
fn leaves(value: &Value, out: &mut Vec<String>) {
    let mut stack = vec![value];
    while let Some(value) = stack.pop() {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Array(items) => stack.extend(items),
            Value::Object(members) => stack.extend(members.values()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_and_what_is_fetched_is_read() {
        let text = br#"{"name":"@a/b","version":"1.0.0","main":"./lib/x.js","bin":"cli.js",
            "exports":{".":{"import":"./m.mjs"}},"scripts":{"postinstall":"node x"},"repository":{"url":"git+https://h/x"},
            "dependencies":{"d":"git+https://h/y"},"scripts":{"test":"t"}}"#;
        let manifest = manifest(&top_level(text).unwrap());
        assert_eq!(manifest.name, "@a/b");
        assert_eq!(manifest.bins, [("b".to_owned(), "cli.js".to_owned())]);
        assert_eq!(manifest.entries, ["./lib/x.js", "./m.mjs"]);
        assert_eq!(manifest.scripts, [("test".to_owned(), "t".to_owned())], "the last one counts");
        assert_eq!(manifest.duplicate_keys, ["scripts"]);
        assert_eq!(manifest.dependencies, [("dependencies", "d".to_owned(), "git+https://h/y".to_owned())]);
    }
}
