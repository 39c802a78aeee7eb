//! Every rule fires on its malicious samples and is silent on its benign ones.

use std::path::Path;

use peephole::engine::{Engine, Settings, rules, samples};
use peephole::model::RuleOrigin;

#[test]
fn every_rule_fires_on_its_samples_and_only_there() {
    let engine = Engine::new(Settings::default()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let outcome = samples::run(&engine, &folder).unwrap();
    assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
    assert!(outcome.without_sample.is_empty(), "no sample: {}", outcome.without_sample.join(" "));
    let signatures = rules().into_iter().filter(|r| r.origin == RuleOrigin::Signature).count();
    assert!(signatures >= 300, "{signatures} signatures");
}
