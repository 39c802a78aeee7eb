//! What Python runs when a class is made, without anybody calling it: `__set_name__` of what stands in its body,
//! `__init_subclass__` of the class that it extends, `__new__` and `__init__` of the class that it is made by. Code that hides
//! there runs when the module is imported, and nothing in the module calls it.
//!
//! Reference: "Customizing class creation" in the data model of Python.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::heap::{Fields, Kind, ObjectId};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Node, Sym};

/// Most members of a class that are told their names, and most that are handed to the class that makes it.
const MAX_MEMBERS: usize = 256;
/// Most classes outside of the script that one extends, and what taking over a member costs, in bytes.
const MAX_OUTSIDE: usize = 64;
const BYTES_OF_A_MEMBER: usize = 64;
/// The field in which a class keeps what it is made by. No name of Python has a blank.
const MAKER: &str = "made by";
/// How what a field is made by is known.
const FIELD: &str = "dataclasses.field()";

/// What a class has from those above it.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// The class that makes it.
    maker: Option<Value>,
    /// `__init_subclass__` of the class that it extends.
    told: Option<Value>,
    /// Other words behind its bases.
    words: Vec<(Rc<str>, Value)>,
}

impl Above {
    /// Takes `name=value` from behind the bases.
    pub(super) fn said(&mut self, name: &Rc<str>, value: Value) {
        if &**name == "metaclass" {
            self.maker = Some(value);
        } else {
            self.words.push((Rc::clone(name), value));
        }
    }

    /// Takes what a class that it extends hands down.
    pub(super) fn inherited(&mut self, fields: &Fields) {
        self.maker = self.maker.take().or_else(|| fields.get(MAKER).cloned());
        self.told = self.told.take().or_else(|| fields.get("__init_subclass__").cloned());
    }
}

/// What classes outside of the script end with that make a constructor out of the fields.
const RECORDS: &[&str] = &["NamedTuple", "BaseModel", "BaseSettings", "Struct", "Generic", "Protocol", "ABC", "object"];

