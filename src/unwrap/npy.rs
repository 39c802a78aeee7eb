//! `.npy`: an array of numpy. One of objects is a pickle behind a header, and loading it runs the pickle.
//!
//! Specification: `numpy.lib.format` (magic, version, length of the header, a Python dictionary, the array). Known uses: a
//! model or data set handed on as an array of objects, because scanners look at pickles only under their own names.

use super::{Entries, Input, Wrapper};
use crate::identify::identify;
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;

/// Opens it.
pub(super) struct Npy;

/// Longest header that is read, in bytes. numpy itself refuses more than 10,000 unless it is told to trust the file.
const LONGEST: u64 = 1 << 20;

impl Wrapper for Npy {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Npy]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let fields = Fields::new(input.view, true);
        let broken = || Gap::malformed("an array whose header cannot be read");
        let (start, len) = match fields.u8(6).ok_or_else(broken)? {
            1 => (10, u64::from(fields.u16(8).ok_or_else(broken)?)),
            2 | 3 => (12, u64::from(fields.u32(8).ok_or_else(broken)?)),
            version => {
                let what = format!("an array in version {version} of its format, which is not read by this version");
                return Err(Gap::new(GapReason::Unsupported, what));
            }
        };
        if len > LONGEST {
            return Err(Gap::new(GapReason::Limit, format!("an array with a header of {len} bytes")));
        }
        if !has_objects(fields.range(start, len).ok_or_else(broken)?) {
            return Ok(());
        }
        let start = usize::try_from(start + len).map_err(|_| broken())?;
        let Some(objects) = input.view.get(start..).filter(|o| !o.is_empty()) else {
            return Err(Gap::malformed("an array of objects without the objects"));
        };
        // By this name pickles of every protocol are known as such.
        const NAME: &str = "objects.pkl";
        if identify(NAME, objects).kind != FileKind::Pickle {
            out.gaps.push(Gap::malformed("an array of objects that does not hold a pickle").at(NAME));
        }
        out.part("npy", NAME, input.view, start..input.view.len())
    }
}

/// Whether the kinds in a header have one of objects (`|O`), alone or as a field. A text that is written with escapes
/// (`'\x4f'`, which numpy reads as well) hides its kind: it counts as one.
fn has_objects(header: &[u8]) -> bool {
    // What stands between texts is looked at too: a quote of the other sort in one turns outside and inside round.
    header.contains(&b'\\') || header.split(|b| matches!(b, b'\'' | b'"')).any(is_objects)
}

fn is_objects(kind: &[u8]) -> bool {
    let kind = kind.trim_ascii();
    let kind = kind.strip_prefix(b"<").or_else(|| kind.strip_prefix(b">")).unwrap_or(kind);
    let kind = kind.strip_prefix(b"|").or_else(|| kind.strip_prefix(b"=")).unwrap_or(kind);
    // A dimension may stand before the kind ("3O"), its size behind; "object" and "object_" are names of it.
    let kind = kind.trim_ascii_start();
    let rest = kind.iter().skip_while(|b| b.is_ascii_digit() || matches!(b, b'(' | b')' | b',' | b' '));
    let rest: Vec<u8> = rest.copied().take(8).collect();
    match rest.strip_prefix(b"O") {
        Some(size) => size.iter().all(u8::is_ascii_digit) || rest.contains(&b','),
        None => rest.starts_with(b"object") || kind.windows(2).any(|w| matches!(w, b",O" | b" O")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;

    fn npy(version: u8, descr: &str, content: &[u8]) -> Vec<u8> {
        let header = format!("{{'descr': {descr}, 'fortran_order': False, 'shape': (1,), }}");
        let mut out = b"\x93NUMPY".to_vec();
        out.extend([version, 0]);
        match version {
            1 => out.extend((header.len() as u16).to_le_bytes()),
            _ => out.extend((header.len() as u32).to_le_bytes()),
        }
        out.extend_from_slice(header.as_bytes());
        out.extend_from_slice(content);
        out
    }

    const PICKLE: &[u8] = b"\x80\x02cos\nsystem\nX\x02\0\0\0id\x85R.";

    #[test]
    fn objects_of_an_array_are_a_pickle() {
        for (version, descr) in [
            (1, "'|O'"),
            (2, "'O'"),
            (3, "'|O8'"),
            (1, "[('a', '<i4'), ('b', 'O')]"),
            (1, r"'\x4f'"),
            (1, r#"[("a'", '|O')]"#),
        ] {
            let seen = open(&Npy, FileKind::Npy, &npy(version, descr, PICKLE));
            assert_eq!(seen.result, Ok(()), "{descr}");
            assert_eq!(seen.names(), ["objects.pkl"], "{descr}");
            assert_eq!(seen.content("objects.pkl"), PICKLE);
            assert!(seen.gaps.is_empty(), "{:?}", seen.gaps);
        }
        // Of protocol 0.
        let seen = open(&Npy, FileKind::Npy, &npy(1, "'|O'", b"cos\nsystem\n(S'id'\ntR."));
        assert!(seen.gaps.is_empty() && seen.names() == ["objects.pkl"]);
        survive(&Npy, FileKind::Npy, &npy(1, "'|O'", PICKLE));
    }

    #[test]
    fn numbers_are_not_opened() {
        for descr in ["'<f8'", "[('Output', '<i4'), ('x', '|S10')]", "'<U5'", "'|V8'"] {
            let seen = open(&Npy, FileKind::Npy, &npy(1, descr, PICKLE));
            assert!(seen.result.is_ok() && seen.children.is_empty() && seen.gaps.is_empty(), "{descr}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_gap() {
        let whole = npy(1, "'|O'", b"nothing of the kind");
        let seen = open(&Npy, FileKind::Npy, &whole);
        assert_eq!(seen.gaps.len(), 1, "objects that are no pickle");
        open(&Npy, FileKind::Npy, whole.get(..40).unwrap()).broken();
        open(&Npy, FileKind::Npy, &npy(1, "'|O'", b"")).broken();
        assert_eq!(open(&Npy, FileKind::Npy, &npy(9, "'|O'", PICKLE)).broken().reason, GapReason::Unsupported);
        let mut long = npy(2, "'|O'", PICKLE);
        long[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(open(&Npy, FileKind::Npy, &long).broken().reason, GapReason::Limit);
    }
}
