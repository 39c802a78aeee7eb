//! What happens to one content: identify, look up, analyse, send its children round, complete its parent.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use rayon::Scope;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::cache::{Cache, Found, Key};
use super::{Settings, Wanted, budget, crash, unexamined};
use crate::analyze::{self, Analysis, Edge, Notes};
use crate::assess::{Assessment, Tree, assess};
use crate::correlate;
use crate::identify::identify;
use crate::known::{self, Feed};
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::view::give_free_memory_back;
use crate::model::{Artifact, ByteView, ContentId, FactKind, FileKind, Gap, GapReason, Identity, Step};
use crate::package::{self, Package};
use crate::parse::Parsed;
use crate::parse::outline::{Outline, outline};
use crate::source::Root;
use crate::unwrap::{Child, Content, Entries, Input, Wrapper, wrappers_for};

/// What was done so far.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes examined, unwrapped ones included.
    pub bytes: AtomicU64,
    /// Contents met.
    pub files: AtomicU64,
    /// Contents analysed, not counting shared analyses.
    pub analysed: AtomicU64,
    /// Roots completed.
    pub roots: AtomicU64,
    /// Bytes of roots that were read from disk.
    pub disk_bytes: AtomicU64,
    pub(super) roots_waiting: AtomicU64,
}

impl Progress {
    /// Roots that are listed and not begun.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.roots_waiting.load(Ordering::Relaxed)
    }
}

/// What all jobs of an engine share.
pub(super) struct Shared {
    pub(super) limits: Arc<Limits>,
    pub(super) memory: Arc<MemoryPool>,
    passwords: Vec<String>,
    wanted: Wanted,
    feed: Option<Arc<Feed>>,
    cache: Cache<Job>,
    /// Functions that are kept in outlines.
    outlined: AtomicU64,
    pub(super) progress: Progress,
}

/// Scripts of so many bytes take a hundred MiB and more while they are read and followed.
const LARGE_SCRIPT: usize = 4 << 20;

/// Most functions that are kept in all outlines of an engine: half a gigabyte or so. What is beyond has no outline, and a
/// comparison says so.
const MOST_OUTLINED: u64 = 4 << 20;

impl Shared {
    pub(super) fn new(settings: Settings, memory: Arc<MemoryPool>) -> Self {
        let Settings { limits, jobs: _, passwords, wanted, feed } = settings;
        let cache = Cache::new(limits.kept);
        let limits = Arc::new(limits);
        Self {
            limits,
            memory,
            passwords,
            wanted,
            feed,
            cache,
            outlined: AtomicU64::new(0),
            progress: Progress::default(),
        }
    }

    fn shape(&self, kind: FileKind, view: &ByteView) -> Option<[u8; 8]> {
        if self.wanted.tree { crate::parse::shape::shape(kind, view) } else { None }
    }

    fn sha1(&self, view: &ByteView) -> Option<[u8; 20]> {
        self.wanted.sha1.then(|| Sha1::digest(&**view).into())
    }
}

/// Who wants the assessments.
pub(super) type Done = Arc<dyn Fn(Assessment) + Send + Sync>;

/// Who gets an analysis when it is complete. Every job holds the way up to its root through this, and so keeps the
/// root's [`End`] alive.
enum Parent {
    Root(Arc<End>),
    Node { node: Arc<Node>, slot: usize },
}

/// One content to look at.
struct Job {
    view: ByteView,
    name: String,
    depth: u8,
    budget: Arc<Budget>,
    parent: Parent,
    /// Digests of the containers around it: content that holds itself is not opened for ever.
    around: Option<Arc<Around>>,
    /// The kind that this job's own name claims; the analysis may be shared with contents of other names.
    claimed: Option<FileKind>,
}

struct Around {
    id: ContentId,
    outer: Option<Arc<Around>>,
}

/// A child's place in its parent.
struct Slot {
    name: String,
    step: Step,
    claimed: Option<FileKind>,
    analysis: Option<Arc<Analysis>>,
}

