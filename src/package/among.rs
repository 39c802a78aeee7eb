//! Attacks that are laid over several files of a package: one collects, another sends, a third holds the text that a fourth
//! executes, and the file that runs by itself only calls them. Each alone is a library like any other, so the file that
//! runs by itself is followed through those that it imports.
//!
//! Honest packages are made of the same parts: of them, too, only what runs by itself is followed, and what a flow is
//! worth is judged as in one file.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::{Member, Package, PackageHeuristic, Placed, Role};
use crate::analyze::script::{How, Siblings, follow_among, holds_long, knows_addresses};
use crate::model::fact::{FactKind, ImportableFile};
use crate::model::{Capability, Evidence, Finding, Rule, Severity, Stage};
use crate::parse::script::Language;

/// Most files that run by themselves and are followed.
const MAX_ROOTS: usize = 8;
/// Most files that one imports, over however many others, most imports among them that are looked at, and most of those files
/// that are gone through for it.
const MAX_REACHED: usize = 512;
const MAX_IMPORTS: usize = 16 << 10;
const MAX_WANTED: usize = 32;
/// A package of so few files, with so few bytes in all, is small: it is gone through without asking what it is worth, and
/// what its functions do counts too, that somebody has to call.
const SMALL_FILES: usize = 24;
const SMALL: usize = 48 << 10;
/// Most texts in one package that are asked for what they hold.
const MAX_ASKED: usize = 64;

/// Why what a program of very many files does is for people to look at and no chain by itself: one that small attacks need
/// not be, in which things of many purposes come together, and of which only a part was gone through.
const OF_A_PROGRAM: &str = "over more files than are gone through";

/// Why what somebody starts by its name is no chain by itself.
const STARTED: &str = "only when somebody starts it";

/// The rule of flows that tells who sets the clipboard to what it makes of what it read there.
const SETS_CLIPBOARD: &str = "flow-clipboard-swap";

/// Follows what runs by itself through the files that it imports.
pub(super) struct AmongFiles;

/// What a file has to do with others of its package.
#[derive(Debug, Default, Clone, Copy)]
struct Part {
    member: usize,
    collects: bool,
    reaches: bool,
    executes: bool,
    starts: bool,
    /// What it calls is made of what other files hold.
    unnamed: bool,
    /// It speaks of the keys of wallets.
    keys: bool,
    /// It replaces functions of clients.
    hooks: bool,
    /// It sends messages for somebody.
    mails: bool,
    /// It asks where it runs.
    asks: bool,
    /// It may hold a list that is not to be read.
    compares: bool,
    /// It is no script.
    is_data: bool,
    /// It has the functions of a builder of distributions, which is called when something is installed from its source.
    builds: bool,
    /// It encrypts, goes through folders, changes files.
    seals: bool,
    lists: bool,
    changes: bool,
}

impl Part {
    /// Whether it has to do with the files of somebody.
    fn is_of_files(&self) -> bool {
        self.seals || self.lists || self.changes
    }
}

/// Whether files may be lost between these: some are gone through and changed, and they are encrypted, or it matters where.
fn may_lose_files<'a>(parts: impl Iterator<Item = &'a Part>) -> bool {
    let [mut seals, mut asks, mut lists, mut changes] = [false; 4];
    for part in parts {
        seals |= part.seals;
        asks |= part.asks;
        lists |= part.lists;
        changes |= part.changes;
    }
    lists && changes && (seals || asks)
}

