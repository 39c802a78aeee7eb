//! The GitHub Action and the pre-commit hooks, as they stand in the files that others use: the step's own text is run by
//! bash, a hook's entry and arguments are given to the binary with file names behind.

use std::path::Path;
use std::process::Command;

use crate::support::{self, Folder};

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The text of a step's `run`.
fn step(name: &str) -> String {
    let action = file("action.yml");
    let step = action.split(&format!("- name: {name}\n")).nth(1).expect("the step");
    let text = step.split("run: |\n").nth(1).expect("a text of several lines");
    text.lines()
        .take_while(|l| l.is_empty() || l.starts_with("        "))
        .map(|l| format!("{}\n", l.trim_start()))
        .collect()
}

#[test]
fn the_action_hands_targets_over_as_they_are() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    let lab = Folder::new();
    let bin = lab.path().join("runner/peephole/bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::fs::copy(support::program(), bin.join("peephole")).unwrap();
    lab.put("a b/setup.py", support::BAD);
    lab.put("-x.py", support::GOOD);
    lab.put("$(touch made).py", support::GOOD);
    let run = |targets: &str, policy: &str| {
        Command::new("bash")
            .args(["-euo", "pipefail", "-c", &step("Vet")])
            .current_dir(lab.path())
            .env("HOME", lab.path())
            .env("RUNNER_TEMP", lab.path().join("runner"))
            .env("PEEPHOLE_TARGETS", targets)
            .env("PEEPHOLE_USE_POLICY", policy)
            .env("PEEPHOLE_PLATFORM", "")
            .env("PEEPHOLE_SARIF", "out.sarif")
            .env_remove("PEEPHOLE_FEED")
            .output()
            .unwrap()
    };
    let good = run("-x.py\n$(touch made).py\n\n", "standard");
    assert_eq!(good.status.code(), Some(0), "{}", String::from_utf8_lossy(&good.stderr));
    assert!(!lab.at("made").exists(), "a target was read by the shell");
    let bad = run("a b/setup.py\n-x.py", "standard");
    assert_eq!(bad.status.code(), Some(1), "{}", String::from_utf8_lossy(&bad.stderr));
    let sarif: serde_json::Value = serde_json::from_slice(&std::fs::read(lab.at("out.sarif")).unwrap()).unwrap();
    assert!(!sarif["runs"][0]["results"].as_array().unwrap().is_empty());
    assert_eq!(run("-x.py", "nonsense").status.code(), Some(2));
    // What is built is what the action comes with, not what is vetted.
    let action = file("action.yml");
    assert!(action.contains("working-directory: ${{ github.action_path }}"));
    assert!(!step("Vet").contains("${{"), "an expression would be put into the text before bash reads it");
}

#[test]
fn hooks_take_file_names_for_nothing_else() {
    let lab = Folder::new();
    lab.put("setup.py", support::BAD);
    lab.put("--help", support::GOOD);
    let hooks = file(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks.lines().filter_map(|l| l.trim().strip_prefix("entry: peephole ")).collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(hooks.matches("args: [\"--\"]").count(), 2);
    for entry in entries {
        let call = |names: &[&str]| {
            let mut command = support::peephole();
            command.env("HOME", lab.path()).current_dir(lab.path());
            support::run(command.args(entry.split(' ')).arg("--").args(names))
        };
        assert_eq!(call(&["setup.py", "--help"]).code, 1, "{entry}");
        let harmless = call(&["--help"]);
        assert_eq!(harmless.code, 0, "{entry}: {}", harmless.stderr);
        assert!(!harmless.stdout.contains("Usage:"), "{entry}");
    }
    // The files that the first one is for.
    let pattern = hooks.lines().find_map(|l| l.trim().strip_prefix("files: ")).unwrap();
    for name in ["package-lock.json", "pnpm-lock.yaml", "uv.lock"] {
        assert!(pattern.replace('\\', "").contains(name), "{name}");
    }
}
