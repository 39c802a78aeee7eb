//! VBScript: functions that make text of numbers and of other text, and those that execute it.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Longest text that is made of one letter.
const MAX_FILL: i64 = 1 << 16;

impl Machine {
    pub(super) fn builtin_of_vbscript(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        if matches!(
            name,
            "createobject" | "wscript.createobject" | "server.createobject" | "getobject" | "wscript.getobject"
        ) {
            return self.builtin_of_scripting_host("GetObject", this, args, id);
        }
        let first = args.at(0);
        let labels = self.labels_of(args).with(Labels::BUILT);
        Some(match name {
            "execute" | "executeglobal" | "eval" | "executestatement" => {
                let code = self.unless_spelled_out(first?.clone());
                let path = self.paths.root(name);
                self.event(Act::Eval, path, id, &code, &Value::UNKNOWN, false);
                self.made(&code, id, Some(Language::VbScript));
                let before = self.concealed;
                self.concealed |= code.labels.any(Labels::CONCEALED);
                let value = self.execute(&code, Language::VbScript, id);
                self.concealed = before;
                value.unwrap_or(Value::unknown(code.labels))
            }
            "getref" => {
                let name = self.tree.sym(first?.as_str()?.to_lowercase());
                self.variable(name)?
            }
            "chr" | "chrw" | "chrb" => {
                let code = u32::try_from(number(first?)?).ok()?;
                Value::str(char::from_u32(code)?.to_string(), labels)
            }
            "asc" | "ascw" => Value::num(f64::from(u32::from(first?.as_str()?.chars().next()?)), labels),
            "strreverse" => Value::str(first?.as_str()?.chars().rev().collect::<String>(), labels),
            "lcase" => Value::str(text(first?)?.to_lowercase(), labels),
            "ucase" => Value::str(text(first?)?.to_uppercase(), labels),
            "trim" | "ltrim" | "rtrim" => {
                let text = text(first?)?;
                let text = match name {
                    "ltrim" => text.trim_start(),
                    "rtrim" => text.trim_end(),
                    _ => text.trim(),
                };
                Value::str(text, labels)
            }
            "len" | "lenb" => Value::num(first?.as_str()?.chars().count() as f64, Labels::NONE),
            "mid" | "left" | "right" => {
                let letters: Vec<char> = text(first?)?.chars().collect();
                if !self.pay(letters.len()) {
                    return Some(Value::UNKNOWN);
                }
                let amount = |value: &Value| usize::try_from(number(value)?.max(0)).ok();
                let (from, count) = match name {
                    "mid" => (amount(args.at(1)?)?.checked_sub(1)?, args.at(2).map_or(Some(usize::MAX), amount)?),
                    "left" => (0, amount(args.at(1)?)?),
                    _ => (letters.len().saturating_sub(amount(args.at(1)?)?), usize::MAX),
                };
                Value::str(letters.into_iter().skip(from).take(count).collect::<String>(), labels)
            }
            "replace" => {
                let (text, what, with) = (first?.as_str()?, args.at(1)?.as_str()?, args.at(2)?.as_str()?);
                if what.is_empty() || !self.pay(text.len()) {
                    return first.cloned();
                }
                Value::str(text.replace(what, with), labels)
            }
            "split" => {
                let (text, by) = (first?.as_str()?, args.at(1).map_or(Some(" "), Value::as_str)?);
                let parts: Vec<Value> = if by.is_empty() {
                    vec![first?.clone()]
                } else {
                    text.split(by).map(|p| Value::str(p, labels)).collect()
                };
                if !self.pay(parts.len() * 16) {
                    return Some(Value::UNKNOWN);
                }
                self.new_list(parts, labels)
            }
            "join" => {
                let separator = args.at(1).cloned().unwrap_or_else(|| Value::str(" ", Labels::NONE));
                return self.method_of_text(&separator, "join", &Args::of(vec![first?.clone()]));
            }
            "array" => self.new_list(args.list.clone(), Labels::NONE),
            "ubound" => match first?.known {
                Known::Object(list) => Value::num(self.heap.list(list)?.len() as f64 - 1.0, Labels::NONE),
                _ => return None,
            },
            "lbound" => Value::num(0.0, Labels::NONE),
            "instr" => {
                let (text, what) = match args.at(2) {
                    Some(what) if args.at(0)?.as_num().is_some() => (args.at(1)?.as_str()?, what.as_str()?),
                    _ => (first?.as_str()?, args.at(1)?.as_str()?),
                };
                let at = text.to_lowercase().find(&what.to_lowercase());
                Value::num(at.map_or(0.0, |at| text.get(..at).map_or(0, |t| t.chars().count()) as f64 + 1.0), labels)
            }
            "cstr" => first
                .filter(|v| v.as_text().is_some())
                .cloned()
                .or_else(|| Some(Value::str(fold::number::text(first?.as_num()?), labels)))?,
            "cint" | "clng" | "cbyte" | "cdbl" | "int" | "fix" | "csng" => Value::num(number(first?)? as f64, labels),
            "hex" => Value::str(format!("{:X}", number(first?)?), labels),
            "string" => {
                let count = number(first?)?.clamp(0, MAX_FILL);
                let letter = match args.at(1)?.as_str() {
                    Some(text) => text.chars().next()?,
                    None => char::from_u32(u32::try_from(number(args.at(1)?)?).ok()?)?,
                };
                Value::str(letter.to_string().repeat(usize::try_from(count).ok()?), labels)
            }
            "space" => Value::str(" ".repeat(usize::try_from(number(first?)?.clamp(0, MAX_FILL)).ok()?), labels),
            _ => return self.builtin_of_scripting_host(name, this, args, id),
        })
    }
}

/// A whole number, also when it stands in a text.
fn number(value: &Value) -> Option<i64> {
    match value.as_int() {
        Some(n) => Some(n),
        None => {
            let text = value.as_str()?.trim();
            let hex = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"));
            match hex {
                Some(digits) => i64::from_str_radix(digits.trim_end_matches('&'), 16).ok(),
                None => text.parse().ok(),
            }
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None => Some(fold::number::text(value.as_num()?)),
    }
}
