//! Files of the same package: a script that imports one goes through it here, in place, as the interpreter would, so that
//! functions, classes and values are followed from file to file.

use std::rc::Rc;

use super::{Grafted, Machine};
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::siblings::Siblings;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::model::FileKind;
use crate::parse::script::tree::QuickMap;
use crate::parse::script::{self, Id, Language, Sym, Tree};

/// Most modules that are noted by names which were worked out, and the longest of those names.
const MAX_LOADED: usize = 1024;
const MAX_NAME: usize = 256;
/// Most files that are gone through for one script.
const MAX_FILES: usize = 40;
/// How much of the depth of calls a file takes.
const DEPTH_OF_A_FILE: u32 = 12;
/// Deepest list or table of data, and most values in one.
const MAX_DATA_DEPTH: u32 = 6;
const MAX_DATA: usize = 4096;
/// Bytes that one look at the path of a file costs as much as.
const LOOK: usize = 32;
/// Bytes between the places of two files: what stands in different files stands not near one another.
const BETWEEN_FILES: u32 = 1 << 20;

/// What a script imports from others of its package.
#[derive(Debug)]
pub(super) struct Imports {
    siblings: Rc<Siblings>,
    /// What each file that was gone through gives; of one that is gone through now, as far as it has come.
    done: QuickMap<usize, Value>,
    /// Where the places of the next file begin.
    moved: u32,
}

impl Imports {
    /// The files of the package.
    pub(super) fn siblings(&self) -> &Siblings {
        &self.siblings
    }
}

/// A known path in the script's own folder as scripts write it: relative.
pub(super) fn of_own_folder(path: &str) -> Option<String> {
    path.strip_prefix("{own folder}/").filter(|rest| !rest.contains(HOLE)).map(|rest| format!("./{rest}"))
}

impl Machine {
    /// The same run of one file among others of its package, of which only what runs by itself is followed.
    #[must_use]
    pub(crate) fn among(mut self, siblings: Rc<Siblings>, file: usize) -> Self {
        let mut done = QuickMap::default();
        done.insert(file, Value::UNKNOWN);
        self.siblings = Some(Imports { siblings, done, moved: BETWEEN_FILES });
        (self.file, self.first_file) = (file, file);
        self
    }

    /// The same, going through every function that somebody may call.
    #[must_use]
    pub(crate) fn with_called(mut self) -> Self {
        self.follows_called = true;
        self
    }

    /// The files of the package, where those are followed.
    pub(super) fn siblings(&self) -> Option<Rc<Siblings>> {
        self.siblings.as_ref().map(|imports| Rc::clone(&imports.siblings))
    }

    /// The files that were gone through.
    pub(super) fn files_gone_through(&self) -> Vec<usize> {
        self.siblings.iter().flat_map(|imports| imports.done.keys().copied()).collect()
    }

    /// Of the functions that nothing called, leaves those that an installation runs.
    pub(super) fn only_what_installs(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.retain(|(func, _, class)| {
            class.is_some_and(|class| self.is_install_class(class) || self.is_booted(class, *func))
        });
        self.pending = pending;
    }

    /// Notes a module that is loaded by a name which was worked out.
    pub(super) fn loads(&mut self, module: &str) {
        if module.len() > MAX_NAME || self.out.loaded.iter().any(|m| **m == *module) {
            return;
        }
        if self.out.loaded.len() < MAX_LOADED {
            self.out.loaded.push(module.into());
        } else {
            self.out.cut_off = true;
        }
    }

    /// Notes the folder of which a module is loaded, when it is known and the module is not.
    pub(super) fn loads_any(&mut self, name: &Value) {
        let text = name.as_text().unwrap_or_default();
        let text = text.strip_prefix("{own folder}/").map_or(text.to_owned(), |rest| format!("./{rest}"));
        let before = text.split(HOLE).next().unwrap_or_default();
        if let Some((folder, _)) = before.rsplit_once('/').filter(|_| before.starts_with('.')) {
            self.loads(&format!("{folder}/"));
        }
    }

    /// What `require("./x")` gives, when it is a file of the package.
    pub(super) fn sibling_of_javascript(&mut self, name: &str) -> Option<Value> {
        if self.language != Language::JavaScript {
            return None;
        }
        let file = self.siblings.as_ref()?.siblings.modules().of_javascript(self.file, name)?;
        self.file_of_package(file)
    }

    /// What `import x` gives, when it is a file of the package.
    pub(super) fn sibling_of_python(&mut self, name: &str) -> Option<Value> {
        if self.language != Language::Python {
            return None;
        }
        let file = self.siblings.as_ref()?.siblings.modules().of_python(self.file, name)?;
        self.file_of_package(file)
    }

