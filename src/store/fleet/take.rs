//! Takes a snapshot in: whole, or only as far as it says what is there.

use std::collections::HashMap;
use std::io::{BufRead, Read as _};

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{FORM, Fleet};
use crate::assess::Verdict;
use crate::model::{Date, Error};
use crate::report::json::snapshot::{ItemRecord, MachineRecord, PlaceRecord, Record, SCHEMA};

/// Bytes of one line.
const LINE: u64 = 1 << 20;
/// Lines of one snapshot.
const LINES: u64 = 4_000_000;
/// Bytes of one snapshot, unpacked.
const SNAPSHOT: u64 = 4 << 30;
/// Rules, hosts and hooks of one item that are kept, of each.
const SIGNS: usize = 256;
/// Bytes of a text that others chose and that is kept.
const TEXT: usize = 4096;

/// What became of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is what the machine has now.
    Whole {
        /// Whose it is.
        machine: String,
        /// Items.
        items: u64,
        /// Those that it did not have before.
        new: u64,
        /// Those that it has no more.
        gone: u64,
    },
    /// It ended early: what is in it is there, and nothing is believed to be gone.
    Partial {
        /// Whose it is.
        machine: String,
        /// Items.
        items: u64,
    },
    /// It was taken in before.
    Known,
    /// The machine has sent a younger one since.
    Old,
}

impl Fleet {
    /// Takes a snapshot in. `received` is now, in seconds since 1970: a machine's own clock may be ahead, and is then not
    /// believed.
    ///
    /// # Errors
    /// [`Error::Integrity`] when it is no snapshot; what the database says. Nothing is written then.
    pub fn take(&mut self, snapshot: &mut dyn BufRead, received: u64) -> Result<Taken, Error> {
        let path = self.path.clone();
        let said = move |e: rusqlite::Error| FORM.say(&path, &e);
        let mut lines = Lines { from: snapshot, line: Vec::new(), number: 0, bytes: 0 };
        let Some(Record::Machine(head)) = lines.next()? else {
            return Err(Error::Integrity("it does not begin with the record of a machine".to_owned()));
        };
        if head.schema != SCHEMA {
            return Err(Error::Integrity(format!("its schema is {:?}, not {SCHEMA}", head.schema)));
        }
        let started = seconds_of(&head.started)
            .ok_or_else(|| Error::Integrity(format!("{:?} is no moment", head.started)))?
            .min(i64::try_from(received).unwrap_or(i64::MAX));
        let change = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(&said)?;
        let known =
            change.query_row("SELECT 1 FROM run WHERE id = ?1", [&head.run], |_| Ok(())).optional().map_err(&said)?;
        if known.is_some() {
            return Ok(Taken::Known);
        }
        let machine = machine(&change, &head).map_err(&said)?;
        let newest: Option<i64> = change
            .query_row("SELECT max(started) FROM run WHERE machine = ?1", [machine], |row| row.get(0))
            .map_err(&said)?;
        if newest.is_some_and(|newest| newest > started) {
            return Ok(Taken::Old);
        }
        let mut held: HashMap<(i64, i64), bool> = HashMap::new();
        {
            let mut rows = change
                .prepare("SELECT artifact, path FROM holding WHERE machine = ?1 AND gone IS NULL")
                .map_err(&said)?;
            let rows = rows.query_map([machine], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&said)?;
            for row in rows {
                held.insert(row.map_err(&said)?, false);
            }
        }
        let (mut items, mut new, mut unread, mut places) = (0_u64, 0_u64, 0_i64, Vec::new());
        let mut whole = false;
        {
            let mut put = Put::new(&change, &head.ruleset, started).map_err(&said)?;
            while let Some(record) = lines.next()? {
                match record {
                    Record::Machine(_) => return Err(Error::Integrity("it has two machines".to_owned())),
                    Record::Place(place) => places.push(place),
                    Record::Item(item) => {
                        items += 1;
                        let Some((artifact, path)) = put.item(&item).map_err(&said)? else {
                            unread += 1;
                            continue;
                        };
                        if held.insert((artifact, path), true).is_none() {
                            new += 1;
                            put.hold(artifact, machine, path, &item.place).map_err(&said)?;
                        }
                    }
                    Record::End(end) => {
                        whole = end.status == "complete" && end.items == items;
                        break;
                    }
                }
            }
        }
        if whole {
            change.execute("DELETE FROM place WHERE machine = ?1", [machine]).map_err(&said)?;
        }
        places_in(&change, machine, &places).map_err(&said)?;
        let mut gone = 0;
        if whole {
            for ((artifact, path), _) in held.into_iter().filter(|(_, met)| !met) {
                gone += 1;
                change
                    .execute(
                        "UPDATE holding SET gone = ?4 WHERE artifact = ?1 AND machine = ?2 AND path = ?3",
                        params![artifact, machine, path, started],
                    )
                    .map_err(&said)?;
            }
            change
                .execute(
                    "UPDATE machine SET name = ?2, system = ?3, version = ?4, ruleset = ?5, \
                     first = coalesce(first, ?6), last = ?6, partial = NULL, unread = ?7, items = ?8 WHERE id = ?1",
                    params![
                        machine,
                        short(&head.name),
                        short(&head.system),
                        short(&head.tool.version),
                        short(&head.ruleset),
                        started,
                        unread,
                        i64::try_from(items).unwrap_or(i64::MAX)
                    ],
                )
                .map_err(&said)?;
        } else {
            change
                .execute("UPDATE machine SET partial = ?2 WHERE id = ?1", params![machine, started])
                .map_err(&said)?;
        }
        let received = i64::try_from(received).unwrap_or(i64::MAX);
        change
            .execute(
                "INSERT INTO run VALUES(?1, ?2, ?3, ?4, ?5)",
                params![short(&head.run), machine, started, received, whole],
            )
            .map_err(&said)?;
        change.commit().map_err(&said)?;
        let machine = head.name;
        Ok(if whole { Taken::Whole { machine, items, new, gone } } else { Taken::Partial { machine, items } })
    }
}

