//! The prelude of `pkg`: a script whose last lines are the arguments of a call, one JSON text a line.
//!
//! ```text
//! {"/snapshot/app/index.js":{"0":[0,1200],"3":[1200,117]},...}   files: store -> offset and length in the payload
//! ,
//! "/snapshot/app/index.js"                                       entry point
//! ,
//! {"/snapshot/app/link":"/snapshot/app/target"}                  links
//! ,
//! {"snapshot":"0","app":"1"}                                     parts of paths and their short forms
//! ,
//! 2                                                              compression of each store: 0 none, 1 gzip, 2 brotli, 3 zstd
//! );
//! })
//! ```

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use memchr::memmem;

use super::super::carrier::{self, shown};
use crate::model::Gap;

/// The end of every prelude.
const TAIL: &[u8] = b"\n);\n})";
/// Places that are tried as the end of a prelude whose length is not told.
const TRIES: usize = 4;

type Files = BTreeMap<String, BTreeMap<String, (u64, u64)>>;

/// What a prelude says.
#[derive(Debug)]
pub(super) struct Prelude {
    /// Where it lies in the file.
    pub(super) range: Range<usize>,
    /// Path (shortened, when there is compression), store, offset and length in the payload.
    pub(super) files: Files,
    /// The path that is started.
    pub(super) entry: String,
    /// Links and their targets.
    pub(super) links: BTreeMap<String, String>,
    /// How each store is compressed.
    pub(super) compression: u64,
    /// Short forms of path components and what they stand for.
    words: HashMap<String, String>,
}

impl Prelude {
    /// Reads a prelude of known length.
    ///
    /// # Errors
    /// `Malformed` when its last lines are not what they should be.
    pub(super) fn parse(bytes: &[u8], range: Range<usize>) -> Result<Self, Gap> {
        let text = bytes.get(range.clone()).unwrap_or_default();
        let text = text.trim_ascii_end();
        let mut lines = text.rsplit(|b| *b == b'\n');
        let mut line = || lines.next().unwrap_or_default();
        let bad = |what: &str| {
            Gap::malformed(format!("the prelude of pkg does not end with {what}: its files cannot be told apart"))
        };
        if line() != b"})" || line() != b");" {
            return Err(bad("its call"));
        }
        let mut json = Vec::new();
        for _ in 0..5 {
            json.push(line());
            if line() != b"," && json.len() < 5 {
                return Err(bad("five arguments"));
            }
        }
        let [compression, words, links, entry, files] = *json.as_slice() else { return Err(bad("five arguments")) };
        let words: HashMap<String, String> = carrier::json(words).map_err(|_| bad("a dictionary"))?;
        Ok(Self {
            range,
            files: carrier::json(files).map_err(|_| bad("a table of files"))?,
            entry: carrier::json(entry).map_err(|_| bad("an entry point"))?,
            links: carrier::json(links).map_err(|_| bad("a table of links"))?,
            compression: carrier::json(compression).map_err(|_| bad("a compression"))?,
            words: words.into_iter().map(|(long, short)| (short, long)).collect(),
        })
    }

    /// The prelude that begins at `start`, if there is one.
    pub(super) fn find(bytes: &[u8], start: usize) -> Option<Self> {
        let text = bytes.get(start..)?;
        if !text.starts_with(super::HEAD) {
            return None;
        }
        let ends =
            memmem::find_iter(text, TAIL).take(TRIES).map(|at| start.saturating_add(at).saturating_add(TAIL.len()));
        ends.filter_map(|end| Self::parse(bytes, start..end).ok()).next()
    }

    /// Bytes of all stores together: the payload's length, since they lie one after the other from its start.
    pub(super) fn payload_len(&self) -> usize {
        let ends = self.files.values().flat_map(BTreeMap::values).map(|(at, len)| at.saturating_add(*len));
        usize::try_from(ends.max().unwrap_or(0)).unwrap_or(usize::MAX)
    }

    /// A path with its components written out.
    pub(super) fn path(&self, key: &str) -> String {
        if self.compression == 0 {
            return shown(key.as_bytes());
        }
        let mut path = String::new();
        for (i, part) in key.split('/').enumerate() {
            if i > 0 {
                path.push('/');
            }
            // One long word may stand for many short ones.
            if path.len() > carrier::NAME_MAX {
                break;
            }
            path.push_str(self.words.get(part).map_or(part, String::as_str));
        }
        shown(path.as_bytes())
    }
}
