//! Methods of text and bytes, slices, formatting.

use std::borrow::Cow;
use std::rc::Rc;

use super::{codec, number};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::Language;

/// Most parts of a split.
const MAX_PARTS: usize = 1 << 17;
/// Longest text that a method makes, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// A method of a known text, number or bytes; `None` when it is not one that folds.
#[must_use]
#[allow(clippy::too_many_lines)]
pub(crate) fn method(object: &Value, name: &str, args: &[Value], language: Language) -> Option<Value> {
    let labels = args.iter().fold(object.labels, |l, a| l.with(a.labels));
    let number = |i: usize| args.get(i).and_then(Value::as_int);
    let text_of = |i: usize| args.get(i).and_then(Value::as_str);
    if let Known::Num(n) = object.known {
        return match name {
            "toString" => {
                let spelled = text_of(0).and_then(|t| t.trim().parse::<i64>().ok());
                let radix = u32::try_from(number(0).or(spelled).unwrap_or(10)).ok()?;
                Some(Value::str(in_radix(n, radix)?, labels))
            }
            "to_bytes" => {
                let count = usize::try_from(number(0)?).ok().filter(|c| *c <= 8)?;
                let value = object.as_int()?.cast_unsigned().to_be_bytes();
                let mut bytes = value.get(8 - count..)?.to_vec();
                if text_of(1) == Some("little") {
                    bytes.reverse();
                }
                Some(Value::bytes(bytes, labels))
            }
            _ => None,
        };
    }
    if let Known::Bytes(bytes) = &object.known {
        return method_of_bytes(bytes, name, args, labels);
    }
    let text = object.as_str()?;
    let again = |t: String| (t.len() <= MAX_TEXT).then(|| Value::str(t, labels));
    match name {
        "upper" | "toUpperCase" | "toLocaleUpperCase" => again(text.to_uppercase()),
        "swapcase" => again(
            text.chars()
                .map(|c| if c.is_uppercase() { c.to_lowercase().to_string() } else { c.to_uppercase().to_string() })
                .collect(),
        ),
        "lower" | "toLowerCase" | "toLocaleLowerCase" | "casefold" => again(text.to_lowercase()),
        "strip" | "trim" => match text_of(0) {
            Some(set) => again(text.trim_matches(|c| set.contains(c)).to_owned()),
            None => again(text.trim().to_owned()),
        },
        "lstrip" | "trimStart" | "trimLeft" => match text_of(0) {
            Some(set) => again(text.trim_start_matches(|c| set.contains(c)).to_owned()),
            None => again(text.trim_start().to_owned()),
        },
        "rstrip" | "trimEnd" | "trimRight" => match text_of(0) {
            Some(set) => again(text.trim_end_matches(|c| set.contains(c)).to_owned()),
            None => again(text.trim_end().to_owned()),
        },
        "unpack" | "unpack1" if matches!(text_of(0), Some("m" | "m0")) => codec::decode("base64", object),
        "replace" | "replaceAll" | "gsub" => {
            let (from, to) = (text_of(0)?, text_of(1)?);
            if from.is_empty() || text.len().saturating_mul(to.len().max(1)) > MAX_TEXT * 4 {
                return None;
            }
            // A pattern of JavaScript is only taken literally when it is: escapes and classes are not.
            let plain = from.replace("\\", "");
            let from = if language == Language::JavaScript && plain.chars().all(|c| !"[](){}*+?|^$.".contains(c)) {
                plain.as_str()
            } else {
                from
            };
            let changed = text.replace(from, to);
            Some(Value::str(changed, labels.with(Labels::BUILT)))
        }
        "encode" => Some(Value::bytes(text.as_bytes(), labels)),
        "decode" => match text_of(0) {
            Some("hex") => codec::decode("hex", object),
            Some("base64") => codec::decode("base64", object),
            Some("rot13" | "rot_13") => codec::decode("rot13", object),
            _ => Some(object.clone()),
        },
        "toString" | "valueOf" | "normalize" | "trimmed" => Some(object.clone()),
        "startswith" | "startsWith" => Some(Value::bool(text.starts_with(text_of(0)?), labels)),
        "endswith" | "endsWith" => Some(Value::bool(text.ends_with(text_of(0)?), labels)),
        "includes" | "contains" => Some(Value::bool(text.contains(text_of(0)?), labels)),
        "indexOf" | "find" | "index" => {
            let at = text
                .find(text_of(0)?)
                .map_or(-1, |i| i64::try_from(text.get(..i).map_or(0, |t| t.chars().count())).unwrap_or(-1));
            Some(Value::num(at as f64, labels))
        }
        "isdigit" | "isnumeric" | "isdecimal" => {
            Some(Value::bool(!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()), labels))
        }
        "isalpha" => Some(Value::bool(!text.is_empty() && text.chars().all(char::is_alphabetic), labels)),
        "isupper" => {
            Some(Value::bool(text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase), labels))
        }
        "islower" => {
            Some(Value::bool(text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase), labels))
        }
        "charAt" | "at" => Some(at(object, args.first().unwrap_or(&Value::num(0.0, Labels::NONE)), language)),
        "charCodeAt" | "codePointAt" => {
            let i = usize::try_from(number(0).unwrap_or(0)).ok()?;
            let code = if text.is_ascii() {
                text.as_bytes().get(i).map(|b| u32::from(*b))
            } else if name == "charCodeAt" {
                text.encode_utf16().nth(i).map(u32::from)
            } else {
                text.chars().nth(i).map(u32::from)
            };
            Some(match code {
                Some(code) => Value::num(f64::from(code), labels),
                None => Value::num(f64::NAN, labels),
            })
        }
        "substring" | "substr" | "slice" => {
            let count = if text.is_ascii() { text.len() } else { text.chars().count() };
            let (start, end) = bounds(name, i64::try_from(count).ok()?, number(0), number(1));
            let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
            let part: String = if text.is_ascii() {
                text.get(start..end.max(start)).unwrap_or_default().to_owned()
            } else {
                text.chars().skip(start).take(end.saturating_sub(start)).collect()
            };
            again(part)
        }
        "repeat" => {
            let times = usize::try_from(number(0)?).ok()?;
            (text.len().saturating_mul(times) <= MAX_TEXT).then(|| Value::str(text.repeat(times), labels))
        }
        "concat" => {
            let mut all = text.to_owned();
            for arg in args {
                all.push_str(arg.as_str()?);
            }
            again(all)
        }
        "padStart" | "zfill" | "rjust" => {
            let width = usize::try_from(number(0)?).ok().filter(|w| *w < 4096)?;
            let pad = if name == "zfill" { "0" } else { text_of(1).unwrap_or(" ") };
            let missing = width.saturating_sub(text.chars().count());
            again(format!("{}{text}", pad.repeat(missing).chars().take(missing).collect::<String>()))
        }
        "title" | "capitalize" => {
            let mut chars = text.chars();
            let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
            again(format!("{first}{}", chars.as_str().to_lowercase()))
        }
        "translate" | "expandtabs" | "match" | "search" | "test" | "exec" => Some(Value::unknown(labels)),
        _ => None,
    }
}

