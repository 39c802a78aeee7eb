//! Variables, patterns, members and elements as targets.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::analyze::script::heap::{Fields, Kind, ObjectId};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Node, Sym};

/// Most elements that an assignment may make a list grow to.
const MAX_LIST: usize = 1 << 20;
/// Most tables of variables that are kept for the next calls, and how many variables those may have room for.
const MAX_SPARE: usize = 32;
const LARGE: usize = 64;

impl Machine {
    pub(super) fn push_frame(&mut self, parent: u32) -> u32 {
        let vars = self.spare.pop().unwrap_or_default();
        self.frames.push(Frame { vars, parent, ..Frame::default() });
        u32::try_from(self.frames.len() - 1).unwrap_or(u32::MAX)
    }

    /// Drops the newest frame when nothing can use it any more.
    pub(super) fn pop_frame(&mut self, frame: u32) {
        if self.frames.len() == frame as usize + 1 && self.frames.last().is_some_and(|f| !f.captured) {
            let vars = self.frames.pop().map(|frame| frame.vars);
            // Most calls have a few variables, and there are many calls.
            if let Some(mut vars) = vars.filter(|v| self.spare.len() < MAX_SPARE && v.capacity() <= LARGE) {
                vars.clear();
                self.spare.push(vars);
            }
        }
    }

    /// Keeps the variables around the current place: something that comes later may still use them.
    pub(super) fn keep_frames(&mut self) {
        let mut at = self.frame;
        while let Some(frame) = self.frames.get_mut(at as usize) {
            if frame.captured {
                break;
            }
            frame.captured = true;
            at = frame.parent;
        }
    }

    /// The value of a variable, looked for from the inside out.
    pub(super) fn variable(&mut self, name: Sym) -> Option<Value> {
        let mut at = self.frame;
        while let Some(frame) = self.frames.get(at as usize) {
            if let Some(value) = frame.vars.get(&name) {
                if !matches!(value.known, Known::Func(..)) {
                    self.oldest_frame = self.oldest_frame.min(at);
                }
                return Some(value.clone());
            }
            at = frame.parent;
        }
        None
    }

    /// Makes a variable of the current function.
    pub(super) fn declare_name(&mut self, name: Sym, value: Value) {
        let undecided = self.undecided > 0;
        let chosen = self.chosen_by_surroundings();
        let Some(frame) = self.frames.get_mut(self.frame as usize) else { return };
        if !undecided {
            frame.vars.insert(name, value);
            return;
        }
        // What is chosen by a condition tells what the condition asks about.
        let value = match frame.vars.remove(&name) {
            Some(before) => self.either(before, value),
            None => value,
        };
        if let Some(frame) = self.frames.get_mut(self.frame as usize) {
            frame.vars.insert(name, value.labelled(chosen));
        }
    }

    /// What it is when it may be either. What comes from outside, or a default where nothing has come, may have any element or
    /// field, and any number in those that are there: `try { return JSON.parse(…) } catch { return { runs: 0 } }`.
    pub(super) fn either(&mut self, one: Value, other: Value) -> Value {
        /// Defaults are short.
        const FIELDS: usize = 32;
        let from_outside = |v: &Value| {
            matches!(v.known, Known::Unknown) && v.labels.any(Labels::FILE.with(Labels::FOREIGN).with(Labels::PAGE))
        };
        // What a caller may have left out: `dict(headers or {})`.
        let is_python = self.language == Language::Python;
        let is_handed = |v: &Value| is_python && v.known == Known::Unknown && v.labels.any(Labels::PARAMETER);
        let is_empty = |id: ObjectId| match self.heap.get(id).map(|object| &object.kind) {
            Some(Kind::Dict(fields)) => fields.len() == 0,
            Some(Kind::List(items)) => items.is_empty(),
            _ => false,
        };
        let default = match (&one.known, &other.known) {
            (Known::Object(id), _) if from_outside(&other) || is_handed(&other) && is_empty(*id) => Some(*id),
            (_, Known::Object(id)) if from_outside(&one) || is_handed(&one) && is_empty(*id) => Some(*id),
            _ => None,
        };
        let any = match default.and_then(|id| self.heap.get(id)).map(|object| &object.kind) {
            Some(Kind::Dict(fields)) if fields.len() <= FIELDS => {
                let mut any = Fields::default();
                for (name, value) in fields.iter() {
                    let is_number = matches!(value.known, Known::Num(_) | Known::Bool(_) | Known::Nil);
                    any.set(name, if is_number { Value::unknown(value.labels) } else { value.clone() });
                }
                Kind::Dict(any)
            }
            Some(Kind::List(items)) if items.len() <= FIELDS => Kind::List(items.clone()),
            _ => return one.or(other),
        };
        let labels = one.labels.with(other.labels);
        let object = self.object(any, labels);
        if let Known::Object(id) = object.known
            && let Some(target) = self.heap.get_mut(id)
        {
            target.open = true;
        }
        object
    }

