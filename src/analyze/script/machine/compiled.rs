//! Go and Rust: what their readers have names of their own for, and functions of their libraries that need the machine.

use std::rc::Rc;

use super::Machine;
use super::call::Args;
use super::python::TEMPORARY_FOLDER;
use crate::analyze::script::event::Act;
use crate::analyze::script::fold::builtin::joined;
use crate::analyze::script::heap::{Fields, Kind};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::analyze::script::words::labels_of_path;
use crate::parse::script::tree::PAIRS;
use crate::parse::script::{Id, Language, Node};

/// Longest list of zeros.
const MAX_ZEROS: i64 = 1 << 16;
/// Most words of a command that are put together.
const MAX_WORDS: usize = 1024;
/// Shells, and the options behind which a command line stands.
const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ash", "ksh"];
const LINES: &[&str] = &["-c", "-lc", "-ic"];
/// What nobody gives away without a word.
const TELLING: Labels = Labels::SECRET.with(Labels::IDENTITY).with(Labels::OUTPUT);

impl Machine {
    pub(super) fn is_compiled(&self) -> bool {
        matches!(self.language, Language::Go | Language::Rust)
    }

    /// A method of the file's own by its name, when nothing else is known by it: types are not followed.
    pub(super) fn method_of_file(
        &mut self,
        callee: Id,
        function: &Value,
        this: Option<&Value>,
    ) -> Option<(Value, bool)> {
        let Node::Member(_, name) = self.tree.get(callee) else { return None };
        let by_name = |m: &mut Self, name: &str| {
            let sym = m.tree.known(name)?;
            m.variable(sym).filter(|value| matches!(value.known, Known::Func(..)))
        };
        match &function.known {
            Known::Func(..) => return None,
            Known::Path(path) => {
                let text = self.paths.shared(*path);
                if let Some(found) = by_name(self, &text) {
                    return Some((found, false));
                }
                if self.word(*path).is_some() || !text.starts_with('?') && !text.contains("[]") {
                    return None;
                }
            }
            _ => {}
        }
        this?;
        let name = format!(".{}", self.name(name));
        by_name(self, &name).map(|found| (found, true))
    }

