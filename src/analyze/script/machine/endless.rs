//! Loops that never end and let nothing else run: whoever loads the script, or meets a condition of it, hangs.

use super::Machine;
use crate::analyze::script::event::{Act, When};
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Language, Node, Op};

/// Most nodes of a body that are looked at.
const MOST: usize = 400;
/// Functions that end the program, wait for something, or ask somebody, by parts of their names.
const ENDS: &[&str] =
    &["exit", "abort", "kill", "wait", "sleep", "read", "prompt", "question", "sync", "throw", "recv"];

impl Machine {
    /// Notes a loop that nothing ends, where it runs when the script is loaded, or where somebody is in the world.
    pub(super) fn see_endless(&mut self, test: Id, body: Id) {
        let somewhere = self.given.with(self.behind).any(Labels::LOCALE.with(Labels::TIME_ZONE));
        let loads = self.language == Language::JavaScript && self.when == When::Load && self.undecided == 0;
        if (somewhere || loads) && self.layer == 0 && self.is_endless(test) && self.never_leaves(body) {
            let by = self.paths.root("loop");
            self.event(Act::Hang, by, body, &Value::UNKNOWN, &Value::UNKNOWN, false);
        }
    }

    /// Whether a condition always holds: there is none, it is true, or everything is less than it.
    fn is_endless(&self, test: Id) -> bool {
        if !test.is_some() {
            return true;
        }
        match self.tree.get(test) {
            Node::Bool(true) => true,
            Node::Num(n) => n.abs() > 0.0,
            Node::Binary(Op::Lt | Op::Le | Op::Ne, _, most) => {
                matches!(self.tree.get(most), Node::Name(name) if self.tree.str(name) == "Infinity")
            }
            _ => false,
        }
    }

    /// Whether nothing in a body leaves the loop around it, waits, or may end the program.
    fn never_leaves(&self, body: Id) -> bool {
        let mut open = vec![body];
        let mut met = 0;
        while let Some(id) = open.pop() {
            met += 1;
            if met > MOST {
                return false;
            }
            match self.tree.get(id) {
                Node::Break
                | Node::BreakTo(_)
                | Node::ContinueTo(_)
                | Node::Return(_)
                | Node::Throw(_)
                | Node::Await(_)
                | Node::Enter(_)
                | Node::Yield(_)
                | Node::Try(..)
                | Node::Opaque(_)
                | Node::New(..) => return false,
                // What a function holds runs when it is called.
                Node::Func(_) => {}
                Node::Call(callee, _) => {
                    let name = match self.tree.get(callee) {
                        Node::Name(name) | Node::Member(_, name) => self.tree.str(name).to_ascii_lowercase(),
                        _ => return false,
                    };
                    // In Python anything that is called may raise, and mostly what goes on for ever is a server.
                    if self.language != Language::JavaScript || ENDS.iter().any(|end| name.contains(end)) {
                        return false;
                    }
                    self.tree.children(id, &mut open);
                }
                _ => self.tree.children(id, &mut open),
            }
        }
        true
    }
}
