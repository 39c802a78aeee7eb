//! Manifests of jars. `META-INF/MANIFEST.MF`: what is started, and what is loaded into other programs. `pom.properties`,
//! which Maven puts below `META-INF/maven/` for every artifact that was packed: which one it is.
//!
//! References: the JAR file specification; `java.lang.instrument`; <https://maven.apache.org/shared/maven-archiver/>.

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::purl::purl;
use crate::model::{Capability, Component, Evidence, Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// A jar names a class that is loaded as an agent: into the program that it is started with, or into one that runs,
    /// where it may rewrite every class. Profilers, tracers and test tools work that way. Known uses: stealers of
    /// Minecraft and of banking sessions. A capability.
    pub(crate) AGENT = "java-agent" in "exec/monkeypatch-hook";
    severity: Info, confidence: Certain,
    title: "A jar is a Java agent",
    reference: "https://docs.oracle.com/en/java/javase/21/docs/api/java.instrument/java/lang/instrument/package-summary.html",
}

/// The file that Maven writes for every artifact.
const POM_PROPERTIES: &str = "pom.properties";

/// Reads `pom.properties`.
pub(super) struct PomPropertiesReader;

impl Heuristic for PomPropertiesReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.base_name() != POM_PROPERTIES {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let text = String::from_utf8_lossy(file.bytes());
        let value = |key: &str| {
            let values = text.lines().filter_map(|line| line.split_once('='));
            values.filter(|(k, _)| k.trim() == key).map(|(_, value)| value.trim().to_owned()).next_back()
        };
        let (Some(group), Some(name)) = (value("groupId"), value("artifactId")) else { return };
        let version = value("version");
        let purl = purl("maven", &format!("{group}/{name}"), version.as_deref().unwrap_or_default(), &[]);
        let component = Component { purl, name, version, source: POM_PROPERTIES.into() };
        out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
    }
}

/// Reads jar manifests.
pub(super) struct JarManifestReader;

impl Heuristic for JarManifestReader {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&AGENT] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !file.base_name().eq_ignore_ascii_case("MANIFEST.MF") {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let members = main_section(file.bytes());
        let find = |key: &str| members.iter().find(|(k, _, _)| k.eq_ignore_ascii_case(key));
        for key in ["Main-Class", "Start-Class", "Bundle-Activator"] {
            if let Some((key, value, at)) = find(key) {
                out.facts.push(Fact::has(Capability::Hooks, format!("{key}: {value}"), *at as u64));
            }
        }
        for key in ["Premain-Class", "Agent-Class", "Launcher-Agent-Class"] {
            if let Some((key, value, at)) = find(key) {
                out.facts.push(Fact::has(Capability::Hooks, format!("{key}: {value}"), *at as u64));
                let mut evidence = Evidence::at(file.bytes(), *at, key.len());
                evidence.span = evidence.span.map(|s| file.place(s));
                out.findings.push(AGENT.finding(evidence.with_note(format!("{key}: {value}"))));
            }
        }
        let value = |key: &str| find(key).map(|(_, value, _)| value.clone()).filter(|v| !v.is_empty());
        let name = value("Implementation-Title")
            .or_else(|| value("Bundle-SymbolicName"))
            .or_else(|| value("Automatic-Module-Name"));
        if let Some(name) = name {
            let version = value("Implementation-Version").or_else(|| value("Bundle-Version"));
            let component = Component { purl: None, name, version, source: "jar-manifest".into() };
            out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
        }
    }
}

/// The members of the main section: key, value, and where the key stands. A line that begins with a blank goes on with
/// the one before.
fn main_section(text: &[u8]) -> Vec<(String, String, usize)> {
    let mut members: Vec<(String, String, usize)> = Vec::new();
    let mut at = 0;
    for raw in text.split(|b| *b == b'\n') {
        let start = at;
        at += raw.len() + 1;
        let line = String::from_utf8_lossy(raw.strip_suffix(b"\r").unwrap_or(raw));
        if line.is_empty() || members.len() > 1000 {
            break;
        }
        match (line.strip_prefix(' '), line.split_once(':')) {
            (Some(more), _) => {
                if let Some((_, value, _)) = members.last_mut().filter(|(_, v, _)| v.len() < 4096) {
                    value.push_str(more);
                }
            }
            (None, Some((key, value))) => members.push((key.to_owned(), value.trim_start().to_owned(), start)),
            (None, None) => {}
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::look;

    #[test]
    fn what_is_started_is_told() {
        let text = "Manifest-Version: 1.0\r\nMain-Class: com.example.a.very.long.na\r\n me.Main\r\nPremain-Class: com.example.Agent\r\nImplementation-Title: demo\r\nImplementation-Version: 2.1\r\n\r\nName: x\r\nAgent-Class: not.this\r\n";
        let notes = look(&JarManifestReader, FileKind::Text, "META-INF/MANIFEST.MF", text);
        let told: Vec<_> = notes
            .facts
            .iter()
            .map(|f| match &f.kind {
                FactKind::Has(c, v) => format!("{} {v}", c.word()),
                FactKind::Component(c) => format!("{} {:?}", c.name, c.version),
                other => format!("{other:?}"),
            })
            .collect();
        let expected = [
            "hooks Main-Class: com.example.a.very.long.name.Main",
            "hooks Premain-Class: com.example.Agent",
            "demo Some(\"2.1\")",
        ];
        assert_eq!(told, expected);
        assert_eq!(notes.findings.len(), 1);
        assert!(look(&JarManifestReader, FileKind::Text, "other.txt", text).facts.is_empty());
    }
}
