//! Expressions.

use std::borrow::Cow;
use std::rc::Rc;

use super::Machine;
use super::python::{SITE_PACKAGES, TEMPORARY_FOLDER};
use crate::analyze::script::covert::SURROUNDINGS;
use crate::analyze::script::fold;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::analyze::script::wallets::is_address;
use crate::parse::script::tree::CAUGHT;
use crate::parse::script::{Id, Language, Many, Node, Op};

/// Most elements that are listed out of a string or a range.
const MAX_ELEMENTS: usize = 1 << 18;
/// Steps that making text gives back: as many as a decoder takes for one letter. An exclusive or is a part of that.
pub(super) const EARNED_BY_TEXT: u64 = 64;
const EARNED_BY_XOR: u64 = 12;
const LONG_TEXT: usize = 16;
/// Most elements of lists, and their deepest nesting, that become text.
const MAX_PARTS: usize = 4096;
const MAX_SHOWN_DEPTH: u32 = 4;
/// What stands for the text of a function: on one line, and of the form that scripts which defend themselves ask for.
pub(super) const FUNCTION_TEXT: &str = "function(){return'x';}";
/// Functions that are there wherever JavaScript runs.
const CONSTRUCTORS: &[&str] = &[
    "Array",
    "Buffer",
    "Date",
    "Function",
    "Map",
    "Number",
    "Object",
    "Promise",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TextDecoder",
    "TextEncoder",
    "Uint8Array",
    "atob",
    "eval",
    "parseInt",
    "require",
    "setInterval",
    "setTimeout",
];

/// Whether something is there wherever JavaScript runs.
pub(super) fn is_given(name: &str) -> bool {
    CONSTRUCTORS.contains(&name)
}

/// Most operands of one chain of operators.
const MAX_CHAIN: usize = 1 << 20;
/// Longest name by which a function without one of its own is known.
const LONGEST_NAME: usize = 64;

impl Machine {
    /// The value of an expression.
    pub(super) fn value(&mut self, id: Id) -> Value {
        if !id.is_some() || !self.step() || self.is_too_deep() {
            return Value::UNKNOWN;
        }
        self.depth += 1;
        let value = self.value_inner(id);
        self.depth -= 1;
        value
    }

