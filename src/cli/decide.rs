//! `peephole decide approve|review|block REPORT`

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit;
use super::ledger::ledger_path;
use super::reported::{Report, read_report};
use super::suppress::last_day;
use crate::assess::policy::Policy;
use crate::model::{Date, Error, Severity, date};
use crate::store::attest::{Key, statement};
use crate::store::ledger::{Decision, Entry, Ledger, OpenFinding, Subject, gap_key};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Word {
    /// It may be let in
    Approve,
    /// Somebody has to look again
    Review,
    /// It stays out
    Block,
}

/// What stands below the options in the help.
const HELP: &str = "\
The decision is bound to the SHA-256 of every archive in the report, to the report, to the policy and to the rules. It is \
added to a ledger whose lines hold the digests of the lines before them. With --key (or PEEPHOLE_SIGNING_KEY) an in-toto \
statement with the SLSA verification summary is signed into it.

A report with gaps is approved only with --accept-incomplete. The policy says who may decide, for how long, and how many \
people must approve what has critical findings.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Decide {
    /// What is decided
    #[arg(value_enum)]
    decision: Word,
    /// The report, as `vet --format json` wrote it
    report: PathBuf,
    /// Why
    #[arg(long)]
    reason: String,
    /// Until when: 2027-02-28, or a number of days: 90d; an approval needs one
    #[arg(long, value_name = "DAY")]
    expires: Option<String>,
    /// By whom [default: $PEEPHOLE_REVIEWER, else the user's name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Ticket
    #[arg(long, default_value = "", hide_default_value = true)]
    ticket: String,
    /// Approve although something was not examined
    #[arg(long)]
    accept_incomplete: bool,
    /// Ledger [default: $PEEPHOLE_LEDGER, else ~/.local/share/peephole/ledger.jsonl]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Ed25519 key to sign with: PKCS #8 in PEM [default: $PEEPHOLE_SIGNING_KEY]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Who signs, as a URI
    #[arg(long, value_name = "URI", default_value = "urn:peephole:verifier")]
    verifier: String,
    /// Policy that says who may decide
    #[arg(long, value_name = "FILE|PRESET")]
    policy: Option<String>,
}

impl Decide {
    pub(super) fn run(self) -> Result<u8, Error> {
        let report = read_report(&self.report)?;
        let policy = Policy::find(self.policy.as_deref(), &[])?;
        let entry = self.entry(&report, policy.as_ref())?;
        let key = self.key()?;
        let path = ledger_path(self.ledger.as_ref())?;
        let signed = if key.is_some() { "signed" } else { "not signed" };
        let (word, name) = (entry.decision.word(), entry.purl.clone().unwrap_or_default());
        let archives = entry.subjects.len();
        let sign = |entry: &Entry| key.as_ref().map(|k| k.sign(&statement(entry, &self.verifier)));
        let head = Ledger::append_signed(&path, entry, &sign)?;
        writeln!(io::stdout(), "{word} {name} ({archives} archives, {signed}) in {}\nhead {head}", path.display())?;
        Ok(exit::PASS)
    }

    fn key(&self) -> Result<Option<Key>, Error> {
        let set = std::env::var_os("PEEPHOLE_SIGNING_KEY").filter(|v| !v.is_empty()).map(PathBuf::from);
        let Some(path) = self.key.clone().or(set) else { return Ok(None) };
        let text = std::fs::read_to_string(&path).map_err(|source| Error::Input { path, source })?;
        Key::parse(&text).map(Some)
    }

