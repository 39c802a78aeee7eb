//! Bun's own source maps: the original sources of a bundled module, compressed one by one.
//!
//! A map is `u32 files, u32 mapping_len`, one pointer to the name and then one to the Zstandard-compressed text of each
//! file (all offsets count from the map's start), the mapping and the strings. Early versions stored the JSON instead,
//! as it is or compressed.

use std::collections::HashSet;
use std::ops::Range;

use ruzstd::decoding::StreamingDecoder;

use super::table::Pointer;
use crate::limits::Budget;
use crate::model::{ByteView, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::unwrap::source_map::names::Names;
use crate::unwrap::stream::DICTIONARY_MAX;
use crate::unwrap::{Entries, Produced};

const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Takes the sources out of all maps of one executable.
pub(super) struct Sources<'a> {
    data: Fields<'a>,
    view: &'a ByteView,
    names: Names,
    /// What was emitted: several chunks of one bundle may hold the same file.
    seen: HashSet<(&'a [u8], &'a [u8])>,
    /// Sources that were recovered.
    pub(super) count: u64,
    /// Parts of the data that children account for.
    pub(super) claimed: Vec<Range<u64>>,
    /// Bytes that may still be read; maps that overlap could name the same bytes for ever.
    room: u64,
}

impl<'a> Sources<'a> {
    /// `data` and `view` are the payload's data.
    pub(super) fn new(data: Fields<'a>, view: &'a ByteView) -> Self {
        let room = data.len().saturating_mul(4).saturating_add(1 << 20);
        Self { data, view, names: Names::default(), seen: HashSet::new(), count: 0, claimed: Vec::new(), room }
    }

    /// Emits what the map of the module `owner` holds.
    pub(super) fn emit(&mut self, map: Pointer, owner: &str, prefix: &str, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Some(blob) = self.data.range(map.at, map.len) else {
            let detail = format!("its source map at {}+{} lies outside of the payload", map.at, map.len);
            out.gaps.push(Gap::malformed(detail).at(owner));
            return Ok(());
        };
        let ending = match blob {
            [b'{', ..] => ".map",
            _ if blob.starts_with(ZSTD) => ".map.zst",
            _ => return self.emit_each(blob, map, owner, prefix, out),
        };
        if let Some(view) = self.slice(map) {
            self.claimed.push(map.at..map.at + map.len);
            out.member("bun", &format!("{owner}{ending}"), view)?;
        }
        Ok(())
    }

    fn slice(&self, part: Pointer) -> Option<ByteView> {
        let start = usize::try_from(part.at).ok()?;
        self.view.slice(start..start.checked_add(usize::try_from(part.len).ok()?)?)
    }

    fn emit_each(
        &mut self,
        blob: &'a [u8],
        map: Pointer,
        owner: &str,
        prefix: &str,
        out: &mut Entries<'_>,
    ) -> Result<(), Gap> {
        let fields = self.data.inner(blob);
        let files = u64::from(fields.u32(0).unwrap_or(0));
        let table = files * 16;
        if blob.len() < 8 || fields.len() - 8 < table {
            let detail = format!("its source map names {files} files in {} bytes", blob.len());
            out.gaps.push(Gap::malformed(detail).at(owner));
            return Ok(());
        }
        // Also maps that only repeat an empty table cost what they say.
        self.room = self.room.saturating_sub(table);
        let mut outside = 0u64;
        for i in 0..files {
            let pointers = Pointer::read(&fields, 8 + 8 * i).zip(Pointer::read(&fields, 8 + 8 * files + 8 * i));
            let Some((name, text)) = pointers else { break };
            if self.room == 0 {
                let detail =
                    format!("its source map overlaps with others: {} of {files} files were not read", files - i);
                out.gaps.push(Gap::new(GapReason::Limit, detail).at(owner));
                return Ok(());
            }
            let (Some(name), Some(packed)) = (fields.range(name.at, name.len), fields.range(text.at, text.len)) else {
                outside += 1;
                continue;
            };
            // A source whose text was not kept.
            if packed.is_empty() {
                continue;
            }
            let cost = text.len.saturating_add(name.len() as u64);
            self.room = self.room.saturating_sub(cost);
            let place = Pointer { at: map.at.saturating_add(text.at), len: text.len };
            let Some(view) = self.slice(place) else { continue };
            self.claimed.push(place.at..place.at + place.len);
            if !self.seen.insert((name, packed)) {
                continue;
            }
            let name = format!("{prefix}sources/{}", self.names.take(&String::from_utf8_lossy(name), self.count));
            self.count += 1;
            if packed.starts_with(ZSTD) {
                out.deferred("bun-source-map", &name, move |budget| decompress(&view, budget))?;
            } else {
                out.member("bun-source-map", &name, view)?;
            }
        }
        if outside > 0 {
            let detail = format!("{outside} of {files} files of its source map lie outside of it");
            out.gaps.push(Gap::malformed(detail).at(owner));
        }
        Ok(())
    }
}

fn decompress(packed: &[u8], budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let decoder = StreamingDecoder::new_with_max_window_size(packed, DICTIONARY_MAX);
    let state = match decoder {
        Ok(mut decoder) => meter.fill(&mut decoder),
        Err(e) => Err(Gap::malformed(e.to_string())),
    };
    let view = meter.finish();
    match state {
        Ok(()) => Produced::whole(view),
        Err(gap) => Produced::partial(view, gap),
    }
}