fn method_of_bytes(bytes: &Rc<[u8]>, name: &str, args: &[Value], labels: Labels) -> Option<Value> {
    let text_of = |i: usize| args.get(i).and_then(Value::as_str);
    match name {
        "decode" | "toString" => match text_of(0).unwrap_or("utf-8").to_ascii_lowercase().as_str() {
            "hex" => Some(Value::str(bytes.iter().map(|b| format!("{b:02x}")).collect::<String>(), labels)),
            "base64" => {
                use base64::Engine as _;
                Some(Value::str(base64::engine::general_purpose::STANDARD.encode(bytes), labels))
            }
            "latin1" | "latin-1" | "binary" | "iso-8859-1" => {
                Some(Value::str(bytes.iter().map(|b| char::from(*b)).collect::<String>(), labels))
            }
            "utf-16" | "utf-16le" | "utf16le" | "ucs2" | "utf-16-le" => {
                let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|p| u16::from_le_bytes(*p)).collect();
                Some(Value::str(String::from_utf16_lossy(&units), labels))
            }
            "unicode_escape" | "unicode-escape" | "string_escape" | "raw_unicode_escape" => {
                let text = String::from_utf8_lossy(bytes);
                Some(Value::str(codec::unescape(&text), labels.with(Labels::DECODED)))
            }
            "rot13" | "rot_13" => {
                codec::decode("rot13", &Value::str(String::from_utf8_lossy(bytes).into_owned(), labels))
            }
            _ => Some(Value::str(String::from_utf8_lossy(bytes).into_owned(), labels)),
        },
        "hex" => Some(Value::str(bytes.iter().map(|b| format!("{b:02x}")).collect::<String>(), labels)),
        "strip" | "rstrip" | "lstrip" if args.is_empty() => Some(Value::bytes(bytes.trim_ascii(), labels)),
        "replace" => {
            let (from, to) = (args.first()?.as_bytes()?, args.get(1)?.as_bytes()?);
            if from.is_empty() {
                return None;
            }
            let text = bstr::ByteSlice::replace(&**bytes, from, to);
            (text.len() <= MAX_TEXT).then(|| Value::bytes(text, labels))
        }
        "startswith" => Some(Value::bool(bytes.starts_with(args.first()?.as_bytes()?), labels)),
        "endswith" => Some(Value::bool(bytes.ends_with(args.first()?.as_bytes()?), labels)),
        "reverse" => Some(Value::bytes(bytes.iter().rev().copied().collect::<Vec<u8>>(), labels)),
        "slice" | "subarray" => {
            let parts = [args.first().cloned(), args.get(1).cloned(), None];
            Some(slice(&Value::new(Known::Bytes(Rc::clone(bytes)), labels), &parts))
        }
        _ => None,
    }
}

