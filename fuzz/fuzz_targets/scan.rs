//! The whole way of one file: identify, unwrap, analyse, correlate, assess. The first byte chooses its name's ending.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use peephole::engine::{Engine, Settings};
use peephole::limits::Limits;
use peephole::model::ByteView;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let limits = Limits { unwrapped: 16 << 20, entry: 4 << 20, entries: 10_000, seconds: 10, ..Limits::default() };
    Engine::new(Settings { limits, jobs: 1, ..Settings::default() }).expect("threads")
});

const ENDINGS: &[&str] = &["", "py", "js", "sh", "ps1", "php", "json", "md", "pth", "pyc", "map", "html", "yml"];

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let ending = ENDINGS[usize::from(*choice) % ENDINGS.len()];
    ENGINE.run_bytes(&format!("fuzz.{ending}"), ByteView::from_vec(bytes.to_vec()), |assessment| {
        // A part that panicked is contained and told; here it is a fault.
        assert!(!assessment.gaps.iter().any(|g| g.reason.word() == "crash"), "{:?}", assessment.gaps);
    });
});
