//! `peephole fleet take|who-has|status|expect|forget`

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use flate2::bufread::MultiGzDecoder;

use super::exit;
use crate::assess::Verdict;
use crate::known::Feed;
use crate::model::finding::printable;
use crate::model::{Error, date};
use crate::report::fleet as write;
use crate::report::json::fleet::{AnswerRecord, HoldingRecord, MachineRecord, Record, SCHEMA};
use crate::source::user::{self, Kept};
use crate::store::fleet::{Asked, Fleet, Holding, Machine, Question, Standing, State, Taken};

/// What stands below the options in the help.
const HELP: &str = "\
A machine sends what `peephole installed --snapshot FILE` writes, by whatever carries files; `take` puts it into the database. \
A snapshot counts once, however often it is taken; one that broke off takes nothing away.

`who-has` exits with 1 when some machine has it; with 4 when none is known to have it, and not all machines can be answered \
for; with 3 when all can, and some had it; with 0 when none has it or had it; with 5 when no machine is known.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub(super) struct FleetCommand {
    /// Database [default: $PEEPHOLE_FLEET, else ~/.local/share/peephole/fleet.db]
    #[arg(long, value_name = "FILE", global = true)]
    db: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Take snapshots in: files (plain or gzip), folders of them, or `-`
    Take {
        /// Snapshots
        #[arg(required = true)]
        snapshots: Vec<PathBuf>,
        /// Say nothing of what went well
        #[arg(long, short)]
        quiet: bool,
    },
    /// Say which machines have a thing, or had it
    WhoHas(WhoHas),
    /// Say how machines stand: seen of late, long ago, never; and what they hold
    Status {
        #[command(flatten)]
        young: Young,
        /// How to write it
        #[arg(long, value_enum, default_value = "terminal")]
        format: Format,
    },
    /// Say which machines are to report, so that those that do not are missed
    Expect {
        /// Names
        names: Vec<String>,
        /// Read further names from a file, one a line (`-`: from standard input)
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Say what was asked, when, by whom, and what the answer was
    Log,
    /// Remove machines that are no more
    Forget {
        /// Names, or the words under which they report
        #[arg(required = true)]
        names: Vec<String>,
    },
}

#[derive(Args)]
struct WhoHas {
    /// npm:NAME@VERSION, pypi:NAME==VERSION, a package URL (without a version: all of them), a SHA-256, host:NAME, rule:ID, verdict:WORD
    questions: Vec<String>,
    /// Read further questions from a file, one a line; what stands behind a blank is a remark (`-`: from standard input)
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Ask for everything that a feed reports (`peephole feed build`)
    #[arg(long, value_name = "FILE")]
    feed: Option<PathBuf>,
    #[command(flatten)]
    young: Young,
    /// How to write it
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args)]
struct Young {
    /// Hours for which a snapshot is fresh
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    fresh: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Terminal,
    /// One record a line; the last is `answer`, and an answer without it is not all
    Ndjson,
    /// A table; of whom it does not speak is told on standard error
    Csv,
}

/// Seconds for which a snapshot is fresh where nobody says otherwise.
const DAY: u64 = 86_400;
/// Questions that the log repeats in full.
const TOLD: usize = 20;
/// Versions that one line names.
const VERSIONS: usize = 8;

impl FleetCommand {
    pub(super) fn run(self) -> Result<u8, Error> {
        let path = self
            .db
            .or_else(|| user::variable("PEEPHOLE_FLEET"))
            .or_else(|| Some(user::folder(Kept::Data)?.join("fleet.db")))
            .ok_or_else(|| Error::Usage("no database is known: give --db".to_owned()))?;
        match self.action {
            Action::Take { snapshots, quiet } => take(&mut Fleet::open(&path, true)?, &snapshots, quiet),
            Action::Expect { names, from } => {
                let names = names.into_iter().map(Ok).chain(lines(from.as_deref())?).collect::<Result<Vec<_>, _>>()?;
                let names: Vec<&str> = names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()).collect();
                if names.is_empty() {
                    return Err(Error::Usage("no machine is named".to_owned()));
                }
                let new = Fleet::open(&path, true)?.expect(names.iter().copied())?;
                writeln!(io::stdout(), "{new} of {} are new", names.len())?;
                Ok(exit::PASS)
            }
            Action::Forget { names } => {
                let mut fleet = Fleet::open(&path, false)?;
                let mut missing = false;
                for name in &names {
                    if fleet.forget(name)? == 0 {
                        missing = true;
                        let _ = writeln!(io::stderr(), "peephole: no machine {}", printable(name.as_bytes()));
                    }
                }
                Ok(if missing { exit::NO_INPUTS } else { exit::PASS })
            }
            Action::Status { young, format } => status(&Fleet::open(&path, false)?, young.fresh, format),
            Action::Log => log(&Fleet::open(&path, false)?),
            Action::WhoHas(asked) => asked.run(&Fleet::open(&path, false)?),
        }
    }
}

