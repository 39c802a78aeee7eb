//! Joins findings into incidents: one sign is a capability, a chain is an intent. The chains are data in one table
//! ([`chains::CHAINS`]); this file only matches them.

pub mod chains;
mod own;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::analyze::native::AMONG_RULES;
use crate::analyze::script::{CHECKED, ODD_LINES};
use crate::model::{
    Capability, Confidence, Evidence, FactKind, FileKind, Finding, RuleOrigin, Severity, Stage, Stages,
};
use crate::package::{Ecosystem, Member, Package, Placed, Role};
use chains::{CHAINS, Chain, Followed, Need, Scope};
use own::Own;

/// A chain that was found, as a finding at the member where it begins.
#[derive(Debug, Clone)]
pub struct Incident {
    /// Index into the package's members.
    pub member: usize,
    /// The chain's rule with the evidence of every link.
    pub finding: Finding,
}

/// One finding that may be a link of a chain.
struct Link<'a> {
    member: usize,
    finding: &'a Finding,
    /// Places in the file that runs it; a decoded content stands where its encoding stands.
    offsets: Vec<u64>,
    /// Whether it was seen in content that had to be decoded first.
    decoded: bool,
    /// Whether all that it fetches is at the domain that has the package's own name.
    own: bool,
    /// Whether it runs by itself: when its file is loaded or the package installed, or because code that does calls it.
    by_itself: bool,
    /// Whether it is what people start the program for that it stands in, and no harm as long as nothing else is.
    wanted: bool,
}

/// Programs from this size on are what a package is about, however little script is beside them.
const LARGE_PROGRAM: u64 = 8 << 20;
/// Files whose findings count as close to one another wherever they stand.
const SMALL_FILE: u64 = 64 << 10;
/// Links looked at for one need; a file with more of them meets the need anyway.
const CANDIDATES: usize = 64;

/// Who has made a package, for those who weigh what it does.
pub struct Makers<'a> {
    own: Own<'a>,
    /// Whether scripts of Python in it start programs, perhaps by names that are worked out.
    starts: bool,
}

impl<'a> Makers<'a> {
    /// Those of a package.
    #[must_use]
    pub fn of(package: &'a Package<'_>) -> Self {
        let starts = |m: &Member<'_>| {
            m.facts().any(|fact| matches!(fact, FactKind::Has(Capability::Spawns | Capability::DynamicCode, _)))
        };
        let is_python = |m: &&Member<'_>| m.analysis.kind == FileKind::Python && m.role != Role::Test;
        Self { own: Own::of(package), starts: package.members.iter().filter(is_python).any(starts) }
    }

    /// Lowers what honest packages tell their makers of the pages that they are part of, and services of their clients, and
    /// what scripts do for somebody who looks for them and starts them.
    pub fn weigh(&self, finding: &mut Finding, member: &Member<'_>) {
        if finding.severity <= Severity::Medium {
            return;
        }
        let why = if member.idle && !self.starts && ASKED_FOR.contains(&finding.rule.id) {
            "nothing in the package starts it"
        } else if self.own.is_measured(finding) {
            "what a page tells the makers of the package"
        } else if Own::is_key_of_service(finding, member) {
            "a key of the service that it is sent to"
        } else {
            return;
        };
        finding.demote(why);
        finding.severity = Severity::Medium;
    }
}

/// Lowers what a package tells its own makers, over files that import one another: what it says that it does is a matter for
/// a person, and never certain.
pub fn weigh_own(package: &Package<'_>, placed: &mut [Placed]) {
    let own = Own::of(package);
    for Placed { member, finding } in placed.iter_mut().filter(|p| p.finding.severity > Severity::High) {
        if package.members.get(*member).is_some_and(|m| own.is_meant(finding, m, true)) {
            finding.demote("what it tells its own makers");
            finding.confidence = finding.confidence.min(Confidence::Likely);
        }
    }
}

/// Longest command in settings, in bytes, that is taken for a script that comes alone.
const LONGEST_COMMAND: u64 = 4 << 10;

