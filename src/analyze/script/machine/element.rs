//! Elements: of lists, dictionaries, text and what a library yields; slices and comprehensions.

use std::rc::Rc;

use super::Machine;
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Many, Node, Op};

/// Most names of a module.
const MAX_NAMES: usize = 4096;
/// Most elements that are listed out of a string or a range.
const MAX_ELEMENTS: usize = 1 << 18;

/// Most functions of a table that are gone through when it is not known which of them is called.
const TABLE_MAX: usize = 16;
/// Most objects of a table of which any may be meant.
const FEW: usize = 8;

impl Machine {
    /// The functions of a table, one of which is chosen by what is not known here.
    pub(super) fn functions_of(&self, table: &Value) -> Vec<Value> {
        let Known::Object(id) = table.known else { return Vec::new() };
        let Some(Kind::Dict(fields)) = self.heap.get(id).map(|object| &object.kind) else { return Vec::new() };
        let is_function = |value: &&Value| match value.known {
            Known::Func(..) => true,
            // An instance that is called like one.
            Known::Object(id) if self.language == Language::Python => {
                match self.heap.get(id).map(|object| &object.kind) {
                    Some(Kind::Instance(_, class)) => match self.heap.get(*class).map(|object| &object.kind) {
                        Some(Kind::Class(members, _)) => members.get("__call__").is_some(),
                        _ => false,
                    },
                    _ => false,
                }
            }
            _ => false,
        };
        if fields.len() > TABLE_MAX {
            Vec::new()
        } else {
            fields.iter().map(|(_, v)| v).filter(is_function).cloned().collect()
        }
    }

    /// The elements of something that is known as a whole.
    pub(super) fn elements(&mut self, value: &Value) -> Option<Vec<Value>> {
        match &value.known {
            Known::Object(id) => {
                let object = self.heap.get(*id)?;
                if object.open {
                    return None;
                }
                let items = match &object.kind {
                    Kind::List(items) => items.clone(),
                    Kind::Dict(fields) if self.language == Language::Python => {
                        fields.iter().map(|(name, _)| Value::str(Rc::clone(name), Labels::NONE)).collect()
                    }
                    _ => return None,
                };
                self.pay(items.len() * 16).then_some(items)
            }
            Known::Str(text) => {
                let count = text.len();
                if count > MAX_ELEMENTS || !self.pay(count * 8) {
                    return None;
                }
                let one = |c: char| Value::str(c.encode_utf8(&mut [0; 4]) as &str, value.labels);
                Some(text.chars().map(one).collect())
            }
            Known::Bytes(bytes) => {
                if bytes.len() > MAX_ELEMENTS || !self.pay(bytes.len() * 8) {
                    return None;
                }
                Some(bytes.iter().map(|b| Value::num(f64::from(*b), value.labels)).collect())
            }
            Known::Path(path) if self.language == Language::Python && self.paths.text(*path) == "globals()" => {
                self.names_of_module()
            }
            _ => None,
        }
    }

    /// The names of the variables of the module, in order: what goes through `globals()` looks for one of its own.
    fn names_of_module(&mut self) -> Option<Vec<Value>> {
        let mut at = self.frame;
        while let Some(frame) = self.frames.get(at as usize).filter(|f| (f.parent as usize) < self.frames.len()) {
            at = frame.parent;
        }
        let mut names: Vec<Rc<str>> = Vec::new();
        for name in self.frames.get(at as usize)?.vars.keys().take(MAX_NAMES) {
            names.push(self.tree.str(*name).into());
        }
        names.sort_unstable();
        self.pay(names.len() * 16).then(|| names.into_iter().map(|name| Value::str(name, Labels::NONE)).collect())
    }

    /// Places and elements of something that is known as a whole.
    pub(super) fn pairs_of(&mut self, over: &Value) -> Option<Vec<Value>> {
        if let Known::Num(n) = over.known {
            if !(0.0..=65536.0).contains(&n) || !self.pay(n as usize * 32) {
                return None;
            }
            let range = 0..n as u32;
            return Some(
                range.map(|i| self.new_list(vec![Value::num(f64::from(i), Labels::NONE)], over.labels)).collect(),
            );
        }
        let pairs: Vec<(Value, Value)> = match &over.known {
            Known::Object(id) => match self.heap.get(*id).map(|o| (&o.kind, o.open)) {
                Some((Kind::Dict(fields), false)) => fields
                    .iter()
                    .map(|(key, value)| (Value::str(Rc::clone(key), Labels::NONE), value.clone()))
                    .collect(),
                _ => self.numbered(over)?,
            },
            Known::Str(text) if self.language == Language::Go => {
                let text = Rc::clone(text);
                let runes = text.char_indices();
                runes
                    .map(|(i, c)| {
                        (Value::num(i as f64, Labels::NONE), Value::num(f64::from(u32::from(c)), over.labels))
                    })
                    .collect()
            }
            _ => self.numbered(over)?,
        };
        if !self.pay(pairs.len().saturating_mul(32)) {
            return None;
        }
        Some(pairs.into_iter().map(|(key, value)| self.new_list(vec![key, value], Labels::NONE)).collect())
    }