    fn value_inner(&mut self, id: Id) -> Value {
        match self.tree.get(id) {
            Node::Nil => Value::NIL,
            Node::Bool(b) => Value::bool(b, Labels::NONE),
            Node::Num(n) => Value::num(n, Labels::NONE),
            Node::Str(sym) => Value::str(self.name(sym), Labels::NONE),
            Node::Bytes(sym) => Value::bytes(self.tree.text(sym), Labels::NONE),
            Node::Regex(sym) => {
                let pattern = Value::str(self.name(sym), Labels::NONE);
                let path = self.paths.root("RegExp");
                self.object(Kind::Handle(path, Box::new(pattern)), Labels::NONE)
            }
            Node::Name(name) => self.name_value(name, id),
            Node::Member(of, name) => {
                let object = self.value(of);
                let name = self.name(name);
                self.member(&object, &name, id).labelled(self.login_by_member(of, &name))
            }
            Node::Index(of, at) => {
                let login = self.login_by_name(of, at);
                let object = self.value(of);
                let index = self.value(at).labelled(login);
                let index = self.spelled_out(&index).unwrap_or(index);
                // Text is counted by a number that stands in text as well.
                let index = match index.as_str().and_then(|text| text.parse::<u16>().ok()) {
                    Some(n) if self.language == Language::JavaScript && object.as_str().is_some() => {
                        Value::num(f64::from(n), index.labels)
                    }
                    _ => index,
                };
                if let (Some(text), false) = (index.as_str(), matches!(object.known, Known::Object(_))) {
                    let text = text.to_owned();
                    let labels = index.labels;
                    return self.entry(&object, &text, id).labelled(labels);
                }
                self.asked_of_the_outside(&object, &index);
                self.choice_by_index(&object, &index, id);
                // Letters of an alphabet, and entries by their places, are picked and not looked for.
                let is_table = matches!(object.known, Known::Object(id) if self.heap.get(id).is_some_and(|o| matches!(o.kind, Kind::Dict(_))));
                let compared = if is_table { self.compared(&object, &index) } else { Labels::NONE };
                let value = self.element(&object, &index).labelled(compared.with(index.labels.only(Labels::DIGESTED)));
                if !compared.is_empty() {
                    self.note_compared(&value, id);
                }
                // One variable, whichever it is, unless the names are those of the environment itself, one after another.
                let whole = self.environment_itself(&object);
                if whole.is_empty() || self.all_labels(&index).any(Labels::ENV_ALL) {
                    return value;
                }
                let labels = value.labels.without(whole).with(Labels::ENV);
                Value { labels, ..value }
            }
            Node::Slice(object, parts) => {
                let object = self.value(object);
                let parts: Vec<Option<Value>> =
                    self.list(parts).iter().map(|p| p.is_some().then(|| self.value(*p))).collect();
                self.slice(&object, &parts)
            }
            Node::Call(callee, args) => self.call(id, callee, args, false),
            Node::New(callee, args) => self.call(id, callee, args, true),
            Node::Keyword(_, value) | Node::Spread(value) => self.value(value),
            Node::Await(value) => self.value(value),
            Node::Enter(context) => self.entered(context),
            Node::Yield(value) => {
                let value = if value.is_some() { self.value(value) } else { Value::NIL };
                if self.language == Language::Python {
                    self.hand_out(value.clone().labelled(self.given.only(Labels::PICKED_FILE)));
                    return Value::unknown(value.labels);
                }
                self.returned = Some(match self.returned.take() {
                    Some(before) => before.or(value.clone()),
                    None => value.clone(),
                });
                // What is handed out to be waited for comes back with its answer.
                value
            }
            Node::Binary(op, a, b) => self.binary(op, a, b, id),
            Node::Unary(op, operand) => {
                let value = self.value(operand);
                match op {
                    Op::Not => match self.truth(&value) {
                        Some(truth) => Value::bool(!truth, value.labels),
                        None => Value::unknown(value.labels),
                    },
                    Op::TypeOf => match self.type_name(&value) {
                        Some(name) => Value::str(name, value.labels),
                        None => Value::unknown(value.labels.without(Labels::DIGESTED)),
                    },
                    _ => {
                        let value = self.spelled_out(&value).unwrap_or(value);
                        fold::number::unary(op, &value, self.language)
                    }
                }
            }
            Node::Cond(test, a, b) => {
                let test_value = self.value(test);
                match self.decided(&test_value) {
                    Some(true) => self.value(a).labelled(test_value.labels.only(Labels::IMPLICIT)),
                    Some(false) => self.value(b).labelled(test_value.labels.only(Labels::IMPLICIT)),
                    None => {
                        let labels = self.all_labels(&test_value);
                        self.choice(test, a, b, &test_value);
                        let a = self.maybe(labels, |m| m.value(a));
                        let b = self.maybe(labels, |m| m.value(b));
                        self.either(b, a).labelled(labels.only(Labels::IMPLICIT))
                    }
                }
            }
            Node::List(items) => {
                let mut all = Vec::new();
                let mut open = false;
                for item in self.list(items) {
                    if let Node::Spread(inner) = self.tree.get(item) {
                        let value = self.value(inner);
                        match self.elements(&value) {
                            Some(items) => all.extend(items),
                            None => {
                                open = true;
                                all.push(Value::unknown(self.all_labels(&value)));
                            }
                        }
                    } else {
                        all.push(self.value(item));
                    }
                }
                let list = self.new_list(all, Labels::NONE);
                if let (true, Known::Object(id)) = (open, &list.known)
                    && let Some(object) = self.heap.get_mut(*id)
                {
                    object.open = true;
                }
                list
            }
            Node::Dict(pairs) => self.dict(pairs),
            Node::Template(pieces) => self.template(pieces),
            Node::Func(func) => self.function_value(func),
            Node::Assign(target, value) => {
                let from = value;
                let mut value = self.value(from);
                if matches!(self.tree.get(target), Node::Index(..)) {
                    let masked = self.masked(from, value.labels);
                    value = value.labelled(masked);
                }
                if self.counts_calls(target, from) {
                    value = Value::unknown(value.labels);
                }
                let kept = self.secret_kept_in(target, &value);
                let value = value.labelled(kept);
                self.bind(target, value.clone(), false);
                value
            }
            Node::Declare(target, of) => {
                let value = self.value(of);
                self.bind(target, value.clone(), true);
                self.once_it_is_there(of, &value);
                value
            }
            Node::Seq(many) => {
                let mut last = Value::NIL;
                for part in self.list(many) {
                    last = self.value(part);
                }
                last
            }
            Node::Comp(element, clauses) => self.comprehension(element, clauses),
            Node::Opaque(many) => {
                let mut labels = Labels::NONE;
                for part in self.list(many) {
                    let value = self.value(part);
                    labels = labels.with(self.all_labels(&value));
                }
                Value::unknown(labels)
            }
            Node::Class(name, bases, body) => self.class(name, bases, body),
            // `%{ facts() }`: what stands in the braces is what is looked into.
            Node::Block(many) if self.language == Language::Perl && self.list(many).len() == 1 => {
                let only = self.list(many).first().copied().unwrap_or(Id::NONE);
                self.value(only)
            }
            Node::Block(_)
            | Node::Return(_)
            | Node::Throw(_)
            | Node::If(..)
            | Node::For(..)
            | Node::While(..)
            | Node::DoWhile(..)
            | Node::Try(..)
            | Node::Switch(..)
            | Node::Case(..)
            | Node::Break
            | Node::Continue
            | Node::Labelled(..)
            | Node::BreakTo(_)
            | Node::ContinueTo(_)
            | Node::Import(..)
            | Node::Clause(..) => {
                self.statement(id);
                Value::UNKNOWN
            }
        }
    }