/// Looks for every chain of the table in one package.
#[must_use]
pub fn incidents(package: &Package<'_>, placed: &[Placed]) -> Vec<Incident> {
    let units = units(package, placed);
    let code: u64 = package
        .members
        .iter()
        .filter(|m| m.analysis.kind.is_script() && !m.decoded && !matches!(m.role, Role::Test | Role::Document))
        .map(|m| m.analysis.bytes)
        .sum();
    // What a project of Python would be as a distribution, before it is one.
    let is_project = |m: &Member<'_>| matches!(m.path.as_str(), "pyproject.toml" | "setup.py");
    let mut own = package.members.iter().filter(|m| !m.decoded);
    let is_package =
        package.ecosystem.is_registry() || own.clone().nth(1).is_some() && package.members.iter().any(is_project);
    let is_skill = package.members.iter().any(|m| m.path.eq_ignore_ascii_case("SKILL.md"));
    let is_alone = !is_package && own.next().is_some_and(|m| m.analysis.kind.is_script()) && own.next().is_none();
    let mut found = Vec::new();
    for chain in CHAINS {
        let is_meant = if chain.alone { is_alone } else { is_package || chain.in_skills && is_skill };
        // A command in the settings of a project is a script that comes alone, too: somebody else wrote what it starts.
        let of_commands = chain.alone && !is_alone && !package.ecosystem.is_registry();
        if of_commands {
            found.extend(of_single_commands(chain, package, &units));
            continue;
        }
        if chain.most_code.is_some_and(|most| code > most || !is_meant) {
            continue;
        }
        match chain.scope {
            Scope::Window(_) | Scope::File => {
                for (member, links) in &units {
                    let Some(host) = package.members.get(*member) else { continue };
                    if chain.roles.contains(&host.role)
                        && (!chain.native || host.analysis.kind.is_executable())
                        && (!chain.executed || executes(host))
                        && !(chain.own_accord && (host.imported || host.idle))
                        && !(chain.used && host.idle)
                        && !(chain.most_code.is_some() && is_large_program(host))
                        && let Some(picked) = pick(chain, links, host.analysis.bytes)
                    {
                        found.push(Incident { member: *member, finding: compose(chain, &picked, package) });
                    }
                }
            }
            Scope::Package => {
                let links: Vec<&Link<'_>> = units
                    .iter()
                    .filter(|(m, _)| package.members.get(*m).is_some_and(|h| chain.roles.contains(&h.role)))
                    .flat_map(|(_, links)| links)
                    .collect();
                if let Some(picked) = pick_from(chain, &links) {
                    let member = picked.first().map_or(0, |l| l.member);
                    found.push(Incident { member, finding: compose(chain, &picked, package) });
                }
            }
        }
    }
    strongest(found)
}

