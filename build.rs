//! Compiles the signatures of `signatures/` into one YARA-X rule set per family of kinds, with native code, and
//! embeds them, so that nothing is compiled at start. A rule with missing metadata, a technique that is not in the
//! catalogue or a slow pattern is a build error that shows the place.
//!
//! What is embedded is masked: rule sets are full of the very strings that other scanners look for.

#![allow(clippy::expect_used, reason = "a build script fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use yara_x::{Compiler, SourceCode, linters};

/// The rule sets, and the file stems of `signatures/*/*/<stem>.yar` that go into each.
const SETS: &[(&str, &[&str])] = &[
    ("python", &["python", "script", "any"]),
    ("javascript", &["javascript", "script", "any"]),
    ("shell", &["shell", "script", "any"]),
    // Build descriptions (CMakeLists.txt, Makefile, Gradle) are source to us and text to whoever writes rules.
    ("other", &["script", "text", "any"]),
    ("text", &["text", "any"]),
    ("native", &["native", "any"]),
];

/// Metadata without which a rule does not build.
const REQUIRED: &[&str] = &["id", "severity", "confidence", "description", "reference", "date"];

fn main() {
    println!("cargo:rerun-if-changed=signatures");
    println!("cargo:rerun-if-changed=src/model/technique.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let catalogue = fs::read_to_string("src/model/technique.rs").expect("src/model/technique.rs can be read");
    let files = rule_files(Path::new("signatures"));
    let mut generated = String::new();

    generated.push_str("pub(super) static SETS: &[(&str, &[u8])] = &[\n");
    for (set, stems) in SETS {
        let mut compiler = Compiler::new();
        // Loops over matches are bounded by MATCHES_PER_PATTERN at scan time, so the warning about them is not an error.
        compiler.error_on_slow_pattern(true).enable_includes(false);
        for key in REQUIRED {
            compiler.add_linter(linters::metadata(*key).required(true).error(true));
        }
        for (path, technique) in &files {
            let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
            assert!(
                SETS.iter().any(|(_, stems)| stems.contains(&stem)),
                "{}: the file's name must be one of the sets' names",
                path.display()
            );
            assert!(
                catalogue.contains(&format!("\"{technique}\"")),
                "{}: {technique} is not in the technique catalogue",
                path.display()
            );
            if stems.contains(&stem) {
                let text = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                compiler.new_namespace(technique);
                let origin = path.display().to_string();
                if let Err(error) = compiler.add_source(SourceCode::from(text.as_slice()).with_origin(&origin)) {
                    panic!("{error}");
                }
            }
        }
        let rules = compiler.build();
        let bytes = rules.serialize().expect("compiled rules can be serialised");
        let target = out.join(format!("{set}.rules"));
        fs::write(&target, mask(bytes)).expect("OUT_DIR can be written");
        let _ = writeln!(generated, "    ({set:?}, include_bytes!({target:?})),");
    }
    generated.push_str("];\n\npub(super) static SOURCES: &[(&str, &[u8])] = &[\n");
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

/// The same mask takes off again what it puts on (see `analyze/signature.rs`).
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