    pub(super) fn builtin_of_compiled(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        if name.starts_with('{') {
            return self.helper_of_rust(name, args, id).or_else(|| self.helper_of_compiled(name, args));
        }
        if let Some(value) = self.text_of_compiled(name, this, args, id) {
            return Some(value);
        }
        if self.language == Language::Rust
            && let Some(value) = self.builtin_of_rust(name, this, args, id)
        {
            return Some(value);
        }
        let path = self.paths.root(name);
        let first = args.at(0);
        let labels = self.labels_of(args);
        Some(match name {
            "os/exec.Command" | "os/exec.CommandContext" | "syscall.Exec" | "os.StartProcess" => {
                let given = if name.ends_with("Context") { args.list.get(1..)? } else { &args.list };
                let words = self.words_of_command(given, matches!(name, "syscall.Exec" | "os.StartProcess"));
                return self.start_words(path, words, args.open, id);
            }
            "os/exec.Cmd" => {
                let words = args.named("Args").cloned().or_else(|| args.named("Path").cloned())?;
                let mut words = self.elements(&words).unwrap_or_else(|| vec![words]);
                // The first argument is what the program is called in a list of them, and may be anything.
                if let (Some(first), Some(program)) = (words.first_mut(), args.named("Path")) {
                    *first = program.clone();
                }
                let made = self.start_words(path, words, args.open, id);
                for name in ["Stdin", "Stdout", "Stderr"] {
                    if let Some(stream) = args.named(name).filter(|v| self.all_labels(v).any(Labels::REMOTE)).cloned() {
                        let (target, about) = (self.paths.member(path, name), made.clone().unwrap_or(Value::UNKNOWN));
                        let about = self.about(&about);
                        self.event(Act::Redirect, target, id, &about, &stream, false);
                    }
                }
                return made;
            }
            "path/filepath.Walk" | "path/filepath.WalkDir" | "io/fs.WalkDir" => {
                let place = first?.clone();
                let function = args.list.last()?.clone();
                let folder = self.shown_or_hole(&place);
                let folder = folder.trim_end_matches('/');
                let lies = labels_of_path(&format!("{folder}/")).only(Labels::SECRET);
                let below = Value::text(format!("{folder}/{HOLE}"), place.labels.with(Labels::LISTED).with(lies));
                let entry = Value::unknown(Labels::LISTED);
                self.maybe(Labels::NONE, |m| {
                    m.call_value(&function, None, &Args::of(vec![below, entry, Value::NIL]), id, false)
                });
                Value::UNKNOWN
            }
            "os.UserHomeDir" | "os/user.Current().HomeDir" => {
                self.source(Labels::USER, name, id);
                Value::text("~".to_owned(), Labels::USER)
            }
            "os.TempDir" => Value::str("/tmp", Labels::NONE),
            "os.MkdirTemp" | "io/ioutil.TempDir" => Value::text(TEMPORARY_FOLDER.to_owned(), Labels::NONE),
            "os.CreateTemp" | "io/ioutil.TempFile" => {
                let name = args.at(1).map_or_else(|| HOLE.into(), |name| self.shown_or_hole(name));
                let place = Value::str(format!("{TEMPORARY_FOLDER}/{}", name.replace('*', "x")), Labels::NONE);
                let path = self.paths.root("os.Create()");
                self.handle(path, place, Labels::NONE)
            }
            "os.Create().Name" | "os.OpenFile().Name" => self.about(this?),
            // What only shows, or only takes something out of it.
            "os.OpenFile" if self.is_read_only(args.at(1)?) => self.read_file(path, &first?.clone(), id),
            "os.WriteFile" | "io/ioutil.WriteFile" | "os.OpenFile" | "os.Create" => {
                let (file, mode) = (first?.clone(), args.at(2));
                let is_runnable = mode.and_then(Value::as_int).is_some_and(|mode| mode & 0o111 != 0);
                if is_runnable {
                    self.event(Act::MakeRunnable, path, id, &file, &Value::UNKNOWN, false);
                }
                if name.ends_with("WriteFile") {
                    let data = self.as_content(args.at(1)?);
                    self.write_file(path, &file, &data, id);
                    return Some(Value::UNKNOWN);
                }
                let made = self.paths.call(path);
                self.handle(made, file, Labels::NONE)
            }
            "io.Copy" | "io.CopyN" | "io.CopyBuffer" | "io.WriteString" | "fmt.Fprint" | "fmt.Fprintln" => {
                let to = first?.clone();
                let given = self.as_content(args.at(1)?);
                self.pour(path, &to, &given, id);
                Value::unknown(given.labels)
            }
            "fmt.Fprintf" => {
                let to = first?.clone();
                let rest = Args::of(args.list.get(1..)?.to_vec());
                let given = self.formatted(&rest)?;
                self.pour(path, &to, &given, id);
                Value::unknown(given.labels)
            }
            "os.Create().Write"
            | "os.Create().WriteString"
            | "os.OpenFile().Write"
            | "os.OpenFile().WriteString"
            | "os.OpenFile().ReadFrom"
            | "os.Create().ReadFrom" => {
                let (to, given) = (self.about(this?), self.as_content(first?));
                self.write_file(path, &to, &given, id);
                Value::UNKNOWN
            }
            // What was said to a request since it was made goes with it.
            _ if name.ends_with(".Do") || name.ends_with(".RoundTrip") => {
                let request = first?.clone();
                let Known::Object(object) = request.known else { return None };
                let Some(Kind::Handle(of, _)) = self.heap.get(object).map(|o| &o.kind) else { return None };
                if !self.paths.text(*of).starts_with("net/http.NewRequest") {
                    return None;
                }
                let all = self.all_labels(&request);
                let about = self.about(&request);
                if all.any(TELLING) {
                    self.event(Act::Send, path, id, &about, &Value::unknown(all), false);
                }
                let path = self.paths.call(path);
                self.handle(path, about, all.with(Labels::DOWNLOADED))
            }
            "net/http.MethodPost" => Value::str("POST", Labels::NONE),
            // What a file of the package's own gives is in the package.
            "include_bytes" | "include_str" => Value::unknown(Labels::OWN_FILE),
            _ if is_hash(name) => {
                let digest = if labels.is_empty() { Labels::NONE } else { Labels::DIGESTED };
                let path = self.paths.call(path);
                Self::path_value(path, labels.with(digest))
            }
            "crypto/subtle.ConstantTimeCompare" | "crypto/hmac.Equal" | "bytes.Equal" | "strings.EqualFold" => {
                let (a, b) = (self.as_content(first?), self.as_content(args.at(1)?));
                let compared = self.operate(crate::parse::script::Op::Eq, &a, &b);
                Value::unknown(compared.labels)
            }
            "path/filepath.Join" | "path.Join" => {
                let list: Vec<Value> = args.list.iter().map(|part| self.as_part(part)).collect();
                joined(&list, labels)?
            }
            _ => return None,
        })
    }

