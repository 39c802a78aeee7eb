//! Asks who has a thing, or had it.

use std::str::FromStr as _;

use packageurl::PackageUrl;
use rusqlite::Params;

use super::Fleet;
use super::take::{digest, turned};
use crate::assess::Verdict;
use crate::known::Feed;
use crate::model::Error;
use crate::source::registry::Name;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// A package: one version of it, or all.
    Package {
        /// Package URL without a version.
        name: String,
        /// The version.
        version: Option<String>,
    },
    /// A content.
    Content([u8; 32]),
    /// What names a host, or one below it.
    Host(String),
    /// What a rule has found something in.
    Rule(String),
    /// What the newest judgement says this of.
    Verdict(Verdict),
}

/// Whether a machine holds a thing, as far as its last complete snapshot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It has it.
    Has,
    /// It had it.
    Had,
}

impl State {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Has => "has",
            Self::Had => "had",
        }
    }
}

/// An artifact at one path of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Why it is in the answer, where that is not the question itself.
    pub why: String,
    /// What people call the machine.
    pub machine: String,
    /// The word under which it reports.
    pub key: String,
    /// Has it, or had it.
    pub state: State,
    /// The kind of the place.
    pub place: String,
    /// The path.
    pub path: String,
    /// Package URL; empty where there is none.
    pub purl: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// The newest judgement.
    pub verdict: String,
    /// What of it runs by itself: who had it may have run it.
    pub hooks: Vec<String>,
    /// When it was met first there, in seconds since 1970.
    pub first: i64,
    /// When it was met last: of what is there, the time of the machine's last complete snapshot.
    pub last: i64,
}

/// A package URL without version, qualifiers and path; empty when it is none.
pub(super) fn name_of(purl: &str) -> String {
    parts(purl).map(|(name, _)| name).unwrap_or_default()
}

fn parts(purl: &str) -> Option<(String, Option<String>)> {
    let read = PackageUrl::from_str(purl).ok()?;
    let path = match read.namespace() {
        Some(namespace) => format!("{namespace}/{}", read.name()),
        None => read.name().to_owned(),
    };
    let name = crate::model::purl::purl(read.ty(), &path, "", &[])?;
    Some((name, read.version().map(str::to_owned)))
}

impl Question {
    /// Reads `npm:NAME@VERSION`, `pypi:NAME==VERSION`, a package URL, a SHA-256, `host:NAME`, `rule:ID` or `verdict:WORD`.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let content = text.strip_prefix("sha256:").unwrap_or(text);
        if let Some(digest) = digest(content) {
            return Ok(Self::Content(digest));
        }
        if let Some(host) = text.strip_prefix("host:").filter(|h| !h.is_empty()) {
            return Ok(Self::Host(host.trim_end_matches('.').to_ascii_lowercase()));
        }
        if let Some(rule) = text.strip_prefix("rule:").filter(|r| !r.is_empty()) {
            return Ok(Self::Rule(rule.to_ascii_lowercase()));
        }
        if let Some(word) = text.strip_prefix("verdict:") {
            let verdict = Verdict::from_word(word).ok_or_else(|| format!("{word:?} is no verdict"))?;
            return Ok(Self::Verdict(verdict));
        }
        // Packages of ecosystems that cannot be fetched are held all the same.
        if text.starts_with("pkg:") {
            let (name, version) = parts(text).ok_or_else(|| format!("{text:?} is no package URL"))?;
            return Ok(Self::Package { name, version });
        }
        let Some(name) = Name::parse(text) else {
            return Err(format!(
                "{text:?}: ask for npm:NAME@VERSION, pypi:NAME==VERSION, a package URL, a SHA-256, host:NAME, rule:ID or \
                 verdict:WORD"
            ));
        };
        let name = name?;
        let version = name.wish.trim_start_matches('=').trim();
        if version.contains(['<', '>', '^', '~', '*', ',', ' ', '|', '!']) {
            return Err(format!("{text:?}: ask for one version, or for all; ranges come with a feed (--feed)"));
        }
        let (name, _) = parts(&name.purl("")).or_else(|| parts(&name.purl("0"))).ok_or("no name of a package")?;
        Ok(Self::Package { name, version: (!version.is_empty()).then(|| version.to_owned()) })
    }
}

