//! Functions of libraries that yield a constant for constants.

use std::rc::Rc;

use super::{cipher, codec, number};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::Language;

/// Longest zero-filled buffer, in bytes.
const MAX_BUFFER: i64 = 1 << 20;
/// Most bytes that numbers are packed to.
const MAX_PACKED: usize = 1 << 20;

/// Calls a function of a library; `None` when it does not fold.
#[must_use]
pub(crate) fn call(path: &str, args: &[Value], named: &[(Rc<str>, Value)], language: Language) -> Option<Value> {
    match language {
        Language::Python => python(path, args, named),
        Language::JavaScript => javascript(path, args),
        Language::PowerShell => powershell(path, args),
        Language::Php | Language::Ruby | Language::Perl | Language::Lua => other(path, args),
        _ => None,
    }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

#[allow(clippy::too_many_lines)]
fn python(path: &str, args: &[Value], named: &[(Rc<str>, Value)]) -> Option<Value> {
    let first = args.first()?;
    let labels = args.iter().fold(Labels::NONE, |l, a| l.with(a.labels));
    let decode = |coding: &str| codec::decode_bytes(coding, first);
    match path {
        "base64.b64decode"
        | "b64decode"
        | "base64.decodebytes"
        | "base64.decodestring"
        | "base64.urlsafe_b64decode"
        | "base64.standard_b64decode"
        | "binascii.a2b_base64" => decode("base64"),
        "base64.b32decode" => decode("base32"),
        "base64.b16decode" | "binascii.unhexlify" | "binascii.a2b_hex" | "bytes.fromhex" | "bytearray.fromhex" => {
            decode("hex")
        }
        "binascii.a2b_uu" => decode("uu"),
        "quopri.decodestring" | "binascii.a2b_qp" => decode("quoted-printable"),
        "base64.b85decode" => decode("base85"),
        "base64.a85decode" => decode("ascii85"),
        "zlib.decompress" => match args
            .get(1)
            .or_else(|| named.iter().find(|(n, _)| &**n == "wbits").map(|(_, v)| v))
            .and_then(Value::as_int)
        {
            Some(bits) if bits < 0 => decode("deflate"),
            Some(bits) if bits > 15 => decode("gzip"),
            _ => decode("zlib"),
        },
        // How the stream begins was said when it was made.
        "zlib.decompressobj().decompress" => decode("zlib").or_else(|| decode("gzip")).or_else(|| decode("deflate")),
        "gzip.decompress" => decode("gzip"),
        "bz2.decompress" | "bz2.BZ2Decompressor().decompress" => decode("bzip2"),
        "lzma.decompress" | "lzma.LZMADecompressor().decompress" => decode("lzma"),
        "brotli.decompress" => decode("brotli"),
        "urllib.parse.unquote" | "urllib.unquote" | "unquote" | "urllib.parse.unquote_plus" => {
            codec::decode("url", first)
        }
        "html.unescape" => Some(Value::str(unescape_html(first.as_str()?), labels.with(Labels::DECODED))),
        "codecs.decode" => match args
            .get(1)
            .or_else(|| named.iter().find(|(n, _)| &**n == "encoding").map(|(_, v)| v))
            .and_then(Value::as_str)?
            .to_ascii_lowercase()
            .as_str()
        {
            "rot13" | "rot_13" | "rot-13" => codec::decode("rot13", first),
            "hex" | "hex_codec" => decode("hex"),
            "base64" | "base64_codec" => decode("base64"),
            "zlib" | "zlib_codec" => decode("zlib"),
            "unicode_escape" | "unicode-escape" => Some(Value::str(
                codec::unescape(std::str::from_utf8(first.as_bytes()?).ok()?),
                labels.with(Labels::DECODED),
            )),
            _ => Some(Value::str(String::from_utf8_lossy(first.as_bytes()?).into_owned(), labels)),
        },
        "codecs.encode" => match args.get(1)?.as_str()? {
            "rot13" | "rot_13" => codec::decode("rot13", first),
            _ => None,
        },
        "base64.b64encode" | "b64encode" | "base64.urlsafe_b64encode" => {
            use base64::Engine as _;
            Some(Value::bytes(base64::engine::general_purpose::STANDARD.encode(first.as_bytes()?).into_bytes(), labels))
        }
        "binascii.hexlify" => Some(Value::bytes(
            first.as_bytes()?.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes(),
            labels,
        )),
        "chr" | "unichr" => Some(Value::str(
            char::from_u32(u32::try_from(first.as_int()?).ok()?)?.to_string(),
            labels.with(Labels::BUILT),
        )),
        "ord" => match &first.known {
            Known::Str(text) => Some(Value::num(f64::from(u32::from(text.chars().next()?)), labels)),
            Known::Bytes(bytes) => Some(Value::num(f64::from(*bytes.first()?), labels)),
            _ => None,
        },
        "int" => match args.get(1).or_else(|| named.iter().find(|(n, _)| &**n == "base").map(|(_, v)| v)) {
            Some(base) => {
                let base = u32::try_from(base.as_int()?).ok().filter(|b| (2..=36).contains(b) || *b == 0)?;
                let text = first.as_text()?.trim();
                let (digits, base) = match text.get(..2) {
                    Some("0x" | "0X") => (text.get(2..)?, 16),
                    Some("0b" | "0B") => (text.get(2..)?, 2),
                    Some("0o" | "0O") => (text.get(2..)?, 8),
                    _ => (text, if base == 0 { 10 } else { base }),
                };
                Some(Value::num(i64::from_str_radix(digits, base).ok()? as f64, labels))
            }
            None => match first.as_num() {
                Some(n) => Some(Value::num(n.trunc(), labels)),
                None => Some(Value::num(first.as_text()?.trim().parse::<i64>().ok()? as f64, labels)),
            },
        },
        "float" => Some(Value::num(first.as_num().or_else(|| first.as_str()?.trim().parse().ok())?, labels)),
        "abs" => Some(Value::num(first.as_num()?.abs(), labels)),
        "round" if args.len() == 1 => Some(Value::num(first.as_num()?.round(), labels)),
        "repr" | "ascii" if matches!(first.known, Known::Str(_) | Known::Text(_) | Known::Bytes(_)) => {
            let text = super::text::represented(first)?;
            let is_whole = !matches!(first.known, Known::Text(_));
            Some(if is_whole { Value::str(text, labels) } else { Value::text(text, labels) })
        }
        "str" | "repr" | "unicode" => match (&first.known, args.get(1)) {
            (Known::Str(_), _) if path == "str" => Some(first.clone()),
            (Known::Num(n), _) => Some(Value::str(number::text(*n), labels)),
            (Known::Bytes(bytes), Some(_)) => Some(Value::str(String::from_utf8_lossy(bytes).into_owned(), labels)),
            (Known::Text(_), _) => Some(first.clone()),
            _ => None,
        },
        "bytes" | "bytearray" => match &first.known {
            Known::Str(text) => Some(Value::bytes(text.as_bytes(), labels)),
            Known::Bytes(_) => Some(first.clone()),
            Known::Num(_) => {
                let count = first.as_int().filter(|c| (0..=MAX_BUFFER).contains(c))?;
                Some(Value::bytes(vec![0; usize::try_from(count).ok()?], labels))
            }
            _ => None,
        },
        "len" => match &first.known {
            Known::Str(text) => Some(Value::num(text.chars().count() as f64, labels)),
            Known::Bytes(bytes) => Some(Value::num(bytes.len() as f64, labels)),
            _ => None,
        },
        "hex" => Some(Value::str(format!("0x{:x}", first.as_int()?), labels)),
        "bool" => Some(Value::bool(first.truth()?, labels)),
        "os.path.expanduser" | "os.path.expandvars" | "os.path.abspath" | "os.path.normpath" | "os.path.realpath"
        | "pathlib.Path" | "Path" | "pathlib.PurePath" | "str.strip" | "shlex.quote" | "shlex.split" | "os.fspath"
        | "os.path.dirname" => {
            let text = first.as_text()?;
            if path == "os.path.dirname" && text.starts_with("{own file}") {
                return Some(Value::text("{own folder}".to_owned(), labels));
            }
            if path == "os.path.dirname" {
                let (folder, _) = text.rsplit_once(['/', '\\'])?;
                return Some(keep(first, folder.to_owned(), labels));
            }
            if args.len() > 1 && path.ends_with("Path") {
                return joined(args, labels);
            }
            Some(keep(first, text.to_owned(), labels))
        }
        "os.path.join" | "posixpath.join" | "ntpath.join" => joined(args, labels),
        "os.path.basename" => {
            let text = first.as_text()?;
            Some(keep(first, text.rsplit(['/', '\\']).next()?.to_owned(), labels))
        }
        "struct.pack" | "pack" if args.len() > 1 => packed(first.as_str()?, args.get(1..)?, labels),
        "socket.inet_aton" | "socket.inet_pton" => {
            let text = args.last()?.as_str()?;
            let bytes = match text.parse::<std::net::IpAddr>().ok()? {
                std::net::IpAddr::V4(address) => address.octets().to_vec(),
                std::net::IpAddr::V6(address) => address.octets().to_vec(),
            };
            Some(Value::bytes(bytes, labels.with(Labels::BUILT)))
        }
        "Fernet().decrypt" | "cryptography.fernet.Fernet().decrypt" => None,
        "ast.literal_eval" => None,
        "int.from_bytes" => {
            let bytes = first.as_bytes().filter(|b| b.len() <= 6)?;
            let little = args.get(1).and_then(Value::as_str) == Some("little");
            let fold = |n: u64, b: &u8| n << 8 | u64::from(*b);
            let n = if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) };
            Some(Value::num(n as f64, labels))
        }
        _ => None,
    }
}

