//! Functions of the script: as values, called, and not called by anybody.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::When;
use crate::analyze::script::heap::{Fields, Kind, ObjectId};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::analyze::script::words::Does;
use crate::parse::script::{Func, FuncId, Id, Language, Node, Op, Param, Sym, Tree};

/// Deepest nesting of calls.
const MAX_CALLS: usize = 20;
/// How often one function is gone through with arguments that are not all constants.
const ROUNDS: u32 = 8;
/// The same in a script of so few functions, whose helpers are each called for many things.
const ROUNDS_OF_FEW: u32 = 32;
const FEW: usize = 48;
/// Length in bytes of a text from which making it was worth so many steps.
const MADE: usize = 3;
const WORTH_OF_A_TEXT: u64 = 20_000;
/// Calls of a function after which all further ones go through what was seen.
const CALLS_THAT_SHOW: u32 = 2;
/// How often with constants; decoders of string tables are called thousands of times.
const ROUNDS_OF_CONSTANTS: u32 = 50_000;
/// Most words that are given to a function of a shell.
const MAX_WORDS: usize = 16;
/// Decorators that leave the function as it is.
const PLAIN: &[&str] =
    &["property", "staticmethod", "classmethod", "override", "abstractmethod", "abc.abstractmethod", "cached_property"];

/// Last names of decorators that have the function called without anybody asking for it (`atexit.register`, `pool.submit`).
const CALLING: &[&str] = &[
    "apply",
    "apply_async",
    "call_later",
    "call_soon",
    "enter",
    "finalize",
    "map",
    "register",
    "run",
    "run_until_complete",
    "schedule",
    "start",
    "start_new_thread",
    "submit",
    "Process",
    "Thread",
    "Timer",
];

impl Machine {
    /// A function as a value, with the variables around it.
    pub(super) fn function_value(&mut self, func: FuncId) -> Value {
        self.keep_frames();
        let frame = self.frame;
        if self.seen.get(Tree::index(func)).copied() == Some(0)
            && !self.pending.iter().rev().take(8).any(|p| p.0 == func)
        {
            self.pending.push((func, frame, None));
        }
        let value = Value::new(Known::Func(func, frame), Labels::NONE);
        let Some(function) = self.tree.function(func).cloned() else { return value };
        let mut decorated = None;
        for decorator in function.decorators.iter().copied() {
            let wrapper = self.value(decorator);
            let path = match wrapper.known {
                Known::Path(path) => Some(path),
                Known::Object(id) => match self.heap.get(id).map(|o| &o.kind) {
                    Some(Kind::Handle(path, _)) => Some(*path),
                    _ => None,
                },
                _ => None,
            };
            if let Some(path) = path
                && !PLAIN.contains(&self.paths.text(path))
            {
                let known = self.word(path);
                // `@exec` executes what the decorators below it have made of the function.
                if known.is_some_and(|w| w.does == Does::Eval) {
                    decorated = Some(wrapper);
                    continue;
                }
                let known = known.map(|w| w.yields);
                let handed = self.handed_by_decorator(decorator, self.paths.text(path));
                let labels = known.unwrap_or(Labels::PARAMETER).with(self.all_labels(&wrapper)).with(handed);
                let before = self.when;
                // Decorators of libraries put something around a function that others call, with few exceptions.
                let name = self.paths.text(path);
                if known.is_none()
                    && !name.starts_with("socketio.")
                    && name.rsplit_once('.').is_some_and(|(_, last)| !CALLING.contains(&last))
                {
                    self.when = self.when.min(When::Called);
                }
                self.call_back(&value, labels, Some(path));
                self.when = before;
            } else if let Known::Func(..) = wrapper.known {
                let made = self.call_value(&wrapper, None, &Args::of(vec![value.clone()]), decorator, false);
                if let Some(eval) = decorated.take() {
                    self.call_value(&eval, None, &Args::of(vec![made]), decorator, false);
                }
            }
        }
        value
    }

