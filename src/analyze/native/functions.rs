//! What a program can do, by the names of the functions that are linked into it.
//!
//! A Go or Rust program imports nothing from the system: it brings its libraries along. Their functions keep their
//! names in tables that the runtime needs (Go's function table) or that stay unless somebody strips them, so the same
//! capability words can be said of it as of a program that imports. Facts only.
//!
//! References: <https://go.dev/s/go12symtab>; <https://doc.rust-lang.org/rustc/symbol-mangling/v0.html>; ATT&CK T1106.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::tables;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;

/// Beginnings or parts of names, what they stand for, and the value that is told.
const WORDS: &[(&str, Capability, &str)] = &[
    ("os/exec.(*Cmd).Start", Capability::Spawns, "os/exec"),
    ("syscall.forkExec", Capability::Spawns, "syscall.forkExec"),
    ("net.(*Dialer).DialContext", Capability::Network, "net.Dial"),
    ("net.(*TCPListener).Accept", Capability::Network, "net.Listen"),
    ("net/http.(*Client).do", Capability::Network, "net/http"),
    ("crypto/tls.(*Conn).clientHandshake", Capability::Network, "crypto/tls"),
    ("golang.org/x/crypto/ssh.", Capability::Network, "golang.org/x/crypto/ssh"),
    ("plugin.Open", Capability::DynamicCode, "plugin.Open"),
    ("github.com/kbinani/screenshot", Capability::Credentials, "screenshot"),
    ("github.com/atotto/clipboard", Capability::Credentials, "clipboard"),
    ("github.com/zalando/go-keyring", Capability::Credentials, "go-keyring"),
    ("3std7process7Command", Capability::Spawns, "std::process::Command"),
    ("3std3net3tcp9TcpStream", Capability::Network, "std::net::TcpStream"),
    ("3std3net3tcp11TcpListener", Capability::Network, "std::net::TcpListener"),
    ("3std3net3udp9UdpSocket", Capability::Network, "std::net::UdpSocket"),
    ("7reqwest", Capability::Network, "reqwest"),
    ("9libloading", Capability::DynamicCode, "libloading"),
    ("NSTask", Capability::Spawns, "NSTask"),
    ("NSAppleScript", Capability::DynamicCode, "NSAppleScript"),
    ("NSURLSession", Capability::Network, "NSURLSession"),
    ("SecItemCopyMatching", Capability::Credentials, "SecItemCopyMatching"),
];

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(WORDS.iter().map(|(w, _, _)| w)).ok()
});

/// Reads the tables of names for capabilities.
pub(super) struct Functions;

impl Heuristic for Functions {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(search) = &*SEARCH else { return };
        let mut seen = [false; WORDS.len()];
        for (start, table) in tables(file) {
            for hit in search.find_iter(table) {
                let index = hit.pattern().as_usize();
                let (Some(seen), Some((_, capability, value))) = (seen.get_mut(index), WORDS.get(index)) else {
                    continue;
                };
                if !std::mem::replace(seen, true) {
                    out.facts.push(Fact::has(*capability, *value, start.saturating_add(hit.start() as u64)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};
    use crate::model::FactKind;

    #[test]
    fn names_of_linked_functions_are_capabilities() {
        let mut elf = ElfBuilder::program();
        elf.exports = vec!["net/http.(*Client).do", "_RNvNtC3std7process7Command", "main.main"];
        let mut bytes = elf.build();
        bytes[60] = 0;
        bytes[40..48].fill(0);
        let notes = check(&Functions, FileKind::Elf, "x", &bytes);
        let has = |c, v: &str| notes.facts.iter().any(|f| f.kind == FactKind::Has(c, v.into()));
        assert!(has(Capability::Network, "net/http") && has(Capability::Spawns, "std::process::Command"));
        assert_eq!(notes.facts.len(), 2);
    }
}
