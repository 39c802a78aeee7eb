//! PHP, Ruby, Perl and Lua: functions that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language, Node};

/// Most keys of a table that are counted one by one.
const MAX_COUNTED: usize = 256;
/// Most elements over which a block is called.
const MAX_MAPPED: usize = 16 << 10;

/// The path of a file behind a folder of which only that it is the script's own is known.
fn behind_folder(path: &str) -> String {
    let behind = path.rsplit(HOLE).next().unwrap_or(path);
    behind.rsplit("{own folder}").next().unwrap_or(behind).trim_start_matches('/').to_owned()
}

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
        if name == "getenv" && args.list.is_empty() {
            self.source(Labels::ENV_ALL, name, id);
            return Some(Value::unknown(Labels::ENV_ALL));
        }
        let first = args.at(0)?;
        // What a container is asked for by the name of its class.
        if let (Known::Object(class), Some((_, method))) = (&first.known, name.rsplit_once('.'))
            && matches!(method, "make" | "makeWith" | "get" | "resolve" | "build")
            && matches!(self.heap.get(*class).map(|o| &o.kind), Some(Kind::Class(..)))
        {
            let class = *class;
            return Some(self.instance_of(class));
        }
        if matches!(name, "include" | "include_once" | "require" | "require_once")
            && let Some(file) = first.as_text().map(behind_folder)
        {
            self.load_beside(&file);
        }
        Some(match name {
            // What stands in the options of a stream is what is sent.
            "file_get_contents" | "fopen" | "file" | "readfile" if args.list.len() > 2 => {
                let given = self.content_of_stream(args)?;
                let path = self.paths.root(name);
                let about = first.clone();
                self.event(Act::Send, path, id, &about, &given, false);
                let answer = self.paths.call(path);
                self.handle(answer, about, Labels::DOWNLOADED)
            }
            "curl_setopt" => {
                let Known::Path(option) = args.at(1)?.known else { return None };
                let option = self.paths.text(option).to_owned();
                let (Known::Object(handle), value) = (first.known.clone(), args.at(2)?.clone()) else { return None };
                match option.as_str() {
                    "CURLOPT_URL" => {
                        if let Some(Kind::Handle(_, about)) = self.heap.get_mut(handle).map(|o| &mut o.kind) {
                            **about = value;
                        }
                    }
                    "CURLOPT_POSTFIELDS" | "CURLOPT_HTTPHEADER" | "CURLOPT_COOKIE" => {
                        let labels = self.all_labels(&value);
                        self.taint(handle, labels.with(Labels::BUILT));
                    }
                    _ => {}
                }
                Value::UNKNOWN
            }
            "curl_exec" => {
                let Known::Object(_) = first.known else { return None };
                let given = self.all_labels(first);
                let about = self.about(first);
                let given = given.without(about.labels);
                if given.is_empty() {
                    return None;
                }
                let path = self.paths.root(name);
                self.event(Act::Send, path, id, &about, &Value::unknown(given), false);
                let answer = self.paths.call(path);
                self.handle(answer, about, Labels::DOWNLOADED)
            }
            "array_reduce" => {
                let items = self.elements(first)?;
                let function = args.at(1)?.clone();
                let mut all = args.at(2).cloned().unwrap_or(Value::NIL);
                for item in items.into_iter().take(MAX_MAPPED) {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    all = self.call_value(&function, None, &Args::of(vec![all, item]), id, false);
                }
                all
            }
            "dirname" => {
                let folder = first.as_text()?;
                let labels = first.labels;
                if folder.starts_with("{own file}") {
                    return Some(Value::text("{own folder}".to_owned(), labels));
                }
                let up = args.at(1).and_then(Value::as_int).unwrap_or(1).clamp(1, 16);
                let mut folder = folder.to_owned();
                for _ in 0..up {
                    folder = match folder.rsplit_once('/') {
                        Some((outer, _)) => outer.to_owned(),
                        None => format!("{folder}/.."),
                    };
                }
                Value::text(folder, labels)
            }
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
                let (this, function) = self.callable_of_php(&first.clone(), id);
                self.call_value(&function, this.as_ref(), &rest, id, false)
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

    /// What the options of a stream say is sent: `stream_context_create(['http' => ['content' => …]])`.
    fn content_of_stream(&mut self, args: &Args) -> Option<Value> {
        let options = args.list.iter().skip(1).find_map(|value| {
            let Known::Object(id) = value.known else { return None };
            match &self.heap.get(id)?.kind {
                Kind::Handle(path, about) if self.paths.text(*path) == "stream_context_create()" => {
                    Some((**about).clone())
                }
                _ => None,
            }
        })?;
        let field = |machine: &Self, of: &Value, name: &str| {
            let Known::Object(id) = of.known else { return None };
            match &machine.heap.get(id)?.kind {
                Kind::Dict(fields) => fields.get(name).cloned(),
                _ => None,
            }
        };
        let http = field(self, &options, "http").or_else(|| field(self, &options, "https"))?;
        let content = field(self, &http, "content")?;
        let labels = self.all_labels(&http);
        Some(content.labelled(labels))
    }

    /// What is called under `[$object, 'method']`, or what it is called with otherwise.
    fn callable_of_php(&mut self, value: &Value, id: Id) -> (Option<Value>, Value) {
        let parts = match value.known {
            Known::Object(list) => self.heap.list(list).cloned(),
            _ => None,
        };
        match parts.as_deref() {
            Some([object, name]) if let Some(name) = name.as_str().map(str::to_owned) => {
                // A class by its name.
                let class = object.as_str().map(|class| class.rsplit('\\').next().unwrap_or_default().to_owned());
                let class = class.and_then(|class| self.tree.known(&class)).and_then(|class| self.variable(class));
                let object = class.unwrap_or_else(|| object.clone());
                let function = self.member(&object, &name, id);
                (Some(object), function)
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
                    return self.open_of_perl(path, args, id);
                }
                let copies_another = args.at(2).map(&named).unwrap_or_else(|| mode.to_owned());
                if copies_another.contains("STD") {
                    return None;
                }
                let about = Value::str(stream, Labels::NONE);
                self.event(Act::Redirect, path, id, &about, &Value::UNKNOWN, false);
                Some(Value::UNKNOWN)
            }
            // The first of what a function is called with.
            "shift" if args.list.len() == 1 => {
                let list = args.at(0)?.clone();
                let Known::Object(target) = list.known else { return None };
                self.method_of_object(target, &list, name, &Args::default(), id)
            }
            // Written to a file, or into a connection.
            "print" | "printf" | "say" | "syswrite" | "send" => {
                let (to, rest) = match args.named("file") {
                    Some(to) => (to, args.list.as_slice()),
                    None => args.list.split_first()?,
                };
                let Known::Object(handle) = to.known else { return None };
                let Kind::Handle(of, _) = &self.heap.get(handle)?.kind else { return None };
                let of = self.paths.shared(*of);
                let labels = rest.iter().fold(args.open, |l, v| l.with(self.all_labels(v)));
                let given = match rest {
                    [one] => one.clone().labelled(labels),
                    _ => Value::unknown(labels),
                };
                let about = self.about(to);
                if &*of == "open()" {
                    self.write_file(path, &about, &given, id);
                } else if of.contains("Socket") {
                    self.event(Act::Send, path, id, &about, &given, false);
                } else {
                    return None;
                }
                Some(Value::UNKNOWN)
            }
            "IO.Socket.INET.new" | "IO.Socket.SSL.new" | "IO.Socket.IP.new" => {
                let named = |name: &str| {
                    let words = args.list.iter().zip(args.list.iter().skip(1));
                    let mut pairs = words.filter(|(key, _)| key.as_text().is_some_and(|k| k == name));
                    pairs.next().map(|(_, value)| value.clone()).or_else(|| args.named(name).cloned())
                };
                let host = named("PeerAddr").or_else(|| named("PeerHost"))?;
                let port = named("PeerPort");
                let labels = self.labels_of(args);
                let shown = self.shown_or_hole(&host);
                let place = match port {
                    Some(port) => format!("{shown}:{}", self.shown_or_hole(&port)),
                    None => shown.to_string(),
                };
                let about = match host.is_constant() {
                    true => Value::str(place, labels),
                    false => Value::text(place, labels),
                };
                self.event(Act::Connect, path, id, &about, &Value::UNKNOWN, false);
                let made = self.paths.call(path);
                Some(self.handle(made, about, Labels::REMOTE))
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
            // A function of a package by its whole name, when a file of it was loaded.
            _ if self.siblings.is_some()
                && name.contains('.')
                && !name.ends_with(".new")
                && self.perl_function(name).is_some() =>
            {
                let (package, function) = self.perl_function(name)?;
                let mut given = args.clone();
                // A class, or what its constructor gave, comes first.
                if name.ends_with(".new") || name.contains("()") {
                    given.list.insert(0, package);
                }
                Some(self.call_value(&function, None, &given, id, false))
            }
            "inet_aton" | "Socket.inet_aton" | "bless" => args.at(0).cloned(),
            // Bytes of numbers, and numbers of bytes.
            "pack" if args.at(0)?.as_str()?.starts_with(['C', 'c']) => {
                let mut bytes = Vec::new();
                for value in args.list.get(1..)? {
                    let numbers = match value.known {
                        Known::Object(_) => self.elements(value)?,
                        _ => vec![value.clone()],
                    };
                    for number in numbers.into_iter().take(MAX_MAPPED) {
                        bytes.push(u8::try_from(number.as_int()?).ok()?);
                    }
                }
                Some(Value::bytes(bytes, self.labels_of(args).with(Labels::BUILT)))
            }
            "unpack" if args.at(0)?.as_str()?.starts_with(['C', 'c']) => {
                let bytes = args.at(1)?;
                let labels = bytes.labels;
                let numbers: Vec<Value> =
                    bytes.as_bytes()?.iter().take(MAX_MAPPED).map(|b| Value::num(f64::from(*b), labels)).collect();
                let numbers = numbers.into_iter().map(|n| Value::str(n.as_int().unwrap_or(0).to_string(), labels));
                let numbers: Vec<Value> = numbers.collect();
                Some(self.new_list(numbers, labels))
            }
            "inet_ntoa" | "Socket.inet_ntoa" => {
                let bytes = args.at(0)?;
                let [a, b, c, d] = bytes.as_bytes()? else { return None };
                Some(Value::str(format!("{a}.{b}.{c}.{d}"), bytes.labels.with(Labels::DECODED)))
            }
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

    /// A method of something of which nobody knows what it is: the only function of such a name.
    pub(super) fn method_of_perl(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        // One class has no constructor of another's.
        if let Known::Path(path) = object.known {
            let text = self.paths.text(path).to_owned();
            let is_own =
                self.siblings.as_ref().is_some_and(|s| s.siblings().modules().of_light(self.file, &text).is_some());
            let path = self.paths.member(path, name);
            if name == "new" && !is_own || self.word(path).is_some() {
                return None;
            }
        }
        let function = self.tree.known(name).and_then(|sym| self.variable(sym))?;
        let Known::Func(func, frame) = function.known else { return None };
        let mut given = args.clone();
        given.list.insert(0, object.clone());
        Some(self.call_function(func, frame, None, &given))
    }

    fn perl_function(&mut self, name: &str) -> Option<(Value, Value)> {
        let (package, function) = name.rsplit_once('.')?;
        let function = self.tree.known(function).and_then(|sym| self.variable(sym))?;
        let package = Self::path_value(self.paths.root(package), Labels::NONE);
        matches!(function.known, Known::Func(..)).then_some((package, function))
    }

    /// `open(my $file, '<', $path)`: the variable holds the file from then on.
    fn open_of_perl(&mut self, path: PathId, args: &Args, id: Id) -> Option<Value> {
        let Node::Call(_, many) = self.tree.get(id) else { return None };
        let target = match self.tree.get(*self.list(many).first()?) {
            Node::Declare(target, _) => target,
            Node::Name(_) => *self.list(many).first()?,
            _ => return None,
        };
        let (mode, file) = match (args.at(1)?, args.at(2)) {
            (mode, Some(file)) => (mode.as_text()?.to_owned(), file.clone()),
            (both, None) => {
                let text = both.as_str()?.trim().to_owned();
                let name = text.trim_start_matches(['<', '>', '+', ' ']).to_owned();
                (text, Value::str(name, both.labels))
            }
        };
        // A program that is read from, or written to, is started.
        if mode.contains('|') {
            return None;
        }
        let opened = if mode.contains('>') {
            let made = self.paths.call(path);
            self.handle(made, file, Labels::NONE)
        } else {
            self.read_file(path, &file, id)
        };
        self.bind(target, opened.clone(), true);
        Some(opened)
    }

    /// A method by its name: `send(:system, …)`, `Kernel.public_send("eval", …)`.
    fn builtin_of_ruby(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        if matches!(name, "require" | "require_relative" | "load")
            && let Some(file) = args.at(0).and_then(Value::as_text).map(behind_folder)
            && self.load_beside(&file).is_some()
        {
            return Some(Value::bool(true, Labels::NONE));
        }
        if let Some(value) = self.library_of_ruby(name, args) {
            return Some(value);
        }
        let (of, way) = name.rsplit_once('.').unwrap_or(("", name));
        match way {
            "send" if of.ends_with("Socket.new()") || of.ends_with("tcp()") => return None,
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
                let module = first.as_str()?.to_owned();
                if let Some(value) = self.load_beside(&module) {
                    return Some(value);
                }
                let path = self.paths.root(&module);
                Some(Self::path_value(path, first.labels))
            }
            "pcall" | "xpcall" => {
                let skipped = if name == "pcall" { 1 } else { 2 };
                let rest = Args { list: args.list.get(skipped..).unwrap_or_default().to_vec(), ..args.clone() };
                Some(self.call_value(&first.clone(), None, &rest, id, false))
            }
            // `#t`: of a table whose keys are numbers in order, how many there are.
            "len" => {
                let count = match &first.known {
                    Known::Str(text) => text.len(),
                    Known::Object(id) => match self.heap.get(*id)? {
                        object if object.open => return None,
                        object => match &object.kind {
                            Kind::List(items) => items.len(),
                            Kind::Dict(fields) if fields.get(&fields.len().to_string()).is_some() => fields.len(),
                            Kind::Dict(fields) => (1..=fields.len().min(MAX_COUNTED))
                                .take_while(|n| fields.get(&n.to_string()).is_some())
                                .count(),
                            _ => return None,
                        },
                    },
                    _ => return None,
                };
                Some(Value::num(count as f64, first.labels))
            }
            // What is put into a list is in it from then on.
            "vim.list_extend" | "table.insert" | "table.move" => {
                let labels = self.labels_of(args);
                let (Known::Object(list), [_, rest @ ..]) = (&first.known, args.list.as_slice()) else { return None };
                let (list, rest) = (*list, rest.to_vec());
                let one = rest.last().filter(|v| v.is_constant() && name == "table.insert").cloned();
                let object = self.heap.get_mut(list)?;
                match (&mut object.kind, one) {
                    (Kind::List(items), Some(one)) if rest.len() == 1 && items.len() < MAX_MAPPED => items.push(one),
                    _ => object.open = true,
                }
                self.taint(list, labels);
                Some(first.clone())
            }
            "string.format" => {
                let rest = args.list.get(1..).unwrap_or_default();
                Some(fold::text::percent(first, rest, |_| None, self.labels_of(args)))
            }
            "tonumber" => {
                let base = args.at(1).map_or(Some(10), Value::as_int)?;
                let base = u32::try_from(base).ok().filter(|b| (2..=36).contains(b))?;
                let text = first.as_str()?;
                let number = i64::from_str_radix(text.trim().trim_start_matches("0x"), base).ok()?;
                Some(Value::num(number as f64, first.labels))
            }
            "vim.base64.decode" | "mime.unb64" | "ngx.decode_base64" => fold::codec::decode("base64", first),
            "table.concat" => {
                let separator = args.at(1).cloned().unwrap_or_else(|| Value::str("", Labels::NONE));
                self.method_of_text(&separator, "join", &Args::of(vec![first.clone()]))
            }
            _ => None,
        }
    }

    /// Methods of texts of Lua.
    pub(super) fn method_of_lua(&mut self, object: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        let labels = object.labels.with(self.labels_of(args));
        if name == "format" && object.as_text().is_some() {
            return Some(fold::text::percent(object, &args.list, |_| None, labels));
        }
        let text = Rc::<str>::from(object.as_str()?);
        if !self.pay(text.len()) {
            return None;
        }
        Some(match name {
            "reverse" => return fold::codec::decode("reverse", object),
            "byte" => {
                let at = args.at(0).map_or(Some(1), Value::as_int)?;
                let byte = text.as_bytes().get(usize::try_from(at.checked_sub(1)?).ok()?)?;
                Value::num(f64::from(*byte), labels)
            }
            "rep" => {
                let count = usize::try_from(args.at(0)?.as_int()?).ok()?;
                if text.len().saturating_mul(count) > MAX_MAPPED {
                    return None;
                }
                Value::str(text.repeat(count), labels)
            }
            // Pairs of digits, or single letters, that a function makes others of.
            "gsub" if matches!(args.at(1)?.known, Known::Func(..)) => {
                let step = match args.at(0)?.as_str()? {
                    ".." | "%x%x" | "(%x%x)" | "(..)" => 2,
                    "." | "(.)" => 1,
                    _ => return None,
                };
                let letters: Vec<char> = text.chars().take(MAX_MAPPED).collect();
                let function = args.at(1)?.clone();
                let mut made = String::new();
                for part in letters.chunks(step) {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    let part = Value::str(part.iter().collect::<String>(), object.labels);
                    let one = self.call_value(&function, None, &Args::of(vec![part]), id, false);
                    made.push_str(one.as_str()?);
                }
                Value::str(made, labels.with(Labels::DECODED))
            }
            _ => return None,
        })
    }
}
