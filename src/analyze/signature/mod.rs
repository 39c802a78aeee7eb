//! Runs the YARA-X signatures. Those of ours are compiled at build time into sets of a few rules each; a first pass
//! ([`sieve`]) says which sets can match a file at all, and only these run. Sets are taken up when they are first
//! needed, with one scanner per thread and set. User rules (`--rules DIR`) are compiled at start from source; precompiled ones are
//! refused, because taking them up would mean running their code.

#[cfg(test)]
#[allow(dead_code, reason = "the build script uses the rest")]
mod needs;
mod plan;
mod sieve;
mod table;

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use yara_x::{Compiler, MetaValue, Rules, ScanError, Scanner, SourceCode};

use crate::analyze::Notes;
use crate::model::{
    ByteView, Confidence, Error, Evidence, Family, Finding, Gap, GapReason, Rule, RuleOrigin, Severity, Stages,
    Technique,
};
use crate::parse::Parsed;
use crate::parse::built::Built;
use plan::{Plan, RuleNeed};
use sieve::Sieve;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/signatures.rs"));
}

/// Most matches that one pattern records: enough for every count that a rule asks about, and a bound for inputs
/// that consist of one word.
const MATCHES_PER_PATTERN: usize = 128;
/// Most places that are kept of one finding; only the first carries a snippet when the rule is a mere capability.
const PLACES: usize = 8;

/// One compiled rule set and the identity of each of its rules.
struct RuleSet {
    rules: Rules,
    /// SHA-256 of the sources, of the user's rules.
    sources: [u8; 32],
    known: &'static Identities,
}

/// Identities of rules by namespace and name.
type Identities = HashMap<(&'static str, &'static str), &'static Rule>;

/// One embedded set. In memory each takes a third of a MiB, whatever it holds, and most of them are asked for by few files
/// of a tree: the first [`SELDOM`] files take a set up and give it back, those behind them share one that stays.
#[derive(Default)]
struct Embedded {
    uses: AtomicU32,
    known: OnceLock<Identities>,
    lasting: OnceLock<Option<RuleSet>>,
}

/// Files for which a set is taken up only to be given back; that costs less than a millisecond each.
static SELDOM: AtomicU32 = AtomicU32::new(2);

/// Has sets stay from the first file on that asks for one: for a process to which one package comes after the other while
/// somebody waits. Costs a third of a MiB for each.
pub fn keep_sets() {
    SELDOM.store(0, Ordering::Relaxed);
}

static SETS: LazyLock<Vec<Embedded>> = LazyLock::new(|| embedded::SETS.iter().map(|_| Embedded::default()).collect());
static PLAN: LazyLock<Option<Plan>> = LazyLock::new(|| serde_json::from_slice(&unpacked(embedded::PLAN)?).ok());
static SIEVES: [OnceLock<Option<Sieve>>; 6] = [const { OnceLock::new() }; 6];
static USER: OnceLock<RuleSet> = OnceLock::new();

/// The number of the user's set among the scanners.
const USER_SET: u32 = u32::MAX;

thread_local! {
    /// Scanners of this thread by set; never held across a rayon call.
    static SCANNERS: RefCell<HashMap<u32, Scanner<'static>>> = RefCell::new(HashMap::new());
}

/// Which files of rules (by stem) a family's files meet, and the place of its sieve.
fn stems_of(family: Family) -> Option<(usize, &'static [&'static str])> {
    Some(match family {
        Family::Python => (0, &["python", "script", "any"]),
        Family::JavaScript => (1, &["javascript", "script", "any"]),
        Family::Shell => (2, &["shell", "script", "any"]),
        // Build descriptions (CMakeLists.txt, Makefile, Gradle) are source to us and text to whoever writes rules.
        Family::Source => (3, &["script", "text", "any"]),
        Family::Text => (4, &["text", "any"]),
        Family::Native | Family::Media => (5, &["native", "any"]),
        Family::Container => return None,
    })
}

/// The sieve of a family: `None` when nothing is looked for in it, an error when the embedded plan cannot be read.
fn sieve_of(family: Family) -> Option<Result<&'static Sieve, ()>> {
    let (at, stems) = stems_of(family)?;
    let cell = SIEVES.get(at)?;
    let sieve = cell.get_or_init(|| {
        let plan = PLAN.as_ref()?;
        let met = |set: u32| plan.sets.get(set as usize).is_some_and(|s| stems.contains(&s.stem.as_str()));
        let rules: Vec<&RuleNeed> = plan.rules.iter().filter(|r| met(r.set)).collect();
        Some(Sieve::new(&rules, &plan.literals, matches!(family, Family::Native | Family::Media)))
    });
    Some(sieve.as_ref().ok_or(()))
}

