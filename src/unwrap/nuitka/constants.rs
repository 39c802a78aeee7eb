//! The constants of one compiled module: a 16-bit count, then as many values, each a letter and its content. Lengths and
//! counts are numbers of seven bits to the byte, the lowest first.
//!
//! | letter | value |
//! |---|---|
//! | `n t F s` | None, True, False, empty text |
//! | `p` | the value before once more |
//! | `a u c O E` | up to a zero byte: name, text, bytes, built-in, exception |
//! | `v b B X` | with length: text, bytes, bytearray, raw data |
//! | `w d` | text or byte string of one byte |
//! | `T L S P` | count and values: tuple, list, set, frozenset |
//! | `D e` | count, keys, values |
//! | `l q i I` | integers, `q` and `I` negative |
//! | `g G` | integers of any size |
//! | `f j J Z` | float, complex (two floats, or two values), special float (a byte) |
//! | `: ;` | slice and range: three values |
//! | `M Q` | a built-in by its number |
//! | `A H` | generic alias (two values), union (a tuple) |
//! | `C K W Y` | code objects |
//!
//! Older versions wrote `l` and `q` as 64 bits, `g` as a sign, a 32-bit count and 64-bit parts, the generic alias as `G`
//! and the length of `X` as 32 bits: [`Dialect`].

use std::ops::Range;

use super::super::pyc::Text;
use crate::limits::Meter;
use crate::model::{Gap, GapReason};
use crate::parse::fields::Fields;

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Old,
    New,
}

/// Deepest nesting that is followed.
const DEPTH: usize = 200;
/// Where lines of names are broken.
const WIDTH: usize = 100;

struct Reader<'a> {
    fields: Fields<'a>,
    at: u64,
    dialect: Dialect,
}

