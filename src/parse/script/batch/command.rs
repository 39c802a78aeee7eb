//! Simple commands, `set`, `echo` and redirections.

use super::expand::{Pieces, Until};
use super::{Id, Reader};
use crate::parse::script::shell;

/// What flows into a command and out of it.
#[derive(Default)]
pub(super) struct Flow {
    input: Option<Id>,
    outputs: Vec<(Id, bool)>,
    silent: bool,
}

impl Reader<'_, '_> {
    /// A command of any kind. `input` is what is piped into it.
    pub(super) fn command(&mut self, input: Option<Id>) -> Option<Id> {
        let start = self.c.at;
        if !self.b.enter(start) {
            return Some(self.give_up());
        }
        let made = self.command_inside(input);
        self.b.leave();
        made
    }

    fn command_inside(&mut self, input: Option<Id>) -> Option<Id> {
        let mut flow = Flow { input, ..Flow::default() };
        loop {
            self.skip_blank();
            self.c.take(|b| matches!(b, b'@' | b',' | b';' | b'='));
            if !self.redirect(&mut flow) && !matches!(self.c.peek(), b' ' | b'\t' | b'\r' | b'@' | b',' | b';' | b'=') {
                break;
            }
        }
        if self.at_end() {
            return None;
        }
        let start = self.c.at;
        match self.c.peek() {
            b'(' => {
                let block = self.parentheses();
                self.redirects(&mut flow);
                let block = self.fed(block, &flow);
                return Some(self.written(block, &flow));
            }
            b':' => {
                self.c.at = self.c.line_end();
                return None;
            }
            _ => {}
        }
        let mut p = Pieces::default();
        self.pieces(&mut p, Until::Name);
        let name = self.value(p, start);
        let word = self.b.literal(name).map(str::to_ascii_lowercase).unwrap_or_default();
        match word.as_str() {
            "rem" => {
                self.c.at = self.c.line_end();
                None
            }
            "if" => Some(self.if_command(start)),
            "for" => Some(self.for_command(start)),
            "set" => Some(self.set_command(start, flow)),
            _ if word == "echo" || word.starts_with("echo.") || word.starts_with("echo:") => {
                Some(self.echo(&word, start, flow))
            }
            _ => Some(self.plain(name, &word, start, flow)),
        }
    }

    fn plain(&mut self, name: Id, word: &str, start: usize, mut flow: Flow) -> Id {
        let span = self.since(start);
        let callee = if word.is_empty() { name } else { self.b.str(word, span) };
        let mut args = Vec::new();
        loop {
            self.skip_blank();
            self.c.take(|b| matches!(b, b',' | b';' | b'='));
            if self.redirect(&mut flow) {
                continue;
            }
            if self.at_end() {
                break;
            }
            let before = self.c.at;
            let arg = self.word(Until::Blank);
            args.extend(arg);
            if self.c.at == before && !matches!(self.c.peek(), b' ' | b'\t' | b'\r') {
                self.b.problem(before, "a sign that is no argument");
                self.c.bump();
            }
        }
        self.finished(callee, args, start, &flow)
    }

    fn finished(&mut self, callee: Id, mut args: Vec<Id>, start: usize, flow: &Flow) -> Id {
        let span = self.since(start);
        if flow.silent {
            args.push(self.b.flag("silent", span));
        }
        if let Some(input) = flow.input {
            args.push(self.b.keyword("stdin", input, span));
        }
        let call = self.b.call(callee, &args, span);
        self.written(call, flow)
    }

    /// `echo`: the text as it stands, blanks and quotes with it.
    fn echo(&mut self, word: &str, start: usize, mut flow: Flow) -> Id {
        let callee = self.b.str("echo", self.since(start));
        let mut p = Pieces::default();
        // `echo.text` and `echo:text` need no blank.
        let glued = word.len() > 5;
        if glued {
            let (from, to) = (start + 5, self.c.at);
            p.text(self.c.slice(from..to), from);
        } else if !self.at_end() && matches!(self.c.peek(), b' ' | b'\t' | b'(' | b',' | b';' | b'=') {
            self.c.at += 1;
        }
        let from = self.c.at;
        loop {
            self.pieces(&mut p, Until::End);
            if !self.redirect(&mut flow) {
                break;
            }
        }
        let mut args = Vec::new();
        if self.c.at > from || glued {
            let text = self.value(p, from);
            match self.b.literal(text).map(str::trim) {
                Some("") => {}
                Some("on" | "off") => {
                    let word = self.b.literal(text).unwrap_or_default().trim().to_owned();
                    args.push(self.b.str(word, (from, self.c.at)));
                }
                _ => args.push(text),
            }
        }
        self.finished(callee, args, start, &flow)
    }

