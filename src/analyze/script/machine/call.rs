//! Calls: of functions of the script, of methods of constants, and of what libraries do.

use std::rc::Rc;

use super::{Machine, digest};
use crate::analyze::script::event::{Act, When};
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::analyze::script::words::Does;
use crate::parse::script::{FuncId, Id, Language, Many, Node};

/// Arguments of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Args {
    /// By position.
    pub(crate) list: Vec<Value>,
    /// By name.
    pub(crate) named: Vec<(Rc<str>, Value)>,
    /// The origins of arguments that are not known one by one (`*args`).
    pub(crate) open: Labels,
}

impl Args {
    /// Arguments by position.
    #[must_use]
    pub(crate) fn of(list: Vec<Value>) -> Self {
        Self { list, named: Vec::new(), open: Labels::NONE }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Value> {
        self.list.iter().chain(self.named.iter().map(|(_, v)| v))
    }

    /// One by name.
    #[must_use]
    pub(crate) fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(n, _)| &**n == name).map(|(_, v)| v)
    }

    /// One by position.
    #[must_use]
    pub(crate) fn at(&self, i: usize) -> Option<&Value> {
        self.list.get(i)
    }
}

/// Names that readers of shells give to what their languages have signs for.
const HELPERS: &[&str] = &["redirect", "expand", "indirect", "=~", "lines", "glob", "test"];
/// Parts of names of functions that turn a key into something that may be shown.
const HARMLESS_OF_KEYS: &[&str] = &[
    "sign", "hash", "hmac", "sha", "keccak", "encrypt", "public", "address", "account", "derive", "verify", "wallet",
    "pub",
];

/// What cannot be read out of a digest: who and where the user is, what a file, a program or a secret says.
const UNREADABLE_IN_DIGESTS: Labels = Labels::IDENTITY
    .without(Labels::PLATFORM)
    .with(Labels::OUTPUT)
    .with(Labels::FILE)
    .with(Labels::LISTED)
    .with(Labels::ENV)
    .with(Labels::ENV_SECRET)
    .with(Labels::CREDENTIALS)
    .with(Labels::CLOUD_KEY)
    .with(Labels::SERVICE_KEY)
    .with(Labels::TOLD_SECRET)
    .with(Labels::DOTENV);

/// Functions whose argument, when another file of the package has it, says what is decoded.
const DECODERS: &[&str] = &[
    "base64.b64decode",
    "base64.b32decode",
    "base64.b85decode",
    "binascii.unhexlify",
    "bytes.fromhex",
    "codecs.decode",
    "atob",
    "Buffer.from",
];

/// Methods that lists, texts and numbers have.
const METHODS_OF_ALL: &[&str] = &[
    "at", "concat", "entries", "fill", "filter", "find", "flat", "forEach", "includes", "indexOf", "join", "keys",
    "map", "pop", "push", "reduce", "reverse", "shift", "slice", "some", "sort", "splice", "split", "sub", "toString",
    "trim", "values",
];

/// How a method of a list is known that was asked for and not called.
pub(super) const METHOD_OF_A_LIST: &str = "[].method";

/// Whether every list, text or number has a method of such a name.
pub(super) fn is_method_of_all(name: &str) -> bool {
    METHODS_OF_ALL.contains(&name)
}

/// Methods that put something into what they are called on.
const GATHERS: &[&str] = &[
    "add",
    "addFile",
    "addLocalFile",
    "add_attachment",
    "add_field",
    "add_file",
    "append",
    "attach",
    "field",
    "file",
    "push",
    "set",
    "setopt",
    "set_content",
    "set_payload",
    "setRequestHeader",
    "update",
    "write",
    "writestr",
];

/// Methods that bytes and lists have in common, and that are given a function.
const OVER_BYTES: &[&str] =
    &["every", "filter", "find", "findIndex", "forEach", "map", "reduce", "reduceRight", "some"];

/// Whether a function unpacks what it is given.
fn unpacks(path: &str) -> bool {
    const UNPACKERS: &[&str] =
        &["inflateSync", "inflateRawSync", "gunzipSync", "unzipSync", "brotliDecompressSync", "decompress"];
    UNPACKERS.contains(&path.rsplit('.').next().unwrap_or_default())
}

