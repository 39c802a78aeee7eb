//! Reads manifests into facts, for the package heuristics that compare what a package promises with what it holds.

mod npm;
mod python;

use super::Heuristic;

/// The manifest readers.
pub const HEURISTICS: &[&dyn Heuristic] =
    &[&npm::NpmManifestReader, &python::PythonMetadataReader, &python::RecordReader];

/// Longest manifest that is read, in bytes; honest ones are thousands of times smaller.
const LONGEST: usize = 16 << 20;
