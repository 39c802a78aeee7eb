//! Text that becomes code or a command: executed text is read and gone through in place, so that what a payload does
//! stands beside what unpacked it.

use std::rc::Rc;

use super::Machine;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Known, Labels, Value};
use crate::parse::script::{self, Id, Language, Node, Tree};

/// Most layers of executed text.
const MAX_LAYERS: u8 = 8;
/// Longest text in bytes that is gone through in place; a longer one is only handed out as a child.
const MAX_CODE: usize = 4 << 20;
/// Times that the same text is gone through.
const SAME_TEXT: u32 = 2;
/// Most texts that are handed out beside those that are executed or written, which keep most of the room, and their bytes.
const PROSE_MAX: usize = 32;
const PROSE_BYTES: usize = 8 << 20;
/// Shortest code in bytes that can be called concealed, and the pieces that are looked for.
const MIN_CONCEALED: usize = 48;
/// Shortest code in bytes that is noted as all of its script.
const MIN_PACKED: usize = 512;
const WINDOW: usize = 12;
/// How many bytes of code all strings are looked for in.
const GENERATED: usize = 1 << 10;
/// The argument that makes code the body of a function, under a name that no language can spell; it has the parameters.
pub(super) const BODY_OF: &str = "(body of)";
/// What looking through one node costs, in bytes of text.
const BYTES_OF_A_NODE: usize = 4;
/// Programs that take a command line or a script as an argument.
const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ash", "ksh"];

impl Machine {
    pub(super) fn is_command_language(&self) -> bool {
        matches!(self.language, Language::Shell | Language::Batch | Language::PowerShell)
    }

    /// The path of a command: its base name without `.exe`.
    pub(super) fn command_path(&mut self, text: &str) -> PathId {
        let base = text.rsplit(['/', '\\']).next().unwrap_or(text);
        let base = base.strip_suffix(".exe").unwrap_or(base);
        let lower = base.to_ascii_lowercase();
        self.paths.root(&lower)
    }

    /// Reads text as code and goes through it here; the value of its last expression, or `None` when it is not known.
    pub(super) fn execute(&mut self, code: &Value, language: Language, at: Id) -> Option<Value> {
        let text: Rc<str> = match &code.known {
            Known::Str(text) => Rc::clone(text),
            Known::Bytes(bytes) => std::str::from_utf8(bytes).ok()?.into(),
            // A line of commands with parts that are not known: they become a variable.
            Known::Text(text) if language == Language::Batch => {
                let gap = self.tree.sym("unknown_part");
                self.declare_name(gap, Value::unknown(code.labels));
                text.replace(HOLE, "%unknown_part%").into()
            }
            _ => return None,
        };
        let layer = self.layer.saturating_add(1);
        if text.len() > MAX_CODE || layer > MAX_LAYERS || text.trim().is_empty() || self.is_spent() {
            return None;
        }
        let mut hasher = crate::parse::script::tree::Quick::default();
        std::hash::Hasher::write(&mut hasher, text.as_bytes());
        let key = std::hash::Hasher::finish(&hasher);
        let count = self.executed.entry(key).or_insert(0);
        *count += 1;
        if *count > SAME_TEXT && text.len() > 64 {
            return None;
        }
        // Reading costs about as much as going through it.
        self.fuel = self.fuel.saturating_sub(text.len() as u64 / 8);
        // What PHP executes begins as code; `?>` ends that.
        let text: Rc<str> = match (language, text.trim_start().strip_prefix("?>")) {
            (Language::Php, None) if !text.trim_start().starts_with("<?") => format!("<?php {text}").into(),
            (Language::Php, Some(rest)) => rest.into(),
            _ => text,
        };
        let read = script::read(language, &text);
        if read.is_empty() || (!read.problems.is_empty() && read.len() < 4) {
            return None;
        }
        let before = self.quoted;
        let is_line = matches!(language, Language::Shell | Language::Batch | Language::PowerShell);
        self.quoted = is_line && !code.labels.any(Labels::CONCEALED) && (self.layer == 0 || self.quoted);
        let value = self.run_grafted(&read, language, layer, at);
        self.quoted = before;
        Some(value)
    }

