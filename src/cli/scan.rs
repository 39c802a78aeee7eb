//! `peephole scan PATH...`

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead as _, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::judging::{Judging, count, judge};
use super::output::{Format, Writer, style};
use super::{exit, progress};
use crate::analyze::signature;
use crate::assess::policy::Policy;
use crate::assess::{Assessment, Verdict, Vetted};
use crate::engine::{Engine, Settings, Wanted, isolate};
use crate::known::Feed;
use crate::limits::Limits;
use crate::model::{Date, Error};
use crate::report::{FeedUsed, PolicyName, Run, Summary};
use crate::source::{self, Root, WalkOptions, user};

/// When a child process contains crashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Isolate {
    /// For archives met in folders
    Auto,
    /// For everything
    Always,
    /// Never
    Never,
}

/// What bounds a scan. Shared by `scan`, `tree` and `worker`.
#[derive(Args, Debug, Clone)]
pub(super) struct Bounds {
    /// Worker threads [default: one for each processor]
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(super) jobs: usize,
    /// Password to try on encrypted archives, besides `infected`; may be given several times
    #[arg(long, value_name = "PASSWORD")]
    pub(super) password: Vec<String>,
    /// Folder with YARA rules of your own, in source form
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
    /// Feed of what is known to be bad, made by `peephole feed build` [default: what PEEPHOLE_FEED says]
    #[arg(long, value_name = "FILE")]
    pub(super) feed: Option<PathBuf>,
    /// Containers inside one another that are opened
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth)]
    max_depth: u8,
    /// Entries of all containers of one artifact
    #[arg(long, value_name = "N", default_value_t = Limits::default().entries)]
    max_entries: u64,
    /// Bytes that one artifact may unwrap to
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().unwrapped)]
    max_unwrapped: u64,
    /// Seconds for one artifact
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().seconds)]
    timeout: u64,
    /// Bytes of unwrapped data held at one time [default: half of the memory]
    #[arg(long, value_name = "BYTES")]
    max_memory: Option<u64>,
}

impl Bounds {
    /// What was typed, as what will be done. Compiles the user's rules.
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        if let Some(dir) = &self.rules {
            signature::add_user_rules(dir)?;
        }
        let defaults = Settings::default();
        let mut passwords = self.password.clone();
        passwords.extend(defaults.passwords);
        let limits = Limits {
            depth: self.max_depth,
            entries: self.max_entries,
            unwrapped: self.max_unwrapped,
            seconds: self.timeout,
            memory: self.max_memory.unwrap_or(defaults.limits.memory),
            ..defaults.limits
        };
        let feed = match self.feed_file() {
            Some(path) => Some(Arc::new(Feed::open(&path)?)),
            None => None,
        };
        Ok(Settings { limits, jobs: self.jobs, passwords, wanted: defaults.wanted, feed })
    }

    /// The feed that was asked for, by option or by environment.
    fn feed_file(&self) -> Option<PathBuf> {
        self.feed.clone().or_else(|| std::env::var_os("PEEPHOLE_FEED").filter(|v| !v.is_empty()).map(PathBuf::from))
    }

    /// The same bounds as arguments for a worker with one thread.
    pub(super) fn for_worker(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["worker".into(), "--jobs".into(), "1".into()];
        let mut add = |name: &str, value: OsString| {
            arguments.push(name.into());
            arguments.push(value);
        };
        for password in &self.password {
            add("--password", password.into());
        }
        if let Some(rules) = &self.rules {
            add("--rules", rules.into());
        }
        if let Some(feed) = self.feed_file() {
            add("--feed", feed.into());
        }
        add("--max-depth", self.max_depth.to_string().into());
        add("--max-entries", self.max_entries.to_string().into());
        add("--max-unwrapped", self.max_unwrapped.to_string().into());
        add("--timeout", self.timeout.to_string().into());
        if let Some(memory) = self.max_memory {
            add("--max-memory", memory.to_string().into());
        }
        arguments
    }
}

/// What the exit code may leave out. Shared by `scan` and `vet`.
#[derive(Args, Debug, Clone, Copy)]
pub(super) struct Lenience {
    /// Exit with 0 whatever the verdicts are
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// Do not let what could not be examined decide the exit code
    #[arg(long)]
    pub(super) allow_incomplete: bool,
}

