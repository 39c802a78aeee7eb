//! The text that JavaScript makes of anything that is added to text: lists, objects, functions that every value has. Code in
//! six signs is made of nothing else: `(![]+[])[+[]]` is the first letter of "false".

use std::rc::Rc;

use super::Machine;
use super::call::is_method_of_all;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Value};
use crate::parse::script::{Id, Language, Node};

/// Classes whose names stand in the text of their constructors.
const LIST: &str = "Array";

impl Machine {
    /// The text of a list or an object of JavaScript all of which is known; `None` of anything else.
    pub(super) fn spelled_out(&self, value: &Value) -> Option<Value> {
        let Known::Object(id) = value.known else { return None };
        if self.language != Language::JavaScript {
            return None;
        }
        let object = self.heap.get(id).filter(|o| !o.open)?;
        let text: Rc<str> = match &object.kind {
            Kind::List(items) if items.iter().all(|item| matches!(item.known, Known::Nil)) => {
                ",".repeat(items.len().saturating_sub(1)).into()
            }
            Kind::List(_) => self.shown(value)?,
            Kind::Dict(fields) if !["toString", "valueOf", "toJSON"].iter().any(|own| fields.get(own).is_some()) => {
                "[object Object]".into()
            }
            _ => return None,
        };
        Some(Value::str(text, value.labels))
    }

    /// One side of a sum as the text that it becomes there, where that is known: of lists, and of functions that every list,
    /// text and number has.
    pub(super) fn in_text(&mut self, value: Value, at: Id) -> Value {
        match value.known {
            Known::Object(_) => self.spelled_out(&value).unwrap_or(value),
            Known::Unknown | Known::Path(_) => match self.text_of_method(at) {
                Some(text) => Value::str(text, value.labels),
                None => value,
            },
            _ => value,
        }
    }

    fn text_of_method(&mut self, at: Id) -> Option<String> {
        let is_call = matches!(self.tree.get(at), Node::Call(..));
        let at = match self.tree.get(at) {
            Node::Call(callee, _) => callee,
            _ => at,
        };
        let (object, name) = match self.tree.get(at) {
            Node::Index(object, index) if is_plain(self.tree.get(object)) => {
                let index = self.value(index);
                (object, index.as_str()?.to_owned())
            }
            Node::Member(object, name) if is_plain(self.tree.get(object)) => (object, self.tree.str(name).to_owned()),
            _ => return None,
        };
        let object = self.value(object);
        let class = match object.known {
            Known::Str(_) => "String",
            Known::Num(_) => "Number",
            Known::Bool(_) => "Boolean",
            Known::Object(id) if self.heap.list(id).is_some() => LIST,
            _ => return None,
        };
        match (&*name, is_call) {
            ("entries" | "keys" | "values", true) if class == LIST => Some("[object Array Iterator]".to_owned()),
            ("constructor", false) => Some(native(class)),
            (name, false) if is_method_of_all(name) => Some(native(name)),
            _ => None,
        }
    }
}

/// Whether going through it once more costs little and does nothing.
fn is_plain(node: Node) -> bool {
    matches!(node, Node::List(_) | Node::Str(_) | Node::Num(_) | Node::Bool(_) | Node::Binary(..) | Node::Unary(..))
}

fn native(name: &str) -> String {
    format!("function {name}() {{ [native code] }}")
}