/// Takes snapshots in; one that cannot be does not keep the others out.
fn take(fleet: &mut Fleet, snapshots: &[PathBuf], quiet: bool) -> Result<u8, Error> {
    let mut all = Vec::new();
    for path in snapshots {
        if path.is_dir() {
            let input = |source| Error::Input { path: path.clone(), source };
            let mut below: Vec<PathBuf> = std::fs::read_dir(path)
                .map_err(input)?
                .map(|e| e.map(|e| e.path()))
                .collect::<Result<_, _>>()
                .map_err(input)?;
            // What is still being written begins with a point.
            below.retain(|p| p.is_file() && !p.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b".")));
            below.sort();
            all.extend(below);
        } else {
            all.push(path.clone());
        }
    }
    let (mut partial, mut bad) = (false, false);
    for path in &all {
        let name = printable(path.as_os_str().as_encoded_bytes());
        let taken = opened(path).and_then(|mut snapshot| fleet.take(&mut snapshot, date::now()));
        let said = match taken {
            Ok(Taken::Whole { machine, items, new, gone }) => {
                format!("{}: {items} items, {new} new, {gone} gone", printable(machine.as_bytes()))
            }
            Ok(Taken::Partial { machine, items }) => {
                partial = true;
                format!(
                    "{}: it broke off after {items} items: nothing is believed to be gone",
                    printable(machine.as_bytes())
                )
            }
            Ok(Taken::Known) => "taken before".to_owned(),
            Ok(Taken::Old) => "the machine has sent a younger one since".to_owned(),
            Err(error @ (Error::Integrity(_) | Error::Input { .. })) => {
                bad = true;
                let _ = writeln!(io::stderr(), "peephole: {name}: {error}");
                continue;
            }
            Err(error) => return Err(error),
        };
        if !quiet {
            writeln!(io::stdout(), "{name}: {said}")?;
        }
    }
    Ok(match (all.is_empty(), bad, partial) {
        (true, ..) => exit::NO_INPUTS,
        (_, true, _) => exit::INTEGRITY,
        (.., true) => exit::INCOMPLETE,
        _ => exit::PASS,
    })
}

/// A snapshot, unpacked while it is read.
fn opened(path: &Path) -> Result<Box<dyn BufRead>, Error> {
    let input = |source| Error::Input { path: path.to_owned(), source };
    let mut reader: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).map_err(input)?))
    };
    let packed = reader.fill_buf().map_err(input)?.starts_with(&[0x1f, 0x8b]);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { reader })
}

/// Longest list of names or questions, in bytes.
const LIST: u64 = 256 << 20;

/// The lines of a file.
fn lines(from: Option<&Path>) -> Result<impl Iterator<Item = Result<String, Error>>, Error> {
    let reader = from.map(opened).transpose()?;
    let path = from.map(Path::to_owned).unwrap_or_default();
    let input = move |source| Error::Input { path: path.clone(), source };
    Ok(reader.into_iter().flat_map(|r| r.take(LIST).lines()).map(move |line| line.map_err(&input)))
}

