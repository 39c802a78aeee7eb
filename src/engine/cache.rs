//! What was analysed in this run, by content. Identical content is analysed once and shared; two threads that meet
//! it at the same moment analyse it once too, unless it turns out to hold other things (then the second one does not
//! wait, because two containers that hold each other would wait for ever). What was not met again for long is forgotten
//! when there is much of it: memory does not grow with the tree, and what is met after that is analysed once more.

use std::collections::{HashMap, VecDeque};
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
    /// The analysis, and whether it was asked for since its turn to be forgotten came.
    Done(Arc<Analysis>, bool),
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
    shards: Vec<Mutex<Shard<W>>>,
    /// Bytes that the analyses of one shard may take.
    room: u64,
}

struct Shard<W> {
    states: HashMap<Key, State<W>>,
    /// What is done, with the bytes it takes, in the order in which it may be forgotten.
    done: VecDeque<(Key, u64)>,
    /// Bytes of all of it.
    taken: u64,
}

impl<W> Shard<W> {
    /// Forgets what was not asked for until the rest fits.
    fn forget(&mut self, room: u64) {
        while self.taken > room
            && let Some((key, bytes)) = self.done.pop_front()
        {
            match self.states.get_mut(&key) {
                Some(State::Done(_, asked)) if *asked => {
                    *asked = false;
                    self.done.push_back((key, bytes));
                    continue;
                }
                Some(State::Done(..)) => drop(self.states.remove(&key)),
                // Taken back already; whoever is at work on it now keeps those who wait.
                Some(State::Running(_) | State::Open) | None => {}
            }
            self.taken = self.taken.saturating_sub(bytes);
        }
    }
}

impl<W> Cache<W> {
    /// An empty one that keeps some `room` bytes of analyses.
    pub(super) fn new(room: u64) -> Self {
        let shard = |_| Mutex::new(Shard { states: HashMap::new(), done: VecDeque::new(), taken: 0 });
        Self { shards: (0..SHARDS).map(shard).collect(), room: room / SHARDS as u64 }
    }

    fn shard<T>(&self, key: &Key, act: impl FnOnce(&mut Shard<W>) -> T) -> Option<T> {
        let at = usize::from(*key.id.0.first()?) % SHARDS;
        let mut shard = self.shards.get(at)?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(act(&mut shard))
    }

    /// Looks up; registers the caller as the one who analyses when nobody does.
    pub(super) fn enter(&self, key: &Key, waiter: W) -> Found<W> {
        let mut waiter = Some(waiter);
        let found = self.shard(key, |shard| match shard.states.get_mut(key) {
            Some(State::Done(analysis, asked)) => {
                *asked = true;
                waiter.take().map(|w| Found::Done(Arc::clone(analysis), w))
            }
            Some(State::Running(waiting)) => {
                waiting.extend(waiter.take());
                Some(Found::Waiting)
            }
            Some(State::Open) => waiter.take().map(Found::Absent),
            None => {
                shard.states.insert(key.clone(), State::Running(Vec::new()));
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
        self.shard(key, |shard| match shard.states.insert(key.clone(), State::Open) {
            Some(State::Running(waiting)) => waiting,
            Some(done @ State::Done(..)) => {
                shard.states.insert(key.clone(), done);
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
                shard.states.remove(key)
            } else {
                let before = shard.states.insert(key.clone(), State::Done(Arc::clone(analysis), false));
                if !matches!(before, Some(State::Done(..))) {
                    let bytes = analysis.weight();
                    // What just came is not what goes, whatever was asked for.
                    shard.forget(self.room.saturating_sub(bytes));
                    shard.done.push_back((key.clone(), bytes));
                    shard.taken = shard.taken.saturating_add(bytes);
                }
                before
            };
            match before {
                Some(State::Running(waiting)) => waiting,
                _ => Vec::new(),
            }
        })
        .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, FactKind};

    fn analysis(number: u8) -> Arc<Analysis> {
        Arc::new(Analysis {
            id: ContentId([number; 32]),
            sha1: None,
            shape: None,
            outline: None,
            kind: FileKind::Elf,
            bytes: 1,
            findings: Vec::new(),
            facts: Vec::new(),
            gaps: Vec::new(),
            children: Vec::new(),
            members: 1,
            cut_off: false,
        })
    }

    /// All of one shard, so that there is one order.
    fn key(number: u8) -> Key {
        let mut id = [number; 32];
        id[0] = 0;
        Key::new(ContentId(id), FileKind::Elf, "")
    }

    #[test]
    fn what_repeats_its_content_weighs_as_much() {
        let plain = Arc::into_inner(analysis(0)).unwrap();
        let facts = vec![Fact::whole(FactKind::WheelRecord(Box::new([])))];
        let record = Analysis { bytes: 5_000_000, facts, ..plain };
        assert!(record.weight() > 5_000_000 && analysis(0).weight() < 1000);
    }

    #[test]
    fn what_was_not_met_again_is_forgotten_first() {
        let each = analysis(0).weight();
        let cache: Cache<u8> = Cache::new(3 * each * SHARDS as u64);
        let is_known = |number| match cache.enter(&key(number), number) {
            Found::Done(found, waiter) => found.id == analysis(waiter).id,
            Found::Absent(_) => false,
            Found::Waiting => panic!("nobody is at work"),
        };
        let finish = |number| {
            assert!(matches!(cache.enter(&key(number), number), Found::Absent(_)));
            assert!(cache.finish(&key(number), &analysis(number)).is_empty());
        };
        (0..3).for_each(finish);
        assert!(is_known(0), "and so it is asked for");
        finish(3);
        assert!(is_known(0) && is_known(2) && is_known(3));
        assert!(!is_known(1));
        // Who finds nothing is the one who analyses it, and it is kept again.
        assert!(cache.finish(&key(1), &analysis(1)).is_empty());
        assert!(is_known(1));
        // Never more than there is room for, whatever was asked for.
        (4..100).for_each(finish);
        let shard = cache.shards[0].lock().unwrap();
        assert_eq!((shard.states.len(), shard.done.len(), shard.taken), (3, 3, 3 * each));
    }
}
