use serde_json::{Value, json};

use super::*;
use crate::assess::Verdict;
use crate::assess::tree::testing::{named, sample, tree};
use crate::report::testing::{HOSTILE, empty, full, hostile};

fn written(all: &[Assessment], created: Option<u64>) -> Value {
    let mut out = Vec::new();
    write(&mut out, all, created).unwrap();
    assert!(String::from_utf8_lossy(&out).lines().all(crate::report::text::is_clean));
    serde_json::from_slice(&out).unwrap()
}

fn sampled(path: &str) -> Assessment {
    let mut a = full(path, Verdict::Incomplete);
    a.tree = Some(Box::new(tree(path, &sample())));
    a
}

/// What the schema asks of every document, and what it cannot say: references that lead somewhere, once.
fn check(bom: &Value) {
    assert_eq!(
        (&bom["bomFormat"], &bom["specVersion"], &bom["version"]),
        (&json!("CycloneDX"), &json!("1.6"), &json!(1))
    );
    let serial = bom["serialNumber"].as_str().unwrap();
    let plain = serial.strip_prefix("urn:uuid:").unwrap();
    let groups: Vec<usize> = plain.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
    assert!(plain.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c)), "{serial}");
    let mut refs = std::collections::BTreeSet::new();
    let root = Some(&bom["metadata"]["component"]).filter(|c| c.is_object());
    for component in bom["components"].as_array().unwrap().iter().chain(root) {
        let kind = component["type"].as_str().unwrap();
        assert!(["file", "library", "application"].contains(&kind), "{kind}");
        assert!(component["name"].is_string());
        assert!(refs.insert(component["bom-ref"].as_str().unwrap()), "{component:#}");
        assert!(component["purl"].as_str().is_none_or(|p| p.starts_with("pkg:")));
        for hash in component["hashes"].as_array().unwrap_or(&vec![]) {
            assert_eq!((&hash["alg"], hash["content"].as_str().unwrap().len()), (&json!("SHA-256"), 64));
        }
    }
    for dependency in bom["dependencies"].as_array().unwrap() {
        let all = dependency["dependsOn"].as_array().cloned().unwrap_or_default();
        assert!(all.iter().chain([&dependency["ref"]]).all(|r| refs.contains(r.as_str().unwrap())), "{dependency}");
    }
    for composition in bom["compositions"].as_array().unwrap_or(&vec![]) {
        assert!(composition["assemblies"].as_array().unwrap().iter().all(|r| refs.contains(r.as_str().unwrap())));
    }
}

fn properties(component: &Value) -> Vec<String> {
    let all = component["properties"].as_array().unwrap();
    all.iter().map(|p| format!("{}={}", p["name"].as_str().unwrap(), p["value"].as_str().unwrap())).collect()
}

#[test]
fn a_document_has_what_the_schema_asks_for() {
    let bom = written(&[sampled("in/x.zip.gz")], None);
    check(&bom);
    let root = &bom["metadata"]["component"];
    assert_eq!((&root["type"], &root["group"], &root["name"]), (&json!("library"), &json!("@scope"), &json!("tool")));
    assert_eq!(root["purl"], "pkg:npm/%40scope/tool@1.2.3");
    assert_eq!(bom["metadata"]["timestamp"], Value::Null);
    assert!(properties(&bom["metadata"]).contains(&"peephole:complete=false".to_owned()));
    let components = bom["components"].as_array().unwrap();
    assert_eq!(components.len(), 7);
    assert_eq!((&components[0]["type"], &components[0]["name"]), (&json!("file"), &json!("#gzip")));
    let seen = properties(&components[0]);
    for wanted in [
        "peephole:kind=zip",
        "peephole:bytes=1500",
        "peephole:gap=locked.bin: encrypted: no password opens it",
        "peephole:recipe=gzip",
        "peephole:inside=root-1",
    ] {
        assert!(seen.iter().any(|p| p == wanted), "{wanted} is missing in {seen:#?}");
    }
    assert_eq!((&components[6]["type"], &components[6]["version"]), (&json!("library"), &json!("v1.0.0")));
    assert_eq!(components[6]["evidence"]["occurrences"][0]["location"], "tool.tgz!/bin/tool");
    assert_eq!(bom["dependencies"], json!([{"ref": "root-1", "dependsOn": ["component-1-1"]}]));
    let incomplete = json!([{"aggregate": "incomplete", "assemblies": ["file-1-1", "file-1-2", "file-1-3"]}]);
    assert_eq!(bom["compositions"], incomplete);
}

#[test]
fn the_same_content_gives_the_same_document() {
    let one = written(&[sampled("x"), sampled("y")], None);
    check(&one);
    assert_eq!(one["metadata"]["component"], Value::Null, "of several roots none is the subject");
    assert_eq!(one, written(&[sampled("y"), sampled("x")], None));
    let timed = written(&[sampled("x"), sampled("y")], Some(1_700_000_000));
    assert_eq!(timed["metadata"]["timestamp"], "2023-11-14T22:13:20Z");
    assert_eq!(timed["serialNumber"], one["serialNumber"]);
    let mut other = sampled("x");
    other.tree = Some(Box::new(tree("x", &named("other.py", "locked.bin"))));
    assert_ne!(written(&[other, sampled("y")], None)["serialNumber"], one["serialNumber"]);
}

#[test]
fn hostile_words_and_unread_roots_make_valid_documents() {
    let mut a = hostile();
    a.tree = Some(Box::new(tree(&a.path, &named(HOSTILE, HOSTILE))));
    check(&written(&[a, empty("gone", Verdict::Incomplete), sampled("x")], None));
    let mut gone = empty("gone", Verdict::Incomplete);
    gone.gaps = sampled("x").gaps;
    let bom = written(&[gone], None);
    check(&bom);
    assert_eq!(bom["compositions"][0]["assemblies"], json!(["root-1"]));
}