impl WhoHas {
    fn run(self, fleet: &Fleet) -> Result<u8, Error> {
        let mut asked: Vec<(String, Question)> = Vec::new();
        for line in self.questions.into_iter().map(Ok).chain(lines(self.from.as_deref())?) {
            let line = line?;
            let text = line.split_whitespace().next().unwrap_or_default();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            asked.push((text.to_owned(), Question::read(text).map_err(Error::Usage)?));
        }
        let feed = self.feed.as_deref().map(Feed::open).transpose()?;
        if asked.is_empty() && feed.is_none() {
            return Err(Error::Usage("nothing is asked for: give a question, --from or --feed".to_owned()));
        }
        let now = date::now();
        let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(match &self.output {
            Some(path) => Box::new(File::create(path).map_err(|source| Error::Input { path: path.clone(), source })?),
            None => Box::new(io::stdout()),
        });
        let mut all: Vec<HoldingRecord> = Vec::new();
        let (mut has, mut had) = (HashSet::new(), HashSet::new());
        let mut tell = |question: &str, holding: Holding| {
            match holding.state {
                State::Has => has.insert(holding.key.clone()),
                State::Had => had.insert(holding.key.clone()),
            };
            let record = record(question, holding);
            if self.format == Format::Ndjson {
                write::ndjson(&mut out, &Record::Holding(Box::new(record)))?;
            } else {
                all.push(record);
            }
            Ok(())
        };
        for (text, question) in &asked {
            fleet.ask(question, &mut |holding| tell(text, holding))?;
        }
        if let Some(feed) = &feed {
            fleet.ask_feed(feed, &mut |mut holding| {
                let why = std::mem::take(&mut holding.why);
                tell(&why, holding)
            })?;
        }
        had.retain(|key| !has.contains(key));
        let standing = fleet.standing(now, self.young.fresh.saturating_mul(3600))?;
        let answer = answer(&standing, (has.len() as u64, had.len() as u64), self.young.fresh);
        let mut question: Vec<&str> = asked.iter().take(TOLD).map(|(text, _)| text.as_str()).collect();
        let more = (asked.len() > TOLD).then(|| format!("and {} more", asked.len() - TOLD));
        question.extend(more.as_deref());
        let fed = feed.as_ref().map(|f| format!("feed {}", f.id()));
        question.extend(fed.as_deref());
        fleet.write_down(&Asked {
            time: i64::try_from(now).unwrap_or(i64::MAX),
            who: ["USER", "LOGNAME", "USERNAME"].iter().find_map(|n| std::env::var(n).ok()).unwrap_or_default(),
            question: question.join(" "),
            has: answer.has,
            had: answer.had,
            standing,
        })?;
        match self.format {
            Format::Ndjson => write::ndjson(&mut out, &Record::Answer(answer.clone()))?,
            Format::Terminal => write::holdings(&mut out, &all, &answer)?,
            Format::Csv => {
                write::csv(&mut out, &all)?;
                write::holdings(&mut io::stderr(), &[], &answer)?;
            }
        }
        out.flush()?;
        Ok(match answer {
            AnswerRecord { machines: 0, .. } => exit::NO_INPUTS,
            AnswerRecord { has: 1.., .. } => exit::BLOCK,
            _ if !standing.is_whole() => exit::INCOMPLETE,
            AnswerRecord { had: 1.., .. } => exit::REVIEW,
            _ => exit::PASS,
        })
    }
}

fn log(fleet: &Fleet) -> Result<u8, Error> {
    let mut out = BufWriter::new(io::stdout());
    for asked in fleet.asked()? {
        let Standing { machines, fresh, partly, .. } = asked.standing;
        writeln!(
            out,
            "{} {:<12} has {} had {} of {machines} ({fresh} fresh, {partly} of them in part): {}",
            moment(asked.time),
            printable(asked.who.as_bytes()),
            asked.has,
            asked.had,
            printable(asked.question.as_bytes()),
        )?;
    }
    out.flush()?;
    Ok(exit::PASS)
}

fn status(fleet: &Fleet, hours: u64, format: Format) -> Result<u8, Error> {
    let now = date::now();
    let young = hours.saturating_mul(3600);
    let standing = fleet.standing(now, young)?;
    let since = i64::try_from(now.saturating_sub(young)).unwrap_or(i64::MAX);
    let mut all: Vec<MachineRecord> = fleet.machines()?.into_iter().map(|m| machine(m, since)).collect();
    // Those first that need somebody.
    let need = |m: &MachineRecord| {
        let of = |word: &str| m.verdicts.get(word).copied().unwrap_or(0);
        (of("block") == 0, m.state == "fresh", of("review") == 0)
    };
    all.sort_by_key(need);
    let answer = answer(&standing, (0, 0), hours);
    let mut out = BufWriter::new(io::stdout());
    match format {
        Format::Terminal => write::machines(&mut out, &all, &answer)?,
        Format::Ndjson => {
            for machine in all {
                write::ndjson(&mut out, &Record::Machine(Box::new(machine)))?;
            }
            write::ndjson(&mut out, &Record::Answer(answer))?;
        }
        Format::Csv => return Err(Error::Usage("status is written as terminal or ndjson".to_owned())),
    }
    out.flush()?;
    Ok(match standing.machines {
        0 => exit::NO_INPUTS,
        _ if standing.is_whole() => exit::PASS,
        _ => exit::INCOMPLETE,
    })
}

