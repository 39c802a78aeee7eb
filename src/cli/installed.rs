//! `peephole installed`

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Instant, SystemTime};

use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;
use ring::rand::{SecureRandom as _, SystemRandom};

use super::judging::{Judging, count, judge};
use super::output::{Format, Writer, style};
use super::scan::{self, Bounds, Lenience};
use super::{exit, progress};
use crate::analyze::signature;
use crate::assess::Assessment;
use crate::assess::policy::Policy;
use crate::engine::{Engine, Settings, Wanted, isolate};
use crate::model::finding::printable;
use crate::model::{Date, Error, date};
use crate::report::json::escape;
use crate::report::json::snapshot::{EndRecord, ItemRecord, MachineRecord, PlaceRecord, Record};
use crate::report::json::v1::RunRecord;
use crate::report::{PolicyName, Run, Summary};
use crate::source::Root;
use crate::source::installed::{self, Place, Scope, Stamp, homes, places};
use crate::source::user;
use crate::store::seen::Seen;

/// What stands below the options in the help.
const HELP: &str = "\
Looked through are the folders in which npm, Bun, pnpm, Yarn, npx, pip, pipx, uv, conda, Cargo, Go and others put what is \
installed for a person or the system, extensions of editors and browsers, skills, plug-ins, hooks and settings of coding \
agents, and with PATHS what is installed in projects (node_modules, virtual environments). None of the managers is run.

What did not change since the last time is not read again: length, times, number and place of every file say so. The memory \
is $XDG_STATE_HOME/peephole/installed.db; --no-state reads everything and writes nothing.

A fleet has this run every night on each machine, as root with --all-homes, at the lowest priority and with --snapshot; \
docs/fleet.md has a timer. `peephole fleet` answers who has what.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Installed {
    /// Folders in which projects lie
    paths: Vec<PathBuf>,
    /// Homes to look through [default: one's own]
    #[arg(long, value_name = "DIR", conflicts_with = "all_homes")]
    home: Vec<PathBuf>,
    /// Look through the homes of everybody
    #[arg(long)]
    all_homes: bool,
    /// Look through a system that is mounted here, with all of its homes
    #[arg(long, value_name = "DIR", conflicts_with_all = ["home", "all_homes"])]
    sysroot: Option<PathBuf>,
    /// Only say which places there are, and how much is in them
    #[arg(long)]
    list: bool,
    /// Write a snapshot for a fleet's records (compressed when the name ends in `.gz`)
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,
    /// What people call this machine, in the snapshot [default: its host name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The word under which this machine reports, the same every time [default: drawn by lot once]
    #[arg(long, value_name = "WORD")]
    machine: Option<String>,
    /// Where what was seen is remembered
    #[arg(long, value_name = "FILE", conflicts_with = "no_state")]
    state: Option<PathBuf>,
    /// Remember nothing, and read everything
    #[arg(long)]
    no_state: bool,
    /// How to write results [default: terminal on a terminal, else ndjson]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write results to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    lenience: Lenience,
    #[command(flatten)]
    judging: Judging,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    bounds: Bounds,
}

/// The place of a root and its stamp, by its path.
type OfPath = HashMap<String, (usize, Option<Stamp>)>;

/// A root that is to be looked at, or was.
struct Item {
    place: usize,
    root: Root,
    stamp: Option<Stamp>,
}

