//! `object.name`, whatever the object is.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::analyze::script::words::{self, Does};
use crate::parse::script::{FuncId, Id, Language, Node};

/// Members that every object of JavaScript has.
const INHERITED: &[&str] = &[
    "apply",
    "bind",
    "call",
    "constructor",
    "hasOwnProperty",
    "length",
    "name",
    "prototype",
    "__proto__",
    "toJSON",
    "toString",
    "valueOf",
];

/// Programs that were started and can be written to.
const PROGRAMS: &[&str] =
    &["subprocess.Popen()", "child_process.spawn()", "child_process.exec()", "child_process.execFile()", "Bun.spawn()"];

impl Machine {
    /// The value of `object["name"]`: in Python tables of names are no objects with members.
    pub(super) fn entry(&mut self, object: &Value, name: &str, at: Id) -> Value {
        if self.language == Language::Python
            && let Known::Path(path) = object.known
            && let Some(value) = self.python_table(path, name)
        {
            return value;
        }
        // A header of a request, as Rack hands it to what stands before an application.
        if self.language == Language::Ruby
            && object.known == Known::Unknown
            && object.labels.any(Labels::PARAMETER)
            && name.starts_with("HTTP_")
        {
            return Value::unknown(object.labels.with(Labels::REMOTE));
        }
        self.member(object, name, at)
    }

