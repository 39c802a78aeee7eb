//! JavaScript: functions that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::execute::BODY_OF;
use super::sibling::of_own_folder;
use crate::analyze::script::event::Act;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::analyze::script::words::Does;
use crate::parse::script::{Id, Language};

/// Longest array that is made by its length.
const MAX_CALLS: usize = 100_000;

/// The function that gives what holds the globals, and how the way of one that gives something else by its name begins.
const RETURNS_THIS: &str = "Function('return this')";
const RETURNS: &str = "Function('return ";
/// Longest list of names of parameters, in bytes.
const MAX_PARAMETERS: usize = 4 << 10;

/// The name that a body of one statement gives: `return escape`.
fn returned_name(body: &str) -> Option<&str> {
    let name = body.trim().trim_end_matches(';').strip_prefix("return ")?.trim();
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'));
    (is_name && !name.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
}

/// What the parameters are called of a function that is made of text: `Function("a, b", "c", body)`.
fn names_of_parameters(names: &[Value]) -> Option<String> {
    let names: Vec<&str> = names.iter().map(Value::as_str).collect::<Option<_>>()?;
    let names = names.join(", ");
    let is_of_names = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ',' | ' ' | '.');
    (!names.is_empty() && names.len() <= MAX_PARAMETERS && names.chars().all(is_of_names)).then_some(names)
}

/// Whether the body of a function gives a text that stands in it, and does nothing else.
fn returns_text(body: &str) -> bool {
    let Some(rest) = body.trim().strip_prefix("return") else { return false };
    let rest = rest.trim_start().trim_end_matches([';', ' ']);
    let mut letters = rest.chars();
    let Some(quote @ ('"' | '\'')) = letters.next() else { return false };
    loop {
        match letters.next() {
            Some('\\') => drop(letters.next()),
            Some(c) if c == quote => return letters.as_str().is_empty(),
            Some(_) => {}
            None => return false,
        }
    }
}

/// How a table that is no object is called here: a `Map`.
pub(super) const TABLE: &str = "Map()";
/// Most rows of one.
const MAX_ROWS: usize = 4096;

/// Programs that are started, by the way to them.
const PROGRAMS: &[&str] = &["child_process.spawn()", "child_process.exec()", "child_process.execFile()", "Bun.spawn()"];

fn path_of_program(path: &str) -> String {
    path.split("()").next().unwrap_or(path).to_owned()
}

/// An element of a page that executes its text.
pub(super) const SCRIPT_ELEMENT: &str = "document.createElement(script)";

/// The client of GitHub's interface, however it was made.
const OCTOKIT: &str = "octokit.Octokit()";

/// Most members of a set that are compared with one another; of larger ones all are kept.
const FEW: usize = 256;

/// What yields a request that is still to be sent.
const REQUESTS: &[&str] = &["http.request()", "https.request()", "follow-redirects.https.request()"];

impl Machine {
    /// The code of a module whose address holds it: `import("data:text/javascript;base64,…")`.
    fn module_in_address(&self, address: &Value) -> Option<Value> {
        let content = address.as_text()?.strip_prefix("data:")?;
        let (kind, code) = content.split_once(',')?;
        if !kind.contains("javascript") {
            return None;
        }
        if code.contains(HOLE) {
            return Some(Value::unknown(address.labels));
        }
        let code = Value::str(code, address.labels);
        crate::analyze::script::fold::codec::decode(if kind.contains("base64") { "base64" } else { "url" }, &code)
    }

    /// A field of the options that stand last.
    pub(super) fn option(&self, args: &Args, name: &str) -> Option<&Value> {
        let Known::Object(id) = args.list.last()?.known else { return None };
        match &self.heap.get(id)?.kind {
            Kind::Dict(fields) => fields.get(name),
            _ => None,
        }
    }

    /// `new Map([[key, value], …])`, whose rows are looked up by keys of all kinds.
    fn table(&mut self, rows: Option<&Value>) -> Option<Value> {
        let mut fields = Fields::default();
        let mut labels = Labels::NONE;
        if let Some(rows) = rows.filter(|rows| rows.known != Known::Nil) {
            labels = self.all_labels(rows);
            for row in self.elements(rows)?.iter().take(MAX_ROWS) {
                let mut cells = self.elements(row)?.into_iter();
                let (key, value) = (super::bind::key_of(&cells.next()?)?, cells.next()?);
                fields.set(&key, value);
            }
        }
        let rows = self.object(Kind::Dict(fields), labels);
        let path = self.paths.root(TABLE);
        Some(self.handle(path, rows, labels))
    }

