//! Tells what comes out of a real executable:
//! `BUN_FILE=path cargo test --lib unwrap::bun::calibrate -- --ignored --nocapture`.

use super::*;
use crate::limits::Limits;

#[test]
#[ignore = "a calibration aid that needs a real file"]
#[allow(clippy::print_stdout, reason = "printing is what it is for")]
fn calibrate() {
    let path = std::path::PathBuf::from(std::env::var_os("BUN_FILE").unwrap());
    let view = ByteView::open(&path).unwrap();
    let kind = crate::identify::identify("x", &view).kind;
    let limits = std::sync::Arc::new(Limits::default());
    let pool = crate::limits::MemoryPool::new(limits.memory);
    let budget = crate::limits::Budget::new(limits, pool, view.len() as u64);
    let artifact = super::super::testing::artifact(kind, "x", view.clone());
    let file = crate::parse::Parsed::new(&artifact);
    let mut counts = std::collections::BTreeMap::<String, (u64, u64)>::new();
    let mut sink = |child: super::super::Child| {
        let (how, view) = match child.content {
            super::super::Content::Ready(view) => ("slice", view),
            super::super::Content::Deferred(decode) => {
                let produced = decode(&budget);
                assert!(produced.gap.is_none(), "{}: {:?}", child.name, produced.gap);
                ("decoded", produced.view)
            }
        };
        let identity = crate::identify::identify(&child.name, &view);
        if let Some(claimed) = identity.claimed {
            println!("claims {}: {} is {}", claimed.word(), child.name, identity.kind.word());
        }
        let group = match child.name.split('/').next() {
            Some("sources") => "source",
            _ if child.name.ends_with(".jsc") => "bytecode",
            _ if child.name.starts_with("unnamed") => "unnamed",
            _ => "module",
        };
        for key in [format!("{group} in all"), format!("{group} {} {how}", identity.kind.word())] {
            let count = counts.entry(key).or_default();
            *count = (count.0 + 1, count.1 + view.len() as u64);
        }
    };
    let begun = std::time::Instant::now();
    file.markers();
    println!("markers {:?}", begun.elapsed());
    let mut out = Entries::new(&budget, &mut sink);
    let input = Input { file: &file, view: &view, kind, name: "x", passwords: &[] };
    let result = Bun.unwrap(&input, &mut out);
    println!("{result:?} in {:?}, gaps {:?}", begun.elapsed(), out.gaps);
    out.findings.iter().for_each(|f| println!("{} {:?}", f.rule.id, f.evidence));
    out.facts.iter().for_each(|f| println!("{:?} at {:#x}", f.kind, f.offset));
    let ranges = out.take_accounted();
    file.account(ranges);
    println!("own parts {:x?}", file.own_parts());
    counts.iter().for_each(|(key, (count, bytes))| println!("{count:>6} {bytes:>12} {key}"));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("RssAnon")).for_each(|l| println!("{l}"));
}
