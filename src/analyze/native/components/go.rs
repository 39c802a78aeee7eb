//! Go's build information: the compiler, the modules that the program was linked from and what replaced them.
//!
//! The record begins at a multiple of 16 with `\xff Go buildinf:`, the size of a pointer and flags. Since Go 1.18 the
//! version and the list of modules follow at 32, each with its length before it (flag 2); before, two pointers to
//! string headers stand at 16. The list lies between two 16-byte marks (package `debug/buildinfo`).

use super::List;
use crate::analyze::Notes;
use crate::model::purl::purl;
use crate::model::{Capability, Component, Fact, Gap};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;
use crate::parse::native::Image;

const SOURCE: &str = "go-buildinfo";
/// Longest list of modules that is read, in bytes; that of Kubernetes has some 30 kB.
const LONGEST: u64 = 8 << 20;
/// Marks around the list of modules.
const MARK: u64 = 16;

/// Where the parts of one record are.
struct Record<'a> {
    at: u64,
    version: &'a [u8],
    modules: Option<&'a [u8]>,
}

/// Reads the build information of a Go program, or says that it has none.
pub(super) fn read(file: &Parsed<'_>, list: &mut List, out: &mut Notes) {
    let mut listed = false;
    let mut compiler = false;
    for record in records(file, out) {
        let version = String::from_utf8_lossy(record.version).into_owned();
        let number = version.split(' ').next().unwrap_or_default().trim_start_matches("go").to_owned();
        compiler = true;
        out.facts.push(Fact::has(Capability::Native, format!("Go {number}"), record.at));
        let purl = purl("golang", "stdlib", &number, &[]);
        let library = Component { purl, name: "stdlib".to_owned(), version: Some(version), source: SOURCE.into() };
        list.add(library, record.at);
        if let Some(text) = record.modules {
            listed |= modules(&String::from_utf8_lossy(text), record.at, list, out);
        }
    }
    let mut regions = file.images().iter().flat_map(|i| &i.regions);
    let table = regions.find(|r| matches!(r.name, b".gopclntab" | b"__gopclntab" | b".go.buildinfo"));
    let offset = table.map(|r| r.offset);
    if let Some(at) = offset.filter(|_| !compiler) {
        out.facts.push(Fact::has(Capability::Native, "Go", at));
    }
    if (compiler || offset.is_some()) && !listed {
        out.facts.push(Fact::has(Capability::Native, "Go, no module list", offset.unwrap_or(0)));
    }
}

/// The records of a file: one, or one for each architecture.
fn records<'a>(file: &Parsed<'a>, out: &mut Notes) -> Vec<Record<'a>> {
    let fields = Fields::new(file.bytes(), true);
    let marks = file.markers().of(Marker::GoBuild).map(|at| at as u64).filter(|at| !file.accounts_for(*at));
    let mut found: Vec<(bool, Record<'a>)> = Vec::new();
    for at in marks {
        let image = file.images().iter().rev().find(|i| i.start <= at);
        let (size, flags) = (fields.u8(at + 14).unwrap_or(0), fields.u8(at + 15).unwrap_or(0));
        let record = if flags & 2 != 0 {
            inline(&fields, at)
        } else if matches!(size, 4 | 8) {
            image.and_then(|image| pointers(file, image, at, u64::from(size), flags & 1 != 0))
        } else {
            continue;
        };
        // Go programs that read such records hold the mark too, without a record behind it.
        let Some(record) = record else { continue };
        if !record.version.starts_with(b"go") && !record.version.starts_with(b"devel ") {
            continue;
        }
        if record.modules.is_none() {
            let why = format!("the list of Go modules of the record at {at} reaches beyond the file");
            out.gaps.push(Gap::malformed(why));
        }
        let named = |i: &Image<'_>| {
            let own = i.regions.iter().find(|r| matches!(r.name, b".go.buildinfo" | b"__go_buildinfo"));
            own.is_some_and(|r| (r.offset..r.offset.saturating_add(r.len)).contains(&at))
        };
        found.push((image.is_some_and(named), record));
    }
    // Where the linker put its own record in a section, others belong to files inside this one.
    let own = found.iter().any(|(own, _)| *own);
    found.into_iter().filter(|(o, _)| *o || !own).map(|(_, record)| record).collect()
}

