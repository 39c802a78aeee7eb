//! Source files that are met by their rules only where they run when their package is built: which files those are, a
//! manifest says, and a build script may have any name.

use super::{Package, PackageHeuristic, Placed, Role, noted};
use crate::analyze::commands::rule_when_built;
use crate::model::{FactKind, Rule};

/// The check of this file.
pub(super) struct WhenBuilt;

impl PackageHeuristic for WhenBuilt {
    fn rules(&self) -> &'static [&'static Rule] {
        // Those of the sources, which are listed there.
        &[]
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        for (i, member) in package.members.iter().enumerate().filter(|(_, m)| m.role == Role::Install) {
            for fact in member.facts() {
                if let FactKind::WhenBuilt(id, note) = fact
                    && let Some(rule) = rule_when_built(id)
                {
                    out.push(noted(i, rule, &**note));
                }
            }
        }
    }
}
