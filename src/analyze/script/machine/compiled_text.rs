//! Text of Go and Rust: what is put together, cut, decoded and formatted.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold::{codec, number};
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::Id;

/// Longest text that is put together, in bytes.
const MAX_TEXT: usize = 1 << 20;

impl Machine {
    /// Methods of lists that are buffers or bytes.
    pub(super) fn method_of_compiled(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let Known::Object(id) = object.known else { return None };
        if !matches!(self.heap.get(id)?.kind, Kind::List(_)) {
            return None;
        }
        match name {
            "WriteString" | "WriteByte" | "WriteRune" | "Write" => {
                let given = args.at(0)?.clone();
                let given = match (name, &given.known) {
                    ("WriteRune", Known::Num(n)) if *n >= 128.0 && *n < 1_114_112.0 => {
                        Value::str(char::from_u32(*n as u32).unwrap_or('\u{fffd}').to_string(), given.labels)
                    }
                    _ => self.as_content(&given),
                };
                let labels = self.all_labels(&given);
                let target = self.heap.get_mut(id)?;
                target.labels = target.labels.with(labels);
                if let Kind::List(items) = &mut target.kind {
                    if items.len() < MAX_TEXT { items.push(given) } else { target.open = true }
                }
                Some(Value::UNKNOWN)
            }
            // What a writer that packs or encodes is given lands in the buffer behind it, in another form.
            "Encode" | "EncodeElement" => {
                let labels = self.all_labels(args.at(0)?);
                let target = self.heap.get_mut(id)?;
                target.labels = target.labels.with(labels);
                if let Kind::List(items) = &mut target.kind {
                    if items.len() < MAX_TEXT { items.push(Value::unknown(labels)) } else { target.open = true }
                }
                Some(Value::UNKNOWN)
            }
            "String" | "Bytes" => self.list_as_text(object, name == "Bytes"),
            "Len" | "Cap" => Some(Value::UNKNOWN),
            "Reset" => {
                if let Kind::List(items) = &mut self.heap.get_mut(id)?.kind {
                    items.clear();
                }
                Some(Value::UNKNOWN)
            }
            _ => None,
        }
    }

    /// A list of bytes, characters or texts as one text.
    pub(super) fn list_as_text(&mut self, list: &Value, as_bytes: bool) -> Option<Value> {
        let labels = self.all_labels(list).with(Labels::BUILT);
        let Some(items) = self.elements(list) else { return Some(Value::unknown(labels)) };
        let mut out: Vec<u8> = Vec::new();
        let mut whole = true;
        let mut is_known = items.is_empty();
        // Numbers beyond a byte are characters.
        let has_runes = items.iter().any(|item| item.as_num().is_some_and(|n| n > 255.0));
        for item in &items {
            match (&item.known, item.as_bytes()) {
                (Known::Num(n), _) if has_runes => {
                    let c = char::from_u32(n.max(0.0) as u32).unwrap_or('\u{fffd}');
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    is_known = true;
                }
                (Known::Num(n), _) => {
                    out.push(n.trunc().rem_euclid(256.0) as u8);
                    is_known = true;
                }
                (_, Some(bytes)) => {
                    out.extend_from_slice(bytes);
                    is_known = true;
                }
                _ => {
                    whole = false;
                    is_known |= self.shown(item).is_some();
                    out.extend_from_slice(self.shown_or_hole(item).as_bytes());
                }
            }
            if out.len() > MAX_TEXT {
                return Some(Value::unknown(labels));
            }
        }
        if !is_known {
            return Some(Value::unknown(labels));
        }
        if !self.pay(out.len()) {
            return Some(Value::UNKNOWN);
        }
        self.see_progress(super::expression::EARNED_BY_TEXT);
        Some(match String::from_utf8(out) {
            Ok(text) if !whole => Value::text(text, labels),
            Ok(text) if as_bytes => Value::bytes(text.into_bytes(), labels),
            Ok(text) => Value::str(text, labels),
            Err(error) => Value::bytes(error.into_bytes(), labels),
        })
    }