impl PackageHeuristic for AmongFiles {
    fn rules(&self) -> &'static [&'static Rule] {
        // Those of the flows of single scripts, which are listed there.
        &[]
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let mut parts = Vec::new();
        let mut files: Vec<(Box<str>, Arc<ImportableFile>)> = Vec::new();
        for (i, member) in package.members.iter().enumerate() {
            // Whatever a file is called, and wherever it lies: it counts when it is imported.
            if member.decoded {
                // But for the lines of a path file, which every interpreter runs before all else.
                let lines =
                    member.path.rsplit_once("!/").filter(|(file, _)| member.is_command && file.ends_with(".pth"));
                if let (Some((path, _)), Some(file)) = (lines, member.facts().find_map(importable)) {
                    parts.push(part(package, i, file));
                    files.push((format!("{path}.py").into(), Arc::clone(file)));
                }
                continue;
            }
            if let Some(file) = member.facts().find_map(importable) {
                parts.push(part(package, i, file));
                files.push((member.path.as_str().into(), Arc::clone(file)));
            }
        }
        let roots = roots(package, &parts);
        clipboard(package, &parts, &files, out);
        let is_built = package.members.iter().any(|m| is_run_by_builders(&m.path));
        let is_attack = |p: &Part| p.reaches || p.executes || p.unnamed || p.builds || p.compares || p.mails;
        // What is started may be put together of what several say.
        let is_followed = is_built
            || parts.iter().any(|p| is_attack(p) || (p.starts || p.collects) && parts.len() <= SMALL_FILES)
            || may_lose_files(parts.iter());
        if roots.is_empty() || !is_followed || parts.len() < 2 {
            return;
        }
        let tops = vec![package.base.clone(), format!("{}src/", package.base)];
        let mut siblings = Siblings::of(files, tops);
        let mut roots = roots;
        let mut started = Vec::new();
        if parts.len() <= SMALL_FILES {
            started = firsts(package, &siblings, &parts, &roots);
            roots = [started.clone(), roots].concat();
            roots.truncate(MAX_ROOTS);
        }
        for root in roots {
            let is_install = parts
                .get(root)
                .and_then(|part| package.members.get(part.member))
                .is_some_and(|m| m.role == Role::Install || is_run_by_builders(&m.path));
            let wanted = match siblings.modules().language(root) {
                Some(Language::Python | Language::JavaScript) | None => wanted(package, &siblings, &parts, root),
                Some(language) => wanted_of_light(&siblings, &parts, language, root),
            };
            let Some(Wanted { files, all, called, small, plain }) = wanted else { continue };
            siblings.only(files);
            let shared = Rc::new(siblings);
            let among = follow_among(&shared, root, How { called, all: small, is_install, is_plain: plain });
            let Some(back) = Rc::into_inner(shared) else { return };
            siblings = back;
            let member_of = |file: usize| parts.get(file).and_then(|part| package.members.get(part.member));
            // What is told of one of the files is not told again; what was weak there, or had to be called by somebody, may
            // be more over several, and run by itself.
            let mut known: HashMap<&str, (Severity, bool)> = HashMap::new();
            let told = among.files.iter().filter_map(|file| member_of(*file)).flat_map(|m| m.analysis.findings.iter());
            for finding in told.filter(|f| f.severity >= Severity::High && f.brake.is_none()) {
                let is = known.entry(finding.rule.id).or_insert((Severity::High, false));
                *is = (is.0.max(finding.severity), is.1 || finding.stages.has(Stage::Trigger));
            }
            let is_told = |finding: &Finding| {
                known.get(finding.rule.id).is_some_and(|(severity, by_itself)| {
                    *severity >= finding.severity && (*by_itself || !finding.stages.has(Stage::Trigger))
                })
            };
            let Some(at) = parts.get(root).map(|part| part.member) else { continue };
            for mut finding in among.findings {
                if !all {
                    finding.brake = Some(OF_A_PROGRAM);
                } else if started.contains(&root) {
                    finding.brake = Some(STARTED);
                    finding.severity = finding.severity.min(Severity::High);
                }
                if !is_told(&finding) && !out.iter().any(|p| p.member == at && p.finding.rule.id == finding.rule.id) {
                    out.push(Placed { member: at, finding });
                }
            }
        }
    }
}

