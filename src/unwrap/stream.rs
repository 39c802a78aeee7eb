//! What all compressed streams share: driving a push decoder against the metered buffer, handing on what came out
//! before an error, and looking at what follows the end of the stream.

use crate::limits::Meter;
use crate::model::{Evidence, Gap, GapReason, Span};
use crate::rule;

use super::{Entries, Input};

rule! {
    /// Bytes follow the end of a compressed stream or archive that belong to nothing in it. Readers differ: some
    /// ignore them, some refuse the file, some go on reading. That makes them a place for a second payload that an
    /// unpacker never shows, and for markers that a loader looks for. Zero padding is not reported; honest
    /// look-alikes are signatures that a tool appends to an archive and padding with other bytes. What follows is
    /// looked at like any other file.
    pub(crate) TRAILING_BYTES = "container-trailing-bytes" in "bin/overlay";
    severity: Low, confidence: Likely,
    title: "Bytes follow the end of the stream or archive",
    reference: "https://attack.mitre.org/techniques/T1027/001/",
}

/// The largest dictionary or window that a header may ask for, in bytes. `xz -9` asks for 64 MiB,
/// `zstd --ultra -22` for 128 MiB.
pub(super) const DICTIONARY_MAX: u64 = 256 << 20;

/// Size of the buffer between a decoder and the meter.
pub(super) const CHUNK: usize = 64 << 10;

/// What one call of a push decoder did.
pub(super) struct Pushed {
    /// Bytes taken from the input.
    pub(super) consumed: usize,
    /// Bytes written to the output, valid also when `state` is an error.
    pub(super) produced: usize,
    /// Whether the stream goes on, is over, or is broken.
    pub(super) state: Result<Progress, Gap>,
}

/// Whether a stream goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    More,
    End,
}

/// How far a stream was decoded.
pub(super) struct Decoded {
    /// Bytes of the input that belong to the stream.
    pub(super) used: usize,
    /// Why it was not decoded to its end, if it was not.
    pub(super) state: Result<(), Gap>,
}

impl Decoded {
    /// A stream that broke at `used`.
    pub(super) fn broken(used: usize, gap: Gap) -> Self {
        Self { used, state: Err(gap) }
    }
}

/// Drives `push` over one stream of `input` until it ends, breaks or a limit stops it. `buffer` is scratch space;
/// `push` sees at most what `feed` allows of the input, given the position.
pub(super) fn pump(
    input: &[u8],
    meter: &mut Meter<'_>,
    buffer: &mut [u8],
    feed: impl Fn(usize) -> usize,
    mut push: impl FnMut(&[u8], bool, &mut [u8]) -> Pushed,
) -> Decoded {
    let mut used = 0;
    loop {
        let rest = input.get(used..).unwrap_or_default();
        let part = rest.get(..feed(used)).unwrap_or(rest);
        let last = part.len() == rest.len();
        let pushed = push(part, last, buffer);
        used = used.saturating_add(pushed.consumed).min(input.len());
        let fresh = buffer.get(..pushed.produced).unwrap_or_default();
        if let Err(e) = std::io::Write::write_all(meter, fresh) {
            return Decoded::broken(used, meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())));
        }
        match pushed.state {
            Ok(Progress::End) => return Decoded { used, state: Ok(()) },
            Ok(Progress::More) if pushed.consumed == 0 && pushed.produced == 0 && last => {
                return Decoded::broken(used, ends_early(input.len()));
            }
            Ok(Progress::More) => {}
            Err(gap) => return Decoded::broken(used, located(gap, used)),
        }
    }
}

/// Everything that is left, for decoders that keep nothing back when they fail.
pub(super) fn everything(_: usize) -> usize {
    usize::MAX
}

/// Small pieces first, for decoders that lose what they made of one piece when they fail in it.
pub(super) fn careful(used: usize) -> usize {
    (used / 8).clamp(4, 4096)
}

/// The gap of a stream that is cut off.
pub(super) fn ends_early(len: usize) -> Gap {
    Gap::malformed(format!("the stream is not over at the end of its {len} bytes"))
}

/// The same gap with the place in the input, unless it is about a limit.
pub(super) fn located(mut gap: Gap, at: usize) -> Gap {
    if gap.reason == GapReason::Malformed {
        gap.detail = format!("broken at or before byte {at}: {}", gap.detail);
    }
    gap
}

/// Emits what a stream decoded to, also when it is not all of it, and looks at what follows its end.
pub(super) fn finish(
    format: &'static str,
    input: &Input<'_, '_>,
    out: &mut Entries<'_>,
    meter: Meter<'_>,
    decoded: Decoded,
) -> Result<(), Gap> {
    if decoded.state.is_ok() || !meter.bytes().is_empty() {
        out.stream(format, crate::identify::stripped_name(input.name, input.kind), meter.finish())?;
    }
    decoded.state?;
    trailing(input, out, decoded.used)
}

/// Hands on the bytes from `end` as a child and reports them, unless there are none or they are zero padding.
pub(super) fn trailing(input: &Input<'_, '_>, out: &mut Entries<'_>, end: usize) -> Result<(), Gap> {
    let Some(rest) = input.view.slice(end..input.view.len()) else { return Ok(()) };
    if rest.iter().all(|b| *b == 0) {
        return Ok(());
    }
    let mut evidence = Evidence::at(input.view, end, rest.len());
    evidence.span = Some(Span::bytes(end as u64, rest.len() as u64));
    evidence.note = format!("{} of {} bytes", rest.len(), input.view.len());
    out.findings.push(TRAILING_BYTES.finding(evidence));
    out.bytes("trailing".to_owned(), end as u64, rest)
}
