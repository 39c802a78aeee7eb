//! What the machine itself must do for some functions: indirections, callbacks over lists, modules by name, and
//! methods of text, lists and dictionaries.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::patterns_of_python::COMPILED;
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Kind, ObjectId};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Most elements over which a callback is called.
const MAX_CALLS: usize = 100_000;
/// Most elements that a function of the script puts in order.
const MAX_SORTED: usize = 256;
/// Steps for going through a function again that each element is worth that it makes of a list.
const OF_AN_ELEMENT: u64 = 32;

/// Longest list of which all is kept that a condition may leave out.
const MOST_KEPT: usize = 32;

impl Machine {
    /// Functions that need the machine.
    pub(super) fn builtin(&mut self, path: PathId, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let text = self.paths.shared(path);
        match self.language {
            Language::Python => self.builtin_of_python(&text, this, args, id),
            Language::JavaScript => self
                .builtin_of_javascript(&text, this, args, id)
                .or_else(|| self.builtin_of_scripting_host(&text, this, args, id)),
            Language::VbScript => self.builtin_of_vbscript(&text, this, args, id),
            Language::PowerShell => {
                self.builtin_of_powershell(&text, this, args, id).or_else(|| self.builtin_of_commands(&text, args, id))
            }
            Language::Shell | Language::Batch => self.builtin_of_commands(&text, args, id),
            Language::Php | Language::Ruby | Language::Perl | Language::Lua => {
                self.builtin_of_light(&text, this, args, id)
            }
            Language::Go | Language::Rust => self.builtin_of_compiled(&text, this, args, id),
            Language::Java | Language::CSharp => self.builtin_of_curly(&text, this, args, id),
            Language::R => self.builtin_of_r(&text, args, id),
        }
    }

    /// Calls a function for each element.
    pub(super) fn map(&mut self, function: &Value, over: &Value, id: Id) -> Value {
        let Some(items) = self.elements(over) else {
            let labels = self.all_labels(over);
            let item = match over.known {
                Known::Path(path) => Self::path_value(self.paths.element(path), labels),
                _ => Value::unknown(labels),
            };
            let one = self.call_value(function, None, &Args::of(vec![item]), id, false);
            return Value::unknown(self.all_labels(&one).with(labels));
        };
        let mut out = Vec::with_capacity(items.len());
        for (i, item) in items.into_iter().take(MAX_CALLS).enumerate() {
            if !self.step() {
                return Value::UNKNOWN;
            }
            let mut list = vec![item];
            if self.language == Language::JavaScript {
                list.push(Value::num(i as f64, Labels::NONE));
            }
            let made = self.call_value(function, None, &Args::of(list), id, false);
            if made.is_constant() {
                self.see_progress_of(function, OF_AN_ELEMENT);
            }
            out.push(made);
        }
        self.new_list(out, over.labels)
    }

    /// A list in the order that a function of the script says; `None` when that cannot be known.
    fn sort_by(&mut self, items: Vec<Value>, by: &Value, id: Id) -> Option<Vec<Value>> {
        let mut sorted: Vec<Value> = Vec::with_capacity(items.len());
        if items.len() > MAX_SORTED {
            return None;
        }
        for item in items {
            // From the end, so that what is equal stays in its order.
            let mut at = sorted.len();
            while let Some(before) = at.checked_sub(1).and_then(|i| sorted.get(i)).cloned() {
                let order = self.call_value(by, None, &Args::of(vec![before, item.clone()]), id, false);
                if order.as_num()? <= 0.0 {
                    break;
                }
                at -= 1;
            }
            sorted.insert(at, item);
        }
        Some(sorted)
    }

