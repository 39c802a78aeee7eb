//! Conditions on the surroundings, see [`crate::analyze::script::covert`].

use super::Machine;
use crate::analyze::script::covert::Choice;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Node};

/// What the surroundings are.
const SURROUNDINGS: Labels = Labels::LOCALE
    .with(Labels::TIME_ZONE)
    .with(Labels::ENDPOINT)
    .with(Labels::HOSTNAME)
    .with(Labels::USER)
    .with(Labels::ADDRESS);
/// Most choices that are kept.
const MAX_CHOICES: usize = 256;

impl Machine {
    /// Notes a condition on the surroundings with the texts that it chooses among.
    pub(super) fn choice(&mut self, test: Id, then: Id, other: Id, value: &Value) {
        let given = self.all_labels(value);
        if !given.any(SURROUNDINGS) || self.out.choices.len() >= MAX_CHOICES {
            return;
        }
        let mut among = Vec::new();
        for branch in [then, other] {
            if let Node::Str(sym) = self.tree.get(branch) {
                among.push(self.tree.str(sym).into());
            }
        }
        let at = self.place(test);
        self.out.choices.push(Choice { given, at, among });
    }
}