fn in_radix(n: f64, radix: u32) -> Option<String> {
    if radix == 10 {
        return Some(number::text(n));
    }
    if !(2..=36).contains(&radix) || n.fract() != 0.0 || !(0.0..9e15).contains(&n) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut left = n as u64;
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(u32::try_from(left % u64::from(radix)).ok()?, radix)?);
        left /= u64::from(radix);
        if left == 0 {
            break;
        }
    }
    Some(digits.iter().rev().collect())
}

/// Where `slice`, `substring` and `substr` of JavaScript begin and end in a text of `len` letters.
#[must_use]
pub(crate) fn bounds(name: &str, len: i64, first: Option<i64>, second: Option<i64>) -> (i64, i64) {
    let clamp = |i: i64| if i < 0 && name != "substring" { (i + len).max(0) } else { i.clamp(0, len) };
    let start = clamp(first.unwrap_or(0));
    let end = match second {
        Some(n) if name == "substr" => start.saturating_add(n.max(0)).min(len),
        Some(n) => clamp(n),
        None => len,
    };
    if name == "substring" && start > end { (end, start) } else { (start, end.max(start)) }
}

/// `text[index]`.
#[must_use]
pub(crate) fn at(object: &Value, index: &Value, language: Language) -> Value {
    let labels = object.labels.with(index.labels);
    let Some(i) = index.as_int() else { return Value::unknown(labels) };
    match &object.known {
        Known::Str(text) => {
            let pick = |i: i64, count: usize| -> Option<usize> {
                let i = if i < 0 && language != Language::JavaScript { i + i64::try_from(count).ok()? } else { i };
                usize::try_from(i).ok()
            };
            let found = if text.is_ascii() {
                pick(i, text.len()).and_then(|i| text.get(i..i.checked_add(1)?)).map(str::to_owned)
            } else {
                pick(i, text.chars().count()).and_then(|i| text.chars().nth(i)).map(String::from)
            };
            match found {
                Some(part) => Value::str(part, labels),
                None => Value::new(Known::Nil, labels),
            }
        }
        Known::Bytes(bytes) => {
            let i = if i < 0 { i + i64::try_from(bytes.len()).unwrap_or(0) } else { i };
            match usize::try_from(i).ok().and_then(|i| bytes.get(i)) {
                Some(b) => Value::num(f64::from(*b), labels),
                None => Value::new(Known::Nil, labels),
            }
        }
        _ => Value::unknown(labels),
    }
}

