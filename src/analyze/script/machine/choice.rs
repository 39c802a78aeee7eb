//! Conditions on the surroundings, see [`crate::analyze::script::covert`].

use super::Machine;
use super::call::Args;
use crate::analyze::script::covert::{Choice, SURROUNDINGS};
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Node};

/// Smallest number, and shortest text in letters, that a digest is taken for: shares of users and small tables have less.
pub(super) const LEAST_DIGEST: f64 = 65536.0;
const SHORTEST_DIGEST: usize = 6;
/// Most entries of a list that are looked at.
const MOST_LISTED: usize = 64;
/// Most choices that are kept.
const MAX_CHOICES: usize = 256;

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

    /// What a comparison with constants is beyond what its sides are: who looks for a digest of the surroundings among
    /// digests that stand in the script has a list that nobody is to read.
    pub(super) fn compared(&self, constants: &Value, asked: &Value) -> Labels {
        let labels = self.all_labels(asked);
        // What was fetched under a digest is no digest.
        let is_asked = !asked.is_constant() && labels.any(Labels::DIGESTED) && !labels.any(Labels::FOREIGN);
        if is_asked && self.may_be_digests(constants) { Labels::DECODED } else { Labels::NONE }
    }

    /// What a method yields that looks for a digest of the surroundings among those that stand in the script.
    pub(super) fn looked_for(&self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let given = args.at(0)?;
        let (constants, asked) = match name {
            "includes" | "indexOf" | "has" | "index" | "get" | "count" | "__contains__" => (object, given),
            "endsWith" | "startsWith" | "endswith" | "startswith" | "equals" => (given, object),
            _ => return None,
        };
        let compared = self.compared(constants, asked);
        (!compared.is_empty())
            .then(|| Value::unknown(compared.with(self.all_labels(constants)).with(self.all_labels(asked))))
    }

    /// Notes a comparison of what the surroundings come down to with constants, whatever is done with the outcome.
    pub(super) fn note_compared(&mut self, outcome: &Value, at: Id) {
        let given = outcome.labels;
        if given.any(Labels::DIGESTED) && given.any(Labels::CONCEALED) && self.out.choices.len() < MAX_CHOICES {
            let at = self.place(at);
            if !self.out.choices.iter().any(|c| c.at == at) {
                self.out.choices.push(Choice { given, at, among: Vec::new() });
            }
        }
    }

    fn may_be_digests(&self, value: &Value) -> bool {
        let is_one = |value: &Value| match (value.as_num(), value.as_str()) {
            (Some(number), _) => number.abs() >= LEAST_DIGEST,
            (_, Some(text)) => is_digest(text),
            _ => value.as_bytes().is_some_and(|b| b.len() >= SHORTEST_DIGEST && !b.is_ascii()),
        };
        // Tables lie in files of their own: data, or constants by their names.
        if let Known::Path(path) = value.known
            && let Some(rest) = self.paths.text(path).strip_prefix('.')
        {
            let name = rest.rsplit(['.', '/']).next().unwrap_or_default();
            let is_constant =
                name.len() > 2 && name.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b'[' | b']'));
            return is_constant || rest.contains(".json");
        }
        if matches!(value.known, Known::Path(_) | Known::Unknown) {
            return value.labels.any(Labels::OWN_FILE);
        }
        let Known::Object(id) = value.known else { return value.is_constant() && is_one(value) };
        let Some(object) = self.heap.get(id) else { return false };
        match &object.kind {
            Kind::List(items) => {
                !items.is_empty() && items.iter().take(MOST_LISTED).all(|i| i.is_constant() && is_one(i))
            }
            Kind::Dict(fields) => {
                let mut names = fields.iter().map(|(name, _)| name).peekable();
                names.peek().is_some() && names.take(MOST_LISTED).all(|name| is_digest(name))
            }
            _ => false,
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

/// Whether `git` is asked, in these words behind its name, who commits or where a repository is kept.
pub(super) fn tells_of_company<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut words = words.filter(|w| !w.starts_with('-')).take(8);
    match words.next() {
        Some("config") => words.any(|w| matches!(w, "user.email" | "user.name") || w.starts_with("remote.")),
        Some("remote") => true,
        Some("log" | "var") => words.any(|w| w.contains("_IDENT")),
        _ => false,
    }
}

/// Whether a text may be a digest, or text in other letters: no word, and no name that somebody would give.
fn is_digest(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-');
    text.len() >= SHORTEST_DIGEST
        && text.bytes().all(is_letter)
        && (text.bytes().filter(u8::is_ascii_digit).count() >= 2 || text.ends_with('='))
}
