//! What the fields of a `package.json` promise against the files that lie beside it: where its entries lead, which files it
//! says that it has, which dependencies its code uses, whether two files that stand for one another do the same, and what its
//! installation has run that it does not bring.
//!
//! Known uses: an added dependency that nothing imports (axios 1.14.1, 2026; event-stream, 2018), code that only the built or
//! the minified file has (flatmap-stream, node-ipc 2026), aliases and look-alike names of dependencies. Reference: the npm
//! documentation of `package.json`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::role::{hook_files, normal, reached, resolve};
use super::{Ecosystem, Member, Package, PackageHeuristic, Placed, Role, lookalike, noted};
use crate::analyze::manifest::MOST_PROMISES;
use crate::model::{Capability, FactKind, NpmManifest, Rule};
use crate::rule;

rule! {
    /// An entry of the manifest leads out of the package: whoever imports the package runs a file of somebody else's.
    ///
    /// Honest look-alikes: none known in published packages.
    pub(crate) ENTRY_OUTSIDE = "npm-entry-outside" in "pkg/manifest-mismatch";
    severity: High, confidence: Likely,
    title: "An entry of package.json leads out of the package",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json#main",
}

rule! {
    /// What is imported, or started as a command, lies in a hidden folder or has the name of a picture, a font or a style
    /// sheet.
    ///
    /// Honest look-alikes: packages of styles and of data, whose entries are imported by builders and are what their names
    /// say.
    pub(crate) ENTRY_ODD = "npm-entry-odd-place" in "pkg/hidden-files";
    severity: Medium, confidence: Likely,
    title: "What is imported lies where nobody looks for code",
    reference: "https://attack.mitre.org/techniques/T1564/001/",
}

rule! {
    /// An entry or an install script names a file that the package does not hold. It may come with another package, or later.
    ///
    /// Honest look-alikes: careless releases, packages that are built where they are installed.
    pub(crate) ABSENT = "npm-promised-file-missing" in "pkg/manifest-mismatch";
    severity: Low, confidence: Hint,
    title: "package.json names a file that the package does not hold",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json",
}

rule! {
    /// The package holds a script that its own list of files does not name. Who publishes with npm cannot do that: it was put
    /// there by something else.
    ///
    /// Honest look-alikes: packages that are packed by other tools.
    pub(crate) UNLISTED = "npm-file-not-listed" in "pkg/manifest-mismatch";
    severity: Low, confidence: Likely,
    title: "A script lies outside of what package.json lists as its files",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json#files",
}

rule! {
    /// Nothing in the package imports a dependency that is installed with it. A dependency is enough to have its install
    /// scripts run.
    ///
    /// Honest look-alikes: many: command-line tools, types, plug-ins that are loaded by name, and what was forgotten there.
    pub(crate) UNUSED = "npm-dependency-unused" in "pkg/unused-new-dep";
    severity: Low, confidence: Hint,
    title: "A dependency is installed and never imported",
    reference: "https://attack.mitre.org/techniques/T1195/001/",
}

rule! {
    /// Nothing imports a dependency, and its name is a well-known one's with a letter changed or a word put before it, or it
    /// comes along and has a script run at install: it is there to be installed, and not to be used.
    ///
    /// Honest look-alikes: dependencies that only types or configurations name.
    pub(crate) UNUSED_ODD = "npm-dependency-only-installed" in "pkg/unused-new-dep";
    severity: High, confidence: Likely,
    title: "A dependency that nothing imports imitates another or runs at install",
    reference: "https://attack.mitre.org/techniques/T1195/001/",
}

rule! {
    /// A dependency goes by the name of a widely used package and is another one, whose name imitates it, or stands under a
    /// name that imitates a widely used one.
    ///
    /// Honest look-alikes: forks and ports, whose names say what they are.
    pub(crate) MISLEADS = "npm-dependency-imitates" in "pkg/typosquat";
    severity: Low, confidence: Hint,
    title: "A dependency's name imitates that of a widely used package",
    reference: "https://attack.mitre.org/techniques/T1195/001/",
}

