//! Which archives passed an examination before, so that a gate in front of the same lock file does not examine them
//! again. Only whole passes are remembered: what was blocked, sent to review or not examined completely is looked at anew
//! each time.
//!
//! A pass is an empty file whose *name* is a keyed digest (HMAC-SHA-256) of the archive's digest, its package URL and
//! everything that the verdict depends on. Whoever can write files but does not have the key, as in a cache that continuous
//! integration restores from somebody else's run, cannot make one. The key is kept apart from all caches, in the user's
//! state folder, and believed only when nobody else may read or write it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

use super::private::private;
use crate::source::user::{self, Kept};

/// Bytes of the key.
const KEY: usize = 32;
/// Passes that nobody asked for so long are forgotten.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// What passed, under one set of circumstances.
pub struct Passed {
    folder: PathBuf,
    key: hmac::Key,
    circumstances: String,
}

impl Passed {
    /// Where it is for this user: `$XDG_STATE_HOME/peephole/passed`, else `~/.local/state/peephole/passed`.
    #[must_use]
    pub fn place() -> Option<PathBuf> {
        Some(user::folder(Kept::State)?.join("passed"))
    }

    /// Opens the memory in a folder, or makes it. `circumstances` is whatever else a verdict depends on: program, rules,
    /// feed, limits, policy.
    ///
    /// # Errors
    /// When it cannot be made, or when others may have written there.
    pub fn open(folder: &Path, circumstances: &str) -> io::Result<Self> {
        private(fs::DirBuilder::new().recursive(true)).create(folder)?;
        // A file that is made now belongs to whoever runs this.
        let beside = folder.join(format!("key-{}", std::process::id()));
        let _ = fs::remove_file(&beside);
        let made = private(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
        let key = key(folder, &beside, made);
        let _ = fs::remove_file(&beside);
        let key = key?;
        let all = Self {
            folder: folder.to_owned(),
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
            circumstances: circumstances.to_owned(),
        };
        all.forget();
        Ok(all)
    }

    /// Whether an archive with these bytes passed under this name.
    #[must_use]
    pub fn holds(&self, sha256: &str, purl: &str) -> bool {
        let path = self.mark(sha256, purl);
        let Ok(file) = File::open(&path) else { return false };
        // Whoever is asked for stays.
        let _ = file.set_modified(SystemTime::now());
        true
    }

    /// Remembers a pass. What cannot be written is examined again.
    pub fn add(&self, sha256: &str, purl: &str) {
        let path = self.mark(sha256, purl);
        if let Some(folder) = path.parent()
            && private(fs::DirBuilder::new().recursive(true)).create(folder).is_ok()
        {
            let _ = File::create(path);
        }
    }

    fn mark(&self, sha256: &str, purl: &str) -> PathBuf {
        let mut context = hmac::Context::with_key(&self.key);
        for part in [self.circumstances.as_str(), sha256, purl] {
            context.update(&(part.len() as u64).to_le_bytes());
            context.update(part.as_bytes());
        }
        let name: String = context.sign().as_ref().iter().map(|b| format!("{b:02x}")).collect();
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }

    /// Removes what is old.
    fn forget(&self) {
        let Some(before) = SystemTime::now().checked_sub(KEPT) else { return };
        let shelves = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for shelf in shelves.filter_map(|entry| fs::read_dir(entry.path()).ok()) {
            for mark in shelf.flatten() {
                if mark.metadata().and_then(|m| m.modified()).is_ok_and(|at| at < before) {
                    let _ = fs::remove_file(mark.path());
                }
            }
        }
    }
}

/// The key of a folder, or a new one, by way of the empty file `made` beside it.
fn key(folder: &Path, beside: &Path, mut made: File) -> io::Result<[u8; KEY]> {
    let mine = made.metadata()?;
    own(&fs::metadata(folder)?, &mine)?;
    let path = folder.join("key");
    let read = |mut file: File| {
        own(&file.metadata()?, &mine)?;
        let mut key = [0; KEY];
        file.read_exact(&mut key).map(|()| key)
    };
    match File::open(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        opened => return read(opened?),
    }
    let mut key = [0; KEY];
    SystemRandom::new().fill(&mut key).map_err(|_| io::Error::other("no random numbers"))?;
    made.write_all(&key)?;
    // Two that start at once must not see half of it, and the second one takes the first one's.
    match fs::hard_link(beside, &path) {
        Ok(()) => Ok(key),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => read(File::open(&path)?),
        Err(e) => Err(e),
    }
}

/// Refuses what somebody else may have written, or read.
#[cfg(unix)]
fn own(meta: &fs::Metadata, mine: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if meta.uid() != mine.uid() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it belongs to somebody else"));
    }
    if meta.mode() & 0o077 != 0 {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "others may read or write it"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn own(_: &fs::Metadata, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_holds_for_the_same_bytes_name_and_circumstances_only() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("state/passed");
        let first = Passed::open(&at, "rules 1").unwrap();
        assert!(!first.holds("ab", "pkg:npm/a@1"));
        first.add("ab", "pkg:npm/a@1");
        assert!(first.holds("ab", "pkg:npm/a@1"));
        assert!(!first.holds("cd", "pkg:npm/a@1") && !first.holds("ab", "pkg:npm/b@1"));
        assert!(!first.holds("abp", "kg:npm/a@1"), "parts do not run into one another");
        let again = Passed::open(&at, "rules 1").unwrap();
        assert!(again.holds("ab", "pkg:npm/a@1"));
        assert!(!Passed::open(&at, "rules 2").unwrap().holds("ab", "pkg:npm/a@1"));
    }

    #[test]
    fn another_key_knows_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("here"), folder.path().join("there"));
        let first = Passed::open(&here, "").unwrap();
        first.add("ab", "pkg:npm/a@1");
        let mark = first.mark("ab", "pkg:npm/a@1");
        let other = Passed::open(&there, "").unwrap();
        let carried = there.join(mark.strip_prefix(&here).unwrap());
        fs::create_dir_all(carried.parent().unwrap()).unwrap();
        fs::copy(&mark, carried).unwrap();
        assert!(!other.holds("ab", "pkg:npm/a@1"));
    }

    #[test]
    fn what_is_old_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("passed");
        let first = Passed::open(&at, "").unwrap();
        for (digest, days) in [("ab", 31), ("cd", 29)] {
            first.add(digest, "");
            let file = File::open(first.mark(digest, "")).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_hours(24 * days)).unwrap();
        }
        let again = Passed::open(&at, "").unwrap();
        assert!(!again.holds("ab", "") && again.holds("cd", ""));
        // Asked for today, so young again.
        assert!(fs::metadata(again.mark("cd", "")).unwrap().modified().unwrap().elapsed().unwrap().as_secs() < 3600);
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_have_seen_is_not_believed() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("passed");
        drop(Passed::open(&at, "").unwrap());
        fs::set_permissions(at.join("key"), fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(Passed::open(&at, "").err().map(|e| e.kind()), Some(io::ErrorKind::PermissionDenied));
        fs::set_permissions(at.join("key"), fs::Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(&at, fs::Permissions::from_mode(0o770)).unwrap();
        assert!(Passed::open(&at, "").is_err());
        fs::set_permissions(&at, fs::Permissions::from_mode(0o700)).unwrap();
        fs::write(at.join("key"), b"short").unwrap();
        assert!(Passed::open(&at, "").is_err());
    }
}
