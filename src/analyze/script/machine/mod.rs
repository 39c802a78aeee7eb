//! Goes through a script without running it: folds what is constant, follows where values come from, and notes what
//! reaches the world outside.
//!
//! It interprets the tree with values that may be unknown. Where a condition is known one branch is taken, where it is
//! not, all of them are; loops over constants are gone through in full, other loops once. Nothing outside the tree is
//! touched: there is no file, no network, no clock. Every step costs fuel, and when it is used up the rest of the
//! script is not followed, which the caller tells as a gap.

mod act;
mod address;
mod archive;
mod bind;
mod builtin;
mod bundled;
mod call;
mod choice;
mod classes;
mod coerced;
mod command;
mod compiled;
mod compiled_rust;
mod compiled_text;
mod connections;
mod curly;
mod digest;
mod element;
mod endless;
mod exchanged;
mod execute;
mod expanded;
mod expression;
mod function;
mod handed;
mod iterated;
mod javascript;
mod later;
mod learned;
mod letters;
mod letters_of_python;
mod light;
mod literal;
mod login;
mod member;
mod message;
mod operator;
mod outside;
mod parameter;
mod patience;
mod patterns_of_python;
mod powershell;
mod prompt;
mod python;
mod r;
mod registered;
mod ruby;
mod scripting_host;
mod search_path;
mod settings;
mod setup;
mod sibling;
mod statement;
mod textual;
mod transfer;
mod vbscript;
mod wrappers;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::event::{Act, Event, Made, TEXT_KEPT, When};
use super::heap::{Heap, ObjectId};
use super::paths::{PathId, Paths};
use super::value::{Known, Labels, Value};
use super::words::{self, Word};
use crate::model::fact::{Constants, Literal};
use crate::parse::script::tree::QuickMap;
use crate::parse::script::{FuncId, Id, Language, Many, Node, Sym, Tree};

/// How far a run may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Steps; one is about the work of one node.
    pub(crate) fuel: u64,
    /// Steps beyond, for as long as text is made: decoders make text, counting does not.
    pub(crate) more: u64,
    /// Steps that a loop, and all calls of a function, may take for going through the same text again before anything is
    /// made by it.
    pub(crate) patience: i64,
}

/// Deepest nesting of calls and expressions.
const MAX_DEPTH: u32 = 200;
/// Stack that the deepest nesting takes unoptimised, in bytes, and what is made when there is less.
const STACK_NEEDED: usize = 6 << 20;
const STACK_MADE: usize = 16 << 20;
/// Most events.
const MAX_EVENTS: usize = 4096;
/// Most functions of other modules that are told.
const MAX_CALLS_OUT: usize = 256;
/// Most texts that are handed out for a look of their own.
const MAX_MADE: usize = 128;
/// Most parts of a value that are asked for their labels.
const MAX_LOOK: usize = 128;
/// Deepest part of a value that is shown.
const MAX_SHOWN: u32 = 4;
/// Clients of one service only, and where that is.
const CLIENTS_WITH_ADDRESS: &[(&str, &str)] = &[
    ("octokit.Octokit()", "https://api.github.com/"),
    ("github.Github()", "https://api.github.com/"),
    ("telebot.TeleBot()", "https://api.telegram.org/"),
    ("telegram.Bot()", "https://api.telegram.org/"),
    ("telegraf", "https://api.telegram.org/"),
    ("node-telegram-bot-api()", "https://api.telegram.org/"),
];
/// Bytes of strings that one step may make.
const BYTES_OF_A_STEP: usize = 64;

/// How a statement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
    BreakTo(Sym),
    ContinueTo(Sym),
    Return,
    Throw,
}

/// The variables of one call.
#[derive(Debug, Default)]
pub(super) struct Frame {
    vars: QuickMap<Sym, Value>,
    /// The frame around the function's text; `u32::MAX` for none.
    parent: u32,
    /// Names that mean a variable further out.
    outer: Vec<Sym>,
    /// Whether a function that outlives the call may still use it.
    captured: bool,
}

/// By what acts are told apart: the kind, the place, and the layer of hidden code.
type EventKey = (Act, (u32, u32), u8);

/// What is known of the function that is gone through because somebody else may call it.
#[derive(Debug, Default)]
struct Unasked {
    /// Whether the next function that is called is such a one.
    is_next: bool,
    /// Its variables, as long as nothing else is called from it.
    frame: Option<u32>,
}

/// A handler that waits, with what stood around it.
#[derive(Debug, Clone, Copy)]
struct Late {
    body: Id,
    frame: u32,
    when: When,
    language: Language,
    layer: u8,
    anchor: Option<(u32, u32)>,
    concealed: bool,
}

