//! Neutral observations that others correlate. A fact accuses nobody.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{FileKind, PackedText};

/// The capability words of the report (`capabilities` in the JSON contract).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// Network modules and functions.
    Network,
    /// Host names and addresses.
    Hosts,
    /// Environment variables that are read.
    Environment,
    /// File system paths of weight.
    Files,
    /// Credential stores and secret files.
    Credentials,
    /// Programs that are started.
    Spawns,
    /// eval and its kin.
    DynamicCode,
    /// Lifecycle scripts and other code that runs by itself.
    Hooks,
    /// Native code.
    Native,
    /// Telemetry services.
    Telemetry,
    /// Updaters.
    SelfUpdate,
    /// Remote feature flags.
    RemoteFlags,
    /// Wallets and keys of cryptocurrencies.
    Wallets,
    /// AI agents, their settings and tools.
    Agents,
    /// Values that were decoded.
    Decoded,
}

impl Capability {
    /// All, in the order of the report.
    pub const ALL: [Self; 15] = [
        Self::Network,
        Self::Hosts,
        Self::Environment,
        Self::Files,
        Self::Credentials,
        Self::Spawns,
        Self::DynamicCode,
        Self::Hooks,
        Self::Native,
        Self::Telemetry,
        Self::SelfUpdate,
        Self::RemoteFlags,
        Self::Wallets,
        Self::Agents,
        Self::Decoded,
    ];

    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Hosts => "hosts",
            Self::Environment => "environment",
            Self::Files => "files",
            Self::Credentials => "credentials",
            Self::Spawns => "spawns",
            Self::DynamicCode => "dynamic-code",
            Self::Hooks => "hooks",
            Self::Native => "native",
            Self::Telemetry => "telemetry",
            Self::SelfUpdate => "self-update",
            Self::RemoteFlags => "remote-flags",
            Self::Wallets => "wallets",
            Self::Agents => "agents",
            Self::Decoded => "decoded",
        }
    }

    /// The capability that a report's word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// A capability and its value: a host, a variable's name, a program.
    Has(Capability, Box<str>),
    /// A `package.json` that could be read.
    NpmManifest(Box<NpmManifest>),
    /// A `package.json` that could not be read, and why: a gap where an installer reads it.
    UnreadManifest(Box<str>),
    /// `METADATA` or `PKG-INFO` of a Python distribution.
    PythonMetadata(Box<PythonMetadata>),
    /// What `pyproject.toml` says of the project, as far as it is fixed there.
    PythonProject(Box<PythonMetadata>),
    /// `entry_points.txt`: group, name and target of each.
    EntryPoints(Box<[(String, String, String)]>),
    /// A wheel's `RECORD`.
    WheelRecord(Box<[RecordLine]>),
    /// The name claims another kind than the bytes show.
    NameDisagrees,
    /// A module that code imports or requires, as written ("./lib/x", "requests").
    Imports(Box<str>),
    /// A function of another module that code calls by itself when it is loaded: the module as written and the function
    /// (".loader.main", "./lib/x.run").
    CallsAtLoad(Box<str>),
    /// A constant that a script gives to others of its package: its name and its value.
    Constant(Box<str>, Box<Literal>),
    /// A script that names what it calls with constants of other files, to be followed again with them.
    Unfinished(Box<UnfinishedScript>),
    /// A short script or table that others of its package may import.
    Importable(Arc<ImportableFile>),
    /// A library or program of known name that is built into the artifact.
    Component(Box<Component>),
    /// The metadata of a package of an operating system, of RubyGems or of cargo.
    PackageMetadata(Box<PackageMetadata>),
    /// A JSON document of a container image.
    Image(Box<ImageDocument>),
    /// What a skill says of itself that its scripts can be held against, in its own words.
    Claims(Box<str>),
    /// A document that talks about attacks: what it quotes is not what it orders.
    TalksOfAttacks,
    /// Data that is a list of attacks with what kind each is.
    ListsAttacks,
    /// A document that names attacks on models, and orders nothing but in what it quotes.
    QuotesAttacks,
    /// A script that was followed as code, and not only looked at: signatures, and whether it can act at all.
    Followed,
    /// A host that stands in no line of a script but those that are comments.
    OnlyMentioned(Box<str>),
    /// A script that only makes records out of texts, and does nothing with them.
    OnlyLists,
    /// A rule that a source file meets if it is run when its package is built: the rule's id, and what was seen.
    WhenBuilt(&'static str, Box<str>),
    /// A command that runs without being asked for, as its configuration has it: the files it names run with it.
    Starts(Box<str>),
}

