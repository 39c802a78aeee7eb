//! R: functions of its libraries that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::python::TEMPORARY_FOLDER;
use crate::analyze::script::event::{Act, When};
use crate::analyze::script::fold::builtin::joined;
use crate::analyze::script::fold::codec;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::Id;

/// Most pieces of a text.
const MOST: usize = 1 << 16;

/// What stands in a file that was fetched and holds objects as they are, functions among them.
pub(super) const CARRIED: Labels = Labels::DOWNLOADED.with(Labels::WRITTEN);

impl Machine {
    pub(super) fn builtin_of_r(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let path = self.paths.root(name);
        let first = args.at(0).cloned();
        let labels = self.labels_of(args);
        Some(match name {
            "Sys.getenv" if first.is_none() => {
                self.source(Labels::ENV_ALL, name, id);
                Value::unknown(Labels::ENV_ALL)
            }
            "Sys.getenv" => {
                let asked = first?;
                let variable = asked.as_str()?;
                let of = crate::analyze::script::words::labels_of_variable(variable).with(Labels::ENV);
                self.source(of, name, id);
                if variable == "HOME" { Value::text("~".to_owned(), Labels::USER) } else { Value::unknown(of) }
            }
            "paste0" | "paste" => {
                let separator = match args.named("sep").and_then(Value::as_str) {
                    Some(sep) => sep.to_owned(),
                    None if name == "paste" => " ".to_owned(),
                    None => String::new(),
                };
                let between = args.named("collapse").and_then(Value::as_str).map(str::to_owned);
                let mut parts: Vec<Rc<str>> = Vec::new();
                let mut whole = true;
                for value in &args.list {
                    let items = match value.known {
                        Known::Object(_) => self.elements(value).unwrap_or_else(|| vec![value.clone()]),
                        _ => vec![value.clone()],
                    };
                    whole &= items.iter().all(Value::is_constant);
                    if parts.len() + items.len() > MOST {
                        return Some(Value::unknown(labels));
                    }
                    let shown: Vec<Rc<str>> = items.iter().map(|item| self.shown_or_hole(item)).collect();
                    match &between {
                        Some(between) if shown.len() > 1 => parts.push(shown.join(between).into()),
                        _ => parts.extend(shown),
                    }
                }
                let text = parts.join(&separator);
                if !self.pay(text.len()) {
                    return Some(Value::UNKNOWN);
                }
                let labels = labels.with(Labels::BUILT);
                if whole { Value::str(text, labels) } else { Value::text(text, labels) }
            }
            "sprintf" => self.formatted(args)?,
            "file.path" => {
                let list: Vec<Value> = args.list.iter().map(|part| self.as_part(part)).collect();
                joined(&list, labels)?
            }
            "path.expand" | "normalizePath" | "rawToChar" | "as.character" | "unlist" | "toString" | "trimws"
            | "enc2utf8" | "as.list" | "toJSON" | "serialize" | "parse" | "charToRaw" | "as.raw" | "content"
            | "suppressWarnings" | "as.integer" | "file" | "gzfile" | "URLencode" | "curlEscape" | "base64_enc"
            | "base64encode" | "base64Encode" | "memCompress" => {
                let given = args.named("text").cloned().or(first)?;
                let given = match given.known {
                    Known::Object(_) if name == "rawToChar" => self.list_as_text(&given, false)?,
                    Known::Bytes(ref bytes) if name == "rawToChar" => match std::str::from_utf8(bytes) {
                        Ok(text) => Value::str(text, given.labels),
                        Err(_) => given,
                    },
                    Known::Object(_)
                        if matches!(
                            name,
                            "toJSON" | "serialize" | "unlist" | "content" | "URLencode" | "base64_enc" | "base64encode"
                        ) =>
                    {
                        let all = self.all_labels(&given);
                        given.labelled(all)
                    }
                    _ => given,
                };
                return Some(given);
            }
            // What is read of a connection is what that brings.
            "readLines" | "readChar" | "readBin" | "scan"
                if first.as_ref().is_some_and(|f| f.labels.any(Labels::DOWNLOADED)) =>
            {
                return first;
            }
            "intToUtf8" => {
                let given = first?;
                match given.known {
                    Known::Object(_) => {
                        let items = self.elements(&given)?;
                        let text: String = items
                            .iter()
                            .map(|item| {
                                item.as_num().and_then(|n| char::from_u32(n.max(0.0) as u32)).unwrap_or('\u{fffd}')
                            })
                            .collect();
                        self.see_progress(super::expression::EARNED_BY_TEXT);
                        Value::str(text, labels.with(Labels::BUILT))
                    }
                    Known::Num(n) => Value::str(
                        char::from_u32(n.max(0.0) as u32).unwrap_or('\u{fffd}').to_string(),
                        labels.with(Labels::BUILT),
                    ),
                    _ => Value::unknown(labels),
                }
            }
            "base64decode" | "base64_dec" | "base64_decode" | "base64Decode" | "hex2bin" => {
                let given = first?;
                let coding = if name == "hex2bin" { "hex" } else { "base64" };
                match codec::decode(coding, &given) {
                    Some(value) => {
                        self.note_decoded(&value, id);
                        match value.as_bytes().map(std::str::from_utf8) {
                            Some(Ok(text)) => Value::str(text, value.labels),
                            _ => value,
                        }
                    }
                    None => Value::unknown(labels),
                }
            }
            "tempfile" | "tempdir" => {
                let end = args.named("fileext").and_then(Value::as_str).unwrap_or_default();
                Value::text(format!("{TEMPORARY_FOLDER}/x{end}"), Labels::NONE)
            }
            // Scripts of analyses take functions from where they are published; a package has its own code.
            "source" | "sys.source" | "source_url" | "devtools.source_url" => {
                let from = first.or_else(|| args.named("file").cloned())?;
                let is_far = from.as_text().is_some_and(|text| text.starts_with("http"));
                if is_far && self.when != When::Main {
                    self.event(Act::Fetch, path, id, &from, &Value::UNKNOWN, false);
                    let code = Value::unknown(from.labels.with(Labels::DOWNLOADED));
                    self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                } else if self.all_labels(&from).any(Labels::DOWNLOADED)
                    || from.as_text().is_some_and(|text| self.written(text).any(Labels::DOWNLOADED))
                {
                    let code = Value::unknown(Labels::DOWNLOADED);
                    self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                }
                Value::UNKNOWN
            }
            // What lies far away is read as what lies here.
            "readLines" | "readRDS" | "readBin" | "scan" | "read.csv" | "read.table" | "fromJSON"
                if first.as_ref()?.as_text().is_some_and(|text| text.starts_with("http")) =>
            {
                self.event(Act::Fetch, path, id, &first?, &Value::UNKNOWN, false);
                Value::unknown(Labels::DOWNLOADED)
            }
            // Objects out of a file that was fetched: functions among them.
            "readRDS" | "load"
                if first.as_ref()?.as_text().is_some_and(|f| self.written(f).any(Labels::DOWNLOADED)) =>
            {
                Value::unknown(CARRIED)
            }
            "fromJSON" => first?,
            "writeLines" | "cat" | "writeBin" | "saveRDS" | "write" | "write.csv" => {
                let to = args
                    .named("con")
                    .or_else(|| args.named("file"))
                    .cloned()
                    .or_else(|| args.at(1).filter(|_| name != "cat").cloned())?;
                self.write_file(path, &to, &first?, id);
                Value::UNKNOWN
            }
            "system2" => {
                let command = first?;
                let options = args.named("args").or(args.at(1)).cloned();
                self.prepare(&command, options.as_ref());
                let line = self.prepared.take()?;
                let word = self.word(path)?;
                let labels = self.all_labels(&line);
                return Some(self.act(word, path, None, &Args::of(vec![line]), id, labels));
            }
            "nchar" => Value::num(first?.as_str()?.chars().count() as f64, labels),
            "rev" => {
                let mut items = self.elements(&first?)?;
                items.reverse();
                self.new_list(items, labels)
            }
            "strsplit" => {
                let (text, at) = (first?, args.at(1)?.clone());
                let parts = self.method_of_text(&text, "split", &Args::of(vec![at]))?;
                self.new_list(vec![parts], labels)
            }
            "do.call" => {
                let called = first?;
                let given = args.at(1).cloned().unwrap_or(Value::NIL);
                let list = self.elements(&given).unwrap_or_default();
                let function = match called.as_str() {
                    Some(name) => {
                        let named = self.paths.root(name);
                        Self::path_value(named, called.labels)
                    }
                    None => called,
                };
                return Some(self.call_value(&function, None, &Args::of(list), id, false));
            }
            "lapply" | "sapply" | "vapply" | "Map" | "purrr.map" | "map" | "walk" => {
                let (over, function) = (first?, args.at(1)?.clone());
                let (over, function) = match over.known {
                    Known::Func(..) => (function, over),
                    _ => (over, function),
                };
                return Some(self.map(&function, &over, id));
            }
            "exists" | "file.exists" | "is.null" | "nzchar" | "identical" => Value::unknown(labels.only(Labels::TIME)),
            "tryCatch" | "try" | "withCallingHandlers" | "on.exit" => {
                first.unwrap_or_else(|| Value::text(HOLE.to_owned(), labels))
            }
            _ => return None,
        })
    }
}