    /// The value of `object.name`.
    pub(super) fn member(&mut self, object: &Value, name: &str, at: Id) -> Value {
        // The names of a module are the module.
        if self.language == Language::Python
            && name == "__dict__"
            && let Known::Object(id) = object.known
            && matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Dict(_)))
        {
            return object.clone();
        }
        // What a function is called by is the function.
        if self.language == Language::Python
            && name == "__call__"
            && matches!(object.known, Known::Func(..) | Known::Path(_))
        {
            return object.clone();
        }
        let value = self.member_as_it_is(object, name, at);
        // What a library of wallets is handed to make a pair of keys of.
        let is_secret = match self.language {
            Language::JavaScript => matches!(name, "secretKey" | "_secretKey") && self.tree.holds("Keypair"),
            Language::Python => name == "secret_key" && self.tree.holds("Keypair") && self.tree.holds("SigningKey"),
            _ => false,
        };
        if is_secret && !value.is_constant() && !matches!(value.known, Known::Func(..)) {
            return value.labelled(Labels::KEY_MATERIAL);
        }
        let asked = self.asked_of_a_model(name, &value);
        if !asked.is_empty() {
            return value.labelled(asked);
        }
        if self.language == Language::Python
            && let Known::Func(func, frame) = value.known
            && let Known::Object(id) = object.known
            && matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Instance(..)))
            && self.is_property(func)
        {
            return self.call_function(func, frame, Some(object.clone()), &Args::default());
        }
        if self.language == Language::Python
            && let Some(asked) = self.asked_of_descriptor(&value, object)
        {
            return asked;
        }
        value
    }

    /// The method of such a name that the script has given to all values of such a kind.
    pub(super) fn taught(&self, object: &Value, name: &Rc<str>) -> Option<Value> {
        if self.taught.is_empty() {
            return None;
        }
        let class = match &object.known {
            Known::Str(_) | Known::Text(_) => "String",
            Known::Num(_) => "Number",
            Known::Bool(_) => "Boolean",
            Known::Object(id) if self.heap.list(*id).is_some() => "Array",
            _ => "Object",
        };
        let of = |class: &str| self.taught.get(&(Rc::from(class), Rc::clone(name))).cloned();
        of(class).or_else(|| of("Object"))
    }

    /// Whether asking for a method calls it.
    fn is_property(&self, func: FuncId) -> bool {
        self.tree.function(func).is_some_and(|function| {
            function.decorators.iter().any(|decorator| match self.tree.get(*decorator) {
                Node::Name(name) => matches!(self.tree.str(name), "property" | "cached_property"),
                Node::Member(_, name) => self.tree.str(name) == "cached_property",
                _ => false,
            })
        })
    }

    fn member_as_it_is(&mut self, object: &Value, name: &str, at: Id) -> Value {
        if self.language == Language::JavaScript
            && let Some(value) = self.made_when_asked(object, name, at)
        {
            return value;
        }
        if object.known == Known::Unknown && super::registered::is_of_a_client(name) {
            self.asked_of_unknown.insert(name.into());
        }
        if object.known == Known::Unknown
            && (matches!(name, "LC_ALL" | "LC_MESSAGES" | "TZ" | "timeZone" | "USERDNSDOMAIN")
                || name.ends_with("_BASE_URL"))
        {
            // An environment that was handed on.
            let of = if name == "timeZone" { Labels::TIME_ZONE } else { words::labels_of_variable(name) };
            return Value::unknown(object.labels.with(of));
        }
        match &object.known {
            // Outside of modules `this` holds what is global.
            Known::Path(path) if self.paths.text(*path) == "this" && is_of_host(name) => {
                let path = self.paths.root(name);
                Self::path_value(path, object.labels)
            }
            // The table of all that is global.
            Known::Path(path)
                if self.language == Language::Lua && matches!(self.paths.text(*path), "_G" | "_ENV" | "getfenv()") =>
            {
                if let Some(value) = self.tree.known(name).and_then(|sym| self.variable(sym)) {
                    return value.labelled(object.labels);
                }
                let path = self.paths.root(name);
                Self::path_value(path, object.labels)
            }
            // What makes numbers is a function like every method of a list.
            Known::Num(_) | Known::Bool(_) if name == "constructor" && self.language == Language::JavaScript => {
                let path = self.paths.root(super::call::METHOD_OF_A_LIST);
                Self::path_value(path, object.labels)
            }
            Known::Path(path) if self.paths.text(*path) == super::call::METHOD_OF_A_LIST => match name {
                "constructor" => {
                    let path = self.paths.root("Function");
                    Self::path_value(path, object.labels)
                }
                _ => Value::unknown(object.labels),
            },
            Known::Path(path) => {
                let path = self.paths.member(*path, name);
                if let Some(place) = place_of_module(self.paths.text(path)) {
                    return Value::text(place.to_owned(), Labels::OWN_FILE);
                }
                // What it gives to others it may take itself.
                if let Some(value) = self.exported.get(&path) {
                    return value.clone();
                }
                if super::registered::is_of_a_client(name) || self.paths.text(path).starts_with("console.") {
                    self.asked.insert(path);
                }
                if let Some(value) = self.constant_of_python(path) {
                    return value;
                }
                let word = self.word(path);
                let own = self.path_labels(path, at);
                if let Some(word) = word
                    && word.does == Does::Environment
                    && word.subject.is_empty()
                {
                    return self.environment(name, at);
                }
                if let Some(value) = self.variable_of_environment(path, name, at) {
                    return value;
                }
                let inherited = object.labels.without(Labels::ENV_ALL);
                Self::path_value(path, own.with(inherited))
            }
            Known::Object(id) => {
                let id = *id;
                if name == "nodeTypedValue"
                    && let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind)
                {
                    let kind = fields.get("dataType").cloned();
                    let text = fields.get("text").or_else(|| fields.get(name)).cloned();
                    if let Some(value) = kind.zip(text).and_then(|(kind, text)| self.typed_value(&kind, text)) {
                        return value;
                    }
                }
                let Some(target) = self.heap.get(id) else { return Value::unknown(object.labels) };
                let inner = target.labels;
                match &target.kind {
                    Kind::Dict(fields) => match fields.get(name) {
                        Some(value) => value.clone(),
                        // What makes objects is a function, like what makes lists.
                        None if name == "constructor" && self.language == Language::JavaScript => {
                            let path = self.paths.root(super::call::METHOD_OF_A_LIST);
                            Self::path_value(path, object.labels)
                        }
                        None if self.language == Language::JavaScript && !target.open && !INHERITED.contains(&name) => {
                            Value::new(Known::Nil, inner.with(object.labels))
                        }
                        None => Value::unknown(inner.with(object.labels)),
                    },
                    Kind::Instance(fields, class) => {
                        if let Some(value) = fields.get(name) {
                            return value.clone();
                        }
                        let class = *class;
                        match self.heap.get(class).map(|o| &o.kind) {
                            Some(Kind::Class(fields, bases)) => match (fields.get(name), bases.first()) {
                                (Some(value), _) => value.clone(),
                                (None, Some(base)) => {
                                    let base = *base;
                                    let path = self.paths.call(base);
                                    let path = self.paths.member(path, name);
                                    Self::path_value(path, object.labels)
                                }
                                _ => Value::unknown(inner.with(object.labels)),
                            },
                            _ => Value::unknown(inner),
                        }
                    }
                    Kind::Class(..) if name == "constructor" && self.language == Language::JavaScript => {
                        let path = self.paths.root("Function");
                        Self::path_value(path, Labels::NONE)
                    }
                    // Its own name, by which it is spoken of.
                    Kind::Class(..) if name == "class" && self.language == Language::Php => object.clone(),
                    Kind::Class(fields, _) => fields.get(name).cloned().unwrap_or(Value::UNKNOWN),
                    Kind::List(items) if name == "length" => {
                        let count = items.len();
                        if target.open { Value::UNKNOWN } else { Value::num(count as f64, Labels::NONE) }
                    }
                    // The pieces of a template, as its tag is given them.
                    Kind::List(_) if name == "raw" && self.language == Language::JavaScript => object.clone(),
                    // A method that is kept by a name of the script's own: only its constructor is of interest.
                    Kind::List(_)
                        if self.language == Language::JavaScript
                            && super::call::is_method_of_all(name)
                            && !self.beside.contains_key(&id) =>
                    {
                        let path = self.paths.root(super::call::METHOD_OF_A_LIST);
                        Self::path_value(path, inner.with(object.labels))
                    }
                    Kind::List(_) => match self.beside.get(&id) {
                        Some(fields) => match fields.get(name) {
                            Some(value) => value.clone(),
                            None if !INHERITED.contains(&name) => Value::NIL,
                            None => Value::unknown(inner.with(object.labels)),
                        },
                        None => Value::unknown(inner.with(object.labels)),
                    },
                    Kind::Handle(_, about) if name == "name" && self.language == Language::Python => {
                        (**about).clone().labelled(inner.with(object.labels))
                    }
                    Kind::Handle(path, about) => {
                        // Whatever is asked of it stands for something at the other end, and what is written to a
                        // program is read by it.
                        let of = self.paths.text(*path);
                        if of.starts_with("xmlrpc.client.ServerProxy()") || name == "stdin" && PROGRAMS.contains(&of) {
                            let about = (**about).clone();
                            let path = self.paths.member(*path, name);
                            return self.handle(path, about, inner);
                        }
                        let path = self.paths.member(*path, name);
                        let own = self.path_labels(path, at);
                        Self::path_value(path, own.with(inner).with(object.labels))
                    }
                }
            }
            Known::Str(path) | Known::Text(path)
                if name == "parent" && self.language == Language::Python && path.starts_with("{own ") =>
            {
                Value::text(outer_folder(path), object.labels)
            }
            Known::Func(func, frame) if name == "prototype" && self.language == Language::JavaScript => {
                let key = (*func, *frame);
                if let Some(prototype) = self.carried.get(&key).and_then(|f| f.get(name)) {
                    return prototype.clone();
                }
                let mut fields = Fields::default();
                fields.set("constructor", object.clone());
                let prototype = self.object(Kind::Dict(fields), Labels::NONE);
                self.carried.entry(key).or_default().set(name, prototype.clone());
                prototype
            }
            // A function that something was put around is the one that is met here.
            Known::Func(..) if self.language == Language::Python && matches!(name, "__func__" | "__wrapped__") => {
                object.clone()
            }
            Known::Func(func, _) if self.language == Language::Python && matches!(name, "__doc__" | "__name__") => {
                let func = *func;
                let known = match name {
                    "__doc__" => self.doc_of(func),
                    _ => self.tree.function(func).map(|f| Value::str(self.tree.str(f.name), Labels::NONE)),
                };
                known.unwrap_or(Value::UNKNOWN)
            }
            Known::Func(func, frame) => match self.carried.get(&(*func, *frame)).and_then(|f| f.get(name)) {
                Some(value) => {
                    self.oldest_frame = 0;
                    value.clone()
                }
                None if self.language == Language::JavaScript && !INHERITED.contains(&name) => Value::NIL,
                None => {
                    let path = self.paths.root("?");
                    let path = self.paths.member(path, name);
                    Self::path_value(path, object.labels)
                }
            },
            Known::Str(text) if name == "length" => {
                let count = self.count_letters(&Rc::clone(text));
                Value::num(count as f64, object.labels)
            }
            Known::Bytes(bytes) if name == "length" => Value::num(bytes.len() as f64, object.labels),
            _ => {
                let path = self.paths.root("?");
                let path = self.paths.member(path, name);
                Self::path_value(path, object.labels)
            }
        }
    }

    /// What is made only when the member is asked for: what a getter or the trap of a proxy gives, and the function that
    /// makes functions of text, which every function knows.
    fn made_when_asked(&mut self, object: &Value, name: &str, at: Id) -> Option<Value> {
        match &object.known {
            Known::Func(..) if name == "constructor" => {}
            Known::Path(path) if name == "constructor" && self.paths.text(*path) == "Function" => {}
            Known::Object(id) => {
                let id = *id;
                if let Some((target, trap)) = self.proxies.get(&id).cloned() {
                    let Some(Value { known: Known::Func(func, frame), .. }) = trap else {
                        return Some(self.member(&target, name, at));
                    };
                    let args = vec![target, Value::str(name, Labels::NONE), object.clone()];
                    return Some(self.call_function(func, frame, None, &Args::of(args)));
                }
                if !self.has_getters {
                    return None;
                }
                let getter = format!("get {name}");
                let (fields, class) = match &self.heap.get(id)?.kind {
                    Kind::Dict(fields) | Kind::Class(fields, _) => (fields, None),
                    Kind::Instance(fields, class) => (fields, Some(*class)),
                    _ => return None,
                };
                // `exports.name = void 0` stands before what gives it.
                if fields.get(name).is_some_and(|value| value.known != Known::Nil) {
                    return None;
                }
                let of_class = |class| match self.heap.get(class).map(|o| &o.kind) {
                    Some(Kind::Class(fields, _)) => fields.get(&getter),
                    _ => None,
                };
                let found = fields.get(&getter).or_else(|| class.and_then(of_class)).cloned();
                let Some(Value { known: Known::Func(func, frame), .. }) = found else { return None };
                return Some(self.call_function(func, frame, Some(object.clone()), &Args::default()));
            }
            _ => return None,
        }
        let path = self.paths.root("Function");
        Some(Self::path_value(path, Labels::NONE))
    }
}

/// Where a module of JavaScript lies, as it asks for it.
fn place_of_module(path: &str) -> Option<&'static str> {
    match path {
        "import.meta.url" | "import.meta.filename" => Some("{own file}\u{2026}"),
        "import.meta.dirname" => Some("{own folder}"),
        _ => None,
    }
}

/// Whether a global is one of the scripting host of Windows, or makes code of text.
fn is_of_host(name: &str) -> bool {
    matches!(name, "WScript" | "WSH" | "ActiveXObject" | "eval" | "Function")
}

/// Longest path that is still led outwards: in a loop it would grow with each round.
const MAX_PATH: usize = 1024;

/// The folder in which something of the script's own lies, as `pathlib` gives it.
pub(super) fn outer_folder(path: &str) -> String {
    if path.len() > MAX_PATH {
        return path.to_owned();
    }
    match path.rsplit_once('/') {
        Some((folder, last)) if !matches!(last, "" | "." | "..") => folder.to_owned(),
        None if path.starts_with("{own file}") => "{own folder}".to_owned(),
        _ => format!("{path}/.."),
    }
}
