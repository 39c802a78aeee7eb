//! What Python's `re` finds in texts that are known: payloads lie between words that a pattern knows.
//!
//! A match is a handle about the list of its groups.

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// Most matches of one text.
const MAX_MATCHES: usize = 1 << 12;
/// How a pattern that was made before, and a match, are known.
pub(super) const COMPILED: &str = "re.compile()";
const MATCH: &str = "re.match()";

/// How keys begin that their issuers give a form of their own.
const KEYS: &[&str] = &[
    "AKIA",
    "ghp_",
    "gh[pousr",
    "github_pat_",
    "xox[",
    "xoxb-",
    "xoxp-",
    "sk-ant",
    "AIza",
    "glpat-",
    "npm_[",
    "pypi-AgE",
    "PRIVATE KEY",
];

/// Whether a pattern finds keys by the form that they have.
pub(super) fn is_form_of_a_key(pattern: &str) -> bool {
    KEYS.iter().any(|key| pattern.contains(key)) && pattern.contains(['[', '\\', '.'])
}

impl Machine {
    /// A function of `re`, or a method of a pattern or a match; `None` where pattern or text are not known.
    pub(super) fn pattern_of_python(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        if let Some(method) = name.strip_prefix(MATCH) {
            return self.of_match(method.strip_prefix('.')?, this?, args);
        }
        if name == "re.compile" {
            let source = self.pattern(args.at(0)?, args.at(1).or_else(|| args.named("flags")))?;
            let path = self.paths.root(COMPILED);
            return Some(self.handle(path, source, Labels::NONE));
        }
        let (pattern, method, rest) = match name.strip_prefix(COMPILED) {
            Some(method) => (self.about(this?), method.strip_prefix('.')?, args.list.as_slice()),
            None => {
                let (method, rest) = (name.strip_prefix("re.")?, args.list.get(1..)?);
                // Where flags stand is each function's own.
                let flags = match method {
                    "findall" | "finditer" | "search" | "match" | "fullmatch" => rest.get(1),
                    "sub" | "subn" => rest.get(3),
                    "split" => rest.get(2),
                    _ => return None,
                };
                (self.pattern(args.at(0)?, flags.or_else(|| args.named("flags")))?, method, rest)
            }
        };
        let source = pattern.as_str()?.to_owned();
        let given = rest.get(usize::from(matches!(method, "sub" | "subn")))?.clone();
        // What is found in the texts of others is a key when the pattern is the form of one.
        if given.as_text().is_none()
            && matches!(method, "findall" | "finditer" | "search" | "match" | "fullmatch")
            && is_form_of_a_key(&source)
        {
            return Some(Value::unknown(given.labels.with(Labels::KEY_MATERIAL)));
        }
        let text = given.as_str()?.to_owned();
        let labels = given.labels.with(pattern.labels.without(Labels::BUILT));
        if !self.pay(text.len().saturating_mul(8)) {
            return None;
        }
        Some(match method {
            "findall" => {
                let found = self.patterns.places(&source, &text, MAX_MATCHES)?;
                let all = found.into_iter().map(|(_, groups)| match groups.as_slice() {
                    [whole] => self.group(whole.as_ref(), labels),
                    [_, only] => self.group(only.as_ref(), labels),
                    [_, several @ ..] => {
                        let several = several.iter().map(|g| self.group(g.as_ref(), labels)).collect();
                        self.new_list(several, Labels::NONE)
                    }
                    [] => Value::UNKNOWN,
                });
                let all = all.collect();
                self.new_list(all, Labels::NONE)
            }
            "finditer" => {
                let found = self.patterns.places(&source, &text, MAX_MATCHES)?;
                let all = found.into_iter().map(|(_, groups)| self.found(&groups, labels)).collect();
                self.new_list(all, Labels::NONE)
            }
            "search" | "match" | "fullmatch" => {
                let source = match method {
                    "match" => format!("^(?:{source})"),
                    "fullmatch" => format!("^(?:{source})$"),
                    _ => source,
                };
                match self.patterns.places(&source, &text, MAX_MATCHES)?.first() {
                    Some((_, groups)) => {
                        let groups = groups.clone();
                        self.found(&groups, labels)
                    }
                    None => Value::NIL,
                }
            }
            "split" => {
                let parts = self.patterns.split(&source, &text, MAX_MATCHES)?;
                let parts = parts.into_iter().map(|part| Value::str(part, labels)).collect();
                self.new_list(parts, Labels::NONE)
            }
            "sub" | "subn" if rest.get(2).or_else(|| args.named("count")).is_none() => {
                let by = rest.first()?.clone();
                let value = match by.as_str() {
                    Some(by_text) => {
                        Value::str(self.patterns.replace(&source, &text, by_text)?, labels.with(by.labels))
                    }
                    None if matches!(by.known, Known::Func(..)) => {
                        self.matches_replaced(&source, &text, &by, labels, id)?
                    }
                    None => return None,
                };
                if method == "sub" { value } else { self.new_list(vec![value, Value::UNKNOWN], Labels::NONE) }
            }
            _ => return None,
        })
    }