/// A content that is being analysed.
struct Node {
    id: ContentId,
    sha1: Option<[u8; 20]>,
    shape: Option<[u8; 8]>,
    outline: OnceLock<Arc<Outline>>,
    kind: FileKind,
    claimed: Option<FileKind>,
    bytes: u64,
    key: Option<Key>,
    notes: Mutex<Notes>,
    slots: Mutex<Vec<Slot>>,
    /// Children that are not complete, plus one while the node itself is being looked at.
    pending: AtomicUsize,
    parent: Mutex<Option<Parent>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Node {
    fn gap(&self, gap: Gap) {
        lock(&self.notes).gaps.push(gap);
    }

    /// Makes a place for a child and counts it as pending.
    fn slot(&self, name: String, step: Step) -> usize {
        self.pending.fetch_add(1, Ordering::AcqRel);
        let mut slots = lock(&self.slots);
        slots.push(Slot { name, step, claimed: None, analysis: None });
        slots.len() - 1
    }

    fn complete(&self) -> Arc<Analysis> {
        let notes = std::mem::take(&mut *lock(&self.notes));
        let slots = std::mem::take(&mut *lock(&self.slots));
        let children: Vec<Edge> = slots
            .into_iter()
            .filter_map(|s| Some(Edge { name: s.name, step: s.step, claimed: s.claimed, analysis: s.analysis? }))
            .collect();
        let cut_off = notes.gaps.iter().any(|g| matches!(g.reason, GapReason::Limit | GapReason::Timeout))
            || children.iter().any(|c| c.analysis.cut_off);
        let id = if self.kind == FileKind::Folder { folder_digest(&children) } else { self.id };
        Arc::new(Analysis {
            id,
            sha1: self.sha1,
            shape: self.shape,
            outline: self.outline.get().cloned(),
            kind: self.kind,
            bytes: self.bytes,
            findings: notes.findings,
            facts: notes.facts,
            gaps: notes.gaps,
            members: children.iter().fold(1, |n, c| n.saturating_add(c.analysis.members)),
            cut_off,
            children,
        })
    }
}

/// A folder's identity: SHA-256 over "digest, two blanks, path, line feed" of its files, sorted by path.
fn folder_digest(children: &[Edge]) -> ContentId {
    let mut lines: Vec<(&str, ContentId)> = children.iter().map(|c| (c.name.as_str(), c.analysis.id)).collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    for (name, id) in lines {
        hash.update(format!("{id}  {name}\n"));
    }
    ContentId(hash.finalize().into())
}

/// Hands a complete analysis upwards, completing every parent whose last child it was. Works without recursion.
fn deliver(shared: &Shared, parent: Parent, claimed: Option<FileKind>, analysis: Option<Arc<Analysis>>) {
    let mut work = vec![(parent, claimed, analysis)];
    while let Some((parent, claimed, analysis)) = work.pop() {
        match parent {
            Parent::Root(done) => {
                if let Some(analysis) = analysis {
                    *lock(&done.result) = Some((claimed, analysis));
                }
            }
            Parent::Node { node, slot } => {
                if let Some(slot) = lock(&node.slots).get_mut(slot) {
                    slot.claimed = claimed;
                    slot.analysis = analysis;
                }
                release(shared, &node, &mut work);
            }
        }
    }
}

type Work = Vec<(Parent, Option<FileKind>, Option<Arc<Analysis>>)>;

/// One of the node's pending things is done; when it was the last, the node's analysis goes to all who want it.
fn release(shared: &Shared, node: &Arc<Node>, work: &mut Work) {
    if node.pending.fetch_sub(1, Ordering::AcqRel) != 1 {
        return;
    }
    let analysis = node.complete();
    if let Some(key) = &node.key {
        for waiter in shared.cache.finish(key, &analysis) {
            work.push((waiter.parent, waiter.claimed, Some(Arc::clone(&analysis))));
        }
    }
    if let Some(parent) = lock(&node.parent).take() {
        work.push((parent, node.claimed, Some(analysis)));
    }
}

/// Looks at one root and, when all of it is done, assesses it.
pub(super) fn root<'s>(shared: &Arc<Shared>, scope: &Scope<'s>, root: Root, done: &Done) {
    let started = Instant::now();
    let path = root.path().display().to_string();
    match root {
        Root::File { path: file, .. } => match ByteView::open(&file) {
            Ok(view) => root_bytes(shared, scope, &path, view, started, done),
            Err(e) => fail(shared, &path, Gap::new(GapReason::Unreadable, e.to_string()), done),
        },
        Root::Unreachable { gap, .. } => fail(shared, &path, gap, done),
        Root::Package { base, members, gaps, .. } => {
            let end = End::new(shared, path, started, done, None);
            package_folder(shared, scope, end, &base, members, gaps);
        }
    }
}

