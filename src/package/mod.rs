//! What a package promises and what it holds: the members of one root with their roles, and the heuristics that
//! need more than one file.

pub mod role;

mod among;
mod automatic;
mod built;
mod contract;
mod distribution;
mod identity;
mod image;
mod imposture;
mod linked;
mod lookalike;
mod names;
mod npm;
mod privileged;
mod pypi;
pub(crate) mod repository;
mod skill;

pub(crate) use identity::is_of_editor;
pub(crate) use lookalike::joined;

use crate::analyze::Analysis;
use crate::model::artifact::COMMAND;
use crate::model::fact::{NpmManifest, PythonMetadata};
use crate::model::{Evidence, Fact, FactKind, FileKind, Finding, Gap, PackageMetadata, PackageSystem, Rule, Step};

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
    /// Rules and word lists of other scanners, catalogues of attacks that somebody tests with.
    RuleData,
}

impl Role {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Entry => "entry",
            Self::Agent => "agent",
            Self::Body => "body",
            Self::Test => "test",
            Self::Document => "document",
            Self::RuleData => "rule-data",
        }
    }
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
    /// Whether it was decoded out of source that has to be compiled first: vectors of a test, tables.
    pub of_source: bool,
    /// Whether it is a command that a configuration has run, and no file.
    pub is_command: bool,
    /// Whether it runs at install only because a file that does imports it: what of it is called, the importer decides.
    pub imported: bool,
    /// Whether nothing that runs when the package is installed or used imports or may start it: a tool of its makers.
    pub idle: bool,
}

impl<'a> Member<'a> {
    /// The last component of the path.
    #[must_use]
    pub fn base_name(&self) -> &str {
        crate::model::artifact::base_name(&self.path)
    }

    /// The facts of the member that are of one kind.
    pub fn facts(&self) -> impl Iterator<Item = &'a FactKind> + use<'a> {
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
    /// Another packaging system.
    Of(PackageSystem),
    /// A container image.
    Image,
    /// Nothing that is known.
    Other,
}

impl Ecosystem {
    /// Whether anybody may upload a package there, and packages are libraries of code: in a small one, one suspicious sign
    /// is most of what there is. A distribution's package is mostly compiled, and its scripts are few by nature.
    #[must_use]
    pub fn is_registry(self) -> bool {
        matches!(self, Self::Npm | Self::PyPi | Self::Of(PackageSystem::Gem | PackageSystem::Cargo))
    }
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
    /// The package's own metadata in another packaging system.
    pub metadata: Option<&'a PackageMetadata>,
    /// The package URL of what has no metadata file of its own: a Homebrew bottle, an image, a jar, a module of Go.
    named: Option<String>,
    /// Members that an image starts.
    started: Vec<usize>,
    /// What only the package as a whole tells about its members, by their indices.
    pub facts: Vec<(usize, Fact)>,
    /// What the package promises and does not hold, by the member that promises it.
    pub gaps: Vec<(usize, Gap)>,
}

impl<'a> Package<'a> {
    /// Gathers the members of a root, finds the package's own manifest (the one nearest to the root) and gives
    /// every member its role.
    #[must_use]
    pub fn of(name: &str, root: &'a Analysis) -> Self {
        let members = members(root);
        let mut package = Self {
            name: name.to_owned(),
            members,
            ecosystem: Ecosystem::Other,
            base: String::new(),
            npm: None,
            python: None,
            metadata: None,
            named: None,
            started: Vec::new(),
            facts: Vec::new(),
            gaps: Vec::new(),
        };
        let nearest = package
            .members
            .iter()
            .filter(|m| !m.decoded)
            .filter_map(|m| {
                let manifest = m.facts().find(|f| match f {
                    FactKind::NpmManifest(_) | FactKind::PythonMetadata(_) => true,
                    FactKind::PackageMetadata(metadata) => is_own(metadata.system, &m.path),
                    _ => false,
                })?;
                // Python and npm packages keep Rust sources beside their own manifest.
                let is_second = matches!(manifest, FactKind::PackageMetadata(m) if m.system == PackageSystem::Cargo);
                Some((m.path.matches('/').count(), is_second, m.path.clone(), manifest))
            })
            .min_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        if image::read(&mut package) {
            package.ecosystem = Ecosystem::Image;
        } else if let Some(bottle) = identity::Bottle::of(&package.members) {
            package.ecosystem = Ecosystem::Of(PackageSystem::Brew);
            package.named = bottle.purl();
            package.base = format!("{}/{}/", bottle.name, bottle.version);
        } else if let Some((_, _, path, manifest)) = nearest {
            package.base = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            match manifest {
                FactKind::NpmManifest(manifest) => {
                    package.ecosystem = Ecosystem::Npm;
                    package.npm = Some(manifest);
                }
                FactKind::PythonMetadata(metadata) => {
                    package.ecosystem = Ecosystem::PyPi;
                    package.python = Some(metadata);
                    // METADATA lies in name-1.0.dist-info/, the package beside it.
                    if package.base.ends_with(".dist-info/") || package.base.ends_with(".egg-info/") {
                        let outer = package.base.trim_end_matches('/').rsplit_once('/').map_or("", |(f, _)| f);
                        package.base = if outer.is_empty() { String::new() } else { format!("{outer}/") };
                    }
                }
                FactKind::PackageMetadata(metadata) => {
                    package.ecosystem = Ecosystem::Of(metadata.system);
                    package.metadata = Some(metadata);
                }
                _ => {}
            }
        } else if package.members.iter().any(|m| m.base_name() == "setup.py") {
            package.ecosystem = Ecosystem::PyPi;
        }
        if package.named.is_none() {
            package.named = identity::named(&package);
        }
        package.gaps.extend(unread_manifests(&package.members));
        role::assign(&mut package);
        image::assign(&mut package);
        package
    }

