//! The index of known bad: its size with 300,000 records and the time of one look-up, out of a mapped file as a scan uses
//! it: `cargo bench --bench feed`.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot begin has nothing to say")]

use std::hint::black_box;
use std::time::Instant;

use peephole::known::{Builder, Feed};

/// Records, as many as OSV is expected to have of malicious packages in a year or two.
const RECORDS: u64 = 300_000;
/// Look-ups of each sort.
const ASKED: u64 = 200_000;

/// A record of the `n`th package. Most name single versions, some a range, as OSV's do.
fn record(n: u64) -> String {
    let ecosystem = if n.is_multiple_of(3) { "PyPI" } else { "npm" };
    let affected = if n.is_multiple_of(4) {
        r#""ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]"#.to_owned()
    } else {
        format!(r#""versions": ["1.{}.0", "1.{}.1"]"#, n % 20, n % 20)
    };
    format!(
        r#"{{"id": "MAL-2026-{n}", "modified": "2026-11-20T00:00:00Z",
            "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "some-package-{n}"}}, {affected}}}]}}"#
    )
}

/// Microseconds of one call in the mean, over numbers that jump through the index.
fn each(mut ask: impl FnMut(u64)) -> f64 {
    let started = Instant::now();
    for i in 0..ASKED {
        ask(i.wrapping_mul(2_654_435_761) % (2 * RECORDS));
    }
    started.elapsed().as_secs_f64() * 1e6 / ASKED as f64
}

fn main() {
    let mut builder = Builder::default();
    for n in 0..RECORDS {
        builder.osv(record(n).as_bytes());
    }
    let digests: String = (0..RECORDS).map(|n| format!("{n:064x}\n")).collect();
    builder.list("digests", &digests);
    let hosts: String = (0..RECORDS).map(|n| format!("h{n}.example.org\n")).collect();
    builder.list("hosts", &hosts);

    let path = std::env::temp_dir().join(format!("peephole-bench-feed-{}", std::process::id()));
    let mut file = std::fs::File::create(&path).expect("a file in the temporary folder");
    builder.write(&mut file, "2026-11-28").expect("the index is written");
    let size = std::fs::metadata(&path).expect("the index is there").len();
    let opened = Instant::now();
    let feed = Feed::open(&path).expect("the index that was just written");
    println!("{size} bytes, opened in {:.1} ms: {:?}", opened.elapsed().as_secs_f64() * 1e3, feed.sizes());

    // Half of what is asked for is there.
    let mut found = 0;
    let packages = each(|n| {
        let ecosystem = if n.is_multiple_of(3) { "pypi" } else { "npm" };
        found += feed.package(ecosystem, &format!("some-package-{n}"), &format!("1.{}.0", n % 20)).len();
    });
    println!("{packages:>8.2} µs  a package and version ({found} of {ASKED} found)");
    let digests = each(|n| {
        let mut digest = [0; 32];
        digest[24..].copy_from_slice(&n.to_be_bytes());
        black_box(feed.digest(&digest));
    });
    println!("{digests:>8.2} µs  a digest");
    let hosts = each(|n| {
        black_box(feed.host(&format!("h{n}.example.org")));
    });
    println!("{hosts:>8.2} µs  a host");
    std::fs::remove_file(&path).ok();
}
