//! Pickles as the programs that they are: a stack machine whose instructions import names and call them. What it would call,
//! with which constant arguments, is worked out without calling anything.
//!
//! Specification: CPython's `Lib/pickletools.py` (protocols 0 to 5). Loading executes instruction by instruction, so that
//! what stands before a broken place has run by then (malicious models with a broken end, 2025).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fields::Fields;

/// Most values on the stack and in the memo, and most pickles one behind the other.
const MOST_VALUES: usize = 1 << 20;
const MOST_PROGRAMS: usize = 64;
/// Most calls and names that are kept, and most calls of one name: tables hold thousands of instances of one class, and
/// what a call is judged by is whom it calls.
const MOST_KEPT: usize = 4096;
const MOST_ALIKE: usize = 256;
/// Most arguments of a call that are kept, and longest text of one, in bytes.
const MOST_ARGUMENTS: usize = 16;
/// Most arrays of joblib's in one file, and most of the memo that is kept for each.
const MOST_ARRAYS: u32 = 256;
const MOST_COPIED: usize = 1 << 14;
/// How deep arguments hold others.
const DEEPEST: u8 = 4;
const LONGEST_TEXT: usize = 1 << 20;

/// What a file of pickles does.
#[derive(Debug, Default)]
pub(crate) struct Pickle {
    /// What it imports: `module.name` and where, each name once.
    pub(crate) names: Vec<(Rc<str>, u64)>,
    /// What it calls, in order.
    pub(crate) calls: Vec<Call>,
    /// Where reading stopped before an end, and why.
    pub(crate) broken: Option<(u64, &'static str)>,
    /// Whether a bound cut something off.
    pub(crate) is_cut: bool,
    known: HashSet<Rc<str>>,
    /// How often each name was called.
    called: HashMap<Rc<str>, usize>,
    arrays: u32,
    /// Bytes that may still be gone over, by all readings together.
    left: u64,
}

/// Readings of a file, in its lengths: arrays are read as others would read them.
const LENGTHS: u64 = 4;

/// One call.
#[derive(Debug)]
pub(crate) struct Call {
    /// `os.system`; modules by the names that they have in Python 3 on any system.
    pub(crate) name: Rc<str>,
    /// Its arguments, as far as they are text.
    pub(crate) arguments: Vec<Rc<str>>,
    /// Where the instruction stands, in bytes.
    pub(crate) at: u64,
}

#[derive(Debug, Clone)]
enum Value {
    Mark,
    Text(Rc<str>),
    Name(Rc<str>),
    /// A function that takes what it works on with the next call: `operator.attrgetter("x")`.
    Waiting(Rc<str>, List),
    Tuple(List),
    Number(u64),
    /// A kind of numbers of numpy: bytes of one, or nothing for objects.
    Kind(Option<u64>),
    Other,
}

/// Values, and how deep they hold others: nothing that is kept is deep, since dropping goes as deep.
#[derive(Debug, Clone)]
struct List(u8, Rc<[Value]>);

impl List {
    fn of(items: impl IntoIterator<Item = Value>) -> Self {
        let mut deepest = 0;
        let items = items
            .into_iter()
            .take(MOST_ARGUMENTS)
            .map(|value| match value {
                Value::Waiting(_, List(depth, _)) | Value::Tuple(List(depth, _)) if depth >= DEEPEST => Value::Other,
                Value::Waiting(_, List(depth, _)) | Value::Tuple(List(depth, _)) => {
                    deepest = deepest.max(depth + 1);
                    value
                }
                other => other,
            })
            .collect();
        Self(deepest, items)
    }
}

impl Pickle {
    /// Reads pickles one behind the other, as old files of PyTorch have them.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mut found = Self { left: (bytes.len() as u64).saturating_mul(LENGTHS), ..Self::default() };
        let mut at = 0;
        for _ in 0..MOST_PROGRAMS {
            let mut reader = Reader {
                fields: Fields::new(bytes, true),
                at,
                stack: Vec::new(),
                marks: Vec::new(),
                memo: HashMap::new(),
                kept: 0,
                array: Array::default(),
                depth: 0,
            };
            match reader.run(&mut found) {
                Ok(()) => at = reader.at,
                Err(why) => {
                    found.broken = Some((reader.at, why));
                    break;
                }
            }
            let next = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
            if !matches!(next, [0x80, 2..=5, ..]) {
                break;
            }
        }
        found
    }
}

