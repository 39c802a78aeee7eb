//! Plain data that every room speaks: what was looked at ([`Artifact`]), what was seen
//! ([`Finding`], [`Fact`]), what was not seen ([`Gap`]), and what stops a run ([`Error`]).
//!
//! No I/O happens here, with one exception that is named in [`view`].

pub mod artifact;
pub mod date;
pub mod error;
pub mod fact;
pub mod finding;
pub mod gap;
pub mod kind;
mod packed;
pub mod purl;
pub mod rule;
pub mod technique;
pub mod view;

pub use artifact::{Artifact, ContentId, Identity, Locator, Step};
pub use date::Date;
pub use error::Error;
pub use fact::{
    Capability, Component, Fact, FactKind, ImageDocument, NpmManifest, PackageMetadata, PackageSystem, PythonMetadata,
    RecordLine,
};
pub use finding::{Confidence, Evidence, Finding, Fingerprint, Severity, Span};
pub use gap::{Gap, GapReason};
pub use kind::{Family, FileKind};
pub use packed::PackedText;
pub use rule::{Rule, RuleOrigin};
pub use technique::{Stage, Stages, Technique};
pub use view::ByteView;
