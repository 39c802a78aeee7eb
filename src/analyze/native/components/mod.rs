//! What of known name is built into a binary: its compiler, the modules and crates it was linked from, the libraries
//! and runtimes that write their version into it. Facts, never findings.
//!
//! Everything is read at places that the one pass for markers found; no reader searches the file again.

mod auditable;
mod crates;
mod go;
mod python;
mod versions;

use std::collections::BTreeSet;

use crate::analyze::{Heuristic, Notes};
use crate::model::{Component, Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;

/// Most components that are listed of one file; the largest honest programs have some two thousand.
const MOST: usize = 20_000;
/// Longest name and version that are believed, in bytes.
const NAME_MAX: usize = 300;

/// Names components.
pub(super) struct Components;

impl Heuristic for Components {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let mut list = List::default();
        go::read(file, &mut list, out);
        auditable::read(file, &mut list, out);
        crates::read(file, &mut list, out);
        versions::read(file, &mut list, out);
        python::read(file, &mut list);
        list.hand_on(out);
    }
}

/// The components of one file, each once.
#[derive(Default)]
struct List {
    known: BTreeSet<(String, Option<String>)>,
    components: Vec<(Component, u64)>,
}

impl List {
    /// Adds a component that is named at `offset`, unless one of that name and version is known already.
    fn add(&mut self, component: Component, offset: u64) {
        let plain = |t: &str| t.len() <= NAME_MAX && !t.is_empty() && !t.chars().any(char::is_control);
        let is_plain = plain(&component.name) && component.version.as_deref().is_none_or(plain);
        if is_plain
            && self.components.len() <= MOST
            && self.known.insert((component.name.clone(), component.version.clone()))
        {
            self.components.push((component, offset));
        }
    }

    fn hand_on(mut self, out: &mut Notes) {
        if self.components.len() > MOST {
            self.components.truncate(MOST);
            let why = format!("more than {MOST} components are named; the others are not listed");
            out.gaps.push(crate::model::Gap::new(crate::model::GapReason::Limit, why));
        }
        out.facts.extend(self.components.into_iter().map(|(component, offset)| Fact {
            kind: FactKind::Component(Box::new(component)),
            offset,
            count: 1,
        }));
    }
}

/// The sections of a name, also those that are not loaded when the program runs: their places and bytes. There may be
/// one for each architecture.
fn sections<'a>(file: &Parsed<'a>, name: &[u8]) -> Vec<(u64, &'a [u8])> {
    let places: Vec<(u64, u64)> = if let Some(Ok(elf)) = file.elf() {
        let named = elf
            .sections
            .iter()
            .filter(|s| s.name == name && s.header.sh_type != goblin::elf::section_header::SHT_NOBITS);
        named.map(|s| (s.header.sh_offset, s.header.sh_size)).collect()
    } else {
        let named = file.images().iter().flat_map(|i| &i.regions).filter(|r| r.name == name);
        named.map(|r| (r.offset, r.len)).collect()
    };
    let fields = crate::parse::fields::Fields::new(file.bytes(), true);
    places.into_iter().filter_map(|(at, len)| Some((at, fields.range(at, len)?))).collect()
}

#[cfg(test)]
mod calibrate;

#[cfg(test)]
mod testing {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check};

    /// What is noted about an ELF file with this data.
    pub(super) fn with_data(data: &[u8]) -> Notes {
        let mut elf = ElfBuilder::program();
        elf.data = data.to_vec();
        check(&Components, FileKind::Elf, "x", &elf.build())
    }

    /// The components, as `name version source`.
    pub(super) fn listed(notes: &Notes) -> Vec<String> {
        let line = |f: &Fact| match &f.kind {
            FactKind::Component(c) => Some(format!("{} {} {}", c.name, c.version.as_deref().unwrap_or("-"), c.source)),
            _ => None,
        };
        notes.facts.iter().filter_map(line).collect()
    }

    /// The values of capability facts.
    pub(super) fn said(notes: &Notes) -> Vec<&str> {
        notes
            .facts
            .iter()
            .filter_map(|f| match &f.kind {
                FactKind::Has(_, value) => Some(&**value),
                _ => None,
            })
            .collect()
    }
}
