//! The feed against a matcher that goes through all records as OSV's own description says, over made-up records.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Builder, Feed};
use crate::model::ByteView;

const RECORDS: usize = 200_000;

/// A small generator of numbers; the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

type Version = [u64; 3];

fn shown(v: Version) -> String {
    format!("{}.{}.{}", v[0], v[1], v[2])
}

/// A record as it was made up, for the naive matcher.
struct Made {
    id: String,
    ecosystem: &'static str,
    name: u64,
    versions: Vec<Version>,
    /// Introduced (0.0.0 is written `0`), and where it ends: fixed (true) or last affected.
    ranges: Vec<(Version, Option<(Version, bool)>)>,
    counts: bool,
}

impl Made {
    fn name(&self) -> String {
        format!("pkg-{}", self.name)
    }

    fn matches(&self, ecosystem: &str, name: u64, version: Version) -> bool {
        self.counts
            && self.ecosystem == ecosystem
            && self.name == name
            && ((self.versions.is_empty() && self.ranges.is_empty())
                || self.versions.contains(&version)
                || self.ranges.iter().any(|(from, to)| {
                    version >= *from && to.is_none_or(|(to, fixed)| version < to || (!fixed && version == to))
                }))
    }

    fn json(&self, withdrawn: bool, plain: bool) -> Value {
        let ranges: Vec<Value> = self
            .ranges
            .iter()
            .map(|(from, to)| {
                let from = if *from == [0, 0, 0] { "0".to_owned() } else { shown(*from) };
                let mut events = vec![json!({"introduced": from})];
                events.extend(to.map(|(to, fixed)| json!({if fixed {"fixed"} else {"last_affected"}: shown(to)})));
                events.reverse();
                json!({"type": if self.ecosystem == "npm" {"SEMVER"} else {"ECOSYSTEM"}, "events": events})
            })
            .collect();
        let versions: Vec<String> = self.versions.iter().map(|v| shown(*v)).collect();
        let mut record = json!({"id": self.id, "modified": "2026-11-20T00:00:00Z", "affected":
            [{"package": {"ecosystem": if self.ecosystem == "pypi" {"PyPI"} else {"npm"}, "name": self.name()},
              "versions": versions, "ranges": ranges}]});
        if withdrawn {
            record["withdrawn"] = json!("2026-01-01T00:00:00Z");
        }
        if plain {
            record["id"] = json!(format!("GHSA-{}", self.id));
        }
        record
    }
}

fn made(dice: &mut Dice) -> Vec<(Made, Value)> {
    let version = |dice: &mut Dice| [dice.below(4), dice.below(12), dice.below(12)];
    (0..RECORDS)
        .map(|i| {
            let kind = dice.below(10);
            let versions = if kind < 4 { (0..=dice.below(3)).map(|_| version(dice)).collect() } else { Vec::new() };
            let ranges = if (3..8).contains(&kind) {
                let from = if dice.below(2) == 0 { [0, 0, 0] } else { version(dice) };
                let to = (dice.below(3) > 0).then(|| {
                    let mut to = version(dice);
                    to[0] += from[0] + 1;
                    (to, dice.below(2) == 0)
                });
                vec![(from, to)]
            } else {
                Vec::new()
            };
            let (withdrawn, plain) = (dice.below(40) == 0, dice.below(40) == 0);
            let made = Made {
                id: format!("MAL-2026-{i}"),
                ecosystem: if dice.below(2) == 0 { "npm" } else { "pypi" },
                name: dice.below(RECORDS as u64),
                versions,
                ranges,
                counts: !withdrawn && !plain,
            };
            let json = made.json(withdrawn, plain);
            (made, json)
        })
        .collect()
}

#[test]
fn the_index_finds_what_a_naive_matcher_finds() {
    let mut dice = Dice(7);
    let records = made(&mut dice);
    let mut builder = Builder::default();
    for (_, json) in &records {
        builder.osv(json.to_string().as_bytes());
    }
    assert_eq!(builder.counts.records, records.iter().filter(|(m, _)| m.counts).count() as u64);
    assert_eq!(builder.counts.unreadable, 0);
    let mut bytes = Vec::new();
    builder.write(&mut bytes, "2026-01-01").unwrap();
    assert!(bytes.len() < RECORDS * 166, "300,000 records stay below 50 MB: {} bytes", bytes.len());
    let feed = Feed::of(ByteView::from_vec(bytes)).unwrap();
    assert_eq!(feed.date, "2026-11-20");

    let mut by_name: std::collections::HashMap<u64, Vec<&Made>> = std::collections::HashMap::new();
    for (made, _) in &records {
        by_name.entry(made.name).or_default().push(made);
    }
    let asked: Vec<(&str, u64, Version)> = (0..20_000)
        .map(|_| {
            let ecosystem = if dice.below(2) == 0 { "npm" } else { "pypi" };
            (ecosystem, dice.below(RECORDS as u64), [dice.below(6), dice.below(13), dice.below(13)])
        })
        .collect();
    let mut hits = 0;
    for (ecosystem, name, version) in &asked {
        let mut naive: Vec<&str> = by_name
            .get(name)
            .into_iter()
            .flatten()
            .filter(|m| m.matches(ecosystem, *name, *version))
            .map(|m| m.id.as_str())
            .collect();
        let mut found: Vec<String> =
            feed.package(ecosystem, &format!("pkg-{name}"), &shown(*version)).into_iter().map(|h| h.id).collect();
        naive.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, naive, "{ecosystem} pkg-{name} {version:?}");
        hits += naive.len();
    }
    assert!(hits > 3000, "the comparison says something: {hits}");

    let names: Vec<String> = asked.iter().map(|(_, name, _)| format!("pkg-{name}")).collect();
    let started = Instant::now();
    for name in &names {
        std::hint::black_box(feed.package("npm", name, "1.0.0"));
    }
    // An unoptimised build on a shared machine is many times slower than what is shipped.
    assert!(started.elapsed().as_micros() / (names.len() as u128) < 300);
}

