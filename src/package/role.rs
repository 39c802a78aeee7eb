//! What each member of a package is there for. Roles come from names and from what manifests say, never from what
//! a file says about itself: a comment "this is a test" changes nothing.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{Ecosystem, Member, Package, Role};
use crate::analyze::commands::led_to;
use crate::analyze::script::{Modules, joined};
use crate::model::artifact::base_name;
use crate::model::fact::LIFECYCLE;
use crate::model::{Capability, Fact, FactKind, FileKind, NpmManifest, PackageSystem};
use crate::parse::script::Language;

/// How many imports are followed from a file that runs at install.
const FOLLOW: usize = 64;

/// Folders of tests and examples.
const TESTS: &[&str] = &[
    "test",
    "tests",
    "__tests__",
    "testing",
    "spec",
    "specs",
    "fixtures",
    "fixture",
    "__fixtures__",
    "testdata",
    "examples",
    "example",
    "bench",
    "benchmarks",
    "e2e",
    "__mocks__",
];

/// The role that a path gives a file, before manifests are asked.
#[must_use]
pub(super) fn by_name(path: &str, kind: FileKind) -> Role {
    let lower = path.to_ascii_lowercase();
    let base = base_name(&lower);
    if is_agent_file(&lower, base) {
        return Role::Agent;
    }
    if is_startup_file(path, &lower, base) {
        return Role::Install;
    }
    // What lies in an archive that tests are made with is made for tests.
    if lower.split_once("!/").is_some_and(|(archive, _)| in_folder(archive, TESTS)) {
        return Role::Test;
    }
    match base {
        "setup.py" | "binding.gyp" | "extconf.rb" | "build.rs" | "sitecustomize.py" | "usercustomize.py"
        // Builds of Haskell, Elixir and Swift evaluate these.
        | "setup.hs" | "setup.lhs" | "mix.exs" | "package.swift" => {
            return Role::Install;
        }
        "__init__.py" | "__main__.py" => return Role::Entry,
        _ => {}
    }
    if kind == FileKind::PythonPath || maintainer_script(path).is_some_and(|hook| hook.runs) {
        return Role::Install;
    }
    // Folders of classes are the names of their packages: `com/example/test`.
    let is_class = kind == FileKind::JavaClass;
    if !is_class && (in_folder(&lower, TESTS) || base.starts_with("test_"))
        || [".test.", ".spec.", "_test."].iter().any(|m| base.contains(m))
    {
        return Role::Test;
    }
    if [".yar", ".yara", ".sigma", ".rules"].iter().any(|e| base.ends_with(e)) {
        return Role::RuleData;
    }
    if in_folder(&lower, &["doc", "docs", "documentation"])
        || matches!(kind, FileKind::Markdown | FileKind::Html | FileKind::SourceMap)
            // These run as programs.
            && ![".hta", ".wsf", ".sct", ".wsc"].iter().any(|e| base.ends_with(e))
        || [
            ".rst",
            ".md",
            "license",
            "licence",
            "changelog",
            "changes",
            "history",
            "readme",
            "authors",
            "notice",
            "pkg-info",
            "metadata",
            ".d.ts",
        ]
        .iter()
        .any(|e| base.ends_with(e) || (base.starts_with(e) && !kind.is_script()))
    {
        return Role::Document;
    }
    Role::Body
}

fn in_folder(path: &str, names: &[&str]) -> bool {
    let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
    parts.pop();
    parts.iter().any(|p| names.contains(p))
}

/// Files that a tool runs by itself because of where they lie: hooks of git, what direnv loads, formulae, scripts of NuGet.
fn is_startup_file(path: &str, lower: &str, base: &str) -> bool {
    const GIT_HOOKS: &[&str] = &[
        "applypatch-msg",
        "pre-applypatch",
        "post-applypatch",
        "pre-commit",
        "pre-merge-commit",
        "prepare-commit-msg",
        "commit-msg",
        "post-commit",
        "pre-rebase",
        "post-checkout",
        "post-merge",
        "pre-push",
        "pre-receive",
        "update",
        "post-receive",
        "post-update",
        "post-rewrite",
        "fsmonitor-watchman",
        "reference-transaction",
    ];
    let inside = |folder: &str| is_inside(lower, folder);
    (GIT_HOOKS.contains(&base)
        && [".git/hooks/", ".githooks/", ".husky/", "githooks/", "hooks/"].iter().any(|f| inside(f)))
        || base == ".envrc"
        || (path.ends_with(".rb") && (inside("formula/") || inside("casks/")))
        || (matches!(base, "init.ps1" | "install.ps1" | "uninstall.ps1") && inside("tools/"))
}

