//! OLE compound files: MSI packages and patches, old Office documents.
//!
//! Every stream is a child. Of an MSI package the tables that say what is run (`CustomAction`) and with what values
//! (`Property`, `Binary`) are given as text, scripts in them as scripts; of documents with macros the modules' source.
//!
//! Formats: [MS-CFB], [MS-OVBA]; MSI's names and tables as Wine and msitools document them.

mod cfb;
mod msi;
mod vba;

use std::sync::Arc;

use self::cfb::{Compound, Stream};
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};

/// Opens them.
pub(super) struct Ole;

impl Wrapper for Ole {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Ole]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let compound = Arc::new(Compound::read(input.view)?);
        for gap in &compound.gaps {
            out.gaps.push(Gap::malformed(gap.clone()));
        }
        let is_msi = compound.streams.iter().any(|s| s.path == "!_StringPool");
        for stream in &compound.streams {
            emit(input, &compound, stream, out)?;
        }
        if is_msi {
            msi::tables(input.view, &compound, out)?;
        }
        vba::modules(input.view, &compound, out)
    }
}

/// A stream as a slice where its sectors follow one another, else joined later.
fn emit(input: &Input<'_, '_>, compound: &Arc<Compound>, stream: &Stream, out: &mut Entries<'_>) -> Result<(), Gap> {
    if stream.len == 0 {
        return Ok(());
    }
    if let Some(range) = compound.contiguous(stream) {
        return out.part("ole", &stream.path, input.view, range);
    }
    let (view, compound, stream) = (input.view.clone(), Arc::clone(compound), stream.clone());
    let name = stream.path.clone();
    out.deferred("ole", &name, move |budget| compound.produce(&view, &stream, budget))
}

#[cfg(test)]
mod tests;
