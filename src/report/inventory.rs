//! What the inventories (SPDX, CycloneDX) have in common: names of contents, package names, identifiers and times that
//! are the same whenever the same content is looked at.

use std::io::{self, Write};
use std::str::FromStr as _;

use packageurl::PackageUrl;
use sha1::{Digest as _, Sha1};

use crate::assess::{Assessment, Tree};
use crate::model::artifact::base_name;
use crate::model::{Gap, Step};

/// A path for every content, relative to the root: `package/x.js`, `a.zip!/b.txt`, `x.js#base64@120`. As in locators, a
/// stream adds nothing to the paths of what lies in it; its own ends with `#gzip`. The root's is empty.
pub(super) fn paths(tree: &Tree) -> Vec<String> {
    let mut paths: Vec<String> = Vec::with_capacity(tree.nodes().len());
    // What the paths of a content's children begin with.
    let mut stems: Vec<String> = Vec::with_capacity(tree.nodes().len());
    for node in tree.nodes() {
        let around = node.parent.and_then(|p| Some((paths.get(p)?, stems.get(p)?)));
        let (path, stem) = match (around, &node.step) {
            (Some((path, stem)), Some(Step::Stream { format })) => {
                let through = node.parent.and_then(|p| tree.nodes().get(p)).map(|p| &p.step);
                let before = if matches!(through, Some(Some(Step::Stream { .. }))) { path } else { stem };
                (format!("{before}#{format}"), stem.clone())
            }
            (Some((_, stem)), Some(step)) => {
                let path = match step {
                    Step::Member { name, .. } => {
                        let name = name.trim_start_matches("./").trim_start_matches('/');
                        if stem.is_empty() { name.to_owned() } else { format!("{stem}!/{name}") }
                    }
                    Step::Bytes { offset, .. } => format!("{stem}@{offset}"),
                    Step::Decoded { recipe, offset } => format!("{stem}#{recipe}@{offset}"),
                    Step::Stream { .. } => stem.clone(),
                };
                (path.clone(), path)
            }
            _ => (String::new(), String::new()),
        };
        paths.push(path);
        stems.push(stem);
    }
    paths
}

/// What a root is called in an inventory.
pub(super) struct Named {
    /// A scope or group, if the package URL names one.
    pub(super) group: Option<String>,
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) purl: Option<String>,
}

impl Named {
    /// By its package URL, else by its file name.
    pub(super) fn of(a: &Assessment) -> Self {
        let file = base_name(a.path.trim_end_matches('/'));
        let file = if file.is_empty() { "artifact" } else { file };
        match a.purl.as_deref().and_then(|p| PackageUrl::from_str(p).ok()) {
            Some(purl) => Self {
                group: purl.namespace().map(str::to_owned),
                name: purl.name().to_owned(),
                version: purl.version().map(short),
                purl: a.purl.clone(),
            },
            None => Self { group: None, name: file.to_owned(), version: None, purl: None },
        }
    }

