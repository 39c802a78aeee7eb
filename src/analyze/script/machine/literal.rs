//! Constants that travel from one file of a package to another.

use std::rc::Rc;

use super::Machine;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::model::fact::Literal;
use crate::parse::script::Language;

/// Most constants of a file, their shortest and longest text in bytes, and their fewest and most elements.
const MAX_CONSTANTS: usize = 16;
const TEXT: std::ops::RangeInclusive<usize> = 4..=16 << 10;
const ELEMENTS: std::ops::RangeInclusive<usize> = 4..=8 << 10;
/// Most bytes that the constants of one file take.
const MAX_BYTES: usize = 128 << 10;

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

    /// Notes a call by a name that is made of nothing that is known here.
    pub(super) fn note_unnamed(&mut self, name: &Value) {
        if name.labels.without(Labels::BUILT).is_empty() {
            self.out.unnamed += 1;
        }
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
