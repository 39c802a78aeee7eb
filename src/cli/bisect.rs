//! `peephole bisect NAME --rule ID`

use std::io::{self, IsTerminal as _, Write as _};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::fetching::Fetching;
use super::scan::Bounds;
use super::{exit, vet};
use crate::assess::Assessment;
use crate::assess::bisect::search;
use crate::engine::Engine;
use crate::model::Error;
use crate::model::finding::printable;
use crate::source::registry::{Name, Published};

/// How the timeline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Terminal,
    /// One document
    Json,
}

/// What stands below the options in the help.
const HELP: &str = "\
Looks at the first and the last version, halves between versions that differ until they are neighbours, then looks into the \
longest stretches that nobody looked into, --probes versions in all. What was not looked at is said.

Exit codes: 0 done, 4 a version could not be had or not be examined, 5 there is no such package, 6 the registry cannot be reached.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Bisect {
    /// `npm:@scope/tool` or `pypi:name`
    name: String,
    /// Rule whose findings are looked for
    #[arg(long, value_name = "ID", group = "what")]
    rule: Option<String>,
    /// Fingerprint of the finding that is looked for
    #[arg(long, value_name = "FINGERPRINT", group = "what")]
    fingerprint: Option<String>,
    /// Text that is looked for in findings, their evidence and the values of capabilities (hosts, variables, programs)
    #[arg(long, value_name = "TEXT", group = "what")]
    text: Option<String>,
    /// First version
    #[arg(long, value_name = "VERSION")]
    from: Option<String>,
    /// Last version
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// Also pre-releases
    #[arg(long)]
    pre: bool,
    /// Versions that are looked at
    #[arg(long, value_name = "N", default_value_t = 24)]
    probes: usize,
    /// How to write the timeline
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    bounds: Bounds,
}

impl Bisect {
    pub(super) fn run(self) -> Result<u8, Error> {
        if self.rule.is_none() && self.fingerprint.is_none() && self.text.is_none() {
            return Err(Error::Usage("what is looked for? give --rule, --fingerprint or --text".to_owned()));
        }
        let name = Name::parse(&self.name).unwrap_or_else(|| Err(format!("{:?} is no name of a package", self.name)));
        let name = name.map_err(Error::Usage)?;
        let (registry, _) = self.fetching.registry()?;
        let versions = self.chosen(registry.versions(&name)?)?;
        let engine = Engine::new(self.bounds.settings()?)?;
        let mut troubles: Vec<String> = Vec::new();
        let loud = !self.quiet && io::stderr().is_terminal();
        let timeline = search(versions.len(), self.probes, |at| {
            let version = versions.get(at)?;
            if loud {
                let _ = writeln!(io::stderr(), "looking at {}", version.version);
            }
            let target = Name { wish: version.version.clone(), ..name.clone() }.to_string();
            match vet::one(&engine, &self.fetching, &target, true) {
                Ok(examined) => {
                    let there = examined.assessments.iter().any(|a| self.is_there(a));
                    let gaps = examined.assessments.iter().map(|a| a.gaps.len()).sum::<usize>();
                    if gaps > 0 && !there {
                        // Not seen, and not everything was looked at: that is no "not there".
                        troubles.push(format!("{}: {gaps} places were not examined", version.version));
                    }
                    Some(there)
                }
                Err(error) => {
                    troubles.push(format!("{}: {error}", version.version));
                    None
                }
            }
        });
        let mut out = io::stdout().lock();
        let at = |i: usize| versions.get(i);
        let day = |v: &Published| v.time.as_deref().and_then(|t| t.get(..10)).unwrap_or("?").to_owned();
        let stretches = timeline.stretches();
        match self.format {
            Format::Json => {
                let list: Vec<_> = stretches
                    .iter()
                    .filter_map(|s| {
                        let (first, last) = (at(s.first)?, at(s.last)?);
                        Some(json!({
                            "there": s.there, "first": first.version, "first_time": first.time, "last": last.version,
                            "last_time": last.time, "not_looked_at": s.not_looked_at,
                        }))
                    })
                    .collect();
                let document = json!({
                    "schema": "peephole/1", "name": name.purl(""), "versions": versions.len(),
                    "looked_at": timeline.seen.len(), "stretches": list, "troubles": troubles,
                });
                writeln!(out, "{document:#}")?;
            }
            Format::Terminal => {
                for s in &stretches {
                    let (Some(first), Some(last)) = (at(s.first), at(s.last)) else { continue };
                    let word = if s.there { "there    " } else { "not there" };
                    let unseen = match s.not_looked_at {
                        0 => String::new(),
                        n => format!(", {n} between them not looked at"),
                    };
                    let line = format!(
                        "{word} {} ({}) to {} ({}){unseen}",
                        first.version,
                        day(first),
                        last.version,
                        day(last)
                    );
                    writeln!(out, "{}", printable(line.as_bytes()))?;
                }
                writeln!(out, "{} of {} versions looked at", timeline.seen.len(), versions.len())?;
                for trouble in &troubles {
                    writeln!(out, "not sure: {}", printable(trouble.as_bytes()))?;
                }
            }
        }
        Ok(if troubles.is_empty() { exit::PASS } else { exit::INCOMPLETE })
    }

    /// The versions between `--from` and `--to`.
    fn chosen(&self, all: Vec<Published>) -> Result<Vec<Published>, Error> {
        let find = |wanted: &Option<String>, default: usize| match wanted {
            None => Ok(default),
            Some(v) => all
                .iter()
                .position(|p| p.version == *v)
                .ok_or_else(|| Error::Missing(format!("{}: there is no version {v}", self.name))),
        };
        let (from, to) = (find(&self.from, 0)?, find(&self.to, all.len().saturating_sub(1))?);
        let only_pre = all.iter().all(|p| p.pre);
        let named = |p: &Published| Some(&p.version) == self.from.as_ref() || Some(&p.version) == self.to.as_ref();
        let chosen: Vec<Published> = all
            .iter()
            .enumerate()
            .filter(|(i, p)| (from..=to).contains(i) && (self.pre || only_pre || !p.pre || named(p)))
            .map(|(_, p)| p.clone())
            .collect();
        if chosen.is_empty() { Err(Error::Missing(format!("{}: no versions", self.name))) } else { Ok(chosen) }
    }

    fn is_there(&self, a: &Assessment) -> bool {
        if let Some(text) = &self.text {
            let in_values = a.capabilities.values().flat_map(|s| &s.items).any(|i| i.value.contains(text));
            return in_values
                || a.findings.iter().any(|f| {
                    f.message.contains(text)
                        || f.evidence.iter().any(|e| e.note.contains(text) || e.snippet.contains(text))
                });
        }
        a.findings
            .iter()
            .any(|f| Some(&f.rule) == self.rule.as_ref() || Some(&f.fingerprint) == self.fingerprint.as_ref())
    }
}
