//! `peephole vet TARGET...`

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::examine::examine;
use super::exit;
use super::fetching::{Asked, Fetching, extras, fetch};
use super::judging::{Judging, count, judge};
use super::ledger::ledger_path;
use super::output::{Format, Writer, style};
use super::scan::{self, Bounds, Lenience};
use crate::analyze::signature;
use crate::assess::compare::{Known, compare, raise};
use crate::assess::policy::Policy;
use crate::assess::{Assessment, PartState, Verdict, Vetted};
use crate::engine::{Engine, Settings, Wanted, unexamined};
use crate::model::{Confidence, Date, Error, Gap, GapReason, Severity};
use crate::report::{PolicyName, Run, Summary};
use crate::source::registry::{Closure, Lockfile, Name};
use crate::store::fleet::Fleet;
use crate::store::ledger::{Decision, Entry, Ledger, gap_key};

/// What stands below the options in the help.
const HELP: &str = "\
A name is fetched with everything that really runs: the package itself, the companions that bring its program for each \
platform (--platform narrows), aliases, and on request its dependencies (--deps). The verdict is one over all of it. \
Nothing is installed or run. What an install script downloads from elsewhere stands in the report as not examined.

A lockfile (package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock, bun.lock, uv.lock, poetry.lock, \
requirements*.txt, or a .txt that is nothing but requirements) means everything that it pins, held to the digests in it.

Registries and credentials are those that npm and pip are set to: the environment, ~/.npmrc, pip.conf, ~/.netrc. A \
.npmrc of the working folder is not read.

Exit codes: 0 passes, 1 block, 3 review, 4 incomplete, 5 there is no such package, 6 the registry cannot be reached, \
7 other bytes came than were promised; of several the first of 7, 1, 4, 6, 3.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct Vet {
    /// `npm:@scope/tool@1.2.3`, `pypi:name==1.2`, a package URL, a lockfile, a file or a folder
    #[arg(required = true, value_name = "TARGET")]
    targets: Vec<String>,
    /// The version to compare with: `approved` (the newest in the ledger), a version of the same name, another name, a
    /// file or a folder. What it did not have weighs one level more
    #[arg(long, value_name = "approved|VERSION|TARGET")]
    against: Option<String>,
    /// Ledger of decisions [default: $PEEPHOLE_LEDGER, else ~/.local/share/peephole/ledger.jsonl]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Say how many machines of a fleet have it (the database of `peephole fleet`)
    #[arg(long, value_name = "FILE")]
    fleet: Option<PathBuf>,
    /// How to write results
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write results to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    lenience: Lenience,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    bounds: Bounds,
}

/// A target with what it came to.
enum Target {
    Named(Closure),
    /// What a lockfile pins.
    Pinned(Closure),
    Path(PathBuf),
}

impl Vet {
    /// What the newest approved version had. None was approved: everything is to be looked at, and that is said. The
    /// archives must be the very ones that were approved.
    fn approved(&self, engine: &Engine, ledger: &Ledger, today: Date) -> Result<Option<(String, Examined)>, Error> {
        let name = self.targets.first().and_then(|t| Name::parse(t)).and_then(Result::ok);
        let purl = name.map(|n| n.purl("")).map(|p| p.trim_end_matches('@').to_owned());
        let Some(entry) = purl.as_deref().and_then(|p| ledger.approved(p, today)) else {
            let _ = writeln!(io::stderr(), "peephole: no approved version is in the ledger: compared with nothing");
            return Ok(None);
        };
        let version = entry.purl.clone().unwrap_or_default();
        let examined = one(engine, &self.fetching, &version, self.quiet)?;
        for a in &examined.assessments {
            let known = a.sha256.as_ref().is_some_and(|d| entry.subjects.iter().any(|s| s.sha256 == *d));
            if a.sha256.is_some() && !known {
                return Err(Error::Integrity(format!("{}: not the bytes that {} approved", a.path, entry.who)));
            }
        }
        let _ = writeln!(io::stderr(), "peephole: compared with {version}, approved by {}", entry.who);
        Ok(Some((version, examined)))
    }

