//! Tar files: v7, ustar, PAX and GNU, read block by block. Every entry is a slice of the archive; nothing is copied but
//! sparse files. Where two readers would take different lengths, both readings are emitted (rules in [`checks`]).
//!
//! The walker is our own, because where readers disagree is what matters; the tests hold it against crate `tar`.

mod checks;
mod header;
mod pax;
mod sparse;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use self::header::{BLOCK, Header, until_nul};
use self::pax::Pax;
use super::entry_name::{self, Names, Twin, shown};
use super::tally::Tallies;
use super::{Entries, Input, Wrapper};
use crate::model::{ByteView, FileKind, Gap, GapReason, Rule};

/// The rules of this wrapper.
pub(crate) const RULES: &[&Rule] = checks::RULES;

/// Opens tar files.
#[derive(Debug, Clone, Copy)]
pub struct Tar;

impl Wrapper for Tar {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Tar]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut walk = Walk {
            view: input.view,
            bytes: input.view,
            at: 0,
            global: Pax::default(),
            pending: Pending::default(),
            names: Names::new(),
            tallies: Tallies::default(),
            readings: 0,
        };
        let result = walk.run(out);
        walk.tallies.into_findings(&mut out.findings);
        result
    }
}

/// What headers before an entry say about it.
#[derive(Debug, Default)]
struct Pending<'a> {
    long_name: Option<&'a [u8]>,
    long_link: Option<&'a [u8]>,
    pax: Option<Pax<'a>>,
}

/// Where a file's stored bytes are, to compare it with another of its name.
type Place = (usize, usize);

/// The state of one walk through one archive.
struct Walk<'a> {
    view: &'a ByteView,
    bytes: &'a [u8],
    at: usize,
    global: Pax<'a>,
    pending: Pending<'a>,
    names: Names<'a, Place>,
    tallies: Tallies,
    /// Other readings that were emitted; each may be as long as the archive.
    readings: u32,
}

/// How many other readings of one archive are emitted.
const READINGS: u32 = 16;
/// Sizes below this fit into a header's own field, so nobody needs to state them twice.
const FITS: u64 = 8 << 30;

/// An entry that is a file.
struct File<'a> {
    name: Cow<'a, [u8]>,
    header: usize,
    data: Range<usize>,
    sparse: Option<sparse::Map>,
    missing: u64,
}

impl<'a> Walk<'a> {
    fn run(&mut self, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        let mut headers = 0_u64;
        loop {
            headers += 1;
            if headers.is_multiple_of(1024) {
                out.budget().check_time()?;
            }
            let Some(header) = Header::at(bytes, self.at) else { return self.end_of_file(out) };
            if header.is_zero() {
                if !self.zero_blocks(out)? {
                    return self.nothing_pending();
                }
            } else if header.has_right_checksum() {
                self.entry(header, out)?;
            } else {
                self.resynchronise(out)?;
            }
        }
    }

    /// Fewer bytes than a header are left.
    fn end_of_file(&self, out: &mut Entries<'_>) -> Result<(), Gap> {
        let rest = self.at.min(self.bytes.len())..self.bytes.len();
        if self.bytes.get(rest.clone()).is_none_or(|b| b.iter().all(|b| *b == 0)) {
            return self.nothing_pending();
        }
        let detail = format!("the last {} bytes are less than a header: the archive is cut off", rest.len());
        self.bytes_child("rest", rest, out)?;
        Err(Gap::malformed(detail))
    }

    /// A gap when an extended header was the last thing.
    fn nothing_pending(&self) -> Result<(), Gap> {
        let pending = &self.pending;
        if pending.pax.is_none() && pending.long_name.is_none() && pending.long_link.is_none() {
            return Ok(());
        }
        Err(Gap::malformed("an extended header at the end describes no entry: the archive is cut off"))
    }

    /// At a zero block. Whether entries follow that are read on.
    fn zero_blocks(&mut self, out: &mut Entries<'_>) -> Result<bool, Gap> {
        let bytes = self.bytes;
        let zeros = bytes.get(self.at..).unwrap_or_default().iter().position(|b| *b != 0);
        let Some(next) = zeros.map(|zeros| self.at + zeros) else { return Ok(false) };
        let block = next - (next - self.at) % BLOCK;
        let is_header = Header::valid_at(bytes, block).is_some();
        if block - self.at == BLOCK && is_header {
            self.tallies.hit(&checks::LONE_ZERO, self.at as u64, BLOCK as u64, String::new);
            self.at = block;
            return Ok(true);
        }
        let rest = if is_header { block } else { next }..bytes.len();
        self.tallies.hit(&checks::AFTER_END, rest.start as u64, rest.len() as u64, || {
            let start = bytes.get(rest.start..bytes.len().min(rest.start + 24)).unwrap_or_default();
            format!("{} bytes: {}", rest.len(), crate::model::finding::printable(start))
        });
        self.bytes_child("after-end", rest, out)?;
        Ok(false)
    }

