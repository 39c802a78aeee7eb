//! Where results go: one format, one output. Shared by `scan` and `vet`.

use std::io::{BufWriter, Write};
use std::path::Path;

use clap::ValueEnum;

use crate::assess::compare::Comparison;
use crate::assess::{Assessment, Verdict, Vetted};
use crate::engine;
use crate::model::{Error, date};
use crate::report::json::subject::SubjectRecord;
use crate::report::json::v1::{ArtifactRecord, Record, RunRecord, SummaryRecord};
use crate::report::{
    Run, Summary, compare, document, html, junit, markdown, ndjson, ocsf, sarif, terminal, transparency,
};

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: grouped by artifact, with evidence (the default on a terminal)
    Terminal,
    /// One document (the default elsewhere)
    Json,
    /// One record a line, as they come
    Ndjson,
    /// For code scanning on GitHub (SARIF 2.1.0)
    Sarif,
    /// For a pull request or a ticket (GitHub's Markdown)
    Markdown,
    /// For a CI system that shows tests: one case for each artifact (JUnit XML)
    Junit,
    /// For a SIEM: one OCSF Detection Finding a line
    Ocsf,
    /// What it can do, as questions to its vendor (Markdown)
    Transparency,
    /// For who decides: one page without scripts, with evidence, hosts, contents and what changed
    Html,
}

/// Writes assessments in one format: as they come where the format allows it.
pub(super) struct Writer {
    format: Format,
    out: BufWriter<Box<dyn Write + Send>>,
    run: Run,
    style: terminal::Style,
    kept: Vec<Assessment>,
    subjects: Vec<Vetted>,
    comparison: Option<Comparison>,
}

impl Writer {
    /// A writer; the first record is written at once.
    pub(super) fn new(
        format: Format,
        mut out: BufWriter<Box<dyn Write + Send>>,
        run: Run,
        style: terminal::Style,
    ) -> Result<Self, Error> {
        if format == Format::Ndjson {
            ndjson::write(&mut out, &Record::Run(RunRecord::from(&run)))?;
        }
        Ok(Self { format, out, run, style, kept: Vec::new(), subjects: Vec::new(), comparison: None })
    }

    /// Takes one assessment.
    pub(super) fn assessment(&mut self, assessment: Assessment) -> Result<(), Error> {
        match self.format {
            Format::Ndjson => {
                ndjson::write(&mut self.out, &Record::Artifact(Box::new(ArtifactRecord::from(&assessment))))?;
                self.out.flush()?;
            }
            // Sorted at the end, the worst first; what passes is only counted.
            Format::Terminal if assessment.verdict == Verdict::Pass => {}
            _ => self.kept.push(assessment),
        }
        Ok(())
    }

    /// Takes what changed since an earlier version.
    pub(super) fn compared(&mut self, comparison: Option<Comparison>) {
        self.comparison = comparison;
    }

    /// Takes what was vetted, after its assessments.
    pub(super) fn subject(&mut self, subject: Vetted) -> Result<(), Error> {
        if self.format == Format::Ndjson {
            ndjson::write(&mut self.out, &Record::Subject(Box::new(SubjectRecord::from(&subject))))?;
        }
        self.subjects.push(subject);
        Ok(())
    }

    /// Writes what stands last. `exit` is the code that the process will end with, and what it means.
    pub(super) fn finish(&mut self, summary: &Summary, exit: (u8, &str)) -> Result<(), Error> {
        match self.format {
            Format::Ndjson => ndjson::write(&mut self.out, &Record::Summary(SummaryRecord::from(summary)))?,
            Format::Terminal => {
                terminal::subjects(&mut self.out, &self.subjects, &self.style)?;
                if let Some(comparison) = &self.comparison {
                    compare::write_terminal(&mut self.out, comparison, &self.style)?;
                    writeln!(self.out)?;
                }
                terminal::artifacts(&mut self.out, &self.kept, &self.style)?;
                if let Some(feed) = &self.run.feed {
                    terminal::feed(&mut self.out, feed)?;
                }
                terminal::summary(&mut self.out, summary, &self.style, exit)?;
            }
            Format::Json => document::write(
                &mut self.out,
                &self.run,
                &self.kept,
                &self.subjects,
                self.comparison.as_ref(),
                summary,
            )?,
            Format::Sarif => {
                let base = std::env::current_dir().ok();
                let base = base.as_deref().and_then(Path::to_str);
                sarif::write(&mut self.out, &self.run, &engine::rules(), &self.kept, summary, base)?;
            }
            Format::Junit => junit::write(&mut self.out, &self.kept, &self.subjects, summary)?,
            Format::Ocsf => ocsf::write(&mut self.out, &self.run, &self.kept, date::now())?,
            Format::Transparency => transparency::write(&mut self.out, &self.run, &self.kept, &self.subjects)?,
            Format::Html => html::write(
                &mut self.out,
                &html::Report {
                    run: &self.run,
                    rules: &engine::rules(),
                    assessments: &self.kept,
                    subjects: &self.subjects,
                    comparison: self.comparison.as_ref(),
                    summary,
                    time: date::moment(date::now()),
                },
            )?,
            Format::Markdown => {
                markdown::subjects(&mut self.out, &self.subjects)?;
                if let Some(comparison) = &self.comparison {
                    compare::write_markdown(&mut self.out, comparison)?;
                }
                markdown::write(&mut self.out, &self.run, &self.kept, summary)?;
            }
        }
        self.out.flush()?;
        Ok(())
    }
}

/// Colour by the NO_COLOR rules: a non-empty `NO_COLOR` wins, else colour on a terminal that is not dumb.
pub(super) fn style(on_terminal: bool) -> terminal::Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let capable = on_terminal && std::env::var_os("TERM").is_none_or(|t| t != "dumb");
    terminal::Style {
        colour: !set("NO_COLOR") && (capable || set("CLICOLOR_FORCE")),
        width: match console::Term::stdout().size_checked() {
            Some((_, columns)) if on_terminal => usize::from(columns),
            _ => 0,
        },
        show_passes: false,
    }
}
