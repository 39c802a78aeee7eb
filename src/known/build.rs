//! Compiles records and lists into a feed.
//!
//! Layout (all numbers little-endian): a header of [`HEADER`] bytes, the table of names (hash of the key, place of the
//! first record; sorted), the records, the digests with their labels (sorted), the hosts (hash, label; sorted), the pool
//! of texts. What belongs to one name stands together; texts are said once.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::osv::{Event, Record};
use super::version::compare;
use super::{key, list, parts_of};

/// What stands at the beginning.
pub(super) const MAGIC: &[u8; 8] = b"PEEPFEED";
pub(super) const VERSION: u32 = 1;
pub(super) const HEADER: usize = 64;
/// Bytes of one entry of each table.
pub(super) const NAME: usize = 16;
pub(super) const DIGEST: usize = 36;
pub(super) const HOST: usize = 12;

/// Clauses of what is affected.
pub(super) const ALL: u8 = 1;
pub(super) const EXACT: u8 = 2;
pub(super) const FROM: u8 = 3;
pub(super) const BEFORE: u8 = 4;
pub(super) const UP_TO: u8 = 5;
pub(super) const END: u8 = 0;

/// Longest text that is kept, in bytes.
const TEXT: usize = 1024;

/// What a feed was made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that report malice, by package.
    pub records: u64,
    /// Records that were withdrawn.
    pub withdrawn: u64,
    /// Records that report something else.
    pub other: u64,
    /// Documents and lines that could not be read.
    pub unreadable: u64,
    /// Digests of contents.
    pub digests: u64,
    /// Names of hosts.
    pub hosts: u64,
}

/// Gathers what a feed shall hold.
#[derive(Default)]
pub struct Builder {
    /// By key: the records, each as an id and its encoded clauses.
    names: BTreeMap<String, Vec<(String, Vec<u8>)>>,
    digests: BTreeMap<[u8; 32], String>,
    hosts: BTreeMap<String, String>,
    newest: String,
    /// What came in so far.
    pub counts: Counts,
}

impl Builder {
    /// Adds one document of OSV: a record, or a list of them.
    pub fn osv(&mut self, json: &[u8]) {
        if let Ok(record) = serde_json::from_slice::<Record>(json) {
            self.record(&record);
        } else if let Ok(records) = serde_json::from_slice::<Vec<Record>>(json) {
            records.iter().for_each(|r| self.record(r));
        } else {
            self.counts.unreadable += 1;
        }
    }

    fn record(&mut self, record: &Record) {
        let Some(id) = record.malicious() else {
            self.counts.other += 1;
            return;
        };
        if record.withdrawn.as_ref().is_some_and(|w| !w.is_empty()) {
            self.counts.withdrawn += 1;
            return;
        }
        if record.modified > self.newest {
            self.newest.clone_from(&record.modified);
        }
        for affected in &record.affected {
            let Some(package) = &affected.package else { continue };
            let name = if package.name.is_empty() {
                parts_of(&package.purl).map(|(ecosystem, name, _)| key(ecosystem, &name))
            } else {
                Some(key(&package.ecosystem, &package.name))
            };
            let Some(name) = name.filter(|n| n.len() <= TEXT) else {
                self.counts.unreadable += 1;
                continue;
            };
            let ecosystem = name.split('\0').next().unwrap_or_default().to_owned();
            let mut clauses = Vec::new();
            for version in &affected.versions {
                put(&mut clauses, EXACT, version);
            }
            let mut ranged = false;
            for range in affected.ranges.iter().filter(|r| r.kind != "GIT") {
                ranged = true;
                ranges(&ecosystem, &range.events, &mut clauses);
            }
            if affected.versions.is_empty() && !ranged {
                clauses.push(ALL);
            }
            clauses.push(END);
            self.names.entry(name).or_default().push((id.to_owned(), clauses));
            self.counts.records += 1;
        }
    }

    /// Adds a list, one entry a line: a SHA-256, a host, a package URL, `ecosystem:name` or `ecosystem:name@version`, each
    /// with words behind it that say why. `source` names the list.
    pub fn list(&mut self, source: &str, text: &str) {
        for line in text.lines() {
            match list::entry(line, source) {
                list::Entry::Nothing => {}
                list::Entry::Unreadable => self.counts.unreadable += 1,
                list::Entry::Digest(digest, label) => {
                    self.counts.digests += u64::from(self.digests.insert(digest, label).is_none());
                }
                list::Entry::Host(host, label) => {
                    self.counts.hosts += u64::from(self.hosts.insert(host, label).is_none());
                }
                list::Entry::Package { ecosystem, name, version, label } => {
                    let mut clauses = Vec::new();
                    match version {
                        Some(version) => put(&mut clauses, EXACT, &version),
                        None => clauses.push(ALL),
                    }
                    clauses.push(END);
                    self.names.entry(key(&ecosystem, &name)).or_default().push((label, clauses));
                    self.counts.records += 1;
                }
            }
        }
    }