    /// Reads text as the body of a function with these parameters. Who calls it is not always seen: what nothing has called
    /// when the script is loaded is called then ([`Machine::call_made`]).
    pub(super) fn made_function(&mut self, body: &Value, parameters: &str, at: Id) -> Option<Value> {
        let text = body.as_str()?;
        let function = Value::str(format!("(async function ({parameters}) {{\n{text}\n}})"), body.labels);
        match self.execute(&function, Language::JavaScript, at) {
            Some(Value { known: Known::Func(func, frame), labels }) => {
                self.made_functions.push((func, frame));
                Some(Value::new(Known::Func(func, frame), labels))
            }
            _ => self.execute(body, Language::JavaScript, at),
        }
    }

    /// Notes code that is nearly all of the script around it.
    pub(super) fn note_packed(&mut self, code: &super::call::Args, at: Id) {
        let text = code.at(0).and_then(Value::as_str).unwrap_or_default();
        if self.layer == 0 && text.len() >= MIN_PACKED && text.len() * 4 >= self.out.length as usize * 3 {
            self.out.packed.get_or_insert(self.place(at).0);
        }
    }

    /// Calls the functions that were made of text and that nothing has called.
    pub(super) fn call_made(&mut self) {
        for (func, frame) in std::mem::take(&mut self.made_functions) {
            if self.seen.get(Tree::index(func)).copied() == Some(0) {
                self.call_unasked(func, frame, None);
            }
        }
    }

    fn run_grafted(&mut self, read: &Tree, language: Language, layer: u8, at: Id) -> Value {
        let place = self.place(at);
        let functions = self.tree.functions().count();
        let node = self.tree.len();
        let root = self.tree.graft(read, 0);
        self.seen.resize(self.tree.functions().count(), 0);
        let concealed = self.concealed;
        let (place, file) = (Some(place), self.file);
        let text = super::Grafted { first: functions, node, language, layer, place, concealed, file };
        self.grafted.push(text);
        let before = (self.language, self.layer, self.anchor);
        (self.language, self.layer, self.anchor) = (language, layer, place);
        // The value of the last expression is what `eval` yields.
        let mut value = Value::UNKNOWN;
        let returned = self.returned.take();
        if let Node::Block(many) = self.tree.get(root) {
            let statements = self.list(many);
            match statements.as_slice() {
                [one] => value = self.value(*one),
                _ => {
                    self.statement(root);
                }
            }
        }
        if let Some(inner) = self.returned.take() {
            value = value.or(inner);
        }
        self.returned = returned;
        (self.language, self.layer, self.anchor) = before;
        value
    }