    /// Calls a function of the script.
    pub(super) fn call_function(&mut self, func: FuncId, frame: u32, this: Option<Value>, args: &Args) -> Value {
        let is_unasked = std::mem::take(&mut self.unasked.is_next);
        let index = Tree::index(func);
        let seen = self.seen.get(index).copied().unwrap_or(0);
        let constant = args.all().all(|a| self.is_plain(a));
        let nested = self.active.iter().filter(|f| **f == func).count();
        let rounds = if self.seen.len() <= FEW { ROUNDS_OF_FEW } else { ROUNDS };
        let limit = if constant { ROUNDS_OF_CONSTANTS } else { rounds };
        let deep = if constant { 12 } else { 1 };
        let again = seen >= CALLS_THAT_SHOW;
        if seen >= limit || self.active.len() >= MAX_CALLS || nested > deep || self.is_spent() {
            return self.not_followed(func, args);
        }
        if constant && let Some(value) = self.by_heart(func, args) {
            return value;
        }
        if again && !self.may_call_again(func, nested > 0, constant) {
            self.out.cut_off = true;
            return self.not_followed(func, args);
        }
        let Some(function) = self.tree.function(func).cloned() else { return Value::UNKNOWN };
        if let Some(count) = self.seen.get_mut(index) {
            *count += 1;
        }
        let watch = constant.then(|| self.watch());
        // A shell has one scope, in which a function only has arguments of its own.
        let is_shell = self.language_of(index) == Language::Shell;
        let own = self.push_frame(if is_shell { self.frame } else { frame });
        if let Some(frame) = self.frames.get_mut(own as usize)
            && !function.outer.is_empty()
        {
            frame.outer = function.outer.clone();
        }
        let around = std::mem::replace(&mut self.frame, own);
        let unasked_around = std::mem::replace(&mut self.unasked.frame, is_unasked.then_some(own));
        let undecided = std::mem::replace(&mut self.undecided, 0);
        let (language, layer, anchor) = (self.language, self.layer, self.anchor);
        let concealed = self.concealed;
        let file = self.file;
        let (given, behind) = (self.given, self.behind);
        if let Some(text) = self.grafted.iter().rev().find(|g| g.first <= index).copied() {
            (self.language, self.layer, self.anchor) = (text.language, text.layer, text.place);
            self.concealed = text.concealed;
            self.file = text.file;
        } else {
            (self.language, self.layer, self.anchor) = (self.tree.language, 0, None);
            self.concealed = false;
            self.file = self.first_file;
        }
        self.active.push(func);
        let (since, events) = (self.idle, self.out.events.len());
        if nested == 0 {
            self.idle_of_functions.entry(func).or_default().since = since;
        }
        self.name_itself(func, frame, &function);
        self.bind_params(&function, this, args);
        let texts = std::mem::take(&mut self.later.texts);
        let value = match self.printed_by(function.body) {
            // What a function of a shell prints is what it yields to `$(…)`.
            Some(command) if is_shell => self.value(command),
            _ if is_shell => {
                let before = std::mem::take(&mut self.later.printed);
                let value = self.run_body(function.body, function.is_expression);
                let printed = std::mem::replace(&mut self.later.printed, before);
                // It is what those print that call it for nothing else, too.
                self.later.printed = before.with(printed);
                value.labelled(printed)
            }
            _ => self.run_body(function.body, function.is_expression),
        };
        let texts = std::mem::replace(&mut self.later.texts, texts);
        if texts.len() > 1 {
            let at = self.place(function.body);
            self.choice_by_returns(&texts, at);
        }
        let spent = self.idle.saturating_sub(since);
        if again && matches!(&value.known, Known::Str(text) if text.len() >= MADE) {
            self.see_progress(u64::try_from(spent).unwrap_or(0).min(WORTH_OF_A_TEXT));
        }
        if nested == 0 {
            let spent = self.idle.saturating_sub(since);
            let yields =
                if args.list.is_empty() && args.named.is_empty() { self.all_labels(&value) } else { Labels::NONE };
            let account = self.idle_of_functions.entry(func).or_default();
            account.spent = account.spent.saturating_add(spent).max(0);
            account.yields = account.yields.with(yields);
            account.acts |= self.out.events.len() > events;
            if again {
                self.note_again(spent);
            }
        }
        self.active.pop();
        (self.language, self.layer, self.anchor) = (language, layer, anchor);
        self.file = file;
        self.concealed = concealed;
        (self.given, self.behind) = (given, behind);
        self.undecided = undecided;
        self.frame = around;
        self.unasked.frame = unasked_around;
        if is_shell {
            self.leave_shell_function(own);
        }
        self.pop_frame(own);
        let value = self.unwrapped_module(func, args, value);
        let value = self.packed_words(func, args, &value).unwrap_or(value);
        if let Some(price) = watch.and_then(|watch| self.end_watch(watch, own)) {
            self.learn(func, args, &value, price);
        }
        value
    }

