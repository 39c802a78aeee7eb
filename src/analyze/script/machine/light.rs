//! PHP, Ruby, Perl and Lua: functions that need the machine.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Most elements over which a block is called.
const MAX_MAPPED: usize = 16 << 10;

impl Machine {
    pub(super) fn builtin_of_light(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        match self.language {
            Language::Php => self.builtin_of_php(name, args, id),
            Language::Perl => self.builtin_of_perl(name, args, id),
            Language::Ruby => self.builtin_of_ruby(name, this, args, id),
            Language::Lua => self.builtin_of_lua(name, args, id),
            _ => None,
        }
    }

    fn builtin_of_php(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let first = args.at(0)?;
        Some(match name {
            "implode" | "join" => {
                let (separator, over) = match args.at(1) {
                    Some(over) if matches!(first.known, Known::Object(_)) => (over.clone(), first.clone()),
                    Some(over) => (first.clone(), over.clone()),
                    None => (Value::str("", Labels::NONE), first.clone()),
                };
                return self.method_of_text(&separator, "join", &Args::of(vec![over]));
            }
            // WordPress calls it; who logs in, and with what, is handed to some of them.
            "add_action" | "add_filter" => {
                let handed = |count: usize, secret: &[usize]| {
                    let labels = |at| if secret.contains(&at) { Labels::CREDENTIALS } else { Labels::PARAMETER };
                    Args::of((0..count).map(|at| Value::unknown(labels(at))).collect())
                };
                let given = match first.as_str()? {
                    "authenticate" => handed(3, &[2]),
                    "wp_authenticate" | "wp_authenticate_user" | "wp_set_password" | "after_password_reset" => {
                        handed(2, &[1])
                    }
                    "check_password" => handed(4, &[1]),
                    _ => return None,
                };
                let (this, function) = self.callable_of_php(&args.at(1)?.clone(), id);
                self.call_value(&function, this.as_ref(), &given, id, false);
                Value::UNKNOWN
            }
            "array_map" => self.map(&first.clone(), &args.at(1)?.clone(), id),
            "array_walk" | "array_filter" | "usort" | "uasort" | "uksort" => {
                self.map(&args.at(1)?.clone(), &first.clone(), id);
                Value::unknown(self.labels_of(args))
            }
            // What is called is the first, or stands there by its name.
            "call_user_func" | "register_shutdown_function" | "forward_static_call" | "ob_start" => {
                let rest = Args { list: args.list.get(1..)?.to_vec(), ..args.clone() };
                self.call_value(&first.clone(), None, &rest, id, false)
            }
            "call_user_func_array" | "forward_static_call_array" => {
                let given = args.at(1).cloned().unwrap_or(Value::NIL);
                let mut rest = Args::of(self.elements(&given).unwrap_or_default());
                rest.open = self.all_labels(&given);
                self.call_value(&first.clone(), None, &rest, id, false)
            }
            // A function whose parameters and body are text.
            "create_function" => {
                let body = args.at(1)?.clone();
                let text = format!("return function({}){{{}}};", first.as_str()?, body.as_str()?);
                let code = Value::str(text, first.labels.with(body.labels));
                if body.labels.any(Labels::CONCEALED) {
                    let eval = self.paths.root("eval");
                    self.call_path(eval, None, &Args::of(vec![body]), id);
                }
                self.execute(&code, Language::Php, id)?
            }
            "array_reverse" => {
                let mut items = self.elements(first)?;
                items.reverse();
                self.new_list(items, first.labels)
            }
            "str_split" if args.list.len() == 1 => return self.letters_of(&first.clone()),
            "explode" => {
                let (separator, text) = (first.clone(), args.at(1)?.clone());
                return self.method_of_text(&text, "split", &Args::of(vec![separator]));
            }
            _ => return None,
        })
    }

    /// What is called under `[$object, 'method']`, or what it is called with otherwise.
    fn callable_of_php(&mut self, value: &Value, id: Id) -> (Option<Value>, Value) {
        let parts = match value.known {
            Known::Object(list) => self.heap.list(list).cloned(),
            _ => None,
        };
        match parts.as_deref() {
            Some([object, name]) if let Some(name) = name.as_str().map(str::to_owned) => {
                (Some(object.clone()), self.member(object, &name, id))
            }
            _ => (None, value.clone()),
        }
    }