/// Whether a method gives a part of what it is called on, which has nothing of the numbers that say where that begins and
/// ends.
fn is_part(method: &str) -> bool {
    matches!(method, "slice" | "substring" | "substr" | "subarray")
}

/// Whether a method of such a name is first given what is to be looked for in a text, and cut out of it: a secret that is
/// masked is not in what comes out.
fn is_looked_for(method: &str) -> bool {
    matches!(method, "replace" | "replaceAll" | "split")
}

/// Whether a function is of a library in which a compiler keeps its helpers: what they are handed stands beside their calls
/// as what it is (see the reader of JavaScript), and they call nothing with anything of their own.
fn is_of_compiler(path: &str) -> bool {
    ["tslib.", "@babel/runtime/", "@babel/runtime-corejs3/", "regenerator-runtime", "@swc/helpers/"]
        .iter()
        .any(|library| path.starts_with(library))
}

/// An object, and the name of the method that it is asked for.
type Asked = (Value, Rc<str>);

impl Machine {
    /// What `getattr(object, name)` gives where it is called: a method of the object, if the name is known.
    fn asked_attribute(&mut self, callee: Id) -> Option<(Option<Asked>, Value)> {
        let Node::Call(name, many) = self.tree.get(callee) else { return None };
        if self.language != Language::Python || !matches!(self.tree.get(name), Node::Name(_)) {
            return None;
        }
        let getattr = self.value(name);
        let Known::Path(path) = getattr.known else { return None };
        if self.paths.text(path) != "getattr" {
            return None;
        }
        let args = self.args(many);
        match (args.at(0), args.at(1).and_then(Value::as_str)) {
            (Some(object), Some(name)) => {
                let (object, name) = (object.clone(), Rc::<str>::from(name));
                let function = self.member(&object, &name, callee);
                Some((Some((object, name)), function))
            }
            _ => Some((None, self.call_value(&getattr, None, &args, callee, false))),
        }
    }

    /// `callee(args)` or `new callee(args)`.
    pub(super) fn call(&mut self, id: Id, callee: Id, args: Many, is_new: bool) -> Value {
        let login = self.login_by_call(callee, args);
        self.call_here(id, callee, args, is_new).labelled(login)
    }