/// Where the functions of executed text begin, and how it was executed.
#[derive(Debug, Clone, Copy)]
struct Grafted {
    first: usize,
    /// Its first node.
    node: usize,
    language: Language,
    layer: u8,
    /// Where it is executed; the text of another file has places of its own.
    place: Option<(u32, u32)>,
    concealed: bool,
    /// The file of the package in which it stands.
    file: usize,
}

/// Files that are remembered with where their content is from. Of one more nobody knows all that was put into it.
pub(crate) const MAX_FILLED: usize = 256;

/// What a run found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Acts.
    pub(crate) events: Vec<Event>,
    /// Texts worth a look of their own.
    pub(crate) made: Vec<Made>,
    /// Functions of other modules that are called when the script is loaded.
    pub(crate) calls: Vec<Box<str>>,
    /// Modules that are loaded by names which are values and no words of the language.
    pub(crate) loaded: Vec<Box<str>>,
    /// What the distribution that the script builds is said to be.
    pub(crate) declared: Option<setup::Declared>,
    /// Origins in the order in which they were met: what, its name, where.
    pub(crate) sources: Vec<(Labels, Box<str>, u32)>,
    /// Readable text that had to be decoded.
    pub(crate) decoded: Vec<(Box<str>, u32)>,
    /// Lists and choices of the covert kind, see [`super::covert`].
    pub(crate) choices: Vec<super::covert::Choice>,
    /// Functions of clients that the script replaces by its own: name and place.
    pub(crate) hooks: Vec<Event>,
    /// Where the address of a wallet is decoded, beside a pattern that finds those of others.
    pub(crate) hidden_wallet: Option<u32>,
    /// Addresses of wallets that are put in the place of others.
    pub(crate) exchanged: Vec<exchanged::Exchanged>,
    /// Where a text is made a function that is nearly all of the script.
    pub(crate) packed: Option<u32>,
    /// What the script says of addresses of wallets, when it replaces functions that carry them.
    pub(crate) wallets: super::wallets::Wallets,
    /// Whether a script that watches the clipboard and sets it holds the address of a wallet, and knows those of others.
    pub(crate) exchanges_wallets: bool,
    /// Whether the script makes signatures of wallets itself, when it gives a key away.
    pub(crate) signs: bool,
    /// How the script, and what it executes, calls methods.
    pub(crate) methods: super::shape::Calls,
    /// Constants of the script itself that others of its package may take.
    pub(crate) constants: Vec<(Box<str>, Literal)>,
    /// The files of the package that it was followed through.
    pub(crate) files: Vec<usize>,
    /// How often something was called by a name that is made of nothing known.
    pub(crate) unnamed: u32,
    /// Whether some of them are calls by names that are made of nothing that is known here.
    pub(crate) nameless: bool,
    /// Whether something that was downloaded is handed to a function, other than to show it.
    pub(crate) uses_download: bool,
    /// Whether the digest or the signature of a download is checked.
    pub(crate) checks_download: bool,
    /// Places of what is fed to the standard input of commands.
    pub(crate) piped: Vec<(u32, u32)>,
    /// Files that were written, and the address of what was put there; empty when it came otherwise, or from an address that
    /// is not known.
    pub(crate) filled: Vec<(Rc<str>, Rc<str>)>,
    /// Whether a limit kept some of the script from being followed.
    pub(crate) cut_off: bool,
    /// Bytes of the script, without the files that it imports.
    pub(crate) length: u32,
    /// Whether the keys that are read are those of a page.
    pub(crate) in_page: bool,
    /// Whether it is a page of PHP, which anybody may ask for.
    pub(crate) is_page: bool,
    /// Whether it is written for a shell.
    pub(crate) is_of_shell: bool,
    /// Whether it is Python, whose `eval` takes expressions only.
    pub(crate) is_python: bool,
}

/// Most commands that are kept of one call.
const MAX_OTHERS: usize = 32;

