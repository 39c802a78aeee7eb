//! Ruby: methods that every object has, what lists hand to blocks, constants and methods by computed names.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold::codec;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{Id, Language, Node, Op, Sym};

/// Most elements over which a block is called.
const MAX_ELEMENTS: usize = 16 << 10;
/// Most letters of a set of `tr`.
const MAX_SET: usize = 1024;
/// Most parameters of a block that one value is handed to.
const MAX_PARTS: usize = 16;
/// Functions of `Kernel`, which every object has.
const OF_KERNEL: &[&str] =
    &["eval", "system", "exec", "spawn", "`", "require", "load", "instance_eval", "open", "syscall", "fork"];
/// What stands for the top of all constants.
const TOPS: &[&str] = &["Object", "Kernel", "Module", "self", "Class"];

/// A name as it is looked for: `Net::HTTP`, `:system`.
fn plain(name: &str) -> String {
    name.trim_start_matches("::").replace("::", ".")
}

impl Machine {
    /// A method of any value of Ruby, as far as it is not the same in other languages.
    pub(super) fn method_of_ruby(&mut self, object: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        let block = args.list.last().filter(|v| matches!(v.known, Known::Func(..))).cloned();
        match name {
            "freeze"
            | "dup"
            | "clone"
            | "itself"
            | "force_encoding"
            | "to_str"
            | "with_indifferent_access"
            | "to_a"
                if matches!(object.known, Known::Str(_) | Known::Text(_) | Known::Bytes(_) | Known::Object(_)) =>
            {
                return Some(object.clone());
            }
            "to_h" | "to_hash" | "inspect" | "lazy" | "each_pair"
                if args.list.is_empty() && self.environment_itself(object).any(Labels::ENV_ALL) =>
            {
                return Some(Value::unknown(Labels::ENV_ALL));
            }
            "tap" => {
                self.call_value(block.as_ref()?, None, &Args::of(vec![object.clone()]), id, false);
                return Some(object.clone());
            }
            "then" | "yield_self" => {
                return Some(self.call_value(block.as_ref()?, None, &Args::of(vec![object.clone()]), id, false));
            }
            "send" | "public_send" | "__send__" if !self.is_socket(object) => {
                return self.sent(object, args, id);
            }
            "method" | "public_method" | "instance_method" => {
                let method = plain(args.at(0)?.as_str()?);
                return Some(self.ruby_function(object, &method, id));
            }
            "new" if matches!(object.known, Known::Object(_)) => {
                return Some(self.call_value(object, None, args, id, true));
            }
            "const_get" => {
                let constant = plain(args.at(0)?.as_str()?);
                return Some(match &object.known {
                    Known::Path(path) if !TOPS.contains(&self.paths.text(*path)) => self.member(object, &constant, id),
                    Known::Object(_) => {
                        let own = self.member(object, &constant, id);
                        if matches!(own.known, Known::Unknown) { self.ruby_constant(&constant) } else { own }
                    }
                    _ => self.ruby_constant(&constant),
                });
            }
            _ => {}
        }
        match &object.known {
            Known::Func(func, frame) if matches!(name, "call" | "yield" | "()" | "===" | "[]") => {
                Some(self.call_function(*func, *frame, None, args))
            }
            // A method of the object that is spoken of, or of the file.
            Known::Path(path) if self.paths.text(*path) == "self" => {
                let own = self.tree.known(name).and_then(|sym| self.variable(sym))?;
                let Known::Func(func, frame) = own.known else { return None };
                Some(self.call_function(func, frame, None, args))
            }
            Known::Path(_) if name == "call" && args.list.iter().all(|a| !matches!(a.known, Known::Func(..))) => {
                let path = match object.known {
                    Known::Path(path) if self.word(path).is_some() => path,
                    _ => return None,
                };
                Some(self.call_path(path, None, args, id))
            }
            Known::Text(text) if matches!(name, "host" | "hostname" | "path" | "request_uri" | "to_s") => {
                let rest = text.split("://").nth(1).unwrap_or(text);
                let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
                match name {
                    "host" | "hostname" if !host.contains(HOLE) => Some(Value::str(host, object.labels)),
                    "host" | "hostname" => Some(Value::text(host.to_owned(), object.labels)),
                    "to_s" => Some(object.clone()),
                    _ => Some(Value::text(path.to_owned(), object.labels)),
                }
            }
            Known::Str(_) => self.text_of_ruby(object, name, args, block.as_ref(), id),
            Known::Num(n) => match name {
                "chr" => {
                    let code = u32::try_from(object.as_int()?).ok()?;
                    Some(Value::str(char::from_u32(code)?.to_string(), object.labels.with(Labels::BUILT)))
                }
                "ord" => Some(Value::num(*n, object.labels)),
                "times" => {
                    let call = Args::of(vec![Value::unknown(Labels::NONE)]);
                    self.call_value(block.as_ref()?, None, &call, id, false);
                    Some(object.clone())
                }
                _ => None,
            },
            _ => self.list_of_ruby(object, name, args, block.as_ref(), id),
        }
    }

