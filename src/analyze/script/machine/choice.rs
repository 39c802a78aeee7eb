//! Conditions on the surroundings, see [`crate::analyze::script::covert`].

use super::Machine;
use crate::analyze::script::covert::{Choice, SURROUNDINGS};
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Node};

/// Most choices that are kept.
pub(super) const MAX_CHOICES: usize = 256;

impl Machine {
    /// Notes a condition on the surroundings with the texts that it chooses among.
    pub(super) fn choice(&mut self, test: Id, then: Id, other: Id, value: &Value) {
        let given = self.all_labels(value);
        if !given.any(SURROUNDINGS.with(Labels::DIGESTED)) || self.out.choices.len() >= MAX_CHOICES {
            return;
        }
        let among = [then, other].into_iter().filter_map(|branch| self.chosen_text(branch)).collect();
        let at = self.place(test);
        self.out.choices.push(Choice { given, at, among });
    }

    /// Notes texts of a list that the surroundings point into: `["'", "\u{2019}"][+isThere]`.
    pub(super) fn choice_by_index(&mut self, list: &Value, index: &Value, at: Id) {
        if index.is_constant() || self.out.choices.len() >= MAX_CHOICES {
            return;
        }
        let given = self.all_labels(index);
        let Known::Object(id) = list.known else { return };
        if !given.any(SURROUNDINGS) {
            return;
        }
        let texts: Vec<&Value> = match self.heap.get(id).map(|o| &o.kind) {
            Some(Kind::List(items)) => items.iter().collect(),
            Some(Kind::Dict(fields)) => fields.iter().map(|(_, v)| v).collect(),
            _ => return,
        };
        let among: Vec<Box<str>> = texts.iter().filter_map(|v| v.as_str()).take(2).map(Into::into).collect();
        if among.len() == 2 && texts.len() <= 4 {
            let at = self.place(at);
            self.out.choices.push(Choice { given, at, among });
        }
    }

    /// The text that a branch comes down to: a string, or one statement that assigns or returns one.
    fn chosen_text(&self, branch: Id) -> Option<Box<str>> {
        let mut at = branch;
        for _ in 0..4 {
            at = match self.tree.get(at) {
                Node::Str(sym) => return Some(self.tree.str(sym).into()),
                Node::Block(many) => match self.tree.list(many) {
                    [only] => *only,
                    _ => return None,
                },
                Node::Assign(_, value) | Node::Declare(_, value) | Node::Return(value) => value,
                _ => return None,
            };
        }
        None
    }
}
