//! The tree: what a script says, in words that every script language shares.
//!
//! Readers of single languages lower their own syntax into it, so that folding and following are written once. It is a
//! flat table of small nodes: a bundle of 15 MB has millions of them.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use crate::model::FileKind;

/// A script language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Python 2 or 3.
    Python,
    /// JavaScript or TypeScript, with or without JSX.
    JavaScript,
    /// POSIX shell and its kin.
    Shell,
    /// PowerShell.
    PowerShell,
    /// Batch files of cmd.exe.
    Batch,
    /// VBScript and its kin.
    VbScript,
    /// PHP.
    Php,
    /// Ruby.
    Ruby,
    /// Perl.
    Perl,
    /// Lua.
    Lua,
    /// Go.
    Go,
    /// Rust.
    Rust,
    /// Java.
    Java,
    /// C#.
    CSharp,
    /// R.
    R,
}

impl Language {
    /// The language of a kind of file, when scripts of it are read.
    #[must_use]
    pub fn of(kind: FileKind) -> Option<Self> {
        Some(match kind {
            FileKind::Python => Self::Python,
            FileKind::JavaScript | FileKind::TypeScript => Self::JavaScript,
            FileKind::Shell => Self::Shell,
            FileKind::PowerShell => Self::PowerShell,
            FileKind::Batch => Self::Batch,
            FileKind::VbScript => Self::VbScript,
            FileKind::Php => Self::Php,
            FileKind::Ruby => Self::Ruby,
            FileKind::Perl => Self::Perl,
            FileKind::Lua => Self::Lua,
            _ => return None,
        })
    }

    /// The same for languages that the kind of a file does not tell apart: those are told by its name.
    #[must_use]
    pub fn of_file(kind: FileKind, name: &str) -> Option<Self> {
        Self::of(kind).or_else(|| match (kind, name.rsplit_once('.')?.1) {
            (FileKind::OtherSource, "go") => Some(Self::Go),
            (FileKind::OtherSource, "rs") => Some(Self::Rust),
            (FileKind::OtherSource, "java") => Some(Self::Java),
            (FileKind::OtherSource, "cs" | "csx") => Some(Self::CSharp),
            (FileKind::OtherSource, "r" | "R") => Some(Self::R),
            _ => None,
        })
    }
}

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u32);

impl Id {
    /// Stands for "nothing here": a missing `else`, a default that was not given.
    pub const NONE: Self = Self(u32::MAX);

    /// Whether there is a node.
    #[must_use]
    pub fn is_some(self) -> bool {
        self != Self::NONE
    }
}

/// A byte string of a [`Tree`], kept once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(u32);

impl Sym {
    /// The empty string.
    pub const EMPTY: Self = Self(0);
}

/// Several nodes in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Many {
    start: u32,
    len: u32,
}

/// A function of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FuncId(u32);

/// Operators. Those of one language that mean the same as another's share a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// Addition, concatenation.
    Add,
    /// Subtraction.
    Sub,
    /// Multiplication, repetition.
    Mul,
    /// True division.
    Div,
    /// Division rounded down.
    FloorDiv,
    /// Remainder; in Python also formatting.
    Mod,
    /// Power.
    Pow,
    /// Bitwise and.
    BitAnd,
    /// Bitwise or.
    BitOr,
    /// Bitwise exclusive or.
    BitXor,
    /// Shift to the left.
    Shl,
    /// Shift to the right, keeping the sign.
    Shr,
    /// Shift to the right, filling with zeros.
    UShr,
    /// Both, short-circuit.
    And,
    /// Either, short-circuit.
    Or,
    /// The first that is not null.
    Coalesce,
    /// Equal; `==`, `===`, `is`.
    Eq,
    /// Different.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Member of.
    In,
    /// Not member of.
    NotIn,
    /// Not.
    Not,
    /// Negative.
    Neg,
    /// To a number.
    Plus,
    /// Bits turned.
    Invert,
    /// The name of the operand's type.
    TypeOf,
    /// Evaluates, yields nothing.
    Void,
}

