//! ELF: finds the blocks, and writes the program as it was.

use std::ops::Range;

use goblin::elf::program_header::{PT_DYNAMIC, PT_LOAD};

use super::block::{Block, HEADER};
use super::initialiser::Initialiser;
use super::mark::Mark;
use super::{Adler, broken};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap, GapReason};
use crate::parse::elf::Elf;
use crate::parse::fields::Fields;
use crate::unwrap::{Entries, Input, Produced};

/// Most bytes of the program's own headers.
const HEADERS_MAX: u64 = 1 << 20;
/// How far behind the mapped parts the rest is looked for, in bytes: the unpacker lies between.
const UNPACKER_MAX: u64 = 64 << 10;
/// Most zero bytes that stand in for a part that was not found.
const HOLE_MAX: u64 = 1 << 20;
/// Length of the pack header with the number behind it, at the end of the file.
const TRAILER: u64 = 36;

/// Opens a packed ELF file.
pub(super) fn open(input: &Input<'_, '_>, mark: &Mark, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(Ok(elf)) = input.file.elf() else { return Err(broken("its ELF header cannot be read")) };
    let plan = Plan::of(input.view, elf, mark, out.budget())?;
    for piece in &plan.pieces {
        if let Source::Packed(block) = piece.source {
            out.account(usize::try_from(block.at).unwrap_or(0)..usize::try_from(block.end()).unwrap_or(0));
        }
    }
    let view = input.view.clone();
    out.deferred("upx", "unpacked", move |budget| plan.carry_out(&view, budget))
}

/// A part of the original program.
struct Piece {
    /// Where it stands in the program.
    to: u64,
    source: Source,
}

enum Source {
    Packed(Block),
    /// As it stands in the packed file.
    Raw(Range<u64>),
}

impl Piece {
    fn len(&self) -> u64 {
        match &self.source {
            Source::Packed(block) => block.unpacked,
            Source::Raw(range) => range.end.saturating_sub(range.start),
        }
    }
}

/// A part of the program that is mapped.
#[derive(Clone, Copy)]
struct Load {
    offset: u64,
    len: u64,
    address: u64,
    execute: bool,
}

impl Load {
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.len)
    }
}

/// How the program is put together.
struct Plan {
    /// In the order in which they were packed.
    pieces: Vec<Piece>,
    /// The checksum of all that was packed, when the pack header is there.
    adler: Option<u32>,
    /// What could not be found.
    gap: Option<Gap>,
    /// Of a library.
    initialiser: Option<Initialiser>,
}

impl Plan {
    fn of(bytes: &[u8], elf: &Elf<'_>, mark: &Mark, budget: &Budget) -> Result<Self, Gap> {
        let little = elf.header.e_ident.get(5) == Some(&1);
        let file = Fields::new(bytes, little);
        let trailer = file.len().checked_sub(TRAILER).filter(|at| file.range(*at, 4) == Some(b"UPX!"));
        let (info, first, head) = info(file, elf, mark, trailer, budget)?;
        let rows = segments(Fields::new(head.bytes(), little), elf.wide);
        let loads: Vec<Load> =
            rows.iter().filter(|(kind, load)| *kind == PT_LOAD && load.len > 0).map(|r| r.1).collect();
        let dynamic = rows.iter().find(|(kind, _)| *kind == PT_DYNAMIC).map(|(_, row)| row.offset);
        let mut walk = Walk {
            file,
            elf,
            at: first.end(),
            // A size of zero is one that was wiped.
            block: u64::from(file.u32(info.saturating_add(8)).unwrap_or(0)),
            pieces: vec![Piece { to: 0, source: Source::Packed(first) }],
            missing: 0,
            unsure: false,
        };
        for load in &loads {
            walk.mapped(load, first.unpacked);
        }
        if walk.pieces.len() == 1 {
            return Err(broken("no block follows the program's headers"));
        }
        let whole = u64::from(file.u32(info.saturating_add(4)).unwrap_or(0));
        let unpacker = u64::from(file.u16(info.saturating_sub(4)).unwrap_or(0));
        walk.between(&loads, whole, unpacker);
        let gap = if walk.missing > 0 {
            let detail =
                format!("{} bytes of the packed program were not found; zeros stand in for them", walk.missing);
            Some(Gap::malformed(detail))
        } else {
            let detail = "the packed program's size was wiped; what lies behind its mapped parts was not looked for";
            walk.unsure.then(|| Gap::malformed(detail))
        };
        let adler = trailer.and_then(|at| file.u32(at.saturating_add(8)));
        let initialiser = dynamic.and_then(|at| Initialiser::of(file, elf, at, little));
        Ok(Self { pieces: walk.pieces, adler, gap, initialiser })
    }