    /// Writes the feed. `date` is the day that it is of (`2026-11-26`), when the records tell none.
    ///
    /// # Errors
    /// What the system said, or `InvalidData` when there is more than a feed can hold.
    pub fn write(self, out: &mut dyn Write, date: &str) -> io::Result<()> {
        let too_much = || io::Error::new(io::ErrorKind::InvalidData, "more than a feed can hold");
        let mut pool = Pool::default();
        let mut names: Vec<(u64, u32, u32)> = Vec::with_capacity(self.names.len());
        let mut records: Vec<u8> = Vec::new();
        for (name, mut found) in self.names {
            let at = u32::try_from(records.len()).map_err(|_| too_much())?;
            found.sort();
            found.dedup();
            let count = u32::try_from(found.len()).map_err(|_| too_much())?;
            names.push((hash(&name), at, count));
            text(&mut records, &name);
            for (id, clauses) in found {
                text(&mut records, &id);
                records.extend(&clauses);
            }
        }
        names.sort_unstable();
        let date = if self.newest.is_empty() { date } else { &self.newest };
        let date = pool.put(date.get(..10).unwrap_or(date)).ok_or_else(too_much)?;
        let mut digests = Vec::with_capacity(self.digests.len());
        for (digest, label) in &self.digests {
            digests.push((digest, pool.put(label).ok_or_else(too_much)?));
        }
        let mut hosts = Vec::with_capacity(self.hosts.len());
        for (host, label) in &self.hosts {
            hosts.push((hash(host), pool.put(&format!("{host}\0{label}")).ok_or_else(too_much)?));
        }
        hosts.sort_unstable();

        out.write_all(MAGIC)?;
        let mut header: Vec<u8> = Vec::with_capacity(HEADER);
        let size = |n: usize| u64::try_from(n).map_err(|_| too_much());
        header.extend(VERSION.to_le_bytes());
        header.extend(date.to_le_bytes());
        for n in [names.len(), records.len(), digests.len(), hosts.len(), pool.bytes.len()] {
            header.extend(size(n)?.to_le_bytes());
        }
        header.extend(self.counts.records.to_le_bytes());
        header.resize(HEADER - MAGIC.len(), 0);
        out.write_all(&header)?;
        for (hash, at, count) in names {
            out.write_all(&hash.to_le_bytes())?;
            out.write_all(&at.to_le_bytes())?;
            out.write_all(&count.to_le_bytes())?;
        }
        out.write_all(&records)?;
        for (digest, label) in digests {
            out.write_all(digest)?;
            out.write_all(&label.to_le_bytes())?;
        }
        for (hash, label) in hosts {
            out.write_all(&hash.to_le_bytes())?;
            out.write_all(&label.to_le_bytes())?;
        }
        out.write_all(&pool.bytes)
    }
}

/// Texts that are said once.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Pool {
    fn put(&mut self, what: &str) -> Option<u32> {
        if let Some(at) = self.known.get(what) {
            return Some(*at);
        }
        let at = u32::try_from(self.bytes.len()).ok()?;
        text(&mut self.bytes, what);
        self.known.insert(what.to_owned(), at);
        Some(at)
    }
}

/// A text with its length before it.
fn text(to: &mut Vec<u8>, what: &str) {
    let what = what.get(..what.floor_char_boundary(TEXT)).unwrap_or_default();
    let len = u16::try_from(what.len()).unwrap_or(0);
    to.extend(len.to_le_bytes());
    to.extend(what.as_bytes());
}

fn put(to: &mut Vec<u8>, clause: u8, version: &str) {
    to.push(clause);
    text(to, version);
}

/// The intervals that events describe, in the order of versions: each begins with [`FROM`] and may end.
fn ranges(ecosystem: &str, events: &[Event], to: &mut Vec<u8>) {
    let mut marks: Vec<(u8, &str)> = Vec::new();
    for event in events {
        marks.extend(event.introduced.as_deref().map(|v| (FROM, v)));
        marks.extend(event.fixed.as_deref().map(|v| (BEFORE, v)));
        marks.extend(event.last_affected.as_deref().map(|v| (UP_TO, v)));
        marks.extend(event.limit.as_deref().filter(|v| *v != "*").map(|v| (BEFORE, v)));
    }
    marks.sort_by(|a, b| match (a.1, b.1) {
        ("0", "0") => std::cmp::Ordering::Equal,
        ("0", _) => std::cmp::Ordering::Less,
        (_, "0") => std::cmp::Ordering::Greater,
        (a, b) => compare(ecosystem, a, b),
    });
    for (clause, version) in marks {
        put(to, clause, version);
    }
}

/// FNV-1a: the table is made by us, nobody chooses collisions; the name is compared anyway.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
