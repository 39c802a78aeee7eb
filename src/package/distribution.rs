//! What a Python distribution says of itself in one place against another: `pyproject.toml` or `setup.py` against
//! `PKG-INFO`, commands and plug-ins against the modules that it holds, top-level modules against the names of the standard
//! library.
//!
//! Known uses: source distributions whose build asks for more than their metadata says; wheels that bring a `logging.py` or
//! `typing.py` of their own; commands that lead into another distribution. Reference: "Entry points specification" and
//! "Declaring project metadata" of the Python packaging guide.

use std::collections::BTreeSet;

use super::lookalike::{is_known, joined};
use super::{Ecosystem, Package, PackageHeuristic, Placed, noted};
use crate::model::{FactKind, PythonMetadata, Rule, Severity};
use crate::rule;

rule! {
    /// `pyproject.toml` or `setup.py` of a source distribution names another project, or other dependencies, than its
    /// metadata: who looks at the index sees the one, who builds gets the other.
    ///
    /// Honest look-alikes: metadata that a build works out (`dynamic`), which is not compared; projects that were renamed,
    /// widely used dependencies that are asked for under a condition.
    pub(crate) MANIFESTS = "sdist-manifests-differ" in "pkg/manifest-mismatch";
    severity: High, confidence: Likely,
    title: "The project's own file and PKG-INFO say different things",
    reference: "https://packaging.python.org/en/latest/specifications/pyproject-toml/",
}

rule! {
    /// A wheel installs a module of its own under the name of one of the standard library. Programs that start in that folder,
    /// and tools that put it first, import this one instead.
    ///
    /// Honest look-alikes: back-ports, whose distribution has the same name.
    pub(crate) STANDARD = "module-takes-a-standard-name" in "pkg/module-shadow";
    severity: Medium, confidence: Likely,
    title: "What is imported has the name of a module of the standard library",
    reference: "https://attack.mitre.org/techniques/T1574/",
}

rule! {
    /// A command or a plug-in leads into a module that the distribution does not hold.
    ///
    /// Honest look-alikes: distributions that only add a command to their dependencies.
    pub(crate) ELSEWHERE = "entry-point-elsewhere" in "pkg/manifest-mismatch";
    severity: Low, confidence: Likely,
    title: "An entry point leads out of the distribution",
    reference: "https://packaging.python.org/en/latest/specifications/entry-points/",
}

/// Modules of newer Pythons for older ones, and what only some systems need: asked for under conditions.
const BACKPORTS: &[&str] = &[
    "argparse",
    "colorama",
    "configparser",
    "contextlib2",
    "contextvars",
    "dataclasses",
    "enum34",
    "exceptiongroup",
    "funcsigs",
    "functools32",
    "futures",
    "importlib-metadata",
    "importlib-resources",
    "ipaddress",
    "mock",
    "ordereddict",
    "pathlib2",
    "pyreadline",
    "pyreadline3",
    "pywin32",
    "scandir",
    "simplejson",
    "subprocess32",
    "tomli",
    "trollius",
    "typing",
    "typing-extensions",
    "unittest2",
    "zipp",
];

/// Modules of the standard library that many import. Names that are words for a folder of anything are left out.
const STANDARD_NAMES: &[&str] = &[
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "binascii",
    "builtins",
    "collections",
    "concurrent",
    "configparser",
    "contextlib",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "email",
    "encodings",
    "enum",
    "functools",
    "getpass",
    "glob",
    "gzip",
    "hashlib",
    "hmac",
    "html",
    "http",
    "importlib",
    "inspect",
    "io",
    "itertools",
    "json",
    "logging",
    "lzma",
    "marshal",
    "mimetypes",
    "multiprocessing",
    "netrc",
    "os",
    "pathlib",
    "pickle",
    "pkgutil",
    "platform",
    "queue",
    "random",
    "re",
    "secrets",
    "select",
    "shlex",
    "shutil",
    "signal",
    "site",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "stat",
    "string",
    "struct",
    "subprocess",
    "sys",
    "sysconfig",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "tokenize",
    "traceback",
    "types",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "webbrowser",
    "xml",
    "zipfile",
    "zipimport",
    "zlib",
];

/// The checks of this file.
pub(crate) struct Distribution;

impl PackageHeuristic for Distribution {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&MANIFESTS, &STANDARD, &ELSEWHERE];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let Some(metadata) = package.python.filter(|_| package.ecosystem == Ecosystem::PyPi) else { return };
        manifests(package, metadata, out);
        if package.is_wheel() {
            standard(package, metadata, out);
            entry_points(package, out);
        }
    }
}

