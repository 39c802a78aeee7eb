//! Writes statements and expressions as Python. Where something was not understood stands `...`.

mod expression;
mod statement;

use super::expression::{Ex, Kind, Link, Node, Tree};
use super::literal::Text;
use super::opcodes::{Brackets, COMPARE, INPLACE, OPERATORS};
use crate::parse::marshal::{Code, Id, Marshal, Object};

/// Deepest indentation, in blocks.
const INDENT: usize = 40;
/// Most that waits to be written inside one statement: what lies deeper becomes `...`.
const WAITING: usize = 1 << 20;
/// Where displays are broken into lines.
const WIDTH: usize = 100;

/// `CO_VARARGS`, `CO_VARKEYWORDS`, and what makes a function `async`.
const VARARGS: u32 = 4;
const VARKEYWORDS: u32 = 8;
const ASYNC: u32 = 0x80 | 0x200;

/// The statements of one code object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Body {
    /// First statement, and the one behind the last.
    pub(super) statements: (usize, usize),
    /// Whether its instructions were not, or not all, read.
    pub(super) unread: bool,
}

/// What waits to be written.
#[derive(Debug, Clone, Copy)]
enum Task {
    /// An expression that binds at least so tightly.
    Ex(Ex, u8),
    Str(&'static str),
    Object(Id),
    Name(Id),
    /// Elements of a display from a link on.
    Links(Link, Brackets),
    /// Keyword arguments out of a dict's elements from a link on.
    Keywords(Link),
    /// Elements of a constant group from an index on.
    Items(Id, u32),
    /// Arguments from a link on; how many come before those with names; the names; the place.
    Arguments(Link, u32, Id, u32),
    /// Pieces of an f-string.
    Pieces(Link),
    Piece(Ex),
    /// Expressions of a lambda's statements.
    Lambda(usize, usize),
    /// Clauses of a comprehension that runs where it stands.
    Comprehended(Link),
    /// Clauses of a comprehension, and what it iterates over first.
    Clauses(usize, usize, Ex),
    Comma,
}

/// How tightly an operator binds.
fn tightness(operator: u8) -> u8 {
    match OPERATORS.get(usize::from(plain(operator))).copied().unwrap_or_default() {
        "**" => 12,
        "*" | "/" | "//" | "%" | "@" => 10,
        "+" | "-" => 9,
        "<<" | ">>" => 8,
        "&" => 7,
        "^" => 6,
        "|" => 5,
        _ => 4,
    }
}

fn plain(operator: u8) -> u8 {
    if (INPLACE..COMPARE).contains(&operator) { operator - INPLACE } else { operator }
}

struct Frame {
    code: usize,
    next: usize,
    end: usize,
    base: usize,
    is_class: bool,
}

pub(super) struct Printer<'a, 'p, 'm, 'b> {
    pub(super) marshal: &'p Marshal<'a>,
    pub(super) tree: &'p Tree,
    pub(super) bodies: &'p [Body],
    pub(super) printed: Vec<bool>,
    pub(super) text: Text<'m, 'b>,
    /// Whether byte strings are what texts are elsewhere.
    two: bool,
    /// Which expressions were written.
    seen: Vec<bool>,
    /// Indentation of the body that a line promised.
    owed: Option<usize>,
}

impl<'a, 'p, 'm, 'b> Printer<'a, 'p, 'm, 'b> {
    pub(super) fn new(
        marshal: &'p Marshal<'a>,
        tree: &'p Tree,
        bodies: &'p [Body],
        text: Text<'m, 'b>,
        two: bool,
    ) -> Self {
        let (printed, seen) = (vec![false; bodies.len()], vec![false; tree.len()]);
        Self { marshal, tree, bodies, printed, text, two, seen, owed: None }
    }

    fn code(&self, index: usize) -> Option<Code> {
        self.marshal.codes.get(index).copied()
    }

    fn code_name(&self, index: usize) -> &'a [u8] {
        self.code(index).and_then(|c| self.marshal.text(c.name)).unwrap_or_default()
    }

    /// Whether a code object is written inside an expression.
    fn is_inline(&self, index: usize) -> bool {
        self.code_name(index).starts_with(b"<")
    }

    fn mark(&mut self, index: usize) -> bool {
        self.printed.get_mut(index).is_some_and(|p| !std::mem::replace(p, true))
    }

