use super::*;
use crate::report::testing::{comparison, full, hostile, run, summary, vetted};

fn of(assessments: &[Assessment], subjects: &[Vetted], comparison: Option<&Comparison>) -> String {
    let (run, summary) = (run(), summary(assessments));
    page(&Report {
        run: &run,
        rules: &[],
        assessments,
        subjects,
        comparison,
        summary: &summary,
        time: "2026-11-26T10:00:00Z".to_owned(),
    })
}

/// The tags of a page, without what stands in them.
fn tags(html: &str) -> std::collections::BTreeSet<String> {
    html.split('<')
        .skip(1)
        .map(|t| t.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '/' | '!')).collect())
        .collect()
}

#[test]
fn hostile_text_is_never_markup() {
    let html = of(&[hostile()], &[vetted()], Some(&comparison()));
    let clean = of(&[full("a.tgz", Verdict::Block)], &[], None);
    let own: Vec<&str> = vec![
        "!doctype", "a", "article", "body", "br", "code", "details", "div", "footer", "h1", "h2", "h3", "head",
        "header", "html", "label", "li", "main", "mark", "meta", "meter", "nav", "ol", "p", "pre", "section", "span",
        "strong", "style", "summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
    ];
    for page in [&html, &clean] {
        for tag in tags(page) {
            assert!(own.contains(&tag.trim_start_matches('/')), "<{tag}> is no tag of ours");
        }
        assert!(!page.chars().any(|c| c != '\n' && crate::model::finding::is_invisible(c)), "an invisible character");
        for word in ["<script", "javascript:", " onerror=\"", "<img", "http-equiv=\"refresh"] {
            assert!(!page.to_ascii_lowercase().contains(word), "{word}");
        }
    }
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "it is shown as text");
    assert!(html.contains("title=\"RIGHT-TO-LEFT OVERRIDE\">U+202E</span>"), "what is invisible is drawn");
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let html = of(&[full("a.tgz", Verdict::Review)], &[], None);
    assert!(html.contains("default-src 'none'; style-src 'sha256-"));
    let outside: Vec<&str> = html.split("href=\"").skip(1).filter(|l| !l.starts_with('#')).collect();
    assert!(outside.is_empty(), "{outside:?}");
    assert!(!html.contains("src=\"") && !html.contains("url("));
    assert!(!html.contains(" style=\""), "the policy would refuse it");
}

#[test]
fn the_first_screen_says_decision_coverage_and_basis() {
    let html = of(&[full("a.tgz", Verdict::Block)], &[], None);
    let first = html.split("</header>").next().unwrap();
    for word in
        ["verdict block", "Do not let it in", "<meter", "1 place not examined", "no policy", "compared with nothing"]
    {
        assert!(first.contains(word), "{word}");
    }
    for part in ["findings", "hosts", "install", "inside", "origin", "suppressed", "gaps", "can", "decide"] {
        assert!(html.contains(&format!("id=\"{part}\"")) && html.contains(&format!("href=\"#{part}\"")), "{part}");
    }
    assert!(html.contains("<mark>") && html.contains("decodes to https://evil.example/stage2"));
    assert!(html.contains("looked at: it only prints"), "what was accepted stays visible");
}

#[test]
fn an_escape_that_is_none_stays_text() {
    let mut page = Page::new();
    page.text("<U+202E> <U+41> <U+ <U+FFFFFFFF> <U+202E");
    let html = page.finish();
    assert_eq!(html.matches("class=\"inv\"").count(), 1);
    assert!(html.contains("&lt;U+41&gt;") && html.ends_with("&lt;U+202E"));
}
