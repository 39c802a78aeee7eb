//! Redirections: what flows into a command, out of it, and through files that have a number.

use super::build::Span;
use super::word::Word;
use super::{Id, Node, Reader};

/// What one redirection does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    In,
    Here,
    Out,
    Append,
    /// Output and errors.
    Both,
    BothAppend,
    InOut,
    CopyIn,
    CopyOut,
}

struct Redirect {
    /// The number in front of it.
    file: Option<u32>,
    kind: Kind,
    target: Id,
    /// The signs as they stand there.
    sign: Span,
}

/// Redirections of one command, in order.
#[derive(Default)]
pub(super) struct Redirects {
    all: Vec<Redirect>,
}

impl Redirects {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What the redirections of a command come to.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) input: Option<Id>,
    /// Keywords for the command itself.
    pub(super) flags: Vec<Id>,
    /// Files it is written to, and whether at their end.
    outputs: Vec<(Id, bool)>,
}

impl Reader<'_, '_> {
    /// Reads a redirection, if one comes next.
    pub(super) fn redirect(&mut self, out: &mut Redirects) -> bool {
        let start = self.c.at;
        let digits = self.c.rest().iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let (sign, behind) = (self.c.ahead(digits), self.c.ahead(digits + 1));
        let both = digits == 0 && sign == b'&' && behind == b'>';
        if !both && (!matches!(sign, b'<' | b'>') || (behind == b'(' && digits == 0)) {
            return false;
        }
        let file = self.c.slice(start..start + digits).parse().ok();
        self.c.at += digits;
        let kinds = [
            ("<<<", Kind::Here),
            ("<<", Kind::Here),
            ("<&", Kind::CopyIn),
            ("<>", Kind::InOut),
            ("<", Kind::In),
            ("&>>", Kind::BothAppend),
            ("&>", Kind::Both),
            (">>", Kind::Append),
            (">&", Kind::CopyOut),
            (">|", Kind::Out),
            (">", Kind::Out),
        ];
        let Some((text, mut kind)) = kinds.into_iter().find(|(text, _)| self.c.looking(text)) else { return false };
        self.c.at += text.len();
        let sign = (start, self.c.at);
        let target = if text == "<<" {
            self.here_document()
        } else {
            self.skip_blank();
            match self.word() {
                Some(word) => self.copied(word, &mut kind),
                None => {
                    self.b.problem(start, "a redirection to nowhere");
                    self.b.opaque(&[], sign)
                }
            }
        };
        out.all.push(Redirect { file, kind, target, sign });
        true
    }

    /// `>&` in front of what is no number writes both to a file.
    fn copied(&mut self, word: Word, kind: &mut Kind) -> Id {
        let number = word.plain
            && self.b.literal(word.node).is_some_and(|t| t == "-" || t.trim_end_matches('-').parse::<u32>().is_ok());
        if *kind == Kind::CopyOut && !number && self.b.literal(word.node).is_some() {
            *kind = Kind::Both;
        }
        word.node
    }

    /// What opened files have these redirections as words: the arguments of an `exec` without a command.
    pub(super) fn redirect_words(&mut self, redirects: &Redirects) -> Vec<Id> {
        let mut words = Vec::new();
        for r in &redirects.all {
            let sign = self.c.slice(r.sign.0..r.sign.1);
            let (start, end) = (r.sign.0, self.b.tree.span(r.target).1 as usize);
            let word = match self.b.literal(r.target) {
                Some(target) => {
                    let text = format!("{sign}{target}");
                    self.b.str(text, (start, end))
                }
                None => {
                    let mut pieces = match self.b.tree.get(r.target) {
                        Node::Template(many) => self.b.ids(many),
                        _ => vec![r.target],
                    };
                    // The signs and the text behind them are one piece.
                    let first = pieces.first().and_then(|id| self.b.literal(*id));
                    let text = format!("{sign}{}", first.unwrap_or_default());
                    if first.is_some() {
                        pieces.remove(0);
                    }
                    pieces.insert(0, self.b.str(text, r.sign));
                    self.b.template(&pieces, (start, end))
                }
            };
            words.push(word);
        }
        words
    }