/// Version and modules behind the head, each with its length before it as a base-128 number.
fn inline<'a>(fields: &Fields<'a>, at: u64) -> Option<Record<'a>> {
    let (len, start) = varint(fields, at + 32)?;
    let version = fields.range(start, len).filter(|v| v.len() <= 256)?;
    let modules = varint(fields, start + len)
        .filter(|(len, _)| *len <= LONGEST)
        .and_then(|(len, start)| fields.range(start, len))
        .map(unmarked);
    Some(Record { at, version, modules })
}

/// A number in groups of seven bits, the lowest first, and where it ends.
fn varint(fields: &Fields<'_>, at: u64) -> Option<(u64, u64)> {
    let mut value = 0u64;
    for i in 0..5u64 {
        let byte = u64::from(fields.u8(at.checked_add(i)?)?);
        value |= (byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return Some((value, at + i + 1));
        }
    }
    None
}

/// Version and modules through two pointers to string headers (address and length).
fn pointers<'a>(file: &Parsed<'a>, image: &Image<'_>, at: u64, size: u64, big: bool) -> Option<Record<'a>> {
    let fields = Fields::new(file.bytes(), !big);
    let base = file.pe().and_then(|p| p.as_ref().ok()).map_or(0, |p| p.image_base);
    let place = |address: u64| {
        let address = address.checked_sub(base)?;
        let region = image.regions.iter().find(|r| address >= r.address && address - r.address < r.len)?;
        region.offset.checked_add(address - region.address)
    };
    let text = |pointer: u64, most: u64| {
        let header = place(fields.word(pointer, size == 8)?)?;
        let len = fields.word(header.checked_add(size)?, size == 8)?;
        match len {
            0 => Some(&b""[..]),
            _ if len > most => None,
            _ => fields.range(place(fields.word(header, size == 8)?)?, len),
        }
    };
    let version = text(at.checked_add(16)?, 256)?;
    Some(Record { at, version, modules: text(at.checked_add(16 + size)?, LONGEST).map(unmarked) })
}

/// The list without the marks around it.
fn unmarked(text: &[u8]) -> &[u8] {
    let (mark, len) = (MARK as usize, text.len());
    if len < 2 * mark {
        return b"";
    }
    text.get(mark..len - mark).unwrap_or_default()
}