/// One run over one script.
pub(crate) struct Machine {
    tree: Tree,
    paths: Paths,
    heap: Heap,
    frames: Vec<Frame>,
    /// Empty tables of variables, for frames to come.
    spare: Vec<QuickMap<Sym, Value>>,
    /// The frame of the current call.
    frame: u32,
    depth: u32,
    fuel: u64,
    more: u64,
    patience: i64,
    /// Steps taken so far, without those that what was made is worth.
    idle: i64,
    /// Those of them that went into the same text again, and what each function that was called took of them.
    idle_again: i64,
    idle_of_functions: QuickMap<FuncId, patience::Idle>,
    /// Functions that were made of text.
    made_functions: Vec<(FuncId, u32)>,
    when: When,
    /// The language of the text that is being gone through; differs inside commands.
    language: Language,
    /// Layers of executed text around the current place.
    layer: u8,
    /// Whether those layers are command lines that stand in the file as they are.
    quoted: bool,
    /// The place in the file that executes the current layer.
    anchor: Option<(u32, u32)>,
    /// How many undecided conditions stand around the current place, and what they ask about.
    undecided: u32,
    given: Labels,
    /// By what of a place in the world the function was left before, for those who are elsewhere.
    behind: Labels,
    /// How many conditions were met so far that could not be decided, and that could.
    undecided_met: u64,
    decided_met: u64,
    /// The label of the statement that comes next.
    label: Option<Sym>,
    /// The call whose answer the current statement drops, and whether its errors are dropped too.
    dropped: Option<(Id, bool)>,
    /// Whether the executed text around the current place had to be decoded.
    concealed: bool,
    /// How many `try` blocks stand around.
    tries: u32,
    returned: Option<Value>,
    /// Functions that were gone through, by index.
    seen: Vec<u32>,
    /// The variables around each function that was met and not called yet.
    pending: Vec<(FuncId, u32, Option<ObjectId>)>,
    /// The class of each of those that is a method.
    class_of: QuickMap<FuncId, ObjectId>,
    /// Functions being gone through now.
    active: Vec<FuncId>,
    /// The functions of executed text; those of the file are not listed.
    grafted: Vec<Grafted>,
    /// Texts that were executed, by their hash, so that a loop does not read them again.
    executed: HashMap<u64, u32>,
    /// Fields that functions carry themselves, as decoders of string tables keep what they have decoded.
    carried: QuickMap<(FuncId, u32), super::heap::Fields>,
    /// Members of lists that are no elements: obfuscators keep their state there.
    beside: QuickMap<ObjectId, super::heap::Fields>,
    /// Methods that a script gives to all text, lists or the like: the class and the name.
    taught: HashMap<(Rc<str>, Rc<str>), Value>,
    letters: letters::Letters,
    /// Objects that stand before another, and the function that gives their members.
    proxies: QuickMap<ObjectId, (Value, Option<Value>)>,
    /// Whether any object has members that are made when they are asked for.
    has_getters: bool,
    /// A command that is got ready.
    prepared: Option<Value>,
    later: later::Later,
    /// Lists of what generators hand out.
    generators: HashSet<ObjectId>,
    /// How many functions that a library calls, and may call again, stand around the current place.
    called_back: u32,
    unasked: Unasked,
    /// Hosts that were put together, and whether they nowhere stand in the script.
    hosts: HashMap<Box<str>, bool>,
    /// Functions that give a module back as they are given it, in a copy.
    unwraps: HashSet<FuncId>,
    /// How many functions around the current place answer what a server is asked.
    answering: u32,
    /// What functions without a name of their own are kept as: `exports.install = () => …`.
    kept_as: QuickMap<FuncId, Sym>,
    /// The oldest frame of which more than a function was used or set since somebody began to watch.
    oldest_frame: u32,
    /// Functions that turned out to be known codings.
    learned: QuickMap<FuncId, learned::Learned>,
    patterns: super::fold::pattern::Patterns,
    /// Handlers of bodies that cannot have failed, which are gone through when everything else was.
    handlers: Vec<Late>,
    late: HashSet<Id>,
    /// How many calls went to what the script does not define.
    outside_met: u64,
    /// An instance of each class whose methods nothing called.
    instances: QuickMap<ObjectId, Value>,
    /// The one of each class that was made last by what somebody has to call, and one of which nothing is known.
    made_when_called: QuickMap<ObjectId, Value>,
    supposed: QuickMap<ObjectId, Value>,
    /// What was written to files, by path.
    files: HashMap<Rc<str>, Value>,
    /// Constants of other files, by name.
    given_constants: Constants,
    /// The modules at the top of its package, which may be imported by their full names.
    own_modules: Rc<[Box<str>]>,
    /// All of them as one object, once it was asked for.
    required: Option<Value>,
    /// The files of its package that it may import, and what it got of them.
    siblings: Option<sibling::Imports>,
    /// What it gives to others by name: `exports.name = value`.
    exported: QuickMap<PathId, Value>,
    /// Whether functions that nothing calls are gone through all the same, over several files.
    follows_called: bool,
    /// The file in which the current place stands, and the one from which everything is imported.
    file: usize,
    first_file: usize,
    event_at: HashMap<EventKey, smallvec::SmallVec<[usize; 1]>>,
    sourced: HashSet<(u32, Labels, Box<str>)>,
    words: QuickMap<(u8, PathId), Option<&'static Word>>,
    /// Names that were asked for, by their number.
    names: RefCell<Vec<Option<Rc<str>>>>,
    /// The names `this` and `arguments`, and where the latter stands, as far as the tree has been looked through.
    this: Sym,
    arguments: Sym,
    arguments_at: (usize, BTreeSet<u32>),
    /// Functions of clients that were asked for: who replaces one has it to call it.
    asked: HashSet<PathId>,
    /// The one in whose place the function stands that is gone through.
    replaced: Option<PathId>,
    /// The same by their names, of something that nobody knows.
    asked_of_unknown: HashSet<Box<str>>,
    /// Whether words of elliptic curves stand in the script, once it was asked.
    signs: Option<bool>,
    told: login::Told,
    /// What each name of the script tells as that of a parameter.
    meanings: Vec<parameter::Meaning>,
    out: Outcome,
}