/// Numbers as `struct.pack` writes them, which hide something when they are text. Of whole numbers that are longer than a
/// number holds here, only that they make bytes is known: a few are headers of formats, many are more than that.
fn packed(format: &str, numbers: &[Value], labels: Labels) -> Option<Value> {
    const MANY: usize = 4;
    const TEXT: usize = 8;
    let labels = labels.with(Labels::BUILT);
    let hidden = labels.with(Labels::DECODED);
    let given = numbers.len();
    if !numbers.iter().all(Value::is_constant) {
        return None;
    }
    let little = !matches!(format.bytes().next(), Some(b'>' | b'!'));
    let mut out = Vec::new();
    let mut numbers = numbers.iter();
    let mut count: Option<usize> = None;
    for c in format.chars().filter(|c| !matches!(c, '<' | '>' | '=' | '!' | '@' | ' ')) {
        if let Some(digit) = c.to_digit(10) {
            count = Some(count.unwrap_or(0).saturating_mul(10).saturating_add(usize::try_from(digit).ok()?));
            continue;
        }
        let many = count.take();
        if out.len() > MAX_PACKED {
            return None;
        }
        let size = match c {
            's' | 'p' => {
                let bytes = numbers.next()?.as_bytes()?;
                out.extend(bytes.iter().copied().chain(std::iter::repeat(0)).take(many.unwrap_or(1).min(MAX_PACKED)));
                continue;
            }
            'x' => {
                out.extend(std::iter::repeat_n(0, many.unwrap_or(1).min(MAX_PACKED)));
                continue;
            }
            'c' => {
                out.extend_from_slice(numbers.next()?.as_bytes()?);
                continue;
            }
            'b' | 'B' | '?' => 1,
            'h' | 'H' => 2,
            'i' | 'I' | 'l' | 'L' => 4,
            'q' | 'Q' => 8,
            _ => return None,
        };
        for _ in 0..many.unwrap_or(1).min(MAX_PACKED) {
            let Some(number) = numbers.next()?.as_int() else {
                return Some(Value::unknown(if given >= MANY { hidden } else { labels }));
            };
            let bytes = number.to_le_bytes();
            let taken = bytes.get(..size)?;
            if little { out.extend_from_slice(taken) } else { out.extend(taken.iter().rev()) }
        }
    }
    let is_text = out.len() >= TEXT && out.iter().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t' | 0));
    (out.len() <= MAX_PACKED).then(|| Value::bytes(out, if is_text { hidden } else { labels }))
}

