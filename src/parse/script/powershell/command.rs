//! Pipelines, commands and their arguments, assignments.

use super::{Id, Node, Op, Reader};

/// What a command is written to, and what is said of it.
#[derive(Default)]
struct Flow {
    outputs: Vec<(Id, bool)>,
    silent: bool,
}

impl Reader<'_, '_> {
    /// Pipelines with `&&` and `||` between them.
    pub(super) fn pipelines(&mut self) -> Option<Id> {
        let mut left = self.pipeline()?;
        loop {
            self.skip_blank();
            let op = match (self.c.peek(), self.c.ahead(1)) {
                (b'&', b'&') => Op::And,
                (b'|', b'|') => Op::Or,
                (b'&', _) => {
                    self.c.at += 1;
                    return Some(self.in_background(left));
                }
                _ => return Some(left),
            };
            self.c.at += 2;
            self.skip_lines();
            let Some(right) = self.pipeline() else {
                self.b.problem(self.c.at, "a command is missing");
                return Some(left);
            };
            left = self.b.binary(op, left, right);
        }
    }

    fn in_background(&mut self, id: Id) -> Id {
        let Node::Call(callee, args) = self.b.tree.get(id) else { return id };
        let span = self.span_of(id);
        let mut args = self.b.ids(args);
        args.push(self.b.flag("background", span));
        self.b.call(callee, &args, span)
    }

    fn pipeline(&mut self) -> Option<Id> {
        let mut left = self.first()?;
        loop {
            self.skip_blank();
            if self.c.peek() != b'|' || self.c.ahead(1) == b'|' {
                return Some(left);
            }
            self.c.at += 1;
            self.skip_lines();
            left = match self.command(Some(left)) {
                Some(next) => next,
                None => {
                    self.b.problem(self.c.at, "a command is missing");
                    return Some(left);
                }
            };
            if self.b.tree.is_full() {
                return Some(left);
            }
        }
    }

    /// The first part of a pipeline: an expression, an assignment or a command.
    fn first(&mut self) -> Option<Id> {
        if !self.begins_expression() {
            return self.command(None);
        }
        let start = self.c.at;
        // `$script:x = …` sets a variable of the outside.
        let outer = self.c.peek() == b'$' && ["$script:", "$global:"].iter().any(|s| self.c.looking_folded(s));
        let target = self.ternary(true)?;
        self.skip_blank();
        let (op, len) = match (self.c.peek(), self.c.ahead(1), self.c.ahead(2)) {
            (b'=', b, _) if b != b'=' => (None, 1),
            (b'+', b'=', _) => (Some(Op::Add), 2),
            (b'-', b'=', _) => (Some(Op::Sub), 2),
            (b'*', b'=', _) => (Some(Op::Mul), 2),
            (b'/', b'=', _) => (Some(Op::Div), 2),
            (b'%', b'=', _) => (Some(Op::Mod), 2),
            (b'?', b'?', b'=') => (Some(Op::Coalesce), 3),
            _ => {
                let mut flow = Flow::default();
                while self.redirect(&mut flow) {
                    self.skip_blank();
                }
                return Some(self.written(target, &flow));
            }
        };
        self.c.at += len;
        self.skip_lines();
        let value = match self.statement() {
            Some(value) => self.as_value(value),
            None => {
                self.b.problem(self.c.at, "a value is missing");
                self.b.opaque(&[], (start, self.c.at))
            }
        };
        Some(self.assigned(target, op, value, outer))
    }

    fn assigned(&mut self, mut target: Id, op: Option<Op>, mut value: Id, outer: bool) -> Id {
        // `[byte[]] $x = …` casts each value that it gets.
        let mut casts = 0;
        while let Node::Call(callee, args) = self.b.tree.get(target)
            && let [inner] = self.b.tree.list(args)
            && matches!(self.b.tree.get(callee), Node::Name(sym) if self.b.tree.str(sym).starts_with('['))
            && casts < 8
        {
            casts += 1;
            target = *inner;
            let span = self.b.over(callee, value);
            value = self.b.call(callee, &[value], span);
        }
        if let Some(op) = op {
            value = self.b.binary(op, target, value);
        }
        self.set(target, value, outer)
    }