impl Lenience {
    /// The exit code that a summary comes to.
    pub(super) fn code(self, summary: &Summary) -> u8 {
        if self.exit_zero {
            exit::PASS
        } else if summary.of(Verdict::Block) > 0 {
            exit::BLOCK
        } else if summary.artifacts == 0 {
            exit::NO_INPUTS
        } else if summary.artifacts_with_gaps > 0 && !self.allow_incomplete {
            exit::INCOMPLETE
        } else if summary.of(Verdict::Review) > 0 {
            exit::REVIEW
        } else {
            exit::PASS
        }
    }

    /// The same where names were vetted: what none of a subject's artifacts says, the subject does.
    pub(super) fn code_of(self, summary: &Summary, subjects: &[Vetted]) -> u8 {
        let code = self.code(summary);
        let any = |v: Verdict| subjects.iter().any(|s| s.verdict == v);
        let open = any(Verdict::Incomplete) || subjects.iter().any(|s| !s.missing.is_empty());
        match code {
            _ if self.exit_zero => code,
            _ if any(Verdict::Block) => exit::BLOCK,
            exit::PASS | exit::REVIEW | exit::NO_INPUTS if open && !self.allow_incomplete => exit::INCOMPLETE,
            exit::PASS if any(Verdict::Review) => exit::REVIEW,
            code => code,
        }
    }

    /// What the code says, for the last line of a report.
    pub(super) fn meaning(self, code: u8) -> &'static str {
        match code {
            exit::BLOCK => "something is blocked",
            exit::REVIEW => "something needs a person",
            exit::INCOMPLETE => "something was not examined",
            exit::NO_INPUTS => "there was nothing to examine",
            exit::UNAVAILABLE => "something that decides could not be reached",
            exit::INTEGRITY => "other bytes came than were promised",
            _ if self.exit_zero => "asked for with --exit-zero, whatever the verdicts are",
            _ if self.allow_incomplete => {
                "nothing blocked or to review; what was not examined does not count (--allow-incomplete)"
            }
            _ => "everything was examined, and everything passes",
        }
    }
}

#[derive(Args)]
pub(super) struct Scan {
    /// Files, folders or archives; `-` is one artifact on standard input
    paths: Vec<PathBuf>,
    /// Read further paths from a file, one a line (`-`: from standard input)
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// How to write results
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write results to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Follow symbolic links met in folders
    #[arg(long)]
    follow_links: bool,
    /// Contain crashes in child processes
    #[arg(long, value_enum, default_value = "auto")]
    isolate: Isolate,
    #[command(flatten)]
    lenience: Lenience,
    #[command(flatten)]
    judging: Judging,
    /// Days that the feed may be old before the exit code says so
    #[arg(long, value_name = "DAYS")]
    max_feed_age: Option<u64>,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    bounds: Bounds,
}

/// What the exit code for an old feed says.
pub(super) const OLD_FEED: &str = "the feed of what is known to be bad is missing or older than option or policy allow";

/// The feed of a run, as reports tell it.
pub(super) fn feed_used(settings: &Settings) -> Option<FeedUsed> {
    settings.feed.as_ref().map(|f| FeedUsed { date: f.date.clone(), records: f.records_count })
}

impl Scan {
    pub(super) fn run(self, arguments: &[OsString]) -> Result<u8, Error> {
        let started = Instant::now();
        if self.paths.is_empty() && self.files_from.is_none() {
            return Err(Error::Usage("nothing to scan: give paths, `-` or --files-from".to_owned()));
        }
        let stdout_is_terminal = io::stdout().is_terminal() && self.output.is_none();
        let format = self.format.unwrap_or(if stdout_is_terminal { Format::Terminal } else { Format::Json });
        let wanted = Wanted { tree: format == Format::Html, ..Wanted::default() };
        let settings = Settings { wanted, ..self.bounds.settings()? };
        let policy = self.judging.policy(&self.paths)?;
        let today = Date::today();
        let run = Run {
            ruleset: signature::ruleset_digest().to_owned(),
            arguments: recorded(arguments),
            limits: settings.limits.named(),
            policy: policy.as_ref().map(PolicyName::from),
            feed: feed_used(&settings),
        };
        let feed_is_old = self.feed_is_old(run.feed.as_ref(), policy.as_ref())?;
        let out: Box<dyn Write + Send> = match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        };
        let mut writer = Writer::new(format, BufWriter::new(out), run, style(stdout_is_terminal))?;
        let stdin = if self.paths.iter().any(|p| p.as_os_str() == "-") {
            Some(source::read_stdin(settings.limits.entry)?)
        } else {
            None
        };
        let paths = self.all_paths()?;
        let engine = Engine::new(settings)?;
        let mut summary = Summary::default();