/// What a fleet has of a package, in one line: how many machines have which version, and how many cannot be answered for.
pub(super) fn told(fleet: &Fleet, purl: &str) -> Result<String, Error> {
    let Ok(Question::Package { name, version: this }) = Question::read(purl) else {
        return Ok(format!("fleet: {purl} is no name that it knows"));
    };
    let mut versions: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    let mut had = HashSet::new();
    fleet.ask(&Question::Package { name, version: None }, &mut |holding| {
        if holding.state == State::Had {
            had.insert(holding.key);
        } else {
            let version =
                holding.purl.rsplit_once('@').map_or("", |(_, v)| v).split(['?', '#']).next().unwrap_or_default();
            versions.entry(version.to_owned()).or_default().insert(holding.key);
        }
        Ok(())
    })?;
    had.retain(|key| versions.values().all(|machines| !machines.contains(key)));
    let standing = fleet.standing(date::now(), DAY)?;
    let mut words: Vec<String> = Vec::new();
    // The version that is asked about first, then those that most have.
    let mut all: Vec<_> = versions.iter().collect();
    all.sort_by_key(|(version, machines)| {
        (Some(version.as_str()) != this.as_deref(), std::cmp::Reverse(machines.len()))
    });
    for (version, machines) in all.iter().take(VERSIONS) {
        words.push(format!("{} on {}", version, machines.len()));
    }
    if let Some(more) = all.len().checked_sub(VERSIONS).filter(|n| *n > 0) {
        words.push(format!("{more} more versions"));
    }
    let has = if words.is_empty() { "no machine is known to have it".to_owned() } else { words.join(", ") };
    let unknown = standing.machines.saturating_sub(standing.fresh) + standing.partly;
    Ok(format!(
        "fleet: {has}; {} had it and have it no more; {unknown} of {} machines cannot be answered for",
        had.len(),
        standing.machines
    ))
}

fn moment(seconds: i64) -> String {
    date::moment(u64::try_from(seconds).unwrap_or(0))
}

fn record(question: &str, h: Holding) -> HoldingRecord {
    HoldingRecord {
        schema: SCHEMA.to_owned(),
        question: question.to_owned(),
        name: h.machine,
        machine: h.key,
        state: h.state.word().to_owned(),
        place: h.place,
        path: h.path,
        purl: h.purl,
        sha256: h.sha256,
        verdict: h.verdict,
        hooks: h.hooks,
        first: moment(h.first),
        last: moment(h.last),
    }
}

fn machine(m: Machine, since: i64) -> MachineRecord {
    let verdicts: BTreeMap<String, u64> =
        Verdict::ALL.iter().zip(m.verdicts).map(|(v, n)| (v.word().to_owned(), n)).collect();
    let state = match m.last {
        Some(last) if last >= since => "fresh",
        Some(_) => "stale",
        None => "silent",
    };
    MachineRecord {
        schema: SCHEMA.to_owned(),
        name: m.name,
        machine: m.key,
        state: state.to_owned(),
        system: m.system,
        version: m.version,
        ruleset: m.ruleset,
        last: m.last.map(moment),
        partial: m.partial.map(moment),
        unseen: m.unseen,
        verdicts,
    }
}

fn answer(standing: &Standing, (has, had): (u64, u64), hours: u64) -> AnswerRecord {
    AnswerRecord {
        schema: SCHEMA.to_owned(),
        has,
        had,
        machines: standing.machines,
        fresh: standing.fresh,
        stale: standing.stale,
        silent: standing.silent,
        partly: standing.partly,
        hours,
    }
}
