//! What is called later, or by hand: promises that a function settles, listeners that something is emitted to, functions
//! that are bound, and what stands before another object.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::When;
use crate::analyze::script::heap::{Fields, Kind, ObjectId};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Tree};

/// Most listeners, and most things emitted that somebody may still listen for.
pub(super) const MOST: usize = 64;
/// The names of such functions in plugins of opencode.
const HOOKS_OF_AGENTS: &[&str] =
    &["tool.execute.before", "tool.execute.after", "chat.message", "chat.params", "permission.ask"];
/// How many arguments those of a library are thought to have.
const GIVEN: usize = 3;
/// How often one listener is gone through.
const ROUNDS: u32 = 4;
/// The path of the function that settles a promise, and the field in which it puts what it was given.
const SETTLE: &str = "Promise().settle";
const SETTLED: &str = "settled";

/// Who listens for what, and what was emitted, by names.
#[derive(Debug, Default)]
pub(super) struct Later {
    listeners: Vec<(Rc<str>, Value)>,
    emitted: Vec<(Rc<str>, Args)>,
    /// Functions with their first arguments, by the value that stands for both.
    bound: Vec<(ObjectId, Value, Args)>,
    /// Threads that were started, with what and when, and whether one of them waits for something that came later.
    pub(super) threads: Vec<(Value, Args, When)>,
    pub(super) waits: bool,
    /// What was put into queues, a few of it, by the queue.
    pub(super) queued: Vec<(ObjectId, Value)>,
    /// What runs again and again, and when it was set up.
    pub(super) timers: Vec<(Value, Args, When)>,
    /// Origins of what was put into a database of the program's own.
    pub(super) kept: Labels,
    /// Whether an option of the command line has an address that stands in the script, if nobody gives it.
    pub(super) has_address_by_default: bool,
    /// Origins of what lies where Python was told to look for modules, once what was fetched lies there.
    pub(super) foreign_modules: Labels,
    /// Origins of what an extension has put into its storage.
    pub(super) stored: Labels,
    /// Whether the script has a pattern for files of settings, once it was asked.
    pub(super) looks_for_settings: Option<bool>,
    /// Whether the script is a client of a language model, once it was asked.
    pub(super) asks_a_model: Option<bool>,
    /// What was thrown last, and what the handler that is gone through was handed.
    pub(super) thrown: Option<Value>,
    pub(super) caught: Value,
    /// The texts that the function that is gone through hands back.
    pub(super) texts: Vec<super::choice::Returned>,
    /// What the command that is gone through is given on its standard input.
    pub(super) fed: Option<Value>,
    /// Origins of what the function of a shell that is gone through has printed so far.
    pub(super) printed: Labels,
    /// The handler of a log that writes to another machine, and whom it writes to.
    pub(super) logs_to: Option<(PathId, Value)>,
}

impl Machine {
    /// What a function yields that nobody knows here: whatever it is called with, and it may call what it is handed.
    pub(super) fn call_unknown(&mut self, of: Labels, args: &Args) -> Value {
        let labels = of.with(self.labels_of(args));
        self.call_backs(args, labels, None);
        Value::unknown(labels)
    }

