//! The rules about tar files.
//!
//! A tar file is read front to back, and a reader that takes one length differently from another reads another list
//! of files from there on. Known uses: PAX size against the header's size (CVE-2026-33055 in tar-rs, "TARmageddon"
//! CVE-2025-62518 in its async kin), entries behind the archive's end, links to write through.

use crate::model::Rule;
use crate::rule;

rule! {
    /// The extended header of an entry states another size than its own header does, though that could hold it.
    ///
    /// A reader that knows extended headers skips one length, one that does not another, and from there on they see
    /// different files: what one takes for content, the other takes for entries. Honest writers state a size twice
    /// only when it is 8 GiB or more. Both readings are examined.
    pub(crate) SIZES = "tar-size-contradiction" in "obf/mis-typed-container";
    severity: High, confidence: Certain,
    title: "The two sizes of an entry contradict each other",
    reference: "https://edera.dev/stories/tarmageddon",
}
rule! {
    /// A link, folder or device states a size, and both after its header and after that many bytes an entry begins.
    ///
    /// Readers differ in whether they skip the bytes, and so see different files. Both readings are examined.
    pub(crate) HEADER_ONLY = "tar-size-of-link" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "An entry that has no content states a size that hides other entries",
    reference: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html",
}
rule! {
    /// Two long names are given for one entry, or one extended header gives a name or a size twice, and they differ.
    ///
    /// Which one counts depends on the reader. No writer produces that.
    pub(crate) TWICE = "tar-value-twice" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "The name or size of an entry is given twice, differently",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2026-33055",
}
rule! {
    /// Two entries unpack to the same path and their contents differ; the last one wins.
    ///
    /// `tar --append` produces that when files are added again. Whoever reads the first one reads what is not
    /// installed. Both are examined.
    pub(crate) DUPLICATE = "tar-duplicate-differs" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "Two entries have the same path and different content",
    reference: "https://www.gnu.org/software/tar/manual/html_node/multiple.html",
}
rule! {
    /// An entry stands twice in the archive, with the same content, or it is a text that nobody runs.
    pub(crate) DUPLICATE_SAME = "tar-duplicate-same" in "obf/mis-typed-container";
    severity: Info, confidence: Certain,
    title: "An entry stands in the archive twice",
    reference: "https://www.gnu.org/software/tar/manual/html_node/multiple.html",
}
rule! {
    /// Two names differ in upper and lower case only: on Windows and macOS one file replaces the other.
    pub(crate) FOLDED = "tar-name-case" in "obf/mis-typed-container";
    severity: Low, confidence: Hint,
    title: "Names differ in upper and lower case only",
    reference: "https://attack.mitre.org/techniques/T1036/",
}
rule! {
    /// Data follows the two zero blocks that end the archive. Most readers stop before it, some (`tar -i`) go on.
    /// It is examined as a file of its own.
    pub(crate) AFTER_END = "tar-after-end" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "Data follows the end of the archive",
    reference: "https://www.gnu.org/software/tar/manual/html_node/ignore_002dzeros.html",
}
rule! {
    /// A single zero block stands between entries. Python and some others end there, GNU tar goes on with a warning;
    /// so some readers do not see the entries after it. They are examined.
    pub(crate) LONE_ZERO = "tar-lone-zero-block" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "A single zero block hides the entries after it from some readers",
    reference: "https://www.gnu.org/software/tar/manual/html_node/Standard.html",
}
rule! {
    /// The bytes that fill the last block of an entry are not zero. Old writers leave memory there; so can who hides
    /// something.
    pub(crate) PADDING = "tar-padding" in "obf/mis-typed-container";
    severity: Low, confidence: Hint,
    title: "The padding after an entry is not zero",
    reference: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html",
}
rule! {
    /// The archive holds device nodes or pipes. System images have them, packages of source do not.
    pub(crate) SPECIAL = "tar-special-file" in "pkg/hidden-files";
    severity: Medium, confidence: Likely,
    title: "The archive holds device nodes or pipes",
    reference: "https://docs.python.org/3/library/tarfile.html#tarfile.SpecialFileError",
}
rule! {
    /// A file is marked to run with the rights of its owner or group. System packages have such files.
    pub(crate) SETUID = "tar-setuid" in "pkg/hidden-files";
    severity: Low, confidence: Likely,
    title: "A file is marked to run with its owner's rights",
    reference: "https://attack.mitre.org/techniques/T1548/001/",
}

/// The rules of this file.
pub(crate) const RULES: &[&Rule] = &[
    &SIZES,
    &HEADER_ONLY,
    &TWICE,
    &DUPLICATE,
    &DUPLICATE_SAME,
    &FOLDED,
    &AFTER_END,
    &LONE_ZERO,
    &PADDING,
    &SPECIAL,
    &SETUID,
];