fn fail(shared: &Shared, path: &str, gap: Gap, done: &Done) {
    shared.progress.roots.fetch_add(1, Ordering::Relaxed);
    done(unexamined(path, gap, 0.0));
}

/// Looks at a root whose bytes are at hand.
pub(super) fn root_bytes<'s>(
    shared: &Arc<Shared>,
    scope: &Scope<'s>,
    path: &str,
    view: ByteView,
    started: Instant,
    done: &Done,
) {
    shared.progress.disk_bytes.fetch_add(view.len() as u64, Ordering::Relaxed);
    let budget = budget(shared, view.len() as u64);
    let end = End::new(shared, path.to_owned(), started, done, Some(view.clone()));
    let name = crate::model::artifact::base_name(path).to_owned();
    process(
        shared,
        scope,
        Job { view, name, depth: 0, budget, parent: Parent::Root(end), around: None, claimed: None },
    );
}

/// Assesses a root when the last job that belongs to it is gone.
struct End {
    shared: Arc<Shared>,
    path: String,
    started: Instant,
    done: Done,
    view: Option<ByteView>,
    result: Mutex<Option<(Option<FileKind>, Arc<Analysis>)>>,
}

impl End {
    fn new(shared: &Arc<Shared>, path: String, started: Instant, done: &Done, view: Option<ByteView>) -> Arc<Self> {
        let (shared, done) = (Arc::clone(shared), Arc::clone(done));
        Arc::new(Self { shared, path, started, done, view, result: Mutex::new(None) })
    }
}

impl Drop for End {
    fn drop(&mut self) {
        let seconds = self.started.elapsed().as_secs_f64();
        let taken = lock(&self.result).take();
        let assessment = match taken {
            Some((claimed, analysis)) => {
                let shrank = self.view.as_ref().is_some_and(ByteView::shrank);
                let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    judge(&self.path, claimed, &analysis, shrank, seconds, &self.shared)
                }));
                judged.unwrap_or_else(|panic| unexamined(&self.path, crash("the assessment", &*panic), seconds))
            }
            None => unexamined(&self.path, Gap::new(GapReason::Crash, "the analysis did not complete"), seconds),
        };
        self.shared.progress.roots.fetch_add(1, Ordering::Relaxed);
        (self.done)(assessment);
    }
}

/// Joins what was seen in a root: package heuristics, chains, verdict.
fn judge(
    path: &str,
    claimed: Option<FileKind>,
    analysis: &Analysis,
    shrank: bool,
    seconds: f64,
    shared: &Shared,
) -> Assessment {
    let mut package = Package::of(crate::model::artifact::base_name(path), analysis);
    if let Some(root) = package.members.first_mut() {
        root.claimed = claimed;
    }
    let mut placed = package::check(&package);
    if let Some(feed) = &shared.feed {
        placed.extend(known::check(&package, feed));
    }
    correlate::weigh_own(&package, &mut placed);
    let incidents = correlate::incidents(&package, &placed);
    let tree = shared.wanted.tree.then(|| Box::new(Tree::of(path, &package, &placed, &incidents)));
    let mut assessment = assess(path, &package, placed, incidents, seconds);
    assessment.tree = tree;
    if shrank {
        let gap = Gap::new(GapReason::Unreadable, "the file shrank while it was read; what was cut off reads as zeros");
        assessment.add_gap(path, gap);
    }
    assessment
}

