//! The command line: one sub-command, one file. The only room that prints.

mod explain;
mod feed;
mod progress;
mod rules;
mod scan;
mod tree;
mod worker;

use std::ffi::OsString;
use std::io::Write as _;

use clap::{Parser, Subcommand};

use crate::model::Error;

/// Exit codes, a contract: when several apply, the first of 7, 1, 4, 6, 3 wins.
pub mod exit {
    /// Examined completely, and everything passes.
    pub const PASS: u8 = 0;
    /// Something is blocked.
    pub const BLOCK: u8 = 1;
    /// The arguments cannot be obeyed.
    pub const USAGE: u8 = 2;
    /// Something needs a person.
    pub const REVIEW: u8 = 3;
    /// Something in scope was not examined.
    pub const INCOMPLETE: u8 = 4;
    /// There was nothing to examine.
    pub const NO_INPUTS: u8 = 5;
    /// The feed of what is known to be bad is too old.
    pub const FEED: u8 = 6;
    /// Something does not match what it promises to be (a failed rule test).
    pub const INTEGRITY: u8 = 7;
    /// Peephole itself failed.
    pub const INTERNAL: u8 = 70;
}

#[derive(Parser)]
#[command(
    name = "peephole",
    version,
    about = "Looks into tool binaries and npm and pip packages before you let them in",
    long_about = "Looks into tool binaries and npm and pip packages before you let them in. Nothing that is scanned is ever run, \
                  and nothing leaves this machine.",
    after_help = "Exit codes: 0 passes · 1 block · 2 usage · 3 review · 4 incomplete · 5 no inputs · 6 feed too old · 7 integrity · 70 internal"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scan files, folders, archives or standard input
    Scan(scan::Scan),
    /// Show what is inside: every content with its kind, size, digest, recipe and gaps
    Tree(tree::Tree),
    /// List, check or test the rules
    Rules(rules::Rules),
    /// Say what a rule looks for, why it matters and what honest things look like it
    Explain(explain::Explain),
    /// Compile and show feeds of what is known to be bad
    Feed(feed::FeedCommand),
    /// Scan what is asked for on standard input, one JSON job a line, one JSON report a line
    Worker(worker::Worker),
}

/// Runs the command line and returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            // clap prints help and version to standard output, errors to standard error.
            let _ = error.print();
            return if error.use_stderr() { exit::USAGE } else { exit::PASS };
        }
    };
    let result = match parsed.command {
        Command::Scan(scan) => scan.run(&arguments),
        Command::Tree(tree) => tree.run(&arguments),
        Command::Rules(rules) => rules.run(),
        Command::Explain(explain) => explain.run(),
        Command::Feed(feed) => feed.run(),
        Command::Worker(worker) => worker.run(),
    };
    result.unwrap_or_else(|error| {
        let code = match &error {
            // Whoever closed the pipe has read what it wanted.
            Error::Output(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return exit::PASS,
            Error::Usage(_) | Error::Rules(_) | Error::Input { .. } => exit::USAGE,
            Error::Output(_) | Error::Internal(_) => exit::INTERNAL,
        };
        let _ = writeln!(std::io::stderr(), "peephole: {error}");
        code
    })
}