impl FactKind {
    /// Bytes that it takes elsewhere in memory, roughly; `None` for what holds most of what its content says, and takes about
    /// as much.
    #[must_use]
    pub fn heap(&self) -> Option<usize> {
        /// What the allocator adds to a block.
        const BLOCK: usize = 16;
        match self {
            Self::Has(_, text) | Self::Imports(text) | Self::CallsAtLoad(text) | Self::OnlyMentioned(text) => {
                Some(BLOCK + text.len())
            }
            Self::Importable(file) => Some(2 * BLOCK + size_of::<ImportableFile>() + file.text.packed_len()),
            Self::Unfinished(script) => Some(2 * BLOCK + size_of::<UnfinishedScript>() + script.text.packed_len()),
            Self::Followed
            | Self::OnlyLists
            | Self::NameDisagrees
            | Self::TalksOfAttacks
            | Self::ListsAttacks
            | Self::QuotesAttacks => Some(0),
            _ => None,
        }
    }
}

/// A constant of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// Text.
    Text(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A whole number.
    Number(i64),
    /// A list.
    List(Box<[Literal]>),
}

/// Constants of a package by name.
pub type Constants = Rc<BTreeMap<Box<str>, Literal>>;

/// A script that cannot be understood by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedScript {
    /// What it is written in.
    pub kind: FileKind,
    /// Its text, at most some 64 KiB.
    pub text: PackedText,
}

/// A file that means something only together with those that import it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportableFile {
    /// What it is written in.
    pub kind: FileKind,
    /// Its text, at most some 16 KiB.
    pub text: PackedText,
    /// Whether it executes text as code.
    pub executes: bool,
    /// Whether it reaches the network.
    pub reaches: bool,
    /// Whether it asks for modules or members by names that do not stand in it.
    pub nameless: bool,
    /// Whether it speaks of the keys of wallets.
    pub keys: bool,
    /// Whether it puts functions of its own in the place of those of a client.
    pub hooks: bool,
    /// It sends messages for somebody.
    pub mails: bool,
    /// Whether it asks where it runs: the time zone, the language, whose address answers, whose machine it is.
    pub asks: bool,
    /// Whether it decodes text or makes digests of it, which a list that nobody is to read takes.
    pub compares: bool,
    /// Whether it defines what a builder of distributions calls.
    pub builds: bool,
    /// Whether it encrypts: who does that to the files of others lays it over several of their own.
    pub seals: bool,
    /// Whether it goes through folders.
    pub lists: bool,
    /// Whether it changes, renames or deletes files.
    pub changes: bool,
}

/// A neutral observation about one artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it says.
    pub kind: FactKind,
    /// Where it stands in the artifact, in bytes.
    pub offset: u64,
    /// How often it was seen.
    pub count: u32,
}

impl Fact {
    /// A capability seen once.
    #[must_use]
    pub fn has(capability: Capability, value: impl Into<Box<str>>, offset: u64) -> Self {
        Self { kind: FactKind::Has(capability, value.into()), offset, count: 1 }
    }

    /// A structured fact about the whole artifact.
    #[must_use]
    pub fn whole(kind: FactKind) -> Self {
        Self { kind, offset: 0, count: 1 }
    }
}

/// Lifecycle scripts that npm runs without being asked when a package is installed from a registry, a tarball or a
/// repository (`prepare` and its kin only for repositories and folders).
pub const LIFECYCLE: [&str; 7] =
    ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare", "prepublish"];

/// What a `package.json` says, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NpmManifest {
    /// `name`, empty when there is none.
    pub name: String,
    /// `version`, empty when there is none.
    pub version: String,
    /// `publisher` of an editor's extension (VS Code and its kin), empty for any other package.
    pub publisher: String,
    /// `description`.
    pub description: String,
    /// `homepage`, `repository`, `bugs` URLs.
    pub homes: Vec<String>,
    /// `main`, `module`, `browser` and every leaf of `exports`.
    pub entries: Vec<String>,
    /// `types` and `typings`.
    pub types: Vec<String>,
    /// `files`, when it is there.
    pub files: Option<Vec<String>>,
    /// `bin`: command and file.
    pub bins: Vec<(String, String)>,
    /// `scripts`: name and command.
    pub scripts: Vec<(String, String)>,
    /// Every dependency: section, name, specifier.
    pub dependencies: Vec<(&'static str, String, String)>,
    /// `gypfile`.
    pub gypfile: Option<bool>,
    /// Keys that stand twice at the top level.
    pub duplicate_keys: Vec<String>,
}

/// What `METADATA` or `PKG-INFO` says, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PythonMetadata {
    /// `Name`.
    pub name: String,
    /// `Version`.
    pub version: String,
    /// `Summary`.
    pub summary: String,
    /// `Home-page` and every `Project-URL`.
    pub homes: Vec<String>,
    /// `Requires-Dist`, as written.
    pub requires: Vec<String>,
    /// Whether a setup script installs folders and no single file.
    pub folders_only: bool,
}

