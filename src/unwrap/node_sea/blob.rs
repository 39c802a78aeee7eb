//! The blob of a Node single executable application.
//!
//! ```text
//! u32 magic 0x0143da20 | u32 flags | [u8 who may add arguments] | [u8 main is a module] | code path | main
//! | code cache (flag 4) | u64 n, n x (key, content) (flag 8) | u64 n, n x argument (flag 16)
//! ```
//!
//! Numbers in the byte order of the machine, nothing aligned; a text or content is a `u64` length and its bytes. The two
//! single bytes came with Node 24 and 25: nothing says whether they are there, so the reading that makes sense counts.

use std::ops::Range;

use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;
use crate::unwrap::carrier::Reader;

/// The first four bytes.
pub(super) const MAGIC: u32 = 0x0143_da20;
/// Flags of which the layout is known: no warning, snapshot, code cache, assets, arguments.
pub(super) const KNOWN: u32 = 0x1f;
const SNAPSHOT: u32 = 2;
const CODE_CACHE: u32 = 4;
const ASSETS: u32 = 8;
const ARGUMENTS: u32 = 16;
/// Most assets, and most arguments, that are read.
const ITEMS_MAX: usize = 1 << 18;

/// Where everything in a blob lies in the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Blob {
    pub(super) flags: u32,
    /// `execArgvExtension`: 0 none, 1 the environment, 2 the command line; `None` before Node 24.
    pub(super) extension: Option<u8>,
    /// Path of the main script on the machine that built it.
    pub(super) path: Range<usize>,
    /// The main script, or a V8 snapshot.
    pub(super) main: Range<usize>,
    pub(super) code_cache: Option<Range<usize>>,
    /// Key and content.
    pub(super) assets: Vec<(Range<usize>, Range<usize>)>,
    pub(super) arguments: Vec<Range<usize>>,
    /// The first byte that was not read.
    pub(super) end: usize,
    /// Why not all of it was read, if it was not.
    pub(super) broken: Option<Gap>,
}

impl Blob {
    /// Reads the blob in a range of the file: in the way that uses up all of it, or else the first that makes sense.
    pub(super) fn parse(fields: Fields<'_>, range: Range<usize>) -> Option<Self> {
        let readings = [0, 1, 2].into_iter().filter_map(|more| Self::with_header(fields, range.clone(), more));
        let mut first = None;
        for blob in readings {
            if blob.end == range.end && blob.broken.is_none() {
                return Some(blob);
            }
            first = first.or(Some(blob));
        }
        first
    }

    /// Reads it with so many single bytes behind the flags.
    fn with_header(fields: Fields<'_>, range: Range<usize>, more: u8) -> Option<Self> {
        let mut reader = Reader::new(fields, range.start as u64, range.end as u64);
        if reader.u32()? != MAGIC {
            return None;
        }
        let mut blob = Self { flags: reader.u32()?, ..Self::default() };
        if more > 0 {
            blob.extension = Some(reader.u8().filter(|b| *b <= 2)?);
        }
        if more > 1 && reader.u8()? > 1 {
            return None;
        }
        blob.path = reader.long()?;
        let path = fields.range(blob.path.start as u64, blob.path.len() as u64)?;
        if path.len() > 4096 || path.iter().any(u8::is_ascii_control) || std::str::from_utf8(path).is_err() {
            return None;
        }
        blob.main = reader.long()?;
        blob.end = blob.main.end;
        if let Err(gap) = blob.read_more(&mut reader) {
            blob.broken = Some(gap);
        }
        Some(blob)
    }

    /// Reads what the flags announce, as far as it is there.
    fn read_more(&mut self, reader: &mut Reader<'_>) -> Result<(), Gap> {
        let cut = |what: &str| Gap::malformed(format!("the blob of the single executable ends inside its {what}"));
        if self.flags & CODE_CACHE != 0 {
            self.code_cache = Some(reader.long().ok_or_else(|| cut("code cache"))?);
            self.end = self.code_cache.as_ref().map_or(self.end, |c| c.end);
        }
        let many = |what: &str| Gap::new(GapReason::Limit, format!("more than {ITEMS_MAX} {what} in the blob"));
        if self.flags & ASSETS != 0 {
            for _ in 0..reader.u64().ok_or_else(|| cut("assets"))? {
                if self.assets.len() >= ITEMS_MAX {
                    return Err(many("assets"));
                }
                let key = reader.long().ok_or_else(|| cut("assets"))?;
                let content = reader.long().ok_or_else(|| cut("assets"))?;
                self.end = content.end;
                self.assets.push((key, content));
            }
        }
        if self.flags & ARGUMENTS != 0 {
            for _ in 0..reader.u64().ok_or_else(|| cut("arguments"))? {
                if self.arguments.len() >= ITEMS_MAX {
                    return Err(many("arguments"));
                }
                self.arguments.push(reader.long().ok_or_else(|| cut("arguments"))?);
            }
        }
        self.end = usize::try_from(reader.at()).unwrap_or(self.end);
        Ok(())
    }

    /// Whether the main program is a V8 snapshot.
    pub(super) fn is_snapshot(&self) -> bool {
        self.flags & SNAPSHOT != 0
    }

    /// Who may add arguments for the runtime when the program is started, in words.
    pub(super) fn more_arguments(&self) -> Option<&'static str> {
        match self.extension? {
            0 => Some("node arguments are fixed"),
            1 => Some("node arguments are taken from NODE_OPTIONS too"),
            2 => Some("node arguments are taken from --node-options too"),
            _ => None,
        }
    }
}
