//! Lists the components of real files: `PEEPHOLE_CALIBRATE=/a:/b PEEPHOLE_CALIBRATE_OUT=/out cargo test components::calibrate
//! -- --ignored`. For each file the time of the search for marks, that of the readers, and how many components each
//! source tells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use super::Components;
use crate::analyze::native::calibrate::kind_of;
use crate::analyze::native::testing::artifact;
use crate::analyze::{Heuristic as _, Notes};
use crate::model::{ByteView, FactKind};
use crate::parse::Parsed;

#[test]
#[ignore = "reads files named by PEEPHOLE_CALIBRATE"]
fn calibrate() {
    let mut report = String::new();
    let paths = std::env::var("PEEPHOLE_CALIBRATE").unwrap_or_default();
    for path in paths.split(':').filter(|p| !p.is_empty()).map(PathBuf::from) {
        let view = ByteView::open(&path).unwrap();
        let Some(kind) = kind_of(&view) else { continue };
        view.iter().step_by(4096).fold(0u8, |a, b| a ^ b);
        let size = view.len();
        let artifact = artifact(kind, "x", view);
        let file = Parsed::new(&artifact);
        let start = Instant::now();
        let marks = file.markers().places.len();
        let search = start.elapsed().as_millis();
        let _ = file.images();
        let start = Instant::now();
        let mut notes = Notes::default();
        Components.check(&file, &mut notes);
        let read = start.elapsed().as_millis();
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut lines = String::new();
        for fact in &notes.facts {
            match &fact.kind {
                FactKind::Component(c) => {
                    *counts.entry(&c.source).or_default() += 1;
                    if c.source == "version-string" || c.source == "symbol" {
                        let _ = writeln!(lines, "    {} {:?} at {:#x}", c.name, c.version, fact.offset);
                    }
                }
                FactKind::Has(_, value) => {
                    let _ = writeln!(lines, "    {value}");
                }
                _ => {}
            }
        }
        let _ = writeln!(
            report,
            "{} {size} bytes, {marks} marks in {search} ms, read in {read} ms: {counts:?}\n{lines}",
            path.display()
        );
    }
    let out = std::env::var("PEEPHOLE_CALIBRATE_OUT").expect("PEEPHOLE_CALIBRATE_OUT names the report");
    std::fs::write(out, report).unwrap();
}
