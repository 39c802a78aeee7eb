//! How long loops and functions may go through the same text again without anything being made by it.

use super::Machine;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::FuncId;

/// How many times its patience a whole script may take for that, as bundles of many libraries do, before the steps of each
/// are only so many; and how many times until they are fewer still, as where tables of letters are filled.
const MOST_IDLE: i64 = 3;
const LITTLE_PATIENCE: i64 = 10_000;
const FAR_TOO_IDLE: i64 = 12;
const LEAST_PATIENCE: i64 = 1_000;

/// What calls of a function took without making anything.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Idle {
    pub(super) spent: i64,
    /// When the outermost call of it that is going on began.
    pub(super) since: i64,
    /// What came with what it gave without being given anything.
    pub(super) yields: Labels,
    /// Whether a call of it has led to something outside.
    pub(super) acts: bool,
}

impl Machine {
    /// How many steps a loop or a function may take without making anything. Tables and trees that honest code computes are
    /// of no use to anybody here; what decodes makes text. Each has an account of its own, so that none takes all from a
    /// decoder further down.
    pub(super) fn patience(&self) -> i64 {
        if !self.is_idle() {
            self.patience
        } else if self.idle_again <= self.patience * FAR_TOO_IDLE {
            LITTLE_PATIENCE
        } else {
            LEAST_PATIENCE
        }
    }

    /// Whether much was gone through again without anything being made.
    pub(super) fn is_idle(&self) -> bool {
        self.idle_again > self.patience * MOST_IDLE
    }

    /// Whether a loop that began at `begun` and was asked last at `since` may go through its body once more.
    pub(super) fn may_repeat(&mut self, begun: i64, since: &mut i64) -> bool {
        self.note_again(self.idle.saturating_sub(*since));
        *since = self.idle;
        self.idle.saturating_sub(begun) <= self.patience()
    }

    /// The same for calling a function; `nested` when it is called by itself. Decoders are given constants, and what calls
    /// with unknown values show was mostly shown by the first ones: when much was gone through again, no more of them are.
    pub(super) fn may_call_again(&self, func: FuncId, nested: bool, constant: bool) -> bool {
        let Some(account) = self.idle_of_functions.get(&func) else { return constant || !self.is_idle() };
        // Of a short one that acts, what it is given this time is what matters.
        if !constant && self.is_idle() && !(account.acts && account.spent <= LITTLE_PATIENCE) {
            return false;
        }
        let now = if nested { self.idle.saturating_sub(account.since) } else { 0 };
        account.spent.saturating_add(now) <= self.patience()
    }

    pub(super) fn note_again(&mut self, steps: i64) {
        self.idle_again = self.idle_again.saturating_add(steps.max(0));
    }

    /// Allows more of the same, since something was made by it.
    pub(super) fn see_progress(&mut self, steps: u64) {
        self.idle = self.idle.saturating_sub_unsigned(steps);
    }

    /// The same for what a function was called for by a list or a pattern.
    pub(super) fn see_progress_of(&mut self, function: &Value, steps: u64) {
        self.see_progress(steps);
        if let Known::Func(func, _) = function.known
            && let Some(account) = self.idle_of_functions.get_mut(&func)
        {
            account.spent = account.spent.saturating_sub_unsigned(steps).max(0);
        }
    }
}
