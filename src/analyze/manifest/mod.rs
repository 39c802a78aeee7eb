//! Reads manifests into facts, for the package heuristics that compare what a package promises with what it holds.

mod cargo;
mod crx;
mod deps_json;
mod extension;
mod gem;
mod image;
mod java;
mod linux;
mod lockfile;
mod notices;
mod npm;
mod nuget;
mod python;
mod skill;

use super::Heuristic;
use crate::model::{Gap, GapReason};

/// The manifest readers.
pub const HEURISTICS: &[&dyn Heuristic] = &[
    &npm::NpmManifestReader,
    &python::PythonMetadataReader,
    &python::RecordReader,
    &python::ProjectReader,
    &python::EntryPointReader,
    &extension::ExtensionManifestReader,
    &java::JarManifestReader,
    &java::PomPropertiesReader,
    &deps_json::DepsJsonReader,
    &crx::CrxHeader,
    &linux::LinuxMetadataReader,
    &gem::GemMetadataReader,
    &nuget::NugetManifestReader,
    &cargo::CargoManifestReader,
    &image::ImageDocumentReader,
    &lockfile::LockfileReader,
    &notices::NoticeReader,
    &skill::SkillReader,
];

/// Longest manifest that is read, in bytes; honest ones are thousands of times smaller.
const LONGEST: usize = 16 << 20;

/// Most names of one kind (dependencies, patterns of files) that are held against what a package has; comparing one with all
/// known names takes some tenths of a millisecond.
pub(crate) const MOST_PROMISES: usize = 1000;

/// The gap for a manifest that is longer than any honest one.
fn too_long(bytes: usize) -> Gap {
    Gap::new(GapReason::Limit, format!("a manifest of {bytes} bytes is not read as one; at most {LONGEST} are"))
}