fn is_agent_file(path: &str, base: &str) -> bool {
    matches!(
        base,
        "skill.md"
            | "claude.md"
            | "claude.local.md"
            | "agents.md"
            | "gemini.md"
            | ".cursorrules"
            | ".windsurfrules"
            | ".clinerules"
            | "copilot-instructions.md"
            | ".mcp.json"
            | "mcp.json"
            | "claude_desktop_config.json"
            | "hooks.json"
            | "tasks.json"
            | "devcontainer.json"
            | ".devcontainer.json"
            | "opencode.json"
            | "opencode.jsonc"
            | ".goosehints"
            | ".roorules"
            | ".rules"
            | ".augment-guidelines"
            | ".aider.conf.yml"
            | "memory.md"
            | "crush.json"
            | "qwen.md"
            | "agent.md"
    ) || base.ends_with(".mdc")
        || base.ends_with(".instructions.md")
        || base.ends_with(".prompt.md")
        || base.ends_with(".kiro.hook")
        || (path.starts_with('.') || path.contains("/."))
            && [
                ".claude/",
                ".cursor/",
                ".codex/",
                ".gemini/",
                ".kiro/",
                ".windsurf/",
                ".continue/",
                ".opencode/",
                ".roo/",
                ".clinerules/",
                ".zed/",
                ".trae/",
                ".amazonq/",
                ".qwen/",
                ".factory/",
                ".junie/",
                ".augment/",
                ".goose/",
                ".claude-plugin/",
                ".agents/",
                ".agent/",
                ".github/instructions/",
                ".github/prompts/",
                ".github/agents/",
            ]
            .iter()
            .any(|folder| is_inside(path, folder))
}

/// Whether a path goes through a folder, given with its closing slash.
fn is_inside(path: &str, folder: &str) -> bool {
    path.match_indices(folder)
        .any(|(at, _)| path.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('/')))
}

/// What a package manager does with a file by itself.
struct Hook {
    /// What it is, for the report: `deb postinst`.
    words: String,
    /// Whether it is run, and not only read.
    runs: bool,
}

/// The script of a distribution's package that a path is: `postinst` of a deb, `%post` of an rpm, `.post-install` of an
/// Alpine and `.INSTALL` of an Arch package, the formula in a Homebrew bottle, `preinstall` of a package for macOS.
fn maintainer_script(path: &str) -> Option<Hook> {
    let (outer, inner) = path.rsplit_once("!/").unwrap_or(("", path));
    let hook = |words: String| Some(Hook { words, runs: true });
    if base_name(outer).starts_with("control.tar") {
        return match inner {
            "preinst" | "postinst" | "prerm" | "postrm" | "config" => hook(format!("deb {inner}")),
            // Names of triggers of others; what they start is a script of another package.
            "triggers" => Some(Hook { words: "deb triggers".to_owned(), runs: false }),
            _ => None,
        };
    }
    if base_name(outer) == "Scripts" {
        // The installer of macOS starts these two, as root; its older ones four more.
        let inner = inner.trim_start_matches("./");
        let runs =
            matches!(inner, "preinstall" | "postinstall" | "preflight" | "postflight" | "preupgrade" | "postupgrade");
        return if runs { hook(format!("pkg {inner}")) } else { None };
    }
    match inner {
        ".INSTALL" => hook("pacman .INSTALL".to_owned()),
        ".pre-install" | ".post-install" | ".pre-upgrade" | ".post-upgrade" | ".pre-deinstall" | ".post-deinstall"
        | ".trigger" => hook(format!("apk {}", inner.trim_start_matches('.'))),
        _ if inner.starts_with('%') && !inner.contains('/') => hook(format!("rpm {inner}")),
        _ => {
            let (folder, file) = inner.rsplit_once('/')?;
            let name = file.strip_suffix(".rb")?;
            let parts: Vec<&str> = folder.split('/').collect();
            // `post_install` of the formula runs when a bottle is poured.
            (parts.len() == 3 && parts.first() == Some(&name) && parts.last() == Some(&".brew"))
                .then(|| Hook { words: format!("brew formula {name}"), runs: true })
        }
    }
}

