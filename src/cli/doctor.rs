//! `peephole doctor`

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::exit;
use super::judging::Judging;
use super::scan::{self, Bounds};
use crate::analyze::signature;
use crate::engine::{self, Engine};
use crate::model::finding::printable;
use crate::model::{Date, Error};
use crate::source::installed::{Scope, places};
use crate::source::user::{self, Kept};
use crate::store::ledger::{Ledger, of_user};
use crate::store::seen::Seen;

/// What stands below the options in the help.
const HELP: &str = "\
Says by what a scan here would go: version, rules, limits, feed, policy, ledger, the memory of what was seen, the places \
where things are installed; and what of it cannot be used. Exit code 0 when nothing stands in the way, 4 when something does.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Doctor {
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    bounds: Bounds,
}

/// Writes lines, and counts those that say that something stands in the way.
struct Lines {
    out: io::Stdout,
    bad: u32,
}

impl Lines {
    fn good(&mut self, name: &str, text: &str) -> io::Result<()> {
        writeln!(self.out, "ok    {name:<10} {}", printable(text.as_bytes()))
    }

    fn bad(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.bad += 1;
        writeln!(self.out, "WRONG {name:<10} {}", printable(text.as_bytes()))
    }

    fn tell(&mut self, name: &str, told: Result<String, String>) -> io::Result<()> {
        match told {
            Ok(text) => self.good(name, &text),
            Err(text) => self.bad(name, &text),
        }
    }
}

impl Doctor {
    pub(super) fn run(self) -> Result<u8, Error> {
        let mut lines = Lines { out: io::stdout(), bad: 0 };
        let version = env!("CARGO_PKG_VERSION");
        lines.good("version", &format!("{version} on {} {}", std::env::consts::OS, std::env::consts::ARCH))?;
        let settings = match self.bounds.settings() {
            Ok(settings) => settings,
            Err(error) => {
                lines.bad("settings", &error.to_string())?;
                return Ok(exit::INCOMPLETE);
            }
        };
        let digest = signature::ruleset_digest();
        lines.good("rules", &format!("{} rules, ruleset {digest}", engine::rules().len()))?;
        let limits: Vec<String> =
            settings.limits.named().iter().map(|(name, value)| format!("{name} {value}")).collect();
        lines.good("limits", &limits.join(", "))?;
        match scan::feed_used(&settings) {
            None => lines.good("feed", "none: nothing is known to be bad (--feed, PEEPHOLE_FEED)")?,
            Some(feed) => lines.tell(
                "feed",
                match Date::parse(&feed.date) {
                    Some(date) if date >= Date::today().after(-OLD) => Ok(feed.words()),
                    _ => Err(format!("{}: older than {OLD} days", feed.words())),
                },
            )?,
        }
        let policy = self.judging.policy(&[]).map_err(|e| e.to_string());
        lines.tell(
            "policy",
            policy.map(|p| {
                p.map_or("none: verdicts as they come".to_owned(), |p| {
                    format!("{} ({}), sha256 {}", p.name, p.preset.word(), p.digest)
                })
            }),
        )?;
        lines.tell("ledger", ledger())?;
        lines.tell("memory", memory(&settings))?;
        lines.tell("cache", folder(Kept::Cache))?;
        lines.tell("threads", Engine::new(settings).map(|e| e.jobs().to_string()).map_err(|e| e.to_string()))?;
        let home = user::variable("HOME").or_else(|| user::variable("USERPROFILE"));
        let scope =
            Scope { system: Some(scan::root_of_system()), homes: home.into_iter().collect(), projects: Vec::new() };
        let all = places(&scope);
        let closed: Vec<String> =
            all.iter().filter_map(|p| Some(format!("{}: {}", p.path.display(), p.unreadable.as_ref()?))).collect();
        lines.good("places", &format!("{} with something installed (peephole installed --list)", all.len()))?;
        closed.iter().try_for_each(|text| lines.bad("places", text))?;
        Ok(if lines.bad == 0 { exit::PASS } else { exit::INCOMPLETE })
    }
}

/// Days after which a feed is worth a word.
const OLD: i64 = 7;

fn ledger() -> Result<String, String> {
    let Some(path) = of_user().filter(|p| p.exists()) else { return Ok("none: no decision is on record".to_owned()) };
    let text = path.display().to_string();
    Ledger::read(&path).map(|_| format!("{text}: no line was changed")).map_err(|e| format!("{text}: {e}"))
}

fn memory(settings: &engine::Settings) -> Result<String, String> {
    let path = Seen::place().ok_or("neither XDG_STATE_HOME nor HOME is set: everything is read every time")?;
    if !path.exists() {
        return Ok(format!("{}: nothing was seen yet", path.display()));
    }
    let all = scan::circumstances(settings).map_err(|e| e.to_string())?;
    let seen = Seen::open(&path, &all.join("\n"), crate::model::date::now()).map_err(|e| e.to_string())?;
    let (known, current) = seen.counts().map_err(|e| e.to_string())?;
    Ok(format!("{}: {known} items, {current} of them by this program, rules, feed and limits", path.display()))
}

fn folder(kept: Kept) -> Result<String, String> {
    let path: PathBuf =
        user::folder(kept).ok_or("neither XDG_CACHE_HOME nor HOME is set: `vet` has nowhere to fetch to")?;
    Ok(path.display().to_string())
}