struct Reader<'a> {
    fields: Fields<'a>,
    at: u64,
    stack: Vec<Value>,
    /// Where marks were put on the stack; they may be gone.
    marks: Vec<usize>,
    memo: HashMap<u64, Value>,
    /// How much was put into the memo.
    kept: u64,
    /// The array that a wrapper of joblib's stands for, until its state is set: then its bytes follow outside of the pickle
    /// (joblib, `numpy_pickle.py`).
    array: Array,
    /// How deep pickles stand in arrays of others.
    depth: u8,
}

#[derive(Debug, Default, Clone)]
struct Array {
    items: Option<u64>,
    kind: Option<Option<u64>>,
    is_aligned: bool,
}

const SHORT: &str = "it ends within an instruction";

impl Reader<'_> {
    /// Goes through one pickle, up to and over its STOP.
    fn run(&mut self, found: &mut Pickle) -> Result<(), &'static str> {
        let mut start = self.at;
        loop {
            let passed = self.at.saturating_sub(start);
            start = self.at;
            found.left = found.left.checked_sub(passed).ok_or_else(|| {
                found.is_cut = true;
                "its arrays are too many to be read in every way"
            })?;
            let code = self.number(1)?;
            match u8::try_from(code).unwrap_or(0) {
                b'.' => return Ok(()),
                b'(' => {
                    self.marks.push(self.stack.len());
                    self.push(Value::Mark, found);
                }
                b'0' => drop(self.stack.pop()),
                b'1' => drop(self.take_to_mark()),
                b'2' => {
                    let top = self.stack.last().cloned().unwrap_or(Value::Other);
                    self.push(top, found);
                }
                b'N' | b']' | b'}' | 0x88 | 0x89 | 0x8f | 0x97 => self.push(Value::Other, found),
                b'K' => self.count(1, found)?,
                b'M' => self.count(2, found)?,
                b'J' => self.count(4, found)?,
                b'G' => self.skip(8, found)?,
                b'F' | b'I' | b'L' | b'P' => {
                    self.line()?;
                    self.push(Value::Other, found);
                }
                b'Q' => {
                    self.stack.pop();
                    self.push(Value::Other, found);
                }
                b'S' => {
                    let line = self.line()?;
                    let text =
                        line.trim().trim_start_matches(['\'', '"']).trim_end_matches(['\'', '"']).replace("\\n", "\n");
                    self.text(&text, found);
                }
                b'V' => {
                    let line = self.line()?;
                    self.text(&line, found);
                }
                b'T' | b'X' => self.counted_text(4, found)?,
                b'U' | 0x8c => self.counted_text(1, found)?,
                0x8d => self.counted_text(8, found)?,
                b'B' | 0x8b => self.counted(4, found)?,
                b'C' | 0x8a => self.counted(1, found)?,
                0x8e | 0x96 => self.counted(8, found)?,
                b'a' => drop(self.stack.pop()),
                b's' => {
                    self.stack.pop();
                    self.stack.pop();
                }
                b'u' => {
                    let items = self.take_to_mark();
                    self.describe(&items);
                }
                b'e' | 0x90 => drop(self.take_to_mark()),
                b'd' | b'l' | 0x91 => {
                    self.take_to_mark();
                    self.push(Value::Other, found);
                }
                b't' => {
                    let items = self.take_to_mark();
                    self.tuple(items, found);
                }
                b')' => self.tuple(Vec::new(), found),
                count @ 0x85..=0x87 => {
                    let from = self.stack.len().saturating_sub(usize::from(count - 0x84));
                    let items = self.stack.split_off(from);
                    self.tuple(items, found);
                }
                b'b' => {
                    // The state goes to the object's own `__setstate__`.
                    self.stack.pop();
                    self.array_behind(found)?;
                }
                b'c' => {
                    let name = self.two_lines()?;
                    self.name(name, start, found);
                }
                0x93 => {
                    let (name, module) = (self.stack.pop(), self.stack.pop());
                    let name = match (module, name) {
                        (Some(Value::Text(module)), Some(Value::Text(name))) => full_name(&module, &name),
                        _ => return Err("it imports what is not text"),
                    };
                    self.name(name, start, found);
                }
                b'i' => {
                    let name = self.two_lines()?;
                    let arguments = self.take_to_mark();
                    let value = called(&Value::Name(name), &arguments, start, found);
                    self.push(value, found);
                }
                b'o' => {
                    let mut items = self.take_to_mark();
                    let callable = if items.is_empty() { Value::Other } else { items.remove(0) };
                    let value = called(&callable, &items, start, found);
                    self.push(value, found);
                }
                b'R' | 0x81 => {
                    let (arguments, callable) = (self.stack.pop(), self.stack.pop());
                    self.call(callable, arguments, start, found);
                }
                0x92 => {
                    self.stack.pop();
                    let (arguments, callable) = (self.stack.pop(), self.stack.pop());
                    self.call(callable, arguments, start, found);
                }
                b'g' => {
                    let key = self.line()?.trim().parse().map_err(|_| "a place in its memo is no number")?;
                    self.recall(key, found);
                }
                b'h' => {
                    let key = self.number(1)?;
                    self.recall(key, found);
                }
                b'j' => {
                    let key = self.number(4)?;
                    self.recall(key, found);
                }
                b'p' => {
                    let key = self.line()?.trim().parse().map_err(|_| "a place in its memo is no number")?;
                    self.keep(key, found);
                }
                b'q' => {
                    let key = self.number(1)?;
                    self.keep(key, found);
                }
                b'r' => {
                    let key = self.number(4)?;
                    self.keep(key, found);
                }
                0x94 => self.keep(self.kept, found),
                0x80 => drop(self.number(1)?),
                0x95 => drop(self.number(8)?),
                0x98 => {}
                // Names by a number that the process that loads it has registered.
                0x82 => self.skip(1, found)?,
                0x83 => self.skip(2, found)?,
                0x84 => self.skip(4, found)?,
                _ => {
                    self.at = start;
                    return Err("no instruction that is known");
                }
            }
        }
    }

    fn number(&mut self, width: u64) -> Result<u64, &'static str> {
        let value = match width {
            1 => self.fields.u8(self.at).map(u64::from),
            2 => self.fields.u16(self.at).map(u64::from),
            4 => self.fields.u32(self.at).map(u64::from),
            _ => self.fields.u64(self.at),
        };
        self.at = self.at.saturating_add(width);
        value.ok_or(SHORT)
    }

    fn skip(&mut self, width: u64, found: &mut Pickle) -> Result<(), &'static str> {
        self.number(width)?;
        self.push(Value::Other, found);
        Ok(())
    }

    fn count(&mut self, width: u64, found: &mut Pickle) -> Result<(), &'static str> {
        let number = self.number(width)?;
        self.push(Value::Number(number), found);
        Ok(())
    }

    /// What a dictionary says of an array, when it is the state of joblib's wrapper.
    fn describe(&mut self, items: &[Value]) {
        for pair in items.chunks_exact(2) {
            let [Value::Text(key), value] = pair else { continue };
            match (&**key, value) {
                ("shape", Value::Tuple(List(_, sizes))) => {
                    self.array.items = sizes.iter().try_fold(1u64, |all, size| match size {
                        Value::Number(n) => all.checked_mul(*n),
                        _ => None,
                    });
                }
                ("dtype", Value::Kind(kind)) => self.array.kind = Some(*kind),
                ("numpy_array_alignment_bytes", _) => self.array.is_aligned = true,
                _ => {}
            }
        }
    }

    /// Goes over the array that follows a wrapper of joblib's: its bytes, or a pickle of its objects.
    fn array_behind(&mut self, found: &mut Pickle) -> Result<(), &'static str> {
        if !found.known.contains("joblib.numpy_pickle.NumpyArrayWrapper") {
            return Ok(());
        }
        if self.depth >= DEEPEST {
            return Ok(());
        }
        let (Some(items), Some(kind)) = (self.array.items, self.array.kind) else { return Ok(()) };
        let array = std::mem::take(&mut self.array);
        let Some(width) = kind else {
            let mut inner = Self {
                fields: self.fields,
                at: self.at,
                stack: Vec::new(),
                marks: Vec::new(),
                memo: HashMap::new(),
                kept: 0,
                array: Array::default(),
                depth: self.depth + 1,
            };
            let read = inner.run(found);
            self.at = inner.at;
            return read;
        };
        self.as_others_read(found);
        if array.is_aligned {
            let padding = self.number(1)?;
            self.at = self.at.saturating_add(padding);
        }
        let bytes = items.checked_mul(width).ok_or(SHORT)?;
        self.fields.range(self.at, bytes).ok_or("an array is shorter than it says")?;
        self.at += bytes;
        Ok(())
    }

    /// Who loads the file with anything but joblib goes on right here: what stands in the array is then a program.
    fn as_others_read(&self, found: &mut Pickle) {
        if found.arrays >= MOST_ARRAYS || self.memo.len() > MOST_COPIED {
            found.is_cut = true;
            return;
        }
        found.arrays += 1;
        let mut other = Self {
            fields: self.fields,
            at: self.at,
            stack: Vec::new(),
            marks: Vec::new(),
            memo: self.memo.clone(),
            kept: self.kept,
            array: Array::default(),
            // Arrays in what is an array for others are not gone into.
            depth: DEEPEST,
        };
        // Bytes of an array are rarely instructions for long: that this reading breaks off says nothing.
        let _ends_or_breaks = other.run(found);
    }

    fn line(&mut self) -> Result<String, &'static str> {
        let rest = self.fields.available(self.at, LONGEST_TEXT as u64);
        let end = memchr::memchr(b'\n', rest).ok_or(SHORT)?;
        self.at += end as u64 + 1;
        Ok(String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned())
    }

    fn two_lines(&mut self) -> Result<Rc<str>, &'static str> {
        let (module, name) = (self.line()?, self.line()?);
        Ok(full_name(module.trim(), name.trim()))
    }

    /// Bytes with their count in front.
    fn range(&mut self, width: u64) -> Result<&[u8], &'static str> {
        let count = self.number(width)?;
        let bytes = self.fields.range(self.at, count).ok_or("it holds less than it says")?;
        self.at = self.at.saturating_add(count);
        Ok(bytes)
    }

    fn counted(&mut self, width: u64, found: &mut Pickle) -> Result<(), &'static str> {
        self.range(width)?;
        self.push(Value::Other, found);
        Ok(())
    }

    fn counted_text(&mut self, width: u64, found: &mut Pickle) -> Result<(), &'static str> {
        let bytes = self.range(width)?;
        let text =
            bytes.get(..LONGEST_TEXT.min(bytes.len())).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
        self.text(&text, found);
        Ok(())
    }

    fn text(&mut self, text: &str, found: &mut Pickle) {
        self.push(Value::Text(text.into()), found);
    }

    fn push(&mut self, value: Value, found: &mut Pickle) {
        if self.stack.len() >= MOST_VALUES {
            found.is_cut = true;
            return;
        }
        self.stack.push(value);
    }

    /// What lies above the last mark, which goes too.
    fn take_to_mark(&mut self) -> Vec<Value> {
        let mut at = None;
        while let Some(mark) = self.marks.pop() {
            if matches!(self.stack.get(mark), Some(Value::Mark)) {
                at = Some(mark);
                break;
            }
        }
        let items = at.map(|at| self.stack.split_off(at + 1)).unwrap_or_default();
        self.stack.truncate(at.unwrap_or(0));
        items
    }

    fn tuple(&mut self, items: Vec<Value>, found: &mut Pickle) {
        self.push(Value::Tuple(List::of(items)), found);
    }

    fn name(&mut self, name: Rc<str>, at: u64, found: &mut Pickle) {
        if found.names.len() >= MOST_KEPT {
            found.is_cut = true;
        } else if found.known.insert(Rc::clone(&name)) {
            found.names.push((Rc::clone(&name), at));
        }
        self.push(Value::Name(name), found);
    }

    fn recall(&mut self, key: u64, found: &mut Pickle) {
        let value = self.memo.get(&key).cloned().unwrap_or(Value::Other);
        self.push(value, found);
    }

    fn keep(&mut self, key: u64, found: &mut Pickle) {
        self.kept += 1;
        let value = self.stack.last().cloned().unwrap_or(Value::Other);
        if matches!(value, Value::Other | Value::Mark | Value::Number(_)) {
            self.memo.remove(&key);
        } else if self.memo.len() >= MOST_VALUES {
            found.is_cut = true;
        } else {
            self.memo.insert(key, value);
        }
    }

    fn call(&mut self, callable: Option<Value>, arguments: Option<Value>, at: u64, found: &mut Pickle) {
        let arguments = match arguments {
            Some(Value::Tuple(List(_, items))) => items,
            _ => Rc::from([]),
        };
        let value = called(&callable.unwrap_or(Value::Other), &arguments, at, found);
        self.push(value, found);
    }
}

