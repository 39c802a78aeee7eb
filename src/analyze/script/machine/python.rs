//! Python: functions that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{FuncId, Id, Language, Node};

/// Most elements that a range has.
const MAX_CALLS: usize = 100_000;

/// What stands for the names that the system chooses.
const TEMPORARY_FILE: &str = "/tmp/temporary-file";
pub(super) const TEMPORARY_FOLDER: &str = "/tmp/temporary-folder";
/// Where modules of a user lie that every interpreter finds.
pub(super) const SITE_PACKAGES: &str = "~/.local/lib/python3/site-packages";
/// Builtins that show themselves as functions, and as classes. Obfuscators take letters out of these texts.
const FUNCTIONS: &[&str] = &[
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "callable",
    "chr",
    "compile",
    "delattr",
    "dir",
    "divmod",
    "eval",
    "exec",
    "format",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "hex",
    "id",
    "input",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "locals",
    "max",
    "min",
    "next",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "repr",
    "round",
    "setattr",
    "sorted",
    "sum",
    "vars",
];
pub(super) const CLASSES: &[&str] = &[
    "bool",
    "bytearray",
    "bytes",
    "classmethod",
    "complex",
    "dict",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "int",
    "list",
    "map",
    "memoryview",
    "object",
    "property",
    "range",
    "reversed",
    "set",
    "slice",
    "staticmethod",
    "str",
    "super",
    "tuple",
    "type",
    "zip",
];

/// The text of a builtin, as `str` makes it (CPython 3).
fn described(name: &str) -> Option<String> {
    match name {
        "copyright" => Some("Copyright (c) 2001-2026 Python Software Foundation.\nAll Rights Reserved.".to_owned()),
        "credits" => {
            Some("    Thanks to CWI, CNRI, BeOpen, Zope Corporation, the Python Software Foundation,".to_owned())
        }
        "license" => Some("Type license() to see the full license text".to_owned()),
        "quit" | "exit" => Some(format!("Use {name}() or Ctrl-D (i.e. EOF) to exit")),
        _ if FUNCTIONS.contains(&name) => Some(format!("<built-in function {name}>")),
        _ if CLASSES.contains(&name) => Some(format!("<class '{name}'>")),
        _ => None,
    }
}

/// Text that modules of the standard library hold.
fn text_of_module(path: &str) -> Option<&'static str> {
    Some(match path {
        "string.ascii_lowercase" => "abcdefghijklmnopqrstuvwxyz",
        "string.ascii_uppercase" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "string.ascii_letters" | "string.letters" => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "string.digits" => "0123456789",
        "string.hexdigits" => "0123456789abcdefABCDEF",
        "string.octdigits" => "01234567",
        "string.punctuation" => "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "string.whitespace" => " \t\n\r\x0b\x0c",
        "string.printable" => {
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c"
        }
        _ => return None,
    })
}

/// The version of the interpreter that is taken for granted: what asks for it tells Python 2 from Python 3.
const VERSION: [f64; 3] = [3.0, 12.0, 0.0];

/// The names of the module of builtins that begin with a small letter, in the order of `dir()` (Python 3.11 to 3.14).
const BUILTINS: &str = "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile \
    complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset \
    getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map \
    max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr \
    slice sorted staticmethod str sum super tuple type vars zip";

impl Machine {
    /// What a module of the standard library holds that does not depend on where it runs.
    pub(super) fn constant_of_python(&mut self, path: PathId) -> Option<Value> {
        if self.language != Language::Python {
            return None;
        }
        let text = self.paths.text(path);
        if text == "sys.version_info" {
            let parts = VERSION.iter().map(|n| Value::num(*n, Labels::NONE)).collect();
            return Some(self.new_list(parts, Labels::NONE));
        }
        text_of_module(text).map(|text| Value::str(text, Labels::NONE))
    }

