//! What a package promises and what it holds: the members of one root with their roles, and the heuristics that
//! need more than one file.

use crate::analyze::Analysis;
use crate::model::{Evidence, Fact, FactKind, FileKind, Finding, NpmManifest, PythonMetadata, Rule};

/// What a member is there for. Decides what its findings weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Runs when the package is installed or built, or at every interpreter start: `setup.py`, the file that a
    /// lifecycle script names, `binding.gyp`, `.pth`, a maintainer script.
    Install,
    /// Runs when the package is imported or its command is started: `__init__.py`, `main`, `bin`.
    Entry,
    /// Read or run by an AI agent or editor: `SKILL.md`, `.mcp.json`, `.cursorrules`, `tasks.json`.
    Agent,
    /// Ordinary code.
    Body,
    /// Tests, examples, fixtures.
    Test,
    /// Prose for people.
    Document,
    /// Rules and word lists of other scanners.
    RuleData,
}

/// One file of a root, wherever it lies.
#[derive(Debug)]
pub struct Member<'a> {
    /// Its path inside the root: `package/lib/x.js`, with `!/` where a container inside the root begins. Streams
    /// (gzip around tar) add nothing. Empty for the root itself.
    pub path: String,
    /// The way to it: indices into `children`, from the root.
    pub way: Vec<usize>,
    /// The kind its name claims, when the content contradicts it.
    pub claimed: Option<FileKind>,
    /// What was seen in it.
    pub analysis: &'a Analysis,
    /// What it is there for.
    pub role: Role,
    /// Whether it was decoded out of another file (base64 in code) and not an entry of a container.
    pub decoded: bool,
}

impl Member<'_> {
    /// The last component of the path.
    #[must_use]
    pub fn base_name(&self) -> &str {
        crate::model::artifact::base_name(&self.path)
    }

    /// The facts of the member that are of one kind.
    pub fn facts(&self) -> impl Iterator<Item = &FactKind> {
        self.analysis.facts.iter().map(|f: &Fact| &f.kind)
    }
}

/// The packaging system that a root belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ecosystem {
    /// npm: a folder or tarball with a `package.json`.
    Npm,
    /// Python: wheel, sdist, installed distribution.
    PyPi,
    /// Nothing that is known.
    Other,
}

/// All members of one root and what its manifests say.
#[derive(Debug)]
pub struct Package<'a> {
    /// The root's own name: the archive's file name or the folder's.
    pub name: String,
    /// Members, parents before children; the first is the root itself.
    pub members: Vec<Member<'a>>,
    /// The packaging system.
    pub ecosystem: Ecosystem,
    /// The folder of the package's own manifest inside the root, with a trailing `/` or empty: `package/`.
    pub base: String,
    /// The package's own `package.json`.
    pub npm: Option<&'a NpmManifest>,
    /// The package's own `METADATA` or `PKG-INFO`.
    pub python: Option<&'a PythonMetadata>,
}

/// A finding about a member that only the package as a whole shows.
#[derive(Debug)]
pub struct Placed {
    /// Index into [`Package::members`].
    pub member: usize,
    /// What was seen.
    pub finding: Finding,
}

/// Looks for one thing in one package.
pub trait PackageHeuristic: Sync {
    /// The rules that it can report.
    fn rules(&self) -> &'static [&'static Rule];

    /// Looks.
    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>);
}

/// Shorthand for a finding at a member, with a note as evidence.
#[must_use]
pub fn noted(member: usize, rule: &'static Rule, note: impl Into<String>) -> Placed {
    Placed { member, finding: rule.finding(Evidence::note(note)) }
}
