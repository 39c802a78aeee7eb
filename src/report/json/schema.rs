//! The JSON Schema of version 1, `schema/peephole-v1.json`: made from the structs in [`super::v1`] and compared with
//! the file, so that no change of the contract goes unseen. `UPDATE_SCHEMA=1 cargo test schema` writes it.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::tree::TreeDocument;
use super::v1::{ArtifactRecord, Document, Record, RunRecord, SummaryRecord};
use crate::assess::tree::testing::{named, sample, tree};
use crate::assess::{Assessment, Verdict};
use crate::model::{Capability, Confidence, GapReason, Severity};
use crate::report::testing::{comparison, empty, full, hostile, run, summary, vetted};

macro_rules! words {
    ($($name:ident: $($word:ident)+;)+) => {$(
        #[derive(JsonSchema)]
        #[serde(rename_all = "lowercase")]
        #[allow(dead_code, reason = "only its schema is used")]
        pub(super) enum $name { $($word),+ }
    )+};
}

words! {
    VerdictWord: Pass Review Block Incomplete;
    SeverityWord: Info Low Medium High Critical;
    ConfidenceWord: Hint Likely Certain;
    GapWord: Unreadable Malformed Encrypted Unsupported Limit Timeout Crash;
    PartWord: Fetched Cached Given LeftOut Failed;
    WhyWord: Asked Companion Dependency;
    StatusWord: Complete Partial;
}

/// A line of NDJSON, or a whole document.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum Report {
    /// A line of `--format ndjson`.
    Line(Record),
    /// What `--format json` writes.
    Document(Box<Document>),
    /// What `compare --format json` writes.
    Compare(Box<crate::report::compare::CompareDocument>),
    /// What `tree --format json` writes.
    Tree(TreeDocument<'static>),
}

fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Report>();
    schema.insert("title".to_owned(), json!("Peephole reports, version 1"));
    schema.to_value()
}

/// The same schema without room for fields that it does not name: readers must allow new fields, this program must not
/// write any that the schema does not know. The three records get `record` in NDJSON, so the walls stand around them.
fn strict() -> Value {
    let mut schema = schema();
    for (name, def) in schema["$defs"].as_object_mut().unwrap() {
        match name.as_str() {
            "RunRecord" | "ArtifactRecord" | "SubjectRecord" | "SummaryRecord" => {}
            "Record" => def["oneOf"].as_array_mut().unwrap().iter_mut().for_each(close),
            "Document" => {
                close(def);
                close(&mut def["properties"]["run"]);
                close(&mut def["properties"]["artifacts"]["items"]);
                close(&mut def["properties"]["subjects"]["items"]);
                close(&mut def["properties"]["summary"]);
            }
            "CompareDocument" => {
                close(def);
                close(&mut def["properties"]["run"]);
            }
            "TreeDocument" => {
                close(def);
                close(&mut def["properties"]["run"]);
                close(&mut def["properties"]["summary"]);
            }
            _ => close(def),
        }
    }
    schema
}

fn close(schema: &mut Value) {
    if schema.get("properties").is_some() || schema.get("$ref").is_some() {
        schema["unevaluatedProperties"] = json!(false);
    }
}

fn made_up() -> Vec<Assessment> {
    let mut all = vec![full("a.tgz", Verdict::Block), hostile()];
    all.extend(Verdict::ALL.map(|v| empty("b", v)));
    let mut words = full("c", Verdict::Review);
    words.findings = Severity::ALL
        .into_iter()
        .flat_map(|s| Confidence::ALL.map(|c| crate::report::testing::finding("r", s, c)))
        .collect();
    let reasons = ["unreadable", "malformed", "encrypted", "unsupported", "limit", "timeout", "crash"];
    words.gaps = reasons
        .into_iter()
        .map(|word| crate::assess::ReportedGap {
            reason: GapReason::from_word(word).unwrap(),
            locator: "x".to_owned(),
            detail: "y".to_owned(),
        })
        .collect();
    let one = words.capabilities[&Capability::Hosts].clone();
    words.capabilities = Capability::ALL.into_iter().map(|c| (c, one.clone())).collect();
    all.push(words);
    all
}

/// Fails when a file of `schema/` is not what the structs come to.
pub(super) fn same_as_kept(file: &str, made: &Value) {
    let path = format!("{}/schema/{file}", env!("CARGO_MANIFEST_DIR"));
    let kept = || serde_json::from_slice::<Value>(&std::fs::read(&path).unwrap_or_default()).unwrap_or_default();
    // Compared as values: the order of keys depends on the features that other crates ask of serde_json.
    if kept() != *made && std::env::var_os("UPDATE_SCHEMA").is_some_and(|v| v == "1") {
        std::fs::write(&path, format!("{made:#}\n")).unwrap();
    }
    assert!(kept() == *made, "the contract changed: see schema/README.md, then run with UPDATE_SCHEMA=1");
}

#[test]
fn the_schema_file_is_what_the_structs_say() {
    same_as_kept("peephole-v1.json", &schema());
}

