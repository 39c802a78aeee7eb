//! Megabytes a second of each part of the analysis, over generated input, on one thread: `cargo bench --bench scan`.
//! Whole trees are measured from outside (`benches/README.md`); this tells which part to look at.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::{Duration, Instant};

use peephole::analyze::{Notes, heuristics, signature};
use peephole::identify::identify;
use peephole::model::{Artifact, ByteView, ContentId};
use peephole::parse::Parsed;

/// Bytes of each input.
const SIZE: usize = 4 << 20;

/// The same bytes for the same seed.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as u8
    };
    std::iter::repeat_with(next).take(len).collect()
}

/// Lines made by `line` until there are `SIZE` bytes.
fn lines(line: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = String::with_capacity(SIZE + 200);
    let mut i = 0;
    while text.len() < SIZE {
        text.push_str(&line(i));
        i += 1;
    }
    text.into_bytes()
}

fn inputs() -> Vec<(&'static str, Vec<u8>)> {
    let mut elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0".to_vec();
    elf.extend(noise(SIZE));
    vec![
        (
            "a.py",
            lines(|i| {
                format!("def f{i}(a, b={i}):\n    # adds\n    return os.path.join(a, 'x{i}') if b else None\n\n")
            }),
        ),
        ("a.js", lines(|i| format!("function f{i}(a,b){{var c=a[{i}]||\"x{i}\";return b?c.map(e=>e+{i}):null}}\n"))),
        ("a.min.js", lines(|i| format!("!function(){{t[{i}]=e=>e({i},\"m{i}\")}}(),"))),
        ("a.json", lines(|i| format!("{{\"id\":{i},\"name\":\"entry {i}\",\"list\":[1,2,3]}},\n"))),
        ("a.md", lines(|i| format!("Line {i} of some prose, with `code` and a [link](https://example.org/{i}).\n"))),
        ("a.so", elf),
    ]
}

/// Runs `act` until it took long enough to tell, and returns MB/s.
fn rate(bytes: usize, mut act: impl FnMut()) -> f64 {
    act();
    let (started, mut runs) = (Instant::now(), 0_u32);
    while started.elapsed() < Duration::from_millis(200) {
        act();
        runs += 1;
    }
    bytes as f64 * f64::from(runs) / started.elapsed().as_secs_f64() / 1e6
}

fn main() {
    for (name, bytes) in inputs() {
        let view = ByteView::from_vec(bytes);
        let identity = identify(name, &view);
        let artifact = Artifact { id: ContentId([0; 32]), view, identity, name: name.to_owned(), depth: 0 };
        let len = artifact.view.len();
        println!("{name} ({})", identity.kind.word());
        let identified = rate(len, || {
            std::hint::black_box(identify(name, &artifact.view));
        });
        println!("  {identified:>8.0} MB/s  identify");
        let signatures = rate(len, || {
            signature::check(&Parsed::new(&artifact), Duration::from_secs(60), &mut Notes::default());
        });
        println!("  {signatures:>8.0} MB/s  signatures");
        for heuristic in heuristics().filter(|h| h.applies(identity.kind)) {
            let what = heuristic.rules().first().map_or("capabilities", |r| r.id);
            let own = rate(len, || heuristic.check(&Parsed::new(&artifact), &mut Notes::default()));
            println!("  {own:>8.0} MB/s  {what}");
        }
    }
}
