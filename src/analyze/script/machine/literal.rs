//! Constants that travel from one file of a package to another.

use std::rc::Rc;

use super::Machine;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::model::fact::Literal;
use crate::parse::script::Language;

/// Most constants of a file, their shortest and longest text in bytes, and their fewest and most elements.
const MAX_CONSTANTS: usize = 16;
const TEXT: std::ops::RangeInclusive<usize> = 4..=16 << 10;
const ELEMENTS: std::ops::RangeInclusive<usize> = 4..=8 << 10;
/// Most bytes that the constants of one file take.
const MAX_BYTES: usize = 128 << 10;
/// Longest text in bytes that a value is written as, and its deepest part.
const MAX_JSON: usize = 12 << 10;
const MAX_JSON_DEPTH: u32 = 8;
/// Longest text in bytes that is read as one.
const MAX_JSON_READ: usize = 256 << 10;

impl Machine {
    /// The constants that stand at the top of the script.
    pub(super) fn own_constants(&self) -> Vec<(Box<str>, Literal)> {
        let Some(frame) = self.frames.first() else { return Vec::new() };
        let mut all: Vec<(Box<str>, Literal)> = frame
            .vars
            .iter()
            .filter_map(|(name, value)| Some((self.tree.str(*name).into(), self.literal(value)?)))
            .collect();
        // Which are kept does not depend on the order of a table.
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let mut left = MAX_BYTES;
        all.retain(|(_, literal)| {
            let fits = size(literal) <= left;
            left -= if fits { size(literal) } else { 0 };
            fits
        });
        all.truncate(MAX_CONSTANTS);
        all
    }

    /// A value as a constant that says something.
    fn literal(&self, value: &Value) -> Option<Literal> {
        match &value.known {
            Known::Str(text) if TEXT.contains(&text.len()) => Some(Literal::Text((**text).into())),
            Known::Bytes(bytes) if TEXT.contains(&bytes.len()) => Some(Literal::Bytes((**bytes).into())),
            Known::Object(id) => {
                let object = self.heap.get(*id)?;
                let Kind::List(items) = &object.kind else { return None };
                if object.open || !ELEMENTS.contains(&items.len()) {
                    return None;
                }
                let items: Option<Vec<Literal>> = items
                    .iter()
                    .map(|item| match &item.known {
                        Known::Num(_) => item.as_int().map(Literal::Number),
                        Known::Str(text) if text.len() <= *TEXT.end() => Some(Literal::Text((**text).into())),
                        _ => None,
                    })
                    .collect();
                items.map(|items| Literal::List(items.into()))
            }
            _ => None,
        }
    }

    /// The value that a constant text is in JSON; `None` when it is not known, or none.
    pub(super) fn read_as_json(&mut self, text: &Value) -> Option<Value> {
        let bytes = text.as_bytes().filter(|bytes| bytes.len() <= MAX_JSON_READ)?;
        let read: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        if !self.pay(bytes.len() * 16) {
            return None;
        }
        Some(self.value_of_json(read, text.labels))
    }

    /// Data as values.
    pub(super) fn value_of_json(&mut self, read: serde_json::Value, labels: Labels) -> Value {
        use serde_json::Value as Json;
        match read {
            Json::Null => Value::NIL,
            Json::Bool(b) => Value::bool(b, labels),
            Json::Number(n) => n.as_f64().map_or(Value::unknown(labels), |n| Value::num(n, labels)),
            Json::String(text) => Value::str(text, labels),
            Json::Array(items) => {
                let items = items.into_iter().map(|item| self.value_of_json(item, labels)).collect();
                self.new_list(items, labels)
            }
            Json::Object(members) => {
                let mut fields = Fields::default();
                for (name, member) in members {
                    let member = self.value_of_json(member, labels);
                    fields.set(&name, member);
                }
                self.object(Kind::Dict(fields), labels)
            }
        }
    }

    /// A constant of another file as a value.
    pub(super) fn value_of_literal(&mut self, literal: &Literal) -> Value {
        match literal {
            Literal::Text(text) => Value::str(&**text, Labels::NONE),
            Literal::Bytes(bytes) => Value::bytes(&**bytes, Labels::NONE),
            Literal::Number(n) => Value::num(*n as f64, Labels::NONE),
            Literal::List(items) => {
                let items = items.iter().map(|item| self.value_of_literal(item)).collect();
                self.new_list(items, Labels::NONE)
            }
        }
    }