    /// Group and name, as people write them: `@scope/tool`.
    pub(super) fn whole(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}/{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A package URL, when it is one: what is written into an inventory must be valid whatever a file says.
pub(super) fn purl(text: Option<&str>) -> Option<String> {
    text.filter(|t| PackageUrl::from_str(t).is_ok()).map(str::to_owned)
}

/// A version as it may stand in an inventory: at most 1,024 characters.
pub(super) fn short(version: &str) -> String {
    version.chars().take(1024).collect()
}

/// `locked.bin: encrypted: no password opens it`.
pub(super) fn gap(gap: &Gap) -> String {
    if gap.entry.is_empty() { gap.to_string() } else { format!("{}: {gap}", gap.entry) }
}

/// Gaps in words, when there are any; the first ones when there are many.
pub(super) fn gaps<'a>(gaps: impl ExactSizeIterator<Item = &'a Gap>) -> Option<String> {
    const MOST: usize = 20;
    let n = gaps.len();
    let mut words: Vec<String> = gaps.take(MOST).map(gap).collect();
    if n > MOST {
        words.push(format!("and {} more", n - MOST));
    }
    (n > 0).then(|| format!("not examined: {}", words.join("; ")))
}

/// Collects what is written into a name-based UUID (RFC 4122, version 5): a document's identifier is made of the
/// document, so that the same content gives the same one and another content another one.
pub(super) struct Identifier(Sha1);

impl Identifier {
    pub(super) fn new() -> Self {
        // The name space of RFC 4122 for URLs, and ours in it.
        const URLS: [u8; 16] =
            [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
        let mut hash = Sha1::new();
        hash.update(URLS);
        hash.update(b"urn:peephole:inventory:");
        Self(hash)
    }

    /// `urn:uuid:…`.
    pub(super) fn urn(self) -> String {
        let digest: [u8; 20] = self.0.finalize().into();
        let mut hex = String::with_capacity(32);
        for (at, byte) in digest.into_iter().take(16).enumerate() {
            let byte = match at {
                6 => byte & 0x0f | 0x50,
                8 => byte & 0x3f | 0x80,
                _ => byte,
            };
            if matches!(at, 4 | 6 | 8 | 10) {
                hex.push('-');
            }
            hex.push_str(&format!("{byte:02x}"));
        }
        format!("urn:uuid:{hex}")
    }
}

impl Write for Identifier {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Seconds since 1970 as `2026-11-26T05:01:00Z`; what has no four-digit year is the last second that has.
pub(super) fn time(seconds: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    let seconds = seconds.min(LAST);
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years that begin in March and eras of 400 years, so that leap days stand at the end of a year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + carry;
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::Verdict;
    use crate::assess::tree::testing::{content, decoded, member, sample, stream, tree};
    use crate::model::{FileKind, GapReason};
    use crate::report::testing::empty;

    #[test]
    fn every_content_has_a_path() {
        let all = paths(&tree("x.zip.gz", &sample()));
        let wanted = ["", "#gzip", "a.txt", "bin/tool", "tests/z.py", "tests/z.py#base64@20", "tests/z.py#base64@900"];
        assert_eq!(all, wanted);
        let text = || content(FileKind::Text, 1, 1, vec![]);
        let inner =
            content(FileKind::Gzip, 2, 1, vec![stream("y", content(FileKind::Gzip, 3, 1, vec![stream("y", text())]))]);
        let zip = content(FileKind::Zip, 4, 1, vec![decoded(3, text()), member("zip", "/a/../y.gz", inner)]);
        let root = content(FileKind::Zip, 5, 1, vec![member("zip", "./in.zip", zip)]);
        let wanted = [
            "",
            "in.zip",
            "in.zip!/a/../y.gz",
            "in.zip!/a/../y.gz#gzip",
            "in.zip!/a/../y.gz#gzip#gzip",
            "in.zip#base64@3",
        ];
        assert_eq!(paths(&tree("x.zip", &root)), wanted);
    }

    #[test]
    fn a_root_is_called_by_its_package_url() {
        let mut a = empty("in/tool-1.tgz", Verdict::Pass);
        assert_eq!(Named::of(&a).whole(), "tool-1.tgz");
        a.purl = Some("pkg:npm/%40scope/tool@1.2.3".to_owned());
        let named = Named::of(&a);
        assert_eq!((named.whole().as_str(), named.version.as_deref()), ("@scope/tool", Some("1.2.3")));
        a.purl = Some("\u{1b}no url".to_owned());
        assert_eq!((Named::of(&a).whole().as_str(), Named::of(&a).purl), ("tool-1.tgz", None));
        a.path = "/".to_owned();
        assert_eq!(Named::of(&a).whole(), "artifact");
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(time(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(time(1_709_251_200), "2024-03-01T00:00:00Z");
        assert_eq!(time(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(time(u64::MAX), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn identifiers_are_name_based_uuids() {
        let of = |text: &[u8]| {
            let mut identifier = Identifier::new();
            identifier.write_all(text).unwrap();
            identifier.urn()
        };
        assert_eq!(of(b"a"), of(b"a"));
        assert_ne!(of(b"a"), of(b"b"));
        let urn = of(b"a");
        assert_eq!((urn.len(), &urn[23..24]), (45, "5"), "{urn}");
        assert!(matches!(&urn[28..29], "8" | "9" | "a" | "b"), "{urn}");
    }

    #[test]
    fn many_gaps_are_counted() {
        let one = Gap::new(GapReason::Limit, "too many").at("x");
        assert_eq!(gaps([].iter()), None);
        assert_eq!(gaps([one.clone()].iter()).unwrap(), "not examined: x: limit: too many");
        assert!(gaps(vec![one; 30].iter()).unwrap().ends_with("; and 10 more"));
    }
}