    /// Whether something is a connection, which has a method of the name by which any other object is told to call one.
    fn is_socket(&self, object: &Value) -> bool {
        let path = match &object.known {
            Known::Path(path) => *path,
            Known::Object(id) => match self.heap.get(*id).map(|o| &o.kind) {
                Some(Kind::Handle(path, _)) => *path,
                _ => return false,
            },
            _ => return false,
        };
        let text = self.paths.text(path);
        ["Socket", "Server", "tcp()", "udp()"].iter().any(|part| text.contains(part))
    }

    fn ruby_constant(&mut self, name: &str) -> Value {
        let sym = self.tree.sym(name);
        match self.variable(sym) {
            Some(value) => value,
            None => Self::path_value(self.paths.root(name), Labels::NONE),
        }
    }

    /// A method of an object by its name; functions of the kernel belong to all of them.
    fn ruby_function(&mut self, object: &Value, method: &str, id: Id) -> Value {
        let own = self.member(object, method, id);
        match own.known {
            Known::Func(..) => own,
            Known::Path(path) if self.word(path).is_some() => own,
            _ if OF_KERNEL.contains(&method) => Self::path_value(self.paths.root(method), Labels::NONE),
            _ => match self.tree.known(method).and_then(|sym| self.variable(sym)) {
                Some(value) if matches!(value.known, Known::Func(..)) => value,
                _ => own,
            },
        }
    }

    /// `object.send(name, …)`.
    fn sent(&mut self, object: &Value, args: &Args, id: Id) -> Option<Value> {
        let method = plain(args.at(0)?.as_str()?.trim_start_matches(':'));
        let rest = Args { list: args.list.get(1..)?.to_vec(), ..args.clone() };
        if let Some(value) = self.method_of_known(object, &method, &rest, id) {
            return Some(value);
        }
        let function = self.ruby_function(object, &method, id);
        Some(self.call_value(&function, Some(object), &rest, id, false))
    }

    /// What is asked of a list, of a dictionary, or of something of which only its origins are known.
    fn list_of_ruby(
        &mut self,
        object: &Value,
        name: &str,
        args: &Args,
        block: Option<&Value>,
        id: Id,
    ) -> Option<Value> {
        let labels = self.all_labels(object);
        let items = self.items_of_ruby(object);
        match (name, block) {
            ("pack", _) => self.packed_of_ruby(object, args),
            ("reverse" | "rotate" | "shuffle" | "compact" | "uniq" | "flatten" | "sort" | "to_a", None)
                if args.list.is_empty() =>
            {
                let mut items = items?;
                if name == "reverse" {
                    items.reverse();
                }
                Some(self.new_list(items, object.labels))
            }
            ("first", None) if args.list.is_empty() => items?.first().cloned(),
            ("last", None) if args.list.is_empty() => items?.last().cloned(),
            ("sum" | "inject" | "reduce", _) => self.gathered(object, items, name, args, block, id),
            ("each_with_object", Some(block)) => {
                let memo = args.at(0)?.clone();
                for item in items.unwrap_or_else(|| vec![Value::unknown(labels)]) {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    self.hand(block, vec![item, memo.clone()], id);
                }
                if let Known::Object(held) = memo.known {
                    self.taint(held, labels);
                }
                Some(memo)
            }
            (
                "each" | "each_pair" | "each_entry" | "each_key" | "each_value" | "each_with_index" | "reverse_each"
                | "cycle",
                Some(block),
            ) => {
                for (at, item) in items?.into_iter().enumerate() {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    let mut given = vec![item];
                    if name == "each_with_index" {
                        given.push(Value::num(at as f64, Labels::NONE));
                    }
                    self.hand(block, given, id);
                }
                Some(object.clone())
            }
            ("map" | "collect" | "flat_map" | "filter_map" | "collect_concat", Some(block)) => {
                let items = items?;
                let list = self.new_list(items, object.labels);
                let mut made = Vec::new();
                for item in self.elements(&list)? {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    made.push(self.hand(block, vec![item], id));
                }
                Some(self.new_list(made, object.labels))
            }
            // Which of them are chosen is not asked: any may be.
            ("select" | "filter" | "reject" | "find_all" | "sort_by" | "partition" | "group_by", Some(block)) => {
                for item in items.clone().unwrap_or_else(|| vec![Value::unknown(labels)]) {
                    if !self.step() {
                        return Some(Value::UNKNOWN);
                    }
                    self.hand(block, vec![item.clone()], id);
                }
                Some(match items {
                    Some(items) if self.heap_list(object) => self.new_list(items, object.labels),
                    _ => Value::unknown(labels),
                })
            }
            // A dictionary that is asked with a default.
            ("fetch" | "dig", _) => {
                let key = args.at(0)?;
                match (&object.known, key.as_str()) {
                    (Known::Object(held), Some(key)) => match &self.heap.get(*held)?.kind {
                        Kind::Dict(fields) => fields.get(key).cloned(),
                        _ => None,
                    },
                    _ => None,
                }
            }
            ("merge" | "update" | "merge!", _) => {
                let Known::Object(held) = object.known else { return None };
                let Kind::Dict(fields) = self.heap.get(held)?.kind.clone() else { return None };
                let more = self.labels_of(args);
                let all = self.object(Kind::Dict(fields), labels.with(more));
                Some(all)
            }
            _ => None,
        }
    }

