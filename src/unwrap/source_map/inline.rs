//! A source map inside a script: a comment whose address is the map itself.

use std::io::Write as _;
use std::ops::Range;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::read::DecoderReader;
use memchr::memmem;

use super::json::{self, Broken};
use super::{emit, gap};
use crate::limits::Meter;
use crate::model::{ByteView, Gap};
use crate::unwrap::Entries;
use crate::unwrap::stream::CHUNK;

const MARK: &[u8] = b"sourceMappingURL=data:";
/// Longest text between `data:` and the comma.
const HEAD_MAX: usize = 200;

/// Browsers and Node pad or do not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// An inline map.
#[derive(Debug, PartialEq, Eq)]
struct Inline {
    data: Range<usize>,
    is_base64: bool,
}

/// Emits the sources of the script's inline map, if it has one.
pub(super) fn unwrap(script: &ByteView, out: &mut Entries<'_>) -> Result<(), Gap> {
    let Some(inline) = find(script) else { return Ok(()) };
    let data = script.get(inline.data.clone()).unwrap_or_default();
    let mut meter = out.budget().meter();
    let decoded = if inline.is_base64 {
        let mut source = data;
        meter.fill(&mut DecoderReader::new(&mut source, &BASE64))
    } else {
        percent(data, &mut meter)
    };
    let stopped = meter.stopped().or(decoded.err().filter(|g| g.reason != crate::model::GapReason::Malformed));
    let map = meter.finish();
    let found = json::read(&map);
    let count = emit(&found, &map, false, out)?;
    if let Some(stopped) = stopped {
        return Err(stopped);
    }
    match found.broken {
        None => {
            if count > 0 {
                out.account(inline.data);
            }
            Ok(())
        }
        // A comment that is no map is only a comment; one that the file's end cuts off is a part that is missing.
        Some(Broken::Ended) if inline.data.end == script.len() && !found.maps.iter().all(|m| m.names.is_empty()) => {
            Err(gap(Broken::Ended, map.len()))
        }
        Some(Broken::Limit) => Err(gap(Broken::Limit, map.len())),
        Some(_) => Ok(()),
    }
}

/// The last comment that holds a map; that is the one that counts.
fn find(script: &[u8]) -> Option<Inline> {
    memmem::find_iter(script, MARK).filter_map(|at| read(script, at)).last()
}

/// The map whose mark stands at `at`, when it is a comment as tools write it.
fn read(script: &[u8], at: usize) -> Option<Inline> {
    let before = script.get(..at)?;
    let blank = before.strip_suffix(b" ").or_else(|| before.strip_suffix(b"\t"))?;
    if !blank.ends_with(b"#") && !blank.ends_with(b"@") {
        return None;
    }
    let body = at + MARK.len();
    let rest = script.get(body..)?;
    let comma = memchr::memchr(b',', rest.get(..HEAD_MAX).unwrap_or(rest))?;
    let head = rest.get(..comma)?.to_ascii_lowercase();
    memmem::find(&head, b"json")?;
    let data = rest.get(comma + 1..)?;
    let is_base64 = head.ends_with(b"base64");
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'*' | b'\\');
    let len = data.iter().position(ends).unwrap_or(data.len());
    let start = body + comma + 1;
    Some(Inline { data: start..start + len, is_base64 })
}

/// Decodes `%7B`.
fn percent(data: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    let mut buffer: Vec<u8> = Vec::with_capacity(CHUNK);
    let mut rest = data;
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut write = |buffer: &mut Vec<u8>| {
        let state = meter.write_all(buffer);
        buffer.clear();
        state.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
    };
    loop {
        rest = match rest {
            [] => return write(&mut buffer),
            [b'%', high, low, after @ ..] if digit(high).is_some() && digit(low).is_some() => {
                buffer.push(digit(high).unwrap_or(0) << 4 | digit(low).unwrap_or(0));
                after
            }
            [byte, after @ ..] => {
                buffer.push(*byte);
                after
            }
        };
        if buffer.len() >= CHUNK {
            write(&mut buffer)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Seen, open, survive};
    use super::super::SourceMap;
    use crate::model::FileKind;
    use base64::Engine as _;

    const MAP: &str = r#"{"version":3,"sources":["../src/a.ts"],"sourcesContent":["let a\n"],"mappings":"AAAA"}"#;

    fn script(head: &str, map: &str) -> String {
        let encoded = base64::engine::general_purpose::STANDARD.encode(map);
        format!("let a=1;\n{head}sourceMappingURL=data:application/json;charset=utf-8;base64,{encoded}")
    }

    fn look(script: &str) -> Seen {
        open(&SourceMap, FileKind::JavaScript, script.as_bytes())
    }

    #[test]
    fn inline_maps_are_opened() {
        let whole = script("//# ", MAP);
        for text in [whole.clone(), format!("{whole}\n"), script("//@ ", MAP), format!("{}*/\n", script("/*# ", MAP))] {
            let seen = look(&text);
            assert_eq!(seen.result, Ok(()));
            assert_eq!(seen.names(), ["src/a.ts"], "{text}");
            assert_eq!(seen.content("src/a.ts"), b"let a\n");
            assert!(text[seen.accounted[0].clone()].starts_with("eyJ2"));
        }
        let plain = MAP.replace('"', "%22").replace('{', "%7b").replace('\\', "%5C");
        let seen = look(&format!("x\n//# sourceMappingURL=data:application/json;utf8,{plain}\n"));
        assert_eq!(seen.names(), ["src/a.ts"]);
    }

    #[test]
    fn the_last_map_counts_and_other_texts_do_not() {
        let two = format!("{}\n{}", script("//# ", &MAP.replace("src", "old")), script("//# ", MAP));
        assert_eq!(look(&two).names(), ["src/a.ts"]);
        for text in [
            "const s = '//# ' + 'sourceMappingURL=data:application/json;base64,' + b64;",
            "x\n//# sourceMappingURL=index.js.map",
            "x\n//# sourceMappingURL=data:image/png;base64,iVBORw0KGgo=",
            "x\n//# sourceMappingURL=data:application/json;base64,",
            "x\n//# sourceMappingURL=data:application/json;base64,!!!!",
            "`//# sourceMappingURL=data:application/json;base64,${btoa(map)}`;",
            "//# sourceMappingURL=data:",
        ] {
            let seen = look(text);
            assert!(seen.result.is_ok() && seen.children.is_empty() && seen.gaps.is_empty(), "{text}");
        }
    }

    #[test]
    fn only_a_map_that_is_cut_off_is_a_gap() {
        let whole = script("//# ", MAP);
        let seen = look(&whole[..whole.len() - 40]);
        assert!(seen.broken().detail.contains("is not over"), "{:?}", seen.result);
        let seen = look(&script("//# ", &MAP.replace(":3", "")));
        assert!(seen.result.is_ok() && seen.children.is_empty());
    }

    #[test]
    fn hostile_variants_are_survived() {
        survive(&SourceMap, FileKind::JavaScript, script("//# ", MAP).as_bytes());
    }
}