impl Machine {
    /// What is given to those who enter a context: what a generator hands out first, what the method of an object returns.
    pub(super) fn entered(&mut self, context: Id) -> Value {
        let value = self.value(context);
        let Known::Object(id) = value.known else { return value };
        if self.generators.contains(&id) {
            let first = self.elements(&value).and_then(|all| all.into_iter().next());
            return first.unwrap_or_else(|| Value::unknown(self.all_labels(&value)));
        }
        if !matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Instance(..))) {
            return value;
        }
        for name in ["__enter__", "__aenter__"] {
            if let Known::Func(func, frame) = self.member(&value, name, context).known {
                let entered = self.call_function(func, frame, Some(value.clone()), &Args::default());
                return if entered.known == Known::Unknown { value.labelled(entered.labels) } else { entered };
            }
        }
        value
    }

    /// Constructs an instance of a class that has no constructor of its own: a decorator (`@dataclass`, `@define`), or a class
    /// of a library, makes one of its fields, in their order and by their names, and calls `__post_init__` at its end.
    pub(super) fn fill_record(&mut self, class: ObjectId, instance: &Value, args: &Args) {
        let Some(Kind::Class(fields, outside)) = self.heap.get(class).map(|o| &o.kind) else { return };
        let is_record = outside.iter().all(|path| {
            let last = self.paths.text(*path).trim_end_matches("[]").rsplit('.').next().unwrap_or_default();
            RECORDS.contains(&last)
        });
        let is_field = |name: &str, value: &Value| {
            !name.starts_with("__") && name != MAKER && !matches!(value.known, Known::Func(..))
        };
        let in_order = fields.iter().filter(|(name, value)| is_record && is_field(name, value));
        let placed: Vec<(Rc<str>, Value)> =
            in_order.zip(&args.list).map(|((name, _), value)| (Rc::clone(name), value.clone())).collect();
        let given: HashSet<&str> = placed.iter().chain(&args.named).map(|(name, _)| &**name).collect();
        // What a field is by default it is made for each instance: `field(default_factory=list)`.
        let is_made = |(name, value): &(&Rc<str>, &Value)| {
            matches!(value.known, Known::Object(id) if self.is_field_to_make(id)) && !given.contains(&***name)
        };
        let to_make: Vec<(Rc<str>, Value)> = fields
            .iter()
            .filter(is_made)
            .take(MAX_MEMBERS)
            .map(|(name, value)| (Rc::clone(name), value.clone()))
            .collect();
        let after = fields.get("__post_init__").cloned();
        for (name, field) in to_make {
            let maker = self.about(&field);
            let value = self.call_value(&maker, None, &Args::default(), Id::NONE, false);
            self.set_member(instance, &name, value, Id::NONE);
        }
        for (name, value) in placed.iter().chain(&args.named) {
            self.set_member(instance, name, value.clone(), Id::NONE);
        }
        if let Some(Value { known: Known::Func(func, frame), .. }) = after {
            self.call_function(func, frame, Some(instance.clone()), &Args::default());
        }
    }

    /// A field of a data class: what it is by default, or what it is made by.
    pub(super) fn field_of_class(&mut self, args: &Args) -> Value {
        if let Some(default) = args.named("default").or_else(|| args.at(0)) {
            return default.clone();
        }
        match args.named("default_factory").or_else(|| args.named("factory")) {
            Some(maker) if matches!(maker.known, Known::Func(..) | Known::Path(_) | Known::Object(_)) => {
                let maker = maker.clone();
                let path = self.paths.root(FIELD);
                self.handle(path, maker, Labels::NONE)
            }
            _ => Value::UNKNOWN,
        }
    }

    /// Whether an object stands for what a field is made by.
    fn is_field_to_make(&self, id: ObjectId) -> bool {
        matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Handle(path, _)) if self.paths.text(*path) == FIELD)
    }

    /// The fields of an instance by their names, with those that only its class has: `asdict(record)`.
    pub(super) fn fields_of_record(&mut self, record: &Value) -> Option<Value> {
        let Known::Object(id) = record.known else { return None };
        let Some(Kind::Instance(own, class)) = self.heap.get(id).map(|o| o.kind.clone()) else { return None };
        let mut all = Fields::default();
        if let Some(Kind::Class(fields, _)) = self.heap.get(class).map(|o| &o.kind) {
            for (name, value) in fields.iter().take(MAX_MEMBERS) {
                if !name.starts_with("__") && &**name != MAKER && !matches!(value.known, Known::Func(..)) {
                    all.set(name, value.clone());
                }
            }
        }
        for (name, value) in own.iter() {
            all.set(name, value.clone());
        }
        self.pay(all.len().saturating_mul(BYTES_OF_A_MEMBER)).then(|| self.object(Kind::Dict(all), record.labels))
    }

    /// Puts the variables of a class in the order in which its body names them: a constructor that is made of them takes them
    /// so.
    pub(super) fn put_in_order(&self, body: Id, vars: &mut [(Sym, Value)]) {
        let Node::Block(parts) = self.tree.get(body) else { return };
        let mut places: HashMap<Sym, usize> = HashMap::new();
        for (place, part) in self.list(parts).into_iter().enumerate() {
            if let Node::Declare(target, _) | Node::Assign(target, _) = self.tree.get(part)
                && let Node::Name(name) = self.tree.get(target)
            {
                places.entry(name).or_insert(place);
            }
        }
        vars.sort_by_key(|(name, _)| places.get(name).copied().unwrap_or(usize::MAX));
    }

    /// Takes over what a base has: members, and what it extends outside of the script, each of that once, however often
    /// classes extend one another.
    pub(super) fn inherit(&mut self, base: &Value, fields: &mut Fields, outside: &mut Vec<PathId>, above: &mut Above) {
        let extends = |outside: &mut Vec<PathId>, path: PathId| {
            if outside.len() < MAX_OUTSIDE && !outside.contains(&path) {
                outside.push(path);
            }
        };
        match base.known {
            Known::Path(path) => extends(outside, path),
            Known::Object(id) => {
                let members = match self.heap.get(id).map(|o| &o.kind) {
                    Some(Kind::Class(inherited, _)) => inherited.len(),
                    _ => return,
                };
                if !self.pay(members.saturating_mul(BYTES_OF_A_MEMBER)) {
                    return;
                }
                if let Some(Kind::Class(inherited, from)) = self.heap.get(id).map(|o| &o.kind) {
                    for (name, value) in inherited.iter() {
                        fields.set_shared(name, value.clone());
                    }
                    for path in from {
                        extends(outside, *path);
                    }
                    above.inherited(inherited);
                }
            }
            _ => {}
        }
    }

    /// Runs what Python runs once the body of a class has been gone through.
    pub(super) fn made_class(&mut self, class: ObjectId, name: Sym, above: Above) {
        let Some(Kind::Class(fields, _)) = self.heap.get(class).map(|o| &o.kind) else { return };
        let members: Vec<(Rc<str>, Value)> =
            fields.iter().take(MAX_MEMBERS).map(|(name, value)| (Rc::clone(name), value.clone())).collect();
        if !self.pay(members.len()) {
            return;
        }
        let this = Value::new(Known::Object(class), Labels::NONE);
        for (name, member) in &members {
            if let Some(function) = self.method_of_instance(member, "__set_name__") {
                let given = vec![this.clone(), Value::str(Rc::clone(name), Labels::NONE)];
                self.run_hook(&function, member, Args::of(given));
            }
        }
        if let Some(function) = &above.told {
            self.run_hook(function, &this, Args { named: above.words.clone(), ..Args::default() });
        }
        let Some(maker) = above.maker else { return };
        if let Some(Kind::Class(fields, _)) = self.heap.get_mut(class).map(|o| &mut o.kind) {
            fields.set(MAKER, maker.clone());
        }
        let Known::Object(id) = maker.known else { return };
        let hooks: Vec<(bool, Value)> = match self.heap.get(id).map(|o| &o.kind) {
            Some(Kind::Class(fields, _)) => [(true, "__new__"), (false, "__init__")]
                .into_iter()
                .filter_map(|(makes, name)| Some((makes, fields.get(name)?.clone())))
                .collect(),
            _ => Vec::new(),
        };
        if hooks.is_empty() {
            return;
        }
        let mut namespace = Fields::default();
        for (name, member) in members {
            namespace.set(&name, member);
        }
        let namespace = self.object(Kind::Dict(namespace), Labels::NONE);
        let bases = self.new_list(Vec::new(), Labels::NONE);
        let called = Value::str(self.name(name), Labels::NONE);
        for (makes, hook) in hooks {
            let first = if makes { &maker } else { &this };
            let given = vec![called.clone(), bases.clone(), namespace.clone()];
            self.run_hook(&hook, first, Args { list: given, named: above.words.clone(), ..Args::default() });
        }
    }

    /// What an object says for itself when it is asked for as a member of a class or of an instance of it.
    pub(super) fn asked_of_descriptor(&mut self, member: &Value, of: &Value) -> Option<Value> {
        let function = self.method_of_instance(member, "__get__")?;
        let Known::Object(id) = of.known else { return None };
        let (instance, class) = match self.heap.get(id)?.kind {
            Kind::Class(..) => (Value::NIL, of.clone()),
            Kind::Instance(_, class) => (of.clone(), Value::new(Known::Object(class), Labels::NONE)),
            _ => return None,
        };
        let Known::Func(func, frame) = function.known else { return None };
        Some(self.call_function(func, frame, Some(member.clone()), &Args::of(vec![instance, class])))
    }

    /// Whether a value is an instance of a class of the script, when that is known.
    pub(super) fn is_instance(&self, value: &Value, class: &Value) -> Option<bool> {
        let Known::Object(class) = class.known else { return None };
        let Kind::Class(..) = self.heap.get(class)?.kind else { return None };
        match value.known {
            Known::Object(id) => match self.heap.get(id)?.kind {
                Kind::Instance(_, of) if of == class => Some(true),
                // One of another class may extend it.
                Kind::Instance(..) | Kind::Handle(..) => None,
                Kind::List(_) | Kind::Dict(_) | Kind::Class(..) => Some(false),
            },
            Known::Str(_) | Known::Bytes(_) | Known::Num(_) | Known::Bool(_) | Known::Nil | Known::Func(..) => {
                Some(false)
            }
            Known::Unknown | Known::Text(_) | Known::Path(_) => None,
        }
    }

    /// A class that is made by a call: `type("Name", (Base,), {"member": value})`.
    pub(super) fn class_of_parts(&mut self, args: &Args) -> Option<Value> {
        let [name, bases, members] = args.list.as_slice() else { return None };
        let Known::Object(members) = members.known else { return None };
        let mut fields = Fields::default();
        let mut outside = Vec::new();
        let mut above = Above::default();
        for base in self.elements(bases).unwrap_or_default() {
            self.inherit(&base, &mut fields, &mut outside, &mut above);
        }
        let Some(Kind::Dict(own)) = self.heap.get(members).map(|o| o.kind.clone()) else { return None };
        if !self.pay(own.len()) {
            return None;
        }
        for (name, value) in own.iter() {
            fields.set_shared(name, value.clone());
        }
        let name = self.tree.sym(name.as_str().unwrap_or_default());
        let class = self.object(Kind::Class(fields, outside), Labels::NONE);
        if let Known::Object(id) = class.known {
            self.made_class(id, name, above);
        }
        Some(class)
    }

    fn run_hook(&mut self, function: &Value, this: &Value, args: Args) {
        if let Known::Func(func, frame) = function.known {
            self.call_function(func, frame, Some(this.clone()), &args);
        }
    }

    /// A method that the class of an instance has.
    fn method_of_instance(&self, instance: &Value, name: &str) -> Option<Value> {
        let Known::Object(id) = instance.known else { return None };
        let Kind::Instance(_, class) = &self.heap.get(id)?.kind else { return None };
        match &self.heap.get(*class)?.kind {
            Kind::Class(fields, _) => fields.get(name).cloned(),
            _ => None,
        }
    }
}