    /// Goes through a command line that a program hands to the system.
    pub(super) fn run_command(&mut self, about: &Value, is_shell: bool, at: Id) {
        // A list of one word under a shell is a command line.
        if is_shell
            && let Known::Object(id) = about.known
            && let Some([line]) = self.heap.list(id).map(Vec::as_slice)
        {
            let line = line.clone();
            return self.run_command(&line, true, at);
        }
        // Words of a list that starts a shell: the script is the word behind -c.
        if let Known::Object(id) = about.known
            && let Some(items) = self.heap.list(id)
        {
            let words: Vec<Value> = items.iter().take(64).cloned().collect();
            let base = words.first().and_then(Value::as_str).map(base_name).unwrap_or_default();
            let is_shell_word =
                |w: &Value| w.as_str().is_some_and(|t| matches!(t, "-c" | "/c" | "/C" | "/k" | "-lc" | "-ic"));
            if SHELLS.contains(&base.as_str()) || base == "cmd" {
                let language = if base == "cmd" { Language::Batch } else { Language::Shell };
                if let Some(position) = words.iter().position(is_shell_word)
                    && let Some(script) = words.get(position + 1)
                {
                    let text = match words.get(position + 1..) {
                        Some(rest) if language == Language::Batch => self.joined(rest),
                        _ => script.clone(),
                    };
                    self.execute(&text, language, at);
                    return;
                }
            }
            let line = self.joined_quoted(&words);
            let gap = self.tree.sym("unknown_part");
            let labels = words.iter().fold(Labels::NONE, |l, w| l.with(self.all_labels(w)));
            self.declare_name(gap, Value::unknown(labels));
            self.execute(&line, Language::Shell, at);
            return;
        }
        let Some(text) = about.as_str() else {
            if let Known::Text(text) = &about.known {
                // Gaps become a variable, so that the words around them are read and their origins are kept.
                let filled = fill_gaps(text);
                let gap = self.tree.sym("unknown_part");
                self.declare_name(gap, Value::unknown(about.labels));
                let value = Value::str(filled, Labels::NONE);
                self.execute(&value, language_of_command(&value), at);
            }
            return;
        };
        // `cmd` takes the quotes around a whole line away.
        let inner = text
            .trim()
            .strip_prefix('"')
            .and_then(|t| t.strip_suffix('"'))
            .filter(|t| t.contains(' ') && !t.contains('"'));
        let line = match inner {
            Some(inner) => Value::str(inner, about.labels),
            None => about.clone(),
        };
        self.execute(&line, language_of_command(&line), at);
    }

    fn joined(&self, words: &[Value]) -> Value {
        let labels = words.iter().fold(Labels::NONE, |l, w| l.with(w.labels));
        let parts: Vec<Rc<str>> = words.iter().map(|w| self.shown_or_hole(w)).collect();
        Value::str(parts.join(" "), labels)
    }

