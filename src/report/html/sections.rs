//! The parts of the page that are lists and tables.

use std::collections::BTreeMap;

use sha2::Digest as _;

use super::Report;
use super::escape::Page;
use crate::assess::compare::Comparison;
use crate::assess::{Scripts, Verdict};
use crate::model::{Capability, ContentId, Severity};
use crate::report::compare::{about, brief, functions, gist, noun, told};
use crate::report::text::{clip, count, human_bytes};

/// Rows of one table.
const ROWS: usize = 500;
/// Values of one capability.
const VALUES: usize = 100;

/// What the page is about, in a few words.
pub(super) fn name(report: &Report<'_>) -> String {
    let names: Vec<&str> = match report.subjects {
        [] => report.assessments.iter().map(|a| a.purl.as_deref().unwrap_or(&a.path)).collect(),
        subjects => subjects.iter().map(|s| s.purl.as_deref().unwrap_or(&s.asked)).collect(),
    };
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => clip(one, 200),
        [first, rest @ ..] => format!("{} and {} more", clip(first, 200), rest.len()),
    }
}

/// One digest over all archives: what this page is the exhibit of.
pub(super) fn exhibit(report: &Report<'_>) -> String {
    let mut all: Vec<&str> = report.assessments.iter().filter_map(|a| a.sha256.as_deref()).collect();
    all.sort_unstable();
    let digest = ContentId(sha2::Sha256::digest(all.join("\n")).into());
    digest.to_string().chars().take(32).collect()
}

/// The first screen: what is recommended, why, and how much was seen.
pub(super) fn decision(page: &mut Page, report: &Report<'_>) {
    let verdict = super::verdict(report);
    let word = verdict.word();
    page.raw("<header><h1>");
    page.text(&name(report));
    page.raw(&format!("</h1>\n<p><span class=\"verdict {word}\">{word}</span> "));
    page.text(match verdict {
        Verdict::Block => "Do not let it in.",
        Verdict::Review => "Somebody should look before it is let in.",
        Verdict::Incomplete => "Nothing bad was seen, but not everything was examined.",
        Verdict::Pass => "Everything was examined, and nothing needs a person.",
    });
    page.raw("</p>\n<ul>");
    let subject_reasons = report.subjects.iter().flat_map(|s| &s.reasons);
    let reasons: Vec<&String> = match report.subjects {
        [] => report.assessments.iter().flat_map(|a| &a.reasons).collect(),
        _ => subject_reasons.collect(),
    };
    for reason in reasons.iter().take(8) {
        page.element("li", "", &clip(reason, 600));
    }
    page.raw("</ul>\n");
    let s = report.summary;
    // Places that were not examined, among all places.
    let (all, gaps) = (s.files.saturating_add(s.gaps).max(1), s.gaps);
    page.raw(&format!(
        "<p><label>Examined <meter min=\"0\" max=\"{all}\" value=\"{}\"></meter></label> ",
        all.saturating_sub(gaps)
    ));
    page.text(&format!(
        "{}, {} in {}; {} not examined{}",
        count(s.files, "file", "files"),
        human_bytes(s.bytes),
        count(s.artifacts, "archive", "archives"),
        count(gaps, "place", "places"),
        if gaps > 0 { " (listed below)" } else { "" }
    ));
    let sum =
        |of: &dyn Fn(&Scripts) -> u64| report.assessments.iter().map(|a| of(&a.scripts)).fold(0, u64::saturating_add);
    let (met, followed) = (sum(&|s| s.met), sum(&|s| s.followed));
    if met > 0 {
        page.text(&format!("; {followed} of {} followed as code", count(met, "script", "scripts")));
    }
    page.raw("</p>\n<p class=\"dim\">");
    page.text(&format!("{} · rules {}", report.time, report.run.ruleset.chars().take(16).collect::<String>()));
    match &report.run.policy {
        Some(p) => page.text(&format!(
            " · policy {} ({}, sha256 {})",
            p.name,
            p.preset,
            p.digest.chars().take(16).collect::<String>()
        )),
        None => page.text(" · no policy"),
    }
    match report.comparison {
        Some(c) => page.text(&format!(" · compared with {}", clip(&c.old.asked, 200))),
        None => page.text(" · compared with nothing"),
    }
    match &report.run.feed {
        Some(f) => page.text(&format!(" · feed of known malware of {} ({} records)", f.date, f.records)),
        None => page.text(" · no feed of known malware was asked"),
    }
    page.raw("</p></header>\n");
}