/// What one node says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// `None`, `null`, `undefined`.
    Nil,
    /// A truth value.
    Bool(bool),
    /// A number.
    Num(f64),
    /// Text, UTF-8.
    Str(Sym),
    /// Bytes.
    Bytes(Sym),
    /// A regular expression, with the pattern.
    Regex(Sym),
    /// A variable, a function, a builtin.
    Name(Sym),
    /// `object.name`.
    Member(Id, Sym),
    /// `object[index]`.
    Index(Id, Id),
    /// `object[low:high:step]`; any of the three may be [`Id::NONE`].
    Slice(Id, Many),
    /// A call; the arguments may hold [`Node::Keyword`] and [`Node::Spread`].
    Call(Id, Many),
    /// `new` of something.
    New(Id, Many),
    /// A named argument, or the standard input of a command ("stdin").
    Keyword(Sym, Id),
    /// `*x`, `**x`, `...x`.
    Spread(Id),
    /// An operation with two operands.
    Binary(Op, Id, Id),
    /// An operation with one.
    Unary(Op, Id),
    /// `test ? a : b`: three nodes.
    Cond(Id, Id, Id),
    /// A list, tuple, set or array.
    List(Many),
    /// Keys and values in turn; a [`Node::Spread`] stands in the place of a key with [`Id::NONE`] behind it.
    Dict(Many),
    /// Pieces of text to be joined: template strings, f-strings, words of a shell.
    Template(Many),
    /// A function or lambda as a value; as a statement it also binds its name.
    Func(FuncId),
    /// A class: name, bases, body (a [`Node::Block`]).
    Class(Sym, Many, Id),
    /// Sets an existing variable, a member or an element; yields the value.
    Assign(Id, Id),
    /// Makes a variable in the function's scope and sets it. The target may be a pattern ([`Node::List`],
    /// [`Node::Dict`]).
    Declare(Id, Id),
    /// Several expressions, the value of the last.
    Seq(Many),
    /// Statements.
    Block(Many),
    /// Leaves the function; the value may be [`Id::NONE`].
    Return(Id),
    /// Raises.
    Throw(Id),
    /// `if`: test, then, else.
    If(Id, Id, Id),
    /// A loop over something: target, iterable, body. `for (k in o)` has [`Node::Call`] of the name `keys` there.
    For(Id, Id, Id),
    /// A loop: test ([`Id::NONE`] is always), body, and what is done behind each round ([`Id::NONE`] or `for`'s third).
    While(Id, Id, Id),
    /// A loop that runs at least once: body, test.
    DoWhile(Id, Id),
    /// `try`: body, handlers (a [`Node::Block`]), what always runs.
    Try(Id, Id, Id),
    /// `switch`, `match`, `case`: the value and the [`Node::Case`]s.
    Switch(Id, Many),
    /// One case: test ([`Id::NONE`] is the default), body. In a comprehension the key and value of an entry.
    Case(Id, Id),
    /// Leaves a loop or switch.
    Break,
    /// Goes to the next round.
    Continue,
    /// A statement with a label (JavaScript).
    Labelled(Sym, Id),
    /// Leaves the statement of that label.
    BreakTo(Sym),
    /// Goes to the next round of the loop of that label.
    ContinueTo(Sym),
    /// An import: module, member ("" is the whole module, "*" is everything), the name it gets here.
    Import(Sym, Sym, Sym),
    /// A comprehension: the element (a [`Node::Case`] of key and value for a dictionary), the [`Node::Clause`]s.
    Comp(Id, Many),
    /// One `for` of a comprehension: target, iterable, condition.
    Clause(Id, Id, Id),
    /// Waits for a promise or a coroutine.
    Await(Id),
    /// What a context of Python gives to those who enter it: `with f() as x`.
    Enter(Id),
    /// Yields out of a generator.
    Yield(Id),
    /// Something whose parts are looked at and whose value is unknown.
    Opaque(Many),
}