    /// What `from .module import name` gives, when another file of the package has it.
    pub(super) fn imported_constant(&mut self, module: &str, name: &str) -> Option<Value> {
        let constants = Rc::clone(&self.given_constants);
        let is_own = module.starts_with('.')
            || self.language == Language::Python
                && module.split('.').next().is_some_and(|top| self.own_modules.iter().any(|own| **own == *top));
        let literal = constants.get(name).filter(|_| is_own)?;
        self.pay(size(literal)).then(|| self.value_of_literal(literal))
    }

    /// What `require("./module")` gives: everything that is known of the package's constants.
    pub(super) fn required_constants(&mut self, module: &str) -> Option<Value> {
        if self.given_constants.is_empty() || !module.starts_with('.') {
            return None;
        }
        if self.required.is_none() {
            let constants = Rc::clone(&self.given_constants);
            let mut fields = Fields::default();
            for (name, literal) in constants.iter() {
                if !self.pay(size(literal)) {
                    break;
                }
                let value = self.value_of_literal(literal);
                fields.set(name, value);
            }
            let all = self.object(Kind::Dict(fields), Labels::NONE);
            if let Known::Object(id) = all.known
                && let Some(object) = self.heap.get_mut(id)
            {
                object.open = true;
            }
            self.required = Some(all);
        }
        self.required.clone()
    }

    /// A value as JSON says it, with gaps for what is not known. It stays text with gaps even where there are none: nobody
    /// executes it.
    pub(super) fn written_as_json(&mut self, value: &Value) -> Value {
        let labels = self.all_labels(value);
        if !matches!(value.known, Known::Object(_)) {
            return Value::unknown(labels);
        }
        let mut text = String::new();
        let whole = self.write_json(value, &mut text, 0);
        if !whole || !self.pay(text.len()) {
            return Value::unknown(labels);
        }
        Value::text(text, labels)
    }

    /// Writes a value; `false` when it is more than is written.
    fn write_json(&self, value: &Value, out: &mut String, depth: u32) -> bool {
        if depth > MAX_JSON_DEPTH || out.len() > MAX_JSON {
            return false;
        }
        match &value.known {
            Known::Str(text) | Known::Text(text) if text.len() > MAX_JSON => return false,
            Known::Str(text) | Known::Text(text) => out.push_str(&format!("{text:?}")),
            Known::Num(n) => out.push_str(&crate::analyze::script::fold::number::text(*n)),
            Known::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Known::Nil => out.push_str("null"),
            Known::Object(id) => match self.heap.get(*id).map(|o| &o.kind) {
                Some(Kind::List(items)) => {
                    out.push('[');
                    for (i, item) in items.iter().enumerate() {
                        out.push_str(if i > 0 { "," } else { "" });
                        if !self.write_json(item, out, depth + 1) {
                            return false;
                        }
                    }
                    out.push(']');
                }
                Some(Kind::Dict(fields)) => {
                    out.push('{');
                    for (i, (name, value)) in fields.iter().enumerate() {
                        out.push_str(if i > 0 { "," } else { "" });
                        out.push_str(&format!("{name:?}:"));
                        if !self.write_json(value, out, depth + 1) {
                            return false;
                        }
                    }
                    out.push('}');
                }
                _ => out.push_str(HOLE),
            },
            _ => out.push_str(HOLE),
        }
        true
    }

    /// Notes that what holds the outside is asked for something by a name that is made of nothing that is known here:
    /// another file may know it.
    pub(super) fn asked_of_the_outside(&mut self, object: &Value, name: &Value) {
        const HOLDERS: &[&str] = &["module", "process", "global", "globalThis"];
        if let Known::Path(path) = object.known
            && self.language == Language::JavaScript
            && name.as_str().is_none()
            && name.labels.without(Labels::BUILT).is_empty()
            && HOLDERS.contains(&self.paths.text(path))
        {
            self.out.nameless = true;
        }
    }

    /// Notes a call by a name that is made of nothing that is known here.
    pub(super) fn note_unnamed(&mut self, name: &Value) {
        if name.labels.without(Labels::BUILT).is_empty() {
            self.out.unnamed += 1;
            self.out.nameless = true;
        }
        // Or of what a file of the package says.
        let of_own_file = Labels::OWN_FILE.with(Labels::FILE).with(Labels::BUILT);
        self.out.nameless |= name.labels.any(Labels::OWN_FILE) && name.labels.without(of_own_file).is_empty();
    }
}

/// About how many bytes a constant takes as a value.
fn size(literal: &Literal) -> usize {
    match literal {
        Literal::Text(text) => text.len(),
        Literal::Bytes(bytes) => bytes.len(),
        Literal::Number(_) => 16,
        Literal::List(items) => items.iter().map(|item| 32 + size(item)).sum(),
    }
}