/// A file that sets the clipboard to what it makes of what it read there, in a package another file of which knows what
/// addresses of wallets look like and holds one.
fn clipboard(package: &Package<'_>, parts: &[Part], files: &[(Box<str>, Arc<ImportableFile>)], out: &mut Vec<Placed>) {
    let sets = |part: &Part| {
        let member = package.members.get(part.member)?;
        let found = member.analysis.findings.iter().find(|f| f.rule.id == SETS_CLIPBOARD)?;
        (found.severity < found.rule.severity).then(|| Placed { member: part.member, finding: found.clone() })
    };
    for mut placed in parts.iter().filter_map(sets).take(MAX_ROOTS) {
        let named_by = |member: &Member<'_>| -> Vec<String> {
            let names = member.facts().filter_map(|fact| match fact {
                FactKind::Imports(name) => Some(name.split(['.', '/']).map(str::to_owned).collect::<Vec<_>>()),
                _ => None,
            });
            names.flatten().collect()
        };
        let stem = |path: &str| path.rsplit('/').next().and_then(|name| name.split('.').next()).map(str::to_owned);
        let mut named: HashSet<String> =
            package.members.get(placed.member).map(named_by).into_iter().flatten().collect();
        // A table of them may lie behind who looks into it.
        let nexts = parts.iter().filter_map(|part| package.members.get(part.member));
        let behind = nexts.filter(|m| stem(&m.path).is_some_and(|stem| named.contains(&stem))).flat_map(named_by);
        let behind: Vec<String> = behind.take(MAX_REACHED).collect();
        named.extend(behind);
        let knows = files.iter().take(MAX_REACHED).find(|(path, file)| {
            stem(path).is_some_and(|stem| named.contains(&stem)) && knows_addresses(&file.text.read())
        });
        if let Some((path, _)) = knows {
            placed.finding.severity = placed.finding.rule.severity;
            placed
                .finding
                .evidence
                .push(Evidence::note(format!("addresses of wallets, and patterns of others, in {path}")));
            out.push(placed);
        }
    }
}

fn importable(fact: &FactKind) -> Option<&Arc<ImportableFile>> {
    match fact {
        FactKind::Importable(file) => Some(file),
        _ => None,
    }
}

fn part(package: &Package<'_>, i: usize, file: &ImportableFile) -> Part {
    let mut part = Part {
        member: i,
        reaches: file.reaches,
        executes: file.executes,
        unnamed: file.nameless,
        keys: file.keys,
        hooks: file.hooks,
        mails: file.mails,
        asks: file.asks,
        compares: file.compares,
        builds: file.builds,
        seals: file.seals,
        lists: file.lists,
        changes: file.changes,
        is_data: !file.kind.is_script(),
        ..Part::default()
    };
    let Some(member) = package.members.get(i) else { return part };
    for fact in member.facts() {
        match fact {
            FactKind::Has(Capability::Environment, name) => part.collects |= &**name == "*",
            FactKind::Has(Capability::Credentials | Capability::Wallets, _) => part.collects = true,
            FactKind::Has(Capability::Network, _) => part.reaches = true,
            FactKind::Has(Capability::DynamicCode, _) => part.executes = true,
            FactKind::Has(Capability::Spawns, _) => part.starts = true,
            _ => {}
        }
    }
    part.collects |= member.analysis.findings.iter().any(|f| f.rule.technique.id == "net/exfil-identity");
    part
}

/// The files that run by themselves, those of an installation first.
fn roots(package: &Package<'_>, parts: &[Part]) -> Vec<usize> {
    let of = |role: Role| {
        parts.iter().enumerate().filter(move |(_, part)| {
            package
                .members
                .get(part.member)
                .is_some_and(|m| m.role == role && !m.imported && m.analysis.kind.is_script())
        })
    };
    // Builders that a project brings for itself, wherever they lie.
    let loads = parts.iter().enumerate().filter(|(_, part)| {
        package.members.get(part.member).is_some_and(|m| {
            m.role == Role::Body && is_loaded_first(m.path.strip_prefix(&*package.base).unwrap_or(&m.path))
        })
    });
    let is_root =
        |part: &Part| package.members.get(part.member).is_some_and(|m| matches!(m.role, Role::Install | Role::Entry));
    let builders = parts.iter().enumerate().filter(|(_, part)| part.builds && !is_root(part));
    // What every run of tests loads.
    let tests = of(Role::Body).chain(of(Role::Test)).filter(|(_, part)| {
        package.members.get(part.member).is_some_and(|m| m.path.rsplit('/').next() == Some("conftest.py"))
    });
    // What a skill has its agent start runs as any entry does.
    let is_skill = |m: &&Member<'_>| m.base_name().eq_ignore_ascii_case("SKILL.md");
    let folders: Vec<&str> = package
        .members
        .iter()
        .filter(is_skill)
        .map(|m| m.path.len().checked_sub(m.base_name().len()).and_then(|end| m.path.get(..end)).unwrap_or_default())
        .collect();
    let of_skill = of(Role::Body).filter(|(_, part)| {
        let path = package.members.get(part.member).map_or("", |m| m.path.as_str());
        folders.iter().any(|folder| path.starts_with(folder))
    });
    // What a small package has beside that is started by names that are not asked for here: console scripts, plug-ins.
    let others = of(Role::Body).filter(|(_, part)| {
        parts.len() <= SMALL_FILES
            && (part.reaches
                || part.executes
                || part.starts
                || part.collects
                || part.seals
                || part.lists && part.changes)
    });
    let mut seen = HashSet::new();
    of(Role::Install)
        .chain(builders)
        .chain(of(Role::Entry))
        .chain(tests)
        .chain(loads)
        .chain(of_skill)
        .chain(others)
        .map(|(i, _)| i)
        // One file may be there for more than one reason.
        .filter(|i| seen.insert(*i))
        .take(MAX_ROOTS)
        .collect()
}