    /// A part of a path: one behind the first begins no new path.
    pub(super) fn as_part(&self, part: &Value) -> Value {
        match self.shown(part) {
            Some(text) if matches!(part.known, Known::Text(_)) => Value::text(text.to_string(), part.labels),
            Some(text) => Value::str(text, part.labels),
            None => part.clone(),
        }
    }

    fn is_read_only(&self, flags: &Value) -> bool {
        match &flags.known {
            Known::Num(n) => *n == 0.0,
            Known::Path(path) => self.paths.text(*path) == "os.O_RDONLY",
            _ => false,
        }
    }

    /// Bytes that stand in a list as bytes.
    pub(super) fn as_content(&mut self, value: &Value) -> Value {
        if let Known::Object(id) = value.known
            && self.heap.list(id).is_some_and(|items| !items.is_empty())
            && let Some(text) = self.list_as_text(value, true)
        {
            return text;
        }
        value.clone()
    }

    /// Writes into something: a file, a buffer, a connection.
    pub(super) fn pour(&mut self, by: PathId, to: &Value, given: &Value, id: Id) {
        let labels = self.all_labels(given);
        let Known::Object(object) = to.known else { return };
        let Some(target) = self.heap.get_mut(object) else { return };
        target.labels = target.labels.with(labels);
        match &mut target.kind {
            Kind::List(items) if items.len() < MAX_WORDS * MAX_WORDS => items.push(given.clone()),
            Kind::Handle(path, about) => {
                let (path, about) = (*path, (**about).clone());
                let text = self.paths.shared(path);
                if ["os.Create()", "os.OpenFile()", "std.fs.File.create()"].iter().any(|made| text.starts_with(made)) {
                    self.write_file(by, &about, given, id);
                } else if ["net.Dial", "crypto/tls.Dial", "std.net.TcpStream"].iter().any(|made| text.starts_with(made))
                {
                    self.event(Act::Send, by, id, &about, given, false);
                } else if let Known::Object(inner) = about.known {
                    // A writer of an archive or a form is about the buffer that it writes to.
                    self.taint(inner, labels);
                }
            }
            _ => {}
        }
    }

    /// Words of a command, out of arguments and lists of them. Where the program is given beside all its words, the first of
    /// those is only what it is called.
    fn words_of_command(&mut self, given: &[Value], repeats: bool) -> Vec<Value> {
        let mut words = Vec::new();
        for (i, value) in given.iter().enumerate().take(MAX_WORDS) {
            let list = match value.known {
                Known::Object(id) => self.heap.list(id).cloned(),
                _ => None,
            };
            match list {
                Some(list) => words.extend(list.into_iter().skip(usize::from(repeats)).take(MAX_WORDS)),
                None if repeats && i > 0 => break,
                None => words.push(value.clone()),
            }
        }
        words
    }

