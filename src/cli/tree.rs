//! `peephole tree PATH...`

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Instant, SystemTime};

use clap::{Args, ValueEnum};

use super::output;
use super::scan::{self, Bounds, Isolate};
use super::{exit, progress};
use crate::analyze::signature;
use crate::assess::Assessment;
use crate::engine::{Engine, Settings, Wanted};
use crate::model::{ByteView, Error};
use crate::report::tree::Options;
use crate::report::{Run, Summary, cyclonedx, json, spdx, tree};
use crate::source::{self, Root, WalkOptions};

/// How the tree is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: drawn as a tree, with what was not opened in its place
    Terminal,
    /// One document with every content, its recipe and its gaps
    Json,
    /// An SPDX 2.3 document in JSON
    Spdx,
    /// A CycloneDX 1.6 bill of materials in JSON
    Cyclonedx,
}

/// What stands below the options in the help.
const HELP: &str = "\
Each line has a name, the recipe where the container does not say it (`gzip`, `base64@120`), kind, size and the beginning \
of the SHA-256. Lines with `!` are what could not be opened, those with `+` what of known name is built in.

Exit codes: 0 everything was opened, 4 something was not, 5 there was nothing to open. Findings are counted beside each \
content and change no code: `peephole scan` decides.

Everything is opened in this process; there are no child processes that contain a crash, as `scan --isolate` has them. \
The time in an SPDX document is SOURCE_DATE_EPOCH, else now; a CycloneDX document has one only with SOURCE_DATE_EPOCH.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Tree {
    /// Files, folders or archives; `-` is one artifact on standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to write the tree
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw so many levels below each artifact [default: all]
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// Draw everything that a container holds, however much it is
    #[arg(long)]
    all: bool,
    /// Draw with ASCII only (the default where the locale or the terminal has no more)
    #[arg(long)]
    ascii: bool,
    /// Follow symbolic links met in folders
    #[arg(long)]
    follow_links: bool,
    /// Do not let what could not be opened decide the exit code
    #[arg(long)]
    allow_incomplete: bool,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    bounds: Bounds,
}

impl Tree {
    pub(super) fn run(self, arguments: &[OsString]) -> Result<u8, Error> {
        let started = Instant::now();
        let wanted = Wanted { tree: true, sha1: self.format == Format::Spdx, outline: false };
        let settings = Settings { wanted, ..self.bounds.settings()? };
        let run = Run {
            ruleset: signature::ruleset_digest().to_owned(),
            arguments: scan::recorded(arguments),
            limits: settings.limits.named(),
            policy: None,
            feed: scan::feed_used(&settings),
        };
        let created = source_date()?;
        let on_terminal = io::stdout().is_terminal() && self.output.is_none();
        let out: Box<dyn Write> = match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        };
        let stdin = if self.paths.iter().any(|p| p.as_os_str() == "-") {
            Some(source::read_stdin(settings.limits.entry)?)
        } else {
            None
        };
        let assessments = self.examine(settings, stdin)?;
        let mut summary = Summary::default();
        assessments.iter().for_each(|a| summary.count(a));
        summary.complete = true;
        summary.seconds = started.elapsed().as_secs_f64();
        let (code, meaning) = self.exit(&summary);

        let mut out = BufWriter::new(out);
        match self.format {
            Format::Terminal => {
                let ascii = self.ascii || !draws_more_than_ascii();
                let options = Options { style: output::style(on_terminal), ascii, depth: self.depth, all: self.all };
                tree::write(&mut out, &assessments, &options)?;
                tree::summary(&mut out, &summary, &options, (code, meaning))?;
            }
            Format::Json => json::tree::write(&mut out, &run, &assessments, &summary)?,
            Format::Spdx => spdx::write(&mut out, &assessments, created.unwrap_or_else(now))?,
            Format::Cyclonedx => cyclonedx::write(&mut out, &assessments, created)?,
        }
        out.flush()?;
        Ok(code)
    }

    /// Opens everything and waits for it.
    fn examine(&self, settings: Settings, stdin: Option<ByteView>) -> Result<Vec<Assessment>, Error> {
        let engine = Engine::new(settings)?;
        let walk = WalkOptions { follow_links: self.follow_links };
        let paths: Vec<PathBuf> = self.paths.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
        let (sender, receiver) = mpsc::channel::<Assessment>();
        std::thread::scope(|threads| {
            let bar = progress::Bar::start(engine.progress(), self.quiet || !io::stderr().is_terminal(), threads);
            if let Some(view) = stdin {
                let sender = sender.clone();
                engine.run_bytes("-", view, move |a| {
                    // The receiver outlives the run.
                    let _ = sender.send(a);
                });
            }
            let (roots, listed) = mpsc::sync_channel::<Root>(1024);
            threads.spawn(move || scan::list(&paths, walk, Isolate::Never, None, &roots));
            engine.run(listed, move |a| {
                let _ = sender.send(a);
            });
            drop(bar);
        });
        Ok(receiver.into_iter().collect())
    }

    fn exit(&self, summary: &Summary) -> (u8, &'static str) {
        match summary {
            Summary { artifacts: 0, .. } => (exit::NO_INPUTS, "there was nothing to open"),
            Summary { gaps: 0, .. } => (exit::PASS, "everything was opened"),
            _ if self.allow_incomplete => (exit::PASS, "what was not opened does not count (--allow-incomplete)"),
            _ => (exit::INCOMPLETE, "something was not opened"),
        }
    }
}

/// `SOURCE_DATE_EPOCH` of the reproducible builds project: seconds since 1970.
fn source_date() -> Result<Option<u64>, Error> {
    match std::env::var_os("SOURCE_DATE_EPOCH").filter(|v| !v.is_empty()) {
        None => Ok(None),
        Some(value) => match value.to_str().and_then(|v| v.parse().ok()) {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(Error::Usage("SOURCE_DATE_EPOCH is no number of seconds".to_owned())),
        },
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

/// Whether the terminal and the locale are said to have more than ASCII. Where nothing is said, they have.
fn draws_more_than_ascii() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    let utf8 = locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    utf8 && set("TERM").is_none_or(|t| t != "dumb")
}
