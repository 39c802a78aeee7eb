//! What all wrappers of whole programs report: that the file is a runtime, or an installer, with a program in it.

use crate::model::{Evidence, Finding, Span};
use crate::rule;

rule! {
    /// The file is a single-file executable: a runtime with a program in it (Bun, Node SEA, pkg, nexe, Deno,
    /// `PyInstaller`, Nuitka, .NET), an installer or a self-extracting archive. The program inside is what matters and is
    /// not visible from outside; it is opened and examined, or stands in the gaps. Known uses: many command-line tools ship
    /// this way; so do stealers written in Python. This is a fact and no accusation.
    pub(super) WRAPPED = "native-single-file-bundle" in "bin/sea-bundle";
    severity: Info, confidence: Certain,
    title: "A program is wrapped in a single-file executable",
    reference: "https://nodejs.org/api/single-executable-applications.html",
}

/// The finding for a wrapper whose mark or payload begins at `offset`.
pub(super) fn wrapped(wrapper: &str, offset: u64) -> Finding {
    WRAPPED.finding(Evidence {
        span: Some(Span::bytes(offset, 0)),
        snippet: String::new(),
        mark: (0, 0),
        note: wrapper.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::super::wrappers_for;
    use crate::analyze::native::testing::ElfBuilder;
    use crate::model::FileKind;

    #[test]
    fn marks_of_the_runtime_alone_do_not_count() {
        let mut elf = ElfBuilder::program();
        elf.data = b"NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:0\0NODE_SEA_BLOB".to_vec();
        elf.data.extend(
            b"\n---- Bun! ----\nMEI\x0c\x0b\x0a\x0b\x0e var PAYLOAD_POSITION = '// PAYLOAD_POSITION //' d3n0l4nd",
        );
        let bytes = elf.build();
        for wrapper in wrappers_for(FileKind::Elf) {
            let seen = open(wrapper, FileKind::Elf, &bytes);
            assert!(seen.result.is_ok() && seen.findings.is_empty() && seen.children.is_empty());
        }
    }
}
