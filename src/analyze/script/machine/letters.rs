//! Letters of long texts by their places. A decoder's loop asks a long text for its length and one letter in every round:
//! counting from the start each time would make it quadratic, so the places of the last texts are kept.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Language;

/// Longest text in bytes that is counted anew each time.
const SHORT: usize = 128;

/// Longest text in bytes whose letters are kept one by one; asking a longer one costs what it takes.
const MAX_WIDE: usize = 4 << 20;

/// The texts that were asked last.
#[derive(Debug, Default)]
pub(super) struct Letters {
    kept: [Option<Kept>; 2],
    next: usize,
}

/// A text and its letters, when they are not just its bytes: units of UTF-16 in JavaScript, characters elsewhere.
#[derive(Debug)]
struct Kept {
    text: Rc<str>,
    wide: Option<Vec<u32>>,
}

impl Kept {
    fn count(&self) -> usize {
        self.wide.as_ref().map_or(self.text.len(), Vec::len)
    }

    fn at(&self, i: usize) -> Option<u32> {
        match &self.wide {
            Some(wide) => wide.get(i).copied(),
            None => self.text.as_bytes().get(i).map(|b| u32::from(*b)),
        }
    }

    fn part(&self, start: usize, end: usize) -> String {
        match &self.wide {
            Some(wide) => wide.get(start..end.min(wide.len())).unwrap_or_default().iter().map(|u| letter(*u)).collect(),
            None => self.text.get(start..end.min(self.text.len())).unwrap_or_default().to_owned(),
        }
    }
}

/// A unit as a letter; halves of a pair show as what cannot be shown.
fn letter(unit: u32) -> char {
    char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Machine {
    /// The letters of a text that is long enough to be worth it.
    fn letters(&mut self, text: &Rc<str>) -> Option<&Kept> {
        if text.len() <= SHORT {
            return None;
        }
        let slot = match self.letters.kept.iter().position(|k| k.as_ref().is_some_and(|k| Rc::ptr_eq(&k.text, text))) {
            Some(slot) => slot,
            None => {
                if !self.pay(text.len()) {
                    return None;
                }
                let wide = if text.is_ascii() {
                    None
                } else if text.len() > MAX_WIDE {
                    self.pay(text.len() * 8);
                    return None;
                } else if self.language == Language::JavaScript {
                    self.pay(text.len() * 8);
                    Some(text.encode_utf16().map(u32::from).collect())
                } else {
                    self.pay(text.len() * 8);
                    Some(text.chars().map(u32::from).collect())
                };
                let slot = self.letters.next;
                self.letters.next = (slot + 1) % self.letters.kept.len();
                *self.letters.kept.get_mut(slot)? = Some(Kept { text: Rc::clone(text), wide });
                slot
            }
        };
        self.letters.kept.get(slot)?.as_ref()
    }

    /// How many letters a text has.
    pub(super) fn count_letters(&mut self, text: &Rc<str>) -> usize {
        let wide = self.language == Language::JavaScript;
        match self.letters(text) {
            Some(kept) => kept.count(),
            None if wide => text.encode_utf16().count(),
            None => text.chars().count(),
        }
    }

    /// `text[index]` of a long text.
    pub(super) fn letter_of(&mut self, text: &Rc<str>, index: &Value, labels: Labels) -> Option<Value> {
        let from_end = self.language != Language::JavaScript;
        let i = index.as_int()?;
        let kept = self.letters(text)?;
        let i = if i < 0 && from_end { i + i64::try_from(kept.count()).ok()? } else { i };
        Some(match usize::try_from(i).ok().and_then(|i| kept.at(i)) {
            Some(unit) => Value::str(letter(unit).to_string(), labels),
            None => Value::new(Known::Nil, labels),
        })
    }

    /// Methods of a long text that take letters by their places.
    pub(super) fn letters_by_place(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let Known::Str(text) = &object.known else { return None };
        let labels = object.labels.with(self.labels_of(args));
        let (first, second) = (args.at(0).map(Value::as_int), args.at(1).map(Value::as_int));
        // A place that is not known is left to what knows how to say so.
        if first == Some(None) || second == Some(None) {
            return None;
        }
        let (first, second) = (first.flatten(), second.flatten());
        let text = Rc::clone(text);
        let kept = self.letters(&text)?;
        let len = i64::try_from(kept.count()).ok()?;
        let at = |i: i64| usize::try_from(i).ok().and_then(|i| kept.at(i));
        Some(match name {
            "charCodeAt" | "codePointAt" => match at(first.unwrap_or(0)) {
                Some(unit) => Value::num(f64::from(unit), labels),
                None => Value::num(f64::NAN, labels),
            },
            "charAt" => Value::str(at(first.unwrap_or(0)).map(|u| letter(u).to_string()).unwrap_or_default(), labels),
            "slice" | "substring" | "substr" => {
                let (start, end) = fold::text::bounds(name, len, first, second);
                Value::str(kept.part(usize::try_from(start).ok()?, usize::try_from(end).ok()?), labels)
            }
            _ => return None,
        })
    }

    /// `text[low:high:step]` of a long text.
    pub(super) fn slice_of(&mut self, text: &Rc<str>, parts: &[Option<Value>], labels: Labels) -> Option<Value> {
        let kept = self.letters(text)?;
        let picked = fold::text::slice_indices(kept.count(), parts)?;
        let cut: String = picked.iter().filter_map(|i| kept.at(*i)).map(letter).collect();
        self.pay(cut.len()).then(|| Value::str(cut, labels))
    }

    /// Pays for going through a long text once.
    pub(super) fn pay_for(&mut self, value: &Value) -> bool {
        match value.as_bytes() {
            Some(bytes) if bytes.len() > SHORT => self.pay(bytes.len()),
            _ => true,
        }
    }
}
