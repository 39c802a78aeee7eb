//! Object files that were made to be linked into a build without being noticed.
//!
//! Assemblers throw away labels that begin with `.L`; only relocations of their place remain. An object whose symbol
//! table holds functions under such names was processed by hand after it was compiled, so that its functions look like
//! labels and no linker map, debugger or reader names them. Known uses: `liblzma_la-crc64-fast.o`, the object that the
//! build of xz 5.6.0 and 5.6.1 unpacked out of its test files. Honest look-alikes: RISC-V and `LoongArch` assemblers keep
//! labels, as marks of places and not as functions.
//!
//! References: CVE-2024-3094; <https://sourceware.org/binutils/docs/as/Symbol-Names.html>.

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// An object file whose symbol table holds functions under names that assemblers keep for labels (`.L…`)
    /// and drop. Somebody renamed them after compiling. Known uses: the object with the back door of xz 5.6.0 and
    /// 5.6.1. Honest look-alikes: none is known; labels of constants (LLVM) and of places (RISC-V, `LoongArch`) are no functions.
    pub(super) LABELS = "elf-object-functions-as-labels" in "bin/symbol-mismatch";
    severity: High, confidence: Likely,
    title: "Functions of an object file are named like labels",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2024-3094",
}

/// Least functions with such names.
const LEAST: usize = 8;

/// Looks at object files.
pub(super) struct Objects;

impl Heuristic for Objects {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&LABELS] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Elf
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(elf)) = file.elf() else { return };
        let names = &elf.local_labels;
        if names.len() < LEAST {
            return;
        }
        let shown: Vec<String> = names.iter().take(4).map(|n| shown(n)).collect();
        let note = format!("{} functions such as {}", names.len(), shown.join(", "));
        out.findings.push(LABELS.finding(placed(0, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    #[test]
    fn functions_named_like_labels_are_told() {
        let names: Vec<String> = (0..9).map(|i| format!(".Lfn{i}.part.0")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let object = ElfBuilder::object(&names, 2);
        assert_eq!(ids(&check(&Objects, FileKind::Elf, "x.o", &object)), ["elf-object-functions-as-labels"]);
        // Labels that are marks of places, and of constants.
        assert!(check(&Objects, FileKind::Elf, "x.o", &ElfBuilder::object(&names, 1)).findings.is_empty());
        assert!(check(&Objects, FileKind::Elf, "x.o", &ElfBuilder::object(&names, 0)).findings.is_empty());
        let plain: Vec<&str> = vec!["encode"; 9];
        assert!(check(&Objects, FileKind::Elf, "x.o", &ElfBuilder::object(&plain, 2)).findings.is_empty());
        assert!(check(&Objects, FileKind::Elf, "x.o", &ElfBuilder::object(&names[..7], 2)).findings.is_empty());
    }
}
