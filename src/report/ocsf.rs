//! `--format ocsf`: one Detection Finding (class 2004) a line for a SIEM, of the Open Cybersecurity Schema Framework
//! (<https://schema.ocsf.io/>). Findings of medium severity and above, those that somebody accepted (status 3, suppressed),
//! and one for each artifact of which something was not examined.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Run;
use super::json::escape;
use crate::assess::{Assessment, Reported, Verdict};
use crate::model::{Confidence, Severity, Technique};

/// Writes the events. `time` is in seconds since 1970.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, run: &Run, assessments: &[Assessment], time: u64) -> io::Result<()> {
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for a in sorted {
        let open = a.findings.iter().filter(|f| f.severity >= Severity::Medium);
        for f in open {
            line(out, &event(run, a, f, time, 1))?;
        }
        for s in &a.suppressed {
            let mut suppressed = event(run, a, &s.finding, time, 3);
            if let Some(event) = suppressed.as_object_mut() {
                let comment = format!("{} (by {} until {})", s.note.reason, s.note.owner, s.note.expires);
                event.insert("comment".to_owned(), json!(comment));
            }
            line(out, &suppressed)?;
        }
        if !a.gaps.is_empty() {
            line(out, &unexamined(run, a, time))?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, event: &Value) -> io::Result<()> {
    escape::to_writer(&mut *out, event)?;
    out.write_all(b"\n")
}

fn base(run: &Run, a: &Assessment, time: u64, severity: Severity, status: u8) -> Value {
    let (id, word) = match severity {
        Severity::Info => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    };
    json!({
        "activity_id": 1, "activity_name": "Create",
        "category_uid": 2, "category_name": "Findings",
        "class_uid": 2004, "class_name": "Detection Finding", "type_uid": 200_401,
        "severity_id": id, "severity": word,
        "status_id": status, "status": if status == 3 { "Suppressed" } else { "New" },
        "time": time.saturating_mul(1000),
        "is_alert": status == 1 && matches!(a.verdict, Verdict::Block | Verdict::Review),
        "metadata": {
            "version": "1.6.0",
            "product": {"name": "Peephole", "vendor_name": "Peephole", "version": env!("CARGO_PKG_VERSION")},
            "extensions": [],
            "labels": [format!("ruleset:{}", run.ruleset)],
        },
        "resources": [{
            "type": "package",
            "uid": a.sha256.clone().or_else(|| a.purl.clone()).unwrap_or_else(|| a.path.clone()),
            "name": a.purl.clone().unwrap_or_else(|| a.path.clone()),
            "data": {"path": a.path, "sha256": a.sha256, "verdict": a.verdict.word()},
        }],
    })
}

fn with(mut event: Value, fields: Value) -> Value {
    if let (Some(event), Value::Object(fields)) = (event.as_object_mut(), fields) {
        event.extend(fields);
    }
    event
}

fn event(run: &Run, a: &Assessment, f: &Reported, time: u64, status: u8) -> Value {
    let attacks: Vec<Value> = Technique::find(&f.technique)
        .map(|t| t.attack.split_whitespace().map(|uid| json!({"technique": {"uid": uid}})).collect())
        .unwrap_or_default();
    let evidences: Vec<Value> = f
        .evidence
        .iter()
        .take(8)
        .map(|e| json!({"data": {"snippet": e.snippet, "note": e.note, "offset": e.span.map(|s| s.offset)}}))
        .collect();
    with(
        base(run, a, time, f.severity, status),
        json!({
            "message": f.message,
            "confidence_id": match f.confidence { Confidence::Hint => 1, Confidence::Likely => 2, Confidence::Certain => 3 },
            "finding_info": {
                // The same finding in the same bytes is the same finding in every run.
                "uid": format!("{}:{}", f.fingerprint, a.sha256.as_deref().unwrap_or(&a.path)),
                "title": f.message,
                "desc": format!("{} at {}", f.rule, f.locator),
                "types": [f.technique],
                "analytic": {"type_id": 1, "type": "Rule", "uid": f.rule, "name": f.rule},
                "attacks": attacks,
            },
            "evidences": evidences,
            "unmapped": {"locator": f.locator, "recipe": f.recipe, "fingerprint": f.fingerprint},
        }),
    )
}

fn unexamined(run: &Run, a: &Assessment, time: u64) -> Value {
    let gaps: Vec<Value> = a
        .gaps
        .iter()
        .take(64)
        .map(|g| json!({"reason": g.reason.word(), "locator": g.locator, "detail": g.detail}))
        .collect();
    with(
        base(run, a, time, Severity::Medium, 1),
        json!({
            "message": format!("{} places were not examined", a.gaps.len()),
            "finding_info": {
                "uid": format!("gaps:{}", a.sha256.as_deref().unwrap_or(&a.path)),
                "title": "Not everything was examined",
                "analytic": {"type_id": 1, "type": "Rule", "uid": "peephole-gap", "name": "peephole-gap"},
            },
            "unmapped": {"gaps": gaps, "count": a.gaps.len()},
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{full, hostile, run};

    #[test]
    fn events_have_what_the_class_requires() {
        let all = [full("a.tgz", Verdict::Block), hostile()];
        let mut out = Vec::new();
        write(&mut out, &run(), &all, 1_795_712_700).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(crate::report::text::is_clean));
        let events: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        for event in &events {
            for field in [
                "activity_id",
                "category_uid",
                "class_uid",
                "type_uid",
                "severity_id",
                "time",
                "metadata",
                "finding_info",
            ] {
                assert!(!event[field].is_null(), "{field}");
            }
            assert_eq!(event["type_uid"], 200_400 + event["activity_id"].as_u64().unwrap());
            assert!(event["finding_info"]["uid"].is_string());
        }
        let of = |status: u64| events.iter().filter(|e| e["status_id"] == status).count();
        assert_eq!((of(3), of(1)), (2, 8), "three findings and one gap of each artifact");
    }
}