/// Looks for a chain in single commands that settings have run.
fn of_single_commands(chain: &'static Chain, package: &Package<'_>, units: &[(usize, Vec<Link<'_>>)]) -> Vec<Incident> {
    let is_command = |member: usize| {
        package.members.get(member).is_some_and(|m| m.is_command && m.analysis.bytes <= LONGEST_COMMAND)
    };
    let mut found = Vec::new();
    for (host, links) in units {
        let Some(role) = package.members.get(*host).map(|m| m.role) else { continue };
        let commands: BTreeSet<usize> = links.iter().map(|l| l.member).filter(|m| is_command(*m)).collect();
        for command in commands.into_iter().filter(|_| chain.roles.contains(&role)).take(CANDIDATES) {
            let own: Vec<&Link<'_>> = links.iter().filter(|l| l.member == command).collect();
            if let Some(picked) = pick_from(chain, &own) {
                found.push(Incident { member: *host, finding: compose(chain, &picked, package) });
            }
        }
    }
    found
}

/// Whether a package with this program in it is no longer one of a few kilobytes.
fn is_large_program(host: &Member<'_>) -> bool {
    host.analysis.kind.is_executable() && host.analysis.bytes > LARGE_PROGRAM
}

/// Whether what a file holds can come to be executed by the file itself. Lists and settings are read by others.
fn executes(host: &Member<'_>) -> bool {
    let is_data = matches!(host.analysis.kind, FileKind::Yaml | FileKind::Json | FileKind::Toml | FileKind::Ini);
    !is_data || host.is_command || matches!(host.role, Role::Install | Role::Agent)
}

/// The findings by the file that runs them, in the order of members.
fn units<'a>(package: &'a Package<'a>, placed: &'a [Placed]) -> Vec<(usize, Vec<Link<'a>>)> {
    let by_way: HashMap<&[usize], usize> =
        package.members.iter().enumerate().map(|(i, m)| (m.way.as_slice(), i)).collect();
    let mut units: HashMap<usize, Vec<Link<'a>>> = HashMap::new();
    let called = Called::of(package);
    let programs = programs(package);
    let own = Own::of(package);
    // Nothing of Python runs a script of a page, which waits for one.
    let waits = |member: &Member<'_>| member.idle && package.ecosystem == Ecosystem::PyPi;
    for (index, member) in package.members.iter().enumerate() {
        let (host, at) = host_of(package, &by_way, index, member);
        for finding in &member.analysis.findings {
            if finding.severity < Severity::Low || finding.brake == Some(AMONG_RULES) {
                continue;
            }
            let offsets = match at {
                Some(at) => vec![at],
                None => finding.evidence.iter().filter_map(|e| e.span).map(|s| s.offset).collect(),
            };
            let is_asked_for = programs.contains(&host) && ASKED_FOR.contains(&finding.rule.id);
            let by_itself = called.runs(member, finding) && !is_asked_for && !waits(member);
            // Installers of parts of the package itself: what they do else is told elsewhere.
            if own.is_installed(finding) {
                continue;
            }
            units.entry(host).or_default().push(Link {
                member: index,
                finding,
                offsets,
                decoded: at.is_some(),
                own: own.is_meant(finding, member, by_itself),
                by_itself,
                wanted: programs.contains(&host) && is_wanted(finding),
            });
        }
    }
    for Placed { member, finding } in placed {
        // Keys that callers hand over are told when they call.
        let by_itself =
            finding.rule.id != "flow-key-sent" && !(programs.contains(member) && ASKED_FOR.contains(&finding.rule.id));
        units.entry(*member).or_default().push(Link {
            member: *member,
            finding,
            offsets: Vec::new(),
            decoded: false,
            own: package.members.get(*member).is_some_and(|m| own.is_meant(finding, m, by_itself)),
            by_itself,
            wanted: programs.contains(member) && is_wanted(finding),
        });
    }
    // What a signature guesses of a download, the flow knows; but only when all of them are the makers'.
    for links in units.values_mut() {
        let is_followed = |link: &&Link<'_>| link.finding.rule.id == "flow-download-run";
        if links.iter().any(|link| is_followed(&link)) && links.iter().filter(is_followed).all(|link| link.own) {
            for link in links.iter_mut().filter(|l| l.finding.rule.technique.id == "exec/download-run") {
                link.own = true;
            }
        }
    }
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by_key(|(member, _)| *member);
    units
}

/// What people start programs for, among other things. Nobody asks for secrets to be sent, or hidden code to be executed.
const ASKED_FOR: &[&str] = &[
    "flow-beacon",
    "flow-calls-home",
    "flow-download-run",
    "flow-identity-sent",
    "flow-output-sent",
    "flow-persists",
    "flow-starts-unseen",
    "flow-task-planted",
];

/// Those of them that set something up for whoever starts the program: alone they are for a person to look at, however small
/// the package is. What fetches, sends or decodes beside them is a link of its own.
const WANTED: &[&str] = &["flow-persists", "flow-task-planted"];

/// Whether a finding of a program that people start is one of those, and what is set up looks like it; or a download that is
/// checked.
fn is_wanted(finding: &Finding) -> bool {
    WANTED.contains(&finding.rule.id) && !finding.evidence.iter().any(|e| e.note.contains(ODD_LINES))
        || finding.brake == Some(CHECKED)
}

/// The files, by their place among the members, that only run as commands which the package installs, or as a step that
/// somebody put into a pipeline: whoever starts one has asked for it. What is also imported, or belongs to the installation,
/// is none.
fn programs(package: &Package<'_>) -> HashSet<usize> {
    let steps = steps(package);
    let Some(npm) = package.npm else { return steps };
    let name = |path: &str| {
        let path = path.trim_start_matches("./");
        let end = [".js", ".cjs", ".mjs"].iter().find_map(|e| path.strip_suffix(e)).unwrap_or(path);
        end.strip_suffix("/index").unwrap_or(end).to_owned()
    };
    let imported: HashSet<String> = npm.entries.iter().map(|e| name(e)).collect();
    let bins: HashSet<String> = npm.bins.iter().map(|(_, file)| name(file)).filter(|b| !imported.contains(b)).collect();
    let is_program = |m: &Member<'_>| {
        let Some(path) = m.path.strip_prefix(package.base.as_str()) else { return false };
        match path.strip_suffix(".map") {
            // What a bundle was made of.
            Some(bundle) => bins.contains(&name(bundle)),
            None => m.role == Role::Entry && bins.contains(&name(path)),
        }
    };
    package.members.iter().enumerate().filter(|(i, m)| is_program(m) || steps.contains(i)).map(|(i, _)| i).collect()
}