/// Most files that are started by names that are not asked for here and are followed.
const MAX_FIRST: usize = 3;

/// The modules of a small package of Python that import others of it and are imported by none, beside those that are followed
/// anyway: what console scripts and plug-ins name. They may do nothing themselves, and what they import does not do all of it
/// alone. Examples and tools of its makers import the package as well, and lie beside it.
fn firsts(package: &Package<'_>, siblings: &Siblings, parts: &[Part], known: &[usize]) -> Vec<usize> {
    let all: Vec<Vec<usize>> = (0..parts.len()).map(|file| imports(package, siblings, parts, file)).collect();
    let imported: HashSet<usize> = all.iter().flatten().copied().collect();
    let is_first = |(file, own): &(usize, &Vec<usize>)| {
        let member = parts.get(*file).and_then(|part| package.members.get(part.member));
        !own.is_empty()
            && !imported.contains(file)
            && !known.contains(file)
            && member.is_some_and(|m| {
                Language::of(m.analysis.kind) == Some(Language::Python)
                    && matches!(m.role, Role::Body | Role::Install | Role::Entry)
                    && is_in_a_package(m.path.strip_prefix(&*package.base).unwrap_or(&m.path))
            })
    };
    all.iter().enumerate().filter(is_first).map(|(file, _)| file).take(MAX_FIRST).collect()
}

/// Whether a path leads into a folder that is a package, and not one of examples or tools.
fn is_in_a_package(path: &str) -> bool {
    const OTHERS: &[&str] = &["example", "demo", "sample", "doc", "script", "tool", "bench", "test", "ci", "tutorial"];
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    let mut folders = parts.filter(|folder| !folder.is_empty()).peekable();
    folders.peek().is_some()
        && std::iter::once(name).chain(folders).all(|part| {
            let part = part.to_ascii_lowercase();
            !OTHERS.iter().any(|other| {
                part.strip_prefix(other)
                    .is_some_and(|rest| matches!(rest.as_bytes().first(), None | Some(b's' | b'_' | b'.' | b'-')))
            })
        })
}

/// The files that one imports.
fn imports(package: &Package<'_>, siblings: &Siblings, parts: &[Part], file: usize) -> Vec<usize> {
    let member = parts.get(file).and_then(|part| package.members.get(part.member));
    let names = member.into_iter().flat_map(|m| m.facts()).filter_map(|fact| match fact {
        FactKind::Imports(name) => Some(&**name),
        _ => None,
    });
    names.flat_map(|name| siblings.modules().imported(file, name)).collect()
}

/// Whether a file is one that is loaded first, by where it lies: the library of a gem, what an editor sources when it starts,
/// a page or the functions of a package of PHP, a plugin of a shell, the script that builds a distribution of Perl.
fn is_loaded_first(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let parent = folder.rsplit('/').next().unwrap_or_default();
    let depth = folder.split('/').filter(|part| !part.is_empty()).count();
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    match ending {
        "rb" => parent == "lib" || stem == "railtie",
        "lua" => ["plugin", "ftplugin", "after"].contains(&parent) || stem == "init",
        "php" => {
            depth <= 1 || ["helpers", "functions", "bootstrap", "autoload"].contains(&stem) || stem.ends_with("Plugin")
        }
        "PL" => true,
        "rs" => name == "build.rs" || parent == "build" && stem == "main",
        "zsh" | "sh" | "bash" => name.contains(".plugin.") || depth <= 1,
        _ => false,
    }
}

