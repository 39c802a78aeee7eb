//! What a project has pinned: package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock, bun.lock, uv.lock,
//! poetry.lock and requirements files. A lockfile says which versions are installed and what their bytes must be, so both
//! are taken from it; what it does not take from a registry is said to be missing.

mod node;
mod python;
#[cfg(test)]
mod tests;

use std::path::Path;

use super::closure::{Closure, State, Wish};
use super::{Digest, Name, Registry, Trouble, Wants, Why, each};

/// Bytes of a lockfile that are read.
const LARGEST: u64 = 256 << 20;

/// One pinned package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// Its name, with the exact version as its wish.
    pub name: Name,
    /// What its archives may have; any when empty.
    pub digests: Vec<Digest>,
}

/// What a lockfile pins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lockfile {
    /// Packages from registries, each version once.
    pub pinned: Vec<Pinned>,
    /// What comes from elsewhere or is not pinned, in words.
    pub missing: Vec<String>,
}

impl Lockfile {
    /// Reads a lockfile. `None` when the name is none of a lockfile.
    ///
    /// # Errors
    /// What is wrong with it.
    #[must_use]
    pub fn read(path: &Path) -> Option<Result<Self, String>> {
        let name = path.file_name()?.to_str()?;
        let parse = reader(name)?;
        let text = std::fs::metadata(path)
            .map_err(|e| e.to_string())
            .and_then(|m| if m.len() > LARGEST { Err(format!("larger than {LARGEST} bytes")) } else { Ok(()) })
            .and_then(|()| std::fs::read_to_string(path).map_err(|e| e.to_string()));
        Some(text.and_then(|text| parse(&text)).map(Self::tidy))
    }

    fn tidy(mut self) -> Self {
        self.pinned.sort_by(|a, b| a.name.cmp(&b.name));
        self.pinned.dedup_by(|next, first| {
            let same = next.name == first.name;
            if same {
                first.digests.append(&mut next.digests);
            }
            same
        });
        self.missing.sort();
        self.missing.dedup();
        self
    }

    fn pin(&mut self, name: Result<Name, String>, digests: Vec<Digest>) {
        match name {
            Ok(name) if name.wish.is_empty() => self.missing.push(format!("{name}: has no version")),
            Ok(name) => self.pinned.push(Pinned { name, digests }),
            Err(why) => self.missing.push(why),
        }
    }
}

type Reader = fn(&str) -> Result<Lockfile, String>;

fn reader(name: &str) -> Option<Reader> {
    Some(match name {
        "package-lock.json" | "npm-shrinkwrap.json" => node::package_lock,
        "pnpm-lock.yaml" => node::pnpm,
        "yarn.lock" => node::yarn,
        "bun.lock" => node::bun,
        "uv.lock" | "poetry.lock" | "pdm.lock" => python::toml_lock,
        _ if name.starts_with("requirements") && name.ends_with(".txt") => python::requirements,
        _ => return None,
    })
}

impl Registry {
    /// What belongs to everything that a lockfile pins. Archives are not fetched yet.
    ///
    /// # Errors
    /// [`Trouble::Limit`] when it pins more than may be fetched.
    pub fn pinned(&self, lockfile: &Lockfile, wants: &Wants) -> Result<Closure, Trouble> {
        if lockfile.pinned.len() > self.limits.packages {
            let why = format!("{} pinned packages are more than {}", lockfile.pinned.len(), self.limits.packages);
            return Err(Trouble::Limit(why));
        }
        let mut closure = Closure { missing: lockfile.missing.clone(), ..Closure::default() };
        let results = each(&lockfile.pinned, self.limits.parallel, |pin| {
            self.resolve(&Wish { name: pin.name.clone(), alias: None, why: Why::Asked, from: None, depth: 0 }, wants)
        });
        for (pin, result) in lockfile.pinned.iter().zip(results) {
            match result {
                Err(trouble) => closure.missing.push(format!("{}: {trouble}", pin.name)),
                Ok(found) => {
                    closure.notes.extend(found.notes);
                    for mut entry in found.entries {
                        bind(&mut entry.promised, &mut entry.state, &pin.digests);
                        if let (State::Wanted, false) = (&entry.state, wants.platforms.is_empty()) {
                            // A lockfile names every platform; those that were not asked for are left out.
                            let list = |at: usize| -> Vec<String> {
                                let word = entry.platform.split(' ').nth(at).unwrap_or_default();
                                word.split(',').filter(|w| !w.is_empty()).map(str::to_owned).collect()
                            };
                            let npm = entry.purl.starts_with("pkg:npm/");
                            if npm && !wants.platforms.iter().any(|p| p.admits_npm(&list(0), &list(1))) {
                                entry.state = State::LeftOut("for another platform than --platform".to_owned());
                            }
                        }
                        closure.entries.push(entry);
                    }
                }
            }
        }
        Ok(closure)
    }
}

/// Holds an archive to what the lockfile pins.
fn bind(promised: &mut Option<Digest>, state: &mut State, pinned: &[Digest]) {
    if pinned.is_empty() {
        return;
    }
    match promised {
        Some(own) if pinned.contains(own) => {}
        Some(own) => match pinned.iter().filter(|p| p.algorithm != own.algorithm).max_by_key(|p| p.algorithm) {
            // Another algorithm: the lockfile's digest is the one to check, when there is only one archive it can be of.
            Some(other) if pinned.iter().all(|p| p.algorithm != own.algorithm) && pinned.len() == 1 => {
                *promised = Some(other.clone());
            }
            _ if *state == State::Wanted && pinned.len() == 1 => {
                let why = format!(
                    "the registry promises {own}, the lockfile pins {}",
                    pinned.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                );
                *state = State::Failed(Trouble::Integrity(why));
            }
            _ => *state = State::LeftOut("no file that the lockfile pins".to_owned()),
        },
        None => *promised = pinned.iter().max_by_key(|p| p.algorithm).cloned(),
    }
}