    fn call_here(&mut self, id: Id, callee: Id, args: Many, is_new: bool) -> Value {
        let callee = self.behind_comma(callee);
        let attribute = self.asked_attribute(callee);
        let mut several: Vec<Value> = Vec::new();
        let (this, function) = match self.tree.get(callee) {
            Node::Call(..) if let Some(asked) = attribute => asked,
            Node::Member(object, name) => {
                self.told.drops_errors |= self.language == Language::JavaScript && self.drops_errors_of(name, args);
                let object = self.value(object);
                let name = self.name(name);
                let function = self.member(&object, &name, callee);
                (Some((object, name)), function)
            }
            Node::Index(object, index) => {
                let object = self.value(object);
                let index = self.value(index);
                match index.as_str() {
                    Some(name) => {
                        let name: Rc<str> = match self.language {
                            Language::PowerShell => name.to_ascii_lowercase().into(),
                            _ => name.into(),
                        };
                        let function = self.entry(&object, &name, callee);
                        (Some((object, name)), function)
                    }
                    None => {
                        // Which method of a module it is, another file may know.
                        if let Known::Path(path) = object.known
                            && self.paths.text(path).starts_with("module.")
                        {
                            self.out.nameless = true;
                        }
                        several = self.functions_of(&object);
                        (None, self.element(&object, &index))
                    }
                }
            }
            // What readers of shells call by a name is no variable.
            Node::Name(name) if self.is_command_language() && HELPERS.contains(&self.tree.str(name)) => {
                let name = self.name(name);
                (None, Self::path_value(self.paths.root(&name), Labels::NONE))
            }
            // What a name of Ruby stands for is called with what stands behind it.
            Node::Name(name) if self.language == Language::Ruby && self.variable(name).is_some() => {
                (None, self.variable(name).unwrap_or(Value::UNKNOWN))
            }
            _ => (None, self.value(callee)),
        };
        let function = match function.known {
            Known::Path(path) if self.paths.text(path) == METHOD_OF_A_LIST => Value::unknown(function.labels),
            _ => function,
        };
        let nodes = if self.language == Language::Batch { self.list(args) } else { smallvec::SmallVec::new() };
        let args = self.args(args);
        if matches!(function.known, Known::Unknown) && !several.is_empty() {
            let results = several.iter().map(|f| self.call_value(f, None, &args, id, is_new));
            return Value::unknown(results.fold(Labels::NONE, |all, value| all.with(value.labels)));
        }
        self.see_replaced(this.as_ref(), &function, &args, id);
        if let Some(value) = self.expanded_line(&function, &nodes, &args, id) {
            return value;
        }
        if self.is_curly() {
            if let Some((object, name)) = &this
                && let Some(value) = self.method_of_curly_value(object, name, &args, id)
            {
                return value;
            }
            if let Some(found) = self.method_of_curly(callee, &function) {
                return self.call_value(&found, None, &args, id, false);
            }
        }
        if let Some((object, name)) = &this
            && let Some(value) = self.method_of_known(object, name, &args, id)
        {
            // Bytes that a function of the script went over become text in the end, and so do letters.
            let makes_text =
                matches!(object.known, Known::Bytes(_)) || matches!(&**name, "join" | "replace" | "replaceAll");
            if makes_text && value.as_str().is_some() {
                self.note_decoded(&value, id);
            }
            return value.labelled(self.matched_by(name, Some(object), &args));
        }
        if self.is_compiled() {
            if let Some((object, name)) = &this
                && let Some(value) = self.method_of_compiled(object, name, &args)
            {
                return value;
            }
            if let Some((found, is_method)) = self.method_of_file(callee, &function, this.as_ref().map(|(o, _)| o)) {
                let mut args = args;
                if is_method && let Some((object, _)) = this {
                    args.list.insert(0, object);
                }
                return self.call_value(&found, None, &args, id, false);
            }
        }
        // What a value has of its own comes before what all of its kind have.
        let is_own = matches!(function.known, Known::Func(..));
        let taught = this.as_ref().filter(|_| !is_own).and_then(|(object, name)| self.taught(object, name));
        if let Some((object, name)) = &this
            && matches!(function.known, Known::Unknown)
            && taught.is_none()
            && is_part(name)
        {
            return Value::unknown(self.all_labels(object));
        }
        if self.makes_functions(callee, &function, this.as_ref().map(|(_, name)| &**name)) {
            let path = self.paths.root("Function");
            return self.call_path(path, None, &args, id);
        }
        let function = taught.unwrap_or(function);
        let before = self.when;
        let name = this.as_ref().map(|(_, name)| &**name);
        let is_library = !matches!(function.known, Known::Func(..));
        if is_library && self.is_of_a_command_line(callee, name) {
            self.when = self.when.min(When::Called);
        }
        let answers = u32::from(is_library && name.is_some_and(|name| super::registered::answers(name, &args)));
        self.answering += answers;
        let brought = match &this {
            Some((object, name)) => self.as_of_platform((object, name), &function, &args, is_new, id),
            None => None,
        };
        if let (Some((_, name)), Known::Unknown) = (&this, &function.known) {
            self.registers(name, &args, id);
        }
        // A function of R that came with data.
        if let Some((object, _)) = &this
            && self.language == Language::R
            && object.known == Known::Unknown
            && object.labels.only(super::r::CARRIED) == super::r::CARRIED
        {
            let path = self.paths.root("readRDS");
            self.event(Act::Eval, path, id, &Value::unknown(object.labels), &Value::UNKNOWN, false);
        }
        let value = self.call_value(&function, this.as_ref().map(|(o, _)| o), &args, id, is_new);
        let value = match brought {
            Some(known) if value.as_text().is_none() => known.labelled(value.labels),
            _ => value,
        };
        self.answering -= answers;
        self.when = before;
        value.labelled(this.map_or(Labels::NONE, |(o, n)| self.matched_by(&n, Some(&o), &args)))
    }

    /// Whether what is called takes the function of one command of a program (`program.command("x").action(f)`): it runs
    /// when the user asks for that command, and not with the program.
    fn is_of_a_command_line(&self, callee: Id, name: Option<&str>) -> bool {
        const CHAIN: usize = 24;
        if self.language != Language::JavaScript || name != Some("action") {
            return false;
        }
        let mut at = callee;
        for _ in 0..CHAIN {
            match self.tree.get(at) {
                Node::Member(object, name) => {
                    if matches!(self.tree.str(name), "command" | "description" | "option" | "argument" | "alias") {
                        return true;
                    }
                    at = object;
                }
                Node::Call(callee, _) => at = callee,
                _ => return false,
            }
        }
        false
    }

