//! Compiles the signatures of `signatures/` into YARA-X rule sets of a few rules each, with native code, and embeds
//! them with a plan of what each rule needs, so that nothing is compiled at start and only sets that can match run
//! (`src/analyze/signature/sieve.rs`). A rule with missing metadata, a technique that is not in the catalogue or a slow
//! pattern is a build error that shows the place.
//!
//! What is embedded is masked: rule sets are full of the very strings that other scanners look for.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a build script fails by panicking")]
#![allow(dead_code, reason = "a part of what is shared with the program is used here")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use yara_x::{Compiler, SourceCode, linters};
use yara_x_parser::Span;
use yara_x_parser::ast::{AST, RuleFlags, WithSpan as _};

#[path = "src/analyze/signature/needs.rs"]
mod needs;
#[path = "src/analyze/signature/plan.rs"]
mod plan;

use plan::{Need, Plan, RuleNeed, SetPlan};

/// The names that a file of rules may have. Which kinds of files meet which is said in `src/analyze/signature/mod.rs`.
const STEMS: &[&str] = &["python", "javascript", "shell", "script", "text", "native", "any"];

/// Metadata without which a rule does not build.
const REQUIRED: &[&str] = &["id", "severity", "confidence", "description", "reference", "date"];

/// About so many search atoms make a set: YARA-X finds up to 64 of them with vector instructions, and more with an
/// automaton that is ten times slower.
const ATOMS: usize = 48;

/// A rule on its way into a set.
struct Ready {
    technique: String,
    origin: String,
    text: String,
    need: Need,
    atoms: usize,
}

fn main() {
    println!("cargo:rerun-if-changed=signatures");
    for file in ["src/model/technique.rs", "src/analyze/signature/needs.rs", "src/analyze/signature/plan.rs"] {
        println!("cargo:rerun-if-changed={file}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let catalogue = fs::read_to_string("src/model/technique.rs").expect("src/model/technique.rs can be read");
    let files = rule_files(Path::new("signatures"));
    for (path, technique) in &files {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        assert!(STEMS.contains(&stem), "{}: the file's name must be one of {STEMS:?}", path.display());
        let known = catalogue.contains(&format!("\"{technique}\""));
        assert!(known, "{}: {technique} is not in the technique catalogue", path.display());
    }

    let mut plan = Plan::default();
    let mut numbers = needs::Numbers::default();
    let mut generated = String::from("pub(super) static SETS: &[&[u8]] = &[\n");
    for stem in STEMS {
        let own = files.iter().filter(|(path, _)| path.file_stem().is_some_and(|s| s == *stem));
        let mut rules: Vec<Ready> = own.flat_map(|(path, technique)| ready(path, technique, &mut numbers)).collect();
        // Rules that need nothing run over every file, so they share sets.
        rules.sort_by_key(|r| r.need != Need::Nothing);
        for set in sets(&rules) {
            let mut compiler = Compiler::new();
            compiler.enable_includes(false);
            for rule in set {
                compiler.new_namespace(&rule.technique);
                let source = SourceCode::from(rule.text.as_str()).with_origin(&rule.origin);
                compiler.add_source(source).unwrap_or_else(|error| panic!("{error}"));
                let at = u32::try_from(plan.sets.len()).expect("few sets");
                plan.rules.push(RuleNeed { set: at, need: rule.need.clone() });
            }
            let bytes = compiler.build().serialize().expect("compiled rules can be serialised");
            let target = out.join(format!("{}.rules", plan.sets.len()));
            fs::write(&target, mask(packed(&bytes))).expect("OUT_DIR can be written");
            let _ = writeln!(generated, "    include_bytes!({target:?}),");
            plan.sets.push(SetPlan { stem: (*stem).to_owned() });
        }
    }
    plan.literals = numbers.literals;
    let counts = usual_text(Path::new("samples"));
    plan.literals.iter_mut().for_each(|literal| counts.choose(literal));
    let target = out.join("plan.json");
    let json = serde_json::to_vec(&plan).expect("a plan is plain data");
    fs::write(&target, mask(packed(&json))).expect("OUT_DIR can be written");
    let _ = writeln!(generated, "];\n\npub(super) static PLAN: &[u8] = include_bytes!({target:?});\n");

    generated.push_str("pub(super) static SOURCES: &[(&str, &[u8])] = &[\n");
    for (at, (path, _)) in files.iter().enumerate() {
        let text = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let target = out.join(format!("{at}.yar"));
        fs::write(&target, mask(text)).expect("OUT_DIR can be written");
        let name = path.display().to_string().replace('\\', "/");
        let _ = writeln!(generated, "    ({name:?}, include_bytes!({target:?})),");
    }
    generated.push_str("];\n");
    fs::write(out.join("signatures.rs"), generated).expect("OUT_DIR can be written");
}

/// How often four bytes occur in the honest samples.
fn usual_text(folder: &Path) -> needs::Counts {
    let mut counts = needs::Counts::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.components().any(|c| c.as_os_str() == "benign") {
                counts.add(&fs::read(&path).unwrap_or_default());
            }
        }
    }
    counts
}