    fn name_value(&mut self, name: crate::parse::script::Sym, id: Id) -> Value {
        if let Some(value) = self.variable(name) {
            // The name of a method of Ruby calls it.
            if self.language == Language::Ruby
                && let Known::Func(func, frame) = value.known
                && self.tree.function(func).is_some_and(|function| function.name == name)
            {
                return self.call_function(func, frame, None, &super::call::Args::default());
            }
            return value;
        }
        let text = self.name(name);
        match (&*text, self.language) {
            (CAUGHT, _) => return self.later.caught.clone(),
            ("undefined", Language::JavaScript) => return Value::NIL,
            ("NaN", Language::JavaScript) => return Value::num(f64::NAN, Labels::NONE),
            ("Infinity", Language::JavaScript) => return Value::num(f64::INFINITY, Labels::NONE),
            ("__file__", Language::Python) | ("__filename", Language::JavaScript) | ("0", Language::Shell) => {
                return Value::text(format!("{{own file}}{HOLE}"), Labels::OWN_FILE);
            }
            ("__FILE__" | "__file__", Language::Php | Language::Ruby | Language::Perl) | ("0", Language::Perl) => {
                return Value::text(format!("{{own file}}{HOLE}"), Labels::OWN_FILE);
            }
            ("__dirname", Language::JavaScript)
            | ("__dir__", Language::Ruby)
            | ("__DIR__" | "__dir__", Language::Php) => {
                return Value::text("{own folder}".to_owned(), Labels::OWN_FILE);
            }
            ("__name__", Language::Python) => return Value::UNKNOWN,
            _ => {}
        }
        if matches!(self.language, Language::Shell | Language::Batch) {
            return self.environment(&text, id);
        }
        if let Some(class) = self.autoloaded(&text) {
            return class;
        }
        let path = self.paths.root(&text);
        let labels = self.path_labels(path, id);
        Self::path_value(path, labels)
    }

    /// Which way a condition goes. What comes from outside only stands for what it may be, and decides nothing.
    pub(super) fn decided(&self, value: &Value) -> Option<bool> {
        if value.labels.without(Labels::OWN).is_empty() { self.truth(value) } else { None }
    }

    /// The truth of a value, objects included.
    pub(super) fn truth(&self, value: &Value) -> Option<bool> {
        if let Known::Object(id) = value.known {
            let object = self.heap.get(id)?;
            return match (&object.kind, self.language) {
                (_, Language::JavaScript) | (Kind::Class(..) | Kind::Instance(..), _) => Some(true),
                (Kind::List(items), _) if !object.open => Some(!items.is_empty()),
                (Kind::Dict(fields), _) if !object.open => Some(fields.len() > 0),
                _ => None,
            };
        }
        if let Known::Path(path) = value.known
            && self.language == Language::JavaScript
            && CONSTRUCTORS.contains(&self.paths.text(path))
        {
            return Some(true);
        }
        value.truth()
    }