fn manifests(package: &Package<'_>, metadata: &PythonMetadata, out: &mut Vec<Placed>) {
    let declared = |name: &'static str| {
        let own = format!("{}{name}", package.base);
        let (at, member) = package.members.iter().enumerate().find(|(_, m)| m.path == own && !m.decoded)?;
        member.facts().find_map(|f| match f {
            FactKind::PythonProject(project) => Some((name, at, project)),
            _ => None,
        })
    };
    // Where the project file has a table of the project, its names and dependencies are the ones that count.
    let Some((file, at, project)) = declared("pyproject.toml").or_else(|| declared("setup.py")) else { return };
    if !project.name.is_empty() && joined(&project.name) != joined(&metadata.name) {
        let mut found = noted(at, &MANIFESTS, format!("{file} is of {}, PKG-INFO of {}", project.name, metadata.name));
        // An installer refuses what builds to another name than was asked for; but what it has seen of a widely used one
        // may be taken for that.
        if !is_known(package.ecosystem, &project.name) {
            found.finding.severity = Severity::Medium;
        }
        out.push(found);
        return;
    }
    // Old metadata has no dependencies at all.
    let named = |requires: &[String]| -> BTreeSet<String> { requires.iter().map(|r| joined(name_of(r))).collect() };
    let (built, said) = (named(&project.requires), named(&metadata.requires));
    // A setup script asks for these only where it is built by such a Python, which its reader cannot tell.
    let is_of_older = |name: &&String| file == "setup.py" && BACKPORTS.iter().any(|b| joined(b) == **name);
    let more: Vec<&String> = built.difference(&said).filter(|name| !is_of_older(name)).collect();
    if !more.is_empty() && !said.is_empty() {
        // What everybody uses hides nobody's code.
        let mut asked = project.requires.iter().map(|r| name_of(r)).filter(|name| more.contains(&&joined(name)));
        let are_known = asked.all(|name| is_known(package.ecosystem, name));
        let names = more.into_iter().take(8).cloned().collect::<Vec<_>>().join(", ");
        let mut found = noted(at, &MANIFESTS, format!("{file} asks for {names}, PKG-INFO does not"));
        if are_known {
            found.finding.severity = Severity::Medium;
        }
        out.push(found);
    }
}

/// The name in a requirement: `a-b[x]>=1; y` is `a-b`.
fn name_of(requirement: &str) -> &str {
    let end = requirement.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    requirement.get(..end.unwrap_or(requirement.len())).unwrap_or_default()
}

/// The modules at the top of a wheel, with the members that they begin with.
fn modules<'p>(package: &'p Package<'_>) -> Vec<(&'p str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for (i, member) in package.members.iter().enumerate().filter(|(_, m)| !m.decoded && !m.is_command) {
        let Some(path) = member.path.strip_prefix(package.base.as_str()) else { continue };
        let path = match path.split_once(".data/") {
            Some((_, rest)) => match rest.strip_prefix("purelib/").or_else(|| rest.strip_prefix("platlib/")) {
                Some(rest) => rest,
                None => continue,
            },
            None => path,
        };
        let module = match path.split_once('/') {
            Some((folder, _)) if folder.contains('.') => continue,
            Some((folder, _)) => folder,
            None => path.split('.').next().unwrap_or_default(),
        };
        if !module.is_empty() && !found.iter().any(|(m, _)| *m == module) && found.len() < 256 {
            found.push((module, i));
        }
    }
    found
}

fn standard(package: &Package<'_>, metadata: &PythonMetadata, out: &mut Vec<Placed>) {
    let name = joined(&metadata.name);
    for (module, at) in modules(package) {
        if !STANDARD_NAMES.contains(&module) {
            continue;
        }
        let beginning = format!("{}{module}/__init__.py", package.base);
        let is_own = name.contains(&joined(module)) || name == "futures" && module == "concurrent";
        // A folder without a beginning only adds to what is there.
        let begins = package.members.get(at).is_some_and(|m| m.path.ends_with(".py"))
            || package.members.iter().any(|m| m.path == beginning);
        if !is_own && begins {
            let note = format!("the distribution is {}; it installs a module {module}", metadata.name);
            out.push(noted(at, &STANDARD, note));
        }
    }
}

fn entry_points(package: &Package<'_>, out: &mut Vec<Placed>) {
    let found = package.members.iter().enumerate().find_map(|(i, m)| {
        m.facts().find_map(|f| match f {
            FactKind::EntryPoints(points) if m.path.matches('/').count() <= 1 => Some((i, points)),
            _ => None,
        })
    });
    let Some((at, points)) = found else { return };
    let modules = modules(package);
    if modules.is_empty() {
        return;
    }
    let outside: Vec<String> = points
        .iter()
        .filter(|(_, _, target)| {
            let top = target.split(['.', ':', ' ', '[']).next().unwrap_or_default();
            !top.is_empty() && !modules.iter().any(|(m, _)| *m == top)
        })
        .take(8)
        .map(|(group, name, target)| format!("{group} {name} = {target}"))
        .collect();
    if !outside.is_empty() {
        out.push(noted(at, &ELSEWHERE, outside.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_begin_with_a_name() {
        for (text, name) in [("a-b[x]>=1; y", "a-b"), ("a.b @ https://h", "a.b"), ("", ""), ("a==1", "a")] {
            assert_eq!(name_of(text), name, "{text}");
        }
    }

    #[test]
    fn names_of_the_standard_library_are_sorted_and_whole() {
        assert!(STANDARD_NAMES.is_sorted() && STANDARD_NAMES.contains(&"typing") && !STANDARD_NAMES.contains(&"test"));
    }
}