/// Takes an embedded set up.
fn taken_up(index: u32) -> Option<RuleSet> {
    let rules = Rules::deserialize(unpacked(embedded::SETS.get(index as usize)?)?).ok()?;
    let known = SETS.get(index as usize)?.known.get_or_init(|| identities(&rules, RuleOrigin::Signature));
    Some(RuleSet { rules, sources: [0; 32], known })
}

/// An embedded set that stays.
fn embedded_set(index: u32) -> Option<&'static RuleSet> {
    SETS.get(index as usize)?.lasting.get_or_init(|| taken_up(index)).as_ref()
}

/// Takes off what `build.rs` put on: a mask, and compression.
fn unpacked(masked: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    flate2::bufread::ZlibDecoder::new(&*unmask(masked)).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Takes off the mask that `build.rs` put on.
fn unmask(masked: &[u8]) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    masked
        .iter()
        .map(|byte| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            byte ^ (state >> 11) as u8
        })
        .collect()
}

/// The identities of all rules of a set; they are kept for good.
fn identities(rules: &Rules, origin: RuleOrigin) -> Identities {
    let identity = |r: yara_x::Rule<'_, '_>| {
        let key: (&'static str, &'static str) = (r.namespace().to_owned().leak(), r.identifier().to_owned().leak());
        let meta: Vec<(&str, MetaValue<'_>)> = r.metadata().collect();
        let rule: &'static Rule = Box::leak(Box::new(rule_of(key.0, key.1, &meta, origin)));
        (key, rule)
    };
    rules.iter().map(identity).collect()
}

/// A rule's identity from its metadata. Rules of ours were checked at build time; a user's rule may leave out anything.
fn rule_of(
    namespace: &'static str,
    identifier: &'static str,
    meta: &[(&str, MetaValue<'_>)],
    origin: RuleOrigin,
) -> Rule {
    let text = |key: &str| -> Option<&'static str> {
        meta.iter().find(|(k, _)| *k == key).and_then(|(_, v)| match v {
            MetaValue::String(s) => Some(&*(*s).to_owned().leak()),
            _ => None,
        })
    };
    let technique = Technique::find(text("technique").unwrap_or(namespace)).unwrap_or(&USER_TECHNIQUE);
    Rule {
        id: text("id").unwrap_or(identifier),
        technique,
        severity: text("severity").and_then(Severity::from_word).unwrap_or(Severity::Medium),
        confidence: text("confidence").and_then(Confidence::from_word).unwrap_or(Confidence::Likely),
        title: text("description").unwrap_or("A user's rule matched"),
        explanation: "",
        reference: text("reference").unwrap_or_default(),
        origin,
        stages: text("stages").and_then(|s| Stages::parse(s).ok()).unwrap_or(Stages::NONE),
    }
}

/// What user rules are about unless their metadata names a technique of the catalogue.
static USER_TECHNIQUE: Technique =
    Technique { id: "user/rule", title: "a rule that the user added", stages: Stages::NONE, attack: "" };

/// Compiles every `*.yar` and `*.yara` file below `dir` as user rules. Call it once, before scanning.
///
/// # Errors
/// [`Error::Rules`] with the compiler's own report, or when a file cannot be read or is precompiled.
pub fn add_user_rules(dir: &Path) -> Result<usize, Error> {
    let mut compiler = Compiler::new();
    compiler.enable_includes(false).relaxed_re_syntax(true);
    let mut files = 0;
    let mut sources = Sha256::new();
    for entry in ignore::WalkBuilder::new(dir).standard_filters(false).sort_by_file_path(Path::cmp).build() {
        let entry = entry.map_err(|e| Error::Rules(e.to_string()))?;
        let path = entry.path();
        if !path.extension().is_some_and(|e| e == "yar" || e == "yara") {
            continue;
        }
        let text = std::fs::read(path).map_err(|e| Error::Rules(format!("{}: {e}", path.display())))?;
        if text.starts_with(b"YARA-X") || text.starts_with(b"YARA\0") {
            return Err(Error::Rules(format!(
                "{}: precompiled rules are not accepted, give their source",
                path.display()
            )));
        }
        sources.update((text.len() as u64).to_le_bytes());
        sources.update(&text);
        let origin = path.display().to_string();
        compiler.new_namespace("user");
        compiler
            .add_source(SourceCode::from(text.as_slice()).with_origin(&origin))
            .map_err(|e| Error::Rules(e.to_string()))?;
        files += 1;
    }
    if files == 0 {
        return Err(Error::Rules(format!("{}: no .yar file there", dir.display())));
    }
    let rules = compiler.build();
    let known: &'static Identities = Box::leak(Box::new(identities(&rules, RuleOrigin::User)));
    let count = known.len();
    let set = RuleSet { rules, sources: sources.finalize().into(), known };
    USER.set(set).map_err(|_| Error::Rules("user rules can be added only once".to_owned()))?;
    Ok(count)
}

/// Runs the signatures of the file's family, and the user's rules, over its bytes.
pub fn check(file: &Parsed<'_>, time: Duration, out: &mut Notes) {
    match sieve_of(file.kind().family()) {
        Some(Ok(sieve)) => {
            let first = out.findings.len();
            for part in parts(file) {
                let Some(bytes) = file.view().slice(part.clone()) else { continue };
                for index in sieve.sets(&bytes) {
                    if scan_embedded(index, (file, &bytes), part.start, first, time, out).is_none() {
                        out.gaps.push(unusable());
                    }
                }
            }
            check_built(file, sieve, first, time, out);
        }
        Some(Err(())) => out.gaps.push(unusable()),
        None => {}
    }
    if let Some(set) = USER.get()
        && !file.kind().is_container()
    {
        // Whoever wrote these rules thinks of whole files.
        scan(USER_SET, set, (file, file.bytes()), 0, out.findings.len(), time, out);
    }
}

/// Executables up to this size are scanned whole, whatever they carry.
const WHOLE: usize = 32 << 20;

/// What is scanned of a file: its own parts, since children meet the rules by themselves. A small executable is scanned
/// whole: it costs little, and what a table in it claims as payload takes nothing out of sight of rules that ask for the
/// program around it.
fn parts(file: &Parsed<'_>) -> Vec<Range<usize>> {
    let size = file.bytes().len();
    if file.kind().is_executable() && size <= WHOLE { std::iter::once(0..size).collect() } else { file.own_parts() }
}

/// Texts that code puts together meet the same rules as those that a program holds in one piece: they are put behind the
/// bytes of the file, where a rule that asks for several things sees them beside everything else. A rule that has spoken
/// already has nothing new to say.
fn check_built(file: &Parsed<'_>, sieve: &Sieve, first: usize, time: Duration, out: &mut Notes) {
    if !file.kind().is_executable() || file.bytes().len() > BUILT_IN {
        return;
    }
    let mut texts = vec![0u8];
    for text in file.built().0.iter().flat_map(Built::texts).filter(|t| t.len() >= BUILT_TEXT) {
        texts.extend(text);
        texts.push(0);
    }
    let texts = ByteView::from_vec(texts);
    if texts.len() <= 1 || !sieve.touches(&texts) {
        return;
    }
    let bytes = ByteView::from_vec([file.bytes(), &texts].concat());
    let mut more = Notes::default();
    for index in sieve.sets(&bytes) {
        if scan_embedded(index, (file, &bytes), 0, 0, time, &mut more).is_none() {
            more.gaps.push(unusable());
        }
    }
    let spoken: Vec<&str> = out.findings.get(first..).unwrap_or_default().iter().map(|f| f.rule.id).collect();
    more.findings.retain(|f| !spoken.contains(&f.rule.id));
    out.findings.append(&mut more.findings);
    out.gaps.append(&mut more.gaps);
}

/// Executables up to this size meet the rules together with the texts that their code puts together, and the shortest of
/// those texts. Hardly any rule for programs asks for larger ones.
const BUILT_IN: usize = 12 << 20;
const BUILT_TEXT: usize = 6;

fn unusable() -> Gap {
    Gap::new(GapReason::Crash, "the embedded signatures could not be taken up")
}

/// Runs one embedded set, as [`scan`] does; `None` when it cannot be taken up.
fn scan_embedded(
    index: u32,
    (file, bytes): (&Parsed<'_>, &[u8]),
    start: usize,
    first: usize,
    time: Duration,
    out: &mut Notes,
) -> Option<()> {
    let set = SETS.get(index as usize)?;
    if set.lasting.get().is_none() && set.uses.fetch_add(1, Ordering::Relaxed) < SELDOM.load(Ordering::Relaxed) {
        let set = taken_up(index)?;
        run(&mut scanner(&set.rules), set.known, (file, bytes), start, first, time, out);
    } else {
        scan(index, embedded_set(index)?, (file, bytes), start, first, time, out);
    }
    Some(())
}

/// Runs one set that stays over bytes, which are those of the file from `start` on (and what its code builds behind them),
/// with the scanner that the thread has for it. Findings from index `first` on are of the same file.
fn scan(
    index: u32,
    set: &'static RuleSet,
    (file, bytes): (&Parsed<'_>, &[u8]),
    start: usize,
    first: usize,
    time: Duration,
    out: &mut Notes,
) {
    SCANNERS.with_borrow_mut(|scanners| {
        let scanner = scanners.entry(index).or_insert_with(|| scanner(&set.rules));
        run(scanner, set.known, (file, bytes), start, first, time, out);
    });
}

fn scanner(rules: &Rules) -> Scanner<'_> {
    let mut scanner = Scanner::new(rules);
    scanner.max_matches_per_pattern(MATCHES_PER_PATTERN).fast_scan(true).use_mmap(false);
    scanner
}

fn run(
    scanner: &mut Scanner<'_>,
    known: &Identities,
    (file, bytes): (&Parsed<'_>, &[u8]),
    start: usize,
    first: usize,
    time: Duration,
    out: &mut Notes,
) {
    scanner.set_timeout(time.max(Duration::from_secs(1)));
    match scanner.scan(bytes) {
        Ok(results) => {
            for matched in results.matching_rules() {
                if let Some(rule) = known.get(&(matched.namespace(), matched.identifier())) {
                    let found = finding(rule, &matched, (file, bytes), start);
                    merge(&mut out.findings, first, found);
                }
            }
        }
        Err(ScanError::Timeout) => {
            let detail = format!("signatures did not finish within {} s", time.as_secs().max(1));
            out.gaps.push(Gap::new(GapReason::Timeout, detail));
        }
        Err(error) => out.gaps.push(Gap::new(GapReason::Crash, format!("signatures: {error}"))),
    }
}

/// Adds a finding, or its evidence to that of the same rule in an earlier part of the file (from index `first` on).
fn merge(findings: &mut Vec<Finding>, first: usize, found: Finding) {
    let earlier = findings.get_mut(first..).and_then(|own| own.iter_mut().find(|f| f.rule.id == found.rule.id));
    match earlier {
        Some(earlier) => {
            let room = PLACES.saturating_sub(earlier.evidence.len());
            earlier.evidence.extend(found.evidence.into_iter().take(room));
        }
        None => findings.push(found),
    }
}

/// What a rule matched in the part of the file that begins at `start`.
fn finding(
    rule: &'static Rule,
    matched: &yara_x::Rule<'_, '_>,
    (file, bytes): (&Parsed<'_>, &[u8]),
    start: usize,
) -> Finding {
    let mut places: Vec<(usize, usize)> = matched
        .patterns()
        .flat_map(|p| p.matches().take(PLACES).map(|m| (start + m.range().start, m.range().len())).collect::<Vec<_>>())
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|p| p.0);
    places.truncate(PLACES);
    let shown = if rule.severity >= Severity::Medium { 3 } else { 1 };
    let mut evidence = places.into_iter().enumerate().map(|(i, (offset, len))| {
        let mut one =
            if i < shown { Evidence::at(bytes, offset.saturating_sub(start), len) } else { Evidence::note("") };
        one.span = Some(crate::model::Span::bytes(offset as u64, len as u64));
        // Behind the end of the file stands what its code puts together.
        if offset >= file.bytes().len() {
            (one.span, one.note) = (None, "put together by code".to_owned());
        }
        if rule.severity >= Severity::Low {
            one.span = one.span.map(|s| file.place(s));
        }
        one
    });
    let mut finding = rule.finding(evidence.next().unwrap_or_else(|| Evidence::note("the whole file")));
    finding.evidence.extend(evidence);
    finding
}

/// Every signature that is built in, each once, sorted by id; then the user's.
#[must_use]
pub fn all_rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = (0u32..)
        .take(embedded::SETS.len())
        .filter_map(embedded_set)
        .flat_map(|set| set.known.values().copied())
        .collect();
    rules.sort_by_key(|r| r.id);
    rules.dedup_by_key(|r| r.id);
    if let Some(user) = USER.get() {
        let mut own: Vec<_> = user.known.values().copied().collect();
        own.sort_by_key(|r| r.id);
        rules.extend(own);
    }
    rules
}

/// The source text of a built-in signature with the comment above it, and the file that it stands in.
#[must_use]
pub fn source_of(id: &str) -> Option<(&'static str, String)> {
    embedded::SOURCES.iter().find_map(|(path, masked)| {
        let text = String::from_utf8(unmask(masked)).ok()?;
        let at = text.find(&format!("\"{id}\""))?;
        let start = text.get(..at)?.rfind("\nrule ").map_or(0, |p| p + 1);
        let lead = comment_above(&text, start);
        let end = text.get(start..)?.find("\n}").map_or(text.len(), |p| start + p + 2);
        Some((*path, text.get(lead..end)?.to_owned()))
    })
}

/// Where the run of comment lines directly above `start` begins.
fn comment_above(text: &str, start: usize) -> usize {
    let mut lead = start;
    while let Some(before) = text.get(..lead.saturating_sub(1)) {
        let line_start = before.rfind('\n').map_or(0, |p| p + 1);
        if lead == 0 || !before.get(line_start..).is_some_and(|l| l.trim_start().starts_with("//")) {
            break;
        }
        lead = line_start;
    }
    lead
}

/// A digest over everything that decides what is found: all rule sources and the version. Two runs with the same id
/// and the same limits give the same findings for the same content.
#[must_use]
pub fn ruleset_digest() -> &'static str {
    static ID: OnceLock<String> = OnceLock::new();
    ID.get_or_init(|| {
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        for (name, masked) in embedded::SOURCES {
            hash.update(name.as_bytes());
            hash.update(masked);
        }
        if let Some(user) = USER.get() {
            hash.update(user.sources);
        }
        crate::model::ContentId(hash.finalize().into()).to_string().split_at(16).0.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    /// The sieve may only leave out what cannot match: over every sample, each set that finds something is one that the
    /// sieve lets run.
    #[test]
    fn the_sieve_leaves_out_nothing_that_matches() {
        let plan = PLAN.as_ref().unwrap();
        let mut scanners: HashMap<u32, Scanner<'static>> = HashMap::new();
        let (mut matched, mut run, mut left_out) = (0, 0, 0);
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        for entry in ignore::WalkBuilder::new(samples).standard_filters(false).build().flatten() {
            let Ok(mut bytes) = std::fs::read(entry.path()) else { continue };
            if entry.path().extension().is_some_and(|e| e == "hex") {
                let digits: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_hexdigit).collect();
                let value = |digit: u8| char::from(digit).to_digit(16).unwrap() as u8;
                bytes = digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect();
            }
            let kind = crate::identify::identify(&entry.path().display().to_string(), &bytes).kind;
            let family = if kind.is_container() { FileKind::Data.family() } else { kind.family() };
            let Some((_, stems)) = stems_of(family) else { continue };
            let let_through = sieve_of(family).unwrap().unwrap().sets(&ByteView::from_vec(bytes.clone()));
            for (set, _) in (0u32..).zip(&plan.sets).filter(|(_, s)| stems.contains(&s.stem.as_str())) {
                let rules = &embedded_set(set).unwrap().rules;
                let scanner = scanners.entry(set).or_insert_with(|| Scanner::new(rules));
                let found = scanner.scan(&bytes).unwrap().matching_rules().next().map(|r| r.identifier().to_owned());
                let passes = let_through.contains(&set);
                assert!(passes || found.is_none(), "{} in {}", found.unwrap(), entry.path().display());
                matched += usize::from(found.is_some());
                run += usize::from(passes);
                left_out += usize::from(!passes);
            }
        }
        // It would prove nothing if nothing matched, or if everything ran.
        assert!(matched > 500, "{matched} sets matched");
        assert!(left_out > 10 * run, "{run} sets ran, {left_out} did not");
    }
}