    /// Starts a program by its words; of a shell it is the line that matters.
    pub(super) fn start_words(&mut self, path: PathId, words: Vec<Value>, open: Labels, id: Id) -> Option<Value> {
        let base = words.first().and_then(Value::as_str).unwrap_or_default();
        let base = base.rsplit('/').next().unwrap_or_default();
        let is_shell = SHELLS.contains(&base)
            && words.len() == 3
            && words.get(1).and_then(Value::as_str).is_some_and(|option| LINES.contains(&option));
        let line = if is_shell { words.get(2).map(|line| self.as_content(line)) } else { None };
        let about = match line {
            Some(line) => line.labelled(open),
            None => self.new_list(words, open),
        };
        let word = self.word(path).filter(|word| word.does == crate::analyze::script::words::Does::Run)?;
        let labels = self.all_labels(&about);
        Some(self.act(word, path, None, &Args::of(vec![about]), id, labels))
    }

    /// Names that the readers give to what is no function of a library.
    pub(super) fn helper_of_compiled(&mut self, name: &str, args: &Args) -> Option<Value> {
        let first = args.at(0)?.clone();
        Some(match name {
            "{first}" => {
                if let Known::Object(id) = first.known
                    && let Some(Kind::Dict(fields)) = self.heap.get(id).map(|o| &o.kind)
                    && fields.get("{0}").is_some()
                {
                    let all = fields.iter().map(|(_, value)| value.clone()).collect();
                    return Some(self.new_list(all, Labels::NONE));
                }
                let rest = Value::unknown(self.all_labels(&first));
                self.new_list(vec![first, rest.clone(), rest.clone(), rest], Labels::NONE)
            }
            "{results}" => {
                let second = args.at(1)?;
                // A value and an error, of which there is one: what is empty then is nothing.
                if args.list.len() == 2 && !second.is_constant() && !matches!(second.known, Known::Object(_)) {
                    let is_empty =
                        matches!(&first.known, Known::Str(text) if text.is_empty()) || first.as_num() == Some(0.0);
                    return Some(if is_empty { Value::new(Known::Nil, first.labels) } else { first });
                }
                if args.list.len() == 2 && matches!(second.known, Known::Nil) {
                    return Some(first);
                }
                let mut fields = Fields::default();
                for (i, value) in args.list.iter().enumerate().take(MAX_WORDS) {
                    fields.set(&format!("{{{i}}}"), value.clone());
                }
                self.object(Kind::Dict(fields), Labels::NONE)
            }
            PAIRS => {
                let pairs = self.pairs_of(&first)?;
                self.new_list(pairs, Labels::NONE)
            }
            "{typed}" => match (&first.known, &args.at(1)?.known) {
                (Known::Unknown | Known::Path(_), Known::Path(path)) => {
                    let path = self.paths.call(*path);
                    Self::path_value(path, first.labels)
                }
                _ => first,
            },
            "{bytes}" => match &first.known {
                Known::Str(text) => Value::bytes(text.as_bytes(), first.labels),
                _ => first,
            },
            "{runes}" => match &first.known {
                Known::Str(text) => {
                    let text = Rc::clone(text);
                    if !self.pay(text.len().saturating_mul(16)) {
                        return Some(Value::UNKNOWN);
                    }
                    let runes = text.chars().map(|c| Value::num(f64::from(u32::from(c)), first.labels)).collect();
                    self.new_list(runes, first.labels)
                }
                _ => first,
            },
            "{text}" => match &first.known {
                Known::Bytes(bytes) => match std::str::from_utf8(bytes) {
                    Ok(text) => Value::str(text, first.labels),
                    Err(_) => first,
                },
                Known::Num(n) => {
                    let code = if *n >= 0.0 && *n < f64::from(u32::from(char::MAX)) { *n as u32 } else { 0xfffd };
                    Value::str(char::from_u32(code).unwrap_or('\u{fffd}').to_string(), first.labels.with(Labels::BUILT))
                }
                Known::Object(_) => self.list_as_text(&first, false).unwrap_or(first),
                _ => first,
            },
            "{append}" => return self.appended(&first, args.list.get(1..)?),
            "{copied}" => {
                let from = args.at(1)?.clone();
                match from.known {
                    Known::Str(ref text) => Value::bytes(text.as_bytes(), from.labels),
                    _ => from,
                }
            }
            "{len}" => match &first.known {
                Known::Str(text) => Value::num(text.len() as f64, first.labels),
                Known::Bytes(bytes) => Value::num(bytes.len() as f64, first.labels),
                Known::Object(id) => match self.heap.get(*id) {
                    Some(object) if !object.open => match &object.kind {
                        Kind::List(items) => Value::num(items.len() as f64, Labels::NONE),
                        Kind::Dict(fields) => Value::num(fields.len() as f64, Labels::NONE),
                        _ => Value::unknown(first.labels),
                    },
                    _ => Value::unknown(first.labels),
                },
                _ => Value::unknown(first.labels),
            },
            "{zeros}" => match first.as_int() {
                Some(count) if (0..=MAX_ZEROS).contains(&count) && self.pay(usize::try_from(count).ok()? * 16) => {
                    let zeros = vec![Value::num(0.0, Labels::NONE); usize::try_from(count).ok()?];
                    self.new_list(zeros, Labels::NONE)
                }
                _ => Value::unknown(first.labels),
            },
            "{u8}" | "{u16}" | "{u32}" => {
                let bits = name.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(8);
                match &first.known {
                    Known::Num(n) if n.is_finite() => Value::num(n.trunc().rem_euclid(2_f64.powi(bits)), first.labels),
                    Known::Str(text) => {
                        let code = text.chars().next().map_or(0, u32::from);
                        Value::num(f64::from(code & 0xff), first.labels)
                    }
                    _ => first,
                }
            }
            _ => return None,
        })
    }