    /// Methods of a `Map`.
    pub(super) fn method_of_table(&mut self, table: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        let rows = self.about(table);
        let Known::Object(of) = rows.known else { return None };
        let key = args.at(0).and_then(super::bind::key_of);
        let is_open = self.heap.get(of)?.open;
        if let Some(found) = self.looked_for(&rows, name, args) {
            self.note_compared(&found, id);
            return Some(found);
        }
        match (name, key) {
            ("set", Some(key)) => {
                let value = args.at(1)?.clone();
                self.set_member(&rows, &key, value, id);
                Some(table.clone())
            }
            ("set", None) => {
                self.heap.get_mut(of)?.open = true;
                Some(table.clone())
            }
            ("get", Some(key)) => {
                let Kind::Dict(fields) = &self.heap.get(of)?.kind else { return None };
                match fields.get(&key) {
                    Some(value) => Some(value.clone()),
                    None if !is_open => Some(Value::unknown(self.all_labels(table))),
                    None => None,
                }
            }
            _ => None,
        }
    }

    /// What a page has stored, when a function takes all of it at once: `JSON.stringify(localStorage)`.
    pub(super) fn whole_storage(&mut self, value: &Value, id: Id) -> Option<Labels> {
        let Known::Path(path) = value.known else { return None };
        let name = self.paths.shared(path);
        if !matches!(&*name, "localStorage" | "sessionStorage") {
            return None;
        }
        self.source(Labels::BROWSER, &name, id);
        Some(Labels::BROWSER)
    }

