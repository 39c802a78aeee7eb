//! Drives the rooms in parallel: roots in, assessments out. One rayon pool; a job spawns its children and returns,
//! nobody waits inside a worker; a parent is completed by its last child.

mod cache;
pub mod isolate;
mod pipeline;
pub mod samples;
pub mod worker;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

pub use crate::assess::unexamined;

use crate::assess::Assessment;
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{ByteView, Error, Gap, GapReason};
use crate::source::Root;

pub use pipeline::Progress;

/// Stack of a worker thread. Third-party parsers recurse; ours do not.
const STACK: usize = 16 << 20;

/// How to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Limits of the run and of each root.
    pub limits: Limits,
    /// Worker threads; 0 means one for each processor that the process may use.
    pub jobs: usize,
    /// Passwords to try on encrypted entries.
    pub passwords: Vec<String>,
    /// What is wanted besides the verdict.
    pub wanted: Wanted,
    /// What is known to be bad.
    pub feed: Option<Arc<crate::known::Feed>>,
}

/// What an assessment carries only when it is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The tree of all contents.
    pub tree: bool,
    /// The functions of each program in that tree.
    pub outline: bool,
    /// A SHA-1 of each content in that tree.
    pub sha1: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            jobs: 0,
            passwords: vec!["infected".to_owned()],
            wanted: Wanted::default(),
            feed: None,
        }
    }
}

/// Analyses roots. One engine may run many times; content seen in an earlier run of it is not analysed again while its
/// analysis is kept.
pub struct Engine {
    pool: rayon::ThreadPool,
    shared: Arc<pipeline::Shared>,
}

impl Engine {
    /// Starts the threads.
    ///
    /// # Errors
    /// [`Error::Internal`] when the system refuses threads.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(settings.jobs)
            .stack_size(STACK)
            .thread_name(|i| format!("peephole-{i}"))
            .build()
            .map_err(|e| Error::Internal(e.to_string()))?;
        let memory = MemoryPool::new(settings.limits.memory);
        let shared = pipeline::Shared::new(settings, memory);
        let shared = Arc::new(shared);
        Ok(Self { pool, shared })
    }

    /// How many threads work.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// What was done so far, for a progress bar.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.shared.progress
    }

    /// Analyses every root that `roots` gives and hands each assessment to `done`, in the order of completion, from
    /// whichever thread completed it. Returns when all are done.
    pub fn run(&self, roots: impl IntoIterator<Item = Root>, done: impl Fn(Assessment) + Send + Sync + 'static) {
        let shared = &self.shared;
        let done: pipeline::Done = Arc::new(done);
        self.pool.in_place_scope(|scope| {
            for root in roots {
                // Listing runs ahead of the work, but not so far that the list itself becomes large.
                while shared.progress.roots_waiting.load(Ordering::Relaxed) > 4096 {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                shared.progress.roots_waiting.fetch_add(1, Ordering::Relaxed);
                let done = &done;
                scope.spawn(move |scope| {
                    shared.progress.roots_waiting.fetch_sub(1, Ordering::Relaxed);
                    pipeline::root(shared, scope, root, done);
                });
            }
        });
    }

    /// Analyses bytes that are at hand, under a name.
    pub fn run_bytes(&self, name: &str, view: ByteView, done: impl Fn(Assessment) + Send + Sync + 'static) {
        let shared = &self.shared;
        let done: pipeline::Done = Arc::new(done);
        let done = &done;
        self.pool.in_place_scope(|scope| {
            scope.spawn(move |scope| pipeline::root_bytes(shared, scope, name, view, Instant::now(), done));
        });
    }

    /// Analyses one path and returns its assessments (one, or one for each root when it is a folder).
    ///
    /// # Errors
    /// [`Error::Input`] when the path cannot be looked at.
    pub fn scan(&self, path: &Path) -> Result<Vec<Assessment>, Error> {
        let mut roots = Vec::new();
        crate::source::roots(path, crate::source::WalkOptions::default(), &mut |r| roots.push(r))?;
        let (sender, receiver) = std::sync::mpsc::channel();
        self.run(roots, move |a| {
            // The receiver outlives the run.
            let _ = sender.send(a);
        });
        let mut found: Vec<Assessment> = receiver.into_iter().collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// How many contents were analysed, not counting those whose analysis was shared.
    #[must_use]
    pub fn analysed(&self) -> u64 {
        self.shared.progress.analysed.load(Ordering::Relaxed)
    }
}

/// Counts down so that a log of what happens to a root is one line.
fn budget(shared: &pipeline::Shared, packed: u64) -> Arc<Budget> {
    Arc::new(Budget::new(Arc::clone(&shared.limits), Arc::clone(&shared.memory), packed))
}

/// A gap for a caught panic, with what it said.
fn crash(what: &str, panic: &(dyn std::any::Any + Send)) -> Gap {
    let said = panic
        .downcast_ref::<&str>()
        .map(|s| (*s).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    Gap::new(GapReason::Crash, format!("{what} failed: {said}"))
}

static RUNS: AtomicU64 = AtomicU64::new(0);

/// Silences the default panic message while Peephole's own stages run: a caught panic is reported as a gap.
pub fn quiet_panics() {
    if RUNS.fetch_add(1, Ordering::Relaxed) == 0 {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !std::thread::current().name().is_some_and(|n| n.starts_with("peephole-")) {
                before(info);
            }
        }));
    }
}

/// Every rule there is: signatures, heuristics, container checks, package checks, chains. Sorted by id.
#[must_use]
pub fn rules() -> Vec<&'static crate::model::Rule> {
    let mut rules = crate::analyze::signature::all_rules();
    rules.extend(crate::analyze::heuristics().flat_map(|h| h.rules().iter().copied()));
    rules.extend(crate::unwrap::rules());
    rules.extend(crate::package::HEURISTICS.iter().flat_map(|h| h.rules().iter().copied()));
    rules.extend(crate::known::RULES);
    rules.extend(crate::correlate::rules());
    rules.sort_by_key(|r| r.id);
    rules.dedup_by_key(|r| r.id);
    rules
}
