use serde_json::Value;

use super::*;
use crate::model::RuleOrigin;
use crate::model::finding::is_invisible;
use crate::report::testing::{empty, finding, full, hostile, run, summary};

static RULE: Rule = Rule {
    id: "js-eval-decoded",
    technique: crate::model::technique::known("covert/identity-fingerprint"),
    severity: Severity::Critical,
    confidence: Confidence::Certain,
    title: "Decoded text is run as code",
    explanation: " The first paragraph\n goes on.\n\n The second one.\n",
    reference: "https://attack.mitre.org/techniques/T1027/",
    origin: RuleOrigin::Heuristic,
    stages: crate::model::Stages::NONE,
};

fn written(all: &[Assessment], base: Option<&str>) -> (String, Value) {
    let mut out = Vec::new();
    write(&mut out, &run(), &[&RULE], all, &summary(all), base).unwrap();
    let text = String::from_utf8(out).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

/// What GitHub asks of every log.
fn check(log: &Value) {
    let filled = |v: &Value| !v.as_str().unwrap().trim().is_empty() && v.as_str().unwrap().chars().count() <= 1024;
    assert_eq!(log["version"], "2.1.0");
    assert!(filled(&log["$schema"]));
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert!(filled(&run["tool"]["driver"]["name"]) && filled(&run["tool"]["driver"]["semanticVersion"]));
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(filled(&rule["id"]) && filled(&rule["shortDescription"]["text"]));
        assert!(filled(&rule["fullDescription"]["text"]) && filled(&rule["help"]["text"]));
        assert!(rule["name"].as_str().unwrap().chars().count() <= 255);
        assert!((1..=10).contains(&rule["properties"]["tags"].as_array().unwrap().len()));
        let weight: f64 = rule["properties"]["security-severity"].as_str().unwrap().parse().unwrap();
        assert!(weight > 0.0 && weight <= 10.0);
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() <= 25_000);
    for result in results {
        assert_eq!(result["ruleId"], rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"]);
        assert!(filled(&result["message"]["text"]));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(filled(&result["partialFingerprints"]["primaryLocationLineHash"]));
        assert!(result["relatedLocations"].as_array().is_none_or(|r| r.len() <= 100));
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let at = &result["locations"][0]["physicalLocation"];
        let uri = at["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%:".contains(&b)), "{uri}");
        let n = |key: &str| at["region"][key].as_u64().unwrap();
        assert!(n("startLine") >= 1 && n("startColumn") >= 1 && n("endLine") == n("startLine"));
        assert!(n("endColumn") > n("startColumn"));
    }
}

#[test]
fn a_result_stands_at_the_file_on_disk() {
    let (text, log) = written(&[full("/work/repo/vendor/tool 1.tgz", Verdict::Block)], Some("/work/repo"));
    check(&log);
    assert_eq!(text.trim_end().lines().count(), 1, "compact");
    let results = log["runs"][0]["results"].as_array().unwrap();
    // Info is left out, low is not; the worst first.
    let levels: Vec<&str> = results.iter().map(|r| r["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["error", "error", "warning", "note"]);
    let first = &results[0];
    let at = &first["locations"][0];
    assert_eq!(at["physicalLocation"]["artifactLocation"]["uri"], "vendor/tool%201.tgz");
    assert_eq!(at["physicalLocation"]["region"]["startLine"], 1);
    assert_eq!(at["logicalLocations"][0]["fullyQualifiedName"], "tool.tgz!/package/x.js#base64@120");
    let said = first["message"]["text"].as_str().unwrap();
    assert!(said.contains("in tool.tgz!/package/x.js#base64@120:12:13 — decodes to https://evil.example"), "{said}");
    assert_eq!(first["relatedLocations"].as_array().unwrap().len(), 6);
    assert_eq!(first["properties"]["offset"], 400);
    assert_eq!(first["properties"]["reachedBy"], "gzip → tar member package/x.js → base64 at 120");
    assert_eq!(first["partialFingerprints"]["primaryLocationLineHash"], "00112233aabbccdd:1");
    assert_eq!(results[1]["partialFingerprints"]["primaryLocationLineHash"], "00112233aabbccdd:2");
    let note = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(note.starts_with("not examined: tool.tgz!/package/data.zip!/a.bin: encrypted"), "{note}");
    assert_eq!(log["runs"][0]["properties"]["verdicts"]["block"], 1);
}

#[test]
fn a_file_of_a_folder_has_its_own_lines() {
    let mut a = full("pkg", Verdict::Review);
    a.findings.truncate(1);
    a.findings[0].recipe = vec!["folder member src/x.js".into()];
    let (_, log) = written(&[a], None);
    check(&log);
    let at = &log["runs"][0]["results"][0]["locations"][0];
    assert_eq!(at["physicalLocation"]["artifactLocation"]["uri"], "pkg/src/x.js");
    let region = serde_json::json!({"startLine": 12, "startColumn": 13, "endLine": 12, "endColumn": 35});
    assert_eq!(at["physicalLocation"]["region"], region);
    assert!(at.get("logicalLocations").is_none());
}

#[test]
fn rules_come_from_the_list_or_from_the_finding() {
    let (_, log) = written(&[full("x", Verdict::Block)], None);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules[0]["id"], "js-eval-decoded");
    assert_eq!(rules[0]["fullDescription"]["text"], "The first paragraph goes on.");
    assert!(rules[0]["help"]["markdown"].as_str().unwrap().contains("The second one."));
    assert_eq!(rules[0]["properties"]["precision"], "very-high");
    assert_eq!(rules[0]["properties"]["security-severity"], "9.5");
    assert_eq!(rules[0]["properties"]["tags"][0], "security");
    assert_eq!(rules.len(), 4);
}

#[test]
fn too_many_results_are_cut_and_it_is_said() {
    let mut a = empty("x", Verdict::Review);
    a.findings = (0..RESULTS + 10).map(|_| finding("r", Severity::Medium, Confidence::Likely)).collect();
    a.findings.push(finding("worst", Severity::Critical, Confidence::Certain));
    let (_, log) = written(&[a], None);
    check(&log);
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), RESULTS);
    assert_eq!(run["results"][0]["ruleId"], "worst");
    let note = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(note.starts_with("11 results left out"), "{note}");
}

#[test]
fn too_many_gaps_are_counted() {
    let mut a = full("x", Verdict::Incomplete);
    a.gaps = std::iter::repeat_n(a.gaps[0].clone(), NOTIFICATIONS + 5).collect();
    let (_, log) = written(&[a], None);
    let notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notes.len(), NOTIFICATIONS + 1);
    assert_eq!(notes[NOTIFICATIONS]["message"]["text"], "5 more places not examined");
}

#[test]
fn hostile_text_is_only_text() {
    let (text, log) = written(&[hostile()], None);
    check(&log);
    assert!(!text.trim_end().chars().any(is_invisible));
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let messages = [&result["message"]["text"], &result["relatedLocations"][0]["message"]["text"]];
        assert!(messages.iter().all(|m| !m.as_str().unwrap().contains("](")), "no links");
    }
    let mut nothing = full("", Verdict::Block);
    for f in &mut nothing.findings {
        f.rule.clear();
        f.message.clear();
        f.locator.clear();
        f.recipe.clear();
        f.evidence.clear();
    }
    check(&written(&[nothing], None).1);
}

#[test]
fn an_empty_run_is_a_log() {
    let (_, log) = written(&[], None);
    check(&log);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let mut out = Vec::new();
    write(&mut out, &run(), &[], &[], &Summary::default(), None).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}
