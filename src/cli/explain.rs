//! `peephole explain RULE`

use std::io::Write as _;

use clap::Args;

use super::exit;
use crate::analyze::signature;
use crate::engine;
use crate::model::{Error, RuleOrigin, Stages};

#[derive(Args)]
pub(super) struct Explain {
    /// A rule's id, as findings name it, or a technique's (`exec/decode-exec`)
    id: String,
}

impl Explain {
    pub(super) fn run(self) -> Result<u8, Error> {
        let mut out = std::io::stdout().lock();
        let rules = engine::rules();
        let Some(rule) = rules.iter().find(|r| r.id == self.id) else {
            let of_technique: Vec<_> = rules.iter().filter(|r| r.technique.id == self.id).collect();
            let Some(first) = of_technique.first() else {
                return Err(Error::Usage(format!("there is no rule {:?}; `peephole rules list` shows all", self.id)));
            };
            writeln!(out, "{}: {}", self.id, first.technique.title)?;
            writeln!(out, "stages: {}", words(first.technique.stages))?;
            writeln!(out, "ATT&CK: {}\n", first.technique.attack)?;
            for rule in of_technique {
                writeln!(
                    out,
                    "  {:44} {:8} {:7} {}",
                    rule.id,
                    rule.severity.word(),
                    rule.confidence.word(),
                    rule.title
                )?;
            }
            return Ok(exit::PASS);
        };
        writeln!(out, "{}: {}\n", rule.id, rule.title)?;
        writeln!(out, "technique:  {} ({})", rule.technique.id, rule.technique.title)?;
        writeln!(
            out,
            "stages:     {}",
            words(if rule.stages.is_empty() { rule.technique.stages } else { rule.stages })
        )?;
        writeln!(out, "severity:   {}", rule.severity.word())?;
        writeln!(out, "confidence: {}", rule.confidence.word())?;
        writeln!(out, "ATT&CK:     {}", rule.technique.attack)?;
        writeln!(out, "reference:  {}", rule.reference)?;
        if !rule.explanation.is_empty() {
            writeln!(
                out,
                "\n{}",
                rule.explanation
                    .lines()
                    .map(|l| l.strip_prefix(' ').unwrap_or(l))
                    .collect::<Vec<_>>()
                    .join("\n")
                    .trim_end()
            )?;
        }
        if rule.origin == RuleOrigin::Signature
            && let Some((path, text)) = signature::source_of(rule.id)
        {
            writeln!(out, "\n{path}:\n\n{text}")?;
        }
        Ok(exit::PASS)
    }
}

fn words(stages: Stages) -> String {
    let words: Vec<&str> = stages.iter().map(crate::model::Stage::word).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