    /// Whether what is called is the constructor of a method that every list or text has: it makes functions of text.
    fn makes_functions(&mut self, callee: Id, function: &Value, name: Option<&str>) -> bool {
        if self.language != Language::JavaScript
            || name != Some("constructor")
            || !matches!(function.known, Known::Unknown | Known::Path(_))
        {
            return false;
        }
        let (Node::Member(of, _) | Node::Index(of, _)) = self.tree.get(callee) else { return false };
        match self.tree.get(of) {
            Node::Member(_, name) => is_method_of_all(self.tree.str(name)),
            Node::Index(_, index) => self.value(index).as_str().is_some_and(is_method_of_all),
            _ => false,
        }
    }

    /// Evaluates arguments in order.
    fn args(&mut self, many: Many) -> Args {
        let mut args = Args::default();
        for arg in self.list(many) {
            match self.tree.get(arg) {
                Node::Keyword(name, value) => {
                    let name = self.name(name);
                    if &*name == "stdin" && self.out.piped.len() < super::MAX_FILLED {
                        let place = self.place(value);
                        self.out.piped.push(place);
                    }
                    let value = self.value(value);
                    args.named.push((name, value));
                }
                Node::Spread(inner) => {
                    let value = self.value(inner);
                    let labels = self.all_labels(&value);
                    let fields = match &value.known {
                        Known::Object(id) => match self.heap.get(*id).map(|o| &o.kind) {
                            Some(Kind::Dict(fields)) => Some(fields.clone()),
                            _ => None,
                        },
                        _ => None,
                    };
                    if let (Some(fields), Language::Python) = (fields, self.language) {
                        args.named.extend(fields.iter().map(|(n, v)| (Rc::clone(n), v.clone())));
                    } else if let Some(items) = self.elements(&value) {
                        args.list.extend(items);
                    } else {
                        args.open = args.open.with(labels);
                    }
                }
                _ => {
                    let value = self.value(arg);
                    args.list.push(value);
                }
            }
        }
        args
    }

    pub(super) fn labels_of(&self, args: &Args) -> Labels {
        args.all().fold(args.open, |l, v| l.with(self.all_labels(v)))
    }

    /// The same of all but the first.
    fn labels_of_rest(&self, args: &Args) -> Labels {
        args.all().skip(1).fold(args.open, |l, v| l.with(self.all_labels(v)))
    }