    pub(super) fn builtin_of_javascript(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        let first = args.at(0);
        if matches!(name, "JSON.stringify" | "Object.entries" | "Object.values" | "structuredClone")
            && let Some(labels) = first.and_then(|value| self.whole_storage(value, id))
        {
            return Some(Value::unknown(labels));
        }
        Some(match name {
            "require"
            | "import"
            | "process.mainModule.require"
            | "module.require"
            | "process.binding"
            | "module.createRequire()"
            | "module._load"
            | "module.constructor._load"
            | "process.mainModule.constructor._load"
            | "require.main.constructor._load"
            | "require.main.require"
            | "process.getBuiltinModule" => {
                self.load_written(name, first?, id);
                if let Some(code) = self.module_in_address(first?) {
                    let eval = self.paths.root("eval");
                    return Some(self.call_path(eval, None, &Args::of(vec![code]), id));
                }
                let own = first?.as_text().and_then(of_own_folder);
                let Some(module) = own.or_else(|| first?.as_str().map(str::to_owned)) else {
                    self.loads_any(first?);
                    self.note_unnamed(first?);
                    return None;
                };
                self.loads(&module);
                if let Some(exports) = self.sibling_of_javascript(&module) {
                    return Some(exports);
                }
                if let Some(constants) = self.required_constants(&module) {
                    return Some(constants);
                }
                let path = self.paths.root(&module);
                Self::path_value(path, first?.labels)
            }
            "setTimeout" | "setInterval" | "setImmediate" | "queueMicrotask" | "process.nextTick" => {
                let function = first?.clone();
                let is_function = match function.known {
                    Known::Func(..) => true,
                    Known::Path(path) => self.word(path).is_some(),
                    _ => false,
                };
                if !is_function {
                    return None;
                }
                // Timers are told first how long they wait.
                let waits = usize::from(matches!(name, "setTimeout" | "setInterval"));
                let given = Args::of(args.list.get(1 + waits..).unwrap_or_default().to_vec());
                self.call_value(&function, None, &given, id, false);
                if name == "setInterval" && self.later.timers.len() < super::later::MOST {
                    self.later.timers.push((function, given, self.when));
                }
                Value::UNKNOWN
            }
            "Object.keys" | "keys" | "Object.getOwnPropertyNames" => match first?.known {
                Known::Object(object) => {
                    let object = self.heap.get(object)?;
                    let names: Vec<Value> = match &object.kind {
                        Kind::Dict(fields) if !object.open => {
                            let name = |n: &Rc<str>| n.strip_prefix("get ").map_or_else(|| Rc::clone(n), Into::into);
                            fields.iter().map(|(n, _)| Value::str(name(n), Labels::NONE)).collect()
                        }
                        Kind::List(items) if !object.open => {
                            (0..items.len()).map(|i| Value::str(i.to_string(), Labels::NONE)).collect()
                        }
                        _ => return Some(Value::unknown(self.all_labels(first?))),
                    };
                    self.new_list(names, Labels::NONE)
                }
                _ => Value::unknown(self.all_labels(first?)),
            },
            "Array.isArray" => match &first?.known {
                Known::Object(object) => match self.heap.get(*object)?.kind {
                    Kind::List(_) => Value::bool(true, Labels::NONE),
                    Kind::Dict(_) => Value::bool(false, Labels::NONE),
                    // Classes may extend that of lists.
                    Kind::Class(..) | Kind::Instance(..) | Kind::Handle(..) => return None,
                },
                Known::Unknown | Known::Path(_) => return None,
                _ => Value::bool(false, Labels::NONE),
            },
            "Object.values" | "Object.entries" => {
                let Known::Object(object) = first?.known else { return Some(Value::unknown(self.all_labels(first?))) };
                let Kind::Dict(fields) = self.heap.get(object)?.kind.clone() else { return None };
                let mut out = Vec::new();
                for (key, value) in fields.iter() {
                    out.push(if name == "Object.values" {
                        value.clone()
                    } else {
                        let key = Value::str(Rc::clone(key), Labels::NONE);
                        self.new_list(vec![key, value.clone()], Labels::NONE)
                    });
                }
                self.new_list(out, Labels::NONE)
            }
            "Object.defineProperty" | "Reflect.defineProperty" => {
                let target = first?.clone();
                let member = args.at(1)?.as_str()?.to_owned();
                let (value, getter) = match args.at(2)?.known {
                    Known::Object(id) => match self.heap.get(id).map(|o| &o.kind) {
                        Some(Kind::Dict(fields)) => (fields.get("value").cloned(), fields.get("get").cloned()),
                        _ => (None, None),
                    },
                    _ => (None, None),
                };
                if let Some(value) = value {
                    self.set_member(&target, &member, value, id);
                } else if let (Some(getter), Known::Object(object)) = (getter, &target.known)
                    && let Some(getter) = self.getter_of(&getter, &target, &member, id)
                    && let Some(Kind::Dict(fields)) = self.heap.get_mut(*object).map(|o| &mut o.kind)
                {
                    // What compilers write for modules that give on what others gave them.
                    fields.set(&format!("get {member}"), getter);
                    self.has_getters = true;
                }
                target
            }
            // All of the environment and of `.env`, where no prefix says which part is for pages.
            "vite.loadEnv" if args.at(2).and_then(Value::as_str) == Some("") => {
                Value::unknown(Labels::ENV_ALL.with(Labels::DOTENV))
            }
            "Object.freeze" | "Object.seal" | "Object.preventExtensions" | "Object.setPrototypeOf" => first?.clone(),
            "Object.assign" => {
                let target = first?.clone();
                for source in args.list.iter().skip(1) {
                    let labels = self.all_labels(source);
                    let fields = match source.known {
                        Known::Object(id) => match self.heap.get(id).map(|o| o.kind.clone()) {
                            Some(Kind::Dict(fields)) => fields,
                            _ => Fields::default(),
                        },
                        _ => Fields::default(),
                    };
                    for (name, value) in fields.iter() {
                        self.set_member(&target, name, value.clone(), id);
                    }
                    if let Known::Object(id) = target.known
                        && let Some(object) = self.heap.get_mut(id)
                    {
                        object.labels = object.labels.with(labels);
                    }
                }
                target
            }
            "JSON.parse" if args.list.len() == 1 => return self.read_as_json(&first?.clone()),
            "Set" if args.list.len() == 1 => {
                let items = self.elements(&first?.clone())?;
                let mut unique: Vec<Value> = Vec::new();
                let few = items.len() <= FEW;
                // What is not known may be another.
                for item in items {
                    if !few || !item.is_constant() || !unique.contains(&item) {
                        unique.push(item);
                    }
                }
                self.new_list(unique, self.labels_of(args))
            }
            "Uint8Array.of" | "Uint16Array.of" | "Uint32Array.of" | "Int8Array.of" | "Int32Array.of" => {
                self.new_list(args.list.clone(), Labels::NONE)
            }
            "Array.from" | "Array.of" | "Array" | "Set" | "Uint8Array.from" => {
                if name.ends_with(".from") {
                    let over = first?.clone();
                    if let Some(function) = args.at(1) {
                        return Some(self.map(function, &over, id));
                    }
                    match self.elements(&over) {
                        Some(items) => self.new_list(items, over.labels),
                        None => Value::unknown(self.all_labels(&over)),
                    }
                } else if name == "Array" && args.list.len() == 1 && first?.as_num().is_some() {
                    let count = usize::try_from(first?.as_int()?).ok().filter(|c| *c < MAX_CALLS)?;
                    self.new_list(vec![Value::NIL; count], Labels::NONE)
                } else {
                    self.new_list(args.list.clone(), Labels::NONE)
                }
            }
            "RegExp" => {
                let pattern = first?.clone();
                pattern.as_str()?;
                let path = self.paths.root("RegExp");
                self.object(Kind::Handle(path, Box::new(pattern)), Labels::NONE)
            }
            "Uint8Array" | "Uint16Array" | "Uint32Array" | "Int8Array" | "Int32Array" => match &first?.known {
                Known::Num(_) => {
                    let count = usize::try_from(first?.as_int()?).ok().filter(|c| *c < MAX_CALLS)?;
                    self.new_list(vec![Value::num(0.0, Labels::NONE); count], Labels::NONE)
                }
                Known::Bytes(_) | Known::Object(_) => {
                    let items = self.elements(&first?.clone())?;
                    self.new_list(items, first?.labels)
                }
                _ => return None,
            },
            "Buffer.from" | "Buffer" if matches!(first?.known, Known::Object(_)) => {
                let bytes = self.bytes_of_list(first?)?;
                Value::bytes(bytes, first?.labels.with(Labels::BUILT))
            }
            "Reflect.get" => {
                let name = args.at(1)?.as_str()?.to_owned();
                self.member(&first?.clone(), &name, id)
            }
            "Reflect.construct" => {
                let list = self.elements(args.at(1)?).unwrap_or_default();
                let made = first?.clone();
                return Some(self.call_value(&made, None, &Args::of(list), id, true));
            }
            "Reflect.apply" => {
                let list = self.elements(args.at(2)?).unwrap_or_default();
                self.call_value(first?, args.at(1), &Args::of(list), id, false)
            }
            "Map" => self.table(first)?,
            // Signs of one name are one sign.
            "Symbol.for" | "Symbol" => Value::str(format!("{name}({})", first?.as_str()?), first?.labels),
            "JSON.stringify" => {
                let value = first?;
                if let Some(text) = value.as_str() {
                    return Some(Value::str(format!("{text:?}"), value.labels));
                }
                self.written_as_json(&value.clone())
            }
            // What it inherits is not known.
            "Object.create" => {
                let made = self.object(Kind::Dict(Fields::default()), Labels::NONE);
                if let Known::Object(made) = made.known
                    && let Some(object) = self.heap.get_mut(made)
                {
                    object.open = true;
                }
                made
            }
            // Clients that know their address themselves.
            "@octokit/rest.Octokit"
            | "octokit.Octokit"
            | "@octokit/core.Octokit"
            | "@actions/github.getOctokit"
            | "@actions/github.GitHub" => {
                let path = self.paths.root(OCTOKIT);
                Self::path_value(path, Labels::NONE)
            }
            "document.querySelector" | "document.querySelectorAll" => {
                let wanted = first?.as_text()?;
                if !wanted.contains("type") || !wanted.contains("password") {
                    return None;
                }
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                Self::path_value(path, Labels::FIELD)
            }
            // The place of a file, as the editor has it.
            "vscode.Uri.file" => {
                let place = first?.clone();
                let mut fields = Fields::default();
                for field in ["fsPath", "path", "href"] {
                    fields.set(field, place.clone());
                }
                self.object(Kind::Dict(fields), place.labels)
            }
            "Promise.resolve" => first?.clone(),
            "Promise" => self.promise(first?)?,
            "URL" => self.address(args)?,
            // Where a file beside the script lies.
            "require.resolve" => {
                let file = args.at(0)?.as_str().filter(|name| name.starts_with("./") || name.starts_with("../"))?;
                let file = file.strip_prefix("./").unwrap_or(file);
                Value::text(format!("{{own folder}}/{file}"), Labels::OWN_FILE)
            }
            "Proxy" => self.proxy(args, id)?,
            "Object.getPrototypeOf" | "Reflect.getPrototypeOf" if matches!(first?.known, Known::Func(..)) => {
                let path = self.paths.root("Function.prototype");
                Self::path_value(path, Labels::NONE)
            }
            // The binding under `child_process`: one object with the words of the command.
            "spawn_sync.spawn" => {
                let words = self.option(args, "args").cloned().or_else(|| self.option(args, "file").cloned())?;
                let run = self.paths.root("child_process.spawnSync");
                self.call_path(run, None, &Args::of(vec![words]), id)
            }
            RETURNS_THIS => {
                let path = self.paths.root("globalThis");
                Self::path_value(path, Labels::NONE)
            }
            _ if name.starts_with(RETURNS) => {
                let given = name.strip_prefix(RETURNS)?.strip_suffix("')")?;
                let path = self.paths.root(given);
                Self::path_value(path, Labels::NONE)
            }
            "Function" | "AsyncFunction" | "Function.constructor" | "Function.prototype.constructor" | "vm.Script" => {
                // The body runs when the result is called; treat it as executed. Of a script it comes before its options.
                let body = if name == "vm.Script" { first } else { args.list.last() }?.clone();
                if let Some(name) = body.as_str().and_then(returned_name) {
                    let path = self.paths.root(&format!("{RETURNS}{name}')"));
                    return Some(Self::path_value(path, Labels::NONE));
                }
                // Code in faces and brackets has its escapes read so: `Function('return"\\\\141"')()`.
                if args.list.len() == 1 && body.as_str().is_some_and(returns_text) {
                    let function = format!("(function () {{ {} }})", body.as_str()?);
                    return self.execute(&Value::str(function, body.labels), Language::JavaScript, id);
                }
                let eval = self.paths.root("eval");
                let mut code = Args::of(vec![body]);
                if name != "vm.Script"
                    && let Some(names) = args.list.split_last().and_then(|(_, names)| names_of_parameters(names))
                {
                    self.note_packed(&code, id);
                    code.named.push((BODY_OF.into(), Value::str(names, Labels::NONE)));
                }
                let made = self.call_path(eval, None, &code, id);
                if !code.named.is_empty() && matches!(made.known, Known::Func(..)) {
                    return Some(made);
                }
                let path = self.paths.root("Function");
                let path = self.paths.call(path);
                Self::path_value(path, Labels::NONE)
            }
            "worker_threads.Worker" | "Worker"
                if self.option(args, "eval").is_some_and(|v| v.known == Known::Bool(true)) =>
            {
                let eval = self.paths.root("eval");
                self.call_path(eval, None, &Args::of(vec![first?.clone()]), id)
            }
            // The names of a context of its own are those that are given.
            "vm.runInNewContext" | "vm.runInContext" => {
                if let Some(Known::Object(context)) = args.at(1).map(|v| v.known.clone())
                    && let Some(Kind::Dict(fields)) = self.heap.get(context).map(|o| &o.kind)
                {
                    let names: Vec<_> = fields.iter().map(|(n, v)| (Rc::clone(n), v.clone())).take(64).collect();
                    for (name, value) in names {
                        let sym = self.tree.sym(name.as_bytes());
                        if self.variable(sym).is_none() {
                            self.declare_name(sym, value);
                        }
                    }
                }
                return None;
            }
            _ if name.ends_with(".call") || name.ends_with(".apply") || name.ends_with(".bind") => {
                return self.call_by_hand(name, args, id);
            }
            _ if name.ends_with("TextDecoder().decode") => {
                let bytes = match &first?.known {
                    Known::Object(_) => self.bytes_of_list(first?)?,
                    _ => first?.as_bytes()?.to_vec(),
                };
                Value::str(String::from_utf8_lossy(&bytes).into_owned(), first?.labels.with(Labels::BUILT))
            }
            _ if name.ends_with(".constructor") && this.is_some_and(|t| matches!(t.known, Known::Func(..)))
                || name.ends_with(".constructor.constructor") =>
            {
                return self.builtin_of_javascript("Function", None, args, id);
            }
            _ if name.ends_with(".then") || name.ends_with(".catch") || name.ends_with(".finally") => {
                // A promise hands on what it was made of.
                let this = this?;
                let base = match &this.known {
                    Known::Path(path) => this.clone().labelled(self.path_labels(*path, id)),
                    _ => this.clone(),
                };
                let function = first?.clone();
                if let Known::Func(func, frame) = function.known {
                    let value = self.call_function(func, frame, None, &Args::of(vec![base.clone()]));
                    // What stands in for an answer that did not come: the answer mostly comes.
                    let answer = if name.ends_with(".then") { value } else { base.clone() };
                    return Some(answer.labelled(base.labels));
                }
                // `.then(eval)`
                if let (Known::Path(path), true) = (&function.known, name.ends_with(".then")) {
                    let path = *path;
                    return Some(self.call_path(path, None, &Args::of(vec![base]), id));
                }
                return None;
            }
            // What a key is, the listener asks of what it is given.
            _ if name.ends_with("addEventListener")
                && first.and_then(Value::as_str).is_some_and(|on| on.starts_with("key"))
                && matches!(args.at(1).map(|f| &f.known), Some(Known::Func(..))) =>
            {
                self.listen_to_keys(args.at(1)?);
                Value::NIL
            }
            _ if [".on", ".once", ".addListener", ".prependListener"].iter().any(|way| name.ends_with(way)) => {
                let heard = self.listen(args);
                // A request that listens is the request.
                if heard.is_none()
                    && let Some(request) = this
                    && name.rsplit_once('.').is_some_and(|(of, _)| REQUESTS.contains(&of))
                {
                    let path = self.paths.root(name);
                    self.call_backs(args, request.labels, Some(path));
                    return Some(request.clone());
                }
                return heard;
            }
            _ if name.ends_with(".emit") => return self.emit(args),
            "stream.pipeline" | "stream/promises.pipeline" | "stream.promises.pipeline" => {
                let mut from = first?.clone();
                for to in args.list.iter().skip(1).filter(|to| !matches!(to.known, Known::Func(..))) {
                    from = self.pipe("stream.pipe", Some(&from), to, id);
                }
                self.call_backs(args, Labels::NONE, None);
                from
            }
            // A file that was opened before.
            "fs.createReadStream" if self.option(args, "fd").is_some() => {
                let file = self.option(args, "fd").cloned()?;
                let path = self.paths.root(name);
                self.read_file(path, &file, id)
            }
            // What an extension keeps for later, as one box: what was put into it is what comes out.
            "chrome.storage.local.set" | "chrome.storage.session.set" | "browser.storage.local.set" => {
                let kept = self.all_labels(first?);
                self.later.stored = self.later.stored.with(kept);
                return None;
            }
            "chrome.storage.local.get" | "chrome.storage.session.get" | "browser.storage.local.get"
                if !self.later.stored.is_empty() =>
            {
                let path = self.paths.root(name);
                let own = self.word(path).map_or(Labels::NONE, |word| word.yields);
                self.source(own, name, id);
                let stored = self.later.stored.with(own);
                self.call_backs(args, stored, None);
                Value::unknown(stored)
            }
            "document.createElement" if first?.as_str().is_some_and(|tag| tag.eq_ignore_ascii_case("script")) => {
                let path = self.paths.root(SCRIPT_ELEMENT);
                Self::path_value(path, Labels::NONE)
            }
            // A function that an extension has a page call, with what.
            "chrome.scripting.executeScript" | "browser.scripting.executeScript" => {
                let function = self.option(args, "func").or_else(|| self.option(args, "function"))?.clone();
                let given = self.option(args, "args").cloned().unwrap_or(Value::NIL);
                let list = self.elements(&given).unwrap_or_default();
                self.call_value(&function, None, &Args::of(list), id, false)
            }
            // Streams whose functions the script writes itself.
            "stream.Writable" | "stream.Transform" | "stream.Duplex" => {
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                self.handle(path, first?.clone(), Labels::NONE)
            }
            _ if name.ends_with(".pipe") => self.pipe(name, this, first?, id),
            _ if name.ends_with(".stdin.write") || name.ends_with(".stdin.end") => {
                let command = self.about(this?);
                self.feed(&command, first?.clone(), id);
                return None;
            }
            _ => return None,
        })
    }