/// The files that an action of a pipeline (`action.yml`) starts, and no script of the installation.
fn steps(package: &Package<'_>) -> HashSet<usize> {
    let mut started: HashSet<String> = HashSet::new();
    for member in package.members.iter().filter(|m| matches!(m.base_name(), "action.yml" | "action.yaml")) {
        let folder = member.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for fact in member.facts() {
            let FactKind::Starts(command) = fact else { continue };
            let words = command.split_whitespace().map(|word| word.trim_start_matches("./"));
            started.extend(words.map(|word| format!("{folder}/{word}").trim_start_matches('/').to_owned()));
        }
    }
    if started.is_empty() {
        return HashSet::new();
    }
    let index: HashMap<String, usize> = package.members.iter().enumerate().map(|(i, m)| (m.path.clone(), i)).collect();
    let hooks = package.npm.map(|npm| crate::package::role::hook_files(npm, &package.base, &index)).unwrap_or_default();
    let is_step = |(i, m): &(usize, &Member<'_>)| started.contains(&m.path) && !hooks.contains(i);
    package.members.iter().enumerate().filter(is_step).map(|(i, _)| i).collect()
}

/// The functions that the package's own code calls when it is loaded or installed, by name: with the names of the
/// modules in which they were looked for.
struct Called<'a>(HashMap<&'a str, Vec<&'a str>>);

impl<'a> Called<'a> {
    fn of(package: &Package<'a>) -> Self {
        let mut called: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for member in &package.members {
            if matches!(member.role, Role::Test | Role::Document | Role::RuleData) {
                continue;
            }
            for fact in member.facts() {
                let FactKind::CallsAtLoad(path) = fact else { continue };
                if let Some((module, function)) = path.rsplit_once('.') {
                    let module = module.rsplit(['.', '/']).next().unwrap_or(module);
                    called.entry(function).or_default().push(module);
                }
            }
        }
        Self(called)
    }

    fn runs(&self, member: &Member<'_>, finding: &Finding) -> bool {
        if finding.stages.has(Stage::Trigger) {
            return true;
        }
        let Some(function) = finding.within.as_deref() else { return false };
        let base = member.base_name();
        let stem = base.split('.').next().unwrap_or(base);
        // A package's own file answers for its folder's name.
        let stem = if matches!(stem, "__init__" | "index") {
            member.path.rsplit(['/', '!']).nth(1).unwrap_or(stem)
        } else {
            stem
        };
        self.0.get(function).is_some_and(|modules| modules.contains(&stem))
    }
}

/// The file that a decoded content was decoded from, and where in it; a file is its own host.
fn host_of(
    package: &Package<'_>,
    by_way: &HashMap<&[usize], usize>,
    index: usize,
    member: &Member<'_>,
) -> (usize, Option<u64>) {
    let mut host = index;
    let mut at = None;
    let mut way = member.way.as_slice();
    let mut current = member.decoded;
    while current {
        let Some((last, outer)) = way.split_last() else { break };
        let Some(parent) = by_way.get(outer) else { break };
        let Some(parent_member) = package.members.get(*parent) else { break };
        if let Some(crate::model::Step::Decoded { offset, .. }) =
            parent_member.analysis.children.get(*last).map(|e| &e.step)
        {
            at = Some(*offset);
        }
        host = *parent;
        way = outer;
        current = parent_member.decoded;
    }
    (host, at)
}

/// The links of one file that meet every need of the chain, close together when the chain asks for it.
fn pick<'l, 'a>(chain: &Chain, links: &'l [Link<'a>], bytes: u64) -> Option<Vec<&'l Link<'a>>> {
    let all: Vec<&Link<'a>> = links.iter().collect();
    let Scope::Window(window) = chain.scope else { return pick_from(chain, &all) };
    if bytes <= SMALL_FILE.min(window * 8) {
        return pick_from(chain, &all);
    }
    // A window that begins at each place of a link that meets the first need.
    let first = chain.needs.first()?;
    let mut starts: Vec<u64> = all.iter().filter(|l| meets(first, l)).flat_map(|l| l.offsets.iter().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().take(CANDIDATES).find_map(|start| {
        let near: Vec<&Link<'a>> =
            all.iter().copied().filter(|l| l.offsets.iter().any(|o| o.abs_diff(start) <= window)).collect();
        pick_from(chain, &near)
    })
}

/// Meets every need with a link of its own (by rule), or says that it cannot.
fn pick_from<'l, 'a>(chain: &Chain, links: &[&'l Link<'a>]) -> Option<Vec<&'l Link<'a>>> {
    let candidates: Vec<Vec<&'l Link<'a>>> = chain
        .needs
        .iter()
        .map(|need| {
            links
                .iter()
                .copied()
                .filter(|l| l.finding.confidence >= chain.sure && meets(need, l))
                .filter(|l| chain.needs.len() > 1 || !l.own && !l.wanted)
                .take(CANDIDATES)
                .collect()
        })
        .collect();
    let mut picked: Vec<&'l Link<'a>> = Vec::new();
    search(chain, &candidates, &mut picked).then_some(picked)
}

/// Signs of one act, however many see it: a package manager is told to install something; what watches over the machine is
/// told to look away; something is made to start by itself, which the flow knows and the signature reads; what is unpacked is
/// compiled for nothing but to be executed.
const SAME_ACT: &[&[&str]] = &[
    &["flow-installs-other", "install-hook-py-pip-other", "process-py-quiet-pip"],
    &["powershell-defender-off", "security-tool-defender-code"],
    &["decode-exec-py-call", "decode-exec-py-compiled"],
    &["flow-persists", "windows-schtask-hidden", "windows-run-key-hidden", "windows-startup-drop"],
];

/// Depth-first over at most four needs.
fn search<'l, 'a>(chain: &Chain, candidates: &[Vec<&'l Link<'a>>], picked: &mut Vec<&'l Link<'a>>) -> bool {
    // Installers of programs of one's own are several signs, too.
    let Some(options) = candidates.get(picked.len()) else {
        return picked.iter().any(|l| !l.own) && picked.iter().any(|l| !l.wanted);
    };
    for option in options {
        let (rule, technique) = (option.finding.rule.id, option.finding.rule.technique.id);
        let is_same = |p: &Link<'a>| SAME_ACT.iter().any(|act| act.contains(&p.finding.rule.id) && act.contains(&rule));
        if picked.iter().any(|p| is_same(p)) {
            continue;
        }
        if picked
            .iter()
            .any(|p| p.finding.rule.id == rule || (!chain.one_technique && p.finding.rule.technique.id == technique))
        {
            continue;
        }
        // Two names for the same bytes are one weak sign; strong ones each stand for more than their bytes.
        let is_weak = |link: &Link<'_>| link.finding.severity < Severity::High;
        if picked.iter().any(|p| is_weak(p) && is_weak(option) && is_same_place(p, option)) {
            continue;
        }
        let heuristics = |links: &[&Link<'_>]| links.iter().filter(|l| is_heuristic(l)).count();
        if is_heuristic(option) && chain.most_heuristics.is_some_and(|most| heuristics(picked) >= most) {
            continue;
        }
        picked.push(option);
        if search(chain, candidates, picked) {
            return true;
        }
        picked.pop();
    }
    false
}

/// Whether two findings show the same bytes of one file and no others.
fn is_same_place(a: &Link<'_>, b: &Link<'_>) -> bool {
    let spans = |link: &Link<'_>| -> Vec<(u64, u64)> {
        let spans = link.finding.evidence.iter().filter_map(|e| e.span);
        spans.map(|s| (s.offset, s.offset.saturating_add(s.len.max(1)))).collect()
    };
    let (ours, theirs) = (spans(a), spans(b));
    let within = |one: &[(u64, u64)], other: &[(u64, u64)]| {
        one.iter().all(|(start, end)| other.iter().any(|(from, to)| start < to && from < end))
    };
    a.member == b.member && !ours.is_empty() && !theirs.is_empty() && within(&ours, &theirs) && within(&theirs, &ours)
}

fn is_heuristic(link: &Link<'_>) -> bool {
    link.finding.rule.origin == RuleOrigin::Heuristic
}

fn meets(need: &Need, link: &Link<'_>) -> bool {
    let finding = link.finding;
    let technique = finding.rule.technique.id;
    // Of what a brake is on, somebody else has to say that it is an attack.
    let is_flow = finding.rule.id.starts_with("flow-") && finding.brake.is_none();
    finding.severity >= need.least
        && (!need.decoded || link.decoded)
        && match need.followed {
            Followed::NotAsked => true,
            Followed::Anywhere => is_flow,
            Followed::ByItself => is_flow && link.by_itself,
        }
        && (need.techniques.is_empty() || need.techniques.iter().any(|t| technique.starts_with(t)))
        && (need.stages.is_empty() || need.stages.iter().any(|s| finding.stages.has(s)))
}

fn compose(chain: &'static Chain, picked: &[&Link<'_>], package: &Package<'_>) -> Finding {
    let mut evidence = picked.iter().map(|link| {
        let mut shown = link.finding.evidence.first().cloned().unwrap_or_else(|| Evidence::note(""));
        let place = package.members.get(link.member).map_or("", |m| m.path.as_str());
        let stages: Vec<&str> = link.finding.stages.iter().map(crate::model::Stage::word).collect();
        let note = if shown.note.is_empty() { String::new() } else { format!("; {}", shown.note) };
        shown.note =
            format!("{} [{}] {} in {place}{note}", stages.join("+"), link.finding.rule.id, link.finding.message);
        shown
    });
    let mut finding = chain.rule.finding(evidence.next().unwrap_or_else(|| Evidence::note("")));
    finding.evidence.extend(evidence);
    finding.stages = picked.iter().fold(Stages::NONE, |s, l| s.with(l.finding.stages));
    let links: Vec<&str> = picked.iter().map(|l| l.finding.rule.technique.title).collect();
    finding.message = format!("{}: {}", chain.rule.title, links.join(" → "));
    finding
}