impl Fleet {
    /// Hands over every holding that a question is about, machines that have it before those that had it.
    ///
    /// # Errors
    /// What the database says, or the sink.
    pub fn ask(&self, question: &Question, sink: &mut dyn FnMut(Holding) -> Result<(), Error>) -> Result<(), Error> {
        let ids = match question {
            Question::Package { name, version } => {
                let all: Vec<(i64, String)> =
                    self.rows("SELECT id, purl FROM artifact WHERE name = ?1", [name], |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })?;
                let fits = |purl: &str| {
                    version.is_none() || parts(purl).is_some_and(|(_, has)| has.as_deref() == version.as_deref())
                };
                all.into_iter().filter(|(_, purl)| fits(purl)).map(|(id, _)| id).collect()
            }
            Question::Content(digest) => self.ids("SELECT id FROM artifact WHERE sha256 = ?1", [digest.as_slice()])?,
            Question::Host(host) => self.ids(
                // `/` comes next behind `.`.
                "SELECT DISTINCT artifact FROM sign WHERE word = 'host' AND (value = ?1 OR value > ?1 || '.' AND value < ?1 || '/')",
                [turned(host)],
            )?,
            Question::Rule(rule) => self.ids("SELECT artifact FROM sign WHERE word = 'rule' AND value = ?1", [rule])?,
            Question::Verdict(verdict) => {
                self.ids("SELECT id FROM artifact WHERE verdict = ?1", [verdict.word()])?
            }
        };
        for id in ids {
            self.holdings(id, "", sink)?;
        }
        Ok(())
    }

    /// The same for everything that a feed reports: packages, contents and hosts.
    ///
    /// # Errors
    /// What the database says, or the sink.
    pub fn ask_feed(&self, feed: &Feed, sink: &mut dyn FnMut(Holding) -> Result<(), Error>) -> Result<(), Error> {
        let all: Vec<(i64, Vec<u8>, String)> =
            self.rows("SELECT id, sha256, purl FROM artifact", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut told = std::collections::HashSet::new();
        for (id, sha256, purl) in all {
            let by_content =
                <[u8; 32]>::try_from(sha256.as_slice()).ok().and_then(|d| feed.digest(&d).map(str::to_owned));
            let by_name = || feed.purl(&purl).unwrap_or_default().into_iter().next().map(|hit| hit.id);
            if let Some(why) = by_content.or_else(by_name) {
                told.insert(id);
                self.holdings(id, &why, sink)?;
            }
        }
        let hosts: Vec<String> =
            self.rows("SELECT DISTINCT value FROM sign WHERE word = 'host'", [], |row| row.get(0))?;
        for host in hosts {
            let Some(list) = feed.host(&turned(&host)) else { continue };
            for id in self.ids("SELECT artifact FROM sign WHERE word = 'host' AND value = ?1", [&host])? {
                if told.insert(id) {
                    self.holdings(id, &format!("{} ({list})", turned(&host)), sink)?;
                }
            }
        }
        Ok(())
    }

    fn holdings(
        &self,
        artifact: i64,
        why: &str,
        sink: &mut dyn FnMut(Holding) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let said = |e: rusqlite::Error| self.say(&e);
        let hooks: Vec<String> =
            self.rows("SELECT value FROM sign WHERE artifact = ?1 AND word = 'hook'", [artifact], |row| row.get(0))?;
        let mut query = self
            .db
            .prepare(
                "SELECT m.name, coalesce(m.key, ''), h.gone, h.place, p.text, a.purl, lower(hex(a.sha256)), h.first, m.last, a.verdict \
                 FROM holding h JOIN artifact a ON a.id = h.artifact JOIN machine m ON m.id = h.machine \
                 JOIN path p ON p.id = h.path WHERE h.artifact = ?1 ORDER BY h.gone IS NOT NULL, m.name, p.text",
            )
            .map_err(said)?;
        let rows = query
            .query_map([artifact], |row| {
                let (gone, first, last): (Option<i64>, i64, Option<i64>) = (row.get(2)?, row.get(7)?, row.get(8)?);
                Ok(Holding {
                    why: why.to_owned(),
                    machine: row.get(0)?,
                    key: row.get(1)?,
                    state: if gone.is_some() { State::Had } else { State::Has },
                    place: row.get(3)?,
                    path: row.get(4)?,
                    purl: row.get(5)?,
                    sha256: row.get(6)?,
                    verdict: row.get(9)?,
                    hooks: hooks.clone(),
                    first,
                    last: gone.or(last).unwrap_or(first).max(first),
                })
            })
            .map_err(said)?;
        for row in rows {
            sink(row.map_err(said)?)?;
        }
        Ok(())
    }

    fn ids(&self, sql: &str, values: impl Params) -> Result<Vec<i64>, Error> {
        self.rows(sql, values, |row| row.get(0))
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let found = self.db.prepare(sql).and_then(|mut q| q.query_map(values, read)?.collect::<Result<Vec<_>, _>>());
        found.map_err(|e| self.say(&e))
    }
}