    /// What flows out of a stream into another: a file, a connection that is tied to a shell, whatever sends what is
    /// written to it.
    fn pipe(&mut self, name: &str, this: Option<&Value>, target: &Value, id: Id) -> Value {
        self.tie(name, this, target, id);
        let content = Value::unknown(this.map_or(Labels::NONE, |t| self.all_labels(t)));
        if let Known::Object(object) = target.known
            && let Some(Kind::Handle(path, about)) = self.heap.get(object).map(|o| &o.kind)
        {
            let (path, about) = (*path, (**about).clone());
            let write = self.paths.member(path, "write");
            let word = self.word(write).filter(|word| word.does == Does::Send);
            if self.paths.text(path).contains("createWriteStream") {
                self.write_file(path, target, &content, id);
            } else if let Some(word) = word {
                let labels = content.labels;
                self.act(word, write, Some(target), &Args::of(vec![content.clone()]), id, labels);
            } else if self.paths.text(path).ends_with(".stdin") {
                self.feed(&about, content.clone(), id);
            } else if self.paths.text(path).starts_with("stream.") {
                for name in ["write", "transform", "flush", "final"] {
                    let function = self.member(&about, name, id);
                    if let Known::Func(func, frame) = function.known {
                        self.call_function(func, frame, Some(target.clone()), &Args::of(vec![content.clone()]));
                    }
                }
            }
            self.taint(object, content.labels);
        }
        target.clone().labelled(content.labels)
    }

