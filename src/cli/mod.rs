//! The command line: one sub-command, one file. The only room that prints.

mod bisect;
mod compare;
mod decide;
mod doctor;
mod examine;
mod explain;
mod feed;
mod fetch;
mod fetching;
mod fleet;
mod gate;
mod installed;
mod judging;
mod ledger;
mod output;
mod policy;
mod progress;
mod reported;
mod rules;
mod scan;
mod selftest;
mod suppress;
mod tree;
mod vet;
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
    /// A registry or a feed cannot be reached, or is older than it may be.
    pub const UNAVAILABLE: u8 = 6;
    /// Something does not match what it promises to be: a digest, a signature, a record, a rule test.
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
                  and nothing of it leaves this machine: `vet` and `fetch` ask registries for packages by name, the rest uses no \
                  network.",
    after_help = "Exit codes: 0 passes · 1 block · 2 usage · 3 review · 4 incomplete · 5 no inputs · 6 registry \
                  unavailable · 7 integrity · 70 internal"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scan files, folders, archives or standard input
    Scan(scan::Scan),
    /// Fetch a package by name with everything that really runs, examine all of it and decide
    Vet(vet::Vet),
    /// Compare two versions: what the new one can do, what is new in it, what changed
    Compare(compare::Compare),
    /// Find the versions in which a finding first and last appears
    Bisect(bisect::Bisect),
    /// Fetch a package by name with everything that really runs into the store, for `vet --offline`
    Fetch(fetch::Fetch),
    /// Look through what is installed on this machine, reading only what changed since the last time
    Installed(installed::Installed),
    /// Keep the snapshots of many machines, and say which of them has a package, a content or what names a host
    Fleet(fleet::FleetCommand),
    /// Show what is inside: every content with its kind, size, digest, recipe and gaps
    Tree(tree::Tree),
    /// List, check or test the rules
    Rules(rules::Rules),
    /// Stand between an installer and its registry: every archive is vetted before it is let in
    Gate(gate::Gate),
    /// Approve or block what a report is about, in a ledger that shows when it is changed
    Decide(decide::Decide),
    /// Check, list or export decisions; make a signing key
    Ledger(ledger::LedgerCommand),
    /// Check a policy, or say in words what it does
    Policy(policy::PolicyCommand),
    /// Accept a finding of a report, with a reason, an owner and an end
    Suppress(suppress::Suppress),
    /// Say what a rule looks for, why it matters and what honest things look like it
    Explain(explain::Explain),
    /// Compile and show feeds of what is known to be bad
    Feed(feed::FeedCommand),
    /// Examine harmless contents that are made on the spot, and say whether what must come out does
    Selftest(selftest::Selftest),
    /// Say by what a scan here would go, and what stands in its way
    Doctor(doctor::Doctor),
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
        Command::Vet(vet) => vet.run(&arguments),
        Command::Compare(compare) => compare.run(&arguments),
        Command::Gate(gate) => gate.run(),
        Command::Decide(decide) => decide.run(),
        Command::Ledger(ledger) => ledger.run(),
        Command::Policy(policy) => policy.run(),
        Command::Suppress(suppress) => suppress.run(),
        Command::Bisect(bisect) => bisect.run(),
        Command::Fetch(fetch) => fetch.run(),
        Command::Installed(installed) => installed.run(&arguments),
        Command::Fleet(fleet) => fleet.run(),
        Command::Tree(tree) => tree.run(&arguments),
        Command::Rules(rules) => rules.run(),
        Command::Explain(explain) => explain.run(),
        Command::Feed(feed) => feed.run(),
        Command::Selftest(selftest) => selftest.run(),
        Command::Doctor(doctor) => doctor.run(),
        Command::Worker(worker) => worker.run(),
    };
    result.unwrap_or_else(|error| {
        let code = match &error {
            // Whoever closed the pipe has read what it wanted.
            Error::Output(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return exit::PASS,
            Error::Missing(_) => exit::NO_INPUTS,
            Error::Unavailable(_) => exit::UNAVAILABLE,
            Error::Integrity(_) => exit::INTEGRITY,
            Error::Usage(_) | Error::Rules(_) | Error::Input { .. } => exit::USAGE,
            Error::Output(_) | Error::Internal(_) => exit::INTERNAL,
        };
        let _ = writeln!(std::io::stderr(), "peephole: {error}");
        code
    })
}
