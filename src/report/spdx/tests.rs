use serde_json::{Value, json};

use super::*;
use crate::assess::Verdict;
use crate::assess::tree::testing::{content, member, named, sample, tree};
use crate::report::testing::{HOSTILE, empty, full, hostile};

fn written(all: &[Assessment]) -> Value {
    let mut out = Vec::new();
    write(&mut out, all, 1_700_000_000).unwrap();
    assert!(String::from_utf8_lossy(&out).lines().all(crate::report::text::is_clean));
    serde_json::from_slice(&out).unwrap()
}

fn sampled(path: &str) -> Assessment {
    let mut a = full(path, Verdict::Incomplete);
    a.tree = Some(Box::new(tree(path, &sample())));
    a
}

/// What the specification asks of every document (the JSON schema and the rules that stand in prose).
fn check(document: &Value) {
    for key in ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace"] {
        assert!(document[key].as_str().is_some_and(|v| !v.is_empty()), "{key}");
    }
    let created = document["creationInfo"]["created"].as_str().unwrap();
    assert!(created.len() == 20 && created.ends_with('Z'), "{created}");
    assert!(document["creationInfo"]["creators"][0].as_str().unwrap().starts_with("Tool: peephole-"));
    assert!(!document["documentNamespace"].as_str().unwrap().contains('#'));
    let none = vec![];
    let packages = document["packages"].as_array().unwrap();
    let files = document["files"].as_array().unwrap_or(&none);
    let mut ids: std::collections::BTreeSet<&str> = ["SPDXRef-DOCUMENT"].into();
    for element in packages.iter().chain(files) {
        let id = element["SPDXID"].as_str().unwrap();
        let rest = id.strip_prefix("SPDXRef-").unwrap();
        assert!(rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.'), "{id}");
        assert!(ids.insert(id), "{id} stands twice");
    }
    for package in packages {
        assert!(package["name"].is_string() && package["downloadLocation"] == "NOASSERTION");
        assert_eq!(package["filesAnalyzed"] == true, package["packageVerificationCode"].is_object(), "{package:#}");
        for reference in package["externalRefs"].as_array().unwrap_or(&none) {
            assert!(reference["referenceLocator"].as_str().unwrap().starts_with("pkg:"), "{reference}");
        }
    }
    for file in files {
        assert!(file["fileName"].as_str().unwrap().starts_with("./"));
        let algorithms: Vec<&Value> = file["checksums"].as_array().unwrap().iter().map(|c| &c["algorithm"]).collect();
        assert_eq!(algorithms, ["SHA1", "SHA256"]);
    }
    let mut described = 0;
    for relationship in document["relationships"].as_array().unwrap() {
        for end in ["spdxElementId", "relatedSpdxElement"] {
            assert!(ids.contains(relationship[end].as_str().unwrap()), "{relationship}");
        }
        described += usize::from(relationship["relationshipType"] == "DESCRIBES");
    }
    assert!(described > 0);
}

#[test]
fn a_document_has_what_the_specification_asks_for() {
    let document = written(&[sampled("in/x.zip.gz")]);
    check(&document);
    assert_eq!(document["spdxVersion"], "SPDX-2.3");
    assert_eq!(document["creationInfo"]["created"], "2023-11-14T22:13:20Z");
    assert_eq!(document["name"], "@scope/tool");
    assert!(document["comment"].as_str().unwrap().starts_with("Not complete: 1 places"));
    let packages = document["packages"].as_array().unwrap();
    assert_eq!(packages[0]["externalRefs"][0]["referenceLocator"], "pkg:npm/%40scope/tool@1.2.3");
    assert_eq!(
        (&packages[0]["versionInfo"], &packages[0]["packageFileName"]),
        (&json!("1.2.3"), &json!("in/x.zip.gz"))
    );
    assert_eq!(packages[0]["primaryPackagePurpose"], "ARCHIVE");
    assert_eq!(packages[1]["name"], "example.invalid/m");
    assert_eq!(packages[1]["sourceInfo"], "built into tool.tgz!/bin/tool, as told by go-buildinfo");
    let files = document["files"].as_array().unwrap();
    let names: Vec<&Value> = files.iter().map(|f| &f["fileName"]).collect();
    let wanted =
        ["./#gzip", "./a.txt", "./bin/tool", "./tests/z.py", "./tests/z.py#base64@20", "./tests/z.py#base64@900"];
    assert_eq!(names, wanted);
    assert_eq!(files[2]["fileTypes"], json!(["BINARY"]));
    let comment = files[0]["comment"].as_str().unwrap();
    assert!(comment.contains("not examined: malformed: the directory lies; locked.bin: encrypted"), "{comment}");
    assert!(files[4]["comment"].as_str().unwrap().contains("reached by gzip → zip member tests/z.py → base64 at 20"));
    let related: Vec<String> = document["relationships"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            format!("{} {} {}", r["spdxElementId"], r["relationshipType"], r["relatedSpdxElement"]).replace('"', "")
        })
        .collect();
    for wanted in [
        "SPDXRef-DOCUMENT DESCRIBES SPDXRef-Root-1",
        "SPDXRef-Root-1 CONTAINS SPDXRef-File-1-6",
        "SPDXRef-File-1-4 EXPANDED_FROM_ARCHIVE SPDXRef-File-1-1",
        "SPDXRef-File-1-5 GENERATED_FROM SPDXRef-File-1-4",
        "SPDXRef-Root-1 CONTAINS SPDXRef-Component-1-1",
    ] {
        assert!(related.iter().any(|r| r == wanted), "{wanted} is missing in {related:#?}");
    }
}

#[test]
fn the_verification_code_is_made_of_the_sorted_digests() {
    let texts = [2, 1].map(|seed| member("zip", &format!("{seed}"), content(FileKind::Text, seed, 1, vec![])));
    let mut a = empty("x.zip", Verdict::Pass);
    a.tree = Some(Box::new(tree("x.zip", &content(FileKind::Zip, 9, 9, texts.into()))));
    let document = written(&[a]);
    check(&document);
    let wanted: [u8; 20] = Sha1::digest(format!("{}{}", "01".repeat(20), "02".repeat(20))).into();
    assert_eq!(document["packages"][0]["packageVerificationCode"]["packageVerificationCodeValue"], hex(&wanted));
    assert_eq!(document["comment"], Value::Null);
}

#[test]
fn the_same_content_gives_the_same_document() {
    let one = written(&[sampled("x"), sampled("y")]);
    assert_eq!(one, written(&[sampled("y"), sampled("x")]));
    let mut other = sampled("x");
    other.tree = Some(Box::new(tree("x", &named("other.py", "locked.bin"))));
    let other = written(&[other, sampled("y")]);
    assert_ne!(one["documentNamespace"], other["documentNamespace"]);
    let mut later = Vec::new();
    write(&mut later, &[sampled("x"), sampled("y")], 1_800_000_000).unwrap();
    let later: Value = serde_json::from_slice(&later).unwrap();
    assert_eq!(one["documentNamespace"], later["documentNamespace"], "the time is no content");
    assert_ne!(one["creationInfo"], later["creationInfo"]);
}

#[test]
fn hostile_words_and_unread_roots_make_valid_documents() {
    let mut a = hostile();
    a.tree = Some(Box::new(tree(&a.path, &named(HOSTILE, HOSTILE))));
    let document = written(&[a, empty("gone", Verdict::Incomplete), sampled("x")]);
    check(&document);
    check(&written(&[empty("gone", Verdict::Incomplete)]));
}
