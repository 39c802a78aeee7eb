//! Names of entries: how they are shown, and what is wrong with them. Nothing is ever written to disk here, so a name
//! is only a text; but the program that will unpack the archive may believe it.
//!
//! Used by every container with named entries. Known uses: "Zip Slip" (CVE-2018-1002200 and its many kin), a NUL byte
//! that ends the name for C programs and not for others (`evil.py\0.txt`), an entry that is written *through* a link
//! which an earlier entry made (CVE-2021-32803, CVE-2025-4517).
//!
//! Honest look-alikes: archives made from absolute paths (a leading `/`, which unpackers strip), macOS folder icons
//! (`Icon\r`), test data of unpackers.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::tally::Tallies;
use crate::model::Rule;
use crate::rule;

rule! {
    /// An entry's name climbs out of the folder that the archive is unpacked into (`../../.bashrc`).
    ///
    /// A careless unpacker writes such an entry wherever its author wanted: start-up files, keys, a neighbouring
    /// package. pip, npm and tar refuse or strip these names, many self-made unpackers do not. There is no honest
    /// need for it in a package; test data of unpackers has it.
    pub(crate) PATH_ESCAPE = "entry-path-escape" in "pkg/hidden-files";
    severity: High, confidence: Certain,
    title: "An entry's path leaves the folder that it is unpacked into",
    reference: "https://security.snyk.io/research/zip-slip-vulnerability",
}
rule! {
    /// An entry's name begins with a drive letter or a network share (`C:\Windows\…`, `\\host\share`).
    ///
    /// On Windows a careless unpacker writes it there, whatever folder was asked for.
    pub(crate) PATH_DRIVE = "entry-path-drive" in "pkg/hidden-files";
    severity: High, confidence: Likely,
    title: "An entry's path names a drive or a network share",
    reference: "https://security.snyk.io/research/zip-slip-vulnerability",
}
rule! {
    /// A zip entry's name begins with `/`.
    ///
    /// The specification forbids it (4.4.17.1) and most unpackers strip the slash, so it is usually the work of a
    /// careless packer; an unpacker that joins paths naively writes to the root of the file system.
    pub(crate) PATH_ABSOLUTE = "entry-path-absolute" in "pkg/hidden-files";
    severity: Medium, confidence: Likely,
    title: "An entry's path is absolute",
    reference: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
}
rule! {
    /// A tar entry's name begins with `/`, as backups have it. tar and Python strip the slash.
    pub(crate) PATH_ROOTED = "entry-path-rooted" in "pkg/hidden-files";
    severity: Info, confidence: Certain,
    title: "An entry's path begins with a slash",
    reference: "https://www.gnu.org/software/tar/manual/html_node/absolute.html",
}
rule! {
    /// An entry's name holds a NUL byte, a control character or a character that reorders text.
    ///
    /// A NUL ends the name for programs written in C and not for others, so that two readers see two files; escape
    /// sequences rewrite what a terminal shows; right-to-left overrides make `gpj.exe` look like `exe.jpg`. macOS
    /// folder icons (`Icon` and a carriage return) are let through.
    pub(crate) NAME_CONTROL = "entry-name-control" in "pkg/hidden-files";
    severity: High, confidence: Likely,
    title: "An entry's name holds control characters",
    reference: "https://attack.mitre.org/techniques/T1036/002/",
}
rule! {
    /// A link in the archive points outside of the folder that it is unpacked into.
    ///
    /// By itself it only dangles, and system packages and virtual environments have such links; together with an
    /// entry that is written through it, it writes anywhere.
    pub(crate) LINK_ESCAPE = "entry-link-escape" in "pkg/hidden-files";
    severity: Medium, confidence: Likely,
    title: "A link points outside of the archive",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2021-32803",
}
rule! {
    /// Links that stay inside the archive. Neutral: npm and pip packages rarely have any, system packages many.
    pub(crate) LINK = "entry-link" in "pkg/hidden-files";
    severity: Info, confidence: Certain,
    title: "The archive holds links",
    reference: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html",
}
rule! {
    /// An entry's path leads through a link that an earlier entry made and that points outside of the archive.
    ///
    /// An unpacker that does not look twice writes outside of its folder. It takes two entries made for each other,
    /// so there is no honest reading.
    pub(crate) WRITE_THROUGH = "entry-write-through-link" in "pkg/hidden-files";
    severity: High, confidence: Certain,
    title: "An entry is written through a link that leaves the archive",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2021-32803",
}

