//! The rules about zip files, and the comparison of an entry's two headers.
//!
//! A zip file says everything twice: in a local header before each entry, for readers that stream, and in the central
//! directory at the end, for readers that seek. Where the two say different things, an installer and a scanner see
//! different files. Known uses: "BadPack" Android malware, wheels with a poisoned second copy of a file (the reason
//! why PyPI refuses such archives since 2025), e-mail gateways passed by concatenated zips (2024).
//! References: PKWARE APPNOTE; "My ZIP isn't your ZIP" (USENIX Security 2025).

use super::header::{self, Central, Local};
use crate::model::Rule;
use crate::rule;
use crate::unwrap::entry_name::shown;

rule! {
    /// The local header and the central directory of an entry contradict each other in its name, compression,
    /// size, checksum or encryption.
    ///
    /// Readers that stream and readers that seek then see two different files under one name, or one file under
    /// two names. Both readings are examined. Let through: zeros where a data descriptor follows, Zip64 marks,
    /// other extra fields, the UTF-8 mark, slashes and backslashes.
    pub(crate) HEADERS = "zip-header-contradiction" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "An entry's local header and the central directory contradict each other",
    reference: "https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/",
}
rule! {
    /// The two headers of an entry differ in a way that careless writers produce: empty sizes without the flag for
    /// it, another mark for deferred sizes, a name in another encoding.
    pub(crate) HEADERS_MINOR = "zip-header-difference" in "obf/mis-typed-container";
    severity: Low, confidence: Likely,
    title: "An entry's two headers differ slightly",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// Two entries unpack to the same path and their contents differ.
    ///
    /// Which of them wins depends on the reader (the first for some, the last for others), so a reviewer may read
    /// one and an installer use the other. Both are examined.
    pub(crate) DUPLICATE = "zip-duplicate-differs" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "Two entries have the same path and different content",
    reference: "https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/",
}
rule! {
    /// As `zip-duplicate-differs`, for licences and other prose and for merged jar files, where packers that join
    /// archives leave such pairs.
    pub(crate) DUPLICATE_PROSE = "zip-duplicate-prose" in "obf/mis-typed-container";
    severity: Low, confidence: Likely,
    title: "Two texts in the archive have the same path",
    reference: "https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/",
}
rule! {
    /// An entry stands twice in the archive, with equal checksum and size: the work of careless packers.
    pub(crate) DUPLICATE_SAME = "zip-duplicate-same" in "obf/mis-typed-container";
    severity: Low, confidence: Certain,
    title: "An entry stands in the archive twice",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// Two names differ in upper and lower case only: on Windows and macOS one file replaces the other.
    pub(crate) FOLDED = "zip-name-case" in "obf/mis-typed-container";
    severity: Low, confidence: Hint,
    title: "Names differ in upper and lower case only",
    reference: "https://attack.mitre.org/techniques/T1036/",
}
rule! {
    /// Two entries share bytes of the archive.
    ///
    /// No packer produces that; it makes bombs ("zip quine", Fifield's overlapping bomb) and pairs of readings.
    pub(crate) OVERLAP = "zip-overlap" in "obf/mis-typed-container";
    severity: High, confidence: Certain,
    title: "Entries of the archive overlap",
    reference: "https://www.bamsoftware.com/hacks/zipbomb/",
}
rule! {
    /// So many entries lie over one another that they only make sense as a bomb.
    pub(crate) OVERLAP_BOMB = "zip-overlap-bomb" in "obf/mis-typed-container";
    severity: Critical, confidence: Certain,
    title: "The archive is a bomb of overlapping entries",
    reference: "https://www.bamsoftware.com/hacks/zipbomb/",
}
rule! {
    /// The central directory lists an entry whose place in the file holds no local header.
    ///
    /// A damaged file, or an entry that only careless readers show. Nothing of it can be examined.
    pub(crate) OUTSIDE = "zip-entry-outside" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "An entry points to a place where no entry is",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// An entry stands in the file with its own header and the central directory does not list it.
    ///
    /// Readers that seek do not see it, readers that stream unpack it. Left-overs of an archive that was changed in
    /// place look the same. It is examined like any other entry.
    pub(crate) UNLISTED = "zip-entry-unlisted" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "The archive holds an entry that its directory does not list",
    reference: "https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/",
}
rule! {
    /// The archive has two central directories, and which is read depends on the reader.
    ///
    /// Two joined archives, a second directory inside a comment or a gap, or an end record that can be followed in
    /// two ways: scanners read one, the victim's unpacker the other. Both are examined. Archives stored inside an
    /// entry do not count.
    pub(crate) SECOND_DIRECTORY = "zip-second-directory" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "The archive has two central directories",
    reference: "https://perception-point.io/blog/evasive-concatenated-zip-trojan-targets-windows-users/",
}
rule! {
    /// The end record promises another number of entries than the directory holds.
    ///
    /// Readers that count and readers that walk see different lists. 16-bit counts that wrapped are let through.
    pub(crate) COUNT = "zip-entry-count" in "obf/mis-typed-container";
    severity: Medium, confidence: Certain,
    title: "The number of entries is not the one that the archive states",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// The archive begins with a program that opens it: a `#!` line (zipapp, pex, shiv), a shell script or an
    /// executable (self-extractors, launchers of pip). The program is examined by itself.
    pub(crate) STUB = "zip-stub" in "obf/mis-typed-container";
    severity: Info, confidence: Certain,
    title: "The archive begins with a program",
    reference: "https://docs.python.org/3/library/zipapp.html",
}
rule! {
    /// The signature block that Android puts before the central directory.
    pub(crate) APK_SIGNATURE = "zip-apk-signature" in "obf/mis-typed-container";
    severity: Info, confidence: Certain,
    title: "The archive carries an Android signing block",
    reference: "https://source.android.com/docs/security/features/apksigning/v2",
}
rule! {
    /// Bytes before, between or after the entries that belong to none of them.
    ///
    /// Unpackers ignore them, so a payload may lie there that only its loader finds. Zeros do not count. The bytes
    /// are examined as a file of their own.
    pub(crate) HIDDEN = "zip-hidden-bytes" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "The archive holds bytes that belong to no entry",
    reference: "https://attack.mitre.org/techniques/T1027/",
}
rule! {
    /// Bytes after the archive's end. They are examined as a file of their own.
    pub(crate) TRAILING = "zip-trailing-data" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "Data follows the end of the archive",
    reference: "https://attack.mitre.org/techniques/T1027/001/",
}
rule! {
    /// A comment or an extra field that holds far more than such fields do. It is examined as a file of its own.
    pub(crate) LARGE_FIELD = "zip-large-field" in "obf/mis-typed-container";
    severity: Low, confidence: Likely,
    title: "A comment or extra field holds much data",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// An entry promises to unpack to a thousand times its size, as bombs do. Files of zeros do so too.
    pub(crate) RATIO = "zip-ratio" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "An entry unpacks to an absurd multiple of its size",
    reference: "https://cwe.mitre.org/data/definitions/409.html",
}
rule! {
    /// An entry's content has another checksum or length than its header states.
    ///
    /// Damage, or a file that strict readers refuse and careless ones use. It was examined all the same.
    pub(crate) CONTENT = "zip-content-mismatch" in "obf/mis-typed-container";
    severity: Medium, confidence: Certain,
    title: "An entry's content does not match its checksum or size",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// An entry's compressed stream ends before the entry does. What follows in the entry is seen by no unpacker.
    pub(crate) SLACK = "zip-stream-slack" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "An entry holds bytes after the end of its compressed stream",
    reference: "https://blog.pypi.org/posts/2025-08-07-wheel-archive-confusion-attacks/",
}
rule! {
    /// The archive is encrypted, and one of the passwords that were given (or the customary `infected`) opens it.
    ///
    /// Encrypted archives keep their content from scanners; samples of malware are exchanged that way too.
    pub(crate) PASSWORD = "zip-password-opened" in "obf/archive-in-package";
    severity: Info, confidence: Certain,
    title: "The archive is encrypted, and a known password opens it",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}
