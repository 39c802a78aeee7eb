//! Goes through a function in all directions: whatever a branch depends on, both ways are tried once, so that code behind
//! a check which would fail here is seen too. What is called is followed as its own arithmetic leads.

use std::collections::{HashMap, HashSet};

use iced_x86::{Code, Decoder, DecoderOptions};

use super::known::{self, Heap};
use super::machine::{COPIED_AT_ONCE, Known, Machine, Step};
use crate::parse::fields::Fields;
use crate::parse::parts::Places;

/// Most instructions of one function; of what it calls, how many more for each text that it makes, and most of them.
const OWN_MAX: usize = 20_000;
const CALLS: usize = 60_000;
const CALLS_MORE: usize = 12_000;
const CALLS_MAX: usize = 240_000;
/// Most instructions of one call, of one call of what is not known to matter, and of all those of one function.
const CALL_MAX: usize = 18_000;
const OTHER_CALL_MAX: usize = 14_000;
const OTHER_CALLS_MAX: usize = 32_000;
/// How often a call that matters may come to nothing.
const CHANCES: u8 = 3;
/// Calls within calls.
const DEPTH_MAX: usize = 6;
/// Most branches of one function of which the other way is tried.
const OTHERS_MAX: usize = 512;
/// A loop that turns this often is left, and one that calls others sooner.
const TURNS_MAX: u32 = 260;
const CALLING_TURNS_MAX: u32 = 64;
/// A loop of more bytes is not gone round again.
const LOOP_MAX: u64 = 1024;
/// Where the stack is, what the function that is tried out returns to, and where words of imported functions lead.
const STACK: u64 = 0x7000_0000_0000;
const NOWHERE: u64 = 0x7200_0000_0000;
pub(super) const IMPORTED: u64 = 0x7300_0000_0000;
/// Where arguments lead that nobody gave.
const GIVEN: u64 = 0x5000_0000_0000;
/// Decoded instructions that are kept, by their address.
const KEPT: usize = 1 << 12;

/// The code of an image and what lies around it.
pub(super) struct Code64<'a, 'i> {
    pub(super) fields: Fields<'i>,
    pub(super) places: Places,
    pub(super) base: u64,
    pub(super) windows: bool,
    /// Names of imported functions; those words lead to their number behind [`IMPORTED`].
    pub(super) imports: Vec<&'a [u8]>,
    /// Functions of Go's runtime.
    pub(super) runtime: HashMap<u64, &'a [u8]>,
    /// Functions that lead to what turns bytes into others, and those that do it themselves.
    pub(super) leads: HashSet<u64>,
    pub(super) decoders: HashSet<u64>,
}

struct Frame {
    back: u64,
    kept: [u64; 16],
    target: u64,
    until: usize,
    /// Instructions that were left when it was called, if it is not known to matter.
    other: Option<usize>,
    /// Whether it had less room than others have.
    is_short: bool,
}

/// A place to go on from, with the registers of the way there.
type Other = (u64, [u64; 16], [u128; 16]);

/// What one function's ways share: where else to go on, where a way began, and by which run the beginnings of blocks were
/// reached.
struct Ways {
    others: Vec<Other>,
    known: HashSet<u64>,
    reached: HashMap<u64, u32>,
    run: u32,
}

/// One walk after another over the same code.
pub(super) struct Walker<'a, 'i, 'c> {
    code: &'c Code64<'a, 'i>,
    pub(super) machine: Machine<'i>,
    heap: Heap,
    cache: Vec<Option<Known>>,
    /// Functions that do not come back in time, with how often: those that are known to matter are given more than one chance
    /// in each function that calls them.
    given_up: HashMap<u64, u8>,
    /// Instructions that may still be tried out.
    pub(super) left: usize,
    /// Of this function, of what it calls, and of that for calls that are not known to matter.
    own_left: usize,
    calls_left: usize,
    others_left: usize,
    /// Whether this function turns bytes into others itself.
    decodes: bool,
    /// Calls so far, and those of them that matter.
    calls: u32,
    known_calls: u32,
}

impl<'a, 'i, 'c> Walker<'a, 'i, 'c> {
    pub(super) fn new(code: &'c Code64<'a, 'i>, machine: Machine<'i>, left: usize) -> Self {
        let (heap, cache) = (Heap::default(), vec![None; KEPT]);
        Self {
            code,
            machine,
            heap,
            cache,
            given_up: HashMap::new(),
            left,
            own_left: 0,
            calls_left: 0,
            others_left: 0,
            decodes: false,
            calls: 0,
            known_calls: 0,
        }
    }

