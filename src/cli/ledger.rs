//! `peephole ledger verify|list|export|key`

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::exit;
use crate::model::finding::printable;
use crate::model::{Date, Error};
use crate::store::attest::{self, Key, PublicKey};
use crate::store::ledger::export::{Target, export};
use crate::store::ledger::{Ledger, of_user};

#[derive(Args)]
pub(super) struct LedgerCommand {
    /// Ledger [default: $PEEPHOLE_LEDGER, else ~/.local/share/peephole/ledger.jsonl]
    #[arg(long, value_name = "FILE", global = true)]
    ledger: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Check that no line was changed, and the signatures
    Verify {
        /// The head that was noted earlier: it must be in the chain
        #[arg(long, value_name = "SHA256")]
        head: Option<String>,
        /// Public keys (PEM) by which every decision must be signed
        #[arg(long, value_name = "FILE")]
        key: Vec<PathBuf>,
    },
    /// List decisions, the newest last
    List {
        /// Only those that hold today
        #[arg(long)]
        holding: bool,
        /// As JSON lines
        #[arg(long)]
        json: bool,
    },
    /// Write what stands for those who enforce it
    Export {
        /// For whom
        #[arg(long = "as", value_enum)]
        target: As,
    },
    /// Make an Ed25519 key pair: FILE gets the private key, FILE.pub the public one
    Key {
        /// Where the private key goes; it must not exist
        file: PathBuf,
    },
    /// Write the signed statements, one DSSE envelope a line
    Attestations,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// `overrides` of a package.json
    Npm,
    /// A pip constraints file
    Pip,
    /// VS Code's `extensions.allowed`
    Vscode,
    /// An osquery pack that looks for blocked files
    Osquery,
    /// Santa rules
    Santa,
    /// One line for each archive
    Hashes,
}

/// The ledger that was named, or the user's.
pub(super) fn ledger_path(named: Option<&PathBuf>) -> Result<PathBuf, Error> {
    named
        .cloned()
        .or_else(of_user)
        .ok_or_else(|| Error::Usage("no ledger of this user is known: give --ledger".to_owned()))
}

impl LedgerCommand {
    pub(super) fn run(self) -> Result<u8, Error> {
        let path = ledger_path(self.ledger.as_ref())?;
        let today = Date::today();
        let mut out = io::stdout().lock();
        if let Action::Key { file } = &self.action {
            return make_key(file);
        }
        let ledger = Ledger::read(&path)?;
        match self.action {
            Action::Verify { head, key } => {
                let keys = key.iter().map(read_key).collect::<Result<Vec<_>, _>>()?;
                if !keys.is_empty() {
                    for entry in ledger.entries() {
                        attest::verify(entry, &keys)?;
                    }
                }
                if let Some(head) = head
                    && !ledger.has_head(&head)
                {
                    return Err(Error::Integrity(format!(
                        "{}: {head} is not in the chain: lines are missing",
                        path.display()
                    )));
                }
                let signed = ledger.entries().iter().filter(|e| e.attestation.is_some()).count();
                let checked = if keys.is_empty() { "not checked (--key)" } else { "checked" };
                writeln!(
                    out,
                    "{} entries, {signed} signed, signatures {checked}\nhead {}",
                    ledger.entries().len(),
                    ledger.head()
                )?;
            }
            Action::List { holding, json } => {
                let held: Vec<u64> = ledger.holding(today).iter().map(|(_, e)| e.seq).collect();
                for entry in ledger.entries().iter().filter(|e| !holding || held.contains(&e.seq)) {
                    if json {
                        let text = serde_json::to_string(entry).map_err(|e| Error::Internal(e.to_string()))?;
                        writeln!(out, "{text}")?;
                        continue;
                    }
                    let until = match &entry.expires {
                        Some(day) if entry.expired(today) => format!(" until {day}, EXPIRED"),
                        Some(day) => format!(" until {day}"),
                        None => String::new(),
                    };
                    let signed = if entry.attestation.is_some() { ", signed" } else { "" };
                    let line = format!(
                        "{:>4} {} {:<7} {} by {}{until}{signed}: {}",
                        entry.seq,
                        entry.time,
                        entry.decision.word(),
                        entry.purl.as_deref().unwrap_or("-"),
                        entry.who,
                        entry.reason
                    );
                    writeln!(out, "{}", printable(line.as_bytes()))?;
                }
            }
            Action::Export { target } => {
                let target = match target {
                    As::Npm => Target::Npm,
                    As::Pip => Target::Pip,
                    As::Vscode => Target::VsCode,
                    As::Osquery => Target::Osquery,
                    As::Santa => Target::Santa,
                    As::Hashes => Target::Hashes,
                };
                out.write_all(export(&ledger, target, today).as_bytes())?;
            }
            Action::Attestations => {
                for envelope in ledger.entries().iter().filter_map(|e| e.attestation.as_ref()) {
                    let text = serde_json::to_string(envelope).map_err(|e| Error::Internal(e.to_string()))?;
                    writeln!(out, "{text}")?;
                }
            }
            Action::Key { .. } => {}
        }
        Ok(exit::PASS)
    }
}

fn read_key(path: &PathBuf) -> Result<PublicKey, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Input { path: path.clone(), source })?;
    PublicKey::parse(&text)
}

/// Writes a key pair; the private half is readable by its owner only.
fn make_key(file: &PathBuf) -> Result<u8, Error> {
    let input = |source| Error::Input { path: file.clone(), source };
    let text = Key::generate()?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).and_then(|mut f| f.write_all(text.as_bytes())).map_err(input)?;
    let public = Key::parse(&text)?.public();
    let mut beside = file.clone().into_os_string();
    beside.push(".pub");
    std::fs::write(&beside, public.pem()).map_err(input)?;
    writeln!(io::stdout(), "key id {}", public.id())?;
    Ok(exit::PASS)
}
