//! Reads a source map's JSON without building it: where the texts stand, in one pass and without recursion.
//!
//! A map may be cut off or wrong in places that nobody needs; whatever was read before stays. Texts are ranges of the
//! JSON between their quotes and are unescaped only when they are looked at.

use std::borrow::Cow;
use std::io::Write as _;
use std::ops::Range;

use crate::limits::Meter;
use crate::model::Gap;
use crate::unwrap::stream::CHUNK;

/// Most entries of all lists of one file together.
const ENTRIES: usize = 1 << 20;
/// How deep maps may lie inside sections of maps. The specification forbids the second level.
const DEPTH: u8 = 4;

/// A text of the JSON, between its quotes; `None` for an entry that is none.
pub(super) type Text = Option<Range<usize>>;

/// What one map says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Map {
    pub(super) root: Text,
    pub(super) names: Vec<Text>,
    pub(super) contents: Vec<Text>,
}

/// Why reading ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// The JSON is over before it should be.
    Ended,
    /// Something else stands at this byte.
    At(usize),
    /// More entries or levels than are read.
    Limit,
}

/// All maps of one file.
#[derive(Debug, Default)]
pub(super) struct Maps {
    pub(super) maps: Vec<Map>,
    pub(super) broken: Option<Broken>,
}

/// Reads a source map, or an index of them.
pub(super) fn read(json: &[u8]) -> Maps {
    let mut reader = Reader { json, at: 0, left: ENTRIES };
    let mut found = Maps::default();
    reader.at = start(json);
    let mut waiting = vec![(reader.at, 0u8)];
    while let Some((at, depth)) = waiting.pop() {
        reader.at = at;
        let mut map = Map::default();
        let mut inner = Vec::new();
        let result = reader.map(&mut map, &mut inner);
        found.maps.push(map);
        for at in inner.into_iter().rev() {
            if depth >= DEPTH {
                found.broken = Some(Broken::Limit);
                break;
            }
            waiting.push((at, depth + 1));
        }
        // Sections that were cut off with the whole are still read, but say it only once.
        found.broken = found.broken.or(result.err());
    }
    found
}

/// Where the JSON begins: behind a byte order mark and the line that keeps it from being run as a script.
fn start(json: &[u8]) -> usize {
    let mut at = if json.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    if json.get(at..).is_some_and(|j| j.starts_with(b")]}")) {
        at = memchr::memchr(b'\n', json).map_or(json.len(), |end| end + 1);
    }
    at
}

struct Reader<'a> {
    json: &'a [u8],
    at: usize,
    /// Entries that may still be kept.
    left: usize,
}