rule! {
    /// `"lodash": "npm:lodahs@4"`: code that imports a widely used package gets another one whose name imitates it.
    ///
    /// Honest look-alikes: none known; replacements have names of their own (`npm:@preact/compat`).
    pub(crate) ALIAS = "npm-alias-imitates" in "pkg/dep-by-url";
    severity: High, confidence: Likely,
    title: "A dependency goes by a known name and is one that imitates it",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json#alias-urls",
}

rule! {
    /// Two files stand for one another (a minified file and its source, the two forms of a module), and one of them can do
    /// what the other cannot: it starts programs, asks the network, or makes code.
    ///
    /// Honest look-alikes: builds that put dependencies into one of the two.
    pub(crate) TWINS = "npm-twins-differ" in "pkg/source-divergence";
    severity: Low, confidence: Likely,
    title: "Of two files that stand for one another, one does more",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

rule! {
    /// The name imitates a widely used package, and repository or homepage are that package's.
    ///
    /// Honest look-alikes: forks whose manifest was not changed.
    pub(crate) BRAND = "npm-origin-of-another" in "pkg/brand-copy";
    severity: Medium, confidence: Likely,
    title: "An imitated name, and the repository of the original",
    reference: "https://attack.mitre.org/techniques/T1036/005/",
}

rule! {
    /// The program that the package is for lies in other packages, one for each platform. Of this one nothing more can be said
    /// than what its own files do.
    pub(crate) COMPANIONS = "npm-program-elsewhere" in "exec/native-load";
    severity: Info, confidence: Certain,
    title: "The program is in packages of its own for each platform",
    reference: "https://docs.npmjs.com/cli/configuring-npm/package-json#optionaldependencies",
}

rule! {
    /// A script of the installation has a package fetched and started (`npx`, `bunx`, `pnpm dlx`) that the manifest does not
    /// declare and that hardly anybody uses: what runs is whatever that name gives that day.
    ///
    /// Honest look-alikes: tools that are widely used (`only-allow`, `patch-package`), and what the manifest declares.
    pub(crate) RUNS_OTHER = "npm-hook-runs-undeclared" in "exec/install-hook-npm";
    severity: High, confidence: Likely,
    title: "An install script fetches and starts a package that is not declared",
    reference: "https://docs.npmjs.com/cli/commands/npx",
}

/// Most of a kind that are named in one finding.
const NAMED: usize = 8;
/// Text of scripts in which names of dependencies are looked for, in bytes.
const SAID: usize = 64 << 10;
/// Pairs of files that are compared; what one of them can do is told again where it is done.
const PAIRS: usize = 4096;

/// The checks of this file.
pub(crate) struct Contract;

impl PackageHeuristic for Contract {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[
            &ENTRY_OUTSIDE,
            &ENTRY_ODD,
            &ABSENT,
            &UNLISTED,
            &UNUSED,
            &UNUSED_ODD,
            &MISLEADS,
            &ALIAS,
            &TWINS,
            &BRAND,
            &COMPANIONS,
            &RUNS_OTHER,
        ];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let Some(manifest) = package.npm.filter(|_| package.ecosystem == Ecosystem::Npm) else { return };
        let own = format!("{}package.json", package.base);
        let Some(at) = package.members.iter().position(|m| m.path == own) else { return };
        let index: HashMap<String, usize> =
            package.members.iter().enumerate().map(|(i, m)| (m.path.clone(), i)).collect();
        let its = Its { package, manifest, at, index };
        its.entries(out);
        its.files(out);
        its.dependencies(out);
        its.twins(out);
        its.origin(out);
        its.runners(out);
    }
}

/// A package and its manifest.
struct Its<'p, 'a> {
    package: &'p Package<'a>,
    manifest: &'a NpmManifest,
    /// The manifest's place among the members.
    at: usize,
    index: HashMap<String, usize>,
}

