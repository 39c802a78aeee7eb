//! Original sources inside source maps: files of their own (`x.js.map`) and maps inside a script, behind its last line
//! `//# sourceMappingURL=data:application/json;base64,…`.
//!
//! What runs is the bundle; the original says the same more readably, and where a finding stands in it is worth more
//! than a column in a minified line. Each source becomes a child under its own path. The JSON is read in one pass; a
//! text is unescaped by the thread that looks at it. A map without texts gives nothing.
//!
//! Specification: <https://tc39.es/ecma426/>.

mod inline;
mod json;
pub(crate) mod names;

use self::json::{Broken, Maps};
use self::names::Names;
use super::{Entries, Input, Produced, Wrapper};
use crate::model::{ByteView, FileKind, Gap, GapReason};

/// Opens them.
pub(super) struct SourceMap;

const FORMAT: &str = "source-map";

impl Wrapper for SourceMap {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::SourceMap, FileKind::JavaScript]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        if input.kind == FileKind::JavaScript {
            return inline::unwrap(input.view, out);
        }
        let found = json::read(input.view);
        emit(&found, input.view, true, out)?;
        // Other things are called `.map` too, and are text that is scanned as it is.
        let is_map = found.maps.iter().any(|m| !m.names.is_empty() || !m.contents.is_empty())
            || memchr::memmem::find(input.view, b"\"sourcesContent\"").is_some();
        match found.broken.filter(|_| is_map) {
            Some(broken) => Err(gap(broken, input.view.len())),
            None => Ok(()),
        }
    }
}

/// Why sources may be missing.
fn gap(broken: Broken, len: usize) -> Gap {
    match broken {
        Broken::Ended => Gap::malformed(format!("the source map is not over at the end of its {len} bytes")),
        Broken::At(at) => Gap::malformed(format!("the source map's JSON is broken at byte {at}")),
        Broken::Limit => Gap::new(GapReason::Limit, "the source map has more entries or levels than are read"),
    }
}

/// Emits every source that has a text. `is_file`: the JSON is the file's own, so that its parts are accounted for.
fn emit(found: &Maps, json: &ByteView, is_file: bool, out: &mut Entries<'_>) -> Result<u64, Gap> {
    let mut names = Names::default();
    let mut count = 0;
    for map in &found.maps {
        let text = |range: &json::Text| {
            range.clone().map(|r| String::from_utf8_lossy(&json::plain(json.get(r).unwrap_or_default())).into_owned())
        };
        let root = text(&map.root).unwrap_or_default();
        for (i, contents) in map.contents.iter().enumerate() {
            let Some(range) = contents.clone().filter(|r| !r.is_empty()) else { continue };
            let Some(view) = json.slice(range.clone()) else { continue };
            let own = map.names.get(i).and_then(&text).unwrap_or_default();
            let path = if root.is_empty() || own.is_empty() { own } else { format!("{root}/{own}") };
            let name = names.take(&path, i as u64);
            if memchr::memchr(b'\\', &view).is_none() {
                out.member(FORMAT, &name, view)?;
            } else {
                out.deferred(FORMAT, &name, move |budget| {
                    let mut meter = budget.meter();
                    let state = json::write_plain(&view, &mut meter);
                    Produced { view: meter.finish(), gap: state.err(), findings: Vec::new() }
                })?;
            }
            count += 1;
            if is_file {
                out.account(range);
            }
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, open_with, survive};
    use super::*;
    use crate::limits::Limits;

    const MAP: &str = r#"{"version":3,"sourceRoot":"","sources":["../src/a.ts","webpack://x/./b.js?12",null],
        "sourcesContent":["export const a = \"\u00fc\";\n","let b",null],"mappings":"AAAA"}"#;

    #[test]
    fn sources_become_children() {
        let seen = open(&SourceMap, FileKind::SourceMap, MAP.as_bytes());
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["src/a.ts", "x/b.js"]);
        assert_eq!(seen.content("src/a.ts"), "export const a = \"\u{fc}\";\n".as_bytes());
        assert_eq!(seen.content("x/b.js"), b"let b");
        let told: Vec<_> = seen.accounted.iter().map(|r| &MAP[r.clone()]).collect();
        assert_eq!(told, [r#"export const a = \"\u00fc\";\n"#, "let b"]);
    }

    #[test]
    fn maps_without_texts_are_nothing() {
        for map in [r#"{"version":3,"sources":["a.ts"],"mappings":"AAAA"}"#, r#"{"type":"Topology"}"#, "{not json"] {
            let seen = open(&SourceMap, FileKind::SourceMap, map.as_bytes());
            assert!(seen.result.is_ok() && seen.children.is_empty() && seen.gaps.is_empty(), "{map}");
        }
    }

    #[test]
    fn a_broken_map_is_a_gap_and_keeps_what_came_before() {
        let cut = &MAP[..MAP.find(" b\"").unwrap()];
        let seen = open(&SourceMap, FileKind::SourceMap, cut.as_bytes());
        assert!(seen.broken().detail.contains("is not over"), "{:?}", seen.result);
        assert_eq!(seen.names(), ["src/a.ts", "x/b.js"]);
        assert_eq!(seen.content("x/b.js"), b"let");
        let wrong = MAP.replace(",null]", " null]");
        assert_eq!(open(&SourceMap, FileKind::SourceMap, wrong.as_bytes()).broken().reason, GapReason::Malformed);
    }

    #[test]
    fn names_from_roots_and_twins() {
        let map = r#"{"sourceRoot":"/home/x/..","sources":["a.ts","a.ts"],"sourcesContent":["1","2","3"]}"#;
        let seen = open(&SourceMap, FileKind::SourceMap, map.as_bytes());
        assert_eq!(seen.names(), ["home/x/a.ts", "~2/home/x/a.ts", "source-2.js"]);
    }

    #[test]
    fn limits_hold() {
        let map = format!(r#"{{"sources":["a.ts"],"sourcesContent":["{}"]}}"#, "\\n".repeat(2 << 20));
        let limits = Limits { entry: 1 << 20, ..Limits::default() };
        let seen = open_with(&SourceMap, FileKind::SourceMap, "x.map", map.as_bytes(), limits, &[]);
        assert_eq!((seen.gaps[0].entry.as_str(), seen.gaps[0].reason), ("a.ts", GapReason::Limit));
    }

    #[test]
    fn hostile_variants_are_survived() {
        survive(&SourceMap, FileKind::SourceMap, MAP.as_bytes());
        let index = format!(r#"{{"sections":[{{"offset":{{}},"map":{MAP}}},{{"map":{MAP}}}]}}"#);
        survive(&SourceMap, FileKind::SourceMap, index.as_bytes());
    }
}