/// A name in full, by the name that its module has in Python 3 on any system.
fn full_name(module: &str, name: &str) -> Rc<str> {
    let module = match module {
        "posix" | "nt" => "os",
        "__builtin__" | "__builtins__" => "builtins",
        "posixpath" | "ntpath" => "os.path",
        "commands" => "subprocess",
        "_io" => "io",
        "_socket" => "socket",
        other => other,
    };
    format!("{module}.{name}").into()
}

/// Keeps a call, and works out what it hands back where that is another name.
fn called(callable: &Value, arguments: &[Value], at: u64, found: &mut Pickle) -> Value {
    let text = |i: usize| match arguments.get(i) {
        Some(Value::Text(text)) => Some(Rc::clone(text)),
        _ => None,
    };
    let member = |object: Option<&Value>, name: &str| match object {
        Some(Value::Name(object)) => {
            let object = object.strip_suffix(".__init__").unwrap_or(object);
            Some(full_name(object, name))
        }
        _ => None,
    };
    match callable {
        Value::Name(name) => match &**name {
            "builtins.getattr" => match (member(arguments.first(), &text(1).unwrap_or_default()), text(1)) {
                (Some(name), Some(_)) => return Value::Name(name),
                _ => keep_call(name, arguments, at, found),
            },
            "numpy.dtype" => return Value::Kind(text(0).and_then(|t| width_of(&t))),
            "builtins.__import__" | "importlib.import_module" => {
                keep_call(name, arguments, at, found);
                return text(0).map_or(Value::Other, Value::Name);
            }
            "operator.attrgetter" | "operator.methodcaller" | "functools.partial" => {
                return Value::Waiting(Rc::clone(name), List::of(arguments.iter().cloned()));
            }
            // `map(os.system, [...])`, `apply(f, args)`: the first argument is called.
            "builtins.map" | "builtins.filter" | "builtins.apply" | "functools.reduce" | "itertools.starmap" => {
                if let Some(Value::Name(inner)) = arguments.first() {
                    keep_call(&Rc::clone(inner), arguments.get(1..).unwrap_or_default(), at, found);
                }
            }
            _ => keep_call(name, arguments, at, found),
        },
        Value::Waiting(how, List(_, given)) => match (&**how, given.first()) {
            ("operator.attrgetter", Some(Value::Text(name))) => {
                if let Some(name) = member(arguments.first(), name) {
                    return Value::Name(name);
                }
            }
            ("operator.methodcaller", Some(Value::Text(name))) => {
                if let Some(name) = member(arguments.first(), name) {
                    return called(&Value::Name(name), given.get(1..).unwrap_or_default(), at, found);
                }
            }
            ("functools.partial", Some(Value::Name(name))) => {
                let all: Vec<Value> = given.iter().skip(1).chain(arguments).take(MOST_ARGUMENTS).cloned().collect();
                keep_call(&Rc::clone(name), &all, at, found);
            }
            _ => {}
        },
        _ => {}
    }
    Value::Other
}