/// Notes what a package manager runs by itself, and gives the files their role that the metadata of gems and crates names.
fn hooks(package: &mut Package<'_>) {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (i, member) in package.members.iter().enumerate().filter(|(_, m)| !m.decoded) {
        found.extend(maintainer_script(&member.path).map(|hook| (i, hook.words)));
    }
    if let Some(metadata) = package.metadata {
        let (word, base) = match metadata.system {
            PackageSystem::Gem => ("gem extension", "data.tar.gz!/".to_owned()),
            _ => ("cargo build script", package.base.clone()),
        };
        for hook in &metadata.hooks {
            let path = format!("{base}{}", hook.trim_start_matches("./"));
            if let Some((i, member)) = package.members.iter_mut().enumerate().find(|(_, m)| m.path == path) {
                member.role = Role::Install;
                found.push((i, format!("{word} {hook}")));
            }
            // A build script in a folder of its own has its modules beside it.
            let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            if metadata.system != PackageSystem::Gem && folder != base && folder != format!("{base}src/") {
                for member in package.members.iter_mut().filter(|m| m.role == Role::Body && !m.decoded) {
                    let module = member.path.strip_prefix(&folder).and_then(|name| name.strip_suffix(".rs"));
                    if module.is_some_and(|name| !name.contains('/')) {
                        member.role = Role::Install;
                    }
                }
            }
        }
        if metadata.in_compiler {
            let folder = format!("{base}src/");
            for (i, member) in package.members.iter_mut().enumerate() {
                if member.path.starts_with(&folder) && member.path.ends_with(".rs") && member.role == Role::Body {
                    member.role = Role::Install;
                    if member.path == format!("{folder}lib.rs") {
                        found.push((i, "cargo procedural macro".to_owned()));
                    }
                }
            }
        }
    }
    // A script and what is in it (a stream in a script) have one path.
    let mut seen = HashSet::new();
    for (i, words) in found {
        if package.members.get(i).is_some_and(|m| seen.insert(m.path.clone())) {
            package.facts.push((i, Fact::has(Capability::Hooks, words, 0)));
        }
    }
}

