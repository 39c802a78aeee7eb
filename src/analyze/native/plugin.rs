//! Libraries that privileged programs load by themselves: character-set converters of glibc.
//!
//! glibc loads a gconv module to convert text, also in set-user-id programs. A module that starts programs or changes
//! its user has only one use. Known uses: `PwnKit` (CVE-2021-4034) exploits carry one. Honest look-alikes: none;
//! converters compute.
//!
//! References: CVE-2021-4034; ATT&CK T1574.

use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// A character-set converter of glibc (it exports `gconv_init`) that starts programs or changes its user. glibc
    /// loads such modules into set-user-id programs, which is how `PwnKit` exploits become root. Honest look-alikes:
    /// none; converters only compute.
    pub(super) GCONV = "elf-gconv-module-spawns" in "bin/ctor-abuse";
    severity: High, confidence: Likely,
    title: "A character-set converter that starts programs",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2021-4034",
}

/// Looks at what a plug-in of the system imports.
pub(super) struct Plugins;

impl Heuristic for Plugins {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&GCONV] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Elf
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images().iter().filter(|i| i.library) {
            let spawns = image.imported(&["system", "execve", "execv", "execvp", "execl", "execlp", "popen", "setuid"]);
            if image.exports.iter().any(|e| **e == *b"gconv_init") && !spawns.is_empty() {
                let note = format!("exports gconv_init and imports {}", spawns.join(", "));
                out.findings.push(GCONV.finding(placed(0, 0, note)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    #[test]
    fn a_converter_that_spawns_is_seen() {
        let mut elf = ElfBuilder::library();
        elf.exports = vec!["gconv", "gconv_init"];
        assert!(check(&Plugins, FileKind::Elf, "UTF-7.so", &elf.build()).findings.is_empty());
        elf.imports.push("execve");
        assert_eq!(ids(&check(&Plugins, FileKind::Elf, "PWN.so", &elf.build())), ["elf-gconv-module-spawns"]);
    }
}
