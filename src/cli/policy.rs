//! `peephole policy check|explain`

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::exit;
use crate::assess::policy::{Policy, Preset, known_problems};
use crate::engine;
use crate::model::{Date, Error, Severity};

#[derive(Args)]
pub(super) struct PolicyCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Read a policy and say what is wrong with it, or has no effect any more
    Check {
        /// The policy [default: the one in force]
        file: Option<PathBuf>,
    },
    /// Say in words what a policy does
    Explain {
        /// The policy, or one of strict, standard, observe [default: the one in force]
        policy: Option<String>,
        /// Only what concerns this package URL
        #[arg(long, value_name = "PURL")]
        purl: Option<String>,
    },
}

impl PolicyCommand {
    pub(super) fn run(self) -> Result<u8, Error> {
        match self.action {
            Action::Check { file } => check(file),
            Action::Explain { policy, purl } => explain(policy.as_deref(), purl.as_deref()),
        }
    }
}

fn check(file: Option<PathBuf>) -> Result<u8, Error> {
    let policy = match file {
        Some(path) => Policy::read(&path)?,
        None => Policy::find(None, &[])?.ok_or_else(no_policy)?,
    };
    let rules: Vec<&str> = engine::rules().iter().map(|r| r.id).collect();
    let problems = known_problems(&policy, &rules, Date::today());
    let mut out = io::stdout().lock();
    for problem in &problems {
        writeln!(out, "{problem}")?;
    }
    writeln!(out, "{} (sha256 {}): {} of note", policy.name, policy.digest, problems.len())?;
    Ok(if problems.is_empty() { exit::PASS } else { exit::REVIEW })
}

fn no_policy() -> Error {
    let places: Vec<String> = Policy::usual_places().iter().map(|p| p.display().to_string()).collect();
    Error::Missing(format!(
        "there is no policy: --policy and PEEPHOLE_POLICY name none, and none is at {}",
        places.join(" or ")
    ))
}

fn explain(named: Option<&str>, purl: Option<&str>) -> Result<u8, Error> {
    let policy = match named {
        Some(_) => Policy::find(named, &[])?,
        None => Policy::find(None, &[])?.or_else(|| Some(Policy::preset(Preset::Standard))),
    };
    let Some(policy) = policy else { return Err(no_policy()) };
    let mut out = io::stdout().lock();
    let from = policy.path.as_ref().map_or_else(|| "built in".to_owned(), |p| p.display().to_string());
    writeln!(out, "{} ({from}; preset {}; sha256 {})", policy.name, policy.preset.word(), policy.digest)?;
    let least = |s: Option<Severity>| s.map_or("nothing", Severity::word);
    writeln!(out, "  blocks:           certain findings of {} and above", least(policy.block))?;
    writeln!(out, "  asks a person:    likely findings of {} and above", least(policy.review))?;
    writeln!(out, "  not examined:     {}", policy.gaps.word())?;
    writeln!(out, "  without a digest: {}", policy.unchecked.word())?;
    if let Some(days) = policy.approval_days {
        writeln!(out, "  approvals hold:   at most {days} days")?;
    }
    if !policy.deciders.is_empty() {
        writeln!(out, "  may decide:       {}", policy.deciders.join(", "))?;
    }
    writeln!(out, "  critical needs:   {} to approve", policy.approvers_of_critical)?;
    if let Some(days) = policy.feed_days {
        writeln!(out, "  feeds:            at most {days} days old")?;
    }
    let about = |p: &crate::assess::policy::Pattern| purl.is_none() || p.holds(purl);
    for tool in policy.tools.iter().filter(|t| about(&t.pattern)) {
        writeln!(out, "  {} {}:", tool.pattern.purl, tool.pattern.versions)?;
        let words = |list: &[crate::model::Capability]| list.iter().map(|c| c.word()).collect::<Vec<_>>().join(", ");
        if let Some(allow) = &tool.allow {
            writeln!(out, "    may have only: {}", words(allow))?;
        }
        if !tool.deny.is_empty() {
            writeln!(out, "    may not have:  {}", words(&tool.deny))?;
        }
        if let Some(hosts) = &tool.hosts {
            writeln!(out, "    hosts:         {}", hosts.join(", "))?;
        }
    }
    let today = Date::today();
    let until = |n: &crate::assess::policy::Note| {
        let over = if n.expired(today) { ", EXPIRED" } else { "" };
        format!("by {} until {}{over}: {}", n.owner, n.expires, n.reason)
    };
    for s in policy.suppressions.iter().filter(|s| s.pattern.as_ref().is_none_or(about)) {
        let bound = s
            .pattern
            .as_ref()
            .map_or_else(|| s.sha256.clone().unwrap_or_default(), |p| format!("{} {}", p.purl, p.versions));
        writeln!(out, "  suppressed {} in {bound} {}", s.rule, until(&s.note))?;
    }
    for g in policy.accepted.iter().filter(|g| about(&g.pattern)) {
        writeln!(out, "  accepted gap {} in {} {} {}", g.gap, g.pattern.purl, g.path, until(&g.note))?;
    }
    Ok(exit::PASS)
}
