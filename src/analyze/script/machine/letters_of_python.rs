//! Codings of Python that need more than a constant: tables of letters, identifiers, and numbers that are packed.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{Known, Labels, Value};

/// Most letters in one table.
const MAX_TABLE: usize = 4096;
/// Longest text that is made of one, in bytes.
const MAX_TEXT: usize = 4 << 20;
/// Fewest letters that a table has to change for it to decipher.
const DECIPHERED: usize = 8;

impl Machine {
    /// `str.maketrans(from, to, without)`; with one argument it is a table already.
    pub(super) fn table_of_letters(&mut self, args: &Args) -> Option<Value> {
        let first = args.at(0)?;
        let Some(to) = args.at(1) else { return Some(first.clone()) };
        let labels = self.labels_of(args);
        if let (Known::Bytes(from), Known::Bytes(to)) = (&first.known, &to.known) {
            let mut table: Vec<u8> = (0..=u8::MAX).collect();
            for (from, to) in from.iter().zip(to.iter()) {
                if let Some(entry) = table.get_mut(usize::from(*from)) {
                    *entry = *to;
                }
            }
            return Some(Value::bytes(table, labels));
        }
        let (from, to) = (first.as_str()?, to.as_str()?);
        let mut fields = Fields::default();
        for (from, to) in from.chars().zip(to.chars()).take(MAX_TABLE) {
            fields.set(&key(from), Value::str(to.to_string(), Labels::NONE));
        }
        let without = args.at(2).and_then(Value::as_str).unwrap_or_default();
        for letter in without.chars().take(MAX_TABLE) {
            fields.set(&key(letter), Value::NIL);
        }
        Some(self.object(Kind::Dict(fields), labels))
    }

    /// `text.translate(table)`, which deciphers when it changes most letters; elsewhere it takes out or puts in a few.
    pub(super) fn translated(&mut self, object: &Value, args: &Args) -> Option<Value> {
        let table = args.at(0)?;
        let labels = object.labels.with(self.all_labels(table)).with(Labels::BUILT);
        let of = |changed: usize, all: usize| {
            let deciphers = changed >= DECIPHERED && changed.saturating_mul(2) >= all;
            if deciphers { labels.with(Labels::DECODED) } else { labels }
        };
        if let (Known::Bytes(bytes), Known::Bytes(table)) = (&object.known, &table.known) {
            let out: Option<Vec<u8>> = bytes.iter().map(|b| table.get(usize::from(*b)).copied()).collect();
            let out = out?;
            let changed = bytes.iter().zip(&out).filter(|(from, to)| from != to).count();
            return Some(Value::bytes(out, of(changed, bytes.len())));
        }
        let (text, Known::Object(id)) = (object.as_str()?, &table.known) else { return None };
        let Kind::Dict(fields) = &self.heap.get(*id)?.kind else { return None };
        let mut out = String::with_capacity(text.len());
        let mut changed = 0_usize;
        for letter in text.chars() {
            let before = out.len();
            // A letter may stand for a text of any length.
            if before > MAX_TEXT {
                return None;
            }
            let entry = fields.get(&key(letter)).or_else(|| fields.get(letter.encode_utf8(&mut [0; 4])));
            match entry.map(|value| &value.known) {
                None => out.push(letter),
                Some(Known::Nil) => {}
                Some(Known::Str(to)) => out.push_str(to),
                Some(Known::Num(_)) => {
                    let code = entry.and_then(Value::as_int).and_then(|n| u32::try_from(n).ok());
                    out.push(code.and_then(char::from_u32)?);
                }
                Some(_) => return None,
            }
            let made = out.get(before..).unwrap_or_default();
            changed += usize::from(!made.is_empty() && made != letter.encode_utf8(&mut [0; 4]));
        }
        let labels = of(changed, text.chars().count());
        self.pay(out.len()).then(|| Value::str(out, labels))
    }

    /// `uuid.UUID("…")`, of which the bytes may be taken in either order.
    pub(super) fn identifier(&mut self, text: &Value) -> Option<Value> {
        let digits: String = text.as_str()?.chars().filter(char::is_ascii_hexdigit).collect();
        if digits.len() != 32 {
            return None;
        }
        let labels = text.labels.with(Labels::DECODED);
        let bytes: Vec<u8> = u128::from_str_radix(&digits, 16).ok()?.to_be_bytes().to_vec();
        let mut turned = bytes.clone();
        // The first three fields are numbers, which Windows keeps the other way round.
        for field in [0..4, 4..6, 6..8] {
            turned.get_mut(field)?.reverse();
        }
        let mut fields = Fields::default();
        fields.set("bytes", Value::bytes(bytes, labels));
        fields.set("bytes_le", Value::bytes(turned, labels));
        fields.set("hex", Value::str(digits, text.labels));
        let identifier = self.object(Kind::Dict(fields), text.labels);
        if let Known::Object(id) = identifier.known
            && let Some(object) = self.heap.get_mut(id)
        {
            object.open = true;
        }
        Some(identifier)
    }
}

/// The key under which a table has a letter: its number.
fn key(letter: char) -> Rc<str> {
    u32::from(letter).to_string().into()
}
