//! The tables of an image: inodes, folders, fragments.

use super::Super;
use super::codec::{Codec, put};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;

/// Unpacked bytes of a metadata block; only the last of a table has fewer.
const META: usize = 8192;
/// Says that a file has no piece of a fragment.
const NO_FRAGMENT: u32 = u32::MAX;

/// The decoded tables.
pub(super) struct Tables {
    inodes: Meta,
    folders: Meta,
    /// Place and size of each fragment.
    pub(super) fragments: Vec<(u64, u32)>,
}

/// A run of metadata blocks, unpacked.
struct Meta {
    bytes: ByteView,
    /// Where each block begins: behind the table's beginning, and unpacked.
    starts: Vec<(u64, u64)>,
}

/// What an inode is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Folder,
    File,
    Link,
    /// Devices, pipes, sockets: no content.
    Other,
}

/// Where a folder's lines stand: block, offset in it, length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing {
    block: u64,
    offset: u64,
    len: u64,
}

/// Where a file's content lies.
#[derive(Debug)]
pub(super) struct File {
    pub(super) start: u64,
    pub(super) len: u64,
    /// Sizes of the packed blocks; 0 for a hole.
    pub(super) blocks: Vec<u32>,
    /// Number of the fragment and offset in it.
    pub(super) fragment: Option<(u32, u32)>,
}

/// A line of a folder.
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    /// Block and offset of its inode.
    pub(super) reference: u64,
    /// Where it stands in the unpacked folder table.
    pub(super) at: u64,
}

impl Meta {
    /// Unpacks the blocks of `from..to`.
    fn read(image: &[u8], codec: Codec, from: u64, to: u64, budget: &Budget) -> Result<Self, Gap> {
        let mut meter = budget.meter();
        let mut starts = Vec::new();
        let mut at = from;
        while at < to {
            starts.push((at - from, meter.bytes().len() as u64));
            at = meta(image, codec, at, &mut meter)?;
        }
        Ok(Self { bytes: meter.finish(), starts })
    }

    /// The unpacked place of a block and an offset in it.
    fn place(&self, block: u64, offset: u64) -> Option<u64> {
        let index = self.starts.binary_search_by_key(&block, |(packed, _)| *packed).ok()?;
        self.starts.get(index)?.1.checked_add(offset)
    }

    fn fields(&self) -> Fields<'_> {
        Fields::new(&self.bytes, true)
    }
}

/// Unpacks the metadata block at `at`; where the next one begins.
fn meta(image: &[u8], codec: Codec, at: u64, meter: &mut Meter<'_>) -> Result<u64, Gap> {
    let fields = Fields::new(image, true);
    let broken = || Gap::malformed(format!("the metadata block at {at} is cut off"));
    let header = fields.u16(at).ok_or_else(broken)?;
    let len = u64::from(header & 0x7fff);
    let start = at.checked_add(2).ok_or_else(broken)?;
    let bytes = fields.range(start, len).filter(|b| !b.is_empty()).ok_or_else(broken)?;
    let result = if header & 0x8000 == 0 { codec.expand(bytes, META, meter) } else { put(bytes, meter) };
    result.map_err(|mut gap| {
        gap.detail = format!("the metadata block at {at}: {}", gap.detail);
        gap
    })?;
    Ok(start.saturating_add(len))
}

impl Tables {
    pub(super) fn read(image: &[u8], head: &Super, budget: &Budget) -> Result<Self, Gap> {
        let inodes = Meta::read(image, head.codec, head.inodes_at, head.folders_at, budget)?;
        // A table of pointers stands at the end of the next table, not its blocks, so the folders are read as far as
        // blocks of theirs can be.
        let end = Self::folders_end(image, head);
        let folders = Meta::read(image, head.codec, head.folders_at, end, budget)?;
        let fragments = Self::fragments(image, head, budget)?;
        Ok(Self { inodes, folders, fragments })
    }

    /// Where the folders end: at the first block of the table behind them, which that table's pointers tell.
    fn folders_end(image: &[u8], head: &Super) -> u64 {
        let first = Fields::new(image, true).u64(head.folders_end);
        first.filter(|at| (head.folders_at..head.folders_end).contains(at)).unwrap_or(head.folders_end)
    }

