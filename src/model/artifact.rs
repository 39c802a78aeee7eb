//! One thing to look at: its bytes, its names, and the way by which it was reached.

use std::fmt;

use super::{ByteView, FileKind};

/// SHA-256 of an artifact's bytes: the identity under which content is analysed once and looked up everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentId(pub [u8; 32]);

impl fmt::Display for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where an artifact is, for people: `tool.tgz!/package/x.js#base64@120`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locator(pub String);

impl Locator {
    /// The locator of a child reached from here by one step.
    #[must_use]
    pub fn join(&self, step: &Step) -> Self {
        Self(match step {
            Step::Member { name, .. } => format!("{}!/{}", self.0, name.trim_start_matches('/')),
            Step::Stream { format } => format!("{}#{format}", self.0),
            Step::Bytes { offset, .. } => format!("{}@{offset}", self.0),
            Step::Decoded { recipe, offset } => format!("{}#{recipe}@{offset}", self.0),
        })
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One step of a recipe: how a child's bytes come out of its parent's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A named entry of a container.
    Member {
        /// The container's format ("zip", "tar").
        format: &'static str,
        /// The entry's name, as UTF-8 with every doubtful byte escaped.
        name: String,
    },
    /// The whole artifact is one compressed stream.
    Stream {
        /// The compression's name ("gzip").
        format: &'static str,
    },
    /// A range of the parent's bytes as they stand.
    Bytes {
        /// First byte.
        offset: u64,
        /// Length in bytes.
        len: u64,
    },
    /// Text or numbers in the parent that are an encoding of the child.
    Decoded {
        /// The decoders in order, joined by `+` ("base64+zlib").
        recipe: String,
        /// Where the encoded text begins in the parent.
        offset: u64,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member { format, name } => write!(f, "{format} member {name}"),
            Self::Stream { format } => f.write_str(format),
            Self::Bytes { offset, len } => write!(f, "bytes {offset}..{}", offset.saturating_add(*len)),
            Self::Decoded { recipe, offset } => write!(f, "{recipe} at {offset}"),
        }
    }
}

/// The recipe of a child that is a command of a configuration: it stands there to be read and is hidden from nobody.
pub const COMMAND: &str = "command";
/// What the name of such a child begins with when the command runs without being asked for: by an installer, an editor, an
/// agent.
pub const AUTOMATIC: &str = "automatic ";
/// And when somebody builds or tests with it.
pub const ON_BUILD: &str = "on build ";
/// And when a system has it run for whoever set it up: at start, at a log-in, behind an update.
pub const STARTED: &str = "at start ";

impl Step {
    /// Whether the child had to be decoded out of its parent.
    #[must_use]
    pub fn is_decoded(&self) -> bool {
        matches!(self, Self::Decoded { recipe, .. } if recipe != COMMAND)
    }
}

/// What an artifact is, and whether its name says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The kind that the bytes show (for text without a signature of its own, the name helps).
    pub kind: FileKind,
    /// The kind that the name claims, when it claims another one that the bytes contradict.
    pub claimed: Option<FileKind>,
}

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// SHA-256 of the bytes.
    pub id: ContentId,
    /// The bytes.
    pub view: ByteView,
    /// What it is.
    pub identity: Identity,
    /// Its name inside its parent: a path with `/`, lossless UTF-8 or escaped.
    pub name: String,
    /// How many unwrappings lie between it and the root.
    pub depth: u8,
}

impl Artifact {
    /// The last component of the name.
    #[must_use]
    pub fn base_name(&self) -> &str {
        base_name(&self.name)
    }
}

/// The last component of a path written with `/` or `\`.
#[must_use]
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