    /// Sets a variable where it is defined; one that is nowhere becomes a global.
    pub(super) fn assign_name(&mut self, name: Sym, value: Value) {
        let mut at = self.frame;
        let mut last = at;
        while let Some(frame) = self.frames.get(at as usize) {
            if frame.vars.contains_key(&name) {
                last = at;
                break;
            }
            last = at;
            at = frame.parent;
        }
        self.oldest_frame = self.oldest_frame.min(last);
        let here = std::mem::replace(&mut self.frame, last);
        self.declare_name(name, value);
        self.frame = here;
    }

    /// Gives a target its value. `new` makes variables in the current function.
    pub(super) fn bind(&mut self, target: Id, value: Value, new: bool) {
        if !target.is_some() || self.depth >= super::MAX_DEPTH {
            return;
        }
        self.depth += 1;
        match self.tree.get(target) {
            Node::Name(name) => {
                self.obeyed(name, &value, target);
                self.keeps_as(&value, name);
                let own = new && !self.frames.get(self.frame as usize).is_some_and(|f| f.outer.contains(&name));
                if own {
                    self.declare_name(name, value);
                    return self.depth -= 1;
                }
                // `fetch = …` replaces it for everybody.
                if self.language == Language::JavaScript
                    && matches!(value.known, Known::Func(..))
                    && self.tree.str(name) == "fetch"
                    && self.variable(name).is_none()
                {
                    let path = self.paths.root("fetch");
                    self.hook(&value, path, target);
                }
                self.assign_name(name, value);
            }
            Node::Member(object, name) if self.sets_query(object, name, &value) => {}
            Node::Member(object, name) => {
                let object = self.value(object);
                self.keeps_as(&value, name);
                let name = self.name(name);
                self.set_member(&object, &name, value, target);
            }
            Node::Index(object, index) => {
                if let Node::Name(name) = self.tree.get(object)
                    && matches!(self.variable(name), Some(Value { known: Known::Bytes(_), .. }))
                {
                    let index = self.value(index);
                    self.set_byte(name, &index, &value);
                    return self.depth -= 1;
                }
                let object = self.value(object);
                let index = self.value(index);
                self.set_element(&object, &index, value, target);
            }
            Node::List(items) => self.bind_list(&self.list(items), &value, new),
            Node::Dict(pairs) => {
                let pairs = self.list(pairs);
                for pair in pairs.chunks(2) {
                    let [key, inner] = pair else { continue };
                    if let Node::Spread(rest) = self.tree.get(*key) {
                        self.bind(rest, value.clone(), new);
                        continue;
                    }
                    let key = self.value(*key);
                    let part = self.element(&value, &key);
                    self.bind(*inner, part, new);
                }
            }
            Node::Assign(inner, default) | Node::Declare(inner, default) => {
                let is_missing = match value.known {
                    // What an object does not have has nothing of what it has.
                    Known::Nil => true,
                    Known::Unknown => value.labels.is_empty(),
                    _ => false,
                };
                let value = if is_missing { self.value(default) } else { value };
                self.bind(inner, value, new);
            }
            Node::Spread(inner) => self.bind(inner, value, new),
            _ => {}
        }
        self.depth -= 1;
    }

    fn bind_list(&mut self, targets: &[Id], value: &Value, new: bool) {
        let items = self.elements(value);
        for (i, target) in targets.iter().enumerate() {
            if let Node::Spread(rest) = self.tree.get(*target) {
                let left = items.as_ref().map(|all| {
                    let behind = targets.len() - i - 1;
                    all.get(i..all.len().saturating_sub(behind)).unwrap_or_default().to_vec()
                });
                let left = match left {
                    Some(left) => self.new_list(left, value.labels),
                    None => Value::unknown(self.all_labels(value)),
                };
                self.bind(rest, left, new);
                continue;
            }
            let part = match &items {
                Some(all) => all.get(i).cloned().unwrap_or(Value::NIL),
                None => {
                    let labels = self.all_labels(value);
                    match &value.known {
                        Known::Path(path) => Self::path_value(self.paths.element(*path), labels),
                        // A pair of ends of one connection.
                        Known::Object(id) => match self.heap.get(*id).map(|o| &o.kind) {
                            Some(Kind::Handle(path, about)) => {
                                let about = (**about).clone();
                                let path = self.paths.element(*path);
                                self.handle(path, about, labels)
                            }
                            _ => Value::unknown(labels),
                        },
                        _ => Value::unknown(labels),
                    }
                }
            };
            self.bind(*target, part, new);
        }
    }

