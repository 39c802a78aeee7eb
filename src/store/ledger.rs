//! The ledger of decisions: a file of JSON lines that is only added to. Every line holds the digest of the line before it
//! and its own, so that a change anywhere shows; that lines were cut off from the end shows against a head that somebody
//! noted, and that the whole was written anew shows by the signatures.
//!
//! A file and not a database: it builds with nothing but Rust, an auditor reads it without this program, it can be kept
//! in version control and checked with `sha256sum`, and decisions are few. Writers lock it and wait until it is on disk.

mod entry;
pub mod export;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sha2::Digest as _;

use super::attest::Envelope;
use crate::assess::policy::Policy;
use crate::model::{ContentId, Date, Error, Severity};
use crate::source::user::{self, Kept};

pub use entry::{Decision, Entry, OpenFinding, Subject, gap_key};

/// Bytes of a ledger that are read.
const LARGEST: u64 = 1 << 30;
/// What stands for the line before the first.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A ledger that was read and whose chain holds.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    head: String,
}

/// Where the ledger of this user is: `$PEEPHOLE_LEDGER`, else `$XDG_DATA_HOME/peephole/ledger.jsonl`.
#[must_use]
pub fn of_user() -> Option<PathBuf> {
    user::variable("PEEPHOLE_LEDGER").or_else(|| Some(user::folder(Kept::Data)?.join("ledger.jsonl")))
}

fn digest(text: &str) -> String {
    ContentId(sha2::Sha256::digest(text).into()).to_string()
}

impl Ledger {
    /// Reads a ledger; one that does not exist is empty.
    ///
    /// # Errors
    /// [`Error::Integrity`] when the chain is broken, [`Error::Input`] when it cannot be read.
    pub fn read(path: &Path) -> Result<Self, Error> {
        match File::open(path) {
            Ok(mut file) => {
                // Who writes at this time has the whole line on disk before it is read.
                file.lock_shared().map_err(|source| Error::Input { path: path.to_owned(), source })?;
                Self::of_file(&mut file, path)
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self { entries: Vec::new(), head: NOTHING.to_owned() })
            }
            Err(source) => Err(Error::Input { path: path.to_owned(), source }),
        }
    }

    fn of_file(file: &mut File, path: &Path) -> Result<Self, Error> {
        let input = |source| Error::Input { path: path.to_owned(), source };
        let mut text = String::new();
        file.take(LARGEST).read_to_string(&mut text).map_err(input)?;
        Self::parse(&text).map_err(|why| Error::Integrity(format!("{}: {why}", path.display())))
    }

    /// Reads lines and checks their chain.
    ///
    /// # Errors
    /// Which line is not what was written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut ledger = Self { entries: Vec::new(), head: NOTHING.to_owned() };
        if !text.is_empty() && !text.ends_with('\n') {
            return Err("the last line is not whole".to_owned());
        }
        for (at, line) in text.lines().enumerate() {
            let n = at.saturating_add(1);
            let entry: Entry = serde_json::from_str(line).map_err(|e| format!("line {n} is no entry: {e}"))?;
            if entry.seq != n as u64 {
                return Err(format!("line {n} has the number {}", entry.seq));
            }
            if entry.prev != ledger.head {
                return Err(format!("line {n} does not follow the line before it"));
            }
            if entry.own_digest() != entry.digest {
                return Err(format!("line {n} was changed"));
            }
            ledger.head = digest(line);
            ledger.entries.push(entry);
        }
        Ok(ledger)
    }

    /// All entries, the oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The digest of the last line: note it elsewhere, and cutting off the end shows.
    #[must_use]
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether a digest was the head at some time.
    #[must_use]
    pub fn has_head(&self, digest: &str) -> bool {
        digest == NOTHING || digest == self.head || self.entries.iter().any(|e| e.prev == digest)
    }

    /// Adds a decision and waits until it is on disk. Says the new head.
    ///
    /// # Errors
    /// As [`Ledger::read`]; nothing is added to a ledger whose chain is broken.
    pub fn append(path: &Path, entry: Entry) -> Result<String, Error> {
        Self::append_signed(path, entry, &|_| None)
    }

    /// The same, signed once its place in the chain is known, which is then part of what is signed.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    pub fn append_signed(
        path: &Path,
        entry: Entry,
        sign: &dyn Fn(&Entry) -> Option<Envelope>,
    ) -> Result<String, Error> {
        let input = |source| Error::Input { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(input)?;
        }
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path).map_err(input)?;
        file.lock().map_err(input)?;
        file.seek(SeekFrom::Start(0)).map_err(input)?;
        let ledger = Self::of_file(&mut file, path)?;
        let mut entry = Entry { seq: (ledger.entries.len() as u64).saturating_add(1), prev: ledger.head, ..entry };
        entry.attestation = sign(&entry);
        entry.digest = entry.own_digest();
        let line = entry.line();
        let whole = file.metadata().map_err(input)?.len();
        if let Err(why) = file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_all()) {
            // Half a line would break the chain for everybody after it.
            let _ = file.set_len(whole);
            return Err(input(why));
        }
        Ok(digest(&line))
    }

    /// What stands about bytes: a block of anybody first, else the newest.
    #[must_use]
    pub fn standing(&self, sha256: &str, today: Date) -> Option<&Entry> {
        self.standing_by(sha256, None, today)
    }

    /// The same by the policy of today: approvals of those who may not decide, or that hold longer than they may, do not
    /// count, and it may want more of them.
    #[must_use]
    pub fn standing_by(&self, sha256: &str, policy: Option<&Policy>, today: Date) -> Option<&Entry> {
        let about = self.entries.iter().rev().filter(|e| e.subjects.iter().any(|s| s.sha256 == sha256));
        standing(about, policy, today)
    }

    /// The approval of the newest version of a package that still holds. `name` is a package URL without a version.
    #[must_use]
    pub fn approved(&self, name: &str, today: Date) -> Option<&Entry> {
        self.entries.iter().rev().find(|e| {
            e.decision == Decision::Approve
                && e.purl.as_deref().and_then(|p| p.rsplit_once('@')).is_some_and(|(own, _)| own == name)
                && !e.subjects.is_empty()
                && e.subjects.iter().all(|s| {
                    self.standing(&s.sha256, today).is_some_and(|standing| standing.decision == Decision::Approve)
                })
        })
    }

    /// All decisions that hold today, one for each archive.
    #[must_use]
    pub fn holding(&self, today: Date) -> Vec<(&Subject, &Entry)> {
        let mut order: Vec<&Subject> = Vec::new();
        let mut about: HashMap<&str, Vec<&Entry>> = HashMap::new();
        for (entry, subject) in self.entries.iter().rev().flat_map(|e| e.subjects.iter().map(move |s| (e, s))) {
            let known = about.entry(&subject.sha256).or_default();
            if known.is_empty() {
                order.push(subject);
            }
            known.push(entry);
        }
        order.reverse();
        let decided = |s: &Subject| standing(about.get(s.sha256.as_str())?.iter().copied(), None, today);
        order.into_iter().filter_map(|s| Some((s, decided(s)?))).collect()
    }
}

