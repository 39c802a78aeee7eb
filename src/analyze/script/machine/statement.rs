//! Statements.

use super::{Flow, Late, Machine, is_name};
use crate::analyze::script::event::{Act, Event, When};
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::tree::{PAIRS, STEPS};
use crate::parse::script::{Id, Language, Many, Node, Op, Sym};

/// Functions that list files: their elements are paths below what they are asked about.
const LISTINGS: &[&str] = &[
    "os.walk",
    "os.scandir",
    "glob.glob",
    "glob.iglob",
    "pathlib.Path().glob",
    "pathlib.Path().rglob",
    "pathlib.Path().iterdir",
    "pathlib.Path.home().glob",
    "pathlib.Path.home().rglob",
    "glob.sync",
    "glob",
];
/// Most steps that one loop may take.
const MOST_FOR_A_LOOP: u64 = 2_000_000;
/// Rounds of a loop whose test stays true while something outside is done in it.
const ROUNDS_THAT_ACT: u32 = 3;
/// Rounds of a loop after which all further ones go through what was seen.
const ROUNDS_THAT_SHOW: usize = 2;
/// What may stand around a call whose answer is dropped.
const MAX_DROPPED: usize = 8;
/// Elements of a known list that are gone through while something outside is done for each.
const ELEMENTS_THAT_ACT: usize = 64;

impl Machine {
    /// Goes through one statement.
    pub(super) fn statement(&mut self, id: Id) -> Flow {
        if !id.is_some() || !self.step() || self.is_too_deep() {
            return Flow::Next;
        }
        self.depth += 1;
        let flow = self.statement_inner(id);
        self.depth -= 1;
        flow
    }

    fn statement_inner(&mut self, id: Id) -> Flow {
        match self.tree.get(id) {
            Node::Block(many) => self.block(many),
            Node::If(test, then, other) => self.branch(test, then, other),
            Node::For(target, iterable, body) => self.for_each(target, iterable, body),
            Node::While(test, body, update) => {
                self.see_endless(test, body);
                self.while_loop(test, body, update, false)
            }
            Node::DoWhile(body, test) => self.while_loop(test, body, Id::NONE, true),
            Node::Try(body, handlers, finally) => self.try_block(body, handlers, finally),
            Node::Switch(value, cases) => self.switch(value, cases),
            Node::Return(value) => {
                // What a method of Ruby ends with is handed back, whether anybody asked for it; nobody does where a library
                // is loaded.
                if self.language == Language::Ruby && self.when >= super::super::event::When::Load {
                    self.dropped = self.asked_for_nothing(value).map(|(call, silent)| (call, silent || self.tries > 0));
                }
                let value = if value.is_some() { self.value(value) } else { Value::NIL };
                let value = value.labelled(self.chosen_by_surroundings());
                self.note_returned(&value);
                self.returned = Some(match self.returned.take() {
                    Some(before) => self.either(before, value),
                    None => value,
                });
                Flow::Return
            }
            Node::Throw(value) => {
                let thrown = self.value(value);
                self.later.thrown = Some(thrown);
                Flow::Throw
            }
            Node::Break => Flow::Break,
            Node::Continue => Flow::Continue,
            Node::BreakTo(label) => Flow::BreakTo(label),
            Node::ContinueTo(label) => Flow::ContinueTo(label),
            Node::Labelled(label, body) => {
                self.label = Some(label);
                match self.statement(body) {
                    Flow::BreakTo(to) if to == label => Flow::Next,
                    flow => flow,
                }
            }
            Node::Class(name, bases, body) => {
                self.class(name, bases, body);
                Flow::Next
            }
            Node::Import(module, member, alias) => {
                self.import(module, member, alias);
                self.imports_from_there(module, id);
                Flow::Next
            }
            Node::Func(func) => {
                let value = self.function_value(func);
                if let Some(name) = self.tree.function(func).map(|f| f.name)
                    && name != Sym::EMPTY
                {
                    self.declare_name(name, value);
                }
                Flow::Next
            }
            // A coroutine does something with what comes back.
            Node::Yield(value) if self.language == Language::JavaScript && value.is_some() => {
                let value = self.value(value).labelled(self.given.only(Labels::PICKED_FILE));
                self.hand_out(value);
                Flow::Next
            }
            _ => {
                self.dropped = self.asked_for_nothing(id);
                self.value(id);
                Flow::Next
            }
        }
    }