        let (sender, receiver) = mpsc::channel::<Assessment>();
        let walk = WalkOptions { follow_links: self.follow_links };
        let written = std::thread::scope(|threads| {
            let bar = progress::Bar::start(engine.progress(), self.quiet || !io::stderr().is_terminal(), threads);
            let supervisor = match self.isolate {
                Isolate::Never => None,
                Isolate::Auto | Isolate::Always => Some(isolate::Supervisor::new(
                    engine.jobs(),
                    self.bounds.for_worker(),
                    engine.limits().seconds,
                    sender.clone(),
                )),
            };
            let worker = threads.spawn({
                let engine = &engine;
                let paths = &paths;
                let isolate = self.isolate;
                move || {
                    if let Some(view) = stdin {
                        let sender = sender.clone();
                        engine.run_bytes("-", view, move |a| {
                            let _ = sender.send(a);
                        });
                    }
                    let (roots, listed) = mpsc::sync_channel::<Root>(1024);
                    std::thread::scope(|inner| {
                        inner.spawn(move || list(paths, walk, isolate, supervisor, &roots));
                        engine.run(listed, move |a| {
                            let _ = sender.send(a);
                        });
                    });
                }
            });
            let mut written = Ok(());
            for mut assessment in receiver {
                judge(policy.as_ref(), &mut assessment, today);
                count(policy.as_ref(), &mut summary, &assessment, today);
                if written.is_ok() {
                    written = bar.hidden(|| writer.assessment(assessment));
                }
            }
            let joined = worker.join();
            drop(bar);
            joined.map_err(|_| Error::Internal("the scan ended early".to_owned())).and(written)
        });
        written?;
        summary.complete = true;
        summary.seconds = started.elapsed().as_secs_f64();
        let (code, meaning) = match self.lenience.code(&summary) {
            exit::PASS | exit::REVIEW if feed_is_old && !self.lenience.exit_zero => (exit::UNAVAILABLE, OLD_FEED),
            code => (code, self.lenience.meaning(code)),
        };
        writer.finish(&summary, (code, meaning))?;
        Ok(code)
    }

    /// The paths of the command line and of `--files-from`, without `-`.
    fn all_paths(&self) -> Result<Vec<PathBuf>, Error> {
        let mut paths: Vec<PathBuf> = self.paths.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
        if let Some(list) = &self.files_from {
            let input = |source| Error::Input { path: list.clone(), source };
            let reader: Box<dyn io::BufRead> = if list.as_os_str() == "-" {
                Box::new(io::stdin().lock())
            } else {
                Box::new(io::BufReader::new(File::open(list).map_err(input)?))
            };
            for line in reader.split(b'\n') {
                let line = line.map_err(input)?;
                let line = line.strip_suffix(b"\r").unwrap_or(&line);
                if !line.is_empty() {
                    paths.push(path_of(line));
                }
            }
        }
        Ok(paths)
    }

    /// Whether the feed is older than option and policy allow, or there is none.
    fn feed_is_old(&self, feed: Option<&FeedUsed>, policy: Option<&Policy>) -> Result<bool, Error> {
        if self.max_feed_age.is_some() && feed.is_none() {
            return Err(Error::Usage("--max-feed-age needs a feed: give --feed or set PEEPHOLE_FEED".to_owned()));
        }
        let typed = self.max_feed_age.map(|days| i64::try_from(days).unwrap_or(i64::MAX));
        let most = typed.into_iter().chain(policy.and_then(|p| p.feed_days)).min();
        Ok(feed_is_old(feed, most, Date::today()))
    }
}

/// Whatever what is seen in a content depends on besides the content: program, rules, feed, limits.
///
/// # Errors
/// When the program cannot be looked at.
pub(super) fn circumstances(settings: &Settings) -> io::Result<Vec<String>> {
    // Another build has other heuristics under the same version.
    let build = std::env::current_exe().and_then(std::fs::metadata)?;
    Ok(vec![
        env!("CARGO_PKG_VERSION").to_owned(),
        format!("{:?}", (build.len(), build.modified()?)),
        signature::ruleset_digest().to_owned(),
        settings.feed.as_ref().map_or_else(String::new, |f| f.id()),
        format!("{:?} {:?}", settings.limits, settings.passwords),
    ])
}

