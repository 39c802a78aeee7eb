//! PowerShell: operators and functions that put text together, and methods that are called by a name.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// Variables that are the same wherever PowerShell runs; names of commands are made of their letters.
const GIVEN: &[(&str, &str)] = &[
    ("env.COMSPEC", "C:\\WINDOWS\\system32\\cmd.exe"),
    ("env.PUBLIC", "C:\\Users\\Public"),
    ("pshome", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0"),
    ("shellid", "Microsoft.PowerShell"),
    ("verbosepreference", "SilentlyContinue"),
];

/// Most numbers of a range.
const MOST_NUMBERS: usize = 1 << 16;

impl Machine {
    pub(super) fn builtin_of_powershell(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        let first = args.at(0);
        Some(match name {
            "-join" | "string.join" | "[string].join" => {
                let (list, separator) = match (name, args.at(1)) {
                    (_, None) => (first?.clone(), Value::str("", Labels::NONE)),
                    ("-join", Some(separator)) => (first?.clone(), separator.clone()),
                    (_, Some(list)) => (list.clone(), first?.clone()),
                };
                return self.method_of_text(&separator, "join", &Args::of(vec![list]));
            }
            // What lies in a file is compared by its digest, or asked for who has signed it.
            "get-filehash" | "get-authenticodesignature" => {
                let file = args.list.iter().find_map(|w| w.as_text().filter(|t| !t.starts_with('-')))?.to_owned();
                let labels = self.written(&file);
                let path = self.paths.root(name);
                Self::path_value(self.paths.call(path), labels)
            }
            "-f" => {
                let format = first?;
                let labels = self.labels_of(args).with(Labels::BUILT);
                let rest = args.list.get(1..)?;
                let rest = match rest {
                    [one] => self.elements(one).filter(|_| matches!(one.known, Known::Object(_))),
                    _ => None,
                }
                .unwrap_or_else(|| rest.to_vec());
                fold::text::format(format, &rest, &[], labels)
            }
            // What was found of it stands in a variable from then on.
            "-match" | "-cmatch" | "-imatch" => {
                let labels = self.all_labels(first?);
                let found = self.tree.sym("matches");
                self.assign_name(found, Value::unknown(labels));
                return None;
            }
            "-replace" | "-creplace" | "-ireplace" => {
                let text = first?.as_str()?;
                let (pattern, with) = (args.at(1)?.as_str()?, args.at(2).map_or(Some(""), Value::as_str)?);
                let pattern = plain_pattern(pattern)?;
                let labels = self.labels_of(args).with(Labels::BUILT);
                Value::str(text.replace(&pattern, with), labels)
            }
            "-split" | "-csplit" | "-isplit" => {
                let text = first?.clone();
                let pattern = plain_pattern(args.at(1).map_or(Some(" "), Value::as_str)?)?;
                return self.method_of_text(&text, "split", &Args::of(vec![Value::str(pattern, Labels::NONE)]));
            }
            // Numbers from one to another, up or down.
            ".." => {
                let (from, to) = (first?.as_int()?, args.at(1)?.as_int()?);
                let count = usize::try_from(from.abs_diff(to)).ok()?;
                if count > MOST_NUMBERS || !self.pay(count.saturating_mul(16)) {
                    return None;
                }
                let step = if from <= to { 1 } else { -1 };
                let labels = self.labels_of(args);
                let numbers = std::iter::successors(Some(from), |n| Some(n + step)).take(count + 1);
                let numbers = numbers.map(|n| Value::num(n as f64, labels)).collect();
                self.new_list(numbers, labels)
            }
            "array.reverse" | "[array].reverse" => {
                let Known::Object(list) = first?.known else { return None };
                if let Some(crate::analyze::script::heap::Kind::List(items)) =
                    self.heap.get_mut(list).map(|o| &mut o.kind)
                {
                    items.reverse();
                }
                Value::NIL
            }
            "[char[]]" | "[char].toarray" => return self.letters_of(&first?.clone()),
            // What is written back out of a stream is what was put into it.
            _ if name.ends_with(".readtoend") && this.is_some_and(Value::is_constant) => {
                let this = this?;
                match &this.known {
                    Known::Bytes(bytes) if self.pay(bytes.len()) => {
                        Value::str(String::from_utf8_lossy(bytes).into_owned(), this.labels)
                    }
                    _ => this.clone(),
                }
            }
            _ if stream_of(name).is_some() => self.streamed(stream_of(name)?, args, id)?,
            "new-object"
                if args.list.first().and_then(Value::as_str).is_some_and(|class| stream_of(class).is_some()) =>
            {
                let class = args.list.first()?.as_str()?.to_owned();
                let mut rest = Vec::new();
                for value in args.list.iter().skip(1) {
                    match self.elements(value).filter(|_| matches!(value.known, Known::Object(_))) {
                        Some(items) => rest.extend(items),
                        None => rest.push(value.clone()),
                    }
                }
                let rest = Args::of(rest.into_iter().filter(|v| v.as_str() != Some("-argumentlist")).collect());
                self.streamed(stream_of(&class)?, &rest, id)?
            }
            // A block of text is as good as executed.
            _ if name.ends_with("scriptblock.create")
                || name.ends_with("invokecommand.newscriptblock")
                || name.ends_with("invokecommand.invokescript") =>
            {
                let iex = self.paths.root("iex");
                self.call_path(iex, None, &Args::of(vec![first?.clone()]), id)
            }
            // A request of a COM object in steps: what it is asked for is in it from then on.
            _ if name.ends_with(".open") && args.at(1).and_then(Value::as_text).is_some_and(|t| t.contains("://")) => {
                let path = self.paths.root(name);
                self.event(Act::Fetch, path, id, &args.at(1)?.clone(), &Value::UNKNOWN, false);
                if let Known::Object(client) = this?.known {
                    self.taint(client, Labels::DOWNLOADED);
                }
                Value::UNKNOWN
            }
            // `$client.("Download" + "String").Invoke($address)`.
            _ if name.ends_with(".invoke") => {
                let method = name.strip_suffix(".invoke")?.to_owned();
                let path = self.paths.root(&method);
                self.word(path)?;
                self.call_path(path, this, args, id)
            }
            _ => return None,
        })
    }

    /// What a stream over something yields: the same, or what it unpacks to.
    fn streamed(&mut self, coding: &str, args: &Args, id: Id) -> Option<Value> {
        let given = args.at(0)?.clone();
        if coding.is_empty() || !given.is_constant() {
            return Some(given);
        }
        let packs = args.list.iter().skip(1).any(|mode| {
            mode.as_text().is_some_and(|t| {
                t.to_ascii_lowercase().ends_with("compress") && !t.to_ascii_lowercase().ends_with("decompress")
            })
        });
        if packs || !self.pay_for(&given) {
            return None;
        }
        let value = fold::codec::decode(coding, &given)?;
        self.note_decoded(&value, id);
        Some(value)
    }

    /// The letters of a text, as a list of texts.
    pub(super) fn letters_of(&mut self, text: &Value) -> Option<Value> {
        let letters = text.as_str()?;
        if !self.pay(letters.len() * 16) {
            return None;
        }
        let letters = letters.chars().map(|c| Value::str(c.to_string(), text.labels)).collect();
        Some(self.new_list(letters, text.labels))
    }

    /// A variable that has the same value everywhere.
    pub(super) fn given_by_powershell(&self, value: &Value) -> Option<Rc<str>> {
        let name = match &value.known {
            Known::Path(path) => self.paths.text(*path).to_owned(),
            // `%COMSPEC%`.
            Known::Text(text) => format!("env.{}", text.strip_prefix('%')?.strip_suffix('%')?),
            _ => return None,
        };
        GIVEN.iter().find(|(given, _)| given.eq_ignore_ascii_case(&name)).map(|(_, text)| (*text).into())
    }

    /// Several letters or elements at once: `$name[4,15,25]`.
    pub(super) fn picked(&mut self, object: &Value, places: &[Value]) -> Option<Value> {
        const MOST: usize = 1 << 16;
        let given = self.given_by_powershell(object);
        let of: Vec<Value> = match &given {
            Some(text) => text.chars().map(|c| Value::str(c.to_string(), Labels::BUILT)).collect(),
            None => self.elements(object)?,
        };
        let count = i64::try_from(of.len()).ok()?;
        if places.len() > MOST || !self.pay(places.len() * 16) {
            return None;
        }
        let items = places
            .iter()
            .map(|place| {
                let at = place.as_int()?;
                // What lies beyond the end is nothing, and is left out when they are joined.
                Some(usize::try_from(if at < 0 { at + count } else { at }).ok().and_then(|at| of.get(at).cloned()))
            })
            .collect::<Option<Vec<Option<Value>>>>()?
            .into_iter()
            .flatten()
            .collect();
        Some(self.new_list(items, Labels::BUILT))
    }
}

/// How a class of streams undoes what it is given (in no way: empty), by its name, a cast to it or what makes one of it.
fn stream_of(class: &str) -> Option<&'static str> {
    if class.len() > 64 || !class.is_ascii() {
        return None;
    }
    let class = class.to_ascii_lowercase().replace(['[', ']'], "");
    let class = class.strip_suffix(".new").unwrap_or(&class);
    Some(match class.strip_prefix("system.").unwrap_or(class) {
        "io.memorystream" | "io.streamreader" => "",
        "io.compression.gzipstream" => "gzip",
        "io.compression.deflatestream" => "deflate",
        "io.compression.zlibstream" => "zlib",
        _ => return None,
    })
}

/// A pattern that means itself.
fn plain_pattern(pattern: &str) -> Option<String> {
    let mut plain = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => plain.push(letters.next().filter(|c| !c.is_ascii_alphanumeric())?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' => return None,
            c => plain.push(c),
        }
    }
    (!plain.is_empty()).then_some(plain)
}