/// Sets the role of every member: names first, then what the manifest names, then what those files import.
pub(super) fn assign(package: &mut Package<'_>) {
    for member in &mut package.members {
        member.role = by_name(&member.path, member.analysis.kind);
    }
    // What was built once is not built again: in a wheel the installation script of something else is a file like any.
    if package.is_wheel() {
        for member in package.members.iter_mut().filter(|m| m.base_name() == "setup.py") {
            member.role = Role::Body;
        }
    }
    // A module of a package is imported, whatever its name: nobody builds from within.
    let packages: HashSet<String> =
        package.members.iter().filter_map(|m| m.path.strip_suffix("/__init__.py")).map(str::to_owned).collect();
    // What stands at the top is what `pip` runs, whatever lies beside it.
    let top = format!("{}setup.py", package.base);
    for member in package.members.iter_mut().filter(|m| m.role == Role::Install && m.path != top) {
        let is_inside = |folder: &str| folder.contains('/') && packages.contains(folder);
        if member.path.strip_suffix("/setup.py").is_some_and(is_inside) {
            member.role = Role::Body;
        }
    }
    // A file that is looked at by itself has no path; its name may say that something runs or obeys it.
    if let Some(root) = package.members.first_mut()
        && let role @ (Role::Agent | Role::Install) = by_name(&package.name, root.analysis.kind)
    {
        root.role = role;
    }
    // A page is read, unless it is a program by its name.
    if let Some(root) = package.members.first_mut()
        && root.analysis.kind == FileKind::Html
        && root.role == Role::Document
        && by_name(&package.name, FileKind::Html) == Role::Body
    {
        root.role = Role::Body;
    }
    pipelines(package);
    used(package);
    super::automatic::assign(package);
    of_another_language(package);
    catalogues(package);
    tests_are_all(package);
    hooks(package);
    lists(package);
    // What was decoded out of a file runs where that file runs.
    let inherited: Vec<(usize, Role)> = {
        let by_way: HashMap<&[usize], usize> =
            package.members.iter().enumerate().map(|(i, m)| (m.way.as_slice(), i)).collect();
        package
            .members
            .iter()
            .enumerate()
            .filter(|(_, m)| m.decoded)
            .filter_map(|(i, m)| {
                let parent = by_way.get(m.way.split_last()?.1)?;
                Some((i, *parent))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .scan(HashMap::<usize, Role>::new(), |known, (i, parent)| {
                let role = known.get(&parent).copied().or_else(|| package.members.get(parent).map(|m| m.role))?;
                known.insert(i, role);
                Some((i, role))
            })
            .collect()
    };
    for (i, role) in inherited {
        if let Some(member) = package.members.get_mut(i) {
            member.role = role;
        }
    }
    if package.ecosystem == Ecosystem::Npm
        && let Some(manifest) = package.npm
    {
        let index: HashMap<String, usize> =
            package.members.iter().enumerate().map(|(i, m)| (m.path.clone(), i)).collect();
        let entries = entry_files(manifest, &package.base, &index);
        let install = hook_files(manifest, &package.base, &index);
        let direct: HashSet<usize> = install.iter().copied().collect();
        let idle = idle(&package.members, entries.iter().chain(&install).copied().collect(), &index);
        let reached = reached(&package.members, install, &index);
        for i in entries {
            if let Some(member) = package.members.get_mut(i)
                && matches!(member.role, Role::Body | Role::Test | Role::Document)
            {
                member.role = Role::Entry;
            }
        }
        for i in reached {
            if let Some(member) = package.members.get_mut(i) {
                let is_new = member.role != Role::Install;
                member.imported = (member.imported || is_new) && !direct.contains(&i);
                member.role = Role::Install;
            }
        }
        for i in idle {
            if let Some(member) = package.members.get_mut(i) {
                member.idle = member.role == Role::Body;
            }
        }
    }
}

/// Most entry points of a package whose modules are looked for.
const MOST_POINTS: usize = 1000;

/// Tests, examples and scripts beside documents that something else imports are no such: they run where that runs. Who hides
/// in a folder called `test` hides in vain.
fn used(package: &mut Package<'_>) {
    let is_aside = |m: &Member<'_>| matches!(m.role, Role::Test | Role::Document);
    let scripts: Vec<(usize, Language)> = package
        .members
        .iter()
        .enumerate()
        .filter(|(_, m)| !m.decoded && !m.is_command)
        .filter_map(|(i, m)| Some((i, Language::of(m.analysis.kind)?)))
        .collect();
    let members = &package.members;
    let at = |file: usize| scripts.get(file).and_then(|(i, _)| members.get(*i));
    if !(0..scripts.len()).any(|file| at(file).is_some_and(is_aside)) {
        return;
    }
    // What begins a package of tests begins nothing else.
    let aside = |file: usize| {
        at(file).is_some_and(|m| {
            let begins = m.role == Role::Entry && by_name(&format!("{}.py", m.path), m.analysis.kind) == Role::Test;
            is_aside(m) || begins
        })
    };
    let named: HashSet<usize> = package.npm.map_or_else(HashSet::new, |manifest| {
        let index: HashMap<String, usize> = members.iter().enumerate().map(|(i, m)| (m.path.clone(), i)).collect();
        let (entries, hooks) =
            (entry_files(manifest, &package.base, &index), hook_files(manifest, &package.base, &index));
        entries.into_iter().chain(hooks).collect()
    });
    let paths = scripts
        .iter()
        .filter_map(|(i, language)| Some((members.get(*i)?.path.as_str().into(), Some(*language))))
        .collect();
    let modules = Modules::of(paths, vec![package.base.clone(), format!("{}src/", package.base)], usize::MAX);
    let runs = |file: &usize| !aside(*file) || scripts.get(*file).is_some_and(|(i, _)| named.contains(i));
    let mut queue: Vec<usize> = (0..scripts.len()).filter(runs).collect();
    let mut used: HashSet<usize> = HashSet::new();
    // Nobody has commands and plug-ins begin in tests.
    let points = members.iter().filter(|m| !is_aside(m)).flat_map(Member::facts).filter_map(|fact| match fact {
        FactKind::EntryPoints(points) => Some(points.iter()),
        _ => None,
    });
    for (_, _, target) in points.flatten().take(MOST_POINTS) {
        let module = target.split([':', '[', ' ']).next().unwrap_or_default();
        let begins = modules.of_python(0, module);
        queue.extend(begins.into_iter().filter(|file| aside(*file) && used.insert(*file)));
    }
    let mut asked: HashSet<(&str, &str)> = HashSet::new();
    let mut opened: HashSet<&str> = HashSet::new();
    while let Some(file) = queue.pop() {
        let Some(member) = scripts.get(file).and_then(|(i, _)| members.get(*i)) else { continue };
        let folder = member.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for fact in member.facts() {
            let FactKind::Imports(name) = fact else { continue };
            // A full name means the same everywhere.
            let from = if name.starts_with('.') { folder } else { "" };
            if !asked.insert((from, name)) {
                continue;
            }
            let imported = match (name.strip_suffix('/'), Language::of(member.analysis.kind)) {
                // One folder has many names.
                (Some(folder), _) => match modules.any_of(file, folder) {
                    Some((path, files)) if opened.insert(path) => files.to_vec(),
                    _ => continue,
                },
                (None, Some(Language::Python)) if !name.contains('/') => {
                    modules.of_python(file, name).into_iter().collect()
                }
                _ => modules.imported(file, name),
            };
            queue.extend(imported.into_iter().filter(|file| aside(*file) && used.insert(*file)));
        }
    }
    for file in used {
        let member = scripts.get(file).and_then(|(i, _)| package.members.get_mut(*i));
        if let Some(member) = member.filter(|m| is_aside(m)) {
            member.role = Role::Body;
        }
    }
}

/// Folders of what pipelines run; no module of a language has such a name.
const PIPELINES: &[&str] =
    &[".github", ".gitlab", ".circleci", ".buildkite", ".azure-pipelines", ".azuredevops", ".travis", ".ci"];

/// Whether a script is one of a pipeline by its place or, of a shell's, by what its folder or itself is called:
/// `etc/ci/setup.sh`, `.azure_upload.sh`.
fn is_of_pipeline(member: &Member<'_>) -> bool {
    let is_shell = matches!(member.analysis.kind, FileKind::Shell | FileKind::PowerShell | FileKind::Batch);
    let is_called = || {
        let name = member.base_name();
        in_folder(&member.path, &["ci", "appveyor"])
            || [".travis", ".azure", ".appveyor", ".gitlab", ".circle"].iter().any(|start| name.starts_with(start))
    };
    in_folder(&member.path, PIPELINES) || is_shell && is_called()
}

/// Scripts for pipelines run there, on a checkout. In what was published to a registry nobody runs them, unless something
/// in it names them.
fn pipelines(package: &mut Package<'_>) {
    let is_checkout = package.members.first().is_none_or(|root| root.analysis.kind == FileKind::Folder);
    if is_checkout || !package.ecosystem.is_registry() {
        return;
    }
    for member in package.members.iter_mut().filter(|m| m.role == Role::Body && m.analysis.kind.is_script()) {
        if is_of_pipeline(member) {
            member.role = Role::Test;
        }
    }
}

/// Python runs no JavaScript, PHP, Ruby or shell script: what a distribution has of it waits for a page, or for somebody who
/// starts it. Extensions of notebooks are loaded by those. And no module is imported out of a folder whose name is no
/// identifier, or from beside a setup script that installs folders alone, unless a script that puts the folder on its path
/// names it.
fn of_another_language(package: &mut Package<'_>) {
    use FileKind::{Batch, JavaScript, Lua, Perl, Php, PowerShell, Python, Ruby, Shell, TypeScript};
    if package.ecosystem != Ecosystem::PyPi {
        return;
    }
    // What was decoded out of a script is that script's.
    let is_own = |m: &Member<'_>| m.role == Role::Body && !m.is_command && !m.decoded;
    let is_loaded = |m: &Member<'_>| ["labextension", "nbextension"].iter().any(|folder| m.path.contains(folder));
    let setup = format!("{}setup.py", package.base);
    let folders_only = package
        .members
        .iter()
        .filter(|m| m.path == setup)
        .any(|m| m.facts().any(|fact| matches!(fact, FactKind::PythonProject(project) if project.folders_only)));
    let is_beside = |path: &str| {
        folders_only && path.strip_prefix(package.base.as_str()).is_some_and(|rest| !rest.contains(['/', '!']))
    };
    let may_wait = |m: &Member<'_>| match m.analysis.kind {
        JavaScript | TypeScript => !is_loaded(m),
        Php | Ruby | Perl | Lua | Shell | Batch | PowerShell => true,
        Python => is_out_of_reach(&m.path) || is_beside(&m.path),
        _ => false,
    };
    let mut waiting: Vec<usize> =
        package.members.iter().enumerate().filter(|(_, m)| is_own(m) && may_wait(m)).map(|(i, _)| i).collect();
    let is_of_page = |m: &Member<'_>| matches!(m.analysis.kind, JavaScript | TypeScript);
    if waiting.iter().filter_map(|i| package.members.get(*i)).any(|m| !is_of_page(m)) {
        let named = named_by_python(&package.members);
        let is_named = |m: &Member<'_>| named.contains(m.base_name());
        waiting.retain(|i| package.members.get(*i).is_some_and(|m| is_of_page(m) || !is_named(m)));
    }
    for i in waiting {
        if let Some(member) = package.members.get_mut(i) {
            member.idle = true;
        }
    }
}

/// The files that scripts of Python speak of, and the last names of the modules that they import.
fn named_by_python(members: &[Member<'_>]) -> HashSet<String> {
    let mut named = HashSet::new();
    let mut note = |text: &str| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        let words = text.split(|c| !is_part(c)).filter(|word| stem(word).len() < word.len());
        named.extend(words.map(str::to_owned));
    };
    for fact in members.iter().filter(|m| m.analysis.kind == FileKind::Python).flat_map(|m| m.facts()) {
        match fact {
            FactKind::Imports(name) => note(&format!("{}.py", name.rsplit('.').next().unwrap_or_default())),
            FactKind::Importable(script) => note(&script.text.read()),
            FactKind::Starts(command) => note(command),
            _ => {}
        }
    }
    named
}

/// A file's name without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Whether a module lies below a folder that no `import` can name. The folder of the distribution itself, and what an
/// installer unpacks elsewhere, are none.
fn is_out_of_reach(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    let [first, inner @ .., _] = folders.as_slice() else { return false };
    let is_name = |folder: &&str| folder.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
    !first.ends_with(".data") && inner.len() > 1 && inner.iter().skip(1).any(|folder| !is_name(folder))
}

/// Scripts that only make records out of texts quote what they hold.
fn lists(package: &mut Package<'_>) {
    for member in package.members.iter_mut().filter(|m| m.role == Role::Body && !m.is_command) {
        if member.facts().any(|fact| *fact == FactKind::OnlyLists) {
            member.role = Role::RuleData;
        }
    }
}

/// Data that lists attacks for those who test with them, as its records say.
fn catalogues(package: &mut Package<'_>) {
    // A server of tools gives its model the texts that it has.
    let serves =
        |text: &String| text.contains("modelcontextprotocol") || text.starts_with("mcp") || text.starts_with("fastmcp");
    if package.npm.is_some_and(|m| m.dependencies.iter().any(|(_, name, _)| serves(name)))
        || package.python.is_some_and(|m| m.requires.iter().any(serves))
    {
        return;
    }
    // The cases of a scanner lie among its tests.
    let is_list_of_tests =
        |m: &Member<'_>| m.role == Role::Test && !m.decoded && m.facts().any(|fact| *fact == FactKind::ListsAttacks);
    let mut lists = package.members.iter().any(is_list_of_tests);
    for member in package.members.iter_mut().filter(|m| m.role == Role::Body && !m.is_command && !m.decoded) {
        if member.facts().any(|fact| *fact == FactKind::ListsAttacks) {
            member.role = Role::RuleData;
            lists = true;
        }
    }
    // What people read first about such a list shows some of it.
    let is_readme =
        |m: &Member<'_>| m.role == Role::Document && m.base_name().to_ascii_lowercase().starts_with("readme");
    for member in package.members.iter_mut().filter(|m| lists && is_readme(m)) {
        if member.facts().any(|fact| matches!(fact, FactKind::QuotesAttacks)) {
            member.role = Role::RuleData;
        }
    }
}

/// Most bytes of scripts beside tests and examples with which those are still all that a package holds.
const HARDLY_ANY: u64 = 32;

/// Tests and examples of a package that holds nothing else are what it is for.
fn tests_are_all(package: &mut Package<'_>) {
    if !package.ecosystem.is_registry() {
        return;
    }
    let is_script = |m: &Member<'_>| m.analysis.kind.is_script() && !m.decoded;
    let is_beside = |m: &&Member<'_>| {
        is_script(m) && !matches!(m.role, Role::Test | Role::Document) && !m.path.ends_with("setup.py")
    };
    let beside = package.members.iter().filter(is_beside).fold(0_u64, |n, m| n.saturating_add(m.analysis.bytes));
    if beside > HARDLY_ANY {
        return;
    }
    for member in &mut package.members {
        if is_script(member) && member.role == Role::Test && !member.is_command {
            member.role = Role::Body;
        }
    }
}

