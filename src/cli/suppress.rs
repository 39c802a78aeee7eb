//! `peephole suppress add --from REPORT#N`

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::exit;
use super::reported::{Place, read_report};
use crate::assess::policy::Policy;
use crate::model::{Date, Error};

#[derive(Args)]
pub(super) struct Suppress {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Accept one finding of a report: it stays listed and does not count until the suppression expires
    Add(Add),
}

#[derive(Args)]
struct Add {
    /// Report (`--format json`) and the number of the finding in it, from 1, or its fingerprint: report.json#3
    #[arg(long, value_name = "REPORT#N")]
    from: String,
    /// Why it is accepted
    #[arg(long)]
    reason: String,
    /// Who answers for it
    #[arg(long)]
    owner: String,
    /// The last day on which it holds: 2027-02-28, or a number of days: 90d
    #[arg(long, value_name = "DAY")]
    expires: String,
    /// For every version of the package instead of these bytes only
    #[arg(long)]
    any_version: bool,
    /// Versions for which it holds, instead of these bytes only
    #[arg(long, value_name = "RANGE", conflicts_with = "any_version")]
    versions: Option<String>,
    /// Ticket
    #[arg(long, default_value = "", hide_default_value = true)]
    ticket: String,
    /// Policy to add it to [default: ~/.config/peephole/policy.toml; `-`: standard output]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl Suppress {
    pub(super) fn run(self) -> Result<u8, Error> {
        match self.action {
            Action::Add(add) => add.run(),
        }
    }
}

/// A day, or a number of days from today.
pub(super) fn last_day(text: &str) -> Result<Date, Error> {
    let days = text.strip_suffix('d').and_then(|n| n.parse::<i64>().ok()).filter(|n| (0..36_500).contains(n));
    days.map(|n| Date::today().after(n))
        .or_else(|| Date::parse(text))
        .ok_or_else(|| Error::Usage(format!("{text:?} is no day (2027-02-28) and no number of days (90d)")))
}

/// A text between quotes, as TOML wants it: what is no plain character is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if crate::model::finding::is_invisible(c) => out.push_str(&format!("\\U{:08X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Add {
    fn run(self) -> Result<u8, Error> {
        let (report, number) = self.from.rsplit_once('#').ok_or_else(|| {
            Error::Usage(format!("{:?} names no finding: write REPORT#N, with N from 1 or a fingerprint", self.from))
        })?;
        let report = read_report(report.as_ref())?;
        let Place { artifact, finding } = report.finding(number)?;
        let expires = last_day(&self.expires)?;
        let mut text = String::from("\n[[suppress]]\n");
        let mut line = |key: &str, value: &str| text.push_str(&format!("{key} = {}\n", quoted(value)));
        line("rule", &finding.rule);
        line("fingerprint", &finding.fingerprint);
        match (&artifact.purl, self.any_version || self.versions.is_some()) {
            (Some(purl), true) => {
                let name = purl.split('?').next().unwrap_or(purl);
                line("purl", name.rsplit_once('@').map_or(name, |(name, _)| name));
                if let Some(versions) = &self.versions {
                    line("versions", versions);
                }
            }
            (None, true) => {
                return Err(Error::Usage("the artifact has no package URL: bind it to its bytes".to_owned()));
            }
            (_, false) => {
                let sha256 = artifact.sha256.as_ref();
                line("sha256", sha256.ok_or_else(|| Error::Usage("the artifact has no digest to bind to".to_owned()))?);
            }
        }
        line("reason", &self.reason);
        line("owner", &self.owner);
        line("created", &Date::today().to_string());
        line("expires", &expires.to_string());
        if !self.ticket.is_empty() {
            line("ticket", &self.ticket);
        }
        if self.to.as_ref().is_some_and(|p| p.as_os_str() == "-") {
            io::stdout().write_all(text.as_bytes())?;
            return Ok(exit::PASS);
        }
        let path = self.to.or_else(Policy::of_user);
        let path = path.ok_or_else(|| Error::Usage("no policy of this user is known: give --to".to_owned()))?;
        let before = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(Error::Input { path, source }),
        };
        // What would not be a policy is not written.
        Policy::parse(&format!("{before}{text}")).map_err(Error::Usage)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        writeln!(io::stderr(), "peephole: {} is suppressed until {expires} in {}", finding.rule, path.display())?;
        Ok(exit::PASS)
    }
}
