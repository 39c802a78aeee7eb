//! Runs the room over a folder of real files: `PEEPHOLE_CALIBRATE=FOLDER cargo test managed::calibrate -- --ignored
//! --nocapture` prints how much was read, to be compared with an independent count, and every gap and finding.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use crate::analyze::Notes;
use crate::limits::{Budget, Limits, MemoryPool};
use crate::model::{Artifact, ByteView, ContentId, FactKind};
use crate::parse::Parsed;
use crate::unwrap::Content;

#[test]
#[ignore = "reads a folder named by PEEPHOLE_CALIBRATE"]
fn calibrate() {
    let mut open = vec![std::path::PathBuf::from(std::env::var("PEEPHOLE_CALIBRATE").unwrap())];
    let limits = Arc::new(Limits { seconds: 6000, ..Limits::default() });
    let budget = Budget::new(Arc::clone(&limits), MemoryPool::new(limits.memory), 1 << 40);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut out = String::new();
    let mut seconds = 0.0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().flatten().map(|e| e.path()));
            continue;
        }
        let view = ByteView::open(&path).unwrap();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let identity = crate::identify::identify(&name, &view);
        let artifact = Artifact { id: ContentId([0; 32]), view, identity, name: name.clone(), depth: 0 };
        let file = Parsed::new(&artifact);
        let start = Instant::now();
        let mut notes = Notes::default();
        super::HEURISTICS.iter().filter(|h| h.applies(identity.kind)).for_each(|h| h.check(&file, &mut notes));
        seconds += start.elapsed().as_secs_f64();
        let mut add = |what: String, n: u64| *counts.entry(what).or_default() += n;
        add(format!("files {}", identity.kind.word()), 1);
        for fact in &notes.facts {
            match &fact.kind {
                FactKind::Has(capability, value) => {
                    add(format!("facts {}", capability.word()), 1);
                    let group = if value.starts_with("p/invoke") { "p/invoke" } else { value };
                    add(format!("= {} {group}", capability.word()), u64::from(fact.count));
                }
                FactKind::Component(c) => add(format!("components {}", c.source), 1),
                _ => {}
            }
        }
        for child in notes.children {
            if let Content::Deferred(decode) = child.content {
                let produced = decode(&budget);
                add("children".to_owned(), 1);
                add("child bytes".to_owned(), produced.view.len() as u64);
                add("child lines".to_owned(), memchr::memchr_iter(b'\n', &produced.view).count() as u64);
            }
        }
        for gap in &notes.gaps {
            let _ = writeln!(out, "GAP {name}: {gap}");
        }
        for finding in &notes.findings {
            let _ = writeln!(out, "{} {name}: {}", finding.rule.id, finding.evidence[0].note);
        }
    }
    for (what, n) in counts {
        let _ = writeln!(out, "{n:10} {what}");
    }
    let _ = writeln!(out, "{seconds:.2} s in heuristics");
    std::io::Write::write_all(&mut std::io::stdout(), out.as_bytes()).unwrap();
}
