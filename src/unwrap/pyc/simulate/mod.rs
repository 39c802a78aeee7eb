//! Runs the instructions of one code object on expressions instead of values, in the order in which they stand, once.
//!
//! No path is followed: a jump only says what the stack is at its target, and where blocks end. What a loop, a handler
//! or a context manager does to the stack is modelled as far as it takes for statements to come out readable. Where the
//! model has nothing, the value is unknown and is written as `...`; nothing of that can fail.
//!
//! The stack is a list whose parts are shared, so that its state at a jump costs nothing to keep.

mod build;
mod call;
mod flow;
mod old;
mod settle;
mod stack;
mod statement;
mod step;

use std::collections::{HashMap, HashSet};

use super::expression::{Ex, Kind, Link, Statement, Tree};
use super::opcodes::{Op, Table};
use super::version::Python;
use crate::parse::marshal::{Code, Id, Marshal};

/// Deepest place of the stack that an instruction may name.
const REACH: u32 = 64;
/// Most blocks inside one another that are indented.
const BLOCKS: usize = 40;
/// Most guarded ranges that are compared with one another.
const GUARDS: usize = 256;
/// First of the instructions that have an argument, before 3.6.
const HAVE_ARGUMENT: u8 = 90;
/// Most values that one unpacking gives.
const UNPACKED: u32 = 1024;

/// Why the instructions were not read to their end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stopped {
    pub(super) offset: usize,
    /// The instruction that the version does not have, or `None` for a limit.
    pub(super) number: Option<u8>,
}

/// What ends where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// A condition's body, to its jump's target.
    If(u32),
    /// Any other body with a known end.
    Body(u32),
    /// A handler's body: ends with the jump out of it.
    Handler,
}

/// A guarded range of instructions (from 3.11 on).
#[derive(Debug, Clone, Copy)]
struct Guard {
    start: u32,
    end: u32,
    handler: u32,
}

/// Values that wait for their targets.
struct Unpacking {
    value: Ex,
    left: u32,
    first: Link,
    last: Link,
}

pub(super) struct Simulator<'a, 'm> {
    marshal: &'m Marshal<'a>,
    tree: &'m mut Tree,
    table: &'m Table,
    /// The minor version of Python 3.
    version: u8,
    /// Whether it is Python 2, and whether it is older than 3.6.
    two: bool,
    old: bool,
    code: Code,
    bytecode: &'a [u8],
    /// Values and what lies under each.
    cells: Vec<(Ex, u32)>,
    top: u32,
    /// What the stack is at a target.
    states: HashMap<u32, u32>,
    /// Whether the instruction before does not go on to the next.
    dead: bool,
    blocks: Vec<Block>,
    guards: Vec<Guard>,
    next_guard: usize,
    /// Bodies of `with`: start and end.
    withs: HashMap<u32, u32>,
    /// End of the body of the `with` that is about to be stated.
    with_end: u32,
    /// The next instruction.
    after: u32,
    /// Where handlers of old versions begin.
    handlers: HashSet<u32>,
    /// Which statement belongs to which handler.
    guarded: settle::Handlers,
    unpacking: Option<Unpacking>,
    keywords: Id,
    /// The place behind a conditional jump's body where an `else` begins, and where that ends.
    pending_else: Option<(u32, u32)>,
    popped_except: bool,
    /// Whether the next jump back belongs to the condition before it.
    skip_back: bool,
    /// Loops over an iterator with an empty display below it: that, the first statement, and the blocks around.
    loops: Vec<(Ex, usize, usize)>,
    /// What compilers before 3.1 keep in variables that no source can name.
    kept: HashMap<Id, Ex>,
    /// Where a `with` of before 2.7 and 3.2 is left.
    cleanups: HashSet<u32>,
    /// Where clauses begin that catch what the one before did not.
    bare: HashSet<u32>,
    /// Blocks around each handler that has not come to its `END_FINALLY`.
    depths: Vec<usize>,
    /// The `print` that goes on: its statement, and its last argument.
    printing: Option<(usize, Link)>,
    /// Steps that may still be made.
    fuel: u64,
}