/// Whether a file is a script that builds a distribution of Perl, an extension of a gem, or a crate: they run when it is
/// installed.
fn is_run_by_builders(path: &str) -> bool {
    path.ends_with(".PL") || path.ends_with(".rs") || path.rsplit('/').next() == Some("extconf.rb")
}

/// The same for languages in which everything that is loaded has one space of names: all files of the language may be, of too
/// many the nearest.
fn wanted_of_light(siblings: &Siblings, parts: &[Part], language: Language, root: usize) -> Option<Wanted> {
    let same = |file: &usize| siblings.modules().language(*file) == Some(language);
    let files: Vec<usize> = (0..parts.len()).filter(same).take(MAX_REACHED).collect();
    let of = |file: &usize| parts.get(*file).copied().unwrap_or_default();
    // What builds a crate or a distribution has no need to act for that, but to write.
    let acts = matches!(language, Language::Rust | Language::Perl)
        || files.iter().any(|file| {
            let part = of(file);
            part.reaches || part.executes || part.starts
        });
    if files.len() < 2 || !acts {
        return None;
    }
    let all = files.len() <= MAX_WANTED;
    // Of a small package it is seen what its functions do, whoever calls them.
    let size = |file: &usize| siblings.get(*file).map_or(0, |f| f.text.len());
    let small = matches!(language, Language::Php | Language::Ruby | Language::Lua | Language::Go)
        && files.len() <= SMALL_FILES
        && files.iter().map(size).sum::<usize>() <= SMALL;
    let mut wanted: BTreeSet<usize> = files.iter().copied().filter(|file| *file != root).take(MAX_WANTED).collect();
    wanted.insert(root);
    Some(Wanted { files: wanted, all, called: small, small, plain: small })
}

/// What has to be gone through to follow one file.
struct Wanted {
    files: BTreeSet<usize>,
    /// Whether those are all.
    all: bool,
    /// Whether functions are followed that only callers call, too.
    called: bool,
    /// Whether what those do counts by itself.
    small: bool,
    /// Whether it is looked at only because it is small.
    plain: bool,
}

