//! How a script is written: whether a reader can see what it calls.

use crate::parse::script::{Id, Node, Op, Tree};

/// Calls of methods by computed names from which the writing can be judged.
const MIN_CALLS: usize = 8;
/// How many times more may have names that stand there.
const TIMES: usize = 3;

/// Calls of methods whose names are computed, and calls of methods whose names stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Calls {
    /// `table[decode(0x1f)](…)`.
    pub(crate) computed: usize,
    /// `object.name(…)`, `object["name"](…)`.
    pub(crate) named: usize,
}

impl Calls {
    /// Counts the calls of methods.
    #[must_use]
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut calls = Self::default();
        for node in tree.nodes() {
            let Node::Call(callee, _) = node else { continue };
            match tree.get(callee) {
                Node::Member(..) => calls.named += 1,
                // A string of an array at a place, a decoder's answer, a sum: what is called does not stand there. Other
                // sums of numbers are places in a table (`table[at & 63](…)`, as compilers to asm.js write calls).
                Node::Index(_, index) => match tree.get(index) {
                    Node::Index(_, place) if is_sum_of_numbers(tree, place) => {}
                    Node::Call(..) | Node::Index(..) | Node::Binary(Op::Add, ..) => calls.computed += 1,
                    Node::Str(_) => calls.named += 1,
                    _ => {}
                },
                _ => {}
            }
        }
        calls
    }

    /// Whether many of the methods that are called have names that do not stand in the script. Written code, minified
    /// or not, names what it calls; dispatch tables make a few calls of this form.
    #[must_use]
    pub(crate) fn are_hidden(self) -> bool {
        self.computed >= MIN_CALLS && self.computed * TIMES > self.named
    }
}

/// Whether a place in a table is worked out as only numbers are: `words[at >> 2]`.
fn is_sum_of_numbers(tree: &Tree, place: Id) -> bool {
    matches!(tree.get(place), Node::Binary(Op::Shl | Op::Shr | Op::UShr | Op::BitAnd | Op::BitOr | Op::BitXor, ..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::script::{Language, read};

    fn of(script: &str) -> Calls {
        Calls::of(&read(Language::JavaScript, script))
    }

    #[test]
    fn computed_names_are_told_from_written_ones() {
        assert_eq!(of("a.b(); a['c'](1); f(2); a[i](3);"), Calls { computed: 0, named: 2 });
        assert_eq!(of("a[t[0]](); a[d(1)](2)[d(3)](); x['s' + i]();"), Calls { computed: 4, named: 0 });
        assert_eq!(
            of("table[at & 63](1); table[at >> 2 | 0](); table[words[at >> 2]](1);"),
            Calls { computed: 0, named: 0 }
        );
    }

    #[test]
    fn few_of_them_or_few_among_many_are_a_table() {
        assert!(of(&"a[d(1)](); a.b();".repeat(8)).are_hidden());
        assert!(!of(&"a[d(1)]();".repeat(7)).are_hidden());
        assert!(!of(&"a[d(1)](); a.b(); a.c(); a.d();".repeat(20)).are_hidden());
    }
}