/// Runs one code object; its statements are added to the tree.
pub(super) fn simulate<'a>(
    marshal: &Marshal<'a>,
    tree: &mut Tree,
    table: &Table,
    python: Python,
    code: Code,
) -> Result<(), Stopped> {
    let bytecode = marshal.bytes(code.bytecode);
    let first = tree.statements.len();
    let version = python.minor_of_three();
    let mut simulator = Simulator {
        marshal,
        tree,
        table,
        version,
        two: matches!(python, Python::Two(_)),
        old: python.has_bytes(),
        code,
        bytecode,
        cells: Vec::new(),
        top: 0,
        states: HashMap::new(),
        dead: false,
        blocks: Vec::new(),
        guards: Vec::new(),
        next_guard: 0,
        withs: HashMap::new(),
        with_end: 0,
        after: 0,
        handlers: HashSet::new(),
        guarded: settle::Handlers::default(),
        unpacking: None,
        keywords: Id::MISSING,
        pending_else: None,
        popped_except: false,
        skip_back: false,
        loops: Vec::new(),
        kept: HashMap::new(),
        cleanups: HashSet::new(),
        bare: HashSet::new(),
        depths: Vec::new(),
        printing: None,
        fuel: (bytecode.len() as u64).saturating_mul(16).saturating_add(1 << 12),
    };
    if version >= 11 {
        simulator.read_guards();
    }
    let result = simulator.run();
    let handlers = simulator.guarded;
    let settled = settle::settle(tree.statements.get(first..).unwrap_or_default(), &handlers, first);
    tree.statements.truncate(first);
    settled.into_iter().for_each(|s| tree.state(s));
    result
}

