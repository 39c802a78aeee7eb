//! Simple commands.

use super::build::Span;
use super::redirect::Redirects;
use super::word::Word;
use super::{Id, Node, Reader};

/// Commands that read what a compound command around them is fed with.
const READERS: [&str; 36] = [
    "awk", "base64", "bash", "bunzip2", "bzip2", "cat", "cut", "dash", "dd", "grep", "gunzip", "gzip", "head", "ksh",
    "mapfile", "nc", "node", "openssl", "perl", "php", "python", "python2", "python3", "read", "rev", "ruby", "sed",
    "sh", "sort", "tail", "tar", "tee", "tr", "xargs", "xxd", "zsh",
];

/// Whether a command declares variables, and whether they are the function's own.
fn declares(name: &str) -> Option<bool> {
    match name {
        "local" | "declare" | "typeset" => Some(true),
        "export" | "readonly" => Some(false),
        _ => None,
    }
}

/// A simple command in the making.
#[derive(Default)]
struct Simple {
    assigns: Vec<Id>,
    words: Vec<Word>,
    declared: Vec<Id>,
    redirects: Redirects,
    /// Set by `export` and its kin.
    declares: Option<bool>,
    maps: bool,
}

impl Reader<'_, '_> {
    /// Reads a command of any kind. `input` is what is piped into it.
    pub(super) fn command(&mut self, input: Option<Id>) -> Option<Id> {
        self.skip_blank();
        if !self.c.more() {
            return None;
        }
        if !self.b.enter(self.c.at) {
            return Some(self.give_up());
        }
        let made = match self.compound(input) {
            Some(made) => Some(made),
            None => self.simple(input),
        };
        self.b.leave();
        made
    }

    fn simple(&mut self, input: Option<Id>) -> Option<Id> {
        let start = self.c.at;
        let mut s = Simple::default();
        let mut end;
        loop {
            end = self.c.at;
            self.skip_blank();
            if self.redirect(&mut s.redirects) {
                continue;
            }
            if matches!(self.c.peek(), b'\n' | b';' | b'&' | b'|' | b')') || !self.c.more() {
                break;
            }
            if s.words.is_empty()
                && let Some(id) = self.assignment(false)
            {
                s.assigns.push(id);
                continue;
            }
            if let Some(own) = s.declares {
                if s.maps {
                    self.note_map();
                }
                if let Some(id) = self.assignment(own) {
                    s.declared.push(id);
                    continue;
                }
            }
            let before = s.words.len();
            if !self.words(&mut s.words) {
                break;
            }
            if before == 0
                && let [word] = s.words.as_slice()
                && word.plain
                && let Some(name) = self.b.literal(word.node)
            {
                s.declares = declares(name);
                if let Some(name) = self.function_head(word.node) {
                    return Some(self.function(&name, start));
                }
            } else if s.declares.is_some()
                && let Some(word) = s.words.last()
                && let Some(own) = s.declares
            {
                let flag = self.b.literal(word.node).filter(|t| t.starts_with(['-', '+']));
                s.maps |= flag.is_some_and(|t| t.starts_with('-') && t.contains('A'));
                if flag.is_some_and(|t| t.contains('g')) {
                    s.declares = Some(false);
                } else if flag.is_none()
                    && let Some(word) = s.words.pop()
                {
                    match self.declared_bare(&word, own) {
                        Some(id) => s.declared.push(id),
                        None => s.words.push(word),
                    }
                }
            }
        }
        if self.c.at == start {
            return None;
        }
        self.finish_simple(s, input, (start, end))
    }