    /// What a call gives that is not followed any more. A bundle calls its helper for every module that it loads, and gets
    /// the module each time. What gathers without being told anything has gathered the same before.
    fn not_followed(&self, func: FuncId, args: &Args) -> Value {
        match args.at(0) {
            Some(Value { known: Known::Path(module), labels }) if self.unwraps.contains(&func) => {
                Self::path_value(*module, *labels)
            }
            None => {
                let before = self.idle_of_functions.get(&func).map_or(Labels::NONE, |account| account.yields);
                Value::unknown(before.with(self.labels_of(args)))
            }
            _ => Value::unknown(self.labels_of(args)),
        }
    }

    /// What a bundler's helper gives for a module: a copy that holds the module itself as its default. It is the module
    /// that matters.
    fn unwrapped_module(&mut self, func: FuncId, args: &Args, value: Value) -> Value {
        if self.language == Language::JavaScript
            && let Some(Known::Path(module)) = args.at(0).map(|given| &given.known)
            && let Known::Object(copy) = value.known
            && let Some(Kind::Dict(fields)) = self.heap.get(copy).map(|o| &o.kind)
            && fields.get("default").is_some_and(|default| default.known == Known::Path(*module))
        {
            self.unwraps.insert(func);
            return Self::path_value(*module, value.labels);
        }
        value
    }

    /// The language in which a function is written.
    fn language_of(&self, index: usize) -> Language {
        let text = self.grafted.iter().rev().find(|g| g.first <= index);
        text.map_or(self.tree.language, |text| text.language)
    }

    /// Keeps what a function of a shell has set.
    fn leave_shell_function(&mut self, own: u32) {
        let vars: Vec<(Sym, Value)> =
            self.frames.get_mut(own as usize).map(|f| f.vars.drain().collect()).unwrap_or_default();
        for (name, value) in vars {
            if !is_positional(self.tree.str(name)) {
                self.assign_name(name, value);
            }
        }
    }

    /// Calls a function of the script by the word that stands for a command.
    pub(super) fn call_command_function(&mut self, word: &str, args: &Args) -> Option<Value> {
        let name = match self.language {
            Language::Shell => word.to_owned(),
            Language::PowerShell => word.to_ascii_lowercase(),
            _ => return None,
        };
        let name = self.tree.sym(name);
        let Some(Value { known: Known::Func(func, frame), .. }) = self.variable(name) else {
            return self.call_by_alias(word, args);
        };
        if self.language == Language::Shell {
            return Some(self.call_function(func, frame, None, args));
        }
        let function = self.tree.function(func).cloned()?;
        let names: Vec<String> = function
            .params
            .iter()
            .map(|param| match self.tree.get(param.target) {
                Node::Name(sym) => self.tree.str(sym).to_ascii_lowercase(),
                _ => String::new(),
            })
            .collect();
        let mut given = Args { open: args.open, ..Args::default() };
        let mut words = args.list.iter();
        while let Some(word) = words.next() {
            let option = word.as_str().and_then(|t| t.strip_prefix('-')).map(str::to_ascii_lowercase);
            let param = option.filter(|o| !o.is_empty()).and_then(|o| names.iter().find(|n| n.starts_with(&o)));
            match param {
                Some(param) => {
                    let value = words.next().cloned().unwrap_or(Value::bool(true, Labels::NONE));
                    given.named.push((param.as_str().into(), value));
                }
                None => given.list.push(word.clone()),
            }
        }
        Some(self.call_function(func, frame, None, &given))
    }