    /// Calls a block; one list is taken apart for several parameters.
    fn hand(&mut self, block: &Value, given: Vec<Value>, id: Id) -> Value {
        let Known::Func(func, _) = block.known else { return Value::UNKNOWN };
        let takes = self.tree.function(func).map_or(0, |f| f.params.len());
        let given = match given.as_slice() {
            [one] if takes > 1 => {
                let parts = if self.heap_list(one) { self.elements(one) } else { None };
                parts.unwrap_or_else(|| vec![Value::unknown(self.all_labels(one)); takes.min(MAX_PARTS)])
            }
            _ => given,
        };
        self.call_value(block, None, &Args::of(given), id, false)
    }

    fn heap_list(&self, object: &Value) -> bool {
        matches!(object.known, Known::Object(id) if self.heap.list(id).is_some())
    }

    /// The elements of a list, or the pairs of a dictionary.
    fn items_of_ruby(&mut self, object: &Value) -> Option<Vec<Value>> {
        if let Known::Object(held) = object.known
            && let Some(Kind::Dict(fields)) = self.heap.get(held).map(|o| &o.kind)
        {
            let pairs: Vec<(Rc<str>, Value)> =
                fields.iter().take(MAX_ELEMENTS).map(|(name, value)| (Rc::clone(name), value.clone())).collect();
            let list = |machine: &mut Self, (name, value): (Rc<str>, Value)| {
                machine.new_list(vec![Value::str(name, Labels::NONE), value], Labels::NONE)
            };
            return Some(pairs.into_iter().map(|pair| list(self, pair)).collect());
        }
        if !matches!(object.known, Known::Object(_)) {
            return None;
        }
        let items = self.elements(object)?;
        (items.len() <= MAX_ELEMENTS).then_some(items)
    }

