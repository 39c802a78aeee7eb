//! `peephole gate npm|pip -- COMMAND...`: a registry on loopback between an installer and its registry. Every archive is
//! fetched, checked, examined and judged before the installer gets it; one that is not let in is answered with status 403,
//! and the installer stops. When something fails here, nothing is let in.

mod http;
mod pages;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::exit;
use super::fetching::Fetching;
use super::judging::{Judging, judge};
use super::scan::Bounds;
use crate::assess::policy::Policy;
use crate::assess::{Assessment, Verdict};
use crate::engine::Engine;
use crate::model::finding::printable;
use crate::model::{Date, Error};
use crate::source::registry::{Config, Name, Registry, Stored, Wants};

use http::{Reply, Request};

/// Connections that are answered at one time; the next ones wait.
const CONNECTIONS: u64 = 64;

/// Whose installer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Client {
    /// npm, and what obeys `npm_config_registry`
    Npm,
    /// pip, and what obeys `PIP_INDEX_URL`
    Pip,
}

/// What stands below the options in the help.
const HELP: &str = "\
For example `peephole gate npm -- npm ci` or `peephole gate pip -- pip install -r requirements.txt`. The command is started \
with its registry set to the gate. What verdict and policy block or send to review is refused; what was not examined \
completely is refused, too, unless --allow-incomplete is given. --observe refuses nothing and tells.

What an installer takes from elsewhere than its registry (git, an address, a file) does not come through the gate.

Exit codes: that of the command when nothing was refused, 1 when something was.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Gate {
    /// Whose installer it is
    #[arg(value_enum)]
    client: Client,
    /// The command and its arguments
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
    /// Let in what was not examined completely
    #[arg(long)]
    allow_incomplete: bool,
    /// Let in what needs a person
    #[arg(long)]
    allow_review: bool,
    /// Refuse nothing, and tell what would be refused
    #[arg(long)]
    observe: bool,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    bounds: Bounds,
}

/// What was decided about one archive.
#[derive(Clone)]
struct Judged {
    verdict: Verdict,
    reasons: Vec<String>,
    stored: Stored,
}

/// Everything that answers need.
struct Guard {
    client: Client,
    registry: Registry,
    engine: Engine,
    policy: Option<Policy>,
    wants: Wants,
    gate: (bool, bool, bool),
    own: String,
    /// By package URL: `None` while somebody is looking.
    judged: Mutex<BTreeMap<String, Option<Result<Judged, String>>>>,
    done: Condvar,
    /// Milliseconds that installers waited for judgements.
    waited: AtomicU64,
    open: AtomicU64,
}