impl Machine {
    /// A run over `tree` that has not begun.
    #[must_use]
    pub(crate) fn new(mut tree: Tree, reach: Reach) -> Self {
        let language = tree.language;
        let (this, arguments) = (tree.sym("this"), tree.sym("arguments"));
        let functions = tree.functions().count();
        Self {
            tree,
            paths: Paths::default(),
            heap: Heap::default(),
            frames: vec![Frame { parent: u32::MAX, captured: true, ..Frame::default() }],
            spare: Vec::new(),
            frame: 0,
            depth: 0,
            fuel: reach.fuel,
            more: reach.more,
            patience: reach.patience,
            idle: 0,
            idle_again: 0,
            idle_of_functions: QuickMap::default(),
            made_functions: Vec::new(),
            // A script of a shell is started by somebody; whether by an installation, its role tells. One of PHP runs
            // whenever it is asked for.
            when: match language {
                Language::Python
                | Language::JavaScript
                | Language::Php
                | Language::Go
                | Language::Rust
                | Language::Java
                | Language::CSharp
                | Language::R => When::Load,
                _ => When::Main,
            },
            language,
            layer: 0,
            quoted: false,
            anchor: None,
            undecided: 0,
            given: Labels::NONE,
            behind: Labels::NONE,
            undecided_met: 0,
            decided_met: 0,
            label: None,
            dropped: None,
            concealed: false,
            tries: 0,
            returned: None,
            seen: vec![0; functions],
            pending: Vec::new(),
            class_of: QuickMap::default(),
            active: Vec::new(),
            grafted: Vec::new(),
            executed: HashMap::new(),
            carried: QuickMap::default(),
            beside: QuickMap::default(),
            taught: HashMap::new(),
            letters: letters::Letters::default(),
            proxies: QuickMap::default(),
            has_getters: false,
            prepared: None,
            later: later::Later::default(),
            generators: HashSet::new(),
            called_back: 0,
            unasked: Unasked::default(),
            unwraps: HashSet::new(),
            hosts: HashMap::new(),
            answering: 0,
            kept_as: QuickMap::default(),
            oldest_frame: u32::MAX,
            learned: QuickMap::default(),
            patterns: super::fold::pattern::Patterns::default(),
            handlers: Vec::new(),
            late: HashSet::new(),
            outside_met: 0,
            instances: QuickMap::default(),
            made_when_called: QuickMap::default(),
            supposed: QuickMap::default(),
            files: HashMap::new(),
            given_constants: Constants::default(),
            own_modules: Rc::default(),
            required: None,
            siblings: None,
            exported: QuickMap::default(),
            follows_called: false,
            file: 0,
            first_file: 0,
            event_at: HashMap::new(),
            sourced: HashSet::new(),
            words: QuickMap::default(),
            names: RefCell::default(),
            this,
            arguments,
            arguments_at: (0, BTreeSet::new()),
            asked: HashSet::new(),
            replaced: None,
            asked_of_unknown: HashSet::new(),
            signs: None,
            told: login::Told::default(),
            meanings: Vec::new(),
            out: Outcome::default(),
        }
    }

    /// The same with constants that other files of the package define.
    #[must_use]
    pub(crate) fn with_constants(mut self, constants: Constants, own_modules: Rc<[Box<str>]>) -> Self {
        (self.given_constants, self.own_modules) = (constants, own_modules);
        self
    }

    /// Goes through the script: first what runs when it is loaded, then every function that nothing called.
    #[must_use]
    pub(crate) fn run(self) -> Outcome {
        // Recursion is bounded by MAX_DEPTH; a thread may still be too small for it.
        stacker::maybe_grow(STACK_NEEDED, STACK_MADE, || self.run_here())
    }

