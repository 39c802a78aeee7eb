//! Answers about a fleet, for people and for tables. Names and paths come from machines that may lie: whatever a terminal
//! obeys is escaped.

use std::io::{self, Write};

use super::json::escape;
use super::json::fleet::{AnswerRecord, HoldingRecord, MachineRecord, Record};
use super::text::{clean, clip, clip_middle, count};

/// Columns where nobody says how wide the terminal is.
const WIDTH: usize = 110;
/// Reasons and hooks on one line.
const HOOKS: usize = 3;

/// Writes one record and its line feed.
///
/// # Errors
/// What the output said.
pub fn ndjson(out: &mut dyn Write, record: &Record) -> io::Result<()> {
    escape::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

/// Writes who has a thing, by machine, then of whom the answer does not speak.
///
/// # Errors
/// What the output said.
pub fn holdings(out: &mut dyn Write, all: &[HoldingRecord], answer: &AnswerRecord) -> io::Result<()> {
    let mut question = "";
    for holding in all {
        if holding.question != question {
            question = &holding.question;
            writeln!(out, "{}", clean(question))?;
        }
        let name = clip(&clean(&holding.name), 28);
        let what = if holding.purl.is_empty() { format!("sha256:{}", holding.sha256) } else { clean(&holding.purl) };
        writeln!(
            out,
            "  {} {name:<28} {:<11} {} {}",
            holding.state,
            clean(&holding.place),
            clip(&what, 60),
            clean(&holding.verdict)
        )?;
        let runs = if holding.hooks.is_empty() {
            String::new()
        } else {
            let some: Vec<String> = holding.hooks.iter().take(HOOKS).map(|h| clip(&clean(h), 40)).collect();
            format!(", runs by itself: {}", some.join(", "))
        };
        let day = |moment: &str| moment.get(..10).unwrap_or(moment).to_owned();
        writeln!(
            out,
            "      {} ({} to {}{runs})",
            clip_middle(&clean(&holding.path), WIDTH),
            day(&holding.first),
            day(&holding.last)
        )?;
    }
    if !all.is_empty() {
        writeln!(out)?;
    }
    writeln!(
        out,
        "{} {}; {} had it and {} no more",
        count(answer.has, "machine", "machines"),
        if answer.has == 1 { "has it" } else { "have it" },
        answer.had,
        if answer.had == 1 { "has it" } else { "have it" },
    )?;
    standing(out, answer)
}

/// Writes how machines stand, those first that need somebody.
///
/// # Errors
/// What the output said.
pub fn machines(out: &mut dyn Write, all: &[MachineRecord], answer: &AnswerRecord) -> io::Result<()> {
    for machine in all {
        let of = |word: &str| machine.verdicts.get(word).copied().unwrap_or(0);
        let unseen = match machine.unseen {
            0 => String::new(),
            n => format!(", {n} not looked at"),
        };
        let half = if machine.partial.is_some() { ", the last snapshot broke off" } else { "" };
        writeln!(
            out,
            "{:<6} {:<28} {:<20} block {} review {} incomplete {} pass {}{unseen}{half}",
            machine.state,
            clip(&clean(&machine.name), 28),
            machine.last.as_deref().unwrap_or("never"),
            of("block"),
            of("review"),
            of("incomplete"),
            of("pass"),
        )?;
    }
    standing(out, answer)
}

/// Writes of whom an answer speaks, and of whom it cannot.
fn standing(out: &mut dyn Write, answer: &AnswerRecord) -> io::Result<()> {
    writeln!(
        out,
        "{}: {} seen whole in the last {} hours, {} of them with something that could not be looked at, {} longer ago, {} never",
        count(answer.machines, "machine", "machines"),
        answer.fresh,
        answer.hours,
        answer.partly,
        answer.stale,
        answer.silent,
    )
}

/// Writes a table of comma-separated values, with a line of names first.
///
/// # Errors
/// What the output said.
pub fn csv(out: &mut dyn Write, all: &[HoldingRecord]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let names = [
        "question", "state", "name", "machine", "place", "path", "purl", "sha256", "verdict", "hooks", "first", "last",
    ];
    table.write_record(names)?;
    for h in all {
        let hooks = h.hooks.join("; ");
        let fields = [
            &h.question,
            &h.state,
            &h.name,
            &h.machine,
            &h.place,
            &h.path,
            &h.purl,
            &h.sha256,
            &h.verdict,
            &hooks,
            &h.first,
            &h.last,
        ];
        table.write_record(fields.map(|field| safe(field)))?;
    }
    table.flush()
}

/// A field that no spreadsheet takes for a formula (OWASP, CSV injection).
fn safe(field: &str) -> String {
    let text = clean(field);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::json::fleet::SCHEMA;

    fn holding(name: &str) -> HoldingRecord {
        HoldingRecord {
            schema: SCHEMA.to_owned(),
            question: "npm:a".to_owned(),
            name: name.to_owned(),
            machine: "m".to_owned(),
            state: "has".to_owned(),
            place: "npm".to_owned(),
            path: "/lib/a".to_owned(),
            purl: "pkg:npm/a@1.0.0".to_owned(),
            sha256: "0".repeat(64),
            verdict: "block".to_owned(),
            hooks: vec!["postinstall".to_owned()],
            first: "2026-11-20T02:00:00Z".to_owned(),
            last: "2026-11-30T02:00:00Z".to_owned(),
        }
    }

    fn answer() -> AnswerRecord {
        AnswerRecord {
            schema: SCHEMA.to_owned(),
            has: 1,
            had: 0,
            machines: 5,
            fresh: 3,
            stale: 1,
            silent: 1,
            partly: 1,
            hours: 24,
        }
    }

    #[test]
    fn an_answer_ends_with_whom_it_does_not_speak_of() {
        let mut out = Vec::new();
        holdings(&mut out, &[holding("laptop")], &answer()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "npm:a\n  has laptop                       npm         pkg:npm/a@1.0.0 block\n      /lib/a (2026-11-20 to \
             2026-11-30, runs by itself: postinstall)\n\n1 machine has it; 0 had it and have it no more\n5 machines: 3 seen \
             whole in the last 24 hours, 1 of them with something that could not be looked at, 1 longer ago, 1 never\n"
        );
    }

    #[test]
    fn a_machine_that_lies_reaches_neither_terminal_nor_spreadsheet() {
        let bad = holding("=cmd|'/c calc'!A1\u{1b}[2J\n\u{202e}");
        let mut out = Vec::new();
        holdings(&mut out, std::slice::from_ref(&bad), &answer()).unwrap();
        assert!(String::from_utf8(out).unwrap().lines().all(crate::report::text::is_clean));
        let mut out = Vec::new();
        csv(&mut out, &[bad]).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("'=cmd|'/c calc'!A1") && text.lines().all(crate::report::text::is_clean), "{text}");
    }
}
