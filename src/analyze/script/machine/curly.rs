//! Java and C#: text and lists, and functions of their libraries that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::python::TEMPORARY_FOLDER;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold::{self, codec, number};
use crate::analyze::script::heap::{Kind, ObjectId};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language, Node, Op};

/// Most elements of a list that text is made of.
const MOST: usize = 1 << 20;
/// What nobody gives away without a word.
const TELLING: Labels = Labels::SECRET.with(Labels::IDENTITY).with(Labels::OUTPUT);
/// How a file is known that is written to step by step.
const WRITTEN_TO: &str = "File.Create()";
/// How requests are made that are sent later.
const REQUESTS: &[&str] =
    &["HttpRequest.newBuilder", "Request.Builder", "HttpRequestMessage", "HttpPost", "HttpGet", "RestRequest"];

impl Machine {
    pub(super) fn is_curly(&self) -> bool {
        matches!(self.language, Language::Java | Language::CSharp)
    }

    /// A method of the file's own, by the name of its type or of what is made of that.
    pub(super) fn method_of_curly(&mut self, callee: Id, function: &Value) -> Option<Value> {
        let Node::Member(_, name) = self.tree.get(callee) else { return None };
        let name = self.name(name);
        let own = |m: &mut Self, name: &str| {
            let sym = m.tree.known(name)?;
            m.variable(sym).filter(|value| matches!(value.known, Known::Func(..)))
        };
        match &function.known {
            Known::Func(..) => None,
            Known::Path(path) => {
                let text = self.paths.shared(*path);
                let plain = text.replace(".new()", "").replace("()", "");
                own(self, &plain)
            }
            Known::Unknown => own(self, &name),
            _ => None,
        }
    }

