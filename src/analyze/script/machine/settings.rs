//! Files of settings that a package brings along, and what the loaders of Python make of them: JSON, TOML, YAML, INI, `.env`,
//! tables with commas.
//!
//! Known uses: packages whose code holds no command and no address, since they stand in a file that looks like settings.
//! Honest look-alikes: settings; what comes of them is judged, and not that they are read.

use serde_json::{Map, Value as Data};

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// Longest text that is taken apart.
const MAX_READ: usize = 64 << 10;
/// Most lines of it.
const MAX_LINES: usize = 2048;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Toml,
    Yaml,
    Env,
    Rows,
    /// Rows by the names in the first.
    Records,
}

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
        let bytes = text.as_bytes().filter(|bytes| bytes.len() <= MAX_READ)?;
        let read = read(form, std::str::from_utf8(bytes).ok()?)?;
        let bytes = bytes.len();
        self.pay(bytes * 16).then(|| self.value_of_json(read, text.labels))
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
                let text = self.text_of_file(parser, &given, method == "read", id)?;
                let bytes = text.as_bytes().filter(|bytes| bytes.len() <= MAX_READ)?;
                let read = sections(std::str::from_utf8(bytes).ok()?);
                if !self.pay(bytes.len() * 16) {
                    return None;
                }
                let value = self.value_of_json(read, text.labels);
                if let Some(Kind::Handle(_, about)) = self.heap.get_mut(holder).map(|o| &mut o.kind) {
                    **about = value;
                }
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

fn read(form: Form, text: &str) -> Option<Data> {
    match form {
        Form::Json => serde_json::from_str(text).ok(),
        Form::Toml => serde_json::to_value(toml::from_str::<toml::Table>(text).ok()?).ok(),
        Form::Yaml => Lines::of(text)?.node(0, 0),
        Form::Env => Some(Data::Object(variables(text))),
        Form::Rows | Form::Records => rows(text, form == Form::Records),
    }
}

/// `NAME=value` by lines, in quotes or not.
fn variables(text: &str) -> Map<String, Data> {
    let mut all = Map::new();
    for line in text.lines().take(MAX_LINES) {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        if line.starts_with('#') {
            continue;
        }
        if let Some((name, value)) = line.split_once('=') {
            let value = value.trim();
            let bare = ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q)).unwrap_or(value);
            all.insert(name.trim().to_owned(), Data::String(bare.to_owned()));
        }
    }
    all
}

/// `[section]`, `name = value` and `name: value`; lines that are indented go on with the value before. Names of options are
/// small, as `configparser` has them.
fn sections(text: &str) -> Data {
    let mut all = Map::new();
    let mut section = String::from("DEFAULT");
    let mut last: Option<String> = None;
    for line in text.lines().take(MAX_LINES) {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
            last = None;
            continue;
        }
        let Data::Object(options) = all.entry(section.clone()).or_insert_with(|| Data::Object(Map::new())) else {
            continue;
        };
        if line.starts_with([' ', '\t'])
            && let Some(Data::String(before)) = last.as_ref().and_then(|name| options.get_mut(name))
        {
            before.push('\n');
            before.push_str(bare);
            continue;
        }
        if let Some((name, value)) = bare.split_once(['=', ':']) {
            let name = name.trim().to_lowercase();
            options.insert(name.clone(), Data::String(value.trim().to_owned()));
            last = Some(name);
        }
    }
    Data::Object(all)
}

/// The lines of a document of YAML: how far each is indented, and what stands there. What settings are mostly written in is
/// read: maps, lists, plain and quoted scalars, texts of several lines, lists and maps as in JSON.
struct Lines<'a> {
    all: Vec<(usize, &'a str)>,
    next: usize,
}

