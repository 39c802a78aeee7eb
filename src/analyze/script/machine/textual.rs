//! Methods of text and bytes that need the machine.

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::Language;

/// Most matches of a pattern that are listed.
const MAX_MATCHES: usize = 1 << 14;
/// Most matches that a function replaces: each is paid for.
const MAX_REPLACED: usize = 1 << 16;

/// Longest text that a template comes to.
const MAX_SUBSTITUTED: usize = 1 << 20;

/// Steps for going through a function again that each match of a pattern is worth.
const OF_A_MATCH: u64 = 256;

/// Whether text is the address of a machine elsewhere; versions of four parts are small numbers.
fn is_foreign_address(text: &[u8]) -> bool {
    let address = std::str::from_utf8(text).ok().and_then(|text| text.parse::<std::net::Ipv4Addr>().ok());
    address.is_some_and(|ip| {
        !ip.is_private()
            && !ip.is_loopback()
            && !ip.is_link_local()
            && !ip.is_broadcast()
            && !ip.is_unspecified()
            && ip.octets().iter().any(|part| *part > 64)
    })
}

/// Whether a value is a letter that was made of a number.
fn is_letter_of_number(value: &Value) -> bool {
    value.labels.any(Labels::BUILT) && value.as_str().is_some_and(|text| text.len() <= 4 && text.chars().count() == 1)
}

impl Machine {
    /// What is known of a list of which nobody knows all: what stands behind the part that is not known.
    /// `[...labels, "h.invalid"].join(".")`, `lines = file.readlines(); lines.append("…")`.
    fn known_end(&mut self, list: &Value) -> Option<Vec<Value>> {
        let Known::Object(id) = list.known else { return None };
        let items = self.heap.list(id)?;
        let is_known = items.last().and_then(Value::as_str).is_some_and(|end| !end.is_empty());
        if !is_known || !self.pay(items.len() * 16) {
            return None;
        }
        let items = self.heap.list(id)?;
        let all = std::iter::once(Value::unknown(Labels::NONE)).chain(items.iter().cloned()).collect();
        Some(all)
    }