    fn run_here(mut self) -> Outcome {
        let root = self.tree.root;
        self.out.length = self.tree.span(root).1;
        if self.language == Language::PowerShell {
            let given = self.tree.sym("args");
            self.declare_name(given, Value::unknown(Labels::ARGUMENTS));
        }
        self.statement(root);
        self.threads_again();
        self.call_made();
        self.build_hooks();
        self.test_hooks();
        // Handlers that only turn a table once more come last, or it would be turned for all functions that look into it.
        let (turning, others) =
            std::mem::take(&mut self.handlers).into_iter().partition(|h| self.turns_a_table(h.body));
        self.handlers = others;
        self.late_handlers();
        self.handlers = turning;
        self.walk_learned();
        if self.siblings.is_some() && !self.follows_called {
            self.only_what_installs();
        }
        self.out.constants = self.own_constants();
        self.when = When::Called;
        self.undecided = 0;
        (self.given, self.behind) = (Labels::NONE, Labels::NONE);
        self.tries = 0;
        let mut next = 0;
        self.walk_pending(&mut next);
        self.threads_again();
        self.late_handlers();
        (self.when, self.undecided, self.given, self.tries) = (When::Called, 0, Labels::NONE, 0);
        self.walk_pending(&mut next);
        self.timers_again();
        self.out.signs = self.out.events.iter().any(|e| e.data.any(Labels::KEY_MATERIAL)) && self.signs();
        self.out.methods = super::shape::Calls::of(&self.tree);
        self.out.hooks.retain(|hook| super::wallets::may_carry(&hook.by));
        if !self.out.hooks.is_empty() {
            let decoded = self.out.decoded.iter().map(|(text, at)| (&**text, *at));
            let hooks: Vec<u32> = self.out.hooks.iter().map(|hook| hook.at.0).collect();
            // What is executed stands where it is executed.
            let outer = |node: usize| {
                let behind = self.grafted.partition_point(|text| text.node <= node);
                self.grafted.get(behind.checked_sub(1)?).and_then(|text| text.place).map(|place| place.0)
            };
            self.out.wallets = super::wallets::Wallets::of(&self.tree, outer, decoded, &hooks);
        }
        let does = |act: Act| self.out.events.iter().any(|e| e.act == act);
        let watches = does(Act::Spy) && (does(Act::Sleep) || does(Act::Hang));
        self.out.exchanges_wallets = watches && does(Act::SetClipboard) && super::wallets::knows_both(&self.tree);
        self.out.hidden_wallet = super::wallets::hidden(self.out.decoded.iter().map(|(text, at)| (&**text, *at)));
        self.out.cut_off |= self.is_spent();
        self.out.files = self.files_gone_through();
        self.out.is_python = self.tree.language == Language::Python;
        self.out.is_of_shell =
            matches!(self.tree.language, Language::Shell | Language::Batch | Language::PowerShell | Language::VbScript);
        self.out.is_page = self.tree.language == Language::Php;
        self.out
    }

    /// Goes through the functions from this one on that nothing called. They may make others.
    fn walk_pending(&mut self, next: &mut usize) {
        while let Some((func, frame, class)) = self.pending.get(*next).copied() {
            *next += 1;
            if self.seen.get(Tree::index(func)).copied() == Some(0) {
                self.call_unasked(func, frame, class);
            }
            if self.is_spent() {
                break;
            }
        }
    }

    /// Uses up one step; `false` when there is none left.
    fn step(&mut self) -> bool {
        self.fuel = self.fuel.saturating_sub(1);
        self.idle = self.idle.saturating_add(1);
        self.fuel > 0
    }

    /// Gives back steps, since something was made.
    fn earn(&mut self, steps: u64) {
        let steps = steps.min(self.more);
        self.more -= steps;
        self.fuel += steps;
    }

    /// Pays for making so many bytes.
    fn pay(&mut self, bytes: usize) -> bool {
        self.fuel = self.fuel.saturating_sub((bytes / BYTES_OF_A_STEP) as u64);
        self.fuel > 0
    }

    /// Whether the current place is nested so deep that what is in it is not followed.
    fn is_too_deep(&mut self) -> bool {
        let deep = self.depth >= MAX_DEPTH;
        self.out.cut_off |= deep;
        deep
    }

    fn is_spent(&self) -> bool {
        self.fuel == 0
    }

    /// The nodes of a list. They are copied out because going through them changes the machine.
    fn list(&self, many: Many) -> smallvec::SmallVec<[Id; 6]> {
        self.tree.list(many).iter().copied().collect()
    }

