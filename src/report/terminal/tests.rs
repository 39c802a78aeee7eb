use super::*;
use crate::model::{Confidence, Evidence};
use crate::report::testing::{HOSTILE, empty, finding as made, full, hostile, summary as sum};
use crate::report::text::is_clean;

const PLAIN: Style = Style { colour: false, width: 100, show_passes: false };

fn drawn(a: &Assessment, style: Style) -> String {
    let mut out = Vec::new();
    artifact(&mut out, a, &style).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_block_shows_what_was_seen_and_where() {
    let text = drawn(&full("in/tool.tgz", Verdict::Block), PLAIN);
    for wanted in [
        "BLOCK in/tool.tgz\n",
        "pkg:npm/%40scope/tool@1.2.3 · tar · sha256 0123456789ab · 12 files, 1.5 MB",
        "- js-eval-decoded: Decoded text is run as code",
        "critical[js-eval-decoded]: Decoded text is run as code",
        "--> tool.tgz!/package/x.js#base64@120:12:13",
        "12 | const run = eval(atob(\"ZXZpbA==\"));",
        "^^^^^^^^^^^^^^^^^^^^^^ decodes to https://evil.example/stage2",
        "#base64@120 (byte 0)",
        "reached by: gzip → tar member package/x.js → base64 at 120",
        "… and 3 more places",
        "lowered: in a test or example",
        "three of four sections are packed",
        "not shown: 1 low, 1 info and 12 more of their kind",
        "not examined: tool.tgz!/package/data.zip!/a.bin: encrypted: encrypted, and no password opens it",
        "can:  hosts 7",
        "components: 1 (go-buildinfo)",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is missing in\n{text}");
    }
    assert!(!text.contains("uses-network"));
    assert!(!text.lines().any(|l| l.trim() == ":::"), "{text}");
}

#[test]
fn a_file_in_a_folder_is_named_as_it_can_be_opened() {
    let mut a = full("work/pkg", Verdict::Review);
    a.findings.truncate(1);
    a.findings[0].recipe = vec!["folder member src/x.js".into()];
    a.findings[0].locator = "pkg!/src/x.js".into();
    let text = drawn(&a, PLAIN);
    assert!(text.contains("--> work/pkg/src/x.js:12:13"), "{text}");
    assert!(!text.contains("reached by"), "{text}");
}

#[test]
fn passes_are_silent_unless_asked_for() {
    let a = full("ok.tgz", Verdict::Pass);
    assert_eq!(drawn(&a, PLAIN), "");
    assert_eq!(drawn(&a, Style { show_passes: true, ..PLAIN }), "PASS ok.tgz\n");
}

#[test]
fn the_worst_artifact_comes_first() {
    let all: Vec<Assessment> = [
        ("d", Verdict::Pass),
        ("c", Verdict::Incomplete),
        ("b", Verdict::Review),
        ("z", Verdict::Block),
        ("a", Verdict::Block),
    ]
    .into_iter()
    .map(|(path, verdict)| empty(path, verdict))
    .collect();
    let mut out = Vec::new();
    artifacts(&mut out, &all, &PLAIN).unwrap();
    let text = String::from_utf8(out).unwrap();
    let heads: Vec<&str> = text.lines().filter(|l| l.starts_with(|c: char| c.is_uppercase())).collect();
    assert_eq!(heads, ["BLOCK a", "BLOCK z", "REVIEW b", "INCOMPLETE c"]);
}

#[test]
fn nothing_of_a_hostile_file_reaches_the_terminal() {
    for width in [0, 1, 40, 80, 500] {
        let text = drawn(&hostile(), Style { width, ..PLAIN });
        for line in text.split('\n') {
            assert!(is_clean(line), "{line:?}");
        }
        // Every line is ours: none begins with what a file said.
        assert!(!text.lines().any(|l| l.starts_with("|x")), "{text}");
    }
    let colour = drawn(&hostile(), Style { colour: true, ..PLAIN });
    let ours: String = colour.split('\x1b').skip(1).filter_map(|p| p.split_once('m')).map(|(code, _)| code).collect();
    assert!(ours.chars().all(|c| matches!(c, '[' | '0'..='9' | ';')), "{ours:?}");
    let rest: String = colour.split('\x1b').filter_map(|p| p.split_once('m').map(|(_, t)| t)).collect();
    assert!(rest.split('\n').all(is_clean));
}

#[test]
fn colour_changes_no_word() {
    let plain = drawn(&full("x", Verdict::Block), PLAIN);
    let coloured = drawn(&full("x", Verdict::Block), Style { colour: true, ..PLAIN });
    assert!(coloured.contains("\x1b["));
    let mut stripped = String::new();
    for (i, part) in coloured.split('\x1b').enumerate() {
        stripped.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&stripped), words(&plain));
}