    /// Calls what a command was given another name for.
    fn call_by_alias(&mut self, word: &str, args: &Args) -> Option<Value> {
        if self.language != Language::PowerShell {
            return None;
        }
        let alias = format!("alias {}", word.to_ascii_lowercase());
        if !self.tree.holds(&alias) {
            return None;
        }
        let alias = self.tree.sym(alias);
        let target = self.variable(alias)?;
        let path = self.command_path(target.as_str()?);
        Some(self.call_path(path, None, args, Id::NONE))
    }

    /// A function expression knows its own name, which nobody else does. Methods have names that mean something else inside.
    fn name_itself(&mut self, func: FuncId, frame: u32, function: &Func) {
        if self.language == Language::JavaScript
            && function.name != Sym::EMPTY
            && !function.is_method
            && self.variable(function.name).is_none()
        {
            let name = self.name(function.name);
            let path = self.paths.root(&name);
            if self.word(path).is_none() && !super::expression::is_given(&name) {
                self.declare_name(function.name, Value::new(Known::Func(func, frame), Labels::NONE));
            }
        }
    }

    /// Whether an argument is a constant, a function, or a list that begins with constants.
    fn is_plain(&self, value: &Value) -> bool {
        match value.known {
            Known::Func(..) => true,
            Known::Object(id) => self.heap.list(id).is_some_and(|items| {
                items.iter().take(4).all(|item| item.is_constant() || matches!(item.known, Known::Func(..)))
            }),
            _ => value.is_constant(),
        }
    }