    /// Calls whatever a value is.
    pub(super) fn call_value(
        &mut self,
        function: &Value,
        this: Option<&Value>,
        args: &Args,
        id: Id,
        is_new: bool,
    ) -> Value {
        match &function.known {
            Known::Func(func, frame) => {
                let this = if is_new {
                    let fields = self.prototype_of((*func, *frame)).unwrap_or_default();
                    Some(self.object(Kind::Dict(fields), Labels::NONE))
                } else {
                    // A method that is kept elsewhere keeps its object: `table = {"x": registry.read}`.
                    this.cloned().or_else(|| self.object_of_kept(*func, args))
                };
                let made = this.clone().filter(|_| is_new);
                let times = |machine: &Self| machine.seen.get(crate::parse::script::Tree::index(*func)).copied();
                let before = times(self);
                let value = self.call_function(*func, *frame, this, args);
                self.see_own_client(args, times(self) != before, id);
                match made {
                    Some(made) if !matches!(value.known, Known::Object(_) | Known::Func(..)) => made,
                    _ => value,
                }
            }
            Known::Path(path) => {
                let replaced = self.replaced == Some(*path);
                let value = self.call_path(*path, this, args, id);
                if replaced { value.labelled(Labels::HOOKED) } else { value }
            }
            Known::Object(object) => match self.heap.get(*object).map(|o| &o.kind) {
                Some(Kind::Class(_, bases)) => {
                    let bases = bases.clone();
                    let class = *object;
                    let instance = self.object(Kind::Instance(Fields::default(), class), Labels::NONE);
                    self.construct(class, &instance, args);
                    // What its methods do when nothing here calls them, they do with what it was made of.
                    if self.when > When::Called {
                        self.instances.entry(class).or_insert_with(|| instance.clone());
                    } else {
                        self.made_when_called.insert(class, instance.clone());
                    }
                    for base in bases {
                        if self.word(base).is_some_and(|w| w.does == Does::Handle) {
                            self.call_path(base, None, args, id);
                        }
                    }
                    instance
                }
                Some(Kind::Instance(..)) if self.language == Language::Python => {
                    let method = self.member(function, "__call__", id);
                    match method.known {
                        Known::Func(func, frame) => self.call_function(func, frame, Some(function.clone()), args),
                        _ => self.call_unknown(function.labels, args),
                    }
                }
                // The brackets of a list are those of a call.
                Some(Kind::List(_)) if self.language == Language::VbScript => {
                    self.element(function, args.at(0).unwrap_or(&Value::UNKNOWN))
                }
                Some(Kind::Handle(path, _)) => {
                    let path = *path;
                    if self.settle(function, args) {
                        return Value::UNKNOWN;
                    }
                    if let Some((function, args)) = self.unbound(*object, args) {
                        return self.call_value(&function, this, &args, id, is_new);
                    }
                    self.call_path(path, Some(function), args, id)
                }
                _ => self.call_unknown(function.labels, args),
            },
            // A function by its name, as PHP calls what a variable holds.
            Known::Str(text) if self.language == Language::Php => {
                // Names of functions are the same in any case.
                let own = self.tree.sym(text.to_ascii_lowercase());
                if let Some(Value { known: Known::Func(func, frame), .. }) = self.variable(own) {
                    return self.call_function(func, frame, None, args);
                }
                let path = self.paths.root(&Rc::clone(text));
                self.call_path(path, this, args, id)
            }
            Known::Str(text) if self.is_command_language() => {
                let text = Rc::clone(text);
                if let Some(value) = self.call_command_function(&text, args) {
                    return value;
                }
                let path = self.command_path(&text);
                self.run_if_file(&text, path, args, id);
                self.call_path(path, None, args, id)
            }
            _ => {
                if self.is_command_language() {
                    // A path that a variable begins is known as far as what was written there goes.
                    let written = function.as_text().map_or(Labels::NONE, |t| self.written(t));
                    let command = function.clone().labelled(written);
                    let path = self.paths.root("command");
                    self.event(Act::Run, path, id, &command, &Value::unknown(self.labels_of(args)), false);
                }
                let told = self.see_unknown_client(args, id);
                self.call_unknown(function.labels.with(told), args)
            }
        }
    }