/// The scripts of an npm package that nothing imports which runs when it is installed or used. None when that is not known:
/// without an entry, where more is imported than is followed, or where something else is started.
fn idle(members: &[Member<'_>], from: Vec<usize>, index: &HashMap<String, usize>) -> Vec<usize> {
    if from.is_empty() {
        return Vec::new();
    }
    let used: HashSet<usize> = reached(members, from, index).into_iter().collect();
    if used.len() >= FOLLOW {
        return Vec::new();
    }
    // What is started or loaded by a name that is worked out may be any of them.
    let starts = |m: &Member<'_>| {
        m.facts().any(|fact| {
            matches!(fact, FactKind::Starts(_) | FactKind::Has(Capability::Spawns | Capability::DynamicCode, _))
        })
    };
    if members.iter().enumerate().any(|(i, m)| used.contains(&i) && starts(m)) {
        return Vec::new();
    }
    members
        .iter()
        .enumerate()
        .filter(|(i, m)| !used.contains(i) && !m.decoded && m.analysis.kind.is_script())
        .map(|(i, _)| i)
        .collect()
}

fn entry_files(manifest: &NpmManifest, base: &str, index: &HashMap<String, usize>) -> Vec<usize> {
    let implicit = manifest.entries.is_empty().then_some("index.js");
    manifest
        .entries
        .iter()
        .chain(manifest.bins.iter().map(|(_, file)| file))
        .map(String::as_str)
        .chain(implicit)
        .filter_map(|e| resolve(base, e, index).or_else(|| resolve(base, &source_of(e)?, index)))
        .collect()
}

