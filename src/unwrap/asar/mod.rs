//! Electron asar archives.
//!
//! ```text
//! u32 4 | u32 bytes of what follows up to the data | u32 bytes of the text with its length, padded to 4 | u32 bytes of the text
//! | JSON text, padded to 4 | data: the files one after the other
//! ```
//!
//! Numbers are little-endian (two of Chromium's pickles). The text is a tree: a folder has `files`, a link `link`, a file
//! `size` and `offset` (a decimal text, counted from the data), or `unpacked` when it lies outside, in the folder
//! `NAME.asar.unpacked` beside the archive. `integrity` holds the SHA-256 of the whole and of its blocks.
//!
//! Layout: @electron/asar 3.4, `lib/disk.js`, `filesystem.js`, `integrity.js`.

mod header;
mod integrity;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use self::header::{Header, Node};
use self::integrity::Verdict;
use super::carrier::{self, shown};
use super::entry_name::{self, Names};
use super::ledger::Ledger;
use super::tally::{Tallies, at_offset};
use super::{Entries, Input, Wrapper};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason};

pub(super) use self::integrity::RULES;

/// Opens them.
pub(super) struct Asar;

const FORMAT: &str = "asar";

impl Wrapper for Asar {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Asar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let view = input.view;
        let header = Header::parse(view)?;
        let base = header.data;
        let mut ledger = Ledger::new(base..view.len());
        let (mut names, mut tallies) = (Names::<()>::new(), Tallies::default());
        let (mut outside, mut changed) = (0u64, Changed::default());
        let mut open: Vec<(Rc<str>, String, Node)> = vec![(Rc::from(""), String::new(), header.root)];
        while let Some((folder, name, node)) = open.pop() {
            let path = carrier::join(&folder, &name);
            if !path.is_empty() {
                names.check(path.as_bytes(), node.link.is_some(), &entry_name::PATH_ROOTED, 16, &mut tallies);
            }
            if let Some(files) = node.files {
                let folder: Rc<str> = path.into();
                open.extend(files.into_iter().rev().map(|(name, node)| (Rc::clone(&folder), name, node)));
                continue;
            }
            let shown = shown(path.as_bytes());
            if let Some(target) = &node.link {
                // Counted from the archive's top.
                names.link(path.as_bytes(), target.as_bytes(), true, 16, &mut tallies);
                continue;
            }
            if node.unpacked {
                outside = outside.saturating_add(1);
                continue;
            }
            let Some((offset, size)) = node.place() else {
                out.gaps.push(Gap::malformed("neither a folder nor a link nor a file with offset and size").at(shown));
                continue;
            };
            let range = match ledger.claim(offset, size) {
                Ok(range) => range,
                Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
                Err(gap) => {
                    out.gaps.push(gap.at(shown));
                    continue;
                }
            };
            if let Some(said) = &node.integrity {
                changed.add(said.check(view.get(range.clone()).unwrap_or_default()), range.start, range.len(), &shown);
            }
            out.part(FORMAT, &shown, view, range)?;
        }
        if outside > 0 {
            let text = format!("{outside} files of the asar archive lie beside it, in its .unpacked folder");
            out.facts.push(Fact::has(Capability::Files, text, 16));
        }
        tallies.into_findings(&mut out.findings);
        changed.report(out);
        ledger.settle(view, out)
    }
}

/// Files whose bytes are not those that the archive's table was made for.
#[derive(Default)]
struct Changed {
    tallies: Tallies,
    unknown: u64,
}

impl Changed {
    fn add(&mut self, verdict: Verdict, at: usize, len: usize, name: &str) {
        match verdict {
            Verdict::Same => {}
            Verdict::Unknown => self.unknown = self.unknown.saturating_add(1),
            Verdict::Differs(what) => {
                self.tallies.hit(&integrity::CHANGED, at as u64, len as u64, || format!("{name}: {what}"));
            }
        }
    }

    fn report(self, out: &mut Entries<'_>) {
        self.tallies.into_findings(&mut out.findings);
        if self.unknown > 0 {
            let note = format!("{} files", self.unknown);
            out.findings.push(integrity::UNCHECKED.finding(at_offset(16, 0, note)));
        }
    }
}
