//! Looking at archives before they are asked for. pip chooses by metadata and fetches the wheels one after the other when all
//! are chosen; npm reads its lockfile and asks for what is pinned there. Examined in the meantime, they cost no waiting. This
//! decides only what is looked at early: what nobody asks for is let in nowhere.
//!
//! Reference: <https://peps.python.org/pep-0658/>.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{Artifact, ByteView, ContentId, FileKind, Identity};
use crate::parse::Parsed;
use crate::source::registry::{Ecosystem, Lockfile, Name, Platform, Trouble};
use crate::unwrap::{Child, Content, Entries, Input, wrappers_for};

/// Archives that are fetched and looked at ahead at one time: pip works beside it all the time, npm waits for answers at first.
pub(super) const WORKERS: usize = 2;
pub(super) const WORKERS_FOR_NPM: usize = 6;

/// Archives that wait; more are not looked at ahead.
const MOST: usize = 1000;
/// What npm installs from, the first of them that there is.
const LOCKFILES: [&str; 2] = ["npm-shrinkwrap.json", "package-lock.json"];
/// Commands of npm that fetch all that is pinned, and those that do when nothing is installed yet.
const ANEW: [&str; 4] = ["ci", "clean-install", "ic", "install-clean"];
const INSTALL: [&str; 3] = ["install", "i", "add"];
/// Bytes that reading a wheel's metadata may take.
const MEMORY: u64 = 64 << 20;

/// What waits to be looked at.
#[derive(Default)]
pub(super) struct Ahead {
    queue: Mutex<VecDeque<(Name, String)>>,
    filled: Condvar,
}

