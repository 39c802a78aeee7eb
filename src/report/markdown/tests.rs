use super::*;
use crate::model::Confidence;
use crate::report::testing::{empty, finding, full, hostile, run, summary};
use crate::report::text::is_clean;

fn written(all: &[Assessment]) -> String {
    let mut out = Vec::new();
    write(&mut out, &run(), all, &summary(all)).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_report_has_its_parts() {
    let text = written(&[full("in/tool.tgz", Verdict::Block), empty("ok", Verdict::Pass)]);
    for wanted in [
        "| 1 | 0 | 0 | 1 | 13 | 1.5 MB | 1 | 0.5 |",
        "## block: `in/tool.tgz`\n",
        "`pkg:npm/%40scope/tool@1.2.3` · `tar` · sha256 `0123456789abcdef",
        "- `js-eval-decoded: Decoded text is run as code",
        "| critical | `js-eval-decoded` | `tool.tgz!/package/x.js#base64@120:12:13` | `Decoded text is run as code` |",
        "| medium | `sh-fetch-run` |",
        "lowered: `in a test or example` |",
        "```text\nconst run = eval(atob(\"ZXZpbA==\"));\n  = decodes to https://evil.example/stage2\n",
        "reached by `gzip → tar member package/x.js → base64 at 120`",
        "… and 3 more places",
        "14 findings of severity low or info not listed.",
        "**Not examined**\n\n- `tool.tgz!/package/data.zip!/a.bin`: encrypted: `encrypted, and no password opens it`",
        "| hosts | 7 | `evil.example`, … |",
        "components: `1 (go-buildinfo)`",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is missing in\n{text}");
    }
    assert!(!text.contains("`ok`"));
}

/// What is left of a line when its code spans are taken out, as CommonMark reads them.
fn outside_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let n = from.len() - from.trim_start_matches('`').len();
        let body = &from[n..];
        let mut search = 0;
        let close = loop {
            let Some(found) = body[search..].find('`') else { break None };
            let begin = search + found;
            let len = body[begin..].len() - body[begin..].trim_start_matches('`').len();
            if len == n {
                break Some(begin);
            }
            search = begin + len;
        };
        match close {
            Some(begin) => rest = &body[begin + n..],
            None => {
                out.push_str(&from[..n]);
                rest = body;
            }
        }
    }
    out + rest
}

#[test]
fn hostile_text_stays_in_code() {
    let text = written(&[hostile()]);
    let mut fence: Option<String> = None;
    for line in text.split('\n') {
        assert!(is_clean(line), "{line:?}");
        if let Some(open) = &fence {
            if line == open {
                fence = None;
            }
            continue;
        }
        if let Some(open) = line.strip_suffix("text").filter(|l| l.len() >= 3 && l.chars().all(|c| c == '`')) {
            fence = Some(open.to_owned());
            continue;
        }
        // Tables are cut into cells first: at pipes that no backslash stands before.
        let cells: Vec<String> = if line.starts_with('|') {
            let mut cells = vec![String::new()];
            let mut chars = line.chars().peekable();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => {
                        let next = chars.next().unwrap();
                        let cell = cells.last_mut().unwrap();
                        if next != '|' {
                            cell.push('\\');
                        }
                        cell.push(next);
                    }
                    '|' => cells.push(String::new()),
                    c => cells.last_mut().unwrap().push(c),
                }
            }
            cells
        } else {
            vec![line.to_owned()]
        };
        for cell in &cells {
            let left = outside_code(cell);
            for bad in ["<", "](", "https", "octocat", "#1", "`", "owned"] {
                assert!(!left.contains(bad), "{bad:?} stands outside of code in {line:?}: {left:?}");
            }
        }
    }
    assert_eq!(fence, None, "a fence stays open");
}

#[test]
fn a_report_fits_into_a_comment() {
    let mut big = full("p", Verdict::Block);
    big.findings = (0..500).map(|i| finding(&format!("r{i}"), Severity::High, Confidence::Likely)).collect();
    let all: Vec<Assessment> = (0..200).map(|i| Assessment { path: format!("p{i}"), ..big.clone() }).collect();
    let text = written(&all);
    assert!(text.len() < 65_000, "{}", text.len());
    assert!(text.contains("more artifacts had no room in this report"));
    assert!(text.contains("… and 450 more findings"));
}

#[test]
fn an_empty_run_is_a_report() {
    let text = written(&[]);
    assert!(text.contains("| 0 | 0 | 0 | 0 | 0 | 0 bytes | 0 | 0.5 |"), "{text}");
    let mut out = Vec::new();
    write(&mut out, &run(), &[], &Summary::default()).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("The run ended early"));
}