/// A path changed the same way whether all of it is known or not.
fn keep(like: &Value, text: String, labels: Labels) -> Value {
    match like.known {
        Known::Text(_) => Value::text(text, labels),
        _ => Value::str(text, labels),
    }
}

pub(crate) fn joined(args: &[Value], labels: Labels) -> Option<Value> {
    let mut out = String::new();
    let mut whole = true;
    let mut any = false;
    for arg in args {
        let part = match arg.as_text() {
            Some(text) => {
                any = true;
                whole &= !matches!(arg.known, Known::Text(_));
                text
            }
            None => {
                whole = false;
                super::super::value::HOLE
            }
        };
        if part.starts_with('/') {
            out.clear();
        } else if !out.is_empty() && !out.ends_with(['/', '\\']) {
            out.push('/');
        }
        out.push_str(part);
    }
    if !any {
        return None;
    }
    Some(if whole { Value::str(out, labels) } else { Value::text(out, labels) })
}

/// Text with percent signs and codes in the place of what `escape` does not let stand.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b) if b.is_ascii_alphanumeric() || b"@*_+-./".contains(&b) => out.push(char::from(b)),
            Ok(b) => out.push_str(&format!("%{b:02X}")),
            Err(_) => out.push_str(&format!("%u{unit:04X}")),
        }
    }
    out
}