/// Where what an entry is built from lies as a rule, when only the source is there.
fn source_of(entry: &str) -> Option<String> {
    const BUILT: &[&str] = &["dist", "lib", "build", "out", "esm", "cjs"];
    let (folder, rest) = entry.strip_prefix("./").unwrap_or(entry).split_once('/')?;
    let name = rest.rsplit('/').next()?.split('.').next()?;
    BUILT.contains(&folder).then(|| format!("src/{name}"))
}

/// The files that lifecycle scripts name: `node scripts/install.js` runs `scripts/install.js`.
pub(crate) fn hook_files(manifest: &NpmManifest, base: &str, index: &HashMap<String, usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let scripts: HashMap<&str, &str> = manifest.scripts.iter().map(|(n, c)| (n.as_str(), c.as_str())).collect();
    let mut queue: VecDeque<&str> = LIFECYCLE.iter().filter_map(|n| scripts.get(n).copied()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    while let Some(command) = queue.pop_front() {
        if !seen.insert(command) {
            continue;
        }
        for part in command.split([';', '&', '|', '\n']).filter(|part| !only_handles(part)) {
            let words = part
                .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '='))
                .filter(|w| !w.is_empty());
            found.extend(words.filter_map(|word| resolve(base, word, index)));
        }
        // `npm run build` runs another script of the same manifest.
        queue.extend(led_to(command, &scripts).into_iter().filter_map(|name| scripts.get(name).copied()));
    }
    found
}