impl Reader<'_> {
    /// An object that is a map. `inner` gets the places of the maps in its sections.
    fn map(&mut self, map: &mut Map, inner: &mut Vec<usize>) -> Result<(), Broken> {
        self.members(|reader, key| match &*key {
            b"sources" => reader.texts(&mut map.names),
            b"sourcesContent" => reader.texts(&mut map.contents),
            b"sourceRoot" if reader.peek()? == b'"' => {
                map.root = Some(reader.text()?);
                Ok(())
            }
            b"sections" if reader.peek()? == b'[' => reader.elements(|reader| {
                if reader.peek()? != b'{' {
                    return reader.skip();
                }
                reader.members(|reader, key| {
                    if &*key == b"map" && reader.peek()? == b'{' {
                        reader.spend()?;
                        inner.push(reader.at);
                    }
                    reader.skip()
                })
            }),
            _ => reader.skip(),
        })
    }

    fn spend(&mut self) -> Result<(), Broken> {
        self.left = self.left.checked_sub(1).ok_or(Broken::Limit)?;
        Ok(())
    }

    /// A list of texts, whatever else is in it.
    fn texts(&mut self, list: &mut Vec<Text>) -> Result<(), Broken> {
        if self.peek()? != b'[' {
            return self.skip();
        }
        self.elements(|reader| {
            reader.spend()?;
            if reader.peek()? != b'"' {
                list.push(None);
                return reader.skip();
            }
            let start = reader.at + 1;
            match reader.text() {
                Ok(text) => list.push(Some(text)),
                Err(broken) => {
                    // What is there of a text that is cut off.
                    list.push(Some(start..reader.json.len()));
                    return Err(broken);
                }
            }
            Ok(())
        })
    }

    /// The members of an object; `value` reads each value.
    fn members(&mut self, mut value: impl FnMut(&mut Self, Cow<'_, [u8]>) -> Result<(), Broken>) -> Result<(), Broken> {
        self.expect(b'{')?;
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(());
        }
        let json = self.json;
        loop {
            if self.peek()? != b'"' {
                return Err(Broken::At(self.at));
            }
            let key = self.text()?;
            let raw = json.get(key).unwrap_or_default();
            let key =
                if raw.len() <= 128 && raw.contains(&b'\\') { Cow::Owned(plain(raw)) } else { Cow::Borrowed(raw) };
            self.expect(b':')?;
            value(self, key)?;
            if !self.goes_on(b'}')? {
                return Ok(());
            }
        }
    }

    /// The elements of a list; `value` reads each.
    fn elements(&mut self, mut value: impl FnMut(&mut Self) -> Result<(), Broken>) -> Result<(), Broken> {
        self.expect(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            value(self)?;
            if !self.goes_on(b']')? {
                return Ok(());
            }
        }
    }

    /// Whether a comma follows, and not `end`.
    fn goes_on(&mut self, end: u8) -> Result<bool, Broken> {
        let next = self.peek()?;
        if next != b',' && next != end {
            return Err(Broken::At(self.at));
        }
        self.at += 1;
        Ok(next == b',')
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Result<u8, Broken> {
        let rest = self.json.get(self.at..).unwrap_or_default();
        let blanks = rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
        self.at += blanks.ok_or(Broken::Ended)?;
        self.json.get(self.at).copied().ok_or(Broken::Ended)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.peek()? != byte {
            return Err(Broken::At(self.at));
        }
        self.at += 1;
        Ok(())
    }

    /// A text, of which the opening quote comes next.
    fn text(&mut self) -> Result<Range<usize>, Broken> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            let rest = self.json.get(at..).unwrap_or_default();
            let Some(mark) = memchr::memchr2(b'"', b'\\', rest) else {
                self.at = self.json.len();
                return Err(Broken::Ended);
            };
            at += mark;
            if self.json.get(at) == Some(&b'"') {
                self.at = at + 1;
                return Ok(start..at);
            }
            at += 2;
        }
    }

    /// Any value.
    fn skip(&mut self) -> Result<(), Broken> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.text()?;
                }
                b'{' | b'[' => {
                    self.at += 1;
                    depth += 1;
                    continue;
                }
                b'}' | b']' if depth > 0 => {
                    self.at += 1;
                    depth -= 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b'}' | b']' | b',' | b':' => return Err(Broken::At(self.at)),
                _ => {
                    // A number or a word; what it says does not matter.
                    let rest = self.json.get(self.at..).unwrap_or_default();
                    let end = rest.iter().position(|b| {
                        matches!(b, b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"' | b' ' | b'\t' | b'\n' | b'\r')
                    });
                    self.at += end.unwrap_or(rest.len());
                }
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

/// A short text without its escapes, as bytes.
pub(super) fn plain(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    unescape(text, |run| {
        out.extend_from_slice(run);
        Ok(())
    })
    .unwrap_or_default();
    out
}

/// Writes a text without its escapes.
pub(super) fn write_plain(text: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    meter.expect(text.len() as u64);
    let mut buffer: Vec<u8> = Vec::with_capacity(CHUNK);
    let state = unescape(text, |run| {
        if buffer.len() + run.len() > CHUNK {
            meter.write_all(&buffer)?;
            buffer.clear();
            if run.len() > CHUNK {
                return meter.write_all(run);
            }
        }
        buffer.extend_from_slice(run);
        Ok(())
    });
    let state = state.and_then(|()| meter.write_all(&buffer));
    state.map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))
}