/// Links to the parts.
pub(super) fn contents(page: &mut Page, report: &Report<'_>) {
    page.raw("<nav aria-label=\"parts\"><ul>");
    if report.comparison.is_some() {
        page.raw("<li><a href=\"#changes\">what changed</a></li>");
    }
    page.raw(
        "<li><a href=\"#findings\">findings</a></li><li><a href=\"#hosts\">hosts</a></li>\
         <li><a href=\"#install\">at install</a></li><li><a href=\"#inside\">inside</a></li>\
         <li><a href=\"#origin\">origin</a></li><li><a href=\"#suppressed\">accepted before</a></li>\
         <li><a href=\"#gaps\">not examined</a></li><li><a href=\"#can\">capabilities</a></li>\
         <li><a href=\"#decide\">decide</a></li></ul></nav>\n",
    );
}

/// What changed: capabilities before anything else.
pub(super) fn changes(page: &mut Page, c: &Comparison) {
    page.raw("<section id=\"changes\"><h2>What changed</h2>\n<p>");
    page.text(&gist(c));
    page.raw("</p>\n<ul>");
    page.element("li", "dim", &format!("before: {}", about(&c.old)));
    page.element("li", "dim", &format!("now: {}", about(&c.new)));
    page.raw("</ul>\n");
    if !c.capabilities.is_empty() {
        page.head(&["capability", "", "value", "first at"]);
        for change in &c.capabilities {
            for item in change.added.iter().take(VALUES) {
                page.raw("<tr>");
                page.element("td", "", noun(change.capability));
                page.element("td", "add", "+");
                page.element("td", "mono", &clip(&item.value, 300));
                page.element("td", "mono", &clip(&item.first, 300));
                page.raw("</tr>\n");
            }
            for value in change.removed.iter().take(VALUES) {
                page.raw("<tr>");
                page.element("td", "", noun(change.capability));
                page.element("td", "gone", "−");
                page.element("td", "mono", &clip(value, 300));
                page.raw("<td></td></tr>\n");
            }
            let more = change.added.len().saturating_sub(VALUES) + change.removed.len().saturating_sub(VALUES);
            if more > 0 {
                page.row(&[noun(change.capability), "", &format!("… and {more} more"), ""]);
            }
        }
        page.end_table();
    }
    page.raw("<ul>");
    for (sign, list) in [("new", &c.new_findings), ("gone", &c.gone_findings)] {
        for (f, places) in brief::once(list).into_iter().take(VALUES) {
            let more = if places > 0 { format!(" ({} places)", places.saturating_add(1)) } else { String::new() };
            let what = format!("{sign}: {} {}: {}{more}", f.severity.word(), f.rule, clip(&f.message, 300));
            page.element("li", "", &what);
        }
        if let Some(low) = brief::low(list) {
            page.element("li", "dim", &format!("{sign}, {}", clip(&low, 600)));
        }
    }
    for (from, f) in c.restated_findings.iter().filter(|(_, f)| f.severity >= Severity::Medium).take(VALUES) {
        let what = format!("other evidence: {} {}: {}", f.severity.word(), f.rule, clip(&f.locator, 300));
        page.element("li", "", &format!("{what} (was {})", clip(from, 300)));
    }
    page.raw("</ul>\n");
    for (title, list) in [
        ("added", &c.contents.added),
        ("removed", &c.contents.removed),
        ("changed", &c.contents.changed),
        ("moved", &c.contents.moved),
        ("only formatted or named in another way", &c.contents.reformatted),
    ] {
        if list.is_empty() {
            continue;
        }
        page.raw("<details><summary>");
        page.text(&format!("{} {title}", count(list.len() as u64, "file", "files")));
        page.raw("</summary><ul>");
        let brief = brief::told(list);
        for (entry, places) in brief.entries.iter().take(ROWS) {
            let more = if *places > 0 { format!(" and {places} more like it") } else { String::new() };
            page.element("li", "", &format!("{}{more}", told(entry)));
            for line in entry.functions.iter().flat_map(|f| functions(f)) {
                page.element("li", "dim inner", &line);
            }
        }
        if brief.entries.len() > ROWS {
            page.element("li", "dim", &format!("… and {} more", brief.entries.len() - ROWS));
        }
        for line in brief.counted() {
            page.element("li", "dim", &line);
        }
        page.raw("</ul></details>\n");
    }
    for line in &c.not_compared {
        page.raw("<p><strong class=\"incomplete\">Not compared:</strong> ");
        page.text(&clip(line, 800));
        page.raw("</p>\n");
    }
    page.raw("</section>\n");
}