/// Whether a command changes files by their names and runs none of them (`shx chmod +x dist/index.js`).
pub(super) fn only_handles(command: &str) -> bool {
    // What a command is made of by another one runs that one.
    if command.contains(['`', '(']) {
        return false;
    }
    let mut words = command.split_whitespace().skip_while(|w| matches!(*w, "npx" | "shx" | "cross-env" | "sudo"));
    matches!(words.next(), Some("chmod" | "rm" | "rimraf" | "mkdir" | "mkdirp" | "touch" | "rmdir"))
}

/// The member that a path in a manifest or a `require` means, as Node resolves it.
pub(super) fn resolve(base: &str, written: &str, index: &HashMap<String, usize>) -> Option<usize> {
    let path = normal(&format!("{base}{written}"));
    if path.is_empty() {
        return None;
    }
    ["", ".js", ".cjs", ".mjs", ".json", ".ts", "/index.js", "/index.cjs", "/index.mjs"]
        .iter()
        .find_map(|suffix| index.get(&format!("{path}{suffix}")))
        .copied()
}

/// Resolves `.` and `..` in a path with `/`.
pub(super) fn normal(path: &str) -> String {
    joined("", path)
}

/// The files that run when the given ones do: followed along relative imports.
pub(super) fn reached(members: &[Member<'_>], from: Vec<usize>, index: &HashMap<String, usize>) -> Vec<usize> {
    let mut seen: HashSet<usize> = from.iter().copied().collect();
    let mut queue: VecDeque<usize> = from.into();
    while let Some(at) = queue.pop_front() {
        if seen.len() >= FOLLOW {
            break;
        }
        let Some(member) = members.get(at) else { continue };
        let folder = member.path.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
        for fact in member.facts() {
            if let FactKind::Imports(target) = fact
                && target.starts_with('.')
                && let Some(next) = resolve(&folder, target, index)
                && seen.insert(next)
            {
                queue.push_back(next);
            }
        }
    }
    seen.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_roles() {
        let role = |p: &str, k| by_name(p, k);
        assert_eq!(role("pkg-1.0/setup.py", FileKind::Python), Role::Install);
        assert_eq!(role("pkg/__init__.py", FileKind::Python), Role::Entry);
        assert_eq!(role("package/tests/a.js", FileKind::JavaScript), Role::Test);
        assert_eq!(role("package/readme.md", FileKind::Markdown), Role::Document);
        assert_eq!(role("x/.claude/settings.json", FileKind::Json), Role::Agent);
        assert_eq!(role("a.pth", FileKind::PythonPath), Role::Install);
        assert_eq!(role("package/lib/latest.js", FileKind::JavaScript), Role::Body);
    }

    #[test]
    fn maintainer_scripts_run_at_install() {
        for (path, words) in [
            ("control.tar.xz!/postinst", "deb postinst"),
            ("x.deb!/control.tar!/prerm", "deb prerm"),
            ("%post", "rpm %post"),
            ("x.rpm!/%pretrans.lua", "rpm %pretrans.lua"),
            (".post-install", "apk post-install"),
            (".INSTALL", "pacman .INSTALL"),
            ("jq/1.7/.brew/jq.rb", "brew formula jq"),
            ("Scripts!/./preinstall", "pkg preinstall"),
            ("part.pkg/Scripts!/postinstall", "pkg postinstall"),
        ] {
            assert_eq!(by_name(path, FileKind::Shell), Role::Install, "{path}");
            assert_eq!(maintainer_script(path).map(|h| h.words).as_deref(), Some(words));
        }
        for path in [
            "data.tar.xz!/usr/share/x/postinst",
            "control.tar.xz!/md5sums",
            "Scripts/postinstall",
            "a/%post",
            "jq/1.7/.brew/x.rb",
        ] {
            assert_eq!(by_name(path, FileKind::Shell), Role::Body, "{path}");
        }
        assert_eq!(by_name("control.tar.xz!/triggers", FileKind::Text), Role::Body);
    }

    #[test]
    fn a_lifecycle_script_leads_to_its_file() {
        let manifest = NpmManifest {
            scripts: vec![
                ("postinstall".into(), "npm run setup || true".into()),
                ("setup".into(), "node ./scripts/go && echo done".into()),
                ("test".into(), "node test.js".into()),
            ],
            ..NpmManifest::default()
        };
        let index: HashMap<String, usize> =
            [("package/scripts/go.js", 3), ("package/test.js", 4)].map(|(p, i)| (p.to_owned(), i)).into();
        assert_eq!(hook_files(&manifest, "package/", &index), [3]);
        let of = |command: &str| {
            let scripts = vec![("postinstall".to_owned(), command.to_owned())];
            hook_files(&NpmManifest { scripts, ..NpmManifest::default() }, "package/", &index)
        };
        assert_eq!(of("tsc && shx chmod +x test.js"), [0; 0]);
        assert_eq!(of("chmod +x test.js && ./test.js"), [4]);
        assert_eq!(of("chmod +x x;test.js"), [4]);
        assert_eq!(of("touch x\nnode test.js"), [4]);
        assert_eq!(of("touch $(node test.js)"), [4]);
    }

    #[test]
    fn paths_are_normal() {
        assert_eq!(normal("package/./a/../b.js"), "package/b.js");
        assert_eq!(normal("../../x"), "x");
    }

    #[test]
    fn archives_that_tests_are_made_with_are_theirs() {
        assert_eq!(by_name("name-1.0/tests/data/bad.tar.gz!/bad/setup.py", FileKind::Python), Role::Test);
        assert_eq!(by_name("name-1.0/vendor/x.tar.gz!/x/setup.py", FileKind::Python), Role::Install);
        assert_eq!(by_name("name-1.0/setup.py", FileKind::Python), Role::Install);
    }

    #[test]
    fn modules_that_no_import_can_name() {
        assert!(is_out_of_reach("pkg/skills/bio-tools/scripts/run.py"));
        for path in ["name-1.0/pkg/a.py", "pkg/a/b.py", "pkg-1.0.data/scripts/x-y/a.py", "name-1.0/a.py", "a.py"] {
            assert!(!is_out_of_reach(path), "{path}");
        }
    }
}
