//! A light lexical map of scripts: which bytes are code, comment, string or docstring.
//!
//! It serves to demote findings in comments and docstrings, so its one promise is one-sided: bytes that a real
//! interpreter runs are never called [`Region::Comment`] or [`Region::Docstring`]. Wherever two readings of the bytes
//! are possible (a `/` after `}`, JSX, an HTML comment in a script, a source encoding that is not a superset of
//! ASCII) the map stops and everything after that point is [`Region::Code`].
//!
//! The scanners are state machines with explicit stacks, never recursive, linear in the size of the file, and bounded
//! in memory by [`MAX_RUNS`].

mod javascript;
mod python;
mod shell;

use std::ops::Range;

use crate::model::FileKind;

/// What a byte of a script belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Region {
    /// Code, and everything that cannot be told for certain.
    Code,
    /// A comment.
    Comment,
    /// A string literal with its quotes, or a regular expression.
    String,
    /// A Python string that is a whole statement.
    Docstring,
}

impl Region {
    /// Whether an interpreter reads over it.
    #[must_use]
    pub fn is_inert(self) -> bool {
        matches!(self, Self::Comment | Self::Docstring)
    }
}

/// Files beyond this size are mapped up to here; the rest is code.
const MAX_BYTES: usize = 32 << 20;
/// Most runs that are kept; behind the last everything is code.
const MAX_RUNS: usize = 1 << 20;
/// Deepest nesting of templates, brackets and substitutions that is followed.
const MAX_DEPTH: usize = 4096;

/// A range of bytes that is not code.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    region: Region,
}

/// The lexical map of one file.
#[derive(Debug, Default)]
pub struct Lexis {
    runs: Vec<Run>,
    /// Behind this offset nothing is known.
    known: usize,
}

impl Lexis {
    /// Maps `bytes`; a kind without a scanner is all code.
    #[must_use]
    pub fn build(bytes: &[u8], kind: FileKind) -> Self {
        let mut map = Self::default();
        let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
        map.known = match kind {
            FileKind::Python => python::scan(bytes, &mut map),
            FileKind::JavaScript | FileKind::TypeScript => javascript::scan(bytes, &mut map),
            FileKind::Shell => shell::scan(bytes, &mut map),
            _ => 0,
        };
        map
    }

    /// What the byte at `offset` belongs to.
    #[must_use]
    pub fn region_at(&self, offset: u64) -> Region {
        let after = self.runs.partition_point(|r| u64::from(r.start) <= offset);
        let run = after.checked_sub(1).and_then(|i| self.runs.get(i));
        run.filter(|r| offset < u64::from(r.end)).map_or(Region::Code, |r| r.region)
    }

    /// Whether the byte at `offset` was read for certain, so that [`Region::Code`] means code and not doubt.
    #[must_use]
    pub fn is_known(&self, offset: u64) -> bool {
        offset < self.known as u64
    }

    /// Up to where the bytes were read for certain.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// The comments, strings and docstrings, in order.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Region)> + '_ {
        self.runs.iter().map(|r| (r.start as usize..r.end as usize, r.region))
    }

    /// The range (offset, end) of the comment, string or docstring around `offset`.
    #[must_use]
    pub fn run_at(&self, offset: u64) -> Option<(u64, u64)> {
        let after = self.runs.partition_point(|r| u64::from(r.start) <= offset);
        let run = self.runs.get(after.checked_sub(1)?)?;
        (offset < u64::from(run.end)).then_some((u64::from(run.start), u64::from(run.end)))
    }

    /// Adds a run; `false` when no more fit.
    fn push(&mut self, start: usize, end: usize, region: Region) -> bool {
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return false };
        if self.runs.len() >= MAX_RUNS || start >= end {
            return self.runs.len() < MAX_RUNS;
        }
        self.runs.push(Run { start, end, region });
        true
    }
}

/// Whether a byte can stand inside an identifier (bytes of non-ASCII characters count).
fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'$' || b >= 0x80
}

/// The end of the line that `at` is in: the offset of its `\n` or `\r`, or the end.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |p| at.saturating_add(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_without_a_scanner_are_all_code() {
        let map = Lexis::build(b"# not a comment here", FileKind::Markdown);
        assert_eq!(map.region_at(0), Region::Code);
        assert_eq!(map.region_at(u64::MAX), Region::Code);
        assert!(!map.is_known(0));
        let map = Lexis::build(b"a = {}\n/x/", FileKind::JavaScript);
        assert!(map.is_known(3) && !map.is_known(9));
    }

    #[test]
    fn any_bytes_are_survived_in_order() {
        let mut seed = 7_u32;
        let alphabet = b"'\"`/*\\\n#{}$()[]<>=:;frxa !-0\xe2\x80\xa8";
        for kind in [FileKind::Python, FileKind::JavaScript, FileKind::Shell] {
            for _ in 0..300 {
                let text: Vec<u8> = (0..200)
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        alphabet[(seed >> 16) as usize % alphabet.len()]
                    })
                    .collect();
                let map = Lexis::build(&text, kind);
                assert!(map.runs.windows(2).all(|w| w[0].end <= w[1].start), "{text:?}");
                assert!(map.runs.iter().all(|r| r.end as usize <= text.len() && r.start < r.end));
            }
        }
    }

    #[test]
    fn long_hostile_runs_are_linear() {
        for kind in [FileKind::Python, FileKind::JavaScript, FileKind::Shell] {
            for piece in ["'", "\"", "`", "${", "/", "(", "f'{", "/*", "$(", "\\", "<<a\n", "\"\"\"", "\"$(", "`${"] {
                let text = piece.repeat((1 << 20) / piece.len());
                let map = Lexis::build(text.as_bytes(), kind);
                assert!(map.runs.iter().all(|r| r.start < r.end && r.end as usize <= text.len()), "{kind:?} {piece}");
            }
        }
    }
}
