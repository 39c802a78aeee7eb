//! Jumps, loops, handlers.

use super::super::expression::{Ex, Kind, Node, Statement};
use super::super::opcodes::{COMPARE, From, Op, Test};
use super::{Block, Simulator};

impl Simulator<'_, '_> {
    pub(super) fn target(&self, from: From, argument: u32, after: u32) -> u32 {
        let scaled = if self.version >= 10 { argument.saturating_mul(2) } else { argument };
        match from {
            From::Version if self.version <= 10 => scaled,
            From::Back => after.saturating_sub(scaled),
            _ => after.saturating_add(scaled),
        }
    }

    pub(super) fn jump_if(&mut self, test: Test, target: u32, after: u32) {
        let condition = self.pop();
        if condition == Ex::SILENT {
            self.reaches(target, after, self.top);
            return;
        }
        // A copy of the condition stays: `and`, `or`, or a chained comparison.
        if self.top != 0 && self.peek(1) == condition {
            self.reaches(target, after, self.top);
            self.pop();
            self.push(Ex::SILENT);
            return;
        }
        self.branch(condition, test, target, after);
    }

    /// States a condition whose value is on the stack no more.
    pub(super) fn branch(&mut self, condition: Ex, test: Test, target: u32, after: u32) {
        // A jump back goes on with the loop: what follows up to the loop's end is the body. From 3.12 on conditional
        // jumps only go forward, over such a jump.
        let over = self.jumps_over_back(after, target);
        let test = if over { test.inverse() } else { test };
        let goes_on = over || target <= after;
        let none = |s: &mut Self, operator| {
            let none = s.tree.add(Node::Word("None"));
            s.tree.add(Node::Binary(operator, condition, none))
        };
        let shown = match test {
            Test::False => condition,
            Test::True => self.tree.add(Node::Prefix(2, condition)),
            Test::None => none(self, COMPARE + 9),
            Test::NotNone => none(self, COMPARE + 8),
        };
        let elif = match self.tree.statements.last() {
            Some(Statement { kind: Kind::Else, indent }) => usize::from(*indent) + 1 == self.blocks.len(),
            _ => false,
        };
        if elif {
            self.tree.statements.pop();
            self.blocks.pop();
        }
        self.emit(Kind::If(shown, elif));
        if goes_on {
            let end = self.blocks.iter().rev().find_map(|b| if let Block::Body(end) = b { Some(*end) } else { None });
            self.open(Block::If(end.unwrap_or(target)));
            self.skip_back = over;
        } else {
            self.open(Block::If(target));
        }
        self.reaches(target, after, self.top);
    }

    /// Whether nothing but one jump back stands between two places.
    fn jumps_over_back(&self, mut at: u32, to: u32) -> bool {
        for _ in 0..4 {
            match self.op_at(at) {
                Op::Jump(From::Back) => return at.saturating_add(2) == to || at.saturating_add(4) == to,
                Op::Nothing | Op::ExtendedArg => at = at.saturating_add(2),
                _ => return false,
            }
        }
        false
    }

    pub(super) fn jump(&mut self, target: u32, after: u32) {
        if let Some(Block::If(end)) = self.blocks.last().copied()
            && target > end
            && let Some(state) = self.states.get(&after).copied()
        {
            // Before 2.7 and 3.1 the condition is popped on both ways.
            let popped = end == after.saturating_add(1) && self.old && self.op_at(after) == Op::Pop;
            let state = if popped { self.get(state).map_or(0, |(_, under)| under) } else { state };
            if (popped || end == after) && state == self.top {
                self.pending_else = Some((end, target));
            }
        }
        self.reaches(target, after, self.top);
        self.leave();
    }