    /// Signs that are counted with: a letter is its number.
    pub(super) fn as_code(value: &Value) -> Option<Value> {
        let text = value.as_str()?;
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(Value::num(f64::from(u32::from(letter)), value.labels)),
            _ => None,
        }
    }

    /// Two sides of an operator that works on numbers, where letters stand.
    pub(super) fn codes_of(&self, op: Op, a: &Value, b: &Value) -> Option<(Value, Value)> {
        let counts = matches!(
            op,
            Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::BitAnd | Op::BitOr | Op::BitXor | Op::Shl | Op::Shr | Op::UShr
        );
        let compares = matches!(op, Op::Lt | Op::Le | Op::Gt | Op::Ge);
        if !self.is_curly() || !counts && !compares {
            return None;
        }
        let (x, y) = (Self::as_code(a), Self::as_code(b));
        if x.is_none() && y.is_none()
            || !(x.is_some() || a.as_num().is_some())
            || !(y.is_some() || b.as_num().is_some())
        {
            return None;
        }
        Some((x.unwrap_or_else(|| a.clone()), y.unwrap_or_else(|| b.clone())))
    }

    /// Methods of text, lists and tables.
    pub(super) fn method_of_curly_value(&mut self, object: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        match &object.known {
            Known::Str(_) | Known::Text(_) | Known::Bytes(_) | Known::Num(_) => {
                self.method_of_curly_text(object, name, args)
            }
            Known::Object(target) => match self.heap.get(*target).map(|o| &o.kind) {
                Some(Kind::List(_)) => self.method_of_curly_list(*target, object, name, args, id),
                Some(Kind::Dict(_)) => self.method_of_curly_table(*target, object, name, args),
                _ => None,
            },
            Known::Func(..)
                if matches!(name, "run" | "call" | "get" | "apply" | "accept" | "Invoke" | "invoke" | "test") =>
            {
                Some(self.call_value(&object.clone(), None, args, id, false))
            }
            _ => None,
        }
    }

    fn method_of_curly_text(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let labels = object.labels.with(self.labels_of(args));
        let plain = match name {
            "ToString" | "toString" | "intern" | "strip" | "Trim" | "trim" | "AsSpan" | "toPath" | "toFile"
            | "ToArray" | "getAbsolutePath" | "getPath" | "toAbsolutePath" | "getCanonicalPath" | "ToList"
            | "normalize" | "toUri"
                if args.list.is_empty() || name == "ToString" =>
            {
                if matches!(name, "strip" | "Trim" | "trim") && object.as_str().is_some() { "trim" } else { "" }
            }
            "getBytes" => {
                return Some(match &object.known {
                    Known::Str(text) => Value::bytes(text.as_bytes(), labels),
                    _ => object.clone(),
                });
            }
            "toCharArray" | "ToCharArray" | "chars" => {
                let items = self.elements(object)?;
                return Some(self.new_list(items, labels));
            }
            "Equals" | "equals" | "contentEquals" | "equalsIgnoreCase" => {
                let other = args.at(0)?.clone();
                return Some(self.operate(Op::Eq, object, &other));
            }
            "resolve" => {
                let other = args.at(0)?.clone();
                return fold::builtin::joined(&[object.clone(), other], labels);
            }
            "isEmpty" => return Some(Value::bool(object.as_str()?.is_empty(), labels)),
            "Substring" => {
                let from = args.at(0)?.as_num()?;
                let mut list = vec![Value::num(from, Labels::NONE)];
                if let Some(len) = args.at(1) {
                    list.push(Value::num(from + len.as_num()?, Labels::NONE));
                }
                return self.method_of_text(object, "substring", &Args::of(list));
            }
            // What is split at is a pattern in Java.
            "split" | "Split" => {
                let at = args.at(0)?.clone();
                let at = match at.as_str() {
                    Some(text) if self.language == Language::Java => Value::str(text.replace('\\', ""), at.labels),
                    _ => at,
                };
                return self.method_of_text(object, "split", &Args::of(vec![at]));
            }
            "Replace" | "replace" => "replaceAll",
            "ToLower" | "ToLowerInvariant" => "lower",
            "ToUpper" | "ToUpperInvariant" => "upper",
            "TrimStart" => "lstrip",
            "TrimEnd" => "rstrip",
            "Contains" => "contains",
            "StartsWith" => "startsWith",
            "EndsWith" => "endsWith",
            "IndexOf" => "indexOf",
            "PadLeft" => "padStart",
            _ => return None,
        };
        if plain.is_empty() || matches!(object.known, Known::Text(_)) && matches!(plain, "lower" | "upper" | "trim") {
            return Some(object.clone());
        }
        if !self.pay(object.as_bytes().map_or(0, <[u8]>::len)) {
            return Some(Value::UNKNOWN);
        }
        self.method_of_text(object, plain, args)
    }

    fn method_of_curly_list(
        &mut self,
        target: ObjectId,
        object: &Value,
        name: &str,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        match name {
            "append" | "Append" | "AppendLine" | "AppendFormat" | "write" | "Write" | "WriteByte" | "print" | "add"
            | "Add" | "offer" | "push" | "Push" | "Enqueue" | "addAll" | "AddRange" | "println" | "WriteLine"
            | "AppendChar" | "writeBytes" => {
                let given = args.at(0)?.clone();
                let given = match (&given.known, name) {
                    (Known::Num(n), "append" | "Append" | "print") => Value::str(number::text(*n), given.labels),
                    _ => given,
                };
                let all = match (name, self.elements(&given)) {
                    ("addAll" | "AddRange", Some(items)) => items,
                    (_, Some(_)) if matches!(given.known, Known::Object(_)) && !matches!(name, "add" | "Add") => {
                        vec![self.as_content(&given)]
                    }
                    _ => vec![given],
                };
                let labels = self.labels_of(args);
                if !self.pay(all.len() * 8) {
                    return Some(Value::UNKNOWN);
                }
                let list = self.heap.get_mut(target)?;
                list.labels = list.labels.with(labels);
                if let Kind::List(items) = &mut list.kind {
                    if items.len() + all.len() < MOST { items.extend(all) } else { list.open = true }
                }
                Some(object.clone())
            }
            "insert" | "Insert" => {
                let (at, given) = (args.at(0)?.as_int()?, args.at(1)?.clone());
                let labels = self.labels_of(args);
                let list = self.heap.get_mut(target)?;
                list.labels = list.labels.with(labels);
                if let Kind::List(items) = &mut list.kind
                    && items.len() < MOST
                {
                    let at = usize::try_from(at).unwrap_or(0).min(items.len());
                    items.insert(at, given);
                }
                Some(object.clone())
            }
            "toString" | "ToString" | "toByteArray" => self.list_as_text(object, false),
            "reverse" | "Reverse" if args.list.is_empty() => {
                let text = self.list_as_text(object, false)?;
                let text = text.as_str()?.chars().rev().collect::<String>();
                let text = Value::str(text, object.labels.with(Labels::BUILT));
                Some(self.new_list(vec![text], object.labels))
            }
            "ToArray" | "toArray" | "ToList" | "toList" | "stream" | "iterator" | "AsEnumerable" | "clone"
            | "Clone" => Some(object.clone()),
            "get" | "elementAt" | "ElementAt" | "charAt" => {
                let index = args.at(0)?.clone();
                Some(self.element(object, &index))
            }
            "map" | "Select" | "mapToObj" => {
                let function = args.at(0)?.clone();
                Some(self.map(&function, object, id))
            }
            "collect" => {
                let by = args.at(0)?.clone();
                match by.known {
                    Known::Str(_) => self.method_of_text(&by, "join", &Args::of(vec![object.clone()])),
                    _ => Some(object.clone()),
                }
            }
            "forEach" | "ForEach" => {
                let function = args.at(0)?.clone();
                self.map(&function, object, id);
                Some(Value::UNKNOWN)
            }
            _ => None,
        }
    }

    fn method_of_curly_table(&mut self, target: ObjectId, object: &Value, name: &str, args: &Args) -> Option<Value> {
        match (name, args.list.len()) {
            ("put" | "Add" | "add" | "set" | "Set" | "addProperty" | "putIfAbsent" | "TryAdd", 2) => {
                let key = args.at(0).and_then(|k| self.shown(k)).unwrap_or_else(|| HOLE.into());
                let labels = self.labels_of(args);
                let value = args.at(1)?.clone();
                let table = self.heap.get_mut(target)?;
                table.labels = table.labels.with(labels);
                if let Kind::Dict(fields) = &mut table.kind
                    && fields.len() < MOST
                {
                    fields.set(&key, value);
                }
                Some(object.clone())
            }
            ("get" | "getOrDefault" | "GetValueOrDefault", 1..) => {
                let key = args.at(0)?.clone();
                Some(self.element(object, &key))
            }
            ("toString" | "ToString", _) => Some(Value::unknown(self.all_labels(object))),
            _ => None,
        }
    }

    #[allow(clippy::too_many_lines)]
    pub(super) fn builtin_of_curly(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        if name == "{whole}" {
            let first = args.at(0)?;
            return Some(Self::as_code(first).unwrap_or_else(|| match first.known {
                Known::Num(n) => Value::num(n.trunc(), first.labels),
                _ => first.clone(),
            }));
        }
        if name.starts_with('{') {
            return self.helper_of_compiled(name, args);
        }
        let path = self.paths.root(name);
        let first = args.at(0).cloned();
        let labels = self.labels_of(args);
        if let Some(coding) = coding(name) {
            let given = self.as_content(&first?);
            return Some(match codec::decode(coding, &given) {
                Some(value) => {
                    self.note_decoded(&value, id);
                    match value.as_bytes().map(std::str::from_utf8) {
                        Some(Ok(text)) => Value::str(text, value.labels),
                        _ => value,
                    }
                }
                None => Value::unknown(given.labels),
            });
        }
        let method = name.rsplit('.').next().unwrap_or_default();
        if REQUESTS.iter().any(|begins| name.starts_with(begins)) {
            return self.request_of_curly(name, path, method, this, args);
        }
        if matches!(
            method,
            "send" | "sendAsync" | "newCall" | "Send" | "SendAsync" | "execute" | "ExecuteAsync" | "Execute"
        ) && let Some(Value { known: Known::Object(object), .. }) = first
            && let Some(Kind::Handle(of, about)) = self.heap.get(object).map(|o| &o.kind)
        {
            let (of, about) = (self.paths.shared(*of), (**about).clone());
            if REQUESTS.iter().any(|begins| of.starts_with(begins)) {
                let all = first.as_ref().map_or(Labels::NONE, |f| self.all_labels(f));
                let gives =
                    all.any(TELLING) || [".POST", ".post", ".PUT", "HttpPost"].iter().any(|way| of.contains(way));
                let act = if gives { Act::Send } else { Act::Fetch };
                self.event(act, path, id, &about, &Value::unknown(all), false);
                let made = self.paths.call(path);
                return Some(self.handle(made, about, all.with(Labels::DOWNLOADED)));
            }
        }
        Some(match name {
            "StringBuilder"
            | "StringBuffer"
            | "StringWriter"
            | "ByteArrayOutputStream"
            | "MemoryStream"
            | "StringJoiner" => {
                let items = first.filter(|f| f.as_bytes().is_some() || matches!(f.known, Known::Object(_)));
                self.new_list(items.into_iter().collect(), labels)
            }
            "String"
            | "string"
            | "Encoding.UTF8.GetString"
            | "Encoding.ASCII.GetString"
            | "Encoding.Unicode.GetString"
            | "Encoding.Default.GetString"
            | "String.valueOf"
            | "String.copyValueOf"
            | "ByteArrayInputStream" => {
                let given = self.as_content(&first?);
                match given.known {
                    Known::Bytes(ref bytes) => match std::str::from_utf8(bytes) {
                        Ok(text) => Value::str(text, given.labels),
                        Err(_) => given,
                    },
                    Known::Num(n) if name == "String.valueOf" => Value::str(number::text(n), given.labels),
                    _ => given,
                }
            }
            "Encoding.UTF8.GetBytes"
            | "Encoding.ASCII.GetBytes"
            | "Encoding.Unicode.GetBytes"
            | "Encoding.Default.GetBytes" => match first?.known {
                Known::Str(text) => Value::bytes(text.as_bytes(), labels),
                _ => Value::unknown(labels),
            },
            "String.format" | "MessageFormat.format" => self.formatted(args)?,
            "string.Format" | "String.Format" => fold::text::format(&first?, args.list.get(1..)?, &args.named, labels),
            "String.join" | "string.Join" | "String.Join" => {
                let separator = first?;
                let parts = match args.list.get(1..)? {
                    [one] => one.clone(),
                    many => self.new_list(many.to_vec(), labels),
                };
                self.method_of_text(&separator, "join", &Args::of(vec![parts]))?
            }
            "string.Concat" | "String.Concat" => {
                let parts: Vec<Rc<str>> = args.list.iter().map(|part| self.shown_or_hole(part)).collect();
                let whole = args.list.iter().all(Value::is_constant);
                if whole { Value::str(parts.concat(), labels) } else { Value::text(parts.concat(), labels) }
            }
            "Collectors.joining" => first.unwrap_or_else(|| Value::str("", Labels::NONE)),
            "Arrays.asList" | "List.of" | "Set.of" | "Stream.of" | "IntStream.of" => match args.list.as_slice() {
                [Value { known: Known::Object(_), .. }] => first?,
                many => self.new_list(many.to_vec(), labels),
            },
            "Paths.get" | "Path.of" | "File" | "Path.Combine" | "Path.Join" | "FileInfo" | "DirectoryInfo" => {
                let list: Vec<Value> = args.list.iter().map(|part| self.as_part(part)).collect();
                match list.as_slice() {
                    [one] => one.clone(),
                    _ => fold::builtin::joined(&list, labels)?,
                }
            }
            "System.getProperty" => {
                let (text, of) = match first?.as_str()? {
                    "user.home" => ("~", Labels::USER),
                    "java.io.tmpdir" => ("/tmp", Labels::NONE),
                    "user.name" => ("", Labels::USER),
                    "user.dir" => ("", Labels::DIRECTORY),
                    "os.name" | "os.arch" | "os.version" => ("", Labels::PLATFORM),
                    _ => return None,
                };
                self.source(of, name, id);
                if text.is_empty() { Value::unknown(of) } else { Value::text(text.to_owned(), of) }
            }
            "System.getenv" if args.list.is_empty() => {
                self.source(Labels::ENV_ALL, name, id);
                Value::unknown(Labels::ENV_ALL)
            }
            "Environment.GetFolderPath" => {
                let shown = match &first?.known {
                    Known::Path(path) => self.paths.text(*path).rsplit('.').next().unwrap_or_default().to_owned(),
                    _ => return None,
                };
                let folder = match shown.as_str() {
                    "UserProfile" | "Personal" => "~",
                    "ApplicationData" => "%APPDATA%",
                    "LocalApplicationData" => "%LOCALAPPDATA%",
                    "CommonApplicationData" => "%PROGRAMDATA%",
                    "Startup" | "CommonStartup" => "%APPDATA%/Microsoft/Windows/Start Menu/Programs/Startup",
                    _ => return None,
                };
                Value::text(folder.to_owned(), Labels::USER)
            }
            "Path.GetTempPath" => Value::str("/tmp", Labels::NONE),
            "Path.GetTempFileName" | "Files.createTempFile" | "File.createTempFile" | "Files.createTempDirectory" => {
                let end = args.list.iter().rev().find_map(Value::as_str).unwrap_or_default();
                Value::text(format!("{TEMPORARY_FOLDER}/x{end}"), Labels::NONE)
            }
            "URL" if args.list.len() >= 3 => {
                let shown = |m: &Self, i: usize| args.at(i).map_or_else(|| Rc::from(""), |part| m.shown_or_hole(part));
                let scheme = shown(self, 0);
                let scheme = scheme.trim_end_matches(['/', ':']).to_owned();
                let (host, port, rest) = match args.list.len() {
                    3 => (shown(self, 1), Rc::from(""), shown(self, 2)),
                    _ => (shown(self, 1), shown(self, 2), shown(self, 3)),
                };
                let port = if port.is_empty() { String::new() } else { format!(":{port}") };
                let text = Value::text(format!("{scheme}://{host}{port}{rest}"), labels.with(Labels::BUILT));
                let made = self.paths.call(path);
                self.handle(made, text, labels)
            }
            "Runtime.getRuntime().exec" | "Runtime.exec" | "ProcessBuilder" | "ProcessBuilder().command" => {
                let given = first?;
                let words = match given.known {
                    Known::Object(object) if self.heap.list(object).is_some() => self.elements(&given)?,
                    _ if name.starts_with("ProcessBuilder") => args.list.clone(),
                    _ => return None,
                };
                return self.start_words(path, words, args.open, id);
            }
            "ProcessStartInfo" => {
                let file = args.named("FileName").or(args.at(0)).cloned().unwrap_or(Value::UNKNOWN);
                let options = args.named("Arguments").or(args.at(1)).cloned();
                self.prepare(&file, options.as_ref());
                let about = self.prepared.clone().unwrap_or(Value::UNKNOWN);
                let made = self.paths.call(path);
                self.handle(made, about, labels)
            }
            "Process" => {
                let about = args.named("StartInfo").map(|info| self.about(info))?;
                let made = self.paths.call(path);
                self.handle(made, about, labels)
            }
            "Process.Start" | "Process().Start" => {
                let about = match (&first, this) {
                    (Some(first), _) if args.list.len() > 1 => {
                        let first = first.clone();
                        self.prepare(&first, args.at(1));
                        self.prepared.take()
                    }
                    (Some(first), _) if first.as_text().is_some() => Some(first.clone()),
                    (Some(first), _) => Some(self.about(first)),
                    (None, Some(this)) => Some(self.about(this)),
                    _ => None,
                };
                let about = about.filter(|a| a.as_text().is_some()).or_else(|| self.prepared.take());
                let word = self.word(path)?;
                let about = about.or(first)?;
                let labels = self.all_labels(&about);
                return Some(self.act(word, path, Some(&about.clone()), &Args::of(vec![about]), id, labels));
            }
            "URLClassLoader" | "URLClassLoader.newInstance" => {
                let given = first?;
                let from = self.elements(&given).unwrap_or_else(|| vec![given]);
                for one in from.iter().take(MOST) {
                    let about = self.about(one);
                    let is_far = about.as_text().is_some_and(|text| text.starts_with("http"));
                    if is_far {
                        self.event(Act::Fetch, path, id, &about, &Value::UNKNOWN, false);
                        let code = Value::unknown(about.labels.with(Labels::DOWNLOADED));
                        self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                    } else if self.all_labels(one).any(Labels::DOWNLOADED) {
                        let code = Value::unknown(self.all_labels(one));
                        self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                    }
                }
                Value::UNKNOWN
            }
            "Assembly.Load"
            | "AppDomain.CurrentDomain.Load"
            | "Assembly.LoadFrom"
            | "Assembly.LoadFile"
            | "Assembly.UnsafeLoadFrom" => {
                let given = first?;
                // Names of what stands beside the program are no code.
                let is_code = given.labels.any(Labels::DOWNLOADED.with(Labels::DECODED).with(Labels::DECRYPTED))
                    || self.all_labels(&given).any(Labels::DOWNLOADED)
                    || given.as_text().is_some_and(|text| text.starts_with("http"));
                if is_code {
                    let code = Value::unknown(self.all_labels(&given));
                    let code = if given.as_text().is_some_and(|text| text.starts_with("http")) {
                        self.event(Act::Fetch, path, id, &given, &Value::UNKNOWN, false);
                        code.labelled(Labels::DOWNLOADED)
                    } else {
                        code
                    };
                    self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                } else if let Some(text) = given.as_text().map(str::to_owned)
                    && self.written(&text).any(Labels::DOWNLOADED)
                {
                    let code = Value::unknown(Labels::DOWNLOADED);
                    self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                }
                Value::UNKNOWN
            }
            "Class.forName" => {
                let name = first?.as_str()?.rsplit('.').next()?.to_owned();
                Self::path_value(self.paths.root(&name), labels)
            }
            "FileOutputStream"
            | "FileWriter"
            | "File.Create"
            | "File.OpenWrite"
            | "Files.newOutputStream"
            | "Files.newBufferedWriter"
            | "File.CreateText"
            | "File.AppendText" => {
                let about = self.about(&first?);
                let made = self.paths.root(WRITTEN_TO);
                self.handle(made, about, Labels::NONE)
            }
            "StreamWriter" | "BinaryWriter" | "PrintWriter" | "FileStream" if first.as_ref()?.as_text().is_some() => {
                let reads = args.list.iter().skip(1).any(|mode| match &mode.known {
                    Known::Path(path) => self.paths.text(*path).ends_with("FileMode.Open"),
                    _ => false,
                });
                let about = first?;
                if reads {
                    return Some(self.read_file(path, &about, id));
                }
                let made = self.paths.root(WRITTEN_TO);
                self.handle(made, about, Labels::NONE)
            }
            "StreamReader" | "Scanner" if first.as_ref()?.as_text().is_some() => self.read_file(path, &first?, id),
            "Files.write"
            | "Files.writeString"
            | "File.WriteAllBytes"
            | "File.WriteAllText"
            | "File.WriteAllLines"
            | "File.AppendAllText"
            | "File.WriteAllBytesAsync"
            | "File.WriteAllTextAsync"
            | "File.AppendAllLines" => {
                let data = self.as_content(args.at(1)?);
                self.write_file(path, &first?, &data, id);
                Value::UNKNOWN
            }
            "Files.copy" | "File.Copy" | "File.Move" | "Files.move" => {
                let from = first?;
                let to = args.at(1)?.clone();
                let data = if from.as_text().is_some() { self.read_file(path, &from, id) } else { from };
                self.write_file(path, &to, &data, id);
                Value::UNKNOWN
            }
            _ if name.starts_with(WRITTEN_TO)
                && matches!(
                    method,
                    "write"
                        | "Write"
                        | "WriteLine"
                        | "append"
                        | "print"
                        | "println"
                        | "WriteAsync"
                        | "getChannel().transferFrom"
                        | "transferFrom"
                ) =>
            {
                let (to, data) = (self.about(this?), self.as_content(&first?));
                self.write_file(path, &to, &data, id);
                Value::UNKNOWN
            }
            // What is read is written where it is poured to.
            _ if matches!(method, "transferTo" | "CopyTo" | "CopyToAsync") => {
                let (to, given) = (first?, this?.clone());
                if let Known::Object(object) = to.known
                    && let Some(Kind::Handle(of, about)) = self.heap.get(object).map(|o| &o.kind)
                {
                    let (of, about) = (*of, (**about).clone());
                    if self.paths.text(of).starts_with(WRITTEN_TO) {
                        self.write_file(path, &about, &given, id);
                        return Some(Value::UNKNOWN);
                    }
                }
                self.pour(path, &to, &given, id);
                Value::UNKNOWN
            }
            // What is asked of a type by the names of its functions.
            _ if matches!(method, "getMethod" | "getDeclaredMethod" | "GetMethod") => {
                let asked = first?.as_str()?.to_owned();
                let of = match &this?.known {
                    Known::Path(path) => *path,
                    _ => return None,
                };
                Self::path_value(self.paths.member(of, &asked), labels)
            }
            _ if matches!(method, "invoke" | "Invoke") && name.contains('.') && args.list.len() > 1 => {
                let of = match &this?.known {
                    Known::Path(path) => *path,
                    _ => return None,
                };
                self.word(of)?;
                let rest = Args::of(args.list.get(1..)?.to_vec());
                return Some(self.call_path(of, None, &rest, id));
            }
            _ => return None,
        })
    }

    /// A request that is made step by step: where it goes, and what it takes along.
    fn request_of_curly(
        &mut self,
        name: &str,
        path: PathId,
        method: &str,
        this: Option<&Value>,
        args: &Args,
    ) -> Option<Value> {
        let labels = self.labels_of(args).with(this.map_or(Labels::NONE, |t| self.all_labels(t)));
        let addressed = match name {
            "HttpRequestMessage" => args.at(1).or(args.at(0)),
            "HttpRequest.newBuilder" | "HttpPost" | "HttpGet" | "RestRequest" => args.at(0),
            _ if matches!(method, "uri" | "url") => args.at(0),
            _ => None,
        };
        let about = match addressed {
            Some(value) => self.about(value),
            None => this.map_or(Value::UNKNOWN, |t| self.about(t)),
        };
        let made = self.paths.call(path);
        Some(self.handle(made, about, labels))
    }

    /// Keeps the command that is going to be started.
    pub(super) fn prepare(&mut self, file: &Value, options: Option<&Value>) {
        let labels = self.all_labels(file).with(options.map_or(Labels::NONE, |o| self.all_labels(o)));
        let mut text = self.shown_or_hole(file).to_string();
        let mut whole = file.is_constant();
        if let Some(options) = options {
            text.push(' ');
            let shown = match self.elements(options).filter(|_| matches!(options.known, Known::Object(_))) {
                Some(words) => words.iter().map(|word| self.shown_or_hole(word)).collect::<Vec<_>>().join(" "),
                None => self.shown_or_hole(options).to_string(),
            };
            text.push_str(&shown);
            whole &= options.is_constant();
        }
        self.prepared = Some(if whole { Value::str(text, labels) } else { Value::text(text, labels) });
    }

    /// What is said of a command before it is started: `info.FileName = x`.
    pub(super) fn set_of_curly(&mut self, path: PathId, name: &str, object: &Value, value: &Value) {
        let text = self.paths.shared(path);
        if text.contains("StartInfo") && matches!(name, "FileName" | "Arguments") {
            let before = self.prepared.take();
            if name == "FileName" {
                self.prepare(value, None);
            } else {
                self.prepare(&before.unwrap_or(Value::UNKNOWN), Some(value));
            }
        }
        if let Known::Object(target) = object.known {
            let labels = self.all_labels(value);
            self.taint(target, labels);
        }
    }
}

/// How a function decodes what it is given.
fn coding(name: &str) -> Option<&'static str> {
    Some(match name {
        "Convert.FromBase64String"
        | "Base64.decodeBase64"
        | "Base64.decode"
        | "DatatypeConverter.parseBase64Binary"
        | "Base64.getDecoder().decode"
        | "Base64.getMimeDecoder().decode"
        | "Base64.getUrlDecoder().decode"
        | "Base64Utils.decodeFromString"
        | "BASE64Decoder().decodeBuffer" => "base64",
        "Convert.FromHexString"
        | "Hex.decodeHex"
        | "DatatypeConverter.parseHexBinary"
        | "HexFormat.of().parseHex"
        | "Hex.decode" => "hex",
        "URLDecoder.decode" | "WebUtility.UrlDecode" | "Uri.UnescapeDataString" | "HttpUtility.UrlDecode" => "url",
        _ => return None,
    })
}
