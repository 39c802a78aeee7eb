//! What was decided about archives, each once, whoever asks how often.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};

use crate::assess::Verdict;
use crate::source::registry::Stored;

/// What was decided about one archive.
#[derive(Clone)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reasons: Vec<String>,
    pub(super) stored: Stored,
    /// Whether it was examined in an earlier run.
    pub(super) known: bool,
}

/// A decision, or what kept it from being made.
type Outcome = Result<Judged, String>;

/// All decisions of a run, by what the archives are called.
#[derive(Default)]
pub(super) struct Judgements {
    /// `None` while somebody is looking.
    all: Mutex<BTreeMap<String, Option<Outcome>>>,
    done: Condvar,
    /// What the installer asked for; others were only looked at ahead.
    asked: Mutex<BTreeSet<String>>,
}

impl Judgements {
    /// The decision about `key`: the known one, or that of whoever is looking, or what `look` says. Should looking break
    /// off, everybody who waits for it is told, and nothing is let in.
    pub(super) fn once(&self, key: &str, look: impl FnOnce() -> Outcome) -> Outcome {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match all.get(key) {
                Some(Some(known)) => return known.clone(),
                Some(None) => all = self.done.wait(all).unwrap_or_else(PoisonError::into_inner),
                None => break,
            }
        }
        all.insert(key.to_owned(), None);
        drop(all);
        let result =
            catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| Err("the examination broke off".to_owned()));
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key.to_owned(), Some(result.clone()));
        self.done.notify_all();
        result
    }

    /// Notes that the installer asked for an archive.
    pub(super) fn ask(&self, key: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
    }

    /// What was decided of all that was asked for.
    pub(super) fn asked(&self) -> Vec<(String, Outcome)> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter_map(|key| Some((key.clone(), all.get(key)?.clone()?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_waits_for_an_examination_that_breaks_off_is_told() {
        let judged = Judgements::default();
        judged.ask("npm:tool@1.0.0 ");
        let (began, begins) = mpsc::channel();
        let (broken, waiting) = std::thread::scope(|scope| {
            let broken = scope.spawn(|| {
                judged.once("npm:tool@1.0.0 ", || {
                    began.send(()).unwrap();
                    std::thread::sleep(Duration::from_millis(100));
                    std::panic::resume_unwind(Box::new("a defect"))
                })
            });
            begins.recv().unwrap();
            let waiting = scope.spawn(|| judged.once("npm:tool@1.0.0 ", || panic!("somebody is looking")));
            (broken.join().unwrap(), waiting.join().unwrap())
        });
        for outcome in [broken, waiting, judged.once("npm:tool@1.0.0 ", || panic!("it is known"))] {
            assert_eq!(outcome.map(|_| ()), Err("the examination broke off".to_owned()));
        }
        let other = judged.once("npm:other@1.0.0 ", || Err("unreachable".to_owned()));
        assert_eq!(other.map(|_| ()), Err("unreachable".to_owned()), "others are looked at as before");
        let told: Vec<String> = judged.asked().into_iter().map(|(key, _)| key).collect();
        assert_eq!(told, ["npm:tool@1.0.0 "], "what nobody asked for is not told");
    }
}