    /// Notes that a file is loaded as code which the script wrote before.
    fn load_written(&mut self, by: &str, file: &Value, id: Id) {
        let Some(text) = file.as_text().filter(|t| t.contains(['/', '\\'])) else { return };
        let written = self.written(text);
        if written.any(Labels::WRITTEN) {
            let path = self.paths.root(by);
            let file = file.clone().labelled(written);
            self.event(Act::Load, path, id, &file, &Value::UNKNOWN, false);
        }
    }

    /// Notes a program whose input or output goes through a connection.
    fn tie(&mut self, from: &str, this: Option<&Value>, to: &Value, id: Id) {
        let of = |machine: &Self, value: &Value| match value.known {
            Known::Path(path) => machine.paths.text(path).to_owned(),
            Known::Object(id) => match machine.heap.get(id).map(|o| &o.kind) {
                Some(Kind::Handle(path, _)) => machine.paths.text(*path).to_owned(),
                _ => String::new(),
            },
            _ => String::new(),
        };
        let (source, target) = (from.strip_suffix(".pipe").unwrap_or(from), of(self, to));
        let is_program = |path: &str| PROGRAMS.iter().any(|p| path.starts_with(p));
        let labels = this.map_or(Labels::NONE, |t| self.all_labels(t));
        let ties = (is_program(&target) && target.ends_with(".stdin") && labels.any(Labels::REMOTE))
            || (is_program(source) && source.ends_with(".stdout") && self.all_labels(to).any(Labels::REMOTE));
        if ties {
            let path = self.paths.root(if is_program(source) { source } else { &target });
            let about = Value::str(path_of_program(self.paths.text(path)), Labels::NONE);
            self.event(Act::Redirect, path, id, &about, &Value::UNKNOWN, false);
        }
    }

    /// The bytes of a list of numbers.
    pub(super) fn bytes_of_list(&mut self, list: &Value) -> Option<Vec<u8>> {
        let items = self.elements(list)?;
        items.iter().map(|item| item.as_int().map(|n| n.to_le_bytes()[0])).collect()
    }
}
