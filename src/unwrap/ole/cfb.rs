//! The compound file: sectors in chains, a tree of storages and streams, small streams inside a stream of the root.

use std::collections::HashSet;
use std::ops::Range;

use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;
use crate::unwrap::Produced;

/// Sector numbers from here on are marks: end of chain, free, table.
const MARKS: u32 = 0xffff_fffa;
/// Bytes of a line of the directory.
const LINE: u64 = 128;
/// Most storages inside one another.
const DEPTH: usize = 32;

/// A stream and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    /// Path with `/`, decoded when it is an MSI name.
    pub(super) path: String,
    pub(super) len: u64,
    start: u32,
}

/// A compound file's tables.
pub(super) struct Compound {
    /// log2 of a sector's bytes.
    shift: u32,
    /// Streams shorter than this lie in the root's stream.
    cutoff: u64,
    /// Each sector's successor.
    next: Vec<u32>,
    /// The same for small sectors of 64 bytes.
    small_next: Vec<u32>,
    /// The sectors of the root's stream.
    small: Vec<u32>,
    pub(super) streams: Vec<Stream>,
    /// What is broken.
    pub(super) gaps: Vec<String>,
}

impl Compound {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Gap> {
        let file = Fields::new(bytes, true);
        let cut = || Gap::malformed("the header is cut off");
        let word = |at: u64| file.u32(at).ok_or_else(cut);
        let shift = u32::from(file.u16(30).ok_or_else(cut)?);
        if !matches!(shift, 9 | 12) {
            return Err(Gap::malformed(format!("sectors of 2^{shift} bytes, 512 or 4096 are allowed")));
        }
        let mut compound = Self {
            shift,
            cutoff: u64::from(word(56)?),
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
            gaps: Vec::new(),
        };
        compound.read_table(file, word(44)?, word(68)?, word(72)?)?;
        let small_table = compound.chain(word(60)?, &compound.next);
        compound.small_next = compound.words(file, &small_table);
        let directory = compound.chain(word(48)?, &compound.next);
        compound.read_directory(file, &directory);
        if compound.streams.is_empty() {
            return Err(Gap::malformed("no stream is named in its directory"));
        }
        Ok(compound)
    }

    /// First byte of a sector.
    fn at(&self, sector: u32) -> u64 {
        u64::from(sector).saturating_add(1) << self.shift
    }

    /// The table of successors: its own sectors are listed in the header and, of large files, in a chain of lists.
    fn read_table(&mut self, file: Fields<'_>, count: u32, mut list: u32, lists: u32) -> Result<(), Gap> {
        let fit = file.len() >> self.shift;
        let mut sectors: Vec<u32> = (0..109).filter_map(|i| file.u32(76 + 4 * i)).collect();
        let per_list = (1u64 << self.shift) / 4 - 1;
        let mut seen = HashSet::new();
        for _ in 0..lists {
            if list >= MARKS || !seen.insert(list) {
                break;
            }
            let at = self.at(list);
            sectors.extend((0..per_list).filter_map(|i| file.u32(at.saturating_add(4 * i))));
            list = file.u32(at.saturating_add(4 * per_list)).unwrap_or(u32::MAX);
        }
        sectors.retain(|s| *s < MARKS && u64::from(*s) < fit);
        // Two lines of the list that name one sector would grow the table without end.
        let mut seen = HashSet::new();
        sectors.retain(|s| seen.insert(*s));
        if (sectors.len() as u64) < u64::from(count) {
            self.gaps.push(format!("{count} sectors of its table are promised, {} are there", sectors.len()));
        }
        self.next = self.words(file, &sectors);
        if self.next.is_empty() {
            return Err(Gap::malformed("its table of sectors is not there"));
        }
        Ok(())
    }

    /// The numbers in a run of sectors.
    fn words(&self, file: Fields<'_>, sectors: &[u32]) -> Vec<u32> {
        let per_sector = (1u64 << self.shift) / 4;
        let mut words = Vec::new();
        for sector in sectors {
            let at = self.at(*sector);
            // A number that is cut off ends every chain through it.
            words.extend((0..per_sector).map(|i| file.u32(at.saturating_add(4 * i)).unwrap_or(u32::MAX)));
        }
        words
    }

    /// The sectors of a chain; it ends where it runs in a circle.
    fn chain(&self, start: u32, next: &[u32]) -> Vec<u32> {
        let mut sectors = Vec::new();
        let mut at = start;
        while at < MARKS && sectors.len() < next.len() {
            let Some(after) = next.get(at as usize) else { break };
            sectors.push(at);
            at = *after;
        }
        sectors
    }

