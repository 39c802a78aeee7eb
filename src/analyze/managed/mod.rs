//! Code for virtual machines: .NET assemblies, Java classes, WebAssembly, pickles. What they call is written down by name in
//! them, so it can be told as surely as for a script: the same capability words, and the text that they hold as a child
//! of its own, for the rules that read text.

#[cfg(test)]
mod calibrate;
mod dotnet;
mod java;
mod literals;
mod model_text;
mod pickle;
mod wasm;
mod weight;

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Heuristic, Notes};
use crate::model::{Capability, Fact, FactKind};

/// All heuristics of this room.
pub const HEURISTICS: &[&dyn Heuristic] =
    &[&dotnet::Managed, &java::JavaClass, &wasm::Module, &pickle::Pickles, &model_text::ModelText];

/// Most distinct values that are told of one file.
const VALUES_MAX: usize = 1000;

/// Capabilities with how often and where first they were seen.
#[derive(Default)]
struct Told {
    values: HashMap<(Capability, Cow<'static, str>), (u64, u32)>,
}

impl Told {
    fn add(&mut self, capability: Capability, value: impl Into<Cow<'static, str>>, offset: u64) {
        let key = (capability, value.into());
        if let Some((_, count)) = self.values.get_mut(&key) {
            *count = count.saturating_add(1);
        } else if self.values.len() < VALUES_MAX {
            self.values.insert(key, (offset, 1));
        }
    }

    /// The facts, in the order of their first places.
    fn finish(self, out: &mut Notes) {
        let mut facts: Vec<_> = self.values.into_iter().collect();
        facts.sort_unstable_by(|(a, (at, _)), (b, (other, _))| at.cmp(other).then_with(|| a.cmp(b)));
        out.facts.extend(facts.into_iter().map(|((capability, value), (offset, count))| Fact {
            kind: FactKind::Has(capability, value.into()),
            offset,
            count,
        }));
    }
}