    /// Follows redirections in their order. What they open stays open when `stays` (an `exec` without a command).
    pub(super) fn flow(&mut self, redirects: &Redirects, input: Option<Id>, stays: bool) -> Flow {
        let mut flow = Flow { input, ..Flow::default() };
        if redirects.is_empty() {
            return flow;
        }
        let before = if stays { None } else { Some(self.files.clone()) };
        for r in &redirects.all {
            let is_null = self.b.literal(r.target).is_some_and(|t| t == "/dev/null");
            match (r.kind, r.file) {
                (Kind::Here, None | Some(0)) => flow.input = Some(r.target),
                (Kind::In, None | Some(0)) => flow.input = Some(self.content(r.target)),
                (Kind::InOut, None | Some(0)) => flow.input = Some(self.content(r.target)),
                (Kind::Out | Kind::Append, None | Some(1)) => flow.outputs.push((r.target, r.kind == Kind::Append)),
                (Kind::Both | Kind::BothAppend, _) | (Kind::Out | Kind::Append, Some(2)) if is_null => {
                    self.silence(&mut flow, r.sign);
                }
                (Kind::Both | Kind::BothAppend, _) => flow.outputs.push((r.target, r.kind == Kind::BothAppend)),
                (Kind::Out | Kind::Append, Some(2)) => {
                    let flag = self.b.keyword("stderr", r.target, r.sign);
                    flow.flags.push(flag);
                }
                (Kind::In | Kind::Here | Kind::Out | Kind::Append | Kind::InOut, Some(n)) => self.open(n, r.target),
                (Kind::CopyIn | Kind::CopyOut, to) => self.copy(r, to, &mut flow),
            }
        }
        if let Some(before) = before {
            self.files = before;
        }
        flow
    }

    /// `2>&1`, `0<&5`, `>&3` and so on.
    fn copy(&mut self, r: &Redirect, to: Option<u32>, flow: &mut Flow) {
        let to = to.unwrap_or(u32::from(r.kind == Kind::CopyOut));
        let source = match self.b.literal(r.target) {
            Some("-") => return,
            Some(text) => {
                let from = text.trim_end_matches('-').parse::<u32>().unwrap_or(u32::MAX);
                let open = self.files.iter().rev().find(|(n, _)| *n == from).map(|(_, id)| *id);
                match (from, open) {
                    (_, Some(open)) => open,
                    (1 | 2, None) => match flow.outputs.last() {
                        Some((file, _)) if to == 0 => *file,
                        _ => {
                            if to == 2 {
                                self.silence(flow, r.sign);
                            }
                            return;
                        }
                    },
                    (0, None) => return,
                    _ => {
                        let name = format!("&{text}");
                        self.b.name(name, r.sign)
                    }
                }
            }
            None => r.target,
        };
        match to {
            0 => flow.input = Some(self.content(source)),
            1 => flow.outputs.push((source, false)),
            2 => {}
            n => self.open(n, source),
        }
    }

    /// Remembers what stands behind a number. No script has many of them.
    fn open(&mut self, number: u32, file: Id) {
        let full = self.files.len() >= 16;
        match self.files.iter_mut().find(|(n, _)| *n == number) {
            Some(entry) => entry.1 = file,
            None if full => {}
            None => self.files.push((number, file)),
        }
    }

    fn silence(&mut self, flow: &mut Flow, span: Span) {
        if flow.flags.is_empty() {
            let flag = self.b.flag("silent", span);
            flow.flags.push(flag);
        }
    }

    /// What stands in a file; in the file of `<( … )` stands what the command prints.
    fn content(&mut self, file: Id) -> Id {
        let (start, end) = self.b.tree.span(file);
        let span = (start as usize, end as usize);
        if let Node::Call(callee, args) = self.b.tree.get(file)
            && matches!(self.b.tree.get(callee), Node::Name(sym) if self.b.tree.str(sym) == "<(")
            && let [command] = self.b.tree.list(args)
        {
            return *command;
        }
        let cat = self.b.str("cat", (span.0, span.0));
        self.b.call(cat, &[file], span)
    }

    /// Wraps a command in what it is written to.
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