    fn is_class(&self, value: &Value) -> bool {
        let Known::Object(id) = value.known else { return false };
        matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Class(..)))
    }

    /// What stands first in a function to say what it does.
    pub(super) fn doc_of(&mut self, func: FuncId) -> Option<Value> {
        let body = self.tree.function(func)?.body;
        let first = match self.tree.get(body) {
            Node::Block(many) => self.tree.list(many).first().copied()?,
            _ => body,
        };
        matches!(self.tree.get(first), Node::Str(_)).then(|| self.value(first))
    }

    /// Executes what a module is made of.
    fn executed_as_module(&mut self, code: Value, id: Id) {
        let exec = self.paths.root("exec");
        self.call_path(exec, None, &Args::of(vec![code]), id);
    }

    /// Has a loader of the script's own load a module by a name, as the machinery of imports would.
    fn loaded_by(&mut self, loader: &Value, name: &Value, id: Id) {
        let Known::Object(object) = loader.known else { return };
        let Some(Kind::Instance(_, class)) = self.heap.get(object).map(|o| &o.kind) else { return };
        let Some(Kind::Class(fields, _)) = self.heap.get(*class).map(|o| &o.kind) else { return };
        let methods = ["get_filename", "get_data", "get_source", "get_code", "exec_module"];
        let methods = methods.map(|method| fields.get(method).cloned());
        let mut file = name.clone();
        for (i, method) in methods.into_iter().enumerate() {
            let Some(Value { known: Known::Func(func, frame), .. }) = method else { continue };
            let given = Args::of(vec![if i == 1 { file.clone() } else { name.clone() }]);
            let result = self.call_function(func, frame, Some(loader.clone()), &given);
            match i {
                0 => file = result,
                1..=3 => self.executed_as_module(result, id),
                _ => {}
            }
        }
    }

    #[allow(clippy::too_many_lines)]
    /// The command line of a function that is given a program, and behind it the name under which that shall show.
    fn started_as(&mut self, name: &str, args: &Args) -> Option<Args> {
        let function = name.strip_prefix("os.").filter(|_| args.list.len() > 1)?;
        let at = match function {
            "execv" | "execve" | "execvp" | "execvpe" | "execl" | "execlp" | "execle" | "execlpe" | "posix_spawn"
            | "posix_spawnp" => 0,
            "spawnv" | "spawnve" | "spawnvp" | "spawnvpe" | "spawnl" | "spawnlp" | "spawnle" | "spawnlpe" => 1,
            _ => return None,
        };
        let program = args.list.get(at)?.clone();
        let behind = args.list.get(at + 1..)?;
        let shown = match behind.first()?.known {
            Known::Object(list) => self.heap.list(list)?.clone(),
            _ => behind.to_vec(),
        };
        let words = std::iter::once(program).chain(shown.into_iter().skip(1)).collect();
        let line = self.new_list(words, args.open);
        Some(Args::of(vec![line]))
    }

    pub(super) fn builtin_of_python(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        if let Some(value) =
            self.hand_over(name, this, args, id).or_else(|| self.connection_of_python(name, this, args, id))
        {
            return Some(value);
        }
        if let Some(value) = self.settings_of_python(name, this, args, id) {
            return Some(value);
        }
        if let Some(words) = self.started_as(name, args) {
            let path = self.paths.root(name);
            return Some(self.call_path(path, this, &words, id));
        }
        if name.starts_with("sys.path.") || name == "site.addsitedir" {
            self.looks_for_modules(name, args);
            return None;
        }
        if name.ends_with(".add_argument") {
            let default = args.named("default").and_then(Value::as_text).unwrap_or_default();
            self.later.has_address_by_default |= default.contains('.');
            return None;
        }
        let first = args.at(0);
        Some(match name {
            "str" | "unicode" if first.is_none() && args.open.is_empty() => Value::str("", Labels::NONE),
            // One of many, where the root of all has no name.
            "logging.getLogger" if first.is_some() => {
                Self::path_value(self.paths.root("logging.getLogger(name)"), Labels::NONE)
            }
            // A program that is looked for by its name is that program.
            "shutil.which" => Value::str(first?.as_str()?, first?.labels),
            "bytes" if first.is_none() && args.open.is_empty() => Value::bytes(&b""[..], Labels::NONE),
            // What is put into an archive on the disk is found in it later.
            "zipfile.ZipFile().write" | "tarfile.open().add" | "zipfile.ZipFile().writestr"
                if self.about(this?).as_text().is_some() =>
            {
                let path = self.paths.root(name);
                let content = match name {
                    "zipfile.ZipFile().writestr" => args.at(1)?.clone(),
                    _ => self.read_file(path, &first?.clone(), id),
                };
                let content = Value::unknown(self.all_labels(&content));
                self.write_file(path, this?, &content, id);
                return None;
            }
            // A picture of the screen that is kept: in a file, or in memory.
            "pyautogui.screenshot" if first.is_some() => {
                let path = self.paths.root(name);
                self.write_file(path, &first?.clone(), &Value::unknown(Labels::SCREEN), id);
                return None;
            }
            _ if name.ends_with(".save") && this.is_some_and(|this| self.all_labels(this).any(Labels::SPIED)) => {
                let content = Value::unknown(self.all_labels(this?));
                match first?.known {
                    Known::Object(target) => self.taint(target, content.labels),
                    _ => {
                        let path = self.paths.root(name);
                        self.write_file(path, &first?.clone(), &content, id);
                    }
                }
                Value::NIL
            }
            // An archive of a folder: it holds what lies there.
            "shutil.make_archive" => {
                let folder = args.at(2).or_else(|| args.named("root_dir")).or_else(|| args.named("base_dir"))?.clone();
                let path = self.paths.root(name);
                let below = folder.as_text().map_or(Labels::NONE, |text| self.written_below(text));
                let content = self.read_file(path, &folder, id).labelled(below);
                let (base, ending) = (self.shown_or_hole(first?), self.shown_or_hole(args.at(1)?));
                let file = Value::text(format!("{base}.{ending}"), first?.labels);
                self.write_file(path, &file, &content, id);
                file
            }
            // It grows number by number.
            "bytearray" if first.is_none() && args.open.is_empty() => self.new_list(Vec::new(), Labels::NONE),
            "int" if first.is_none() && args.open.is_empty() => Value::num(0.0, Labels::NONE),
            // Clients that are made for an address.
            "httpx.Client" | "httpx.AsyncClient" | "aiohttp.ClientSession"
                if args.named("base_url").is_some() || name.starts_with("aiohttp.") && first.is_some() =>
            {
                let base = args.named("base_url").or(first)?.clone();
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                self.handle(path, base, Labels::NONE)
            }
            // A thread of a class of its own does what that class says.
            _ if name.ends_with("Thread().start")
                || name.ends_with("Process().start")
                || name.ends_with("Timer().start") =>
            {
                let this = this?.clone();
                let Known::Object(_) = this.known else { return None };
                let run = self.member(&this, "run", id);
                let Known::Func(func, frame) = run.known else { return None };
                self.call_function(func, frame, Some(this), &Args::default());
                Value::NIL
            }
            // The package's own folder, where none other is named.
            "importlib.resources.files" | "importlib_resources.files" if !first?.is_constant() => {
                Value::text("{own folder}".to_owned(), Labels::OWN_FILE)
            }
            // A module is made of any file, whatever it is called.
            "importlib.machinery.SourceFileLoader" => {
                let file = args.at(1).or_else(|| args.named("path"))?.clone();
                let path = self.paths.root(name);
                let content = self.read_file(path, &file, id);
                self.executed_as_module(content, id);
                return None;
            }
            "importlib.util.spec_from_loader" | "importlib.machinery.ModuleSpec" => {
                let loader = args.at(1).or_else(|| args.named("loader"))?.clone();
                self.loaded_by(&loader, first?, id);
                return None;
            }
            "inspect.getdoc" | "inspect.cleandoc" => {
                let text = match first?.known {
                    Known::Func(func, _) => self.doc_of(func)?,
                    _ => first?.clone(),
                };
                Value::str(without_indent(text.as_str()?), text.labels)
            }
            // What lies in the package is known.
            "open().read" | "io.open().read" | "builtins.open().read" if args.list.is_empty() => {
                let about = self.about(this?);
                let path = about.as_text()?.to_owned();
                let content = self.own_data(name, &path)?;
                Value::new(content, about.labels.with(Labels::FILE).with(Labels::OWN_FILE))
            }
            // A file in memory, which others may write into.
            "io.BytesIO" | "io.StringIO" | "BytesIO" | "StringIO" if first.is_none() => {
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                self.handle(path, Value::NIL, Labels::NONE)
            }
            // A table of letters for `translate`: a dictionary by their numbers, or 256 bytes.
            "str.maketrans" | "bytes.maketrans" | "bytearray.maketrans" | "string.maketrans" | "maketrans" => {
                self.table_of_letters(args)?
            }
            // The bytes of an identifier are as good as any.
            "uuid.UUID" | "UUID" => self.identifier(first?)?,
            "staticmethod" | "classmethod" => first?.clone(),
            // All log-ins of a scheduler, and how a database is opened in plain text.
            _ if name.ends_with(".query") && self.is_model_of_secrets(first) => Value::unknown(Labels::CREDENTIALS),
            _ if name.ends_with(".render_as_string")
                && args.named("hide_password").is_some_and(|hides| hides.known == Known::Bool(false)) =>
            {
                Value::unknown(this.map_or(Labels::NONE, |this| this.labels).with(Labels::KEY_MATERIAL))
            }
            "dataclasses.field" | "attr.ib" | "attr.field" | "attrs.field" | "attr.attrib" | "pydantic.Field"
            | "msgspec.field" => self.field_of_class(args),
            "dataclasses.asdict" | "attr.asdict" | "attrs.asdict" | "msgspec.structs.asdict" => {
                self.fields_of_record(first?)?
            }
            // The names of what the interpreter has, in order: who looks for one by its form knows which it is.
            "dir" if matches!(&first?.known, Known::Path(p) if matches!(self.paths.text(*p), "builtins" | "__builtins__")) =>
            {
                let names: Vec<Value> =
                    BUILTINS.split_whitespace().map(|name| Value::str(name, Labels::NONE)).collect();
                self.pay(names.len() * 16).then(|| self.new_list(names, Labels::NONE))?
            }
            // Lines of a file that somebody else wrote.
            _ if (name.ends_with(".splitlines") || name.ends_with(".readlines"))
                && this.is_some_and(|this| self.all_labels(this).any(Labels::FILE)) =>
            {
                let labels = this.map_or(Labels::NONE, |this| self.all_labels(this));
                self.open_list(labels)
            }
            // Keys alone, each of them once: `list(dict.fromkeys(lines))`.
            "dict.fromkeys" if args.list.len() == 1 => {
                let keys = first?.clone();
                match self.elements(&keys) {
                    Some(items) => self.new_list(items, keys.labels),
                    None => keys,
                }
            }
            "isinstance" => Value::bool(self.is_instance(first?, args.at(1)?)?, Labels::NONE),
            "type" | "types.new_class" if args.list.len() == 3 => self.class_of_parts(args)?,
            // A class of messages that adds a mailbox to each of them.
            _ if name.ends_with(".__setitem__")
                && first?.as_str().is_some_and(|header| header.eq_ignore_ascii_case("bcc")) =>
            {
                let mailbox = args.at(1)?.clone();
                if mailbox.as_str().is_some_and(|text| text.contains('@'))
                    && mailbox.labels.without(Labels::OWN).is_empty()
                {
                    let path = self.paths.root(name);
                    self.event(Act::CopyMail, path, id, &mailbox, &Value::unknown(Labels::HANDED), false);
                }
                return None;
            }
            // What is put around a class mostly gives that class.
            _ if args.list.len() == 1 && self.is_class(first?) && is_of_classes(name) => first?.clone(),
            // The class of functions, whose instances are made of code.
            "type" if args.list.len() == 1 && matches!(first?.known, Known::Func(..)) => {
                let path = self.paths.root("types.FunctionType");
                Self::path_value(path, Labels::NONE)
            }
            // Code that was unpacked is made a function of, which is called in the same breath. What others hand over is
            // theirs: so functions are sent to other processes.
            "types.FunctionType" | "FunctionType" | "types.LambdaType"
                if first?.labels.any(Labels::CONCEALED.with(Labels::FOREIGN).with(Labels::OWN_FILE))
                    && !first?.labels.any(Labels::PARAMETER.with(Labels::ARGUMENTS)) =>
            {
                let eval = self.paths.root("exec");
                self.call_path(eval, None, &Args::of(vec![first?.clone()]), id);
                let path = self.paths.root(name);
                Self::path_value(self.paths.call(path), first?.labels)
            }
            // What puts something around a function, or its name on another, calls none of them.
            "functools.cache"
            | "functools.lru_cache"
            | "functools.singledispatch"
            | "functools.update_wrapper"
            | "contextlib.contextmanager"
            | "contextlib.asynccontextmanager"
                if matches!(first?.known, Known::Func(..)) =>
            {
                first?.clone()
            }
            "functools.wraps" if matches!(first?.known, Known::Func(..)) => {
                let path = self.paths.root(name);
                Self::path_value(self.paths.call(path), first?.labels)
            }
            "functools.partial" | "partial" => {
                let given = Args { list: args.list.get(1..)?.to_vec(), named: args.named.clone(), open: args.open };
                self.bound(first?.clone(), given)
            }
            "shutil.copyfileobj" => {
                let content = Value::unknown(self.all_labels(first?));
                let path = self.paths.root(name);
                self.write_file(path, args.at(1)?, &content, id);
                Value::NIL
            }
            // A file in memory that is started by its number.
            "os.memfd_create" => {
                let path = self.paths.root("os.memfd_create()");
                self.handle(path, Value::str("/proc/self/fd/", Labels::NONE), Labels::NONE)
            }
            _ if name.ends_with(".joinpath") => {
                // Handed to `map`, it comes without what it is a method of.
                let folder = match (this, name.strip_suffix(".joinpath")) {
                    (Some(this), _) => this.clone(),
                    (None, Some(of @ ("pathlib.Path.home()" | "pathlib.Path.cwd()"))) => {
                        Self::path_value(self.paths.root(of), Labels::NONE)
                    }
                    _ => return None,
                };
                let mut words = vec![&folder];
                words.extend(&args.list);
                let labels = self.labels_of(args).with(folder.labels);
                let parts: Vec<Rc<str>> = words.iter().map(|w| self.shown_or_hole(w)).collect();
                Value::text(parts.join("/"), labels)
            }
            // The table of what a module holds.
            "vars" => match first?.known {
                Known::Path(path) => {
                    let table = self.paths.member(path, "__dict__");
                    Self::path_value(table, first?.labels)
                }
                _ => return None,
            },
            "getattr" => {
                let object = first?.clone();
                let name = args.at(1)?;
                let Some(text) = name.as_str().map(str::to_owned) else {
                    self.note_unnamed(name);
                    return Some(Value::unknown(self.labels_of(args)));
                };
                let labels = name.labels;
                self.member(&object, &text, id).labelled(labels.with(Labels::BUILT))
            }
            "setattr" => {
                let name = args.at(1)?.as_str()?.to_owned();
                let (object, value) = (first?.clone(), args.at(2)?.clone());
                self.set_member(&object, &name, value, id);
                Value::NIL
            }
            "__import__" | "importlib.import_module" | "importlib.__import__" => {
                let Some(module) = first?.as_str().map(str::to_owned) else {
                    self.note_unnamed(first?);
                    return None;
                };
                self.loads(&module);
                // Without names that are wanted of it, it is the package that is given: `__import__("a.b").b`.
                let wants = args.at(3).or_else(|| args.named("fromlist"));
                let is_package = name != "importlib.import_module" && wants.is_none_or(|w| w.known == Known::Nil);
                if let (true, Some(package)) = (is_package, self.package_of(&module)) {
                    return Some(package);
                }
                let module = if is_package { module.split('.').next().unwrap_or_default().to_owned() } else { module };
                if let Some(value) = self.sibling_of_python(&module) {
                    return Some(value);
                }
                let imported = self.tree.sym(&module);
                self.imports_from_there(imported, id);
                let path = self.paths.root(&module);
                Self::path_value(path, first?.labels)
            }
            "json.loads" if args.list.len() == 1 => return self.read_as_json(&first?.clone()),
            "json.dumps" => self.written_as_json(&first?.clone()),
            "map" if args.list.len() > 2 => return self.map_over(args, id),
            _ if name.starts_with("re.") => return self.pattern_of_python(name, this, args, id),
            _ if name.starts_with("itertools.") => return self.iterated(name, args, id),
            _ if name.starts_with("operator.") || name.starts_with("_operator.") => {
                return self.operator(name, args, id);
            }
            "map" => {
                let (function, over) = (first?.clone(), args.at(1)?.clone());
                self.map(&function, &over, id)
            }
            "iter" if args.list.len() == 1 => first?.clone(),
            "next" => {
                let over = first?.clone();
                match self.elements(&over) {
                    Some(items) => items.into_iter().next().or_else(|| args.at(1).cloned())?,
                    // One of many that is not known, or the object that stands for it: they are asked for the same.
                    None => args.at(1).filter(|other| matches!(other.known, Known::Object(_)))?.clone(),
                }
            }
            "filter" => {
                let over = args.at(1)?.clone();
                self.call_value(first?, None, &Args::of(vec![Value::unknown(over.labels)]), id, false);
                over
            }
            "collections.deque" | "deque" => {
                let items = first.cloned().map_or(Some(Vec::new()), |over| self.elements(&over))?;
                self.new_list(items, Labels::NONE)
            }
            "zip" | "enumerate" | "sorted" | "reversed" | "list" | "tuple" | "set" | "frozenset" | "range" | "dict" => {
                return self.sequence(name, args, id);
            }
            "max" | "min" => return self.extreme(name == "max", args, id),
            // Lists that are put behind one another.
            "sum" if args.list.len() == 2 => {
                let mut all = self.elements(args.at(1)?)?;
                for part in self.elements(first?)? {
                    let Known::Object(list) = part.known else { return None };
                    all.extend(self.heap.list(list)?.iter().cloned());
                    if !self.pay(all.len().saturating_mul(16)) {
                        return None;
                    }
                }
                self.new_list(all, Labels::NONE)
            }
            // Any of them: nobody knows which.
            "random.choice" | "secrets.choice" => {
                const MOST: usize = 32;
                let all = self.elements(first?).filter(|all| all.len() <= MOST)?;
                if !all.iter().all(|one| one.as_str().is_some_and(|text| text.contains("://"))) {
                    return None;
                }
                all.into_iter().last()?.labelled(Labels::RANDOM)
            }
            "len" => {
                let value = first?;
                match &value.known {
                    Known::Object(id) => {
                        let object = self.heap.get(*id)?;
                        let count = match &object.kind {
                            Kind::List(items) if !object.open => items.len(),
                            Kind::Dict(fields) if !object.open => fields.len(),
                            _ => return Some(Value::UNKNOWN),
                        };
                        Value::num(count as f64, Labels::NONE)
                    }
                    Known::Str(text) => {
                        let count = self.count_letters(&Rc::clone(text));
                        Value::num(count as f64, value.labels)
                    }
                    _ => return None,
                }
            }
            // Of a list of numbers; other arguments fold without the machine.
            "bytes" | "bytearray" if matches!(first?.known, Known::Object(_)) => {
                let items = self.elements(first?)?;
                let bytes: Option<Vec<u8>> = items.iter().map(|i| u8::try_from(i.as_int()?).ok()).collect();
                let labels = self.all_labels(first?);
                match bytes {
                    Some(bytes) => Value::bytes(bytes, labels),
                    None => Value::unknown(labels),
                }
            }
            "functools.reduce" | "reduce" => {
                let over = args.at(1)?.clone();
                let items = self.elements(&over)?;
                let mut items = items.into_iter();
                let mut all = match args.at(2) {
                    Some(start) => start.clone(),
                    None => items.next()?,
                };
                for item in items.take(MAX_CALLS) {
                    all = self.call_value(first?, None, &Args::of(vec![all, item]), id, false);
                }
                all
            }
            "str.join" | "bytes.join" => {
                let rest = Args { list: args.list.get(1..)?.to_vec(), ..Args::default() };
                return self.method_of_text(first?, "join", &rest);
            }
            "setuptools.setup" | "distutils.core.setup" | "setup" | "numpy.distutils.core.setup" => {
                self.set_up(args);
                Value::NIL
            }
            // A cipher is kept with key, mode and nonce.
            "Crypto.Cipher.AES.new" | "Cryptodome.Cipher.AES.new" | "AES.new" => {
                let mode = match args.at(1).map(|m| &m.known) {
                    Some(Known::Path(path)) => self.paths.text(*path).rsplit('.').next().unwrap_or_default().to_owned(),
                    _ => String::new(),
                };
                let key = first?.clone();
                let nonce = args
                    .at(2)
                    .or_else(|| args.named("nonce"))
                    .or_else(|| args.named("iv"))
                    .or_else(|| args.named("IV"));
                let parts = vec![key, Value::str(mode, Labels::NONE), nonce.cloned().unwrap_or(Value::NIL)];
                let about = self.new_list(parts, Labels::NONE);
                let path = self.paths.root("AES.new");
                let path = self.paths.call(path);
                self.handle(path, about, Labels::NONE)
            }
            "AES.new().decrypt" | "AES.new().decrypt_and_verify" => {
                let Known::Object(parts) = self.about(this?).known else { return None };
                let parts = self.heap.list(parts)?.clone();
                let value = fold::cipher::aes(parts.first()?, parts.get(1)?.as_str()?, parts.get(2)?, first?)?;
                if !self.pay(value.as_bytes().map_or(0, <[u8]>::len)) {
                    return Some(Value::UNKNOWN);
                }
                value
            }
            "Crypto.Util.Padding.unpad" | "unpad" | "Cryptodome.Util.Padding.unpad" => first?.clone(),
            "tempfile.NamedTemporaryFile" => {
                let path = self.paths.root(name);
                let path = self.paths.call(path);
                self.handle(path, Value::text(TEMPORARY_FILE.to_owned(), Labels::NONE), Labels::NONE)
            }
            "tempfile.mktemp" => Value::text(TEMPORARY_FILE.to_owned(), Labels::NONE),
            "tempfile.mkstemp" => {
                let file = Value::text(TEMPORARY_FILE.to_owned(), Labels::NONE);
                let path = self.paths.root(name);
                let descriptor = self.handle(path, file.clone(), Labels::NONE);
                self.new_list(vec![descriptor, file], Labels::NONE)
            }
            "tempfile.mkdtemp" => Value::text(TEMPORARY_FOLDER.to_owned(), Labels::NONE),
            "str" | "repr" if matches!(first?.known, Known::Path(_)) => {
                let Known::Path(path) = first?.known else { return None };
                let text = described(self.paths.text(path))?;
                Value::str(text, first?.labels.with(Labels::BUILT))
            }
            _ if (name.ends_with(".__str__") || name.ends_with(".__repr__")) && args.list.is_empty() => {
                let text = described(name.rsplit_once('.')?.0)?;
                Value::str(text, Labels::BUILT)
            }
            // What a program asks for is known by what it says when it asks.
            "input" | "raw_input" | "getpass.getpass" => {
                let prompt = first?.as_text().filter(|t| super::parameter::is_key_name(t))?;
                let prompt = prompt.to_owned();
                self.source(Labels::KEY_MATERIAL, &prompt, id);
                Value::unknown(Labels::KEY_MATERIAL)
            }
            "super" => {
                let path = self.paths.root("super");
                let path = self.paths.call(path);
                Self::path_value(path, Labels::NONE)
            }
            "asyncio.run"
            | "asyncio.wait_for"
            | "asyncio.shield"
            | "asyncio.create_task"
            | "asyncio.ensure_future"
            | "loop.run_until_complete"
            | "loop.create_task"
            | "asyncio.get_event_loop().run_until_complete" => first?.clone(),
            _ => return None,
        })
    }

    /// A list of which nothing is known but where it comes from; more may be put to it.
    fn open_list(&mut self, labels: Labels) -> Value {
        let list = self.new_list(Vec::new(), labels);
        if let Known::Object(id) = list.known
            && let Some(object) = self.heap.get_mut(id)
        {
            object.open = true;
        }
        list
    }

    pub(super) fn sequence(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let labels = self.labels_of(args);
        if name == "range" {
            let numbers: Option<Vec<i64>> = args.list.iter().map(Value::as_int).collect();
            let (start, end, step) = match numbers?.as_slice() {
                [end] => (0, *end, 1),
                [start, end] => (*start, *end, 1),
                [start, end, step] if *step != 0 => (*start, *end, *step),
                _ => return None,
            };
            let mut items = Vec::new();
            let mut at = start;
            while (step > 0 && at < end) || (step < 0 && at > end) {
                items.push(Value::num(at as f64, labels));
                at = at.checked_add(step)?;
                if items.len() > MAX_CALLS {
                    return Some(Value::unknown(labels));
                }
            }
            return self.pay(items.len() * 16).then(|| self.new_list(items, labels));
        }
        if name == "dict" {
            let mut fields = Fields::default();
            for (key, value) in &args.named {
                fields.set(key, value.clone());
            }
            if let Some(first) = args.at(0) {
                match first.known {
                    Known::Object(id) => {
                        if let Kind::Dict(more) = self.heap.get(id)?.kind.clone() {
                            for (key, value) in more.iter() {
                                fields.set(key, value.clone());
                            }
                        }
                        // Pairs of names and values.
                        for pair in self.elements(first).unwrap_or_default() {
                            if let Some([key, value]) = self.elements(&pair).as_deref()
                                && let Some(key) = super::bind::key_of(key)
                            {
                                fields.set(&key, value.clone());
                            }
                        }
                        let all = self.all_labels(first);
                        let is_open = self.heap.get(id)?.open;
                        let copy = self.object(Kind::Dict(fields), all);
                        if let Known::Object(copied) = copy.known {
                            self.heap.get_mut(copied)?.open = is_open;
                        }
                        return Some(copy);
                    }
                    _ => return Some(Value::unknown(labels)),
                }
            }
            return Some(self.object(Kind::Dict(fields), Labels::NONE));
        }
        if args.list.is_empty() {
            return Some(self.new_list(Vec::new(), labels));
        }
        if name == "zip" {
            let columns = self.columns(&args.list)?;
            let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
            let mut out = Vec::new();
            for row in 0..rows {
                let items = columns.iter().filter_map(|c| c.get(row).cloned()).collect();
                out.push(self.new_list(items, Labels::NONE));
            }
            return Some(self.new_list(out, Labels::NONE));
        }
        let first = args.at(0)?;
        let Some(mut items) = self.elements(first) else {
            // Lines of a file, which more may be put to.
            let is_unknown = matches!(first.known, Known::Unknown | Known::Path(_));
            if is_unknown && matches!(name, "list" | "sorted") && labels.any(Labels::FILE) {
                return Some(self.open_list(labels));
            }
            return Some(first.clone().labelled(labels));
        };
        match name {
            "enumerate" => {
                let start = args.at(1).or_else(|| args.named("start")).and_then(Value::as_int).unwrap_or(0);
                let mut out = Vec::new();
                for (i, item) in items.into_iter().enumerate() {
                    let number = Value::num((start + i64::try_from(i).unwrap_or(0)) as f64, Labels::NONE);
                    out.push(self.new_list(vec![number, item], Labels::NONE));
                }
                return Some(self.new_list(out, Labels::NONE));
            }
            "reversed" => items.reverse(),
            "sorted" => {
                if let Some(ranked) = self.ranked(items.clone(), args, id) {
                    items = ranked;
                }
            }
            _ => {}
        }
        Some(self.new_list(items, Labels::NONE))
    }
}

/// A text without the blanks that all of its lines but the first begin with.
fn without_indent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let least = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let lines = text.lines().enumerate().map(|(i, line)| match i {
        0 => line.trim_start(),
        _ => line.get(least..).unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a function is a decorator of classes, with options or without.
fn is_of_classes(name: &str) -> bool {
    let last = name.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
    matches!(
        last,
        "dataclass" | "define" | "frozen" | "attrs" | "s" | "total_ordering" | "final" | "unique" | "register"
    )
}
