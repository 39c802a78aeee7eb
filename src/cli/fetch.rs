//! `peephole fetch NAME...`

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, ValueEnum};

use super::exit;
use super::fetching::{Asked, Fetching, extras, fetch};
use crate::assess::{PartState, Vetted};
use crate::model::Error;
use crate::report::json::subject;
use crate::source::registry::{Lockfile, Name};

/// How the list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One archive a line: SHA-256, length, package URL, path
    Lines,
    /// One document
    Json,
}

/// What stands below the options in the help.
const HELP: &str = "\
Registries and credentials are those that npm and pip are set to: the environment, ~/.npmrc, pip.conf, ~/.netrc. A \
.npmrc of the working folder is not read. Every archive is checked against the digest that its registry promises.

Exit codes: 0 everything is in the store, 4 a part could not be had, 5 there is no such package, 6 the registry cannot be \
reached, 7 other bytes came than were promised.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Fetch {
    /// `npm:@scope/tool@1.2.3`, `pypi:name==1.2`, a package URL or a lockfile
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// How to write what was fetched
    #[arg(long, value_enum, default_value = "lines")]
    format: Format,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    fetching: Fetching,
}

impl Fetch {
    pub(super) fn run(self) -> Result<u8, Error> {
        let wants = self.fetching.wants()?;
        let (registry, notes) = self.fetching.registry()?;
        let mut err = io::stderr();
        for note in notes {
            let _ = writeln!(err, "peephole: {note}");
        }
        let mut subjects = Vec::new();
        let mut code = exit::PASS;
        for text in &self.names {
            let lockfile = match Name::parse(text) {
                Some(_) => None,
                None => Lockfile::read(Path::new(text)),
            };
            let closure = match lockfile {
                Some(lockfile) => {
                    let lockfile = lockfile.map_err(|why| Error::Usage(format!("{text}: {why}")))?;
                    fetch(&registry, &Asked::Lockfile(&lockfile), &wants, self.quiet)?
                }
                None => {
                    let unknown =
                        || Err(format!("{text:?} is no name (npm:NAME, pypi:NAME, a package URL) and no lockfile"));
                    let name = Name::parse(text).unwrap_or_else(unknown).map_err(Error::Usage)?;
                    let mut closure = fetch(&registry, &Asked::Name(&name), &wants, self.quiet)?;
                    closure.missing.extend(extras(text));
                    closure
                }
            };
            let subject = Vetted::of_closure(text, &closure);
            if Vetted::integrity(&closure) {
                code = exit::INTEGRITY;
            } else if code == exit::PASS
                && (!subject.missing.is_empty() || subject.parts.iter().any(|p| p.state == PartState::Failed))
            {
                code = exit::INCOMPLETE;
            }
            subjects.push(subject);
        }
        let mut out = io::stdout().lock();
        match self.format {
            Format::Json => subject::write(&mut out, &subjects)?,
            Format::Lines => {
                for subject in &subjects {
                    for part in &subject.parts {
                        match (&part.sha256, &part.path) {
                            (Some(sha256), Some(path)) => {
                                writeln!(out, "{sha256} {:>12} {} {path}", part.bytes, part.name())?;
                            }
                            _ => writeln!(err, "peephole: {}: {}", part.name(), part.detail)?,
                        }
                    }
                    for missing in &subject.missing {
                        writeln!(err, "peephole: not fetched: {missing}")?;
                    }
                    for note in &subject.notes {
                        writeln!(err, "peephole: {note}")?;
                    }
                }
            }
        }
        Ok(code)
    }
}