    /// Calls the functions among what somebody is called with, also those in its options.
    pub(super) fn call_backs(&mut self, args: &Args, labels: Labels, by: Option<PathId>) {
        let is_function = |v: &&Value| match v.known {
            Known::Func(..) => true,
            Known::Object(id) => self.unbound(id, &Args::default()).is_some(),
            _ => false,
        };
        let functions: Vec<Value> = args.all().filter(is_function).cloned().collect();
        for function in functions {
            self.call_back(&function, labels, by);
        }
        // Options can hold functions too.
        if matches!(self.language, Language::JavaScript | Language::Lua) {
            let mut inner = Vec::new();
            for value in args.all() {
                if let Known::Object(id) = value.known
                    && let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind)
                {
                    inner.extend(
                        fields.iter().filter(|(_, v)| matches!(v.known, Known::Func(..))).map(|(_, v)| v.clone()),
                    );
                }
            }
            for function in inner.into_iter().take(32) {
                self.call_back(&function, labels, by);
            }
        }
    }

    /// Goes once more through what runs again and again: what others have gathered for it is there by now.
    pub(super) fn timers_again(&mut self) {
        let before = self.when;
        for (function, args, when) in std::mem::take(&mut self.later.timers) {
            self.when = when;
            self.call_value(&function, None, &args, Id::NONE, false);
        }
        self.when = before;
    }

    /// `new Promise((resolve, reject) => …)` is what it will be resolved with.
    pub(super) fn promise(&mut self, executor: &Value) -> Option<Value> {
        let Known::Func(func, frame) = executor.known else { return None };
        let slot = self.object(Kind::Dict(Fields::default()), Labels::NONE);
        let Known::Object(id) = slot.known else { return None };
        let settle = self.paths.root(SETTLE);
        let resolve = self.handle(settle, slot, Labels::NONE);
        let reject = self.paths.root("?");
        let reject = Self::path_value(reject, Labels::NONE);
        self.call_function(func, frame, None, &Args::of(vec![resolve, reject]));
        Some(self.settled(id).cloned().unwrap_or(Value::UNKNOWN))
    }

    fn settled(&self, promise: ObjectId) -> Option<&Value> {
        match &self.heap.get(promise)?.kind {
            Kind::Dict(fields) => fields.get(SETTLED),
            _ => None,
        }
    }

    /// Calls the function that settles a promise, when it is one.
    pub(super) fn settle(&mut self, function: &Value, args: &Args) -> bool {
        let Known::Object(id) = function.known else { return false };
        let Some(Kind::Handle(path, promise)) = self.heap.get(id).map(|o| &o.kind) else { return false };
        let Known::Object(promise) = promise.known else { return false };
        if self.paths.text(*path) != SETTLE {
            return false;
        }
        let given = args.at(0).cloned().unwrap_or(Value::NIL).labelled(args.open);
        let value = match self.settled(promise) {
            Some(before) => before.clone().or(given),
            None => given,
        };
        if let Some(Kind::Dict(fields)) = self.heap.get_mut(promise).map(|o| &mut o.kind) {
            fields.set(SETTLED, value);
        }
        true
    }

    /// `emitter.on("name", function)`: it is called with what was emitted so far, and with what will be. What it is called
    /// with by others is left to the caller.
    pub(super) fn listen(&mut self, args: &Args) -> Option<Value> {
        let (name, function) = (args.at(0)?.as_str()?, args.at(1)?);
        if !matches!(function.known, Known::Func(..)) || self.later.listeners.len() >= MOST {
            return None;
        }
        let (name, function): (Rc<str>, Value) = (name.into(), function.clone());
        let given: Vec<Args> = self.later.emitted.iter().filter(|(n, _)| *n == name).map(|(_, a)| a.clone()).collect();
        self.later.listeners.push((name, function.clone()));
        for args in given {
            self.call_listener(&function, &args);
        }
        None
    }

    /// `emitter.emit("name", …)`.
    pub(super) fn emit(&mut self, args: &Args) -> Option<Value> {
        let name: Rc<str> = args.at(0)?.as_str()?.into();
        let mut given = args.clone();
        given.list.remove(0);
        let listening: Vec<Value> =
            self.later.listeners.iter().filter(|(n, _)| *n == name).map(|(_, f)| f.clone()).collect();
        if self.later.emitted.len() < MOST {
            self.later.emitted.push((name, given.clone()));
        }
        for function in listening {
            self.call_listener(&function, &given);
        }
        None
    }

    /// Goes through a function that a page calls whenever a key is pressed.
    pub(super) fn listen_to_keys(&mut self, function: &Value) {
        self.out.in_page = true;
        let event = self.paths.root("KeyboardEvent");
        let event = Self::path_value(self.paths.call(event), Labels::NONE);
        self.call_listener(function, &Args::of(vec![event]));
    }

    fn call_listener(&mut self, function: &Value, args: &Args) {
        if let Known::Func(func, frame) = function.known
            && self.seen.get(Tree::index(func)).copied().unwrap_or(0) <= ROUNDS
        {
            self.call_function(func, frame, None, args);
        }
    }

    /// Functions that a coding agent calls by these names, with all that is asked of it and all that its tools do.
    pub(super) fn hooks_of_agents(&mut self, fields: &Fields) {
        let hooks: Vec<Value> = HOOKS_OF_AGENTS.iter().filter_map(|name| fields.get(name)).cloned().collect();
        for hook in hooks {
            let Known::Func(func, frame) = hook.known else { continue };
            let before = self.when;
            self.when = self.when.max(When::Main);
            let handed = Value::unknown(Labels::HANDED);
            self.call_function(func, frame, None, &Args::of(vec![handed.clone(), handed]));
            self.when = before;
        }
    }

    /// What a runner of tests loads and calls before and behind all of them, by settings that name files of the package:
    /// `{ globalSetup: require.resolve("./setup"), globalTeardown: … }`.
    pub(super) fn setups_of_tests(&mut self, fields: &Fields, at: Id) {
        for name in ["globalSetup", "globalTeardown"] {
            let Some(file) = fields.get(name).and_then(|value| value.as_text().and_then(super::sibling::of_own_folder))
            else {
                continue;
            };
            let Some(exported) = self.sibling_of_javascript(&file) else { continue };
            let setup = match exported.known {
                Known::Func(..) => exported,
                _ => self.member(&exported, "default", at),
            };
            if let Known::Func(func, frame) = setup.known {
                self.call_function(func, frame, None, &Args::of(vec![Value::unknown(Labels::PARAMETER)]));
            }
        }
    }

    /// `function.call(this, …)`, `function.apply(this, […])`, `function.bind(this, …)` of what a library has.
    pub(super) fn call_by_hand(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let (function, way) = name.rsplit_once('.')?;
        // What is called so on something that nobody knows may be anything.
        if matches!(function, "?" | "") || function.ends_with("()") {
            return None;
        }
        let path = self.paths.root(function);
        let asked = if self.replaced == Some(path) { Labels::HOOKED } else { Labels::NONE };
        let mut rest = args.clone();
        let this = if rest.list.is_empty() { None } else { Some(rest.list.remove(0)) };
        // A method that is taken from what all lists or texts have: `Array.prototype.map.call(text, f)`.
        if way == "call"
            && let Some((class, method)) = function.rsplit_once(".prototype.")
            && matches!(class, "Array" | "String")
            && let Some(this) = &this
        {
            let object = match (&this.known, class) {
                (Known::Str(_), "Array") => {
                    let letters = self.elements(this)?;
                    self.new_list(letters, this.labels)
                }
                _ => this.clone(),
            };
            if let Some(value) = self.method_of_known(&object, &Rc::from(method), &rest, id) {
                return Some(value);
            }
        }
        match way {
            "apply" => {
                let given = rest.list.first().cloned().unwrap_or(Value::NIL);
                let mut all = Args::of(self.elements(&given).unwrap_or_default());
                all.open = self.all_labels(&given);
                Some(self.call_path(path, this.as_ref(), &all, id).labelled(asked))
            }
            "call" => Some(self.call_path(path, this.as_ref(), &rest, id).labelled(asked)),
            _ => {
                let function = Self::path_value(path, Labels::NONE);
                Some(self.bound(function, rest))
            }
        }
    }

    /// A function whose first arguments are given already.
    pub(super) fn bound(&mut self, function: Value, given: Args) -> Value {
        if given.list.is_empty() && given.named.is_empty() || self.later.bound.len() >= MOST {
            return function;
        }
        let labels = function.labels.with(self.labels_of(&given));
        let path = self.paths.root("bound");
        let value = self.handle(path, Value::NIL, labels);
        if let Known::Object(id) = value.known {
            self.later.bound.push((id, function, given));
        }
        value
    }

    /// What a bound function is, and what it is given.
    pub(super) fn unbound(&self, function: ObjectId, args: &Args) -> Option<(Value, Args)> {
        let (_, function, given) = self.later.bound.iter().find(|(id, ..)| *id == function)?;
        let mut args = args.clone();
        args.list.splice(0..0, given.list.iter().cloned());
        // What is said in the call comes before what was said when it was bound.
        args.named.extend(given.named.iter().cloned());
        args.open = args.open.with(given.open);
        Some((function.clone(), args))
    }

    /// An object before another, whose members a function of the script gives.
    pub(super) fn proxy(&mut self, args: &Args, at: Id) -> Option<Value> {
        let target = args.at(0)?.clone();
        let (trap, calls) = match args.at(1)?.known {
            Known::Object(id) => match self.heap.get(id).map(|o| &o.kind) {
                Some(Kind::Dict(fields)) => (fields.get("get").cloned(), fields.get("apply").cloned()),
                _ => (None, None),
            },
            _ => return None,
        };
        // Whoever calls a function of a library through it hands what they give to the trap.
        if let (Known::Path(path), Some(Value { known: Known::Func(func, frame), .. })) = (&target.known, calls)
            && self.paths.text(*path).contains('.')
        {
            self.note_hook(*path, at);
            let given = Value::unknown(Labels::HOOKED.with(Labels::PARAMETER));
            let given = self.new_list(vec![given; GIVEN], Labels::HOOKED.with(Labels::PARAMETER));
            let args = Args::of(vec![target.clone(), Value::UNKNOWN, given]);
            self.call_function(func, frame, None, &args);
        }
        if self.proxies.len() >= MOST {
            return None;
        }
        let labels = self.all_labels(&target);
        let value = self.object(Kind::Dict(Fields::default()), labels);
        if let Known::Object(id) = value.known {
            if let Some(object) = self.heap.get_mut(id) {
                object.open = true;
            }
            self.proxies.insert(id, (target, trap));
        }
        Some(value)
    }
}