/// Of several incidents at one member only the worst stay, so that a reader sees the chain and not its parts.
fn strongest(mut found: Vec<Incident>) -> Vec<Incident> {
    let mut worst: HashMap<usize, Severity> = HashMap::new();
    for incident in &found {
        let entry = worst.entry(incident.member).or_insert(Severity::Info);
        *entry = (*entry).max(incident.finding.severity);
    }
    found.retain(|i| worst.get(&i.member) == Some(&i.finding.severity));
    found
}

/// The rules of the chain table, for `rules list` and `explain`.
pub fn rules() -> impl Iterator<Item = &'static crate::model::Rule> {
    CHAINS.iter().map(|c| &c.rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_act_is_one_sign_however_many_see_it() {
        let met = |ids: [&'static str; 3]| {
            let chain = CHAINS.iter().find(|c| c.rule.id == "chain-install-medium-trio").unwrap();
            let findings = ids.map(|id| {
                let rule = Rule {
                    id,
                    technique: known("exec/install-hook-py"),
                    severity: Severity::Medium,
                    ..CHAINS[0].rule.clone()
                };
                let rule: &'static Rule = Box::leak(Box::new(rule));
                Finding { confidence: Confidence::Certain, ..rule.finding(Evidence::note("")) }
            });
            let links: Vec<Link<'_>> = findings
                .iter()
                .map(|finding| Link {
                    member: 0,
                    finding,
                    offsets: Vec::new(),
                    decoded: false,
                    own: false,
                    by_itself: true,
                    wanted: false,
                })
                .collect();
            pick(chain, &links, 0).is_some()
        };
        assert!(met(["a", "process-py-quiet-pip", "b"]));
        assert!(!met(["a", "process-py-quiet-pip", "install-hook-py-pip-other"]));
        // A task that is registered is one act, whoever reads it.
        assert!(!met(["a", "flow-persists", "windows-schtask-hidden"]));
    }

    use crate::model::technique::known;
    use crate::model::{Confidence, Rule};

    fn met(rules: &[(&'static str, RuleOrigin, Confidence)]) -> bool {
        let chain = CHAINS.iter().find(|c| c.rule.id == "chain-program-strong-pair").unwrap();
        let findings: Vec<Finding> = rules
            .iter()
            .map(|(technique, origin, confidence)| {
                let base = &CHAINS[0].rule;
                let rule = Rule { id: technique, technique: known(technique), origin: *origin, ..base.clone() };
                let rule: &'static Rule = Box::leak(Box::new(rule));
                Finding { severity: Severity::High, confidence: *confidence, ..rule.finding(Evidence::note("")) }
            })
            .collect();
        let links: Vec<Link<'_>> = findings
            .iter()
            .map(|finding| Link {
                member: 0,
                finding,
                offsets: vec![0],
                decoded: false,
                own: false,
                by_itself: true,
                wanted: false,
            })
            .collect();
        pick_from(chain, &links.iter().collect::<Vec<_>>()).is_some()
    }

    #[test]
    fn programs_are_not_blocked_on_two_guesses_or_on_protection() {
        use Confidence::{Hint, Likely};
        use RuleOrigin::{Heuristic, Signature};
        let hidden = ("bin/strings-encrypted", Heuristic, Likely);
        assert!(met(&[hidden, ("net/reverse-shell", Signature, Likely)]));
        assert!(met(&[("net/reverse-shell", Heuristic, Likely), ("bin/rootkit-kmod", Signature, Likely)]));
        // The second of two heuristics is passed over for what comes behind it.
        assert!(met(&[hidden, ("bin/inject", Heuristic, Likely), ("net/reverse-shell", Signature, Likely)]));
        assert!(!met(&[hidden, ("net/reverse-shell", Heuristic, Likely)]));
        assert!(!met(&[hidden, ("net/reverse-shell", Signature, Hint)]));
        assert!(!met(&[("bin/packed", Signature, Likely), ("bin/anti-debug", Signature, Likely)]));
        assert!(!met(&[("bin/section-odd", Signature, Likely), ("bin/inject", Signature, Likely)]));
    }
    #[test]
    fn two_names_for_the_same_bytes_are_one_sign() {
        let finding = |at: &[u64]| {
            let text = [b'x'; 64];
            let mut finding = CHAINS[0].rule.finding(Evidence::note(""));
            finding.evidence = at.iter().map(|at| Evidence::at(&text, *at as usize, 8)).collect();
            finding
        };
        let same = |a: &[u64], b: &[u64]| {
            let (a, b) = (finding(a), finding(b));
            let link = |finding| Link {
                member: 0,
                finding,
                offsets: Vec::new(),
                decoded: false,
                own: false,
                by_itself: true,
                wanted: false,
            };
            is_same_place(&link(&a), &link(&b))
        };
        assert!(same(&[0], &[4]) && same(&[0, 32], &[33, 2]));
        assert!(!same(&[0], &[8]) && !same(&[0, 32], &[0]) && !same(&[], &[0]) && !same(&[], &[]));
    }
}