    fn entry(&self, report: &Report, policy: Option<&Policy>) -> Result<Entry, Error> {
        let document = &report.document;
        let decision = match self.decision {
            Word::Approve => Decision::Approve,
            Word::Review => Decision::Review,
            Word::Block => Decision::Block,
        };
        let refuse = |why: String| Err(Error::Usage(why));
        let set = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
        let who =
            self.by.clone().or_else(|| set("PEEPHOLE_REVIEWER")).or_else(|| set("USER")).or_else(|| set("USERNAME"));
        let Some(who) = who else { return refuse("nobody is named who decides: give --by".to_owned()) };
        if let Some(policy) = policy
            && !policy.deciders.is_empty()
            && !policy.deciders.contains(&who)
        {
            return refuse(format!(
                "{who} may not decide; the policy {} names {}",
                policy.name,
                policy.deciders.join(", ")
            ));
        }
        if self.reason.trim().chars().count() < 8 {
            return refuse(format!("the reason {:?} says too little", self.reason));
        }
        let gaps = document.artifacts.iter().any(|a| !a.gaps.is_empty());
        if decision == Decision::Approve && gaps && !self.accept_incomplete {
            return refuse(
                "something was not examined; to approve it all the same, say --accept-incomplete and why".to_owned(),
            );
        }
        let expires = self.expires.as_deref().map(last_day).transpose()?;
        let today = Date::today();
        if decision == Decision::Approve {
            let Some(until) = expires else { return refuse("an approval needs --expires".to_owned()) };
            if until < today {
                return refuse(format!("{until} is over"));
            }
            if let Some(days) = policy.and_then(|p| p.approval_days)
                && until > today.after(days)
            {
                return refuse(format!(
                    "the policy lets approvals hold {days} days at most: until {}",
                    today.after(days)
                ));
            }
        }
        let mut subjects = Vec::new();
        for a in &document.artifacts {
            let name = a.purl.clone().unwrap_or_else(|| a.path.clone());
            match &a.sha256 {
                Some(sha256) => subjects.push(Subject { name, sha256: sha256.clone() }),
                None if decision == Decision::Approve && !self.accept_incomplete => {
                    return refuse(format!("{name} has no digest: it was not examined"));
                }
                None => {}
            }
        }
        if subjects.is_empty() {
            return refuse("the report has no archive with a digest to bind a decision to".to_owned());
        }
        let weighty: Vec<OpenFinding> = document
            .artifacts
            .iter()
            .flat_map(|a| &a.findings)
            .filter(|f| Severity::from_word(&f.severity).is_some_and(|s| s >= Severity::Medium))
            .map(|f| OpenFinding {
                rule: f.rule.clone(),
                fingerprint: f.fingerprint.clone(),
                severity: f.severity.clone(),
            })
            .collect();
        let open_gaps: BTreeSet<String> = document
            .artifacts
            .iter()
            .flat_map(|a| &a.gaps)
            .map(|g| gap_key(&g.reason, &g.locator, &g.detail))
            .collect();
        let critical = weighty.iter().any(|f| f.severity == Severity::Critical.word());
        let approvers = policy.filter(|_| critical).map_or(1, |p| p.approvers_of_critical.max(1));
        let verdict = |word: &str| document.artifacts.iter().any(|a| a.verdict == word);
        let subject = document.subjects.first();
        Ok(Entry {
            schema: "peephole-ledger/1".to_owned(),
            seq: 0,
            prev: String::new(),
            time: date::moment(date::now()),
            decision,
            purl: subject.and_then(|s| s.purl.clone()).or_else(|| document.artifacts.first()?.purl.clone()),
            subjects,
            verdict: ["block", "review", "incomplete"].into_iter().find(|w| verdict(w)).unwrap_or("pass").to_owned(),
            complete: !gaps,
            findings: weighty,
            gaps: open_gaps.into_iter().collect(),
            who,
            reason: self.reason.clone(),
            expires: expires.map(|d| d.to_string()),
            ticket: self.ticket.clone(),
            approvers,
            report: report.digest.clone(),
            policy: document.run.policy.as_ref().map(|p| (p.name.clone(), p.sha256.clone())),
            ruleset: document.run.ruleset.clone(),
            attestation: None,
            digest: String::new(),
        })
    }
}