    fn name(&self, sym: Sym) -> Rc<str> {
        let mut names = self.names.borrow_mut();
        let at = Tree::index_of_sym(sym);
        if at >= names.len() {
            names.resize(at.saturating_add(1).next_multiple_of(64), None);
        }
        match names.get_mut(at) {
            Some(name) => Rc::clone(name.get_or_insert_with(|| self.tree.str(sym).into())),
            None => self.tree.str(sym).into(),
        }
    }

    /// A place in the file: inside executed text it is where the text is executed.
    fn place(&self, id: Id) -> (u32, u32) {
        self.anchor.unwrap_or_else(|| self.tree.span(id))
    }

    /// What the vocabulary says of a path.
    fn word(&mut self, path: PathId) -> Option<&'static Word> {
        let key = (self.language as u8, path);
        if let Some(word) = self.words.get(&key) {
            return *word;
        }
        let word = words::find(self.language, self.paths.text(path));
        self.words.insert(key, word);
        word
    }

    /// Notes where a value comes from.
    fn source(&mut self, labels: Labels, name: &str, at: Id) {
        if self.out.sources.len() < MAX_EVENTS && !labels.is_empty() {
            let offset = self.place(at).0;
            if self.sourced.insert((offset, labels, name.into())) {
                self.out.sources.push((labels, name.into(), offset));
            }
        }
    }

    /// Notes an act. The same act at the same place is one event that gathers what is known of it.
    fn event(&mut self, act: Act, by: PathId, at: Id, subject: &Value, data: &Value, hidden: bool) {
        let place = self.place(at);
        let text = self.subject_of(subject, act).or_else(|| self.address_of_client(by).filter(|_| act == Act::Send));
        // What an address holds itself comes from nowhere and goes nowhere; and sockets of ZeroMQ may lie within the program.
        if matches!(act, Act::Send | Act::Fetch | Act::Connect)
            && text.as_deref().is_some_and(|t| t.starts_with("data:") || t.starts_with("inproc://"))
        {
            return;
        }
        let given_away = self.all_labels(data);
        // What hidden code is about was hidden with it.
        let hidden_with = if self.concealed { Labels::DECODED } else { Labels::NONE };
        let mut of = self.all_labels(subject).with(hidden_with);
        if matches!(act, Act::Send | Act::Fetch | Act::Connect)
            && of.any(Labels::BUILT)
            && of.without(Labels::BUILT).is_empty()
            && text.as_deref().is_some_and(|address| self.hides_host(address))
        {
            of = of.with(Labels::DECODED);
        }
        // A list of tasks that was read before is written back with one more; only what stands in the script tells which.
        let is_task = act == Act::Write
            && data.as_text().is_none()
            && text.as_deref().is_some_and(|t| t.replace('\\', "/").ends_with(".vscode/tasks.json"))
            && self.tree.holds("folderOpen");
        let (dropped, silent) = match self.dropped {
            Some((call, silent)) if call == at => (true, silent),
            _ => (false, false),
        };
        let first = match subject.known {
            Known::Object(id) => self.heap.list(id).and_then(|words| words.first()),
            _ => None,
        };
        let program = first.map_or(of, |word| self.all_labels(word).with(hidden_with));
        let is_spelled = matches!(act, Act::Send | Act::Fetch | Act::Connect)
            && of.any(Labels::CONCEALED)
            && text.as_deref().is_some_and(|address| self.spells_host(address));
        let key = (act, place, self.layer);
        if let Some(event) = self.event_known(key, text.as_deref()).and_then(|i| self.out.events.get_mut(i)) {
            event.of = event.of.with(of);
            event.program = event.program.with(program);
            event.data = event.data.with(given_away);
            event.when = event.when.max(self.when);
            event.hidden |= hidden;
            event.dropped &= dropped;
            let better = |old: &Option<Rc<str>>| match (&text, old) {
                (Some(_), None) => true,
                (Some(new), Some(old)) => old.contains(super::value::HOLE) && !new.contains(super::value::HOLE),
                _ => false,
            };
            if matches!(act, Act::Run | Act::Delete | Act::Send | Act::Read)
                && let (Some(new), Some(old)) = (&text, &event.subject)
                && new != old
                && event.others.len() < MAX_OTHERS
                && !event.others.contains(new)
            {
                event.others.push(Rc::clone(new));
            }
            if better(&event.subject) {
                event.is_spelled = is_spelled && (event.is_spelled || event.subject.is_none());
                event.subject = text;
            } else if text.is_some() {
                event.is_spelled &= is_spelled;
            }
            return;
        }
        if self.out.events.len() >= MAX_EVENTS {
            self.out.cut_off = true;
            return;
        }
        self.event_at.entry(key).or_default().push(self.out.events.len());
        let event = Event {
            subject: text,
            of,
            is_spelled,
            program,
            data: given_away,
            text: data
                .as_text()
                .or_else(|| is_task.then_some("folderOpen"))
                .map(|t| t.get(..t.floor_char_boundary(TEXT_KEPT)).unwrap_or(t).into()),
            hidden,
            silent: self.tries > 0 || silent || self.drops_its_errors(by),
            dropped,
            ..self.event_of(act, by, at)
        };
        self.out.events.push(event);
    }

    /// The act that is known already, by its kind, place and layer. One place may speak with several hosts: what a function of
    /// the script's own is called with for each of them is an act of its own; and may write several files.
    fn event_known(&self, key: EventKey, subject: Option<&str>) -> Option<usize> {
        const HOSTS: usize = 8;
        let known = self.event_at.get(&key)?;
        let first = known.first().copied();
        fn host(address: Option<&str>) -> Option<&str> {
            address.and_then(super::flows::host).filter(|host| host.contains('.'))
        }
        // What is written to one file after the other is not the same in each of them. A command that stands in a text is gone
        // through again for each choice among its parts, and is one act.
        if key.0 == Act::Write && self.layer == 0 {
            let of = |i: &&usize| self.out.events.get(**i).map(|event| event.subject.as_deref());
            let same = known.iter().find(|i| of(i) == Some(subject));
            return same.copied().or(first.filter(|_| known.len() >= HOSTS || subject.is_none()));
        }
        if !matches!(key.0, Act::Send | Act::Fetch) {
            return first;
        }
        let Some(asked) = host(subject) else { return first };
        let of = |i: &&usize| self.out.events.get(**i).map(|event| host(event.subject.as_deref()));
        let same = known.iter().find(|i| of(i) == Some(Some(asked)));
        let open = || known.iter().find(|i| of(i) == Some(None));
        same.or_else(open).copied().or(first.filter(|_| known.len() >= HOSTS))
    }

    /// The address of a client that knows it itself.
    fn address_of_client(&self, by: PathId) -> Option<Rc<str>> {
        let path = self.paths.text(by);
        CLIENTS_WITH_ADDRESS.iter().find(|(client, _)| path.starts_with(client)).map(|(_, address)| (*address).into())
    }

    /// An act of which nothing is known but where, when and by what it is done.
    fn event_of(&self, act: Act, by: PathId, at: Id) -> Event {
        Event {
            act,
            at: self.place(at),
            when: self.when,
            by: self.paths.text(by).into(),
            subject: None,
            others: Vec::new(),
            of: Labels::NONE,
            is_spelled: false,
            program: Labels::NONE,
            data: Labels::NONE,
            text: None,
            hidden: false,
            given: self.given.with(self.behind),
            layer: self.layer,
            quoted: self.quoted,
            silent: self.tries > 0,
            dropped: false,
            answers: self.answering > 0,
            within: if self.when == When::Called { self.outermost() } else { None },
        }
    }

    /// The name of the outermost function that is being gone through.
    fn outermost(&self) -> Option<Rc<str>> {
        let first = self.active.first()?;
        let name = self.tree.function(*first)?.name;
        let name = if name == Sym::EMPTY { *self.kept_as.get(first)? } else { name };
        Some(self.name(name))
    }

    /// Whether a value is a function without a name of its own, of which it is not known yet what it is kept as.
    fn is_without_name(&self, value: &Value) -> bool {
        let Known::Func(func, _) = value.known else { return false };
        self.tree.function(func).is_some_and(|f| f.name == Sym::EMPTY) && !self.kept_as.contains_key(&func)
    }

    /// Notes what a function without a name of its own is kept as: who calls it does so by that.
    fn keeps_as(&mut self, value: &Value, name: Sym) {
        if let Known::Func(func, _) = value.known
            && self.is_without_name(value)
        {
            self.kept_as.insert(func, name);
        }
    }

    /// Notes a function of another module that is called by itself.
    fn calls(&mut self, path: &str) {
        if self.when >= When::Load
            && self.when != When::Main
            && self.out.calls.len() < MAX_CALLS_OUT
            && path.len() > 2
            && !path.contains("()")
            && !self.out.calls.iter().any(|c| **c == *path)
        {
            self.out.calls.push(path.into());
        }
    }

    /// The words of what an act is about.
    fn subject_of(&self, value: &Value, act: Act) -> Option<Rc<str>> {
        self.subject_within(value, act, 0)
    }

    fn subject_within(&self, value: &Value, act: Act, depth: u32) -> Option<Rc<str>> {
        use super::heap::Kind;
        if depth > MAX_SHOWN {
            return None;
        }
        match &value.known {
            Known::Str(text) | Known::Text(text) => Some(Rc::clone(text)),
            Known::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            Known::Num(n) => Some(super::fold::number::text(*n).into()),
            Known::Path(path) => Some(format!("{}{}", self.paths.text(*path), super::value::HOLE).into())
                .filter(|_| matches!(act, Act::Run | Act::Write | Act::Read | Act::Delete)),
            Known::Object(id) => match &self.heap.get(*id)?.kind {
                Kind::Handle(_, about) if **about != *value => self.subject_within(about, act, depth + 1),
                Kind::List(items) => {
                    let is_socket = matches!(items.as_slice(), [_, Value { known: Known::Num(_), .. }]);
                    let separator = if act == Act::Connect || act == Act::Send && is_socket { ":" } else { " " };
                    let words: Vec<String> = items
                        .iter()
                        .take(64)
                        .map(|v| {
                            self.subject_within(v, act, depth + 1)
                                .map_or_else(|| super::value::HOLE.to_owned(), |t| t.to_string())
                        })
                        .collect();
                    words.iter().any(|w| w != super::value::HOLE).then(|| words.join(separator).into())
                }
                Kind::Dict(fields) | Kind::Instance(fields, _) => {
                    let of = |name: &str| fields.get(name).and_then(|v| self.subject_within(v, act, depth + 1));
                    let host = of("url").or_else(|| of("uri")).or_else(|| of("href")).or_else(|| of("baseURL"));
                    host.or_else(|| {
                        let host = of("hostname").or_else(|| of("host"))?;
                        let path = of("path").unwrap_or_default();
                        Some(format!("{host}{path}").into())
                    })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The labels of a value and of everything in it, as far as a bounded look reaches.
    pub(super) fn all_labels(&self, value: &Value) -> Labels {
        let Known::Object(_) = value.known else { return value.labels };
        let mut left = MAX_LOOK;
        self.labels_within(value, &mut left, 0)
    }

    fn labels_within(&self, value: &Value, left: &mut usize, depth: u32) -> Labels {
        use super::heap::Kind;
        let mut labels = value.labels;
        let Known::Object(id) = value.known else { return labels };
        let Some(object) = self.heap.get(id) else { return labels };
        labels = labels.with(object.labels);
        if depth >= 4 {
            return labels;
        }
        let mut look = |item: &Value| {
            if *left > 0 {
                *left -= 1;
                labels = labels.with(self.labels_within(item, left, depth + 1));
            }
        };
        match &object.kind {
            Kind::List(items) => items.iter().take(MAX_LOOK).for_each(&mut look),
            Kind::Dict(fields) | Kind::Instance(fields, _) => fields.iter().take(MAX_LOOK).for_each(|(_, v)| look(v)),
            Kind::Handle(_, about) => look(about),
            Kind::Class(..) => {}
        }
        labels
    }

    /// Makes an object and the value for it.
    pub(super) fn object(&mut self, kind: super::heap::Kind, labels: Labels) -> Value {
        match self.heap.make(kind, Labels::NONE) {
            Some(id) => Value::new(Known::Object(id), labels),
            None => Value::unknown(labels),
        }
    }

    pub(super) fn new_list(&mut self, items: Vec<Value>, labels: Labels) -> Value {
        self.object(super::heap::Kind::List(items), labels)
    }

    fn path_value(path: PathId, labels: Labels) -> Value {
        Value::new(Known::Path(path), labels)
    }

    /// Hands out text that was made of constants for a look of its own.
    fn made(&mut self, value: &Value, at: Id, language: Option<Language>) {
        let Some(bytes) = value.as_bytes() else { return };
        if bytes.len() < 4
            || self.out.made.len() >= MAX_MADE
            || !value.labels.any(Labels::CONCEALED.with(Labels::BUILT))
        {
            return;
        }
        let place = self.place(at);
        if self.out.made.iter().any(|m| m.at == place && *m.content == *bytes) {
            return;
        }
        let decoded = value.labels.any(Labels::CONCEALED);
        let recipe = if value.labels.any(Labels::DECRYPTED) {
            "folded, decrypted"
        } else if decoded {
            "folded, decoded"
        } else {
            "folded"
        };
        self.out.made.push(Made { content: bytes.into(), at: place, language, decoded, recipe });
    }
}

/// Whether two nodes say the same thing in the same words; used for `__name__ == "__main__"`.
fn is_name(tree: &Tree, id: Id, name: &str) -> bool {
    matches!(tree.get(id), Node::Name(sym) if tree.str(sym) == name)
}