    /// Whether it is a wheel, of which an installer runs nothing. Installers go by the name of the file; what lies inside may
    /// pretend anything.
    #[must_use]
    pub fn is_wheel(&self) -> bool {
        self.ecosystem == Ecosystem::PyPi && self.name.to_ascii_lowercase().ends_with(".whl")
    }
}

/// Manifests that cannot be read where npm or node reads them: at the top of a folder or package, and of each package in
/// `node_modules`. Anywhere else (templates of projects, sources in a map) they are text, which was looked at as such.
fn unread_manifests(members: &[Member<'_>]) -> Vec<(usize, Gap)> {
    let is_read = |path: &str| {
        if path.contains(".map!/") {
            return false;
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folder.rsplit_once("node_modules/") {
            Some((_, name)) => name.matches('/').count() <= 1,
            None => !folder.contains('/'),
        }
    };
    let unread = |m: &Member<'_>| {
        m.facts().find_map(|f| match f {
            FactKind::UnreadManifest(why) => Some(why.clone()),
            _ => None,
        })
    };
    members
        .iter()
        .enumerate()
        .filter(|(_, m)| !m.decoded && is_read(&m.path))
        .filter_map(|(i, m)| Some((i, Gap::malformed(unread(m)?.into_string()))))
        .collect()
}

/// Whether metadata stands where the packaging system looks for the package's own.
fn is_own(system: PackageSystem, path: &str) -> bool {
    match system {
        PackageSystem::Deb => path.starts_with("control.tar") && path.ends_with("!/control"),
        PackageSystem::Rpm => path.is_empty(),
        // An Alpine package is several archives one behind the other.
        PackageSystem::Apk => path.rsplit_once("!/").map_or(path, |(_, inner)| inner) == ".PKGINFO",
        PackageSystem::Arch => path == ".PKGINFO",
        PackageSystem::Gem => matches!(path, "metadata.gz" | "metadata"),
        PackageSystem::Cargo => path.matches('/').count() <= 1 && !path.contains("!/"),
        PackageSystem::Nuget => !path.contains('/'),
        PackageSystem::Brew => false,
    }
}

/// Every content of a root at every place, parents before children; walked without recursion.
fn members(root: &Analysis) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    let mut stack = vec![(root, String::new(), Vec::new(), None, (false, false, false))];
    while let Some((analysis, path, way, claimed, (decoded, of_source, is_command))) = stack.pop() {
        for (i, edge) in analysis.children.iter().enumerate().rev() {
            let inner = match &edge.step {
                Step::Stream { .. } => path.clone(),
                Step::Member { name, .. } if path.is_empty() => name.trim_start_matches("./").to_owned(),
                Step::Member { name, .. } => format!("{path}!/{}", name.trim_start_matches("./")),
                Step::Bytes { .. } | Step::Decoded { .. } => format!("{path}#{}", edge.name),
            };
            let mut inner_way: Vec<usize> = way.clone();
            inner_way.push(i);
            let inner_decoded = decoded || edge.step.is_decoded();
            let is_command = matches!(&edge.step, Step::Decoded { recipe, .. } if recipe == COMMAND);
            let of_source = edge.step.is_decoded() && analysis.kind == FileKind::OtherSource;
            stack.push((&*edge.analysis, inner, inner_way, edge.claimed, (inner_decoded, of_source, is_command)));
        }
        members.push(Member {
            path,
            way,
            claimed,
            analysis,
            role: Role::Body,
            decoded,
            of_source,
            is_command,
            imported: false,
            idle: false,
        });
    }
    members
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

/// The package heuristics, in the order in which they look.
pub const HEURISTICS: &[&dyn PackageHeuristic] = &[
    &names::NameDisagrees,
    &npm::NpmPromises,
    &contract::Contract,
    &pypi::PythonPromises,
    &distribution::Distribution,
    &image::ImagePromises,
    &linked::Linked,
    &among::AmongFiles,
    &lookalike::LookAlike,
    &imposture::Imposture,
    &skill::SkillPromises,
    &built::WhenBuilt,
    &privileged::Privileged,
];

/// Runs every package heuristic. The engine contains a panic: the root then becomes a gap.
#[must_use]
pub fn check(package: &Package<'_>) -> Vec<Placed> {
    let mut placed = Vec::new();
    for heuristic in HEURISTICS {
        heuristic.check(package, &mut placed);
    }
    placed
}
