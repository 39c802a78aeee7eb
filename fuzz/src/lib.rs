//! What the targets share: how an input says what it is taken for.

use std::sync::LazyLock;

use peephole::model::{Artifact, ByteView, ContentId, FileKind, Identity};

/// The kind that is asked for by `PEEPHOLE_FUZZ_KIND`: one target for each kind, each with its own corpus.
static ONLY: LazyLock<Option<FileKind>> = LazyLock::new(|| {
    let word = std::env::var("PEEPHOLE_FUZZ_KIND").ok()?;
    Some(*FileKind::ALL.iter().find(|k| k.word() == word).expect("PEEPHOLE_FUZZ_KIND names no kind"))
});

/// The input as a file of the kind that is asked for, else of the one that its first byte chooses, whether or not it would be
/// recognised as such; `None` for an input without that byte.
pub fn chosen(data: &[u8]) -> Option<Artifact> {
    let (kind, bytes) = match *ONLY {
        Some(kind) => (kind, data),
        None => {
            let (choice, bytes) = data.split_first()?;
            (*FileKind::ALL.get(usize::from(*choice) % FileKind::ALL.len())?, bytes)
        }
    };
    Some(Artifact {
        id: ContentId([0; 32]),
        view: ByteView::from_vec(bytes.to_vec()),
        identity: Identity { kind, claimed: None },
        name: "fuzz".to_owned(),
        depth: 0,
    })
}
