//! `peephole gate npm|pip -- COMMAND...`: a registry on loopback between an installer and its registry. Every archive is
//! fetched, checked, examined and judged before the installer gets it; one that is not let in is answered with status 403,
//! and the installer stops. When something fails here, nothing is let in.

mod ahead;
mod http;
mod judged;
mod pages;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use ring::rand::{SecureRandom as _, SystemRandom};

use super::exit;
use super::fetching::Fetching;
use super::judging::{Judging, judge};
use super::scan::{self, Bounds};
use crate::analyze::signature;
use crate::assess::policy::Policy;
use crate::assess::{Assessment, Verdict};
use crate::engine::{Engine, Settings};
use crate::model::finding::printable;
use crate::model::view::give_way;
use crate::model::{Date, Error};
use crate::source::registry::{Config, Name, Registry, Wants};
use crate::store::passed::Passed;

use ahead::Ahead;
use http::{Reply, Request};
use judged::{Judged, Judgements};

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

/// Addresses that are remembered of those that were refused.
const ADDRESSES: usize = 1000;

/// What stands below the options in the help.
const HELP: &str = "\
For example `peephole gate npm -- npm ci` or `peephole gate pip -- pip install -r requirements.txt`. The command is started \
with its registry set to the gate. What verdict and policy block or send to review is refused; what was not examined \
completely is refused, too, unless --allow-incomplete is given. --observe refuses nothing and tells.

The installer's own cache is replaced by an empty one, and the gate is set as its proxy, which refuses every other address: \
what an installer or an install script takes from elsewhere (git, an address, another index) is not let in, unless \
--allow-direct is given. Files on this machine, and programs that obey no proxy, do not come through the gate.

With --remember, what passes without a gap is not examined again in the next such run with the same program, rules, feed, \
limits and policy. The memory lies in $XDG_STATE_HOME/peephole/passed, with a key without which nobody can add to it. Programs \
that run as the same user can read that key, install scripts among them; so it is for hosts where scripts are switched off or \
let in with open eyes.

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
    /// Let the command reach other addresses than its registry; nothing of them is examined
    #[arg(long)]
    allow_direct: bool,
    /// Refuse nothing, and tell what would be refused
    #[arg(long)]
    observe: bool,
    /// Remember what passes, and do not examine it again in the next run with --remember
    #[arg(long)]
    remember: bool,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    bounds: Bounds,
}

/// Everything that answers need.
struct Guard {
    client: Client,
    registry: Registry,
    engine: Engine,
    policy: Option<Policy>,
    wants: Wants,
    gate: (bool, bool, bool),
    /// `127.0.0.1:PORT`
    host: String,
    /// What only the command knows: others on this machine are not answered with the user's credentials.
    secret: String,
    /// Addresses besides the registry that were asked for.
    around: Mutex<BTreeSet<String>>,
    judged: Judgements,
    /// Archives that the installer is about to ask for.
    ahead: Ahead,
    /// What passed in an earlier run, when that is to be used.
    passed: Option<Passed>,
    /// Milliseconds that installers waited for judgements.
    waited: AtomicU64,
    open: AtomicU64,
}

/// An engine whose threads leave the processors to the client while it wants them: it works on one thread from beginning to
/// end, and what is examined ahead is examined in time beside that.
fn behind_the_client(settings: Settings) -> Result<Engine, Error> {
    let start = move || {
        give_way();
        Engine::new(settings)
    };
    std::thread::spawn(start).join().unwrap_or_else(|_| Err(Error::Internal("no threads were started".to_owned())))
}

