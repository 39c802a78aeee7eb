//! Files behind a one-file program: `KA`, then `X` (plain) or `Y` (Zstandard), then for each file its name and a zero, a
//! byte of flags (not on Windows; bit 1: it is a link, and where it points follows), 64 bits of length, a CRC-32 where
//! files are kept between runs, and its bytes; an empty name ends it. With `Y` all of that is one stream, or each file is
//! one, with its packed length in 32 bits before it. Names are UTF-16 on Windows. The last eight bytes of the program are
//! the payload's length; newer ones have it in their data, where the
//! compressed stream tells its end; on Windows it may be a resource, on macOS a section.

use super::super::entry_name::shown;
use super::super::{Entries, Input, Produced, zstd};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens the payload, if there is one.
///
/// # Errors
/// A limit.
pub(super) fn open(input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(Payload { start, mut end, certain }) = payload(input) else { return Ok(()) };
    let Some(view) = input.view.slice(start..end) else { return Ok(()) };
    let body = view.slice(3..view.len()).unwrap_or_else(|| view.clone());
    let packed = view.get(2) == Some(&b'Y');
    let stream = packed && body.starts_with(b"\x28\xb5\x2f\xfd");
    let (body, broken) = if stream {
        let mut meter = out.budget().meter();
        let (used, state) = zstd::first_frame(&body, &mut meter);
        end = end.min(start.saturating_add(3).saturating_add(used));
        (meter.finish(), state.err())
    } else {
        (body, None)
    };
    let shape = Shape::all(packed && !stream).find_map(|shape| {
        let files = shape.walk(&body);
        (!files.0.is_empty() && (files.1 || broken.is_some())).then_some((shape, files.0))
    });
    let Some((shape, files)) = shape else {
        // Three bytes alone prove nothing.
        if certain || stream && !body.is_empty() {
            out.wrapped("Nuitka onefile", start as u64);
            let detail = "the files behind the program are not laid out as known";
            out.gaps.push(broken.unwrap_or_else(|| Gap::malformed(detail)));
            out.bytes("payload".to_owned(), start as u64, if stream { body } else { view })?;
        }
        return Ok(());
    };
    out.wrapped("Nuitka onefile", start as u64);
    for file in files {
        let Some(data) = body.slice(file.start..file.end) else { continue };
        let name = shown(&file.name);
        if !shape.packed {
            out.member("nuitka", &name, data)?;
            continue;
        }
        out.deferred("nuitka", &name, move |budget| {
            let mut meter = budget.meter();
            let (_, state) = zstd::first_frame(&data, &mut meter);
            Produced { view: meter.finish(), gap: state.err(), findings: Vec::new() }
        })?;
    }
    out.account(start..end);
    out.gaps.extend(broken);
    Ok(())
}

/// Where the payload lies.
struct Payload {
    start: usize,
    end: usize,
    /// Whether its length is told as it should be, so that it is no chance.
    certain: bool,
}

/// Where the payload lies: before its length at the end, or at the start of a resource or section.
fn payload(input: &Input<'_, '_>) -> Option<Payload> {
    let bytes: &[u8] = input.view;
    let fields = Fields::new(bytes, true);
    let is_head = |at: u64| matches!(fields.range(at, 3), Some(b"KAX" | b"KAY"));
    let range = |start: u64, end: u64, certain| {
        Some(Payload { start: usize::try_from(start).ok()?, end: usize::try_from(end).ok()?, certain })
    };
    let certificates = match input.file.pe() {
        Some(Ok(pe)) => pe.certificates().map(|(at, _)| at).filter(|at| *at > 8),
        _ => None,
    };
    for end in [Some(fields.len()), certificates].into_iter().flatten() {
        let Some(last) = end.checked_sub(8) else { continue };
        let start = fields.u64(last).and_then(|len| last.checked_sub(len));
        if let Some(start) = start.filter(|s| is_head(*s)) {
            return range(start, last, true);
        }
    }
    if let Some(Ok(pe)) = input.file.pe()
        && let Some(resource) = pe.resources.iter().find(|r| r.len > 3 && is_head(r.offset))
    {
        return range(resource.offset, resource.offset + resource.len, false);
    }
    // A stream whose length nothing tells.
    if let Some(at) = input.file.markers().of(Marker::NuitkaPayload).next() {
        return Some(Payload { start: at, end: bytes.len(), certain: false });
    }
    let mut regions = input.file.images().iter().flat_map(|i| i.regions.iter());
    let region = regions.find(|r| r.len > 3 && is_head(r.offset))?;
    range(region.offset, region.offset.checked_add(region.len)?.min(fields.len()), false)
}

/// How entries are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    wide: bool,
    flags: bool,
    checksum: bool,
    /// Whether each file is packed by itself.
    packed: bool,
}

fn sum_of(content: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum()
}

struct File {
    name: Vec<u8>,
    start: usize,
    end: usize,
}

impl Shape {
    fn all(packed: bool) -> impl Iterator<Item = Self> {
        let wide = [(false, true), (true, false), (false, false)];
        wide.into_iter().flat_map(move |(wide, flags)| {
            [true, false].into_iter().map(move |checksum| Self { wide, flags, checksum, packed })
        })
    }

    /// The files, and whether the list ends as it should.
    fn walk(self, body: &ByteView) -> (Vec<File>, bool) {
        let fields = Fields::new(body, true);
        let (mut files, mut at) = (Vec::new(), 0u64);
        loop {
            let Some((name, next)) = self.name(&fields, at) else { return (files, false) };
            if name.is_empty() {
                return (files, true);
            }
            at = next;
            if self.flags {
                let Some(flags) = fields.u8(at).filter(|f| *f < 4) else { return (files, false) };
                at += 1;
                if flags & 2 != 0 {
                    let Some((_, next)) = self.name(&fields, at) else { return (files, false) };
                    at = next;
                    continue;
                }
            }
            let Some(size) = fields.u64(at) else { return (files, false) };
            let sum = fields.u32(at + 8).filter(|_| self.checksum);
            at += 8 + 4 * u64::from(self.checksum);
            let mut len = size;
            if self.packed {
                let Some(packed) = fields.u32(at) else { return (files, false) };
                len = u64::from(packed);
                at += 4;
            }
            let end = at.saturating_add(len);
            let (Ok(start), Ok(until)) = (usize::try_from(at), usize::try_from(end)) else { return (files, false) };
            let Some(content) = fields.range(at, len) else { return (files, false) };
            // The first file proves the layout, where it can.
            let proven = match sum {
                _ if self.packed => content.starts_with(b"\x28\xb5\x2f\xfd"),
                Some(sum) => sum == 1 || sum == sum_of(content),
                None => true,
            };
            if files.is_empty() && !proven {
                return (files, false);
            }
            files.push(File { name, start, end: until });
            at = end;
        }
    }

    /// A name, as UTF-8, and where it ends.
    fn name(self, fields: &Fields<'_>, at: u64) -> Option<(Vec<u8>, u64)> {
        const LONGEST: u64 = 4096;
        if !self.wide {
            let name = fields.text(at, LONGEST)?;
            let end = at + name.len() as u64;
            return (fields.u8(end) == Some(0)).then(|| (name.to_vec(), end + 1));
        }
        let mut units = Vec::new();
        for i in 0..LONGEST {
            match fields.u16(at + 2 * i)? {
                0 => return Some((String::from_utf16_lossy(&units).into_bytes(), at + 2 * i + 2)),
                unit => units.push(unit),
            }
        }
        None
    }
}
