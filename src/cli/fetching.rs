//! What `vet`, `fetch` and `compare` ask of registries, and how it is shown while it goes on.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use crate::limits::FetchLimits;
use crate::model::Error;
use crate::source::registry::{Closure, Config, Dependencies, Lockfile, Name, Platform, Registry, State, Store, Wants};

/// How far dependencies are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deps {
    /// The package and its companions only
    None,
    /// What the package itself depends on
    Direct,
    /// What those depend on, too
    All,
}

#[derive(Args, Debug, Clone)]
pub(super) struct Fetching {
    /// Registry to ask, instead of those that npm and pip are set to
    #[arg(long, value_name = "URL")]
    registry: Option<String>,
    /// Use only what is in the store
    #[arg(long)]
    offline: bool,
    /// Only what runs there, such as linux-x64, darwin-arm64 or `host`; may be given several times [default: all]
    #[arg(long, value_name = "OS-CPU")]
    platform: Vec<String>,
    /// How far to follow dependencies
    #[arg(long, value_enum, default_value = "none")]
    deps: Deps,
    /// Folder of the store [default: $XDG_CACHE_HOME/peephole]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl Fetching {
    /// The client, and what was noticed while reading the user's configuration.
    pub(super) fn registry(&self) -> Result<(Registry, Vec<String>), Error> {
        let config = Config::of_user(self.registry.as_deref()).map_err(Error::Usage)?;
        let store = self.store.clone().map(Store::at).or_else(Store::of_user);
        let store = store.ok_or_else(|| Error::Usage("no folder for the store is known: give --store".to_owned()))?;
        let notes = config.notes.clone();
        Ok((Registry::new(config, store, FetchLimits::default(), self.offline)?, notes))
    }

    pub(super) fn wants(&self) -> Result<Wants, Error> {
        let platforms =
            self.platform.iter().map(|p| Platform::parse(p)).collect::<Result<_, _>>().map_err(Error::Usage)?;
        let dependencies = match self.deps {
            Deps::None => Dependencies::None,
            Deps::Direct => Dependencies::Direct,
            Deps::All => Dependencies::All,
        };
        Ok(Wants { dependencies, platforms })
    }
}

/// What `pypi:name[extra]` wants besides the name itself.
pub(super) fn extras(text: &str) -> Option<String> {
    let (_, extras) = text.strip_prefix("pypi:").or_else(|| text.strip_prefix("pip:"))?.split_once('[')?;
    let extras = extras.split(']').next().unwrap_or_default();
    (!extras.is_empty()).then(|| format!("what the extras [{extras}] bring is not followed"))
}

/// What is fetched.
pub(super) enum Asked<'a> {
    Name(&'a Name),
    Lockfile(&'a Lockfile),
}

/// Resolves one name or lockfile and fetches everything that comes along.
pub(super) fn fetch(registry: &Registry, asked: &Asked<'_>, wants: &Wants, quiet: bool) -> Result<Closure, Error> {
    let bar = (!quiet && io::stderr().is_terminal()).then(ProgressBar::new_spinner);
    if let Some(bar) = &bar {
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(100));
        bar.set_message(match asked {
            Asked::Name(name) => format!("resolving {name}"),
            Asked::Lockfile(lockfile) => format!("resolving {} pinned packages", lockfile.pinned.len()),
        });
    }
    let mut closure = match asked {
        Asked::Name(name) => registry.closure(name, wants)?,
        Asked::Lockfile(lockfile) => registry.pinned(lockfile, wants)?,
    };
    let wanted = closure.entries.iter().filter(|e| e.state == State::Wanted).count();
    let done = AtomicUsize::new(0);
    registry.fetch(&mut closure, &|entry| {
        let n = done.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if let Some(bar) = &bar {
            bar.set_message(format!("{n} of {wanted} archives: {}", entry.file));
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(closure)
}