    /// `--against 1.2.2` means that version of what is vetted.
    fn against_name(&self, text: &str) -> String {
        let bare = Name::parse(text).is_none() && !Path::new(text).exists();
        match self.targets.first().and_then(|t| Name::parse(t)) {
            Some(Ok(name)) if bare => Name { wish: text.to_owned(), ..name }.to_string(),
            _ => text.to_owned(),
        }
    }

    pub(super) fn run(self, arguments: &[OsString]) -> Result<u8, Error> {
        let started = Instant::now();
        let on_terminal = io::stdout().is_terminal() && self.output.is_none();
        let format = self.format.unwrap_or(if on_terminal { Format::Terminal } else { Format::Json });
        let compares = self.against.is_some();
        let wanted = Wanted { tree: compares || format == Format::Html, outline: compares, ..Wanted::default() };
        let mut settings = Settings { wanted, ..self.bounds.settings()? };
        let paths: Vec<PathBuf> = self.targets.iter().filter(|t| Name::parse(t).is_none()).map(PathBuf::from).collect();
        let policy = self.judging.policy(&paths)?;
        let today = Date::today();
        let run = Run {
            ruleset: signature::ruleset_digest().to_owned(),
            arguments: scan::recorded(arguments),
            limits: settings.limits.named(),
            policy: policy.as_ref().map(PolicyName::from),
            feed: scan::feed_used(&settings),
        };
        let feed_is_old = scan::feed_is_old(run.feed.as_ref(), policy.as_ref().and_then(|p| p.feed_days), today);
        let targets = resolve(&self.targets, &self.fetching, self.quiet)?;
        let with_sources =
            |t: &Target| matches!(t, Target::Named(c) | Target::Pinned(c) if Vetted::of_closure("", c).has_sources());
        settings.wanted.tree |= targets.iter().any(with_sources);
        let engine = Engine::new(settings)?;
        let ledger = Ledger::read(&ledger_path(self.ledger.as_ref())?)?;
        let before = match &self.against {
            Some(old) if old == "approved" => self.approved(&engine, &ledger, today)?,
            Some(old) => {
                let old = self.against_name(old);
                Some((old.clone(), one(&engine, &self.fetching, &old, self.quiet)?))
            }
            None => None,
        };
        let Examined { mut subjects, mut assessments, broken } = vet(&engine, &self.targets, &targets, self.quiet);
        let comparison = before.as_ref().map(|(name, old)| {
            let new: Vec<&Assessment> = assessments.iter().collect();
            compare((name, &old.all()), (&self.targets.join(" "), &new))
        });
        if let Some((_, old)) = &before {
            let known = Known::between(&old.all(), &assessments.iter().collect::<Vec<_>>());
            assessments.iter_mut().for_each(|a| raise(a, &known));
        }
        if let Some(policy) = &policy {
            subjects.iter().for_each(|s| s.mark_unchecked(policy, &mut assessments));
        }
        assessments.iter_mut().for_each(|a| judge(policy.as_ref(), a, today));
        assessments.iter_mut().for_each(|a| stand(&ledger, policy.as_ref(), a, today));
        subjects.iter_mut().for_each(|s| s.judge(&assessments));
        subjects.iter_mut().for_each(|s| s.compare_distributions(&assessments));
        if let Some(path) = &self.fleet {
            let fleet = Fleet::open(path, false)?;
            for subject in &mut subjects {
                let told = subject.purl.as_deref().map(|purl| super::fleet::told(&fleet, purl)).transpose()?;
                subject.notes.extend(told);
            }
        }
        if !wanted.tree {
            assessments.iter_mut().for_each(|a| a.tree = None);
        }

        let mut summary = Summary { complete: true, ..Summary::default() };
        assessments.iter().for_each(|a| count(policy.as_ref(), &mut summary, a, today));
        summary.seconds = started.elapsed().as_secs_f64();
        let code = if broken { exit::INTEGRITY } else { self.lenience.code_of(&summary, &subjects) };
        let (code, meaning) = match code {
            exit::PASS | exit::REVIEW if feed_is_old && !self.lenience.exit_zero => (exit::UNAVAILABLE, scan::OLD_FEED),
            code => (code, self.lenience.meaning(code)),
        };
        let out: Box<dyn Write + Send> = match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        };
        let mut writer = Writer::new(format, BufWriter::new(out), run, style(on_terminal))?;
        assessments.into_iter().try_for_each(|a| writer.assessment(a))?;
        writer.compared(comparison);
        subjects.into_iter().try_for_each(|s| writer.subject(s))?;
        writer.finish(&summary, (code, meaning))?;
        Ok(code)
    }
}

