//! Every heuristic and the outline of functions, by kind: the first byte of the input chooses the kind that the rest is
//! taken for. With `PEEPHOLE_FUZZ_KIND=elf` all of the input is that kind: one target for each format, each with its own
//! corpus. Signatures are left out: they are YARA-X's to fuzz, and take most of the time.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use peephole::analyze::{Notes, heuristics};
use peephole::model::{Artifact, ByteView, ContentId, FileKind, Identity};
use peephole::parse::{Parsed, outline};

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
    let artifact = Artifact {
        id: ContentId([0; 32]),
        view: ByteView::from_vec(bytes.to_vec()),
        identity: Identity { kind, claimed: None },
        name: "fuzz".to_owned(),
        depth: 0,
    };
    let file = Parsed::new(&artifact);
    let mut notes = Notes::default();
    for heuristic in heuristics().filter(|h| h.applies(kind)) {
        heuristic.check(&file, &mut notes);
    }
    let _ = outline::outline(&file);
});