    /// The call whose answer a statement drops, and whether its errors are dropped as well (`.catch(() => {})`).
    pub(super) fn asked_for_nothing(&self, statement: Id) -> Option<(Id, bool)> {
        let (mut at, mut silent) = (statement, false);
        for _ in 0..MAX_DROPPED {
            match self.tree.get(at) {
                Node::Await(inner) => at = inner,
                Node::Unary(crate::parse::script::Op::Void, inner) => at = inner,
                Node::Call(callee, args) => match self.tree.get(callee) {
                    Node::Member(inner, name)
                        if self.language == Language::JavaScript
                            && (self.tree.str(name) == "catch" || self.drops_errors_of(name, args)) =>
                    {
                        silent = true;
                        at = inner;
                    }
                    // Of what is only closed, nothing was asked.
                    Node::Member(inner, name)
                        if self.language == Language::Python
                            && matches!(self.tree.str(name), "close" | "read")
                            && args.is_empty()
                            && matches!(self.tree.get(inner), Node::Call(..)) =>
                    {
                        at = inner;
                    }
                    _ => return Some((at, silent)),
                },
                _ => return None,
            }
        }
        None
    }

    /// Whether a method is one that is given what to do with errors, and that is nothing: `.on("error", () => {})`.
    pub(super) fn drops_errors_of(&self, method: Sym, args: Many) -> bool {
        let [event, handler] = self.tree.list(args) else { return false };
        matches!(self.tree.str(method), "on" | "once")
            && matches!(self.tree.get(*event), Node::Str(event) if self.tree.str(event) == "error")
            && matches!(self.tree.get(*handler), Node::Func(func) if self.tree.function(func).is_some_and(|func| {
                matches!(self.tree.get(func.body), Node::Block(body) if body.is_empty()) || !func.body.is_some()
            }))
    }

    fn block(&mut self, many: Many) -> Flow {
        let statements = self.list(many);
        // Function declarations can be called above their text.
        let hoists = matches!(self.language, Language::JavaScript | Language::Php | Language::Perl);
        if hoists {
            for statement in &statements {
                if let Node::Func(func) = self.tree.get(*statement)
                    && let Some(name) = self.tree.function(func).map(|f| f.name)
                    && name != Sym::EMPTY
                {
                    let value = self.function_value(func);
                    self.declare_name(name, value);
                }
            }
        }
        for statement in statements {
            if hoists && matches!(self.tree.get(statement), Node::Func(_)) {
                continue;
            }
            let flow = self.statement(statement);
            if flow != Flow::Next {
                return flow;
            }
        }
        Flow::Next
    }