    /// Sets `object.name`.
    pub(super) fn set_member(&mut self, object: &Value, name: &str, value: Value, at: Id) {
        let labels = self.all_labels(&value);
        self.see_paid(object, name, &value, at);
        match object.known {
            Known::Object(id) => {
                let Some(target) = self.heap.get_mut(id) else { return };
                target.labels = target.labels.with(labels);
                match &mut target.kind {
                    Kind::Dict(fields) | Kind::Instance(fields, _) | Kind::Class(fields, _) => fields.set(name, value),
                    Kind::Handle(path, _) => {
                        let path = *path;
                        self.set_outside(path, name, object, &value, at);
                    }
                    Kind::List(items) if name == "length" => {
                        match value.as_int().and_then(|n| usize::try_from(n).ok()) {
                            Some(count) if count < MAX_LIST && count < items.len() + 4096 => {
                                items.resize(count, Value::NIL);
                            }
                            _ => target.open = true,
                        }
                    }
                    Kind::List(_) if matches!(self.language, Language::JavaScript | Language::Lua) => {
                        self.beside.entry(id).or_default().set(name, value);
                    }
                    Kind::List(_) => {}
                }
            }
            Known::Path(path) => self.set_outside(path, name, object, &value, at),
            Known::Func(func, frame) => {
                self.oldest_frame = 0;
                self.carried.entry((func, frame)).or_default().set(name, value);
            }
            // `w.fetch = …` of a window that somebody hands over, by who has taken what stood there before.
            Known::Unknown
                if self.language == Language::JavaScript
                    && matches!(value.known, Known::Func(..))
                    && self.asked_of_unknown.contains(name) =>
            {
                let client = self.paths.root(name);
                self.note_hook(client, at);
            }
            // The same of a module that an importer hands over.
            Known::Unknown
                if self.language == Language::Python
                    && matches!(value.known, Known::Func(..))
                    && self.asked_of_unknown.contains(name) =>
            {
                let client = self.paths.root(name);
                self.hook(&value, client, at);
            }
            _ => {}
        }
    }

    /// Sets one of the bytes that a variable holds, in place: decoders go through thousands of them.
    fn set_byte(&mut self, name: Sym, index: &Value, value: &Value) {
        let mut at = self.frame;
        while let Some(frame) = self.frames.get(at as usize) {
            if frame.vars.contains_key(&name) {
                break;
            }
            at = frame.parent;
        }
        let held = |machine: &Self| match &machine.frames.get(at as usize)?.vars.get(&name)?.known {
            Known::Bytes(bytes) => Some((bytes.len(), Rc::strong_count(bytes) > 1)),
            _ => None,
        };
        let Some((len, is_shared)) = held(self) else { return };
        // Alone they are changed where they are; shared they are copied, each time that they are shared again.
        let paid = !is_shared || self.pay(len);
        let Some(variable) = self.frames.get_mut(at as usize).and_then(|f| f.vars.get_mut(&name)) else { return };
        let Known::Bytes(bytes) = &mut variable.known else { return };
        variable.labels = variable.labels.with(value.labels).with(Labels::BUILT);
        let place = index.as_int().and_then(|i| usize::try_from(i).ok());
        match (place, value.as_int()) {
            (Some(place), Some(byte)) if paid => {
                if let Some(target) = Rc::make_mut(bytes).get_mut(place) {
                    *target = byte.to_le_bytes()[0];
                }
            }
            _ => variable.known = Known::Unknown,
        }
        self.oldest_frame = self.oldest_frame.min(at);
    }

    /// Sets an element.
    pub(super) fn set_element(&mut self, object: &Value, index: &Value, value: Value, at: Id) {
        let labels = self.all_labels(&value);
        let Known::Object(id) = object.known else {
            if let Known::Path(_) | Known::Func(..) = object.known {
                let name = index.as_text().unwrap_or("[]").to_owned();
                self.set_member(object, &name, value, at);
            }
            return;
        };
        let Some(target) = self.heap.get_mut(id) else { return };
        target.labels = target.labels.with(labels);
        match &mut target.kind {
            Kind::List(items) => match index.as_int() {
                Some(i) => {
                    let len = i64::try_from(items.len()).unwrap_or(i64::MAX);
                    let i = match self.language {
                        Language::Lua => i.saturating_sub(1),
                        _ if i < 0 => i + len,
                        _ => i,
                    };
                    let Ok(i) = usize::try_from(i) else { return };
                    if let Some(item) = items.get_mut(i) {
                        *item = value;
                    } else if i < MAX_LIST && i < items.len() + 4096 {
                        items.resize(i, Value::NIL);
                        items.push(value);
                    } else {
                        target.open = true;
                    }
                }
                None => match index.as_str().map(str::to_owned) {
                    Some(name) if self.language == Language::JavaScript => self.set_member(object, &name, value, at),
                    _ => target.open = true,
                },
            },
            Kind::Dict(fields) | Kind::Instance(fields, _) => match key_of(index) {
                Some(key) => fields.set_shared(&key, value),
                None => target.open = true,
            },
            Kind::Class(..) | Kind::Handle(..) => {}
        }
    }
}

/// The name under which a key is kept.
pub(super) fn key_of(value: &Value) -> Option<Rc<str>> {
    match &value.known {
        Known::Str(text) => Some(Rc::clone(text)),
        Known::Num(n) => Some(crate::analyze::script::fold::number::text(*n).into()),
        Known::Bool(b) => Some(if *b { "true" } else { "false" }.into()),
        Known::Nil => Some("null".into()),
        Known::Bytes(bytes) => std::str::from_utf8(bytes).ok().map(Into::into),
        _ => None,
    }
}