    /// `list.inject(start) { |all, one| … }`, `list.inject(:+)`, `list.sum`.
    fn gathered(
        &mut self,
        object: &Value,
        items: Option<Vec<Value>>,
        name: &str,
        args: &Args,
        block: Option<&Value>,
        id: Id,
    ) -> Option<Value> {
        let labels = self.all_labels(object);
        let given: Vec<&Value> = args.list.iter().filter(|v| !matches!(v.known, Known::Func(..))).collect();
        let operator = given.last().and_then(|v| v.as_str()).map(|t| t.trim_start_matches(':').to_owned());
        let by_name = block.is_none() && operator.is_some() && name != "sum";
        let start = match given.as_slice() {
            [_] if by_name => None,
            [first, ..] => Some((*first).clone()),
            [] if name == "sum" => Some(Value::num(0.0, Labels::NONE)),
            [] => None,
        };
        let Some(items) = items else {
            let start = start?;
            let one = Value::unknown(labels);
            return Some(match block {
                Some(block) => self.hand(block, vec![start, one], id),
                None => Value::unknown(labels.with(start.labels)),
            });
        };
        let mut rest = items.into_iter();
        let mut all = match start {
            Some(start) => start,
            None => rest.next()?,
        };
        for item in rest {
            if !self.step() {
                return Some(Value::UNKNOWN);
            }
            all = match block {
                Some(block) if name == "sum" => {
                    let one = self.hand(block, vec![item], id);
                    self.operate(Op::Add, &all, &one)
                }
                Some(block) => self.hand(block, vec![all, item], id),
                None => match operator.as_deref() {
                    Some("+" | "<<" | "concat") => self.operate(Op::Add, &all, &item),
                    Some("^") => self.operate(Op::BitXor, &all, &item),
                    Some("*") => self.operate(Op::Mul, &all, &item),
                    None if name == "sum" => self.operate(Op::Add, &all, &item),
                    Some(method) => self.sent(&all, &Args::of(vec![Value::str(method, Labels::NONE), item]), id)?,
                    None => return None,
                },
            };
        }
        if all.as_str().is_some() {
            self.note_decoded(&all, id);
        }
        Some(all)
    }

    /// `[…].pack("C*")`; what is encoded stays what it was.
    fn packed_of_ruby(&mut self, object: &Value, args: &Args) -> Option<Value> {
        let form = args.at(0)?.as_str()?.to_owned();
        let labels = self.all_labels(object);
        let items = self.items_of_ruby(object);
        let unknown = Value::unknown(labels.with(Labels::BUILT));
        let Some(items) = items else { return Some(unknown) };
        Some(match form.chars().next()? {
            'C' | 'c' | 'U' | 'W' => {
                let letters: Option<String> =
                    items.iter().map(|n| char::from_u32(u32::try_from(n.as_int()?).ok()?)).collect();
                match letters {
                    Some(text) => {
                        let hidden = if codec::is_of_numbers(&text) { Labels::DECODED } else { Labels::BUILT };
                        Value::str(text, labels.with(hidden))
                    }
                    None => unknown,
                }
            }
            'H' => codec::decode("hex", items.first()?)?,
            'a' | 'A' => items.first().cloned().unwrap_or(unknown),
            _ => unknown,
        })
    }