impl<'a> Simulator<'a, '_> {
    fn run(&mut self) -> Result<(), Stopped> {
        let mut at = 0usize;
        let mut argument = 0u32;
        let mut skip_to = 0u32;
        while let Some((number, low, mut next)) = self.instruction(at) {
            let offset = u32::try_from(at).unwrap_or(u32::MAX);
            let (op, caches) = self.table.get(number);
            if op == Op::Invalid {
                return Err(Stopped { offset: at, number: Some(number) });
            }
            next += 2 * usize::from(caches);
            argument = argument << if self.old { 16 } else { 8 } | low;
            if op == Op::ExtendedArg {
                // Targets count from the first of them.
                self.arrive(offset);
                at = next;
                continue;
            }
            if self.fuel == 0 || self.tree.full {
                return Err(Stopped { offset: at, number: None });
            }
            self.fuel -= 1;
            self.arrive(offset);
            let after = u32::try_from(next).unwrap_or(u32::MAX);
            self.after = after;
            if offset >= skip_to
                && let Some(target) = self.step(op, argument, after)
            {
                skip_to = target;
            }
            argument = 0;
            at = next;
        }
        self.flush();
        self.close(u32::MAX);
        Ok(())
    }

    /// The instruction at a place: its number, its part of the argument, and what lies behind it.
    fn instruction(&self, at: usize) -> Option<(u8, u32, usize)> {
        let bytes = self.bytecode.get(at..)?;
        if !self.old {
            let [number, low] = *bytes.first_chunk()?;
            return Some((number, u32::from(low), at + 2));
        }
        let number = *bytes.first()?;
        if number < HAVE_ARGUMENT {
            return Some((number, 0, at + 1));
        }
        let [_, low, high] = *bytes.first_chunk()?;
        Some((number, u32::from(u16::from_le_bytes([low, high])), at + 3))
    }

    /// Guarded ranges with a handler that source shows, by their start; and the bodies of `with`.
    fn read_guards(&mut self) {
        let mut rows: HashMap<u32, Guard> = HashMap::new();
        let mut bytes = self.marshal.bytes(self.code.exceptions).iter();
        let mut number = || {
            let mut value = 0u32;
            loop {
                let byte = *bytes.next()?;
                value = value << 6 | u32::from(byte & 63);
                if byte & 64 == 0 {
                    return Some(value);
                }
            }
        };
        while let (Some(start), Some(len), Some(target), Some(_)) = (number(), number(), number(), number()) {
            let (start, handler) = (start.saturating_mul(2), target.saturating_mul(2));
            let end = start.saturating_add(len.saturating_mul(2)).min(handler);
            if self.op_at(handler) != Op::PushExceptionInfo || start >= end {
                continue;
            }
            // The only instruction that pushes silently at a handler's start asks a context manager.
            if self.op_at(handler.saturating_add(2)) == Op::PushSilent {
                self.withs.entry(start).or_insert(end);
            } else {
                let row = rows.entry(handler).or_insert(Guard { start, end, handler });
                row.start = row.start.min(start);
                row.end = row.end.max(end);
            }
        }
        let mut rows: Vec<Guard> = rows.into_values().collect();
        self.widen(&mut rows);
        rows.sort_unstable_by_key(|g| (g.start, u32::MAX - g.end));
        self.guards = rows;
    }

    /// Rows name the innermost handler only, and what leaves the function raises nothing and has none. A guard that has
    /// the handler of another in it has what that guards in it too, and a `return` right behind a range is the end of it.
    fn widen(&self, rows: &mut [Guard]) {
        rows.sort_unstable_by_key(|g| g.handler);
        for at in 0..rows.len().min(GUARDS) {
            let Some(outer) = rows.get(at).copied() else { break };
            let inside = |g: &&Guard| outer.start <= g.handler.saturating_add(4) && g.handler < outer.end;
            let start = rows.iter().take(at).filter(inside).map(|g| g.start).min().unwrap_or(outer.start);
            let leaves = matches!(self.op_at(outer.end), Op::Return | Op::ReturnConst);
            if let Some(row) = rows.get_mut(at) {
                row.start = row.start.min(start);
                row.end = row.end.saturating_add(if leaves { 2 } else { 0 });
            }
        }
    }

    fn op_at(&self, offset: u32) -> Op {
        self.bytecode.get(offset as usize).map_or(Op::Invalid, |n| self.table.get(*n).0)
    }

    /// Whatever an offset means by itself: ends of blocks, a known stack, a handler, the start of a guarded range.
    fn arrive(&mut self, offset: u32) {
        self.close(offset);
        if let Some(saved) = self.states.remove(&offset) {
            if self.dead {
                self.top = saved;
            } else {
                self.top = self.merged(saved, self.top);
            }
            self.dead = false;
        } else if self.dead {
            self.top = 0;
            self.dead = false;
        }
        if self.handlers.remove(&offset) {
            self.guarded.current = offset;
            self.depths.push(self.blocks.len());
            self.handler(offset);
        }
        if self.bare.remove(&offset) {
            self.except(Ex::UNKNOWN);
        }
        if self.cleanups.remove(&offset) {
            self.depths.push(self.blocks.len());
        }
        while let Some(guard) = self.guards.get(self.next_guard).copied().filter(|g| g.start <= offset) {
            self.next_guard += 1;
            self.begin_try(guard.handler);
            self.open(Block::Body(guard.end));
            let exception = self.cell(Ex::UNKNOWN, self.top);
            self.states.entry(guard.handler).or_insert(exception);
        }
    }

    /// States a `try` whose handler begins at `handler`.
    fn begin_try(&mut self, handler: u32) {
        self.guarded.tries.push((self.tree.statements.len(), handler));
        self.emit(Kind::Try);
    }

    /// Begins a handler whose first instruction is at `offset`.
    fn handler(&mut self, offset: u32) {
        match self.op_at(offset) {
            Op::Pop => self.except(Ex::UNKNOWN),
            // It compares the exception, which says what it catches; or it is a `with` that ends.
            Op::Duplicate | Op::PushSilent | Op::Copy => {}
            Op::Name | Op::Global | Op::Fast | Op::Deref | Op::Attr if self.version >= 11 => {
                // The type that is compared, or the first name of a `finally`: the comparison tells.
                if !self.compares(offset) {
                    self.emit(Kind::Finally);
                }
            }
            Op::Reraise | Op::PopExcept => {}
            _ => self.emit(Kind::Finally),
        }
    }

    /// Whether a comparison of exceptions follows in the next few instructions.
    fn compares(&self, offset: u32) -> bool {
        let mut at = offset as usize;
        for _ in 0..24 {
            let Some(number) = self.bytecode.get(at) else { return false };
            let (op, caches) = self.table.get(*number);
            match op {
                Op::CheckMatch => return true,
                Op::Call | Op::Pop | Op::Reraise | Op::Return => return false,
                _ => at += 2 + 2 * usize::from(caches),
            }
        }
        false
    }

    fn except(&mut self, what: Ex) {
        while self.blocks.last() == Some(&Block::Handler) {
            self.blocks.pop();
        }
        self.emit(Kind::Except(what, Ex::NULL));
        let end = if self.old { self.end_of_clause() } else { None };
        end.into_iter().for_each(|end| self.note_bare(end));
        self.open(end.filter(|_| self.two).map_or(Block::Handler, Block::Body));
    }

    fn open(&mut self, block: Block) {
        if self.blocks.len() < BLOCKS {
            self.blocks.push(block);
        }
    }

    /// Ends the blocks that end at or before `offset`.
    fn close(&mut self, offset: u32) {
        let ends = |b: &Block| matches!(b, Block::If(end) | Block::Body(end) if *end <= offset);
        // A block that ends takes with it whatever is still open inside.
        if let Some(first) = self.blocks.iter().position(ends) {
            self.blocks.truncate(first);
        }
        if let Some((at, end)) = self.pending_else
            && at <= offset
        {
            self.pending_else = None;
            if at == offset {
                self.emit(Kind::Else);
                self.open(Block::If(end));
            }
        }
    }

    fn emit(&mut self, kind: Kind) {
        if matches!(kind, Kind::Except(..) | Kind::Finally) {
            self.guarded.clauses.push((self.tree.statements.len(), self.guarded.current));
        }
        let indent = u16::try_from(self.blocks.len()).unwrap_or(u16::MAX);
        self.tree.state(Statement { indent, kind });
    }
}