impl Its<'_, '_> {
    /// Members of the package itself, by their paths below its manifest.
    fn own(&self) -> impl Iterator<Item = (&str, usize, &Member<'_>)> {
        let members = self.package.members.iter().enumerate();
        members.filter(|(_, m)| !m.decoded && !m.is_command && !m.path.contains("!/")).filter_map(|(i, m)| {
            let path = m.path.strip_prefix(self.package.base.as_str()).filter(|p| !p.is_empty())?;
            Some((path, i, m))
        })
    }

    fn note(&self, rule: &'static Rule, note: String, out: &mut Vec<Placed>) {
        out.push(noted(self.at, rule, note));
    }

    fn entries(&self, out: &mut Vec<Placed>) {
        let entries = self.manifest.entries.iter().chain(self.manifest.bins.iter().map(|(_, file)| file));
        let mut absent = BTreeSet::new();
        let (mut outside, mut odd) = (false, false);
        for entry in entries {
            // Names of other packages, and patterns.
            if entry.contains('*') || entry.contains(':') || entry.starts_with('#') || entry.starts_with('@') {
                continue;
            }
            if !outside && leads_out(entry) {
                outside = true;
                self.note(&ENTRY_OUTSIDE, format!("{entry} lies outside of the package"), out);
            }
            let Some(found) = resolve(&self.package.base, entry, &self.index) else {
                absent.insert(entry.as_str());
                continue;
            };
            let member = self.package.members.get(found);
            if !odd && is_odd_place(entry) && member.is_some_and(|m| m.analysis.kind.is_script()) {
                odd = true;
                self.note(&ENTRY_ODD, format!("{entry} is what is imported or started"), out);
            }
        }
        for entry in &self.manifest.types {
            let is_code = [".js", ".cjs", ".mjs"].iter().any(|e| entry.ends_with(e));
            if is_code && !odd && resolve(&self.package.base, entry, &self.index).is_some() {
                odd = true;
                self.note(&ENTRY_ODD, format!("{entry} is said to hold types, and is code"), out);
            }
        }
        // What installs names files, too.
        if hook_files(self.manifest, &self.package.base, &self.index).is_empty() {
            for (name, command) in &self.manifest.scripts {
                if !matches!(name.as_str(), "preinstall" | "install" | "postinstall") || command.contains("||") {
                    continue;
                }
                let words = command.split(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|'));
                absent.extend(words.filter(|w| {
                    [".js", ".cjs", ".mjs", ".sh", ".ts"].iter().any(|e| w.ends_with(e))
                        && w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-' | b'_'))
                        && resolve(&self.package.base, w, &self.index).is_none()
                        && !w.contains("node_modules")
                }));
            }
        }
        if !absent.is_empty() {
            self.note(&ABSENT, some_of(absent), out);
        }
    }

    fn files(&self, out: &mut Vec<Placed>) {
        let Some(files) = self.manifest.files.as_ref().filter(|f| f.len() <= MOST_PROMISES) else { return };
        let entries = self.manifest.entries.iter().chain(self.manifest.bins.iter().map(|(_, file)| file));
        let entries: HashSet<usize> = entries.filter_map(|e| resolve(&self.package.base, e, &self.index)).collect();
        let unlisted: BTreeSet<&str> = self
            .own()
            .filter(|(path, i, m)| {
                m.analysis.kind.is_script()
                    && !path.starts_with("node_modules/")
                    && !path.contains("/node_modules/")
                    && *path != "index.js"
                    && !entries.contains(i)
                    && !files.iter().any(|pattern| lists(pattern, path))
            })
            .map(|(path, ..)| path)
            .collect();
        if !unlisted.is_empty() {
            self.note(&UNLISTED, some_of(unlisted), out);
        }
    }

    /// What a script imports, as the names of packages.
    fn imported(&self) -> HashSet<&str> {
        let mut found = HashSet::new();
        let bundled = |m: &Member<'_>| m.path.contains("node_modules/");
        for member in self.package.members.iter().filter(|m| !bundled(m)) {
            for fact in member.facts() {
                if let FactKind::Imports(target) = fact {
                    found.insert(package_of(target));
                }
            }
        }
        found
    }

    fn dependencies(&self, out: &mut Vec<Placed>) {
        let installed = |section: &str| matches!(section, "dependencies" | "optionalDependencies");
        let mut companions = BTreeSet::new();
        let family = self.manifest.name.trim_start_matches('@').split('/').next().unwrap_or_default();
        let dependencies = || self.manifest.dependencies.iter().take(MOST_PROMISES);
        for (section, name, spec) in dependencies() {
            if *section == "optionalDependencies" && is_of_platform(name) {
                companions.insert(name.as_str());
            }
            let Some(target) = spec.strip_prefix("npm:").map(without_version) else { continue };
            if target != name
                && lookalike::is_known(Ecosystem::Npm, name)
                && let Some((original, how)) = lookalike::imitation(Ecosystem::Npm, target)
                && original == name
            {
                self.note(&ALIAS, format!("{name} is {target}: {how}"), out);
            }
        }
        if companions.len() >= 2 {
            let note = format!("{} packages, the program is in there: {}", companions.len(), some_of(companions));
            self.note(&COMPANIONS, note, out);
        }
        let imported = self.imported();
        let mut said: String = self.manifest.scripts.iter().map(|(_, c)| format!("{c}\n")).collect();
        said.truncate(said.floor_char_boundary(SAID));
        let mut unused = BTreeSet::new();
        let mut used = 0_usize;
        let (mut odd, mut by_name) = (BTreeSet::new(), BTreeSet::new());
        let mut imitate = BTreeSet::new();
        // Whoever imports nothing at all loads by other means.
        let is_code = self.own().any(|(_, _, m)| m.analysis.kind.is_script());
        for (section, name, _) in dependencies() {
            if !installed(section) || is_of_platform(name) {
                continue;
            }
            let is_own = !family.is_empty() && name.trim_start_matches('@').starts_with(family);
            let imitates = lookalike::imitation(Ecosystem::Npm, name).filter(|_| !is_own);
            if let Some((original, how)) = imitates {
                imitate.insert(format!("{name} looks like {original}: {how}"));
            }
            if *section != "dependencies"
                || name.starts_with("@types/")
                || imported.contains(name.as_str())
                || said.contains(name.as_str())
            {
                used += usize::from(imported.contains(name.as_str()));
                continue;
            }
            unused.insert(name.as_str());
            let hook = self.bundled_hook(name);
            let around = lookalike::known_within(name).filter(|_| !is_own && imported.len() > 1);
            if !is_code {
                continue;
            }
            if let Some(hook) = hook {
                odd.insert(format!("nothing imports {name}, which runs at install: {hook}"));
            } else if let Some((original, how)) = imitates.filter(|(_, how)| *how != lookalike::SEPARATORS) {
                // The registry refuses new names that differ from known ones in separators alone.
                by_name.insert(format!("nothing imports {name}, which looks like {original}: {how}"));
            } else if let Some(original) = around {
                by_name.insert(format!("nothing imports {name}, which is {original} with a word before or behind it"));
            }
        }
        // Bundles forget many of what they have inside; the one that was added stands alone among those that are used.
        if unused.len() == 1 && used >= 2 {
            odd.append(&mut by_name);
        }
        if !odd.is_empty() {
            self.note(&UNUSED_ODD, some_of(odd.iter().map(String::as_str)), out);
        }
        if !imitate.is_empty() {
            self.note(&MISLEADS, some_of(imitate.iter().map(String::as_str)), out);
        }
        if is_code && !unused.is_empty() {
            self.note(&UNUSED, some_of(unused), out);
        }
    }

    /// What a dependency that comes along in the package has run at its installation.
    fn bundled_hook(&self, name: &str) -> Option<String> {
        let folder = format!("{}node_modules/{name}/", self.package.base);
        let at = |file: &str| self.index.get(&format!("{folder}{file}")).and_then(|i| self.package.members.get(*i));
        if at("binding.gyp").is_some() {
            return Some("binding.gyp".to_owned());
        }
        at("package.json")?.facts().find_map(|fact| match fact {
            FactKind::NpmManifest(manifest) => manifest
                .scripts
                .iter()
                .find(|(n, _)| matches!(n.as_str(), "preinstall" | "install" | "postinstall"))
                .map(|(n, c)| format!("{n}: {c}")),
            _ => None,
        })
    }

    fn twins(&self, out: &mut Vec<Placed>) {
        let (mut told, mut pairs) = (0, 0);
        for (path, i, member) in self.own() {
            if !member.analysis.kind.is_script() || member.role == Role::Test || told >= NAMED {
                continue;
            }
            for other in twins_of(path) {
                let Some(j) = self.index.get(&format!("{}{other}", self.package.base)).copied() else { continue };
                pairs += 1;
                if pairs > PAIRS {
                    return;
                }
                let (mine, its) = (self.abilities(i), self.abilities(j));
                let more: Vec<&str> =
                    mine.iter().filter(|(c, _)| !its.contains_key(*c)).map(|(c, _)| c.word()).collect();
                if !more.is_empty() {
                    told += 1;
                    out.push(noted(i, &TWINS, format!("{path} has {}, and {other} has not", more.join(", "))));
                }
            }
        }
    }

    /// What a file, with what it imports, can do to the world outside.
    fn abilities(&self, at: usize) -> BTreeMap<Capability, &str> {
        let mut found = BTreeMap::new();
        for i in reached(&self.package.members, vec![at], &self.index) {
            for fact in self.package.members.get(i).into_iter().flat_map(Member::facts) {
                if let FactKind::Has(
                    capability @ (Capability::Network
                    | Capability::Spawns
                    | Capability::DynamicCode
                    | Capability::Credentials),
                    value,
                ) = fact
                {
                    found.entry(*capability).or_insert(&**value);
                }
            }
        }
        found
    }

    fn origin(&self, out: &mut Vec<Placed>) {
        let name = self.manifest.name.as_str();
        let Some((original, _)) = lookalike::imitation(Ecosystem::Npm, name) else { return };
        let says = |home: &&String| {
            let bare = home.trim_end_matches('/').trim_end_matches(".git").trim_end_matches("/issues");
            bare.rsplit(['/', ':']).next() == Some(original)
        };
        if let Some(home) = self.manifest.homes.iter().find(says) {
            self.note(&BRAND, format!("{name} looks like {original}, and comes from {home}"), out);
        }
    }

    fn runners(&self, out: &mut Vec<Placed>) {
        let declared: HashSet<&str> = self.manifest.dependencies.iter().map(|(_, n, _)| n.as_str()).collect();
        for (hook, command) in &self.manifest.scripts {
            if !matches!(hook.as_str(), "preinstall" | "install" | "postinstall") {
                continue;
            }
            for name in run_packages(command) {
                if !declared.contains(name)
                    && name != self.manifest.name
                    && !lookalike::is_known(Ecosystem::Npm, name)
                    && !KNOWN_RUNNERS.contains(&name)
                {
                    self.note(&RUNS_OTHER, format!("{hook}: {name} is fetched and started, and is no dependency"), out);
                    return;
                }
            }
        }
    }
}

/// Tools that installations fetch, whatever they declare.
const KNOWN_RUNNERS: &[&str] = &[
    "only-allow",
    "force-resolutions",
    "npm-force-resolutions",
    "check-node-version",
    "playwright",
    "electron-rebuild",
    "node-gyp",
    "prebuild-install",
    "simple-git-hooks",
    "husky",
];

/// Names with some others behind them.
fn some_of<'s>(names: impl IntoIterator<Item = &'s str>) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = all.iter().take(NAMED).map(|n| n.chars().take(160).collect()).collect();
    let more = all.len().saturating_sub(NAMED);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// Whether a path in a manifest leads above the folder of the manifest.
