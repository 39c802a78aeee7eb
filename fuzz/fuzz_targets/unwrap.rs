//! Every wrapper, by kind (`peephole_fuzz::chosen`): all wrappers of that kind look at the input whether or not it would be
//! recognised.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use peephole::limits::{Budget, Limits, MemoryPool};
use peephole::parse::Parsed;
use peephole::unwrap::{Child, Content, Entries, Input, wrappers_for};

fuzz_target!(|data: &[u8]| {
    let Some(artifact) = peephole_fuzz::chosen(data) else { return };
    let limits = Limits { unwrapped: 16 << 20, entry: 4 << 20, entries: 10_000, seconds: 10, ..Limits::default() };
    let pool = MemoryPool::new(64 << 20);
    let budget = Budget::new(Arc::new(limits), pool, artifact.view.len() as u64);
    let file = Parsed::new(&artifact);
    let (view, kind) = (&artifact.view, file.kind());
    let passwords = ["infected".to_owned()];
    for wrapper in wrappers_for(kind) {
        let mut sink = |child: Child| {
            if let Content::Deferred(decode) = child.content {
                decode(&budget);
            }
        };
        let mut out = Entries::new(&budget, &mut sink);
        let input = Input { file: &file, view, kind, name: "fuzz", passwords: &passwords };
        // A refusal is an answer; only a panic, a hang or unbounded memory is a fault.
        let _ = wrapper.unwrap(&input, &mut out);
    }
});
