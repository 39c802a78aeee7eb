//! Files, variables of the environment, and tables of names: what stands outside the script's own values.

use std::sync::Arc;

use super::call::Args;
use super::{MAX_FILLED, Machine};
use crate::analyze::script::event::Act;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::analyze::script::words::{self, Does};
use crate::parse::script::{Id, Language};

/// How scripts name the files of settings that they search for.
const SETTINGS: &[&str] = &[".env", ".env*", "**/.env", "**/.env*", "**/.env.*", ".env.local", ".env.production"];

/// How files of code end.
const CODE: &[&str] = &[".py", ".js", ".mjs", ".cjs", ".ts", ".pyw"];

/// A path without the folder that it begins in: `./b` is `b`.
pub(super) fn beside(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

impl Machine {
    /// Opens a file: reading gives its content's origins, writing gives something that can be written to.
    pub(super) fn open(&mut self, path: PathId, about: &Value, args: &Args, id: Id) -> Value {
        let mode = args.at(1).or_else(|| args.named("mode")).and_then(Value::as_str).unwrap_or("r").to_owned();
        let result = self.paths.call(path);
        if mode.contains(['w', 'a', 'x', '+']) {
            return self.handle(result, about.clone(), Labels::NONE);
        }
        let content = self.read_file(path, about, id);
        self.handle(result, about.clone(), content.labels)
    }

    /// Any picture, sound or document of a folder that is gone through for them.
    fn carried_in(&self, file: Value) -> Value {
        if !file.labels.any(Labels::LISTED) || !file.labels.any(Labels::OWN_FILE) {
            return file;
        }
        let found = words::CARRIERS.iter().find(|end| self.tree.holds(end));
        match (found, file.as_text()) {
            (Some(end), Some(path)) if path.ends_with(HOLE) => Value::text(format!("{path}{end}"), file.labels),
            _ => file,
        }
    }

    /// The content of a file that is read.
    pub(super) fn read_file(&mut self, by: PathId, about: &Value, id: Id) -> Value {
        let about = self.carried_in(self.about(about));
        let text = self.subject_of(&about, Act::Read);
        let mut labels = Labels::FILE;
        if about.labels.any(Labels::OWN_FILE) {
            labels = labels.with(Labels::OWN_FILE);
        }
        labels = labels.with(about.labels.only(Labels::LISTED));
        // What a search looks for stands in the script, and not in what it finds.
        if about.labels.any(Labels::LISTED)
            && (SETTINGS.iter().any(|name| self.tree.holds(name)) || self.looks_for_settings())
        {
            labels = labels.with(Labels::DOTENV);
        }
        // It was found by the name of such a file, or a variable that is there for one says where it lies.
        if about.labels.with(self.given).any(Labels::PICKED_FILE) {
            labels = labels.with(Labels::CREDENTIALS);
        }
        let result = self.paths.call(by);
        // What was found where secrets lie, or by how they are called, is one.
        if text.is_none() && about.labels.any(Labels::LISTED) {
            labels = labels.with(about.labels.only(Labels::CREDENTIALS.with(Labels::WALLET)));
        }
        if let Some(text) = text {
            let known = words::labels_of_path(&text);
            if !known.is_empty() {
                self.source(known, &text, id);
            }
            labels = labels.with(known);
            self.event(Act::Read, by, id, &about, &Value::unknown(known), false);
            if let Some(written) = self.files.get(beside(&text)) {
                let written = written.clone();
                return written.labelled(labels);
            }
            let by = self.paths.text(by).to_owned();
            if let Some(content) = self.own_data(&by, &text) {
                return Value::new(content, labels.with(Labels::OWN_FILE));
            }
        }
        Self::path_value(result, labels)
    }

    /// What an option of the command line says (`parse_args().url`), where no option has an address of the script's own.
    pub(super) fn said_on_the_command_line(&self, about: Value) -> Value {
        let is_said = match &about.known {
            Known::Path(path) if self.language == Language::Python => {
                self.paths.text(*path).contains(".parse_args().") && !self.later.has_address_by_default
            }
            _ => false,
        };
        if is_said { about.labelled(Labels::ARGUMENTS) } else { about }
    }

    /// Secrets that were put into a command line leave with what it asks for, even where their text is known.
    pub(super) fn carry_into(&mut self, events: usize, line: &Value) {
        let secrets = self.all_labels(line).only(Labels::SECRET);
        if secrets.is_empty() {
            return;
        }
        for event in self.out.events.iter_mut().skip(events) {
            if matches!(event.act, Act::Lookup | Act::Send | Act::Fetch) {
                event.of = event.of.with(secrets);
            }
        }
    }

    /// Where what a command line printed comes from, of which these events were noted: what `cat` reads, it prints.
    pub(super) fn printed_since(&self, events: usize) -> Labels {
        const PRINTERS: &[&str] =
            &["cat", "type", "get-content", "gc", "head", "tail", "base64", "xxd", "strings", "more"];
        let new = self.out.events.get(events..).unwrap_or_default();
        new.iter()
            .filter(|event| event.act == Act::Read && PRINTERS.contains(&&*event.by))
            .fold(Labels::NONE, |all, event| all.with(event.data.only(Labels::SECRET)))
    }

    /// What a file of the package holds that is not code, by its path as a function `by` is given it.
    pub(super) fn own_data(&mut self, by: &str, path: &str) -> Option<Known> {
        let siblings = self.siblings()?;
        // Python's loaders are told the package first.
        let of_package = by.ends_with("pkgutil.get_data") && !path.starts_with('/');
        let beside = super::sibling::of_own_folder(path).or_else(|| of_package.then(|| path.to_owned()))?;
        let file = siblings.modules().beside(self.file, &beside).and_then(|file| siblings.get(file).map(Arc::clone))?;
        // Who reads code as a text looks for a version in it; code that is not called so is another matter.
        let is_code = CODE.iter().any(|end| path.ends_with(end));
        if is_code || !self.pay(file.text.len()) {
            return None;
        }
        let text = file.text.read();
        let is_bytes = ["read_bytes", "get_data"].iter().any(|way| by.ends_with(way));
        Some(if is_bytes { Known::Bytes(text.as_bytes().into()) } else { Known::Str((&*text).into()) })
    }

    /// Whether a pattern of the script is for files of settings; asked once.
    fn looks_for_settings(&mut self) -> bool {
        let (tree, later) = (&self.tree, &mut self.later);
        *later.looks_for_settings.get_or_insert_with(|| tree.holds_part("\\.env"))
    }

    /// Writes to a file.
    pub(super) fn write_file(&mut self, by: PathId, about: &Value, data: &Value, id: Id) {
        let about = self.about(about);
        self.event(Act::Write, by, id, &about, data, false);
        if data.as_bytes().is_some_and(|b| b.len() > 16) {
            self.made(data, id, None);
        }
        if let Some(text) = self.subject_of(&about, Act::Write) {
            let labels = self.all_labels(data).with(Labels::WRITTEN);
            let content = Value::new(if data.is_constant() { data.known.clone() } else { Known::Unknown }, labels);
            if self.out.filled.len() < MAX_FILLED {
                self.out.filled.push((text.clone(), "".into()));
            }
            let key: std::rc::Rc<str> = beside(&text).into();
            let content = match self.files.remove(&key) {
                Some(before) => before.or(content),
                None => content,
            };
            self.files.insert(key, content);
        }
    }

    /// The origins of what was written to a file whose path stands in a command.
    pub(super) fn written(&self, command: &str) -> Labels {
        if self.files.is_empty() {
            return Labels::NONE;
        }
        let words: std::collections::HashSet<_> = command.split_whitespace().map(beside).collect();
        self.files
            .iter()
            .filter(|(path, _)| {
                let path: &str = path;
                words.contains(path) || path.len() > 2 && path.len() <= command.len() && command.contains(path)
            })
            .fold(Labels::NONE, |l, (_, v)| l.with(v.labels))
    }

    /// The origins of what was written to files below a folder.
    pub(super) fn written_below(&mut self, folder: &str) -> Labels {
        let folder = folder.trim_end_matches(['.', '*']).trim_end_matches('/');
        let is_below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        if folder.len() < 2 || !self.pay(self.files.len().saturating_mul(64)) {
            return Labels::NONE;
        }
        self.files.iter().filter(|(path, _)| is_below(path)).fold(Labels::NONE, |l, (_, v)| l.with(v.labels))
    }

    /// A variable of the environment: its own name stands for its value in paths.
    pub(super) fn environment(&mut self, name: &str, at: Id) -> Value {
        let labels = words::labels_of_variable(name);
        self.source(labels, name, at);
        let is_place = labels == Labels::ENV || labels.any(Labels::USER);
        if is_place { Value::text(format!("%{name}%"), labels) } else { Value::unknown(labels) }
    }

    /// The value of a member of the environment, when `path` is one.
    pub(super) fn variable_of_environment(&mut self, path: PathId, name: &str, at: Id) -> Option<Value> {
        let text = self.paths.text(path);
        let of = text.strip_suffix(name)?.strip_suffix('.')?;
        let is_variable = matches!(of, "process.env" | "import.meta.env" | "Deno.env" | "Bun.env" | "env")
            && !matches!(name, "get" | "toObject" | "has");
        is_variable.then(|| self.environment(name, at))
    }

    /// `os.environ["NAME"]`, `globals()["name"]`.
    pub(super) fn python_table(&mut self, path: PathId, name: &str) -> Option<Value> {
        match self.paths.text(path) {
            "os.environ" => Some(self.environment(name, Id::NONE)),
            "globals()" | "locals()" | "vars()" | "__builtins__.__dict__" | "builtins.__dict__" | "__builtins__" => {
                let sym = self.tree.sym(name);
                if let Some(value) = self.variable(sym) {
                    return Some(value);
                }
                let path = self.paths.root(name);
                Some(Self::path_value(path, Labels::BUILT))
            }
            "sys.modules" => {
                let path = self.paths.root(name);
                Some(Self::path_value(path, Labels::NONE))
            }
            text if text.ends_with(".__dict__") => {
                let base = text.strip_suffix(".__dict__").unwrap_or(text).to_owned();
                let base = self.paths.root(&base);
                let path = self.paths.member(base, name);
                Some(Self::path_value(path, Labels::BUILT))
            }
            _ => None,
        }
    }

    /// Origins that a path has by itself: `process.platform`, `os.environ`.
    pub(super) fn path_labels(&mut self, path: PathId, at: Id) -> Labels {
        let Some(word) = self.word(path) else { return Labels::NONE };
        if word.does == Does::Source && word.subject.is_empty() {
            if at.is_some() {
                let name: std::rc::Rc<str> = self.paths.text(path).into();
                self.source(word.yields, &name, at);
            }
            return word.yields;
        }
        Labels::NONE
    }
}