fn leads_out(path: &str) -> bool {
    let mut depth = 0_i32;
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    path.starts_with(['/', '~'])
}

/// Whether a path leads through a hidden folder or to a file with the name of anything but code.
fn is_odd_place(path: &str) -> bool {
    const OTHER: &[&str] = &[
        ".png", ".jpg", ".gif", ".ico", ".svg", ".woff", ".woff2", ".ttf", ".wav", ".mp3", ".txt", ".log", ".dat",
        ".map",
    ];
    let lower = path.to_ascii_lowercase();
    lower.split('/').any(|p| p.starts_with('.') && p.len() > 2 && p != "..") || OTHER.iter().any(|e| lower.ends_with(e))
}

/// The package that an import names: `@a/b/c` is `@a/b`.
fn package_of(target: &str) -> &str {
    let target = target.strip_prefix("node:").unwrap_or(target);
    let parts = if target.starts_with('@') { 2 } else { 1 };
    match target.match_indices('/').nth(parts - 1) {
        Some((at, _)) => target.get(..at).unwrap_or(target),
        None => target,
    }
}

/// A name without the version behind it: `@a/b@1` is `@a/b`.
fn without_version(spec: &str) -> &str {
    match spec.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => spec.get(..at).unwrap_or(spec),
        None => spec,
    }
}

