//! `peephole rules list|check|test`

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::exit;
use crate::analyze::signature;
use crate::engine::{self, Engine, Settings, samples};
use crate::model::{Error, RuleOrigin};

#[derive(Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List every rule: id, technique, severity, confidence, origin, title
    List {
        /// Only rules whose id or technique contains this
        filter: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// Folder with YARA rules of your own, listed too
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Compile a folder of YARA rules and say what is wrong with them
    Check {
        /// The folder
        dir: PathBuf,
    },
    /// Run every rule over its samples
    Test {
        /// The folder of samples
        #[arg(default_value = "samples")]
        samples: PathBuf,
    },
}

fn origin_word(origin: RuleOrigin) -> &'static str {
    match origin {
        RuleOrigin::Signature => "signature",
        RuleOrigin::User => "user",
        RuleOrigin::Heuristic => "heuristic",
        RuleOrigin::Chain => "chain",
    }
}

impl Rules {
    pub(super) fn run(self) -> Result<u8, Error> {
        let mut out = std::io::stdout().lock();
        match self.command {
            Command::List { filter, json, rules } => {
                if let Some(dir) = rules {
                    signature::add_user_rules(&dir)?;
                }
                let wanted = |text: &str| filter.as_deref().is_none_or(|f| text.contains(f));
                let rules: Vec<_> =
                    engine::rules().into_iter().filter(|r| wanted(r.id) || wanted(r.technique.id)).collect();
                for rule in &rules {
                    if json {
                        let line = serde_json::json!({
                            "id": rule.id, "technique": rule.technique.id, "attack": rule.technique.attack,
                            "severity": rule.severity.word(), "confidence": rule.confidence.word(),
                            "origin": origin_word(rule.origin), "title": rule.title, "reference": rule.reference,
                        });
                        writeln!(out, "{line}")?;
                    } else {
                        writeln!(
                            out,
                            "{:44} {:30} {:8} {:7} {:9} {}",
                            rule.id,
                            rule.technique.id,
                            rule.severity.word(),
                            rule.confidence.word(),
                            origin_word(rule.origin),
                            rule.title
                        )?;
                    }
                }
                if !json {
                    writeln!(out, "{} rules", rules.len())?;
                }
                Ok(exit::PASS)
            }
            Command::Check { dir } => {
                let count = signature::add_user_rules(&dir)?;
                writeln!(out, "{}: {count} rules compile", dir.display())?;
                Ok(exit::PASS)
            }
            Command::Test { samples } => {
                let engine = Engine::new(Settings::default())?;
                let outcome = samples::run(&engine, &samples)?;
                for failure in &outcome.failures {
                    writeln!(out, "{failure}")?;
                }
                for id in &outcome.without_sample {
                    writeln!(out, "{id}: no sample fires it")?;
                }
                let wrong = outcome.failures.len() + outcome.without_sample.len();
                writeln!(
                    out,
                    "{} cases, {} rules fired as expected, {wrong} wrong",
                    outcome.cases,
                    outcome.fired.len()
                )?;
                Ok(if outcome.cases == 0 {
                    exit::NO_INPUTS
                } else if wrong > 0 {
                    exit::INTEGRITY
                } else {
                    exit::PASS
                })
            }
        }
    }
}
