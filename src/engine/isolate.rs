//! Contains what `catch_unwind` cannot: a stack overflow, an abort, an endless loop. Child processes (`peephole
//! worker`) look at one root at a time; when one dies or does not answer, the root it had becomes a gap, a new child
//! takes its place, and no other root is lost.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::unexamined;
use super::worker::{Job, Line};
use crate::assess::Assessment;
use crate::model::{Gap, GapReason};

/// How long after a root's own time limit a child is believed to be stuck.
const GRACE: Duration = Duration::from_secs(10);
/// How long a child may take to start.
const START: Duration = Duration::from_secs(30);

/// Names under which archives are usually met. Content decides what is opened; this decides only where.
#[must_use]
pub fn is_archive_name(path: &Path) -> bool {
    const ENDINGS: &[&str] = &[
        "zip", "whl", "jar", "vsix", "nupkg", "xpi", "crx", "pyz", "pex", "egg", "tar", "gz", "tgz", "xz", "txz",
        "lzma", "zst", "bz2", "tbz2", "br", "lz4", "deb", "rpm", "cpio", "7z", "cab", "gem", "crate", "conda", "apk",
        "war", "ear",
    ];
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| ENDINGS.contains(&e.to_ascii_lowercase().as_str()))
}

/// Sends roots to child processes.
pub struct Supervisor {
    jobs: Option<SyncSender<PathBuf>>,
    queue: Arc<Mutex<Receiver<PathBuf>>>,
    threads: Vec<JoinHandle<()>>,
    most: usize,
    arguments: Vec<OsString>,
    seconds: u64,
    results: Sender<Assessment>,
}

impl Supervisor {
    /// A supervisor of at most `most` children, started as they are needed, with these arguments. `seconds` is the
    /// time limit of one root. Assessments go to `results`.
    #[must_use]
    pub fn new(most: usize, arguments: Vec<OsString>, seconds: u64, results: Sender<Assessment>) -> Self {
        let (jobs, queue) = mpsc::sync_channel(64);
        let queue = Arc::new(Mutex::new(queue));
        Self { jobs: Some(jobs), queue, threads: Vec::new(), most, arguments, seconds, results }
    }

    /// Queues one root; waits when the queue is full.
    pub fn submit(&mut self, path: PathBuf) {
        if self.threads.len() < self.most {
            let (queue, arguments, results) = (Arc::clone(&self.queue), self.arguments.clone(), self.results.clone());
            let limit = Duration::from_secs(self.seconds) + GRACE;
            self.threads.push(std::thread::spawn(move || attend(&queue, &arguments, limit, &results)));
        }
        if let Some(jobs) = &self.jobs {
            // The queue lives as long as the supervisor.
            let _ = jobs.send(path);
        }
    }

    /// Waits until every queued root is reported.
    pub fn finish(mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A thread of the supervisor holds no state that others need.
            let _ = thread.join();
        }
    }
}

/// One child and what it says.
struct Attended {
    child: Child,
    jobs: ChildStdin,
    lines: Receiver<Line>,
}

impl Attended {
    fn start(arguments: &[OsString]) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| e.to_string())?;
        let (Some(jobs), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a child has no pipes".to_owned());
        };
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { break };
                let Ok(line) = serde_json::from_str(&line) else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut attended = Self { child, jobs, lines };
        match attended.lines.recv_timeout(START) {
            Ok(Line::Ready { .. }) => Ok(attended),
            _ => {
                attended.kill();
                Err("a child did not start".to_owned())
            }
        }
    }

    /// Hands one root over and waits for its reports.
    fn look(&mut self, path: &Path, limit: Duration, results: &Sender<Assessment>) -> Result<(), Gap> {
        let job = Job { id: 0, path: path.to_owned() };
        let crashed = |why: String| Gap::new(GapReason::Crash, why);
        let mut text = serde_json::to_vec(&job).map_err(|e| crashed(e.to_string()))?;
        text.push(b'\n');
        self.jobs
            .write_all(&text)
            .and_then(|()| self.jobs.flush())
            .map_err(|e| crashed(format!("the child is gone: {e}")))?;
        let until = Instant::now() + limit;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Line::Report { artifact, .. }) => {
                    let assessment = Assessment::try_from(*artifact).map_err(|e| crashed(e.to_string()))?;
                    // The receiver lives until every supervisor thread is joined.
                    let _ = results.send(assessment);
                }
                Ok(Line::Done { .. }) => return Ok(()),
                Ok(Line::Failed { error, .. }) => return Err(Gap::new(GapReason::Unreadable, error)),
                Ok(Line::Ready { .. }) => {}
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Gap::new(
                        GapReason::Timeout,
                        format!("no answer within {} s; the child was ended", limit.as_secs()),
                    ));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let how = self.child.wait().map_or_else(|e| e.to_string(), |status| status.to_string());
                    return Err(crashed(format!("the child that looked at it died ({how})")));
                }
            }
        }
    }

    fn kill(&mut self) {
        // Both fail only when the child is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes roots from the queue until it ends, with one child at a time.
fn attend(queue: &Mutex<Receiver<PathBuf>>, arguments: &[OsString], limit: Duration, results: &Sender<Assessment>) {
    let mut attended: Option<Attended> = None;
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(path) = next else { break };
        let started = Instant::now();
        let mut current = match attended.take().map_or_else(|| Attended::start(arguments), Ok) {
            Ok(current) => current,
            Err(why) => {
                let gap = Gap::new(GapReason::Crash, why);
                let _ = results.send(unexamined(&path.display().to_string(), gap, 0.0));
                continue;
            }
        };
        match current.look(&path, limit, results) {
            Ok(()) => attended = Some(current),
            Err(gap) => {
                current.kill();
                let seconds = started.elapsed().as_secs_f64();
                let _ = results.send(unexamined(&path.display().to_string(), gap, seconds));
            }
        }
    }
    if let Some(mut last) = attended {
        last.kill();
    }
}