    fn carry_out(mut self, file: &ByteView, budget: &Budget) -> Produced {
        let mut order: Vec<usize> = (0..self.pieces.len()).collect();
        order.sort_by_key(|i| self.pieces.get(*i).map(|p| p.to));
        let mut meter = budget.meter();
        let mut sums: Vec<Option<(Adler, u64)>> = self.pieces.iter().map(|_| None).collect();
        for index in order {
            let Some(piece) = self.pieces.get(index) else { continue };
            let start = meter.bytes().len();
            if let Err(gap) = piece.write(file, &mut meter) {
                return Produced::partial(meter.finish(), super::not_unpacked(gap));
            }
            if let (Source::Packed(_), Some(sum)) = (&piece.source, sums.get_mut(index)) {
                let made = meter.bytes().get(start..).unwrap_or_default();
                // What comes before it in the block's place is filled up with zeros.
                let made = made.get(made.len().saturating_sub(usize::try_from(piece.len()).unwrap_or(0))..);
                let made = made.unwrap_or_default();
                *sum = Some((Adler::of(made), made.len() as u64));
            }
        }
        if let Some(initialiser) = &self.initialiser {
            initialiser.restore(meter.bytes_mut());
        }
        let mut sum = Adler::new();
        for (part, len) in sums.iter().flatten() {
            sum.append(part, *len);
        }
        if self.gap.is_none() && self.adler.is_some_and(|said| said != sum.value()) {
            self.gap = Some(Gap::malformed("the checksum of the unpacked program differs"));
        }
        Produced { view: meter.finish(), gap: self.gap, findings: Vec::new() }
    }
}

impl Piece {
    fn write(&self, file: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
        let at = meter.bytes().len() as u64;
        let Some(hole) = self.to.checked_sub(at) else {
            return Err(broken(format!("two parts of the packed program overlap at {}", self.to)));
        };
        if hole > HOLE_MAX {
            return Err(broken(format!("{hole} bytes of the packed program are missing at {at}")));
        }
        let put = |bytes: &[u8], meter: &mut Meter<'_>| {
            let written = std::io::Write::write_all(meter, bytes);
            written.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
        };
        let mut hole = hole;
        while hole > 0 {
            let zeros = [0u8; 4096];
            let part = hole.min(zeros.len() as u64);
            put(zeros.get(..usize::try_from(part).unwrap_or(0)).unwrap_or_default(), meter)?;
            hole -= part;
        }
        match &self.source {
            Source::Packed(block) => block.restore(file, meter),
            Source::Raw(range) => {
                let bytes = Fields::new(file, true).range(range.start, range.end.saturating_sub(range.start));
                put(bytes.unwrap_or_default(), meter)
            }
        }
    }
}

/// Where `p_info` stands, the first block, and what is in it: the program's own headers. Where the mark stands is
/// tried first, then where UPX writes it, then where the pack header says that it is.
fn info<'b>(
    file: Fields<'_>,
    elf: &Elf<'_>,
    mark: &Mark,
    trailer: Option<u64>,
    budget: &'b Budget,
) -> Result<(u64, Block, Meter<'b>), Gap> {
    let table = u64::from(elf.header.e_phentsize) * u64::from(elf.header.e_phnum);
    let places = [
        mark.offset().checked_add(8),
        elf.header.e_phoff.checked_add(table).and_then(|at| at.checked_add(12)),
        trailer.and_then(|at| file.u32(at.saturating_add(32))).map(u64::from),
    ];
    let mut why = broken("no block of the program's headers was found");
    for place in places.into_iter().flatten() {
        let Some(block) = place.checked_add(12).and_then(|at| Block::read(file, at)) else { continue };
        if block.unpacked > HEADERS_MAX {
            continue;
        }
        let mut head = budget.meter();
        match block.restore(file.range(0, file.len()).unwrap_or_default(), &mut head) {
            Ok(())
                if head.bytes().starts_with(b"\x7fELF") && head.bytes().get(4..6) == elf.header.e_ident.get(4..6) =>
            {
                return Ok((place, block, head));
            }
            Ok(()) => {}
            Err(gap) if gap.reason == GapReason::Malformed => {}
            Err(gap) => why = gap,
        }
    }
    Err(why)
}

/// Kind, place and length of the segments that the program's own headers name, in order.
fn segments(head: Fields<'_>, wide: bool) -> Vec<(u32, Load)> {
    let (table, count) = if wide { (head.u64(32), head.u16(56)) } else { (head.u32(28).map(u64::from), head.u16(44)) };
    let row = if wide { 56 } else { 32 };
    let mut segments = Vec::new();
    for index in 0..u64::from(count.unwrap_or(0)) {
        let Some(at) = table.and_then(|t| t.checked_add(index * row)) else { break };
        let field =
            |narrow_at: u64, wide_at: u64| head.word(at.saturating_add(if wide { wide_at } else { narrow_at }), wide);
        let flags = head.u32(at.saturating_add(if wide { 4 } else { 24 }));
        let (Some(kind), Some(flags)) = (head.u32(at), flags) else { break };
        let (Some(offset), Some(address), Some(len)) = (field(4, 8), field(8, 16), field(16, 32)) else { break };
        segments.push((kind, Load { offset, len, address, execute: flags & 1 != 0 }));
    }
    segments
}