    /// Methods of a text.
    fn text_of_ruby(
        &mut self,
        object: &Value,
        name: &str,
        args: &Args,
        block: Option<&Value>,
        id: Id,
    ) -> Option<Value> {
        let text = Rc::<str>::from(object.as_str()?);
        let labels = object.labels.with(self.labels_of(args));
        if !self.pay(text.len()) {
            return None;
        }
        Some(match name {
            "reverse" => codec::decode("reverse", object)?,
            "chars" | "each_char" => {
                let letters = self.letters_of(object)?;
                match block {
                    Some(block) => self.map(block, &letters, id),
                    None => letters,
                }
            }
            "bytes" | "each_byte" | "codepoints" => {
                let numbers = text.bytes().take(MAX_ELEMENTS).map(|b| Value::num(f64::from(b), labels)).collect();
                let numbers = self.new_list(numbers, labels);
                match block {
                    Some(block) => self.map(block, &numbers, id),
                    None => numbers,
                }
            }
            "ord" => Value::num(f64::from(u32::from(text.chars().next()?)), labels),
            "hex" => Value::num(i64::from_str_radix(text.trim_start_matches("0x"), 16).ok()? as f64, labels),
            "to_i" => {
                let base = args.at(0).map_or(Some(10), Value::as_int)?;
                let base = u32::try_from(base).ok().filter(|b| (2..=36).contains(b))?;
                Value::num(i64::from_str_radix(text.trim(), base).ok()? as f64, labels)
            }
            "to_s" | "to_sym" | "chomp" | "b" | "scrub" | "unicode_normalize" => object.clone(),
            "tr" => {
                let (from, to) = (args.at(0)?.as_str()?, args.at(1)?.as_str()?);
                let changed = translated(&text, from, to)?;
                Value::str(changed, labels.with(Labels::BUILT))
            }
            "delete" => {
                let set = letters_of_set(args.at(0)?.as_str()?)?;
                Value::str(text.chars().filter(|c| !set.contains(c)).collect::<String>(), labels)
            }
            "sub" if args.at(0)?.as_str().is_some() && block.is_none() => {
                let (from, to) = (args.at(0)?.as_str()?, args.at(1)?.as_str()?);
                Value::str(text.replacen(from, to, 1), labels)
            }
            "unpack" | "unpack1" if args.at(0)?.as_str().is_some_and(|f| f.starts_with('H')) => {
                let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
                Value::str(hex, labels)
            }
            "constantize" | "safe_constantize" => self.ruby_constant(&plain(&text)),
            // Parts of an address.
            "host" | "hostname" if text.contains("://") => {
                let host = text.split("://").nth(1)?.split(['/', ':', '?']).next()?;
                Value::str(host, labels)
            }
            "path" | "request_uri" if text.contains("://") => {
                let rest = text.split("://").nth(1)?;
                Value::str(rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"), labels)
            }
            _ => return None,
        })
    }

    /// Puts a query behind an address that a variable holds: `uri.query = URI.encode_www_form(all)`.
    pub(super) fn sets_query(&mut self, object: Id, name: Sym, query: &Value) -> bool {
        let Node::Name(variable) = self.tree.get(object) else { return false };
        if self.language != Language::Ruby || self.tree.str(name) != "query" {
            return false;
        }
        let Some(address) = self.variable(variable) else { return false };
        let Some(text) = address.as_text().filter(|text| text.contains("://") && !text.contains('?')) else {
            return false;
        };
        let labels = address.labels.with(self.all_labels(query));
        let whole = Value::text(format!("{text}?{}", self.shown_or_hole(query)), labels);
        self.declare_name(variable, whole);
        true
    }

    /// Functions of libraries of Ruby.
    pub(super) fn library_of_ruby(&mut self, name: &str, args: &Args) -> Option<Value> {
        Some(match name {
            "Dir.home" => Value::text("~".to_owned(), Labels::NONE),
            // An address by its parts.
            "URI.HTTPS.build" | "URI.HTTP.build" => {
                let part = |m: &Self, name: &str| {
                    args.named(name).cloned().or_else(|| {
                        let Known::Object(id) = args.list.first()?.known else { return None };
                        match &m.heap.get(id)?.kind {
                            Kind::Dict(fields) => fields.get(name).cloned(),
                            _ => None,
                        }
                    })
                };
                let scheme = if name.contains("HTTPS") { "https" } else { "http" };
                let host = part(self, "host")?;
                let path = part(self, "path").unwrap_or_else(|| Value::str("/", Labels::NONE));
                let labels = host.labels.with(path.labels);
                let text = format!("{scheme}://{}{}", self.shown_or_hole(&host), self.shown_or_hole(&path));
                match (host.as_str(), path.as_str()) {
                    (Some(_), Some(_)) => Value::str(text, labels),
                    _ => Value::text(text, labels),
                }
            }
            "Hash.new" | "Struct.new" if args.list.is_empty() => {
                self.object(Kind::Dict(Fields::default()), Labels::NONE)
            }
            _ => return None,
        })
    }
}

/// The letters of a set of `tr`: `a-z` is a range.
fn letters_of_set(set: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = set.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = letters.get(at).copied() {
        match (letters.get(at + 1), letters.get(at + 2)) {
            (Some('-'), Some(last)) if *last >= first => {
                out.extend(first..=*last);
                at += 3;
            }
            _ => {
                out.push(first);
                at += 1;
            }
        }
        if out.len() > MAX_SET {
            return None;
        }
    }
    Some(out)
}

/// `text.tr(from, to)`.
fn translated(text: &str, from: &str, to: &str) -> Option<String> {
    if from.starts_with('^') {
        return None;
    }
    let (from, to) = (letters_of_set(from)?, letters_of_set(to)?);
    let other = |c: char| match from.iter().position(|f| *f == c) {
        Some(at) => to.get(at).or(to.last()).copied(),
        None => Some(c),
    };
    Some(text.chars().filter_map(other).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_changed_for_others() {
        assert_eq!(translated("uryyb", "a-z", "n-za-m").as_deref(), Some("hello"));
        assert_eq!(translated("a.b", ".", "/").as_deref(), Some("a/b"));
        assert_eq!(translated("abc", "ab", "").as_deref(), Some("c"));
        assert_eq!(translated("abc", "^a", "x"), None);
    }
}
