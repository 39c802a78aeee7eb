//! Runs the heuristics for text over a folder of unpacked packages, to see what they hit: not part of normal runs.
//! `PEEPHOLE_CALIBRATE=folder cargo test calibrate -- --ignored --nocapture`. Files are read as bytes, nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::analyze::{Heuristic, Notes};
use crate::model::{Artifact, ByteView, ContentId, FactKind, FileKind, Identity, Severity};
use crate::parse::Parsed;

/// Count, packages and examples of one rule.
type Hits = (usize, BTreeSet<String>, Vec<String>);

fn kind_of(path: &Path, bytes: &[u8]) -> Option<FileKind> {
    if bytes.starts_with(b"\x7fELF") {
        return Some(FileKind::Elf);
    }
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if bytes.contains(&0) {
        return None;
    }
    Some(match ending.as_str() {
        "py" | "pyw" => FileKind::Python,
        "js" | "mjs" | "cjs" | "jsx" => FileKind::JavaScript,
        "ts" | "tsx" | "mts" | "cts" => FileKind::TypeScript,
        "sh" | "bash" => FileKind::Shell,
        "ps1" => FileKind::PowerShell,
        "bat" | "cmd" => FileKind::Batch,
        "json" => FileKind::Json,
        "map" => FileKind::SourceMap,
        "md" => FileKind::Markdown,
        "html" => FileKind::Html,
        "c" | "h" | "cpp" | "go" | "rs" | "java" => FileKind::OtherSource,
        _ => FileKind::Text,
    })
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut stack = vec![folder.to_owned()];
    while let Some(dir) = stack.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(t) if t.is_dir() => stack.push(entry.path()),
                Ok(t) if t.is_file() => out.push(entry.path()),
                _ => {}
            }
        }
    }
}

/// Time that this thread ran: the machine may be busy with other things.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

#[test]
#[ignore = "reads a folder of packages named by PEEPHOLE_CALIBRATE"]
#[allow(clippy::print_stdout, reason = "its output is what it is for")]
fn calibrate() {
    let Some(root) = std::env::var_os("PEEPHOLE_CALIBRATE").map(PathBuf::from) else { return };
    let only = std::env::var("PEEPHOLE_RULE").unwrap_or_default();
    let slices: [(&str, &[&dyn Heuristic]); 3] = [
        ("text", super::text::HEURISTICS),
        ("encoded", super::encoded::HEURISTICS),
        ("capability", super::capability::HEURISTICS),
    ];
    let mut seconds = [0.0; 3];
    let (mut bytes, mut packages) = (0, BTreeSet::new());
    let mut hits: BTreeMap<(&str, Severity), Hits> = BTreeMap::new();
    let mut recipes: BTreeMap<String, usize> = BTreeMap::new();
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut gaps = Vec::new();
    let mut all = Vec::new();
    files(&root, &mut all);
    for path in all {
        let Ok(view) = ByteView::open(&path) else { continue };
        let Some(kind) = kind_of(&path, &view) else { continue };
        let inner = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().into_owned();
        let package = inner.split('/').next().unwrap_or_default().to_owned();
        packages.insert(package.clone());
        bytes += view.len();
        let artifact = Artifact {
            id: ContentId([0; 32]),
            view,
            identity: Identity { kind, claimed: None },
            name: inner.clone(),
            depth: 0,
        };
        let parsed = Parsed::new(&artifact);
        for (slot, (_, slice)) in slices.iter().enumerate() {
            let started = cpu_seconds();
            let mut notes = Notes::default();
            for heuristic in slice.iter().filter(|h| h.applies(kind)) {
                heuristic.check(&parsed, &mut notes);
            }
            let took = cpu_seconds() - started;
            seconds[slot] += took;
            if took > 0.5 {
                println!("slow: {took:.2} s {inner} ({} bytes)", parsed.bytes().len());
            }
            for finding in notes.findings {
                let entry = hits.entry((finding.rule.id, finding.severity)).or_default();
                entry.0 += 1;
                entry.1.insert(package.clone());
                let e = &finding.evidence[0];
                let line = e.span.and_then(|s| s.line).unwrap_or(0);
                let shown: String = format!("{} | {}", e.note, e.snippet).chars().take(330).collect();
                entry.2.push(format!("{inner}:{line}: {shown}"));
            }
            for child in notes.children {
                if let crate::model::Step::Decoded { recipe, .. } = child.step {
                    *recipes.entry(recipe).or_default() += 1;
                }
            }
            for fact in notes.facts {
                match fact.kind {
                    FactKind::Has(c, value) => {
                        *facts.entry(c.word()).or_default() += 1;
                        if only == c.word() {
                            println!("{inner}: {value} x{}", fact.count);
                        }
                    }
                    FactKind::Imports(value) => {
                        *facts.entry("imports").or_default() += 1;
                        if only == "imports" {
                            println!("{inner}: {value} x{}", fact.count);
                        }
                    }
                    _ => {}
                }
            }
            gaps.extend(notes.gaps.iter().map(|g| format!("{inner}: {g}")));
        }
    }
    for ((rule, severity), (count, packages, examples)) in &hits {
        println!("{rule} {}: {count} in {} packages", severity.word(), packages.len());
        for example in examples.iter().take(if only == *rule { 400 } else { 0 }) {
            println!("    {example}");
        }
    }
    println!("recipes {recipes:?}\nfacts {facts:?}\ngaps {gaps:?}");
    for ((name, _), seconds) in slices.iter().zip(seconds) {
        println!("{name}: {:.0} MB/s", bytes as f64 / 1e6 / seconds);
    }
    println!("{} packages, {} MB", packages.len(), bytes / 1_000_000);
}