/// Fetches what is a name, or what a lockfile pins.
fn resolve(asked: &[String], fetching: &Fetching, quiet: bool) -> Result<Vec<Target>, Error> {
    let wants = fetching.wants()?;
    let mut registry = None;
    let mut targets = Vec::new();
    for text in asked {
        let name = Name::parse(text).transpose().map_err(Error::Usage)?;
        let lockfile = match &name {
            Some(_) => None,
            None => {
                Lockfile::read(Path::new(text)).transpose().map_err(|why| Error::Usage(format!("{text}: {why}")))?
            }
        };
        if name.is_none() && lockfile.is_none() {
            targets.push(Target::Path(existing(text)?));
            continue;
        }
        if registry.is_none() {
            let (new, notes) = fetching.registry()?;
            for note in notes {
                let _ = writeln!(io::stderr(), "peephole: {note}");
            }
            registry = Some(new);
        }
        let Some(registry) = &registry else { continue };
        targets.push(match (name, lockfile) {
            (Some(name), _) => {
                let mut closure = fetch(registry, &Asked::Name(&name), &wants, quiet)?;
                closure.missing.extend(extras(text));
                Target::Named(closure)
            }
            (None, Some(lockfile)) => Target::Pinned(fetch(registry, &Asked::Lockfile(&lockfile), &wants, quiet)?),
            (None, None) => continue,
        });
    }
    Ok(targets)
}

/// Lets a decision about the very same bytes stand: what was blocked stays blocked, and what was approved passes as long as
/// nothing is found that was not known then.
fn stand(ledger: &Ledger, policy: Option<&Policy>, a: &mut Assessment, today: Date) {
    let Some(entry) = a.sha256.as_deref().and_then(|d| ledger.standing_by(d, policy, today)) else { return };
    let (who, until) = (&entry.who, entry.expires.as_deref().unwrap_or("further notice"));
    match entry.decision {
        Decision::Block => {
            a.reasons.insert(0, format!("blocked by {who} on {}: {}", entry.time, entry.reason));
            a.verdict = Verdict::Block;
        }
        Decision::Review => {
            a.reasons.push(format!("{who} asked on {} to look again: {}", entry.time, entry.reason));
            if a.verdict == Verdict::Pass {
                a.verdict = Verdict::Review;
            }
        }
        Decision::Approve if a.verdict == Verdict::Pass => {}
        Decision::Approve => match unknown_then(entry, policy, a) {
            Some(why) => a.reasons.push(format!("approved by {who} until {until}, but {why}")),
            None => {
                a.reasons.insert(0, format!("approved by {who} until {until}: {}", entry.reason));
                a.verdict = Verdict::Pass;
            }
        },
    }
}

/// What of an artifact was not known when it was approved.
fn unknown_then(entry: &Entry, policy: Option<&Policy>, a: &Assessment) -> Option<String> {
    // What the policy asks a person about; the ledger holds nothing below medium.
    let asked = policy.and_then(|p| p.review.into_iter().chain(p.block).min()).unwrap_or(Severity::High);
    let least = asked.clamp(Severity::Medium, Severity::High);
    let new = a.findings.iter().find(|f| {
        f.severity >= least
            && f.confidence > Confidence::Hint
            && !entry.findings.iter().any(|k| k.fingerprint == f.fingerprint)
    });
    if let Some(f) = new {
        return Some(format!("{} was not known then", f.rule));
    }
    if let Some(gap) = a.gaps.iter().find(|g| !entry.gaps.contains(&gap_key(g.reason.word(), &g.locator, &g.detail))) {
        let when = if entry.complete { "when everything was examined" } else { "when this was" };
        return Some(format!("{when}: {}: {}: {}", gap.locator, gap.reason.word(), gap.detail));
    }
    let policy = policy?;
    let same = entry.policy.as_ref().is_some_and(|(_, digest)| *digest == policy.digest);
    policy.beyond_findings(a).filter(|_| !same)
}

