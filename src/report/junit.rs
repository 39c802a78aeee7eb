//! `--format junit`: one test case for each artifact, and one for each subject that is worse than all of its artifacts. What is blocked or needs a person is a failure, what was not examined
//! an error, what somebody accepted is told in the output.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Summary;
use super::text::{clean, clip};
use crate::assess::{Assessment, Verdict, Vetted};

/// Characters of one text.
const TEXT: usize = 8000;

/// Writes the document.
///
/// # Errors
/// What the output said.
pub fn write(
    out: &mut dyn Write,
    assessments: &[Assessment],
    subjects: &[Vetted],
    summary: &Summary,
) -> io::Result<()> {
    let worse: Vec<&Vetted> = subjects
        .iter()
        .filter(|s| s.parts.iter().filter_map(|p| p.verdict).all(|v| v.rank() < s.verdict.rank()))
        .filter(|s| s.verdict != Verdict::Pass)
        .collect();
    let of = |v| summary.of(v).saturating_add(worse.iter().filter(|s| s.verdict == v).count() as u64);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3}\"",
        summary.artifacts.saturating_add(worse.len() as u64),
        of(Verdict::Block).saturating_add(of(Verdict::Review)),
        of(Verdict::Incomplete),
        summary.seconds
    );
    let _ = writeln!(text, "<testsuites {counts}>\n<testsuite name=\"peephole\" {counts}>");
    let mut sorted: Vec<&Assessment> = assessments.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for a in sorted {
        let name = xml(a.purl.as_deref().unwrap_or(&a.path));
        let _ = writeln!(
            text,
            "<testcase classname=\"peephole\" name=\"{name}\" file=\"{}\" time=\"{:.3}\">",
            xml(&a.path),
            a.seconds
        );
        result(&mut text, a.verdict, &a.reasons);
        if !a.suppressed.is_empty() {
            let lines: Vec<String> = a
                .suppressed
                .iter()
                .map(|s| {
                    format!(
                        "suppressed: {} by {} until {}: {}",
                        s.finding.rule, s.note.owner, s.note.expires, s.note.reason
                    )
                })
                .collect();
            let _ = writeln!(text, "<system-out>{}</system-out>", xml(&clip(&lines.join("\n"), TEXT)));
        }
        text.push_str("</testcase>\n");
    }
    for s in worse {
        let _ = writeln!(text, "<testcase classname=\"peephole.subject\" name=\"{}\">", xml(&s.asked));
        result(&mut text, s.verdict, &s.reasons);
        text.push_str("</testcase>\n");
    }
    text.push_str("</testsuite>\n</testsuites>\n");
    out.write_all(text.as_bytes())
}

/// What a case came to.
fn result(text: &mut String, verdict: Verdict, reasons: &[String]) {
    let why = xml(&clip(&reasons.join("\n"), TEXT));
    let first = xml(&clip(reasons.first().map_or("", String::as_str), 300));
    let _ = match verdict {
        Verdict::Block | Verdict::Review => {
            writeln!(text, "<failure type=\"{}\" message=\"{first}\">{why}</failure>", verdict.word())
        }
        Verdict::Incomplete => writeln!(text, "<error type=\"incomplete\" message=\"{first}\">{why}</error>"),
        Verdict::Pass => Ok(()),
    };
}

/// Text for an element or an attribute: what XML does not allow is written out first.
fn xml(text: &str) -> String {
    let escaped =
        |line: &str| clean(line).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.lines().map(escaped).collect::<Vec<_>>().join("&#10;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{empty, full, hostile, summary};

    #[test]
    fn every_artifact_is_a_case_and_hostile_text_stays_text() {
        let all =
            [full("a.tgz", Verdict::Block), hostile(), empty("b", Verdict::Pass), empty("c", Verdict::Incomplete)];
        let mut out = Vec::new();
        write(&mut out, &all, &[], &summary(&all)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.matches("<testcase ").count(), 4);
        assert_eq!((text.matches("<failure ").count(), text.matches("<error ").count()), (2, 1));
        assert!(text.contains("tests=\"4\" failures=\"2\" errors=\"1\""));
        assert!(!text.contains("<img") && text.contains("suppressed: "));
        assert!(text.lines().all(crate::report::text::is_clean));
        assert_eq!(xml("a\nb<\u{1b}"), "a&#10;b&lt;&lt;U+001B&gt;");
    }

    #[test]
    fn a_subject_of_which_nothing_was_examined_is_an_error() {
        let mut subject = Vetted::of_path("npm:x", &[]);
        subject.judge(&[]);
        let mut out = Vec::new();
        write(&mut out, &[], &[subject], &summary(&[])).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("errors=\"1\"") && text.contains("<error "), "{text}");
    }
}