/// A value that holds no others.
enum Value<'a> {
    Word(&'static str),
    Name(&'a [u8]),
    Text(&'a [u8]),
    Bytes(&'a [u8]),
    Data(&'a [u8]),
    Int(bool, u64),
    Float(f64),
    Unknown,
    /// How many values follow, and what stands around them.
    Group(u64, &'static str, &'static str),
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.fields.u8(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, len: u64) -> Option<&'a [u8]> {
        let bytes = self.fields.range(self.at, len)?;
        self.at += len;
        Some(bytes)
    }

    fn number(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn word(&mut self) -> Option<u64> {
        let value = self.fields.u32(self.at)?;
        self.at += 4;
        Some(u64::from(value))
    }

    fn long(&mut self) -> Option<u64> {
        let value = self.fields.u64(self.at)?;
        self.at += 8;
        Some(value)
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let rest = self.fields.available(self.at, u64::MAX);
        let text = rest.get(..memchr::memchr(0, rest)?)?;
        self.at += text.len() as u64 + 1;
        Some(text)
    }

    /// Reads a value, or the beginning of one that holds others; `None` when it is broken.
    fn value(&mut self) -> Option<Value<'a>> {
        let old = self.dialect == Dialect::Old;
        Some(match self.byte()? {
            b'n' => Value::Word("None"),
            b't' => Value::Word("True"),
            b'F' => Value::Word("False"),
            b's' => Value::Word("''"),
            b'p' => Value::Word("_"),
            b'a' | b'O' | b'E' => Value::Name(self.text()?),
            b'u' => Value::Text(self.text()?),
            b'c' => Value::Bytes(self.text()?),
            b'w' => Value::Text(self.take(1)?),
            b'd' => Value::Bytes(self.take(1)?),
            kind @ (b'v' | b'b' | b'B') => {
                let len = self.number()?;
                let bytes = self.take(len)?;
                if kind == b'v' { Value::Text(bytes) } else { Value::Bytes(bytes) }
            }
            b'X' => {
                let len = if old { self.word()? } else { self.number()? };
                Value::Data(self.take(len)?)
            }
            b'T' => Value::Group(self.number()?, "(", ")"),
            b'L' => Value::Group(self.number()?, "[", "]"),
            b'S' | b'P' => Value::Group(self.number()?, "{", "}"),
            b'D' | b'e' => Value::Group(self.number()?.checked_mul(2)?, "dict(", ")"),
            b'l' | b'q' if old => {
                let value = self.long()?.cast_signed();
                Value::Int(value < 0, value.unsigned_abs())
            }
            kind @ (b'l' | b'q' | b'i' | b'I') => Value::Int(matches!(kind, b'q' | b'I'), self.number()?),
            b'G' if old => Value::Group(2, "", ""),
            b'g' if old => {
                self.byte()?;
                let count = self.word()?;
                self.take(count.checked_mul(8)?)?;
                Value::Unknown
            }
            b'g' | b'G' => {
                for _ in 0..self.number()? {
                    self.number()?;
                }
                Value::Unknown
            }
            b'f' => Value::Float(f64::from_bits(self.long()?)),
            b'j' => {
                self.take(16)?;
                Value::Unknown
            }
            b'J' => Value::Group(2, "complex(", ")"),
            b'Z' | b'M' | b'Q' => {
                self.byte()?;
                Value::Unknown
            }
            b':' => Value::Group(3, "slice(", ")"),
            b';' => Value::Group(3, "range(", ")"),
            b'A' => Value::Group(2, "", ""),
            b'H' => Value::Group(1, "", ""),
            // Module, class, generator expression and function: flags, then names and numbers.
            b'K' => {
                self.number()?;
                Value::Unknown
            }
            kind @ (b'C' | b'W' | b'Y') => return self.code(kind),
            _ => return None,
        })
    }

    /// A code object's description. Its names are read and left out: they are told by the other constants.
    fn code(&mut self, kind: u8) -> Option<Value<'a>> {
        let flags = self.number()?;
        if kind != b'Y' {
            self.skip()?;
        }
        self.number()?;
        self.skip()?;
        if kind == b'C' {
            self.number()?;
        }
        for (bit, applies) in [(1, true), (2, kind != b'W')] {
            if flags & bit != 0 && applies {
                self.skip()?;
            }
        }
        for bit in [4, 8] {
            if flags & bit != 0 && kind == b'C' {
                self.number()?;
            }
        }
        Some(Value::Unknown)
    }

    /// Reads over one text, or a tuple of texts.
    fn skip(&mut self) -> Option<()> {
        let mut left = 1u64;
        while left > 0 {
            left -= 1;
            match self.fields.u8(self.at)? {
                // A code object has names and tuples of names only; anything else is none.
                b'C' | b'W' | b'Y' => return None,
                _ => {}
            }
            if let Value::Group(count, ..) = self.value()? {
                left = left.checked_add(count)?;
            }
        }
        Some(())
    }
}

/// What stands open while a value is written.
struct Open {
    left: u64,
    close: &'static str,
}

/// Reads `count` values and writes them, if they are to be; the place behind them, or `None` when one is broken.
fn walk(reader: &mut Reader<'_>, count: u64, mut text: Option<&mut Text<'_, '_>>) -> Option<()> {
    let mut open: Vec<Open> = Vec::new();
    let mut on_line = false;
    let mut done = 0;
    loop {
        while open.last().is_some_and(|group| group.left == 0) {
            let close = open.pop().map_or("", |group| group.close);
            if let Some(text) = text.as_deref_mut() {
                text.push(close);
                if open.is_empty() { text.raw(b"\n") } else { text.push(", ") }
            }
        }
        match open.last_mut() {
            Some(group) => group.left -= 1,
            None if done == count => break,
            None => done += 1,
        }
        let value = reader.value()?;
        let Some(out) = text.as_deref_mut() else {
            if let Value::Group(left, _, close) = value {
                if open.len() >= DEPTH {
                    return None;
                }
                open.push(Open { left, close });
            }
            continue;
        };
        if open.is_empty() {
            // Names share lines, everything else has one of its own.
            out.begin();
            let is_name = matches!(value, Value::Name(_));
            if on_line && (!is_name || out.column() > WIDTH) {
                out.raw(b"\n");
                on_line = false;
            }
            if is_name {
                out.push(if on_line { "; " } else { "" });
                on_line = true;
            } else {
                out.push("_ = ");
            }
        }
        match value {
            Value::Word(word) => out.push(word),
            Value::Name(name) => out.name(name),
            Value::Text(text) => out.text(text),
            Value::Bytes(bytes) => out.bytes(bytes),
            Value::Data(bytes) => out.bytes(bytes),
            Value::Int(negative, value) => {
                out.push(if negative { "-" } else { "" });
                out.push(&value.to_string());
            }
            Value::Float(value) => out.float(value),
            Value::Unknown => out.push("..."),
            Value::Group(left, start, close) => {
                if open.len() >= DEPTH {
                    return None;
                }
                out.push(start);
                open.push(Open { left, close });
                continue;
            }
        }
        if open.is_empty() {
            if !on_line {
                out.raw(b"\n");
            }
        } else {
            out.push(if out.column() > WIDTH { ",\n    " } else { ", " });
        }
    }
    if let Some(text) = text.filter(|_| on_line) {
        text.raw(b"\n");
    }
    Some(())
}

fn reader(content: &[u8], dialect: Dialect) -> Option<(Reader<'_>, u64)> {
    let fields = Fields::new(content, true);
    Some((Reader { fields, at: 2, dialect }, u64::from(fields.u16(0)?)))
}

/// The dialect in which an entry ends where it should: at its end, or one byte before it.
pub(super) fn dialect(content: &[u8]) -> Option<Dialect> {
    [Dialect::New, Dialect::Old].into_iter().find(|dialect| {
        reader(content, *dialect).is_some_and(|(mut reader, count)| {
            walk(&mut reader, count, None).is_some() && reader.at + 1 >= content.len() as u64
        })
    })
}

/// Writes the constants of a module as lines of Python.
pub(super) fn list(content: &[u8], name: &str, dialect: Option<Dialect>, meter: &mut Meter<'_>) -> Option<Gap> {
    let most = (content.len() as u64).saturating_mul(16).saturating_add(1 << 12);
    let mut text = Text::new(meter, most);
    let name = if name.is_empty() { "all modules" } else { name };
    text.raw(format!("# Constants of {name}, compiled to machine code by Nuitka\n").as_bytes());
    let read = dialect.and_then(|dialect| {
        let (mut reader, count) = reader(content, dialect)?;
        walk(&mut reader, count, Some(&mut text))
    });
    if read.is_none() {
        // What is there in texts is still told.
        text.raw(b"\n");
        for part in content.split(|b| *b == 0).filter(|p| p.len() > 3) {
            text.begin();
            text.push("_ = ");
            text.text(part);
            text.raw(b"\n");
        }
    }
    let cut = text.is_over() || text.cut;
    let gap = text.finish();
    gap.or_else(|| read.is_none().then(|| Gap::malformed("constants that are not of the known forms: listed as texts")))
        .or_else(|| cut.then(|| Gap::new(GapReason::Limit, format!("the listing would be longer than {most} bytes"))))
}

/// Ranges of the raw data that an entry consists of, in whichever dialect fits.
pub(super) fn blobs(content: &[u8]) -> Option<Vec<Range<usize>>> {
    [Dialect::Old, Dialect::New].into_iter().find_map(|dialect| {
        let (mut reader, count) = reader(content, dialect)?;
        let mut ranges = Vec::new();
        for _ in 0..count {
            let Value::Data(data) = reader.value()? else { return None };
            let end = usize::try_from(reader.at).ok()?;
            ranges.push(end - data.len()..end);
        }
        (reader.at + 1 >= content.len() as u64).then_some(ranges)
    })
}
