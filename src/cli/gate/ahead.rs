//! Looking at wheels before they are asked for. pip chooses by metadata and fetches the wheels one after the other when all
//! are chosen; examined in the meantime, they cost it no waiting.
//!
//! Reference: <https://peps.python.org/pep-0658/>.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{Artifact, ByteView, ContentId, FileKind, Identity};
use crate::parse::Parsed;
use crate::source::registry::{Name, Trouble};
use crate::unwrap::{Child, Content, Entries, Input, wrappers_for};

/// Wheels that are fetched and looked at ahead at one time.
pub(super) const WORKERS: usize = 2;

/// Wheels that wait; more are not looked at ahead.
const MOST: usize = 1000;
/// Bytes that reading a wheel's metadata may take.
const MEMORY: u64 = 64 << 20;

/// What waits to be looked at.
#[derive(Default)]
pub(super) struct Ahead {
    queue: Mutex<VecDeque<(Name, String)>>,
    filled: Condvar,
}

impl Ahead {
    /// One more. A version of the same package that waits still was passed over for this one.
    pub(super) fn push(&self, name: Name, file: String) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.retain(|(other, _)| other.name != name.name);
        if queue.len() < MOST {
            queue.push_back((name, file));
        }
        self.filled.notify_one();
    }

    /// The next; waits for one.
    pub(super) fn next(&self) -> (Name, String) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match queue.pop_front() {
                Some(next) => return next,
                None => queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// The `METADATA` of a wheel.
///
/// # Errors
/// Why there is none, or not one that everybody would take.
pub(super) fn metadata(wheel: &Path) -> Result<Vec<u8>, Trouble> {
    let bad = |why: &str| Trouble::Malformed(format!("{}: {why}", wheel.display()));
    let view = ByteView::open(wheel).map_err(|e| bad(&e.to_string()))?;
    let budget = Budget::new(Arc::new(Limits::default()), MemoryPool::new(MEMORY), view.len() as u64);
    let mut found: Vec<Content> = Vec::new();
    let mut sink = |child: Child| {
        let folder = child.name.strip_suffix("/METADATA").and_then(|f| f.strip_suffix(".dist-info"));
        if folder.is_some_and(|f| !f.contains('/')) {
            found.push(child.content);
        }
    };
    let mut entries = Entries::new(&budget, &mut sink);
    let name = wheel.to_string_lossy();
    let artifact = Artifact {
        // Known by its name only here; its content is judged elsewhere.
        id: ContentId([0; 32]),
        identity: Identity { kind: FileKind::Zip, claimed: None },
        view: view.clone(),
        name: name.to_string(),
        depth: 0,
    };
    let file = Parsed::new(&artifact);
    for wrapper in wrappers_for(FileKind::Zip) {
        let input = Input { file: &file, view: &view, kind: FileKind::Zip, name: &name, passwords: &[] };
        wrapper.unwrap(&input, &mut entries).map_err(|gap| bad(&gap.detail))?;
    }
    match (found.pop(), found.pop()) {
        (Some(Content::Ready(view)), None) => Ok(view.to_vec()),
        (Some(Content::Deferred(decode)), None) => {
            let made = decode(&budget);
            made.gap.map_or_else(|| Ok(made.view.to_vec()), |gap| Err(bad(&gap.detail)))
        }
        (None, _) => Err(bad("a wheel without METADATA")),
        _ => Err(bad("a wheel with more than one METADATA")),
    }
}