/// Looks at a folder that is one package: each file is read by the job that looks at it.
fn package_folder<'s>(
    shared: &Arc<Shared>,
    scope: &Scope<'s>,
    end: Arc<End>,
    base: &Path,
    members: Vec<std::path::PathBuf>,
    gaps: Vec<Gap>,
) {
    let packed = members.iter().filter_map(|m| std::fs::metadata(base.join(m)).ok()).map(|m| m.len()).sum();
    let budget = budget(shared, packed);
    let node = Arc::new(Node {
        id: ContentId([0; 32]),
        sha1: None,
        shape: None,
        outline: OnceLock::new(),
        kind: FileKind::Folder,
        claimed: None,
        bytes: 0,
        key: None,
        notes: Mutex::new(Notes { gaps, ..Notes::default() }),
        slots: Mutex::new(Vec::new()),
        pending: AtomicUsize::new(1),
        parent: Mutex::new(Some(Parent::Root(end))),
    });
    for member in members {
        let name = member.display().to_string().replace('\\', "/");
        if let Err(gap) = budget.admit_entry() {
            node.gap(gap.at(name));
            break;
        }
        let slot = node.slot(name.clone(), Step::Member { format: "folder", name: name.clone() });
        let file = base.join(&member);
        let (shared, node, budget) = (Arc::clone(shared), Arc::clone(&node), Arc::clone(&budget));
        scope.spawn(move |scope| {
            let parent = Parent::Node { node: Arc::clone(&node), slot };
            match ByteView::open(&file) {
                Ok(view) => {
                    shared.progress.disk_bytes.fetch_add(view.len() as u64, Ordering::Relaxed);
                    process(&shared, scope, Job { view, name, depth: 1, budget, parent, around: None, claimed: None });
                }
                Err(e) => {
                    node.gap(Gap::new(GapReason::Unreadable, e.to_string()).at(name));
                    deliver(&shared, parent, None, None);
                }
            }
        });
    }
    let mut work = Vec::new();
    release(shared, &node, &mut work);
    for (parent, claimed, analysis) in work {
        deliver(shared, parent, claimed, analysis);
    }
}

/// Identifies a content, shares an earlier analysis of it, or analyses it.
fn process<'s>(shared: &Arc<Shared>, scope: &Scope<'s>, mut job: Job) {
    shared.progress.files.fetch_add(1, Ordering::Relaxed);
    shared.progress.bytes.fetch_add(job.view.len() as u64, Ordering::Relaxed);
    let id = ContentId(job.view.sha256());
    let identity = identify(&job.name, &job.view);
    if identity.kind.is_container() {
        // What a mapped archive holds is read again entry by entry.
        job.view.release_pages();
    }
    job.claimed = identity.claimed;
    let base = crate::model::artifact::base_name(&job.name);
    let key = Key::new(id, identity.kind, base);
    match shared.cache.enter(&key, job) {
        Found::Waiting => {}
        Found::Done(analysis, job) => match job.budget.admit_entries(analysis.members.saturating_sub(1)) {
            Ok(()) => deliver(shared, job.parent, identity.claimed, Some(analysis)),
            Err(gap) => refuse(shared, job, gap),
        },
        Found::Absent(job) => analyse(shared, scope, job, id, identity, key),
    }
}

/// A job that is not carried out: its parent gets the gap.
fn refuse(shared: &Shared, job: Job, gap: Gap) {
    match &job.parent {
        Parent::Node { node, .. } => {
            node.gap(gap.at(job.name));
            deliver(shared, job.parent, None, None);
        }
        Parent::Root(_) => {
            let view = &job.view;
            let analysis = Analysis {
                id: ContentId(view.sha256()),
                sha1: shared.sha1(view),
                shape: None,
                outline: None,
                kind: FileKind::Data,
                bytes: view.len() as u64,
                findings: Vec::new(),
                facts: Vec::new(),
                gaps: vec![gap],
                children: Vec::new(),
                members: 1,
                cut_off: true,
            };
            deliver(shared, job.parent, None, Some(Arc::new(analysis)));
        }
    }
}