    /// Whether an expression begins here, rather than the name of a command.
    fn begins_expression(&self) -> bool {
        match self.c.peek() {
            b'$' | b'(' | b'[' | b'{' | b'!' | b',' => true,
            b'@' => true,
            b'+' => true,
            b'.' => self.c.ahead(1).is_ascii_digit(),
            b'0'..=b'9' => {
                // `7z` is a command.
                let rest = self.c.rest();
                let word = rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
                let word = self.c.slice(self.c.at..self.c.at + word).to_ascii_lowercase();
                let digits = word.strip_prefix("0x").unwrap_or(&word);
                let tail = digits.trim_start_matches(|c: char| {
                    c.is_ascii_hexdigit() && (word.starts_with("0x") || c.is_ascii_digit())
                });
                matches!(
                    tail,
                    "" | "l" | "d" | "u" | "ul" | "y" | "uy" | "s" | "us" | "n" | "kb" | "mb" | "gb" | "tb" | "pb"
                ) || tail.strip_prefix('e').is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit()))
            }
            _ if self.quote().is_some() => true,
            _ => match self.dashed() {
                Some((word, _)) => matches!(word.as_str(), "not" | "bnot" | "join" | "split" | "csplit" | "isplit"),
                None => self.dash() > 0,
            },
        }
    }

    /// A command with its arguments. `input` is what is piped into it.
    fn command(&mut self, input: Option<Id>) -> Option<Id> {
        let start = self.c.at;
        if !self.b.enter(start) {
            return Some(self.give_up());
        }
        let made = self.command_inside(input, start);
        self.b.leave();
        made
    }

    fn command_inside(&mut self, input: Option<Id>, start: usize) -> Option<Id> {
        let next = self.c.ahead(1);
        let invokes = match self.c.peek() {
            b'&' => next != b'&',
            b'.' => !(next.is_ascii_alphanumeric() || matches!(next, b'.' | b'\\' | b'/' | b'_')),
            _ => false,
        };
        let callee = if invokes {
            self.c.at += 1;
            self.skip_blank();
            let found = if matches!(self.c.peek(), b'$' | b'(' | b'{' | b'[') || self.quote().is_some() {
                self.primary()
            } else {
                self.word()
            };
            found?
        } else if input.is_some() && (matches!(self.c.peek(), b'$' | b'(' | b'{' | b'[') || self.quote().is_some()) {
            // Not allowed there, but what it says is not lost.
            self.primary()?
        } else {
            self.word()?
        };
        let callee = self.lowered(callee);
        let name = match self.b.literal(callee) {
            Some("%" | "foreach") => "foreach-object",
            Some("?" | "where") => "where-object",
            Some(name) => name,
            None => "",
        }
        .to_owned();
        let callee = if self.b.literal(callee).is_some_and(|t| t != name) {
            let span = self.span_of(callee);
            self.b.str(&name, span)
        } else {
            callee
        };
        // The switches of other programs may mean different things in upper case.
        let lowers =
            !name.ends_with(".exe") || ["powershell.exe", "pwsh.exe", "cmd.exe"].iter().any(|s| name.ends_with(s));
        let mut args = Vec::new();
        let mut flow = Flow::default();
        loop {
            self.skip_blank();
            if self.redirect(&mut flow) {
                continue;
            }
            if self.at_end() {
                break;
            }
            if self.c.looking("--%") {
                self.c.at += 3;
                self.verbatim(&mut args);
                break;
            }
            let at = self.c.at;
            self.parameter(&mut args, lowers);
            if self.c.at == at {
                self.b.problem(at, "a sign that is no argument");
                self.c.bump();
            }
            if self.b.tree.is_full() {
                break;
            }
        }
        let span = self.since(start);
        if flow.silent {
            args.push(self.b.flag("silent", span));
        }
        if let Some(input) = input {
            args.push(self.b.keyword("stdin", input, span));
        }
        let call = self.b.call(callee, &args, span);
        Some(self.written(call, &flow))
    }

    /// Reads a redirection, if one comes next.
    fn redirect(&mut self, flow: &mut Flow) -> bool {
        let start = self.c.at;
        let number = usize::from(self.c.ahead(1) == b'>' && (self.c.peek() == b'*' || self.c.peek().is_ascii_digit()));
        if self.c.ahead(number) != b'>' {
            return false;
        }
        let file = if number == 1 { self.c.peek() } else { b'1' };
        self.c.at += number + 1;
        let append = self.c.eat(">");
        if self.c.peek() == b'&' {
            self.c.at += 1;
            self.c.take(|b| b.is_ascii_digit());
            flow.silent |= file == b'2';
            return true;
        }
        self.skip_blank();
        let target = match self.single_argument() {
            Some(target) => target,
            None => {
                self.b.problem(start, "a redirection to nowhere");
                return true;
            }
        };
        let null = matches!(self.b.tree.get(target), Node::Nil);
        if null && matches!(file, b'2'..=b'6' | b'*') {
            flow.silent = true;
        } else if matches!(file, b'1' | b'*') {
            flow.outputs.push((target, append));
        }
        true
    }

    fn written(&mut self, mut command: Id, flow: &Flow) -> Id {
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
