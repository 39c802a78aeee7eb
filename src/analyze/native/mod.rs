//! Native code: ELF, PE and Mach-O by their structure.
//!
//! A stripped, static, packed or network-capable binary is a capability. What is graded is contradiction: what the
//! parts of one file say about each other.

mod acts;
mod assembled;
mod carried;
mod claimed;
mod code;
mod coded;
mod components;
mod decoded;
mod digest;
mod electron;
mod embedded;
mod entropy;
mod exchange;
mod extent;
mod functions;
mod hidden;
mod imports;
mod init;
mod kmod;
mod malformed;
mod mute;
mod names;
mod object;
mod object_start;
mod overlay;
mod packed;
mod plugin;
mod quoted;
mod reach;
mod replaced;
mod resources;
mod rpath;
mod rwx;
mod sections;
mod sideload;
mod signature;

pub(crate) use quoted::AMONG_RULES;
pub(super) use quoted::brake_rules;

use super::{Heuristic, Notes};
use crate::model::{Evidence, Span, Step};
use crate::parse::Parsed;
use crate::unwrap::{Child, Content};

/// All heuristics of this room, in the order in which they run.
pub const HEURISTICS: &[&dyn Heuristic] = &[
    &malformed::Malformed,
    &sections::Sections,
    &rwx::Rwx,
    &packed::Packed,
    &electron::Electron,
    &components::Components,
    &imports::Imports,
    &init::Init,
    &plugin::Plugins,
    &kmod::KernelModules,
    &rpath::SearchPaths,
    &sideload::Sideload,
    &signature::CodeSignature,
    &resources::Resources,
    &overlay::Overlay,
    &embedded::Embedded,
    &carried::Carried,
    &digest::Digests,
    &hidden::Hidden,
    &coded::Coded,
    &assembled::Assembled,
    &decoded::Decoded,
    &exchange::Exchange,
    &names::Names,
    &functions::Functions,
    &mute::Mute,
    &claimed::Claims,
    &object::Objects,
    &object_start::ObjectStarts,
    &acts::Acts,
    &replaced::Replaced,
];

/// Evidence at a place in a binary: the note says what stands there.
fn placed(offset: u64, len: u64, note: impl Into<String>) -> Evidence {
    Evidence { span: Some(Span::bytes(offset, len)), snippet: String::new(), mark: (0, 0), note: note.into() }
}

/// A name out of a file for a note: printable and short.
fn shown(name: &[u8]) -> String {
    let short = name.get(..120).unwrap_or(name);
    let mut text = crate::model::finding::printable(short);
    if short.len() < name.len() {
        text.push('…');
    }
    text
}

/// Hands a range of the file to the engine as a child of its own.
fn emit(file: &Parsed<'_>, out: &mut Notes, offset: u64, len: u64, what: &str) {
    let range = usize::try_from(offset).ok().zip(usize::try_from(offset.saturating_add(len)).ok());
    if let Some(view) = range.and_then(|(start, end)| file.view().slice(start..end)) {
        let step = Step::Bytes { offset, len };
        out.children.push(Child { name: format!("{what}@{offset:#x}"), step, content: Content::Ready(view) });
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod calibrate;

#[cfg(test)]
mod hostile;
