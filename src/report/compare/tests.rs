use super::*;
use crate::report::terminal::Style;
use crate::report::testing::{comparison, run};
use crate::report::text::is_clean;

#[test]
fn hostile_text_stays_text_in_every_format() {
    let c = comparison();
    assert!(!c.nothing_new());
    let mut out = Vec::new();
    write_terminal(&mut out, &c, &Style { colour: false, width: 0, show_passes: false }).unwrap();
    assert!(String::from_utf8(out).unwrap().lines().all(is_clean));
    let mut out = Vec::new();
    write_markdown(&mut out, &c).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.lines().all(is_clean));
    assert!(!text.lines().any(|l| l.trim_start().starts_with("<img")));
    let mut out = Vec::new();
    write_json(&mut out, &run(), &c).unwrap();
    assert!(String::from_utf8_lossy(&out).lines().all(is_clean));
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert!(!value["comparison"]["findings"]["new"].as_array().unwrap().is_empty());
    assert!(value["comparison"]["capabilities"]["hosts"]["added"][0]["value"].is_string());
}