    fn read_directory(&mut self, file: Fields<'_>, sectors: &[u32]) {
        let per_sector = (1u64 << self.shift) / LINE;
        let line = |id: u32| {
            let sector = sectors.get(usize::try_from(u64::from(id) / per_sector).ok()?)?;
            file.range(self.at(*sector).checked_add(u64::from(id) % per_sector * LINE)?, LINE)
        };
        let Some(root) = line(0).map(|l| Fields::new(l, true)) else { return };
        let mut streams = Vec::new();
        let mut gaps = Vec::new();
        let mut seen = HashSet::new();
        let mut todo = vec![(root.u32(76).unwrap_or(u32::MAX), String::new(), 0usize)];
        while let Some((id, folder, depth)) = todo.pop() {
            if id >= MARKS {
                continue;
            }
            let Some(line) = line(id).map(|l| Fields::new(l, true)).filter(|_| seen.insert(id)) else {
                gaps.push(format!("line {id} of the directory is not there or is named twice"));
                continue;
            };
            let number = |at: u64| line.u32(at).unwrap_or(u32::MAX);
            todo.push((number(68), folder.clone(), depth));
            todo.push((number(72), folder.clone(), depth));
            let name = name(line);
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            match line.u8(66) {
                Some(1) if depth < DEPTH => todo.push((number(76), path, depth + 1)),
                Some(1) => gaps.push(format!("more than {DEPTH} storages inside one another")),
                Some(2) => {
                    let len = line.u64(120).unwrap_or(0);
                    // Files of version 3 may have anything in the upper half.
                    let len = if self.shift == 9 { len & 0xffff_ffff } else { len };
                    streams.push(Stream { path, len, start: number(116) });
                }
                _ => {}
            }
        }
        gaps.truncate(8);
        self.small = self.chain(root.u32(116).unwrap_or(u32::MAX), &self.next);
        self.streams = streams;
        self.gaps.extend(gaps);
    }

    /// The range of a stream whose sectors follow one another.
    pub(super) fn contiguous(&self, stream: &Stream) -> Option<Range<usize>> {
        if stream.len < self.cutoff {
            return None;
        }
        let count = stream.len.div_ceil(1 << self.shift);
        let mut at = stream.start;
        for _ in 1..count {
            let after = *self.next.get(at as usize)?;
            if Some(after) != at.checked_add(1) {
                return None;
            }
            at = after;
        }
        let start = usize::try_from(self.at(stream.start)).ok()?;
        Some(start..start.checked_add(usize::try_from(stream.len).ok()?)?)
    }

    pub(super) fn produce(&self, file: &ByteView, stream: &Stream, budget: &Budget) -> Produced {
        let mut meter = budget.meter();
        match self.join(file, stream, &mut meter) {
            Ok(()) => Produced::whole(meter.finish()),
            Err(gap) => Produced::partial(meter.finish(), gap),
        }
    }

    /// Joins a stream's sectors.
    ///
    /// # Errors
    /// A limit, or `Malformed` when the chain is too short; what was there stays in the meter.
    pub(super) fn join(&self, file: &[u8], stream: &Stream, meter: &mut Meter<'_>) -> Result<(), Gap> {
        let file = Fields::new(file, true);
        let small = stream.len < self.cutoff;
        let (shift, next) = if small { (6, &self.small_next) } else { (self.shift, &self.next) };
        let mut left = stream.len;
        let mut at = stream.start;
        let mut seen = vec![false; next.len()];
        while left > 0 {
            let short = || Gap::malformed(format!("its chain of sectors ends {left} bytes early"));
            let part = left.min(1 << shift);
            let place = if small { self.small_at(at) } else { Some(self.at(at)) };
            // A chain that runs in a circle ends where it began.
            let fresh = seen.get_mut(at as usize).is_some_and(|s| !std::mem::replace(s, true));
            let bytes = place.filter(|_| fresh).and_then(|p| file.range(p, part)).ok_or_else(short)?;
            let written = std::io::Write::write_all(meter, bytes);
            written.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))?;
            left -= part;
            at = next.get(at as usize).copied().unwrap_or(u32::MAX);
        }
        Ok(())
    }

    /// First byte of a small sector.
    fn small_at(&self, sector: u32) -> Option<u64> {
        let place = u64::from(sector) << 6;
        let holder = self.small.get(usize::try_from(place >> self.shift).ok()?)?;
        self.at(*holder).checked_add(place & ((1 << self.shift) - 1))
    }

    /// The stream with this path.
    pub(super) fn stream(&self, path: &str) -> Option<&Stream> {
        self.streams.iter().find(|s| s.path == path)
    }
}

/// A line's name. Names of MSI have two characters in one from U+3800 on, and one from U+4800 on; U+4840 stands before
/// the names of tables, and is shown as `!`.
fn name(line: Fields<'_>) -> String {
    let len = u64::from(line.u16(64).unwrap_or(0)).min(64) / 2;
    let units: Vec<u16> = (0..len).filter_map(|i| line.u16(2 * i)).take_while(|u| *u != 0).collect();
    let coded = |value: u16| {
        let digits = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
        digits.get(usize::from(value & 0x3f)).map_or('?', |b| char::from(*b))
    };
    let mut text = String::new();
    for unit in char::decode_utf16(units) {
        match unit.map(|c| (c, c as u32)) {
            Ok((_, 0x4840)) => text.push('!'),
            Ok((_, code @ 0x3800..=0x47ff)) => {
                let code = (code - 0x3800) as u16;
                text.push(coded(code));
                text.push(coded(code >> 6));
            }
            Ok((_, code @ 0x4800..=0x483f)) => text.push(coded((code - 0x4800) as u16)),
            // A slash would make folders.
            Ok((c, _)) if c.is_control() || c == '/' || c == '\\' => text.push_str(&format!("\\x{:02x}", c as u32)),
            Ok((c, _)) => text.push(c),
            Err(e) => text.push_str(&format!("\\u{{{:x}}}", e.unpaired_surrogate())),
        }
    }
    text
}
