//! What a binary says about the JavaScript runtime in it: the version of Node, and Electron's fuses. Facts, never
//! findings.
//!
//! Fuses are switches inside Electron's binary that its packager sets: whether the program runs any script when it is
//! started with `ELECTRON_RUN_AS_NODE`, whether it takes `NODE_OPTIONS` and `--inspect`, whether it checks the hashes of
//! its archive. Those that protect are off unless the packager asks for them. Known uses of the open ones: signed Electron programs that are
//! started as a script interpreter.
//!
//! Layout: @electron/fuses 1.8 (sentinel, version, count, one byte each); Node's `process.release.sourceUrl`.

use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Component, Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Names runtimes and reads fuses.
pub(super) struct Electron;

/// The switches of version 1, in order.
const FUSES: [&str; 8] = [
    "RunAsNode",
    "EnableCookieEncryption",
    "EnableNodeOptionsEnvironmentVariable",
    "EnableNodeCliInspectArguments",
    "EnableEmbeddedAsarIntegrityValidation",
    "OnlyLoadAppFromAsar",
    "LoadBrowserProcessSpecificV8Snapshot",
    "GrantFileProtocolExtraPrivileges",
];
/// Bytes of the sentinel.
const SENTINEL: u64 = 32;
/// Bytes of `nodejs.org/download/release/v`.
const RELEASE: usize = 29;

impl Heuristic for Electron {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        fuses(file, out);
        let mut releases = file.markers().of(Marker::NodeRelease).filter(|at| !file.accounts_for(*at as u64));
        let Some((version, at)) = releases.find_map(|at| Some((release(file.bytes(), at)?, at))) else { return };
        // Every node holds the settings that it was built with; a program that fetches one does not.
        if !file.view().holds(b"node_release_urlbase") {
            return;
        }
        let kind = FactKind::Component(Box::new(Component {
            purl: Some(format!("pkg:generic/node@{version}")),
            name: "node".to_owned(),
            version: Some(version.to_owned()),
            source: "node".into(),
        }));
        out.facts.push(Fact { kind, offset: at as u64, count: 1 });
    }
}

/// The fuses behind each sentinel; a universal macOS program has two.
fn fuses(file: &Parsed<'_>, out: &mut Notes) {
    let fields = Fields::new(file.bytes(), true);
    for at in file.markers().of(Marker::ElectronFuses).map(|at| at as u64) {
        let wire = at.saturating_add(SENTINEL);
        if fields.u8(wire) != Some(1) {
            continue;
        }
        let count = u64::from(fields.u8(wire.saturating_add(1)).unwrap_or(0));
        for (i, byte) in fields.available(wire.saturating_add(2), count).iter().enumerate() {
            let state = match byte {
                b'0' => "disabled",
                b'1' => "enabled",
                b'r' => "removed",
                _ => continue,
            };
            let name = FUSES.get(i).map_or_else(|| format!("number {i}"), |name| (*name).to_owned());
            let fact = format!("electron fuse {name}={state}");
            out.facts.push(Fact::has(Capability::Native, fact, wire.saturating_add(2 + i as u64)));
        }
    }
}

/// The version in `nodejs.org/download/release/v26.0.0/node-v26.0.0.tar.gz`, when both are the same.
fn release(bytes: &[u8], at: usize) -> Option<&str> {
    let rest = bytes.get(at.checked_add(RELEASE)?..)?;
    let len = rest.iter().take(24).position(|b| !b.is_ascii_digit() && *b != b'.')?;
    let (version, rest) = rest.split_at_checked(len)?;
    let rest = rest.strip_prefix(b"/node-v")?.strip_prefix(version)?.strip_prefix(b".tar.gz")?;
    let ends = !rest.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.');
    let dots = version.iter().filter(|b| **b == b'.').count();
    (ends && dots == 2).then(|| std::str::from_utf8(version).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};

    fn facts(data: &[u8]) -> Vec<String> {
        let mut elf = ElfBuilder::program();
        elf.data = data.to_vec();
        let notes = check(&Electron, FileKind::Elf, "x", &elf.build());
        notes
            .facts
            .iter()
            .map(|f| match &f.kind {
                FactKind::Has(_, value) => value.to_string(),
                FactKind::Component(c) => c.purl.clone().unwrap(),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn fuses_are_read() {
        let said = facts(b"dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0910r0\x9011001");
        assert_eq!(said.len(), 8);
        assert_eq!(said[0], "electron fuse RunAsNode=enabled");
        assert_eq!(said[2], "electron fuse EnableNodeOptionsEnvironmentVariable=removed");
        assert_eq!(said[7], "electron fuse number 8=disabled");
        assert!(facts(b"dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x02\x01").is_empty());
        assert!(facts(b"dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX").len() < 2);
    }

    #[test]
    fn the_version_of_node() {
        let urls = "https://nodejs.org/download/release/v24.20.0/node-v24.20.0.tar.gz\0\
                    https://nodejs.org/download/release/v24.20.0/node-v24.20.0-headers.tar.gz\0";
        assert_eq!(facts(format!("{urls}\"node_release_urlbase\"").as_bytes()), ["pkg:generic/node@24.20.0"]);
        assert!(facts(urls.as_bytes()).is_empty());
        for other in ["v1.2.3/node-v1.2.4.tar.gz", "v1.2.3/node-v1.2.3-headers.tar.gz", "vx", "v1.2/node-v1.2.tar.gz"] {
            let data = format!("nodejs.org/download/release/{other}\0node_release_urlbase");
            assert!(facts(data.as_bytes()).is_empty(), "{other}");
        }
    }
}
