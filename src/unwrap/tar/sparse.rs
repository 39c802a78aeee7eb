//! Sparse files: the archive holds the pieces between the holes and a map of them. GNU's old format keeps the map in
//! the header, its PAX formats in records (0.0, 0.1) or at the start of the data (1.0).

use std::io::Write as _;

use super::header::{BLOCK, Header, number};
use super::pax;
use crate::limits::Budget;
use crate::model::{ByteView, Gap, GapReason};
use crate::unwrap::Produced;

/// Where the stored bytes belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    /// Offset in the file and length, in the order in which they are stored.
    pub(super) pieces: Vec<(u64, u64)>,
    /// Size of the file with its holes.
    pub(super) size: u64,
    /// Bytes of the data that are map, not content (PAX 1.0).
    pub(super) head: usize,
}

/// Files up to this size are put together with their holes; larger ones only when they are mostly content.
const WHOLE: u64 = 16 << 20;

/// Pieces of one file. A map of more would take more memory than the data it is read from.
const PIECES: usize = 1 << 20;

/// The map of an old GNU sparse entry whose header is at `at`, and where its data begins.
pub(super) fn of_gnu(bytes: &[u8], at: usize) -> Option<(Map, usize)> {
    let header = Header::at(bytes, at)?;
    let (first, mut more, size) = header.sparse();
    let mut map = Map { size: size?, ..Map::default() };
    map.add(first)?;
    let mut data = at + BLOCK;
    while more {
        let next = Header::at(bytes, data)?;
        let (pieces, again) = next.more_sparse();
        map.add(pieces)?;
        more = again;
        data += BLOCK;
    }
    Some((map, data))
}

/// The map of an entry with PAX records about sparse files; `data` is what the archive stores.
pub(super) fn of_pax(records: &pax::Sparse<'_>, data: &[u8]) -> Option<Map> {
    let mut map = Map { size: records.size?, ..Map::default() };
    if records.major == Some(1) {
        let mut at = 0;
        let count = line(data, &mut at).filter(|count| *count <= PIECES as u64)?;
        for _ in 0..count {
            let piece = (line(data, &mut at)?, line(data, &mut at)?);
            map.pieces.push(piece);
        }
        map.head = at.next_multiple_of(BLOCK).min(data.len());
        return Some(map);
    }
    let listed: Vec<u64> = match records.map {
        Some(text) => {
            text.split(|b| *b == b',').map(|n| std::str::from_utf8(n).ok()?.parse().ok()).collect::<Option<_>>()?
        }
        None => records.pieces.clone(),
    };
    map.pieces = listed.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect::<Option<_>>()?;
    Some(map)
}

/// A decimal number on a line of its own.
fn line(data: &[u8], at: &mut usize) -> Option<u64> {
    let rest = data.get(*at..)?;
    let end = memchr::memchr(b'\n', rest.get(..rest.len().min(24))?)?;
    *at += end + 1;
    std::str::from_utf8(rest.get(..end)?).ok()?.parse().ok()
}

impl Map {
    /// Adds pieces of 24 bytes: two number fields each. An empty one ends the list.
    fn add(&mut self, fields: &[u8]) -> Option<()> {
        for piece in fields.chunks_exact(24) {
            let (offset, len) = piece.split_at_checked(12)?;
            if piece.iter().all(|b| *b == 0) {
                break;
            }
            self.pieces.push((number(offset)?, number(len)?));
        }
        Some(())
    }

    /// Puts the file together, or hands on the stored bytes when holes would make up nearly all of it.
    pub(super) fn expand(&self, stored: &ByteView, budget: &Budget) -> Produced {
        let content = stored.get(self.head..).unwrap_or_default();
        if self.size > WHOLE.max((content.len() as u64).saturating_mul(16)) {
            let view = stored.slice(self.head.min(stored.len())..stored.len()).unwrap_or_else(|| stored.clone());
            let detail = format!(
                "a sparse file of {} bytes: only the {} bytes that are stored were examined, without the holes",
                self.size,
                view.len()
            );
            return Produced::partial(view, Gap::new(GapReason::Limit, detail));
        }
        let mut meter = budget.meter();
        let mut put = || -> Result<(), Gap> {
            let mut rest = content;
            let mut at = 0_u64;
            for (offset, len) in &self.pieces {
                let hole = offset.checked_sub(at).filter(|_| offset.checked_add(*len).is_some_and(|e| e <= self.size));
                let piece = usize::try_from(*len).ok().and_then(|len| rest.split_at_checked(len));
                let (Some(hole), Some((piece, after))) = (hole, piece) else {
                    return Err(Gap::malformed(format!("the map of a sparse file is wrong at {offset}")));
                };
                zeros(&mut meter, hole)?;
                write(&mut meter, piece)?;
                rest = after;
                at = offset + len;
            }
            zeros(&mut meter, self.size - at)
        };
        match put() {
            Ok(()) => Produced::whole(meter.finish()),
            Err(gap) if gap.reason == GapReason::Malformed => Produced::partial(stored.clone(), gap),
            Err(gap) => Produced::partial(meter.finish(), gap),
        }
    }
}

fn write(meter: &mut crate::limits::Meter<'_>, bytes: &[u8]) -> Result<(), Gap> {
    meter.write_all(bytes).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

fn zeros(meter: &mut crate::limits::Meter<'_>, mut count: u64) -> Result<(), Gap> {
    let block = [0; 4096];
    while count > 0 {
        let len = count.min(block.len() as u64);
        write(meter, block.get(..len as usize).unwrap_or_default())?;
        count -= len;
    }
    Ok(())
}