    /// What `__import__("a.b")` gives when that is a file of the package: `a`, of which `b` is a member by then.
    pub(super) fn package_of(&mut self, module: &str) -> Option<Value> {
        let (top, name) = module.split_once('.').filter(|(top, name)| !top.is_empty() && !name.contains('.'))?;
        let value = self.sibling_of_python(module)?;
        let package = match self.sibling_of_python(top) {
            Some(package) => package,
            // A folder needs no file of its own to be one.
            None => self.object(Kind::Dict(Fields::default()), Labels::NONE),
        };
        if let Known::Object(id) = package.known
            && let Some(Kind::Dict(fields)) = self.heap.get_mut(id).map(|o| &mut o.kind)
        {
            fields.set(name, value);
        }
        Some(package)
    }

    /// Imports from a file of the package; `false` when there is none of that name.
    pub(super) fn import_sibling(&mut self, module: &str, member: Sym, alias: Sym) -> bool {
        if self.siblings.is_none() {
            return false;
        }
        let member = self.name(member);
        if self.language == Language::Perl {
            return self.load_beside(module).is_some();
        }
        if self.language == Language::Php {
            let of = if member.is_empty() { module.to_owned() } else { member.to_string() };
            let Some(class) = self.autoloaded(&of) else { return false };
            if alias != Sym::EMPTY {
                self.declare_name(alias, class);
            }
            return true;
        }
        match self.language {
            Language::JavaScript => self.import_of_javascript(module, &member, alias),
            Language::Python => self.import_of_python(module, &member, alias),
            _ => false,
        }
    }

    fn import_of_javascript(&mut self, module: &str, member: &str, alias: Sym) -> bool {
        let Some(exports) = self.sibling_of_javascript(module) else { return false };
        match (member, alias == Sym::EMPTY) {
            ("", true) => {}
            ("", false) => self.declare_name(alias, exports),
            ("*", _) => self.take_all(&exports),
            (name, again) => {
                let value = match self.field(&exports, name) {
                    Some(value) => value,
                    // What a file of CommonJS exports is its default.
                    None if name == "default" => exports,
                    None => Value::UNKNOWN,
                };
                let alias = if again { self.tree.sym(name) } else { alias };
                self.declare_name(alias, value);
            }
        }
        true
    }

    fn import_of_python(&mut self, module: &str, member: &str, alias: Sym) -> bool {
        if member.is_empty() {
            let Some(value) = self.sibling_of_python(module) else { return false };
            if alias != Sym::EMPTY {
                self.declare_name(alias, value);
            } else if let Some((package, name)) = module.rsplit_once('.')
                && !package.contains('.')
            {
                // `import a.b` makes `b` a member of `a`.
                let package = self.tree.sym(package);
                if let Some(Value { known: Known::Object(id), .. }) = self.variable(package)
                    && let Some(Kind::Dict(fields)) = self.heap.get_mut(id).map(|o| &mut o.kind)
                {
                    fields.set(name, value);
                } else {
                    let mut fields = Fields::default();
                    fields.set(name, value);
                    let object = self.object(Kind::Dict(fields), Labels::NONE);
                    self.declare_name(package, object);
                }
            }
            return true;
        }
        let package = self.sibling_of_python(module);
        if member == "*" {
            if let Some(package) = &package {
                self.take_all(package);
            }
            return package.is_some();
        }
        let inside = if module.ends_with('.') { format!("{module}{member}") } else { format!("{module}.{member}") };
        let value =
            package.and_then(|package| self.field(&package, member)).or_else(|| self.sibling_of_python(&inside));
        match value {
            Some(value) => {
                self.declare_name(alias, value);
                true
            }
            None => false,
        }
    }

    /// A field of an object.
    pub(super) fn field(&self, of: &Value, name: &str) -> Option<Value> {
        let Known::Object(id) = of.known else { return None };
        match &self.heap.get(id)?.kind {
            Kind::Dict(fields) | Kind::Class(fields, _) => fields.get(name).cloned(),
            _ => None,
        }
    }