    /// Words as a command line that reads as the same words.
    fn joined_quoted(&self, words: &[Value]) -> Value {
        let labels = words.iter().fold(Labels::NONE, |l, w| l.with(w.labels));
        let parts: Vec<String> = words
            .iter()
            .map(|w| match self.shown(w) {
                Some(text) if text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:=%@+,".contains(c)) => {
                    text.to_string()
                }
                Some(text) => format!("'{}'", text.replace('\'', "'\\''")),
                None => match &w.known {
                    Known::Path(path) if self.paths.text(*path) == "sys.executable" => "python".to_owned(),
                    Known::Path(path) if matches!(self.paths.text(*path), "process.execPath" | "process.argv0") => {
                        "node".to_owned()
                    }
                    _ => "\"$unknown_part\"".to_owned(),
                },
            })
            .collect();
        Value::str(parts.join(" "), labels)
    }

    /// Code that nowhere stands in the script as it is executed: it was concealed, whatever it was made from (numbers,
    /// letters in another order, text under a key).
    pub(super) fn unless_spelled_out(&mut self, code: Value) -> Value {
        let Some(text) = code.as_str() else { return code };
        if text.len() < MIN_CONCEALED || code.labels.any(Labels::CONCEALED) || !code.labels.any(Labels::BUILT) {
            return code;
        }
        let windows: Vec<&[u8]> =
            text.as_bytes().chunks_exact(WINDOW).step_by((text.len() / WINDOW / 3).max(1)).collect();
        if !self.pay(self.tree.len() * BYTES_OF_A_NODE + self.tree.text_len()) || self.tree.spells(&windows) {
            return code;
        }
        // Generators of code put names between pieces that stand there.
        let beginning = text.as_bytes().get(..GENERATED).unwrap_or(text.as_bytes());
        if self.pay(2 * self.tree.len() * BYTES_OF_A_NODE)
            && self.tree.spelled_of(beginning, WINDOW) * 3 >= beginning.len()
        {
            return code;
        }
        code.labelled(Labels::DECODED)
    }

    /// Whether the host of an address stands as it is in a text of the script.
    pub(super) fn spells_host(&mut self, address: &str) -> bool {
        let Some((_, rest)) = address.split_once("://") else { return false };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.contains('.')
            && !host.contains(HOLE)
            && !host.contains('@')
            && self.pay(self.tree.len() * BYTES_OF_A_NODE + self.tree.text_len())
            && self.tree.spells(&[host.as_bytes()])
    }

    /// Whether the host of an address nowhere stands in the script, though nothing but the script's own pieces were put together
    /// for it: a few letters of it each, or numbers.
    pub(super) fn hides_host(&mut self, address: &str) -> bool {
        /// Shorter pieces (`"ex" + "am" + "ple"`) hide.
        const PIECE: usize = 4;
        /// Most hosts that are looked for.
        const HOSTS: usize = 256;
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let is_host = host.contains('.')
            && host.len() > 2 * PIECE
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        if let Some(hidden) = self.hosts.get(host) {
            return *hidden;
        }
        if !is_host || self.hosts.len() >= HOSTS {
            return false;
        }
        let hidden = self.pay(2 * self.tree.len() * BYTES_OF_A_NODE + self.tree.text_len())
            && !self.tree.spells(&[host.as_bytes()])
            && self.tree.spelled_of(host.as_bytes(), PIECE) * 3 < host.len();
        self.hosts.insert(host.into(), hidden);
        hidden
    }

    /// Notes readable text that had to be decoded.
    pub(super) fn note_decoded(&mut self, value: &Value, at: Id) {
        if !value.labels.any(Labels::CONCEALED) || self.out.decoded.len() >= 500 {
            return;
        }
        let Some(text) = value.as_text() else { return };
        if text.len() < 4 || !text.chars().all(|c| !c.is_control() || c.is_whitespace()) {
            return;
        }
        let shown = text.get(..text.floor_char_boundary(200)).unwrap_or(text);
        let offset = self.place(at).0;
        if self.out.decoded.iter().any(|(t, _)| **t == *shown) {
            return;
        }
        self.out.decoded.push((shown.into(), offset));
        // Prose and code, whatever is done with them.
        let taken = self.out.made.iter().map(|made| made.content.len()).sum::<usize>();
        let has_room = self.out.made.len() < PROSE_MAX && taken.saturating_add(text.len()) <= PROSE_BYTES;
        let is_whole = value.as_str().is_some() || matches!(value.known, Known::Bytes(_));
        if has_room && is_whole && says_more(text) {
            self.made(value, at, None);
        }
    }
}

/// Whether a text is more than a name, an address or a path: several words, or code.
fn says_more(text: &str) -> bool {
    const SHORTEST: usize = 40;
    const PARTS: usize = 4;
    text.len() >= SHORTEST && text.bytes().filter(|b| matches!(b, b' ' | b'\n' | b';' | b'{' | b'(')).count() >= PARTS
}

/// A command line with a variable in the place of each gap, whatever quotes stand around it.
fn fill_gaps(text: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut quoted = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix(HOLE) {
            filled.push_str(if quoted { "'\"$unknown_part\"'" } else { "$unknown_part" });
            rest = behind;
            continue;
        }
        quoted ^= letter == '\'';
        filled.push(letter);
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    filled
}

fn base_name(text: &str) -> String {
    let base = text.rsplit(['/', '\\']).next().unwrap_or(text);
    base.strip_suffix(".exe").unwrap_or(base).to_ascii_lowercase()
}

/// Which reader a command line is for.
fn language_of_command(line: &Value) -> Language {
    let text = line.as_str().unwrap_or_default().trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    let base = base_name(first.trim_matches(['"', '\'']));
    // What is written for PowerShell runs where no other shell would expand its variables first.
    if matches!(base.as_str(), "powershell" | "pwsh" | "cmd" | "start" | "reg" | "schtasks" | "del" | "copy" | "xcopy")
        || text.contains("%TEMP%")
    {
        Language::Batch
    } else {
        Language::Shell
    }
}