    /// At a block that is no header: goes on at the next one that is.
    fn resynchronise(&mut self, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        let from = self.at;
        self.pending = Pending::default();
        let is_header = |at: &usize| Header::at(bytes, *at).is_some_and(|h| h.has_magic() && h.has_right_checksum());
        let next = (from + BLOCK..bytes.len()).step_by(BLOCK).find(is_header);
        let end = next.unwrap_or(bytes.len());
        let gap = Gap::malformed(format!(
            "the block at {from} is not a header (its checksum is wrong); {} bytes up to {} were skipped",
            end - from,
            if next.is_some() { "the next header" } else { "the end" }
        ));
        if from == 0 && next.is_none() {
            return Err(gap);
        }
        self.bytes_child("rest", from..end, out)?;
        self.at = end;
        if next.is_none() {
            return Err(gap);
        }
        out.gaps.push(gap);
        Ok(())
    }

    /// The data of a header that describes the next one.
    fn payload(&mut self, header: Header<'a>) -> Result<&'a [u8], Gap> {
        let size = header.size().and_then(|s| usize::try_from(s).ok());
        let start = self.at + BLOCK;
        let data = size.and_then(|size| self.bytes.get(start..start.checked_add(size)?));
        let Some(data) = data else {
            return Err(Gap::malformed(format!("the extended header at {} reaches beyond the end", self.at)));
        };
        self.at = start + data.len().next_multiple_of(BLOCK);
        Ok(data)
    }

    fn entry(&mut self, header: Header<'a>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let at = self.at;
        match header.kind() {
            b'x' | b'X' | b'g' => {
                let pax = Pax::read(self.payload(header)?);
                if let Some(error) = &pax.error {
                    out.gaps.push(Gap::malformed(error.clone()));
                }
                if let Some(key) = pax.twice {
                    self.tallies.hit(&checks::TWICE, at as u64, 0, || key.to_owned());
                }
                if header.kind() == b'g' {
                    self.global = pax.over(&self.global);
                } else {
                    let before = self.pending.pax.replace(pax);
                    if before.is_some_and(|b| Some(&b) != self.pending.pax.as_ref()) {
                        let words = || "two extended headers for one entry".to_owned();
                        self.tallies.hit(&checks::TWICE, at as u64, 0, words);
                    }
                }
            }
            b'L' => {
                let name = until_nul(self.payload(header)?);
                if self.pending.long_name.replace(name).is_some_and(|before| before != name) {
                    self.tallies.hit(&checks::TWICE, at as u64, 0, || shown(name));
                }
            }
            b'K' => self.pending.long_link = Some(until_nul(self.payload(header)?)),
            _ => return self.member(header, out),
        }
        Ok(())
    }

    /// An entry that is something: a file, a folder, a link, a device.
    fn member(&mut self, header: Header<'a>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes = self.bytes;
        let at = self.at;
        let pending = std::mem::take(&mut self.pending);
        let pax = pending.pax.unwrap_or_default().over(&self.global);
        let kind = header.kind();
        let is_link = matches!(kind, b'1' | b'2');

        if let (Some(long), Some(path)) = (pending.long_name, pax.path)
            && long != path
        {
            self.tallies.hit(&checks::TWICE, at as u64, 0, || format!("{} and {}", shown(long), shown(path)));
        }
        let name = match pax.sparse.name.or(pax.path).or(pending.long_name) {
            Some(long) => Cow::Borrowed(long),
            None => header.name(),
        };
        self.names.check(&name, is_link, &entry_name::PATH_ROOTED, at as u64, &mut self.tallies);

        let Some(own) = header.size().or(pax.size) else {
            let gap = Gap::malformed(format!("the size field of the header at {at} is no number")).at(shown(&name));
            out.gaps.push(gap);
            self.at = at + BLOCK;
            return Ok(());
        };
        let mut size = pax.size.unwrap_or(own);
        let mut start = at + BLOCK;
        let mut map = None;
        if kind == b'S' {
            match sparse::of_gnu(bytes, at) {
                Some((found, data)) => (map, start) = (Some(found), data),
                None => out.gaps.push(Gap::malformed("the map of a sparse file is malformed").at(shown(&name))),
            }
        }
        if size != own && size < FITS {
            self.other_size(&name, start, own, size, out)?;
        }
        if is_link || matches!(kind, b'3'..=b'6') {
            size = self.size_without_content(&name, start, size);
        }
        let end = usize::try_from(size).ok().and_then(|s| start.checked_add(s));
        let there = end.unwrap_or(usize::MAX).min(bytes.len()).max(start.min(bytes.len()));
        let data = start.min(there)..there;
        let missing = size - data.len() as u64;
        self.at = end.and_then(|e| e.checked_next_multiple_of(BLOCK)).unwrap_or(usize::MAX);
        if let Some(padding) = bytes.get(there..self.at.min(bytes.len()))
            && let Some(first) = padding.iter().position(|b| *b != 0)
        {
            let place = (there + first) as u64;
            self.tallies.hit(&checks::PADDING, place, (padding.len() - first) as u64, || shown(&name));
        }

        if pax.sparse.is_some() && map.is_none() {
            map = sparse::of_pax(&pax.sparse, bytes.get(data.clone()).unwrap_or_default());
            if map.is_none() {
                out.gaps.push(Gap::malformed("the map of a sparse file is malformed").at(shown(&name)));
            }
        }
        match kind {
            b'1' | b'2' => {
                let target = pax.link.or(pending.long_link).unwrap_or_else(|| header.link());
                self.names.link(&name, target, kind == b'1', at as u64, &mut self.tallies);
            }
            b'3' | b'4' | b'6' => self.tallies.hit(&checks::SPECIAL, at as u64, BLOCK as u64, || shown(&name)),
            b'5' | b'D' | b'V' => {}
            // A v7 header has no kind for folders, only the slash.
            0 if name.ends_with(b"/") => {}
            _ => {
                if header.mode() & 0o6000 != 0 {
                    self.tallies.hit(&checks::SETUID, at as u64, BLOCK as u64, || shown(&name));
                }
                if kind == b'M' {
                    let gap = Gap::malformed("begins in another volume of the archive").at(shown(&name));
                    out.gaps.push(gap);
                }
                return self.file(File { name, header: at, data, sparse: map, missing }, out);
            }
        }
        // Folders and links have no content; where there is some, nobody would look at it.
        if data.is_empty() { Ok(()) } else { self.bytes_child("content", data, out) }
    }

    fn file(&mut self, file: File<'a>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let File { name, header, data, sparse, missing } = file;
        let bytes = self.bytes;
        let text = shown(&name);
        let is_prose = entry_name::is_prose(&name);
        let rule = match self.names.add(name, (data.start, data.end)) {
            Twin::New => None,
            Twin::Folded => Some(&checks::FOLDED),
            Twin::Same(before) if bytes.get(before.0..before.1) == bytes.get(data.clone()) || is_prose => {
                Some(&checks::DUPLICATE_SAME)
            }
            Twin::Same(_) => Some(&checks::DUPLICATE),
        };
        if let Some(rule) = rule {
            self.tallies.hit(rule, header as u64, BLOCK as u64, || text.clone());
        }
        let Some(view) = self.view.slice(data) else { return Ok(()) };
        let there = view.len();
        match sparse {
            None => out.member("tar", &text, view)?,
            Some(map) => out.deferred("tar", &text, move |budget| map.expand(&view, budget))?,
        }
        if missing > 0 {
            let detail = format!("cut off: {there} bytes are there, {missing} are missing");
            return Err(Gap::malformed(detail).at(text));
        }
        Ok(())
    }

    /// An entry has two sizes: emits what the reader of the header's own one sees besides.
    fn other_size(&mut self, name: &[u8], start: usize, own: u64, size: u64, out: &mut Entries<'_>) -> Result<(), Gap> {
        self.tallies.hit(&checks::SIZES, start.saturating_sub(BLOCK) as u64, BLOCK as u64, || {
            format!("{}: {own} in its header, {size} in its extended header", shown(name))
        });
        let end = |size: u64| {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            start.saturating_add(size).min(self.bytes.len())
        };
        let range = if own < size {
            // That reader finds its next header inside of the content.
            let next = start.saturating_add(usize::try_from(own).unwrap_or(usize::MAX).next_multiple_of(BLOCK));
            next.min(end(size))..end(size)
        } else {
            start.min(end(own))..end(own)
        };
        if range.is_empty() {
            return Ok(());
        }
        self.readings += 1;
        if self.readings > READINGS {
            let detail = format!("more than {READINGS} entries have two sizes; other readings were not examined");
            return Err(Gap::new(GapReason::Limit, detail).at(shown(name)));
        }
        self.bytes_child("other-reading", range, out)
    }

    /// How many bytes after the header of a link, folder or device are its own: none, unless only a reader that skips
    /// them finds the next header.
    fn size_without_content(&mut self, name: &[u8], start: usize, size: u64) -> u64 {
        if size == 0 {
            return 0;
        }
        let is_next = |at: usize| match Header::at(self.bytes, at) {
            Some(header) => header.is_zero() || header.has_right_checksum(),
            None => at == self.bytes.len(),
        };
        let skipped = usize::try_from(size).ok().and_then(|s| start.checked_add(s)?.checked_next_multiple_of(BLOCK));
        let (near, far) = (is_next(start), skipped.is_some_and(is_next));
        let is_hiding = near && far && Header::valid_at(self.bytes, start).is_some();
        if is_hiding {
            self.tallies.hit(&checks::HEADER_ONLY, start as u64, size, || format!("{}: {size} bytes", shown(name)));
        }
        if near || !far { 0 } else { size }
    }

    /// Emits a range of the archive as a file of its own.
    fn bytes_child(&self, what: &str, range: Range<usize>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let start = range.start;
        match self.view.slice(range) {
            Some(view) => out.bytes(what.to_owned(), start as u64, view),
            None => Ok(()),
        }
    }
}
