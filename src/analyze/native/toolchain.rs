//! What made a binary: Go with its version, Rust. Facts, never findings.
//!
//! Layout: Go `debug/buildinfo`.

use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Names compilers.
pub(super) struct Toolchains;

impl Heuristic for Toolchains {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some((version, at)) = go(file) {
            out.facts.push(Fact::has(Capability::Native, version, at));
        }
        if let Some(at) = file.markers().of(Marker::Rust).find(|at| is_rustc(file, *at)) {
            out.facts.push(Fact::has(Capability::Native, "Rust", at as u64));
        }
    }
}

/// The Go version, from the build information or, without it, from the section names that only Go writes.
fn go(file: &Parsed<'_>) -> Option<(String, u64)> {
    let fields = Fields::new(file.bytes(), true);
    for at in file.markers().of(Marker::GoBuild).map(|at| at as u64) {
        // The flag says that the version stands inline, with its length before it.
        if fields.u8(at + 15).unwrap_or(0) & 2 == 0 {
            continue;
        }
        let len = u64::from(fields.u8(at + 32).unwrap_or(0));
        let version = fields.range(at + 33, len).unwrap_or_default();
        if version.starts_with(b"go1.") && version.iter().all(|b| (0x20..0x7f).contains(b)) {
            return Some((format!("Go {}", String::from_utf8_lossy(version.get(2..).unwrap_or_default())), at));
        }
    }
    let mut regions = file.images().iter().flat_map(|i| &i.regions);
    let region = regions.find(|r| matches!(r.name, b".gopclntab" | b"__gopclntab" | b".go.buildinfo"))?;
    Some(("Go".to_owned(), region.offset))
}

/// `/rustc/` and the commit of the compiler.
fn is_rustc(file: &Parsed<'_>, at: usize) -> bool {
    let commit = file.bytes().get(at.saturating_add(7)..at.saturating_add(48)).unwrap_or_default();
    commit.len() == 41 && commit.ends_with(b"/") && commit.iter().take(40).all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};

    #[test]
    fn go_and_rust_are_facts() {
        let mut data = b"\xff Go buildinf:\x08\x02".to_vec();
        data.resize(32, 0);
        data.extend(b"\x08go1.26.9");
        data.extend(format!("/rustc/{}/library/core", "a".repeat(40)).bytes());
        let notes = check(&Toolchains, FileKind::Elf, "x", &{
            let mut elf = ElfBuilder::program();
            elf.data = data;
            elf.build()
        });
        let names: Vec<_> = notes.facts.iter().map(|f| format!("{:?}", f.kind)).collect();
        assert_eq!(names.len(), 2);
        assert!(names[0].contains("Go 1.26.9") && names[1].contains("Rust"));
    }
}
