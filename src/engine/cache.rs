//! What was analysed in this run, by content. Identical content is analysed once and shared; two threads that meet
//! it at the same moment analyse it once too, unless it turns out to hold other things (then the second one does not
//! wait, because two containers that hold each other would wait for ever).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::analyze::Analysis;
use crate::model::{ContentId, FileKind};

/// What makes two analyses the same: bytes, kind, and the name where a heuristic looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    id: ContentId,
    kind: FileKind,
    name: String,
}

impl Key {
    pub(super) fn new(id: ContentId, kind: FileKind, base_name: &str) -> Self {
        use crate::model::Family::{Container, JavaScript, Media, Native, Python, Shell, Source, Text};
        let name = match kind.family() {
            Text => base_name.to_ascii_lowercase(),
            Native if kind == FileKind::Pe => base_name.to_ascii_lowercase(),
            // The names of a stream's content and of a container's own checks come from its name.
            Container => base_name.to_owned(),
            Python | JavaScript | Shell | Source | Native | Media => String::new(),
        };
        Self { id, kind, name }
    }
}

enum State<W> {
    /// Somebody analyses it; these wait.
    Running(Vec<W>),
    /// Somebody analyses it and it holds other things; nobody may wait.
    Open,
    Done(Arc<Analysis>),
}

/// What a look-up says.
pub(super) enum Found<W> {
    /// Analysed already; the waiter comes back.
    Done(Arc<Analysis>, W),
    /// Being analysed; the waiter is kept and will be answered.
    Waiting,
    /// Not seen yet, or not to be waited for: the caller analyses it.
    Absent(W),
}

const SHARDS: usize = 64;

pub(super) struct Cache<W> {
    shards: Vec<Mutex<HashMap<Key, State<W>>>>,
}

impl<W> Cache<W> {
    pub(super) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::new(HashMap::new())).collect() }
    }

    fn shard<T>(&self, key: &Key, act: impl FnOnce(&mut HashMap<Key, State<W>>) -> T) -> Option<T> {
        let at = usize::from(*key.id.0.first()?) % SHARDS;
        let mut shard = self.shards.get(at)?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(act(&mut shard))
    }

    /// Looks up; registers the caller as the one who analyses when nobody does.
    pub(super) fn enter(&self, key: &Key, waiter: W) -> Found<W> {
        let mut waiter = Some(waiter);
        let found = self.shard(key, |shard| match shard.get_mut(key) {
            Some(State::Done(analysis)) => waiter.take().map(|w| Found::Done(Arc::clone(analysis), w)),
            Some(State::Running(waiting)) => {
                waiting.extend(waiter.take());
                Some(Found::Waiting)
            }
            Some(State::Open) => waiter.take().map(Found::Absent),
            None => {
                shard.insert(key.clone(), State::Running(Vec::new()));
                waiter.take().map(Found::Absent)
            }
        });
        match (found.flatten(), waiter) {
            (Some(found), _) => found,
            (None, Some(waiter)) => Found::Absent(waiter),
            (None, None) => Found::Waiting,
        }
    }

    /// The content holds other things: nobody may wait from now on. Returns those who did.
    pub(super) fn open(&self, key: &Key) -> Vec<W> {
        self.shard(key, |shard| match shard.insert(key.clone(), State::Open) {
            Some(State::Running(waiting)) => waiting,
            Some(done @ State::Done(_)) => {
                shard.insert(key.clone(), done);
                Vec::new()
            }
            _ => Vec::new(),
        })
        .unwrap_or_default()
    }

    /// The analysis is there. It is kept unless a limit cut something off inside it. Returns those who waited.
    pub(super) fn finish(&self, key: &Key, analysis: &Arc<Analysis>) -> Vec<W> {
        self.shard(key, |shard| {
            let before = if analysis.cut_off {
                shard.remove(key)
            } else {
                shard.insert(key.clone(), State::Done(Arc::clone(analysis)))
            };
            match before {
                Some(State::Running(waiting)) => waiting,
                _ => Vec::new(),
            }
        })
        .unwrap_or_default()
    }
}