    /// Whether a method of Python gets what it is asked of as its first argument: a static one does not, nor one that is asked
    /// of its class and given everything (`Base.__init__(self, x)`).
    fn is_bound(&self, function: &Func, this: &Value, args: &Args) -> bool {
        let is = |wanted: &str| {
            function
                .decorators
                .iter()
                .any(|d| matches!(self.tree.get(*d), Node::Name(name) if self.tree.str(name) == wanted))
        };
        if is("staticmethod") || matches!(this.known, Known::Func(..)) {
            return false;
        }
        let of_class = match this.known {
            Known::Object(id) => matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Class(..))),
            _ => false,
        };
        let plain = function.params.iter().filter(|p| !p.rest && !p.keywords && !p.default.is_some()).count();
        let is_unbound = of_class && plain > 1 && args.list.len() >= plain;
        !is_unbound
            || is("classmethod")
            || matches!(self.tree.str(function.name), "__new__" | "__init_subclass__" | "__prepare__")
    }

    fn bind_params(&mut self, function: &Func, this: Option<Value>, args: &Args) {
        let mut params = function.params.iter();
        if self.language == Language::Python {
            if function.is_method
                && let Some(this) = this.filter(|this| self.is_bound(function, this, args))
                && let Some(first) = params.next()
            {
                self.bind(first.target, this, true);
            }
        } else if let Some(this) = this {
            self.declare_name(self.this, this);
        }
        if self.language == Language::JavaScript && self.asks_for_arguments(function.body) {
            let all = self.new_list(args.list.clone(), Labels::NONE);
            self.declare_name(self.arguments, all);
        }
        if self.language == Language::Shell {
            for (i, value) in args.list.iter().enumerate().take(MAX_WORDS) {
                let name = self.tree.sym((i + 1).to_string());
                self.declare_name(name, value.clone());
            }
            for name in ["@", "*"] {
                let all = self.new_list(args.list.clone(), args.open);
                let name = self.tree.sym(name);
                self.declare_name(name, all);
            }
        }
        let is_client = self.takes_an_account(function);
        let mut given = args.list.iter();
        for param in params {
            if param.keywords {
                let mut fields = Fields::default();
                for (name, value) in &args.named {
                    fields.set_shared(name, value.clone());
                }
                let rest = self.object(Kind::Dict(fields), args.open);
                self.bind(param.target, rest, true);
                continue;
            }
            if param.rest {
                let rest = self.new_list(given.by_ref().cloned().collect(), args.open);
                self.bind(param.target, rest, true);
                continue;
            }
            let by_name = match self.tree.get(param.target) {
                Node::Name(sym) if !args.named.is_empty() => {
                    let name = self.name(sym);
                    args.named.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone())
                }
                _ => None,
            };
            let value = match by_name.or_else(|| given.next().cloned()) {
                Some(value) => value,
                // Where nobody is known to have left it out, a label keeps it from deciding anything, and a default of
                // nothing stands for what callers give.
                None if param.default.is_some() => match self.value(param.default) {
                    value if self.unasked.frame != Some(self.frame) => value,
                    nothing if nothing.known == Known::Nil => Value::unknown(args.open),
                    value => value.labelled(args.open),
                },
                None if self.language == Language::JavaScript && args.open.is_empty() => Value::NIL,
                None => Value::unknown(args.open),
            };
            let value = match self.tree.get(param.target) {
                Node::Name(sym) if matches!(value.known, Known::Unknown | Known::Nil | Known::Path(_)) => {
                    let kept =
                        if self.is_kept_as_key(function.body, sym) { Labels::KEY_MATERIAL } else { Labels::NONE };
                    let kept = kept.with(self.asked_of_a_model_by(sym));
                    let labels = match self.secret_of(sym, function.name).with(kept) {
                        key if is_client && key.any(Labels::KEY_MATERIAL) => Labels::TOLD_SECRET,
                        labels => labels,
                    };
                    match value.known {
                        // A default of nothing stands for what callers give.
                        Known::Nil if !labels.is_empty() => Value::unknown(labels.with(args.open)),
                        Known::Nil => value,
                        Known::Path(_) => value.labelled(labels),
                        // What is known of where it comes from stays.
                        _ => {
                            let labels = labels.with(value.labels);
                            self.request_of(sym).unwrap_or(value).labelled(labels)
                        }
                    }
                }
                _ => value,
            };
            self.bind(param.target, value, true);
        }
    }

    /// The only command of a body.
    fn printed_by(&self, body: Id) -> Option<Id> {
        match self.tree.get(body) {
            Node::Block(many) => match self.tree.list(many) {
                [only] => self.printed_by(*only),
                _ => None,
            },
            Node::Call(..) => Some(body),
            _ => None,
        }
    }

    /// Whether the name of all arguments stands within a body. In executed text places are its own, and a wrong yes only
    /// costs a list.
    fn asks_for_arguments(&mut self, body: Id) -> bool {
        if self.arguments_at.0 < self.tree.len() {
            let (end, places) = self.tree.places_of_name(self.arguments, self.arguments_at.0);
            self.arguments_at.0 = end;
            self.arguments_at.1.extend(places);
        }
        let (start, end) = self.tree.span(body);
        self.arguments_at.1.range(start..end.max(start)).next().is_some()
    }

    /// Goes through a function that a library is given to call.
    pub(super) fn call_back(
        &mut self,
        callback: &Value,
        labels: Labels,
        by: Option<crate::analyze::script::paths::PathId>,
    ) {
        if let Known::Object(id) = callback.known
            && let Some((Value { known: Known::Func(func, frame), .. }, mut args)) = self.unbound(id, &Args::default())
        {
            args.open = labels;
            self.call_function(func, frame, None, &args);
            return;
        }
        let Known::Func(func, frame) = callback.known else { return };
        if self.seen.get(Tree::index(func)).copied().unwrap_or(0) > 3 {
            return;
        }
        let count = self.tree.function(func).map_or(0, |f| f.params.len());
        let value = match by {
            Some(path) => Self::path_value(self.paths.call(path), labels),
            None => Value::unknown(labels),
        };
        // A method that is handed on (`Thread(target=self.run)`) keeps the object that it belongs to.
        let this = self.object_of_method(func);
        let count = if this.is_some() { count.saturating_sub(1) } else { count };
        let mut args = Args::of(vec![value; count]);
        args.open = labels;
        self.called_back += 1;
        self.unasked.is_next = true;
        self.call_function(func, frame, this, &args);
        self.called_back -= 1;
    }

    /// An object whose method a function of Python is.
    pub(super) fn object_of_method(&mut self, func: FuncId) -> Option<Value> {
        if self.language != Language::Python || !self.tree.function(func)?.is_method {
            return None;
        }
        let class = *self.class_of.get(&func)?;
        Some(self.instance_of(class))
    }

    /// The object of a method that is called without one, and with too little to be told which.
    pub(super) fn object_of_kept(&mut self, func: FuncId, args: &Args) -> Option<Value> {
        let function = self.tree.function(func).filter(|f| f.is_method)?;
        let is_short = args.open.is_empty() && args.list.len() + args.named.len() < function.params.len();
        is_short.then(|| self.object_of_method(func)).flatten()
    }

    /// How many arguments a function is called with by somebody who says no more than they have to: what has a default is
    /// mostly left to it.
    fn count_given(&self, func: FuncId) -> usize {
        let is_given = |p: &Param| !p.default.is_some() || !matches!(self.tree.get(p.target), Node::Name(_));
        let last = self.tree.function(func).and_then(|f| f.params.iter().rposition(is_given));
        last.map_or(0, |last| last + 1)
    }

    /// Goes through a function that nothing in the script calls.
    pub(super) fn call_unasked(&mut self, func: FuncId, frame: u32, class: Option<ObjectId>) {
        let count = self.count_given(func);
        let mut args = Args::of(vec![Value::unknown(Labels::PARAMETER); count]);
        args.open = Labels::PARAMETER;
        let this = class.map(|class| self.instance_of(class));
        let before = self.when;
        if class.is_some_and(|class| self.is_install_class(class)) {
            self.when = When::Install;
        } else if class.is_some_and(|class| self.is_booted(class, func)) {
            self.when = self.when.max(When::Load);
        }
        if this.is_some() && self.language == Language::Python {
            args.list.pop();
        }
        // The constructor may have gone through it already.
        if self.seen.get(Tree::index(func)).copied() == Some(0) {
            self.unasked.is_next = true;
            self.call_function(func, frame, this, &args);
        }
        self.when = before;
    }

    /// Whether an assignment counts how often the function was called that others call, in a variable or member that outlives
    /// the call: what the count is by then nobody knows (`if (++restarts !== 7) return`).
    pub(super) fn counts_calls(&self, target: Id, value: Id) -> bool {
        if self.unasked.frame != Some(self.frame) {
            return false;
        }
        let Node::Binary(Op::Add | Op::Sub, counted, step) = self.tree.get(value) else { return false };
        if !matches!(self.tree.get(step), Node::Num(_)) {
            return false;
        }
        let is_own = |name: Sym| {
            let frame = self.frames.get(self.frame as usize);
            frame.is_some_and(|f| f.vars.contains_key(&name) && !f.outer.contains(&name))
        };
        match (self.tree.get(target), self.tree.get(counted)) {
            (Node::Name(name), Node::Name(same)) => name == same && !is_own(name),
            (Node::Member(object, name), Node::Member(_, same)) => {
                let of = self.tree.get(object);
                name == same && !matches!(of, Node::Name(object) if object != self.this && is_own(object))
            }
            _ => false,
        }
    }

    /// Whether a class extends a command of setuptools or distutils, or a hook of hatchling, whose methods an installation runs.
    pub(super) fn is_install_class(&self, class: ObjectId) -> bool {
        let Some(Kind::Class(_, bases)) = self.heap.get(class).map(|o| &o.kind) else { return false };
        bases.iter().any(|base| {
            let text = self.paths.text(*base);
            text.contains("setuptools.command")
                || text.contains("distutils.command")
                || text.contains("setuptools.Command")
                || text.starts_with("hatchling.") && text.ends_with("HookInterface")
                // A plug-in of Composer is called while packages are installed.
                || self.tree.language == Language::Php && text.ends_with("PluginInterface")
        })
    }

    /// Whether a function is what a framework calls of a class when the program that uses the package starts: a provider of
    /// services of Laravel, what Yii and Symfony boot; an application of Django, a plug-in of Airflow.
    pub(super) fn is_booted(&self, class: ObjectId, func: FuncId) -> bool {
        let (methods, frameworks): (&[&str], &[&str]) = match self.tree.language {
            Language::Php => (
                &["boot", "register", "bootstrap"],
                &["ServiceProvider", "BootstrapInterface", "HttpKernel.Bundle.Bundle", "AbstractBundle"],
            ),
            Language::Python => (&["ready", "on_load"], &["django.apps.AppConfig", "AirflowPlugin"]),
            _ => return false,
        };
        let Some(Kind::Class(_, bases)) = self.heap.get(class).map(|o| &o.kind) else { return false };
        self.tree.function(func).is_some_and(|f| methods.contains(&self.tree.str(f.name)))
            && bases.iter().any(|base| frameworks.iter().any(|end| self.paths.text(*base).ends_with(end)))
    }

    /// The instance that the script made first while it was loaded, or one whose constructor was given nothing that is known.
    pub(super) fn instance_of(&mut self, class: ObjectId) -> Value {
        let known = self.instances.get(&class).or_else(|| self.made_when_called.get(&class));
        if let Some(instance) = known.or_else(|| self.supposed.get(&class)) {
            return instance.clone();
        }
        let instance = self.object(Kind::Instance(Fields::default(), class), Labels::NONE);
        self.supposed.insert(class, instance.clone());
        let constructor = match self.heap.get(class).map(|o| &o.kind) {
            Some(Kind::Class(fields, _)) => fields.get("__init__").cloned(),
            _ => None,
        };
        let args = match constructor {
            Some(Value { known: Known::Func(func, _), .. }) => {
                let count = self.count_given(func).saturating_sub(1);
                Args::of(vec![Value::unknown(Labels::PARAMETER); count])
            }
            _ => Args { open: Labels::PARAMETER, ..Args::default() },
        };
        self.construct(class, &instance, &args);
        instance
    }

    /// Runs the constructor of a class on an instance.
    pub(super) fn construct(&mut self, class: ObjectId, instance: &Value, args: &Args) {
        let constructor = match self.heap.get(class).map(|o| &o.kind) {
            Some(Kind::Class(fields, _)) => {
                let names: &[&str] = match self.language {
                    Language::Php => &["__construct"],
                    Language::Ruby => &["initialize"],
                    _ => &["__init__", "constructor"],
                };
                names.iter().find_map(|name| fields.get(name)).cloned()
            }
            _ => None,
        };
        if let Some(Value { known: Known::Func(func, frame), .. }) = constructor {
            self.call_function(func, frame, Some(instance.clone()), args);
        } else if self.language == Language::Python {
            self.fill_record(class, instance, args);
        }
    }
}

/// Whether a variable of a shell is an argument.
fn is_positional(name: &str) -> bool {
    matches!(name, "@" | "*") || name.bytes().all(|b| b.is_ascii_digit())
}