/// A path that is there; a name without its registry is told apart from a file that does not exist.
fn existing(text: &str) -> Result<PathBuf, Error> {
    let path = PathBuf::from(text);
    match std::fs::metadata(&path) {
        Ok(_) => Ok(path),
        Err(_) if !text.contains(['/', '\\', '.']) || text.starts_with('@') => Err(Error::Usage(format!(
            "{text}: there is no such file; a package is named with its registry: npm:{text} or pypi:{text}"
        ))),
        Err(source) => Err(Error::Input { path, source }),
    }
}

/// What one or several targets came to.
pub(super) struct Examined {
    /// One for each target.
    pub(super) subjects: Vec<Vetted>,
    /// Everything that was examined.
    pub(super) assessments: Vec<Assessment>,
    /// Whether other bytes came than were promised.
    pub(super) broken: bool,
}

impl Examined {
    /// The assessments of all parts.
    pub(super) fn all(&self) -> Vec<&Assessment> {
        self.assessments.iter().collect()
    }
}

/// Fetches what is a name and examines one target.
pub(super) fn one(engine: &Engine, fetching: &Fetching, target: &str, quiet: bool) -> Result<Examined, Error> {
    let asked = [target.to_owned()];
    let targets = resolve(&asked, fetching, quiet)?;
    Ok(vet(engine, &asked, &targets, quiet))
}

/// Examines all targets and judges each over all its parts. Says also whether wrong bytes came.
fn vet(engine: &Engine, asked: &[String], targets: &[Target], quiet: bool) -> Examined {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut subjects: Vec<Option<Vetted>> = Vec::new();
    let mut failed = Vec::new();
    let mut broken = false;
    for (asked, target) in asked.iter().zip(targets) {
        match target {
            Target::Path(path) => {
                paths.push(path.clone());
                subjects.push(None);
            }
            Target::Named(closure) | Target::Pinned(closure) => {
                broken |= Vetted::integrity(closure);
                let mut subject = Vetted::of_closure(asked, closure);
                if matches!(target, Target::Pinned(_)) {
                    subject.purl = None;
                }
                for part in &subject.parts {
                    match (&part.path, part.state) {
                        (Some(path), _) => paths.push(PathBuf::from(path)),
                        (None, PartState::Failed) => {
                            let gap = Gap::new(GapReason::Unreadable, format!("not fetched: {}", part.detail));
                            failed.push(unexamined(part.name(), gap, 0.0));
                        }
                        (None, _) => {}
                    }
                }
                subjects.push(Some(subject));
            }
        }
    }
    paths.sort();
    paths.dedup();
    let mut assessments = examine(engine, &paths, quiet);
    let mut vetted = Vec::new();
    for ((subject, target), asked) in subjects.into_iter().zip(targets).zip(asked) {
        let mut subject = match (subject, target) {
            (Some(subject), _) => subject,
            (None, Target::Path(path)) => {
                let below: Vec<&Assessment> =
                    assessments.iter().filter(|a| Path::new(&a.path).starts_with(path)).collect();
                Vetted::of_path(asked, &below)
            }
            (None, Target::Named(_) | Target::Pinned(_)) => continue,
        };
        subject.mark_names(&mut assessments);
        subject.mark_gaps(&mut assessments);
        subject.judge(&assessments);
        vetted.push(subject);
    }
    assessments.extend(failed);
    Examined { subjects: vetted, assessments, broken }
}
