//! For a pull request or a ticket.

use std::io::{self, Write};

use super::{about, brief, functions, gist, noun, told};
use crate::assess::Reported;
use crate::assess::compare::Comparison;
use crate::model::Severity;
use crate::report::markdown::escape::{cell, span};
use crate::report::text::{clean, clip, count};

/// Rows of one list.
const ROWS: usize = 40;

/// Writes a comparison.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, c: &Comparison) -> io::Result<()> {
    writeln!(out, "## Compared\n\n- old: {}\n- new: {}\n", span(&about(&c.old)), span(&about(&c.new)))?;
    writeln!(out, "{}\n", gist(c))?;
    if !c.capabilities.is_empty() {
        writeln!(out, "| capability | | value | where |\n| --- | --- | --- | --- |")?;
        for change in &c.capabilities {
            for item in change.added.iter().take(ROWS) {
                writeln!(
                    out,
                    "| {} | + | {} | {} |",
                    noun(change.capability),
                    cell(&clip(&clean(&item.value), 200)),
                    cell(&clip(&clean(&item.first), 200))
                )?;
            }
            for value in change.removed.iter().take(ROWS) {
                writeln!(out, "| {} | - | {} | |", noun(change.capability), cell(&clip(&clean(value), 200)))?;
            }
            let more = change.added.len().saturating_sub(ROWS) + change.removed.len().saturating_sub(ROWS);
            if more > 0 {
                writeln!(out, "| {} | | … and {more} more | |", noun(change.capability))?;
            }
        }
        writeln!(out)?;
    }
    let lists = [("new", &c.new_findings), ("gone", &c.gone_findings)];
    if lists.iter().any(|(_, l)| !l.is_empty()) || !c.restated_findings.is_empty() {
        writeln!(out, "| | severity | rule | where | what |\n| --- | --- | --- | --- | --- |")?;
        for (word, list) in lists {
            let told = brief::once(list);
            for (f, places) in told.iter().take(ROWS) {
                let place = match places {
                    0 => clip(&clean(&f.locator), 200),
                    n => format!("{} and {n} more", clip(&clean(&f.locator), 200)),
                };
                row(out, word, f, &place)?;
            }
            if told.len() > ROWS {
                writeln!(out, "| {word} | | … and {} more | | |", told.len() - ROWS)?;
            }
            if let Some(low) = brief::low(list) {
                writeln!(out, "| {word} | low | {} | | |", cell(&clip(&clean(&low), 400)))?;
            }
        }
        for (from, f) in c.restated_findings.iter().filter(|(_, f)| f.severity >= Severity::Medium).take(ROWS) {
            let place = format!("{} (was {})", clip(&clean(&f.locator), 200), clip(&clean(from), 200));
            row(out, "other evidence", f, &place)?;
        }
        writeln!(out)?;
    }
    for (word, list) in [
        ("added", &c.contents.added),
        ("removed", &c.contents.removed),
        ("changed", &c.contents.changed),
        ("moved", &c.contents.moved),
        ("only formatted or named in another way", &c.contents.reformatted),
    ] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "<details><summary>{} {word}</summary>\n", count(list.len() as u64, "file", "files"))?;
        let brief = brief::told(list);
        for (entry, places) in brief.entries.iter().take(ROWS) {
            let more = if *places > 0 { format!(" and {places} more like it") } else { String::new() };
            writeln!(out, "- {}{more}", span(&told(entry)))?;
            for line in entry.functions.iter().flat_map(|f| functions(f)) {
                writeln!(out, "  - {}", span(&line))?;
            }
        }
        if brief.entries.len() > ROWS {
            writeln!(out, "- … and {} more", brief.entries.len() - ROWS)?;
        }
        for line in brief.counted() {
            writeln!(out, "- {line}")?;
        }
        writeln!(out, "\n</details>\n")?;
    }
    for line in &c.not_compared {
        writeln!(out, "- **not compared**: {}", span(&clip(&clean(line), 400)))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, word: &str, f: &Reported, place: &str) -> io::Result<()> {
    writeln!(
        out,
        "| {word} | {} | {} | {} | {} |",
        f.severity.word(),
        cell(&clip(&clean(&f.rule), 80)),
        cell(place),
        cell(&clip(&clean(&f.message), 200))
    )
}