impl Gate {
    pub(super) fn run(self) -> Result<u8, Error> {
        let policy = self.judging.policy(&[])?;
        let (registry, notes) = self.fetching.registry()?;
        for note in notes {
            let _ = writeln!(io::stderr(), "peephole: {note}");
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let own = format!("http://{}", listener.local_addr()?);
        let guard = Arc::new(Guard {
            client: self.client,
            registry,
            engine: Engine::new(self.bounds.settings()?)?,
            policy,
            wants: self.fetching.wants()?,
            gate: (self.allow_incomplete, self.allow_review, self.observe),
            own: own.clone(),
            judged: Mutex::default(),
            done: Condvar::new(),
            waited: AtomicU64::new(0),
            open: AtomicU64::new(0),
        });
        let answering = Arc::clone(&guard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                while answering.open.load(Ordering::Relaxed) >= CONNECTIONS {
                    std::thread::sleep(Duration::from_millis(5));
                }
                answering.open.fetch_add(1, Ordering::Relaxed);
                let guard = Arc::clone(&answering);
                std::thread::spawn(move || {
                    // An installer that goes away has its reasons.
                    let _ = guard.attend(stream);
                    guard.open.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        let mut words = self.command.iter();
        let program = words.next().ok_or_else(|| Error::Usage("no command".to_owned()))?;
        let mut command = Command::new(program);
        command.args(words);
        match self.client {
            Client::Npm => {
                command.env("npm_config_registry", format!("{own}/")).env("npm_config_audit", "false");
                // A lockfile may name another host, and a scope another registry: both lead here.
                command.env("npm_config_replace_registry_host", "always");
                for scope in Config::scopes_of_user() {
                    command.env(format!("npm_config_{scope}:registry"), format!("{own}/"));
                }
            }
            Client::Pip => {
                command.env("PIP_INDEX_URL", format!("{own}/simple/")).env("PIP_TRUSTED_HOST", "127.0.0.1");
                // Its files may name further indexes, past the gate.
                command.env("PIP_CONFIG_FILE", if cfg!(windows) { "nul" } else { "/dev/null" });
                for name in ["PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"] {
                    command.env_remove(name);
                }
            }
        }
        let input = |source| Error::Input { path: PathBuf::from(program), source };
        let status = command.status().map_err(input)?;
        let code = status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(exit::INTERNAL);
        Ok(guard.told(code))
    }
}

impl Guard {
    /// Answers one connection until it ends.
    fn attend(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_write_timeout(Some(Duration::from_secs(60)))?;
        let mut reader = io::BufReader::new(stream.try_clone()?);
        let mut out = stream;
        while let Some(request) = Request::read(&mut reader)? {
            let reply = self.answer(&request);
            reply.write(&mut out, &request)?;
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Reply {
        if request.method != "GET" && request.method != "HEAD" {
            return Reply::status(404, "the gate only gives");
        }
        let wanted = match self.client {
            Client::Npm => pages::npm(&request.path),
            Client::Pip => pages::pip(&request.path),
        };
        match wanted {
            None => Reply::status(404, "the gate does not know this"),
            Some(pages::Wanted::Page(name)) => match self.registry.page(&name, &self.own) {
                Ok((kind, body)) => Reply::Body(kind, body),
                Err(trouble) => Reply::of_trouble(&trouble),
            },
            Some(pages::Wanted::Archive { name, file }) => self.archive(&name, &file),
        }
    }

    /// An archive, if it may be let in.
    fn archive(&self, name: &Name, file: &str) -> Reply {
        let started = Instant::now();
        let judged = self.judged(name, file);
        let waited = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.waited.fetch_add(waited, Ordering::Relaxed);
        match judged {
            Err(why) => Reply::status(502, &why),
            Ok(judged) if self.refuses(judged.verdict) => {
                let why = judged.reasons.first().cloned().unwrap_or_default();
                Reply::status(403, &format!("Peephole: {}: {why}", judged.verdict.word()))
            }
            Ok(judged) => Reply::File(judged.stored.path),
        }
    }

    fn refuses(&self, verdict: Verdict) -> bool {
        let (incomplete, review, observe) = self.gate;
        !observe
            && match verdict {
                Verdict::Pass => false,
                Verdict::Incomplete => !incomplete,
                Verdict::Review => !review,
                Verdict::Block => true,
            }
    }

    /// Judges each archive once, whoever asks how often.
    fn judged(&self, name: &Name, file: &str) -> Result<Judged, String> {
        let key = format!("{name} {file}");
        let mut all = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match all.get(&key) {
                Some(Some(known)) => return known.clone(),
                Some(None) => all = self.done.wait(all).unwrap_or_else(PoisonError::into_inner),
                None => break,
            }
        }
        all.insert(key.clone(), None);
        drop(all);
        let result = self.look(name, file);
        let mut all = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, Some(result.clone()));
        self.done.notify_all();
        result
    }

    fn look(&self, name: &Name, file: &str) -> Result<Judged, String> {
        let stored = self.registry.one(name, file, &self.wants).map_err(|t| t.to_string())?;
        let mut found: Vec<Assessment> = self.engine.scan(&stored.path).map_err(|e| e.to_string())?;
        let today = Date::today();
        found.iter_mut().for_each(|a| judge(self.policy.as_ref(), a, today));
        let rank = |v: Verdict| {
            [Verdict::Pass, Verdict::Incomplete, Verdict::Review, Verdict::Block].iter().position(|r| *r == v)
        };
        let worst = found.iter().max_by_key(|a| rank(a.verdict));
        let (verdict, reasons) = worst
            .map_or((Verdict::Incomplete, vec!["nothing was examined".to_owned()]), |a| (a.verdict, a.reasons.clone()));
        Ok(Judged { verdict, reasons, stored })
    }

    /// Says what was refused, and the exit code.
    fn told(&self, code: u8) -> u8 {
        let mut err = io::stderr();
        let all = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let mut refused = 0_u64;
        for (what, judged) in all.iter() {
            let line = match judged {
                Some(Ok(j)) if j.verdict == Verdict::Pass => continue,
                Some(Ok(j)) => {
                    let out = self.refuses(j.verdict);
                    refused = refused.saturating_add(u64::from(out));
                    let word = if out { "refused" } else { "let in" };
                    format!("{word}: {what}: {}: {}", j.verdict.word(), j.reasons.first().map_or("", String::as_str))
                }
                Some(Err(why)) => {
                    refused = refused.saturating_add(1);
                    format!("refused: {what}: {why}")
                }
                None => continue,
            };
            let _ = writeln!(err, "peephole: {}", printable(line.as_bytes()));
        }
        let seconds = self.waited.load(Ordering::Relaxed) as f64 / 1000.0;
        let _ = writeln!(
            err,
            "peephole: {} archives examined, {refused} refused, {seconds:.1} s waited for (over all connections)",
            all.len()
        );
        if refused > 0 { exit::BLOCK } else { code }
    }
}
