//! Runs the room over folders of real files: `PEEPHOLE_CALIBRATE=/usr/bin:/usr/lib cargo test calibrate -- --ignored
//! --nocapture`. Prints every finding from low on, and the time by size.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use super::testing::artifact;
use crate::analyze::Notes;
use crate::model::{ByteView, FileKind, Severity};
use crate::parse::Parsed;

pub(super) fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    Some(match bytes.first_chunk::<8>()? {
        [0x7f, b'E', b'L', b'F', ..] => FileKind::Elf,
        [b'M', b'Z', ..] => FileKind::Pe,
        [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] => FileKind::MachO,
        [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, n] if *n < 30 => FileKind::MachOFat,
        [0xca, 0xfe, 0xba, 0xbe, ..] => FileKind::JavaClass,
        [0, b'a', b's', b'm', ..] => FileKind::Wasm,
        _ => return None,
    })
}

#[test]
#[ignore = "reads folders named by PEEPHOLE_CALIBRATE"]
fn calibrate() {
    let roots = std::env::var("PEEPHOLE_CALIBRATE").unwrap_or_default();
    let mut open: Vec<PathBuf> = roots.split(':').filter(|r| !r.is_empty()).map(PathBuf::from).collect();
    let (mut files, mut bytes, mut seconds) = (0u64, 0u64, 0f64);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut report = String::new();
    while let Some(path) = open.pop() {
        let Ok(meta) = std::fs::symlink_metadata(&path) else { continue };
        if meta.is_dir() {
            let mut inside: Vec<_> =
                std::fs::read_dir(&path).into_iter().flatten().flatten().map(|e| e.path()).collect();
            inside.sort();
            open.extend(inside);
            continue;
        }
        if !meta.is_file() || meta.len() < 8 {
            continue;
        }
        let Ok(view) = ByteView::open(&path) else { continue };
        let Some(kind) = kind_of(&view) else { continue };
        view.iter().step_by(4096).fold(0u8, |a, b| a ^ b);
        let size = view.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let artifact = artifact(kind, &name, view);
        let start = Instant::now();
        let mut notes = Notes::default();
        let mut slow = String::new();
        let file = Parsed::new(&artifact);
        for (i, heuristic) in super::HEURISTICS.iter().enumerate().filter(|(_, h)| h.applies(kind)) {
            let start = Instant::now();
            heuristic.check(&file, &mut notes);
            if start.elapsed().as_millis() > 30 {
                let _ = write!(slow, " #{i}:{}ms", start.elapsed().as_millis());
            }
        }
        let took = start.elapsed().as_secs_f64();
        files += 1;
        bytes += size as u64;
        seconds += took;
        if took > 0.1 {
            let _ = writeln!(report, "SLOW {took:.3} s for {} MB: {}{slow}", size >> 20, path.display());
        }
        for finding in &notes.findings {
            *counts.entry(finding.rule.id).or_default() += 1;
            if finding.severity >= Severity::Low {
                let note = &finding.evidence[0].note;
                let _ = writeln!(
                    report,
                    "{:<8} {:<34} {} — {note}",
                    finding.severity.word(),
                    finding.rule.id,
                    path.display()
                );
            }
        }
        for gap in &notes.gaps {
            *counts.entry(gap.reason.word()).or_default() += 1;
            let _ = writeln!(report, "GAP      {gap} {}", path.display());
        }
        if std::env::var("PEEPHOLE_CALIBRATE_ALL").is_ok() {
            let facts: Vec<_> = notes.facts.iter().map(|f| format!("{:?}", f.kind)).collect();
            let _ = writeln!(
                report,
                "FILE {} {size} {} {}",
                kind.word(),
                path.display(),
                facts.join(" ").replace("Has", "")
            );
        }
        *counts.entry("children").or_default() += notes.children.len() as u64;
        if notes.children.len() > 8 {
            let _ = writeln!(report, "CHILDREN {} {}", notes.children.len(), path.display());
        }
        for child in notes.children {
            let crate::unwrap::Content::Ready(view) = child.content else { continue };
            let Some(kind) = kind_of(&view) else { continue };
            let artifact = super::testing::artifact(kind, &child.name, view);
            let file = Parsed::new(&artifact);
            let mut notes = Notes::default();
            super::HEURISTICS.iter().filter(|h| h.applies(kind)).for_each(|h| h.check(&file, &mut notes));
            for finding in notes.findings.iter().filter(|f| f.severity >= Severity::Low) {
                let (id, note) = (finding.rule.id, &finding.evidence[0].note);
                let _ = writeln!(
                    report,
                    "CHILD {} {id} {}!{} — {note}",
                    finding.severity.word(),
                    path.display(),
                    child.name
                );
            }
        }
    }
    let _ = writeln!(report, "{files} files, {bytes} bytes, {seconds:.2} s, {:.0} MB/s", bytes as f64 / 1e6 / seconds);
    for (what, count) in counts {
        let _ = writeln!(report, "{count:>7} {what}");
    }
    if let Ok(out) = std::env::var("PEEPHOLE_CALIBRATE_OUT") {
        std::fs::write(out, report).unwrap();
    } else {
        panic!("set PEEPHOLE_CALIBRATE_OUT\n{report}");
    }
}
