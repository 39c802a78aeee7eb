//! For people in a terminal.

use std::io::{self, Write};

use super::{about, brief, functions, gist, noun, told};
use crate::assess::compare::{Comparison, Entry};
use crate::model::{Severity, Span};
use crate::report::terminal::Style;
use crate::report::text::{clean, clip, count, wrap};

/// Lines of one list.
const LINES: usize = 25;
/// Lines about findings that only moved.
const MOVED: usize = 5;

/// Writes a comparison.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, c: &Comparison, style: &Style) -> io::Result<()> {
    let width = if style.width == 0 { 100 } else { style.width.clamp(40, 240) };
    writeln!(out, "{}", style.paint("1;31", &format!("- {}", about(&c.old))))?;
    writeln!(out, "{}", style.paint("1;32", &format!("+ {}", about(&c.new))))?;
    for line in wrap(&gist(c), width, 6) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    head(out, style, "Capabilities", c.capabilities.is_empty())?;
    for change in &c.capabilities {
        writeln!(out, "  {}", style.paint("1", noun(change.capability)))?;
        for item in change.added.iter().take(LINES) {
            let place = style.paint("2", &clip(&clean(&item.first), width));
            writeln!(out, "    {} {place}", style.paint("32", &format!("+ {}", clip(&clean(&item.value), width))))?;
        }
        more(out, change.added.len(), "    + ")?;
        for value in change.removed.iter().take(LINES) {
            writeln!(out, "    {}", style.paint("31", &format!("- {}", clip(&clean(value), width))))?;
        }
        more(out, change.removed.len(), "    - ")?;
    }
    head(
        out,
        style,
        "Findings",
        c.new_findings.is_empty() && c.gone_findings.is_empty() && c.moved_findings.is_empty(),
    )?;
    for (sign, colour, list) in [("+", "32", &c.new_findings), ("-", "31", &c.gone_findings)] {
        let told = brief::once(list);
        for (f, places) in told.iter().take(LINES) {
            let at = at(f.evidence.first().and_then(|e| e.span));
            let line =
                format!("  {sign} {} {}: {}", f.severity.word(), clean(&f.rule), clip(&clean(&f.message), width));
            let tint = if f.severity >= Severity::High && sign == "+" { "1;31" } else { colour };
            writeln!(out, "{}", style.paint(tint, &line))?;
            let place = format!("{}{at}{}", clip(&clean(&f.locator), width), elsewhere(*places));
            writeln!(out, "      {}", style.paint("2", &place))?;
        }
        more(out, told.len(), &format!("  {sign} "))?;
        if let Some(low) = brief::low(list) {
            writeln!(out, "  {sign} {}", clip(&clean(&low), 2 * width))?;
        }
    }
    for (f, places) in brief::once(c.restated_findings.iter().map(|(_, f)| f)).into_iter().take(LINES) {
        writeln!(out, "  ~ {} {}: as before, with other evidence", f.severity.word(), clean(&f.rule))?;
        let at = at(f.evidence.first().and_then(|e| e.span));
        let place = format!("{}{at}{}", clip(&clean(&f.locator), width), elsewhere(places));
        writeln!(out, "      {}", style.paint("2", &place))?;
    }
    // Some are worth a look at their places; many moved because every file has another name.
    let moved = if c.moved_findings.len() > MOVED { 0 } else { MOVED };
    for (from, f) in c.moved_findings.iter().take(moved) {
        writeln!(
            out,
            "  > {}: {} (was {})",
            clean(&f.rule),
            clip(&clean(&f.locator), width),
            clip(&clean(from), width)
        )?;
    }
    if let Some(n @ 1..) = c.moved_findings.len().checked_sub(moved) {
        let many = count(n as u64, "finding", "findings");
        writeln!(out, "  > {many} that only stand elsewhere or under other names (--format json has all)")?;
    }
    if c.same_findings > 0 {
        writeln!(out, "  = {} as before", count(c.same_findings, "finding", "findings"))?;
    }
    let lists: [(&str, &[Entry]); 5] = [
        ("+", &c.contents.added),
        ("-", &c.contents.removed),
        ("~", &c.contents.changed),
        (">", &c.contents.moved),
        ("·", &c.contents.reformatted),
    ];
    head(out, style, "Contents", lists.iter().all(|(_, l)| l.is_empty()))?;
    for (sign, list) in lists {
        if sign == "·" {
            if !list.is_empty() {
                writeln!(
                    out,
                    "  · {} only formatted or named in another way",
                    count(list.len() as u64, "file", "files")
                )?;
            }
            continue;
        }
        let brief = brief::told(list);
        for (entry, places) in brief.entries.iter().take(LINES) {
            writeln!(out, "  {sign} {}{}", clip(&told(entry), width.max(100)), elsewhere(*places))?;
            for line in entry.functions.iter().flat_map(|f| functions(f)) {
                for (i, part) in wrap(&line, width.saturating_sub(10), 3).iter().enumerate() {
                    writeln!(out, "      {}{}", if i == 0 { "" } else { "  " }, style.paint("2", part))?;
                }
            }
        }
        more(out, brief.entries.len(), &format!("  {sign} "))?;
        for line in brief.counted() {
            writeln!(out, "  {sign} {line}")?;
        }
    }
    writeln!(out, "  = {} as before", count(c.contents.same, "file", "files"))?;
    let k = &c.components;
    if !(k.added.is_empty() && k.removed.is_empty() && k.changed.is_empty()) {
        head(out, style, "Components", false)?;
        for (name, v) in k.added.iter().take(LINES) {
            writeln!(out, "  + {} {}", clip(&clean(name), 100), clip(&clean(v), 60))?;
        }
        for (name, v) in k.removed.iter().take(LINES) {
            writeln!(out, "  - {} {}", clip(&clean(name), 100), clip(&clean(v), 60))?;
        }
        for (name, old, new) in k.changed.iter().take(LINES) {
            writeln!(out, "  ~ {} {} -> {}", clip(&clean(name), 100), clip(&clean(old), 60), clip(&clean(new), 60))?;
        }
        more(out, k.added.len().max(k.removed.len()).max(k.changed.len()), "  ")?;
    }
    if !c.not_compared.is_empty() {
        head(out, style, "Not compared", false)?;
        for line in &c.not_compared {
            for (i, part) in wrap(&clean(line), width.saturating_sub(4), 4).iter().enumerate() {
                writeln!(out, "  {}{part}", if i == 0 { "! " } else { "  " })?;
            }
        }
    }
    Ok(())
}

fn head(out: &mut dyn Write, style: &Style, title: &str, nothing: bool) -> io::Result<()> {
    let note = if nothing { " nothing differs" } else { "" };
    writeln!(out, "{}{note}", style.paint("1", title))
}

/// What is said behind one of several places.
fn elsewhere(places: u64) -> String {
    if places == 0 { String::new() } else { format!(" and in {}", count(places, "more place", "more places")) }
}

fn more(out: &mut dyn Write, len: usize, before: &str) -> io::Result<()> {
    match len.saturating_sub(LINES) {
        0 => Ok(()),
        n => writeln!(out, "{before}… and {n} more (--format json has all)"),
    }
}

fn at(span: Option<Span>) -> String {
    crate::report::place::position(span)
}
