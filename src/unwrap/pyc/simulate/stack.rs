//! The stack of expressions, and names by their numbers.

use super::super::expression::{Ex, Node};
use super::{REACH, Simulator};
use crate::parse::marshal::Id;

impl Simulator<'_, '_> {
    pub(super) fn cell(&mut self, value: Ex, under: u32) -> u32 {
        self.cells.push((value, under));
        u32::try_from(self.cells.len()).unwrap_or(0)
    }

    pub(super) fn get(&self, cell: u32) -> Option<(Ex, u32)> {
        self.cells.get((cell as usize).checked_sub(1)?).copied()
    }

    pub(super) fn push(&mut self, value: Ex) {
        self.top = self.cell(value, self.top);
    }

    pub(super) fn add(&mut self, node: Node) {
        let value = self.tree.add(node);
        self.push(value);
    }

    pub(super) fn pop(&mut self) -> Ex {
        self.fuel = self.fuel.saturating_sub(1);
        match self.get(self.top) {
            Some((value, under)) => {
                self.top = under;
                value
            }
            None => Ex::UNKNOWN,
        }
    }

    /// Takes up to `count` values, the lowest first. Fewer when the stack has fewer.
    pub(super) fn pop_many(&mut self, count: u32) -> Vec<Ex> {
        let mut values = Vec::new();
        for _ in 0..count {
            if self.top == 0 || self.fuel == 0 {
                break;
            }
            values.push(self.pop());
        }
        values.reverse();
        values
    }

    /// The value `depth` places down; 1 is the top.
    pub(super) fn peek(&self, depth: u32) -> Ex {
        let mut cell = self.top;
        for _ in 1..depth.min(REACH) {
            cell = self.get(cell).map_or(0, |(_, under)| under);
        }
        if depth > REACH { Ex::UNKNOWN } else { self.get(cell).map_or(Ex::UNKNOWN, |(value, _)| value) }
    }

    pub(super) fn rotate(&mut self, count: u32) {
        if !(2..=REACH).contains(&count) {
            return;
        }
        let top = self.pop();
        let rest: Vec<Ex> = (1..count).map(|_| self.pop()).collect();
        self.push(top);
        rest.into_iter().rev().for_each(|value| self.push(value));
    }

    pub(super) fn swap(&mut self, depth: u32) {
        if !(2..=REACH).contains(&depth) {
            return;
        }
        let mut values: Vec<Ex> = (0..depth).map(|_| self.pop()).collect();
        let last = values.len().saturating_sub(1);
        values.swap(0, last);
        values.into_iter().rev().for_each(|value| self.push(value));
    }

    /// The stack where two ways meet: the same below, one of two on top.
    pub(super) fn merged(&mut self, saved: u32, now: u32) -> u32 {
        let (Some((a, under)), Some((b, other))) = (self.get(saved), self.get(now)) else { return now };
        if under != other || a == b || saved == now {
            return now;
        }
        let either = match (a, b) {
            (Ex::SILENT | Ex::UNKNOWN, one) | (one, Ex::SILENT | Ex::UNKNOWN) => one,
            _ => self.tree.add(Node::Either(a, b)),
        };
        self.cell(either, under)
    }

    /// Notes what the stack is at a target ahead.
    pub(super) fn reaches(&mut self, target: u32, after: u32, state: u32) {
        if target < after {
            return;
        }
        let state = match self.states.get(&target).copied() {
            Some(before) => self.merged(before, state),
            None => state,
        };
        self.states.insert(target, state);
    }

    pub(super) fn name(&self, index: u32) -> Id {
        self.marshal.item(self.code.names, index as usize)
    }

    pub(super) fn local(&self, index: u32) -> Id {
        self.marshal.item(self.code.locals, index as usize)
    }

    pub(super) fn cell_name(&self, index: u32) -> Id {
        if self.version >= 11 {
            return self.local(index);
        }
        let cells = self.marshal.items(self.code.cells).len();
        match (index as usize).checked_sub(cells) {
            None => self.marshal.item(self.code.cells, index as usize),
            Some(index) => self.marshal.item(self.code.free, index),
        }
    }

    pub(super) fn constant(&self, index: u32) -> Id {
        self.marshal.item(self.code.constants, index as usize)
    }
}