    pub(super) fn text_of_compiled(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let _ = this;
        let first = args.at(0).cloned();
        let labels = self.labels_of(args);
        if let Some(coding) = coding(name) {
            let given = self.as_content(&first?);
            return match codec::decode(coding, &given) {
                Some(value) => {
                    self.note_decoded(&value, id);
                    // Bytes that are text are text.
                    Some(match &value.known {
                        Known::Bytes(bytes) => match std::str::from_utf8(bytes) {
                            Ok(text) => Value::str(text, value.labels),
                            Err(_) => value,
                        },
                        _ => value,
                    })
                }
                None => Some(Value::unknown(given.labels)),
            };
        }
        let method = |m: &mut Self, text: &Value, name: &str, rest: &[Value]| {
            let text = m.as_content(text);
            if !m.pay(text.as_bytes().map_or(0, <[u8]>::len)) {
                return Some(Value::UNKNOWN);
            }
            m.method_of_text(&text, name, &Args::of(rest.to_vec()))
        };
        let rest = args.list.get(1..).unwrap_or_default();
        match name {
            "strings.Builder" | "bytes.Buffer" => Some(self.new_list(Vec::new(), Labels::NONE)),
            "bytes.NewBuffer" | "bytes.NewBufferString" => {
                let given = self.as_content(&first?);
                let items = if given.known == Known::Nil { Vec::new() } else { vec![given] };
                Some(self.new_list(items, labels))
            }
            "bytes.NewReader"
            | "strings.NewReader"
            | "bufio.NewReader"
            | "bufio.NewWriter"
            | "io.NopCloser"
            | "strings.TrimSpace"
            | "strings.ToValidUTF8"
            | "path/filepath.Clean"
            | "path/filepath.ToSlash"
            | "path/filepath.FromSlash"
            | "os.ExpandEnv"
            | "encoding/json.RawMessage"
            | "io.LimitReader" => {
                let given = first?;
                match given.known {
                    Known::Object(id) if self.heap.list(id).is_none() => Some(given),
                    Known::Object(_) | Known::Str(_) | Known::Bytes(_) | Known::Text(_) => Some(given),
                    _ => None,
                }
            }
            "compress/gzip.NewWriter"
            | "compress/zlib.NewWriter"
            | "compress/flate.NewWriter"
            | "encoding/json.NewEncoder"
            | "encoding/gob.NewEncoder"
            | "encoding/xml.NewEncoder"
            | "encoding/hex.NewEncoder"
            | "encoding/base64.NewEncoder" => {
                let into = args.list.get(usize::from(name.ends_with("base64.NewEncoder")))?;
                let is_buffer = matches!(into.known, Known::Object(id) if self.heap.list(id).is_some());
                is_buffer.then(|| into.clone())
            }
            "strings.Join" | "bytes.Join" => {
                let separator = args.at(1)?.clone();
                self.method_of_text(&separator, "join", &Args::of(vec![first?]))
            }
            "strings.ReplaceAll" | "strings.Replace" | "bytes.ReplaceAll" => {
                method(self, &first?, "replaceAll", rest.get(..2)?)
            }
            "strings.Repeat" => method(self, &first?, "repeat", rest),
            "strings.ToLower" => method(self, &first?, "lower", &[]),
            "strings.ToUpper" => method(self, &first?, "upper", &[]),
            "strings.Split" => method(self, &first?, "split", rest.get(..1)?),
            "strings.Trim" => method(self, &first?, "strip", rest),
            "strings.TrimLeft" => method(self, &first?, "lstrip", rest),
            "strings.TrimRight" => method(self, &first?, "rstrip", rest),
            "strings.TrimPrefix" | "strings.TrimSuffix" => {
                let given = first?;
                let (text, end) = (given.as_str()?, args.at(1)?.as_str()?);
                let cut = if name.ends_with("Prefix") { text.strip_prefix(end) } else { text.strip_suffix(end) };
                Some(Value::str(cut.unwrap_or(text), labels))
            }
            "strings.Contains" => method(self, &first?, "contains", rest),
            "strings.HasPrefix" => method(self, &first?, "startswith", rest),
            "strings.HasSuffix" => method(self, &first?, "endswith", rest),
            "strings.Map" => {
                let function = first?;
                let runes = self.call_path_named("{runes}", &Args::of(vec![args.at(1)?.clone()]), id);
                self.elements(&runes)?;
                let made = self.map(&function, &runes, id);
                self.list_as_text(&made, false)
            }
            "strconv.Itoa" | "strconv.FormatInt" => Some(Value::str(number::text(first?.as_num()?), labels)),
            "fmt.Sprintf" => self.formatted(args),
            "fmt.Sprint" => {
                let parts: Vec<Rc<str>> = args.list.iter().map(|part| self.shown_or_hole(part)).collect();
                let whole = args.list.iter().all(Value::is_constant);
                let text = parts.concat();
                Some(if whole { Value::str(text, labels) } else { Value::text(text, labels) })
            }
            // Digests and names that are spelled in other letters are still what they are.
            "encoding/hex.EncodeToString" => {
                let given = self.as_content(&first?);
                match given.as_bytes() {
                    Some(bytes) if given.is_constant() => {
                        let text: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
                        Some(Value::str(text, labels))
                    }
                    _ => Some(Value::unknown(labels)),
                }
            }
            _ => None,
        }
    }