    /// Methods of lists, dictionaries and instances.
    pub(super) fn method_of_object(
        &mut self,
        target: ObjectId,
        object: &Value,
        name: &str,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        // An asynchronous function gave it.
        if self.language == Language::JavaScript
            && matches!(name, "then" | "catch" | "finally")
            && matches!(self.heap.get(target)?.kind, Kind::Dict(_) | Kind::List(_))
        {
            return self.builtin_of_javascript("Promise().then", Some(object), args, id);
        }
        let labels = self.labels_of(args);
        // Most calls are appends, which need no copy of what is there.
        if let Kind::List(items) = &self.heap.get(target)?.kind
            && matches!(name, "append" | "push" | "add")
        {
            let count = items.len() + args.list.len();
            if count > MAX_CALLS * 4 {
                self.heap.get_mut(target)?.open = true;
                return Some(Value::NIL);
            }
            // What a library calls puts one more in each time.
            let grows = self.called_back > 0 && args.list.iter().any(|value| !value.is_constant());
            let named = self.given.only(super::login::NAMED);
            let object = self.heap.get_mut(target)?;
            object.open |= grows;
            object.labels = object.labels.with(labels);
            if let Kind::List(items) = &mut object.kind {
                items.extend(args.list.iter().map(|item| item.clone().labelled(named)));
            }
            return Some(Value::num(count as f64, Labels::NONE));
        }
        if let Kind::List(items) = &self.heap.get(target)?.kind
            && matches!(name, "shift" | "pop" | "popleft")
            // What a function is called with stands in front, whatever more there may be.
            && (!self.heap.get(target)?.open || self.language == Language::Perl && name == "shift" && !items.is_empty())
        {
            let at = match (name, args.at(0).and_then(Value::as_int)) {
                ("shift" | "popleft", _) => 0,
                (_, Some(i)) if i >= 0 => usize::try_from(i).ok()?,
                (_, Some(i)) => items.len().checked_sub(usize::try_from(-i).ok()?)?,
                (_, None) => items.len().checked_sub(1)?,
            };
            if at >= items.len() {
                return Some(Value::NIL);
            }
            let moved = items.len() - at;
            self.pay(moved);
            if let Kind::List(items) = &mut self.heap.get_mut(target)?.kind {
                return Some(items.remove(at));
            }
        }
        let size = match &self.heap.get(target)?.kind {
            Kind::List(items) => items.len(),
            Kind::Dict(fields) => fields.len(),
            _ => 0,
        };
        if !self.pay(size * 32) {
            return None;
        }
        match &self.heap.get(target)?.kind {
            Kind::Dict(fields) => match (name, self.language) {
                ("get" | "pop" | "setdefault", Language::Python) => {
                    let asked = args.at(0)?;
                    // What is asked for by a name that nobody knows is not what there is for none.
                    let Some(key) = super::bind::key_of(asked) else {
                        if asked.labels.any(Labels::PLATFORM) {
                            let all = fields.iter().map(|(_, value)| value).chain(args.at(1)).cloned().collect();
                            return Some(self.of_any_system(all).labelled(asked.labels));
                        }
                        let any = Value::unknown(self.all_labels(object).with(asked.labels));
                        let none = args.at(1).cloned().unwrap_or(Value::NIL);
                        return Some(match self.truth(&none) {
                            Some(false) => any,
                            _ => any.or(none),
                        });
                    };
                    let found = fields.get(&key).cloned();
                    Some(found.or_else(|| args.at(1).cloned()).unwrap_or(Value::unknown(self.all_labels(object))))
                }
                ("items" | "keys" | "values", Language::Python) => {
                    if self.heap.get(target)?.open {
                        return Some(Value::unknown(self.all_labels(object)));
                    }
                    let mut out = Vec::new();
                    let fields = fields.clone();
                    for (key, value) in fields.iter() {
                        let key = Value::str(Rc::clone(key), Labels::NONE);
                        out.push(match name {
                            "keys" => key,
                            "values" => value.clone(),
                            _ => self.new_list(vec![key, value.clone()], Labels::NONE),
                        });
                    }
                    Some(self.new_list(out, Labels::NONE))
                }
                ("update", Language::Python) => {
                    let more = args.at(0).cloned().unwrap_or(Value::NIL);
                    if let Known::Object(other) = more.known
                        && let Some(Kind::Dict(fields)) = self.heap.get(other).map(|o| o.kind.clone())
                    {
                        for (key, value) in fields.iter() {
                            self.set_member(object, key, value.clone(), id);
                        }
                    }
                    for (key, value) in &args.named {
                        self.set_member(object, key, value.clone(), id);
                    }
                    self.taint(target, labels);
                    Some(Value::NIL)
                }
                ("hasOwnProperty", Language::JavaScript) => {
                    let key = args.at(0)?.as_str()?;
                    Some(Value::bool(fields.get(key).is_some(), Labels::NONE))
                }
                _ => None,
            },
            Kind::List(_) => self.method_of_list(target, object, name, args, id),
            Kind::Handle(path, _) => {
                let path = *path;
                // What is given to a handle is part of it from then on: archives, hashes, builders of requests. What is only
                // looked for in it is none.
                if !labels.is_empty() && !matches!(name, "has" | "includes" | "contains" | "indexOf") {
                    self.taint(target, labels);
                }
                if self.language == Language::Python && matches!(name, "write" | "add" | "writestr") {
                    self.pack(path, object, args, id);
                }
                if self.paths.text(path) == super::javascript::TABLE {
                    return self.method_of_table(object, name, args, id);
                }
                let text = self.paths.text(path);
                if self.language == Language::Python && (text == COMPILED || text == "re.match()") {
                    let name = format!("{text}.{name}");
                    return self.pattern_of_python(&name, Some(object), args, id);
                }
                if text == "RegExp" {
                    let pattern = self.plain(object);
                    return Some(self.method_of_pattern(&pattern, name, args).unwrap_or(Value::unknown(labels)));
                }
                None
            }
            Kind::Instance(..) | Kind::Class(..) => None,
        }
    }