#[test]
fn records_are_what_the_schema_says() {
    let mut all = made_up();
    let sum = summary(&all);
    let mut lines = vec![
        serde_json::to_value(Record::Run(RunRecord::from(&run()))).unwrap(),
        serde_json::to_value(Record::Summary(SummaryRecord::from(&sum))).unwrap(),
        serde_json::to_value(Record::Summary(SummaryRecord::from(&crate::report::Summary::default()))).unwrap(),
    ];
    lines
        .extend(all.iter().map(|a| serde_json::to_value(Record::Artifact(Box::new(ArtifactRecord::from(a)))).unwrap()));
    let mut out = Vec::new();
    crate::report::document::write(&mut out, &run(), &all, &[vetted()], Some(&comparison()), &sum).unwrap();
    lines.push(serde_json::from_slice(&out).unwrap());
    for a in &mut all {
        a.tree = Some(Box::new(tree(&a.path, &sample())));
    }
    all.push(empty("nothing", Verdict::Incomplete));
    out.clear();
    super::tree::write(&mut out, &run(), &all, &sum).unwrap();
    lines.push(serde_json::from_slice(&out).unwrap());
    for schema in [schema(), strict()] {
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for line in &lines {
            let errors: Vec<String> =
                validator.iter_errors(line).map(|e| format!("{} at {}", e, e.instance_path())).collect();
            assert!(errors.is_empty(), "{errors:#?}\n{line:#}");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let (open, strict) = (schema(), strict());
    let open = jsonschema::draft202012::new(&open).unwrap();
    let strict = jsonschema::draft202012::new(&strict).unwrap();
    let good =
        serde_json::to_value(Record::Artifact(Box::new(ArtifactRecord::from(&full("a", Verdict::Block))))).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    for bad in [
        with("/verdict", json!("fine")),
        with("/schema", json!("peephole/2")),
        with("/record", json!("other")),
        with("/findings/0/severity", json!("dire")),
        with("/findings/0/confidence", json!("sure")),
        with("/gaps/0/reason", json!("tired")),
        with("/bytes", json!(-1)),
        json!({}),
        json!([]),
    ] {
        assert!(!open.is_valid(&bad), "{bad:#}");
    }
    for missing in ["path", "verdict", "gaps", "capabilities", "sha256"] {
        let mut changed = good.clone();
        changed.as_object_mut().unwrap().remove(missing);
        assert!(!open.is_valid(&changed), "{missing}");
    }
    // A new field is nothing to a reader, and a mistake of this program.
    for place in ["", "/findings/0", "/findings/0/evidence/0", "/gaps/0", "/capabilities/hosts"] {
        let mut changed = good.clone();
        changed.pointer_mut(place).unwrap()["new"] = json!(1);
        assert!(open.is_valid(&changed), "{place}");
        assert!(!strict.is_valid(&changed), "{place}");
    }
}

#[test]
fn an_assessment_survives_the_wire() {
    for a in made_up() {
        let mut line = Vec::new();
        crate::report::ndjson::write(&mut line, &Record::Artifact(Box::new(ArtifactRecord::from(&a)))).unwrap();
        assert_eq!(line.iter().filter(|b| **b == b'\n').count(), 1);
        let Record::Artifact(read) = serde_json::from_slice(&line).unwrap() else { panic!("another record") };
        assert_eq!(Assessment::try_from(*read).unwrap(), a);
    }
}

#[test]
fn a_record_of_another_contract_is_refused() {
    let record = || ArtifactRecord::from(&full("a", Verdict::Block));
    assert!(Assessment::try_from(ArtifactRecord { verdict: "fine".into(), ..record() }).is_err());
    let mut other = record();
    other.findings[0].severity = "dire".into();
    assert!(Assessment::try_from(other).is_err());
    let mut other = record();
    other.gaps[0].reason = "tired".into();
    assert!(Assessment::try_from(other).is_err());
}

/// The document of `tree --format json` over one root.
fn tree_document(a: Assessment) -> Value {
    let mut out = Vec::new();
    let all = [a];
    super::tree::write(&mut out, &run(), &all, &summary(&all)).unwrap();
    assert!(String::from_utf8_lossy(&out).lines().all(crate::report::text::is_clean));
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn a_tree_says_what_each_content_is() {
    let mut a = full("in/x.zip.gz", Verdict::Incomplete);
    a.tree = Some(Box::new(tree("in/x.zip.gz", &sample())));
    let document = tree_document(a);
    let tree = &document["trees"][0];
    assert_eq!((&tree["path"], &tree["complete"]), (&json!("in/x.zip.gz"), &json!(false)));
    let nodes = tree["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 7);
    for (at, node) in nodes.iter().enumerate() {
        assert_eq!(node["index"], at);
        let parent = node["parent"].as_u64().map(|p| nodes[p as usize]["depth"].as_u64().unwrap() + 1);
        assert_eq!(node["depth"].as_u64(), Some(parent.unwrap_or(0)));
        assert_eq!(node["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(node["recipe"].as_array().unwrap().len() as u64, node["depth"].as_u64().unwrap());
    }
    assert_eq!(nodes[0]["inside"], json!({"files": 6, "bytes": 2_006_544, "gaps": 4}));
    assert_eq!(nodes[1]["gaps"][1]["locator"], "x.zip.gz!/locked.bin");
    assert_eq!((&nodes[2]["claimed"], &nodes[2]["kind"]), (&json!("text"), &json!("png")));
    assert_eq!(nodes[3]["components"][1]["purl"], "pkg:golang/example.invalid/n@v1.0.0");
    assert_eq!((&nodes[4]["role"], &nodes[4]["findings"]), (&json!("test"), &json!({"medium": 1})));
    assert_eq!(nodes[5]["step"], json!({"how": "decoded", "format": "base64", "offset": 20}));
    assert_eq!(nodes[5]["recipe"], json!(["gzip", "zip member tests/z.py", "base64 at 20"]));
}

#[test]
fn a_hostile_tree_is_clean_json() {
    let mut a = hostile();
    let name = crate::report::testing::HOSTILE;
    a.tree = Some(Box::new(tree(&a.path, &named(name, name))));
    let document = tree_document(a);
    let names: Vec<&Value> = document["trees"][0]["nodes"].as_array().unwrap().iter().map(|n| &n["name"]).collect();
    assert!(names.contains(&&json!(name)), "names come back as they were");
}
