//! Lists, dictionaries and instances of one run.

use std::collections::HashMap;
use std::rc::Rc;

use super::paths::PathId;
use super::value::{Labels, Value};

/// An object of the heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ObjectId(u32);

/// Named values in the order in which they were put in.
#[derive(Debug, Default, Clone)]
pub(crate) struct Fields {
    entries: Vec<(Rc<str>, Value)>,
    /// Places by name, once there are more than a few: most objects have few, and there are many of them.
    #[allow(clippy::box_collection)] // A word in each object instead of six.
    index: Option<Box<HashMap<Rc<str>, usize>>>,
}

/// Up to so many fields are searched one by one.
const FEW: usize = 8;

impl Fields {
    fn position(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(name).copied(),
            None => self.entries.iter().position(|(n, _)| &**n == name),
        }
    }

    /// The value of a field.
    #[must_use]
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.position(name).and_then(|i| self.entries.get(i)).map(|(_, v)| v)
    }

    /// Sets a field.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.put(name, value, |name| name.into());
    }

    /// Sets a field whose name is shared.
    pub(crate) fn set_shared(&mut self, name: &Rc<str>, value: Value) {
        self.put(name, value, |_| Rc::clone(name));
    }

    fn put(&mut self, name: &str, value: Value, kept: impl FnOnce(&str) -> Rc<str>) {
        if let Some(entry) = self.position(name).and_then(|i| self.entries.get_mut(i)) {
            entry.1 = value;
            return;
        }
        let name = kept(name);
        if self.entries.len() == FEW {
            let places = self.entries.iter().enumerate().map(|(i, (n, _))| (Rc::clone(n), i));
            self.index = Some(Box::new(places.collect()));
        }
        if let Some(index) = &mut self.index {
            index.insert(Rc::clone(&name), self.entries.len());
        }
        self.entries.push((name, value));
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &Value)> {
        self.entries.iter().map(|(n, v)| (n, v))
    }

    /// How many there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// What an object is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A list, tuple, set or array.
    List(Vec<Value>),
    /// A dictionary or plain object.
    Dict(Fields),
    /// A class of the script, with its methods and fields, and the paths of bases that it does not define.
    Class(Fields, Vec<PathId>),
    /// An instance of a class of the script.
    Instance(Fields, ObjectId),
    /// Something of a library that stands for a file, a connection or a program: its path, and what it is about.
    Handle(PathId, Box<Value>),
}

/// An object.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    /// What it is.
    pub(crate) kind: Kind,
    /// The origins of everything that was ever put into it.
    pub(crate) labels: Labels,
    /// Whether it holds things that are not known.
    pub(crate) open: bool,
}

/// Every object of one run.
#[derive(Debug, Default)]
pub(crate) struct Heap {
    objects: Vec<Object>,
    /// The oldest object that was changed since somebody began to watch.
    changed: Option<u32>,
}

/// Most objects; behind that new ones are not known.
const MAX_OBJECTS: usize = 1 << 20;

impl Heap {
    /// Makes an object; `None` when there are too many.
    pub(crate) fn make(&mut self, kind: Kind, labels: Labels) -> Option<ObjectId> {
        if self.objects.len() >= MAX_OBJECTS {
            return None;
        }
        let id = ObjectId(u32::try_from(self.objects.len()).ok()?);
        self.objects.push(Object { kind, labels, open: false });
        Some(id)
    }

    /// An object.
    #[must_use]
    pub(crate) fn get(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(id.0 as usize)
    }

    /// An object, to be changed.
    pub(crate) fn get_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        self.changed = Some(self.changed.map_or(id.0, |oldest| oldest.min(id.0)));
        self.objects.get_mut(id.0 as usize)
    }

    /// How many objects there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.objects.len()
    }

    /// The oldest object that was changed since the last call; `None` when none was.
    pub(crate) fn take_changed(&mut self) -> Option<u32> {
        self.changed.take()
    }

    /// Goes on watching where [`Heap::take_changed`] left off, with a change that was seen before.
    pub(crate) fn note_changed(&mut self, before: Option<u32>) {
        self.changed = match (self.changed, before) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// The elements, when it is a list.
    #[must_use]
    pub(crate) fn list(&self, id: ObjectId) -> Option<&Vec<Value>> {
        match self.get(id).map(|o| &o.kind) {
            Some(Kind::List(items)) => Some(items),
            _ => None,
        }
    }
}
