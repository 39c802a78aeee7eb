//! Emits the files of a `pkg` executable.

use std::io::Write as _;
use std::ops::Range;

use super::super::ledger::Ledger;
use super::super::{Entries, Input, Produced, carrier, entry_name, tally};
use super::FORMAT;
use super::prelude::Prelude;
use crate::limits::Budget;
use crate::model::{ByteView, Capability, Fact, Gap, GapReason};
use crate::unwrap::codec::Codec;

/// What a file has in the payload, by the number of its store.
const BYTECODE: &str = "0";
const CONTENT: &str = "1";
const NAMES: &str = "2";
const INFORMATION: &str = "3";

/// Emits the prelude and every store, and looks at what no store claims.
pub(super) fn open(
    input: &Input<'_, '_>,
    out: &mut Entries<'_>,
    prelude: &Prelude,
    payload: Range<usize>,
) -> Result<(), Gap> {
    let view = input.view;
    out.part(FORMAT, "prelude.js", view, prelude.range.clone())?;
    let Some(codec) = codec(prelude.compression) else {
        let detail = format!(
            "compression {} of pkg is not known: the files were only scanned as raw bytes",
            prelude.compression
        );
        return carrier::unread(FORMAT, "payload", view, payload, out, Gap::new(GapReason::Unsupported, detail));
    };
    let start = prelude.entry.clone();
    out.facts.push(Fact::has(
        Capability::Native,
        format!("pkg entry point {}", carrier::shown(start.as_bytes())),
        prelude.range.start as u64,
    ));
    links(prelude, out);
    let mut stores: Vec<_> = prelude
        .files
        .iter()
        .flat_map(|(key, stores)| stores.iter().map(move |(store, (at, len))| (*at, *len, key, store.as_str())))
        .collect();
    stores.sort_unstable();
    let mut ledger = Ledger::new(payload);
    let mut listings = Vec::new();
    for (at, len, key, store) in stores {
        let path = prelude.path(key);
        let range = match ledger.claim(at, len) {
            Ok(range) => range,
            Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
            Err(gap) => {
                out.gaps.push(gap.at(path));
                continue;
            }
        };
        let name = match store {
            CONTENT => path,
            BYTECODE => {
                if !prelude.files.get(key).is_some_and(|s| s.contains_key(CONTENT)) {
                    let detail = "V8 bytecode only, no source: its text constants were looked at, its logic was not";
                    out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(path.clone()));
                }
                format!("{path}.v8-bytecode")
            }
            NAMES | INFORMATION => {
                if codec.is_some() {
                    listings.extend(view.slice(range.clone()));
                    out.account(range);
                }
                continue;
            }
            other => {
                let detail = format!(
                    "store {} is not known: it was only scanned as raw bytes",
                    carrier::shown(other.as_bytes())
                );
                out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(path.clone()));
                format!("{path}.store")
            }
        };
        match codec {
            None => out.part(FORMAT, &name, view, range)?,
            Some(codec) => {
                let Some(packed) = view.slice(range.clone()) else { continue };
                out.account(range);
                out.deferred(FORMAT, &name, move |budget| codec.produce(budget, &packed))?;
            }
        }
    }
    // Names of folders and sizes of files are small and many: as plain text they stay part of the executable's own
    // bytes, else all of them together are one child.
    if let Some(codec) = codec
        && !listings.is_empty()
    {
        out.deferred(FORMAT, "folders.txt", move |budget| unpack_all(budget, codec, &listings))?;
    }
    ledger.settle(view, out)
}

/// Links are facts of the virtual file system; nothing is followed.
fn links(prelude: &Prelude, out: &mut Entries<'_>) {
    let mut tallies = tally::Tallies::default();
    for (from, to) in &prelude.links {
        let words = || format!("{} -> {}", prelude.path(from), prelude.path(to));
        tallies.hit(&entry_name::LINK, prelude.range.start as u64, 0, words);
    }
    tallies.into_findings(&mut out.findings);
}

/// How stores are compressed, by pkg's number; `None` inside for not at all.
pub(super) fn codec(number: u64) -> Option<Option<Codec>> {
    match number {
        0 => Some(None),
        1 => Some(Some(Codec::Gzip)),
        2 => Some(Some(Codec::Brotli)),
        3 => Some(Some(Codec::Zstd)),
        _ => None,
    }
}

/// Everything that these stores hold, one a line.
fn unpack_all(budget: &Budget, codec: Codec, stores: &[ByteView]) -> Produced {
    let mut meter = budget.meter();
    for store in stores {
        let result = codec.decode(store, &mut meter);
        let result = result.and_then(|()| meter.write_all(b"\n").map_err(|e| Gap::malformed(e.to_string())));
        if let Err(gap) = result {
            return Produced::partial(meter.finish(), gap);
        }
    }
    Produced::whole(meter.finish())
}