/// One line of a wheel's `RECORD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Path inside the wheel.
    pub path: String,
    /// `sha256=…` digest as 32 bytes, when it is given and well formed.
    pub sha256: Option<[u8; 32]>,
    /// Whether the line gives a hash at all.
    pub hashed: bool,
    /// Size in bytes, when it is given.
    pub size: Option<u64>,
}

/// Something of known name that is built into an artifact: a Go module, a Rust crate, an interpreter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// Package URL, when name and ecosystem are known (`pkg:golang/github.com/spf13/cobra@v1.8.0`).
    pub purl: Option<String>,
    /// Its name.
    pub name: String,
    /// Its version as written, when it is told.
    pub version: Option<String>,
    /// Where that is said: `go-buildinfo`, `cargo-auditable`, `rust-panic-path`, `bun`, `node`,
    /// `pom.properties`.
    pub source: Cow<'static, str>,
}

/// The packaging systems beside npm and PyPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PackageSystem {
    /// Debian and its descendants: `control`.
    Deb,
    /// RPM: the header.
    Rpm,
    /// Alpine: `.PKGINFO`.
    Apk,
    /// Arch Linux: `.PKGINFO`.
    Arch,
    /// Homebrew: the folder `NAME/VERSION` with its formula.
    Brew,
    /// RubyGems: `metadata.gz`.
    Gem,
    /// cargo: `Cargo.toml`.
    Cargo,
    /// NuGet: `NAME.nuspec`.
    Nuget,
}

/// What the metadata of such a package says, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageMetadata {
    /// Whose metadata it is.
    pub system: PackageSystem,
    /// Name.
    pub name: String,
    /// Version with everything that belongs to it (`1:9.2p1-2+deb12u10`, `8.0-1.fc40`).
    pub version: String,
    /// Number that goes before the version of an RPM package, when it has one.
    pub epoch: Option<u32>,
    /// Architecture or platform, empty when it is not told.
    pub architecture: String,
    /// The distribution as package URLs name it (`debian`), empty when it is not known.
    pub vendor: String,
    /// Files that run when the package is built or installed, as the metadata names them: a gem's `extensions`, a crate's
    /// build script.
    pub hooks: Vec<String>,
    /// Whether all of its code runs inside of the compiler (a procedural macro).
    pub in_compiler: bool,
}

impl PackageMetadata {
    /// Metadata that says nothing yet.
    #[must_use]
    pub fn of(system: PackageSystem) -> Self {
        Self {
            system,
            name: String::new(),
            version: String::new(),
            epoch: None,
            architecture: String::new(),
            vendor: String::new(),
            hooks: Vec::new(),
            in_compiler: false,
        }
    }
}

/// A JSON document of a container image (OCI image format, `docker save`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageDocument {
    /// `index.json` or a list of manifests for several platforms.
    Index(Vec<ImageContent>),
    /// The manifest of one image.
    Manifest {
        /// Its configuration.
        config: ImageContent,
        /// Its layers, the lowest first.
        layers: Vec<ImageContent>,
        /// Name of the base image, when an annotation tells it.
        base: Option<String>,
    },
    /// The configuration of one image.
    Config(Box<ImageConfig>),
    /// `manifest.json` of `docker save`: every image with its configuration and layers, by path.
    Saved(Vec<SavedImage>),
}

/// What an image document refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageContent {
    /// Media type, empty when it is not told.
    pub media: String,
    /// `sha256:…`.
    pub digest: String,
    /// `linux/amd64`, when it is told.
    pub platform: Option<String>,
    /// The name or tag that an annotation gives it.
    pub name: Option<String>,
}

/// One image of a `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedImage {
    /// Path of its configuration.
    pub config: String,
    /// Its names (`repository:tag`).
    pub tags: Vec<String>,
    /// Paths of its layers, the lowest first.
    pub layers: Vec<String>,
}

/// What an image's configuration says, as far as it matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageConfig {
    /// `linux/amd64`.
    pub platform: String,
    /// Whom it runs as; empty is root.
    pub user: String,
    /// `Entrypoint`.
    pub entrypoint: Vec<String>,
    /// `Cmd`.
    pub command: Vec<String>,
    /// `Healthcheck`, without its first word.
    pub health: Vec<String>,
    /// `OnBuild`: what runs when another image is built on this one.
    pub on_build: Vec<String>,
    /// Names of the variables in `Env`.
    pub environment: Vec<String>,
    /// `ExposedPorts`.
    pub ports: Vec<String>,
    /// Name of the base image, when a label tells it.
    pub base: Option<String>,
    /// Digests of the unpacked layers.
    pub diff_ids: Vec<String>,
    /// The steps of the build: the command, and whether it made no layer.
    pub history: Vec<(String, bool)>,
}