impl Installed {
    pub(super) fn run(self, arguments: &[OsString]) -> Result<u8, Error> {
        let started = (Instant::now(), date::now());
        let scope = self.scope()?;
        let all = places(&scope);
        if self.list {
            return list(&all);
        }
        let stdout_is_terminal = io::stdout().is_terminal() && self.output.is_none();
        let format = self.format.unwrap_or(if stdout_is_terminal { Format::Terminal } else { Format::Ndjson });
        let wanted = Wanted { tree: format == Format::Html, ..Wanted::default() };
        let settings = Settings { wanted, ..self.bounds.settings()? };
        let policy = self.judging.policy(&self.paths)?;
        let run = Run {
            ruleset: signature::ruleset_digest().to_owned(),
            arguments: scan::recorded(arguments),
            limits: settings.limits.named(),
            policy: policy.as_ref().map(PolicyName::from),
            feed: scan::feed_used(&settings),
        };
        // A tree of contents is not remembered.
        let seen = if format == Format::Html { None } else { self.seen(&settings, started.1) };
        let out: Box<dyn Write + Send> = match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        };
        let head = self.head(&run, &scope, seen.as_ref(), started.1)?;
        let writer = Writer::new(format, BufWriter::new(out), run, style(stdout_is_terminal))?;
        let mut pass = Pass {
            policy: policy.as_ref(),
            today: Date::today(),
            writer,
            summary: Summary::default(),
            items: Vec::new(),
            places: &all,
            met: vec![0; all.len()],
            unchanged: 0,
        };
        // Written at once; what is examined afterwards is remembered piece by piece, so that nobody else has to wait for it,
        // and a run that is broken off has not worked for nothing.
        let seen = seen.filter(|seen| seen.begin().inspect_err(|why| unused(&why.to_string())).is_ok());
        let (pending, of_path) = self.unchanged(&all, seen.as_ref(), &mut pass)?;
        if let Some(seen) = &seen {
            seen.end()?;
        }
        let engine = Engine::new(settings)?;
        self.examine(&engine, pending, &of_path, seen.as_ref(), &mut pass)?;
        pass.summary.complete = true;
        pass.summary.seconds = started.0.elapsed().as_secs_f64();
        let code = self.lenience.code(&pass.summary);
        pass.writer.finish(&pass.summary, (code, self.lenience.meaning(code)))?;
        if !self.quiet {
            let (total, unchanged, places) = (pass.summary.artifacts, pass.unchanged, all.len());
            let examined = total.saturating_sub(unchanged);
            let _ = writeln!(
                io::stderr(),
                "peephole: {total} items in {places} places: {unchanged} as before, {examined} examined"
            );
        }
        if let Some(path) = &self.snapshot {
            let end = EndRecord::complete(pass.items.len() as u64, pass.unchanged, pass.summary.seconds);
            write_snapshot(path, head, pass, end).map_err(|source| Error::Input { path: path.clone(), source })?;
        }
        Ok(code)
    }

    /// What was asked to be looked through.
    fn scope(&self) -> Result<Scope, Error> {
        let own = || user::variable("HOME").or_else(|| user::variable("USERPROFILE"));
        let top = self.sysroot.clone().unwrap_or_else(scan::root_of_system);
        for path in self.paths.iter().chain(&self.home).chain(&self.sysroot) {
            std::fs::read_dir(path).map_err(|source| Error::Input { path: path.clone(), source })?;
        }
        let homes = if self.all_homes || self.sysroot.is_some() {
            homes(&top)
        } else if self.home.is_empty() {
            own().into_iter().collect()
        } else {
            self.home.clone()
        };
        Ok(Scope { system: Some(top), homes, projects: self.paths.clone() })
    }

    /// The memory of earlier passes; none, with a word, where it is not to be had.
    fn seen(&self, settings: &Settings, now: u64) -> Option<Seen> {
        if self.no_state {
            return None;
        }
        let opened = match self.state.clone().or_else(Seen::place) {
            Some(path) => scan::circumstances(settings)
                .map_err(|e| e.to_string())
                .and_then(|all| Seen::open(&path, &all.join("\n"), now).map_err(|e| e.to_string())),
            None => Err("no folder for it is known: neither XDG_STATE_HOME nor HOME is set".to_owned()),
        };
        opened.inspect_err(|why| unused(why)).ok()
    }

    /// The first record of the snapshot.
    fn head(&self, run: &Run, scope: &Scope, seen: Option<&Seen>, now: u64) -> Result<MachineRecord, Error> {
        let name = self.name.clone().or_else(host_name).unwrap_or_else(|| "unnamed".to_owned());
        let machine = match (&self.machine, seen) {
            (Some(word), _) => word.clone(),
            (None, Some(seen)) => seen.machine()?,
            (None, None) => name.clone(),
        };
        let mut drawn = [0_u8; 16];
        SystemRandom::new().fill(&mut drawn).map_err(|_| Error::Internal("no random numbers".to_owned()))?;
        let id = drawn.iter().map(|b| format!("{b:02x}")).collect();
        let told = |word: &str, path: &PathBuf| format!("{word} {}", path.display());
        let mut looked: Vec<String> = scope.system.iter().map(|p| told("system", p)).collect();
        looked.extend(scope.homes.iter().map(|p| told("home", p)));
        looked.extend(scope.projects.iter().map(|p| told("projects", p)));
        Ok(MachineRecord::new(&RunRecord::from(run), machine, name, id, date::moment(now), looked))
    }

    /// Reports what did not change, and hands back what did, with what is known of it by its path.
    fn unchanged(&self, all: &[Place], seen: Option<&Seen>, pass: &mut Pass<'_>) -> Result<(Vec<Root>, OfPath), Error> {
        let mut items: Vec<Item> = Vec::new();
        let mut met = std::collections::HashSet::new();
        let now = SystemTime::now();
        for (at, place) in all.iter().enumerate() {
            place.roots(&mut |root| {
                // A place may lie in another one.
                if met.insert(root.path().to_owned()) {
                    let stamp = seen.and_then(|_| installed::stamp(&root, now));
                    items.push(Item { place: at, root, stamp });
                }
            });
        }
        let (mut pending, mut of_path) = (Vec::new(), HashMap::new());
        for item in items {
            let path = item.root.path().display().to_string();
            let known = seen.zip(item.stamp.as_ref()).and_then(|(seen, stamp)| seen.recall(&path, stamp));
            match known {
                Some(found) => {
                    pass.unchanged += 1;
                    pass.take(found, item.place)?;
                }
                None => {
                    of_path.insert(path, (item.place, item.stamp));
                    pending.push(item.root);
                }
            }
        }
        Ok((pending, of_path))
    }

    /// Looks at what changed, archives in child processes.
    fn examine(
        &self,
        engine: &Engine,
        pending: Vec<Root>,
        of_path: &OfPath,
        seen: Option<&Seen>,
        pass: &mut Pass<'_>,
    ) -> Result<(), Error> {
        let (sender, receiver) = mpsc::channel::<Assessment>();
        std::thread::scope(|threads| {
            let bar = progress::Bar::start(engine.progress(), self.quiet || !io::stderr().is_terminal(), threads);
            let mut apart = isolate::Supervisor::new(
                engine.jobs(),
                self.bounds.for_worker(),
                engine.limits().seconds,
                sender.clone(),
            );
            let worker = threads.spawn(move || {
                let is_apart = |root: &Root| {
                    matches!(root, Root::File { path, .. } if isolate::is_archive_name(path) && path.to_str().is_some())
                };
                let (archives, rest): (Vec<_>, Vec<_>) = pending.into_iter().partition(is_apart);
                std::thread::scope(|inner| {
                    inner.spawn(move || {
                        for root in archives {
                            apart.submit(root.path().to_owned());
                        }
                        apart.finish();
                    });
                    engine.run(rest, move |a| {
                        let _ = sender.send(a);
                    });
                });
            });
            let mut written = Ok(());
            for found in receiver {
                if written.is_err() {
                    continue;
                }
                let (place, stamp) = of_path.get(&found.path).copied().unwrap_or((0, None));
                written = seen
                    .zip(stamp)
                    .map_or(Ok(()), |(seen, stamp)| seen.remember(&stamp, &found))
                    .and_then(|()| bar.hidden(|| pass.take(found, place)));
            }
            let joined = worker.join();
            drop(bar);
            joined.map_err(|_| Error::Internal("the scan ended early".to_owned())).and(written)
        })
    }
}

