//! What a project has pinned: package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock, bun.lock, uv.lock,
//! poetry.lock and requirements files. A lockfile says which versions are installed and what their bytes must be, so both
//! are taken from it; what it does not take from a registry is said to be missing.

mod hold;
mod node;
mod python;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;

use super::closure::{Closure, State, Wish};
use super::{Digest, Ecosystem, Name, Registry, Trouble, Wants, Why, each};

pub(super) use hold::{NOT_PINNED, held};

/// Bytes of a lockfile that are read.
const LARGEST: u64 = 256 << 20;

/// One archive of a pinned package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pin {
    /// What its bytes must have.
    pub digest: Option<Digest>,
    /// From where the installer takes it; empty when the lockfile leaves that to the registry.
    pub address: String,
}

/// One pinned package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// Its name, with the exact version as its wish.
    pub name: Name,
    /// The archives that may be taken for it; any of its version when empty.
    pub files: Vec<Pin>,
    /// The index from which the lockfile says that it comes.
    pub index: Option<String>,
}

/// What a lockfile pins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lockfile {
    /// Packages from registries, each version once.
    pub pinned: Vec<Pinned>,
    /// What comes from elsewhere or is not pinned, in words.
    pub missing: Vec<String>,
    /// Places that it names besides the registry: what has no digest may come from there.
    pub elsewhere: Vec<String>,
}

impl Lockfile {
    /// Reads a lockfile. `None` when the name is none of a lockfile.
    ///
    /// # Errors
    /// What is wrong with it.
    #[must_use]
    pub fn read(path: &Path) -> Option<Result<Self, String>> {
        let name = path.file_name()?.to_str()?;
        let parse = reader(name).or_else(|| is_requirements(path).then_some(python::requirements as Reader))?;
        let text = std::fs::metadata(path)
            .map_err(|e| e.to_string())
            .and_then(|m| if m.len() > LARGEST { Err(format!("larger than {LARGEST} bytes")) } else { Ok(()) })
            .and_then(|()| std::fs::read_to_string(path).map_err(|e| e.to_string()));
        Some(text.and_then(|text| parse(&text)).map(Self::tidy))
    }

    fn tidy(mut self) -> Self {
        self.pinned.sort_by(|a, b| a.name.cmp(&b.name));
        self.pinned.dedup_by(|next, first| {
            let same = next.name == first.name && next.index == first.index;
            // A version of npm is one archive, and each pin is held to it; of Python, it is any of those that are listed.
            let joins = next.name.ecosystem == Ecosystem::Pypi && !next.files.is_empty() && !first.files.is_empty();
            if same && joins && next.files != first.files {
                first.files.append(&mut next.files);
            }
            same && (joins || next.files == first.files)
        });
        for list in [&mut self.missing, &mut self.elsewhere] {
            list.sort();
            list.dedup();
        }
        self
    }

    fn pin(&mut self, name: Result<Name, String>, files: Vec<Pin>, index: Option<String>) {
        match name {
            Ok(name) if name.wish.is_empty() => self.missing.push(format!("{name}: has no version")),
            Ok(name) => self.pinned.push(Pinned { name, files, index }),
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

/// Whether a text under any name is a list of requirements: who names such a file means what it pins, and would take the
/// verdict on its few bytes for one on the packages.
fn is_requirements(path: &Path) -> bool {
    let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("in"));
    if !is_text || std::fs::metadata(path).map_or(true, |m| !m.is_file() || m.len() > LARGEST) {
        return false;
    }
    std::fs::read_to_string(path).is_ok_and(|text| lists_requirements(&text))
}

/// Whether every line is a requirement, an option of pip's or a comment, and one of them names a version.
fn lists_requirements(text: &str) -> bool {
    let mut pins = 0;
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if line.starts_with('-') {
            continue;
        }
        let end =
            line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let rest = rest.trim_start();
        let follows =
            ["==", ">=", "<=", "~=", "!=", "<", ">", "[", "@", ";", "#", "\\"].iter().any(|s| rest.starts_with(s));
        if name.is_empty() || !(follows || rest.is_empty()) {
            return false;
        }
        pins += usize::from(rest.contains("=="));
    }
    pins > 0
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
        let names: HashSet<&str> = lockfile.pinned.iter().map(|p| p.name.name.as_str()).collect();
        let results = each(&lockfile.pinned, self.limits.parallel, |pin| {
            self.resolve(&Wish { name: pin.name.clone(), alias: None, why: Why::Asked, from: None, depth: 0 }, wants)
        });
        let mut free = 0_u64;
        for (at, (pin, result)) in lockfile.pinned.iter().zip(results).enumerate() {
            let mut found = match result {
                Ok(found) => found,
                Err(trouble) => {
                    closure.missing.push(format!("{}: {trouble}", pin.name));
                    continue;
                }
            };
            closure.notes.append(&mut found.notes);
            closure.missing.append(&mut found.missing);
            // What it depends on is pinned beside it; what is not may be installed all the same.
            let beside = found.wishes.iter().filter(|w| !names.contains(w.name.name.as_str())).count();
            closure.not_followed = closure.not_followed.saturating_add(beside as u64);
            closure.missing.extend(hold::strays(pin, lockfile, &found.entries, &self.config));
            hold::bind(pin, at, &mut found.entries);
            free = free.saturating_add(u64::from(!hold::is_held(pin)));
            for mut entry in found.entries {
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
        if free > 0 {
            let all = lockfile.pinned.len();
            closure.notes.push(format!("{free} of {all} pinned packages have no digest in the lockfile: other bytes than these may be installed"));
        }
        Ok(closure)
    }
}