/// Gives the pieces of a text without its escapes. What is no escape stays as it is.
fn unescape(text: &[u8], mut out: impl FnMut(&[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        let (run, escape) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out(run)?;
        let simple: &[u8] = match escape {
            [_, b'n', ..] => b"\n",
            [_, b't', ..] => b"\t",
            [_, b'r', ..] => b"\r",
            [_, b'b', ..] => b"\x08",
            [_, b'f', ..] => b"\x0c",
            [_, b'"', ..] => b"\"",
            [_, b'\\', ..] => b"\\",
            [_, b'/', ..] => b"/",
            _ => b"",
        };
        if !simple.is_empty() {
            out(simple)?;
            rest = escape.get(2..).unwrap_or_default();
            continue;
        }
        let (character, len) = match unit(escape) {
            Some(high @ 0xd800..=0xdbff) => {
                let low = escape.get(6..).and_then(unit).filter(|low| (0xdc00..=0xdfff).contains(low));
                match low {
                    Some(low) => (0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12),
                    None => (0xfffd, 6),
                }
            }
            Some(unit) => (unit, 6),
            None => {
                out(b"\\")?;
                rest = escape.get(1..).unwrap_or_default();
                continue;
            }
        };
        let character = char::from_u32(character).unwrap_or(char::REPLACEMENT_CHARACTER);
        out(character.encode_utf8(&mut [0; 4]).as_bytes())?;
        rest = escape.get(len..).unwrap_or_default();
    }
    out(rest)
}

/// The number of `\uXXXX`.
fn unit(escape: &[u8]) -> Option<u32> {
    let digits = escape.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |n, d| Some(n * 16 + char::from(*d).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'j>(json: &'j str, list: &[Text]) -> Vec<Option<&'j str>> {
        list.iter().map(|t| t.clone().map(|t| &json[t])).collect()
    }

    #[test]
    fn texts_are_found_where_they_stand() {
        let json = r#" {"version":3, "x":{"sources":["no"],"a":[1,{"b":"]}\""},null]},"sourceRoot":"r/",
            "sources":["a.js",null,"b\".js"],"s\u006furcesContent":["A\n",null,"B",4.5e3,[1]],"mappings":"AAAA;;"}"#;
        let found = read(json.as_bytes());
        assert_eq!(found.broken, None);
        assert_eq!(found.maps.len(), 1);
        let map = &found.maps[0];
        assert_eq!(texts(json, &map.names), [Some("a.js"), None, Some(r#"b\".js"#)]);
        assert_eq!(texts(json, &map.contents), [Some(r"A\n"), None, Some("B"), None, None]);
        assert_eq!(texts(json, std::slice::from_ref(&map.root)), [Some("r/")]);
    }

    #[test]
    fn sections_are_maps_of_their_own() {
        let inner = |name: &str| format!(r#"{{"sources":["{name}"],"sourcesContent":["{name} text"]}}"#);
        let json = format!(
            r#"{{"version":3,"sections":[{{"offset":{{"line":0}},"map":{}}},{{"url":"x"}},7,{{"map":{}}}]}}"#,
            inner("one"),
            inner("two")
        );
        let found = read(json.as_bytes());
        assert_eq!(found.broken, None);
        let names: Vec<_> = found.maps.iter().flat_map(|m| texts(&json, &m.names)).collect();
        assert_eq!(names, [Some("one"), Some("two")]);
    }

    #[test]
    fn what_was_read_before_a_break_is_kept() {
        let json = r#"{"sources":["a","b"],"sourcesContent":["one","tw"#;
        let found = read(json.as_bytes());
        assert_eq!(found.broken, Some(Broken::Ended));
        assert_eq!(texts(json, &found.maps[0].contents), [Some("one"), Some("tw")]);
        assert_eq!(read(b"{\"a\" 1}").broken, Some(Broken::At(5)));
        assert_eq!(read(b"[]").broken, Some(Broken::At(0)));
        assert_eq!(read(b"").broken, Some(Broken::Ended));
        assert_eq!(read(b")]}'\n{}").broken, None);
        assert_eq!(read(b"\xef\xbb\xbf{}").broken, None);
        assert_eq!(read(b"{\"a\":}").broken, Some(Broken::At(5)));
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = format!("{{\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(deep.as_bytes()).broken, None);
        let many = format!("{{\"sources\":[{}1]}}", "1,".repeat(ENTRIES));
        assert_eq!(read(many.as_bytes()).broken, Some(Broken::Limit));
        let mut nested = "{}".to_owned();
        for _ in 0..20 {
            nested = format!("{{\"sections\":[{{\"map\":{nested}}}]}}");
        }
        let found = read(nested.as_bytes());
        assert_eq!((found.broken, found.maps.len()), (Some(Broken::Limit), 5));
    }

    #[test]
    fn escapes() {
        assert_eq!(plain(br#"a\n\t\"\\\/\u00fc\ud83e\udd80z"#), "a\n\t\"\\/\u{fc}\u{1f980}z".as_bytes());
        assert_eq!(plain(br"\ud83e!\udd80\x\u12"), "\u{fffd}!\u{fffd}\\x\\u12".as_bytes());
        assert_eq!(plain(b"\\"), b"\\");
    }
}