/// Whether a name is that of a program for one platform.
fn is_of_platform(name: &str) -> bool {
    let words: Vec<&str> = name.split(['-', '/', '_', '.']).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    has(&["linux", "darwin", "win32", "windows", "macos", "freebsd", "android"])
        && has(&[
            "x64",
            "arm64",
            "arm",
            "ia32",
            "x86",
            "amd64",
            "aarch64",
            "universal",
            "gnu",
            "musl",
            "msvc",
            "riscv64",
            "ppc64",
            "s390x",
            "64",
        ])
}

/// The packages that a command fetches and starts.
fn run_packages(command: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for part in command.split(['&', '|', ';', '\n']) {
        let mut words = part.split_whitespace().peekable();
        let is_runner = match words.next() {
            Some("npx" | "bunx" | "pnpx") => true,
            Some("npm") => matches!(words.next(), Some("exec" | "x")),
            Some("pnpm" | "yarn") => matches!(words.next(), Some("dlx")),
            Some("bun") => matches!(words.next(), Some("x")),
            _ => false,
        };
        if !is_runner {
            continue;
        }
        while let Some(word) = words.next() {
            let word = word.trim_matches(['"', '\'']);
            let package = match word {
                "-p" | "--package" => words.next(),
                _ if word.starts_with("--package=") => word.strip_prefix("--package="),
                // Only what is there already.
                "--no" | "--no-install" => break,
                _ if word.starts_with('-') => continue,
                _ => Some(word),
            };
            // Paths and addresses are looked at elsewhere.
            let package = package.map(without_version).filter(|p| !p.contains([':', '.', '$']) && !p.is_empty());
            found.extend(package);
            break;
        }
    }
    found
}