    fn body(&self, index: usize) -> Body {
        self.bodies.get(index).copied().unwrap_or(Body { statements: (0, 0), unread: false })
    }

    /// Writes everything: modules, then what was not written on the way.
    pub(super) fn everything(&mut self, modules: &[usize]) {
        for module in modules {
            if self.mark(*module) {
                self.frames(*module, 0, false);
            }
        }
        for index in 0..self.bodies.len() {
            if self.text.is_over() {
                return;
            }
            if self.mark(index) {
                self.text.begin();
                self.define(index, Ex::NULL, 0);
                self.frames(index, 1, false);
            }
        }
        // Calls whose values stay on the stack: no compiler writes that, but it runs. Outer ones come last.
        for index in (0..self.tree.len()).rev() {
            let call = Ex(u32::try_from(index).unwrap_or(0));
            if self.seen.get(index) == Some(&false) && matches!(self.tree.node(call), Node::Call { .. }) {
                if self.text.is_over() {
                    return;
                }
                self.text.begin();
                self.line(0);
                self.expression(call, 0);
                self.end();
            }
        }
    }

    fn see(&mut self, ex: Ex) {
        if let Some(seen) = self.seen.get_mut(ex.0 as usize) {
            *seen = true;
        }
    }

    fn line(&mut self, indent: usize) {
        if let Some(owed) = self.owed.take()
            && indent < owed
        {
            self.margin(owed);
            self.text.raw(b"pass\n");
        }
        self.margin(indent);
    }

    fn margin(&mut self, indent: usize) {
        for _ in 0..indent.min(INDENT) {
            self.text.raw(b"    ");
        }
    }

    fn end(&mut self) {
        self.text.raw(b"\n");
    }

    /// Ends a line that promises a body.
    fn opens(&mut self, indent: usize) {
        self.text.raw(b":\n");
        self.owed = Some(indent + 1);
    }

    // Code objects.

    fn frames(&mut self, code: usize, base: usize, is_class: bool) {
        let mut stack = Vec::new();
        self.enter(&mut stack, code, base, is_class);
        while let Some(frame) = stack.last_mut() {
            if frame.next >= frame.end || self.text.is_over() {
                let (code, base) = (frame.code, frame.base);
                stack.pop();
                if self.body(code).unread {
                    self.leftovers(code, base);
                }
                if let Some(owed) = self.owed.take() {
                    self.margin(owed);
                    self.text.raw(b"pass\n");
                }
                continue;
            }
            let at = frame.next;
            frame.next += 1;
            let (base, is_class, last, code) = (frame.base, frame.is_class, frame.next == frame.end, frame.code);
            let Some(statement) = self.tree.statements.get(at).copied() else { continue };
            self.text.begin();
            if let Some((inner, indent, is_class)) = self.statement(statement, base, code, is_class, last) {
                self.enter(&mut stack, inner, indent, is_class);
            }
            if self.text.is_full() && self.text.cut {
                self.text.cut = false;
                self.text.cut_off = true;
                self.text.raw(b"\n# cut off\n");
            }
        }
    }

    fn enter(&mut self, stack: &mut Vec<Frame>, code: usize, base: usize, is_class: bool) {
        let (next, end) = self.body(code).statements;
        stack.push(Frame { code, next, end, base, is_class });
        // A function's first constant is its docstring, when it is a text.
        let constants = self.code(code).map_or(Id::MISSING, |c| c.constants);
        if base > 0
            && !is_class
            && !self.is_inline(code)
            && let Some(text) = self.constant_text(self.marshal.item(constants, 0))
        {
            self.docstring(text, base);
        }
    }

