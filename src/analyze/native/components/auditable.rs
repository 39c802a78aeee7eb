//! The list of crates that cargo-auditable puts into a Rust program: zlib-compressed JSON in a section `.dep-v0`
//! (<https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md>).

use std::io::Read as _;

use serde::Deserialize;

use super::List;
use crate::analyze::Notes;
use crate::model::purl::purl;
use crate::model::{Component, Gap, GapReason, Step};
use crate::parse::Parsed;
use crate::unwrap::{Child, Content, Produced};

/// Longest list that is read, in bytes of JSON; 567 crates take 54 kB.
const LONGEST: u64 = 8 << 20;

#[derive(Deserialize)]
struct Document {
    packages: Vec<Crate>,
}

#[derive(Deserialize)]
struct Crate {
    name: String,
    version: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    kind: String,
}

/// Reads the list. What does not read as one is looked at as a file of its own.
pub(super) fn read(file: &Parsed<'_>, list: &mut List, out: &mut Notes) {
    for (at, packed) in super::sections(file, b".dep-v0") {
        if packed.is_empty() || file.accounts_for(at) {
            continue;
        }
        let mut json = Vec::new();
        let mut reader = flate2::read::ZlibDecoder::new(packed).take(LONGEST + 1);
        let inflated = reader.read_to_end(&mut json);
        let why = if json.len() as u64 > LONGEST {
            Gap::new(GapReason::Limit, format!("the list of crates is longer than {LONGEST} bytes"))
        } else if let Err(e) = inflated {
            Gap::malformed(format!("the list of crates cannot be inflated: {e}"))
        } else {
            match serde_json::from_slice::<Document>(&json) {
                Ok(document) => {
                    document.packages.into_iter().for_each(|c| list.add(component(c), at));
                    continue;
                }
                Err(e) => Gap::malformed(format!("the list of crates is not what cargo-auditable writes: {e}")),
            }
        };
        out.gaps.push(why.at(".dep-v0"));
        emit(file, at, packed.len(), out);
    }
}

fn component(c: Crate) -> Component {
    // A crate of the program's own workspace or of a repository may be anything, whatever its name.
    let known = c.source == "crates.io";
    let purl = if known { purl("cargo", &c.name, &c.version, &[]) } else { None };
    let source = if c.kind == "build" { "cargo-auditable-build" } else { "cargo-auditable" };
    Component { purl, name: c.name, version: Some(c.version), source: source.into() }
}

fn emit(file: &Parsed<'_>, at: u64, len: usize, out: &mut Notes) {
    let start = usize::try_from(at).unwrap_or(usize::MAX);
    let Some(packed) = file.view().slice(start..start.saturating_add(len)) else { return };
    let decode = move |budget: &crate::limits::Budget| {
        let mut meter = budget.meter();
        match meter.fill(&mut flate2::read::ZlibDecoder::new(&*packed)) {
            Ok(()) => Produced::whole(meter.finish()),
            // What is no stream at all is seen as raw bytes of the section.
            Err(_) if meter.bytes().is_empty() => Produced::whole(packed.clone()),
            Err(gap) => Produced::partial(meter.finish(), gap),
        }
    };
    let step = Step::Decoded { recipe: "zlib".to_owned(), offset: at };
    out.children.push(Child { name: ".dep-v0".to_owned(), step, content: Content::Deferred(Box::new(decode)) });
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::Components;
    use super::super::testing::listed;
    use super::*;
    use crate::analyze::native::testing::{PeBuilder, check};
    use crate::model::FileKind;

    fn packed(json: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(json).unwrap();
        encoder.finish().unwrap()
    }

    fn notes(content: &[u8]) -> Notes {
        let mut pe = PeBuilder::program();
        pe.sections.push((*b".dep-v0\0", content.to_vec(), 0x4000_0040));
        check(&Components, FileKind::Pe, "x.exe", &pe.build())
    }

    #[test]
    fn crates_with_and_without_a_purl() {
        let json = br#"{"packages":[{"name":"adler2","version":"2.0.1","source":"crates.io"},
            {"name":"cc","version":"1.2.0","source":"crates.io","kind":"build"},
            {"name":"tool","version":"0.1.0","source":"local","root":true,"dependencies":[0]}],"format":1}"#;
        let notes = notes(&packed(json));
        let expected = ["adler2 2.0.1 cargo-auditable", "cc 1.2.0 cargo-auditable-build", "tool 0.1.0 cargo-auditable"];
        assert_eq!(listed(&notes), expected);
        assert!(notes.gaps.is_empty() && notes.children.is_empty());
    }

    #[test]
    fn what_is_no_list_is_a_gap_and_a_child() {
        for content in [packed(b"#!/bin/sh\n"), b"not zlib at all".to_vec(), packed(&vec![b' '; 9 << 20])] {
            let notes = notes(&content);
            assert!(listed(&notes).is_empty());
            assert_eq!(notes.gaps.len(), 1);
            assert_eq!(notes.children.len(), 1);
        }
        assert!(notes(&packed(br#"{"packages":[{}]}"#)).gaps[0].detail.contains("not what cargo-auditable writes"));
    }
}
