//! The files of a program that @yao-pkg/pkg 6.15 and newer put into a Node single executable: two assets, one with the
//! files one after the other, and one that says in JSON where each lies and how they are compressed.
//!
//! Layout: @yao-pkg/pkg 6.23, `lib-es5/sea-assets.js`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::super::carrier::shown;
use super::super::ledger::Ledger;
use super::super::{Entries, carrier};
use super::FORMAT;
use super::stores::codec;
use crate::model::{ByteView, Gap, GapReason};

#[derive(Deserialize)]
struct Manifest {
    offsets: BTreeMap<String, (u64, u64)>,
    #[serde(default)]
    compression: u64,
}

/// Emits the files in `archive` that the manifest names.
pub(in crate::unwrap) fn open(
    view: &ByteView,
    out: &mut Entries<'_>,
    manifest: &[u8],
    archive: Range<usize>,
) -> Result<(), Gap> {
    let known = carrier::json::<Manifest>(manifest).ok();
    let known = known.and_then(|m| Some((codec(m.compression)?, m.offsets)));
    let Some((codec, offsets)) = known else {
        let why = Gap::new(
            GapReason::Unsupported,
            "pkg's table of files cannot be read: the files were only scanned as one piece",
        );
        return carrier::unread(FORMAT, "__pkg_archive__", view, archive, out, why);
    };
    let mut ledger = Ledger::new(archive);
    for (path, (at, len)) in offsets {
        let name = shown(path.as_bytes());
        let range = match ledger.claim(at, len) {
            Ok(range) => range,
            Err(gap) if gap.reason == GapReason::Limit => return Err(gap),
            Err(gap) => {
                out.gaps.push(gap.at(name));
                continue;
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
    ledger.settle(view, out)
}