    /// Methods of values that are known: text, bytes, lists, dictionaries, functions.
    pub(super) fn method_of_known(&mut self, object: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        if let Some(found) = self.looked_for(object, name, args) {
            self.note_compared(&found, id);
            return Some(found);
        }
        match self.language {
            Language::Ruby => {
                if let Some(value) = self.method_of_ruby(object, name, args, id) {
                    return Some(value);
                }
            }
            Language::Perl if !matches!(object.known, Known::Object(_)) || self.siblings.is_some() => {
                if let Some(value) = self.method_of_perl(object, name, args) {
                    return Some(value);
                }
            }
            Language::Lua => {
                if let Some(value) = self.method_of_lua(object, name, args, id) {
                    return Some(value);
                }
            }
            _ => {}
        }
        // What a list of nobody knows what comes down to is what the function makes of one of it.
        if self.language == Language::JavaScript
            && matches!(name, "reduce" | "reduceRight")
            && matches!(object.known, Known::Unknown | Known::Path(_))
            && let (Some(Value { known: Known::Func(..), .. }), Some(start)) = (args.at(0), args.at(1))
        {
            let (function, start) = (args.at(0)?.clone(), start.clone());
            let item = Value::unknown(self.all_labels(object));
            return Some(self.call_value(&function, None, &Args::of(vec![start, item]), id, false));
        }
        match &object.known {
            // What goes through bytes one by one makes bytes of them again.
            Known::Bytes(_)
                if self.language == Language::JavaScript
                    && OVER_BYTES.contains(&name)
                    && matches!(args.at(0), Some(Value { known: Known::Func(..), .. })) =>
            {
                let all = self.elements(object)?;
                let list = self.new_list(all, object.labels);
                let made = self.method_of_known(&list, name, args, id)?;
                if !matches!(name, "map" | "filter") {
                    return Some(made);
                }
                let labels = self.all_labels(&made);
                Some(match self.bytes_of_list(&made) {
                    Some(bytes) => Value::bytes(bytes, labels),
                    None => Value::unknown(labels),
                })
            }
            Known::Func(func, frame) => {
                let (func, frame) = (*func, *frame);
                match name {
                    "call" => {
                        let mut rest = args.clone();
                        let this = if rest.list.is_empty() { None } else { Some(rest.list.remove(0)) };
                        Some(self.call_function(func, frame, this, &rest))
                    }
                    "apply" => {
                        let given = args.at(1).cloned().unwrap_or(Value::NIL);
                        let list = self.elements(&given).unwrap_or_default();
                        Some(self.call_function(func, frame, args.at(0).cloned(), &Args::of(list)))
                    }
                    "bind" => {
                        let given = args.list.get(1..).unwrap_or_default().to_vec();
                        Some(self.bound(object.clone(), Args::of(given)))
                    }
                    "toString" if self.language == Language::JavaScript => {
                        Some(Value::str(super::expression::FUNCTION_TEXT, object.labels))
                    }
                    _ => None,
                }
            }
            // Only a path has these, and it stays what it is.
            Known::Str(_) | Known::Text(_)
                if self.language == Language::Python
                    && args.list.is_empty()
                    && matches!(name, "expanduser" | "resolve" | "absolute") =>
            {
                Some(object.clone())
            }
            Known::Str(_) | Known::Text(_)
                if self.language == Language::Python && matches!(name, "glob" | "rglob" | "iterdir") =>
            {
                let path = self.paths.root("pathlib.Path().glob()");
                let folder = format!("{}/", object.as_text().unwrap_or_default());
                let of_folder = crate::analyze::script::words::labels_of_path(&folder);
                let labels = object.labels.with(self.labels_of(args)).with(Labels::LISTED).with(of_folder);
                Some(self.handle(path, object.clone(), labels))
            }
            Known::Str(path) | Known::Text(path)
                if self.language == Language::Python
                    && path.starts_with("{own ")
                    && matches!(name, "joinpath" | "with_name") =>
            {
                if !self.pay(path.len()) {
                    return Some(Value::UNKNOWN);
                }
                let folder: Rc<str> =
                    if name == "joinpath" { Rc::clone(path) } else { super::member::outer_folder(path).into() };
                let parts = std::iter::once(folder).chain(args.list.iter().map(|part| self.shown_or_hole(part)));
                let labels = object.labels.with(self.labels_of(args));
                Some(Value::text(parts.collect::<Vec<_>>().join("/"), labels))
            }
            // A path that is opened: `Path.home().joinpath(".x").open("a")`.
            Known::Str(path) | Known::Text(path)
                if self.language == Language::Python
                    && name == "open"
                    && path.contains('/')
                    && args.at(0).is_none_or(|mode| mode.as_str().is_some_and(|m| m.len() <= 3)) =>
            {
                let by = self.paths.root("open");
                let mut given = args.clone();
                given.list.insert(0, object.clone());
                Some(self.open(by, &object.clone(), &given, id))
            }
            Known::Str(_) | Known::Bytes(_) | Known::Num(_) | Known::Bool(_) => {
                self.choice_by_count(object, name, args, id);
                if let Some(value) = self.letters_by_place(object, name, args) {
                    return Some(value);
                }
                if !self.pay_for(object) {
                    return Some(Value::UNKNOWN);
                }
                let value = self.method_of_text(object, name, args)?;
                if let Some(bytes) = value.as_bytes()
                    && !self.pay(bytes.len())
                {
                    return Some(Value::UNKNOWN);
                }
                Some(value)
            }
            Known::Text(_) => {
                let labels = object.labels.with(self.labels_of(args));
                match name {
                    "encode" | "decode" | "strip" | "trim" | "lower" | "upper" | "toString" | "toLowerCase"
                    | "rstrip" => Some(object.clone().labelled(labels)),
                    "format" => Some(fold::text::format(object, &args.list, &args.named, self.labels_of(args))),
                    "joinpath" if self.language == Language::Python => {
                        let mut parts = vec![self.shown_or_hole(object)];
                        parts.extend(args.list.iter().map(|w| self.shown_or_hole(w)));
                        Some(Value::text(parts.join("/"), labels))
                    }
                    name if is_looked_for(name) => Some(Value::unknown(object.labels.with(self.labels_of_rest(args)))),
                    "join" => Some(Value::unknown(labels)),
                    _ => None,
                }
            }
            Known::Object(target) => self.method_of_object(*target, object, name, args, id),
            // `globals()["__builtins__"].get("getattr")`; what is not set in the environment is another matter.
            Known::Path(path)
                if self.language == Language::Python
                    && matches!(name, "get" | "__getitem__" | "pop")
                    && self.paths.text(*path) != "os.environ" =>
            {
                let key = args.at(0)?.as_str()?.to_owned();
                self.python_table(*path, &key)
            }
            // Another name of the interpreter (`pythonw.exe`) is still the interpreter.
            Known::Path(path) if name == "replace" && self.paths.text(*path) == "sys.executable" => {
                Some(object.clone())
            }
            _ => None,
        }
    }