/// A function.
#[derive(Debug, Clone)]
pub struct Func {
    /// Its name, or empty.
    pub name: Sym,
    /// Parameters in order.
    pub params: Vec<Param>,
    /// The body: a [`Node::Block`], or an expression when [`Func::is_expression`].
    pub body: Id,
    /// Whether the body's value is what is returned (lambda, arrow).
    pub is_expression: bool,
    /// Whether it stands directly in a class.
    pub is_method: bool,
    /// Decorators.
    pub decorators: Vec<Id>,
    /// Names that mean the variables of an outer scope (`global`, `nonlocal`).
    pub outer: Vec<Sym>,
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// A [`Node::Name`] or a pattern.
    pub target: Id,
    /// The default or [`Id::NONE`].
    pub default: Id,
    /// Takes all that is left: `*args`, `...rest`.
    pub rest: bool,
    /// Takes all named arguments that are left: `**kwargs`.
    pub keywords: bool,
}

/// A quick hash for short byte strings from a file; the tables are bounded by the file, and collisions only cost time
/// in proportion to it.
#[derive(Default)]
pub struct Quick(u64);

impl std::hash::Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

/// Hash maps with [`Quick`].
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A script.
#[derive(Debug)]
pub struct Tree {
    /// The language.
    pub language: Language,
    nodes: Vec<Node>,
    spans: Vec<(u32, u32)>,
    lists: Vec<Id>,
    funcs: Vec<Arc<Func>>,
    bytes: Vec<u8>,
    syms: Vec<(u32, u32)>,
    by_hash: QuickMap<u64, u32>,
    /// The whole script, a [`Node::Block`].
    pub root: Id,
    /// What the reader could not read, in words, with the place in bytes; empty for a clean read.
    pub problems: Vec<(u32, String)>,
}

/// The name that stands for what a `catch` is handed; no script can have such a name.
pub const CAUGHT: &str = "{caught}";

/// What a loop over an iterator that is asked step by step goes through is handed to a function of this name, which no script
/// can have: nobody knows that there is nothing.
pub const STEPS: &str = "{steps}";

/// What a loop over keys and values goes through is handed to a function of this name, which no script can have.
pub const PAIRS: &str = "{pairs}";

/// Most nodes of one script; behind it the reader stops with a problem.
pub const MAX_NODES: usize = 40_000_000;