    fn set_command(&mut self, start: usize, mut flow: Flow) -> Id {
        self.skip_blank();
        let (arithmetic, asks) = (self.c.looking_folded("/a"), self.c.looking_folded("/p"));
        if arithmetic {
            self.c.at += 2;
            return self.set_arithmetic();
        }
        if asks {
            self.c.at += 2;
            self.skip_blank();
        }
        let quoted = self.c.peek() == b'"';
        if quoted {
            self.c.at += 1;
        }
        let from = self.c.at;
        let (name, found) = self.set_name();
        if !found {
            let callee = self.b.str("set", (start, from));
            self.redirects(&mut flow);
            return self.finished(callee, vec![name], start, &flow);
        }
        let from = self.c.at;
        let mut p = Pieces::default();
        if quoted {
            self.quoted_value(&mut p);
        }
        loop {
            self.pieces(&mut p, Until::End);
            if !self.redirect(&mut flow) {
                break;
            }
        }
        let mut value = self.value(p, from);
        // Quotes around all of it go when it is used.
        if let Some(text) = self.b.literal(value) {
            let mut bare = text;
            if quoted {
                bare = bare.rfind('"').and_then(|end| bare.get(..end)).unwrap_or(bare);
            } else if let Some(inner) = bare.trim_end().strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
                bare = if inner.contains('"') { bare } else { inner };
            }
            if bare.len() < text.len() {
                let bare = bare.to_owned();
                value = self.b.str(bare, (from, self.c.at));
            }
        }
        if asks {
            let callee = self.b.str("set", (start, from));
            let flag = self.b.str("/p", (start, from));
            value = self.finished(callee, vec![flag, value], start, &flow);
            return self.declare(name, value, (start, self.c.at));
        }
        let made = self.declare(name, value, (start, self.c.at));
        self.written(made, &flow)
    }

    /// The name in front of `=`, lowered; whether there is a `=`.
    fn set_name(&mut self) -> (Id, bool) {
        let start = self.c.at;
        let mut p = Pieces::default();
        while self.c.more() {
            let at = self.c.at;
            match self.c.peek() {
                b'\n' | b'&' | b'|' | b'<' | b'>' | b'=' => break,
                b')' if self.parens > 0 => break,
                b'^' => {
                    self.c.at += 1;
                    p.text(self.c.bump(), at);
                }
                b'%' => self.percent(&mut p),
                b'!' if self.delayed => {
                    self.exclamation(&mut p);
                }
                b'"' | b'\r' => self.c.at += 1,
                _ => p.text(self.c.bump(), at),
            }
        }
        let span = self.since(start);
        let found = self.c.eat("=");
        let name = self.value(p, start);
        match self.b.literal(name).map(str::to_ascii_lowercase) {
            Some(text) if found => (self.b.name(text, span), true),
            Some(_) => (name, found),
            None => (self.b.helper("indirect", &[name], span), found),
        }
    }

    /// The value behind `set "x=`, up to the last quote of the command.
    fn quoted_value(&mut self, p: &mut Pieces) {
        while self.c.more() {
            let at = self.c.at;
            match self.c.peek() {
                b'\n' => return,
                b'"' => return self.closing_quote(p),
                b'%' => self.percent(p),
                b'!' if self.delayed => self.exclamation(p),
                b'\r' => self.c.at += 1,
                _ => {
                    p.text(self.c.bump(), at);
                    let run = self.c.take(|b| !matches!(b, b'\n' | b'"' | b'%' | b'!' | b'\r'));
                    p.text(run, at);
                }
            }
        }
    }

    /// A quote behind which nothing of the value stands is dropped, any other is kept.
    fn closing_quote(&mut self, p: &mut Pieces) {
        let at = self.c.at;
        self.c.at += 1;
        self.skip_blank();
        if !self.at_end() && !matches!(self.c.peek(), b'<' | b'>') {
            self.c.at = at + 1;
            p.text("\"", at);
        }
    }

    /// `set /a`: the signs are those of the shell, and names of variables need none.
    fn set_arithmetic(&mut self) -> Id {
        let from = self.c.at;
        let mut text = String::new();
        let mut quoted = false;
        while self.c.more() {
            match self.c.peek() {
                b'\n' => break,
                b'&' | b'|' | b'<' | b'>' if !quoted => break,
                b')' if !quoted && self.parens > 0 && !text.contains('(') => break,
                b'"' => {
                    quoted = !quoted;
                    self.c.at += 1;
                }
                b'^' if !quoted => {
                    self.c.at += 1;
                    text.push_str(self.c.bump());
                }
                // `%x%` and `x` are the same; arguments have numbers for names.
                b'%' if self.c.ahead(1) != b'%' => {
                    self.c.at += 1;
                    self.c.eat("~");
                    if self.c.peek().is_ascii_digit() {
                        text.push('$');
                        text.push_str(self.c.bump());
                    }
                }
                b'!' if self.delayed
                    && (self.c.ahead(1).is_ascii_alphabetic() || self.c.behind().is_ascii_alphanumeric()) =>
                {
                    self.c.at += 1;
                }
                _ => text.push_str(self.c.bump()),
            }
        }
        let outer = self.b.place;
        self.b.place = outer.or(Some((from, self.c.at)));
        let mut inner = shell::Reader::new(&text, self.b);
        inner.folds = true;
        let value = inner.arithmetic();
        self.b.place = outer;
        let mut flow = Flow::default();
        self.redirects(&mut flow);
        self.written(value, &flow)
    }

    /// Redirections behind something.
    pub(super) fn redirects(&mut self, flow: &mut Flow) {
        loop {
            self.skip_blank();
            if !self.redirect(flow) {
                return;
            }
        }
    }

    /// Reads a redirection, if one comes next.
    pub(super) fn redirect(&mut self, flow: &mut Flow) -> bool {
        let number = usize::from(self.c.peek().is_ascii_digit() && matches!(self.c.ahead(1), b'<' | b'>'));
        let sign = self.c.ahead(number);
        if !matches!(sign, b'<' | b'>') {
            return false;
        }
        let start = self.c.at;
        let file = if number == 1 { self.c.peek() } else { b'1' };
        self.c.at += number + 1;
        let append = sign == b'>' && self.c.eat(">");
        if self.c.eat("&") {
            self.c.take(|b| b.is_ascii_digit());
            flow.silent |= file == b'2';
            return true;
        }
        self.skip_blank();
        let Some(target) = self.word(Until::Blank) else {
            self.b.problem(start, "a redirection to nowhere");
            return true;
        };
        let null = self.b.literal(target).is_some_and(|t| t.eq_ignore_ascii_case("nul"));
        match (sign, file) {
            (b'<', _) => {
                let cat = self.b.str("cat", (start, start));
                flow.input = Some(self.b.call(cat, &[target], self.since(start)));
            }
            (_, b'2') => flow.silent |= null,
            _ => flow.outputs.push((target, append)),
        }
        true
    }

    /// What a block is fed with is what its commands read.
    fn fed(&mut self, block: Id, flow: &Flow) -> Id {
        let Some(input) = flow.input else { return block };
        let span = self.b.over(input, block);
        let stdin = self.b.name("/dev/stdin", (span.0, span.0));
        let feed = self.declare(stdin, input, span);
        self.b.block(&[feed, block], span)
    }

    pub(super) fn written(&mut self, mut command: Id, flow: &Flow) -> Id {
        for (file, append) in &flow.outputs {
            let span = self.b.over(command, *file);
            let mut args = vec![command, *file];
            if *append {
                args.push(self.b.flag("append", span));
            }
            command = self.b.helper("redirect", &args, span);
        }
        command
    }
}