rule! {
    /// An entry is marked as encrypted and is not.
    ///
    /// Scanners give up on it, and readers that do not look at the mark (Android's, some Java ones) use it. The
    /// "BadPack" family of Android malware does this. The content was examined.
    pub(crate) FALSE_ENCRYPTION = "zip-false-encryption" in "obf/mis-typed-container";
    severity: High, confidence: Certain,
    title: "An entry is marked as encrypted and is not",
    reference: "https://unit42.paloaltonetworks.com/apk-badpack-malware-tampered-headers/",
}
rule! {
    /// An entry has a second name in a Unicode field that is not the first one in another encoding.
    ///
    /// Readers that know the field (Info-ZIP, 7-Zip, newer Python) unpack it under the second name, the others
    /// under the first.
    pub(crate) SECOND_NAME = "zip-second-name" in "obf/mis-typed-container";
    severity: Medium, confidence: Likely,
    title: "An entry has two names",
    reference: "https://libzip.org/specifications/extrafld.txt",
}

/// The rules of this file.
pub(crate) const RULES: &[&Rule] = &[
    &HEADERS,
    &HEADERS_MINOR,
    &DUPLICATE,
    &DUPLICATE_PROSE,
    &DUPLICATE_SAME,
    &FOLDED,
    &OVERLAP,
    &OVERLAP_BOMB,
    &OUTSIDE,
    &UNLISTED,
    &SECOND_DIRECTORY,
    &COUNT,
    &STUB,
    &APK_SIGNATURE,
    &HIDDEN,
    &TRAILING,
    &LARGE_FIELD,
    &RATIO,
    &CONTENT,
    &SLACK,
    &PASSWORD,
    &FALSE_ENCRYPTION,
    &SECOND_NAME,
];

