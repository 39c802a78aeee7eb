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
