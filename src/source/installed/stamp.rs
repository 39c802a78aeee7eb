//! By what a root shows that it has not changed since it was looked at: names, lengths, times and numbers of its files, as
//! the system tells them without a byte of them being read.
//!
//! A file's time of modification can be set by whoever may write the file; the time at which its *status* changed cannot,
//! and it moves with every write. So it is part of the stamp where the system has one (POSIX `st_ctime`). Windows tells
//! none here: there, a file of the same length and time of modification counts as the same.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use crate::source::Root;

/// A digest of everything that the system tells about a root's files.
pub type Stamp = [u8; 32];

/// How old a change must be before a stamp says anything: file systems keep times in steps of up to two seconds, and what
/// is written twice within one step looks as if it was written once.
const SETTLED: Duration = Duration::from_secs(3);

/// The stamp of a root, or nothing when it says nothing: files that cannot be asked, or that changed just now. Taken
/// *before* the root is read, so that what changes while it is read has another stamp the next time.
#[must_use]
pub fn stamp(root: &Root, now: SystemTime) -> Option<Stamp> {
    let mut all = Sha256::new();
    match root {
        Root::File { path, .. } => add(&mut all, Path::new(""), path, now).ok()?,
        Root::Package { base, members, gaps, .. } => {
            if !gaps.is_empty() {
                return None;
            }
            for member in members {
                add(&mut all, member, &base.join(member), now).ok()?;
            }
        }
        Root::Unreachable { .. } => return None,
    }
    Some(all.finalize().into())
}

fn add(all: &mut Sha256, name: &Path, path: &Path, now: SystemTime) -> io::Result<()> {
    let meta = std::fs::symlink_metadata(path)?;
    if !meta.is_file() {
        return Err(io::Error::other("it is no file any more"));
    }
    let settled = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age >= SETTLED);
    if !meta.modified().is_ok_and(settled) && !is_ahead(&meta, now) || !has_settled(&meta, now) {
        return Err(io::Error::other("it changed just now"));
    }
    let name = name.as_os_str().as_encoded_bytes();
    all.update((name.len() as u64).to_le_bytes());
    all.update(name);
    all.update(meta.len().to_le_bytes());
    for part in told(&meta) {
        all.update(part.to_le_bytes());
    }
    Ok(())
}

/// Whether the time of modification lies far in the future: somebody has set it, and it is as good as any other.
fn is_ahead(meta: &Metadata, now: SystemTime) -> bool {
    meta.modified().is_ok_and(|time| time.duration_since(now).is_ok_and(|ahead| ahead > SETTLED))
}

#[cfg(unix)]
fn has_settled(meta: &Metadata, now: SystemTime) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let age = now.saturating_sub(meta.ctime());
    u64::try_from(age).is_ok_and(|age| age >= SETTLED.as_secs())
}

#[cfg(not(unix))]
fn has_settled(_: &Metadata, _: SystemTime) -> bool {
    true
}

#[cfg(unix)]
fn told(meta: &Metadata) -> [i64; 7] {
    use std::os::unix::fs::MetadataExt as _;
    let number = |n: u64| i64::from_le_bytes(n.to_le_bytes());
    [
        meta.mtime(),
        meta.mtime_nsec(),
        meta.ctime(),
        meta.ctime_nsec(),
        number(meta.ino()),
        number(meta.dev()),
        i64::from(meta.mode()),
    ]
}

#[cfg(not(unix))]
fn told(meta: &Metadata) -> [i64; 2] {
    let since = meta.modified().ok().and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    [i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos())]
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn package(top: &Path, members: &[&str]) -> Root {
        Root::Package {
            path: top.to_owned(),
            base: top.to_owned(),
            members: members.iter().map(PathBuf::from).collect(),
            gaps: Vec::new(),
        }
    }

    fn later() -> SystemTime {
        SystemTime::now() + Duration::from_secs(60)
    }

    #[test]
    fn what_changes_has_another_stamp() {
        let top = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(top.path().join(name), text).unwrap();
        put("a.js", "one");
        put("b.js", "two");
        let both = package(top.path(), &["a.js", "b.js"]);
        let before = stamp(&both, later()).unwrap();
        assert_eq!(stamp(&both, later()), Some(before));
        assert_ne!(stamp(&package(top.path(), &["a.js"]), later()), Some(before), "a file less");
        put("b.js", "three");
        assert_ne!(stamp(&both, later()), Some(before), "another length");
        assert_eq!(stamp(&package(top.path(), &["a.js", "gone.js"]), later()), None);
    }

    #[test]
    fn what_changed_just_now_has_none() {
        let top = tempfile::tempdir().unwrap();
        std::fs::write(top.path().join("a.js"), "one").unwrap();
        assert_eq!(stamp(&package(top.path(), &["a.js"]), SystemTime::now()), None);
    }

    /// Who sets the time of modification back after writing, as attackers do, does not set the other one back.
    #[cfg(unix)]
    #[test]
    fn a_time_that_is_set_back_deceives_nobody() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("a.js");
        std::fs::write(&path, "good").unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let root = package(top.path(), &["a.js"]);
        let before = stamp(&root, later()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(&path, "evil").unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), time);
        assert_ne!(stamp(&root, later()), Some(before));
    }
}