impl Gate {
    pub(super) fn run(self) -> Result<u8, Error> {
        let policy = self.judging.policy(&[])?;
        let (registry, notes) = self.fetching.registry()?;
        for note in notes {
            let _ = writeln!(io::stderr(), "peephole: {note}");
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let host = listener.local_addr()?.to_string();
        let secret = secret()?;
        let own = format!("http://{host}/{secret}");
        let mut settings = self.bounds.settings()?;
        // pip works on one thread from beginning to end, while its wheels are looked at ahead: a processor is left to it.
        if self.client == Client::Pip && settings.jobs == 0 {
            settings.jobs = std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).max(1));
        }
        signature::keep_sets();
        let passed = if self.remember { passed(&settings, policy.as_ref()) } else { None };
        let guard = Arc::new(Guard {
            client: self.client,
            registry,
            engine: behind_the_client(settings)?,
            policy,
            passed,
            wants: self.fetching.wants()?,
            gate: (self.allow_incomplete, self.allow_review, self.observe),
            host: host.clone(),
            secret: secret.clone(),
            around: Mutex::default(),
            judged: Judgements::default(),
            ahead: Ahead::default(),
            waited: AtomicU64::new(0),
            open: AtomicU64::new(0),
        });
        let answering = Arc::clone(&guard);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                while answering.open.load(Ordering::Relaxed) >= CONNECTIONS {
                    std::thread::sleep(Duration::from_millis(5));
                }
                let open = Open::new(&answering);
                std::thread::spawn(move || {
                    // An installer that goes away has its reasons.
                    let _ = open.0.attend(stream);
                });
            }
        });
        let workers = match self.client {
            Client::Npm => ahead::WORKERS_FOR_NPM,
            Client::Pip => ahead::WORKERS,
        };
        if let (Client::Npm, Ok(folder)) = (self.client, std::env::current_dir()) {
            guard.ahead.push_pinned(&folder, self.command.iter().map(OsString::as_os_str));
        }
        for _ in 0..workers {
            let looking = Arc::clone(&guard);
            std::thread::spawn(move || {
                give_way();
                loop {
                    let (name, file) = looking.ahead.next();
                    let _ = looking.judged(&name, &file);
                }
            });
        }
        let mut words = self.command.iter();
        let program = words.next().ok_or_else(|| Error::Usage("no command".to_owned()))?;
        let mut command = Command::new(program);
        command.args(words);
        let cache = std::env::temp_dir().join(format!("peephole-gate-{secret}"));
        for (name, value) in self.settings(&host, &secret, &own, &cache) {
            // npm reads its variables in any case.
            for (set, _) in std::env::vars_os().filter(|(n, _)| n.to_string_lossy().eq_ignore_ascii_case(&name)) {
                command.env_remove(set);
            }
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let input = |source| Error::Input { path: PathBuf::from(program), source };
        let status = command.status().map_err(input);
        let _ = std::fs::remove_dir_all(&cache);
        let status = status?;
        let code = status.code().and_then(|c| u8::try_from(c).ok()).unwrap_or(exit::INTERNAL);
        Ok(guard.told(code))
    }

    /// The environment of the command: everything that it fetches comes through the gate.
    fn settings(&self, host: &str, secret: &str, own: &str, cache: &Path) -> Vec<(String, Option<OsString>)> {
        let mut all: Vec<(String, Option<OsString>)> = Vec::new();
        let mut set = |name: &str, value: &str| all.push((name.to_owned(), Some(value.into())));
        let gate = format!("http://{host}");
        if !self.allow_direct {
            for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
                set(name, &gate);
            }
            set("NO_PROXY", "127.0.0.1");
            set("no_proxy", "127.0.0.1");
        }
        match self.client {
            Client::Npm => {
                set("npm_config_registry", &format!("{own}/"));
                set("npm_config_audit", "false");
                // A lockfile may name another host, and a scope another registry: both lead here. Older versions of npm
                // forget the path of the registry then, but not the token.
                set("npm_config_replace_registry_host", "always");
                set(&format!("npm_config_//{host}/:_authToken"), secret);
                for scope in Config::scopes_of_user() {
                    set(&format!("npm_config_{scope}:registry"), &format!("{own}/"));
                }
                set("npm_config_offline", "false");
                set("npm_config_prefer_offline", "false");
                if !self.allow_direct {
                    set("npm_config_proxy", &gate);
                    set("npm_config_https_proxy", &gate);
                    set("npm_config_noproxy", "127.0.0.1");
                }
                // What npm once fetched was never examined.
                all.push(("npm_config_cache".to_owned(), Some(cache.as_os_str().to_owned())));
            }
            Client::Pip => {
                set("PIP_INDEX_URL", &format!("{own}/simple/"));
                set("PIP_TRUSTED_HOST", "127.0.0.1");
                set("PIP_NO_CACHE_DIR", "1");
                // Its files may name further indexes, past the gate.
                set("PIP_CONFIG_FILE", if cfg!(windows) { "nul" } else { "/dev/null" });
                for name in ["PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_PROXY"] {
                    all.push((name.to_owned(), None));
                }
            }
        }
        all
    }
}

