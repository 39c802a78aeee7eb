//! Files of settings that a package brings along, and what the loaders of Python make of them: JSON, TOML, YAML, INI, `.env`,
//! tables with commas.
//!
//! Known uses: packages whose code holds no command and no address, since they stand in a file that looks like settings.
//! Honest look-alikes: settings; what comes of them is judged, and not that they are read.

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::analyze::script::words;
use crate::parse::script::Id;
use crate::parse::settings::{Form, read};

/// Longest text that is taken apart, in bytes.
const MAX_READ: usize = 64 << 10;

/// The form that a loader reads, and whether it is given the path of a file and not what stands there.
fn form_of(loader: &str) -> Option<(Form, bool)> {
    Some(match loader {
        "json.load" => (Form::Json, false),
        "tomllib.load" | "tomli.load" | "tomllib.loads" | "tomli.loads" | "toml.loads" => (Form::Toml, false),
        "toml.load" => (Form::Toml, true),
        "yaml.safe_load" | "yaml.load" | "yaml.full_load" | "yaml.unsafe_load" => (Form::Yaml, false),
        "dotenv.dotenv_values" => (Form::Env, true),
        "csv.reader" => (Form::Rows, false),
        "csv.DictReader" => (Form::Records, false),
        _ => return None,
    })
}

impl Machine {
    /// What a loader makes of a file of the package, or of a text that is known.
    pub(super) fn settings_of_python(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        if let Some((parser, method)) = name.rsplit_once('.').filter(|(of, _)| of.ends_with("Parser()")) {
            return self.settings_in_sections(parser, method, this?, args, id);
        }
        let (form, by_path) = form_of(name)?;
        let given = args.at(0)?.clone();
        let text = self.text_of_file(name, &given, by_path, id)?;
        self.value_in(form, &text)
    }

    /// What a text comes to that is written in a form; it is paid for before it is read, whether it is written so or not.
    fn value_in(&mut self, form: Form, text: &Value) -> Option<Value> {
        let bytes = text.as_bytes().filter(|bytes| bytes.len() <= MAX_READ)?;
        if !self.pay(bytes.len() * 16) {
            return None;
        }
        let data = read(form, std::str::from_utf8(bytes).ok()?)?;
        Some(self.value_of_json(data, text.labels))
    }

    /// The text that a loader is given: as it is, in an open file, or in one whose path it is given.
    fn text_of_file(&mut self, by: &str, given: &Value, by_path: bool, id: Id) -> Option<Value> {
        let is_open = match given.known {
            Known::Object(id) => matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Handle(..))),
            _ => false,
        };
        if !is_open && !by_path {
            return given.as_bytes().is_some().then(|| given.clone());
        }
        let path = self.paths.root(by);
        let content = self.read_file(path, given, id);
        content.as_bytes().is_some().then_some(content)
    }

    /// `ConfigParser`: what it has read, and a setting of it.
    fn settings_in_sections(&mut self, parser: &str, method: &str, this: &Value, args: &Args, id: Id) -> Option<Value> {
        let Known::Object(holder) = this.known else { return None };
        match method {
            "read" | "read_file" | "readfp" | "read_string" => {
                let given = args.at(0)?.clone();
                if method == "read" && given.as_text().is_some_and(|path| !words::labels_of_path(path).is_empty()) {
                    // What a file of somebody else holds is in whatever it is asked for.
                    let path = self.paths.root(parser);
                    let content = self.read_file(path, &given, id);
                    self.taint(holder, content.labels);
                    return Some(Value::UNKNOWN);
                }
                let text = self.text_of_file(parser, &given, method == "read", id)?;
                let value = self.value_in(Form::Sections, &text)?;
                if let Some(Kind::Handle(_, about)) = self.heap.get_mut(holder).map(|o| &mut o.kind) {
                    **about = value;
                }
                None
            }
            // All of it is written into what was opened.
            "write" => {
                let labels = self.all_labels(this);
                let Known::Object(target) = args.at(0)?.known else { return None };
                self.taint(target, labels);
                None
            }
            "get" | "getint" | "getboolean" => {
                let all = self.about(this);
                let Known::Object(_) = all.known else { return None };
                let section = self.element(&all, &args.at(0)?.clone());
                let option = args.at(1)?.as_str()?.to_lowercase();
                Some(self.element(&section, &Value::str(option, Labels::NONE)))
            }
            _ => None,
        }
    }
}