/// Lines of a snapshot, each of them bounded.
struct Lines<'r> {
    from: &'r mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
    bytes: u64,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<Record>, Error> {
        self.line.clear();
        self.number += 1;
        let bad = |number: u64, why: &dyn std::fmt::Display| Error::Integrity(format!("line {number}: {why}"));
        let read = (&mut self.from).take(LINE).read_until(b'\n', &mut self.line);
        match read {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            // What breaks off in the middle of a compressed stream is half a snapshot.
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(e) => return Err(bad(self.number, &e)),
        }
        self.bytes += self.line.len() as u64;
        if self.number > LINES || self.bytes > SNAPSHOT {
            return Err(bad(self.number, &"there is too much of it"));
        }
        if self.line.last() != Some(&b'\n') {
            // The last one, cut off: there is no end then. Or one that has none.
            return if self.line.len() as u64 == LINE { Err(bad(self.number, &"it is too long")) } else { Ok(None) };
        }
        serde_json::from_slice(&self.line).map(Some).map_err(|e| bad(self.number, &e))
    }
}

/// Seconds since 1970 of `2026-11-30T02:13:00Z`.
fn seconds_of(moment: &str) -> Option<i64> {
    let day = Date::parse(moment)?;
    let time = moment.trim().get(11..)?.strip_suffix('Z')?;
    let mut parts = time.splitn(3, ':').map(|p| p.split('.').next().unwrap_or(p).parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let good = (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..=60).contains(&seconds);
    good.then(|| day.0.checked_mul(86_400)?.checked_add(hours * 3600 + minutes * 60 + seconds)).flatten()
}

/// At most so much of a text, whole characters.
fn short(text: &str) -> &str {
    text.get(..text.floor_char_boundary(TEXT)).unwrap_or_default()
}

/// The row of a machine: its own, or the one under which its name is expected, or a new one.
fn machine(change: &Transaction<'_>, head: &MachineRecord) -> rusqlite::Result<i64> {
    let (key, name) = (short(&head.machine), short(&head.name));
    let own = change.query_row("SELECT id FROM machine WHERE key = ?1", [key], |row| row.get(0)).optional()?;
    if let Some(id) = own {
        return Ok(id);
    }
    let expected = change
        .query_row("SELECT id FROM machine WHERE key IS NULL AND name IN (?1, ?2)", [name, key], |row| row.get(0))
        .optional()?;
    if let Some(id) = expected {
        change.execute("UPDATE machine SET key = ?2 WHERE id = ?1", params![id, key])?;
        return Ok(id);
    }
    change.execute("INSERT INTO machine(key, name) VALUES(?1, ?2)", [key, name])?;
    Ok(change.last_insert_rowid())
}

fn places_in(change: &Transaction<'_>, machine: i64, places: &[PlaceRecord]) -> rusqlite::Result<()> {
    let mut put = change.prepare("INSERT OR REPLACE INTO place VALUES(?1, ?2, ?3, ?4, ?5)")?;
    for place in places {
        let items = i64::try_from(place.items).unwrap_or(i64::MAX);
        let why = place.unreadable.as_deref().map(short);
        put.execute(params![machine, short(&place.kind), short(&place.path), items, why])?;
    }
    Ok(())
}

/// The statements that put an item in.
struct Put<'c> {
    artifact: rusqlite::Statement<'c>,
    add: rusqlite::Statement<'c>,
    judged: rusqlite::Statement<'c>,
    judge: rusqlite::Statement<'c>,
    newest: rusqlite::Statement<'c>,
    sign: rusqlite::Statement<'c>,
    path: rusqlite::Statement<'c>,
    add_path: rusqlite::Statement<'c>,
    hold: rusqlite::Statement<'c>,
    ruleset: &'c str,
    started: i64,
}

