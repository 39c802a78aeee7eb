//! What the machines of a fleet have installed, and had: one database in one file, filled with snapshots, asked without
//! another scan. Who has a thing is a look-up; and no answer comes without those who cannot be answered for.
//!
//! An artifact (a content with its package URL) is kept once, however many machines have it, and so is what was seen in
//! it. Of a machine there are only the spans of time in which it held an artifact at a path; a night in which nothing
//! changed writes one row.
//!
//! A machine can report what it wants: a snapshot is evidence, not proof.

mod ask;
mod take;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::sqlite::Form;
use crate::assess::Verdict;
use crate::model::Error;

pub use ask::{Holding, Question, State};
pub use take::Taken;

const FORM: Form = Form {
    name: "database of a fleet",
    mark: 0x5045_4632,
    forms: &["CREATE TABLE machine(
            id INTEGER PRIMARY KEY,
            key TEXT UNIQUE,
            name TEXT NOT NULL,
            system TEXT NOT NULL DEFAULT '',
            version TEXT NOT NULL DEFAULT '',
            ruleset TEXT NOT NULL DEFAULT '',
            first INTEGER,
            last INTEGER,
            partial INTEGER,
            items INTEGER NOT NULL DEFAULT 0,
            unread INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX machine_name ON machine(name);
        CREATE TABLE run(
            id TEXT PRIMARY KEY,
            machine INTEGER NOT NULL REFERENCES machine(id) ON DELETE CASCADE,
            started INTEGER NOT NULL,
            received INTEGER NOT NULL,
            complete INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX run_machine ON run(machine);
        CREATE TABLE place(
            machine INTEGER NOT NULL REFERENCES machine(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            path TEXT NOT NULL,
            items INTEGER NOT NULL,
            unreadable TEXT,
            PRIMARY KEY(machine, kind, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE artifact(
            id INTEGER PRIMARY KEY,
            sha256 BLOB NOT NULL,
            purl TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            first INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            judged INTEGER NOT NULL,
            UNIQUE(sha256, purl)
        ) STRICT;
        CREATE INDEX artifact_verdict ON artifact(verdict) WHERE verdict <> 'pass';
        CREATE INDEX artifact_name ON artifact(name);
        CREATE TABLE verdict(
            artifact INTEGER NOT NULL REFERENCES artifact(id) ON DELETE CASCADE,
            ruleset TEXT NOT NULL,
            verdict TEXT NOT NULL,
            reasons TEXT NOT NULL,
            judged INTEGER NOT NULL,
            PRIMARY KEY(artifact, ruleset)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sign(
            word TEXT NOT NULL,
            value TEXT NOT NULL,
            artifact INTEGER NOT NULL REFERENCES artifact(id) ON DELETE CASCADE,
            PRIMARY KEY(word, value, artifact)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_artifact ON sign(artifact);
        CREATE TABLE path(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE holding(
            artifact INTEGER NOT NULL REFERENCES artifact(id) ON DELETE CASCADE,
            machine INTEGER NOT NULL REFERENCES machine(id) ON DELETE CASCADE,
            path INTEGER NOT NULL REFERENCES path(id),
            place TEXT NOT NULL,
            first INTEGER NOT NULL,
            gone INTEGER,
            PRIMARY KEY(artifact, machine, path)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX holding_machine ON holding(machine) WHERE gone IS NULL;
        CREATE TABLE asked(
            time INTEGER NOT NULL,
            who TEXT NOT NULL,
            question TEXT NOT NULL,
            has INTEGER NOT NULL,
            had INTEGER NOT NULL,
            machines INTEGER NOT NULL,
            fresh INTEGER NOT NULL,
            partly INTEGER NOT NULL
        ) STRICT;"],
};

/// The database, open.
pub struct Fleet {
    db: Connection,
    path: PathBuf,
}

/// How many machines an answer speaks of, and of how many it cannot speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// All that are known or expected.
    pub machines: u64,
    /// Those whose last complete snapshot is young enough.
    pub fresh: u64,
    /// Those whose last complete snapshot is older.
    pub stale: u64,
    /// Those of which there is no complete snapshot.
    pub silent: u64,
    /// Fresh ones of which some place could not be looked at, or some item not be read.
    pub partly: u64,
}

impl Standing {
    /// Whether every machine can be answered for.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.machines > 0 && self.fresh == self.machines && self.partly == 0
    }
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When, in seconds since 1970.
    pub time: i64,
    /// By whom: a name that the system gave.
    pub who: String,
    /// What.
    pub question: String,
    /// How many machines had it then.
    pub has: u64,
    /// How many had had it.
    pub had: u64,
    /// Of whom the answer spoke.
    pub standing: Standing,
}

/// One machine, as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The word under which it reports; nothing before it has.
    pub key: Option<String>,
    /// What people call it.
    pub name: String,
    /// `linux x86_64`.
    pub system: String,
    /// The tool's version in its last complete snapshot.
    pub version: String,
    /// Digest of its rules.
    pub ruleset: String,
    /// When its last complete snapshot was begun, in seconds since 1970.
    pub last: Option<i64>,
    /// When it last sent less than a whole one, if that was later.
    pub partial: Option<i64>,
    /// Places that could not be looked at, and items that could not be read.
    pub unseen: u64,
    /// What it holds, by verdict: pass, review, block, incomplete.
    pub verdicts: [u64; 4],
}

impl Fleet {
    /// Opens a database, or makes one.
    ///
    /// # Errors
    /// When it cannot be had, is damaged, or is something else.
    pub fn open(path: &Path, create: bool) -> Result<Self, Error> {
        let db = FORM.open(path, create)?;
        let said = |e: rusqlite::Error| FORM.say(path, &e);
        // Who asks does not wait for who writes.
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).map_err(said)?;
        db.pragma_update(None, "synchronous", "NORMAL").map_err(said)?;
        Ok(Self { db, path: path.to_owned() })
    }

    fn say(&self, error: &rusqlite::Error) -> Error {
        FORM.say(&self.path, error)
    }

    /// Writes down that machines of these names are to report; of those that are known nothing changes. Returns how many
    /// are new.
    ///
    /// # Errors
    /// What the database says.
    pub fn expect<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Result<u64, Error> {
        let path = self.path.clone();
        let said = |e: rusqlite::Error| FORM.say(&path, &e);
        let change = self.db.transaction().map_err(said)?;
        let mut new = 0;
        for name in names {
            let added = change
                .execute(
                    "INSERT INTO machine(name) SELECT ?1 WHERE NOT EXISTS \
                     (SELECT 1 FROM machine WHERE name = ?1 OR key = ?1)",
                    [name],
                )
                .map_err(said)?;
            new += added as u64;
        }
        change.commit().map_err(said)?;
        Ok(new)
    }

    /// Removes a machine, by name or by the word under which it reports, with all that is known of it. Returns how many
    /// there were.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget(&mut self, name: &str) -> Result<u64, Error> {
        let gone = self.db.execute("DELETE FROM machine WHERE name = ?1 OR key = ?1", [name]);
        gone.map(|n| n as u64).map_err(|e| self.say(&e))
    }

    /// Writes down who asked what and what was answered: a record of an incident, and of who looks at other people's paths.
    ///
    /// # Errors
    /// What the database says.
    pub fn write_down(&self, asked: &Asked) -> Result<(), Error> {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let Standing { machines, fresh, partly, .. } = asked.standing;
        self.db
            .execute(
                "INSERT INTO asked VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                rusqlite::params![
                    asked.time,
                    asked.who,
                    asked.question,
                    number(asked.has),
                    number(asked.had),
                    number(machines),
                    number(fresh),
                    number(partly)
                ],
            )
            .map(|_| ())
            .map_err(|e| self.say(&e))
    }

    /// What was asked, the newest last; of how machines stood, all but the sums of the old and the silent.
    ///
    /// # Errors
    /// What the database says.
    pub fn asked(&self) -> Result<Vec<Asked>, Error> {
        let read = |row: &rusqlite::Row<'_>| {
            let number = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
            Ok(Asked {
                time: row.get(0)?,
                who: row.get(1)?,
                question: row.get(2)?,
                has: number(3)?,
                had: number(4)?,
                standing: Standing {
                    machines: number(5)?,
                    fresh: number(6)?,
                    partly: number(7)?,
                    ..Standing::default()
                },
            })
        };
        self.db
            .prepare("SELECT * FROM asked ORDER BY time, rowid")
            .and_then(|mut q| q.query_map([], read)?.collect::<Result<Vec<_>, _>>())
            .map_err(|e| self.say(&e))
    }

    /// How machines stand at a moment, when a snapshot is young for so many seconds.
    ///
    /// # Errors
    /// What the database says.
    pub fn standing(&self, now: u64, young: u64) -> Result<Standing, Error> {
        let since = i64::try_from(now.saturating_sub(young)).unwrap_or(i64::MAX);
        let read = |row: &rusqlite::Row<'_>| {
            let number = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
            Ok(Standing {
                machines: number(0)?,
                fresh: number(1)?,
                stale: number(2)?,
                silent: number(3)?,
                partly: number(4)?,
            })
        };
        self.db
            .query_row(
                "SELECT count(*), coalesce(sum(last >= ?1), 0), coalesce(sum(last < ?1), 0), coalesce(sum(last IS NULL), 0), \
                 coalesce(sum(last >= ?1 AND (unread > 0 OR partial > last OR EXISTS \
                 (SELECT 1 FROM place WHERE machine = machine.id AND unreadable IS NOT NULL))), 0) FROM machine",
                [since],
                read,
            )
            .map_err(|e| self.say(&e))
    }

    /// All machines, by name.
    ///
    /// # Errors
    /// What the database says.
    pub fn machines(&self) -> Result<Vec<Machine>, Error> {
        let said = |e: rusqlite::Error| self.say(&e);
        let mut all = self
            .db
            .prepare(
                "SELECT key, name, system, version, ruleset, last, partial, unread + (SELECT count(*) FROM place \
                 WHERE machine = machine.id AND unreadable IS NOT NULL), items, id FROM machine ORDER BY name, id",
            )
            .map_err(said)?;
        let number = |row: &rusqlite::Row<'_>, at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
        let mut out = all
            .query_map([], |row| {
                let machine = Machine {
                    key: row.get(0)?,
                    name: row.get(1)?,
                    system: row.get(2)?,
                    version: row.get(3)?,
                    ruleset: row.get(4)?,
                    last: row.get(5)?,
                    partial: row.get(6)?,
                    unseen: number(row, 7)?,
                    verdicts: [number(row, 8)?, 0, 0, 0],
                };
                Ok((row.get::<_, i64>(9)?, machine))
            })
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(said)?;
        // What passes is most of it, and is what is left: going through it machine by machine would take minutes.
        let mut counts = self
            .db
            .prepare(
                "SELECT h.machine, a.verdict, count(*) FROM artifact a JOIN holding h ON h.artifact = a.id \
                 WHERE a.verdict <> 'pass' AND h.gone IS NULL GROUP BY h.machine, a.verdict",
            )
            .map_err(said)?;
        let found = counts
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, number(row, 2)?)))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(said)?;
        let mut by_machine: HashMap<i64, Vec<(String, u64)>> = HashMap::new();
        for (machine, word, count) in found {
            by_machine.entry(machine).or_default().push((word, count));
        }
        let place = |word: &str| Verdict::ALL.iter().position(|v| v.word() == word);
        for (id, machine) in &mut out {
            for (word, count) in by_machine.remove(id).unwrap_or_default() {
                if let Some(told) = place(&word).and_then(|at| machine.verdicts.get_mut(at)) {
                    *told = count;
                }
                if let Some(passes) = machine.verdicts.first_mut() {
                    *passes = passes.saturating_sub(count);
                }
            }
        }
        let out = out.into_iter().map(|(_, machine)| machine).collect();
        Ok(out)
    }
}

#[cfg(test)]
mod tests;