/// Says that everything is read, and why.
fn unused(why: &str) {
    let _ = writeln!(io::stderr(), "peephole: what was seen before is not used: {why}");
}

/// One pass over a machine.
struct Pass<'p> {
    policy: Option<&'p Policy>,
    today: Date,
    writer: Writer,
    summary: Summary,
    items: Vec<ItemRecord>,
    places: &'p [Place],
    met: Vec<u64>,
    unchanged: u64,
}

impl Pass<'_> {
    /// Decides one assessment, and writes it down.
    fn take(&mut self, mut found: Assessment, place: usize) -> Result<(), Error> {
        judge(self.policy, &mut found, self.today);
        count(self.policy, &mut self.summary, &found, self.today);
        if let Some(met) = self.met.get_mut(place) {
            *met += 1;
        }
        let word = self.places.get(place).map_or("", |p| p.kind.word());
        self.items.push(ItemRecord::new(word, &found));
        self.writer.assessment(found)
    }
}

/// Writes a snapshot beside its place and moves it there, so that nobody takes half a one away.
fn write_snapshot(path: &Path, head: MachineRecord, mut pass: Pass<'_>, end: EndRecord) -> io::Result<()> {
    let beside = path.with_file_name(format!(
        ".{}.{}",
        path.file_name().unwrap_or_default().to_string_lossy(),
        std::process::id()
    ));
    let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    let write = |out: &mut dyn Write| -> io::Result<()> {
        let mut line = |record: &Record| -> io::Result<()> {
            escape::to_writer(&mut *out, record)?;
            out.write_all(b"\n")
        };
        line(&Record::Machine(Box::new(head)))?;
        for (place, met) in pass.places.iter().zip(&pass.met) {
            line(&Record::Place(PlaceRecord {
                kind: place.kind.word().to_owned(),
                path: place.path.display().to_string(),
                items: *met,
                unreadable: place.unreadable.clone(),
            }))?;
        }
        pass.items.sort_by(|a, b| a.path.cmp(&b.path));
        for item in pass.items {
            line(&Record::Item(Box::new(item)))?;
        }
        line(&Record::End(end))
    };
    let written = File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        if packed {
            let mut out = GzEncoder::new(&mut file, Compression::default());
            write(&mut out)?;
            out.finish()?;
        } else {
            write(&mut file)?;
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        std::fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Says which places there are.
fn list(all: &[Place]) -> Result<u8, Error> {
    let mut out = BufWriter::new(io::stdout());
    let mut open = false;
    for place in all {
        let mut items = 0_u64;
        let mut why = None;
        place.roots(&mut |root| match root {
            Root::Unreachable { gap, .. } => why = Some(gap.detail),
            _ => items += 1,
        });
        open |= why.is_some();
        let path = printable(place.path.as_os_str().as_encoded_bytes());
        let why = why.map(|w| format!("  not read in whole: {}", printable(w.as_bytes()))).unwrap_or_default();
        writeln!(out, "{:<12} {items:>6}  {path}{why}", place.kind.word())?;
    }
    out.flush()?;
    Ok(match (all.is_empty(), open) {
        (true, _) => exit::NO_INPUTS,
        (_, true) => exit::INCOMPLETE,
        _ => exit::PASS,
    })
}

/// What the machine is called, where its system writes that down.
fn host_name() -> Option<String> {
    let file = |path: &str| std::fs::read_to_string(path).ok();
    let variable = |name: &str| std::env::var(name).ok();
    let told = file("/proc/sys/kernel/hostname")
        .or_else(|| file("/etc/hostname"))
        .or_else(|| variable("COMPUTERNAME"))
        .or_else(|| variable("HOSTNAME"))?;
    let name = told.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