    fn instruction(&mut self, at: u64) -> Option<Known> {
        let kept = self.cache.get_mut((at as usize) % KEPT)?;
        if let Some(known) = kept.filter(|known| known.of.ip() == at) {
            return Some(known);
        }
        let (offset, room) = self.code.places.at(at.wrapping_sub(self.code.base))?;
        let bytes = self.code.fields.available(offset, room.min(16));
        let instruction = Decoder::with_ip(64, bytes, at, DecoderOptions::NONE).decode();
        if instruction.is_invalid() || instruction.code() == Code::INVALID {
            return None;
        }
        *kept = Some(Known::new(instruction));
        *kept
    }

    /// Tries a function out; `seen` is told of what was written, with the place in the function, and says how many texts
    /// there were.
    pub(super) fn walk(&mut self, start: u64, seen: &mut dyn FnMut(u64, &mut Machine<'i>) -> usize) {
        self.machine.memory.clear();
        self.given_up.retain(|function, _| !self.code.leads.contains(function));
        for i in 0..16 {
            self.machine.set(i, GIVEN + i as u64 * 0x100_0000);
        }
        self.machine.set(4, STACK);
        self.machine.vectors = [0; 16];
        self.machine.push(NOWHERE);
        (self.own_left, self.calls_left, self.others_left) = (OWN_MAX, CALLS, OTHER_CALLS_MAX);
        self.decodes = self.code.decoders.contains(&start);
        let mut given = CALLS;
        let mut seen = |at: u64, machine: &mut Machine<'i>, left: &mut usize| {
            let more = (CALLS_MORE * seen(at, machine)).min(CALLS_MAX - given);
            given += more;
            *left = left.saturating_add(more);
        };
        let others = vec![(start, self.machine.general, self.machine.vectors)];
        let mut ways = Ways { others, known: HashSet::from([start]), reached: HashMap::new(), run: 0 };
        while let Some((at, general, vectors)) = ways.others.pop() {
            (self.machine.general, self.machine.vectors) = (general, vectors);
            ways.run += 1;
            self.run(at, &mut ways, &mut seen);
            if self.left == 0 || self.own_left == 0 {
                break;
            }
        }
    }