/// The rules of this file.
pub(crate) const RULES: &[&Rule] =
    &[&PATH_ESCAPE, &PATH_DRIVE, &PATH_ABSOLUTE, &PATH_ROOTED, &NAME_CONTROL, &LINK_ESCAPE, &LINK, &WRITE_THROUGH];

/// A raw name as text that tells every byte apart: UTF-8 as it is, control characters and bytes that are not UTF-8
/// as `\xNN`, and a backslash that could be mistaken for such an escape as `\x5c`.
#[must_use]
pub(crate) fn shown(raw: &[u8]) -> String {
    if raw.iter().all(|b| (0x20..0x7f).contains(b) && *b != b'\\') {
        return String::from_utf8_lossy(raw).into_owned();
    }
    let mut out = String::with_capacity(raw.len() + 8);
    let escape = |out: &mut String, b: u8| out.push_str(&format!("\\x{b:02x}"));
    let mut rest = raw;
    for chunk in raw.utf8_chunks() {
        for c in chunk.valid().chars() {
            let after = rest.split_at_checked(c.len_utf8()).map_or(&[][..], |(_, after)| after);
            let mimics =
                c == '\\' && matches!(after, [b'x', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
            if mimics || c.is_control() {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| escape(&mut out, b));
            } else {
                out.push(c);
            }
            rest = after;
        }
        chunk.invalid().iter().for_each(|b| escape(&mut out, *b));
        rest = rest.split_at_checked(chunk.invalid().len()).map_or(&[][..], |(_, after)| after);
    }
    out
}

fn components(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|b| matches!(b, b'/' | b'\\')).filter(|c| !c.is_empty() && *c != b".")
}

fn names_a_drive(raw: &[u8]) -> bool {
    matches!(raw, [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic()) || raw.starts_with(b"\\\\")
}

fn is_rooted(raw: &[u8]) -> bool {
    matches!(raw.first(), Some(b'/' | b'\\'))
}

/// How many folders below its start the path ends, or `None` when it climbs above it on the way.
fn depth_below(start: usize, path: &[u8]) -> Option<usize> {
    components(path).try_fold(start, |depth, c| if c == b".." { depth.checked_sub(1) } else { Some(depth + 1) })
}

fn holds_control(raw: &[u8]) -> bool {
    let is_control = |b: &u8| *b < 0x20 || *b == 0x7f;
    let last = components(raw).last().unwrap_or_default();
    if last == b"Icon\r" {
        return raw.iter().filter(|b| is_control(b)).count() > 1;
    }
    // U+202A..U+202E are e2 80 aa..ae, U+2066..U+2069 are e2 81 a6..a9.
    raw.iter().any(is_control)
        || raw.windows(3).any(|w| matches!(w, [0xe2, 0x80, 0xaa..=0xae] | [0xe2, 0x81, 0xa6..=0xa9]))
}

/// One spelling for every name that unpacks to the same place: `./a//b` and `a\b` are `a/b`.
pub(crate) fn normal(raw: &[u8]) -> Cow<'_, [u8]> {
    let plain = !raw.starts_with(b"./")
        && !is_rooted(raw)
        && !raw.ends_with(b"/")
        && !raw.contains(&b'\\')
        && !raw.windows(2).any(|w| w == b"//" || w == b"/.");
    if plain { Cow::Borrowed(raw) } else { Cow::Owned(components(raw).collect::<Vec<_>>().join(&b'/')) }
}

/// Whether a link at `name` with this target leads out of the unpacked folder. Targets of hard links
/// (`from_root`) are counted from the archive's top, those of symbolic links from the link's folder.
pub(crate) fn link_leaves(name: &[u8], target: &[u8], from_root: bool) -> bool {
    if !from_root && is_rooted(target) || names_a_drive(target) {
        return true;
    }
    let start = if from_root { 0 } else { components(name).count().saturating_sub(1) };
    depth_below(start, target).is_none()
}

