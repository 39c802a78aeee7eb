//! Bytes that no part of a picture, sound, document or database accounts for: behind its end, and files that stand whole
//! in its comments and private chunks.
//!
//! A viewer stops at the end and never shows what follows; a loader that knows about it reads on. What is there becomes a
//! child and is looked at like any file. Only an executable, a script or an archive is worth a finding, and a low one:
//! phones append films and maps to pictures, and some tools their settings.
//!
//! A compressed or encrypted payload inside of the pixels is not seen by this.

mod ends;
mod ends_of_media;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{Entries, Input, Wrapper};
use crate::identify::{appended_zip, identify};
use crate::model::{Evidence, FileKind, Gap, Rule, Span};
use crate::rule;

rule! {
    /// An executable, a script or an archive follows the end of a picture, a sound, a document or a database. Viewers do
    /// not show it. It is examined as a file of its own. Known uses: a payload in the logo that a loader cuts out again
    /// (`tail -c`, `sed`), pictures that are archives at the same time.
    ///
    /// Honest look-alikes: phones and cameras that append films, editors that append their project, puzzles.
    pub(crate) APPENDED = "media-appended-file" in "obf/stego-media";
    severity: Low, confidence: Certain,
    title: "A program or archive follows the end of a picture or document",
    reference: "https://attack.mitre.org/techniques/T1027/003/",
}

rule! {
    /// An executable, a script or an archive stands whole in a comment or private part of a picture or sound. Viewers
    /// ignore these parts. It is examined as a file of its own.
    ///
    /// Honest look-alikes: editors that keep compressed settings or the original file there.
    pub(crate) INSIDE = "media-hidden-file" in "obf/stego-media";
    severity: Low, confidence: Certain,
    title: "A program or archive stands in a comment of a picture",
    reference: "https://attack.mitre.org/techniques/T1027/003/",
}

/// The rules of this wrapper.
pub(crate) const RULES: &[&Rule] = &[&APPENDED, &INSIDE];

/// Fewer bytes are padding or a checksum.
const NOTABLE: usize = 16;
/// Private parts of one file that are looked at.
const PARTS: usize = 4096;

/// Opens them.
pub(super) struct Trailer;

/// How a format was walked through.
#[derive(Debug, Default, PartialEq, Eq)]
struct Extent {
    /// Where it ends; `None` when it is broken or does not tell, and nothing can be said about what follows.
    end: Option<usize>,
    /// Parts that hold data of anybody's choice: a name for each, and where its data are.
    parts: Vec<(&'static str, Range<usize>)>,
}

impl Extent {
    fn to(end: Option<usize>) -> Self {
        Self { end, parts: Vec::new() }
    }

    fn part(&mut self, name: &'static str, range: Range<usize>) {
        if self.parts.len() < PARTS {
            self.parts.push((name, range));
        }
    }
}

impl Wrapper for Trailer {
    fn kinds(&self) -> &'static [FileKind] {
        use FileKind as K;
        &[K::Png, K::Jpeg, K::Gif, K::Webp, K::Wav, K::Bmp, K::Ico, K::Ogg, K::Mp4, K::Font, K::Sqlite, K::Pdf]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let extent = match input.kind {
            FileKind::Png => ends_of_media::png(bytes),
            FileKind::Jpeg => ends_of_media::jpeg(bytes),
            FileKind::Gif => ends_of_media::gif(bytes),
            FileKind::Webp | FileKind::Wav => ends::riff(bytes),
            FileKind::Bmp => Extent::to(ends::bitmap(bytes)),
            FileKind::Ico => Extent::to(ends::icon(bytes)),
            FileKind::Ogg => Extent::to(ends::ogg(bytes)),
            FileKind::Mp4 => ends::mp4(bytes),
            FileKind::Font => Extent::to(ends::font(bytes)),
            FileKind::Sqlite => Extent::to(ends::sqlite(bytes)),
            FileKind::Pdf => Extent::to(ends::pdf(bytes)),
            _ => return Ok(()),
        };
        for (name, range) in extent.parts {
            part(input, name, range, out)?;
        }
        let Some(start) = extent.end else { return Ok(()) };
        let Some(rest) = input.view.slice(start..bytes.len()).filter(|r| is_notable(r)) else { return Ok(()) };
        let kind = identify("", &rest).kind;
        if let Some(what) = weighs(kind) {
            out.findings.push(APPENDED.finding(evidence(start, rest.len(), what)));
        }
        // The engine opens an archive at the end of any file.
        if kind == FileKind::Zip && appended_zip(input.view) {
            return Ok(());
        }
        out.bytes("trailing".to_owned(), start as u64, rest)
    }
}

/// Emits a part when its data, or what follows a name in it, are a file of a known kind.
fn part(input: &Input<'_, '_>, name: &str, range: Range<usize>, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(data) = input.view.get(range.clone()) else { return Ok(()) };
    let behind_name = memchr::memchr(0, data.get(..128).unwrap_or(data)).map_or(0, |at| at + 1);
    for skip in [0, behind_name] {
        let start = range.start + skip;
        let Some(file) = input.view.slice(start..range.end).filter(|f| is_notable(f)) else { continue };
        let kind = identify("", &file).kind;
        // Prose in a comment looks like code at times; only what says of itself that it is a program is one.
        let is_program = !kind.is_script() || file.starts_with(b"#!") || file.starts_with(b"<?php");
        if let Some(what) = weighs(kind).filter(|_| is_program) {
            let note = format!("{what} in {name}");
            out.findings.push(INSIDE.finding(evidence(start, file.len(), &note)));
            return out.bytes(name.to_owned(), start as u64, file);
        }
        if skip == behind_name {
            break;
        }
    }
    Ok(())
}

/// What a kind is called when it is worth a finding.
fn weighs(kind: FileKind) -> Option<&'static str> {
    use FileKind as K;
    match kind {
        K::Wasm | K::JavaClass | K::Pyc => Some("a program"),
        // Streams of these have no magic number of their own.
        K::Brotli | K::Zlib | K::Lzma => None,
        _ if kind.is_executable() => Some("an executable"),
        _ if kind.is_script() => Some("a script"),
        _ if kind.is_container() => Some("an archive"),
        _ => None,
    }
}

/// Enough bytes, and not all the same or blank.
fn is_notable(bytes: &[u8]) -> bool {
    let first = bytes.first().copied().unwrap_or(0);
    let padding = bytes.iter().all(|b| *b == first) || bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0);
    bytes.len() >= NOTABLE && !padding
}

fn evidence(at: usize, len: usize, what: &str) -> Evidence {
    Evidence {
        span: Some(Span::bytes(at as u64, len as u64)),
        snippet: String::new(),
        mark: (0, 0),
        note: format!("{len} bytes: {what}"),
    }
}