/// Deepest nesting.
const DEEPEST: usize = 12;

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let is_said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#') && *line != "---";
        let indented = |line: &'a str| (line.len() - line.trim_start_matches(' ').len(), line.trim());
        let all: Vec<_> = text.lines().take(MAX_LINES).filter(is_said).map(indented).collect();
        (!all.iter().any(|(_, line)| line.starts_with(['\t', '&', '*', '%', '!']))).then_some(Self { all, next: 0 })
    }

    /// The list or map whose entries stand so far to the right.
    fn node(&mut self, least: usize, depth: usize) -> Option<Data> {
        let (indent, first) = *self.all.get(self.next)?;
        if indent < least || depth > DEEPEST {
            return None;
        }
        if first == "-" || first.starts_with("- ") { self.list(indent, depth) } else { self.map(indent, depth) }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Data> {
        let mut items = Vec::new();
        while let Some((at, line)) = self.all.get(self.next).copied()
            && at == indent
            && let Some(rest) = line.strip_prefix('-')
        {
            let value = rest.trim_start();
            if value.is_empty() {
                self.next += 1;
                items.push(self.node(indent + 1, depth + 1)?);
            } else if entry(value).is_some() {
                // A map whose first entry stands behind the dash.
                let inner = indent + line.len() - value.len();
                *self.all.get_mut(self.next)? = (inner, value);
                items.push(self.map(inner, depth + 1)?);
            } else {
                self.next += 1;
                items.push(scalar(value)?);
            }
        }
        Some(Data::Array(items))
    }

    fn map(&mut self, indent: usize, depth: usize) -> Option<Data> {
        let mut entries = Map::new();
        while let Some((at, line)) = self.all.get(self.next).copied()
            && at == indent
        {
            let (name, value) = entry(line)?;
            self.next += 1;
            let is_list_beside =
                matches!(self.all.get(self.next), Some((at, next)) if *at == indent && next.starts_with("- "));
            let value = match value {
                "" if is_list_beside => self.list(indent, depth + 1)?,
                "" if self.all.get(self.next).is_some_and(|(at, _)| *at > indent) => {
                    self.node(indent + 1, depth + 1)?
                }
                "" => Data::Null,
                "|" | "|-" | "|+" => self.block(indent, "\n"),
                ">" | ">-" | ">+" => self.block(indent, " "),
                value => scalar(value)?,
            };
            entries.insert(name, value);
        }
        (!entries.is_empty()).then_some(Data::Object(entries))
    }

    fn block(&mut self, indent: usize, between: &str) -> Data {
        let rest = self.all.get(self.next..).unwrap_or_default();
        let lines: Vec<&str> = rest.iter().take_while(|(at, _)| *at > indent).map(|(_, line)| *line).collect();
        self.next += lines.len();
        Data::String(lines.join(between))
    }
}

/// `name: value`.
fn entry(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")))?;
    let name = name.trim().trim_matches(['"', '\'']);
    let value = value.trim();
    let value = if value.starts_with('#') { "" } else { value };
    (!name.is_empty() && !name.contains(['{', '['])).then(|| (name.to_owned(), value))
}

/// A value in one line.
fn scalar(value: &str) -> Option<Data> {
    if value.starts_with(['{', '[', '"']) {
        return serde_json::from_str(value).ok();
    }
    if let Some(rest) = value.strip_prefix('\'') {
        return Some(Data::String(rest.strip_suffix('\'')?.replace("''", "'")));
    }
    let plain = value.split(" #").next().unwrap_or(value).trim_end();
    if plain.starts_with(['&', '*', '!']) {
        return None;
    }
    Some(plain.parse::<i64>().map_or_else(|_| Data::String(plain.to_owned()), Data::from))
}

fn rows(text: &str, by_name: bool) -> Option<Data> {
    let mut reader = csv::ReaderBuilder::new().has_headers(by_name).flexible(true).from_reader(text.as_bytes());
    let names = if by_name { reader.headers().ok()?.clone() } else { csv::StringRecord::new() };
    let mut all = Vec::new();
    for row in reader.records().take(MAX_LINES) {
        let row = row.ok()?;
        let cells = row.iter().map(|cell| Data::String(cell.to_owned()));
        all.push(match by_name {
            true => Data::Object(names.iter().map(str::to_owned).zip(cells).collect()),
            false => Data::Array(cells.collect()),
        });
    }
    Some(Data::Array(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_what_their_loaders_make_of_them() {
        let ini = "; a\n[Run]\nCommand = a b\n  c\nother: d\n[x]\n";
        assert_eq!(sections(ini), json!({"Run": {"command": "a b\nc", "other": "d"}}));
        assert_eq!(
            Data::Object(variables("# a\nexport A=\"b c\"\nD='e'\nF=g\n")),
            json!({"A": "b c", "D": "e", "F": "g"})
        );
        assert_eq!(read(Form::Toml, "[a]\nb = 'c'\n"), Some(json!({"a": {"b": "c"}})));
        assert_eq!(read(Form::Rows, "a,b\n1,\"2,3\"\n"), Some(json!([["a", "b"], ["1", "2,3"]])));
        assert_eq!(read(Form::Records, "a,b\n1,2\n"), Some(json!([{"a": "1", "b": "2"}])));
        assert_eq!(read(Form::Toml, "no settings"), None);
        let yaml =
            "# a\n---\nb:\n  c: d e # f\n  'g': \"h: i\"\nj:\n- 1\n- k: l\n  m: n\no: |\n  p\n  q\nr: [1, \"s\"]\n";
        let value = json!({"b": {"c": "d e", "g": "h: i"}, "j": [1, {"k": "l", "m": "n"}], "o": "p\nq", "r": [1, "s"]});
        assert_eq!(read(Form::Yaml, yaml), Some(value));
        for odd in ["a: *b\n", "- - -\n-", "a:\n    b: c\n  d: e\n", "a", ":", &"- ".repeat(64), &"a:\n ".repeat(64)] {
            let _ = read(Form::Yaml, odd);
        }
        let deep: String = (0..64).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert_eq!(read(Form::Yaml, &deep), None);
    }
}