#[test]
fn records_count_by_id_alias_and_origin_and_not_when_withdrawn() {
    let affected = |name: &str| json!([{"package": {"ecosystem": "npm", "name": name}}]);
    let mut builder = Builder::default();
    for record in [
        json!({"id": "MAL-1", "affected": affected("a")}),
        json!({"id": "GHSA-1", "aliases": ["MAL-2"], "affected": affected("b")}),
        json!({"id": "GHSA-2", "database_specific": {"malicious-packages-origins": [{"source": "x"}]}, "affected": affected("c")}),
        json!({"id": "GHSA-3", "database_specific": {"cwe_ids": ["CWE-506"]}, "affected": affected("d")}),
        json!({"id": "GHSA-4", "severity": [{"type": "CVSS_V3", "score": "x"}], "affected": affected("e")}),
        json!({"id": "MAL-5", "withdrawn": "2026-01-01T00:00:00Z", "affected": affected("f")}),
        json!({"id": "MAL-6", "affected": [{"package": {"purl": "pkg:pypi/G_h"}}]}),
    ] {
        builder.osv(record.to_string().as_bytes());
    }
    builder.osv(b"not json");
    builder.list(
        "my list",
        "sha256:abababababababababababababababababababababababababababababababab why\nc2.invalid\nnpm:z@1.0\n",
    );
    assert_eq!((builder.counts.withdrawn, builder.counts.other, builder.counts.unreadable), (1, 1, 1));
    let mut bytes = Vec::new();
    builder.write(&mut bytes, "2026-11-26").unwrap();
    let feed = Feed::of(ByteView::from_vec(bytes)).unwrap();
    let ids = |e: &str, n: &str, v: &str| feed.package(e, n, v).into_iter().map(|h| h.id).collect::<Vec<_>>();
    for (name, id) in [("a", "MAL-1"), ("b", "MAL-2"), ("c", "GHSA-2"), ("d", "GHSA-3")] {
        assert_eq!(ids("npm", name, "9.9.9"), [id]);
        assert_eq!(ids("npm", name, ""), [id], "every version is meant, so none has to be named");
    }
    assert!(ids("npm", "e", "1").is_empty() && ids("npm", "f", "1").is_empty() && ids("pypi", "a", "1").is_empty());
    assert_eq!(ids("pypi", "g-h", "1"), ["MAL-6"]);
    assert_eq!(ids("npm", "z", "1.0"), ["my list"]);
    assert!(ids("npm", "z", "1.1").is_empty());
    assert_eq!(feed.digest(&[0xab; 32]), Some("my list: why"));
    assert_eq!(feed.digest(&[0xac; 32]), None);
    assert_eq!(feed.host("X.c2.INVALID"), Some("my list"));
    assert_eq!((feed.host("2.invalid"), feed.host("invalid")), (None, None));
    assert_eq!(feed.date, "2026-11-26");
}

#[test]
fn broken_feeds_find_nothing_and_end() {
    let mut builder = Builder::default();
    builder.list("l", "npm:a@1\npypi:b\nh.invalid\n");
    let mut bytes = Vec::new();
    builder.write(&mut bytes, "2026-11-26").unwrap();
    assert!(Feed::of(ByteView::from_vec(bytes.clone())).is_some());
    for len in 0..bytes.len() {
        assert!(Feed::of(ByteView::from_vec(bytes[..len].to_vec())).is_none(), "{len} bytes");
    }
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 0xff;
        if let Some(feed) = Feed::of(ByteView::from_vec(broken)) {
            let _ = (
                feed.package("npm", "a", "1"),
                feed.package("pypi", "b", ""),
                feed.host("x.h.invalid"),
                feed.digest(&[0; 32]),
            );
        }
    }
}
