//! A feed that is mapped and searched where it lies. Every offset is checked before it is followed; a broken feed finds
//! nothing and says so when it is opened.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::build::{ALL, BEFORE, DIGEST, END, EXACT, FROM, HEADER, HOST, MAGIC, NAME, UP_TO, VERSION, hash};
use super::key;
use super::version::compare;
use crate::model::{ByteView, Error};

/// A feed.
#[derive(Debug, Clone)]
pub struct Feed {
    view: ByteView,
    names: Table,
    records: Table,
    digests: Table,
    hosts: Table,
    pool: Table,
    /// How many reports of malice it holds.
    pub records_count: u64,
    /// The day it is of, as `2026-11-26`.
    pub date: String,
}

/// A part of the file.
#[derive(Debug, Clone, Copy)]
struct Table {
    at: usize,
    /// Bytes.
    len: usize,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The record's id (`MAL-2026-123`), or the list that it stands in.
    pub id: String,
    /// Whether every version of the package is meant.
    pub every_version: bool,
}

impl Feed {
    /// Opens a feed.
    ///
    /// # Errors
    /// [`Error::Input`] when it cannot be read or is none.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let input = |source| Error::Input { path: path.to_owned(), source };
        let view = ByteView::open(path).map_err(input)?;
        Self::of(view).ok_or_else(|| {
            input(std::io::Error::new(std::io::ErrorKind::InvalidData, "not a feed of this version, or not all of it"))
        })
    }

    /// A feed out of bytes, or `None` when they are none.
    #[must_use]
    pub fn of(view: ByteView) -> Option<Self> {
        if view.get(..MAGIC.len())? != MAGIC || u32_at(&view, 8)? != VERSION {
            return None;
        }
        let date = u32_at(&view, 12)?;
        let count = |i: usize| u64_at(&view, 16 + 8 * i).and_then(|n| usize::try_from(n).ok());
        let sizes = [
            count(0)?.checked_mul(NAME)?,
            count(1)?,
            count(2)?.checked_mul(DIGEST)?,
            count(3)?.checked_mul(HOST)?,
            count(4)?,
        ];
        let mut at = HEADER;
        let mut table = |len: usize| {
            let table = Table { at, len };
            at = at.checked_add(len)?;
            Some(table)
        };
        let [names, records, digests, hosts, pool] =
            [table(sizes[0])?, table(sizes[1])?, table(sizes[2])?, table(sizes[3])?, table(sizes[4])?];
        if at != view.len() {
            return None;
        }
        let records_count = u64_at(&view, 56)?;
        let mut feed = Self { view, names, records, digests, hosts, pool, records_count, date: String::new() };
        feed.date = feed.pooled(date)?.to_owned();
        Some(feed)
    }

    fn part(&self, table: Table) -> &[u8] {
        self.view.get(table.at..table.at.saturating_add(table.len)).unwrap_or_default()
    }

    fn pooled(&self, at: u32) -> Option<&str> {
        let mut rest = self.part(self.pool).get(usize::try_from(at).ok()?..)?;
        text(&mut rest)
    }

    /// Reports about a package: of one version, or, when none is given, of all versions.
    #[must_use]
    pub fn package(&self, ecosystem: &str, name: &str, version: &str) -> Vec<Hit> {
        let key = key(ecosystem, name);
        let ecosystem = key.split('\0').next().unwrap_or_default().to_owned();
        let wanted = hash(&key);
        let names = self.part(self.names);
        let rows = names.len() / NAME;
        let hash_at = |i: usize| u64_at(names, i * NAME).unwrap_or(u64::MAX);
        let mut at = partition(rows, |i| hash_at(i) < wanted);
        let mut found = Vec::new();
        while at < rows && hash_at(at) == wanted {
            let place = (u32_at(names, at * NAME + 8), u32_at(names, at * NAME + 12));
            if let (Some(offset), Some(count)) = place {
                self.read(offset, count, &key, &ecosystem, version, &mut found);
            }
            at += 1;
        }
        found
    }

    /// Reports about the package that a package URL names, or `None` when it names none that feeds know.
    #[must_use]
    pub fn purl(&self, purl: &str) -> Option<Vec<Hit>> {
        let (ecosystem, name, version) = super::parts_of(purl)?;
        Some(self.package(ecosystem, &name, &version))
    }

    /// The records of one row.
    fn read(
        &self,
        offset: u32,
        count: u32,
        key: &str,
        ecosystem: &str,
        version: &str,
        found: &mut Vec<Hit>,
    ) -> Option<()> {
        let mut rest = self.part(self.records).get(usize::try_from(offset).ok()?..)?;
        if text(&mut rest)? != key {
            return None;
        }
        for _ in 0..count {
            let id = text(&mut rest)?.to_owned();
            let (is_meant, every_version) = clauses(&mut rest, ecosystem, version)?;
            if is_meant {
                found.push(Hit { id, every_version });
            }
        }
        Some(())
    }

    /// The list in which a content's digest stands.
    #[must_use]
    pub fn digest(&self, digest: &[u8; 32]) -> Option<&str> {
        let digests = self.part(self.digests);
        let rows = digests.len() / DIGEST;
        let row = |i: usize| digests.get(i * DIGEST..i * DIGEST + 32);
        let at = partition(rows, |i| row(i).is_some_and(|d| d < digest.as_slice()));
        if row(at)? != digest {
            return None;
        }
        self.pooled(u32_at(digests, at * DIGEST + 32)?)
    }

    /// The list in which a host, or a domain above it, stands.
    #[must_use]
    pub fn host(&self, host: &str) -> Option<&str> {
        let host = host.to_ascii_lowercase();
        let mut name = host.as_str();
        loop {
            if let Some(label) = self.exact_host(name) {
                return Some(label);
            }
            // A top level alone is nobody's.
            name = name.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.'))?;
        }
    }

    fn exact_host(&self, host: &str) -> Option<&str> {
        let wanted = hash(host);
        let hosts = self.part(self.hosts);
        let rows = hosts.len() / HOST;
        let hash_at = |i: usize| u64_at(hosts, i * HOST).unwrap_or(u64::MAX);
        let mut at = partition(rows, |i| hash_at(i) < wanted);
        while at < rows && hash_at(at) == wanted {
            let (name, label) = self.pooled(u32_at(hosts, at * HOST + 8)?)?.split_once('\0')?;
            if name == host {
                return Some(label);
            }
            at += 1;
        }
        None
    }

    /// SHA-256 of the whole file, in hex.
    #[must_use]
    pub fn id(&self) -> String {
        crate::model::ContentId(Sha256::digest(&self.view[..]).into()).to_string()
    }

    /// How many packages, digests and hosts it holds.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize, usize) {
        (self.names.len / NAME, self.digests.len / DIGEST, self.hosts.len / HOST)
    }
}