    fn builtin_of_perl(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let path = self.paths.root(name);
        let named = |value: &Value| match &value.known {
            Known::Path(path) => self.paths.text(*path).to_owned(),
            _ => value.as_text().unwrap_or_default().to_owned(),
        };
        match name {
            // `open(STDIN, ">&S")`: a standard stream becomes a copy of another.
            "open" => {
                let stream = named(args.at(0)?);
                let mode = args.at(1)?.as_text()?;
                if !matches!(&*stream, "STDIN" | "STDOUT" | "STDERR") || !mode.contains('&') {
                    return None;
                }
                let copies_another = args.at(2).map(&named).unwrap_or_else(|| mode.to_owned());
                if copies_another.contains("STD") {
                    return None;
                }
                let about = Value::str(stream, Labels::NONE);
                self.event(Act::Redirect, path, id, &about, &Value::UNKNOWN, false);
                Some(Value::UNKNOWN)
            }
            "connect" => {
                let about = args.at(1)?.clone();
                self.event(Act::Connect, path, id, &about, &Value::UNKNOWN, false);
                Some(Value::unknown(Labels::REMOTE))
            }
            "sockaddr_in" | "pack_sockaddr_in" => {
                let (port, host) = (args.at(0)?.clone(), args.at(1)?.clone());
                Some(self.new_list(vec![host, port], Labels::NONE))
            }
            // Functions of LWP::Simple, which come into the script by their bare names.
            "get" | "getprint" | "getstore" | "mirror" if args.at(0)?.as_text()?.contains("://") => {
                let about = args.at(0)?.clone();
                self.event(Act::Fetch, path, id, &about, &Value::UNKNOWN, false);
                let content = Value::unknown(Labels::DOWNLOADED);
                if let Some(file) = args.at(1).cloned() {
                    self.write_file(path, &file, &content, id);
                }
                Some(content)
            }
            // The block asks for each element by a name that it did not give.
            "map" if matches!(args.at(0)?.known, Known::Func(..)) => {
                let (block, rest) = args.list.split_first()?;
                let mut items = Vec::new();
                for value in rest {
                    match self.elements(value) {
                        Some(listed) if matches!(value.known, Known::Object(_)) => items.extend(listed),
                        _ => items.push(value.clone()),
                    }
                }
                let each = self.tree.sym("_");
                let mut made = Vec::with_capacity(items.len().min(MAX_MAPPED));
                for item in items.into_iter().take(MAX_MAPPED) {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    self.declare_name(each, item);
                    made.push(self.call_value(block, None, &Args::default(), id, false));
                }
                Some(self.new_list(made, Labels::NONE))
            }
            "split" if args.at(1).is_some_and(|text| text.as_text().is_some()) => {
                let is_each = match &args.at(0)?.known {
                    Known::Str(pattern) => pattern.is_empty(),
                    _ => self.about(args.at(0)?).as_str() == Some(""),
                };
                let text = args.at(1)?;
                let text = Value::str(text.as_text()?, text.labels);
                if is_each { self.letters_of(&text) } else { None }
            }
            "inet_aton" | "Socket.inet_aton" => args.at(0).cloned(),
            "join" => {
                let (separator, rest) = args.list.split_first()?;
                let mut all = Vec::new();
                for value in rest {
                    match self.elements(value) {
                        Some(items) if matches!(value.known, Known::Object(_)) => all.extend(items),
                        _ => all.push(value.clone()),
                    }
                }
                let (separator, over) = (separator.clone(), self.new_list(all, Labels::NONE));
                self.method_of_text(&separator, "join", &Args::of(vec![over]))
            }
            _ => None,
        }
    }

    /// A method by its name: `send(:system, …)`, `Kernel.public_send("eval", …)`.
    fn builtin_of_ruby(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let (of, way) = name.rsplit_once('.').unwrap_or(("", name));
        match way {
            "send" | "public_send" | "__send__" => {}
            "expand_path" if of == "File" => {
                let path = args.at(0)?.as_text()?.to_owned();
                let Some(folder) = args.at(1) else { return Some(Value::text(path, args.at(0)?.labels)) };
                let labels = folder.labels.with(args.at(0)?.labels);
                return Some(Value::text(format!("{}/{path}", folder.as_text().unwrap_or(HOLE)), labels));
            }
            // What a file holds under a coding.
            "unpack" | "unpack1" if args.at(0).and_then(Value::as_str).is_some_and(|form| form.starts_with('m')) => {
                let labels = self.all_labels(this?);
                return labels.any(Labels::FILE).then(|| Value::unknown(labels.with(Labels::DECODED)));
            }
            _ => return None,
        }
        let method = args.at(0)?.as_str()?.trim_start_matches(':').to_owned();
        let path = match of {
            "" | "self" | "?" => self.paths.root(&method),
            _ => {
                let of = self.paths.root(of);
                self.paths.member(of, &method)
            }
        };
        let rest = Args { list: args.list.get(1..)?.to_vec(), ..args.clone() };
        Some(self.call_path(path, this, &rest, id))
    }

    fn builtin_of_lua(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let first = args.at(0)?;
        match name {
            "require" => {
                let path = self.paths.root(first.as_str()?);
                Some(Self::path_value(path, first.labels))
            }
            "pcall" | "xpcall" => {
                let skipped = if name == "pcall" { 1 } else { 2 };
                let rest = Args { list: args.list.get(skipped..).unwrap_or_default().to_vec(), ..args.clone() };
                Some(self.call_value(&first.clone(), None, &rest, id, false))
            }
            "table.concat" => {
                let separator = args.at(1).cloned().unwrap_or_else(|| Value::str("", Labels::NONE));
                self.method_of_text(&separator, "join", &Args::of(vec![first.clone()]))
            }
            _ => None,
        }
    }
}