/// Whether a pattern of `files` names a path.
fn lists(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix('!').unwrap_or(pattern);
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
    let pattern = pattern.trim_end_matches("/**/*").trim_end_matches("/**").trim_end_matches("/*");
    if pattern.is_empty() || matches!(pattern, "." | "*" | "**" | "**/*") {
        return true;
    }
    // Letters behind a bracket or brace may be any.
    let fixed = pattern.split(['*', '?', '{', '[', '(', '+', '@']).next().unwrap_or_default();
    if fixed.len() < pattern.len() {
        // `**/*.js` and `*.js` name what ends so; of others the beginning has to do.
        return path.starts_with(fixed);
    }
    path == pattern || path.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('/'))
        // A name without a folder is one anywhere.
        || !pattern.contains('/') && path.split('/').any(|part| part == pattern)
}

/// The files that a file stands for, by its name: a minified file its source, the two forms of a module one another.
fn twins_of(path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(f, n)| (f, n));
    let beside = |name: String| if folder.is_empty() { name } else { format!("{folder}/{name}") };
    for (mine, its) in [
        (".min.js", ".js"),
        (".min.cjs", ".cjs"),
        (".min.mjs", ".mjs"),
        (".cjs", ".mjs"),
        (".mjs", ".cjs"),
        (".cjs.js", ".esm.js"),
        (".esm.js", ".cjs.js"),
        (".cjs", ".js"),
        (".mjs", ".js"),
    ] {
        if let Some(stem) = file.strip_suffix(mine).filter(|s| !s.is_empty() && !s.ends_with(".min")) {
            found.push(beside(format!("{stem}{its}")));
        }
    }
    for (mine, its) in
        [("cjs", "esm"), ("cjs", "mjs"), ("cjs", "es"), ("esm", "cjs"), ("es", "cjs"), ("commonjs", "module")]
    {
        let parts: Vec<&str> = path.split('/').collect();
        if let Some(at) = parts.iter().position(|p| *p == mine) {
            let mut other = parts.clone();
            if let Some(part) = other.get_mut(at) {
                *part = its;
            }
            found.push(normal(&other.join("/")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_files_name_folders_files_and_what_ends_alike() {
        for (pattern, path, is_in) in [
            ("dist", "dist/a/b.js", true),
            ("./dist/", "dist/b.js", true),
            ("dist/**/*", "dist/b.js", true),
            ("dist", "distant/b.js", false),
            ("lib/index.js", "lib/index.js", true),
            ("lib/index.js", "lib/other.js", false),
            ("lib/*.js", "lib/other.js", true),
            ("*.js", "other.js", true),
            ("/", "x.js", true),
            ("bin.js", "tool/bin.js", true),
            ("src", ".cache/u.js", false),
        ] {
            assert_eq!(lists(pattern, path), is_in, "{pattern} {path}");
        }
    }

    #[test]
    fn commands_name_the_packages_that_they_fetch() {
        for (command, names) in [
            ("npx -y some-tool@latest --silent", vec!["some-tool"]),
            ("cd a && npx --package=@a/b@1 c || exit 0", vec!["@a/b"]),
            ("npm exec -- x", vec!["x"]),
            ("pnpm dlx a; bunx b", vec!["a", "b"]),
            ("npx --no-install x", vec![]),
            ("npx ./x.js", vec![]),
            ("node x.js", vec![]),
        ] {
            assert_eq!(run_packages(command), names, "{command}");
        }
    }

    #[test]
    fn entries_that_leave_or_hide() {
        assert!(leads_out("../x.js") && leads_out("./a/../../b") && leads_out("/etc/x"));
        assert!(!leads_out("./a/../b") && !leads_out("lib/..x/a.js"));
        assert!(is_odd_place(".cache/u.js") && is_odd_place("a/logo.png") && !is_odd_place("./lib/../x.js"));
    }

    #[test]
    fn files_stand_for_one_another_by_their_names() {
        assert_eq!(twins_of("dist/x.min.js"), ["dist/x.js"]);
        assert!(twins_of("lib/x.cjs").contains(&"lib/x.mjs".to_owned()));
        assert!(twins_of("dist/cjs/a/x.js").contains(&"dist/esm/a/x.js".to_owned()));
        assert!(twins_of("x.js").is_empty());
    }

    #[test]
    fn names_of_programs_for_platforms() {
        assert!(is_of_platform("@esbuild/linux-x64") && is_of_platform("@rollup/rollup-win32-arm64-msvc"));
        assert!(!is_of_platform("linux-list") && !is_of_platform("lodash"));
        assert_eq!((package_of("@a/b/c"), package_of("a/b"), package_of("node:fs")), ("@a/b", "a", "fs"));
    }
}