fn analyse<'s>(shared: &Arc<Shared>, scope: &Scope<'s>, job: Job, id: ContentId, identity: Identity, key: Key) {
    shared.progress.analysed.fetch_add(1, Ordering::Relaxed);
    let Job { view, name, depth, budget, parent, around, claimed: _ } = job;
    let node = Arc::new(Node {
        id,
        sha1: shared.sha1(&view),
        shape: shared.shape(identity.kind, &view),
        outline: OnceLock::new(),
        kind: identity.kind,
        claimed: identity.claimed,
        bytes: view.len() as u64,
        key: Some(key),
        notes: Mutex::new(Notes::default()),
        slots: Mutex::new(Vec::new()),
        pending: AtomicUsize::new(1),
        parent: Mutex::new(Some(parent)),
    });
    let artifact = Artifact { id, view, identity, name, depth };
    let at = At { shared, budget: &budget, around: &around, artifact: &artifact, node: &node };
    let file = Parsed::new(&artifact);
    at.unwrap(&file, scope);
    at.look(&file, scope);
    at.outline(&file);
    artifact.view.release_pages();
    if artifact.identity.kind.is_script() && artifact.view.len() >= LARGE_SCRIPT {
        drop(file);
        give_free_memory_back();
    }
    let mut work = Vec::new();
    release(shared, &node, &mut work);
    for (parent, claimed, analysis) in work {
        deliver(shared, parent, claimed, analysis);
    }
}

/// One content while it is being analysed.
struct At<'a> {
    shared: &'a Arc<Shared>,
    budget: &'a Arc<Budget>,
    around: &'a Option<Arc<Around>>,
    artifact: &'a Artifact,
    node: &'a Arc<Node>,
}