/// Lists the modules: `path`, `mod` (the program's own), `dep`, and `=>` for what the line before was replaced by.
/// Whether there were any.
fn modules(text: &str, at: u64, list: &mut List, out: &mut Notes) -> bool {
    let mut pending: Option<(&str, &str)> = None;
    let mut any = false;
    for line in text.lines() {
        let mut words = line.split('\t');
        let (key, path, version) =
            (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match key {
            "mod" | "dep" => {
                any = true;
                if let Some((path, version)) = pending.replace((path, version)) {
                    list.add(module(path, version), at);
                }
            }
            "=>" => {
                if let Some((old, was)) = pending.take() {
                    // A folder on the builder's disk has no version: what it held is not known.
                    let note = format!("Go module {old} {was} replaced by {path} {version}");
                    out.facts.push(Fact::has(Capability::Native, note.trim_end(), at));
                    list.add(if version.is_empty() { module(old, "") } else { module(path, version) }, at);
                }
            }
            _ => {}
        }
    }
    if let Some((path, version)) = pending {
        list.add(module(path, version), at);
    }
    any
}

fn module(path: &str, version: &str) -> Component {
    // Built out of a working copy.
    let known = !version.is_empty() && version != "(devel)";
    let purl = purl("golang", path, if known { version } else { "" }, &[]);
    let version = (!version.is_empty()).then(|| version.to_owned());
    Component { purl, name: path.to_owned(), version, source: SOURCE.into() }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{listed, said, with_data};
    use crate::analyze::native::testing::ElfBuilder;
    use crate::model::{FactKind, GapReason};

    const LIST: &str = "path\tx.invalid/cmd\nmod\tx.invalid\t(devel)\t\ndep\tgithub.com/a/b\tv1.2.3\th1:x=\n\
        dep\tgithub.com/c/d/v2\tv2.0.0\n=>\tgithub.com/e/d/v2\tv2.0.1\th1:y=\ndep\tf.invalid\tv0.1.0\n=>\t../f\t\nbuild\t-compiler=gc\n";

    fn marked(list: &str) -> Vec<u8> {
        [&[0x30; 16][..], list.as_bytes(), &[0xf9; 16]].concat()
    }

    fn number(mut value: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while value >= 0x80 {
            bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
        bytes
    }

    fn record(version: &str, list: &str) -> Vec<u8> {
        let mut data = b"\xff Go buildinf:\x08\x02".to_vec();
        data.resize(32, 0);
        let list = if list.is_empty() { Vec::new() } else { marked(list) };
        [data, number(version.len()), version.into(), number(list.len()), list].concat()
    }

    #[test]
    fn modules_and_their_replacements() {
        let notes = with_data(&record("go1.26.9", LIST));
        let expected = [
            "stdlib go1.26.9 go-buildinfo",
            "x.invalid (devel) go-buildinfo",
            "github.com/a/b v1.2.3 go-buildinfo",
            "github.com/e/d/v2 v2.0.1 go-buildinfo",
            "f.invalid - go-buildinfo",
        ];
        assert_eq!(listed(&notes), expected);
        let purls: Vec<_> = notes
            .facts
            .iter()
            .filter_map(|f| match &f.kind {
                FactKind::Component(c) => c.purl.as_deref(),
                _ => None,
            })
            .collect();
        let expected = [
            "pkg:golang/stdlib@1.26.9",
            "pkg:golang/x.invalid",
            "pkg:golang/github.com/a/b@v1.2.3",
            "pkg:golang/github.com/e/d/v2@v2.0.1",
            "pkg:golang/f.invalid",
        ];
        assert_eq!(purls, expected);
        assert_eq!(said(&notes)[0], "Go 1.26.9");
        assert!(said(&notes).contains(&"Go module f.invalid v0.1.0 replaced by ../f"));
        assert!(!said(&notes).contains(&"Go, no module list"));
    }

    #[test]
    fn the_form_with_pointers() {
        let (version, list) = ("go1.16.3", marked(LIST));
        for (size, big) in [(8usize, false), (8, true), (4, false)] {
            let word = |v: u64| match (size, big) {
                (8, true) => v.to_be_bytes().to_vec(),
                (8, false) => v.to_le_bytes().to_vec(),
                _ => (v as u32).to_le_bytes().to_vec(),
            };
            // File offsets equal addresses in this file.
            let base = ElfBuilder::DATA;
            let (headers, text) = (base + 32, base + 64);
            let mut data = b"\xff Go buildinf:".to_vec();
            data.extend([size as u8, u8::from(big)]);
            data.extend(word(headers));
            data.extend(word(headers + 2 * size as u64));
            data.resize(32, 0);
            data.extend(word(text));
            data.extend(word(version.len() as u64));
            data.extend(word(text + 8));
            data.extend(word(list.len() as u64));
            data.resize(64, 0);
            data.extend(version.bytes());
            data.extend(&list);
            let notes = with_data(&data);
            assert_eq!(listed(&notes).len(), 5, "{size} {big}");
            assert_eq!(listed(&notes)[0], "stdlib go1.16.3 go-buildinfo");
        }
    }

    #[test]
    fn no_list_is_said() {
        let notes = with_data(&record("go1.19.8", ""));
        assert_eq!(said(&notes)[..2], ["Go 1.19.8", "Go, no module list"]);
        assert!(notes.gaps.is_empty());
        assert!(said(&with_data(b"nothing of the kind")).iter().all(|v| !v.starts_with("Go")));
    }

    #[test]
    fn lengths_that_lie_are_gaps_or_nothing() {
        let mut data = record("go1.26.9", LIST);
        let whole = data.clone();
        // The length of the list, in two bytes behind the version.
        let at = 32 + 1 + 8;
        data.splice(at..at + 2, [0xff, 0xff, 0xff, 0x7f]);
        let notes = with_data(&data);
        assert_eq!(notes.gaps[0].reason, GapReason::Malformed);
        assert_eq!(listed(&notes).len(), 1);
        for len in 0..whole.len() {
            with_data(&whole[..len]);
        }
        let mut pointers = b"\xff Go buildinf:\x08\0".to_vec();
        pointers.extend([0xff; 16]);
        assert!(listed(&with_data(&pointers)).is_empty());
        // A length of the version that wraps around.
        let mut data = record("go1.26.9", LIST);
        data.splice(32..33, [0xff, 0xff, 0xff, 0xff, 0x7f]);
        assert!(listed(&with_data(&data)).is_empty());
    }
}