/// What the two headers of one entry say differently.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// In words, when no honest writer does it.
    pub(super) grave: Vec<String>,
    /// In words, when careless writers do.
    pub(super) minor: Vec<String>,
    /// Whether a reader of the local header sees another content or another name.
    pub(super) is_other_file: bool,
}

/// Compares the headers of one entry.
pub(super) fn compare(central: &Central<'_>, local: &Local<'_>) -> Difference {
    let (c, l) = (&central.common, &local.common);
    let mut difference = Difference::default();
    if l.flags & header::MASKED != 0 {
        return difference;
    }
    let deferred = (c.flags | l.flags) & header::DESCRIBED != 0;
    if c.name != l.name {
        let brief = |name: &[u8]| shown(name.get(..name.len().min(100)).unwrap_or_default());
        let words = format!("name {} and {}", brief(l.name), brief(c.name));
        if same_letters(c.name, l.name) {
            difference.minor.push(words);
        } else {
            difference.is_other_file = true;
            difference.grave.push(words);
        }
    }
    if c.method != l.method {
        difference.is_other_file = true;
        difference.grave.push(format!("compression method {} and {}", l.method, c.method));
    }
    if (c.flags ^ l.flags) & header::ENCRYPTED != 0 {
        difference.grave.push("only one says that it is encrypted".to_owned());
    }
    if (c.flags ^ l.flags) & header::DESCRIBED != 0 {
        difference.minor.push("only one says that sizes follow the content".to_owned());
    }
    for (what, of_local, of_central) in [
        ("packed size", l.packed, c.packed),
        ("size", l.size, c.size),
        ("checksum", u64::from(l.crc), u64::from(c.crc)),
    ] {
        if of_local == of_central || deferred && matches!(of_local, 0 | 0xffff_ffff) {
            continue;
        }
        let words = format!("{what} {of_local} and {of_central}");
        if of_local == 0 {
            difference.minor.push(words);
        } else {
            difference.is_other_file |= what == "packed size";
            difference.grave.push(words);
        }
    }
    difference
}

/// Whether two names differ only in slashes and in how letters beyond ASCII are encoded: then their ASCII letters
/// are the same, or one has `?` or `_` or the like where the other has such a letter.
fn same_letters(a: &[u8], b: &[u8]) -> bool {
    let ascii = |name: &[u8]| -> Vec<u8> {
        name.iter().filter(|c| c.is_ascii_alphanumeric() || **c == b'.').copied().collect()
    };
    let slashes = |name: &[u8]| -> Vec<u8> { name.iter().map(|c| if *c == b'\\' { b'/' } else { *c }).collect() };
    if slashes(a) == slashes(b) {
        return true;
    }
    (!a.is_ascii() || !b.is_ascii()) && ascii(a) == ascii(b)
}

/// Whether two names claim different kinds of files.
pub(super) fn ends_differently(a: &[u8], b: &[u8]) -> bool {
    let ending = |name: &[u8]| {
        let last = name.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or_default();
        last.iter().rposition(|b| *b == b'.').and_then(|dot| last.get(dot..)).unwrap_or_default().to_ascii_lowercase()
    };
    ending(a) != ending(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_slashes_are_the_same_name() {
        assert!(same_letters(b"a\\b.txt", b"a/b.txt"));
        assert!(same_letters("gr\u{fc}n.txt".as_bytes(), b"gr\x81n.txt"));
        assert!(same_letters("gr\u{fc}n.txt".as_bytes(), b"gr?n.txt"));
        assert!(!same_letters(b"a.txt", b"b.txt"));
        assert!(!same_letters("gr\u{fc}n.txt".as_bytes(), b"gr?n.exe"));
    }
}
