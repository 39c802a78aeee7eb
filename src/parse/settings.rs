//! Texts of settings as data: JSON, TOML, YAML, INI, `.env`, tables with commas. Bounded by the length of the text, which the
//! caller limits.

use serde_json::{Map, Value as Data};

/// Most lines that are read.
const MAX_LINES: usize = 2048;
/// Most bytes of names that rows of a table have again and again.
const MAX_NAMED: usize = 1 << 20;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON.
    Json,
    /// TOML 1.
    Toml,
    /// What settings mostly are of YAML: see [`Lines`].
    Yaml,
    /// `NAME=value` by lines.
    Env,
    /// What `configparser` of Python reads.
    Sections,
    /// A table with commas.
    Rows,
    /// The same, each row by the names in the first.
    Records,
}

/// What a text comes to that is written in this form; `None` when it is not.
pub(crate) fn read(form: Form, text: &str) -> Option<Data> {
    match form {
        Form::Json => serde_json::from_str(text).ok(),
        Form::Toml => serde_json::to_value(toml::from_str::<toml::Table>(text).ok()?).ok(),
        Form::Yaml => Lines::of(text)?.node(0, 0),
        Form::Env => Some(Data::Object(variables(text))),
        Form::Sections => Some(sections(text)),
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
        if !all.contains_key(&section) {
            all.insert(section.clone(), Data::Object(Map::new()));
        }
        let Some(Data::Object(options)) = all.get_mut(&section) else { continue };
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
        if indent < least {
            return None;
        }
        if first == "-" || first.starts_with("- ") { self.list(indent, depth) } else { self.map(indent, depth) }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Data> {
        if depth > DEEPEST {
            return None;
        }
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
        if depth > DEEPEST {
            return None;
        }
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
    // Each row has the names again.
    let named: usize = names.iter().map(str::len).sum();
    let most = MAX_LINES.min(MAX_NAMED / named.max(1));
    let mut all = Vec::new();
    for row in reader.records().take(most) {
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
        assert_eq!(read(Form::Sections, ini).unwrap(), json!({"Run": {"command": "a b\nc", "other": "d"}}));
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
        let beside: String = (0..64).map(|n| format!("{}- a:\n", "  ".repeat(n))).collect();
        assert_eq!(read(Form::Yaml, &beside), None);
        let wide = format!("{}\n{}", "a".repeat(60_000), "b\n".repeat(2000));
        assert!(matches!(read(Form::Records, &wide), Some(Data::Array(rows)) if rows.len() < 32));
    }
}