    /// Goes through something that may or may not run.
    pub(super) fn maybe<T>(&mut self, given: Labels, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.given, self.behind);
        self.undecided += 1;
        self.given = self.given.with(given);
        let done = work(self);
        (self.given, self.behind) = before;
        self.undecided -= 1;
        done
    }

    /// `if` with all its `else if`, of which there may be thousands: by a loop, not by calls.
    fn branch(&mut self, test: Id, then: Id, other: Id) -> Flow {
        let before = (self.undecided, self.given);
        let mut link = (test, then, other);
        // How the branches that may have been taken ended, as far as they agree that what follows is not reached.
        let mut ended: Option<Flow> = None;
        let mut asked = Labels::NONE;
        let last = loop {
            let (test, then, other) = link;
            if matches!(
                self.language,
                Language::Python | Language::Go | Language::Rust | Language::Java | Language::CSharp | Language::R
            ) && self.is_main_guard(test)
            {
                self.main_part(then);
                ended = Some(Flow::Next);
            } else {
                let value = self.value(test);
                match self.decided(&value) {
                    Some(true) => {
                        self.decided_met += 1;
                        break self.statement(then);
                    }
                    Some(false) => self.decided_met += 1,
                    None => {
                        let labels = self.all_labels(&value);
                        self.undecided_met += 1;
                        self.choice(test, then, other, &value);
                        let (named, unnamed) = self.asks_by_name(test);
                        let flow = self.maybe(labels.with(named), |m| m.statement(then));
                        ended = Some(match ended {
                            None => flow,
                            Some(Flow::Next) => Flow::Next,
                            Some(first) if flow != Flow::Next => first,
                            Some(_) => Flow::Next,
                        });
                        // What follows is only reached when the condition does not hold.
                        self.undecided += 1;
                        self.given = self.given.with(labels);
                        // `if (!/token/.test(name)) return`
                        asked = asked.with(labels).with(unnamed);
                    }
                }
            }
            match self.tree.get(other) {
                Node::If(test, then, other) if self.step() => link = (test, then, other),
                _ => break self.statement(other),
            }
        };
        (self.undecided, self.given) = before;
        // What comes behind `if (Date.now() < day) return` waits for the day.
        let leaves = ended.is_some_and(|flow| flow != Flow::Next) && last == Flow::Next;
        if leaves {
            // So it does where a server goes on for whoever has said the word.
            let kept = if self.is_compiled() || self.is_curly() {
                Labels::ASKED.with(Labels::CONCEALED)
            } else {
                Labels::NONE
            };
            self.given = self.given.with(asked.only(super::login::NAMED.with(Labels::TIME).with(kept)));
            // Other than the day, a place says nothing of the values that come behind, but of what is done.
            self.behind = self.behind.with(asked.only(Labels::LOCALE.with(Labels::TIME_ZONE)));
        }
        match ended {
            Some(first) if first != Flow::Next && last != Flow::Next => first,
            Some(_) => Flow::Next,
            None => last,
        }
    }

    /// What runs when a file of Python is started as a program.
    fn main_part(&mut self, body: Id) {
        let before = self.when;
        if before == When::Load {
            self.when = When::Main;
        }
        self.maybe(Labels::NONE, |m| m.statement(body));
        self.when = before;
    }

    fn is_main_guard(&self, test: Id) -> bool {
        let Node::Binary(Op::Eq, a, b) = self.tree.get(test) else { return false };
        is_name(&self.tree, a, "__name__") || is_name(&self.tree, b, "__name__")
    }

    /// The fuel that must be left for a loop to go on: one that counts for ever must not use up what the rest of the
    /// script needs.
    fn reserve(&self) -> u64 {
        self.fuel - (self.fuel / 2).min(MOST_FOR_A_LOOP)
    }

    fn for_each(&mut self, target: Id, iterable: Id, body: Id) -> Flow {
        let label = self.label.take();
        let steps = self.steps_of(iterable);
        let in_pairs = self.asked_of(iterable, PAIRS);
        let over = self.value(in_pairs.or(steps).unwrap_or(iterable));
        let reserve = self.reserve();
        let known = match in_pairs {
            Some(_) => self.pairs_of(&over),
            None => self.elements(&over).filter(|items| steps.is_none() || !items.is_empty()),
        };
        let listed = known.or_else(|| match over.known {
            // What a generator may hand out, be it all or not.
            Known::Object(id) if self.generators.contains(&id) => {
                self.heap.list(id).filter(|items| !items.is_empty()).cloned()
            }
            _ => None,
        });
        if let Some(items) = listed {
            let (mut acted, begun, mut since) = (0, self.idle, self.idle);
            for (round, item) in items.into_iter().enumerate() {
                if !self.step() {
                    return Flow::Next;
                }
                let again = round < ROUNDS_THAT_SHOW || self.may_repeat(begun, &mut since);
                if self.fuel < reserve || !again {
                    self.out.cut_off = true;
                    return Flow::Next;
                }
                let events = self.out.events.len();
                self.bind(target, item, true);
                match self.statement(body) {
                    Flow::Next | Flow::Continue => {}
                    Flow::ContinueTo(to) if Some(to) == label => {}
                    Flow::Break => return Flow::Next,
                    flow => return flow,
                }
                acted += usize::from(self.out.events.len() > events);
                if acted >= ELEMENTS_THAT_ACT {
                    break;
                }
            }
            return Flow::Next;
        }
        let labels = self.all_labels(&over);
        let item = match over.known {
            Known::Path(path) => {
                let element = self.paths.element(path);
                Value::new(Known::Path(element), labels)
            }
            _ => self
                .handed_out_by(&over, matches!(self.tree.get(target), Node::List(_)))
                .unwrap_or(Value::unknown(labels)),
        };
        let item = if in_pairs.is_some() { self.new_list(vec![Value::UNKNOWN, item], labels) } else { item };
        self.bind(target, item, true);
        self.maybe(Labels::NONE, |m| m.statement(body));
        Flow::Next
    }

    /// What a loop that asks an iterator step by step goes through.
    fn steps_of(&self, iterable: Id) -> Option<Id> {
        self.asked_of(iterable, STEPS)
    }

    /// What a helper of a reader, by its name, is asked about.
    fn asked_of(&self, iterable: Id, helper: &str) -> Option<Id> {
        let Node::Call(callee, many) = self.tree.get(iterable) else { return None };
        match self.tree.list(many) {
            [over] if is_name(&self.tree, callee, helper) => Some(*over),
            _ => None,
        }
    }

    /// An element of a listing of files: a path below what is listed. A walk hands out folder, folders, files.
    fn listed(&mut self, over: &Value, in_parts: bool) -> Option<Value> {
        let Known::Object(id) = over.known else { return None };
        let Some(Kind::Handle(path, about)) = self.heap.get(id).map(|o| &o.kind) else { return None };
        let name = self.paths.text(*path);
        if !LISTINGS.contains(&name.strip_suffix("()")?) {
            return None;
        }
        let (is_walk, labels) = (name == "os.walk()", over.labels);
        let place = about.as_text()?.trim_end_matches(['*', '/']).to_owned();
        let below = Value::text(format!("{place}/{HOLE}"), labels.with(about.labels));
        if is_walk && in_parts {
            return Some(self.new_list(vec![below, Value::unknown(labels), Value::unknown(labels)], labels));
        }
        Some(below)
    }

    /// What something outside hands out when it is gone through.
    pub(super) fn handed_out_by(&mut self, over: &Value, in_parts: bool) -> Option<Value> {
        self.listed(over, in_parts).or_else(|| self.arriving(over))
    }

    /// What a connection that is gone through hands out.
    fn arriving(&mut self, over: &Value) -> Option<Value> {
        let Known::Object(id) = over.known else { return None };
        let Some(Kind::Handle(path, _)) = self.heap.get(id).map(|o| &o.kind) else { return None };
        let element = self.paths.element(*path);
        let word = self.word(element)?;
        Some(Self::path_value(element, word.yields.with(self.all_labels(over))))
    }

    /// A few of what a listing, or a list of such, may hand out.
    pub(super) fn some_listed(&mut self, over: &Value) -> Option<Vec<Value>> {
        if let Some(one) = self.listed(over, false) {
            return Some(vec![one]);
        }
        let Known::Object(id) = over.known else { return None };
        self.heap.list(id).filter(|items| items.len() < MAX_DROPPED * MAX_DROPPED).cloned()
    }

    fn while_loop(&mut self, test: Id, body: Id, update: Id, body_first: bool) -> Flow {
        let label = self.label.take();
        let reserve = self.reserve();
        let (mut idle, mut rounds, begun, mut since) = (0, 0, self.idle, self.idle);
        let mut first = body_first;
        let for_ever = !test.is_some() || matches!(self.tree.get(test), Node::Bool(true) | Node::Num(_));
        loop {
            if !self.step() {
                return Flow::Next;
            }
            let again = rounds < ROUNDS_THAT_SHOW || self.may_repeat(begun, &mut since);
            rounds += 1;
            if self.fuel < reserve || !again {
                self.out.cut_off = true;
                return Flow::Next;
            }
            let before = (self.out.events.len(), self.undecided_met, self.decided_met);
            let known = if first || for_ever {
                Some(true)
            } else {
                let value = self.value(test);
                self.truth(&value)
            };
            first = false;
            match known {
                Some(false) => return Flow::Next,
                Some(true) => {
                    match self.statement(body) {
                        Flow::Next | Flow::Continue => {}
                        Flow::ContinueTo(to) if Some(to) == label => {}
                        Flow::Break => return Flow::Next,
                        flow => return flow,
                    }
                    // A round that acts, or that meets something undecided, shows all that further rounds would; an endless
                    // loop that decides nothing never ends.
                    let acted = self.out.events.len() > before.0 || self.undecided_met > before.1;
                    if acted || (for_ever && self.decided_met == before.2) {
                        idle += 1;
                    }
                    if idle >= ROUNDS_THAT_ACT {
                        return Flow::Next;
                    }
                }
                None => {
                    self.undecided_met += 1;
                    self.maybe(Labels::NONE, |m| m.statement(body));
                    self.maybe(Labels::NONE, |m| m.statement(update));
                    return Flow::Next;
                }
            }
            self.statement(update);
        }
    }

    fn try_block(&mut self, body: Id, handlers: Id, finally: Id) -> Flow {
        // `try: … finally: …` of Python swallows nothing.
        let swallows = u32::from(handlers.is_some() || self.language != Language::Python);
        self.tries += swallows;
        let before = (self.out.events.len(), self.undecided_met, self.outside_met);
        let outer = (std::mem::take(&mut self.later.thrown), std::mem::take(&mut self.later.caught));
        let flow = self.statement(body);
        self.tries -= swallows;
        // What the other side answered stands in the error with which a request fails.
        let asks = |e: &Event| matches!(e.act, Act::Fetch | Act::Send);
        self.later.caught = match self.later.thrown.take() {
            Some(thrown) => thrown,
            None if self.out.events.get(before.0..).is_some_and(|new| new.iter().any(asks)) => {
                Value::unknown(Labels::DOWNLOADED)
            }
            None => Value::UNKNOWN,
        };
        let flow = if flow == Flow::Throw {
            self.statement(handlers)
        } else if before == (self.out.events.len(), self.undecided_met, self.outside_met) {
            // A body that only computes with constants has not failed: going through its handler would change what it has
            // computed (decoders of string tables turn the table in both).
            self.postpone(handlers);
            flow
        } else {
            self.maybe(Labels::NONE, |m| m.statement(handlers));
            flow
        };
        (self.later.thrown, self.later.caught) = outer;
        match self.statement(finally) {
            Flow::Next => flow,
            other => other,
        }
    }

    fn postpone(&mut self, handlers: Id) {
        if handlers.is_some() && self.late.insert(handlers) {
            self.keep_frames();
            self.handlers.push(Late {
                body: handlers,
                frame: self.frame,
                when: self.when,
                language: self.language,
                layer: self.layer,
                anchor: self.anchor,
                concealed: self.concealed,
            });
        }
    }

    /// Whether a handler does nothing but put what stands first in a list behind its last, as decoders of string tables do.
    pub(super) fn turns_a_table(&self, handler: Id) -> bool {
        const MOST_NODES: usize = 32;
        let mut open = vec![handler];
        let (mut calls, mut takes, mut puts) = (0, false, false);
        let mut seen = 0;
        while let Some(at) = open.pop() {
            seen += 1;
            if seen > MOST_NODES {
                return false;
            }
            match self.tree.get(at) {
                Node::Call(..) => calls += 1,
                Node::Member(_, name) | Node::Str(name) => {
                    takes |= self.tree.str(name) == "shift";
                    puts |= self.tree.str(name) == "push";
                }
                Node::Block(_) | Node::Index(..) | Node::Name(_) | Node::Declare(..) => {}
                _ if !at.is_some() => {}
                _ => return false,
            }
            self.tree.children(at, &mut open);
        }
        calls == 2 && takes && puts
    }

    /// Goes through the handlers that waited.
    pub(super) fn late_handlers(&mut self) {
        while let Some(late) = self.handlers.pop() {
            if self.is_spent() {
                return;
            }
            (self.frame, self.when) = (late.frame, late.when);
            (self.language, self.layer, self.anchor) = (late.language, late.layer, late.anchor);
            self.concealed = late.concealed;
            self.maybe(Labels::NONE, |m| m.statement(late.body));
        }
        self.frame = 0;
        (self.language, self.layer, self.anchor) = (self.tree.language, 0, None);
        self.concealed = false;
    }

    fn switch(&mut self, value: Id, cases: Many) -> Flow {
        let value = self.value(value);
        let cases = self.list(cases);
        if value.is_constant() {
            // Falls through from the first case that fits.
            let mut runs = false;
            let mut default = None;
            for (i, case) in cases.iter().enumerate() {
                let Node::Case(test, body) = self.tree.get(*case) else { continue };
                if !runs {
                    if !test.is_some() {
                        default = Some(i);
                        continue;
                    }
                    let test = self.value(test);
                    runs = test.is_constant() && crate::analyze::script::fold::number::equal(&test, &value);
                }
                if runs {
                    match self.statement(body) {
                        Flow::Break => return Flow::Next,
                        Flow::Next => {}
                        flow => return flow,
                    }
                    if self.language != Language::JavaScript {
                        return Flow::Next;
                    }
                }
            }
            if let (false, Some(default)) = (runs, default) {
                for case in cases.iter().skip(default) {
                    let Node::Case(_, body) = self.tree.get(*case) else { continue };
                    match self.statement(body) {
                        Flow::Break => return Flow::Next,
                        Flow::Next => {}
                        flow => return flow,
                    }
                }
            }
            return Flow::Next;
        }
        let labels = self.all_labels(&value);
        for case in cases {
            if let Node::Case(test, body) = self.tree.get(case) {
                if test.is_some() {
                    self.value(test);
                }
                self.maybe(labels, |m| m.statement(body));
            }
        }
        Flow::Next
    }

    pub(super) fn class(&mut self, name: Sym, bases: Many, body: Id) -> Value {
        let mut fields = Fields::default();
        let mut outside = Vec::new();
        let mut above = super::classes::Above::default();
        for base in self.list(bases) {
            let keyword = match self.tree.get(base) {
                Node::Keyword(name, _) if self.language == Language::Python => Some(name),
                _ => None,
            };
            let base = self.value(base);
            if let Some(name) = keyword {
                // What is said behind the bases makes the class and is none of them.
                above.said(&self.name(name), base);
                continue;
            }
            self.inherit(&base, &mut fields, &mut outside, &mut above);
        }
        // A class of Ruby that is opened again keeps what it had.
        let before = match self.variable(name) {
            Some(Value { known: Known::Object(id), .. }) if self.language == Language::Ruby => {
                match self.heap.get(id).map(|o| &o.kind) {
                    Some(Kind::Class(before, _)) => before.clone(),
                    _ => Fields::default(),
                }
            }
            _ => Fields::default(),
        };
        if self.pay(before.len().saturating_mul(32)) {
            for (member, value) in before.iter() {
                fields.set_shared(member, value.clone());
            }
        }
        let class = self.object(Kind::Class(fields, outside), Labels::NONE);
        if name != Sym::EMPTY {
            self.declare_name(name, class.clone());
        }
        let value = class.clone();
        let Known::Object(class) = class.known else { return value };
        // The body has variables of its own; they become the fields.
        let frame = self.push_frame(self.frame);
        let around = std::mem::replace(&mut self.frame, frame);
        let waiting = self.pending.len();
        // Blocks of a class run once its members are there.
        let mut blocks = Vec::new();
        match (self.language, self.tree.get(body)) {
            (Language::JavaScript, Node::Block(parts)) => {
                let this = Value::new(Known::Object(class), Labels::NONE);
                self.declare_name(self.this, this);
                for part in self.list(parts) {
                    match self.tree.get(part) {
                        Node::Block(_) => blocks.push(part),
                        _ => {
                            self.statement(part);
                        }
                    }
                }
            }
            _ => {
                for (member, value) in before.iter() {
                    let member = self.tree.sym(member.as_bytes());
                    self.declare_name(member, value.clone());
                }
                self.declare_own_class(&value);
                self.statement(body);
            }
        }
        for entry in self.pending.iter_mut().skip(waiting) {
            let class = *entry.2.get_or_insert(class);
            self.class_of.entry(entry.0).or_insert(class);
        }
        self.frame = around;
        let mut vars: Vec<(Sym, Value)> =
            self.frames.get_mut(frame as usize).map(|f| f.vars.drain().collect()).unwrap_or_default();
        if self.language == Language::Python {
            self.put_in_order(body, &mut vars);
        }
        for (name, value) in vars {
            if name == self.this && self.language == Language::JavaScript {
                continue;
            }
            let symbol = name;
            let name = self.name(name);
            if matches!(self.language, Language::Php | Language::Ruby) && matches!(&*name, "self" | "static") {
                if let Some(frame) = self.frames.get_mut(frame as usize) {
                    frame.vars.insert(symbol, value);
                }
                continue;
            }
            // Methods of Ruby see the constants around them, and one another.
            if self.language == Language::Ruby
                && (name.starts_with(|c: char| c.is_ascii_uppercase()) || matches!(value.known, Known::Func(..)))
                && let Some(frame) = self.frames.get_mut(frame as usize)
            {
                frame.vars.insert(symbol, value.clone());
            }
            self.has_getters |= name.starts_with("get ");
            if let Some(Kind::Class(fields, _)) = self.heap.get_mut(class).map(|o| &mut o.kind) {
                fields.set(&name, value);
            }
        }
        if !blocks.is_empty() {
            let around = std::mem::replace(&mut self.frame, frame);
            self.declare_name(self.this, Value::new(Known::Object(class), Labels::NONE));
            for block in blocks {
                self.statement(block);
            }
            self.frame = around;
        }
        if self.language == Language::Python {
            self.made_class(class, name, above);
        }
        value
    }

    /// The names by which a class speaks of itself.
    fn declare_own_class(&mut self, class: &Value) {
        let names: &[&str] = match self.language {
            Language::Php => &["self", "static"],
            Language::Ruby => &["self"],
            _ => return,
        };
        for name in names {
            let name = self.tree.sym(*name);
            self.declare_name(name, class.clone());
        }
    }

    fn import(&mut self, module: Sym, member: Sym, alias: Sym) {
        let (module, member_name) = (self.name(module), self.name(member));
        if self.import_sibling(&module, member, alias) || alias == Sym::EMPTY {
            return;
        }
        if let Some(value) = self.imported_constant(&module, &member_name) {
            self.declare_name(alias, value);
            return;
        }
        let root = self.paths.root(&module);
        let path = match &*member_name {
            "" | "*" | "default" => root,
            name => self.paths.member(root, name),
        };
        let value = self.constant_of_python(path).unwrap_or_else(|| Self::path_value(path, Labels::NONE));
        self.declare_name(alias, value);
    }
}
