//! Packages by name: which archives a name means, from the registries that the user has configured, with everything
//! that will really run along with it, and each byte checked against what the registry promised. Nothing is installed,
//! unpacked or run; the archives lie in a store and are roots like any file.

mod address;
mod closure;
mod config;
mod digest;
mod http;
mod lockfile;
mod name;
mod npm;
mod packument;
mod platform;
mod pypi;
mod relay;
mod resolver;
mod store;
#[cfg(test)]
mod tests;
mod version;
mod versions;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::limits::FetchLimits;
use crate::model::Error;

pub use closure::{Closure, Dependencies, Entry, Held, State, Wants, Why};
pub use config::Config;
pub use digest::{Algorithm, Digest};
pub use lockfile::{Lockfile, Pin, Pinned};
pub use name::{Ecosystem, Name};
pub use platform::Platform;
pub use store::{Store, Stored};
pub use versions::Published;

use address::Address;
use http::Client;
use store::Document;

/// Why something was not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Not reached, or broken on the way: worth another attempt.
    Unavailable(String),
    /// The registry wants to know who asks, or does not give it to this user.
    Refused(String),
    /// The registry does not have it.
    Missing(String),
    /// The registry says what its protocol does not know.
    Malformed(String),
    /// More than may be fetched.
    Limit(String),
    /// Not in the store, and the network may not be used.
    Offline(String),
    /// Other bytes than were promised.
    Integrity(String),
    /// The store cannot be read or written.
    Store(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) | Self::Malformed(why) | Self::Limit(why) | Self::Missing(why) => f.write_str(why),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Offline(why) => write!(f, "{why}, and --offline forbids to fetch it"),
            Self::Integrity(why) => write!(f, "integrity: {why}"),
            Self::Store(why) => write!(f, "the store: {why}"),
        }
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Missing(why) => Self::Missing(why),
            Trouble::Integrity(why) => Self::Integrity(why),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Answers what names mean.
pub struct Registry {
    client: Option<Client>,
    config: Config,
    store: Store,
    limits: FetchLimits,
    /// Documents of this run by address.
    read: Mutex<HashMap<String, Arc<Document>>>,
    /// Pages of simple indexes by address, read once: a gate is asked for several things of each.
    pages: Mutex<HashMap<String, Arc<pypi::Page>>>,
}

impl Registry {
    /// A registry client; `offline` uses only what is in the store.
    ///
    /// # Errors
    /// [`Trouble::Unavailable`] when certificates that were named cannot be read.
    pub fn new(config: Config, store: Store, limits: FetchLimits, offline: bool) -> Result<Self, Trouble> {
        let client = if offline { None } else { Some(Client::new(config.clone(), limits.clone())?) };
        Ok(Self { client, config, store, limits, read: Mutex::default(), pages: Mutex::default() })
    }

    /// What a registry says at an address: asked once in a run, and only whether it changed when it is in the store.
    fn document(&self, address: &Address, accept: &str) -> Result<Arc<Document>, Trouble> {
        self.document_of(address, accept, &address.to_string())
    }

    /// The same for one of several forms that an address has: `of` is what this form is kept under.
    fn document_of(&self, address: &Address, accept: &str, of: &str) -> Result<Arc<Document>, Trouble> {
        let memory = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = memory().get(of) {
            return Ok(Arc::clone(known));
        }
        let document = match &self.client {
            None => {
                let kept = self.store.document(of);
                kept.ok_or_else(|| Trouble::Offline(format!("{of} is not in the store")))?
            }
            Some(client) => client.persist(|| self.ask(client, address, accept, of))?,
        };
        let document = Arc::new(document);
        memory().insert(of.to_owned(), Arc::clone(&document));
        Ok(document)
    }

    /// Whether a document was read in this run.
    fn knows(&self, address: &Address) -> bool {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&address.to_string())
    }

    fn ask(&self, client: &Client, address: &Address, accept: &str, of: &str) -> Result<Document, Trouble> {
        let kept = self.store.document(of);
        let etag = kept.as_ref().and_then(|k| k.etag.clone());
        let mut headers = vec![("accept", accept), ("accept-encoding", "gzip")];
        if let Some(etag) = &etag {
            headers.push(("if-none-match", etag));
        }
        let answer = client.get(address, &headers)?;
        match answer.status {
            200 => {
                let (etag, content_type) = (answer.etag.clone(), answer.content_type.clone());
                let body = String::from_utf8(answer.text(self.limits.metadata)?)
                    .map_err(|_| Trouble::Malformed(format!("{of} is not UTF-8")))?;
                let document =
                    Document { address: of.to_owned(), etag, content_type, fetched: crate::model::date::now(), body };
                self.store.keep(&document)?;
                Ok(document)
            }
            304 => kept.ok_or_else(|| Trouble::Malformed(format!("{of} did not change, but was never read"))),
            401 | 403 => Err(Trouble::Refused(format!("{of} answers with status {}", answer.status))),
            404 | 410 => Err(Trouble::Missing(format!("{of} does not exist"))),
            // Asking again would not help, other than for a request that took too long.
            status @ 400..=499 if status != 408 => {
                Err(Trouble::Malformed(format!("{of} answers with status {status}")))
            }
            status => Err(Trouble::Unavailable(format!("{of} answers with status {status}"))),
        }
    }

    /// An archive, from the store or from its registry.
    fn archive(&self, entry: &Entry) -> Result<Stored, Trouble> {
        let address = Address::parse(&entry.address)
            .ok_or_else(|| Trouble::Malformed(format!("{:?} is no web address", entry.address)))?;
        self.store.archive(self.client.as_ref(), &address, entry.promised.as_ref(), &entry.file)
    }

    /// An archive, and whether it is one that the lockfile pins.
    fn held_archive(&self, entry: &Entry) -> Result<State, Trouble> {
        let stored = self.archive(entry)?;
        let Some(held) = entry.held.as_ref().filter(|h| !h.digests.is_empty()) else { return Ok(State::Here(stored)) };
        for digest in &held.digests {
            if self.store.has(&stored, digest)? {
                return Ok(State::Here(stored));
            }
        }
        Ok(State::LeftOut(lockfile::NOT_PINNED.to_owned()))
    }
}

/// Whether a version is in a range, as the installer of its ecosystem reads both; `None` when the range is none.
#[must_use]
pub fn in_range(ecosystem: Ecosystem, range: &str, version: &str) -> Option<bool> {
    match ecosystem {
        Ecosystem::Npm => {
            let range = version::npm::Range::parse(range)?;
            Some(version::npm::version(version).is_some_and(|v| range.holds(&v)))
        }
        Ecosystem::Pypi => {
            // Blanks between the parts are forgiven, as npm's ranges have them.
            let specifiers = version::pep440::Specifiers::parse(&range.replace(' ', ","))?;
            Some(version::pep440::Version::parse(version).is_some_and(|v| specifiers.hold(&v, version)))
        }
    }
}

/// Does something for each item on several threads; results are in the order of the items.
fn each<T: Sync, R: Send>(items: &[T], threads: usize, act: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    let result = act(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A text as part of a file name.
fn plain(text: &str) -> String {
    text.trim_start_matches('@')
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-') { c } else { '-' })
        .take(120)
        .collect()
}