/// The positions that a slice of Python takes out of `len` elements, or `None` when a bound is not known.
#[must_use]
pub(crate) fn slice_indices(len: usize, parts: &[Option<Value>]) -> Option<Vec<usize>> {
    let bound = |i: usize| -> Option<Option<i64>> {
        match parts.get(i) {
            Some(Some(value)) => match value.known {
                Known::Nil => Some(None),
                _ => Some(Some(value.as_int()?)),
            },
            _ => Some(None),
        }
    };
    let (low, high, step) = (bound(0)?, bound(1)?, bound(2)?.unwrap_or(1));
    if step == 0 {
        return None;
    }
    let len = i64::try_from(len).ok()?;
    let clamp = |i: i64, least: i64, most: i64| (if i < 0 { i + len } else { i }).clamp(least, most);
    let (mut at, end) = if step > 0 {
        (low.map_or(0, |i| clamp(i, 0, len)), high.map_or(len, |i| clamp(i, 0, len)))
    } else {
        (low.map_or(len - 1, |i| clamp(i, -1, len - 1)), high.map_or(-1, |i| clamp(i, -1, len - 1)))
    };
    let mut out = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        out.push(usize::try_from(at).ok()?);
        at = at.checked_add(step)?;
    }
    Some(out)
}

/// `text[low:high:step]`.
#[must_use]
pub(crate) fn slice(object: &Value, parts: &[Option<Value>]) -> Value {
    let labels = object.labels;
    match &object.known {
        Known::Str(text) if text.is_ascii() => match slice_indices(text.len(), parts) {
            Some(picked) => {
                let bytes: Vec<u8> = picked.iter().filter_map(|i| text.as_bytes().get(*i)).copied().collect();
                Value::str(String::from_utf8_lossy(&bytes).into_owned(), labels)
            }
            None => Value::unknown(labels),
        },
        Known::Str(text) => {
            let chars: Vec<char> = text.chars().collect();
            match slice_indices(chars.len(), parts) {
                Some(picked) => Value::str(picked.iter().filter_map(|i| chars.get(*i)).collect::<String>(), labels),
                None => Value::unknown(labels),
            }
        }
        Known::Bytes(bytes) => match slice_indices(bytes.len(), parts) {
            Some(picked) => {
                Value::bytes(picked.iter().filter_map(|i| bytes.get(*i)).copied().collect::<Vec<u8>>(), labels)
            }
            None => Value::unknown(labels),
        },
        _ => Value::unknown(labels),
    }
}

/// What stands before the first separator, or the last one, the separator, and what stands behind it.
#[must_use]
pub(crate) fn partition(object: &Value, from_end: bool, separator: &Value) -> Option<Vec<Value>> {
    let (text, separator) = (object.as_str()?, separator.as_str().filter(|s| !s.is_empty())?);
    let found = if from_end { text.rsplit_once(separator) } else { text.split_once(separator) };
    let parts = match found {
        Some((before, behind)) => [before, separator, behind],
        None if from_end => ["", "", text],
        None => [text, "", ""],
    };
    Some(parts.map(|part| Value::str(part, object.labels)).into())
}