fn unescape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at..).unwrap_or_default();
        let end = tail.get(..12.min(tail.len())).and_then(|t| t.find(';')).unwrap_or(0);
        let entity = tail.get(1..end.max(1)).unwrap_or_default();
        let c = match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => entity
                .strip_prefix('#')
                .and_then(|n| match n.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => n.parse().ok(),
                })
                .and_then(char::from_u32),
        };
        match c {
            Some(c) => {
                out.push(c);
                rest = tail.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Text as it stands in a part of an address; what is not known of it stays as it is.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split(HOLE).enumerate() {
        if i > 0 {
            out.push_str(HOLE);
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn javascript(path: &str, args: &[Value]) -> Option<Value> {
    let first = args.first()?;
    let labels = args.iter().fold(Labels::NONE, |l, a| l.with(a.labels));
    match path {
        "atob" | "window.atob" => {
            let decoded = codec::base64(first.as_bytes()?)?;
            Some(Value::str(decoded.iter().map(|b| char::from(*b)).collect::<String>(), labels.with(Labels::DECODED)))
        }
        "btoa" => {
            use base64::Engine as _;
            Some(Value::str(base64::engine::general_purpose::STANDARD.encode(first.as_bytes()?), labels))
        }
        "Buffer.from" | "Buffer" | "buffer.Buffer.from" => match args.get(1).and_then(Value::as_str) {
            Some("base64" | "base64url") => codec::decode_bytes("base64", first),
            Some("hex") => codec::decode_bytes("hex", first),
            // As it is written for PowerShell.
            Some("utf16le" | "utf-16le" | "ucs2" | "ucs-2") => {
                let units = first.as_str()?.encode_utf16().flat_map(u16::to_le_bytes);
                Some(Value::bytes(units.collect::<Vec<u8>>(), labels))
            }
            _ => Some(Value::bytes(first.as_bytes()?, labels)),
        },
        "unescape" | "decodeURIComponent" | "decodeURI" => codec::decode("url", first),
        "encodeURIComponent" => Some(match &first.known {
            Known::Str(text) => Value::str(percent_encoded(text), labels),
            Known::Text(text) => Value::text(percent_encoded(text), labels),
            _ => return None,
        }),
        "escape" => Some(Value::str(escaped(first.as_str()?), first.labels)),
        "encodeURI" => Some(first.clone()).filter(|v| v.as_text().is_some()),
        "String.fromCharCode" | "String.fromCodePoint" => {
            let mut units = Vec::new();
            for arg in args {
                units.push(arg.as_num()? as i64 as u64 as u32);
            }
            let text: String = if path.ends_with("CodePoint") {
                units.iter().filter_map(|u| char::from_u32(*u)).collect()
            } else {
                let units: Vec<u16> = units.iter().map(|u| (*u & 0xffff) as u16).collect();
                String::from_utf16_lossy(&units)
            };
            let hidden = if codec::is_of_numbers(&text) { Labels::DECODED } else { Labels::NONE };
            Some(Value::str(text, labels.with(Labels::BUILT).with(hidden)))
        }
        "parseInt" | "Number.parseInt" => {
            let radix = args.get(1).and_then(Value::as_int).unwrap_or(0);
            let text = match &first.known {
                Known::Num(n) => number::text(*n),
                _ => first.as_str()?.to_owned(),
            };
            Some(Value::num(parse_int(&text, u32::try_from(radix).ok()?), labels))
        }
        "Number" | "parseFloat" | "Number.parseFloat" => match &first.known {
            Known::Num(_) => Some(first.clone()),
            Known::Str(text) => Some(Value::num(text.trim().parse().unwrap_or(f64::NAN), labels)),
            _ => None,
        },
        "String" => match &first.known {
            Known::Num(n) => Some(Value::str(number::text(*n), labels)),
            Known::Str(_) | Known::Text(_) => Some(first.clone()),
            _ => None,
        },
        "Boolean" => Some(Value::bool(first.truth()?, labels)),
        "Math.floor" | "Math.trunc" => Some(Value::num(first.as_num()?.floor(), labels)),
        "Math.ceil" => Some(Value::num(first.as_num()?.ceil(), labels)),
        "Math.round" => Some(Value::num(first.as_num()?.round(), labels)),
        "Math.abs" => Some(Value::num(first.as_num()?.abs(), labels)),
        "Math.pow" => Some(Value::num(first.as_num()?.powf(args.get(1)?.as_num()?), labels)),
        "Math.max" | "Math.min" => {
            let numbers: Option<Vec<f64>> = args.iter().map(Value::as_num).collect();
            let pick = if path == "Math.max" { f64::max } else { f64::min };
            numbers?.into_iter().reduce(pick).map(|n| Value::num(n, labels))
        }
        "isNaN" | "Number.isNaN" => Some(Value::bool(first.as_num()?.is_nan(), labels)),
        "zlib.gunzipSync" | "zlib.unzipSync" => codec::decode_bytes("gzip", first),
        "zlib.inflateSync" => codec::decode_bytes("zlib", first),
        "zlib.inflateRawSync" => codec::decode_bytes("deflate", first),
        "zlib.brotliDecompressSync" => codec::decode_bytes("brotli", first),
        "path.join" | "path.resolve" => joined(args, labels),
        "path.normalize" => Some(first.clone()).filter(|v| v.as_text().is_some()),
        _ => None,
    }
}

fn parse_int(text: &str, radix: u32) -> f64 {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (text, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(rest) if radix == 0 || radix == 16 => (rest, 16),
        _ => (text, if radix == 0 { 10 } else { radix }),
    };
    if !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let mut value = 0.0;
    let mut any = false;
    for digit in text.chars().map_while(|c| c.to_digit(radix)) {
        value = value * f64::from(radix) + f64::from(digit);
        any = true;
    }
    match (any, negative) {
        (false, _) => f64::NAN,
        (true, true) => -value,
        (true, false) => value,
    }
}

fn powershell(path: &str, args: &[Value]) -> Option<Value> {
    let first = args.first()?;
    let labels = args.iter().fold(Labels::NONE, |l, a| l.with(a.labels));
    match last(path) {
        "frombase64string" => codec::decode_bytes("base64", first),
        "getstring" if path.contains("unicode") => {
            let bytes = first.as_bytes()?;
            let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|p| u16::from_le_bytes(*p)).collect();
            Some(Value::str(String::from_utf16_lossy(&units), labels))
        }
        "getstring" => Some(Value::str(String::from_utf8_lossy(first.as_bytes()?).into_owned(), labels)),
        "getbytes" => Some(Value::bytes(first.as_bytes()?, labels)),
        "combine" if path.contains("path") => joined(args, labels),
        _ if path == "[char]" => Some(Value::str(
            char::from_u32(u32::try_from(first.as_int()?).ok()?)?.to_string(),
            labels.with(Labels::BUILT),
        )),
        _ if path == "[string]" => first.as_str().map(|_| first.clone()),
        _ if path == "[int]" => Some(Value::num(first.as_num()?, labels)),
        _ => None,
    }
}

/// PHP, Ruby, Perl, Lua.
fn other(path: &str, args: &[Value]) -> Option<Value> {
    let first = args.first()?;
    let labels = args.iter().fold(Labels::NONE, |l, a| l.with(a.labels));
    match path {
        "base64_decode"
        | "Base64.decode64"
        | "Base64.strict_decode64"
        | "Base64.urlsafe_decode64"
        | "decode_base64"
        | "MIME.Base64.decode_base64" => codec::decode("base64", first),
        "gzinflate" => codec::decode("deflate", first),
        "gzuncompress" | "Zlib.Inflate.inflate" | "Zlib.inflate" => codec::decode("zlib", first),
        "gzdecode" => codec::decode("gzip", first),
        "str_rot13" => codec::decode("rot13", first),
        "strrev" | "reverse" | "string.reverse" => codec::decode("reverse", first),
        "hex2bin" => codec::decode("hex", first),
        "urldecode" | "rawurldecode" | "URI.decode" | "CGI.unescape" => codec::decode("url", first),
        "chr" | "string.char" | "utf8.char" | "vim.fn.nr2char" => {
            let codes: Option<String> = args.iter().map(|a| char::from_u32(u32::try_from(a.as_int()?).ok()?)).collect();
            Some(Value::str(codes?, labels.with(Labels::BUILT)))
        }
        "pack" if first.as_str() == Some("H*") => codec::decode("hex", args.get(1)?),
        "str_replace" => {
            let (from, to, text) = (first.as_str()?, args.get(1)?.as_str()?, args.get(2)?.as_str()?);
            (!from.is_empty()).then(|| Value::str(text.replace(from, to), labels.with(Labels::BUILT)))
        }
        "File.join" => joined(args, labels),
        "strtolower" => Some(Value::str(first.as_str()?.to_lowercase(), labels)),
        "trim" => Some(Value::str(first.as_str()?.trim(), labels)),
        _ => None,
    }
}

/// Decryption with a key that stands in the script; `about` is what the cipher was made with.
#[must_use]
pub(crate) fn decrypt(path: &str, about: &Value, args: &[Value]) -> Option<Value> {
    if path.ends_with("Fernet().decrypt") {
        return cipher::fernet(about, args.first()?);
    }
    if path.ends_with("ARC4.new().decrypt") {
        return cipher::rc4(about, args.first()?);
    }
    None
}
