//! The zip family: zip, wheel, jar, vsix, nupkg, xpi, conda, zip applications with a stub before them, and Chrome's
//! crx. All entries are emitted, by every reading of the file that some unpacker may have: listed in the central
//! directory, in a second directory, or only present by their local headers. Bytes that belong to no entry are emitted
//! as files of their own. What two readers would see differently is a finding (rules in [`checks`]).
//!
//! References: PKWARE APPNOTE 6.3.10; `Cr24` header: <https://chromium.googlesource.com/chromium/src/+/HEAD/components/crx_file/>.

mod checks;
mod crypto;
mod decode;
mod directory;
mod header;
mod layout;
mod recover;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::io::Read as _;
use std::sync::Arc;

use self::crypto::Encryption;
use self::decode::{Job, Shared};
use self::directory::Directory;
use self::header::{Central, Common, Local};
use self::layout::{Extent, Layout};
use super::entry_name::{self, Names, Twin, shown};
use super::tally::Tallies;
use super::{Entries, Input, Wrapper};
use crate::model::{ByteView, FileKind, Gap, GapReason, Rule};

/// The rules of this wrapper.
pub(crate) const RULES: &[&Rule] = checks::RULES;

/// Opens zip files and what is built on them.
#[derive(Debug, Clone, Copy)]
pub struct Zip;

impl Wrapper for Zip {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Zip, FileKind::Crx]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut archive = Archive {
            view: input.view,
            bytes: input.view,
            shared: Shared::new(input.passwords),
            tallies: Tallies::default(),
            names: Names::new(),
            layout: Layout::default(),
            handed: 0,
        };
        let from = if input.kind == FileKind::Crx { crx_header(input.view) } else { 0 };
        let result = archive.read(from, out);
        archive.tallies.into_findings(&mut out.findings);
        result
    }
}

/// The length of a crx file's header: version 2 has a key and a signature, version 3 one block of both.
fn crx_header(bytes: &[u8]) -> usize {
    let number = |at| header::u32_at(bytes, at).map_or(0, |n| n as usize);
    let len = match number(4) {
        2 => number(8).saturating_add(number(12)).saturating_add(16),
        3 => number(8).saturating_add(12),
        _ => 0,
    };
    len.min(bytes.len())
}

/// What a path's content is, as far as the directory tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Content {
    crc: u32,
    size: u64,
}

/// The state of one walk through one archive.
struct Archive<'a> {
    view: &'a ByteView,
    bytes: &'a [u8],
    shared: Arc<Shared>,
    tallies: Tallies,
    names: Names<'a, Content>,
    layout: Layout<'a>,
    /// Bytes of the archive that were handed out so far.
    handed: u64,
}

/// Packed bytes and what they are said to be.
struct Packed<'a> {
    common: Common<'a>,
    data: usize,
    crc: Option<u32>,
    size: Option<u64>,
    /// How many bytes are known to be missing.
    missing: u64,
}

/// How often the bytes of one archive are handed out at most.
const OFTEN: u64 = 16;
/// An unpacked size from which a ratio is looked at, and the ratio that is absurd.
const RATIO_FROM: u64 = 16 << 20;
const RATIO: u64 = 1000;

impl<'a> Archive<'a> {
    fn read(&mut self, from: usize, out: &mut Entries<'_>) -> Result<(), Gap> {
        let directories = directory::find(self.bytes);
        let Some((main, others)) = directories.split_first() else {
            return self.recover(from, out);
        };
        let broken = match self.directory(main, None, out) {
            Ok(broken) => broken,
            Err(gap) => {
                // What was seen until a limit is still worth a word.
                self.layout.overlaps(self.bytes.len(), &mut self.tallies);
                return Err(gap);
            }
        };
        if !others.is_empty() {
            let mut seen: HashSet<_> = main.headers(self.bytes).map(|h| (main.place(&h), h.common.name)).collect();
            for other in others {
                self.tallies.hit(&checks::SECOND_DIRECTORY, other.start as u64, 0, || {
                    "the end record can be followed to two directories".to_owned()
                });
                self.directory(other, Some(&mut seen), out)?;
            }
        }
        self.layout.overlaps(self.bytes.len(), &mut self.tallies);
        self.unaccounted(main, from, out)?;
        broken.map_or(Ok(()), Err)
    }

