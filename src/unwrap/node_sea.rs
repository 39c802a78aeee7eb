//! Node single executable applications.

use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::markers::Marker;

/// Opens them.
pub(super) struct NodeSea;

impl Wrapper for NodeSea {
    fn kinds(&self) -> &'static [FileKind] {
        &FileKind::EXECUTABLES
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let marks = input.file.markers();
        let fields = Fields::new(input.view, true);
        let Some(at) = marks.of(Marker::NodeSea).next().map(|at| at as u64).filter(|_| fields.len() > 0) else {
            return Ok(());
        };
        out.wrapped("Node SEA", at);
        Err(Gap::new(
            GapReason::Unsupported,
            "Node SEA single-file executable: its embedded program is not opened by this version",
        ))
    }
}