/// What passed before under the circumstances of this run; nothing, with a word, where that is not to be had.
fn passed(settings: &Settings, policy: Option<&Policy>) -> Option<Passed> {
    let unusable = |why: &str| {
        let _ = writeln!(io::stderr(), "peephole: what passed in earlier runs is not used: {why}");
    };
    let Some(place) = Passed::place() else {
        unusable("no folder for it is known: neither XDG_STATE_HOME nor HOME is set");
        return None;
    };
    // Policies know of days: what they accept today they may refuse tomorrow.
    let judged = policy.map_or_else(String::new, |p| format!("{} {}", p.digest, Date::today()));
    let circumstances = scan::circumstances(settings).map(|mut all| {
        all.push(judged);
        all.join("\n")
    });
    let opened = circumstances.and_then(|all| Passed::open(&place, &all));
    opened.inspect_err(|e| unusable(&e.to_string())).ok()
}

/// What an archive is called here.
fn key(name: &Name, file: &str) -> String {
    format!("{name} {file}")
}

/// 128 bits that nobody guesses, in hex.
fn secret() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Internal("no random numbers".to_owned()))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// One connection that is answered; its end is told also when answering broke off.
struct Open(Arc<Guard>);

impl Open {
    fn new(guard: &Arc<Guard>) -> Self {
        guard.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(guard))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Guard {
    /// Answers one connection until it ends.
    fn attend(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_write_timeout(Some(Duration::from_secs(60)))?;
        let mut reader = io::BufReader::new(stream.try_clone()?);
        // Answers leave whole: small pieces would wait for the client to acknowledge the ones before.
        stream.set_nodelay(true)?;
        let mut out = io::BufWriter::with_capacity(64 << 10, stream);
        while let Some(request) = Request::read(&mut reader)? {
            let reply = self.answer(&request);
            reply.write(&mut out, &request)?;
        }
        Ok(())
    }

    /// The path of the registry that is asked for, when it is the command that asks.
    fn path<'r>(&self, request: &'r Request) -> Result<&'r str, Reply> {
        if request.method == "CONNECT" || !request.path.starts_with('/') {
            let to = request.path.split_once("://").map_or(request.path.as_str(), |(_, rest)| rest);
            let to = to.split('/').next().unwrap_or_default().to_owned();
            let why = format!("Peephole: {to} is not the registry: nothing that comes from there is examined");
            let mut around = self.around.lock().unwrap_or_else(PoisonError::into_inner);
            if around.len() < ADDRESSES {
                around.insert(to);
            }
            return Err(Reply::status(403, &why));
        }
        let unknown = || Reply::status(404, "the gate does not know this");
        // A page in a browser may have a name that leads here.
        if request.host != self.host {
            return Err(unknown());
        }
        let below = request.path.strip_prefix('/').and_then(|p| p.strip_prefix(self.secret.as_str()));
        match below.filter(|p| p.starts_with('/')) {
            Some(path) => Ok(path),
            None if request.authorization.strip_prefix("Bearer ") == Some(&self.secret) => Ok(&request.path),
            None => Err(unknown()),
        }
    }

    fn answer(&self, request: &Request) -> Reply {
        let path = match self.path(request) {
            Ok(path) => path,
            Err(reply) => return reply,
        };
        if request.method != "GET" && request.method != "HEAD" {
            return Reply::status(404, "the gate only gives");
        }
        let wanted = match self.client {
            Client::Npm => pages::npm(path),
            Client::Pip => pages::pip(path),
        };
        match wanted {
            None => Reply::status(404, "the gate does not know this"),
            Some(pages::Wanted::Page(name)) => {
                let own = format!("http://{}/{}", self.host, self.secret);
                match self.registry.page(&name, &own, &request.accept) {
                    Ok((kind, body)) => Reply::Body(kind, body),
                    Err(trouble) => Reply::of_trouble(&trouble),
                }
            }
            Some(pages::Wanted::Archive { name, file }) => self.archive(&name, &file),
            Some(pages::Wanted::Metadata { name, file }) => self.metadata(name, file),
        }
    }

    /// What a wheel says it needs. Whoever asks for it will most likely ask for the wheel: it is looked at in the meantime.
    /// A registry that does not give it by itself has it in the wheel, which pip would fetch now, too.
    fn metadata(&self, name: Name, file: String) -> Reply {
        let said = self.registry.metadata(&name, &file).and_then(|said| match said {
            Some(said) => Ok(said),
            None => ahead::metadata(&self.registry.one(&name, &file, &self.wants)?.0.path),
        });
        self.ahead.push(name, file);
        match said {
            Ok(said) => Reply::Body("text/plain; charset=utf-8", said),
            Err(trouble) => Reply::of_trouble(&trouble),
        }
    }

    /// An archive, if it may be let in.
    fn archive(&self, name: &Name, file: &str) -> Reply {
        let started = Instant::now();
        self.judged.ask(&key(name, file));
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

    fn judged(&self, name: &Name, file: &str) -> Result<Judged, String> {
        self.judged.once(&key(name, file), || self.look(name, file))
    }

    fn look(&self, name: &Name, file: &str) -> Result<Judged, String> {
        let (stored, purl) = self.registry.one(name, file, &self.wants).map_err(|t| t.to_string())?;
        if self.passed.as_ref().is_some_and(|p| p.holds(&stored.sha256, &purl)) {
            return Ok(Judged { verdict: Verdict::Pass, reasons: Vec::new(), stored, known: true });
        }
        let mut found: Vec<Assessment> = self.engine.scan(&stored.path).map_err(|e| e.to_string())?;
        let today = Date::today();
        // What a policy lets pass may be an exception with an end.
        let mut whole = !found.is_empty();
        for a in &mut found {
            a.take_name(&purl, &purl);
            whole &= a.verdict == Verdict::Pass && a.gaps.is_empty();
            judge(self.policy.as_ref(), a, today);
        }
        let worst = found.iter().max_by_key(|a| a.verdict.rank());
        let (verdict, reasons) = worst
            .map_or((Verdict::Incomplete, vec!["nothing was examined".to_owned()]), |a| (a.verdict, a.reasons.clone()));
        if let Some(passed) = self.passed.as_ref().filter(|_| whole && verdict == Verdict::Pass) {
            passed.add(&stored.sha256, &purl);
        }
        Ok(Judged { verdict, reasons, stored, known: false })
    }

    /// Says what was refused, and the exit code.
    fn told(&self, code: u8) -> u8 {
        let mut err = io::stderr();
        let all = self.judged.asked();
        let mut refused = 0_u64;
        for (what, judged) in &all {
            let line = match judged {
                Ok(j) if j.verdict == Verdict::Pass => continue,
                Ok(j) => {
                    let out = self.refuses(j.verdict);
                    refused = refused.saturating_add(u64::from(out));
                    let word = if out { "refused" } else { "let in" };
                    format!("{word}: {what}: {}: {}", j.verdict.word(), j.reasons.first().map_or("", String::as_str))
                }
                Err(why) => {
                    refused = refused.saturating_add(1);
                    format!("refused: {what}: {why}")
                }
            };
            let _ = writeln!(err, "peephole: {}", printable(line.as_bytes()));
        }
        for to in self.around.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            refused = refused.saturating_add(1);
            let line = format!("refused: {to}: is not the registry, and nothing of it is examined (--allow-direct)");
            let _ = writeln!(err, "peephole: {}", printable(line.as_bytes()));
        }
        let seconds = self.waited.load(Ordering::Relaxed) as f64 / 1000.0;
        // Of what was asked for: more may have been looked at ahead.
        let known = all.iter().filter(|(_, judged)| judged.as_ref().is_ok_and(|j| j.known)).count();
        let examined = all.len().saturating_sub(known);
        let before = if known > 0 { format!(", {known} examined in an earlier run") } else { String::new() };
        let _ = writeln!(
            err,
            "peephole: {examined} archives examined{before}, {refused} refused, {seconds:.1} s waited for (over all \
             connections)"
        );
        if refused > 0 { exit::BLOCK } else { code }
    }
}
