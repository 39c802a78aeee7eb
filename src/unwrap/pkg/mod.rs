//! Executables made by `pkg` (vercel, and the continuation by yao): a patched `node`, the files of the program one after
//! the other (the payload), and a script (the prelude) that knows where each of them lies.
//!
//! Where payload and prelude lie stands in Node's own built-in script, as decimals padded with blanks
//! (`var PAYLOAD_POSITION = '46205192              ' | 0;`); newer base binaries hold it in compiled code only, then the
//! prelude is found by its first words and the payload ends where it begins. Each file of the program has stores: V8
//! bytecode (0), content (1), the names in a folder (2), file information (3).
//!
//! Layout: pkg 5.8 and @yao-pkg/pkg 6, `lib-es5/producer.js`, `packer.js`, `prelude/bootstrap.js`.

mod prelude;
pub(super) mod sea;
mod stores;
#[cfg(test)]
mod tests;

use std::ops::Range;

use memchr::memmem;

use self::prelude::Prelude;
use super::{Entries, Input, Wrapper, carrier};
use crate::model::{FileKind, Gap};
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Pkg;

const FORMAT: &str = "pkg";
/// The first words of a prelude, up to what the marker holds.
const HEAD: &[u8] = b"(function(process, require, console, ";
/// Places that are tried as the start of a prelude.
const PRELUDES_MAX: usize = 8;
/// How far behind the first decimal the others may stand.
const NEAR: usize = 2048;

impl Wrapper for Pkg {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        if let Some((at, place)) = marks.of(Marker::Pkg).find_map(|at| Some((at, Place::read(input.view, at)?))) {
            out.wrapped("pkg", at as u64);
            return place.open(input, out);
        }
        // A prelude that is not announced counts only when it is one to its end.
        for at in marks.of(Marker::PkgPrelude).take(PRELUDES_MAX) {
            let Some(start) = at.checked_sub(HEAD.len()) else { continue };
            let Some(prelude) = Prelude::find(input.view, start) else { continue };
            let Some(payload) = start.checked_sub(prelude.payload_len()) else { continue };
            out.wrapped("pkg", start as u64);
            return stores::open(input, out, &prelude, payload..start);
        }
        Ok(())
    }
}

/// Where the built-in script says that payload and prelude lie.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    payload: u64,
    payload_len: u64,
    prelude: u64,
    prelude_len: u64,
}

impl Place {
    /// Reads the four decimals; `None` in a base binary that was not filled in.
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let text = bytes.get(at..bytes.len().min(at.saturating_add(NEAR)))?;
        let number = |name: &str| {
            let from = memmem::find(text, format!("var {name} = '").as_bytes())?;
            let rest = text.get(from.checked_add(name.len())?.checked_add(8)?..)?;
            let digits = rest.get(..rest.iter().take(32).position(|b| *b == b'\'')?)?;
            std::str::from_utf8(digits).ok()?.trim_end_matches(' ').parse().ok()
        };
        Some(Self {
            payload: number("PAYLOAD_POSITION")?,
            payload_len: number("PAYLOAD_SIZE")?,
            prelude: number("PRELUDE_POSITION")?,
            prelude_len: number("PRELUDE_SIZE")?,
        })
    }

    fn open(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let size = input.view.len();
        let inside = |at, len| carrier::range(at, len).filter(|r: &Range<usize>| r.end <= size);
        let payload = inside(self.payload, self.payload_len);
        let prelude = inside(self.prelude, self.prelude_len);
        let (Some(payload), Some(prelude_at)) = (payload, prelude) else {
            let detail = format!(
                "the file of {size} bytes should hold a payload of {} bytes at {} and a prelude of {} bytes at {}",
                self.payload_len, self.payload, self.prelude_len, self.prelude
            );
            let there = usize::try_from(self.payload).unwrap_or(size)..size;
            return carrier::unread(FORMAT, "payload", input.view, there, out, Gap::malformed(detail));
        };
        match Prelude::parse(input.view, prelude_at.clone()) {
            Ok(prelude) => stores::open(input, out, &prelude, payload),
            Err(gap) => {
                out.part(FORMAT, "prelude.js", input.view, prelude_at)?;
                carrier::unread(FORMAT, "payload", input.view, payload, out, gap)
            }
        }
    }
}