impl Ahead {
    /// One more. A version of the same package that waits still was passed over for this one.
    pub(super) fn push(&self, name: Name, file: String) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.retain(|(other, _)| other.name != name.name);
        if queue.len() < MOST {
            queue.push_back((name, file));
        }
        self.filled.notify_one();
    }

    /// What the project in a folder pins for this machine, when the words of a command say that all of it will be asked for. A
    /// lockfile that cannot be read is npm's to complain about.
    pub(super) fn push_pinned<'w>(&self, folder: &Path, mut words: impl Iterator<Item = &'w OsStr>) {
        let is_new = !folder.join("node_modules").exists();
        if !words.any(|w| w.to_str().is_some_and(|w| ANEW.contains(&w) || is_new && INSTALL.contains(&w))) {
            return;
        }
        let Some(path) = LOCKFILES.iter().map(|name| folder.join(name)).find(|path| path.is_file()) else { return };
        let Some(Ok(lockfile)) = Lockfile::read(&path) else { return };
        let here = Platform::parse("host").ok();
        let names = lockfile.pinned.into_iter().map(|pinned| pinned.name).filter(|name| {
            name.ecosystem == Ecosystem::Npm && !here.as_ref().is_some_and(|here| here.is_elsewhere(&name.name))
        });
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(queue.len());
        queue.extend(names.take(room).map(|name| (name, String::new())));
        self.filled.notify_all();
    }

    /// The next; waits for one.
    pub(super) fn next(&self) -> (Name, String) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match queue.pop_front() {
                Some(next) => return next,
                None => queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// The `METADATA` of a wheel.
///
/// # Errors
/// Why there is none, or not one that everybody would take.
pub(super) fn metadata(wheel: &Path) -> Result<Vec<u8>, Trouble> {
    let bad = |why: &str| Trouble::Malformed(format!("{}: {why}", wheel.display()));
    let view = ByteView::open(wheel).map_err(|e| bad(&e.to_string()))?;
    let budget = Budget::new(Arc::new(Limits::default()), MemoryPool::new(MEMORY), view.len() as u64);
    let mut found: Vec<Content> = Vec::new();
    let mut sink = |child: Child| {
        let folder = child.name.strip_suffix("/METADATA").and_then(|f| f.strip_suffix(".dist-info"));
        if folder.is_some_and(|f| !f.contains('/')) {
            found.push(child.content);
        }
    };
    let mut entries = Entries::new(&budget, &mut sink);
    let name = wheel.to_string_lossy();
    let artifact = Artifact {
        // Known by its name only here; its content is judged elsewhere.
        id: ContentId([0; 32]),
        identity: Identity { kind: FileKind::Zip, claimed: None },
        view: view.clone(),
        name: name.to_string(),
        depth: 0,
    };
    let file = Parsed::new(&artifact);
    for wrapper in wrappers_for(FileKind::Zip) {
        let input = Input { file: &file, view: &view, kind: FileKind::Zip, name: &name, passwords: &[] };
        wrapper.unwrap(&input, &mut entries).map_err(|gap| bad(&gap.detail))?;
    }
    match (found.pop(), found.pop()) {
        (Some(Content::Ready(view)), None) => Ok(view.to_vec()),
        (Some(Content::Deferred(decode)), None) => {
            let made = decode(&budget);
            made.gap.map_or_else(|| Ok(made.view.to_vec()), |gap| Err(bad(&gap.detail)))
        }
        (None, _) => Err(bad("a wheel without METADATA")),
        _ => Err(bad("a wheel with more than one METADATA")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(files: &[(&str, &str)]) -> Vec<String> {
        waiting_for("npm ci", files)
    }

    fn waiting_for(command: &str, files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let ahead = Ahead::default();
        ahead.push_pinned(folder.path(), command.split(' ').map(OsStr::new));
        let queue = ahead.queue.lock().unwrap();
        queue.iter().map(|(name, file)| format!("{name}{file}")).collect()
    }

    fn lock(packages: &[(&str, &str)]) -> String {
        let all: serde_json::Map<String, serde_json::Value> = packages
            .iter()
            .map(|(name, version)| {
                let resolved = format!("https://registry.invalid/{name}/-/x-{version}.tgz");
                let package = serde_json::json!({ "version": version, "resolved": resolved });
                (format!("node_modules/{name}"), package)
            })
            .collect();
        serde_json::json!({ "lockfileVersion": 3, "packages": all }).to_string()
    }

    #[test]
    fn what_npm_will_ask_for_is_looked_at_ahead() {
        let elsewhere = if cfg!(target_os = "linux") { "tool-darwin-arm64" } else { "tool-linux-x64" };
        let text = lock(&[
            ("left", "1.0.0"),
            ("a/node_modules/left", "2.0.0"),
            ("@scope/right", "3.1.0"),
            (elsewhere, "1.0.0"),
        ]);
        let all = waiting(&[("package-lock.json", &text)]);
        assert_eq!(all, ["npm:@scope/right@3.1.0", "npm:left@1.0.0", "npm:left@2.0.0"]);
        // A shrinkwrap is what npm goes by where there are both.
        let other = lock(&[("shrunk", "1.0.0")]);
        assert_eq!(waiting(&[("package-lock.json", &text), ("npm-shrinkwrap.json", &other)]), ["npm:shrunk@1.0.0"]);
    }

    #[test]
    fn nothing_is_looked_at_ahead_that_is_not_installed() {
        let text = lock(&[("left", "1.0.0")]);
        let files = [("package-lock.json", &*text)];
        let installed = [files[0], ("node_modules/left/index.js", "")];
        for command in ["npm view left", "npm run build", "npm publish"] {
            assert!(waiting_for(command, &files).is_empty(), "{command}");
        }
        assert_eq!(waiting_for("npm install --no-audit", &files).len(), 1);
        assert!(waiting_for("npm install right", &installed).is_empty());
        assert_eq!(waiting_for("npm --loglevel=error ci", &installed).len(), 1);
    }

    #[test]
    fn a_lockfile_that_cannot_be_read_costs_nothing() {
        assert!(waiting(&[]).is_empty());
        assert!(waiting(&[("package-lock.json", "{ not json")]).is_empty());
        let many: Vec<(String, &str)> = (0..1500).map(|i| (format!("p{i}"), "1.0.0")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(name, version)| (name.as_str(), *version)).collect();
        assert_eq!(waiting(&[("package-lock.json", &lock(&many))]).len(), MOST);
    }
}
