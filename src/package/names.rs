//! Names that hide what a file is: an executable called `logo.png`, a script called `data.woff`. Content decides what a
//! file is; a name that contradicts it is worth a look when somebody runs the content. Known uses: `though.crt`
//! loaders, `NEWS.TXT` that is a program, `.bash.elf`. Honest look-alikes: test files of parsers, `.dat`, wrongly named
//! archives (4 % of malicious PyPI uploads are zips called `.tar.gz`, and so are some honest ones).

use super::{Package, PackageHeuristic, Placed, noted};
use crate::model::{FileKind, Rule};
use crate::rule;

rule! {
    /// A native executable lies in the package under the name of a picture, a text or a certificate. Nothing needs
    /// that except hiding it.
    ///
    /// Honest look-alikes: test files of format parsers (they lie in test folders, which lowers this).
    pub(crate) HIDDEN_EXECUTABLE = "name-hides-executable" in "obf/fake-extension";
    severity: High, confidence: Likely,
    title: "A native executable has the name of another kind of file",
    reference: "https://attack.mitre.org/techniques/T1036/008/",
}

rule! {
    /// A script lies in the package under the name of a picture, sound, font or archive. A loader that knows about it
    /// can run it; a reviewer does not look there.
    ///
    /// Honest look-alikes: error pages saved under the name of a picture, test files.
    pub(crate) HIDDEN_SCRIPT = "name-hides-script" in "obf/fake-extension";
    severity: Medium, confidence: Likely,
    title: "A script has the name of another kind of file",
    reference: "https://attack.mitre.org/techniques/T1036/008/",
}

rule! {
    /// The name promises another container or another kind of data than the bytes show. Scanners that go by names open
    /// it wrongly or not at all; Peephole went by the bytes.
    pub(crate) OTHER_KIND = "name-disagrees" in "obf/mis-typed-container";
    severity: Low, confidence: Certain,
    title: "The name claims another kind of file than the bytes show",
    reference: "https://attack.mitre.org/techniques/T1036/008/",
}

rule! {
    /// An archive has the name of another archive format. Tools that go by the name fail or see nothing, tools that go
    /// by the bytes unpack it: 4 % of malicious PyPI uploads are zips called `.tar.gz`.
    ///
    /// Honest look-alikes: careless release scripts, test files of archive readers.
    pub(crate) OTHER_CONTAINER = "name-hides-container" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "An archive has the name of another archive format",
    reference: "https://attack.mitre.org/techniques/T1036/008/",
}

/// Compares what names claim with what contents are.
pub(crate) struct NameDisagrees;

impl PackageHeuristic for NameDisagrees {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&HIDDEN_EXECUTABLE, &HIDDEN_SCRIPT, &OTHER_CONTAINER, &OTHER_KIND];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        for (i, member) in package.members.iter().enumerate() {
            let Some(claimed) = member.claimed else { continue };
            let kind = member.analysis.kind;
            // Whoever starts a program for another system finds that it does not start, and nothing is hidden from anybody.
            let is_other_program = kind.is_executable() && claimed.is_executable();
            let rule: &'static Rule = if is_other_program {
                &OTHER_KIND
            } else if kind.is_executable() && !claimed.is_container() && claimed != FileKind::Data {
                &HIDDEN_EXECUTABLE
            } else if kind.is_script() && !claimed.is_text() {
                &HIDDEN_SCRIPT
            } else if kind.is_container() && claimed.is_container() {
                &OTHER_CONTAINER
            } else {
                &OTHER_KIND
            };
            out.push(noted(i, rule, format!("named as {}, is {}", claimed.word(), kind.word())));
        }
    }
}
