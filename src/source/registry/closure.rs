//! Everything that comes along with a name: the package itself, the companions that bring its real program for each
//! platform, and, on request, what it depends on. Breadth first, each version once, so a cycle ends; and bounded.

use std::collections::HashSet;

use super::{Digest, Ecosystem, Name, Platform, Registry, Stored, Trouble, each, npm, pypi};

/// How far dependencies are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dependencies {
    /// Not at all: the package and its companions.
    #[default]
    None,
    /// Those of the package itself.
    Direct,
    /// Those of dependencies, too.
    All,
}

/// What is wanted of a name.
#[derive(Debug, Clone, Default)]
pub struct Wants {
    /// How far dependencies are followed.
    pub dependencies: Dependencies,
    /// For which machines; all when empty.
    pub platforms: Vec<Platform>,
}

impl Wants {
    /// Whether a name says that its package is for none of the wanted machines.
    fn is_elsewhere(&self, name: &Name) -> bool {
        !self.platforms.is_empty() && self.platforms.iter().all(|p| p.is_elsewhere(&name.name))
    }

    /// Whether dependencies of such a package are followed.
    pub(super) fn follows(&self, why: Why, depth: u32) -> bool {
        match self.dependencies {
            Dependencies::None => false,
            Dependencies::Direct => why != Why::Dependency && depth <= 1,
            Dependencies::All => true,
        }
    }
}

/// Why something belongs to the closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It was asked for.
    Asked,
    /// It brings the program of what was asked for, or a part of it.
    Companion,
    /// Something depends on it.
    Dependency,
}

impl Why {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Companion => "companion",
            Self::Dependency => "dependency",
        }
    }
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// To be fetched.
    Wanted,
    /// In the store.
    Here(Stored),
    /// Not wanted, and why.
    LeftOut(String),
    /// Could not be had.
    Failed(Trouble),
}

/// One archive of a closure.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Package URL.
    pub purl: String,
    /// Its name in the registry.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The name under which it is installed, when that is another one.
    pub alias: Option<String>,
    /// Why it is here.
    pub why: Why,
    /// The entry that brought it.
    pub from: Option<usize>,
    /// For which machines, as the registry says it; empty means any.
    pub platform: String,
    /// The registry that named it.
    pub registry: String,
    /// Where the archive is.
    pub address: String,
    /// The archive's file name.
    pub file: String,
    /// Whether the registry says that it runs something at install.
    pub install_script: bool,
    /// What the registry says against it.
    pub deprecated: Option<String>,
    /// The digest that the registry promised.
    pub promised: Option<Digest>,
    /// What a lockfile holds it to.
    pub held: Option<Held>,
    /// What became of it.
    pub state: State,
}

/// What a lockfile holds an archive to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which of its pins.
    pub pin: usize,
    /// What the bytes may have; nothing is pinned when empty.
    pub digests: Vec<Digest>,
}

/// A name and everything that comes along.
#[derive(Debug, Default)]
pub struct Closure {
    /// The archives, those that were asked for first.
    pub entries: Vec<Entry>,
    /// What belongs to it and was not fetched, in words.
    pub missing: Vec<String>,
    /// Dependencies that were not followed because nobody asked.
    pub not_followed: u64,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// Something to resolve.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) name: Name,
    pub(super) alias: Option<String>,
    pub(super) why: Why,
    pub(super) from: Option<usize>,
    pub(super) depth: u32,
}

impl Wish {
    /// A wish for what this one depends on.
    pub(super) fn dependency(&self, name: Name) -> Self {
        let depth = self.depth.saturating_add(1);
        Self { name, alias: None, why: Why::Dependency, from: None, depth }
    }
}

/// What a wish came to.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) wishes: Vec<Wish>,
    pub(super) missing: Vec<String>,
    pub(super) not_followed: u64,
    pub(super) notes: Vec<String>,
}