/// The parts of a split; `None` when it cannot be told.
#[must_use]
pub(crate) fn split(object: &Value, name: &str, args: &[Value], language: Language) -> Option<Vec<Value>> {
    let labels = object.labels;
    if let Known::Bytes(bytes) = &object.known {
        let separator = args.first()?.as_bytes()?;
        if separator.is_empty() {
            return None;
        }
        return Some(
            bstr::ByteSlice::split_str(&**bytes, separator).take(MAX_PARTS).map(|p| Value::bytes(p, labels)).collect(),
        );
    }
    let text = object.as_str()?;
    let one = |p: &str| Value::str(p, labels);
    if name == "splitlines" {
        return Some(text.lines().take(MAX_PARTS).map(one).collect());
    }
    let most = args.get(1).and_then(Value::as_int).and_then(|n| usize::try_from(n).ok());
    let Some(separator) = args.first().filter(|a| a.known != Known::Nil) else {
        return Some(match language {
            Language::JavaScript => vec![object.clone()],
            _ => text.split_whitespace().take(MAX_PARTS).map(one).collect(),
        });
    };
    let separator = separator.as_str()?;
    if separator.is_empty() {
        return (language == Language::JavaScript).then(|| {
            text.chars().take(MAX_PARTS).map(|c| Value::str(c.encode_utf8(&mut [0; 4]) as &str, labels)).collect()
        });
    }
    Some(match (most, language) {
        (Some(most), Language::JavaScript) => text.split(separator).take(most.min(MAX_PARTS)).map(one).collect(),
        (Some(most), _) if name == "rsplit" => {
            let mut parts: Vec<Value> =
                text.rsplitn(most.saturating_add(1), separator).take(MAX_PARTS).map(one).collect();
            parts.reverse();
            parts
        }
        (Some(most), _) => text.splitn(most.saturating_add(1), separator).take(MAX_PARTS).map(one).collect(),
        (None, _) => text.split(separator).take(MAX_PARTS).map(one).collect(),
    })
}

fn piece(value: Option<&Value>, spec: char) -> (String, bool) {
    let Some(value) = value else { return (HOLE.to_owned(), false) };
    if matches!(spec, 'r' | 'a')
        && let Some(text) = represented(value)
    {
        return (text, !matches!(value.known, Known::Text(_)));
    }
    match &value.known {
        Known::Str(text) => (text.to_string(), true),
        Known::Text(text) => (text.to_string(), false),
        Known::Bytes(bytes) => (String::from_utf8_lossy(bytes).into_owned(), true),
        Known::Num(n) if spec == 'c' => {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let c = char::from_u32(*n as u32);
            (c.map(String::from).unwrap_or_default(), true)
        }
        Known::Num(n) if matches!(spec, 'x' | 'X') => (in_radix(*n, 16).unwrap_or_default(), true),
        Known::Num(n) => (number::text(*n), true),
        Known::Bool(b) => (if *b { "True" } else { "False" }.to_owned(), true),
        Known::Nil => ("None".to_owned(), true),
        _ => (HOLE.to_owned(), false),
    }
}

/// Text and bytes as Python writes them in code (`repr`): what is put into a template of code by `%r`.
#[must_use]
pub(crate) fn represented(value: &Value) -> Option<String> {
    let (before, text) = match &value.known {
        Known::Str(text) | Known::Text(text) => ("", Cow::Borrowed(&**text)),
        Known::Bytes(bytes) => ("b", bytes.iter().map(|b| char::from(*b)).collect::<String>().into()),
        _ => return None,
    };
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 3);
    out.push_str(before);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() || before == "b" && !c.is_ascii() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    // Escapes of escapes double each time.
    (out.len() <= MAX_TEXT).then_some(out)
}

/// `"%s" % values`, or `"%(name)s" % values` with what `of` gives for a name.
#[must_use]
pub(crate) fn percent(format: &Value, values: &[Value], of: impl Fn(&str) -> Option<Value>, labels: Labels) -> Value {
    let Some(text) = format.as_text() else { return Value::unknown(labels) };
    let mut out = String::new();
    let mut whole = !matches!(format.known, Known::Text(_));
    let mut values = values.iter();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut spec = ' ';
        let mut named = false;
        let mut name: Option<String> = None;
        for s in chars.by_ref() {
            if s == '(' && !named {
                named = true;
                name = Some(String::new());
                continue;
            }
            if named {
                named = s != ')';
                if let Some(name) = name.as_mut().filter(|_| named) {
                    name.push(s);
                }
                continue;
            }
            if s.is_ascii_alphabetic() || s == '%' {
                spec = s;
                break;
            }
        }
        if spec == '%' {
            out.push('%');
            continue;
        }
        let by_name = name.and_then(|name| of(&name));
        let (part, known) = piece(by_name.as_ref().or_else(|| values.next()), spec);
        whole &= known;
        out.push_str(&part);
        if out.len() > MAX_TEXT {
            return Value::unknown(labels);
        }
    }
    let labels = labels.with(Labels::BUILT);
    if whole { Value::str(out, labels) } else { Value::text(out, labels) }
}

