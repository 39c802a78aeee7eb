//! Rust: iterators, builders of commands and of requests.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold::builtin::joined;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Op};

/// Longest range whose numbers are listed.
const MAX_RANGE: f64 = 65536.0;
/// Libraries that make requests step by step.
const CLIENTS: &[&str] = &["reqwest.", "ureq.", "minreq.", "attohttpc.", "isahc.", "surf."];

impl Machine {
    pub(super) fn helper_of_rust(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let first = args.at(0)?.clone();
        Some(match name {
            "{chars}" => match &first.known {
                Known::Str(_) => {
                    let items = self.elements(&first)?;
                    self.new_list(items, first.labels)
                }
                _ => first,
            },
            "{reversed}" => match self.elements(&first) {
                Some(mut items) => {
                    items.reverse();
                    self.new_list(items, first.labels)
                }
                None => first,
            },
            "{collected}" => match first.known {
                Known::Object(list) if self.heap.list(list).is_some() => self.list_as_text(&first, false)?,
                _ => first,
            },
            "{map}" => {
                let by = args.at(1)?.clone();
                let is_list = match &first.known {
                    Known::Object(object) => self.heap.list(*object).is_some(),
                    Known::Bytes(_) => true,
                    _ => false,
                };
                if is_list {
                    self.map(&by, &first, id)
                } else {
                    // What there may be one of, or many that nobody knows.
                    let over = self.handed_out_by(&first, false).unwrap_or(first);
                    self.call_value(&by, None, &Args::of(vec![over]), id, false)
                }
            }
            "{join}" => {
                let with = args.at(1)?.clone();
                match first.known {
                    Known::Object(object) if self.heap.list(object).is_some() => {
                        return self.method_of_text(&with, "join", &Args::of(vec![first]));
                    }
                    _ => {
                        let part = self.as_content(&with);
                        let labels = self.all_labels(&first).with(self.all_labels(&part));
                        joined(&[first, part], labels).unwrap_or(Value::unknown(labels))
                    }
                }
            }
            "{push}" => {
                let more = args.at(1)?.clone();
                match &first.known {
                    Known::Str(_) | Known::Text(_) => self.operate(Op::Add, &first, &more),
                    Known::Object(_) => return self.helper_of_compiled("{append}", &Args::of(vec![first, more])),
                    _ => first.labelled(self.all_labels(&more)),
                }
            }
            "{filled}" => match args.at(1).and_then(Value::as_num) {
                Some(count) if (0.0..=MAX_RANGE).contains(&count) && self.pay(count as usize * 16) => {
                    let items = vec![first; count as usize];
                    self.new_list(items, Labels::NONE)
                }
                _ => Value::unknown(first.labels),
            },
            "{range}" => {
                let from = first.as_num().or((first.known == Known::Nil).then_some(0.0));
                match (from, args.at(1).and_then(Value::as_num)) {
                    (Some(from), Some(to))
                        if to - from <= MAX_RANGE && self.pay(((to - from).max(0.0) * 16.0) as usize) =>
                    {
                        let count = (to - from).max(0.0) as u32;
                        let items = (0..count).map(|i| Value::num(from + f64::from(i), Labels::NONE)).collect();
                        self.new_list(items, Labels::NONE)
                    }
                    _ => Value::unknown(self.labels_of(args)),
                }
            }
            "{write}" => {
                let given = args.at(1)?.clone();
                let path = self.paths.root("std.io.Write.write_fmt");
                self.pour(path, &first, &given, id);
                Value::UNKNOWN
            }
            _ => return None,
        })
    }