    pub(super) fn control(&mut self, op: Op, argument: u32, after: u32) -> Option<u32> {
        match op {
            Op::Jump(From::Back) if std::mem::take(&mut self.skip_back) => {}
            Op::Jump(from) => {
                let target = self.target(from, argument, after);
                self.jump(target, after);
            }
            Op::JumpIf(test, from) => {
                let target = self.target(from, argument, after);
                self.jump_if(test, target, after);
            }
            Op::JumpIfKeep(test) => {
                let target = self.target(From::Next, argument, after);
                return self.jump_keep(test, target, after);
            }
            Op::JumpOrPop => {
                let target = self.target(From::Version, argument, after);
                self.reaches(target, after, self.top);
                self.pop();
            }
            Op::JumpIfNotMatch => {
                let what = self.pop();
                self.pop();
                self.except(what);
            }
            Op::CheckMatch => {
                let what = self.pop();
                self.except(what);
                self.push(Ex::SILENT);
            }
            Op::ForIter => {
                let target = self.target(From::Next, argument, after);
                let iterator = self.peek(1);
                let under = self.get(self.top).map_or(0, |(_, under)| under);
                // From 3.13 on the iterator is still there behind the loop, and is popped.
                let state = if self.version >= 13 { self.cell(Ex::SILENT, under) } else { under };
                self.reaches(target, after, state);
                self.begin_loop();
                self.add(Node::Next(iterator));
                self.open(Block::Body(target));
            }
            Op::Next => {
                let iterator = self.peek(1);
                self.add(Node::Next(iterator));
                // Its end is not told here.
                self.open(Block::Handler);
            }
            Op::Send => {
                // The value goes to and fro until the target; what stays is what it was sent to.
                let target = self.target(From::Next, argument, after);
                self.pop();
                return (target > after).then_some(target);
            }
            Op::Await => {
                let value = self.pop();
                self.add(Node::Await(value));
            }
            Op::YieldFromIter => {
                let value = self.pop();
                self.add(Node::YieldFrom(value));
            }
            Op::YieldFrom => {
                self.pop();
            }
            Op::YieldFromOld => {
                self.pop();
                let value = self.pop();
                self.add(Node::YieldFrom(value));
            }
            Op::Yield => {
                let value = self.pop();
                self.add(Node::Yield(value));
            }
            Op::YieldStatement => {
                let value = self.pop();
                let value = self.tree.add(Node::Yield(value));
                self.emit(Kind::Expression(value));
            }
            Op::Return => {
                let value = self.pop();
                // Classes of Python 2 give their names.
                if !(self.two && value == Ex::SILENT) {
                    self.emit(Kind::Return(value));
                }
                self.leave();
            }
            Op::RaiseOld => self.raise_old(argument),
            Op::EndFinally => self.end_finally(after),
            Op::WithCleanup => {
                self.pop();
            }
            Op::ReturnConst => {
                let value = self.tree.add(Node::Object(self.constant(argument)));
                self.emit(Kind::Return(value));
                self.leave();
            }
            Op::Raise => {
                let values = self.pop_many(argument.min(2));
                let what = values.first().copied().unwrap_or(Ex::NULL);
                let cause = values.get(1).copied().unwrap_or(Ex::NULL);
                self.emit(Kind::Raise(what, cause));
                self.leave();
            }
            Op::Reraise => {
                self.pop();
                self.popped_except = true;
                self.leave();
            }
            Op::SetupTry => {
                let target = self.target(From::Next, argument, after);
                if self.old && self.is_cleanup(target) {
                    self.begin_with(target);
                    return None;
                }
                self.begin_try(target);
                self.open(Block::Body(target));
                let mut state = self.top;
                for _ in 0..if self.two { 3 } else { 6 } {
                    state = self.cell(Ex::UNKNOWN, state);
                }
                self.reaches(target, after, state);
                self.handlers.insert(target);
            }
            Op::SetupWith => {
                let target = self.target(From::Next, argument, after);
                let manager = self.pop();
                self.push(Ex::SILENT);
                self.reaches(target, after, self.top);
                self.add(Node::Entered(manager));
                self.with_end = target;
                if self.old {
                    self.cleanups.insert(target);
                }
            }
            Op::BeforeWith => {
                let manager = self.pop();
                self.push(Ex::SILENT);
                self.enter(manager);
            }
            Op::EndAsyncFor => {
                self.pop_many(if self.version >= 11 { 2 } else { 7 });
                if let Some(at) = self.blocks.iter().rposition(|b| *b == Block::Handler) {
                    self.blocks.truncate(at);
                }
            }
            Op::PushExceptionInfo => {
                self.pop();
                self.push(Ex::SILENT);
                self.push(Ex::UNKNOWN);
                self.guarded.current = after.saturating_sub(2);
                self.handler(after);
            }
            _ => {}
        }
        None
    }
}
