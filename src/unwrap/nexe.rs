//! Executables made by nexe: a patched `node`, a start script, the program's files one after the other, and a sentinel
//! with the length of both.
//!
//! ```text
//! node | start script | files | "<nexe~~sentinel>" | f64 length of the script | f64 length of the files
//! ```
//!
//! The runtime takes the first sentinel of the last 16,000 bytes (a signature may follow it). The start script sets
//! `process.__nexe` to an object that names each file with its offset and length; nexe 5 keeps the files in a zip.
//!
//! Layout: nexe 3.3, 4.0 and 5.0, `lib/compiler.js`, `lib/fs/bundle.js`, `lib/patches/boot-nexe.js`.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::ledger::Ledger;
use super::{Entries, Input, Wrapper, carrier};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct Nexe;

const FORMAT: &str = "nexe";
/// How much of the file's end the runtime searches.
const TAIL: u64 = 16_000;
/// What stands before the table of files.
const TABLE: &[u8] = b"process.__nexe = ";

impl Wrapper for Nexe {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let fields = Fields::new(input.view, true);
        let from = fields.len().saturating_sub(TAIL);
        let Some(at) = input.file.markers().of(Marker::Nexe).map(|at| at as u64).find(|at| *at >= from) else {
            return Ok(());
        };
        out.wrapped("nexe", at);
        let length = |at| fields.u64(at).and_then(|bits| whole(f64::from_bits(bits)));
        let (Some(script), Some(files)) = (length(at.saturating_add(16)), length(at.saturating_add(24))) else {
            return Err(Gap::malformed("the lengths behind nexe's sentinel are cut off or no lengths"));
        };
        let start = at.checked_sub(files).and_then(|at| at.checked_sub(script));
        let ranges =
            start.and_then(|s| Some((carrier::range(s, script)?, carrier::range(s.checked_add(script)?, files)?)));
        let Some((script, files)) = ranges else {
            let detail =
                format!("nexe's script of {script} bytes and files of {files} bytes do not fit before byte {at}");
            return Err(Gap::malformed(detail));
        };
        out.part(FORMAT, "nexe-start.js", input.view, script.clone())?;
        open_files(input, out, script, files)
    }
}

/// A length that is written as a floating-point number.
fn whole(number: f64) -> Option<u64> {
    let exact = (0.0..=9_007_199_254_740_991.0).contains(&number) && number.fract() == 0.0;
    exact.then_some(number as u64)
}

fn open_files(
    input: &Input<'_, '_>,
    out: &mut Entries<'_>,
    script: Range<usize>,
    files: Range<usize>,
) -> Result<(), Gap> {
    let view = input.view;
    let text = view.get(script).unwrap_or_default();
    if view.get(files.clone()).is_some_and(|f| f.starts_with(b"PK\x03\x04")) {
        return out.part(FORMAT, "files.zip", view, files);
    }
    let Some(table) = table(text) else {
        if files.is_empty() {
            return Ok(());
        }
        let why =
            Gap::new(GapReason::Unsupported, "nexe's table of files cannot be read: the files were looked at as one");
        return carrier::unread(FORMAT, "files", view, files, out, why);
    };
    let mut ledger = Ledger::new(files);
    for (path, (offset, len)) in table {
        let name = carrier::shown(path.as_bytes());
        match ledger.claim(offset, len) {
            Ok(range) => out.part(FORMAT, &name, view, range)?,
            Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
            Err(gap) => out.gaps.push(gap.at(name)),
        }
    }
    ledger.settle(view, out)
}

#[derive(serde::Deserialize)]
struct Header {
    resources: BTreeMap<String, (u64, u64)>,
}

/// The table in the start script: the first object that the script sets, since the property can be set only once.
fn table(text: &[u8]) -> Option<BTreeMap<String, (u64, u64)>> {
    let at = memmem::find(text, TABLE)?.checked_add(TABLE.len())?;
    carrier::sane(text).ok()?;
    let json = serde_json::Deserializer::from_slice(text.get(at..)?).into_iter::<Header>().next()?;
    Some(json.ok()?.resources)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;

    fn nexe(script: &str, files: &[u8], behind: &[u8]) -> Vec<u8> {
        let lengths = [script.len() as f64, files.len() as f64].map(f64::to_le_bytes).concat();
        [&ElfBuilder::program().build(), script.as_bytes(), files, b"<nexe~~sentinel>", &lengths, behind].concat()
    }

    const SCRIPT: &str = "!(function () {process.__nexe = {\"resources\":{\"./index.js\":[0,4],\"./a.json\":[4,2],\"./link.js\":[0,4]}};\n\n})();";

    #[test]
    fn files_have_the_names_of_the_table() {
        for behind in [&b""[..], &[0; 9000]] {
            let seen = open(&Nexe, FileKind::Elf, &nexe(SCRIPT, b"f();{}", behind));
            assert_eq!((&seen.result, &seen.gaps[..]), (&Ok(()), &[][..]));
            assert_eq!(seen.names(), ["nexe-start.js", "./a.json", "./index.js", "./link.js"]);
            assert_eq!((seen.content("./index.js"), seen.content("./a.json")), (&b"f();"[..], &b"{}"[..]));
            assert_eq!(seen.findings.len(), 1);
        }
    }

    #[test]
    fn a_zip_is_one_child() {
        let seen = open(&Nexe, FileKind::Elf, &nexe("start()", b"PK\x03\x04rest", b""));
        assert_eq!((seen.names(), &seen.result), (vec!["nexe-start.js", "files.zip"], &Ok(())));
    }

    #[test]
    fn what_has_no_name_is_one_child_and_a_gap() {
        let seen = open(&Nexe, FileKind::Elf, &nexe("start()", b"f();{}", b""));
        assert_eq!((seen.names(), seen.broken().reason), (vec!["nexe-start.js", "files"], GapReason::Unsupported));
    }

    #[test]
    fn lies_are_seen() {
        let seen = open(&Nexe, FileKind::Elf, &nexe(&SCRIPT.replace("[4,2]", "[4,9]"), b"f();{}", b""));
        assert_eq!((seen.gaps[0].entry.as_str(), seen.result.clone()), ("./a.json", Ok(())));
        assert_eq!(seen.content("unclaimed"), b"{}");
        let mut long = nexe(SCRIPT, b"f();{}", b"");
        let at = long.len() - 16;
        for number in [1e9, -1.0, 0.5, f64::NAN, f64::INFINITY, 1e300] {
            long[at..at + 8].copy_from_slice(&number.to_le_bytes());
            assert_eq!(open(&Nexe, FileKind::Elf, &long).broken().reason, GapReason::Malformed, "{number}");
        }
        let whole = nexe(SCRIPT, b"f();{}", b"");
        assert!(open(&Nexe, FileKind::Elf, &whole[..whole.len() - 1]).result.is_err());
    }

    #[test]
    fn a_sentinel_far_from_the_end_is_text() {
        let seen = open(&Nexe, FileKind::Elf, &nexe(SCRIPT, b"f();{}", &[0; 16_000]));
        assert!(seen.result.is_ok() && seen.children.is_empty() && seen.findings.is_empty());
    }

    #[test]
    fn broken_ones_end() {
        survive(&Nexe, FileKind::Elf, &nexe(SCRIPT, b"f();{}", b""));
    }
}
