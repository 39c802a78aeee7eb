//! The virtual file system of a Deno executable: a tree in JSON and the files' contents one after the other.
//!
//! ```text
//! [{"Dir":{"n":"src","e":[{"File":{"n":"main.ts","o":[0,120],"m":[120,90],"s":[210,40]}},
//!                         {"Symlink":{"n":"link","p":["src","main.ts"]}}]}}]
//! ```
//!
//! `o` is the place of the file, `m` of what Deno made of it (that is what runs), `s` of its source map, `c` of the names
//! that it exports. Older versions spell the names out, have a folder at the top, and give an offset and a length.

use std::ops::Range;
use std::rc::Rc;

use serde::Deserialize;

use super::super::carrier::{join, shown};
use super::super::entry_name::{self, Names};
use super::super::ledger::Ledger;
use super::super::tally::Tallies;
use super::super::{Entries, Input, carrier};
use super::FORMAT;
use crate::model::{Gap, GapReason};

#[derive(Deserialize)]
#[serde(untagged)]
enum Root {
    List(Vec<Entry>),
    Folder(Folder),
    None(()),
}

#[derive(Deserialize)]
enum Entry {
    Dir(Folder),
    File(File),
    Symlink(Link),
}

#[derive(Deserialize)]
struct Folder {
    #[serde(alias = "n")]
    name: String,
    #[serde(alias = "e")]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct File {
    #[serde(alias = "n")]
    name: String,
    #[serde(alias = "o")]
    offset: Place,
    #[serde(default, alias = "l")]
    len: u64,
    #[serde(default, rename = "m", alias = "transpiled_offset")]
    transpiled: Option<Place>,
    #[serde(default, rename = "s", alias = "source_map_offset")]
    source_map: Option<Place>,
    #[serde(default, rename = "c", alias = "cjs_export_analysis_offset")]
    exports: Option<Place>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
enum Place {
    Both((u64, u64)),
    Offset(u64),
}

#[derive(Deserialize)]
struct Link {
    #[serde(alias = "n")]
    name: String,
    #[serde(alias = "p")]
    dest_parts: Vec<String>,
}

/// Emits every file of the tree.
pub(super) fn open(
    input: &Input<'_, '_>,
    out: &mut Entries<'_>,
    tree: Range<usize>,
    contents: Range<usize>,
) -> Result<(), Gap> {
    let at = tree.start as u64;
    let mut ledger = Ledger::new(contents.clone());
    let root = match carrier::json(input.view.get(tree.clone()).unwrap_or_default()) {
        Ok(Root::List(entries)) => entries,
        Ok(Root::Folder(folder)) => folder.entries,
        Ok(Root::None(())) => Vec::new(),
        Err(_) if tree.is_empty() && contents.is_empty() => return Ok(()),
        Err(error) => {
            out.part(FORMAT, "files.json", input.view, tree)?;
            let why = Gap::new(
                error.reason,
                format!("the file tree of the Deno executable cannot be read: {}", error.detail),
            );
            return carrier::unread(FORMAT, "files", input.view, contents, out, why);
        }
    };
    let (mut names, mut tallies) = (Names::<()>::new(), Tallies::default());
    let top: Rc<str> = Rc::from("");
    let mut open: Vec<(Rc<str>, Entry)> = root.into_iter().rev().map(|e| (Rc::clone(&top), e)).collect();
    while let Some((folder, entry)) = open.pop() {
        match entry {
            Entry::Dir(dir) => {
                let path: Rc<str> = join(&folder, &dir.name).into();
                open.extend(dir.entries.into_iter().rev().map(|e| (Rc::clone(&path), e)));
            }
            Entry::Symlink(link) => {
                // The target is counted from the top of the tree.
                let path = join(&folder, &link.name);
                names.link(path.as_bytes(), link.dest_parts.join("/").as_bytes(), true, at, &mut tallies);
            }
            Entry::File(file) => {
                let path = join(&folder, &file.name);
                // Files of several Windows drives stand under the drives' names.
                let below =
                    path.split_once(":/").map_or(&*path, |(drive, rest)| if drive.len() == 1 { rest } else { &path });
                names.check(below.as_bytes(), false, &entry_name::PATH_ROOTED, at, &mut tallies);
                emit(&file, &shown(path.as_bytes()), &mut ledger, input, out)?;
            }
        }
    }
    tallies.into_findings(&mut out.findings);
    ledger.settle(input.view, out)
}

fn emit(file: &File, name: &str, ledger: &mut Ledger, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let parts = [
        (Some(file.offset), ""),
        (file.transpiled, ".transpiled.js"),
        (file.source_map, ".map"),
        (file.exports, ".exports"),
    ];
    for (place, ending) in parts {
        let (offset, len) = match place {
            None => continue,
            Some(Place::Both(both)) => both,
            Some(Place::Offset(offset)) => (offset, file.len),
        };
        match ledger.claim(offset, len) {
            // Names of exports stay part of the executable's own bytes.
            Ok(_) if ending == ".exports" => {}
            Ok(range) => out.part(FORMAT, &format!("{name}{ending}"), input.view, range)?,
            Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
            Err(gap) => out.gaps.push(gap.at(format!("{name}{ending}"))),
        }
    }
    Ok(())
}