/// Every host that is named anywhere.
pub(super) fn endpoints(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"hosts\"><h2>Hosts</h2>\n");
    let mut hosts: BTreeMap<&str, (u64, &str, u64)> = BTreeMap::new();
    for a in report.assessments {
        for item in a.capabilities.get(&Capability::Hosts).into_iter().flat_map(|s| &s.items) {
            let known = hosts.entry(&item.value).or_insert((0, &item.first, 0));
            known.0 = known.0.saturating_add(item.count);
            known.2 = known.2.saturating_add(1);
        }
    }
    if hosts.is_empty() {
        page.raw("<p>No host is named.</p></section>\n");
        return;
    }
    let new = |host: &str| {
        report.comparison.map(|c| {
            c.capabilities.iter().any(|k| k.capability == Capability::Hosts && k.added.iter().any(|i| i.value == host))
        })
    };
    page.head(&["host", "times", "archives", "first at", "in the version before"]);
    for (host, (count, first, archives)) in hosts.iter().take(ROWS) {
        let before = match new(host) {
            Some(true) => "no: new",
            Some(false) => "yes",
            None => "not compared",
        };
        page.row(&[&clip(host, 300), &count.to_string(), &archives.to_string(), &clip(first, 300), before]);
    }
    page.end_table();
    if hosts.len() > ROWS {
        page.element("p", "dim", &format!("… and {} more", hosts.len() - ROWS));
    }
    page.raw("</section>\n");
}

/// What runs by itself, and what it would fetch.
pub(super) fn install(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"install\"><h2>What runs by itself</h2>\n");
    let hooks: Vec<(&str, &str)> = report
        .assessments
        .iter()
        .filter_map(|a| a.capabilities.get(&Capability::Hooks))
        .flat_map(|s| &s.items)
        .map(|i| (i.value.as_str(), i.first.as_str()))
        .collect();
    if hooks.is_empty() {
        page.raw("<p>Nothing that was recognised.</p>");
    } else {
        page.head(&["what", "where"]);
        hooks.iter().take(ROWS).for_each(|(what, at)| page.row(&[&clip(what, 600), &clip(at, 300)]));
        page.end_table();
    }
    let downloads: Vec<_> = report.assessments.iter().flat_map(|a| &a.downloads).collect();
    if !downloads.is_empty() {
        page.raw("<p>Code that runs at install uses the network and names these hosts; what comes from there was not examined:</p>");
        page.head(&["host", "where"]);
        downloads.iter().take(ROWS).for_each(|d| page.row(&[&clip(&d.host, 300), &clip(&d.locator, 300)]));
        page.end_table();
    }
    page.raw("</section>\n");
}

/// Where the archives came from.
pub(super) fn origin(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"origin\"><h2>Origin</h2>\n");
    page.head(&["archive", "why", "registry", "promised", "sha256", "remarks"]);
    for part in report.subjects.iter().flat_map(|s| &s.parts).take(ROWS) {
        let mut remarks = vec![part.state.word().to_owned()];
        remarks.extend(part.alias.as_ref().map(|a| format!("installed as {a}")));
        remarks.extend((!part.platform.is_empty()).then(|| format!("for {}", part.platform)));
        remarks.extend(part.deprecated.as_ref().map(|d| format!("deprecated: {}", clip(d, 200))));
        remarks.extend((!part.detail.is_empty()).then(|| part.detail.clone()));
        page.row(&[
            &clip(part.name(), 300),
            part.why.word(),
            &clip(&part.registry, 200),
            part.promised.as_deref().unwrap_or("nothing"),
            part.sha256.as_deref().unwrap_or(""),
            &remarks.join("; "),
        ]);
    }
    page.end_table();
    for s in report.subjects {
        for missing in s.missing.iter().take(ROWS) {
            page.element("p", "incomplete", &format!("not fetched: {}", clip(missing, 400)));
        }
        if s.not_followed > 0 {
            let many = count(s.not_followed, "dependency was", "dependencies were");
            page.element("p", "dim", &format!("{many} not asked for (--deps)"));
        }
        for note in s.notes.iter().take(ROWS) {
            page.element("p", "dim", &clip(note, 400));
        }
    }
    let asked = report.subjects.iter().any(|s| s.notes.iter().any(|note| note.starts_with("fleet: ")));
    let fleet = if asked { "" } else { " Fleet: not connected (--fleet)." };
    page.element(
        "p",
        "dim",
        &format!("Timeline: not asked for.{fleet} Publisher and provenance attestations: not fetched."),
    );
    page.raw("</section>\n");
}

