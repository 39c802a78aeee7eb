//! Runs the rules over their samples: every rule must fire on something under `malicious/` of its case and on nothing
//! under `benign/`.
//!
//! A sample that must not stand on disk as it is (an executable) is stored as hex text, `NAME.hex`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use serde::Deserialize;

use super::Engine;
use crate::assess::{Assessment, Verdict};
use crate::model::{ByteView, Error, RuleOrigin};

/// What a case promises (`expect.json`).
#[derive(Debug, Deserialize)]
struct Expectation {
    /// Rules that fire on the malicious side and stay silent on the benign one.
    #[serde(default)]
    rules: BTreeSet<String>,
    /// The least verdict of each artifact that lies directly under `malicious/`: `review` or `block`. With it every
    /// artifact directly under `benign/` must pass.
    #[serde(default)]
    verdict: Option<String>,
}

/// What came out of one side of a case.
struct Side {
    rules: BTreeSet<String>,
    /// The worst verdict of each artifact directly below the side, by its name.
    verdicts: BTreeMap<String, Verdict>,
}

/// What came out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Cases that were run.
    pub cases: usize,
    /// What is wrong, one line each.
    pub failures: Vec<String>,
    /// Rules that no case fires.
    pub without_sample: Vec<&'static str>,
    /// Rules that a case fires.
    pub fired: BTreeSet<String>,
}

/// Runs every case below `samples` (`<family>/<technique>/<case>/expect.json`).
///
/// # Errors
/// [`Error::Rules`] when the folder or an `expect.json` cannot be read.
pub fn run(engine: &Engine, samples: &Path) -> Result<Outcome, Error> {
    let mut outcome = Outcome::default();
    let mut cases: BTreeMap<PathBuf, Expectation> = BTreeMap::new();
    for entry in ignore::WalkBuilder::new(samples).standard_filters(false).build() {
        let entry = entry.map_err(|e| Error::Rules(e.to_string()))?;
        if entry.file_name() != "expect.json" {
            continue;
        }
        let path = entry.path();
        let say = |e: &dyn std::fmt::Display| Error::Rules(format!("{}: {e}", path.display()));
        let text = std::fs::read(path).map_err(|e| say(&e))?;
        let expectation = serde_json::from_slice(&text).map_err(|e| say(&e))?;
        cases.insert(path.parent().unwrap_or(samples).to_owned(), expectation);
    }
    for (case, expectation) in &cases {
        outcome.cases += 1;
        let malicious = fired(engine, &case.join("malicious"))?;
        let benign = fired(engine, &case.join("benign"))?;
        verdicts(case, expectation, &malicious, &benign, &mut outcome.failures);
        let (malicious, benign) = (malicious.rules, benign.rules);
        for rule in &expectation.rules {
            if malicious.contains(rule) {
                outcome.fired.insert(rule.clone());
            } else {
                outcome.failures.push(format!("{}: {rule} does not fire on the malicious side", case.display()));
            }
            if benign.contains(rule) {
                outcome.failures.push(format!("{}: {rule} fires on the benign side", case.display()));
            }
        }
    }
    outcome.without_sample = super::rules()
        .into_iter()
        .filter(|r| r.origin == RuleOrigin::Signature && !outcome.fired.contains(r.id))
        .map(|r| r.id)
        .collect();
    Ok(outcome)
}

/// How bad a verdict is.
fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Incomplete => 1,
        Verdict::Review => 2,
        Verdict::Block => 3,
    }
}

/// Compares what each artifact of a case came to with what the case promises.
fn verdicts(case: &Path, expectation: &Expectation, malicious: &Side, benign: &Side, failures: &mut Vec<String>) {
    let Some(word) = &expectation.verdict else { return };
    let Some(least) = Verdict::from_word(word) else {
        failures.push(format!("{}: {word} is no verdict", case.display()));
        return;
    };
    for (name, verdict) in malicious.verdicts.iter().filter(|(_, v)| weight(**v) < weight(least)) {
        failures.push(format!("{}: malicious/{name} is only {}", case.display(), verdict.word()));
    }
    for (name, verdict) in benign.verdicts.iter().filter(|(_, v)| **v != Verdict::Pass) {
        failures.push(format!("{}: benign/{name} is {}", case.display(), verdict.word()));
    }
}

/// What fires on anything below a folder.
fn fired(engine: &Engine, side: &Path) -> Result<Side, Error> {
    let mut assessments = engine.scan(side).map_err(|e| Error::Rules(e.to_string()))?;
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(side).standard_filters(false).build().flatten() {
        if entry.path().extension().is_some_and(|e| e == "hex") {
            files.push(entry.into_path());
        }
    }
    for path in files {
        let text = std::fs::read(&path).map_err(|e| Error::Rules(format!("{}: {e}", path.display())))?;
        let bytes = decode_hex(&text).ok_or_else(|| Error::Rules(format!("{}: not hex text", path.display())))?;
        let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or("sample").to_owned();
        let (sender, receiver) = mpsc::channel::<Assessment>();
        engine.run_bytes(&name, ByteView::from_vec(bytes), move |a| {
            let _ = sender.send(a);
        });
        assessments.extend(receiver);
    }
    let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
    for assessment in &assessments {
        let below = Path::new(&assessment.path).strip_prefix(side).ok();
        if let Some(first) = below.and_then(|p| p.components().next()) {
            let worst = verdicts.entry(first.as_os_str().to_string_lossy().into_owned()).or_insert(Verdict::Pass);
            if weight(assessment.verdict) > weight(*worst) {
                *worst = assessment.verdict;
            }
        }
    }
    let rules = assessments
        .into_iter()
        .flat_map(|a| a.findings.into_iter().map(|f| f.rule).chain(a.omitted.into_keys()))
        .collect();
    Ok(Side { rules, verdicts })
}

/// Hex digits with white space between them, as bytes.
fn decode_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .iter()
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| (*b as char).to_digit(16).map(|d| d as u8))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