impl Tree {
    /// An empty script.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let mut tree = Self {
            language,
            nodes: Vec::new(),
            spans: Vec::new(),
            lists: Vec::new(),
            funcs: Vec::new(),
            bytes: Vec::new(),
            syms: vec![(0, 0)],
            by_hash: QuickMap::default(),
            root: Id::NONE,
            problems: Vec::new(),
        };
        tree.root = tree.node(Node::Block(Many { start: 0, len: 0 }), 0, 0);
        tree
    }

    /// Adds a node that stands at bytes `start..end` of the script.
    pub fn node(&mut self, node: Node, start: u32, end: u32) -> Id {
        let id = Id(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX - 1));
        self.nodes.push(node);
        self.spans.push((start, end));
        id
    }

    /// Adds a list of nodes.
    pub fn many(&mut self, ids: &[Id]) -> Many {
        let start = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.extend_from_slice(ids);
        Many { start, len: u32::try_from(ids.len()).unwrap_or(0) }
    }

    /// Adds a function.
    pub fn func(&mut self, func: Func) -> FuncId {
        let id = FuncId(u32::try_from(self.funcs.len()).unwrap_or(u32::MAX));
        self.funcs.push(Arc::new(func));
        id
    }

    /// Keeps a string once.
    pub fn sym(&mut self, text: impl AsRef<[u8]>) -> Sym {
        let text = text.as_ref();
        if text.is_empty() {
            return Sym::EMPTY;
        }
        let (known, key) = self.look(text);
        if let Some(known) = known {
            return known;
        }
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(text);
        let at = u32::try_from(self.syms.len()).unwrap_or(0);
        self.syms.push((start, u32::try_from(self.bytes.len()).unwrap_or(start)));
        self.by_hash.insert(key, at);
        Sym(at)
    }

    /// A string that is kept, or the key under which it would be.
    fn look(&self, text: &[u8]) -> (Option<Sym>, u64) {
        use std::hash::Hasher as _;
        let mut hasher = Quick::default();
        hasher.write(text);
        let mut key = hasher.finish() ^ text.len() as u64;
        // A handful of probes; strings that still collide are merely kept twice.
        for _ in 0..4 {
            match self.by_hash.get(&key) {
                Some(at) if self.text(Sym(*at)) == text => return (Some(Sym(*at)), key),
                Some(_) => key = key.wrapping_add(0x9e37_79b9_7f4a_7c15),
                None => break,
            }
        }
        (None, key)
    }

    /// A string that is kept.
    #[must_use]
    pub fn known(&self, text: &str) -> Option<Sym> {
        self.look(text.as_bytes()).0
    }

    /// Whether a name or string of the script is this one.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.look(text.as_bytes()).0.is_some()
    }

    /// Whether a part of any of its texts, names and patterns reads so.
    #[must_use]
    pub fn holds_part(&self, part: &str) -> bool {
        memchr::memmem::find(&self.bytes, part.as_bytes()).is_some()
    }

    /// What a node says; [`Node::Nil`] for [`Id::NONE`].
    #[must_use]
    pub fn get(&self, id: Id) -> Node {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Node::Nil)
    }

    /// Where it stands, in bytes from the script's beginning.
    #[must_use]
    pub fn span(&self, id: Id) -> (u32, u32) {
        self.spans.get(id.0 as usize).copied().unwrap_or((0, 0))
    }

    /// The nodes of a list.
    #[must_use]
    pub fn list(&self, many: Many) -> &[Id] {
        let start = many.start as usize;
        self.lists.get(start..start.saturating_add(many.len as usize)).unwrap_or_default()
    }

    /// A function.
    #[must_use]
    pub fn function(&self, id: FuncId) -> Option<&Arc<Func>> {
        self.funcs.get(id.0 as usize)
    }

    /// The number of a string: they are counted from 0.
    #[must_use]
    pub fn index_of_sym(sym: Sym) -> usize {
        sym.0 as usize
    }

    /// Bytes of all strings together, each once.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.bytes.len()
    }

    /// Where a name stands among the nodes from number `from` on, and how many nodes there are.
    #[must_use]
    pub fn places_of_name(&self, name: Sym, from: usize) -> (usize, Vec<u32>) {
        let nodes = self.nodes.iter().zip(&self.spans).skip(from);
        let places = nodes.filter(|(node, _)| **node == Node::Name(name)).map(|(_, span)| span.0).collect();
        (self.nodes.len(), places)
    }

    /// Every node, children before parents.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.nodes.iter().copied()
    }

    /// Every node with the place where it stands, in bytes from the script's beginning.
    pub fn placed(&self) -> impl Iterator<Item = (Node, u32)> + '_ {
        self.nodes.iter().copied().zip(self.spans.iter().map(|span| span.0))
    }

    /// Whether any of the pieces stands in a string of the script.
    #[must_use]
    pub fn spells(&self, pieces: &[&[u8]]) -> bool {
        self.nodes.iter().any(|node| match node {
            Node::Str(sym) | Node::Bytes(sym) => {
                let text = self.text(*sym);
                pieces.iter().any(|piece| memchr::memmem::find(text, piece).is_some())
            }
            _ => false,
        })
    }

    /// How many bytes of a text are strings of the script of at least so many bytes, each counted as often as it stands there.
    #[must_use]
    pub fn spelled_of(&self, text: &[u8], shortest: usize) -> usize {
        let mut known = std::collections::HashSet::new();
        let strings = self.nodes.iter().filter_map(|node| match node {
            Node::Str(sym) | Node::Bytes(sym) => Some(self.text(*sym)),
            _ => None,
        });
        let whole = strings.filter(|s| (shortest..=text.len()).contains(&s.len()) && known.insert(*s));
        whole.map(|s| memchr::memmem::find_iter(text, s).count() * s.len()).sum()
    }

    /// Puts the parts of a node into a list, in order; some may be [`Id::NONE`]. Those of a function are its parameters,
    /// their defaults, its body and its decorators.
    pub fn children(&self, id: Id, out: &mut Vec<Id>) {
        match self.get(id) {
            Node::Nil
            | Node::Bool(_)
            | Node::Num(_)
            | Node::Str(_)
            | Node::Bytes(_)
            | Node::Regex(_)
            | Node::Name(_)
            | Node::Import(..)
            | Node::Break
            | Node::Continue
            | Node::BreakTo(_)
            | Node::ContinueTo(_) => {}
            Node::Member(a, _)
            | Node::Keyword(_, a)
            | Node::Spread(a)
            | Node::Unary(_, a)
            | Node::Return(a)
            | Node::Throw(a)
            | Node::Labelled(_, a)
            | Node::Await(a)
            | Node::Enter(a)
            | Node::Yield(a) => out.push(a),
            Node::Index(a, b)
            | Node::Binary(_, a, b)
            | Node::Assign(a, b)
            | Node::Declare(a, b)
            | Node::DoWhile(a, b)
            | Node::Case(a, b) => out.extend([a, b]),
            Node::Cond(a, b, c)
            | Node::If(a, b, c)
            | Node::For(a, b, c)
            | Node::While(a, b, c)
            | Node::Try(a, b, c)
            | Node::Clause(a, b, c) => out.extend([a, b, c]),
            Node::Slice(a, many)
            | Node::Call(a, many)
            | Node::New(a, many)
            | Node::Switch(a, many)
            | Node::Comp(a, many) => {
                out.push(a);
                out.extend_from_slice(self.list(many));
            }
            Node::List(many)
            | Node::Dict(many)
            | Node::Template(many)
            | Node::Seq(many)
            | Node::Block(many)
            | Node::Opaque(many) => out.extend_from_slice(self.list(many)),
            Node::Class(_, bases, body) => {
                out.extend_from_slice(self.list(bases));
                out.push(body);
            }
            Node::Func(func) => {
                let Some(func) = self.function(func) else { return };
                out.extend(func.params.iter().flat_map(|p| [p.target, p.default]));
                out.push(func.body);
                out.extend_from_slice(&func.decorators);
            }
        }
    }

    /// Every function.
    pub fn functions(&self) -> impl Iterator<Item = FuncId> + use<> {
        (0..u32::try_from(self.funcs.len()).unwrap_or(0)).map(FuncId)
    }

    /// The bytes of a string.
    #[must_use]
    pub fn text(&self, sym: Sym) -> &[u8] {
        let (start, end) = self.syms.get(sym.0 as usize).copied().unwrap_or((0, 0));
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }

    /// A string as text; what is no UTF-8 is empty.
    #[must_use]
    pub fn str(&self, sym: Sym) -> &str {
        std::str::from_utf8(self.text(sym)).unwrap_or_default()
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// Whether the reader must stop.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.nodes.len() >= MAX_NODES
    }

    /// Takes over everything of another script, with its places moved on by so many bytes, and says where its root is now.
    pub fn graft(&mut self, other: &Self, moved: u32) -> Id {
        let nodes = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let lists = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let funcs = u32::try_from(self.funcs.len()).unwrap_or(u32::MAX);
        let syms: Vec<Sym> =
            (0..other.syms.len()).map(|i| self.sym(other.text(Sym(u32::try_from(i).unwrap_or(0))))).collect();
        let id = |i: Id| if i.is_some() { Id(i.0.saturating_add(nodes)) } else { i };
        let many = |m: Many| Many { start: m.start.saturating_add(lists), len: m.len };
        let sym = |s: Sym| syms.get(s.0 as usize).copied().unwrap_or(Sym::EMPTY);
        for node in &other.nodes {
            self.nodes.push(match *node {
                n @ (Node::Nil | Node::Bool(_) | Node::Num(_) | Node::Break | Node::Continue) => n,
                Node::Labelled(s, body) => Node::Labelled(sym(s), id(body)),
                Node::BreakTo(s) => Node::BreakTo(sym(s)),
                Node::ContinueTo(s) => Node::ContinueTo(sym(s)),
                Node::Str(s) => Node::Str(sym(s)),
                Node::Bytes(s) => Node::Bytes(sym(s)),
                Node::Regex(s) => Node::Regex(sym(s)),
                Node::Name(s) => Node::Name(sym(s)),
                Node::Member(a, s) => Node::Member(id(a), sym(s)),
                Node::Index(a, b) => Node::Index(id(a), id(b)),
                Node::Slice(a, m) => Node::Slice(id(a), many(m)),
                Node::Call(a, m) => Node::Call(id(a), many(m)),
                Node::New(a, m) => Node::New(id(a), many(m)),
                Node::Keyword(s, a) => Node::Keyword(sym(s), id(a)),
                Node::Spread(a) => Node::Spread(id(a)),
                Node::Binary(op, a, b) => Node::Binary(op, id(a), id(b)),
                Node::Unary(op, a) => Node::Unary(op, id(a)),
                Node::Cond(a, b, c) => Node::Cond(id(a), id(b), id(c)),
                Node::List(m) => Node::List(many(m)),
                Node::Dict(m) => Node::Dict(many(m)),
                Node::Template(m) => Node::Template(many(m)),
                Node::Func(f) => Node::Func(FuncId(f.0.saturating_add(funcs))),
                Node::Class(s, m, a) => Node::Class(sym(s), many(m), id(a)),
                Node::Assign(a, b) => Node::Assign(id(a), id(b)),
                Node::Declare(a, b) => Node::Declare(id(a), id(b)),
                Node::Seq(m) => Node::Seq(many(m)),
                Node::Block(m) => Node::Block(many(m)),
                Node::Return(a) => Node::Return(id(a)),
                Node::Throw(a) => Node::Throw(id(a)),
                Node::If(a, b, c) => Node::If(id(a), id(b), id(c)),
                Node::For(a, b, c) => Node::For(id(a), id(b), id(c)),
                Node::While(a, b, c) => Node::While(id(a), id(b), id(c)),
                Node::DoWhile(a, b) => Node::DoWhile(id(a), id(b)),
                Node::Try(a, b, c) => Node::Try(id(a), id(b), id(c)),
                Node::Switch(a, m) => Node::Switch(id(a), many(m)),
                Node::Case(a, b) => Node::Case(id(a), id(b)),
                Node::Import(a, b, c) => Node::Import(sym(a), sym(b), sym(c)),
                Node::Comp(a, m) => Node::Comp(id(a), many(m)),
                Node::Clause(a, b, c) => Node::Clause(id(a), id(b), id(c)),
                Node::Await(a) => Node::Await(id(a)),
                Node::Enter(a) => Node::Enter(id(a)),
                Node::Yield(a) => Node::Yield(id(a)),
                Node::Opaque(m) => Node::Opaque(many(m)),
            });
        }
        self.spans.extend(other.spans.iter().map(|(a, b)| (a.saturating_add(moved), b.saturating_add(moved))));
        self.lists.extend(other.lists.iter().map(|i| id(*i)));
        for func in &other.funcs {
            let mut func = Func::clone(func);
            func.name = sym(func.name);
            func.body = id(func.body);
            for param in &mut func.params {
                param.target = id(param.target);
                param.default = id(param.default);
            }
            for decorator in &mut func.decorators {
                *decorator = id(*decorator);
            }
            for name in &mut func.outer {
                *name = sym(*name);
            }
            self.funcs.push(Arc::new(func));
        }
        id(other.root)
    }

    /// The identity of a function, for tables.
    #[must_use]
    pub fn index(id: FuncId) -> usize {
        id.0 as usize
    }
}

impl Many {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_kept_once_and_nodes_stay_small() {
        let mut tree = Tree::new(Language::Python);
        let a = tree.sym("os");
        let b = tree.sym(b"system");
        assert_eq!(tree.sym("os"), a);
        assert_ne!(a, b);
        assert_eq!(tree.str(b), "system");
        assert_eq!(tree.sym(""), Sym::EMPTY);
        assert!(std::mem::size_of::<Node>() <= 24, "{}", std::mem::size_of::<Node>());
    }
}