    /// A list with more in it. It is put into the same list: that is what a slice of Go is most of the time.
    fn appended(&mut self, list: &Value, more: &[Value]) -> Option<Value> {
        let target = match &list.known {
            Known::Object(id) if self.heap.list(*id).is_some() => *id,
            Known::Nil | Known::Bytes(_) | Known::Str(_) => {
                let items = if list.known == Known::Nil { Vec::new() } else { self.as_numbers(list)? };
                let Known::Object(id) = self.new_list(items, list.labels).known else { return None };
                id
            }
            _ => {
                let labels = more.iter().fold(self.all_labels(list), |l, v| l.with(self.all_labels(v)));
                return Some(match list.known {
                    Known::Path(_) => list.clone().labelled(labels),
                    _ => Value::unknown(labels),
                });
            }
        };
        let mut all = Vec::with_capacity(more.len());
        for value in more {
            // What was `xs...` came apart already, but for bytes.
            match value.known {
                Known::Bytes(_) => all.extend(self.as_numbers(value)?),
                _ => all.push(value.clone()),
            }
        }
        let labels = all.iter().fold(Labels::NONE, |l, v| l.with(self.all_labels(v)));
        let object = self.heap.get_mut(target)?;
        object.labels = object.labels.with(labels);
        if let Kind::List(items) = &mut object.kind {
            if items.len() + all.len() > MAX_WORDS * MAX_WORDS {
                object.open = true;
            } else {
                items.extend(all);
            }
        }
        Some(Value::new(Known::Object(target), list.labels))
    }

    /// Bytes as a list of numbers.
    fn as_numbers(&mut self, value: &Value) -> Option<Vec<Value>> {
        let bytes = value.as_bytes()?.to_vec();
        self.pay(bytes.len().saturating_mul(16))
            .then(|| bytes.iter().map(|byte| Value::num(f64::from(*byte), value.labels)).collect())
    }
}

/// Whether a function makes a digest of what it is given.
fn is_hash(name: &str) -> bool {
    let Some((of, function)) = name.rsplit_once('.') else { return false };
    ["crypto/sha256", "crypto/sha1", "crypto/sha512", "crypto/md5", "sha2.", "hash/crc32", "hash/fnv"]
        .iter()
        .any(|hash| of.starts_with(hash))
        && (function.starts_with("Sum") || function.starts_with("Checksum") || function == "digest")
}