/// The files that have to be gone through to follow one: those that lie on the way to parts of an attack, of too many the
/// nearest. `None` when there is no attack that could be laid over them.
fn wanted(package: &Package<'_>, siblings: &Siblings, parts: &[Part], root: usize) -> Option<Wanted> {
    let mut reached = vec![root];
    let mut importers: Vec<(usize, usize)> = Vec::new();
    let mut seen: HashSet<usize> = HashSet::from([root]);
    let mut next = 0;
    while let Some(file) = reached.get(next).copied() {
        next += 1;
        for imported in
            imports(package, siblings, parts, file).into_iter().take(MAX_IMPORTS.saturating_sub(importers.len()))
        {
            importers.push((imported, file));
            if seen.insert(imported) && reached.len() < MAX_REACHED {
                reached.push(imported);
            }
        }
    }
    // What a script reads of its package is not imported.
    let has_data = parts.iter().any(|p| p.is_data);
    if reached.len() < 2 && !has_data {
        return None;
    }
    let of = |file: &usize| parts.get(*file).copied().unwrap_or_default();
    let two = |a: fn(&Part) -> bool, b: fn(&Part) -> bool| {
        reached.iter().any(|x| a(&of(x)) && reached.iter().any(|y| x != y && b(&of(y))))
    };
    let sends = two(|p| p.collects, |p| p.reaches);
    let is_install =
        parts.get(root).and_then(|p| package.members.get(p.member)).is_some_and(|m| m.role == Role::Install);
    // Libraries start programs and fetch things; installations have few reasons to do both.
    let starts = is_install && two(|p| p.starts, |p| p.reaches);
    let executes = reached.iter().any(|file| of(file).executes);
    let runs = executes && two(|p| p.executes, |p| p.reaches);
    let holding: HashSet<usize> = if executes {
        reached
            .iter()
            .take(MAX_ASKED)
            .filter(|file| siblings.get(**file).is_some_and(|f| holds_long(&f.text.read())))
            .copied()
            .collect()
    } else {
        HashSet::new()
    };
    let decodes = executes && reached.iter().any(|x| of(x).executes && holding.iter().any(|y| y != x));
    // Names of modules that another file gives: nobody knows what for before that was gone through.
    let unnamed = reached.iter().any(|x| of(x).unnamed);
    let keys = two(|p| p.keys, |p| p.reaches);
    let hooks = two(|p| p.hooks, |p| p.reaches);
    // A builder has few files, and no reason to do any of it.
    let builds = of(&root).builds;
    // Who asks and who compares need not be the same file, nor either of them this one.
    let chooses = reached.iter().any(|file| of(file).asks) && reached.iter().any(|file| of(file).compares);
    // A message may be addressed in another file.
    let mails = reached.iter().any(|file| of(file).mails);
    // Of these it matters what functions do that somebody calls.
    let called = keys || chooses || mails;
    // Files of somebody are gone through, and one of these encrypts them, or asks whose they are.
    let met: Vec<Part> = reached.iter().map(of).collect();
    let loses = may_lose_files(met.iter());
    let is_one = sends || runs || decodes || starts || unnamed || keys || hooks || builds || chooses || mails || loses;
    // A digest that lets somebody in may stand in one file, and be compared in another.
    let does = |p: Part| p.reaches || p.executes || p.starts || p.collects || p.unnamed || p.compares;
    let size = |file: &usize| siblings.get(*file).map_or(0, |f| f.text.len());
    let is_small = reached.len() <= SMALL_FILES && reached.iter().map(size).sum::<usize>() <= SMALL;
    if is_small && (loses || reached.iter().any(|file| does(of(file)))) {
        return Some(Wanted {
            files: reached.into_iter().collect(),
            all: true,
            called: true,
            small: true,
            plain: !is_one,
        });
    }
    if !is_one {
        return None;
    }
    if reached.len() <= MAX_WANTED {
        return Some(Wanted { files: reached.into_iter().collect(), all: true, called, small: false, plain: false });
    }
    let is_part = |file: &usize| {
        let part = of(file);
        sends && (part.collects || part.reaches)
            || starts && (part.starts || part.reaches)
            || runs && (part.executes || part.reaches)
            || decodes && (part.executes || holding.contains(file))
            || unnamed && part.unnamed
            || keys && (part.keys || part.reaches)
            || hooks && (part.hooks || part.reaches)
            || builds && (part.reaches || part.starts || part.collects)
            || chooses && (part.asks || part.compares)
            || mails && part.mails
            || loses && (part.is_of_files() || part.asks)
    };
    let mut wanted: HashSet<usize> = reached.iter().filter(|file| is_part(file)).copied().collect();
    let mut by: HashMap<usize, Vec<usize>> = HashMap::new();
    for (imported, importer) in &importers {
        by.entry(*imported).or_default().push(*importer);
    }
    let mut queue: Vec<usize> = wanted.iter().copied().collect();
    while let Some(file) = queue.pop() {
        for importer in by.get(&file).into_iter().flatten() {
            if wanted.insert(*importer) {
                queue.push(*importer);
            }
        }
    }
    // What imports nothing and is imported on the way may decode.
    let importing: HashSet<usize> = importers.iter().map(|(_, importer)| *importer).collect();
    let leaves = importers.iter().filter(|(imported, by)| wanted.contains(by) && !importing.contains(imported));
    let leaves: Vec<usize> = leaves.map(|(imported, _)| *imported).collect();
    wanted.extend(leaves);
    // The nearest were reached first.
    let nearest: BTreeSet<usize> = reached.into_iter().filter(|file| wanted.contains(file)).take(MAX_WANTED).collect();
    let all = nearest.len() == wanted.len();
    nearest.contains(&root).then_some(Wanted { files: nearest, all, called, small: false, plain: false })
}

#[cfg(test)]
mod tests {
    use super::is_in_a_package;

    #[test]
    fn examples_and_tools_beside_a_package_are_not_what_its_scripts_name() {
        for path in ["inert/main.py", "src/inert/plugin.py", "inert/examiner.py", "inert/documents/show.py"] {
            assert!(is_in_a_package(path), "{path}");
        }
        for path in [
            "node-example.js",
            "example.py",
            "examples/run.py",
            "inert/demo.py",
            "scripts/release.py",
            "docs/a/conf.py",
        ] {
            assert!(!is_in_a_package(path), "{path}");
        }
    }
}