/// Whether a difference between two entries of this name is what packers that join archives leave: prose, and the
/// folder that every jar has.
pub(crate) fn is_prose(name: &[u8]) -> bool {
    let last = name.rsplit(|b| matches!(b, b'/' | b'\\')).next().unwrap_or_default().to_ascii_lowercase();
    let starts = [
        &b"license"[..],
        b"licence",
        b"notice",
        b"copying",
        b"readme",
        b"changelog",
        b"dependencies",
        b"authors",
        b"contributors",
        b"thanks",
    ];
    let ends = [&b".txt"[..], b".md", b".rst", b".html", b".properties", b".xml"];
    name.starts_with(b"META-INF/")
        || starts.iter().any(|s| last.starts_with(s) && !last.ends_with(b".py") && !last.ends_with(b".js"))
        || ends.iter().any(|e| last.ends_with(e))
}

/// What a name means among those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Twin<C> {
    /// It is the first of its kind.
    New,
    /// An entry that unpacks to the same path was there already, with this content.
    Same(C),
    /// An entry was there whose name differs in upper and lower case only.
    Folded,
}

/// The names of one container so far, with what the caller knows of their content.
#[derive(Debug)]
pub(crate) struct Names<'a, C> {
    seen: HashMap<Cow<'a, [u8]>, C>,
    folded: HashSet<Vec<u8>>,
    leaving_links: HashSet<Vec<u8>>,
}

impl<'a, C: Copy> Names<'a, C> {
    pub(crate) fn new() -> Self {
        Self { seen: HashMap::new(), folded: HashSet::new(), leaving_links: HashSet::new() }
    }

    /// Notes a file's name and says whether it was there before.
    pub(crate) fn add(&mut self, raw: impl Into<Cow<'a, [u8]>>, content: C) -> Twin<C> {
        let key = match raw.into() {
            Cow::Borrowed(raw) => normal(raw),
            Cow::Owned(raw) => Cow::Owned(normal(&raw).into_owned()),
        };
        if let Some(before) = self.seen.get(&key) {
            return Twin::Same(*before);
        }
        let lower = key.to_ascii_lowercase();
        self.seen.insert(key, content);
        if self.folded.insert(lower) { Twin::New } else { Twin::Folded }
    }

    /// Looks at a link and remembers it when it leaves the archive.
    pub(crate) fn link(&mut self, name: &[u8], target: &[u8], from_root: bool, at: u64, tallies: &mut Tallies) {
        let words = || format!("{} -> {}", shown(name), shown(target));
        if link_leaves(name, target, from_root) {
            tallies.hit(&LINK_ESCAPE, at, 0, words);
            self.leaving_links.insert(normal(name).into_owned());
        } else {
            tallies.hit(&LINK, at, 0, words);
        }
    }