    /// Goes again through the functions that a connection was given to call, now that it has the name by which they speak
    /// of it.
    fn once_it_is_there(&mut self, of: Id, value: &Value) {
        let labels = self.all_labels(value);
        let Node::Call(_, args) = self.tree.get(of) else { return };
        if self.language != Language::JavaScript || !labels.any(Labels::REMOTE) {
            return;
        }
        for arg in self.list(args) {
            if let Node::Func(_) = self.tree.get(arg) {
                let function = self.value(arg);
                self.call_back(&function, labels, None);
            }
        }
    }

    /// What `typeof` says.
    fn type_name(&self, value: &Value) -> Option<&'static str> {
        Some(match &value.known {
            Known::Nil => "undefined",
            Known::Num(_) => "number",
            Known::Str(_) | Known::Text(_) => "string",
            Known::Bool(_) => "boolean",
            Known::Func(..) => "function",
            Known::Bytes(_) => "object",
            Known::Object(id) => match self.heap.get(*id)?.kind {
                Kind::Class(..) => "function",
                _ => "object",
            },
            Known::Path(path) if CONSTRUCTORS.contains(&self.paths.text(*path)) => "function",
            Known::Path(_) | Known::Unknown => return None,
        })
    }

    fn binary(&mut self, op: Op, a: Id, b: Id, id: Id) -> Value {
        // Chains lean to the left and can be as long as the file: down by a loop, up by a loop.
        let mut chain = smallvec::SmallVec::<[(Op, Id, Id); 4]>::new();
        chain.push((op, b, id));
        let mut first = a;
        while let Node::Binary(op, a, b) = self.tree.get(first) {
            if chain.len() >= MAX_CHAIN || matches!(op, Op::And | Op::Or | Op::Coalesce) {
                break;
            }
            chain.push((op, b, first));
            first = a;
        }
        let mut value = self.value(first);
        // Whether the value so far is single bits of another: one that is asked for is no item of a list.
        let mut is_bit = false;
        let mut is_begun = false;
        // Long sums of text are gathered in one buffer.
        let mut gathered: Option<(String, Labels, bool)> = None;
        while let Some((op, b, whole)) = chain.pop() {
            if !self.step() {
                return Value::UNKNOWN;
            }
            if matches!(op, Op::And | Op::Or | Op::Coalesce) {
                if let Some((text, labels, _)) = gathered.take() {
                    value = Value::str(text, labels);
                }
                value = self.logic(op, value, b);
                continue;
            }
            let mut right = self.value(b);
            if op == Op::Add && self.language == Language::JavaScript {
                right = self.in_text(right, b);
                if !is_begun && gathered.is_none() {
                    value = self.in_text(value, first);
                }
            }
            is_begun = true;
            if op == Op::Add
                && let Some(text) = right.as_str()
            {
                if let Some((whole, labels, _)) = &mut gathered {
                    whole.push_str(text);
                    *labels = labels.with(right.labels).with(Labels::BUILT);
                    continue;
                }
                if let (Some(left), false) = (value.as_str(), chain.is_empty()) {
                    gathered =
                        Some((format!("{left}{text}"), value.labels.with(right.labels).with(Labels::BUILT), true));
                    continue;
                }
            }
            if let Some((text, labels, _)) = gathered.take() {
                if !self.pay(text.len()) {
                    return Value::UNKNOWN;
                }
                value = Value::str(text, labels);
            }
            if matches!(op, Op::Eq | Op::Ne) {
                self.see_fixed(&value, &right, id);
            }
            value = self.operate(op, &value, &right);
            // Of the surroundings, bits are left that nobody can read them from.
            if matches!(op, Op::BitAnd | Op::Mod)
                && value.labels.any(Labels::IMPLICIT)
                && !value.labels.any(Labels::CONCEALED)
                && !value.is_constant()
            {
                value.labels = value.labels.with(Labels::DIGESTED);
            }
            if matches!(op, Op::Eq | Op::Ne | Op::In | Op::NotIn) {
                self.note_compared(&value, whole);
            }
            if is_bit && matches!(op, Op::Eq | Op::Ne) {
                value.labels = value.labels.without(Labels::CONCEALED);
            }
            // Decoders cut bytes out with numbers.
            is_bit = op == Op::BitAnd && !matches!(self.tree.get(b), Node::Num(_));
        }
        if let Some((text, labels, _)) = gathered {
            value = Value::str(text, labels);
        }
        // The address of a wallet is the same whether it is decoded whole or in pieces.
        if value.labels.any(Labels::CONCEALED) && value.as_str().is_some_and(is_address) {
            self.note_decoded(&value, id);
        }
        value
    }

    fn logic(&mut self, op: Op, left: Value, b: Id) -> Value {
        if matches!(self.language, Language::Shell | Language::Batch) {
            let right = self.value(b);
            return Value::unknown(left.labels.with(right.labels));
        }
        let truth = match op {
            Op::Coalesce => match left.known {
                Known::Nil => Some(false),
                Known::Unknown | Known::Path(_) => None,
                _ => Some(true),
            },
            _ => self.truth(&left),
        };
        // On another system it is something else.
        let is_of_a_system = left.labels.any(Labels::PLATFORM);
        match (op, truth.filter(|_| !is_of_a_system)) {
            (Op::And, Some(true)) | (Op::Or | Op::Coalesce, Some(false)) => self.value(b),
            (_, Some(_)) => left,
            (_, None) => {
                let labels = self.all_labels(&left);
                let given = if op == Op::And { labels } else { Labels::NONE };
                let right = self.maybe(given, |m| m.value(b));
                match op {
                    // Nothing is no guess at what the surroundings are.
                    Op::Or | Op::Coalesce
                        if !self.says_something(&right) && self.all_labels(&left).any(SURROUNDINGS) =>
                    {
                        left
                    }
                    // What stands there wins over the name of a variable that is set nowhere.
                    Op::Or | Op::Coalesce if right.as_str().is_some() && is_variable(&left) => {
                        right.labelled(left.labels)
                    }
                    Op::Or | Op::Coalesce if is_of_a_system => self.of_any_system(vec![left, right]).labelled(labels),
                    // Who is not handed one makes one (`client or Client()`).
                    Op::Or | Op::Coalesce
                        if left.known == Known::Unknown
                            && left.labels == Labels::PARAMETER
                            && self.is_instance_of_own(&right) =>
                    {
                        right.labelled(left.labels)
                    }
                    // A default beside a value that is not known: both are kept as text when they can be.
                    Op::Or | Op::Coalesce => self.either(right, left),
                    _ => Value::unknown(labels.with(right.labels)),
                }
            }
        }
    }

    fn is_instance_of_own(&self, value: &Value) -> bool {
        let Known::Object(id) = value.known else { return false };
        matches!(self.heap.get(id).map(|object| &object.kind), Some(Kind::Instance(..)))
    }

    pub(super) fn operate(&mut self, op: Op, a: &Value, b: &Value) -> Value {
        if let Some((a, b)) = self.codes_of(op, a, b) {
            return self.operate(op, &a, &b);
        }
        let mut labels = a.labels.with(b.labels);
        if labels.any(Labels::DOWNLOADED) && matches!(op, Op::Eq | Op::Ne) {
            self.see_compared(a, b);
        }
        // Classes that are built in are themselves and no other.
        if matches!(op, Op::Eq | Op::Ne)
            && self.language == Language::Python
            && let (Known::Path(x), Known::Path(y)) = (&a.known, &b.known)
            && [x, y].iter().all(|class| super::python::CLASSES.contains(&self.paths.text(**class)))
        {
            return Value::bool((x == y) == (op == Op::Eq), labels);
        }
        if op == Op::Add
            && labels.any(Labels::LISTED)
            && let (Some(x), Some(y)) = (self.some_listed(a), self.some_listed(b))
        {
            let both: Vec<Value> = x.into_iter().chain(y).collect();
            return self.new_list(both, labels);
        }
        if labels.any(SURROUNDINGS.with(Labels::DIGESTED)) && !(a.is_constant() && b.is_constant()) {
            match op {
                // A set of which each member is a few bits, at places that its digest says.
                Op::Shr | Op::UShr if a.as_num().is_some_and(|n| n >= super::digest::LEAST_SET) => {
                    labels = labels.with(self.compared(a, b));
                }
                // Networks are worked out of addresses.
                Op::BitXor | Op::Shl | Op::UShr if labels.any(SURROUNDINGS.without(Labels::ADDRESS)) => {
                    labels = labels.with(Labels::DIGESTED);
                }
                // A share of all users, and not one of them.
                Op::Mod if b.as_num().is_some_and(super::digest::is_share) => {
                    labels = labels.without(Labels::DIGESTED);
                    return Value::unknown(labels);
                }
                Op::Eq | Op::Ne => {
                    labels = labels.with(self.compared(a, b)).with(self.compared(b, a)).with(self.sides_matched(a, b));
                }
                Op::In | Op::NotIn => labels = labels.with(self.compared(b, a)).with(self.sides_matched(a, b)),
                _ => {}
            }
        }
        if op == Op::BitXor && labels.any(Labels::LISTED) && !(a.is_constant() && b.is_constant()) {
            labels = labels.with(Labels::ENCRYPTED);
            return Value::unknown(labels);
        }
        if op == Op::Add
            && let (Known::Object(x), Known::Object(y)) = (&a.known, &b.known)
            && let (Some(x), Some(y)) = (self.heap.list(*x), self.heap.list(*y))
        {
            let both: Vec<Value> = x.iter().chain(y).cloned().collect();
            if self.pay(both.len() * 32) {
                return self.new_list(both, labels);
            }
        }
        if op == Op::Mul
            && let (Known::Object(list), Some(times)) = (&a.known, b.as_int())
            && let Some(items) = self.heap.list(*list)
        {
            let times = usize::try_from(times.max(0)).unwrap_or(0);
            if items.len().saturating_mul(times) <= MAX_ELEMENTS {
                let all: Vec<Value> = std::iter::repeat_n(items.clone(), times).flatten().collect();
                return self.new_list(all, labels);
            }
        }
        if op == Op::Mod && self.language == Language::Python && a.as_text().is_some() {
            let given = match &b.known {
                Known::Object(id) => self.heap.list(*id).cloned().unwrap_or_else(|| vec![b.clone()]),
                _ => vec![b.clone()],
            };
            let labels = labels.with(self.all_labels(b));
            let of = |name: &str| match b.known {
                Known::Object(id) => match self.heap.get(id).map(|o| &o.kind) {
                    Some(Kind::Dict(fields)) => fields.get(name).cloned(),
                    _ => None,
                },
                _ => None,
            };
            return fold::text::percent(a, &given, of, labels);
        }
        if matches!(op, Op::In | Op::NotIn) {
            let inside = self.contains(b, a);
            // Whether a variable is set says nothing of the others.
            let labels = labels.with(self.all_labels(b)).without(self.environment_itself(b));
            return match inside {
                Some(found) => Value::bool(found == (op == Op::In), labels),
                None => Value::unknown(labels),
            };
        }
        if op == Op::Div && self.language == Language::Python {
            // pathlib: `Path.home() / ".ssh"`. Nothing else is divided by text.
            let is_path = matches!(a.known, Known::Path(_) | Known::Text(_) | Known::Str(_) | Known::Unknown);
            if let (true, Some(right)) = (is_path, b.as_text()) {
                let left = self.shown_or_hole(a);
                if !self.pay(left.len()) {
                    return Value::UNKNOWN;
                }
                return Value::text(format!("{left}/{right}"), labels);
            }
            if matches!(a.known, Known::Path(_) | Known::Text(_)) {
                let (Some(left), Some(right)) = (self.shown(a), self.shown(b)) else { return Value::unknown(labels) };
                return Value::text(format!("{left}/{right}"), labels);
            }
        }
        let (a, b) = (&*self.text_of_function(op, a), &*self.text_of_function(op, b));
        let value = fold::number::binary(op, a, b, self.language);
        match &value.known {
            Known::Str(text) if !self.pay(text.len()) => return Value::UNKNOWN,
            Known::Str(text) => {
                // What decodes makes long text bit by bit; what is short is made everywhere.
                if text.len() >= LONG_TEXT {
                    self.see_progress(2 * EARNED_BY_TEXT);
                }
                self.earn(EARNED_BY_TEXT);
            }
            Known::Num(_) if op == Op::BitXor => {
                self.see_progress(2 * EARNED_BY_XOR);
                self.earn(EARNED_BY_XOR);
            }
            _ => {}
        }
        if matches!(value.known, Known::Unknown) && op == Op::Add && (a.as_text().is_some() || b.as_text().is_some()) {
            let (left, right) = (self.shown_or_hole(a), self.shown_or_hole(b));
            return Value::text(format!("{left}{right}"), labels.with(self.all_labels(a)).with(self.all_labels(b)));
        }
        let value = if matches!(value.known, Known::Unknown) {
            Value::unknown(labels.with(self.all_labels(a)).with(self.all_labels(b)))
        } else {
            value
        };
        if op == Op::Add && value.as_str().is_some() { value.labelled(Labels::BUILT) } else { value }
    }

    /// A function that is added to text. Scripts that defend themselves ask whether their own text was broken into lines:
    /// it was not.
    fn text_of_function<'a>(&self, op: Op, value: &'a Value) -> Cow<'a, Value> {
        match value.known {
            Known::Func(..) if op == Op::Add && self.language == Language::JavaScript => {
                Cow::Owned(Value::str(FUNCTION_TEXT, value.labels))
            }
            _ => Cow::Borrowed(value),
        }
    }

    /// A value as the text that it becomes, with gaps.
    pub(super) fn shown(&self, value: &Value) -> Option<Rc<str>> {
        self.shown_within(value, &mut MAX_PARTS.clone(), 0)
    }

    fn shown_within(&self, value: &Value, left: &mut usize, depth: u32) -> Option<Rc<str>> {
        match &value.known {
            Known::Str(text) | Known::Text(text) => Some(Rc::clone(text)),
            Known::Num(n) => Some(fold::number::text(*n).into()),
            Known::Bool(b) => Some(
                match (self.language, *b) {
                    (Language::Python, true) => "True",
                    (Language::Python, false) => "False",
                    (_, true) => "true",
                    (_, false) => "false",
                }
                .into(),
            ),
            Known::Bytes(bytes) => std::str::from_utf8(bytes).ok().map(Into::into),
            Known::Path(path) => match self.paths.text(*path) {
                "sys.executable" => Some("python".into()),
                "process.execPath" | "process.argv0" => Some("node".into()),
                "tempfile.gettempdir()" | "os.tmpdir()" => Some("/tmp".into()),
                "site.getusersitepackages()"
                | "site.USER_SITE"
                | "site.getsitepackages()[]"
                | "sysconfig.get_path()"
                | "sysconfig.get_paths()[]"
                | "distutils.sysconfig.get_python_lib()" => Some(SITE_PACKAGES.into()),
                "tempfile.TemporaryDirectory()" | "tempfile.TemporaryDirectory().name" => Some(TEMPORARY_FOLDER.into()),
                _ => None,
            },
            Known::Object(id) if depth < MAX_SHOWN_DEPTH => match &self.heap.get(*id)?.kind {
                Kind::Handle(path, about) if self.paths.text(*path).contains("Path") => {
                    self.shown_within(about, left, depth + 1)
                }
                Kind::List(items) if self.language == Language::JavaScript => {
                    let mut parts: Vec<Rc<str>> = Vec::new();
                    for item in items {
                        *left = left.checked_sub(1)?;
                        parts.push(self.shown_within(item, left, depth + 1)?);
                    }
                    Some(parts.join(",").into())
                }
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn shown_or_hole(&self, value: &Value) -> Rc<str> {
        self.shown(value).unwrap_or_else(|| HOLE.into())
    }

    /// Whether a value is that of a variable of VBScript which nobody has set.
    fn is_empty(&mut self, value: &Value) -> bool {
        match value.known {
            Known::Nil => true,
            Known::Path(path) => !self.paths.text(path).contains(['.', '(', '[']) && self.word(path).is_none(),
            _ => false,
        }
    }

    fn template(&mut self, pieces: Many) -> Value {
        let mut text = String::new();
        let mut labels = Labels::NONE;
        let mut whole = true;
        for piece in self.list(pieces) {
            let value = self.value(piece);
            let value = if self.is_compiled() || self.is_curly() { self.as_content(&value) } else { value };
            labels = labels.with(self.all_labels(&value));
            if self.language == Language::VbScript {
                labels = labels.with(Labels::BUILT);
                if self.is_empty(&value) {
                    continue;
                }
            }
            match self.shown(&value) {
                Some(part) => {
                    whole &= !matches!(value.known, Known::Text(_));
                    text.push_str(&part);
                }
                None => {
                    whole = false;
                    text.push_str(HOLE);
                }
            }
            if !self.pay(text.len() / 4) {
                return Value::unknown(labels);
            }
        }
        if whole { Value::str(text, labels) } else { Value::text(text, labels) }
    }

    fn dict(&mut self, pairs: Many) -> Value {
        let mut fields = Fields::default();
        let mut labels = Labels::NONE;
        let mut open = false;
        let pairs = self.list(pairs);
        for pair in pairs.chunks(2) {
            let [key, value] = pair else { continue };
            if let Node::Spread(inner) = self.tree.get(*key) {
                let at = inner;
                let inner = self.value(inner);
                labels = labels.with(self.all_labels(&inner));
                if self.language == Language::JavaScript
                    && let Some(stored) = self.whole_storage(&inner, at)
                {
                    labels = labels.with(stored);
                }
                match &inner.known {
                    Known::Object(id) => match self.heap.get(*id).map(|o| o.kind.clone()) {
                        Some(Kind::Dict(more) | Kind::Instance(more, _)) => {
                            for (name, value) in more.iter() {
                                fields.set_shared(name, value.clone());
                            }
                        }
                        // Keys and values in turn, as functions of Perl are called with them.
                        Some(Kind::List(items))
                            if self.language == Language::Perl && self.pay(items.len().saturating_mul(16)) =>
                        {
                            open |= items.len() % 2 == 1;
                            for pair in items.chunks_exact(2) {
                                let [key, value] = pair else { continue };
                                match super::bind::key_of(key) {
                                    Some(key) => fields.set_shared(&key, value.clone()),
                                    None => open = true,
                                }
                            }
                        }
                        _ => open = true,
                    },
                    _ => open = true,
                }
                continue;
            }
            let key = self.value(*key);
            let value = self.value(*value);
            labels = labels.with(self.all_labels(&value));
            match super::bind::key_of(&key) {
                Some(key) => {
                    self.has_getters |= key.starts_with("get ");
                    if self.is_without_name(&value) && key.len() <= LONGEST_NAME {
                        let name = self.tree.sym(&*key);
                        self.keeps_as(&value, name);
                    }
                    fields.set_shared(&key, value);
                }
                None => open = true,
            }
        }
        if self.language == Language::JavaScript {
            self.hooks_of_agents(&fields);
            if let Some(first) = pairs.first() {
                self.setups_of_tests(&fields, *first);
            }
        }
        if let Some(first) = pairs.first() {
            self.message_of(&fields, *first);
        }
        labels = labels.with(super::message::told_in_a_header(&fields));
        let dict = self.object(Kind::Dict(fields), Labels::NONE);
        if let Known::Object(id) = dict.known
            && let Some(object) = self.heap.get_mut(id)
        {
            object.labels = labels;
            object.open = open;
        }
        dict
    }

    /// What a generator hands out, one after the other, is a list.
    pub(super) fn hand_out(&mut self, value: Value) {
        const MOST: usize = 1 << 16;
        let undecided = self.undecided > 0;
        let list = match self.returned.take() {
            Some(Value { known: Known::Object(id), .. }) if self.generators.contains(&id) => id,
            _ => {
                let Known::Object(id) = self.new_list(Vec::new(), Labels::NONE).known else { return };
                self.generators.insert(id);
                id
            }
        };
        let labels = self.all_labels(&value);
        if let Some(object) = self.heap.get_mut(list) {
            object.labels = object.labels.with(labels);
            object.open |= undecided;
            if let Kind::List(items) = &mut object.kind
                && items.len() < MOST
            {
                items.push(value);
            }
        }
        self.returned = Some(Value::new(Known::Object(list), Labels::NONE));
    }

    /// Whether a body always leaves; used by callers that only want the value.
    pub(super) fn run_body(&mut self, body: Id, is_expression: bool) -> Value {
        let before = self.returned.take();
        let value = if is_expression {
            if std::mem::take(&mut self.told.apart) {
                self.dropped = self.asked_for_nothing(body).map(|(call, _)| (call, true));
            }
            self.value(body)
        } else {
            self.statement(body);
            self.returned.take().unwrap_or(Value::NIL)
        };
        self.returned = before;
        value
    }
}

/// Whether a value is one variable of the environment, by its name.
fn is_variable(value: &Value) -> bool {
    value.labels.any(Labels::ENV)
        && value
            .as_text()
            .is_some_and(|t| t.len() > 2 && t.starts_with('%') && t.ends_with('%') && t.matches('%').count() == 2)
}