    /// A file that is put into an archive, and with it into what the archive is written to.
    fn pack(&mut self, archive: PathId, object: &Value, args: &Args, id: Id) {
        if !matches!(self.paths.text(archive), "zipfile.ZipFile()" | "tarfile.open()") {
            return;
        }
        let mut labels = self.labels_of(args);
        if let Some(file) = args.at(0).filter(|file| file.as_text().is_some()).cloned() {
            labels = labels.with(self.read_file(archive, &file, id).labels);
        }
        for into in [object.clone(), self.about(object)] {
            if let Known::Object(into) = into.known {
                self.taint(into, labels);
            }
        }
    }

    pub(super) fn taint(&mut self, target: ObjectId, labels: Labels) {
        if let Some(object) = self.heap.get_mut(target) {
            object.labels = object.labels.with(labels);
        }
    }

    /// The elements of a list with those of the lists in it, down to so many.
    fn flattened(&mut self, list: &Value, deep: u32) -> Option<Vec<Value>> {
        let mut all = Vec::new();
        for item in self.elements(list)? {
            let is_list = matches!(item.known, Known::Object(id) if self.heap.list(id).is_some());
            match (deep > 0 && is_list).then(|| self.flattened(&item, deep - 1)).flatten() {
                Some(inner) => all.extend(inner),
                None => all.push(item),
            }
        }
        Some(all)
    }

