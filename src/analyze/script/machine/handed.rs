//! Functions of Python that are handed to somebody who calls them: threads, timers, pools, loops, ends of programs.

use super::Machine;
use super::call::Args;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Sym};

/// Where a function stands among the arguments of whoever calls it later, and where what it is called with.
enum Hands {
    /// What it is called with stands behind it: `pool.submit(f, 1, x=2)`.
    Behind(usize),
    /// It has a list and a dictionary of its own: `Thread(target=f, args=(1,), kwargs={})`. Each is found by its place or
    /// by its name.
    Apart([(usize, &'static str); 3]),
    /// It is what it is a method of, and called with all that it is given: `task.delay(1, x=2)`.
    Task,
}

/// Whether a method is one of a function of the script.
fn is_function(this: Option<&Value>) -> bool {
    matches!(this, Some(Value { known: Known::Func(..), .. }))
}

/// How a function of a library takes the one that it calls later.
fn hands(name: &str) -> Option<Hands> {
    let (of, last) = name.rsplit_once('.').unwrap_or(("", name));
    Some(match last {
        "Thread" | "Process" => Hands::Apart([(1, "target"), (3, "args"), (4, "kwargs")]),
        "Timer" => Hands::Apart([(1, "function"), (2, "args"), (3, "kwargs")]),
        "start_new_thread" | "start_joinable_thread" => Hands::Apart([(0, "function"), (1, "args"), (2, "kwargs")]),
        "enter" | "enterabs" if of.contains("sched") => Hands::Apart([(2, "action"), (3, "argument"), (4, "kwargs")]),
        "apply_async" | "apply" => Hands::Apart([(0, "func"), (1, "args"), (2, "kwds")]),
        "delay" => Hands::Task,
        "add_job" => Hands::Apart([(0, "func"), (usize::MAX, "args"), (usize::MAX, "kwargs")]),
        "submit"
        | "to_thread"
        | "run_sync"
        | "call_soon"
        | "call_soon_threadsafe"
        | "callInThread"
        | "callFromThread"
        | "callWhenRunning"
        | "deferToThread"
        | "callback"
        | "spawn"
        | "spawn_n" => Hands::Behind(0),
        "register" if of == "atexit" => Hands::Behind(0),
        "do" if of.starts_with("schedule.") => Hands::Behind(0),
        "run" if of.ends_with("copy_context()") => Hands::Behind(0),
        "run_in_executor" | "call_later" | "call_at" | "callLater" | "spawn_later" | "spawn_after" | "after"
        | "start_soon" => Hands::Behind(usize::from(last != "start_soon")),
        "finalize" if of == "weakref" => Hands::Behind(1),
        _ => return None,
    })
}

impl Machine {
    /// Calls what somebody is handed to be called later; `None` when nothing is handed to `name`.
    pub(super) fn hand_over(&mut self, name: &str, this: Option<&Value>, args: &Args, id: Id) -> Option<Value> {
        let (function, mut given) = match hands(name)? {
            // A task is its own function: `task.apply_async(args=(1,), kwargs={})`.
            Hands::Apart(_) if name.ends_with(".apply_async") && is_function(this) => {
                let mut given = Args { open: args.open, ..Args::default() };
                let list = args.named("args").or_else(|| args.at(0)).cloned();
                given.list = list.and_then(|list| self.elements(&list)).unwrap_or_default();
                let named = args.named("kwargs").or_else(|| args.at(1)).cloned();
                given.named = named.map(|named| self.named_of(&named)).unwrap_or_default();
                (this?.clone(), given)
            }
            Hands::Task => (this.filter(|_| is_function(this))?.clone(), args.clone()),
            Hands::Behind(place) => {
                let function = args.at(place)?.clone();
                let list = args.list.get(place + 1..).unwrap_or_default().to_vec();
                (function, Args { list, named: args.named.clone(), open: args.open })
            }
            Hands::Apart([function, list, named]) => {
                let find = |(place, name): (usize, &str)| args.named(name).or_else(|| args.at(place)).cloned();
                let function = find(function)?;
                let mut given = Args { open: args.open, ..Args::default() };
                if let Some(list) = find(list) {
                    match self.elements(&list) {
                        Some(items) => given.list = items,
                        None => given.open = given.open.with(self.all_labels(&list)),
                    }
                }
                if let Some(named) = find(named) {
                    given.named = self.named_of(&named);
                }
                (function, given)
            }
        };
        // A method keeps the object that it belongs to: `Thread(target=self.run)`.
        if let Known::Func(func, _) = function.known
            && self.tree.function(func).is_some_and(|f| f.is_method && given.list.len() < f.params.len())
            && let Some(this) = self.object_of_method(func)
        {
            given.list.insert(0, this);
        }
        // What it is called with besides comes from whom it was handed to: the rows of a table, the answers of a client.
        given.open = given.open.with(this.map_or(Labels::NONE, |this| self.all_labels(this)));
        let is_function = match &function.known {
            Known::Func(..) => true,
            Known::Path(path) => self.word(*path).is_some(),
            Known::Object(object) => self.unbound(*object, &Args::default()).is_some(),
            _ => false,
        };
        if !is_function {
            return None;
        }
        // A thread is no result, and works on what comes later.
        let is_thread = matches!(name.rsplit('.').next(), Some("Thread" | "Process" | "Timer"));
        let is_expression = |func| self.tree.function(func).is_some_and(|f| f.name == Sym::EMPTY);
        self.told.apart = is_thread && matches!(function.known, Known::Func(func, _) if is_expression(func));
        let value = self.call_value(&function, None, &given, id, false);
        self.told.apart = false;
        if !is_thread {
            return Some(value);
        }
        if self.later.threads.len() < super::later::MOST {
            self.later.threads.push((function, given, self.when));
        }
        Some(Value::UNKNOWN)
    }

    /// The entries of a dictionary as named arguments.
    fn named_of(&self, value: &Value) -> Vec<(std::rc::Rc<str>, Value)> {
        let Known::Object(id) = value.known else { return Vec::new() };
        match self.heap.get(id).map(|o| &o.kind) {
            Some(crate::analyze::script::heap::Kind::Dict(fields)) => {
                fields.iter().map(|(n, v)| (n.clone(), v.clone())).collect()
            }
            _ => Vec::new(),
        }
    }
}