impl At<'_> {
    /// Opens a container, or what is wrapped in something that is none by nature. Each child is sent round as it
    /// comes.
    fn unwrap(&self, file: &Parsed<'_>, scope: &Scope<'_>) {
        let own = self.artifact.identity.kind;
        let appended = !own.is_container() && crate::identify::appended_zip(&self.artifact.view);
        let mut accounted = Vec::new();
        for kind in [Some(own), appended.then_some(FileKind::Zip)].into_iter().flatten() {
            for wrapper in wrappers_for(kind) {
                self.open(file, kind, wrapper, scope, &mut accounted);
            }
        }
        file.account(accounted);
    }

    fn open(
        &self,
        file: &Parsed<'_>,
        kind: FileKind,
        wrapper: &dyn Wrapper,
        scope: &Scope<'_>,
        accounted: &mut Vec<Range<usize>>,
    ) {
        let passwords = &self.shared.passwords;
        let input = Input { file, view: &self.artifact.view, kind, name: &self.artifact.name, passwords };
        let mut sink = |child: Child| self.child(scope, child);
        let mut entries = Entries::new(self.budget, &mut sink);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| wrapper.unwrap(&input, &mut entries)));
        accounted.append(&mut entries.take_accounted());
        let mut notes = lock(&self.node.notes);
        notes.findings.append(&mut entries.findings);
        notes.facts.append(&mut entries.facts);
        notes.gaps.append(&mut entries.gaps);
        match result {
            Ok(Ok(())) => {}
            Ok(Err(gap)) => notes.gaps.push(gap),
            Err(panic) => notes.gaps.push(crash(&format!("opening the {}", kind.word()), &*panic)),
        }
    }

    /// Runs signatures and heuristics, and sends what they decoded round.
    fn look(&self, file: &Parsed<'_>, scope: &Scope<'_>) {
        let mut notes = Notes::default();
        analyze::run(file, self.budget, &mut notes, &mut |what, panic| crash(what, panic));
        let children = std::mem::take(&mut notes.children);
        {
            let mut own = lock(&self.node.notes);
            own.findings.append(&mut notes.findings);
            own.facts.append(&mut notes.facts);
            own.gaps.append(&mut notes.gaps);
        }
        for child in children {
            match self.budget.admit_entry() {
                Ok(()) => self.child(scope, child),
                Err(gap) => {
                    self.node.gap(gap);
                    break;
                }
            }
        }
    }

    /// Takes down the functions, when they are asked for.
    fn outline(&self, file: &Parsed<'_>) {
        if !self.shared.wanted.outline || self.budget.check_time().is_err() {
            return;
        }
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| outline(file))) {
            Ok(Some(mut outline)) => {
                let count = outline.functions.len() as u64;
                if self.shared.outlined.fetch_add(count, Ordering::Relaxed).saturating_add(count) > MOST_OUTLINED {
                    return;
                }
                let notes = lock(&self.node.notes);
                outline.place(notes.facts.iter().filter_map(|fact| match &fact.kind {
                    FactKind::Has(capability, value) => Some((fact.offset, *capability, value.clone())),
                    _ => None,
                }));
                drop(notes);
                drop(self.node.outline.set(Arc::new(outline)));
            }
            Ok(None) => {}
            Err(panic) => self.node.gap(crash("listing the functions", &*panic)),
        }
    }

    /// Sends a child round: as a job of its own, or at once when memory is tight.
    fn child(&self, scope: &Scope<'_>, child: Child) {
        let Child { name, step, content } = child;
        if self.artifact.depth >= self.budget.limits().depth {
            let gap = Gap::new(
                GapReason::Limit,
                format!("more than {} containers inside one another", self.budget.limits().depth),
            );
            self.node.gap(gap.at(name));
            return;
        }
        if let Some(key) = &self.node.key {
            for waiter in self.shared.cache.open(key) {
                let shared = Arc::clone(self.shared);
                scope.spawn(move |scope| process(&shared, scope, waiter));
            }
        }
        let slot = self.node.slot(name.clone(), step);
        let around = Some(Arc::new(Around { id: self.artifact.id, outer: self.around.clone() }));
        let (shared, node, budget) = (Arc::clone(self.shared), Arc::clone(self.node), Arc::clone(self.budget));
        let depth = self.artifact.depth + 1;
        let run = move |scope: &Scope<'_>| {
            let parent = Parent::Node { node: Arc::clone(&node), slot };
            let view = match content {
                Content::Ready(view) => view,
                Content::Deferred(decode) => {
                    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| decode(&budget))) {
                        Ok(produced) => {
                            let mut notes = lock(&node.notes);
                            notes.findings.extend(produced.findings);
                            let failed = produced.gap.is_some() && produced.view.is_empty();
                            notes.gaps.extend(produced.gap.map(|g| g.at(name.clone())));
                            drop(notes);
                            if failed {
                                return deliver(&shared, parent, None, None);
                            }
                            produced.view
                        }
                        Err(panic) => {
                            node.gap(crash("decoding", &*panic).at(name));
                            return deliver(&shared, parent, None, None);
                        }
                    }
                }
            };
            let job = Job { view, name, depth, budget, parent, around, claimed: None };
            if let Err(gap) = job.budget.check_time() {
                return refuse(&shared, job, gap);
            }
            if holds_itself(&job) {
                let gap = Gap::new(GapReason::Limit, "it holds itself; it is not opened again");
                return refuse(&shared, job, gap);
            }
            process(&shared, scope, job);
        };
        if self.budget.memory_is_tight() {
            run(scope);
        } else {
            scope.spawn(run);
        }
    }
}

/// Whether the content is one of the containers around it (an archive quine).
fn holds_itself(job: &Job) -> bool {
    let mut outer = job.around.as_ref();
    if outer.is_none_or(|o| o.outer.is_none()) && job.depth < 2 {
        return false;
    }
    let id = ContentId(job.view.sha256());
    while let Some(around) = outer {
        if around.id == id {
            return true;
        }
        outer = around.outer.as_ref();
    }
    false
}
