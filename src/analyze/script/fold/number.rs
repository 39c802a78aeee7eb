//! Numbers, operators, comparisons.

use std::cmp::Ordering;

use crate::analyze::script::value::{Known, Value};
use crate::parse::script::{Language, Op};

/// Longest text that a repetition or a sum makes, in bytes.
const MAX_TEXT: usize = 32 << 20;

/// A number as the languages write it.
#[must_use]
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn text(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{}", n as i64) } else { format!("{n}") }
}

/// A number out of text, as JavaScript converts it.
fn parsed(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).map_or(f64::NAN, |n| n as f64);
    }
    text.parse().unwrap_or(f64::NAN)
}

fn to_number(value: &Value, language: Language) -> Option<f64> {
    match &value.known {
        Known::Num(n) => Some(*n),
        Known::Bool(b) => Some(f64::from(u8::from(*b))),
        Known::Nil if language == Language::JavaScript => Some(0.0),
        Known::Str(text) if language != Language::Python => Some(parsed(text)),
        _ => None,
    }
}

/// Whether two known values are the same.
#[must_use]
pub(crate) fn equal(a: &Value, b: &Value) -> bool {
    match (&a.known, &b.known) {
        (Known::Num(_) | Known::Bool(_), Known::Num(_) | Known::Bool(_)) => a.as_num() == b.as_num(),
        (Known::Bytes(x), Known::Str(y)) | (Known::Str(y), Known::Bytes(x)) => **x == *y.as_bytes(),
        (x, y) => x == y,
    }
}

/// Sorts values of one kind.
pub(crate) fn sort(items: &mut [Value]) {
    sort_by(items, |value| value);
}

/// Sorts values of one kind by their keys, and leaves a list of several as it is: they have no order, and sorting panics
/// without one. Says whether it did.
pub(crate) fn sort_by<T>(items: &mut [T], key: impl Fn(&T) -> &Value) -> bool {
    let is_ordered = items.split_first().is_none_or(|(first, _)| {
        let first = key(first);
        let is_text = matches!(first.known, Known::Str(_) | Known::Bytes(_));
        items
            .iter()
            .map(&key)
            .all(|v| compare(first, v).is_some() && matches!(v.known, Known::Str(_) | Known::Bytes(_)) == is_text)
    });
    if is_ordered {
        items.sort_by(|a, b| compare(key(a), key(b)).unwrap_or(Ordering::Equal));
    }
    is_ordered
}

fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (&a.known, &b.known) {
        (Known::Str(x), Known::Str(y)) => Some(x.cmp(y)),
        (Known::Bytes(x), Known::Bytes(y)) => Some(x.cmp(y)),
        _ => a.as_num()?.partial_cmp(&b.as_num()?),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn to_i32(n: f64) -> i32 {
    if !n.is_finite() {
        return 0;
    }
    (n.trunc().rem_euclid(4_294_967_296.0) as u64 as u32).cast_signed()
}

/// An operation with one operand.
#[must_use]
pub(crate) fn unary(op: Op, value: &Value, language: Language) -> Value {
    let labels = value.labels;
    let number = to_number(value, language);
    match (op, number) {
        (Op::Neg, Some(n)) => Value::num(-n, labels),
        (Op::Plus, Some(n)) => Value::num(n, labels),
        (Op::Invert, Some(n)) if language == Language::JavaScript => Value::num(f64::from(!to_i32(n)), labels),
        (Op::Invert, Some(n)) => Value::num(-n - 1.0, labels),
        (Op::Void, _) => Value::new(Known::Nil, labels),
        // JavaScript turns lists into numbers too (`+[]`, `!+[]`), which the machine leaves unknown.
        _ => Value::unknown(labels),
    }
}

/// An operation with two operands.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::too_many_lines)]
pub(crate) fn binary(op: Op, a: &Value, b: &Value, language: Language) -> Value {
    let labels = a.labels.with(b.labels);
    let unknown = Value::unknown(labels);
    match (op, &a.known, &b.known) {
        (Op::Add, Known::Str(x), Known::Str(y)) => {
            if x.len() + y.len() > MAX_TEXT {
                return unknown;
            }
            return Value::str(format!("{x}{y}"), labels);
        }
        (Op::Add, Known::Bytes(x), Known::Bytes(y)) => {
            if x.len() + y.len() > MAX_TEXT {
                return unknown;
            }
            return Value::bytes([&**x, &**y].concat(), labels);
        }
        (Op::Add, Known::Str(x), Known::Num(_) | Known::Bool(_) | Known::Nil) if language != Language::Python => {
            return Value::str(format!("{x}{}", shown(b)), labels);
        }
        (Op::Add, Known::Num(_) | Known::Bool(_) | Known::Nil, Known::Str(y)) if language != Language::Python => {
            return Value::str(format!("{}{y}", shown(a)), labels);
        }
        (Op::Mul, Known::Str(x), Known::Num(n)) | (Op::Mul, Known::Num(n), Known::Str(x))
            if language != Language::JavaScript =>
        {
            let times = if *n > 0.0 { *n as usize } else { 0 };
            if x.len().saturating_mul(times) > MAX_TEXT {
                return unknown;
            }
            return Value::str(x.repeat(times), labels);
        }
        (Op::Mul, Known::Bytes(x), Known::Num(n)) => {
            let times = if *n > 0.0 { *n as usize } else { 0 };
            if x.len().saturating_mul(times) > MAX_TEXT {
                return unknown;
            }
            return Value::bytes(x.repeat(times), labels);
        }
        _ => {}
    }
    if matches!(op, Op::Eq | Op::Ne) {
        if a.is_constant() && b.is_constant() {
            let same = equal(a, b);
            return Value::bool(same == (op == Op::Eq), labels);
        }
        return unknown;
    }
    if let (Op::Lt | Op::Le | Op::Gt | Op::Ge, Known::Str(x), Known::Str(y)) = (op, &a.known, &b.known) {
        let order = x.cmp(y);
        return Value::bool(
            match op {
                Op::Lt => order.is_lt(),
                Op::Le => order.is_le(),
                Op::Gt => order.is_gt(),
                _ => order.is_ge(),
            },
            labels,
        );
    }
    let (Some(x), Some(y)) = (to_number(a, language), to_number(b, language)) else { return unknown };
    let js = language == Language::JavaScript;
    let wide = |n: f64| n as i64;
    let number = match op {
        Op::Add => x + y,
        Op::Sub => x - y,
        Op::Mul => x * y,
        Op::Div if y == 0.0 && !js => return unknown,
        Op::Div => x / y,
        Op::FloorDiv if y != 0.0 => (x / y).floor(),
        Op::Mod if y != 0.0 && js => x % y,
        Op::Mod if y != 0.0 => x - (x / y).floor() * y,
        Op::Pow => x.powf(y),
        Op::BitAnd if js => f64::from(to_i32(x) & to_i32(y)),
        Op::BitOr if js => f64::from(to_i32(x) | to_i32(y)),
        Op::BitXor if js => f64::from(to_i32(x) ^ to_i32(y)),
        Op::Shl if js => f64::from(to_i32(x) << (to_i32(y) & 31)),
        Op::Shr if js => f64::from(to_i32(x) >> (to_i32(y) & 31)),
        Op::UShr => f64::from(to_i32(x).cast_unsigned() >> (to_i32(y) & 31)),
        Op::BitAnd => (wide(x) & wide(y)) as f64,
        Op::BitOr => (wide(x) | wide(y)) as f64,
        Op::BitXor => (wide(x) ^ wide(y)) as f64,
        Op::Shl if (0.0..48.0).contains(&y) => return Value::num((wide(x) as f64) * 2f64.powi(y as i32), labels),
        Op::Shr if (0.0..64.0).contains(&y) => (wide(x) >> (y as u32)) as f64,
        Op::Lt => return Value::bool(x < y, labels),
        Op::Le => return Value::bool(x <= y, labels),
        Op::Gt => return Value::bool(x > y, labels),
        Op::Ge => return Value::bool(x >= y, labels),
        _ => return unknown,
    };
    Value::num(number, labels)
}

fn shown(value: &Value) -> String {
    match value.known {
        Known::Num(n) => text(n),
        Known::Bool(b) => b.to_string(),
        Known::Nil => "undefined".to_owned(),
        _ => String::new(),
    }
}