    fn run(&mut self, start: u64, ways: &mut Ways, seen: &mut dyn FnMut(u64, &mut Machine<'i>, &mut usize)) {
        let mut frames: Vec<Frame> = Vec::new();
        let mut turns: HashMap<u64, (u32, u32, u32)> = HashMap::new();
        let mut at = start;
        let mut outer = start;
        loop {
            let room = if frames.is_empty() { &mut self.own_left } else { &mut self.calls_left };
            if self.left == 0 || *room == 0 && frames.is_empty() {
                break;
            }
            *room = room.saturating_sub(1);
            let is_out = *room == 0;
            self.left -= 1;
            if let Some(frame) = frames.last()
                && (self.left < frame.until || is_out)
            {
                at = self.leave(&mut frames);
                continue;
            }
            let Some(instruction) = self.instruction(at) else {
                if frames.is_empty() {
                    break;
                }
                at = self.leave(&mut frames);
                continue;
            };
            let is_outer = frames.is_empty();
            if is_outer {
                outer = at;
            }
            if self.machine.memory.is_full() {
                seen(outer, &mut self.machine, &mut self.calls_left);
            }
            let next = instruction.of.next_ip();
            let step = self.machine.step(&instruction);
            self.pay_for_copies();
            at = match step {
                Step::On => next,
                Step::Jump(target) => match self.outside(target) {
                    // The last call of a function is a jump.
                    true => {
                        self.answer(target);
                        if is_outer {
                            break;
                        }
                        let Some(frame) = frames.pop() else { break };
                        self.spent(&frame);
                        self.machine.set(4, self.machine.of(4).wrapping_add(8));
                        frame.back
                    }
                    false if is_outer && target <= at => {
                        let turned = turns.entry(at).or_insert((0, self.calls, self.known_calls));
                        if !self.goes_round(turned, at - target) {
                            break;
                        }
                        target
                    }
                    false => target,
                },
                Step::Branch(target, taken) => {
                    let (way, other) = if taken { (target, next) } else { (next, target) };
                    if is_outer && ways.known.len() < OTHERS_MAX && ways.known.insert(other) {
                        ways.others.push((other, self.machine.general, self.machine.vectors));
                    }
                    if is_outer && taken && target <= at {
                        if self.goes_round(turns.entry(at).or_insert((0, self.calls, self.known_calls)), at - target) {
                            target
                        } else {
                            next
                        }
                    } else {
                        way
                    }
                }
                Step::Call(target) => {
                    if is_outer {
                        seen(outer, &mut self.machine, &mut self.calls_left);
                    }
                    self.calls = self.calls.wrapping_add(1);
                    let is_known = self.code.leads.contains(&target);
                    self.known_calls = self.known_calls.wrapping_add(is_known.into());
                    // What a call within one that matters needs is part of that.
                    let other = (!is_known && is_outer).then_some(self.left);
                    let room = if other.is_some() { self.others_left.min(OTHER_CALL_MAX) } else { OTHER_CALL_MAX };
                    if self.never_returns(target) {
                        if is_outer {
                            break;
                        }
                        self.leave(&mut frames)
                    } else if self.outside(target) {
                        self.answer(target);
                        next
                    } else if frames.len() >= DEPTH_MAX || room.min(self.calls_left) == 0 || self.is_given_up(target) {
                        self.machine.set(0, self.heap.fresh());
                        next
                    } else {
                        let until = self.left.saturating_sub(if is_known { CALL_MAX } else { room });
                        let is_short = !is_known && room < OTHER_CALL_MAX;
                        frames.push(Frame { back: next, kept: self.machine.general, target, until, other, is_short });
                        self.machine.push(next);
                        target
                    }
                }
                Step::Return => match frames.pop() {
                    Some(frame) => {
                        self.spent(&frame);
                        if frames.is_empty() {
                            seen(outer, &mut self.machine, &mut self.calls_left);
                        }
                        frame.back
                    }
                    None => break,
                },
                Step::End => {
                    if is_outer {
                        break;
                    }
                    self.leave(&mut frames)
                }
            };
            if frames.is_empty() && is_outer && at != next {
                // What an earlier run went through is not gone through again.
                if *ways.reached.entry(at).or_insert(ways.run) < ways.run {
                    break;
                }
                ways.known.insert(at);
            }
        }
        seen(outer, &mut self.machine, &mut self.calls_left);
    }

    /// Whether a loop is gone round again: one that calls nobody in a function that turns bytes into others, or one that
    /// calls what does.
    fn goes_round(&self, (turned, calls, known): &mut (u32, u32, u32), distance: u64) -> bool {
        *turned += 1;
        let is_calling = self.calls != *calls;
        let is_known = self.known_calls.wrapping_sub(*known) >= *turned / 2 && self.known_calls != *known;
        let most = match (is_calling, is_known) {
            (false, _) if self.decodes => TURNS_MAX,
            (true, true) => CALLING_TURNS_MAX,
            // Whatever room is made on the way is made once.
            (true, false) if self.decodes && self.calls.wrapping_sub(*calls) < *turned => TURNS_MAX,
            _ => 0,
        };
        *turned <= most && distance <= LOOP_MAX
    }

    /// Leaves a call that does not come back.
    fn leave(&mut self, frames: &mut Vec<Frame>) -> u64 {
        let Some(frame) = frames.pop() else { return 0 };
        self.spent(&frame);
        // What had all the room that it may have needs more.
        if !frame.is_short {
            let times = self.given_up.entry(frame.target).or_default();
            *times = times.saturating_add(1);
        }
        self.machine.general = frame.kept;
        self.machine.set(0, self.heap.fresh());
        frame.back
    }

    fn is_given_up(&self, target: u64) -> bool {
        let most = if self.code.leads.contains(&target) { CHANCES } else { 1 };
        self.given_up.get(&target).is_some_and(|times| *times >= most)
    }

    /// Counts what a call cost that is not known to matter.
    fn spent(&mut self, frame: &Frame) {
        if let Some(before) = frame.other {
            self.others_left = self.others_left.saturating_sub(before.saturating_sub(self.left));
        }
    }

    /// Whether a target is an imported function, or one whose deeds are known.
    fn outside(&self, target: u64) -> bool {
        (IMPORTED..IMPORTED + (1 << 32)).contains(&target) || self.code.runtime.contains_key(&target)
    }

    /// Whether a function of Go's runtime ends what called it.
    fn never_returns(&self, target: u64) -> bool {
        const ENDS: &[&[u8]] =
            &[b"runtime.panic", b"runtime.goPanic", b"runtime.gopanic", b"runtime.throw", b"runtime.fatal"];
        self.code.runtime.get(&target).is_some_and(|name| ENDS.iter().any(|end| name.starts_with(end)))
    }

    fn answer(&mut self, target: u64) {
        self.answered(target);
        self.pay_for_copies();
    }

    /// What is copied at once costs what it takes.
    fn pay_for_copies(&mut self) {
        let cost = std::mem::take(&mut self.machine.memory.copied) / COPIED_AT_ONCE;
        self.left = self.left.saturating_sub(cost);
        self.calls_left = self.calls_left.saturating_sub(cost);
    }

    fn answered(&mut self, target: u64) {
        if let Some(name) = self.code.runtime.get(&target) {
            known::of_go(&mut self.machine, &mut self.heap, name);
            return;
        }
        let number = usize::try_from(target.wrapping_sub(IMPORTED)).unwrap_or(usize::MAX);
        let name = self.code.imports.get(number).copied().unwrap_or_default();
        known::of_c(&mut self.machine, &mut self.heap, name, self.code.windows);
    }
}