    /// Notes that something that was downloaded is handed to a function, unless that only shows it.
    fn note_use(&mut self, path: PathId, args: &Args) {
        const ONLY_SHOWS: &[&str] = &[
            "print", "str", "repr", "len", "log", "info", "debug", "warn", "warning", "error", "write", "puts", "echo",
        ];
        let is_downloaded = |value: &Value| value.labels.any(Labels::DOWNLOADED);
        if !self.out.uses_download
            && (args.list.iter().any(is_downloaded) || args.named.iter().any(|(_, value)| is_downloaded(value)))
            && !self.paths.text(path).rsplit('.').next().is_some_and(|name| ONLY_SHOWS.contains(&name))
        {
            self.out.uses_download = true;
        }
    }

    /// Calls a library by its path.
    pub(super) fn call_path(&mut self, path: PathId, this: Option<&Value>, args: &Args, id: Id) -> Value {
        self.note_use(path, args);
        if let Some(value) = self.builtin(path, this, args, id) {
            return value;
        }
        let text = self.paths.shared(path);
        self.see_verified(&text, this, args, id);
        // The length of bytes is known; everything else goes through what it is given.
        if &*text != "len" && !args.list.iter().all(|arg| self.pay_for(arg)) {
            return Value::UNKNOWN;
        }
        if let Some(value) = fold::builtin::call(&text, &args.list, &args.named, self.language) {
            if let Some(bytes) = value.as_bytes() {
                if !self.pay(bytes.len()) {
                    return Value::UNKNOWN;
                }
                self.see_progress(super::expression::EARNED_BY_TEXT);
                self.earn(super::expression::EARNED_BY_TEXT);
                self.note_decoded(&value, id);
            }
            return value;
        }
        if let Some(this) = this
            && let Some(value) = fold::builtin::decrypt(&text, &self.about(this), &args.list)
        {
            self.note_decoded(&value, id);
            return value;
        }
        // One variable is not the whole environment, be it asked of the environment itself or of a copy.
        let is_one = matches!(text.rsplit('.').next(), Some("get" | "pop" | "setdefault" | "has" | "includes"));
        let one = |t: &Value| if is_one { Labels::ENV_ALL } else { self.environment_itself(t) };
        let of = this.map_or(Labels::NONE, |t| self.all_labels(t).without(one(t)));
        let method = text.rsplit('.').next().unwrap_or_default();
        let given = match this {
            Some(_) if is_part(method) => Labels::NONE,
            Some(_) if is_looked_for(method) => self.labels_of_rest(args),
            _ => self.labels_of(args),
        };
        // What is done with a digest is none, unless it is only written in another way.
        let stays = !given.any(Labels::DIGESTED) || digest::stays_digest(&text);
        let given = if stays { given } else { given.without(Labels::DIGESTED) };
        let labels = given.with(of).with(self.matched_by(&text, this, args));
        self.outside_met += 1;
        // `requests.Session.request(session, …)`: a method by its class.
        if self.language == Language::Python
            && (self.word(path).is_none() || this.is_none() && text.starts_with("pathlib."))
            && !args.list.is_empty()
            && let Some((class, method)) = text.rsplit_once('.')
            && class.rsplit('.').next().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        {
            let bound = self.paths.root(&format!("{class}().{method}"));
            if let Some(word) = self.word(bound) {
                let mut rest = args.clone();
                let this = rest.list.remove(0);
                return self.act(word, bound, Some(&this), &rest, id, labels);
            }
        }
        if DECODERS.contains(&&*text)
            && let Some(Value { known: Known::Path(given), .. }) = args.list.first()
            && !self.paths.text(*given).contains("()")
        {
            self.out.unnamed += 1;
        }
        if let Some(word) = self.word(path) {
            return self.act(word, path, this, args, id, labels);
        }
        self.gather(&text, this, args);
        self.calls(&text);
        self.open_given(args);
        let labels = labels.with(self.see_unknown_client(args, id));
        let mut labels = labels.with(self.path_labels(path, id));
        let keys = Labels::USED_TO_SIGN;
        if labels.any(keys) {
            let lower = text.to_ascii_lowercase();
            let is_hash =
                labels.any(Labels::TOLD_SECRET) && (lower.contains("createhash") || lower.contains("hashlib"));
            if HARMLESS_OF_KEYS.iter().any(|h| lower.contains(h)) {
                labels = labels.without(keys).with(if is_hash { Labels::PROOF } else { Labels::NONE });
            }
        }
        if digest::of_surroundings(labels) && digest::digests(&text, args) {
            labels = labels.with(Labels::DIGESTED);
        }
        if digest::is_digest(&text) {
            labels = labels.without(UNREADABLE_IN_DIGESTS);
        }
        // What is unpacked, and comes from nowhere but the script itself, was packed in it.
        if labels.without(Labels::BUILT).is_empty() && !args.list.is_empty() && unpacks(&text) {
            labels = labels.with(Labels::DECODED);
        }
        // A module is executed as it is; what its functions say is their own. It is looked at by itself.
        if text.starts_with("WebAssembly.") {
            labels = labels.without(Labels::CONCEALED.with(Labels::FOREIGN));
        }
        self.registers(&text, args, id);
        if !is_of_compiler(&text) {
            self.call_backs(args, labels, Some(path));
        }
        let result = self.paths.call(path);
        Self::path_value(result, labels)
    }