    fn fragments(image: &[u8], head: &Super, budget: &Budget) -> Result<Vec<(u64, u32)>, Gap> {
        let fields = Fields::new(image, true);
        let mut fragments = Vec::new();
        // A fragment that is not in the image needs no line.
        let mut left = u64::from(head.fragments).min(fields.len());
        let mut pointer = head.fragments_at;
        while left > 0 {
            let broken = || Gap::malformed("the fragment table is cut off");
            let at = fields.u64(pointer).ok_or_else(broken)?;
            pointer = pointer.saturating_add(8);
            let mut meter = budget.meter();
            meta(image, head.codec, at, &mut meter)?;
            let block = Fields::new(meter.bytes(), true);
            let here = left.min(META as u64 / 16);
            for row in 0..here {
                let (at, size) = (block.u64(row * 16), block.u32(row * 16 + 8));
                fragments.push(at.zip(size).ok_or_else(broken)?);
            }
            left -= here;
        }
        Ok(fragments)
    }

    /// Kind, and place of what follows the common part, of the inode that a reference (block, and offset in its lower
    /// 16 bits) names.
    fn inode(&self, reference: u64) -> Option<(u16, u64)> {
        let at = self.inodes.place(reference >> 16, reference & 0xffff)?;
        Some((self.inodes.fields().u16(at)?, at.checked_add(16)?))
    }

    /// What an inode is.
    pub(super) fn node(&self, reference: u64) -> Option<Node> {
        match self.inode(reference)?.0 {
            1 | 8 => Some(Node::Folder),
            2 | 9 => Some(Node::File),
            3 | 10 => Some(Node::Link),
            4..=7 | 11..=14 => Some(Node::Other),
            _ => None,
        }
    }

    /// The listing of a folder's inode.
    pub(super) fn listing(&self, reference: u64) -> Option<Listing> {
        let (kind, body) = self.inode(reference)?;
        let fields = self.inodes.fields();
        let word = |offset: u64| fields.u32(body.checked_add(offset)?).map(u64::from);
        let half = |offset: u64| fields.u16(body.checked_add(offset)?).map(u64::from);
        match kind {
            1 => Some(Listing { block: word(0)?, len: half(8)?, offset: half(10)? }),
            8 => Some(Listing { len: word(4)?, block: word(8)?, offset: half(18)? }),
            _ => None,
        }
    }

    /// The content of a file's inode.
    pub(super) fn file(&self, reference: u64, block: u32) -> Option<File> {
        let (kind, body) = self.inode(reference)?;
        let fields = self.inodes.fields();
        let word = |offset: u64| fields.u32(body.checked_add(offset)?);
        let long = |offset: u64| fields.u64(body.checked_add(offset)?);
        let (start, len, fragment, offset, sizes_at) = match kind {
            2 => (u64::from(word(0)?), u64::from(word(12)?), word(4)?, word(8)?, 16),
            9 => (long(0)?, long(8)?, word(28)?, word(32)?, 40),
            _ => return None,
        };
        let fragment = (fragment != NO_FRAGMENT).then_some((fragment, offset));
        let block = u64::from(block);
        let count = if fragment.is_some() { len.checked_div(block)? } else { len.div_ceil(block.max(1)) };
        // Only sizes that are there are read, so a length that is a lie costs nothing.
        let sizes = fields.range(body.checked_add(sizes_at)?, count.checked_mul(4)?)?;
        let sizes = sizes.chunks_exact(4).filter_map(|c| c.first_chunk().map(|b| u32::from_le_bytes(*b)));
        Some(File { start, len, blocks: sizes.collect(), fragment })
    }

    /// The lines of a folder, and whether they are all that its inode promises.
    pub(super) fn folder(&self, listing: Listing) -> (Vec<Entry>, bool) {
        let mut entries = Vec::new();
        let whole = self.lines(listing, &mut entries).is_some();
        (entries, whole)
    }

    fn lines(&self, Listing { block, offset, len }: Listing, entries: &mut Vec<Entry>) -> Option<()> {
        // The length counts "." and "..", which are not there, with three bytes.
        let Some(len) = len.checked_sub(3).filter(|l| *l > 0) else { return Some(()) };
        let fields = self.folders.fields();
        let mut at = self.folders.place(block, offset)?;
        let end = at.checked_add(len)?;
        while at < end {
            let count = u64::from(fields.u32(at)?).checked_add(1).filter(|c| *c <= 256)?;
            let inodes = u64::from(fields.u32(at.checked_add(4)?)?);
            at = at.checked_add(12)?;
            for _ in 0..count {
                let inode_offset = u64::from(fields.u16(at)?);
                let name_len = u64::from(fields.u16(at.checked_add(6)?)?).checked_add(1)?;
                let name = fields.range(at.checked_add(8)?, name_len)?.to_vec();
                entries.push(Entry { name, reference: inodes << 16 | inode_offset, at });
                if entries.len() > super::LINES_MAX {
                    return None;
                }
                at = at.checked_add(8)?.checked_add(name_len)?;
            }
        }
        Some(())
    }
}