    #[allow(clippy::too_many_lines)]
    fn method_of_list(&mut self, target: ObjectId, object: &Value, name: &str, args: &Args, id: Id) -> Option<Value> {
        let labels = self.labels_of(args);
        let open = self.heap.get(target)?.open;
        let change = |machine: &mut Self, work: &mut dyn FnMut(&mut Vec<Value>)| {
            if let Some(object) = machine.heap.get_mut(target) {
                object.labels = object.labels.with(labels);
                if let Kind::List(items) = &mut object.kind {
                    work(items);
                }
            }
        };
        let first = args.at(0).cloned();
        Some(match name {
            // A set is a list here.
            "extend" | "update" => {
                match self.elements(&first?) {
                    Some(more) => change(self, &mut |items| items.extend(more.iter().cloned())),
                    None => {
                        change(self, &mut |_| {});
                        self.heap.get_mut(target)?.open = true;
                    }
                }
                Value::NIL
            }
            "unshift" => {
                let given = args.list.clone();
                change(self, &mut |items| {
                    items.splice(0..0, given.iter().cloned());
                });
                Value::UNKNOWN
            }
            "insert" => {
                let (at, value) = (usize::try_from(first?.as_int()?).ok()?, args.at(1)?.clone());
                change(self, &mut |items| {
                    let at = at.min(items.len());
                    items.insert(at, value.clone());
                });
                Value::NIL
            }
            "reverse" if !open => {
                change(self, &mut |items| items.reverse());
                object.clone()
            }
            "sort" if !open && matches!(first.as_ref().map(|f| &f.known), Some(Known::Func(..))) => {
                let items = self.heap.list(target)?.clone();
                let sorted = self.sort_by(items, first.as_ref()?, id)?;
                change(self, &mut |items| items.clone_from(&sorted));
                object.clone()
            }
            "sort" if !open => {
                change(self, &mut |items| fold::number::sort(items));
                object.clone()
            }
            "join" => {
                let separator = match &first {
                    Some(value) => value.clone(),
                    None => Value::str(",", Labels::NONE),
                };
                return self.method_of_text(&separator, "join", &Args::of(vec![object.clone()]));
            }
            "map" => self.map(&first?, object, id),
            "flatMap" => {
                let lists = self.map(&first?, object, id);
                match self.flattened(&lists, 1) {
                    Some(items) => self.new_list(items, lists.labels),
                    None => lists,
                }
            }
            "flat" if !open => {
                let deep = first.as_ref().map_or(Some(1.0), Value::as_num)?;
                let items = self.flattened(object, if deep >= 1.0 { deep.min(8.0) as u32 } else { 0 })?;
                self.new_list(items, object.labels)
            }
            "forEach" => {
                let events = self.out.events.len();
                let items: Vec<Value> = self.heap.list(target)?.iter().take(MAX_CALLS).cloned().collect();
                for (i, item) in items.into_iter().enumerate() {
                    let list = vec![item, Value::num(i as f64, Labels::NONE)];
                    self.call_value(first.as_ref()?, None, &Args::of(list), id, false);
                    if i > 64 && self.out.events.len() > events {
                        break;
                    }
                }
                Value::NIL
            }
            "filter" | "find" | "some" | "every" | "findIndex" => {
                let mut kept = Vec::new();
                let items = self.heap.list(target)?.clone();
                for item in items.iter().take(MAX_CALLS) {
                    let test = self.call_value(first.as_ref()?, None, &Args::of(vec![item.clone()]), id, false);
                    match self.truth(&test) {
                        Some(true) => kept.push(item.clone()),
                        Some(false) => {}
                        // It may be in what is left of a short list.
                        None if name == "filter" && items.len() <= MOST_KEPT => {
                            kept.push(item.clone().labelled(test.labels))
                        }
                        None => return Some(Value::unknown(self.all_labels(object).with(test.labels))),
                    }
                }
                // What else a list holds that is not known as a whole nobody knows.
                if open && (name != "some" || kept.is_empty()) {
                    let any = Value::unknown(self.all_labels(object));
                    let test = self.call_value(first.as_ref()?, None, &Args::of(vec![any]), id, false);
                    return Some(Value::unknown(self.all_labels(object).with(test.labels)));
                }
                match name {
                    "filter" => self.new_list(kept, Labels::NONE),
                    "find" => kept.first().cloned().unwrap_or(Value::NIL),
                    "some" => Value::bool(!kept.is_empty(), Labels::NONE),
                    "every" => Value::bool(kept.len() == items.len(), Labels::NONE),
                    _ => Value::UNKNOWN,
                }
            }
            "reduce" | "reduceRight" if !open => {
                let items = self.heap.list(target)?.clone();
                let ordered: Vec<&Value> =
                    if name == "reduce" { items.iter().collect() } else { items.iter().rev().collect() };
                let mut rest = ordered.into_iter();
                let mut all = match args.at(1) {
                    Some(start) => start.clone(),
                    None => rest.next()?.clone(),
                };
                for item in rest.take(MAX_CALLS) {
                    all = self.call_value(first.as_ref()?, None, &Args::of(vec![all, item.clone()]), id, false);
                }
                all
            }
            "slice" if !open => {
                let parts = [args.at(0).cloned(), args.at(1).cloned(), None];
                let items = self.heap.list(target)?;
                let range = fold::text::slice_indices(items.len(), &parts)?;
                let picked = range.iter().filter_map(|i| items.get(*i)).cloned().collect();
                self.new_list(picked, Labels::NONE)
            }
            "concat" => {
                let mut all = self.heap.list(target)?.clone();
                for more in &args.list {
                    let listed = match more.known {
                        Known::Object(id) => self.heap.list(id).cloned(),
                        _ => None,
                    };
                    match listed {
                        Some(listed) => all.extend(listed),
                        None => all.push(more.clone()),
                    }
                }
                self.new_list(all, object.labels)
            }
            "includes" | "indexOf" | "index" if !open => {
                let wanted = first?;
                if !wanted.is_constant() {
                    return Some(Value::unknown(self.all_labels(object).with(wanted.labels)));
                }
                let at =
                    self.heap.list(target)?.iter().position(|i| i.is_constant() && fold::number::equal(i, &wanted));
                let labels = wanted.labels.with(self.all_labels(object));
                match (name, at) {
                    ("includes", found) => Value::bool(found.is_some(), labels),
                    (_, Some(at)) => Value::num(at as f64, labels),
                    (_, None) => Value::num(-1.0, labels),
                }
            }
            "splice" if !open => {
                let items = self.heap.list(target)?;
                let start = usize::try_from(first?.as_int()?).ok()?.min(items.len());
                let count =
                    args.at(1).and_then(Value::as_int).and_then(|c| usize::try_from(c).ok()).unwrap_or(items.len());
                let end = start.saturating_add(count).min(items.len());
                let taken = items.get(start..end).unwrap_or_default().to_vec();
                let given = args.list.get(2..).unwrap_or_default().to_vec();
                change(self, &mut |items| {
                    items.splice(start..end.min(items.len()), given.iter().cloned());
                });
                self.new_list(taken, Labels::NONE)
            }
            "decode" | "hex" if self.language == Language::Python && !open => {
                let bytes = self.bytes_of_list(object)?;
                let bytes = Value::bytes(bytes, self.all_labels(object));
                return self.method_of_text(&bytes, name, args);
            }
            "toString" if self.language == Language::JavaScript => {
                // A Buffer of numbers, or an array: the first is what decoders make.
                let text = self.shown(object)?;
                Value::str(text, object.labels)
            }
            _ => return None,
        })
    }
}