/// Checks one file of rules and takes it apart.
fn ready(path: &Path, technique: &str, numbers: &mut needs::Numbers) -> Vec<Ready> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let origin = path.display().to_string();
    // The file as a whole, so that an error shows its own line.
    let mut check = Compiler::new();
    // Loops over matches are bounded by MATCHES_PER_PATTERN at scan time, so the warning about them is not an error.
    check.error_on_slow_pattern(true).enable_includes(false);
    for key in REQUIRED {
        check.add_linter(linters::metadata(*key).required(true).error(true));
    }
    if let Err(error) = check.add_source(SourceCode::from(text.as_str()).with_origin(&origin)) {
        panic!("{error}");
    }
    let ast = AST::from(text.as_str());
    let rules: Vec<_> = ast.rules().collect();
    let start = |span: Span| text[..span.range().start].rfind("rule").expect("a rule's name follows the word");
    let starts: Vec<usize> = rules.iter().map(|r| start(r.identifier.span())).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    rules
        .iter()
        .zip(starts.iter().zip(ends))
        .map(|(rule, (start, end))| {
            // Each rule stands alone in its set as far as others know.
            assert!(
                !rule.flags.intersects(RuleFlags::Global | RuleFlags::Private),
                "{origin}: rule {} must be neither global nor private",
                rule.identifier.name
            );
            let need = needs::of_rule(rule, numbers);
            Ready {
                technique: technique.to_owned(),
                origin: origin.clone(),
                text: text[*start..end].to_owned(),
                need,
                atoms: needs::atoms(rule),
            }
        })
        .collect()
}

/// Cuts the rules into sets of about [`ATOMS`] atoms; those that need nothing are not mixed with others.
fn sets(rules: &[Ready]) -> Vec<&[Ready]> {
    let mut sets = Vec::new();
    let mut first = 0;
    while first < rules.len() {
        let mut end = first;
        let mut atoms = 0;
        while end < rules.len() {
            let fits = end == first || atoms + rules[end].atoms <= ATOMS;
            if !fits || (rules[end].need == Need::Nothing) != (rules[first].need == Need::Nothing) {
                break;
            }
            atoms += rules[end].atoms;
            end += 1;
        }
        sets.push(&rules[first..end]);
        first = end;
    }
    sets
}

/// All `signatures/<family>/<technique>/*.yar` with their technique id, in a stable order.
fn rule_files(root: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let list = |dir: &Path| -> Vec<PathBuf> {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(dir).map(|d| d.flatten().map(|e| e.path()).collect()).unwrap_or_default();
        entries.sort();
        entries
    };
    let name = |path: &Path| path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    for family in list(root).into_iter().filter(|p| p.is_dir()) {
        for technique in list(&family).into_iter().filter(|p| p.is_dir()) {
            let id = format!("{}/{}", name(&family), name(&technique));
            for file in list(&technique).into_iter().filter(|p| p.extension().is_some_and(|e| e == "yar")) {
                found.push((file, id.clone()));
            }
        }
    }
    found
}

/// Most of a compiled set is padding.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

/// The same mask takes off again what it puts on (see `src/analyze/signature/mod.rs`).
fn mask(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    for byte in &mut bytes {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        *byte ^= (state >> 11) as u8;
    }
    bytes
}