    pub(super) fn builtin_of_rust(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let (of, method) = name.rsplit_once('.')?;
        let path = self.paths.root(name);
        if of.ends_with("process.Command") && method == "new" {
            let program = self.as_content(args.at(0)?);
            let words = self.new_list(vec![program], Labels::NONE);
            let made = self.paths.call(path);
            return Some(self.handle(made, words, Labels::NONE));
        }
        if of.ends_with("process.Command.new()") {
            return self.command_of_rust(method, this?, args, id);
        }
        // Letters that were collected are a text.
        if ["std.fs.", "std.env.", "std.net."].iter().any(|library| name.starts_with(library))
            && args.list.iter().any(|arg| matches!(arg.known, Known::Object(list) if self.heap.list(list).is_some()))
        {
            let list: Vec<Value> = args.list.iter().map(|arg| self.as_content(arg)).collect();
            if list != args.list {
                let given = Args { list, named: args.named.clone(), open: args.open };
                return Some(self.call_path(path, this, &given, id));
            }
        }
        match name {
            "std.env.temp_dir" => return Some(Value::str("/tmp", Labels::NONE)),
            "std.env.home_dir" | "dirs.home_dir" | "home.home_dir" | "dirs_next.home_dir" => {
                self.source(Labels::USER, name, id);
                return Some(Value::text("~".to_owned(), Labels::USER));
            }
            "std.fs.write" => {
                let (file, data) = (args.at(0)?.clone(), self.as_content(args.at(1)?));
                self.write_file(path, &file, &data, id);
                return Some(Value::UNKNOWN);
            }
            "std.fs.File.create().write_all" | "std.fs.File.create().write" => {
                let (file, data) = (self.about(this?), self.as_content(args.at(0)?));
                self.write_file(path, &file, &data, id);
                return Some(Value::UNKNOWN);
            }
            "std.io.copy" => {
                let (from, to) = (args.at(0)?.clone(), args.at(1)?.clone());
                self.pour(path, &to, &from, id);
                return Some(Value::unknown(self.all_labels(&from)));
            }
            _ => {}
        }
        self.request_of_rust(of, method, this, args, id)
    }

    /// A command that is put together word by word.
    fn command_of_rust(&mut self, method: &str, this: &Value, args: &Args, id: Id) -> Option<Value> {
        let Known::Object(words) = self.about(this).known else { return None };
        match method {
            "arg" | "args" => {
                let given = args.at(0)?.clone();
                let more = match self.elements(&given).filter(|_| method == "args") {
                    Some(items) => items,
                    None => vec![self.as_content(&given)],
                };
                if let Some(Kind::List(items)) = self.heap.get_mut(words).map(|o| &mut o.kind)
                    && items.len() < 1024
                {
                    items.extend(more);
                }
                Some(this.clone())
            }
            "spawn" | "status" | "output" | "exec" => {
                let list = self.heap.list(words)?.clone();
                let path = self.paths.root("std.process.Command");
                self.start_words(path, list, Labels::NONE, id)
            }
            "env" | "envs" | "current_dir" | "stdin" | "stdout" | "stderr" | "env_remove" | "env_clear"
            | "creation_flags" | "kill_on_drop" | "uid" | "gid" | "process_group" => Some(this.clone()),
            _ => None,
        }
    }

    /// A request that is put together step by step, and sent at the end.
    fn request_of_rust(&mut self, of: &str, method: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let client = CLIENTS.iter().any(|client| of.starts_with(client));
        if !client {
            return None;
        }
        let path = self.paths.root(&format!("{of}.{method}"));
        let begins = |of: &str| {
            ["post", "put", "patch", "get", "head", "request", "delete"].iter().any(|m| of.contains(&format!(".{m}()")))
        };
        if matches!(method, "post" | "put" | "patch" | "get" | "head" | "request" | "delete") && !begins(of) {
            let address = args.list.iter().rfind(|a| a.as_text().is_some()).cloned().unwrap_or(Value::UNKNOWN);
            // Functions that ask at once.
            if method == "get" && matches!(of, "reqwest" | "reqwest.blocking") {
                return None;
            }
            let made = self.paths.call(path);
            return Some(self.handle(made, address.clone(), address.labels.without(Labels::BUILT)));
        }
        let this = this?;
        let Known::Object(object) = this.known else { return None };
        if !begins(of) {
            return None;
        }
        let given = self.labels_of(args);
        match method {
            "send" | "call" | "send_string" | "send_json" | "send_bytes" | "send_form" => {
                let about = self.about(this);
                let data = self.all_labels(this).with(given).without(about.labels);
                let is_post = [".post()", ".put()", ".patch()"].iter().any(|m| of.contains(m));
                let telling = Labels::SECRET.with(Labels::IDENTITY).with(Labels::OUTPUT);
                let act = if is_post || data.with(about.labels).any(telling) { Act::Send } else { Act::Fetch };
                self.event(act, path, id, &about, &Value::unknown(data), false);
                let made = self.paths.call(path);
                Some(self.handle(made, about, Labels::DOWNLOADED.with(data)))
            }
            _ => {
                self.taint(object, given);
                Some(this.clone())
            }
        }
    }
}