    /// Emits the entries of one directory, except those in `seen`. Returns the gap when it ends too soon.
    fn directory(
        &mut self,
        directory: &Directory,
        mut seen: Option<&mut HashSet<(Option<usize>, &'a [u8])>>,
        out: &mut Entries<'_>,
    ) -> Result<Option<Gap>, Gap> {
        let mut count = 0_u64;
        let mut end = directory.start;
        for header in directory.headers(self.bytes) {
            count += 1;
            end = header.end;
            if count.is_multiple_of(256) {
                out.budget().check_time()?;
            }
            let place = directory.place(&header);
            if seen.as_mut().is_none_or(|s| s.insert((place, header.common.name))) {
                self.entry(&header, place, out)?;
            }
        }
        self.layout.known(directory.start..end);
        self.layout.known(directory.limit..directory.comment.end);
        let agrees = count == directory.promised || directory.is_short && count & 0xffff == directory.promised;
        if agrees {
            return Ok(None);
        }
        let words = format!("{count} entries, where the end record states {}", directory.promised);
        self.tallies.hit(&checks::COUNT, directory.end_record as u64, 22, || words.clone());
        let is_cut = count < directory.promised && end < directory.limit;
        Ok(is_cut.then(|| Gap::malformed(format!("the central directory breaks off: {words}"))))
    }

    /// Emits one listed entry and reports what is wrong with it.
    fn entry(&mut self, central: &Central<'a>, place: Option<usize>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let common = central.common;
        let at = central.at as u64;
        self.name(&common, central.is_link(), at);
        self.large_fields(central, out)?;
        let Some((place, local)) = place.and_then(|p| Some((p, Local::read(self.bytes, p)?))) else {
            let name = shown(common.name);
            self.tallies.hit(&checks::OUTSIDE, at, 46, || name.clone());
            let detail = format!("no local header at {} of {} bytes", central.offset, self.bytes.len());
            out.gaps.push(Gap::malformed(detail).at(name));
            return Ok(());
        };
        let stated = usize::try_from(common.packed).unwrap_or(usize::MAX);
        let end = local.data.saturating_add(stated);
        let there = end.min(self.bytes.len());
        let tail = self.descriptor(central, &local, there);
        self.layout.entry(Extent { start: place, end: there + tail, name: common.name, packed: common.packed });

        let difference = checks::compare(central, &local);
        for (words, rule) in [(&difference.grave, &checks::HEADERS), (&difference.minor, &checks::HEADERS_MINOR)] {
            if !words.is_empty() {
                self.tallies.hit(rule, place as u64, 30, || format!("{}: {}", shown(common.name), words.join(", ")));
            }
        }
        if central.is_folder() && !difference.is_other_file {
            return Ok(());
        }
        self.duplicate(&common, at, false);
        if common.size > RATIO_FROM && common.size / common.packed.max(1) >= RATIO {
            self.tallies.hit(&checks::RATIO, at, 46, || {
                format!("{}: {} bytes from {}", shown(common.name), common.size, common.packed)
            });
        }
        let missing = (end - there) as u64;
        if central.is_link() {
            self.link(&common, local.data..there, at);
        }
        let packed = Packed { common, data: local.data, crc: Some(common.crc), size: Some(common.size), missing };
        self.emit(packed, there, out)?;
        if difference.is_other_file {
            self.other_reading(&local, there, out)?;
        }
        Ok(())
    }

    /// Emits the content that a reader of the local header sees, when it is another than the directory's.
    fn other_reading(&mut self, local: &Local<'a>, listed_end: usize, out: &mut Entries<'_>) -> Result<(), Gap> {
        let mut common = local.common;
        self.names.check(common.name, false, &entry_name::PATH_ABSOLUTE, local.data as u64, &mut self.tallies);
        let deferred = common.flags & header::DESCRIBED != 0;
        let end = if deferred && matches!(common.packed, 0 | 0xffff_ffff) {
            listed_end
        } else {
            let stated = usize::try_from(common.packed).unwrap_or(usize::MAX);
            local.data.saturating_add(stated).min(self.bytes.len())
        };
        if end < local.data {
            return Ok(());
        }
        common.packed = (end - local.data) as u64;
        // Its promises were reported as a contradiction already; here only the content matters.
        self.emit(Packed { common, data: local.data, crc: None, size: None, missing: 0 }, end, out)
    }

    /// Reports what is wrong with an entry's name, or with its second one.
    fn name(&mut self, common: &Common<'a>, is_link: bool, at: u64) {
        self.names.check(common.name, is_link, &entry_name::PATH_ABSOLUTE, at, &mut self.tallies);
        if let Some(other) = common.other_name() {
            self.names.check(other, is_link, &entry_name::PATH_ABSOLUTE, at, &mut self.tallies);
            if common.name.is_ascii() && !common.name.contains(&b'?') || checks::ends_differently(common.name, other) {
                let words = || format!("{} and {}", shown(common.name), shown(other));
                self.tallies.hit(&checks::SECOND_NAME, at, 46, words);
            }
        }
    }

    fn duplicate(&mut self, common: &Common<'a>, at: u64, is_unlisted: bool) {
        let content = Content { crc: common.crc, size: common.size };
        let rule = match self.names.add(common.name, content) {
            Twin::New => return,
            Twin::Folded if is_unlisted => return,
            Twin::Folded => &checks::FOLDED,
            Twin::Same(before) if before == content => &checks::DUPLICATE_SAME,
            Twin::Same(_) if entry_name::is_prose(common.name) => &checks::DUPLICATE_PROSE,
            Twin::Same(_) => &checks::DUPLICATE,
        };
        self.tallies.hit(rule, at, 46, || shown(common.name));
    }

    /// The length of the data descriptor after an entry.
    fn descriptor(&mut self, central: &Central<'a>, local: &Local<'a>, end: usize) -> usize {
        let common = central.common;
        if (common.flags | local.common.flags) & header::DESCRIBED == 0 {
            return 0;
        }
        if let Some(len) = header::descriptor_len(self.bytes, end, common.crc, common.packed, common.size) {
            return len;
        }
        let Some(rest) = self.bytes.get(end..).filter(|r| r.starts_with(header::DESCRIPTOR)) else { return 0 };
        let crc = header::u32_at(rest, 4).unwrap_or(0);
        match header::descriptor_len(self.bytes, end, crc, common.packed, common.size) {
            // Encrypted entries have the checksum in one place only.
            Some(len) if common.flags & header::ENCRYPTED != 0 => len,
            len => {
                self.tallies.hit(&checks::HEADERS, end as u64, 16, || {
                    format!("{}: the data descriptor after it states something else", shown(common.name))
                });
                len.unwrap_or(16).min(rest.len())
            }
        }
    }

    /// Notes a symbolic link; its content is the target.
    fn link(&mut self, common: &Common<'a>, data: std::ops::Range<usize>, at: u64) {
        const LONGEST: usize = 4096;
        let packed = self.bytes.get(data).unwrap_or_default();
        let mut target = Vec::new();
        match common.method {
            0 => target.extend_from_slice(packed.get(..packed.len().min(LONGEST)).unwrap_or_default()),
            8 => {
                // A target that does not unpack is reported when the entry is unpacked.
                let _ = flate2::bufread::DeflateDecoder::new(packed).take(LONGEST as u64).read_to_end(&mut target);
            }
            _ => {}
        }
        self.names.link(common.name, &target, false, at, &mut self.tallies);
    }

    /// Hands one entry to the engine.
    fn emit(&mut self, packed: Packed<'a>, end: usize, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Packed { common, data, crc, size, missing } = packed;
        self.hand_out(end.saturating_sub(data))?;
        let name = shown(common.name);
        let view = self.view.slice(data..end.max(data)).unwrap_or_else(|| ByteView::from_vec(Vec::new()));
        let cut = (missing > 0).then(|| {
            let there = view.len();
            Gap::malformed(format!("cut off: {there} packed bytes are there, at least {missing} are missing"))
        });
        let (encryption, method) = encryption(&common);
        let without_crc = matches!(encryption, Encryption::Aes(field) if field.version != 1);
        let job = Job {
            data: view,
            offset: data as u64,
            name: name.clone(),
            method,
            encryption,
            flags: common.flags,
            crc: crc.filter(|crc| !(without_crc && *crc == 0)),
            size,
            cut,
            shared: Arc::clone(&self.shared),
        };
        out.deferred("zip", &name, move |budget| job.run(budget))
    }

    /// Emits comments and extra fields that hold more than such fields do.
    fn large_fields(&mut self, central: &Central<'a>, out: &mut Entries<'_>) -> Result<(), Gap> {
        const LARGE: usize = 1024;
        let comment_at = central.end - central.comment.len();
        let extra_at = comment_at - central.common.extra.len();
        for (what, field, at) in [("extra", central.common.extra, extra_at), ("comment", central.comment, comment_at)] {
            if field.len() < LARGE || field.iter().all(|b| *b == 0) {
                continue;
            }
            self.tallies.hit(&checks::LARGE_FIELD, at as u64, field.len() as u64, || {
                format!("{}: {} bytes of {what}", shown(central.common.name), field.len())
            });
            self.bytes_child(what, at..at + field.len(), out)?;
        }
        Ok(())
    }

    /// Counts the bytes that children are made of. Honest entries do not share any; a file whose entries all are the
    /// same long range would cost as much time as there are entries.
    fn hand_out(&mut self, bytes: usize) -> Result<(), Gap> {
        let file = self.bytes.len() as u64;
        self.handed = self.handed.saturating_add(bytes as u64);
        if self.handed > file.saturating_mul(OFTEN).saturating_add(RATIO_FROM) {
            let detail = format!("entries overlap so much that {file} bytes would be read over {OFTEN} times");
            return Err(Gap::new(GapReason::Limit, detail));
        }
        Ok(())
    }

    /// Emits a range of the archive as a file of its own.
    fn bytes_child(&mut self, what: &str, range: std::ops::Range<usize>, out: &mut Entries<'_>) -> Result<(), Gap> {
        self.hand_out(range.len())?;
        let start = range.start;
        match self.view.slice(range) {
            Some(view) => out.bytes(what.to_owned(), start as u64, view),
            None => Ok(()),
        }
    }
}

/// How an entry is encrypted, and its compression under that.
fn encryption(common: &Common<'_>) -> (Encryption, u16) {
    const AES: u16 = 99;
    if common.method == AES {
        return match common.aes() {
            Some(field) if (1..=3).contains(&field.strength) => (Encryption::Aes(field), field.method),
            _ => (Encryption::Unknown("AES, without a valid field that says how"), AES),
        };
    }
    if common.flags & header::ENCRYPTED == 0 {
        return (Encryption::None, common.method);
    }
    if common.flags & header::STRONG != 0 {
        return (Encryption::Unknown("PKWARE strong encryption"), common.method);
    }
    let checks = [(common.crc >> 24) as u8, (common.time >> 8) as u8];
    (Encryption::Traditional { checks }, common.method)
}
