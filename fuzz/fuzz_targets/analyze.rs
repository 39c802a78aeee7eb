//! Every heuristic and the outline of functions, by kind (`peephole_fuzz::chosen`). Signatures are left out: they are
//! YARA-X's to fuzz, and take most of the time.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peephole::analyze::{Notes, heuristics};
use peephole::parse::{Parsed, outline};

fuzz_target!(|data: &[u8]| {
    let Some(artifact) = peephole_fuzz::chosen(data) else { return };
    let file = Parsed::new(&artifact);
    let mut notes = Notes::default();
    for heuristic in heuristics().filter(|h| h.applies(file.kind())) {
        heuristic.check(&file, &mut notes);
    }
    let _ = outline::outline(&file);
});