    /// Methods of text and bytes.
    pub(super) fn method_of_text(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        if name == "join" {
            let over = args.at(0)?;
            let labels = object.labels.with(self.all_labels(over)).with(Labels::BUILT);
            let Some(items) = self.elements(over).or_else(|| self.known_end(over)) else {
                return Some(Value::unknown(labels));
            };
            let separator = object.as_bytes()?;
            let mut out: Vec<u8> = Vec::new();
            let mut whole = true;
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.extend_from_slice(separator);
                }
                match item.as_bytes() {
                    Some(bytes) => out.extend_from_slice(bytes),
                    None if self.language == Language::JavaScript && matches!(item.known, Known::Nil) => {}
                    None if self.language == Language::JavaScript
                        && matches!(item.known, Known::Num(_) | Known::Bool(_)) =>
                    {
                        out.extend_from_slice(self.shown_or_hole(item).as_bytes());
                    }
                    None => {
                        whole = false;
                        out.extend_from_slice(self.shown_or_hole(item).as_bytes());
                    }
                }
            }
            let of_numbers = whole
                && items.iter().all(is_letter_of_number)
                && std::str::from_utf8(&out).is_ok_and(fold::codec::is_of_numbers);
            let labels = if of_numbers { labels.with(Labels::DECODED) } else { labels };
            if !self.pay(out.len()) {
                return Some(Value::UNKNOWN);
            }
            let is_address = whole && separator == b"." && items.len() == 4 && is_foreign_address(&out);
            let labels = if is_address { labels.with(Labels::DECODED) } else { labels };
            return Some(match (&object.known, whole) {
                (Known::Bytes(_), true) => Value::bytes(out, labels),
                (_, true) => Value::str(String::from_utf8_lossy(&out).into_owned(), labels),
                _ => Value::text(String::from_utf8_lossy(&out).into_owned(), labels),
            });
        }
        if let Some(value) = self.text_by_pattern(object, name, args) {
            return Some(value);
        }
        if matches!(name, "split" | "rsplit" | "splitlines" | "partition" | "rpartition") {
            let parts = match name {
                "partition" | "rpartition" => fold::text::partition(object, name == "rpartition", args.at(0)?)?,
                _ => fold::text::split(object, name, &args.list, self.language)?,
            };
            return self.pay(parts.len() * 16).then(|| self.new_list(parts, Labels::NONE));
        }
        if name == "translate"
            && self.language == Language::Python
            && let Some(value) = self.translated(object, args)
        {
            return Some(value);
        }
        if matches!(name, "substitute" | "safe_substitute") && self.language == Language::Python {
            return self.substituted(object, args);
        }
        if name == "format" && self.language == Language::Python {
            let labels = object.labels.with(self.labels_of(args));
            return Some(fold::text::format(object, &args.list, &args.named, labels));
        }
        if matches!(name, "replace" | "replaceAll")
            && let Some(Known::Func(..)) = args.at(1).map(|v| &v.known)
        {
            let labels = self.labels_of(args).with(object.labels);
            self.call_back(&args.at(1)?.clone(), labels, None);
            return Some(Value::unknown(labels));
        }
        let is_counted = self.language == Language::JavaScript
            && matches!(
                name,
                "substr" | "substring" | "slice" | "charAt" | "charCodeAt" | "codePointAt" | "at" | "repeat"
            );
        let given: Vec<Value> = args
            .list
            .iter()
            .map(|a| match a.as_str().and_then(|t| t.trim().parse::<f64>().ok()).filter(|_| is_counted) {
                Some(number) => Value::num(number, a.labels),
                None => self.plain(a),
            })
            .collect();
        fold::text::method(object, name, &given, self.language)
    }

    /// A template with its names replaced by what they are given: `Template("$a/$b").substitute(a=1)`.
    fn substituted(&self, object: &Value, args: &Args) -> Option<Value> {
        let text = object.as_str()?;
        let mut out = String::with_capacity(text.len());
        let mut parts = text.split('$');
        out.push_str(parts.next().unwrap_or_default());
        while let Some(part) = parts.next() {
            // Two signs are one.
            if part.is_empty() {
                out.push('$');
                out.push_str(parts.next().unwrap_or_default());
                continue;
            }
            let is_braced = part.starts_with('{');
            let named = part.strip_prefix('{').unwrap_or(part);
            let end = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(named.len());
            let (name, rest) = named.split_at_checked(end)?;
            if name.is_empty() {
                out.push('$');
                out.push_str(part);
                continue;
            }
            match args.named(name) {
                Some(value) => out.push_str(&self.shown_or_hole(value)),
                None => out.push_str(HOLE),
            }
            out.push_str(rest.strip_prefix('}').filter(|_| is_braced).unwrap_or(rest));
            if out.len() > MAX_SUBSTITUTED {
                return Some(Value::unknown(object.labels.with(self.labels_of(args))));
            }
        }
        let labels = object.labels.with(self.labels_of(args));
        Some(if out.contains(HOLE) { Value::text(out, labels) } else { Value::str(out, labels) })
    }

    /// Methods of text that are given a regular expression.
    fn text_by_pattern(&mut self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let pattern = args.at(0).filter(|a| matches!(a.known, Known::Object(_)))?;
        let plain = self.plain(pattern);
        let (source, text) = (plain.as_str()?, object.as_str()?);
        let labels = object.labels.with(self.labels_of(args));
        if !self.pay(text.len().saturating_mul(8)) {
            return None;
        }
        match name {
            "replace" | "replaceAll" if matches!(args.at(1)?.known, Known::Func(..)) => {
                let places = self.patterns.places(source, text, MAX_REPLACED)?;
                let (by, text) = (args.at(1)?.clone(), text.to_owned());
                self.replaced_by(&by, &text, places, labels)
            }
            "replace" | "replaceAll" => {
                let by = args.at(1)?.as_str()?;
                Some(Value::str(self.patterns.replace(source, text, by)?, labels.with(Labels::BUILT)))
            }
            "match" => self.matched(source, text, false, labels),
            "split" => {
                let parts = self.patterns.split(source, text, MAX_MATCHES)?;
                let parts = parts.into_iter().map(|p| Value::str(p, labels)).collect();
                Some(self.new_list(parts, Labels::NONE))
            }
            "search" => Some(Value::num(if self.patterns.is_match(source, text)? { 0.0 } else { -1.0 }, labels)),
            _ => None,
        }
    }

    /// The text in which a function says what stands in the place of each match.
    fn replaced_by(
        &mut self,
        by: &Value,
        text: &str,
        places: Vec<fold::pattern::Place>,
        labels: Labels,
    ) -> Option<Value> {
        let Known::Func(func, frame) = by.known else { return None };
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        let mut of_numbers = true;
        let whole = Value::str(text, labels);
        for (range, groups) in places {
            let before = out.len();
            let mut list: Vec<Value> =
                groups.into_iter().map(|g| g.map_or(Value::NIL, |g| Value::str(g, labels))).collect();
            list.push(Value::num(range.start as f64, Labels::NONE));
            list.push(whole.clone());
            self.see_progress_of(by, OF_A_MATCH);
            let made = self.call_function(func, frame, None, &Args::of(list));
            let made = self.plain(&made);
            let between = text.get(end..range.start)?;
            out.push_str(between);
            out.push_str(made.as_str()?);
            of_numbers &= between.is_empty() && is_letter_of_number(&made);
            if !self.pay(out.len() - before) {
                return None;
            }
            end = range.end;
        }
        out.push_str(text.get(end..)?);
        // `hex.replace(/../g, (h) => String.fromCharCode(parseInt(h, 16)))`
        let hidden = if of_numbers && fold::codec::is_of_numbers(&out) { Labels::DECODED } else { Labels::NONE };
        Some(Value::str(out, labels.with(Labels::BUILT).with(hidden)))
    }

    /// The matches as a list; none of them is `null`.
    fn matched(&mut self, source: &str, text: &str, groups: bool, labels: Labels) -> Option<Value> {
        let all = self.patterns.matches(source, text, groups, MAX_MATCHES)?;
        if all.is_empty() {
            return Some(Value::new(Known::Nil, labels));
        }
        let all = all.into_iter().map(|m| Value::str(m, labels)).collect();
        Some(self.new_list(all, Labels::NONE))
    }

    /// Methods of a regular expression.
    pub(super) fn method_of_pattern(&mut self, pattern: &Value, name: &str, args: &Args) -> Option<Value> {
        let (source, given) = (pattern.as_str()?, args.at(0)?);
        let text = given.as_str()?;
        if !self.pay(text.len().saturating_mul(8)) {
            return None;
        }
        match name {
            "test" => Some(Value::bool(self.patterns.is_match(source, text)?, given.labels)),
            "exec" => self.matched(source, text, true, given.labels),
            _ => None,
        }
    }

    /// A regular expression as its pattern.
    pub(super) fn plain(&self, value: &Value) -> Value {
        if let Known::Object(id) = value.known
            && let Some(Kind::Handle(path, about)) = self.heap.get(id).map(|o| &o.kind)
            && self.paths.text(*path) == "RegExp"
        {
            return (**about).clone().labelled(Labels::NONE);
        }
        value.clone()
    }
}