    /// Makes variables of everything that a file gives.
    fn take_all(&mut self, exports: &Value) {
        let Known::Object(id) = exports.known else { return };
        let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind) else { return };
        let all: Vec<(Rc<str>, Value)> = fields.iter().map(|(n, v)| (Rc::clone(n), v.clone())).take(MAX_DATA).collect();
        for (name, value) in all {
            let name = self.tree.sym(name.as_bytes());
            self.declare_name(name, value);
        }
    }

    /// What a file of the package gives to who imports it. Gone through once.
    fn file_of_package(&mut self, file: usize) -> Option<Value> {
        let imports = self.siblings.as_ref()?;
        if let Some(value) = imports.done.get(&file) {
            return Some(value.clone());
        }
        if !imports.siblings.is_followed(file) {
            return None;
        }
        if imports.done.len() >= MAX_FILES {
            self.out.cut_off = true;
            return None;
        }
        let text = std::sync::Arc::clone(imports.siblings.get(file)?);
        if !self.pay(text.text.len()) || self.depth.saturating_add(DEPTH_OF_A_FILE) >= super::MAX_DEPTH {
            self.out.cut_off = true;
            return None;
        }
        if text.kind == FileKind::Json {
            let data = serde_json::from_str(&text.text.read()).ok()?;
            let mut left = MAX_DATA;
            let value = self.data(&data, &mut left, 0);
            self.siblings.as_mut()?.done.insert(file, value.clone());
            return Some(value);
        }
        let language = Language::of(text.kind)?;
        // Reading costs about as much as going through it.
        self.fuel = self.fuel.saturating_sub(text.text.len() as u64 / 8);
        let read = script::read(language, &text.text.read());
        let exports = self.object(Kind::Dict(Fields::default()), Labels::NONE);
        if let Known::Object(id) = exports.known
            && let Some(object) = self.heap.get_mut(id)
        {
            object.open = true;
        }
        let length = u32::try_from(text.text.len()).unwrap_or(u32::MAX);
        let imports = self.siblings.as_mut()?;
        imports.done.insert(file, exports.clone());
        let moved = imports.moved;
        imports.moved = moved.saturating_add(length).saturating_add(BETWEEN_FILES);
        let value = self.go_through(&read, language, file, moved, exports);
        self.siblings.as_mut()?.done.insert(file, value.clone());
        Some(value)
    }

    /// Goes through a file of the package that the script loads by a name, as if it stood there: in the languages in which
    /// everything has one space of names. What a chunk of Lua returns is what its name stands for.
    pub(super) fn load_beside(&mut self, name: &str) -> Option<Value> {
        // A name that no file beside it has is looked for among all of them.
        let count = self.siblings.as_ref()?.siblings.modules().count();
        if !self.pay(count.saturating_mul(LOOK)) {
            self.out.cut_off = true;
            return None;
        }
        let file = self.siblings.as_ref()?.siblings.modules().of_light(self.file, name)?;
        let imports = self.siblings.as_ref()?;
        if let Some(value) = imports.done.get(&file) {
            return Some(value.clone());
        }
        if !imports.siblings.is_followed(file) {
            return None;
        }
        let text = std::sync::Arc::clone(imports.siblings.get(file)?);
        let language = imports.siblings.modules().language(file)?;
        if imports.done.len() >= MAX_FILES
            || !self.pay(text.text.len())
            || self.depth.saturating_add(DEPTH_OF_A_FILE) >= super::MAX_DEPTH
        {
            self.out.cut_off = true;
            return None;
        }
        self.fuel = self.fuel.saturating_sub(text.text.len() as u64 / 8);
        let read = script::read(language, &text.text.read());
        let length = u32::try_from(text.text.len()).unwrap_or(u32::MAX);
        let imports = self.siblings.as_mut()?;
        imports.done.insert(file, Value::UNKNOWN);
        let moved = imports.moved;
        imports.moved = moved.saturating_add(length).saturating_add(BETWEEN_FILES);
        let first = self.tree.functions().count();
        let node = self.tree.len();
        let root = self.tree.graft(&read, moved);
        self.seen.resize(self.tree.functions().count(), 0);
        self.grafted.push(Grafted { first, node, language, layer: 0, place: None, concealed: false, file });
        let own = if language == Language::Lua { self.push_frame(u32::MAX) } else { 0 };
        let value = self.within(own, language, file, |machine| {
            machine.oldest_frame = 0;
            machine.statement(root);
            machine.returned.take().unwrap_or(Value::UNKNOWN)
        });
        self.siblings.as_mut()?.done.insert(file, value.clone());
        Some(value)
    }

    /// A class of PHP that nothing here defines: the file of its name is loaded when it is first spoken of.
    pub(super) fn autoloaded(&mut self, name: &str) -> Option<Value> {
        let class = name.rsplit(['\\', '.']).next()?;
        if self.language != Language::Php
            || self.siblings.is_none()
            || !class.starts_with(|c: char| c.is_ascii_uppercase())
        {
            return None;
        }
        let sym = self.tree.sym(class);
        let is_class = |value: &Value| matches!(value.known, Known::Object(_));
        if let Some(value) = self.variable(sym).filter(is_class) {
            return Some(value);
        }
        self.load_beside(class)?;
        self.variable(sym).filter(is_class)
    }

    fn go_through(&mut self, read: &Tree, language: Language, file: usize, moved: u32, exports: Value) -> Value {
        let first = self.tree.functions().count();
        let node = self.tree.len();
        let root = self.tree.graft(read, moved);
        self.seen.resize(self.tree.functions().count(), 0);
        self.grafted.push(Grafted { first, node, language, layer: 0, place: None, concealed: false, file });
        let own = self.push_frame(u32::MAX);
        self.within(own, language, file, |machine| machine.module(root, own, language, exports))
    }

    /// Does something within another file, at whose top a frame stands.
    fn within<R>(&mut self, own: u32, language: Language, file: usize, inner: impl FnOnce(&mut Self) -> R) -> R {
        let frame = std::mem::replace(&mut self.frame, own);
        self.keep_frames();
        let before = (self.language, self.layer, self.anchor, self.concealed, self.file);
        (self.language, self.layer, self.anchor, self.concealed, self.file) = (language, 0, None, false, file);
        // Whether the import is reached is for the importer to say; within the file everything is reached.
        let around = (self.undecided, self.given, self.behind, self.dropped.take(), self.label.take());
        (self.undecided, self.given, self.behind) = (0, Labels::NONE, Labels::NONE);
        let returned = self.returned.take();
        self.depth += DEPTH_OF_A_FILE;
        let result = inner(self);
        self.depth -= DEPTH_OF_A_FILE;
        self.returned = returned;
        (self.undecided, self.given, self.behind, self.dropped, self.label) = around;
        (self.language, self.layer, self.anchor, self.concealed, self.file) = before;
        self.frame = frame;
        result
    }

    /// Goes through a module, and gives what it exports.
    fn module(&mut self, root: Id, own: u32, language: Language, exports: Value) -> Value {
        let (module_name, exports_name, exports_sym) = ("module", "exports", self.tree.sym("exports"));
        let module = if language == Language::JavaScript {
            let mut fields = Fields::default();
            fields.set(exports_name, exports.clone());
            // What a module has beside of that leads to everything outside.
            for name in ["constructor", "require"] {
                let path = self.paths.root(&format!("module.{name}"));
                fields.set(name, Self::path_value(path, Labels::NONE));
            }
            let module = self.object(Kind::Dict(fields), Labels::NONE);
            if let Known::Object(id) = module.known
                && let Some(object) = self.heap.get_mut(id)
            {
                object.open = true;
            }
            let name = self.tree.sym(module_name);
            self.declare_name(name, module.clone());
            self.declare_name(exports_sym, exports.clone());
            Some(module)
        } else {
            None
        };
        self.statement(root);
        let exported = module.as_ref().and_then(|module| self.field(module, exports_name)).unwrap_or(exports.clone());
        // Bundlers give functions by getters, under the names that they have.
        let by_getters = self.has_getters && language == Language::JavaScript;
        if exported == exports || by_getters {
            self.export_variables(own, &exported);
        }
        exported
    }

    /// Makes members of the variables at the top of a file: in Python they are, and modules of JavaScript export few
    /// others than they are asked for.
    fn export_variables(&mut self, frame: u32, exports: &Value) {
        let vars: Vec<(Sym, Value)> = self
            .frames
            .get(frame as usize)
            .map(|f| f.vars.iter().map(|(name, value)| (*name, value.clone())).take(MAX_DATA).collect())
            .unwrap_or_default();
        for (name, value) in vars {
            let name = self.name(name);
            if self.language == Language::JavaScript && matches!(&*name, "module" | "exports") {
                continue;
            }
            if let Known::Object(id) = exports.known
                && let Some(Kind::Dict(fields)) = self.heap.get_mut(id).map(|o| &mut o.kind)
                && fields.get(&name).is_none()
            {
                fields.set(&name, value);
            }
        }
    }

    /// Data of a JSON file as values.
    fn data(&mut self, data: &serde_json::Value, left: &mut usize, depth: u32) -> Value {
        use serde_json::Value as Data;
        if *left == 0 || depth > MAX_DATA_DEPTH {
            return Value::UNKNOWN;
        }
        *left -= 1;
        match data {
            Data::Null => Value::NIL,
            Data::Bool(b) => Value::bool(*b, Labels::NONE),
            Data::Number(n) => n.as_f64().map_or(Value::UNKNOWN, |n| Value::num(n, Labels::NONE)),
            Data::String(text) => Value::str(text.as_str(), Labels::NONE),
            Data::Array(items) => {
                let items = items.iter().take(MAX_DATA).map(|item| self.data(item, left, depth + 1)).collect();
                self.new_list(items, Labels::NONE)
            }
            Data::Object(fields) => {
                let mut all = Fields::default();
                for (name, value) in fields.iter().take(MAX_DATA) {
                    let value = self.data(value, left, depth + 1);
                    all.set(name, value);
                }
                self.object(Kind::Dict(all), Labels::NONE)
            }
        }
    }
}