    fn call_path_named(&mut self, name: &str, args: &Args, id: Id) -> Value {
        let path = self.paths.root(name);
        self.call_path(path, None, args, id)
    }

    /// `Sprintf`: the format with what it is given in the place of its verbs.
    pub(super) fn formatted(&mut self, args: &Args) -> Option<Value> {
        let format = args.at(0)?;
        let labels = self.labels_of(args);
        let Some(text) = format.as_text().map(str::to_owned) else { return Some(Value::unknown(labels)) };
        let mut out = String::with_capacity(text.len());
        let mut whole = matches!(format.known, Known::Str(_) | Known::Bytes(_));
        let mut given = args.list.iter().skip(1);
        let mut rest = text.as_str();
        while let Some(at) = rest.find('%') {
            out.push_str(rest.get(..at).unwrap_or_default());
            let tail = rest.get(at + 1..).unwrap_or_default();
            let len = tail.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(tail.len());
            let verb = tail.get(len..).and_then(|t| t.chars().next()).unwrap_or('%');
            rest = tail.get(len + verb.len_utf8()..).unwrap_or_default();
            if verb == '%' {
                out.push('%');
                continue;
            }
            let Some(value) = given.next() else { continue };
            let value = self.as_content(value);
            let made = match (verb, &value.known) {
                ('c', Known::Num(n)) => char::from_u32(n.max(0.0) as u32).map(|c| Rc::from(c.to_string())),
                ('x', Known::Num(n)) => Some(Rc::from(format!("{:x}", n.max(0.0) as u64))),
                ('x' | 'X' | 'p', _) => None,
                _ => self.shown(&value),
            };
            match made {
                Some(text) => {
                    whole &= !matches!(value.known, Known::Text(_));
                    out.push_str(&text);
                }
                None => {
                    whole = false;
                    out.push_str(HOLE);
                }
            }
            if out.len() > MAX_TEXT {
                return Some(Value::unknown(labels));
            }
        }
        out.push_str(rest);
        if !self.pay(out.len()) {
            return Some(Value::UNKNOWN);
        }
        let labels = labels.with(Labels::BUILT);
        Some(if whole { Value::str(out, labels) } else { Value::text(out, labels) })
    }
}

/// How a function decodes what it is given.
fn coding(name: &str) -> Option<&'static str> {
    let (of, function) = name.rsplit_once('.')?;
    match (of, function) {
        ("encoding/hex" | "hex", "DecodeString" | "decode") => Some("hex"),
        _ if of.starts_with("encoding/base64.") && function == "DecodeString" => Some("base64"),
        _ if of.starts_with("encoding/base32.") && function == "DecodeString" => Some("base32"),
        ("base64", "decode") => Some("base64"),
        _ if (of.starts_with("base64.engine") || of.starts_with("base64.prelude")) && function == "decode" => {
            Some("base64")
        }
        ("net/url", "QueryUnescape" | "PathUnescape") => Some("url"),
        _ => None,
    }
}