/// Below what everything of this system lies.
pub(super) fn root_of_system() -> PathBuf {
    match user::variable("SystemDrive") {
        // `C:` alone is the folder that this drive is in now.
        Some(mut drive) if cfg!(windows) => {
            drive.as_mut_os_string().push("\\");
            drive
        }
        _ => PathBuf::from("/"),
    }
}

/// Whether a feed is older than so many days; none is older than any.
pub(super) fn feed_is_old(feed: Option<&FeedUsed>, most: Option<i64>, today: Date) -> bool {
    let Some(most) = most else { return false };
    let oldest = today.after(most.saturating_neg());
    feed.and_then(|f| Date::parse(&f.date)).is_none_or(|date| date < oldest)
}

/// The arguments as a report may show them: passwords are left out.
pub(super) fn recorded(arguments: &[OsString]) -> Vec<String> {
    let mut hide_next = false;
    let record = |argument: &OsString| {
        let text = argument.to_string_lossy();
        if std::mem::take(&mut hide_next) {
            return "***".to_owned();
        }
        hide_next = text == "--password";
        if text.starts_with("--password=") { "--password=***".to_owned() } else { text.into_owned() }
    };
    arguments.iter().skip(1).map(record).collect()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Lists all roots: archives met in folders go to the supervisor's children, the rest to this process.
pub(super) fn list(
    paths: &[PathBuf],
    walk: WalkOptions,
    isolate: Isolate,
    mut supervisor: Option<isolate::Supervisor>,
    roots: &mpsc::SyncSender<Root>,
) {
    for path in paths {
        let in_folder = path.is_dir();
        let mut sink = |root: Root| {
            let apart = match (&root, isolate) {
                (Root::File { .. }, Isolate::Always) => true,
                (Root::File { path, .. }, Isolate::Auto) => in_folder && isolate::is_archive_name(path),
                _ => false,
            };
            match &mut supervisor {
                // A path that is not UTF-8 cannot be said in a job's JSON.
                Some(supervisor) if apart && root.path().to_str().is_some() => {
                    supervisor.submit(root.path().to_owned())
                }
                // The receiver goes away only when the run is over.
                _ => drop(roots.send(root)),
            }
        };
        if let Err(error) = source::roots(path, walk, &mut sink) {
            sink(unreachable(path, &error));
        }
    }
    if let Some(supervisor) = supervisor {
        supervisor.finish();
    }
}

/// A path that was asked for and cannot be looked at stands in the report.
fn unreachable(path: &Path, error: &Error) -> Root {
    use crate::model::{Gap, GapReason};
    let why = match error {
        Error::Input { source, .. } => source.to_string(),
        other => other.to_string(),
    };
    Root::Unreachable { path: path.to_owned(), gap: Gap::new(GapReason::Unreadable, why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_recorded() {
        let given = ["peephole", "scan", "--password", "one", "--password=two", "x.zip"].map(OsString::from);
        assert_eq!(recorded(&given), ["scan", "--password", "***", "--password=***", "x.zip"]);
    }

    #[test]
    fn a_feed_is_as_old_as_the_policy_allows() {
        let today = Date::parse("2026-11-26").unwrap();
        let old = |date: Option<&str>, most| {
            let feed = date.map(|date| FeedUsed { date: date.to_owned(), records: 1 });
            feed_is_old(feed.as_ref(), most, today)
        };
        assert!(!old(None, None) && !old(Some("2020-01-01"), None));
        assert!(!old(Some("2026-11-25"), Some(1)));
        assert!(old(Some("2026-11-24"), Some(1)));
        assert!(old(None, Some(1)), "no feed is no young one");
        assert!(old(Some("soon"), Some(1)));
    }

    #[test]
    fn what_a_subject_says_decides_where_no_artifact_does() {
        let lenience = Lenience { exit_zero: false, allow_incomplete: false };
        let summary = Summary { artifacts: 1, ..Summary::default() };
        let mut subject = Vetted::of_path("x", &[]);
        subject.verdict = Verdict::Pass;
        assert_eq!(lenience.code_of(&summary, std::slice::from_ref(&subject)), exit::PASS);
        subject.missing.push("y".to_owned());
        assert_eq!(lenience.code_of(&summary, std::slice::from_ref(&subject)), exit::INCOMPLETE);
        let lenient = Lenience { exit_zero: false, allow_incomplete: true };
        assert_eq!(lenient.code_of(&summary, std::slice::from_ref(&subject)), exit::PASS);
        subject.verdict = Verdict::Block;
        assert_eq!(lenient.code_of(&summary, &[subject]), exit::BLOCK);
    }
}
