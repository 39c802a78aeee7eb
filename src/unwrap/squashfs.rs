//! squashfs 4.0 images, alone and behind an `AppImage` runtime.
//!
//! A superblock, data blocks, and tables (inodes, folders, fragments) in metadata blocks of at most 8 KiB. A file is a
//! run of blocks and, for what does not fill one, a piece of a fragment that it shares with other files. Files are
//! decoded one by one, later; the tables are decoded once.
//!
//! Format: <https://www.kernel.org/doc/html/latest/filesystems/squashfs.html> and
//! <https://dr-emann.github.io/squashfs/squashfs.html>.

mod codec;
mod content;
mod table;

use std::collections::HashSet;
use std::sync::Arc;

use self::codec::Codec;
use self::content::Source;
use self::table::{Node, Tables};
use super::ar::readable;
use super::entry_name::{Names, PATH_ROOTED};
use super::tally::Tallies;
use super::{Entries, Input, Wrapper, stream};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;

/// Opens them.
pub(super) struct Squashfs;

impl Wrapper for Squashfs {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Squashfs]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let image = Super::read(input.view)?;
        let tables = Tables::read(input.view, &image, out.budget())?;
        let source = Arc::new(Source::new(input.view.clone(), image.codec, image.block, tables));
        let mut tallies = Tallies::default();
        let result = walk(image.root, &source, &mut tallies, out);
        tallies.into_findings(&mut out.findings);
        result?;
        // Images are padded to 4 KiB.
        stream::trailing(input, out, usize::try_from(image.used).unwrap_or(usize::MAX).min(input.view.len()))
    }
}

/// Opens them.
pub(super) struct AppImage;

impl Wrapper for AppImage {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Elf]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let said = match bytes.get(8..11) {
            Some(b"AI\x01") => {
                out.wrapped("AppImage", 8);
                return super::iso::list(input, out);
            }
            mark => mark == Some(b"AI\x02"),
        };
        let end = input.file.images().first().and_then(|i| usize::try_from(i.end).ok()).unwrap_or(usize::MAX);
        let begins = |at: usize| bytes.get(at..).is_some_and(|b| b.starts_with(b"hsqs") && Super::read(b).is_ok());
        // Some packers pad between the runtime and the image.
        let behind = bytes.get(end.min(bytes.len())..).unwrap_or_default();
        let at = memchr::memmem::find_iter(behind, b"hsqs").take(64).map(|o| end.saturating_add(o));
        let at = at.filter(|at| said || *at == end).find(|at| begins(*at));
        let Some(at) = at else {
            if said {
                return Err(Gap::malformed("an AppImage without a squashfs image behind its runtime"));
            }
            return Ok(());
        };
        out.wrapped("AppImage", at as u64);
        out.part("appimage", "image.squashfs", input.view, at..bytes.len())
    }
}

/// Longest path that is followed, in bytes.
const PATH_MAX: usize = 16_384;

/// Most lines of all folders.
const LINES_MAX: usize = 1 << 21;

/// What the superblock says, checked.
struct Super {
    codec: Codec,
    /// Bytes of a data block.
    block: u32,
    /// Bytes of the image.
    used: u64,
    fragments: u32,
    root: u64,
    inodes_at: u64,
    folders_at: u64,
    fragments_at: u64,
    /// Where the tables behind the folders begin.
    folders_end: u64,
}

impl Super {
    fn read(bytes: &[u8]) -> Result<Self, Gap> {
        let fields = Fields::new(bytes, true);
        let cut = || Gap::malformed("the superblock is cut off");
        match fields.range(0, 4) {
            Some(b"hsqs") => {}
            Some(b"sqsh") => {
                return Err(Gap::new(
                    GapReason::Unsupported,
                    "a squashfs image in big-endian byte order is not opened",
                ));
            }
            _ => return Err(Gap::malformed("no squashfs superblock")),
        }
        let word = |at: u64| fields.u32(at).ok_or_else(cut);
        let long = |at: u64| fields.u64(at).ok_or_else(cut);
        let (major, minor) = (fields.u16(28).ok_or_else(cut)?, fields.u16(30).ok_or_else(cut)?);
        if major != 4 {
            let detail = format!("a squashfs image of version {major}.{minor}, only 4.0 is opened");
            return Err(Gap::new(GapReason::Unsupported, detail));
        }
        let block = word(12)?;
        if !block.is_power_of_two() || !(4096..=1 << 20).contains(&block) {
            return Err(Gap::malformed(format!("blocks of {block} bytes, 4 KiB to 1 MiB are allowed")));
        }
        let codec = Codec::of(fields.u16(20).ok_or_else(cut)?)?;
        let (inodes_at, folders_at, fragments_at) = (long(64)?, long(72)?, long(80)?);
        let used = long(40)?;
        // What stands behind the folders: fragments, exports, ids, attributes; those that are absent are all ones.
        let behind = [fragments_at, long(88)?, long(48)?, long(56)?, used];
        let folders_end = behind.into_iter().filter(|at| *at >= folders_at).min().unwrap_or(used);
        if inodes_at > folders_at || folders_at > fields.len() {
            let detail = format!("cut off: the tables begin at {inodes_at} of {} bytes", fields.len());
            return Err(Gap::malformed(detail));
        }
        Ok(Self {
            codec,
            block,
            used,
            fragments: word(16)?,
            root: long(32)?,
            inodes_at,
            folders_at,
            fragments_at,
            folders_end,
        })
    }
}

fn walk(root: u64, source: &Arc<Source>, tallies: &mut Tallies, out: &mut Entries<'_>) -> Result<(), Gap> {
    let tables = &source.tables;
    let names = Names::<()>::new();
    let mut seen = HashSet::new();
    let mut lines = 0usize;
    let mut todo = vec![(root, Vec::<u8>::new())];
    while let Some((reference, path)) = todo.pop() {
        let mut gap = |detail: String| out.gaps.push(Gap::malformed(detail).at(readable(&path)));
        if !seen.insert(reference) {
            gap("a folder stands in itself or in two places".to_owned());
            continue;
        }
        let Some(listing) = tables.listing(reference) else {
            gap(format!("the folder's inode {reference:#x} is not there"));
            continue;
        };
        let (list, whole) = tables.folder(listing);
        if !whole {
            gap("the folder's listing is broken".to_owned());
        }
        // Folders may share their lines, so that few bytes would be many lines.
        lines = lines.saturating_add(list.len());
        if lines > LINES_MAX {
            return Err(Gap::new(GapReason::Limit, format!("more than {LINES_MAX} lines in its folders")));
        }
        out.budget().check_time()?;
        for entry in list {
            let name = if path.is_empty() { entry.name } else { [&path, &b"/"[..], &entry.name].concat() };
            let shown = readable(&name);
            // A loop of folders would make names without end.
            if name.len() > PATH_MAX {
                out.gaps.push(Gap::malformed(format!("a path of more than {PATH_MAX} bytes")).at(readable(&path)));
                continue;
            }
            let node = tables.node(entry.reference);
            names.check(&name, node == Some(Node::Link), &PATH_ROOTED, entry.at, tallies);
            match node {
                Some(Node::Folder) => todo.push((entry.reference, name)),
                Some(Node::File) => {
                    let source = Arc::clone(source);
                    out.deferred("squashfs", &shown, move |budget| source.produce(entry.reference, budget))?;
                }
                Some(Node::Link | Node::Other) => {}
                None => {
                    let detail = format!("the inode {:#x} is not there", entry.reference);
                    out.gaps.push(Gap::malformed(detail).at(shown));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
