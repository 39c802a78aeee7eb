//! Every wrapper, by kind: the first byte of the input chooses the kind that the rest is opened as, so that all wrappers
//! of that kind look at it whether or not it would be recognised. With `PEEPHOLE_FUZZ_KIND=zip` all of the input is opened as
//! that kind: one target for each wrapper, each with its own corpus.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use peephole::limits::{Budget, Limits, MemoryPool};
use peephole::model::{Artifact, ByteView, ContentId, FileKind, Identity};
use peephole::parse::Parsed;
use peephole::unwrap::{Child, Content, Entries, Input, wrappers_for};

/// The kind that is asked for.
static ONLY: LazyLock<Option<FileKind>> = LazyLock::new(|| {
    let word = std::env::var("PEEPHOLE_FUZZ_KIND").ok()?;
    Some(*FileKind::ALL.iter().find(|k| k.word() == word).expect("PEEPHOLE_FUZZ_KIND names no kind"))
});

fuzz_target!(|data: &[u8]| {
    let (kind, bytes) = match *ONLY {
        Some(kind) => (kind, data),
        None => {
            let Some((choice, bytes)) = data.split_first() else { return };
            (FileKind::ALL[usize::from(*choice) % FileKind::ALL.len()], bytes)
        }
    };
    let limits = Limits { unwrapped: 16 << 20, entry: 4 << 20, entries: 10_000, seconds: 10, ..Limits::default() };
    let pool = MemoryPool::new(64 << 20);
    let budget = Budget::new(Arc::new(limits), pool, bytes.len() as u64);
    let view = ByteView::from_vec(bytes.to_vec());
    let artifact = Artifact {
        id: ContentId([0; 32]),
        view: view.clone(),
        identity: Identity { kind, claimed: None },
        name: "fuzz".to_owned(),
        depth: 0,
    };
    let file = Parsed::new(&artifact);
    let passwords = ["infected".to_owned()];
    for wrapper in wrappers_for(kind) {
        let mut sink = |child: Child| {
            if let Content::Deferred(decode) = child.content {
                decode(&budget);
            }
        };
        let mut out = Entries::new(&budget, &mut sink);
        let input = Input { file: &file, view: &view, kind, name: "fuzz", passwords: &passwords };
        // A refusal is an answer; only a panic, a hang or unbounded memory is a fault.
        let _ = wrapper.unwrap(&input, &mut out);
    }
});