/// The first row for which `before` is false.
fn partition(rows: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, rows);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes)
}

/// Takes a text with its length before it.
fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b str> {
    let len = usize::from(u16::from_le_bytes(rest.get(..2)?.try_into().ok()?));
    let (taken, after) = rest.get(2..)?.split_at_checked(len)?;
    *rest = after;
    std::str::from_utf8(taken).ok()
}

/// Reads what is affected: whether the version is meant, and whether every version is. Without a version only a report of
/// every version is meant.
fn clauses(rest: &mut &[u8], ecosystem: &str, version: &str) -> Option<(bool, bool)> {
    let (mut is_meant, mut every) = (false, false);
    // Whether the version lies in the interval that is open, and whether that began at nothing.
    let (mut inside, mut from_zero) = (false, false);
    loop {
        let (clause, after) = rest.split_first()?;
        *rest = after;
        if matches!(*clause, END | FROM) {
            is_meant |= inside;
            every |= from_zero;
            (inside, from_zero) = (false, false);
        }
        match *clause {
            END => return Some((is_meant, every)),
            ALL => (is_meant, every) = (true, true),
            EXACT => {
                let exact = text(rest)?;
                is_meant |= !version.is_empty()
                    && (exact == version || (ecosystem == "pypi" && compare(ecosystem, exact, version).is_eq()));
            }
            FROM => {
                let from = text(rest)?;
                from_zero = from == "0";
                inside = from_zero && version.is_empty()
                    || !version.is_empty() && (from_zero || compare(ecosystem, version, from).is_ge());
            }
            BEFORE => {
                let to = text(rest)?;
                from_zero = false;
                inside &= !version.is_empty() && compare(ecosystem, version, to).is_lt();
            }
            UP_TO => {
                let to = text(rest)?;
                from_zero = false;
                inside &= !version.is_empty() && compare(ecosystem, version, to).is_le();
            }
            _ => return None,
        }
    }
}