#[test]
fn strange_evidence_is_drawn_without_a_panic() {
    let snippets = [
        "",
        " ",
        "\t",
        "\u{301}\u{301}",
        "日本語のテキスト",
        "a\nb\r\nc",
        "🧪",
        HOSTILE,
        &"x".repeat(5000),
        &"日".repeat(900),
    ];
    for snippet in snippets {
        let n = snippet.len() as u32;
        for mark in [(0, 0), (0, n), (n, n), (n / 2, n), (1, 2), (n, 0), (n + 1, n + 9), (0, u32::MAX)] {
            for line in [None, Some(0), Some(1), Some(u32::MAX)] {
                let mut f = made("r", Severity::High, Confidence::Likely);
                f.evidence = vec![Evidence {
                    span: Some(crate::model::Span { offset: u64::MAX, len: u64::MAX, line, column: line }),
                    snippet: snippet.to_owned(),
                    mark,
                    note: snippet.to_owned(),
                }];
                let mut a = empty("p", Verdict::Review);
                a.findings = vec![f];
                for width in [1, 60] {
                    drawn(&a, Style { width, ..PLAIN });
                }
            }
        }
    }
}

#[test]
fn lines_stay_within_the_width() {
    let mut a = full("p", Verdict::Block);
    a.findings.truncate(1);
    a.findings[0].evidence[0].snippet = format!("{}EVIL{}", "a".repeat(700), "b".repeat(700));
    a.findings[0].evidence[0].mark = (700, 704);
    a.findings[0].evidence[0].note = "decoded ".repeat(60);
    a.gaps[0].detail = "long ".repeat(100);
    let text = drawn(&a, Style { width: 80, ..PLAIN });
    assert!(text.contains("EVIL") && text.contains("^^^^"));
    let longest = text.lines().map(|l| l.chars().count()).max().unwrap();
    assert!(longest <= 84, "{longest}\n{text}");
}

#[test]
fn many_findings_of_a_rule_are_counted() {
    let mut a = empty("p", Verdict::Review);
    a.findings = (0..50).map(|_| made("r", Severity::High, Confidence::Likely)).collect();
    let text = drawn(&a, PLAIN);
    assert_eq!(text.matches("high[r]").count(), PER_RULE);
    assert!(text.contains("and 45 more findings like these"), "{text}");
}

#[test]
fn the_summary_says_what_the_exit_code_means() {
    let all = [full("a", Verdict::Block), empty("b", Verdict::Pass)];
    let mut out = Vec::new();
    summary(&mut out, &sum(&all), &PLAIN, (1, "something is blocked")).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("        1  block\n        0  review\n        0  incomplete\n        1  pass\n"), "{text}");
    assert!(text.contains("13 files in 2 artifacts examined, 1.5 MB in 0.5 s (3 MB/s)"), "{text}");
    assert!(text.contains("1 place in 1 artifact not examined\nexit code 1: something is blocked\n"), "{text}");
}

#[test]
fn an_empty_run_divides_by_nothing() {
    let mut out = Vec::new();
    summary(&mut out, &Summary::default(), &PLAIN, (5, "there was nothing to examine")).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("The run ended early"), "{text}");
    assert!(text.contains("0 files in 0 artifacts examined, 0 bytes in 0.0 s (0 MB/s)"), "{text}");
}