impl<'c> Put<'c> {
    fn new(change: &'c Transaction<'_>, ruleset: &'c str, started: i64) -> rusqlite::Result<Self> {
        Ok(Self {
            artifact: change.prepare("SELECT id FROM artifact WHERE sha256 = ?1 AND purl = ?2")?,
            add: change.prepare(
                "INSERT INTO artifact(sha256, purl, name, kind, bytes, first, verdict, judged) \
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, 'incomplete', 0) RETURNING id",
            )?,
            judged: change.prepare("SELECT verdict FROM verdict WHERE artifact = ?1 AND ruleset = ?2")?,
            judge: change.prepare(
                "INSERT INTO verdict VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET verdict = excluded.verdict, \
                 reasons = excluded.reasons, judged = excluded.judged",
            )?,
            newest: change.prepare("UPDATE artifact SET verdict = ?2, judged = ?3 WHERE id = ?1 AND judged <= ?3")?,
            sign: change.prepare("INSERT OR IGNORE INTO sign VALUES(?1, ?2, ?3)")?,
            path: change.prepare("SELECT id FROM path WHERE text = ?1")?,
            add_path: change.prepare("INSERT INTO path(text) VALUES(?1) RETURNING id")?,
            hold: change.prepare(
                "INSERT INTO holding VALUES(?1, ?2, ?3, ?4, ?5, NULL) ON CONFLICT DO UPDATE SET gone = NULL",
            )?,
            ruleset: short(ruleset),
            started,
        })
    }

    /// The artifact and the path of an item; nothing of an item that was not read.
    fn item(&mut self, item: &ItemRecord) -> rusqlite::Result<Option<(i64, i64)>> {
        let Some(digest) = item.sha256.as_deref().and_then(digest) else { return Ok(None) };
        let purl = short(item.purl.as_deref().unwrap_or_default());
        let found = self.artifact.query_row(params![digest.as_slice(), purl], |row| row.get(0)).optional()?;
        let artifact: i64 = match found {
            Some(id) => id,
            None => {
                let bytes = i64::try_from(item.bytes).unwrap_or(i64::MAX);
                self.add.query_row(
                    params![digest.as_slice(), purl, super::ask::name_of(purl), short(&item.kind), bytes, self.started],
                    |row| row.get(0),
                )?
            }
        };
        self.verdict(artifact, item)?;
        let text = short(&item.path);
        let path = match self.path.query_row([text], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => self.add_path.query_row([text], |row| row.get(0))?,
        };
        Ok(Some((artifact, path)))
    }

    /// Writes down what was seen in an artifact, unless these rules have said the same before.
    fn verdict(&mut self, artifact: i64, item: &ItemRecord) -> rusqlite::Result<()> {
        let Some(verdict) = Verdict::from_word(&item.verdict) else { return Ok(()) };
        let known: Option<String> =
            self.judged.query_row(params![artifact, self.ruleset], |row| row.get(0)).optional()?;
        if known.as_deref() == Some(verdict.word()) {
            return Ok(());
        }
        let reasons = item.reasons.iter().map(|r| short(r)).collect::<Vec<_>>().join("\n");
        self.judge.execute(params![artifact, self.ruleset, verdict.word(), reasons, self.started])?;
        self.newest.execute(params![artifact, verdict.word(), self.started])?;
        let hosts: Vec<String> =
            item.hosts.iter().take(SIGNS).map(|host| turned(&short(host).to_ascii_lowercase())).collect();
        for (word, values) in [("rule", &item.rules), ("host", &hosts), ("hook", &item.hooks)] {
            for value in values.iter().take(SIGNS) {
                self.sign.execute(params![word, short(value).to_ascii_lowercase(), artifact])?;
            }
        }
        Ok(())
    }

    fn hold(&mut self, artifact: i64, machine: i64, path: i64, place: &str) -> rusqlite::Result<()> {
        self.hold.execute(params![artifact, machine, path, short(place), self.started]).map(|_| ())
    }
}

/// A host with its labels turned round (`invalid.example.api`), so that what lies below a domain stands together.
pub(super) fn turned(host: &str) -> String {
    host.split('.').rev().collect::<Vec<_>>().join(".")
}

/// The 32 bytes of a digest in hex.
pub(super) fn digest(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut out = [0; 32];
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}