/// What somebody has accepted.
pub(super) fn suppressed(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"suppressed\"><h2>Accepted before</h2>\n");
    let all: Vec<_> = report.assessments.iter().flat_map(|a| &a.suppressed).collect();
    if all.is_empty() {
        page.raw("<p>Nothing.</p></section>\n");
        return;
    }
    page.head(&["finding", "where", "owner", "until", "reason"]);
    for s in all.iter().take(ROWS) {
        page.row(&[
            &format!("{} {}: {}", s.finding.severity.word(), s.finding.rule, clip(&s.finding.message, 200)),
            &clip(&s.finding.locator, 300),
            &s.note.owner,
            &s.note.expires.to_string(),
            &clip(&s.note.reason, 400),
        ]);
    }
    page.end_table();
    page.raw("</section>\n");
}

/// What was not examined.
pub(super) fn gaps(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"gaps\"><h2>Not examined</h2>\n");
    let all: Vec<_> = report.assessments.iter().flat_map(|a| &a.gaps).collect();
    if all.is_empty() {
        page.raw("<p>Everything was examined.</p></section>\n");
        return;
    }
    page.head(&["where", "why", "what happened"]);
    all.iter().take(ROWS).for_each(|g| page.row(&[&clip(&g.locator, 400), g.reason.word(), &clip(&g.detail, 400)]));
    page.end_table();
    if all.len() > ROWS {
        page.element("p", "dim", &format!("… and {} more", all.len() - ROWS));
    }
    page.raw("</section>\n");
}

/// What it can do.
pub(super) fn capabilities(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"can\"><h2>What it can do</h2>\n");
    for capability in Capability::ALL.into_iter().filter(|c| *c != Capability::Hosts) {
        let mut values: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
        for item in report.assessments.iter().filter_map(|a| a.capabilities.get(&capability)).flat_map(|s| &s.items) {
            let known = values.entry(&item.value).or_insert((0, &item.first));
            known.0 = known.0.saturating_add(item.count);
        }
        if values.is_empty() {
            continue;
        }
        page.raw("<details><summary>");
        page.text(&format!("{} {}", values.len(), noun(capability)));
        page.raw("</summary>");
        page.head(&["value", "times", "first at"]);
        for (value, (count, first)) in values.iter().take(VALUES) {
            page.row(&[&clip(value, 400), &count.to_string(), &clip(first, 300)]);
        }
        page.end_table();
        if values.len() > VALUES {
            page.element("p", "dim", &format!("… and {} more (--format json has all)", values.len() - VALUES));
        }
        page.raw("</details>\n");
    }
    page.raw("</section>\n");
}

/// How to make this a decision.
pub(super) fn dispose(page: &mut Page, report: &Report<'_>) {
    page.raw("<section id=\"decide\"><h2>Decide</h2>\n<p>Nothing said is a review. A decision is bound to the digests of all archives above:</p>\n<pre>");
    page.text("peephole decide approve report.json --reason \"…\" --expires 90d\n");
    page.text("peephole decide block   report.json --reason \"…\"\n");
    page.text("peephole decide review  report.json --reason \"…\"\n");
    page.raw("</pre>\n<p>To accept one finding and keep it listed:</p>\n<pre>");
    page.text("peephole suppress add --from report.json#N --reason \"…\" --owner \"…\" --expires 90d");
    page.raw("</pre>\n<p class=\"dim\">");
    page.text(&format!(
        "report.json is what `vet --format json` writes for the same target; archives {}.",
        exhibit(report)
    ));
    page.raw("</p></section>\n");
}