    fn finish_simple(&mut self, mut s: Simple, input: Option<Id>, span: Span) -> Option<Id> {
        let start = span.0;
        let mut out = std::mem::take(&mut s.assigns);
        if let (Some(_), false) = (s.declares, s.declared.is_empty()) {
            // Names and flags beside them say nothing more.
            out.append(&mut s.declared);
            return Some(self.b.seq(&out, span));
        }
        let callee = s.words.first().map(|w| w.node);
        let name = callee.and_then(|id| self.b.literal(id)).unwrap_or_default().to_owned();
        let args: Vec<Id> = s.words.iter().skip(1).map(|w| w.node).collect();
        let opens = name == "exec" && args.is_empty() && !s.redirects.is_empty();
        let flow = self.flow(&s.redirects, input, opens);
        let Some(callee) = callee else {
            if s.redirects.is_empty() {
                return Some(self.b.seq(&out, span));
            }
            // `> file` empties it; `$(< file)` is what stands in it.
            let command = match flow.input {
                Some(input) => input,
                None => {
                    let nothing = self.b.str(":", (start, start));
                    self.b.call(nothing, &[], span)
                }
            };
            out.push(self.written(command, &flow));
            return Some(self.b.seq(&out, span));
        };
        if opens {
            let words = self.redirect_words(&s.redirects);
            out.push(self.b.call(callee, &words, span));
            return Some(self.b.seq(&out, span));
        }
        let command = match name.as_str() {
            "[" | "test" => self.test_command(&s.words, span),
            "break" => self.b.add(Node::Break, span),
            "continue" => self.b.add(Node::Continue, span),
            // What a function returns is a number; its value is what it prints.
            "return" => self.b.add(Node::Return(Id::NONE), span),
            _ => {
                let mut args = args;
                let takes = match name.as_str() {
                    "printf" => self.printf_target(&mut args),
                    _ => None,
                };
                let names = args.clone();
                args.extend(&flow.flags);
                let waits = matches!(name.as_str(), "read" | "mapfile" | "readarray");
                let fed = self.fed && (name.is_empty() || READERS.contains(&name.as_str()));
                let input = match flow.input {
                    None if waits || fed => Some(self.b.name("/dev/stdin", (start, start))),
                    input => input,
                };
                if let Some(input) = input {
                    args.push(self.b.keyword("stdin", input, span));
                }
                // `"${command[@]}"` is all the words of a command.
                let callee = match self.b.tree.get(callee) {
                    Node::Spread(inner) => inner,
                    _ => callee,
                };
                let call = self.b.call(callee, &args, span);
                if waits {
                    self.read_into(&name, &names, call)
                } else if let Some(target) = takes {
                    self.set(target, call, false)
                } else {
                    call
                }
            }
        };
        out.push(self.written(command, &flow));
        Some(self.b.seq(&out, span))
    }

    /// `printf -v name …`: takes the name out of the arguments.
    fn printf_target(&mut self, args: &mut Vec<Id>) -> Option<Id> {
        let [flag, name, ..] = args.as_slice() else { return None };
        if self.b.literal(*flag) != Some("-v") {
            return None;
        }
        let (name, span) = (self.b.literal(*name)?.to_owned(), self.b.over(*name, *name));
        args.drain(..2);
        Some(self.b.name(name, span))
    }

    /// `read a b`: sets the variables to the words of what was read.
    fn read_into(&mut self, command: &str, args: &[Id], call: Id) -> Id {
        let span = self.b.over(call, call);
        let mut names = Vec::new();
        let mut array = None;
        let mut skip = false;
        for id in args {
            let Some(word) = self.b.literal(*id).map(str::to_owned) else { continue };
            if std::mem::take(&mut skip) {
                continue;
            }
            let at = self.b.over(*id, *id);
            if let Some(flags) = word.strip_prefix('-') {
                let last = flags.chars().last();
                skip = matches!(last, Some('d' | 'i' | 'n' | 'N' | 'p' | 't' | 'u' | 'C' | 'c' | 'O' | 's'))
                    && !(last == Some('s') && command == "read");
            } else if word.bytes().all(super::cursor::is_name) {
                names.push(self.b.name(word, at));
            }
        }
        if command != "read"
            || args.iter().any(|id| self.b.literal(*id).is_some_and(|t| t.starts_with('-') && t.ends_with('a')))
        {
            array = names.pop();
        }
        let helper = if command == "read" { "words" } else { "lines" };
        if let Some(array) = array {
            let value = self.b.helper(helper, &[call], span);
            return self.set(array, value, false);
        }
        match names.as_slice() {
            [] if command == "read" => {
                let reply = self.b.name("REPLY", span);
                self.set(reply, call, false)
            }
            [] => call,
            [one] => self.set(*one, call, false),
            _ => {
                let value = self.b.helper("words", &[call], span);
                let target = self.b.list(&names, span);
                let node = if self.functions == 0 { Node::Declare(target, value) } else { Node::Assign(target, value) };
                self.b.add(node, span)
            }
        }
    }
}