/// What stands of decisions about the same bytes, given the newest first: the newest of each person counts, a block of
/// anybody before a review of anybody, and approvals when enough people gave one: as many as the most careful of them wants.
fn standing<'e>(
    newest_first: impl Iterator<Item = &'e Entry>,
    policy: Option<&Policy>,
    today: Date,
) -> Option<&'e Entry> {
    let mut who = BTreeSet::new();
    let all: Vec<&Entry> = newest_first.filter(|e| who.insert(e.who.as_str())).filter(|e| !e.expired(today)).collect();
    let of = |d: Decision| all.iter().copied().filter(move |e| e.decision == d);
    of(Decision::Block).next().or_else(|| of(Decision::Review).next()).or_else(|| {
        let counts = |e: &&Entry| policy.is_none_or(|p| may_approve(p, e));
        let first = of(Decision::Approve).find(counts)?;
        let needed = of(Decision::Approve).map(|e| e.approvers).max().unwrap_or(1);
        let critical =
            of(Decision::Approve).any(|e| e.findings.iter().any(|f| f.severity == Severity::Critical.word()));
        let needed = needed.max(policy.filter(|_| critical).map_or(1, |p| p.approvers_of_critical));
        (of(Decision::Approve).filter(counts).count() >= needed).then_some(first)
    })
}

/// Whether a policy lets this approval count.
fn may_approve(policy: &Policy, entry: &Entry) -> bool {
    let named = policy.deciders.is_empty() || policy.deciders.contains(&entry.who);
    let short = policy.approval_days.is_none_or(|days| {
        let (from, until) = (Date::parse(&entry.time), entry.expires.as_deref().and_then(Date::parse));
        from.zip(until).is_some_and(|(from, until)| until <= from.after(days))
    });
    named && short
}