    /// A text; in Python 2 a byte string is one unless it holds what no text does.
    pub(super) fn constant_text(&self, id: Id) -> Option<&'a [u8]> {
        match self.marshal.object(id) {
            Object::Text(text) => Some(text),
            Object::Bytes(bytes) if self.two && is_text(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn docstring(&mut self, text: &[u8], indent: usize) {
        self.line(indent);
        self.text.block(text);
        self.end();
    }

    /// Names and texts of a code object whose instructions were not read.
    fn leftovers(&mut self, code: usize, indent: usize) {
        let Some(code) = self.code(code) else { return };
        self.text.begin();
        let names = self.marshal.items(code.names);
        for chunk in names.chunks(8) {
            self.line(indent);
            for (i, name) in chunk.iter().enumerate() {
                self.text.push(if i == 0 { "" } else { "; " });
                self.name(*name);
            }
            self.end();
        }
        for id in self.marshal.items(code.constants) {
            if self.text.is_over() {
                return;
            }
            self.text.begin();
            if !matches!(self.marshal.object(*id), Object::Code(_) | Object::None | Object::Missing) {
                self.line(indent);
                self.text.push("_ = ");
                self.tasks(Task::Object(*id));
                self.end();
            }
        }
    }

    /// `def name(arguments):`
    fn define(&mut self, index: usize, defaults: Ex, indent: usize) {
        let flags = self.code(index).map_or(0, |c| c.flags);
        self.line(indent);
        self.text.push(if flags & ASYNC != 0 { "async def " } else { "def " });
        let name = self.code_name(index);
        let name = name.strip_prefix(b"<").and_then(|n| n.strip_suffix(b">")).unwrap_or(name);
        self.word(name);
        self.text.push("(");
        self.arguments(index, defaults);
        self.text.push(")");
        self.opens(indent);
    }

    /// How many links there are, up to as many as a function can have defaults.
    fn count(&self, first: Link) -> usize {
        let (mut count, mut link) = (0, first);
        while let Some(item) = self.tree.link(link).filter(|_| count < 1 << 16) {
            count += 1;
            link = item.next;
        }
        count
    }

    fn arguments(&mut self, index: usize, defaults: Ex) {
        let Some(code) = self.code(index) else { return };
        let names = self.marshal.items(code.locals);
        let positional = code.arguments as usize;
        let named = positional.saturating_add(code.keyword_only as usize);
        let rest = usize::from(code.flags & VARARGS != 0);
        let with_default = match self.tree.node(defaults) {
            Node::Object(id) => self.marshal.items(id).len(),
            Node::Display(_, first, _) => self.count(first),
            _ => 0,
        };
        let mut link = match self.tree.node(defaults) {
            Node::Display(_, first, _) => first,
            _ => 0,
        };
        let mut separator = "";
        for (i, name) in names.iter().take(named).enumerate() {
            self.text.push(separator);
            if i == positional {
                match names.get(named).filter(|_| rest == 1) {
                    Some(rest) => {
                        self.text.push("*");
                        self.name(*rest);
                        self.text.push(", ");
                    }
                    None => self.text.push("*, "),
                }
            }
            separator = ", ";
            self.name(*name);
            if self.marshal.text(*name).is_some_and(|n| matches!(n, b"None" | b"True" | b"False")) {
                // They were names in Python 2.
                self.text.push("_");
            }
            if let Some(at) = (i + with_default).checked_sub(positional).filter(|_| i < positional) {
                if let Node::Object(id) = self.tree.node(defaults) {
                    self.text.push("=");
                    self.tasks(Task::Object(self.marshal.item(id, at)));
                } else if let Some(item) = self.tree.link(link) {
                    self.text.push("=");
                    self.expression(item.value, 1);
                    link = item.next;
                }
            }
            if self.text.is_full() {
                return;
            }
        }
        let mut extra = |bit: u32, at: usize, mark: &str| {
            if code.flags & bit != 0
                && let Some(name) = names.get(at)
            {
                self.text.push(separator);
                self.text.push(mark);
                self.name(*name);
                separator = ", ";
            }
        };
        if code.keyword_only == 0 {
            extra(VARARGS, named, "*");
        }
        extra(VARKEYWORDS, named + rest, "**");
    }
}

/// Whether a byte string reads as text.
fn is_text(bytes: &[u8]) -> bool {
    let control = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    !bytes.iter().any(control) && std::str::from_utf8(bytes).is_ok()
}

/// The expression that a statement is about.
fn shown(kind: Kind) -> Ex {
    match kind {
        Kind::Expression(value)
        | Kind::Assign(_, value)
        | Kind::Return(value)
        | Kind::Raise(value, _)
        | Kind::Delete(value)
        | Kind::If(value, _)
        | Kind::For(_, value)
        | Kind::With(value, _)
        | Kind::Except(value, _)
        | Kind::Import(value, _)
        | Kind::FromImport(value, ..) => value,
        Kind::Else | Kind::Try | Kind::Finally => Ex::UNKNOWN,
    }
}