/// Bytes of one number of a kind of numpy (`f8`, `U5`); objects have none.
fn width_of(code: &str) -> Option<u64> {
    let code = code.trim_start_matches(['<', '>', '=', '|']);
    let kind = code.chars().next()?;
    let count: u64 = code.get(1..)?.parse().ok()?;
    match kind {
        'O' => None,
        'U' => count.checked_mul(4),
        _ => Some(count),
    }
}

fn keep_call(name: &Rc<str>, arguments: &[Value], at: u64, found: &mut Pickle) {
    if let Some(seen) = found.called.get_mut(name) {
        *seen += 1;
        if *seen > MOST_ALIKE {
            return;
        }
    } else if found.called.len() < MOST_KEPT {
        found.called.insert(Rc::clone(name), 1);
    }
    if found.calls.len() >= MOST_KEPT {
        found.is_cut = true;
        return;
    }
    let mut texts = Vec::new();
    for argument in arguments.iter().take(MOST_ARGUMENTS) {
        match argument {
            Value::Text(text) => texts.push(Rc::clone(text)),
            Value::Tuple(List(_, items)) => texts.extend(items.iter().filter_map(|v| match v {
                Value::Text(text) => Some(Rc::clone(text)),
                _ => None,
            })),
            _ => {}
        }
    }
    found.calls.push(Call { name: Rc::clone(name), arguments: texts, at });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(bytes: &[u8]) -> Vec<String> {
        Pickle::parse(bytes).calls.iter().map(|c| format!("{}({})", c.name, c.arguments.join("|"))).collect()
    }

    #[test]
    fn calls_are_worked_out_in_every_protocol() {
        for (bytes, call) in [
            (&b"cposix\nsystem\n(S'echo hi'\ntR."[..], "os.system(echo hi)"),
            (b"(S'echo hi'\nios\nsystem\n.", "os.system(echo hi)"),
            (b"(cos\nsystem\nS'echo hi'\no.", "os.system(echo hi)"),
            (b"\x80\x02cnt\nsystem\nq\x00X\x07\x00\x00\x00echo hiq\x01\x85q\x02Rq\x03.", "os.system(echo hi)"),
            (b"\x80\x04\x95\x1e\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x07echo hi\x94\x85\x94R\x94.", "os.system(echo hi)"),
            // Text out of the memo.
            (b"\x80\x04\x8c\x02os\x94\x8c\x06system\x940h\x00h\x01\x93\x8c\x02hi\x85R.", "os.system(hi)"),
            // getattr(os, "system")("hi"), as names and through an import.
            (b"\x80\x02cbuiltins\ngetattr\n(cbuiltins\n__import__\nX\x02\x00\x00\x00os\x85RX\x06\x00\x00\x00systemtRX\x02\x00\x00\x00hi\x85R.", "os.system(hi)"),
            (b"\x80\x02coperator\nattrgetter\nX\x06\x00\x00\x00system\x85R(cimportlib\nimport_module\nX\x02\x00\x00\x00os\x85RtRX\x02\x00\x00\x00hi\x85R.", "os.system(hi)"),
            (b"\x80\x02cfunctools\npartial\n(cos\nsystem\nX\x02\x00\x00\x00hitR)R.", "os.system(hi)"),
        ] {
            assert!(calls(bytes).iter().any(|c| c == call), "{call}: {:?} in {bytes:?}", calls(bytes));
        }
    }

    #[test]
    fn many_instances_of_one_class_are_followed() {
        let mut bytes = b"\x80\x02cmodels\nField\nq\x00".to_vec();
        bytes.extend(b"h\x00)\x81".repeat(3 * MOST_KEPT));
        bytes.extend(b"cos\nsystem\nX\x02\x00\x00\x00hi\x85R.");
        let pickle = Pickle::parse(&bytes);
        assert!(!pickle.is_cut);
        assert!(pickle.calls.iter().any(|c| &*c.name == "os.system"), "{}", pickle.calls.len());
        assert!(pickle.calls.len() <= 2 * MOST_ALIKE);
    }

    #[test]
    fn what_stands_before_a_broken_place_is_read() {
        let mut bytes = b"\x80\x02cos\nsystem\nX\x02\x00\x00\x00hi\x85R".to_vec();
        bytes.extend([0xff; 20]);
        let pickle = Pickle::parse(&bytes);
        assert_eq!(pickle.calls.len(), 1);
        assert_eq!(pickle.broken, Some((22, "no instruction that is known")));
    }

    #[test]
    fn arrays_of_joblib_are_gone_over_and_read_as_others_would() {
        let wrapper = |array: &[u8]| {
            let mut bytes = b"\x80\x02cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x05\x00\x00\x00shapeK\x08\x85\
                X\x05\x00\x00\x00dtypecnumpy\ndtype\nX\x02\x00\x00\x00f8\x85Rub"
                .to_vec();
            bytes.extend(array);
            bytes.extend(b"cos\nsystem\nX\x02\x00\x00\x00hi\x85R.");
            bytes
        };
        let honest = Pickle::parse(&wrapper(&[0xff; 64]));
        assert!(honest.broken.is_none() && honest.calls.iter().any(|c| &*c.name == "os.system"), "{honest:?}");
        let mut hidden = b"cpty\nspawn\nX\x02\x00\x00\x00sh\x85R.".to_vec();
        hidden.resize(64, 0);
        let both = Pickle::parse(&wrapper(&hidden));
        assert!(both.calls.iter().any(|c| &*c.name == "pty.spawn"), "{both:?}");
    }

    #[test]
    fn hostile_pickles_cost_no_more_than_their_bytes() {
        // Tuples of tuples of tuples.
        let mut bytes = b"\x80\x02".to_vec();
        bytes.extend(b")".iter().chain(std::iter::repeat_n(&b"2\x86"[..], 200_000).flatten()));
        bytes.push(b'.');
        assert!(Pickle::parse(&bytes).broken.is_none());
        let mut marks = vec![b'('; 2 << 20];
        marks.push(b'.');
        assert!(Pickle::parse(&marks).is_cut);
        // Arrays whose bytes are instructions to the end, each of which others would read.
        let wrapper = b"cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(X\x05\x00\x00\x00shapeK\x00\x85\
            X\x05\x00\x00\x00dtypecnumpy\ndtype\nX\x02\x00\x00\x00f8\x85Rub";
        let mut arrays = b"\x80\x02".to_vec();
        arrays.extend(wrapper.iter().cycle().take(wrapper.len() * 200));
        arrays.extend(std::iter::repeat_n(b'N', 1 << 18));
        arrays.push(b'.');
        let read = Pickle::parse(&arrays);
        assert!(read.is_cut && read.left < arrays.len() as u64, "{:?}", read.broken);
        for bytes in [
            &b"\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\xff"[..],
            b"X\xff\xff\xff\xffabc",
            b"c",
            b"g99\n",
            b"\x93",
            b"",
        ] {
            assert!(Pickle::parse(bytes).broken.is_some(), "{bytes:?}");
        }
    }
}
