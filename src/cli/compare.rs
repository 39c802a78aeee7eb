//! `peephole compare OLD NEW`

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::fetching::Fetching;
use super::output::style;
use super::scan::{self, Bounds};
use super::{exit, vet};
use crate::analyze::signature;
use crate::assess::Verdict;
use crate::assess::compare::{Known, compare, raise, verdict};
use crate::engine::{Engine, Settings, Wanted};
use crate::model::Error;
use crate::report::{Run, compare as report};

/// How a comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people (the default on a terminal)
    Terminal,
    /// One document (the default elsewhere)
    Json,
    /// For a pull request or a ticket (GitHub's Markdown)
    Markdown,
}

/// What stands below the options in the help.
const HELP: &str = "\
Each side is a name (npm:tool@1.2.3, pypi:name==1.2, a package URL), a file or a folder; of a name, all its companions are \
compared. Findings that only the new version has weigh one level more, as with `vet --against`.

Exit codes: 0 the new version passes, 1 block, 3 review, 4 something was not examined on one side; 5, 6 and 7 as of `vet`.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Compare {
    /// The version from before
    old: String,
    /// The version of now
    new: String,
    /// How to write what differs
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not let what could not be examined decide the exit code
    #[arg(long)]
    allow_incomplete: bool,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    bounds: Bounds,
}

impl Compare {
    pub(super) fn run(self, arguments: &[OsString]) -> Result<u8, Error> {
        let wanted = Wanted { tree: true, outline: true, ..Wanted::default() };
        let settings = Settings { wanted, ..self.bounds.settings()? };
        let run = Run {
            ruleset: signature::ruleset_digest().to_owned(),
            arguments: scan::recorded(arguments),
            limits: settings.limits.named(),
            policy: None,
            feed: scan::feed_used(&settings),
        };
        let on_terminal = io::stdout().is_terminal() && self.output.is_none();
        let format = self.format.unwrap_or(if on_terminal { Format::Terminal } else { Format::Json });
        let engine = Engine::new(settings)?;
        let sides = [&self.old, &self.new].map(|side| vet::one(&engine, &self.fetching, side, self.quiet));
        let [old, new] = sides;
        let (old, mut new) = (old?, new?);
        let known = Known::between(&old.all(), &new.all());
        let comparison = compare((&self.old, &old.all()), (&self.new, &new.all()));
        new.assessments.iter_mut().for_each(|a| raise(a, &known));

        let out: Box<dyn Write> = match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        };
        let mut out = BufWriter::new(out);
        match format {
            Format::Terminal => report::write_terminal(&mut out, &comparison, &style(on_terminal))?,
            Format::Json => report::write_json(&mut out, &run, &comparison)?,
            Format::Markdown => report::write_markdown(&mut out, &comparison)?,
        }
        out.flush()?;
        let gaps = comparison.old.gaps > 0 || comparison.new.gaps > 0;
        Ok(match verdict(&new.all()) {
            _ if old.broken || new.broken => exit::INTEGRITY,
            Verdict::Block => exit::BLOCK,
            _ if gaps && !self.allow_incomplete => exit::INCOMPLETE,
            Verdict::Review => exit::REVIEW,
            Verdict::Pass | Verdict::Incomplete => exit::PASS,
        })
    }
}