    /// A pattern with its flags in front; `None` where they are not known.
    fn pattern(&mut self, source: &Value, flags: Option<&Value>) -> Option<Value> {
        if let Known::Object(id) = source.known
            && let Some(Kind::Handle(path, about)) = self.heap.get(id).map(|o| &o.kind)
            && self.paths.text(*path) == COMPILED
        {
            return Some((**about).clone());
        }
        let text = source.as_str()?;
        let letters = match flags.map(|f| &f.known) {
            None => "",
            Some(Known::Path(path)) => match self.paths.text(*path) {
                "re.M" | "re.MULTILINE" => "(?m)",
                "re.S" | "re.DOTALL" => "(?s)",
                "re.I" | "re.IGNORECASE" => "(?i)",
                "re.X" | "re.VERBOSE" => "(?x)",
                "re.A" | "re.ASCII" | "re.U" | "re.UNICODE" => "",
                _ => return None,
            },
            Some(Known::Num(0.0)) => "",
            _ => return None,
        };
        Some(Value::str(format!("{letters}{text}"), source.labels))
    }

    fn group(&self, text: Option<&String>, labels: Labels) -> Value {
        // `findall` has empty texts for groups that took no part.
        Value::str(text.map_or("", String::as_str), labels)
    }

    fn found(&mut self, groups: &[Option<String>], labels: Labels) -> Value {
        let groups = groups.iter().map(|g| g.as_ref().map_or(Value::NIL, |text| Value::str(text.as_str(), labels)));
        let groups = groups.collect();
        let list = self.new_list(groups, Labels::NONE);
        let path = self.paths.root(MATCH);
        self.handle(path, list, labels)
    }

    fn of_match(&mut self, method: &str, this: &Value, args: &Args) -> Option<Value> {
        let list = self.about(this);
        let groups = self.elements(&list)?;
        match method {
            "group" | "__getitem__" => {
                let number = match args.at(0) {
                    None => 0,
                    Some(number) => usize::try_from(number.as_int()?).ok()?,
                };
                groups.get(number).cloned()
            }
            "groups" => Some(self.new_list(groups.get(1..)?.to_vec(), Labels::NONE)),
            _ => None,
        }
    }

    /// A text in which every match became what a function makes of it.
    fn matches_replaced(&mut self, source: &str, text: &str, by: &Value, labels: Labels, id: Id) -> Option<Value> {
        let mut out = String::new();
        let (mut at, mut all) = (0, labels);
        for (range, groups) in self.patterns.places(source, text, MAX_MATCHES)? {
            if !self.step() {
                return None;
            }
            let found = self.found(&groups, labels);
            let piece = self.call_value(by, None, &Args::of(vec![found]), id, false);
            out.push_str(text.get(at..range.start)?);
            out.push_str(piece.as_str()?);
            all = all.with(piece.labels);
            at = range.end;
            if !self.pay(out.len()) {
                return None;
            }
        }
        out.push_str(text.get(at..)?);
        Some(Value::str(out, all))
    }
}