    fn numbered(&mut self, over: &Value) -> Option<Vec<(Value, Value)>> {
        let items = self.elements(over)?;
        let first = usize::from(self.language == Language::Lua);
        let place = |i: usize| Value::num((i + first) as f64, Labels::NONE);
        Some(items.into_iter().enumerate().map(|(i, item)| (place(i), item)).collect())
    }

    /// `object[index]`.
    pub(super) fn element(&mut self, object: &Value, index: &Value) -> Value {
        // Members of PowerShell are named in letters of either case.
        if self.language == Language::PowerShell
            && matches!(object.known, Known::Path(_) | Known::Object(_))
            && let Known::Str(name) = &index.known
            && name.bytes().any(|b| b.is_ascii_uppercase())
        {
            let folded = Value::str(name.to_ascii_lowercase(), index.labels);
            return self.element(object, &folded);
        }
        // A table that stands in a file holds what it holds: who only says which entry is meant puts nothing into it.
        let is_from_file = object.labels.any(Labels::FILE)
            && !object.labels.any(Labels::FOREIGN.with(Labels::ASKED))
            && matches!(object.known, Known::Unknown | Known::Path(_));
        let foreign = if is_from_file { Labels::FOREIGN.with(Labels::ASKED) } else { Labels::NONE };
        let labels = object.labels.with(index.labels.without(foreign));
        if self.language == Language::PowerShell
            && let Known::Object(places) = index.known
            && let Some(places) = self.heap.list(places).cloned()
            && let Some(picked) = self.picked(object, &places)
        {
            return picked.labelled(labels.without(Labels::ENV));
        }
        match &object.known {
            Known::Object(id) => {
                let Some(target) = self.heap.get(*id) else { return Value::unknown(labels) };
                // `parser["section"]`, of one that has read a file of the package.
                if let Kind::Handle(path, about) = &target.kind
                    && matches!(about.known, Known::Object(_))
                    && self.paths.text(*path).ends_with("Parser()")
                {
                    let read = (**about).clone();
                    return self.element(&read, index);
                }
                let inner = target.labels;
                let found = match &target.kind {
                    Kind::List(items) => match (index.as_int(), &index.known) {
                        (Some(i), Known::Num(_) | Known::Bool(_)) => {
                            let len = i64::try_from(items.len()).unwrap_or(i64::MAX);
                            let i = match self.language {
                                // The first of Lua has the number one.
                                Language::Lua => i.saturating_sub(1),
                                Language::JavaScript => i,
                                _ if i < 0 => i + len,
                                _ => i,
                            };
                            usize::try_from(i).ok().and_then(|i| items.get(i)).cloned()
                        }
                        _ if matches!(index.known, Known::Str(_)) => {
                            let name = super::bind::key_of(index).unwrap_or_default();
                            if let Ok(i) = name.parse::<usize>() {
                                items.get(i).cloned()
                            } else if name.is_empty() && self.language == Language::JavaScript && !target.open {
                                Some(Value::NIL)
                            } else {
                                return self.member(object, &name, Id::NONE);
                            }
                        }
                        _ => None,
                    },
                    Kind::Dict(fields) | Kind::Instance(fields, _) => {
                        let key = super::bind::key_of(index);
                        match key {
                            Some(key) => match fields.get(&key) {
                                Some(value) => Some(value.clone()),
                                None => return self.member(object, &key, Id::NONE),
                            },
                            None if index.labels.any(Labels::PLATFORM) => {
                                let all: Vec<Value> = fields.iter().map(|(_, value)| value.clone()).collect();
                                return self.of_any_system(all).labelled(labels);
                            }
                            // Which of a few objects it is nobody knows; they are made to be asked for the same.
                            None if !target.open && fields.len() <= FEW => {
                                let is_object = |value: &Value| match value.known {
                                    Known::Object(id) => {
                                        matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Instance(..)))
                                    }
                                    _ => false,
                                };
                                let first = fields.iter().next().map(|(_, value)| value.clone());
                                first.filter(|_| fields.iter().all(|(_, value)| is_object(value)))
                            }
                            None => None,
                        }
                    }
                    Kind::Handle(path, _) => {
                        let key = super::bind::key_of(index);
                        // `/x/['_']`: patterns have nothing of the names that code in faces asks for.
                        if key.as_deref() == Some("_") && self.paths.text(*path) == "RegExp" {
                            return Value::new(Known::Nil, labels);
                        }
                        if let Some(key) = key {
                            return self.member(object, &key, Id::NONE);
                        }
                        None
                    }
                    Kind::Class(..) => None,
                };
                match found {
                    Some(value) => value.labelled(labels),
                    None if self.language == Language::JavaScript
                        && matches!(target.kind, Kind::List(_))
                        && !target.open
                        && index.as_int().is_some() =>
                    {
                        Value::new(Known::Nil, labels.with(inner))
                    }
                    None => Value::unknown(labels.with(inner)),
                }
            }
            // A text of Go is its bytes.
            Known::Str(text) if self.language == Language::Go => {
                let byte = index.as_int().and_then(|i| text.as_bytes().get(usize::try_from(i).ok()?));
                byte.map_or(Value::unknown(labels), |byte| Value::num(f64::from(*byte), labels))
            }
            Known::Str(text) => match self.letter_of(&Rc::clone(text), index, labels) {
                Some(letter) => letter,
                None => fold::text::at(object, index, self.language),
            },
            Known::Bytes(_) => fold::text::at(object, index, self.language),
            Known::Path(path) => {
                let path = *path;
                if self.language == Language::Python
                    && let Some(name) = index.as_text()
                    && let Some(value) = self.python_table(path, name)
                {
                    return value;
                }
                if self.language == Language::JavaScript
                    && let Some(name) = index.as_str().map(str::to_owned)
                {
                    return self.member(object, &name, Id::NONE).labelled(index.labels);
                }
                // The first word of its own command line is the interpreter.
                if self.paths.text(path) == "process.argv" && index.as_int() == Some(0) {
                    let process = self.paths.root("process");
                    return Self::path_value(self.paths.member(process, "execPath"), Labels::NONE);
                }
                let element = self.paths.element(path);
                Self::path_value(element, labels)
            }
            // Numbers have no elements.
            Known::Num(_) | Known::Bool(_)
                if self.language == Language::JavaScript && matches!(index.known, Known::Num(_) | Known::Bool(_)) =>
            {
                Value::new(Known::Nil, labels)
            }
            _ => Value::unknown(labels),
        }
    }

    /// Whether a value is more than a default that is empty.
    pub(super) fn says_something(&self, value: &Value) -> bool {
        match &value.known {
            Known::Nil => false,
            Known::Str(text) => !text.is_empty(),
            Known::Object(id) => self.heap.list(*id).is_none_or(|items| !items.is_empty()),
            _ => true,
        }
    }

    /// What stands in a table for some system: any of it, since nobody knows on which the script will run. Lists are all gone
    /// through; what says nothing is passed over where something does.
    pub(super) fn of_any_system(&mut self, mut all: Vec<Value>) -> Value {
        const MOST: usize = 32;
        all.truncate(MOST);
        if all.iter().any(|value| self.says_something(value)) {
            all.retain(|value| self.says_something(value));
        }
        let lists: Vec<&Vec<Value>> = all
            .iter()
            .filter_map(|value| match value.known {
                Known::Object(id) => self.heap.list(id),
                _ => None,
            })
            .collect();
        if !all.is_empty() && lists.len() == all.len() {
            let items = lists.into_iter().flatten().take(MOST).cloned().collect();
            return self.new_list(items, Labels::NONE);
        }
        all.into_iter().reduce(Value::or).unwrap_or(Value::UNKNOWN)
    }

    pub(super) fn slice(&mut self, object: &Value, parts: &[Option<Value>]) -> Value {
        let mut labels = object.labels;
        for part in parts.iter().flatten() {
            labels = labels.with(part.labels);
        }
        if let Known::Object(id) = object.known {
            let count = self.heap.list(id).map(Vec::len);
            let open = self.heap.get(id).is_none_or(|o| o.open);
            // Who cuts a long list again and again pays for what is copied.
            if let (Some(count), false) = (count, open)
                && let Some(range) = fold::text::slice_indices(count, parts)
                && self.pay(range.len().saturating_mul(32))
            {
                let items = self.heap.list(id);
                let picked = range.iter().filter_map(|i| items?.get(*i)).cloned().collect();
                return self.new_list(picked, labels);
            }
            return Value::unknown(labels.with(self.all_labels(object)));
        }
        if let Known::Path(path) = object.known {
            return Self::path_value(path, labels);
        }
        if let Known::Str(text) = &object.known
            && let Some(cut) = self.slice_of(&Rc::clone(text), parts, labels)
        {
            return cut;
        }
        fold::text::slice(object, parts).labelled(labels)
    }

    pub(super) fn comprehension(&mut self, element: Id, clauses: Many) -> Value {
        let clauses = self.list(clauses);
        let frame = self.push_frame(self.frame);
        let around = std::mem::replace(&mut self.frame, frame);
        let mut out = Vec::new();
        let mut known = true;
        let mut labels = Labels::NONE;
        self.clause(element, &clauses, &mut out, &mut known, &mut labels);
        self.frame = around;
        self.pop_frame(frame);
        for value in &out {
            labels = labels.with(self.all_labels(value));
        }
        if known {
            let is_dict = matches!(self.tree.get(element), Node::Case(..));
            if let Some(fields) = is_dict.then(|| self.fields_of_pairs(&out)).flatten() {
                return self.object(Kind::Dict(fields), labels);
            }
            let list = self.new_list(out, Labels::NONE);
            if let Known::Object(id) = list.known
                && let Some(object) = self.heap.get_mut(id)
            {
                object.labels = labels;
            }
            return list;
        }
        Value::unknown(labels.with(self.masked(element, labels)))
    }

    /// Pairs of keys and values as the fields of a dictionary, where all keys are known.
    fn fields_of_pairs(&self, pairs: &[Value]) -> Option<Fields> {
        let mut fields = Fields::default();
        for pair in pairs {
            let Known::Object(id) = pair.known else { return None };
            let [key, value] = self.heap.list(id)?.as_slice() else { return None };
            fields.set_shared(&super::bind::key_of(key)?, value.clone());
        }
        Some(fields)
    }

    /// What a file holds and is put under a key, byte by byte, was under that key.
    pub(super) fn masked(&self, element: Id, labels: Labels) -> Labels {
        let mut at = element;
        // `chr(a ^ b)`, `(a ^ b) & 255`
        for _ in 0..4 {
            at = match self.tree.get(at) {
                Node::Binary(Op::BitXor, ..) if labels.any(Labels::FILE) => return Labels::DECRYPTED,
                Node::Binary(Op::BitAnd | Op::Mod, inner, _) => inner,
                Node::Call(_, args) => match self.tree.list(args) {
                    [only] => *only,
                    _ => return Labels::NONE,
                },
                _ => return Labels::NONE,
            };
        }
        Labels::NONE
    }

    pub(super) fn clause(
        &mut self,
        element: Id,
        clauses: &[Id],
        out: &mut Vec<Value>,
        known: &mut bool,
        labels: &mut Labels,
    ) {
        let Some((first, rest)) = clauses.split_first() else {
            let value = match self.tree.get(element) {
                // An entry of a dictionary.
                Node::Case(key, value) => {
                    let pair = vec![self.value(key), self.value(value)];
                    self.new_list(pair, Labels::NONE)
                }
                _ => self.value(element),
            };
            out.push(value);
            return;
        };
        let Node::Clause(target, iterable, condition) = self.tree.get(*first) else { return };
        let over = self.value(iterable);
        *labels = labels.with(over.labels);
        let Some(items) = self.elements(&over) else {
            *known = false;
            let all = self.all_labels(&over);
            let item = match over.known {
                Known::Path(path) => Self::path_value(self.paths.element(path), all),
                _ => {
                    let in_parts = matches!(self.tree.get(target), Node::List(_));
                    self.handed_out_by(&over, in_parts).unwrap_or(Value::unknown(all))
                }
            };
            self.bind(target, item, true);
            if condition.is_some() {
                let test = self.value(condition);
                *labels = labels.with(test.labels);
                *labels = labels.with(self.asks_by_name(condition).0);
            }
            self.clause(element, rest, out, known, labels);
            return;
        };
        for item in items {
            if !self.step() {
                *known = false;
                return;
            }
            self.bind(target, item, true);
            if condition.is_some() {
                let test = self.value(condition);
                match self.truth(&test) {
                    Some(true) => {}
                    Some(false) => continue,
                    None => *known = false,
                }
            }
            self.clause(element, rest, out, known, labels);
        }
    }

    pub(super) fn contains(&self, container: &Value, item: &Value) -> Option<bool> {
        match &container.known {
            Known::Str(text) => item.as_str().map(|i| text.contains(i)),
            Known::Object(id) => {
                let object = self.heap.get(*id)?;
                if object.open || !item.is_constant() {
                    return None;
                }
                match &object.kind {
                    Kind::List(items) => {
                        if items.iter().any(|i| i.is_constant() && fold::number::equal(i, item)) {
                            Some(true)
                        } else {
                            items.iter().all(Value::is_constant).then_some(false)
                        }
                    }
                    Kind::Dict(fields) => super::bind::key_of(item).map(|key| fields.get(&key).is_some()),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
