//! What notices of licences say is inside: banners that builders keep in bundles (`/*! jQuery v3.6.0`), lists beside them
//! (`main.js.LICENSE.txt`), lists of third parties (`THIRD-PARTY-NOTICES`). Where nothing else tells what was put into a
//! bundle, its licences do.
//!
//! Reference: the `comments` option of terser and `LICENSE.txt` of webpack.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::analyze::{Heuristic, Notes};
use crate::model::purl::purl;
use crate::model::{Component, Fact, FactKind, FileKind, Rule};
use crate::parse::Parsed;

/// Reads notices.
pub(super) struct NoticeReader;

/// Longest list of notices that is read, in bytes; most components of one file; how far a banner is read.
const LONGEST: usize = 8 << 20;
const MOST: usize = 2000;
const BANNER: usize = 400;

/// A name and a version on a line of a banner: `jQuery v3.6.0 | (c) …`, `@license DOMPurify 3.0.6`.
static BANNERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s*!/]*(?:@license\s+)?(@?[A-Za-z][A-Za-z0-9._/-]{1,60}(?: [A-Z][A-Za-z]{1,20})?)(?: JavaScript Library| core)?,? (?:v|version |Version |v\. ?)?(\d+\.\d+\.\d+[0-9A-Za-z.-]{0,20})\b").ok()
});
/// The same in a list: `lodash@4.17.20`, `lodash version 4.17.20`, `Name: semver` and `Version: 7.5.4` on two lines.
static LISTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^[\s*#%0-9.)-]*(@?[a-z][a-z0-9._-]{0,60}(?:/[a-z][a-z0-9._-]{0,60})?)(?:@| version | v| )(\d+\.\d+\.\d+[0-9A-Za-z.-]{0,20})(?:$|[\s,:;()])").ok()
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:Name|Package|Component): *(@?[a-z][a-z0-9._/-]{1,80})\s*\n(?:[^\n]*\n)?Version: *v?(\d+\.\d+\.\d+[0-9A-Za-z.-]{0,20})\s*$").ok()
});

impl Heuristic for NoticeReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let mut found = BTreeSet::new();
        let lower = file.base_name().to_ascii_lowercase();
        if matches!(file.kind(), FileKind::JavaScript) {
            banners(file.bytes(), &mut found);
        } else if is_list(&lower) && file.bytes().len() <= LONGEST {
            let text = String::from_utf8_lossy(file.bytes()).replace("\r\n", "\n");
            banners(text.as_bytes(), &mut found);
            for regex in [&*LISTED, &*NAMED].into_iter().flatten() {
                for hit in regex.captures_iter(&text) {
                    put(&hit, &mut found);
                }
            }
        }
        for (name, version) in found {
            let component = Component {
                purl: purl("npm", &name, &version, &[]),
                name,
                version: Some(version),
                source: Cow::Borrowed("notice"),
            };
            out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
        }
    }
}

/// Whether a file is called like a list of the licences of others.
fn is_list(lower: &str) -> bool {
    lower.ends_with(".license.txt")
        || ["third-party", "third_party", "thirdparty", "3rdparty", "3rd-party"].iter().any(|w| lower.starts_with(w))
        || lower.contains("thirdpartynotice")
}

/// The banners that stand in a text.
fn banners(bytes: &[u8], found: &mut BTreeSet<(String, String)>) {
    let Some(regex) = BANNERS.as_ref() else { return };
    for at in memchr::memmem::find_iter(bytes, b"/*").take(MOST) {
        let head = bytes.get(at..).unwrap_or_default();
        let head = head.get(..BANNER).unwrap_or(head);
        let end = memchr::memmem::find(head, b"*/").unwrap_or(head.len());
        let head = head.get(..end).unwrap_or(head);
        let is_kept = head.starts_with(b"/*!") || memchr::memmem::find(head, b"@license").is_some();
        if !is_kept {
            continue;
        }
        let text = String::from_utf8_lossy(head);
        if let Some(hit) = regex.captures(&text) {
            put(&hit, found);
        }
    }
}

fn put(hit: &regex::Captures<'_>, found: &mut BTreeSet<(String, String)>) {
    let part = |i: usize| hit.get(i).map_or("", |m| m.as_str());
    let name = part(1).trim().to_ascii_lowercase().replace(' ', "-");
    let name = name.strip_suffix(".js").unwrap_or(&name);
    // Words that stand before a version and name nothing.
    const NOTHING: &[&str] = &[
        "version",
        "v",
        "copyright",
        "license",
        "licence",
        "mit",
        "apache",
        "bsd",
        "the",
        "release",
        "es",
        "ecmascript",
        "node",
        "build",
    ];
    if found.len() < MOST && name.len() >= 2 && !NOTHING.contains(&name) {
        found.insert((name.to_owned(), part(2).trim_end_matches(['.', '-']).to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::check;

    fn components(name: &str, kind: FileKind, text: &str) -> Vec<String> {
        let notes = check(&NoticeReader, kind, name, text.as_bytes());
        let purl = |f: Fact| match f.kind {
            FactKind::Component(c) => c.purl,
            _ => None,
        };
        notes.facts.into_iter().filter_map(purl).collect()
    }

    #[test]
    fn banners_and_lists_name_what_is_inside() {
        let bundle = "/*! jQuery v3.6.0 | (c) X */\n!function(){}();\n/*!\n * Vue.js v2.6.14\n * (c) Y */ /* plain 1.2.3 */\n/** @license DOMPurify 3.0.6 */";
        assert_eq!(
            components("b.js", FileKind::JavaScript, bundle),
            ["pkg:npm/dompurify@3.0.6", "pkg:npm/jquery@3.6.0", "pkg:npm/vue@2.6.14"]
        );
        let list = "1. lodash version 4.17.20 (x)\n\n@a/b@1.0.0\nMIT\n\nName: semver\nVersion: 7.5.4\n\nApache License\nVersion 2.0.0, January 2004\n";
        assert_eq!(
            components("THIRD-PARTY-NOTICES.txt", FileKind::Text, list),
            ["pkg:npm/%40a/b@1.0.0", "pkg:npm/lodash@4.17.20", "pkg:npm/semver@7.5.4"]
        );
        assert!(components("notes.txt", FileKind::Text, list).is_empty());
    }

    #[test]
    fn long_texts_end() {
        for text in ["/*!".repeat(100_000), "a ".repeat(200_000), "/*! a v1.2.3".repeat(20_000)] {
            let _ = components("b.js", FileKind::JavaScript, &text);
            let _ = components("thirdparty.txt", FileKind::Text, &text);
        }
    }
}
