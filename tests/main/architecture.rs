//! The order of the rooms, the registries and the house rules that a compiler does not check.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms in their order: a room imports only from rooms before it.
const ROOMS: [&str; 15] = [
    "model",
    "limits",
    "source",
    "identify",
    "parse",
    "unwrap",
    "analyze",
    "package",
    "known",
    "correlate",
    "assess",
    "report",
    "store",
    "engine",
    "cli",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending, as (path from the crate's root, text).
fn files(folder: &str, end: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut stack = vec![root().join(folder)];
    while let Some(at) = stack.pop() {
        for entry in std::fs::read_dir(&at).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                stack.push(path);
            } else if path.extension().is_some_and(|e| e == end) {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The code of a source file as it ships: without comments and without items under `#[cfg(test)]`. Relies on rustfmt:
/// an item ends with a `;` on its first line or with a brace at its own indentation.
fn shipped(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let level = indent(line);
            for line in lines.by_ref() {
                let text = line.trim();
                let attribute = text.starts_with("#[");
                if !attribute && indent(line) == level && (text.ends_with(';') || text.ends_with('}')) {
                    break;
                }
            }
            continue;
        }
        let code = line.split("//").next().unwrap_or_default();
        out.push_str(code);
        out.push('\n');
    }
    out
}

/// Files that are modules only under `cfg(test)`, with everything below them.
fn only_tests(sources: &[(String, String)]) -> BTreeSet<String> {
    let mut test = BTreeSet::new();
    for (path, text) in sources {
        let folder = PathBuf::from(path);
        let stem = folder.file_stem().unwrap().to_str().unwrap();
        let folder = match stem {
            "mod" | "lib" | "main" => folder.parent().unwrap().to_owned(),
            _ => folder.with_extension(""),
        };
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.trim() != "#[cfg(test)]" {
                continue;
            }
            let declared = lines.next().unwrap_or_default().trim();
            if let Some(name) = declared.strip_suffix(';').and_then(|d| d.rsplit_once("mod ").map(|(_, name)| name)) {
                test.insert(folder.join(name).to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    test
}

/// The sources as they ship.
fn sources() -> Vec<(String, String)> {
    let all = files("src", "rs");
    let test = only_tests(&all);
    all.into_iter()
        .filter(|(path, _)| {
            let plain = path.trim_end_matches(".rs");
            !test.iter().any(|t| plain == t || plain.starts_with(&format!("{t}/")))
        })
        .map(|(path, text)| (path, shipped(&text)))
        .collect()
}

fn room_of(path: &str) -> Option<usize> {
    let inside = path.strip_prefix("src/")?;
    let room = inside.split('/').next()?.trim_end_matches(".rs");
    ROOMS.iter().position(|r| *r == room)
}

/// The names of rooms after `crate::` in a text: `crate::model::x`, and each of `crate::{model::x, limits}`.
fn arrows(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0, true);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && !c.is_whitespace() => {
                    found.insert(word(&list[i..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn every_arrow_points_forward() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, code) in sources() {
        let Some(own) = room_of(&path) else { continue };
        seen.insert(own);
        for target in arrows(&code) {
            match ROOMS.iter().position(|r| *r == target) {
                Some(room) if room > own => wrong.push(format!("{path} imports {target}")),
                Some(_) => {}
                // The macro of `model/rule.rs` is exported at the crate's root.
                None if target == "rule" => {}
                None => wrong.push(format!("{path} imports crate::{target}, which is no room")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen.len(), ROOMS.len(), "every room has files");
    let prose = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    assert!(prose.contains(&ROOMS.join(" < ")), "src/lib.rs says the same order");
}

#[test]
fn everything_that_looks_is_registered() {
    let sources = sources();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (path, code) in &sources {
        for (name, folder, slice) in [
            ("Heuristic", "src/analyze/", "HEURISTICS"),
            ("PackageHeuristic", "src/package/", "HEURISTICS"),
            ("Wrapper", "src/unwrap/", "WRAPPERS"),
        ] {
            let implemented = code
                .lines()
                .filter_map(|l| l.trim().strip_prefix(&format!("impl {name} for ")))
                .map(|l| l.trim_end_matches(['{', ' ']).to_owned());
            for unit in implemented {
                *counted.entry(name).or_default() += 1;
                if !path.starts_with(folder) {
                    wrong.push(format!("{path}: {unit} is a {name} outside {folder}"));
                    continue;
                }
                // The registry is in the `mod.rs` of the group's folder.
                let group = match name {
                    "Heuristic" => path.split('/').take(3).collect::<Vec<_>>().join("/"),
                    _ => folder.trim_end_matches('/').to_owned(),
                };
                let registry = sources.iter().find(|(p, _)| *p == format!("{group}/mod.rs"));
                let listed = registry.is_some_and(|(_, code)| {
                    code.split_once(&format!("{slice}:")).is_some_and(|(_, rest)| {
                        let list = rest.split_once(';').map_or(rest, |(list, _)| list);
                        list.split([',', '[', ']']).any(|entry| {
                            let entry = entry.trim();
                            entry.starts_with('&') && entry.rsplit(['&', ':']).next() == Some(&unit)
                        })
                    })
                });
                if !listed {
                    wrong.push(format!("{path}: {unit} is not in {slice} of {group}/mod.rs"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counted["Heuristic"] > 20 && counted["Wrapper"] > 10 && counted["PackageHeuristic"] > 2, "{counted:?}");
}

#[test]
fn every_group_of_heuristics_is_run() {
    let sources = sources();
    let (_, analyze) = sources.iter().find(|(p, _)| p == "src/analyze/mod.rs").unwrap();
    for (path, code) in &sources {
        if let Some(group) = path.strip_prefix("src/analyze/").and_then(|p| p.strip_suffix("/mod.rs"))
            && code.contains("HEURISTICS:")
        {
            assert!(
                analyze.contains(&format!("{group}::HEURISTICS")),
                "{group} is not in GROUPS of src/analyze/mod.rs"
            );
        }
    }
}

#[test]
fn unsafe_stands_in_one_file() {
    for (path, code) in sources() {
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        if words.filter(|w| *w == "unsafe").count() > 0 {
            assert_eq!(path, "src/model/view.rs", "the one file with `unsafe`");
        }
    }
}

#[test]
fn no_file_is_a_novel() {
    for (path, text) in files("src", "rs") {
        assert!(text.len() <= 40_000, "{path} has {} bytes", text.len());
    }
}

#[test]
fn only_the_command_line_prints() {
    for (path, code) in sources() {
        if room_of(&path).is_some_and(|room| ROOMS[room] != "cli") {
            for word in ["println!(", "print!(", "eprintln!(", "eprint!(", "io::stdout()", "io::stderr()"] {
                assert!(!code.contains(word), "{path} has {word}");
            }
        }
    }
}

#[test]
fn every_technique_with_rules_has_samples_and_ids_are_unique() {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut rules = 0;
    for (path, text) in files("signatures", "yar") {
        let technique = path.split('/').skip(1).take(2).collect::<Vec<_>>().join("/");
        let samples = root().join("samples").join(&technique);
        for side in ["malicious", "benign"] {
            let there = std::fs::read_dir(&samples)
                .is_ok_and(|mut cases| cases.any(|c| c.is_ok_and(|c| c.path().join(side).is_dir())));
            assert!(there, "{path}: no {side} sample in samples/{technique}");
        }
        for line in text.lines().map(str::trim) {
            rules += usize::from(line.starts_with("rule ") || line.starts_with("private rule "));
            let Some(id) = line.strip_prefix("id = \"").and_then(|l| l.strip_suffix('"')) else { continue };
            let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(plain, "{path}: {id} is not kebab-case");
            if let Some(other) = ids.insert(id.to_owned(), path.clone()) {
                panic!("{id} stands in {other} and in {path}");
            }
        }
    }
    assert!(ids.len() >= 300, "{} ids", ids.len());
    assert!(rules >= ids.len(), "{rules} rules, {} ids", ids.len());
}

#[test]
fn every_case_expects_something() {
    for (path, text) in files("samples", "json") {
        if path.ends_with("/expect.json") {
            let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            let rules = value["rules"].as_array().is_some_and(|r| !r.is_empty());
            assert!(rules || value["verdict"].is_string(), "{path} expects nothing");
        }
    }
}