/// `"{} {name}".format(values, name=…)`.
#[must_use]
pub(crate) fn format(format: &Value, values: &[Value], named: &[(Rc<str>, Value)], labels: Labels) -> Value {
    let Some(text) = format.as_text() else { return Value::unknown(labels) };
    let mut out = String::new();
    let mut whole = !matches!(format.known, Known::Text(_));
    let mut next = 0;
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at..).unwrap_or_default();
        if tail.starts_with("{{") || tail.starts_with("}}") {
            out.push_str(tail.get(..1).unwrap_or_default());
            rest = tail.get(2..).unwrap_or_default();
            continue;
        }
        let Some(end) = tail.find('}').filter(|_| tail.starts_with('{')) else {
            out.push_str(tail.get(..1).unwrap_or_default());
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        let field = tail.get(1..end).unwrap_or_default();
        let (name, spec) = field.split_once(':').unwrap_or((field, ""));
        let (name, conversion) = name.split_once('!').unwrap_or((name, ""));
        let name = name.split(['.', '[']).next().unwrap_or_default();
        let value = if name.is_empty() {
            next += 1;
            values.get(next - 1)
        } else if let Ok(i) = name.parse::<usize>() {
            values.get(i)
        } else {
            named.iter().find(|(n, _)| &**n == name).map(|(_, v)| v)
        };
        let (part, known) = piece(value, conversion.chars().next().or(spec.chars().last()).unwrap_or(' '));
        whole &= known;
        out.push_str(&part);
        rest = tail.get(end + 1..).unwrap_or_default();
        if out.len() > MAX_TEXT {
            return Value::unknown(labels);
        }
    }
    out.push_str(rest);
    let labels = labels.with(Labels::BUILT);
    if whole { Value::str(out, labels) } else { Value::text(out, labels) }
}

/// A text in which numbers of some base stand for words, with the words; an empty word stands for its number. `None` when
/// it grows beyond what a packer makes.
#[must_use]
pub(crate) fn with_words(text: &str, base: u32, words: &[&str]) -> Option<String> {
    const MOST: usize = 4 << 20;
    let digit = |b: u8| match b {
        b'0'..=b'9' => Some(u32::from(b - b'0')),
        b'a'..=b'z' => Some(u32::from(b - b'a') + 10),
        b'A'..=b'Z' => Some(u32::from(b - b'A') + 36),
        _ => None,
    };
    let number = |name: &str| {
        name.bytes().try_fold(0_usize, |n, b| {
            let digit = digit(b).filter(|d| *d < base)?;
            n.checked_mul(base as usize)?.checked_add(digit as usize)
        })
    };
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !is_name(first) {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let word = number(name).and_then(|n| words.get(n)).filter(|word| !word.is_empty());
        out.push_str(word.copied().unwrap_or(name));
        rest = behind;
        if out.len() > MOST {
            return None;
        }
    }
    Some(out)
}

/// What `printf` of a shell makes of words: they stand where the format says, and it begins anew while any are left.
pub(crate) fn printed(format: &str, words: &[Rc<str>]) -> String {
    const MOST: usize = 1 << 20;
    let mut rest = words.iter();
    let mut text = String::new();
    loop {
        let left = rest.len();
        let mut parts = format.split('%');
        text.push_str(parts.next().unwrap_or_default());
        while let Some(part) = parts.next() {
            if part.is_empty() {
                // A sign that is written twice stands for itself.
                text.push('%');
                text.push_str(parts.next().unwrap_or_default());
                continue;
            }
            let kind = part.find(|c: char| c.is_ascii_alphabetic());
            text.push_str(rest.next().map_or("", |word| word));
            text.push_str(kind.and_then(|at| part.get(at + 1..)).unwrap_or_default());
        }
        if rest.len() == 0 || rest.len() == left || text.len() > MOST {
            return text;
        }
    }
}