    /// The label that a member of a value does not share: one variable is not the whole environment.
    pub(super) fn environment_itself(&self, value: &Value) -> Labels {
        let Known::Path(path) = value.known else { return Labels::NONE };
        let text = self.paths.text(path);
        let is = matches!(text, "os.environ" | "os.environb" | "process.env" | "Bun.env" | "ENV" | "import.meta.env");
        if is { Labels::ENV_ALL } else { Labels::NONE }
    }

    /// Forms, messages and archives hold what is put into them.
    fn gather(&mut self, path: &str, this: Option<&Value>, args: &Args) {
        let Some(Value { known: Known::Object(id), .. }) = this else { return };
        if !path.rsplit('.').next().is_some_and(|name| GATHERS.contains(&name)) {
            return;
        }
        let labels = self.labels_of(args);
        let Some(object) = self.heap.get_mut(*id) else { return };
        object.labels = object.labels.with(labels);
        // `setopt(URL, …)`.
        if let Kind::Handle(_, about) = &mut object.kind
            && path.ends_with(".setopt")
            && let Some(address) = args.list.iter().find(|v| v.as_text().is_some_and(|t| t.contains("://")))
        {
            **about = address.clone();
        }
    }

    /// What `new` gives every object that a function makes: the members of its `prototype`.
    fn prototype_of(&self, function: (FuncId, u32)) -> Option<Fields> {
        let Known::Object(id) = self.carried.get(&function)?.get("prototype")?.known else { return None };
        match &self.heap.get(id)?.kind {
            Kind::Dict(fields) => Some(fields.clone()),
            _ => None,
        }
    }

    /// Objects that are given away may come back with more in them.
    fn open_given(&mut self, args: &Args) {
        if self.language != Language::JavaScript {
            return;
        }
        for value in args.all() {
            if let Known::Object(id) = value.known
                && let Some(object) = self.heap.get_mut(id)
                && matches!(object.kind, Kind::Dict(_))
            {
                object.open = true;
            }
        }
    }

    /// A handle that is about something.
    pub(super) fn handle(&mut self, path: PathId, about: Value, labels: Labels) -> Value {
        self.object(Kind::Handle(path, Box::new(about)), labels)
    }
}
