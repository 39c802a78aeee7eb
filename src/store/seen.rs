//! What was seen on this machine, so that the next pass over it looks only at what changed. A root whose files show the
//! same stamp (see [`crate::source::installed::stamp`]), looked at under the same circumstances, has the same record.
//!
//! The file belongs to the user who scans, and whoever can write it can make this machine look clean: it is refused when
//! others may write it, and a scan that must not trust the machine's own state runs without.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use ring::rand::{SecureRandom as _, SystemRandom};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::sqlite::Form;
use crate::assess::Assessment;
use crate::model::{Error, GapReason};
use crate::report::json::v1::ArtifactRecord;
use crate::source::installed::Stamp;
use crate::source::user::{self, Kept};

const FORM: Form = Form {
    name: "memory of what was seen",
    mark: 0x5045_4531,
    forms: &["CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE seen(
            path TEXT PRIMARY KEY,
            stamp BLOB NOT NULL,
            circumstances BLOB NOT NULL,
            record BLOB NOT NULL,
            used INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX seen_used ON seen(used);"],
};

/// Seconds after which what nobody met again is forgotten.
const KEPT: i64 = 45 * 86_400;
/// Bytes of one record that are believed: capabilities are bounded, and so is what they come to.
const RECORD: u64 = 64 << 20;

/// The memory, open.
pub struct Seen {
    db: Connection,
    path: PathBuf,
    circumstances: [u8; 32],
    now: i64,
}

impl Seen {
    /// Where it is for this user: `$XDG_STATE_HOME/peephole/installed.db`, else `~/.local/state/peephole/installed.db`.
    #[must_use]
    pub fn place() -> Option<PathBuf> {
        Some(user::folder(Kept::State)?.join("installed.db"))
    }

    /// Opens the memory, or makes it. `circumstances` is whatever a record depends on besides the files: program, rules,
    /// feed, limits. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// When it cannot be had, is damaged, or others may have written it.
    pub fn open(path: &Path, circumstances: &str, now: u64) -> Result<Self, Error> {
        let db = FORM.open(path, true)?;
        // What is lost with the machine's power is examined again.
        db.execute_batch("PRAGMA synchronous = OFF").map_err(|e| FORM.say(path, &e))?;
        let circumstances = Sha256::digest(circumstances.as_bytes()).into();
        Ok(Self { db, path: path.to_owned(), circumstances, now: i64::try_from(now).unwrap_or(i64::MAX) })
    }

    /// The name under which this machine reports: drawn by lot once, so that it says nothing of the machine.
    ///
    /// # Errors
    /// What the database says.
    pub fn machine(&self) -> Result<String, Error> {
        let mut drawn = [0_u8; 16];
        SystemRandom::new().fill(&mut drawn).map_err(|_| Error::Internal("no random numbers".to_owned()))?;
        let name: String = drawn.iter().map(|b| format!("{b:02x}")).collect();
        self.db
            .execute("INSERT OR IGNORE INTO about VALUES('machine', ?1)", [&name])
            .and_then(|_| self.db.query_row("SELECT value FROM about WHERE name = 'machine'", [], |row| row.get(0)))
            .map_err(|e| FORM.say(&self.path, &e))
    }

    /// What was said of a root when it was looked at with this stamp, under these circumstances. What cannot be read is not
    /// known.
    #[must_use]
    pub fn recall(&self, path: &str, stamp: &Stamp) -> Option<Assessment> {
        let packed: Vec<u8> = self
            .db
            .query_row(
                "SELECT record FROM seen WHERE path = ?1 AND stamp = ?2 AND circumstances = ?3",
                params![path, stamp.as_slice(), self.circumstances.as_slice()],
                |row| row.get(0),
            )
            .optional()
            .ok()??;
        let mut text = Vec::new();
        ZlibDecoder::new(packed.as_slice()).take(RECORD).read_to_end(&mut text).ok()?;
        let record: ArtifactRecord = serde_json::from_slice(&text).ok()?;
        let found = Assessment::try_from(record).ok()?;
        let _ = self.db.execute("UPDATE seen SET used = ?2 WHERE path = ?1", params![path, self.now]);
        (found.path == path).then_some(found)
    }

    /// Remembers what was said of a root, unless it may be said differently the next time: what ran out of time, crashed or
    /// could not be read then may be had then.
    ///
    /// # Errors
    /// What the database says.
    pub fn remember(&self, stamp: &Stamp, found: &Assessment) -> Result<(), Error> {
        const PASSING: [GapReason; 3] = [GapReason::Timeout, GapReason::Crash, GapReason::Unreadable];
        if found.gaps.iter().any(|gap| PASSING.contains(&gap.reason)) {
            return Ok(());
        }
        let text = serde_json::to_vec(&ArtifactRecord::from(found)).map_err(|e| Error::Internal(e.to_string()))?;
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&text)?;
        let packed = packed.finish()?;
        self.db
            .execute(
                "INSERT INTO seen VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(path) DO UPDATE SET stamp = excluded.stamp, \
                 circumstances = excluded.circumstances, record = excluded.record, used = excluded.used",
                params![found.path, stamp.as_slice(), self.circumstances.as_slice(), packed, self.now],
            )
            .map(|_| ())
            .map_err(|e| FORM.say(&self.path, &e))
    }

    /// How many roots are known, and of how many what was said of them holds now.
    ///
    /// # Errors
    /// What the database says.
    pub fn counts(&self) -> Result<(u64, u64), Error> {
        let read = |row: &rusqlite::Row<'_>| {
            let number = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
            Ok((number(0)?, number(1)?))
        };
        self.db
            .query_row(
                "SELECT count(*), coalesce(sum(circumstances = ?1), 0) FROM seen",
                [self.circumstances.as_slice()],
                read,
            )
            .map_err(|e| FORM.say(&self.path, &e))
    }

    /// Begins what is written at once or not at all.
    ///
    /// # Errors
    /// What the database says.
    pub fn begin(&self) -> Result<(), Error> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|e| FORM.say(&self.path, &e))
    }

    /// Ends it, and forgets what nobody met for weeks.
    ///
    /// # Errors
    /// What the database says.
    pub fn end(&self) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM seen WHERE used < ?1", [self.now.saturating_sub(KEPT)])
            .and_then(|_| self.db.execute_batch("COMMIT"))
            .map_err(|e| FORM.say(&self.path, &e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{ReportedGap, Verdict};
    use crate::report::testing::full;

    const STAMP: Stamp = [7; 32];

    #[test]
    fn a_record_holds_for_the_same_files_and_circumstances() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("state/installed.db");
        let found = full("/lib/a", Verdict::Block);
        {
            let seen = Seen::open(&path, "rules 1", 100).unwrap();
            seen.begin().unwrap();
            seen.remember(&STAMP, &found).unwrap();
            seen.end().unwrap();
            let mut other = seen.recall("/lib/a", &STAMP).unwrap();
            other.seconds = found.seconds;
            assert_eq!(other, found);
            assert!(seen.recall("/lib/a", &[8; 32]).is_none() && seen.recall("/lib/b", &STAMP).is_none());
        }
        assert!(Seen::open(&path, "rules 2", 100).unwrap().recall("/lib/a", &STAMP).is_none());
        assert!(Seen::open(&path, "rules 1", 100).unwrap().recall("/lib/a", &STAMP).is_some());
    }

    #[test]
    fn what_may_be_had_the_next_time_is_not_remembered() {
        let top = tempfile::tempdir().unwrap();
        let seen = Seen::open(&top.path().join("a.db"), "", 0).unwrap();
        let mut found = full("/lib/a", Verdict::Incomplete);
        let gap = |reason| ReportedGap { reason, locator: "a".to_owned(), detail: "b".to_owned() };
        found.gaps = vec![gap(GapReason::Timeout)];
        seen.remember(&STAMP, &found).unwrap();
        assert!(seen.recall("/lib/a", &STAMP).is_none());
        found.gaps = vec![gap(GapReason::Encrypted)];
        seen.remember(&STAMP, &found).unwrap();
        assert!(seen.recall("/lib/a", &STAMP).is_some());
    }

    #[test]
    fn what_nobody_meets_is_forgotten_and_the_machine_keeps_its_name() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("a.db");
        let at = |days: u64| Seen::open(&path, "", days * 86_400).unwrap();
        let first = at(0);
        let name = first.machine().unwrap();
        assert_eq!(name.len(), 32);
        first.remember(&STAMP, &full("/lib/a", Verdict::Pass)).unwrap();
        first.remember(&STAMP, &full("/lib/b", Verdict::Pass)).unwrap();
        assert!(at(40).recall("/lib/a", &STAMP).is_some());
        let late = at(50);
        late.begin().unwrap();
        late.end().unwrap();
        assert!(late.recall("/lib/a", &STAMP).is_some() && late.recall("/lib/b", &STAMP).is_none());
        assert_eq!(late.machine().unwrap(), name);
    }

    #[test]
    fn a_record_that_was_damaged_is_not_known() {
        let top = tempfile::tempdir().unwrap();
        let seen = Seen::open(&top.path().join("a.db"), "", 0).unwrap();
        seen.remember(&STAMP, &full("/lib/a", Verdict::Pass)).unwrap();
        seen.db.execute("UPDATE seen SET record = x'00ff'", []).unwrap();
        assert!(seen.recall("/lib/a", &STAMP).is_none());
    }
}