    /// Reports everything that is wrong with a name by itself, and with its way through earlier links. A file at a
    /// link's own place is written through it too; another link replaces it.
    pub(crate) fn check(&self, raw: &[u8], is_link: bool, rooted: &'static Rule, at: u64, tallies: &mut Tallies) {
        let name = || shown(raw);
        if names_a_drive(raw) {
            tallies.hit(&PATH_DRIVE, at, 0, name);
        } else if is_rooted(raw) {
            tallies.hit(rooted, at, 0, name);
        }
        if depth_below(0, raw).is_none() {
            tallies.hit(&PATH_ESCAPE, at, 0, name);
        }
        if holds_control(raw) {
            tallies.hit(&NAME_CONTROL, at, 0, name);
        }
        if self.leaving_links.is_empty() {
            return;
        }
        let path = normal(raw);
        let ends = path.iter().enumerate().filter(|(_, b)| **b == b'/').map(|(i, _)| i);
        let through = ends.take(64).any(|end| path.get(..end).is_some_and(|p| self.leaving_links.contains(p)));
        if through || !is_link && self.leaving_links.contains(&*path) {
            tallies.hit(&WRITE_THROUGH, at, 0, name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_without_loss() {
        assert_eq!(shown(b"a/b.js"), "a/b.js");
        assert_eq!(shown("gr\u{fc}n.txt".as_bytes()), "gr\u{fc}n.txt");
        assert_eq!(shown(b"gr\x81n\0.txt"), "gr\\x81n\\x00.txt");
        assert_eq!(shown(b"a\\b"), "a\\b");
        assert_eq!(shown(b"a\\x41"), "a\\x5cx41");
        assert_eq!(shown(b"\x81\\x41"), "\\x81\\x5cx41");
        assert_eq!(shown(b""), "");
    }

    fn hits(raw: &[u8]) -> Vec<&'static str> {
        let mut tallies = Tallies::default();
        Names::<()>::new().check(raw, false, &PATH_ABSOLUTE, 0, &mut tallies);
        let mut out = Vec::new();
        tallies.into_findings(&mut out);
        out.iter().map(|f| f.rule.id).collect()
    }

    #[test]
    fn doubtful_names_are_reported() {
        assert_eq!(hits(b"../x"), ["entry-path-escape"]);
        assert_eq!(hits(b"a/../../x"), ["entry-path-escape"]);
        assert_eq!(hits(b"a\\..\\..\\x"), ["entry-path-escape"]);
        assert_eq!(hits(b"/etc/passwd"), ["entry-path-absolute"]);
        assert_eq!(hits(b"C:\\x"), ["entry-path-drive"]);
        assert_eq!(hits(b"\\\\host\\x"), ["entry-path-drive"]);
        assert_eq!(hits(b"a.py\0.txt"), ["entry-name-control"]);
        assert_eq!(hits("a\u{202e}txt.exe".as_bytes()), ["entry-name-control"]);
    }

    #[test]
    fn honest_names_are_not() {
        for name in [&b"a/b..c/d"[..], b"a/../b", b"x/Icon\r", b"...", b"a:b", "gr\u{fc}n".as_bytes(), b""] {
            assert!(hits(name).is_empty(), "{}", shown(name));
        }
    }

    #[test]
    fn the_same_place_is_the_same_name() {
        let mut names = Names::new();
        assert_eq!(names.add(&b"a/b"[..], 1), Twin::New);
        assert_eq!(names.add(&b"./a//b"[..], 2), Twin::Same(1));
        assert_eq!(names.add(&b"a\\b"[..], 3), Twin::Same(1));
        assert_eq!(names.add(&b"A/b"[..], 4), Twin::Folded);
        assert_eq!(names.add(&b"A/b"[..], 5), Twin::Same(4));
        assert_eq!(names.add(&b"a/c"[..], 6), Twin::New);
    }

    #[test]
    fn links_that_leave() {
        assert!(link_leaves(b"a/l", b"../../x", false));
        assert!(!link_leaves(b"a/l", b"../x", false));
        assert!(link_leaves(b"l", b"/etc", false));
        assert!(link_leaves(b"a/l", b"../x", true));
        assert!(!link_leaves(b"a/l", b"b/x", true));
    }

    #[test]
    fn an_entry_through_a_leaving_link_is_reported() {
        let mut names = Names::<()>::new();
        let mut tallies = Tallies::default();
        names.link(b"lib/etc", b"/etc", false, 0, &mut tallies);
        names.check(b"lib/etc/cron.d/x", false, &PATH_ROOTED, 1, &mut tallies);
        names.check(b"lib/etcetera/x", false, &PATH_ROOTED, 2, &mut tallies);
        let mut out = Vec::new();
        tallies.into_findings(&mut out);
        let ids: Vec<_> = out.iter().map(|f| (f.rule.id, f.evidence.len())).collect();
        assert_eq!(ids, [("entry-link-escape", 1), ("entry-write-through-link", 1)]);
    }

    #[test]
    fn prose_is_not_code() {
        assert!(is_prose(b"META-INF/LICENSE"));
        assert!(is_prose(b"a/README.md"));
        assert!(!is_prose(b"pkg/license.py"));
        assert!(!is_prose(b"pkg/__init__.py"));
    }
}