/// The way along the blocks.
struct Walk<'a> {
    file: Fields<'a>,
    elf: &'a Elf<'a>,
    at: u64,
    /// Most bytes of a block; 0 when it is not told.
    block: u64,
    pieces: Vec<Piece>,
    missing: u64,
    /// Whether more may be there than was looked for.
    unsure: bool,
}

impl Walk<'_> {
    /// The block at `at`, when it can be the next part of `len` bytes.
    fn fitting(&self, at: u64, len: u64) -> Option<Block> {
        let block = Block::read(self.file, at)?;
        let full = block.unpacked == self.block && block.unpacked < len;
        (block.unpacked == len || full).then_some(block)
    }

    fn take(&mut self, to: u64, block: Block) {
        self.at = block.end();
        self.pieces.push(Piece { to, source: Source::Packed(block) });
    }

    /// Blocks that make up `len` bytes at `to`. What is left when they end early.
    fn blocks(&mut self, to: u64, len: u64) -> u64 {
        let mut done = 0u64;
        while done < len {
            let Some(block) = self.fitting(self.at, len - done) else { break };
            self.take(to.saturating_add(done), block);
            done = done.saturating_add(block.unpacked);
        }
        len.saturating_sub(done)
    }

    /// A mapped part. In libraries what the dynamic loader needs stays as it is: the data, and what lies before the code.
    fn mapped(&mut self, load: &Load, headers: u64) {
        let skip = if load.offset == 0 { headers.min(load.len) } else { 0 };
        let (to, len) = (load.offset.saturating_add(skip), load.len.saturating_sub(skip));
        if len == 0 {
            return;
        }
        let left = self.blocks(to, len);
        if left == 0 {
            return;
        }
        let from = to.saturating_add(len - left);
        let tail = Block::read(self.file, self.at).filter(|b| load.execute && left == len && b.unpacked < len);
        let raw = left.saturating_sub(tail.map_or(0, |b| b.unpacked));
        let address = load.address.saturating_add(from.saturating_sub(load.offset));
        let held = self.elf.segments.iter().find_map(|s| {
            let inside = address.checked_sub(s.p_vaddr).filter(|_| s.p_type == PT_LOAD)?;
            let end = inside.checked_add(raw)?;
            (end <= s.p_filesz).then(|| s.p_offset.checked_add(inside))?
        });
        match held {
            Some(at) if self.file.range(at, raw).is_some() => {
                self.pieces.push(Piece { to: from, source: Source::Raw(at..at.saturating_add(raw)) });
            }
            _ => self.missing = self.missing.saturating_add(raw),
        }
        if let Some(block) = tail {
            self.take(from.saturating_add(raw), block);
        }
    }

    /// What lies between the mapped parts and behind the last: section table, symbols, padding.
    fn between(&mut self, loads: &[Load], whole: u64, unpacker: u64) {
        let mut sorted = loads.to_vec();
        sorted.sort_by_key(|l| l.offset);
        let mut gaps = Vec::new();
        let mut end = 0u64;
        for load in &sorted {
            if load.offset > end && end > 0 {
                gaps.push((end, load.offset - end));
            }
            end = end.max(load.end());
        }
        if whole > end {
            gaps.push((end, whole - end));
        }
        // A size that was wiped: what lies behind the mapped parts goes as far as there are blocks.
        let wiped = whole < end;
        let Some((_, first)) = gaps.first().copied() else {
            self.unsure |= wiped;
            return;
        };
        let aligned = self.at.saturating_add(3) & !3;
        let guess = aligned.saturating_add(unpacker);
        let last = self.at.saturating_add(UNPACKER_MAX).min(self.file.len().saturating_sub(HEADER));
        let place = if self.fitting(guess, first).is_some() {
            Some(guess)
        } else {
            (self.at..last).find(|at| self.fitting(*at, first).is_some())
        };
        if let Some(place) = place {
            self.at = place;
        }
        for (to, len) in gaps {
            let left = if place.is_some() { self.blocks(to, len) } else { len };
            self.missing = self.missing.saturating_add(left);
        }
        self.unsure |= wiped && place.is_none();
        while let Some(block) = Block::read(self.file, self.at).filter(|_| wiped && place.is_some()) {
            self.take(end, block);
            end = end.saturating_add(block.unpacked);
        }
    }
}