impl Registry {
    /// What belongs to a name. Archives are not fetched yet.
    ///
    /// # Errors
    /// What kept the name itself from being resolved; what happens to its companions is in their entries.
    pub fn closure(&self, asked: &Name, wants: &Wants) -> Result<Closure, Trouble> {
        let mut closure = Closure::default();
        let mut seen: HashSet<(Ecosystem, String, String)> = HashSet::new();
        let mut wished: HashSet<Name> = HashSet::from([asked.clone()]);
        let first = Wish { name: asked.clone(), alias: None, why: Why::Asked, from: None, depth: 0 };
        let mut level = vec![first];
        while !level.is_empty() {
            let results = each(&level, self.limits.parallel, |wish| self.resolve(wish, wants));
            let mut next = Vec::new();
            for (wish, result) in level.into_iter().zip(results) {
                let found = match result {
                    Ok(found) => found,
                    Err(trouble) if wish.why == Why::Asked => return Err(trouble),
                    // Nothing is known of it but its name, and its name says that it is for another machine.
                    Err(trouble @ (Trouble::Missing(_) | Trouble::Offline(_)))
                        if wish.why == Why::Companion && wants.is_elsewhere(&wish.name) =>
                    {
                        closure.notes.push(format!("{}: for another platform by its name; {trouble}", wish.name));
                        continue;
                    }
                    Err(trouble) => {
                        closure.missing.push(format!("{} ({}): {trouble}", wish.name, wish.why.word()));
                        if matches!(trouble, Trouble::Integrity(_)) {
                            return Err(trouble);
                        }
                        continue;
                    }
                };
                let own = closure.entries.len();
                let mut new = false;
                for entry in found.entries {
                    // One version may be installed under several names; its bytes are the same.
                    new |= seen
                        .insert((wish.name.ecosystem, entry.name.clone(), format!("{} {}", entry.version, entry.file)))
                        .then(|| closure.entries.push(entry))
                        .is_some();
                }
                let left_out = closure.entries.get(own).is_some_and(|e| matches!(e.state, State::LeftOut(_)));
                if !new {
                    continue;
                }
                closure.notes.extend(found.notes);
                if left_out && wish.name.ecosystem == Ecosystem::Npm {
                    continue;
                }
                closure.missing.extend(found.missing);
                closure.not_followed = closure.not_followed.saturating_add(found.not_followed);
                for child in found.wishes {
                    if wished.insert(child.name.clone()) {
                        next.push(Wish { from: Some(own), ..child });
                    }
                }
            }
            let room = self.limits.packages.saturating_sub(closure.entries.len());
            if next.len() > room {
                let over = next.len() - room;
                closure.missing.push(format!("{over} packages beyond the {} of one request", self.limits.packages));
                next.truncate(room);
            }
            level = next;
        }
        Ok(closure)
    }

    pub(super) fn resolve(&self, wish: &Wish, wants: &Wants) -> Result<Found, Trouble> {
        match wish.name.ecosystem {
            Ecosystem::Npm => npm::resolve(self, wish, wants),
            Ecosystem::Pypi => pypi::resolve(self, wish, wants),
        }
    }

    /// Fetches every archive that is wanted; `done` hears of each.
    pub fn fetch(&self, closure: &mut Closure, done: &(dyn Fn(&Entry) + Sync)) {
        let total = std::sync::atomic::AtomicU64::new(0);
        let states = each(&closure.entries, self.limits.parallel, |entry| {
            if entry.state != State::Wanted {
                return entry.state.clone();
            }
            if total.load(std::sync::atomic::Ordering::Relaxed) > self.limits.total {
                let why = format!("the archives of one request are more than {} bytes", self.limits.total);
                return State::Failed(Trouble::Limit(why));
            }
            let state = self.held_archive(entry).unwrap_or_else(State::Failed);
            if let State::Here(stored) = &state {
                total.fetch_add(stored.bytes, std::sync::atomic::Ordering::Relaxed);
            }
            done(&Entry { state: state.clone(), ..entry.clone() });
            state
        });
        for (entry, state) in closure.entries.iter_mut().zip(states) {
            if entry.promised.is_none() && matches!(state, State::Here(_)) {
                closure
                    .notes
                    .push(format!("{}: the registry promises no digest, so nothing could be checked", entry.purl));
            } else if entry.promised.as_ref().is_some_and(|p| p.algorithm == super::Algorithm::Sha1) {
                closure.notes.push(format!("{}: the registry promises only a SHA-1", entry.purl));
            }
            entry.state = state;
        }
        super::lockfile::held(&mut closure.entries);
    }
}
