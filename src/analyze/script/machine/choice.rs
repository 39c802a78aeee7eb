//! Conditions on the surroundings, see [`crate::analyze::script::covert`].

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::covert::{Choice, SURROUNDINGS, is_mark, is_mixture};
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Node};

/// Most choices that are kept.
pub(super) const MAX_CHOICES: usize = 256;
/// Most texts of one function that are held to one another, and their length.
const MAX_RETURNED: usize = 8;
const MAX_RETURNED_TEXT: usize = 256;

/// Surroundings other than the language, by which texts are honestly chosen.
const ELSEWHERE: Labels = SURROUNDINGS.without(Labels::LOCALE);

/// A text that a function hands back, and what the conditions ask about under which it does.
pub(super) type Returned = (Rc<str>, Labels);

impl Machine {
    /// What comes with a value for being chosen under the conditions around.
    pub(super) fn chosen_by_surroundings(&self) -> Labels {
        let chosen = if self.given.any(ELSEWHERE) { Labels::CHOSEN } else { Labels::NONE };
        chosen.with(self.given.only(Labels::IMPLICIT))
    }

    /// Keeps a text that is handed back for [`Self::choice_by_returns`].
    pub(super) fn note_returned(&mut self, value: &Value) {
        if let Some(text) = value.as_str().filter(|text| text.len() <= MAX_RETURNED_TEXT)
            && self.later.texts.len() < MAX_RETURNED
        {
            let text: Rc<str> = text.into();
            self.later.texts.push((text, self.given));
        }
    }

    /// Notes texts that look alike of which a function hands back one for these surroundings and another for others:
    /// `if (!known) return "'"; return "\u{2019}"`.
    pub(super) fn choice_by_returns(&mut self, texts: &[Returned], at: (u32, u32)) {
        let Some((given, among)) =
            texts.iter().filter(|(_, given)| given.any(ELSEWHERE) && !is_mixture(*given)).find_map(|(text, given)| {
                let pairs = texts.iter().map(|(other, _)| vec![Box::from(&**other), Box::from(&**text)]);
                let mut alike =
                    pairs.filter(|pair| Choice { given: *given, at, among: pair.clone() }.is_among_look_alikes());
                Some((*given, alike.next()?))
            })
        else {
            return;
        };
        if self.out.choices.len() < MAX_CHOICES && !self.out.choices.iter().any(|choice| choice.at == at) {
            self.out.choices.push(Choice { given, at, among });
        }
    }

    /// Notes a condition on the surroundings with the texts that it chooses among.
    pub(super) fn choice(&mut self, test: Id, then: Id, other: Id, value: &Value) {
        let given = self.all_labels(value);
        if !given.any(SURROUNDINGS.with(Labels::DIGESTED)) || self.out.choices.len() >= MAX_CHOICES {
            return;
        }
        let among: Vec<Box<str>> = [then, other].into_iter().filter_map(|branch| self.chosen_text(branch)).collect();
        let among = if among.is_empty() { self.chosen_among_parts(then, other) } else { among };
        let at = self.place(test);
        self.out.choices.push(Choice { given, at, among });
    }

    /// The first two texts that a reader takes for the same, of two maps or lists of the same make.
    fn chosen_among_parts(&self, then: Id, other: Id) -> Vec<Box<str>> {
        const MOST: usize = 64;
        let parts = |branch: Id| match self.tree.get(branch) {
            Node::List(many) => Some((self.tree.list(many), false)),
            Node::Dict(many) => Some((self.tree.list(many), true)),
            _ => None,
        };
        let (Some((a, is_map)), Some((b, is_other_map))) = (parts(then), parts(other)) else { return Vec::new() };
        if is_map != is_other_map || a.len() != b.len() || a.len() > MOST {
            return Vec::new();
        }
        let pairs = a.iter().zip(b).enumerate().filter(|(at, _)| !is_map || at % 2 == 1);
        pairs
            .filter_map(|(_, (x, y))| Some(vec![self.chosen_text(*x)?, self.chosen_text(*y)?]))
            .find(|pair| Choice { given: Labels::NONE, at: (0, 0), among: pair.clone() }.is_among_look_alikes())
            .unwrap_or_default()
    }

    /// Notes texts of a list that the surroundings point into: `["'", "\u{2019}"][+isThere]`.
    pub(super) fn choice_by_index(&mut self, list: &Value, index: &Value, at: Id) {
        if index.is_constant() || self.out.choices.len() >= MAX_CHOICES {
            return;
        }
        let given = self.all_labels(index);
        let Known::Object(id) = list.known else { return };
        if !given.any(SURROUNDINGS.with(Labels::CHOSEN)) || !given.any(SURROUNDINGS) && is_mixture(given) {
            return;
        }
        let texts: Vec<&Value> = match self.heap.get(id).map(|o| &o.kind) {
            Some(Kind::List(items)) => items.iter().collect(),
            Some(Kind::Dict(fields)) => fields.iter().map(|(_, v)| v).collect(),
            _ => return,
        };
        // How numbers and quotations are written is a matter of language.
        let most = if given.any(ELSEWHERE.with(Labels::CHOSEN)) { 16 } else { 4 };
        if texts.len() > most {
            return;
        }
        let texts: Vec<Box<str>> = texts.iter().filter_map(|v| v.as_str()).map(Into::into).collect();
        let Some((first, rest)) = texts.split_first() else { return };
        let mut pairs = rest.iter().map(|other| vec![first.clone(), other.clone()]);
        let alike = pairs.clone().find(|pair| Choice { given, at: (0, 0), among: pair.clone() }.is_among_look_alikes());
        if let Some(among) = alike.or_else(|| pairs.next()) {
            let at = self.place(at);
            self.out.choices.push(Choice { given, at, among });
        }
    }

    /// Notes blanks whose number bits of the surroundings say: `" ".repeat(1 + (bits & 1))`. Columns are as wide as words are
    /// long, and no bits.
    pub(super) fn choice_by_count(&mut self, text: &Value, name: &str, args: &Args, at: Id) {
        let (Known::Str(text), "repeat") = (&text.known, name) else { return };
        let Some(count) = args.at(0).filter(|count| !count.is_constant()) else { return };
        let is_blank = (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_whitespace() || is_mark(c));
        let given = count.labels;
        if is_blank
            && given.any(Labels::DIGESTED)
            && given.any(Labels::IMPLICIT)
            && !given.any(Labels::PARAMETER)
            && self.out.choices.len() < MAX_CHOICES
        {
            let among = vec![Box::from(&**text), text.repeat(2).into()];
            self.out.choices.push(Choice { given, at: self.place(at), among });
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
